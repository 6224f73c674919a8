"""Solve the world economy in changes ("exact hat algebra") and prove the answer, or refuse."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from entrepot import fixed_points
from entrepot.economy import Economy, sold_and_bought
from entrepot.errors import BadTable, MissingData, NotSolved, WrongUsage
from entrepot.fixed_points import Found
from entrepot.hats import LEAST_KEPT, Hats, State
from entrepot.response import passed_on, response
from entrepot.result import Certificate, Result
from entrepot.scenario import NUMERAIRE, Scenario, Shocked

Array = NDArray[np.float64]
TOLERANCE = 1e-10  # of a country's own value added
STEPS = 400
EXHAUSTED = 0.05  # part of GDP left to spend below which a country is said to hand over what it earns
ROUNDING = 1e-13  # of a country's value added: a deficit below it is none
HANDED, UNTAXED = "hands over the rest", "no tax on it is left to cut"
UNENDING = "the more it spends, the more it has to spend"
CAUSES = (HANDED, UNTAXED, UNENDING)  # after one of these no other solver is tried
SHAPED = 40  # evaluations for which the steps are shaped by the economy's response before plain ones are tried
NESTED = 150  # evaluations in Newton-Krylov, where a walk or the nested solver uses it
REACH = 3.0  # of the step that a fixed elasticity would ask for; Anderson corrects what is too long
THETA_AT = {"long": 1.0, "medium": 0.69, "short": 0.38}  # part of the long-run elasticity reached, see `simulate`


def simulate(economy: Economy, scenario: Scenario, *, tolerance: float = TOLERANCE, steps: int = STEPS) -> Result:
    """Solve the world after a scenario; every identity of the result is recounted before it is returned.

    Parameters
    ----------
    economy : Economy
    scenario : Scenario
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
    Dekle, Eaton and Kortum (2008), IMF Staff Papers 55(3); Caliendo and Parro (2015), Review of Economic Studies 82(1),
    equations (1) to (8) in changes.
    """
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


def _fits(economy: Economy, scenario: Scenario) -> None:
    if scenario.balance and scenario.balance != economy.balance:
        raise MissingData(
            f"The scenario closes or holds the balance of {scenario.balance!r}; this economy holds "
            f"{economy.balance!r}. "
            "Choose another economy, or set balance to the one it holds."
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
    home = np.einsum("snn->sn", weight)  # a view
    own = home.copy()
    home[:] = 0
    duty = np.moveaxis(tariff, 2, 0)
    levying = np.flatnonzero((duty != 0).any(axis=2).any(axis=0))
    levied = duty[:, levying]
    levied = weight[:, levying] * levied / (1 + levied)
    own_sector = scenario.horizon == "short" and len(theta) > 1
    made, final = np.ascontiguousarray(economy.value_added_share.T), np.ascontiguousarray(economy.final_share.T)
    sales = np.ascontiguousarray(economy.sales.T)
    deficit, unit = _deficit(economy, scenario, shocked, part)
    if shocked.embargo is not None and part == 1 and scenario.deficits != "share of own income":
        _can_pay(economy, weight, deficit)
    productivity = 0.0 if shocked.productivity_hat is None else part * np.log(shocked.productivity_hat.T)
    hats = Hats(
        weight=weight,
        levying=levying,
        levied=levied,
        own=own,
        home=own / (1 + np.diagonal(duty, axis1=1, axis2=2)),
        made=made,
        used=economy.input_share,
        final=final,
        theta=theta[:, None],
        sales=sales,
        pool=made * sales if own_sector else economy.value_added[None, :],
        deficit=deficit * held if held < 1 else deficit,
        wage_unit=unit,
        own_income=scenario.deficits == "share of own income",
        labour_elasticity=scenario.labour_response,
        keep=_keep(economy) if scenario.rebate == "income tax" else None,
        log_productivity=productivity,
        damping=_damping(economy, theta, own_sector),
    )
    return Problem(economy, scenario, tariff, hats)


def _weight(economy: Economy, scenario: Scenario, shocked: Shocked, tariff: Array, theta: Array, part: float) -> Array:
    """Return share * kappa^-theta, sector first; powers are taken only where something changes."""
    new, old = np.moveaxis(tariff, 2, 0), np.moveaxis(economy.tariff, 2, 0)
    cost = None if shocked.cost_hat is None else np.moveaxis(shocked.cost_hat, 2, 0)
    embargo = None if shocked.embargo is None else np.moveaxis(shocked.embargo, 2, 0)
    idle, weight = economy.idle, np.array(np.moveaxis(economy.share, 2, 0))
    for s in range(len(theta)):  # by sector, so that no second array of this size is made
        changed = (new[s] != old[s]) if cost is None else (new[s] != old[s]) | (cost[s] != 1)
        at = changed.nonzero()
        if len(at[0]):
            log_kappa = scenario.pass_through * np.log((1 + new[s][at]) / (1 + old[s][at]))
            log_kappa += 0 if cost is None else part * np.log(cost[s][at])
            weight[s][at] *= np.exp(-theta[s] * log_kappa)
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


def _can_pay(economy: Economy, weight: Array, deficit: Array) -> None:
    """Refuse an embargo after which a country has imports to pay and nothing to pay them with, or the reverse."""
    sells, buys = (weight > 0).any(axis=(0, 1)), (weight > 0).any(axis=(0, 2))
    broke, idle = buys & ~sells & (deficit <= 0), sells & ~buys & (deficit >= 0)
    for at in np.flatnonzero(broke | idle):
        left, owed = ("buyer", "pay for its imports") if broke[at] else ("seller", "be paid for its exports")
        raise MissingData(
            f"The embargo leaves {economy.countries[at]} no {left} abroad, and with a deficit of {deficit[at]:.3g} USD "
            f"it cannot {owed}. Forbid that trade too, or leave it a {left}."
        )


def _deficit(economy: Economy, scenario: Scenario, shocked: Shocked, part: float) -> tuple[Array, int | None]:
    """New deficits [USD] or the ratio of spending to own income, and the country whose wage is their unit."""
    if scenario.deficits in ("zero", "zero first"):
        if shocked.deficit_new is not None and shocked.deficit_new.any():
            raise WrongUsage(f"deficit_new contradicts the rule {scenario.deficits!r}; use `share of world GDP`.")
        return economy.deficit * (1 - part), None
    if scenario.deficits == "share of own income":
        if shocked.deficit_new is not None:
            raise WrongUsage("deficit_new contradicts the rule `share of own income`; use `share of world GDP`.")
        return economy.income / (economy.value_added + economy.revenue), None
    new = _swept(economy.deficit if shocked.deficit_new is None else shocked.deficit_new, economy)
    fixed = scenario.deficits == "fixed" and scenario.numeraire != NUMERAIRE
    deficit = new if part == 1 else economy.deficit + part * (new - economy.deficit)
    return deficit, economy.country(scenario.numeraire) if fixed else None


def _swept(deficit: Array, economy: Economy) -> Array:
    """Deficits without what is only rounding: it would outweigh the trade of a country that hardly trades."""
    swept = np.where(np.abs(deficit) > ROUNDING * economy.value_added, deficit, 0.0)
    swept[int(economy.value_added.argmax())] -= swept.sum()
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


def _solved(economy: Economy, scenario: Scenario, shocked: Shocked, tolerance: float, steps: int) -> Result:
    whole = problem(economy, scenario, shocked)
    found, solver, why = _solve(whole, shocked, tolerance / 3, steps)
    try:
        return finish(whole, found, solver, tolerance=tolerance, warnings=shocked.warnings, why=why)
    except NotSolved:  # the map and the recount do not count alike: go on where the map was content
        if found.gap > tolerance / 3:
            raise
        whole = problem(economy, scenario, shocked)  # finish() has used up the first one's arrays
        found, solver, why = _solve(whole, shocked, tolerance / 100, steps)
        return finish(whole, found, solver, tolerance=tolerance, warnings=shocked.warnings, why=why)


def _solve(whole: Problem, shocked: Shocked, aim: float, steps: int) -> tuple[Found, str, str]:
    """Try the solvers in turn; returns the best point, converged or not, what found it, and why none did."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        found = _first(whole, aim, steps)
        if found.gap <= aim:
            return found, "anderson", ""
        best, by, used, why = found, "anderson", found.steps, ""
        for name, solver in SOLVERS.items():
            found, said = solver(whole, shocked, aim, steps)
            used, why = used + found.steps, why or said
            if found.gap < best.gap:
                best, by = found, name
            if found.gap <= aim or any(cause in why for cause in CAUSES):
                break
        return replace(best, steps=used), by, why


