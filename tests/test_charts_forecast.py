"""The fan says what it shows, and the table behind it is the forecast's."""

import pytest
from conftest import frame
from months import levels, rows

from entrepot import charts, outlook, periods
from entrepot.charts_forecast import forecast_fan

SELLS, BUYS = levels("2010-01", "2019-06", seed=1), levels("2010-01", "2019-06", seed=2, size=1.6e11)
TRADE = [*rows(SELLS), *rows(BUYS, flow="M", valuation="cif")]


@pytest.fixture(scope="module")
def answer():
    return outlook.forecast(frame(TRADE), months=9)


def test_the_table_is_what_was_held_and_what_was_forecast(answer):
    table = outlook.picture(answer, frame(TRADE), past=24).set_index("month")
    shown = [month for month in periods.each("2017-05:2020-03") if not month.endswith("-01")]
    assert table.index.tolist() == shown  # January and February are one point
    assert table["value"]["2019-02"] == pytest.approx((SELLS["2019-01"] + SELLS["2019-02"]) / 2e9)
    pair = answer.rows[(answer.rows["flow"] == "X") & (answer.rows["span"] == "ytd")]
    assert table["hi80"]["2020-02"] == pytest.approx(pair["hi80"].item() / 2e9)
    assert table["value"]["2019-06"] == pytest.approx(SELLS["2019-06"] / 1e9)
    said = answer.rows[(answer.rows["flow"] == "X") & (answer.rows["span"] == "month")].set_index("period")
    assert table["hi80"]["2019-07"] == pytest.approx(said["hi80"]["2019-07"] / 1e9)
    assert table["lo80"]["2019-06"] == table["hi80"]["2019-06"] == table["value"]["2019-06"]  # the fan opens here
    assert [month for month, text in table["text"].items() if text] == ["2019-07", "2020-03"]


def test_growth_takes_january_and_february_together(answer):
    table = outlook.picture(answer, frame(TRADE), what="growth", past=24).set_index("month")
    assert not [month for month in table.index if month.endswith("-01")]
    pair = SELLS["2019-01"] + SELLS["2019-02"]
    assert table["value"]["2019-02"] == pytest.approx(pair / (SELLS["2018-01"] + SELLS["2018-02"]) - 1)
    said = answer.rows[(answer.rows["flow"] == "X") & (answer.rows["span"] == "ytd")]
    assert table["value"]["2020-02"] == pytest.approx(said["growth_median"].item())


def test_a_balance_is_exports_less_imports(answer):
    table = outlook.picture(answer, frame(TRADE), flow="B", past=3).set_index("month")
    assert table["value"]["2019-06"] == pytest.approx((SELLS["2019-06"] - BUYS["2019-06"]) / 1e9)


def test_the_fan_states_finding_source_and_unit_and_draws(answer):
    table = outlook.picture(answer, frame(TRADE), what="growth")
    chart = forecast_fan(table, finding="Exports slow", source="GACC", axis="change on a year earlier", percent=True)
    spec = chart.to_dict()
    assert spec["title"]["text"] == ["Exports slow"] and spec["title"]["subtitle"] == ["GACC"]
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks.count("area") == 2 and marks.count("line") == 2
    assert "change on a year earlier" in charts.svg(chart)
