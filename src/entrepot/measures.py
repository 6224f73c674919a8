"""Measure trade: value, growth, share and balance of a period, by partner or product, in the vintage asked for."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from entrepot import absence, cells, codes, flows, lake, periods
from entrepot.answer import Answer
from entrepot.cells import Book, Fact, Figure, Question
from entrepot.errors import MissingData, WrongUsage

if TYPE_CHECKING:
    import pandas as pd

FLOWS = ("X", "M", "T", "B")
METHOD = {
    "one": "value as held; growth as printed in the same release, else recomputed inside the vintage",
    "all": "every print held, in order of release",
}
REST = "ROW"  # everyone the office's list leaves out
ROUND = 31  # days: a bulletin that follows its preliminary release belongs to the same print
WIDE = 1 + 1e-9
Line = dict[str, Any]  # one row of the answer
UNSTATED = "currency of the growth rate not stated"
"""What a row says of a printed rate whose currency the source does not give."""


def measure(
    trade: Any,
    *,
    period: str,
    span: str | None = None,
    flow: str | None = None,
    by: str | None = None,
    partner: str | Sequence[str] | None = None,
    product: str | Sequence[str] | None = None,
    currency: str | None = None,
    vintage: str = "latest",
    concept: str | None = None,
) -> Answer:
    """Value, growth, share and balance of trade in a period.

    Parameters
    ----------
    trade
        Anything `flows.read` takes, of one reporter; `ep.load("CHN")` for what is held.
    period : str
        A month, a year or a range (`2025-11`, `2025`, `2024-01:2025-11`), in any form `periods.period` reads.
    span : {"month", "ytd", "year"}, optional
        What the period covers; `ytd` is January to the month. A month or a year if left out. Where no year to date is
        printed it is the sum of its months, and says so.
    flow : str, optional
        `X` exports, `M` imports, `T` total, `B` balance; all four if left out.
    by : {"partner", "product"}, optional
        List the finest disjoint cover of partners (or products), the rest as one line (`ROW`), and lines that overlap
        it as memo lines.
    partner, product : str or sequence, optional
        Names or codes to keep; shares are then of the whole.
    currency : str, optional
        ISO 4217 or a name; dollars if held, else the reporter's own.
    vintage : str
        `latest`, `first`, `all`, or a day: what was current then.
    concept : str, optional
        `standard` unless only others are held (`general`, `consumption`), or as asked (`ordinary trade`).

    Returns
    -------
    Answer
        Rows: period, span, flow, partner, product, value, currency, growth, growth_basis (`printed`, `recomputed`),
        growth_other (the other basis where it differs by more than both half widths), share [of the world, or of all
        goods], status, method, grade, source, also (what other sources and the first print say), released,
        released_basis, role (`whole`, `part`, `rest`, `memo`), half_width, growth_half_width, weight_kg, quantity,
        unit, valuation. Full currency units, fractions. Missing is null.

    Raises
    ------
    WrongUsage
        If period, span, flow, currency or vintage is none.
    MissingData
        If nothing is held that answers; the message names what is.
    DoubleCount
        If the table would have to be summed over lines that overlap.
    """
    question = ask(period=period, span=span, by=by, partner=partner, product=product, currency=currency,
                   vintage=vintage, concept=concept)  # fmt: skip
    wanted = FLOWS if flow is None else (_plain_flow(flow),)
    lines, facts, question = find(flows.read(trade), question, wanted)
    about = _about(lines, question, facts[0]["reporter"], wanted)
    usual = usual_until(flows.read(trade), question) if _unusual(lines) else None
    about["warnings"] = [*counted(lines, usual), *warnings(lines, question)]
    return Answer("measure", about, _frame(lines))


def find(
    table: flows.Flows, question: Question, wanted: Sequence[str] = FLOWS
) -> tuple[list[Line], Sequence[Fact], Question]:
    """Rows of the answer, the facts they rest on, and the question with its currency settled.

    Raises
    ------
    MissingData
        If nothing is held that answers.
    """
    facts, question = settled(cells.collect(table, question), question)
    lines = lines_of(facts, question, wanted)
    if not lines:
        raise MissingData(absence.missing(table, question, wanted))
    return lines, facts, question


def lines_of(facts: Sequence[Fact], question: Question, wanted: Sequence[str] = FLOWS) -> list[Line]:
    """Rows of the answer from facts whose currency is `settled`; empty if they hold nothing that answers."""
    if question.vintage == "all":
        return _history(facts, question, wanted)
    book = cells.sum_months(cells.choose(facts, question, lake.sources()), question)
    if "T" in wanted or "B" in wanted:
        book = complete(book)
    held: dict[str, Book] = {}  # by period
    for key, one in book.items():
        if key[0] == question.span and not (one.value is one.growth is one.quantity is None):
            held.setdefault(key[1], {})[key] = one
    return [line for one in question.periods if one in held for line in _lines(book, held[one], question, one, wanted)]


def ask(
    *,
    period: str,
    span: str | None = None,
    by: str | None = None,
    partner: str | Sequence[str] | None = None,
    product: str | Sequence[str] | None = None,
    currency: str | None = None,
    vintage: str = "latest",
    concept: str | None = None,
) -> Question:
    """Read the words of a question; `WrongUsage` (or its `UnknownCode`) names the word that is none."""
    asked = periods.each(period)
    if by not in (None, "partner", "product"):
        raise WrongUsage(f"{by!r} cannot be listed by; partner or product is expected.")
    if vintage not in flows.VINTAGES:
        flows.day_of(vintage)
    words = partial_list(product)
    return Question(
        periods=tuple(asked),
        span=periods.span_of(asked[0], span),
        currency=None if currency is None else codes.currency(currency),
        vintage=vintage,
        by=by,
        partners=tuple(codes.partner(word) for word in partial_list(partner)),
        products=tuple(codes.product(word)[0] for word in words),
        concept=concept,
    )


def partial_list(words: str | Sequence[str] | None) -> list[str]:
    """Split `vietnam,mexico` or a sequence into words; None is no word."""
    if words is None:
        return []
    return [word.strip() for word in (words.split(",") if isinstance(words, str) else words) if word.strip()]


def _plain_flow(word: str) -> str:
    code = codes.flow(word)
    if code not in FLOWS:
        raise WrongUsage(f"{word!r} is not measured by itself; exports, imports, total or balance is expected.")
    return code


def settled(facts: Sequence[Fact], question: Question) -> tuple[list[Fact], Question]:
    """Settle the currency of a question: as asked, else dollars if held, else that held most; no facts if none is."""
    wanted = _wanted(question)
    answering = [fact for fact in facts if fact["asked"] and fact["period"] in wanted]
    if question.currency is not None:
        usual = question.currency in _usual(facts) or any(fact["currency"] for fact in facts)
        return (list(facts) if answering and usual else []), question
    if found := currencies(answering):
        question = replace(question, currency=found[0])
        facts = [fact for fact in facts if fact["currency"] in (found[0], "")]
    return (list(facts) if answering else []), question


def currencies(facts: Sequence[Fact]) -> list[str]:
    """Currencies stated in facts of one reporter: dollars, the reporter's own, then those held most."""
    counts = Counter(fact["currency"] for fact in facts if fact["currency"])
    own = _usual(facts)
    return sorted(counts, key=lambda one: (one != "USD", one not in own, -counts[one], one))


