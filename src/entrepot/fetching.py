"""Fetch: ask an office, keep what it said, publish it. A job that was stopped goes on where it stopped."""

import hashlib
import json
import os
import shutil
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot import bundle, codes, flows, lake, periods, sources, store, tables
from entrepot.answer import Answer
from entrepot.errors import BadTable, MissingData, SourceFailed, WrongUsage
from entrepot.sources import Request, http

if TYPE_CHECKING:
    import httpx

LOOK_AGAIN = 300.0  # seconds between two looks for a release that is not out


BY_REPORTER = ("comtrade", "imts", "wits", "wto")
"""Offices that hold many reporters, so that one must be named."""
ANY_TIME = ("rates", "baci", "cpb", "hts", "copies")
"""Offices that can be asked without a period: they give what is newest, or all of it."""


def ask(office: str, reporter: str = "", period: str = "", **more: Any) -> list[Request]:
    """Requests of an office for a reporter and period; `more` goes to the office's own `ask`.

    Raises
    ------
    WrongUsage
        If the office needs a reporter or a period that was not given, or is told something that it cannot be asked.
    UnknownCode
        If the reporter is unknown.
    """
    module = sources.office(office)
    name = office.casefold()
    more = {word: said for word, said in more.items() if said not in (None, "")}
    if name == "baci" and not period and "version" not in more:
        raise WrongUsage("Which release? BACI is asked by its release, year and month: entrepot fetch baci -p 202601")
    if not period and not reporter and name in BY_REPORTER:
        raise WrongUsage(
            f"Whose trade, and which period? Name a reporter, and a month, a year or a range: entrepot fetch {office} "
            "china -p 2025-11"
        )
    if not period and name not in ANY_TIME:
        who = f" {_shown(reporter)}" if name in BY_REPORTER else ""
        raise WrongUsage(f"Which period? Ask for a month, a year or a range: entrepot fetch {office}{who} -p 2025-11")
    if name in BY_REPORTER and not reporter:
        raise WrongUsage(f"Whose trade? Name a reporter: entrepot fetch {office} china -p {period}")
    known = [*signature(module.ask).parameters]
    if strange := [word for word in more if word not in {*known, "version"} - {"reporter", "period"}]:
        taken = ", ".join(word for word in known if word not in ("reporter", "period", "year")) or "nothing more"
        raise WrongUsage(f"{module.SOURCES[0].office} is not asked by {strange[0]}; besides the period: {taken}.")
    if name == "gacc":
        return _releases(module, period, **more)
    if name == "comtrade" and "key" not in more:  # without a key the preview answers, 500 rows at a time
        more["key"] = bool(os.environ.get("COMTRADE_KEY"))
    if name in BY_REPORTER:
        return list(module.ask(reporter, period, **more))
    if name == "rates":
        quote = codes.own_currency(codes.country(reporter)) if reporter else None
        return list(module.ask(more.pop("quote", quote or "USD"), period=period, **more))
    if name == "baci":
        return list(module.ask(more.get("edition", "HS22"), more.get("version", period.replace("-", ""))))
    if name == "icio":
        return [request for one in periods.each(period) for request in module.ask(one)]
    return list(module.ask(**({"period": period} if "period" in known and period else {}), **more))


def _shown(reporter: str) -> str:
    """A reporter as it is typed: in quotes where its name has several words."""
    return f"'{reporter}'" if " " in reporter else reporter


def listing() -> Answer:
    """Every table that `fetch` knows: short name of the office, table, what it needs and takes, key, grade."""
    import pandas as pd

    rows = []
    for name in sources.OFFICES:
        module = sources.office(name)
        needs = ["a reporter"] * (name in BY_REPORTER) + ["a period"] * (name not in ANY_TIME)
        takes = [word for word in signature(module.ask).parameters if word not in ("reporter", "period", "year")]
        for one in module.SOURCES:
            held = (name, one.office, one.table, " and ".join(needs) or "nothing", ", ".join(takes), one.key_variable)
            rows.append((*held, one.grade))
    columns = ["fetch", "office", "table", "needs", "takes", "key", "grade"]
    about = {
        "offices": len(sources.OFFICES),
        "tables": len(rows),
        "definitions": "key: environment variable that holds your key, where the office wants one",
    }
    return Answer("fetch", about, pd.DataFrame(rows, columns=columns))


def _releases(module: Any, period: str, **more: Any) -> list[Request]:
    """Indexes of the customs office that list a period, each told which month is wanted."""
    out: list[Request] = []
    for one in periods.each(period):
        month = () if periods.is_year(one) else (("month", one[5:]),)
        out += [replace(request, facts=(*request.facts, *month)) for request in module.ask(one[:4], **more)]
    return out


def _begin(period: str) -> str:
    """First month or year that is asked for; empty where an office is asked without one, or by an edition."""
    try:
        return periods.ends(period)[0]
    except WrongUsage:
        return ""


