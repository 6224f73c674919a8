"""The facts of a release, gathered once: what a page about one reporter and month can say, and what it cannot.

Each fact comes from a verb; what is not held is None or empty, and listed under `absent` in words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import narwhals as nw

from entrepot import absence, cells, codes, context, drivers, flows, gains, history, lake, measures, periods, series
from entrepot.cells import Fact, Question
from entrepot.context import Concentration, Statement
from entrepot.drivers import Split
from entrepot.errors import EntrepotError, MissingData, WrongUsage
from entrepot.gains import Gain
from entrepot.history import Point, Run, Series, Surprise

Row = Mapping[str, Any]
T = TypeVar("T")
REGIMES = ("ordinary trade", "processing assembling", "processing imported materials")
SINCE = 8  # years of cumulative balances shown


@dataclass(frozen=True)
class Facts:
    """Everything held about one release, by section of the page; `absent` says in words what is not."""

    reporter: str
    period: str
    vintage: str
    as_of: str | None
    currency: str
    own: str | None
    key: dict[tuple[str, str, str, str], Row]  # span, currency, vintage, flow
    polls: list[Surprise]
    balances: Series | None
    context: list[Statement]
    spread: list[tuple[str, Concentration]]
    regimes: Sequence[Row]
    gains: list[Gain]
    split: Split | None
    partners: Sequence[Row]
    partners_before: dict[tuple[str, str], Row]
    partners_month: dict[tuple[str, str], Row]
    focus: str | None
    focus_history: Series | None
    focus_run: Run | None
    products: Sequence[Row]
    sources: list[dict[str, Any]]
    until: str
    counted: list[str]
    further: list[str]
    table: flows.Flows = field(repr=False)
    absent: list[str] = field(default_factory=list)

    @property
    def asked(self) -> str:
        """Vintage as it was asked for: `first`, `latest`, or the day whose knowledge is shown."""
        return self.as_of or self.vintage

    @property
    def span(self) -> str:
        """Span of the period itself: `month` or `year`."""
        return periods.span_of(self.period)

    @property
    def long_span(self) -> str:
        """Span of the year so far: `ytd`, or `year` where the period is one."""
        return "year" if self.span == "year" else "ytd"

    @property
    def main(self) -> Row:
        """Row whose release the page is about: exports of the month, else of the year so far, else any."""
        return self.row(self.span, "X") or self.row(self.long_span, "X") or next(iter(self.key.values()))

    @property
    def offices(self) -> list[str]:
        """Offices whose figures are shown, by name."""
        return sorted({str(source.get("office", source["source"])) for source in self.sources})

    def row(self, span: str, flow: str, *, currency: str | None = None, vintage: str | None = None) -> Row | None:
        """One cell of the key table; None where not held."""
        return self.key.get((span, currency or self.currency, vintage or self.vintage, flow))


def differs(one: Row, other: Row) -> bool:
    """Whether two prints of one cell differ by more than both half widths; False where one has no value."""
    values = (one["value"], other["value"])
    if any(value is None or value != value for value in values):
        return False
    return bool(abs(values[0] - values[1]) > (one["half_width"] + other["half_width"]) * measures.WIDE)


def gather(trade: Any, *, period: str, currency: str | None = None, vintage: str = "first") -> Facts:
    """Ask every question of a page about one month (or year).

    Under a day as the vintage everything is as it stood that day: first prints, and beside them what had been revised
    by then.

    Raises
    ------
    WrongUsage
        If the period is a range: a page is of one month or year; or if every vintage is asked for at once.
    MissingData
        If neither the month nor the year to date of the period is held.
    """
    first_one, colon, last_one = str(period).partition(":")
    if colon and first_one.strip() != last_one.strip():
        raise WrongUsage(
            f"A page is of one month or one year, and {period!r} is a range. Ask for: --period "
            f"{last_one.strip()}; a range is for `measure`, which makes a table of it."
        )
    if vintage == "all":
        raise WrongUsage(
            "A page shows one print of every figure: first, latest or a day (2025-12-08) is expected as the vintage, "
            f"not 'all'. Every print is a table: entrepot measure REPORTER -p {period} --vintage all"
        )
    table, as_of = flows.read(trade), None
    if vintage not in flows.VINTAGES:
        table, as_of, vintage = flows.known(table, flows.day_of(vintage)), vintage, "first"
    absent: list[str] = []
    period = periods.period(period)
    month = periods.span_of(period)
    spans = [month] if month == "year" else ["month", "ytd"]
    held = cells.hold(table, _scope(table, period, spans), {vintage, "latest"})
    ask = _Asker(held, period, absent)
    first = next((rows for span in spans if (rows := ask.rows(span=span, currency=currency, vintage=vintage))), None)
    if first is None:
        question = measures.ask(period=period, span=spans[-1], currency=currency, vintage=as_of or vintage)
        raise MissingData(absence.missing(flows.read(trade), question, measures.FLOWS))
    reporter, money = str(held[0]["reporter"]), str(first[0]["currency"])
    own = codes.own_currency(reporter)
    own = own if own != money else None
    long = "year" if month == "year" else "ytd"
    shown = {"span": long, "vintage": vintage, "currency": money}
    listed = ask.rows(by="partner", **shown)
    past = ask.rows(by="partner", at=periods.year_earlier(period), **shown)
    monthly = ask.rows(by="partner", span=month, vintage=vintage, currency=money) if month == "month" else []
    wholes = [row for row in (*listed, *monthly) if row["role"] == "whole"]
    key: dict[tuple[str, str, str, str], Row] = {(row["span"], money, vintage, row["flow"]): row for row in wholes}
    for span in spans:
        for kind, which in ((money, "latest"), (own, vintage)):
            if kind is not None and (kind, which) != (money, vintage):
                found = ask.rows(span=span, currency=kind, vintage=which)
                key |= {(span, kind, which, row["flow"]): row for row in found}
    exports = [[row for row in rows if row["flow"] == "X"] for rows in (listed, past)]
    changes = ask.of("the change by partner in currency", lambda: gains.from_rows(held, *exports)) or []
    split = drivers.best(*ask.asked(by="partner", span=month, vintage=vintage))
    absent += ["what each partner added to the month"] if split is None else []
    focus = _focus(changes, split)
    line = _focus_line(table, focus, period, vintage, money) if focus and month == "month" else None
    goods = ask.rows(by="product", span=month, vintage=vintage, currency=money)
    goods += ask.rows(by="product", **shown) if month == "month" else []
    balances = None
    months: dict[str, Series] = {}
    if month == "month":
        since = f"{int(period[:4]) - SINCE}-01"
        balances = ask.lines(f"{since}:{period}", span="ytd", currency=money, vintage="latest").get("B")
        absent += ["the cumulative balance"] if balances is None else []
        months = ask.lines(f"{history.OLDEST}:{period}", span="month", currency=money, vintage=vintage)
    _note_absent(absent, key, money, own, goods)
    used = {row["source"] for row in (*key.values(), *listed, *monthly, *goods) if row["source"]}
    return Facts(
        reporter=reporter, period=period, vintage=vintage, as_of=as_of, currency=money, own=own, key=key,
        polls=history.surprises(reporter, period, span=month) if money == "USD" else [],
        balances=balances, context=list(context.of_series(months, reporter, period, money)),
        spread=_spread((listed, long), (past, long), period=period),
        regimes=_regimes(held, period, key, money, vintage) if month == "month" else [],
        gains=changes, split=split, partners=listed,
        partners_before={(row["partner"], row["flow"]): row for row in past},
        partners_month={(row["partner"], row["flow"]): row for row in monthly},
        focus=focus, focus_history=line,
        focus_run=history.run(line, period, lambda growth: growth <= -0.1) if line and line.at(period) else None,
        products=[row for row in goods if row["product"] != flows.ALL],
        sources=measures.sources_of(sorted(used)), until=_until(held, month), table=table,
        counted=measures.counted(wholes, _usual_until(held)),
        further=_further(ask, split, shown),
        absent=list(dict.fromkeys(absent)),
    )  # fmt: skip


def _whole(fact: Fact, span: str) -> bool:
    return bool(fact["partner"] == flows.WORLD and fact["product"] == flows.ALL and fact["span"] == span)


def _until(held: Sequence[Fact], span: str) -> str:
    """Last period held of the whole, so that a reader knows how far the data run."""
    spans = [one for one in (span, "year", "ytd", "month") if any(_whole(fact, one) for fact in held)]
    return str(max(fact["period"] for fact in held if _whole(fact, spans[0])))  # years may be sums of months


def _usual_until(held: Sequence[Fact]) -> str | None:
    """Last period of the whole for which imports are held by a usual concept."""
    usual = [
        fact["period"] for fact in held
        if _whole(fact, fact["span"]) and fact["flow"] == "M" and fact["concept"] in measures.USUAL
        and fact["value"] is not None
    ]  # fmt: skip
    return max(usual, default=None)


def _further(ask: "_Asker", split: Split | None, shown: Mapping[str, Any]) -> list[str]:
    """Commands that what is held answers, `{who}` for the reporter: lines, what drove a flow, the months to come."""
    when = f"-p {ask.period}"
    out = []
    for by in ("partner", "product"):
        if any(row["role"] in ("part", "memo") for row in ask.rows(by=by, **{**shown, "vintage": "latest"})):
            out.append(f"measure {{who}} {when} --span {shown['span']} --by {by}")
            break
    vintage = "" if shown["vintage"] == "first" else f" --vintage {shown['vintage']}"
    span = periods.span_of(ask.period)
    for flow, by in (("X", "partner"), ("M", "partner"), ("X", "product"), ("M", "product")):
        if (flow, by) == ("X", "partner"):
            found = split
        else:
            found = _split_of(*ask.asked(by=by, span=span, vintage=shown["vintage"]), flow)
        if found is not None:
            named = "" if flow == "X" else " --flow imports"
            out.append(f"explain {{who}} {when}{named}{'' if by == 'partner' else ' --by product'}{vintage}")
            break
    for wanted, words in ((("X", "M"), ""), (("X",), " --flow exports"), (("M",), " --flow imports")):
        if _can_be_forecast(ask.held, wanted):
            out.append(f"forecast {{who}}{words} --months 12")
            break
    return out


def _split_of(facts: Sequence[Fact], question: Question, flow: str) -> Split | None:
    try:
        return drivers.best(facts, question, flow)
    except EntrepotError:
        return None


def _can_be_forecast(held: Sequence[Fact], wanted: Sequence[str]) -> bool:
    """Whether months of the whole, as known today, make series long enough for a forecast."""
    months = [
        fact for fact in held
        if _whole(fact, "month") and fact["flow"] in ("X", "M") and fact["value"] is not None
        and fact["status"] not in ("forecast", "simulated")
    ]  # fmt: skip
    if not months:
        return False
    ends = [fact["period"] for fact in months]
    question = Question(periods=tuple(periods.each(f"{min(ends)}:{max(ends)}")), span="month")
    try:
        facts, question = measures.settled(cells.within(months, question), question)
        book = cells.choose(facts, question, lake.sources())
        for flow in wanted:
            series.pick(book, question, str(months[0]["reporter"]), flow, series.Line())
    except EntrepotError:
        return False
    return True


def _scope(table: flows.Flows, period: str, spans: list[str]) -> nw.Expr:
    """What a page is made from: the whole in every period, and every line of the two years compared.

    Months of partners are read only where the office prints no year to date of them.
    """
    col, years = nw.col, [period, periods.year_earlier(period)]
    whole = (col("partner") == flows.WORLD) & (col("product") == flows.ALL)
    long = table.filter(~whole, col("period").is_in([*years, *(f"{one}-12" for one in years)]), col("span") != "month")
    lines = col("period").is_in(years)
    if spans == ["year"]:
        lines = lines | ((col("span") == "ytd") & col("period").is_in([f"{one}-12" for one in years]))
    if not flows.records(long.head(1)):
        months = {month for one in years for month in periods.months(one, spans[-1])}
        lines = lines | ((col("span") == "month") & col("period").is_in(sorted(months)))
    return whole | lines


@dataclass(frozen=True)
class _Asker:
    """Asks verbs of rows held in memory, and notes what they cannot answer."""

    held: list[Fact]
    period: str
    absent: list[str]

    def asked(self, *, at: str | None = None, **words: Any) -> tuple[list[Fact], Question]:
        question = measures.ask(period=at or self.period, **words)
        return cells.within(self.held, question), question

    def rows(self, *, at: str | None = None, **words: Any) -> list[dict[str, Any]]:
        facts, question = measures.settled(*self.asked(at=at, **words))
        return measures.lines_of(facts, question) if facts else []

    def lines(self, at: str, **words: Any) -> dict[str, Series]:
        """Exports, imports and balance over time, those that are held."""
        rows = sorted(self.rows(at=at, **words), key=lambda row: str(row["period"]))
        out: dict[str, Series] = {}
        for flow in ("X", "M", "B"):
            points = tuple(
                Point(row["period"], row["value"], row["growth"], row["growth_basis"])
                for row in rows
                if row["flow"] == flow
            )
            if points:
                partner = words.get("partner", flows.WORLD)
                out[flow] = Series(flow, words["span"], partner, words["currency"], words["vintage"], points)
        return out

    def of(self, what: str, question: Callable[[], T]) -> T | None:
        try:
            return question()
        except MissingData:
            self.absent.append(what)
            return None


def _spread(*lists: tuple[list[dict[str, Any]], str], period: str) -> list[tuple[str, Concentration]]:
    """How spread out exports were, for the years in which every country is held."""
    out = []
    for rows, span in lists:
        found = context.by_country(rows)
        if found is not None:
            out.append((periods.in_words(rows[0]["period"], span), found))
    return out


def _regimes(
    held: Sequence[Fact], period: str, key: Mapping[tuple[str, str, str, str], Row], money: str, vintage: str
) -> list[Row]:
    """Ordinary and processing trade of the month, as shares of all trade, where the bulletin is held."""
    rows = [
        fact
        for fact in held
        if _whole(fact, "month") and (fact["period"], fact["currency"]) == (period, money) and fact["at latest"]
        and fact["flow"] in ("X", "M") and fact["concept"] in REGIMES
    ]  # fmt: skip
    out: list[Row] = []
    for row in sorted(rows, key=lambda one: (one["flow"] == "M", one["concept"])):
        whole = key.get(("month", money, vintage, row["flow"]))
        if row["value"] is not None and whole and whole["value"]:
            out.append(row | {"share_of_all": row["value"] / whole["value"]})
    return out


def _focus(changes: list[Gain], split: Split | None) -> str | None:
    """Partner whose story is told by month: the largest loss, else the line that moved growth most."""
    losses = [one for one in changes if one.partner not in ("ROW", flows.WORLD) and one.change < 0]
    if losses:
        return min(losses, key=lambda one: one.change).partner
    rows = split.explained if split else []
    return str(max(rows, key=lambda row: abs(row["contribution"]))["partner"]) if rows else None


def _focus_line(table: flows.Flows, focus: str, period: str, vintage: str, money: str) -> Series | None:
    since = periods.later(period, -17)
    months = periods.each(f"{periods.year_earlier(since)}:{period}")
    scope = nw.col("partner").is_in([focus, flows.WORLD]) & (nw.col("product") == flows.ALL)
    scope = scope & (nw.col("flow") == "X") & (nw.col("span") == "month") & nw.col("period").is_in(list(months))
    ask = _Asker(cells.hold(table, scope, {vintage}), period, [])
    line = ask.lines(f"{since}:{period}", span="month", partner=focus, currency=money, vintage=vintage).get("X")
    return line if line and sum(point.growth is not None for point in line.points) >= 3 else None


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
