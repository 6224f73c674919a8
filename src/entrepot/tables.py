"""Users' own tables: a spreadsheet, CSV, Stata or Parquet file and a small mapping, into the flows table.

The mapping is a TOML file (or the same as a dict): which column of the file is which column of the flows table, what
holds for all rows, and by what numbers are multiplied to be in full units::

    [table]
    sheet = "Exports"            # of a workbook; the first if left out (a text: separator, encoding)
    source = "my-ministry"
    released = "2026-01-15"

    [columns]
    partner = "Country"
    period = "Month"
    product = "HS code"
    value = "Value, million EUR"

    [constants]
    reporter = "Germany"
    flow = "exports"
    currency = "EUR"

    [scale]
    value = 1e6

Where the columns of the file have the names of the flows table (`reporter`, `flow`, `period`, `currency`, `value` ...)
no mapping is needed. Countries, flows and currencies are read by name; months as people write them. What had to be
mended is counted in `repairs` and never silent; what cannot be mended is refused with the rows.
"""

import codecs
import csv
import io
import math
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot import codes, flows, periods
from entrepot.errors import BadTable, EntrepotError, MissingData, WrongUsage
from entrepot.sources.bulk import workbook
from entrepot.sources.facts import VALUATION, typed
from entrepot.sources.markup import decode
from entrepot.sources.numbers import amount, style

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = tuple(name for name, (dtype, _) in flows.MEASURED.items() if dtype == flows.NUMBER)
SECTIONS = {"table", "columns", "constants", "scale"}
SETTINGS = {"sheet", "source", "released", "separator", "encoding"}
NEEDED = ("reporter", "flow", "period", "currency")
"""Columns of the flows table that a mapping must speak of; the rest has a plain case."""
UNNAMED = "own-table"  # source of a table whose mapping names none
SHOWN = 3  # rows that a refusal shows
FORMATS = (".csv", ".tsv", ".txt", ".xlsx", ".dta", ".parquet")
PACKED = (".zip", ".gz", ".7z", ".bz2", ".xz", ".zst", ".rar", ".tar", ".tgz")
BEGINNINGS = {
    b"pk\x03\x04": "an archive or a workbook (.xlsx)", b"\x1f\x8b": "an archive (.gz)",
    b"7z\xbc\xaf": "an archive (.7z)", b"\xd0\xcf\x11\xe0": "an old workbook (.xls)", b"<stata": "Stata (.dta)",
    b"%pdf": "a PDF", b"<": "a web page", b"{": "JSON", b"par1": "Parquet",
}  # fmt: skip
READ_AS = "rows of a file that is not in UTF-8, read as {} (if wrong, name its encoding under [table])"
ALONE = " If lines stand above its header, remove them; if another mark parts its columns, name it under [table]."


@dataclass(frozen=True, eq=False)
class Own:
    """A user's table in the form of the flows table, and what had to be mended, with the number of rows."""

    rows: "pd.DataFrame"
    repairs: Mapping[str, int]

    @property
    def flows(self) -> flows.Flows:
        """The rows that hold a figure, over the border: cast and held to the contract.

        Raises
        ------
        BadTable
            If no row holds a figure, or a row breaks the contract.
        """
        kept = self.rows[self._told()]
        if kept.empty:
            raise BadTable(f"No row of the table holds a figure; one of {', '.join(NUMBERS)} is expected in each.")
        return flows.read(kept)

    @property
    def blank(self) -> int:
        """Rows without a figure; `flows` leaves them out, for missing is absent and never zero."""
        return int((~self._told()).sum())

    def _told(self) -> "pd.Series[bool]":
        return self.rows[[name for name in NUMBERS if name in self.rows.columns]].notna().any(axis=1)


