"""China's trade by partner for the bundle: as printed, and what printed growth implies of the year before."""

from datetime import date
from pathlib import Path

from bundle_china import FLOW, GACC, YI, M, measured, page, releases, table
from bundle_facts import Facts, day, percent, rounding

from entrepot import codes
from entrepot.money import Rate, convert
from entrepot.periods import later

COUNTRY_TABLE = {"office": GACC, "url": "https://github.com/JaviReitano/China-Trade-2024"}
CONVERTED = 0.003  # of a level: how far the rate that revised totals imply may be off


def china_partners(data: Path, facts: Facts) -> None:
    """Add what is held of China's trade with each partner."""
    when = releases(data)
    partners(data, facts, when)
    partners_2024(data, facts)
    partners_2023(data, facts)


def partners(data: Path, facts: Facts, when: dict[str, tuple[date, str]]) -> None:
    """Partners as the press printed them, growth without a level included; what was subtracted is derived."""
    for row in table(data / "gacc" / "partners.csv"):
        released, basis = when[row["period"]]
        source = page(facts, row, "press report of the preliminary release, by country")
        cell = {"reporter": "CHN", "partner": codes.partner(row["partner"]), "flow": FLOW[row["flow"]]}
        cell |= {"period": row["period"], "span": row["basis"]}
        cell |= {"status": "derived" if row["method"].startswith("derived") else "observed"}
        stated = row["yoy_currency"]
        for currency, value, scale in (("USD", row["value_musd"], M), ("CNY", row["value_yi_cny"], YI)):
            growth = row["yoy_pct"] if stated == currency else ""
            if value or growth:
                width = rounding(value, row["note"] if currency == "USD" else "")
                facts.add(source, released, basis, currency=currency, **cell, **measured(value, growth, scale, width))
        if row["yoy_pct"] and stated not in ("USD", "CNY"):
            facts.add(source, released, basis, currency="", **cell, **percent(row["yoy_pct"]))


def partners_2024(data: Path, facts: Facts) -> None:
    """Every partner of every month of 2024: yuan of record, dollars of September, dollars converted month by month."""
    table_of = {"office": GACC, "url": "https://github.com/JaviReitano/China-Trade-2024", "kind": "copy of a table"}
    record = facts.source("copy-country-table-2024", table="country table, monthly", grade="C", **table_of)
    total = facts.source("copy-country-table-2024-total", table="country table, total row", grade="B", **table_of)
    minus = facts.source(
        "derived-country-table-2024",
        table="country table: a month not held, from differences of years to date",
        grade="C",
        **{**table_of, "kind": "derived"},
    )
    converted = facts.source(
        "converted-country-table-2024",
        table="country table, yuan converted at the rate that the totals of the same span imply",
        grade="C",
        **{**table_of, "kind": "derived"},
    )
    for row in table(data / "china_partners_monthly" / "china_trade_by_partner_2024.csv"):
        period, partner, flow = row["period"], codes.partner(row["partner"]), FLOW[row["flow"]]
        released = day(period, 18)
        cell = {"reporter": "CHN", "partner": partner, "flow": flow, "period": period, "span": row["basis"]}
        printed = row["method"] == "published"
        yuan = total if partner == "WLD" and printed else record if printed else minus
        status = "observed" if printed else "derived"
        september = row["method"].startswith("published USD")
        if row["value_yi_cny"].startswith("-"):
            facts.leave_out("a month from differences that came out below zero")
            continue
        if row["value_yi_cny"]:
            width = rounding(row["value_yi_cny"], unit=1e-4)
            growth = row["yoy_ytd_pct"] if row["basis"] == "ytd" and printed else ""
            level = measured(row["value_yi_cny"], growth, YI, width)
            facts.add(yuan, released, "calendar", currency="CNY", **cell | {"status": status}, **level)
        if september and row["value_musd"]:
            growth = row["yoy_ytd_pct"] if row["basis"] == "ytd" else ""
            level = measured(row["value_musd"], growth, M, rounding(row["value_musd"]))
            facts.add(record, released, "calendar", currency="USD", **cell, **level)
        if row["value_yi_cny"] and not (september and row["value_musd"]) and row["rate_cny_per_usd"]:
            rate = Rate(float(row["rate_cny_per_usd"]), 0.003 * float(row["rate_cny_per_usd"]), "customs")
            dollars, room = convert(float(row["value_yi_cny"]) * YI, rate, half_width=width * YI)
            level = {"value": round(dollars, 2), "half_width": round(room, 2)}
            facts.add(converted, released, "calendar", currency="USD", **cell | {"status": "derived"}, **level)


def partners_2023(data: Path, facts: Facts) -> None:
    """Years to date of 2023 by partner, as level and growth printed a year later imply them: in yuan, and converted."""
    implied = facts.source(
        "implied-country-table-2023",
        table="country table of 2024: level over one plus the growth printed, the base as revised by then",
        kind="derived",
        grade="C",
        **COUNTRY_TABLE,
    )
    converted = facts.source(
        "implied-converted-country-table-2023",
        table="the same, in dollars at the rate of the implied yuan total over the dollar total as revised",
        kind="derived",
        grade="C",
        **COUNTRY_TABLE,
    )
    rows = list(table(data / "china_partners_monthly" / "implied_ytd_levels_2023.csv"))
    rate = _rates_2023(data, rows)
    for row in rows:
        partner, period = codes.partner(row["partner"]), row["period"]
        if partner == "WLD":
            facts.leave_out("a total of 2023 implied a year later, where a print or a copy is held")
            continue
        cell = {"reporter": "CHN", "partner": partner, "flow": FLOW[row["flow"]], "period": period, "span": "ytd"}
        cell |= {"status": "derived"}
        released, width = day(later(period, 12), 18), float(row["rounding_pct"] or 0) / 100
        if row["implied_yi_cny"]:
            value = float(row["implied_yi_cny"]) * YI
            level = {"value": round(value, 2), "half_width": round(value * width, 2)}
            facts.add(implied, released, "calendar", currency="CNY", **cell, **level)
            if period in rate and not row["implied_musd"]:
                dollars = value / rate[period]
                level = {"value": round(dollars, 2), "half_width": round(dollars * (width + CONVERTED), 2)}
                facts.add(converted, released, "calendar", currency="USD", **cell, **level)
        if row["implied_musd"]:
            value = float(row["implied_musd"]) * M
            level = {"value": round(value, 2), "half_width": round(value * width, 2)}
            facts.add(implied, released, "calendar", currency="USD", **cell, **level)


def _rates_2023(data: Path, rows: list[dict[str, str]]) -> dict[str, float]:
    """Yuan per dollar by month of 2023: the yuan totals implied a year later over the dollar totals as revised."""
    yuan: dict[str, float] = {}
    for row in rows:
        if row["partner"] == "WLD" and row["implied_yi_cny"]:
            yuan[row["period"]] = yuan.get(row["period"], 0.0) + float(row["implied_yi_cny"]) * YI
    dollars: dict[str, float] = {}
    for row in table(data / "gacc" / "monthly_totals.csv"):
        if row["vintage"] == "mirror_2026-08" and row["basis"] == "ytd" and row["value_musd"]:
            dollars[row["period"]] = dollars.get(row["period"], 0.0) + float(row["value_musd"]) * M
    return {period: total / dollars[period] for period, total in yuan.items() if period in dollars}
