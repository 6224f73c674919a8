"""The border, the vintages and the partitions."""

from datetime import date, timedelta

import narwhals as nw
import pandas as pd
import pytest
from conftest import FACT, frame
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import codes, flows
from entrepot.errors import BadTable, MissingData, WrongUsage

FIRST = {"value": 100.0, "released": "2025-12-08", "superseded": "2026-01-14"}
REVISED = {"value": 101.0, "released": "2026-01-14"}
HELD = {
    **{"latest": [101.0], "first": [100.0], "all": [100.0, 101.0]},
    **{"2025-12-07": [], "2025-12-08": [100.0], "2026-01-13": [100.0], "2026-01-14": [101.0]},
}


def collected(table):
    return table.collect("pandas").to_native()


@pytest.mark.parametrize("which", HELD)
def test_a_vintage_is_what_was_current_then(table, which):
    rows = collected(flows.vintage(flows.read(table(FIRST, REVISED)), which))
    assert sorted(rows.value) == HELD[which]


DAYS = st.integers(0, 60).map(lambda n: date(2025, 12, 1) + timedelta(n))


@st.composite
def histories(draw):
    """Prints of up to three cells, each ended by the next one or still current."""
    rows = []
    for partner in draw(st.sets(st.sampled_from(["WLD", "USA", "VNM"]), min_size=1)):
        days = sorted(draw(st.sets(DAYS, min_size=1, max_size=4)))
        ends = [*days[1:], draw(st.none() | st.just(date(2026, 3, 1)))]
        for day, end in zip(days, ends, strict=True):
            rows.append({"partner": partner, "released": day, "superseded": end, "value": draw(st.floats(1, 1e12))})
    return rows


@settings(deadline=None, max_examples=8)
@given(rows=histories(), day=DAYS)
def test_what_was_known_on_a_day_has_that_day_as_its_latest_vintage(engine, rows, day):
    then = flows.known(flows.read(engine(rows)), day)
    latest = collected(flows.vintage(then, "latest"))[["partner", "released", "value"]]
    as_of = collected(flows.vintage(flows.read(engine(rows)), day.isoformat()))[["partner", "released", "value"]]
    order = ["partner", "released"]
    pd.testing.assert_frame_equal(
        latest.sort_values(order, ignore_index=True), as_of.sort_values(order, ignore_index=True)
    )
    every = collected(then)
    assert (every.released <= pd.Timestamp(day)).all()
    assert len(every) == sum(row["released"] <= day for row in rows)


@settings(deadline=None, max_examples=8)
@given(rows=histories(), day=DAYS)
def test_as_of_a_day_each_cell_has_the_row_then_current_and_none_that_came_later(engine, rows, day):
    got = collected(flows.vintage(flows.read(engine(rows)), day.isoformat()))
    known = {
        (row["partner"], row["value"])
        for row in rows
        if row["released"] <= day and (row["superseded"] is None or day < row["superseded"])
    }
    assert set(zip(got.partner, got.value, strict=True)) == known
    assert got.partner.is_unique
    assert (pd.to_datetime(got.released) <= pd.Timestamp(day)).all()


@settings(deadline=None, max_examples=8)
@given(rows=histories())
def test_first_is_the_earliest_row_of_each_cell_and_all_leaves_nothing_out(engine, rows):
    held = flows.read(engine(rows))
    first = collected(flows.vintage(held, "first"))
    earliest = {
        one: min((r for r in rows if r["partner"] == one), key=lambda row: row["released"])["value"]
        for one in {row["partner"] for row in rows}
    }
    assert dict(zip(first.partner, first.value, strict=True)) == earliest
    assert len(collected(flows.vintage(held, "all"))) == len(rows)


def test_value_and_growth_each_have_a_first_print_of_their_own(table):
    growth = {"value": None, "growth": 0.148, "released": "2025-12-07"}
    level = {"value": 99.0, "growth": 0.148, "released": "2025-12-18", "source": "bulletin"}
    later = {"value": 90.0, "growth": None, "released": "2026-08-21", "source": "copy"}
    rows = collected(flows.vintage(flows.read(table(growth, level, later)), "first"))
    assert set(pd.to_datetime(rows.released).dt.strftime("%Y-%m-%d")) == {"2025-12-07", "2025-12-18"}


