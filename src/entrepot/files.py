"""Answers as files: the suffix decides the form, and nothing half-written is left behind."""

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.answer import Answer
from entrepot.errors import BadTable, CannotWrite, MissingData, WrongUsage

if TYPE_CHECKING:
    import pandas as pd

TABLES = (".csv", ".json", ".parquet", ".xlsx", ".dta")


def write(answer: Answer, path: str | Path) -> Path:
    """Write an answer to `path`; the suffix decides the form.

    .csv, .json, .parquet, .xlsx (data, notes, sources), .dta (labels, monthly dates), .html (chart, table, sources), or
    its chart: .svg, .png (16:9).

    The file is written beside and renamed, so that an old one stays whole until the new one is.

    Raises
    ------
    WrongUsage
        If the suffix is none of these.
    CannotWrite
        If the folder is missing or not writable.
    """
    target = Path(path)
    forms: dict[str, Callable[[Answer, Path], object]] = {
        ".csv": lambda one, to: to.write_text(csv(one), encoding="utf-8"),
        ".json": lambda one, to: to.write_text(one.json(indent=1) + "\n", encoding="utf-8"),
        ".parquet": _parquet,
        ".xlsx": _xlsx,
        ".dta": _stata,
        ".html": lambda one, to: to.write_text(_paged(one), encoding="utf-8"),
        ".svg": lambda one, to: to.write_text(_drawn(one), encoding="utf-8"),
        ".png": lambda one, to: to.write_bytes(_painted(one)),
    }
    form = forms.get(target.suffix.lower())
    if answer.verb == "brief" and target.suffix.lower() not in TABLES:
        form = None  # these are the key figures of a page, and `Brief.save` writes the page
    if form is None:
        known = ", ".join([".html", *TABLES] if answer.verb == "brief" else forms)  # a page has no one chart
        raise WrongUsage(
            f"{target.name} is no form that {answer.verb} writes; one of {known} is expected as the suffix."
        )
    return replace(target, lambda beside: form(answer, beside))


