"""Arithmetic on ranges: whatever the true numbers are, the result lies in the range of the result."""

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.claims import ranges

numbers = st.floats(-1e6, 1e6, allow_nan=False)


@st.composite
def told(draw):
    """A range and a number inside it."""
    low, high = sorted((draw(numbers), draw(numbers)))
    return (low, high), low + (high - low) * draw(st.floats(0, 1))


@pytest.mark.parametrize(
    ("ranged", "plain"),
    [
        (ranges.add, operator.add),
        (ranges.sub, operator.sub),
        (ranges.mul, operator.mul),
        (ranges.div, operator.truediv),
    ],
)
@given(one=told(), other=told())
def test_the_true_result_lies_in_the_range_of_the_result(ranged, plain, one, other):
    (a, x), (b, y) = one, other
    if y == 0:
        return
    low, high = ranged(a, b)
    exact = plain(x, y)
    slack = 1e-6 * max(1.0, abs(exact))
    assert low - slack <= exact <= high + slack


@given(told())
def test_growth_and_ratio_undo_each_other(one):
    (low, high), _ = one
    back = ranges.percent(ranges.ratio((low, high)))
    assert back == pytest.approx((low, high), abs=1e-6)


@given(told(), told())
def test_ranges_that_hold_one_number_meet_whichever_comes_first(one, other):
    a, b = one[0], other[0]
    assert ranges.meets(a, b) == ranges.meets(b, a)
    assert ranges.meets(a, (one[1], one[1]))


@given(told())
def test_a_loosened_range_holds_the_range(one):
    (low, high), x = one
    wide = ranges.loose((low, high))
    assert wide[0] <= low <= x + 1e-6
    assert high <= wide[1]
