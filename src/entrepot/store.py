"""The writing side of the lake: bytes as received, the rows read from them, and what is published of them.

Four kinds of files stand under the home folder, and each is put in place whole, by one rename:

- `raw/` bytes as received, named by their hash, so that the same answer is kept once;
- `documents/` one note per answer: what was asked, when, by which address, and the hash of the bytes;
- `parsed/` the rows that a document holds, made anew when its reader has changed;
- `flows/` the published rows by office and year, sorted by reporter, period, partner and product, and `manifest.json`,
  which says what is published. Readers look only at what the manifest names, so they see the old state or the new one.

What is published is a function of the set of documents and of the bundle, not of the order in which they came.
"""

import csv
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from entrepot import bundle, flows, sources
from entrepot.errors import BadTable, CannotWrite, MissingData
from entrepot.sources import Request
from entrepot.vintages import ends, history, ships

SHARED = ("__init__", "bulk", "facts", "goods", "markup", "numbers", "sdmx", "sheets", "sums")
"""Modules that every reader leans on."""
MEMORY = "2GB"
GROUP = 122_880  # rows of a row group
LARGE = 500_000  # rows from which a document that alone holds a period is published as a file of its own


@dataclass(frozen=True)
class Document:
    """One answer of an office: what was asked, what came, and when; `facts` are told to its reader."""

    office: str
    source: str
    request: str
    address: str
    facts: tuple[tuple[str, str], ...]
    sha256: str
    size: int
    seen: str
    retrieved: str

    @property
    def name(self) -> str:
        """Name of the document: request, day and content."""
        return f"{self.request}-{self.seen}-{self.sha256[:16]}"


def request_name(request: Request) -> str:
    """Short name of a question, the same for the same question."""
    return hashlib.sha256(f"{request.source.key} {request.address} {request.facts}".encode()).hexdigest()[:16]


@contextmanager
def locked(home: Path, name: str) -> Iterator[None]:
    """Hold a lock of the lake; it falls with the process that holds it, however that ends.

    Others wait, and say so.
    """
    folder = home / "locks"
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / f"{name}.lock").open("a")
    with file:
        if not _lock(file.fileno(), wait=False):
            sys.stderr.write(f"entrepot: another process works on {name} of {home}; waiting for it.\n")
            _lock(file.fileno(), wait=True)
        yield


def _lock(number: int, *, wait: bool) -> bool:
    if sys.platform == "win32":
        import msvcrt
        import time

        while True:
            try:
                msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
                return True
            except OSError:
                if not wait:
                    return False
                time.sleep(0.5)
    import fcntl

    try:
        fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turn a full disk or a folder without permission into a refusal that says that the old state stands."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        why = (error.strerror if isinstance(error, OSError) else "") or str(error).splitlines()[0]
        raise CannotWrite(
            f"The lake cannot be written at {place} ({why}). What it held before still stands. "
            "Free some space or set ENTREPOT_HOME to another folder, then run the same command again."
        ) from error


def put(path: Path, content: bytes) -> None:
    """Write a file whole: beside its place first, then by one rename."""
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with part.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)


def raw(home: Path, sha256: str) -> Path:
    """Place of bytes by their hash."""
    return home / "raw" / sha256[:2] / sha256


def receive(home: Path, request: Request, office: str, part: Path, sha256: str, seen: date) -> Document:
    """Move the bytes of an answer into the lake; the note that makes them count is written by `note`."""
    place, size = raw(home, sha256), part.stat().st_size
    with writing(home):
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(part, place)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Document(
        office, request.source.key, request_name(request), request.address, request.facts, sha256, size,
        seen.isoformat(), now,
    )  # fmt: skip


def note(home: Path, document: Document) -> bool:
    """Note a document that was received and read; False if the same question got the same bytes last time."""
    before = [one for one in documents(home, request=document.request) if one.seen <= document.seen]
    if before and max(before, key=lambda one: (one.seen, one.retrieved)).sha256 == document.sha256:
        return False
    put(home / "documents" / f"{document.name}.json", json.dumps(asdict(document), indent=1).encode())
    return True


def documents(home: Path, *, request: str = "") -> list[Document]:
    """Every document of the lake, or those of one question, in the order of their names."""
    found = sorted((home / "documents").glob(f"{request}*.json"))
    return [_document(path) for path in found]


def _document(path: Path) -> Document:
    try:
        held: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return Document(**held | {"facts": tuple((name, said) for name, said in held["facts"])})
    except (ValueError, TypeError, KeyError) as error:
        raise BadTable(f"The note {path} is damaged ({error}). Remove it and fetch again.") from error


