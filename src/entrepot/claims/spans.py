"""Periods that figures cover, places that name one, and what period words mean on the day of a story."""

from dataclasses import dataclass
from datetime import date as Day

from entrepot import periods

LAG = {"CHN": 7, "USA": 33, "DEU": 37, "JPN": 16, "KOR": 0, "VNM": -3, "IND": 13, "BRA": 0, "TWN": 7, "GBR": 40}
LAG |= {"IDN": 15, "MYS": 20, "THA": 25, "SGP": 17, "TUR": 3, "MEX": 27, "PAK": 3, "ARG": 19, "CHL": 7, "AUS": 33}
LAG |= dict.fromkeys(("EA", "EU27", "EU28"), 44)
"""Days from the end of a month until its figures are usually out [days]; other offices: 30."""
FROM_MONTH = "from month to month"
"""Note on a stretch of months of which a change from the first to the last is told."""
HALF_MONTH = "days of a half month"
"""Note on a half of a month, of which no trade statistic is told."""
FISCAL = {"IND": 4, "JPN": 4, "PAK": 7, "BGD": 7, "NPL": 7, "EGY": 7, "AUS": 7, "USA": 10, "THA": 10,
          "ETH": 7, "UGA": 7, "MMR": 4}  # fmt: skip
"""Month in which a fiscal year begins, for reporters whose stories count in them."""


@dataclass(frozen=True, slots=True)
class Span:
    """Months a figure covers: first and last (`2025-01`, `2025-11`), and the kind of span as the text names it."""

    first: str
    last: str
    kind: str

    @property
    def text(self) -> str:
        """As claims print it: `2025-11`, `2025-01/2025-11`, `2025`; of several years `2015/2018`.

        >>> Span("2025-01", "2025-11", "ytd").text
        '2025-01/2025-11'
        """
        if self.kind == "year" or self.first[5:] == "01" and self.last == f"{self.first[:4]}-12":
            return self.last[:4]
        if self.kind == "years":
            return f"{self.first[:4]}/{self.last[:4]}"
        return self.last if self.first == self.last else f"{self.first}/{self.last}"

    def earlier(self, months: int) -> "Span":
        """Return the span `months` before, of the same kind."""
        last = periods.later(self.last, -months)
        if self.kind in ("ytd", "fiscal_ytd") and months % 12:
            start = periods.later(self.first, -12) if last < self.first else self.first
            return Span(start, last, self.kind)
        return Span(periods.later(self.first, -months), last, self.kind)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names a period.

    Attributes
    ----------
    first, last : int
        Tokens it covers, the last one excluded.
    role : str
        `period`; `base` (what is compared with: `from a year earlier`); `day`; `since`; `skip`.
    span : Span or None
        What it names; None for a base that is relative (`yoy`, `mom`, `qoq`).
    against : str
        For a base: `yoy`, `mom`, `qoq`, `2019` or empty where `span` tells.
    note : str
        What sets it apart: `first 20 days`, `12 months`.
    loose : bool
        Whether the year or month was guessed from a vague word (`this year`, `annual`).
    """

    first: int
    last: int
    role: str
    span: Span | None = None
    against: str = ""
    note: str = ""
    loose: bool = False


class Calendar:
    """What period words mean on one day, for one reporter."""

    def __init__(self, today: Day, reporter: str) -> None:
        self.today = today
        self.reporter = reporter
        self.this = f"{today.year:04d}-{today.month:02d}"
        self.latest = latest_month(today, reporter)
        self.fiscal = FISCAL.get(reporter, 0)

    def month(self, number: int, year: int | None) -> str:
        """Period of month `number`: of `year`, else its latest that has begun on the day of the story."""
        if year is None:
            year = self.today.year if number <= self.today.month else self.today.year - 1
            if f"{year:04d}-{number:02d}" == self.this and self.latest < self.this and self.today.day < 20:
                year -= 1 if periods.later(self.this, -12) == self.latest else 0
        return f"{year:04d}-{number:02d}"

    def to_date(self) -> Span:
        """January to the latest month that is out."""
        return Span(f"{self.latest[:4]}-01", self.latest, "ytd")

    def year(self, year: int) -> Span:
        """A calendar year, or what is out of it where it is not over."""
        if year == self.today.year and self.latest[:4] == f"{year:04d}":
            return self.to_date() if self.latest[5:] != "12" else Span(f"{year}-01", f"{year}-12", "year")
        return Span(f"{year:04d}-01", f"{year:04d}-12", "year")

    def fiscal_begins(self, month: str) -> int:
        """Calendar year in which the reporter's fiscal year of a month began."""
        return int(month[:4]) - (int(month[5:]) < (self.fiscal or 4))

    def fiscal_span(self, begins: int, number: int, count: int) -> Span:
        """`count` months of the reporter's fiscal year that begins in a year, from its month `number` on."""
        first = periods.later(f"{begins:04d}-{self.fiscal or 4:02d}", number - 1)
        return Span(first, periods.later(first, count - 1), "fiscal_ytd" if count > 1 else "month")


def latest_month(today: Day, reporter: str) -> str:
    """Latest month whose figures are usually out on a day.

    >>> latest_month(Day(2025, 12, 8), "CHN"), latest_month(Day(2026, 1, 8), "USA")
    ('2025-11', '2025-11')
    """
    lag = LAG.get(reporter, 30)
    month = f"{today.year:04d}-{today.month:02d}"
    for _ in range(4):
        following = periods.later(month, 1)
        end = Day(int(following[:4]), int(following[5:]), 1).toordinal() - 1
        if end + lag <= today.toordinal():
            return month
        month = periods.later(month, -1)
    return month


def year_of(period: str) -> Span:
    """Span of the year of a month."""
    return Span(f"{period[:4]}-01", f"{period[:4]}-12", "year")


def month_of(period: str) -> Span:
    """Span of one month."""
    return Span(period, period, "month")


def part_of(year: int, unit: str, number: int) -> Span:
    """Half (unit `h`) or quarter (`q`) of a year.

    >>> part_of(2025, "q", 3).text
    '2025-07/2025-09'
    """
    size = 6 if unit == "h" else 3
    last = number * size
    return Span(f"{year}-{last - size + 1:02d}", f"{year}-{last:02d}", "half" if unit == "h" else "quarter")


def from_to(first: str, last: str, reporter: str = "") -> Span:
    """Span of a range of months, with the kind that a range of that length has for a reporter."""
    if first == last:
        return month_of(first)
    length = len(periods.each(f"{first}:{last}")) if first <= last else 1
    if first[5:] == "01" and first[:4] == last[:4]:
        return Span(first, last, "year" if length == 12 else "ytd")
    if first[5:] == "04" and reporter in ("IND", "JPN"):
        return Span(first, last, "fiscal_ytd")
    if length == 3 and int(last[5:]) % 3 == 0:
        return Span(first, last, "quarter")
    return Span(first, last, "half" if length == 6 and last[5:] in ("06", "12") else "range")
