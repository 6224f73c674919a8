"""The bundle: the tables that ship in the package, built by scripts/build_bundle.py."""

import csv
import json
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from entrepot.errors import BadTable

if TYPE_CHECKING:
    from entrepot.flows import Flows

Row = Mapping[str, Any]
HOME = Path(__file__).parent / "data" / "bundle"
NUMBERS = {"rank": int, "rate": float, "half_width": float, "consensus": float, "first_print": float}
NUMBERS |= {"year": int, "gdp": float}
AGAIN = "Install the package again: python -m pip install --force-reinstall entrepot"


def flows() -> "Flows":
    """Flows that ship with the package, all vintages; the contract was checked when they were built.

    Raises
    ------
    BadTable
        If the file is missing, truncated or holds fewer rows than the manifest says.
    """
    import duckdb

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


def rows(
    reporter: Collection[str] | None = None, partner: Collection[str] | None = None,
    product: Collection[str] | None = None,
) -> list[dict[str, object]]:  # fmt: skip
    """Rows of the bundled flows of some reporters, partners and products (of all, if None), as dicts; days are text.

    They are the rows of `flows`, read without an engine: a quick way to a few cells. The file is an index and a pack
    for each reporter and partner (see scripts/bundle_cells.py); only the packs that are wanted are opened.

    Raises
    ------
    BadTable
        If the file is missing, truncated or torn.
    """
    found: list[dict[str, object]] = []
    try:
        with (HOME / "cells.bin").open("rb") as file:
            index = _index(file)
            begin = file.tell()
            for who, packs in index["packs"].items():
                for whom, (start, length) in packs.items():
                    if (reporter is None or who in reporter) and (partner is None or whom in partner):
                        file.seek(begin + start)
                        found += _unpacked(index["columns"], file.read(length))
    except TORN as error:
        raise BadTable(f"The bundled cells cannot be read ({error}). {AGAIN}") from error
    return [row for row in found if product is None or row["product"] in product]


def reporters() -> tuple[str, ...]:
    """Reporters of whom the bundle holds flows (ISO3).

    Raises
    ------
    BadTable
        If the file cannot be read.
    """
    try:
        return _reporters(HOME)
    except TORN as error:
        raise BadTable(f"The bundled cells cannot be read ({error}). {AGAIN}") from error


@cache
def _reporters(home: Path) -> tuple[str, ...]:
    with (home / "cells.bin").open("rb") as file:
        return tuple(_index(file)["packs"])


TORN = (OSError, ValueError, KeyError, MemoryError, zlib.error)
"""What a missing, truncated or torn file of cells raises."""


def _index(file: BinaryIO) -> Any:
    """Columns and packs, from the head of the file of cells; what follows are the packs."""
    return json.loads(zlib.decompress(file.read(int.from_bytes(file.read(8), "little"))))


def _unpacked(columns: Sequence[str], pack: bytes) -> Iterator[dict[str, object]]:
    """Rows of one pack; a value that stands alone is that of all rows."""
    held = json.loads(zlib.decompress(pack))
    if not any(isinstance(values, list) for values in held):
        return iter([dict(zip(columns, held, strict=True))])
    values = (values if isinstance(values, list) else repeat(values) for values in held)
    return (dict(zip(columns, row, strict=True)) for row in zip(*values, strict=False))


@cache
def manifest() -> dict[str, int]:
    """Rows of each bundled table, as the build script wrote them."""
    try:
        rows: dict[str, int] = json.loads((HOME / "manifest.json").read_text(encoding="utf-8"))["rows"]
    except (OSError, ValueError, KeyError) as error:
        raise BadTable(f"The manifest of the bundle cannot be read ({error}). {AGAIN}") from error
    return rows


def sources() -> tuple[Row, ...]:
    """Sources of the bundled flows: source, office, table, url, licence, retrieved, kind, grade, rank."""
    return _csv(HOME / "sources.csv")


def rates() -> tuple[Row, ...]:
    """Exchange rates: base, quote, period, span, kind (customs, average), rate [quote per base], half_width, source."""
    return _csv(HOME / "rates.csv")


def consensus() -> tuple[Row, ...]:
    """Polls before each release: reporter, period, span, flow, measure, currency, consensus, first_print, poll, url.

    Growth is a fraction, a balance is in full currency units.
    """
    return _csv(HOME / "consensus.csv")


def gdp() -> tuple[Row, ...]:
    """GDP in current dollars: reporter, year, gdp, half_width, source.

    World Bank, World Development Indicators (CC BY 4.0): `wdi-wits` through the country summaries of WITS,
    `wdi-copy-2025` through a replication package of 2025.
    """
    return _csv(HOME / "gdp.csv")


@cache
def _csv(path: Path) -> tuple[Row, ...]:
    try:
        table = rows_of(path)
    except (OSError, ValueError) as error:
        raise BadTable(f"The bundled table {path.name} cannot be read ({error}). {AGAIN}") from error
    if len(table) != manifest()[path.name]:
        raise BadTable(f"The bundled table {path.name} holds {len(table)} rows, not {manifest()[path.name]}. {AGAIN}")
    return table


def rows_of(path: Path) -> tuple[Row, ...]:
    """Rows of a small CSV table: text, the columns of NUMBERS as numbers, None for what is empty.

    Raises
    ------
    OSError, ValueError
        If it cannot be opened, or a number is none.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return tuple({name: _value(name, text) for name, text in row.items()} for row in csv.DictReader(file))


def _value(name: str, text: str | None) -> Any:
    if not text:
        return None
    return NUMBERS[name](float(text)) if name in NUMBERS else text
