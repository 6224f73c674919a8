"""Runs and records: `the eighth straight month`, `for a third year`, `the lowest since February 2024`."""

from collections.abc import Iterator, Sequence

from entrepot.claims import verbs
from entrepot.claims.numerals import ONES
from entrepot.claims.ranks import NTH, Told, noun_after, superlative
from entrepot.claims.views import View
from entrepot.claims.words import Token, one_of, phrase

_PERIODS = one_of("month months monthly year years annual yearly quarter quarters quarterly")
_SPANS = one_of("month months quarter quarters year years time")
_CONSECUTIVE = one_of("consecutive straight successive")
_COUNT = {word: n for word, n in ONES.items() if n}
_SUFFIXES = one_of("st nd rd th")
_CHANGES = one_of(
    "rise fall increase decrease decline declines drop drops gain gains growth contraction expansion decreases "
    "increases"
)
_GONE = _CHANGES | one_of("deficit deficits surplus surpluses losses")
_TREND = _CHANGES | one_of("trend streak run slide slump losing winning rally upward downward")
_COUNTED = _CONSECUTIVE | _SPANS | {"in"}
"""Words that a count may stand before."""
_IN_A_ROW = ("in a row", "in succession", "running", "on end", "on the trot")
_PAST = one_of("past last previous preceding")
_ENDING = one_of("ended ending snapped snapping reversed reversing broke breaking halted halting capped")


def streaks(view: View) -> Iterator[Told]:
    """Runs and records that a sentence tells, in order of their kinds."""
    yield from _records(view)
    if _COUNTED.isdisjoint(view.said):
        return
    taken = 0
    counted = {i for q in view.quantities if q.unit != "n" for i in range(q.first, q.last)}
    for i, low in enumerate(view.lows):
        found = _run(view, i) if low in _COUNTED and i not in counted else None
        if found is not None and found.first >= taken:
            taken = found.last
            yield found


def _run(view: View, i: int) -> Told | None:
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
        return _of_run(view, first, i + 1, number, i) if set(lows[i + 1 : i + 4]) & _GONE else None
    if length := phrase(lows, i, ("in a row",)):  # the fourth in a row
        return (
            _of_run(view, first, i + length, number, i) if lows[first] in NTH or lows[first + 1] in _SUFFIXES else None
        )
    if low not in _SPANS or low == "time" and lows[i + 1 : i + 3] != ["in", "a"]:
        return None
    if length := phrase(lows, i + 1, _IN_A_ROW):
        return _of_run(view, first, i + 1 + length, number, i)
    return _of_run(view, first, i + 1, number, i) if _is_run(view, first, i) else None


def _is_run(view: View, first: int, i: int) -> bool:
    """Whether an ordinal or a number and its months, which begin at token `first`, are a run without saying so."""
    lows = view.lows
    back = lows[max(0, first - 4) : first]
    if back[-1:] == ["to"] and {"streak", "run"} & set(lows[max(0, first - 7) : first]):
        return True  # extending its streak of surpluses to 18 months
    if lows[i].endswith("s"):
        past = back[-1:] and back[-1] in _PAST or back[-2:] in (["snapping", "the"], ["ending", "the"])
        each = past and ("each" in back or "for" in back and lows[i + 1 : i + 2] != [","])
        only = back[-1:] in (["after"], ["following"])  # after two months of declines
        only = only and not {"continuous", "uninterrupted"} & set(lows[i + 2 : i + 4])
        return bool(each) or not only and lows[i + 1 : i + 2] == ["of"] and bool(set(lows[i + 2 : i + 5]) & _GONE)
    if view.words[i].glue:  # a 13-month upward trend
        return bool(set(lows[i + 1 : i + 4]) & _TREND) and lows[i + 1 : i + 2] != ["trend"]
    if lows[first] not in NTH and lows[first + 1] not in _SUFFIXES or NTH.get(lows[first]) == 1:
        return False
    if lows[i + 1 : i + 2] == ["of"]:  # the fifth month of double-digit declines
        return bool(set(lows[i + 2 : i + 6]) & _GONE)
    return lows[i] in ("month", "year") and (back[-2:] in (["for", "a"], ["for", "the"]) or back[-1:] == ["for"])