@cache
def reader(office: str) -> str:
    """Hash of what reads an office's answers: its module, what it leans on, and the tables of codes."""
    root = Path(__file__).parent
    files = [root / "sources" / f"{name}.py" for name in (*SHARED, office)] + sorted(
        (root / "data/codes").glob("*.csv")
    )
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def parse(home: Path, document: Document) -> Path:
    """Folder with the rows of a document as Parquet, read now unless its present reader has read it before.

    Raises
    ------
    BadTable, MissingData
        As the office's reader does.
    """
    place = home / "parsed" / f"{document.name}-{reader(document.office)}"
    if (place / "facts.json").is_file():
        return place
    if not raw(home, document.sha256).is_file():
        raise BadTable(
            f"The bytes received from {document.address} on {document.seen} are gone, and their reader has changed. "
            f"Ask again: entrepot fetch {document.office} ... ; or remove {home / 'documents' / document.name}.json"
        )
    work = home / "parsed" / f".{place.name}.{os.getpid()}"
    shutil.rmtree(work, ignore_errors=True)
    with writing(home):
        try:
            work.mkdir(parents=True)
            try:
                _write_rows(raw(home, document.sha256), document, work)
            except duckdb.InvalidInputException as error:  # a reader's own check of rows, made while they are read
                raise BadTable(str(error).removeprefix("Invalid Input Error: ").splitlines()[0] + ".") from error
            shutil.rmtree(place, ignore_errors=True)
            os.replace(work, place)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return place


def _write_rows(content: Path, document: Document, into: Path) -> None:
    """Write the rows of a document and what must be known of them: years, sources, repairs."""
    module = sources.office(document.office)
    facts, seen = dict(document.facts), date.fromisoformat(document.seen)
    if hasattr(module, "tables"):
        parts: Iterable[Any] = module.tables(content, seen=seen, **facts)
    else:
        parts = [module.parse(content.read_bytes(), seen=seen, **facts)]
    years: dict[str, int] = {}
    spans: set[str] = set()
    ordered: dict[str, list[str]] = {}  # files whose rows stand in published order, and the periods in each
    other = 0
    keys: set[str] = set()
    repairs: dict[str, int] = {}
    for number, part in enumerate(parts):
        if not hasattr(part, "columns"):
            continue  # arrays, which their user reads from the raw file
        for what, count in getattr(part, "attrs", {}).get("repairs", {}).items():
            repairs[what] = repairs.get(what, 0) + count
        target = into / f"{number:04d}.parquet"
        in_order = write(part, target)
        held = duckdb.read_parquet(str(target))
        if "released" in held.columns:
            found = held.aggregate("period, source, count(*) n", "period, source").fetchall()
            if in_order:
                ordered[target.name] = sorted({period for period, _, _ in found})
            for period, source, count in found:
                years[period[:4]] = years.get(period[:4], 0) + count
                spans.add(period)
                keys.add(source)
        else:
            other += held.aggregate("count(*)").fetchall()[0][0]
    said = {"years": years, "periods": sorted(spans), "ordered": ordered, "other": other}
    said |= {"sources": sorted(keys), "repairs": repairs}
    (into / "facts.json").write_text(json.dumps(said, sort_keys=True), encoding="utf-8")


def write(part: Any, target: Path) -> bool:
    """Write a part of a document as Parquet; whether its rows stand in the order in which they are published."""
    import pyarrow as pa

    if isinstance(part, pa.Table):  # what a reader gives in this form is in order
        from pyarrow import parquet

        few = [field.name for field in part.schema if pa.types.is_dictionary(field.type)]
        parquet.write_table(part, target, compression="zstd", row_group_size=GROUP, use_dictionary=[*few, "half_width"])
        return True
    relation = duckdb.from_df(part) if hasattr(part, "attrs") else part
    relation.write_parquet(str(target), compression="zstd")
    return False


def manifest(home: Path) -> dict[str, Any]:
    """What is published: `files` by office and year with rows, hash and reporters; empty if nothing is.

    Raises
    ------
    BadTable
        If the file is damaged.
    """
    try:
        held: dict[str, Any] = json.loads((home / "manifest.json").read_text("utf-8"))
        return held
    except FileNotFoundError:
        return {"bundle": "", "files": {}}
    except ValueError as error:
        raise BadTable(f"{home / 'manifest.json'} is damaged ({error}). Remove it and run: entrepot fetch") from error


