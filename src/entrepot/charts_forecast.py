"""Charts of forecasts: what was held and the bands of what is to come; the lines of a total beside each other."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from entrepot.charts import FONT, Chart, _axis, _dressed
from entrepot.rendering import GRID, INK, MUTED, PAPER, RISE, STRONG


def forecast_fan(
    table: pd.DataFrame,
    *,
    finding: str,
    source: str,
    axis: str,
    zero: bool = False,
    percent: bool = False,
) -> Chart:
    """Line of the months held, then the median forecast inside its 80 % and 95 % bands; polls as diamonds.

    Parameters
    ----------
    table : DataFrame
        Of `outlook.picture`: month (`2026-08`), kind (`held`, `forecast`, `poll`), value, lo80, hi80, lo95, hi95, text
        (printed at the point, or empty), all in the unit of the axis; bands are null where none is given. A column
        `without` with values draws the forecast without the scenario as a dashed line.
    finding, source : str
        Title, as a sentence, and subtitle.
    axis : str
        Title of the axis, with its unit.
    zero : bool
        Whether a rule stands at zero (growth, balance).
    percent : bool
        Whether values are fractions, printed as percent.
    """
    time = alt.X("month:T", title=None, axis=_axis(grid=False, angle=0, labels="timeFormat(datum.value, '%b %Y')"))
    scale = _axis(labels="format(datum.value, '+.0%')" if percent else None)
    level = alt.Y("value:Q", title=axis, axis=scale, scale=alt.Scale(zero=False, nice=True))
    base = alt.Chart(table.assign(month=pd.to_datetime(table["month"]))).encode(x=time)
    ahead = base.transform_filter("datum.kind == 'forecast' || datum.middle")
    layers: list[Any] = []
    if zero:
        layers.append(alt.Chart(pd.DataFrame({"value": [0.0]})).mark_rule(color=MUTED).encode(y="value:Q"))
    for name, shade in (("95", 0.15), ("80", 0.3)):
        band = ahead.mark_area(color=STRONG, opacity=shade, invalid="break-paths-show-domains")
        layers.append(band.encode(y=alt.Y(f"lo{name}:Q", title=axis, axis=scale), y2=f"hi{name}:Q"))
    layers.append(ahead.mark_line(color=STRONG, strokeWidth=2.4).encode(y=level))
    if "without" in table and table["without"].notna().any():
        dashed = ahead.mark_line(color=INK, strokeWidth=1.6, strokeDash=[5, 4])
        layers.append(dashed.encode(y=alt.Y("without:Q", title=axis, axis=scale)))
    held = base.transform_filter("datum.kind == 'held'")
    layers.append(held.mark_line(color=INK, strokeWidth=2.4).encode(y=level))
    poll = base.transform_filter("datum.kind == 'poll'")
    layers.append(poll.mark_point(shape="diamond", size=70, filled=True, color=RISE, stroke=GRID).encode(y=level))
    told = base.transform_filter("datum.text != ''")
    layers.append(told.mark_point(filled=True, size=46, color=STRONG, opacity=1).encode(y=level))
    place: dict[str, Any] = {"align": "left", "dx": 7, "dy": 16, "fontSize": 13, "font": FONT, "fontWeight": "bold"}
    layers.append(told.mark_text(stroke=PAPER, strokeWidth=4, **place).encode(y=level, text="text:N"))
    layers.append(told.mark_text(color=INK, **place).encode(y=level, text="text:N"))
    return _dressed(alt.LayerChart(layer=layers), finding, source, 320)


def forecast_lines(rows: Sequence[Mapping[str, Any]], *, finding: str, source: str) -> Chart:
    """Growth to come of each line, a point in its 80 % band, the total apart; the median stands at the right.

    Parameters
    ----------
    rows : sequence of mappings
        name, growth, lo80, hi80 [fractions], kind (`line`, `total`), text (the value to come, in words); in reading
        order.
    """
    data = alt.InlineData(values=tuple(rows))
    names = alt.Axis(labelColor=INK, labelFont=FONT, labelFontSize=12.5, ticks=False, domain=False, labelLimit=240,
                     labelPadding=6)  # fmt: skip
    y = alt.Y("name:N", sort=[row["name"] for row in rows], title=None, axis=names)
    percent = _axis(labels="datum.value == 0 ? '0' : format(datum.value, '+.0%')")
    x = alt.X("growth:Q", title="growth on a year earlier", axis=percent)
    colour = alt.Color("kind:N", scale=alt.Scale(domain=["line", "total"], range=[STRONG, INK]), legend=None)
    base = alt.Chart(data).encode(y=y)
    zero = alt.Chart(alt.InlineData(values=({"zero": 0},))).mark_rule(color=MUTED).encode(x="zero:Q")
    band = base.mark_rule(strokeWidth=7, opacity=0.3).encode(x=alt.X("lo80:Q"), x2="hi80:Q", color=colour)
    point = base.mark_point(filled=True, size=60, opacity=1).encode(x=x, color=colour)
    words = base.mark_text(align="left", dx=7, color=INK, fontSize=12, font=FONT).encode(x="hi80:Q", text="text:N")
    return _dressed(alt.layer(zero, band, point, words), finding, source, 26 * len(rows) + 10)
