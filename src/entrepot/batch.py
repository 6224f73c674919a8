"""Many scenarios or draws of elasticities on one baseline: shared matrix products, sparse corrections, no lost draw.

The draws share the baseline's shares, so that a sum over sellers is one matrix product a sector for all draws at once;
what a draw shocks is added cell by cell. A draw that is done gives its place to the next; one that the joint iteration
throws off is solved alone by `simulate`, and one that fails there is counted, never dropped.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrepot.economy import Economy
from entrepot.equilibrium import simulate
from entrepot.errors import BadTable, NotSolved, WrongUsage
from entrepot.hats import BALANCE, CLOSED, FLOOR, STRIDE
from entrepot.problems import THETA_AT, problem
from entrepot.response import response
from entrepot.scenario import NUMERAIRE, Scenario, Shocked

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]
LANES, MEMORY, STEPS = 32, 7, 300
RIDGE = 1e-12  # of normal equations with a diagonal of 1
TAUGHT = 6  # solutions for each elasticity from which starting points are learnt
RIDGED = 1e-3  # of those of the starting points


@dataclass(frozen=True, eq=False)
class Batch:
    """What many solved worlds say, one row a draw; NaN where the draw failed.

    `welfare_hat`, `real_wage_hat`, `wage_hat`, `price_hat` (D, N): exact real income, real wage, wage and price of
    final spending; `revenue_new` (D, N) [USD]; `gap` (D): largest miss of any market at the returned point [of own
    GDP];
    `failed` (D) bool; `alone` counts the draws solved by `simulate`; `tolerance` is what `gap` was held to.
    """

    countries: tuple[str, ...]
    welfare_hat: Array
    real_wage_hat: Array
    wage_hat: Array
    price_hat: Array
    revenue_new: Array
    gap: Array
    failed: NDArray[np.bool_]
    alone: int
    tolerance: float

    def quantiles(self, at: Sequence[float] = (0.05, 0.5, 0.95)) -> "pd.DataFrame":
        """One row a country: mean, standard deviation and quantiles of the change of real income and of the real wage.

        Fractions; failed draws are counted in the column `failed`, and their numbers are nowhere.
        """
        import pandas as pd

        rows: dict[str, Any] = {"country": self.countries}
        for name, hats in (("welfare", self.welfare_hat), ("real_wage", self.real_wage_hat)):
            change = hats[~self.failed] - 1
            rows |= {f"{name}_mean": change.mean(axis=0), f"{name}_sd": change.std(axis=0)}
            rows |= {f"{name}_p{100 * q:g}": np.quantile(change, q, axis=0) for q in at}
        return pd.DataFrame({**rows, "failed": int(self.failed.sum())})


def draws(
    economy: Economy,
    scenario: Scenario,
    theta: ArrayLike,
    *,
    tolerance: float = 1e-8,
    workers: int = 1,
    progress: Progress | None = None,
) -> Batch:
    """Solve one scenario under many trade elasticities.

    Parameters
    ----------
    economy, scenario
        As in `simulate`; the horizon scales every draw. Refused, because draws share one baseline and one closed form
        of income: `zero first` (it re-bases by draw), `share of own income`, the `short` horizon (labour markets by
        sector), labour that answers, `against`. Call `simulate` draw by draw.
    theta : array, shape (D, S)
        Trade elasticity of each draw and sector [positive].
    tolerance : float
        What any country's markets may miss [fraction of its own value added].
    workers : int
        Threads; set the threads of the linear algebra to one when using several.
    progress : callable, optional
        Called with the draws done and all draws.
    """
    elasticities = np.asarray(theta, dtype=float)
    if elasticities.ndim != 2 or elasticities.shape[1] != len(economy.sectors):
        raise BadTable(f"theta has shape {elasticities.shape}; (draws, {len(economy.sectors)}) is expected.")
    if not (elasticities > 0).all():
        raise BadTable(f"theta must be positive in every draw; the smallest is {elasticities.min():g}.")
    shocked = scenario.arrays(economy)
    jobs = [_Job(economy, scenario, shocked, row) for row in elasticities]
    return _run(economy, jobs, tolerance, workers, progress)


def sweep(
    economy: Economy,
    scenarios: Sequence[Scenario],
    *,
    tolerance: float = 1e-8,
    workers: int = 1,
    progress: Progress | None = None,
) -> Batch:
    """Solve many scenarios on one baseline; parameters and refusals as in `draws`.

    Scenarios that all ask for `zero first` at one horizon are taken: deficits are closed once, and every number is
    relative to the re-based world. (Draws of theta are not: each would re-base on a world of its own.)
    """
    rules = {(scenario.deficits, scenario.horizon) for scenario in scenarios}
    if len(rules) == 1 and scenarios[0].deficits == "zero first":
        closing = Scenario(name="zero deficits", deficits="zero", horizon=scenarios[0].horizon)
        economy = simulate(economy, closing).world()
        scenarios = [replace(scenario, deficits="zero") for scenario in scenarios]
    jobs = [_Job(economy, scenario, scenario.arrays(economy), economy.theta) for scenario in scenarios]
    return _run(economy, jobs, tolerance, workers, progress)


@dataclass(frozen=True, eq=False)
class _Job:
    economy: Economy
    scenario: Scenario
    shocked: Shocked
    theta: Array

    def refuse(self) -> None:
        """Refuse what draws cannot share."""
        scenario = self.scenario
        refused = {
            f"deficits {scenario.deficits!r}": (
                scenario.deficits in ("zero first", "share of own income"),
                "zero first re-bases, and every theta on a world of its own"
                if scenario.deficits == "zero first"
                else "these deficits are rescaled together, and draws share an income in closed form",
            ),
            "labour that answers": (scenario.labour_response > 0, "draws share an income that no labour moves"),
            "the short horizon": (
                scenario.horizon == "short", "it has a wage in every sector, and draws share one a country"
            ),
            "a scenario to compare with": (
                isinstance(scenario.against, Scenario), "it is solved first, and anew under every theta"
            ),
            "deficits fixed in a wage": (
                scenario.deficits == "fixed" and scenario.numeraire != NUMERAIRE,
                "draws hold deficits in units of world value added",
            ),
            "the rebate 'none'": (scenario.rebate == "none", "draws count revenue in welfare"),
        }  # fmt: skip
        for what, (given, why) in refused.items():
            if given:
                raise WrongUsage(
                    f"A batch does not take {what}: {why}. Solve one by one: simulate(replace(economy, theta=row), "
                    "scenario) for row in theta, with replace from dataclasses; for many scenarios simulate(economy, "
                    "scenario) for each."
                )


def _run(economy: Economy, jobs: list[_Job], tolerance: float, workers: int, progress: Progress | None) -> Batch:
    for scenario in {id(job.scenario): job for job in jobs}.values():
        scenario.refuse()
    n = len(economy.countries)
    out = {name: np.full((len(jobs), n), np.nan) for name in ("welfare_hat", "real_wage_hat", "wage_hat", "price_hat")}
    out["revenue_new"] = np.full((len(jobs), n), np.nan)
    gap, failed = np.full(len(jobs), np.inf), np.ones(len(jobs), dtype=bool)
    done = [0]

    def take(part: NDArray[np.intp]) -> int:
        alone = 0
        lanes = _Lanes(economy, [jobs[i] for i in part], tolerance / 3)
        for place, found in lanes.solved():
            job = part[place]
            if found is None:
                alone += 1
                found = _alone(jobs[job], tolerance)
            if found is not None:
                failed[job], gap[job] = False, found.pop("gap")
                for name, value in found.items():
                    out[name][job] = value
            done[0] += 1
            if progress is not None:
                progress(done[0], len(jobs))
        return alone

    parts = np.array_split(np.arange(len(jobs)), workers)
    if workers == 1:
        alone = take(parts[0])
    else:
        with ThreadPoolExecutor(workers) as pool:
            alone = sum(pool.map(take, parts))
    return Batch(economy.countries, **out, gap=gap, failed=failed, alone=alone, tolerance=tolerance)


def _alone(job: _Job, tolerance: float) -> dict[str, Any] | None:
    try:
        result = simulate(replace(job.economy, theta=job.theta), job.scenario, tolerance=tolerance)
    except NotSolved:
        return None
    names = ("welfare_hat", "real_wage_hat", "wage_hat", "revenue_new")
    found = {name: getattr(result, name) for name in names}
    return found | {"price_hat": result.consumer_price_hat, "gap": result.certificate.own_residual}


class _State(NamedTuple):
    """One point of every lane, named as in `hats.State`; lanes are the last axis."""

    wage: Array
    log_price: Array
    seller: Array
    sums: Array
    bought: Array
    wages: Array
    income: Array
    revenue: Array
    spending: Array


class _Lanes:
    """A fixed number of draws in flight, sectors by countries by lanes; a lane that is done takes the next draw."""

    def __init__(self, economy: Economy, jobs: list[_Job], aim: float) -> None:
        self.economy, self.jobs, self.aim = economy, jobs, aim
        width = min(LANES, len(jobs))
        self.base = problem(economy, Scenario(name="baseline"), Shocked()).hats
        self.response = response(economy)
        s, n = self.base.sales.shape
        self.cells = _cells(economy, jobs)
        self.theta, self.productivity = np.ones((s, 1, width)), np.zeros((s, n, width))
        self.deficit = np.zeros((n, width))
        self.weight, self.net = (np.zeros((len(self.cells[0]), width)) for _ in range(2))
        self.x = np.zeros((n + 2 * s * n, width))
        self.job = np.full(width, -1)
        self.age = np.zeros(width, dtype=int)
        self.rows, self.columns = _Sum(self.cells[0], self.cells[1], n), _Sum(self.cells[0], self.cells[2], n)
        self.next = 0
        self.guess = _Guess(jobs, len(self.x)) if _one_scenario(jobs) else None
        self.images, self.residuals = (np.zeros((width, MEMORY, len(self.x)), dtype=np.float32) for _ in range(2))
        self.gram = np.zeros((width, MEMORY, MEMORY))
        self.last_image, self.last_residual = np.zeros_like(self.x.T), np.zeros_like(self.x.T)
        for lane in range(width):
            self._fill(lane)

    def _fill(self, lane: int) -> None:
        """Give a lane the next draw, or rest."""
        self.age[lane] = 0
        self.images[lane] = self.residuals[lane] = 0
        self.gram[lane] = 0
        if self.next >= len(self.jobs):
            self.job[lane] = -1
            return
        job = self.jobs[self.next]
        self.job[lane] = self.next
        self.x[:, lane] = 0.0 if self.guess is None else self.guess.at(self.next)
        self.next += 1
        economy, shocked, scenario = job.economy, job.shocked, job.scenario
        theta = job.theta * THETA_AT[scenario.horizon]
        self.theta[:, 0, lane] = theta
        made = shocked.productivity_hat
        self.productivity[:, :, lane] = 0 if made is None else np.log(made.T)
        zero = scenario.deficits == "zero"
        given = economy.deficit if shocked.deficit_new is None else shocked.deficit_new
        self.deficit[:, lane] = 0 if zero else given
        s, n, i = self.cells
        share, old = self.economy.share[n, i, s], self.economy.tariff[n, i, s]
        new = old if shocked.tariff_new is None else shocked.tariff_new[n, i, s]
        log_kappa = scenario.pass_through * np.log((1 + new) / (1 + old))
        if shocked.cost_hat is not None:
            log_kappa = log_kappa + np.log(shocked.cost_hat[n, i, s])
        weight = share * np.exp(-theta[s] * log_kappa)
        if shocked.embargo is not None:
            weight = np.where(shocked.embargo[n, i, s], 0.0, weight)
        self.weight[:, lane], self.net[:, lane] = weight - share, weight / (1 + new) - share / (1 + old)

    def solved(self) -> Any:
        """Yield (position, numbers) as draws finish; numbers are None where the joint iteration gave up."""
        with np.errstate(all="ignore"):
            while (self.job >= 0).any():
                image, gap, state = self._step()
                busy = self.job >= 0
                good = busy & (gap <= self.aim)
                lost = busy & ~good & (~np.isfinite(gap) | (self.age >= STEPS))
                numbers = self._numbers(state) if good.any() else {}
                for lane in np.flatnonzero(good | lost):
                    found = {name: value[:, lane].copy() for name, value in numbers.items()} | {"gap": gap[lane]}
                    if good[lane] and self.guess is not None:
                        self.guess.learn(int(self.job[lane]), self.x[:, lane])
                    yield int(self.job[lane]), found if good[lane] else None
                self._advance(image)
                for lane in np.flatnonzero(good | lost):
                    self._fill(int(lane))

    def _advance(self, image: Array) -> None:
        """One batched Anderson step; lanes keep their own history and weights."""
        image = np.ascontiguousarray(image.T)
        residual = (image - self.x.T) * self.base.counted
        slot, old = int(self.age.max()) % MEMORY, (self.age > 0)[:, None]
        np.multiply(image - self.last_image, old, out=self.images[:, slot], casting="same_kind")
        np.multiply(residual - self.last_residual, old, out=self.residuals[:, slot], casting="same_kind")
        both = np.stack([self.residuals[:, slot], residual.astype(np.float32)], axis=2)
        row, right = np.matmul(self.residuals, both, dtype=np.float32).transpose(2, 0, 1).astype(np.float64)
        self.gram[:, slot, :], self.gram[:, :, slot] = row, row
        diagonal = np.einsum("dmm->dm", self.gram)
        scale = np.where(diagonal > 0, 1 / np.sqrt(np.where(diagonal > 0, diagonal, 1.0)), 0.0)
        left = self.gram * scale[:, :, None] * scale[:, None, :] + RIDGE * np.eye(MEMORY)
        left = np.where(np.isfinite(left), left, np.eye(MEMORY))
        weight = scale * np.linalg.solve(left, np.nan_to_num(scale * right)[:, :, None])[:, :, 0]
        weight = np.where(np.isfinite(weight), weight, 0.0).astype(np.float32)
        self.last_image, self.last_residual = image, residual
        self.x = np.ascontiguousarray((image - np.matmul(weight[:, None, :], self.images)[:, 0]).T)
        self.age = self.age + 1

    def _step(self) -> tuple[Array, Array, _State]:
        """One step of `hats` for every lane: image, gap, and the state at the point."""
        base, (s, n) = self.base, self.base.sales.shape
        log_wage, log_price = self.x[:n], self.x[n : n + s * n].reshape(s, n, -1)
        ratio = self.x[n + s * n :].reshape(s, n, -1)
        sales = np.exp(ratio) * base.sales[:, :, None]
        state = self._evaluated(log_wage, log_price, sales)
        pull = state.spending / state.sums
        sold = base.sold(pull)
        self.columns.add(sold, self.net, pull, self.cells[1])
        sold *= state.seller
        image_sales = base.home[:, :, None] * pull
        image_sales *= state.seller
        image_sales += sold
        own = base.value_added[:, None]
        into = sold.sum(axis=0) + np.maximum(self.deficit, 0) + CLOSED * own
        out = (state.bought * pull).sum(axis=0) + np.maximum(-self.deficit, 0) + CLOSED * own
        pressure, price_gap = np.log(into / out), state.log_price - log_price
        gap = self._gap(state, pressure, price_gap, image_sales, image_sales - sales)
        image_sales /= np.where(base.sales > 0, base.sales, 1.0)[:, :, None]
        np.log(np.maximum(image_sales, FLOOR, out=image_sales), out=image_sales)
        image_sales[base.sales == 0] = 0
        image_sales -= ratio
        return self._moved(pressure, price_gap, image_sales), gap, state

    def _evaluated(self, log_wage: Array, log_price: Array, sales: Array) -> _State:
        """Every lane's quantities at its point, as `Hats.evaluate` has them."""
        base, final = self.base, self.base.final[:, :, None]
        used = np.matmul(base.used.transpose(0, 2, 1), log_price.transpose(1, 0, 2)).transpose(1, 0, 2)
        cost = base.made[:, :, None] * log_wage + used - self.productivity
        centre = cost[:, :1]
        seller = centre - cost
        seller *= self.theta
        np.exp(seller, out=seller)
        paid = np.matmul(base.weight, seller)
        sums = base.own[:, :, None] * seller
        sums += paid
        self.rows.add(sums, self.weight, seller, self.cells[2])
        bought = base.bought(seller, paid)
        self.rows.add(bought, self.net, seller, self.cells[2])
        wedge = base.home[:, :, None] * seller
        wedge += bought
        wedge /= sums
        np.subtract(1, wedge, out=wedge)
        inputs = np.matmul(base.used, sales.transpose(1, 0, 2)).transpose(1, 0, 2)
        wage = np.exp(log_wage)
        wages = wage * base.value_added[:, None]
        duty, kept = (wedge * inputs).sum(axis=0), (wedge * final).sum(axis=0)
        income = (wages + self.deficit + duty) / (1 - kept)
        log_price = centre - np.log(sums) / self.theta
        revenue = kept * income + duty
        return _State(wage, log_price, seller, sums, bought, wages, income, revenue, final * income + inputs)

    def _gap(self, state: _State, pressure: Array, price: Array, sales: Array, change: Array) -> Array:
        """The gap of every lane, as `Hats.step` describes it; infinite where an income is negative."""
        least = np.minimum(self.base.value_added[:, None], state.wages)
        excess = (self.base.made[:, :, None] * sales).sum(axis=0) - state.wages
        misses = [
            np.abs(excess / least).max(axis=0),
            BALANCE * np.abs(pressure).max(axis=0),
            np.abs(price).max(axis=(0, 1)),
            (np.abs(change).sum(axis=0) / least).max(axis=0),
            np.abs(np.log(state.wages.sum(axis=0) / self.base.value_added.sum())),
        ]
        return np.where((state.income > 0).all(axis=0), np.max(misses, axis=0), np.inf)

    def _numbers(self, state: _State) -> dict[str, Array]:
        price = np.exp((self.base.final[:, :, None] * state.log_price).sum(axis=0))
        return {
            "welfare_hat": state.income / self.economy.income[:, None] / price,
            "real_wage_hat": state.wage / price,
            "wage_hat": state.wage,
            "price_hat": price,
            "revenue_new": state.revenue,
        }

    def _moved(self, pressure: Array, price: Array, sales: Array) -> Array:
        """The point after one step against the gaps of wages (N, lanes), log prices and sales (S, N, lanes)."""
        n, own = len(pressure), self.base.value_added[:, None]
        if self.response is None:
            wage = STRIDE * np.tanh(self.base.damping.T * pressure / STRIDE)
        else:
            wage, price, sales = self.response.steps(pressure, price, sales)
        out = self.x.copy()
        out[:n] += wage
        blocs = self.base.blocs  # each keeps its value added; of one world without a link missing, the world does
        earned = np.exp(out[:n]) * own
        if blocs.any():
            sums = np.eye(blocs.max() + 1)[blocs].T
            out[:n] -= np.log((sums @ earned) / (sums @ own))[blocs]
        else:
            out[:n] -= np.log(earned.sum(axis=0) / own.sum())
        inner = out[n:].reshape(2, *price.shape)
        inner[0] += price
        inner[1] += sales
        return out


