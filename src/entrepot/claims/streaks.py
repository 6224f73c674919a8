"""Runs and records: `the eighth straight month`, `for a third year`, `the lowest since February 2024`."""

from collections.abc import Iterator, Sequence

from entrepot.claims import verbs
from entrepot.claims.numbers import ONES
from entrepot.claims.ranks import NTH, Told, noun_after, ordinal, superlative
from entrepot.claims.views import View
from entrepot.claims.words import Token, one_of

_PERIODS = one_of("month months monthly year years annual yearly quarter quarters quarterly time times half")
_CONSECUTIVE = one_of("consecutive straight successive")
_COUNT = {word: n for word, n in ONES.items() if n}
_CHANGES = one_of("rise fall increase decrease decline declines drop drops gain gains growth contraction")
_GONE = _CHANGES | one_of(
    "deficit deficits surplus surpluses losses expansion contractions red black increases rises falls"
)
_TRENDS = one_of(
    "decline fall slide slump drop contraction downturn growth rise rally expansion streak run trend losing winning "
    "gain rising falling upward downward declining"
)
_ENDING = one_of("ended ending snapped snapping reversed reversing broke breaking halted halting capped")
_STAYED = one_of("remained stayed been held kept topped exceeded above below")
_HIGH = one_of("highest biggest largest best fastest strongest most greatest quickest")
_LOW = one_of("lowest smallest worst slowest weakest sharpest steepest least")


def streaks(view: View) -> Iterator[Told]:
    """Records and runs that a sentence tells."""
    yield from _records(view)
    end = 0
    for i in range(len(view.lows)):
        if i >= end and (told := _in_turn(view, i) or _nth(view, i) or _trend(view, i)):
            yield told
            end = told.last


def _in_turn(view: View, i: int) -> Told | None:
    """`The eighth straight month`, `for nine months in a row`, `a second month running`."""
    lows, low = view.lows, view.lows[i]
    if low in _CONSECUTIVE and i:
        count = _number_before(lows, view.words, i)
        if count and lows[i + 1 : i + 2] and lows[i + 1] in _PERIODS:
            end = i + 3 if lows[i + 1 : i + 3] == ["half", "year"] else i + 2
            return _run(view, i, count, end)
        if count and set(lows[i + 1 : i + 4]) & _CHANGES:  # the sixth straight decline
            return _run(view, i, count, i + 1)
    row = lows[i + 1 : i + 4] == ["in", "a", "row"] or lows[i + 1 : i + 2] == ["running"]
    if row and low in _PERIODS and (count := _number_before(lows, view.words, i)):
        return _run(view, i, count, i + 4 if lows[i + 1] == "in" else i + 2)
    if lows[i : i + 3] == ["in", "a", "row"] and (count := _number_before(lows, view.words, i)):
        return _run(view, i, count, i + 3)  # its fourth in a row
    return None


def _nth(view: View, i: int) -> Told | None:
    """`Fell for a third month`, `the fifth month of declines`, `in each of the past three months`."""
    lows = view.lows
    value, after = ordinal(view, i)
    if value > 1 and lows[after : after + 1] in (["month"], ["year"], ["quarter"]):
        for_it = lows[max(0, i - 2) : i][-1:] == ["for"] or lows[max(0, i - 2) : i] in (["for", "a"], ["for", "the"])
        gone = lows[after + 1 : after + 2] == ["of"] and bool(set(lows[after + 2 : after + 5]) & _GONE)
        dated = any(m.first <= after < m.last for m in view.dates if m.span)
        if gone or for_it and lows[after + 1 : after + 2] != ["of"] and not dated:
            end = after + 1 + (lows[after + 1 : after + 2] == ["running"])
            return Told(i, end, float(value), "consecutive", "n", _run_of(lows, i))
    if lows[i] in ("month", "months", "years", "quarters") and i > 3 and lows[i - 2] in ("last", "past"):
        count = _number_before(lows, view.words, i)
        each = "each" in lows[i - 6 : i - 2]
        stayed = lows[i - 4 : i - 2] == ["for", "the"] and bool(set(lows[max(0, i - 14) : i - 4]) & _STAYED)
        if count and (each or stayed):
            return _run(view, i, count, i + 1)
    return None