def publish(home: Path) -> int:
    """Publish the rows of every document; only years that changed are written. Returns the number of files written.

    Raises
    ------
    CannotWrite
        If the disk is full; the state before stands.
    """
    with locked(home, "publish"):
        before, shipped = manifest(home), bundle_digest()
        parts, records = _partitions(home)
        files: dict[str, Any] = {}
        written = 0
        for (office, year), folders in sorted(parts.items()):
            name = f"{_slug(office)}/{year}"
            signature = _signature(folders, shipped)
            held = before["files"].get(name)
            if held and held["signature"] == signature and (home / "flows" / held["file"]).is_file():
                files[name] = held
                continue
            files[name] = {"signature": signature} | _write(home, name, office, year, folders, signature, records)
            written += 1
        if written or files.keys() != before["files"].keys():
            _write_sources(home / "sources.csv", records)
            put(
                home / "manifest.json",
                json.dumps({"bundle": shipped, "files": files}, indent=1, sort_keys=True).encode(),
            )
            _sweep(home, [before, {"files": files}])
        return written


def _partitions(home: Path) -> tuple[dict[tuple[str, str], list[Path]], dict[str, dict[str, object]]]:
    """Folders of rows by office and year (or period, see `_apart`), and the record of every source among them."""
    known = sources.registry()
    parts: dict[tuple[str, str], dict[Path, Mapping[str, Any]]] = {}
    records: dict[str, dict[str, object]] = {}
    for document in documents(home):
        folder = parse(home, document)
        facts = json.loads((folder / "facts.json").read_text("utf-8"))
        plain = known[document.source]
        for key in facts["sources"]:
            record = known.get(key, plain).record(document.seen) | {"source": key}
            records[key] = max((records.get(key, record), record), key=lambda one: str(one["retrieved"]))
        for year in facts["years"]:
            parts.setdefault((plain.office, year), {})[folder] = facts
    out: dict[tuple[str, str], list[Path]] = {}
    for (office, year), folders in parts.items():
        apart = set() if ships(office, year) else _apart(folders.values(), year)
        for folder, facts in folders.items():
            held = _of_year(facts, year)
            part = held[0] if len(held) == 1 and held[0] in apart else year
            out.setdefault((office, part), []).append(folder)
    return out, records


def _of_year(facts: Mapping[str, Any], year: str) -> list[str]:
    return [period for period in facts["periods"] if period[:4] == year]


def _apart(documents_: Iterable[Mapping[str, Any]], year: str) -> set[str]:
    """Periods of a year that are published apart: a large document holds each, and none that holds others holds it.

    What is new of one month then leaves the files of the others as they are.
    """
    together: set[str] = set()
    large: set[str] = set()
    for facts in documents_:
        held = _of_year(facts, year)
        if len(held) > 1:
            together.update(held)
        elif facts["years"][year] >= LARGE:
            large.update(held)
    return large - together


def _signature(folders: Iterable[Path], shipped: str) -> str:
    names = sorted(folder.name for folder in folders)
    return hashlib.sha256("\n".join([*names, shipped, "2"]).encode()).hexdigest()[:16]


def _as_it_is(office: str, part: str, folders: Sequence[Path]) -> Path | None:
    """File of rows that can be published as it was written: the only one of its part, in order, with nothing else."""
    if len(folders) != 1 or ships(office, part[:4]):
        return None
    ordered = json.loads((folders[0] / "facts.json").read_text("utf-8"))["ordered"]
    if len(ordered) != len(list(folders[0].glob("*.parquet"))):
        return None
    inside = [name for name, held in ordered.items() if any(period.startswith(part) for period in held)]
    alone = len(inside) == 1 and all(period.startswith(part) for period in ordered[inside[0]])
    return folders[0] / inside[0] if alone else None


def _slug(office: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in office.casefold()).split())


@cache
def bundle_digest() -> str:
    """Hash of the bundle that ships with this package."""
    return hashlib.sha256((bundle.HOME / "flows.parquet").read_bytes()).hexdigest()[:16]


def _write(
    home: Path,
    name: str,
    office: str,
    year: str,
    folders: list[Path],
    signature: str,
    records: Mapping[str, Mapping[str, object]],
) -> dict[str, Any]:
    """Write the published rows of one office and year, and the ends of shipped rows that they replace."""
    target = home / "flows" / f"{name}-{signature}.parquet"
    part = target.with_name(f".{target.name}.part")
    with writing(home):
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ready := _as_it_is(office, year, folders)) is not None:
            shutil.copyfile(ready, part)  # no second name of one file: what damages one must not reach the other
            replaced: list[dict[str, Any]] = []
        else:
            replaced = _write_history(home, part, office, year, folders, records)
        os.replace(part, target)
    held = duckdb.read_parquet(str(target))
    reporters = [row[0] for row in held.project("reporter").distinct().order("reporter").fetchall()]
    return {
        "file": str(target.relative_to(home / "flows").as_posix()),
        "rows": held.aggregate("count(*)").fetchall()[0][0],
        "sha256": _hash(target),
        "reporters": reporters,
        "ends": replaced,
    }


