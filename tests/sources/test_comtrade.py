"""UN Comtrade answers: totals once, nothing cut, codes of its own."""

import json
from datetime import date
from pathlib import Path

import pytest

from entrepot import codes, flows
from entrepot.errors import BadTable, MissingData, UnknownCode, WrongUsage
from entrepot.sources import comtrade

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "comtrade"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SEEN = date(2026, 11, 22)
READ = [
    *("composed_bulk_COMTRADE-FINAL-CA842201800H5[2022-11-11].txt.gz", "composed_tariffline_M_australia_202205.json"),
    *("recorded_final_A_china_total_includeDesc.json", "recorded_final_A_eu_imports_world_flags_0_2_4_6.json"),
    *("recorded_final_A_usa_total_2018_2022.json", "recorded_portal_download_A_8542_chn_kor_usa.csv"),
    *("recorded_portal_download_A_8542_world_latin1_excerpt.csv", "recorded_portal_download_M_8542_2025.csv"),
    *("recorded_preview_A_india_usa_total.json", "recorded_preview_M_2503_indonesia_by_mode.json"),
    "recorded_values_viet_nam_korea_3304_2023_modes.json",
]


def read(name):
    return comtrade.parse((FOLDER / name).read_bytes(), seen=SEEN)


@pytest.mark.parametrize("name", READ)
def test_every_answer_keeps_the_contract(name):
    rows = read(name)
    flows.read(rows)
    assert len(rows) and (rows.value >= 0).all()


def test_rows_by_mode_beside_their_total_are_left_out_and_the_partners_add_to_the_world():
    rows = read("recorded_preview_M_2503_indonesia_by_mode.json")
    world, partners = rows[rows.partner == "WLD"].value, rows[rows.partner != "WLD"].value
    assert len(rows) == 21 and world.tolist() == [280_058_337.818]
    assert partners.sum() == pytest.approx(280_058_337.818, abs=0.1)
    assert sum(rows.attrs["repairs"].values()) >= 21


def modes(*parts, weight=None):
    """One cell: a total of 1,000 dollars with a weight or none, and its rows by mode (code, value, weight)."""
    envelope = json.loads((FOLDER / "recorded_preview_A_india_usa_total.json").read_bytes())
    plain = envelope["data"][0] | {"isNetWgtEstimated": False, "primaryValue": 1000.0}
    rows = [plain | {"motCode": 0, "netWgt": weight}]
    rows += [plain | {"motCode": code, "primaryValue": value, "netWgt": kilograms} for code, value, kilograms in parts]
    return comtrade.parse(json.dumps(envelope | {"data": rows, "count": len(rows)}).encode(), seen=SEEN)


def test_a_weight_that_only_modes_have_is_taken_from_them_and_the_value_from_the_total():
    rows = modes((1000, 400.0, 3.0), (2000, 600.0, 60.0), (2100, 600.0, 60.0))  # sea is a part of water
    assert rows.value.tolist() == [1000.0] and rows.weight_kg.tolist() == [63.0]
    assert rows.attrs["repairs"]["weights taken from rows by mode of transport"] == 1
    assert modes((1000, 400.0, 3.0), (2100, 600.0, 60.0), weight=70.0).weight_kg.tolist() == [70.0]  # its own stands
    for parts in (((1000, 400.0, 3.0), (2100, 600.0, None)), ((1000, 400.0, 3.0), (2100, 500.0, 60.0))):
        assert modes(*parts).weight_kg.isna().all()  # a weight is missing, or the modes do not close
    sent = dict(comtrade.ask("india", "2022", modes=True)[0].params)
    assert "motCode" not in sent and sent["partner2Code"] == "0"


@pytest.mark.parametrize("number", [0, 97, 837, 838, 839, 899, 975])
def test_a_number_that_is_no_country_stays_in_the_rows_and_is_no_country(number):
    envelope = json.loads((FOLDER / "recorded_preview_A_india_usa_total.json").read_bytes())
    row = envelope["data"][0] | {"partnerCode": number}
    (partner,) = comtrade.parse(json.dumps(envelope | {"data": [row]}).encode(), seen=SEEN).partner
    assert codes.kind(partner) not in ("country", "unknown")


