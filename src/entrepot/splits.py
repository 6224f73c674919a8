"""What drove a change, split by what moved: prices and volumes, entry and exit, demand and share, the currency.

Every split sums to the change it splits; what cannot be attributed is a line of its own, `unexplained` where the
lines do not add up to the whole. Rows of an answer: the `by`
dimension (`partner` or `product`; empty for the whole), term, value [currency], contribution [fraction of the base
whole], lo, hi [currency; ends over the orders in which factors can change; null where the order plays no part].
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from entrepot import cells, codes, decompositions, flows, lines, measures, periods
from entrepot.answer import Answer
from entrepot.errors import MissingData, WrongUsage
from entrepot.lines import Asked, Lines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

Row = dict[str, Any]
COARSER = (4, 2)
NOT_PRICED = "no price"
UNEXPLAINED = "unexplained"  # term of what the whole moved beyond its lines
ROUNDING = 1e-9  # of the whole, below which a difference of sums is the computer's
LARGEST = 200  # lines listed one by one in an answer, those that moved most; sums run over all
FORMULAS = {
    "entry-exit": "change = lines in both periods + lines that entered - lines that left",
    "price-volume": "Bennet (1920): price (q0+q1)/2 (p1-p0), volume (p0+p1)/2 (q1-q0); entry, exit and what has no "
    "believable unit value are terms of their own; indices of Tornqvist and Fisher stand beside",
    "market-share": "own = demand x structure x share; Shapley value, beside LMDI, every order and the classic form",
    "currency": "change of rate x value = mean rate x change of value + mean value x change of rate",
    "surplus": "change of the balance = export volume - import volume + terms of trade (export less import prices) + "
    "currency + what has no price",
}


@dataclass(frozen=True)
class Found:
    """Terms of a split before they are an answer."""

    rows: list[Row]
    whole: tuple[float, float]
    currency: str
    level: str
    sources: Sequence[str]
    warnings: Sequence[str] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    markets: Sequence[str] = ()  # reporters whose own imports are split, where these are not the reporter's figures
    only_growth: bool = False


def split(table: flows.Flows, asked: Asked, method: str) -> Answer:
    """Split a change by one of `FORMULAS`.

    Raises
    ------
    WrongUsage
        If there is no such method.
    MissingData
        If a side is not held; the message names the fetch.
    """
    made: dict[str, Callable[[flows.Flows, Asked], Found]] = {
        "entry-exit": entry_exit, "price-volume": price_volume, "market-share": market_share,
        "currency": currency, "surplus": surplus,
    }  # fmt: skip
    if method not in made:
        raise WrongUsage(f"{method!r} is no method; one of {', '.join(made)} is expected.")
    return _answer(made[method](table, asked), asked, method)


def entry_exit(table: flows.Flows, asked: Asked) -> Found:
    """Lines in both periods, those that entered and those that left (the extensive and intensive margin)."""
    held = lines.collect(table, asked)
    v0, v1 = held.before, held.after
    parts = {
        "in both periods": (v1 - v0) * ((v0 > 0) & (v1 > 0)),
        "entry": v1 * ((v0 == 0) & (v1 > 0)),
        "exit": -v0 * ((v0 > 0) & (v1 == 0)),
    }
    counts = {name: int((part != 0).sum()) for name, part in parts.items()}
    warnings = list(held.warnings)
    if not counts["entry"] and not counts["exit"]:
        warnings.append(f"No {asked.by} entered or left; a list that names only main {asked.by}s cannot show any.")
    rows = [*_sums(parts, held.whole[0]), *_by_line(held, parts, asked)]
    return Found(rows, held.whole, held.currency, _level(held, asked), held.sources, warnings, {"lines": counts})


def price_volume(table: flows.Flows, asked: Asked) -> Found:
    """Price and volume by product (Bennet), with Tornqvist and Fisher indices, at this level and coarser ones."""
    asked = replace(asked, by="product")
    held = lines.collect(table, asked)
    found = _priced(held)
    if not (found.price != 0).any() and found.dropped >= 1:
        raise MissingData(
            "No line has a quantity in both periods, so prices and volumes cannot be told apart. "
            + lines.lacking(asked)
        )
    parts = _terms(found)
    levels = {f"HS{n}": _totals(_terms(_priced(_coarser(held, n)))) for n in COARSER if _finer(held, n)}
    figures = {
        "price index (Tornqvist)": found.index, "price index (Fisher)": found.fisher,
        "value without a price": found.dropped, "bound of ln index": found.bound, "levels": levels,
        "outliers": f"unit values that move by more than a factor of {2.718281828**decompositions.JUMP:.1f}, or lie "
        "more than tenfold from the median of their heading, are not used",
    }  # fmt: skip
    warnings = [*held.warnings]
    if found.dropped > 0.2:
        warnings.append(f"{100 * found.dropped:.0f} % of the value has no price that can be used.")
    rows = [*_sums(parts, held.whole[0]), *_by_line(held, parts, asked)]
    return Found(rows, held.whole, held.currency, _level(held, asked), held.sources, warnings, figures)


def _priced(held: Lines) -> decompositions.PriceVolume:
    import numpy as np

    heads = [name[:4] + unit for name, unit in zip(held.names, held.units, strict=True)]
    groups = np.unique(heads, return_inverse=True)[1]
    return decompositions.price_volume(
        held.before, held.after, held.quantity_before, held.quantity_after, groups=groups
    )  # fmt: skip


def _terms(found: decompositions.PriceVolume) -> dict[str, "Values"]:
    return {"price": found.price, "volume": found.volume, "entry": found.entry, "exit": found.exit,
            NOT_PRICED: found.unpriced}  # fmt: skip


def _totals(parts: Mapping[str, "Values"]) -> dict[str, float]:
    return {name: float(part.sum()) for name, part in parts.items()}


def _finer(held: Lines, digits: int) -> bool:
    return held.level.startswith("HS") and int(held.level[2:]) > digits


def _coarser(held: Lines, digits: int) -> Lines:
    """The same lines added up to fewer digits; quantities are added only within one unit."""
    import numpy as np

    short, place = np.unique([name[:digits] for name in held.names], return_inverse=True)
    units = np.array(held.units)
    one = [len({*units[place == n]} - {""}) == 1 and "" not in units[place == n] for n in range(len(short))]

    def added(values: "Values") -> "Values":
        return np.asarray(np.bincount(place, weights=values, minlength=len(short)), dtype=float)

    amounts = [
        np.where(one, added(np.nan_to_num(side)), np.nan) for side in (held.quantity_before, held.quantity_after)
    ]
    return replace(held, names=tuple(map(str, short)), before=added(held.before), after=added(held.after),
                   quantity_before=amounts[0], quantity_after=amounts[1],
                   units=tuple(str(units[place == n][0]) if one[n] else "" for n in range(len(short))))  # fmt: skip


def market_share(table: flows.Flows, asked: Asked) -> Found:
    """What the growth of markets, their make-up and the share held in them did, from the reports of the markets.

    With a partner and `by="product"`: one market by product. Else by destination: every market whose own reports of
    imports from the reporter and from the world are held.
    """
    if asked.flow != "X":
        raise WrongUsage("Market shares are of exports; name the seller, and the market as the partner.")
    if asked.by == "product" and asked.partner is None:
        raise WrongUsage("By product, market shares are of one market. Name it: --partner us")
    names, own, market, held = markets(table, asked)
    f0, f1 = (decompositions.market_factors(o, m) for o, m in zip(own, market, strict=True))
    alone = len(names) == 1
    if alone:
        f0, f1 = ({name: side[name] for name in ("demand", "share")} for side in (f0, f1))
    parts = decompositions.shapley(f0, f1)
    ends = decompositions.orders(f0, f1)
    levels = {"one line": _level_of_one(own, market)} if not alone else {}
    if held.level.startswith("HS"):
        levels |= {f"HS{n}": _shares_at(names, own, market, n) for n in COARSER if _finer(held, n)}
    figures = {
        "share before": float(own[0].sum() / market[0].sum()), "share after": float(own[1].sum() / market[1].sum()),
        "market before": float(market[0].sum()), "market after": float(market[1].sum()),
        "LMDI": _totals(decompositions.lmdi(f0, f1)), "classic form": decompositions.constant_share(own, market),
        "levels": levels,
    }  # fmt: skip
    whole = (float(own[0].sum()), float(own[1].sum()))
    rows = [row | {"lo": ends[row["term"]][0], "hi": ends[row["term"]][1]} for row in _sums(parts, whole[0])]
    shown = replace(held, names=names, before=own[0], after=own[1])
    rows += [] if alone else _by_line(shown, parts, asked)
    listed = ", ".join(codes.name(one) for one in names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")
    said = f" The markets whose reports are held: {listed}; no others are in it." if asked.by == "partner" else ""
    note = f"Shares are in what the markets themselves report as imports, not in the seller's own exports.{said}"
    told = names if asked.by == "partner" else (str(asked.partner),)
    return Found(rows, whole, held.currency, _level(shown, asked), held.sources, [*held.warnings, note], figures,
                 markets=told)  # fmt: skip


def _level_of_one(own: "Sequence[Values]", market: "Sequence[Values]") -> dict[str, float]:
    """Demand and share without the split into lines."""
    import numpy as np

    sums = [[np.asarray([one.sum()]) for one in pair] for pair in (own, market)]
    f0, f1 = (decompositions.market_factors(o, m) for o, m in zip(*sums, strict=True))
    return _totals(decompositions.shapley(f0, f1))


def _shares_at(
    names: Sequence[str], own: "Sequence[Values]", market: "Sequence[Values]", digits: int
) -> dict[str, float]:
    import numpy as np

    place = np.unique([name[:digits] for name in names], return_inverse=True)[1]
    sums = [[np.bincount(place, weights=one) for one in pair] for pair in (own, market)]
    f0, f1 = (decompositions.market_factors(o, m) for o, m in zip(*sums, strict=True))
    return _totals(decompositions.shapley(f0, f1))


def markets(table: flows.Flows, asked: Asked) -> "tuple[tuple[str, ...], list[Values], list[Values], Lines]":
    """Own sales and the market by line, in both periods, from importers' reports."""
    import narwhals as nw
    import numpy as np

    if asked.by == "product":
        theirs = replace(asked, reporter=str(asked.partner), partner=asked.reporter, flow="M")
        mine, every = table.filter(nw.col("reporter") == asked.partner), replace(theirs, partner=None)
        try:
            own = lines.collect(mine, theirs)
            market = lines.collect(mine, replace(every, currency=own.currency))
        except MissingData as refusal:  # one refusal names both fetches
            why = str(refusal).partition(" Run: ")[0].partition(" are needed. ")[2]
            raise MissingData(lines.lacking(theirs, why, every)) from None
        place = {name: n for n, name in enumerate(market.names)}
        at = [place.get(name, -1) for name in own.names]
        if -1 in at:
            lost = ", ".join([name for name, n in zip(own.names, at, strict=True) if n < 0][:5])
            raise MissingData(f"The market of {asked.partner} is not held for {lost}. {lines.fetches(every)}")
        sales = [np.zeros(len(market.names)) for _ in range(2)]
        for side, values in zip(sales, (own.before, own.after), strict=True):
            side[at] = values
        return market.names, sales, [market.before, market.after], own
    return _destinations(table, asked)