def _usual(facts: Sequence[Fact]) -> set[str]:
    """Currencies that a growth rate without a stated currency may be in: dollars, or the reporter's own."""
    return {"USD", *(codes.own_currency(one) or "" for one in {fact["reporter"] for fact in facts})}


def _wanted(question: Question) -> set[str]:
    december = {f"{one}-12" for one in question.periods if periods.is_year(one)}
    years = {one[:4] for one in question.periods if one.endswith("-12")}
    months = {month for one in question.periods for month in periods.months(one, question.span)}
    return {*question.periods, *december, *years, *months}


def complete(book: Book) -> Book:
    """Add totals and balances where none was printed: exports plus, or minus, imports of the same line."""
    out = dict(book)
    for key, exports in book.items():
        span, period, flow, partner, product = key
        if flow != "X":
            continue
        imports = book.get((span, period, "M", partner, product))
        for sign, name in ((1.0, "T"), (-1.0, "B")):
            line = (span, period, name, partner, product)
            if imports is None or (line in book and book[line].value is not None):
                continue
            derived = _combined(exports, imports, name, sign)
            if derived is not None:
                out[line] = _with_prints(derived, book.get(line))
    return out


def _combined(exports: Figure, imports: Figure, flow: str, sign: float) -> Figure | None:
    if exports.value is None or imports.value is None:
        return None
    value, width = exports.value + sign * imports.value, exports.half_width + imports.half_width
    last = max(exports, imports, key=lambda side: side.released)
    weaker = max(exports, imports, key=lambda side: side.grade or "")
    unusual = sorted({exports.concept, imports.concept} - {USUAL[0]})
    first = None
    if exports.first_value is not None and imports.first_value is not None:
        first = exports.first_value + sign * imports.first_value
    return replace(
        last, flow=flow, value=value, half_width=width, valuation="mixed",
        concept=", ".join(unusual) or USUAL[0], source=last.source, grade=weaker.grade,
        status="derived" if last.status == "observed" else last.status, growth=None, growth_half_width=0.0,
        growth_released=None, growth_source="", weight_kg=None, quantity=None, unit=None, also=(), first_value=first,
        first_half_width=exports.first_half_width + imports.first_half_width, first_growth=None,
        first_growth_half_width=0.0, method="exports plus imports" if sign > 0 else "exports minus imports",
    )  # fmt: skip


