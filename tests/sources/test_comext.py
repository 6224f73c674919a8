"""Comext files: totals, residual codes, confidential partners, two layouts, and what is no data."""

import sys
from datetime import date
from pathlib import Path

import pytest

from entrepot import flows
from entrepot.errors import BadTable, MissingData
from entrepot.sources import comext

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "eurostat"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SEEN = date(2026, 11, 22)
TRAPS = "composed_full_v2_202511_traps.dat"


def read(name):
    return comext.relation(FOLDER / name, seen=SEEN)


def answer(name):
    return comext.answer((FOLDER / name).read_bytes(), seen=SEEN)


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.dat")))
def test_every_file_keeps_the_contract_from_disk_and_from_memory(name):
    disk, memory = read(name), comext.parse((FOLDER / name).read_bytes(), seen=SEEN)
    flows.read(disk)
    assert sorted(disk.fetchall(), key=str) == sorted(memory.fetchall(), key=str)


def test_the_total_line_is_the_sum_of_its_lines_residuals_among_them():
    assert comext.totals(read(TRAPS)) == {"DEU": 0.0}
    rows = read(TRAPS).df()
    rows = rows[(rows.reporter == "DEU") & (rows.partner == "CHN") & (rows.concept == "standard")]
    assert rows[rows["product"] == "TOTAL"].value.tolist() == [1_001_700]
    assert "85XXXXXX" in set(rows["product"])
    text = (FOLDER / TRAPS).read_text().replace("1001700,1001700", "1001701,1001701")
    assert comext.totals(comext.relation(text.encode(), seen=SEEN)) == {"DEU": 1.0}


def test_residual_codes_are_kept_in_sums_and_are_no_subtotals():
    rows = read("recorded_full_v2_202402_excerpt.dat").df()
    chapter = rows[rows["product"].str.startswith("39")].set_index("product").value
    assert chapter["39XXXXXX"] == 89 and chapter.drop("39XXXXXX").sum() == 3052


def test_procedures_are_added_up_and_stand_beside_the_sum():
    rows = read(TRAPS).df()
    cells = rows[(rows["product"] == "85076000") & (rows.partner == "CHN")].set_index("concept").value
    assert cells.to_dict() == {"standard": 1_000_500, "inward processing": 500}


def test_confidential_and_special_partners_stay_and_are_no_countries():
    partners = set(read(TRAPS).df().partner)
    assert {"EUROSTAT_QZ", "EUROSTAT_QY", "EUROSTAT_XI", "EUROSTAT_XU"} <= partners


def test_codes_keep_their_zeros_and_lost_ones_are_put_back():
    assert "01012100" in set(read(TRAPS).df()["product"])
    text = (FOLDER / TRAPS).read_text().replace(",01012100,", ",1012100,")
    assert "01012100" in set(comext.relation(text.encode(), seen=SEEN).df()["product"])


def test_a_weight_of_zero_kilograms_is_a_rounded_weight():
    rows = read("recorded_full_v2_202402_excerpt.dat").df().set_index("product")
    assert rows.loc["39205100", "value"] == 15 and rows.loc["39205100", "weight_kg"] == 0


def test_the_old_layout_reads_by_its_own_names():
    (row,) = read("composed_full_201001_old_header.dat").df().to_dict("records")
    assert (row["reporter"], row["partner"], row["value"], row["weight_kg"]) == ("FRA", "CHN", 1_234_567, 8901)
    assert (row["classification"], row["flow"], row["valuation"]) == ("CN2010", "M", "cif")


BAD = {
    "future": ("202511", "203001"),
    "no month": ("202511", "202513"),
    "negative": (",200,200,50,1", ",-200,-200,50,1"),
    "new to us": ("SE,CN", "SE,ZZ"),
    "no column for value": ("VALUE_EUR", "VALUE_XXX"),
    "read as a table": (",200,200,50,1", ",200,200,50"),
}


@pytest.mark.parametrize("said", BAD)
def test_bad_files_are_refused(said):
    text = (FOLDER / TRAPS).read_text().replace(*BAD[said])
    with pytest.raises(BadTable, match=said):
        comext.relation(text.encode(), seen=SEEN).fetchall()


def test_a_page_that_came_twice_is_refused():
    lines = (FOLDER / TRAPS).read_text().splitlines()
    for bad in ([*lines, *lines[1:]], [*lines, lines[2]]):
        with pytest.raises(BadTable, match="stands twice"):
            comext.relation("\n".join(bad).encode(), seen=SEEN).fetchall()


