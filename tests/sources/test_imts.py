"""IMF answers: plain dollars, no groups among the partners, silence named."""

from datetime import date
from pathlib import Path

import pytest

from entrepot import flows
from entrepot.errors import BadTable, MissingData
from entrepot.sources import imts

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "imf_imts"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
ANNUAL, MONTHLY = "recorded_values_sdmx_csv_2.1_exports_annual.csv", "composed_sdmx_csv_3.0_monthly.csv"


def read(name):
    return imts.parse((FOLDER / name).read_bytes(), seen=date(2026, 11, 22))


def test_both_headers_read_and_scale_multiplies_nothing():
    annual, monthly = read(ANNUAL), read(MONTHLY)
    for rows in (annual, monthly):
        flows.read(rows)
    canada = annual[(annual.partner == "CAN") & (annual.period == "2024")]
    assert canada.value.tolist() == [349_397_894_619]
    assert {"2025-11", "2025-09", "2024"} == set(monthly.period) and "XKX" in set(monthly.reporter)


def test_groups_are_left_out_but_the_world():
    rows = read(ANNUAL)
    assert set(rows.partner) == {"CAN", "DEU", "WLD"} and set(rows.reporter) == {"USA", "DEU"}
    assert rows.attrs["repairs"] == {"rows of country groups, which overlap their members": 5}


def test_what_has_no_value_is_no_zero():
    rows = read(MONTHLY)
    assert rows.attrs["repairs"] == {"rows without a value": 2} and (rows.value > 0).all()


REFUSED = {
    "composed_no_content_204.bin": (MissingData, "empty body"),
    "recorded_sdmx3_json_data_empty_monthly.json": (MissingData, "without any series"),
    "recorded_sdmx3_json_data_WHDREO.json": (BadTable, "another table"),
    "recorded_sdmx3_json_data_GFS_SOO.json": (BadTable, "another table"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_silence_and_other_tables_are_refused(name):
    kind, said = REFUSED[name]
    with pytest.raises(kind, match=said):
        read(name)


def test_a_quarter_is_refused():
    text = (FOLDER / MONTHLY).read_text().replace("2025-Q3,NaN", "2025-Q3,1")
    with pytest.raises(BadTable, match="quarter"):
        imts.parse(text.encode(), seen=date(2026, 11, 22))


def test_questions():
    (request,) = imts.ask("china", "2025-01:2025-11", partner="world")
    assert request.url.endswith("/CHN.XG_FOB_USD+MG_CIF_USD+MG_FOB_USD+TBG_USD.G001.M")
    assert ("c[TIME_PERIOD]", "ge:2025-M01+le:2025-M11") in request.params
    assert imts.ask("kosovo", "2024")[0].url.split("/")[-1].startswith("KOS.")
