"""Amounts that two others add up to: a number whose clause leaves its partner or period open is of theirs.

Exports less imports are the balance, their sum is total trade. Where two amounts of one partner and period give a
third to the last digit, that is of the same partner and period.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from entrepot.claims.claim import Claim
from entrepot.claims.evidence import shifted
from entrepot.claims.quantity import Quantity
from entrepot.claims.replacing import replace
from entrepot.claims.subjects import WORLD
from entrepot.claims.verbs import VERBS
from entrepot.claims.views import View

NEAR = 6
"""How many numbers lie between the amounts of one sum, at most."""
SHARP = 0.01
"""Half-width of a sum over the amount, below which it is no accident that they agree."""
_OPEN = ("partner", "product", "period")
_SUMS = {"XM": {"B": -1, "T": 1}, "TX": {"M": -1}, "TM": {"X": -1}, "XB": {"M": -1}, "MB": {"X": 1}}
"""Flow that two flows give, and the sign of the second."""


def settled(claims: Sequence[Claim]) -> list[Claim]:
    """Claims of a story, each that two others add up to with their slots where its clause leaves them open."""
    levels = [c for c in claims if c.kind == "actual" and c.measure == "level" and c.flow and c.digits >= 2]
    found = {claim.id: claim for claim in claims}
    for at, claim in enumerate(levels):
        if not _open(claim):
            continue
        beside = [c for c in levels[max(0, at - NEAR) : at + NEAR + 1] if c is not claim and c.unit == claim.unit]
        first = next((one for one, other in _pairs(beside) if _gives(one, other, claim)), None)
        if first is None or _place(first) == _place(claim) or _month_for_month(first, claim):
            continue
        if any(_place(one) == _place(claim) and _gives(one, other, claim) for one, other in _pairs(beside)):
            continue
        for other in claims:
            if other is claim or _stands_with(other, claim):
                found[other.id] = _moved(other, first)
    return list(found.values())


def based(claims: Sequence[Claim]) -> list[Claim]:
    """Claims of a story, each amount that a rate leads from set a year before the one it leads to.

    `$19.3 billion against $17.9 billion, up 7.8 percent`: 19.3 / 1.078 = 17.9, whatever words stand between them.
    """
    found = list(claims)
    for at, claim in enumerate(claims):
        if claim.kind != "actual" or claim.measure not in ("level", "volume") or claim.digits < 3:
            continue
        beside = [
            c for c in claims[max(0, at - NEAR) : at + NEAR + 1] if c.flow == claim.flow and _place(c) == _place(claim)
        ]
        rates = [
            c.value / 100 for c in beside if c.measure in ("growth_yoy", "volume_growth_yoy") and c.kind == "actual"
        ]
        later = [c for c in beside if c.measure == claim.measure and c.unit == claim.unit and c.value != claim.value]
        if any(_leads(claim.value, c, rate) for c in later for rate in rates):
            found[at] = replace(claim, period=shifted(claim.period, 12))
    return found


def _leads(before: float, now: Claim, rate: float) -> bool:
    """Whether a rate leads from one amount to another, to about the last digit of the rate."""
    return now.value != 0 and abs(rate) >= 0.02 and abs(before * (1 + rate) / now.value - 1) <= 0.0012


def _pairs(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of amounts of one partner, product and period."""
    told = [(claim, _place(claim)) for claim in claims]
    return ((a, b) for a, place in told for b, other in told if a.flow != b.flow and place == other)


def _place(claim: Claim) -> tuple[str, ...]:
    return claim.reporter, claim.partner, claim.product, claim.period


def _gives(one: Claim, other: Claim, claim: Claim) -> bool:
    """Whether two amounts give a third: as sum or difference of their flows, to its last digit."""
    sign = _SUMS.get(one.flow + other.flow, {}).get(claim.flow)
    if sign is None or one.reporter != claim.reporter:
        return False
    total = (one.value if one.flow == "B" else abs(one.value)) + sign * other.value
    room = one.rounding_half_width + other.rounding_half_width + claim.rounding_half_width
    return abs(abs(total) - abs(claim.value)) <= 1.01 * room and room <= SHARP * abs(claim.value)


def _month_for_month(one: Claim, other: Claim) -> bool:
    """Whether two claims are of different single months: neighbours in time are too alike to tell."""
    return one.span == other.span == "month" and one.period != other.period


def _open(claim: Claim) -> set[str]:
    """Slots that the clause of an amount leaves open; all partners are told where none is."""
    return set(_OPEN) & {*claim.carried, *(["partner"] if claim.partner == WORLD else [])}


def _stands_with(other: Claim, claim: Claim) -> bool:
    """Whether a number of the same sentence has its slots from where the moved one had them."""
    return other.text == claim.text and other.flow == claim.flow and _place(other) == _place(claim)


def _moved(claim: Claim, to: Claim) -> Claim:
    """A claim with the partner, product and period of another where its clause leaves them open."""
    slots = {slot: getattr(to, slot) for slot in _open(claim)}
    return replace(claim, **slots, span=to.span if "period" in slots else claim.span)


def of_both(view: View, quantity: Quantity) -> bool:
    """Whether an amount is of exports and imports told before it (`Together, the two made $342 billion`)."""
    lows = view.lows[: quantity.first]
    both = any(a in ("two", "both") and (b in VERBS or b == "together") for a, b in pairwise(lows))
    if not both or "together" not in lows and "combined" not in lows or quantity.unit in ("%", "pp"):
        return False
    return not any(n.last <= quantity.first and n.role in ("flow", "place", "product") for n in view.names)
