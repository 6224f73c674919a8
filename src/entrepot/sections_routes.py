"""The section of a page on where lost trade may have gone, and its line on how spread exports were."""

from collections.abc import Sequence

from entrepot import layout, periods, wording
from entrepot.context import Concentration
from entrepot.layout import Cell, Line, Section, Table
from entrepot.whereabouts import Whereabouts

SHOWN = 5


def where(found: Whereabouts | None) -> Section | None:
    """The section, or None where nothing was lost."""
    if found is None:
        return None
    money, market = found.currency, wording.with_article(found.market)
    when = periods.in_words(found.period, found.span)
    loss = wording.amount(-found.loss, money, half_width=5e7)
    points = [f"Exports to {market} fell by {loss} {money} in {when}."]
    named = [one for one in found.sold if one.partner != "ROW"][:3]
    if named:
        listed = ", ".join(
            f"{wording.with_article(one.partner)} {wording.amount(one.change, money, half_width=5e7, signed=True)}"
            for one in named
        )
        points.append(f"More was sold to {listed}: what is sold elsewhere is not what was lost, and need not go on.")
    points.append(_verdict(found))
    return Section("where", "Where it may have gone", points=tuple(points), tables=_purchases(found, when),
                   commands=found.fetch)  # fmt: skip


def _verdict(found: Whereabouts) -> str:
    market, who = wording.with_article(found.market), wording.with_article(found.reporter)
    return (
        f"How much of this reached {market} under another country's name cannot be told from totals. By product, "
        f"imports of the hubs from {who} would decide; the commands below fetch them and ask again."
    )


def _purchases(found: Whereabouts, when: str) -> tuple[Table, ...]:
    """Purchases of the market from possible hubs, as it reports them."""
    if not found.bought:
        return ()
    money = found.currency
    rows = [{"hub": one.hub, "value": one.value, "base": one.base, "change": one.change} for one in found.bought]
    lines = [
        Line((
            Cell(wording.partner(one.hub)),
            Cell(wording.amount(one.value, money, half_width=5e7)),
            Cell(wording.amount(one.change, money, half_width=5e7, signed=True)),
            Cell(wording.percent(one.change / one.base if one.base else None)),
        ))
        for one in found.bought[:SHOWN]
    ]  # fmt: skip
    caption = f"What {wording.with_article(found.market)} bought from possible hubs, as it reports, {when}, {money}."
    heads = layout.heads("", "bought", "change", "growth")
    return (Table("Possible hubs", caption, heads, tuple(lines), layout.links("possible-hubs", rows)),)


def spread_line(spread: Sequence[tuple[str, Concentration]]) -> str | None:
    """One line on diversification from the years in which every country is held, newest first; None if none is."""
    if not spread:
        return None
    (when, now), *past = spread
    line = f"Exports of {when} were spread as over {now.equal_markets:.1f} equal markets"
    return f"{line} ({past[0][1].equal_markets:.1f} in {past[0][0]})." if past else f"{line}."
