"""General Administration of Customs of China: the monthly releases and the bulletin, as the pages print them.

Read are the summary, the tables by country and by customs regime, and the goods tables, preliminary (USD million or
100 million, CNY 100 million) and bulletin (thousand USD), in English, and the Chinese sheets of the same tables. The
day printed on a page is the day of release. Month and January-to-month are kept as separate facts; the growth rate
stands where it was printed; a base that a release prints is kept as the revised figure of a year earlier.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urljoin

from entrepot import codes, periods
from entrepot.errors import BadTable, UnknownCode, WrongUsage
from entrepot.sources import Request, Source, markup
from entrepot.sources.facts import table
from entrepot.sources.goods import Good, good, quantity
from entrepot.sources.numbers import Printed, clean, printed

if TYPE_CHECKING:
    import pandas as pd

OFFICE = "General Administration of Customs of China"
HOST = "http://english.customs.gov.cn"
LICENCE = "official publications; figures with attribution"
PRELIMINARY = Source(
    "gacc-preliminary", OFFICE, "preliminary release of the month", f"{HOST}/statics/report/preliminary.html", LICENCE
)
BULLETIN = Source("gacc-bulletin", OFFICE, "monthly bulletin", f"{HOST}/statics/report/monthly.html", LICENCE)
SOURCES = (PRELIMINARY, BULLETIN)
FIRST_YEAR = 2018
LIST_BREAK = "2020-01"  # the goods lists before it name other goods

_UNITS = (
    (re.compile(r"CNY\s*100\s*Million|亿元人民币|人民币\s*亿元", re.I), ("CNY", 1e8)),
    (re.compile(r"(USD|US\$)\s*100\s*Million|亿美元", re.I), ("USD", 1e8)),
    (re.compile(r"(USD|US\$)\s*1?\s*Million|百万美元", re.I), ("USD", 1e6)),
    (re.compile(r"CNY\s*1?\s*Million", re.I), ("CNY", 1e6)),
    (re.compile(r"(USD|US\$)\s*1,?000|千美元", re.I), ("USD", 1e3)),
    (re.compile(r"CNY\s*10,?000|万元", re.I), ("CNY", 1e4)),
    (re.compile(r"亿元"), ("CNY", 1e8)),
)
_MONTHS = "|".join(name[:3] for name in periods.MONTHS)
_NAMED = re.compile(rf"({_MONTHS})[a-z]*\.?(?:\s*-\s*({_MONTHS})[a-z]*\.?)?[,\s]+(20\d\d)", re.I)
_DOTTED = re.compile(r"(?:\d{1,2}\s*-\s*)?(?<![\d.])?(\d{1,2})\s*\.\s*(20\d\d)")
_CHINESE = re.compile(r"(20\d\d)\s*年\s*(?:1\s*[至-]\s*)?(\d{1,2})\s*月")
_YTD = re.compile(r"1\s*-?\s*(?:to|至|-)\s*-?\s*\d{1,2}|累计", re.I)
_GROWTH = re.compile(r"year-on-year|percentage change|±|\+/-|同比|去年同期", re.I)
_MONTH_ON_MONTH = re.compile(r"month-on-month|环比", re.I)
_BOTH = re.compile(r"exports?\s*(&|and)\s*imports?|imports?\s*(&|and)\s*exports?|进出口", re.I)
_PARTNERS = {
    "regional comprehensive economic partnership": "RCEP",
    "rcep member countries": "RCEP",
    "united states(us)": "USA",
    "united kingdom(uk)": "GBR",
    "共建“一带一路”国家和地区": "BRI",
}


class Head(NamedTuple):
    """What a page says of its table: its kind, flow of goods, period, currency, unit and source."""

    kind: str
    flow: str
    period: str
    currency: str
    unit: float
    source: Source


class Column(NamedTuple):
    """What a column of figures holds: flow, span, measure (`value`, `quantity`, `growth` or its growth), years back."""

    flow: str
    span: str
    measure: str
    back: int


def ask(year: str | int, *, bulletin: bool = True) -> list[Request]:
    """Indexes of a year's releases; their links lead to the tables (`more`).

    Raises
    ------
    WrongUsage
        If the English site has no index of that year.
    """
    if int(year) < FIRST_YEAR:
        raise WrongUsage(f"The customs office lists its releases from {FIRST_YEAR}, not {year}. Ask for a later year.")
    kinds = {"preliminary": PRELIMINARY, "monthly": BULLETIN} if bulletin else {"preliminary": PRELIMINARY}
    return [
        Request(source, f"{HOST}/statics/report/{name}{year}.html", facts=(("year", str(year)),), role="index")
        for name, source in kinds.items()
    ]


def more(content: bytes, request: Request) -> list[Request]:
    """Requests for the tables that an index links to; a month that is not out has no link."""
    if request.role != "index":
        return []
    markup.read(content)  # refuses a page that ends inside its table
    if "<table" not in markup.decode(content).casefold():
        raise BadTable("The page is no index of releases: it holds no table of them. Look at the address.")
    wanted = dict(request.facts).get("month")
    found: dict[str, Request] = {}
    for title, month, href in index(content):
        if _kind(title) and (wanted is None or month == wanted):
            address = web_address(href, request.url)
            found.setdefault(address, Request(request.source, address))
    return list(found.values())


def index(content: bytes) -> Iterator[tuple[str, str, str]]:
    """Title of the row, month (`03`) and link of every table that an index page lists."""
    text = markup.decode(content)
    for row in re.findall(r"<tr\b.*?</tr>", text, re.S | re.I):
        title = clean(re.sub(r"<[^>]+>", " ", row.partition("</td>")[0]))
        for href, words in re.findall(r"<a\s+href=[\"']?([^\"'\s>]+)[\"']?[^>]*>(.*?)</a>", row, re.S | re.I):
            named = clean(re.sub(r"<[^>]+>", "", words)).rstrip(".")[:3].title()
            if named in (month[:3] for month in periods.MONTHS):
                yield title, periods.period(f"{named} 2000")[5:], href


def web_address(href: str, base: str) -> str:
    """Full address of a link as the office writes it: backslashes made slashes, Chinese words percent-encoded.

    >>> web_address("http://english.customs.gov.cn\\\\Excel\\\\1-en-美元.xls", "http://english.customs.gov.cn/")
    'http://english.customs.gov.cn/Excel/1-en-%E7%BE%8E%E5%85%83.xls'
    """
    return quote(urljoin(base, href.replace("\\", "/")), safe=":/?=&%")


def day(text: str) -> date:
    """Day printed on a page: year first, or month first on pages before about 2022; never day first.

    >>> day("2026/04/08"), day("08/23/2019")
    (datetime.date(2026, 4, 8), datetime.date(2019, 8, 23))

    Raises
    ------
    BadTable
        If it is neither.
    """
    if match := re.fullmatch(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})", text.strip()[:10]):
        return date(*(int(part) for part in match.groups()))
    if (match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())) and int(match[1]) <= 12:
        return date(int(match[3]), int(match[1]), int(match[2]))
    raise BadTable(f"The day of release {text!r} is neither year first (2026/04/08) nor month first (08/23/2019).")


def period(title: str) -> str:
    """Last month that a title names: `Mar 2026`, `January-February 2025`, `1-7.2026`, `2026年7月`.

    >>> period("by Country/Region, January-February 2025 (in CNY)"), period("(5) by Customs Regime, 11. 2019")
    ('2025-02', '2019-11')

    Raises
    ------
    BadTable
        If it names none.
    """
    if match := _NAMED.search(title):
        return periods.period(f"{match[2] or match[1]} {match[3]}")
    if match := _CHINESE.search(title):
        return periods.period(f"{match[1]}-{match[2]}")
    if match := _DOTTED.search(title.partition(")")[2] or title):
        return periods.period(f"{match[2]}-{match[1]}")
    raise BadTable(f"No month is named in the title {title!r}.")


def parse(content: bytes, *, seen: date, released: date | None = None) -> "pd.DataFrame":
    """Rows of the flows table that one page, sheet or text of the office holds.

    Parameters
    ----------
    content : bytes
        The page as received, a Chinese sheet (`.xls`), or a text copy of a regime table.
    seen : date
        Day we looked: the released date, `first seen`, of files that state none.
    released : date, optional
        Day of release, where it is known from the index.

    Raises
    ------
    BadTable
        If there is no table (a picture, a frame), title and unit disagree, a label or a unit is new, or a table was
        flattened to text so that its empty cells are lost.
    """
    title, stated, grid = _content(content)
    when = released or (day(stated) if stated else None)
    head = _head(title, grid, content)
    repairs: dict[str, int] = {}
    reader = {"regime": _regimes, "country": _countries, "goods": _goods, "summary": _summary}[head.kind]
    rows = [_plain(head) | row for row in reader(grid, head, repairs) if _holds(row)]
    return table(rows, head.source, released=when or seen, basis="stated" if when else "first seen", repairs=repairs)


def _content(content: bytes) -> tuple[str, str, Sequence[Sequence[str]]]:
    """Title, printed day and grid of a page, a sheet or a text."""
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        from entrepot.sources.sheets import excel97

        grid = excel97(content)
        title = next((clean(cell) for row in grid for cell in row if re.search(r"20\d\d", cell)), "")
        return title, "", grid
    if b"<" not in content[:400]:
        lines = [line for line in markup.decode(content).splitlines() if line.strip()]
        return clean(lines[0]), "", _flat(lines)
    page = markup.read(content)
    grids = [grid for grid in page.tables if len(grid) > 2 and any(re.search(r"\d[.,]\d", c) for r in grid for c in r)]
    if not grids:
        raise BadTable(
            f"The page {page.title!r} shows its table as a picture or in a frame: there is nothing to read. "
            "Read the English page or the spreadsheet that is linked there."
        )
    caption = page.spans[0]
    return page.title, page.day, [*([[caption]] if caption else []), *max(grids, key=len)]


def _kind(title: str) -> str:
    """Kind of table that a title names, by its words; numbers of tables drift."""
    words = title.casefold()
    if "country" in words or "国别" in words:
        return "country"
    if "selected commodities by major customs" in words:
        return "goods by regime"
    if "customs regime" in words or "贸易方式" in words or "trade mode" in words:
        return "regime"
    if re.search(r"major (ex|im)port|(出|进)口(重点|主要)商品", words):
        return "goods"
    return (
        "summary" if re.search(r"total (ex|im)port & (ex|im)port values\s*(,|\(in|$)|进出口商品总值表", words) else ""
    )


def _head(title: str, grid: Sequence[Sequence[str]], content: bytes) -> Head:
    kind = _kind(title)
    if kind == "goods by regime":
        raise BadTable(f"{title!r} was flattened to text: its empty cells are lost, so columns shift. Read the page.")
    if not kind:
        raise BadTable(f"{title!r} is no table that is read here: summary, by country, by regime or goods.")
    printed_unit = next((clean(c) for row in grid[:6] for c in row if re.search(r"unit\s*:|单位", clean(c), re.I)), "")
    found = next((said for form, said in _UNITS if form.search(printed_unit)), None)
    bulletin = not re.search(r"total export & import|china's major|重点|主要国别", title, re.I)
    if found is None and kind == "regime" and bulletin and not printed_unit:
        found = ("USD", 1e3)  # the bulletin's English tables are in thousand dollars; early 2023 leaves the line out
    if found is None:
        raise BadTable(f"The unit {printed_unit!r} of {title!r} is none that is known; the figures have no scale.")
    said = re.search(r"in (CNY|USD)|(人民币|美元)值", title)
    stated = {"人民币": "CNY", "美元": "USD"}.get(said[2] or "", said[1]) if said else None
    if stated and stated != found[0]:
        raise BadTable(
            f"The title says {stated} and the unit {printed_unit!r}: one of them is wrong. Not read: {title}"
        )
    flow = "M" if re.search(r"major import|进口(重点|主要)", title, re.I) else "X"
    return Head(kind, flow, period(title), *found, BULLETIN if bulletin else PRELIMINARY)


def _plain(head: Head) -> dict[str, Any]:
    return {"reporter": "CHN", "partner": codes.WORLD, "currency": head.currency, "classification": ""}


def _holds(row: Mapping[str, Any]) -> bool:
    return any(row.get(name) is not None for name in ("value", "growth", "quantity", "weight_kg"))


def _columns(grid: Sequence[Sequence[str]], head: Head) -> tuple[int, list[Column | None]]:
    """First row of figures, and what every column holds, read from all header rows above it."""
    first = next((y for y, row in enumerate(grid) if _body(row, head)), None)
    if first is None:
        raise BadTable(f"No row of figures is found in the table of {head.period}.")
    top = next((y for y in range(first) if _title_row(grid[y])), -1)
    headers = [row for row in grid[top + 1 : first] if not any(re.match(r"unit\s*:|单位", clean(c), re.I) for c in row)]
    texts = [clean(" ".join(dict.fromkeys(row[x] for row in headers))) for x in range(len(grid[first]))]
    spans = [_span(text) for text in texts]
    told = any(span == "ytd" and _GROWTH.search(text) for span, text in zip(spans, texts, strict=True))
    later = "ytd" if "ytd" in spans and not told else "month"  # the span of a growth rate whose header names none
    out = [_column(text, head, later, n) for n, text in enumerate(texts)]
    if head.kind == "summary":  # two growth columns without a span: the month first, then January to the month
        growths = [n for n, column in enumerate(out) if column and column.measure == "growth"]
        for n, span in zip(growths, ("month", "ytd") if len(growths) == 2 else (later,), strict=False):
            out[n] = out[n]._replace(span=span) if out[n] else None  # type: ignore[union-attr]
    return first, out


def _title_row(row: Sequence[str]) -> bool:
    return len({clean(cell) for cell in row if clean(cell)}) == 1 and bool(_kind(clean(max(row, key=len))))


def _body(row: Sequence[str], head: Head) -> bool:
    """Whether a row holds figures: a label, and only numbers or dashes after the label (and unit) columns."""
    label, rest = clean(row[0]), [clean(cell) for cell in row[2 if head.kind == "goods" else 1 :]]
    if not re.search(r"[A-Za-z\u4e00-\u9fff]", label) or not rest:
        return False
    numbers = sum(bool(re.fullmatch(r"-?[\d,]+(\.\d+)?", cell)) for cell in rest)
    plain = all(re.fullmatch(r"[-—–]|-?[\d,]+(\.\d+)?|", cell) for cell in rest)
    return plain and numbers > 0 and not all(re.fullmatch(r"\d{1,2}|", cell) for cell in rest)


def _span(text: str) -> str | None:
    if _YTD.search(text):
        return "ytd"
    return "month" if re.search(r"(?<![\d,.])\d{1,2}(?![\d,.])|当月|月", text) else None


def _column(text: str, head: Head, later: str, n: int) -> Column | None:
    """What a header says; None for labels, units and month-on-month rates."""
    words = text.casefold()
    if n == 0 or _MONTH_ON_MONTH.search(text) or re.search(r"(quantity )?unit$|计量单位|^commodity", words):
        return None
    growth = bool(_GROWTH.search(text))
    span = _span(text) or (later if growth else None)
    if head.kind == "goods":
        amount = "quantity" if re.search(r"quantity|数量", words) else "value"
        flow, measure = (
            head.flow,
            "quantity growth" if growth and amount == "quantity" else "growth" if growth else amount,
        )
    else:
        both = bool(_BOTH.search(text))
        flow = (
            "T"
            if both
            else "X"
            if re.search(r"export|出口", words)
            else "M"
            if re.search(r"import|进口", words)
            else ""
        )
        measure = "growth" if growth else "value"
    year = re.search(r"(20\d\d)", text)
    back = int(head.period[:4]) - int(year[1]) if year and not growth else 0
    if span is None or (not flow and head.kind != "summary"):
        return None
    return Column(flow, span, measure, back)


def _figures(
    row: Sequence[str], columns: Sequence[Column | None], head: Head
) -> dict[tuple[str, str, int], dict[str, Any]]:
    """Figures of a row by flow, span and years back."""
    out: dict[tuple[str, str, int], dict[str, Any]] = {}
    for cell, column in zip(row, columns, strict=True):
        if column is None or (said := printed(cell)) is None:
            continue
        held = out.setdefault((column.flow, column.span, column.back), {})
        held.update(_measured(column.measure, said, head))
    return out


def _measured(measure: str, said: Printed, head: Head) -> dict[str, Any]:
    if measure == "value":
        return {"value": round(said.value * head.unit, 2), "half_width": said.half_width * head.unit}
    if measure == "growth":
        return {"growth": round(said.value / 100, 8), "growth_half_width": said.half_width / 100}
    return {"printed quantity": said} if measure == "quantity" else {}


def _when(head: Head, span: str, back: int) -> dict[str, str]:
    return {"period": periods.year_earlier(head.period, back) if back else head.period, "span": span}


def _summary(grid: Sequence[Sequence[str]], head: Head, repairs: dict[str, int]) -> Iterator[dict[str, Any]]:
    first, columns = _columns(grid, head)
    for row in grid[first:]:
        label = clean(row[0])
        if not (flow := _summary_flow(label)):
            continue
        for (_, span, back), figures in _figures(row, columns, head).items():
            yield {"flow": flow} | _when(head, span, back) | figures


def _summary_flow(label: str) -> str:
    if re.search(r"balance|差额|顺差", label, re.I):
        return "B"
    if _BOTH.search(label):
        return "T"
    return "X" if re.search(r"export|出口", label, re.I) else "M" if re.search(r"import|进口", label, re.I) else ""


def _countries(grid: Sequence[Sequence[str]], head: Head, repairs: dict[str, int]) -> Iterator[dict[str, Any]]:
    first, columns = _columns(grid, head)
    inside = parents(grid[first:])
    for row in grid[first:]:
        label = clean(row[0])
        if re.match(r"note|注", label, re.I) or not label:
            continue
        code = partner(label)
        group = inside.get(code)
        if group and code not in codes.members(group, head.period):
            raise BadTable(f"The page puts {label!r} inside {codes.name(group)}; our table of members does not.")
        for (flow, span, back), figures in _figures(row, columns, head).items():
            yield {"partner": code, "flow": flow} | _when(head, span, back) | figures


def partner(label: str) -> str:
    """Our code of a partner as the office's tables print it.

    >>> partner("of which: Germany"), partner("Hong Kong, China"), partner("Total"), partner("其中：越南")
    ('DEU', 'HKG', 'WLD', 'VNM')

    Raises
    ------
    BadTable
        If the spelling is new: the row is neither guessed nor dropped.
    """
    plain = re.sub(r"^(of which|其中)\s*:?\s*", "", clean(label), flags=re.I)
    key = re.sub(r"\s*\(\s*", "(", plain.casefold())
    try:
        return _PARTNERS.get(key) or codes.partner(plain)
    except UnknownCode as error:
        raise BadTable(f"The table prints a partner that is new to us. {error}") from error


def parents(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Group that stands above each indented partner: `of which` opens a block that ends where the indent falls back.

    Only the order of indents counts, for their sizes vary from block to block.
    """
    out: dict[str, str] = {}
    group, level = "", 0
    above, height = "", 0
    for row in rows:
        label, depth = clean(row[0]), markup.indent(row[0])
        if not label or re.match(r"note|注", label, re.I):
            continue
        if re.match(r"of which|其中", label, re.I):
            group, level = above, height
        elif group and depth <= level + 1:
            group = ""
        if group:
            if codes.kind(group) == "group":
                out[partner(label)] = group
        else:
            above, height = partner(label), depth
    return out


