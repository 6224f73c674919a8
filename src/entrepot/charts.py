"""Charts: each takes finished rows and returns an Altair chart; the title states the finding, the axis the unit.

Nothing is computed or saved in the chart functions, and none knows how wide it will be: `specification` fits a chart to
a width, so that one chart serves screen and phone.
"""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from entrepot import rendering
from entrepot.rendering import FALL, GRID, INK, MUTED, PAST, REST, RISE, STRONG

FONT = "Helvetica Neue, Arial, Liberation Sans, sans-serif"
WIDE, NARROW = 640, 330
SLIDE = 1920  # pixels that a picture for a talk is wide
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
TITLE = 0.82  # letters of a title for one of small print
LABEL = 48  # room for the figure at the end of a bar [px]
LINES = (RISE, STRONG, INK, "#0f766e", "#7c3aed", FALL, "#7c6f0e", MUTED)
"""Colours of lines over time, the largest first; there are no more lines in one picture."""
APART = 14  # between the words at the ends of two lines [px]

Chart = alt.LayerChart | alt.Chart | alt.FacetChart  # `alt.layer` says it may return a facet
Row = Mapping[str, Any]


@debug_mode(False)  # the shape of these charts is held by tests; checking it anew costs half of drawing
def cumulative(rows: Sequence[Row], *, finding: str, source: str, record: float | None, record_label: str) -> Chart:
    """Lines of a cumulative sum by month, one a year: earlier years grey, this year strong, a rule at the record.

    Parameters
    ----------
    rows : sequence of mappings
        year (text), month (1 to 12), value [bn], kind (`this`, `past`).
    finding, source : str
        Title and subtitle.
    record : float, optional
        Where the rule stands [bn].
    record_label : str
        What the rule is.
    """
    shown = [{**row, "name": MONTHS[row["month"] - 1]} for row in rows]
    month = alt.X("name:N", sort=MONTHS, title=None, scale=alt.Scale(domain=MONTHS), axis=_axis(grid=False, angle=0))
    value = alt.Y("value:Q", title="bn USD, January to the month", axis=_axis(), scale=alt.Scale(padding=12))
    base = alt.Chart(_data(shown)).encode(x=month, y=value)
    past = base.transform_filter("datum.kind == 'past'").mark_line(color=PAST, strokeWidth=1.3)
    this = base.transform_filter("datum.kind == 'this'").mark_line(color=STRONG, strokeWidth=3)
    ends_of = {row["year"]: row for row in sorted(shown, key=lambda row: (row["year"], row["month"]))}
    last = list(ends_of.values())[-3:]
    label = alt.Color("kind:N", scale=alt.Scale(domain=["this", "past"], range=[STRONG, MUTED]), legend=None)
    ends = (
        alt.Chart(_data(last))
        .mark_text(align="left", dx=5, dy=6, fontSize=12, font=FONT)
        .encode(x=month, y=alt.Y("value:Q"), text=alt.Text("year:N"), color=label)
    )
    year = alt.Detail("year:N")
    layers: list[Any] = [past.encode(detail=year), this.encode(detail=year), ends]
    if record is not None:
        rule = _data([{"value": record, "text": record_label, "name": "Jan"}])
        layers.append(alt.Chart(rule).mark_rule(color=MUTED, strokeDash=[4, 3]).encode(y=alt.Y("value:Q")))
        layers.append(
            alt.Chart(rule)
            .mark_text(align="left", dy=-7, dx=2, color=MUTED, fontSize=11, font=FONT)
            .encode(x=month, y=alt.Y("value:Q"), text=alt.Text("text:N"))
        )
    return _dressed(alt.layer(*layers), finding, source, 300)


