"""Accuracy: published statistics by hand, and the laws that the tests of two forecasts keep."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import accuracy

seeds = st.integers(min_value=0, max_value=100_000)


@settings(deadline=None, max_examples=50)
@given(seeds, st.integers(min_value=1, max_value=6))
def test_diebold_mariano_changes_sign_with_the_models_and_size_with_nothing_else(seed, horizon):
    rng = np.random.default_rng(seed)
    ours, theirs = rng.normal(size=(2, 40))
    t, p = accuracy.diebold_mariano(ours, theirs, horizon)
    assert accuracy.diebold_mariano(theirs, ours, horizon) == pytest.approx((-t, p))
    assert accuracy.diebold_mariano(9 * ours, 9 * theirs, horizon) == pytest.approx((t, p))


def test_diebold_mariano_at_one_step_is_the_paired_t_test():
    # Harvey, Leybourne and Newbold 1997: at h = 1 the corrected statistic is Student's t of the loss differences
    from scipy.stats import ttest_rel

    ours, theirs = np.random.default_rng(5).normal(size=(2, 31))
    expected = ttest_rel(np.abs(ours), np.abs(theirs))
    assert accuracy.diebold_mariano(ours, theirs, 1) == pytest.approx((expected.statistic, expected.pvalue))


def test_diebold_mariano_at_three_steps_by_hand():
    ours, theirs = (
        np.array([1.0, 2.0, 0.0, 3.0, 1.0, 2.0, 1.0, 4.0]),
        np.array([2.0, 2.0, 1.0, 1.0, 2.0, 3.0, 1.0, 2.0]),
    )
    # d = -1 0 -1 2 -1 -1 0 2: mean 0, so t is 0; with d + 0.5 the variance stays and the mean is 0.5
    assert accuracy.diebold_mariano(ours, theirs, 2)[0] == pytest.approx(0, abs=1e-12)
    gap = np.array([-1, 0, -1, 2, -1, -1, 0, 2.0])
    c0, c1 = gap @ gap / 8, gap[1:] @ gap[:-1] / 8
    t = 0.5 / math.sqrt((c0 + 2 * c1) / 8) * math.sqrt((8 + 1 - 4 + 2 / 8) / 8)
    assert accuracy.diebold_mariano(gap + 10.5, np.full(8, 10.0), 2)[0] == pytest.approx(t)


def test_no_difference_and_too_few_months_have_no_statistic():
    assert all(math.isnan(x) for x in accuracy.diebold_mariano(np.ones(9), np.ones(9)))
    assert all(math.isnan(x) for x in accuracy.diebold_mariano(np.ones(2), np.zeros(2)))


def test_the_standard_error_without_overlap_is_the_usual_one():
    values = np.random.default_rng(2).normal(size=50)
    assert accuracy.standard_error(values) == pytest.approx(values.std(ddof=1) / math.sqrt(50))
    slow = np.repeat(values[:10], 5)
    assert accuracy.standard_error(slow, 5) > 1.5 * accuracy.standard_error(slow, 1)


def test_the_interval_score_is_that_of_gneiting_and_raftery():
    outcome, low, high = np.array([0.0, 3.0, -2.0]), np.zeros(3) - 1, np.ones(3)
    np.testing.assert_allclose(accuracy.interval_score(outcome, low, high), [2, 2 + 10 * 2, 2 + 10 * 1])


def test_the_band_of_coverage_holds_the_nominal_and_narrows_with_months():
    rng = np.random.default_rng(4)
    few, many = rng.random(40) < 0.8, rng.random(400) < 0.8
    low, high = accuracy.coverage_band(few.astype(float), 1)
    assert low < 0.8 < high
    narrow = accuracy.coverage_band(many.astype(float), 1)
    assert narrow[1] - narrow[0] < (high - low) / 2
    assert all(math.isnan(x) for x in accuracy.coverage_band(np.ones(9), 1))


def test_diebold_mariano_says_nothing_where_the_horizon_is_as_long_as_the_sample():
    ours, theirs = np.random.default_rng(1).normal(size=(2, 10))
    assert all(math.isnan(x) for x in accuracy.diebold_mariano(ours, theirs, 12))
    assert not math.isnan(accuracy.diebold_mariano(ours, theirs, 3)[0])
