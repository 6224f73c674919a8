"""Whether a number fits a figure: the figures that a claim is held against, and its rounding interval."""

from math import copysign, log10

from entrepot.claims import derived, evidence
from entrepot.claims.claim import Claim, interval
from entrepot.claims.evidence import Cells, Figure
from entrepot.claims.readings import LEVELS


def figures(claim: Claim, cells: Cells, day: str, *, made: bool = True) -> list[Figure]:
    """Every figure that a claim may be held against, whatever its status.

    Sums of months and rates formed of two levels are only among them if `made`.
    """
    if claim.measure in LEVELS or claim.measure == "range_bound":
        return evidence.levels(cells, claim, day, made=made)
    if claim.measure == "growth_yoy":
        return evidence.growths(cells, claim, day, made=made)
    if claim.measure == "growth_mom":
        return evidence.growths(cells, claim, day, months=3 if claim.against == "qoq" else 1, made=made)
    if claim.measure == "growth_vs_2019":
        years = int(claim.period[:4]) - 2019
        return evidence.growths(cells, claim, day, months=12 * years, made=made) if years > 0 else []
    if claim.measure == "volume":
        return evidence.quantities(cells, claim, day)
    if claim.measure == "share":
        return list(derived.shares(claim, cells, day))
    if claim.measure == "share_change":
        return list(derived.share_changes(claim, cells, day))
    if claim.measure == "contribution":
        return list(derived.contributions(claim, cells, day))
    if claim.measure == "multiple":
        return list(derived.multiples(claim, cells, day))
    if claim.measure == "growth_gap":
        return list(derived.gaps(claim, cells, day))
    if claim.measure == "change_amount":
        return list(derived.changes(claim, cells, day))
    return []


def fits(claim: Claim, figure: Figure) -> bool:
    """Whether the claim's rounding interval meets the figure's, beyond touching."""
    if within(claim, figure):
        return True
    low, high = _room(claim)
    slack = 1e-9 * max(1.0, abs(low), abs(high), abs(figure.value))
    return figure.value - figure.half_width < high - slack and figure.value + figure.half_width > low + slack


def within(claim: Claim, figure: Figure) -> bool:
    """Whether the figure itself lies inside the claim's rounding interval, whatever its own half width."""
    low, high = _room(claim)
    slack = 1e-9 * max(1.0, abs(low), abs(high), abs(figure.value))
    return low - slack <= figure.value <= high + slack


def _room(claim: Claim) -> tuple[float, float]:
    low, high = interval(claim)
    ranged = claim.against.removeprefix("range ") if claim.against.startswith("range ") else ""
    if ranged or claim.measure == "range_bound" and claim.against:
        other = copysign(float(ranged), claim.value) if ranged else float(claim.against)
        low, high = min(low, other - claim.rounding_half_width), max(high, other + claim.rounding_half_width)
    if claim.qualifier == "over" and claim.value > 0:
        high = max(high, claim.value * 1.15)
    if claim.qualifier == "over" and claim.value < 0:
        low = min(low, claim.value * 1.15)
    return low, high


def touches(claim: Claim, figure: Figure) -> bool:
    """Whether the intervals of claim and figure meet at their ends: one exact number may have been printed as both.

    330.35 billion is printed as 330.3 and as 330.4. A rate is printed by the office itself to its tenth.
    """
    if claim.measure not in (*LEVELS, "volume"):
        return False
    low, high = interval(claim)
    gap = max(figure.value - figure.half_width - high, low - figure.value - figure.half_width)
    return figure.half_width > 0 and gap <= 1e-6 * max(claim.step, figure.half_width)


def cut(claim: Claim, figure: Figure) -> bool:
    """Whether the claim is the figure cut off after its last digit, not rounded."""
    if claim.qualifier != "exact" or claim.digits < 2 or claim.value * figure.value < 0:
        return False
    return abs(claim.value) - 1e-9 * abs(claim.value) <= abs(figure.value) < abs(claim.value) + claim.step * (1 - 1e-9)


def currency_of(claim: Claim) -> str:
    """Currency in which a claim is to be right; empty for either."""
    if claim.measure in (*LEVELS, "change_amount", "range_bound"):
        return claim.unit
    return "" if claim.growth_currency in ("", "unstated") else claim.growth_currency


def shown(value: float, unit: str, step: float = 0.0, *, signed: bool = False) -> str:
    """A number as people read it, of four digits or to a step of its last one; a change with its sign.

    >>> shown(330.3e9, "USD"), shown(111.86e9, "USD", 1e7), shown(5.9, "%", signed=True)
    ('330.3 billion USD', '111.86 billion USD', '+5.9 %')
    """
    if not unit or (len(unit) == 3 and unit.isupper()):
        for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
            if abs(value) >= size:
                digits = f"{value / size:,.4g}" if abs(value) < 1000 * size else f"{value / size:,.0f}"
                if (places := _places(step / size)) > len(digits.partition(".")[2]):
                    digits = f"{value / size:,.{places}f}"
                return f"{digits} {word} {unit}".rstrip()
        return f"{value:,.0f} {unit}".rstrip()
    if unit in ("%", "pp"):
        number = f"{value:{'+' if signed else ''}.{max(1, _places(step))}f}"
        return f"{number} %" if unit == "%" else f"{number} points"
    if unit in ("x", "rank"):
        return f"{value:.2f} times" if unit == "x" else f"place {value:.0f}"
    return f"{value:,.0f} {unit}".replace(" n", "")


def _places(step: float) -> int:
    """Decimals that a step of the last digit takes: 2 of 0.01, none of 1 or more."""
    return max(0, round(-log10(step))) if step > 0 else 0
