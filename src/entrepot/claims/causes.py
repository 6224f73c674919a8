"""Which single slip explains a number that does not stand."""

from collections.abc import Sequence
from dataclasses import replace

from entrepot.claims.claim import Claim
from entrepot.claims.evidence import Cells, Figure
from entrepot.claims.fitting import currency_of, figures, fits
from entrepot.claims.repairs import Repair, candidates
from entrepot.claims.runs import Finding


def explained(claim: Claim, finding: Finding, cells: Cells, day: str, others: Sequence[Finding] = ()) -> Finding:
    """Name the one slip that explains a failed claim; none where two causes would, or none does.

    `others` are the failed findings of the claim's other readings: a slip may be one in any of them.
    """
    if finding.figure is None:
        return finding
    found: dict[str, Claim] = {}
    for failed in (finding, *others):
        right = _right_of(failed.claim, cells, day)
        for repair in candidates(failed.claim, [f.value for f in right]):
            if repair.cause in found:
                continue
            if (
                _undone(repair, right, cells.prints(claim.reporter))
                if repair.number
                else true_of(repair.claim, cells, day)
            ):
                found[repair.cause] = repair.claim
        if found:
            break
    found = _likelier(found)
    if len(found) == 1:
        cause, meant = next(iter(found.items()))
        return replace(finding, cause=cause, meant=meant)
    return finding


def _undone(repair: Repair, right: Sequence[Figure], printing: bool) -> bool:
    """Whether a number without a slip is a figure; by its digits only where dated prints are held."""
    sized = printing or repair.cause in ("scale", "sign")
    return any(fits(repair.claim, f) and (sized or f.status == "public") for f in right)


def _right_of(claim: Claim, cells: Cells, day: str) -> list[Figure]:
    """Printed figures that a claim's number should have been, public by then, in its currency."""
    named = currency_of(claim)
    return [
        f for f in figures(claim, cells, day)
        if not f.soft and f.basis != "recomputed" and f.status != "revision"
        and (not named or f.currency in (named, ""))
    ]  # fmt: skip


MISPRINTS = ("scale", "digit dropped", "transposed", "sign")
"""Causes that change the digits or the size of a number; the others take a figure from another place."""


def _likelier(found: dict[str, Claim]) -> dict[str, Claim]:
    """Of slips of one kind the coarser explains the finer: ten times as much is no dropped zero.

    A number of three digits and more that is, to the digit, another figure of the office was taken from there: that a
    misprint hits one by chance is far less likely.
    """
    if "scale" in found and "digit dropped" in found:
        found = {cause: claim for cause, claim in found.items() if cause != "digit dropped"}
    taken = {cause: claim for cause, claim in found.items() if cause not in MISPRINTS}
    return taken if len(taken) == 1 and min(c.digits for c in taken.values()) >= 3 else found


def true_of(claim: Claim, cells: Cells, day: str) -> bool:
    """Whether a number is right, to the digit, of another cell that was public."""
    named = currency_of(claim)
    held = figures(claim, cells, day)
    return any(
        f.basis != "recomputed"
        and f.status != "revision"
        and (not named or f.currency in (named, ""))
        and fits(claim, f)
        for f in held
    )
