"""Solve the world economy in changes ("exact hat algebra") and prove the answer, or refuse."""

import numpy as np
from numpy.typing import NDArray

from entrepot.economy import Economy, sold_and_bought
from entrepot.errors import BadTable, MissingData, NotSolved, WrongUsage
from entrepot.fixed_points import Found
from entrepot.hats import LEAST_KEPT, State
from entrepot.problems import Problem, problem
from entrepot.response import passed_on
from entrepot.result import Certificate, Result
from entrepot.scenario import NUMERAIRE, Scenario, Shocked
from entrepot.solvers import solve, untaxed

Array = NDArray[np.float64]
TOLERANCE = 1e-10  # of a country's own value added
STEPS = 400
MISSED = 1e-5  # of a country's own value added: what its accounts may miss in the baseline without a word
OVERFLOW = "incomes turned negative or prices overflowed"


def simulate(
    economy: Economy | str, scenario: Scenario | str, *, tolerance: float = TOLERANCE, steps: int = STEPS
) -> Result:
    """Solve the world after a scenario; every identity of the result is recounted before it is returned.

    Parameters
    ----------
    economy : Economy or str
        A world, or the name of one that ships (or path of a saved one), as `Economy.load` takes it.
    scenario : Scenario or str
        Likewise, as `Scenario.load` takes it.
    tolerance : float
        What any country's markets may miss [fraction of its own value added].
    steps : int
        Evaluations of the joint map before the next solver takes over: Anderson acceleration, a walk from balanced
        trade to the deficits asked for, Newton-Krylov over wages, a walk from no shock to the whole one.

    Returns
    -------
    Result
        With `welfare_hat` = (I'/I)/P, exact. Under the rebate `none`, I excludes revenue (the treasury spends it on the
        same basket to nobody's gain). Where labour answers, U = (I - k/(1+k) a w L)/P with k its elasticity and a the
        part of the wage kept after the tax that revenue replaces: real income less what the labour costs those who do
        it.

    Raises
    ------
    NotSolved
        If a market is off by more than the tolerance when recounted; the message names the largest gap, and the part of
        the deficits or of the shock up to which solutions were found: a country may owe more than it can earn.
    MissingData, WrongUsage, BadTable
        What `Scenario.arrays` refuses; an embargo that leaves a buyer with no seller; another balance concept.

    Notes
    -----
    Horizons: theta is reached in part, 0.38 in the first year (`short`, labour held in its sector), 0.69 half way
    (`medium`), 1 in 7 to 10 years (`long`), from the tariff elasticities -0.76 on impact and about -2 in the long run
    of Boehm, Levchenko and Pandalai-Nayar (2023), American Economic Review 113(4); half way is linear interpolation.
    Countries that trade with none of the others, directly or not, are a bloc; nothing relates its wages to theirs, so
    each bloc keeps its part of world value added, and its deficits are shares of that.
    Dekle, Eaton and Kortum (2008), IMF Staff Papers 55(3); Caliendo and Parro (2015), Review of Economic Studies 82(1),
    equations (1) to (8) in changes.
    """
    economy = Economy.load(economy) if isinstance(economy, str) else economy
    scenario = Scenario.load(scenario) if isinstance(scenario, str) else scenario
    _meant(economy, scenario, tolerance, steps)
    _fits(economy, scenario)
    if scenario.deficits == "zero first":
        closing = Scenario(name="zero deficits", deficits="zero", horizon=scenario.horizon)
        economy = passed_on(economy, _solved(economy, closing, Shocked(), tolerance, steps).world())
    shocked = scenario.arrays(economy)
    if isinstance(scenario.against, Scenario):
        if scenario.against.deficits == "zero first":
            raise WrongUsage("A scenario to compare with cannot re-base deficits (`zero first`); use `zero` in it.")
        other = scenario.against.arrays(economy)
        economy = passed_on(economy, simulate(economy, scenario.against, tolerance=tolerance, steps=steps).world())
        shocked = _relative(shocked, other, economy)
    return _solved(economy, scenario, shocked, tolerance, steps)


def _meant(economy: object, scenario: object, tolerance: object, steps: object) -> None:
    """Refuse what is no world, no scenario, or no way to solve."""
    for what, given, kind in (("an Economy", economy, Economy), ("a Scenario", scenario, Scenario)):
        if not isinstance(given, kind):
            raise WrongUsage(
                f"simulate takes {what}, or the name of one that ships; {type(given).__name__} was given. Own worlds "
                "and scenarios are made as docs/simulation.md shows."
            )
    if isinstance(tolerance, bool) or not isinstance(tolerance, int | float) or not 0 < tolerance < np.inf:
        raise WrongUsage(f"tolerance is a number above 0, such as {TOLERANCE:g}; {tolerance!r} was given.")
    if isinstance(steps, bool) or not isinstance(steps, int | np.integer) or steps < 1:
        raise WrongUsage(f"steps is a whole number above 0, such as {STEPS}; {steps!r} was given.")


