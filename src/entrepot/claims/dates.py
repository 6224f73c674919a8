"""Which tokens of a sentence name a period: months, ranges of months, years, and what they are compared with."""

from collections.abc import Sequence

from entrepot import periods
from entrepot.claims.datewords import RELATIVE
from entrepot.claims.fiscal import CALLED, ORDINALS, fiscal, year_at
from entrepot.claims.line import COUNTS, HYPHENS, MONTHS, SHORT, Line
from entrepot.claims.recalls import recalled
from entrepot.claims.replacing import replace
from entrepot.claims.roles import role
from entrepot.claims.spans import FROM_MONTH, Calendar, Mention, Span, from_to, month_of
from entrepot.claims.stretches import EXTREMES, ago, counted, next_part, part_of_year, quarter_to, since_start, week_of
from entrepot.claims.verbs import DOWN, UP
from entrepot.claims.words import Token, one_of, phrase

_SAME = one_of("same corresponding comparable equivalent similar like")
_OF_RUNS = one_of("straight consecutive successive second third fourth fifth sixth seventh eighth ninth tenth th")
_PERIOD_WORDS = one_of("period month months quarter time half term year stretch span timeframe")
_YEAR_BEFORE = (
    "last fiscal year",
    "last fiscal",
    "previous fiscal year",
    "previous fiscal",
    "last year",
    "previous year",
    "prior year",
    "past year",
    "preceding year",
    "past fiscal year",
    "preceding fiscal year",
    "prior fiscal year",
    "a year before",
    "year before",
    "a year earlier",
    "a year ago",
    "year earlier",
)
_TO = one_of("to through until till thru")
_ROLLING = one_of("trailing rolling running moving sum cumulative accumulated")
MOVED = UP | DOWN
_SUMS = one_of("totalled totaled totalling totaling amounted worth")
_REPORTS = one_of("data figures report release numbers statistics print reading")
_IN_A_ROW = one_of(
    "straight consecutive successive first second third fourth slower faster fastest slowest largest biggest"
)
_OCCASIONS = one_of("deadline deadlines truce talks summit meeting deal agreement expiry election inauguration")
_SUPERLATIVE = one_of("first second third highest lowest biggest smallest largest best worst fastest slowest sharpest")
_NAMING = frozenset().union(MONTHS, SHORT, _SAME, ORDINALS, COUNTS) | one_of(
    "this last previous next past annual final q h fy current so full whole entire quarter half that month year "
    "fiscal financial ongoing present running prior preceding since from fifth latest recent two three four five "
    "new outgoing concluded completed closed following subsequent a one"
)
"""Words that a mention of any form may begin with, besides numbers; what is said relative to a time has more."""
_STARTS = RELATIVE.starts() | _NAMING


def mentions(words: Sequence[Token], calendar: Calendar) -> list[Mention]:
    """Find every place of a sentence that names a period, in order; they do not overlap.

    >>> from datetime import date
    >>> from entrepot.claims.words import tokens
    >>> text = "In the first 11 months exports rose 5.4% and in November 5.9% from a year earlier"
    >>> found = mentions(tokens(text, 0, len(text)), Calendar(date(2025, 12, 8), "CHN"))
    >>> [(m.role, m.span.text if m.span else m.against) for m in found]
    [('period', '2025-01/2025-11'), ('period', '2025-11'), ('base', 'yoy')]
    """
    line = Line(words, [w.low for w in words], calendar)
    found: list[Mention] = []
    end = 0
    for i, word in enumerate(words):
        if i < end or word.kind != "n" and word.low not in _STARTS:
            continue
        if mention := _mention(line, i) or (next_part(line, i, found[-1]) if found else None):
            if found and _explains(line, found[-1], mention):
                mention = replace(mention, role="skip")
            found.append(mention)
            end = mention.last
            if mention.note == "step":  # surged 75 % between September and October
                found[-1:] = [replace(mention, note=""), Mention(end, end, "base", None, "mom")]
    return _rolled(line, found)


def _explains(line: Line, before: Mention, mention: Mention) -> bool:
    """Whether a period alone in brackets only says which one was meant (`the fiscal year (July 2022-June 2023)`)."""
    if mention.span and before.span and mention.first - before.last <= 1 and line.low(before.last) in _TO:
        return mention.span.last == before.span.last  # in the first half of fiscal 2025 through September
    alone = line.low(mention.first - 1) == "(" and line.low(mention.last) == ")"
    if alone and before.role == "base" and before.against and mention.first - 1 == before.last:
        return True  # in the same period of the previous year (January to May 2017)
    if not alone or mention.role != "period" or not mention.span or not before.span:
        return False
    if mention.first - 1 > before.last:
        return mention.span.kind == "fiscal_ytd" and mention.first - before.last <= 8  # of the fiscal year (FY23)
    return before.span.kind != "year" or not mention.span.last < before.span.last


