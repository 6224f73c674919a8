"""Exchange rates of the market: the European Central Bank and the Federal Reserve, monthly averages.

A rate is units of `quote` for one unit of `base` and says which way round it is. Days without a rate (holidays) are
left out, never carried forward; a month made from days is their mean. These are not the rates at which customs offices
convert (0.3 to 1.7 % apart for China): never call a total converted with them official.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot import codes, periods
from entrepot.errors import BadTable, MissingData
from entrepot.sources import Request, Source, sdmx
from entrepot.sources.markup import from_json, plain
from entrepot.sources.numbers import printed

if TYPE_CHECKING:
    import pandas as pd

ECB = Source("ecb", "European Central Bank", "EXR, euro reference rates", "https://data-api.ecb.europa.eu/service/data/EXR",
             "free with source")  # fmt: skip
FED = Source("fed-h10", "Federal Reserve", "H.10, noon buying rates", "https://fred.stlouisfed.org/graph/fredgraph.csv",
             "public domain")  # fmt: skip
SOURCES = (ECB, FED)
FRED = {"DEXCHUS": ("USD", "CNY"), "DEXUSEU": ("EUR", "USD"), "DEXJPUS": ("USD", "JPY"), "DEXUSUK": ("GBP", "USD"),
        "DEXKOUS": ("USD", "KRW"), "DEXINUS": ("USD", "INR"),
        "DEXMXUS": ("USD", "MXN"), "DEXCAUS": ("USD", "CAD")}  # fmt: skip
"""Series of the Federal Reserve: base and quote."""
COLUMNS = ("base", "quote", "period", "span", "kind", "rate", "half_width", "source", "days")


class Seen(NamedTuple):
    """One published rate: base, quote, day or month, rate, half a unit of its last digit, and the source's key."""

    base: str
    quote: str
    when: str
    rate: float
    half_width: float
    source: str


def ask(quote: str, *, base: str = "EUR", period: str = "") -> list[Request]:
    """Request for a currency against the euro (ECB, monthly) or the dollar (Federal Reserve, daily)."""
    one, other = codes.currency(quote), codes.currency(base)
    if other == "EUR":
        params = [("format", "csvdata"), ("detail", "dataonly")]
        if period:
            begin, end = periods.ends(period)
            params += [("startPeriod", begin), ("endPeriod", end)]
        return [Request(ECB, f"{ECB.url}/M.{one}.EUR.SP00.A", tuple(params))]
    series = next((name for name, pair in FRED.items() if set(pair) == {one, other}), None)
    if series is None:
        raise MissingData(f"No series gives {one} for {other} directly. Ask for both against the euro and divide.")
    return [Request(FED, FED.url, (("id", series),), facts=(("series", series),))]