def test_a_line_doubled_in_a_cell_of_several_procedures_is_refused_and_lines_that_differ_are_added():
    lines = (FOLDER / TRAPS).read_text().splitlines()
    inward = next(line for line in lines if line.split(",")[3] == "85076000" and line.split(",")[11] == "2")
    with pytest.raises(BadTable, match="stands twice"):
        comext.relation("\n".join([*lines, inward]).encode(), seen=SEEN)
    other = inward.replace(",500,500,", ",700,700,")  # the same cell and procedure once more, with another value
    assert other != inward
    rows = comext.relation("\n".join([*lines, other]).encode(), seen=SEEN).df()
    cells = rows[(rows["product"] == "85076000") & (rows.partner == "CHN")].set_index("concept").value
    assert cells.to_dict() == {"standard": 1_000_500 + 700, "inward processing": 500 + 700}
    with pytest.raises(BadTable, match="stands twice"):  # the double stands between lines that differ
        comext.relation("\n".join([*lines, other, inward]).encode(), seen=SEEN)


def test_a_sparse_answer_holds_what_it_lists_and_no_zeros():
    rows = answer("composed_jsonstat_sparse.json")
    flows.read(rows)
    held = rows.set_index(["partner", "period"]).value.to_dict()
    assert held == {("CHN", "2026-03"): 812_345_678, ("USA", "2026-04"): 1000}  # two of four cells
    assert rows.attrs["repairs"] == {"confidential cells without a value": 1}
    text = (FOLDER / "composed_jsonstat_sparse.json").read_text()
    for old, new, said in (('"3": 1000', '"9": 1000', "outside"), ('"size"', '"sizes"', "no JSON-stat")):
        with pytest.raises(BadTable, match=said):
            comext.answer(text.replace(old, new).encode(), seen=SEEN)


def test_a_year_is_month_52():
    text = (FOLDER / TRAPS).read_text().replace("202511", "202552")
    assert {(row[5], row[6]) for row in comext.relation(text.encode(), seen=SEEN).fetchall()} == {("2025", "year")}


def test_archives_unpack_or_say_what_is_missing(tmp_path, monkeypatch):
    pytest.importorskip("py7zr")
    held = comext.unpack(FOLDER / "composed_full_v2_202511.7z", tmp_path)
    assert held.read_bytes() == (FOLDER / TRAPS).read_bytes()
    page = tmp_path / "page.7z"
    page.write_bytes((FOLDER / "composed_missing_file_http200.html").read_bytes())
    with pytest.raises(MissingData, match="web page"):  # how the office says that a month is not out
        comext.unpack(page, tmp_path)
    page.write_bytes(b"PK\x03\x04")
    with pytest.raises(BadTable, match="no 7-Zip"):
        comext.unpack(page, tmp_path)
    page.write_bytes((FOLDER / "composed_full_v2_202511.7z").read_bytes()[:200])
    with pytest.raises(BadTable, match="damaged"):
        comext.unpack(page, tmp_path)


def test_without_the_extra_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "py7zr", None)
    with pytest.raises(MissingData, match=r"entrepot\[comext\]"):
        comext.unpack(FOLDER / "composed_full_v2_202511.7z", tmp_path)


def test_small_answers_convert_hundreds_of_kilograms_and_count_confidential_cells():
    rows = answer("recorded_sdmx_csv_DS-045409_annual.csv").set_index("partner")
    assert rows.loc["VNM", "weight_kg"] == 9_021_263 and rows.loc["VNM", "value"] == 32_313_884
    hidden = answer("composed_sdmx_csv_DS-059341_confidential.csv")
    assert hidden.attrs["repairs"] == {"confidential cells without a value": 1} and not (hidden.value == 0).any()
    assert "EU27" in set(hidden.reporter)  # the union of 27 by its dated list, not whatever "EU" is today
    for name in ("recorded_sdmx_csv_DS-045409_crlf.csv", "recorded_sdmx_csv_DS-045409_monthly.csv"):
        flows.read(answer(name))


REFUSED = {
    "composed_async_queued.xml": (BadTable, "queued"),
    "composed_fault_413.xml": (BadTable, "TOO_BIG"),
    "composed_fault_100_no_results.xml": (MissingData, "NO_RESULTS"),
    "composed_missing_file_http200.html": (BadTable, "web page"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_tickets_faults_and_pages_are_not_data(name):
    kind, said = REFUSED[name]
    with pytest.raises(kind, match=said):
        answer(name)


def test_questions():
    assert [dict(r.params)["file"][-9:-3] for r in comext.ask("2025-11:2025-12")] == ["202511", "202512"]
    assert dict(comext.ask("2024")[0].params)["file"].endswith("full_v2_202452.7z")
    assert comext.question("germany", "vietnam", "030462", "2024")[0].url.endswith("/A.DE.VN.030462.1.")
