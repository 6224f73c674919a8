"""Periods as news names them: which tokens name one, and what they mean on the day of the story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day

from entrepot import periods
from entrepot.claims.words import Phrases, Token, one_of, phrase

LAG = {"CHN": 7, "USA": 33, "DEU": 37, "JPN": 16, "KOR": 0, "VNM": -3, "IND": 13, "BRA": 0, "TWN": 7, "GBR": 40}
"""Days from the end of a month until its figures are usually out [days]; other offices: 30."""


@dataclass(frozen=True, slots=True)
class Span:
    """Months a figure covers: first and last (`2025-01`, `2025-11`), and the kind of span as the text names it."""

    first: str
    last: str
    kind: str

    @property
    def text(self) -> str:
        """As claims print it: `2025-11`, `2025-01/2025-11`, `2025`.

        >>> Span("2025-01", "2025-11", "ytd").text
        '2025-01/2025-11'
        """
        if self.kind == "year":
            return self.last[:4]
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


_MONTHS = {name.casefold(): i for i, name in enumerate(periods.MONTHS, 1)}
_SHORT = {name[:3].casefold(): i for i, name in enumerate(periods.MONTHS, 1)} | {"sept": 9}
_COUNTS = {
    w: n
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "opening": 1}
_YOY = (
    *(
        "year on year",
        "year over year",
        "years on year",
        "on a year on year basis",
        "on an annual basis",
        "on a yearly basis",
    ),
    *("y o y", "y / y", "yoy", "yr / yr", "on year", "in annual terms", "in year on year terms", "over the year"),
    *("from a year earlier", "from a year ago", "from a year before", "from the year earlier", "from one year earlier"),
    *("than a year earlier", "than a year ago", "a year earlier", "a year ago", "a year before", "one year earlier"),
    *(
        "one year ago",
        "the year before",
        "the year earlier",
        "the year ago",
        "year earlier",
        "year ago",
        "annually",
        "yearly",
    ),
    *(f"{n} months {ago}" for n in ("twelve", "12") for ago in ("ago", "earlier", "before", "previously", "prior")),
    *("a year previously", "the year prior", "a year prior"),
    *("from last year", "than last year", "from the previous year", "than the previous year", "from the prior year"),
    *("over last year", "on the previous year", "on last year", "over the previous year", "previous year ' s level"),
    *("from the same time last year", "from the same time a year ago"),
)
_MOM = (
    *("month on month", "month over month", "m o m", "m / m", "mom", "on month", "on a monthly basis", "monthly basis"),
    *(
        "since last month",
        "since the previous month",
        "from a month earlier",
        "from the previous month",
        "from the prior month",
        "from the preceding month",
        "a month earlier",
        "a month before",
        *(
            f"monthly {change}"
            for change in ("increase", "decrease", "rise", "fall", "gain", "drop", "decline", "growth")
        ),
        "one month before",
        "from a month ago",
    ),
    *("than the previous month", "on the previous month", "over the previous month", "a month ago", "the month before"),
    *(
        "the previous month",
        "the prior month",
        "the preceding month",
        "from last month",
        "the month earlier",
        "previous month",
    ),
    *("prior month", "preceding month", "from the month before", "sequentially", "one month earlier"),
)
_QOQ = (
    *("quarter on quarter", "quarter over quarter", "q / q", "qoq", "q o q", "on quarter", "the previous quarter"),
    *(
        "from the previous quarter",
        "the prior quarter",
        "previous quarter",
        "the preceding quarter",
        "a quarter earlier",
    ),
)
_SO_FAR = (
    *("year to date", "so far this year", "so far in the year", "year so far", "since the start of the year", "ytd"),
    *("since the beginning of the year", "thus far this year", "to date this year"),
)
_SAME = one_of("same corresponding comparable equivalent similar year-earlier")
_PERIOD_WORDS = one_of("period month months quarter time half term year")
_LEADING = one_of("from than versus vs against over to with on")
_TO = one_of("to through until till thru")


class Calendar:
    """What period words mean on one day, for one reporter."""

    def __init__(self, today: Day, reporter: str) -> None:
        self.today = today
        self.reporter = reporter
        self.latest = latest_month(today, reporter)

    def month(self, number: int, year: int | None) -> str:
        """Period of month `number`: of `year`, else its latest that has begun on the day of the story."""
        this = f"{self.today.year:04d}-{self.today.month:02d}"
        if year is None:
            year = self.today.year if number <= self.today.month else self.today.year - 1
            if f"{year:04d}-{number:02d}" == this and self.latest < this and self.today.day < 20:
                year -= 1 if periods.later(this, -12) == self.latest else 0
        return f"{year:04d}-{number:02d}"

    def to_date(self) -> Span:
        """January to the latest month that is out."""
        return Span(f"{self.latest[:4]}-01", self.latest, "ytd")

    def year(self, year: int) -> Span:
        """A calendar year, or what is out of it where it is not over."""
        if year == self.today.year and self.latest[:4] == f"{year:04d}":
            return self.to_date() if self.latest[5:] != "12" else Span(f"{year}-01", f"{year}-12", "year")
        return Span(f"{year:04d}-01", f"{year:04d}-12", "year")


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


def mentions(words: Sequence[Token], calendar: Calendar) -> list[Mention]:
    """Find every place of a sentence that names a period, in order; they do not overlap.

    >>> from entrepot.claims.words import tokens
    >>> text = "In the first 11 months exports rose 5.4% and in November 5.9% from a year earlier"
    >>> found = mentions(tokens(text, 0, len(text)), Calendar(Day(2025, 12, 8), "CHN"))
    >>> [(m.role, m.span.text if m.span else m.against) for m in found]
    [('period', '2025-01/2025-11'), ('period', '2025-11'), ('base', 'yoy')]
    """
    lows = [w.low for w in words]
    found: list[Mention] = []
    i = 0
    while i < len(words):
        mention = _mention(words, lows, i, calendar) if lows[i] in _STARTS or words[i].kind == "n" else None
        if mention is None:
            i += 1
            continue
        found.append(mention)
        i = max(mention.last, i + 1)
    return found


def _mention(words: Sequence[Token], lows: list[str], i: int, calendar: Calendar) -> Mention | None:
    for reader in (_relative, _same_period, _month, _counted, _part_of_year, _fiscal, _year):
        if mention := reader(words, lows, i, calendar):
            return mention
    return None


def _relative(words: Sequence[Token], lows: list[str], i: int, calendar: Calendar) -> Mention | None:
    if found := _RELATIVE.at(lows, i):
        length, against = found
        if against == "so far":
            return Mention(i, i + length, "period", calendar.to_date(), loose=True)
        if against in ("this month", "last month"):
            month = f"{calendar.today.year:04d}-{calendar.today.month:02d}"
            month = periods.later(month, -1) if against == "last month" else month
            return Mention(i, i + length, "period", Span(month, month, "month"), loose=against == "this month")
        return Mention(i, i + length, "base", None, against)
    return None


def _same_period(words: Sequence[Token], lows: list[str], i: int, calendar: Calendar) -> Mention | None:
    """The same period last year; the corresponding month of 2024; 2019's level."""
    if lows[i] not in _SAME:
        return None
    at = i + 1
    if at < len(lows) and (lows[at] in _PERIOD_WORDS or words[at].kind == "n" or lows[at] in _COUNTS):
        while at < len(lows) and (
            lows[at] in _PERIOD_WORDS or lows[at] in _COUNTS or words[at].kind == "n" and at < i + 3
        ):
            at += 1
        while at < len(lows) and lows[at] in ("of", "in", "the", ",") and at < i + 7:
            at += 1
        if year := _year_at(words, at):
            return Mention(i, at + 1, "base", None, _against_year(year, calendar))
        if at < len(lows) and lows[at] in _MONTHS and at + 1 < len(lows) and (year := _year_at(words, at + 1)):
            return Mention(i, at + 2, "base", None, _against_year(year, calendar))
        for option in ("last year", "previous year", "prior year", "a year earlier", "a year ago", "year earlier"):
            if length := phrase(lows, at, (option,)):
                return Mention(i, at + length, "base", None, "yoy")
        before = lows[i - 2] if i > 1 and lows[i - 1] == "the" else lows[i - 1] if i else ""
        if before in ("in", "during", "over", "for", "at"):
            return Mention(i, at, "skip")  # in the same period: the one spoken of
        return Mention(i, at, "base", None, "yoy")
    return None