def _destinations(table: flows.Flows, asked: Asked) -> "tuple[tuple[str, ...], list[Values], list[Values], Lines]":
    import narwhals as nw
    import numpy as np

    sold_to = nw.col("reporter") == asked.partner if asked.partner else nw.col("reporter") != asked.reporter
    mine = table.filter(sold_to, nw.col("flow") == "M", nw.col("partner").is_in([asked.reporter, flows.WORLD]))
    mine = mine.filter(nw.col("product") == flows.ALL)
    markets = mine.select("reporter").unique().collect("pandas").to_native()["reporter"].tolist()
    found: dict[str, tuple[list[float], list[float], Any]] = {}
    for market in sorted(markets):
        here = mine.filter(nw.col("reporter") == market)
        theirs = replace(asked, reporter=market, flow="M", by="partner", currency=asked.currency or "USD")
        try:
            pair = [lines.whole(here, replace(theirs, partner=one), "M") for one in (asked.reporter, flows.WORLD)]
        except MissingData:
            continue
        values = [[float(v) for v in side["value"]] for side in pair]
        if all(len(one) == 2 and all(v == v for v in one) for one in values):
            found[market] = (values[0], values[1], pair[0])
    if not found:
        who = asked.partner or "any destination"
        raise MissingData(
            f"Imports of {who} from {asked.reporter} and from the world, {asked.base} and {asked.period}, as {who} "
            "reports them, are not held. "
            + lines.fetches(replace(asked, reporter=asked.partner or "USA", by="partner", partner=None))
        )
    own, market = ([np.array([one[side][n] for one in found.values()]) for n in (0, 1)] for side in (0, 1))
    tables = [one[2] for one in found.values()]
    sources = tuple(sorted({str(key) for one in tables for key in one["source"] if key}))
    held = Lines(tuple(found), own[0], own[1], own[0] * np.nan, own[1] * np.nan, ("",) * len(found),
                 (float(own[0].sum()), float(own[1].sum())), theirs.currency or "USD", "", sources, ())  # fmt: skip
    return tuple(found), own, market, held


