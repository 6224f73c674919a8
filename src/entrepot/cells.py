"""From a table of flows to one figure a cell: narrow it to a question, choose among vintages and sources.

`narrow` is lazy and leaves a small table; `choose` picks, of each cell, the figure of the vintage that was asked for
and lists what other sources or the first print say. Nothing here computes growth or balances.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import narwhals as nw

from entrepot import codes, flows, periods
from entrepot.errors import BadTable, DoubleCount, MissingData

CONCEPTS = ("standard", "general", "consumption")  # taken in this order where a question names none
SUM = "SUM"  # a line that adds up what is not printed as one
UNRANKED = 3  # a source that no table of sources describes stands between copies and press
ALONE = {"parts": 1.0, "weight": 1.0, "groups": 0.0}  # what `narrow` says of a line that is printed

Fact = dict[str, Any]  # one row of `narrow`: None for what is missing, days as dates


@dataclass(frozen=True)
class Question:
    """What a verb asks of a table: periods (in order), span, lines, currency and vintage.

    `by` is the dimension to list; `partners` and `products` are filters, empty for the whole (WLD, TOTAL); no currency
    means dollars if held, else the one held.
    """

    periods: tuple[str, ...]
    span: str
    currency: str | None = None
    vintage: str = "latest"
    by: str | None = None
    partners: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    concept: str | None = None

    @property
    def needed(self) -> list[str]:
        """The periods asked for and those a year earlier."""
        return sorted({*self.periods, *(periods.year_earlier(one) for one in self.periods)})

    @property
    def lists_partners(self) -> bool:
        """Whether partners stand one by one, not as the world."""
        return self.by == "partner" or bool(self.partners)

    @property
    def lists_products(self) -> bool:
        """Whether products stand one by one, not as all goods."""
        return self.by == "product" or bool(self.products)


def narrow(table: flows.Flows, question: Question, *, alone: bool = False, months: bool = True) -> flows.Flows:
    """Keep the rows that can answer a question; sum a dimension where only parts of its whole are held.

    Lazy to lazy. Columns: those of the flows table, `asked` (whether the row is of the vintage), `parts` (rows summed),
    `weight` (each line counts one, shared among the rows that hold it; over all rows of a sum the number of its lines)
    and `groups` (of these, rows of partner groups, which overlap). A line that is a sum has partner or product `SUM`,
    with the classification and number of digits that were summed (`HS2022 6`), or the aggregate. Rows of other
    vintages are kept for printed lines, so that the first print can be named; sums are of the vintage asked for. Under
    a day nothing that became public later is kept, and months only of lines whose longer span the vintage lacks.

    Two looks at the rows of all others cost most of the time. They are spared where it is known (`_plain`) that each
    line has one row (`alone`), or that no month stands beside a longer span (not `months`).
    """
    marked, kept = _marked(_in_scope(table, question), question, *([] if alone else _weights()), months=months)
    partner = _line("partner", flows.WORLD, listed=question.lists_partners)
    product = _line("product", flows.ALL, listed=question.lists_products)
    code = nw.col("product")
    length = nw.when(code.str.contains("^[0-9]+$")).then(code.str.len_chars().cast(nw.String())).otherwise(code)
    digits = nw.concat_str("classification", length, separator=" ")
    printed = (partner != SUM) & (product != SUM)
    shared = nw.when(nw.col("holders") > 0).then(nw.col("parts") / nw.col("holders")).otherwise(1.0 / nw.col("rows"))
    shared = nw.lit(1.0) if alone else shared
    lines = (marked.with_columns(parts=_parts()) if alone else marked).with_columns(
        partner=partner,
        product=product,
        classification=nw.when(product == SUM).then(digits).otherwise(nw.col("classification")),
        printed=printed,
        stamp=nw.when(printed).then("released"),
        groups=nw.when(partner == SUM, nw.col("partner").is_in(_groups())).then(1.0).otherwise(0.0).cast(flows.NUMBER),
        weight=shared.cast(flows.NUMBER),
    )
    return _summed(lines.filter(nw.col("printed") | nw.col("asked"), *kept))


def _marked(
    table: flows.Flows, question: Question, *further: nw.Expr, months: bool = True
) -> tuple[flows.Flows, list[nw.Expr]]:
    """Mark the rows of the vintage as `asked`; with it the conditions on what a question has no use for.

    Those are rows that became public after the day asked for, and months of lines whose longer span the vintage holds:
    only the others are added up from months. Few wide steps, since every step of a chain is bound by itself.
    """
    col = nw.col
    kept = []
    if question.vintage not in flows.VINTAGES:
        kept.append(col("asked") | (col("released") <= flows.day_of(question.vintage)))
    years = [one[:4] for one in question.needed]
    marked = table.with_columns(asked=flows.current(question.vintage), year=col("period").str.slice(0, 4))
    windows = list(further)
    if months and question.span != "month" and len(set(years)) == len(years):
        figure = col("asked") & ~nw.all_horizontal(col("value", "growth").is_null(), ignore_nulls=False)
        longer = nw.when(figure & (col("span") != "month")).then(1).otherwise(0)
        line = ["reporter", "partner", "flow", "product", "concept", "currency", "year"]
        windows.append(longer.max().over(*line).alias("covered"))
        kept.append((col("span") != "month") | (col("covered") == 0))
    return (marked.with_columns(*windows) if windows else marked), kept


def _weights() -> list[nw.Expr]:
    """Of each row the values it adds (one or none), those of its line, and the rows of its line; as real numbers.

    PostgreSQL divides whole numbers to a whole number, and takes `1.0` for a decimal until it is cast.
    """
    parts = _parts()
    return [parts.alias("parts"), parts.sum().over(*LINE).alias("holders"), nw.len().over(*LINE).alias("rows")]


LINE = ("reporter", "partner", "flow", "product", "classification", "period", "span", "concept", "currency", "asked")


def _parts() -> nw.Expr:
    return nw.when(nw.col("value").is_null()).then(0.0).otherwise(1.0).cast(flows.NUMBER)


def _plain(table: flows.Flows, question: Question) -> dict[str, bool]:
    """What `narrow` may take for granted of the rows in scope: see there."""
    asked = _in_scope(table, question).with_columns(asked=flows.current(question.vintage))
    lines = asked.group_by(*LINE).agg(rows=nw.len())
    (told,) = flows.records(lines.select(most=nw.col("rows").max(), months=(nw.col("span") == "month").any()))
    return {"alone": (told["most"] or 0) <= 1, "months": bool(told["months"])}


def collect(table: flows.Flows, question: Question) -> list[Fact]:
    """Run a question and return its rows as facts: what is printed, else what `narrow` adds up.

    A table that prints the whole of every dimension that the question does not list (in any currency) is never summed
    over, so its lines are read as they are, at a fraction of the cost.
    """
    whole = [] if question.lists_partners else [nw.col("partner") == flows.WORLD]
    whole += [] if question.lists_products else [nw.col("product") == flows.ALL]
    marked, kept = _marked(_in_scope(table, question, *whole), question)
    facts = flows.records(marked.filter(*kept) if kept else marked)
    if facts or not whole:
        return [fact | ALONE for fact in facts]
    return flows.records(narrow(table, question, **_plain(table, question)))


def hold(table: flows.Flows, where: nw.Expr, vintages: Iterable[str]) -> list[Fact]:
    """Collect, once, the printed rows that many questions will be asked of; `within` answers each from memory.

    An entry `at VINTAGE` marks the rows of each vintage.
    """
    held = table.filter(where, nw.col("flow").is_in(["X", "M", "T", "B"]))
    marked = held.with_columns(flows.current(which).alias(f"at {which}") for which in sorted(set(vintages)))
    return [fact | ALONE for fact in flows.records(marked)]


def within(held: Iterable[Fact], question: Question) -> list[Fact]:
    """Facts of `hold` that can answer a question, as `collect` would leave them of a table that prints its wholes."""
    wanted = {(question.span, one) for one in question.needed}
    if question.span != "month":
        wanted |= {("month", month) for one in question.needed for month in periods.months(one, question.span)}
        wanted |= {("ytd", f"{one}-12") for one in question.needed if periods.is_year(one)}
        wanted |= {("year", one[:4]) for one in question.needed if one[5:] == "12"}
    currencies = None if question.currency is None else {question.currency, ""}
    partners = None if question.by == "partner" and not question.partners else {*question.partners, flows.WORLD}
    products = None if question.by == "product" and not question.products else {*question.products, flows.ALL}
    mark = f"at {question.vintage}"
    day = None if question.vintage in flows.VINTAGES else flows.day_of(question.vintage)
    return [
        fact | {"asked": fact[mark]}
        for fact in held
        if (fact["span"], fact["period"]) in wanted
        and (currencies is None or fact["currency"] in currencies)
        and (partners is None or fact["partner"] in partners)
        and (products is None or fact["product"] in products)
        and (day is None or fact[mark] or fact["released"] <= day)
    ]


def _line(name: str, whole: str, *, listed: bool) -> nw.Expr:
    column = nw.col(name)
    return column if listed else nw.when(column == whole).then(column).otherwise(nw.lit(SUM))


def _groups() -> list[str]:
    return sorted(codes.groups())


def _in_scope(table: flows.Flows, question: Question, *further: nw.Expr) -> flows.Flows:
    col, needed = nw.col, question.needed
    span = (col("span") == question.span) & col("period").is_in(needed)
    if question.span != "month":
        months = sorted({month for one in needed for month in periods.months(one, question.span)})
        span = span | ((col("span") == "month") & col("period").is_in(months))
    if question.span == "year":
        span = span | ((col("span") == "ytd") & col("period").is_in([f"{one}-12" for one in needed]))
    if question.span == "ytd" and (years := [one[:4] for one in needed if one[5:] == "12"]):
        span = span | ((col("span") == "year") & col("period").is_in(years))
    scope = [span, col("flow").is_in(["X", "M", "T", "B"]), *further]  # one filter: every step of a chain is bound anew
    if question.currency is not None:
        scope.append(col("currency").is_in([question.currency, ""]))
    if question.partners:
        scope.append(col("partner").is_in(sorted({*question.partners, flows.WORLD})))
    if question.products:
        scope.append(col("product").is_in(sorted({*question.products, flows.ALL})))
    if question.concept is not None:
        scope.append(col("concept") == question.concept)
    return table.filter(*scope)


def _summed(lines: flows.Flows) -> flows.Flows:
    """Add up the lines called SUM within one vintage and source; printed lines pass through, one row each."""
    keys = [*flows.CELL, "source", "released_basis", "asked", "printed", "stamp"]
    numbers = ["value", "half_width", "growth", "growth_half_width", "weight_kg", "quantity"]
    added = lines.group_by(keys).agg(
        nw.col(*numbers).sum(),
        nw.col("released").max(),
        nw.col("superseded", "unit").min(),
        nw.col("groups", "parts", "weight").sum(),
        *(nw.col(name).count().alias(f"n_{name}") for name in numbers),
        rows=nw.len(),
    )
    whole = {name: nw.col(f"n_{name}") == nw.col("rows") for name in numbers}
    whole["value"] = whole["half_width"] = nw.col("n_value") > 0
    alone = {name: nw.col("printed") & whole[name] for name in ("growth", "growth_half_width", "quantity")}
    kept = {name: nw.when((whole | alone)[name]).then(nw.col(name)).alias(name) for name in numbers}
    columns = [kept.get(name, nw.col(name)) for name in flows.COLUMNS]
    return added.select(*columns, "asked", "parts", "weight", "groups")


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure chosen for one line, what it rests on, and what others say of it.

    `value` [currency], `growth` as printed [fraction], half widths of both; `also` lists figures of other sources that
    differ by more than both half widths; `first_...` is the earliest print held of value and of growth.
    """

    span: str
    period: str
    flow: str
    partner: str
    product: str
    classification: str
    currency: str
    concept: str
    valuation: str
    status: str
    value: float | None
    half_width: float
    growth: float | None
    growth_half_width: float
    growth_currency: str
    growth_released: date | None
    growth_source: str
    weight_kg: float | None
    quantity: float | None
    unit: str | None
    source: str
    grade: str | None
    released: date
    released_basis: str
    method: str
    also: tuple[Mapping[str, Any], ...]
    first_value: float | None
    first_half_width: float
    first_released: date
    first_basis: str
    first_growth: float | None
    first_growth_half_width: float


