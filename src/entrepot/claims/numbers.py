"""Numbers as news prints them: digits or words, scale, currency or unit, and the digits that set their rounding."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from entrepot.claims.verbs import DOWN, UP
from entrepot.claims.words import Token, one_of

LONGEST_NUMBER = 18
"""Digits beyond which a run of digits is no statistic [characters]."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a sentence, with its unit.

    Attributes
    ----------
    first, last : int
        Tokens it covers, the last one excluded; currency signs and units are inside.
    start, end : int
        Characters of the text it covers.
    value : float
        Full units: 3.3e11 for 330 billion; 5.9 for 5.9 %.
    step : float
        One unit of its last stated digit, in the same units.
    digits : int
        Significant digits stated.
    unit : str
        ISO 4217 code, `%`, `pp`, `x`, a physical unit (`t`, `bbl`, `n` ...), or empty where none is stated.
    scale : float
        Factor of its scale words (million, crore); 1 for none.
    noun : str
        What is counted, for unit `n`.
    """

    first: int
    last: int
    start: int
    end: int
    value: float
    step: float
    digits: int
    unit: str
    scale: float
    noun: str = ""


_SCALES = {
    **dict.fromkeys(("thousand", "thousands", "thsd"), 10**3),
    **dict.fromkeys(("million", "millions", "mln", "mn", "mio", "mil"), 10**6),
    **dict.fromkeys(("billion", "billions", "bln", "bn", "bil", "milliard"), 10**9),
    **dict.fromkeys(("trillion", "trillions", "trln", "tn", "trn", "trl"), 10**12),
    **dict.fromkeys(("lakh", "lakhs", "lac"), 10**5),
    **dict.fromkeys(("crore", "crores", "cr"), 10**7),
}
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
ONES = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_NUMBER_WORDS = {**ONES, **_TENS, "hundred": 100}
_FRACTIONS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "thirds": 100 / 3, "quarters": 25.0}
_FRACTIONS |= {"fifths": 20.0, "tenth": 10.0, "tenths": 10.0}
_MULTIPLES = {
    **dict.fromkeys(("doubled", "doubling", "doubles", "twice", "twofold"), 2.0),
    **dict.fromkeys(("tripled", "tripling", "trebled", "trebling", "threefold"), 3.0),
    **dict.fromkeys(("quadrupled", "quadrupling", "fourfold"), 4.0),
    **dict.fromkeys(("halved", "halving"), 0.5),
    **{"fivefold": 5.0, "sixfold": 6.0, "sevenfold": 7.0, "eightfold": 8.0, "tenfold": 10.0},
}
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "YEN", "￥": "YEN", "₹": "INR", "₩": "KRW", "₫": "VND", "₽": "RUB"}
_SIGNS |= {"₱": "PHP", "₺": "TRY", "₦": "NGN", "฿": "THB", "₴": "UAH", "₪": "ILS", "₨": "INR"}
_DOLLARS = {"us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "hk": "HKD", "nt": "TWD", "s": "SGD"}
_DOLLARS |= {"r": "BRL", "nz": "NZD", "sg": "SGD"}
_CODES = {
    word: word.upper()
    for word in [
        "usd",
        "cny",
        "eur",
        "jpy",
        "krw",
        "inr",
        "brl",
        "vnd",
        "gbp",
        "cad",
        "aud",
        "twd",
        "sgd",
        "hkd",
        "mxn",
        "chf",
        "rub",
        "thb",
        "idr",
        "myr",
        "php",
        "try",
        "aed",
        "sar",
        "zar",
        "pln",
        "czk",
        "huf",
        "dkk",
        "sek",
        "nok",
        "ils",
        "ngn",
        "bdt",
        "pkr",
        "lkr",
        "egp",
        "kzt",
        "uah",
        "clp",
        "nzd",
    ]
} | {"rmb": "CNY", "cnh": "CNY", "rs": "INR", "re": "INR", "rm": "MYR", "rp": "IDR", "tk": "BDT"}
_CURRENCIES = {
    **dict.fromkeys(("yuan", "renminbi"), "CNY"),
    **dict.fromkeys(("dollar", "dollars"), "USD"),
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **{"yen": "JPY", "won": "KRW", "dong": "VND", "baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "reais": "BRL"},
    **dict.fromkeys(("rupee", "rupees"), "INR"),
    **dict.fromkeys(("rouble", "roubles", "ruble", "rubles"), "RUB"),
    **{
        "pounds": "GBP",
        "pound": "GBP",
        "sterling": "GBP",
        "francs": "CHF",
        "pesos": "MXN",
        "lira": "TRY",
        "rand": "ZAR",
        "taka": "BDT",
        "zloty": "PLN",
        "shekels": "ILS",
        "dirhams": "AED",
        "riyals": "SAR",
    },
}
_NATIONAL_DOLLARS = {"canadian": "CAD", "australian": "AUD", "singapore": "SGD", "taiwan": "TWD", "hong": "HKD"}
_UNITS = {
    **dict.fromkeys(("tonne", "tonnes", "ton", "tons", "mt"), ("t", 1)),
    **dict.fromkeys(("kilogram", "kilograms", "kilo", "kilos", "kg", "kgs"), ("kg", 1)),
    **dict.fromkeys(("barrel", "barrels", "bbl"), ("bbl", 1)),
    **dict.fromkeys(("bpd",), ("bbl/d", 1)),
    **{"megawatts": ("MW", 1), "megawatt": ("MW", 1), "mw": ("MW", 1), "gigawatts": ("GW", 1), "gw": ("GW", 1)},
    **dict.fromkeys(("teu", "teus"), ("teu", 1)),
    **{"mwh": ("MWh", 1), "gwh": ("GWh", 1), "twh": ("TWh", 1), "kwh": ("kWh", 1)},
    **{"bushel": ("bu", 1), "bushels": ("bu", 1), "hectolitres": ("hl", 1), "hectoliters": ("hl", 1)},
    **{"carats": ("carat", 1), "litres": ("l", 1), "liters": ("l", 1), "gallons": ("gal", 1)},
}
_COUNTED = one_of(
    "units vehicles cars automobiles evs ships vessels pieces sets phones smartphones handsets tablets computers "
    "circuits modules batteries cells televisions refrigerators buses tractors tyres tires drones robots laptops "
    "chips panels bikes motorcycles trucks heads head pairs bales bags boxes cartons bottles dozens cargoes "
    "crates cans"
)
_POINTS = ("percentage point", "percentage points", "basis point", "basis points")
_METRIC = {
    **{"mmt": ("t", 10**6), "lmt": ("t", 10**5), "kt": ("t", 10**3), "kmt": ("t", 10**3)},
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
_OPENERS = frozenset(
    ("a", "an", "half", "us", *_NUMBER_WORDS, *_MULTIPLES, *_SCALES, *_SIGNS, *_DOLLARS, *_CODES, "one", "two", "three")
)
"""Words and signs, besides digits, that a number may begin with."""
_FILL = one_of("nearly almost about around some roughly approximately over more than only just up to by an")
_AFTER_FRACTION = one_of("of straight consecutive successive month months quarter year years time a - half")


def quantities(words: Sequence[Token], taken: Collection[int] = ()) -> list[Quantity]:
    """Find every number of a sentence that carries a unit, a scale word or a currency, in order.

    Tokens in `taken` (those of dates) are passed over. A number that carries none of the three has an empty unit.

    >>> from entrepot.claims.words import tokens
    >>> text = "3.7 trillion yuan (about $515 billion), nearly one point zero eight trillion dollars, 5.9 per cent"
    >>> [(text[q.start : q.end], q.value, q.unit) for q in quantities(tokens(text, 0, len(text)))]
    [('3.7 trillion yuan', 3700000000000.0, 'CNY'), ('$515 billion', 515000000000.0, 'USD'),
     ('one point zero eight trillion dollars', 1080000000000.0, 'USD'), ('5.9 per cent', 5.9, '%')]
    """
    found: list[Quantity] = []
    i = 0
    while i < len(words):
        quantity = None if i in taken else _quantity(words, i)
        if quantity is None:
            i += 1
            continue
        found.append(quantity)
        i = quantity.last
    return _shared_units(words, found)


def _quantity(words: Sequence[Token], i: int) -> Quantity | None:
    low = words[i].low
    if words[i].kind != "n" and low not in _OPENERS:
        return None
    if low in _MULTIPLES and words[i].kind == "w":
        return _make(words, i, i + 1, Decimal(str(_MULTIPLES[low])), "x", digits=1)
    if low in _TIMES and words[i + 1 : i + 2] and words[i + 1].low in _FRACTIONS:
        return _fraction(words, i)
    currency, at = _currency_before(words, i)
    read = _number(words, at)
    if read is None:
        return _fraction(words, i) if at == i else None
    value, digits, exponent, after = read
    spelled = words[at].kind == "w"
    if after + 1 < len(words) and words[after].low == "." and words[after + 1].low in ("percent", "per", "%"):
        after += 1  # 1.3. per cent
    scale, after = _scale(words, after, bool(currency))
    if not currency and scale == 1 and after < len(words) and words[after].low in _METRIC:
        metric, factor = _METRIC[words[after].low]
        a_day = [w.low for w in words[after + 1 : after + 3]] in _A_DAY
        metric, after = (f"{metric}/d", after + 3) if a_day else (metric, after + 1)
        return _make(words, at, after, value * factor, metric, Decimal(10) ** exponent * factor, digits, factor)
    if not currency:
        currency, after = _currency_after(words, after)
    value, step = value * scale, Decimal(10) ** exponent * scale
    if currency:
        return _make(words, i, after, value, currency, step, digits, scale)
    if unit := _unit(words, after, scale != 1):
        code, last, noun = unit
        if spelled and scale == 1 and code == "n" and not noun:
            return None
        return _make(words, at, last, value, code, step, digits, scale, noun)
    if scale != 1:
        return _make(words, at, after, value, "", step, digits, scale)
    if spelled:
        return None
    return _make(words, at, after, value, "", step, digits)


def _make(
    words: Sequence[Token], first: int, last: int, value: Decimal, unit: str, step: Decimal = Decimal(1),
    digits: int = 1, scale: float = 1, noun: str = "",
) -> Quantity:  # fmt: skip
    start, end = words[first].start, words[last - 1].end
    return Quantity(first, last, start, end, float(value), float(step), digits, unit, float(scale), noun)


def _currency_before(words: Sequence[Token], i: int) -> tuple[str, int]:
    """Currency code that stands before a number at i, and the token after it."""
    here, low = words[i], words[i].low
    if i + 1 >= len(words):
        return "", i
    following = words[i + 1]
    if low == "$" and following.low in _DOLLARS and not following.gap and words[min(i + 2, len(words) - 1)].kind == "n":
        return _DOLLARS[following.low], i + 2  # $US41 billion
    if low in _SIGNS:
        return _SIGNS[low], i + 1
    if low == "r" and here.text == "R" and following.low == "$" and i + 2 < len(words):
        return "BRL", i + 2
    if low in _DOLLARS and following.low == "$" and not following.gap and i + 2 < len(words):
        return _DOLLARS[low], i + 2
    if low in ("us", "usd") and following.low == "$" and i + 2 < len(words):
        return "USD", i + 2
    if here.text == "US" and following.kind == "n" and i + 2 < len(words) and words[i + 2].low in _SCALES:
        return "USD", i + 1  # US 489 billion
    if low in _CODES and (here.text.isupper() or low in ("rs", "re", "rmb", "rp", "tk")) and here.kind == "w":
        at = i + 2 if following.low in (".", "$") and i + 2 < len(words) else i + 1
        if words[at].kind == "n":
            return _CODES[low], at
    return "", i


def _currency_after(words: Sequence[Token], i: int) -> tuple[str, int]:
    """Currency code that stands after a number that ends before i, and the token after it."""
    if i >= len(words):
        return "", i
    low = words[i].low
    if low in ("of", "worth") and i + 2 < len(words):  # billions of dollars
        code, after = _currency_after(words, i + 1)
        return (code, after) if low == "of" and code and after == i + 2 else ("", i)
    if low in _CURRENCIES:
        return _CURRENCIES[low], i + 1
    if low in _CODES and (words[i].text.isupper() or low in ("rs", "rmb")):
        return _CODES[low], i + 1
    if low in ("€", "£"):
        return _SIGNS[low], i + 1
    if i + 1 < len(words) and words[i + 1].low in ("dollar", "dollars", "$"):
        if low in ("us", "american", "u.s"):
            return "USD", i + 2
        if low in _NATIONAL_DOLLARS:
            return _NATIONAL_DOLLARS[low], i + 2
    if low == "chinese" and i + 1 < len(words) and words[i + 1].low == "yuan":
        return "CNY", i + 2
    if low == "kong" and i + 1 < len(words) and words[i + 1].low == "dollars":
        return "HKD", i + 2
    return "", i


Read = tuple[Decimal, int, int, int]
"""Value, significant digits, exponent of the last digit and next token of a number."""


def _number(words: Sequence[Token], i: int) -> tuple[Decimal, int, int, int] | None:
    """Value, significant digits, exponent of the last digit and next token of the number at i."""
    if i >= len(words):
        return None
    if words[i].kind == "n":
        return _and_half(words, _mixed_point(words, i) or _digits(words[i].text, i + 1))
    return _and_half(words, _spelled(words, i))


def _and_half(words: Sequence[Token], read: Read | None) -> Read | None:
    """Eighteen and a half; 18-and-a-half."""
    if read is None or read[2] or [w.low for w in words[read[3] : read[3] + 3]] != ["and", "a", "half"]:
        return read
    return read[0] + Decimal("0.5"), read[1] + 1, -1, read[3] + 3


def _digits(text: str, after: int) -> tuple[Decimal, int, int, int] | None:
    plain = text.replace(",", "")
    if len(plain) > LONGEST_NUMBER or not plain.isascii():
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    exponent = -len(plain.partition(".")[2])
    return value, len(plain.replace(".", "").lstrip("0")) or 1, exponent, after


def _mixed_point(words: Sequence[Token], i: int) -> tuple[Decimal, int, int, int] | None:
    """12-point-75, 12-point-seven."""
    if i + 2 >= len(words) or words[i + 1].low != "point" or "." in words[i].text:
        return None
    if words[i + 2].kind == "n":
        return _digits(f"{words[i].text}.{words[i + 2].text}", i + 3)
    decimals = _decimals(words, i + 2)
    return _digits(f"{words[i].text}.{decimals}", i + 2 + len(decimals)) if decimals else None


def _spelled(words: Sequence[Token], i: int) -> tuple[Decimal, int, int, int] | None:
    low = words[i].low
    if low in ("a", "an") and i + 1 < len(words):
        following = words[i + 1].low
        if following in _SCALES and following not in ("mt",):
            return Decimal(1), 1, 0, i + 1
        return (Decimal(100), 1, 2, i + 2) if following == "hundred" else None
    if low not in _NUMBER_WORDS or low == "hundred":
        if low in _SCALES and len(low) > 4 and i + 1 < len(words) and _is_adjective(words, i):
            return Decimal(1), 1, 0, i  # trillion-dollar
        return None
    total, at = _whole(words, i)
    if at < len(words) and words[at].low == "point":
        decimals = _decimals(words, at + 1)
        if decimals:
            text = f"{total}.{decimals}"
            return Decimal(text), len(text.replace(".", "").lstrip("0")) or 1, -len(decimals), at + 1 + len(decimals)
    return Decimal(total), len(str(total)), 0, at


_MEASURED = one_of("dollar yuan euro yen won rupee tonne ton barrel")


def _is_adjective(words: Sequence[Token], i: int) -> bool:
    following = words[i + 1]
    return following.low == "mark" or following.glue and following.low in _MEASURED


def _whole(words: Sequence[Token], i: int) -> tuple[int, int]:
    total, at, last = 0, i, 10_000
    while at < len(words):
        low = words[at].low
        if low == "and" and at + 1 < len(words) and total >= 100 and words[at + 1].low in _NUMBER_WORDS:
            at += 1
        elif low == "hundred" and 0 < total < 10:
            total, last, at = total * 100, 100, at + 1
        elif low in _TENS and last > 90:
            total, last, at = total + _TENS[low], 10, at + 1
        elif low in ONES and (last > 20 or last == 10 and 0 < ONES[low] < 10):
            total, last, at = total + ONES[low], 1, at + 1
        else:
            break
    return total, at


def _decimals(words: Sequence[Token], i: int) -> str:
    digits = ""
    while i < len(words) and words[i].low in ONES and ONES[words[i].low] < 10 and len(digits) < 6:
        digits += str(ONES[words[i].low])
        i += 1
    return digits


def _scale(words: Sequence[Token], i: int, currency: bool) -> tuple[int, int]:
    scale = 1
    for _ in range(2):  # lakh crore, thousand billion
        if i >= len(words):
            break
        low = words[i].low
        if low in _SCALES and not (low == "cr" and not currency):
            scale, i = scale * _SCALES[low], i + 1
        elif scale == 1 and low in _SHORT_SCALES and not words[i].gap and not words[i].glue:
            if not currency and (low == "t" or not words[i].text.isupper() and low != "m"):
                break
            scale, i = _SHORT_SCALES[low], i + 1
            break
        else:
            break
    return scale, i


def _unit(words: Sequence[Token], i: int, scaled: bool) -> tuple[str, int, str] | None:
    """Unit code, next token and what is counted, of the unit at i."""
    if i >= len(words):
        return None
    low, following = words[i].low, words[i + 1].low if i + 1 < len(words) else ""
    if low in ("%", "％", "percent", "pct"):
        points = low != "%" and following in ("point", "points") or following == "points"
        return ("pp", i + 2, "") if points else ("%", i + 1, "")
    if low == "per" and following == "cent":
        return "%", i + 2, ""
    if low in ("percentage", "basis") and following in ("point", "points"):
        return ("pp", i + 2, "") if low == "percentage" else ("bp", i + 2, "")
    if low in ("pp", "ppt", "ppts"):
        return "pp", i + 1, ""
    if low in ("points", "point") and scaled is False:
        return None
    if low == "times" or low == "fold" and words[i].glue:
        return "x", i + 1, ""
    if low in ("metric", "short", "long") and following in _UNITS:
        return "t" if low == "metric" else f"{low}-t", i + 2, ""
    if low == "t" and scaled:
        return "t", i + 1, ""
    if low in _UNITS:
        per_day = [w.low for w in words[i + 1 : i + 3]] in _A_DAY
        return (_UNITS[low][0] + "/d", i + 3, "") if per_day else (_UNITS[low][0], i + 1, "")
    if low in ("cubic", "cu", "square", "sq") and following in _SQUARED:
        unit = f"{_SQUARED[following]}{'3' if low[0] == 'c' else '2'}"
        per_day = [w.low for w in words[i + 2 : i + 4]] in _A_DAY
        return (f"{unit}/d", i + 4, "") if per_day else (unit, i + 2, "")
    if low == "b" and [w.low for w in words[i + 1 : i + 3]] == ["/", "d"]:
        return "bbl/d", i + 3, ""
    if words[i].kind == "n" and following in ("kilo", "kg") and words[i + 1].glue and i + 2 < len(words):
        return ("n", i + 3, "bags") if words[i + 2].low in _COUNTED else None  # 60-kilo bags
    if low in _COUNTED:
        return "n", i + 1, low
    if following in _COUNTED and words[i].kind == "w" and low not in ("of", "and", "in", "to"):
        return "n", i + 2, f"{low} {following}"
    if [w.low for w in words[i : i + 2]] == ["new", "energy"] and i + 2 < len(words) and words[i + 2].low in _COUNTED:
        return "n", i + 3, f"new energy {words[i + 2].low}"
    return None


def _fraction(words: Sequence[Token], i: int) -> Quantity | None:
    """A third, two-thirds, half of, up by a fifth, a quarter more: percent."""
    low = words[i].low
    following = words[i + 1].low if i + 1 < len(words) else ""
    times = _TIMES.get(low)
    ends = words[i + 2].low if i + 2 < len(words) else ""
    if ends == "(":  # two-thirds (23.8 billion euros) of
        close = next((k for k in range(i + 3, min(i + 9, len(words) - 1)) if words[k].low == ")"), 0)
        ends = words[close + 1].low if close else ""
    if [w.low for w in words[i + 2 : i + 5]] == ["of", "a", "century"]:
        return None
    if times and following in _FRACTIONS and ends == "of" and (following != "half" or times == 1):
        value = Decimal(str(round(times * _FRACTIONS[following], 4)))
        return _make(words, i, i + 2, value, "%", Decimal(2), 1)
    if times and following in _FRACTIONS and following != "half" and _changes_by(words, i, i + 2):
        return _make(words, i, i + 2, Decimal(str(round(times * _FRACTIONS[following], 4))), "%", Decimal(2), 1)
    if low == "half" and not words[i].glue and _changes_by(words, i, i + 1):
        return _make(words, i, i + 1, Decimal(50), "%", Decimal(2), 1)
    if low == "half" and following in ("of", "the") and (i == 0 or words[i - 1].low not in _ORDINALS):
        return _make(words, i, i + 1, Decimal(50), "%", Decimal(2), 1)
    if low == "half" and following == "a" and ends in _SCALES and ends:
        scale, after = _scale(words, i + 2, False)
        currency, after = _currency_after(words, after)
        return _make(words, i, after, Decimal(scale) / 2, currency, Decimal(scale) / 10, 1, scale)
    return None


_TIMES = {"a": 1, "one": 1, "two": 2, "three": 3}


def _changes_by(words: Sequence[Token], first: int, last: int) -> bool:
    """Whether a fraction is by how much something changed (`rose nearly a third`, `a fifth more`)."""
    after = words[last].low if last < len(words) else ""
    if after in _AFTER_FRACTION or last < len(words) and words[last].glue:
        return False
    if after in ("more", "less", "higher", "lower", "larger", "smaller", "bigger"):
        return True
    if after == "," and last + 1 < len(words) and words[last + 1].kind == "n":
        return False  # both rose by about a fifth, 22.7 % and 22.6 %
    at = first - 1
    while at >= 0 and words[at].low in _FILL:
        at -= 1
    return at >= 0 and words[at].low in UP | DOWN and words[at].low not in ("above", "below", "more", "less")


_ORDINALS = one_of("first second third fourth latter 1st 2nd other")


def _shared_units(words: Sequence[Token], found: list[Quantity]) -> list[Quantity]:
    """Give a bare number what the next in its list or range has: `6.2 and 0.2 percent`, `$1.5-2 billion`."""
    shared = _rates(words, found)
    for k in range(len(shared) - 2, -1, -1):
        here, following = shared[k], shared[k + 1]
        between = [w.low for w in words[here.last : following.first]]
        ranged = not between and words[following.first].glue or between == ["to"] or between == ["and"]
        listed = _is_list(between)
        if listed and here.scale != 1 and not here.unit and len(following.unit) == 3 and following.unit.isupper():
            shared[k] = replace(here, unit=following.unit)  # 3.57 trillion and 3.14 trillion yuan
            continue
        if not (ranged or listed) or here.scale != 1 or _is_year(here) or following.unit == "n":
            continue
        if not here.unit and following.unit:
            shared[k] = _scaled(here, following.scale, following.unit)
        elif ranged and len(here.unit) == 3 and following.scale != 1 and following.unit in ("", here.unit):
            shared[k] = _scaled(here, following.scale, here.unit)
            shared[k + 1] = replace(following, unit=here.unit)
    return shared


def _rates(words: Sequence[Token], found: Sequence[Quantity]) -> list[Quantity]:
    """Numbers with `%` where only the sign was left out: `a 10.6 drop`, beside others that have it."""
    told = any(q.unit == "%" for q in found)
    return [replace(q, unit="%") if _bare_rate(words, q, told) else q for q in found]


def _bare_rate(words: Sequence[Token], quantity: Quantity, told: bool) -> bool:
    if quantity.unit or quantity.scale != 1 or not 0 < quantity.step < 1 or quantity.value >= 100:
        return False
    after = words[quantity.last].low if quantity.last < len(words) else ""
    before = words[quantity.first - 1].low if quantity.first else ""
    return after in _DROPS and (before in ("a", "an") or told and before in ("'s", "than", "from"))


_DROPS = one_of("drop fall decline decrease rise increase gain jump contraction growth slump expansion plunge surge")


def _scaled(quantity: Quantity, scale: float, unit: str) -> Quantity:
    value, step = quantity.value * scale, quantity.step * scale
    return replace(quantity, value=value, step=step, unit=unit, scale=scale)


def _is_list(between: list[str]) -> bool:
    return bool(between) and all(word in (",", "and", "or", "&") for word in between)


def _is_year(quantity: Quantity) -> bool:
    return quantity.digits == 4 and quantity.step == 1 and 1900 <= quantity.value <= 2100
