"""Records and runs keep the slots of the number that they say more of, where a sentence read again changes that."""

from collections.abc import Sequence

from entrepot.claims.claim import Claim
from entrepot.claims.replacing import replace

_FOLLOW = ("first_or_record", "consecutive")


def followed(before: Sequence[Claim], after: Sequence[Claim]) -> list[Claim]:
    """The claims of a sentence `after` it was read again, its records with the slots of the numbers they stood with."""
    if [c.start for c in before] != [c.start for c in after]:
        return list(after)
    moved = [i for i, (one, other) in enumerate(zip(before, after, strict=True)) if _cell(one) != _cell(other)]
    found = list(after)
    for i, claim in enumerate(before):
        if claim.measure not in _FOLLOW or i in moved:
            continue
        alike = [k for k in range(len(before)) if before[k].measure not in _FOLLOW and _cell(before[k]) == _cell(claim)]
        near = min(alike, key=lambda k: abs(before[k].start - claim.start), default=-1)
        if near in moved:
            to = after[near]
            found[i] = replace(
                found[i], reporter=to.reporter, partner=to.partner, product=to.product, flow=to.flow,
                period=to.period if to.measure != "growth_mom" else claim.period,
                span=to.span if to.measure != "growth_mom" else claim.span,
            )  # fmt: skip
    return found


def _cell(claim: Claim) -> tuple[str, ...]:
    return claim.reporter, claim.partner, claim.product, claim.flow, claim.period
