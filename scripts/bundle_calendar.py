"""Figures that an economic calendar kept on the day: China's totals in yuan and Korea's totals, print by print.

Every snapshot has its day, so a figure and what replaced it are dated. Korea's trade ministry publishes on the first of
the next month, the customs service confirms about the 15th. The calendar gives growth with one digit and the balance.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bundle_china import GACC, table
from bundle_facts import Facts, billions, percent

from entrepot.periods import MONTHS, later

NAMED = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
URL = "https://github.com/owxiang/forex-news"
KOREA_ADVANCE = "Korea's trade ministry, advance figures"
KOREA = "Korea Customs Service"
RATE = (6.5, 7.5)  # yuan per dollar, July 2023 to August 2026; two balances of one release lie within


@dataclass(frozen=True)
class Entry:
    """One line of the calendar with a figure: its day, its month, what it is of, the printed digits."""

    seen: date
    period: str
    name: str
    text: str


def calendar(data: Path, facts: Facts) -> None:
    """Add China's monthly growth and balance in yuan and Korea's growth and balance in dollars, as first seen."""
    path = data / "forecasting" / "calendar_snapshots.csv"
    _china(list(_entries(path, "CNY", facts)), facts)
    for entry in _entries(path, "KRW", facts):
        _korea(entry, facts)


def _entries(path: Path, currency: str, facts: Facts) -> Iterator[Entry]:
    """Lines of one currency about trade, in the order of their days; a month that had not ended is left out."""
    for row in sorted(table(path), key=lambda row: row["snapshot"]):
        match = re.fullmatch(r"((?:Ex|Im)ports|Trade Balance)( \((?:YoY|USD)\))? \((\w{3})\)", row["event"])
        if row["cur"] != currency or not match or not row["actual"]:
            continue
        seen = date.fromisoformat(row["snapshot"])
        period = f"{seen.year - (NAMED[match[3]] > seen.month)}-{NAMED[match[3]]:02d}"
        if later(period, 1) > f"{seen:%Y-%m}":
            facts.leave_out("a line of the calendar under a month that had not ended")
            continue
        yield Entry(seen, period, match[1] + (match[2] or ""), row["actual"].replace(",", "").rstrip("%BM"))


def _china(entries: list[Entry], facts: Facts) -> None:
    """China in yuan. The figures of February are those of both months, where the two balances agree that they are."""
    dollars = {entry.period: float(entry.text) for entry in entries if entry.name == "Trade Balance (USD)"}
    yuan = {entry.period: float(entry.text) for entry in entries if entry.name == "Trade Balance"}
    whole = {month for month in yuan if month in dollars and RATE[0] < yuan[month] / dollars[month] < RATE[1]}
    source = facts.source(
        "press-calendar-china-C",
        office=GACC,
        table="totals in yuan, as an economic calendar showed them on the day",
        url=URL,
        kind="press",
        grade="C",
    )
    for entry in entries:
        flow = {"Exports": "X", "Imports": "M", "Trade Balance": "B"}.get(entry.name)
        if flow and entry.period not in whole:
            facts.leave_out("yuan figures of a calendar whose balance does not belong to that of the dollar release")
        elif flow:
            span = "ytd" if entry.period.endswith("-02") else "month"
            cell = {"reporter": "CHN", "period": entry.period, "span": span, "currency": "CNY", "flow": flow}
            facts.add(source, entry.seen, "stated", partner="WLD", **cell, **_figure(entry, flow))


def _korea(entry: Entry, facts: Facts) -> None:
    """Korea in dollars: the ministry's figures of the first days, then those of the customs service."""
    advance = f"{entry.seen:%Y-%m}" == later(entry.period, 1) and entry.seen.day <= 5
    source = facts.source(
        f"press-calendar-korea-{'advance' if advance else 'customs'}-C",
        office=KOREA_ADVANCE if advance else KOREA,
        table="totals of the month, as an economic calendar showed them on the day",
        url=URL,
        kind="press",
        grade="C",
    )
    flow = {"Exports (YoY)": "X", "Imports (YoY)": "M", "Trade Balance": "B"}[entry.name]
    cell = {"reporter": "KOR", "period": entry.period, "span": "month", "currency": "USD", "flow": flow}
    basis = "stated" if advance or entry.seen.day <= 17 else "first seen"
    facts.add(source, entry.seen, basis, partner="WLD", **cell, **_figure(entry, flow))


def _figure(entry: Entry, flow: str) -> dict[str, Any]:
    """Growth as a fraction, a balance (told in billions whatever letter stands behind it) in full units."""
    return billions(entry.text) if flow == "B" else percent(entry.text)
