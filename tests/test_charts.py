"""Charts are specifications: what they say, that zero is on the axis, that a page can restyle them."""

import copy
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot import charts, charts_routes, rendering

BARS = [
    {"name": "ASEAN", "change": 72.8, "kind": "rise", "text": "+72.8"},
    {"name": "US", "change": -89.5, "kind": "fall", "text": "−89.5"},
    {"name": "Everyone else", "change": 120.6, "kind": "rest", "text": "+120.6"},
    {"name": "Total", "change": 103.9, "kind": "total", "text": "+103.9"},
]
MONTHS = [
    {"period": "2025-03", "growth": 0.09},
    {"period": "2025-04", "growth": -0.21},
    {"period": "2025-05", "growth": -0.345},
    {"period": "2025-06", "growth": None},
]
SUMS = [
    {"year": "2024", "month": 11, "value": 884.7, "kind": "past"},
    {"year": "2025", "month": 11, "value": 1075.8, "kind": "this"},
]


def made():
    said = {"finding": "A finding", "source": "An office"}
    return {
        "changes": charts.changes(BARS, unit="bn USD", **said),
        "growth": charts.growth_by_month(MONTHS, run=("2025-04", "2025-05", "2 months"), **said),
        "sums": charts.cumulative(SUMS, record=992.2, record_label="2024", **said),
    }


@pytest.mark.parametrize("name", ["changes", "growth", "sums"])
def test_a_chart_says_what_it_found_and_where_from(name):
    spec = made()[name].to_dict()
    assert spec["title"]["text"] == ["A finding"]
    assert spec["title"]["subtitle"] == ["An office"]


@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_bars_show_every_row_in_order_with_zero_on_the_axis(width):
    made_ = charts.fitted(charts.specification(made()["changes"]), width)
    assert made_["layer"][0]["encoding"]["y"]["sort"] == [row["name"] for row in BARS]
    drawn = rendering.svg(made_)
    for row in BARS:
        assert row["name"] in drawn and row["text"] in drawn
    assert ">0<" in drawn  # zero is on the axis


def test_a_narrow_drawing_is_the_same_chart_and_leaves_the_wide_one_alone():
    wide = charts.specification(made()["changes"])
    before = copy.deepcopy(wide)
    narrow = charts.fitted(wide, charts.NARROW)
    assert wide == before
    assert narrow["width"] == charts.NARROW and wide["width"] == charts.WIDE
    assert {name: narrow[name] for name in ("layer", "datasets")} == {
        name: wide[name] for name in ("layer", "datasets")
    }


def test_the_rest_is_hatched_under_a_name_of_its_own():
    one, other = charts.svg(made()["changes"]), charts.svg(charts.changes(BARS, finding="B", source="C", unit="bn"))
    names = [re.findall(r'<pattern id="(hatch\w+)"', drawn) for drawn in (one, other)]
    assert all(len(found) == 1 for found in names)
    assert names[0] != names[1]
    assert f"url(#{names[0][0]})" in one


def test_on_a_page_colours_are_variables_and_words_are_escaped():
    drawn = rendering.page_ready(charts.svg(made()["growth"]), 'fell "by" <20 %> & more')
    assert 'aria-label="fell &quot;by&quot; &lt;20 %> &amp; more"' in drawn
    assert not any(colour in drawn for colour in rendering.VARIABLES if colour != rendering.PAPER)
    assert "var(--fall)" in drawn and "var(--rise)" in drawn
    assert not re.search(r"<svg[^>]* width=", drawn)


def test_a_picture_file_is_16_to_9():
    import struct

    content = charts.png(made()["sums"])
    width, height = struct.unpack(">II", content[16:24])
    assert width / height == pytest.approx(16 / 9, rel=0.01)


@given(places=st.lists(st.floats(0, 300), min_size=1, max_size=8).map(sorted))
def test_words_at_the_ends_of_lines_keep_apart_in_order_and_inside(places):
    found = charts.spread(places, 14, 300)
    assert all(b - a >= 14 - 1e-6 for a, b in zip(found, found[1:], strict=False))
    assert found[0] >= -1e-6 and found[-1] <= 300 + 1e-6
    if all(b - a >= 14 for a, b in zip(places, places[1:], strict=False)):
        assert found == pytest.approx(places, abs=1e-6)  # nothing is moved without need


def test_where_the_room_is_too_small_the_gap_gives_way():
    assert charts.spread([5.0, 5.0, 5.0], 14, 10) == pytest.approx([0, 5, 10])


POINTS = [
    {"name": name, "panel": panel, "kind": "line", "at": n, "value": value + n, "text": f"{value + n}"}
    for panel in ("Exports", "Balance")
    for name, value in (("China", 100), ("Mexico", 99), ("India", -3 if panel == "Balance" else 3))
    for n in range(3)
]


@pytest.mark.parametrize("panels", [("Exports",), ("Exports", "Balance")])
def test_lines_name_themselves_at_their_ends_in_every_panel_and_hide_no_other(panels):
    rows = [row for row in POINTS if row["panel"] in panels]
    how = {"unit": "bn USD", "names": ["China", "Mexico", "India"], "times": ["2022", "2023", "2024"]}
    chart = charts.lines_over_time(rows, finding="A finding", source="An office", **how)
    image = charts.svg(chart)
    places = {}
    pattern = r'translate\(([\d.-]+),([\d.-]+)\)"[^>]*>(China|Mexico|India) [-\d]+<'
    for _, y, name in re.findall(pattern, image):
        places.setdefault(name, []).append(float(y))
    assert {name: len(found) for name, found in places.items()} == dict.fromkeys(how["names"], len(panels))
    for china, mexico in zip(places["China"], places["Mexico"], strict=True):
        assert mexico - china >= 0.9 * charts.APART
    for word in (*how["times"], *(panels if len(panels) > 1 else ()), "A finding", "An office", "bn USD"):
        assert f">{word}<" in image
    assert charts.png(chart)[:4] == b"\x89PNG"


def test_panels_stand_one_under_the_other_where_there_is_little_room():
    """A chart of several panels fits a phone: none is wider than what is left beside its words."""
    rows = [
        {"name": "China", "panel": panel, "kind": "line", "at": at, "value": 1.0 + at, "text": "1.0"}
        for panel in ("Exports", "Imports") for at in range(3)
    ]  # fmt: skip
    lines = charts.lines_over_time(
        rows, finding="F", source="S", unit="bn USD", names=["China"], times=["2022", "2023", "2024"]
    )
    ladder = pd.DataFrame(
        {"hub": ["VNM", "MEX"], "rung": "ceiling", "value": 1e9, "lo": 0.0, "hi": 1e9, "verdict": "cannot tell"}
    )
    for chart in (lines, charts_routes.rung_multiples(ladder, finding="F", source="S")):
        wide = charts.specification(chart)
        narrow = charts.fitted(wide, charts.NARROW)
        width = re.search(r'viewBox="0 0 ([\d.]+) ', rendering.svg(narrow))[1]
        assert float(width) < 1.15 * charts.NARROW < float(re.search(r'viewBox="0 0 ([\d.]+) ', charts.svg(chart))[1])
        assert charts.specification(chart) == wide