def _with_prints(derived: Figure, printed: Figure | None) -> Figure:
    """Keep what was printed of a line that is derived now: a growth rate without a level, a level since replaced."""
    if printed is None:
        return derived
    kept = ["growth", "growth_half_width", "growth_source", "growth_released", "growth_currency"]
    kept += ["first_growth", "first_growth_half_width"]
    if printed.first_value is not None:
        kept += ["first_value", "first_half_width", "first_released", "first_basis"]
    return replace(derived, **{name: getattr(printed, name) for name in kept})


def recomputed(now: Figure, before: Figure | None, *, vintage: str) -> tuple[float, float] | None:
    """Growth of a level on that of a year earlier [fraction], with its half width; None where it cannot be formed.

    g = V / V0 - 1, both of one vintage and concept, V0 positive. Under `first` or a day a base that was only seen
    after the figure itself is of another vintage, and no growth is formed from it.
    """
    if before is None or now.value is None or before.value is None or before.value <= 0:
        return None
    if (now.concept, now.valuation, now.currency) != (before.concept, before.valuation, before.currency):
        return None
    if vintage != "latest" and before.released_basis == "first seen" and before.released > now.released:
        return None
    ratio = now.value / before.value
    return ratio - 1, abs(ratio) * before.half_width / before.value + now.half_width / before.value


def grown(now: Figure, before: Figure | None, *, vintage: str) -> dict[str, Any]:
    """Growth of a line with its basis: printed in the same release, else recomputed, else as first printed.

    At the latest vintage a rate printed more than `ROUND` days before the level belongs to an older print of it.
    `growth_other` is the other basis, only where the two differ by more than both half widths.
    """
    again = recomputed(now, before, vintage=vintage)
    printed = None if now.growth is None else (now.growth, now.growth_half_width)
    if printed and now.value is not None and now.growth_released is not None:
        stale = vintage == "latest" and (now.released - now.growth_released).days > ROUND
        printed, older = (None, printed) if stale and again else (printed, None)
    else:
        older = None
    if older is None and printed is None and now.first_growth is not None and vintage == "latest":
        older = (now.first_growth, now.first_growth_half_width)
    best, basis = (printed, "printed") if printed else (again, "recomputed") if again else (older, "printed")
    if best is None:
        return {"growth": None, "growth_half_width": None, "growth_basis": None, "growth_other": None}
    other = again if printed else older if again else None
    differs = other is not None and abs(other[0] - best[0]) > (other[1] + best[1]) * WIDE
    return {
        "growth": best[0],
        "growth_half_width": best[1],
        "growth_basis": basis,
        "growth_other": other[0] if other is not None and differs else None,
    }


def _lines(book: Book, held: Book, question: Question, period: str, wanted: Sequence[str]) -> list[Line]:
    """Rows of one period, in reading order; `held` is what the book holds of that period."""
    roles = _roles(held, question, period)
    lines = []
    for (_, _, flow, partner, product), now in held.items():
        if flow not in wanted or (partner, product) not in roles:
            continue
        whole = book.get((question.span, period, flow, *_whole(question, partner, product)))
        before = book.get((question.span, periods.year_earlier(period), flow, partner, product))
        role = roles[partner, product]
        lines.append(_line(now, before, whole if role != "whole" else None, role, question))
    if question.by == "partner" and not question.partners:
        lines += _rest(lines, book, question, period, wanted)
    return sorted(lines, key=_reading_order(held, question, wanted))


