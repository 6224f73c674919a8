"""US Census answers: two concepts of imports, audited exports, groups left out, silence named."""

from datetime import date
from pathlib import Path

import pytest

from entrepot import flows
from entrepot.errors import BadTable, MissingData, SourceFailed, UnknownCode, WrongUsage
from entrepot.sources import census

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "census"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SEEN = date(2026, 11, 22)


def read(name):
    return census.parse((FOLDER / name).read_bytes(), seen=SEEN)


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.json")))
def test_every_answer_keeps_the_contract(name):
    flows.read(read(name))


def test_groups_are_left_out_and_counted_and_a_repeated_column_counts_once():
    rows = read("composed_imports_hs2_2018-03_values_from_record.json")
    assert rows.attrs["repairs"] == {"rows of country groups, which count twice": 5}
    assert set(rows.partner) == {"WLD", "CHN"} and set(rows.classification) == {"HS2017"}
    assert "01" in set(rows["product"])


def test_the_countries_add_to_the_total_row():
    rows = read("recorded_imports_naics_1111_2021-03_excerpt.json")
    assert rows[rows.partner != "WLD"].value.sum() == rows[rows.partner == "WLD"].value.sum() == 12_518_631


def test_general_imports_consumption_and_duty_are_concepts_of_their_own():
    rows = read("composed_imports_hs10_duty_china_2025-11.json")
    laptops = rows[(rows["product"] == "8471300100") & (rows.partner == "CHN")].set_index("concept").value
    assert laptops["calculated duty"] / laptops["consumption"] == pytest.approx(0.2)
    assert laptops["general"] != laptops["consumption"] and set(rows.valuation) == {"customs"}
    fish = rows[rows["product"] == "0304620030"]
    assert fish.weight_kg.dropna().tolist() == [210_000]  # the zero stays in the code, the quantity is kilograms


def test_a_suppressed_quantity_is_missing():
    rows = read("composed_imports_hs10_duty_china_2025-11.json")
    assert rows[rows.partner == "WLD"].quantity.isna().all()


def test_domestic_and_foreign_exports_add_to_the_total_or_are_refused():
    rows = read("composed_exports_hs_df_split.json")
    gold = rows[rows.partner == "CHE"]
    total = gold[(gold.flow == "X") & (gold.concept == "standard")].value.sum()
    assert gold[gold.concept == "domestic"].value.sum() + gold[gold.flow == "RX"].value.sum() == total == 2_179_900_000
    text = (FOLDER / "composed_exports_hs_df_split.json").read_text().replace("2179900000", "2179900900")
    with pytest.raises(BadTable, match="add up"):
        census.parse(text.encode(), seen=SEEN)


REFUSED = {
    "composed_no_content_204.bin": (MissingData, "not zero"),
    "composed_missing_key_page.html": (SourceFailed, "CENSUS_KEY"),
    "composed_error_400_space_in_get.txt": (BadTable, "unknown variable"),
    "composed_error_400_unknown_variable.txt": (BadTable, "I_COMODITY"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_silence_and_errors_are_not_data(name):
    kind, said = REFUSED[name]
    with pytest.raises(kind, match=said):
        read(name)


def test_a_cut_answer_is_refused():
    content = (FOLDER / "composed_exports_hs_df_split.json").read_bytes()
    with pytest.raises(BadTable, match="cut off"):
        census.parse(content[:-20], seen=SEEN)


def test_questions_the_office_would_answer_with_silence_are_refused():
    (request,) = census.ask("2025-11", level="HS10", product="85*", partner="china")
    sent = dict(request.params)
    assert (sent["CTY_CODE"], sent["I_COMMODITY"], sent["time"]) == ("5700", "85*", "2025-11")
    assert " " not in sent["get"] and "key" not in sent
    assert dict(census.ask("2025-11", partner="world")[0].params)["CTY_CODE"] == "-"
    for bad in ("84,85", "854"):
        with pytest.raises(WrongUsage):
            census.ask("2025-11", product=bad)
    with pytest.raises(UnknownCode):
        census.ask("2025-11", partner="Atlantis")
