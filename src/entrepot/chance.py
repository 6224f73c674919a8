"""What else can make an excess: chance, a hub's own pull, an old trend. Duty labels are permuted to tell.

Four things must be beaten before an excess of both legs is called distinguishable: chance (labels permuted), what a
hub may draw more than other markets and origins do (`ALLOWANCE`, and `PULL` times what those show), the trend its
dutied goods had before the duty, and what the hub's trade with others shows on them: its own demand and production.
Where the first is beaten and another is not, nothing is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.rungs import PARTS, Leg

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Sectors = NDArray[np.int64]

DRAWS = 499
LEVEL = 0.05
LEVEL_TIED = 0.03  # of the second way to be told from none, so that both ways together stay near one in twenty
ALLOWANCE = 0.18  # growth by which a hub may outdo its comparison for reasons of its own before anything is said
PULL = 3.5  # a hub may draw so many times what its comparison shows on dutied goods, before an excess of both legs ...
PULL_TIED = 2.0  # ... and before one in the same lines, beyond what direct sales of each line foretell
FLOOR = 0.2  # of the hub flow's usual ratio to direct sales: the size below which a control counts as small
FLOOR_BARE = 0.5  # the same of the control's usual ratio to the hub flow, where direct sales are not held
POWER = 0.1  # a product weighs by its value to this power: what is small scatters more, what is large is few
FEWEST_TIED = 30  # products on either side, below which lines are not compared within the dutied goods
CHUNK = 100  # draws at a time


@dataclass(frozen=True)
class Judgement:
    """Whether the excess of both legs is told from none, and what stood in the way.

    Attributes
    ----------
    p : float
        Largest of the first three tests: both legs in excess of the allowance, and in the same lines.
    tests : dict
        One-sided p-values: `first leg`, `second leg`, `same lines`, `same lines beyond exposure`.
    lower : (first leg, second leg)
        Lower 95 % ends of the excess growth of dutied goods [growth].
    needed : (first leg, second leg)
        What they must exceed: allowance or pull, and the earlier trend [growth].
    pull, trend : (first leg, second leg)
        Excess of dutied goods in the comparison, and in the hub's legs before the duty over a like span [growth].
    own : (first leg, second leg)
        Excess of dutied goods in what the hub buys from other origins, and sells to other markets [growth].
    seen, unsure : bool
        Distinguishable; or more than chance, but no more than a pull or a trend could make.
    checked : bool
        Whether months before the duty were held to check the trend.
    """

    p: float
    tests: dict[str, float]
    lower: tuple[float, float]
    needed: tuple[float, float]
    pull: tuple[float, float]
    trend: tuple[float, float]
    own: tuple[float, float]
    seen: bool
    unsure: bool
    checked: bool


def judge(
    firsts: Sequence[Leg],
    second: Leg,
    dutied: "Flags",
    sectors: "Sectors",
    *,
    exposed: "Values | None" = None,
    earlier: "tuple[Leg, Leg, Values | None] | None" = None,
    years: float = 1.0,
    beside: "Sequence[tuple[Values, Values] | None]" = (None, None),
    draws: int = DRAWS,
    seed: int = 0,
) -> Judgement:
    """Hold the excess of both legs against chance, pull and trend.

    Parameters
    ----------
    firsts : sequence of Leg
        The first leg at each lag of the voyage; their mean is judged.
    second : Leg
        The hub's sales to the destination.
    dutied, sectors : (products,)
        Products whose duty rose; the sector of each, within which labels are permuted.
    exposed : (products,) float, optional
        Direct sales of the origin to the destination in the base [currency].
    earlier : (Leg, Leg, exposed), optional
        Both legs in two windows one year apart that lie before the duty.
    years : float
        From base to period, to which the earlier trend is drawn out.
    beside : ((before, after) or None, (before, after) or None)
        What the hub buys from other origins, and what it sells to other markets: its own demand and production show
        there, goods that only pass through do not.
    draws, seed : int
        Permutations, and the seed that makes the answer reproducible.

    Returns
    -------
    Judgement
        `seen` if (a) each leg's lower end exceeds the allowance, `PULL` less one times the comparison's own excess, the
        trend, and what the hub's trade with others shows, and both rise in the same lines; or (b) within dutied goods
        the legs rise in the same lines beyond what exposure foretells, and each lower end exceeds `PULL_TIED` less one
        times the comparison's excess, the trend and the trade with others.

    Notes
    -----
    The statistic of a leg is the weighted mean of symmetric growth less the comparison's growth, dutied less undutied
    goods, studentised. A hub that draws deflected supply and diverted demand of the very same lines, by more than the
    allowance, looks like relabelling to every such test.
    """
    import numpy as np

    first = Leg(*(np.mean([getattr(leg, name) for leg in firsts], axis=0) for name in PARTS))
    legs = (first, second)
    control = [control_growth(leg, exposed) for leg in legs]
    rises = [growth(leg.before, leg.after) - other for leg, other in zip(legs, control, strict=True)]
    weights = [weight(leg.before + leg.after, exposed) for leg in legs]
    labels = shuffles(dutied, sectors, weights[0] + weights[1], draws=draws, seed=seed)
    tests, lower = {}, []
    for name, rise, mass in zip(("first leg", "second leg"), rises, weights, strict=True):
        gap, se = _gap(rise, mass, labels)
        tests[name] = _p(gap / se, (gap[0] - ALLOWANCE) / se[0])
        lower.append(float(gap[0] - se[0] * np.quantile(gap[1:] / se[1:], 1 - LEVEL)))
    both = np.sqrt(weights[0] * weights[1])
    tests["same lines"] = _p_of(_tied(rises, both, labels, None))
    tests["same lines beyond exposure"] = _beyond(legs, rises, both, labels, exposed)
    pull = tuple(max(_excess(one, mass, dutied), 0.0) for one, mass in zip(control, weights, strict=True))
    trend = tuple(years * one for one in _trends(earlier, dutied))
    own = tuple(_own(pair, other, dutied, exposed) for pair, other in zip(beside, control, strict=True))
    needed = tuple(max(ALLOWANCE, (PULL - 1) * a) + b + c for a, b, c in zip(pull, trend, own, strict=True))
    least = tuple((PULL_TIED - 1) * a + b + c for a, b, c in zip(pull, trend, own, strict=True))
    p = max(tests[name] for name in ("first leg", "second leg", "same lines"))
    apart = p <= LEVEL and all(a > b for a, b in zip(lower, needed, strict=True))
    tied = tests["same lines beyond exposure"] <= LEVEL_TIED and all(a > b for a, b in zip(lower, least, strict=True))
    return Judgement(
        p, tests, (lower[0], lower[1]), (needed[0], needed[1]), (pull[0], pull[1]), (trend[0], trend[1]),
        (own[0], own[1]), apart or tied, p <= LEVEL and not (apart or tied), earlier is not None,
    )  # fmt: skip


def growth(before: "Values", after: "Values") -> "Values":
    """Symmetric growth `2 (x1 - x0) / (x1 + x0)`, between -2 and 2; 0 where there is no trade in either window."""
    import numpy as np

    both = before + after
    return 2 * np.divide(after - before, both, out=np.zeros_like(both), where=both > 0)


def control_growth(leg: Leg, exposed: "Values | None") -> "Values":
    """Growth of the control, over its size and no less than a floor in proportion to direct sales (or the hub's flow).

    A product that the comparison hardly trades would otherwise show a huge rate for a few goods turned towards it, and
    hide what the hub shows at the same time.
    """
    import numpy as np

    size = (leg.control_before + leg.control_after) / 2
    if exposed is not None and exposed.sum() > 0:
        size = size + FLOOR * (leg.before + leg.after).sum() / 2 / exposed.sum() * exposed
    elif leg.before.sum() > 0:
        size = size + FLOOR_BARE * leg.control_before.sum() / leg.before.sum() * (leg.before + leg.after) / 2
    change = leg.control_after - leg.control_before
    return np.asarray(np.divide(change, size, out=np.zeros_like(size), where=size > 0))


def weight(both: "Values", exposed: "Values | None") -> "Values":
    """Weight of each product: its value to a small power, times the share of direct sales in both.

    Only what was sold directly can be relabelled.
    """
    import numpy as np

    mass = np.where(both > 0, both, 0.0) ** POWER * (both > 0)
    if exposed is not None and (mass * exposed).sum() > 0:
        whole = exposed + both / 2
        mass = mass * np.divide(exposed, whole, out=np.zeros_like(whole), where=whole > 0)
    return np.asarray(mass / max(mass.sum(), 1e-300))


def _trends(earlier: "tuple[Leg, Leg, Values | None] | None", dutied: "Flags") -> tuple[float, float]:
    """Excess growth a year of dutied goods in each leg before the duty, beyond one standard error; zero if none."""
    if earlier is None:
        return 0.0, 0.0
    found = []
    for leg in earlier[:2]:
        rise = growth(leg.before, leg.after) - control_growth(leg, earlier[2])
        gap, se = _gap(rise, weight(leg.before + leg.after, earlier[2]), dutied[None, :].astype(float))
        found.append(max(float(gap[0] - se[0]), 0.0))
    return found[0], found[1]


def _own(pair: "tuple[Values, Values] | None", control: "Values", dutied: "Flags", exposed: "Values | None") -> float:
    """Excess growth of dutied goods in a hub's trade with others, beyond one standard error; zero if none is held."""
    if pair is None:
        return 0.0
    gap, se = _gap(growth(*pair) - control, weight(pair[0] + pair[1], exposed), dutied[None, :].astype(float))
    return max(float(gap[0] - se[0]), 0.0)


def _excess(rise: "Values", mass: "Values", dutied: "Flags") -> float:
    return float(_gap(rise, mass, dutied[None, :].astype(float))[0][0])


def _p(drawn: "Values", met: float) -> float:
    import numpy as np

    return float((np.sum(drawn[1:] >= met) + 1) / len(drawn))


def _p_of(drawn: "Values") -> float:
    return _p(drawn, float(drawn[0]))


def _gap(rise: "Values", mass: "Values", labels: "Values") -> "tuple[Values, Values]":
    """Weighted mean of dutied less undutied, and its standard error, for each row of labels (1 dutied, 0 not)."""
    import numpy as np

    moments = np.column_stack([mass, mass * rise, mass**2, mass**2 * rise, mass**2 * rise**2])
    hit = labels @ moments
    found = []
    for side in (hit, moments.sum(axis=0) - hit):
        whole = np.maximum(side[:, 0], 1e-100)
        mean = side[:, 1] / whole
        miss = side[:, 4] - 2 * mean * side[:, 3] + mean**2 * side[:, 2]
        found.append((mean, np.maximum(miss, 0) / whole**2))
    (up, one), (low, two) = found
    return np.asarray(up - low), np.asarray(np.sqrt(one + two) + 1e-150)


def _beyond(
    legs: Sequence[Leg], rises: Sequence["Values"], mass: "Values", labels: "Values", exposed: "Values | None"
) -> float:
    """P-value of both legs rising in the same lines among dutied goods, beyond what their exposure foretells; or 1."""
    import numpy as np

    dutied = labels[0] > 0
    if exposed is None or min((mass[dutied] > 0).sum(), (mass[~dutied] > 0).sum()) < FEWEST_TIED:
        return 1.0
    ratios = [exposed / np.maximum(leg.before + leg.control_before + exposed, 1e-300) for leg in legs]
    return _p_of(_tied(rises, mass, labels, np.column_stack([np.ones(len(mass)), *ratios])))


def _tied(rises: Sequence["Values"], mass: "Values", labels: "Values", terms: "Values | None") -> "Values":
    """Studentised gap of the product of both legs' growth, for each row of labels.

    Without `terms` growth is centred on undutied goods, with them it is what a regression on them leaves, dutied and
    undutied goods each by themselves.
    """
    import numpy as np

    live = mass > 0
    rises, mass, labels = [rise[live] for rise in rises], mass[live], labels[:, live]
    terms = None if terms is None else terms[live]
    out = np.empty(len(labels))
    for start in range(0, len(labels), CHUNK):
        rows = labels[start : start + CHUNK]
        if terms is None:
            aside = (1 - rows) * mass
            centre = [(aside @ rise) / np.maximum(aside.sum(axis=1), 1e-300) for rise in rises]
            joint = (rises[0] - centre[0][:, None]) * (rises[1] - centre[1][:, None])
        else:
            left = [np.where(rows > 0, rise - _fitted(rise, rows * mass, terms),
                             rise - _fitted(rise, (1 - rows) * mass, terms)) for rise in rises]  # fmt: skip
            joint = left[0] * left[1]
        out[start : start + CHUNK] = _studentised(joint, mass, rows)
    return out


def _fitted(rise: "Values", masses: "Values", terms: "Values") -> "Values":
    """Weighted least squares of `rise` on `terms`, a row of weights at a time: fitted values (rows, products)."""
    import numpy as np

    k = terms.shape[1]
    pairs = (terms[:, :, None] * terms[:, None, :]).reshape(len(terms), k * k)
    gram = (masses @ pairs).reshape(-1, k, k)
    gram = gram + 1e-9 * np.trace(gram, axis1=1, axis2=2)[:, None, None] * np.eye(k) + 1e-300 * np.eye(k)
    weights = np.linalg.solve(gram, (masses @ (terms * rise[:, None]))[:, :, None])[:, :, 0]
    return np.asarray(weights @ terms.T)


def _studentised(joint: "Values", mass: "Values", rows: "Values") -> "Values":
    import numpy as np

    means, variances = [], []
    for side in (rows * mass, (1 - rows) * mass):
        whole = np.maximum(side.sum(axis=1), 1e-100)
        mean = (side * joint).sum(axis=1) / whole
        means.append(mean)
        variances.append(((side * (joint - mean[:, None])) ** 2).sum(axis=1) / whole**2)
    return np.asarray((means[0] - means[1]) / (np.sqrt(variances[0] + variances[1]) + 1e-150))


def shuffles(dutied: "Flags", sectors: "Sectors", mass: "Values", *, draws: int, seed: int) -> "Values":
    """The labels as they are, then `draws` permutations of them: shape (draws + 1, products), 1 for dutied.

    Labels change places within sectors that hold both kinds, and sectors that hold one kind change places whole, so
    that goods that move together keep together; where most dutied goods (by `mass`) lie in sectors of one kind, all
    sectors do.
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    place = np.unique(sectors, return_inverse=True)[1]
    count, hits = np.bincount(place), np.bincount(place, weights=dutied)
    mixed = (hits > 0) & (hits < count)
    if mass[mixed[place] & dutied].sum() < 0.5 * mass[dutied].sum():
        mixed = np.zeros(len(count), dtype=bool)
    out = np.empty((draws + 1, len(dutied)))
    out[0] = dutied
    order = np.argsort(place, kind="stable")
    ranked, inside = dutied[order].astype(float), mixed[place]
    alone = np.flatnonzero(~mixed)
    share = hits / count
    for n in range(1, draws + 1):
        keys = place[order] + rng.random(len(order))
        row = out[n]
        row[order] = ranked[np.argsort(keys, kind="stable")]
        moved = share.copy()
        moved[alone] = rng.permutation(share[alone])
        row[~inside] = (moved[place] > rng.random(len(place)))[~inside]
    return out
