"""Mirror statistics: both reports of one flow side by side, what may part them, and how far each reporter errs.

A log gap is `ln(importer's report) - ln(exporter's report)`. It holds freight and insurance (cif against fob), goods
that travel by way of an entrepot, the voyage, valuation and error. A gap is not evidence of fraud.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entrepot import codes, flows, lake, measures, periods, sources
from entrepot.answer import Answer
from entrepot.errors import BadTable, MissingData, WrongUsage

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

MARGIN = (0.02, 0.06, 0.10)  # cif over fob less one: OECD ITIC mean 6 % (1995-2014), and 4 points either side
ENTREPOTS = ("HKG", "SGP", "NLD", "BEL", "ARE")
CONSISTENT, EXPLAINED, UNEXPLAINED = "consistent", "explained", "unexplained"
RIVALS = (
    "factoryless producers and bonded zones: sales that cross the border without a change of owner, or the reverse",
    "imports in the balance of payments that never cross the border",
    "over-reported exports, and parcels",
)
UNSURE = "cannot tell"
PAYMENTS = "balance of payments"
UNRANKED = 3


def mirror(
    trade: Any,
    *,
    exporter: str,
    importer: str,
    period: str,
    product: str = flows.ALL,
    currency: str | None = None,
    margin: tuple[float, float, float] = MARGIN,
    vintage: str = "latest",
) -> Answer:
    """Both reports of a flow, the gap, and what freight, the voyage and entrepots can account for.

    Parameters
    ----------
    trade
        Anything `flows.read` takes, of both reporters.
    exporter, importer : str
        Countries by code or name.
    period : str
        A year, a month or a range of either.
    product : str
        Code as held; all goods if left out.
    currency : str, optional
        Of both reports; dollars first.
    margin : (low, middle, high)
        Freight and insurance as a fraction of the fob value, used where the importer values cif and the exporter fob.
    vintage : str
        As in `measure`.

    Returns
    -------
    Answer
        One row a period and valuation of the importer: exporter_value, importer_value, valuation (`cif`, `customs`,
        `fob`), concept, gap (importer less exporter) [currency], log_gap, ratio, freight_lo, freight_hi, timing_lo,
        timing_hi, indirect [currency; what each may add to the gap; null where not held], unexplained_lo,
        unexplained_hi [currency], verdict (`consistent`, `explained`, `unexplained`), why.

    Raises
    ------
    MissingData
        If either report lacks in every period.
    WrongUsage
        If both countries are the same, or the margin is not ordered.
    """
    seller, buyer = codes.country(exporter), codes.country(importer)
    if seller == buyer:
        raise WrongUsage(f"A mirror has two countries; given: {seller} twice.")
    if not 0 <= margin[0] <= margin[1] <= margin[2] < 1:
        raise WrongUsage(f"The margin is (low, middle, high) as fractions, not {margin}.")
    asked = periods.each(period)
    rows = _collect(flows.read(trade), seller, buyer, asked, product, currency, vintage)
    held = _held(rows, seller, buyer)
    lines = [line for one in asked for line in _lines(held, one, margin)]
    if not lines:
        raise MissingData(_lacking(held, seller, buyer, period))
    rows = rows.assign(converted="") if "converted" not in rows.columns else rows
    return Answer("explain", _about(rows, seller, buyer, period, product, margin, vintage), _frame(lines))


def mirrors(
    table: flows.Flows,
    reporter: str,
    partners: Sequence[str],
    *,
    period: str,
    flow: str = "X",
    currency: str | None = None,
    vintage: str = "latest",
) -> Answer:
    """Both reports of a flow between a reporter and each of several partners, with a verdict a pair.

    Rows are those of `mirror` with `exporter` and `importer`; a pair of which a report lacks has the verdict `cannot
    tell` and says what would decide.

    Raises
    ------
    WrongUsage
        If no partner is named, or the flow is neither exports nor imports.
    MissingData
        If no pair has both reports.
    """
    import pandas as pd

    if not partners or flow not in ("X", "M"):
        raise WrongUsage("A mirror needs the other side, and exports or imports: --method mirror --partner us")
    found: list[Answer] = []
    rows: list[pd.DataFrame] = []
    refused: list[MissingData] = []
    for partner in partners:
        ends = (reporter, partner) if flow == "X" else (partner, reporter)
        try:
            one = mirror(table, exporter=ends[0], importer=ends[1], period=period, currency=currency, vintage=vintage)
        except MissingData as refusal:
            refused.append(refusal)
            rows.append(pd.DataFrame([{"period": period, "verdict": UNSURE, "why": str(refusal)}]))
        else:
            found.append(one)
            rows.append(one.rows)
        rows[-1] = rows[-1].assign(exporter=ends[0], importer=ends[1])
    if not found:
        raise refused[0]
    table_of = pd.concat([part.dropna(axis=1, how="all") for part in rows], ignore_index=True)
    columns = ["exporter", "importer", *found[0].rows.columns]
    about = dict(found[0].about) | {
        "reporter": reporter, "partner": list(partners), "flow": flow, "split": "mirror", "span": "month",
        "by": "partner", "sources": [one for each in found for one in _list(each.about["sources"])],
        "citation": " ".join(str(one.about["citation"]) for one in found),
    }  # fmt: skip
    about["span"] = "year" if periods.is_year(period.partition(":")[0]) else "month"
    return Answer("explain", about, table_of.reindex(columns=columns))


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def payments(table: flows.Flows, reporter: str, *, period: str, currency: str | None = None) -> Answer:
    """Goods surplus as customs counts it against the balance of payments, with the rival explanations of the gap.

    Balance-of-payments figures are rows of the table with the concept `balance of payments` (flow `B`).

    Raises
    ------
    MissingData
        If either side lacks.
    """
    import pandas as pd

    asked = periods.each(period)
    col = nw.col
    held = table.filter(col("partner") == flows.WORLD, col("product") == flows.ALL, col("concept") == PAYMENTS)
    held = held.filter(col("flow") == "B", col("period").is_in(list(asked)), ~col("value").is_null())
    rows: pd.DataFrame = held.filter(flows.current("latest")).collect("pandas").to_native()
    money = currency or (str(rows["currency"].iloc[0]) if len(rows) else None)
    if not len(rows):
        raise MissingData(
            f"No balance of payments of {reporter} is held for {period}, and no office that is asked prints it as a "
            "table. Save the goods balance (of the office of foreign exchange, or of the IMF) with columns reporter, "
            f"flow (B), period, currency, value and concept ({PAYMENTS}), and a mapping as docs/sources.md shows. "
            "Run: entrepot fetch FILE.csv --mapping FILE.toml"
        )
    out = []
    for row in rows[rows["currency"] == money].sort_values("period").to_dict("records"):
        answer = measures.measure(table, period=row["period"], flow="B", currency=money, concept="standard").rows
        customs = float(answer.loc[answer["flow"] == "B", "value"].iloc[0])
        gap = customs_and_payments(customs, float(row["value"]))
        out.append({"period": row["period"], "customs": customs, "payments": float(row["value"]), "gap": gap["gap"],
                    "relative": gap["relative"], "source": row["source"]})  # fmt: skip
    about: dict[str, object] = {
        "reporter": reporter, "flow": "B", "period": period, "span": str(rows["span"].iloc[0]), "currency": money,
        "vintage": "latest", "split": "payments", "by": None, "rivals": list(RIVALS),
        "method": "gap = customs less balance of payments; these two numbers alone tell no rival from another",
        "warnings": [], "sources": measures.sources_of(sorted(set(rows["source"]))),
        "citation": f"Goods surplus of {codes.name(reporter)}, customs against balance of payments, {period}.",
    }  # fmt: skip
    return Answer("explain", about, pd.DataFrame(out))


def _frame(lines: list[dict[str, Any]]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(lines)


def _collect(
    table: flows.Flows,
    seller: str,
    buyer: str,
    asked: Sequence[str],
    product: str,
    currency: str | None,
    vintage: str,
) -> "pd.DataFrame":
    col = nw.col
    near = sorted({*asked, periods.later(asked[0], -1), periods.later(asked[-1], 1)})
    yearly = periods.is_year(asked[0])
    sides = ((col("reporter") == seller) & (col("partner") == buyer) & (col("flow") == "X")) | (
        (col("reporter") == buyer) & (col("partner") == seller) & (col("flow") == "M")
    )
    again = col("reporter").is_in(list(ENTREPOTS)) & (col("partner") == buyer) & (col("flow") == "RX")
    again = again & ~col("reporter").is_in([seller, buyer]) & col("concept").is_in([f"origin {seller}", seller])
    when = (col("span") == ("year" if yearly else "month")) & col("period").is_in(near)
    if yearly:
        months = sorted({month for one in near for month in periods.months(one, "year")})
        when = when | ((col("span") == "month") & col("period").is_in(months))
        when = when | ((col("span") == "ytd") & col("period").is_in([f"{one}-12" for one in near]))
    own = (col("reporter") == seller) & (col("partner") == flows.WORLD) & col("flow").is_in(["X", "M"])
    held = table.filter(sides | again | own, col("product") == product, when, ~col("value").is_null())
    if currency is not None:
        held = held.filter((col("currency") == codes.currency(currency)) | (col("reporter") == seller))
    rows: pd.DataFrame = held.filter(flows.current(vintage)).collect("pandas").to_native()
    rows = _years(rows) if yearly else rows
    totals = rows["partner"] == flows.WORLD
    return _one_currency(rows[~totals], rows[totals], currency)


def _years(rows: "pd.DataFrame") -> "pd.DataFrame":
    """One row a year: as printed, else the year to December, else the sum of twelve months."""
    import pandas as pd

    if rows.empty:
        return rows
    keys = ["reporter", "partner", "flow", "valuation", "concept", "currency", "source"]
    long = rows[rows["span"] != "month"].assign(period=lambda one: one["period"].str.slice(0, 4))
    long = long.sort_values("span", ascending=False).drop_duplicates([*keys, "period"])
    months = rows[rows["span"] == "month"].drop_duplicates([*keys, "period"])
    months = months.assign(period=months["period"].str.slice(0, 4))
    summed = months.groupby([*keys, "period"], as_index=False).agg(
        value=("value", "sum"), half_width=("half_width", "sum"), rows=("value", "size"), span=("span", "min")
    )
    both = pd.concat([part for part in (long, summed[summed["rows"] == 12]) if len(part)], ignore_index=True)
    return both.drop_duplicates([*keys, "period"])


def _one_currency(rows: "pd.DataFrame", totals: "pd.DataFrame", currency: str | None) -> "pd.DataFrame":
    """Keep the currency in which both sides report, dollars first; else convert the exporter's, or refuse.

    The rate is the exporter's own: what its total trade of the period is in one money over what it is in the other.
    """
    by_side = {side: set(part["currency"]) for side, part in rows[rows["flow"] != "RX"].groupby("flow")}
    if len(by_side) < 2:
        return rows
    shared = sorted(set.intersection(*by_side.values()))
    if currency is not None:
        shared = [one for one in shared if one == codes.currency(currency)]
    if shared:
        kept: pd.DataFrame = rows[rows["currency"] == ("USD" if "USD" in shared else shared[0])]
        common = {side: set(part["period"]) for side, part in kept.groupby("flow")}
        if set.intersection(*common.values()):
            return kept.assign(converted="")
    target = currency or ("USD" if "USD" in by_side["M"] else min(by_side["M"]))
    changed = _converted(rows, totals, codes.currency(target))
    if changed is None:
        told = "; ".join(f"{side!s}: {', '.join(sorted(found))}" for side, found in by_side.items())
        raise BadTable(f"The two reports share no currency ({told}). Convert one (money.convert_months).")
    return changed


def _converted(rows: "pd.DataFrame", totals: "pd.DataFrame", target: str) -> "pd.DataFrame | None":
    """Exporter's rows in another money, at the rate its own totals imply period by period; None where none does."""
    import pandas as pd

    sums = totals.groupby(["currency", "period", "flow", "source"], as_index=False)["value"].max()
    sums = sums.groupby(["currency", "period", "flow"])["value"].max().unstack("currency")
    out = [rows[(rows["flow"] != "X") & (rows["currency"] == target)].assign(converted="")]
    for money in sorted(set(rows.loc[rows["flow"] == "X", "currency"]) - {target}):
        if not {money, target} <= set(sums.columns):
            continue
        pairs = sums[[money, target]].dropna().groupby("period").sum()
        rate = pairs[money] / pairs[target]
        mine = rows[(rows["flow"] == "X") & (rows["currency"] == money)]
        mine = mine.assign(rate=mine["period"].map(rate)).dropna(subset=["rate"])
        added = {"value": mine["value"] / mine["rate"], "half_width": mine["half_width"].fillna(0.0) / mine["rate"]}
        out.append(mine.assign(**added, currency=target, converted=money))
    if not any((part["flow"] == "X").any() for part in out):
        return None
    return pd.concat([part for part in out if len(part)], ignore_index=True)