def _rolled(line: Line, found: list[Mention]) -> list[Mention]:
    """The mentions of a sentence on a sum over twelve months (`the trailing 12-month surplus in August`)."""
    rolls = [i for i, low in enumerate(line.lows) if low in _ROLLING and _twelve(line, i)]
    if not rolls:
        return found
    return [
        replace(m, span=Span(periods.later(m.span.last, -11), m.span.last, "range"), note="12 months")
        if m.span and m.span.kind == "month" and m.role in ("period", "base") else m
        for m in found
    ]  # fmt: skip


def _twelve(line: Line, i: int) -> bool:
    """Whether `12-month` stands at a word such as `trailing`, or `over 12 months` after `sum`."""
    near = range(i - 3, i + 4)
    unit = ("month", "months")
    return any(
        line.count(k) == 12 and (line.low(k + 1) in unit or k + 1 == i and line.low(i + 1) in unit) for k in near
    )


def _mention(line: Line, i: int) -> Mention | None:
    word = line.words[i]
    if word.kind != "n":
        readers = _OF_WORDS[word.low]
    elif not word.text.isdigit():
        return None  # 5.9 is no day and no year
    else:
        readers = _OF_COUNTS if len(word.text) < 3 else _OF_YEARS if len(word.text) == 4 else ()
    for reader in readers:
        if mention := reader(line, i):
            return mention
    return None


def _relative(line: Line, i: int) -> Mention | None:
    found = RELATIVE.at(line.lows, i)
    if found is None:
        return ago(line, i)
    (length, against), calendar = found, line.calendar
    if line.low(i) == "monthly" and line.low(i - 1) in _OF_RUNS:
        return None  # the third straight monthly gain
    if against == "mom" and line.low(i + length) == "of" and (number := line.month(i + length + 1)):
        return Mention(i, i + length + 2, "base", month_of(calendar.month(number, None)))  # the previous month of May
    if against == "so far" and _SUPERLATIVE & set(line.lows[max(0, i - 2) : i]):
        return Mention(i, i + length, "skip")  # the highest so far this year
    if against == "so far":
        return Mention(i, i + length, "period", calendar.to_date(), loose=True)
    if line.low(i) == "monthly" and line.low(i - 1) in _IN_A_ROW:
        return Mention(i, i + length, "skip")  # the sixth straight monthly decline
    if against.endswith(" month") and line.low(i + length) == "'s" and line.low(i + length + 1) in _REPORTS:
        return Mention(i, i + length, "skip")  # this month's data
    if against == "this month":
        return Mention(i, i + length, "period", month_of(min(calendar.this, calendar.latest)), loose=True)
    if against == "last month":
        return Mention(i, i + length, "period", month_of(periods.later(calendar.this, -1)))
    return Mention(i, i + length, "base", None, against)


def _same_period(line: Line, i: int) -> Mention | None:
    """The same period last year; the corresponding month of 2024; 2019's level."""
    at = i + 1
    if line.low(i) in _SAME and line.month(at) and (same := _month(line, at)) and same.span:
        return Mention(i, same.last, "base", None, "yoy")  # the same January-March period in 2017
    if line.low(i) not in _SAME or not _counts_period(line, at):
        return None
    while _counts_period(line, at) and (line.word(at).kind != "n" or at < i + 3 and not line.year(at)):
        at += 1
    while line.low(at) in ("of", "in", "the", ",", "during", "for", "from") and at < i + 7:
        at += 1
    if (fiscal_year := year_at(line, at)) and fiscal_year.how in ("named", "before"):
        return Mention(i, fiscal_year.after, "base", None, "yoy")
    named = at + 1 if not line.year(at) and line.low(at) in MONTHS else at
    if year := line.year(named):
        pandemic = year == 2019 and line.calendar.today.year > 2020
        further = year < int(line.calendar.latest[:4]) - 1
        return Mention(i, named + 1, "base", None, str(year) if pandemic or further else "yoy")
    if length := phrase(line.lows, at, _YEAR_BEFORE):
        return Mention(i, at + length, "base", None, "yoy")
    if line.low(at) == "this" and line.low(at + 1) == "year" and line.low(i + 1) in ("months", "month", "period"):
        return Mention(i, at + 2, "again", None, "+12")  # from $92 million in April-May 2022 to 812 in the same months
    before = line.low(i - 2) if i > 1 and line.low(i - 1) == "the" else line.low(i - 1)
    if before in ("in", "during") and i < 4 and line.low(i + 1) == "month":
        return Mention(i, at, "again", None, "that month")  # during the same month, imports fell
    if before in ("in", "during", "over", "for", "at"):
        return Mention(i, at, "skip")  # in the same period: the one spoken of
    return Mention(i, at, "base", None, "yoy")


