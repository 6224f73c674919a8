"""Working days of each month by country, for src/entrepot/data/working_days.csv; needs `pip install holidays`.

Run from the root of the repository: python scripts/working_days.py. Only counts are kept: weekdays that are no public
holiday, plus weekend days that a government declared working days in exchange (China). For China a second line, `CHN
statutory`, counts the holidays that the law fixes without the exchanges, which are announced late in the year before.
"""

import csv
from calendar import monthrange
from datetime import date
from pathlib import Path

import holidays  # type: ignore[import-not-found]
from holidays.countries import china  # type: ignore[import-not-found]

YEARS = range(2000, 2031)
COUNTRIES = """
ARE ARG AUS AUT BEL BGD BGR BRA CAN CHE CHL CHN COL CZE DEU DNK EGY ESP EST FIN FRA GBR GRC HKG
HRV HUN IDN IND IRL ISL ISR ITA JPN KAZ KEN KOR LTU LUX LVA MAC MAR MEX MYS NGA NLD NOR NZL PAK
PER PHL POL PRT ROU RUS SAU SGP SRB SVK SVN SWE THA TUN TUR TWN UKR URY USA VNM ZAF
"""
KNOWN_AS = {"BGR": "BG", "MAR": "MA"}  # where the library knows a country by its two letters only
TARGET = Path(__file__).parents[1] / "src" / "entrepot" / "data" / "working_days.csv"


class NoExchange:
    """Stands in for the days that China's government exchanged: none."""


def statutory() -> holidays.HolidayBase:
    """China's public holidays as the law fixes them, without days exchanged against weekends."""
    china.ChinaStaticHolidays = NoExchange
    return china.China(years=YEARS)


def counts(calendar: holidays.HolidayBase, year: int) -> list[int]:
    """Working days of the twelve months of a year."""
    days = [(month, day) for month in range(1, 13) for day in range(1, monthrange(year, month)[1] + 1)]
    worked = [month for month, day in days if calendar.is_working_day(date(year, month, day))]
    return [worked.count(month) for month in range(1, 13)]


def main() -> None:
    """Write the table."""
    calendars = {code: holidays.country_holidays(KNOWN_AS.get(code, code), years=YEARS) for code in COUNTRIES.split()}
    calendars["CHN statutory"] = statutory()
    with TARGET.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["calendar", "year", *range(1, 13)])
        for code in sorted(calendars):
            writer.writerows([code, year, *counts(calendars[code], year)] for year in YEARS)


if __name__ == "__main__":
    main()
