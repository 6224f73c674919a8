"""Eurostat Comext: the monthly bulk files of the European Union's trade, and small SDMX answers.

One file a month (or 52 for a year), 7-Zip packed. Statistical procedures are added up for the standard concept and
kept apart beside it; the line `000TOTAL` becomes the total of all goods, codes with X are trade whose detail is
confidential and stay in sums; confidential partners stay as they are coded. Imports are cif, exports fob, in euro.
"""

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot import codes, periods
from entrepot.errors import BadTable, MissingData, UnknownCode
from entrepot.sources import Request, Source, bulk, sdmx, sums
from entrepot.sources.facts import table

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pandas as pd
    import pyarrow as pa

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
    except BadTable:
        raise
    except Exception as error:  # each packing has errors of its own
        raise BadTable(f"{bulk.called(path)} is damaged ({error}). Download it again.") from error
    return into / str(names[0])


def tables(path: Path, *, seen: date, period: str = "", form: str = "bulk") -> "Iterator[pa.Table | pd.DataFrame]":
    """Rows of a monthly archive or an SDMX answer as it was received; those of an archive in their published order.

    Raises
    ------
    BadTable
        If the file is of another month than was asked for.
    """
    if form == "sdmx":
        yield answer(path.read_bytes(), seen=seen)
        return
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        found = cells(unpack(path, Path(folder)), seen=seen)
    if period and (held := sums.codes(found["period"])) != [period]:
        raise BadTable(f"The file holds {', '.join(held)} where {period} was asked for.")
    yield found


def parse(
    content: bytes, *, seen: date, period: str = "", form: str = "bulk"
) -> "duckdb.DuckDBPyRelation | pd.DataFrame":
    """Rows of a data file that was unpacked, or of an SDMX answer in CSV."""
    return answer(content, seen=seen) if form == "sdmx" else relation(content, seen=seen)


def relation(content: bytes | Path, *, seen: date) -> "duckdb.DuckDBPyRelation":
    """Rows of the flows table of one bulk file, as `cells` gives them, for DuckDB."""
    import duckdb

    found = duckdb.from_arrow(cells(content, seen=seen))
    return bulk.finished(found, {name: name for name in found.columns}, source=BULK.key, released=seen)


def cells(content: bytes | Path, *, seen: date) -> "pa.Table":
    """Rows of the flows table of one bulk file [EUR, kg], in the order in which they are published.

    Standard rows are sums over statistical procedures; `inward processing` ... stand beside them. A weight is missing
    if it is of any line of the cell; quantities of zero are missing.

    Raises
    ------
    BadTable
        If a column is missing, a code is unknown, a period lies in the future, a value or a weight is no number, or a
        line stands twice.
    """
    raw = bulk.rows(content)
    names = {ours: next((name for name in given if name in raw.columns), "") for ours, given in NAMES.items()}
    if lacking := [ours for ours, name in names.items() if not name]:
        raise BadTable(f"The Comext file has no column for {', '.join(lacking)}; it has {', '.join(raw.columns)}.")
    try:
        lines = sums.typed(content, [names[one] for one in _TEXTS], [names[one] for one in _NUMBERS])
        lines = lines.rename_columns([*_TEXTS, *_NUMBERS])
        _stand(lines, seen)
    except BadTable:
        _refuse(raw, names, seen)
        raise
    return _added(lines, raw, names, seen)


_TEXTS = ("reporter", "period", "partner", "product", "flow", "unit", "procedure")
"""Columns that say what a line is of; all but the last make its cell, in the order in which rows are published."""
_NUMBERS = ("value", "weight", "quantity")


def _stand(lines: "pa.Table", seen: date) -> None:
    """Refuse lines of no period, flow or procedure that we know, and values that are no amount."""
    import numpy as np

    if not len(lines):
        raise BadTable("The Comext file holds no line under its header. Download it again.")
    heads = {name: {code.strip(" ") for code in sums.codes(lines[name])} for name in ("period", "flow", "procedure")}
    periods_, value = heads["period"], lines["value"].to_numpy()
    known = heads["flow"] <= {"1", "2", "3"} and heads["procedure"] <= set(PROCEDURES)
    if not known or not all(_period_stands(code, seen) for code in periods_) or not (value >= 0).all():
        raise BadTable("The Comext file has a line that cannot be read as codes and numbers. Download the file again.")
    if np.isinf(value).any():
        raise BadTable("The Comext file has a value without end. Download the file again.")


def _period_stands(code: str, seen: date) -> bool:
    whole_year = code.endswith("52")
    past = code[:4] <= str(seen.year) and (whole_year or code <= f"{seen.year}{seen.month:02d}")
    return past and re.fullmatch("(19|20)[0-9]{2}(0[1-9]|1[0-2]|52)", code) is not None


def _refuse(raw: "duckdb.DuckDBPyRelation", names: Mapping[str, str], seen: date) -> None:
    """Look line by line for what is wrong with a file, and refuse it with the number of rows and one of them."""
    import duckdb

    lines = _tidied(raw.project(", ".join(f'"{name}" as {ours}' for ours, name in names.items())))
    try:
        bulk.refuse(lines, _faults(seen))
    except duckdb.Error as error:
        raise BadTable(f"The file cannot be read as a table: {str(error).splitlines()[0]}") from error


