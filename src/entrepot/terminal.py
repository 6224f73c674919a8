"""Answers in the terminal: one table a verb, words instead of codes, what to know underneath."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TextIO

from entrepot import boards, boards_explain, periods, sheets, wording
from entrepot.answer import Answer

if TYPE_CHECKING:
    from rich.table import Table

    from entrepot.verdicts import Story

Row = Mapping[str, Any]
LINES = 40  # partners or products shown; the rest is counted, and -f csv has them all


def show(answer: Answer, out: TextIO) -> None:
    """Print an answer as a table to `out`; the notes a reader needs stand below it."""
    sheets.printed(*laid_out(answer), out)


def laid_out(answer: Answer) -> tuple["Table", list[str]]:
    """Return the table of an answer in words, its title over it, and the notes that stand below."""
    return LAYOUT.get(answer.verb, plain)(answer)


def story(checked: "Story", out: TextIO, name: str) -> None:
    """Print a checked story to `out`: each sentence once, and beneath it its numbers, whether they match, and why."""
    sheets.told(*boards.story(checked, name), out)


def measure(answer: Answer) -> tuple["Table", list[str]]:
    """A row per period, or per partner or product, with exports, imports and balance side by side."""
    about = answer.about
    rows: list[Row] = list(answer.records())
    if about["vintage"] == "all":
        return _prints(answer, rows)
    by = about["by"]
    lines: dict[tuple[str, str, str], dict[str, Row]] = {}
    for row in rows:
        lines.setdefault((row["period"], row["partner"], row["product"]), {})[row["flow"]] = row
    if by is None and len(lines) == 1:
        return _one(answer, rows)
    table = sheets.sheet(_title(answer))
    heads = [_head(by, about)]
    flows = [flow for flow in ("X", "M", "T", "B") if any(row["flow"] == flow for row in rows)]
    flows = [flow for flow in flows if flow != "T" or len(flows) == 1]
    for flow in flows:
        heads += [wording.flow(flow)] + (["growth"] if flow != "B" else []) + (["share"] if flow != "B" and by else [])
    table.add_column(heads[0])
    for head in [*heads[1:], "grade"]:
        table.add_column(head, justify="right")
    table.add_column("also")
    shown = list(lines.items())[:LINES] if by else list(lines.items())
    for (period, partner, product), cells in shown:
        role = next(iter(cells.values()))["role"]
        name = _line_name(by, about, period, partner, product)
        texts = [f"({name})" if role == "memo" else name]
        for flow in flows:
            texts += _texts(cells.get(flow), flow, bool(by))
        texts.append("".join(sorted({row["grade"] or "" for row in cells.values()})[-1:]))
        main = cells.get(flows[0]) or next(iter(cells.values()))
        table.add_row(*texts, wording.others(main["also"], main["currency"]), style="dim" if role == "memo" else None)
    notes = _notes(answer)
    if len(shown) < len(lines):
        notes.insert(0, f"{len(lines) - len(shown)} more lines: -f csv or -o FILE has them all.")
    if any(row["role"] == "memo" for row in rows):
        notes.insert(0, "(In brackets: lines that overlap others, never added.)")
    return table, notes


def _one(answer: Answer, rows: list[Row]) -> tuple["Table", list[str]]:
    """One period and one line: flows down, what is known of each across."""
    lines = []
    for row in rows:
        basis = row["growth_basis"] or ""
        if wording.known(row["growth_other"]):
            other = "recomputed" if basis == "printed" else "printed"
            basis += f" ({other} {wording.percent(row['growth_other'])})"
        since = f"{row['released']}" + {"first seen": " seen", "calendar": " at the latest"}.get(
            row["released_basis"], ""
        )
        share = wording.percent(row["share"], signed=False) if wording.known(row["share"]) else ""
        line = [wording.flow(row["flow"]), _value(row), _growth(row), basis, share, since, row["grade"] or ""]
        lines.append([*line, wording.others(row["also"], row["currency"]), row["method"]])
    heads = ["", "value", "growth", "basis", "share", "public since", "grade", "also", "how"]
    kept = [n for n in range(len(heads)) if any(line[n] for line in lines)]
    table = sheets.sheet(_title(answer))
    for n in kept:
        table.add_column(heads[n], justify="right" if heads[n] in ("value", "growth", "share") else "left")
    for line in lines:
        table.add_row(*(line[n] for n in kept))
    return table, _notes(answer)


def _prints(answer: Answer, rows: list[Row]) -> tuple["Table", list[str]]:
    table = sheets.sheet(_title(answer))
    for head in ("period", "flow", "partner", "public since", "value", "growth", "superseded", "grade", "source"):
        table.add_column(head, justify="right" if head in ("value", "growth") else "left")
    for row in rows:
        since = f"{row['released']} ({row['released_basis']})"
        ended = str(row["superseded"]) if row["superseded"] else "current"
        texts = [periods.in_words(row["period"], row["span"]), wording.flow(row["flow"])]
        texts += [wording.partner(row["partner"], "short"), since, _value(row), _growth(row), ended]
        table.add_row(*texts, row["grade"] or "", row["source"])
    return table, _notes(answer)


def explain(answer: Answer) -> tuple["Table", list[str]]:
    """Contributions, largest first, then what the lines leave unexplained, then the growth they add up to."""
    if "split" in answer.about:
        return boards_explain.board(answer)
    about, by = answer.about, str(answer.about["by"])
    table = sheets.sheet(_title(answer))
    table.add_column(by)
    for head in ("value", "growth", "points", "from", "to", "share before", "after"):
        table.add_column(head, justify="right")
    for head in ("basis", "grade", "also"):
        table.add_column(head)
    rows: list[Row] = list(answer.records())
    parts = [row for row in rows if wording.known(row["contribution"])]
    shown = parts if len(parts) <= LINES else [*parts[: LINES // 2], *parts[-LINES // 2 :]]
    for row in shown or rows[:LINES]:  # where no line can be added up, those held stand without points
        name = wording.partner(row[by]) if by == "partner" else wording.product(row[by])
        value = wording.tenths(row["value"], str(about["currency"]))
        band = [wording.points(row[one]) if shown else "" for one in ("contribution", "lo", "hi")]
        shares = [wording.percent(row[one], signed=False) for one in ("share_before", "share_after")]
        texts = [name, value, wording.percent(row["growth"]), *band, *shares]
        table.add_row(
            *texts, row["basis"] or "", row["grade"] or "", wording.others(row["also"], str(about["currency"]))
        )
    left = float(str(about["unexplained"]))
    width = float(str(about["unexplained_half_width"]))
    table.add_section()
    low, high = wording.points(left - width), wording.points(left + width)
    table.add_row("Not listed, or not explained", "", "", wording.points(left), low, high)
    growth = wording.percent(about["growth"])
    table.add_row(wording.flow(str(about["flow"])), _whole(about), growth, wording.points(about["growth"]))
    notes = _notes(answer)
    if not shown and rows:
        notes.insert(
            0, f"The lines held by {by} overlap or lack a base, so none is added up: they stand without points."
        )
    if len(shown) < len(parts):
        notes.insert(0, f"{len(parts) - len(shown)} lines in the middle are left out here: -f csv has them all.")
    return table, notes


def _whole(about: Mapping[str, object]) -> str:
    return wording.tenths(about["value"], str(about["currency"]))


def have(answer: Answer) -> tuple["Table", list[str]]:
    """What is held, a line per reporter, office and kind of source; or the files that were verified."""
    if "rows" not in answer.about:
        return plain(answer)
    table = sheets.sheet("What is held")
    heads = ("reporter", "office", "kind", "sources", "first", "last", "rows", "retrieved", "grades")
    for head in heads:
        table.add_column(head, justify="right" if head in ("rows", "sources") else "left")
    rows: list[Row] = list(answer.records())
    lines: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        lines.setdefault((row["reporter"], row["office"] or row["source"], row["kind"] or "own table"), []).append(row)
    for (reporter, office, kind), group in sorted(lines.items()):
        first, last = min(row["first"] for row in group), max(row["last"] for row in group)
        grades = "".join(sorted({str(row["grade"] or "") for row in group}))
        when = max(str(row["retrieved"] or "") for row in group)
        numbers = f"{sum(row['rows'] for row in group):,}"
        table.add_row(wording.partner(reporter), office, kind, str(len(group)), first, last, numbers, when, grades)
    several = "s" * (len(rows) != 1)
    counted = f"{answer.about['rows']:,} figures from {len(rows)} source{several}; each by name: entrepot have -f csv."
    return table, [counted, f"Grade: {GRADES}"]


GRADES = "A the office itself, B two independent copies, C a single copy."


def fetch(answer: Answer) -> tuple["Table", list[str]]:
    """Offices that can be asked, a line each; or, after a fetch, what came."""
    if "offices" not in answer.about:
        return plain(answer)
    table = sheets.sheet("What can be fetched")
    for head in ("fetch", "office", "tables", "needs", "takes", "key"):
        table.add_column(head)
    rows: list[Row] = list(answer.records())
    for name, office in dict.fromkeys((row["fetch"], row["office"]) for row in rows):
        group = [row for row in rows if (row["fetch"], row["office"]) == (name, office)]
        tables = "; ".join(row["table"].removesuffix(f", as kept by {office}") for row in group)
        keys = ", ".join(dict.fromkeys(row["key"] for row in group if row["key"]))
        table.add_row(name, office, tables, group[0]["needs"], group[0]["takes"], keys)
    return table, [
        "Needs: what must be said, as in: entrepot fetch comtrade VNM -p 2025-11. Takes: further options.",
        "Key: environment variable that holds your key of that office, where one is wanted for some of its tables.",
    ]


def plain(answer: Answer) -> tuple["Table", list[str]]:
    """Any other answer: its columns as they are."""
    table = sheets.sheet(answer.verb)
    for name in answer.rows.columns:
        table.add_column(str(name))
    for row in answer.rows.head(LINES).itertuples(index=False):
        table.add_row(*(f"{cell:.6g}" if isinstance(cell, float) else str(cell) for cell in row))
    return table, _notes(answer)


LAYOUT: dict[str, Callable[[Answer], tuple["Table", list[str]]]] = {
    "measure": measure,
    "explain": explain,
    "fetch": fetch,
    "have": have,
    "simulate": boards.simulate,
    "forecast": boards.forecast,
    "reroute": boards.reroute,
}


def _with(about: Mapping[str, object]) -> str:
    """Name the partners and products that were asked for: " with China, Viet Nam (Soybeans)"."""
    partners, goods = (
        [] if about.get("by") == name else [one for one in _list(about.get(name)) if one != whole]
        for name, whole in (("partner", "WLD"), ("product", "TOTAL"))
    )
    whom = ", ".join(wording.partner(str(one)) for one in partners[:3]) + " ..." * (len(partners) > 3)
    what = ", ".join(wording.product(str(one)) for one in goods[:3]) + " ..." * (len(goods) > 3)
    return f" with {whom}" * bool(partners) + f" ({what})" * bool(goods)


def _title(answer: Answer) -> str:
    about = answer.about
    first, _, last = str(about["period"]).partition(":")
    when = periods.in_words(first, str(about["span"]))
    when = f"{when} to {periods.in_words(last, str(about['span']))}" if last else when
    what = (
        f"goods trade{_with(about)}"
        if answer.verb == "measure"
        else f"what drove {wording.flow(str(about['flow'])).lower()}"
    )
    told = [what, when, about["currency"], wording.vintage(str(about["vintage"]))]
    return f"{wording.partner(str(about['reporter']))}: {', '.join(str(one) for one in told if one)}"


def _head(by: object, about: Mapping[str, object]) -> str:
    listed = [one for one in ("partner", "product") if len(_list(about.get(one))) > 1]
    return str(by or ("period" if ":" in str(about["period"]) or not listed else " and ".join(listed)))


def _line_name(by: object, about: Mapping[str, object], period: str, partner: str, product: str) -> str:
    when = periods.in_words(period, str(about["span"])) if ":" in str(about["period"]) else ""
    name = wording.partner(partner) if by == "partner" else wording.product(product) if by == "product" else ""
    alone = {one for one in ("partner", "product") if when and len(_list(about.get(one))) == 1}  # the title names it
    if not by and partner != "WLD" and "partner" not in alone:
        name = wording.partner(partner)
    if not by and product != "TOTAL" and "product" not in alone:
        name = f"{name} {wording.product(product)}".strip()
    return ", ".join(text for text in (when, name) if text) or wording.partner(partner)


def _value(row: Row) -> str:
    if wording.known(row["value"]) or not wording.known(row.get("quantity")):
        return wording.amount(row["value"], row["currency"], half_width=row["half_width"])
    return f"{row['quantity']:,.0f} {row['unit']}"


def _growth(row: Row) -> str:
    return (
        wording.percent(row["growth"], half_width=row.get("growth_half_width")) if wording.known(row["growth"]) else ""
    )


def _texts(row: Row | None, flow: str, shares: bool) -> list[str]:
    if row is None:
        return [""] * (1 if flow == "B" else 3 if shares else 2)
    share = [wording.percent(row["share"], signed=False) if wording.known(row["share"]) else ""] if shares else []
    return [_value(row)] if flow == "B" else [_value(row), _growth(row), *share]


def _notes(answer: Answer) -> list[str]:
    about = answer.about
    said: Any = about.get("context") or []
    notes = [wording.statement(one, str(about["currency"])) for one in said]
    notes += [f"Note: {note}" for note in _list(about.get("warnings"))]
    if counted := _counted(about):
        notes.append(counted)
    if about.get("citation"):
        graded = "grade" in answer.rows and answer.rows["grade"].map(bool).any()
        notes.append(f"Source: {about['citation']}" + f" Grade: {GRADES}" * bool(graded))
    return notes


def _counted(about: Mapping[str, object]) -> str:
    """How the flows shown are valued and counted: `Valuation: exports fob, imports cif.`"""
    values, concepts = about.get("valuation"), about.get("concept")
    if not isinstance(values, Mapping) or not isinstance(concepts, Mapping):
        return ""
    said = []
    for flow in ("X", "M"):
        if named := [wording.VALUED.get(str(one), str(one)) for one in _list(values.get(flow))]:
            other = [wording.concept(str(one)) for one in _list(concepts.get(flow)) if one != "standard"]
            counted = f" ({', '.join(other)})" * bool(other)
            said.append(f"{wording.flow(flow).lower()} {' and '.join(named)}{counted}")
    return f"Valuation: {', '.join(said)}." if said else ""


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