COPY = {"released": "2026-08-21", "released_basis": "first seen"}


@pytest.mark.parametrize(("day", "held"), {"2025-11-30": 0, "2025-12-01": 1, "2026-08-20": 1, "2026-09-01": 1}.items())
def test_a_cell_held_only_as_a_later_copy_answers_once_its_period_is_over(table, day, held):
    assert len(collected(flows.vintage(flows.read(table(COPY)), day))) == held


def test_a_later_copy_keeps_silent_where_a_dated_print_is_held(table):
    dated = FIRST | {"superseded": "2026-08-21", "source": "press"}
    for day, value in {"2025-12-07": [], "2025-12-31": [100.0], "2026-08-21": [98.0]}.items():
        rows = collected(flows.vintage(flows.read(table(dated, COPY | {"value": 98.0})), day))
        assert rows.value.tolist() == value, day


def test_a_later_copy_gives_the_level_where_only_growth_has_a_dated_print(table):
    growth = {"value": None, "growth": 0.05, "source": "press"}
    rows = collected(flows.vintage(flows.read(table(growth, COPY | {"value": 98.0})), "2025-12-31"))
    assert sorted(rows.value.dropna()) == [98.0]
    again = COPY | {"value": 98.0, "growth": 0.07}  # its growth came later than the one printed, so the copy is silent
    rows = collected(flows.vintage(flows.read(table(growth, again)), "2025-12-31"))
    assert rows.growth.tolist() == [0.05]


@pytest.mark.parametrize("which", ["newest", "2025-13-01", "2025-11", ""])
def test_a_word_that_is_no_vintage_is_refused(which):
    with pytest.raises(WrongUsage, match="first, latest, all or a day"):
        flows.current(which)


def test_nan_becomes_null_and_types_are_the_schema(table):
    read = flows.read(table({"value": float("nan"), "growth": 0.059}))
    assert dict(read.collect_schema()) == {name: dtype for name, (dtype, _) in flows.COLUMNS.items()}
    assert collected(read).value.isna().all()


def test_reading_changes_nothing_and_a_table_that_was_read_passes_as_it_is():
    given_table = frame([FIRST, REVISED])
    before = given_table.copy(deep=True)
    read = flows.read(given_table)
    assert flows.read(read) is read
    pd.testing.assert_frame_equal(given_table, before)


def test_a_parquet_file_and_a_folder_of_them_are_tables(tmp_path):
    frame([FIRST]).to_parquet(tmp_path / "one.parquet")
    (tmp_path / "deep").mkdir()
    frame([REVISED]).to_parquet(tmp_path / "deep" / "two.parquet")
    assert collected(flows.read(tmp_path / "one.parquet")).value.tolist() == [100.0]
    assert sorted(collected(flows.read(str(tmp_path))).value) == [100.0, 101.0]


BAD = {
    "no null in a key column": [{"partner": None}],
    "one of X, M, RX, RM, T, B as its flow": [{"flow": "export"}],
    "one of month, ytd, year as its span": [{"span": "quarter"}],
    "one of fob, cif, customs, mixed as its valuation": [{"valuation": "fas"}],
    "one of observed, derived, constructed, simulated, forecast as its status": [{"status": "guessed"}],
    "one of stated, calendar, first seen as its released_basis": [{"released_basis": "rumour"}],
    "a period like 2025-11 or 2025": [{"period": "2025-13"}],
    "a year as its period when its span is year": [{"period": "2025", "span": "month"}],
    "is not negative unless a balance": [{"value": -1.0}],
    "holds finite numbers": [{"value": float("inf")}],
    "does not shrink by more than everything": [{"growth": -29.0}],
    "has half widths that are not negative": [{"half_width": -0.5}],
    "names the currency of its value": [{"currency": ""}],
    "writes its currency as three capitals": [{"currency": "yuan"}],
    "writes its reporter as a code in capitals": [{}, {"reporter": "China", "partner": "VNM"}],
    "with two letters; entrepot.codes.country": [{"reporter": "CN"}],
    "writes HS codes with their zeros": [{"product": "101", "classification": "HS2022"}],
    "holds at least one measurement": [{"value": None}],
    "is released no earlier than its period begins": [{"released": "2025-10-31"}],
    "is superseded no earlier than it is released": [{"superseded": "2025-12-01"}],
    "is alone with its key": [{}, {}],
}  # fmt: skip


