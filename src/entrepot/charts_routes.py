"""Charts of the rerouting ladder: a three-column flow diagram as SVG, and small multiples of the rungs."""

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from entrepot import codes
from entrepot.rendering import FALL, MUTED, RISE

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

WIDTH, HEIGHT, TOP = 760, 460, 84
BAR = 14  # width of a node
LEFT, MIDDLE, RIGHT = 120, 373, 626
GREY, BLUE, RED, INK, PALE = "#b8c0c8", "#2166ac", "#b2182b", "#1f2430", "#5d6672"
FONT = "font-family='Helvetica, Arial, sans-serif'"
VERDICTS = {"distinguishable": FALL, "not distinguishable from none": RISE, "cannot tell": MUTED}
ORDER = ("ceiling", "increment", "placebo-adjusted", "tariff-identified")
WORDS = {
    "ceiling": "most it could be",
    "increment": "extra since the base",
    "placebo-adjusted": "extra beyond comparison goods",
    "tariff-identified": "extra on goods whose duty rose",
}


class Ribbon(NamedTuple):
    """A hub's two legs and the most that can be rerouted through it, in one currency, full units."""

    hub: str
    first: float
    second: float
    most: float


def flow_diagram(
    ribbons: list[Ribbon], *, origin: str, destination: str, finding: str, source: str, currency: str = "USD"
) -> str:
    """Origin, hubs and destination as three columns of bars with ribbons between, as SVG text.

    A ribbon is as wide as its leg; the red part of both legs is `most`: the upper bound of what may be rerouted, not an
    estimate. All ribbons share one scale, printed in the legend.

    Parameters
    ----------
    ribbons : list of Ribbon
        One a hub, values in full units of `currency`.
    origin, destination : str
        ISO3.
    finding, source : str
        Title (a sentence) and source line.
    """
    ranked = sorted(ribbons, key=lambda one: -max(one.first, one.second))
    room, gap = HEIGHT - TOP - 70, 24
    tallest = max(sum(max(one.first, one.second) for one in ranked), 1e-300)
    scale = (room - gap * (len(ranked) - 1)) / tallest
    parts = [_text(24, 30, finding, 17, INK, weight="bold"), _text(24, 52, source, 12, PALE)]
    spot = {"left": TOP + 10.0, "middle": TOP + 10.0, "right": TOP + 10.0}
    sold = sum(one.first for one in ranked) * scale
    bought = sum(one.second for one in ranked) * scale
    spot["left"] += (room - sold) / 2
    spot["right"] += (room - bought) / 2
    parts += [_bar(LEFT, spot["left"], sold, INK), _bar(RIGHT, spot["right"], bought, INK)]
    parts += [_side(LEFT - 10, spot["left"] + sold / 2, origin, "end")]
    parts += [_side(RIGHT + BAR + 10, spot["right"] + bought / 2, destination, "start")]
    for one in ranked:
        parts += _hub(one, spot, scale, currency)
        spot["left"] += one.first * scale
        spot["right"] += one.second * scale
        spot["middle"] += max(one.first, one.second) * scale + gap
    parts += _legend()
    body = "\n".join(parts)
    label = escape(finding, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{label}"><rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n{body}\n</svg>'
    )


def _hub(one: Ribbon, spot: dict[str, float], scale: float, currency: str) -> list[str]:
    tall = max(one.first, one.second) * scale
    y = spot["middle"]
    most = min(one.most, one.first, one.second) * scale
    into = y + (tall - one.first * scale) / 2
    out = y + (tall - one.second * scale) / 2
    parts = [
        _ribbon(LEFT + BAR, spot["left"], MIDDLE, into, one.first * scale, GREY, 0.75),
        _ribbon(MIDDLE + BAR, out, RIGHT, spot["right"], one.second * scale, GREY, 0.75),
        _ribbon(LEFT + BAR, spot["left"], MIDDLE, into, most, RED, 0.8),
        _ribbon(MIDDLE + BAR, out, RIGHT, spot["right"], most, RED, 0.8),
        _bar(MIDDLE, y, tall, BLUE),
    ]
    middle = MIDDLE + BAR / 2
    said = f"in {_billion(one.first)}, out {_billion(one.second)}, red at most {_billion(one.most)} {currency} bn"
    return [
        *parts,
        _text(middle, y - 4, f"{codes.name(one.hub, 'short')}: {said}", 11, INK, anchor="middle", halo=True),
    ]


