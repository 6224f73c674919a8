"""From a flows table of several reporters to the panel of a rerouting question: choose reports, align, collect.

The table is read twice: once for what is held of each pair, once for the values. Where reports differ in grain they are
aligned (national lines to HS6, months to years, HS editions by weighted links) and a warning says so; where they cannot
be (currencies, a valuation that changes between base and period) the question is refused.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import narwhals as nw

from entrepot import codes, flows, legs, legvalues, periods
from entrepot.concordance import EDITIONS
from entrepot.errors import BadTable, MissingData
from entrepot.legreports import MAIN, Report, best, by_pair, census, in_scope, is_, joined, ranks
from entrepot.legs import PLACEBO_ORIGINS, Ask, Panel, Role

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


Told = list[tuple[Role, Report]]


def panel(table: flows.Flows, ask: Ask, duties: "pd.DataFrame | None") -> Panel:
    """Collect what a question needs.

    Raises
    ------
    BadTable
        If the legs stand in different currencies, in different classifications that are not both HS6, or one changes
        how it is valued between the windows.
    MissingData
        If nothing of either leg is held.
    """
    scope, reports = census(in_scope(table, ask, duties), ask)
    warnings: list[str] = []
    chosen, before, missing = _main(reports, ask)
    warnings += _half_held(reports, ask, missing)
    totals = {hub: found for hub in ask.hubs if hub in missing and (found := _totals(scope, reports, ask, hub))}
    if fetch := legs.fetches(ask, missing):
        warnings.append(fetch)
    if not chosen:
        ends = {pair for hub in ask.hubs for pair in ((ask.origin, hub), (hub, ask.destination))}
        if not any(one.pair in ends for one in reports):
            where = f" in {ask.currency} (leave the currency out to take what is held)" if ask.currency else ""
            raise MissingData(
                f"Nothing is held of either leg{where}, by product or as a total. {legs.fetches(ask, missing)}"
            )
        return _empty(ask, totals, missing, duties, warnings)
    return _collect(scope, ask, duties, reports, chosen, before, totals, missing, warnings)


def _main(reports: Sequence[Report], ask: Ask) -> tuple[dict[Role, Report], Told, dict[str, str]]:
    """Reports of both legs of each hub that has both by product, those that only cover the base, and what lacks."""
    pairs, known = by_pair(reports), ranks()
    chosen: dict[Role, Report] = {}
    before: Told = []
    missing: dict[str, str] = {}
    for hub in ask.hubs:
        ends = {"one": (ask.origin, hub), "two": (hub, ask.destination)}
        found = {name: best(pairs.get(pair, ()), name == "one", known) for name, pair in ends.items()}
        for name, pair in ends.items():
            two = None if found[name] else joined(pairs.get(pair, ()), name == "one", known)
            if two is not None:
                before.append(((name, hub), two[0]))
                found[name] = two[1]
        if all(found.values()):
            chosen |= {(name, hub): report for name, report in found.items() if report}
            continue
        for name, report in found.items():
            if report is None:
                _refuse_changed(pairs.get(ends[name], ()), ends[name])
        lacks = [f"{pair[0]} to {pair[1]}" for name, pair in ends.items() if found[name] is None]
        missing[hub] = " and ".join(lacks)
    _refuse_mixed(chosen)
    return chosen, [(role, one) for role, one in before if role in chosen], missing


def _half_held(reports: Sequence[Report], ask: Ask, missing: Mapping[str, str]) -> list[str]:
    """Legs that lack because only one of the two windows is held by product."""
    pairs, out = by_pair([one for one in reports if one.digits]), []
    for pair in sorted({tuple(leg.split(" to ")) for told in missing.values() for leg in told.split(" and ")}):
        held = pairs.get((pair[0], pair[1]), ())
        ends = (ask.base, any(one.base for one in held)), (ask.period, any(one.period for one in held))
        if ends[0][1] != ends[1][1]:
            have, lack = (next(when for when, is_held in ends if is_held is side) for side in (True, False))
            out.append(f"{' to '.join(pair)} is held by product for {have}, not for {lack}.")
    return out


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
        fine = all(one.digits >= 6 and one.classification in EDITIONS for one in chosen.values())
        if len(held) > 1 and not (trait == "classification" and fine):
            told = "; ".join(f"{' '.join(role)}: {getattr(one, trait)}" for role, one in chosen.items())
            raise BadTable(f"Both legs stand in one {trait}; these do not: {told}. {repair} before asking.")


def _totals(scope: flows.Flows, reports: Sequence[Report], ask: Ask, hub: str) -> tuple[float, float] | None:
    """Totals of both legs in the period where a leg has no products: the smaller is a bound that says nothing."""
    pairs = by_pair([one for one in reports if one.digits == 0 and one.period])
    found = []
    for pair in ((ask.origin, hub), (hub, ask.destination)):
        held = sorted(pairs.get(pair, ()), key=lambda one: (one.span != "year", -one.period))
        if not held:
            return None
        rows = scope.filter(is_(held[0])).filter(nw.col("period").is_in(_period_of(held[0], ask)))
        found.append(float(rows.select(nw.col("value").sum()).collect("pandas").to_native().iloc[0, 0]))
    return found[0], found[1]


def _period_of(report: Report, ask: Ask) -> list[str]:
    return [ask.period] if report.span == "year" else periods.months(ask.period, ask.span)


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
    before: Told,
    totals: Mapping[str, tuple[float, float]],
    missing: Mapping[str, str],
    warnings: list[str],
) -> Panel:
    edition = _edition(chosen)
    duties = None if duties is None else legs.zeros_back(duties, edition)
    level = min(one.digits for one in chosen.values())
    level = min(level, 6) if next(iter(chosen.values())).classification.startswith("HS") else level
    yearly = any(one.span == "year" for one in chosen.values())
    compared = _compared(reports, chosen, ask, level, edition, duties, warnings)
    told: Told = [*chosen.items(), *before, *compared]
    if yearly:
        told = _whole_years(told, warnings)
        if lost := [hub for hub in ask.hubs if ("one", hub) in chosen and not _both(told, hub)]:
            raise MissingData(f"{', '.join(lost)}: a leg lacks months of a year that the other gives only whole.")
    _say_aligned(told, level, warnings)
    apart = legvalues.suspects(told) if duties is not None and legs.stepped(duties, ask) else []
    held = [(_by_itself(role, one, apart), one) for role, one in told]
    times = sorted({ask.base, ask.period}) if yearly else [one for one in legs.needed(ask, duties) if len(one) == 7]
    frame, unlinked = legvalues.values(scope, held, level, yearly, edition)
    _say_editions(held, unlinked, edition, duties, warnings)
    names, named = legvalues.matrices(frame, times)
    known = duties if apart else None
    unclear = frozenset() if duties is None else legs.unclear(duties, ask)
    named, hubs = legvalues.pooled(legvalues.rests(named), list(names), times, ask, known, unclear)
    if hubs:
        warnings.append(
            f"Left out of the comparison, for dutied goods pass through as through a hub: {', '.join(hubs)}. Ask about "
            "it too, with --via."
        )
    told = [(role, one) for role, one in told if not (role[0] in legvalues.LEG and {*one.pair} & {*hubs})]
    first = next(iter(chosen.values()))
    prices = _unit_values(scope, chosen, edition, level, list(names), ask, yearly)
    return Panel(
        times=tuple(times), codes=tuple(names), values=named, level=level if names.str.isdigit().all() else 0,
        currency=first.currency, classification=edition,
        products=frozenset(hub for hub in ask.hubs if ("one", hub) in named and ("two", hub) in named),
        duties=None if duties is None or not legs.stepped(duties, ask) else duties,
        unclear=unclear, totals=totals, missing=missing,
        said={role: one.words for role, one in told if role[0] in ("one", "two", "mirror")},
        aside=_partners(told, "aside", ask), others=_partners(told, "others", ask),
        placebo_origins=tuple(sorted({role[2] for role, _ in told if role[0] == "placebo"})),
        sources=tuple(sorted({one.source for _, one in told})), unit_values=prices, warnings=warnings,
    )  # fmt: skip


def _by_itself(role: Role, report: Report, apart: Sequence[str]) -> Role:
    """Role of a comparison report: the pool, or its own where the country is to be judged first."""
    if role[0] in legvalues.LEG and (mine := {*report.pair} & {*apart}):
        return (role[0], mine.pop())
    return role


def _unit_values(
    scope: flows.Flows,
    chosen: Mapping[Role, Report],
    edition: str,
    level: int,
    names: Sequence[str],
    ask: Ask,
    yearly: bool,
) -> "dict[Role, np.ndarray]":
    """Value a kilogram of both legs in the period; a leg in another edition, or without weights, is left out."""
    out = {}
    for role, one in chosen.items():
        if one.classification == edition:
            when = [ask.period] if one.span == "year" else periods.months(ask.period, "year" if yearly else ask.span)
            prices = legvalues.unit_values(scope, one, level, names, when)
            if prices is not None:
                out[role] = prices
    return out


def _edition(chosen: Mapping[Role, Report]) -> str:
    """Classification of the panel: the one of the destination's side, in which its duties are listed."""
    return next((one.classification for role, one in chosen.items() if role[0] == "two"), "")


