"""WTO answers: million dollars, economies with their zeros, silence named."""

import json
from datetime import date
from pathlib import Path

import pytest

from entrepot import flows
from entrepot.errors import BadTable, MissingData, UnknownCode
from entrepot.sources import wto

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "wto_cpb"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SEEN = date(2026, 11, 22)
TRADE, TARIFFS = "composed_wto_timeseries_ITS_MTV_monthly.json", "recorded_wto_timeseries_HS_P_0070.json"


def text(name):
    return (FOLDER / name).read_text("utf-8")


def read(content, **facts):
    return wto.parse(content.encode(), seen=SEEN, **facts)


def test_million_dollars_are_dollars_and_a_null_is_no_zero():
    rows = read(text(TRADE))
    flows.read(rows)
    (row,) = rows.to_dict("records")
    assert (row["reporter"], row["partner"], row["flow"], row["period"]) == ("CHN", "WLD", "X", "2025-11")
    assert (row["value"], row["half_width"]) == (330.35e9, 0.5e6)
    assert rows.attrs["repairs"] == {"rows without a value": 1}


def test_only_the_periods_asked_for_are_kept():
    with pytest.raises(MissingData):
        read(text(TRADE), period="2025-12:2025-12")


def test_numbers_keep_their_zeros_and_the_union_is_that_of_the_day():
    rows = read(text(TARIFFS))
    assert set(rows.reporter) == {"BOL"} and set(rows.partner) == {"ARG", "BRA"} and (rows.rate == 0).all()
    with pytest.raises(BadTable, match="zeros were lost"):
        read(text(TARIFFS).replace('"068"', '"68"'))
    union = text(TRADE).replace('"Value": null', '"Value": 5.0')
    assert "EUN" in set(read(union).reporter)


def test_errors_empty_bodies_and_cut_answers_are_not_data(monkeypatch):
    with pytest.raises(BadTable, match="missing subscription key"):
        read(text("composed_wto_error_401.json"))
    with pytest.raises(MissingData, match="204"):
        read("")
    with pytest.raises(MissingData):
        read('{"Dataset": []}')
    body = json.loads(text(TRADE))
    with pytest.raises(BadTable, match="cut"):
        read(json.dumps({"Dataset": body["Dataset"][:1] * 500}))
    for name, value in (
        ("IndicatorCode", "ITS_X"),
        ("UnitCode", "EUR"),
        ("PeriodCode", "A"),
        ("ProductOrSectorCode", "AG"),
    ):
        row = body["Dataset"][0] | {name: value}
        with pytest.raises(BadTable, match="not read|do not agree"):
            read(json.dumps({"Dataset": [row]}))


def test_questions():
    asked = [dict(one.params) for one in wto.ask("china", "2024-06:2025-11")]
    assert [(one["i"], one["ps"]) for one in asked] == [
        ("ITS_MTV_MX", "2024"), ("ITS_MTV_MX", "2025"), ("ITS_MTV_MM", "2024"), ("ITS_MTV_MM", "2025"),
    ]  # fmt: skip
    assert {(one["r"], one["p"], one["max"]) for one in asked} == {("156", "000", "500")}
    assert dict(wto.ask("EU", "2024")[0].params)["r"] == "918"
    with pytest.raises(UnknownCode):
        wto.ask("Atlantis", "2024")
