"""The facts of a release, gathered once: what a page about one reporter and month can say, and what it cannot.

Each fact comes from a verb; what is not held is None or empty, and listed under `absent` in words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import narwhals as nw

from entrepot import codes, drivers, flows, gains, history, measures, periods
from entrepot.answer import Answer
from entrepot.errors import MissingData
from entrepot.gains import Gain
from entrepot.history import Run, Series, Surprise

Row = Mapping[str, Any]
T = TypeVar("T")
SINCE = 8  # years of cumulative balances shown


@dataclass(frozen=True)
class Facts:
    """Everything held about one release, by section of the page; `absent` says in words what is not."""

    reporter: str
    period: str
    vintage: str
    currency: str
    own: str | None
    key: dict[tuple[str, str, str, str], Row]  # span, currency, vintage, flow
    polls: list[Surprise]
    balances: Series | None
    months: Series | None
    gains: list[Gain]
    split: Answer | None
    partners: list[Row]
    partners_before: dict[tuple[str, str], Row]
    partners_month: dict[tuple[str, str], Row]
    focus: str | None
    focus_history: Series | None
    focus_run: Run | None
    products: list[Row]
    sources: list[dict[str, Any]]
    until: str
    absent: list[str] = field(default_factory=list)

    def row(self, span: str, flow: str, *, currency: str | None = None, vintage: str | None = None) -> Row | None:
        """One cell of the key table; None where not held."""
        return self.key.get((span, currency or self.currency, vintage or self.vintage, flow))


def gather(trade: Any, *, period: str, currency: str | None = None, vintage: str = "first") -> Facts:
    """Ask every question of a page about one month (or year).

    Raises
    ------
    MissingData
        If neither the month nor the year to date of the period is held.
    """
    table = flows.read(trade)
    absent: list[str] = []
    month = periods.span_of(periods.period(period))
    period = periods.period(period)
    spans = [month] if month == "year" else ["month", "ytd"]
    first = _first_answer(table, period, spans, currency, vintage)
    reporter, money = str(first.about["reporter"]), str(first.about["currency"])
    own = codes.own_currency(reporter)
    own = own if own != money else None
    ask = _Asker(table, period, absent)
    long = "year" if month == "year" else "ytd"
    shown = {"span": long, "vintage": vintage, "currency": money}
    listed = ask.rows(by="partner", **shown)
    past = ask.rows(by="partner", at=periods.year_earlier(period), **shown)
    monthly = ask.rows(by="partner", span=month, vintage=vintage, currency=money) if month == "month" else []
    wholes = [row for row in (*listed, *monthly) if row["role"] == "whole"]
    key = {(row["span"], money, vintage, row["flow"]): row for row in wholes}
    for span in spans:
        for kind, which in {(money, "latest"), (own or money, vintage)} - {(money, vintage)}:
            key |= {(span, kind, which, row["flow"]): row for row in ask.rows(span=span, currency=kind, vintage=which)}
    exports = [[row for row in rows if row["flow"] == "X"] for rows in (listed, past)]
    changes = ask.of("the change by partner in currency", lambda: gains.from_rows(table, *exports)) or []
    split = ask.of("what each partner added to the month", lambda: drivers.explain(table, period=period, vintage=vintage))
    focus = _focus(changes, split)
    line = _focus_line(ask, focus, period, vintage, money) if month == "month" else None
    goods = ask.rows(by="product", span=month, vintage=vintage, currency=money)
    goods += ask.rows(by="product", **shown) if month == "month" else []
    balances = months = None
    if month == "month":
        since = f"{int(period[:4]) - SINCE}-01"
        balances = ask.of("the cumulative balance", lambda: _series(table, period, since, "ytd", "B", money, "latest"))
        months = ask.of("monthly balances", lambda: _series(table, period, None, "month", "B", money, vintage))
    _note_absent(absent, key, money, own, goods)
    used = {row["source"] for row in (*key.values(), *listed, *monthly, *goods) if row["source"]}
    return Facts(
        reporter=reporter, period=period, vintage=vintage, currency=money, own=own, key=key,
        polls=history.surprises(reporter, period, span=month) if money == "USD" else [],
        balances=balances, months=months, gains=changes, split=split, partners=listed,
        partners_before={(row["partner"], row["flow"]): row for row in past},
        partners_month={(row["partner"], row["flow"]): row for row in monthly},
        focus=focus, focus_history=line,
        focus_run=history.run(line, period, lambda growth: growth <= -0.1) if line and line.at(period) else None,
        products=[row for row in goods if row["product"] != flows.ALL],
        sources=measures.sources_of(sorted(used)), until=_until(table, month), absent=list(dict.fromkeys(absent)),
    )  # fmt: skip


def _first_answer(table: flows.Flows, period: str, spans: list[str], currency: str | None, vintage: str) -> Answer:
    refusal: MissingData | None = None
    for span in spans:
        try:
            return measures.measure(table, period=period, span=span, currency=currency, vintage=vintage)
        except MissingData as error:
            refusal = refusal or error
    assert refusal is not None
    raise refusal


def _until(table: flows.Flows, span: str) -> str:
    """Last period held of the whole, so that a reader knows how far the data run."""
    whole = table.filter(nw.col("partner") == flows.WORLD, nw.col("product") == flows.ALL, nw.col("span") == span)
    return str(whole.select(nw.col("period").max()).collect("pandas").to_native()["period"].iloc[0])


@dataclass(frozen=True)
class _Asker:
    """Asks a verb and notes what it cannot answer."""

    table: flows.Flows
    period: str
    absent: list[str]

    def rows(self, *, at: str | None = None, **asked: Any) -> list[dict[str, Any]]:
        try:
            return measures.measure(self.table, period=at or self.period, **asked).records()
        except MissingData:
            return []

    def of(self, what: str, question: Callable[[], T]) -> T | None:
        try:
            return question()
        except MissingData:
            self.absent.append(what)
            return None


def _series(
    table: flows.Flows, until: str, since: str | None, span: str, flow: str, currency: str, vintage: str
) -> Series:
    return history.series(table, flow=flow, until=until, since=since, span=span, currency=currency, vintage=vintage)


def _focus(changes: list[Gain], split: Answer | None) -> str | None:
    """Partner whose story is told by month: the largest loss, else the line that moved growth most."""
    losses = [one for one in changes if one.partner not in ("ROW", flows.WORLD) and one.change < 0]
    if losses:
        return min(losses, key=lambda one: one.change).partner
    rows = [row for row in split.records() if row["contribution"] is not None] if split else []
    return str(max(rows, key=lambda row: abs(row["contribution"]))["partner"]) if rows else None


def _focus_line(ask: _Asker, focus: str | None, period: str, vintage: str, money: str) -> Series | None:
    if focus is None:
        return None
    since = periods.later(period, -17)
    line = ask.of(
        f"exports to {codes.name(focus)} by month",
        lambda: history.series(
            ask.table, flow="X", until=period, since=since, partner=focus, currency=money, vintage=vintage
        ),
    )
    grown = [point for point in line.points if point.growth is not None] if line else []
    return line if len(grown) >= 3 else None


def _note_absent(
    absent: list[str], key: Mapping[tuple[str, str, str, str], Row], money: str, own: str | None, goods: list[Any]
) -> None:
    spans = {(span, kind) for span, kind, _, _ in key}
    for span, words in (("month", "the month"), ("ytd", "the year to date")):
        for kind in (money, own):
            if kind and (span, kind) not in spans:
                absent.append(f"{words} in {codes.name(kind)}")
    if not any(row["product"] != flows.ALL for row in goods):
        absent.append("products")