def _first(whole: Problem, aim: float, steps: int) -> Found:
    """Anderson acceleration, steps shaped by the economy's response where labour is one market a country."""
    hats = whole.hats
    shape = None if len(hats.pool) > 1 else response(whole.economy, THETA_AT[whole.scenario.horizon])
    if shape is None:
        return fixed_points.anderson(hats.step, hats.start(), tolerance=aim, steps=steps)
    found = fixed_points.anderson(partial(shape.step, hats), hats.start(), tolerance=aim, steps=min(steps, SHAPED))
    if found.gap <= aim:
        return found
    second = fixed_points.anderson(hats.step, hats.start(), tolerance=aim, steps=steps)
    return replace(second if second.gap < found.gap else found, steps=found.steps + second.steps)


def _from_balance(whole: Problem, shocked: Shocked, aim: float, steps: int) -> tuple[Found, str]:
    """Solve with balanced trade, then raise the deficits to those asked for; says where that ends, if it does."""
    deficit = whole.hats.deficit
    if whole.hats.own_income or not deficit.any():
        return Found(whole.hats.start(), np.inf, 0), ""

    def at(held: float) -> Hats:
        return replace(whole.hats, deficit=deficit * held)

    found, done, used = _walk(at, whole.hats.start(), aim, steps, first=0.0)
    if done is None or done >= 1:
        return replace(found, gap=found.gap if done else np.inf, steps=used), ""
    why = f"from balanced trade on, {done:.1%} of the deficits asked for can be held"
    if spent := _exhausted(whole, at(done).evaluate(found.x)):
        why += f"; there {spent}"
    return Found(found.x, np.inf, used), f"{why}. A solution with all of them may not exist"


