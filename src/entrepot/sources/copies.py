"""Copies of China's customs totals that others keep: the EastMoney data service and the Ministry of Commerce.

A copy shows the level of today and the growth rate of the first print in one row: the level of December 2022 was
revised from 306.1 to 296.9 billion dollars while its -9.9 % stayed. The two are of different vintages, so the growth
column is left out and counted. EastMoney keeps thousand dollars, the Ministry 100 million.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot import codes, periods
from entrepot.errors import BadTable, MissingData, WrongUsage
from entrepot.sources import Request, Source
from entrepot.sources.facts import table
from entrepot.sources.gacc import OFFICE
from entrepot.sources.markup import decode, from_json

if TYPE_CHECKING:
    import pandas as pd

EASTMONEY = Source(
    "copy-eastmoney", OFFICE, "monthly totals, as kept by the EastMoney data service",
    "https://datacenter-web.eastmoney.com/api/data/v1/get", "official statistics; facts quoted",
    kind="copy of a table", grade="C", rank=3, cap=2000,
)  # fmt: skip
MINISTRY = Source(
    "copy-mofcom", OFFICE, "monthly totals, as kept by the Ministry of Commerce",
    "http://data.mofcom.gov.cn/datamofcom/front/totalmonth/query", "official statistics; facts quoted",
    kind="copy of a table", grade="C", rank=3,
)  # fmt: skip
SOURCES = (EASTMONEY, MINISTRY)
LEVELS = {
    "EXIT_BASE": ("X", "month"),
    "IMPORT_BASE": ("M", "month"),
    "EXIT_ACCUMULATE": ("X", "ytd"),
    "IMPORT_ACCUMULATE": ("M", "ytd"),
}
"""Columns of EastMoney [thousand USD]: flow and span."""
GROWTHS = tuple(f"{name}_SAME" for name in LEVELS)
MINISTRY_LEVELS = {
    "total_value": ("T", "month"), "export_value": ("X", "month"), "import_value": ("M", "month"),
    "total_lj_value": ("T", "ytd"), "export_lj_value": ("X", "ytd"), "import_lj_value": ("M", "ytd"),
    "imexgap_value": ("B", "month"),
}  # fmt: skip
"""Columns of the Ministry [100 million USD]: flow and span."""
MINISTRY_GROWTHS = tuple(f"{side}_{part}per" for side in ("total", "export", "import") for part in ("", "lj_"))
EMPTY = 9201  # EastMoney: the answer has no rows
LEFT_OUT = "growth rates of a copy that mixes vintages, left out"


def ask(period: str = "", *, copy: str = "eastmoney") -> list[Request]:
    """Request for all months that EastMoney keeps, newest first; `period` keeps those months of the answer.

    The Ministry's site bids programs to stay away (robots.txt): of its copy (`copy="mofcom"`) only an answer that a
    person saved is read.

    Raises
    ------
    WrongUsage
        If there is no such copy.
    """
    facts = (("period", period),) if period else ()
    if period:
        periods.ends(period)
    if copy == "mofcom":
        return [Request(MINISTRY, MINISTRY.url, facts=facts, role="by hand")]
    if copy != "eastmoney":
        raise WrongUsage(f"No copy is called {copy!r}; eastmoney and mofcom are.")
    names = ",".join(["REPORT_DATE", "TIME", *LEVELS, *GROWTHS])
    params = {"reportName": "RPT_ECONOMY_CUSTOMS", "columns": names, "pageNumber": "1", "pageSize": str(EASTMONEY.cap)}
    params |= {"sortColumns": "REPORT_DATE", "sortTypes": "-1"}
    return [Request(EASTMONEY, EASTMONEY.url, tuple(params.items()), facts=facts)]


def more(content: bytes, request: Request) -> list[Request]:
    """Requests for the pages after the first, if the answer says that there are some."""
    params = dict(request.params)
    if params.get("pageNumber") != "1":
        return []
    result = _body(content).get("result") or {}
    return [
        Request(request.source, request.url, tuple((params | {"pageNumber": str(n)}).items()), facts=request.facts)
        for n in range(1, int(result.get("pages") or 1) + 1)
        if int(result.get("pages") or 1) > 1 and n > 1
    ]


def parse(content: bytes, *, seen: date, period: str = "") -> "pd.DataFrame":
    """Rows of the flows table [USD] from the answer of EastMoney or of the Ministry.

    Raises
    ------
    MissingData
        If the copy has no row, or none of the months asked for.
    BadTable
        If the answer reports a failure inside, its count is not its rows, or a column is missing.
    """
    body = _body(content)
    if "REPORT_DATE" in body:
        rows, source = _eastmoney([body]), EASTMONEY
    elif "success" in body:
        rows, source = _eastmoney(_checked(body)), EASTMONEY
    elif "body" in body:
        rows, source = _ministry(body["body"]), MINISTRY
    else:
        raise BadTable("The answer is neither EastMoney's nor the Ministry of Commerce's: its layout has changed.")
    begin, end = periods.ends(period) if period else ("", "9999")
    kept = [row for row in rows[0] if begin[:7] <= row["period"] <= (end + "-12" if len(end) == 4 else end)]
    if not kept:
        raise MissingData(f"The copy has no figures of {period or 'any month'} (yet).")
    return table(kept, source, released=seen, repairs=rows[1])


def _body(content: bytes) -> dict[str, Any]:
    body = from_json(decode(content), "the copy")
    if not isinstance(body, dict):
        raise BadTable("The copy's answer is a list, not an envelope with rows.")
    return body


def _checked(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of EastMoney, once the envelope says that all is well."""
    if not body["success"]:
        if body.get("code") == EMPTY:
            raise MissingData(f"EastMoney answers that there are no rows ({body.get('message')}).")
        raise BadTable(f"EastMoney refuses ({body.get('code')}): {body.get('message')}.")
    rows: list[dict[str, Any]] = (body.get("result") or {}).get("data") or []
    if not rows:
        raise MissingData("EastMoney answers without any row.")
    count, pages = body["result"].get("count"), int(body["result"].get("pages") or 1)
    if len(rows) == EASTMONEY.cap and pages == 1:
        raise BadTable(f"EastMoney sent {len(rows)} rows, as many as it was asked for at most: the answer is cut.")
    if pages == 1 and count is not None and count != len(rows):
        raise BadTable(f"EastMoney announces {count} rows and sends {len(rows)}.")
    return rows


