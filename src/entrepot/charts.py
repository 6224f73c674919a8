"""Charts: each takes a finished table and returns an Altair chart; the title states the finding, the axis the unit.

Nothing is computed or saved in the chart functions. `svg` and `png` render a chart; on a page its colours become CSS
variables, so that dark mode and print restyle it.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from zlib import crc32

import altair as alt
import pandas as pd
from altair.utils.schemapi import debug_mode

INK, MUTED, GRID, PAPER = "#1c2430", "#5b6675", "#dfe3e8", "#fefefe"
RISE, FALL, PAST, REST, STRONG = "#1f5fa8", "#b3261e", "#b8c0ca", "#8fa3b8", "#c2410c"
VARIABLES = {
    INK: "--ink", MUTED: "--muted", GRID: "--grid", PAPER: "--paper", RISE: "--rise", FALL: "--fall",
    PAST: "--past", REST: "--rest", STRONG: "--strong",
}  # fmt: skip
FONT = "Helvetica Neue, Arial, Liberation Sans, sans-serif"
WIDE, NARROW = 640, 330
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

Chart = alt.LayerChart | alt.Chart | alt.FacetChart  # `alt.layer` says it may return a facet


@debug_mode(False)  # the shape of these charts is held by tests; checking it anew costs half of drawing
def cumulative(
    table: pd.DataFrame, *, finding: str, source: str, record: float | None, record_label: str, width: int = WIDE
) -> Chart:
    """Lines of a cumulative sum by month, one a year: earlier years grey, this year strong, a rule at the record.

    Parameters
    ----------
    table : DataFrame
        year (text), month (1 to 12), value [bn], kind (`this`, `past`).
    finding, source : str
        Title and subtitle.
    record : float, optional
        Where the rule stands [bn].
    record_label : str
        What the rule is.
    """
    shown = table.assign(name=[MONTHS[n - 1] for n in table["month"]])
    month = alt.X("name:N", sort=MONTHS, title=None, scale=alt.Scale(domain=MONTHS), axis=_axis(grid=False, angle=0))
    value = alt.Y("value:Q", title="bn USD, January to the month", axis=_axis())
    base = alt.Chart(shown).encode(x=month, y=value)
    past = base.transform_filter("datum.kind == 'past'").mark_line(color=PAST, strokeWidth=1.3)
    this = base.transform_filter("datum.kind == 'this'").mark_line(color=STRONG, strokeWidth=3)
    last = shown.sort_values("month").groupby("year").tail(1).sort_values("year").tail(3)
    label = alt.condition("datum.kind == 'this'", alt.value(STRONG), alt.value(MUTED))
    ends = (
        alt.Chart(last)
        .mark_text(align="left", dx=5, dy=6, fontSize=12, font=FONT)
        .encode(x=month, y="value:Q", text="year:N", color=label)
    )
    layers: list[Any] = [past.encode(detail="year:N"), this.encode(detail="year:N"), ends]
    if record is not None:
        rule = pd.DataFrame({"value": [record], "text": [record_label], "name": ["Jan"]})
        layers.append(alt.Chart(rule).mark_rule(color=MUTED, strokeDash=[4, 3]).encode(y="value:Q"))
        layers.append(
            alt.Chart(rule)
            .mark_text(align="left", dy=-7, dx=2, color=MUTED, fontSize=11, font=FONT)
            .encode(x=month, y="value:Q", text="text:N")
        )
    return _dressed(alt.layer(*layers), finding, source, width, 300)


@debug_mode(False)
def changes(table: pd.DataFrame, *, finding: str, source: str, unit: str, width: int = WIDE) -> Chart:
    """Bars of the change by partner, the rest hatched, the total apart; the value stands at the end of each bar.

    Parameters
    ----------
    table : DataFrame
        name, change [in `unit`], kind (`rise`, `fall`, `rest`, `total`), text (as printed at the bar); in reading
        order.
    """
    order = list(table["name"])
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=["rise", "fall", "rest", "total"], range=[RISE, FALL, REST, INK]),
        legend=None,
    )
    low, high = min(0.0, table["change"].min()), max(0.0, table["change"].max())
    room = 0.2 * (high - low) * (1.6 if width < WIDE else 1)
    scale = alt.Scale(domain=[low - (room if low < 0 else 0), high + room], nice=False)
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelColor=INK, labelFont=FONT, labelFontSize=12.5,
              ticks=False, domain=False, labelLimit=150, labelPadding=6))  # fmt: skip
    x = alt.X("change:Q", title=unit, scale=scale, axis=_axis())
    bars = alt.Chart(table).mark_bar(height={"band": 0.72}).encode(x=x, y=y, color=colour)
    text = alt.Chart(table).encode(x=x, y=y, text="text:N")
    right = text.transform_filter("datum.change >= 0").mark_text(align="left", dx=4, color=INK, fontSize=12, font=FONT)
    left = text.transform_filter("datum.change < 0").mark_text(align="right", dx=-4, color=INK, fontSize=12, font=FONT)
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=MUTED).encode(x="zero:Q")
    return _dressed(alt.layer(bars, zero, right, left), finding, source, width, 26 * len(table) + 10)


@debug_mode(False)
def growth_by_month(
    table: pd.DataFrame, *, finding: str, source: str, run: tuple[str, str, str] | None, width: int = WIDE
) -> Chart:
    """Bars of growth by month, a run of months bracketed.

    Parameters
    ----------
    table : DataFrame
        period (2025-11), growth [fraction]; months without a figure are left empty.
    run : tuple, optional
        First and last period of the bracket and the words on it.
    """
    order = list(table["period"])
    x = alt.X("period:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=_month_axis(order))
    percent = _axis(labels="datum.value == 0 ? '0' : format(datum.value, '+.0%')")
    y = alt.Y("growth:Q", title="on a year earlier", axis=percent)
    colour = alt.condition("datum.growth < 0", alt.value(FALL), alt.value(RISE))
    bars = alt.Chart(table).mark_bar(width={"band": 0.7}).encode(x=x, y=y, color=colour)
    layers: list[Any] = [bars, alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=MUTED).encode(y="zero:Q")]
    if run is not None:
        top = max(0.0, float(table["growth"].max())) + 0.05
        bracket = pd.DataFrame({"period": [run[0]], "last": [run[1]], "at": [top], "text": [run[2]]})
        drawn = alt.Chart(bracket)
        layers.append(drawn.mark_rule(color=INK, strokeWidth=1.5).encode(x=x, x2="last:N", y="at:Q"))
        layers.append(
            drawn.mark_text(align="left", dy=-9, color=INK, fontSize=12, font=FONT).encode(x=x, y="at:Q", text="text:N")
        )
    return _dressed(alt.layer(*layers), finding, source, width, 220)


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


def _dressed(chart: Chart, finding: str, source: str, width: int, height: int) -> Chart:
    letters = 96 if width >= WIDE else 46
    title = alt.Title(
        _wrapped(finding, letters * 0.82), subtitle=_wrapped(source, letters), anchor="start", color=INK, font=FONT,
        fontSize=15, subtitleColor=MUTED, subtitleFont=FONT, subtitleFontSize=11.5, offset=12, frame="bounds",
    )  # fmt: skip
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    sized = chart.properties(title=title, width=width, height=height, background="transparent", autosize=fit)
    dressed: Chart = sized.configure_view(stroke=None)
    return dressed


def _wrapped(text: str, letters: float) -> list[str]:
    import textwrap

    return textwrap.wrap(text, int(letters)) or [""]


def svg(chart: Chart) -> str:
    """Render a chart as SVG that stands alone."""
    import vl_convert as vlc

    return _hatched(str(vlc.vegalite_to_svg(json.dumps(chart.to_dict(validate=False)), show_warnings=False)))


def png(chart: Chart, *, scale: float = 1.5) -> bytes:
    """Render a chart as PNG on white paper."""
    return png_of(svg(chart), scale=scale)


def png_of(drawn: str, *, scale: float = 1.5) -> bytes:
    """Turn a drawn SVG into PNG, 16 wide to 9 high on white paper, the picture in the middle."""
    import vl_convert as vlc

    head = re.search(r'<svg[^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>', drawn)
    if head is None:
        return bytes(vlc.svg_to_png(drawn, scale=scale))
    width, height = float(head[1]), float(head[2])
    wide, high = max(width + 40, (height + 40) * 16 / 9), max(height + 40, (width + 40) * 9 / 16)
    box = f"{-(wide - width) / 2:.1f} {-(high - height) / 2:.1f} {wide:.1f} {high:.1f}"
    sheet = f'<rect x="{-wide}" y="{-high}" width="{3 * wide}" height="{3 * high}" fill="white"/>'
    new = re.sub(r' (width|height|viewBox)="[^"]*"', "", head[0])
    new = new.replace("<svg", f'<svg viewBox="{box}" width="{wide:.0f}" height="{high:.0f}"', 1)
    return bytes(vlc.svg_to_png(drawn.replace(head[0], new + sheet, 1), scale=scale))


def page_ready(drawn: str, words: str) -> str:
    """Make a drawn SVG part of a page: colours as CSS variables, the width it is given, words for screen readers."""
    for colour, name in VARIABLES.items():
        drawn = drawn.replace(f'"{colour}"', f'"var({name})"')
    said = words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    head = re.search(r"<svg[^>]*>", drawn)
    if head is None:
        return drawn
    plain = re.sub(r' (width|height)="[^"]*"', "", head[0])
    plain = plain.replace("<svg", f'<svg role="img" aria-label="{said}"', 1)
    return drawn.replace(head[0], plain, 1)


def _hatched(drawn: str) -> str:
    """Fill what stands for the rest with a hatch."""
    name = f"hatch{crc32(drawn.encode()):08x}"  # one page holds several drawings, and some are not displayed
    lines = f'<path d="M0 6 L6 0 M-1 1 L1 -1 M5 7 L7 5" stroke="{REST}" stroke-width="1.6"/>'
    pattern = f'<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">{lines}</pattern></defs>'
    body = drawn.replace(f'fill="{REST}"', f'fill="url(#{name})" stroke="{REST}"')
    return body if body == drawn else re.sub(r"(<svg[^>]*>)", lambda head: head[1] + pattern, body, count=1)


def rows_of(chart: Chart) -> list[Mapping[str, Any]]:
    """Rows that a chart draws, for its data file."""
    data = chart.to_dict().get("datasets", {})
    return [row for rows in data.values() for row in rows]