def read(
    path: "str | Path | pd.DataFrame",
    mapping: str | Path | Mapping[str, Any] | None = None,
    *,
    today: date | None = None,
) -> Own:
    """Read a user's file, or a pandas DataFrame, by its mapping.

    What a mapping leaves out has a plain case: World as partner, all goods, concept `standard`, exports fob and imports
    cif, observed, first seen today.

    Parameters
    ----------
    path : path or DataFrame
        `.csv`, `.tsv`, `.xlsx`, `.dta` or `.parquet`; or a pandas DataFrame.
    mapping : path or mapping, optional
        As in the head of this module; if left out, columns are known by their names in the flows table.
    today : date, optional
        Day after which a period lies in the future.

    Raises
    ------
    MissingData
        If a file is not there.
    WrongUsage
        If the mapping names a section or a column that there is not.
    BadTable
        If rows cannot be read: they are counted, and the first are shown with what is wrong.
    """
    table = None if isinstance(path, str | Path) else _frame(path)
    if mapping is None:
        table = _file(Path(path), {}) if table is None else table  # type: ignore[arg-type]
        mapping = _by_name(table, path if isinstance(path, str | Path) else None)
    told = _mapping(mapping)
    _settings(told)
    if table is None:
        table = _file(Path(path), told.get("table", {}))  # type: ignore[arg-type]
    columns = told.get("columns", {})
    if lost := [str(name) for name in columns.values() if name not in table.columns]:
        alone = ALONE if len(table.columns) == 1 else ""
        raise WrongUsage(f"The file has no column {lost[0]!r}; it has {', '.join(map(repr, table.columns))}.{alone}")
    if twice := [name for name in columns.values() if list(table.columns).count(name) > 1]:
        raise BadTable(
            f"The file has {list(table.columns).count(twice[0])} columns {twice[0]!r}. Give each its own name."
        )
    return _own(table, told, today or date.today())


def opened(path: str | Path) -> Own | None:
    """A user's file by the names of its columns; None if it is a folder, or Parquet that already is a flows table."""
    place = Path(path)
    if place.is_dir() or (place.suffix.casefold() == ".parquet" and _whole(place)):
        return None
    return read(place)


def _whole(path: Path) -> bool:
    """Whether a Parquet file has every column that the flows table must have, or cannot be read as one."""
    import pyarrow.parquet as pq
    from pyarrow.lib import ArrowException

    try:
        held = set(pq.read_schema(path).names)
    except (OSError, ArrowException):
        return True  # `flows.read` says what is wrong with it
    return held.issuperset(set(flows.COLUMNS) - flows.NULLABLE)


def _frame(table: Any) -> "pd.DataFrame":
    import pandas as pd

    if not isinstance(table, pd.DataFrame):
        raise BadTable(f"The path of a file or a pandas DataFrame is expected, not {type(table).__name__}.")
    return table.reset_index(drop=True).astype(object)


def _by_name(table: "pd.DataFrame", path: str | Path | None = None) -> dict[str, dict[str, str]]:
    """The mapping of a table whose columns have the names of the flows table, whatever their capitals."""
    names = {str(name).strip().casefold().replace(" ", "_"): name for name in table.columns}
    found = {name: names[name] for name in flows.COLUMNS if name in names}
    lacking = [name for name in NEEDED if name not in found]
    if lacking or found.keys().isdisjoint(flows.MEASURED):
        lacking += ["value"] * found.keys().isdisjoint(flows.MEASURED)
        named = Path(path).name if path is not None else "The table"
        alone = ALONE if len(table.columns) == 1 else ""
        held = ", ".join(map(str, table.columns)) or "none"
        raise BadTable(
            f"{named} has no column {', '.join(lacking)}; it has {held}.{alone} Rename its "
            "columns, or say in a mapping which is which (docs/sources.md shows one) and run: "
            f"entrepot fetch {named if path is not None else 'FILE.csv'} --mapping FILE.toml"
        )
    return {"columns": found} | ({"table": {"source": Path(path).name}} if path is not None else {})


