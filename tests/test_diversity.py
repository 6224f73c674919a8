"""Concentration and its splits: identities on whatever shares, then published numbers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from entrepot import diversity
from entrepot.errors import BadTable, WrongUsage

DATA = Path(__file__).parents[1].parent / "shared" / "data"
value = st.one_of(st.just(0.0), st.floats(1e-3, 1e9))
values = st.lists(value, min_size=6, max_size=6).map(np.array).filter(lambda one: one.sum() > 0)
GROUPS = ["a", "a", "b", "b", "b", "c"]


@given(held=values, scale=st.floats(1e-3, 1e3))
def test_concentration_lies_between_equal_and_one_and_has_no_unit(held, scale):
    assert 1 / 6 - 1e-12 <= diversity.hhi(held) <= 1 + 1e-12
    assert diversity.hhi(held * scale) == pytest.approx(diversity.hhi(held))
    assert 1 - 1e-12 <= diversity.effective_number(held) <= 6 + 1e-9
    assert diversity.top(held, 6) == pytest.approx(1.0)


@given(before=values, after=values, line=st.integers(0, 5))
def test_changes_of_concentration_split_exactly(before, after, line):
    change = diversity.hhi(after) - diversity.hhi(before)
    assert diversity.hhi_change(before, after).sum() == pytest.approx(change, abs=1e-12)
    assert sum(diversity.hhi_one_line(before, after, line)) == pytest.approx(change, abs=1e-12)


@given(held=values)
def test_theil_is_within_plus_between_and_is_blind_to_replication(held):
    total, within, between = diversity.theil(held, GROUPS)
    assert within + between == pytest.approx(total, abs=1e-12)
    assert -1e-12 <= total <= np.log(6) + 1e-12 and within >= -1e-12 and between >= -1e-12
    assert diversity.theil(np.tile(held, 3))[0] == pytest.approx(total, abs=1e-12)


@given(own=values, rest=st.lists(st.floats(1e-3, 1e9), min_size=6, max_size=6).map(np.array))
def test_margins_multiply_to_the_share(own, rest):
    extensive, intensive, share = diversity.margins(own, own + rest)
    assert extensive * intensive == pytest.approx(share, rel=1e-12)
    assert 0 < extensive <= 1 and 0 < intensive <= 1
    assert share == pytest.approx(own.sum() / (own + rest).sum())


@given(one=values, other=values)
def test_overlap_is_symmetric_and_one_only_with_itself(one, other):
    assert diversity.overlap(one, other) == pytest.approx(diversity.overlap(other, one))
    assert 0 <= diversity.overlap(one, other) <= 1 + 1e-12
    assert diversity.overlap(one, 2 * one) == pytest.approx(1.0)


@given(held=values, part=st.floats(0, 1), inside=st.floats(0, 1))
def test_the_adjusted_range_holds_every_amount_that_may_have_been_moved(held, part, inside):
    assume(held[2] > 0)
    most = part * held[2]
    low, high = diversity.rerouted_hhi(held, 2, 0, most)
    moved = held.copy()
    moved[2] -= inside * most
    moved[0] += inside * most
    assert low - 1e-12 <= diversity.hhi(moved) <= high + 1e-12
    assert low - 1e-12 <= diversity.hhi(held) <= high + 1e-12


def test_risk_is_share_times_probability_times_loss():
    found = diversity.at_risk(np.array([3.0, 1.0]), np.array([0.5, 1.0]), np.array([0.2, 0.0]))
    assert found == pytest.approx([0.075, 0.0])


@pytest.mark.skipif(not DATA.is_dir(), reason="shared data are not beside the repository")
def test_partners_of_the_united_states_as_published():
    table = pd.read_parquet(DATA / "us_imports_monthly" / "us_imports_consumption_hs2_2013_2021m05.parquet")
    years = table.assign(year=table["period"].str[:4]).groupby(["year", "partner"])["imports_usd"].sum()
    held = years["2017"].drop("WLD").to_numpy(dtype=float)
    assert diversity.theil(held)[0] == pytest.approx(0.5457, abs=5e-5)
    assert diversity.hhi(held) == pytest.approx(0.1289, abs=5e-5)
    assert years["2017"]["CHN"] / years["2017"]["WLD"] == pytest.approx(0.216, abs=5e-4)  # Alfaro and Chor 2023
    general = pd.read_csv(DATA / "us_imports_monthly" / "us_trade_main_partners_2013_2024.csv")
    general = general[general["period"].str[:4] == "2024"].groupby("partner")["imports_usd"].sum()
    assert general["CHN"] / general["WLD"] == pytest.approx(0.134, abs=6e-4)  # Clark 2025
    duties = table[table["partner"] == "CHN"].groupby(table["period"].str[:4])[["imports_usd", "duty_usd"]].sum()
    rates = duties["duty_usd"] / duties["imports_usd"]
    assert [rates["2017"], rates["2019"]] == pytest.approx([0.0268, 0.0973], abs=5e-5)
    totals = pd.read_csv(DATA / "us_imports_monthly" / "us_imports_and_duty_totals_2013_2025.csv")
    china = totals[totals["partner"] == "CHN"].set_index("period")
    september = china.loc["2025-09", "duty_usd"] / china.loc["2025-09", "imports_usd"]
    year = china[china.index.str[:4] == "2024"]
    assert september == pytest.approx(0.373, abs=5e-4)
    assert year["duty_usd"].sum() / year["imports_usd"].sum() == pytest.approx(0.1087, abs=5e-5)


def test_refusals():
    with pytest.raises(BadTable, match="not all zero"):
        diversity.hhi(np.zeros(3))
    with pytest.raises(BadTable, match="not negative"):
        diversity.hhi(np.array([1.0, np.nan]))
    with pytest.raises(BadTable, match="same products"):
        diversity.margins(np.ones(2), np.array([1.0, 0.0]))
    with pytest.raises(WrongUsage, match="between 0 and 1"):
        diversity.at_risk(np.ones(2), np.array([50.0, 0.0]), np.ones(2))
    with pytest.raises(WrongUsage, match="can be moved"):
        diversity.rerouted_hhi(np.ones(3), 0, 1, 2.0)
