"""Gravity by Poisson pseudo maximum likelihood with several sets of fixed effects.

`E[y] = exp(x b + effects)` (Santos Silva and Tenreyro 2006; Correia, Guimaraes and Zylkin 2020). `pyfixest`, the
extra `estimate`, does the work where it is installed; the numpy estimator here is the check on it and the fallback.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.errors import BadTable, NotSolved, WrongUsage

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Places = NDArray[np.int64]

INSTALL = "Run: python -m pip install 'entrepot[estimate]'"
BIAS = (
    "with exporter-time, importer-time and pair effects the estimate is biased by order 1/N and clustered errors are "
    "too small (Weidner and Zylkin 2021); not corrected"
)


@dataclass(frozen=True)
class Estimate:
    """Coefficients and clustered standard errors of one regression, and what a reader must know about it.

    `coefficient`, `error` by regressor; `observations` used; `dropped` rows that effects predict to be exactly zero
    (separation); `effects` number of levels of each set; `clusters`; `domestic` what was done with trade at home;
    `engine` and `convention` of the standard errors.
    """

    coefficient: Mapping[str, float]
    error: Mapping[str, float]
    observations: int
    dropped: int
    effects: Mapping[str, int]
    clusters: int
    steps: int
    domestic: str
    engine: str
    convention: str
    notes: tuple[str, ...] = ()


def ppml(
    table: "pd.DataFrame",
    *,
    outcome: str,
    regressors: Sequence[str],
    effects: Sequence[Sequence[str]],
    cluster: Sequence[str],
    domestic: str,
    engine: str = "auto",
    tolerance: float = 1e-9,
) -> Estimate:
    """Estimate by PPML.

    Parameters
    ----------
    table : DataFrame
        One row an observation.
    outcome : str
        Column that is not negative (trade, any unit).
    regressors : sequence of str
        Columns of numbers.
    effects : sequence of sequences of str
        Each set of fixed effects by its columns: `[("exporter", "year"), ("importer", "year"), ("pair",)]`.
    cluster : sequence of str
        Columns whose combinations are the clusters.
    domestic : str
        How trade at home is treated, in words; it moves coefficients by half, so it must be said.
    engine : {"auto", "pyfixest", "numpy"}
        `auto` takes pyfixest where it is installed.
    tolerance : float
        Largest relative miss of any effect's sum, and of a coefficient's step, at which it has converged.

    Raises
    ------
    BadTable
        If a column lacks, holds missing or infinite numbers, or the outcome is negative.
    WrongUsage
        If `domestic` is empty, or the engine is none.
    NotSolved
        If it does not converge, or a regressor is absorbed by the effects.
    """
    if not domestic.strip():
        raise WrongUsage("Say how domestic trade is treated (`left out`, `one effect a country`, ...): it decides.")
    if engine not in ("auto", "pyfixest", "numpy"):
        raise WrongUsage(f"{engine!r} is no engine; auto, pyfixest or numpy is expected.")
    _check(table, outcome, regressors, [name for one in (*effects, cluster) for name in one])
    if engine != "numpy" and (found := _pyfixest(engine)) is not None:
        return _by_pyfixest(found, table, outcome, regressors, effects, cluster, domestic)
    return _by_numpy(table, outcome, regressors, effects, cluster, domestic, tolerance)


def _check(table: "pd.DataFrame", outcome: str, regressors: Sequence[str], others: Sequence[str]) -> None:
    import numpy as np

    numbers = [outcome, *regressors]
    if lacking := [name for name in (*numbers, *others) if name not in table.columns]:
        raise BadTable(f"The table lacks the column(s) {', '.join(lacking)}; it has {', '.join(table.columns)}.")
    for name in numbers:
        if not np.isfinite(table[name].to_numpy(dtype=float)).all():
            raise BadTable(f"{name} holds missing or infinite numbers. Drop these rows, and say so.")
    if (table[outcome] < 0).any():
        raise BadTable(f"{outcome} is negative in some rows; PPML takes values from zero up.")


def _pyfixest(engine: str) -> Any:
    from importlib import import_module

    try:
        return import_module("pyfixest")
    except ImportError:
        if engine == "pyfixest":
            raise WrongUsage(f"pyfixest is not installed. {INSTALL}") from None
        return None


def _by_pyfixest(
    pyfixest: Any,
    table: "pd.DataFrame",
    outcome: str,
    regressors: Sequence[str],
    effects: Sequence[Sequence[str]],
    cluster: Sequence[str],
    domestic: str,
) -> Estimate:
    names = [f"_effect{n}" for n in range(len(effects))]
    columns = {name: _codes(table, one) for name, one in zip(names, effects, strict=True)}
    frame = table[[outcome, *regressors]].assign(**columns, _cluster=_codes(table, cluster))
    formula = f"{outcome} ~ {' + '.join(regressors)} | {' + '.join(names)}"
    fit = pyfixest.fepois(formula, frame, vcov={"CRV1": "_cluster"}, fixef_tol=1e-8, iwls_tol=1e-10)
    coefficient, error = fit.coef(), fit.se()
    if lost := [name for name in regressors if name not in coefficient]:
        raise NotSolved(
            f"{', '.join(lost)} cannot be told from the effects. Leave it out, or leave a set of effects out."
        )
    used = int(fit._N)
    return Estimate(
        {name: float(coefficient[name]) for name in regressors}, {name: float(error[name]) for name in regressors},
        used, len(frame) - used, _levels(columns, effects), int(frame["_cluster"].nunique()), 0, domestic,
        f"pyfixest {pyfixest.__version__}", "CRV1, G/(G-1) (N-1)/(N-k)", (BIAS,) if len(effects) > 2 else (),
    )  # fmt: skip


def _codes(table: "pd.DataFrame", columns: Sequence[str]) -> "Places":
    import numpy as np

    return np.asarray(table.groupby(list(columns), sort=False, dropna=False).ngroup(), dtype=np.int64)


def _levels(columns: "Mapping[str, Places]", effects: Sequence[Sequence[str]]) -> dict[str, int]:
    import numpy as np

    return {" x ".join(one): len(np.unique(held)) for one, held in zip(effects, columns.values(), strict=True)}


def _by_numpy(
    table: "pd.DataFrame",
    outcome: str,
    regressors: Sequence[str],
    effects: Sequence[Sequence[str]],
    cluster: Sequence[str],
    domestic: str,
    tolerance: float,
) -> Estimate:
    import numpy as np

    y = table[outcome].to_numpy(dtype=float)
    x = table[list(regressors)].to_numpy(dtype=float)
    sets = [_codes(table, one) for one in effects]
    groups = _codes(table, cluster)
    kept = _not_separated(y, sets)
    y, x, groups = y[kept], x[kept], groups[kept]
    sets = [np.unique(one[kept], return_inverse=True)[1] for one in sets]
    beta, mu, steps = _solve(y, x, sets, tolerance)
    left = within(x, mu, sets)
    hessian = left.T @ (mu[:, None] * left)
    place = np.unique(groups, return_inverse=True)[1]
    count = int(place.max()) + 1
    scores = np.stack([np.bincount(place, weights=(y - mu) * column) for column in left.T], axis=1)
    bread = np.linalg.inv(hessian)
    variance = bread @ (scores.T @ scores) @ bread * count / (count - 1)
    return Estimate(
        dict(zip(regressors, map(float, beta), strict=True)),
        dict(zip(regressors, map(float, np.sqrt(np.diag(variance))), strict=True)),
        len(y), int((~kept).sum()), _levels({str(n): one for n, one in enumerate(sets)}, effects), count, steps,
        domestic, "numpy", "clustered, G/(G-1)", (BIAS,) if len(effects) > 2 else (),
    )  # fmt: skip


def _not_separated(y: "Values", sets: "Sequence[Places]") -> "NDArray[np.bool_]":
    """Rows left after dropping, until none is left to drop, every level of an effect whose outcomes are all zero."""
    import numpy as np

    kept = np.ones(len(y), dtype=bool)
    while True:
        zero = np.zeros(len(y), dtype=bool)
        for one in sets:
            zero |= np.bincount(one, weights=y * kept)[one] == 0
        if not (zero & kept).any():
            return kept
        kept &= ~zero


def _solve(y: "Values", x: "Values", sets: "Sequence[Places]", tolerance: float) -> "tuple[Values, Values, int]":
    """Scale the effects so that fitted sums meet observed ones, then a Newton step in the coefficients; until still."""
    import numpy as np

    beta: Values = np.zeros(x.shape[1])
    sums: list[Values] = [np.asarray(np.bincount(one, weights=y), dtype=float) for one in sets]
    mu: Values
    move: Values
    mu, left, move = np.full(len(y), y.mean()), x, beta
    spread = y.mean() * ((x - x.mean(axis=0)) ** 2).sum(axis=0)
    for step in range(1, 101):
        mu = _scaled(mu, sets, sums, 0.1 * tolerance)
        left = within(left, mu, sets, 0.1 * tolerance)
        hessian = left.T @ (mu[:, None] * left)
        if (np.diag(hessian) <= 1e-9 * spread).any():
            raise NotSolved("A regressor cannot be told from the effects. Leave it out, or leave a set of effects out.")
        step_of: Values = np.asarray(np.linalg.solve(hessian, left.T @ (y - mu)), dtype=float)
        move = step_of * min(1.0, 2.0 / max(float(np.abs(left @ step_of).max()), 1e-300))
        beta = np.asarray(beta + move, dtype=float)
        mu = np.asarray(mu * np.exp(left @ move), dtype=float)
        if np.abs(move).max() <= tolerance * (1 + np.abs(beta).max()):
            return beta, _scaled(mu, sets, sums, 0.1 * tolerance), step
    raise NotSolved(f"PPML did not settle in 100 Newton steps; the last moved by {np.abs(move).max():.1e}.")


def _scaled(mu: "Values", sets: "Sequence[Places]", sums: "Sequence[Values]", tolerance: float) -> "Values":
    """Multiply fitted values by effects until every effect's fitted sum is its observed one (iterated in turn)."""
    import numpy as np

    worst = 0.0
    for _ in range(10_000):
        worst = 0.0
        for one, want in zip(sets, sums, strict=True):
            factor = want / np.bincount(one, weights=mu)
            worst = max(worst, float(np.abs(factor - 1).max()))
            mu = mu * factor[one]
        if worst <= tolerance:
            return mu
    raise NotSolved(f"The effects did not settle: a fitted sum still misses by {worst:.1e} of itself.")


