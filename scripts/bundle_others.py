"""Other reporters for the bundle: the United States, Viet Nam, Japan and Korea, as far as copies are held."""

from pathlib import Path
from typing import Any

import pandas as pd
from bundle_china import FLOW, table
from bundle_facts import COPIED, Facts, billions, percent

from entrepot import codes
from entrepot.periods import later

CENSUS = "US Census Bureau"


def united_states(data: Path, facts: Facts) -> None:
    """Goods trade of the United States: general imports and exports by main partner, imports for consumption."""
    folder = data / "us_imports_monthly"
    main = facts.source(
        "copy-census-partners",
        office=CENSUS,
        table="imports (general, customs value) and exports (f.a.s.) by country, not seasonally adjusted",
        url="https://github.com/Leakathr1n/US-Census-Trade-Analysis",
        kind="copy of a table",
        grade="B",
        licence="public domain",
    )
    _partners(pd.read_parquet(folder / "us_trade_all_partners_2013_2024.parquet"), main, facts)
    duty = facts.source(
        "copy-census-consumption",
        office=CENSUS,
        table="imports for consumption, customs value, by country",
        url="https://github.com/nikhilm2009/us-china-tariff-disruption",
        kind="copy of a table",
        grade="B",
        licence="public domain",
    )
    for row in table(folder / "us_imports_and_duty_totals_2013_2025.csv"):
        if row["imports_usd"]:
            _usa(
                facts, duty, "M", row["period"], codes.partner(row["partner"]), "consumption", float(row["imports_usd"])
            )
    recent = facts.source(
        "copy-census-totals-2026",
        office=CENSUS,
        table="goods totals by month: imports for consumption, exports",
        url="https://github.com/tradewartracker/state-of-us-trade",
        kind="copy of a table",
        grade="C",
        licence="public domain",
    )
    for row in table(folder / "us_totals_2023_2026.csv"):
        for flow, name, concept in (("X", "exports", "standard"), ("M", "imports", "consumption")):
            if row[name]:
                _usa(facts, recent, flow, row["period"], "WLD", concept, float(row[name]))


LEAST = 1e9  # dollars of trade in its largest year from which a partner enters


def _partners(every: pd.DataFrame, source: str, facts: Facts) -> None:
    """General imports and exports by partner and month: the world, the EU, countries with trade worth the room."""
    known = every[every.partner.notna()]
    facts.leave_out("a group of the US Census Bureau, which its members are held of", len(every) - len(known))
    traded = known.imports_usd.fillna(0) + known.exports_usd.fillna(0)
    largest = traded.groupby([known.partner, known.period.str[:4]]).sum().groupby("partner").max()
    kept = known[known.partner.isin(largest.index[largest >= LEAST])]
    facts.leave_out("a month of a US partner with less than a billion dollars of trade a year", len(known) - len(kept))
    for flow, name, concept in (("X", "exports_usd", "standard"), ("M", "imports_usd", "general")):
        held = kept[kept[name].notna()]
        for period, partner, value in zip(held.period, held.partner, held[name], strict=True):
            _usa(facts, source, flow, period, codes.partner(partner), concept, float(value))


def _usa(facts: Facts, source: str, flow: str, period: str, partner: str, concept: str, value: float) -> None:
    cell: dict[str, Any] = {"reporter": "USA", "partner": partner, "flow": flow, "period": period, "span": "month"}
    cell |= {"concept": concept, "valuation": "fob" if flow == "X" else "customs", "currency": "USD"}
    if concept == "consumption" and source == "copy-census-totals-2026" and period <= "2025-11":
        # Two copies of one series: these totals miss the other copy by 0.05 % on average, at most 0.8 %.
        facts.leave_out("a copy of the US import total where a closer copy is held")
        return
    facts.add(source, COPIED, "first seen", value=value, half_width=0.5, **cell)


Levels = dict[tuple[str, str], float]
SLIP = 0.05  # points between a growth rate in a copy and its own levels that no revision explains
APART = 0.1  # part of a month by which it may miss the step of its years to date: preliminary months are revised


