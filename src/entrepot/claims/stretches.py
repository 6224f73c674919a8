"""Parts of a year: the first 11 months, halves and quarters, fiscal years, the first 20 days of a month."""

from entrepot import periods
from entrepot.claims.fiscal import ORDINALS, months_of, year_at
from entrepot.claims.line import Line
from entrepot.claims.replacing import replace
from entrepot.claims.roles import role
from entrepot.claims.spans import HALF_MONTH, Mention, Span, from_to, month_of, part_of
from entrepot.claims.words import one_of, phrase

_PART_ENDS = one_of(", ; . and with ( )") | {""}
_LAST_PART = one_of("final last")
_LONG = one_of("months years quarters")
EXTREMES = one_of(
    "first highest lowest biggest smallest largest best worst fastest slowest sharpest steepest strongest weakest most "
    "least only quickest"
)
_COUNTED = one_of("first opening last past latest recent")
_ENDS = one_of("to through ended ending")
_YEARS = one_of("the this last fy current")
_STARTS = one_of("start beginning outset")
_MEASURED = one_of(
    "tonnes tons mt t barrels litres liters units bags bales carats kg yuan dollars euros yen billion million bn"
)
_ADDS_UP = one_of(
    "amount amounts amounted total totals totalled totaled stand stands stood come comes came reached add"
)
_TOTALS = one_of("totalled totaled amounted worth total reached exported imported shipped bought sold cumulative")
_SUMMED = one_of("totalled totaled amounted worth sum total combined")
_RUNS = one_of("straight consecutive row each average averaged")
_REPORTED = one_of("reported available published recorded")
_SCALES = one_of("billion million trillion bn mln tonnes tons dollars euros")
_AGO = one_of("earlier ago before previously prior back")


def since_start(line: Line, i: int) -> Mention | None:
    """Since the start of 2025; from the beginning of the year to the end of October."""
    low, at = line.low(i), i + 1
    if low == "since" and line.month(at) == 1 and not line.year(at + 1):
        return _since_january(line, i)
    if low not in ("since", "from") or line.low(at) != "the" or line.low(at + 1) not in _STARTS:
        return None
    if line.low(at + 2) != "of" or EXTREMES & set(line.lows[max(0, i - 7) : i]):
        return None
    at += 3
    named = line.low(at) in ("this", "the") and line.low(at + 1) == "year"
    year = line.year(at) or (int(line.calendar.latest[:4]) if named else 0)
    if not year:
        return None
    after, latest = at + 1 + named, line.calendar.latest
    if line.low(after) in _ENDS:
        end = after + 1
        while line.low(end) in ("the", "end", "of", "late", "mid") and end < after + 5:
            end += 1
        if number := line.month(end):
            latest, after = f"{year}-{number:02d}", end + 1
    if f"{year}-01" > latest or low == "from" and after == at + 1 + named:
        return None
    years = latest[:4] != f"{year}"
    return Mention(i, after, "period", from_to(f"{year}-01", latest), "again" if years else "")


def _since_january(line: Line, i: int) -> Mention | None:
    """Since January, of what has been counted up or has changed from then on; not of a high or a first time."""
    latest = line.calendar.latest
    opens = i == 0 or line.low(i - 1) in _PART_ENDS or line.low(i - 1) == "and"
    counted = bool(_TOTALS & set(line.lows[max(0, i - 12) : i]))
    counted = counted or line.low(i - 1) in _MEASURED or line.low(i + 2) in _ADDS_UP
    if latest[5:] == "01" or EXTREMES & set(line.lows[max(0, i - 9) : i]) or not (opens or counted):
        return None
    return Mention(i, i + 2, "period", from_to(f"{latest[:4]}-01", latest))


def week_of(line: Line, i: int) -> Mention | None:
    """The second week of November; the last week of May."""
    if line.low(i) not in ORDINALS and line.low(i) not in ("fifth", "last", "final"):
        return None
    number = line.month(i + 3) if line.low(i + 1) == "week" and line.low(i + 2) in ("of", "in") else 0
    if not number:
        return None
    year, after = line.year_after(i + 4)
    return Mention(i, after, "period", month_of(line.calendar.month(number, year)), note="days of a week")


