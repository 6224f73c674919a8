"""The bundle: the tables that ship in the package, built by scripts/build_bundle.py."""

import json
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from entrepot.errors import BadTable

if TYPE_CHECKING:
    import pandas as pd

    from entrepot.flows import Flows

HOME = Path(__file__).parent / "data" / "bundle"
AGAIN = "Install the package again: python -m pip install --force-reinstall entrepot"


def flows() -> "Flows":
    """Flows that ship with the package, all vintages; the contract was checked when they were built.

    Raises
    ------
    BadTable
        If the file is missing, truncated or holds fewer rows than the manifest says.
    """
    path = HOME / "flows.parquet"
    try:
        relation = duckdb.read_parquet(str(path))
        rows = relation.count("*").fetchall()[0][0]
    except duckdb.Error as error:
        raise BadTable(f"The bundled flows cannot be read ({str(error).splitlines()[0]}). {AGAIN}") from error
    if rows != manifest()["flows.parquet"]:
        raise BadTable(f"The bundled flows hold {rows} rows, not {manifest()['flows.parquet']}. {AGAIN}")
    import narwhals as nw

    return nw.from_native(relation)


def rows(**wanted: Collection[str]) -> list[dict[str, object]]:
    """Rows of the bundled flows, as dicts, whose columns have one of the values wanted: a quick way to a few cells.

    Raises
    ------
    BadTable
        If the file cannot be read.
    """
    path = HOME / "flows.parquet"
    where = " AND ".join(f"{name} IN (SELECT unnest(?))" for name in wanted)
    try:
        found = duckdb.execute(f"SELECT * FROM read_parquet(?) WHERE {where or 'true'}",
                               [str(path), *(sorted(values) for values in wanted.values())])  # fmt: skip
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    except duckdb.Error as error:
        raise BadTable(f"The bundled flows cannot be read ({str(error).splitlines()[0]}). {AGAIN}") from error


@cache
def manifest() -> dict[str, int]:
    """Rows of each bundled table, as the build script wrote them."""
    try:
        rows: dict[str, int] = json.loads((HOME / "manifest.json").read_text(encoding="utf-8"))["rows"]
    except (OSError, ValueError, KeyError) as error:
        raise BadTable(f"The manifest of the bundle cannot be read ({error}). {AGAIN}") from error
    return rows


def sources() -> "pd.DataFrame":
    """Sources of the bundled flows: source, office, table, url, licence, retrieved, kind, grade, rank."""
    return _csv(HOME / "sources.csv")


def rates() -> "pd.DataFrame":
    """Exchange rates: base, quote, period, span, kind (customs, average), rate [quote per base], half_width, source."""
    return _csv(HOME / "rates.csv")


def consensus() -> "pd.DataFrame":
    """Polls before each release: reporter, period, span, flow, measure, currency, consensus, first_print, poll, url.

    Growth is a fraction, a balance is in full currency units.
    """
    return _csv(HOME / "consensus.csv")


@cache
def _csv(path: Path) -> "pd.DataFrame":
    import pandas as pd

    try:
        table = pd.read_csv(path, dtype={"period": str}, keep_default_na=True)
    except (OSError, ValueError) as error:
        raise BadTable(f"The bundled table {path.name} cannot be read ({error}). {AGAIN}") from error
    if len(table) != manifest()[path.name]:
        raise BadTable(f"The bundled table {path.name} holds {len(table)} rows, not {manifest()[path.name]}. {AGAIN}")
    return table
