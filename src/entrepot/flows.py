"""The flows table: what each column means, the border every table crosses, vintages as filters, and partitions.

One row is one figure that an office (or a model) gave for one cell: reporter, partner, flow, product, period, span and
how it was measured. The dictionary below is the only place where the columns are described; schema, checks and the
documentation are made from it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import narwhals as nw

from entrepot import codes
from entrepot.errors import BadTable, MissingData, UnknownCode, WrongUsage

Flows = nw.LazyFrame[Any]
TEXT, NUMBER, DAY = nw.String(), nw.Float64(), nw.Date()

CELL = {
    "reporter": (TEXT, "ISO3 code of the country whose office recorded the flow"),
    "partner": (TEXT, "ISO3 code, a group (ASEAN, EU27, AFR ...) or WLD"),
    "flow": (TEXT, "X exports, M imports, RX and RM re-exports and re-imports, T total, B balance (signed)"),
    "product": (TEXT, "code as text with its zeros, a named aggregate, or TOTAL"),
    "classification": (TEXT, "HS2022, NAICS, aggregate, or empty"),
    "period": (TEXT, "last month of the span (2025-11), or the year (2025)"),
    "span": (TEXT, "month, ytd (January to the period) or year"),
    "concept": (TEXT, "standard, or what differs: consumption, general, processing, seasonally adjusted ..."),
    "valuation": (TEXT, "fob, cif, customs or mixed"),
    "currency": (TEXT, "ISO 4217 code; empty only for a growth rate whose currency is not stated"),
    "status": (TEXT, "observed, derived, constructed, simulated or forecast"),
}
MEASURED = {
    "value": (NUMBER, "trade value [currency, full units, current prices]"),
    "half_width": (NUMBER, "half a unit of the last printed digit of value [currency]"),
    "growth": (NUMBER, "growth on a year earlier as printed in this release [fraction]"),
    "growth_half_width": (NUMBER, "half a unit of the last printed digit of growth [fraction]"),
    "weight_kg": (NUMBER, "net weight [kg]"),
    "quantity": (NUMBER, "supplementary quantity [unit]"),
    "unit": (TEXT, "unit of quantity"),
}
ORIGIN = {
    "source": (TEXT, "key of the sources table: office, table, url, licence, retrieved, kind, grade, rank"),
    "released": (DAY, "day the figure became public"),
    "released_basis": (TEXT, "stated, calendar (the office's calendar) or first seen (an upper bound)"),
    "superseded": (DAY, "day a newer figure replaced this one; null while current"),
}
COLUMNS = CELL | MEASURED | ORIGIN
KEY = [*CELL, "source", "released"]
NULLABLE = {*MEASURED, "superseded"}
WORDS = {
    "flow": ("X", "M", "RX", "RM", "T", "B"),
    "span": ("month", "ytd", "year"),
    "valuation": ("fob", "cif", "customs", "mixed"),
    "status": ("observed", "derived", "constructed", "simulated", "forecast"),
    "released_basis": ("stated", "calendar", "first seen"),
}
OLDEST = ("value", "growth", "weight_kg", "quantity")  # each may be printed first on a day of its own
AMOUNTS = ("value", "growth", "weight_kg", "quantity")  # a row holds one of these at least
KEY_RULE = "has no null in a key column"
CODE_RULE = (
    "writes its reporter as a code in capitals, ISO 3166 with three letters (CHN) or a group's (EU27), not as a name "
    "or with two letters; entrepot.codes.country('CN') gives it"
)
HS_RULE = "writes HS codes with their zeros, an even number of digits"
BARE_RULE = "holds at least one measurement"
WORLD, ALL = "WLD", "TOTAL"
VINTAGES = ("latest", "first", "all")  # those that are no day
KNOWN = (
    "pandas, Polars or Arrow table",
    "Parquet path or folder",
    "DuckDB relation",
    "PySpark DataFrame",
    "Ibis table",
)


def read(source: Any) -> Flows:
    """Take a table over the border: cast it to the schema and hold it to the contract, once.

    Parameters
    ----------
    source : pandas, Polars or Arrow table, DuckDB relation, PySpark DataFrame, Ibis table, Parquet path or folder
        Nullable columns may be absent. A table that `read` returned passes as it is. In-memory frames are handed to
        DuckDB, so that one set of cast and null rules holds; NaN becomes null.

    Raises
    ------
    BadTable
        If it is no table, lacks a column, does not cast, or holds rows that break the contract; the rows are shown.
    MissingData
        If a path holds no Parquet file.
    """
    if isinstance(source, nw.LazyFrame):
        _present(source)
        return source
    if isinstance(source, str | Path):
        source = _parquet(Path(source))
    try:
        frame = nw.from_native(source)
    except TypeError:
        raise BadTable(f"One of {', '.join(KNOWN)} is expected, not {type(source).__name__}.") from None
    _present(frame)  # before it is handed on: an engine has its own words for a frame without columns
    try:
        table: Flows = frame.lazy("duckdb") if isinstance(frame, nw.DataFrame) else frame
        return _check(_cast(table))
    except duckdb.NotImplementedException as error:
        raise BadTable(
            f"A column has a type that no table of ours has: {str(error).splitlines()[0]}. Periods are text, such as "
            "2025-11; `frame['period'].astype(str)` makes them so in pandas."
        ) from error
    except duckdb.Error as error:
        raise BadTable(f"A column does not cast to its type: {str(error).splitlines()[0]}") from error


def records(table: Flows) -> list[dict[str, Any]]:
    """Collect a table, once: its rows as dicts, None for what is missing, days as dates."""
    native = table.to_native()
    if isinstance(native, duckdb.DuckDBPyRelation):
        return [dict(zip(native.columns, row, strict=True)) for row in native.fetchall()]
    # Ibis holds Arrow results to their types, and not every server keeps them: ClickHouse's truth values are numbers.
    rows = table.collect("pandas" if table.implementation.is_ibis() else "pyarrow").to_arrow()
    days = {name for name in ("released", "superseded") if name in rows.column_names}
    return [row | {name: _day(row[name]) for name in days} for row in rows.to_pylist()]


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _parquet(path: Path) -> duckdb.DuckDBPyRelation:
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        raise MissingData(
            f"No Parquet file is at {path}. Pass a .parquet file or a folder that holds some.{_meant(path)}"
        )
    try:
        return duckdb.read_parquet([str(file) for file in files], union_by_name=True)
    except duckdb.Error as error:
        hint = (
            f" A table of your own comes in by its columns: entrepot.tables.read({path.name!r}).flows"
            if path.suffix.casefold() in (".csv", ".tsv", ".txt", ".xlsx", ".dta")
            else ""
        )
        raise BadTable(f"{path} cannot be read as Parquet: {str(error).splitlines()[0]}.{hint}") from error


def _meant(path: Path) -> str:
    """A word that calls a reporter is no path: what loads its figures."""
    try:
        return f' The figures held of a reporter are loaded by name: load("{codes.country(str(path))}").'
    except UnknownCode:
        return ""


def _present(table: Flows) -> set[str]:
    held = table.collect_schema().names()
    if missing := [name for name in COLUMNS if name not in {*held, *NULLABLE}]:
        raise BadTable(
            f"A flows table needs the column(s) {', '.join(missing)}; it has {', '.join(held)}. {_plainly(missing)}"
        )
    return set(held)


def _plainly(missing: Collection[str]) -> str:
    """What to do about missing columns: those that have a plain case are filled in by `tables.read`."""
    lacking = [name for name in ("reporter", "flow", "period", "currency") if name in missing]
    if lacking:
        return f"Add {', '.join(lacking)}; the rest has a plain case, which entrepot.tables.read(FRAME).flows fills in."
    return "Each has a plain case: pass entrepot.tables.read(FRAME).flows instead, which fills it in."


def _cast(table: Flows) -> Flows:
    present = _present(table)
    cast = [(nw.col(n).cast(d) if n in present else nw.lit(None, dtype=d)).alias(n) for n, (d, _) in COLUMNS.items()]
    return table.select(*cast).with_columns(nw.col(n).fill_nan(None) for n, (d, _) in COLUMNS.items() if d == NUMBER)


def _rules() -> dict[str, nw.Expr]:
    """What no row may be: the rule in words, and the expression that is true of a bad row."""
    col = nw.col
    listed = {
        f"has one of {', '.join(words)} as its {name}": ~col(name).is_in(list(words)) for name, words in WORDS.items()
    }
    digits = col("product").str.contains(r"^[0-9]+$")
    shaped = col("period").str.contains(r"^[12][0-9]{3}(-(0[1-9]|1[0-2]))?$")
    return {
        KEY_RULE: nw.any_horizontal(col(*KEY).is_null(), ignore_nulls=False),
        **listed,
        "has a period like 2025-11 or 2025": ~shaped,
        "has a year as its period when its span is year, and only then": (col("span") == "year")
        != (col("period").str.len_chars() == 4),
        "is not negative unless a balance (flow B)": (col("value") < 0) & (col("flow") != "B"),
        "holds finite numbers": (col("value").abs() == float("inf")) | (col("growth").abs() == float("inf")),
        "does not shrink by more than everything (growth is a fraction, -0.29 for -29 %)": (col("growth") < -1)
        & (col("flow") != "B"),
        "has half widths that are not negative": (col("half_width") < 0) | (col("growth_half_width") < 0),
        "names the currency of its value (ISO 4217)": (col("currency") == "") & ~col("value").is_null(),
        "writes its currency as three capitals": (col("currency") != "") & ~col("currency").str.contains(r"^[A-Z]{3}$"),
        CODE_RULE: col("reporter").str.contains(r"[^A-Z0-9_]") | (col("reporter").str.len_chars() == 2),
        HS_RULE: col("classification").str.starts_with("HS") & digits & (col("product").str.len_chars() % 2 == 1),
        BARE_RULE: nw.all_horizontal(col(*AMOUNTS).is_null(), ignore_nulls=False),
        "is released no earlier than its period begins": (col("status") == "observed")
        & (col("released").cast(TEXT).str.slice(0, 7) < col("period")),
        "is superseded no earlier than it is released": col("superseded") < col("released"),
    }


HEAD = ("flow", "period", "span", "classification", "valuation", "currency", "status", "released_basis", "released")
"""Key columns with few values: of each of their combinations two rows stand for all in most rules."""
AT_ONCE = 50_000_000  # hashes that are sorted at once, 400 MB


def _check(table: Flows) -> Flows:
    """Hold a table to the rules, in three passes of which each looks at few columns or few rows."""
    rules = {name: rule.fill_null(False) for name, rule in _rules().items()}
    heads = _extremes(table)
    codes_held = table.group_by("classification", "product").agg(rows=nw.len())
    reporters = table.select("reporter").unique().select(named=rules[CODE_RULE].any())
    (words,) = records(codes_held.select(broken=rules[HS_RULE].any()).join(reporters, how="cross"))
    flags = [rule.any().alias(f"rule{n}") for n, rule in enumerate(rules.values())]
    (found,) = records(heads.select(*flags, lacking=nw.col("lacking").max(), bare=nw.col("bare").max()))
    told = dict(zip(rules, [found[f"rule{n}"] for n in range(len(rules))], strict=True))
    told |= {HS_RULE: words["broken"], CODE_RULE: words["named"]}
    told |= {KEY_RULE: told[KEY_RULE] or found["lacking"], BARE_RULE: found["bare"]}
    for rule, broken in told.items():
        if broken:
            bad = table.filter(rules[rule])
            (count,) = records(bad.select(rows=nw.len()))
            _refuse(rule, count["rows"], bad.head(3).collect("pandas").to_native())
    if _may_repeat(table):
        twice = table.group_by(KEY).agg(rows=nw.len()).filter(nw.col("rows") > 1)
        if len(rows := twice.head(3).collect("pandas").to_native()):
            (count,) = records(twice.select(nw.col("rows").sum()))
            _refuse("is alone with its key (cell, source, released)", count["rows"], rows)
    return table


def _extremes(table: Flows) -> Flows:
    """Of each combination of HEAD a row with the least of every number (and day) and one with the greatest.

    Besides, whether a row lacks another key column (`lacking`) or every measurement (`bare`). A rule that compares one
    number with a bound is broken by a row of the table just if it is by one of these.
    """
    numbers = [name for name in MEASURED if name != "unit"]
    bare = nw.all_horizontal(*(nw.col(name).is_null() for name in AMOUNTS), ignore_nulls=False)
    others = [name for name in KEY if name not in HEAD]
    lacking = nw.any_horizontal(*(nw.col(name).is_null() for name in others), ignore_nulls=False)
    marked = table.with_columns(bare=nw.when(bare).then(1).otherwise(0), lacking=nw.when(lacking).then(1).otherwise(0))
    ends = [*numbers, "superseded"]
    least = [nw.col(name).min().alias(f"least_{name}") for name in ends]
    most = [nw.col(name).max().alias(f"most_{name}") for name in ends]
    grouped = marked.group_by(*HEAD).agg(*least, *most, nw.col("bare").max(), nw.col("lacking").max())
    plain = {name: "" for name in COLUMNS if name not in {*HEAD, *ends}}
    rows = [
        plain | {name: row[name] for name in (*HEAD, "bare", "lacking")} | {name: row[f"{end}_{name}"] for name in ends}
        for row in records(grouped)
        for end in ("least", "most")
    ]
    return _held(rows)


def _held(rows: list[dict[str, Any]]) -> Flows:
    """Small rows as a table of DuckDB, in the types of the flows table."""
    import pyarrow as pa

    kinds = {TEXT: pa.string(), NUMBER: pa.float64(), DAY: pa.date32()}
    fields = [(name, kinds[dtype]) for name, (dtype, _) in COLUMNS.items()]
    schema = pa.schema([*fields, ("bare", pa.int8()), ("lacking", pa.int8())])
    plain = [{name: None if said != said else said for name, said in row.items()} for row in rows]  # NaN is null
    out: Flows = nw.from_native(duckdb.from_arrow(pa.Table.from_pylist(plain, schema)))
    return out


def _may_repeat(table: Flows) -> bool:
    """Whether keys have to be compared: on DuckDB not if their hashes, eight bytes a row, all differ."""
    native = table.to_native()
    if not isinstance(native, duckdb.DuckDBPyRelation):
        return True
    hashed = native.project(f"hash({', '.join(KEY)}) as hashed")
    (count,) = native.aggregate("count(*)").fetchall()[0]
    parts = 1 + count // AT_ONCE
    return any(_repeats(hashed if parts == 1 else hashed.filter(f"hashed % {parts} = {n}")) for n in range(parts))


def _repeats(hashed: duckdb.DuckDBPyRelation) -> bool:
    found = hashed.fetchnumpy()["hashed"]
    found.sort()
    return bool((found[1:] == found[:-1]).any())


def _refuse(rule: str, count: int, rows: Any) -> None:
    raise BadTable(
        f"Every row of a flows table {rule}. {count:,} row{'s do' if count > 1 else ' does'} not, for example:\n"
        f"{rows.head(3).T.to_string()}"
    )


def vintage(table: Flows, which: str) -> Flows:
    """Keep one vintage of a table; see `current` for what each is.

    Raises
    ------
    WrongUsage
        If `which` is no vintage.
    """
    return table.filter(current(which))


def current(which: str) -> nw.Expr:
    """Condition that keeps one vintage: `latest`, `first` (oldest held), `all`, or a day (`2025-12-08`).

    - `latest`: not superseded.
    - `first`: of each cell the earliest row that holds a value and the earliest that holds a growth rate.
    - a day d: released by d and not yet superseded. A measurement held only as `first seen` (a later copy, whose first
      print is not held) answers for every day after its period ended, with the earliest copy; `released_basis` says so.

    `first` and a day compare the rows of a cell with each other: narrow the table to the cells of the question before.

    Raises
    ------
    WrongUsage
        If `which` is none of these.
    """
    superseded, released = nw.col("superseded"), nw.col("released")
    if which == "all":
        return released == released
    if which == "latest":
        return superseded.is_null()
    if which == "first":
        return nw.any_horizontal(*(_oldest(name) for name in OLDEST), ignore_nulls=True)
    return _as_of(day_of(which))


def known(table: Flows, day: date) -> Flows:
    """Rows as they stood at the end of a day: what became public later is left out, what it replaced is current.

    Later copies of cells whose first print is not held stay, as under the vintage of a day; see `current`.
    """
    ended, then = nw.col("superseded"), _as_of(day) | (nw.col("released") <= day)
    current_then = nw.when(ended <= day).then(ended)
    return table.filter(then).with_columns(superseded=current_then.cast(DAY))


def _oldest(name: str) -> nw.Expr:
    """Whether a row is the earliest of its cell that holds a measurement."""
    released = nw.when(~nw.col(name).is_null()).then(nw.col("released"))
    return released == released.min().over(*CELL)


def day_of(which: str) -> date:
    """Return the day that an as-of vintage names; `WrongUsage` if it is no day."""
    try:
        return date.fromisoformat(which)
    except ValueError:
        raise WrongUsage(f"{which!r} is no vintage; first, latest, all or a day (2025-12-08) is expected.") from None


def _as_of(day: date) -> nw.Expr:
    released, superseded, period = nw.col("released"), nw.col("superseded"), nw.col("period")
    copied = nw.col("released_basis") == "first seen"
    known = (released <= day) & (superseded.is_null() | (superseded > day))
    alone = nw.all_horizontal(
        *(nw.col(name).is_null() | ~_dated(name) for name in ("value", "growth")), ignore_nulls=False
    )
    copies = nw.when(copied).then(released)
    copy = copied & alone & (released == copies.min().over(*CELL)) & (released > day)
    past_year = (nw.col("span") == "year") & (period < str(day.year))
    past_month = (nw.col("span") != "year") & (period < day.isoformat()[:7])
    return known | (copy & (past_year | past_month))


def _dated(name: str) -> nw.Expr:
    """Whether a cell holds a dated print of a measurement, not only a later copy."""
    dated = (nw.col("released_basis") != "first seen") & ~nw.col(name).is_null()
    return nw.when(dated).then(1).otherwise(0).max().over(*CELL) == 1


class Partition(NamedTuple):
    """Lines of one dimension: `parts` are disjoint and as fine as they go, `memo` lines overlap them."""

    parts: tuple[str, ...]
    memo: tuple[str, ...]


def partition(values: Mapping[str, float | None], *, on: str | None = None, tolerance: float = 0.01) -> Partition:
    """Choose the finest disjoint cover among partners; what overlaps it becomes a memo line.

    Countries and residuals stand apart from each other. A group whose held members account for it (all of them held,
    or their values adding to it within `tolerance`) is a memo line; a group whose members are held only in part takes
    their place, and they become memo lines. A group without a list of members (Belt and Road) is always a memo line.

    Parameters
    ----------
    values : mapping
        Partner code to value [currency], None where only a growth rate is held. WLD is ignored.
    on : str, optional
        Day on which membership of a group is read (`2025-11-30`); today's membership if left out.
    tolerance : float
        How far members may miss their group, as a fraction of it.
    """
    held = [code for code in values if code != WORLD]
    groups = sorted((c for c in held if codes.kind(c) == "group"), key=lambda c: (len(codes.members(c, on)), c))
    kept = {code for code in held if code not in groups}
    for group in groups:
        members = codes.members(group, on)
        if not members:
            continue
        inside = {code for code in kept if code in members or (codes.kind(code) == "group" and _meets(code, group, on))}
        if not inside:
            kept.add(group)
        elif _accounts(inside, group, values, members, on, tolerance):
            continue
        elif all(code in members or codes.members(code, on) <= members for code in inside):
            kept = (kept - inside) | {group}
    parts = tuple(code for code in held if code in kept)
    return Partition(parts, tuple(code for code in held if code not in kept))


def _meets(one: str, other: str, on: str | None) -> bool:
    return bool(codes.members(one, on) & codes.members(other, on))


def _accounts(
    inside: Collection[str],
    group: str,
    values: Mapping[str, float | None],
    members: frozenset[str],
    on: str | None,
    tolerance: float,
) -> bool:
    reached: set[str] = set()
    for code in inside:
        reached |= codes.members(code, on) if codes.kind(code) == "group" else {code}
    if not reached <= members:
        return False
    if members <= reached:
        return True
    whole, parts = values.get(group), [values.get(code) for code in inside]
    if whole is None or any(part is None for part in parts):
        return False
    return abs(whole - sum(part for part in parts if part is not None)) <= tolerance * abs(whole)


def overlapping(lines: Iterable[str], *, on: str | None = None) -> list[tuple[str, str]]:
    """Pairs of partner lines that would be counted twice if the lines were added; none for a partition."""
    listed = sorted(set(lines))
    return [(a, b) for n, a in enumerate(listed) for b in listed[n + 1 :] if codes.overlaps(a, b, on)]


def dictionary() -> list[dict[str, str]]:
    """Return the data dictionary: column, type, meaning, whether it may be null and which words it takes."""
    kind = {TEXT: "text", NUMBER: "number", DAY: "date"}
    return [
        {
            "column": name,
            "type": kind[dtype],
            "meaning": meaning,
            "null": "may be missing" if name in NULLABLE else "never",
            "words": ", ".join(WORDS.get(name, ())),
        }
        for name, (dtype, meaning) in COLUMNS.items()
    ]
