"""From a flows table of several reporters to the panel of a rerouting question: choose reports, align, collect.

The table is read twice: once for what is held of each pair, once for the values. Where reports differ in grain they are
aligned (national lines to HS6, months to years) and a warning says so; where they cannot be (HS editions, currencies, a
valuation that changes between base and period) the question is refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entrepot import codes, flows, lake, legs
from entrepot.errors import BadTable, MissingData
from entrepot.legs import PLACEBO_ORIGINS, Ask, Panel, Role

if TYPE_CHECKING:
    import pandas as pd

TRAITS = ("span", "classification", "currency", "valuation", "concept", "source", "digits")
MAIN = ("classification", "currency", "valuation", "concept", "span")
UNRANKED = 3


@dataclass(frozen=True)
class Report:
    """One report of a pair, with its traits and how many periods it covers in each window."""

    reporter: str
    flow: str
    partner: str
    span: str
    classification: str
    currency: str
    valuation: str
    concept: str
    source: str
    digits: int
    base: int
    period: int

    @property
    def pair(self) -> tuple[str, str]:
        """Exporter and importer."""
        return (self.partner, self.reporter) if self.flow == "M" else (self.reporter, self.partner)

    @property
    def words(self) -> str:
        """How the report is described to a reader."""
        side = "imports" if self.flow == "M" else "exports"
        return f"{side} of {self.reporter}, {self.valuation}, {self.classification or 'own codes'}, by {self.span}"


def panel(table: flows.Flows, ask: Ask, duties: "pd.DataFrame | None") -> Panel:
    """Collect what a question needs.

    Raises
    ------
    BadTable
        If the legs stand in different HS editions or currencies, or one changes how it is valued between the windows.
    MissingData
        If nothing of either leg is held.
    """
    scope = _in_scope(table, ask)
    reports = _census(scope, ask)
    warnings: list[str] = []
    chosen, missing = _main(reports, ask)
    totals = {hub: found for hub in ask.hubs if hub in missing and (found := _totals(scope, reports, ask, hub))}
    if not chosen:
        ends = {pair for hub in ask.hubs for pair in ((ask.origin, hub), (hub, ask.destination))}
        if not any(one.pair in ends for one in reports):
            said = " ".join(legs.decide(ask, hub, missing[hub]) for hub in ask.hubs)
            raise MissingData(f"Nothing is held of either leg. {said}")
        return _empty(ask, totals, missing, duties, warnings)
    return _collect(scope, ask, duties, reports, chosen, totals, missing, warnings)


def _in_scope(table: flows.Flows, ask: Ask) -> flows.Flows:
    col = nw.col
    sellers = [ask.origin, *ask.hubs, *PLACEBO_ORIGINS]
    sold = (col("flow") == "X") & (col("reporter").is_in(sellers) | (col("partner") == ask.destination))
    buyers, from_hubs = [ask.destination, *ask.hubs], [ask.origin, *ask.hubs]
    bought = (col("flow") == "M") & (col("reporter").is_in(buyers) | col("partner").is_in(from_hubs))
    held = table.filter(sold | bought, col("period").is_in(legs.needed(ask)), col("span").is_in(["month", "year"]))
    if ask.currency is not None:
        held = held.filter(col("currency") == ask.currency)
    held = held.filter(~col("value").is_null(), col("classification") != "aggregate")
    whole = nw.when(col("product") == flows.ALL).then(0).otherwise(col("product").str.len_chars().cast(nw.Int64()))
    return held.filter(flows.current(ask.vintage)).with_columns(digits=whole)


def _census(scope: flows.Flows, ask: Ask) -> list[Report]:
    """What is held of each pair: one report for each way in which it is told, with the periods it covers."""
    import pandas as pd

    by = ["reporter", "flow", "partner", *TRAITS]
    counted: pd.DataFrame = scope.group_by(*by, "period").agg(rows=nw.len()).collect("pandas").to_native()
    start, end, first, last = ask.ends
    month = counted["period"].str.len() == 7
    counted["base"] = ((counted["period"] >= start) & (counted["period"] <= end) & month) | (
        counted["period"] == ask.base
    )
    counted["now"] = ((counted["period"] >= first) & (counted["period"] <= last) & month) | (
        counted["period"] == ask.period
    )
    grouped = counted.groupby(by, as_index=False)[["base", "now"]].sum()
    names = [*by, "base", "now"]
    return [Report(*(_plain(one) for one in row)) for row in grouped[names].itertuples(index=False, name=None)]


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _rank(report: Report, exporter: bool, ranks: Mapping[str, int]) -> tuple[Any, ...]:
    """Best first: covers both windows, HS6, months, the side preferred, standard concept, dollars, source."""
    level = 0 if report.digits == 6 else 1 if report.digits > 6 else 8 - report.digits
    side = (report.flow == "X") != exporter
    concept = ("standard", "general", "consumption").index(report.concept) if report.concept in legs.CONCEPTS else 3
    return (level, report.span != "month", side, -(report.base + report.period), concept, report.currency != "USD",
            ranks.get(report.source, UNRANKED), report.source, report.valuation)  # fmt: skip


def _best(reports: Iterable[Report], exporter: bool, ranks: Mapping[str, int]) -> Report | None:
    whole = [one for one in reports if one.base and one.period and one.digits]
    return min(whole, key=lambda one: _rank(one, exporter, ranks), default=None)


def _by_pair(reports: Sequence[Report]) -> dict[tuple[str, str], list[Report]]:
    out: dict[tuple[str, str], list[Report]] = {}
    for report in reports:
        out.setdefault(report.pair, []).append(report)
    return out


def _ranks() -> dict[str, int]:
    return {key: row["rank"] for key, row in lake.sources().items()}


def _main(reports: Sequence[Report], ask: Ask) -> tuple[dict[Role, Report], dict[str, str]]:
    """Reports of both legs of each hub that has both by product; what lacks of the others."""
    pairs, ranks = _by_pair(reports), _ranks()
    chosen: dict[Role, Report] = {}
    missing: dict[str, str] = {}
    for hub in ask.hubs:
        ends = {"one": (ask.origin, hub), "two": (hub, ask.destination)}
        found = {name: _best(pairs.get(pair, ()), name == "one", ranks) for name, pair in ends.items()}
        if all(found.values()):
            chosen |= {(name, hub): report for name, report in found.items() if report}
            continue
        for name, report in found.items():
            if report is None:
                _refuse_changed(pairs.get(ends[name], ()), ends[name])
        lacks = [f"{pair[0]} to {pair[1]}" for name, pair in ends.items() if found[name] is None]
        missing[hub] = " and ".join(lacks)
    _refuse_mixed(chosen)
    return chosen, missing


def _refuse_changed(reports: Sequence[Report], pair: tuple[str, str]) -> None:
    """A pair held by product in both windows, but never told in one way: refuse, and name what changes."""
    detailed = [one for one in reports if one.digits]
    if not (any(one.base for one in detailed) and any(one.period for one in detailed)):
        return
    for trait in MAIN:
        before = {getattr(one, trait) for one in detailed if one.base}
        after = {getattr(one, trait) for one in detailed if one.period}
        if not before & after:
            raise BadTable(
                f"{pair[0]} to {pair[1]}: {trait} is {', '.join(sorted(before))} in the base and "
                f"{', '.join(sorted(after))} in the period. Choose both within one, or convert one of them first."
            )


def _refuse_mixed(chosen: Mapping[Role, Report]) -> None:
    for trait, repair in (
        ("currency", "Convert one (money.convert_months)"),
        ("classification", "Convert one edition"),
    ):
        held = {getattr(one, trait) for one in chosen.values()}
        if len(held) > 1:
            told = "; ".join(f"{' '.join(role)}: {getattr(one, trait)}" for role, one in chosen.items())
            raise BadTable(f"Both legs stand in one {trait}; these do not: {told}. {repair} before asking.")


def _totals(scope: flows.Flows, reports: Sequence[Report], ask: Ask, hub: str) -> tuple[float, float] | None:
    """Totals of both legs in the period where a leg has no products: the smaller is a bound that says nothing."""
    pairs = _by_pair([one for one in reports if one.digits == 0 and one.period])
    found = []
    for pair in ((ask.origin, hub), (hub, ask.destination)):
        held = sorted(pairs.get(pair, ()), key=lambda one: (one.span != "year", -one.period))
        if not held:
            return None
        rows = scope.filter(_is(held[0])).filter(nw.col("period").is_in(_period_of(held[0], ask)))
        found.append(float(rows.select(nw.col("value").sum()).collect("pandas").to_native().iloc[0, 0]))
    return found[0], found[1]


def _period_of(report: Report, ask: Ask) -> list[str]:
    from entrepot import periods

    return [ask.period] if report.span == "year" else periods.months(ask.period, ask.span)


def _is(report: Report, partners: Sequence[str] | None = None) -> nw.Expr:
    condition = nw.col("reporter") == report.reporter
    for name in ("flow", *TRAITS):
        condition = condition & (nw.col(name) == getattr(report, name))
    return condition & nw.col("partner").is_in(list(partners or [report.partner]))


def _empty(
    ask: Ask,
    totals: Mapping[str, tuple[float, float]],
    missing: Mapping[str, str],
    duties: "pd.DataFrame | None",
    warnings: list[str],
) -> Panel:
    return Panel(
        times=(), codes=(), values={}, level=0, currency=ask.currency or "", classification="", products=frozenset(),
        duties=duties, unclear=frozenset(), totals=totals, missing=missing, said={}, aside=(), others=(),
        placebo_origins=(), sources=(), warnings=warnings,
    )  # fmt: skip


def _collect(
    scope: flows.Flows,
    ask: Ask,
    duties: "pd.DataFrame | None",
    reports: Sequence[Report],
    chosen: dict[Role, Report],
    totals: Mapping[str, tuple[float, float]],
    missing: Mapping[str, str],
    warnings: list[str],
) -> Panel:
    level = min(one.digits for one in chosen.values())
    level = min(level, 6) if next(iter(chosen.values())).classification.startswith("HS") else level
    yearly = any(one.span == "year" for one in chosen.values())
    compared = _compared(reports, chosen, ask, level, duties, warnings)
    told: list[tuple[Role, Report]] = [*chosen.items(), *compared]
    if yearly:
        told = _whole_years(told, warnings)
        if lost := [hub for hub in ask.hubs if ("one", hub) in chosen and not _both(told, hub)]:
            raise MissingData(f"{', '.join(lost)}: a leg lacks months of a year that the other gives only whole.")
    _say_aligned(told, level, warnings)
    times = sorted({ask.base, ask.period}) if yearly else [one for one in legs.needed(ask) if len(one) == 7]
    names, named = _matrices(_values(scope, told, level, yearly), times)
    named = _rests(named)
    first = next(iter(chosen.values()))
    return Panel(
        times=tuple(times), codes=tuple(names), values=named, level=level if names.str.isdigit().all() else 0,
        currency=first.currency, classification=first.classification,
        products=frozenset(hub for hub in ask.hubs if ("one", hub) in named and ("two", hub) in named),
        duties=None if duties is None or not legs.stepped(duties, ask) else duties,
        unclear=frozenset() if duties is None else legs.unclear(duties, ask), totals=totals, missing=missing,
        said={(role[0], role[1]): one.words for role, one in chosen.items()},
        aside=_partners(told, "aside", ask), others=_partners(told, "others", ask),
        placebo_origins=tuple(sorted({role[2] for role, _ in told if role[0] == "placebo"})),
        sources=tuple(sorted({one.source for _, one in told})), warnings=warnings,
    )  # fmt: skip


def _both(told: Sequence[tuple[Role, Report]], hub: str) -> bool:
    return {("one", hub), ("two", hub)} <= {role for role, _ in told}


def _partners(told: Sequence[tuple[Role, Report]], name: str, ask: Ask) -> tuple[str, ...]:
    place = 1 if name == "aside" else 0
    return tuple(sorted({one.pair[place] for role, one in told if role[0] == name}))


def _compared(
    reports: Sequence[Report],
    chosen: Mapping[Role, Report],
    ask: Ask,
    level: int,
    duties: "pd.DataFrame | None",
    warnings: list[str],
) -> list[tuple[Role, Report]]:
    """Reports of the comparison flows: direct sales, other markets, other origins, placebo routes."""
    ranks, first = _ranks(), next(iter(chosen.values()))
    alike = [one for one in reports if one.classification == first.classification and one.currency == first.currency]
    pairs = _by_pair([one for one in alike if one.digits >= level])
    hit = legs.dutied_pairs(duties, ask)
    ends = {ask.origin, ask.destination, *ask.hubs}
    out: list[tuple[Role, Report]] = []
    for (seller, buyer), held in pairs.items():
        role = _role(seller, buyer, ask, ends)
        report = _best(held, role[0] in ("aside", "out") or role[-1] == "aside", ranks) if role else None
        if role and report:
            out.append((role, report))
    out = _worlds(_unduted(out, hit, ask, warnings), chosen, warnings)
    return _steady(_disjoint(out, warnings), warnings)


def _role(seller: str, buyer: str, ask: Ask, ends: set[str]) -> Role | None:
    if seller == ask.origin and buyer == flows.WORLD:
        return ("world", "aside")
    if buyer == ask.destination and seller == flows.WORLD:
        return ("world", "others")
    if flows.WORLD in (seller, buyer):
        return None
    if (seller, buyer) == (ask.origin, ask.destination):
        return ("direct",)
    if seller == ask.origin and buyer not in ends:
        return ("aside",)
    if buyer == ask.destination and seller not in ends:
        return ("others",)
    if seller in PLACEBO_ORIGINS and seller != ask.origin and buyer in ask.hubs:
        return ("placebo", buyer, seller)
    if seller in ask.hubs and buyer not in ends and codes.kind(buyer) == "country":
        return ("out", seller, buyer)
    return None


def _unduted(
    told: list[tuple[Role, Report]], hit: frozenset[tuple[str, str]], ask: Ask, warnings: list[str]
) -> list[tuple[Role, Report]]:
    """Leave out markets and origins that got a duty of their own; keep them if none would remain."""
    out = []
    for name in ("aside", "others"):
        mine = [(role, one) for role, one in told if role == (name,)]
        clean = [(role, one) for role, one in mine if one.pair not in hit]
        dropped = sorted({one.pair[1 if name == "aside" else 0] for role, one in mine if one.pair in hit})
        if dropped and clean:
            warnings.append(f"Left out of the comparison for duties of their own: {', '.join(dropped)}.")
        elif dropped:
            warnings.append(f"Every comparison ({', '.join(dropped)}) has duties of its own: the excess reads low.")
        out += clean or mine
    for hub in ask.hubs:
        if (hub, ask.destination) in hit:
            warnings.append(
                f"Goods of {hub} got a duty in {ask.destination} too: its excess in the second leg reads low."
            )
    return out + [(role, one) for role, one in told if role[0] not in ("aside", "others")]


def _worlds(
    told: list[tuple[Role, Report]], chosen: Mapping[Role, Report], warnings: list[str]
) -> list[tuple[Role, Report]]:
    """Keep the world line only where no partner is held by itself, and the rest can be taken off it in like terms."""
    out = [(role, one) for role, one in told if role[0] != "world"]
    main = dict(told) | dict(chosen)
    for role, one in told:
        if role[0] != "world" or any(other[0] == (role[1],) for other in out):
            continue
        taken = [main.get(("direct",)), *(report for name, report in main.items() if name[0] == _LEG[role[1]])]
        if all(part and (part.reporter, part.flow, part.valuation) == (one.reporter, one.flow, one.valuation)
               for part in taken):  # fmt: skip
            out.append((role, one))
            warnings.append(f"Comparison ({role[1]}): the world less the countries asked about, no others being held.")
    return out


_LEG = {"aside": "one", "others": "two"}


def _rests(named: "dict[Role, Any]") -> "dict[Role, Any]":
    """Turn a world line into what it leaves once direct sales and the hubs' legs are taken off."""
    import numpy as np

    out = {role: values for role, values in named.items() if role[0] != "world"}
    for role, values in named.items():
        if role[0] == "world":
            taken = [v for other, v in out.items() if other == ("direct",) or other[0] == _LEG[role[1]]]
            out[(role[1],)] = np.maximum(values - sum(taken), 0.0)
    return out