def _say_editions(
    told: Told, lost: Mapping[tuple[Role, str], float], edition: str, duties: "pd.DataFrame | None", warnings: list[str]
) -> None:
    """Name every report put into another HS edition, with the share of its value that has no link."""
    names: dict[tuple[Role, str], list[str]] = {}
    for role, one in told:
        if one.classification != edition:
            pool = role[:1] if role[0] in legvalues.LEG else role
            names.setdefault((pool, one.classification), []).append(f"{one.pair[0]} to {one.pair[1]}")
    for (role, source), pairs in names.items():
        share = 100 * max(lost.get((one, source), 0.0) for one, _ in told if one[: len(role)] == role)
        shown = ", ".join(pairs[:3]) + (f" and {len(pairs) - 3} more" if len(pairs) > 3 else "")
        warnings.append(
            f"{shown}: {source} is put into {edition} by weighted links; {share:.1f} % of the value has no link and is "
            "left out."
        )
    if names and duties is not None:
        warnings.append(f"Duties are read as listed in {edition}.")


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
    edition: str,
    duties: "pd.DataFrame | None",
    warnings: list[str],
) -> Told:
    """Reports of the comparison flows: direct sales, other markets, other origins, placebo routes, other mirrors."""
    known, first = ranks(), next(iter(chosen.values()))
    kinds = set(EDITIONS) if level == 6 and edition in EDITIONS else {edition}
    alike = [one for one in reports if one.classification in kinds and one.currency == first.currency]
    pairs = by_pair([one for one in alike if one.digits >= level])
    hit = legs.dutied_pairs(duties, ask)
    ends = {ask.origin, ask.destination, *ask.hubs}
    out: Told = _mirrors(pairs, chosen, edition)
    for (seller, buyer), held in pairs.items():
        role = _role(seller, buyer, ask, ends)
        report = best(held, role[0] in ("aside", "out") or role[-1] == "aside", known, edition) if role else None
        if role and report:
            out.append((role, report))
    out = _worlds(_unduted(out, hit, ask, warnings), chosen, warnings)
    return _steady(_disjoint(out, warnings), warnings)


