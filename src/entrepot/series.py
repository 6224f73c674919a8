"""One monthly series out of a table of flows: what is held, what is bridged, what makes it unfit for a model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from entrepot import calendars, cells, codes, flows, lake, measures, monthly, periods, sources
from entrepot.errors import BadTable, MissingData

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

YEARS = 8
"""Years of months that a forecast needs: five to estimate, three to learn its errors."""
LONGEST_GAP = 2
MOST_MISSING = 0.10
FRESH = 6
"""Months that data may end before the day of a forecast without a word."""


@dataclass(frozen=True, eq=False)
class Series:
    """A monthly series of one line of trade, without gaps.

    Attributes
    ----------
    reporter, partner, product, flow, currency, concept : str
        What it measures.
    months : tuple of str
        `2001-01`, ... in order.
    values : (T,)
        Trade value [currency]; positive.
    growth : (T,)
        Growth on a year earlier as first printed [fraction]; NaN where no print is held.
    first : (T,)
        Value as first printed or oldest held [currency].
    bridged : tuple of str
        Months that are not held and were carried forward from the year before; they are never scored.
    released : date
        Day on which the last figure became public (or was first seen).
    sources, warnings : tuple of str
        Keys of the sources table; what a reader must know.
    """

    reporter: str
    partner: str
    product: str
    flow: str
    currency: str
    concept: str
    months: tuple[str, ...]
    values: "Array"
    growth: "Array"
    first: "Array"
    bridged: tuple[str, ...] = ()
    released: date | None = None
    sources: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @property
    def lunar(self) -> bool:
        """Whether Lunar New Year moves the series."""
        return calendars.keeps_new_year(self.reporter, self.partner)

    def between(self, first: str, last: str) -> "Series":
        """Return the months from `first` to `last` of the series."""
        kept = [n for n, month in enumerate(self.months) if first <= month <= last]
        cut = slice(kept[0], kept[-1] + 1) if kept else slice(0, 0)
        return replace(
            self,
            months=self.months[cut],
            values=self.values[cut],
            growth=self.growth[cut],
            first=self.first[cut],
            bridged=tuple(month for month in self.bridged if first <= month <= last),
        )

    def until(self, month: str) -> "Series":
        """Return the series as it ends in a month."""
        return self.between(self.months[0], month)


@dataclass(frozen=True)
class Line:
    """Which line of trade is meant: codes, not words; no currency means dollars if held, else the one held most."""

    partner: str = flows.WORLD
    product: str = flows.ALL
    currency: str | None = None
    concept: str | None = None
    vintage: str = "latest"


def line_of(
    *,
    partner: str | None,
    product: str | None,
    currency: str | None,
    concept: str | None,
    vintage: str = "latest",
) -> Line:
    """Read the words of a line; `UnknownCode` names the word that is none, `WrongUsage` a vintage that is none."""
    if vintage not in ("latest", "first"):
        flows.day_of(vintage)
    return Line(
        partner=flows.WORLD if partner is None else codes.partner(partner),
        product=flows.ALL if product is None else codes.product(product)[0],
        currency=None if currency is None else codes.currency(currency),
        concept=concept,
        vintage=vintage,
    )


def gather(table: flows.Flows, wanted: Sequence[str], line: Line) -> dict[str, Series]:
    """Monthly series of the flows wanted (`X`, `M`), from the best source of the vintage.

    Raises
    ------
    MissingData
        If none is held, or fewer than eight years without a long gap; the message says how many months more.
    BadTable
        If a month is zero or negative, or the table holds several reporters.
    """
    facts, question = collect(table, line)
    book = cells.choose(facts, question, lake.sources())
    reporter = str(facts[0]["reporter"])
    lacking = [flow for flow in wanted if not any(key[2:] == (flow, line.partner, line.product) for key in book)]
    if lacking:
        raise MissingData(_instead(table, reporter, lacking[0], line))
    held = {flow: pick(book, question, reporter, flow, line) for flow in wanted}
    return {flow: replace(one, warnings=(*one.warnings, *counted(one, table, question))) for flow, one in held.items()}


def counted(held: Series, table: flows.Flows, question: cells.Question) -> list[str]:
    """Say by which concept imports are counted where it is not the usual one, as `measure` says it."""
    if held.flow != "M" or held.concept in measures.USUAL:
        return []
    return measures.counted([{"flow": "M", "concept": held.concept}], measures.usual_until(table, question))


def _instead(table: flows.Flows, reporter: str, flow: str, line: Line) -> str:
    """Say that a line is not held, and which can be forecast instead: the world's first, then the longest."""
    import narwhals as nw

    kept = table.filter(
        nw.col("span") == "month", nw.col("flow") == flow, nw.col("product") == line.product,
        ~nw.col("value").is_null(), ~nw.col("status").is_in(["forecast", "simulated"]),
    )  # fmt: skip
    pairs = kept.select("partner", "period").unique().collect("pandas").to_native()
    counts = pairs["partner"].value_counts()
    names = sorted(counts[counts >= 12 * YEARS].index, key=lambda name: (name != flows.WORLD, -counts[name], name))
    word = codes.name(flow, classification="flow").lower()
    none = f"No monthly {word} of {codes.name(reporter)} with {_named(line.partner)} are held"
    if not names:
        return f"{none} at vintage {line.vintage}. Run: entrepot have"
    held = ", ".join(_named(name) for name in names[:5]) + (", ..." if len(names) > 5 else "")
    ask = f"entrepot forecast {reporter} --flow {word}"
    ask += f" --partner {names[0]}" if names[0] != flows.WORLD else ""
    return f"{none}; with {held} they are, for {YEARS} years or more. Run: {ask}"


