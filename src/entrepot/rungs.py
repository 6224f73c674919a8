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
MARGIN = (1.0, 1.2)  # destination's value over the value at which the origin's goods entered the hub
PARTS = ("before", "after", "control_before", "control_after")
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
    both legs (`largest`). Whether there is any at all is decided by `chance.judge`, not by these bounds.
    """

    value: float
    hi: float
    first: Excess
    second: Excess
    largest: float


def bounds(
    firsts: Sequence[Leg],
    second: Leg,
    dutied: "Flags",
    sectors: "NDArray[np.int64]",
    *,
    margin: tuple[float, float] = MARGIN,
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
        Sector of each product; goods of one move together.
    margin : (low, high)
        Destination's value over the value at which the origin's goods entered the hub; the middle is used for `value`,
        the high end for `hi`.

    Raises
    ------
    MissingData
        If fewer than ten products with trade stand on either side.
    """
    import numpy as np

    live = (second.before + second.after > 0) | (firsts[0].before + firsts[0].after > 0)
    sides = int((live & dutied).sum()), int((live & ~dutied).sum())
    if min(sides) < FEWEST:
        raise MissingData(
            f"Fewer than {FEWEST} products with trade stand on one side: {sides[0]} dutied, {sides[1]} undutied."
        )
    floors = (excess(firsts[0], dutied, sectors).control, excess(second, dutied, sectors).control)
    ones = [excess(leg, dutied, sectors, floors[1]) for leg in firsts]
    two = excess(second, dutied, sectors, floors[0])
    middle = sum(margin) / 2
    one = ones[int(np.argsort([each.value for each in ones])[len(ones) // 2])]
    largest = max(ceiling(leg.after[dutied] * margin[1], second.after[dutied]) for leg in firsts)
    hi = min(margin[1] * max(each.upper for each in ones), two.upper, largest)
    value = min(middle * one.value, two.value, hi)
    return Bounds(value, hi, one, two, largest)
