"""How widely trade is spread: concentration, its exact changes and splits, margins, and what is at risk.

Arrays run over partners or products; values are in one currency, shares are fractions.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from entrepot.errors import BadTable, WrongUsage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


def shares(values: "Values") -> "Values":
    """Each value over their sum [fraction].

    Raises
    ------
    BadTable
        If a value is negative or missing, or all are zero.
    """
    import numpy as np

    held = np.asarray(values, dtype=float)
    if not (held >= 0).all() or not held.sum() > 0:
        raise BadTable("Shares are of values that are not negative and not all zero; leave missing ones out.")
    return np.asarray(held / held.sum())


def hhi(values: "Values") -> float:
    """Herfindahl-Hirschman index, `sum s^2`: 1/N where all are equal, 1 where one has all.

    >>> import numpy as np
    >>> hhi(np.array([1.0, 1.0, 2.0]))
    0.375
    """
    return float((shares(values) ** 2).sum())


def effective_number(values: "Values") -> float:
    """Number of equal partners that would be as concentrated: `1 / HHI`."""
    return 1 / hhi(values)


def hhi_change(before: "Values", after: "Values") -> "Values":
    """Each line's part in the change of the HHI, `(s1 + s0)(s1 - s0)`: they sum to it exactly.

    The part of one line (the United States) against the rest is its entry against the sum of the others.
    """
    s0, s1 = shares(before), shares(after)
    return (s1 + s0) * (s1 - s0)


def hhi_one_line(before: "Values", after: "Values", line: int) -> tuple[float, float]:
    """Change of the HHI split into (one line's change of share, everything else), by Shapley; sums exactly.

    The others keep their structure when the line's share moves: `HHI = s^2 + (1 - s)^2 HHI_others`. Unlike
    `hhi_change` this gives the line also what its fall does to everyone else's share.
    """
    import numpy as np

    parts = []
    for values in (before, after):
        share = float(shares(values)[line])
        others = np.delete(np.asarray(values, dtype=float), line)
        parts.append((share, hhi(others) if others.sum() > 0 else 0.0))
    (s0, h0), (s1, h1) = parts

    def index(share: float, structure: float) -> float:
        return share**2 + (1 - share) ** 2 * structure

    own = (index(s1, h0) - index(s0, h0) + index(s1, h1) - index(s0, h1)) / 2
    return own, index(s1, h1) - index(s0, h0) - own


def theil(values: "Values", groups: Sequence[object] | None = None) -> tuple[float, float, float]:
    """Theil's T of the values: (total, within groups, between groups); total = within + between (Theil 1967).

    `T = sum s ln(s N)`: 0 where all are equal, ln N where one has all. Lines with zero count in N.

    >>> import numpy as np
    >>> theil(np.ones(4), ["a", "a", "b", "b"])
    (0.0, 0.0, 0.0)
    """
    import numpy as np

    share = shares(values)
    total = _entropy(share, len(share))
    if groups is None:
        return total, total, 0.0
    place = np.unique(np.asarray(groups), return_inverse=True)[1]
    sums, counts = np.bincount(place, weights=share), np.bincount(place)
    within = float(sum(s * _entropy(share[place == g] / s, counts[g]) for g, s in enumerate(sums) if s > 0))
    held = sums > 0
    between = float((sums[held] * np.log(sums[held] * len(share) / counts[held])).sum())
    return total, within, between


def _entropy(share: "Values", n: int) -> float:
    import numpy as np

    held = share[share > 0]
    return float((held * np.log(held * n)).sum())


def top(values: "Values", count: int) -> float:
    """Share of the `count` largest [fraction]."""
    import numpy as np

    return float(np.sort(shares(values))[::-1][:count].sum())


def margins(own: "Values", world: "Values") -> tuple[float, float, float]:
    """Hummels-Klenow margins of an exporter in a market: (extensive, intensive, share); share = EM x IM.

    `EM = sum_{k sold} W_k / sum_k W_k`, `IM = sum own / sum_{k sold} W_k` (Hummels and Klenow 2005, equations 14
    and 15), with W the market's purchases from the world, by product.

    Raises
    ------
    BadTable
        If shapes differ, or the exporter sells where the world sells nothing.
    """
    import numpy as np

    own, world = np.asarray(own, dtype=float), np.asarray(world, dtype=float)
    if own.shape != world.shape or ((own > 0) & (world <= 0)).any():
        raise BadTable("Own and world trade run over the same products, and the world holds what the exporter sells.")
    whole, met = float(world.sum()), float(world[own > 0].sum())
    if whole <= 0 or met <= 0:
        raise BadTable("Neither the world nor the exporter sells anything here; margins do not exist.")
    return met / whole, float(own.sum()) / met, float(own.sum()) / whole


def at_risk(values: "Values", probability: "Values", loss: "Values") -> "Values":
    """Expected loss of each threatened line as a fraction of all trade, `s p loss`; sum it for the whole.

    Raises
    ------
    WrongUsage
        If a probability or a loss lies outside 0 to 1.
    """
    import numpy as np

    if any(((np.asarray(one) < 0) | (np.asarray(one) > 1)).any() for one in (probability, loss)):
        raise WrongUsage("Probabilities and losses are fractions between 0 and 1; state where they come from.")
    return shares(values) * probability * loss


def overlap(one: "Values", other: "Values") -> float:
    """Overlap of two structures, `sum min(s, t)`: 1 where equal, 0 where disjoint (Finger and Kreinin 1979)."""
    import numpy as np

    return float(np.minimum(shares(one), shares(other)).sum())


def rerouted_hhi(values: "Values", hub: int, final: int, most: float) -> tuple[float, float]:
    """Smallest and largest HHI if between zero and `most` [currency] of the hub's trade is really the final market's.

    Trade booked to many hubs can be less spread than it looks. The HHI is quadratic in what is moved, with its minimum
    where hub and final market are equal.

    Raises
    ------
    WrongUsage
        If more is moved than the hub's trade, or hub and final market are one.
    """
    import numpy as np

    held = np.asarray(values, dtype=float)
    if hub == final or not 0 <= most <= held[hub] * (1 + 1e-12):
        raise WrongUsage(f"Between 0 and the hub's {held[hub]:g} can be moved to another line, not {most:g}.")

    def moved(amount: float) -> float:
        new = held.copy()
        new[hub], new[final] = new[hub] - amount, new[final] + amount
        return hhi(new)

    middle = min(max((held[hub] - held[final]) / 2, 0.0), most)
    found = [moved(one) for one in (0.0, middle, min(most, float(held[hub])))]
    return min(found), max(found)
