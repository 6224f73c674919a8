"""China's customs statistics for the bundle: totals with their vintages, products, regimes."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bundle_facts import COPIED, Facts, billions, day, percent, press_key, rounding

from entrepot import codes
from entrepot.periods import MONTHS, later

GACC = "General Administration of Customs of China"
FLOW = {"export": "X", "import": "M", "total": "T", "balance": "B"}
M, YI = 1e6, 1e8  # million; yi, a hundred million
COPY_DAY = {
    "mirror_2026-08": date(2026, 8, 21),
    "mirror_2022-11": date(2022, 11, 30),
    "mirror_2023-01": date(2023, 1, 31),
}


def table(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV file as texts, so that the printed digits are kept."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def china(data: Path, facts: Facts) -> None:
    """Add what is held of China's customs statistics about all partners together."""
    when = releases(data)
    totals(data, facts, when)
    history(data, facts)
    first_prints(data, facts, when)
    yuan_totals(data, facts)
    products(data, facts, when)
    regimes(data, facts)


def releases(data: Path) -> dict[str, tuple[date, str]]:
    """Day of the preliminary release of each month: a stored calendar's, a dated page's, else the office's habit.

    The office publishes on the 7th to the 14th of the next month (January with February): where no dated copy is held
    the 14th stands, as `calendar`, so that no figure is shown before it was public.
    """
    named = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
    found: dict[str, tuple[date, str]] = {}
    for row in table(data / "forecasting" / "calendar_snapshots.csv"):
        match = re.fullmatch(r"Exports \(YoY\) \((\w{3})\)", row["event"])
        if row["cur"] != "CNY" or not match or not row["actual"]:
            continue
        seen = date.fromisoformat(row["snapshot"])
        year = seen.year - (named[match[1]] > seen.month)
        found.setdefault(f"{year}-{named[match[1]]:02d}", (seen, "stated"))
    for name in ("monthly_totals", "partners"):
        for row in table(data / "gacc" / f"{name}.csv"):
            if row["vintage"] == "first_print" and (seen_on := _dated(row["source_url"], row["period"])):
                held = found.get(row["period"])
                if held is None or (held[1] == "stated" and seen_on < held[0]):
                    found[row["period"]] = (seen_on, "stated")
    for first in ("2015-01", "2008-01"):
        month = first
        while month <= "2026-08":
            found.setdefault(month, (day(month, 14), "calendar"))
            month = later(month, 1)
    return found


def _dated(url: str, period: str) -> date | None:
    for match in re.finditer(r"(?=(20\d\d)[-/]?(\d\d)[-/]?(\d\d)(?!\d))", url):
        try:
            seen = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            continue
        if day(period, 6) <= seen <= day(period, 16):
            return seen
    return None


def totals(data: Path, facts: Facts, when: dict[str, tuple[date, str]]) -> None:
    """World totals by month and year to date: first prints, bulletin tables, dated copies."""
    for row in table(data / "gacc" / "monthly_totals.csv"):
        if row["source_kind"] == "code_or_fixture":
            facts.leave_out("a total quoted in program text, not in a release")
            continue
        kind = row["vintage"]
        cell = {"reporter": "CHN", "partner": "WLD", "flow": FLOW[row["flow"]]}
        cell |= {"period": row["period"], "span": row["basis"]}
        copied = kind.startswith("mirror")
        if copied:
            released, basis = COPY_DAY[kind], "first seen"
            source = facts.source(
                kind.replace("mirror_", "copy-") + ("-confirmed" if row["verified"] == "true" else ""),
                office=GACC,
                table="monthly totals, as kept by the EastMoney data service",
                url="https://github.com/huizhaohuang/china-econ-data-penetrate",
                kind="copy of a table",
                grade="B" if row["verified"] == "true" else "C",
                retrieved=released.isoformat(),
            )
        elif kind == "bulletin":
            released, basis = day(row["period"], 18 if row["period"] >= "2020" else 23), "calendar"
            source = facts.source(
                "gacc-bulletin-" + row["source_url"].rsplit("/", 1)[-1][:4],
                office=GACC,
                table="monthly bulletin, by customs regime, total row",
                url=row["source_url"],
                kind="office",
                grade="A",
            )
        else:
            released, basis = when[row["period"]]
            source = page(facts, row, "press report of the preliminary release")
        if row["yoy_usd_pct"] and copied and row["value_musd"]:
            facts.leave_out("growth column of a copy that mixes vintages")
        if row["yoy_usd_pct"] and copied and not row["value_musd"]:
            facts.leave_out("growth rate of a copy that mixes vintages, without a level")
            continue
        for currency, value, growth, scale in (
            ("USD", row["value_musd"], "" if copied else row["yoy_usd_pct"], M),
            ("CNY", row["value_yi_cny"], row["yoy_cny_pct"], YI),
        ):
            if value or growth:
                width = rounding(value, row["note"] if currency == "USD" else "", 100 if copied else None)
                facts.add(source, released, basis, currency=currency, **cell, **measured(value, growth, scale, width))


