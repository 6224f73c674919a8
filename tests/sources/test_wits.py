"""WITS: a zero that is not free, keys in the wrong place, families that overlap."""

from datetime import date
from pathlib import Path

import pytest

from entrepot import flows
from entrepot.errors import BadTable, MissingData, WrongUsage
from entrepot.sources import http, wits

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "wits"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SEEN = date(2026, 11, 22)
TARIFFS, TRADE = "recorded_trn_tariff_usa_mfn_2017_excerpt.json", "recorded_tradestats_usa_imports_2017.json"


def test_a_tariff_with_lines_that_are_not_ad_valorem_is_missing_not_free():
    rows = wits.parse((FOLDER / TARIFFS).read_bytes(), seen=SEEN).set_index("product")
    assert len(rows) == 80 and (rows.lines_not_ad_valorem > 0).sum() == 28
    assert rows.rate.isna().sum() == 28 and rows.loc[["010239", "010290", "010420"]].rate.isna().all()
    assert rows.loc["010121", "rate"] == 0 and rows.loc["010130", "rate"] == 0.06
    assert set(rows.reporter) == {"USA"} and set(rows.partner) == {"WLD"}


def test_the_product_stands_in_the_place_whose_indices_fit():
    rows = wits.parse((FOLDER / TARIFFS).read_bytes(), seen=SEEN)
    assert rows["product"].is_unique and rows["product"].str.fullmatch(r"\d{6}").all()


def test_xml_reads_like_json():
    (row,) = wits.parse((FOLDER / "composed_trn_tariff.xml").read_bytes(), seen=SEEN).to_dict("records")
    assert (row["reporter"], row["product"], row["rate"], row["classification"]) == ("USA", "010121", 0.0, "HS2017")


def test_families_of_products_overlap_and_are_read_one_at_a_time():
    content = (FOLDER / TRADE).read_bytes()
    families = {name: wits.trade(content, seen=SEEN, family=name) for name in ("hs", "stage", "total")}
    for rows in families.values():
        flows.read(rows)
    whole = families["total"].value.sum()
    assert 2.3e12 < whole < 2.5e12  # printed in thousand dollars: the US bought 2.4 trillion dollars of goods in 2017
    assert families["hs"].value.sum() == pytest.approx(whole, rel=1e-6)
    assert sum(families["hs"].attrs["repairs"].values()) == 29 - len(families["hs"])
    with pytest.raises(WrongUsage):
        wits.trade(content, seen=SEEN, family="all")


def test_no_records_and_no_count_of_lines_are_refused():
    with pytest.raises(MissingData):
        wits.parse((FOLDER / "composed_error_no_records.xml").read_bytes(), seen=SEEN)
    text = (FOLDER / "composed_trn_tariff.xml").read_text().replace("NBR_NA_LINES", "OTHER")
    with pytest.raises(BadTable, match="ad valorem"):
        wits.parse(text.encode(), seen=SEEN)


def test_questions_use_the_numbers_of_the_un():
    assert "/reporter/840/partner/000/" in wits.ask("US", "2017")[0].url
    with pytest.raises(WrongUsage):
        wits.ask("US", "2017-05")


def test_a_file_saved_by_hand_is_of_one_reporter_and_year():
    asked = [wits.ask(reporter, year)[0] for reporter in ("BRA", "VNM") for year in ("2021", "2022")]
    assert len({http.file_name(one) for one in asked}) == 4
