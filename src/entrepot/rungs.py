"""The rungs of the rerouting ladder as numbers: ceiling, increment, placebo rates, bounds from the excess of both legs.

Arrays run over products. A leg is a flow in a base window and a later window of the same calendar months, beside a
control: what the same exporter sold to untariffed destinations (first leg), or what other exporters sold to the same
destination (second leg). Everything is homogeneous of degree one in the values and needs no currency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.errors import BadTable, MissingData

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Flags = NDArray[np.bool_]

ONE_SIDED = 1.6448536269514722  # 95 % quantile of the normal: both legs together leave a band of nominally 90 %
DRAWS = 499
LEVEL = 0.05
TOLERANCE = 0.18  # growth by which a hub may outdo its comparison for reasons of its own before anything is said
FLOOR = 0.2  # of the hub flow's usual ratio to direct sales: the size below which a control counts as small
MARGIN = (1.0, 1.2)  # destination's value over the value at which the origin's goods entered the hub
FEWEST = 10  # products on either side of the comparison, below which nothing is said


def ceiling(first: "Values", second: "Values") -> float:
    """`R0 = sum_k min(M_k, X_k)`: the most of a product that can have passed through the hub; 0 if a leg is 0."""
    import numpy as np

    return float(np.minimum(first, second).sum())


def exposure(first: "Values", second: "Values") -> float:
    """What the increment is a rate of: the smaller leg's base value, summed over products."""
    return ceiling(first, second)


def prediction_band(rates: Sequence[float], level: float = 0.90) -> tuple[float, float, float]:
    """Mean of placebo rates and the band in which one more of them would fall (Student's t, `level` of the time).

    Raises
    ------
    MissingData
        If fewer than three placebo rates are given.
    """
    import numpy as np
    from scipy.special import stdtrit

    if len(rates) < 3:
        raise MissingData(f"{len(rates)} placebo rates give no band; three are needed.")
    mean, spread, n = float(np.mean(rates)), float(np.std(rates, ddof=1)), len(rates)
    room = float(stdtrit(n - 1, (1 + level) / 2)) * spread * float(np.sqrt(1 + 1 / n))
    return mean, mean - room, mean + room


@dataclass(frozen=True)
class Leg:
    """One leg by product: hub flow and control, before and after [currency], shape (products,) each."""

    before: "Values"
    after: "Values"
    control_before: "Values"
    control_after: "Values"

    def __post_init__(self) -> None:
        shapes = {one.shape for one in (self.before, self.after, self.control_before, self.control_after)}
        if len(shapes) != 1:
            raise BadTable(f"The four values of a leg are of one shape, not {shapes}.")


@dataclass(frozen=True)
class Excess:
    """By how much dutied goods outgrew undutied ones in the hub's leg, beyond the control [log points].

    `raw` and `control` are the two differences, `log` the first minus the second, `se` its standard error over
    products, `value` the excess in the later window, `M_D (1 - exp(-log))` [currency], `upper` the value at
    `log + 1.645 se`.
    """

    raw: float
    control: float
    log: float
    se: float
    value: float
    upper: float


def excess(leg: Leg, dutied: "Flags", sectors: "NDArray[np.int64]", floor: float | None = None) -> Excess:
    """Excess growth of a leg on dutied goods, `e = ln[G(D)/G(U)] - ln[G_control(D)/G_control(U)]`.

    The standard error takes the dispersion of undutied goods (what dutied ones would have shown without the duty),
    product by product, widened where goods of one sector move together. `floor`, where smaller than the control, is
    used instead of it for the upper end: another control that saw less of the duty's side effects.
    """
    import numpy as np

    raw, raw_variance = _double(leg.before, leg.after, dutied, sectors)
    control, control_variance = _double(leg.control_before, leg.control_after, dutied, sectors)
    log, se = raw - control, float(np.sqrt(raw_variance + control_variance))
    value = float(leg.after[dutied].sum())
    least = control if floor is None else min(control, floor)
    high = value * (1 - np.exp(-max(raw - least + ONE_SIDED * se, 0.0)))
    return Excess(raw, control, log, se, value * (1 - np.exp(-max(log, 0.0))), float(high))