def ago(line: Line, i: int) -> Mention | None:
    """Two years earlier; the previous three months: what stands further back, or just before."""
    count = line.count(i)
    if count and count > 1 and line.low(i + 1) == "years" and line.low(i + 2) in _AGO:
        return Mention(i, i + 3, "base", None, f"-{12 * count}")
    if count and 1 < count < 12 and line.low(i + 1) == "months" and line.low(i + 2) in _AGO:
        return Mention(i, i + 3, "base", None, f"-{count}")
    count = line.count(i + 1)
    if count and line.low(i) in ("previous", "preceding", "prior") and line.low(i + 2) == "months":
        return Mention(i, i + 3, "base", None, f"-{count}")
    return None


def quarter_to(line: Line, i: int, at: int, number: int) -> Mention | None:
    """The September quarter; the June 2025 quarter: the three months that end with the month at token `i`."""
    comma = line.low(at) == "," and bool(line.year(at + 1))
    year = line.year(at + comma)
    end = at + comma + bool(year)
    if line.low(end) != "quarter" or number % 3:
        return None
    told, after = (year, end + 1) if year else line.year_after(end + 1)
    last = line.calendar.month(number, told or None)
    return role(line, i, after, Span(periods.later(last, -2), last, "quarter"))


def counted(line: Line, i: int) -> Mention | None:
    """The first 11 months; 11 months of 2025; the first 20 days of November; 12 months to November; 11M 2025."""
    if line.low(i) == "year" and line.low(i + 1) in ("to", "through"):
        return _year_to(line, i)
    if line.low(i) == "year" and line.low(i + 1) in ("ended", "ending"):
        return _months_to(line, i, i + 1, 12)
    if line.low(i) in ("first", "opening") and line.low(i + 1) == "month" and line.low(i + 2) in ("of", "in"):
        return _first_month(line, i)
    at = i + 1 if line.low(i) in _COUNTED else i
    count, unit = line.count(at), line.low(at + 1)
    if count and unit in _REPORTED and line.low(at + 2) == "months":
        return _latest_months(line, i, at + 3, count)
    row = line.low(at + 2) in ("running", "straight") or [line.low(at + 2), line.low(at + 3)] == ["in", "a"]
    if count and unit in _LONG and row:
        return Mention(i, at + 2, "skip")  # for nine months in a row
    if count is None or not unit:
        return _decade(line, i, at)
    if mention := _years_to(line, i, at, count):
        return mention
    if at > i and (mention := _past_years(line, i, at, count)):
        return mention
    if unit in _LONG and at == i and _of_extreme(line, i):
        return Mention(i, at + 2, "skip")
    if unit in ("days", "day", "weeks") and line.low(i) == "first":
        return _first_days(line, i, at + 2, count)
    if unit == "quarters" and line.low(i) == "first" and count in (2, 3, 4):
        return _months_of(line, i, at + 2, count * 3)
    if unit == "months" and _all_so_far(line, i, at + 2, count):
        return Mention(i, at + 2, "period", line.calendar.to_date())
    if unit == "months" and at == i and count in (6, 9) and _of_amount(line, i):
        return _months_of(line, i, at + 2, count)
    if unit == "months" and at > i and line.low(i) not in ("first", "opening") and count <= 12:
        return _latest_months(line, i, at + 2, count)
    if unit == "mfy" and (year := line.word(at + 2).text).isdecimal() and len(year) == 2:
        return role(line, i, at + 3, line.calendar.fiscal_span(1999 + int(year), 1, count))  # 4MFY26
    if _names_months(line, i, at) and 1 <= count <= 12:
        return _months_of(line, i, at + 2, count)
    return None


def _first_month(line: Line, i: int) -> Mention | None:
    """The first month of the new fiscal year, of 2025 or of the year."""
    if mention := months_of(line, i, i + 2, 1):
        return mention
    year, after = line.year_after(i + 2)
    if year is None and after == i + 2:
        return None
    year = year or int(line.calendar.latest[:4])
    return role(line, i, after, month_of(f"{year}-01"))


