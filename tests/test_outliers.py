"""Outliers: what is within reach stays, one odd month is cut and forgotten, a shift is followed, no future enters."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import outliers

NUMBERS = np.array([-0.5, -0.6])
RNG = np.random.default_rng(4)
LOGS = 0.005 * np.arange(132) + 0.1 * np.cos(2 * np.pi * np.arange(132) / 12) + 0.02 * RNG.standard_normal(132)


def tamed(logs, known=119, **how):
    return outliers.tamed(logs, NUMBERS, known, **how)


def with_jump(size, at=80):
    out = LOGS.copy()
    out[at] += size
    return out


def test_a_quiet_series_stays_as_it_is():
    np.testing.assert_array_equal(tamed(LOGS), LOGS)


@settings(deadline=None, max_examples=20)
@given(size=st.floats(0.3, 3.0), sign=st.sampled_from([-1, 1]), at=st.integers(30, 110))
def test_one_odd_month_is_cut_to_the_same_limit_however_odd(size, sign, at):
    one, other = tamed(with_jump(sign * size, at)), tamed(with_jump(sign * 2 * size, at))
    np.testing.assert_allclose(one[: at + 1], other[: at + 1], rtol=0, atol=2e-2)  # but for the scale
    assert abs(one[at] - LOGS[at]) < 0.2 < size


def test_a_shift_that_lasts_is_followed():
    shifted = LOGS.copy()
    shifted[80:] += 0.5
    assert np.abs(tamed(shifted)[96:] - shifted[96:]).max() < 0.05


def test_nothing_after_a_month_moves_it():
    poisoned = LOGS.copy()
    poisoned[120:] += RNG.normal(3, 2, 12)
    np.testing.assert_array_equal(tamed(poisoned)[:120], tamed(LOGS)[:120])


def test_months_apart_have_a_scale_of_their_own():
    """January and February of this series are ten times as noisy: together with the others they would be cut."""
    noisy = LOGS.copy()
    holiday = np.isin(np.arange(132) % 12, [0, 1])
    noisy[holiday] += 0.2 * RNG.standard_normal(holiday.sum())
    cut = (tamed(noisy) != noisy)[holiday].sum()
    assert (tamed(noisy, apart=(1, 2)) != noisy)[holiday].sum() < cut
    moved = np.roll(noisy, 3)  # the same series, its first value an October
    assert (tamed(moved, start=10, apart=(1, 2)) != moved).sum() <= (tamed(moved, apart=(1, 2)) != moved).sum()


def test_a_class_with_few_errors_is_left_alone():
    short = with_jump(1.0, at=24)[:60]  # a January; four of them hold errors
    np.testing.assert_array_equal(tamed(short, known=59, apart=(1,))[24], short[24])
    assert tamed(short, known=59)[24] == pytest.approx(LOGS[24], abs=0.15)