def _disjoint(told: list[tuple[Role, Report]], warnings: list[str]) -> list[tuple[Role, Report]]:
    """Leave out groups whose members are held beside them, so that no flow enters a pool twice."""
    out = [(role, one) for role, one in told if role[0] not in ("aside", "others")]
    for name, place in (("aside", 1), ("others", 0)):
        mine = [(role, one) for role, one in told if role[0] == name]
        lines = {one.pair[place] for _, one in mine}
        groups = {line for line in lines if codes.kind(line) == "group"}
        drop = {group for group in groups if any(codes.overlaps(group, line) for line in lines - {group})}
        if drop:
            warnings.append(f"Groups held beside their members are left out: {', '.join(sorted(drop))}.")
        out += [(role, one) for role, one in mine if one.pair[place] not in drop]
    return out


def _steady(told: list[tuple[Role, Report]], warnings: list[str]) -> list[tuple[Role, Report]]:
    """Keep in a pool only partners that cover as many periods as the fullest, so that its make-up does not change."""
    out = []
    for name in {role[0] for role, _ in told}:
        mine = [(role, one) for role, one in told if role[0] == name]
        if name not in ("aside", "others"):
            out += mine
            continue
        most = max(one.base + one.period for _, one in mine)
        kept = [(role, one) for role, one in mine if one.base + one.period == most]
        kept = [(role, one) for role, one in kept if one.span == kept[0][1].span]
        if len(kept) < len(mine):
            warnings.append(f"{len(mine) - len(kept)} comparison partners with missing periods are left out ({name}).")
        out += kept
    return out


