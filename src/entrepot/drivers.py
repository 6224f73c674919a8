"""Explain a change in trade: which partners or products drove it, and by how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entrepot import absence, cells, codes, flows, lake, measures, periods
from entrepot.answer import Answer
from entrepot.cells import Book, Fact, Figure, Question
from entrepot.errors import MissingData, WrongUsage

if TYPE_CHECKING:
    from entrepot import lines


def explain(
    trade: Any,
    *,
    period: str,
    flow: str = "X",
    by: str = "partner",
    span: str | None = None,
    currency: str | None = None,
    vintage: str | None = None,
    concept: str | None = None,
    method: str = "contribution",
    partner: str | Sequence[str] | None = None,
    base: str | None = None,
    reporter: str | None = None,
) -> Answer:
    """Split a change of trade; by `contribution` (the default), growth into what each partner or product added.

    Contributions: for line g of the whole V, c_g = (v_g1 - v_g0) / V_0; over a partition the c_g sum to V_1 / V_0 - 1.
    What the lines leave over is one line of its own, never spread. The base v_g0 is, in this order: the level divided
    by one plus the growth printed with it (one release); the level held a year earlier; and, where only growth is
    printed, the line is estimated as base share times growth. A line absent from a period counts as zero only where the
    lines held add up to the whole of that period.

    Parameters
    ----------
    trade
        Anything `flows.read` takes; it holds the whole (`WLD`, `TOTAL`) and parts of it. For `market-share` and
        `mirror` also the partners' own reports: `ep.load()`.
    period, span
        One month or year, and `month`, `ytd` or `year`.
    flow : str
        `X` exports, `M` imports or `T` total.
    by : {"partner", "product"}
        What to split by.
    currency : str, optional
        As asked; else the one in which most lines can be explained, dollars first.
    vintage : str
        For contributions `first` unless asked otherwise, since the parts and the whole of one release belong together;
        and so for `currency` and `surplus`; for every other method `latest`, both periods as known today. Or a day.
    method : str
        `contribution`; `entry-exit`; `price-volume`; `market-share` (demand, structure and share, in the partner's
        market by product or over all destinations); `currency` (dollars and exchange rate); `surplus` (export volume,
        import volume, terms of trade, currency); `diversity` (concentration and what changed it); `mirror` (both
        sides' reports of a flow with each partner); `payments` (customs against balance-of-payments surplus).
    partner : str or sequence, optional
        The other side: market of `market-share`, line that stands apart in `diversity`, reporters to hold a `mirror`
        to (several with commas).
    base : str, optional
        Period to compare with; a year earlier if left out. Contributions are always to growth on a year earlier.
    reporter : str, optional
        Whose trade, where the table holds several.

    Returns
    -------
    Answer
        For methods other than `contribution` see `splits`, `breadth.spread`, `mirrors.mirror` and `mirrors.payments`;
        every split sums to its change, and `about["split"]` names it. For contributions, rows, largest first: partner
        or product, value, base [currency], contribution, lo, hi [fractions; 0.01 is one percentage point], basis
        (`printed`, `summed` from months, `estimated`), share_before, share_after, growth, grade, source, method, role
        (`part`, or `memo` for lines that overlap the partition, without contribution). `about` holds growth,
        growth_basis, base and value of the whole, unexplained and its half width.

    Raises
    ------
    MissingData
        If the growth of the whole is not held, or no line can be explained.
    WrongUsage
        If more than one period, or a balance, is asked for; if the method is none, or lacks what it needs.
    """
    if method != "contribution":
        asked = _asked(trade, period, flow, by, span, currency, vintage, concept, partner, base, reporter, method)
        return _by_method(*asked, method)
    if partner is not None or base is not None:
        raise WrongUsage(
            "Contributions are of every line to growth on a year earlier, so that they take no partner and no base. "
            "Trade with one partner is told by `measure --partner`; its part in the whole by `explain` without a "
            "partner; change since another base by --method entry-exit"
        )
    vintage = vintage or "first"
    code = codes.flow(flow)
    if code not in ("X", "M", "T"):
        raise WrongUsage(f"A split of growth is of exports, imports or total, not {flow!r}. Run: entrepot measure")
    if by not in ("partner", "product"):
        raise WrongUsage(f"{by!r} cannot be split by; partner or product is expected.")
    question = measures.ask(
        period=period, span=span, by=by, currency=currency, vintage=vintage, concept=concept
    )  # fmt: skip
    if len(question.periods) > 1 or vintage == "all":
        one = f"--period {question.periods[-1]} --vintage {'first' if vintage == 'all' else vintage}"
        raise WrongUsage(f"One period of one vintage is explained at a time. Ask for: {one}")
    table = flows.read(trade)
    if reporter is not None:
        table = table.filter(nw.col("reporter") == codes.country(reporter))
    facts = cells.collect(table, question)
    split = best(facts, question, code)
    if split is None:
        raise MissingData(_cannot(table, question, code))
    return _answer(split, facts, code)


METHODS = (
    *("contribution", "entry-exit", "price-volume", "market-share", "currency", "surplus", "diversity"),
    *("mirror", "payments"),
)


def _asked(
    trade: Any,
    period: str,
    flow: str,
    by: str,
    span: str | None,
    currency: str | None,
    vintage: str | None,
    concept: str | None,
    partner: str | Sequence[str] | None,
    base: str | None,
    reporter: str | None,
    method: str,
) -> "tuple[flows.Flows, lines.Asked, list[str]]":
    """Read the words of a question that names a method: table, question, and partners as codes."""
    from entrepot import lines

    if method not in METHODS:
        raise WrongUsage(f"{method!r} is no method; one of {', '.join(METHODS)} is expected.")
    table = flows.read(trade)
    named = [codes.partner(word) for word in measures.partial_list(partner)]
    now = periods.period(period) if method not in ("mirror", "payments") else period
    first = period.partition(":")[0]
    then = periods.period(base) if base else periods.year_earlier(periods.period(first))
    if method not in ("mirror", "payments") and (len(then) != len(now) or then >= now):
        raise WrongUsage(f"Base and period are both years or both months, the base earlier; given: {then}, {now}.")
    if by not in ("partner", "product"):
        raise WrongUsage(f"{by!r} cannot be split by; partner or product is expected.")
    money = None if currency is None else codes.currency(currency)
    who = lines.reporter_of(table, reporter)
    asked = lines.Asked(
        reporter=who, period=now, base=then, span=periods.span_of(periods.period(first), span), flow=codes.flow(flow),
        by=by, partner=named[0] if len(named) == 1 else None, currency=money,
        vintage=vintage or ("first" if method in ("currency", "surplus") else "latest"), concept=concept,
    )  # fmt: skip
    return table, asked, named


def _by_method(table: flows.Flows, asked: "lines.Asked", named: list[str], method: str) -> Answer:
    from entrepot import breadth, mirrors, splits

    if method == "mirror":
        return mirrors.mirrors(
            table, asked.reporter, named, flow=asked.flow, period=asked.period, currency=asked.currency,
            vintage=asked.vintage,
        )  # fmt: skip
    if len(named) > 1:
        raise WrongUsage(f"--method {method} takes one partner; {', '.join(named)} were given.")
    if method == "market-share":
        return splits.split(table, asked, method)
    mine = table.filter(nw.col("reporter") == asked.reporter)
    if method == "payments":
        return mirrors.payments(mine, asked.reporter, period=asked.period, currency=asked.currency)
    if method == "diversity":
        both = table if asked.by == "product" and asked.partner else mine
        return breadth.spread(both, breadth.unnamed(asked), focus=asked.partner if asked.by == "partner" else None)
    return splits.split(mine, asked, method)


@dataclass(frozen=True)
class Split:
    """Growth of a whole [fraction] with its base and value [currency], and the lines that drove it."""

    question: Question
    growth: float
    half_width: float
    basis: str
    base: float
    value: float | None
    lines: tuple[dict[str, Any], ...]

    @property
    def explained(self) -> list[dict[str, Any]]:
        """Lines of the partition that have a contribution."""
        return [line for line in self.lines if line["contribution"] is not None]

    @property
    def unexplained(self) -> float:
        """Growth that no line explains [fraction]."""
        return self.growth - sum(float(line["contribution"]) for line in self.explained)

    @property
    def estimated(self) -> int:
        """Number of contributions that are base share times growth."""
        return sum(line["basis"] == "estimated" for line in self.explained)


def best(facts: Sequence[Fact], question: Question, flow: str = "X") -> Split | None:
    """Split, from facts of `cells.collect`, in the currency asked for, else in the one that explains most lines.

    Of equals the one with fewest lines estimated, then dollars. None if the growth of the whole, or of every line, is
    not held.
    """
    splits = []
    for currency in measures.currencies(facts) if question.currency is None else [question.currency]:
        asked = replace(question, currency=currency)
        mine = [fact for fact in facts if fact["currency"] in (currency, "")]
        if mine and (split := split_by(mine, asked, flow)) is not None:
            splits.append(split)
    return max(splits, key=lambda split: (len(split.explained), -split.estimated), default=None)


def split_by(facts: Sequence[Fact], question: Question, flow: str) -> Split | None:
    """Split the growth of one flow in one currency, from facts of `cells.collect`; None if it cannot be formed."""
    book = cells.sum_months(cells.choose(facts, question, lake.sources()), question)
    if flow == "T":
        book = measures.complete(book)
    period, span = question.periods[0], question.span
    before = periods.year_earlier(period)
    whole = book.get((span, period, flow, flows.WORLD, flows.ALL))
    then = book.get((span, before, flow, flows.WORLD, flows.ALL))
    total = None if whole is None else _base(whole, then, question.vintage, None)
    if whole is None or total is None or total.base <= 0:
        return None
    lines = _lines(book, question, flow, whole, then, total)
    if not lines:
        return None
    return Split(question, total.growth, total.growth_half_width, total.basis, total.base, whole.value, tuple(lines))


@dataclass(frozen=True)
class Change:
    """What one line was and became [currency], its growth [fraction], and on what the base rests."""

    base: float
    base_half_width: float
    change: float
    half_width: float
    growth: float
    growth_half_width: float
    basis: str
    method: str


def _base(now: Figure, then: Figure | None, vintage: str, absent: str | None) -> Change | None:
    """Base of a line: implied by the growth printed with its level, else the level held, else estimated from growth."""
    v, g = now.value, now.growth
    if v is not None and g is not None and g > -1 and not _stale(now):
        base = v / (1 + g)
        width = now.half_width / (1 + g) + v * now.growth_half_width / (1 + g) ** 2
        own = abs(g) / (1 + g) * now.half_width + base * now.growth_half_width / (1 + g)
        return Change(base, width, v - base, own, g, now.growth_half_width, "printed", "")
    if v is not None and then is not None and then.value is not None:
        again = measures.recomputed(now, then, vintage=vintage)
        if again is not None:
            basis = _kind(now, then)
            note = "" if basis == "printed" else f"base {then.status}" + (f": {then.method}" if then.method else "")
            width = now.half_width + then.half_width
            return Change(then.value, then.half_width, v - then.value, width, *again, basis, note)
    if v is None and g is not None and then is not None and then.value is not None:
        width = abs(g) * then.half_width + (then.value + then.half_width) * now.growth_half_width
        note = "base share x printed growth" + ("" if now.growth_currency else ", whose currency is not stated")
        return Change(
            then.value, then.half_width, then.value * g, width, g, now.growth_half_width, "estimated", note
        )  # fmt: skip
    if absent == "before" and v is not None:
        return Change(0.0, 0.0, v, now.half_width, float("inf"), 0.0, "printed", "none a year earlier")
    return None


def _kind(now: Figure, then: Figure) -> str:
    """How two levels are known: both printed, summed from months that were, or by an estimate of the table."""
    derived = [one for one in (now, then) if one.status == "derived"]
    if not derived:
        return "printed"
    return "summed" if all(one.method.startswith("sum of ") for one in derived) else "estimated"


def _stale(now: Figure) -> bool:
    return now.growth_released is not None and (now.released - now.growth_released).days > measures.ROUND


def _lines(
    book: Book, question: Question, flow: str, whole: Figure, then: Figure | None, total: Change
) -> list[dict[str, Any]]:
    period, span = question.periods[0], question.span
    before = periods.year_earlier(period)
    place = 3 if question.by == "partner" else 4
    rest = flows.ALL if place == 3 else flows.WORLD
    world = flows.WORLD if place == 3 else flows.ALL
    here = _column(book, span, period, flow, place, rest, world)
    past = _column(book, span, before, flow, place, rest, world)
    new = _complete(past, then, question, before)
    gone = _complete(here, whole, question, period)
    changes: dict[str, tuple[Figure, Change]] = {}
    for line, now in here.items():
        change = _base(now, past.get(line), question.vintage, "before" if new and line not in past else None)
        if change is not None:
            changes[line] = (now, change)
    for line, one in past.items():
        if gone and line not in here and one.value is not None:
            left = Change(one.value, one.half_width, -one.value, one.half_width, -1.0, 0.0, "printed", "none this year")
            changes[line] = (replace(one, value=0.0, half_width=0.0, growth=None, also=()), left)
    parts = measures.parts_of(
        {(span, period, flow, *_pair(line, place)): now for line, (now, _) in changes.items()},
        question,
        period,
        changes,
    )
    return _rows(here, changes, parts, question, whole, total)


def _pair(line: str, place: int) -> tuple[str, str]:
    return (line, flows.ALL) if place == 3 else (flows.WORLD, line)


def _column(book: Book, span: str, period: str, flow: str, place: int, rest: str, world: str) -> dict[str, Figure]:
    """Lines of one dimension in one period, the whole left out."""
    other = 7 - place
    return {
        key[place]: one
        for key, one in book.items()
        if key[:3] == (span, period, flow)
        and key[other] == rest
        and key[place] != world
        and (one.value is not None or one.growth is not None)
    }


def _complete(lines: dict[str, Figure], whole: Figure | None, question: Question, period: str) -> bool:
    """Whether the lines of a period add up to its whole, so that a line not among them was zero."""
    if whole is None or whole.value is None or not lines or any(one.value is None for one in lines.values()):
        return False
    book = {(one.span, one.period, one.flow, one.partner, one.product): one for one in lines.values()}
    parts = measures.parts_of(book, question, period, lines)
    added = sum(lines[line].value or 0.0 for line in parts)
    width = whole.half_width + sum(lines[line].half_width for line in parts)
    return bool(parts) and abs(added - whole.value) <= width + 1e-9 * abs(whole.value)


def _rows(
    here: dict[str, Figure],
    changes: dict[str, tuple[Figure, Change]],
    parts: Iterable[str],
    question: Question,
    whole: Figure,
    total: Change,
) -> list[dict[str, Any]]:
    name = str(question.by)
    out = []
    for line, (now, change) in changes.items():
        part = line in parts
        share = change.change / total.base
        room = change.half_width / total.base + abs(share) * total.base_half_width / total.base
        value = now.value if now.value is not None else change.base + change.change
        out.append(
            {
                name: line, "value": value, "base": change.base,
                "contribution": share if part else None,
                "lo": share - room if part else None, "hi": share + room if part else None,
                "basis": change.basis, "share_before": change.base / total.base,
                "share_after": value / whole.value if whole.value else None,
                "growth": change.growth if abs(change.growth) < float("inf") else None,
                "grade": now.grade, "source": now.source, "method": change.method, "also": list(now.also),
                "role": "part" if part else "memo",
            }
        )  # fmt: skip
    for line, now in here.items():
        if line not in changes:
            out.append(_unexplained_line(name, line, now, whole))
    return sorted(out, key=lambda row: (row["contribution"] is None, -(row["contribution"] or 0.0), row[name]))


def _unexplained_line(name: str, line: str, now: Figure, whole: Figure) -> dict[str, Any]:
    after = now.value / whole.value if now.value is not None and whole.value else None
    return {
        name: line, "value": now.value, "base": None, "contribution": None, "lo": None, "hi": None, "basis": None,
        "share_before": None, "share_after": after, "growth": now.growth, "grade": now.grade, "source": now.source,
        "method": "no base held", "also": list(now.also), "role": "memo",
    }  # fmt: skip


def _answer(split: Split, facts: Sequence[Fact], flow: str) -> Answer:
    import pandas as pd

    explained = split.explained
    room = sum((line["hi"] - line["lo"]) / 2 for line in explained) + split.half_width
    keys = sorted({line["source"] for line in split.lines})
    question = split.question
    reporter = str(facts[0]["reporter"])
    used = [fact for fact in facts if fact["flow"] == flow and fact["source"] in keys]
    about: dict[str, object] = {
        "reporter": reporter,
        "flow": flow,
        "valuation": {flow: sorted({str(fact["valuation"]) for fact in used})},
        "concept": {flow: sorted({str(fact["concept"]) for fact in used})},
        "period": question.periods[0],
        "base_period": periods.year_earlier(question.periods[0]),
        "span": question.span,
        "by": question.by,
        "currency": question.currency,
        "vintage": question.vintage,
        "growth": split.growth,
        "growth_basis": "printed" if split.basis == "printed" and _printed(facts, question, flow) else "recomputed",
        "growth_half_width": split.half_width,
        "value": split.value,
        "base": split.base,
        "unexplained": split.unexplained,
        "unexplained_half_width": room,
        "lines": len(explained),
        "estimated": split.estimated,
        "method": "contribution = change of the line / base of the whole; sums to growth with the unexplained line",
        "warnings": _warnings(split),
        "sources": measures.sources_of(keys),
        "citation": measures.citation(reporter, keys, question),
    }
    return Answer("explain", about, pd.DataFrame(list(split.lines)))


def _printed(facts: Sequence[Fact], question: Question, flow: str) -> bool:
    line = (flow, flows.WORLD, flows.ALL, question.periods[0])
    mine = (fact for fact in facts if (fact["flow"], fact["partner"], fact["product"], fact["period"]) == line)
    return any(fact["asked"] and fact["growth"] is not None for fact in mine)


def _warnings(split: Split) -> list[str]:
    out = []
    if split.estimated:
        out.append(
            f"{split.estimated} of {len(split.explained)} contributions are estimated; lo and hi give their band."
        )
    left = [line for line in split.lines if line["method"] == "no base held"]
    if left:
        out.append(f"{len(left)} lines have no base a year earlier and stand without a contribution.")
    return out


def _cannot(table: flows.Flows, question: Question, flow: str) -> str:
    period = question.periods[0]
    what = codes.name(flow).lower()
    needed = f"{periods.year_earlier(period)} and {period} are needed, in the whole and by {question.by}"
    if flow != "T" and (said := absence.unsplit(table, question, flow)):
        return said
    held = absence.missing(table, question, [flow])
    return f"No split of the growth of {what} by {question.by}: {needed}. {held}"