@dataclass(frozen=True)
class Held:
    """Reports by period: exporter's value and half width; importer's by valuation and concept; re-exports."""

    sold: Mapping[str, tuple[float, float]]
    bought: Mapping[tuple[str, str], Mapping[str, tuple[float, float]]]
    again: Mapping[str, float]


def _held(rows: "pd.DataFrame", seller: str, buyer: str) -> Held:
    rank = {key: row["rank"] for key, row in lake.sources().items()}
    order = rows.assign(rank=[rank.get(one, UNRANKED) for one in rows["source"]]).sort_values(["rank", "source"])
    sold: dict[str, tuple[float, float]] = {}
    bought: dict[tuple[str, str], dict[str, tuple[float, float]]] = {}
    again: dict[str, float] = {}
    for row in order.to_dict("records"):
        width = float(row["half_width"]) if row["half_width"] == row["half_width"] else 0.0
        found = (float(row["value"]), width)
        if row["flow"] == "RX":
            again[row["period"]] = again.get(row["period"], 0.0) + found[0]
        elif row["flow"] == "X":
            sold.setdefault(row["period"], found)
        else:
            bought.setdefault((row["valuation"], row["concept"]), {}).setdefault(row["period"], found)
    return Held(sold, bought, again)


def _lines(held: Held, period: str, margin: tuple[float, float, float]) -> list[dict[str, Any]]:
    out = []
    for (valuation, concept), values in sorted(held.bought.items()):
        if period in values and period in held.sold and values[period][0] > 0 and held.sold[period][0] > 0:
            out.append({"period": period} | _line(held, values, period, valuation, concept, margin))
    return out


