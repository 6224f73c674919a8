"""Copies of China's totals: the right unit, no growth of another vintage, failures inside answers that look fine."""

import json
from datetime import date
from pathlib import Path

import pytest

from entrepot import flows
from entrepot.errors import BadTable, MissingData, WrongUsage
from entrepot.sources import copies

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "gacc"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SEEN = date(2026, 11, 22)
EASTMONEY, MINISTRY = "composed_eastmoney_RPT_ECONOMY_CUSTOMS.json", "recorded_mofcom_totalmonth_2026-05.json"


def read(name, **facts):
    return copies.parse((FOLDER / name).read_bytes(), seen=SEEN, **facts)


def value(rows, flow, span):
    return rows[(rows.flow == flow) & (rows.span == span)].value.tolist()


@pytest.mark.parametrize("name", [EASTMONEY, "recorded_eastmoney_row_2022-12.json"])
def test_thousand_dollars_are_dollars(name):
    rows = read(name)
    flows.read(rows)
    assert value(rows, "X", "month") == [306.0788e9] and value(rows, "M", "ytd") == [2715.9988e9]
    assert set(rows.period) == {"2022-12"} and set(rows.source) == {"copy-eastmoney"}


def test_hundred_million_dollars_of_the_ministry_are_dollars():
    rows = read(MINISTRY)
    flows.read(rows)
    assert value(rows, "X", "month") == [376.78e9] and value(rows, "B", "month") == [105.43e9]
    total = [value(rows, flow, "ytd")[0] for flow in "XMT"]
    assert total[0] + total[1] == pytest.approx(total[2], abs=3 * 5e6)


def test_the_growth_column_is_of_another_vintage_and_is_left_out():
    rows = read(EASTMONEY)
    assert rows.growth.isna().all() and rows.attrs["repairs"][copies.LEFT_OUT] == 1
    assert read(MINISTRY).attrs["repairs"] == {copies.LEFT_OUT: 1}


def test_a_month_without_figures_is_no_zero():
    rows = read(EASTMONEY)
    assert "2023-01" not in set(rows.period) and rows.attrs["repairs"]["months without a figure"] == 1


def test_the_code_inside_the_answer_is_read_before_its_rows():
    with pytest.raises(MissingData, match="no rows"):
        read("composed_eastmoney_empty.json")
    refused = {"version": None, "result": None, "success": False, "message": "limit", "code": 9001}
    with pytest.raises(BadTable, match=r"refuses \(9001\)"):
        copies.parse(json.dumps(refused).encode(), seen=SEEN)


def test_counts_columns_and_dates_must_agree():
    body = json.loads((FOLDER / EASTMONEY).read_bytes())
    rows = body["result"]["data"]

    def bad(said, **result):
        with pytest.raises(BadTable, match=said):
            copies.parse(json.dumps(body | {"result": body["result"] | result}).encode(), seen=SEEN)

    bad("announces", count=3)
    bad("lacks EXIT_BASE", data=[{k: v for k, v in row.items() if k != "EXIT_BASE"} for row in rows])
    bad("named", data=[row | {"TIME": "2021年01月份"} for row in rows])
    bad("one each", data=[rows[1]] * 2)
    bad("cut", data=[rows[0]] * 2000, count=2000)


def test_periods_that_were_asked_for():
    assert len(read(EASTMONEY, period="2022-12")) == len(read(EASTMONEY, period="2022")) == 4
    with pytest.raises(MissingData):
        read(EASTMONEY, period="2022-11")


def test_questions():
    (request,) = copies.ask("2025-11")
    assert dict(request.params)["pageSize"] == "2000"
    assert copies.ask(copy="mofcom")[0].role == "by hand"  # its robots.txt bids programs to stay away
    with pytest.raises(WrongUsage):
        copies.ask(copy="other")
    pages = json.dumps({"success": True, "result": {"pages": 3, "data": []}}).encode()
    assert [dict(one.params)["pageNumber"] for one in copies.more(pages, request)] == ["2", "3"]
