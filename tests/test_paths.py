"""Conditional paths: the response arrives as said, what is held already is not counted twice, all of it is marked."""

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest
from conftest import frame
from hypothesis import given, settings
from hypothesis import strategies as st
from months import levels, rows

from entrepot import boards, equilibrium, ledger, outlook, paths, periods
from entrepot.economy import Economy
from entrepot.errors import MissingData, WrongUsage
from entrepot.scenario import Scenario, Shock

SELLS, BUYS = levels("2010-01", "2020-07", seed=1), levels("2010-01", "2020-07", seed=2, size=1.6e11)
TRADE = [*rows(SELLS), *rows(BUYS, flow="M", valuation="cif")]
WALL = Scenario(name="wall", title="A wall", shocks=(Shock("tariff", "USA", "CHN", add=0.5),))
NOTHING = Scenario(name="nothing", shocks=(Shock("productivity", seller="CHN", times=1.0),))
size = st.floats(-1.0, 1.0)


@pytest.fixture(scope="module")
def world():
    return Economy.load("world-2023")


@pytest.fixture(scope="module")
def forecast():
    return outlook.forecast(frame(TRADE), months=18)


@pytest.fixture(scope="module")
def walled(forecast, world):
    return paths.conditional(forecast, WALL, economy=world)


def keyed(answer):
    return answer.rows.set_index(["flow", "span", "period"]).sort_index()


@given(first=size, last=size, arrival=st.integers(1, paths.SETTLED), months=st.integers(0, 300))
def test_a_response_starts_at_nothing_and_ends_at_the_long_run(first, last, arrival, months):
    response = paths.Response(first, last)
    assert response.after(0, arrival) == 0
    assert response.after(arrival, arrival) == pytest.approx(first)
    if arrival < paths.SETTLED:
        assert response.after(paths.SETTLED, arrival) == response.after(500, arrival) == pytest.approx(last)
    low, high = min(0, first, last), max(0, first, last)
    assert low - 1e-12 <= response.after(months, arrival) <= high + 1e-12


def test_a_scenario_that_changes_nothing_leaves_the_forecast_as_it_is(forecast, world):
    same = paths.conditional(forecast, NOTHING, economy=world)
    for name in ("median", "lo80", "hi80", "lo95", "growth_median", "growth_hi80", "base"):
        np.testing.assert_allclose(same.rows[name].astype(float), forecast.rows[name].astype(float), rtol=1e-8)
    assert same.rows["response"].dropna().abs().max() < 1e-8


def test_months_move_by_the_response_of_the_model(forecast, world, walled):
    short = equilibrium.simulate(world, replace(WALL, horizon="short"))
    first = short.welfare().set_index("country").loc["CHN"]
    for flow, name in (("X", "exports"), ("M", "imports")):
        after = keyed(walled).loc[(flow, "month")]
        before = keyed(forecast).loc[(flow, "month")]
        for count in (1, 6, 12):
            month = periods.later("2020-07", count)
            expected = (1 + first[name]) ** (count / 12)
            assert after["median"][month] / before["median"][month] == pytest.approx(expected, rel=1e-9)
            assert after["hi80"][month] / before["hi80"][month] == pytest.approx(expected, rel=1e-9)


def test_balance_years_and_growth_follow_the_months(walled):
    table = keyed(walled)
    for span in ("month", "ytd", "year"):
        gap = table.loc[("X", span)]["median"] - table.loc[("M", span)]["median"] - table.loc[("B", span)]["median"]
        assert np.abs(gap).max() < 1e-3
    known = SELLS | table.loc[("X", "month")]["median"].to_dict()
    for year in ("2020", "2021"):
        total = sum(known[month] for month in periods.months(year, "year"))
        assert table.loc[("X", "year", year)]["median"] == pytest.approx(total)
    for (flow, span, period), row in table.iterrows():
        if flow != "B":
            assert row["growth_median"] == pytest.approx(row["median"] / row["base"] - 1, abs=1e-12), (span, period)
    assert table.loc[("X", "month", "2021-09")]["base"] == pytest.approx(
        table.loc[("X", "month", "2020-09")]["median"]
    )  # beyond a year growth is on a month that the scenario moved as well


def test_what_had_arrived_by_the_last_month_held_is_not_laid_on_again(forecast, world):
    old = paths.conditional(forecast, WALL, begins="2019-08", economy=world)
    response = paths.solve(world, WALL, "CHN")["X"]
    rest = response.after(18, 12) - response.after(12, 12)
    moved = keyed(old).loc[("X", "month", "2021-01")]
    assert log(moved["median"] / moved["statistical"]) == pytest.approx(rest, rel=1e-9)
    assert old.about["held"]["X"] == pytest.approx(exp(response.first_year) - 1)
    assert any("12 months into the scenario" in note and "not laid on again" in note for note in old.about["warnings"])


def test_a_scenario_that_says_when_it_began_is_taken_at_its_word(forecast, world):
    told = paths.conditional(forecast, replace(WALL, begins="2020-03"), economy=world)
    assert told.about["begins"] == "2020-03" and told.about["held"]["X"] < 0
    assert paths.conditional(forecast, WALL, economy=world).about["begins"] == "2020-08"


