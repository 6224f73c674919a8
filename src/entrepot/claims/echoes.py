"""One number told of two cells of a story that cannot both have it: it was taken from the one for the other."""

from collections.abc import Collection, Iterator, Sequence

from entrepot import periods
from entrepot.claims.claim import Claim

TELLING = 3
"""Digits from which two equal numbers are no chance."""
SURE = 4
"""Digits from which a number told again of another cell is condemned by that alone."""
_FLOWS = {"X": "M", "M": "X"}


def echoed(claim: Claim, claims: Sequence[Claim]) -> Iterator[tuple[str, Claim]]:
    """Each claim with the same number that differs from one in a single slot, and the slip that made the one of it."""
    if claim.digits < TELLING or claim.measure not in ("level", "growth_yoy"):
        return
    for other in claims:
        alike = (other.measure, other.unit, other.value) == (claim.measure, claim.unit, claim.value)
        if alike and other.id != claim.id and other.definition == claim.definition and (cause := _slip(claim, other)):
            yield cause, other


def _slip(claim: Claim, other: Claim) -> str:
    """The slip by which a number of another claim was told of this one; empty for none or several."""
    differing = [
        slot for slot in ("reporter", "partner", "product", "flow", "period")
        if getattr(claim, slot) != getattr(other, slot)
    ]  # fmt: skip
    if differing == ["period"]:
        return _other_period(claim.period, other.period)
    if differing in (["partner"], ["product"]):
        return "whole for part" if getattr(other, differing[0]) in ("WLD", "TOTAL") else ""
    return "flow swapped" if differing == ["flow"] and _FLOWS.get(claim.flow) == other.flow else ""


def _other_period(period: str, other: str) -> str:
    first, _, last = period.partition("/")
    start, _, end = other.partition("/")
    if (last or first) == (end or start) and bool(last) != bool(end):
        return "month for ytd" if (first if last else start)[5:] == "01" else ""
    if (len(first), bool(last)) == (len(start), bool(end)) and first[5:] == start[5:] and last[5:] == end[5:]:
        return "wrong year" if abs(int(first[:4]) - int(start[:4])) == 1 else ""
    single = len(first) == len(start) == 7 and not last and not end
    return "wrong month" if single and start in (periods.later(first, -1), periods.later(first, 1)) else ""


def taken(claim: Claim, claims: Sequence[Claim], sound: Collection[str]) -> str:
    """The slip that condemns a number although no figure of it is held; empty for none.

    A month cannot have the figure of its year to date, nor a partner that of the whole: where the text says outright
    that it speaks of the one, and figures bear out the other, the number was taken from there.
    """
    if claim.digits < SURE or claim.measure != "level" or claim.also:
        return ""
    told = {"month for ytd": "period", "whole for part": "partner"}
    causes = {
        cause for cause, other in echoed(claim, claims)
        if other.id in sound and other.text != claim.text and told.get(cause, "period") not in claim.carried
    }  # fmt: skip
    (cause,) = causes if len(causes) == 1 else ("",)
    return cause if cause in told else ""
