"""The chart of an answer: what it draws are the rows of the answer, and what cannot be drawn is refused."""

import struct

import pytest

import entrepot as ep
from entrepot import charts, files, pictures
from entrepot.answer import Answer
from entrepot.errors import MissingData, WrongUsage


def drawn(answer):
    """Bars of a picture, by name."""
    rows = charts.rows_of(pictures.picture(answer))
    return {row["name"]: row["change"] for row in rows if "change" in row}


def test_contributions_drawn_add_to_the_growth_drawn(china):
    for words in ({"period": "2025-11"}, {"period": "2024-12", "span": "ytd"}):
        bars = drawn(ep.explain(china, **words))
        assert sum(bars.values()) - bars["Growth"] == pytest.approx(bars["Growth"], abs=1e-9)


def test_partners_are_drawn_with_the_values_of_the_answer(china):
    answer = ep.measure(china, period="2025-11", span="ytd", by="partner", flow="X")
    bars = drawn(answer)
    rows = {row["partner"]: row["value"] / 1e9 for row in answer.records()}
    assert bars["US"] == rows["USA"]
    assert bars["World"] == rows["WLD"] == pytest.approx(sum(bars.values()) - rows["WLD"])
    assert "Belt and Road" not in bars


def test_of_many_partners_the_largest_are_drawn_and_the_others_as_one(china):
    answer = ep.measure(china, period="2024-12", span="ytd", flow="X", by="partner")
    bars = drawn(answer)
    (whole,) = (row["value"] / 1e9 for row in answer.records() if row["role"] == "whole")
    assert sum(bars.values()) == pytest.approx(2 * whole)
    *parts, _ = list(bars.values())[1:]
    assert parts == sorted(parts, reverse=True) and len(parts) < len(answer.rows) - 2


def test_a_range_is_drawn_month_by_month(china):
    answer = ep.measure(china, period="2025-01:2025-11", flow="X")
    rows = charts.rows_of(pictures.picture(answer))
    growth = {row["period"]: row["growth"] for row in rows if "growth" in row}
    assert growth == {row["period"]: row["growth"] for row in answer.records()}


def test_a_picture_of_growth_names_the_currency_it_is_measured_in(china):
    def title(**asked):
        said = pictures.picture(ep.measure(china, flow="X", **asked)).to_dict()["title"]["text"]
        return said if isinstance(said, str) else " ".join(said)

    for currency in ("USD", "CNY"):
        words = f"growth on a year earlier in {currency}"
        assert words in title(period="2025-10:2025-11", currency=currency)
    chips = title(period="2025-10:2025-11", product="integrated-circuits")
    assert "growth on a year earlier, currency not stated" in chips and "earlier in USD" not in chips


def test_a_simulated_world_says_that_it_is_simulated():
    scenario = ep.Scenario.load("china-37")
    answer = ep.simulate(ep.Economy.load("world-2023"), scenario).answer("CHN")
    spec = pictures.picture(answer).to_dict()
    assert "Simulated, not observed" in " ".join(spec["title"]["subtitle"])
    assert drawn(answer)["China"] == pytest.approx(100 * answer.rows.set_index("country").welfare["CHN"])


@pytest.mark.parametrize("period", ["2024-06", "2023-01:2024-12"])
def test_a_picture_of_one_partner_names_it_and_one_of_the_world_names_none(period):
    trade = ep.load("us")
    title = str(pictures.picture(ep.measure(trade, period=period, partner="china")).to_dict()["title"]["text"])
    world = str(pictures.picture(ep.measure(trade, period=period)).to_dict()["title"]["text"])
    assert "(China)" in title and "China" not in world and "(" not in world


def test_files_of_a_picture_are_whole(china, tmp_path):
    answer = ep.explain(china, period="2025-11")
    assert files.write(answer, tmp_path / "a.svg").read_text("utf-8").startswith("<svg")
    width, height = struct.unpack(">II", files.write(answer, tmp_path / "a.png").read_bytes()[16:24])
    assert width / height == pytest.approx(16 / 9, rel=0.01)


def test_what_cannot_be_drawn_is_refused(china):
    with pytest.raises(WrongUsage, match="have has no chart"):
        pictures.picture(ep.have("china"))
    with pytest.raises(MissingData, match="No product has a contribution"):
        pictures.picture(ep.explain(china, period="2025-11", by="product"))
    answer = ep.measure(china, period="2025-11", product="automobiles")
    with pytest.raises(MissingData, match="no figure that can be drawn"):
        pictures.picture(Answer("measure", answer.about, answer.rows))


def test_a_forecast_names_its_line_and_its_first_month(china):
    answer = ep.forecast(china, flow="X", months=3)
    spec = pictures.picture(answer).to_dict()
    title = " ".join(spec["title"]["text"])
    growth = answer.rows["growth_median"][0]
    assert title.startswith("China's exports, ") and f"{100 * growth:.1f} % on a year earlier" in title
    assert "January and February: their average" in " ".join(spec["title"]["subtitle"])
    scored = Answer("forecast", {"entries": 1}, answer.rows.assign(hash=""))
    with pytest.raises(MissingData, match="Scores have no chart"):
        pictures.picture(scored)


def test_no_two_figures_stand_under_one_name(china):
    prints = ep.measure(china, period="2023-03", vintage="all")
    mirror = ep.explain(ep.load(), reporter="china", period="2024", method="mirror", partner="us")
    for answer in (prints, mirror):
        names = [row["name"] for row in charts.rows_of(pictures.picture(answer)) if "name" in row]
        bars = list(dict.fromkeys(names))
        assert len(bars) > 2 and len(drawn(answer)) == len(bars)
        spec = pictures.picture(answer).to_dict()
        data = [rows for rows in spec["datasets"].values() if rows and "change" in rows[0]]
        assert all(len({row["name"] for row in rows}) == len(rows) for rows in data)


