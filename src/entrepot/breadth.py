"""How widely a flow is spread over partners or products, in two periods, and what changed it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entrepot import codes, diversity, flows, lines, measures, splits
from entrepot.answer import Answer
from entrepot.errors import MissingData
from entrepot.lines import Asked, Lines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

ENOUGH = 0.98  # of the whole must be in single lines, or nothing is said of how it is spread
TOPS = (1, 3, 5)
METHOD = (
    "HHI = sum of squared shares, effective number = 1 / HHI, Theil T = within + between groups; the change of the HHI "
    "is split by Shapley into one line's share and the rest"
)


def spread(table: flows.Flows, asked: Asked, *, focus: str | None = None) -> Answer:
    """Concentration in base and period, what one line and the rest did to it, and margins where the market is held.

    Parameters
    ----------
    table
        Flows of one reporter; for margins also the market's own reports.
    asked : Asked
        By `partner` (countries; continents are the groups of the Theil split) or `product` (chapters are).
    focus : str, optional
        The line whose effect stands apart; the one whose share changed most if left out.

    Returns
    -------
    Answer
        Rows: measure, before, after, change, unit (`index`, `lines`, `share`).

    Raises
    ------
    MissingData
        If single lines make up less than 98 % of the whole in either period, or the focus is not among them.
    """
    held = lines.collect(table.filter(nw.col("reporter") == asked.reporter), asked)
    kept = [n for n, name in enumerate(held.names) if _single(name, asked.by)]
    v0, v1 = held.before[kept], held.after[kept]
    names = [held.names[n] for n in kept]
    covered = [float(side.sum() / whole) if whole else 0.0 for side, whole in zip((v0, v1), held.whole, strict=True)]
    if min(covered) < ENOUGH:
        raise MissingData(
            f"Single {asked.by}s make up {100 * min(covered):.0f} % of {codes.name(asked.flow).lower()}; nothing is "
            f"said below {100 * ENOUGH:.0f} %. {lines.lacking(asked)}"
        )
    at = _focus(names, v0, v1, focus, asked)
    rows = [*_measures(v0, v1, [_group(name, asked.by) for name in names]), *_change(v0, v1, names[at], at, asked.by)]
    rows += _margins(table, asked)
    return Answer("explain", _about(held, asked, names[at], min(covered)), _frame(rows))


def _single(name: str, by: str) -> bool:
    return codes.kind(name) == "country" if by == "partner" else name != "ROW"


def _group(name: str, by: str) -> str:
    """Continent of a country, chapter of a product."""
    if by == "product":
        return name[:2]
    found = [group for group in codes.groups_of(name) if group in CONTINENTS]
    return found[0] if found else "other"


CONTINENTS = frozenset({"ASIA", "AFR", "EUROPE", "LATAM", "NAMERICA", "OCEANIA"})


def _focus(names: list[str], v0: "Values", v1: "Values", focus: str | None, asked: Asked) -> int:
    import numpy as np

    if focus is None:
        return int(np.argmax(np.abs(diversity.shares(v1) - diversity.shares(v0))))
    if focus not in names:
        raise MissingData(f"{focus} is not among the lines of {asked.reporter} by {asked.by}.")
    return names.index(focus)


def _measures(v0: "Values", v1: "Values", groups: list[str]) -> list[dict[str, Any]]:
    pairs = [("HHI", "index", diversity.hhi), ("effective number", "lines", diversity.effective_number)]
    rows = [_row(name, made(v0), made(v1), unit) for name, unit, made in pairs]
    rows += [_row(f"share of the largest {n}", diversity.top(v0, n), diversity.top(v1, n), "share") for n in TOPS]
    theils = zip(diversity.theil(v0, groups), diversity.theil(v1, groups), strict=True)
    names = ("Theil", "Theil within groups", "Theil between groups")
    rows += [_row(name, before, after, "index") for name, (before, after) in zip(names, theils, strict=True)]
    counts = [float((side > 0).sum()) for side in (v0, v1)]
    return [*rows, _row("lines with trade", counts[0], counts[1], "lines")]


def _change(v0: "Values", v1: "Values", name: str, at: int, by: str) -> list[dict[str, Any]]:
    own, rest = diversity.hhi_one_line(v0, v1, at)
    shares = [float(diversity.shares(side)[at]) for side in (v0, v1)]
    word = codes.name(name)
    return [
        _row(f"share of {word}", shares[0], shares[1], "share"),
        {"measure": f"change of HHI from {word}", "before": None, "after": None, "change": own, "unit": "index"},
        {"measure": "change of HHI from everyone else" if by == "partner" else "change of HHI from all other products",
         "before": None, "after": None, "change": rest, "unit": "index"},
    ]  # fmt: skip


def _margins(table: flows.Flows, asked: Asked) -> list[dict[str, Any]]:
    """Hummels-Klenow margins in one market by product, where its own reports are held."""
    if asked.by != "product" or asked.partner is None or asked.flow != "X":
        return []
    try:
        _, own, market, _ = splits.markets(table, asked)
    except MissingData:
        return []
    found = [diversity.margins(o, m) for o, m in zip(own, market, strict=True)]
    names = ("extensive margin (Hummels-Klenow)", "intensive margin (Hummels-Klenow)", "share of the market")
    return [_row(name, found[0][n], found[1][n], "share") for n, name in enumerate(names)]


def _row(name: str, before: float, after: float, unit: str) -> dict[str, Any]:
    return {"measure": name, "before": before, "after": after, "change": after - before, "unit": unit}


def _frame(rows: list[dict[str, Any]]) -> Any:
    import pandas as pd

    return pd.DataFrame(rows).astype(dict.fromkeys(("before", "after", "change"), float))


def _about(held: Lines, asked: Asked, focus: str, covered: float) -> dict[str, object]:
    keys = sorted(set(held.sources))
    question = measures.ask(period=asked.period, span=asked.span, vintage=asked.vintage)
    return {
        "reporter": asked.reporter, "partner": asked.partner, "flow": asked.flow, "period": asked.period,
        "base_period": asked.base, "span": asked.span, "by": asked.by, "currency": held.currency,
        "vintage": asked.vintage, "split": "diversity", "focus": focus, "covered": covered, "level": held.level,
        "base": held.whole[0], "value": held.whole[1], "groups": "continents" if asked.by == "partner" else "chapters",
        "method": METHOD, "warnings": list(held.warnings), "sources": measures.sources_of(keys),
        "citation": measures.citation(asked.reporter, keys, question),
    }  # fmt: skip


def unnamed(asked: Asked) -> Asked:
    """The same question about the world: a partner given with `by="partner"` is the focus, not a filter."""
    return replace(asked, partner=None) if asked.by == "partner" else asked
