"""UN Comtrade: previews, keyed answers, tariff lines, portal downloads and bulk files of reported trade.

Rows of the total over second partner, customs procedure and mode of transport are taken (0, C00, 0), never parts of
them: parts by mode do not close. The world row is `WLD`; trade with itself is re-import and stays. Values are
`primaryValue`: fob exports and re-exports, cif imports, except where the answer says fob of an import. A count equal
to the row cap is a cut answer and is refused; `more` splits the question. UN rules forbid passing the rows on.
"""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

from entrepot import codes, periods
from entrepot.errors import BadTable, MissingData, UnknownCode, WrongUsage
from entrepot.sources import Request, Source
from entrepot.sources.facts import HS_EDITIONS, table
from entrepot.sources.markup import decode, from_json

if TYPE_CHECKING:
    import pandas as pd

HOST = "https://comtradeapi.un.org"
LICENCE = "UN Comtrade terms: internal use, no passing on without permission"
PREVIEW = Source(
    "comtrade-preview", "United Nations Statistics Division", "UN Comtrade, preview", f"{HOST}/public/v1/preview",
    LICENCE, kind="copy of a table", grade="B", rank=3, cap=500,
)  # fmt: skip
FINAL = Source(
    "comtrade", "United Nations Statistics Division", "UN Comtrade, final data", f"{HOST}/data/v1/get",
    LICENCE, kind="copy of a table", grade="B", rank=3, cap=250_000,
    key_variable="COMTRADE_KEY", key_parameter="subscription-key",
)  # fmt: skip
LINES = Source(
    "comtrade-lines", "United Nations Statistics Division", "UN Comtrade, tariff lines",
    f"{HOST}/data/v1/getTariffline", LICENCE, kind="copy of a table", grade="B", rank=3, cap=250_000,
    key_variable="COMTRADE_KEY", key_parameter="subscription-key",
)  # fmt: skip
SOURCES = (PREVIEW, FINAL, LINES)
HELD = f"{HOST}/public/v1/getDA"
CAPS = (500, 100_000, 250_000)
FLOWS = {"X": ("X", "standard"), "M": ("M", "standard"), "RX": ("RX", "standard"), "RM": ("RM", "standard"),
         "DX": ("X", "domestic"), "FM": ("M", "foreign"), "MIP": ("M", "inward processing"),
         "XIP": ("X", "inward processing"), "MOP": ("M", "outward processing"),
         "XOP": ("X", "outward processing")}  # fmt: skip
UNITS = {2: "m2", 3: "MWh", 4: "m", 5: "piece", 6: "pair", 7: "l", 8: "kg", 9: "1000 pieces", 10: "package",
         11: "dozen", 12: "m3", 13: "carat", 14: "km", 15: "g", 16: "hive", 17: "1000 m3", 18: "TJ", 19: "barrel",
         20: "1000 l",
         21: "t", 22: "kWh", 23: "l alc 100%", 24: "head"}  # fmt: skip
NEEDED = ("typeCode", "reporterCode", "flowCode", "partnerCode", "cmdCode", "period", "primaryValue")
GROUPS = {"97": "EUN", "975": "ASEAN"}


