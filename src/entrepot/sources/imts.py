"""International Monetary Fund, International Trade in Goods by partner (IMTS, before 2025 DOTS): SDMX answers.

Values are plain US dollars; SCALE is a hint for display and multiplies nothing. Group rows (G163 the euro area) are
left out of the partners except G001, the world, since they overlap their members.
"""

import math
from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot import codes, periods
from entrepot.errors import BadTable, MissingData, UnknownCode
from entrepot.sources import Request, Source, sdmx
from entrepot.sources.facts import table

if TYPE_CHECKING:
    import pandas as pd

HOST = "https://api.imf.org/external/sdmx/3.0/data/dataflow/IMF.STA/IMTS/+"
IMTS = Source(
    "imf-imts", "International Monetary Fund", "International Trade in Goods by partner country", HOST,
    "IMF terms, with attribution", kind="copy of a table", grade="B", rank=3,
)  # fmt: skip
SOURCES = (IMTS,)
INDICATORS = {
    "XG_FOB_USD": ("X", "fob"),
    "MG_CIF_USD": ("M", "cif"),
    "MG_FOB_USD": ("M", "fob"),
    "TBG_USD": ("B", "mixed"),
}
WORLD = "G001"


def ask(reporter: str, period: str, *, partner: str = "") -> list[Request]:
    """Request for a reporter's exports and imports by partner, annual or monthly; the IMF filters by period itself."""
    begin, end = periods.ends(period)
    one = codes.office_code(codes.country(reporter), "imf")
    other = (
        "*"
        if not partner
        else WORLD
        if codes.partner(partner) == codes.WORLD
        else codes.office_code(codes.partner(partner), "imf")
    )
    freq = "A" if periods.is_year(begin) else "M"
    low, high = (begin, end) if freq == "A" else (begin.replace("-", "-M"), end.replace("-", "-M"))
    params = (
        ("dimensionAtObservation", "TIME_PERIOD"),
        ("attributes", "dsd"),
        ("measures", "all"),
        ("c[TIME_PERIOD]", f"ge:{low}+le:{high}"),
    )
    accept = (("Accept", "application/vnd.sdmx.data+csv;version=2.0.0"),)
    return [Request(IMTS, f"{HOST}/{one}.{'+'.join(INDICATORS)}.{other}.{freq}", params, accept)]


def parse(content: bytes, *, seen: date) -> "pd.DataFrame":
    """Rows of the flows table from SDMX-CSV (either header) or SDMX-JSON [USD].

    Raises
    ------
    MissingData
        If the body is empty (an unknown dataflow) or holds no series.
    BadTable
        If an indicator, a period or a country is new.
    """
    if not content.strip():
        raise MissingData(
            "The IMF answers with an empty body (204): no such table or key. Check reporter and indicator."
        )
    json_ = content.lstrip(b"\xef\xbb\xbf \r\n")[:1] == b"{"
    rows = sdmx.rows_of_json(content, "The IMF") if json_ else sdmx.rows_of_csv(content, "The IMF")
    repairs = {"rows of country groups, which overlap their members": 0, "rows without a value": 0}
    facts = [fact for row in rows if (fact := _fact(row, repairs))]
    return table(facts, IMTS, released=seen, repairs=repairs)


def _fact(row: sdmx.Row, repairs: dict[str, int]) -> dict[str, Any] | None:
    if lacking := [name for name in ("COUNTRY", "INDICATOR", "COUNTERPART_COUNTRY", "TIME_PERIOD") if name not in row]:
        raise BadTable(f"The answer of the IMF lacks {', '.join(lacking)}: it is another table.")
    if row["INDICATOR"] not in INDICATORS:
        raise BadTable(f"The indicator {row['INDICATOR']!r} is new; {', '.join(INDICATORS)} are read.")
    partner = row["COUNTERPART_COUNTRY"]
    if _is_group(row["COUNTRY"]) or (_is_group(partner) and partner != WORLD):
        repairs["rows of country groups, which overlap their members"] += 1
        return None
    value = float(row["OBS_VALUE"] or "nan")
    if not math.isfinite(value):
        repairs["rows without a value"] += 1
        return None
    flow, valuation = INDICATORS[row["INDICATOR"]]
    period = row["TIME_PERIOD"].replace("-M", "-")
    if "Q" in period:
        raise BadTable(
            f"{row['TIME_PERIOD']} is a quarter; the flows table holds months, January to a month, and years."
        )
    period = periods.period(period)
    held = {"reporter": _country(row["COUNTRY"]), "partner": codes.WORLD if partner == WORLD else _country(partner)}
    held |= {"flow": flow, "valuation": valuation, "period": period, "span": periods.span_of(period)}
    return held | {"currency": "USD", "value": value, "half_width": 0.5}


def _is_group(code: str) -> bool:
    return code.startswith("G") and code[1:].isdigit()


def _country(code: str) -> str:
    try:
        return codes.from_office(code, "imf")
    except UnknownCode as error:
        raise BadTable(f"A row names an economy that is new to us. {error}") from error