@debug_mode(False)
def changes(rows: Sequence[Row], *, finding: str, source: str, unit: str) -> Chart:
    """Bars of the change by partner, the rest hatched, the total apart; the value stands at the end of each bar.

    Parameters
    ----------
    rows : sequence of mappings
        name, change [in `unit`], kind (`rise`, `fall`, `rest`, `total`), text (as printed at the bar); in reading
        order.
    """
    order = [row["name"] for row in rows]
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=["rise", "fall", "rest", "total"], range=[RISE, FALL, REST, INK]),
        legend=None,
    )
    low, high = min(0.0, *(row["change"] for row in rows)), max(0.0, *(row["change"] for row in rows))
    room = f"{high - low} * {LABEL} / max(width - {2 * LABEL}, {LABEL})"  # the same pixels at any width
    left: dict[str, Any] = {"domainMin": alt.ExprRef(f"{low} - {room}")} if low < 0 else {"domainMin": 0}
    scale = alt.Scale(domainMax=alt.ExprRef(f"{high} + {room}"), nice=False, **left)
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelColor=INK, labelFont=FONT, labelFontSize=12.5,
              ticks=False, domain=False, labelLimit=240, labelPadding=6))  # fmt: skip
    x = alt.X("change:Q", title=unit, scale=scale, axis=_axis())
    data = _data(rows)
    bars = alt.Chart(data).mark_bar(height={"band": 0.72}).encode(x=x, y=y, color=colour)
    text = alt.Chart(data).encode(x=x, y=y, text=alt.Text("text:N"))
    right = text.transform_filter("datum.change >= 0").mark_text(align="left", dx=4, color=INK, fontSize=12, font=FONT)
    under = text.transform_filter("datum.change < 0").mark_text(align="right", dx=-4, color=INK, fontSize=12, font=FONT)
    zero = alt.Chart(_data([{"zero": 0}])).mark_rule(color=MUTED).encode(x=alt.X("zero:Q"))
    return _dressed(alt.layer(bars, zero, right, under), finding, source, 26 * len(rows) + 10)


@debug_mode(False)
def growth_by_month(rows: Sequence[Row], *, finding: str, source: str, run: tuple[str, str, str] | None) -> Chart:
    """Bars of growth by month, a run of months bracketed.

    Parameters
    ----------
    rows : sequence of mappings
        period (2025-11), growth [fraction]; months without a figure are left empty.
    run : tuple, optional
        First and last period of the bracket and the words on it.
    """
    order = [row["period"] for row in rows]
    x = alt.X("period:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=_month_axis(order))
    percent = _axis(labels="datum.value == 0 ? '0' : format(datum.value, '+.0%')")
    y = alt.Y("growth:Q", title="on a year earlier", axis=percent)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["rise", "fall"], range=[RISE, FALL]), legend=None)
    shown = [{**row, "kind": "fall" if (row["growth"] or 0.0) < 0 else "rise"} for row in rows]
    bars = alt.Chart(_data(shown)).mark_bar(width={"band": 0.7}).encode(x=x, y=y, color=colour)
    layers: list[Any] = [bars, alt.Chart(_data([{"zero": 0}])).mark_rule(color=MUTED).encode(y=alt.Y("zero:Q"))]
    if run is not None:
        top = max(0.0, *(row["growth"] for row in rows if row["growth"] is not None)) + 0.05
        drawn = alt.Chart(_data([{"period": run[0], "last": run[1], "at": top, "text": run[2]}]))
        layers.append(drawn.mark_rule(color=INK, strokeWidth=1.5).encode(x=x, x2=alt.X2("last:N"), y=alt.Y("at:Q")))
        layers.append(
            drawn.mark_text(align="left", dy=-9, color=INK, fontSize=12, font=FONT).encode(
                x=x, y=alt.Y("at:Q"), text=alt.Text("text:N")
            )
        )
    return _dressed(alt.layer(*layers), finding, source, 220)


