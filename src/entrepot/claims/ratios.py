"""What two amounts of a sentence say of the rate beside them: whether it is on a month or on a year."""

from collections.abc import Sequence

from entrepot.claims.claim import Claim
from entrepot.claims.replacing import replace

_NEAR = 3
"""Claims after a rate, and before it, among which its two amounts are looked for."""
_RATES = {1: "growth_mom", 12: "growth_yoy"}


def settled(claims: Sequence[Claim]) -> list[Claim]:
    """Claims of a sentence, with rates measured over the time that lies between the two amounts they fit.

    In `rose 11 % to 2.5 billion in August, compared with 2.25 billion in July` the amounts are a month apart and differ
    by the rate, so that it is one on the month before, whatever the passage measures elsewhere.
    """
    found = list(claims)
    for i, rate in enumerate(found):
        if rate.unit != "%" or rate.measure not in _RATES.values() or rate.digits < 2:
            continue
        near = found[max(0, i - _NEAR) : i + 1 + _NEAR]
        now = [c for c in near if _of(c, rate) and c.period == rate.period]
        apart = {
            _months(before.period, rate.period)
            for level in now
            for before in near
            if _of(before, rate) and before.unit == level.unit and not before.placed and _fits(level, before, rate)
        }
        measures = {_RATES[months] for months in apart if months in _RATES}
        if len(measures) == 1:
            found[i] = replace(rate, measure=measures.pop())
    return found


def _of(claim: Claim, rate: Claim) -> bool:
    """Whether a claim is an amount of what a rate is of, in a single month."""
    same = (claim.flow, claim.partner, claim.product) == (rate.flow, rate.partner, rate.product)
    return claim.measure == "level" and claim.span == "month" and same and claim.value != 0


def _months(before: str, now: str) -> int:
    """Months from one month to a later one."""
    return (int(now[:4]) - int(before[:4])) * 12 + int(now[5:]) - int(before[5:])


def _fits(level: Claim, before: Claim, rate: Claim) -> bool:
    """Whether two amounts differ by a rate, within the digits stated and one more unit of the rate."""
    low = (abs(level.value) - level.rounding_half_width) / (abs(before.value) + before.rounding_half_width)
    high = (abs(level.value) + level.rounding_half_width) / max(abs(before.value) - before.rounding_half_width, 1e-9)
    room = rate.rounding_half_width * 2
    return 100 * (low - 1) - room <= rate.value <= 100 * (high - 1) + room