def _roles(held: Book, question: Question, period: str) -> dict[tuple[str, str], str]:
    """Which lines answer, and as what: the whole, a part of the partition, or a memo line that overlaps it."""
    pairs = {(key[3], key[4]) for key in held}
    asked_partners = question.partners or (() if question.by == "partner" else (flows.WORLD,))
    asked_products = question.products or (() if question.by == "product" else (flows.ALL,))
    kept = {
        pair
        for pair in pairs
        if (not asked_partners or pair[0] in asked_partners) and (not asked_products or pair[1] in asked_products)
    }
    if question.by is None:
        return {pair: "whole" if pair == (flows.WORLD, flows.ALL) else "part" for pair in kept}
    place = 0 if question.by == "partner" else 1
    world = flows.WORLD if place == 0 else flows.ALL
    parts = parts_of(held, question, period, {pair[place] for pair in kept})
    return {pair: "whole" if pair[place] == world else "part" if pair[place] in parts else "memo" for pair in kept}


def parts_of(held: Book, question: Question, period: str, lines: Iterable[str]) -> set[str]:
    """Lines of a dimension that are disjoint and cover the most: a partition of partners, the finest HS level."""
    if question.by == "partner":
        values: dict[str, float | None] = dict.fromkeys(sorted(lines))
        sides = {key[2] for key in held} & {"X", "M"} or {"T"}
        for key, one in held.items():
            if key[3] in values and key[2] in sides and one.value is not None:
                values[key[3]] = (values[key[3]] or 0.0) + one.value
        parts = set(flows.partition(values, on=f"{period}-12" if periods.is_year(period) else period).parts)
        return {line for line in parts if line != flows.WORLD}
    hs = [line for line in lines if line.isdigit()]
    finest = max((len(line) for line in hs), default=0)
    return {line for line in hs if len(line) == finest}


def _whole(question: Question, partner: str, product: str) -> tuple[str, str]:
    if question.by == "product" or (question.products and not question.partners and question.by is None):
        return partner, flows.ALL
    return flows.WORLD, product


def _line(now: Figure, before: Figure | None, whole: Figure | None, role: str, question: Question) -> Line:
    share = None
    if whole is not None and whole.value and now.value is not None and now.flow != "B":
        share = now.value / whole.value
    return {
        "period": now.period, "span": now.span, "flow": now.flow, "partner": now.partner, "product": now.product,
        "value": now.value, "currency": now.currency or question.currency or "",
        **grown(now, before, vintage=question.vintage),
        "share": share, "status": now.status, "method": _method(now, before), "grade": now.grade,
        "source": now.source, "also": [*_first_print(now, question), *now.also],
        "released": now.released, "released_basis": now.released_basis, "role": role, "half_width": now.half_width,
        "weight_kg": now.weight_kg, "quantity": now.quantity, "unit": now.unit, "valuation": now.valuation,
        "concept": now.concept,
    }  # fmt: skip


def _method(now: Figure, before: Figure | None) -> str:
    notes = [now.method] if now.method else []
    if now.status == "derived" and not now.method:
        notes.append("derived by the compiler of the table")
    if now.growth is not None and now.growth_currency == "":
        notes.append(UNSTATED)
    if before is not None and before.status == "derived" and now.status == "observed" and now.growth is None:
        notes.append("base derived")
    return "; ".join(notes)


def _first_print(now: Figure, question: Question) -> list[dict[str, Any]]:
    """What was first printed, where the figure shown is a revision of it."""
    if question.vintage == "first" or now.value is None or now.first_value is None:
        return []
    if abs(now.first_value - now.value) <= (now.half_width + now.first_half_width) * WIDE:
        return []
    role = "oldest held" if now.first_basis == "first seen" else "first print"
    return [{"role": role, "value": now.first_value, "growth": now.first_growth, "released": now.first_released}]


def _rest(lines: list[Line], book: Book, question: Question, period: str, wanted: Sequence[str]) -> list[Line]:
    """What the world total leaves over once every part of the partition is taken off; only where all have levels."""
    out = []
    for flow in wanted:
        parts = [line for line in lines if line["flow"] == flow and line["role"] == "part"]
        product = question.products[0] if len(question.products) == 1 else flows.ALL
        now = _left(book, question.span, period, flow, product, parts)
        if now is None or abs(now.value or 0.0) <= now.half_width * WIDE:
            continue
        before = _left(book, question.span, periods.year_earlier(period), flow, product, parts)
        whole = book[question.span, period, flow, flows.WORLD, product]
        out.append(_line(now, before, whole, "rest", question))
    return out


