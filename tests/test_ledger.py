"""The record: appended, chained, verified; a changed, dropped, moved or cut entry is seen; scored on first prints."""

import json
import time
from datetime import UTC, datetime

import pandas as pd
import pytest
from conftest import frame
from months import rows

from entrepot import bands, ledger
from entrepot.answer import Answer
from entrepot.errors import BadTable, CannotWrite, MissingData, WrongUsage

MADE = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    return tmp_path / "ledger"


def answer(month="2025-12", flow="X", **known):
    blank = dict.fromkeys(bands.COLUMNS)
    row = blank | {"period": month, "span": "month", "flow": flow, "partner": "WLD", "product": "TOTAL"}
    row |= {"median": 330e9, "lo80": 310e9, "hi80": 350e9, "growth_median": 0.06, "base": 312e9, "currency": "USD"}
    about = {"reporter": "CHN", "vintage": "latest", "data_through": "2025-11", "model": "mean", "sources": []}
    return Answer("forecast", about | {"code": "0.1.0"}, pd.DataFrame([row | {"horizon": 1} | known]))


def record(count):
    return [ledger.record(answer(), now=MADE.replace(minute=n)) for n in range(count)]


def lines(home):
    return (home / "entries.jsonl").read_text().splitlines(keepends=True)


def write(home, kept):
    (home / "entries.jsonl").write_text("".join(kept))


def test_an_entry_is_kept_as_it_was_made():
    entry = ledger.record(answer(), now=MADE)
    (held,) = [line.entry() for line in ledger.verify()]
    assert held == entry
    assert (held.number, held.made_at) == (1, "2025-11-20T09:30:00+00:00")
    assert (held.rows[0]["median"], held.about["code"], held.rows[0]["lo95"]) == (330e9, "0.1.0", None)


def test_every_line_is_json_and_the_first_hash_can_be_made_by_hand(home):
    import hashlib

    entry = ledger.record(answer(), now=MADE)
    line = json.loads(lines(home)[0])
    text = json.dumps(line["entry"], sort_keys=True, separators=(",", ":"))
    assert line["hash"] == entry.hash == hashlib.sha256(("0" * 64 + "\n" + text).encode()).hexdigest()


def test_nothing_recorded_is_an_empty_record():
    assert ledger.verify() == []
    with pytest.raises(MissingData, match="entrepot forecast china --record"):
        ledger.score(frame(rows({"2025-12": 1.0})))


