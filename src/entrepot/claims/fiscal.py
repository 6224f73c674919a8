"""Fiscal years and their parts: FY2024-25, fiscal 2017, the current fiscal till September, the fiscal first half."""

from dataclasses import dataclass

from entrepot import periods
from entrepot.claims.line import Line
from entrepot.claims.roles import role
from entrepot.claims.spans import Mention, Span
from entrepot.claims.words import one_of

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "opening": 1}
_FISCAL = one_of("fiscal financial fy")
_NOW = one_of("current this ongoing present running new")
_CLOSED = one_of("outgoing concluded completed closed")
_BEFORE = _CLOSED | one_of("last previous prior preceding past")
CALLED = _NOW | _BEFORE
"""Words that may stand before `fiscal year`."""
_TO = one_of("to till until through")
_ENDS = _TO | one_of("ended ending ends")
_FIRST = one_of("first opening initial")
_TIMES = one_of("time times first second third fourth highest lowest biggest best worst")
_SIZES = {"half": 6, "h": 6, "quarter": 3, "q": 3}


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year as a text names it: the calendar year it begins in, the token after it, and how it is named.

    `how` is `current`, `before`, `named`, `to` (the month of its name ends it) or `bare`.
    """

    begins: int
    after: int
    how: str


def year_at(line: Line, i: int) -> Year | None:
    """The fiscal year named from token i on; None where none is."""
    at, calendar = i, line.calendar
    while line.low(at) in ("the", "of", "in", ",", "(", "its") and at < i + 3:
        at += 1
    low = line.low(at)
    if low in CALLED and line.low(at + 1) in _FISCAL:
        after = at + 2 + (line.low(at + 2) == "year")
        if low in _CLOSED:
            return Year(calendar.fiscal_begins(periods.later(calendar.this, -3)), after, "before")
        begins = calendar.fiscal_begins(calendar.this if low in {"last", "past", *_NOW} else calendar.latest)
        return Year(begins - (low in _BEFORE), after, "before" if low in _BEFORE else "current")
    at += low in CALLED and bool(line.fiscal_pair(at + 1))  # the current 2013-14 fiscal year
    if ends := line.fiscal_pair(at):
        after = at + 2 + (line.low(at + 1) == "/")
        labelled = line.low(after) in _FISCAL
        after += labelled + (labelled and line.low(after + 1) == "year")
        return Year(ends - 1, after, "named") if labelled or calendar.fiscal else None
    if low not in _FISCAL:
        return None
    return _labelled(line, at)


def _labelled(line: Line, i: int) -> Year | None:
    """The fiscal year that the word `fiscal` or `FY` at token i opens."""
    calendar = line.calendar
    at = i + 1 + (line.low(i + 1) == "year")
    if ends := line.fiscal_pair(at):
        return Year(ends - 1, at + 2 + (line.low(at + 1) == "/"), "named")
    text = line.word(at).text
    year = line.year(at) or (2000 + int(text) if at == i + 1 and len(text) == 2 and text.isdecimal() else 0)
    if year:
        return Year(year - (calendar.reporter != "JPN"), at + 1, "named")
    ended = at + (line.low(at) in ("that", "which"))
    if line.low(ended) in _ENDS and at > i + 1:
        month = ended + 1 + (line.low(ended + 1) in ("in", "on"))
        if number := line.month(month):
            day = month + 1 + line.is_day(month + 1)
            told, after = line.year_after(day)
            last = calendar.month(number, told)
            return Year(int(last[:4]) - (number < 12), after, "to")
    if line.low(i) == "fy" or line.low(i - 1) != "the" and at == i + 1:
        return None
    return Year(calendar.fiscal_begins(calendar.latest), at, "bare")


def fiscal(line: Line, i: int) -> Mention | None:
    """A fiscal year at token i, with the part of it that is told."""
    if mention := _part(line, i):
        return mention
    if line.low(i) == "fy" and line.word(i + 1).kind != "n":
        return Mention(i, i + 1, "skip")
    if line.low(i) == "the" or (year := year_at(line, i)) is None:
        return None
    if _TIMES & set(line.lows[max(0, i - 2) : i]):
        return Mention(i, year.after, "skip")  # for the second time this fiscal
    return _whole(line, i, year)


def _whole(line: Line, i: int, year: Year) -> Mention | None:
    """A fiscal year told without a part: to a month, to date, or its twelve months."""
    calendar, after = line.calendar, year.after
    whole = calendar.fiscal_span(year.begins, 1, 12)
    if line.low(after) in _TO and (number := line.month(after + 1)):
        span = _up_to(whole, number)
        told, end = line.year_after(after + 2)
        return Mention(i, end if told else after + 2, "period", span)
    if year.how == "current":
        if calendar.latest < whole.first:
            return Mention(i, after, "skip")
        return Mention(
            i, after, "period", Span(whole.first, min(calendar.latest, whole.last), "fiscal_ytd"), loose=True
        )
    if year.how == "named" and whole.first < calendar.latest < calendar.this <= whole.last:
        return role(line, i, after, Span(whole.first, calendar.latest, "fiscal_ytd"))
    if year.how == "bare":
        told = line.low(i - 2) in ("for", "in", "during", "over") and calendar.latest == whole.last
        return Mention(i, after, "period", whole) if told else None
    return role(line, i, after, whole)


def _up_to(whole: Span, number: int) -> Span:
    """The months of a fiscal year up to month `number`."""
    first = int(whole.first[5:])
    return Span(whole.first, periods.later(whole.first, (number - first) % 12), "fiscal_ytd")


def _part(line: Line, i: int) -> Mention | None:
    """A half, a quarter or months of a fiscal year: `first half of fiscal 2019`, `fiscal first half`, `Q2 FY26`."""
    calendar = line.calendar
    if line.low(i) in _FISCAL and (number := ORDINALS.get(line.low(i + 1), 0)) and line.low(i + 2) in _SIZES:
        return _sized(line, i, i + 3, calendar.fiscal_begins(calendar.latest), number, line.low(i + 2))
    number, size, at = _number_of(line, i)
    if not size:
        return None
    if line.low(at) in _FISCAL and line.low(at + 1) == size:
        return _sized(line, i, at + 2, calendar.fiscal_begins(calendar.latest), number, size)
    year = year_at(line, at)
    return _sized(line, i, year.after, year.begins, number, size) if year else None


def _number_of(line: Line, i: int) -> tuple[int, str, int]:
    """Number and unit of a half or quarter at token i, and the token after it; no unit for none."""
    number = ORDINALS.get(line.low(i), 0)
    if number and line.low(i + 1) in ("half", "quarter"):
        return number, line.low(i + 1), i + 2
    if line.low(i) in ("q", "h") and line.words[i].text.isupper() and line.word(i + 1).text in ("1", "2", "3", "4"):
        return int(line.word(i + 1).text), line.low(i), i + 2
    return 0, "", i


def _sized(line: Line, i: int, after: int, begins: int, number: int, size: str) -> Mention:
    months = _SIZES[size]
    return role(line, i, after, line.calendar.fiscal_span(begins, (number - 1) * months + 1, months))


def months_of(line: Line, i: int, at: int, count: int) -> Mention | None:
    """The first `count` months, told at token i, of the fiscal year named at token `at`."""
    year = year_at(line, at) if line.low(at) in ("of", "in", "fy") or line.low(at - 1) == "period" else None
    return role(line, i, year.after, line.calendar.fiscal_span(year.begins, 1, count)) if year else None
