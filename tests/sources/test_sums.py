"""Sums of large files: packed keys come apart again, and cells add up as a plain recount says."""

import math
from collections import defaultdict
from datetime import date

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import flows
from entrepot.errors import BadTable
from entrepot.sources import comext, sums

HEADER = "REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,FLOW,STAT_PROCEDURE,SUPPL_UNIT,PERIOD,VALUE_EUR,QUANTITY_KG,"
HEADER += "QUANTITY_SUPPL_UNIT"
SEEN = date(2026, 1, 20)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["DE", "FR", "AT"]), st.sampled_from(["CN", "US", "QZ"]),
        st.sampled_from(["000TOTAL", "01012100", "85XXXXXX"]), st.sampled_from("12"), st.sampled_from("1239"),
        st.sampled_from(["NO_SU", "P/ST"]), st.integers(0, 10**9), st.none() | st.integers(0, 10**6),
        st.none() | st.integers(0, 1000),
    ),
    min_size=1, max_size=40, unique=True,
)  # fmt: skip


@given(sizes=st.lists(st.integers(1, 50), min_size=1, max_size=6), data=st.data())
def test_packed_ranks_come_apart_again_and_keep_their_order(sizes, data):
    rows = data.draw(st.lists(st.tuples(*(st.integers(0, size - 1) for size in sizes)), min_size=1, max_size=20))
    ranks = [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
    key = sums.pack(ranks, sizes)
    assert [part.tolist() for part in sums.unpack(key, sizes)] == [part.tolist() for part in ranks]
    assert sorted(range(len(rows)), key=lambda n: key[n]) == sorted(range(len(rows)), key=lambda n: rows[n])


def test_codes_that_no_number_can_tell_apart_are_refused():
    with pytest.raises(BadTable, match="too many codes"):
        sums.pack([np.zeros(1, dtype=np.int64)] * 3, [2**30, 2**30, 2**30])


def text(lines):
    rows = [
        f"{r},{p},E,{k},{f},{s},{u},202511,{v},{'' if w is None else w},{'' if q is None else q}"
        for r, p, k, f, s, u, v, w, q in lines
    ]
    return "\n".join([HEADER, *rows]).encode()


@given(lines=LINES)
@settings(max_examples=60)
def test_cells_add_up_as_a_plain_recount_says_and_stand_in_the_published_order(lines):
    got = comext.cells(text(lines), seen=SEEN).to_pylist()
    cells = defaultdict(list)
    for line in lines:
        cells[line[:4] + line[5:6] + ("standard",)].append(line)
        if line[4] != "1":
            cells[line[:4] + line[5:6] + (comext.PROCEDURES[line[4]],)].append(line)
    want = {}
    for key, held in cells.items():
        weights = [line[7] for line in held]
        amounts = [line[8] for line in held if line[8]]
        quantity = sum(amounts) if amounts and key[4] != "NO_SU" else None
        want[key] = (sum(line[6] for line in held), None if None in weights else sum(weights), quantity)
    assert sorted(round(row["value"]) for row in got) == sorted(value for value, _, _ in want.values())
    assert sorted(str(row["weight_kg"]) for row in got) == sorted(
        str(None if w is None else float(w)) for _, w, _ in want.values()
    )
    assert math.fsum(row["quantity"] or 0 for row in got) == sum(q or 0 for _, _, q in want.values())
    order = [[row[name] for name in ("reporter", "period", "partner", "product", "flow")] for row in got]
    assert order == sorted(order)


BAD = {
    "negative": ("-5,1,1", "1 rows have a value"), "no number": ("5,x,1", "1 rows have a weight"),
    "no quantity": ("5,1,?", "1 rows have a weight or a quantity"), "shifted": ("5,1,1,", "read as a table"),
    "nan": ("nan,1,1", "1 rows have a value"), "endless": ("inf,1,1", "1 rows have a value"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("from_disk", [True, False])
def test_lines_that_cannot_be_added_up_are_counted_and_refused(name, from_disk, tmp_path):
    amounts, said = BAD[name]
    content = text([("DE", "CN", "01012100", "1", "1", "P/ST", 7, 7, 7)])
    content += f"\nDE,US,E,01012100,1,1,P/ST,202511,{amounts}".encode()
    if from_disk:
        (tmp_path / "full.dat").write_bytes(content)
    with pytest.raises(BadTable, match=said):
        comext.cells(tmp_path / "full.dat" if from_disk else content, seen=SEEN)


def test_a_file_with_nothing_under_its_header_is_refused():
    with pytest.raises(BadTable, match="no line under its header"):
        comext.cells(f"{HEADER}\n".encode(), seen=SEEN)


def test_the_table_is_a_flows_table():
    table = comext.cells(text([("DE", "QZ", "000TOTAL", "1", "3", "NO_SU", 5, None, None)]), seen=SEEN)
    assert flows.records(flows.read(table)) and flows.read(duckdb.from_arrow(table))
    assert table.column_names == list(flows.COLUMNS)
