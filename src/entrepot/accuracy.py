"""How good a forecast was, with its error: standard errors under overlap, a test of two forecasts, interval scores."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def long_run_variance(values: "Array", horizon: int) -> float:
    """Variance of the mean of values whose errors overlap `horizon` - 1 steps; Bartlett weights keep it positive."""
    import numpy as np

    off = values - values.mean()
    total = float(off @ off)
    for lag in range(1, min(horizon, len(values))):
        total += 2 * (1 - lag / horizon) * float(off[lag:] @ off[:-lag])
    return total / len(np.asarray(values)) ** 2


def standard_error(values: "Array", horizon: int = 1) -> float:
    """Standard error of a mean, with overlap; NaN of fewer than two values."""
    if len(values) < 2:
        return math.nan
    return math.sqrt(long_run_variance(values, horizon) * len(values) / (len(values) - 1))


def diebold_mariano(ours: "Array", theirs: "Array", horizon: int = 1) -> tuple[float, float]:
    """Test statistic and two-sided p of equal absolute errors, Harvey-corrected; negative where ours are smaller.

    d = |ours| - |theirs|; t = mean(d) / sqrt(V(mean d)) * sqrt((n + 1 - 2h + h (h - 1) / n) / n), against Student's t
    with n - 1 degrees of freedom (Harvey, Leybourne and Newbold 1997, equation 9). The long-run variance takes h - 1
    lags with equal weights as there; where that is not positive, with Bartlett's. NaN where the horizon is as long as
    the sample, for all its lags sum to nothing.
    """
    import numpy as np
    from scipy.stats import t as student

    gap = np.abs(np.asarray(ours)) - np.abs(np.asarray(theirs))
    n, h = len(gap), horizon
    if n < 3 or h >= n or not np.any(gap != gap[0]) or n + 1 - 2 * h + h * (h - 1) / n <= 0:
        return math.nan, math.nan
    off = gap - gap.mean()
    variance = (off @ off + 2 * sum(float(off[lag:] @ off[:-lag]) for lag in range(1, min(h, n)))) / n**2
    if variance <= 0:
        variance = long_run_variance(gap, h)
    value = float(gap.mean() / math.sqrt(variance) * math.sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n))
    return value, float(2 * student.sf(abs(value), n - 1))


def interval_score(outcome: "Array", low: "Array", high: "Array", level: float = 0.80) -> "Array":
    """Width plus 2 / (1 - level) times the miss (Gneiting and Raftery 2007, equation 43); smaller is better."""
    import numpy as np

    miss = np.maximum(low - outcome, 0) + np.maximum(outcome - high, 0)
    return np.asarray(high - low + 2 / (1 - level) * miss)


def coverage_band(inside: "Array", horizon: int, level: float = 0.80, draws: int = 2000) -> tuple[float, float]:
    """Band of 99 % around the nominal coverage, from a moving-block bootstrap of the hits (Kuensch 1989).

    Blocks are as long as errors overlap, at least three; NaN of fewer than ten.
    """
    import numpy as np

    known = inside[~np.isnan(inside)]
    if len(known) < 10:
        return math.nan, math.nan
    length = min(max(horizon, 3), len(known) // 3)
    blocks = -(-len(known) // length)
    begins = np.random.default_rng(2026).integers(0, len(known) - length + 1, size=(draws, blocks))
    drawn = known[(begins[:, :, None] + np.arange(length)).reshape(draws, -1)[:, : len(known)]].mean(axis=1)
    low, high = np.quantile(drawn - drawn.mean(), [0.005, 0.995])
    return max(0.0, level + float(low)), min(1.0, level + float(high))
