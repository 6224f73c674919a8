"""Intervals that hold: split conformal by month class and horizon, and paths that share their errors.

The errors are those of past forecasts, each made with what was known then, so nothing is assumed of their law: half
the width is the k-th smallest of the n last absolute errors, k = ceil((n + 1) level) (Lei, G'Sell, Rinaldo, Tibshirani
and Wasserman 2018, algorithm 2). January and February form a class of their own where Lunar New Year moves them; as
they come but twice a year, their errors a month more and a month less ahead count as well. Over horizons the widths
are the closest that do not shrink (isotonic regression): a running maximum of noisy widths would be too wide.
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


RARE = "January-February"


def month_class(month: str, *, lunar: bool) -> str:
    """Class of a month (`2025-02`): `January-February` where Lunar New Year moves trade, else `other`."""
    return RARE if lunar and month[5:] in ("01", "02") else "other"


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

    Widths of each class are fitted by isotonic regression over horizons; those of January and February rest on errors
    of the horizons next to theirs as well.

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
    from scipy.optimize import isotonic_regression

    classes, found = np.array(targets, dtype=object).reshape(errors.shape), {}
    for name in set(ahead):
        rare = name == RARE
        widths = np.array([_width(errors, classes == name, step, level, rare) for step in range(len(ahead))])
        held = ~np.isnan(widths)
        widths[held] = isotonic_regression(widths[held]).x if held.any() else math.nan
        found[name] = widths
    return np.array([found[name][step] for step, name in enumerate(ahead)])


def _width(errors: "Array", here: "NDArray[np.bool_]", step: int, level: float, rare: bool) -> float:
    """Half width of one class at one horizon; NaN where it has too few errors of its own."""
    import numpy as np

    own = errors[here[:, step], step]
    if (rare and level > 0.9) or (~np.isnan(own)).sum() < FEWEST.get(level, 9):
        return math.nan
    near = slice(max(0, step - 1), step + 2)
    return half_width(np.where(here[:, near], errors[:, near], math.nan).ravel() if rare else own, level)


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
