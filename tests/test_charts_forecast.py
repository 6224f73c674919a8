"""The fan says what it shows, and the table behind it is the forecast's."""

import pytest
from conftest import frame
from months import levels, rows

from entrepot import charts, outlook, periods
from entrepot.charts_forecast import forecast_fan
from entrepot.pictures import picture

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


@pytest.fixture(scope="module")
def lines():
    """A total and the parts that it is three times and twice as large as."""
    parts = {
        "USA": levels("2010-01", "2019-06", seed=3, size=4e10),
        "JPN": levels("2010-01", "2019-06", seed=4, size=2e10),
    }
    total = {month: parts["USA"][month] + 2 * parts["JPN"][month] for month in parts["USA"]}
    told = [*rows(total), *(row for code, part in parts.items() for row in rows(part, partner=code))]
    return outlook.forecast(frame(told), flow="X", months=2, by="partner")


def test_lines_of_a_total_stand_beside_it_with_their_bands(lines):
    drawn = list({row["name"]: row for row in charts.rows_of(picture(lines)) if "name" in row}.values())
    assert [row["name"] for row in drawn] == ["Total", "United States", "Japan", "Everyone else"]
    said = lines.rows[(lines.rows["period"] == "2019-07") & (lines.rows["span"] == "month")].set_index("partner")
    for row, code in zip(drawn, ["WLD", "USA", "JPN", "ROW"], strict=True):
        wanted = said.loc[code, ["growth_median", "growth_lo80", "growth_hi80"]].tolist()
        assert [row["growth"], row["lo80"], row["hi80"]] == pytest.approx(wanted)
    assert " by partner, July 2019" in " ".join(picture(lines).to_dict()["title"]["text"])
    assert "Japan" in charts.svg(picture(lines))


def test_the_fan_of_products_is_that_of_the_total_alone():
    goods = {
        "85": levels("2010-01", "2019-06", seed=3, size=4e10),
        "87": levels("2010-01", "2019-06", seed=4, size=2e10),
    }
    total = {month: goods["85"][month] + goods["87"][month] for month in goods["85"]}
    told = [*rows(total)]
    told += [row | {"classification": "HS2022"} for code, part in goods.items() for row in rows(part, product=code)]
    answer = outlook.forecast(frame(told), flow="X", months=3, by="product")
    table = outlook.picture(answer, frame(told), past=6)
    assert table["month"].is_unique
    assert table["value"].iloc[-4] == pytest.approx(total["2019-06"] / 1e9)