def _double(before: "Values", after: "Values", dutied: "Flags", sectors: "NDArray[np.int64]") -> tuple[float, float]:
    """ln G(D) - ln G(U), and its variance from how undutied products scatter around their common growth."""
    import numpy as np

    sums = [before[dutied].sum(), after[dutied].sum(), before[~dutied].sum(), after[~dutied].sum()]
    if min(sums) <= 0:
        raise MissingData("Dutied and undutied goods are needed in both windows of each leg and of its control.")
    growth = sums[3] / sums[2]
    miss = (after - growth * before)[~dutied]
    size = (growth * before)[~dutied]
    noise = (miss**2).sum() / max((size**2).sum(), 1e-300)  # relative variance of a product, weighted by value
    together = np.bincount(sectors[~dutied], weights=miss)
    clumped = max(1.0, float((together**2).sum() / max((miss**2).sum(), 1e-300)))
    spread = sum((before[side] ** 2).sum() / before[side].sum() ** 2 for side in (dutied, ~dutied))
    return float(np.log(sums[1] / sums[0]) - np.log(growth)), float(noise * spread * clumped)


@dataclass(frozen=True)
class Bounds:
    """What the duty step identifies: relabelling lies between zero and the smaller excess.

    `value` is the smaller excess [currency at the destination], which is the relabelled value if the hub keeps no more
    deflected goods than untariffed destinations do; `hi` its upper end at nominally 90 %, never above what fits through
    both legs; `p` the largest of three permutation p-values (both legs in excess, and in the same lines).
    """

    value: float
    hi: float
    p: float
    tests: tuple[float, float, float]
    first: Excess
    second: Excess
    largest: float


