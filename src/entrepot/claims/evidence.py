"""What the flows say about one claim: the figures of its cell, what was public on the day, and how each was reached.

What no row says as such is made of those that are held, inside one release where it is growth: sums of months, balance
and total of exports and imports, growth of these from the growth printed of both.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product as pairs

from entrepot import periods
from entrepot.claims.claim import Claim
from entrepot.claims.held import Cells, Fact, Figure
from entrepot.claims.replacing import replace

PLAIN = ("standard", "general", "")
"""Concepts that a story means when it says nothing."""
CONCEPTS = {
    "goods": PLAIN,
    "processing": ("processing assembling", "processing imported materials"),
    "ordinary": ("ordinary trade",),
}
UNDATED = ("calendar", "first seen")
"""How a row is dated whose own print may have been public before."""
RELATED = {"electric-cars": "vehicles-new-energy", "automobiles": "vehicles-all"}
"""Products counted by someone else (an industry association) where the office's own line is not held."""
VAGUE, VAGUE_OF_SIDES = 1.0, 0.3
"""Half width of a rate, and of one from printed rates, beyond which it says too little of a number [points]."""
ROUNDED = 3
"""Zeros at the end of a quantity from which it was printed rounded: by chance one in a thousand ends so."""
Cell = tuple[str, str]
Way = tuple[list[Cell], list[Cell]]
"""Cells (period, span) to add, and cells to take off."""


# --- which rows may speak ---------------------------------------------------------------------------------------------


def _speaking(facts: Sequence[Fact], attribute: str, day: str, definition: str) -> Iterator[tuple[Fact, str]]:
    """Rows of a cell that hold a measurement, each `public`, `later copy` or `revision` on a day.

    Where no row of a currency is public by the day although the period is over, its earliest rows stand for the print
    that is not held: the bulletin of some days later, or a copy first seen years later.
    """
    if not facts:
        return
    wanted = CONCEPTS.get(definition, (definition,)) if definition else PLAIN
    held = [f for f in facts if getattr(f, attribute) is not None and f.concept in wanted]
    earliest: dict[str, str] = {}
    for fact in held:
        earliest[fact.currency] = min(fact.released, earliest.get(fact.currency, fact.released))
    for fact in held:
        if fact.released <= day:
            yield fact, "public"
        elif fact.basis in UNDATED and fact.released == earliest[fact.currency] and _over(fact, day):
            yield fact, "later copy"
        else:
            yield fact, "revision"


def _over(fact: Fact, day: str) -> bool:
    """Whether the period of a row was over on a day; of a month, on the first of the next one."""
    period = str(fact.row.get("period") or "")
    return not period or period < day[: len(period)]


def running(figure: Figure, day: str) -> bool:
    """Whether a figure is a copy of a month that was not yet over on a day: a story could only tell an estimate."""
    months = [str(f.row.get("period") or "") for f in figure.facts]
    return all(f.basis in UNDATED for f in figure.facts) and max(months, default="") == day[:7]


STANDING = ("public", "later copy", "revision")


def _worst(*statuses: str) -> str:
    return max(statuses, key=STANDING.index)


@lru_cache(maxsize=4096)
def parts(period: str, span: str) -> Sequence[Way]:
    """Ways to reach a period from held ones: cells to add and cells to take off; what an office prints comes first.

    >>> parts("2025-01/2025-02", "ytd")
    [([('2025-02', 'ytd')], []), ([('2025-01', 'month'), ('2025-02', 'month')], [])]
    """
    first, _, last = period.partition("/")
    last = last or first
    if len(last) == 4 and first != last:
        return []  # several years
    if len(last) == 4:
        months = [(f"{last}-{month:02d}", "month") for month in range(1, 13)]
        return [([(last, "year")], []), ([(f"{last}-12", "ytd")], []), (months, [])]
    if first == last:
        alone: list[Way] = [([(last, "month")], [])]
        return alone + ([([(last, "ytd")], [])] if last[5:] == "01" else [])
    ways: list[Way] = [([(m, "month") for m in periods.each(f"{first}:{last}")] if first <= last else [], [])]
    if first[:4] == last[:4]:
        if first[5:] != "01":
            return [*ways, ([(last, "ytd")], [(periods.later(first, -1), "ytd")])]
        year: list[Way] = [([(last[:4], "year")], [])] if last[5:] == "12" else []
        return [([(last, "ytd")], []), *year, *ways]
    return ways