def _whole_years(told: Sequence[tuple[Role, Report]], warnings: list[str]) -> list[tuple[Role, Report]]:
    """Where one leg is annual: annual reports, and monthly ones of which all twelve months are held in both years."""
    out = [(role, one) for role, one in told if one.span == "year" or (one.base == 12 and one.period == 12)]
    if any(one.span == "month" for _, one in out):
        warnings.append("One leg is held by year only: monthly reports are added up to whole years.")
    if lost := sorted({" to ".join(one.pair) for role, one in told if (role, one) not in out}):
        warnings.append(f"Left out, for months of a year are missing: {', '.join(lost)}.")
    return out


def _say_aligned(told: Sequence[tuple[Role, Report]], level: int, warnings: list[str]) -> None:
    finer = sorted({one.reporter for _, one in told if one.digits > level})
    if finer:
        warnings.append(f"National lines of {', '.join(finer)} are added up to {level} digits.")
    legs_of = {role[0]: one.valuation for role, one in told if role[0] in ("one", "two")}
    if len(set(legs_of.values())) > 1:
        said = ", ".join(f"leg {name} {valuation}" for name, valuation in sorted(legs_of.items()))
        warnings.append(f"The legs are valued differently ({said}): the last rung allows a margin between them.")


def _values(scope: flows.Flows, told: Sequence[tuple[Role, Report]], level: int, yearly: bool) -> "pd.DataFrame":
    """Sum of values by role, product and time; one pass over the table, in which shared traits are filtered once."""
    shared = {name: getattr(told[0][1], name) for name in TRAITS if len({getattr(one, name) for _, one in told}) == 1}
    apart = ["flow", *(name for name in TRAITS if name not in shared)]
    groups: dict[tuple[Any, ...], list[str]] = {}
    for role, one in told:
        groups.setdefault((role, one.reporter, *(getattr(one, name) for name in apart)), []).append(one.partner)
    roles = list(dict.fromkeys(role for role, _ in told))
    place: Any = nw.lit(-1)
    for key, partners in groups.items():
        condition = nw.col("partner").is_in(partners)
        for column, value in zip(("reporter", *apart), key[1:], strict=True):
            condition = condition & (nw.col(column) == value)
        place = nw.when(condition).then(nw.lit(roles.index(key[0]))).otherwise(place)
    held = scope.filter(*(nw.col(name) == value for name, value in shared.items()))
    time = nw.col("period").str.slice(0, 4) if yearly else nw.col("period")
    short = nw.col("product").str.slice(0, level) if any(one.digits > level for _, one in told) else nw.col("product")
    lines = held.select("value", role=place, product=short, time=time).filter(nw.col("role") >= 0)
    frame: pd.DataFrame = (
        lines.group_by("role", "product", "time").agg(nw.col("value").sum()).collect("pandas").to_native()
    )
    return frame.assign(role=[roles[n] for n in frame["role"]])


def _matrices(frame: "pd.DataFrame", times: Sequence[str]) -> "tuple[pd.Index[str], dict[Role, Any]]":
    """Products in order, and values by role: (products, times)."""
    import numpy as np
    import pandas as pd

    product, names = pd.factorize(frame["product"], sort=True)
    when, held = pd.factorize(frame["time"])
    column = pd.Index(times).get_indexer(held)[when]
    role, roles = pd.factorize(frame["role"])
    value = frame["value"].to_numpy(dtype=float)
    out = {}
    for n, name in enumerate(roles):
        mine = (role == n) & (column >= 0)
        out[name] = np.zeros((len(names), len(times)))
        out[name][product[mine], column[mine]] = value[mine]
    return pd.Index(names), out