def _mirrors(pairs: Mapping[tuple[str, str], Sequence[Report]], chosen: Mapping[Role, Report], edition: str) -> Told:
    """The other side's report of each leg, where it covers both windows by product in the same steps of time."""
    out: Told = []
    for role, one in chosen.items():
        others = [held for held in pairs.get(one.pair, ()) if held.flow != one.flow and held.span == one.span]
        other = best(others, role[0] == "one", ranks(), edition)
        if other is not None:
            out.append((("mirror", *role), other))
    return out


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


def _unduted(told: Told, hit: frozenset[tuple[str, str]], ask: Ask, warnings: list[str]) -> Told:
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


def _worlds(told: Told, chosen: Mapping[Role, Report], warnings: list[str]) -> Told:
    """Keep the world line only where no partner is held by itself, and the rest can be taken off it in like terms."""
    out = [(role, one) for role, one in told if role[0] != "world"]
    main = dict(told) | dict(chosen)
    for role, one in told:
        if role[0] != "world" or any(other[0] == (role[1],) for other in out):
            continue
        taken = [main.get(("direct",)), *(report for name, report in main.items() if name[0] == legvalues.LEG[role[1]])]
        if all(part and (part.reporter, part.flow, part.valuation) == (one.reporter, one.flow, one.valuation)
               for part in taken):  # fmt: skip
            out.append((role, one))
            warnings.append(f"Comparison ({role[1]}): the world less the countries asked about, no others being held.")
    return out


def _disjoint(told: Told, warnings: list[str]) -> Told:
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


def _steady(told: Told, warnings: list[str]) -> Told:
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


def _whole_years(told: Sequence[tuple[Role, Report]], warnings: list[str]) -> Told:
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
        warnings.append(f"The legs are valued differently ({said}): the upper ends allow a margin between them.")
    for role, one in told:
        if role[0] in ("one", "two") and one.concept not in legs.CONCEPTS:
            warnings.append(f"{' to '.join(one.pair)} is held as {one.concept} only: what lies outside it is missed.")