def _line(
    held: Held,
    bought: Mapping[str, tuple[float, float]],
    period: str,
    valuation: str,
    concept: str,
    margin: tuple[float, float, float],
) -> dict[str, Any]:
    from math import log

    (sold, sold_width), (value, width) = held.sold[period], bought[period]
    gap, room = value - sold, width + sold_width
    freight = tuple(value - fob_from_cif(value, one) for one in margin) if valuation == "cif" else (0.0, 0.0, 0.0)
    timing = _timing(held.sold, period)
    indirect = held.again.get(period)
    low = gap - freight[2] - timing[1] - room
    high = gap - freight[0] - timing[0] + room
    further = (low - (indirect or 0.0), high - (indirect or 0.0))
    verdict, why = _verdict((low, high), further, indirect, valuation)
    return {
        "exporter_value": sold, "importer_value": value, "valuation": valuation, "concept": concept, "gap": gap,
        "log_gap": log(value / sold), "ratio": value / sold, "freight_lo": freight[0], "freight_hi": freight[2],
        "timing_lo": timing[0], "timing_hi": timing[1], "indirect": indirect,
        "unexplained_lo": low if indirect is None else further[0],
        "unexplained_hi": high if indirect is None else further[1], "verdict": verdict, "why": why,
    }  # fmt: skip