def tariff_part(
    before: "Values", after: "Values", rate_before: "Values", rate_after: "Values", theta: float, error: float
) -> dict[str, float]:
    """Split a change of trade into what its own duty accounts for at an elasticity, and the rest [currency].

    `x = exp(-theta ln(1 + rate)) z` cell by cell, with z all else; Shapley between the two factors. The rest is
    labelled `not explained`, never demand. `lo` and `hi` are the tariff's part at theta plus and minus 1.96 errors.

    Parameters
    ----------
    before, after : (n,) float
        Trade by cell [currency].
    rate_before, rate_after : (n,) float
        Ad valorem duty [fraction].
    theta, error : float
        Elasticity (positive) and its standard error.

    Raises
    ------
    WrongUsage
        If theta is negative.
    """
    from entrepot.decompositions import shapley

    if theta < 0:
        raise WrongUsage(f"theta is the positive elasticity of trade to one plus the duty, not {theta:g}.")

    def part(elasticity: float) -> float:
        f0, f1 = ((1 + rate) ** -elasticity for rate in (rate_before, rate_after))
        found = shapley({"duty": f0, "rest": before / f0}, {"duty": f1, "rest": after / f1})
        return float(found["duty"].sum())

    ends = sorted(part(max(theta + side * 1.96 * error, 0.0)) for side in (-1, 1))
    own = part(theta)
    rest = float(after.sum() - before.sum()) - own
    return {"tariff": own, "lo": ends[0], "hi": ends[1], "not explained": rest}


