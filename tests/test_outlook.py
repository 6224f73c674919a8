"""forecast(): balance, growth and sums agree, intervals hold their order, and the future stays out."""

import json

import numpy as np
import pytest
from conftest import frame
from months import levels, rows

from entrepot import bands, calendars, flows, lake, monthly, periods, series
from entrepot.errors import MissingData, WrongUsage
from entrepot.outlook import forecast, picture

SELLS, BUYS = levels("2008-01", "2020-08", seed=1), levels("2008-01", "2020-08", seed=2, size=1.6e11)


def facts():
    return [*rows(SELLS), *rows(BUYS, flow="M", valuation="cif")]


@pytest.fixture(scope="module")
def answer():
    return forecast(frame(facts()), months=18)


@pytest.fixture(scope="module")
def line(answer):
    def of(flow, span="month"):
        kept = answer.rows[(answer.rows["flow"] == flow) & (answer.rows["span"] == span)]
        return kept.set_index("period")

    return of


def test_a_row_for_each_month_and_flow_and_for_the_sums_that_end_within(line):
    for flow in bands.FLOWS:
        assert line(flow).index.tolist() == periods.each("2020-09:2022-02")
        assert line(flow, "year").index.tolist() == ["2020", "2021"]
        assert line(flow, "ytd").index.tolist() == ["2021-02", "2022-02"]
    assert line("X")["horizon"].tolist() == list(range(1, 19))


@pytest.mark.parametrize("span", ["month", "ytd", "year"])
def test_the_balance_is_exports_less_imports(line, span):
    gap = line("X", span)["median"] - line("M", span)["median"] - line("B", span)["median"]
    assert np.abs(gap).max() <= 1e-9 * line("X", span)["median"].max()
    assert line("B", span)["growth_median"].isna().all()


@pytest.mark.parametrize("flow", ["X", "M"])
def test_a_year_is_the_sum_of_its_months(line, flow):
    values = {"X": SELLS, "M": BUYS}[flow] | line(flow)["median"].to_dict()
    for year in ("2020", "2021"):
        assert line(flow, "year")["median"][year] == pytest.approx(sum(values[f"{year}-{n:02d}"] for n in range(1, 13)))


@pytest.mark.parametrize("span", ["month", "ytd", "year"])
def test_growth_is_that_of_the_level_on_the_base_printed_beside_it(line, span):
    for flow in ("X", "M"):
        table = line(flow, span)
        for name in ("median", "lo80", "hi80"):
            if name == "median" or span != "month":
                np.testing.assert_allclose(table[f"growth_{name}"], table[name] / table["base"] - 1, rtol=1e-9)
        early = table[table["horizon"] <= 12]
        np.testing.assert_allclose(early["growth_hi80"], early["hi80"] / early["base"] - 1, rtol=1e-9)


@pytest.mark.parametrize("flow", bands.FLOWS)
def test_quantiles_never_cross_and_widths_never_shrink_within_a_class(line, flow):
    table = line(flow)
    order = table[["lo95", "lo80", "median", "hi80", "hi95"]].dropna()
    assert (order.diff(axis=1).iloc[:, 1:] > 0).all(axis=None)
    quiet = table[~table.index.str[5:].isin(["01", "02"])]
    wide = np.log(quiet["hi80"] / quiet["lo80"]) if flow != "B" else None
    assert wide is None or (wide.diff().dropna() >= -1e-12).all()


def test_january_and_february_have_no_95_percent_interval_and_the_rest_has(line):
    early = line("X").index.str[5:].isin(["01", "02"])
    assert line("X")[early]["lo95"].isna().all() and line("X")[early]["lo80"].notna().all()
    assert line("X")[~early]["lo95"].notna().all()


def test_about_says_what_was_known_and_how_it_was_made(answer):
    about = answer.about
    assert (about["data_through"], about["model"], about["declared"]) == ("2020-08", "mean", True)
    assert "Lunar New Year" in about["method"] and about["citation"].startswith("Forecast of China's goods trade")
    assert str(about["data_released"]) == "2020-09-09"
    plain = json.loads(answer.json())
    assert plain["rows"][0]["median"] == pytest.approx(answer.rows["median"][0])


def test_the_base_is_the_one_that_printed_growth_implies():
    printed = rows(SELLS)
    for row in printed:
        if row["period"] in ("2020-03", "2020-07"):  # the office has last year 2 % below the level held
            year = f"2019{row['period'][4:]}"
            row["growth"] = row["value"] / (SELLS[year] * 0.98) - 1
    held = series.gather(flows.read(frame(printed)), ("X",), series.Line())["X"]
    assert bands.official_base(held, "2020-09") == pytest.approx(0.98 * SELLS["2019-09"])
    assert bands.official_base(held, "2021-01") == pytest.approx(SELLS["2020-01"])  # nothing printed of that year
    assert bands.official_base(held, "2021-09") is None


