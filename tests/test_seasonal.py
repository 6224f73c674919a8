"""Seasonal adjustment: nothing in, nothing out; what was planted comes off; scale does not matter."""

from math import exp, log, sin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import calendars, history, lake, periods, seasonal
from entrepot.errors import MissingData

MONTHS = periods.each("2014-01:2025-12")
SEASON = np.array([0.1, -0.3, 0.05, 0.0, 0.02, 0.03, -0.02, 0.01, 0.04, -0.05, 0.06, 0.06])
SEASON = SEASON - SEASON.mean()


def series(season=0.0, noise=0.0, seed=1, calendar=0.0):
    rng = np.random.default_rng(seed)
    trend = 25 + 0.004 * np.arange(len(MONTHS)) + noise * rng.standard_normal(len(MONTHS)).cumsum()
    pattern = season * SEASON[[int(month[5:]) - 1 for month in MONTHS]]
    days = np.array(calendars.effects("CHN", MONTHS))[:, -1]
    return np.exp(trend + pattern + calendar * days), np.exp(trend)


@settings(deadline=None, max_examples=25)
@given(growth=st.floats(-0.02, 0.02), level=st.floats(1.0, 1e12))
def test_a_series_without_season_comes_back_as_it_is(growth, level):
    values = [level * exp(growth * n) for n in range(len(MONTHS))]
    out = seasonal.adjusted("CHN", MONTHS, values)
    assert not out.found
    assert out.values == tuple(values)


@pytest.mark.parametrize("seed", range(8))
def test_noise_is_rarely_taken_for_season(seed):
    """Four random walks without season, at most one adjusted: the criterion asks for nearly half of the variance."""
    taken = [seasonal.adjusted("CHN", MONTHS, series(noise=0.03, seed=10 * seed + n)[0]).found for n in range(4)]
    assert sum(taken) <= 1


@pytest.mark.parametrize("calendar", [0.0, 0.02])
def test_what_was_planted_comes_off(calendar):
    values, trend = series(season=1.0, noise=0.005, calendar=calendar)
    out = seasonal.adjusted("CHN", MONTHS, values)
    assert out.found
    moved = np.diff(np.log(out.values)) - np.diff(np.log(trend))
    assert np.abs(moved[-100:]).max() < 0.01  # the planted season alone moves months by up to 0.4


@settings(deadline=None, max_examples=20)
@given(unit=st.floats(1e-6, 1e6))
def test_growth_does_not_depend_on_the_unit(unit):
    values, _ = series(season=1.0, noise=0.01)
    one, other = (seasonal.adjusted("CHN", MONTHS, values * u) for u in (1.0, unit))
    assert one.on_month("2025-11") == pytest.approx(other.on_month("2025-11"), rel=1e-9, abs=1e-12)
    assert one.three_months("2025-11") == pytest.approx(other.three_months("2025-11"), rel=1e-9, abs=1e-12)


def test_china_falls_less_in_february_than_the_raw_figures():
    line = history.series(lake.load("CHN"), flow="X", since="2012-01", until="2025-11")
    values = [point.value for point in line.points]
    out = seasonal.adjusted("CHN", [point.period for point in line.points], values)
    held = dict(zip(out.periods, values, strict=True))
    raw = [abs(log(held[f"{year}-02"] / held[f"{year}-01"])) for year in range(2016, 2026)]
    ours = [abs(log(1 + out.on_month(f"{year}-02"))) for year in range(2016, 2026)]
    assert np.mean(ours) < 0.5 * np.mean(raw)


REFUSED = {
    "48 months are needed": (MONTHS[:24], [1.0] * 24),
    "A month is missing": ([*MONTHS[:50], *MONTHS[51:]], [1.0 + sin(n) ** 2 for n in range(len(MONTHS) - 1)]),
    "not positive": (MONTHS, [0.0] * len(MONTHS)),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_adjusted_is_refused(why):
    with pytest.raises(MissingData, match=why):
        seasonal.adjusted("CHN", *REFUSED[why])
