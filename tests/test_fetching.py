"""fetch(): whatever happens on the way, the lake in the end is the one of an undisturbed run."""

import hashlib
import json
import multiprocessing
import os
import random
import resource
import signal
import sys
import time
from dataclasses import replace
from datetime import date

import duckdb
import pytest
import replay
import site_of_customs as site

from entrepot import cli, fetching, lake, store
from entrepot.errors import BadTable, CannotWrite, MissingData, SourceFailed, WrongUsage
from entrepot.sources import gacc

DAY = date(2026, 1, 20)
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    ["entrepot.fetching", "entrepot.sources.gacc", "entrepot.sources.http", "pandas", "duckdb"]
)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """No pause between requests to the local server."""
    for name in ("PRELIMINARY", "BULLETIN"):
        monkeypatch.setattr(gacc, name, replace(getattr(gacc, name), pause=0.0))


def fetch(address, home, period="2025", today=DAY, **more):
    with replay.client(address) as client:
        return fetching.fetch(
            "gacc", period=period, today=today, home=home, client=client, sleep=lambda _: None, **more
        )


def digest(home):
    """Hash over the sorted published rows, and the ends of shipped rows."""
    files = [str(path) for path in store.files(home)]
    rows = duckdb.read_parquet(files).order("all").fetchall() if files else []
    return hashlib.sha256(repr((rows, sorted(map(repr, store.ended(home))))).encode()).hexdigest()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    home = tmp_path_factory.mktemp("undisturbed")
    with replay.server(replay.Recorded(site.answers())) as address:
        answer = fetch(address, home)
    assert (answer.rows.came == "new").all() and len(answer.rows) == 14
    return digest(home)


def test_what_was_fetched_is_in_the_lake(tmp_path, monkeypatch):
    with replay.server(replay.Recorded(site.answers())) as address:
        fetch(address, tmp_path)
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    rows = lake.load("china").collect("pandas").to_native()
    own = rows[(rows.source == "gacc-preliminary") & (rows.period == "2025-07") & (rows.currency == "CNY")]
    assert own[(own.flow == "X") & (own.span == "month")].value.tolist() == [pytest.approx(3070 * 7.1 * 1e8)]
    assert store.verify(tmp_path) == [] and lake.verify().about["faults"] == 0
    held = lake.have("china").rows
    assert "gacc-preliminary" in set(held.source)


def test_the_same_again_adds_nothing(tmp_path):
    with replay.server(replay.Recorded(site.answers())) as address:
        fetch(address, tmp_path)
        before = digest(tmp_path)
        again = fetch(address, tmp_path, today=date(2026, 2, 1))
    assert (again.rows.came == "unchanged").all() and again.about["files_written"] == 0
    assert digest(tmp_path) == before and not any((tmp_path / "jobs").iterdir())


@pytest.mark.parametrize("fault", replay.FAULTS)
def test_faults_that_pass_leave_no_trace(fault, tmp_path, undisturbed):
    with replay.server(replay.Recorded(site.answers(), fault)) as address:
        fetch(address, tmp_path)
    assert digest(tmp_path) == undisturbed


def test_a_page_that_is_no_data_is_refused_and_asked_again_later(tmp_path, undisturbed):
    told = replay.Recorded(site.answers())
    told.answers["/Statics/2025-05-USD.html"] = b"<!DOCTYPE html><html>maintenance</html>"
    with replay.server(told) as address:
        with pytest.raises(SourceFailed, match=r"Customs.*status 200.*Statics/2025-05-USD.*again"):
            fetch(address, tmp_path)
        assert store.files(tmp_path) == []
        told.answers = site.answers()
        asked = sum(told.asked.values())
        fetch(address, tmp_path)
        assert sum(told.asked.values()) - asked < asked  # what was answered is not asked again
    assert digest(tmp_path) == undisturbed


def test_a_page_served_twice_under_two_addresses_counts_once(tmp_path):
    told = replay.Recorded(site.answers(months=[6, 7]))
    told.answers["/Statics/2025-07-USD.html"] = told.answers["/Statics/2025-06-USD.html"]
    with replay.server(told) as address:
        fetch(address, tmp_path)
    rows = duckdb.read_parquet([str(path) for path in store.files(tmp_path)]).df()
    assert not rows.duplicated(["flow", "period", "span", "currency", "released"]).any()


def _child(address, home, period="2025", limit=None, tell=None):
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    for name in ("PRELIMINARY", "BULLETIN"):
        setattr(gacc, name, replace(getattr(gacc, name), pause=0.0))
    try:
        tell and tell.send(time.process_time())
        fetch(address, home, period)
        tell and tell.send(time.process_time())
    except CannotWrite as error:
        print(error)
        os._exit(7)


def started(address, home):
    """A fetch in a process of its own, once it has begun, and the end of the line on which it tells when it is done."""
    hear, tell = FORKS.Pipe(duplex=False)
    child = FORKS.Process(target=_child, args=(address, home), kwargs={"tell": tell})
    child.start()
    tell.close()
    return child, hear, hear.recv()


