"""How unusual a release is: records, runs, rolling sums, thresholds, polls, two-year growth, concentration.

Each statement is a number with what it is compared with and how far back the history goes; the words are made where
they are shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from entrepot import bundle, codes, diversity, flows, history, measures, periods, seasonal
from entrepot.answer import Answer
from entrepot.errors import MissingData, WrongUsage
from entrepot.history import Series

COMBINED = frozenset({"CHN"})  # offices that release January together with February
STALE = 3  # years after which a GDP is no measure of a balance any more
STEPS = tuple(k * 10.0**n for n in range(9, 14) for k in (1, 2, 5))  # round sums that make news when first passed


@dataclass(frozen=True)
class Statement:
    """One comparison.

    Attributes
    ----------
    name : str
        `record`, `run`, `rolling year`, `share of GDP`, `poll`, `month on month`, `two-year growth` or `base effect`.
    flow, period, span : str
        What it is of.
    value : float
        The figure itself: currency, fraction, months or markets, by `unit`.
    unit : str
        `currency`, `fraction`, `months`, `markets` or `log`.
    against : float or None
        What it is compared with, in the same unit: the largest before (of a deficit, the largest deficit), the poll,
        the step, the month on the month of a year ago, the share.
    against_period : str or None
        Period of that.
    holds : bool or None
        Whether it is a record, or above the poll; None where the question does not arise.
    since : str
        First period of the history held, or of the run.
    note : str
        Who was polled, which lines were counted, what was left out.
    """

    name: str
    flow: str
    period: str
    span: str
    value: float
    unit: str
    against: float | None = None
    against_period: str | None = None
    holds: bool | None = None
    since: str = ""
    note: str = ""


def released_months(line: Series, reporter: str) -> Series:
    """Months that the office releases one by one: China's January and February come together and are left out."""
    if reporter not in COMBINED:
        return line
    return replace(line, points=tuple(point for point in line.points if point.period[5:] not in ("01", "02")))


def statements(trade: Any, *, period: str, currency: str | None = None, vintage: str = "first") -> list[Statement]:
    """Everything that can be said of a month; what is not held is not among it.

    Raises
    ------
    MissingData
        If the month is not held at all.
    """
    table = flows.read(trade)
    first = measures.measure(table, period=period, currency=currency, vintage=vintage)
    reporter, money = str(first.about["reporter"]), str(first.about["currency"])
    if len(str(first.about["period"])) != len("2025-11"):
        raise WrongUsage(
            f"How unusual {first.about['period']} is cannot be said: context is that of one month. Ask for: "
            f"--period {str(first.about['period'])[-7:][:4]}-12"
        )
    lines = {}
    for flow in ("X", "M", "B"):
        try:
            lines[flow] = history.series(table, flow=flow, until=period, currency=money, vintage=vintage)
        except MissingData:
            continue
    return list(of_series(lines, reporter, period, money))


def of_series(lines: dict[str, Series], reporter: str, period: str, currency: str) -> Iterator[Statement]:
    """Return the same from monthly series by flow (`X`, `M`, `B`) that were asked for before."""
    if currency == "USD":
        yield from polls(reporter, period)
    for flow, line in lines.items():
        point = line.at(period)
        if point is None:
            continue
        yield from _records(line, flow, reporter, period)
        if flow != "B":
            yield from _runs(line, flow, period)
            yield from _month_on_month(line, flow, reporter, period)
            yield from _two_years(line, flow, period)
        else:
            yield from _rolling(line, reporter, period)


def polls(reporter: str, period: str) -> Iterator[Statement]:
    """First print against the poll of economists before it."""
    for one in history.surprises(reporter, period):
        unit = "fraction" if one.measure == "growth" else "currency"
        yield Statement(
            "poll", one.flow, period, "month", one.printed, unit, one.consensus, holds=one.difference > 0, note=one.poll
        )  # fmt: skip


def _records(line: Series, flow: str, reporter: str, period: str) -> Iterator[Statement]:
    kept = released_months(line, reporter)
    point = kept.at(period)
    if point is None or point.value is None or len(kept.until(period)) < 24:
        return
    found = _extreme(kept, flow, period)
    note = "January and February, which the office releases together, left out" if kept is not line else ""
    yield Statement(
        "record", flow, period, "month", found.value, "currency", found.before_value, found.before, found.holds,
        found.since, note,
    )  # fmt: skip


def _extreme(line: Series, flow: str, period: str) -> history.Record:
    """Whether a value is the largest held; of a balance below zero, whether it is the largest deficit.

    A balance is a deficit or a surplus, and each is compared with its own kind: where none came before, there is
    nothing before it.
    """
    point = line.at(period)
    if flow != "B" or point is None or point.value is None or point.value >= 0:
        return history.record(line, period)
    deficits = tuple(replace(one, value=-one.value) for one in line.points if one.value is not None and one.value < 0)
    found = history.record(replace(line, points=deficits), period)
    most = None if found.before_value is None else -found.before_value
    return replace(found, value=-found.value, before_value=most, since=line.since)


