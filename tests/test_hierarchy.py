"""Parts add up to a total that stays; what cannot be split is refused."""

import numpy as np
import pytest
from conftest import frame
from hypothesis import given, settings
from hypothesis import strategies as st
from months import levels, rows

from entrepot import hierarchy
from entrepot.errors import DoubleCount, MissingData, WrongUsage
from entrepot.outlook import forecast

seeds = st.integers(min_value=0, max_value=100_000)
SPAN = ("2010-07", "2018-06")
PARTS = {
    "USA": levels(*SPAN, seed=1, size=4e10),
    "JPN": levels(*SPAN, seed=2, size=3e10),
    "BRA": dict(list(levels(*SPAN, seed=4, size=5e9).items())[60:]),  # too short to stand alone
}
OTHERS = levels(*SPAN, seed=9, size=2e10)
TOTAL = {month: OTHERS[month] + sum(part.get(month, 0) for part in PARTS.values()) for month in OTHERS}


def facts(total=TOTAL):
    return [*rows(total), *(row for code, part in PARTS.items() for row in rows(part, partner=code))]


@pytest.fixture(scope="module")
def answer():
    return forecast(frame(facts()), flow="X", months=8, by="partner")


@settings(deadline=None, max_examples=50)
@given(seeds)
def test_reconciled_parts_add_up_to_a_total_that_stays(seed):
    rng = np.random.default_rng(seed)
    parts, errors = np.exp(rng.normal(20, 3, (7, 5))), np.exp(rng.normal(18, 3, (7, 5)))
    total = parts.sum(axis=0) * np.exp(rng.normal(0, 0.3, 5))
    moved = hierarchy.reconcile(total, parts, errors)
    np.testing.assert_allclose(moved.sum(axis=0), total, rtol=1e-9)
    assert (moved > 0).all()


@settings(deadline=None, max_examples=30)
@given(seeds)
def test_reconciling_what_adds_up_changes_nothing(seed):
    rng = np.random.default_rng(seed)
    parts = np.exp(rng.normal(20, 2, (5, 4)))
    moved = hierarchy.reconcile(parts.sum(axis=0), parts, parts * 0.1)
    np.testing.assert_allclose(moved, parts, rtol=1e-9)


def test_the_less_certain_part_moves_more():
    # V. Zhang, Kang, Panagiotelis and Li 2023: shares of the gap are those of the error variances, here 1 : 4
    moved = hierarchy.reconcile(np.array([110.0]), np.array([[50.0], [50.0]]), np.array([[1.0], [2.0]]))
    np.testing.assert_allclose(moved, [[52.0], [58.0]])


def test_parts_that_are_no_levels_are_refused():
    with pytest.raises(WrongUsage, match="positive"):
        hierarchy.reconcile(np.array([1.0]), np.array([[-1.0], [2.0]]), np.ones((2, 1)))


def test_partners_and_the_rest_add_up_to_the_total_in_every_row(answer):
    table = answer.rows
    assert set(table["partner"]) == {"WLD", "USA", "JPN", "ROW"}
    for _, part in table.groupby(["span", "period"]):
        whole = part.loc[part["partner"] == "WLD", "median"].item()
        assert part.loc[part["partner"] != "WLD", "median"].sum() == pytest.approx(whole, rel=1e-9)


def test_the_total_is_the_one_forecast_alone(answer):
    alone = forecast(frame(facts()), flow="X", months=8).rows
    split = answer.rows[answer.rows["partner"] == "WLD"]
    np.testing.assert_array_equal(split["median"], alone["median"])


def test_a_total_held_longer_than_its_lines_says_so(answer):
    assert not any("leave --by out" in one for one in answer.about["warnings"])
    later = levels("2018-07", "2018-09", seed=5, size=9e10)
    told = forecast(frame([*facts(), *rows(later)]), flow="X", months=2, by="partner")
    assert (
        "The lines by partner are held to 2018-06, the total to 2018-09: leave --by out for its months."
        in (told.about["warnings"])
    )
    assert told.rows["period"].min() == "2018-07"


def test_parts_above_their_total_are_refused():
    small = {month: value * 0.5 for month, value in TOTAL.items()}
    with pytest.raises(DoubleCount, match="add up to more than their total"):
        forecast(frame(facts(small)), flow="X", months=1, by="partner")


def test_a_balance_is_not_split_and_a_table_without_lines_says_so():
    with pytest.raises(WrongUsage, match="--flow exports"):
        forecast(frame(facts()), flow="B", by="partner")
    with pytest.raises(MissingData, match="No lines by product"):
        forecast(frame(facts()), flow="X", by="product")
