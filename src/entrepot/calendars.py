"""Calendars that move trade: Lunar New Year and working days, as regressors of a monthly series.

A holiday that moves between January and February moves exports by tens of percent. Each month gets four numbers, as
the Reserve Bank of Australia treats Chinese series (RDP 2015-13): the share of the days before the New Year, of the
holiday week and of the days after it that fall into the month, and the working days, each less its long-run mean of
that calendar month, so that what is regular stays in the season.
"""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from entrepot.errors import WrongUsage

KEEPERS = frozenset({"CHN", "HKG", "KOR", "MAC", "MYS", "SGP", "TWN", "VNM"})
"""Countries whose offices and factories close at Lunar New Year."""
WINDOWS = {"before": (-20, 20), "holiday": (0, 7), "after": (7, 14)}
"""Windows around New Year's day: first day relative to it, and number of days."""
NAMES = (*WINDOWS, "working days", "Saturdays")
BELIEFS = {"window": (0.0, 0.2), "working days": (0.02, 0.02), "Saturdays": (0.0, 0.01)}
"""What calendars move, before any month is seen: mean and standard deviation [log points a whole window, or a day].

Trade that moves wholly with the days loses 7 of 30 parts in a closed week, and gains one in 21 by a working day; trade
that is spread over the month whatever its days moves by nothing. Each belief reaches from the one to the other.
"""
STATUTORY = "CHN statutory"

_TABLE = Path(__file__).parent / "data" / "working_days.csv"
_DAYS = """
127 215 204 123 210 131 219 207 128 216 205 124 212 201 122 209 129 218 207 126 214 203 123 210 131 219 208 128 216 205
125 212 201 122 210 129 217 206 126 213 203 123 211 131 219 208 128 215 204 124 212 201 122 210 130 217 206 126 214 202
123
"""  # New Year's day as month and day, 1990 to 2050; China's calendar
_FIRST = 1990
_LAST = _FIRST + len(_DAYS.split()) - 1


def new_year(year: int) -> date:
    """Lunar New Year's day of a year, by China's calendar (Viet Nam's was a day earlier in 2007).

    >>> new_year(2026).isoformat()
    '2026-02-17'

    Raises
    ------
    WrongUsage
        If the year lies outside the table, 1990 to 2050.
    """
    if not _FIRST <= year <= _LAST:
        raise WrongUsage(f"Lunar New Year is held for {_FIRST} to {_LAST}, not for {year}.")
    code = _DAYS.split()[year - _FIRST]
    return date(year, int(code[0]), int(code[1:]))


def shares(day: date) -> dict[tuple[str, int], float]:
    """Share of each window around a New Year's day by calendar month [fraction]; the shares of a window sum to 1.

    >>> shares(date(2024, 2, 10))["before", 1]
    0.55
    """
    out: dict[tuple[str, int], float] = {}
    for name, (first, length) in WINDOWS.items():
        for n in range(length):
            month = (day + timedelta(first + n)).month
            out[name, month] = out.get((name, month), 0.0) + 1 / length
    return {key: round(share, 12) for key, share in out.items()}


def keeps_new_year(*countries: str) -> bool:
    """Whether one of the countries (ISO3) closes at Lunar New Year, so that their trade carries its mark."""
    return not KEEPERS.isdisjoint(countries)


def held(country: str) -> bool:
    """Whether the working days of a country (ISO3) are held, rather than Monday to Friday counted."""
    return country in _counts()


def working_days(country: str, month: str, *, known: str | None = None) -> int:
    """Working days of a month (`2025-02`) in a country: weekdays that are no public holiday, plus make-up days.

    Without a calendar of the country Monday to Friday are counted. China's exchanges of days are announced late in
    the year before: with `known` a month before December of that year, those of the law alone are counted.

    >>> working_days("CHN", "2025-01"), working_days("CHN", "2025-01", known="2024-11")
    (19, 18)
    """
    year, number = int(month[:4]), int(month[5:])
    late = country == "CHN" and known is not None and (int(known[:4]), int(known[5:])) < (year - 1, 12)
    counts = _counts().get(STATUTORY if late else country, {}).get(year)
    return counts[number - 1] if counts else _weekdays(year, number)


