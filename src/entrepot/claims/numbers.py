"""Numbers as news prints them: digits or words, scale, currency or unit, and the digits that set their rounding."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from entrepot.claims import denominations, fractions, numerals, units
from entrepot.claims.numerals import Numeral
from entrepot.claims.quantity import Quantity, stated
from entrepot.claims.replacing import replace
from entrepot.claims.words import Token, one_of

_OPENERS = frozenset(("an", *numerals.NUMBER_WORDS, *numerals.SCALES)) | fractions.OPENERS | denominations.OPENERS
"""Words and signs, besides digits, that a number may begin with."""
_DROPS = one_of("drop fall decline decrease rise increase gain jump contraction growth slump expansion plunge surge")


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
        opens = (words[i].kind == "n" or words[i].low in _OPENERS) and i not in taken
        if not opens or (quantity := _quantity(words, i)) is None:
            i += 1
            continue
        found.append(quantity)
        i = quantity.last
    return _elided(words, _shared_units(words, found)) if found else found


def _elided(words: Sequence[Token], found: list[Quantity]) -> list[Quantity]:
    """Give a number of a list that leaves out what is counted (`with 9,096 units, Belgium with 8,953`) what was."""
    told = list(found)
    for k, quantity in enumerate(told):
        if not k or quantity.unit or told[k - 1].unit not in _COUNTS or quantity.scale == 1 and quantity.value < 1000:
            continue
        after = words[quantity.last].low if quantity.last < len(words) else "."
        before = words[quantity.first - 1].low if quantity.first else ""
        grouped = quantity.scale != 1 or any("," in w.text for w in words[quantity.first : quantity.last])
        if grouped and after in _LIST_ENDS and before in _LIST_LEADS:
            told[k] = replace(quantity, unit=told[k - 1].unit, noun=told[k - 1].noun)
    return told


_COUNTS = ("n", "t", "kg", "bbl", "bbl/d", "MW", "GW", "teu")
_RATIOS = ("", "%", "pp", "bp", "x")
_AGAINST = one_of("with against versus vs from to")
_LIST_ENDS = one_of(". , and ; ( while with but")
_LIST_LEADS = one_of("with at over nearly about almost to around by ,")


def _quantity(words: Sequence[Token], i: int) -> Quantity | None:
    """The number that begins at a token that may open one."""
    if words[i].kind != "n":
        if (multiple := fractions.multiple(words, i)) is not None:
            return multiple
        if fractions.begins(words, i):
            return fractions.fraction(words, i)
    elif _is_piece(words, i):
        return None
    currency, at = denominations.before(words, i)
    read = numerals.numeral(words, at, spaced=bool(currency) or _in_groups(words, at))
    if read is None:
        return fractions.fraction(words, i) if at == i else None
    after = read.last
    if after + 1 < len(words) and words[after].low == "." and words[after + 1].low in ("percent", "per", "%"):
        after += 1  # 1.3. per cent
    factor, after = numerals.scale(words, after, bool(currency))
    read, factor, after = numerals.compound(words, read, factor, after)
    millions = words[after].low == "mt" and words[after].glue if after < len(words) else False
    if not currency and factor == 1 and millions and read.value < 1000:
        return _read(words, at, read, 10**6, "t", after + 1)  # 57.12mt
    if not currency and factor == 1 and (found := units.metric(words, after)) is not None:
        return _read(words, at, read, found[1], found[0], found[2])
    if not currency:
        currency, after = denominations.after(words, after)
    if currency:
        return _read(words, i, read, factor, currency, after)
    return _measured(words, at, read, factor, after)


def _in_groups(words: Sequence[Token], i: int) -> bool:
    """Whether a number of no currency is printed in groups of three digits, at least two (`6 031 000 carats`)."""
    groups = [w for w in words[i + 1 : i + 3] if w.kind == "n" and w.gap and len(w.text) == 3 and w.text.isdigit()]
    return len(groups) == 2 and len(words[i].text) <= 3 and words[i].text.isdigit()


def _is_piece(words: Sequence[Token], i: int) -> bool:
    """Whether a number goes on from one before it, so that neither is what the two say (`5..9`, `5.9.1`)."""
    dots = i - 1
    while dots >= 0 and words[dots].low == "." and not words[dots].gap and not words[dots + 1].gap:
        dots -= 1
    return 0 <= dots < i - 1 and words[dots].kind == "n"


def _measured(words: Sequence[Token], first: int, read: Numeral, factor: int, after: int) -> Quantity | None:
    """A number of no currency, with the unit after it; None for a spelled one that has neither unit nor scale."""
    bare = words[first].kind == "w" and factor == 1
    code, last, noun = units.unit(words, after, factor != 1) or ("", after, "")
    if bare and (not code or code == "n" and not noun):
        return None
    return _read(words, first, read, factor, code, last, noun)


def _read(
    words: Sequence[Token], first: int, read: Numeral, factor: int, unit: str, last: int, noun: str = ""
) -> Quantity:
    step = Decimal(10) ** read.exponent * factor
    return stated(words, first, last, read.value * factor, unit, step, read.digits, factor, noun)


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
        if (
            not following.unit
            and following.scale == 1
            and here.unit not in _RATIOS
            and _held_against(words, following, between)
        ):
            shared[k + 1] = replace(following, unit=here.unit, noun=here.noun)  # 301,099 bags, compared with 562,723
            continue
        if not (ranged or listed) or here.scale != 1 or _is_year(here) or following.unit == "n":
            continue
        if not here.unit and following.unit:
            shared[k] = _scaled(here, following.scale, following.unit)
        elif ranged and len(here.unit) == 3 and following.scale != 1 and following.unit in ("", here.unit):
            shared[k] = _scaled(here, following.scale, here.unit)
            shared[k + 1] = replace(following, unit=here.unit)
    return shared


def _held_against(words: Sequence[Token], quantity: Quantity, between: Sequence[str]) -> bool:
    """Whether a bare number in groups of digits is what the one before it is compared with."""
    grouped = "," in words[quantity.first].text and quantity.last == quantity.first + 1
    at = max((i for i, low in enumerate(between) if low in _AGAINST), default=-1)
    return grouped and at >= 0 and len(between) <= 9 and set(between[at + 1 :]) <= {"with", "to", "the", "just", "only"}


def _rates(words: Sequence[Token], found: Sequence[Quantity]) -> list[Quantity]:
    """Numbers with `%` where only the sign was left out: `a 10.6 drop`, beside others that have it."""
    told = any(q.unit == "%" for q in found)
    return [replace(q, unit="%") if _bare_rate(words, q, told) else q for q in found]


def _bare_rate(words: Sequence[Token], quantity: Quantity, told: bool) -> bool:
    if quantity.unit or quantity.scale != 1 or not 0 < quantity.step < 1 or quantity.value >= 100:
        return False
    after = words[quantity.last].low if quantity.last < len(words) else ""
    before = words[quantity.first - 1].low if quantity.first else ""
    if told and after == ")" and before in "+-−–" and words[quantity.first - 2].low == "(" and quantity.first > 1:
        return True  # cars (-24.4) and dairy (-20.7 %)
    return after in _DROPS and (before in ("a", "an") or told and before in ("'s", "than", "from", "the"))


def _scaled(quantity: Quantity, scale: float, unit: str) -> Quantity:
    value, step = quantity.value * scale, quantity.step * scale
    return replace(quantity, value=value, step=step, unit=unit, scale=scale)


def _is_list(between: list[str]) -> bool:
    return bool(between) and all(word in (",", "and", "or", "&") for word in between)


def _is_year(quantity: Quantity) -> bool:
    return quantity.digits == 4 and quantity.step == 1 and 1900 <= quantity.value <= 2100