def _continued(whole: Problem, shocked: Shocked, aim: float, steps: int) -> tuple[Found, str]:
    """Walk the shock from nothing to whole."""

    def at(part: float) -> Hats:
        return problem(whole.economy, whole.scenario, shocked, part).hats if part < 1 else whole.hats

    found, done, used = _walk(at, whole.hats.start(), aim, steps, first=0.01)
    if done is None or done >= 1:
        return replace(found, gap=found.gap if done else np.inf, steps=used), ""
    why = f"{done:.1%} of the shock (in logs) can be solved"
    state = at(done).evaluate(found.x)
    cause = _exhausted(whole, state) or _untaxed(whole, state, 1 - 2 * EXHAUSTED) or _endless(whole, state)
    return Found(found.x, np.inf, used), f"{why}; there {cause}" if cause else why


def _exhausted(whole: Problem, state: State) -> str:
    """Say which country's surplus, held, takes nearly all that it earns."""
    left = state.income / state.wages
    if left.min() > EXHAUSTED:
        return ""
    name = whole.economy.countries[int(left.argmin())]
    return f"{name} keeps {max(left.min(), 0):.1%} of its GDP to spend, and {HANDED}"


def _endless(whole: Problem, state: State) -> str:
    """Say which country's spending, a fixed multiple of an income that holds duties on it, feeds on itself."""
    if not whole.hats.own_income:
        return ""
    handed, ratio = state.revenue / state.income, whole.hats.deficit
    at = int((handed * ratio).argmax())
    if handed[at] * ratio[at] < 1 - 4 * EXHAUSTED:
        return ""
    return (
        f"{whole.economy.countries[at]} spends {ratio[at]:.2f} times its own income, and duties hand {handed[at]:.0%} "
        f"of that back to it: {UNENDING}"
    )


def _untaxed(whole: Problem, state: State, most: float) -> str:
    """Say which country's duties bring more than `most` of what its labour earns where they are to cut its tax."""
    paid = state.revenue / state.wages
    if not (whole.scenario.rebate == "income tax" and whole.scenario.labour_response and paid.max() >= most):
        return ""
    name = whole.economy.countries[int(paid.argmax())]
    return f"the duties of {name} bring {paid.max():.0%} of what its labour earns, so that {UNTAXED}"