def test_a_later_vintage_changes_no_earlier_as_of_forecast():
    revised = [row | {"superseded": "2019-08-09"} if row["period"] == "2018-04" else row for row in rows(SELLS)]
    revised += rows({"2018-04": SELLS["2018-04"] * 1.2}, released="2019-08-09")
    then = [forecast(frame(held), flow="X", months=2, vintage="2019-08-08") for held in (rows(SELLS), revised)]
    assert then[0].about["data_through"] == "2019-06" and then[0].about["made_on"] == "2019-08-08"
    np.testing.assert_array_equal(then[0].rows["median"], then[1].rows["median"])
    now = forecast(frame(revised), flow="X", months=2, vintage="2019-08-09")
    assert now.rows["median"][0] != pytest.approx(then[0].rows["median"][0], rel=1e-6)


def test_a_break_is_flagged():
    broken = {month: value * (0.5 if month >= "2020-02" else 1) for month, value in SELLS.items()}
    held = series.gather(flows.read(frame(rows(broken))), ("X",), series.Line())
    (note,) = bands.breaks(bands.fan(held["X"], 1))
    assert note.startswith("Possible break in exports: ") and "2020-02, 2020-03" in note


def test_a_series_of_eight_years_has_80_percent_intervals_outside_january_and_february():
    short = frame(rows(levels("2010-01", "2017-12", seed=5)))
    table = forecast(short, flow="exports", months=3).rows.set_index("period")
    assert table.loc[["2018-01", "2018-02"], "lo80"].isna().all()
    assert table.loc["2018-03", ["lo80", "hi80", "median"]].notna().all()


def test_a_country_without_new_year_has_working_days_and_one_class():
    dutch = frame(rows(levels("2010-01", "2019-03", seed=6, reporter="NLD"), reporter="NLD"))
    answer = forecast(dutch, flow="X", months=12)
    assert not calendars.keeps_new_year("NLD")
    assert "working days of Netherlands" in answer.about["method"] and "Lunar" not in answer.about["method"]
    assert answer.rows["lo80"].notna().all() and "ytd" not in set(answer.rows["span"])


REFUSED = {"months": (25, "1 to 24"), "model": ("oracle", "one of mean"), "flow": ("re-exports", "exports, imports")}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_asked_is_refused(name):
    given, said = REFUSED[name]
    with pytest.raises(WrongUsage, match=said):
        forecast(frame(facts()), **{name: given})


def test_an_empty_question_names_what_to_run():
    with pytest.raises(MissingData, match="entrepot have"):
        forecast(frame(rows({"2020": 1.0}, span="year", released="2021-01-14")))


def test_each_model_can_be_asked_for(answer):
    held = series.gather(flows.read(frame(facts())), ("X",), series.Line())["X"]
    made = {name: bands.fan(held, 1, name, origins=1).logs[0] for name in (*monthly.MODELS, monthly.DECLARED)}
    assert np.mean([made[name] for name in monthly.MODELS]) == pytest.approx(made["mean"])
    assert np.exp(made["mean"]) == pytest.approx(answer.rows["median"][0])


def test_data_that_end_long_ago_are_named_once_and_not_where_an_earlier_end_was_asked_for():
    for asked, told in (({}, 1), ({"vintage": "2020-12-01"}, 0), ({"through": "2020-06"}, 0)):
        warnings = forecast(frame(facts()), months=3, **asked).about["warnings"]
        assert sum("Data end in" in one for one in warnings) == told
    assert sum("later figures are held" in one for one in warnings) == 1
    parts = forecast(frame([*facts(), *rows(levels("2008-01", "2020-08", seed=3, size=1e10), partner="VNM")]),
                     flow="X", by="partner", months=2).about["warnings"]  # fmt: skip
    assert sum("Data end in 2020-08, " in one for one in parts) == 1


@pytest.mark.parametrize("what", ["value", "growth"])
def test_months_carried_forward_are_not_drawn_as_held(what):
    gone = ("2020-05", "2019-02")
    trade = frame(rows({month: value for month, value in SELLS.items() if month not in gone}))
    drawn = picture(forecast(trade, flow="X", months=3), trade, what=what).set_index("month")["value"]
    whole = frame(rows(SELLS))
    beside = picture(forecast(whole, flow="X", months=3), whole, what=what).set_index("month")["value"]
    assert not set(gone) & set(drawn.index) and set(gone) < set(beside.index)
    for month in ("2020-04", "2020-06", "2019-03"):
        assert drawn[month] == pytest.approx(beside[month])


def test_months_without_an_interval_are_named():
    answer = forecast(lake.load("VNM"), flow="M", months=3)
    months = answer.rows[answer.rows["span"] == "month"]
    bare = {periods.in_words(one, "month") for one in months["period"][months["lo80"].isna()]}
    (said,) = (note for note in answer.about["warnings"] if note.startswith("No interval for "))
    assert bare and all(one in said for one in bare)
    assert periods.in_words(months["period"][months["lo80"].notna()].iloc[0], "month") not in said
