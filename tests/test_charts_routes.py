"""Charts of the ladder say what they hold, escape what they are given, and keep one scale."""

import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.charts_routes import WORDS, Ribbon, flow_diagram, rung_multiples

NAMES = {"origin": "CHN", "destination": "USA", "finding": "Most <cannot> be told & shown", "source": "GACC, Census"}
PATH = "{http://www.w3.org/2000/svg}path"
size = st.floats(0, 1e12)


def widths(svg):
    """Width of each ribbon at its left end [points]."""
    found = []
    for path in ET.fromstring(svg).iter(PATH):
        ys = [float(pair.split(",")[1]) for pair in re.findall(r"[-\d.]+,[-\d.]+", path.get("d"))]
        found.append(ys[-1] - ys[0])
    return found


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(size, size, size), min_size=1, max_size=5))
def test_ribbons_are_as_wide_as_their_legs_on_one_scale(legs):
    ribbons = [Ribbon("VNM", *leg) for leg in legs]
    svg = flow_diagram(ribbons, **NAMES)
    found = widths(svg)
    assert len(found) == 4 * len(legs)
    assert all(0 <= one <= 460 for one in found)
    for n in range(len(legs)):
        assert found[4 * n + 2] <= found[4 * n] + 0.2 and found[4 * n + 2] <= found[4 * n + 1] + 0.2


def test_the_diagram_names_its_ends_its_finding_and_says_that_zero_is_inside():
    svg = flow_diagram([Ribbon("VNM", 160e9, 136e9, 20e9), Ribbon("MEX", 90e9, 500e9, 5e9)], **NAMES)
    words = " ".join(ET.fromstring(svg).itertext())
    assert "Most <cannot> be told & shown" in words and "GACC, Census" in words
    assert "China" in words and "Mexico" in words and "zero is inside" in words
    assert "160.0" in words and "at most 20.0" in words


def test_small_multiples_hold_every_rung_that_has_a_value():
    lines = [{"hub": hub, "rung": rung, "value": 2e9, "lo": 0.0, "hi": 3e9, "verdict": "cannot tell"}
             for hub in ("VNM", "MEX") for rung in WORDS]  # fmt: skip
    lines[0] |= {"value": None, "lo": None, "hi": None}
    lines[1]["value"] = None  # its ends alone are known
    spec = rung_multiples(pd.DataFrame(lines), finding="Nothing told", source="GACC").to_dict()
    (rows,) = spec["datasets"].values()
    assert len(rows) == len(lines) - 1
    assert rows[0]["billions"] is None and rows[0]["high"] == lines[1]["hi"] / 1e9
    assert {row["label"] for row in rows} <= set(WORDS.values())
    assert rows[0]["high"] == pytest.approx(3.0)
    assert spec["title"]["subtitle"] == ["GACC"]
