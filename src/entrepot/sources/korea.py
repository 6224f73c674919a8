"""Korea: trade by product and country, the KOSIS summary table, and the first 10 and 20 days of a month.

The Customs Service answers with a result code inside a page that is always "fine", with a grand total before its rows,
and with ten-digit lines. The releases of the first days are part of a month: their rows carry the concept `first 20
days` and never meet a whole month; the growth of a working day stands beside, for windows differ in working days
(September 2025: +13.5 %, and -10.6 % a working day). Exports are fob, imports cif, in US dollars; weights in kg.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from entrepot import codes, periods
from entrepot.errors import BadTable, MissingData, SourceFailed, UnknownCode, WrongUsage
from entrepot.sources import Request, Source
from entrepot.sources.facts import table
from entrepot.sources.markup import decode, from_json
from entrepot.sources.numbers import Printed, clean, printed

if TYPE_CHECKING:
    import pandas as pd

LICENCE = "Korean public data, with attribution"
LINES = Source(
    "korea-customs", "Korea Customs Service", "trade by product and country, monthly",
    "https://apis.data.go.kr/1220000/nitemtrade/getNitemtradeList", LICENCE,
    key_variable="DATA_GO_KR_KEY", key_parameter="serviceKey",
)  # fmt: skip
KOSIS = Source(
    "kosis", "Korean Statistical Information Service", "exports and imports, summary",
    "https://kosis.kr/openapi/Param/statisticsParameterData.do", LICENCE, kind="copy of a table", grade="B", rank=2,
    key_variable="KOSIS_KEY", key_parameter="apiKey",
)  # fmt: skip
FIRST_DAYS = Source(
    "korea-first-days", "Korea Customs Service", "first 10 and 20 days of a month, provisional",
    "https://www.customs.go.kr", LICENCE,
)  # fmt: skip
SOURCES = (LINES, KOSIS, FIRST_DAYS)
SUMMARY = "DT_1R11001_FRM101"
TOTAL_ROW = "총계"
ITEMS = {"수출액": "X", "수입액": "M"}
UNITS = {"천달러": 1e3, "백만달러": 1e6, "달러": 1.0}
ROWS = {"수출": "X", "수입": "M", "무역수지": "B"}
PARTNERS = {
    **{"중국": "CHN", "미국": "USA", "유럽연합": "EU27", "EU": "EU27", "베트남": "VNM", "일본": "JPN", "대만": "TWN"},
    **{"홍콩": "HKG", "인도": "IND", "싱가포르": "SGP", "말레이시아": "MYS", "호주": "AUS", "사우디아라비아": "SAU"},
    **{"아랍에미리트": "ARE", "러시아": "RUS", "독일": "DEU", "멕시코": "MEX", "태국": "THA", "인도네시아": "IDN"},
    **{"필리핀": "PHL", "캐나다": "CAN", "영국": "GBR", "이라크": "IRQ", "카타르": "QAT", "쿠웨이트": "KWT"},
}
"""Partners as the releases of the first days name them."""
PRODUCTS = {"반도체": "semiconductors", "승용차": "passenger-cars", "석유제품": "oil-products", "선박": "ships",
            "철강제품": "steel-products", "무선통신기기": "wireless-equipment", "자동차부품": "car-parts",
            "컴퓨터주변기기": "computer-peripherals", "정밀기기": "precision-instruments",
            "가전제품": "appliances"}  # fmt: skip
NO_DATA = {"30"}  # KOSIS: the data do not exist
MONTHS_A_CALL = 12
_WINDOW = re.compile(r"(20\d\d)년\s*(\d{1,2})월\s*1일\s*~\s*(?:(\d{1,2})월\s*)?(\d{1,2})일")
_DAYS = re.compile(r"조업일수\s*([\d.]+)일\s*\(전년\s*([\d.]+)일\)")
_DAILY = re.compile(r"일평균\s*수출\s*([\d.,]+)억달러\s*\(([\d.]+)%\s*(증가|감소)\)")


def ask(period: str, *, product: str = "", partner: str = "", days: str = "") -> list[Request]:
    """Requests for months: the summary table, or with an HS code the lines of a product by country.

    With `days` (10 or 20) the release of the first days of a month: a text that a person saves, for it has no address
    that a program knows.

    Parameters
    ----------
    period : str
        Months or years; at most twelve months go into one request of the Customs Service.
    product : str
        HS code of 2 to 10 digits; without it the summary table is asked.
    partner : str
        Country, with a product; all of them if left out.

    Raises
    ------
    WrongUsage
        If a partner is given without a product, or the product is no HS code.
    """
    first, last = periods.ends(period)
    if days:
        if days not in ("10", "20") or first != last or periods.is_year(first):
            raise WrongUsage(f"Releases are of the first 10 or 20 days of one month, not {days!r} of {period}.")
        return [Request(FIRST_DAYS, FIRST_DAYS.url, facts=(("window", f"{first}-{days}"),), role="by hand")]
    months = [*periods.months(first, periods.span_of(first)), *periods.months(last, periods.span_of(last))]
    begin, end = months[0], months[-1]
    if not product:
        if partner:
            raise WrongUsage("The summary table has no partners. Name a product too, like product='8542'.")
        return [_summary(begin, end)]
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{10}", product):
        raise WrongUsage(f"The Customs Service reads an HS code of 2, 4, 6 or 10 digits, not {product!r}.")
    country = codes.office_code(codes.country(partner), "iso2") if partner else ""
    out = []
    while begin <= end:
        upto = min(periods.later(begin, MONTHS_A_CALL - 1), end)
        asked = {"strtYymm": begin.replace("-", ""), "endYymm": upto.replace("-", ""), "hsSgn": product}
        out.append(Request(LINES, LINES.url, tuple((asked | ({"cntyCd": country} if country else {})).items())))
        begin = periods.later(upto, 1)
    return out


def _summary(begin: str, end: str) -> Request:
    asked = {"method": "getList", "orgId": "360", "tblId": SUMMARY, "itmId": "ALL", "objL1": "ALL", "prdSe": "M"}
    asked |= {"startPrdDe": begin.replace("-", ""), "endPrdDe": end.replace("-", ""), "format": "json", "jsonVD": "Y"}
    return Request(KOSIS, KOSIS.url, tuple(asked.items()))


def parse(content: bytes, *, seen: date, window: str = "") -> "pd.DataFrame":
    """Rows of the flows table from an answer of the Customs Service (XML), of KOSIS (JSON), or a release of first days.

    Raises
    ------
    MissingData
        If the office answers that it has none.
    SourceFailed
        If it refuses the key.
    BadTable
        If the form, a unit, an item or a country is new, or figures of a release contradict each other.
    """
    start = content.lstrip(b"\xef\xbb\xbf \r\n")[:1]
    if start == b"<":
        return lines(content, seen=seen)
    if start in (b"[", b"{"):
        return summary(content, seen=seen)
    return first_days(content, seen=seen, window=window)


def lines(content: bytes, *, seen: date) -> "pd.DataFrame":
    """Rows by ten-digit line and country [USD, kg]; the grand total that stands before them is left out."""
    repairs = {"grand total, left out": 0, "weights of zero beside a positive value, taken as missing": 0}
    facts: list[dict[str, Any]] = []
    for item in _items(content):
        if not re.fullmatch(r"20\d\d\.\d\d", item.get("year", "")):
            repairs["grand total, left out"] += 1
            continue
        facts += _sides(item, repairs)
    return table(facts, LINES, released=seen, repairs=repairs)


def _items(content: bytes) -> list[dict[str, str]]:
    """Items of an answer, once the result code inside it says that all is well."""
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise BadTable(f"The answer of the Korea Customs Service is cut off or no XML ({error}). Ask again.") from None
    said = {one.tag: (one.text or "").strip() for one in root.iter()}
    if "returnReasonCode" in said:
        raise SourceFailed(
            f"Korea Customs Service refuses: {said.get('returnAuthMsg', '')} (code {said['returnReasonCode']}). "
            "Ask data.go.kr for a key and set DATA_GO_KR_KEY."
        )
    if said.get("resultCode") is None:
        raise BadTable("The Korea Customs Service sent a web page instead of data.")
    if said["resultCode"] != "00":
        raise BadTable(f"The Korea Customs Service answers {said['resultCode']}: {said.get('resultMsg', '')}.")
    items = [{one.tag: (one.text or "").strip() for one in item} for item in root.iter("item")]
    if not items:
        raise MissingData("The Korea Customs Service has no rows for this product, country and period (yet).")
    if lacking := [name for name in ("year", "statCd", "hsCd", "expDlr", "impDlr") if name not in items[0]]:
        raise BadTable(f"The answer of the Korea Customs Service lacks {', '.join(lacking)}: its layout has changed.")
    return items


def _sides(item: dict[str, str], repairs: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The export and the import that one item holds."""
    period, product = periods.period(item["year"].replace(".", "-")), item["hsCd"]
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{10}", product):
        raise BadTable(f"{product!r} is no HS code of 2, 4, 6 or 10 digits (zeros lost?).")
    kind = "national lines of Korea" if len(product) > 6 else "HS2022" if period >= "2022" else "HS2017"
    held: dict[str, Any] = {
        "reporter": "KOR",
        "partner": _country(item["statCd"]),
        "product": product,
        "classification": kind,
    }
    held |= {"period": period, "span": "month", "currency": "USD", "half_width": 0.5}
    for flow, value_name, weight_name in (("X", "expDlr", "expWgt"), ("M", "impDlr", "impWgt")):
        value, weight = printed(item[value_name]), printed(item.get(weight_name))
        if value is None:
            continue
        row: dict[str, Any] = held | {"flow": flow, "value": value.value}
        if weight is not None and weight.value == 0 and value.value > 0:
            repairs["weights of zero beside a positive value, taken as missing"] += 1
        elif weight is not None:
            row["weight_kg"] = weight.value
        yield row


