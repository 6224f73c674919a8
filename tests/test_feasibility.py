"""What each rule leaves of a ceiling: laws first, then small cases worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot import feasibility

values = st.lists(st.floats(0, 1e9), min_size=6, max_size=6).map(np.array)


@given(one=values, two=values, earlier=values, direct=values, later=values, market=values)
def test_no_rule_leaves_more_than_the_ceiling_and_all_of_them_the_least(one, two, earlier, direct, later, market):
    found = feasibility.cuts(
        one, two, second_before=earlier, direct=(direct, later), market_before=earlier + market,
        unit_values=(direct, later),
    )  # fmt: skip
    rows = feasibility.report(found, one, two)
    most = np.minimum(one, two).sum()
    assert all(0 <= row["value"] <= most * (1 + 1e-12) for row in rows)
    assert rows[-1]["value"] <= min(row["value"] for row in rows) * (1 + 1e-12) + 1e-6
    assert [row["rule"] for row in rows[:-1]] == [rule for rule in feasibility.RULES if rule in found]


@given(seed=st.integers(0, 500))
def test_timed_sales_are_covered_once_and_by_no_later_purchase(seed):
    rng = np.random.default_rng(seed)
    bought, sold = rng.exponential(1, (4, 9)), rng.exponential(1, (4, 6))
    covered = feasibility.timed(bought, sold)
    assert (covered <= np.minimum(bought.sum(axis=1), sold.sum(axis=1)) + 1e-12).all()
    assert feasibility.timed(2 * bought, 2 * sold) == pytest.approx(2 * covered)
    late = np.zeros((1, 9))
    late[0, 8] = 5.0
    assert feasibility.timed(late, np.array([[1.0, 1, 1, 1, 1, 0]]))[0] == 0  # bought in the last month, sold before


def test_rules_by_hand():
    one, two = np.array([10.0, 10, 10, 10]), np.array([8.0, 12, 10, 4])
    found = feasibility.cuts(
        one, two, second_before=np.array([8.0, 2, 0, 4]), direct=(np.array([5.0, 5, 5, 0]), np.array([6.0, 1, 5, 0])),
        unit_values=(np.array([1.0, 1, 1, np.nan]), np.array([1.2, 2, 0.95, 3])),
        market_before=np.array([10.0, 100, 100, 100]),
    )  # fmt: skip
    assert found["beyond earlier sales"].left.tolist() == [0, 10, 10, 0]
    assert found["unit value"].left.tolist() == [8, 0, 10, 4] and not found["unit value"].judged[3]
    assert found["direct sales fell"].left.tolist() == [0, 10, 0, 4]  # the last is sold nowhere directly
    assert found["no advantage"].left.tolist() == [0, 10, 10, 4]  # 14 of 310 in all; 8 of 10 of the first
    assert feasibility.report(found, one, two)[-1]["value"] == 0
