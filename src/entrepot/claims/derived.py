"""Figures that no office prints as such: shares and their changes, gaps, multiples, contributions, changes."""

from collections.abc import Iterator
from itertools import product as pairs

from entrepot.claims import evidence
from entrepot.claims.claim import Claim
from entrepot.claims.evidence import Cells, Figure
from entrepot.claims.replacing import replace


def whole_of(claim: Claim) -> Claim | None:
    """The total that a claim's partner or product is part of; None where it is the total itself."""
    whole = replace(claim, partner="WLD", product="TOTAL")
    return None if whole == claim or claim.flow == "B" else whole


def shares(claim: Claim, cells: Cells, day: str) -> Iterator[Figure]:
    """Part over whole [percent], both public or both copies, in one currency."""
    if (whole := whole_of(claim)) is None:
        return
    for one, other in pairs(evidence.levels(cells, claim, day), evidence.levels(cells, whole, day)):
        if one.currency == other.currency and one.status == other.status != "revision" and other.value > 0:
            share = 100 * one.value / other.value
            width = share * (one.half_width / one.value + other.half_width / other.value) if one.value else 0.0
            yield Figure(share, width, "", "derived", one.status, one.soft or other.soft, (*one.facts, *other.facts))


def share_changes(claim: Claim, cells: Cells, day: str) -> Iterator[Figure]:
    """Share less the share a year earlier [percentage points], the earlier one from the growth rates printed.

    s0 = s (1 + G) / (1 + g), with s the share, g and G the growth of part and whole.
    """
    if (whole := whole_of(claim)) is None:
        return
    for share in shares(claim, cells, day):
        for g, total in _printed_rates(claim, whole, cells, day):
            before = share.value * (1 + total.value / 100) / (1 + g.value / 100)
            width = share.half_width + before * (g.half_width + total.half_width) / 100
            facts = (*share.facts, *g.facts, *total.facts)
            yield Figure(share.value - before, width, "", "derived", share.status, share.soft, facts)


def contributions(claim: Claim, cells: Cells, day: str) -> Iterator[Figure]:
    """What a part adds to the growth of the whole [percentage points]: s g (1 + G) / (1 + g)."""
    if (whole := whole_of(claim)) is None:
        return
    for share in shares(claim, cells, day):
        for g, total in _printed_rates(claim, whole, cells, day):
            before = share.value / 100 * (1 + total.value / 100) / (1 + g.value / 100)
            width = before * g.half_width + share.half_width * abs(g.value) / 100
            facts = (*share.facts, *g.facts, *total.facts)
            yield Figure(before * g.value, width, "", "derived", share.status, share.soft, facts)


def _printed_rates(claim: Claim, whole: Claim, cells: Cells, day: str) -> Iterator[tuple[Figure, Figure]]:
    for g, total in pairs(evidence.growths(cells, claim, day), evidence.growths(cells, whole, day)):
        alike = g.currency == total.currency and g.basis == total.basis == "printed" and g.status == total.status
        if alike and g.status != "revision" and g.value > -99:
            yield g, total


def gaps(claim: Claim, cells: Cells, day: str) -> Iterator[Figure]:
    """Growth of a part less that of the whole [percentage points]."""
    whole = replace(claim, partner="WLD", product="TOTAL")
    if whole == claim:
        return
    for one, other in pairs(evidence.growths(cells, claim, day), evidence.growths(cells, whole, day)):
        if one.currency == other.currency and one.basis == other.basis == "printed" and one.status == other.status:
            width = one.half_width + other.half_width
            yield Figure(one.value - other.value, width, "", "derived", one.status, False, (*one.facts, *other.facts))


def multiples(claim: Claim, cells: Cells, day: str) -> Iterator[Figure]:
    """Level over the level a year, or a month, before [ratio]: 1 + growth where it is printed."""
    for rate in evidence.growths(cells, claim, day):
        yield replace(rate, value=1 + rate.value / 100, half_width=rate.half_width / 100)
    now = evidence.levels(cells, claim, day)
    for months in (12, 1):
        for one, base in pairs(now, evidence.levels(cells, claim, day, back=months)):
            if (
                one.currency == base.currency
                and one.value * base.value > 0
                and "revision" not in (one.status, base.status)
            ):
                ratio = one.value / base.value
                width = ratio * (one.half_width / abs(one.value) + base.half_width / abs(base.value))
                yield Figure(ratio, width, one.currency, "derived", one.status, True, (*one.facts, *base.facts))


def changes(claim: Claim, cells: Cells, day: str) -> Iterator[Figure]:
    """Level less the level a year, or a month, before, and L - L / (1 + g) where growth is printed [currency]."""
    back = 1 if claim.against == "mom" else 12
    now = evidence.levels(cells, claim, day)
    for one, base in pairs(now, evidence.levels(cells, claim, day, back=back)):
        if one.currency == base.currency and one.status == base.status and one.value * base.value > 0:
            change = abs(one.value) - abs(base.value)
            width = one.half_width + base.half_width
            yield Figure(change, width, one.currency, "derived", one.status, True, (*one.facts, *base.facts))
    if back == 12:
        for one, rate in pairs(now, evidence.growths(cells, claim, day)):
            if (
                one.currency == rate.currency
                and rate.basis == "printed"
                and one.status == rate.status
                and rate.value > -99
            ):
                change = one.value - one.value / (1 + rate.value / 100)
                width = abs(one.value) * rate.half_width / 100 + one.half_width
                yield Figure(change, width, one.currency, "derived", one.status, False, (*one.facts, *rate.facts))
