"""From tables to economies, and merging their parts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import world

from entrepot.calibration import aggregate, from_input_output, from_trade
from entrepot.equilibrium import simulate
from entrepot.errors import BadTable, UnknownCode
from entrepot.scenario import Scenario

seeds = st.integers(0, 10**6)
some = settings(deadline=None, max_examples=10)


def table(seed, n=4, k=3):
    """A random input-output table that covers its costs: origin, input, destination, user; origin, sector, "
    "destination."""
    draw = np.random.default_rng(seed)
    inter = draw.exponential(1.0, (n, k, n, k)) * (1 + 10 * np.eye(n))[:, None, :, None]
    final = draw.exponential(1.0, (n, k, n)) * (1 + 10 * np.eye(n))[:, None, :]
    inter *= 0.3 * final.sum() / inter.sum()
    cost, made = inter.sum(axis=(0, 1)), final.sum(axis=2)
    return inter, final * max(4.0, 1.1 * (cost / made).max())


@some
@given(seeds)
def test_a_table_comes_back_out_of_its_economy(seed):
    inter, final = table(seed)
    economy = from_input_output(inter, final, countries="abcd", sectors="xyz", theta=[4.0] * 3)
    np.testing.assert_allclose(economy.flows(), (inter.sum(axis=3) + final).transpose(2, 0, 1), rtol=1e-12)
    np.testing.assert_allclose(economy.sales, inter.sum(axis=(2, 3)) + final.sum(axis=2), rtol=1e-12)
    cost = economy.input_share * economy.sales[:, None, :]
    np.testing.assert_allclose(cost, inter.sum(axis=0).transpose(1, 0, 2), rtol=1e-12)
    np.testing.assert_allclose(economy.income, final.sum(axis=(0, 1)), rtol=1e-12)
    flat = from_input_output(
        inter.reshape(12, 12), final.reshape(12, 4), countries="abcd", sectors="xyz", theta=[4.0] * 3
    )
    np.testing.assert_array_equal(flat.share, economy.share)


def test_sectors_merge_on_the_way_in_as_they_do_afterwards():
    inter, final = table(3)
    words = {"countries": "abcd", "sectors": "xyz"}
    into = {"x": "goods", "y": "goods", "z": "services"}
    early = from_input_output(inter, final, theta=[4.0, 5.0], merged=into, **words)
    late = aggregate(from_input_output(inter, final, theta=[4.0, 4.0, 5.0], **words), sectors=into)
    assert early.sectors == late.sectors == ("goods", "services")
    np.testing.assert_allclose(early.share, late.share, rtol=1e-12)
    np.testing.assert_allclose(early.input_share, late.input_share, rtol=1e-12)
    np.testing.assert_allclose(late.theta, [4.0, 5.0])


def test_inventories_below_zero_are_cut_and_said():
    inter, final = table(1)
    final[0, 0, 1] = -2.0
    economy = from_input_output(inter, final, countries="abcd", sectors="xyz", theta=[4.0] * 3)
    assert economy.flows()[1, 0, 0] == pytest.approx(inter[0, 0, 1].sum())
    assert "below zero" in economy.notes[0]


@some
@given(seeds)
def test_merging_keeps_what_adds_up(seed):
    economy = world(seed, countries=5, sectors=3)
    merged = aggregate(economy, countries={"C0": "union", "C1": "union"}, sectors={"S2": "S0"})
    assert merged.countries == ("union", "C2", "C3", "C4") and merged.sectors == ("S0", "S1")
    for total in ("value_added", "deficit", "revenue", "income"):
        given = getattr(economy, total)
        np.testing.assert_allclose(getattr(merged, total), np.r_[given[:2].sum(), given[2:]], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(merged.flows().sum(), economy.flows().sum())


def test_one_sector_from_trade_keeps_trade_and_gdp():
    trade = np.array([[0, 3.0, 1.0], [2.0, 0, 4.0], [5.0, 1.0, 0]])
    duty = np.array([[0, 0.1, 0.0], [0, 0, 0], [0, 0, 0]])
    economy = from_trade(
        trade, [20.0, 30.0, 10.0], countries="abc", value_added_share=[0.5, 0.4, 0.9], theta=4.0, tariff=duty
    )
    np.testing.assert_allclose(economy.flows()[:, :, 0][~np.eye(3, dtype=bool)], trade[~np.eye(3, dtype=bool)])
    np.testing.assert_allclose(economy.value_added + economy.revenue, [20, 30, 10])
    np.testing.assert_allclose(economy.deficit, trade.sum(axis=1) - trade.sum(axis=0))
    np.testing.assert_allclose(economy.sales[:, 0], economy.value_added / [0.5, 0.4, 0.9])


def test_a_hub_that_exports_more_than_it_makes_is_said_and_still_solves():
    trade = np.array([[0, 3.0, 1.0], [2.0, 0, 9.0], [15.0, 4.0, 0]])
    economy = from_trade(trade, [20.0, 30.0, 6.0], countries="abc", value_added_share=0.6, theta=4.0)
    assert any("smaller part of output" in note and note.endswith("c") for note in economy.notes)
    home = np.einsum("nns->n", economy.flows()) / economy.sales[:, 0]
    assert home.min() == pytest.approx(0.1)
    np.testing.assert_allclose(simulate(economy, Scenario(name="nothing")).welfare_hat, 1, atol=1e-12)


def test_what_does_not_fit_is_refused():
    inter, final = table(0)
    with pytest.raises(BadTable, match="are expected"):
        from_input_output(inter, final[:2], countries="abcd", sectors="xyz", theta=[4.0] * 3)
    inter[:, :, 0, 0] *= 1e3
    with pytest.raises(BadTable, match="inputs of x in a cost more"):
        from_input_output(inter, final, countries="abcd", sectors="xyz", theta=[4.0] * 3)
    with pytest.raises(UnknownCode, match="no country Q"):
        aggregate(world(1), countries={"Q": "x"})


@pytest.mark.parametrize("share", [45, 0.0, -0.2, float("nan"), [0.6, 1.2, 0.5]])
def test_a_value_added_share_is_a_fraction(share):
    trade = np.array([[0.0, 2.0, 1.0], [2.0, 0.0, 1.0], [1.0, 1.0, 0.0]])
    with pytest.raises(BadTable, match="value-added share"):
        from_trade(trade, [20.0, 30.0, 6.0], countries="abc", value_added_share=share, theta=4.0)


def test_trade_and_gdp_have_a_row_for_each_country():
    trade = np.array([[0.0, 2.0, 1.0], [2.0, 0.0, 1.0], [1.0, 1.0, 0.0]])
    with pytest.raises(BadTable, match=r"trade has shape \(2, 3\); \(3, 3\) is expected"):
        from_trade(trade[:2], [20.0, 30.0, 6.0], countries="abc", value_added_share=0.5, theta=4.0)
    with pytest.raises(BadTable, match="gdp has shape"):
        from_trade(trade, [20.0, 30.0], countries="abc", value_added_share=0.5, theta=4.0)
