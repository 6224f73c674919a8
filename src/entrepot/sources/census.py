"""US Census Bureau, international trade: imports with duties and exports, by country and product, monthly.

General imports and imports for consumption are two concepts and stand beside each other, at customs value; the duty
collected is `calculated duty` and its rate is that over imports for consumption, never over general imports. Exports
split into domestic goods and foreign goods (re-exports), whose sum is audited against the printed total. Groups of
countries are left out. A key is needed for every request.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot import codes, periods
from entrepot.errors import BadTable, MissingData, SourceFailed, UnknownCode, WrongUsage
from entrepot.sources import Request, Source
from entrepot.sources.facts import table
from entrepot.sources.markup import from_json, plain

if TYPE_CHECKING:
    import pandas as pd

HOST = "https://api.census.gov/data/timeseries/intltrade"
CENSUS = Source(
    "us-census", "US Census Bureau", "international trade, monthly", HOST,
    "public domain", key_variable="CENSUS_KEY", key_parameter="key",
)  # fmt: skip
SOURCES = (CENSUS,)
CONCEPTS = {
    "GEN_VAL_MO": ("M", "general", "customs"),
    "GEN_CIF_MO": ("M", "general", "cif"),
    "CON_VAL_MO": ("M", "consumption", "customs"),
    "DUT_VAL_MO": ("M", "dutiable", "customs"),
    "CAL_DUT_MO": ("M", "calculated duty", "customs"),
}
"""Variable of imports: flow, concept and valuation."""
QUANTITIES = {"CON_VAL_MO": "CON_QY1_MO", "GEN_VAL_MO": "GEN_QY1_MO", "ALL_VAL_MO": "QTY_1_MO"}
UNITS = {
    "KG": "kg",
    "NO": "piece",
    "G": "g",
    "T": "t",
    "PRS": "pair",
    "DOZ": "dozen",
    "L": "l",
    "M2": "m2",
    "M3": "m3",
    "BBL": "barrel",
}
_PRODUCTS = {"I_COMMODITY": "", "E_COMMODITY": "", "NAICS": "NAICS"}
_DOMESTIC = {"1": ("X", "domestic"), "2": ("RX", "standard"), "-": ("X", "standard")}


def ask(period: str, *, flow: str = "M", level: str = "HS6", product: str = "*", partner: str = "") -> list[Request]:
    """Requests for a month or a range of months, one a month.

    Parameters
    ----------
    flow : str
        `M` imports or `X` exports.
    level : str
        `HS2`, `HS4`, `HS6` or `HS10`.
    product : str
        A code or a pattern (`85*`); a comma list or a bare prefix would come back empty and is refused.
    """
    if level not in ("HS2", "HS4", "HS6", "HS10"):
        raise WrongUsage(f"{level!r} is no level of the Census tables; HS2, HS4, HS6 or HS10 is expected.")
    if not re.fullmatch(r"(\d{2,10})?\*|\d{2}|\d{4}|\d{6}|\d{10}", product):
        raise WrongUsage(
            f"The Census Bureau reads one code or a pattern (85*), not {product!r}: it would answer nothing."
        )
    sides = {
        "M": ("imports", "I_COMMODITY,CTY_CODE,CTY_NAME,SUMMARY_LVL," + ",".join(CONCEPTS)),
        "X": ("exports", "E_COMMODITY,CTY_CODE,CTY_NAME,SUMMARY_LVL,DF,ALL_VAL_MO"),
    }
    side, names = sides["X" if codes.flow(flow) == "X" else "M"]
    if level == "HS10":
        names += ",CON_QY1_MO,UNIT_QY1" if side == "imports" else ",QTY_1_MO,UNIT_QY1"
    params = {"get": names, "COMM_LVL": level}
    if product != "*":
        params[names.partition(",")[0]] = product
    if partner:
        code = codes.partner(partner)
        params["CTY_CODE"] = "-" if code == codes.WORLD else codes.office_code(code, "census")
    months = [m for one in periods.each(period) for m in periods.months(one, periods.span_of(one))]
    return [
        Request(CENSUS, f"{HOST}/{side}/hs", (*params.items(), ("time", month)), facts=(("period", month),))
        for month in months
    ]


def parse(content: bytes, *, seen: date, period: str = "") -> "pd.DataFrame":
    """Rows of the flows table from a JSON answer [USD].

    Raises
    ------
    MissingData
        If the body is empty: no rows, or a filter that the office does not understand.
    SourceFailed
        If the key page came back.
    BadTable
        If the office refuses the question, or exports do not add up to their printed total.
    """
    body = content.removeprefix(b"\xef\xbb\xbf").strip()
    if not body:
        raise MissingData(
            "The Census Bureau answers with an empty body: no rows, or a filter it does not read. Empty is not zero; "
            "ask for the total of all countries (partner WLD) to tell the cases apart."
        )
    if body[:1] == b"<":
        raise SourceFailed(
            "US Census Bureau sent its key page instead of data: the key is missing or not valid. "
            "Ask for one at api.census.gov/data/key_signup.html and set CENSUS_KEY."
        )
    if body[:1] != b"[":
        raise BadTable(f"US Census Bureau refuses the question: {body[:200].decode('utf-8', 'replace')}")
    rows: list[list[str | None]] = from_json(plain(body, "The Census Bureau"), "the Census Bureau")
    if not rows or not all(isinstance(row, list) for row in rows):
        raise BadTable("The answer of the Census Bureau is no list of rows with a header. Ask again.")
    repairs = {"rows of country groups, which count twice": 0, "rows without a country in our table": 0}
    facts = list(_facts(_named(rows), repairs))
    held = sorted({fact["period"] for fact in facts})
    if period and held != [period]:
        raise BadTable(f"The answer is of {', '.join(held)} where {period} was asked for. Ask again.")
    return table(facts, CENSUS, released=seen, repairs=repairs)


def _named(rows: list[list[str | None]]) -> list[dict[str, str]]:
    """Rows as dicts; of a column whose name the header repeats the first counts."""
    header = [str(name) for name in rows[0]]
    first = {name: header.index(name) for name in header}
    if any(len(row) != len(header) for row in rows):
        raise BadTable("A row of the Census answer is not as long as its header: the answer is damaged. Ask again.")
    return [{name: row[n] or "" for name, n in first.items()} for row in rows[1:]]


def _facts(rows: list[dict[str, str]], repairs: dict[str, int]) -> Iterator[dict[str, Any]]:
    exports: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in rows:
        if _is_group(row):
            repairs["rows of country groups, which count twice"] += 1
            continue
        held = _cell(row)
        for name, (flow, concept, valuation) in CONCEPTS.items():
            if row.get(name, "") != "":
                said = {"flow": flow, "concept": concept, "valuation": valuation, "value": float(row[name])}
                yield held | said | _quantity(row, name)
        if row.get("ALL_VAL_MO", "") != "":
            kind, value = row.get("DF", "-"), float(row["ALL_VAL_MO"])
            flow, concept = _DOMESTIC[kind]
            exports.setdefault((held["partner"], held["product"], held["period"]), {})[kind] = value
            yield held | {"flow": flow, "concept": concept, "value": value} | _quantity(row, "ALL_VAL_MO")
    for cell, parts in exports.items():
        if {"1", "2", "-"} <= set(parts) and abs(parts["1"] + parts["2"] - parts["-"]) > 1.0:
            raise BadTable(f"Domestic and foreign exports of {cell} do not add up to their total: {parts}.")


def _is_group(row: Mapping[str, str]) -> bool:
    code = row["CTY_CODE"]
    return row.get("SUMMARY_LVL") == "CGP" or (code != "-" and (code.startswith("00") or "X" in code))


def _cell(row: Mapping[str, str]) -> dict[str, Any]:
    column = next((name for name in _PRODUCTS if name in row), None)
    if column is None:
        raise BadTable(f"The Census answer has no commodity column; it has {', '.join(row)}.")
    period = periods.period(row["time"] if "time" in row else f"{row['YEAR']}-{row['MONTH']}")
    product = row[column] if row[column] != "-" else codes.TOTAL
    held: dict[str, Any] = {
        "reporter": "USA",
        "partner": _country(row["CTY_CODE"]),
        "product": product,
        "currency": "USD",
    }
    held |= {"classification": _PRODUCTS[column] or _edition(product, period), "half_width": 0.5}
    return held | {"period": period, "span": "month"}


def _edition(product: str, period: str) -> str:
    if product == codes.TOTAL:
        return ""
    if len(product) > 6:
        return "national lines of the US"
    return next(f"HS{year}" for year in (2022, 2017, 2012, 2007, 2002, 1996, 1992) if int(period[:4]) >= year)


def _country(code: str) -> str:
    if code == "-":
        return codes.WORLD
    try:
        return codes.from_office(code, "census")
    except UnknownCode as error:
        raise BadTable(f"A row names an economy that is new to us. {error}") from error


def _quantity(row: Mapping[str, str], name: str) -> dict[str, Any]:
    """First quantity beside a value, unless it is suppressed or has no unit."""
    column = QUANTITIES.get(name, "")
    amount, unit = row.get(column, ""), UNITS.get(row.get("UNIT_QY1", ""))
    if not amount or float(amount) == 0 or unit is None or "S" in row.get(f"{column}_FLAG", ""):
        return {}
    said: dict[str, Any] = {"quantity": float(amount), "unit": unit}
    return said | ({"weight_kg": float(amount)} if unit == "kg" else {})
