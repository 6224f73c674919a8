"""Sums of a large delimited file by cell, over sorted whole-number keys: one pass to read, one sort, one to add up.

A file of millions of lines names few countries and some thousands of products. Each text column becomes the ranks of
what its codes mean, ranks are packed into one number a line, and lines are added up in the order of that number, which
is the order in which rows are published. Sums run in the order of the file, so that they are the same every time.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot import flows
from entrepot.errors import BadTable

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

BLOCK = 8 * 2**20  # bytes that are parsed at once


def typed(
    content: bytes | Path, texts: Iterable[str], numbers: Iterable[str], *, missing: Iterable[str] = ("",)
) -> "pa.Table":
    """Columns of a delimited text: texts as codes of a dictionary, numbers as reals, null where `missing` stands.

    Raises
    ------
    BadTable
        If a field that should be a number is none, or a line has more or fewer fields than the header.
    """
    import pyarrow as pa
    from pyarrow import csv

    kinds: dict[str, pa.DataType] = dict.fromkeys(texts, pa.dictionary(pa.int32(), pa.string()))
    kinds |= dict.fromkeys(numbers, pa.float64())
    convert = csv.ConvertOptions(column_types=kinds, include_columns=list(kinds), null_values=[*missing])
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        held = csv.read_csv(source, read_options=csv.ReadOptions(block_size=BLOCK), convert_options=convert)
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        raise BadTable(f"The file cannot be read as a table: {str(error).splitlines()[0]}") from None
    return held.unify_dictionaries().combine_chunks()


def codes(column: "pa.ChunkedArray") -> list[str]:
    """Codes that stand in a column of `typed`."""
    return [code for chunk in column.chunks[:1] for code in chunk.dictionary.to_pylist()]


def ranked(column: "pa.ChunkedArray", meaning: Callable[[str], str]) -> "tuple[np.ndarray[Any, Any], list[str]]":
    """Rank of each line's meaning among the meanings of a column, and these in order."""
    import numpy as np

    told = [meaning(code) for code in codes(column)]
    names = sorted(set(told))
    rank = {name: n for n, name in enumerate(names)}
    of_code = np.array([rank[name] for name in told], dtype=np.int64)
    return of_code[column.chunk(0).indices.to_numpy()], names


def pack(ranks: "Sequence[np.ndarray[Any, Any]]", sizes: Sequence[int]) -> "np.ndarray[Any, Any]":
    """One number a line from its ranks, the first counting most.

    Raises
    ------
    BadTable
        If the combinations are more than a number can tell apart.
    """
    import math

    import numpy as np

    if math.prod(sizes) >= 2**62:
        raise BadTable(f"The file has too many codes to be added up: {', '.join(map(str, sizes))} by column.")
    out = np.zeros(len(ranks[0]), dtype=np.int64)
    for rank, size in zip(ranks, sizes, strict=True):
        out *= size
        out += rank
    return out


def unpack(packed: "np.ndarray[Any, Any]", sizes: Sequence[int]) -> "list[np.ndarray[Any, Any]]":
    """Ranks from the numbers of `pack`.

    >>> import numpy as np
    >>> [ranks.tolist() for ranks in unpack(pack([np.array([1, 0]), np.array([2, 1])], [2, 3]), [2, 3])]
    [[1, 0], [2, 1]]
    """
    out = []
    for size in reversed(sizes):
        packed, rank = divmod(packed, size)
        out.append(rank)
    return out[::-1]


def starts(key: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Places at which a sorted key changes, the first among them."""
    import numpy as np

    return np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))


def table(rows: int, held: "dict[str, Any]") -> "pa.Table":
    """Arrow table with every column of the flows table, in order.

    `held` gives for a column a constant, an array of numbers (NaN is null), or ranks with the texts that they stand
    for, of which None is null.
    """
    import numpy as np
    import pyarrow as pa

    kinds = {flows.TEXT: pa.string(), flows.NUMBER: pa.float64(), flows.DAY: pa.date32()}
    none = np.zeros(rows, dtype=np.int32)

    def column(name: str, kind: "pa.DataType") -> "pa.Array":
        said = held.get(name)
        if isinstance(said, np.ndarray):
            return pa.array(said, kind, from_pandas=True)
        if said is None:
            return pa.nulls(rows, kind)
        ranks, texts = said if isinstance(said, tuple) else (none, [said])
        if kind == pa.string():
            absent = ranks == texts.index(None) if None in texts else None
            names = pa.array([text or "" for text in texts], kind)
            return pa.DictionaryArray.from_arrays(pa.array(ranks, pa.int32(), mask=absent), names)
        return pa.repeat(pa.scalar(texts[0], kind), rows)

    return pa.table({name: column(name, kinds[dtype]) for name, (dtype, _) in flows.COLUMNS.items()})