def effects(
    reporter: str, months: Sequence[str], *, partner: str = "WLD", known: str | None = None
) -> list[tuple[float, ...]]:
    """Regressors of each month, less their long-run means of the calendar month.

    Parameters
    ----------
    reporter, partner : str
        ISO3; where neither closes at Lunar New Year the working days of the reporter stand alone.
    months : sequence of str
        `2025-01`, ...
    known : str, optional
        Month up to which the world is known: exchanges of working days announced after it are not used.

    Returns
    -------
    list of tuple
        One a month: (before, holiday, after, working days), or (working days,) [shares of a window; days].
    """
    lunar = keeps_new_year(reporter, partner)
    rows = []
    for month in months:
        year, number = int(month[:4]), int(month[5:])
        days = working_days(reporter, month, known=known) - _usual_days(reporter, number)
        if lunar:
            now, usual = _shares_of(year), _usual_shares()
            rows.append((*(now.get((name, number), 0.0) - usual.get((name, number), 0.0) for name in WINDOWS), days))
        else:
            rows.append((days,))
    return rows


def regressors(
    reporter: str, months: Sequence[str], *, partner: str = "WLD", known: str | None = None
) -> list[tuple[float, ...]]:
    """Return the regressors of `effects` and, last, the Saturdays of each month less their usual number.

    Ports and customs that work on Saturdays book what offices of five days do not.
    """
    rows = effects(reporter, months, partner=partner, known=known)
    return [
        (*row, _saturdays(month) - _usual_saturdays(int(month[5:]))) for row, month in zip(rows, months, strict=True)
    ]


def beliefs(reporter: str, partner: str = "WLD") -> list[tuple[float, float]]:
    """Mean and standard deviation of the coefficient of each of the `regressors`, before any month is seen."""
    windows = [BELIEFS["window"]] * len(WINDOWS) if keeps_new_year(reporter, partner) else []
    return [*windows, BELIEFS["working days"], BELIEFS["Saturdays"]]


@cache
def _saturdays(month: str) -> int:
    return _days_of(int(month[:4]), int(month[5:]), {5})


@cache
def _usual_saturdays(number: int) -> float:
    return sum(_days_of(year, number, {5}) for year in range(2000, 2028)) / 28  # weekdays repeat every 28 years


@cache
def _shares_of(year: int) -> dict[tuple[str, int], float]:
    return shares(new_year(year))


@cache
def _usual_shares() -> dict[tuple[str, int], float]:
    years = range(_FIRST, _LAST + 1)
    keys = {key for year in years for key in _shares_of(year)}
    return {key: sum(_shares_of(year).get(key, 0.0) for year in years) / len(years) for key in keys}


@cache
def _usual_days(country: str, number: int) -> float:
    counts = _counts().get(country)
    if counts:
        return sum(months[number - 1] for months in counts.values()) / len(counts)
    return sum(_weekdays(year, number) for year in range(2000, 2028)) / 28  # weekdays repeat every 28 years


def _weekdays(year: int, number: int) -> int:
    return _days_of(year, number, {0, 1, 2, 3, 4})


def _days_of(year: int, number: int, wanted: set[int]) -> int:
    day, end = date(year, number, 1), date(year + number // 12, number % 12 + 1, 1)
    return sum((day + timedelta(n)).weekday() in wanted for n in range((end - day).days))


@cache
def _counts() -> dict[str, dict[int, tuple[int, ...]]]:
    found: dict[str, dict[int, tuple[int, ...]]] = {}
    with _TABLE.open(newline="", encoding="utf-8") as file:
        for name, year, *months in list(csv.reader(file))[1:]:
            found.setdefault(name, {})[int(year)] = tuple(int(n) for n in months)
    return found
