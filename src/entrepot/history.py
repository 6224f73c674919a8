"""What the history held says of a period: records, runs, thresholds, rolling sums, two-year growth, surprises.

Every function takes a `Series` and looks no further back than it reaches; the answer says how far that is. A month
that is not held ends a run: missing is not zero.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from entrepot import bundle, flows, measures, periods
from entrepot.errors import MissingData

OLDEST = "1995-01"  # no customs series held begins before


@dataclass(frozen=True)
class Point:
    """One period: value [currency], growth on a year earlier [fraction] with its basis; None where not held."""

    period: str
    value: float | None
    growth: float | None
    basis: str | None


@dataclass(frozen=True)
class Series:
    """One line of trade over time, in order of periods; what is not held has no point."""

    flow: str
    span: str
    partner: str
    currency: str
    vintage: str
    points: tuple[Point, ...]

    @property
    def since(self) -> str:
        """First period held."""
        return self.points[0].period

    def at(self, period: str) -> Point | None:
        """Point of a period, None if not held."""
        return next((point for point in self.points if point.period == period), None)

    def until(self, period: str) -> tuple[Point, ...]:
        """Points up to and including a period."""
        return tuple(point for point in self.points if point.period <= period)


def series(
    trade: Any,
    *,
    flow: str,
    until: str,
    since: str | None = None,
    span: str = "month",
    partner: str = flows.WORLD,
    product: str = flows.ALL,
    currency: str | None = None,
    vintage: str = "latest",
) -> Series:
    """Months (or years to date) of one line, up to `until`, as far back as they are held.

    Raises
    ------
    MissingData
        If no period is held.
    """
    question = measures.ask(
        period=f"{since or OLDEST}:{until}", span=span, partner=partner, product=product, currency=currency,
        vintage=vintage,
    )  # fmt: skip
    rows, _, question = measures.find(flows.read(trade), question, (flow,))
    points = (Point(row["period"], row["value"], row["growth"], row["growth_basis"]) for row in rows)
    in_order = tuple(sorted(points, key=lambda point: point.period))
    return Series(flow, span, partner, str(question.currency), vintage, in_order)


@dataclass(frozen=True)
class Record:
    """Whether a value is the largest held, the largest before it, and the first period of the history."""

    period: str
    value: float
    holds: bool
    before: str | None
    before_value: float | None
    since: str


def record(line: Series, period: str) -> Record:
    """Compare a period with all earlier ones of the history held.

    Raises
    ------
    MissingData
        If the value of the period is not held.
    """
    now = line.at(period)
    if now is None or now.value is None:
        raise MissingData(f"No value is held for {period}, so it cannot be called a record. Run: entrepot have")
    earlier = [point for point in line.until(period)[:-1] if point.value is not None]
    best = max(earlier, key=lambda point: point.value or 0.0, default=None)
    holds = best is None or now.value > (best.value or 0.0)
    before, most = (best.period, best.value) if best else (None, None)
    return Record(period, now.value, holds, before, most, line.since)


@dataclass(frozen=True)
class Run:
    """Months in a row, ending at `last`; `open` if the run may be longer than what is held."""

    length: int
    first: str
    last: str
    low: float
    high: float
    open: bool


def run(line: Series, period: str, holds: Callable[[float], bool]) -> Run | None:
    """Run of growth rates ending at `period` for which `holds` is true; None if it is not true there.

    >>> falls = Series("X", "month", "USA", "USD", "first", tuple(
    ...     Point(f"2025-{m:02d}", None, g, "printed") for m, g in [(3, 0.09), (4, -0.21), (5, -0.345)]))
    >>> run(falls, "2025-05", lambda growth: growth <= -0.1)
    Run(length=2, first='2025-04', last='2025-05', low=-0.345, high=-0.21, open=False)
    """
    found: list[float] = []
    month = period
    while (point := line.at(month)) is not None and point.growth is not None and holds(point.growth):
        found.append(point.growth)
        month = periods.later(month, -1)
    if not found:
        return None
    before = line.at(month)
    unknown = before is None or before.growth is None
    return Run(len(found), periods.later(month, 1), period, min(found), max(found), unknown)


def first_above(line: Series, threshold: float) -> str | None:
    """First period whose value is above a threshold [currency]; None if none is."""
    return next((point.period for point in line.points if point.value is not None and point.value > threshold), None)


def rolling(line: Series, months: int = 12) -> Series:
    """Sums over the last `months` months; a window with a month missing has no point."""
    held = {point.period: point.value for point in line.points}
    points = []
    for point in line.points:
        window = [held.get(periods.later(point.period, -back)) for back in range(months)]
        if all(value is not None for value in window):
            points.append(Point(point.period, sum(value for value in window if value is not None), None, None))
    if not points:
        raise MissingData(f"No {months} months in a row are held since {line.since}. Run: entrepot have")
    return replace(line, points=tuple(points))


def two_year_growth(line: Series, period: str) -> float | None:
    """Average growth over two years [fraction a year]: (V_t / V_(t-24))^(1/2) - 1; None where a level is missing."""
    now, then = line.at(period), line.at(periods.year_earlier(period, 2))
    if now is None or then is None or now.value is None or not then.value or then.value <= 0 or now.value < 0:
        return None
    return float((now.value / then.value) ** 0.5 - 1)


def base_effect(line: Series, period: str) -> tuple[float, float] | None:
    """What moved the growth rate since last month: (this month on last, the same a year ago), both as log changes.

    Growth this month less growth last month is, in logs, the first less the second; where the second is large the
    growth rate moved because of last year. None where a level is missing.
    """
    from math import log

    wanted = [period, periods.later(period, -1)]
    levels = [line.at(one) for one in (*wanted, *(periods.year_earlier(one) for one in wanted))]
    values = [point.value if point else None for point in levels]
    if any(value is None or value <= 0 for value in values):
        return None
    now, last, then, before = (float(value or 0.0) for value in values)
    return log(now / last), log(then / before)


@dataclass(frozen=True)
class Surprise:
    """First print against the poll before it: both as growth [fraction] or value [currency], and who was polled."""

    flow: str
    measure: str
    consensus: float
    printed: float
    poll: str
    url: str

    @property
    def difference(self) -> float:
        """Print less poll."""
        return self.printed - self.consensus


def surprises(
    reporter: str, period: str, *, span: str = "month", polls: Iterable[Mapping[str, Any]] | None = None
) -> list[Surprise]:
    """Polls held for a release, exports, imports and balance in this order; empty where none is held."""
    order = {"X": 0, "M": 1, "B": 2}
    wanted = (reporter, period, span)
    held = bundle.consensus() if polls is None else polls
    rows = [row for row in held if (row["reporter"], row["period"], row["span"]) == wanted]
    rows = sorted(rows, key=lambda row: order[row["flow"]])
    return [
        Surprise(row["flow"], row["measure"], row["consensus"], row["first_print"], str(row["poll"]), str(row["url"]))
        for row in rows
        if row["first_print"] is not None
    ]