@dataclass(frozen=True)
class EventStudy:
    """Excess log growth of listed over unlisted goods by time, against the reference times [log points].

    `effect` by time; `lo`, `hi` the middle 90 % of what permuted lists of the same length show; `p` the share of
    permuted lists whose mean effect after the step is at least as large in size; `flat` whether every time before the
    reference lies inside its band.
    """

    times: tuple[int, ...]
    effect: "Values"
    lo: "Values"
    hi: "Values"
    p: float
    flat: bool


def event_study(
    values: "Values", listed: "NDArray[np.bool_]", *, step: int, reference: tuple[int, int] = (-12, -4),
    draws: int = 499, seed: int = 0,
) -> EventStudy:  # fmt: skip
    """Event study of a duty list with permuted lists for its error: few assumptions, no model of the variance.

    Parameters
    ----------
    values : (products, times) float
        Trade [currency] over consecutive months.
    listed : (products,) bool
        Products on the list.
    step : int
        Column of the first month of the duty.
    reference : (first, last)
        Months relative to the step against which everything is measured; the months just before the step are left
        out of it, for goods are hurried ahead of a duty.

    Raises
    ------
    BadTable
        If the reference reaches outside the months held, or a list is empty or whole.

    Notes
    -----
    The effect at a time is the difference of log sums, listed less unlisted, less its mean over the reference.
    """
    import numpy as np

    begin, end = step + reference[0], step + reference[1] + 1
    if begin < 0 or end > step or not 0 < listed.sum() < len(listed):
        raise BadTable(f"Months {reference[0]} to {reference[1]} before the step, and both kinds of goods, are needed.")
    rng = np.random.default_rng(seed)
    lists = np.stack([listed, *(rng.permutation(listed) for _ in range(draws))]).astype(float)
    sums = np.log(np.maximum(lists @ values, 1e-300)) - np.log(np.maximum((1 - lists) @ values, 1e-300))
    paths = sums - sums[:, begin:end].mean(axis=1, keepdims=True)
    lo, hi = np.quantile(paths[1:], [0.05, 0.95], axis=0)
    after = np.abs(paths[:, step:].mean(axis=1))
    p = float((np.sum(after[1:] >= after[0]) + 1) / len(after))
    early = slice(0, begin)
    flat = bool(((paths[0, early] >= lo[early]) & (paths[0, early] <= hi[early])).all())
    return EventStudy(tuple(range(-step, values.shape[1] - step)), paths[0], lo, hi, p, flat)


def within(x: "Values", weight: "Values", sets: "Sequence[Places]", tolerance: float = 1e-10) -> "Values":
    """Residual of each column on all sets of effects, by weighted means taken off in turn (method of alternating
    projections), until no mean is larger than `tolerance` of the column's spread.
    """
    import numpy as np

    sums = [np.bincount(one, weights=weight) for one in sets]
    out = np.array(x, dtype=float)
    for k in range(out.shape[1]):
        column = out[:, k].copy()
        scale = max(float(np.sqrt(weight @ (x[:, k] - x[:, k].mean()) ** 2 / weight.sum())), 1e-300)
        for _ in range(10_000):
            worst = 0.0
            for one, mass in zip(sets, sums, strict=True):
                mean = np.bincount(one, weights=weight * column) / mass
                worst = max(worst, float(np.sqrt(mass @ mean**2 / mass.sum())))
                column -= mean[one]
            if worst <= tolerance * scale:
                break
        else:
            raise NotSolved("The effects could not be taken off a regressor in 10,000 rounds.")
        out[:, k] = column
    return out
