"""The day a story gives itself: `HANOI, Dec 6 2025 -`, `8 December 2025`, `BEIJING, Dec. 8 (Reuters)`."""

import re
from datetime import date as Day

from entrepot.periods import MONTHS

HEAD = 300  # characters in which a story says its day
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_FULL = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_EUROPEAN = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(\d{{4}})\b", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_DOTTED = re.compile(r"(?<![\w.])(\d{1,2})\.(\d{1,2})\.(\d{4})\b(?!\.\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})\b")
_YEARLESS = re.compile(rf"^[^\n.!?]{{0,60}}?\b{_MONTH}\s+(\d{{1,2}})\s*(?:[-–—(:]|$)", re.IGNORECASE | re.MULTILINE)
_DAY_FIRST = re.compile(
    rf"^[^\n.!?\d]{{0,30}}?\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}\s*(?:[-–—(:]|$)", re.IGNORECASE | re.MULTILINE
)
_NUMBER = {name[:3].casefold(): n for n, name in enumerate(MONTHS, 1)}


def day_of(text: str, today: Day) -> Day | None:
    """Return the day that a story's head gives, no later than `today`; None where it gives none.

    A dateline without a year is of the last such day.

    >>> day_of("HANOI, Dec 6 2025 - Exports rose 5 %.", Day(2026, 11, 22))
    datetime.date(2025, 12, 6)
    >>> day_of("BEIJING, Dec. 8 (Reuters) - Exports rose 5 %.", Day(2026, 11, 22))
    datetime.date(2025, 12, 8)
    >>> day_of("Published 25/11/2025. Exports rose 5 %.", Day(2026, 11, 22))
    datetime.date(2025, 11, 25)
    >>> day_of("China's exports rose 5 % in November.", Day(2026, 11, 22))
    """
    head = text[:HEAD]
    found: list[tuple[int, Day | None]] = []
    found += [(at.start(), _day(at[3], at[1], at[2])) for at in _FULL.finditer(head)]
    found += [(at.start(), _day(at[3], at[2], at[1])) for at in _EUROPEAN.finditer(head)]
    found += [(at.start(), _day(at[1], at[2], at[3])) for at in _ISO.finditer(head)]
    found += [(at.start(), _day(at[3], at[2], at[1])) for at in _DOTTED.finditer(head)]
    found += [(at.start(), _either(at[3], int(at[1]), int(at[2]))) for at in _SLASHED.finditer(head)]
    days = [day for _, day in sorted(found, key=lambda one: one[0]) if day is not None and day.year >= 1950]
    if days:
        return days[0] if days[0] <= today else None
    at, before = _YEARLESS.search(head), _DAY_FIRST.search(head)
    month, number = (at[1], at[2]) if at else (before[2], before[1]) if before else ("", "")
    if not month:
        return None
    years = (_day(str(year), month, number) for year in range(today.year, today.year - 8, -1))
    return next((day for day in years if day is not None and day <= today), None)


def _either(year: str, one: int, other: int) -> Day | None:
    """The day of `25/11/2025` or `11/25/2025`; None where both could be the month."""
    if one > 12 or one == other:
        return _day(year, str(other), str(one))
    return _day(year, str(one), str(other)) if other > 12 else None


def _day(year: str, month: str, day: str) -> Day | None:
    number = int(month) if month.isdigit() else _NUMBER[month[:3].casefold()]
    try:
        return Day(int(year), number, int(day))
    except ValueError:
        return None