def bounds(
    firsts: Sequence[Leg],
    second: Leg,
    dutied: "Flags",
    sectors: "NDArray[np.int64]",
    *,
    exposed: "Values | None" = None,
    margin: tuple[float, float] = MARGIN,
    draws: int = DRAWS,
    seed: int = 0,
) -> Bounds:
    """Bounds of relabelling after a duty step, from the excess of both legs.

    Parameters
    ----------
    firsts : sequence of Leg
        The first leg with the hub's purchases 0, 1, 2 ... months before the second leg's window.
    second : Leg
        The hub's sales to the destination.
    dutied : (products,) bool
        Products whose duty rose.
    sectors : (products,) int
        Sector of each product, within which labels are permuted where both kinds occur.
    exposed : (products,) float, optional
        Direct sales of the origin to the destination in the base window [currency].
    margin : (low, high)
        Destination's value over the value at which the origin's goods entered the hub; the middle is used for `value`,
        the high end for `hi`.
    draws, seed : int
        Permutations, and the seed that makes the answer reproducible.

    Raises
    ------
    MissingData
        If fewer than ten products with trade stand on either side.
    """
    import numpy as np

    live = (second.before + second.after > 0) | (firsts[0].before + firsts[0].after > 0)
    if min((live & dutied).sum(), (live & ~dutied).sum()) < FEWEST:
        raise MissingData(f"Fewer than {FEWEST} products with trade stand among the dutied, or the undutied, goods.")
    floors = (excess(firsts[0], dutied, sectors).control, excess(second, dutied, sectors).control)
    ones = [excess(leg, dutied, sectors, floors[1]) for leg in firsts]
    two = excess(second, dutied, sectors, floors[0])
    middle = sum(margin) / 2
    one = ones[int(np.argsort([each.value for each in ones])[len(ones) // 2])]
    largest = max(ceiling(leg.after[dutied] * margin[1], second.after[dutied]) for leg in firsts)
    hi = min(margin[1] * max(each.upper for each in ones), two.upper, largest)
    value = min(middle * one.value, two.value, hi)
    pooled = Leg(*(np.mean([getattr(leg, name) for leg in firsts], axis=0) for name in PARTS))
    tests = permuted(pooled, second, dutied, sectors, exposed=exposed, draws=draws, seed=seed)
    return Bounds(value, hi, max(tests), tests, one, two, largest)


PARTS = ("before", "after", "control_before", "control_after")


def growth(before: "Values", after: "Values") -> "Values":
    """Symmetric growth `2 (x1 - x0) / (x1 + x0)`, between -2 and 2; 0 where there is no trade in either window."""
    import numpy as np

    both = before + after
    return 2 * np.divide(after - before, both, out=np.zeros_like(both), where=both > 0)


def permuted(
    first: Leg,
    second: Leg,
    dutied: "Flags",
    sectors: "NDArray[np.int64]",
    *,
    exposed: "Values | None" = None,
    tolerance: float = TOLERANCE,
    draws: int = DRAWS,
    seed: int = 0,
) -> tuple[float, float, float]:
    """One-sided p-values: excess of the first leg, of the second, and of both in the same lines.

    The first two compare the growth of a product in the hub's flow, less its growth in the control, between dutied and
    undutied goods, and count only what exceeds `tolerance` [growth]; the third compares the product of both legs'
    growth, each centred on undutied goods: relocation raises parts in one leg and finished goods in the other,
    relabelling the same line in both. A product weighs by the root of its value times the share that direct sales to
    the destination (`exposed`, base window [currency]) have in both, since only what was sold there can be relabelled.
    Statistics are studentised; labels are permuted within sectors that hold both kinds, or whole sectors are where
    duties follow sectors.
    """
    import numpy as np

    legs = (first, second)
    rises = [growth(leg.before, leg.after) - _control_growth(leg, exposed) for leg in legs]
    weights = [_weight(leg.before + leg.after, exposed) for leg in legs]
    labels = shuffles(dutied, sectors, weights[0] + weights[1], draws=draws, seed=seed)
    found = []
    for rise, weight in zip(rises, weights, strict=True):
        gap, se = _gap(rise, weight, labels)
        t = gap / se
        found.append((np.sum(t[1:] >= (gap[0] - tolerance) / se[0]) + 1) / len(t))
    t = _gap_together(rises[0], rises[1], np.sqrt(weights[0] * weights[1]), labels)
    found.append((np.sum(t[1:] >= t[0]) + 1) / len(t))
    return float(found[0]), float(found[1]), float(found[2])


def _control_growth(leg: Leg, exposed: "Values | None") -> "Values":
    """Growth of the control, over its size and no less than a floor in proportion to direct sales.

    A product that the comparison hardly trades would otherwise show a huge rate for a few goods turned towards it, and
    hide what the hub shows at the same time.
    """
    import numpy as np

    size = (leg.control_before + leg.control_after) / 2
    if exposed is not None and exposed.sum() > 0:
        size = size + FLOOR * (leg.before + leg.after).sum() / 2 / exposed.sum() * exposed
    change = leg.control_after - leg.control_before
    return np.asarray(np.divide(change, size, out=np.zeros_like(size), where=size > 0))


def _weight(both: "Values", exposed: "Values | None") -> "Values":
    import numpy as np

    weight = np.sqrt(both)
    if exposed is not None and (weight * exposed).sum() > 0:
        whole = exposed + both / 2
        weight = weight * np.divide(exposed, whole, out=np.zeros_like(whole), where=whole > 0)
    return np.asarray(weight / max(weight.sum(), 1e-300))


def _gap(rise: "Values", weight: "Values", labels: "Values") -> "tuple[Values, Values]":
    """Weighted mean of dutied less undutied, and its standard error, for each row of labels (1 dutied, 0 not)."""
    import numpy as np

    found = []
    for side in (labels, 1 - labels):
        mass = np.maximum(side @ weight, 1e-300)
        mean = side @ (weight * rise) / mass
        miss = side @ (weight * rise) ** 2 - 2 * mean * (side @ (weight**2 * rise)) + mean**2 * (side @ weight**2)
        found.append((mean, np.maximum(miss, 0) / mass**2))
    (up, one), (low, two) = found
    return np.asarray(up - low), np.asarray(np.sqrt(one + two) + 1e-150)


def _gap_together(one: "Values", two: "Values", weight: "Values", labels: "Values") -> "Values":
    """Studentised gap of the product of two growths, centred on the undutied goods of each row of labels."""
    import numpy as np

    out = np.empty(len(labels))
    for n, row in enumerate(labels):
        aside = weight * (1 - row)
        mass = max(aside.sum(), 1e-300)
        joint = (one - aside @ one / mass) * (two - aside @ two / mass)
        gap, se = _gap(joint, weight, row[None, :])
        out[n] = gap[0] / se[0]
    return out


def shuffles(dutied: "Flags", sectors: "NDArray[np.int64]", weight: "Values", *, draws: int, seed: int) -> "Values":
    """The labels as they are, then `draws` permutations of them: shape (draws + 1, products), 1 for dutied.

    Within sectors where at least half of the dutied weight lies in sectors that hold both kinds; else whole sectors
    change places, so that goods that move together keep together.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    place = np.unique(sectors, return_inverse=True)[1]
    count, hits = np.bincount(place), np.bincount(place, weights=dutied)
    mixed = ((hits > 0) & (hits < count))[place]
    out = np.empty((draws + 1, len(dutied)))
    out[0] = dutied
    if weight[mixed & dutied].sum() >= 0.5 * weight[dutied].sum():
        order = np.argsort(place, kind="stable")
        ranked = dutied[order].astype(float)
        for n in range(draws):
            keys = place[order] + rng.random(len(order))
            out[n + 1, order] = ranked[np.argsort(keys, kind="stable")]
        return out
    share = hits / count
    for n in range(draws):
        out[n + 1] = (rng.permutation(share)[place] > rng.random(len(place))).astype(float)
    return out