def currency(table: flows.Flows, asked: Asked) -> Found:
    """What trade in dollars and what the exchange rate did to a flow, or the balance, in the reporter's own money."""
    own = asked.currency if asked.currency not in (None, "USD") else codes.own_currency(asked.reporter)
    if own is None or own == "USD":
        raise WrongUsage(f"{asked.reporter} counts in dollars; name another currency: --currency CNY")
    held = {row["currency"] for row in flows.records(table.select("currency").unique())}
    if lacking := [money for money in ("USD", own) if money not in held]:
        raise MissingData(
            f"To part the exchange rate from trade, trade in USD and in {own} are both needed, and {lacking[0]} is not "
            f"held; {', '.join(sorted(held - {''})) or 'nothing'} is. Pass a table that has both: --table FILE.csv"
        )
    dollars = _levels(table, replace(asked, currency="USD"), asked.flow)
    local = _levels(table, replace(asked, currency=own), asked.flow, growth=dollars)
    (d0, d1), (o0, o1) = dollars.values, local.values
    rates = (o0 / d0, o1 / d1)
    trade, rate = decompositions.currency_split(d0, d1, *rates)
    notes = [f"{money}: {note}" for money, one in (("USD", dollars), (own, local)) for note in one.notes]
    keys = sorted({*dollars.sources, *local.sources})
    rows = _sums({"trade in dollars": trade, "exchange rate": rate}, o0)
    if local.printed:
        figures = {f"{own} for a dollar before": rates[0], f"{own} for a dollar after": rates[1]}
        return Found(rows, (o0, o1), own, "the whole", keys, notes, figures)
    growth = {"growth of the rate": rates[1] / rates[0] - 1, "growth in dollars": d1 / d0 - 1}
    bare = [row | {"value": None} for row in rows]
    return Found(bare, (o0, o1), own, "the whole", keys, notes, growth, only_growth=True)


