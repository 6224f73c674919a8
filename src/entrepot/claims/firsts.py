"""Firsts as a sentence tells them: `their first gain in 20 months`, `for the first time since May`.

What was first stands in `against` as of a run, with since when: `>0 growth 2014-12`, `<0 level 2025-03`. It is empty
where the words tell neither way nor time, or speak of a change on the month before.
"""

from collections.abc import Iterator

from entrepot.claims import verbs
from entrepot.claims.ranks import Told
from entrepot.claims.timeframes import LENGTHS, Frame, ahead, counted, frame
from entrepot.claims.views import View, clause_start
from entrepot.claims.words import one_of

_KINDS = one_of(
    "monthly annual yearly quarterly on year month over such full half and - s overall single digit double "
    "calendar trade"
)
_MONTHLY = one_of("monthly quarterly")
_UP = one_of(
    "rise increase gain growth expansion uptick upturn rebound jump surge climb rises gains increases improvement"
)
_DOWN = one_of(
    "fall drop decline decrease contraction slump slide dip slip plunge downturn falls declines drops shrinkage "
    "reduction retreat"
)
_SURPLUS, _DEFICIT = one_of("surplus surpluses"), one_of("deficit deficits shortfall shortfalls")
_BACK = 14
"""Words before `for the first time` in which its verb may stand."""


def firsts(view: View) -> Iterator[Told]:
    """Firsts that a sentence tells, in order."""
    if "first" not in view.said:
        return
    taken = 0
    for i, low in enumerate(view.lows):
        found = _first(view, i) if low == "first" and i >= taken and i not in view.dated else None
        if found is not None:
            taken = found.last
            yield found


def _first(view: View, i: int) -> Told | None:
    lows, at = view.lows, i + 1
    if lows[at : at + 1] in (["year"], ["month"]) and lows[at + 1 : at + 3] == ["in", "which"]:
        return Told(i, at + 1, 1.0, "first_or_record", "rank")
    while at < len(lows) and at - i <= 5 and lows[at] in _KINDS:
        at += 1
    if lows[at : at + 1] == ["time"]:
        return _first_time(view, i, at + 1)
    direct = at == i + 1
    when = ahead(view, at, most=1) if direct and lows[at : at + 1] in (["in"], ["since"]) else None
    if when is not None:  # a 4 % rise, the first in four months
        return _told(view, i, when[1], _way_before(view, i), monthly=False) if when[1].since != "ever" else None
    noun = lows[at : at + 1]
    way = _way_of(noun)
    if not way:
        return None
    monthly = bool(_MONTHLY & set(lows[i:at]) or lows[max(i, at - 2) : at] == ["on", "month"])
    found = _after(view, at + 1)
    if found is None and (later := ahead(view, at + 1, most=5)) is not None:
        found = later[1]
    return _told(view, i, found, way, monthly=monthly) if found is not None else None


def _way_of(noun: list[str]) -> str:
    """Which way a change or a balance goes, by its noun, and the series: `>0 growth`, `<0 level`; empty for others."""
    word = noun[0] if noun else ""
    if word in _UP or word in _DOWN:
        return f"{'>' if word in _UP else '<'}0 growth"
    return ">0 level" if word in _SURPLUS else "<0 level" if word in _DEFICIT else ""


def _after(view: View, i: int) -> Frame | None:
    """`After 10 months of declines`: as long as the run before it, and the month before that."""
    lows = view.lows
    if lows[i : i + 1] not in (["after"], ["following"]):
        return None
    then = _before_run(view, i)
    return Frame(i, then) if then is not None else None


def _before_run(view: View, i: int) -> str | None:
    """How far back the month before a run told after token i lies (`-11`); None where no run is told."""
    lows = view.lows
    for at in range(i + 1, min(i + 6, len(lows))):
        if lows[at] in LENGTHS and (count := counted(view, at - (lows[at - 1] in ("straight", "consecutive")))):
            return f"-{(count[1] + 1) * LENGTHS[lows[at]]}"
    return None


def _first_time(view: View, i: int, end: int) -> Told | None:
    """`For the first time in three months`: its way is that of the verb, or of what it is in."""
    lows = view.lows
    when = frame(view, end) or (frame(view, end + 1) if lows[end : end + 1] == [","] else None)
    monthly = lows[max(0, i - 1) : i] == ["monthly"]
    if when is None or when.since == "ever":
        return Told(i, end, 1.0, "first_or_record", "rank")
    return _told(view, i, when, _way_before(view, i), monthly=monthly)


def _way_before(view: View, i: int) -> str:
    """Which way what is told for the first time goes, by the nearest verb or noun before it in its clause."""
    lows = view.lows
    start = max(clause_start(view, i) - 6, i - _BACK, 0)
    for at in range(i - 1, start - 1, -1):
        low = lows[at]
        if low == "black" or low == "red":
            return ">0 level" if low == "black" else "<0 level"
        if low in verbs.UP and low not in ("more", "above"):
            return ">0 growth"
        if low in verbs.DOWN and low not in ("less", "below"):
            return "<0 growth"
        if low in ("surplus", "deficit"):
            return ">0 level" if low == "surplus" else "<0 level"
        if low in (";", ".", "while", "but"):
            break
    return ""


def _told(view: View, i: int, when: Frame, way: str, *, monthly: bool) -> Told:
    against = f"{way} {when.since}" if way and when.since and when.since != "ever" and not monthly else ""
    return Told(i, max(when.last, i + 1), 1.0, "first_or_record", "rank", against)