def _named(partner: str) -> str:
    return "the world" if partner == flows.WORLD else codes.name(partner)


def collect(table: flows.Flows, line: Line, by: str | None = None) -> tuple[list[cells.Fact], cells.Question]:
    """Facts of every month held of the line, or of the lines below it, and the question they answer."""
    import narwhals as nw

    observed = table.filter(~nw.col("status").is_in(["forecast", "simulated"]))
    months = observed.filter(nw.col("span") == "month", nw.col("flow").is_in(["X", "M"]), ~nw.col("value").is_null())
    ends = months.select(first=nw.col("period").min(), last=nw.col("period").max()).collect("pandas").to_native()
    if not len(ends) or not isinstance(ends["first"].iloc[0], str):
        raise MissingData("No monthly exports or imports are held in this table. Run: entrepot have")
    asked = tuple(periods.each(f"{ends['first'].iloc[0]}:{ends['last'].iloc[0]}"))
    question = cells.Question(
        periods=asked, span="month", currency=line.currency, vintage=line.vintage, concept=line.concept, by=by,
        partners=() if line.partner == flows.WORLD else (line.partner,),
        products=() if line.product == flows.ALL else (line.product,),
    )  # fmt: skip
    facts = [fact for fact in cells.collect(observed, question) if fact["flow"] in ("X", "M")]
    facts, question = measures.settled(facts, question)
    if not facts:
        raise MissingData(_nothing(line))
    return facts, question


def _nothing(line: Line) -> str:
    named = [codes.name(one) for one in (line.partner, line.product) if one not in (flows.WORLD, flows.ALL)]
    return (
        f"No monthly series of {', '.join(named) or 'the total'} is held at vintage {line.vintage}. At least "
        f"{12 * YEARS} months in a row are needed. Run: entrepot have"
    )


def pick(book: cells.Book, question: cells.Question, reporter: str, flow: str, line: Line) -> Series:
    """One series out of the figures chosen; refused where it cannot be modelled."""
    figures = {
        month: book[key]
        for month in question.periods
        if (key := ("month", month, flow, line.partner, line.product)) in book and book[key].value is not None
    }
    name = f"{codes.name(flow, classification='flow').lower()} of {codes.name(reporter)}"
    name += f" ({codes.name(line.partner)})" if line.partner != flows.WORLD else ""
    if not figures:
        raise MissingData(f"No monthly {name} are held at vintage {question.vintage}. Run: entrepot have")
    _refuse_odd(name, {month: figure.value for month, figure in figures.items()})
    start, notes = _start(figures)
    months = periods.each(f"{start}:{max(figures)}")
    if len(months) < 12 * YEARS:
        more = 12 * YEARS - len(months)
        fetch = sources.command(reporter, f"{periods.later(start, -more)}:{periods.later(start, -1)}")
        raise MissingData(
            f"The {name} run from {start} to {months[-1]} without a long gap: {len(months)} months. A forecast needs "
            f"{12 * YEARS}, {more} more. Run: {fetch}, or pass a longer table."
        )
    return _built(figures, months, notes, (reporter, line.partner, line.product, flow), question)