def _counts_period(line: Line, i: int) -> bool:
    return line.low(i) in _PERIOD_WORDS or line.low(i) in COUNTS or line.word(i).kind == "n"


def _month(line: Line, i: int) -> Mention | None:
    number = line.month(i)
    if not number:
        return None
    at = i + 1 + line.dotted(i)
    if mention := quarter_to(line, i, at, number):
        return mention
    if (day := line.day_before(i)) is not None:
        return Mention(day, at + bool(line.year(at)), "day")
    if mention := _month_range(line, i, at, number):
        return mention
    if line.is_day(at):
        return _day(line, i, at, number)
    tariffs = line.low(i - 1) == "the" and bool({"tariff", "tariffs"} & set(line.lows[at : at + 6]))
    if line.low(at) in _OCCASIONS or tariffs and "," not in line.lows[at : at + 6]:
        return Mention(i, at + 1, "day")
    year, after = line.year_after(at)
    return role(line, i, after, month_of(line.calendar.month(number, year)))


def _day(line: Line, i: int, at: int, number: int) -> Mention:
    """Nov 8, 2025; or the first days of a month, Nov 1-20."""
    after = line.after_day(at)
    if _counts_up_to(line, i):
        year, after = line.year_after(after + (line.low(after) == "," and bool(line.year(after + 1))))
        month = line.calendar.month(number, year)
        return Mention(i, after, "period", from_to(f"{month[:4]}-01", month), note="days")
    if line.glued_number(after):
        return Mention(i, after + 1, "period", month_of(line.calendar.month(number, None)), note="days")
    until = after + 1 + bool(line.month(after + 1) == number)
    if line.low(after) in _TO and line.is_day(until):  # from June 1 to 20
        return Mention(i, line.after_day(until), "period", month_of(line.calendar.month(number, None)), note="days")
    year_at = after + (line.low(after) == ",")
    return Mention(i, year_at + 1 if line.year(year_at) else after, "day")


def _counts_up_to(line: Line, i: int) -> bool:
    """Whether a day ends what is counted from January (`as of November 15`, `from January 1 to November 15`)."""
    if line.low(i - 1) == "of" and line.low(i - 2) == "as":
        return True
    if line.low(i - 1) == "to" and line.low(i - 2) == "up" or line.low(i - 1) in ("until", "till"):
        return True
    return line.low(i - 1) in _TO and bool({"january", "jan"} & set(line.lows[max(0, i - 5) : i]))


def _month_range(line: Line, i: int, at: int, number: int) -> Mention | None:
    """January-November; Jan. to Nov.; between January and November 2025; January and February."""
    first_year, mid = line.year(at), at
    spans = line.low(at + 1) in _TO or line.low(at + 1) == "and" and line.low(i - 1) == "between"
    if first_year and (line.word(at + 1).glue or spans):
        mid = at + 1
    else:
        first_year = 0
    second = _second_month(line, i, mid, number)
    end = line.month(second) if second else 0
    if not end:
        return None
    after = second + 1 + line.dotted(second)
    told: int | None
    start_month = line.calendar.fiscal or 4
    after += line.low(after) == "period"
    year = year_at(line, after)
    told, after = (year.begins + (end < start_month), year.after) if year else line.year_after(after)
    last = line.calendar.month(end, told)
    begins = first_year or int(last[:4]) - (number > end)
    span = from_to(f"{begins:04d}-{number:02d}", last, line.calendar.reporter)
    after += line.low(after) == "period"
    joined = line.low(second - 1) in _TO or line.low(second - 1) == "and"
    told_now = last >= periods.later(line.calendar.latest, -6)
    if (
        line.low(i - 1) in ("from", "between")
        and number > 1
        and end == number + 1
        and MOVED & set(line.lows[max(0, i - 30) : i + 30])
    ):
        return Mention(i - 1, after, "period", month_of(last), note="step")
    start = i - 1 if line.low(i - 1) in ("from", "between") and (joined or told_now) else i
    mention = role(line, start, after, span)
    near = {*line.lows[max(0, i - 12) : i], *line.lows[after : after + 12]}
    change = line.low(i - 1) == "between" and span.kind == "range" and bool(MOVED & near) and not _SUMS & near
    return replace(mention, note=FROM_MONTH) if change and mention.role == "period" else mention


