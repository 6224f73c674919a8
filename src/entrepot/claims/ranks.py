"""Runs and ranks: `the eighth straight month`, `the second-largest market`."""

from collections.abc import Iterator, Sequence

from entrepot.claims import verbs
from entrepot.claims.numbers import ONES
from entrepot.claims.views import View
from entrepot.claims.words import Token, one_of, phrase

Found = tuple[int, int, float, str, str, str]
"""Tokens from and to, value, measure, unit, and what it is measured against."""

_PERIODS = one_of("month months monthly year years annual yearly quarter quarters quarterly")
_SPANS = one_of("month months quarter quarters year years")
_CONSECUTIVE = one_of("consecutive straight successive")
_ORDINALS = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth twentieth
"""
_NTH = {word: n for n, word in enumerate(_ORDINALS.split(), 1)}
_COUNT = {word: n for word, n in ONES.items() if n}
_SUFFIXES = one_of("st nd rd th")
_RANKED = one_of("partner market destination supplier source buyer importer markets customer")
_CHANGES = one_of(
    "rise fall increase decrease decline declines drop drops gain gains growth contraction expansion decreases "
    "increases"
)
_TREND = _CHANGES | one_of("trend streak run slide slump losing winning rally upward downward")
_TOP = one_of("largest biggest top primary")
_SEVERAL = one_of("partners markets destinations suppliers sources buyers importers customers")
_SELLS = (["exporter", "to"], ["seller", "to"], ["country", "for"])
_TOP_PHRASES = ("most important", "no . 1", "no 1", "number one", "no . one")
_UPWARD, _DOWNWARD = one_of("upward winning rally"), one_of("downward losing")
_PLACED = one_of("followed ranked ranks rank ranking came comes coming placed stood occupying occupied occupies")
_PLACES = one_of("place position spot rank places positions")
_IN_A_ROW = ("in a row", "running", "on end", "on the trot")
_PAST = one_of("past last previous preceding")


def ordinals(view: View) -> Iterator[Found]:
    """Runs (`the eighth straight month`) and ranks (`second-largest market`)."""
    yield from _records(view)
    taken = 0
    for i in range(len(view.lows)):
        found = _run(view, i) or _rank(view, i) or _placed(view, i)
        if found is not None and found[0] >= taken:
            taken = found[1]
            yield found
            yield from _second_place(view, found)
            yield from _first_of_two(view, found)


def _run(view: View, i: int) -> Found | None:
    """A run of periods that its word at token i makes one: `straight`, `in a row`, `month of`, `-month trend`."""
    lows, words = view.lows, view.words
    half = lows[i] == "year" and lows[max(0, i - 1)] == "half"
    low, count = lows[i], _ordinal_before(lows, words, i - half)
    if count is None:
        return None
    first, number = count
    if low in _CONSECUTIVE:
        if lows[i + 1 : i + 3] == ["half", "year"]:
            return _of_run(view, first, i + 3, number, i)
        if set(lows[i + 1 : i + 2]) & _PERIODS:
            return _of_run(view, first, i + 2, number, i)
        return _of_run(view, first, i + 1, number, i) if set(lows[i + 1 : i + 4]) & _CHANGES else None
    if length := phrase(lows, i, ("in a row",)):  # the fourth in a row
        return (
            _of_run(view, first, i + length, number, i) if lows[first] in _NTH or lows[first + 1] in _SUFFIXES else None
        )
    if low not in _SPANS:
        return None
    if length := phrase(lows, i + 1, _IN_A_ROW):
        return _of_run(view, first, i + 1 + length, number, i)
    return _of_run(view, first, i + 1, number, i) if _is_run(view, first, i) else None


def _is_run(view: View, first: int, i: int) -> bool:
    """Whether an ordinal or a number and its months, which begin at token `first`, are a run without saying so."""
    lows = view.lows
    back = lows[max(0, first - 4) : first]
    if lows[i].endswith("s"):
        past = back[-1:] and back[-1] in _PAST or back[-2:] in (["snapping", "the"], ["ending", "the"])
        each = past and {"each", "for"} & set(back) and lows[i + 1 : i + 2] != [","]
        return bool(each) or lows[i + 1 : i + 2] == ["of"] and bool(set(lows[i + 2 : i + 5]) & _CHANGES)
    if view.words[i].glue:  # a 13-month upward trend
        return bool(set(lows[i + 1 : i + 4]) & _TREND)
    if lows[first] not in _NTH and lows[first + 1] not in _SUFFIXES or _NTH.get(lows[first]) == 1:
        return False
    if lows[i + 1 : i + 2] == ["of"]:  # the fifth month of double-digit declines
        return bool(set(lows[i + 2 : i + 6]) & _CHANGES)
    return lows[i] in ("month", "year") and (back[-2:] in (["for", "a"], ["for", "the"]) or back[-1:] == ["for"])


def _of_run(view: View, first: int, last: int, number: int, i: int) -> Found:
    return first, last, float(number), "consecutive", "n", _run_of(view, last, i)


def _rank(view: View, i: int) -> Found | None:
    """A rank by a word at token i for what is largest: `second-largest market`, `most important trading partner`."""
    lows = view.lows
    nth, low = (_NTH.get(lows[i - 1], 0) if i else 0), lows[i]
    if fused := next((word for word in _NTH if low.startswith(word) and low[len(word) :] in _TOP), ""):
        nth, last = _NTH[fused], i + 1  # secondlargest
    elif low in _TOP:
        last = i + 1
    elif length := phrase(lows, i, _TOP_PHRASES):
        last = i + length
    else:
        return None
    ahead = lows[last : last + 4]
    two = nth > 1 and lows[max(0, i - 2)] == "and" and bool(set(ahead) & _SEVERAL)
    if not (set(ahead) & _RANKED or two or ahead[:2] in _SELLS) or {"world", "global"} & set(lows[max(0, i - 3) : i]):
        return None
    return (i - 1 if nth and not fused else i), last, float(nth or 1), "rank", "rank", ""


def _placed(view: View, i: int) -> Found | None:
    """A rank told by its ordinal at token i alone: `ranked sixth`, `came in third`, `took second place`."""
    lows, words = view.lows, view.words
    read = _ordinal_at(lows, words, i)
    if read is None:
        return None
    last, number = read
    back = lows[max(0, i - 3) : i]
    told = set(back[-1:]) & _PLACED or back[-1:] in (["in"], ["as"], ["the"], ["at"]) and set(back[-2:-1]) & _PLACED
    told = told or back[-2:] in (["in", "the"], ["as", "the"]) and set(back[:1]) & _PLACED
    ahead = lows[last : last + 1]
    if set(ahead) & (_PERIODS | _CONSECUTIVE | _CHANGES | _TOP | _HIGH | _LOW | {"half", "most"}):
        return None
    return (i, last, float(number), "rank", "rank", "") if told or set(ahead) & _PLACES else None


def _second_place(view: View, found: Found) -> Iterator[Found]:
    """The second of two places told together: `ranked 50th and 44th`."""
    at = found[1]
    read = (
        _ordinal_at(view.lows, view.words, at + 1) if found[3] == "rank" and view.lows[at : at + 1] == ["and"] else None
    )
    if read is not None and not set(view.lows[read[0] : read[0] + 1]) & (_PERIODS | _CONSECUTIVE | _TOP):
        yield at + 1, read[0], float(read[1]), "rank", "rank", ""


def _first_of_two(view: View, found: Found) -> Iterator[Found]:
    """The first of two ranks before one noun: `the second and third largest partners`."""
    at, lows = found[0], view.lows
    if found[3] == "rank" and at > 1 and lows[at - 1] == "and" and lows[at - 2] in _NTH and found[2] > 1:
        yield at - 2, at - 1, float(_NTH[lows[at - 2]]), "rank", "rank", ""


_HIGH = one_of("highest biggest largest best fastest strongest most greatest quickest")
_LOW = one_of("lowest smallest worst slowest weakest sharpest steepest least")
_ENDS = {"high": "max", "peak": "max", "low": "min", "trough": "min"}
_MONTHS = {"month": 1, "months": 1, "quarter": 3, "year": 12, "years": 12}
_RATES = one_of("pace performance growth rate")
_TELLS = one_of("number figure level value total on ever monthly reading amount")


def _records(view: View) -> Iterator[Found]:
    """`The lowest since February 2024`, `a record high`, `a six-month low`: what is the extreme of what, since when."""
    lows = view.lows
    for i, low in enumerate(lows):
        if extreme := "max" if low in _HIGH else "min" if low in _LOW else "":
            yield from _superlative(view, i, extreme)
        elif low == "record" and lows[i + 1 : i + 2] in (["high"], ["low"]):
            yield i, i + 2, 1.0, "first_or_record", "rank", f"{_ENDS[lows[i + 1]]} level ever"
        elif low in _ENDS and i > 1 and lows[i - 1] in _MONTHS and view.words[i - 1].glue:  # a six-month low
            count = _ordinal_before(lows, view.words, i - 1)
            against = f"{_ENDS[low]} {_series(view, i, set())} -{(count or (0, 0))[1] * _MONTHS[lows[i - 1]]}"
            yield from [(count[0], i + 1, 1.0, "first_or_record", "rank", against)] if count else []


def _superlative(view: View, i: int, extreme: str) -> Iterator[Found]:
    """A record by its superlative at token i: since a period, in so many months, or on record."""
    lows = view.lows
    nth = _NTH.get(lows[i - 1], 0) if i else 0
    if nth > 1:
        if set(lows[i + 1 : i + 2]) & _TELLS or not lows[i + 1 : i + 2]:
            yield i - 1, i + 1, float(nth), "first_or_record", "rank", ""
        return
    since = next((m for m in view.dates if m.role == "since" and m.span and 0 < m.first - i < 8), None)
    ahead = set(lows[i + 1 : i + 5])
    span = lows[i + 3 : i + 4] if lows[i + 1 : i + 2] == ["in"] else []
    count = _ordinal_before(lows, view.words, i + 3) if span in (["months"], ["years"]) else None
    if since and since.span:
        against = f"{_end(lows[i], ahead, extreme)} {_series(view, i, ahead)} {since.span.last}"
        yield i, since.last, 1.0, "first_or_record", "rank", against
    elif lows[i + 1 : i + 3] == ["on", "record"]:
        yield i, i + 3, 1.0, "first_or_record", "rank", f"{extreme} level ever"
    elif count is not None:
        against = f"{extreme} {_series(view, i, ahead)} -{count[1] * _MONTHS[span[0]]}"
        yield i, i + 4, 1.0, "first_or_record", "rank", against


def _series(view: View, i: int, ahead: set[str]) -> str:
    """Whether a record is one of growth or of the level, by the words about it and the number before it."""
    if ahead & (verbs.UP | verbs.DOWN | _RATES):
        return "growth"
    before = [q for q in view.quantities if q.last <= i]
    rate = (
        bool(before) and before[-1].unit == "%" and set(view.lows[before[-1].last : i]) <= {",", "a", "the", "-", "to"}
    )
    return "growth" if rate or set(view.lows[max(0, i - 5) : i]) & (verbs.PACE | _RATES) else "level"


def _end(low: str, ahead: set[str], extreme: str) -> str:
    """Which end of a series of growth rates an extreme is: the biggest drop is the lowest, the mildest the highest."""
    if ahead & verbs.DOWN:
        return "max" if low in ("smallest", "slowest", "least", "weakest", "lowest") else "min"
    if ahead & verbs.UP and low in ("sharpest", "steepest"):
        return "max"
    return "min" if low in ("sharpest", "steepest") else extreme


def _run_of(view: View, last: int, i: int) -> str:
    """What a run is of: growth above or below a bound in percent (`>0`, `<-10`).

    The noun right after it tells (`a third straight decline`), then its clause before it, then what is nearest.
    """
    lows, here = view.lows, view.segment[i]
    noun = next((k for k in range(last, min(last + 4, len(lows))) if view.words[k].kind != "w"), last + 4)
    before = range(i - 1, max(-1, i - 17), -1)
    own = [k for k in before if view.segment[k] == here]
    for k in [*range(i, min(noun, len(lows))), *own, *range(last, min(i + 12, len(lows))), *before]:
        low = lows[k]
        if low in ("above", "below"):
            return ""  # a run of months beyond a mark, not of growth
        if low in verbs.DOWN | _DOWNWARD or low in verbs.UP | _UPWARD:
            double = "double" in lows[i : i + 12] or "double" in lows[max(0, i - 6) : i]
            falls = low in verbs.DOWN | _DOWNWARD
            return f"{'<-' if falls and double else '<' if falls else '>'}{'10' if double else '0'}"
    return ""


def _ordinal_before(lows: Sequence[str], words: Sequence[Token], i: int) -> tuple[int, int] | None:
    """Token and value of the ordinal or the number right before token i."""
    at = i - 1
    if at < 0:
        return None
    if lows[at] in _SUFFIXES and at:
        at -= 1
    if words[at].kind == "n" and words[at].text.isdigit() and len(words[at].text) <= 3:
        return at, int(words[at].text)
    number = _NTH.get(lows[at]) or _COUNT.get(lows[at])
    return (at, number) if number else None


def _ordinal_at(lows: Sequence[str], words: Sequence[Token], i: int) -> tuple[int, int] | None:
    """Token after the ordinal at token i, and its value."""
    if i >= len(lows):
        return None
    if lows[i] in _NTH:
        return i + 1, _NTH[lows[i]]
    if words[i].kind == "n" and words[i].text.isdigit() and lows[i + 1 : i + 2] and lows[i + 1] in _SUFFIXES:
        return (i + 2, int(words[i].text)) if not words[i + 1].gap and len(words[i].text) <= 3 else None
    return None
