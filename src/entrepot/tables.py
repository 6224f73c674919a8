"""Users' own tables: a spreadsheet, CSV, Stata or Parquet file and a small mapping, into the flows table.

The mapping is a TOML file (or the same as a dict): which column of the file is which column of the flows table, what
holds for all rows, and by what numbers are multiplied to be in full units::

    [table]
    sheet = "Exports"            # of a workbook; the first if left out
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

Countries, flows and currencies are read by name; months as people write them. What had to be mended is counted in
`repairs` and never silent; what cannot be mended is refused with the rows.
"""

import csv
import io
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot import codes, flows, periods
from entrepot.errors import BadTable, EntrepotError, MissingData, WrongUsage
from entrepot.sources.facts import VALUATION, typed
from entrepot.sources.markup import decode

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = tuple(name for name, (dtype, _) in flows.MEASURED.items() if dtype == flows.NUMBER)
SECTIONS = {"table", "columns", "constants", "scale"}
FORMATS = (".csv", ".tsv", ".txt", ".xlsx", ".dta", ".parquet")


@dataclass(frozen=True, eq=False)
class Own:
    """A user's table in the form of the flows table, and what had to be mended, with the number of rows."""

    rows: "pd.DataFrame"
    repairs: Mapping[str, int]

    @property
    def flows(self) -> flows.Flows:
        """The rows over the border: cast and held to the contract."""
        return flows.read(self.rows)


def read(path: str | Path, mapping: str | Path | Mapping[str, Any], *, today: date | None = None) -> Own:
    """Read a user's file by its mapping.

    Parameters
    ----------
    path : path
        `.csv`, `.tsv`, `.xlsx`, `.dta` or `.parquet`.
    mapping : path or mapping
        As in the head of this module.
    today : date, optional
        Day after which a period lies in the future.

    Raises
    ------
    MissingData
        If a file is not there.
    WrongUsage
        If the mapping names a section or a column that there is not.
    BadTable
        If a cell cannot be read: the row and the cell are shown.
    """
    told = _mapping(mapping)
    table = _file(Path(path), told.get("table", {}))
    columns = told.get("columns", {})
    if lost := [str(name) for name in columns.values() if name not in table.columns]:
        raise WrongUsage(f"The file has no column {lost[0]!r}; it has {', '.join(map(repr, table.columns))}.")
    return _own(table, told, today or date.today())


