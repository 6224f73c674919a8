"""A shocked world before it is solved: a scenario laid on an economy as the data of one map."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrepot.economy import Economy, blocs, levying
from entrepot.errors import MissingData, WrongUsage
from entrepot.hats import ROUNDING, Hats
from entrepot.scenario import NUMERAIRE, Scenario, Shocked

Array = NDArray[np.float64]
REACH = 3.0  # of the step that a fixed elasticity would ask for; Anderson corrects what is too long
THETA_AT = {"long": 1.0, "medium": 0.69, "short": 0.38}  # part of the long-run elasticity reached, see `simulate`


@dataclass(frozen=True, eq=False, repr=False)
class Problem:
    """A shocked world before it is solved: the map, and what the result will need besides."""

    economy: Economy
    scenario: Scenario
    tariff_new: Array
    hats: Hats


def problem(economy: Economy, scenario: Scenario, shocked: Shocked, part: float = 1.0, *, held: float = 1.0) -> Problem:
    """Build the map of a scenario, or, for continuation, of a `part` of its shock [0 to 1, in logs].

    `held` is the part of the new deficits that is asked for [0, balanced trade, to 1].
    """
    tariff = economy.tariff if shocked.tariff_new is None else shocked.tariff_new
    if part < 1:
        tariff = (1 + economy.tariff) ** (1 - part) * (1 + tariff) ** part - 1
    theta = economy.theta * THETA_AT[scenario.horizon]
    weight = _weight(economy, scenario, shocked, tariff, theta, part)
    deficit, unit = _deficit(economy, scenario, shocked, part)
    apart = economy.blocs
    if shocked.embargo is not None and part == 1:
        sold = np.any((weight > 0) & (economy.spending.T > 0)[:, :, None], axis=0)
        can_trade(economy, sold, deficit, own_income=scenario.deficits == "share of own income")
        apart = blocs(sold)
    home = np.einsum("snn->sn", weight)  # a view
    own = home.copy()
    home[:] = 0
    duty = tariff.transpose(2, 0, 1)
    rows = levying(tariff)
    levied = weight[:, rows] * duty[:, rows]
    levied /= 1 + duty[:, rows]
    own_sector = scenario.horizon == "short" and len(theta) > 1
    made, sales = np.ascontiguousarray(economy.value_added_share.T), np.ascontiguousarray(economy.sales.T)
    hats = Hats(
        weight=weight,
        levying=rows,
        levied=levied,
        own=own,
        home=own / (1 + np.einsum("snn->sn", duty)),
        made=made,
        used=economy.input_share,
        final=np.ascontiguousarray(economy.final_share.T),
        theta=theta[:, None],
        sales=sales,
        pool=made * sales if own_sector else economy.value_added[None, :],
        deficit=deficit * held if held < 1 else deficit,
        wage_unit=unit,
        own_income=scenario.deficits == "share of own income",
        labour_elasticity=scenario.labour_response,
        keep=_keep(economy) if scenario.rebate == "income tax" else None,
        log_productivity=0.0 if shocked.productivity_hat is None else part * np.log(shocked.productivity_hat.T),
        damping=_damping(economy, theta, own_sector),
        blocs=apart,
    )
    return Problem(economy, scenario, tariff, hats)


def _weight(economy: Economy, scenario: Scenario, shocked: Shocked, tariff: Array, theta: Array, part: float) -> Array:
    """Return share * kappa^-theta, sector first; powers are taken only where something changes."""
    new, old = tariff.transpose(2, 0, 1), economy.tariff.transpose(2, 0, 1)
    cost = None if shocked.cost_hat is None else shocked.cost_hat.transpose(2, 0, 1)
    embargo = None if shocked.embargo is None else shocked.embargo.transpose(2, 0, 1)
    idle, weight = economy.idle, economy.share.transpose(2, 0, 1).copy()
    changed = new != old if cost is None else (new != old) | (cost != 1)
    sector, buyer = changed.any(axis=2).nonzero()
    for k in range(0, len(sector), len(new[0])):  # a few rows at a time, so that no second array of this size is made
        at = sector[k : k + len(new[0])], buyer[k : k + len(new[0])]
        log_kappa = scenario.pass_through * np.log((1 + new[at]) / (1 + old[at]))
        log_kappa += 0 if cost is None else part * np.log(cost[at])
        weight[at] *= np.exp(-theta[at[0], None] * log_kappa)
    if embargo is not None:
        weight[embargo] *= 1 - part
        empty = (weight.sum(axis=2).T == 0) & (economy.spending > 0)
        if empty.any():
            buyer, sector = np.argwhere(empty)[0]
            raise MissingData(
                f"The embargo leaves {economy.countries[buyer]} with no seller of {economy.sectors[sector]}, and hats "
                "cannot create one. Leave a source of supply, or merge sectors."
            )
        idle = idle | (weight.sum(axis=2) == 0)
    sector, buyer = np.nonzero(idle)
    weight[sector, buyer, buyer] = 1.0  # nothing is bought: the price is that of the own good, at no weight
    return weight


def can_trade(
    economy: Economy,
    sold: NDArray[np.bool_],
    deficit: Array,
    what: str = "The embargo",
    *,
    own_income: bool = False,
) -> None:
    """Refuse trade that no wages can balance.

    A country must have someone who buys what it makes, at home or abroad; and countries that buy nothing from the rest
    of the world must have a surplus with it if they sell to it, and no balance with it if they do not.

    Parameters
    ----------
    sold : array of bool, shape (N, N)
        Whether buyer n can buy anything from seller i, home included.
    deficit : array, shape (N,)
        New deficits [USD]; with `own_income` the ratios of spending to own income less 1, all ratios times one free
        factor.
    what : str
        What left the trade so.
    """
    home = np.eye(len(sold)) > 0
    if not (kept := sold.any(axis=0)).all():
        raise MissingData(f"{what} leaves {economy.countries[int(kept.argmin())]} nobody who buys what it makes.")
    abroad = sold & ~home
    if own_income:
        _ratios_can_hold(economy, abroad, 1 + deficit, what)
        return
    sells, buys = abroad.any(axis=0), abroad.any(axis=1)
    broke, idle = buys & ~sells & (deficit <= 0), sells & ~buys & (deficit >= 0)
    for at in np.flatnonzero(broke | idle):
        left, owed = ("buyer", "pay for its imports") if broke[at] else ("seller", "be paid for its exports")
        raise MissingData(
            f"{what} leaves {economy.countries[at]} no {left} abroad, and with a deficit of {deficit[at] + 0.0:.3g} "
            f"USD it cannot {owed}. Forbid that trade too, or leave it a {left}."
        )
    _groups_can_pay(economy, abroad, deficit, what)


def _groups_can_pay(economy: Economy, abroad: NDArray[np.bool_], deficit: Array, what: str) -> None:
    """Refuse groups that buy nothing from the rest, directly or not, and whose balance with it does not fit that."""
    for group in np.unique(_reached(abroad), axis=0):
        owed, sold = float(deficit[group].sum()), bool(abroad[~group][:, group].any())
        least = ROUNDING * float(economy.value_added[group].sum())
        if group.all() or (owed < -least if sold else abs(owed) <= least):
            continue
        named = _named(economy, group)
        why = "their sales to the others cannot be paid for" if sold else "it cannot be settled in goods"
        raise MissingData(
            f"{what} leaves {named} no seller among the other countries, and with a deficit of {owed + 0.0:.3g} USD "
            f"together {why}. Forbid the trade between the two groups both ways, or leave it both ways."
        )


def _ratios_can_hold(economy: Economy, abroad: NDArray[np.bool_], ratio: Array, what: str) -> None:
    """Refuse groups of which one cannot spend more than it earns, another not less, and whose ratios ask for just that.

    k x ratio is below 1 in some member of a group that buys nothing from the rest, and above 1 in some of a group that
    sells nothing to it (or 1, where there is no trade either way); k, which makes world spending world income, is one.
    """
    reached = _reached(abroad)
    closed = [
        group for group in np.unique(np.concatenate([reached, ~reached.T]), axis=0) if 0 < group.sum() < len(group)
    ]
    if not closed:
        return
    strict = [bool(abroad[~group][:, group].any()) for group in closed]
    least, most = [float(ratio[group].min()) for group in closed], [float(ratio[~group].max()) for group in closed]
    low = max(range(len(closed)), key=lambda at: (least[at], strict[at]))
    high = min(range(len(closed)), key=lambda at: (most[at], not strict[at]))
    if most[high] > least[low] * (1 + ROUNDING if strict[low] or strict[high] else 1 - 1e-9):
        return
    raise MissingData(
        f"{what} leaves {_named(economy, closed[low])} no seller among the other countries and "
        f"{_named(economy, ~closed[high])} no buyer, so the first cannot spend more than they earn, nor the second "
        f"less; but at `share of own income` the first spend at least {least[low]:.3g} times their own income and the "
        f"second at most {most[high]:.3g} times, each times one common factor. Choose another deficit rule (`zero`, "
        "`share of world GDP`), or leave that trade open."
    )


def _reached(abroad: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Who buys from whom, through any number of others; everyone from itself."""
    reached = abroad | (np.eye(len(abroad)) > 0)
    for _ in range(len(reached).bit_length()):
        reached = reached.astype(np.float32) @ reached.astype(np.float32) > 0
    return reached


