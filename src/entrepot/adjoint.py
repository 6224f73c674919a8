"""The derivative of welfare, or of any linear functional of a solved world, with respect to every tariff at once.

At a solved world every hat is 1, so the equations of `hats` linearise to (d log: w, p, c; dY, dX, dI in USD):

    c = beta w + gamma' p                          p = sum_i share (c + u)
    d log M = -theta (c + u - p) + dX/X - v        dR = sum_is t M d log M + (1+t) M v
    dI = VA w + dR + dD,  dX = alpha dI + gamma dY,  dY = sum_n M d log M,  sum_s beta dY = VA w

with v = d log(1+t) the tariff and u = v times the pass-through. One transposed solve gives the derivative with respect
to all N x N x S tariffs for about the price of one equilibrium (implicit function theorem).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrepot.economy import Economy
from entrepot.errors import NotSolved, WrongUsage
from entrepot.fixed_points import gmres
from entrepot.problems import THETA_AT
from entrepot.result import Result
from entrepot.scenario import NUMERAIRE

Array = NDArray[np.float64]
TOLERANCE = 1e-11


def gradient(
    result: Result,
    welfare: ArrayLike | str | None = None,
    *,
    wage: ArrayLike | None = None,
    price: ArrayLike | None = None,
) -> Array:
    """Derivative of a functional of log hats with respect to every new tariff, at the solved world.

    Parameters
    ----------
    result : Result
    welfare : array, shape (N,), or a country's label
        Weight of each country's log exact real income; a label means that country's alone.
    wage : array, shape (N,), optional; price : array, shape (N, S), optional
        Weights of log wages (world value added as numeraire) and of log price indices.

    Returns
    -------
    array, shape (N, N, S)
        [per unit of tariff: 0.01 of a tariff changes the functional by 0.01 times this]. Cells without trade are 0.

    Raises
    ------
    WrongUsage
        Under rules whose derivative is not written: deficits as `share of own income`, rebates but `lump sum`, labour
        that answers, or the `short` horizon.
    NotSolved
        If the transposed system stalls.
    """
    _allowed(result)
    world = result.world()
    n, s = world.spending.shape
    if isinstance(welfare, str):
        welfare = (np.arange(n) == world.country(welfare)).astype(float)
    weights = [
        np.broadcast_to(np.asarray(0.0 if given is None else given, dtype=float), shape)
        for given, shape in ((welfare, (n,)), (wage, (n,)), (price, (n, s)))
    ]
    linear = _linear(world, result)
    dual = linear.solved(*weights)
    per_log: Array = linear.cells(dual, weights[0])
    return np.moveaxis(per_log, 0, 2) / (1 + world.tariff)


def _allowed(result: Result) -> None:
    scenario = result.scenario
    refused = {
        f"deficits as {scenario.deficits!r}": scenario.deficits == "share of own income",
        f"the rebate {scenario.rebate!r}": scenario.rebate != "lump sum",
        "labour that answers": scenario.labour_response > 0,
        "the short horizon": scenario.horizon == "short",
    }
    for what, given in refused.items():
        if given:
            raise WrongUsage(f"The derivative under {what} is not written; take differences of simulate() instead.")


@dataclass(frozen=True, eq=False)
class _Linear:
    """The linearised world, sector first, as one step v <- A v + B shock, and its transpose."""

    share: Array  # (S, n, i)
    trade: Array  # (S, n, i)
    tariff: Array  # (S, n, i)
    made: Array  # (S, N)
    used: Array  # (N, S, S)
    final: Array  # (S, N)
    theta: Array  # (S, 1)
    spending: Array  # (S, N)
    value_added: Array
    income: Array
    deficit: Array
    unit: int | None
    through: float
    damping: Array

    def _duty(self) -> Array:
        return self.tariff * self.trade

    def transposed(self, dual: Array) -> Array:
        """A' times a dual vector over (w, p, Y in parts of sales)."""
        n = len(self.value_added)
        size = self.made.size
        w, p, y = dual[:n], dual[n : n + size].reshape(-1, n), dual[n + size :].reshape(-1, n) / self._sold
        w = w - self.value_added * (w.sum() / self.value_added.sum())  # the numeraire
        back_w = (1 - self.damping) * w
        y = y + self.made * (self.damping * w / self.value_added)
        x, c, back_p = self._from_sales(y)
        income = (self.final * x).sum(axis=0) / self._kept
        back_w, back_p, c, inputs = self._from_income(income, back_w, back_p, c, x)
        c = c + np.matmul(p[:, None, :], self.share)[:, 0, :]
        back_w = back_w + (self.made * c).sum(axis=0)
        back_p = back_p + np.matmul(self.used, c.T[:, :, None])[:, :, 0].T
        back_y = np.matmul(inputs.T[:, None, :], self.used)[:, 0, :].T
        return np.concatenate([back_w, back_p.ravel(), (back_y * self._sold).ravel()])

    @property
    def _sold(self) -> Array:
        sold = self.trade.sum(axis=1)
        return np.where(sold > 0, sold, 1.0)

    @property
    def _kept(self) -> Array:
        """One less the duty on a unit of final spending."""
        spent = np.where(self.spending > 0, self.spending, 1.0)
        kept: Array = 1 - (self.final * self._duty().sum(axis=2) / spent).sum(axis=0)
        return kept

    def _from_sales(self, y: Array) -> tuple[Array, Array, Array]:
        """Duals of spending x, cost c and price p from those of sales: dY = M'(dX/X) - theta (Y c - M' p)."""
        spent = np.where(self.spending > 0, self.spending, 1.0)
        pulled = np.matmul(self.trade, y[:, :, None])[:, :, 0]
        return pulled / spent, -self.theta * self.trade.sum(axis=1) * y, self.theta * pulled

    def _from_income(
        self, income: Array, back_w: Array, back_p: Array, c: Array, x: Array
    ) -> tuple[Array, Array, Array, Array]:
        """Duals from that of income: dI kept = VA w + D w_unit + rho' (gamma dY) - theta (tM c - TM p)."""
        duty = self._duty()
        spent = np.where(self.spending > 0, self.spending, 1.0)
        back_w = back_w + self.value_added * income
        if self.unit is not None:
            back_w[self.unit] += self.deficit @ income
        c = c - self.theta * np.matmul(np.broadcast_to(income, x.shape)[:, None, :], duty)[:, 0, :]
        back_p = back_p + self.theta * duty.sum(axis=2) * income
        inputs = x + duty.sum(axis=2) / spent * income
        return back_w, back_p, c, inputs

    def solved(self, welfare: Array, wage: Array, price: Array) -> Array:
        """Dual vector at which the functional's derivative is the shocks' duals: (I - A') dual = functional."""
        n = len(self.value_added)
        income = welfare / self.income / self._kept
        zero = np.zeros_like(self.made)
        back_w, back_p, c, inputs = self._from_income(
            income, np.array(wage), price.T - self.final * welfare, zero, zero
        )
        back_w = back_w + (self.made * c).sum(axis=0)
        back_p = back_p + np.matmul(self.used, c.T[:, :, None])[:, :, 0].T
        back_y = np.matmul(inputs.T[:, None, :], self.used)[:, 0, :].T
        target = np.concatenate([back_w, back_p.ravel(), (back_y * self._sold).ravel()])
        dual, left = np.zeros_like(target), target
        for _ in range(12):
            step, _ = gmres(lambda v: v - self.transposed(v), left, tolerance=1e-8, steps=min(150, target.size))
            dual = dual + step
            left = target - dual + self.transposed(dual)
            if np.linalg.norm(left) <= TOLERANCE * np.linalg.norm(target):
                return dual
        missed = np.linalg.norm(left) / np.linalg.norm(target)
        raise NotSolved(
            f"The derivative's transposed system stopped with {missed:.1e} left (limit {TOLERANCE:g}); n = {n}."
        )

    def cells(self, dual: Array, welfare: Array) -> Array:
        """Derivative with respect to log(1 + t) of every cell, (S, n, i), from the dual."""
        n, size = len(self.value_added), self.made.size
        w, p, y = dual[:n], dual[n : n + size].reshape(-1, n), dual[n + size :].reshape(-1, n) / self._sold
        w = w - self.value_added * (w.sum() / self.value_added.sum())
        y = y + self.made * (self.damping * w / self.value_added)
        x, _, _ = self._from_sales(y)
        income = ((self.final * x).sum(axis=0) + welfare / self.income) / self._kept
        steep = self.theta[:, :, None] * self.through + 1
        out: Array = self.through * self.share * p[:, :, None]
        out -= steep * self.trade * y[:, None, :]
        out += (1 + self.tariff - steep * self.tariff) * self.trade * income[None, :, None]
        return out


def _linear(world: Economy, result: Result) -> _Linear:
    scenario = result.scenario
    first = [np.ascontiguousarray(np.moveaxis(a, 2, 0)) for a in (world.share, world.flows(), world.tariff)]
    theta = world.theta * THETA_AT[scenario.horizon]
    abroad = first[1].sum(axis=1) + first[1].sum(axis=2) - 2 * np.diagonal(first[1], axis1=1, axis2=2)
    steep = theta @ abroad / np.maximum(world.value_added, 1e-300)
    fixed = scenario.deficits == "fixed" and scenario.numeraire != NUMERAIRE
    return _Linear(
        share=first[0],
        trade=first[1],
        tariff=first[2],
        made=world.value_added_share.T,
        used=world.input_share,
        final=world.final_share.T,
        theta=theta[:, None],
        spending=world.spending.T,
        value_added=world.value_added,
        income=world.income,
        deficit=world.deficit,
        unit=world.country(scenario.numeraire) if fixed else None,
        through=scenario.pass_through,
        damping=1 / (1 + steep),
    )