def _runs(line: Series, flow: str, period: str) -> Iterator[Statement]:
    point = line.at(period)
    if point is None or point.growth is None or point.growth == 0:
        return
    up = point.growth > 0
    found = history.run(line, period, (lambda growth: growth > 0) if up else (lambda growth: growth < 0))
    if found is not None and found.length >= 2:
        note = "may be longer than the history held" if found.open else ""
        yield Statement(
            "run", flow, period, "month", found.length, "months", found.low, None, up, found.first, note
        )  # fmt: skip


def _month_on_month(line: Series, flow: str, reporter: str, period: str) -> Iterator[Statement]:
    """Growth on the month before and of three months on the three before, adjusted by us."""
    held = {point.period: point.value for point in line.until(period)}
    months: list[str] = []
    month = period
    while held.get(month) is not None and len(months) < seasonal.WINDOW:
        months.insert(0, month)
        month = periods.later(month, -1)
    try:
        out = seasonal.adjusted(reporter, months, [float(held[one] or 0.0) for one in months], partner=line.partner)
    except MissingData:
        return
    last, three = out.on_month(period), out.three_months(period)
    if last is not None and three is not None:
        note = "" if out.found else "no season found, so unadjusted"
        yield Statement("month on month", flow, period, "month", last, "fraction", three, since=months[0], note=note)


def _two_years(line: Series, flow: str, period: str) -> Iterator[Statement]:
    two, point = history.two_year_growth(line, period), line.at(period)
    if two is not None:
        against = point.growth if point else None
        since = periods.year_earlier(period, 2)
        yield Statement("two-year growth", flow, period, "month", two, "fraction", against, since=since)
    effect = history.base_effect(line, period)
    if effect is not None and period[5:] not in ("01", "02", "03"):  # the New Year moves between these months
        yield Statement("base effect", flow, period, "month", effect[0], "log", effect[1], periods.year_earlier(period))


def _rolling(line: Series, reporter: str, period: str) -> Iterator[Statement]:
    try:
        rolled = history.rolling(line)
    except MissingData:
        return
    point = rolled.at(period)
    if point is None or point.value is None:
        return
    found = _extreme(rolled, "B", period)
    yield Statement(
        "rolling year", "B", period, "twelve months", point.value, "currency", found.before_value, found.before,
        found.holds, rolled.since,
    )  # fmt: skip
    year = int(period[:4])
    held = [row for row in bundle.gdp() if row["reporter"] == reporter and 0 <= year - row["year"] <= STALE]
    if held and line.currency == "USD":
        last = max(held, key=lambda row: int(row["year"]))
        same = f"{last['year']}-12" == period
        yield Statement(
            "share of GDP", "B", period, "twelve months", point.value / last["gdp"], "fraction",
            against_period=str(last["year"]), holds=same, note=last["source"],
        )  # fmt: skip


def threshold(line: Series, period: str, value: float) -> float | None:
    """Largest round sum that a year to date passed and no earlier one of the history had; None if there is none."""
    before = [point.value for point in line.points if point.period < period and point.value is not None]
    passed = [step for step in STEPS if value > step and all(old <= step for old in before)]
    return max(passed) if passed and before else None


@dataclass(frozen=True)
class Concentration:
    """How spread out trade is over n lines: Herfindahl, its inverse (as many equal markets), Theil."""

    n: int
    herfindahl: float
    equal_markets: float
    theil: float


def concentration(values: Sequence[float]) -> Concentration:
    """Concentration of non-negative values over the lines with trade.

    HHI = sum s^2; equal markets = 1 / HHI; Theil = mean of (x / mu) ln(x / mu), zero for equal lines, ln n at most.

    >>> concentration([1.0, 1.0, 1.0, 1.0])
    Concentration(n=4, herfindahl=0.25, equal_markets=4.0, theil=0.0)

    Raises
    ------
    MissingData
        If no line has trade.
    """
    active = [value for value in values if value > 0]
    if not active:
        raise MissingData("No line has trade, so nothing can be said of how spread out it is.")
    import numpy as np

    lines = np.asarray(active)
    return Concentration(
        len(active), diversity.hhi(lines), diversity.effective_number(lines), diversity.theil(lines)[0]
    )  # fmt: skip


def by_country(rows: Sequence[dict[str, Any]], flow: str = "X") -> Concentration | None:
    """Concentration over countries, from rows of `measure` by partner; None unless they make up 98 % of the world."""
    mine = [row for row in rows if row["flow"] == flow and row["value"] is not None]
    whole = next((row["value"] for row in mine if row["role"] == "whole"), None)
    lines = [row["value"] for row in mine if codes.kind(row["partner"]) == "country"]
    if not whole or sum(lines) < 0.98 * whole:
        return None
    return concentration(lines)


def with_context(answer: Answer, found: Sequence[Statement]) -> Answer:
    """Return an answer of `measure` with the statements in `about.context`."""
    return replace(answer, about={**answer.about, "context": [asdict(one) for one in found]})
