"""What the page of a release says of the months to come: a table, a fan, and the record of such forecasts beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from entrepot import backtest, bands, codes, layout, monthly, outlook, periods, series, wording
from entrepot.answer import Answer
from entrepot.briefing import Facts
from entrepot.charts_forecast import forecast_fan
from entrepot.errors import BadTable, MissingData, NotSolved
from entrepot.layout import Cell, Line, Section, Table

MONTHS = 12
SHOWN = 3
"""Months of the table; January and February together and years stand below them."""
TITLE = "The months to come"


def section(facts: Facts) -> Section:
    """Forecast of the twelve months after a release, from data through its month, and the record of such forecasts.

    Parameters
    ----------
    facts : Facts
        Of `briefing.gather`, about a month.

    Returns
    -------
    Section
        Where no forecast can be made it says why and holds nothing else.
    """
    line = series.Line(currency=facts.currency)
    try:
        held = series.gather(facts.table, ("X", "M"), line)
        cut = outlook.cut(held, facts.period)
        fans = bands.fans_of(cut, MONTHS)
    except (MissingData, BadTable, NotSolved) as refusal:
        return Section("forecast", TITLE, lead=f"No forecast is made here. {refusal}")
    answer = bands.answer(fans, bands.FLOWS, months=MONTHS, model=monthly.DECLARED, vintage="latest")
    record = " ".join(record_words(backtest.track(fans)))
    return Section("forecast", TITLE, lead=record, tables=(_table(answer),), sketches=(_sketch(answer, held, facts),))


def record_words(tracks: Sequence[backtest.Track]) -> list[str]:
    """Say what such forecasts missed before, beside the poll or, where none is held, beside no change at all."""
    out = []
    for span in dict.fromkeys((one.first, one.last, one.n, one.poll is not None) for one in tracks):
        first, last, count, polled = span
        here = [one for one in tracks if (one.first, one.last, one.n, one.poll is not None) == span]
        names = [codes.name(one.flow, classification="flow").lower() for one in here]
        ours = " and ".join(f"{100 * one.missed:.1f} ({name})" for one, name in zip(here, names, strict=True))
        theirs = " and ".join(f"{100 * (one.naive if one.poll is None else one.poll):.1f}" for one in here)
        beside = "the poll, taken four weeks later, by" if polled else "no change would have missed it by"
        close = "." if polled else "; no poll is held."
        out.append(
            f"On {count} {'releases' if polled else 'months'} from {periods.in_words(first, 'month')} to "
            f"{periods.in_words(last, 'month')}, this model, run again on the latest figures, missed growth a month "
            f"ahead by {ours} percentage points on average; {beside} {theirs}{close}"
        )
    return out


def _table(answer: Answer) -> Table:
    rows = answer.records()
    known: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        known.setdefault((row["span"], row["period"]), {})[row["flow"]] = row
    months = [key for key in sorted(known) if key[0] == "month"][:SHOWN]
    sums = sorted((key for key in known if key[0] != "month"), key=lambda key: (key[1], key[0]))
    lines = tuple(Line(tuple(_cells(span, period, known[span, period]))) for span, period in (*months, *sums))
    money = str(answer.about["currency"])
    heads = layout.heads("", "exports, growth", f"exports, {money}", "imports, growth", f"imports, {money}",
                         f"balance, {money}", spare=(2, 4))  # fmt: skip
    caption = (
        f"Forecast from data through {periods.in_words(str(answer.about['data_through']), 'month')}; below each figure "
        "the interval that held 80 % of past outcomes. Growth is on a year earlier."
    )
    return Table("Forecast", caption, heads, lines, layout.links("forecast", rows))


def _cells(span: str, period: str, row: Mapping[str, Mapping[str, Any]]) -> list[Cell]:
    out = [Cell(periods.in_words(period, span))]
    for flow in ("X", "M"):
        one = row[flow]
        low, high = (wording.percent(one[f"growth_{end}80"]) for end in ("lo", "hi"))
        small = f"{low} to {high}" if wording.known(one["growth_lo80"]) else ""
        out += [Cell(wording.percent(one["growth_median"]), small=small, lang="en"), _money(one, row, "spare")]
    return [*out, _money(row["B"], row)]


def _money(one: Mapping[str, Any], row: Mapping[str, Mapping[str, Any]], kind: str = "") -> Cell:
    """Median and interval, to a billion; of a smaller trader to a tenth of the digit that a billion would be."""
    largest = max(abs(float(each["median"])) for each in row.values())
    digit = next((step for step in (1e9, 1e8, 1e7) if largest >= 100 * step), 1e6)
    middle, low, high = (
        wording.amount(one[name], str(one["currency"]), half_width=digit / 2) for name in ("median", "lo80", "hi80")
    )
    small = f"{low} to {high}" if wording.known(one["lo80"]) else ""
    return Cell(middle, kind, small=small, lang="en")


def _sketch(answer: Answer, held: Mapping[str, series.Series], facts: Facts) -> layout.Sketch:
    table = outlook.picture(answer, None, flow="X", held=held)
    first = next(row for row in answer.records() if row["flow"] == "X" and row["span"] == "month")
    who = wording.possessive(wording.partner(facts.reporter))
    low, high = (wording.percent(first[f"growth_{end}80"]) for end in ("lo", "hi"))
    month, grown = periods.in_words(first["period"], "month"), wording.percent(first["growth_median"])
    finding = f"{who} exports in {month}: {grown} on a year earlier, {low} to {high} at 80 %"
    both = " January and February: their average." if next(iter(held.values())).lunar else ""
    source = f"Bands held 80 % and 95 % of past outcomes.{both} {answer.about['citation']}"

    chart = forecast_fan(table, finding=finding, source=source, axis=f"bn {facts.currency}")
    rows = [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
    return layout.sketch("forecast", chart, words=f"{finding}.", caption="", rows=rows)