def _country(code: str) -> str:
    try:
        return codes.from_office(code, "iso2")
    except UnknownCode as error:
        raise BadTable(f"A row names an economy that is new to us. {error}") from error


def summary(content: bytes, *, seen: date) -> "pd.DataFrame":
    """Exports and imports of the month from the summary table of KOSIS; a dash is missing and counted.

    `LST_CHN_DE`, the day of the last change, is an upper bound of the day on which a figure became public.
    """
    body = from_json(decode(content), "KOSIS")
    if isinstance(body, dict):
        code, message = str(body.get("err", "")), str(body.get("errMsg", body))
        if code in NO_DATA:
            raise MissingData(f"KOSIS answers {code}: {message}")
        raise BadTable(f"KOSIS refuses the question ({code}): {message}")
    if not isinstance(body, list) or not all(isinstance(row, dict) for row in body):
        raise BadTable(f"KOSIS sent no list of rows; it begins {str(body)[:120]}.")
    facts, repairs = [], {"cells printed as missing": 0}
    for row in body:
        if fact := _cell(row, seen):
            facts.append(fact)
        else:
            repairs["cells printed as missing"] += 1
    if body and not facts:
        raise MissingData("KOSIS prints nothing but dashes for this period: it is not out (yet).")
    return table(facts, KOSIS, released=seen, repairs=repairs)