def _against_year(year: int, calendar: Calendar) -> str:
    return "2019" if year == 2019 and calendar.today.year > 2020 else "yoy"


def _month(words: Sequence[Token], lows: list[str], i: int, calendar: Calendar) -> Mention | None:
    number = _month_at(words, i)
    if not number:
        return None
    at = i + 2 if i + 1 < len(lows) and lows[i + 1] == "." and not words[i + 1].gap and lows[i] in _SHORT else i + 1
    if day := _day_before(words, i):
        return Mention(day, at + (1 if _year_at(words, at) else 0), "day")
    if mention := _month_range(words, lows, i, at, number, calendar):
        return mention
    if at < len(words) and _is_day(words, at):
        after = at + 1
        if after < len(lows) and lows[after] in ("st", "nd", "rd", "th"):
            after += 1
        if words[min(after, len(words) - 1)].glue and after < len(words) and words[after].kind == "n":
            after += 1  # Nov 1-20
            month = calendar.month(number, None)
            return Mention(i, after, "period", Span(month, month, "month"), note="days")
        comma = after < len(lows) and lows[after] == ","
        year_at = after + 1 if comma else after
        return Mention(i, year_at + 1 if _year_at(words, year_at) else after, "day")
    if at < len(lows) and lows[at] in _OCCASIONS:
        return Mention(i, at + 1, "day")
    year, after = _year_after(words, lows, at, calendar)
    month = calendar.month(number, year)
    return _role(lows, i, after, Span(month, month, "month"), calendar)


