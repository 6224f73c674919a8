"""Months, years and the spans between: what people type, a year earlier, January to a month, in words.

A period is text: the last month of the span (`2025-11`) or the year (`2025`). The span says what it covers: `month`,
`ytd` (January to the period) or `year`. Text of this form sorts in time order.
"""

import re
from collections.abc import Iterator

from entrepot.errors import WrongUsage

SPANS = ("month", "ytd", "year")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NUMBER = {name[:n].casefold(): i for i, name in enumerate(MONTHS, 1) for n in {3, len(name)}} | {"sept": 9}
_EXPECTED = "a month (2025-11, 2025m11, november 2025), a year (2025) or a range (2024-01:2025-11) is expected"

_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_MONTH = (
    re.compile(r"(?P<y>(?:19|20)\d\d)\s*[-/.mM年]\s*(?P<m>\d{1,2})月?"),
    re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)"),
    re.compile(r"(?P<m>\d{1,2})\s*[-/]\s*(?P<y>(?:19|20)\d\d)"),
    re.compile(r"(?P<n>[a-z]+)\.?[\s,-]*(?P<y>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(r"(?P<y>(?:19|20)\d\d)[\s,-]*(?P<n>[a-z]+)\.?", re.IGNORECASE),
)
_QUARTER = re.compile(
    r"(?P<y>(?:19|20)\d\d)[\s,-]*q(?P<q>[1-4])|q(?P<p>[1-4])[\s,-]*(?P<x>(?:19|20)\d\d)", re.IGNORECASE
)


def period(words: object) -> str:
    """Read one month or year as people type it, as `2025-11` or `2025`; a date is its month.

    >>> period("november 2025"), period("2025m11"), period("2025年11月"), period("2025")
    ('2025-11', '2025-11', '2025-11', '2025')

    Raises
    ------
    WrongUsage
        If `words` is no month and no year; the message shows the forms that are read.
    """
    text = _typed(words)
    if match := _YEAR.fullmatch(text):
        return match[1]
    for form in _MONTH:
        if match := form.fullmatch(text):
            parts = match.groupdict()
            number = int(parts["m"]) if "m" in parts else _NUMBER.get(parts["n"].casefold(), 0)
            if 1 <= number <= 12:
                return f"{parts['y']}-{number:02d}"
    if match := _QUARTER.fullmatch(text):
        year, quarter = match["y"] or match["x"], int(match["q"] or match["p"])
        months = f"{year}-{3 * quarter - 2:02d}:{year}-{3 * quarter:02d}"
        raise WrongUsage(f"{words!r} is a quarter, and periods are months and years. Ask for its months: {months}.")
    raise WrongUsage(f"{words!r} is no period; {_EXPECTED}.")


def _typed(words: object) -> str:
    year, month = getattr(words, "year", None), getattr(words, "month", None)
    return str(words).strip() if year is None or month is None else f"{year}-{month:02d}"


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
    begin = period(first)
    end = period(last) if colon else begin
    if len(begin) != len(end):
        raise WrongUsage(f"The range {words!r} mixes a month and a year; {_EXPECTED}.")
    if end < begin:
        raise WrongUsage(f"The range {words!r} ends before it begins. Write the earlier period first: {end}:{begin}.")
    return begin, end


def each(words: str) -> list[str]:
    """Every period of a range in time order; one period is a list of itself.

    >>> each("2024-11:2025-02")
    ['2024-11', '2024-12', '2025-01', '2025-02']
    """
    begin, end = ends(words)
    return list(_between(begin, end))


def _between(begin: str, end: str) -> Iterator[str]:
    while begin <= end:
        yield begin
        begin = later(begin, 1)


def is_year(text: str) -> bool:
    """Whether a period is a year."""
    return len(text) == 4


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
