"""Mirror statistics: both reports of one flow side by side, what may part them, and how far each reporter errs.

A log gap is `ln(importer's report) - ln(exporter's report)`. It holds freight and insurance (cif against fob), goods
that travel by way of an entrepot, the voyage, valuation and error. A gap is not evidence of fraud.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entrepot import codes, flows, lake, measures, periods
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
    return Answer("explain", _about(rows, seller, buyer, period, product, margin, vintage), _frame(lines))


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
    span = "year" if periods.is_year(asked[0]) else "month"
    sides = ((col("reporter") == seller) & (col("partner") == buyer) & (col("flow") == "X")) | (
        (col("reporter") == buyer) & (col("partner") == seller) & (col("flow") == "M")
    )
    again = col("reporter").is_in(list(ENTREPOTS)) & (col("partner") == buyer) & (col("flow") == "RX")
    again = again & ~col("reporter").is_in([seller, buyer]) & col("concept").is_in([f"origin {seller}", seller])
    held = table.filter(
        sides | again,
        col("product") == product,
        col("span") == span,
        col("period").is_in(near),
        ~col("value").is_null(),
    )
    if currency is not None:
        held = held.filter(col("currency") == codes.currency(currency))
    rows: pd.DataFrame = held.filter(flows.current(vintage)).collect("pandas").to_native()
    return _one_currency(rows)


def _one_currency(rows: "pd.DataFrame") -> "pd.DataFrame":
    """Keep the currency in which both sides report, dollars first; refuse if there is none."""
    by_side = {side: set(part["currency"]) for side, part in rows[rows["flow"] != "RX"].groupby("flow")}
    if len(by_side) < 2:
        return rows
    shared = sorted(set.intersection(*by_side.values()))
    if not shared:
        told = "; ".join(f"{side!s}: {', '.join(sorted(found))}" for side, found in by_side.items())
        raise BadTable(f"The two reports share no currency ({told}). Convert one (money.convert_months).")
    kept: pd.DataFrame = rows[rows["currency"] == ("USD" if "USD" in shared else shared[0])]
    return kept


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
        f"imports of {buyer} for {bought}. Run: entrepot have"
    )


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
        "currency": str(rows["currency"].iloc[0]), "vintage": vintage, "margin": list(margin),
        "partner concept": "importers record the country of origin, exporters the last known destination",
        "method": "gap = importer's report less exporter's; freight from cif/(1+margin); voyage up to one month",
        "warnings": ["A gap has many honest causes; it is not evidence of fraud."],
        "sources": measures.sources_of(used),
        "citation": f"Both reports of goods from {codes.name(seller)} to {codes.name(buyer)}, {period}, {vintage}.",
    }  # fmt: skip


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
