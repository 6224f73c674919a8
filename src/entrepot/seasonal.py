"""Month on month: trade adjusted for season, Lunar New Year and working days. The adjustment is ours, not the office's.

In logs, a month is trend + month effect + calendar effects + noise. Month and calendar effects are estimated by least
squares on first differences over the last ten years (so that the trend need not be named), and taken off. Where the
Bayesian information criterion prefers a plain mean the series is returned as it is: adjustment must not put seasons
into a series that has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from entrepot import calendars, periods
from entrepot.errors import MissingData

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

WINDOW = 120  # months that the effects are estimated on, the last ones held
LEAST = 48


@dataclass(frozen=True)
class Adjusted:
    """An adjusted series: values [currency] by period, and whether season or calendar were found at all.

    `values` are those given where nothing was found. The product of the effects taken off is 1 over a usual year.
    """

    periods: tuple[str, ...]
    values: tuple[float, ...]
    found: bool

    def on_month(self, period: str) -> float | None:
        """Growth on the month before, adjusted [fraction]; None where either month is missing."""
        return self._growth([period], [periods.later(period, -1)])

    def three_months(self, period: str) -> float | None:
        """Growth of the last three months on the three before, adjusted [fraction]; None where a month is missing."""
        last = [periods.later(period, -n) for n in range(3)]
        return self._growth(last, [periods.later(month, -3) for month in last])

    def _growth(self, now: Sequence[str], before: Sequence[str]) -> float | None:
        held = dict(zip(self.periods, self.values, strict=True))
        if any(month not in held for month in (*now, *before)):
            return None
        return sum(held[month] for month in now) / sum(held[month] for month in before) - 1


def adjusted(reporter: str, months: Sequence[str], values: Sequence[float], *, partner: str = "WLD") -> Adjusted:
    """Take month and calendar effects off a monthly series without gaps.

    Parameters
    ----------
    reporter, partner : str
        ISO3: whose working days count, and whether one of them closes at Lunar New Year.
    months, values : sequences of equal length
        `2025-01`, ... in time order, and the values, all positive [currency].

    Raises
    ------
    MissingData
        If fewer than four years are given, a month is missing or a value is not positive.

    Notes
    -----
    d log y_t = c + d S_m(t) + d x_t b + e_t, with S the month effects (summing to zero) and x the regressors of
    `calendars.effects`; adjusted log y = log y - S - x b. The effects are constant over the window.
    """
    import numpy as np

    if len(values) < LEAST:
        raise MissingData(f"{LEAST} months are needed to tell season from trend; {len(values)} are held.")
    if list(months) != periods.each(f"{months[0]}:{months[-1]}") or not min(values) > 0:
        raise MissingData("A month is missing or not positive, so month on month cannot be adjusted.")
    logs = np.log(np.asarray(values, dtype=float))
    table = np.column_stack([_month_effects(months), calendars.effects(reporter, months, partner=partner)])
    recent = slice(max(0, len(logs) - WINDOW), None)
    steps, moves = np.diff(logs[recent]), np.diff(table[recent], axis=0)
    fitted, error, explained = _least_squares(steps, moves)
    if not _preferred(error, explained, len(steps), moves.shape[1]):
        return Adjusted(tuple(months), tuple(float(value) for value in values), found=False)
    usual = np.log(np.mean(np.exp(table[-12:] @ fitted))) if len(table) >= 12 else 0.0
    taken = np.exp(logs - table @ fitted + usual)
    return Adjusted(tuple(months), tuple(float(value) for value in taken), found=True)


def _month_effects(months: Sequence[str]) -> "Array":
    """Eleven columns, one a month from January to November, December the negative of their sum."""
    import numpy as np

    out = np.zeros((len(months), 11))
    for row, month in enumerate(months):
        number = int(month[5:])
        out[row] = -1.0 if number == 12 else 0.0
        if number < 12:
            out[row, number - 1] = 1.0
    return out


def _least_squares(steps: "Array", moves: "Array") -> "tuple[Array, float, float]":
    """Coefficients of `moves`, the sum of squares left, and the sum of squares that they explain beyond the mean."""
    import numpy as np

    centred, target = moves - moves.mean(axis=0), steps - steps.mean()
    fitted = np.linalg.lstsq(centred, target, rcond=None)[0]
    left = float(((target - centred @ fitted) ** 2).sum())
    return fitted, left, float((target**2).sum()) - left


def _preferred(left: float, explained: float, rows: int, columns: int) -> bool:
    """Whether month and calendar effects lower the Bayesian information criterion, n ln(SSR / n) + k ln n.

    Noise below rounding explains nothing.
    """
    if rows <= columns + 1 or explained <= 1e-16 * rows:
        return False
    if left <= 1e-18 * rows:
        return True
    return rows * log((left + explained) / left) > columns * log(rows)
