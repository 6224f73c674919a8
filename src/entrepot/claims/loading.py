"""The cells that the claims of a story are held against, from the bundle and what has been fetched."""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from entrepot.claims import evidence
from entrepot.claims.claim import Claim
from entrepot.claims.evidence import Cells
from entrepot.errors import BadTable


def gather(trade: Any, claims: Sequence[Claim], rates: Iterable[Mapping[str, object]]) -> Cells:
    if trade is None:
        return _wanted_cells(claims)
    if isinstance(trade, list):
        try:
            return Cells.of(trade, rates)
        except (KeyError, TypeError) as error:
            raise BadTable(f"Every row is a dict with the columns of a flows table; one lacks {error}.") from None
    from entrepot import flows

    return Cells.of(_rows(flows.read(trade)), [*rates] or _held_rates())


def _wanted_cells(claims: Sequence[Claim]) -> Cells:
    """Cells that some claims can be held against; after a few stories, all of their reporters, kept in memory."""
    reporters = _of_held({c.reporter for c in claims})
    _ASKED[reporters] = _ASKED.get(reporters, 0) + 1
    if _ASKED[reporters] > FEW:
        return held_cells(reporters)
    partners = {"WLD", "EU27", *(c.partner for c in claims)}
    products = {"TOTAL", *(c.product for c in claims), *(evidence.RELATED.get(c.product, "TOTAL") for c in claims)}
    wanted = {"reporter": set(reporters), "partner": partners, "product": products}
    if any(c.measure == "rank" for c in claims):
        del wanted["partner"]
    return Cells.of(_held_rows(wanted), _held_rates())


def _held_rows(wanted: Mapping[str, Collection[str]]) -> list[dict[str, object]]:
    """Rows of the lake and the bundle; of the bundle alone, and quicker, where nothing has been fetched."""
    from entrepot import bundle

    if not _fetched():
        return bundle.rows(**wanted)
    import narwhals as nw

    from entrepot import lake

    return _rows(lake.load().filter(*(nw.col(name).is_in(sorted(codes_)) for name, codes_ in wanted.items())))


def _home() -> str:
    return os.path.expanduser(os.environ.get("ENTREPOT_HOME") or "~/.entrepot")


def _fetched() -> bool:
    """Whether anything has been fetched into the lake."""
    return os.path.isdir(os.path.join(_home(), "flows"))


def held_cells(reporters: Sequence[str]) -> Cells:
    """Cells of everything held of some reporters, in the bundle or the lake; none where nothing is held of one."""
    key = (_home(), *_of_held(reporters))
    if key not in _LOADED:
        alone = [held_cells([reporter]) for reporter in key[1:]] if len(key) > 2 else []
        _LOADED[key] = Cells.joined(alone) if alone else Cells.of(_held_rows({"reporter": key[1:]}), _held_rates())
    return _LOADED[key]


def _of_held(reporters: Iterable[str]) -> tuple[str, ...]:
    """Reporters in order; without those of whom nothing can be held, where nothing has been fetched."""
    from entrepot import bundle

    return tuple(sorted({*reporters} if _fetched() else {*reporters}.intersection(bundle.reporters())))


_LOADED: dict[tuple[str, ...], Cells] = {}
"""Cells by where they are held and by reporters: those of several share the rows of each."""
_ASKED: dict[tuple[str, ...], int] = {}
FEW = 3
"""Stories of one reporter for which only the cells that they need are read; from the next on, all are kept."""


def _rows(table: Any) -> list[dict[str, object]]:
    """Rows of a table over DuckDB, from the relation itself: a copy by Arrow leaks the types of DuckDB at exit."""
    relation = table.to_native()
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _held_rates() -> list[dict[str, object]]:
    from entrepot import bundle

    return _rates(bundle.HOME / "rates.csv")


@cache
def _rates(path: Path) -> list[dict[str, object]]:
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return [dict(r) for r in csv.DictReader(file) if r["kind"] == "average" and r["span"] == "month"]
