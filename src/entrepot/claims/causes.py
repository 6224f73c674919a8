"""Which single slip explains a number that does not stand."""

from collections.abc import Mapping, Sequence

from entrepot.claims import exchange
from entrepot.claims.claim import Claim
from entrepot.claims.evidence import Cells, Figure
from entrepot.claims.fitting import currency_of, figures, fits
from entrepot.claims.readings import LEVELS
from entrepot.claims.repairs import Repair, candidates
from entrepot.claims.replacing import replace
from entrepot.claims.runs import Finding


def explained(claim: Claim, finding: Finding, cells: Cells, day: str, others: Sequence[Finding] = ()) -> Finding:
    """Name the one slip that explains a failed claim; none where two causes would, or none does.

    `others` are the failed findings of the claim's other readings: a slip may be one in any of them, but for one by a
    power of ten: ten times a month is about its year.
    """
    if finding.figure is None:
        return finding
    found: dict[str, Claim] = {}
    for failed in (finding, *others):
        right = _right_of(failed.claim, cells, day)
        for repair in candidates(failed.claim, [f.value for f in right]):
            if repair.cause in found or repair.cause == "scale" and failed is not finding:
                continue
            if (
                _undone(repair, right, cells.prints(claim.reporter))
                if repair.number
                else true_of(repair.claim, cells, day, near=repair.cause == "currency")
            ):
                found[repair.cause] = repair.claim
        if found:
            break
    found = _likelier(found) if finding.claim.measure not in ("share_change", "contribution") else {}
    if len(found) == 1:
        cause, meant = next(iter(found.items()))
        return replace(finding, cause=cause, meant=meant, figure=_instead(finding, meant, cells, day))
    return finding


def _instead(finding: Finding, meant: Claim, cells: Cells, day: str) -> Figure | None:
    """What should stand there: of several figures the one in whose currency the slip explains the number."""
    named = currency_of(meant)
    fitting = {f.currency for f in figures(meant, cells, day) if f.status != "revision" and fits(meant, f)}
    right = [f for f in _right_of(finding.claim, cells, day) if f.currency in fitting or f.currency == named]
    held = finding.figure
    if held is None or held.currency in fitting or not right:
        return held
    return min(right, key=lambda f: (f.status != "public", f.basis != "printed", abs(f.value - meant.value)))


ROUGH = {"level": 0.04, "balance": 0.1, "growth": 1.0}
"""How near a slip undone must come to a figure that is no first print [fraction, fraction, points]."""
TAKEN = {"level": 0.005, "made": 0.0125, "growth": 0.15}
"""How near a number must be to a later copy of another cell to have been taken from there: to a printed level, to one
made of others or converted, to a rate [fraction, fraction, points]."""
WRITTEN, TO_DIGIT = 4, 0.0005
"""Digits of a number of which one may be miswritten, and how near a copy the right one must be [fraction]."""
CLEARLY, ALIKE = 3.0, {"level": 0.001, "growth": 0.05}
"""How many times as near as by any other slip a figure must be for a slip to be named; nearer than the least, all are
alike [fraction, points]."""


STRICT = {"level": 0.015, "balance": 0.05, "growth": 0.5}
"""The same where the slip is to condemn the number [fraction, fraction, points]."""


def supposed(finding: Finding, cells: Cells, day: str, *, strict: bool = False) -> Finding:
    """Name the one slip that explains a number which fails all the same, by figures that are no first print.

    Those were revised since: what is near is enough to name a slip. Only a `strict` one may help to condemn by it.
    """
    claim = finding.claim
    if finding.figure is None or finding.cause or claim.measure not in (*LEVELS, "growth_yoy"):
        return finding
    right, room = _copies(claim, cells, day), STRICT if strict else ROUGH
    found: dict[str, tuple[float, Claim]] = {}
    for repair in candidates(claim):
        meant = repair.claim
        if repair.number and repair.cause not in ("scale", "sign"):
            fitting = [_off(meant, f) for f in right if strict and claim.digits >= WRITTEN and _to_digit(meant, f)]
        elif repair.number:
            fitting = [_off(meant, f) for f in right if _rough(meant, f, room, wide=repair.cause == "scale")]
        elif repair.cause == "currency":
            fitting = [_off(meant, f) for f in _copies(meant, cells, day) if _rough(meant, f, room)]
        else:
            fitting = [_off(meant, f) for f in _copies(meant, cells, day) if claim.digits > 2 and _taken(meant, f)]
        if fitting and (repair.cause not in found or min(fitting) < found[repair.cause][0]):
            found[repair.cause] = min(fitting), meant
    ranked = sorted((off, cause) for cause, (off, _) in found.items())
    least = ALIKE["level" if claim.measure in LEVELS else "growth"]
    if not ranked or len(ranked) > 1 and ranked[1][0] < CLEARLY * max(ranked[0][0], least):
        return finding
    cause = ranked[0][1]
    return replace(finding, cause=cause, meant=found[cause][1])


