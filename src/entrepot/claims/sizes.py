"""Amounts of which no figure is held, and which cannot be: many times a country's trade, or a thousandth of it."""

from collections.abc import Collection
from dataclasses import dataclass

from entrepot import codes
from entrepot.claims.claim import Claim
from entrepot.claims.magnitudes import CLOSE, FITS
from entrepot.claims.readings import outright
from entrepot.claims.replacing import replace
from entrepot.claims.scales import PER_DOLLAR, size
from entrepot.claims.subjects import TOTAL, WORLD

MOST = {True: 2.7, False: 5.5}
"""Times the rough trade with all partners, and with one, that condemn an amount.

Of some 1,900 right totals of real stories none was above 1.9 times, of 1,150 of one partner two, both of Russia.
"""
MOST_OF_BALANCE = 1.3
"""Times as much for a balance, which may be near the larger of both flows."""
UNSTEADY = ("RUS", "UKR", "BLR", "IRN", "VEN", "PRK", "SYR", "LBY")
"""Countries whose partners of 2023 say little of other years."""


@dataclass(frozen=True, slots=True)
class Outsized:
    """An amount that cannot be: the rough trade of its months [its unit], and the one slip that would explain it."""

    rough: float
    cause: str


def outsized(claim: Claim, told: Collection[str] = ()) -> Outsized | None:
    """Whether an amount is of a size that the trade it is said of cannot have; None where it may be.

    Only an amount of all goods whose clause says outright what it is of: some times more than that trade ever was, or
    a thousandth of a total, as where `million` stands for `billion`. `told` are the periods that the story speaks of:
    an amount that one of them could hold was more likely read of the wrong one.
    """
    if claim.measure != "level" or claim.product != TOTAL or claim.digits < 2 or claim.definition:
        return None
    found = size(claim)
    if found is None or not outright(claim):
        return None
    if claim.partner != WORLD and (not found.own or {claim.reporter, claim.partner} & set(UNSTEADY)):
        return None
    most = MOST[claim.partner == WORLD] * (MOST_OF_BALANCE if claim.flow == "B" else 1.0)
    thousandth = claim.partner == WORLD and claim.flow != "B" and _near(1000 * found.times)
    if found.times <= most and not thousandth:
        return None
    elsewhere = (size(replace(claim, period=period)) for period in told if period != claim.period)
    if not thousandth and any(other is not None and other.times <= most for other in elsewhere):
        return None
    causes = _causes(claim, found.times)
    return Outsized(abs(claim.value) / found.times, causes.pop() if len(causes) == 1 else "")


def _causes(claim: Claim, times: float) -> set[str]:
    """Slips that bring an amount to the size it can have: a power of ten, the whole for a part, the currency."""
    found = {"scale"} if any(_near(times / 10**power) for power in (-3, 1, 2, 3)) else set()
    if claim.partner != WORLD:
        total = size(replace(claim, partner=WORLD))
        found |= {"whole for part"} if total is not None and FITS[0] < total.times < FITS[1] else set()
    for currency in {codes.own_currency(claim.reporter), "USD"} - {claim.unit, None}:
        rate = PER_DOLLAR.get(str(currency), 0.0) / PER_DOLLAR[claim.unit]
        found |= {"currency"} if rate and _near(times / rate) else set()
    return found


def _near(times: float) -> bool:
    return CLOSE[0] < times < CLOSE[1]
