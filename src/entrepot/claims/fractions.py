"""Fractions and multiples in words: a third of, up by a fifth, half a billion, doubled."""

from collections.abc import Sequence
from decimal import Decimal

from entrepot.claims import denominations, numerals
from entrepot.claims.quantity import Quantity, stated
from entrepot.claims.verbs import MOVES
from entrepot.claims.words import Token, one_of

_FRACTIONS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "thirds": 100 / 3, "quarters": 25.0}
_FRACTIONS |= {"fifths": 20.0, "tenth": 10.0, "tenths": 10.0}
_MULTIPLES = {
    **dict.fromkeys(("doubled", "doubling", "doubles", "twice", "twofold"), 2.0),
    **dict.fromkeys(("tripled", "tripling", "trebled", "trebling", "threefold"), 3.0),
    **dict.fromkeys(("quadrupled", "quadrupling", "fourfold"), 4.0),
    **dict.fromkeys(("halved", "halving"), 0.5),
    **{"double": 2.0, "triple": 3.0, "treble": 3.0, "quadruple": 4.0},
    **{"fivefold": 5.0, "sixfold": 6.0, "sevenfold": 7.0, "eightfold": 8.0, "tenfold": 10.0},
}
_FIGURES = one_of("figure level total amount value tally volume")
_HALVED = one_of("deficit surplus gap exports imports shipments trade")
_NOUNS = one_of("double triple treble quadruple")
_LEVELS = one_of("the that those what its their last this a")
_TIMES = {"a": 1, "one": 1, "two": 2, "three": 3}
_ORDINALS = one_of("first second third fourth latter 1st 2nd other")
_FILL = one_of("nearly almost about around some roughly approximately over more than only just up to by an")
_AFTER_FRACTION = one_of("of straight consecutive successive month months quarter year years time a - half")
OPENERS = frozenset(("a", "half", "halves", *_TIMES, *_MULTIPLES))
"""Words that a fraction or a multiple may begin with."""


def multiple(words: Sequence[Token], i: int) -> Quantity | None:
    """How many times as much the word at token i says (`doubled`: 2 x); None where it says nothing of the kind."""
    following = words[i + 1] if i + 1 < len(words) else None
    if words[i].low == "half" and following is not None and following.low in _LEVELS and _amount_near(words, i + 1):
        return stated(words, i, i + 1, Decimal("0.5"), "x", digits=1)
    if (
        words[i].low == "half"
        and (_of_figure(words, i + 1) or _of_amount(words, i + 1))
        or words[i].low == "halves"
        and i
        and words[i - 1].low in _HALVED
    ):
        return stated(words, i, i + 1, Decimal("0.5"), "x", digits=1)
    if words[i].low not in _MULTIPLES or words[i].kind != "w":
        return None
    if following is not None and following.low in ("digit", "digits"):
        return None  # by triple digits (122.3 %)
    if words[i].low in _NOUNS and not (
        following is not None
        and not following.glue
        and (following.low in _LEVELS or following.kind == "n" or _amount_near(words, i + 1) or _owner(words, i + 1))
    ):
        return None
    return stated(words, i, i + 1, Decimal(str(_MULTIPLES[words[i].low])), "x", digits=1)


def _amount_near(words: Sequence[Token], i: int) -> bool:
    """Whether an amount stands within three tokens of token i (`the $23.6 billion`)."""
    return any(w.kind == "n" or w.low in "$€£¥" for w in words[i : i + 3])


def _of_figure(words: Sequence[Token], i: int) -> bool:
    """Whether token i leads to the figure of another time (`half of last year's figure`)."""
    lows = [w.low for w in words[i : i + 6]]
    owned = lows.index("'s") if "'s" in lows else -1
    return lows[:1] == ["of"] and owned > 0 and bool(set(lows[owned + 1 : owned + 2]) & _FIGURES)


def _of_amount(words: Sequence[Token], i: int) -> bool:
    """Whether token i leads to an amount of another time (`half of the $18 billion in 2017`, `half of what it was`)."""
    lows = [w.low for w in words[i : i + 9]]
    if lows[:1] != ["of"]:
        return False
    if lows[1:2] == ["what"]:
        return bool({"was", "were", "been"} & set(lows[2:6]))
    digits = next((k for k, w in enumerate(words[i : i + 5]) if w.kind == "n"), 0)
    told = lows[digits + 1 : digits + 4]
    return lows[1:2] == ["the"] and 0 < digits <= 4 and bool({"in", "seen", "recorded", "sold"} & set(told))


def _owner(words: Sequence[Token], i: int) -> bool:
    """Whether what token i names owns the figure after it (`double June's figure`)."""
    return any(w.low == "'s" for w in words[i + 1 : i + 4])


def begins(words: Sequence[Token], i: int) -> bool:
    """Whether the words at token i are a fraction and no count: `two thirds`."""
    return words[i].low in _TIMES and bool(words[i + 1 : i + 2]) and words[i + 1].low in _FRACTIONS


def fraction(words: Sequence[Token], i: int) -> Quantity | None:
    """A third, two-thirds, half of, up by a fifth, a quarter more [percent], half a billion; None for none of these."""
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
        return stated(words, i, i + 2, value, "%", Decimal(2), 1)
    if times and following in _FRACTIONS and following != "half" and _changes_by(words, i, i + 2):
        return stated(words, i, i + 2, Decimal(str(round(times * _FRACTIONS[following], 4))), "%", Decimal(2), 1)
    if low == "half" and not words[i].glue and _changes_by(words, i, i + 1):
        return stated(words, i, i + 1, Decimal(50), "%", Decimal(2), 1)
    if low == "half" and following in ("of", "the") and (i == 0 or words[i - 1].low not in _ORDINALS):
        return stated(words, i, i + 1, Decimal(50), "%", Decimal(2), 1)
    if low == "half" and following == "a" and ends in numerals.SCALES:
        factor, after = numerals.scale(words, i + 2, False)
        currency, after = denominations.after(words, after)
        return stated(words, i, after, Decimal(factor) / 2, currency, Decimal(factor) / 10, 1, factor)
    return None


def _changes_by(words: Sequence[Token], first: int, last: int) -> bool:
    """Whether a fraction is by how much something changed (`rose nearly a third`, `a fifth more`)."""
    after = words[last].low if last < len(words) else ""
    on_year = [w.low for w in words[last : last + 3]] in (["year", "on", "year"], ["month", "on", "month"])
    if after in _AFTER_FRACTION and not on_year or last < len(words) and words[last].glue:
        return False
    if after in ("more", "less", "higher", "lower", "larger", "smaller", "bigger"):
        return True
    if after == "," and last + 1 < len(words) and words[last + 1].kind == "n":
        return False  # both rose by about a fifth, 22.7 % and 22.6 %
    at = first - 1
    by = False
    while at >= 0 and words[at].low in _FILL:
        by, at = by or words[at].low == "by", at - 1
    if by and "up" in [w.low for w in words[at + 1 : first]]:
        return True
    if by and at > 0 and words[at].low in ("exports", "imports", "shipments", "trade"):
        return words[at - 1].low in ("and", "while", ",")  # exports fell by a tenth and imports by a quarter
    back = [w.low for w in words[max(0, at - 7) : at + 1]]
    if by and "by" in back[-1:] + [w.low for w in words[at + 1 : first]] and {"those", "that"} & set(back):
        return any(w.low in MOVES for w in words[:at])  # were up by a fifth and those to India by a tenth
    return at >= 0 and words[at].low in MOVES and words[at].low not in ("above", "below", "more", "less")