_OUTDID = one_of("larger higher greater bigger exceeded outstripped surpassed topped outweighed lower smaller")
"""Words by which exports are set against imports: what goes on for months is a balance."""


def _of_run(view: View, first: int, last: int, number: int, i: int) -> Told:
    over = _ENDING & set(view.lows[max(0, first - 3) : first])
    against = "" if over else _run_of(view, last, i)  # what ended is no run to this month
    told = {"exports", "imports"} <= set(view.lows[:first]) and bool(_OUTDID & set(view.lows[:first]))
    return Told(first, last, float(number), "consecutive", "n", against, flow="B" if told else "")


_HIGH = one_of("highest biggest largest best fastest strongest most greatest quickest")
_LOW = one_of("lowest smallest worst slowest weakest sharpest steepest least")
_ENDS = {"high": "max", "peak": "max", "low": "min", "trough": "min"}
_EXTREMES = _HIGH.union(_LOW, _ENDS, ("record",))
_MONTHS = {"month": 1, "months": 1, "quarter": 3, "year": 12, "years": 12}
_RATES = one_of("pace performance growth rate")
_TELLS = one_of("month volume number figure level value total on ever monthly reading amount")


def _records(view: View) -> Iterator[Told]:
    """`The lowest since February 2024`, `a record high`, `a six-month low`: what is the extreme of what, since when."""
    lows = view.lows
    for i, low in enumerate(() if _EXTREMES.isdisjoint(view.said) else lows):
        if extreme := "max" if low in _HIGH else "min" if low in _LOW else "":
            if (after := superlative(lows, i)) and noun_after(lows, after) >= 0:
                continue
            yield from _superlative(view, i, extreme)
        elif low == "record" and lows[i + 1 : i + 2] in (["high"], ["low"]):
            yield Told(i, i + 2, 1.0, "first_or_record", "rank", f"{_ENDS[lows[i + 1]]} level ever")
        elif low in _ENDS and i > 1 and lows[i - 1] in _MONTHS and view.words[i - 1].glue:  # a six-month low
            count = _ordinal_before(lows, view.words, i - 1)
            against = f"{_ENDS[low]} {_series(view, i, set())} -{(count or (0, 0))[1] * _MONTHS[lows[i - 1]]}"
            if count:
                yield Told(count[0], i + 1, 1.0, "first_or_record", "rank", against)


def _superlative(view: View, i: int, extreme: str) -> Iterator[Told]:
    """A record by its superlative at token i: since a period, in so many months, or on record."""
    lows = view.lows
    nth = NTH.get(lows[i - 1], 0) if i else 0
    if nth > 1:
        ever = {"record", "ever"} & set(lows[i + 1 : i + 5]) or lows[i + 1 : i + 3] in (["for", "a"], ["for", "any"])
        if set(lows[i + 1 : i + 2]) & _TELLS or not lows[i + 1 : i + 2] or ever:
            yield Told(i - 1, i + 1, float(nth), "first_or_record", "rank")
        return
    since = next((m for m in view.dates if m.role == "since" and m.span and 0 < m.first - i < 8), None)
    ahead = set(lows[i + 1 : i + 5])
    span = lows[i + 3 : i + 4] if lows[i + 1 : i + 2] == ["in"] else []
    count = _ordinal_before(lows, view.words, i + 3) if span in (["months"], ["years"]) else None
    if since and since.span:
        against = f"{_end(lows[i], ahead, extreme)} {_series(view, i, ahead)} {since.span.last}"
        yield Told(i, since.last, 1.0, "first_or_record", "rank", against)
    elif lows[i + 1 : i + 3] == ["on", "record"]:
        yield Told(i, i + 3, 1.0, "first_or_record", "rank", f"{extreme} level ever")
    elif count is not None:
        against = f"{extreme} {_series(view, i, ahead)} -{count[1] * _MONTHS[span[0]]}"
        yield Told(i, i + 4, 1.0, "first_or_record", "rank", against)


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
        if low in verbs.DOWN or low in verbs.UP:
            double = "double" in lows[i : i + 12] or "double" in lows[max(0, i - 6) : i]
            return (
                f"{'<-' if double else '<'}{'10' if double else '0'}"
                if low in verbs.DOWN
                else f">{'10' if double else '0'}"
            )
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
    number = NTH.get(lows[at]) or _COUNT.get(lows[at])
    return (at, number) if number else None