def _to_digit(claim: Claim, figure: Figure) -> bool:
    """Whether a level is a later copy to the copy's last digit, which was not revised then."""
    return claim.measure in LEVELS and not figure.how and fits(claim, figure) and _off(claim, figure) <= TO_DIGIT


def _off(claim: Claim, figure: Figure) -> float:
    """How far a claim is from a figure [fraction of a level, points of a rate]."""
    return abs(claim.value / (figure.value or 1e-9) - 1) if claim.measure in LEVELS else abs(claim.value - figure.value)


def _copies(claim: Claim, cells: Cells, day: str) -> list[Figure]:
    """Figures of a claim's cell in its currency, later copies and conversions with them."""
    held = [f for f in figures(claim, cells, day) if f.status != "revision"]
    named = currency_of(claim)
    own = [f for f in held if not named or f.currency in (named, "")]
    return own if named and own else [*own, *exchange.converted(claim, cells, held)]


def _rough(claim: Claim, figure: Figure, room: Mapping[str, float], *, wide: bool = False) -> bool:
    if claim.measure in LEVELS:
        return abs(claim.value / (figure.value or 1e-9) - 1) <= room["balance" if claim.flow == "B" else "level"]
    most = 0.2 * abs(figure.value) if wide and room is ROUGH else room["growth"]
    return abs(claim.value - figure.value) <= most and abs(claim.value) > 2 * ROUGH["growth"]


def _taken(claim: Claim, figure: Figure) -> bool:
    made = "made" if figure.basis != "printed" else "level"
    return _off(claim, figure) <= TAKEN[made if claim.measure in LEVELS else "growth"]


def _undone(repair: Repair, right: Sequence[Figure], printing: bool) -> bool:
    """Whether a number without a slip is a figure; by its digits only where dated prints are held."""
    sized = printing or repair.cause in ("scale", "sign")
    if repair.cause == "scale" and repair.claim.measure in LEVELS:
        return any(fits(repair.claim, f) or _about(repair.claim, f) for f in right)
    return any(fits(repair.claim, f) and (sized or f.status == "public") for f in right)


def _about(claim: Claim, figure: Figure) -> bool:
    """Whether a level is a figure but for a revision: enough where it was off by a power of ten."""
    room = 0.005 if figure.status == "public" else 0.05 if claim.flow == "B" else 0.02
    return claim.digits > 1 and abs(claim.value / (figure.value or 1e-9) - 1) <= room


def _right_of(claim: Claim, cells: Cells, day: str) -> list[Figure]:
    """Printed figures that a claim's number should have been, public by then, in its currency."""
    named = currency_of(claim)
    held = [
        f for f in figures(claim, cells, day, made=False)
        if not f.soft and f.basis != "recomputed" and (not named or f.currency in (named, ""))
    ]  # fmt: skip
    return [f for f in held if f.status != "revision"] or held


MISPRINTS = ("scale", "digit dropped", "transposed", "sign")
"""Causes that change the digits or the size of a number; the others take a figure from another place."""


def _likelier(found: dict[str, Claim]) -> dict[str, Claim]:
    """Of slips of one kind the coarser explains the finer: ten times as much is no dropped zero.

    A number of three digits and more that is, to the digit, another figure of the office was taken from there: that a
    misprint hits one by chance is far less likely.
    """
    if "scale" in found:
        found = {cause: claim for cause, claim in found.items() if cause not in ("digit dropped", "transposed")}
    taken = {cause: claim for cause, claim in found.items() if cause not in MISPRINTS}
    return taken if len(taken) == 1 and min(c.digits for c in taken.values()) >= 3 else found


def true_of(claim: Claim, cells: Cells, day: str, *, near: bool = False) -> bool:
    """Whether a number is right, to the digit (or `near`, within half a percent), of another cell that was public."""
    named = currency_of(claim)
    held = figures(claim, cells, day, made=False)
    return any(
        f.basis != "recomputed"
        and not f.how
        and f.status != "revision"
        and (not named or f.currency in (named, ""))
        and (fits(claim, f) or near and claim.digits > 2 and _about(claim, replace(f, status="public")))
        for f in held
    )
