"""What a forecast, its scores and the record look like in the terminal: points and billions, never bare fractions."""

from dataclasses import replace
from io import StringIO

import planted as worlds
import pytest
from conftest import frame
from months import levels, rows
from rich.console import Console

import entrepot as ep
from entrepot import backtest, boards, bundle, ledger, outlook, sheets, wording

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
    assert "Exports" in text and "Jan 2020" in text and f"{answer.rows['median'][0] / 1e9:,.1f} bn" in text
    assert "median" in text and "95 % interval" in text


def test_scores_are_in_points_and_billions():
    answer = backtest.backtest(frame(TRADE), months="2019-09:2019-12", horizons=(1,), consensus=bundle.consensus())
    text, row = printed(answer), answer.rows.iloc[0]
    assert f"{100 * row['mae_growth']:.2f}" in text and "percentage points" in text
    balance = answer.rows[answer.rows["flow"] == "B"].iloc[0]
    assert f"{balance['mae_balance'] / 1e9:.2f}" in text and "pseudo real time" in text
    lost = replace(answer, rows=answer.rows.assign(dm_t=-1.25))
    assert f"{wording.MINUS}1.25" in printed(lost) and "-1.25" not in printed(lost)


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    known = [row for row in TRADE if row["period"] <= "2019-09"]
    return ledger.record(outlook.forecast(frame(known), months=3))


def test_the_record_says_what_was_forecast_and_that_it_is_unaltered(recorded):
    answer = ledger.score(frame(TRADE), consensus=())
    text, row = printed(answer), answer.rows.iloc[0]
    assert "October 2019" in text and "unaltered" in text and recorded.hash[:8] in text
    for figure in (f"{100 * row['growth_median']:+.1f} %", f"{100 * row['error']:+.1f}"):
        assert figure.replace("-", wording.MINUS) in text


def test_a_record_that_waits_says_so(recorded):
    known = [row for row in TRADE if row["period"] <= "2019-09"]
    assert "No month that was forecast is printed yet" in printed(ledger.score(frame(known), consensus=()))


def test_a_forecast_of_both_flows_fits_in_a_hundred_columns_with_the_flow_above_its_months():
    table, _ = boards.forecast(outlook.forecast(frame(TRADE), months=12))
    console = Console(width=220, record=True, file=StringIO())
    console.print(table)
    lines = console.export_text().splitlines()
    assert max(map(len, lines)) <= 100
    assert [line.strip() for line in lines if line.strip() in ("Exports", "Imports", "Balance")] == [
        "Exports", "Imports", "Balance",
    ]  # fmt: skip


def test_a_world_without_a_country_named_leads_with_the_largest_economies():
    economy = ep.Economy.load("world-2023")
    answer = ep.simulate(economy, ep.Scenario.load("china-37")).answer()
    sizes = dict(zip(economy.countries, economy.value_added, strict=True))
    shown = [sizes[country] for country in answer.rows.country]
    assert shown == sorted(shown, reverse=True)
    table, notes = boards.simulate(answer)
    assert table.row_count == boards.LINES and "largest economies" in " ".join(notes)


@pytest.mark.parametrize(("rule", "said"), [("zero", True), ("zero first", False), ("share of world GDP", False)])
def test_closed_deficits_are_said_to_be_part_of_the_answer(rule, said):
    scenario = ep.Scenario.load("china-37").set("deficits", rule)
    _, notes = boards.simulate(ep.simulate(ep.Economy.load("world-2023"), scenario).answer("USA"))
    assert ("every deficit and surplus closes together with the shock" in " ".join(notes)) is said


@pytest.mark.parametrize("width", [80, 200])
def test_the_ladder_keeps_its_ends_at_any_width_and_says_of_when_and_in_what_money(width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    world, out = worlds.draw(worlds.Recipe(products=120, relabelled=0.3), 2), StringIO()
    answer = ep.reroute(
        world.table(), origin="china", destination="us", hubs="vietnam", base="2023", period="2025",
        tariffs=world.duties(),
    )  # fmt: skip
    sheets.printed(*boards.reroute(answer), out)
    text = out.getvalue()
    assert "2025 against 2023, USD" in " ".join(text.split())
    rows = answer.rows.set_index("rung")
    for name, end in (("ceiling", "hi"), ("placebo-adjusted", "lo"), ("tariff-identified", "hi")):
        assert wording.tenths(rows.loc[name, end], "USD") in text  # a value without its ends would mislead
    for why in rows["why"]:
        assert why in text  # on one line, below the table
    window = answer.about["hub"]["VNM"]["test"]["window"].replace(":", " to ")
    assert window in text and "HS4 headings" in text