def _walk(
    at: Callable[[float], Hats], x: Array, aim: float, steps: int, *, first: float
) -> tuple[Found, float | None, int]:
    """Follow solutions of `at(part)` from part `first` to 1, shortening strides that fail.

    Returns the last solution, its part (None if not even the first was found) and the evaluations used.
    """
    done: float | None = None
    reached, stride, used = Found(x, np.inf, 0), 0.25, 0
    ahead = np.zeros_like(x)  # how the solution moved per part of the last stride
    while done is None or (done < 1 and stride > 1e-5 + done / 2048):
        part = first if done is None else min(1.0, done + stride)
        hats = at(part)
        guess = reached.x + ahead * (part - done) if done is not None else reached.x
        found = fixed_points.anderson(hats.step, guess, tolerance=aim, steps=steps)
        used += found.steps
        if aim < found.gap < np.inf:
            found = fixed_points.newton_krylov(hats.step, found.x, tolerance=aim, steps=min(steps, NESTED))
            used += found.steps
        if found.gap <= aim:
            ahead = ahead if done is None else (found.x - reached.x) / (part - done)
            reached, done, stride = found, part, stride * 2
        elif done is None:
            break
        else:
            stride /= 2
    return reached, done, used


def _nested(whole: Problem, shocked: Shocked, aim: float, steps: int) -> tuple[Found, str]:
    """Newton-Krylov over wages alone, prices and sales settled in between: slow, and hard to throw off."""
    hats = whole.hats
    point, size = hats.start(), hats.pool.size

    def wages(flat: Array) -> tuple[Array, float]:
        nonlocal point
        log_wage = hats.normal(flat.reshape(hats.pool.shape), 0.0)
        point, pressure, gap = hats.settled(log_wage, point, tolerance=aim / 10)
        return flat + (hats.damping * pressure).ravel(), gap

    found = fixed_points.newton_krylov(wages, point[:size], tolerance=aim, steps=min(steps, NESTED))
    point, _, gap = hats.settled(hats.normal(found.x.reshape(hats.pool.shape), 0.0), point, tolerance=aim / 10)
    return Found(point, gap, found.steps), ""


SOLVERS = {"from balanced trade": _from_balance, "continuation": _continued, "nested newton": _nested}


def finish(
    whole: Problem, found: Found, solver: str, *, tolerance: float, warnings: tuple[str, ...], why: str = ""
) -> Result:
    """Turn a point into a result: full arrays, recounted; raises NotSolved, and says `why`, if any market is off.

    The problem's weights become the new shares, so a problem is finished once.
    """
    economy, scenario, hats = whole.economy, whole.scenario, whole.hats
    if not np.isfinite(found.gap):
        raise NotSolved(_refusal(scenario, "incomes turned negative or prices overflowed", found.steps, tolerance, why))
    state = hats.evaluate(found.x)
    if untaxed := _untaxed(whole, state, 1 - LEAST_KEPT):
        raise NotSolved(f"The equilibrium of {scenario.name} is none: {untaxed}. Use the rebate `lump sum`.")
    share = hats.weight  # becomes the new shares in place: at 196 x 133 a second array would be 40 MB
    share *= state.seller[:, None, :]
    np.einsum("snn->sn", share)[:] = hats.own * state.seller
    share /= state.sums[:, :, None]
    share = np.moveaxis(share, 0, 2)
    value_added = state.wages
    gaps = np.abs(_recount(whole, state, share))
    residual, own = (float((gaps / scale).max()) for scale in (economy.value_added.sum(), value_added))
    worst = economy.countries[int((gaps / value_added).max(axis=0).argmax())]
    if not own <= tolerance:
        what = f"markets off by {own:.1e} of GDP; largest gap: {worst}"
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
    return (
        f"The equilibrium of {scenario.name} stopped after {steps} steps with {what} (limit {tolerance:g}). {said}"
        "Try a smaller shock, more steps=, or another deficit rule (`zero`, `share of own income`)."
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
