"""Models of a monthly series: airline, structural, ETS and Theta on calendar-adjusted logs, and their mean.

The models are estimated once a year, on data through the December before the forecast is made, and updated with every
month in between: what is published in a month is what a backtest scores, and neither moves because an estimate did.

- calendar: log y = X b + u with airline errors; b is the most probable value on all months held, freed of outliers
  (`outliers`), given what is believed of it before any is seen; every model works on the last ten years of u, its
  outliers cut
- airline: (1 - L)(1 - L^12) u = (1 + t L)(1 + T L^12) e (Box and Jenkins 1970, section 9.2), its trend damped
- structural: local linear trend and a stochastic dummy season (Harvey 1989, section 2.3), its trend damped
- ETS: additive errors, damped trend and season, first states estimated (Hyndman, Koehler, Ord and Snyder 2008, table
  2.1 and chapter 5)
- Theta: half the trend of the seasonally adjusted series and simple smoothing (Assimakopoulos and Nikolopoulos 2000),
  its season shrunk by what noise adds to it (Miller and Williams 2003)

**The declared model is `mean`**, the mean of the four in logs. It was declared before any of them was scored, for one
reason: the best of four on a few dozen releases is a winner of noise, and means of forecasts rarely lose.

A trend that is carried on in full overshoots: forecasts of airline and structural go on with phi + ... + phi^h of the
slope in place of h, phi = `DAMPING` (Gardner and McKenzie 1985, Management Science 31).

statsmodels has all four. The intervals of one fan need some twenty estimates of each, half a minute there; here the
exact likelihoods are those of banded matrices, two seconds in all, and the tests hold each to that of statsmodels.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from entrepot import outliers
from entrepot.errors import NotSolved

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

MODELS = ("airline", "structural", "ets", "theta")
DECLARED = "mean"
SEASON = 12
SHORTEST = 60
"""Months that an estimate needs at least."""
WINDOW = 120
"""Months that a model sees at most, for seasons drift; the calendar sees all, for a holiday comes once a year."""
ROOM = 0.9999
"""Moving averages stay this far inside the unit circle."""
DAMPING = 0.9
"""Share of a slope that the next month keeps, in airline and structural forecasts."""
SETTLED = 0.02
"""Move of a calendar coefficient, in standard errors, below which it stands still."""


def project(
    logs: "Array",
    regressors: "Array",
    ahead: "Callable[[int], Array]",
    origins: Sequence[int],
    horizon: int,
    *,
    start: int = 1,
    apart: Sequence[int] = (),
    beliefs: "Array | None" = None,
    absent: Sequence[int] = (),
) -> "dict[str, Array]":
    """Forecast a series from several of its months, each with what was known there and then.

    Parameters
    ----------
    logs : (T,)
        Natural logs of the series, no gaps.
    regressors : (T, k)
        Calendar regressors of the same months.
    ahead : function
        From the index of an origin to the (horizon, k) regressors of the months after it, as they were known there.
    origins : sequence of int
        Indices of the last month known, in order, each at least `SHORTEST` - 1.
    horizon : int
        Months ahead.
    start : int
        Calendar month of the first value, 1 for January.
    apart : sequence of int
        Calendar months whose errors have a scale of their own, as in `outliers.tamed`.
    beliefs : (k, 2), optional
        Mean and standard deviation of each calendar coefficient before any month is seen [log points a unit], as
        `calendars.beliefs` gives them; without, the coefficients are those of the likelihood alone.
    absent : sequence of int
        Indices, in order, of months that are not held, whatever stands in their place: the calendar is estimated
        without them, and the models see them carried forward (`carried`) once its effects are taken off, so that a
        holiday stands where it lay that year, not where it lay the year before.

    Returns
    -------
    dict
        Model to log forecasts (origins, horizon); `MODELS`, `mean`, `seasonal naive` (last year's month), and `airline
        error`, the standard error that the airline model itself gives its forecast.

    Raises
    ------
    NotSolved
        If an estimate does not converge.
    """
    import numpy as np

    out = {name: np.empty((len(origins), horizon)) for name in (*MODELS, DECLARED, "seasonal naive", "airline error")}
    for estimated, group in by_estimate(origins, start).items():
        rows = [place for place, _ in group]
        months = [origin for _, origin in group]
        first, last = max(0, estimated + 1 - WINDOW), months[-1] + 1
        seen = slice(0, estimated + 1)
        numbers, effect = _calendar(logs[seen], regressors[seen], start, apart, beliefs, _to(absent, estimated + 1))
        begin = 0 if absent else first  # what is carried forward may come from before the window
        adjusted = carried(logs[begin:last] - regressors[begin:last] @ effect, _to(absent, last))[first - begin :]
        known = estimated - first
        if first:
            numbers = _moving_averages(adjusted[: known + 1], numbers)
        begins = (start + first - 1) % SEASON + 1
        adjusted = outliers.tamed(adjusted, numbers, known, start=begins, apart=apart)
        held, here = adjusted[: known + 1], [origin - first for origin in months]
        numbers = _moving_averages(held, numbers)
        calendar = np.array([ahead(origin)[:horizon] @ effect for origin in months])
        found = {
            "airline": _paths(adjusted, _covariance(numbers), here, horizon),
            "structural": _paths(adjusted, _structure(held), here, horizon),
            "ets": _ets_paths(adjusted, known, _weights(held), here, horizon),
            "theta": _theta_paths(adjusted, known, here, horizon),
        }
        out["airline error"][rows] = _airline_errors(numbers, horizon)
        for name in MODELS:
            out[name][rows] = found[name] + calendar
    out[DECLARED] = np.mean([out[name] for name in MODELS], axis=0)
    steps = np.arange(horizon) % SEASON
    out["seasonal naive"] = np.array([logs[origin - SEASON + 1 + steps] for origin in origins])
    return out


def carried(logs: "Array", absent: Sequence[int]) -> "Array":
    """Fill months that are not held from their past alone: a year earlier plus the mean growth of the three before.

    y_n = y_(n-12) + mean of y_m - y_(m-12) over the last three months m before n that have a year before them, in logs;
    a month of the first year is left as it is.
    """
    import numpy as np

    out = logs.copy()
    for n in absent:
        before = np.arange(max(n - 3, SEASON), n)
        if n >= SEASON:
            out[n] = out[n - SEASON] + (np.mean(out[before] - out[before - SEASON]) if len(before) else 0.0)
    return out


def _to(absent: Sequence[int], end: int) -> list[int]:
    return [n for n in absent if n < end]


def effects_of(logs: "Array", regressors: "Array", absent: Sequence[int] = ()) -> "tuple[Array, Array]":
    """Calendar coefficients of a series and their standard errors, airline errors, on all months but the absent ones.

    Returns
    -------
    coefficients, errors : (k,), (k,)
        In log points per unit of the regressor.
    """
    _, effect, errors = _airline(logs, regressors, absent=absent)
    return effect, errors


def by_estimate(origins: Sequence[int], start: int) -> dict[int, list[tuple[int, int]]]:
    """Places and indices of origins by the index of the December on which their estimate ends."""
    groups: dict[int, list[tuple[int, int]]] = {}
    for place, origin in enumerate(origins):
        groups.setdefault(max(origin - (origin + start) % SEASON, SHORTEST - 1), []).append((place, origin))
    return groups


def _best(lost: "Callable[[Array], float]", start: "Array", what: str, bounds: Any = None) -> "Array":
    """Least of a function; a search that fails is repeated without gradients before it is refused.

    Sequential quadratic programming finds what L-BFGS-B finds in as many steps, and wakes no threads of linear algebra.
    """
    import numpy as np
    from scipy.optimize import minimize

    found = minimize(lost, start, method="SLSQP", bounds=bounds, options={"maxiter": 200, "ftol": 1e-9})
    if not found.success:
        found = minimize(lost, found.x, method="Nelder-Mead", bounds=bounds, options={"maxiter": 2000})
    if not (found.success and np.isfinite(found.fun)):
        raise _unsettled(f"{what} did not converge.")
    return np.asarray(found.x)


def _unsettled(what: str) -> NotSolved:
    return NotSolved(f"{what} Ask for another model ({', '.join(MODELS)}), or look at the series for a break.")


def _airline(
    logs: "Array", regressors: "Array", beliefs: "Array | None" = None, absent: Sequence[int] = ()
) -> "tuple[Array, Array, Array]":  # fmt: skip
    """Moving averages and scale (3,), calendar coefficients and their standard errors (k,) [log points].

    Exact maximum likelihood, one block after the other: the moving averages given the coefficients, then the
    coefficients by least squares on innovations under the same moving averages, until they stand still. With beliefs
    (m, s) the coefficients are (X'X / v + S^-2)^-1 (X'y / v + S^-2 m), v the variance of the innovations, and the
    errors the standard deviations that are left (Lindley and Smith 1972).

    Each absent month has a coefficient of its own, so that what stands in its place says nothing (the additive outlier
    approach to missing months of Gomez, Maravall and Pena 1999, Journal of Econometrics 88).
    """
    import numpy as np

    count, regressors = regressors.shape[1], np.column_stack([regressors, np.eye(len(logs))[:, list(absent)]])
    rise = _differences(np.column_stack([logs, regressors]))
    free = len(rise) / (len(rise) - len(absent))
    effect = np.linalg.lstsq(rise[:, 1:], rise[:, 0], rcond=None)[0]
    mean, sure = np.zeros(len(effect)), np.zeros(len(effect))
    if beliefs is not None:
        mean[:count], sure[:count] = beliefs[:, 0], beliefs[:, 1] ** -2.0
    numbers = np.array([-0.5, -0.6])
    for _ in range(50):
        numbers, before = _moving_averages(logs - regressors @ effect, numbers), effect
        white = _whitened(rise, _covariance(numbers))[0]
        noise = numbers[2] * free
        known = white[:, 1:].T @ white[:, 1:] / noise + np.diag(sure)
        effect = np.linalg.solve(known, white[:, 1:].T @ white[:, 0] / noise + sure * mean)
        errors = np.sqrt(np.diag(np.linalg.inv(known)))
        if (np.abs(effect - before) < SETTLED * errors).all():
            return numbers, np.asarray(effect[:count]), np.asarray(errors[:count])
    raise _unsettled(f"The calendar of {len(logs)} months did not settle.")


def _calendar(
    logs: "Array", regressors: "Array", start: int, apart: Sequence[int], beliefs: "Array | None" = None,
    absent: Sequence[int] = (),
) -> "tuple[Array, Array]":  # fmt: skip
    """Moving averages and scale (3,) and calendar coefficients (k,), the coefficients of months freed of outliers.

    A month that closed factories would otherwise be laid to the holiday next to it, for good.
    """
    numbers, effect, _ = _airline(logs, regressors, beliefs, absent)
    moved = regressors @ effect
    kept = outliers.tamed(carried(logs - moved, absent), numbers, len(logs) - 1, start=start, apart=apart) + moved
    if (kept == logs).all():
        return numbers, effect
    return _airline(kept, regressors, beliefs, absent)[:2]


def _differences(values: "Array") -> "Array":
    import numpy as np

    return np.diff(values[SEASON:] - values[:-SEASON], axis=0)


def _moving_averages(logs: "Array", start: "Array") -> "Array":
    """Maximum-likelihood moving averages, plain and seasonal, and variance of the innovations (3,) [logs].

    The exact likelihood of the differenced series, the variance concentrated out.
    """
    import numpy as np

    rise = 100 * _differences(logs)

    def lost(numbers: "Array") -> float:
        white, sizes = _whitened(rise, _covariance(numbers))
        return float(np.log(white @ white / len(white)) / 2 + np.log(sizes).mean())

    began = np.clip(start[:2], -0.9, 0.9)
    numbers = _best(lost, began, f"An airline model of {len(logs)} months", [(-ROOM, ROOM)] * 2)
    white = _whitened(rise, _covariance(numbers))[0]
    return np.append(numbers, float(white @ white) / len(white) / 100**2)


def _covariance(numbers: "Array") -> "Array":
    """Autocovariances (14,) of (1 + t L)(1 + T L^12) e, e of variance 1."""
    return _lags([1, numbers[0]], [1, *[0] * (SEASON - 1), numbers[1]])


def _lags(*factors: Sequence[float]) -> "Array":
    """Autocovariances (14,) of a product of lag polynomials in white noise of variance 1."""
    import numpy as np

    weights = np.ones(1)
    for factor in factors:
        weights = np.convolve(weights, factor)
    both = np.correlate(weights, weights, "full")[len(weights) - 1 :]
    return np.append(both, np.zeros(SEASON + 2 - len(both)))


def _whitened(rise: "Array", covariance: "Array") -> "tuple[Array, Array]":
    """Columns (T,) or (T, c) freed of an autocovariance that ends after 13 months, and the root of its determinant.

    The Cholesky factor of the banded covariance gives the exact Gaussian likelihood, of one column the sum of log
    factor + white^2 / 2.
    """
    import numpy as np
    from scipy.linalg.lapack import dtbtrs

    root = _factor(covariance, len(rise))
    white, failed = dtbtrs(root, rise, uplo="L")
    if failed:
        raise _unsettled(f"The covariance of {len(rise)} months has no inverse.")
    return np.asarray(white), root[0]


def _factor(covariance: "Array", length: int) -> "Array":
    """Cholesky factor of a banded covariance by diagonals: (14, length), the main one first."""
    import numpy as np
    from scipy.linalg.lapack import dpbtrf

    band = np.empty((len(covariance), length), order="F")
    band[:] = covariance[:, None]
    root, failed = dpbtrf(band, lower=1, overwrite_ab=1)  # a third of the time of cholesky_banded
    if failed:
        raise _unsettled(f"The covariance of {length} months is not positive.")
    return np.asarray(root)


def _paths(
    adjusted: "Array", covariance: "Array", origins: Sequence[int], horizon: int, damping: float = DAMPING
) -> "Array":  # fmt: skip
    """Best linear forecasts (origins, horizon) of a series whose differences have an autocovariance (14,), damped.

    With the factor L of the covariance and white = L^-1 of the differences d, the forecast of d(t + h) is the sum of
    L(t + h, j) white(j) over the j up to t; the forecasts of a state-space model with a diffuse start are the same.
    """
    import numpy as np

    lost, rise = SEASON + 1, _differences(adjusted)
    white = _whitened(rise, covariance)[0]
    root = _factor(covariance, len(rise) + lost)
    months, kept = np.arange(1, horizon + 1), np.cumsum(damping ** np.arange(1, horizon + 1))
    paths = np.empty((len(origins), horizon))
    for n, origin in enumerate(origins):
        last = origin - lost  # the last difference known
        steps = np.zeros(max(horizon, lost))
        for h in range(1, lost + 1):
            j = np.arange(max(last + h - lost, 0), last + 1)
            steps[h - 1] = root[last + h - j, j] @ white[j]
        past = list(adjusted[origin - SEASON : origin + 1])  # the last 13 months
        for step in steps:
            past.append(step + past[-1] + past[-SEASON] - past[-SEASON - 1])
        slope = (past[2 * SEASON + 1] - past[SEASON + 1]) / SEASON  # beyond the first month no difference is expected
        paths[n] = np.array(past[SEASON + 1 :][:horizon]) - slope * (months - kept)
    return paths


def _airline_errors(numbers: "Array", horizon: int) -> "Array":
    """Standard errors s (p_0^2 + ... + p_(h-1)^2)^(1/2) from the weights p of past innovations, in logs (horizon,)."""
    import numpy as np
    from scipy.signal import lfilter

    up, down = np.zeros(SEASON + 2), np.zeros(SEASON + 2)
    up[[0, 1, SEASON, SEASON + 1]] = 1, numbers[0], numbers[1], numbers[0] * numbers[1]
    down[[0, 1, SEASON, SEASON + 1]] = 1, -1, -1, 1
    weights = lfilter(up, down, np.eye(1, horizon)[0])
    return np.asarray(np.sqrt(numbers[2] * np.cumsum(weights**2)))


def _structure(logs: "Array") -> "Array":
    """Autocovariances (14,) of the differenced structural model, its four variances by exact maximum likelihood."""
    import numpy as np

    values, parts = 100 * logs, _parts()
    rise, least = _differences(values), np.eye(SEASON + 2)[0] * 1e-9

    def covariance(roots: "Array") -> "Array":
        out = parts @ roots**2
        return np.asarray(out + least * out[0])  # keeps the factor real where all but the seasonal variance are nil

    def lost(roots: "Array") -> float:
        white, sizes = _whitened(rise, covariance(roots))
        return float(white @ white / len(white) / 2 + np.log(sizes).mean())

    size = float(np.std(np.diff(values)))
    starts = [size * np.sqrt([0.2, 0.2, slope, 0.01]) for slope in (0.001, 0.03)]
    found = [_best(lost, start, f"A structural model of {len(values)} months") for start in starts]
    return covariance(min(found, key=lost))


def _parts() -> "Array":
    """Autocovariances (14, 4) of the differences from each variance: irregular, level, slope, season.

    (1 - L)(1 - L^12) y = (1 - L)(1 - L^12) e + (1 - L^12) n + (1 + L + ... + L^11) z + (1 - L)^2 w: the likelihood of
    the differences is that of the model with a diffuse start.
    """
    import numpy as np

    near, far = [1.0, -1.0], [1.0, *[0.0] * (SEASON - 1), -1.0]
    return np.column_stack([_lags(near, far), _lags(far), _lags([1.0] * SEASON), _lags(near, near)])


def _ets_paths(
    adjusted: "Array", estimated: int, numbers: "Array", origins: Sequence[int], horizon: int
) -> "Array":  # fmt: skip
    """Weights and first states of the estimate, errors of each origin's own past.

    (1 - f L)(1 - L^12) y_t = c(L) e_t, so the forecasts go on from the last 13 months and errors.
    """
    import numpy as np
    from scipy.signal import lfilter

    root, lag = _ets_lags(numbers)
    start = _ets_errors(adjusted[: estimated + 1], root, lag)[1]
    errors = lfilter(root, lag, adjusted[: origins[-1] + 1], zi=start)[0]
    paths = np.empty((len(origins), horizon))
    for n, origin in enumerate(origins):
        past = list(adjusted[origin - SEASON : origin + 1])
        recent = errors[origin - SEASON : origin + 1]
        for h in range(1, horizon + 1):
            moved = lag[h:] @ recent[::-1][: len(lag) - h] if h < len(lag) else 0.0
            past.append(float(moved - root[1:] @ np.array(past[: -len(root) : -1])))
        paths[n] = past[SEASON + 1 :]
    return paths


def _weights(logs: "Array") -> "Array":
    """Weights of level, slope and season and damping (4,) of least squared errors, first states concentrated out.

    0 < slope < level, 0 < season < 1 - level, 0.8 <= damping <= 0.98 (Hyndman et al. 2008, section 2.4 and 5.3).
    """
    import numpy as np

    def numbers(free: "Array") -> "Array":
        return np.array([free[0], free[0] * free[1], (1 - free[0]) * free[2], free[3]])

    def lost(free: "Array") -> float:
        errors = _ets_errors(logs, *_ets_lags(numbers(free)))[0]
        return float(np.log(errors @ errors + 1e-300) / 2)

    bounds, what = [(1e-4, ROOM)] * 3 + [(0.8, 0.98)], f"An ETS model of {len(logs)} months"
    found = []
    for slope, damping in ((0.05, 0.95), (0.5, 0.85)):  # a trend that hardly moves, and one that follows
        starts = [np.array([level, slope, season, damping]) for level in (0.2, 0.5, 0.8) for season in (0.05, 0.3)]
        found.append(_best(lost, min(starts, key=lost), what, bounds))
    return numbers(min(found, key=lost))


def _ets_lags(numbers: "Array") -> "tuple[Array, Array]":
    """Polynomials (14,), (14,) of (1 - f L)(1 - L^12) y = c(L) e, which the damped trend and the season amount to.

    c = (1 - f L)(1 - L^12) + L (1 + ... + L^11)((1 - f L) a + f b L) + f b L (1 - L^12) + g L^12 (1 - f L).
    """
    import numpy as np

    level, slope, season, damping = numbers
    year, damped = np.eye(1, SEASON + 1)[0] - np.eye(1, SEASON + 1, SEASON)[0], np.array([1.0, -damping])
    root = np.convolve(damped, year)
    lag = root.copy()
    lag[1:] += np.convolve(np.ones(SEASON), level * damped + [0.0, damping * slope])[: SEASON + 1]
    lag[1:] += damping * slope * year
    lag[SEASON:] += season * damped
    return root, lag


def _ets_errors(logs: "Array", root: "Array", lag: "Array") -> "tuple[Array, Array]":
    """Errors (T,) from the first states that make them least, and these states (13,), as `lfilter` takes them."""
    import numpy as np
    from scipy.linalg import toeplitz
    from scipy.signal import lfilter

    count = len(lag) - 1
    plain = lfilter(root, lag, logs)
    carried = toeplitz(lfilter([1.0], lag, np.eye(1, len(logs))[0]), np.zeros(count))
    states = -np.linalg.lstsq(carried, plain, rcond=None)[0]
    return np.asarray(plain + carried @ states), np.asarray(states)


def _theta_paths(adjusted: "Array", estimated: int, origins: Sequence[int], horizon: int) -> "Array":
    """Smoothing constant of the estimate, season and trend of each origin's own past."""
    import numpy as np
    from scipy.signal import lfilter

    held = adjusted[: estimated + 1]
    alpha = _smoothing(held - _season(held))
    steps = np.arange(horizon)
    paths = []
    for origin in origins:
        past = adjusted[: origin + 1]
        season = _season(past)
        plain = past - season
        slope = np.polyfit(np.arange(len(plain)), plain, 1)[0]
        level = lfilter([alpha], [1, alpha - 1], plain, zi=[(1 - alpha) * plain[0]])[0][-1]
        drift = slope * (steps + (1 - (1 - alpha) ** len(plain)) / alpha)
        paths.append(level + drift / 2 + season[(len(plain) + steps) % SEASON])
    return np.array(paths)


def _season(values: "Array") -> "Array":
    """Season of the classical decomposition (T,), shrunk towards nothing.

    Means of noise differ from month to month as well. The season keeps max(0, 1 - (m - 3) / (m - 1) v / V) of itself,
    m = 12, V the variance of its m values and v that of their noise, the variance of what trend and season leave over
    the years that each is a mean of (Miller and Williams 2003, International Journal of Forecasting 19,
    after James and Stein 1961).
    """
    import numpy as np
    from statsmodels.tsa.seasonal import seasonal_decompose

    parts = seasonal_decompose(values, model="additive", period=SEASON)
    freed, years = SEASON / (SEASON - 1), len(values) / SEASON - 1  # half a year at either end has no trend
    noise, spread = np.nanvar(parts.resid) * freed / years, np.var(parts.seasonal[:SEASON]) * freed
    kept = 1 - (SEASON - 3) / (SEASON - 1) * noise / spread if spread > 0 else 0.0
    return np.asarray(parts.seasonal * max(0.0, float(kept)))


def _smoothing(values: "Array") -> float:
    """Smoothing constant of least squared errors one step ahead, from the first value as level; 0.001 to 1."""
    import numpy as np
    from scipy.optimize import minimize_scalar
    from scipy.signal import lfilter

    def lost(alpha: float) -> float:
        level = lfilter([alpha], [1, alpha - 1], values, zi=[(1 - alpha) * values[0]])[0]
        return float(((values[1:] - level[:-1]) ** 2).sum())

    grid = np.linspace(0.05, 1.0, 20)  # the sum may have more than one valley
    best = grid[int(np.argmin([lost(alpha) for alpha in grid]))]
    found = minimize_scalar(lost, bounds=(max(best - 0.05, 1e-3), min(best + 0.05, 1.0)), method="bounded")
    return float(found.x)
