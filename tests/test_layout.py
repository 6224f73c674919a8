"""What can be taken from a page: the same figures come back, and the same figures make the same bytes."""

import base64
import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import charts, layout

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
row = st.fixed_dictionaries({"partner": texts, "value": st.none() | st.floats(allow_nan=False, allow_infinity=False)})


def content(link):
    head, _, body = link.href.partition(",")
    assert head.endswith(";base64")
    return base64.b64decode(body, validate=True)


@settings(deadline=None, max_examples=25)
@given(st.lists(row, min_size=1, max_size=8))
def test_figures_come_back_from_csv_as_they_were(rows):
    taken = content(layout.links("figures", rows)[0]).decode("utf-8")
    back = list(csv.DictReader(io.StringIO(taken, newline="")))
    assert [one["partner"] for one in back] == [one["partner"] for one in rows]
    assert [one["value"] and float(one["value"]) for one in back] == [
        "" if one["value"] is None else one["value"] for one in rows
    ]


@settings(deadline=None, max_examples=15)
@given(st.lists(st.none() | st.floats(-1e15, 1e15), min_size=1, max_size=8))
def test_numbers_come_back_from_a_workbook_as_numbers(values):
    book = content(layout.links("figures", [{"name": "exports", "value": value} for value in values])[1])
    back = pd.read_excel(io.BytesIO(book))
    assert list(back.columns) == ["name", "value"]
    for was, now in zip(values, back["value"], strict=True):
        assert pd.isna(now) if was is None else now == pytest.approx(was, rel=1e-14)


def test_what_is_not_a_number_is_empty_and_never_zero():
    first, second = layout.links("figures", [{"value": float("nan")}, {"value": 1.5}, {}])
    assert content(first).decode() == 'value\n""\n1.5\n""\n'
    assert list(pd.read_excel(io.BytesIO(content(second)))["value"].dropna()) == [1.5]


def test_the_same_figures_make_the_same_bytes():
    rows = [{"partner": "USA", "value": 1.5}, {"partner": "ASEAN", "value": None}]
    assert layout.links("figures", rows) == layout.links("figures", rows)
    assert layout.links("figures", rows) != layout.links("figures", rows[:1])


def test_a_picture_is_drawn_for_two_widths_and_carries_its_files():
    rows = [{"period": "2025-10", "growth": -0.011}, {"period": "2025-11", "growth": 0.059}]

    def made():
        chart = charts.growth_by_month(rows, finding="F", source="S", run=None)
        return layout.picture(layout.sketch("focus", chart, words="Rose", caption="C", rows=rows))

    shown = made()
    assert shown.wide != shown.narrow
    png, svg, data = shown.links
    assert [link.file for link in shown.links] == ["focus.png", "focus.svg", "focus.csv"]
    assert content(png).startswith(b"\x89PNG")
    assert content(svg).startswith(b"<svg")
    assert pd.read_csv(io.BytesIO(content(data))).to_dict("records") == rows
    assert made() == shown


ROW = {"released_basis": "stated", "released": None, "grade": "A", "source": "office", "method": ""}


def test_a_figure_leads_to_its_source_or_to_the_list_of_them():
    known = layout.figure("5", ROW, {"office": "s3"})
    assert (known.anchor, known.text) == ("s3", "5")
    assert "grade A" in known.note and "office" in known.note
    assert layout.figure("5", ROW | {"method": "sum of 3 months"}, {}).note.endswith("; sum of 3 months")
    assert layout.figure("5", ROW, {}).anchor == "sources"


def test_what_is_missing_leads_nowhere():
    assert layout.figure("\N{EN DASH}", ROW, {"office": "s3"}).note == ""
    assert layout.figure("5", None, {"office": "s3"}).anchor == ""


def test_spare_columns_are_named_by_place():
    assert [head.kind for head in layout.heads("", "exports", "grade", spare=(2,))] == ["", "", "spare"]
