"""Result: real income, its first-order parts, the flows table and the answer."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from worlds import shock, world

from entrepot.economy import Economy
from entrepot.equilibrium import simulate
from entrepot.errors import NotSolved, UnknownCode
from entrepot.scenario import Scenario

seeds = st.integers(0, 10**6)
some = settings(deadline=None, max_examples=15)


@some
@given(seeds)
def test_split_is_the_first_order_of_real_income(seed):
    """Halving the shock divides the error of terms of trade + volume by four."""
    economy = world(seed, theta=4.0, sectors=2)
    direction = np.random.default_rng(seed).uniform(0, 1, economy.share.shape)
    direction[np.arange(len(direction)), np.arange(len(direction))] = 0
    misses = []
    for size in (1e-3, 5e-4):
        scenario = Scenario(name="small", tariff_new=economy.tariff + size * direction)
        result = simulate(economy, scenario, tolerance=1e-12)
        misses.append(abs(result.split()[2] - (result.welfare_hat - 1)).max())
    assert misses[1] / misses[0] == pytest.approx(0.25, abs=0.02)


@some
@given(seeds)
def test_welfare_is_spending_over_its_price(seed):
    economy = world(seed)
    result = simulate(economy, shock(seed, economy, deficits="share of world GDP"))
    price = np.prod(result.price_hat**economy.final_share, axis=1)
    np.testing.assert_allclose(result.welfare_hat, result.income_new / economy.income / price, rtol=1e-12)
    np.testing.assert_allclose(result.real_wage_hat, result.wage_hat / price, rtol=1e-12)


@some
@given(seeds)
def test_the_new_world_is_an_economy(seed):
    economy = world(seed)
    try:
        result = simulate(economy, shock(seed, economy, deficits="share of world GDP"))
    except NotSolved:  # a country would have to hand over more than it can earn
        reject()
    again = result.world()
    np.testing.assert_allclose(again.income, result.income_new, rtol=1e-8)
    np.testing.assert_allclose(again.flows(), result.trade())


@pytest.fixture(scope="module")
def solved():
    economy = replace(world(6, countries=3, sectors=2, zeros=0.0, balanced=True), countries=("CHN", "USA", "VNM"))
    return simulate(economy, replace(shock(6, economy, deficits="share of world GDP"), as_of="2025-12-08"))


def test_flows_is_the_flows_table_with_totals_that_add_up(solved):
    flows = solved.flows()
    columns = [
        *("reporter", "partner", "flow", "product", "classification", "period", "span", "concept", "valuation"),
        *("currency", "value", "half_width", "growth", "growth_half_width", "weight_kg", "quantity", "unit", "status"),
        *("source", "released", "released_basis", "superseded"),
    ]
    assert set(flows.columns) == set(columns)
    assert set(flows.status) == {"simulated"} and set(flows.source) == {f"simulated:random 6:{solved.scenario.hash}"}
    assert not flows.duplicated(["reporter", "partner", "flow", "product"]).any()
    value = flows.set_index(["flow", "reporter", "partner", "product"]).value
    for flow in ("X", "M"):
        for reporter in ("CHN", "USA", "VNM"):
            mine = value.loc[flow, reporter]
            assert mine.loc["WLD", "TOTAL"] == pytest.approx(mine.loc["WLD", ["S0", "S1"]].sum())
            assert mine.loc["WLD", "TOTAL"] == pytest.approx(mine.xs("TOTAL", level=1).drop("WLD").sum())
    assert value.loc["X", "CHN", "USA", "S0"] == value.loc["M", "USA", "CHN", "S0"]
    assert value.loc["M", "CHN", "USA", "S1"] == pytest.approx(solved.trade()[0, 1, 1])


def test_the_answer_holds_the_rows_of_the_verb_and_its_certificate(solved):
    answer = json.loads(solved.answer().json())
    rows = [
        *("country", "welfare", "terms_of_trade", "volume_of_trade", "split_sum", "real_wage", "exports", "imports"),
        *("balance_change", "tariff_revenue"),
    ]
    assert answer["answer"] == "simulate" and set(rows) <= set(answer["rows"][0])
    certificate = answer["about"]["certificate"]
    for choice in (
        "residual",
        "steps",
        "tolerance",
        "deficits",
        "balance",
        "rebate",
        "numeraire",
        "horizon",
        "against",
    ):
        assert certificate[choice] not in (None, "")
    usa = next(row for row in answer["rows"] if row["country"] == "USA")
    n = solved.economy.country("USA")
    assert usa["welfare"] == pytest.approx(solved.welfare_hat[n] - 1)
    trade = solved.trade()
    exports = trade[:, n].sum() - trade[n, n].sum()
    before = solved.economy.flows()
    assert usa["exports"] == pytest.approx(exports / (before[:, n].sum() - before[n, n].sum()) - 1)


def test_nominal_changes_are_in_the_numeraire_that_is_named(solved):
    result = simulate(solved.economy, replace(solved.scenario, numeraire="USA"))
    ours, theirs = (r.welfare().set_index("country") for r in (result, solved))
    wage = solved.wage_hat[1]
    np.testing.assert_allclose(ours.exports + 1, (theirs.exports + 1) / wage, rtol=1e-9)
    np.testing.assert_allclose(ours.welfare, theirs.welfare, atol=1e-12)


def test_an_answer_about_a_country_holds_it_and_its_largest_partners(solved):
    rows = solved.answer("USA", partners=1).rows
    flows = solved.economy.flows().sum(axis=2)
    both = {"CHN": flows[1, 0] + flows[0, 1], "VNM": flows[1, 2] + flows[2, 1]}
    assert rows.country.tolist() == ["USA", max(both, key=both.get)]


def test_a_session_shows_a_world_in_a_few_lines():
    shown = repr(simulate(Economy.load("world-2023"), Scenario.load("china-37")))
    assert len(shown) < 600 and "194 countries" in shown and "china-37" in shown and "largest gap" in shown


@pytest.mark.parametrize("name", Scenario.names())
def test_what_is_said_of_a_country_that_is_not_held_can_be_run(name):
    asked = Scenario.load(name)
    with pytest.raises(UnknownCode, match=r"Taiwan \(TWN\) is none of") as refusal:
        simulate(asked.economy, asked).answer("taiwan")
    said = str(refusal.value)
    economy, balance = re.search(r"--economy (\S+) --set 'balance=([^']*)'", said).groups()
    named = re.search(r"Run: entrepot simulate (\S+)", said)
    assert (named is None) == (f"{name} cannot be asked there" not in said)
    there = Scenario.load(named[1] if named else name).set("balance", balance)
    assert simulate(economy, there).answer("TWN").rows.country[0] == "TWN"
