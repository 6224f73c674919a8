"""Eurostat Comext: the monthly bulk files of the European Union's trade, and small SDMX answers.

One file a month (or 52 for a year), 7-Zip packed. Statistical procedures are added up for the standard concept and
kept apart beside it; the line `000TOTAL` becomes the total of all goods, codes with X are trade whose detail is
confidential and stay in sums; confidential partners stay as they are coded. Imports are cif, exports fob, in euro.
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot import codes, periods
from entrepot.errors import BadTable, MissingData, UnknownCode
from entrepot.sources import Request, Source, bulk, sdmx
from entrepot.sources.facts import table

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

HOST = "https://ec.europa.eu/eurostat/api/dissemination/files"
SDMX = "https://ec.europa.eu/eurostat/api/comext/dissemination/sdmx/2.1/data"
LICENCE = "CC BY 4.0, Commission Decision 2011/833/EU; source: Eurostat, data were changed"
BULK = Source("comext", "Eurostat", "Comext, bulk file of the month", HOST, LICENCE, pause=5.0)
ANSWER = Source("comext-sdmx", "Eurostat", "Comext, SDMX answer", SDMX, LICENCE)
SOURCES = (BULK, ANSWER)
MAGIC = b"7z\xbc\xaf\x27\x1c"
NAMES = {
    "reporter": ("REPORTER", "DECLARANT_ISO"),
    "partner": ("PARTNER_ISO", "PARTNER"),
    "trade": ("TRADE_TYPE",),
    "product": ("PRODUCT_NC",),
    "flow": ("FLOW",),
    "procedure": ("STAT_PROCEDURE", "STAT_REGIME"),
    "unit": ("SUPPL_UNIT", "SUPP_UNIT"),
    "period": ("PERIOD",),
    "value": ("VALUE_EUR", "VALUE_IN_EUROS"),
    "weight": ("QUANTITY_KG", "QUANTITY_IN_KG"),
    "quantity": ("QUANTITY_SUPPL_UNIT", "SUP_QUANTITY"),
}
"""Names of the columns that are read, newest layout first."""
PROCEDURES = {
    "1": "normal procedure",
    "2": "inward processing",
    "3": "outward processing",
    "9": "procedure not recorded",
}
GROUPS = {
    "WORLD": "WLD",
    "EXT_EU27_2020": "EXTRA_EU27",
    "INT_EU27_2020": "INTRA_EU27",
    "EU27_2020": "EU27",
    "EU28": "EU28",
}
SPECIAL = ("QP", "QQ", "QR", "QS", "QU", "QV", "QW", "QX", "QY", "QZ", "XI", "XU")
"""Partner codes without a country: confidential trade, stores, Northern Ireland; kept as `EUROSTAT_QZ`."""


def ask(period: str) -> list[Request]:
    """Bulk files of months, or of years (the office writes month 52)."""
    out = []
    for one in periods.each(period):
        stamp = f"{one}52" if periods.is_year(one) else one.replace("-", "")
        params = (("file", f"comext/COMEXT_DATA/PRODUCTS/full_v2_{stamp}.7z"),)
        out.append(Request(BULK, HOST, params, facts=(("period", one),)))
    return out


def question(reporter: str, partner: str, product: str, period: str, *, flow: str = "M") -> list[Request]:
    """Requests for a few cells by SDMX: freq.reporter.partner.product.flow.indicators."""
    begin, end = periods.ends(period)
    freq = "A" if periods.is_year(begin) else "M"
    codes_ = [codes.office_code(codes.country(one), "geonom") for one in (reporter, partner)]
    key = ".".join([freq, *codes_, product, {"M": "1", "X": "2"}[codes.flow(flow)], ""])
    params = (("format", "SDMX-CSV"), ("startPeriod", begin), ("endPeriod", end))
    return [Request(ANSWER, f"{SDMX}/DS-045409/{key}", params, facts=(("form", "sdmx"),))]


def more(content: bytes, request: Request) -> list[Request]:
    """Nothing follows from a file."""
    return []


def unpack(path: Path, into: Path) -> Path:
    """Unpack the one data file of a monthly archive into a folder.

    Raises
    ------
    MissingData
        If a web page stands in its place (the month is not out), or the package that reads 7-Zip is not installed.
    BadTable
        If it is no 7-Zip archive, is damaged, or holds anything but one data file.
    """
    with path.open("rb") as file:
        start = file.read(6)
    if start.lstrip()[:1] == b"<":
        raise MissingData("Eurostat answers with a web page, as it does for a month that is not out (yet).")
    if start != MAGIC:
        raise BadTable(f"{bulk.called(path)} is no 7-Zip archive. Download it again.")
    try:
        import py7zr
    except ImportError:
        raise MissingData(
            "Comext files need the package py7zr. Run: python -m pip install 'entrepot[comext]'"
        ) from None
    try:
        with py7zr.SevenZipFile(path) as archive:
            held = [one for one in archive.list() if not one.is_directory]
            names = [one.filename for one in held]
            if len(names) != 1 or ".." in Path(names[0]).parts or Path(names[0]).is_absolute() or "\\" in names[0]:
                raise BadTable(f"{bulk.called(path)} holds {', '.join(names) or 'nothing'}; one .dat file is expected.")
            if held[0].uncompressed > bulk.LARGEST:
                raise BadTable(f"{names[0]} announces {held[0].uncompressed:,} bytes. It is not unpacked.")
            archive.extract(path=into, targets=names)
    except (py7zr.exceptions.ArchiveError, EOFError, OSError) as error:
        raise BadTable(f"{bulk.called(path)} is damaged ({error}). Download it again.") from error
    return into / str(names[0])


def tables(
    path: Path, *, seen: date, period: str = "", form: str = "bulk"
) -> "Iterator[duckdb.DuckDBPyRelation | pd.DataFrame]":
    """Rows of a monthly archive or an SDMX answer as it was received.

    Raises
    ------
    BadTable
        If the file is of another month than was asked for.
    """
    if form == "sdmx":
        yield answer(path.read_bytes(), seen=seen)
        return
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        found = relation(unpack(path, Path(folder)), seen=seen)
        if period and (held := bulk.distinct(found, "period")) != [period]:
            raise BadTable(f"The file holds {', '.join(held)} where {period} was asked for.")
        yield found


def parse(
    content: bytes, *, seen: date, period: str = "", form: str = "bulk"
) -> "duckdb.DuckDBPyRelation | pd.DataFrame":
    """Rows of a data file that was unpacked, or of an SDMX answer in CSV."""
    return answer(content, seen=seen) if form == "sdmx" else relation(content, seen=seen)


def relation(content: bytes | Path, *, seen: date) -> "duckdb.DuckDBPyRelation":
    """Lazy rows of the flows table of one bulk file [EUR, kg].

    Standard rows are sums over statistical procedures; `normal procedure`, `inward processing` ... stand beside them.

    The file is read once: its lines are added up by cell and procedure as they pass, and those sums are kept in memory.

    Raises
    ------
    BadTable
        If a column is missing, a code is unknown, a period lies in the future, or a line stands twice.
    """
    raw = bulk.rows(content)
    names = {ours: next((name for name in given if name in raw.columns), "") for ours, given in NAMES.items()}
    if lacking := [ours for ours, name in names.items() if not name]:
        raise BadTable(f"The Comext file has no column for {', '.join(lacking)}; it has {', '.join(raw.columns)}.")
    lines = raw.project(", ".join(f'"{name}" as {ours}' for ours, name in names.items()))
    sums = lines.aggregate(f"{_KEY}, {_SUMS}", _KEY).materialize()
    heads = sums.aggregate(f"{_HEAD}, sum(wrong) wrong, max(lines) lines", _HEAD).materialize()
    if (
        _tidied(heads)
        .filter(" or ".join(f"({fault})" for fault in (*_faults(seen).values(), "wrong > 0")))
        .limit(1)
        .fetchall()
    ):
        bulk.refuse(_tidied(lines), _faults(seen) | {"have a value that is no number, or is negative": _WRONG})
    if heads.filter("lines > 1").limit(1).fetchall():
        _refuse_twice(
            raw, [name for name in raw.columns if name in {*names.values(), "PRODUCT_SITC"}], names["product"]
        )
    coded = bulk.joined(sums, _meanings(heads)).project(_CODED).materialize()
    cell = "ours, other, way, code, month, unit"
    amounts = "sum(value) value, case when count(weight) = count(*) then sum(weight) end weight, sum(quantity) quantity"
    whole = coded.aggregate(f"{cell}, 'standard' as concept, {amounts}", cell)
    parts = coded.filter("concept <> 'normal procedure'").aggregate(f"{cell}, concept, {amounts}", f"{cell}, concept")
    return bulk.finished(whole.union(parts), _HELD, source=BULK.key, released=seen)


def _meanings(heads: "duckdb.DuckDBPyRelation") -> dict[str, dict[str, str]]:
    """What the codes of a file mean to us, by column; blanks around a code are no part of it."""
    read: dict[str, Callable[[str], str]] = {
        "reporter>ours": _reporter,
        "partner>other": _partner,
        "flow>way": {"1": "M", "2": "X", "3": "RX"}.__getitem__,
        "procedure>concept": PROCEDURES.__getitem__,
        "period>month": lambda code: code[:4] if code.endswith("52") else f"{code[:4]}-{code[4:]}",
    }
    return {
        spec: {code: meaning(code.strip(" ")) for code in bulk.distinct(heads, spec.partition(">")[0])}
        for spec, meaning in read.items()
    }


def _tidied(table_: "duckdb.DuckDBPyRelation") -> "duckdb.DuckDBPyRelation":
    """Texts without blanks around them, empty where a field is."""
    texts = [name for name, kind in zip(table_.columns, table_.types, strict=True) if str(kind) == "VARCHAR"]
    tidied = ", ".join(f"coalesce(trim({name}), '') as {name}" for name in texts)
    return table_.project(f"* replace ({tidied})")


def _refuse_twice(raw: "duckdb.DuckDBPyRelation", names: list[str], product: str) -> None:
    """Refuse a file in which a line stands twice: a page came again, or was read again."""
    line = ", ".join(f'"{name}"' for name in names)
    twice = raw.aggregate(f'"{product}", count(*) lines, {line}', line).filter("lines > 1").limit(1).fetchall()
    if twice:
        raise BadTable(f"A line stands twice in the file, for example of {twice[0][0]}. Download the file again.")


_WRONG = "coalesce(try_cast(value as double), -1) < 0"
_HEAD = "reporter, partner, flow, procedure, period"
_KEY = f"{_HEAD}, product, unit"
_SUMS = f"""
    count(*) as lines, count(*) filter ({_WRONG}) as wrong, sum(try_cast(value as double)) as value,
    case when count(try_cast(weight as double)) = count(*) then sum(try_cast(weight as double)) end as weight,
    sum(nullif(try_cast(quantity as double), 0)) as quantity