def _added(lines: "pa.Table", raw: "duckdb.DuckDBPyRelation", names: Mapping[str, str], seen: date) -> "pa.Table":
    """Add lines up by cell and procedure, then procedures by cell."""
    import numpy as np

    told = [sums.ranked(lines[name], _MEANINGS[name]) for name in _TEXTS]
    sizes = [len(meanings) for _, meanings in told]
    key = sums.pack([ranks for ranks, _ in told], sizes)
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = sums.starts(key)
    if len(first) < len(key):  # several lines of one procedure: they differ, or one stands twice
        _refuse_twice(
            raw, [name for name in raw.columns if name in {*names.values(), "PRODUCT_SITC"}], names["product"]
        )
    amounts = [lines[name].to_numpy()[order] for name in _NUMBERS]
    amounts[2] = np.where(amounts[2] == 0, np.nan, amounts[2])
    parts = _sums(amounts, first)
    cell, procedure = np.divmod(key[first], sizes[-1])
    whole = sums.starts(cell)
    apart = np.flatnonzero(np.array([one != _NORMAL for one in told[-1][1]])[procedure])
    concepts = [*told[-1][1], "standard"]  # in the order of their names, the standard last
    kind = np.concatenate((procedure[apart], np.full(len(whole), len(concepts) - 1)))
    cell = np.concatenate((cell[apart], cell[whole]))
    placed = np.argsort(cell * len(concepts) + kind, kind="stable")
    found = [np.concatenate((part[apart], all_))[placed] for part, all_ in zip(parts, _sums(parts, whole), strict=True)]
    heads = zip(sums.unpack(cell[placed], sizes[:-1]), (meanings for _, meanings in told[:-1]), strict=True)
    return _held([*heads], (kind[placed], concepts), found, seen)


def _sums(amounts: "list[np.ndarray[Any, Any]]", first: "np.ndarray[Any, Any]") -> "list[np.ndarray[Any, Any]]":
    """Sums of values, weights and quantities from each place to the next: no weight if one is missing, any quantity."""
    import numpy as np

    value, weight, quantity = amounts
    known = np.logical_or.reduceat(~np.isnan(quantity), first)
    some = np.add.reduceat(np.nan_to_num(quantity), first)
    return [np.add.reduceat(value, first), np.add.reduceat(weight, first), np.where(known, some, np.nan)]


def _held(heads: list[Any], concept: Any, amounts: list[Any], seen: date) -> "pa.Table":
    """Rows of the flows table from the ranks and meanings of cells, and what they add up to."""
    import numpy as np

    reporter, period, partner, product, flow, unit = heads
    value, weight, quantity = amounts
    none = np.array([one == "" for one in unit[1]])[unit[0]]
    quantity = np.where(none, np.nan, quantity)
    total = np.array([code == codes.TOTAL for code in product[1]])[product[0]]
    spans = np.array([len(one) != 4 for one in period[1]], dtype=np.int64)[period[0]]
    imports = np.array([way == "M" for way in flow[1]], dtype=np.int64)[flow[0]]
    return sums.table(
        len(value),
        {
            "reporter": reporter, "partner": partner, "flow": flow, "product": product, "period": period,
            "classification": (np.where(total, 0, period[0] + 1), ["", *(f"CN{one[:4]}" for one in period[1])]),
            "span": (spans, ["year", "month"]), "concept": concept, "valuation": (imports, ["fob", "cif"]),
            "currency": "EUR", "status": "observed", "value": value, "half_width": np.full(len(value), 0.5),
            "weight_kg": weight, "quantity": quantity,
            "unit": (np.where(np.isnan(quantity), len(unit[1]), unit[0]), [*unit[1], None]),
            "source": BULK.key, "released": seen, "released_basis": "first seen",
        },
    )  # fmt: skip


def _code(said: str) -> str:
    """Product of a line: the total by our word, a code that lost zeros with them."""
    text = said.strip(" ")
    if text in ("000TOTAL", codes.TOTAL):
        return codes.TOTAL
    return text.zfill(8) if len(text) < 8 and re.fullmatch("[0-9]+", text) else text


def _month(said: str) -> str:
    code = said.strip(" ")
    return code[:4] if code.endswith("52") else f"{code[:4]}-{code[4:]}"


_NORMAL = PROCEDURES["1"]
_MEANINGS: Mapping[str, Callable[[str], str]] = {
    "reporter": lambda said: _reporter(said.strip(" ")),
    "partner": lambda said: _partner(said.strip(" ")),
    "flow": lambda said: {"1": "M", "2": "X", "3": "RX"}[said.strip(" ")],
    "procedure": lambda said: PROCEDURES[said.strip(" ")],
    "period": _month,
    "product": _code,
    "unit": lambda said: "" if said.strip(" ") in ("NO_SU", "-") else said.strip(" "),
}
"""What a code of a column means to us; blanks around it are no part of it."""


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


def _faults(seen: date) -> dict[str, str]:
    stamp = f"{seen.year}{seen.month:02d}"
    return {
        "have a period that is no month": "not regexp_full_match(period, '(19|20)[0-9]{2}(0[1-9]|1[0-2]|52)')",
        "lie in the future": f"right(period, 2) <> '52' and period > '{stamp}' or left(period, 4) > '{seen.year}'",
        "have a flow that is not 1, 2 or 3": "flow not in ('1', '2', '3')",
        "have an unknown statistical procedure": f"procedure not in {tuple(PROCEDURES)}",
        "have a value that is no number, or is negative": (
            "coalesce(try_cast(value as double), -1) < 0 or not isfinite(try_cast(value as double))"
        ),
        "have a weight or a quantity that is no number": (
            "weight <> '' and try_cast(weight as double) is null"
            " or quantity <> '' and try_cast(quantity as double) is null"
        ),
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