_OCCASIONS = one_of("deadline deadlines truce talks summit meeting deal agreement expiry election inauguration")


def _month_range(
    words: Sequence[Token], lows: list[str], i: int, at: int, number: int, calendar: Calendar
) -> Mention | None:
    """January-November; Jan. to Nov.; between January and November 2025; January and February."""
    first_year, mid = None, at
    if (year := _year_at(words, at)) and at + 1 < len(lows) and (words[at + 1].glue or lows[at + 1] in _TO):
        first_year, mid = year, at + 1
    if mid >= len(lows):
        return None
    joined = words[mid].glue or (lows[mid] in HYPHEN_WORDS)
    dashed = joined and lows[mid] in _TO and mid + 1 < len(words)  # January-to-February
    second = mid if words[mid].glue and not dashed else mid + 1
    if not joined:
        if (
            lows[mid] in _TO
            or lows[mid] == "/"
            or lows[mid] == "and"
            and (i > 0 and lows[i - 1] == "between")
            or lows[mid] in ("and", "&")
            and number == 1
            and _month_at(words, mid + 1) == 2
        ):
            second = mid + 1
        else:
            return None
    end = _month_at(words, second) if second < len(words) else 0
    if not end:
        return None
    after = second + 1
    if after < len(lows) and lows[after] == "." and not words[after].gap and lows[second] in _SHORT:
        after += 1
    fiscal, ends = _fiscal_after(words, lows, after)
    if fiscal:
        told: int | None = fiscal - (end >= 4)
        after = ends
    else:
        told, after = _year_after(words, lows, after, calendar)
    last = calendar.month(end, told)
    begins = int(last[:4]) if number <= end else int(last[:4]) - 1
    first = f"{first_year or begins:04d}-{number:02d}"
    if after < len(lows) and lows[after] == "period":
        after += 1
    start = i - 1 if i > 0 and lows[i - 1] in ("from", "between") else i
    return _role(lows, start, after, _named(first, last, calendar.reporter), calendar)