@dataclass(frozen=True)
class Levels:
    """A whole in base and period [currency], its sources, and how a level that is not printed was formed."""

    values: tuple[float, float]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    printed: bool = True


def _levels(table: flows.Flows, asked: Asked, flow: str, growth: Levels | None = None) -> Levels:
    """Levels of both periods; a base that is not held is the one the printed growth implies.

    Where this money's level is not held but its growth is, the levels are those of `growth` (another money) at a rate
    of one in the base: only their ratios mean anything.
    """
    rows = measures.measure(
        table, period=asked.period, span=asked.span, flow=flow, partner=asked.partner, currency=asked.currency,
        vintage=asked.vintage, concept=asked.concept,
    ).rows  # fmt: skip
    now = rows[rows["flow"] == flow].iloc[0] if (rows["flow"] == flow).any() else None
    if growth is not None and now is not None and _lacks(now["value"]) and not _lacks(now["growth"]):
        start = growth.values[0]
        note = "only growth is printed, so that the parts are points of growth"
        return Levels((start, start * (1 + float(now["growth"]))), (now["source"],), (note,), printed=False)
    if now is None or _lacks(now["value"]):
        raise MissingData(f"No level of {codes.name(flow).lower()} in {asked.currency} is held for {asked.period}. "
                          f"Run: entrepot have {asked.reporter}")  # fmt: skip
    g = now["growth"]
    if asked.base == periods.year_earlier(asked.period) and now["growth_basis"] == "printed" and not _lacks(g):
        note = "base implied by the growth printed with the level"
        return Levels((float(now["value"] / (1 + g)), float(now["value"])), (now["source"],), (note,))
    then = lines.whole(table, replace(asked, flow=flow), flow)
    if len(then) != 2 or then["value"].isna().any():
        raise MissingData(f"No level in {asked.currency} is held for {asked.base}. Run: entrepot have {asked.reporter}")
    return Levels((float(then["value"].iloc[0]), float(now["value"])), tuple(sorted(set(then["source"]))), ())


