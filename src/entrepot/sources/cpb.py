"""CPB Netherlands Bureau for Economic Policy Analysis: World Trade Monitor, volumes and prices of world trade.

Index numbers, not flows: they have no currency and no level, so they stand in a table of their own. A series is known
by its code (`mgz_cn_qnmi_sn`: imports, China, volume, seasonally adjusted), never by its label or its row. The base
year is read from every file, for it moves (2010, 2021 ...), and the stamp says which release it is.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from entrepot import periods
from entrepot.errors import BadTable, MissingData
from entrepot.sources import Request, Source, bulk, markup
from entrepot.sources.numbers import clean

if TYPE_CHECKING:
    import pandas as pd

CPB = Source(
    "cpb", "CPB Netherlands Bureau for Economic Policy Analysis", "World Trade Monitor",
    "https://www.cpb.nl/en/world-trade-monitor", "CPB terms, with attribution", pause=5.0,
)  # fmt: skip
SOURCES = (CPB,)
SHEETS = ("trade_out", "inpro_out")
CONCEPTS = {
    "tgz": "trade",
    "mgz": "imports",
    "xgz": "exports",
    "ipz": "industrial production",
    "hfl": "fuel prices",
    "hpr": "other commodity prices",
}
MEASURES = {"qnmi": "volume", "pdmi": "price in USD", "pnmi": "price in own currency"}
ADJUSTED = {
    "sn": "seasonally adjusted",
    "nn": "not adjusted",
    "sm": "seasonally adjusted, import weights",
    "sp": "seasonally adjusted, production weights",
}
COLUMNS = ("series", "label", "concept", "region", "measure", "adjusted", "period", "index", "base", "stamp")
_CODE = re.compile(r"([a-z]{3})_([a-z]{1,2}\d?)_([a-z]{4})_([a-z]{2})")
_BASE = re.compile(r"(?:fixed\s+base|base)\s*(\d{4})\s*=\s*100", re.I)
_PERIOD = re.compile(r"(\d{4})m(\d{2})")


def ask(period: str = "") -> list[Request]:
    """The page of the monitor; it links the workbook of the month that is out (`more`).

    With a month, only the workbook of that month is taken: the month that the figures end in, not that of the release.
    """
    facts = (("month", periods.period(period)),) if period else ()
    return [Request(CPB, CPB.url, facts=facts, role="index")]


def more(content: bytes, request: Request) -> list[Request]:
    """Request for the workbook that the page links; none if the month that was asked for is not out.

    Raises
    ------
    BadTable
        If the page links no workbook at all.
    """
    if request.role != "index":
        return []
    links = [href for _, href in markup.read(content).links if href.partition("?")[0].casefold().endswith(".xlsx")]
    found = [urljoin(request.url, href) for href in links if "world-trade-monitor" in href.casefold()]
    if not found:
        raise BadTable("The page of the World Trade Monitor links no workbook (.xlsx): it has moved. Look at it.")
    month = dict(request.facts).get("month")
    if month:
        name = f"{periods.MONTHS[int(month[5:]) - 1].casefold()}-{month[:4]}"
        found = [address for address in found if name in address.casefold()]
    return [Request(CPB, found[0])] if found else []


def parse(content: bytes, *, seen: date) -> "pd.DataFrame":
    """Index numbers of a workbook: series, label, concept, region, measure, adjusted, period, index, base, stamp.

    `index` is 100 in `base` (a year); `stamp` is the time of the release as printed. The weight of the base year in
    column D is no observation and is left out.

    Raises
    ------
    BadTable
        If it is no such workbook, names no base year, or a series code is new in kind or stands twice.
    """
    import pandas as pd

    rows = [row for name, grid in _sheets(content) for row in _series(name, grid)]
    if not rows:
        raise BadTable("The workbook of the World Trade Monitor holds no series.")
    out = pd.DataFrame(rows, columns=list(COLUMNS))
    if out.duplicated(["series", "period"]).any():
        twice = out[out.duplicated(["series", "period"])].iloc[0]
        raise BadTable(f"The series {twice.series} stands twice in the workbook for {twice.period}.")
    if out.period.max() > seen.isoformat()[:7]:
        raise BadTable(f"The workbook holds {out.period.max()}, which lies in the future on {seen}.")
    return out


def _sheets(content: bytes) -> Iterator[tuple[str, list[Sequence[Any]]]]:
    """Sheets of the workbook as grids. The file says that a sheet is one cell large; every row is read all the same."""
    import openpyxl

    bulk.workbook(io.BytesIO(content))
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # openpyxl lets errors of zip and XML through
        raise BadTable(f"The file of the World Trade Monitor is no workbook ({error}). Download it again.") from None
    try:
        if lacking := [name for name in SHEETS[:1] if name not in book.sheetnames]:
            raise BadTable(f"The workbook lacks the sheet {lacking[0]}; it has {', '.join(book.sheetnames)}.")
        for name in SHEETS:
            if name in book.sheetnames:
                sheet = book[name]
                sheet.reset_dimensions()
                yield name, [tuple(row) for row in sheet.iter_rows(values_only=True)]
    finally:
        book.close()


def _series(name: str, grid: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    heads = [clean(str(row[1])) if len(row) > 1 and row[1] is not None else "" for row in grid[:8]]
    base = next((match[1] for said in heads if (match := _BASE.search(said))), None)
    if base is None:
        raise BadTable(f"The sheet {name} does not say which year is 100; it begins {'; '.join(filter(None, heads))}.")
    stamp = next((said for said in heads if re.search(r"20\d\d\s+\d{1,2}:\d{2}", said)), "")
    months = next((_months(row) for row in grid[:10] if len(_months(row)) > 1), {})
    if not months:
        raise BadTable(f"The sheet {name} has no row of months like 2025m07.")
    for row in grid:
        code = clean(str(row[2])) if len(row) > 2 and row[2] is not None else ""
        if not code or not (match := _CODE.fullmatch(code)):
            continue
        concept, region, measure, adjusted = match.groups()
        said = (CONCEPTS.get(concept), MEASURES.get(measure), ADJUSTED.get(adjusted))
        if None in said:
            raise BadTable(f"The series code {code!r} is of a new kind; what it measures is not known.")
        label = clean(str(row[1] or ""))
        for x, month in months.items():
            if x < len(row) and (value := _number(row[x], code, month)) is not None:
                yield code, label, said[0], region, said[1], said[2], month, value, base, stamp


def _months(row: Sequence[Any]) -> dict[int, str]:
    found = {x: _PERIOD.fullmatch(str(cell).strip()) for x, cell in enumerate(row) if cell is not None}
    return {x: f"{match[1]}-{match[2]}" for x, match in found.items() if match}


def _number(cell: Any, code: str, month: str) -> float | None:
    if cell is None or (isinstance(cell, str) and cell.strip() in ("", "-", ".", "..", "n.a.")):
        return None
    if isinstance(cell, int | float) and cell > 0:
        return float(cell)
    raise BadTable(f"{code} of {month} is {cell!r}; an index number is expected.")


def series(table: "pd.DataFrame", code: str) -> "pd.Series[float]":
    """One series by its code, with the month as index.

    Raises
    ------
    MissingData
        If the table has no such series; those like it are named.
    """
    found = table[table.series == code]
    if found.empty:
        near = ", ".join(sorted({one for one in table.series if one[:3] == code[:3]})[:6]) or "none like it"
        raise MissingData(f"The World Trade Monitor has no series {code!r}; it has {near}.")
    return found.set_index("period")["index"].sort_index()
