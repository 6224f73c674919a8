"""Arithmetic between the numbers of one story, which needs no data: what must add up, and which number is to blame."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import TypeVar

from entrepot.claims.claim import Claim, interval
from entrepot.claims.repairs import candidates

Interval = tuple[float, float]
Where = tuple[str, ...]
Cells = dict[tuple[Where, str, str, str], list[Claim]]
Rates = dict[tuple[Where, str, str], list[Claim]]
K = TypeVar("K")
Implied = Callable[[Sequence[Interval], int], Interval]

MOST = 400
"""Identities tried in one story at most: a story that repeats itself without end is not worth more."""
YUAN_PER_DOLLAR = (6.0, 7.5)
"""Bounds of the yuan rate in customs figures since 2009 [CNY per USD]."""
NARROW = 0.02
"""How wide an implied interval may be for one slip to be told from another [fraction of its middle]."""
BASE_REVISION = 0.005
"""How far the base of a growth rate may differ from the figure first printed for it [fraction]."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One arithmetic check between claims.

    Attributes
    ----------
    rule : str
        `exports - imports = balance`, `exports + imports = total`, `part / whole = share`, `part <= whole`,
        `level / base = growth`, `change = level - base`, `parts grow to the total`, `total grows between its parts`,
        `exchange rate`, `stated twice`, `one magnitude`.
    members : tuple of str
        Claims that take part; the first is the one that `interval` is implied for.
    interval : tuple of float
        What the others imply for the first member [its unit].
    closes : bool
        Whether the first member's rounding interval meets it.
    blame : str
        The one claim whose replacement closes the most identities of the story; empty where it cannot be told.
    implied : tuple of float or None
        What the identity implies for the claim to blame [its unit].
    cause : str
        The one slip of a number that leads from what it implies to what is stated; empty for none.
    """

    rule: str
    members: tuple[str, ...]
    interval: Interval
    closes: bool
    blame: str = ""
    implied: Interval | None = None
    cause: str = ""

    def plain(self) -> dict[str, object]:
        """Return the identity as a dict, ready for any serialiser."""
        return {
            "rule": self.rule, "members": list(self.members), "interval": list(self.interval), "closes": self.closes,
            "blame": self.blame or None, "implied": list(self.implied) if self.implied else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rule:
    rule: str
    members: tuple[Claim, ...]
    implied: Implied
    solvable: bool = True


def check(claims: Sequence[Claim]) -> list[Identity]:
    """Check every arithmetic identity that the actual claims of a story form, in interval arithmetic.

    Where one fails, blame falls on at most one claim: the one whose replacement closes the most identities; of several
    that close as many, the one that a single slip leads to. A figure told twice may also be two figures, one of them
    read amiss: there only a slip is blamed.
    """
    actual = [c for c in claims if c.kind == "actual"]
    rules = list(islice(_rules(actual), MOST))
    held = {c.id: interval(c) for rule in rules for c in rule.members}
    closed = [_closes(rule, held) for rule in rules]
    found = []
    for rule, closes in zip(rules, closed, strict=True):
        implied = rule.implied([held[c.id] for c in rule.members], 0)
        identity = Identity(rule.rule, tuple(c.id for c in rule.members), implied, closes)
        spare = closes or _closed_by_another(rule, rules, closed)
        found.append(identity if spare else _blamed(identity, rule, rules, closed, held))
    return [*found, *islice(_jumps(actual), MOST)]


def _closed_by_another(rule: _Rule, rules: Sequence[_Rule], closed: Sequence[bool]) -> bool:
    """Whether the same sum closes with other numbers said of its cells: the odd one was read amiss."""
    ids, key = {c.id for c in rule.members}, _cell(rule.members[0])
    return any(
        was
        and other.rule == rule.rule
        and (len(ids & {c.id for c in other.members}) == len(ids) - 1
             or len(ids) > 2 and _cell(other.members[0]) == key)
        for other, was in zip(rules, closed, strict=True)
    )  # fmt: skip


def _closes(rule: _Rule, held: Mapping[str, Interval]) -> bool:
    ranges = [held[c.id] for c in rule.members]
    return _meets(rule.implied(ranges, 0), ranges[0])


def _meets(a: Interval, b: Interval) -> bool:
    slack = 1e-9 * max(abs(a[0]), abs(a[1]), abs(b[0]), abs(b[1]))
    return a[0] <= b[1] + slack and b[0] <= a[1] + slack


def _blamed(
    identity: Identity, rule: _Rule, rules: Sequence[_Rule], closed: Sequence[bool], held: Mapping[str, Interval]
) -> Identity:
    """Name the claim of a failed identity whose replacement closes most."""
    if not rule.solvable:
        return identity
    scores: list[tuple[int, int]] = []
    answers: list[Interval] = []
    for place, claim in enumerate(rule.members):
        implied = rule.implied([held[c.id] for c in rule.members], place)
        answers.append(implied)
        trial = {**held, claim.id: implied}
        gain = loss = 0
        for other, was in zip(rules, closed, strict=True):
            if all(c.id != claim.id for c in other.members):
                continue
            now = _closes(other, trial)
            gain, loss = gain + (now and not was), loss + (was and not now)
        scores.append((gain - 2 * loss, place))
    best = max(scores)[0]
    causes = {place: slip(rule.members[place], answers[place]) for score, place in scores if score == best}
    slipped = [place for place, cause in causes.items() if cause]
    places = slipped if len(causes) > 1 or rule.rule == "stated twice" else list(causes)
    if len(places) != 1:
        return identity
    place = places[0]
    blamed = rule.members[place]
    if not causes[place] and not _sure(rule, blamed, answers[place], best):
        return identity
    return replace(identity, blame=rule.members[place].id, implied=answers[place], cause=causes[place])


def _sure(rule: _Rule, blamed: Claim, implied: Interval, gain: int) -> bool:
    """Whether a claim that no slip explains is blamed all the same: by a sum of one sentence, or by several sums."""
    if blamed.digits < 2 or blamed.qualifier != "exact" or {"partner", "product"} & {slot for slot, _ in blamed.also}:
        return False
    if blamed.partner == "WLD" and any(slot == "partner" for slot, _ in blamed.near):
        return False
    apart = rule.rule in SUMS and len({c.text for c in rule.members}) > 1
    return gain > 1 or not apart and _near(blamed, implied)


SUMS = ("exports - imports = balance", "exports + imports = total")
"""Sums of two flows: told in one sentence they are of one concept, told apart perhaps not (goods, and services)."""


def _near(claim: Claim, implied: Interval) -> bool:
    """Whether a number is of the size of what is implied: one far off was more often read amiss than written wrong."""
    middle = (implied[0] + implied[1]) / 2
    return claim.value * middle > 0 and 0.5 < abs(claim.value / middle) < 2


def slip(claim: Claim, implied: Interval) -> str:
    """The one slip of a number that leads from what is implied to what a claim states; empty for none or several."""
    middle = (implied[0] + implied[1]) / 2
    if claim.digits < 2 or not 0 <= implied[1] - implied[0] <= NARROW * abs(middle):
        return ""
    found = {r.cause for r in candidates(claim, [middle]) if r.number and _meets(interval(r.claim), implied)}
    found -= {"digit dropped"} if "scale" in found else set()
    cause = found.pop() if len(found) == 1 else ""
    vague = claim.digits < 3 or implied[1] - implied[0] > 4 * claim.step
    return "" if cause in ("transposed", "digit dropped") and vague else cause


def _jumps(claims: Sequence[Claim]) -> Iterator[Identity]:
    """Levels of one series that are all of one size but for one, which is a thousand times too large or too small."""
    series: dict[object, list[Claim]] = {}
    for claim in claims:
        if claim.measure == "level" and len(claim.unit) == 3 and claim.value and not claim.lent:
            series.setdefault((_where(claim), claim.unit, claim.flow, claim.span), []).append(claim)
    for told in series.values():
        for odd in (c for c in told if not c.also) if 2 < len(told) < 12 else []:
            sizes = [abs(c.value) for c in told if c is not odd]
            for factor in (1000.0, 0.001):
                if max(sizes) < 5 * min(sizes) and min(sizes) / 3 < abs(odd.value) * factor < max(sizes) * 3:
                    low, high = (end * factor for end in interval(odd))
                    members = (odd.id, *(c.id for c in told if c is not odd))
                    yield Identity("one magnitude", members, (low, high), False, odd.id, (low, high), "scale")


# --- the rules --------------------------------------------------------------------------------------------------------


def _rules(claims: Sequence[Claim]) -> Iterator[_Rule]:
    told = [c for c in claims if c.measure in ("level", "threshold") and len(c.unit) == 3]
    levels = [c for c, before in zip(told, [None, *told], strict=False) if not _converts(c, before)]
    growths = [c for c in claims if c.measure == "growth_yoy"]
    cells = _by(levels, lambda c: (_where(c), c.period, c.unit, c.flow))
    rates = _by(growths, lambda c: (_where(c), c.period, c.flow))
    yield from _sums(cells)
    yield from _growing_parts(cells, rates)
    yield from _bases(cells, rates)
    yield from _changes(claims, cells, rates)
    yield from _shares(claims, cells)
    yield from _between(rates)
    yield from _exchange(told)
    yield from _twice(levels)


def _converts(claim: Claim, before: Claim | None) -> bool:
    """Whether a level only gives the one just before it in another currency: rounded anew, it adds up to nothing."""
    return before is not None and claim.text == before.text and claim.unit != before.unit and (
        0 <= claim.start - before.end < 12 and (claim.flow, claim.period) == (before.flow, before.period)
    )  # fmt: skip


def _where(claim: Claim) -> tuple[str, ...]:
    return claim.reporter, claim.partner, claim.product, claim.definition


def _cell(claim: Claim) -> Where:
    return (*_where(claim), claim.period, claim.unit)


def _by(claims: Sequence[Claim], key: Callable[[Claim], K]) -> dict[K, list[Claim]]:
    held: dict[K, list[Claim]] = {}
    for claim in claims:
        same = held.setdefault(key(claim), [])
        if all(c.value != claim.value for c in same) and len(same) < 3:
            same.append(claim)
    return held


def _sums(cells: Cells) -> Iterator[_Rule]:
    for key, exports in cells.items():
        where, period, unit, flow = key
        if flow != "X":
            continue
        imports = cells.get((where, period, unit, "M"), [])
        for third, rule, sign in (("B", "exports - imports = balance", -1), ("T", "exports + imports = total", 1)):
            for x, m, whole in product(exports, imports, cells.get((where, period, unit, third), [])):
                yield _Rule(rule, (whole, x, m), _linear(sign))


def _linear(sign: int) -> Implied:
    def implied(held: Sequence[Interval], place: int) -> Interval:
        whole, x, m = held
        if place == 0:
            return _add(x, m) if sign > 0 else _sub(x, m)
        if place == 1:
            return _sub(whole, m) if sign > 0 else _add(whole, m)
        return _sub(whole, x) if sign > 0 else _sub(x, whole)

    return implied


def _growing_parts(cells: Cells, rates: Rates) -> Iterator[_Rule]:
    for key, exports in cells.items():
        where, period, unit, flow = key
        if flow != "X":
            continue
        parts = [
            exports[:1],
            cells.get((where, period, unit, "M"), [])[:1],
            cells.get((where, period, unit, "T"), [])[:1],
        ]
        growth = [_in(rates.get((where, period, f), []), unit) for f in ("X", "M", "T")]
        if all(parts) and all(growth):
            x, m, t = (p[0] for p in parts)
            yield _Rule("parts grow to the total", (t, x, m, growth[2][0], growth[0][0], growth[1][0]), _weighted)


def _in(rates: Sequence[Claim], unit: str) -> list[Claim]:
    return [r for r in rates if r.growth_currency in (unit, "unstated")][:1]


def _weighted(held: Sequence[Interval], place: int) -> Interval:
    """T/(1+gT) = X/(1+gX) + M/(1+gM), with room for revised bases."""
    t, x, m = held[:3]
    gt, gx, gm = (_ratio(g) for g in held[3:])
    x0, m0, t0 = _div(x, gx), _div(m, gm), _div(t, gt)
    if place == 0:
        return _loose(_mul(_add(x0, m0), gt))
    if place == 1:
        return _loose(_mul(_sub(t0, m0), gx), t)
    if place == 2:
        return _loose(_mul(_sub(t0, x0), gm), t)
    if place == 3:
        return _percent(_loose(_div(t, _add(x0, m0))))
    if place == 4:
        return _percent(_loose(_div(x, _sub(t0, m0))))
    return _percent(_loose(_div(m, _sub(t0, x0))))


def _bases(cells: Cells, rates: Rates) -> Iterator[_Rule]:
    for key, now in cells.items():
        where, period, unit, flow = key
        before = cells.get((where, _year_before(period), unit, flow), [])
        growth = _in(rates.get((where, period, flow), []), unit)
        for level, base, rate in product(now, before, growth):
            yield _Rule("level / base = growth", (rate, level, base), _growth_of)


def _growth_of(held: Sequence[Interval], place: int) -> Interval:
    rate, level, base = held
    if level[1] < 0 and base[1] < 0:
        level, base = (-level[1], -level[0]), (-base[1], -base[0])
        if place:
            flipped = _growth_of([rate, level, base], place)
            return -flipped[1], -flipped[0]
    if place == 0:
        return _percent(_loose(_div(level, base)))
    return _loose(_mul(base, _ratio(rate))) if place == 1 else _loose(_div(level, _ratio(rate)))


def _changes(claims: Sequence[Claim], cells: Cells, rates: Rates) -> Iterator[_Rule]:
    for claim in claims:
        if claim.measure != "change_amount" or claim.against not in ("yoy", ""):
            continue
        levels = cells.get((_where(claim), claim.period, claim.unit, claim.flow), [])
        growth = _in(rates.get((_where(claim), claim.period, claim.flow), []), claim.unit)
        for level, rate in product(levels, growth):
            yield _Rule("change = level - base", (claim, level, rate), _change_of)


def _change_of(held: Sequence[Interval], place: int) -> Interval:
    change, level, rate = held
    size = level if level[0] >= 0 else (-level[1], -level[0])
    part = _sub((1.0, 1.0), _div((1.0, 1.0), _ratio(rate)))
    if place == 0:
        return _loose(_mul(size, part), size)
    if place == 1:
        solved = _loose(_div(change, part))
        return solved if level[0] >= 0 else (-solved[1], -solved[0])
    return _percent(_loose(_div(size, _sub(size, change))))


def _shares(claims: Sequence[Claim], cells: Cells) -> Iterator[_Rule]:
    shares = [c for c in claims if c.measure == "share"]
    for key, parts in cells.items():
        where, period, unit, flow = key
        reporter, partner, product_code, definition = where
        if (partner, product_code) == ("WLD", "TOTAL") or flow == "B":
            continue
        wholes = cells.get(((reporter, "WLD", "TOTAL", definition), period, unit, flow), [])
        for part, whole in product(parts, wholes):
            yield _Rule("part <= whole", (part, whole), _part_of, solvable=False)
            for share in shares:
                if (_where(share), share.period, share.flow) == (where, period, flow):
                    yield _Rule("part / whole = share", (share, part, whole), _share_of)


def _part_of(held: Sequence[Interval], place: int) -> Interval:
    return (0.0, held[1][1]) if place == 0 else (held[0][0], float("inf"))


def _share_of(held: Sequence[Interval], place: int) -> Interval:
    share, part, whole = held
    fraction = (share[0] / 100, share[1] / 100)
    if place == 0:
        low, high = _div(part, whole)
        return low * 100, high * 100
    return _mul(whole, fraction) if place == 1 else _div(part, fraction)


def _between(rates: Rates) -> Iterator[_Rule]:
    for key, totals in rates.items():
        where, period, flow = key
        if flow != "T":
            continue
        for t, x, m in product(totals, rates.get((where, period, "X"), []), rates.get((where, period, "M"), [])):
            if len({t.growth_currency, x.growth_currency, m.growth_currency}) == 1:
                yield _Rule("total grows between its parts", (t, x, m), _inside, solvable=False)


def _inside(held: Sequence[Interval], place: int) -> Interval:
    others = [h for i, h in enumerate(held) if i != place]
    return (min(h[0] for h in others), max(h[1] for h in others)) if place == 0 else (float("-inf"), float("inf"))


def _exchange(levels: Sequence[Claim]) -> Iterator[_Rule]:
    for yuan, dollars in zip(levels, levels[1:], strict=False):
        if {yuan.unit, dollars.unit} != {"CNY", "USD"} or yuan.text != dollars.text:
            continue
        same = (yuan.flow, yuan.period, _where(yuan)) == (dollars.flow, dollars.period, _where(dollars))
        if same and dollars.start - yuan.end < 25 and yuan.period >= "2009":
            first, second = (yuan, dollars) if yuan.unit == "CNY" else (dollars, yuan)
            yield _Rule("exchange rate", (second, first), _converted)


def _converted(held: Sequence[Interval], place: int) -> Interval:
    return _div(held[1], YUAN_PER_DOLLAR) if place == 0 else _mul(held[0], YUAN_PER_DOLLAR)


def _twice(levels: Sequence[Claim]) -> Iterator[_Rule]:
    seen: dict[object, Claim] = {}
    for claim in levels:
        key = (_where(claim), claim.period, claim.unit, claim.flow)
        before = seen.setdefault(key, claim)
        if before is not claim and not before.placed and not claim.placed and before.text != claim.text:
            yield _Rule("stated twice", (claim, before), _same)


def _same(held: Sequence[Interval], place: int) -> Interval:
    return held[1 - place]


def _year_before(period: str) -> str:
    return "/".join(f"{int(p[:4]) - 1}{p[4:]}" for p in period.split("/"))


# --- intervals --------------------------------------------------------------------------------------------------------


def _add(a: Interval, b: Interval) -> Interval:
    return a[0] + b[0], a[1] + b[1]


def _sub(a: Interval, b: Interval) -> Interval:
    return a[0] - b[1], a[1] - b[0]


def _mul(a: Interval, b: Interval) -> Interval:
    ends = [x * y for x in a for y in b]
    return min(ends), max(ends)


def _div(a: Interval, b: Interval) -> Interval:
    """Quotient; everything where the divisor may be zero."""
    if b[0] <= 0 <= b[1]:
        return float("-inf"), float("inf")
    ends = [x / y for x in a for y in b]
    return min(ends), max(ends)


def _ratio(percent: Interval) -> Interval:
    return 1 + percent[0] / 100, 1 + percent[1] / 100


def _percent(ratio: Interval) -> Interval:
    return (ratio[0] - 1) * 100, (ratio[1] - 1) * 100


def _loose(a: Interval, scale: Interval | None = None) -> Interval:
    """An interval widened by what bases are revised, relative to itself or to `scale`."""
    room = (
        BASE_REVISION * max(abs(x) for x in (scale or a) if abs(x) < float("inf"))
        if any(abs(x) < float("inf") for x in (scale or a))
        else 0.0
    )
    return a[0] - room, a[1] + room