class _Sum:
    """Sum cells' contributions into the rows (sector, country) they belong to, and spread them back."""

    def __init__(self, sector: NDArray[np.intp], country: NDArray[np.intp], n: int) -> None:
        self.sector = sector
        order = np.lexsort((country, sector))
        self.order = order
        key = sector[order] * n + country[order]
        self.starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if key.size else np.zeros(0, dtype=int)
        self.at = (sector[order][self.starts], country[order][self.starts]) if key.size else None

    def add(self, total: Array, change: Array, factor: Array, other: NDArray[np.intp]) -> None:
        """Add to `total` (S, N, lanes) the sum over cells of change * factor[sector, other]."""
        if self.at is not None:
            terms = (change * factor[self.sector, other])[self.order]
            total[self.at] += np.add.reduceat(terms, self.starts, axis=0)


class _Guess:
    """Where the solution of a draw lies: least squares, on the logs of elasticities, of the solutions found so far."""

    def __init__(self, jobs: list[_Job], size: int) -> None:
        log_theta = np.log([job.theta for job in jobs])
        spread = log_theta.std(axis=0)
        known = (log_theta - log_theta.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
        self.known = np.concatenate([np.ones((len(jobs), 1)), known], axis=1)
        self.enough = TAUGHT * self.known.shape[1]
        self.taught: list[int] = []
        self.points: list[Array] = []
        self.slopes: Array | None = None

    def learn(self, job: int, point: Array) -> None:
        """Take in a solution; what is made of them is renewed whenever there are twice as many."""
        if (count := len(self.points)) == self.enough:
            return
        self.taught.append(job)
        self.points.append(point.astype(np.float32))
        if count + 1 == self.enough or (count + 1 >= LANES and (count + 1) % LANES == 0 and count + 1 & count == 0):
            self._renew()

    def _renew(self) -> None:
        known = self.known[self.taught]
        ridge = RIDGED * len(known) * np.eye(known.shape[1])
        ridge[0, 0] = 0
        self.slopes = np.linalg.solve(known.T @ known + ridge, known.T @ np.array(self.points))

    def at(self, job: int) -> Array | float:
        """The point to start a draw from."""
        return 0.0 if self.slopes is None else np.asarray(self.known[job] @ self.slopes)


def _one_scenario(jobs: list[_Job]) -> bool:
    """Whether the jobs are draws of elasticities under one scenario, so many that the first can teach the others."""
    return len(jobs) > 2 * LANES and all(job.scenario is jobs[0].scenario for job in jobs)


def _cells(economy: Economy, jobs: list[_Job]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Cells (sector, buyer, seller) off the diagonal that any draw changes."""
    changed = np.zeros(economy.share.shape, dtype=bool)
    for shocked in {id(job.shocked): job.shocked for job in jobs}.values():
        if shocked.tariff_new is not None:
            changed |= shocked.tariff_new != economy.tariff
        if shocked.cost_hat is not None:
            changed |= shocked.cost_hat != 1
        if shocked.embargo is not None:
            changed |= shocked.embargo
    if np.einsum("nns->ns", changed).any():
        raise WrongUsage("A batch does not take shocks to home trade; call simulate() for each.")
    buyer, seller, sector = np.nonzero(changed & (economy.share > 0))
    return sector, buyer, seller
