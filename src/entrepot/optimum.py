"""Tariffs that serve a country best, given the others', and tariffs from which none gains by deviating."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from entrepot.adjoint import gradient
from entrepot.economy import Economy
from entrepot.equilibrium import simulate
from entrepot.errors import NotSolved, WrongUsage
from entrepot.result import Result
from entrepot.scenario import Scenario

Array = NDArray[np.float64]
By = Literal["uniform", "sector", "seller", "cell"]
HIGHEST = 20.0  # tariff above which trade is as good as closed


@dataclass(frozen=True, eq=False)
class Optimum:
    """Tariffs at an optimum.

    `tariff` (N, N, S) [fraction]; the solved `result`; `slope`, the largest derivative of log welfare left at a free
    tariff; `rounds` of best responses (1 for a single country); `gain` over the tariffs before, or what the last
    deviation of a war still brought [fraction of real income].
    """

    tariff: Array
    result: Result
    slope: float
    rounds: int
    gain: float


def optimal_tariff(
    economy: Economy, country: str, *, by: By = "uniform", rules: Scenario | None = None, tolerance: float = 1e-8
) -> Optimum:
    """Tariffs of `country` that maximise its exact real income while the others keep theirs.

    Parameters
    ----------
    economy : Economy
    country : str
        Label of the country that sets tariffs.
    by : str
        What may differ: one rate for all (`uniform`), by `sector`, by `seller`, or every `cell`.
    rules : Scenario, optional
        Deficit rule and other choices, and tariffs of the others if not the baseline's; `zero first` is refused.
    tolerance : float
        Slope of log welfare per unit of tariff at which the search ends.

    Notes
    -----
    Quasi-Newton with bounds (L-BFGS-B), derivatives from `adjoint`; tariffs lie between 0 and 20. With two countries,
    one sector and balanced trade the uniform optimum is t = 1/(theta share'_FF), share'_FF the foreign own share (Gros
    1987).

    Raises
    ------
    NotSolved
        If the slope does not fall to ten times the tolerance at free tariffs.
    """
    rules = rules or Scenario(name="optimal tariff")
    if rules.deficits == "zero first":
        raise WrongUsage("Optimal tariffs need one baseline: re-base first, simulate(...).world(), then use `zero`.")
    tariff = economy.tariff if rules.tariff_new is None else rules.tariff_new
    before = simulate(economy, replace(rules, tariff_new=tariff))
    found, result, slope = _best(economy, country, by, replace(rules, tariff_new=tariff), tolerance)
    n = economy.country(country)
    return Optimum(found, result, slope, 1, float(result.welfare_hat[n] / before.welfare_hat[n] - 1))


def nash(
    economy: Economy,
    countries: Sequence[str],
    *,
    by: By = "uniform",
    rules: Scenario | None = None,
    tolerance: float = 1e-8,
    rounds: int = 100,
) -> Optimum:
    """Tariffs at which none of `countries` gains more than `tolerance` [fraction of real income] by deviating.

    Best responses in turn until a whole round moves nobody; others keep their tariffs. Ossa (2014), Trade Wars and
    Trade Talks with Data, American Economic Review 104(12).

    Raises
    ------
    NotSolved
        If the gain of a deviation is still above the tolerance after `rounds`.
    """
    rules = rules or Scenario(name="tariff war")
    tariff = economy.tariff if rules.tariff_new is None else rules.tariff_new
    gain = slope = np.inf
    for done in range(1, rounds + 1):
        gain = slope = 0.0
        start = tariff
        for country in countries:
            held = replace(rules, tariff_new=tariff)
            n = economy.country(country)
            before = simulate(economy, held, tolerance=1e-12).welfare_hat[n]
            tariff, result, left = _best(economy, country, by, held, tolerance)
            gain, slope = max(gain, float(result.welfare_hat[n] / before - 1)), max(slope, left)
        if gain <= tolerance and np.abs(tariff - start).max() <= 1e3 * tolerance:
            return Optimum(tariff, result, slope, done, gain)
    raise NotSolved(
        f"The tariff war of {', '.join(countries)} did not settle in {rounds} rounds: the last deviation gained "
        f"{gain:.1e} "
        f"(limit {tolerance:g}). Try more rounds=, or fewer tariffs (by='uniform')."
    )


def _best(economy: Economy, country: str, by: By, rules: Scenario, tolerance: float) -> tuple[Array, Result, float]:
    """Best tariffs of one country, the result there, and the largest slope at a free tariff."""
    from scipy.optimize import minimize

    n = economy.country(country)
    group, count = _groups(economy, n, by)
    assert rules.tariff_new is not None

    def with_rates(rates: Array) -> Array:
        tariff = np.array(rules.tariff_new)
        tariff[n] = np.where(group >= 0, rates[np.maximum(group, 0)], tariff[n])
        return tariff

    def solved(rates: Array) -> tuple[Result, Array]:
        result = simulate(economy, replace(rules, tariff_new=with_rates(rates)), tolerance=1e-12)
        slopes = gradient(result, country)[n]
        return result, np.bincount(group[group >= 0], slopes[group >= 0], minlength=count).astype(np.float64)

    def objective(rates: Array) -> tuple[float, Array]:
        result, slopes = solved(rates)
        return -float(np.log(result.welfare_hat[n])), -slopes

    held = np.bincount(group[group >= 0], rules.tariff_new[n][group >= 0], minlength=count)
    mean = held / np.maximum(np.bincount(group[group >= 0], minlength=count), 1)
    start = np.where(mean > 0, mean, 0.5 / economy.theta.mean())
    options: Any = {"ftol": 1e-16, "gtol": tolerance, "maxiter": 500, "maxfun": 2000}
    bounds = [(0.0, HIGHEST)] * count
    rates: Array = minimize(objective, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    result, slopes = solved(rates)
    free = ((rates > 0) | (slopes > 0)) & ((rates < HIGHEST) | (slopes < 0))
    slope = float(np.abs(slopes[free]).max(initial=0.0))
    if slope > max(10 * tolerance, 1e-7):
        raise NotSolved(
            f"The best tariffs of {country} were not found: log welfare still rises by {slope:.1e} per unit."
        )
    return with_rates(rates), result, slope


def _groups(economy: Economy, n: int, by: By) -> tuple[NDArray[np.int64], int]:
    """Which rate each cell (seller, sector) of a country takes; -1 for home and for cells without trade."""
    sellers, sectors = economy.share.shape[1:]
    places = {
        "uniform": np.zeros((sellers, sectors)),
        "sector": np.broadcast_to(np.arange(sectors), (sellers, sectors)),
        "seller": np.broadcast_to(np.arange(sellers)[:, None], (sellers, sectors)),
        "cell": np.arange(sellers * sectors).reshape(sellers, sectors),
    }
    if by not in places:
        raise WrongUsage(f"{by!r} is no way to tell tariffs apart; one of {', '.join(places)} is expected.")
    traded = (economy.share[n] > 0) & (economy.spending[n] > 0)
    traded[n] = False
    used, group = np.unique(places[by][traded], return_inverse=True)
    out = np.full((sellers, sectors), -1, dtype=np.int64)
    out[traded] = group
    return out, len(used)
