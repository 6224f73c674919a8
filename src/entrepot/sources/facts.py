"""Rows of an answer on their way into the flows table: what is common to all is written once."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot import flows
from entrepot.errors import BadTable
from entrepot.sources import Source

if TYPE_CHECKING:
    import pandas as pd

HS_EDITIONS = {
    "H0": "HS1992", "H1": "HS1996", "H2": "HS2002", "H3": "HS2007", "H4": "HS2012", "H5": "HS2017", "H6": "HS2022",
}  # fmt: skip
"""Names of the United Nations for editions of the HS, and ours."""
VALUATION = {"X": "fob", "RX": "fob", "M": "cif", "RM": "cif"}


def table(
    rows: Iterable[Mapping[str, Any]],
    source: Source | str,
    *,
    released: date,
    basis: str = "first seen",
    repairs: Mapping[str, int] | None = None,
) -> "pd.DataFrame":
    """Rows as a pandas frame with every column of the flows table.

    What a row leaves out is the plain case: all goods, standard concept, fob exports and cif imports, observed. `attrs`
    of the frame holds `repairs`: what was mended or left out, with the number of rows.

    Raises
    ------
    BadTable
        If no row is given, or two rows have one key: an answer that says two things of one cell was misread.
    """
    import pandas as pd

    plain = {"product": flows.ALL, "classification": "", "concept": "standard", "status": "observed"}
    origin = {"source": source if isinstance(source, str) else source.key, "released": released}
    origin |= {"released_basis": basis, "superseded": None}
    full = [plain | {"valuation": VALUATION.get(row["flow"], "mixed")} | origin | dict(row) for row in rows]
    if not full:
        raise BadTable("The answer holds no row of trade. Ask for another period, or look at the office's page.")
    return typed(pd.DataFrame(full), repairs)


def typed(frame: "pd.DataFrame", repairs: Mapping[str, int] | None = None) -> "pd.DataFrame":
    """Give a frame all columns of the flows table in order, with their types, and refuse a key that stands twice."""
    import pandas as pd

    columns: dict[str, pd.Series[Any]] = {}
    for name, (dtype, _) in flows.COLUMNS.items():
        column = frame[name] if name in frame else pd.Series([None] * len(frame), index=frame.index, dtype="object")
        if dtype == flows.NUMBER:
            columns[name] = pd.to_numeric(column).astype("float64")
        elif dtype == flows.DAY:
            columns[name] = pd.to_datetime(column).astype("datetime64[us]")
        else:
            columns[name] = column.astype("object").where(column.notna(), None)
    out = pd.DataFrame(columns)
    twice = out[out.duplicated(flows.KEY, keep=False)]
    if len(twice):
        shown = twice.head(2)[["reporter", "partner", "flow", "product", "period", "span", "concept", "value"]]
        raise BadTable(f"The answer gives {len(twice)} rows for cells that should be one each:\n{shown.to_string()}")
    out.attrs["repairs"] = {what: count for what, count in (repairs or {}).items() if count}
    return out.reset_index(drop=True)