def measured(value: str, growth: str, scale: float, half_width: float) -> dict[str, Any]:
    """Printed level and growth as columns of the flows table; what is not printed stays out."""
    level = {"value": round(float(value) * scale, 2), "half_width": half_width * scale} if value else {}
    return level | (percent(growth) if growth else {})


def page(facts: Facts, row: dict[str, str], what: str) -> str:
    """Source of a first print: a page of the press, or a transcribed customs table."""
    transcribed = "SQL" in row["source_url"]
    kind = "copy of a table" if transcribed else "press"
    grade = "B" if row["verified"] == "true" else "C"
    url = row["source_url"]
    return facts.source(
        press_key(url, grade, kind),
        office=GACC,
        table="preliminary table by country, transcribed" if transcribed else what,
        url=url if "://" in url else "",
        kind=kind,
        grade=grade,
    )


def history(data: Path, facts: Facts) -> None:
    """Monthly dollar totals of 2001 to 2014, before the compilation of vintages begins."""
    bank = facts.source(
        "copy-world-bank-gem",
        office=GACC,
        table="Global Economic Monitor, current dollars, not seasonally adjusted",
        url="https://github.com/mrnobot/economic-indicators_SA",
        kind="copy of a table",
        grade="C",
        licence="CC BY 4.0 (World Bank)",
    )
    for row in table(data / "forecasting" / "china_trade_monthly.csv"):
        if row["period"] >= "2015":
            continue
        old = row["period"] < "2008"
        source = bank if old else "copy-2026-08"
        released = COPIED if old else COPY_DAY["mirror_2026-08"]
        for flow, name in (("X", "exports_usd_bn"), ("M", "imports_usd_bn")):
            half = rounding(row[name], unit=None if old else 0.1)
            cell = {"reporter": "CHN", "partner": "WLD", "flow": flow, "period": row["period"], "span": "month"}
            level = {"value": round(float(row[name]) * 1e9, 2), "half_width": half * 1e9}
            facts.add(source, released, "first seen", currency="USD", **cell, **level)


def first_prints(data: Path, facts: Facts, when: dict[str, tuple[date, str]]) -> None:
    """First prints that stand beside a published poll: growth of exports and imports, the balance."""
    series = {"exports_yoy": "X", "imports_yoy": "M", "balance_usd_bn": "B"}
    for row in table(data / "forecasting" / "consensus.csv"):
        if row["primary"] != "1" or row["series"] not in series or not row["actual_first_print"]:
            continue
        combined = row["period"].endswith("-JF")
        period, flow = row["period"].replace("-JF", "-02"), series[row["series"]]
        span, text = "ytd" if combined else "month", row["actual_first_print"]
        cell = {"reporter": "CHN", "partner": "WLD", "flow": flow, "period": period, "span": span, "currency": "USD"}
        level = billions(text) if flow == "B" else percent(text)
        source = facts.source(
            press_key(row["source_url"], "C", "press"),
            office=GACC,
            table="first print beside a poll of economists",
            url=row["source_url"],
            kind="press",
            grade="C",
        )
        released, basis = when[period]
        facts.add(source, released, basis, **cell, **level)