def _fits(economy: Economy, scenario: Scenario) -> None:
    if scenario.balance and scenario.balance != economy.balance:
        raise MissingData(
            f"The scenario closes or holds the balance of {scenario.balance!r}; this economy holds "
            f"{economy.balance!r}. "
            f"Choose another economy, or ask for that one: --set 'balance={economy.balance}'"
        )
    if scenario.numeraire != NUMERAIRE:
        economy.country(scenario.numeraire)


def _relative(shocked: Shocked, other: Shocked, economy: Economy) -> Shocked:
    """Changes relative to a world where `other` already holds."""

    def ratio(new: Array | None, old: Array | None) -> Array | None:
        if old is None:
            return new
        return 1 / old if new is None else new / old

    lifted = other.embargo is not None and (shocked.embargo is None or (other.embargo & ~shocked.embargo).any())
    if lifted:
        raise MissingData("The scenario to compare with forbids trade that this one allows; hats cannot create trade.")
    deficit, tariff = shocked.deficit_new, shocked.tariff_new
    return Shocked(
        tariff_new=tariff,
        cost_hat=ratio(shocked.cost_hat, other.cost_hat),
        productivity_hat=ratio(shocked.productivity_hat, other.productivity_hat),
        deficit_new=deficit,
        embargo=shocked.embargo,
        warnings=shocked.warnings,
    )


def _solved(economy: Economy, scenario: Scenario, shocked: Shocked, tolerance: float, steps: int) -> Result:
    whole, warnings = problem(economy, scenario, shocked), (*shocked.warnings, *_missed(economy))
    found, solver, why = solve(whole, shocked, tolerance / 3, steps)
    try:
        return finish(whole, found, solver, tolerance=tolerance, warnings=warnings, why=why)
    except NotSolved:  # the map and the recount do not count alike: go on where the map was content
        if found.gap > tolerance / 3:
            raise
        whole = problem(economy, scenario, shocked)  # finish() has used up the first one's arrays
        found, solver, why = solve(whole, shocked, tolerance / 100, steps)
        return finish(whole, found, solver, tolerance=tolerance, warnings=warnings, why=why)


def _missed(economy: Economy) -> list[str]:
    """Say whose accounts of the baseline miss by a part of its own GDP: an economy is held to a part of the world's."""
    wrong = np.flatnonzero(economy.off > MISSED)
    if not wrong.size:
        return []
    worst = wrong[economy.off[wrong].argmax()]
    others = f", and those of {wrong.size - 1} more by less" if wrong.size > 1 else ""
    return [
        f"the accounts of {economy.countries[worst]} miss by {economy.off[worst]:.1%} of its GDP in the baseline"
        f"{others}; what is shown of them makes up for that too. To have them exact first: economy.close()"
    ]


def finish(
    whole: Problem, found: Found, solver: str, *, tolerance: float, warnings: tuple[str, ...], why: str = ""
) -> Result:
    """Turn a point into a result: full arrays, recounted; raises NotSolved, and says `why`, if any market is off.

    The problem's weights become the new shares, so a problem is finished once.
    """
    economy, scenario, hats = whole.economy, whole.scenario, whole.hats
    with np.errstate(all="ignore"):
        state = hats.evaluate(found.x)
    if not (np.isfinite(found.gap) and np.isfinite(state.revenue / state.wages).all()):
        raise NotSolved(_refusal(scenario, OVERFLOW, found.steps, tolerance, why))
    if cause := untaxed(whole, state, 1 - LEAST_KEPT):
        raise NotSolved(f"The equilibrium of {scenario.name} is none: {cause}. Use the rebate `lump sum`.")
    share = hats.weight  # becomes the new shares in place: at 196 x 133 a second array would be 40 MB
    share *= state.seller[:, None, :]
    np.einsum("snn->sn", share)[:] = hats.own * state.seller
    share /= state.sums[:, :, None]
    share = share.transpose(1, 2, 0)
    value_added = state.wages
    gaps = np.abs(_recount(whole, state, share))
    residual, own = (float((gaps / scale).max()) for scale in (economy.value_added.sum(), value_added))
    worst = economy.countries[int((gaps / value_added).max(axis=0).argmax())]
    if not own <= tolerance:
        what = f"markets off by {own:.1e} of GDP; largest gap: {worst}" if np.isfinite(own) else OVERFLOW
        raise NotSolved(_refusal(scenario, what, found.steps, tolerance, why))
    certificate = Certificate(
        residual, own, worst, found.steps, tolerance, solver,
        scenario.deficits, economy.balance, scenario.rebate, scenario.numeraire, scenario.horizon,
        scenario.against if isinstance(scenario.against, str) else scenario.against.name,
        scenario.labour_response, scenario.pass_through, warnings,
    )  # fmt: skip
    return Result(
        economy, scenario,
        wage_hat=value_added / state.labour / economy.value_added, labour_hat=state.labour,
        price_hat=np.ascontiguousarray(state.price.T), unit_cost_hat=np.ascontiguousarray(state.cost.T),
        share_new=share, spending_new=np.ascontiguousarray(state.spending.T), tariff_new=whole.tariff_new,
        value_added_new=value_added, income_new=state.income, revenue_new=state.revenue, deficit_new=state.deficit,
        welfare_hat=_welfare(whole, state), certificate=certificate,
    )  # fmt: skip