def _named(economy: Economy, group: NDArray[np.bool_]) -> str:
    names = [economy.countries[at] for at in np.flatnonzero(group)]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _deficit(economy: Economy, scenario: Scenario, shocked: Shocked, part: float) -> tuple[Array, int | None]:
    """New deficits [USD], or what spending exceeds own income by over the latter, and whose wage is their unit."""
    if scenario.deficits in ("zero", "zero first"):
        if shocked.deficit_new is not None and shocked.deficit_new.any():
            raise WrongUsage(f"deficit_new contradicts the rule {scenario.deficits!r}; use `share of world GDP`.")
        return np.zeros_like(economy.deficit), None
    if scenario.deficits == "share of own income":
        if shocked.deficit_new is not None:
            raise WrongUsage("deficit_new contradicts the rule `share of own income`; use `share of world GDP`.")
        return _swept(economy.deficit, economy) / (economy.value_added + economy.revenue), None
    old = new = _swept(economy.deficit, economy)
    if shocked.deficit_new is not None:
        new = _swept(shocked.deficit_new, economy)
    fixed = scenario.deficits == "fixed" and scenario.numeraire != NUMERAIRE
    deficit = new if part == 1 else old + part * (new - old)
    return deficit, economy.country(scenario.numeraire) if fixed else None