@pytest.mark.parametrize("rule", BAD)
def test_bad_rows_are_refused_and_shown(engine, rule):
    with pytest.raises(BadTable, match=rule):
        flows.read(engine(BAD[rule]))


def test_a_text_that_is_no_number_does_not_cast(table):
    with pytest.raises(BadTable, match="does not cast to its type"):
        flows.read(table({"value": "n/a"}))


def test_the_rows_that_break_a_rule_are_shown_and_only_those():
    with pytest.raises(BadTable) as refusal:
        flows.read(frame([{"partner": "USA", "value": -5.0}, {"partner": "VNM"}]))
    assert "USA" in str(refusal.value)
    assert "VNM" not in str(refusal.value)


def test_every_rule_of_the_contract_has_a_table_that_breaks_it():
    for rule in flows._rules():
        assert any(words in rule for words in BAD), rule


@pytest.mark.parametrize("good", [{"flow": "B", "value": -5.0}, {"currency": "", "value": None, "growth": 0.1}])
def test_a_balance_may_be_negative_and_a_growth_rate_lack_its_currency(table, good):
    assert len(collected(flows.read(table(good)))) == 1


def test_what_is_no_table_lacks_a_column_or_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadTable, match="not dict"):
        flows.read({"value": 1})
    with pytest.raises(BadTable, match=r"needs the column\(s\) partner"):
        flows.read(frame([{}]).drop(columns="partner"))
    with pytest.raises(BadTable, match=r"span.*Each has a plain case: pass entrepot.tables.read\(FRAME\).flows"):
        flows.read(frame([{}]).drop(columns=["span", "concept"]))
    with pytest.raises(BadTable, match=r"Add currency; the rest has a plain case"):
        flows.read(frame([{}]).drop(columns=["currency", "concept"]))
    (tmp_path / "mine.xlsx").write_bytes(b"no table")
    with pytest.raises(BadTable, match=r"entrepot.tables.read\('mine.xlsx'\).flows"):
        flows.read(tmp_path / "mine.xlsx")
    with pytest.raises(MissingData, match="No Parquet file"):
        flows.read(tmp_path)
    with pytest.raises(MissingData, match=r'No Parquet file is at viet nam.*load\("VNM"\)'):
        flows.read("viet nam")
    with pytest.raises(BadTable, match=r"Periods are text, such as 2025-11"):
        flows.read(frame([{}]).assign(period=pd.period_range("2025-11", periods=1, freq="M")))
    (tmp_path / "torn.parquet").write_bytes(b"PAR1 and then nothing")
    with pytest.raises(BadTable, match="cannot be read as Parquet"):
        flows.read(tmp_path / "torn.parquet")


COUNTRIES = ["USA", "VNM", "IDN", "JPN", "DEU", "FRA", "RUS"]
WHOLE = sorted(codes.members("ASEAN"))


def test_held_groups_give_way_to_their_members_only_where_these_account_for_them():
    parts = dict.fromkeys(WHOLE, 10.0)
    every = flows.partition({"WLD": 500.0, "ASEAN": 10.0 * len(WHOLE), **parts})
    assert set(every.parts) == set(WHOLE)
    assert every.memo == ("ASEAN",)
    some = flows.partition({"ASEAN": 100.0, "VNM": 10.0, "USA": 5.0})
    assert (set(some.parts), some.memo) == ({"ASEAN", "USA"}, ("VNM",))
    enough = flows.partition({"ASEAN": 20.1, "VNM": 10.0, "IDN": 10.0})
    assert (set(enough.parts), enough.memo) == ({"VNM", "IDN"}, ("ASEAN",))
    unknown = flows.partition({"ASEAN": None, "VNM": 10.0})
    assert unknown.parts == ("ASEAN",)
    assert flows.partition({"BRI": 100.0, "USA": 1.0}).memo == ("BRI",)