def fetch(
    office: str,
    reporter: str = "",
    period: str = "",
    *,
    wait: bool = False,
    today: date | None = None,
    home: Path | None = None,
    client: "httpx.Client | None" = None,
    sleep: Callable[[float], None] = time.sleep,
    **more: Any,
) -> Answer:
    """Fetch what an office says of a reporter and period into the lake.

    Stopped at any instant and run again, it ends in the same lake as a run that was not disturbed. Two at once wait
    for each other. The rows of the answer are the requests: source, address, what came (`new`, `unchanged`, `none`),
    and the number of rows read.

    Parameters
    ----------
    wait : bool
        If the period is not out, look again every five minutes until it is.
    today : date, optional
        The day we look, which dates figures whose office states no day.
    home : Path, optional
        Folder of the lake, instead of `$ENTREPOT_HOME`.

    Raises
    ------
    WrongUsage
        If the question is none that the office answers, or the period lies ahead.
    SourceFailed
        If the office does not give what was asked; office, address and the next step are named.
    MissingData
        If the office has nothing for the question (yet).
    CannotWrite
        If the disk is full; the lake stands as it was.
    """
    place, seen = home or lake.home(), today or date.today()
    requests = ask(office, reporter, period, **more)
    if periods.ahead(begin := _begin(period), seen):
        raise WrongUsage(
            f"{begin} lies ahead, and no office has figures of it. Ask for a period until {seen.isoformat()[:7]}, or "
            "for what may come: entrepot forecast REPORTER"
        )
    while True:
        try:
            return _run(office, requests, place, seen, client, sleep)
        except MissingData as error:
            if not wait:
                raise
            sys.stderr.write(f"entrepot: {error} Looking again in {LOOK_AGAIN / 60:.0f} minutes.\n")
            sleep(LOOK_AGAIN)


def take(
    path: str | Path,
    mapping: str | Path | Mapping[str, Any],
    *,
    today: date | None = None,
    home: Path | None = None,
) -> Answer:
    """Take a user's own table (`.xlsx`, `.csv`, `.dta`, Parquet) into the lake by its mapping (see `tables`).

    It stands beside what offices say, under the source that the mapping names, with grade C. Taken again, it replaces
    what it held before. The one row of the answer is the file: source, address, what came, number of rows.

    Raises
    ------
    BadTable, MissingData, WrongUsage
        As `tables.read` does; also if the mapping names no source, or one that an office or the package has.
    CannotWrite
        If the disk is full; the lake stands as it was.
    """
    import pandas as pd

    place, day = home or lake.home(), today or date.today()
    own = tables.read(path, mapping, today=day)
    flows.read(own.rows)  # held to the contract before anything is written
    (key,) = own.rows.source.unique()
    if key == tables.UNNAMED:
        raise WrongUsage('Whose table is it? Name it in the mapping: [table] source = "my-ministry".')
    if key in sources.registry() or key in {row["source"] for row in bundle.sources()}:
        raise WrongUsage(f"{key!r} is the source of an office; give your table a name of its own in [table] source.")
    record = {"source": key, "office": "own table", "table": Path(path).name, "url": "", "licence": ""}
    record |= {"retrieved": day.isoformat(), "kind": "copy of a table", "grade": "C", "rank": 5}
    again = (place / "flows").is_dir() and key in lake.sources()
    store.own(place, own.rows, record)
    _say(own.repairs)
    about = {"office": "own table", "seen": day.isoformat(), "requests": 1, "new": 1, "repairs": dict(own.repairs)}
    row = (key, str(path), "replaced" if again else "new", len(own.rows))
    return Answer("fetch", about, pd.DataFrame([row], columns=["source", "address", "came", "rows"]))


def _run(
    office: str,
    requests: list[Request],
    home: Path,
    seen: date,
    client: "httpx.Client | None",
    sleep: Callable[[float], None],
) -> Answer:
    named = "\n".join([office, seen.isoformat(), *(store.request_name(one) for one in requests)])
    job = home / "jobs" / hashlib.sha256(named.encode()).hexdigest()[:16]
    with store.locked(home, office):
        new = home / "tmp" / office
        shutil.rmtree(new, ignore_errors=True)
        rows = list(_answers(office, requests, home, seen, job, client, sleep))
        if not any(row["came"] in ("new", "unchanged") for row in rows):
            shutil.rmtree(job, ignore_errors=True)
            raise MissingData(_nothing(requests, rows))
        written = store.publish(home)
        shutil.rmtree(job, ignore_errors=True)
    import pandas as pd

    about = {
        "office": requests[0].source.office,
        "seen": seen.isoformat(),
        "requests": len(rows),
        "new": sum(row["came"] == "new" for row in rows),
        "files_written": written,
        "repairs": _counted(rows),
    }
    _say(_counted(rows))
    if others := sorted({row["source"] for row in rows if row["other"]}):
        about["tables"] = "; ".join(f"read with entrepot.lake.kept('{key}')" for key in others)
    shown = ["source", "address", "came", "rows"]
    return Answer("fetch", about, pd.DataFrame(rows, columns=[*shown])[shown])


