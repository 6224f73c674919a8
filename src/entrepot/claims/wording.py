"""What a claim speaks of, and when, in words."""

from entrepot import codes, periods
from entrepot.claims.claim import Claim

FLOWS = {"X": "exports", "M": "imports", "T": "total trade", "B": "trade balance"}


def subject(claim: Claim) -> str:
    """What a claim speaks of, in words: `China's exports to the EU, November 2025`."""
    whose = f"{codes.name(claim.reporter)}'s " if claim.reporter else ""
    what = "" if claim.product == "TOTAL" else f" of {codes.name(claim.product).lower()}"
    way = {"X": "to", "M": "from"}.get(claim.flow, "with")
    whom = "" if claim.partner == "WLD" else f" {way} {codes.name(claim.partner)}"
    return f"{whose}{FLOWS.get(claim.flow, 'trade')}{what}{whom}, {when(claim.period)}"


def when(period: str) -> str:
    """A claim's period in words.

    >>> when("2025-01/2025-11"), when("2025-11"), when("2024")
    ('January-November 2025', 'November 2025', '2024')
    """
    first, _, last = period.partition("/")
    if not last:
        return periods.in_words(first, "year" if len(first) == 4 else "month")
    if len(last) == 4:
        return f"{first} to {last}"
    if first[5:] == "01" and first[:4] == last[:4]:
        return periods.in_words(last, "ytd")
    return f"{periods.in_words(first, 'month')} to {periods.in_words(last, 'month')}"