def _second_month(line: Line, i: int, mid: int, number: int) -> int:
    """Token at which the second month of a range would stand, by what joins it to the first; 0 for no range."""
    low, glue = line.low(mid), line.word(mid).glue
    if glue and low not in _TO:
        return mid
    joins = low in _TO or low in HYPHENS or low == "/" or low == "and" and line.low(i - 1) == "between"
    joins = joins or low in ("and", "&") and number == 1 and line.month(mid + 1) == 2
    return mid + 1 if joins else 0


def _year(line: Line, i: int) -> Mention | None:
    """In 2024, for the whole of 2024, last year, this year, full-year, annual."""
    low, calendar = line.low(i), line.calendar
    latest = int(calendar.latest[:4])
    if line.low(i + 1) == "year" and low in ("this", "last", "previous", "next", "past"):
        if low == "next" or low == "this" and _of_record(line, i):
            return Mention(i, i + 2, "skip")  # their first gain this year
        span = calendar.year(calendar.today.year - (low != "this"))
        return role(line, i, i + 2, span, loose=low == "this")
    if low == "year" and line.lows[i + 1 : i + 4] == ["as", "a", "whole"]:
        told = calendar.year(latest - (calendar.latest[5:] in ("01", "02")))
        return Mention(i, i + 4, "period", told)
    if low == "annual" and line.low(i + 1) in ("trade", "surplus", "deficit", "exports", "imports"):
        return Mention(i, i + 1, "period", calendar.year(latest), loose=True)
    if low == "full" and line.low(i + 1) == "year" and line.low(i - 1) in ("last", "first", "only"):
        return Mention(i, i + 2, "skip")  # in 2020, the last full year ahead of the ban
    whole = low == "full" or low in ("whole", "entire") and line.low(i - 1) == "the"
    over = calendar.latest[5:] in ("12", "01", "02")
    if whole and line.low(i + 1) == "year" and over and not _full_year_aim(line, i + 2):
        return Mention(i, i + 2, "period", calendar.year(latest - (calendar.latest[5:] != "12")))
    if (year := line.year(i)) and not line.counts(i):
        if after := _years(line, i):
            last = line.year(after - 1)
            span = Span(f"{year}-01", f"{last}-12", "years")
            return Mention(i, after, "period" if last <= calendar.today.year else "skip", span, "again")
        return role(line, i, i + 1, calendar.year(year))
    return None


def _of_record(line: Line, i: int) -> bool:
    """Whether `this year` only says among what a figure is the first or highest (`the lowest month this year`)."""
    back = line.lows[max(0, i - 10) : i]
    clause = next((k + 1 for k in range(len(back) - 1, -1, -1) if back[k] in (",", ";", "and", "while")), 0)
    if line.low(i + 2) in ("is", "was", "has", "are", "were", "remains") and clause == 0:
        return False  # the largest buyer this year is Germany
    return bool(_SUPERLATIVE & set(back[-2:])) or bool(EXTREMES & set(back[clause:]))


def _years(line: Line, i: int) -> int:
    """Token after a stretch of years that begins at token i (`from 2016 to 2023`); 0 for none."""
    opens, joins = line.low(i - 1), line.low(i + 1)
    joined = opens == "from" and joins in _TO or opens == "between" and joins == "and"
    glued = line.word(i + 1).glue and line.year(i + 1) > line.year(i) + 1  # in 2015-2018
    return i + 2 if glued else i + 3 if joined and line.year(i + 2) > line.year(i) else 0


def _full_year_aim(line: Line, i: int) -> bool:
    return bool(set(line.lows[i : i + 3]) & {"target", "forecast", "goal", "growth"})


_READERS = (_relative, since_start, _same_period, _month, week_of, counted, fiscal, part_of_year, recalled, _year)
"""What reads a mention at a token, in the order in which they are asked."""
_BEGINS = {
    _relative: RELATIVE.starts().union(COUNTS, one_of("previous preceding prior")),
    since_start: one_of("since from"),
    _same_period: _SAME,
    _month: frozenset().union(MONTHS, SHORT),
    week_of: frozenset(ORDINALS) | one_of("fifth last final"),
    counted: frozenset(COUNTS) | one_of("year first opening last past latest recent"),
    fiscal: frozenset(ORDINALS) | one_of("fiscal financial fy q h of in , ( its") | CALLED,
    part_of_year: frozenset(ORDINALS) | one_of("quarter half q h final last"),
    recalled: frozenset(COUNTS) | one_of("month quarter half year following next subsequent a one that"),
    _year: one_of("this last previous next past year annual full whole entire"),
}
"""The only words that a mention of each reader begins with: it is not asked at others."""
_OF_WORDS = {low: tuple(reader for reader in _READERS if low in _BEGINS[reader]) for low in _STARTS}
_OF_COUNTS = (_relative, counted, part_of_year, recalled)
_OF_YEARS = (fiscal, _year)
"""What reads a mention at a number of one or two digits, and of four."""