def fob_from_cif(value: float, margin: float) -> float:
    """Value free on board from cif: `cif / (1 + margin)`, never `cif (1 - margin)`.

    >>> round(fob_from_cif(106.0, 0.06), 10)
    100.0
    """
    return value / (1 + margin)


def _timing(sold: Mapping[str, tuple[float, float]], period: str) -> tuple[float, float]:
    """What goods afloat may add to the gap: up to one month of voyage, at the pace of the neighbouring periods."""
    here = sold[period][0]
    before = sold.get(periods.later(period, -1))
    if before is None:
        part = here / 12 if periods.is_year(period) else here
        return -0.1 * part, 0.1 * part
    step = (before[0] - here) / (12 if periods.is_year(period) else 1)
    return min(0.0, step), max(0.0, step)


def _verdict(
    alone: tuple[float, float], further: tuple[float, float], indirect: float | None, valuation: str
) -> tuple[str, str]:
    basis = {"cif": "cif against fob", "customs": "customs value"}.get(valuation, valuation)
    if alone[0] <= 0 <= alone[1]:
        words = "Freight and the voyage" if valuation == "cif" else "The voyage and rounding"
        return CONSISTENT, f"{words} can account for the gap ({basis})."
    if indirect is not None and (further[0] <= 0 <= further[1] or (alone[0] > 0 > further[1])):
        return EXPLAINED, f"Explained by entrepot re-exports of {_billion(indirect)} ({basis})."
    left = further if indirect is not None else alone
    nearest = left[0] if left[0] > 0 else left[1]
    who = "importer" if nearest > 0 else "exporter"
    lacks = "" if indirect is not None else "; entrepot re-exports of this origin are not held"
    return UNEXPLAINED, f"Unexplained by at least {_billion(abs(nearest))}: the {who} reports more ({basis}{lacks})."


