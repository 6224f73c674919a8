"""Units: what comes after a number and says what it is a number of, be it percent, tonnes, barrels a day or phones."""

from collections.abc import Sequence

from entrepot.claims.words import Token, one_of

_UNITS = {
    **dict.fromkeys(("tonne", "tonnes", "ton", "tons", "mt"), "t"),
    **dict.fromkeys(("kilogram", "kilograms", "kilo", "kilos", "kg", "kgs"), "kg"),
    **dict.fromkeys(("barrel", "barrels", "bbl"), "bbl"),
    **dict.fromkeys(("bpd",), "bbl/d"),
    **{"megawatts": "MW", "megawatt": "MW", "mw": "MW", "gigawatts": "GW", "gw": "GW"},
    **dict.fromkeys(("teu", "teus"), "teu"),
    **{"mwh": "MWh", "gwh": "GWh", "twh": "TWh", "kwh": "kWh"},
    **{"bushel": "bu", "bushels": "bu", "hectolitres": "hl", "hectoliters": "hl"},
    **{"carats": "carat", "litres": "l", "liters": "l", "gallons": "gal"},
}
_COUNTED = one_of(
    "units vehicles cars automobiles evs ships vessels pieces sets phones smartphones handsets tablets computers "
    "circuits modules batteries cells televisions refrigerators buses tractors tyres tires drones robots laptops "
    "chips panels bikes motorcycles trucks heads head pairs bales bags boxes cartons bottles dozens cargoes "
    "crates cans ics"
)
_METRIC = {
    **{"mmt": ("t", 10**6), "lmt": ("t", 10**5), "lt": ("t", 10**5), "kt": ("t", 10**3), "kmt": ("t", 10**3)},
    **{
        "bcm": ("m3", 10**9),
        "mcm": ("m3", 10**6),
        "tcf": ("ft3", 10**12),
        "bcf": ("ft3", 10**9),
        "mcf": ("ft3", 10**6),
    },
}
"""Units that hold their scale: a million, a lakh, a thousand tonnes; a billion cubic metres or feet."""
_SQUARED = {
    **dict.fromkeys(("meter", "meters", "metre", "metres", "m"), "m"),
    **dict.fromkeys(("foot", "feet", "ft"), "ft"),
}
_A_DAY = (["per", "day"], ["a", "day"], ["/", "d"], ["/", "day"])

Unit = tuple[str, int, str]
"""Code of a unit, the token after it, and what is counted where the code is `n`."""


def metric(words: Sequence[Token], i: int) -> tuple[str, int, int] | None:
    """Unit at token i that holds its own scale (`mmt`), with its factor and the token after it; None for none."""
    if i >= len(words) or words[i].low not in _METRIC:
        return None
    code, factor = _METRIC[words[i].low]
    return (f"{code}/d", factor, i + 3) if _a_day(words, i + 1) else (code, factor, i + 1)


def unit(words: Sequence[Token], i: int, scaled: bool) -> Unit | None:
    """Unit at token i; None for none. `scaled` tells whether a scale word stands before it.

    >>> from entrepot.claims.words import tokens
    >>> [unit(tokens(text, 0, len(text)), 0, False) for text in ("per cent", "percentage points", "barrels per day")]
    [('%', 2, ''), ('pp', 2, ''), ('bbl/d', 3, '')]
    """
    if i >= len(words):
        return None
    following = words[i + 1].low if i + 1 < len(words) else ""
    if words[i].low in ("points", "point") and scaled is False:
        return None
    return _rate(words[i], following, i) or _measured(words, i, following, scaled) or _counted(words, i, following)


def _rate(word: Token, following: str, i: int) -> Unit | None:
    low = word.low
    if low in ("%", "percent", "pct") or word.text == "pc" and not word.gap:
        points = low != "%" and following in ("point", "points") or following == "points"
        return ("pp", i + 2, "") if points else ("%", i + 1, "")
    if low == "pc" and not word.gap:
        return "%", i + 1, ""
    if low == "per" and following == "cent":
        return "%", i + 2, ""
    if low in ("percentage", "basis") and following in ("point", "points"):
        return ("pp", i + 2, "") if low == "percentage" else ("bp", i + 2, "")
    if low in ("pp", "ppt", "ppts"):
        return "pp", i + 1, ""
    if low == "times" or low == "fold" and word.glue:
        return "x", i + 1, ""
    return None


def _measured(words: Sequence[Token], i: int, following: str, scaled: bool) -> Unit | None:
    low = words[i].low
    if low in ("metric", "short", "long") and following in _UNITS:
        return "t" if low == "metric" else f"{low}-t", i + 2, ""
    if low == "t" and (scaled or words[i].glue or words[i - 1].kind == "n" and not words[i].gap):
        return "t", i + 1, ""
    if low in _UNITS:
        return (_UNITS[low] + "/d", i + 3, "") if _a_day(words, i + 1) else (_UNITS[low], i + 1, "")
    if low in ("cubic", "cu", "square", "sq") and following in _SQUARED:
        code = f"{_SQUARED[following]}{'3' if low[0] == 'c' else '2'}"
        return (f"{code}/d", i + 4, "") if _a_day(words, i + 2) else (code, i + 2, "")
    if low == "b" and [w.low for w in words[i + 1 : i + 3]] == ["/", "d"]:
        return "bbl/d", i + 3, ""
    return None


def _a_day(words: Sequence[Token], i: int) -> bool:
    return [w.low for w in words[i : i + 2]] in _A_DAY


def _counted(words: Sequence[Token], i: int, following: str) -> Unit | None:
    low, third = words[i].low, words[i + 2].low if i + 2 < len(words) else ""
    if (
        words[i].kind == "n"
        and following in ("kilo", "kilos", "kg", "kilogram", "pound", "lb")
        and words[i + 1].glue
        and third
    ):
        return ("n", i + 3, "bags") if third in _COUNTED else None  # 60-kilo bags
    if low in _COUNTED:
        return "n", i + 1, low
    if following in _COUNTED and words[i].kind == "w" and low not in ("of", "and", "in", "to"):
        return "n", i + 2, f"{low} {following}"
    if low == "new" and following == "energy" and third in _COUNTED:
        return "n", i + 3, f"new energy {third}"
    return None
