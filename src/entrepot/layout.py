"""The parts a page is laid out from: sections, tables, pictures, and what can be taken away from them."""

import base64
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from entrepot import charts, rendering, wording
from entrepot.answer import code_version

PAGE = Path(__file__).parent / "data" / "page"


@dataclass(frozen=True)
class Cell:
    """Text of a table cell, with the note and anchor that lead to its source, and small print below."""

    text: str
    kind: str = ""
    note: str = ""
    anchor: str = ""
    small: str = ""
    lang: str = "zh"


@dataclass(frozen=True)
class Line:
    """A row of a table; its first cell is the heading of the row."""

    cells: tuple[Cell, ...]
    kind: str = ""


@dataclass(frozen=True)
class Link:
    """Something to take away: its name, file name and data address."""

    name: str
    file: str
    href: str


@dataclass(frozen=True)
class Table:
    """A table with heads and lines; `links` hold its figures in full units."""

    name: str
    caption: str
    heads: tuple[Cell, ...]
    rows: tuple[Line, ...]
    links: tuple[Link, ...]
    kind: str = ""


@dataclass(frozen=True)
class Picture:
    """A chart in two widths, its words for those who cannot see it, and its files."""

    wide: str
    narrow: str
    words: str
    caption: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Sketch:
    """A picture settled but not drawn: its specification for both widths, its words and its figures."""

    name: str
    wide: Mapping[str, Any]
    narrow: Mapping[str, Any]
    words: str
    caption: str
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Section:
    """One part of the page; `sketches` are its pictures until they are drawn."""

    name: str
    title: str
    lead: str = ""
    kind: str = ""
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    sketches: tuple[Sketch, ...] = ()
    points: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    sources: tuple[Mapping[str, Any], ...] = ()


def rendered(
    *, title: str, sections: Iterable[Section], citation: str, built: date, headline: str = "", deck: str = "",
    strip: str = "", bibtex: str = "",
) -> str:  # fmt: skip
    """Return sections as one HTML page that needs nothing else; what is empty is left out."""
    import jinja2

    page = jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
    words: Mapping[str, Any] = {
        "title": title, "headline": headline or title, "deck": deck, "strip": strip, "sections": sections,
        "citation": citation, "bibtex": bibtex, "css": (PAGE / "page.css").read_text(encoding="utf-8"),
        "version": code_version(), "built": wording.day(built),
    }  # fmt: skip
    return page.from_string((PAGE / "page.html").read_text(encoding="utf-8")).render(**words)


def links(name: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Link, ...]:
    """Figures of a table as CSV and XLSX, full units and fractions, inside the page."""
    return (
        Link("CSV", f"{name}.csv", _data("text/csv", _csv(rows).encode("utf-8"))),
        Link("XLSX", f"{name}.xlsx", _data(XLSX, _xlsx(rows))),
    )


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _plain(row.get(name)) for name in names} for row in rows)
    return text.getvalue()


def _plain(value: Any) -> Any:
    return "" if value is None or value != value else value


def _xlsx(rows: Sequence[Mapping[str, Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("data")
    names = list(dict.fromkeys(name for row in rows for name in row))
    sheet.append(names)
    for row in rows:
        sheet.append([None if row.get(name) != row.get(name) else row.get(name) for name in names])
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _timeless(book: bytes) -> bytes:
    """Take the clock out of a workbook, so that the same figures make the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", b"2000-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def sketch(name: str, chart: charts.Chart, *, words: str, caption: str, rows: Sequence[Mapping[str, Any]]) -> Sketch:
    """Settle a picture for wide and narrow screens; drawing it can wait."""
    made = charts.specification(chart)
    return Sketch(name, made, charts.fitted(made, charts.NARROW), words, caption, rows)


def drawn(section: Section) -> Section:
    """Draw the sketches of a section, whose pictures they become."""
    return replace(section, pictures=(*section.pictures, *map(picture, section.sketches)), sketches=())


def picture(one: Sketch) -> Picture:
    """Draw a sketch, and pack it as PNG, SVG and data."""
    wide, narrow = rendering.svg(one.wide), rendering.svg(one.narrow)
    files = (
        Link("PNG", f"{one.name}.png", _data("image/png", rendering.png(wide))),
        Link("SVG", f"{one.name}.svg", _data("image/svg+xml", wide.encode("utf-8"))),
        Link("data", f"{one.name}.csv", _data("text/csv", _csv(one.rows).encode("utf-8"))),
    )
    ready = [rendering.page_ready(drawn, one.words) for drawn in (wide, narrow)]
    return Picture(ready[0], ready[1], one.words, one.caption, files)


def heads(*texts: str, spare: Sequence[int] = ()) -> tuple[Cell, ...]:
    """Heads of a table; those in `spare` are left out on a phone."""
    return tuple(Cell(text, "spare" if n in spare else "") for n, text in enumerate(texts))


def figure(text: str, row: Mapping[str, Any] | None, anchors: Mapping[str, str], *, kind: str = "") -> Cell:
    """Return a figure that leads to its source: office and day on hover, the list of sources on a click."""
    if row is None or text == wording.DASH:
        return Cell(text, kind)
    since = {"stated": "public since", "calendar": "public by", "first seen": "seen on"}.get(row["released_basis"], "")
    note = f"{since} {wording.day(row['released'])}, grade {row['grade'] or 'not given'}, {row['source']}"
    note += f"; {row['method']}" if row["method"] else ""
    return Cell(text, kind, note, anchors.get(row["source"], "sources"), "")