# --- figures ----------------------------------------------------------------------------------------------------------


def levels(
    cells: Cells, claim: Claim, day: str, *, back: int = 0, attribute: str = "value", made: bool = True
) -> list[Figure]:
    """Levels (or quantities) of the claim's cell in every currency, `back` months before its period.

    Where it is held in one currency neither as public nor as copied early, a sum or a difference of other cells stands
    beside it; none does unless `made`. What was found of a cell is kept, for the numbers of a story ask for few cells.
    """
    if not cells.has(claim.reporter, claim.partner, claim.product):
        return []
    period = shifted(claim.period, back)
    key = (claim.reporter, claim.partner, claim.product, claim.flow, claim.definition, period, claim.span, day)
    asked = (*key, attribute, str(made))
    return [*cells.kept(asked, lambda: tuple(_levels(cells, claim, period, day, attribute, made=made)))]


def _levels(cells: Cells, claim: Claim, period: str, day: str, attribute: str, *, made: bool) -> list[Figure]:
    found: list[Figure] = []
    for plus, minus in parts(period, claim.span):
        if len(plus) == 1 and not minus:
            found += _cell_levels(cells, claim, *plus[0], day, attribute)
        elif made:
            told: dict[str, int] = {}
            for one in found:
                told[one.currency] = min(STANDING.index(one.status), told.get(one.currency, len(STANDING)))
            found += _sums(cells, claim, plus, minus, day, attribute, told)
    return found


def _cell_levels(cells: Cells, claim: Claim, period: str, span: str, day: str, attribute: str) -> list[Figure]:
    where = (claim.reporter, claim.partner, claim.product)
    facts = cells.at(*where, claim.flow, period, span)
    found = [
        Figure(
            getattr(f, attribute),
            f.half_width if attribute == "value" else 0.0,
            f.currency,
            "printed",
            status,
            f.soft,
            (f,),
        )
        for f, status in _speaking(facts, attribute, day, claim.definition)
    ]
    if claim.flow in ("B", "T") and attribute == "value":
        sign = -1 if claim.flow == "B" else 1
        told = frozenset(f.currency for f in found if f.status == "public")
        for x, m, status in _sides(cells, claim, period, span, day, "value", told):
            value = (x.value or 0.0) + sign * (m.value or 0.0)
            width, soft = x.half_width + m.half_width, x.soft or m.soft
            found.append(Figure(value, width, x.currency, "derived", status, soft, (x, m)))
    return found


def _sides(
    cells: Cells, claim: Claim, period: str, span: str, day: str, attribute: str, told: frozenset[str]
) -> list[tuple[Fact, Fact, str]]:
    """Exports and imports of one cell told in one release and currency, with what the pair is on a day.

    Where none is public, nor their balance or total `told` as such, the earliest stands for the print that is not held,
    though one side of it may be.
    """
    where = (claim.reporter, claim.partner, claim.product)
    exports, imports = (cells.at(*where, flow, period, span) for flow in "XM")
    if not exports or not imports:
        return []
    found = [
        (x, m, _worst(one, other))
        for (x, one), (m, other) in pairs(
            _speaking(exports, attribute, day, claim.definition), _speaking(imports, attribute, day, claim.definition)
        )
        if (x.currency, x.released) == (m.currency, m.released)
    ]
    told = told | {x.currency for x, _, status in found if status == "public"}
    first: dict[str, str] = {}
    for x, _, _ in found:
        first[x.currency] = min(x.released, first.get(x.currency, x.released))
    return [
        (
            x,
            m,
            "later copy" if status == "revision" and x.currency not in told and _stands(x, m, first, day) else status,
        )
        for x, m, status in found
    ]


def _stands(x: Fact, m: Fact, first: dict[str, str], day: str) -> bool:
    """Whether the earliest pair of exports and imports stands for the print of both, which is not held."""
    undated = x.basis in UNDATED and m.basis in UNDATED
    return undated and x.released == first[x.currency] and _over(x, day)


