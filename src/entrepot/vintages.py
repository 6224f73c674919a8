"""Vintages: what replaced what, and when, among all prints of a cell by one office.

In a cell, and within one office, prints stand in the order of their days. A print that only repeats the one before (in
every figure, to the digits it shows) is no new row. A print that differs by more than the coarser of the two half
widths ends those before it on its own day; press reports do not end what the office or a copy of its table printed.
Rows that ship with the package take part, and their ends are given beside.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot import bundle, flows

if TYPE_CHECKING:
    import duckdb

PRESS = 4  # rank from which a source is press
FIGURES = ("value", "growth", "weight_kg", "quantity")
WIDTHS = {"value": "half_width", "growth": "growth_half_width"}


def history(
    engine: "duckdb.DuckDBPyConnection",
    office: str,
    year: str,
    folders: Sequence[Path],
    records: Mapping[str, Mapping[str, object]],
) -> str:
    """Name of a view with the rows of an office and year as they are to be published, `superseded` dated.

    Instead of a year, `year` may be a period of an office of which the package ships nothing in that year.
    `folders` hold the rows of one document each, named by question, day and content; `records` gives the rank of each
    source.
    """
    columns = ", ".join(flows.COLUMNS)
    kinds: dict[Any, str] = {flows.TEXT: "varchar", flows.NUMBER: "double", flows.DAY: "date"}
    cast = ", ".join(f"{name}::{kinds[dtype]} as {name}" for name, (dtype, _) in flows.COLUMNS.items())
    reads = [
        f"select {cast}, '{folder.name[17:27]}'::date as looked, '{folder.name}' as document, false as shipped "
        f"from read_parquet('{_text(folder / '*.parquet')}') where starts_with(period, '{year}')"
        for folder in folders
    ]
    engine.execute("create table ranks (source varchar, rank double)")
    ranks = {key: float(str(record["rank"])) for key, record in records.items()}
    shipped = _shipped(engine, office, year, ranks)
    engine.executemany("insert into ranks values (?, ?)", [list(pair) for pair in ranks.items()])
    if len(folders) == 1 and not shipped:
        engine.execute(f"create view published as select {columns} from ({reads[0]})")
        return "published"
    if shipped:
        reads.append(f"select {columns}, released as looked, '' as document, true as shipped from bundled")
    engine.execute(f"create table prints as {' union all '.join(reads)}")
    engine.execute(_CORRECTED)
    engine.execute(_MERGED)
    engine.execute(_DATED)
    engine.execute(f"create view published as select {columns} from dated where not shipped and not repeats")
    return "published"


def ends(engine: "duckdb.DuckDBPyConnection") -> list[dict[str, Any]]:
    """Shipped rows that a print of the lake replaced: their key and the day, as plain values."""
    held = {row[0] for row in engine.execute("select table_name from information_schema.tables").fetchall()}
    if "dated" not in held:
        return []
    names = [*flows.KEY, "superseded"]
    found = engine.execute(
        f"select {', '.join(names)} from dated where shipped and superseded is not null "
        "and (was is null or superseded < was) order by all"
    ).fetchall()
    return [{name: str(said) for name, said in zip(names, row, strict=True)} for row in found]


@cache
def ships(office: str, year: str) -> bool:
    """Whether the package ships rows of an office and year."""
    import duckdb

    with duckdb.connect() as engine:
        return _shipped(engine, office, year, {})


def _shipped(engine: "duckdb.DuckDBPyConnection", office: str, year: str, ranks: dict[str, float]) -> bool:
    """Make a table of the bundle's rows of an office and year; whether there are any."""
    own = {row["source"]: float(row["rank"]) for row in bundle.sources() if row["office"] == office}
    ranks |= own
    listed = ", ".join(f"'{key.replace(chr(39), chr(39) * 2)}'" for key in own) or "''"
    engine.execute(
        f"create table bundled as select {', '.join(flows.COLUMNS)} from "
        f"read_parquet('{_text(bundle.HOME / 'flows.parquet')}') "
        f"where left(period, 4) = '{year}' and source in ({listed})"
    )
    return bool(engine.execute("select count(*) from bundled").fetchall()[0][0])


def _text(path: Path) -> str:
    return str(path).replace("'", "''")


_CELL, _KEY = ", ".join(flows.CELL), ", ".join(flows.KEY)

# A page that changed after its stated day: the second print becomes public on the day we saw it.
_CORRECTED = f"""
create table corrected as
select * exclude (released, released_basis, first_value),
    case when changed then greatest(looked, released) else released end as released,
    case when changed and looked > released then 'first seen' else released_basis end as released_basis
from (
    select *, first_value(value) over question as first_value,
        not shipped and value is distinct from first_value as changed
    from prints window question as (partition by {_KEY}, left(document, 16) order by looked, document)
)
"""

# Several tables of one release may print one cell: the finest figure of each kind stands.
_MERGED = f"""
create table merged as
select {_KEY}, any_value(released_basis) as released_basis, min(superseded) as was, bool_or(shipped) as shipped,
    arg_min(value, coalesce(half_width, 0)) as value,
    min(half_width) filter (value is not null) as half_width,
    arg_min(growth, coalesce(growth_half_width, 0)) as growth,
    min(growth_half_width) filter (growth is not null) as growth_half_width,
    max(weight_kg) as weight_kg, max(quantity) as quantity, max(unit) as unit
from corrected group by {_KEY}
"""


def _last(name: str) -> str:
    """The print before that holds a figure, with its half width, day and rank."""
    width = f"coalesce({WIDTHS[name]}, 0)" if name in WIDTHS else "0.0"
    said = f"{{'v': {name}, 'h': {width}, 'd': released, 'r': rank}}"
    return f"last_value(case when {name} is not null then {said} end ignore nulls) over before as last_{name}"


def _repeats(name: str) -> str:
    width = f"coalesce({WIDTHS[name]}, 0)" if name in WIDTHS else "0.0"
    return (
        f"({name} is null or coalesce(last_{name}.h <= {width} * (1 + 1e-9) "
        f"and abs({name} - last_{name}.v) <= greatest({width}, last_{name}.h) + 1e-12 * abs({name}), false))"
    )


def _changes(name: str) -> str:
    width = f"coalesce({WIDTHS[name]}, 0)" if name in WIDTHS else "0.0"
    return (
        f"coalesce(abs({name} - last_{name}.v) > greatest({width}, last_{name}.h) + 1e-12 * abs({name}) "
        f"and released > last_{name}.d and (rank < {PRESS} or last_{name}.r >= {PRESS}), false)"
    )


_ORDER = f"partition by {_CELL} order by released, rank, half_width nulls last, source"
_DATED = f"""
create table dated as
with ranked as (select m.*, coalesce(r.rank, 9) as rank from merged m left join ranks r using (source)),
looked_back as (
    select *, {", ".join(_last(name) for name in FIGURES)} from ranked
    window before as ({_ORDER} rows between unbounded preceding and 1 preceding)
),
judged as (
    select *, {" and ".join(_repeats(name) for name in FIGURES)} as repeats,
        {_changes("value")} as new_value, {_changes("growth")} as new_growth
    from looked_back
)
select *, case when value is not null then min(case when new_value then released end) over after
    when growth is not null then min(case when new_growth then released end) over after
    end as superseded
from judged window after as ({_ORDER} rows between 1 following and unbounded following)
"""
