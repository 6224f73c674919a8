"""World Trade Organization, Timeseries: merchandise trade of the month or year, and preferential tariffs.

Economies are M49 numbers as text with their zeros (`068` Bolivia, `918` the European Union of the day). Values are
million US dollars in the answer and dollars here. No rows is status 204 with an empty body.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot import codes, periods
from entrepot.errors import BadTable, MissingData, UnknownCode
from entrepot.sources import Request, Source
from entrepot.sources.facts import table
from entrepot.sources.markup import decode, from_json

if TYPE_CHECKING:
    import pandas as pd

WTO = Source(
    "wto", "World Trade Organization", "Timeseries, merchandise trade", "https://api.wto.org/timeseries/v1/data",
    "WTO terms, with attribution", kind="copy of a table", grade="B", rank=3, cap=500,
    key_variable="WTO_KEY", key_parameter="subscription-key",
)  # fmt: skip
SOURCES = (WTO,)
INDICATORS = {
    "ITS_MTV_MX": ("X", "month"),
    "ITS_MTV_MM": ("M", "month"),
    "ITS_MTV_AX": ("X", "year"),
    "ITS_MTV_AM": ("M", "year"),
}
"""Indicators of trade: flow and span."""
TARIFFS = {"HS_P_0070": "lowest preferential tariff, simple average ad valorem"}
UNITS = {"USM": 1e6, "USD": 1.0}
GROUPS = {"000": "WLD", "918": "EUN"}
NEEDED = (
    *("IndicatorCode", "ReportingEconomyCode", "PartnerEconomyCode", "ProductOrSectorCode", "PeriodCode"),
    *("UnitCode", "Year", "Value"),
)
COLUMNS = ("reporter", "partner", "product", "classification", "year", "kind", "rate", "scheme")


def ask(reporter: str, period: str, *, partner: str = "world") -> list[Request]:
    """Requests for a reporter's exports and imports of all goods, one a flow and year.

    Raises
    ------
    UnknownCode
        If reporter or partner is unknown.
    """
    begin, end = periods.ends(period)
    yearly = periods.is_year(begin)
    wanted = [code for code, (_, span) in INDICATORS.items() if span == ("year" if yearly else "month")]
    one, other = _number(reporter), _number(partner)
    asked = {"r": one, "p": other, "ps": "", "pc": "TO", "fmt": "json", "mode": "full", "max": str(WTO.cap)}
    return [
        Request(WTO, WTO.url, tuple({"i": code, **asked, "ps": year}.items()), facts=(("period", f"{begin}:{end}"),))
        for code in wanted
        for year in periods.each(f"{begin[:4]}:{end[:4]}")
    ]


def _number(word: str) -> str:
    code = codes.partner(word)
    known = next((number for number, ours in GROUPS.items() if ours == code), None)
    if code == "EU27":
        return "918"
    return known or codes.office_code(code, "m49")


def parse(content: bytes, *, seen: date, period: str = "") -> "pd.DataFrame":
    """Rows of the flows table [USD], of those periods that were asked for; tariff indicators give `tariffs`.

    Raises
    ------
    MissingData
        If the body is empty, or every value is null.
    BadTable
        If the office refuses, the answer is cut at its row cap, or an indicator, a unit or an economy is new.
    """
    rows = _rows(content)
    if all(row["IndicatorCode"] in TARIFFS for row in rows):
        return tariffs(rows)
    repairs = {"rows without a value": 0, "rows of other periods, left out": 0}
    begin, end = periods.ends(period) if period else ("", "9999")
    facts = []
    for row in rows:
        fact = _fact(row)
        if row["Value"] is None:
            repairs["rows without a value"] += 1
        elif not begin <= fact["period"] <= end:
            repairs["rows of other periods, left out"] += 1
        else:
            facts.append(fact)
    if not facts:
        raise MissingData("The WTO has no value for this economy and period (yet).")
    return table(facts, WTO, released=seen, repairs=repairs)


def _rows(content: bytes) -> list[dict[str, Any]]:
    if not content.strip():
        raise MissingData("The WTO answers with an empty body (204): no rows for this question.")
    body = from_json(decode(content), "the WTO")
    if not isinstance(body, dict) or "Dataset" not in body:
        said = body.get("message", body) if isinstance(body, dict) else body
        raise BadTable(f"The WTO refuses: {str(said)[:200]}")
    rows: list[dict[str, Any]] = body["Dataset"]
    if not rows:
        raise MissingData("The WTO answers without any row.")
    if len(rows) == WTO.cap:
        raise BadTable(f"The WTO sent {len(rows)} rows, as many as it was asked for at most: the answer is cut.")
    if lacking := [name for name in NEEDED for row in rows if name not in row]:
        raise BadTable(f"A row of the WTO lacks {lacking[0]}: the layout has changed.")
    return rows


def _fact(row: dict[str, Any]) -> dict[str, Any]:
    if row["IndicatorCode"] not in INDICATORS or row["UnitCode"] not in UNITS:
        raise BadTable(
            f"The indicator {row['IndicatorCode']!r} in {row['UnitCode']!r} is not read; "
            f"{', '.join(INDICATORS)} in {', '.join(UNITS)} are."
        )
    if row["ProductOrSectorCode"] != "TO":
        raise BadTable(f"The product {row['ProductOrSectorCode']!r} is not read; TO (all goods) is.")
    flow, span = INDICATORS[row["IndicatorCode"]]
    month, scale = str(row["PeriodCode"]), UNITS[row["UnitCode"]]
    if (span == "month") != (month[:1] == "M" and month[1:].isdigit()):
        raise BadTable(f"{row['IndicatorCode']} comes with the period {month!r}; frequency and period do not agree.")
    period = f"{row['Year']}-{int(month[1:]):02d}" if span == "month" else str(row["Year"])
    held: dict[str, Any] = {"reporter": _economy(row["ReportingEconomyCode"])}
    held |= {"partner": _economy(row["PartnerEconomyCode"]), "flow": flow, "period": periods.period(period)}
    value = None if row["Value"] is None else round(float(row["Value"]) * scale, 3)
    return held | {"span": span, "currency": "USD", "value": value, "half_width": 0.5 * scale}


def tariffs(rows: list[dict[str, Any]]) -> "pd.DataFrame":
    """Preferential tariffs [fraction]: reporter, partner, product, classification, year, kind, rate, scheme."""
    import pandas as pd

    held = []
    for row in rows:
        if row["UnitCode"] != "PCT":
            raise BadTable(f"A tariff comes in {row['UnitCode']!r}; percent (PCT) is expected.")
        rate = None if row["Value"] is None else round(float(row["Value"]) / 100, 10)
        ends_ = (_economy(row["ReportingEconomyCode"]), _economy(row["PartnerEconomyCode"]))
        kind = TARIFFS[row["IndicatorCode"]]
        held.append(
            (*ends_, row["ProductOrSectorCode"], "HS", str(row["Year"]), kind, rate, row.get("TextValue") or "")
        )
    return pd.DataFrame(held, columns=list(COLUMNS)).astype({"rate": "float64"})


def _economy(code: str) -> str:
    if code in GROUPS:
        return GROUPS[code]
    if len(code) != 3:
        raise BadTable(f"The economy {code!r} has not three digits: its zeros were lost.")
    try:
        return codes.from_office(code, "m49")
    except UnknownCode as error:
        raise BadTable(f"A row names an economy that is new to us. {error}") from error
