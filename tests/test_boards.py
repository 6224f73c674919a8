"""What a forecast, its scores and the record look like in the terminal: points and billions, never bare fractions."""

from io import StringIO

import pytest
from conftest import frame
from months import levels, rows
from rich.console import Console

from entrepot import backtest, boards, bundle, ledger, outlook

SELLS, BUYS = levels("2011-01", "2019-12", seed=1), levels("2011-01", "2019-12", seed=2, size=1.6e11)
TRADE = [*rows(SELLS), *rows(BUYS, flow="M", valuation="cif")]


def printed(answer):
    table, notes = boards.forecast(answer)
    console = Console(width=220, record=True, file=StringIO())
    console.print(table)
    return console.export_text() + "\n".join(notes)


def test_a_forecast_has_medians_bands_and_growth():
    answer = outlook.forecast(frame(TRADE), flow="X", months=2)
    text = printed(answer)
    assert "January 2020" in text and f"{answer.rows['median'][0] / 1e9:,.1f} bn" in text
    assert "median" in text and "95 % interval" in text


def test_scores_are_in_points_and_billions():
    answer = backtest.backtest(frame(TRADE), months="2019-09:2019-12", horizons=(1,), consensus=bundle.consensus())
    text, row = printed(answer), answer.rows.iloc[0]
    assert f"{100 * row['mae_growth']:.2f}" in text and "percentage points" in text
    balance = answer.rows[answer.rows["flow"] == "B"].iloc[0]
    assert f"{balance['mae_balance'] / 1e9:.2f}" in text and "pseudo real time" in text


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    known = [row for row in TRADE if row["period"] <= "2019-09"]
    return ledger.record(outlook.forecast(frame(known), months=3))


def test_the_record_says_what_was_forecast_and_that_it_is_unaltered(recorded):
    answer = ledger.score(frame(TRADE), consensus=())
    text, row = printed(answer), answer.rows.iloc[0]
    assert "October 2019" in text and "unaltered" in text and recorded.hash[:8] in text
    assert f"{100 * row['growth_median']:+.1f} %" in text and f"{100 * row['error']:+.1f}" in text


def test_a_record_that_waits_says_so(recorded):
    known = [row for row in TRADE if row["period"] <= "2019-09"]
    assert "No month that was forecast is printed yet" in printed(ledger.score(frame(known), consensus=()))