Key = tuple[str, str, str, str, str]  # span, period, flow, partner, product
Book = dict[Key, Figure]


def choose(facts: Sequence[Fact], question: Question, sources: Mapping[str, Mapping[str, Any]] | None = None) -> Book:
    """Pick one figure of each line from the facts that `collect` left: the best source of the vintage asked for.

    A year and January to December are one fact. A line is summed only where the table holds no printed whole. A line of
    which the vintage holds nothing has neither value nor growth, only its first print.

    Raises
    ------
    BadTable
        If the rows are of more than one reporter.
    DoubleCount
        If a line would have to be summed over partner groups that overlap, or over several digit levels of products.
    MissingData
        If a line would have to be summed over lines of which no one source holds all.
    """
    if len(named := sorted({fact["reporter"] for fact in facts})) > 1:
        held = ", ".join(named)
        raise BadTable(f"One reporter is measured at a time; the table holds {held}. Filter it, or pass ep.load(name).")
    partial = _partial(sources)
    facts = [
        _same_span(fact, question) for fact in facts if fact["partner"] != SUM or fact["source"] not in partial
    ]  # fmt: skip
    facts = _ranked(_printed_before_sums(one_concept(facts, question), question), sources)
    lines: dict[Key, list[Fact]] = {}
    for fact in facts:
        lines.setdefault(_key(fact), []).append(fact)
    return {key: _figure(group) for key, group in lines.items()}


