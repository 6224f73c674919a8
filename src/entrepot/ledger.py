"""The record of forecasts: dated before release, never rewritten, scored against first prints.

Each entry is one line of JSON. Its hash covers its own words and the hash of the line before, so an entry that is
changed, dropped or moved breaks every hash after it. A second file holds the count and hash of the last entry, so that
entries cut from the end show as well. Whoever rewrites both files whole can forge a record; whoever has once seen a
hash (printed with each entry) can tell: `verify(expected=HASH)`.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot import bundle, cells, flows, lake, sources
from entrepot.answer import Answer
from entrepot.errors import BadTable, CannotWrite, MissingData, WrongUsage

if TYPE_CHECKING:
    pass

START = "0" * 64
"""Hash before the first entry."""
KEPT = (
    *("period", "span", "flow", "partner", "product", "currency", "horizon", "base"),
    *("median", "lo80", "hi80", "lo95", "hi95", "growth_median", "growth_lo80", "growth_hi80"),
)
"""Columns of a forecast that an entry keeps."""
FORM = "Give it the answer of a forecast: entrepot forecast china --record"


@dataclass(frozen=True)
class Entry:
    """One entry of the record.

    Attributes
    ----------
    number : int
        1, 2, ...
    made_at : str
        Moment of recording, UTC (`2026-11-22T09:30:00+00:00`), never earlier than the entry before.
    about : mapping
        Reporter, months held, vintage, release of the data, model, code version of the forecast.
    rows : tuple of mappings
        The forecast.
    hash : str
        SHA-256 of the hash before and of the words of this entry, in hexadecimal digits.
    """

    number: int
    made_at: str
    about: Mapping[str, Any]
    rows: tuple[Mapping[str, Any], ...]
    hash: str


@dataclass(frozen=True)
class Line:
    """One line of the record whose hash holds: its number, its words (JSON), and its hash."""

    number: int
    text: bytes
    hash: str

    def entry(self) -> Entry:
        """Read the words.

        Raises
        ------
        BadTable
            If they are not those of an entry.
        """
        try:
            body = json.loads(self.text)
            rows = tuple(dict(zip(body["columns"], row, strict=True)) for row in body["rows"])
            return Entry(body["number"], body["made_at"], body["about"], rows, self.hash)
        except (ValueError, KeyError, TypeError) as error:
            raise BadTable(f"Entry {self.number} of the record cannot be read ({error}). {_RESTORE}") from error


def folder() -> Path:
    """Folder of the record, in the lake: `$ENTREPOT_HOME/ledger`."""
    return lake.home() / "ledger"


def record(forecast: Answer, *, now: datetime | None = None) -> Entry:
    """Append a forecast to the record and return its entry.

    Parameters
    ----------
    forecast : Answer
        Of `outlook.forecast`, made of the latest figures.
    now : datetime, optional
        Moment of recording, with its time zone; the clock's if left out. It may not lie before the last entry.

    Raises
    ------
    WrongUsage
        If the answer is no forecast, is conditional on a scenario, was made for a day of the past, or `now` goes back.
    BadTable
        If the record held is not whole: nothing is appended to a record that was altered.
    CannotWrite
        If the folder cannot be written, or another process is writing.
    """
    if forecast.verb != "forecast" or "median" not in forecast.rows:
        raise WrongUsage(f"An answer of {forecast.verb!r} is no forecast. {FORM}")
    if forecast.about.get("conditional"):
        raise WrongUsage(
            f"A path conditional on the scenario {forecast.about['scenario']} is no forecast and not recorded; leave "
            "--scenario out."
        )
    later = [note for note in _notes(forecast) if note.startswith("Forecast from data through")]
    if later:
        raise WrongUsage(f"{later[0]} It is a backtest and not recorded; leave --through out.")
    if forecast.about["vintage"] != "latest":
        raise WrongUsage(
            f"A forecast from vintage {forecast.about['vintage']} is a backtest and not recorded; leave --vintage out."
        )
    with _alone():
        held = verify()
        last = held[-1].entry() if held else None
        moment = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        if last is not None and moment < last.made_at:
            raise WrongUsage(
                f"{moment} lies before entry {last.number}, {last.made_at}. Set the clock of this machine."
            )
        plain = forecast.plain()
        rows = [[row.get(name) for name in KEPT] for row in _rows(plain)]
        body = {"number": len(held) + 1, "made_at": moment, "about": _summary(plain["about"])}
        body |= {"columns": list(KEPT), "rows": rows}
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
        line = Line(len(held) + 1, text, digest(last.hash if last else START, text))
        _append(line)
    return line.entry()


def _notes(forecast: Answer) -> list[str]:
    held = forecast.about.get("warnings")
    return [str(note) for note in held] if isinstance(held, list) else []


def _rows(plain: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = plain["rows"]
    return rows


def _summary(about: Any) -> dict[str, Any]:
    names = ("reporter", "currency", "vintage", "data_through", "data_released", "model", "declared", "code")
    kept = {name: about.get(name) for name in names}
    return kept | {"sources": [one["source"] for one in about.get("sources", [])]}


def digest(before: str, text: bytes) -> str:
    """SHA-256 of the hash before and the words of an entry (UTF-8), a line break between them."""
    seal = sha256(before.encode() + b"\n")
    seal.update(text)
    return seal.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the record for one writer; a lock left by a writer that died is named."""
    place = folder()
    lock = place / "lock"
    try:
        place.mkdir(parents=True, exist_ok=True)
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        raise CannotWrite(f"Another process writes the record. If none does, delete {lock} and run again.") from None
    except OSError as error:
        raise CannotWrite(
            f"The record in {place} cannot be written ({error}). Set ENTREPOT_HOME to a folder of yours."
        ) from error
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _append(line: Line) -> None:
    try:
        with (folder() / "entries.jsonl").open("ab") as file:
            file.write(_OPEN + line.hash.encode() + _THEN + line.text + b"}\n")
            file.flush()
            os.fsync(file.fileno())
        fresh = folder() / "head.new"
        fresh.write_text(json.dumps({"entries": line.number, "hash": line.hash}), encoding="utf-8")
        fresh.replace(folder() / "head.json")
    except OSError as error:
        raise CannotWrite(f"Entry {line.number} cannot be written ({error}). Free some space and run again.") from error