def _cell(row: dict[str, Any], seen: date) -> dict[str, Any] | None:
    if lacking := [name for name in ("TBL_ID", "ITM_NM", "UNIT_NM", "PRD_SE", "PRD_DE", "DT") if name not in row]:
        raise BadTable(f"A row of KOSIS lacks {', '.join(lacking)}: its layout has changed.")
    if row["TBL_ID"] != SUMMARY or row["PRD_SE"] != "M":
        raise BadTable(f"The table {row['TBL_ID']} ({row['PRD_SE']}) is not read; {SUMMARY} by month (M) is.")
    if row["ITM_NM"] not in ITEMS or row["UNIT_NM"] not in UNITS:
        raise BadTable(f"The item {row['ITM_NM']!r} in {row['UNIT_NM']!r} is new; its flow or scale is not known.")
    said = printed(str(row["DT"]))
    if said is None:
        return None
    scale = UNITS[row["UNIT_NM"]]
    held = {"reporter": "KOR", "partner": codes.WORLD, "flow": ITEMS[row["ITM_NM"]], "currency": "USD"}
    held |= {"period": periods.period(row["PRD_DE"]), "span": "month"}
    changed = str(row.get("LST_CHN_DE", ""))
    day = min(date.fromisoformat(changed), seen) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", changed) else seen
    return held | {"value": said.value * scale, "half_width": said.half_width * scale, "released": day}