def _left(book: Book, span: str, period: str, flow: str, product: str, parts: list[Line]) -> Figure | None:
    whole = book.get((span, period, flow, flows.WORLD, product))
    found = [book.get((span, period, flow, line["partner"], product)) for line in parts]
    if whole is None or whole.value is None or not found or any(one is None or one.value is None for one in found):
        return None
    taken = sum(one.value for one in found if one is not None and one.value is not None)
    width = whole.half_width + sum(one.half_width for one in found if one is not None)
    return replace(
        whole, partner=REST, value=whole.value - taken, half_width=width, status="derived", growth=None,
        growth_half_width=0.0, growth_released=None, also=(), method="world less the lines listed",
        first_value=None, first_growth=None,
    )  # fmt: skip


def _reading_order(held: Book, question: Question, wanted: Sequence[str]) -> Callable[[Line], tuple[Any, ...]]:
    """Sort key of lines: the whole, parts by the larger of both sides (or the one asked for), the rest, memo lines."""
    sides = {"X", "M"} & set(wanted) or {"X", "M"}
    places = {"whole": 0, "part": 1, "rest": 2, "memo": 3}
    sizes: dict[tuple[str, str], float] = {}
    for (_, _, flow, *pair), one in held.items():
        if flow in sides and one.value is not None:
            sizes[pair[0], pair[1]] = max(sizes.get((pair[0], pair[1]), -1.0), one.value)

    def order(line: Line) -> tuple[Any, ...]:
        name = line["partner"] if question.by != "product" else line["product"]
        size = sizes.get((line["partner"], line["product"]), -1.0)
        return places[line["role"]], -size, name, FLOWS.index(line["flow"])

    return order