def test_a_range_of_several_partners_is_drawn_whole_a_line_for_each_and_a_panel_for_each_flow():
    answer = ep.measure(ep.load("us"), period="2013:2024", partner="china,vietnam,mexico")
    chart = pictures.picture(answer)
    lines = [row for row in charts.rows_of(chart) if row["kind"] == "line"]
    found = {(row["panel"], row["name"], 2013 + row["at"]): row["value"] for row in lines}
    flows = {"X": "Exports", "M": "Imports", "B": "Balance"}
    names = {"CHN": "China", "VNM": "Viet Nam", "MEX": "Mexico"}
    held = {
        (flows[row["flow"]], names[row["partner"]], int(row["period"])): row["value"] / 1e9
        for row in answer.records() if row["flow"] in flows
    }  # fmt: skip
    assert found == held and len(held) == 3 * 3 * 12
    title = chart.to_dict()["title"]
    assert "2013 to 2024" in " ".join(title["text"]) and "left out" not in " ".join(title["subtitle"])


def test_years_of_the_total_are_lines_of_exports_imports_and_balance():
    lines = charts.rows_of(pictures.picture(ep.measure(ep.load("us"), period="2013:2024")))
    assert {row["name"] for row in lines} == {"Exports", "Imports", "Balance"}
    assert {row["panel"] for row in lines} == {""}
    assert sum(row["kind"] == "line" for row in lines) == 36


def test_of_many_lines_over_time_the_largest_are_drawn_and_the_others_counted():
    answer = ep.measure(ep.load("us"), period="2013:2024", by="partner", flow="M")
    chart = pictures.picture(answer)
    names = {row["name"] for row in charts.rows_of(chart)}
    parts = {row["partner"] for row in answer.records() if row["role"] == "part" and row["value"] is not None}
    said = " ".join(chart.to_dict()["title"]["subtitle"])
    shown = len(charts.LINES)
    assert len(names) == shown < len(parts) and {"China", "Mexico"} <= names
    assert said.startswith(f"Drawn are {shown} of {len(parts)} lines; {len(parts) - shown} are left out. The total is")


def test_a_year_that_is_not_held_breaks_its_line_and_an_old_end_says_when():
    answer = ep.measure(ep.load("us"), period="2020:2022", partner="china,mexico", flow="M")
    rows = answer.rows.copy()
    rows.loc[(rows["partner"] == "MEX") & (rows["period"] == "2022"), "value"] = None
    found = charts.rows_of(pictures.picture(Answer("measure", answer.about, rows)))
    (gone,) = (row for row in found if row["kind"] == "line" and row["value"] is None)
    assert (gone["name"], gone["at"]) == ("Mexico", 2)
    ends = {row["name"]: row["text"] for row in found if row["kind"] == "end"}
    assert ends["Mexico"].endswith("(2021)") and "(" not in ends["China"]


def test_bars_that_are_left_out_are_counted():
    answer = ep.measure(ep.load("us"), period="2024", partner="china,mexico,canada,japan,vietnam,germany,korea,india")
    bars, said = drawn(answer), " ".join(pictures.picture(answer).to_dict()["title"]["subtitle"])
    held = sum(row["flow"] in "XMB" and row["value"] is not None for row in answer.records())
    assert len(bars) == 18 < held and f"Drawn are 18 of {held} figures; {held - 18} are left out." in said


def test_prints_and_their_revisions_over_a_range_stand_apart(china):
    every = ep.measure(china, period="2025-01:2025-06", vintage="all")
    held = sum(row["flow"] in "XMB" and row["value"] is not None for row in every.records())
    assert len(drawn(every)) == min(held, 18)  # two prints of one balance on one day are two bars
    answer = ep.measure(china, period="2025-01:2025-06", vintage="all", flow="X")
    months = [row["period"] for row in answer.records()]
    assert len(set(months)) < len(months)
    image = charts.svg(pictures.picture(answer))
    values = [row["value"] / 1e9 for row in answer.records() if row["value"] is not None]
    assert "March 2025" in image and list(drawn(answer).values()) == values


def test_a_month_not_held_leaves_its_place_empty():
    answer = ep.measure(ep.load("vietnam"), period="2024-06:2025-06", flow="X")
    assert "2025-04" not in set(answer.rows["period"])  # not held
    drawn = {row["period"]: row["growth"] for row in charts.rows_of(pictures.picture(answer)) if "growth" in row}
    assert len(drawn) == 13 and drawn["2025-04"] is None
    lines = charts.rows_of(pictures.picture(ep.measure(ep.load("vietnam"), period="2025-01:2025-06", partner="world")))
    assert [row for row in lines if row.get("at") == 3 or row.get("period") == "2025-04"]


def test_where_no_lines_make_up_the_whole_those_that_overlap_are_drawn(china):
    answer = ep.measure(china, period="2025-11", by="product", flow="X")
    bars = drawn(answer)
    assert {"All goods", "Textiles and apparel", "Textiles", "Apparel"} == set(bars)
    assert "Lines may overlap." in " ".join(pictures.picture(answer).to_dict()["title"]["subtitle"])


def test_a_list_of_scenarios_has_no_chart():
    from entrepot import scenario

    with pytest.raises(WrongUsage, match="list of scenarios has no chart"):
        pictures.picture(scenario.listing())


def test_a_picture_for_a_talk_fills_a_screen(china, tmp_path):
    content = files.write(ep.measure(china, period="2025-11"), tmp_path / "a.png").read_bytes()
    assert struct.unpack(">I", content[16:20]) == (1920,)
