"""An answer prints as plain JSON: missing is null, days are text, order is kept."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.answer import Answer


def answer(rows, **about):
    return Answer("measure", about, pd.DataFrame(rows))


CELL = st.none() | st.floats(allow_nan=True, allow_infinity=True) | st.text() | st.booleans() | st.dates()


@given(cells=st.lists(CELL, min_size=1, max_size=6), note=CELL)
def test_whatever_it_holds_it_is_json_without_nan(cells, note):
    held = answer({"cell": pd.Series(cells, dtype=object)}, note=note)
    said = json.loads(held.json(), parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert set(said) == {"answer", "about", "rows"}
    for cell, row in zip(cells, said["rows"], strict=True):
        if cell is None or (isinstance(cell, float) and not abs(cell) < float("inf")):
            assert row["cell"] is None
        else:
            assert row["cell"] == (cell.isoformat() if isinstance(cell, date) else cell)


def test_missing_of_every_kind_is_null():
    held = answer({"a": [float("nan")], "b": [pd.NA], "c": [pd.NaT], "d": [None], "e": [np.float64("nan")]})
    assert json.loads(held.json())["rows"] == [dict.fromkeys("abcde")]
    assert all(value is None for value in held.records()[0].values())


def test_scalars_lists_and_sets_are_plain():
    held = answer({"also": [[{"value": np.float64(1.5), "day": date(2025, 12, 8)}]]}, names={"b", "a"}, n=np.int64(3))
    said = json.loads(held.json())
    assert said["rows"] == [{"also": [{"value": 1.5, "day": "2025-12-08"}]}]
    assert said["about"] == {"names": ["a", "b"], "n": 3}


def test_full_precision_survives():
    value = 330_300_000_000.123
    assert json.loads(answer({"value": [value]}).json())["rows"][0]["value"] == value


def test_text_of_any_script_is_written_as_it_is():
    assert "中国" in answer({"name": ["中国"]}).json()


def test_a_session_shows_the_question_the_rows_and_what_to_know():
    rows = {"flow": ["X", "M"], "value": [330.3e9, 218.7e9], "unit": [None, None], "concept": ["standard", "standard"]}
    held = answer(rows, reporter="CHN", flow=["X", "M"], period="2025-11", warnings=["Seen <late>"], citation="GACC")
    head, table, note, source = repr(held).split("\n\n")
    assert head == "measure, CHN, X M, 2025-11: 2 rows"
    assert "value" in table and "unit" not in table and "concept" not in table
    assert (note, source) == ("Note: Seen <late>", "Source: GACC")
    assert "Seen &lt;late&gt;" in held._repr_html_() and "<table" in held._repr_html_()


def test_one_row_and_no_row_are_shown_too():
    assert "330" in repr(answer({"flow": ["X"], "value": [330.0], "unit": [None]}))
    assert repr(answer({"flow": [], "value": []})).startswith("measure: 0 rows")


def test_a_checkout_that_was_never_installed_states_its_own_version(monkeypatch):
    import importlib.metadata

    from entrepot.answer import code_version

    def missing(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    assert code_version().endswith(" (not installed)") and code_version()[0].isdigit()


def test_a_session_shows_amounts_whole_and_fractions_short():
    rows = {"flow": ["X", "M"], "value": [330_300_000_000.0, 218.7e9], "growth": [0.0590001, float("nan")]}
    held = answer(rows | {"half_width": [5e7, 5e6], "source": ["a", "b"]})
    for said in (repr(held), held._repr_html_()):
        assert "330,300,000,000" in said and "0.059" in said and "e+" not in said and "NaN" not in said
        assert "half_width" not in said and "source" not in said
    assert "source" in repr(answer({"source": ["a", "b"]}))


def test_an_answer_saves_itself_as_the_command_line_does(tmp_path):
    import entrepot as ep

    held = answer({"flow": ["X"], "value": [330.3e9]})
    path = held.save(str(tmp_path / "a.csv"))
    assert path.read_text("utf-8") == "flow,value\nX,330300000000.0\n"
    with pytest.raises(ep.errors.WrongUsage, match="is expected as the suffix"):
        held.save(tmp_path / "a.docx")