def spent(child):
    """Processor time of another process [seconds]: what it has done, however busy the machine is."""
    return time.clock_gettime(((~child.pid) << 3) | 2)


def life(address, home):
    """Length of an undisturbed fetch, from its first step to its last [seconds of its processor time]."""
    child, hear, begun = started(address, home)
    ended = hear.recv()
    child.join()
    assert child.exitcode == 0
    return ended - begun


def killed_after(address, home, seconds):
    """Kill a fetch that has worked so many seconds; None if it was at work then, else the length of its life."""
    child, hear, begun = started(address, home)
    while not hear.poll() and child.is_alive() and spent(child) - begun < seconds:
        time.sleep(0.0005)
    child.kill()  # SIGKILL: nothing of it runs any more
    child.join()
    try:
        return hear.recv() - begun
    except EOFError:
        assert child.exitcode == -signal.SIGKILL
        return None


def stage(home):
    """How far a killed fetch came: answers kept, and whether anything was published."""
    return len(store.documents(home)), bool(store.files(home))


def _killed(tmp_path, instants, months):
    """Kill at instants spread at random over a measured life; one that comes too late is drawn again.

    Instants are stratified: one in each of as many equal parts of the life as there are kills, so that every stage of
    a fetch is met. Life is counted in the processor time of the fetch itself, so that a busy machine moves nothing; a
    fetch that ended before its kill corrects the measure. Returns the stages that were met, and how many came late.
    """
    chance, late, met = random.Random(2026), 0, []
    with replay.server(replay.Recorded(site.answers(months), delay=0.002)) as address:
        fetch(address, tmp_path / "calm")
        undisturbed = digest(tmp_path / "calm")
        life(address, tmp_path / "first")  # also starts the process that the others are forked from
        whole = min(life(address, tmp_path / f"whole{n}") for n in range(2))
        assert digest(tmp_path / "whole0") == undisturbed
        for number in range(instants):
            for turn in range(10):
                home = tmp_path / f"{number}-{turn}"
                was = killed_after(address, home, whole * (number + chance.random()) / instants)
                if was is None:
                    break
                late, whole = late + 1, min(whole, was)
            else:
                pytest.fail(f"Ten kills in a row came after a life of {whole:.2f} s: it was not measured right.")
            met.append(stage(home))
            fetch(address, home)
            assert digest(home) == undisturbed, number
            assert store.verify(home) == []
    print(f"life {whole:.2f} s; {instants} of {instants} lakes identical; {late} kills late, drawn again; {met}")
    return met


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the clock of another process is Linux's")
def test_killed_and_resumed_it_ends_in_the_same_lake(tmp_path):
    assert len(_killed(tmp_path, 6, [1, 2])) == 6


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the clock of another process is Linux's")
def test_killed_at_fifty_instants_it_ends_in_the_same_lake(tmp_path):
    met = _killed(tmp_path, 50, range(1, 8))
    answers = {count for count, _ in met}
    assert len(met) == 50 and len(answers) > 7 and max(answers) == 14  # kills came from the first answer to the last


def test_two_at_once_end_in_the_lake_of_one_after_the_other(tmp_path):
    with replay.server(replay.Recorded(site.answers(), delay=0.002)) as address:
        serial = tmp_path / "serial"
        fetch(address, serial, "2025-01:2025-05")
        fetch(address, serial, "2025-03:2025-07")
        both = tmp_path / "both"
        pair = [FORKS.Process(target=_child, args=(address, both, p)) for p in ("2025-01:2025-05", "2025-03:2025-07")]
        for child in pair:
            child.start()
        for child in pair:
            child.join()
        assert [child.exitcode for child in pair] == [0, 0]
    assert digest(both) == digest(serial)


def test_a_full_disk_leaves_the_old_state_and_says_so(tmp_path, undisturbed):
    told = replay.Recorded(site.answers(months=[1, 2]))
    with replay.server(told) as address:
        fetch(address, tmp_path)
        before = digest(tmp_path)
        told.answers = site.answers()
        child = FORKS.Process(target=_child, args=(address, tmp_path, "2025", 4000))
        child.start()
        child.join()
        assert child.exitcode == 7
        assert digest(tmp_path) == before and store.verify(tmp_path) == []
        fetch(address, tmp_path)
    assert digest(tmp_path) == undisturbed


def test_an_empty_index_is_missing_data_and_waiting_looks_again(tmp_path):
    told = replay.Recorded(site.answers(months=[1]))
    with replay.server(told) as address:
        with pytest.raises(MissingData, match="yet"):
            fetch(address, tmp_path, "2025-02")
        looks = []

        def sleep(seconds):
            looks.append(seconds)
            told.answers = site.answers(months=[1, 2])

        with replay.client(address) as client:
            got = fetching.fetch(
                "gacc", period="2025-02", today=DAY, home=tmp_path, client=client, sleep=sleep, wait=True
            )
    assert looks == [fetching.LOOK_AGAIN] and len(got.rows) == 2