TAMPERED = {
    "changed": (lambda kept: [kept[0], kept[1].replace("330000000000.0", "331000000000.0"), *kept[2:]], "Entry 2 "),
    "redated": (lambda kept: [kept[0].replace("09:00", "08:00"), *kept[1:]], "Entry 1 "),
    "dropped": (lambda kept: [*kept[:1], *kept[2:]], "Entry 2 "),
    "dropped first": (lambda kept: kept[1:], "Entry 1 "),
    "moved": (lambda kept: [kept[0], kept[2], kept[1], *kept[3:]], "Entry 2 "),
    "doubled": (lambda kept: [kept[0], *kept], "Entry 2 "),
    "cut off": (lambda kept: kept[:-1], "holds 3 entries of 4: the last were cut off"),
    "all cut off": (lambda kept: [], "holds 0 entries of 4"),
    "torn": (lambda kept: [*kept[:-1], kept[-1][:-40]], "Entry 4 "),
    "no entry": (lambda kept: [*kept[:2], "hello\n", *kept[2:]], "Entry 3 "),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_seen_and_nothing_is_added_to_it(home, how):
    record(4)
    tamper, said = TAMPERED[how]
    write(home, tamper(lines(home)))
    with pytest.raises(BadTable, match=said):
        ledger.verify()
    with pytest.raises(BadTable, match=said):
        ledger.record(answer(), now=MADE.replace(hour=10))


def test_a_record_forged_whole_is_seen_by_who_saw_a_hash(home):
    entries = record(3)
    assert len(ledger.verify(expected=entries[1].hash[:8])) == 3
    for path in home.iterdir():
        path.unlink()
    record(2)
    ledger.record(answer(growth_median=0.2), now=MADE.replace(minute=2))
    assert len(ledger.verify()) == 3
    with pytest.raises(BadTable, match="No entry of the record has the hash"):
        ledger.verify(expected=entries[2].hash)


def test_a_missing_head_is_seen(home):
    record(2)
    (home / "head.json").unlink()
    with pytest.raises(BadTable, match="head of the record is missing"):
        ledger.verify()


def test_time_does_not_run_back_and_two_do_not_write_at_once(home):
    record(2)
    with pytest.raises(WrongUsage, match="lies before entry 2"):
        ledger.record(answer(), now=MADE.replace(year=2024))
    (home / "lock").touch()
    with pytest.raises(CannotWrite, match="Another process writes"):
        ledger.record(answer(), now=MADE.replace(hour=12))
    assert len(ledger.verify()) == 2


def test_only_a_forecast_of_the_latest_figures_is_recorded():
    with pytest.raises(WrongUsage, match="no forecast"):
        ledger.record(Answer("measure", {}, pd.DataFrame()))
    made = answer()
    with pytest.raises(WrongUsage, match="is a backtest and not recorded"):
        ledger.record(Answer("forecast", {**made.about, "vintage": "2024-01-01"}, made.rows))


def test_ten_thousand_entries_are_verified_in_less_time_than_their_words_are_read(home):
    entry = ledger.record(answer(), now=MADE)
    text = json.dumps(json.loads(lines(home)[0])["entry"] | {"pad": "x" * 8000}, sort_keys=True, separators=(",", ":"))
    kept, before = [], ledger.START
    for _ in range(10_000):
        before = ledger.digest(before, text.encode())
        kept.append('{"hash":"' + before + '","entry":' + text + "}\n")
    write(home, kept)
    (home / "head.json").write_text(json.dumps({"entries": 10_000, "hash": before}))
    start = time.perf_counter()
    assert len(ledger.verify()) == 10_000
    verified = time.perf_counter() - start
    start = time.perf_counter()
    for line in kept:
        json.loads(line)["entry"]["rows"].copy()
        json.dumps(entry.rows)
    assert verified < 3 * (time.perf_counter() - start)


PRINTED = {"growth": 0.066, "value": 331e9, "released": "2026-01-14"}


def scored(*facts, forecast=None, now=MADE, polls=()):
    ledger.record(forecast or answer(), now=now)
    columns = ["reporter", "period", "span", "flow", "measure", "currency", "consensus", "first_print", "poll", "url"]
    table = [dict(zip(columns, poll, strict=True)) for poll in polls]
    return ledger.score(frame([{"period": "2025-12"} | fact for fact in facts]), consensus=table)


def test_a_forecast_is_scored_on_the_first_print_beside_the_poll():
    revised = PRINTED | {"growth": 0.09, "value": 340e9, "released": "2026-02-20"}
    poll = ("CHN", "2025-12", "month", "X", "growth", "USD", 0.03, 0.066, "Reuters", "")
    row = scored(PRINTED | {"superseded": "2026-02-20"}, revised, polls=[poll]).rows.iloc[0]
    assert (row["growth_first"], row["value_first"]) == (0.066, 331e9)
    assert row["error"] == pytest.approx(0.006) and row["consensus_error"] == pytest.approx(0.036)
    assert bool(row["inside80"]) and str(row["released"])[:10] == "2026-01-14"
    assert row["words"] == "forecast 1, made before release, unaltered"


def test_a_level_without_growth_is_scored_on_the_base_recorded():
    row = scored({"value": 327.6e9, "released": "2026-01-14"}).rows.iloc[0]
    assert row["growth_first"] == pytest.approx(0.05) and row["error"] == pytest.approx(-0.01)


def test_a_balance_is_scored_in_money_and_derived_where_none_was_printed():
    made = answer(flow="B", median=110e9, lo80=90e9, hi80=130e9, growth_median=None, base=None)
    sides = [{"value": 331e9, "released": "2026-01-14"}, {"flow": "M", "value": 219e9, "released": "2026-01-15"}]
    row = scored(*sides, forecast=made).rows.iloc[0]
    assert row["value_first"] == 112e9 and row["error"] == 2e9 and str(row["released"])[:10] == "2026-01-15"


WHEN = {
    "made before release": (MADE, "stated"),
    "made after release": (datetime(2026, 1, 14, 1, tzinfo=UTC), "stated"),
    "day of release not held": (MADE, "first seen"),
}


@pytest.mark.parametrize("said", WHEN)
def test_words_say_whether_it_was_made_before_release(said):
    now, basis = WHEN[said]
    row = scored(PRINTED | {"released_basis": basis}, now=now).rows.iloc[0]
    assert row["words"] == f"forecast 1, {said}, unaltered"


def test_what_is_not_printed_yet_waits():
    answered = scored({"period": "2025-11", "value": 1.0})
    assert (len(answered.rows), answered.about["waiting"]) == (0, 1)