def test_the_total_row_counts_not_the_sum_of_its_modes():
    assert read("recorded_values_viet_nam_korea_3304_2023_modes.json").value.tolist() == [127_145_600.973]


def test_a_sum_of_parts_says_so():
    rows = read("composed_tariffline_M_australia_202205.json")
    assert set(rows.status) == {"derived"} and all("sum of parts" in said for said in rows.concept)
    assert (rows.partner == rows.reporter).any()  # re-imports stay
    longer = rows[rows["product"].str.len() > 6]
    assert len(longer) and set(longer.classification) == {"national lines of HS2022"}


def test_a_count_at_the_cap_is_refused_and_split():
    content = (FOLDER / "composed_truncated_at_cap_500.json").read_bytes()
    with pytest.raises(BadTable, match="cut"):
        comtrade.parse(content, seen=SEEN, cap="500")
    (request,) = comtrade.ask("india", "2022", product="AG4", key=False)
    halves = comtrade.more(content, request)
    assert [dict(half.params)["flowCode"] for half in halves] == ["X", "M"]
    deeper = comtrade.more(content, halves[0])
    assert len(deeper) > 190 and len({dict(one.params)["partnerCode"] for one in deeper}) == len(deeper)
    with pytest.raises(BadTable, match="cut"):
        comtrade.more(content, comtrade.ask("india", "2022", flow="X", product="7113", key=False)[0])
    assert comtrade.more((FOLDER / "recorded_preview_A_india_usa_total.json").read_bytes(), request) == []


def test_an_announced_count_that_does_not_arrive_is_refused():
    envelope = json.loads((FOLDER / "recorded_preview_A_india_usa_total.json").read_bytes())
    with pytest.raises(BadTable, match="announces"):
        comtrade.parse(json.dumps(envelope | {"count": 2}).encode(), seen=SEEN)


def test_a_trailing_comma_does_not_shift_the_columns():
    rows = read("recorded_portal_download_M_8542_2025.csv")
    assert len(rows) == 396 and (rows.value > 0).all()
    first = rows[(rows.reporter == "AZE") & (rows.flow == "X")].iloc[0]
    assert (first.value, first.weight_kg, first.quantity, first.unit) == (10381.05, 4.58, 10, "piece")


def test_a_shifted_file_is_refused():
    text = (FOLDER / "recorded_portal_download_M_8542_2025.csv").read_bytes().decode("latin-1")
    with pytest.raises(BadTable, match="fields|shifted"):
        comtrade.parse(text.replace('"C","M",', '"M",').encode(), seen=SEEN)


def test_names_in_latin_letters_of_an_old_code_page_do_not_stop_the_reading():
    rows = read("recorded_portal_download_A_8542_world_latin1_excerpt.csv")
    assert {"TUR", "CIV"} & set(rows.reporter)


def test_a_row_of_several_editions_says_which():
    rows = read("recorded_portal_download_A_8542_world_latin1_excerpt.csv")
    of_2024 = rows[(rows.period == "2024") & (rows.flow == "X")].classification.value_counts()
    assert of_2024.to_dict() == {"HS2022": 79, "HS2017": 4, "HS2012": 2, "HS2007": 1}


def test_zero_weights_and_estimates_are_missing():
    rows = read("recorded_portal_download_A_8542_world_latin1_excerpt.csv")
    assert rows[rows.reporter == "USA"].weight_kg.isna().all()
    assert not (rows.weight_kg == 0).any() and not (rows.quantity == 0).any()
    envelope = json.loads((FOLDER / "recorded_preview_A_india_usa_total.json").read_bytes())
    row = envelope["data"][0] | {"netWgt": 0, "isNetWgtEstimated": False, "qty": 0, "isQtyEstimated": False}
    zero = comtrade.parse(json.dumps(envelope | {"data": [row]}).encode(), seen=SEEN)
    assert zero.weight_kg.isna().all() and zero.quantity.isna().all()
    assert zero.attrs["repairs"]["weights of zero beside a positive value, taken as missing"] == 1
    flags = read("recorded_final_A_eu_imports_world_flags_0_2_4_6.json")
    raw = json.loads((FOLDER / "recorded_final_A_eu_imports_world_flags_0_2_4_6.json").read_bytes())["data"]
    by_flag = [r for r in raw if r["legacyEstimationFlag"] == 0 and (r["isQtyEstimated"] or r["isNetWgtEstimated"])]
    assert by_flag  # the flag alone would have let these through
    sure = sum(bool(r["netWgt"]) and not r["isNetWgtEstimated"] for r in raw)
    assert flags.weight_kg.notna().sum() == sure