def _mapping(said: str | Path | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(said, Mapping):
        told = dict(said)
    else:
        try:
            told = tomllib.loads(Path(said).read_text("utf-8"))
        except OSError as error:
            raise MissingData(
                f"The mapping {said} cannot be read ({error.strerror}). Write one as the docs show."
            ) from error
        except ValueError as error:
            raise WrongUsage(f"The mapping {said} is not valid TOML: {error}") from error
    if strange := set(told) - SECTIONS:
        raise WrongUsage(f"The mapping has a section {sorted(strange)[0]!r}; there are {', '.join(sorted(SECTIONS))}.")
    named = {*told.get("columns", {}), *told.get("constants", {}), *told.get("scale", {})}
    if strange := named - set(flows.COLUMNS):
        raise WrongUsage(
            f"{sorted(strange)[0]!r} is no column of the flows table; there are {', '.join(flows.COLUMNS)}."
        )
    return told


def _file(path: Path, told: Mapping[str, Any]) -> "pd.DataFrame":
    """Cells of a file as they stand; texts stay texts."""
    import pandas as pd

    if not path.is_file():
        raise MissingData(f"There is no file {path}.")
    kind = path.suffix.casefold()
    if kind not in FORMATS:
        raise WrongUsage(f"{path.name} is in no format that is read; there are {', '.join(FORMATS)}.")
    try:
        if kind == ".xlsx":
            sheet: pd.DataFrame = pd.read_excel(path, sheet_name=told.get("sheet", 0), dtype=object, engine="openpyxl")
            return sheet
        if kind == ".dta":
            stata: pd.DataFrame = pd.read_stata(path, convert_categoricals=True)
            return stata.astype(object)
        if kind == ".parquet":
            return pd.read_parquet(path).astype(object)
    except Exception as error:  # each format has errors of its own
        raise BadTable(f"{path.name} cannot be read as {kind[1:]}: {str(error).splitlines()[0]}") from error
    return _text(decode(path.read_bytes()), path.name, told)


def _text(text: str, name: str, told: Mapping[str, Any]) -> "pd.DataFrame":
    """Rows of a delimited text; every row must be as long as the header, but for one empty last field."""
    import pandas as pd

    first = text.partition("\n")[0]
    mark = told.get("separator") or max((";", "\t", ","), key=first.count)
    lines = [line for line in csv.reader(io.StringIO(text), delimiter=mark) if any(cell.strip() for cell in line)]
    if len(lines) < 2:
        raise BadTable(f"{name} holds no rows under its header.")
    header = [cell.strip() for cell in lines[0]]
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if len(line) == len(header) + 1 and not line[-1].strip():
            line = line[:-1]  # a comma at the end of the line
        if len(line) != len(header):
            raise BadTable(f"Line {number} of {name} has {len(line)} cells where the header has {len(header)}: {line}")
        rows.append(line)
    return pd.DataFrame(rows, columns=header, dtype=object)


def _own(table: "pd.DataFrame", told: Mapping[str, Any], today: date) -> Own:
    import pandas as pd

    repairs: dict[str, int] = {}
    columns, constants, scale = (dict(told.get(name, {})) for name in ("columns", "constants", "scale"))
    blank = table[list(columns.values())].isna().all(axis=1) if columns else pd.Series(False, index=table.index)
    if blank.any():
        repairs["empty rows, left out"] = int(blank.sum())
        table = table[~blank]
    out: dict[str, Any] = {}
    for name in flows.COLUMNS:
        if name in columns:
            out[name] = [_cell(name, said, row, repairs) for row, said in enumerate(table[columns[name]], 2)]
        elif name in constants:
            out[name] = [_cell(name, constants[name], 0, {})] * len(table)
    for name, factor in scale.items():
        out[name] = [None if said is None else said * float(factor) for said in out.get(name, [])]
    rows = [dict(zip(out, cells, strict=True)) for cells in zip(*out.values(), strict=True)]
    full = [_plain(told.get("table", {}), today) | row for row in rows]
    for number, row in enumerate(full, 2):
        row.setdefault("span", periods.span_of(row["period"]) if "period" in row else None)
        row.setdefault("valuation", VALUATION.get(row.get("flow", ""), "mixed"))
        if row.get("period", "") > today.isoformat()[: len(row.get("period", ""))]:
            raise BadTable(f"Row {number} is of {row['period']}, which lies in the future.")
    return Own(typed(pd.DataFrame(full), repairs), repairs)


def _plain(told: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What holds for every row unless the mapping says otherwise."""
    return {
        "partner": codes.WORLD,
        "product": codes.TOTAL,
        "classification": "",
        "concept": "standard",
        "status": "observed",
        "source": told.get("source", "own-table"),
        "released": told.get("released", today),
        "released_basis": "stated" if "released" in told else "first seen",
        "superseded": None,
    }


def _cell(name: str, said: Any, row: int, repairs: dict[str, int]) -> Any:
    """One cell as the flows table wants it; a refusal names the row."""
    if said is None or said != said or (isinstance(said, str) and not said.strip()):
        return None
    try:
        if name in NUMBERS:
            return _number(said, repairs)
        return _READ[name](said, repairs) if name in _READ else str(said).strip()
    except (EntrepotError, ValueError) as error:
        raise BadTable(f"Row {row}, {name} {said!r}: {error}") from error


def _number(said: Any, repairs: dict[str, int]) -> float | None:
    """A number; decimal commas, thousands separators and spaces are understood, a dash is missing."""
    if not isinstance(said, str):
        return float(said)
    text = said.strip().replace("\xa0", "").replace("\u202f", "").replace(" ", "")
    if text.casefold() in ("-", "–", "—", "na", "n/a", "..", "."):
        return None
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and (comma > point >= 0 or (point < 0 and text.count(",") == 1 and len(text) - comma != 4)):
        repairs["numbers with decimal commas"] = repairs.get("numbers with decimal commas", 0) + 1
        return float(text.replace(".", "").replace(",", "."))
    if comma >= 0 and point < 0 and text.count(",") == 1:
        raise ValueError("a comma before three digits may part thousands or be decimal; write 1234 or 1.234")
    return float(text.replace(",", ""))


def _product(said: Any, repairs: dict[str, int]) -> str:
    """A code as text; a spreadsheet that made it a number took its zeros, which are put back."""
    text = str(int(said)) if isinstance(said, float) and said == int(said) else str(said).strip()
    plain = text.replace(".", "").replace(" ", "")
    if plain.isdigit():
        if len(plain) % 2:
            repairs["product codes that lost a zero"] = repairs.get("product codes that lost a zero", 0) + 1
            plain = plain.zfill(len(plain) + 1)
        if len(plain) > 10:
            raise ValueError("an HS code or national line has at most 10 digits")
        return codes.product(plain[:6])[0] + plain[6:]
    return codes.product(text)[0]


def _period(said: Any, _: dict[str, int]) -> str:
    if hasattr(said, "isoformat"):
        return str(said.isoformat()[:7])
    return periods.period(str(int(said)) if isinstance(said, float) else str(said))


_READ: dict[str, Callable[[Any, dict[str, int]], Any]] = {
    "reporter": lambda said, _: codes.country(str(said)),
    "partner": lambda said, _: codes.partner(str(said)),
    "flow": lambda said, _: codes.flow(str(said)),
    "currency": lambda said, _: codes.currency(str(said)),
    "product": _product,
    "period": _period,
    "released": lambda said, _: date.fromisoformat(str(said)[:10]),
    "superseded": lambda said, _: date.fromisoformat(str(said)[:10]),
}
