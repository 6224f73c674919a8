"""The section of the page: from data through its month alone, with the record beside it, or the reason for none."""

from dataclasses import replace

import numpy as np
import pytest
from conftest import frame
from months import levels, rows

from entrepot import backtest, bands, briefing, flows, outlook, prospects, series
from entrepot.errors import MissingData, WrongUsage

SELLS, BUYS = levels("2012-01", "2024-12", seed=1), levels("2012-01", "2024-12", seed=2, size=1.6e11)
PERIOD = "2024-09"


def table(sells=SELLS):
    return frame([*rows(sells), *rows(BUYS, flow="M", valuation="cif")])


@pytest.fixture(scope="module")
def facts():
    return briefing.gather(table(), period=PERIOD)


@pytest.fixture(scope="module")
def section(facts):
    return prospects.section(facts)


def test_the_section_holds_what_the_verb_says_of_that_month(section):
    told = outlook.forecast(table(), months=12, through=PERIOD).rows
    shown = {line.cells[0].text: line.cells for line in section.tables[0].rows}
    assert list(shown) == ["October 2024", "November 2024", "December 2024", "2024", "January-February 2025"]
    first = told[(told["flow"] == "X") & (told["period"] == "2024-10")].iloc[0]
    assert shown["October 2024"][2].text == f"{first['median'] / 1e9:.0f} bn"
    assert shown["October 2024"][2].small.startswith(f"{first['lo80'] / 1e9:.0f} bn")
    assert "October 2024" in section.sketches[0].words


def test_months_after_the_release_change_nothing(facts, section):
    poisoned = {month: value * (5 if month > PERIOD else 1) for month, value in SELLS.items()}
    again = prospects.section(replace(facts, table=flows.read(table(poisoned))))
    assert again.tables[0].rows == section.tables[0].rows and again.lead == section.lead


def test_the_record_stands_beside_it(section):
    assert "missed growth a month ahead by" in section.lead
    assert "releases from July 2023 to September 2024" in section.lead and "the poll" in section.lead


def test_a_series_too_short_says_why(facts):
    short = table({month: value for month, value in SELLS.items() if month >= "2018-01"})
    said = prospects.section(replace(facts, table=flows.read(short)))
    assert "No forecast is made here" in said.lead and "96" in said.lead and not said.tables


def polls(first, last):
    months = [month for month in SELLS if first <= month <= last]
    grown = {month: SELLS[month] / SELLS[f"{int(month[:4]) - 1}{month[4:]}"] - 1 for month in months}
    return [
        {"reporter": "CHN", "period": month, "span": "month", "flow": "X", "measure": "growth", "currency": "USD",
         "consensus": value + 0.02, "first_print": value}
        for month, value in grown.items()
    ]  # fmt: skip


@pytest.fixture(scope="module")
def fan():
    held = series.gather(flows.read(table()), ("X",), series.Line())
    return bands.fans_of(held, 3)


def test_the_record_is_that_of_the_backtest(fan):
    (one,) = backtest.track(fan, polls("2023-07", "2024-12"))
    assert (one.first, one.last, one.n) == ("2023-07", "2024-12", 16)
    assert one.poll == pytest.approx(0.02)
    found = backtest.trials({"X": fan["X"].series}, first="2023-07", last="2024-12", horizon=1)
    quiet = found[(found["kind"] == "other") & (found["span"] == "month")]
    assert one.missed == pytest.approx(np.abs(quiet["actual"] - quiet["growth"]).mean(), rel=1e-9)


def test_without_polls_the_record_is_beside_no_change(fan):
    (one,) = backtest.track(fan, polls("2024-10", "2024-12"))
    assert one.poll is None and one.n == backtest.RECENT
    assert "no poll is held" in prospects.record_words([one])[0]


def test_what_was_cut_says_so_and_what_cannot_be_cut_is_refused():
    answer = outlook.forecast(table(), flow="X", months=1, through=PERIOD)
    assert answer.about["data_through"] == PERIOD and "later figures are held" in answer.about["warnings"][0]
    with pytest.raises(MissingData, match="2019-11 is no month with 8 years"):
        outlook.forecast(table(), flow="X", through="2019-11")
    with pytest.raises(WrongUsage, match="leave --through out"):
        outlook.forecast(table(), flow="X", through=PERIOD, by="partner")


@pytest.mark.parametrize(("median", "shown"), [(411.04e9, "411 bn"), (41.46e9, "41.5 bn"), (2.514e9, "2.51 bn")])
def test_a_smaller_trader_s_forecast_is_told_in_finer_digits(median, shown):
    one = {"median": median, "lo80": float("nan"), "hi80": float("nan"), "currency": "USD"}
    assert prospects._money(one, {"X": one}).text == shown