def _fiscal_after(words: Sequence[Token], lows: list[str], i: int) -> tuple[int, int]:
    """Calendar year in which a fiscal year named at token i ends (`FY26`, `2020-21`), and what follows."""
    while i < len(lows) and lows[i] in ("of", "in", ",", "(", "the") and i + 1 < len(lows):
        i += 1
    at = i + 1 if i < len(lows) and lows[i] in ("fy", "fiscal") else i
    if at >= len(words) or words[at].kind != "n":
        return 0, i
    if year := _year_at(words, at):
        joined = at + 1 < len(words) and words[at + 1].glue and len(words[at + 1].text) in (2, 4)
        if joined and words[at + 1].text.isdigit() and (year + 1) % 100 == int(words[at + 1].text) % 100:
            return year + 1, at + 2
        return (year, at + 1) if at > i else (0, i)
    short = words[at].text
    return (2000 + int(short), at + 1) if at > i and len(short) == 2 and short.isdigit() else (0, i)


HYPHEN_WORDS = one_of("- – —")


def _named(first: str, last: str, reporter: str) -> Span:
    """Give a range of months its kind."""
    length = len(periods.each(f"{first}:{last}")) if first <= last else 1
    if first == last:
        return Span(first, last, "month")
    if first[5:] == "01" and first[:4] == last[:4]:
        return Span(first, last, "year" if length == 12 else "ytd")
    if first[5:] == "04" and reporter in ("IND", "JPN"):
        return Span(first, last, "fiscal_ytd")
    if length == 3 and int(last[5:]) % 3 == 0:
        return Span(first, last, "quarter")
    return Span(first, last, "half" if length == 6 and last[5:] in ("06", "12") else "range")


def _counted(words: Sequence[Token], lows: list[str], i: int, calendar: Calendar) -> Mention | None:
    """The first 11 months; 11 months of 2025; the first 20 days of November; 12 months to November; 11M 2025."""
    if lows[i] == "year" and lows[i + 1 : i + 2] in (["to"], ["through"]) and i + 2 < len(lows):
        if ends := _month_at(words, i + 2):
            month = calendar.month(ends, None)
            if lows[max(0, i - 2) : i] == ["in", "the"]:  # fell 26.2 % in the year to May: that month on a year
                return Mention(i, i + 3, "period", Span(month, month, "month"))
            return Mention(i, i + 3, "period", Span(f"{month[:4]}-01", month, "ytd"), note="the year to the month")
        return None
    at = i + 1 if lows[i] in ("first", "opening", "last", "past") else i
    if at + 1 >= len(lows):
        return None
    count = _count_at(words, at)
    if count is None:
        return None
    unit = lows[at + 1]
    leading = at > i
    if unit in ("days", "day") and lows[i] == "first":
        after = at + 2 + (1 if at + 2 < len(lows) and lows[at + 2] == "of" else 0)
        number = _month_at(words, after) if after < len(lows) else 0
        if number:
            year, last = _year_after(words, lows, after + 1, calendar)
            month = calendar.month(number, year)
        else:
            month, last = f"{calendar.today.year:04d}-{calendar.today.month:02d}", at + 2
            if after < len(lows) and phrase(lows, after, ("this month", "the month")):
                last = after + 2
        return Mention(i, last, "period", Span(month, month, "month"), note=f"first {count} days")
    if unit == "quarters" and lows[i] == "first" and count in (2, 3, 4):
        return _months_of(words, lows, i, at + 2, count * 3, calendar)
    back = lows[max(0, i - 2) : i]
    if unit == "months" and back[-1:] != ["first"] and {"over", "in", "for", "during"} & set(back):
        goes_on = at + 2 < len(lows) and lows[at + 2] in ("to", "of", "through", "ended", "ending", "until")
        if int(calendar.latest[5:]) == count and not goes_on:  # over the seven months, said in August
            return Mention(i, at + 2, "period", calendar.to_date())
    if unit in ("months", "month", "m") and 1 <= count <= 12 and lows[i] not in ("last", "past"):
        dashed = words[at + 1].glue
        if unit == "m" and (words[at + 1].gap or not words[at + 1].text.isupper()):
            return None
        of = at + 2 < len(lows) and (
            lows[at + 2] in ("to", "through", "ended", "ending")
            or lows[at + 2] == "of"
            and at + 3 < len(lows)
            and (_year_at(words, at + 3) or lows[at + 3] in ("the", "this", "last", "fy", "current"))
        )
        if (
            leading
            and count < 12
            or leading
            and lows[i] in ("first", "opening")
            or of
            or unit == "m"
            or dashed
            and _the(lows, i)
        ):
            return _months_of(words, lows, i, at + 2, count, calendar)
    return None