def _regimes(grid: Sequence[Sequence[str]], head: Head, repairs: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Pairs of rows: figures with a label, then growth rates, which have no label of their own."""
    first, columns = _columns(grid, head)
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    label = ""
    for row in grid[first:]:
        name = clean(row[0])
        if re.match(r"note|注", name, re.I):
            break
        rates = bool(label) and (name == label or not re.search(r"[A-Za-z\u4e00-\u9fff]", name))
        label = label if rates else name
        concept = "standard" if label.casefold() in ("total", "总值") else label.casefold()
        for cell, column in zip(row, columns, strict=True):
            if column is None or (said := printed(cell)) is None:
                continue
            held = rows.setdefault((concept, column.flow, column.span), {})
            held.update(_measured("growth" if rates else "value", said, head))
    for (concept, flow, span), figures in rows.items():
        yield {"flow": flow, "concept": concept} | _when(head, span, 0) | figures


def _flat(lines: Sequence[str]) -> list[list[str]]:
    """Grid of a regime table that was saved as text: every row ends in four figures or dashes, so nothing can shift."""
    rows: list[list[str]] = [[lines[0], "", "", "", ""]]
    for line in lines[1:]:
        cells = clean(line).split(" ")
        figures = cells[-4:]
        if len(cells) >= 4 and all(re.fullmatch(r"-|-?[\d,]+(\.\d+)?", cell) for cell in figures):
            rows.append([" ".join(cells[:-4]), *figures])
        elif re.search(r"unit\s*:", line, re.I):
            rows.append([line, "", "", "", ""])
    month = re.search(r"(\d{1,2})\s*\.\s*20\d\d", lines[0])
    number = month[1] if month else "1"
    header = [
        "Customs Regime",
        f"Exports {number}",
        f"Exports 1to{number}",
        f"Imports {number}",
        f"Imports 1to{number}",
    ]
    rows.insert(2 if len(rows) > 1 and re.search(r"unit\s*:", rows[1][0], re.I) else 1, header)
    return rows


def _goods(grid: Sequence[Sequence[str]], head: Head, repairs: dict[str, int]) -> Iterator[dict[str, Any]]:
    first, columns = _columns(grid, head)
    taken: set[str] = set()
    for row in grid[first:]:
        label = clean(row[0])
        if not label or re.match(r"note|注", label, re.I):
            continue
        what = good(label, before_break=head.period < LIST_BREAK, taken=taken)
        taken.add(what.code)
        for (flow, span, back), figures in _figures(row, columns, head).items():
            yield _good_row(what, clean(row[1]), figures, head, repairs) | {"flow": flow} | _when(head, span, back)


def _good_row(what: Good, unit: str, figures: dict[str, Any], head: Head, repairs: dict[str, int]) -> dict[str, Any]:
    said = figures.pop("printed quantity", None)
    held = {"product": what.code, "classification": what.classification} | figures
    if said is None:
        return held
    amount, mended = quantity(what, said.value, unit, figures.get("value"), head.currency)
    if mended:
        repairs[mended] = repairs.get(mended, 0) + 1
    return held | amount
