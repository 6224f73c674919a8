"""Users' own tables: the same rows in every format, mended aloud or refused."""

import gzip
import io
import zipfile
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot import flows, tables
from entrepot.errors import BadTable, MissingData, WrongUsage
from entrepot.sources.numbers import amount, style

TODAY = date(2026, 11, 22)
MAP = {
    "table": {"source": "mine", "released": "2026-01-15"},
    "columns": {"partner": "Land", "period": "Month", "product": "HS", "value": "Value"},
    "constants": {"reporter": "Germany", "flow": "exports", "currency": "euro", "classification": "HS2022"},
    "scale": {"value": 1e6},
}
FRAME = pd.DataFrame(
    {
        "Land": ["China", "United States"],
        "Month": ["2025-11", "November 2025"],
        "HS": ["8542", "010121"],
        "Value": [1.5, 2.25],
    }
)
TOML = """
[table]
source = "mine"
released = 2026-01-15
[columns]
partner = "Land"
period = "Month"
product = "HS"
value = "Value"
[constants]
reporter = "Germany"
flow = "exports"
currency = "euro"
classification = "HS2022"
[scale]
value = 1e6
"""


def read(path, mapping=None):
    return tables.read(path, mapping or MAP, today=TODAY)


def text(tmp_path, content, name="own.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


WRITERS = {
    "csv": lambda f, p: f.to_csv(p, index=False),
    "xlsx": lambda f, p: f.to_excel(p, index=False),
    "dta": lambda f, p: f.to_stata(p, write_index=False),
    "parquet": lambda f, p: f.to_parquet(p),
}


@pytest.mark.parametrize("kind", WRITERS)
def test_every_format_reads_alike(kind, tmp_path):
    path, mapping = tmp_path / f"own.{kind}", tmp_path / "map.toml"
    WRITERS[kind](FRAME, path)
    mapping.write_text(TOML)
    own = read(path, mapping)
    rows = own.flows.collect("pandas").to_native()
    assert rows.value.tolist() == [1.5e6, 2.25e6] and rows.partner.tolist() == ["CHN", "USA"]
    assert rows["product"].tolist() == ["8542", "010121"] and set(rows.period) == {"2025-11"}
    assert set(rows.reporter) == {"DEU"} and set(rows.valuation) == {"fob"} and own.repairs == {}


def test_semicolons_decimal_commas_marks_and_trailing_commas_are_mended_aloud(tmp_path):
    own = read(
        text(tmp_path, b"\xef\xbb\xbfLand;Month;HS;Value\r\nChina;2025-11;8542;1.234,5;\r\nIndia;2025-11;10121;2;\r\n")
    )
    assert own.rows.value.tolist() == [1_234.5e6, 2e6]
    assert own.repairs == {
        "numbers with decimal commas": 1,
        "product codes that lost a zero": 1,
        "separators at the end of a line, left out": 2,
    }
    assert own.rows["product"].tolist() == ["8542", "010121"]


def test_codes_that_a_spreadsheet_made_numbers_get_their_zeros_back(tmp_path):
    path = tmp_path / "own.xlsx"
    FRAME.assign(HS=[8542, 10121]).to_excel(path, index=False)
    own = read(path)
    assert own.rows["product"].tolist() == ["8542", "010121"] and sum(own.repairs.values()) == 1


def test_empty_rows_are_left_out_and_counted_and_a_dash_is_missing(tmp_path):
    path = tmp_path / "own.xlsx"
    extra = pd.DataFrame(
        {"Land": [None, "Japan"], "Month": [None, "2025-11"], "HS": [None, "85"], "Value": [None, "-"]}
    )
    pd.concat([FRAME, extra]).to_excel(path, index=False)
    own = read(path)
    assert own.repairs == {"empty rows, left out": 1} and own.rows.value.isna().sum() == 1


BAD = {
    "which lies in the future": "China,2027-01,8542,1",
    "Atlantis": "Atlantis,2025-11,8542,1",
    "cells where the header": "China,2025-11,8542,1,2",
    "may part thousands": 'China,2025-11,8542,"1,234"',
    "is no number": "China,2025-11,8542,lots",
    "no period": "China,late 2025,8542,1",
    "HS code": "China,2025-11,99999999999,1",
    "Row 2: released '2025-11': a day like": "China,2025-11,8542,1",
    "negative value": "China,2025-11,8542,-1",
    "Row 2: has no period": "China,,8542,1",
}


@pytest.mark.parametrize("said", BAD)
def test_what_cannot_be_mended_is_refused_with_the_row(said, tmp_path):
    mapping = MAP | {"columns": MAP["columns"] | {"released": "Month"}} if "released" in said else MAP
    with pytest.raises(BadTable, match=said):
        read(text(tmp_path, f"Land,Month,HS,Value\n{BAD[said]}\n"), mapping)


BROKEN = {  # column: what spoils two of three rows, what the refusal says
    "Land": (["Atlantis", "China", "El Dorado"], "2 of 3 rows.*\n  Row 2: partner 'Atlantis'.*\n  Row 4: partner"),
    "Month": (["2031-01", "2025-11", "late 2025"], "2 of 3 rows.*\n  Row 2: is of 2031-01.*future.*\n  Row 4: period"),
    "HS": (["7788", "8542", "99999999999"], "2 of 3 rows.*\n  Row 2: product.*\n  Row 4: product"),
    "Value": ([-1.0, 2.0, -3.0], "2 of 3 rows.*\n  Row 2: has the negative value -1,000,000.*\n  Row 4: has"),
}
GOOD = {"Land": ["China", "India", "Japan"], "Month": ["2025-11"] * 3, "HS": ["85"] * 3, "Value": [1.0, 2.0, 3.0]}


@pytest.mark.parametrize("column", BROKEN)
@pytest.mark.parametrize("kind", WRITERS)
def test_rows_that_cannot_be_taken_are_counted_in_every_format(kind, column, tmp_path):
    cells, said = BROKEN[column]
    path = tmp_path / f"own.{kind}"
    WRITERS[kind](pd.DataFrame(GOOD | {column: cells}), path)
    with pytest.raises(BadTable, match=f"(?s){said}"):
        read(path)


@pytest.mark.parametrize("kind", WRITERS)
def test_codes_that_lost_zeros_are_mended_and_counted_in_every_format(kind, tmp_path):
    path = tmp_path / f"own.{kind}"
    WRITERS[kind](pd.DataFrame(GOOD | {"HS": [10121, 101, 8542]}), path)
    own = read(path)
    assert own.rows["product"].tolist() == ["010121", "0101", "8542"]
    assert own.repairs == {"product codes that lost a zero": 2}


@pytest.mark.parametrize("kind", ["xlsx", "dta", "parquet"])
def test_empty_cells_stay_missing_in_every_format(kind, tmp_path):
    path = tmp_path / f"own.{kind}"
    WRITERS[kind](pd.DataFrame(GOOD | {"Value": [1.0, None, 3.0]}), path)
    assert read(path).rows.value.isna().tolist() == [False, True, False]


def test_a_balance_may_be_negative(tmp_path):
    mapping = MAP | {"constants": MAP["constants"] | {"flow": "balance"}}
    own = read(text(tmp_path, "Land,Month,HS,Value\nChina,2025-11,8542,-1\n"), mapping)
    assert own.flows.collect("pandas").to_native().value.tolist() == [-1e6]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_file_that_is_not_what_its_name_says_is_refused(kind, tmp_path):
    other = {"csv": "xlsx", "xlsx": "csv", "dta": "parquet", "parquet": "xlsx"}[kind]
    path = tmp_path / f"own.{other}"
    WRITERS[other](FRAME, path)
    path = path.rename(tmp_path / f"own.{kind}")
    with pytest.raises(BadTable, match="cannot be read|suffix that it has"):
        read(path)


def test_a_web_page_saved_as_csv_is_refused(tmp_path):
    with pytest.raises(BadTable, match="web page"):
        read(text(tmp_path, "<html><body>log in</body></html>"))


def test_empty_lines_are_counted_and_rows_keep_the_numbers_of_the_file(tmp_path):
    own = read(text(tmp_path, "Land,Month,HS,Value\n,,,\nChina,2025-11,8542,1\n"))
    assert own.repairs == {"empty rows, left out": 1} and len(own.rows) == 1
    with pytest.raises(BadTable, match="Row 4: partner"):
        read(text(tmp_path, "Land,Month,HS,Value\n,,,\nChina,2025-11,8542,1\nAtlantis,2025-11,8542,1\n"))
    with pytest.raises(BadTable, match="Line 3.*2 of 3 rows are so"):
        read(text(tmp_path, "Land,Month,HS,Value\nChina,2025-11,8542,1\nChina,2025-11,8,5,1\nChina,2025-11,8,5,2\n"))


def test_the_encoding_of_an_old_file_can_be_named(tmp_path):
    content = "Land;Month;HS;Value\nCôte d’Ivoire;2025-11;18;1\n".replace("’", "'").encode("latin-1")
    mapping = MAP | {"table": {"encoding": "latin-1"}}
    assert read(text(tmp_path, content), mapping).rows.partner.tolist() == ["CIV"]
    with pytest.raises(BadTable, match="encoding"):
        read(text(tmp_path, content), MAP | {"table": {"encoding": "utf-8"}})


def test_what_the_mapping_leaves_out_is_said(tmp_path):
    path = text(tmp_path, "Land,Month,HS,Value\nChina,2025-11,8542,1\n")
    bare = {name: said for name, said in MAP["constants"].items() if name not in ("currency", "flow")}
    for mapping, said in (
        (MAP | {"constants": bare}, "nothing of flow, currency"),
        (MAP | {"columns": {"partner": "Land", "period": "Month"}}, "names no figure"),
        (MAP | {"constants": MAP["constants"] | {"reporter": "Germny"}}, r"In \[constants\].*Germny.*DEU"),
        (MAP | {"table": {"shet": "x"}}, "no setting 'shet'"),
    ):
        with pytest.raises(WrongUsage, match=said):
            read(path, mapping)
    with pytest.raises(BadTable, match="2 columns 'Value'"):
        read(text(tmp_path, "Land,Month,HS,Value,Value\nChina,2025-11,8542,1,2\n"))


def test_two_rows_of_one_cell_are_refused(tmp_path):
    with pytest.raises(BadTable, match="Row 3: speaks of the same cell as row 2"):
        read(text(tmp_path, "Land,Month,HS,Value\nChina,2025-11,8542,1\nchina,2025m11,85.42,2\n"))


def test_mappings_and_files_that_are_wrong_are_refused(tmp_path):
    path = text(tmp_path, "Land,Month,HS,Value\nChina,2025-11,8542,1\n")
    for mapping in ({"rows": {}}, {"columns": {"valu": "Value"}}, {"columns": {"value": "Betrag"}}):
        with pytest.raises(WrongUsage):
            read(path, mapping)
    with pytest.raises(WrongUsage, match="TOML"):
        read(path, text(tmp_path, "[columns", "map.toml"))
    with pytest.raises(WrongUsage, match="format"):
        read(text(tmp_path, "x", "own.pdf"))
    with pytest.raises(MissingData):
        read(tmp_path / "none.csv")
    with pytest.raises(MissingData):
        read(path, tmp_path / "none.toml")
    with pytest.raises(BadTable, match="cannot be read"):
        read(text(tmp_path, "no workbook", "own.xlsx"))


HEAD = "Country,Month,HS,Value\n"
SHEET = HEAD + "China,2025-01,850760,100\nJapan,2025-01,010121,200\n"
LINE = "China,2025-01,850760,"
PLAIN = {
    "table": {"source": "mine"},
    "columns": {"partner": "Country", "period": "Month", "product": "HS", "value": "Value"},
    "constants": {"reporter": "Germany", "flow": "exports", "currency": "EUR"},
}
ARCHIVE = io.BytesIO()
with zipfile.ZipFile(ARCHIVE, "w") as packed:
    packed.writestr("a.csv", SHEET)
ROUGH = {
    "utf-16 with its mark": (SHEET.encode("utf-16"), [100, 200], {}),
    "byte order mark": (b"\xef\xbb\xbf" + SHEET.encode(), [100, 200], {}),
    "line ends of old": (SHEET.replace("\n", "\r").encode(), [100, 200], {}),
    "header again": (SHEET + HEAD + "France,2025-01,850760,7\n", [100, 200, 7], {"repeat the header": 1}),
    "thousands by commas": (HEAD + f'{LINE}"1,234,567"\nJapan,2025-01,850760,"12,345"\n', [1234567, 12345], {}),
    "thousands by apostrophes": (HEAD + LINE + "1'234'567\n", [1234567], {}),
    "thousands by points": (
        "Country;Month;HS;Value\nChina;2025-01;850760;1.234\nJapan;2025-01;010121;2.500.000,5\n",
        [1234, 2500000.5],
        {"decimal commas": 2},
    ),
    "a code that was a number": (HEAD + "China,2025-01,850760.0,5\n", [5], {}),
    "chinese": (SHEET.replace("China", "中国").encode("gb18030"), [100, 200], {"code page 936": 2}),
}
HOSTILE = {
    "utf-16 without its mark": (SHEET.encode("utf-16-be"), "utf-16-le"),
    "two ways of decimals": (HEAD + f'{LINE}"1.234,5"\nJapan,2025-01,850760,1234.56\n', "a comma .* and with a point"),
    "a comma that may be either": (HEAD + f'{LINE}"12,345"\n', "may part thousands or be decimal"),
    "money": (HEAD + LINE + "€1234\n", "'€1234' is no number"),
    "an error of a workbook": (HEAD + LINE + "#REF!\n", "'#REF!' is no number"),
    "in brackets": (HEAD + LINE + "(500)\n", r"'\(500\)' is no number"),
    "percent": (HEAD + LINE + "12%\n", "'12%' is no number"),
    "underscores": (HEAD + LINE + "1_000\n", "'1_000' is no number"),
    "endless": (HEAD + LINE + "inf\n", "'inf' is no number"),
    "too long": (HEAD + LINE + "9" * 400 + "\n", "is no number"),
    "moved to the right": (SHEET + ",France,2025-01,850760\n", "1 of 3 rows .*\n  Row 4: period 'France'"),
    "a row twice": (SHEET + "China,2025-01,850760,100\n", "Row 4: speaks of the same cell as row 2"),
    "a total": (SHEET + "Total,,,300\n", "Row 4: has no period"),
    "web page": ("<!DOCTYPE html><html>404</html>", "begins like a web page"),
    "web page with a mark": (b"\xef\xbb\xbf<html></html>", "begins like a web page"),
    "json": ('{"error": "rate limit"}', "begins like JSON"),
    "pdf": (b"%PDF-1.7 x", "begins like a PDF"),
    "gzip": (gzip.compress(SHEET.encode()), "begins like an archive"),
    "gzip cut off": (gzip.compress(SHEET.encode())[:-8], "begins like an archive"),
    "zip": (ARCHIVE.getvalue(), "begins like an archive"),
    "old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "begins like an old workbook"),
    "empty": ("", "holds no rows"),
    "blank lines": ("\n\n\n", "holds no rows"),
    "header alone": (HEAD, "holds no rows"),
    "zero bytes": (SHEET.encode() + b"\0\0", "bytes that no text holds"),
    "other separator": (SHEET.replace(",", "|"), "name it under .table"),
    "title above": ("Exports of Germany\n\n" + SHEET, "lines stand above its header"),
}  # fmt: skip


def written(tmp_path, content, name="rough.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", ROUGH)
def test_rough_files_are_read_and_what_was_mended_is_counted(name, tmp_path):
    content, values, mended = ROUGH[name]
    own = tables.read(written(tmp_path, content), PLAIN, today=date(2026, 11, 22))
    assert own.rows.value.tolist() == values and set(own.rows["product"]) <= {"850760", "010121"}
    assert {words: count for said, count in own.repairs.items() for words in mended if words in said} == mended
    assert len(own.repairs) == len(mended)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_and_say_why(name, tmp_path):
    content, said = HOSTILE[name]
    with pytest.raises((BadTable, WrongUsage), match=said):
        tables.read(written(tmp_path, content), PLAIN, today=date(2026, 11, 22))


@pytest.mark.parametrize("suffix", [".zip", ".csv.gz", ".7z"])
def test_a_packed_file_is_to_be_unpacked_first(suffix, tmp_path):
    with pytest.raises(WrongUsage, match="is packed. Unpack it first"):
        tables.read(written(tmp_path, b"x", f"table{suffix}"), PLAIN)


SETTINGS = {
    "one character": {"table": {"source": "mine", "separator": ";;"}},
    "a day like": {"table": {"source": "mine", "released": "15.01.2026"}},
    "not 'million'": {"scale": {"value": "million"}},
    "above zero": {"scale": {"value": 0}},
    "multiplies numbers": {"scale": {"partner": 2}},
    "no section": {"columns": ["Country"]},
    "utf-33": {"table": {"source": "mine", "encoding": "utf-33"}},
}


@pytest.mark.parametrize("said", SETTINGS)
def test_settings_that_cannot_be_followed_are_refused(said, tmp_path):
    with pytest.raises((BadTable, WrongUsage), match=said):
        tables.read(written(tmp_path, SHEET), PLAIN | SETTINGS[said])


WORKBOOKS = {
    "is no number": {"Value": pd.Timestamp("2025-01-21")}, "value True: is no number": {"Value": True},
    "No product is called": {"HS": pd.Timestamp("2025-01-21")}, "is no period": {"Month": 45658},
}  # fmt: skip


@pytest.mark.parametrize("said", WORKBOOKS)
def test_cells_of_a_workbook_that_are_of_another_kind_are_refused(said, tmp_path):
    row = {"Country": "China", "Month": "2025-01", "HS": 850760, "Value": 5} | WORKBOOKS[said]
    pd.DataFrame([row]).to_excel(tmp_path / "x.xlsx", index=False)
    with pytest.raises(BadTable, match=said):
        tables.read(tmp_path / "x.xlsx", PLAIN)


def test_a_workbook_without_rows_is_refused(tmp_path):
    pd.DataFrame(columns=["Country", "Month", "HS", "Value"]).to_excel(tmp_path / "x.xlsx", index=False)
    with pytest.raises(BadTable, match="holds no rows"):
        tables.read(tmp_path / "x.xlsx", PLAIN)


@given(values=st.lists(st.integers(0, 10**9), min_size=1, max_size=8), decimals=st.sampled_from([1, 2, 4]))
def test_numbers_read_the_same_however_thousands_and_decimals_are_marked(values, decimals):
    plain = [f"{value / 7:,.{decimals}f}" for value in values]
    swapped = [text.translate(str.maketrans(",.", ".,")) for text in plain]
    bare = [text.replace(",", "") for text in plain]
    read = [[amount(text, style(texts)) for text in texts] for texts in (plain, swapped, bare)]
    assert read[0] == read[1] == read[2] == [float(text) for text in bare]


NAMED = pd.DataFrame(
    {"Reporter": "de", "flow": "exports", "period": "2025-11", "Currency": "EUR", "value": [1.5, 2.5],
     "partner": ["World", "Corea del Sur"]}
)  # fmt: skip


def test_columns_with_the_names_of_the_flows_table_need_no_mapping(tmp_path):
    NAMED.to_excel(tmp_path / "own.xlsx", index=False)
    NAMED.to_parquet(tmp_path / "own.parquet")
    for source in (NAMED, tmp_path / "own.xlsx", tmp_path / "own.parquet"):
        rows = tables.read(source, today=TODAY).flows.collect("pandas").to_native()
        assert rows.partner.tolist() == ["WLD", "KOR"] and rows.value.tolist() == [1.5, 2.5]
        assert set(rows.reporter) == {"DEU"} and set(rows.valuation) == {"fob"} and set(rows.concept) == {"standard"}
    with pytest.raises(BadTable, match="no column currency, value; it has"):
        tables.read(NAMED.drop(columns=["Currency", "value"]))
    with pytest.raises(BadTable, match="not list"):
        tables.read([1])


def test_a_flows_table_in_parquet_is_left_to_be_read_as_it_is(tmp_path):
    tables.read(NAMED, today=TODAY).rows.to_parquet(tmp_path / "whole.parquet")
    NAMED.to_parquet(tmp_path / "own.parquet")
    (tmp_path / "torn.parquet").write_bytes(b"PAR1 and then nothing")
    assert tables.opened(tmp_path / "whole.parquet") is None and tables.opened(tmp_path) is None
    assert tables.opened(tmp_path / "torn.parquet") is None
    assert len(tables.opened(tmp_path / "own.parquet").rows) == 2


COLUMNS = "reporter,flow,period,currency,value\n"


def mine(tmp_path, text, name="mine.csv", encoding="utf-8"):
    (tmp_path / name).write_bytes((COLUMNS + text).encode(encoding))
    return tables.read(tmp_path / name)


def test_letters_with_accents_saved_by_a_spreadsheet_are_read_as_they_are(tmp_path):
    made = mine(tmp_path, "Côte d'Ivoire,exports,2025-01,USD,5\n", encoding="cp1252")
    assert made.rows.reporter.tolist() == ["CIV"]
    assert [what for what in made.repairs if "Windows-1252" in what]


def test_signs_of_chinese_in_the_page_of_their_office_stay_chinese(tmp_path):
    made = mine(tmp_path, "中国,出口,2025-01,人民币,5\n越南,进口,2025-01,USD,5\n", encoding="gb18030")
    assert made.rows.reporter.tolist() == ["CHN", "VNM"]
    assert [what for what in made.repairs if "code page 936" in what]


def test_a_row_without_a_figure_is_absent_from_the_flows_and_counted(tmp_path):
    made = mine(tmp_path, "Brazil,exports,2025-01,USD,5\nBrazil,exports,2025-02,USD,\n")
    assert (len(made.rows), made.blank) == (2, 1)
    assert [row["period"] for row in flows.records(made.flows)] == ["2025-01"]


def test_a_table_without_any_figure_is_refused_by_name(tmp_path):
    made = mine(tmp_path, "Brazil,exports,2025-01,USD,\n")
    with pytest.raises(BadTable, match="No row of the table holds a figure"):
        made.flows  # noqa: B018 (it refuses when asked)


def test_the_first_or_last_day_stands_for_its_month_and_no_other(tmp_path):
    made = mine(tmp_path, "Brazil,exports,2025-01-31,USD,5\nBrazil,exports,01.02.2025,USD,5\n")
    assert made.rows.period.tolist() == ["2025-01", "2025-02"]
    assert made.repairs["days that stand for their month"] == 2
    with pytest.raises(BadTable, match=r"Row 2: period '2025-01-15'.*is a day"):
        mine(tmp_path, "Brazil,exports,2025-01-15,USD,5\n")


def test_one_fault_of_many_rows_is_said_once(tmp_path):
    with pytest.raises(BadTable) as refusal:
        mine(tmp_path, "".join(f"Brasill,exports,2025-{m:02d},USD,5\n" for m in range(1, 9)))
    said = str(refusal.value)
    assert said.count("Brasill") == 2 and "Row 2 and 7 more: " in said and "(Brazil)?\n" in said


def test_a_file_that_names_no_source_is_its_own(tmp_path):
    assert mine(tmp_path, "Brazil,exports,2025-01,USD,5\n").rows.source.tolist() == ["mine.csv"]


def test_columns_of_other_names_are_refused_with_the_command_that_takes_a_mapping(tmp_path):
    (tmp_path / "comex.csv").write_text("Pais;Valor\nBrazil;5\n", "utf-8")
    with pytest.raises(BadTable, match=r"entrepot fetch comex\.csv --mapping FILE\.toml"):
        tables.read(tmp_path / "comex.csv")
