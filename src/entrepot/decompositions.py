"""Exactly additive splits of a change: price and volume, market share and demand, currency, the surplus.

Every split here sums to the change it splits, to rounding error; what cannot be attributed (entry, exit, products
without a quantity) is a term of its own, never a residual. Values are in one currency, arrays run over products (or
any cells), a difference is later less earlier.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial
from typing import TYPE_CHECKING

from entrepot.errors import BadTable, WrongUsage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Flags = NDArray[np.bool_]

TENFOLD = 2.302585092994046  # ln 10: a unit value further from the median of its group is not used
JUMP = 1.0  # a unit value that moves by more than this in logs between the periods is not used


def _alike(*arrays: "Values") -> None:
    import numpy as np

    if len({np.shape(one) for one in arrays}) != 1:
        raise BadTable(f"Arrays of one shape are expected, not {', '.join(str(np.shape(one)) for one in arrays)}.")
    if any((np.asarray(one) < 0).any() for one in arrays):
        raise BadTable("Values and quantities are not negative; take the balance apart into exports and imports.")


@dataclass(frozen=True)
class PriceVolume:
    """A change of value split by product [currency each]; the five terms sum to `change`.

    `price` and `volume` are Bennet's for products priced in both periods; `entry` and `exit` of products traded in one
    period only; `unpriced` the change of the rest (no quantity, or a unit value that is not believed).
    `index` is the Tornqvist price index of the priced products (ratio), `fisher` Fisher's; `dropped` is the share of
    both periods' value that is unpriced, and `bound` how far ln `index` can lie from that of all products together, if
    no true price relative moves by more than `JUMP`.
    """

    price: "Values"
    volume: "Values"
    entry: "Values"
    exit: "Values"
    unpriced: "Values"
    index: float
    fisher: float
    dropped: float
    bound: float

    @property
    def change(self) -> float:
        """Sum of all terms: the change of value."""
        return float(sum(one.sum() for one in (self.price, self.volume, self.entry, self.exit, self.unpriced)))


def price_volume(
    before: "Values",
    after: "Values",
    quantity_before: "Values",
    quantity_after: "Values",
    *,
    groups: "NDArray[np.int64] | None" = None,
) -> PriceVolume:
    """Split a change of value into price, volume, entry, exit and what has no price.

    Parameters
    ----------
    before, after : (n,) float
        Values [currency].
    quantity_before, quantity_after : (n,) float
        Quantities in one unit a product; NaN or zero where none is held.
    groups : (n,) int, optional
        Groups (the same heading, several partners) in which a unit value is held against the median.

    Returns
    -------
    PriceVolume
        Bennet (1920): price `(q0+q1)/2 (p1-p0)`, volume `(p0+p1)/2 (q1-q0)`.

    Raises
    ------
    BadTable
        If shapes differ or a value is negative.
    """
    import numpy as np

    v0, v1 = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    q0, q1 = (np.nan_to_num(np.asarray(one, dtype=float)) for one in (quantity_before, quantity_after))
    _alike(v0, v1, q0, q1)
    entry, gone = (v0 == 0) & (v1 > 0), (v0 > 0) & (v1 == 0)
    priced = (v0 > 0) & (v1 > 0) & (q0 > 0) & (q1 > 0)
    p0 = np.divide(v0, q0, out=np.ones_like(v0), where=priced)
    p1 = np.divide(v1, q1, out=np.ones_like(v1), where=priced)
    priced &= np.abs(np.log(p1 / p0)) <= JUMP
    if groups is not None:
        priced &= _near_median(p0, priced, groups) & _near_median(p1, priced, groups)
    price = np.where(priced, (q0 + q1) / 2 * (p1 - p0), 0.0)
    volume = np.where(priced, v1 - v0 - price, 0.0)
    rest = ~priced & ~entry & ~gone
    parts = [np.where(kept, v1 - v0, 0.0) for kept in (entry, gone, rest)]
    both = (v0 + v1)[~entry & ~gone]
    dropped = float((v0 + v1)[rest].sum() / both.sum()) if both.sum() else 0.0
    index, fisher = _indices(v0[priced], v1[priced], p0[priced], p1[priced])
    bound = 2 * JUMP * _weight_dropped(v0, v1, rest, entry | gone)
    return PriceVolume(price, volume, parts[0], parts[1], parts[2], index, fisher, dropped, bound)


def _near_median(price: "Values", priced: "Flags", groups: "NDArray[np.int64]") -> "Flags":
    import numpy as np

    near = np.ones(len(price), dtype=bool)
    for group in np.unique(groups[priced]):
        mine = priced & (groups == group)
        near[mine] = np.abs(np.log(price[mine] / np.median(price[mine]))) <= TENFOLD
    return near


def _weight_dropped(v0: "Values", v1: "Values", rest: "Flags", apart: "Flags") -> float:
    """Largest share of either period that is unpriced: twice it, times `JUMP`, bounds what it can move ln P by."""
    shares = [float(v[rest].sum() / v[~apart].sum()) if v[~apart].sum() else 0.0 for v in (v0, v1)]
    return max(shares)


def _indices(v0: "Values", v1: "Values", p0: "Values", p1: "Values") -> tuple[float, float]:
    import numpy as np

    if not len(v0):
        return float("nan"), float("nan")
    weights = (v0 / v0.sum() + v1 / v1.sum()) / 2
    laspeyres, paasche = (v0 * p1 / p0).sum() / v0.sum(), v1.sum() / (v1 * p0 / p1).sum()
    return float(np.exp(weights @ np.log(p1 / p0))), float(np.sqrt(laspeyres * paasche))


def fisher(p0: "Values", q0: "Values", p1: "Values", q1: "Values") -> tuple[float, float]:
    """Fisher's ideal price and quantity index (ratios); their product is the ratio of values (Fisher 1922).

    >>> import numpy as np
    >>> price, volume = fisher(np.ones(2), np.ones(2), np.array([2.0, 1.0]), np.array([1.0, 3.0]))
    >>> round(price * volume, 12)
    2.5
    """
    import numpy as np

    _alike(p0, q0, p1, q1)
    price = np.sqrt((p1 @ q0) / (p0 @ q0) * (p1 @ q1) / (p0 @ q1))
    return float(price), float((p1 @ q1) / (p0 @ q0) / price)


def shapley(before: Mapping[str, "Values"], after: Mapping[str, "Values"]) -> dict[str, "Values"]:
    """Split the change of a product of factors, cell by cell; zeros are allowed.

    Each factor's part is its marginal effect averaged over every order in which factors can change (Shapley 1953;
    Albrecht, Francois and Schoors 2002): symmetric, exact, and zero for a factor that does not change. It depends on
    the level of detail of the cells.

    Parameters
    ----------
    before, after : mapping of str to array
        The same factors at both times, broadcast against each other; at most eight.

    Returns
    -------
    dict
        Part of each factor, arrays of cells; over factors they sum to the change of the product.
    """
    import numpy as np

    names = list(before)
    if names != list(after) or not 1 <= len(names) <= 8:
        raise WrongUsage(f"One to eight factors, the same at both times, are expected, not {names} and {list(after)}.")
    values = [np.broadcast_arrays(*side.values()) for side in (before, after)]
    n = len(names)

    def product(later: Sequence[int]) -> "Values":
        return np.asarray(np.prod([values[1 if k in later else 0][k] for k in range(n)], axis=0, dtype=float))

    known = {later: product(later) for size in range(n + 1) for later in combinations(range(n), size)}
    out = {}
    for k, name in enumerate(names):
        part = np.zeros_like(known[()])
        for later in (one for one in known if k not in one):
            weight = factorial(len(later)) * factorial(n - len(later) - 1) / factorial(n)
            part += weight * (known[tuple(sorted((*later, k)))] - known[later])
        out[name] = part
    return out


def lmdi(before: Mapping[str, "Values"], after: Mapping[str, "Values"]) -> dict[str, "Values"]:
    """Split the change of a product of factors by log means: `L(x1, x0) ln(f1 / f0)` a cell (Ang 2005).

    Exact and consistent in aggregation. Where the product is zero at one time the cell's change is the term `entry`
    or `exit`, since logs do not exist there.

    Returns
    -------
    dict
        Part of each factor, and `entry` and `exit`; arrays of cells.
    """
    import numpy as np

    if list(before) != list(after):
        raise WrongUsage(f"The same factors at both times are expected, not {list(before)} and {list(after)}.")
    f0, f1 = (np.broadcast_arrays(*(np.asarray(one, dtype=float) for one in side.values())) for side in (before, after))
    x0, x1 = np.prod(f0, axis=0), np.prod(f1, axis=0)
    both = (x0 > 0) & (x1 > 0)
    out = {}
    ratios = [np.log(np.divide(b, a, out=np.ones_like(x0), where=both)) for a, b in zip(f0, f1, strict=True)]
    whole = sum(ratios)
    even = np.abs(whole) < 1e-6  # L(x1, x0) is then their mean, to third order
    mean = np.where(even, (x0 + x1) / 2, np.divide(x1 - x0, whole, out=np.zeros_like(x0), where=both & ~even))
    for name, ratio in zip(before, ratios, strict=True):
        out[name] = np.where(both, mean * ratio, 0.0)
    left = np.where(both, x1 - x0 - mean * whole, 0.0)  # rounding, and the third order of even cells
    first = next(iter(before))
    out[first] = out[first] + left
    return out | {"entry": np.where((x0 == 0) & (x1 > 0), x1, 0.0), "exit": np.where((x0 > 0) & (x1 == 0), -x0, 0.0)}


def market_factors(own: "Values", market: "Values") -> dict[str, "Values"]:
    """Factors of exports to a market by product: its total demand, the structure of it, and the share held in each.

    `x_k = D a_k s_k`, with `D = sum market`, `a = market / D`, `s = own / market`.

    Raises
    ------
    BadTable
        If own trade is larger than the market in a product.
    """
    import numpy as np

    _alike(own, market)
    if (own > market * (1 + 1e-9)).any():
        raise BadTable("Own trade is at most the market in every product; pass the market with own trade included.")
    whole = float(market.sum())
    share = np.divide(own, market, out=np.zeros_like(own, dtype=float), where=market > 0)
    return {"demand": np.asarray([whole]), "structure": market / whole, "share": share}


def constant_share(own: "Sequence[Values]", market: "Sequence[Values]") -> dict[str, float]:
    """Constant-market-share analysis as it is usually printed, with its residual [currency]; for comparison only.

    Base-weighted on the factors of `market_factors` (Tyszynski 1951): demand `(D1 - D0) sum a0 s0`, structure
    `D0 sum (a1 - a0) s0`, share `D0 sum a0 (s1 - s0)`, and the residual that remains. `own` and `market` are (before,
    after).
    """
    f0, f1 = (market_factors(x, m) for x, m in zip(own, market, strict=True))
    out = {}
    for name in f0:
        changed = f0 | {name: f1[name] - f0[name]}
        out[name] = float((changed["demand"] * changed["structure"] * changed["share"]).sum())
    return out | {"residual": float(own[1].sum() - own[0].sum()) - sum(out.values())}


def currency_split(before: float, after: float, rate_before: float, rate_after: float) -> tuple[float, float]:
    """Change of `rate x value` in local currency: (trade, currency), `ebar dB + Bbar de`; exact and symmetric.

    >>> currency_split(100.0, 120.0, 7.0, 7.2)
    (142.0, 22.000000000000...)
    """
    mean = (rate_before + rate_after) / 2
    return mean * (after - before), (before + after) / 2 * (rate_after - rate_before)


def surplus(exports: PriceVolume, imports: PriceVolume) -> dict[str, float]:
    """Change of the goods balance: export volume, import volume, terms of trade, and what has no price [currency].

    `dB = volume_X - volume_M + (price_X - price_M) + other`; volumes include entry and exit; `other` is the unpriced
    change of both sides. For a balance in another currency pass the sums through `currency_split`.
    """
    volumes = [float((one.volume + one.entry + one.exit).sum()) for one in (exports, imports)]
    terms = float(exports.price.sum() - imports.price.sum())
    other = float(exports.unpriced.sum() - imports.unpriced.sum())
    return {"export volume": volumes[0], "import volume": -volumes[1], "terms of trade": terms, "other": other}


def orders(before: Mapping[str, "Values"], after: Mapping[str, "Values"]) -> dict[str, tuple[float, float]]:
    """Smallest and largest part of each factor over all orders in which factors change one at a time [currency].

    What a sequential decomposition would print, depending on its order: the sensitivity to stand beside `shapley`.
    """
    from itertools import permutations

    import numpy as np

    names = list(before)
    found: dict[str, list[float]] = {name: [] for name in names}
    for order in permutations(names):
        state = dict(before)
        last = float(np.prod(np.broadcast_arrays(*state.values()), axis=0).sum())
        for name in order:
            state[name] = after[name]
            value = float(np.prod(np.broadcast_arrays(*state.values()), axis=0).sum())
            found[name].append(value - last)
            last = value
    return {name: (min(parts), max(parts)) for name, parts in found.items()}