def _partial(sources: Mapping[str, Mapping[str, Any]] | None) -> set[str]:
    """Sources that hold only some partners, so that adding these up is no world."""
    return {key for key, row in (sources or {}).items() if row.get("coverage") == "some partners"}


def _key(fact: Mapping[str, Any]) -> Key:
    return fact["span"], fact["period"], fact["flow"], fact["partner"], fact["product"]


def _same_span(fact: Fact, question: Question) -> dict[str, Any]:
    if question.span == "year" and fact["span"] == "ytd" and fact["period"].endswith("-12"):
        return fact | {"span": "year", "period": fact["period"][:4]}
    if question.span == "ytd" and fact["span"] == "year":
        return fact | {"span": "ytd", "period": fact["period"] + "-12"}
    return fact


def one_concept(facts: list[Fact], question: Question) -> list[Fact]:
    """Keep one concept a flow: the one held for most of the months asked, then in the order of CONCEPTS."""
    if question.concept is not None:
        return facts
    facts = [fact for fact in facts if fact["concept"] in CONCEPTS] or facts
    wanted = {month for one in question.periods for month in periods.months(one, question.span)}
    held: dict[str, dict[str, set[str]]] = {}
    for flow, concept, period, span in {(f["flow"], f["concept"], f["period"], f["span"]) for f in facts}:
        held.setdefault(flow, {}).setdefault(concept, set()).update(wanted.intersection(periods.months(period, span)))
    place = {name: n for n, name in enumerate(CONCEPTS)}
    best = {
        flow: min(sets, key=lambda name: (-len(sets[name]), place.get(name, len(place)), name))
        for flow, sets in held.items()
    }
    return [fact for fact in facts if best.get(fact["flow"], fact["concept"]) == fact["concept"]]