def _nothing(requests: list[Request], rows: list[dict[str, Any]]) -> str:
    """Refusal of a question for which nothing came: what the office said of it, and what was asked."""
    said = " ".join(dict.fromkeys(row["said"] for row in rows if row["said"]))
    listed = ", ".join(dict.fromkeys(row["address"] for row in rows) or [one.address for one in requests])
    return (
        f"{requests[0].source.office} has nothing for this question (yet). {said}{' ' if said else ''}"
        f"Asked: {listed} . Run the same command later, or with --wait."
    )


def _say(repairs: Mapping[str, int]) -> None:
    """Say aloud what was mended or left out, with the number of rows."""
    for what, count in repairs.items():
        sys.stderr.write(f"entrepot: {what}: {count:,}\n")


def _counted(rows: list[dict[str, Any]]) -> dict[str, int]:
    out: dict[str, int] = {}
    for row in rows:
        for what, count in row["repairs"].items():
            out[what] = out.get(what, 0) + count
    return out


def _answers(
    office: str,
    requests: list[Request],
    home: Path,
    seen: date,
    job: Path,
    client: "httpx.Client | None",
    sleep: Callable[[float], None],
) -> Iterator[dict[str, Any]]:
    """Work off a queue of requests; each leaves a mark when it is done, with the requests it led to.

    Files that a person must save are gathered, so that one refusal names all that are known to be wanted.
    """
    queue, met = deque(requests), set()
    wanted: list[http.ByHand] = []
    while queue:
        request = queue.popleft()
        name = store.request_name(request)
        if name in met:
            continue
        met.add(name)
        mark = job / f"{name}.json"
        if mark.is_file():
            done: dict[str, Any] = json.loads(mark.read_text("utf-8"))
        else:
            try:
                done = _one(office, request, home, seen, client, sleep)
            except http.ByHand as refusal:
                wanted.append(refusal)
                continue
            store.put(mark, json.dumps(done).encode())
        queue.extend(_request(request, said) for said in done["more"])
        if done["came"] != "index":
            yield done
    if len(wanted) > 1:
        files = "\n".join(f"  {one.address}\n    -> {one.place}" for one in wanted)
        raise SourceFailed(f"{wanted[0]} In all {len(wanted)} files are wanted:\n{files}") from wanted[0]
    if wanted:
        raise wanted[0]


def _one(
    office: str,
    request: Request,
    home: Path,
    seen: date,
    client: "httpx.Client | None",
    sleep: Callable[[float], None],
) -> dict[str, Any]:
    """Ask one question, keep the answer and read it."""
    module = sources.office(office)
    done: dict[str, Any] = {
        "source": request.source.key,
        "address": request.address,
        "rows": 0,
        "more": [],
        "repairs": {},
        "said": "",
        "other": False,
    }
    try:
        with store.writing(home):
            reply = http.get(request, home / "tmp" / office, inbox=home / "inbox", client=client, sleep=sleep)
    except MissingData as error:
        return done | {"came": "none", "said": str(error)}
    content = b"" if hasattr(module, "tables") else reply.path.read_bytes()
    try:
        following = sources.further(module, content, request) if content else []
        done["more"] = [_plain(one) for one in following]
        if request.role == "index" or following:
            return done | {"came": "index"}
        document = store.receive(home, request, office, reply.path, reply.sha256, seen)
        folder = store.parse(home, document)
        new = store.note(home, document)
    except MissingData as error:
        return done | {"came": "none", "said": str(error)}
    except (BadTable, SourceFailed) as error:
        status = f" (status {reply.status})" if reply.status else ""
        raise SourceFailed(
            f"{request.source.office} sent what cannot be used{status}: {error} Asked: {request.address}. "
            f"{_kept_nothing(request, home)}"
        ) from error
    finally:
        reply.path.unlink(missing_ok=True)
    facts = json.loads((folder / "facts.json").read_text("utf-8"))
    count, other = sum(facts["years"].values()), facts.get("other", 0)
    came = {"came": "new" if new else "unchanged", "rows": count + other, "other": bool(other)}
    return done | came | {"repairs": facts["repairs"]}


def _kept_nothing(request: Request, home: Path) -> str:
    """Next step after an answer that cannot be used, whether it came from the office or from the inbox."""
    if held := http.in_inbox(request, home / "inbox"):
        return f"It was read from {held}: replace that file or remove it, then run the same command again."
    return "Nothing was kept of it; run the same command again later, or look at the address."


def _plain(request: Request) -> dict[str, Any]:
    held = asdict(request)
    return held | {"source": request.source.key}


def _request(parent: Request, said: dict[str, Any]) -> Request:
    pairs = {name: tuple((a, b) for a, b in said[name]) for name in ("params", "headers", "facts")}
    known = sources.registry() | {parent.source.key: parent.source}
    return Request(known[said["source"]], said["url"], role=said["role"], **pairs)