def viet_nam(data: Path, facts: Facts) -> None:
    """Viet Nam's customs totals by month and year to date."""
    source = facts.source(
        "copy-viet-nam-customs",
        office="General Department of Viet Nam Customs",
        table="preliminary trade of the month",
        url="https://github.com/KienTran1998/crawl-macro-data",
        kind="copy of a table",
        grade="C",
    )
    rows = list(table(data / "hub_flows" / "vietnam_customs_totals_2013_2025.csv"))
    levels = {(row["flow"], row["period"]): float(row["ytd_busd"]) for row in rows if row["ytd_busd"]}
    months = {(row["flow"], row["period"]): float(row["value_busd"]) for row in rows if row["value_busd"]}
    for row in rows:
        cell = {"reporter": "VNM", "partner": "WLD", "flow": FLOW[row["flow"]], "period": row["period"]}
        cell |= {"currency": "USD"}
        off = _contradicted(row["flow"], row["period"], months, levels)
        if off:
            facts.leave_out(f"a {off} of a copy that its own other levels contradict")
        if row["value_busd"] and off != "month":
            facts.add(source, COPIED, "first seen", span="month", **cell, **billions(row["value_busd"]))
        if row["ytd_busd"] and off != "year to date":
            growth = percent(row["ytd_yoy_pct"]) if row["ytd_yoy_pct"] else {}
            base = levels.get((row["flow"], f"{int(row['period'][:4]) - 1}{row['period'][4:]}"))
            if growth and base and abs(growth["growth"] - (float(row["ytd_busd"]) / base - 1)) > SLIP:
                facts.leave_out("growth of a copy that its own levels contradict by more than five points")
                growth = {}
            facts.add(source, COPIED, "first seen", span="ytd", **cell, **billions(row["ytd_busd"]), **growth)


def _contradicted(flow: str, period: str, months: Levels, levels: Levels) -> str:
    """Which figure of a month does not fit the years to date around it: `month`, `year to date`, or none (empty).

    A month should be what its year to date has more than that of the month before. Where it is not, the year to date
    is at fault if the two months around it make up the step over both.
    """
    before, now, after = (flow, later(period, -1)), (flow, period), (flow, later(period, 1))
    if period[5:] == "01" or now not in months or now not in levels or before not in levels:
        return ""
    again = months[now] == months.get((flow, later(period, -12)))  # to the digit: last year's row stands twice
    if abs(levels[now] - levels[before] - months[now]) <= (SLIP if again else APART) * months[now]:
        return ""
    if not again and after in months and after in levels and period[5:] != "12":
        step = levels[after] - levels[before]
        if abs(step - months[now] - months[after]) <= APART * months[now]:
            return "year to date"
    return "" if _contradicted(flow, before[1], months, levels) == "year to date" else "month"


def japan_korea(data: Path, facts: Facts) -> None:
    """Trade of Japan and of Korea with China, as they report it, 2001 to 2019."""
    offices = {
        "JPN": ("copy-japan-customs", "Ministry of Finance Japan, Trade Statistics", "fob", "cif"),
        "KOR": ("copy-korea-customs", "Korea Customs Service", "fob", "cif"),
    }
    path = data / "hub_flows" / "jpn_kor_usa_trade_with_china_2001_2019.csv"
    for row in pd.read_csv(path).itertuples(index=False):
        if row.reporter not in offices:
            facts.leave_out("US trade with China held in a longer series")
            continue
        key, office, fob, cif = offices[str(row.reporter)]
        source = facts.source(
            key,
            office=office,
            table="trade with China by month",
            url="https://github.com/mizydorczyk/relationship-between-trade-and-the-exchange-rate",
            kind="copy of a table",
            grade="C",
            coverage="some partners",
        )
        flow, period = FLOW[str(row.flow)], str(row.period)
        period += "0" if len(period) == 6 else ""  # October lost its zero in the copy: 2001-1 stands after 2001-09
        cell = {"reporter": row.reporter, "partner": row.partner, "flow": flow, "period": period, "span": "month"}
        cell |= {"currency": row.currency, "valuation": fob if flow == "X" else cif}
        facts.add(source, COPIED, "first seen", value=float(str(row.value)), half_width=0.5, **cell)