def _lacks(value: object) -> bool:
    return value is None or value != value


def surplus(table: flows.Flows, asked: Asked) -> Found:
    """Export volume, import volume, terms of trade and, in another money than dollars, the currency.

    Where no quantities are held the two flows stand unsplit, each as one term, and a warning names the fetch.
    """
    own = asked.currency not in (None, "USD")
    dollars = replace(asked, currency="USD", by="product")
    try:
        sides = [lines.collect(table, replace(dollars, flow=flow)) for flow in ("X", "M")]
        found = [_priced(side) for side in sides]
        parts = decompositions.surplus(*found)
        parts["no price"] = parts.pop("other")
        priced = any((one.price != 0).any() for one in found)
        whole = [(side.whole[0], side.whole[1]) for side in sides]
        notes = [note for side in sides for note in side.warnings]
        keys = sorted({key for side in sides for key in side.sources})
    except MissingData:
        priced, notes = False, []
    if not priced:
        both = {flow: _levels(table, replace(dollars, flow=flow), flow) for flow in ("X", "M")}
        whole = [one.values for one in both.values()]
        parts = {"exports, price and volume together": whole[0][1] - whole[0][0],
                 "imports, price and volume together": whole[1][0] - whole[1][1]}  # fmt: skip
        keys = sorted({key for one in both.values() for key in one.sources})
        notes = ["Quantities by product are not held, so prices and volumes, and with them the terms of trade, cannot "
                 f"be told apart. {lines.fetches(dollars)}"]  # fmt: skip
    balance = (whole[0][0] - whole[1][0], whole[0][1] - whole[1][1])
    figures: dict[str, Any] = {"in dollars": balance}
    if priced:
        figures |= {
            f"{name} price index (Tornqvist)": one.index for name, one in zip(("export", "import"), found, strict=True)
        }
        figures |= {
            f"{name} value without a price": one.dropped for name, one in zip(("export", "import"), found, strict=True)
        }
        left = balance[1] - balance[0] - sum(parts.values())
        parts["no price"] += left  # lines that a list leaves out of its whole
    if own:
        return _in_own_money(table, asked, parts, keys, notes, figures)
    rows = _sums(parts, abs(balance[0]))
    return Found(rows, balance, "USD", "products" if priced else "the whole", keys, notes, figures)


def _in_own_money(
    table: flows.Flows,
    asked: Asked,
    parts: Mapping[str, float],
    keys: Sequence[str],
    notes: Sequence[str],
    figures: Mapping[str, Any],
) -> Found:
    """Terms in dollars turned into another money at the mean rate, and the currency as a term of its own."""
    each = [_levels(table, replace(asked, currency=asked.currency), flow) for flow in ("X", "M")]
    dollars = [_levels(table, replace(asked, currency="USD"), flow) for flow in ("X", "M")]
    own = tuple(each[0].values[n] - each[1].values[n] for n in (0, 1))
    usd = tuple(dollars[0].values[n] - dollars[1].values[n] for n in (0, 1))
    rates = [sum(one.values[n] for one in each) / sum(one.values[n] for one in dollars) for n in (0, 1)]
    mean = sum(rates) / 2
    _, rate = decompositions.currency_split(usd[0], usd[1], *rates)
    scaled = {name: mean * part for name, part in parts.items()}
    scaled["currency"] = rate
    scaled["other"] = own[1] - own[0] - sum(scaled.values())
    rows = _sums(scaled, abs(own[0]))
    rates_of = {f"{asked.currency} for a dollar before": rates[0], f"{asked.currency} for a dollar after": rates[1]}
    keys = sorted({*keys, *(key for one in each for key in one.sources)})
    note = "Other: exports and imports are converted by the office at rates that differ from their mean."
    return Found(
        rows, (own[0], own[1]), str(asked.currency), "the whole", keys, [*notes, note], {**figures, **rates_of}
    )


