"""The equations of the world economy in changes, as one map whose fixed point is the equilibrium.

Notation of Caliendo and Parro (2015), with the axes buyer n, seller i, sector s (input k, using sector j); a hat is new
over baseline, a prime the new value in units in which world value added is what it was:

    c[i,s]      = w[i]^beta[i,s] prod_k P[i,k]^gamma[i,k,s] / productivity[i,s]          unit cost hat
    P[n,s]      = (sum_i A[n,i,s] c[i,s]^-theta[s])^(-1/theta[s])                        price hat
    share'[n,i] = A[n,i,s] c[i,s]^-theta[s] P[n,s]^theta[s],  A = share kappa^-theta,  kappa = d (1+t')/(1+t)
    I'[n]       = w[n] L[n] VA[n] + R'[n] + D'[n],  R' = sum_is t'/(1+t') share' X'
    X'[n,k]     = alpha[n,k] I'[n] + sum_j gamma[n,k,j] Y'[n,j]
    Y'[i,s]     = sum_n share'[n,i,s] X'[n,s] / (1+t'[n,i,s])
    w[i] L[i] VA[i] = sum_s beta[i,s] Y'[i,s]                                            labour market

The unknowns are log w, log P and log Y'/Y (and log L where labour supply answers); income is solved in closed form
inside the step, because revenue is linear in it. Inside, every array runs sector first, (S, N) and (S, N, N), so that
sums over sellers are batched matrix products; no power of a (S, N, N) array is taken inside a step.
"""

from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrepot.fixed_points import anderson

Array = NDArray[np.float64]
STRIDE = 1.0  # the most a log wage moves in one step
FLOOR = 1e-26  # least sales over baseline that the map tells from none
CLOSED = 1e-25  # part of value added below which a country's trade no longer moves its wage
LEAST_KEPT = 1e-3  # part of the wage kept before tax at which the map stops counting; no result may lie there
SWING = 0.1  # weight of log sales beside log wages and prices where steps are weighed
LEAST_SELLER = 1e-6  # part of a country's sales at which that weight stops falling with it
ROUNDING = 1e-13  # of a country's value added: a deficit below it is none
BALANCE = 1e-3  # a country's trade must balance to this much less than its markets, relative to its own trade


class State(NamedTuple):
    """One point of the map, sector first; values in USD.

    Hats `wage` (1 or S, N) and `labour` (N); `log_price` and `log_cost` (S, N). `seller` is c^-theta (S, N), up to a
    factor of the sector; `sums` (S, N) the buyer's sum of them, so that share' = weight * seller / sums; `bought`
    (S, N) is what of the sum is paid abroad before duty; `wages` w L VA, `income`, `revenue`, `deficit` (N).
    """

    wage: Array
    log_price: Array
    log_cost: Array
    labour: Array
    seller: Array
    sums: Array
    bought: Array
    spending: Array
    wages: Array
    income: Array
    revenue: Array
    deficit: Array

    @property
    def price(self) -> Array:
        """Price hats (S, N)."""
        return np.exp(self.log_price)

    @property
    def cost(self) -> Array:
        """Unit cost hats (S, N)."""
        return np.exp(self.log_cost)


class Image(NamedTuple):
    """Where one evaluation of the map leads from a point.

    `inner` is the image of all but the wages: log prices, log sales over baseline, and log labour where it answers, one
    after the other; `pressure` (as the labour markets) is what pulls on log wages; `rest` what the point misses at most
    but for labour markets and trade balances, `gap` with them.
    """

    inner: Array
    pressure: Array
    rest: float
    gap: float


