"""BACI files: text codes, its own country numbers, and archives that are what they say."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import codes, flows
from entrepot.errors import BadTable, WrongUsage
from entrepot.sources import baci, bulk

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "baci"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SEEN = date(2026, 11, 22)
TRAPS = "composed_BACI_HS12_Y2022_V202401_traps.csv"
HEAD = b"t,i,j,k,v,q\n"


def read(content, **facts):
    return baci.parse(content, seen=SEEN, **({"edition": "HS22", "version": "202601"} | facts)).df()


@pytest.mark.parametrize("form", [Path, Path.read_bytes])
def test_the_trap_rows_read_as_what_they_mean(form):
    rows = baci.relation(form(FOLDER / TRAPS), seen=SEEN, edition="HS12", version="202401", year=2022).df()
    flows.read(rows)
    by = rows.set_index(["reporter", "partner"])
    assert by.loc[("AFG", "DZA"), "product"] == "010121"  # the zero stays
    assert by.loc[("CHN", "USA"), "value"] == pytest.approx(1_234_567_891)  # thousand dollars
    assert by.loc[("CHN", "USA"), "weight_kg"] == pytest.approx(1_523_400)  # tonnes
    assert by.loc[("TWN", "USA")].isna().weight_kg and by.loc[("ITA", "NOR")].isna().weight_kg
    assert by.loc[("IND", "ARE"), "product"] == "999999" and by.loc[("IND", "ARE")].isna().weight_kg
    assert set(rows.source) == {"baci-hs12-v202401"} and set(rows.classification) == {"HS2012"}


def test_recorded_rows():
    rows = read((FOLDER / "recorded_BACI_HS22_Y2022_V202601_two_rows.csv").read_bytes(), year=2022)
    assert rows.value.tolist() == pytest.approx([23_685_927, 212_054]) and set(rows.reporter) == {"CHN", "IND"}


def test_every_country_of_a_release_is_known_by_its_own_number():
    named = baci.countries((FOLDER / "recorded_country_codes_V202201.csv").read_bytes())
    assert len(named) == 238 and named["516"] == "NAM" and named["381"] == "ITA"
    ours = {code: codes.from_office(code, "baci") for code in named}
    differ = {code for code, iso in named.items() if iso not in ("N/A", ours[code])}
    assert differ == {"58", "711"}  # Belgium-Luxembourg and the customs union are not Belgium and South Africa
    newer = baci.countries((FOLDER / "composed_country_codes_V202501.csv").read_bytes())
    assert newer["380"] == "ITA" and newer["516"] == "NAM"
    with pytest.raises(BadTable, match="columns"):
        baci.countries(b"code,name\n4,Afghanistan\n")


BAD = {
    "six digits": b"2022,156,842,10121,1,1\n",
    "positive": b"2022,156,842,010121,-1,1\n",
    "neither a number": b"2022,156,842,010121,1,few\n",
    "edition": b"2031,156,842,010121,1,1\n",
    "new to us": b"2022,156,5,010121,1,1\n",
    "stands 2 times": b"2022,156,842,010121,1,1\n2022,156,842,010121,2,1\n",
    "read as a table": b"2022,156,842,010121,1,1,9\n",
}


@pytest.mark.parametrize("said", BAD)
def test_bad_rows_are_refused(said):
    with pytest.raises(BadTable, match=said):
        read(HEAD + BAD[said])


def test_another_edition_layout_or_year_is_refused():
    with pytest.raises(BadTable, match="edition"):
        read(HEAD + b"2016,156,842,010121,1,1\n", edition="HS22")
    with pytest.raises(BadTable, match="another year"):
        read(HEAD + b"2022,156,842,010121,1,1\n", year=2023)
    with pytest.raises(BadTable, match="lacks"):
        read(b"t;i;j;k;v;q\n2022;156;842;010121;1;1\n")
    with pytest.raises(BadTable, match="web page"):
        read(b"<!DOCTYPE html><html></html>")
    with pytest.raises(BadTable, match="archive"):
        read(b"PK\x03\x04rest")


def test_columns_in_another_order_and_a_new_one_are_no_fault():
    rows = read(b"\xef\xbb\xbfk,t,i,j,q,v,extra\r\n010121,2022,156,842,2,1.5,x\r\n")
    assert rows.value.tolist() == [1500] and rows.weight_kg.tolist() == [2000]


def test_an_archive_reads_year_by_year(tmp_path):
    archive = tmp_path / "BACI_HS22_V202601.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for year in (2022, 2023):
            out.writestr(f"BACI_HS22_Y{year}_V202601.csv", f"t,i,j,k,v,q\n{year},156,842,854231,{year},1\n")
        out.writestr("country_codes_V202601.csv", "country_code,country_iso3\n156,CHN\n")
    years = [part.to_pandas() for part in baci.archive(archive, seen=SEEN)]
    assert [part.value.tolist() for part in years] == [[2_022_000], [2_023_000]]
    assert len(list(baci.archive(archive, seen=SEEN, years=(2023,)))) == 1
    assert [path.name for path in tmp_path.iterdir()] == [archive.name]


def test_archives_that_lie_are_refused(tmp_path):
    slip = tmp_path / "slip.zip"
    with zipfile.ZipFile(slip, "w") as out:
        out.writestr("../BACI_HS22_Y2022_V202601.csv", "t,i,j,k,v,q\n")
    with pytest.raises(BadTable, match="leads out"):
        bulk.members(slip, ".csv")
    web = tmp_path / "web.zip"
    web.write_bytes(b"<html>not found</html>")
    with pytest.raises(BadTable, match="no zip"):
        bulk.members(web, ".csv")
    small = tmp_path / "small.zip"
    with zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("BACI_HS22_Y2022_V202601.csv", "t,i,j,k,v,q\n" * 5000)
    lie = small.read_bytes().replace((60_000).to_bytes(4, "little"), (600).to_bytes(4, "little"))
    small.write_bytes(lie)
    with pytest.raises(BadTable, match="larger|damaged"):
        bulk.unpack(small, "BACI_HS22_Y2022_V202601.csv", tmp_path)


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(tmp_path, monkeypatch):
    book = tmp_path / "book.xlsx"
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("xl/worksheets/sheet1.xml", b" " * 1_000_000)
    bulk.workbook(book)
    monkeypatch.setattr(bulk, "LARGEST_BOOK", 999_999)
    with pytest.raises(BadTable, match="1,000,000 bytes"):
        bulk.workbook(book)
    book.write_bytes(b"no archive")
    with pytest.raises(BadTable, match="no workbook"):
        bulk.workbook(book)


def test_questions():
    (request,) = baci.ask("HS22", "202601")
    assert request.url.endswith("/BACI_HS22_V202601.zip")
    for edition, version in (("HS21", "202601"), ("HS22", "2026")):
        with pytest.raises(WrongUsage):
            baci.ask(edition, version)
    with pytest.raises(BadTable):
        baci.year_of("trade.csv")


LINES = st.lists(
    st.tuples(
        st.sampled_from(["156", "842", "704", "4"]), st.sampled_from(["392", "251", "757"]),
        st.sampled_from(["010121", "850760", "854231"]), st.integers(1, 10**9), st.none() | st.integers(0, 10**6),
    ),
    min_size=1, max_size=20, unique_by=lambda line: line[:3],
)  # fmt: skip


def year(lines):
    rows = [f"2023,{i},{j},{k},{v / 1000:.3f},{'NA' if q is None else q / 1000}" for i, j, k, v, q in lines]
    return "\n".join(["t,i,j,k,v,q", *rows])


TOLD = {"seen": SEEN, "edition": "HS22", "version": "202601", "year": 2023}


@given(lines=LINES)
@settings(max_examples=30)
def test_the_short_way_through_a_clean_year_gives_what_the_long_one_does_in_published_order(lines):
    content = year(lines).encode()
    short = baci.cells(content, **TOLD)
    order = [[row[name] for name in ("reporter", "period", "partner", "product")] for row in short.to_pylist()]
    assert order == sorted(order)
    names = ", ".join(flows.COLUMNS)
    long = flows.records(flows.read(baci.relation(content, **TOLD).project(names)))
    assert sorted(map(str, flows.records(flows.read(short)))) == sorted(map(str, long))


UNCLEAN = {
    "negative": ("5.000", "-5.000"), "no number": ("5.000", "x"), "zeros lost": ("010121", "10121"),
    "other year": ("2023,", "2022,"), "blanks": ("2023,156", " 2023, 156"), "column": ("t,i,j", "t,i,x"),
    "twice": ("2023,156,392,010121,5.000,1.0", "2023,156,392,010121,5.000,1.0\n2023,156,392,010121,6.000,1.0"),
    "weight below nothing": (",1.0", ",-1.0"), "endless": ("5.000", "inf"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNCLEAN)
def test_a_year_that_is_not_clean_goes_the_long_way(name):
    content = year([("156", "392", "010121", 5000, 1000)])
    spoilt = content.replace(*UNCLEAN[name])
    assert spoilt != content and baci.cells(content.encode(), **TOLD) is not None
    assert baci.cells(spoilt.encode(), **TOLD) is None