def _mapping(said: str | Path | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(said, Mapping):
        told = dict(said)
    else:
        try:
            told = tomllib.loads(Path(said).read_text("utf-8"))
        except OSError as error:
            raise MissingData(
                f"The mapping {said} cannot be read ({error.strerror}). Write one as docs/sources.md shows: [columns] "
                "with the file's column for each of ours, [constants] for what holds for all rows."
            ) from error
        except ValueError as error:
            raise WrongUsage(f"The mapping {said} is not valid TOML: {error}") from error
    if strange := set(told) - SECTIONS:
        raise WrongUsage(f"The mapping has a section {sorted(strange)[0]!r}; there are {', '.join(sorted(SECTIONS))}.")
    if broken := [name for name, said in told.items() if not isinstance(said, Mapping)]:
        raise WrongUsage(f"[{broken[0]}] of the mapping is no section of names and values, as the docs show.")
    said_of = {*told.get("columns", {}), *told.get("constants", {})}
    if lacking := [name for name in NEEDED if name not in said_of]:
        raise WrongUsage(
            f"The mapping says nothing of {', '.join(lacking)}. Name the file's column under [columns], or what holds "
            "for all rows under [constants]."
        )
    if said_of.isdisjoint(flows.MEASURED):
        raise WrongUsage(f"The mapping names no figure; one of {', '.join(NUMBERS)} is expected under [columns].")
    named = {*said_of, *told.get("scale", {})}
    if strange := named - set(flows.COLUMNS):
        raise WrongUsage(
            f"{sorted(strange)[0]!r} is no column of the flows table; there are {', '.join(flows.COLUMNS)}."
        )
    return told


def _settings(told: Mapping[str, Any]) -> None:
    """Refuse settings that cannot be followed, before the file is read."""
    table, scale = told.get("table", {}), told.get("scale", {})
    if strange := set(table) - SETTINGS:
        raise WrongUsage(f"[table] has no setting {sorted(strange)[0]!r}; there are {', '.join(sorted(SETTINGS))}.")
    if len(str(table.get("separator", ","))) != 1:
        raise WrongUsage(f"[table] separator is one character, not {table['separator']!r}.")
    for name, factor in scale.items():
        if name not in NUMBERS:
            raise WrongUsage(f"[scale] multiplies numbers ({', '.join(NUMBERS)}), not {name}.")
        if isinstance(factor, bool) or not isinstance(factor, int | float) or not 0 < factor < math.inf:
            raise WrongUsage(f"[scale] {name} is a number above zero (1e6 for millions), not {factor!r}.")
    if "released" in table:
        try:
            _day(table["released"])
        except ValueError as error:
            raise WrongUsage(f"[table] released {table['released']!r}: {error}.") from None


def _file(path: Path, told: Mapping[str, Any]) -> "pd.DataFrame":
    """Cells of a file as they stand; texts stay texts."""
    import pandas as pd

    if not path.is_file():
        raise MissingData(f"There is no file {path}. The path of a {', '.join(FORMATS)} file is expected.")
    kind = path.suffix.casefold()
    if kind in PACKED:
        raise WrongUsage(f"{path.name} is packed. Unpack it first and give the file in it.")
    if kind not in FORMATS:
        raise WrongUsage(f"{path.name} is in no format that is read; there are {', '.join(FORMATS)}.")
    try:
        if kind == ".xlsx":
            workbook(path)
            sheet: pd.DataFrame = pd.read_excel(path, sheet_name=told.get("sheet", 0), dtype=object, engine="openpyxl")
            return sheet
        if kind == ".dta":
            stata: pd.DataFrame = pd.read_stata(path, convert_categoricals=True)
            return stata.astype(object)
        if kind == ".parquet":
            return pd.read_parquet(path).astype(object)
    except BadTable as error:
        raise BadTable(f"{path.name} cannot be read as {kind[1:]}: {error}") from error
    except Exception as error:  # each format has errors of its own
        raise BadTable(
            f"{path.name} cannot be read as {kind[1:]}: {_first(error)}. Save it again, or save it as CSV."
        ) from error
    content = path.read_bytes()
    for start, what in BEGINNINGS.items():
        if content.removeprefix(codecs.BOM_UTF8)[:64].lstrip().lower().startswith(start):
            raise BadTable(
                f"{path.name} is no text with separators: it begins like {what}. Give it the suffix that it has, or "
                "save it as CSV."
            )
    out = _text(_decoded(content, path.name, told), path.name, told)
    if not told.get("encoding") and not _marked(content):
        out.attrs["repairs"][READ_AS.format("Windows-1252" if _western(content) else "code page 936")] = len(out)
    return out


def _western(content: bytes) -> bool:
    """Whether bytes that are no UTF-8 are letters with accents inside Latin words, not words of Chinese signs."""
    runs = re.findall(rb"([A-Za-z]?)[\x80-\xff]+([A-Za-z]?)", content)
    return sum(any(run) for run in runs) > len(runs) / 2


def _first(error: Exception) -> str:
    """First line of what an error says, or its kind if it says nothing."""
    return (str(error) or type(error).__name__).splitlines()[0]


def _marked(content: bytes) -> bool:
    """Whether bytes say themselves how they are to be read: by a mark, or as UTF-8."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(content: bytes, name: str, told: Mapping[str, Any]) -> str:
    """Text in the encoding that the mapping names, else by its mark, else UTF-8, else Windows-1252 or page 936."""
    encoding = told.get("encoding") or (
        "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None
    )
    try:
        if encoding is None and not _marked(content) and _western(content):
            text = content.decode("cp1252", "replace")
        else:
            text = decode(content) if encoding is None else content.decode(str(encoding)).removeprefix("\ufeff")
    except BadTable:
        raise BadTable(
            f"{name} is no text in UTF-8, Windows-1252 or code page 936. Save it as CSV in UTF-8, or name what it is "
            'written in, in a mapping: [table] encoding = "cp1251".'
        ) from None
    except (LookupError, UnicodeDecodeError) as error:
        raise BadTable(f"{name} is not in the encoding {encoding!r} ({error}).") from None
    if "\x00" in text:
        raise BadTable(
            f"{name} holds bytes that no text holds. Save it as CSV in UTF-8, or name what it is written in: "
            '[table] encoding = "utf-16-le".'
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text(text: str, name: str, told: Mapping[str, Any]) -> "pd.DataFrame":
    """Rows of a delimited text, each as long as the header; one empty last field more is left out and counted."""
    import pandas as pd

    first = text.partition("\n")[0]
    mark = told.get("separator") or max((";", "\t", ","), key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    lines = [(reader.line_num, line) for line in reader if line]
    if len(lines) < 2:
        raise BadTable(f"{name} holds no rows under its header.")
    header = [cell.strip() for cell in lines[0][1]]
    again = [number for number, line in lines[1:] if [cell.strip() for cell in line] == header]
    empty = [number for number, line in lines[1:] if not any(cell.strip() for cell in line)]
    held = [(number, line) for number, line in lines[1:] if number not in {*again, *empty}]
    longer = {number for number, line in held if len(line) == len(header) + 1 and not line[-1].strip()}
    rows = [(number, line[:-1] if number in longer else line) for number, line in held]
    if bad := [(number, line) for number, line in rows if len(line) != len(header)]:
        number, line = bad[0]
        raise BadTable(
            f"Line {number} of {name} has {len(line)} cells where the header has {len(header)}: {line}. "
            f"{len(bad)} of {len(rows)} rows are so; a separator inside a cell needs quotes around the cell."
        )
    out = pd.DataFrame([line for _, line in rows], [number - 2 for number, _ in rows], columns=header, dtype=object)
    repairs = {"separators at the end of a line, left out": len(longer), "empty rows, left out": len(empty)}
    repairs["rows that repeat the header, left out"] = len(again)
    out.attrs["repairs"] = {what: count for what, count in repairs.items() if count}
    return out


def _own(table: "pd.DataFrame", told: Mapping[str, Any], today: date) -> Own:
    import pandas as pd

    repairs: dict[str, int] = dict(table.attrs.get("repairs", {}))
    columns, constants, scale = (dict(told.get(name, {})) for name in ("columns", "constants", "scale"))
    blank = table[list(columns.values())].isna().all(axis=1) if columns else pd.Series(False, index=table.index)
    if blank.any():
        repairs["empty rows, left out"] = repairs.get("empty rows, left out", 0) + int(blank.sum())
        table = table[~blank]
    if table.empty:
        raise BadTable("The file holds no rows under its header.")
    numbers = [int(place) + 2 for place in table.index]  # as a person counts rows: the header is the first
    faults: list[tuple[int, str]] = []
    out: dict[str, list[Any]] = {}
    for name in flows.COLUMNS:
        if name in columns:
            said = [*zip(numbers, table[columns[name]], strict=True)]
            decimal = _decimal(columns[name], [cell for _, cell in said]) if name in NUMBERS else ""
            out[name] = [_cell(name, cell, row, repairs, faults, decimal) for row, cell in said]
        elif name in constants:
            out[name] = [_constant(name, constants[name])] * len(table)
    for name, factor in scale.items():
        out[name] = [None if said is None else said * float(factor) for said in out.get(name, [])]
    rows = [_plain(told.get("table", {}), today) | dict(zip(out, cells, strict=True)) for cells in _across(out, table)]
    unread = {number for number, _ in faults}  # said once what is wrong with a row
    for number, row in zip(numbers, rows, strict=True):
        row["span"] = row.get("span") or (periods.span_of(row["period"]) if row.get("period") else None)
        row["valuation"] = row.get("valuation") or VALUATION.get(row.get("flow", ""), "mixed")
        if number not in unread:
            faults += [(number, fault) for fault in _faults(row, today)]
    faults += _repeated(rows, numbers) if not faults else []
    if faults:
        raise BadTable(_counted(faults, len(rows)))
    return Own(typed(pd.DataFrame(rows), repairs), repairs)


def _decimal(column: str, cells: Sequence[Any]) -> str:
    """The decimal mark of a column of texts, empty where none of its cells tells."""
    try:
        return style(cell for cell in cells if isinstance(cell, str))
    except BadTable as error:
        raise BadTable(f"The column {column!r} cannot be read: {error}. Write all of its numbers in one way.") from None


def _repeated(rows: Sequence[Mapping[str, Any]], numbers: Sequence[int]) -> list[tuple[int, str]]:
    """Rows that speak of a cell of which a row before them speaks."""
    first: dict[tuple[Any, ...], int] = {}
    keys = [tuple(str(row.get(name)) for name in flows.KEY) for row in rows]
    found = [(number, first.setdefault(key, number)) for key, number in zip(keys, numbers, strict=True)]
    return [(number, f"speaks of the same cell as row {one}") for number, one in found if one != number]


def _across(out: Mapping[str, list[Any]], table: "pd.DataFrame") -> list[tuple[Any, ...]]:
    return list(zip(*out.values(), strict=True)) if out else [()] * len(table)


def _faults(row: Mapping[str, Any], today: date) -> list[str]:
    """What a row that could be read says that cannot be."""
    period, value = row.get("period") or "", row.get("value")
    out = [f"has no {name}" for name in NEEDED if row.get(name) is None]
    out += [f"is of {period}, which lies in the future"] if period > today.isoformat()[: len(period)] else []
    if value is not None and value < 0 and row.get("flow") != "B":
        out.append(f"has the negative value {value:,.0f}; only a balance (flow B) may be negative")
    return out


def _counted(faults: list[tuple[int, str]], rows: int) -> str:
    """Refusal that counts the rows and shows the first."""
    bad = dict(faults)  # one fault a row is enough to find it
    alike: dict[str, list[int]] = {}
    for row, fault in sorted(faults):
        alike.setdefault(fault, []).append(row)
    first = [*alike.items()][:SHOWN]
    shown = "\n".join(
        f"  Row {at[0]}{f' and {len(at) - 1:,} more' * (len(at) > 1)}: {fault}{'' if fault.endswith('?') else '.'}"
        for fault, at in first
    )
    left = len(bad) - len({row for _, at in first for row in at})
    more = f"\n  ... and {left:,} more" if left else ""
    return (
        f"{len(bad):,} of {rows:,} rows cannot be taken; nothing of the table was read:\n{shown}{more}\n"
        "Mend them in the file, or name the right column in the mapping."
    )


def _plain(told: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What holds for every row unless the mapping says otherwise."""
    return {
        "partner": codes.WORLD,
        "product": codes.TOTAL,
        "classification": "",
        "concept": "standard",
        "status": "observed",
        "source": told.get("source", UNNAMED),
        "released": _day(told["released"]) if "released" in told else today,
        "released_basis": "stated" if "released" in told else "first seen",
        "superseded": None,
    }


def _constant(name: str, said: Any) -> Any:
    """What holds for all rows; a refusal names the section of the mapping."""
    faults: list[tuple[int, str]] = []
    out = _cell(name, said, 0, {}, faults)
    if faults:
        raise WrongUsage(f"In [constants] of the mapping, {faults[0][1]}.")
    return out


def _cell(
    name: str, said: Any, row: int, repairs: dict[str, int], faults: list[tuple[int, str]], decimal: str = ""
) -> Any:
    """One cell as the flows table wants it; what cannot be read is noted with its row."""
    if said is None or said != said or (isinstance(said, str) and not said.strip()):
        return None
    try:
        if name in NUMBERS:
            return _number(said, repairs, decimal)
        return _READ[name](said, repairs) if name in _READ else str(said).strip()
    except (EntrepotError, ValueError) as error:
        faults.append((row, f"{name} {said!r}: {str(error).rstrip('.')}"))
        return None


def _number(said: Any, repairs: dict[str, int], decimal: str) -> float | None:
    """A number; decimal commas, thousands separators and spaces are understood, a dash is missing."""
    if isinstance(said, str):
        if (decimal or style([said])) == "," and any(mark in said for mark in ",."):
            repairs["numbers with decimal commas"] = repairs.get("numbers with decimal commas", 0) + 1
        return amount(said, decimal)
    if isinstance(said, bool) or not hasattr(said, "__float__") or not math.isfinite(said):
        raise ValueError("is no number")
    return float(said)


def _product(said: Any, repairs: dict[str, int]) -> str:
    """A code as text; a spreadsheet that made it a number took its zeros, which are put back."""
    text = str(int(said)) if isinstance(said, float) and said == int(said) else str(said).strip()
    text = re.sub(r"^(\d+)\.0$", r"\1", text)  # what a program writes of a code that it took for a number
    plain = text.replace(".", "").replace(" ", "")
    if plain.isdigit():
        if len(plain) % 2:
            repairs["product codes that lost a zero"] = repairs.get("product codes that lost a zero", 0) + 1
            plain = plain.zfill(len(plain) + 1)
        if len(plain) > 10:
            raise ValueError("an HS code or national line has at most 10 digits")
        return codes.product(plain[:6])[0] + plain[6:]
    return codes.product(text)[0]


def _period(said: Any, counts: dict[str, int]) -> str:
    if hasattr(said, "isoformat"):
        return str(said.isoformat()[:7])
    text = str(int(said)) if isinstance(said, float) else str(said)
    try:
        return periods.period(text)
    except WrongUsage as refusal:
        if (month := _whole_month(text)) is None:
            raise refusal
    counts["days that stand for their month"] = counts.get("days that stand for their month", 0) + 1
    return month


def _whole_month(text: str) -> str | None:
    """Month of its first or last day, as programs write months; None of any other text."""
    try:
        one = periods.day(text)
    except WrongUsage:
        return None
    return one.isoformat()[:7] if 1 in (one.day, (one + timedelta(1)).day) else None


def _day(said: Any) -> date:
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        raise ValueError("a day like 2025-12-08 is expected") from None


_READ: dict[str, Callable[[Any, dict[str, int]], Any]] = {
    "reporter": lambda said, _: codes.country(str(said)),
    "partner": lambda said, _: codes.partner(str(said)),
    "flow": lambda said, _: codes.flow(str(said)),
    "currency": lambda said, _: codes.currency(str(said)),
    "product": _product,
    "period": _period,
    "released": lambda said, _: _day(said),
    "superseded": lambda said, _: _day(said),
}