def _decade(line: Line, i: int, at: int) -> Mention | None:
    """The past decade."""
    return _past_years(line, i, at - 1, 10) if at > i and line.low(at) == "decade" else None


def _years_to(line: Line, i: int, at: int, count: int) -> Mention | None:
    """The five years to 2023: as many years, the last of them named."""
    last = line.year(at + 3) if line.low(at + 1) == "years" and line.low(at + 2) in _ENDS else 0
    if not last or count < 2 or last > line.calendar.today.year:
        return None
    return Mention(i, at + 4, "period", Span(f"{last - count + 1}-01", f"{last}-12", "years"), "again")


def _past_years(line: Line, i: int, at: int, count: int) -> Mention | None:
    """The last ten years, of which something is the sum or the growth."""
    led = line.low(i - 1) in ("the", "these") and line.low(i - 2) in ("in", "over", "during", "for")
    if line.low(at + 1) not in ("years", "decade") or line.low(i) not in ("last", "past") or not led or count < 2:
        return None
    if EXTREMES & set(line.lows[max(0, i - 8) : i]):
        return Mention(i, at + 2, "skip")
    last = int(line.calendar.latest[:4]) - (line.calendar.latest[5:] != "12")
    return Mention(i, at + 2, "period", Span(f"{last - count + 1}-01", f"{last}-12", "years"), "again")


def _latest_months(line: Line, i: int, after: int, count: int) -> Mention | None:
    """The last ten months, where they are those of the year or fiscal year so far; the last twelve."""
    if line.low(i) == "last" and line.low(after) == "of" and (year := line.year(after + 1)):
        first, last = (13 - count, 12) if f"{year}-12" <= line.calendar.this else (1, count)
        return Mention(i, after + 2, "period", from_to(f"{year}-{first:02d}", f"{year}-{last:02d}"))
    latest, opens = line.calendar.latest, line.low(i - 1) in ("the", "these", "in", "over")
    span = from_to(periods.later(latest, 1 - count), latest, line.calendar.reporter)
    near = set(line.lows[max(0, i - 40) : i + 40])
    summed = count in (3, 6) and bool(_SUMMED & near) and not _RUNS & near
    named = span.kind in ("ytd", "fiscal_ytd") or count == 12 or line.low(i) == "latest" or summed
    told = opens and named and line.low(after) not in _ENDS
    return Mention(i, after, "period", span, note="12 months" if count == 12 else "") if told else None


def _of_extreme(line: Line, i: int) -> bool:
    """Whether a stretch only says how long there was no such figure (`the first fall in eight months`)."""
    return line.low(i - 1) in ("in", "for", "over") and bool(EXTREMES & set(line.lows[max(0, i - 7) : i - 1]))


def _year_to(line: Line, i: int) -> Mention | None:
    """The year to May: the months to it or, after `in the`, that month on a year."""
    at = i + 2
    if line.low(at) == "end":
        at += 2 if line.low(at + 1) in ("-", "of") else 1  # the year to end-April
    number = line.month(at)
    if not number:
        return None
    month = line.calendar.month(number, None)
    if line.calendar.fiscal and number == (line.calendar.fiscal - 2) % 12 + 1:
        whole = line.calendar.fiscal_span(line.calendar.fiscal_begins(month), 1, 12)
        return Mention(i, at + 1, "period", whole)
    if line.lows[max(0, i - 2) : i] == ["in", "the"]:
        return Mention(i, at + 1, "period", month_of(month))
    return Mention(i, at + 1, "period", Span(f"{month[:4]}-01", month, "ytd"), note="the year to the month")


def _first_days(line: Line, i: int, at: int, count: int) -> Mention:
    """The first 20 days, of the month named after token `at` or of the one that runs."""
    after = at + (line.low(at) == "of")
    month, last = line.calendar.this, at
    if number := line.month(after):
        year, last = line.year_after(after + 1)
        month = line.calendar.month(number, year)
    elif phrase(line.lows, after, ("this month", "the month")):
        last = after + 2
    return Mention(i, last, "period", month_of(month), note=f"first {count} {line.low(at - 1)}")


