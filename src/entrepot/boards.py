"""What the model, the forecast, the rerouting ladder and a checked story look like in the terminal."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from entrepot import periods, sheets, wording
from entrepot.answer import Answer

if TYPE_CHECKING:
    from rich.table import Table

    from entrepot.verdicts import Story

Row = Mapping[str, Any]
LINES = 30


def simulate(answer: Answer) -> tuple["Table", list[str]]:
    """Changes in percent, country by country; the proof that the world was solved stands below."""
    about = answer.about
    if "certificate" not in about:
        return _scenarios(answer)
    rows: list[Row] = list(answer.records())
    variant = f"variant {about['variant']}; " if about.get("variant") else ""
    table = sheets.sheet(f"{about['title']} ({variant}against {about['against']})")
    heads = {
        "welfare": "real income, %", "terms_of_trade": "terms of trade", "volume_of_trade": "volume",
        "real_wage": "real wage", "exports": "exports", "imports": "imports", "tariff_revenue": "duties/GDP",
    }  # fmt: skip
    table.add_column("country")
    for head in heads.values():
        table.add_column(head, justify="right")
    shown = rows[:LINES]
    for row in shown:
        table.add_row(wording.partner(row["country"]), *(_fine(row[name]) for name in heads))
    notes = [f"Note: {note}" for note in _list(about.get("notes"))]
    if len(shown) < len(rows):
        left = f"The {len(shown)} largest economies; {len(rows) - len(shown)} smaller ones are left out here: -f csv"
        notes.insert(0, f"{left} has them all.{_furthest(rows[LINES:])}")
    notes.insert(
        0, "Changes in percent, exports and imports as values in world value added; duties/GDP is a level, in percent."
    )
    proof: Any = about["certificate"]
    notes += [f"Warning: {words}." for words in _list(proof.get("warnings"))]
    notes.append(
        f"Solved: every market settles within {proof['residual']:.0e} of world GDP ({proof['own_residual']:.0e} of the "
        f"country's own, limit {proof['tolerance']:.0e}), {proof['steps']} steps, {proof['solver']}."
    )
    notes.append(
        f"Choices: deficits {proof['deficits']}, balance {proof['balance']}, rebate {proof['rebate']}, horizon "
        f"{proof['horizon']}, numeraire {proof['numeraire']}; not covered: {about['uncovered']}."
    )
    notes.append(
        "Simulated, not observed: exact changes in real income; terms and volume of trade are first-order parts."
    )
    day = f" As of {about['as_of']}." if about["as_of"] else ""
    return table, [*notes, f"Sources: {about['economy']}. Tariffs: {about['tariffs']}.{day}"]


def _furthest(rows: Sequence[Row]) -> str:
    """Name the two that lose and gain most among the smaller economies."""
    ranked = sorted((row for row in rows if row["welfare"] is not None), key=lambda row: float(row["welfare"]))
    if len(ranked) < 2:
        return ""
    low, high = (f"{wording.partner(row['country'])} {_fine(row['welfare'])}" for row in (ranked[0], ranked[-1]))
    return f" Among them real income changes from {low} to {high} %."


def _fine(value: object) -> str:
    return wording.points(value)  # percent, two digits: most effects are below one


def _scenarios(answer: Answer) -> tuple["Table", list[str]]:
    table = sheets.sheet("Scenarios that ship")
    for head in ("name", "what it asks", "economy", "as of", "against", "variants"):
        table.add_column(head)
    for row in answer.records():
        texts = [
            row["name"],
            row["title"],
            row["economy"],
            str(row["as_of"]),
            row["against"],
            str(row["variants"] or ""),
        ]
        table.add_row(*texts)
    return table, [
        "Run one: entrepot simulate truce-lapses china. Change it: --set shocks.0.to=0.5, --set 'deficits=zero first'."
    ]


def forecast(answer: Answer) -> tuple["Table", list[str]]:
    """Median and both intervals by month, with the growth they mean; or scores, for a backtest."""
    rows: list[Row] = list(answer.records())
    about = answer.about
    if "hash" in answer.rows:
        return _ledger(answer)
    if "median" not in answer.rows:
        return _scores(answer)
    who = wording.partner(str(about["reporter"]))
    table = sheets.sheet(f"{who}: forecast from data through {about['data_through']}")
    if about.get("conditional"):
        early = f" (before its policy, of {about['predated']})" if about.get("predated") else ""
        table = sheets.sheet(
            f"{who}: if {about['scenario']} begins in {about['begins']}{early}; conditional, no forecast, from data "
            f"through {about['data_through']}"
        )
        return _conditional(table, rows, about)
    for head in ("", f"median, {about['currency']}", "80 % interval", "95 % interval", "growth", "its 80 % interval"):
        table.add_column(head, justify="right" if head else "left")
    for n, row in enumerate(rows):
        money = row["currency"]
        grown = _joined(wording.percent(row["growth_lo80"]), wording.percent(row["growth_hi80"]))
        _under(table, rows, n)
        table.add_row(
            _short(row),
            wording.tenths(row["median"], money), _band(row, "80"), _band(row, "95"),
            wording.percent(row["growth_median"]), grown if wording.known(row["growth_lo80"]) else "",
        )  # fmt: skip
    notes = [f"Note: {note}" for note in _list(about.get("warnings"))]
    return table, [*notes, f"Model: {about['method']}", f"Source: {about['citation']}"]


def _conditional(table: "Table", rows: Sequence[Row], about: Mapping[str, object]) -> tuple["Table", list[str]]:
    money = about["currency"]
    for head in ("", f"forecast, {money}", f"if, {money}", "response", "from", "to", "80 % interval, if", "growth, if"):
        table.add_column(head, justify="right" if head else "left")
    for n, row in enumerate(rows):
        money = row["currency"]
        _under(table, rows, n)
        table.add_row(
            _short(row),
            *(wording.tenths(row[name], money) for name in ("statistical", "median")),
            *(wording.points(row[name]) for name in ("response", "response_least", "response_most")), _band(row, "80"),
            wording.percent(row["growth_median"]),
        )  # fmt: skip
    notes = [f"Note: {note}" for note in _list(about.get("warnings"))]
    return table, [*notes, "Response in percent.", f"Source: {about['citation']}"]


def _band(row: Row, level: str) -> str:
    low, high = (wording.tenths(row[f"{end}{level}"], row["currency"]) for end in ("lo", "hi"))
    return _joined(low, high) if wording.known(row[f"lo{level}"]) else ""


def _joined(low: str, high: str) -> str:
    """Both ends of an interval, their unit once where it is the same."""
    unit = high.rpartition(" ")[2]
    return f"{low.removesuffix(unit).rstrip() if low.endswith(' ' + unit) else low} to {high}"


def _under(table: "Table", rows: Sequence[Row], n: int) -> None:
    """Put the flow over the first of its rows, the partner or product of the line with it."""
    lines = [(row["flow"], row["partner"], row["product"]) for row in rows[max(0, n - 1) : n + 1]]
    if n == 0 or lines[0] != lines[1]:
        flow, partner, product = lines[-1]
        named = [wording.partner(partner)] * (partner != "WLD") + [wording.product(product)] * (product != "TOTAL")
        if n:
            table.add_section()
        table.add_row(", ".join([wording.flow(flow), *named]))


def _short(row: Row) -> str:
    """Period in words with short names of months, one step in: "  Sep 2026", "  Jan-Feb 2027"."""
    words = periods.in_words(row["period"], row["span"])
    return "  " + re.sub(r"[A-Z][a-z]+", lambda month: month[0][:3], words)


def _scores(answer: Answer) -> tuple["Table", list[str]]:
    """Scores of a backtest in points of growth, or billions of a balance; the other columns are in the CSV."""
    about = answer.about
    who = wording.partner(str(about["reporter"]))
    table = sheets.sheet(f"{who}: forecasts of {about['period']}, made again and scored")
    table.add_column("flow")
    table.add_column("months ahead", justify="right")
    table.add_column("of months")
    for head in ("n", "error", "± se", "no change", "poll", "over poll", "t", "80 % held", "MASE"):
        table.add_column(head, justify="right")
    for row in answer.records():
        size = 1e-9 if row["flow"] == "B" else 100.0
        error, poll = (
            row[f"{name}_balance" if row["flow"] == "B" else f"{name}_growth"] for name in ("mae", "consensus_mae")
        )
        figures = (_number(value, size) for value in (error, row["se"], row["naive_mae_growth"], poll))
        rest = (_number(row[name]) for name in ("ratio", "dm_t"))
        held = wording.percent(row["coverage80"], signed=False) if wording.known(row["coverage80"]) else ""
        whose = (wording.flow(row["flow"]), str(row["horizon"]), row["months"], str(row["n"]))
        table.add_row(*whose, *figures, *rest, held, _number(row["mase"]))
    notes = [f"Note: {note}" for note in _list(about.get("warnings"))]
    return table, [
        *notes,
        f"Errors: mean, absolute, in percentage points of growth, or bn {about['currency']} of a balance. Outcome: "
        f"{about['outcome']}.",
        f"Vintages: {about['vintages']}.",
        "t: Diebold-Mariano against the poll, negative where the model is better; beyond 2 in size, on 60 months or "
        "more, one of the two is better. The poll is taken about four weeks later than a forecast one month ahead.",
    ]


def _number(value: object, size: float = 1.0) -> str:
    return f"{float(str(value)) * size:.2f}".replace("-", wording.MINUS) if wording.known(value) else ""


def _ledger(answer: Answer) -> tuple["Table", list[str]]:
    """Recorded forecasts beside first prints and polls, in percent; balances in billions."""
    about = answer.about
    table = sheets.sheet(f"The record: {about['entries']} forecasts, hash {str(about['head'])[:8]}")
    for head in (
        "reporter",
        "flow",
        "period",
        "months ahead",
        "forecast",
        "printed",
        "error",
        "poll's",
        "in 80 %",
        "record",
    ):
        table.add_column(head, justify="left" if head in ("reporter", "flow", "period", "record") else "right")
    for row in answer.records():
        size, form = (1e-9, "{:,.1f} bn") if row["flow"] == "B" else (100.0, "{:+.1f} %")
        names = ("median", "value_first") if row["flow"] == "B" else ("growth_median", "growth_first")
        shown = dict.fromkeys(names, form) | dict.fromkeys(("error", "consensus_error"), form.replace(" %", ""))
        figures = [
            how.format(float(row[name]) * size).replace("-", wording.MINUS) if wording.known(row[name]) else ""
            for name, how in shown.items()
        ]
        whose = (wording.partner(row["reporter"]), wording.flow(row["flow"]), periods.in_words(row["period"], "month"))
        inside = {True: "yes", False: "no"}.get(row["inside80"], "")
        table.add_row(*whose, str(row["horizon"]), *figures, inside, row["words"])
    notes = [f"Note: {note}" for note in _list(about.get("warnings"))]
    counts = f"{about['scored']} months scored, {about['waiting']} lines wait for their print."
    return table, [*notes, counts, f"Errors in percentage points, or bn of a balance. Outcome: {about['outcome']}."]


def reroute(answer: Answer) -> tuple["Table", list[str]]:
    """Return the ladder, hub by hub, from the most it could be to what only goods whose duty rose show."""
    about = answer.about
    rows: list[Row] = list(answer.records())
    origin, destination = (wording.partner(str(about[name])) for name in ("origin", "destination"))
    money, span = str(about.get("currency") or ""), str(about["span"])
    when = " against ".join(periods.in_words(str(about[name]), span) for name in ("period", "base"))
    told = ", ".join(one for one in (when, money, wording.vintage(str(about["vintage"]))) if one)
    table = sheets.sheet(f"Goods of {origin} by way of hubs to {destination}: {told}")
    heads = ("hub", "rung", "value", "low", "high", "share of imports", "verdict")
    for head in heads:
        table.add_column(head, justify="right" if head in heads[2:6] else "left")
    notes = []
    for row in _one_where_none_is_known(rows):
        figures = [wording.tenths(row[name], money) for name in ("value", "lo", "hi")]
        share = wording.percent(row["share"], signed=False)
        hub, rung = wording.partner(row["hub"]), RUNGS.get(row["rung"], row["rung"])
        table.add_row(hub, rung, *figures, share, row["verdict"])
        notes.append(f"{hub}, {rung}: {row['why']}")
    hubs: Any = about.get("hub") or {}
    notes += [line for hub, one in hubs.items() for line in _beside(wording.partner(hub), one, money)]
    notes += [f"Note: {note}" for note in _list(about.get("warnings"))]
    return table, [
        *notes,
        "Evidence by grade, never an accusation: production in the hub looks alike at this level of detail.",
    ]


def _one_where_none_is_known(rows: Sequence[Row]) -> list[Row]:
    """Rows of the ladder; one for all rungs of a hub where none has a value and all for the same reason."""
    out: list[Row] = []
    for hub in dict.fromkeys(row["hub"] for row in rows):
        mine = [row for row in rows if row["hub"] == hub]
        alike = len({(row["verdict"], row["why"]) for row in mine}) == 1
        bare = not any(wording.known(row["value"]) for row in mine)
        out += [{**mine[0], "rung": "all"}] if alike and bare and len(mine) > 1 else mine
    return out


def _beside(hub: str, one: Mapping[str, Any], money: str) -> list[str]:
    """Months of the duty step, headings, both sides' reports, and what rules of feasibility leave, a line each."""
    out = []
    if one.get("test"):
        out.append(f"{hub}: goods whose duty rose are compared over {one['test']['window'].replace(':', ' to ')}.")
    if wider := one.get("coarser"):
        top = wording.amount(wider["ceiling"], money, half_width=5e6)
        last = wider["tariff-identified"]
        more = f", on goods whose duty rose up to {wording.amount(last['hi'], money, half_width=5e6)}"
        out.append(f"{hub}, by {wider['level']} headings, inside which a code may change on the way: at most {top}"
                   f"{more if wording.known(last['hi']) else ''}.")  # fmt: skip
    mirrors = one.get("mirrors") or {}
    for leg in ("first leg", "second leg"):
        told = mirrors.get(leg)
        if told and told["other value"] is not None:
            used, other = (wording.amount(told[name], money, half_width=5e6) for name in ("value", "other value"))
            out.append(f"{hub}, {leg}: {used} by {told['used']}; {other} by {told['other']}.")
    ceilings = [value for pair, value in (mirrors.get("ceilings") or {}).items() if pair != "used and used"]
    if ceilings:
        ends = [wording.amount(end(ceilings), money, half_width=5e6) for end in (min, max)]
        out.append(f"{hub}: with the other side's reports the ceiling is {' to '.join(dict.fromkeys(ends))}.")
    cuts = [
        f"{row['rule']} {wording.amount(row['value'], money, half_width=5e6)}"
        + ("" if row["judged"] is None or row["judged"] > 0.995 else f" (could judge {100 * row['judged']:.0f} %)")
        for row in one.get("feasible") or []
    ]
    return [*out, f"{hub}, left of the ceiling by each rule: {'; '.join(cuts)}."] if cuts else out


