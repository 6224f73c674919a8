"""Which part of a ceiling could have passed through the hub at all: one cut a line of evidence, each by itself.

Every cut keeps less than the ceiling, never more, and none proves anything: what is left after a cut is still only the
most it could be. Arrays run over products, legs are values [currency] of one window unless months are said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Flags = NDArray[np.bool_]

RATIO = (0.9, 1.5)  # unit value out of the hub over unit value into it, between which a good may be the same
LAGS = 3  # months between the hub's purchase and its sale
RULES = {
    "unit value": "goods leave the hub at 0.9 to 1.5 times the value a kilogram at which they entered",
    "timing": "sales of a month are covered by purchases of that month and the three before it",
    "no advantage": "the hub had no revealed advantage in the product in the base (its share of the destination's "
    "imports was below its share in all goods)",
    "direct sales fell": "the origin's direct sales of the product to the destination fell since the base",
    "beyond earlier sales": "only what the hub sells to the destination beyond its sales of the base",
}


@dataclass(frozen=True)
class Cut:
    """What a rule leaves of the ceiling: amount by product [currency], and which products it could judge."""

    left: "Values"
    judged: "Flags"


def cuts(
    first: "Values",
    second: "Values",
    *,
    second_before: "Values",
    unit_values: "tuple[Values, Values] | None" = None,
    months: "tuple[Values, Values] | None" = None,
    direct: "tuple[Values, Values] | None" = None,
    market_before: "Values | None" = None,
) -> dict[str, Cut]:
    """Apply every rule of `RULES` whose figures are given.

    Parameters
    ----------
    first, second : (products,)
        Both legs in the period.
    second_before : (products,)
        The hub's sales to the destination in the base.
    unit_values : (into the hub, out of it), optional
        Value a kilogram [currency/kg]; NaN where none is held.
    months : ((products, T + 3), (products, T)), optional
        Purchases of the hub from three months before the window on, and its sales, by month.
    direct : (base, period), optional
        Direct sales of the origin to the destination.
    market_before : (products,), optional
        All imports of the destination that are held, in the base.

    Returns
    -------
    dict
        By rule; a rule whose figures lack is absent.
    """
    import numpy as np

    most = np.minimum(first, second)
    everywhere = np.ones(len(most), dtype=bool)
    beyond = np.minimum(first, np.maximum(second - second_before, 0.0))
    found = {"beyond earlier sales": Cut(beyond, everywhere)}
    if unit_values is not None:
        into, out = unit_values
        judged = (into > 0) & (out > 0)
        alike = judged & (out >= RATIO[0] * into) & (out <= RATIO[1] * into)
        found["unit value"] = Cut(np.where(alike | ~judged, most, 0.0), judged)
    if months is not None:
        found["timing"] = Cut(np.minimum(timed(*months), most), everywhere)
    if direct is not None:
        judged = direct[0] + direct[1] > 0
        found["direct sales fell"] = Cut(np.where((direct[1] < direct[0]) | ~judged, most, 0.0), judged)
    if market_before is not None:
        advantage = _advantage(second_before, market_before)
        judged = market_before > 0
        found["no advantage"] = Cut(np.where((advantage < 1) | ~judged, most, 0.0), judged)
    return {rule: found[rule] for rule in RULES if rule in found}


def timed(bought: "Values", sold: "Values") -> "Values":
    """Sales that purchases of the same month and the `LAGS` before it cover, each purchase used once (products,).

    Purchases are used in the order in which they come, which covers the most there is to cover.

    Parameters
    ----------
    bought : (products, T + LAGS)
    sold : (products, T)
    """
    import numpy as np

    stock = np.array(bought, dtype=float)
    covered = np.zeros(len(stock))
    for month in range(sold.shape[1]):
        wanted = sold[:, month].astype(float)
        for place in range(month, month + LAGS + 1):
            used = np.minimum(stock[:, place], wanted)
            stock[:, place] -= used
            wanted = wanted - used
            covered += used
    return covered


def _advantage(own: "Values", market: "Values") -> "Values":
    """Balassa's index in one market: the hub's share of a product over its share of everything."""
    import numpy as np

    whole = own.sum() / market.sum() if market.sum() > 0 else 0.0
    share = np.divide(own, market, out=np.zeros_like(own), where=market > 0)
    return np.asarray(share / whole if whole > 0 else share)


def report(found: Mapping[str, Cut], first: "Values", second: "Values") -> list[dict[str, Any]]:
    """Cuts as rows: rule, meaning, value left [currency], share of the ceiling, products left, share judged.

    The last row is what every rule leaves at once; a product that a rule could not judge passes it, and `judged` says
    for what share of the ceiling it could.
    """
    import numpy as np

    most = np.minimum(first, second)
    whole = float(most.sum())
    rows = [_row(rule, RULES[rule], cut.left, cut.judged, most, whole) for rule, cut in found.items()]
    passed = [np.where(cut.judged, cut.left, most) for cut in found.values()]
    least = np.min(passed, axis=0) if passed else most
    every = np.all([cut.judged for cut in found.values()], axis=0) if found else np.ones(len(most), dtype=bool)
    return [*rows, _row("all of them", "what every rule leaves at once", least, every, most, whole)]


def _row(rule: str, meaning: str, left: "Values", judged: "Flags", most: "Values", whole: float) -> dict[str, Any]:
    value = float(left.sum())
    return {
        "rule": rule, "meaning": meaning, "value": value, "share": value / whole if whole else None,
        "products": int((left > 0).sum()), "judged": float(most[judged].sum()) / whole if whole else None,
    }  # fmt: skip