def _billion(value: float) -> str:
    return f"{value / 1e9:,.1f} billion"


def _lacking(held: Held, seller: str, buyer: str, period: str) -> str:
    sold = ", ".join(sorted(held.sold)) or "none"
    bought = ", ".join(sorted({one for values in held.bought.values() for one in values})) or "none"
    return (
        f"Both reports of {seller} to {buyer} are needed for {period}; exports of {seller} are held for {sold}, "
        f"imports of {buyer} for {bought}. {_fetches(held, seller, buyer, period)}"
    )


def _fetches(held: Held, seller: str, buyer: str, period: str) -> str:
    """The commands that bring the report, or both, of which no period asked for is held."""
    asked = set(periods.each(period))
    bought = {one for values in held.bought.values() for one in values}
    lacks = [not asked & {*held.sold}, not asked & bought]
    sides = [(seller, buyer), (buyer, seller)]
    wanted = [side for side, lack in zip(sides, lacks, strict=True) if lack or not any(lacks)]
    if silent := [who for who, _ in wanted if who in sources.UNREPORTED]:
        return f"{codes.name(silent[0])} is not in UN Comtrade: give a table that holds both reports, --table FILE"
    return "Run: " + "; ".join(f"entrepot fetch comtrade {who} -p {period} --partner {other}" for who, other in wanted)


def _about(
    rows: "pd.DataFrame",
    seller: str,
    buyer: str,
    period: str,
    product: str,
    margin: tuple[float, float, float],
    vintage: str,
) -> dict[str, object]:
    used = sorted(set(rows["source"]))
    return {
        "reporter": seller, "exporter": seller, "importer": buyer, "flow": "X", "period": period, "product": product,
        "currency": str(rows.loc[rows["flow"] == "M", "currency"].iloc[0]), "vintage": vintage, "margin": list(margin),
        "partner concept": "importers record the country of origin, exporters the last known destination",
        "method": "gap = importer's report less exporter's; freight from cif/(1+margin); voyage up to one month",
        "warnings": [*_exchanged(rows, seller), "A gap has many honest causes; it is not evidence of fraud."],
        "sources": measures.sources_of(used),
        "citation": f"Both reports of goods from {codes.name(seller)} to {codes.name(buyer)}, {period}, {vintage}.",
    }  # fmt: skip


def _exchanged(rows: "pd.DataFrame", seller: str) -> list[str]:
    changed = sorted({one for one in rows["converted"] if isinstance(one, str) and one})
    return [f"Exports of {seller} are converted from {', '.join(changed)} at the rate of its own totals, period by "
            "period (good to about 0.3 %)."] if changed else []  # fmt: skip


@dataclass(frozen=True)
class Components:
    """Error variances of reporters [log points squared], as exporters and as importers, and their admissible shift.

    Adding `s` to every exporter and taking it from every importer fits alike; `shift` holds the ends of `s` that keep
    both non-negative. The point has the smallest exporter variance equal to the smallest importer variance.
    """

    exporters: Mapping[str, float]
    importers: Mapping[str, float]
    shift: tuple[float, float]

    def weight(self, exporter: str, importer: str) -> tuple[float, float, float]:
        """Weight of the importer's report, `v_x / (v_x + v_m)`: (lowest, point, highest) over admissible shifts."""
        one, two = self.exporters[exporter], self.importers[importer]
        whole = one + two
        if whole <= 0:
            return 0.0, 0.5, 1.0
        low, high = ((one + shift) / whole for shift in self.shift)
        return max(low, 0.0), one / whole, min(high, 1.0)