def _the(lows: list[str], i: int) -> bool:
    return i == 0 or lows[i - 1] in ("the", "in", "this", "'s", "its")


def _months_of(
    words: Sequence[Token], lows: list[str], i: int, at: int, count: int, calendar: Calendar
) -> Mention | None:
    rolling = at < len(lows) and lows[at] in ("to", "through", "ended", "ending")
    if at < len(lows) and lows[at] == "period":
        at += 1
    if rolling:
        skip = at + (2 if at + 1 < len(lows) and lows[at + 1] == "in" else 1)
        number = _month_at(words, skip) if skip < len(lows) else 0
        if number:
            year, after = _year_after(words, lows, skip + 1, calendar)
            last = calendar.month(number, year)
            first = periods.later(last, 1 - count)
            note = "" if first[5:] == "01" or count < 12 else f"{count} months"
            return Mention(i, after, "period", _named(first, last, calendar.reporter), note=note)
        if lows[at] != "to" or lows[i] not in ("first", "opening"):
            return None
    if at + 1 < len(lows) and lows[at] in ("of", "in") and lows[at + 1] in ("the",):
        fiscal = phrase(
            lows, at + 2, ("fiscal year", "current fiscal", "current financial", "financial year", "fiscal")
        )
        if fiscal:
            first = f"{_fiscal_year(calendar):04d}-04"
            last = periods.later(first, count - 1)
            return Mention(i, at + 2 + fiscal, "period", Span(first, last, "fiscal_ytd"))
    fiscal_end, after = _fiscal_after(words, lows, at)
    if fiscal_end and "fy" in lows[at:after]:
        first = f"{fiscal_end - 1}-04"
        return Mention(i, after, "period", Span(first, periods.later(first, count - 1), "fiscal_ytd"))
    year, after = _year_after(words, lows, at, calendar)
    if year is None and calendar.reporter == "IND" and lows[i] not in ("first", "opening"):
        first = f"{_fiscal_year(calendar):04d}-04"
        return _role(lows, i, after, Span(first, periods.later(first, count - 1), "fiscal_ytd"), calendar)
    if year is None:
        year = int(calendar.latest[:4])
        if f"{year}-{count:02d}" > f"{calendar.today.year}-{calendar.today.month:02d}":
            year -= 1
    span = Span(f"{year}-01", f"{year}-{count:02d}", "year" if count == 12 else "ytd" if count > 1 else "month")
    return _role(lows, i, after, span, calendar)


def _fiscal_year(calendar: Calendar) -> int:
    """Calendar year in which the fiscal year (April-March) of the latest month began."""
    year, month = int(calendar.latest[:4]), int(calendar.latest[5:])
    return year if month >= 4 else year - 1