@debug_mode(False)
def lines_over_time(
    rows: Sequence[Row], *, finding: str, source: str, unit: str, names: Sequence[str], times: Sequence[str]
) -> Chart:
    """Lines over time, each named with its last figure at its end; one panel for each flow where there are several.

    Parameters
    ----------
    rows : sequence of mappings
        name, panel (words; one for all where there is one panel), at (place in `times`), value [in `unit`] or None
        where it is not known (the line is broken there), text (the value in words).
    names : sequence of str
        Lines in the order of their colours, eight at most.
    times : sequence of str
        Words of each time, in order.
    """
    panels = list(dict.fromkeys(row["panel"] for row in rows))
    height = 330 if len(panels) == 1 else 140
    ends = [
        end for panel in panels for end in _line_ends([row for row in rows if row["panel"] == panel], height, times)
    ]
    room, last = 12 + 6.9 * max(len(end["text"]) for end in ends), len(times) - 1
    width = "width" if len(panels) == 1 else "child_width"
    across = alt.ExprRef(f"{last} * (1 + {room} / max({width} - {room}, {room}))")  # the same pixels at any width
    order = list(names)
    colour = alt.Color("name:N", scale=alt.Scale(domain=order, range=list(LINES[: len(order)])), legend=None)
    x = alt.X("at:Q", title=None, axis=_time_axis(times), scale=alt.Scale(domainMin=0, domainMax=across, nice=False))
    y = alt.Y("value:Q", title=unit, axis=_axis(), scale=alt.Scale(zero=True, nice=False))
    plain = alt.Chart(_data([*rows, *ends]))
    base = plain.encode(x=x, y=y, color=colour)
    drawn = base.transform_filter("datum.kind != 'end'")
    layers: list[Any] = [drawn.mark_line(strokeWidth=2.2, invalid="break-paths-show-domains")]
    if last <= 24:
        layers.append(drawn.mark_point(filled=True, size=22, opacity=1))
    words = base.transform_filter("datum.kind == 'end'").mark_text(align="left", dx=8, fontSize=12, font=FONT)
    layers.append(words.encode(text="text:N"))
    if any((row["value"] or 0) < 0 for row in rows):
        layers.insert(0, plain.mark_rule(color=MUTED).encode(y=alt.datum(0)))
    if len(panels) == 1:
        return _dressed(alt.layer(*layers), finding, source, height)
    row = alt.Row("panel:N", sort=panels, title=None, header=alt.Header(labelOrient="top", labelAnchor="start",
                  labelFont=FONT, labelFontSize=13, labelFontWeight="bold"))  # fmt: skip
    made = alt.layer(*layers).properties(width=WIDE, height=height).facet(row=row, spacing=14)
    return in_panels(made.resolve_scale(y="independent"), finding=finding, source=source)


def _line_ends(rows: Sequence[Row], height: int, times: Sequence[str]) -> list[dict[str, Any]]:
    """Where the words of each line of a panel stand: at its last figure known, pushed apart so that none collide.

    A figure older than the last time says of when it is.
    """
    last = {row["name"]: row for row in sorted(rows, key=lambda row: row["at"]) if row["value"] is not None}
    values = [row["value"] for row in rows if row["value"] is not None]
    low, high = min(0.0, *values), max(0.0, *values)
    unit, end = (high - low or 1.0) / height, len(times) - 1
    order = sorted(last.values(), key=lambda row: row["value"])
    places = spread([(row["value"] - low) / unit for row in order], APART, height)
    return [
        {"name": row["name"], "panel": row["panel"], "kind": "end", "at": end, "value": low + unit * place,
         "text": f"{row['name']} {row['text']}" + (f" ({times[row['at']]})" if row["at"] < end else "")}
        for row, place in zip(order, places, strict=True)
    ]  # fmt: skip


