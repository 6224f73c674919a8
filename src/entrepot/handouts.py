"""An answer as one self-contained page: its chart for screen and phone, its table in words, and where it comes from."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot import charts, layout, terminal, wording
from entrepot.answer import Answer
from entrepot.errors import MissingData, WrongUsage
from entrepot.layout import Cell, Line, Section, Table

SHORT = 24  # letters of a cell that stand on one line

if TYPE_CHECKING:
    from rich.table import Table as Sheet


def page(answer: Answer, *, built: date | None = None) -> str:
    """Write an answer as HTML that needs nothing else: no script, no network.

    An answer without a chart is shown as its table alone.

    Parameters
    ----------
    answer : Answer
        Of any verb but `brief`, which has a page of its own.
    built : date, optional
        Day printed as the day the page was made; today if left out.
    """
    sheet, notes = terminal.laid_out(answer)
    title, cited = str(sheet.title), str(answer.about.get("citation") or "")
    table = _table(answer, sheet)
    sections = [*_pictures(answer, title), Section("table", "", tables=(table,))]
    points = tuple(note for note in notes if not note.startswith("Source: "))
    if points:
        sections.append(Section("notes", "What to know", points=points, kind="fine"))
    sources = _sources(answer)
    if sources:
        sections.append(Section("sources", "Sources", sources=sources))
    return layout.rendered(title=title, sections=sections, citation=cited, built=built or date.today())


def _pictures(answer: Answer, title: str) -> list[Section]:
    from entrepot import pictures

    try:
        chart = pictures.picture(answer)
    except (WrongUsage, MissingData):
        return []
    rows = [row for row in charts.rows_of(chart) if len(row) > 1]
    sketch = layout.sketch(answer.verb, chart, words=title, caption="", rows=rows)
    return [layout.drawn(Section("chart", "", sketches=(sketch,)))]


def _table(answer: Answer, sheet: "Sheet") -> Table:
    """The table as a terminal shows it, whole; its files hold full units and fractions."""
    from rich.text import Text

    columns = [[Text.from_markup(str(cell)).plain for cell in column.cells] for column in sheet.columns]
    kinds = zip(sheet.columns, columns, strict=True)
    words = ["" if head.justify == "right" else _kind(cells) for head, cells in kinds]
    rows = [
        Line(tuple(Cell(text, kind) for text, kind in zip(cells, words, strict=True)), "memo" if line.style else "")
        for line, *cells in zip(sheet.rows, *columns, strict=True)
    ]
    heads = tuple(
        Cell(str(column.header), kind.split(" ")[0]) for column, kind in zip(sheet.columns, words, strict=True)
    )
    return Table(answer.verb, "", heads, tuple(rows), layout.links(answer.verb, _flat(answer)))


def _kind(cells: Sequence[str]) -> str:
    """Class of a column of words: long ones are broken into lines."""
    return "text words" if max(map(len, cells), default=0) > SHORT else "text"


def _flat(answer: Answer) -> list[dict[str, Any]]:
    """Rows whose every cell is one value: lists as JSON text."""
    return [
        {name: json.dumps(cell, default=str, ensure_ascii=False) if isinstance(cell, list | tuple | dict) else cell
         for name, cell in row.items()}
        for row in answer.records()
    ]  # fmt: skip


def _sources(answer: Answer) -> tuple[Mapping[str, Any], ...]:
    """Offices and tables of the rows, as the list of sources of a page takes them."""
    listed: Any = answer.about.get("sources")
    days: dict[str, list[Any]] = {}
    for row in answer.records():
        if isinstance(row.get("released"), date):
            days.setdefault(str(row.get("source")), []).append(row["released"])
    return tuple(
        {
            "anchor": f"s{n}", "key": one["source"], "grade": one.get("grade", ""), "url": one.get("url", ""),
            "office": one["office"], "table": one.get("table", ""),
            "retrieved": one.get("retrieved", ""), "released": wording.day(min(days.get(one["source"], [None]))),
        }
        for n, one in enumerate(listed if isinstance(listed, list | tuple) else [], 1)
        if isinstance(one, Mapping) and one.get("office")
    )  # fmt: skip
