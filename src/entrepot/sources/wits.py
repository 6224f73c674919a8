"""World Bank WITS: tariffs as reported to TRAINS, and trade indicators by product group.

A tariff of zero whose lines are all "not ad valorem" is missing, not free. Product groups of the indicators overlap;
one family is read at a time and its name is the classification.
"""

import re
from datetime import date
from typing import TYPE_CHECKING

from entrepot import codes, periods
from entrepot.errors import BadTable, UnknownCode, WrongUsage
from entrepot.sources import Request, Source, sdmx
from entrepot.sources.facts import HS_EDITIONS, table

if TYPE_CHECKING:
    import pandas as pd

HOST = "https://wits.worldbank.org/API/V1/SDMX/V21/datasource"
LICENCE = "World Bank terms and those of UN Comtrade and UNCTAD TRAINS"
TARIFFS = Source(
    "wits-trains", "World Bank", "WITS, tariffs of UNCTAD TRAINS", HOST, LICENCE,
    kind="copy of a table", grade="B", rank=3, cap=100_000,
)  # fmt: skip
TRADE = Source(
    "wits-trade", "World Bank", "WITS, trade indicators", HOST, LICENCE, kind="copy of a table", grade="B", rank=4,
)  # fmt: skip
SOURCES = (TARIFFS, TRADE)
EUROPE = {"918": "European Union"}
"""Numbers that are of WITS alone."""
FLOWS = {"MPRT-TRD-VL": "M", "XPRT-TRD-VL": "X"}
COLUMNS = (
    "reporter",
    "partner",
    "product",
    "classification",
    "year",
    "kind",
    "rate",
    "lowest",
    "highest",
    "lines",
    "lines_not_ad_valorem",
)


def ask(reporter: str, year: str, *, partner: str = "", product: str = "all") -> list[Request]:
    """Request for the tariffs that a country reported for a year; no partner means most favoured nation."""
    one = codes.office_code(codes.country(reporter), "m49")
    other = "000" if not partner else codes.office_code(codes.country(partner), "m49")
    if not periods.is_year(periods.period(year)):
        raise WrongUsage(f"Tariffs are by year, not {year!r}. Ask for a year like 2017.")
    url = f"{HOST}/TRN/reporter/{one}/partner/{other}/product/{product}/year/{year}/datatype/reported"
    return [Request(TARIFFS, url, (("format", "JSON"),), facts=(("table", "tariffs"),))]


def parse(content: bytes, *, seen: date, table: str = "tariffs", family: str = "hs") -> "pd.DataFrame":
    """Tariffs (`tariffs`) or rows of the flows table (`trade`, one `family` of product groups)."""
    return tariffs(content) if table == "tariffs" else trade(content, seen=seen, family=family)


def tariffs(content: bytes) -> "pd.DataFrame":
    """Simple average tariff of each HS6 product [fraction], its range and its number of national lines.

    `rate` is missing where any of the lines is not ad valorem: a printed zero says nothing there.

    Raises
    ------
    MissingData
        If the office has no records.
    BadTable
        If an attribute is missing.
    """
    import pandas as pd

    rows, answered = [], _rows(content)
    if len(answered) == TARIFFS.cap:
        raise BadTable(f"WITS sent {len(answered):,} rows, as many as it gives at most: the answer is cut.")
    for row in answered:
        if "NBR_NA_LINES" not in row or "TOTALNOOFLINES" not in row:
            raise BadTable("A tariff does not say how many of its lines are ad valorem; zero could mean anything.")
        lines, specific = int(row["TOTALNOOFLINES"]), int(row["NBR_NA_LINES"])
        known = specific == 0
        lowest, highest = (
            float(row[name]) / 100 if row.get(name) and known else None for name in ("MIN_RATE", "MAX_RATE")
        )
        rate = round(float(row["OBS_VALUE"]) / 100, 10) if known else None
        partner = codes.WORLD if row["PARTNER"] == "000" else _country(row["PARTNER"])
        edition = HS_EDITIONS.get(row.get("NOMENCODE", ""), row.get("NOMENCODE", ""))
        kind = row.get("TARIFFTYPE", "")
        rows.append(
            (
                _country(row["REPORTER"]),
                partner,
                row["PRODUCTCODE"],
                edition,
                row["TIME_PERIOD"],
                kind,
                rate,
                lowest,
                highest,
                lines,
                specific,
            )
        )
    out = pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(("rate", "lowest", "highest"), "float64"))
    if (twice := out.duplicated(list(COLUMNS[:6]))).any():
        raise BadTable(f"The tariff of {out['product'][twice].iloc[0]} stands twice in the answer.")
    return out


def trade(content: bytes, *, seen: date, family: str = "hs") -> "pd.DataFrame":
    """Rows of one family of product groups: `hs` (chapters), `stage` (of processing), `sitc` or `total` [USD].

    Raises
    ------
    WrongUsage
        If there is no such family.
    """
    if family not in ("hs", "stage", "sitc", "total"):
        raise WrongUsage(f"{family!r} is no family of product groups; hs, stage, sitc or total is expected.")
    facts, others = [], 0
    for row in _rows(content):
        code = row["PRODUCTCODE"]
        if family_of(code) != family:
            others += 1
            continue
        flow = FLOWS.get(row["INDICATOR"])
        if flow is None:
            raise BadTable(f"The indicator {row['INDICATOR']!r} is not read; {', '.join(FLOWS)} are.")
        product = codes.TOTAL if family == "total" else code
        held = {"reporter": row["REPORTER"], "partner": row["PARTNER"], "flow": flow, "product": product}
        held |= {"classification": "" if family == "total" else f"WITS {family}", "currency": "USD", "span": "year"}
        facts.append(held | {"period": row["TIME_PERIOD"], "value": float(row["OBS_VALUE"]) * 1000, "half_width": 0.5})
    left = {"rows of other families of product groups, which overlap": others}
    return table(facts, TRADE, released=seen, repairs=left)


def family_of(code: str) -> str:
    """Family of a product group.

    >>> family_of("84-85_MachElec"), family_of("UNCTAD-SoP4"), family_of("Total"), family_of("manuf")
    ('hs', 'stage', 'total', 'sitc')
    """
    if re.match(r"\d\d-\d\d_", code):
        return "hs"
    return "stage" if code.startswith("UNCTAD-SoP") else "total" if code == "Total" else "sitc"


def _rows(content: bytes) -> list[sdmx.Row]:
    start = content.lstrip(b"\xef\xbb\xbf \r\n")[:1]
    return sdmx.rows_of_xml(content, "WITS") if start == b"<" else sdmx.rows_of_json(content, "WITS")


def _country(code: str) -> str:
    try:
        return codes.from_office(code, "m49" if code.isdigit() and code not in EUROPE else "wits")
    except UnknownCode as error:
        raise BadTable(f"A row names an economy that is new to us. {error}") from error
