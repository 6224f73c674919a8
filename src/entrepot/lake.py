"""The lake: what was fetched, as Parquet under one folder, united with the bundle that ships in the package."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entrepot import bundle, codes, flows
from entrepot.answer import Answer
from entrepot.errors import MissingData

if TYPE_CHECKING:
    import pandas as pd


def home() -> Path:
    """Folder of the lake: `$ENTREPOT_HOME`, else `.entrepot` in the user's home folder."""
    return Path(os.environ.get("ENTREPOT_HOME") or "~/.entrepot").expanduser()


def load(reporter: str | None = None) -> flows.Flows:
    """Flows of `reporter` (code or name) that are held, in the bundle or under `$ENTREPOT_HOME`; all reporters if None.

    All vintages are there; a verb keeps the one it is asked for. Facts that the lake only repeats enter once.

    Raises
    ------
    UnknownCode
        If nothing is called `reporter`.
    MissingData
        If nothing is held of it; those held are named.
    BadTable
        If the bundle or a file of the lake is damaged.
    """
    code = None if reporter is None else codes.country(reporter)
    table = _all()
    if code is None:
        return table
    held = reporters(table)
    if code not in held:
        names = ", ".join(f"{codes.name(one)} ({one})" for one in held)
        raise MissingData(f"No flows of {codes.name(code)} ({code}) are held; there are: {names}. Run: entrepot fetch")
    return table.filter(nw.col("reporter") == code)


def reporters(table: flows.Flows) -> list[str]:
    """Reporters of a table, in alphabetical order of their codes."""
    found: list[str] = table.select("reporter").unique().collect("pandas").to_native()["reporter"].tolist()
    return sorted(found)


def _all() -> flows.Flows:
    shipped, folder = bundle.flows(), home() / "flows"
    if not folder.is_dir() or not any(folder.rglob("*.parquet")):
        return shipped
    fetched = flows.read(folder)
    same = [*flows.CELL, "value", "growth"]
    repeated = shipped.select(*same, _shipped="released").unique()
    joined = fetched.join(repeated, on=same, how="left")
    new = joined.filter(nw.col("_shipped").is_null() | (nw.col("released") < nw.col("_shipped")))
    return nw.concat([shipped, new.select(*flows.COLUMNS)], how="vertical")


def sources() -> "pd.DataFrame":
    """Sources of everything held: source, office, table, url, licence, retrieved, kind, grade, rank."""
    import pandas as pd

    path = home() / "sources.csv"
    shipped = bundle.sources()
    if not path.is_file():
        return shipped
    return pd.concat([shipped, pd.read_csv(path)], ignore_index=True).drop_duplicates("source", ignore_index=True)


def have(reporter: str | None = None) -> Answer:
    """What is held: one row per source and reporter, with the first and last period, rows, vintages and grade."""
    table: Any = load(reporter)
    grouped = table.group_by("source", "reporter").agg(
        first=nw.col("period").min(),
        last=nw.col("period").max(),
        rows=nw.len(),
        vintages=nw.col("released").n_unique(),
    )
    rows = grouped.collect("pandas").to_native()
    kept = ["source", "office", "table", "kind", "retrieved", "grade", "licence"]
    rows = rows.merge(sources()[kept], on="source", how="left")
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