def _part_of_year(words: Sequence[Token], lows: list[str], i: int, calendar: Calendar) -> Mention | None:
    """The first half; the third quarter of 2025; Q3 2025; H1; 3Q25."""
    if lows[i] == "quarter":
        of_it = lows[max(0, i - 2) : i] in (["for", "the"], ["in", "the"], ["over", "the"], ["during", "the"])
        latest, goes_on = calendar.latest, lows[i + 1 : i + 2]
        if not of_it or int(latest[5:]) % 3 or goes_on == ["of"] or goes_on == ["to"]:
            return None
        return Mention(i, i + 1, "period", Span(periods.later(latest, -2), latest, "quarter"))
    number = _ORDINALS.get(lows[i]) or (4 if lows[i] in ("final", "last") else 0)
    unit, at = "", i + 1
    if number and at < len(lows) and lows[at] in ("half", "quarter"):
        unit, at = lows[at][0], at + 1
        if lows[i] == "last" and unit == "q":
            number = (int(calendar.latest[5:]) - 1) // 3 + 1
    elif lows[i] in ("q", "h") and words[i].text.isupper() and at < len(words) and words[at].kind == "n":
        if words[at].gap or words[at].text not in ("1", "2", "3", "4"):
            return None
        number, unit, at = int(words[at].text), lows[i], at + 1
    elif words[i].kind == "n" and words[i].text in ("1", "2", "3", "4") and at < len(words) and lows[at] in ("q", "h"):
        if words[at].gap or not words[at].text.isupper():
            return None
        number, unit, at = int(words[i].text), lows[at], at + 1
        if at < len(words) and words[at].kind == "n" and not words[at].gap and len(words[at].text) == 2:
            year = 2000 + int(words[at].text)
            return _role(lows, i, at + 1, _part(number, unit, year), calendar)
    if not unit or unit == "h" and number > 2:
        return None
    fiscal = phrase(
        lows, at, ("of the current fiscal", "of the fiscal year", "of this fiscal", "of the financial year")
    )
    if fiscal:
        first = periods.later(f"{_fiscal_year(calendar)}-04", (number - 1) * (6 if unit == "h" else 3))
        return Mention(
            i, at + fiscal, "period", Span(first, periods.later(first, 5 if unit == "h" else 2), "fiscal_ytd")
        )
    told, after = _year_after(words, lows, at, calendar)
    year = told or calendar.today.year
    if told is None and _part(number, unit, year).first > f"{calendar.today.year:04d}-{calendar.today.month:02d}":
        year -= 1
    return _role(lows, i, after, _part(number, unit, year), calendar)


def _part(number: int, unit: str, year: int) -> Span:
    size = 6 if unit == "h" else 3
    last = number * size
    return Span(f"{year}-{last - size + 1:02d}", f"{year}-{last:02d}", "half" if unit == "h" else "quarter")


def _fiscal(words: Sequence[Token], lows: list[str], i: int, calendar: Calendar) -> Mention | None:
    """FY2024-25, FY26, fiscal year 2025, the current fiscal year, the last fiscal."""
    if lows[i] == "fy":
        at = i + 1
        if at < len(words) and words[at].kind == "n":
            year = _year_at(words, at) or (2000 + int(words[at].text) if len(words[at].text) == 2 else 0)
            after = at + 1
            if not year:
                return Mention(i, after, "skip")
            if after < len(words) and words[after].glue and words[after].kind == "n":
                return Mention(i, after + 1, "period", Span(f"{year}-04", f"{year + 1}-03", "fiscal_ytd"))
            return Mention(i, after, "period", Span(f"{year - 1}-04", f"{year}-03", "fiscal_ytd")) if year else None
        return Mention(i, i + 1, "skip")
    begins = _fiscal_year(calendar)
    words_this = ("current fiscal year", "this fiscal year", "current fiscal", "this fiscal", "current financial year")
    words_last = ("last fiscal year", "previous fiscal year", "last fiscal", "previous fiscal", "last financial year")
    if length := phrase(lows, i, words_this):
        return Mention(i, i + length, "period", Span(f"{begins}-04", calendar.latest, "fiscal_ytd"), loose=True)
    if length := phrase(lows, i, words_last):
        return Mention(i, i + length, "period", Span(f"{begins - 1}-04", f"{begins}-03", "fiscal_ytd"))
    year = _year_at(words, i)
    if (
        year
        and i + 1 < len(words)
        and words[i + 1].glue
        and words[i + 1].kind == "n"
        and len(words[i + 1].text) in (2, 4)
    ) and (year + 1) % 100 == int(words[i + 1].text) % 100:
        return Mention(i, i + 2, "period", Span(f"{year}-04", f"{year + 1}-03", "fiscal_ytd"))
    return None