def _swept(deficit: Array, economy: Economy) -> Array:
    """Deficits without what is only rounding: it would outweigh the trade of a country that hardly trades.

    What is then missing from the sum of a bloc is put back where most of it was taken, or else, being rounding of its
    accounts, with the largest country.
    """
    large = np.abs(deficit) > ROUNDING * economy.value_added
    swept, taken = np.where(large, deficit, 0.0), np.where(large, 0.0, np.abs(deficit))
    for bloc in range(economy.blocs.max() + 1):
        members = np.flatnonzero(economy.blocs == bloc)
        from_these = taken[members] if taken[members].any() else economy.value_added[members]
        swept[members[from_these.argmax()]] -= swept[members].sum()
    return swept


def _keep(economy: Economy) -> Array:
    """One less baseline revenue over what labour earns; refused where revenue is more than a tax on labour can be."""
    keep: Array = 1 - economy.revenue / economy.value_added
    if not (keep > 0).all():
        worst = int(keep.argmin())
        raise WrongUsage(
            f"The rebate `income tax` cuts a tax on labour by what duties bring; in {economy.countries[worst]} that is "
            f"{1 - keep[worst]:.0%} of what labour earns. Use the rebate `lump sum`."
        )
    return keep


def _damping(economy: Economy, theta: Array, own_sector: bool) -> Array:
    """Part of the excess demand that moves a wage: about one over its elasticity to the wage."""
    if own_sector:
        trade, sold = economy.flows(), np.where(economy.sales > 0, economy.sales, 1.0)
        kept = (trade * economy.share).sum(axis=0) / sold
        damping: Array = 1 / (1 + economy.value_added_share * theta * (1 - kept)).T
        return damping
    abroad = economy.sales + economy.purchases - 2 * economy.home
    steep = abroad @ theta / np.maximum(abroad.sum(axis=1), 1e-300)
    damping = REACH / (1 + 2 * steep[None, :])
    return damping