def _sums(parts: "Mapping[str, Any]", base: float) -> list[Row]:
    """One row a term for the whole."""
    out = []
    for name, part in parts.items():
        value = float(part.sum() if hasattr(part, "sum") else part)
        out.append({"line": "", "term": name, "value": value, "contribution": value / base if base else None,
                    "lo": None, "hi": None})  # fmt: skip
    return out


def _unexplained(left: float, whole: tuple[float, float]) -> list[Row]:
    """The row of what no term explains [currency]; none where it is but rounding of sums."""
    if abs(left) <= ROUNDING * max(map(abs, whole)):
        return []
    return _sums({UNEXPLAINED: left}, abs(whole[0]))


def _by_line(held: Lines, parts: "Mapping[str, Values]", asked: Asked) -> list[Row]:
    """Rows of single lines, those that moved most first."""
    import numpy as np

    moved = np.abs(held.after - held.before)
    out = []
    for n in np.argsort(-moved, kind="stable")[:LARGEST]:
        for term, part in parts.items():
            value = float(np.broadcast_to(part, moved.shape)[n])
            if value:
                share = value / held.whole[0] if held.whole[0] else None
                out.append({"line": held.names[n], "term": term, "value": value, "contribution": share,
                            "lo": None, "hi": None})  # fmt: skip
    return out


def _level(held: Lines, asked: Asked) -> str:
    return held.level if asked.by == "product" else "partners"


def _answer(found: Found, asked: Asked, method: str) -> Answer:
    import pandas as pd

    by = "product" if method == "price-volume" else asked.by
    change = found.whole[1] - found.whole[0]
    bare = found.only_growth
    left = 0.0 if bare else change - sum(row["value"] or 0.0 for row in found.rows if not row["line"])
    rows = pd.DataFrame([*found.rows, *_unexplained(left, found.whole)])
    rows = rows.astype(dict.fromkeys(("value", "contribution", "lo", "hi"), float))
    question = measures.ask(period=asked.period, span=asked.span, vintage=asked.vintage)
    keys = sorted(set(found.sources))
    flow = "B" if method == "surplus" else asked.flow
    about: dict[str, object] = {
        "reporter": asked.reporter, "partner": asked.partner, "flow": flow, "period": asked.period,
        "base_period": asked.base, "span": asked.span, "by": by, "currency": found.currency,
        "vintage": asked.vintage, "split": method, "base": None if bare else found.whole[0],
        "value": None if bare else found.whole[1], "change": None if bare else change,
        "growth": change / found.whole[0] if found.whole[0] > 0 else None,
        "unexplained": left,
        "level": found.level, "figures": dict(found.figures), "method": FORMULAS[method],
        "warnings": list(found.warnings), "sources": measures.sources_of(keys),
        "citation": _citation(found, asked, keys, question),
    }  # fmt: skip
    if found.markets:
        about["markets"] = list(found.markets)
    return Answer("explain", about, rows.rename(columns={"line": by}))


def _citation(found: Found, asked: Asked, keys: Sequence[str], question: cells.Question) -> str:
    """One line that pins what was asked; of the markets' own reports it says whose imports they are."""
    if not found.markets:
        return measures.citation(asked.reporter, keys, question)
    told = [codes.name(one) for one in found.markets]
    who = ", ".join(told[:3]) + (f" and {len(told) - 3} more" if len(told) > 3 else "")
    subject = f"imports of {who} from {codes.name(asked.reporter)} and from the world"
    return measures.citation(asked.reporter, keys, question, subject=subject)