def _printed_before_sums(facts: list[Fact], question: Question) -> list[Fact]:
    """Use sums only where the table prints no whole of any flow; refuse those that count twice or leave lines out."""
    months = {*question.periods, *(month for one in question.periods for month in periods.months(one, question.span))}
    world = any(fact["partner"] == flows.WORLD for fact in facts)
    total = any(fact["product"] == flows.ALL for fact in facts)
    kept: list[Fact] = []
    sums: dict[tuple[str, ...], list[Fact]] = {}
    levels: dict[Key, set[str]] = {}
    for fact in facts:
        over_partners, over_products = fact["partner"] == SUM, fact["product"] == SUM
        if (over_partners and world) or (over_products and total):
            continue
        if not over_partners and not over_products:
            kept.append(fact)
            continue
        whole: dict[str, Any] = {"partner": flows.WORLD} if over_partners else {}
        whole |= {"product": flows.ALL, "classification": ""} if over_products else {}
        summed = (
            fact | whole | {"summed": True, "status": "derived" if fact["status"] == "observed" else fact["status"]}
        )
        levels.setdefault(_key(summed), set()).add(fact["classification"] if over_products else "")
        _refuse_double_count(summed, levels[_key(summed)])
        sums.setdefault((*_key(summed), summed["currency"]), []).append(summed)
    for group in sums.values():
        lines = round(sum(fact["weight"] for fact in group))
        kept += (complete := [fact for fact in group if fact["parts"] == lines])
        if not complete and group[0]["flow"] in ("X", "M") and group[0]["period"] in months:
            _refuse_partial(group, lines)
    return kept


def _refuse_partial(group: list[Fact], lines: int) -> None:
    held = ", ".join(sorted(f"{f['source']} ({f['status']}, {f['valuation']}) {f['parts']:.0f}" for f in group))
    raise MissingData(
        f"No total is printed of flow {group[0]['flow']} in {group[0]['period']}, and no one source holds a value of "
        f"all {lines} lines to add up, once each: {held}. Keep one source and vintage, or add rows of the total (WLD, "
        "TOTAL)."
    )


def _refuse_double_count(fact: Mapping[str, Any], levels: set[str]) -> None:
    if fact["groups"]:
        raise DoubleCount(
            "No world total is held, and the partners include groups that overlap their members: adding them would "
            "count trade twice. Pass a table with WLD rows, or one without groups."
        )
    if len(levels) > 1:
        raise DoubleCount(
            f"No product total is held, and products stand at several levels ({', '.join(sorted(levels))}: "
            "classification and digits): adding them would count trade twice. Keep one level, or add TOTAL rows."
        )