def ask(
    reporter: str,
    period: str,
    *,
    flow: str = "X,M",
    product: str = "TOTAL",
    partner: str = "",
    lines: bool = False,
    key: bool = True,
    modes: bool = False,
) -> list[Request]:
    """Requests for a reporter's trade, one period each; wrong codes are refused before anything is sent.

    Parameters
    ----------
    reporter, partner : str
        Code or name; no partner means all of them.
    period : str
        A month, a year or a range of either.
    flow, product : str
        Flows and HS codes, separated by commas; `AG2`, `AG4`, `AG6` ask for all codes of that length.
    lines : bool
        Ask for national tariff lines.
    key : bool
        Without a key the preview answers, at most 500 rows a request.
    modes : bool
        Ask for the rows by mode of transport too: some reporters give weights only there.
    """
    one = codes.office_code(codes.country(reporter), "comtrade")
    source = LINES if lines else FINAL if key else PREVIEW
    flows = [codes.flow(word) for word in flow.split(",")]
    params = {
        "reporterCode": one,
        "flowCode": ",".join(flows),
        "cmdCode": ",".join(_product(p) for p in product.split(",")),
    }
    if partner:
        params["partnerCode"] = "0" if codes.partner(partner) == codes.WORLD else _partner(partner)
    params |= {"partner2Code": "0", "motCode": "0", "customsCode": "C00", "includeDesc": "false"}
    if modes:
        del params["motCode"]
    if source is not PREVIEW:
        params["maxRecords"] = str(source.cap)
    out = []
    if (first := periods.ends(period)[0]) < "1962":
        raise WrongUsage(f"UN Comtrade holds trade from 1962, not {first}.")
    for when in periods.each(period):
        freq = "A" if periods.is_year(when) else "M"
        query = {"period": when.replace("-", ""), **params}
        out.append(
            Request(
                source,
                f"{source.url}/C/{freq}/HS",
                tuple(query.items()),
                facts=(("cap", str(source.cap)), ("period", when)),
            )
        )
    return out


def _product(word: str) -> str:
    text = word.strip()
    if text in ("TOTAL", "AG2", "AG4", "AG6", "ALL"):
        return text
    return codes.product(text)[0]


def _partner(word: str) -> str:
    return codes.office_code(codes.partner(word), "comtrade")


def more(content: bytes, request: Request) -> list[Request]:
    """Split a question whose answer was cut: by flow, then all six-digit codes into chapters; none if it was whole.

    Raises
    ------
    BadTable
        If the question cannot be split further.
    """
    if request.url.startswith(HELD):
        raise MissingData(availability(content, request))
    if request.role == "table" and not _envelope(content)["data"]:
        return [_held(request)]
    if not _is_cut(_envelope(content)):
        return []
    params = dict(request.params)
    if "," in params.get("flowCode", ""):
        return _each(request, "flowCode", params["flowCode"].split(","))
    if "," in params["cmdCode"]:
        return _each(request, "cmdCode", params["cmdCode"].split(","))
    if params["cmdCode"] in ("AG4", "AG6") and "partnerCode" not in params:
        every = sorted({code for iso3 in countries() if (code := _known_partner(iso3))}, key=int)
        return _each(request, "partnerCode", every)
    _refuse_cut(len(_envelope(content)["data"]))


def _held(request: Request) -> Request:
    """Request that tells an empty answer from a wrong question: what the reporter has sent of the period."""
    params = dict(request.params)
    asked = tuple((name, params[name]) for name in ("reporterCode", "period"))
    return Request(PREVIEW, f"{HELD}/{'/'.join(request.url.rsplit('/', 3)[1:])}", asked, role="index")


def availability(content: bytes, request: Request) -> str:
    """What the office says that it holds of a reporter and period, in words; asked after an answer without rows.

    Raises
    ------
    BadTable
        If it is no list of what is held.
    """
    body = from_json(decode(content), "UN Comtrade")
    rows = body.get("data") if isinstance(body, dict) else body
    if not isinstance(rows, list):
        raise BadTable(f"UN Comtrade refuses to list what it holds: {str(body)[:200]}")
    asked = dict(request.params)
    name = codes.name(codes.from_office(asked["reporterCode"], "comtrade"))
    for row in rows:
        if str(row.get("reporterCode")) == asked["reporterCode"] and str(row.get("period")) == asked["period"]:
            return (
                f"{name} has sent {asked['period']} (last released {str(row.get('lastReleased', ''))[:10]}, "
                f"{row.get('totalRecords', 0):,} rows): none of them is of this product, partner and flow."
            )
    return f"{name} has not sent {asked['period']} to UN Comtrade (yet)."


def countries() -> list[str]:
    """ISO3 codes of every country of our table."""
    return sorted({iso3 for iso3 in codes.phrases().values() if codes.kind(iso3) == "country"})


