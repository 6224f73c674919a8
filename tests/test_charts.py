"""Charts are specifications: what they say, that zero is on the axis, that a page can restyle them."""

import re

import pandas as pd
import pytest

from entrepot import charts

BARS = pd.DataFrame(
    {
        "name": ["ASEAN", "US", "Everyone else", "Total"],
        "change": [72.8, -89.5, 120.6, 103.9],
        "kind": ["rise", "fall", "rest", "total"],
        "text": ["+72.8", "−89.5", "+120.6", "+103.9"],
    }
)
MONTHS = pd.DataFrame({"period": ["2025-03", "2025-04", "2025-05"], "growth": [0.09, -0.21, -0.345]})
SUMS = pd.DataFrame({"year": ["2024", "2025"], "month": [11, 11], "value": [884.7, 1075.8], "kind": ["past", "this"]})


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


def test_bars_show_every_row_in_order_with_zero_on_the_axis():
    spec = made()["changes"].to_dict()
    bars = spec["layer"][0]
    assert bars["encoding"]["y"]["sort"] == list(BARS["name"])
    low, high = bars["encoding"]["x"]["scale"]["domain"]
    assert low < BARS["change"].min() and high > BARS["change"].max()
    assert low <= 0 <= high
    drawn = charts.svg(made()["changes"])
    for word in [*BARS["name"], *BARS["text"]]:
        assert word in drawn


def test_the_rest_is_hatched_under_a_name_of_its_own():
    one, other = charts.svg(made()["changes"]), charts.svg(charts.changes(BARS, finding="B", source="C", unit="bn"))
    names = [re.findall(r'<pattern id="(hatch\w+)"', drawn) for drawn in (one, other)]
    assert all(len(found) == 1 for found in names)
    assert names[0] != names[1]
    assert f"url(#{names[0][0]})" in one


def test_on_a_page_colours_are_variables_and_words_are_escaped():
    drawn = charts.page_ready(charts.svg(made()["growth"]), 'fell "by" <20 %> & more')
    assert 'aria-label="fell &quot;by&quot; &lt;20 %> &amp; more"' in drawn
    assert not any(colour in drawn for colour in charts.VARIABLES if colour != charts.PAPER)
    assert "var(--fall)" in drawn and "var(--rise)" in drawn
    assert not re.search(r"<svg[^>]* width=", drawn)


def test_a_picture_file_is_16_to_9():
    import struct

    content = charts.png(made()["sums"])
    width, height = struct.unpack(">II", content[16:24])
    assert width / height == pytest.approx(16 / 9, rel=0.01)