def _year(words: Sequence[Token], lows: list[str], i: int, calendar: Calendar) -> Mention | None:
    """In 2024, for the whole of 2024, last year, this year, full-year, annual."""
    if lows[i] in ("this", "last", "previous", "next", "past") and i + 1 < len(lows) and lows[i + 1] == "year":
        if lows[i] == "next":
            return Mention(i, i + 2, "skip")
        if lows[i] == "this" and set(lows[max(0, i - 2) : i]) & _SUPERLATIVE:
            return Mention(i, i + 2, "skip")  # their first gain this year
        year = calendar.today.year - (lows[i] != "this")
        return _role(lows, i, i + 2, calendar.year(year), calendar, loose=lows[i] == "this")
    if (
        lows[i] == "annual"
        and i + 1 < len(lows)
        and lows[i + 1] in ("trade", "surplus", "deficit", "exports", "imports")
    ):
        year = int(calendar.latest[:4])
        return Mention(i, i + 1, "period", calendar.year(year), loose=True)
    if (
        lows[i : i + 2] == ["full", "year"]
        and calendar.latest[5:] == "12"
        and not set(lows[i + 2 : i + 5]) & {"target", "forecast", "goal", "growth"}
    ):
        return Mention(i, i + 2, "period", calendar.year(int(calendar.latest[:4])))
    year_number = _year_at(words, i)
    if year_number and not _unit_follows(words, lows, i):
        return _role(lows, i, i + 1, calendar.year(year_number), calendar)
    return None


_SUPERLATIVE = one_of("first second third highest lowest biggest smallest largest best worst fastest slowest sharpest")


def _unit_follows(words: Sequence[Token], lows: list[str], i: int) -> bool:
    return i + 1 < len(lows) and lows[i + 1] in _NOT_YEAR or i > 0 and lows[i - 1] in ("$", "€", "£", "¥")


_NOT_YEAR = one_of(
    "% percent pct billion bn million tonnes tons yuan dollars units trillion euros yen vehicles companies firms"
)


_LEFT_OUT = one_of("excluding barring excepting except disregarding ignoring")
_THAN = one_of("than against versus vs")


def _role(lows: list[str], i: int, after: int, span: Span, calendar: Calendar, loose: bool = False) -> Mention:
    """Tell a period that is measured from one that is compared with, or counted from."""
    at = i - 1
    while at >= 0 and lows[at] in ("the", "of", "that", "those", "level", "levels", "a", "at", "least"):
        at -= 1
    before = lows[at] if at >= 0 else ""
    if set(lows[max(0, i - 5) : i]) & _LEFT_OUT:
        return Mention(i, after, "skip", span)
    if (
        before in ("through", "until")
        and span.kind == "month"
        and span.last[5:] != "01"
        and span.last <= calendar.latest
    ):
        return Mention(i, after, "period", _named(f"{span.last[:4]}-01", span.last, ""))
    if span.first > f"{calendar.today.year:04d}-{calendar.today.month:02d}":
        return Mention(i, after, "skip", span)
    if (
        before == "in"
        and at
        and (lows[at - 1] in _THAN or lows[at - 2 : at] in (["compared", "with"], ["compared", "to"]))
    ):
        before = "than"
    if before in ("below", "above") and span.kind in ("month", "year"):
        before = "than"
    if before == "since" or before == "after" and span.kind == "year":
        return Mention(i, after, "since", span)
    if after < len(lows) and lows[after] == "'s" and before in ("than", "over", "above", "below", "against"):
        return Mention(i, after, "base", span)
    compared = (
        at >= 1 and before in ("to", "with") and lows[at - 1] in ("compared", "relative", "comparison", "compare")
    )
    if before in ("from", "than", "versus", "vs", "over", "against", "on") or compared:
        if (
            before == "from"
            and lows[i] in ("from", "between")
            or before == "over"
            and span.kind not in ("month", "year")
        ):
            return Mention(i, after, "period", span, loose=loose)
        if before == "on" and span.kind not in ("month", "year"):
            return Mention(i, after, "period", span, loose=loose)
        if span.kind == "year" and span.last[:4] == "2019" and calendar.today.year > 2020:
            return Mention(i, after, "base", span, "2019")
        return Mention(i, after, "base", span)
    return Mention(i, after, "period", span, loose=loose)


