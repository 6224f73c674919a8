"""What must add up among the numbers of one story: sums, bases, shares, conversions, figures told twice."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from entrepot import periods
from entrepot.claims.claim import Claim
from entrepot.claims.ranges import Implied, Interval, add, div, loose, mul, percent, ratio, sub

Where = tuple[str, ...]
Cells = dict[tuple[Where, str, str, str], list[Claim]]
Rates = dict[tuple[Where, str, str], list[Claim]]
K = TypeVar("K")

YUAN_PER_DOLLAR = (6.0, 7.5)
"""Bounds of the yuan rate in customs figures since 2009 [CNY per USD]."""
BALANCE, TOTAL = "exports - imports = balance", "exports + imports = total"
GROWING, PART = "parts grow to the total", "part <= whole"
TWICE = "stated twice"
BASE = "level / base = growth"
PARTS = ("private firms", "state-owned firms", "foreign firms", "domestic firms", "processing", "ordinary")
"""Definitions of a part of all trade, by who trades or under which regime."""
SUMS = (BALANCE, TOTAL)
"""Sums of two flows: told in one sentence they are of one concept, told apart perhaps not (goods, and services)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An identity between numbers of a story, and what it implies for each of them.

    Attributes
    ----------
    rule : str
        Its name, as in `identities.Identity`.
    members : tuple of Claim
        Numbers that take part.
    implied : callable
        Range that the others imply for the member at a place.
    solvable : bool
        Whether that is a value, not only a bound.
    """

    rule: str
    members: tuple[Claim, ...]
    implied: Implied
    solvable: bool = True


def rules(claims: Sequence[Claim]) -> Iterator[Rule]:
    """Every identity that the actual claims of a story form, sums first."""
    told = [c for c in claims if c.measure in ("level", "threshold") and len(c.unit) == 3 and not c.lent]
    levels = [c for c, before in zip(told, [None, *told], strict=False) if not _converts(c, before)]
    cells, rates, steps = _cells(levels), _rates(claims, "growth_yoy"), _rates(claims, "growth_mom")
    yield from _sums(cells)
    yield from _growing_parts(cells, rates)
    yield from _bases(cells, rates, 12)
    yield from _bases(cells, steps, 1)
    yield from _changes(claims, cells, rates)
    yield from _shares(claims, _cells(told))
    yield from _between(rates)
    yield from _exchange(told)
    yield from _twice(levels)


def _cells(levels: Sequence[Claim]) -> Cells:
    return _by(levels, lambda c: (where(c), c.period, c.unit, c.flow))


def _rates(claims: Sequence[Claim], measure: str) -> Rates:
    told = [c for c in claims if c.measure == measure and c.against in ("", "mom", "yoy")]
    return _by(told, lambda c: (where(c), c.period, c.flow))


def _converts(claim: Claim, before: Claim | None) -> bool:
    """Whether a level only gives the one just before it in another currency: rounded anew, it adds up to nothing."""
    return before is not None and claim.text == before.text and claim.unit != before.unit and (
        0 <= claim.start - before.end < 12 and (claim.flow, claim.period) == (before.flow, before.period)
    )  # fmt: skip


def where(claim: Claim) -> Where:
    """Whose trade in what a claim is of, by which definition; not which flow, and not when."""
    return claim.reporter, claim.partner, claim.product, claim.definition


def cell(claim: Claim) -> Where:
    """Everything but the flow that numbers must share to add up."""
    return (*where(claim), claim.period, claim.unit)


def _by(claims: Sequence[Claim], key: Callable[[Claim], K]) -> dict[K, list[Claim]]:
    held: dict[K, list[Claim]] = {}
    for claim in claims:
        same = held.setdefault(key(claim), [])
        if all(c.value != claim.value for c in same) and len(same) < 3:
            same.append(claim)
    return held


def _sums(cells: Cells) -> Iterator[Rule]:
    for key, exports in cells.items():
        whose, period, unit, flow = key
        if flow != "X":
            continue
        imports = cells.get((whose, period, unit, "M"), [])
        for third, rule, sign in (("B", BALANCE, -1), ("T", TOTAL, 1)):
            for x, m, whole in product(exports, imports, cells.get((whose, period, unit, third), [])):
                yield Rule(rule, (whole, x, m), _linear(sign))


def _linear(sign: int) -> Implied:
    def implied(held: Sequence[Interval], place: int) -> Interval:
        whole, x, m = held
        if place == 0:
            return add(x, m) if sign > 0 else sub(x, m)
        if place == 1:
            return sub(whole, m) if sign > 0 else add(whole, m)
        return sub(whole, x) if sign > 0 else sub(x, whole)

    return implied


def _growing_parts(cells: Cells, rates: Rates) -> Iterator[Rule]:
    for key, exports in cells.items():
        whose, period, unit, flow = key
        if flow != "X":
            continue
        parts = [
            exports[:1],
            cells.get((whose, period, unit, "M"), [])[:1],
            cells.get((whose, period, unit, "T"), [])[:1],
        ]
        growth = [_in(rates.get((whose, period, f), []), unit) for f in ("X", "M", "T")]
        if all(parts) and all(growth):
            x, m, t = (p[0] for p in parts)
            yield Rule(GROWING, (t, x, m, growth[2][0], growth[0][0], growth[1][0]), _weighted)


def _in(rates: Sequence[Claim], unit: str) -> list[Claim]:
    return [r for r in rates if r.growth_currency in (unit, "unstated")][:1]


def _weighted(held: Sequence[Interval], place: int) -> Interval:
    """T/(1+gT) = X/(1+gX) + M/(1+gM), with room for revised bases."""
    t, x, m = held[:3]
    gt, gx, gm = (ratio(g) for g in held[3:])
    x0, m0, t0 = div(x, gx), div(m, gm), div(t, gt)
    if place == 0:
        return loose(mul(add(x0, m0), gt))
    if place == 1:
        return loose(mul(sub(t0, m0), gx), t)
    if place == 2:
        return loose(mul(sub(t0, x0), gm), t)
    if place == 3:
        return percent(loose(div(t, add(x0, m0))))
    if place == 4:
        return percent(loose(div(x, sub(t0, m0))))
    return percent(loose(div(m, sub(t0, x0))))


def _bases(cells: Cells, rates: Rates, months: int) -> Iterator[Rule]:
    for key, now in cells.items():
        whose, period, unit, flow = key
        before = cells.get((whose, _before(period, months), unit, flow), [])
        growth = _in(rates.get((whose, period, flow), []), unit)
        for level, base, rate in product(now, before, growth):
            yield Rule(BASE, (rate, level, base), _growth_of)


def _growth_of(held: Sequence[Interval], place: int) -> Interval:
    rate, level, base = held
    if level[1] < 0 and base[1] < 0:
        level, base = (-level[1], -level[0]), (-base[1], -base[0])
        if place:
            flipped = _growth_of([rate, level, base], place)
            return -flipped[1], -flipped[0]
    if place == 0:
        return percent(loose(div(level, base)))
    return loose(mul(base, ratio(rate))) if place == 1 else loose(div(level, ratio(rate)))


def _changes(claims: Sequence[Claim], cells: Cells, rates: Rates) -> Iterator[Rule]:
    for claim in claims:
        if claim.measure != "change_amount" or claim.against not in ("yoy", ""):
            continue
        levels = cells.get((where(claim), claim.period, claim.unit, claim.flow), [])
        growth = _in(rates.get((where(claim), claim.period, claim.flow), []), claim.unit)
        for level, rate in product(levels, growth):
            yield Rule("change = level - base", (claim, level, rate), _change_of)


def _change_of(held: Sequence[Interval], place: int) -> Interval:
    change, level, rate = held
    size = level if level[0] >= 0 else (-level[1], -level[0])
    part = sub((1.0, 1.0), div((1.0, 1.0), ratio(rate)))
    if place == 0:
        return loose(mul(size, part), size)
    if place == 1:
        solved = loose(div(change, part))
        return solved if level[0] >= 0 else (-solved[1], -solved[0])
    return percent(loose(div(size, sub(size, change))))


def _shares(claims: Sequence[Claim], cells: Cells) -> Iterator[Rule]:
    shares = [c for c in claims if c.measure == "share"]
    for key, parts in cells.items():
        whose, period, unit, flow = key
        reporter, partner, goods, definition = whose
        whole_of = (reporter, "WLD", "TOTAL", "" if definition in PARTS else definition)
        if whole_of == whose or flow == "B":
            continue
        wholes = cells.get((whole_of, period, unit, flow), [])
        for part, whole in product(parts, wholes):
            yield Rule(PART, (part, whole), _part_of, solvable=False)
            for share in shares:
                if (where(share), share.period, share.flow) == (whose, period, flow):
                    yield Rule("part / whole = share", (share, part, whole), _share_of)


def _part_of(held: Sequence[Interval], place: int) -> Interval:
    return (0.0, held[1][1]) if place == 0 else (held[0][0], float("inf"))


def _share_of(held: Sequence[Interval], place: int) -> Interval:
    share, part, whole = held
    fraction = (share[0] / 100, share[1] / 100)
    if place == 0:
        low, high = div(part, whole)
        return low * 100, high * 100
    return mul(whole, fraction) if place == 1 else div(part, fraction)


def _between(rates: Rates) -> Iterator[Rule]:
    for key, totals in rates.items():
        whose, period, flow = key
        if flow != "T":
            continue
        for t, x, m in product(totals, rates.get((whose, period, "X"), []), rates.get((whose, period, "M"), [])):
            if len({t.growth_currency, x.growth_currency, m.growth_currency}) == 1:
                yield Rule("total grows between its parts", (t, x, m), _inside, solvable=False)


def _inside(held: Sequence[Interval], place: int) -> Interval:
    others = [h for i, h in enumerate(held) if i != place]
    return (min(h[0] for h in others), max(h[1] for h in others)) if place == 0 else (float("-inf"), float("inf"))


def _exchange(levels: Sequence[Claim]) -> Iterator[Rule]:
    for yuan, dollars in zip(levels, levels[1:], strict=False):
        if {yuan.unit, dollars.unit} != {"CNY", "USD"} or yuan.text != dollars.text:
            continue
        same = (yuan.flow, yuan.period, where(yuan)) == (dollars.flow, dollars.period, where(dollars))
        if same and dollars.start - yuan.end < 25 and yuan.period >= "2009":
            first, second = (yuan, dollars) if yuan.unit == "CNY" else (dollars, yuan)
            yield Rule("exchange rate", (second, first), _converted)


def _converted(held: Sequence[Interval], place: int) -> Interval:
    return div(held[1], YUAN_PER_DOLLAR) if place == 0 else mul(held[0], YUAN_PER_DOLLAR)


def _twice(levels: Sequence[Claim]) -> Iterator[Rule]:
    seen: dict[object, Claim] = {}
    for claim in levels:
        key = (where(claim), claim.period, claim.unit, claim.flow)
        before = seen.setdefault(key, claim)
        if before is not claim and not before.placed and not claim.placed and before.text != claim.text:
            yield Rule(TWICE, (claim, before), _same)


def _same(held: Sequence[Interval], place: int) -> Interval:
    return held[1 - place]


def _before(period: str, months: int) -> str:
    """The period so many months before; of a step from month to month only a month has one."""
    if months == 1:
        return periods.later(period, -1) if len(period) == 7 else ""
    return "/".join(f"{int(p[:4]) - 1}{p[4:]}" for p in period.split("/"))
