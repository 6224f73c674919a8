"""Users' own tables: the same rows in every format, mended aloud or refused."""

from datetime import date

import pandas as pd
import pytest

from entrepot import tables
from entrepot.errors import BadTable, MissingData, WrongUsage

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
    assert own.repairs == {"numbers with decimal commas": 1, "product codes that lost a zero": 1}
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
    "could not convert": "China,2025-11,8542,lots",
    "no period": "China,late 2025,8542,1",
    "HS code": "China,2025-11,99999999999,1",
    "Row 2, released": "China,2025-11,8542,1",
}


@pytest.mark.parametrize("said", BAD)
def test_what_cannot_be_mended_is_refused_with_the_row(said, tmp_path):
    mapping = MAP | {"columns": MAP["columns"] | {"released": "Month"}} if "released" in said else MAP
    with pytest.raises(BadTable, match=said):
        read(text(tmp_path, f"Land,Month,HS,Value\n{BAD[said]}\n"), mapping)


def test_negative_values_break_the_contract(tmp_path):
    own = read(text(tmp_path, "Land,Month,HS,Value\nChina,2025-11,8542,-1\n"))
    with pytest.raises(BadTable, match="negative"):
        own.flows  # noqa: B018


def test_two_rows_of_one_cell_are_refused(tmp_path):
    with pytest.raises(BadTable, match="one each"):
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