def yuan_totals(data: Path, facts: Facts) -> None:
    """National totals in yuan by month, 2023-01 to 2025-06."""
    for row in table(data / "china_partners_monthly" / "china_totals_yuan_monthly_2023_2025.csv"):
        grade = "B" if row["period"][:4] == "2024" else "C"
        where = row["source"]
        source = facts.source(
            f"copy-yuan-totals-{where.split('/')[0].lower()}-{grade}",
            office=GACC,
            table="country table, total row in yuan",
            url="https://github.com/" + where.split("@")[0],
            kind="copy of a table",
            grade=grade,
        )
        for name, flow, span in (
            ("export_yi_cny", "X", "month"),
            ("import_yi_cny", "M", "month"),
            ("export_ytd_yi_cny", "X", "ytd"),
            ("import_ytd_yi_cny", "M", "ytd"),
        ):
            if row[name]:
                cell = {"reporter": "CHN", "partner": "WLD", "flow": flow, "period": row["period"], "span": span}
                level = measured(row[name], "", YI, rounding(row[name], unit=0.1))
                facts.add(source, day(row["period"], 18), "calendar", currency="CNY", **cell, **level)


def products(data: Path, facts: Facts, when: dict[str, tuple[date, str]]) -> None:
    """Headline goods: levels, growth, quantities where printed (growth of quantities has no column and stays out)."""
    for row in table(data / "gacc" / "products.csv"):
        product, classification = codes.product(row["product"])
        released, basis = when[row["period"]]
        source = page(facts, row | {"vintage": "first_print"}, "press report of the goods table")
        cell = {"reporter": "CHN", "partner": "WLD", "flow": FLOW[row["flow"]], "product": product}
        cell |= {"classification": classification, "period": row["period"], "span": row["basis"]}
        cell |= {"concept": "standard" if row["concept"] == "customs" else row["concept"].replace("_", " ")}
        stated = row["value_yoy_pct"] and row["yoy_currency"]
        added = False
        for currency, value, scale in (("USD", row["value_musd"], M), ("CNY", row["value_yi_cny"], YI)):
            growth = row["value_yoy_pct"] if stated == currency else ""
            if value or growth:
                width = rounding(value, row["note"] if currency == "USD" else "")
                level = measured(value, growth, scale, width) | ({} if added else quantity(row))
                facts.add(source, released, basis, currency=currency, **cell, **level)
                added = True
        if stated == "unstated":
            level = percent(row["value_yoy_pct"]) | ({} if added else quantity(row))
            facts.add(source, released, basis, currency="", **cell, **level)
            added = True
        if not added and quantity(row):
            facts.add(source, released, basis, currency="", **cell, **quantity(row))
        elif not added:
            facts.leave_out("growth of a quantity without a level: the flows table has no column for it")


def quantity(row: dict[str, str]) -> dict[str, Any]:
    """Return the printed quantity; tonnes also as net weight."""
    if not row["quantity"]:
        return {}
    tonnes = {"kt": 1e3, "t": 1.0, "mt": 1e6}.get(row["quantity_unit"])
    amount = float(row["quantity"])
    if tonnes:
        return {"quantity": amount * tonnes, "unit": "t", "weight_kg": amount * tonnes * 1e3}
    return {"quantity": amount, "unit": row["quantity_unit"]}


def regimes(data: Path, facts: Facts) -> None:
    """Ordinary and processing trade, from bulletin table 5; the regime is the concept."""
    concepts = {"ordinary": "ordinary trade"}
    for row in table(data / "china_products_monthly" / "trade_regimes_bulletin.csv"):
        if row["regime"] == "total":
            continue
        page = row["source_page"]
        source = facts.source(
            "gacc-regimes-" + page.rsplit("/", 1)[-1][:4],
            office=GACC,
            table="monthly bulletin, by customs regime",
            url="http://" + page,
            kind="office",
            grade="A",
        )
        for flow, name in (("X", "export"), ("M", "import")):
            for span in ("month", "ytd"):
                if text := row[f"{name}_{span}_kusd"]:
                    cell = {"reporter": "CHN", "partner": "WLD", "flow": flow, "period": row["period"], "span": span}
                    cell |= {"concept": concepts.get(row["regime"], row["regime"].replace("_", " "))}
                    level = measured(text, "", 1e3, rounding(text, unit=1))
                    released = day(row["period"], 18 if row["period"] >= "2020" else 23)
                    facts.add(source, released, "calendar", currency="USD", **cell, **level)