def _known_partner(iso3: str) -> str:
    try:
        return codes.office_code(iso3, "comtrade")
    except UnknownCode:
        return ""


def _each(request: Request, name: str, values: Iterable[str]) -> list[Request]:
    return [
        Request(request.source, request.url, tuple((dict(request.params) | {name: value}).items()), facts=request.facts)
        for value in values
    ]


def parse(content: bytes, *, seen: date, cap: str | None = None, period: str = "") -> "pd.DataFrame":
    """Rows of the flows table from a JSON answer, a portal CSV or a bulk TSV (gzip).

    Raises
    ------
    BadTable
        If the answer is cut at the row cap, an error, or shifted columns; if two rows claim one cell.
    MissingData
        If the office answers that it has no rows.
    """
    rows, key = _rows(content, int(cap) if cap else None)
    kept, repairs = [], dict.fromkeys(_LEFT_OUT, 0)
    only_parts = not any(_is_total(row) for row in rows)
    for row in rows:
        if not only_parts and not _is_total(row):
            repairs["rows of one mode, procedure or second partner, beside their total"] += 1
            continue
        kept.append(_fact(row, repairs))
    if not only_parts:
        modes = _by_mode(rows)
        kept = [_weighed(fact, modes, repairs) if modes and "weight_kg" not in fact else fact for fact in kept]
    if only_parts:
        kept = list(_added(kept))
    held = sorted({fact["period"] for fact in kept})
    if period and held != [period]:
        raise BadTable(f"The answer is of {', '.join(held)} where {period} was asked for. Ask again.")
    return table(kept, key, released=seen, repairs=repairs)


_LEFT_OUT = (
    "rows of one mode, procedure or second partner, beside their total",
    "weights of zero beside a positive value, taken as missing",
    "estimated quantities or weights, left out",
    "fob of zero, taken as missing",
    "weights taken from rows by mode of transport",
)


def _rows(content: bytes, cap: int | None) -> tuple[list[dict[str, Any]], str]:
    """Rows of an answer as dicts, whatever its form, and the source they belong to."""
    if content[:2] == b"\x1f\x8b":
        return _delimited(gzip.decompress(content).decode("utf-8-sig"), "\t"), FINAL.key
    start = content.lstrip(b"\xef\xbb\xbf \r\n")[:1]
    if start == b"<":
        raise BadTable(
            "UN Comtrade sent a web page instead of data. Try again later, or open the address in a browser."
        )
    if start not in (b"{", b"["):
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("latin-1")
        return _delimited(text, "\t" if "\t" in text.partition("\n")[0] else ","), FINAL.key
    envelope = _envelope(content)
    rows = envelope["data"]
    if not rows:
        raise MissingData(
            "UN Comtrade has no rows for this question: not reported (yet), or a period it does not hold. "
            "Its page of available data lists what each reporter has sent."
        )
    if _is_cut(envelope, cap):
        _refuse_cut(len(rows))
    return rows, LINES.key if "refYear" not in rows[0] and "grossWgt" in rows[0] else FINAL.key


def _envelope(content: bytes) -> dict[str, Any]:
    envelope = from_json(decode(content), "UN Comtrade")
    if not isinstance(envelope, dict):
        raise BadTable("The answer of UN Comtrade is a list, not an envelope with data: is it the data address?")
    if "data" not in envelope:
        raise BadTable(f"UN Comtrade refuses: {envelope.get('message', envelope)}")
    if envelope.get("error"):
        raise BadTable(f"UN Comtrade refuses: {envelope['error']}")
    if envelope.get("count") != len(envelope["data"] or []):
        raise BadTable(f"UN Comtrade announces {envelope.get('count')} rows and sends {len(envelope['data'] or [])}.")
    return envelope


def _is_cut(envelope: Mapping[str, Any], cap: int | None = None) -> bool:
    return len(envelope["data"] or []) in ({cap} if cap else set(CAPS))