def _write_history(
    home: Path,
    part: Path,
    office: str,
    year: str,
    folders: list[Path],
    records: Mapping[str, Mapping[str, object]],
) -> list[dict[str, Any]]:
    """Write the rows of several documents, dated and in order; the ends of shipped rows that they replace."""
    spill = home / "tmp"
    spill.mkdir(exist_ok=True)
    with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(spill)}) as engine:
        rows = history(engine, office, year, folders, records)
        order = ", ".join([*FIRST, *(name for name in flows.KEY if name not in FIRST)])
        engine.execute(
            f"copy (select * from {rows} order by {order}) to '{_quoted(part)}' "
            f"(format parquet, compression zstd, row_group_size {GROUP})"
        )
        return ends(engine)


FIRST = ("reporter", "period", "partner", "product")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_sources(path: Path, records: Mapping[str, Mapping[str, object]]) -> None:
    import io

    out = io.StringIO()
    names = ["source", "office", "table", "url", "licence", "retrieved", "kind", "grade", "rank"]
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records[key] for key in sorted(records))
    put(path, out.getvalue().encode())


def own(home: Path, rows: Any, record: Mapping[str, object]) -> Path:
    """Put a user's own rows and the record of their source into the lake, in the place of those it had before.

    Raises
    ------
    CannotWrite
        If the disk is full; what was held before stands.
    """
    key = str(record["source"])
    target = home / "flows" / "own" / f"own-{_slug(key)}.parquet"
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    with locked(home, "publish"), writing(home):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            duckdb.from_df(rows).write_parquet(str(part), compression="zstd")
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
        held = {str(one["source"]): one for one in _records(home / "own.csv")}
        _write_sources(home / "own.csv", held | {key: record})
    return target


def _records(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _sweep(home: Path, held: Iterable[Mapping[str, Any]]) -> None:
    """Remove published files that neither this manifest nor the one before names: a reader may still hold those."""
    named = {str(one["file"]) for manifest_ in held for one in manifest_["files"].values()}
    for path in (home / "flows").glob("*/*.parquet"):
        relative = path.relative_to(home / "flows").as_posix()
        if is_ours(path) and relative not in named:
            path.unlink(missing_ok=True)


def verify(home: Path) -> list[str]:
    """What is wrong with the lake, one line a fault; empty if every file is what the notes say."""
    faults = []
    for document in documents(home):
        place, again = raw(home, document.sha256), f"Ask again: entrepot fetch {document.office} ..."
        if not place.is_file():
            faults.append(f"{document.address}: the bytes received on {document.seen} are missing ({place}). {again}")
        elif _hash(place) != document.sha256:
            faults.append(f"{document.address}: the bytes kept at {place} are not those received. {again}")
    for name, one in manifest(home)["files"].items():
        place = home / "flows" / one["file"]
        if not place.is_file():
            faults.append(f"{name}: {place} is missing. The next fetch of any office writes it again.")
        elif _hash(place) != one["sha256"]:
            faults.append(f"{name}: {place} was changed. Remove it; the next fetch of any office writes it again.")
    return faults


def files(home: Path, reporter: str | None = None) -> list[Path]:
    """Published files, as the manifest names them; with `reporter`, those that hold it.

    Raises
    ------
    MissingData
        If one of them is gone.
    """
    held = manifest(home)["files"].values()
    found = [home / "flows" / one["file"] for one in held if reporter is None or reporter in one["reporters"]]
    if lost := [path for path in found if not path.is_file()]:
        raise MissingData(f"{lost[0]} is named by the manifest and is gone. Run: entrepot have --verify")
    return found


def ended(home: Path) -> list[dict[str, str]]:
    """Rows of the bundle that a print in the lake replaced: their key and the day."""
    return [end for one in manifest(home)["files"].values() for end in one["ends"]]


def is_ours(path: Path) -> bool:
    """Whether a file has the name of one that `publish` writes (an older state, or one not yet named)."""
    return re.fullmatch(r"\d{4}(-\d\d)?-[^-]{16}", path.stem.lstrip(".")) is not None
