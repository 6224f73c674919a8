"""The lake: what was fetched, as Parquet under one folder, united with the bundle that ships in the package."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import narwhals as nw

from entrepot import bundle, codes, flows, periods, store
from entrepot import sources as registry
from entrepot.answer import Answer
from entrepot.errors import BadTable, CannotWrite, MissingData, WrongUsage

if TYPE_CHECKING:
    import pandas as pd


def home() -> Path:
    """Folder of the lake: `$ENTREPOT_HOME`, else `.entrepot` in the user's home folder.

    Raises
    ------
    CannotWrite
        If it is there and no folder.
    """
    place = Path(os.environ.get("ENTREPOT_HOME") or "~/.entrepot").expanduser()
    if place.is_file():
        raise CannotWrite(f"The lake {place} is a file, and a folder is expected. Set ENTREPOT_HOME to a folder.")
    return place


def load(reporter: str | None = None, *, period: str = "") -> flows.Flows:
    """Flows of `reporter` (code or name) that are held, in the bundle or under `$ENTREPOT_HOME`; all reporters if None.

    `period` is what will be asked of them: a refusal names the command that fetches it (last year's trade without one).

    All vintages are there; a verb keeps the one it is asked for. What `fetch` published is read as it stands, for it
    was checked when it was written; other Parquet files under `flows` are checked now. Facts that the lake only
    repeats enter once, and rows of the bundle that a later print replaced say so.

    Raises
    ------
    UnknownCode
        If nothing is called `reporter`.
    MissingData
        If nothing is held of it; those held are named.
    BadTable
        If the bundle or a file of the lake is damaged.
    """
    if reporter is None:
        return _all(None)
    code = codes.country(reporter)
    table = _all(code).filter(nw.col("reporter") == code)
    if not flows.records(table.select("reporter").head(1)):
        past, last = _past(period), str(date.today().year - 1)
        fetch = f"{'For last year run' if not past else 'Run'}: {registry.command(code, past or last)}"
        raise MissingData(
            f"No flows of {codes.name(code)} ({code}) are held; there are: {_named(_all(None))}. {fetch} "
            "(or give a table of your own: --table FILE.csv)"
        )
    return table


def _named(table: flows.Flows) -> str:
    return ", ".join(f"{codes.name(one)} ({one})" for one in reporters(table)) or "none"


def _past(period: str) -> str:
    """The period or range as it is asked for, empty if it is none or lies ahead."""
    try:
        first, last = periods.ends(period)
    except WrongUsage:
        return ""
    return "" if periods.ahead(last) else first if first == last else f"{first}:{last}"


def part(table: flows.Flows, reporter: str, *, named: str) -> flows.Flows:
    """Rows of `reporter` (code or name) in a table of the user's own, called `named` in a refusal.

    Raises
    ------
    UnknownCode
        If nothing is called `reporter`.
    MissingData
        If the table holds no row of it; those it holds are named.
    """
    code = codes.country(reporter)
    kept = table.filter(nw.col("reporter") == code)
    if not flows.records(kept.select("reporter").head(1)):
        raise MissingData(
            f"{named} holds no rows of {codes.name(code)} ({code}); it holds {_named(table)}. Ask for one."
        )
    return kept


def newest(reporter: str, trade: flows.Flows | None = None) -> str:
    """Last month (or, where no month is, year) of which the total trade of `reporter` is held, as `2025-11`.

    `trade` is the table to look into; what is held if left out.

    Raises
    ------
    UnknownCode, MissingData
        As `load` does; also if no total is held.
    """
    col = nw.col
    total = (col("partner") == flows.WORLD) & (col("product") == flows.ALL) & (col("status") == "observed")
    last = (load(reporter) if trade is None else trade).filter(total).group_by("span").agg(period=col("period").max())
    held = {row["span"]: row["period"] for row in flows.records(last)}
    if not held:
        raise MissingData(f"No total trade of {codes.name(codes.country(reporter))} is held. Run: entrepot have")
    return str(held.get("month") or max(held.values()))


def reporters(table: flows.Flows) -> list[str]:
    """Reporters of a table, in alphabetical order of their codes."""
    return sorted(row["reporter"] for row in flows.records(table.select("reporter").unique()))


def _all(reporter: str | None) -> flows.Flows:
    """Bundle, published files (of one reporter, where named) and files that others put into the folder."""
    place = home()
    published, strange = store.files(place, reporter), _strange(place)
    parts = [_ended(bundle.flows(), store.ended(place))]
    if published:
        try:
            fetched: flows.Flows = nw.from_native(duckdb.read_parquet([str(path) for path in published]))
        except duckdb.Error as error:
            raise _damaged(error) from error
        current = store.manifest(place)["bundle"] == store.bundle_digest()
        parts.append(fetched if current else _new(fetched, parts[0]))
    if strange:
        parts.append(_new(flows.read(_together(strange)), parts[0]))
    return parts[0] if len(parts) == 1 else nw.concat(parts, how="vertical")


def _strange(place: Path) -> list[Path]:
    """Parquet files under `flows` that are not ours by their names."""
    return [path for path in sorted((place / "flows").rglob("*.parquet")) if not store.is_ours(path)]


def _together(paths: list[Path]) -> Any:
    try:
        return duckdb.read_parquet([str(path) for path in paths], union_by_name=True)
    except duckdb.Error as error:
        raise _damaged(error) from error


def _damaged(error: duckdb.Error) -> BadTable:
    said = str(error).splitlines()[0].rstrip(".")
    return BadTable(
        f"A file of the lake {home()} is damaged and cannot be read as Parquet: {said}. To see which, run: "
        "entrepot have --verify"
    )


def _ended(shipped: flows.Flows, ends: list[dict[str, str]]) -> flows.Flows:
    """Rows of the bundle, those dated as replaced that a later print in the lake replaced."""
    if not ends:
        return shipped
    import pandas as pd

    days = pd.DataFrame(ends).rename(columns={"superseded": "_ended"})
    for name in ("released", "_ended"):
        days[name] = pd.to_datetime(days[name])
    small: flows.Flows = nw.from_native(duckdb.from_df(days))
    small = small.with_columns(nw.col("released", "_ended").cast(nw.Date()))
    joined = shipped.join(small, on=flows.KEY, how="left")
    return joined.with_columns(superseded=nw.min_horizontal("superseded", "_ended")).select(*flows.COLUMNS)


def _new(fetched: flows.Flows, shipped: flows.Flows) -> flows.Flows:
    """Rows that are not in the bundle already with an earlier release; where both lack a number, they are equal."""
    marked = [shipped.with_columns(shipped=nw.col("released")), fetched.with_columns(shipped=nw.lit(None, flows.DAY))]
    same = nw.col("shipped").min().over(*flows.CELL, "value", "growth")  # the day on which a fact shipped
    held = nw.concat(marked, how="vertical").with_columns(same=same)
    new = nw.col("same").is_null() | (nw.col("released") < nw.col("same"))
    return held.filter(nw.col("shipped").is_null(), new).select(*flows.COLUMNS)


def sources() -> dict[str, bundle.Row]:
    """Sources of everything held, by key: source, office, table, url, licence, retrieved, kind, grade, rank."""
    own = [bundle.rows_of(path) for name in ("own.csv", "sources.csv") if (path := home() / name).is_file()]
    return {row["source"]: row for rows in (*own, bundle.sources()) for row in rows}  # what the bundle says stands


def kept(source: str) -> "pd.DataFrame":
    """Rows of a table that holds no flows (`ecb`, `cpb`, `wits-trains`, `us-hts`), as its reader gives them.

    Of each question the newest answer stands. Columns are those of the reader, with `seen`, the day we looked.

    Raises
    ------
    MissingData
        If nothing was fetched from it, or it holds flows or arrays.
    """
    import pandas as pd

    place = home()
    held = [one for one in store.documents(place) if one.source == source]
    newest = {one.request: one for one in sorted(held, key=lambda one: (one.seen, one.retrieved))}
    parts: list[pd.DataFrame] = []
    for one in newest.values():
        for file in sorted(store.parse(place, one).glob("*.parquet")):
            part = duckdb.read_parquet(str(file))
            if "released" not in part.columns:
                parts.append(part.df().assign(seen=one.seen))
    if parts:
        return pd.concat(parts, ignore_index=True)
    if not held:
        raise MissingData(f"Nothing of {source!r} was fetched. Run: entrepot have, or fetch it from its office.")
    raise MissingData(
        f"{source} holds flows, read with entrepot.load(), or arrays, read from the bytes kept at "
        f"{store.raw(place, held[-1].sha256)}."
    )


def have(reporter: str | None = None) -> Answer:
    """What is held: one row per source and reporter, with the first and last period, rows, vintages and grade."""
    import pandas as pd

    table: Any = load(reporter)
    grouped = table.group_by("source", "reporter").agg(
        first=nw.col("period").min(),
        last=nw.col("period").max(),
        rows=nw.len(),
        vintages=nw.col("released").n_unique(),
    )
    rows = grouped.collect("pandas").to_native()
    kept = ["source", "office", "table", "kind", "retrieved", "grade", "licence"]
    known = pd.DataFrame(list(sources().values()), columns=kept)
    rows = rows.merge(known, on="source", how="left")
    order = ["source", "reporter", "first", "last", "rows", "vintages", "retrieved", "grade", "licence"]
    rows = rows.sort_values(["reporter", "source"], ignore_index=True)[[*order, "office", "table", "kind"]]
    about = {
        "reporter": "all" if reporter is None else codes.country(reporter),
        "rows": int(rows["rows"].sum()),
        "sources": len(rows),
        "lake": "none" if not (home() / "flows").is_dir() else "held",
        "definitions": "first and last: periods; vintages: days on which figures became public, or were first seen",
    }
    return Answer("have", about, rows)


def verify() -> Answer:
    """Whether every file of the lake is what its notes say: one row a fault, none if all is well."""
    import pandas as pd

    own = _strange(home())
    faults = [*store.verify(home()), *(fault for path in own if (fault := _unreadable(path)))]
    about = {
        "lake": str(home()),
        "documents": len(store.documents(home())),
        "tables": len(own),
        "faults": len(faults),
    }
    return Answer("have", about, pd.DataFrame({"fault": faults}))


def _unreadable(path: Path) -> str:
    """What is wrong with a file that others put into the lake, as one line; empty if it can be read."""
    try:
        duckdb.read_parquet(str(path)).limit(1).fetchall()
    except duckdb.Error:
        again = "entrepot fetch FILE --mapping FILE.toml"
        return f"{path} cannot be read as Parquet. Remove it, and bring it in again: {again}"
    return ""