def _billion(value: float) -> str:
    return f"{value / 1e9:,.1f}"


def _bar(x: float, y: float, tall: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{BAR}" height="{max(tall, 1):.1f}" fill="{colour}"/>'


def _ribbon(x0: float, y0: float, x1: float, y1: float, wide: float, colour: str, opacity: float) -> str:
    bend = (x0 + x1) / 2
    upper = f"M{x0:.1f},{y0:.1f} C{bend:.1f},{y0:.1f} {bend:.1f},{y1:.1f} {x1:.1f},{y1:.1f}"
    lower = (
        f"L{x1:.1f},{y1 + wide:.1f} C{bend:.1f},{y1 + wide:.1f} {bend:.1f},{y0 + wide:.1f} {x0:.1f},{y0 + wide:.1f} Z"
    )
    return f'<path d="{upper} {lower}" fill="{colour}" fill-opacity="{opacity}"/>'


def _text(
    x: float, y: float, words: str, size: int, colour: str, *, anchor: str = "start", weight: str = "normal",
    halo: bool = False,
) -> str:  # fmt: skip
    edge = " stroke='#ffffff' stroke-width='3' paint-order='stroke'" if halo else ""
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' {FONT} font-size='{size}' font-weight='{weight}' fill='{colour}' "
        f"text-anchor='{anchor}'{edge}>{escape(words)}</text>"
    )


def _side(x: float, y: float, code: str, anchor: str) -> str:
    return _text(x, y + 5, codes.name(code, "short"), 14, INK, anchor=anchor, weight="bold")


def _legend() -> list[str]:
    y = HEIGHT - 26
    key = [(24, GREY, "all goods on the leg"), (190, RED, "upper bound of what may be rerouted; zero is inside")]
    parts = []
    for x, colour, words in key:
        parts.append(f'<rect x="{x}" y="{y - 10}" width="12" height="12" fill="{colour}"/>')
        parts.append(_text(x + 18, y, words, 12, PALE))
    return parts


def rung_multiples(rows: "pd.DataFrame", *, finding: str, source: str, currency: str = "USD") -> "alt.FacetChart":
    """The four rungs of each hub: a point for the value and a line for its range, one small panel a hub.

    Parameters
    ----------
    rows : DataFrame
        Rows of a `reroute` answer; a rung without a value has only its line, and without either is left out.
    finding, source : str
        Title (a sentence) and source line.
    """
    import altair as alt

    from entrepot import charts

    table = rows.dropna(subset=["value", "hi"], how="all").assign(
        billions=lambda one: one["value"] / 1e9,
        low=lambda one: one["lo"].fillna(one["value"]) / 1e9,
        high=lambda one: one["hi"].fillna(one["value"]) / 1e9,
        label=lambda one: one["rung"].map(WORDS),
        place=lambda one: one["hub"].map(lambda code: codes.name(code, "short")),
    )
    table = table[["place", "label", "billions", "low", "high", "verdict"]]
    order = [WORDS[rung] for rung in ORDER]
    told = [one for one in VERDICTS if one in set(table["verdict"])]
    x = alt.X("low:Q", title=f"bn {currency}", scale=alt.Scale(zero=True))
    y = alt.Y("label:N", title=None, sort=order, axis=alt.Axis(labelLimit=220))
    colour = alt.Color(
        "verdict:N",
        title=None,
        scale=alt.Scale(domain=told, range=[VERDICTS[one] for one in told]),
        legend=alt.Legend(orient="bottom", labelLimit=260),
    )
    base = alt.Chart(table)
    lines = base.mark_rule(strokeWidth=3).encode(x=x, x2="high:Q", y=y, color=colour)
    points = base.mark_point(filled=True, size=70, opacity=1).encode(x=alt.X("billions:Q"), y=y, color=colour)
    panel = alt.layer(lines, points).properties(width=260, height=30 * table["label"].nunique())
    hubs = list(table["place"].unique())  # as asked
    facet = alt.Facet("place:N", title=None, sort=hubs, header=alt.Header(labelFontWeight="bold", labelAnchor="start"))
    return charts.in_panels(panel.facet(facet=facet, columns=2), finding=finding, source=source, beside=200)