RUNGS = {
    "all": "all four rungs",
    "ceiling": "most it could be",
    "increment": "extra since the base",
    "placebo-adjusted": "extra beyond comparison goods",
    "tariff-identified": "extra on goods whose duty rose",
}


def story(checked: "Story", name: str) -> tuple[str, list[sheets.Block], list[str]]:
    """A title, each sentence with its numbers beneath (whether it matches, what should stand, and why), and notes."""
    from entrepot import stories  # with the whole grammar of claims, which only stories need

    title = f"{name}, as of {checked.about.get('date', '')}"
    if not checked.claims:
        return title, [], ["No trade number was found in this text, so there is nothing to check."]
    blocks = [
        sheets.Block(_shortened(sentence.text), [_told(row) for row in sentence.rows])
        for sentence in stories.sentences(checked)
    ]
    counted = wording.counted(Counter(verdict.label for verdict in checked.verdicts))
    left = len(checked.claims) - len(checked.verdicts)
    notes = [f"{counted}; {wording.left_over(left)}." if left else f"{counted}."]
    return title, blocks, [*notes, checked.cut] if checked.cut else notes


def _told(row: Mapping[str, str]) -> tuple[str, str, str]:
    """A number, its verdict, and why; what should stand comes first."""
    found = f"Should be {row['found']}. " if row["found"] else ""
    return " ".join(row["number"].split()), row["verdict"], found + row["why"]


def _shortened(sentence: str) -> str:
    """A sentence of bounded length: long stretches without a number are cut in the middle."""
    if len(sentence) <= LONG:
        return sentence
    pieces = re.split("(«[^»]*»)", sentence)
    return "".join(one if one.startswith("«") or len(one) <= KEPT else f"{one[: KEPT // 2]} … {one[-KEPT // 2 :]}"
                   for one in pieces)  # fmt: skip


LONG, KEPT = 400, 120  # letters of a sentence that are shown whole, and of a stretch without a number in a longer one


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
