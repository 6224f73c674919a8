"""Monthly trade made up for tests: an airline series with China's calendar in it, as rows of a flows table."""

import numpy as np

from entrepot import calendars, periods


def levels(first, last, *, seed=0, size=2e11, spread=0.02, reporter="CHN"):
    """Months and their trade [currency]: growth of 6 % a year, a season, the calendar and noise."""
    months = periods.each(f"{first}:{last}")
    rng = np.random.default_rng(seed)
    time = np.arange(len(months))
    planted = [0.05, -0.05, -0.2, 0.01] if reporter in calendars.KEEPERS else [0.01]
    effect = np.array(calendars.effects(reporter, months)) @ np.array(planted)
    season = 0.1 * np.cos(2 * np.pi * time / 12)
    walk = np.cumsum(spread * rng.standard_normal(len(months)) / 2) + spread * rng.standard_normal(len(months))
    return dict(zip(months, (size * np.exp(0.005 * time + season + effect + walk)).tolist(), strict=True))


def rows(values, **known):
    """Facts of months, released on the 9th of the month after."""
    return [
        {"period": month, "value": value, "released": f"{periods.later(month, 1)}-09", "released_basis": "stated"}
        | known
        for month, value in values.items()
    ]
