"""The flows of the bundle once more, in the form that a few cells are read from without an engine.

Every row of `flows.parquet`, in its order, packed by reporter and partner: the length of the index (8 bytes, the lowest
first), the index, and the packs. Index and packs are JSON, compressed by zlib. The index holds the columns, and for
each reporter and partner where its pack starts (after the index) and how long it is [bytes]; a pack holds one entry for
each column: a list with the value of each row, or the value itself where all rows have the same. Days are text, what is
missing is null. `entrepot.bundle.rows` reads it.
"""

import json
import zlib
from collections.abc import Iterable
from typing import Any

import pandas as pd


def packed(table: pd.DataFrame) -> bytes:
    """Return a flows table in packed form."""
    packs: list[bytes] = []
    index: dict[str, dict[str, list[int]]] = {}
    start = 0
    for (reporter, partner), rows in table.groupby(["reporter", "partner"], sort=True):
        pack = _json([_column(rows[name]) for name in table])
        index.setdefault(str(reporter), {})[str(partner)] = [start, len(pack)]
        packs.append(pack)
        start += len(pack)
    head = _json({"columns": list(table), "packs": index})
    return b"".join([len(head).to_bytes(8, "little"), head, *packs])


def _column(column: Iterable[Any]) -> object:
    values = [None if pd.isna(v) else v if isinstance(v, str | float) else str(v)[:10] for v in column]
    return values[0] if all(value == values[0] for value in values) else values


def _json(value: object) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode(), 9)