def replace(target: Path, fill: Callable[[Path], object]) -> Path:
    """Let `fill` write a file beside `target`, then rename it; on any failure `target` stays as it was.

    Raises
    ------
    CannotWrite
        If the folder is missing or not writable, or the disk is full.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=target.suffix, dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise CannotWrite(
            f"{target} cannot be written: {error.strerror}. Choose a folder that exists with -o."
        ) from error
    beside = Path(name)
    try:
        fill(beside)
        beside.chmod(0o666 & ~_umask())
        beside.replace(target)
    except OSError as error:
        raise CannotWrite(f"{target} cannot be written: {error.strerror or error}. Nothing was changed.") from error
    finally:
        beside.unlink(missing_ok=True)
    return target


def write_text(text: str, target: Path) -> Path:
    """Write a text beside `target` and rename it; see `replace` for what is raised."""
    return replace(target, lambda beside: beside.write_text(text, encoding="utf-8"))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _drawn(answer: Answer) -> str:
    from entrepot import charts, pictures

    return charts.svg(pictures.picture(answer))


def _painted(answer: Answer) -> bytes:
    from entrepot import charts, pictures

    return charts.png(pictures.picture(answer))


def _paged(answer: Answer) -> str:
    from entrepot import handouts

    return handouts.page(answer)


def read(path: Path, columns: Sequence[str]) -> "pd.DataFrame":
    """Read a table from CSV or Parquet and hold it to the columns it must have; codes stay text.

    Raises
    ------
    MissingData
        If there is no such file.
    BadTable
        If it cannot be read, or lacks a column.
    """
    import pandas as pd

    if not path.is_file():
        raise MissingData(f"No table is at {path}. A CSV or Parquet file with {', '.join(columns)} is expected.")
    try:
        parquet = path.suffix.lower() == ".parquet"
        table = pd.read_parquet(path) if parquet else pd.read_csv(path, dtype={"product": str, "since": str})
    except UnicodeDecodeError as error:
        raise BadTable(f"{path} is not in UTF-8 (byte {error.start + 1}). Save it as CSV in UTF-8.") from error
    except (OSError, ValueError) as error:
        raise BadTable(f"{path} cannot be read: {str(error).splitlines()[0]}. Save it again as CSV.") from error
    if lacking := [name for name in columns if name not in table.columns]:
        raise BadTable(f"{path} needs the column(s) {', '.join(lacking)}; it has {', '.join(map(str, table.columns))}.")
    return table


def csv(answer: Answer) -> str:
    """Return the rows as CSV: full units, fractions, empty for missing; lists as JSON text."""
    return flat(answer.rows).to_csv(index=False, lineterminator="\n")


def flat(rows: "pd.DataFrame") -> "pd.DataFrame":
    """Rows with lists and mappings as JSON text, so that every cell is one value."""
    out = rows.copy()
    for name in out.columns:
        if out[name].map(lambda cell: isinstance(cell, list | tuple | dict)).any():
            out[name] = [json.dumps(cell, default=str, ensure_ascii=False) if cell else "" for cell in out[name]]
    return out


def _parquet(answer: Answer, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(flat(answer.rows), preserve_index=False)
    about = json.dumps(answer.plain()["about"], ensure_ascii=False)
    pq.write_table(table.replace_schema_metadata({"entrepot": about}), path, compression="zstd")


def _xlsx(answer: Answer, path: Path) -> None:
    import pandas as pd
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    about = answer.plain()["about"]
    notes = [(name, _cell(value)) for name, value in about.items() if name != "sources"]  # type: ignore[attr-defined]
    sources = about.get("sources")  # type: ignore[attr-defined]
    sheets = {
        "data": _naive(flat(answer.rows)),
        "notes": pd.DataFrame(notes, columns=["what", "value"]),
        "sources": pd.DataFrame(sources if isinstance(sources, list) and sources else [{"source": "none named"}]),
    }
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        for name, table in sheets.items():
            table.to_excel(book, sheet_name=name, index=False)
            sheet = book.sheets[name]
            sheet.freeze_panes = "A2"
            for number, column in enumerate(table.columns, 1):
                sheet.cell(1, number).font = Font(bold=True)
                sheet.column_dimensions[get_column_letter(number)].width = min(60, max(10, len(str(column)) + 2))
                form = "0.0%" if str(column) in FRACTIONS else "#,##0" if str(column) in AMOUNTS else None
                if form and name == "data":
                    for row in range(2, len(table) + 2):
                        sheet.cell(row, number).number_format = form


FRACTIONS = {"growth", "growth_other", "share", "contribution", "lo", "hi", "share_before", "share_after"}
AMOUNTS = {"value", "base", "half_width"}


def _naive(rows: "pd.DataFrame") -> "pd.DataFrame":
    return rows.map(lambda cell: None if cell is None else cell)


def _cell(value: object) -> object:
    return value if isinstance(value, str | int | float) or value is None else json.dumps(value, ensure_ascii=False)


def _stata(answer: Answer, path: Path) -> None:
    import pandas as pd

    rows = flat(answer.rows)
    labels = {name: LABELS.get(name, name.replace("_", " "))[:80] for name in rows.columns}
    dates: Any = {}  # column to Stata format: the stubs of pandas take no such dict
    for name in rows.columns:
        if name == "period":
            years = rows[name].str.len().eq(4)  # among months a year stands at its last; the span tells them apart
            rows[name] = pd.to_datetime(rows[name].mask(years, rows[name] + "-12"))
            dates[name] = "ty" if years.all() else "tm"
        elif name in ("released", "superseded"):
            rows[name] = pd.to_datetime(rows[name])
            dates[name] = "td"
        elif not pd.api.types.is_numeric_dtype(rows[name]):
            numbers = pd.to_numeric(rows[name], errors="coerce")
            empty = rows[name].isna()
            rows[name] = (
                numbers if (numbers.notna() | empty).all() and empty.any() else rows[name].fillna("").astype(str)
            )
    title = str(answer.about.get("citation", ""))[:80]
    rows.to_stata(path, write_index=False, version=118, convert_dates=dates, variable_labels=labels, data_label=title)


LABELS = {
    "value": "value [currency, full units]",
    "growth": "growth on a year earlier [fraction]",
    "growth_basis": "printed or recomputed",
    "growth_other": "growth on the other basis [fraction]",
    "share": "share of the whole [fraction]",
    "contribution": "contribution to growth [fraction]",
    "released": "day the figure became public",
    "grade": "A office, B two copies, C one copy",
    "flow": "X exports, M imports, T total, B balance",
}
