"""Intervals: conformal ranks, classes that stay apart, widths that never shrink, coverage of exchangeable errors."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from entrepot import intervals

matrices = st.integers(min_value=0, max_value=10_000).map(
    lambda seed: np.random.default_rng(seed).standard_t(3, size=(80, 6)) * np.arange(1, 7)
)


def kinds(count, horizon, lunar=True):
    return [
        [intervals.month_class(f"2020-{(o + h) % 12 + 1:02d}", lunar=lunar) for h in range(horizon)]
        for o in range(count)
    ]


def test_the_rank_is_that_of_lei_and_others():
    errors = np.arange(1.0, 20.0)  # n = 19: ceil(20 x 0.8) = 16th smallest
    assert intervals.half_width(errors, 0.80) == 16
    assert intervals.half_width(-errors, 0.80) == 16


def test_only_the_last_sixty_errors_count():
    old, new = np.full(500, 99.0), np.linspace(0, 1, 60)
    assert intervals.half_width(np.append(old, new), 0.80) == intervals.half_width(new, 0.80)


@pytest.mark.parametrize(("level", "fewest"), intervals.FEWEST.items())
def test_too_few_errors_give_no_interval(level, fewest):
    assert math.isnan(intervals.half_width(np.ones(fewest - 1), level))
    assert intervals.half_width(np.ones(fewest), level) == 1
    assert math.isnan(intervals.half_width(np.append(np.ones(fewest - 1), math.nan), level))


@settings(deadline=None, max_examples=30)
@given(matrices)
def test_widths_never_shrink_with_the_horizon_and_quantiles_never_cross(errors):
    ahead = kinds(81, 6)[80]
    wide = {level: intervals.half_widths(errors, kinds(80, 6), ahead, level) for level in intervals.LEVELS}
    for name in set(ahead):
        widths = wide[0.80][[one == name for one in ahead]]
        known = widths[~np.isnan(widths)]
        assert (np.diff(known) >= 0).all()
    both = ~np.isnan(wide[0.95])
    assert (wide[0.95][both] >= wide[0.80][both]).all()


def test_january_and_february_are_a_class_of_their_own_without_a_95_percent_interval():
    errors = np.ones((150, 3))
    classes = kinds(150, 3)
    errors[[[one == "January-February" for one in row] for row in classes]] = 5.0
    widths = intervals.half_widths(errors, classes, ["January-February", "January-February", "other"], 0.80)
    assert widths.tolist() == [5, 5, 1]
    widths = intervals.half_widths(errors, classes, ["January-February", "January-February", "other"], 0.95)
    assert np.isnan(widths[:2]).all() and widths[2] == 1


def test_coverage_of_exchangeable_errors_is_within_binomial_bounds():
    draws = np.random.default_rng(7).standard_cauchy(size=(4000, 61))
    hits = sum(abs(row[-1]) <= intervals.half_width(row[:-1], 0.80) for row in draws)
    # n = 60: exact coverage of ranks is ceil(61 x 0.8) / 61 = 49 / 61
    low, high = binom.ppf([0.0005, 0.9995], 4000, 49 / 61)
    assert low <= hits <= high


def test_paths_of_one_class_are_the_errors_themselves():
    errors = np.random.default_rng(1).normal(size=(40, 4))
    errors[-2:, 2:] = math.nan
    classes = [["other"] * 4] * 40
    np.testing.assert_allclose(intervals.scaled_paths(errors, classes, ["other"] * 4), errors[:-2])


def test_paths_are_resized_to_the_class_of_the_month_to_come():
    errors = np.random.default_rng(1).normal(size=(120, 1))
    classes = kinds(120, 1)
    rare = np.array([row[0] == "January-February" for row in classes])
    errors[rare] *= 10
    calm = intervals.scaled_paths(errors, classes, ["other"])
    assert np.median(np.abs(calm[rare])) == pytest.approx(np.median(np.abs(errors[~rare][-60:])), rel=0.5)
    assert np.median(np.abs(calm[rare])) < np.median(np.abs(errors[rare])) / 4