def test_a_path_that_begins_before_its_policy_says_so_first(forecast, world):
    dated = replace(WALL, as_of="2020-03-15")
    early = paths.conditional(forecast, dated, begins="2020-02", economy=world)
    assert early.about["warnings"][0].startswith("wall describes the policy of 2020-03-15: a path from 2020-02")
    assert "(before its policy, of 2020-03)" in boards.forecast(early)[0].title
    for begins in ("2020-03", None):
        later = paths.conditional(forecast, dated, begins=begins, economy=world)
        assert "predated" not in later.about and "before its policy" not in boards.forecast(later)[0].title
    own = replace(dated, begins="2019-06")  # in force before the day on which its rates were read
    assert "predated" not in paths.conditional(forecast, own, begins="2019-06", economy=world).about
    assert "not in force before 2019-06" in paths.conditional(forecast, own, begins="2019-05", economy=world).about[
        "warnings"
    ][0]  # fmt: skip


def test_the_range_of_the_response_holds_it(walled):
    moved = walled.rows[walled.rows["flow"] != "B"]
    assert (moved["response_least"].abs() <= moved["response"].abs()).all()
    assert (moved["response"].abs() <= moved["response_most"].abs()).all()


def test_measured_from_another_scenario_only_the_difference_is_laid_on(forecast, world):
    half = replace(WALL, name="half", shocks=(Shock("tariff", "USA", "CHN", add=0.25),))
    apart = paths.conditional(forecast, replace(WALL, against=half), economy=world)
    same = paths.conditional(forecast, replace(half, against=half), economy=world)
    whole = paths.conditional(forecast, WALL, economy=world)
    assert same.rows["response"].dropna().abs().max() < 1e-7
    assert whole.about["responses"]["X"]["long_run"] < apart.about["responses"]["X"]["long_run"] < 0


@settings(deadline=None, max_examples=5)
@given(theta=st.sampled_from(["long", "medium", "short"]))
def test_a_horizon_that_is_asked_for_is_the_only_one(world, theta):
    response = paths.solve(world, replace(WALL, horizon=theta), "CHN")["X"]
    assert (response.first_year == response.long_run) == (theta != "long")


def test_one_partner_moves_by_what_is_traded_with_it(world):
    with_us = paths.solve(world, WALL, "CHN", "USA")["X"]
    assert with_us.long_run < paths.solve(world, WALL, "CHN")["X"].long_run < 0
    assert paths.solve(world, WALL, "CHN", "EU27")["X"].long_run > 0


def test_everything_says_that_it_is_conditional(walled, tmp_path, monkeypatch):
    assert set(walled.rows["status"]) == {"conditional"}
    assert walled.about["conditional"] and not walled.about["declared"]
    notes = " ".join(walled.about["warnings"])
    for said in ("not a forecast", "never scored", "equal steps over 12 months", "assumption", "nothing of it"):
        assert said in notes
    assert "conditional on scenario wall" in walled.about["citation"]
    table, lines = boards.forecast(walled)
    assert "conditional, no forecast" in str(table.title) and any("not a forecast" in line for line in lines)
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    with pytest.raises(WrongUsage, match="not recorded; leave --scenario out"):
        ledger.record(walled)
    assert not (tmp_path / "ledger").exists()


def test_the_chart_shows_the_path_and_the_forecast_without_it(walled):
    table = outlook.picture(walled, frame(TRADE)).set_index("month")
    said = keyed(walled).loc[("X", "month", "2020-12")]
    assert table["without"]["2020-12"] == pytest.approx(said["statistical"] / 1e9)
    assert table["value"]["2020-12"] == pytest.approx(said["median"] / 1e9)


def refused(forecast, **changed):
    return replace(forecast, about={**forecast.about, **changed})


def test_what_cannot_be_laid_over_is_refused(forecast, walled, world):
    laid = {"economy": world}
    with pytest.raises(WrongUsage, match="1 to 120 months, not 0"):
        paths.conditional(forecast, WALL, arrival=0, **laid)
    with pytest.raises(WrongUsage, match="no month in which"):
        paths.conditional(forecast, WALL, begins="2030-01", **laid)
    with pytest.raises(WrongUsage, match="conditional on a scenario already"):
        paths.conditional(walled, WALL, **laid)
    with pytest.raises(WrongUsage, match="leave --by out"):
        paths.conditional(refused(forecast, by="partner"), WALL, **laid)
    with pytest.raises(MissingData, match="leave --product out"):
        paths.conditional(refused(forecast, product="8542"), WALL, **laid)
    with pytest.raises(MissingData, match="not in the economy"):
        paths.conditional(refused(forecast, partner="TWN"), WALL, **laid)
    balance = replace(forecast, rows=forecast.rows[forecast.rows["flow"] == "B"])
    with pytest.raises(WrongUsage, match="leave --flow out"):
        paths.conditional(balance, WALL, **laid)
    with pytest.raises(WrongUsage, match="answer of a forecast"):
        paths.conditional(replace(forecast, verb="measure"), WALL, **laid)