GROUPS = sorted(codes.groups())
LINES = st.dictionaries(
    st.sampled_from(["WLD", *COUNTRIES, *GROUPS]), st.none() | st.floats(0, 1e12), min_size=1, max_size=14
)


@settings(deadline=None, max_examples=60)
@given(values=LINES)
def test_a_partition_is_disjoint_and_every_line_is_a_part_or_a_memo_line(values):
    found = flows.partition(values, on="2025-11-30")
    assert flows.overlapping(found.parts, on="2025-11-30") == []
    assert sorted((*found.parts, *found.memo)) == sorted(set(values) - {"WLD"})
    assert flows.partition(dict(reversed(values.items())), on="2025-11-30").memo == tuple(
        code for code in reversed(values) if code in found.memo
    )


@settings(deadline=None, max_examples=60)
@given(values=LINES)
def test_no_line_is_left_to_a_memo_that_no_part_overlaps(values):
    found = flows.partition(values)
    for code in found.memo:
        if codes.kind(code) != "group" or codes.members(code):
            assert any(codes.overlaps(code, part) for part in found.parts), code


def test_lines_that_overlap_are_named():
    assert flows.overlapping(["USA", "VNM", "ASEAN"]) == [("ASEAN", "VNM")]


def test_the_dictionary_describes_every_column_once():
    said = {entry["column"]: entry for entry in flows.dictionary()}
    assert list(said) == list(flows.COLUMNS)
    assert said["value"]["type"] == "number"
    assert said["flow"]["words"] == "X, M, RX, RM, T, B"
    assert {name for name, entry in said.items() if entry["null"] == "may be missing"} == flows.NULLABLE
    assert set(FACT) <= set(said)


def test_reading_executes_only_the_checks(monkeypatch):
    runs, records = [], flows.records
    monkeypatch.setattr(flows, "records", lambda rows: runs.append(rows) or records(rows))
    monkeypatch.setattr(nw.LazyFrame, "collect", lambda *_: pytest.fail("a row was collected"))
    flows.read(frame([{}]))
    assert len(runs) == 3  # extremes of the heads, the products, and the rules on both


FAULTS = {
    "no partner": {"partner": None},
    "no day": {"released": None},
    "negative": {"value": -1.0},
    "endless": {"value": float("inf")},
    "lost zero": {"product": "12345", "classification": "HS2022"},
    "nothing measured": {"value": None},
    "shrinks": {"growth": -1.5},
    "period": {"period": "2025-13"},
    "no currency": {"currency": ""},
    "future": {"period": "2030-01"},
    "ended before": {"superseded": "2020-01-01"},
}


@given(places=st.sets(st.integers(0, 39), max_size=5), fault=st.sampled_from(sorted(FAULTS)))
@settings(max_examples=20)
def test_faults_are_found_wherever_they_stand_and_counted(places, fault):
    rows = [{"partner": "USA", "product": f"{n:06d}", "value": float(n)} for n in range(40)]
    broken = [row | FAULTS[fault] if n in places else row for n, row in enumerate(rows)]
    if not places:
        flows.read(frame(broken))
        return
    count = len(places)
    with pytest.raises(BadTable, match=rf"{count} row{'s do' if count > 1 else ' does'} not"):
        flows.read(frame(broken))


@pytest.mark.parametrize("at_once", [1, 7])
def test_a_key_that_stands_twice_is_found_however_many_hashes_are_sorted_at_once(monkeypatch, at_once):
    monkeypatch.setattr(flows, "AT_ONCE", at_once)
    rows = [{"product": f"{n:06d}"} for n in range(50)]
    assert len(collected(flows.read(frame(rows)))) == 50
    with pytest.raises(BadTable, match="is alone with its key.* 2 rows do not"):
        flows.read(frame([*rows, rows[33]]))


def test_a_frame_without_columns_lacks_them():
    with pytest.raises(BadTable, match="needs the column"):
        flows.read(pd.DataFrame())
