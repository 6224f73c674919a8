"""Tables inside web pages: cells laid out on a grid, however they span rows and columns."""

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from entrepot.errors import BadTable
from entrepot.sources.numbers import clean

VOID = frozenset({"br", "img", "input", "meta", "link", "hr"})


@dataclass(frozen=True)
class Page:
    """What a page shows: its title, day (as printed), tables as grids of raw cell texts, and links with their words."""

    title: str
    day: str
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    links: tuple[tuple[str, str], ...]
    spans: tuple[str, ...]


class _Reader(HTMLParser):
    """Collect titles, dates, links and cells of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self.links: list[tuple[str, str]] = []
        self.titles: dict[str, str] = {}
        self.spans: list[str] = []
        self._open: list[int] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._link: list[str] | None = None
        self._href = ""
        self._named = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.tables.append([])
            self._open.append(len(self.tables) - 1)
        elif tag == "tr" and self._open:
            self._close()
            self.tables[self._open[-1]].append([])
        elif tag in ("td", "th") and self._open:
            self._close()
            self._cell, self._span = [], (_whole(held.get("rowspan")), _whole(held.get("colspan")))
        elif tag == "a" and "href" in held:
            self._link, self._href = [], held["href"]
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")
        elif tag == "meta" and held.get("name", "").casefold() in ("pubdate", "articletitle"):
            self.titles[held["name"].casefold()] = held.get("content", "")
        if tag not in VOID:
            kind = held.get("class", "")
            self._named = next((name for name in ("atcl-ttl", "atcl-date") if name in kind.split()), self._named)
            self._named = tag if tag in ("title", "h1", "caption") else self._named

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._close()
        elif tag == "table" and self._open:
            self._close()
            self._open.pop()
        elif tag == "a" and self._link is not None:
            self.links.append((clean("".join(self._link)), self._href))
            self._link = None
        if tag in ("div", "title", "h1", "caption"):
            self._named = ""

    def handle_data(self, data: str) -> None:
        for part in (self._cell, self._link):
            if part is not None:
                part.append(data)
        if self._named:
            self.titles[self._named] = self.titles.get(self._named, "") + data

    def inside(self) -> bool:
        """Whether a table that was begun has not ended."""
        return bool(self._open)

    def _close(self) -> None:
        if self._cell is not None and self._open:
            rows = self.tables[self._open[-1]]
            if not rows:
                rows.append([])
            rows[-1].append(("".join(self._cell), *self._span))
        self._cell = None


def _whole(text: str | None) -> int:
    return int(text) if text and text.strip().isdigit() and int(text) > 0 else 1


def read(content: bytes) -> Page:
    """Read a page in UTF-8 (or the old code page 936 of Chinese pages).

    Cell texts are kept as they stand, with the non-breaking spaces that indent them; columns that are empty throughout
    are dropped.

    Raises
    ------
    BadTable
        If the bytes are no text, or the page ends inside a table.
    """
    text = decode(content)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.inside():
        raise BadTable("The page ends inside a table: it was cut off on the way. Ask again.")
    titles = {name: clean(said) for name, said in reader.titles.items()}
    title = titles.get("atcl-ttl") or titles.get("h1") or titles.get("articletitle") or titles.get("title", "")
    stated = re.search(r"发布时间：?\s*(\d{4}-\d{2}-\d{2})", text)
    day = titles.get("atcl-date") or titles.get("pubdate") or (stated[1] if stated else "")
    tables = tuple(_grid(rows) for rows in reader.tables if rows)
    return Page(title, day, tables, tuple(reader.links), (titles.get("caption", ""),))


def decode(content: bytes) -> str:
    """Text of bytes in UTF-8, with or without its mark, or in code page 936.

    Raises
    ------
    BadTable
        If they are neither.
    """
    for codec in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    raise BadTable("The page is neither UTF-8 nor code page 936. Save it again from the office's site.")


def plain(content: bytes, office: str) -> str:
    """Text of an answer in UTF-8, with or without its mark.

    Raises
    ------
    BadTable
        If the bytes are no text in UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTable(f"{office} sent no text but a file of another kind. Look at the address.") from None


def from_json(text: str, office: str) -> Any:
    """What a JSON answer of an office says.

    Raises
    ------
    BadTable
        If it is no JSON, is cut off, or is nested without end.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadTable(f"The answer of {office} is cut off or no JSON. Ask again.") from None


def _grid(rows: list[list[tuple[str, int, int]]]) -> tuple[tuple[str, ...], ...]:
    """Lay cells out: a cell over several rows or columns stands in each of them."""
    held: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for text, height, width in row:
            while (y, x) in held:
                x += 1
            for dy in range(height if y + height <= len(rows) else len(rows) - y):
                for dx in range(width):
                    held[y + dy, x + dx] = text
            x += width
    width = 1 + max((x for _, x in held), default=-1)
    grid = [[held.get((y, x), "") for x in range(width)] for y in range(len(rows))]
    kept = [x for x in range(width) if any(clean(row[x]) for row in grid)]
    return tuple(tuple(row[x] for x in kept) for row in grid)


def indent(text: str) -> int:
    """Number of non-breaking or wide spaces before the first word of a cell: pages indent parts of a group with them.

    >>> indent("\\n\\t\\xa0\\xa0European Union")
    2
    """
    inner = text.strip(" \n\t\r")
    return len(inner) - len(inner.lstrip("\xa0\u3000"))
