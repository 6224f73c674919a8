"""What the page of a release says, section by section; a section whose figures are not held is left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from entrepot import briefing, charts, codes, context, flows, history, labels, layout, periods, wording
from entrepot.briefing import Facts, Row
from entrepot.gains import Gain, offsets
from entrepot.layout import Cell, Line, Section, Table

BARS = 14  # partners with a bar of their own, those whose change is largest


def all_of(facts: Facts, more: Iterable[Section | None] = ()) -> list[Section]:
    """Sections of the page, in order, `more` of them before what cannot be said; what lacks its figures is left out.

    Pictures are drawn while the tables, and then `more`, are made.
    """
    from concurrent.futures import ThreadPoolExecutor

    anchors = {str(source["source"]): f"s{n}" for n, source in enumerate(facts.sources, 1)}
    with ThreadPoolExecutor(max_workers=2) as beside:
        sketched = (_surplus(facts), _changes(facts), _focus(facts))
        begun = [beside.submit(layout.drawn, one) if one is not None else None for one in sketched]
        key, partners, products = (part(facts, anchors) for part in (_key, _partners, _products))
        rest = [_context(facts), products, *more, _unknown(facts), _definitions(facts), _further(facts)]
        surplus, changes, focus = (one.result() if one is not None else None for one in begun)
    made = [key, surplus, changes, partners, focus, *rest, _sources(facts, anchors)]
    return [layout.drawn(section) for section in made if section is not None]


def _key(facts: Facts, anchors: Mapping[str, str]) -> Section:
    month, long = facts.span, facts.long_span
    both = month != long
    polls = {poll.flow: poll for poll in facts.polls}
    own = facts.own is not None and any(key[1] == facts.own for key in facts.key)
    names = [facts.currency, f"growth, {facts.currency}"]
    names += [f"growth, {facts.own}"] * own + ["poll"] * bool(polls) + ["revised"]
    texts = ["", periods.in_words(facts.period, month), *names[1:]]
    texts += [periods.in_words(facts.period, long), "growth", *([f"same, {facts.own}", "growth"] * own)] if both else []
    rows = [_key_line(facts, flow, polls, own, both, anchors) for flow in ("X", "M", "T", "B")]
    rows = [row for row in rows if row is not None]
    four = {0, 1, 2, texts.index(periods.in_words(facts.period, long)) if both else 3}
    spare = [n for n in range(len(texts)) if n not in four]
    shown = tuple(
        Line(tuple(_spare(cell, n in spare) for n, cell in enumerate(line.cells)), line.kind) for line in rows if line
    )
    counted = ", ".join(f"{wording.flow(flow).lower()} {words}" for flow in "XM" if (words := _valued(facts, flow)))
    caption = f"Goods trade of {codes.name(facts.reporter)}" + (f"; {counted}. " if counted else ". ")
    caption += "Growth is on a year earlier, as printed unless a note says recomputed."
    out = [dict(row) | {"asked_vintage": key[2], "also": ""} for key, row in facts.key.items()]
    table = Table("Key figures", caption, layout.heads(*texts, spare=spare), shown, layout.links("key-figures", out))
    return Section("key", "", tables=(table,))


def _valued(facts: Facts, flow: str) -> str:
    """How the rows shown of a flow are valued and counted: fob, cif, by customs value (imports for consumption)."""
    rows = [row for row in facts.key.values() if row["flow"] == flow]
    values = [wording.VALUED.get(one, one) for one in sorted({str(row["valuation"]) for row in rows})]
    concepts = sorted({str(row["concept"]) for row in rows} - {"standard"})
    counted = f" ({', '.join(wording.concept(one) for one in concepts)})" if concepts else ""
    return " and ".join(values) + counted


def _spare(cell: Cell, spare: bool) -> Cell:
    return Cell(cell.text, f"{cell.kind} spare".strip(), cell.note, cell.anchor, cell.small) if spare else cell


def _key_line(
    facts: Facts, flow: str, polls: Mapping[str, history.Surprise], own: bool, both: bool, anchors: Mapping[str, str]
) -> Line | None:
    month, long = facts.span, facts.long_span
    now, far = facts.row(month, flow), facts.row(long, flow)
    if now is None and far is None:
        return None
    revised = facts.row(month, flow, vintage="latest")
    cells = [Cell(wording.flow(flow)), _level(now, anchors), _growth(now, anchors)]
    if own:
        cells.append(_growth(facts.row(month, flow, currency=facts.own), anchors))
    if polls:
        cells.append(Cell(_poll(polls.get(flow), facts)))
    changed = revised if revised and now and briefing.differs(revised, now) else None
    cells.append(_level(changed, anchors) if changed else Cell(""))
    if both:
        cells += [_level(far, anchors), _growth(far, anchors)]
        if own:
            other = facts.row(long, flow, currency=facts.own)
            cells += [_level(other, anchors), _growth(other, anchors)]
    return Line(tuple(cells), "total" if flow == "B" else "")


def _level(row: Row | None, anchors: Mapping[str, str]) -> Cell:
    return layout.figure(wording.value(row) if row else wording.DASH, row, anchors)


def _growth(row: Row | None, anchors: Mapping[str, str]) -> Cell:
    if row is None or not wording.known(row["growth"]):
        return Cell(wording.DASH)
    text = wording.percent(row["growth"], half_width=row["growth_half_width"])
    kind = "fall" if row["growth"] < 0 else ""
    cell = layout.figure(text, row, anchors, kind=kind)
    small = "recomputed" if row["growth_basis"] == "recomputed" else ""
    return Cell(cell.text, cell.kind, cell.note, cell.anchor, small)


def _poll(poll: history.Surprise | None, facts: Facts) -> str:
    if poll is None:
        return ""
    if poll.measure == "growth":
        return wording.percent(poll.consensus)
    return wording.amount(poll.consensus, facts.currency, half_width=5e7)


def _surplus(facts: Facts) -> Section | None:
    line = facts.balances
    if line is None or len([p for p in line.points if p.value is not None]) < 6:
        return None
    year = facts.period[:4]
    rows = [
        {"year": p.period[:4], "month": int(p.period[5:]), "value": p.value / 1e9}
        | {"kind": "this" if p.period[:4] == year else "past"}
        for p in line.points
        if p.value is not None
    ]
    whole = [p for p in line.points if p.period.endswith("-12") and p.period[:4] < year and p.value is not None]
    now = line.at(facts.period)
    if now is None or now.value is None:
        return None
    sign = 1.0 if now.value >= 0 else -1.0
    best = max(whole, key=lambda p: sign * (p.value or 0.0), default=None)
    word = "surplus" if now.value >= 0 else "deficit"
    size = wording.amount(abs(now.value), facts.currency, half_width=5e7)
    finding = f"Cumulative {word}: {size} {facts.currency} by {periods.in_words(facts.period, 'month')}"
    if best is not None and best.value is not None and now.value > best.value > 0:
        finding = f"By {periods.in_words(facts.period, 'month')} the surplus had passed that of any whole year held"
    source = f"Goods balance, January to the month, {facts.currency}, latest vintage held, since {line.since[:4]}."
    source += f" {_office(facts)}"
    record = best.value / 1e9 if best is not None and best.value is not None and best.value > 0 else None
    label = (
        f"{best.period[:4]}, whole year: {wording.amount(best.value, facts.currency, half_width=5e7)}" if best else ""
    )
    chart = charts.cumulative(rows, finding=finding, source=source, record=record, record_label=label)
    words = f"{finding}. {size} {facts.currency} at the latest vintage. {label}"
    shown = layout.sketch("cumulative-balance", chart, words=words, caption="", rows=rows)
    return Section("surplus", "The balance since January", sketches=(shown,))


def _office(facts: Facts) -> str:
    return f"Source: {'; '.join(facts.offices)}."


def _changes(facts: Facts) -> Section | None:
    if len(facts.gains) < 5:
        return None
    lines = [one for one in facts.gains if one.partner not in ("ROW", flows.WORLD)]
    rest, total = facts.gains[-2], facts.gains[-1]
    shown = sorted(lines, key=lambda one: -abs(one.change))[:BARS]
    for one in lines:
        if one not in shown:  # the last bar holds whatever has none of its own
            rest = replace(rest, value=rest.value + one.value, base=rest.base + one.base)
    rows = [_bar(one) for one in (*sorted(shown, key=lambda one: -one.change), rest, total)]
    when = periods.in_words(facts.period, facts.long_span)
    finding, offset = _finding(lines, rest, total, facts)
    source = (
        f"Change of exports on {when.replace(facts.period[:4], str(int(facts.period[:4]) - 1))}, bn {facts.currency}."
    )
    source = f"{source} {offset}{_office(facts)}"
    chart = charts.changes(rows, finding=finding, source=source, unit=f"bn {facts.currency}")
    words = f"{finding}. " + "; ".join(f"{row['name']} {row['text']}" for row in rows) + f" bn {facts.currency}."
    bases = [facts.partners_before.get((one.partner, "X")) for one in lines]
    converted = any(row is not None and str(row["source"]).startswith("converted") for row in bases)
    note = "Bases of a year earlier are yuan of record, converted at the rate the totals imply. " if converted else ""
    sketch = layout.sketch("change-by-partner", chart, words=words, caption=note, rows=rows)
    return Section("changes", "Who bought more, who less", sketches=(sketch,))


def _bar(one: Gain) -> dict[str, Any]:
    kind = {"ROW": "rest", flows.WORLD: "total"}.get(one.partner, "fall" if one.change < 0 else "rise")
    name = "Total" if one.partner == flows.WORLD else wording.partner(one.partner, "short")
    change = one.change / 1e9
    text = f"{'+' if change > 0 else wording.MINUS if change < 0 else ''}{abs(change):,.1f}"
    return {"name": name, "change": round(change, 3), "kind": kind, "text": text}


def _finding(lines: Sequence[Gain], rest: Gain, total: Gain, facts: Facts) -> tuple[str, str]:
    size = wording.amount(abs(total.change), facts.currency, half_width=5e7)
    moved = f"Exports {'rose' if total.change >= 0 else 'fell'} {size} {facts.currency}"
    worst = min(lines, key=lambda one: one.change)
    best = max(lines, key=lambda one: one.change)
    if worst.change >= 0 or best.change <= 0:
        return f"{moved} in {periods.in_words(facts.period, facts.long_span)}", ""
    share = offsets(list(facts.gains), worst.partner)[best.partner]
    lost, gained = wording.partner(worst.partner, "short"), wording.partner(best.partner, "short")
    loss = wording.amount(abs(worst.change), facts.currency, half_width=5e7)
    finding = (
        f"{moved} although those to {wording.with_article(worst.partner)} fell {loss}" if total.change > 0 else moved
    )
    if share > 2:  # a loss too small for the comparison to say anything
        return finding, ""
    return finding, f"{wording.possessive(gained)} gain equals {share:.0%} of the {lost} loss. ".replace("%", " %")


def _partners(facts: Facts, anchors: Mapping[str, str]) -> Section | None:
    rows = [row for row in facts.partners if row["flow"] == "X" and row["role"] in ("part", "memo")]
    if len(rows) < 2:
        return None
    gained = {one.partner: one for one in facts.gains}
    whole = gained.get(flows.WORLD)
    strong = [row for row in rows if row["grade"] in ("A", "B")][:20]
    weak = [row for row in rows if row["grade"] not in ("A", "B")][: 20 if not strong else 12]
    tables = []
    again = all(row["growth_basis"] != "printed" for row in rows)
    when = periods.in_words(facts.period, facts.long_span)
    for name, group in (("Partners", strong), ("Weaker figures: a single copy each", weak)):
        if group:
            lines = tuple(_partner_line(facts, row, gained, whole, anchors, again) for row in group)
            text = f"{name}. Exports of {when}; points are contributions to the growth of all exports; "
            text += "balance with last year's."
            text += " All growth rates are recomputed inside the vintage." if again else ""
            heads = layout.heads(
                "", "exports", "growth", "points", "share", "balance", "a year earlier", "month's growth", "grade",
                spare=(3, 4, 6, 8),
            )  # fmt: skip
            taken = [row for row in facts.partners if row["partner"] in {one["partner"] for one in group}]
            files = layout.links("partners" if group is strong else "partners-weaker", _flat(taken))
            tables.append(Table(name, text, heads, lines, files))
    return Section("partners", "By partner", tables=tuple(tables))


def _bare(cell: Cell, bare: bool) -> Cell:
    return Cell(cell.text, cell.kind, cell.note, cell.anchor) if bare else cell


def _flat(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [
        {k: v for k, v in row.items() if k != "also"} | {"also": wording.others(row["also"], row["currency"])}
        for row in rows
    ]


def _partner_line(
    facts: Facts, row: Row, gained: Mapping[str, Gain], whole: Gain | None, anchors: Mapping[str, str], again: bool
) -> Line:
    partner = row["partner"]
    balance = next((one for one in facts.partners if one["partner"] == partner and one["flow"] == "B"), None)
    before = facts.partners_before.get((partner, "B"))
    month = facts.partners_month.get((partner, "X"))
    gain = gained.get(partner)
    points = wording.points(gain.change / whole.base) if gain and whole and row["role"] == "part" else ""
    share = wording.percent(row["share"], signed=False)
    growth = _growth(row, anchors)
    also = wording.others(row["also"], row["currency"])
    growth = Cell(growth.text, growth.kind, growth.note, growth.anchor, also or ("" if again else growth.small))
    cells = [
        Cell(wording.partner(partner), small=wording.partner(partner, "chinese") if facts.reporter == "CHN" else ""),
        _level(row, anchors),
        growth,
        Cell(points, "spare"),
        Cell(share if share != wording.DASH else "", "spare"),
        _level(balance, anchors) if balance else Cell(""),
        _spare(_level(before, anchors), True) if before else Cell("", "spare"),
        _bare(_growth(month, anchors), again) if month else Cell(""),
        Cell(row["grade"] or "", "spare"),
    ]
    return Line(tuple(cells), "memo" if row["role"] == "memo" else "")


def _focus(facts: Facts) -> Section | None:
    line, focus = facts.focus_history, facts.focus
    if line is None or focus is None:
        return None
    grown = [p for p in line.points if p.growth is not None]
    first = grown[0].period
    rows = [{"period": one, "growth": _at(line, one)} for one in periods.each(f"{first}:{facts.period}")]
    run = facts.focus_run
    name = wording.with_article(focus)
    finding = f"Exports to {name} by month"
    bracket = None
    if run is not None and run.length >= 2:
        deep, mild = wording.percent(-run.low, signed=False), wording.percent(-run.high, signed=False)
        finding = f"Exports to {name} fell by {mild} to {deep} in each of the last {run.length} months"
        bracket = (run.first, run.last, f"{run.length} months of double-digit falls")
    source = f"Growth on a year earlier, {facts.currency}; months not held are left empty. {_office(facts)}"
    chart = charts.growth_by_month(rows, finding=finding, source=source, run=bracket)
    words = f"{finding}. " + "; ".join(f"{row['period']} {wording.percent(row['growth'])}" for row in rows) + "."
    sketch = layout.sketch("focus", chart, words=words, caption="", rows=rows)
    return Section("focus", f"Exports to {name}", sketches=(sketch,))


def _at(line: history.Series, period: str) -> float | None:
    point = line.at(period)
    return point.growth if point else None


def _context(facts: Facts) -> Section | None:
    points = [wording.statement(asdict(one), facts.currency) for one in facts.context]
    for when, found in facts.spread:
        points.append(
            f"Exports of {when} were as spread out as over {found.equal_markets:.1f} equal markets "
            f"(Herfindahl {found.herfindahl:.4f}, Theil {found.theil:.2f}, {found.n} markets with trade)."
        )
    for row in facts.regimes:
        size, share = wording.value(row), wording.percent(row["share_of_all"], signed=False)
        name = f"{wording.flow(row['flow'])} under {row['concept']}"
        points.append(f"{name}: {size} {facts.currency}, {share} of all.")
    return Section("context", "How unusual is it", points=tuple(points)) if points else None


def _products(facts: Facts, anchors: Mapping[str, str]) -> Section | None:
    rows = [
        row for row in facts.products if wording.known(row["growth"]) or wording.known(row["value"]) or row["quantity"]
    ]
    if not rows:
        return None
    measured = any(wording.known(row["quantity"]) for row in rows)
    lines = []
    for row in sorted(rows, key=lambda one: (one["product"], one["flow"], one["span"])):
        quantity = f"{row['quantity']:,.0f} {row['unit']}" if wording.known(row["quantity"]) else ""
        cells = (
            Cell(wording.product(row["product"]), small=codes.name(row["product"], "chinese")),
            Cell(wording.flow(row["flow"]).lower(), "text"),
            Cell(periods.in_words(row["period"], row["span"]), "text"),
            _level(row, anchors),
            _growth(row, anchors),
            *[Cell(quantity, "spare")] * measured,
            Cell(row["grade"] or "", "spare"),
        )
        lines.append(Line(cells))
    names = ["", "flow", "period", f"value, {facts.currency}", "growth", *["quantity"] * measured, "grade"]
    heads = layout.heads(*names, spare=(5, 6))
    heads = tuple(Cell(head.text, "text") if head.text in ("flow", "period") else head for head in heads)
    text = "Goods as the release names them; groups overlap and are never added. The period stands in every row."
    table = Table("Products", text, heads, tuple(lines), layout.links("products", _flat(rows)))
    return Section("products", "Products", tables=(table,))


def _unknown(facts: Facts) -> Section | None:
    points = [f"Not held for this release: {what}." for what in facts.absent]
    unstated = [row for row in facts.partners_month.values() if "not stated" in (row["method"] or "")]
    if unstated:
        names = ", ".join(sorted({wording.partner(row["partner"]) for row in unstated}))
        points.append(f"The currency of the growth rates of {names} is not stated in the report they come from.")
    if facts.split is not None:
        left, growth = facts.split.unexplained, wording.percent(facts.split.growth)
        points.append(
            f"Of the {growth} of the month, {wording.points(left)} points belong to partners that the release does not "
            f"list; {facts.split.estimated} of {len(facts.split.explained)} contributions are estimated as base share "
            "times growth."
        )
    late = sorted({source["source"] for source in facts.sources if "copy" in str(source.get("kind", ""))})
    if late:
        points.append("Where the office's own page is not held, a copy is used and graded; see the sources.")
    return Section("unknown", "What cannot be said", points=tuple(points)) if points else None


def _definitions(facts: Facts) -> Section:
    sold, bought = (f" {words}" if (words := _valued(facts, flow)) else "" for flow in "XM")
    freight = "leaves freight out of imports and " if "cif" in bought else ""
    points = [
        f"The balance is that of customs: exports{sold} less imports{bought}, of goods that cross the border. The "
        f"balance of payments {freight}counts goods as they change hands, so its balance is another sum.",
        *facts.counted,
        "Growth printed by the office rests on a base revised at that date; "
        "growth recomputed rests on the levels held.",
        "Points: change of a line over the base of the whole; with the unlisted rest they add up to growth.",
        "Grades: A the office itself, B two independent copies, C a single copy.",
    ]
    if facts.reporter in context.COMBINED:
        points.append(
            "The office releases a month between the 7th and the 14th of the next, January together with February."
        )
    return Section("definitions", "Definitions", points=tuple(points), kind="fine")


def _further(facts: Facts) -> Section:
    who = codes.name(facts.reporter).lower() if " " not in codes.name(facts.reporter) else facts.reporter
    released = facts.main["released"].isoformat()
    span = "" if facts.main["span"] == facts.span else f" --span {facts.main['span']}"
    modelled = "world-2023" in [economy for economy, _ in labels.holders(facts.reporter)]
    simulated = (f"entrepot simulate truce-lapses {who}", "entrepot simulate --list") if modelled else ()
    scenarios = " --with scenarios" if modelled else ""
    commands = (
        *(f"entrepot {words.replace('{who}', who)}" for words in facts.further),
        f"entrepot measure {who} -p {facts.period}{span} --vintage all",
        *simulated,
        f"entrepot check story.txt --date {released}",
        f"entrepot brief {who} -p {facts.period} --with forecast{scenarios} --story story.txt --date {released} "
        "-o brief.html",
    )
    return Section("further", "Ask further", commands=commands, kind="spare-print")


def _sources(facts: Facts, anchors: Mapping[str, str]) -> Section:
    released: dict[str, list[Any]] = {}
    for row in (*facts.key.values(), *facts.partners, *facts.partners_month.values(), *facts.products):
        released.setdefault(row["source"], []).append(row["released"])
    listed = tuple(
        {
            "anchor": anchors[str(source["source"])],
            "key": source["source"],
            "grade": source.get("grade", ""),
            "office": source.get("office", "own table"),
            "table": source.get("table", ""),
            "url": source.get("url", ""),
            "retrieved": source.get("retrieved", ""),
            "released": wording.day(min(released.get(str(source["source"]), [None]))),
        }
        for source in facts.sources
    )
    return Section("sources", "Sources", sources=listed)