def _frame(lines: list[Line]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(lines)


def _about(lines: list[Line], question: Question, reporter: str, wanted: Sequence[str]) -> dict[str, object]:
    used = sorted({line["source"] for line in lines})
    period = question.periods[0] if len(question.periods) == 1 else f"{question.periods[0]}:{question.periods[-1]}"
    return {
        "reporter": reporter,
        "flow": list(wanted),
        "period": period,
        "span": question.span,
        "by": question.by,
        "partner": list(question.partners) or ([] if question.by == "partner" else [flows.WORLD]),
        "product": list(question.products) or ([] if question.by == "product" else [flows.ALL]),
        "currency": question.currency,
        "valuation": {flow: sorted({x["valuation"] for x in lines if x["flow"] == flow}) for flow in wanted},
        "concept": {flow: sorted({x["concept"] for x in lines if x["flow"] == flow}) for flow in wanted},
        "vintage": question.vintage,
        "method": METHOD["all" if question.vintage == "all" else "one"],
        "warnings": [],
        "sources": sources_of(used),
        "citation": citation(reporter, used, question),
    }


USUAL = ("standard", "general")  # imports by either are all that arrived
COUNTED = {"consumption": "imports for consumption (those in bonded warehouses count when they leave them)"}


def _unusual(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """Concepts of imports that are not all that arrived; a balance or total over them is of the same concept."""
    found = {str(line["concept"]) for line in lines if line["flow"] in ("M", "T", "B")}
    return sorted(found - set(USUAL))


def usual_until(table: flows.Flows, question: Question) -> str | None:
    """Last period for which imports of the lines asked for are held by a usual concept; None if none is."""
    import narwhals as nw

    kept = [nw.col("flow") == "M", nw.col("concept").is_in(list(USUAL)), ~nw.col("value").is_null()]
    if question.vintage not in flows.VINTAGES:
        table = flows.known(table, flows.day_of(question.vintage))
    partners = question.partners or (() if question.by == "partner" else (flows.WORLD,))
    products = question.products or (() if question.by == "product" else (flows.ALL,))
    kept += [nw.col(name).is_in(list(one)) for name, one in (("partner", partners), ("product", products)) if one]
    last = flows.records(table.filter(*kept).select(last=nw.col("period").max()))
    return str(last[0]["last"]) if last and last[0]["last"] else None


def counted(lines: Iterable[Mapping[str, Any]], usual: str | None) -> list[str]:
    """Say by which concept imports are counted where it is not the usual one, and how far that one is held.

    >>> counted([{"flow": "M", "concept": "consumption"}], "2024-12")[0][-38:]
    '; general imports are held to 2024-12.'
    """
    out = []
    lines = list(lines)
    for concept in _unusual(lines):
        flows_of = sorted({line["flow"] for line in lines if line["concept"] == concept}, key=FLOWS.index)
        inside = " and ".join({"T": "total", "B": "balance"}.get(flow, "") for flow in flows_of)
        what = "Imports are" if "M" in flows_of else f"The imports in the {inside} are"
        other = "general imports" if concept in COUNTED else "imports of the standard concept"
        held = f"{other} are held to {usual}" if usual else f"no {other} are held"
        out.append(f"{what} {COUNTED.get(concept, f'of the concept {concept!r}')}; {held}.")
    return out


_ADDED = re.compile(r"sum of \d+ lines?")


def warnings(lines: list[Line], question: Question) -> list[str]:
    """What a reader must know before using the rows: revisions, later copies, derived and missing lines."""
    out = []
    revised = [line for line in lines if any(other["role"] == "first print" for other in line["also"])]
    if revised:
        out.append(f"{len(revised)} of {len(lines)} figures are revisions; what was first printed stands beside them.")
    if question.vintage != "latest" and (late := [x for x in lines if x["released_basis"] == "first seen"]):
        word = "oldest held" if question.vintage == "first" else "later copy"
        out.append(f"{len(late)} of {len(lines)} figures are the {word}: their first print is not held.")
    worlds = [line for line in lines if line["partner"] == flows.WORLD and _ADDED.match(line["method"])]
    if worlds:
        out.append(
            f"No total is printed in the table: {len(worlds)} of {len(lines)} figures add up the lines it holds."
        )
    derived = [line for line in lines if line["status"] == "derived" and line["flow"] in ("X", "M")]
    if derived:
        out.append(f"{len(derived)} of {len(lines)} figures are derived, not printed; `method` says how.")
    if absent := [one for one in question.periods if one not in {line["period"] for line in lines}]:
        out.append(f"Not held: {', '.join(absent)}.")
    named = {line["partner"] for line in lines}
    if lacking := [one for one in question.partners if one not in named]:
        out.append(f"Not held for this period: {', '.join(codes.name(one) for one in lacking)}.")
    return out


def sources_of(keys: Iterable[str]) -> list[dict[str, object]]:
    """Office, table, address, grade and day of retrieval of the sources used; a user's own key stands alone."""
    known = lake.sources()
    kept = ("office", "table", "url", "kind", "grade", "retrieved", "licence")
    return [{"source": key, **{name: known[key][name] or "" for name in kept if key in known}} for key in keys]


def citation(reporter: str, keys: Sequence[str], question: Question, *, subject: str | None = None) -> str:
    """One line that pins what was asked: office, reporter (or another subject), period, vintage."""
    offices = sorted({str(one.get("office", one["source"])) for one in sources_of(keys)})
    first, last = question.periods[0], question.periods[-1]
    when = periods.in_words(last, question.span)
    when = when if first == last else f"{periods.in_words(first, question.span)} to {when}"
    subject = subject or f"goods trade of {codes.name(reporter)}"
    return f"{'; '.join(offices)}: {subject}, {when}, vintage {question.vintage}."


def _history(facts: Sequence[Fact], question: Question, wanted: Sequence[str]) -> list[Line]:
    """Every row held of the cells asked for, in the order in which they became public."""
    lines = []
    facts = cells.one_concept(list(facts), question)
    held = [fact for fact in facts if fact["span"] == question.span and fact["flow"] in wanted]
    known = lake.sources()
    line = ("released", "partner", "product", "source")  # in this order where two were released on one day

    def order(one: Fact) -> tuple[Any, ...]:
        return one["period"], FLOWS.index(one["flow"]), *(one[name] for name in line)

    for fact in sorted(held, key=order):
        if fact["period"] not in question.periods or not _listed(fact, question):
            continue
        kept = {name: fact[name] for name in ("period", "span", "flow", "partner", "product", "value", "currency")}
        kept |= {"growth": fact["growth"], "growth_basis": "printed" if fact["growth"] is not None else None}
        kept |= {"growth_other": None, "share": None, "status": fact["status"], "method": ""}
        kept |= {"grade": known.get(fact["source"], {}).get("grade"), "source": fact["source"], "also": []}
        kept |= {name: fact[name] for name in ("released", "released_basis", "superseded", "half_width")}
        lines.append(kept | {"valuation": fact["valuation"], "concept": fact["concept"], "role": "print"})
    return lines


def _listed(fact: Mapping[str, Any], question: Question) -> bool:
    partners = question.partners or (() if question.by == "partner" else (flows.WORLD,))
    products = question.products or (() if question.by == "product" else (flows.ALL,))
    return (not partners or fact["partner"] in partners) and (not products or fact["product"] in products)