def stale(held: Series, vintage: str) -> tuple[str, ...]:
    """Say that a series ends more than `FRESH` months before the day of the vintage, or before today."""
    day, last = vintage if vintage[:1].isdigit() else date.today().isoformat(), held.months[-1]
    past = 12 * (int(day[:4]) - int(last[:4])) + int(day[5:7]) - int(last[5:])
    if past <= FRESH:
        return ()
    ago = f"{past} months" if past < 12 else "a year" if past < 24 else f"{past // 12} years"
    fetch = sources.command(held.reporter, f"{periods.later(last, 1)}:{periods.later(day[:7], -1)}")
    return (f"Data end in {last}, {ago} ago: nothing later is in this forecast. Run: {fetch}, or pass a longer table.",)


def _refuse_odd(name: str, values: Mapping[str, float | None]) -> None:
    odd = [f"{month} ({value:g})" for month, value in values.items() if value is not None and value <= 0]
    if odd:
        raise BadTable(
            f"The {name} hold months that are not positive: {', '.join(odd[:5])}. A month that was not reported must "
            "be left out of the table, not written as zero; a line that is truly nil in some months is not forecast."
        )


def _start(figures: Mapping[str, cells.Figure]) -> tuple[str, list[str]]:
    """First month after the last gap that is too long to bridge, or that begins in the first year after it."""
    every = periods.each(f"{min(figures)}:{max(figures)}")
    start, run, notes = every[0], 0, []
    for month in every:
        if month in figures:
            if run > LONGEST_GAP or (run and periods.later(month, -run) < periods.later(start, 12)):
                notes.append(f"The series is read from {month}: {_months(run)} before it {_are(run)} not held.")
                start = month
            run = 0
        else:
            run += 1
    return start, notes[-1:]


def _months(count: int) -> str:
    return f"{count} month{'s' * (count != 1)}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _built(
    figures: Mapping[str, cells.Figure],
    months: list[str],
    notes: list[str],
    line: tuple[str, str, str, str],
    question: cells.Question,
) -> Series:
    import numpy as np

    reporter, partner, product, flow = line
    values = np.array([figures[month].value if month in figures else np.nan for month in months], dtype=float)
    lacking = [month for month in months if month not in figures]
    if len(lacking) > MOST_MISSING * len(months):
        raise MissingData(
            f"{len(lacking)} of {len(months)} months are not held ({', '.join(lacking[:4])} ...); at most "
            f"{MOST_MISSING:.0%} can be bridged. Run: {sources.command(reporter, f'{lacking[0]}:{lacking[-1]}')}"
        )
    if lacking:
        notes = [
            *notes,
            f"{_months(len(lacking))} {_are(len(lacking))} not held and carried forward: {', '.join(lacking)}.",
        ]
    held = [figures[month] for month in months if month in figures]
    last = held[-1]
    ratio = [
        figures[month].first_growth
        if month in figures and figures[month].growth_currency == question.currency
        else None
        for month in months
    ]
    return Series(
        reporter=reporter, partner=partner, product=product, flow=flow, currency=str(question.currency),
        concept=last.concept, months=tuple(months), values=bridge(values),
        growth=np.array([np.nan if one is None else one for one in ratio], dtype=float),
        first=np.array([figures[m].first_value if m in figures else np.nan for m in months], dtype=float),
        bridged=tuple(lacking), released=last.released, sources=tuple(sorted({one.source for one in held})),
        warnings=tuple(notes),
    )  # fmt: skip


def bridge(values: "Array") -> "Array":
    """Fill gaps from the past alone: last year's month times the mean growth of the three months before.

    Nothing after a gap enters it, so a backtest over bridged months sees no future. The models carry them forward anew,
    freed of the calendar (`monthly.project`), and lay nothing that happened in them to a holiday.

    Raises
    ------
    MissingData
        If a gap lies in the first year, which has no year before it.
    """
    import numpy as np

    gaps = np.flatnonzero(np.isnan(values))
    if len(gaps) and gaps[0] < monthly.SEASON:
        raise MissingData(f"Month {gaps[0] + 1} of a series is not held and has no month a year before it.")
    out = values.copy()
    out[gaps] = np.exp(monthly.carried(np.log(values), gaps.tolist())[gaps])
    return out
