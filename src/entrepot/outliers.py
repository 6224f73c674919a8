"""One month that is not like the others: cut to what the series makes believable, so that it moves no forecast far.

Closed factories or ports make a month that says little about the next ones, yet every smoothing model carries it
forward and its season brings it back a year later. Each month is held against the airline forecast of the month
before, from months cut in the same way: beyond `CUT` usual errors, what is over is taken off before any model sees it
(Gelper, Fried and Croux 2010, Journal of Forecasting 29, section 3, with Huber's function). A shift that lasts is
followed within a few months. Months are cut for the models alone: outcomes and errors stay as they were.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

SEASON = 12
CUT = 4.0
"""Usual errors, in robust standard deviations, beyond which a month is cut."""
NORMAL = 1.4826
"""Standard deviation over median absolute error, where errors are normal."""
FEWEST = 10
"""Errors that a scale needs; months of a class with fewer are left as they are."""


def tamed(logs: "Array", numbers: "Array", known: int, *, start: int = 1, apart: Sequence[int] = ()) -> "Array":
    """Cut the outliers of a calendar-adjusted series, month by month from its past.

    y*_t = f_t + e*_t, e*_t = max(-k s, min(k s, y_t - f_t)), with f_t the airline forecast of t from y* before t,
    k = `CUT` and s = 1.4826 times the median absolute y - f of the months up to `known`.

    Parameters
    ----------
    logs : (T,)
        Natural logs.
    numbers : (2,) or longer
        Moving averages of the airline model, plain and seasonal, as `monthly` estimates them.
    known : int
        Index of the last month from which scales are learnt; later months are cut by them.
    start : int
        Calendar month of the first value, 1 for January.
    apart : sequence of int
        Calendar months whose errors have a scale of their own: January and February where Lunar New Year moves trade.

    Returns
    -------
    (T,)
        The first 13 months, and those within reach, as they were. No value depends on later ones but through scales,
        which end with `known`.
    """
    import numpy as np

    months = (np.arange(len(logs)) + start - 1) % SEASON + 1
    kinds = np.isin(months, list(apart)).astype(int)
    limits = np.full(len(logs), np.inf)
    for _ in range(2):  # scales of the series as it is, then of the series cut by them
        errors = _passed(logs, numbers, limits)[1]
        limits = CUT * _scales(errors[: known + 1], kinds[: known + 1])[kinds]
    return _passed(logs, numbers, limits)[0]


def _scales(errors: "Array", kinds: "NDArray[np.int_]") -> "Array":
    """Robust standard deviation of each kind of month; infinite where fewer than `FEWEST` errors are known."""
    import numpy as np

    out = np.full(2, np.inf)
    for kind in (0, 1):
        here = np.abs(errors[SEASON + 1 :][kinds[SEASON + 1 :] == kind])
        out[kind] = NORMAL * np.median(here) if len(here) >= FEWEST else np.inf
    return out


def _passed(logs: "Array", numbers: "Array", limits: "Array") -> "tuple[Array, Array]":
    """Series after the cut, and errors before it; conditional recursion from 13 months without error."""
    import numpy as np

    near, far = float(numbers[0]), float(numbers[1])
    kept, cut = logs.tolist(), [0.0] * len(logs)
    errors, ends = np.zeros(len(logs)), limits.tolist()
    for t in range(SEASON + 1, len(kept)):
        f = kept[t - 1] + kept[t - 12] - kept[t - 13] + near * cut[t - 1] + far * (cut[t - 12] + near * cut[t - 13])
        errors[t] = kept[t] - f
        cut[t] = max(-ends[t], min(ends[t], float(errors[t])))
        if cut[t] != errors[t]:
            kept[t] = f + cut[t]
    return np.array(kept), errors
