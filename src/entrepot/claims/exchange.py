"""Figures brought from one currency into another, at the rates of their months."""

from collections.abc import Collection, Sequence

from entrepot import periods
from entrepot.claims import evidence
from entrepot.claims.claim import Claim, interval
from entrepot.claims.evidence import Cells, Figure
from entrepot.claims.fitting import currency_of, figures, fits, shown
from entrepot.claims.readings import LEVELS
from entrepot.claims.replacing import replace
from entrepot.claims.runs import Finding

SPOT = 0.015
"""How far a dollar figure may be from the yuan figure at the month's rate to be its conversion [fraction]."""

CONVERTED = 1.0
"""How far growth in one currency is from growth in the other, brought over at the rates of its months or of those
before, by which offices convert, at most [points]."""


def spot(claim: Claim, cells: Cells, day: str) -> Figure | None:
    """A yuan level whose conversion at the rate of its months, or of the story's, the dollar claim is."""
    if claim.measure not in LEVELS or claim.unit != "USD":
        return None
    for figure in evidence.levels(cells, claim, day):
        if figure.status != "public" or figure.currency in ("USD", ""):
            continue
        for rate in rates(cells, figure.currency, claim, day):
            dollars = figure.value / rate
            low, high = interval(claim)
            room = SPOT * abs(dollars)
            if low - room <= dollars <= high + room and abs(dollars - claim.value) <= room + claim.rounding_half_width:
                return replace(figure, value=dollars, half_width=figure.half_width / rate, basis="derived")
    return None


UNKNOWN = 0.04
"""How far the rate of a month that is not held may be from the last one held [fraction]."""


def maybe_spot(claim: Claim, cells: Cells, day: str, yuan: Collection[float]) -> bool:
    """Whether a dollar claim may be one of the story's `yuan` levels at the rate of the story's month, or near it."""
    known = [month for currency, month in cells.rates if currency == "CNY" and month <= day[:7]]
    if claim.measure not in LEVELS or claim.unit != "USD" or not claim.value or not known:
        return False
    rate, room = cells.rates["CNY", max(known)], SPOT if max(known) == day[:7] else UNKNOWN
    return any(abs(value / rate / claim.value - 1) <= room for value in yuan)


def rates(cells: Cells, currency: str, claim: Claim, day: str) -> list[float]:
    """Average rate of the claim's months, of its last month and of the story's month [currency per dollar]."""
    first, _, last = claim.period.partition("/")
    last = last or first
    months = (
        periods.each(f"{first}:{last}")
        if len(first) == 7 and first <= last
        else [f"{first[:4]}-{m:02d}" for m in range(1, 13)]
    )
    found = [cells.rates[currency, m] for m in months if (currency, m) in cells.rates]
    average = [sum(found) / len(found)] if len(found) == len(months) and found else []
    return average + [cells.rates[currency, m] for m in (months[-1], day[:7]) if (currency, m) in cells.rates]


def converted(claim: Claim, cells: Cells, held: Sequence[Figure]) -> list[Figure]:
    """Figures of the other currency brought into the claim's by the rates of its months; soft."""
    named = currency_of(claim)
    found: list[Figure] = []
    if claim.reporter != "CHN":  # whose office prints both
        return found
    for figure in held:
        if figure.status == "revision" or not figure.currency:
            continue
        if claim.measure in LEVELS and {figure.currency, claim.unit} == {"USD", "CNY"}:
            if per_dollar := rates(cells, "CNY", claim, ""):
                factor = per_dollar[0] if claim.unit == "CNY" else 1 / per_dollar[0]
                found.append(replace(figure, value=figure.value * factor, currency=claim.unit, soft=True))
        elif (
            claim.measure in ("growth_yoy", "growth_vs_2019")
            and figure.currency != named
            and figure.currency in ("USD", "CNY")
        ):
            years = 1 if claim.measure == "growth_yoy" else int(claim.period[:4]) - 2019
            now = rates(cells, "CNY", claim, "")
            before = rates(cells, "CNY", replace(claim, period=evidence.shifted(claim.period, 12 * years)), "")
            if now and before:
                factor = now[0] / before[0] if figure.currency == "USD" else before[0] / now[0]
                grown = ((1 + figure.value / 100) * factor - 1) * 100
                found.append(
                    replace(figure, value=grown, currency="CNY" if figure.currency == "USD" else "USD", soft=True)
                )
    return found


def in_money(finding: Finding, cells: Cells, day: str, wanted: str) -> Finding:
    """A rate without a currency that fails, held against the print in the currency that its story speaks in.

    Where a slip explains the number in one currency only, that one's stands.
    """
    claim, figure = finding.claim, finding.figure
    if finding.label != "fails" or figure is None or claim.growth_currency != "unstated" or figure.currency == wanted:
        return finding
    printed = [f for f in figures(claim, cells, day) if f.status == "public" and f.basis == "printed" and not f.soft]
    there = [f for f in printed if f.currency == wanted]
    meant = finding.meant
    if meant is not None and not any(
        fits(meant, f) for f in figures(meant, cells, day) if f.currency == wanted and f.status != "revision"
    ):
        return finding
    if not there or figure.status != "public" or not figure.currency:
        return finding
    best = min(there, key=lambda f: abs(f.value - claim.value))
    other = f"in {figure.currency} it is {shown(figure.value, '%', signed=True)}"
    return replace(finding, figure=best, note=finding.note or other)


def maybe_other(claim: Claim, cells: Cells, held: Sequence[Figure]) -> bool:
    """Whether a rate may be right in the other currency, by figures brought over at the rates of their months.

    Where an office prints in both and the rates of the months are not held, it may.
    """
    first, _, last = claim.period.partition("/")
    earlier = replace(claim, period=evidence.shifted(claim.period, 1)) if len(last or first) == 7 else claim
    if last:
        earlier = replace(earlier, period=f"{periods.later(first, -1)}/{periods.later(last, -1)}")
    values = [f.value for meant in (claim, earlier) for f in converted(meant, cells, held)]
    room = CONVERTED + claim.rounding_half_width
    if not values:
        return claim.reporter == "CHN" and bool(held)
    return min(values) - room <= claim.value <= max(values) + room