def first_days(content: bytes, *, seen: date, released: date | None = None, window: str = "") -> "pd.DataFrame":
    """Rows of a release of the first 10 or 20 days, by world total, product and country [million USD in print].

    The concept is `first 20 days` for the month so far and for January to that day, and `first 20 days, a working day`
    for exports a working day. The growth of a working day must follow from the printed growth and the working days.

    Raises
    ------
    BadTable
        If the text is no such release or of another window than `window` (`2025-10-20`), or figures contradict others.
    """
    text = decode(content)
    found = _WINDOW.search(text)
    if found is None or "수출입" not in text:
        raise BadTable("This is no release of the first days of a month: its window (1일 ~ 20일) is not named.")
    if "백만달러" not in text:
        raise BadTable("The release does not say that it is in million dollars (백만달러); its figures have no scale.")
    period, last = f"{found[1]}-{int(found[2]):02d}", int(found[4])
    if window and window != f"{period}-{last:02d}":
        raise BadTable(f"The release is of the days to {period}-{last:02d} where {window} was asked for.")
    concept = f"first {last} days"
    plain = {"reporter": "KOR", "period": period, "currency": "USD", "concept": concept}
    rows = [plain | row for row in _printed_rows(text.splitlines())]
    rows += [plain | {"concept": f"{concept}, a working day"} | row for row in _daily(text, rows)]
    basis = "stated" if released else "first seen"
    return table(rows, FIRST_DAYS, released=released or seen, basis=basis)


def _printed_rows(lines_: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Rows of the tables of a release: totals by span, then exports by product, then by country."""
    part = ""
    for line in lines_:
        cells = [clean(cell) for cell in line.split("\t")]
        if cells[0] in ("구분", "품목", "국가"):
            part = cells[0]
        elif part == "구분" and cells[0] in ROWS:
            if len(cells) < 5:
                raise BadTable(f"The row {cells[0]} of the release has {len(cells)} cells of 5: it is cut off.")
            for span, (amount, rate) in zip(("month", "ytd"), (cells[1:3], cells[3:5]), strict=True):
                yield {"partner": codes.WORLD, "flow": ROWS[cells[0]], "span": span} | _figures(amount, rate)
        elif part in ("품목", "국가") and len(cells) == 3:
            yield {"flow": "X", "span": "month"} | _line(part, cells[0]) | _figures(*cells[1:])


def _line(part: str, label: str) -> dict[str, str]:
    if part == "품목":
        return {"partner": codes.WORLD, "product": PRODUCTS.get(label, label), "classification": "Korea first days"}
    if label not in PARTNERS:
        raise BadTable(
            f"The release prints the partner {label!r}, which is new to us: it is neither guessed nor dropped."
        )
    return {"partner": PARTNERS[label]}


def _figures(amount: str, rate: str) -> dict[str, Any]:
    value, growth = printed(amount), printed(rate)
    held: dict[str, Any] = {}
    if value is not None:
        held |= {"value": value.value * 1e6, "half_width": value.half_width * 1e6}
    if growth is not None:
        held |= {"growth": round(growth.value / 100, 8), "growth_half_width": growth.half_width / 100}
    return held


def _daily(text: str, rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Exports a working day, held against the month so far and the working days; nothing if they are not printed."""
    plain = clean(text)
    days, said = _DAYS.search(plain), _DAILY.search(plain)
    if days is None or said is None:
        return
    value, rate = printed(said[1]), printed(("-" if said[3] == "감소" else "") + said[2])
    whole = next((row for row in rows if (row["flow"], row["span"]) == ("X", "month") and "growth" in row), None)
    if value is None or rate is None or whole is None:
        return
    now, before = float(days[1]), float(days[2])
    growth = Printed(whole["growth"], whole["growth_half_width"])
    low, high = (a_working_day(growth.value + side * growth.half_width, now, before) for side in (-1, 1))
    if not low - rate.half_width / 100 <= rate.value / 100 <= high + rate.half_width / 100:
        raise BadTable(
            f"Exports a working day are printed to change by {rate.value} %, but {growth.value:.1%} over {now} working "
            f"days after {before} is {a_working_day(growth.value, now, before):.1%}. A sign or a figure was misread."
        )
    if abs(value.value * 1e8 * now - whole["value"]) > value.half_width * 1e8 * now + whole["half_width"]:
        raise BadTable(f"{value.value} hundred million dollars on {now} working days are not {whole['value']:,.0f}.")
    held = {"partner": codes.WORLD, "flow": "X", "span": "month", "value": value.value * 1e8}
    held |= {"half_width": value.half_width * 1e8, "growth": round(rate.value / 100, 8)}
    yield held | {"growth_half_width": rate.half_width / 100}


def a_working_day(growth: float, days: float, days_before: float) -> float:
    """Growth of trade a working day [fraction] from growth of the total and the working days of both windows.

    (1 + g) d_0 / d_1 - 1, with Saturdays counted as half a day, as the office counts.

    >>> round(a_working_day(0.135, 16.5, 13.0), 3)
    -0.106
    """
    return (1 + growth) * days_before / days - 1