def _refusal(scenario: Scenario, what: str, steps: int, tolerance: float, why: str) -> str:
    said = f"{why[0].upper()}{why[1:]}. " if why else ""
    others = [f"`{rule}`" for rule in ("zero", "share of own income") if rule != scenario.deficits]
    other = "" if scenario.deficits in ("zero", "zero first") else f", or another deficit rule ({', '.join(others)})"
    return (
        f"The equilibrium of {scenario.name} stopped after {steps} steps with {what} (limit {tolerance:g}). {said}"
        f"Try a smaller shock, more steps={other}."
    )


def _recount(whole: Problem, state: State, share: Array) -> Array:
    """Gaps of every country's markets [USD], shape (7, N), from the finished arrays alone.

    Trade balance (imports minus exports minus deficit), labour, goods, income, shares that miss 1 times spending, costs
    that do not follow from wages and prices (logs, times value added), and world value added that misses the numeraire.
    """
    economy, spending = whole.economy, state.spending
    sales, bought = sold_and_bought(share, whole.tariff_new, spending.T)
    revenue = spending.sum(axis=0) - bought.sum(axis=1)
    inputs = np.matmul(economy.input_share, sales[:, :, None])[:, :, 0]
    goods = spending.T - economy.final_share * state.income[:, None] - inputs
    cost = whole.hats.log_cost(np.log(state.wage), state.log_price) - state.log_cost
    return np.stack(
        [
            bought.sum(axis=1) - sales.sum(axis=1) - state.deficit,
            (economy.value_added_share * sales).sum(axis=1) - state.wages,
            np.abs(goods).sum(axis=1),
            state.income - state.wages - revenue - state.deficit,
            (np.abs(share.sum(axis=1) - 1) * spending.T).sum(axis=1),
            np.abs(cost).max(axis=0) * state.wages,
            state.wages * (state.wages.sum() / economy.value_added.sum() - 1),
        ]
    )


def _welfare(whole: Problem, state: State) -> Array:
    """Exact real income, net of the cost of labour where labour answers."""
    economy, scenario = whole.economy, whole.scenario
    before, after = economy.income, state.income
    if scenario.rebate == "none":
        before, after = before - economy.revenue, after - state.revenue
    if k := scenario.labour_response:
        keep: Array | float = 1.0
        if scenario.rebate == "income tax":  # part of the wage kept before the tax that revenue replaces, against now
            keep = (1 - state.revenue / state.wages) / (1 - economy.revenue / economy.value_added)
        before = before - k / (1 + k) * keep * economy.value_added
        after = after - k / (1 + k) * state.wages
    price = np.exp((economy.final_share.T * state.log_price).sum(axis=0))
    welfare: Array = after / before / price
    return welfare


def resource(share: Array, landed_cost_hat: Array, theta: Array) -> tuple[Array, Array]:
    """Let every buyer switch sellers after landed costs change, at fixed unit costs.

    Parameters
    ----------
    share : array, shape (N, N, S)
        What buyer n spends on seller i [fraction of n's spending on sector s; sums to 1 over axis 1].
    landed_cost_hat : array, shape (N, N, S)
        Change in the cost of i's goods delivered to n, tariff paid [ratio to baseline].
    theta : array, shape (S,)
        Trade elasticity [positive].

    Returns
    -------
    share_new : array, shape (N, N, S)
    price_hat : array, shape (N, S)

    Raises
    ------
    BadTable
        If a `theta` is not positive, or a buyer's shares do not sum to 1.

    Notes
    -----
    price_hat[n,s] = (sum_i share[n,i,s] landed_cost_hat[n,i,s]^-theta[s])^(-1/theta[s]);
    share_new = share (landed_cost_hat / price_hat)^-theta. Caliendo and Parro (2015), equations (10) and (11).
    """
    if (theta <= 0).any():
        raise BadTable(f"theta must be positive in every sector; the smallest is {theta.min():g}.")
    if (off := np.abs(share.sum(axis=1) - 1).max()) > 1e-8:
        raise BadTable(f"share must sum to 1 over sellers (axis 1); it is off by up to {off:.1e}.")
    weight = share * landed_cost_hat**-theta
    price_hat = weight.sum(axis=1) ** (-1 / theta)
    return weight * price_hat[:, None, :] ** theta, price_hat