def test_imports_are_cif_and_a_zero_fob_is_missing():
    rows = read("recorded_final_A_usa_total_2018_2022.json")
    assert set(rows[rows.flow == "M"].valuation) == {"cif"}
    raw = json.loads((FOLDER / "recorded_final_A_usa_total_2018_2022.json").read_bytes())["data"]
    zero = sum(r["fobvalue"] == 0 and r["primaryValue"] > 0 for r in raw)
    assert zero and rows.attrs["repairs"]["fob of zero, taken as missing"] == zero


def test_month_52_is_a_year_and_frequency_and_period_must_agree():
    assert set(read("recorded_final_A_usa_total_2018_2022.json").span) == {"year"}
    body = json.loads((FOLDER / "recorded_preview_A_india_usa_total.json").read_bytes())
    body["data"][0]["refMonth"] = 7
    with pytest.raises(BadTable, match="do not go together"):
        comtrade.parse(json.dumps(body).encode(), seen=SEEN)


def test_numbers_of_the_office_are_not_those_of_the_un_and_several_mean_one_country():
    envelope = json.loads((FOLDER / "recorded_preview_A_india_usa_total.json").read_bytes())
    meant = {842: "USA", 251: "FRA", 757: "CHE", 579: "NOR", 490: "TWN", 380: "ITA", 381: "ITA", 0: "WLD", 975: "ASEAN"}
    for number, iso3 in meant.items():
        row = envelope["data"][0] | {"partnerCode": number}
        rows = comtrade.parse(json.dumps(envelope | {"data": [row]}).encode(), seen=SEEN)
        assert rows.partner.tolist() == [iso3]
    row = envelope["data"][0] | {"partnerCode": 12345}
    with pytest.raises(BadTable, match="new to us"):
        comtrade.parse(json.dumps(envelope | {"data": [row]}).encode(), seen=SEEN)


def test_two_rows_of_one_cell_are_refused():
    envelope = json.loads((FOLDER / "recorded_preview_A_india_usa_total.json").read_bytes())
    with pytest.raises(BadTable, match="one each"):
        comtrade.parse(json.dumps(envelope | {"data": envelope["data"] * 2, "count": 2}).encode(), seen=SEEN)


REFUSED = {
    "recorded_error_401_missing_key.json": (BadTable, "subscription key"),
    "composed_error_403_quota.json": (BadTable, "quota"),
    "composed_error_429_rate.json": (BadTable, "Rate limit"),
    "composed_error_400_preview_two_periods.json": (BadTable, "one period"),
    "recorded_empty_period_1900.json": (MissingData, "no rows"),
    "recorded_bulk_list_empty.json": (MissingData, "no rows"),
    "recorded_bulk_list_C_A_argentina_1962.json": (BadTable, "lacks"),
    "recorded_values_getDA_final_A_2021.json": (BadTable, "list"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_errors_in_an_envelope_are_not_data(name):
    kind, said = REFUSED[name]
    with pytest.raises(kind, match=said):
        read(name)


def test_questions_filter_parts_and_check_codes_before_they_are_sent():
    requests = comtrade.ask("united states", "2024-01:2024-03", product="8542", partner="china")
    assert [dict(r.params)["period"] for r in requests] == ["202401", "202402", "202403"]
    sent = dict(requests[0].params)
    assert (sent["reporterCode"], sent["partnerCode"]) == ("842", "156")
    assert (sent["partner2Code"], sent["motCode"], sent["customsCode"]) == ("0", "0", "C00")
    assert "subscription-key" not in sent
    with pytest.raises(UnknownCode):
        comtrade.ask("CHM", "2024")
    with pytest.raises(UnknownCode):
        comtrade.ask("china", "2024", product="854")
    with pytest.raises(WrongUsage):
        comtrade.ask("china", "1900")