def _eastmoney(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    facts, repairs = [], {LEFT_OUT: 0, "months without a figure": 0}
    for row in rows:
        if lacking := [name for name in ("REPORT_DATE", *LEVELS) if name not in row]:
            raise BadTable(f"A row of EastMoney lacks {', '.join(lacking)}: its layout has changed.")
        when = periods.period(str(row["REPORT_DATE"])[:7])
        if row.get("TIME") and periods.period(str(row["TIME"]).removesuffix("份")) != when:
            raise BadTable(f"A row of EastMoney is dated {row['REPORT_DATE']} and named {row['TIME']}.")
        held = [(side, float(row[name]) * 1e3) for name, side in LEVELS.items() if row[name] is not None]
        facts += [_fact(when, *side, value, 500.0) for side, value in held]
        repairs["months without a figure"] += not held
        repairs[LEFT_OUT] += any(row.get(name) is not None for name in GROWTHS)
    return facts, repairs


def _ministry(body: list[list[dict[str, Any]]]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    facts, repairs = [], {LEFT_OUT: 0}
    for row in (one for page in body for one in page):
        when = periods.period(str(row["trade_date"]))
        for name, side in MINISTRY_LEVELS.items():
            if row.get(name) is not None:
                facts.append(_fact(when, *side, round(float(row[name]) * 1e8, 2), 5e6))
        repairs[LEFT_OUT] += any(row.get(name) is not None for name in MINISTRY_GROWTHS)
    return facts, repairs


def _fact(when: str, flow: str, span: str, value: float, half_width: float) -> dict[str, Any]:
    held = {"reporter": "CHN", "partner": codes.WORLD, "flow": flow, "period": when, "span": span, "currency": "USD"}
    return held | {"value": value, "half_width": half_width}