_OPEN, _THEN = b'{"hash":"', b'","entry":'
_HASH = slice(len(_OPEN), len(_OPEN) + 64)
_WORDS = slice(len(_OPEN) + 64 + len(_THEN), -1)


def verify(*, expected: str | None = None) -> list[Line]:
    """Check every hash of the record and return its lines; an empty list where none is held.

    Parameters
    ----------
    expected : str, optional
        A hash that was once seen (its first eight digits or more); the record must hold it.

    Raises
    ------
    BadTable
        If an entry was changed, dropped, moved, inserted or cut from the end; the message names the first.
    """
    path = folder() / "entries.jsonl"
    held: list[Line] = []
    before = START
    *lines, rest = path.read_bytes().split(b"\n") if path.is_file() else [b""]
    for number, line in enumerate(lines, 1):
        claimed = line[_HASH].decode("ascii", "replace")
        whole = line.startswith(_OPEN) and line[_HASH.stop :].startswith(_THEN) and line.endswith(b"}")
        if not whole or digest(before, line[_WORDS]) != claimed:
            raise BadTable(
                f"Entry {number} of the record was altered, or one before it was dropped or moved: its hash does not "
                f"fit. {_RESTORE}"
            )
        held.append(Line(number, line[_WORDS], claimed))
        before = claimed
    if rest:
        raise BadTable(f"Entry {len(held) + 1} of the record ends within its line: it was altered. {_RESTORE}")
    _check_head(held)
    if expected is not None and not any(len(expected) >= 8 and one.hash.startswith(expected) for one in held):
        raise BadTable(
            f"No entry of the record has the hash {expected}: the record is not the one in which it was seen. "
            "Give at least eight digits of the hash, or compare with a copy."
        )
    return held