def _refuse_cut(rows: int) -> NoReturn:
    more = ", or set COMTRADE_KEY to your key, with which an answer may be longer" if rows == PREVIEW.cap else ""
    raise BadTable(
        f"UN Comtrade sent {rows:,} rows, as many as it puts in one answer: the answer is cut. "
        f"Ask for one period, one flow or fewer products{more}."
    )


def _delimited(text: str, mark: str) -> list[dict[str, Any]]:
    """Rows of a CSV or TSV; a last comma that the header lacks is dropped, a shifted row is refused."""
    lines = csv.reader(io.StringIO(text), delimiter=mark)
    names = [{"CIFValue": "cifvalue", "FOBValue": "fobvalue"}.get(name, name) for name in next(lines, [])]
    if not names:
        raise BadTable("The answer of UN Comtrade is empty. Ask again.")
    out = []
    for number, row in enumerate(lines, 2):
        if len(row) == len(names) + 1 and row[-1] == "":
            row = row[:-1]
        if len(row) != len(names):
            raise BadTable(f"Line {number} has {len(row)} fields where the header has {len(names)}. Download it again.")
        out.append(dict(zip(names, row, strict=True)))
    if not out:
        raise MissingData("The file holds a header and no rows.")
    return out


def _is_total(row: Mapping[str, Any]) -> bool:
    second = str(row.get("partner2Code", 0) if row.get("partner2Code") is not None else 0)
    mode, customs = str(row.get("motCode") or 0), str(row.get("customsCode") or "C00")
    return (second, mode, customs) == ("0", "0", "C00")


def _fact(row: Mapping[str, Any], repairs: dict[str, int]) -> dict[str, Any]:
    """One row of the flows table."""
    if lacking := [name for name in NEEDED if row.get(name) is None and name != "typeCode"]:
        raise BadTable(f"A row of UN Comtrade lacks {', '.join(lacking)}; the layout has changed or the file is cut.")
    if row.get("typeCode", "C") != "C" or str(row["flowCode"]) not in FLOWS:
        raise BadTable(f"Columns are shifted or services are mixed in: typeCode {row.get('typeCode')!r}.")
    flow, concept = FLOWS[str(row["flowCode"])]
    value = float(row["primaryValue"])
    held: dict[str, Any] = {
        "reporter": _country(row["reporterCode"]),
        "partner": _country(row["partnerCode"]),
        "flow": flow,
    }
    held |= {"concept": concept, "currency": "USD", "value": value, "half_width": 0.0005} | _when(row)
    code = str(row["cmdCode"])
    edition = HS_EDITIONS.get(str(row.get("classificationCode", "")), str(row.get("classificationCode", "")))
    edition = f"national lines of {edition}" if code.isdigit() and len(code) > 6 else edition
    held |= {"product": code, "classification": "" if code == codes.TOTAL else edition}
    if flow in ("M", "RM") and _number(row.get("cifvalue")) is None and (_number(row.get("fobvalue")) or 0.0) > 0:
        held["valuation"] = "fob"
    repairs["fob of zero, taken as missing"] += str(row.get("fobvalue")) in ("0", "0.0") and value > 0
    return held | _amounts(row, value, repairs)


def _amounts(row: Mapping[str, Any], value: float, repairs: dict[str, int]) -> dict[str, Any]:
    """Weight and quantity: zero beside a positive value is missing, and so is what the UN estimated."""
    out: dict[str, Any] = {}
    weight, amount = _number(row.get("netWgt")), _number(row.get("qty"))
    guessed = (_flag(row.get("isNetWgtEstimated")), _flag(row.get("isQtyEstimated")))
    if weight is not None and weight > 0 and not guessed[0]:
        out["weight_kg"] = weight
    if amount is not None and amount > 0 and not guessed[1] and (unit := UNITS.get(int(row.get("qtyUnitCode") or -1))):
        out |= {"quantity": amount, "unit": unit}
    repairs["weights of zero beside a positive value, taken as missing"] += weight == 0 and value > 0
    repairs["estimated quantities or weights, left out"] += bool((weight and guessed[0]) or (amount and guessed[1]))
    return out