def entrepot(words, monkeypatch, capsys):
    """Run the command line in this process; its exit code, and what it wrote to stdout and stderr."""
    monkeypatch.setattr("sys.argv", ["entrepot", *words.split()])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code or 0, *capsys.readouterr()


def test_the_command_waits_for_a_release_then_verifies_and_finds_what_was_damaged(tmp_path, monkeypatch, capsys):
    """As a user runs it, with the recorded site in the place of a web proxy."""
    told = replay.Recorded(site.answers(months=[1]))
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    monkeypatch.setattr(fetching, "LOOK_AGAIN", 0.01)
    looks = fetching.LOOK_AGAIN

    def sleep(seconds):
        if seconds == looks:  # the release comes out between two looks
            told.answers = site.answers(months=[1, 2])

    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(fetching.fetch, "__kwdefaults__", fetching.fetch.__kwdefaults__ | {"sleep": sleep})
    with replay.server(told) as address:
        monkeypatch.setenv("http_proxy", address)
        code, out, err = entrepot("fetch gacc -p 2025-02", monkeypatch, capsys)
        assert code == 3 and "nothing for this question (yet)" in err and "--wait" in err and not out
        code, out, err = entrepot("fetch gacc -p 2025-02 --wait -f json", monkeypatch, capsys)
    rows = json.loads(out)["rows"]
    assert code == 0 and [row["came"] for row in rows] == ["new", "new"] and "Looking again" in err
    assert entrepot("have --verify", monkeypatch, capsys)[0] == 0
    (kept, *_) = sorted((tmp_path / "raw").glob("*/*"))
    kept.write_bytes(b"damaged")
    code, out, _ = entrepot("have --verify -f json", monkeypatch, capsys)
    (fault,) = json.loads(out)["rows"]
    assert code == 3 and "are not those received" in fault["fault"] and "entrepot fetch gacc" in fault["fault"]


OWN = {
    "table": {"source": "my-ministry", "released": "2026-01-15"},
    "columns": {"partner": "Land", "period": "Month", "value": "Value"},
    "constants": {"reporter": "Bhutan", "flow": "exports", "currency": "USD"},
}


def test_an_own_table_stands_beside_the_offices_and_is_replaced_when_taken_again(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path / "lake"))
    path = tmp_path / "own.csv"
    path.write_text("Land;Month;Value\nIndia;2025-11;1,5\nWorld;2025-11;2,5\n")
    answer = fetching.take(path, OWN, today=DAY)
    assert answer.rows.came.tolist() == ["new"] and answer.about["repairs"] == {"numbers with decimal commas": 2}
    assert "numbers with decimal commas: 2" in capsys.readouterr().err  # aloud, whatever prints the answer
    held = lake.load("bhutan").collect("pandas").to_native()
    assert sorted(held.value) == [1.5, 2.5] and set(held.source) == {"my-ministry"}
    (row,) = lake.have("bhutan").rows.to_dict("records")
    assert (row["source"], row["grade"], row["rows"]) == ("my-ministry", "C", 2)
    path.write_text("Land;Month;Value\nIndia;2025-11;7\n")
    assert fetching.take(path, OWN, today=DAY).rows.came.tolist() == ["replaced"]
    assert lake.load("bhutan").collect("pandas").to_native().value.tolist() == [7.0]
    path.write_text("Land;Month;Value\nIndia;2031-11;7\n")
    with pytest.raises(BadTable, match="future"):
        fetching.take(path, OWN, today=DAY)
    assert lake.load("bhutan").collect("pandas").to_native().value.tolist() == [7.0]  # as it was
    with replay.server(replay.Recorded(site.answers(months=[1]))) as address:
        fetch(address, tmp_path / "lake", "2025-01")
    assert {"my-ministry", "gacc-preliminary"} <= set(lake.sources())
    assert store.verify(tmp_path / "lake") == []


def test_an_own_table_needs_a_name_of_its_own(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("Land,Month,Value\nIndia,2025-11,1\n")
    for settings, said in (({}, "Whose table"), ({"source": "comtrade"}, "of an office")):
        with pytest.raises(WrongUsage, match=said):
            fetching.take(path, OWN | {"table": settings}, today=DAY, home=tmp_path / "lake")
    assert not (tmp_path / "lake" / "flows").exists()


def test_questions_that_lack_something_are_refused():
    for office, more in (("gacc", {}), ("comtrade", {"period": "2024"}), ("gac", {"period": "2024"})):
        with pytest.raises(WrongUsage):
            fetching.ask(office, **more)
    assert len(fetching.ask("comtrade", "china", "2024-01:2024-03")) == 3
    assert fetching.ask("baci", period="202601")[0].url.endswith("BACI_HS22_V202601.zip")
    assert fetching.ask("rates", "china", "2025")[0].url.endswith("M.CNY.EUR.SP00.A")


def test_what_lies_ahead_is_asked_of_no_office(tmp_path):
    with pytest.raises(WrongUsage, match="2026-01 lies ahead"):
        fetching.fetch("gacc", period="2026-01:2026-03", today=date(2025, 12, 31), home=tmp_path)
    assert not list(tmp_path.iterdir())
