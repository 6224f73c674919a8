"""Periods told again by what they are: `that month`, `for the quarter`, `over the two months`, `over the year`."""

from collections.abc import Sequence
from dataclasses import dataclass

from entrepot import periods
from entrepot.claims.line import Line
from entrepot.claims.replacing import replace
from entrepot.claims.spans import Mention, Span, from_to, month_of, part_of
from entrepot.claims.words import one_of

_LEADS = one_of("in for during over of throughout")
_UNITS = one_of("month quarter half year")
_GOES_ON = one_of("of to ended ending earlier before ago previously prior through until till")
_SUMMED = one_of("accumulated cumulative cumulatively")
_WINDOWS = one_of("period trend stretch window total sum tally")
_STRETCHES = one_of("months month")
_OPENS = one_of(", ; : - – — and while but with that said as")
_AHEAD = one_of("following next subsequent")
_ONE = one_of("a one 1")


@dataclass(frozen=True, slots=True)
class Told:
    """Periods that a passage has told: spoken of, named last, before these, first of all; and the latest month out."""

    now: Span
    last: Span
    recent: tuple[Span, ...]
    opening: Span
    latest: str


def recalled(line: Line, i: int) -> Mention | None:
    """A mention at token i of a period that was told before; `against` says which kind."""
    if (later := _later(line, i)) is not None:
        return later
    if line.low(i) == "that" and line.low(i + 1) in _UNITS and line.low(i + 2) not in _GOES_ON:
        return Mention(i, i + 2, "again", None, f"that {line.low(i + 1)}")
    if (
        (count := line.count(i))
        and line.low(i + 1) == "month"
        and line.word(i + 1).glue
        and line.low(i + 2) in _WINDOWS
    ):
        return Mention(i, i + 3, "again", None, str(count))
    opens = i < 4 or line.low(i - 2) in _OPENS
    if line.low(i) in _UNITS and line.low(i - 1) == "the" and line.low(i + 1) == "'s" and opens:
        return _owner(line, i)
    if line.low(i) == "half" and line.low(i + 1) == "year" and line.word(i + 1).glue and i == 0:
        return Mention(i, i + 2, "again", None, "half")  # half-year exports to Japan
    if line.low(i - 1) not in ("the", "those", "these") or line.low(i - 2) not in _LEADS:
        return None
    low, after, count = line.low(i), line.low(i + 1), line.count(i)
    if low == "half" and after == "year" and line.word(i + 1).glue or low == "half" and _ends_phrase(line, i):
        return Mention(i, i + 1 + (after == "year"), "again", None, "half")
    if low == "year" and _SUMMED & set(line.lows[max(0, i - 8) : i]):
        return Mention(i, i + 1, "period", line.calendar.to_date())
    if [line.low(i - 2), low] == ["over", "year"] and after not in ("to", "as"):
        return Mention(i - 2, i + 1, "again", None, "over year")
    to_amount = after == "to" and not line.month(i + 2)  # leapt 42 % in the month to $358 million
    if low in _UNITS and line.low(i - 1) == "the" and (to_amount or after not in _GOES_ON | {"as"}):
        return Mention(i, i + 1, "again", None, low)
    if count and 1 < count <= 12 and after in _STRETCHES and line.low(i + 2) not in _GOES_ON:
        return Mention(i, i + 2, "again", None, str(count))
    if count and 1 < count <= 12 and line.word(i).kind == "w" and not after.isalpha():
        return Mention(i, i + 1, "again", None, str(count))  # 9,000 in the month and 32,000 in the four
    return None


def _owner(line: Line, i: int) -> Mention:
    """The year's imports, the month's surplus: a year that has ended with the latest month, else what was told."""
    latest, fiscal = line.calendar.latest, line.calendar.fiscal
    if line.low(i) == "year" and fiscal and int(latest[5:]) == fiscal - 1:
        return Mention(i, i + 1, "period", line.calendar.fiscal_span(line.calendar.fiscal_begins(latest), 1, 12))
    return Mention(i, i + 1, "again", None, line.low(i))


def _later(line: Line, i: int) -> Mention | None:
    """The following year, a year later, the month after: counted on from the period told before."""
    low, unit, after = line.low(i), line.low(i + 1), line.low(i + 2)
    if low in _UNITS and unit == "after" and _ends_phrase(line, i):
        return Mention(i, i + 2, "again", None, "+1" if low == "month" else "+12")
    if low in _AHEAD and unit in ("fiscal", "financial") and line.low(i - 1) == "the":
        return Mention(i, i + 2 + (after == "year"), "again", None, "+12")
    if unit not in ("month", "year"):
        return None
    told = low in _AHEAD and line.low(i - 1) == "the" and after not in _GOES_ON
    if not told and not (low in _ONE and after == "later"):
        return None
    return Mention(i, i + 2 + (not told), "again", None, "+1" if unit == "month" else "+12")


