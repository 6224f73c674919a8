"""Intervals that hold: split conformal by month class and horizon, and paths that share their errors.

The errors are those of past forecasts, each made with what was known then, so nothing is assumed of their law: half
the width is the k-th smallest of the n last absolute errors, k = ceil((n + 1) level) (Lei, G'Sell, Rinaldo, Tibshirani
and Wasserman 2018, algorithm 2). January and February form a class of their own where Lunar New Year moves them.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LEVELS = (0.80, 0.95)
LAST = 60
"""Errors of a class that an interval rests on at most: the latest."""
FEWEST = {0.80: 9, 0.95: 39}
"""Errors that an interval of each level needs: one in ten, and two in a hundred, must lie in their tails."""


def month_class(month: str, *, lunar: bool) -> str:
    """Class of a month (`2025-02`): `January-February` where Lunar New Year moves trade, else `other`."""
    return "January-February" if lunar and month[5:] in ("01", "02") else "other"


def half_width(errors: "Array", level: float) -> float:
    """Half the width of a split conformal interval [unit of the errors]; NaN where too few errors are held.

    Parameters
    ----------
    errors : (n,)
        Errors in the order in which they became known; NaN where none is known. The `LAST` known ones are used.
    level : float
        Share of outcomes that the interval is to hold [fraction].
    """
    import numpy as np

    known = np.abs(errors[~np.isnan(errors)])[-LAST:]
    rank = math.ceil((len(known) + 1) * level - 1e-12)
    if len(known) < FEWEST.get(level, 9) or rank > len(known):
        return math.nan
    return float(np.sort(known)[rank - 1])


def half_widths(errors: "Array", targets: Sequence[Sequence[str]], ahead: Sequence[str], level: float) -> "Array":
    """Half widths of the next months, by class and horizon; within a class none is narrower than one before it.

    Parameters
    ----------
    errors : (origins, horizon)
        Past errors in time order, NaN where the month is not known yet.
    targets : (origins, horizon) of str
        Class of each month that was forecast.
    ahead : (horizon,) of str
        Class of each month to come.

    Returns
    -------
    (horizon,)
        NaN where too few errors of the class are held; the 95 % intervals of January and February are never given,
        for they would rest on two errors a year.
    """
    import numpy as np

    classes, found = np.array(targets, dtype=object).reshape(errors.shape), {}
    for name in set(ahead):
        rare = level > 0.9 and name == "January-February"
        widths = [
            math.nan if rare else half_width(errors[classes[:, step] == name, step], level)
            for step in range(len(ahead))
        ]
        found[name] = np.where(np.isnan(widths), math.nan, np.fmax.accumulate(widths))
    return np.array([found[name][step] for step, name in enumerate(ahead)])


def scaled_paths(errors: "Array", targets: Sequence[Sequence[str]], ahead: Sequence[str]) -> "Array":
    """Error paths of the past, each step resized from the class it hit to the class of the month to come.

    Rows are origins of which every step is known; a path keeps how the errors of one forecast hang together. Used for
    sums over months.

    Returns
    -------
    (paths, horizon)
        As `errors`; no rows where a class of a step has too few errors.
    """
    import numpy as np

    classes = np.array(targets, dtype=object).reshape(errors.shape)
    known = errors[~np.isnan(errors).any(axis=1)]
    names = classes[~np.isnan(errors).any(axis=1)]
    out = np.full_like(known, np.nan)
    for step, name in enumerate(ahead):
        now = _spread(errors[classes[:, step] == name, step])
        for other in set(names[:, step]):
            then = _spread(errors[classes[:, step] == other, step])
            out[names[:, step] == other, step] = known[names[:, step] == other, step] * now / then
    return out[~np.isnan(out).any(axis=1)]


def _spread(errors: "Array") -> float:
    import numpy as np

    known = np.abs(errors[~np.isnan(errors)])[-LAST:]
    return float(np.median(known)) if len(known) >= 5 else math.nan