def _sums(
    cells: Cells,
    claim: Claim,
    plus: list[Cell],
    minus: list[Cell],
    day: str,
    attribute: str,
    told: Mapping[str, int],
) -> list[Figure]:
    """Sums and differences of cells, of one currency; soft, since months are revised apart from their sums.

    One is made where all cells are held and it stands better than what was `told` of the whole in its currency (place
    in STANDING).
    """
    held: dict[str, list[Figure]] = {}
    for at, cell in enumerate((*plus, *minus) if len(plus) <= 12 else ()):
        figures = _cell_levels(cells, claim, *cell, day, attribute)
        currencies = held if at else sorted({f.currency for f in figures})
        best = {currency: _best(figures, currency) for currency in currencies}
        held = {
            currency: [*held.get(currency, ()), one]
            for currency, one in best.items()
            if one is not None and STANDING.index(one.status) < told.get(currency, len(STANDING))
        }
        if not held:
            return []
    how = f"the sum of {len(plus)} months" if not minus else "the difference of two years to date"
    return [_sum(figures, len(plus), currency, how) for currency, figures in held.items()]


def _sum(held: Sequence[Figure], added: int, currency: str, how: str) -> Figure:
    """The sum of the figures that are `added`, less those after them."""
    value = sum(f.value * (1 if i < added else -1) for i, f in enumerate(held))
    facts = tuple(fact for f in held for fact in f.facts)
    width, status = sum(f.half_width for f in held), _worst(*(f.status for f in held))
    return Figure(value, width, currency, "derived", status, True, facts, how)


def _best(figures: list[Figure], currency: str) -> Figure | None:
    held = [f for f in figures if f.currency == currency and f.status != "revision"]
    return max(held, key=lambda f: (f.status == "public", f.basis == "printed", f.released)) if held else None


def growths(cells: Cells, claim: Claim, day: str, *, months: int = 12, made: bool = True) -> list[Figure]:
    """Growth rates [percent] of the claim's cell: printed ones (on a year earlier), and from levels of one vintage.

    Those from levels are only formed if `made`.
    """
    if not cells.has(claim.reporter, claim.partner, claim.product):
        return []
    found: list[Figure] = []
    if months == 12:
        for plus, minus in parts(claim.period, claim.span):
            if len(plus) == 1 and not minus:
                facts = cells.at(claim.reporter, claim.partner, claim.product, claim.flow, *plus[0])
                for f, status in _speaking(facts, "growth", day, claim.definition):
                    width = f.growth_half_width * 100
                    found.append(Figure((f.growth or 0.0) * 100, width, f.currency, "printed", status, f.soft, (f,)))
        if claim.flow in ("B", "T"):
            printed = {f.currency for f in found if f.status == "public"}
            found += [rate for rate in _of_sides(cells, claim, day) if rate.currency not in printed]
    bases = _bases(cells, claim, day, months) if made else []
    rates = [_ratio(one, base) for one, base in bases if _one_vintage(one, base, months)]
    return found + [rate for rate in rates if _telling(rate)]


def _of_sides(cells: Cells, claim: Claim, day: str) -> list[Figure]:
    """Growth of the balance or the total from level and growth of exports and imports as one release prints them.

    With bases x0 = x / (1 + gx) and m0 = m / (1 + gm): (x ± m) / (x0 ± m0) - 1, half widths carried to first order.
    """
    sign = -1 if claim.flow == "B" else 1
    found: list[Figure] = []
    for plus, minus in parts(claim.period, claim.span):
        if len(plus) != 1 or minus:
            continue
        for x, m, status in _sides(cells, claim, *plus[0], day, "growth", frozenset()):
            if x.value is None or m.value is None or min(x.growth or 0.0, m.growth or 0.0) <= -1:
                continue
            facts, how = (x, m), "from level and growth of exports and imports"
            now = Figure(x.value + sign * m.value, x.half_width + m.half_width, x.currency, "", status, False, facts)
            (x0, xw), (m0, mw) = _implied(x), _implied(m)
            base = replace(now, value=x0 + sign * m0, half_width=xw + mw)
            if now.value * base.value > 0:
                rate = replace(_ratio(now, base), facts=facts, how=how, soft=x.soft or m.soft)
                found += [rate] if rate.half_width <= VAGUE_OF_SIDES else []
    return found