def parse(content: bytes, *, seen: date, series: str = "") -> "pd.DataFrame":
    """Monthly average rates: base, quote, period, span, kind, rate [quote per base], half_width, source, days.

    `days` is the number of daily rates that a mean rests on, 0 where the office printed the month itself. Months that
    are not over on the day we looked are left out.

    Raises
    ------
    MissingData
        If there is no rate.
    BadTable
        If the form is not known, or a series does not say which currency is the base.
    """
    import pandas as pd

    found = list(_published(content, series))
    if not found:
        raise MissingData("The answer holds no exchange rate for this series and period.")
    months: dict[tuple[str, str, str, str], list[Seen]] = defaultdict(list)
    days_seen: dict[tuple[str, str, str, str], float] = {}
    for one in found:
        key = (one.base, one.quote, one.when, one.source)
        if days_seen.setdefault(key, one.rate) != one.rate:
            raise BadTable(f"{one.quote} for {one.base} on {one.when} stands twice: {days_seen[key]} and {one.rate}.")
    for one in dict.fromkeys(found):
        months[one.base, one.quote, one.when[:7], one.source].append(one)
    rows = []
    for (base, quote, month, source), held in sorted(months.items()):
        if month >= seen.isoformat()[:7]:
            continue
        days = len(held) if len(held[0].when) == 10 else 0
        rate = sum(one.rate for one in held) / len(held)
        rows.append((base, quote, month, "month", "average", rate, max(one.half_width for one in held), source, days))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _published(content: bytes, series: str) -> Iterable[Seen]:
    start = content.lstrip(b"\xef\xbb\xbf \r\n")
    if start[:1] == b"<":
        return _ecb(sdmx.rows_of_xml(content, "The ECB"))
    if start[:1] == b"{":
        body = _json(content)
        if "observations" in body:
            return _fred([{"date": one["date"], "value": one["value"]} for one in body["observations"]], series)
        return _ecb(sdmx.rows_of_json(content, "The ECB"))
    lines = list(csv.reader(io.StringIO(plain(content, "The office"))))
    header = lines[0] if lines else []
    if "CURRENCY_DENOM" in header:
        return _ecb([dict(zip(header, line, strict=True)) for line in lines[1:]])
    if header[:1] == ["Series Description"]:
        return _h10(lines)
    when = next((x for x, name in enumerate(header) if name.casefold() in ("date", "observation_date")), None)
    if when is not None:
        if short := next((line for line in lines[1:] if len(line) != len(header)), None):
            raise BadTable(
                f"A row of exchange rates has {len(short)} fields where its header has {len(header)}: cut off."
            )
        if header[1:] == ["Country", "Exchange rate"]:
            return _long(lines[1:])
        named = series or next((name for name in header if name in FRED), "")
        if named not in header:
            raise BadTable(f"The exchange rates have no column {named or 'of a known series'}; they have {header}.")
        at = header.index(named)
        return _fred([{"date": line[when], "value": line[at]} for line in lines[1:]], named)
    raise BadTable(f"The exchange rates are in a form that is not known; the header is {', '.join(header)[:200]!r}.")


def _json(content: bytes) -> dict[str, Any]:
    body: dict[str, Any] = from_json(plain(content, "The office"), "the exchange rates")
    return body


def _ecb(rows: list[dict[str, str]]) -> Iterable[Seen]:
    for row in rows:
        said = printed(row.get("OBS_VALUE"))
        if said is None or row.get("OBS_STATUS") == "M":
            continue
        yield Seen(row["CURRENCY_DENOM"], row["CURRENCY"], row["TIME_PERIOD"], said.value, said.half_width, ECB.key)


def _fred(rows: list[dict[str, str]], series: str) -> Iterable[Seen]:
    if series not in FRED:
        raise BadTable(f"The series {series!r} does not say which currency is the base; {', '.join(FRED)} are known.")
    base, quote = FRED[series]
    for row in rows:
        if (said := printed(row["value"])) is not None:
            yield Seen(base, quote, row["date"], said.value, said.half_width, FED.key)


def _h10(lines: list[list[str]]) -> Iterable[Seen]:
    """Download of the Federal Reserve: `Unit:` says per which currency, `Currency:` in which the rate is."""
    said = {line[0].strip().rstrip(":"): line[1:] for line in lines if line}
    units, quotes = said.get("Unit", []), said.get("Currency", [])
    if not units or len(units) != len(quotes):
        raise BadTable("The Federal Reserve's file has no lines for unit and currency: which currency is the base?")
    pairs = [(unit.rpartition("_")[2], quote) for unit, quote in zip(units, quotes, strict=True)]
    for line in lines:
        if line and line[0][:4].isdigit():
            for (base, quote), text in zip(pairs, line[1:], strict=True):
                if (rate := printed(text)) is not None:
                    yield Seen(base, quote, line[0], rate.value, rate.half_width, FED.key)


def _long(lines: list[list[str]]) -> Iterable[Seen]:
    """A long copy of H.10 by country: units per dollar for every country, also for the euro and sterling."""
    for when, country, text in lines:
        said = printed(text)
        quote = "EUR" if country == "Euro" else codes.own_currency(codes.country(country))
        if said is not None and quote is not None:
            yield Seen("USD", quote, when[:7], said.value, said.half_width, "copy-of-fed-h10")