def components(gaps: "Values", exporters: Sequence[str], importers: Sequence[str]) -> Components:
    """Error variance of each reporter in each role, from squared log gaps: `E[gap^2] = v_exporter + v_importer`.

    Parameters
    ----------
    gaps : (n,) float
        Log gaps of freight-adjusted reports, one a pair (and product or year).
    exporters, importers : (n,) sequences of str
        Who reported each side.

    Raises
    ------
    MissingData
        If the pairs fall into parts that share no reporter: the shift would differ between them.

    Notes
    -----
    Least squares with non-negative components (Lawson and Hanson 1974). The constant is not identified, see
    `Components`; unlike iterated reliability scores the range does not depend on a start or a number of rounds.
    """
    import numpy as np
    from scipy.optimize import nnls
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    names_x, at_x = np.unique(np.asarray(exporters), return_inverse=True)
    names_m, at_m = np.unique(np.asarray(importers), return_inverse=True)
    n, total = len(gaps), len(names_x) + len(names_m)
    ends = np.concatenate([at_x, at_m + len(names_x)])
    design = csr_array((np.ones(2 * n), (np.tile(np.arange(n), 2), ends)), shape=(n, total))
    graph = csr_array((np.ones(n), (at_x, at_m + len(names_x))), shape=(total, total))
    parts = connected_components(graph, directed=False)[0]
    if parts > 1:
        raise MissingData(f"The pairs fall into {parts} parts that share no reporter; estimate each by itself.")
    gram, moment = (design.T @ design).toarray(), design.T @ (np.asarray(gaps, dtype=float) ** 2)
    values, vectors = np.linalg.eigh(gram)
    root = (vectors * np.sqrt(np.maximum(values, 0))).T  # gram = root' root: the same problem, few rows
    inverse = np.divide(1, np.sqrt(np.maximum(values, 0)), out=np.zeros(total), where=values > 1e-9 * values[-1])
    found = nnls(root, (vectors * inverse).T @ moment)[0]
    return _named(found[: len(names_x)], found[len(names_x) :], names_x, names_m)


def _named(one: "Values", two: "Values", names_x: "np.ndarray", names_m: "np.ndarray") -> Components:
    middle = float(two.min() - one.min()) / 2
    one, two = one + middle, two - middle
    sides = [dict(zip(map(str, names), map(float, v), strict=True)) for names, v in ((names_x, one), (names_m, two))]
    return Components(sides[0], sides[1], (-float(one.min()), float(two.min())))


def reconciled(exporter_value: float, importer_value: float, weight: float) -> float:
    """Geometric mean of two fob reports with `weight` on the importer's: between the two, equal where they agree.

    >>> reconciled(100.0, 100.0, 0.3), round(reconciled(100.0, 121.0, 0.5), 9)
    (100.0, 110.0)

    Raises
    ------
    WrongUsage
        If a value is not positive, or the weight lies outside 0 to 1.
    """
    if not (exporter_value > 0 and importer_value > 0 and 0 <= weight <= 1):
        given = f"{exporter_value}, {importer_value}, {weight}"
        raise WrongUsage(f"Two positive values and a weight between 0 and 1 are expected, not {given}.")
    return float(exporter_value * (importer_value / exporter_value) ** weight)


def customs_and_payments(customs: float, payments: float) -> dict[str, object]:
    """Goods surplus on the customs against the balance-of-payments basis [currency], with the three rival explanations.

    The gap is customs less payments; `relative` is it over the balance-of-payments figure (null if that is zero). No
    rival can be told from another by these two numbers alone, and none is given a share.

    >>> customs_and_payments(823e9, 594e9)["gap"]
    229000000000.0
    """
    gap = customs - payments
    return {"gap": gap, "relative": gap / payments if payments else None, "rivals": RIVALS}