"""
_CODED = """
    ours, other, way, month, concept,
    case when trim(product) in ('000TOTAL', 'TOTAL') then 'TOTAL'
        when length(trim(product)) < 8 and regexp_full_match(trim(product), '[0-9]+') then lpad(trim(product), 8, '0')
        else trim(product) end as code,
    case when trim(unit) in ('NO_SU', '', '-') then null else trim(unit) end as unit,
    value, weight, case when trim(unit) in ('NO_SU', '', '-') then null else quantity end as quantity
"""
_HELD = {
    "reporter": "ours", "partner": "other", "product": "code", "concept": "concept",
    "flow": "way", "classification": "case code when 'TOTAL' then '' else 'CN' || left(month, 4) end",
    "period": "month", "span": "case when length(month) = 4 then 'year' else 'month' end",
    "valuation": "case way when 'M' then 'cif' else 'fob' end", "currency": "'EUR'", "value": "value",
    "half_width": "0.5", "weight_kg": "weight", "quantity": "quantity",
    "unit": "case when quantity is not null then unit end",
}  # fmt: skip


def _faults(seen: date) -> dict[str, str]:
    stamp = f"{seen.year}{seen.month:02d}"
    return {
        "have a period that is no month": "not regexp_full_match(period, '(19|20)[0-9]{2}(0[1-9]|1[0-2]|52)')",
        "lie in the future": f"right(period, 2) <> '52' and period > '{stamp}' or left(period, 4) > '{seen.year}'",
        "have a flow that is not 1, 2 or 3": "flow not in ('1', '2', '3')",
        "have an unknown statistical procedure": f"procedure not in {tuple(PROCEDURES)}",
    }


def totals(table_: "duckdb.DuckDBPyRelation") -> dict[str, float]:
    """Largest gap between `TOTAL` and the sum of its lines, among cells that hold both [EUR], by reporter."""
    standard = table_.filter("concept = 'standard'")
    sums = standard.aggregate(
        "reporter, partner, flow, period, sum(value) filter (product = 'TOTAL') whole, "
        "sum(value) filter (product <> 'TOTAL') parts",
        "reporter, partner, flow, period",
    ).filter("whole is not null and parts is not null")
    found = sums.aggregate("reporter, max(abs(whole - parts)) gap", "reporter").fetchall()
    return {str(reporter): float(gap) for reporter, gap in found}


def answer(content: bytes, *, seen: date) -> "pd.DataFrame":
    """Rows of an answer in SDMX-CSV or JSON-stat; 100 kg become kilograms, cells that are confidential are counted.

    Raises
    ------
    BadTable
        If a ticket or a fault came instead of data.
    """
    json_ = content.lstrip(b"\xef\xbb\xbf \r\n")[:1] == b"{"
    rows = (sdmx.rows_of_jsonstat if json_ else sdmx.rows_of_csv)(content, "Eurostat")
    cells: dict[tuple[str, ...], dict[str, Any]] = {}
    repairs = {"confidential cells without a value": 0}
    for row in rows:
        key = (row["reporter"], row["partner"], row["product"], row["flow"], row["TIME_PERIOD"])
        if row.get("OBS_VALUE", "") == "":
            repairs["confidential cells without a value"] += row.get("OBS_FLAG", "") == "c"
            continue
        held = cells.setdefault(key, _cell(row))
        amount = float(row["OBS_VALUE"])
        if row["indicators"] in ("VALUE_IN_EUROS", "VALUE_EUR"):
            held |= {"value": amount, "half_width": 0.5}
        elif row["indicators"] in ("QUANTITY_IN_100KG", "QUANTITY_KG"):
            held["weight_kg"] = round(amount * (100 if row["indicators"] == "QUANTITY_IN_100KG" else 1), 3)
        else:
            raise BadTable(f"The indicator {row['indicators']!r} is new; its unit is not known.")
    return table(cells.values(), ANSWER, released=seen, repairs=repairs)


def _cell(row: Mapping[str, str]) -> dict[str, Any]:
    period = periods.period(row["TIME_PERIOD"])
    code = row["product"]
    span = periods.span_of(period)
    kind = (
        ""
        if code == codes.TOTAL
        else "CN" + period[:4]
        if len(code) > 6
        else "HS2022"
        if period >= "2022"
        else "HS2017"
    )
    held = {"reporter": _reporter(row["reporter"]), "partner": _partner(row["partner"]), "currency": "EUR"}
    flow = {"1": "M", "2": "X", "3": "RX"}[row["flow"]]
    return held | {"flow": flow, "product": code, "classification": kind, "period": period, "span": span}


def _reporter(code: str) -> str:
    return GROUPS.get(code) or _country(code)


def _partner(code: str) -> str:
    if code in GROUPS:
        return GROUPS[code]
    return f"EUROSTAT_{code}" if code in SPECIAL else _country(code)


def _country(code: str) -> str:
    try:
        return codes.from_office(code, "geonom")
    except UnknownCode as error:
        raise BadTable(f"A row names an economy that is new to us. {error}") from error


def csv_rows(content: bytes) -> list[dict[str, str]]:
    """Rows of a small comma-separated text."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
