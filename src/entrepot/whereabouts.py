"""Where trade that a market lost may have gone: what the lines held show, and why totals cannot tell."""

from collections.abc import Sequence
from dataclasses import dataclass

import narwhals as nw

from entrepot import codes, flows, lake, periods
from entrepot.gains import Gain
from entrepot.sources import UNREPORTED

HUBS = ("VNM", "TWN", "THA", "MEX", "IDN", "MYS", "IND", "KHM")  # named in the studies of China to the United States


@dataclass(frozen=True)
class Purchase:
    """What a market bought from one possible hub in the period and a year earlier, as the market reports it."""

    hub: str
    value: float
    base: float

    @property
    def change(self) -> float:
        """Value less base [currency]."""
        return self.value - self.base


@dataclass(frozen=True)
class Whereabouts:
    """A loss in one market, what else was sold more, and what that market bought more from possible hubs [currency].

    `sold` holds the partners (and everyone else) to which more was sold, `bought` the market's purchases from hubs,
    empty where its reports are not held. The verdict is always `cannot tell`: both are totals.
    """

    reporter: str
    market: str
    period: str
    span: str
    currency: str
    loss: float
    sold: tuple[Gain, ...]
    bought: tuple[Purchase, ...]
    verdict: str = "cannot tell"

    @property
    def fetch(self) -> tuple[str, ...]:
        """The commands that would decide, for the hub from which most more was bought: both legs by goods and month."""
        first = f"{int(self.period[:4]) - 2}{self.period[4:]}"
        hub = next((one.hub for one in self.bought if one.hub not in UNREPORTED), HUBS[0])
        end = self.period if len(self.period) == 7 else f"{self.period}-12"
        start = f"{first[:4]}-01" if self.span != "month" else first
        goods = f"-p {start}:{end} --partner {{}} --product AG6"
        span = " --span ytd" if self.span == "ytd" else ""
        return (
            f"entrepot fetch comtrade {hub} {goods.format(self.reporter)}",
            f"entrepot fetch comtrade {self.market} {goods.format(hub)}",
            f"entrepot reroute {self.reporter.lower()} {self.market.lower()} --via {hub.lower()} --base {first} "
            f"-p {self.period}{span} --tariffs FILE",
        )


def gather(
    changes: Sequence[Gain], *, reporter: str, period: str, span: str, currency: str, market: str | None = None,
    as_of: str | None = None,
) -> Whereabouts | None:  # fmt: skip
    """Facts about the largest loss among countries (or the market named); None if nothing was lost.

    Parameters
    ----------
    changes : sequence of Gain
        Change of exports by partner, as `gains.gains` gives it.
    reporter, period, span, currency : str
        What the changes are of.
    market : str, optional
        ISO3 of the market that bought less.
    as_of : str, optional
        Day whose knowledge is used; what is held now if left out.
    """
    losses = [one for one in changes if one.change < 0 and codes.kind(one.partner) == "country"]
    losses = [one for one in losses if market in (None, one.partner)]
    if not losses:
        return None
    worst = min(losses, key=lambda one: one.change)
    sold = [one for one in changes if one.change > 0 and one.partner != flows.WORLD]
    found = bought(worst.partner, period=period, span=span, currency=currency, as_of=as_of)
    return Whereabouts(reporter, worst.partner, period, span, currency, worst.change,
                       tuple(sorted(sold, key=lambda one: -one.change)), found)  # fmt: skip


def bought(
    market: str, *, period: str, span: str, currency: str = "USD", as_of: str | None = None
) -> tuple[Purchase, ...]:
    """A market's purchases from possible hubs in the period and a year earlier, largest rise first; empty if not held.

    Months are added up only where every one of both periods is held.
    """
    times = [periods.months(one, span) for one in (period, periods.year_earlier(period))]
    col = nw.col
    rows = lake.load().filter(
        col("reporter") == market, col("flow") == "M", col("partner").is_in(list(HUBS)), col("span") == "month",
        col("period").is_in([*times[0], *times[1]]), col("product") == flows.ALL, col("currency") == currency,
        ~col("value").is_null(),
    )  # fmt: skip
    if as_of is not None:
        rows = flows.known(rows, flows.day_of(as_of))
    told: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in flows.records(flows.vintage(rows, "latest")):
        told.setdefault((row["partner"], row["concept"], row["source"]), {})[row["period"]] = row["value"]
    out: dict[str, Purchase] = {}
    for (hub, *_), values in sorted(told.items()):
        if hub not in out and all(month in values for when in times for month in when):
            out[hub] = Purchase(hub, *(sum(values[month] for month in when) for when in times))
    return tuple(sorted(out.values(), key=lambda one: -one.change))
