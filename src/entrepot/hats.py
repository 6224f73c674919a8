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

The unknowns are log w, log P and Y'/Y (and log L where labour supply answers); income is solved in closed form inside
the step, because revenue is linear in it. Arrays over sectors are held sector first, so that sums over sellers are
batched matrix products; no power of a (N, N, S) array is taken inside a step.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class State:
    """One point of the map: hats `wage` (N, 1 or S), `price` (N, S), `labour` (N), sales and incomes [USD]."""

    wage: Array
    price: Array
    labour: Array
    sales: Array
    log_cost: Array
    spending: Array
    income: Array
    revenue: Array
    deficit: Array


@dataclass(frozen=True, eq=False)
class Hats:
    """The data of one shocked world, ready for the step; built by `equilibrium`.

    Attributes
    ----------
    weight, net : arrays, shape (S, N, N)
        A above, and A / (1 + new tariff); one and the same array where no tariff is left.
    value_added_share, final_share : arrays, shape (N, S); input_share : array, shape (N, S, S); theta : array (S,)
    sales : array, shape (N, S)
        Baseline sales before duty Y [USD]: the scale of that unknown.
    pool : array, shape (N, 1) or (N, S)
        Baseline value added [USD] of each labour market: one a country, or one a sector where labour cannot move.
    deficit : array, shape (N,)
        New deficit [USD]; under `own_income` the ratio of spending to own income instead.
    wage_unit : int or None
        Country in whose wage the deficits are held; None for world value added.
    own_income : bool
        Whether deficits are a share of own income, rescaled to sum to zero.
    labour_elasticity : float
        Response of labour to the after-tax real wage; 0 holds labour.
    keep : array, shape (N,) or None
        Where revenue cuts the income tax, one minus baseline revenue over value added; None under other rebates.
    log_productivity : array, shape (N, S) or None
    """

    weight: Array
    net: Array
    value_added_share: Array
    input_share: Array
    final_share: Array
    theta: Array
    sales: Array
    pool: Array
    deficit: Array
    wage_unit: int | None
    own_income: bool
    labour_elasticity: float
    keep: Array | None
    log_productivity: Array | None
    damping: Array

    @property
    def value_added(self) -> Array:
        """Baseline value added of each country [USD]."""
        total: Array = self.pool.sum(axis=1)
        return total

    def start(self) -> Array:
        """Return the baseline as a point: every hat 1."""
        n, s = self.sales.shape
        labour = [np.zeros(n)] if self.labour_elasticity else []
        return np.concatenate([np.zeros(self.pool.size), np.zeros(n * s), (self.sales > 0).astype(float).ravel(), *labour])

    def unpack(self, x: Array) -> tuple[Array, Array, Array, Array]:
        """Split a point into log wages (N, 1 or S), log prices (N, S), sales over baseline (N, S), log labour (N)."""
        n, s = self.sales.shape
        cut = self.pool.size
        labour = x[cut + 2 * n * s :] if self.labour_elasticity else np.zeros(n)
        return x[:cut].reshape(n, -1), x[cut : cut + n * s].reshape(n, s), x[cut + n * s : cut + 2 * n * s].reshape(n, s), labour

    def log_cost(self, log_wage: Array, log_price: Array) -> Array:
        """Log unit cost hats, shape (N, S)."""
        cost: Array = self.value_added_share * log_wage + np.matmul(log_price[:, None, :], self.input_share)[:, 0, :]
        return cost if self.log_productivity is None else cost - self.log_productivity

    def sums(self, log_cost: Array) -> tuple[Array, Array, Array]:
        """Seller terms c^-theta (S, N), buyers' sums over sellers (S, N), both over c0^-theta; log c0 (S,)."""
        centre = log_cost.mean(axis=0)
        seller = np.exp(-self.theta[:, None] * (log_cost - centre).T)
        return seller, np.matmul(self.weight, seller[:, :, None])[:, :, 0], centre

    def incomes(self, wages: Array, wedge: Array, inputs: Array, unit: float) -> tuple[Array, Array, Array]:
        """New income I', revenue R' and deficit D' [USD], each (N,), in closed form.

        `wages` is w L VA [USD], `wedge` the duty in spending by buyer and sector [fraction], `inputs` spending on
        inputs [USD], `unit` the hat of the wage that deficits are held in.
        """
        duty_of_income, duty_of_inputs = (wedge * self.final_share).sum(axis=1), (wedge * inputs).sum(axis=1)
        if self.own_income:
            income = _own_income(self.deficit, wages + duty_of_inputs, duty_of_income)
        else:
            income = (wages + self.deficit * unit + duty_of_inputs) / (1 - duty_of_income)
        revenue = duty_of_income * income + duty_of_inputs
        return income, revenue, income - wages - revenue

    def step(self, x: Array) -> tuple[Array, float]:
        """One joint step of every equation, and the gap it closed.

        The gap is the largest of: the labour markets' log excess demand, the change of log prices, and the change of
        sales over the seller's own value added. It bounds every residual relative to a country's own GDP.
        """
        log_wage, log_price, ratio, log_labour = self.unpack(x)
        state, image_price, image_sales = self._evaluate(log_wage, log_price, ratio, log_labour)
        wages = np.exp(log_wage + log_labour[:, None]) * self.pool
        demand = self.value_added_share * image_sales
        if self.pool.shape[1] == 1:
            demand = demand.sum(axis=1, keepdims=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            excess = np.where(self.pool > 0, np.log(np.maximum(demand, 1e-30 * self.pool) / wages), 0.0)
        own = self.value_added[:, None]
        gap = max(
            float(np.abs(excess).max()),
            float(np.abs(image_price - log_price).max()),
            float((np.abs(image_sales - ratio * self.sales) / own).max()),
        )
        image_wage = log_wage + self.damping * excess
        parts = [image_wage, image_price.ravel(), (image_sales / _scale(self.sales)).ravel()]
        if self.labour_elasticity:
            image_labour = self._labour(state)
            gap = max(gap, float(np.abs(image_labour - log_labour).max()))
            parts.append(image_labour)
            log_labour = image_labour
        world = np.log((np.exp(image_wage + log_labour[:, None]) * self.pool).sum() / self.pool.sum())
        parts[0] = (image_wage - world).ravel()
        return np.concatenate(parts), gap if (state.income > 0).all() else np.inf

    def evaluate(self, x: Array) -> State:
        """Every quantity at a point, prices and shares consistent with its costs."""
        return self._evaluate(*self.unpack(x))[0]

    def _evaluate(self, log_wage: Array, log_price: Array, ratio: Array, log_labour: Array) -> tuple[State, Array, Array]:
        log_cost = self.log_cost(log_wage, log_price)
        seller, sums, centre = self.sums(log_cost)
        empty = sums == 0
        sums = np.where(empty, 1.0, sums)
        image_price = np.where(empty, 0.0, centre[:, None] - np.log(sums) / self.theta[:, None]).T
        if self.net is self.weight:
            wedge = np.zeros_like(ratio)
        else:
            wedge = 1 - (np.where(empty, 1.0, np.matmul(self.net, seller[:, :, None])[:, :, 0]) / sums).T
        sales = ratio * self.sales
        inputs = np.matmul(self.input_share, sales[:, :, None])[:, :, 0]
        wage = np.exp(log_wage)
        wages = (wage * self.pool).sum(axis=1) * np.exp(log_labour)
        unit = 1.0 if self.wage_unit is None else float(wage[self.wage_unit].mean())
        income, revenue, deficit = self.incomes(wages, wedge, inputs, unit)
        spending = self.final_share * income[:, None] + inputs
        image_sales = (seller * np.matmul((spending.T / sums)[:, None, :], self.net)[:, 0, :]).T
        state = State(
            wage, np.exp(image_price), np.exp(log_labour), sales, log_cost, spending, income, revenue, deficit
        )
        return state, image_price, image_sales

    def _labour(self, state: State) -> Array:
        """Log labour supplied at the after-tax real wage: (tax factor w / P)^elasticity."""
        real = np.log((state.wage * self.pool).sum(axis=1) / self.value_added)
        real = real - (self.final_share * np.log(state.price)).sum(axis=1)
        if self.keep is not None:
            wages = (state.wage * self.pool).sum(axis=1) * state.labour
            real = real + np.log(self.keep) - np.log(np.maximum(1 - state.revenue / wages, 1e-3))
        labour: Array = self.labour_elasticity * real
        return labour


def _own_income(ratio: Array, own: Array, duty: Array) -> Array:
    """Income k phi (own + duty I), with the one k that makes world income equal world spending."""
    k = 1.0
    for _ in range(60):
        income = k * ratio * own / (1 - k * ratio * duty)
        miss = ((1 - duty) * income - own).sum()
        slope = ((1 - duty) * ratio * own / (1 - k * ratio * duty) ** 2).sum()
        k -= miss / slope
        if abs(miss) <= 1e-15 * own.sum():
            break
    income = k * ratio * own / (1 - k * ratio * duty)
    return income


def _scale(sales: Array) -> Array:
    return np.where(sales > 0, sales, 1.0)