def spread(places: Sequence[float], gap: float, room: float) -> list[float]:
    """Places in ascending order moved as little as can be (least squares) to lie a gap apart, within 0 to room.

    Neighbours that are too near share the middle of where they would be (pooled adjacent violators); where the room is
    too small for all the gap gives way.

    >>> spread([10.0, 12.0, 50.0], 14, 100)
    [4.0, 18.0, 50.0]
    """
    gap = min(gap, room / max(len(places) - 1, 1))
    pools: list[list[float]] = []
    for n, place in enumerate(places):
        pools.append([place - n * gap, 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (mean, count), (other, more) = pools.pop(), pools.pop()
            pools.append([(mean * count + other * more) / (count + more), count + more])
    flat = [mean for mean, count in pools for _ in range(int(count))]
    most = room - (len(places) - 1) * gap
    return [min(max(mean, 0.0), most) + n * gap for n, mean in enumerate(flat)]


def _time_axis(times: Sequence[str]) -> alt.Axis:
    """Words at some of the times, no more than fit; the last of them always."""
    step = -(-len(times) * max(len(word) for word in times) // 70)
    shown = list(range(len(times) - 1, -1, -max(step, 1)))[::-1]
    words = "{" + ",".join(f"'{n}':'{times[n]}'" for n in shown) + "}"
    return alt.Axis(values=shown, labelExpr=f"{words}[datum.value]", labelColor=MUTED, labelFont=FONT, ticks=False,
                    domain=False, grid=False, labelFontSize=11, labelOverlap=True, labelFlush=False,
                    offset=7)  # fmt: skip


def _month_axis(order: list[str]) -> alt.Axis:
    words = "{" + ",".join(f"'{p}':'{MONTHS[int(p[5:]) - 1]}'" for p in order) + "}"
    year = f"substring(datum.value,5,7)=='01' || datum.value=='{order[0]}'"
    label = f"[{words}[datum.value], {year} ? substring(datum.value,0,4) : '']"
    return alt.Axis(labelExpr=label, labelAngle=0, labelColor=MUTED, labelFont=FONT, ticks=False, labelOverlap=True,
                    domain=False, grid=False)  # fmt: skip


def _axis(*, grid: bool = True, angle: int | None = None, labels: str | None = None) -> alt.Axis:
    given: dict[str, Any] = {"grid": grid, "gridColor": GRID, "labelColor": MUTED, "titleColor": MUTED, "ticks": False}
    given |= {"domain": False, "labelFont": FONT, "titleFont": FONT, "titleFontWeight": "normal", "labelFontSize": 11}
    given |= {"tickCount": 6} | ({"labelAngle": angle} if angle is not None else {})
    given |= {"labelExpr": labels} if labels else {}
    return alt.Axis(**given)


def _data(rows: Sequence[Row]) -> alt.InlineData:
    return alt.InlineData(values=tuple(rows))  # layers copy lists, row by row


def _dressed(chart: Chart, finding: str, source: str, height: int, width: int = WIDE) -> Chart:
    letters = _letters(width)
    title = alt.Title(
        _wrapped(finding, TITLE * letters), subtitle=_wrapped(source, letters), anchor="start", color=INK, font=FONT,
        fontSize=15, subtitleColor=MUTED, subtitleFont=FONT, subtitleFontSize=11.5, offset=12, frame="bounds",
    )  # fmt: skip
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    sized = chart.properties(title=title, width=width, height=height, background="transparent", autosize=fit)
    dressed: Chart = sized.configure_view(stroke=None)
    return dressed


def in_panels(chart: alt.FacetChart, *, finding: str, source: str, beside: int = 60) -> alt.FacetChart:
    """Give a chart of several panels the title, letters and lines of the others.

    `beside` is the room that the words beside a panel take [px], for `fitted`.
    """
    letters = _letters(WIDE)
    title = alt.Title(
        _wrapped(finding, TITLE * letters), subtitle=_wrapped(source, letters), anchor="start", color=INK, font=FONT,
        fontSize=15, subtitleColor=MUTED, subtitleFont=FONT, subtitleFontSize=11.5, offset=12,
    )  # fmt: skip
    quiet = {"gridColor": GRID, "labelColor": MUTED, "titleColor": MUTED, "titleFontWeight": "normal"}
    drawn: alt.FacetChart = (
        chart.properties(title=title, background="transparent", usermeta={"beside": beside})
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(**quiet, ticks=False, domain=False, labelFontSize=11)
        .configure_axisY(labelColor=INK, grid=False)
        .configure_header(labelColor=INK)
        .configure_legend(labelColor=INK)
    )
    return drawn


def specification(chart: Chart) -> dict[str, Any]:
    """Vega-Lite specification of a chart."""
    made: dict[str, Any] = chart.to_dict(validate=False)
    return made


def fitted(made: Mapping[str, Any], width: int) -> dict[str, Any]:
    """Return a specification for another width [px], its title broken into lines that fit."""
    title, letters = made["title"], _letters(width)
    lines: dict[str, Any] = {
        name: _wrapped(" ".join(title[name]), size) for name, size in (("text", TITLE * letters), ("subtitle", letters))
    }
    out = {**made, "title": {**title, **lines}}
    if "facet" not in made:
        return out | {"width": width}
    inner = max(width - made["usermeta"]["beside"], 80)  # its panels one under the other, as wide as there is room
    return out | {"spec": {**made["spec"], "width": inner}} | ({"columns": 1} if "columns" in made else {})


def _letters(width: int) -> float:
    """Letters of small print that fit into a line."""
    return 96 if width >= WIDE else 46


def _wrapped(text: str, letters: float) -> list[str]:
    return textwrap.wrap(text, int(letters)) or [""]


def svg(chart: Chart) -> str:
    """Render a chart as SVG that stands alone."""
    return rendering.svg(specification(chart))


def png(chart: Chart, *, pixels: int = SLIDE) -> bytes:
    """Render a chart as PNG on white paper, `pixels` wide."""
    return rendering.png(svg(chart), pixels=pixels)


def rows_of(chart: Chart) -> list[Row]:
    """Rows that a chart draws, for its data file."""
    data = chart.to_dict().get("datasets", {})
    return [row for rows in data.values() for row in rows]