def _all_so_far(line: Line, i: int, after: int, count: int) -> bool:
    """Whether as many months are counted as are out this year (`over the seven months`, said in August)."""
    back = line.lows[max(0, i - 2) : i]
    if back[-1:] == ["first"] or not {"over", "in", "for", "during", "course"} & set(back):
        return False
    ends = line.low(after) in _ENDS and line.word(after + 1).kind == "w"  # not `to $70 billion`
    return int(line.calendar.latest[5:]) == count and not ends and line.low(after) not in ("of", "until")


def _of_amount(line: Line, i: int) -> bool:
    """Whether months say over which an amount was summed (`at $59.5 billion for nine months`)."""
    return line.low(i - 1) in ("for", "in", "over") and line.low(i - 2) in _SCALES


def _names_months(line: Line, i: int, at: int) -> bool:
    """Whether a count of months at token `at` names some of a year, not only how many they are."""
    unit = line.words[at + 1]
    if unit.low not in ("months", "month", "m") or line.low(i) in ("last", "past"):
        return False
    if unit.low == "m":
        return not unit.gap and unit.text.isupper()
    after = line.low(at + 2)
    of_year = after == "of" and bool(line.year(at + 3) or line.low(at + 3) in _YEARS)
    fiscal = line.calendar.fiscal_begins(line.calendar.latest) if line.calendar.fiscal else 0
    known = {int(line.calendar.latest[5:])}
    if fiscal:
        known.add(len(periods.each(f"{line.calendar.fiscal_span(fiscal, 1, 1).first}:{line.calendar.latest}")))
    ending = after == "period" and line.low(at + 3) in _ENDS
    dashed = unit.glue and (i == 0 or line.low(i - 1) in ("the", "in", "this", "'s", "its"))
    dashed = dashed and (line.count(at) in known or ending)
    told = after == "period" and line.low(i - 1) in ("the", "this") and line.count(at) in known
    return at > i or of_year or after in _ENDS or dashed or told


def _months_of(line: Line, i: int, at: int, count: int) -> Mention | None:
    """As many months as are counted, of the year that tokens from `at` on name."""
    calendar, leads = line.calendar, line.low(i) in ("first", "opening")
    dated = any(line.month(k) for k in range(at + 2, at + 6))
    at += line.low(at) == "period" and line.low(at + 1) in _ENDS and dated
    if line.low(at) in _ENDS:
        if mention := _months_to(line, i, at, count):
            return mention
        if line.low(at) != "to" or not leads:
            return None
    at += line.low(at) == "period"
    if line.low(at) == "(" and (number := line.month(at + 1)):  # the first four months (July-October)
        last = calendar.month((number + count - 2) % 12 + 1, None)
        closes = next((k + 1 for k in range(at, min(at + 8, len(line.lows))) if line.lows[k] == ")"), at)
        first = periods.later(last, 1 - count)
        fiscal = calendar.fiscal == number
        if line.low(closes) in ("of", "in") and (named := year_at(line, closes)):
            closes = named.after
        return Mention(
            i, closes, "period", Span(first, last, "fiscal_ytd") if fiscal else from_to(first, last, calendar.reporter)
        )
    if mention := months_of(line, i, at, count):
        return mention
    year, after = line.year_after(at)
    if year is None and calendar.reporter == "IND" and not leads:
        return role(line, i, after, calendar.fiscal_span(calendar.fiscal_begins(calendar.latest), 1, count))
    if year is None:
        year = int(calendar.latest[:4])
        year -= f"{year}-{count:02d}" > calendar.this
    kind = "year" if count == 12 else "ytd" if count > 1 else "month"
    return role(line, i, after, Span(f"{year}-01", f"{year}-{count:02d}", kind))


def _months_to(line: Line, i: int, at: int, count: int) -> Mention | None:
    """The twelve months to November; the three months ended in June."""
    named = at + 1
    while line.low(named) in ("in", "the", "end", "of", "mid", "on") and named < at + 5:
        named += 1
    number = line.month(named)
    if not number:
        return None
    year, after = line.year_after(named + 1)
    last = line.calendar.month(number, year)
    first = periods.later(last, 1 - count)
    if first[:4] != last[:4] and not line.calendar.fiscal and count == int(line.calendar.latest[5:]) != 12:
        return Mention(i, after, "period", line.calendar.to_date())  # nine months ended August: those since January
    note = "" if first[5:] == "01" or count < 12 else f"{count} months"
    mention = role(line, i, after, from_to(first, last, line.calendar.reporter))
    return replace(mention, note=note) if mention.role == "period" else mention


