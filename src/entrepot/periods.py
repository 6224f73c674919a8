"""Months, years and the spans between: what people type, a year earlier, January to a month, in words.

A period is text: the last month of the span (`2025-11`) or the year (`2025`). The span says what it covers: `month`,
`ytd` (January to the period) or `year`. Text of this form sorts in time order.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from entrepot.errors import WrongUsage

SPANS = ("month", "ytd", "year")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
ELSEWHERE = (  # German, Spanish, Portuguese, French; without accents
    "januar enero janeiro janvier", "februar febrero fevereiro fevrier", "marz maerz marzo marco mars",
    "abril avril", "mai mayo maio", "juni junio junho juin", "juli julio julho juillet", "agosto aout",
    "septiembre setiembre setembro septembre", "oktober octubre outubro octobre", "noviembre novembro novembre",
    "dezember diciembre dezembro decembre",
)  # fmt: skip
_NUMBER = {name[:n].casefold(): i for i, name in enumerate(MONTHS, 1) for n in {3, len(name)}} | {"sept": 9}
_NUMBER |= {name: i for i, names in enumerate(ELSEWHERE, 1) for name in names.split()}
_EXPECTED = "a month (2025-11, 2025m11, november 2025), a year (2025) or a range (2024-01:2025-11) is expected"

_Y = r"(?P<y>(?:19|20)\d\d)"
_YEAR = re.compile(r"((?:19|20)\d\d)[年년]?")
_MONTH = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_Y}\s*[-/.m年년]\s*(?P<m>\d{{1,2}})[月월]?",
        rf"{_Y}(?P<m>\d\d)",
        rf"(?P<m>\d{{1,2}})\s*[-/.]\s*{_Y}",
        rf"(?P<n>[a-z]+)\.?[\s,-]*(?:de )?{_Y}",
        rf"{_Y}[\s,-]*(?P<n>[a-z]+)\.?",
        rf"thang (?P<m>\d{{1,2}})(?: nam|[-/.,])? ?{_Y}",
    )
)
_D = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_DAY = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_Y}\s*[-/.年년]\s*(?P<m>\d{{1,2}})\s*[-/.月월]\s*{_D}[日일]?",
        rf"{_Y}(?P<m>\d\d)(?P<d>\d\d)",
        rf"(?:[a-z]+,? )?{_D}[.,]?[\s-]*(?:of |de )?(?P<n>[a-z]+)\.?,?[\s-]*(?:de )?{_Y}",
        rf"(?:[a-z]+\.?,? )?(?P<n>[a-z]+)\.?[\s-]*{_D},?[\s-]*{_Y}",
        rf"{_D}\.\s*(?P<m>\d{{1,2}})\.\s*{_Y}",
    )
)
_EITHER = re.compile(r"(\d{1,2})\s*[-/]\s*(\d{1,2})\s*[-/]\s*((?:19|20)\d\d)")
_PART = r"(?P<k>[1-4]|first|second|third|fourth)"
_PARTS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_Y}[\s,-]*(?P<w>[qh]){_PART}",
        rf"(?P<w>[qh]){_PART}[\s,-]*{_Y}",
        rf"{_PART}(?P<w>[qh])[\s,-]*{_Y}",
        rf"{_PART} (?P<w>quarter|half)(?: of)? {_Y}",
    )
)
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def period(words: object) -> str:
    """Read one month or year as people type it, as `2025-11` or `2025`; a date is its month.

    >>> period("november 2025"), period("2025m11"), period("2025年11月"), period("11.2025"), period("2025")
    ('2025-11', '2025-11', '2025-11', '2025-11', '2025')

    Raises
    ------
    WrongUsage
        If `words` is no month and no year; the message shows the forms that are read.
    """
    text = _typed(words)
    if match := _YEAR.fullmatch(text):
        return match[1]
    for form in _MONTH:
        if (match := form.fullmatch(text)) and 1 <= (number := _month(match.groupdict())) <= 12:
            return f"{match['y']}-{number:02d}"
    for form in _PARTS:
        if match := form.fullmatch(text):
            _refuse_part(words, match["w"][0].casefold(), match["k"].casefold(), match["y"])
    _refuse_other(words, text)
    raise WrongUsage(f"{words!r} is no period; {_EXPECTED}.")


def _refuse_other(words: object, text: str) -> None:
    """Refuse a range, a day, a range with another sign than the colon, or a year far off, with what to ask instead."""
    begin, colon, end = text.partition(":")
    if colon and _YEAR.fullmatch(begin[:4]) and (last := _read(end)):
        raise WrongUsage(f"{words!r} is a range, and one month or one year is expected here. Ask for: {last}.")
    if any(form.fullmatch(text) for form in _DAY) and (month := _month_of(text)):
        raise WrongUsage(f"{words!r} is a day, and periods are months and years. Ask for its month: {month}.")
    if re.fullmatch(r"\d{4}(-\d{2})?", text) and not text.startswith(("19", "20")):
        raise WrongUsage(f"{words!r} lies outside 1900 to 2099; {_EXPECTED}.")
    if match := re.fullmatch(r"([a-z]+)\.?(?:\s*[-–—]\s*|\s+to\s+)([a-z]+)\.?\s+((?:19|20)\d\d)", text, re.IGNORECASE):
        one, other = (_NUMBER.get(match[n].casefold(), 0) for n in (1, 2))
        if 0 < one < other:
            whole = f", or for their sum: --period {match[3]}-{other:02d} --span ytd" if one == 1 else ""
            months = f"{match[3]}-{one:02d}:{match[3]}-{other:02d}"
            raise WrongUsage(f"{words!r} is a range of months. Ask for: {months}{whole}.")
    parts = re.split(r"\s*(?:\.{2,3}|[–—]| to | until |(?<=\d)-(?=\d{4}))\s*", text, maxsplit=1)
    if len(parts) == 2:
        first, last = map(_read, parts)
        if first and last and len(first) == len(last):
            raise WrongUsage(f"{words!r} is a range, and a range has a colon. Ask for: {first}:{last}.")


def _read(text: str) -> str:
    """Month or year of a part of a range, empty if it is none."""
    try:
        return period(text)
    except WrongUsage:
        return ""


def _month_of(text: str) -> str:
    """Month of a day that is written out, empty if it is none."""
    try:
        return day(text).isoformat()[:7]
    except WrongUsage:
        return ""


def _month(parts: dict[str, str | None]) -> int:
    """Number of the month that a match names, 0 if its word is none."""
    if (number := parts.get("m")) is not None:
        return int(number)
    return _NUMBER.get(str(parts["n"]).casefold(), 0)


def _refuse_part(words: object, kind: str, which: str, year: str) -> None:
    """Refuse a quarter or half with what to ask for instead; what is neither (a third half) is left to the caller."""
    length, name = (3, "a quarter") if kind == "q" else (6, "half a year")
    last = length * (_ORDER.get(which) or int(which))
    if last > 12:
        return
    months = f"{year}-{last - length + 1:02d}:{year}-{last:02d}"
    whole = f", or for their sum: --period {year}-{last:02d} --span ytd" if last == length else ""
    raise WrongUsage(f"{words!r} is {name}, and periods are months and years. Ask for its months: {months}{whole}.")


def day(words: object) -> date:
    """Read one day as people type it: `2025-12-08`, `8 December 2025`, `Dec 8, 2025`, `08.12.2025`, `8. Dezember 2025`.

    A date with points has the day first. One with slashes is read only where it can mean one day.

    >>> day("8 December 2025") == day("Dec 8, 2025") == day("08.12.2025") == day("12/8/2025") == date(2025, 12, 8)
    Traceback (most recent call last):
    entrepot.errors.WrongUsage: '12/8/2025' may be 2025-08-12 or 2025-12-08; write the one that is meant.

    Raises
    ------
    WrongUsage
        If `words` is no day, or may be two.
    """
    if isinstance(words, date):
        return date(words.year, words.month, words.day)
    text = _folded(words)
    for form in _DAY:
        if (match := form.fullmatch(text)) and (found := _dated(match["y"], _month(match.groupdict()), match["d"])):
            return found
    if match := _EITHER.fullmatch(text):
        first, second, year = match.groups()
        read = (_dated(year, int(second), first), _dated(year, int(first), second))
        either = {found for found in read if found is not None}
        if len(either) == 1:
            return either.pop()
        if either:
            raise WrongUsage(f"{words!r} may be {' or '.join(sorted(map(str, either)))}; write the one that is meant.")
    raise WrongUsage(f"{words!r} is no day; a day like 2025-12-08, 8 December 2025 or 08.12.2025 is expected.")


def _dated(year: str, month: int, number: str) -> date | None:
    try:
        return date(int(year), month, int(number))
    except ValueError:
        return None


def _folded(words: object) -> str:
    """Text without accents at its letters and without space around it."""
    plain = unicodedata.normalize("NFKD", str(words).strip())
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))


def _typed(words: object) -> str:
    year, month = getattr(words, "year", None), getattr(words, "month", None)
    return _folded(words) if year is None or month is None else f"{year}-{month:02d}"


def ends(words: object) -> tuple[str, str]:
    """First and last period of what people type: one period gives it twice, a range `FIRST:LAST` both ends.

    >>> ends("2024-01:2025-11"), ends("nov 2025")
    (('2024-01', '2025-11'), ('2025-11', '2025-11'))

    Raises
    ------
    WrongUsage
        If an end is no period, the ends mix months and years, or the last comes before the first.
    """
    first, colon, last = _typed(words).partition(":")
    if colon and not (first.strip() and last.strip()):
        raise WrongUsage(f"The range {words!r} has one end; {_EXPECTED}.")
    begin = period(first)
    end = period(last) if colon else begin
    if len(begin) != len(end):
        begin, end = (begin + "-01" if is_year(begin) else begin), (end + "-12" if is_year(end) else end)
        raise WrongUsage(f"The range {words!r} mixes a month and a year. Ask for both in months: {begin}:{end}.")
    if end < begin:
        raise WrongUsage(f"The range {words!r} ends before it begins. Write the earlier period first: {end}:{begin}.")
    return begin, end


def each(words: str) -> list[str]:
    """Every period of a range in time order; one period is a list of itself.

    >>> each("2024-11:2025-02")
    ['2024-11', '2024-12', '2025-01', '2025-02']
    """
    return [*_each(words)]


@lru_cache(maxsize=4096)
def _each(words: str) -> tuple[str, ...]:
    return tuple(_between(*ends(words)))


def _between(begin: str, end: str) -> Iterator[str]:
    while begin <= end:
        yield begin
        begin = later(begin, 1)


def is_year(text: str) -> bool:
    """Whether a period is a year."""
    return len(text) == 4


def ahead(text: str, today: date | None = None) -> bool:
    """Whether a month or year has not begun on a day (today).

    >>> ahead("2025-12", date(2025, 11, 30)), ahead("2025-11", date(2025, 11, 1)), ahead("2026", date(2025, 11, 1))
    (True, False, True)
    """
    return text > (today or date.today()).isoformat()[: len(text)]


def later(text: str, steps: int) -> str:
    """Move a period by `steps` of its own kind, months or years; negative goes back.

    >>> later("2025-11", 2), later("2025-01", -1), later("2025", -1)
    ('2026-01', '2024-12', '2024')
    """
    if is_year(text):
        return f"{int(text) + steps:04d}"
    year, month = divmod(int(text[:4]) * 12 + int(text[5:]) - 1 + steps, 12)
    return f"{year:04d}-{month + 1:02d}"


def year_earlier(text: str, years: int = 1) -> str:
    """Return the same month or year, `years` before.

    >>> year_earlier("2025-11"), year_earlier("2025", 2)
    ('2024-11', '2023')
    """
    return f"{int(text[:4]) - years:04d}{text[4:]}"


def months(text: str, span: str) -> list[str]:
    """Every month that a period and span cover.

    >>> months("2025-03", "ytd"), months("2025-03", "month"), len(months("2025", "year"))
    (['2025-01', '2025-02', '2025-03'], ['2025-03'], 12)
    """
    if is_year(text) or span == "year":
        return each(f"{text[:4]}-01:{text[:4]}-12")
    return [text] if span == "month" else each(f"{text[:4]}-01:{text}")


def span_of(text: str, span: str | None = None) -> str:
    """Return the span of a question: as asked, else `year` for a year and `month` for a month.

    Raises
    ------
    WrongUsage
        If the span is not one of `month`, `ytd`, `year`, or does not go with the period.
    """
    natural = "year" if is_year(text) else "month"
    if span is None:
        return natural
    if span not in SPANS:
        raise WrongUsage(f"{span!r} is no span; one of {', '.join(SPANS)} is expected.")
    if (span == "year") != (natural == "year"):
        example = f"{text[:4]} --span year" if span == "year" else f"{text}-12 --span {span}"
        raise WrongUsage(f"The span {span} does not go with the period {text}. Ask for: --period {example}")
    return span


def in_words(text: str, span: str) -> str:
    """A period and span as people read them.

    >>> in_words("2025-11", "ytd"), in_words("2025-11", "month"), in_words("2025", "year"), in_words("2026-02", "ytd")
    ('January-November 2025', 'November 2025', '2025', 'January-February 2026')
    """
    if is_year(text):
        return text
    year, month = text[:4], MONTHS[int(text[5:]) - 1]
    return f"January-{month} {year}" if span == "ytd" and month != MONTHS[0] else f"{month} {year}"