def _ranked(facts: list[Fact], sources: Mapping[str, Mapping[str, Any]] | None) -> list[Fact]:
    """Best source first, then the newer release; a growth rate whose currency is not stated comes last."""
    known = sources or {}
    rank = {key: row["rank"] for key, row in known.items()}
    for fact in facts:
        fact["grade"] = known[fact["source"]]["grade"] if fact["source"] in known else None

    def order(fact: Fact) -> tuple[Any, ...]:
        newest, status = -fact["released"].toordinal(), flows.WORDS["status"].index(fact["status"])
        first = (fact["currency"] == "", rank.get(fact["source"], UNRANKED), newest, fact["source"], status)
        return *first, fact["valuation"], fact["classification"], fact["concept"], fact["released_basis"]

    return sorted(facts, key=order)


def _figure(group: list[Fact]) -> Figure:
    """One figure of a line from its rows, best first."""
    asked = [fact for fact in group if fact["asked"]]
    valued = [fact for fact in asked if fact["value"] is not None]
    grown = [fact for fact in asked if fact["growth"] is not None]
    row = (valued or grown or asked or group)[0]
    rise = grown[0] if grown else None
    oldest = sorted(group, key=lambda fact: fact["released"])
    first = next((fact for fact in oldest if fact["value"] is not None), oldest[0])
    risen = next((fact for fact in oldest if fact["growth"] is not None), None)
    also = [*_others(valued, "value", "half_width"), *_others(grown, "growth", "growth_half_width")]
    return Figure(
        **{name: row[name] for name in ROW},
        value=row["value"] if asked else None,
        half_width=row["half_width"] or 0.0,
        growth=rise["growth"] if rise else None,
        growth_half_width=(rise and rise["growth_half_width"]) or 0.0,
        growth_currency=rise["currency"] if rise else row["currency"],
        growth_released=rise["released"] if rise else None,
        growth_source=rise["source"] if rise else "",
        method=f"sum of {row['parts']:.0f} line{'s' * (row['parts'] > 1)}" if row.get("summed") else "",
        also=tuple(also),
        first_value=first["value"],
        first_half_width=first["half_width"] or 0.0,
        first_released=first["released"],
        first_basis=first["released_basis"],
        first_growth=risen["growth"] if risen else None,
        first_growth_half_width=(risen and risen["growth_half_width"]) or 0.0,
    )


ROW = (
    *("span", "period", "flow", "partner", "product", "classification", "currency", "concept", "valuation", "status"),
    *("weight_kg", "quantity", "unit", "source", "grade", "released", "released_basis"),
)


def _others(facts: list[Fact], name: str, width: str) -> list[Fact]:
    """Figures of other rows that miss the best one by more than both half widths."""
    out: list[Fact] = []
    for other in facts[1:]:
        room = (facts[0][width] or 0.0) + (other[width] or 0.0)
        if abs(other[name] - facts[0][name]) > room * (1 + 1e-9):
            said = {"role": "other source", name: other[name], "source": other["source"], "grade": other["grade"]}
            out.append(said | {"currency": other["currency"] or "not stated", "released": other["released"]})
    return out


def sum_months(book: Book, question: Question) -> Book:
    """Add the spans that no office printed as sums of their months, where every month is held in one concept.

    The half width is the sum of the months' half widths; the result is `derived`.
    """
    if question.span == "month":
        return book
    sides = {(key[2], key[3], key[4]) for key in book if key[2] in ("X", "M")}
    out = dict(book)
    for one in question.needed:
        months = periods.months(one, question.span)
        for flow, partner, product in sides:
            printed = book.get((question.span, one, flow, partner, product))
            if printed is not None and (printed.value is not None or printed.growth is not None):
                continue
            parts = [book.get(("month", month, flow, partner, product)) for month in months]
            held = [part for part in parts if part is not None and part.value is not None]
            if len(held) == len(months):
                out[question.span, one, flow, partner, product] = _added(held, one, question.span)
    return out


def _added(parts: list[Figure], period: str, span: str) -> Figure:
    last = max(parts, key=lambda part: part.released)
    total = sum(part.value for part in parts if part.value is not None)
    width = sum(part.half_width for part in parts)
    copied = "first seen" if any(part.released_basis == "first seen" for part in parts) else last.released_basis
    return replace(
        last, period=period, span=span, status="derived" if last.status == "observed" else last.status,
        value=total, half_width=width, growth=None, growth_half_width=0.0, growth_released=None, growth_source="",
        weight_kg=None, quantity=None, unit=None, released_basis=copied, also=(), method=f"sum of {len(parts)} months",
        first_value=total, first_half_width=width, first_released=last.released, first_basis=copied,
        first_growth=None, first_growth_half_width=0.0,
    )  # fmt: skip