def _trend(view: View, i: int) -> Told | None:
    """A run as long as a trend that ended (`snapping an eight-month decline`, `a 13-month upward trend`)."""
    lows = view.lows
    if not i or lows[i] not in ("month", "year") or not view.words[i].glue or not set(lows[i + 1 : i + 3]) & _TRENDS:
        return None
    count = _number_before(lows, view.words, i)
    return _run(view, i, count, i + 1) if count else None


def _run(view: View, i: int, count: tuple[int, int], end: int) -> Told:
    over = _ENDING & set(view.lows[max(0, count[0] - 3) : count[0]])
    against = "" if over else _run_of(view.lows, i)  # what ended is no run to this month
    return Told(count[0], end, float(count[1]), "consecutive", "n", against)


def _records(view: View) -> Iterator[Told]:
    """`The lowest since February 2024`, `a record high`: with what it is the extreme of."""
    lows = view.lows
    for i, low in enumerate(lows):
        extreme = "max" if low in _HIGH else "min" if low in _LOW else ""
        if extreme and not ((after := superlative(lows, i)) and noun_after(lows, after) >= 0):
            if i and lows[i - 1] in NTH:
                yield Told(i - 1, i + 1, float(NTH[lows[i - 1]]), "first_or_record", "rank")
                continue
            since = next((m for m in view.dates if m.role == "since" and m.span and 0 < m.first - i < 8), None)
            change = set(lows[i + 1 : i + 5]) & (verbs.UP | verbs.DOWN | {"pace", "performance", "growth"})
            series = "growth" if change else "level"
            if since and since.span:
                against = f"{_end(low, set(lows[i + 1 : i + 5]), extreme)} {series} {since.span.last}"
                yield Told(i, since.last, 1.0, "first_or_record", "rank", against)
            elif lows[i + 1 : i + 3] == ["on", "record"]:
                yield Told(i, i + 3, 1.0, "first_or_record", "rank", f"{extreme} level ever")
        elif low == "record" and lows[i + 1 : i + 2] in (["high"], ["low"]):
            against = f"{'max' if lows[i + 1] == 'high' else 'min'} level ever"
            yield Told(i, i + 2, 1.0, "first_or_record", "rank", against)


def _end(low: str, ahead: set[str], extreme: str) -> str:
    """Which end of a series of growth rates an extreme is: the biggest drop is the lowest, the mildest the highest."""
    if ahead & verbs.DOWN:
        return "max" if low in ("smallest", "slowest", "least", "weakest", "lowest") else "min"
    if ahead & verbs.UP and low in ("sharpest", "steepest"):
        return "max"
    return "min" if low in ("sharpest", "steepest") else extreme


def _run_of(lows: Sequence[str], i: int) -> str:
    """What a run is of: growth above or below a bound in percent (`>0`, `<-10`)."""
    ahead, back = lows[i : i + 12], lows[max(0, i - 16) : i][::-1]
    for low in [*ahead, *back]:
        if low in verbs.DOWN or low in verbs.UP:
            bound = "10" if "double" in ahead or "double" in back[:6] else "0"
            return (f"<-{bound}" if bound != "0" else "<0") if low in verbs.DOWN else f">{bound}"
    return ""


def _number_before(lows: Sequence[str], words: Sequence[Token], i: int) -> tuple[int, int] | None:
    """The ordinal or count before token i: its first token and its value."""
    at = i - 1
    if lows[at] in ("th", "st", "nd", "rd") and at:
        at -= 1
    if words[at].kind == "n" and words[at].text.isdigit() and len(words[at].text) <= 3:
        return at, int(words[at].text)
    number = NTH.get(lows[at]) or _COUNT.get(lows[at])
    return (at, number) if number else None