def _implied(fact: Fact) -> tuple[float, float]:
    """Level a year earlier that level and growth of a release imply, with its half width [currency]."""
    level, growth = fact.value or 0.0, 1 + (fact.growth or 0.0)
    return level / growth, fact.half_width / growth + abs(level) * fact.growth_half_width / growth**2


def _telling(rate: Figure) -> bool:
    """Whether a rate is known closely enough to say anything of a number."""
    return rate.half_width <= max(VAGUE, 0.05 * abs(rate.value))


def across(cells: Cells, claim: Claim, day: str, *, months: int = 12) -> list[Figure]:
    """Growth rates [percent] between levels of two releases; bases are revised, so these only tell what is far off."""
    held = [(a, b) for a, b in _bases(cells, claim, day, months) if "revision" not in (a.status, b.status)]
    return [replace(_ratio(a, b), soft=True, how="from the levels of two releases") for a, b in held]


def _bases(cells: Cells, claim: Claim, day: str, months: int) -> list[tuple[Figure, Figure]]:
    """Levels of the claim's cell with those `months` before, in one currency and of one sign."""
    now, before = levels(cells, claim, day), levels(cells, claim, day, back=months)
    return [(a, b) for a, b in pairs(now, before) if a.currency == b.currency and a.value * b.value > 0]


def _ratio(one: Figure, base: Figure) -> Figure:
    ratio = one.value / base.value
    width = 100 * ratio * (one.half_width / abs(one.value) + base.half_width / abs(base.value))
    status, soft = _worst(one.status, base.status), one.soft or base.soft
    return Figure(
        (ratio - 1) * 100, width, one.currency, "recomputed", status, soft, (*one.facts, *base.facts), one.how
    )


def _one_vintage(one: Figure, base: Figure, months: int) -> bool:
    """Growth on a year earlier is formed inside one vintage; month on month across the releases of one source is usual.

    Copies of one office's table that were first seen on one day are one vintage, whatever their grade.
    """
    if months < 12:
        return one.status == base.status != "revision"
    facts = (*one.facts, *base.facts)
    if len({f.released for f in facts}) > 1:
        return False
    return len({f.source for f in facts}) == 1 or all(f.basis == "first seen" for f in facts)


def quantities(cells: Cells, claim: Claim, day: str) -> list[Figure]:
    """Quantities of the claim's cell in the claim's unit."""
    found = []
    for figure in levels(cells, claim, day, attribute="quantity"):
        factor = _factor(figure.facts[0].unit, claim.unit)
        if factor:
            width = _digits_width(figure.value) * factor
            found.append(
                Figure(figure.value * factor, width, "", figure.basis, figure.status, figure.soft, figure.facts)
            )
    return found


def _digits_width(quantity: float) -> float:
    """Half width of a quantity as printed: of 111,800,000 half of its last digit told, of one without such zeros 1."""
    whole = f"{abs(quantity):.0f}"
    zeros = len(whole) - len(whole.rstrip("0"))
    return 0.5 * 10.0**zeros if zeros >= ROUNDED else 1.0


def _factor(held: str, wanted: str) -> float:
    same = {"units": "n", "unit": "n", "pieces": "n", "vehicles": "n", "tonnes": "t", "kg": "kg", "mb/d": "bbl/d"}
    if held == "mb/d" and wanted == "bbl/d":
        return 1e6
    if held == "kt" and wanted == "t":
        return 1e3
    if held == "kg" and wanted == "t":
        return 1e-3
    return 1.0 if same.get(held, held) == wanted else 0.0


@lru_cache(maxsize=4096)
def shifted(period: str, months: int) -> str:
    """A period moved back by months; a year only by whole years.

    >>> shifted("2025-01/2025-11", 12), shifted("2025", 12), shifted("2025-11", 1)
    ('2024-01/2024-11', '2024', '2025-10')
    """
    if len(period) == 4:
        return str(int(period) - months // 12)
    return "/".join(periods.later(part, -months) for part in period.split("/"))


__all__ = ["Cells", "Fact", "Figure", "across", "growths", "levels", "parts", "quantities", "shifted"]
