"""A table on a terminal of any width: numbers are never broken, and what does not fit is left out and named."""

import os
import shutil
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PIPED = 140  # columns where the output is no terminal and COLUMNS is not set
LEAST = 30  # columns below which no words are read; a narrower terminal breaks the lines itself
SPARE = (  # heads of columns in the order in which they give way; two that say nothing alone go together
    *("how", "from+to", "share before+after", "95 % interval", "volume", "terms of trade", "variants"),
    *(
        "takes",
        "retrieved",
        "share of imports",
        "sources",
        "share",
        "superseded",
        "real wage",
        "basis",
        "period",
        "gap",
        "also",
    ),
    *("source", "public since", "grade"),
)
NAME = 28  # columns the name of a line may take without being broken
ROOM = {"why": 36, "sentence": 30}  # columns that long words want before others are kept
WORDS = 16  # columns that any other words want
NUMBER = 20  # columns that a number of a story may take without being broken
VERDICTS = {"matches": "green", "does not match": "red", "cannot check": "dim"}


def sheet(title: str) -> "Table":
    """Return an empty table in the manner of every verb."""
    from rich import box
    from rich.table import Table

    looks: Any = {"title_justify": "left", "title_style": "bold", "box": box.SIMPLE_HEAD}
    return Table(title=title, pad_edge=False, collapse_padding=True, **looks)


def printed(table: "Table", notes: list[str], out: TextIO) -> None:
    """Print a table and the notes below it to `out`."""
    live, console = out.isatty(), _console(out)
    room = console.width
    shown, left = fitted(table, console)
    title, shown.title = table.title, None  # in a line of its own, for a table may be narrower
    console.print(title, style="bold" if live else None, markup=False)
    console.width = max(room, sum(column.width or 0 for column in shown.columns) + 2 * len(shown.columns))
    console.print(shown)
    console.width = room
    if left:
        said = f"Left out in {room} columns: {', '.join(left)}."
        notes = [f"{said} A wider terminal shows them, -f csv holds them.", *notes]
    for note in notes:
        console.print(note, style="dim" if live else None, markup=False, soft_wrap=True)


class Block(NamedTuple):
    """A sentence and what is said beneath it: of each number the number, a verdict and the reason."""

    sentence: str
    lines: Sequence[tuple[str, str, str]]


def told(title: str, blocks: Sequence[Block], notes: list[str], out: TextIO) -> None:
    """Print blocks one under the other, their columns in line, and the notes below them to `out`."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    live, console = out.isatty(), _console(out)
    console.print(title, style="bold" if live else None, markup=False)
    widest = [max((len(line[n]) for block in blocks for line in block.lines), default=0) for n in (0, 1)]
    for block in blocks:
        console.print()
        console.print(block.sentence, markup=False)
        grid = Table.grid(padding=(0, 2, 0, 0))
        for width in (min(widest[0], NUMBER), widest[1]):
            grid.add_column(width=width, overflow="fold")
        grid.add_column(overflow="fold")
        for number, verdict, why in block.lines:
            grid.add_row(Text(number, "bold"), Text(verdict, VERDICTS.get(verdict, "")), Text(why))
        console.print(Padding(grid, (0, 0, 0, 2)))
    console.print()
    for note in notes:
        console.print(note, style="dim" if live else None, markup=False, soft_wrap=True)


def _console(out: TextIO) -> "Console":
    from rich.console import Console

    return Console(file=out, width=_width(out), highlight=False, soft_wrap=False)


def _width(out: TextIO) -> int | None:
    """Columns to print in: those of COLUMNS if it says any, else those of the terminal (None: rich looks itself)."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked) > 0:
        return max(int(asked), LEAST)
    return shutil.get_terminal_size((PIPED, 24)).columns if out.isatty() else PIPED


def fitted(table: "Table", console: "Console") -> tuple["Table", list[str]]:
    """Return the table with as many columns as fit, and the heads of those left out.

    Numbers (columns set right) and short names (the first column) stay on one line; heads and words may take several.
    Where nothing more can be left out, names are broken between words, and then the table is wider than the terminal.
    What tells the lines apart (the first column, a period that differs) is never left out.
    """
    columns = [_Column(n, column) for n, column in enumerate(table.columns)]
    if _taken(column.whole for column in columns) <= console.width:
        return table, []
    left: list[str] = []
    for heads in (head.split("+") for head in SPARE):
        if _taken(column.least for column in columns) <= console.width:
            break
        if any(column.head in heads and not column.tells for column in columns):
            left += [column.head for column in columns if column.head in heads]
            columns = [column for column in columns if column.head not in heads]
    for narrower in ("longest", "broken"):
        if _taken(column.least for column in columns) > console.width:
            for column in columns:
                column.least = getattr(column, narrower)
    return _narrow(table, columns, console.width), left


class _Column:
    """A column of a table: what it wants to be whole, and the least that leaves it readable."""

    def __init__(self, place: int, column: Any) -> None:
        from rich.text import Text

        self.head, self.cells, self.given = str(column.header), tuple(column.cells), 0
        self.tells = len(set(self.cells)) > 1 and (place == 0 or self.head == "period")
        self.like: dict[str, Any] = {"justify": column.justify, "overflow": column.overflow}
        texts = [Text.from_markup(str(cell)).plain for cell in self.cells]
        widest = max(map(len, texts), default=0)
        self.whole = min(max(widest, len(self.head)), column.max_width or 1000)
        head = max(map(len, self.head.split()), default=0)
        one_line = column.justify == "right" or (place == 0 and widest <= NAME)
        word = min(max((len(word) for text in texts for word in text.split()), default=0), NAME)
        self.longest = max(head, widest if one_line else word)
        self.broken = max(head, widest if column.justify == "right" else word)  # a number is whole all the same
        self.least = max(self.longest, min(widest, ROOM.get(self.head, WORDS)))


def _taken(widths: Iterable[int]) -> int:
    """Columns of the terminal that a table takes: two between its columns, one at each edge."""
    given = list(widths)
    return sum(given) + 2 * len(given)


def _narrow(table: "Table", columns: list[_Column], width: int) -> "Table":
    """Return a copy of the table with these columns, what is left of the width given to those that want more."""
    out = sheet(str(table.title))
    spare = max(width - _taken(column.least for column in columns), 0)
    for column in sorted(columns, key=lambda one: one.whole - one.least):
        column.given = min(column.whole - column.least, spare)
        spare -= column.given
    for column in columns:
        out.add_column(column.head, width=column.least + column.given, **column.like)
    rows = zip(*(column.cells for column in columns), strict=True)
    for line, row in zip(table.rows, rows, strict=True):
        out.add_row(*row, style=line.style, end_section=line.end_section)
    return out
