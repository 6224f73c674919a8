"""Backtests: no future in the past, outcomes as first printed, the poll on the same months."""

import math
import os

import numpy as np
import pytest
from conftest import frame
from months import levels, rows

from entrepot import backtest, flows, outlook, series
from entrepot.errors import MissingData, WrongUsage

SELLS, BUYS = levels("2011-01", "2019-12", seed=1), levels("2011-01", "2019-12", seed=2, size=1.6e11)


def facts(sells=SELLS):
    return [*rows(sells), *rows(BUYS, flow="M", valuation="cif")]


def polls(*lines):
    columns = ["reporter", "period", "span", "flow", "measure", "currency", "consensus", "first_print", "poll", "url"]
    return [dict(zip(columns, line, strict=True)) for line in lines]


RISE = {month: SELLS[month] / SELLS[f"2018{month[4:]}"] - 1 for month in SELLS if month >= "2019-03"}
POLLS = polls(
    *(("CHN", month, "month", "X", "growth", "USD", rise - 0.01, rise, "Reuters", "") for month, rise in RISE.items()),
    *(("CHN", month, "month", "B", "value", "USD", 4e10, 5e10, "Reuters", "") for month in RISE),
)


@pytest.fixture(scope="module")
def answer():
    return backtest.backtest(frame(facts()), months="2019-01:2019-12", horizons=(1, 3), consensus=POLLS)


@pytest.fixture(scope="module")
def trials():
    held = series.gather(flows.read(frame(facts())), ("X", "M"), series.Line())
    return backtest.trials(held, first="2019-01", last="2019-12", horizon=3)


def test_the_seasonal_naive_has_a_mase_of_one_in_its_own_sample(trials):
    part = trials[(trials["flow"] == "X") & (trials["horizon"] == 1) & (trials["span"] == "month")]
    row = part.iloc[-1]
    values = np.array(list(SELLS.values())[:-1])
    scale = np.abs(values[12:] - values[:-12]).mean()  # mean error of the naive over the sample itself
    assert row["scaled"] == pytest.approx(abs(row["value"] - row["median"]) / scale)


def test_a_backtest_forecast_is_the_one_that_would_have_been_published(trials):
    then = flows.read(frame([row for row in facts() if row["period"] <= "2019-05"]))
    told = outlook.forecast(then, months=3).rows
    for flow in ("X", "M", "B"):
        for horizon, month in enumerate(("2019-06", "2019-07", "2019-08"), 1):
            row = trials[(trials["flow"] == flow) & (trials["origin"] == "2019-05") & (trials["horizon"] == horizon)]
            said = told[(told["flow"] == flow) & (told["period"] == month)].iloc[0]
            assert row["median"].item() == pytest.approx(said["median"], rel=1e-9)
            low = row["level_lo"].item() if flow != "B" else row["lo"].item()
            assert low == pytest.approx(said["lo80"], rel=1e-6)


def test_a_poisoned_future_changes_no_forecast_before_it(trials):
    poisoned = {month: value * (9 if month > "2019-06" else 1) for month, value in SELLS.items()}
    held = series.gather(flows.read(frame(facts(poisoned))), ("X", "M"), series.Line())
    again = backtest.trials(held, first="2019-01", last="2019-12", horizon=3)
    keys = ["flow", "span", "origin", "month", "horizon"]
    both = trials.merge(again, on=keys, suffixes=("", "_again"))
    before = both[both["origin"] <= "2019-06"]
    assert len(before) > 40
    for name in ("median", "level_lo", "level_hi", "base"):
        np.testing.assert_array_equal(before[name], before[f"{name}_again"])
    after = both[(both["origin"] > "2019-07") & (both["flow"] == "X")]
    assert not np.isclose(after["median"], after["median_again"]).any()