def _ends_phrase(line: Line, i: int) -> bool:
    """Whether `year after` or `half` at token i ends a phrase (`and fell by 4 % the year after`)."""
    at = i + 1 if line.low(i) == "half" else i + 2
    ends = not line.low(at).isalpha() or line.low(at) in ("that", "and", "to", "but")
    return line.low(i - 1) == "the" and line.low(i) in ("year", "month", "half") and ends


def resolved(mentions: Sequence[Mention], told: Told) -> list[Mention]:
    """The mentions of a sentence with the periods that it only points back to."""
    found: list[Mention] = []
    for mention in mentions:
        if mention.role == "again":
            span = _span(mention.against, found, told)
            lasting = mention.against.isdigit() or mention.first <= 3 or mention.against in ("year", "half")
            against = "" if lasting else "again"
            role = "period" if span else "base" if mention.against == "over year" else "skip"
            note = "12 months" if mention.against == "12" and span and span.kind == "range" else mention.note
            mention = replace(mention, role=role, span=span, against="yoy" if role == "base" else against, note=note)
        elif mention.role == "period" and mention.span and told.opening.kind == "fiscal_ytd":
            mention = replace(mention, span=_fiscal(mention, mention.span, told.opening))
        span = mention.span
        if span and mention.loose and span.kind == "ytd" and span.first <= told.opening.first > span.last:
            last = told.opening.last
            mention = replace(mention, span=from_to(f"{last[:4]}-01", last))  # so far, in a story on days or weeks
        elif (
            span and mention.against == "again" and span.kind == "range" and span.first < told.opening.last < span.last
        ):
            mention = replace(mention, span=replace(span, last=told.opening.last))  # since the start of 2020
        found.append(mention)
    return found


def _fiscal(mention: Mention, span: Span, opening: Span) -> Span:
    """The half or year that a story on a fiscal one means by `the first half` or `annual exports`."""
    size = len(periods.each(f"{opening.first}:{opening.last}"))
    half = span.kind == "half" and size == 6 and span.first < opening.first <= span.last
    return opening if half or mention.loose and span.kind in ("year", "ytd") and size == 12 else span


def _span(what: str, before: Sequence[Mention], told: Told) -> Span | None:
    """The span that is told again; None where none of its kind was told."""
    if what.startswith("+"):
        return _ahead(int(what), [m.span for m in before if m.span], told)
    which, _, unit = what.rpartition(" ")
    which = which.removeprefix("over")
    named = [m.span for m in before if m.span]
    if unit.isdecimal():
        spans = (*named[::-1], told.now, *told.recent[::-1])
        same = next((s for s in spans if s.last and len(periods.each(f"{s.first}:{s.last}")) == int(unit)), None)
        end = told.opening if told.opening.kind == "month" else told.now
        windowed = same is None and unit in ("3", "6", "12") and end.kind == "month"
        return from_to(periods.later(end.last, 1 - int(unit)), end.last) if windowed else same
    if which:
        spans = (*named[::-1], told.last, told.now)
        return next((s for s in spans if _is_of(s, unit)), None)
    if unit == "month":
        month = next((s for s in (told.now, *named, told.opening) if s.kind == "month"), None)
        return month or (month_of(told.now.last) if told.now.last else None)
    spans = (*named[::-1], told.now, *told.recent[::-1], told.opening)
    return next((s for s in spans if _is_of(s, unit)), _ended(unit, told.latest))


def _is_of(span: Span, unit: str) -> bool:
    """Whether a span is a quarter, half or year, as it is called or by its months (`April-June`)."""
    if span.kind == unit or unit not in ("quarter", "half") or not span.last:
        return span.kind == unit
    size = 3 if unit == "quarter" else 6
    return int(span.last[5:]) % size == 0 and len(periods.each(f"{span.first}:{span.last}")) == size


def _ended(unit: str, latest: str) -> Span | None:
    """The half of a year that ends with the latest month out or the one after; None for none, and for other units."""
    month = int(latest[5:])
    return part_of(int(latest[:4]), "h", (month + 1) // 6) if unit == "half" and month % 6 in (0, 5) else None


def _ahead(months: int, named: Sequence[Span], told: Told) -> Span | None:
    """The period `months` after the one told last; None where it is not out, or no such period was told."""
    before = named[-1] if named else told.last
    kinds = ("month",) if months == 1 else ("month", "year", "quarter", "half", "ytd", "fiscal_ytd")
    if not before.last or before.kind not in kinds:
        return None
    span = before.earlier(-months)
    return span if span.last <= told.latest else None
