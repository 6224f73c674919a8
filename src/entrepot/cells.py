"""From a table of flows to one figure a cell: narrow it to a question, choose among vintages and sources.

`narrow` is lazy and leaves a small table; `choose` picks, of each cell, the figure of the vintage that was asked for
and lists what other sources or the first print say. Nothing here computes growth or balances.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entrepot import codes, flows, periods
from entrepot.errors import BadTable, DoubleCount

if TYPE_CHECKING:
    import pandas as pd

LINE = ["span", "period", "flow", "partner", "product"]  # what one figure is of, given reporter, currency, concept
CONCEPTS = ("standard", "general", "consumption")  # taken in this order where a question names none
SUM = "SUM"  # a line that adds up what is not printed as one
UNRANKED = 3  # a source that no table of sources describes stands between copies and press


@dataclass(frozen=True)
class Question:
    """What a verb asks of a table: periods (in order), span, lines, currency and vintage.

    `by` is the dimension to list; `partners` and `products` are filters, empty for the whole (WLD, TOTAL).
    """

    periods: tuple[str, ...]
    span: str
    currency: str
    vintage: str = "latest"
    by: str | None = None
    partners: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    concept: str | None = None

    @property
    def needed(self) -> list[str]:
        """The periods asked for and those a year earlier."""
        return sorted({*self.periods, *(periods.year_earlier(one) for one in self.periods)})


def narrow(table: flows.Flows, question: Question) -> flows.Flows:
    """Keep the rows that can answer a question; sum a dimension where only parts of its whole are held.

    Lazy to lazy. Columns: those of the flows table, `asked` (whether the row is of the vintage), `parts` (rows summed)
    and `groups` (of these, rows of partner groups, which overlap). A line that is a sum has partner or product `SUM`,
    with the classification and number of digits that were summed (`HS2022 6`). Rows of other vintages are kept for
    printed lines, so that the first print can be named; sums are of the vintage asked for.
    """
    held = _in_scope(table, question).with_columns(asked=flows.current(question.vintage))
    partner = _line("partner", flows.WORLD, listed=question.by == "partner" or bool(question.partners))
    product = _line("product", flows.ALL, listed=question.by == "product" or bool(question.products))
    digits = nw.concat_str("classification", nw.col("product").str.len_chars().cast(nw.String()), separator=" ")
    lines = held.with_columns(
        partner=partner,
        product=product,
        classification=nw.when(product == SUM).then(digits).otherwise(nw.col("classification")),
        printed=(partner != SUM) & (product != SUM),
        groups=nw.when(partner == SUM, nw.col("partner").is_in(_groups())).then(1).otherwise(0),
    )
    return _summed(lines.filter(nw.col("printed") | nw.col("asked")))


def _line(name: str, whole: str, *, listed: bool) -> nw.Expr:
    column = nw.col(name)
    return column if listed else nw.when(column == whole).then(column).otherwise(nw.lit(SUM))


def _groups() -> list[str]:
    return sorted(codes.groups())


def _in_scope(table: flows.Flows, question: Question) -> flows.Flows:
    col, needed = nw.col, question.needed
    span = (col("span") == question.span) & col("period").is_in(needed)
    if question.span != "month":
        months = sorted({month for one in needed for month in periods.months(one, question.span)})
        span = span | ((col("span") == "month") & col("period").is_in(months))
    if question.span == "year":
        span = span | ((col("span") == "ytd") & col("period").is_in([f"{one}-12" for one in needed]))
    if question.span == "ytd" and (years := [one[:4] for one in needed if one[5:] == "12"]):
        span = span | ((col("span") == "year") & col("period").is_in(years))
    held = table.filter(span, col("flow").is_in(["X", "M", "T", "B"]), col("currency").is_in([question.currency, ""]))
    if question.partners:
        held = held.filter(col("partner").is_in(sorted({*question.partners, flows.WORLD})))
    if question.products:
        held = held.filter(col("product").is_in(sorted({*question.products, flows.ALL})))
    if question.concept is not None:
        held = held.filter(col("concept") == question.concept)
    return held


def _summed(lines: flows.Flows) -> flows.Flows:
    """Add up the lines called SUM within one vintage and source; printed lines pass through, one row each."""
    keys = [*flows.CELL, "source", "released_basis", "asked", "printed", "stamp"]
    numbers = ["value", "half_width", "growth", "growth_half_width", "weight_kg", "quantity"]
    added = (
        lines.with_columns(stamp=nw.when(nw.col("printed")).then("released"))
        .group_by(keys)
        .agg(
            nw.col(*numbers).sum(),
            nw.col("released").max(),
            nw.col("superseded", "unit").min(),
            nw.col("groups").sum(),
            *(nw.col(name).count().alias(f"n_{name}") for name in numbers),
            parts=nw.len(),
        )
    )
    whole = {name: nw.col(f"n_{name}") == nw.col("parts") for name in numbers}
    alone = {name: nw.col("printed") & whole[name] for name in ("growth", "growth_half_width", "quantity")}
    kept = [nw.when((whole | alone)[name]).then(nw.col(name)).alias(name) for name in numbers]
    return added.with_columns(*kept).select(*flows.COLUMNS, "asked", "parts", "groups")


def choose(rows: "pd.DataFrame", question: Question, sources: "pd.DataFrame | None" = None) -> "pd.DataFrame":
    """Pick one figure of each line, after `narrow` was collected.

    Returns
    -------
    DataFrame
        Index `span, period, flow, partner, product`; columns value, half_width, growth, growth_half_width, status,
        source, grade, released, released_basis, concept, valuation, currency, classification, weight_kg, quantity,
        unit, method, first_value, first_growth, first_growth_half_width, first_released, first_basis, also (list of
        the other figures that differ).

    Raises
    ------
    DoubleCount
        If a line would have to be summed over partner groups that overlap, or over several digit levels of products.
    BadTable
        If the rows are of more than one reporter.
    """
    import pandas as pd

    if rows["reporter"].nunique() > 1:
        named = ", ".join(sorted(rows["reporter"].unique()))
        raise BadTable(f"One reporter is measured at a time; the table holds {named}. Filter it, or pass ep.load(name).")
    rows = _one_concept(_same_span(rows, question), question)
    rows = _printed_before_sums(rows)
    ranked = _ranked(rows, sources)
    lines = [_figure(group) for _, group in ranked.groupby(LINE, sort=False) if group["asked"].any()]
    table = pd.DataFrame(lines) if lines else pd.DataFrame(columns=[*LINE, *FIGURE])
    return table.set_index(LINE)


def _same_span(rows: "pd.DataFrame", question: Question) -> "pd.DataFrame":
    """A year and January to December are one fact: rows take the span of the question."""
    out = rows.copy()
    december = (out["span"] == "ytd") & out["period"].str.endswith("-12")
    if question.span == "year":
        out.loc[december, "period"] = out.loc[december, "period"].str.slice(0, 4)
        out.loc[december, "span"] = "year"
    elif question.span == "ytd":
        year = out["span"] == "year"
        out.loc[year, "period"] = out.loc[year, "period"] + "-12"
        out.loc[year, "span"] = "ytd"
    return out


def _one_concept(rows: "pd.DataFrame", question: Question) -> "pd.DataFrame":
    """Keep one concept a flow: the one held for most of the periods asked, then in the order of CONCEPTS."""
    if question.concept is not None or not len(rows):
        return rows
    usual = rows[rows["concept"].isin(CONCEPTS)]
    rows = usual if len(usual) else rows
    wanted = {month for one in question.periods for month in (one, *periods.months(one, question.span))}
    asked = rows[rows["asked"] & rows["period"].isin(wanted)]
    best: dict[str, str] = {}
    for flow, group in asked.groupby("flow"):
        count = group.groupby("concept")["period"].nunique()
        place = {name: CONCEPTS.index(name) if name in CONCEPTS else len(CONCEPTS) for name in count.index}
        best[str(flow)] = min(count.index, key=lambda name: (-count[name], place[name], name))
    return rows[[best.get(flow) == concept for flow, concept in zip(rows["flow"], rows["concept"], strict=True)]]


def _printed_before_sums(rows: "pd.DataFrame") -> "pd.DataFrame":
    """Use a sum only where no whole is printed, and refuse one that would count twice."""
    is_sum = (rows["partner"] == SUM) | (rows["product"] == SUM)
    if not is_sum.any():
        return rows
    named = rows.assign(
        partner=rows["partner"].where(rows["partner"] != SUM, flows.WORLD),
        product=rows["product"].where(rows["product"] != SUM, flows.ALL),
    )
    printed = {tuple(line) for line in named.loc[~is_sum & named["asked"], LINE].itertuples(index=False)}
    keep = [not added or tuple(line) not in printed for added, line in zip(is_sum, named[LINE].itertuples(index=False), strict=True)]
    kept, sums = named[keep], is_sum[keep]
    added = kept[sums]
    if added["groups"].sum():
        raise DoubleCount(
            "No world total is held, and the partners include groups that overlap their members: adding them would "
            "count trade twice. Pass a table with WLD rows, or without groups."
        )
    levels = added.groupby(LINE)["classification"].nunique()
    if (levels > 1).any():
        held = ", ".join(sorted(added["classification"].unique()))
        raise DoubleCount(
            f"No product total is held, and products stand at several levels ({held}, classification and digits): "
            "adding them would count trade twice. Keep one level, or add TOTAL rows."
        )
    kept = kept.copy()
    kept.loc[sums, "status"] = kept.loc[sums, "status"].replace("observed", "derived")
    kept.loc[sums, "classification"] = ""
    return kept


def _ranked(rows: "pd.DataFrame", sources: "pd.DataFrame | None") -> "pd.DataFrame":
    """Best source first, then the newer release; a growth rate whose currency is not stated comes last."""
    if sources is None:
        rank, grade = {}, {}
    else:
        rank = dict(zip(sources["source"], sources["rank"], strict=True))
        grade = dict(zip(sources["source"], sources["grade"], strict=True))
    unstated = rows["currency"] == ""
    ranked = rows.assign(rank=rows["source"].map(rank).fillna(UNRANKED) + 10 * unstated, grade=rows["source"].map(grade))
    return ranked.sort_values(["rank", "released", "source"], ascending=[True, False, True], kind="stable")


FIGURE = [
    *("value", "half_width", "growth", "growth_half_width", "status", "source", "grade", "released", "released_basis"),
    *("concept", "valuation", "currency", "classification", "weight_kg", "quantity", "unit", "method"),
    *("first_value", "first_growth", "first_growth_half_width", "first_released", "first_basis", "also"),
]


def _figure(group: "pd.DataFrame") -> dict[str, Any]:
    """One figure of a line from its rows, best first."""
    asked = group[group["asked"]]
    valued, grown = asked[asked["value"].notna()], asked[asked["growth"].notna()]
    row = (valued if len(valued) else grown if len(grown) else asked).iloc[0].to_dict()
    growth = grown.iloc[0] if len(grown) else None
    out = {name: row[name] for name in [*LINE, *FIGURE] if name in row}
    out["growth"] = None if growth is None else growth["growth"]
    out["growth_half_width"] = None if growth is None else growth["growth_half_width"]
    out["method"] = "" if row["parts"] == 1 else f"sum of {int(row['parts'])} lines"
    oldest = group.sort_values("released", kind="stable")
    for name in ("value", "growth"):
        with_it = oldest[oldest[name].notna()]
        out[f"first_{name}"] = with_it[name].iloc[0] if len(with_it) else None
        if name == "growth":
            out["first_growth_half_width"] = with_it["growth_half_width"].iloc[0] if len(with_it) else None
        else:
            out["first_released"] = with_it["released"].iloc[0] if len(with_it) else None
            out["first_basis"] = with_it["released_basis"].iloc[0] if len(with_it) else None
    out["also"] = [*_others(valued, "value", "half_width"), *_others(grown, "growth", "growth_half_width")]
    return out


def _others(rows: "pd.DataFrame", name: str, width: str) -> list[dict[str, Any]]:
    """Figures of other rows that miss the best one by more than both half widths."""
    if len(rows) < 2:
        return []
    best, out = rows.iloc[0], []
    for other in rows.iloc[1:].to_dict("records"):
        room = sum(one[width] if one[width] == one[width] else 0.0 for one in (best, other))
        if abs(other[name] - best[name]) > room * (1 + 1e-9):
            out.append({name: other[name], "source": other["source"], "grade": other["grade"]})
    return out