def test_every_row_carries_n_and_a_standard_error_and_about_names_the_vintages(answer):
    assert answer.about["vintages"].startswith("pseudo real time")
    month = answer.rows[answer.rows["months"].isin(["all", "March-December"])]
    assert (month["n"] > 0).all() and month["se"].notna().all()
    assert set(answer.rows["flow"]) == {"X", "M", "B"}
    assert month[month["flow"] != "B"]["mae_balance"].isna().all()


def test_the_poll_is_scored_on_the_same_months(answer):
    rows = answer.rows.set_index(["flow", "horizon", "months"])
    polled = rows.loc[("X", 1, "March-December with a poll")]
    assert (polled["n"], polled["consensus_mae_growth"]) == (0, 0) or polled["consensus_mae_growth"] == pytest.approx(
        0.01
    )
    assert polled["ratio"] == pytest.approx(polled["mae_growth"] / 0.01)
    balance = rows.loc[("B", 1, "March-December with a poll")]
    assert balance["consensus_mae_balance"] == pytest.approx(1e10) and math.isnan(balance["mae_growth"])


def test_superiority_is_claimed_on_sixty_months_and_t_of_two_only():
    assert backtest.superior({"dm_t": -2.5, "n": 60})
    assert not backtest.superior({"dm_t": -2.5, "n": 59})
    assert not backtest.superior({"dm_t": -1.9, "n": 600})
    assert not backtest.superior({"dm_t": 2.5, "n": 600})


def test_months_that_were_bridged_are_never_scored():
    holes = {month: value for month, value in SELLS.items() if month != "2019-05"}
    held = series.gather(flows.read(frame(facts(holes))), ("X",), series.Line())
    found = backtest.trials(held, first="2019-04", last="2019-06", horizon=1)
    assert found["month"].tolist() == ["2019-04", "2019-06"]


def test_as_of_uses_what_was_known_and_says_so():
    revised = [row | {"superseded": "2019-09-09"} if row["period"] == "2018-06" else row for row in facts()]
    more = {"2018-06": SELLS["2018-06"] * 1.4}
    revised = [row for row in revised if row["flow" if "flow" in row else "period"] != "M"]
    table = frame([*revised, *rows(more, released="2019-09-09")])
    asked = {"months": "2019-10:2019-11", "flow": "X", "horizons": (1,), "consensus": polls()}
    then = backtest.backtest(table, **asked, vintages="as-of")
    assert then.about["vintages"].startswith("as-of")
    assert then.rows["n"].max() == 2


REFUSED = {
    "too early": ({"months": "2013-01:2013-12"}, MissingData, "24 months lie before 2013-01"),
    "not held": ({"months": "2031-01:2031-12"}, MissingData, "2031-01 is not among the months held"),
    "vintages": ({"months": "2019-01", "vintages": "real"}, WrongUsage, "latest .* or as-of"),
    "horizons": ({"months": "2019-01", "horizons": (30,)}, WrongUsage, "1 to 24"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_scored_is_refused(what):
    asked, error, said = REFUSED[what]
    with pytest.raises(error, match=said):
        backtest.backtest(frame(facts()), **asked, consensus=polls())


def test_workers_start_with_one_thread_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    with backtest._one_thread():
        assert os.environ["OMP_NUM_THREADS"] == "1"
    assert "OMP_NUM_THREADS" not in os.environ
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    with backtest._one_thread():
        assert os.environ["OMP_NUM_THREADS"] == "3"
    assert os.environ["OMP_NUM_THREADS"] == "3"


def test_a_year_stands_for_its_months(answer):
    year = backtest.backtest(frame(facts()), months="2019", horizons=(1, 3), consensus=POLLS)
    assert year.rows.equals(answer.rows)


@pytest.mark.parametrize("months", ["3", 2.5, None])
def test_months_ahead_that_are_no_number_of_months_are_refused(months):
    with pytest.raises(WrongUsage, match="looks 1 to 24 months ahead, not"):
        outlook.forecast(frame(facts()), months=months)
