"""Which reports of a flow are held: each way in which a pair is told, and the best of them for a question."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entrepot import concordance, flows, lake, legs
from entrepot.legs import PLACEBO_ORIGINS, Ask

if TYPE_CHECKING:
    import pandas as pd

TRAITS = ("span", "classification", "currency", "valuation", "concept", "source", "digits")
MAIN = ("classification", "currency", "valuation", "concept", "span")
UNRANKED = 3


@dataclass(frozen=True)
class Report:
    """One report of a pair, with its traits, how many periods it covers in each window, and its rows."""

    reporter: str
    flow: str
    partner: str
    span: str
    classification: str
    currency: str
    valuation: str
    concept: str
    source: str
    digits: int
    base: int
    period: int
    rows: int = 0

    @property
    def pair(self) -> tuple[str, str]:
        """Exporter and importer."""
        return (self.partner, self.reporter) if self.flow == "M" else (self.reporter, self.partner)

    @property
    def words(self) -> str:
        """How the report is described to a reader."""
        side = "imports" if self.flow == "M" else "exports"
        return f"{side} of {self.reporter}, {self.valuation}, {self.classification or 'own codes'}, by {self.span}"


def in_scope(table: flows.Flows, ask: Ask, duties: "pd.DataFrame | None") -> flows.Flows:
    """Rows that can answer the question, with the number of digits of each product (0 for all goods)."""
    col = nw.col
    sellers = [ask.origin, *ask.hubs, *PLACEBO_ORIGINS]
    sold = (col("flow") == "X") & (col("reporter").is_in(sellers) | (col("partner") == ask.destination))
    buyers, from_hubs = [ask.destination, *ask.hubs], [ask.origin, *ask.hubs]
    bought = (col("flow") == "M") & (col("reporter").is_in(buyers) | col("partner").is_in(from_hubs))
    held = table.filter(
        sold | bought, col("period").is_in(legs.needed(ask, duties)), col("span").is_in(["month", "year"])
    )
    if ask.currency is not None:
        held = held.filter(col("currency") == ask.currency)
    held = held.filter(~col("value").is_null(), col("classification") != "aggregate")
    whole = nw.when(col("product") == flows.ALL).then(0).otherwise(col("product").str.len_chars().cast(nw.Int64()))
    return held.filter(flows.current(ask.vintage)).with_columns(digits=whole)


def census(scope: flows.Flows, ask: Ask) -> tuple[flows.Flows, list[Report]]:
    """What is held of each pair: one report for each way in which it is told, with the periods it covers.

    The scope comes back with one print of each cell. Prints of which none is marked as superseded would be added up
    otherwise; they are looked for by days of release, so that a table without any is not sorted by cell.
    """
    import pandas as pd

    by = ["reporter", "flow", "partner", *TRAITS]
    days = {"oldest": nw.col("released").min(), "newest": nw.col("released").max()}
    counted: pd.DataFrame = (
        scope.group_by(*by, "period").agg(nw.len().alias("rows"), **days).collect("pandas").to_native()
    )
    if (counted["oldest"] != counted["newest"]).any():
        scope = scope.filter(nw.col("released") == nw.col("released").max().over(*flows.CELL, "source"))
    start, end, first, last = ask.ends
    month = counted["period"].str.len() == 7
    counted["base"] = ((counted["period"] >= start) & (counted["period"] <= end) & month) | (
        counted["period"] == ask.base
    )
    counted["now"] = ((counted["period"] >= first) & (counted["period"] <= last) & month) | (
        counted["period"] == ask.period
    )
    grouped = counted.groupby(by, as_index=False)[["base", "now", "rows"]].sum()
    names = [*by, "base", "now", "rows"]
    found = [Report(*(_plain(one) for one in row)) for row in grouped[names].itertuples(index=False, name=None)]
    return scope, found


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def rank(report: Report, exporter: bool, known: Mapping[str, int], edition: str | None = None) -> tuple[Any, ...]:
    """Best first: covers both windows, HS6, months, the side preferred, standard concept, dollars, source."""
    level = 0 if report.digits == 6 else 1 if report.digits > 6 else 8 - report.digits
    side = (report.flow == "X") != exporter
    concept = ("standard", "general", "consumption").index(report.concept) if report.concept in legs.CONCEPTS else 3
    other = edition is not None and report.classification != edition
    return (level, other, report.span != "month", side, -(report.base + report.period), concept,
            report.currency != "USD",
            known.get(report.source, UNRANKED), report.source, report.valuation)  # fmt: skip


def best(
    reports: Iterable[Report], exporter: bool, known: Mapping[str, int], edition: str | None = None
) -> Report | None:
    """The best report by product that covers both windows, in the edition asked for where it is held; None if none."""
    whole = [one for one in reports if one.base and one.period and one.digits]
    return min(whole, key=lambda one: rank(one, exporter, known, edition), default=None)


def joined(reports: Iterable[Report], exporter: bool, known: Mapping[str, int]) -> tuple[Report, Report] | None:
    """Two reports, alike but for their HS edition, of which the first covers the base and the other the period."""
    fine = [one for one in reports if one.digits >= 6 and one.classification in concordance.EDITIONS]
    pairs = [
        (before, after)
        for before in fine
        for after in fine
        if before.base and after.period and not after.base and before.classification != after.classification
        and _alike(before) == _alike(after)
    ]  # fmt: skip
    return min(pairs, key=lambda pair: [rank(one, exporter, known) for one in reversed(pair)], default=None)


def _alike(report: Report) -> tuple[str, ...]:
    return (report.reporter, report.flow, report.span, report.currency, report.valuation, report.concept)


def by_pair(reports: Sequence[Report]) -> dict[tuple[str, str], list[Report]]:
    """Reports of each pair (exporter, importer)."""
    out: dict[tuple[str, str], list[Report]] = {}
    for report in reports:
        out.setdefault(report.pair, []).append(report)
    return out


def ranks() -> dict[str, int]:
    """Rank of each source; a source that is not described stands between copies and press."""
    return {key: row["rank"] for key, row in lake.sources().items()}


def is_(report: Report, partners: Sequence[str] | None = None) -> nw.Expr:
    """Condition that a row belongs to a report (and to these partners)."""
    condition = nw.col("reporter") == report.reporter
    for name in ("flow", *TRAITS):
        condition = condition & (nw.col(name) == getattr(report, name))
    return condition & nw.col("partner").is_in(list(partners or [report.partner]))