@dataclass(frozen=True, eq=False, repr=False)
class Hats:
    """The data of one shocked world, ready for the step; built by `equilibrium.problem`.

    Attributes
    ----------
    weight : array, shape (S, N, N)
        A above without the diagonal, so that the trade of a country that hardly trades is not lost in its home sales.
    levying : array of int, shape (R,)
        Buyers that levy any new tariff.
    levied : array, shape (S, R, N)
        A t' / (1 + t') of those buyers, without the diagonal.
    own, home : arrays, shape (S, N)
        The diagonals of A and of A / (1 + t').
    made, final : arrays, shape (S, N); used : array, shape (N, S, S)
        Value-added share, final share, and input share (input, user).
    theta : array, shape (S, 1)
    sales : array, shape (S, N)
        Baseline sales before duty Y [USD]: the scale of that unknown.
    pool : array, shape (1 or S, N)
        Baseline value added [USD] of each labour market: one a country, or one a sector where labour cannot move.
    deficit : array, shape (N,)
        New deficit [USD]; under `own_income` what the ratio of spending to own income exceeds 1 by instead.
    wage_unit : int or None
        Country in whose wage the deficits are held; None for world value added.
    own_income : bool
        Whether deficits are a share of own income, rescaled to sum to zero.
    labour_elasticity : float
        Response of labour to the after-tax real wage; 0 holds labour.
    keep : array, shape (N,) or None
        Where revenue cuts the income tax, one minus baseline revenue over value added; None under other rebates.
    log_productivity : array, shape (S, N), or 0.0
    damping : array, shape (1 or S, N)
        Part of the log excess demand that moves a wage in one step.
    blocs : array of int, shape (N,)
        Which countries trade with each other, directly or not. Nothing relates the wages of one bloc to those of
        another, so each keeps its value added.
    """

    weight: Array
    levying: NDArray[np.intp]
    levied: Array
    own: Array
    home: Array
    made: Array
    used: Array
    final: Array
    theta: Array
    sales: Array
    pool: Array
    deficit: Array
    wage_unit: int | None
    own_income: bool
    labour_elasticity: float
    keep: Array | None
    log_productivity: Array | float
    damping: Array
    blocs: NDArray[np.intp]

    @cached_property
    def value_added(self) -> Array:
        """Baseline value added of each country [USD]."""
        total: Array = self.pool.sum(axis=0)
        return total

    @cached_property
    def _world(self) -> float:
        return float(self.pool.sum())

    @cached_property
    def _of_blocs(self) -> Array | None:
        """Baseline value added of each bloc [USD], where there are several."""
        if not self.blocs.any():
            return None
        total: Array = np.bincount(self.blocs, self.value_added).astype(np.float64)
        return total

    @cached_property
    def _unsold(self) -> NDArray[np.bool_] | None:
        """Where nothing was sold, if anywhere."""
        unsold = self.sales == 0
        return unsold if unsold.any() else None

    @cached_property
    def _scale(self) -> Array:
        return np.where(self.sales > 0, self.sales, 1.0)

    @cached_property
    def counted(self) -> Array:
        """How much each entry of a point counts where steps are weighed: sales less, and least those of small sellers.

        At high elasticities their logs swing widely while prices and incomes hardly move.
        """
        counted = np.ones(self.start().size)
        sold = counted[self.pool.size + self.sales.size :][: self.sales.size].reshape(self.sales.shape)
        sold[:] = SWING * np.maximum(self.sales / self.sales.sum(axis=0), LEAST_SELLER) ** 0.25
        return counted

    @cached_property
    def _nothing(self) -> Array:
        return np.zeros(self.sales.shape[1])

    @cached_property
    def _closed(self) -> Array:
        """What a country's trade is held to have besides, so that one without trade has a wage."""
        return CLOSED * self.value_added

    @cached_property
    def _given(self) -> tuple[Array, Array]:
        """Gifts received and made [USD] where deficits are given beforehand."""
        return self._gifts(self.deficit)

    @cached_property
    def _taxed_home(self) -> Array | None:
        """Duty on home trade as `levied` holds it, if there is any."""
        taxed = self.own - self.home
        return taxed if taxed.any() else None

    def start(self) -> Array:
        """Return the baseline as a point: every hat 1, its log 0."""
        return np.zeros(self.pool.size + 2 * self.sales.size + self.sales.shape[1] * bool(self.labour_elasticity))

    def unpack(self, x: Array) -> tuple[Array, Array, Array, Array]:
        """Split a point into log wages (1 or S, N), log prices (S, N), sales over baseline (S, N), log labour (N).

        Where nothing was sold, sales over baseline mean nothing.
        """
        first, shape = self.pool.size, self.sales.shape
        second, third = first + self.sales.size, first + 2 * self.sales.size
        labour = x[third:] if self.labour_elasticity else self._nothing
        return (
            x[:first].reshape(self.pool.shape),
            x[first:second].reshape(shape),
            np.exp(x[second:third].reshape(shape)),
            labour,
        )

    def step(self, x: Array) -> tuple[Array, float]:
        """One joint step of every equation, and the gap it closed.

        The gap is the largest of the labour markets' excess demand and the change of sales, over the seller's own value
        added, of the change of log prices, and of a thousandth of the trade imbalance over own trade (so that a country
        that hardly trades has a wage too), and of world value added. Wages follow the trade balance in logs; where
        labour cannot move they follow each sector's demand.
        """
        image = self.image(x)
        wage = x[: self.pool.size].reshape(self.pool.shape) + STRIDE * np.tanh(self.damping * image.pressure / STRIDE)
        labour = image.inner[2 * self.sales.size :] if self.labour_elasticity else 0.0
        return np.concatenate([self.normal(wage, labour).ravel(), image.inner]), image.gap

    def normal(self, log_wage: Array, log_labour: Array | float) -> Array:
        """Log wages moved together until value added, of the world or of each bloc, is what it was."""
        earned = np.exp(log_wage + log_labour) * self.pool
        if self._of_blocs is None:
            together: Array = log_wage - np.log(earned.sum() / self._world)
            return together
        apart: Array = log_wage - np.log(np.bincount(self.blocs, earned.sum(axis=0)) / self._of_blocs)[self.blocs]
        return apart

    def settled(self, log_wage: Array, x: Array, *, tolerance: float) -> tuple[Array, Array, float]:
        """Prices and sales at given wages, from `x`: the point, the pressure on wages, and the whole gap left there."""
        size = self.pool.size

        def frozen(rest: Array) -> tuple[Array, float]:
            image = self.image(np.concatenate([log_wage.ravel(), rest]))
            return image.inner, image.rest

        found = anderson(frozen, x[size:], tolerance=tolerance, steps=400, counted=self.counted[size:])
        point = np.concatenate([log_wage.ravel(), found.x])
        image = self.image(point)
        return point, image.pressure, image.gap

    def image(self, x: Array) -> Image:
        """Evaluate the map at a point: one step of prices, sales and labour, and what pulls on wages."""
        log_wage, log_price, ratio, log_labour = self.unpack(x)
        sales = ratio * self.sales
        state = self._evaluate(log_wage, log_price, sales, log_labour)
        pull = state.spending / state.sums
        exports = self.sold(pull)
        exports *= state.seller
        image_sales = self.home * pull
        image_sales *= state.seller
        image_sales += exports
        size, own = log_price.size, np.minimum(self.value_added, state.wages)
        excess, pressure = self._markets(state, image_sales, exports, pull)
        level = abs(float(np.log(state.wages.sum() / self._world)))
        imbalance = max(_most(excess / own), BALANCE * _most(pressure), level)
        moved = image_sales - sales
        rest = max(_most(state.log_price - log_price), float((_total(np.abs(moved, out=moved)) / own).max()))
        inner = np.empty(x.size - self.pool.size)
        inner[:size] = state.log_price.ravel()
        inner[size : 2 * size] = self._log_ratio(image_sales).ravel()
        if self.labour_elasticity:
            inner[2 * size :] = self._labour(state)
            rest = max(rest, _most(inner[2 * size :] - log_labour))
        rest = rest if state.income.min() > 0 else inf
        return Image(inner, pressure, rest, max(rest, imbalance))

    def _log_ratio(self, sales: Array) -> Array:
        """Log of sales over baseline; 0 where nothing was sold. The array given is used up."""
        sales /= self._scale
        np.maximum(sales, FLOOR, out=sales)
        np.log(sales, out=sales)
        if self._unsold is not None:
            sales[self._unsold] = 0
        return sales

    def bought(self, seller: Array, paid: Array) -> Array:
        """Spending abroad before duty, of that with duty, `paid` = weight @ seller; (S, N), lanes may follow."""
        if not len(self.levying):
            return paid
        before = paid.copy()
        before[:, self.levying] -= self._times(self.levied, seller)
        return before

    def sold(self, pull: Array) -> Array:
        """Sales abroad before duty for each unit of `seller`: A' / (1 + t') times `pull`; (S, N), lanes may follow."""
        total = self._times(self.weight.transpose(0, 2, 1), pull)
        if len(self.levying):
            total -= self._times(self.levied.transpose(0, 2, 1), pull[:, self.levying])
        return total

    @staticmethod
    def _times(matrix: Array, vectors: Array) -> Array:
        """Matrix products by sector, of (S, A, B) with (S, B) or (S, B, lanes)."""
        if vectors.ndim == 3:
            product: Array = np.matmul(matrix, vectors)
            return product
        product = np.matmul(matrix, vectors[:, :, None])
        return product[:, :, 0]

    def log_cost(self, log_wage: Array, log_price: Array) -> Array:
        """Log unit costs (S, N) at log wages (1 or S, N) and log prices (S, N)."""
        if len(log_price) == 1:
            cost = log_price * self.used[:, 0].T
        else:
            cost = np.ascontiguousarray(np.matmul(log_price.T[:, None, :], self.used)[:, 0, :].T)
        cost += self.made * log_wage
        cost -= self.log_productivity
        return cost

    def _inputs(self, sales: Array) -> Array:
        """Spending on inputs (S, N) that sales ask for."""
        if len(sales) == 1:
            return sales * self.used[:, 0].T
        return np.ascontiguousarray(np.matmul(self.used, sales.T[:, :, None])[:, :, 0].T)

    def evaluate(self, x: Array) -> State:
        """Every quantity at a point; prices and shares are consistent with its costs, incomes with its sales."""
        log_wage, log_price, ratio, log_labour = self.unpack(x)
        return self._evaluate(log_wage, log_price, ratio * self.sales, log_labour)

    def _evaluate(self, log_wage: Array, log_price: Array, sales: Array, log_labour: Array) -> State:
        log_cost, inputs = self.log_cost(log_wage, log_price), self._inputs(sales)
        centre = log_cost[:, :1]
        seller = centre - log_cost
        seller *= self.theta
        np.exp(seller, out=seller)
        paid = self._times(self.weight, seller)
        sums = self.own * seller
        sums += paid
        bought = self.bought(seller, paid)
        wedge = paid - bought
        if self._taxed_home is not None:
            wedge += self._taxed_home * seller
        wedge /= sums
        log_price = np.log(sums)
        log_price /= -self.theta
        log_price += centre
        wage, labour = np.exp(log_wage), np.exp(log_labour)
        wages = _total(wage * self.pool) * labour
        income, revenue, deficit = self._incomes(wages, wedge, inputs, wage)
        spending = self.final * income
        spending += inputs
        return State(wage, log_price, log_cost, labour, seller, sums, bought, spending, wages, income, revenue, deficit)

    def _unit(self, wage: Array, unit: int) -> float:
        return float((wage[:, unit] * self.pool[:, unit]).sum() / self.pool[:, unit].sum())

    def _incomes(self, wages: Array, wedge: Array, inputs: Array, wage: Array) -> tuple[Array, Array, Array]:
        """New income I', revenue R' and deficit D' [USD], each (N,), in closed form."""
        duty_of_income, duty_of_inputs = _total(wedge * self.final), _total(wedge * inputs)
        if self.own_income:
            income, deficit = own_income(self.deficit, wages + duty_of_inputs, duty_of_income)
            revenue = duty_of_income * income + duty_of_inputs
            deficit[int(self.value_added.argmax())] -= deficit.sum()  # rounding, and yet it may outweigh a small trade
            return income, revenue, deficit
        deficit = self.deficit if self.wage_unit is None else self.deficit * self._unit(wage, self.wage_unit)
        income = (wages + deficit + duty_of_inputs) / (1 - duty_of_income)
        return income, duty_of_income * income + duty_of_inputs, deficit

    def _markets(self, state: State, sales: Array, exports: Array, pull: Array) -> tuple[Array, Array]:
        """Excess demand for labour [USD] and the pressure on wages [log], both shaped as the labour markets."""
        demand = self.made * sales
        if len(self.pool) > 1:
            wages = state.wage * state.labour * self.pool
            with np.errstate(divide="ignore", invalid="ignore"):
                pressure = np.log(np.maximum(demand, CLOSED * self.pool) / wages)
            return demand - wages, np.where(self.pool > 0, pressure, 0.0)
        received, made = self._given if state.deficit is self.deficit else self._gifts(state.deficit)
        into, out = _total(exports) + received, _total(state.bought * pull) + made
        return (_total(demand) - state.wages)[None, :], np.log(into / out)[None, :]

    def _gifts(self, deficit: Array) -> tuple[Array, Array]:
        return np.maximum(deficit, 0) + self._closed, np.maximum(-deficit, 0) + self._closed

    def _labour(self, state: State) -> Array:
        """Log labour supplied at the after-tax real wage: elasticity x log(tax factor x w / P)."""
        real = np.log(state.wages / state.labour / self.value_added) - (self.final * state.log_price).sum(axis=0)
        if self.keep is not None:
            real = real + np.log(self.keep) - np.log(np.maximum(1 - state.revenue / state.wages, LEAST_KEPT))
        labour: Array = self.labour_elasticity * real
        return labour


def _total(cells: Array) -> Array:
    """Sum over sectors, of (S, N)."""
    total: Array = cells[0] if len(cells) == 1 else cells.sum(axis=0)
    return total


def _most(cells: Array) -> float:
    """Largest size of an array's numbers."""
    return float(np.abs(cells).max())


def own_income(excess: Array, own: Array, duty: Array) -> tuple[Array, Array]:
    """Final spending and what it exceeds own income by [USD].

    Spending is k x (1 + excess) x own income, with the one k at which the world spends what it earns.

    `own` is own income but for the duty on final spending [USD], `duty` that duty [fraction of final spending]. Only
    what ratios differ from 1 by is reckoned with: a country that hardly trades may lend less than incomes are rounded
    by.
    """
    k, settled = 0.0, False  # less 1
    for _ in range(60):
        above = k + excess + k * excess
        kept = 1 - (1 + above) * duty
        lent = own * above / kept
        if settled:
            break
        step = lent.sum() / (own * (1 + excess) * (1 - duty) / kept**2).sum()
        k -= step
        settled = abs(step) <= 1e-9 * abs(k)  # Newton's method: the next step would be less than rounding
    return (1 + above) * own / kept, lent
