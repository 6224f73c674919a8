"""Files: the suffix decides, numbers stay numbers, and a failure leaves the old file whole."""

import json
from dataclasses import replace
from datetime import date

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from entrepot import files
from entrepot.answer import Answer
from entrepot.errors import BadTable, CannotWrite, WrongUsage
from entrepot.measures import measure

SUFFIXES = (".csv", ".json", ".parquet", ".xlsx", ".dta")


@pytest.fixture(scope="module")
def answer(china):
    return measure(china, period="2025-11", by="partner")


@pytest.fixture(params=SUFFIXES)
def written(answer, tmp_path, request):
    return files.write(answer, tmp_path / f"trade{request.param}")


def test_every_suffix_keeps_values_and_what_is_missing(answer, written):
    read = {
        ".csv": pd.read_csv,
        ".json": lambda path: pd.DataFrame(json.loads(path.read_text("utf-8"))["rows"]),
        ".parquet": pd.read_parquet,
        ".xlsx": lambda path: pd.read_excel(path, sheet_name="data"),
        ".dta": pd.read_stata,
    }
    held = read[written.suffix](written)
    assert held.partner.tolist() == answer.rows.partner.tolist()
    for name in ("value", "growth", "share"):
        wanted = answer.rows[name].astype(float)
        assert held[name].astype(float).tolist() == pytest.approx(wanted.tolist(), rel=1e-12, nan_ok=True), name
    assert answer.rows.value.isna().any()


def test_nothing_else_is_left_in_the_folder(written):
    assert [path.name for path in written.parent.iterdir()] == [written.name]


def test_a_workbook_has_data_notes_and_sources_with_numbers_as_numbers(answer, tmp_path):
    book = openpyxl.load_workbook(files.write(answer, tmp_path / "trade.xlsx"))
    assert book.sheetnames == ["data", "notes", "sources"]
    head = [cell.value for cell in book["data"][1]]
    column = head.index("value") + 1
    cells = [book["data"].cell(n, column) for n in range(2, len(answer.rows) + 2)]
    assert {type(cell.value) for cell in cells} <= {int, float, type(None)}
    assert cells[0].number_format == "#,##0"
    assert book["data"].cell(2, head.index("growth") + 1).number_format == "0.0%"
    notes = {row[0].value: row[1].value for row in book["notes"].iter_rows(min_row=2)}
    assert (notes["reporter"], notes["currency"], notes["vintage"]) == ("CHN", "USD", "latest")
    listed = {row[0].value for row in book["sources"].iter_rows(min_row=2)}
    assert listed == set(answer.rows.source)


def test_a_stata_file_has_labels_and_monthly_dates(answer, tmp_path):
    path = files.write(answer, tmp_path / "trade.dta")
    with pd.read_stata(path, iterator=True) as reader:
        labels = reader.variable_labels()
        assert labels["value"] == "value [currency, full units]"
        assert all(labels.values())
        assert "November 2025" in reader.data_label or reader.data_label
        held = reader.read()
    assert set(held.period) == {pd.Timestamp("2025-11-01")}
    assert pd.api.types.is_datetime64_any_dtype(held.released)
    assert pd.api.types.is_numeric_dtype(held.growth_other)
    with pd.read_stata(path, iterator=True, convert_dates=False) as reader:
        assert set(reader.read().period) == {(2025 - 1960) * 12 + 10}  # Stata counts months from January 1960


def test_a_parquet_file_carries_what_a_reader_must_know(answer, tmp_path):
    about = json.loads(pq.read_schema(files.write(answer, tmp_path / "t.parquet")).metadata[b"entrepot"])
    assert about["citation"] == answer.about["citation"]


def test_an_unknown_suffix_is_refused_before_anything_is_written(answer, tmp_path):
    for name in ("trade.pdf", "trade"):
        with pytest.raises(WrongUsage, match=r"\.csv, \.json, \.parquet, \.xlsx, \.dta"):
            files.write(answer, tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("verb", "first", "chart"), [("brief", ".html", False), ("explain", ".csv", True)])
def test_the_suffixes_named_are_those_that_the_verb_writes(answer, tmp_path, verb, first, chart):
    with pytest.raises(WrongUsage, match=f"no form that {verb} writes; one of {first}, ") as refusal:
        files.write(replace(answer, verb=verb), tmp_path / "z.pdf")
    assert (".svg" in str(refusal.value)) == chart


def test_a_folder_that_is_not_there_is_refused(answer, tmp_path):
    with pytest.raises(CannotWrite, match="cannot be written"):
        files.write(answer, tmp_path / "no" / "trade.csv")
    (tmp_path / "plain").write_text("a file")
    with pytest.raises(CannotWrite):
        files.write(answer, tmp_path / "plain" / "trade.csv")


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), ValueError("torn"), KeyboardInterrupt()])
def test_when_writing_fails_the_old_file_stays_whole_and_no_other_is_left(tmp_path, failure):
    target = tmp_path / "trade.csv"
    target.write_text("old")

    def fill(path):
        path.write_text("half of the n")
        raise failure

    with pytest.raises(CannotWrite if isinstance(failure, OSError) else type(failure)):
        files.replace(target, fill)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["trade.csv"]


def test_a_folder_in_the_place_of_the_file_is_refused(answer, tmp_path):
    (tmp_path / "trade.csv").mkdir()
    with pytest.raises(CannotWrite, match="Nothing was changed"):
        files.write(answer, tmp_path / "trade.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["trade.csv"]


def test_years_and_history_are_written_too(china, tmp_path):
    year = files.write(measure(china, period="2024"), tmp_path / "year.dta")
    assert set(pd.read_stata(year).period) == {pd.Timestamp("2024-01-01")}
    history = measure(china, period="2023-03", vintage="all")
    for suffix in SUFFIXES:
        assert files.write(history, tmp_path / f"history{suffix}").stat().st_size > 0


def test_writing_changes_nothing_of_the_answer(answer, tmp_path):
    before = answer.rows.copy(deep=True)
    for suffix in SUFFIXES:
        files.write(answer, tmp_path / f"t{suffix}")
    pd.testing.assert_frame_equal(answer.rows, before)


def test_an_answer_without_sources_says_so(tmp_path):
    bare = Answer("have", {"note": "n"}, pd.DataFrame({"released": [date(2025, 12, 8)], "value": [1.0]}))
    book = openpyxl.load_workbook(files.write(bare, tmp_path / "bare.xlsx"))
    assert book["sources"]["A2"].value == "none named"


def test_among_months_a_year_stands_at_its_last(tmp_path):
    rows = pd.DataFrame({"period": ["2026-11", "2026"], "span": ["month", "year"], "median": [1.0, 2.0]})
    path = files.write(Answer("forecast", {}, rows), tmp_path / "forecast.dta")
    assert pd.read_stata(path)["period"].astype(str).tolist() == ["2026-11-01", "2026-12-01"]


def test_a_table_in_another_encoding_is_refused_as_such(tmp_path):
    (tmp_path / "duties.csv").write_bytes("destination,origin\nMéxico,China\n".encode("latin-1"))
    with pytest.raises(BadTable, match=r"not in UTF-8 \(byte \d+\)\. Save it as CSV in UTF-8"):
        files.read(tmp_path / "duties.csv", ["destination", "origin"])