_RESTORE = "Restore the record from a copy; nothing is appended to an altered one."


def _check_head(held: list[Line]) -> None:
    path = folder() / "head.json"
    if not path.is_file():
        if held:
            raise BadTable(f"The head of the record is missing while {len(held)} entries are held. {_RESTORE}")
        return
    try:
        head = json.loads(path.read_text(encoding="utf-8"))
        count, last = int(head["entries"]), str(head["hash"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadTable(f"The head of the record cannot be read ({error}). {_RESTORE}") from error
    if count > len(held):
        raise BadTable(f"The record holds {len(held)} entries of {count}: the last were cut off. {_RESTORE}")
    if held and held[count - 1].hash != last:
        raise BadTable(f"Entry {count} is not the one that the head of the record names. {_RESTORE}")


def score(trade: Any, *, consensus: Iterable[Mapping[str, Any]] | None = None) -> Answer:
    """Score every recorded forecast whose month is printed, against the first print, beside the poll.

    Parameters
    ----------
    trade
        Flows that hold the first prints, of any reporters.
    consensus : rows, optional
        As `bundle.consensus`, which is used if left out.

    Returns
    -------
    Answer
        One row per entry and month printed since: entry, made_at, reporter, flow, partner, product, period, horizon,
        median [currency], growth_median, growth_first [fraction], value_first [currency], error (growth first printed
        less forecast [fraction]; of a balance, in currency), consensus, consensus_error, inside80, released,
        released_basis, before_release (null where the day is only an upper bound), hash, words (`forecast 17, made
        before release, unaltered`).

    Raises
    ------
    MissingData
        If nothing is recorded.
    BadTable
        If the record was altered.
    """
    import pandas as pd

    held = [line.entry() for line in verify()]
    if not held:
        raise MissingData(f"No forecast is recorded in {folder()}. Run: entrepot forecast china --record")
    prints = first_prints(flows.read(trade), held)
    polls = _polls(bundle.consensus() if consensus is None else consensus)
    rows = [line for entry in held for row in entry.rows if (line := _scored(entry, row, prints, polls)) is not None]
    waiting = sum(len(entry.rows) for entry in held) - len(rows)
    about = {
        "entries": len(held),
        "head": held[-1].hash,
        "scored": len(rows),
        "waiting": waiting,
        "outcome": "first print held, of growth and level; growth of a level alone is formed on the base recorded",
        "before_release": "recorded before the day on which the figure became public; null where that day is not held",
        "warnings": [] if rows else [_awaited(held)],
    }
    return Answer("forecast", about, pd.DataFrame(rows, columns=list(SCORED)))


def _awaited(held: Sequence[Entry]) -> str:
    """What is waited for, and the command that fetches the first of it."""
    awaited = sorted((row["period"], entry.about["reporter"]) for entry in held for row in entry.rows)
    fetch = f" Run: {sources.command(awaited[0][1], awaited[0][0])}" if awaited else ""
    return f"No month that was forecast is printed yet.{fetch}"


SCORED = (
    *("entry", "made_at", "reporter", "flow", "partner", "product", "period", "horizon", "median", "growth_median"),
    *("growth_first", "value_first", "error", "consensus", "consensus_error", "inside80", "released", "released_basis"),
    *("before_release", "hash", "words"),
)
Cell = tuple[str, str, str, str, str, str]  # reporter, flow, partner, product, period, currency


def first_prints(table: flows.Flows, held: list[Entry]) -> dict[Cell, dict[str, Any]]:
    """First print held of each month that was forecast: value, growth, released, basis."""
    import narwhals as nw

    months = sorted({str(row["period"]) for entry in held for row in entry.rows if row["span"] == "month"})
    reporters = sorted({str(entry.about["reporter"]) for entry in held})
    wanted = table.filter(
        nw.col("span") == "month", nw.col("period").is_in(months), nw.col("reporter").is_in(reporters),
        ~nw.col("status").is_in(["forecast", "simulated"]), nw.col("concept").is_in(list(cells.CONCEPTS)),
    )  # fmt: skip
    facts = flows.records(wanted)
    out: dict[Cell, dict[str, Any]] = {}
    for fact in sorted(facts, key=lambda one: one["released"]):
        key = (fact["reporter"], fact["flow"], fact["partner"], fact["product"], fact["period"], fact["currency"])
        blank = {"value": None, "growth": None, "released": fact["released"], "basis": fact["released_basis"]}
        here = out.setdefault(key, blank)
        for name in ("value", "growth"):
            if here[name] is None:
                here[name] = fact[name]
    return out


def _polls(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], float]:
    return {(row["reporter"], row["flow"], row["period"]): row["consensus"] for row in rows if row["span"] == "month"}


def _scored(
    entry: Entry,
    row: Mapping[str, Any],
    prints: Mapping[Cell, Mapping[str, Any]],
    polls: Mapping[tuple[str, str, str], float],
) -> dict[str, Any] | None:
    reporter, flow, period = str(entry.about["reporter"]), str(row["flow"]), str(row["period"])
    key = (reporter, flow, str(row["partner"]), str(row["product"]), period, str(row["currency"]))
    first = prints.get(key) or (_balance(key, prints) if flow == "B" else None)
    if row["span"] != "month" or first is None:
        return None
    value, growth = first["value"], first["growth"]
    if growth is None and value is not None and row["base"]:
        growth = value / row["base"] - 1
    outcome, guess = (value, row["median"]) if flow == "B" else (growth, row["growth_median"])
    whole = key[2:4] == (flows.WORLD, flows.ALL)
    poll = polls.get((reporter, flow, period)) if whole else None
    before = made_before(entry.made_at, first["released"], first["basis"])
    out = {
        name: row.get(name) for name in ("flow", "partner", "product", "period", "horizon", "median", "growth_median")
    }
    return out | {
        "entry": entry.number, "made_at": entry.made_at, "reporter": reporter, "growth_first": growth,
        "value_first": value, "error": _gap(outcome, guess), "consensus": poll, "consensus_error": _gap(outcome, poll),
        "inside80": None if value is None or row["lo80"] is None else row["lo80"] <= value <= row["hi80"],
        "released": first["released"], "released_basis": first["basis"], "before_release": before, "hash": entry.hash,
        "words": words(entry, before),
    }  # fmt: skip


def _balance(key: Cell, prints: Mapping[Cell, Mapping[str, Any]]) -> dict[str, Any] | None:
    """Exports less imports as first printed, where no balance was; public with the later of the two."""
    sides = [prints.get((key[0], side, *key[2:])) for side in ("X", "M")]
    if any(one is None or one["value"] is None for one in sides):
        return None
    sells, buys = (one for one in sides if one is not None)
    later = max(sells, buys, key=lambda one: one["released"])
    return {**later, "value": sells["value"] - buys["value"], "growth": None}


def _gap(outcome: float | None, guess: float | None) -> float | None:
    return None if outcome is None or guess is None or guess != guess else outcome - guess


def made_before(made_at: str, released: date, basis: str) -> bool | None:
    """Whether a moment lies before the day of a release (UTC); None where that day is only an upper bound.

    On the day itself the hour of release is not held, so an entry of that day does not count as made before it.
    """
    if made_at[:10] >= released.isoformat():
        return False
    return None if basis == "first seen" else True


def words(entry: Entry, before: bool | None) -> str:
    """What people read of an entry: `forecast 17, made before release, unaltered`."""
    when = {True: "made before release", False: "made after release", None: "day of release not held"}[before]
    return f"forecast {entry.number}, {when}, unaltered"