def _month_at(words: Sequence[Token], i: int) -> int:
    """Number of the month named at token i; 0 for none. `may` and `march` count only as names."""
    if i >= len(words) or words[i].kind != "w":
        return 0
    low, text = words[i].low, words[i].text
    if low in _MONTHS:
        if low in ("may", "march"):
            return _MONTHS[low] if text[0].isupper() and _dated(words, i) else 0
        return _MONTHS[low] if not text.islower() or low in ("january", "february", "november", "december") else 0
    if low in _SHORT and text[0].isupper():
        return _SHORT[low] if low != "mar" or _dated(words, i) else 0
    return 0


def _dated(words: Sequence[Token], i: int) -> bool:
    """Whether what stands beside `May` or `March` makes it a month."""
    before = words[i - 1].low if i else ""
    after = words[i + 1] if i + 1 < len(words) else None
    if before in _BEFORE_MONTH or words[i].glue or before in _MONTHS or before in _SHORT or before.isdigit():
        return True
    if after is None:
        return bool(before)
    return (
        after.kind == "n" or after.glue or after.low in ("'s", "exports", "imports", "trade", "data", "to", "figures")
    )


_BEFORE_MONTH = one_of(
    "in of since from to through for until by during last this and between after before the on - – than"
)


def _is_day(words: Sequence[Token], i: int) -> bool:
    word = words[i]
    if word.kind != "n" or not word.text.isdigit() or not 1 <= int(word.text[:3]) <= 31 or len(word.text) > 2:
        return False
    after = words[i + 1] if i + 1 < len(words) else None
    return after is None or after.low not in _NOT_YEAR


def _day_before(words: Sequence[Token], i: int) -> int:
    """Token of the day number before a month (8 December, 8th of December); 0 for none."""
    for back in (1, 2, 3):
        at = i - back
        if at < 0:
            return 0
        if words[at].kind == "n":
            if _is_day(words, at) and words[at].low.isdigit() and not words[i].glue:
                return at
            return 0
        if words[at].low not in ("st", "nd", "rd", "th", "of"):
            return 0
    return 0


def _year_at(words: Sequence[Token], i: int) -> int:
    """Year printed at token i; 0 for none."""
    if i < len(words) and words[i].kind == "n" and len(words[i].text) == 4 and words[i].text.isdigit():
        year = int(words[i].text)
        decade = i + 1 < len(words) and words[i + 1].low == "s" and not words[i + 1].gap
        return year if 1980 <= year <= 2060 and not decade else 0
    return 0


def _year_after(words: Sequence[Token], lows: list[str], i: int, calendar: Calendar) -> tuple[int | None, int]:
    """Year named at or just after token i, and the token after it."""
    at = i
    while at < len(lows) and lows[at] in ("of", "in", ",", "the") and at < i + 2:
        at += 1
    if (year := _year_at(words, at)) and not (at > i and lows[i] == "," and _unit_follows(words, lows, at)):
        return year, at + 1
    said = at < len(lows) - 1 and lows[at + 1] == "year" and lows[at] in ("last", "this", "previous")
    if said and (at == i or lows[i] != ","):
        return calendar.today.year - (lows[at] != "this"), at + 2
    if at > i and at < len(lows) and lows[at - 1] == "the" and lows[at] == "year" and lows[i] in ("of", "in"):
        return None, at + 1
    return None, i


def _count_at(words: Sequence[Token], i: int) -> int | None:
    if words[i].kind == "n" and words[i].text.isdigit() and len(words[i].text) <= 2:
        return int(words[i].text)
    return _COUNTS.get(words[i].low)


_RELATIVE = Phrases(
    {"this month": "this month", "last month": "last month"}
    | dict.fromkeys(_YOY, "yoy")
    | dict.fromkeys(_MOM, "mom")
    | dict.fromkeys(_QOQ, "qoq")
    | dict.fromkeys(_SO_FAR, "so far")
)
_STARTS = frozenset(
    {*_RELATIVE.starts(), *_MONTHS, *_SHORT, *_SAME, *_ORDINALS, *_COUNTS}
    | one_of("this last previous next past annual final q h fy current so full quarter")
)