CLOSE = 1e-3
"""Modes of transport may miss their total by this fraction of it, when their weights stand for its weight."""


def _by_mode(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[Any, ...], dict[str, dict[str, Any]]]:
    """Rows by mode of transport, of all second partners and procedures together, by cell and mode without its zeros."""
    out: dict[tuple[Any, ...], dict[str, dict[str, Any]]] = {}
    for row in rows:
        mode = str(row.get("motCode") or 0).rstrip("0")
        if mode and _is_total({**row, "motCode": 0}):
            fact = _fact(row, dict.fromkeys(_LEFT_OUT, 0))
            out.setdefault(tuple(fact[name] for name in _CELL), {})[mode] = fact
    return out


def _weighed(
    fact: dict[str, Any], modes: Mapping[tuple[Any, ...], Mapping[str, dict[str, Any]]], repairs: dict[str, int]
) -> dict[str, Any]:
    """A row of the total with the weight of its modes of transport, if all of them have one and their values close.

    The value stays that of the total. Of a mode and its parts (2000 water, 2100 sea) only the mode counts.
    """
    found = modes.get(tuple(fact[name] for name in _CELL), {})
    parts = [row for mode, row in found.items() if not any(mode != other and mode.startswith(other) for other in found)]
    value = sum(row["value"] for row in parts)
    if not parts or any("weight_kg" not in row for row in parts) or abs(value - fact["value"]) > CLOSE * fact["value"]:
        return fact
    repairs["weights taken from rows by mode of transport"] += 1
    return fact | {"weight_kg": sum(row["weight_kg"] for row in parts)}


_CELL = ("reporter", "partner", "flow", "concept", "product", "classification", "period", "span")


def _flag(said: object) -> bool:
    return str(said).casefold() == "true"


def _number(said: object) -> float | None:
    return None if said in (None, "", "N/A") else float(str(said))


def _when(row: Mapping[str, Any]) -> dict[str, str]:
    """Period and span: the frequency first, then the period; month 52 is a whole year."""
    text, freq = str(row["period"]), str(row.get("freqCode") or "")
    month = int(row.get("refMonth") or (52 if len(text) == 4 else int(text[4:6])))
    if len(text) == 4 and freq in ("A", "") and month == 52:
        return {"period": text, "span": "year"}
    if len(text) == 6 and freq in ("M", "") and month == int(text[4:]) and 1 <= month <= 12:
        return {"period": f"{text[:4]}-{text[4:]}", "span": "month"}
    raise BadTable(f"Frequency {freq!r}, period {text!r} and month {month} do not go together: columns are shifted.")


def _country(code: object) -> str:
    text = str(code)
    if text == "0":
        return codes.WORLD
    if text in GROUPS:
        return GROUPS[text]
    try:
        return codes.from_office(text, "comtrade")
    except UnknownCode as error:
        raise BadTable(f"A row names an economy that is new to us. {error}") from error


def _added(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Sums over modes and procedures of answers that hold only parts; they are marked as such."""
    sums: dict[tuple[Any, ...], dict[str, Any]] = {}
    measured = ("value", "half_width", "weight_kg", "quantity", "unit")
    for row in rows:
        cell = tuple(sorted((name, said) for name, said in row.items() if name not in measured))
        if cell not in sums:
            sums[cell] = row | {
                "status": "derived",
                "concept": f"{row['concept']}, sum of parts".replace("standard, ", ""),
            }
            continue
        held = sums[cell]
        held["value"] += row["value"]
        held["half_width"] += row["half_width"]
        for name in ("weight_kg", "quantity"):
            both = held.get(name) is not None and row.get(name) is not None and held.get("unit") == row.get("unit")
            held[name] = held[name] + row[name] if both else None
        held["unit"] = held.get("unit") if held.get("quantity") is not None else None
    yield from sums.values()