def part_of_year(line: Line, i: int) -> Mention | None:
    """The first half; the third quarter of 2025; Q3 2025; H1; 3Q25."""
    calendar = line.calendar
    if line.low(i) == "quarter":
        return _the_quarter(line, i)
    if line.low(i) == "half":
        return _the_half_year(line, i)
    number, unit, at = _numbered(line, i)
    if not unit or unit == "h" and number > 2:
        return None
    digits = line.word(at)
    if line.words[i].kind == "n" and digits.kind == "n" and not digits.gap and len(digits.text) == 2:
        return role(line, i, at + 1, part_of(2000 + int(digits.text), unit, number))
    if unit == "h" and line.low(at) in ("of", "in") and (month := line.month(at + 1)):  # the first half of November
        told, after = line.year_after(at + 2 + line.dotted(at + 1))
        return Mention(i, after, "period", month_of(calendar.month(month, told)), note=HALF_MONTH)
    told, after = line.year_after(at)
    span = part_of(told or calendar.today.year, unit, number)
    early = unit == "h" and calendar.today.month <= 3 and span.last > calendar.this
    if told is None and (span.first > calendar.this or early):
        span = part_of(calendar.today.year - 1, unit, number)
    return role(line, i, after, span)


def next_part(line: Line, i: int, before: Mention) -> Mention | None:
    """A quarter or half told without its noun after one with it (`in the first quarter, 11 trillion in the second`)."""
    span, number = before.span, ORDINALS.get(line.low(i))
    if not number or span is None or span.kind not in ("quarter", "half") or line.low(i - 1) != "the":
        return None
    if line.low(i + 1) not in _PART_ENDS:
        return None
    return Mention(i, i + 1, "period", part_of(int(span.last[:4]), span.kind[0], number))


def _the_quarter(line: Line, i: int) -> Mention | None:
    """`For the quarter`, told of the one that ends with the latest month."""
    latest = line.calendar.latest
    of_it = line.low(i - 1) == "the" and line.low(i - 2) in ("for", "in", "over", "during")
    if not of_it or int(latest[5:]) % 3 or line.low(i + 1) in ("of", "to"):
        return None
    return Mention(i, i + 1, "period", Span(periods.later(latest, -2), latest, "quarter"), "again")


def _the_half_year(line: Line, i: int) -> Mention | None:
    """`For the half-year`, told of the one that ends with the latest month."""
    latest = line.calendar.latest
    of_it = line.low(i - 1) == "the" and line.low(i - 2) in ("for", "in", "over", "during")
    at = i + 1 + (line.low(i + 1) == "-")
    if not of_it or int(latest[5:]) % 6 or line.low(at) != "year" or line.low(at + 1) in ("of", "to"):
        return None
    return Mention(i, at + 1, "period", Span(periods.later(latest, -5), latest, "half"), "again")


def _numbered(line: Line, i: int) -> tuple[int, str, int]:
    """Number and unit (`h`, `q`) of a part of a year, and the token after it; no unit where it is none."""
    low, word, following = line.low(i), line.words[i], line.word(i + 1)
    number = ORDINALS.get(low) or (4 if low in _LAST_PART else 0)
    if number and following.low in ("half", "quarter"):
        if low == "last" and following.low == "quarter" and not line.year_after(i + 2)[0]:
            number = (int(line.calendar.latest[5:]) - 1) // 3 + 1
        return number, following.low[0], i + 2
    letter, digit = (word, following) if low in ("q", "h") else (following, word)
    whole = letter.low in ("q", "h") and letter.text.isupper() and not following.gap
    if whole and digit.text in ("1", "2", "3", "4"):
        return int(digit.text), letter.low, i + 2
    return 0, "", i
