"""World Trade Monitor: the whole sheet, series by code, the base year of this file."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from entrepot.errors import BadTable, MissingData
from entrepot.sources import cpb

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "wto_cpb"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
NAME = "composed_cpb_world_trade_monitor_2026-07.xlsx"
SEEN = date(2026, 11, 22)


def read(content, seen=SEEN):
    return cpb.parse(content, seen=seen)


def changed(change):
    """The workbook with one change, saved again."""
    book, out = openpyxl.load_workbook(FOLDER / NAME), io.BytesIO()
    change(book)
    book.save(out)
    return out.getvalue()


def test_the_size_that_a_sheet_announces_is_not_believed():
    book = openpyxl.load_workbook(FOLDER / NAME, read_only=True)
    assert book["trade_out"].calculate_dimension() == "A1:A1"  # what the file says of itself
    rows = read((FOLDER / NAME).read_bytes())
    whole = openpyxl.load_workbook(FOLDER / NAME)
    coded = [cell.value for sheet in whole for cell in sheet["C"] if cell.value]
    assert (
        rows.series.nunique() == len(coded) > 80 and rows.period.min() == "2025-01" and rows.period.max() == "2026-07"
    )
    assert len(rows) == rows.series.nunique() * 19


def test_a_series_is_known_by_its_code_and_the_weight_of_the_base_year_is_no_observation():
    rows = read((FOLDER / NAME).read_bytes())
    china = cpb.series(rows, "mgz_cn_qnmi_sn")
    assert china["2025-01"] == 100.19 and china.index.is_monotonic_increasing
    assert 1000 not in set(rows["index"])
    first = rows[rows.series == "mgz_cn_qnmi_sn"].iloc[0]
    assert (first.concept, first.region, first.measure, first.adjusted) == (
        "imports", "cn", "volume", "seasonally adjusted",
    )  # fmt: skip
    with pytest.raises(MissingData, match="mgz_"):
        cpb.series(rows, "mgz_xx_qnmi_sn")


def test_series_keep_their_code_when_rows_and_columns_move():
    def move(book):
        book["trade_out"].insert_rows(7, 3)
        book["trade_out"].insert_cols(6, 2)

    plain, moved = read((FOLDER / NAME).read_bytes()), read(changed(move))
    assert plain.equals(moved)


def test_the_base_year_and_the_stamp_are_read_from_the_file():
    rows = read((FOLDER / NAME).read_bytes())
    assert set(rows.base) == {"2021"} and set(rows.stamp) == {"21 September 2026 10:00:42"}

    def rebase(book):
        for sheet in book:
            sheet["B2"] = str(sheet["B2"].value).replace("2021=100", "2010=100")

    assert set(read(changed(rebase)).base) == {"2010"}

    def nameless(book):
        book["trade_out"]["B2"] = "Merchandise world trade"

    with pytest.raises(BadTable, match="which year is 100"):
        read(changed(nameless))


def row(book, code):
    return next(cells for cells in book["trade_out"].iter_rows() if cells[2].value == code)


def test_what_is_no_monitor_is_refused():
    def twice(book):
        row(book, "mgz_w1_qnmi_sn")[2].value = "xgz_w1_qnmi_sn"

    def strange(book):
        row(book, "mgz_w1_qnmi_sn")[2].value = "zzz_w1_qnmi_sn"

    def words(book):
        row(book, "mgz_w1_qnmi_sn")[6].value = "soon"

    for change, said in ((twice, "twice"), (strange, "new kind"), (words, "index number")):
        with pytest.raises(BadTable, match=said):
            read(changed(change))
    with pytest.raises(BadTable, match="no workbook"):
        read(b"<html>not found</html>")
    with pytest.raises(BadTable, match="future"):
        read((FOLDER / NAME).read_bytes(), date(2026, 5, 1))


PAGE = b'<html><a href="/sites/default/files/omnidownload/CPB-world-trade-monitor-july-2026.xlsx">July</a></html>'


def test_the_page_leads_to_the_workbook_of_the_month():
    (request,) = cpb.ask("2026-07")
    (found,) = cpb.more(PAGE, request)
    assert found.url == "https://www.cpb.nl/sites/default/files/omnidownload/CPB-world-trade-monitor-july-2026.xlsx"
    assert cpb.more(PAGE, cpb.ask("2026-08")[0]) == [] and len(cpb.more(PAGE, cpb.ask()[0])) == 1
    with pytest.raises(BadTable, match="links no workbook"):
        cpb.more(b"<html>moved</html>", request)
