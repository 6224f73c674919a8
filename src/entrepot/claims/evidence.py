"""What the flows say about one claim: the figures of its cell, what was public on the day, and how each was reached.

The cells of a reporter are one dictionary in memory; nothing here reads a file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product as pairs

from entrepot import periods
from entrepot.claims.claim import Claim

Key = tuple[str, str, str, str, str, str]
Row = Mapping[str, object]

PLAIN = ("standard", "general", "")
"""Concepts that a story means when it says nothing."""
CONCEPTS = {
    "goods": PLAIN,
    "processing": ("processing assembling", "processing imported materials"),
    "ordinary": ("ordinary trade",),
}
UNDATED = ("calendar", "first seen")
"""How a row is dated whose own print may have been public before."""
REVISED_COPIES = "copy-yuan-totals"
"""Sources of totals that were copied after a revision, though dated by the calendar: they condemn nothing alone."""
RELATED = {"electric-cars": "vehicles-new-energy", "automobiles": "vehicles-all"}
"""Products counted by someone else (an industry association) where the office's own line is not held."""
SHOWN = ("reporter", "partner", "flow", "product", "period", "span", "currency", "value", "growth", "quantity", "unit")
ORIGIN = ("concept", "source", "released", "released_basis", "superseded")


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the flows table, dates as text."""

    row: Row
    concept: str
    currency: str
    value: float | None
    half_width: float
    growth: float | None
    growth_half_width: float
    quantity: float | None
    unit: str
    source: str
    released: str
    basis: str
    soft: bool
    """Whether the figure is derived, not printed: it may differ from the print."""

    def shown(self) -> dict[str, object]:
        """The row as evidence, dates as text."""
        return {name: _text(self.row.get(name)) for name in (*SHOWN, *ORIGIN)}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a claim may be held against.

    Attributes
    ----------
    value, half_width : float
        In the unit of claims: full currency units, percent, tonnes.
    currency : str
        Of the level, or in which the growth is measured; empty where the office does not say.
    basis : str
        `printed`, `recomputed` (growth from levels of one vintage) or `derived` (a difference, sum or quotient).
    status : str
        `public` on the day, `later copy` (first print not held), or `revision` (dated after the day).
    soft : bool
        Whether a print may differ from it by more than rounding, so that it cannot condemn on its own.
    facts : tuple of Fact
        Rows it was reached from.
    """

    value: float
    half_width: float
    currency: str
    basis: str
    status: str
    soft: bool
    facts: tuple[Fact, ...]

    @property
    def released(self) -> str:
        """Day the last of its rows became public."""
        return max(f.released for f in self.facts)


class Cells:
    """Every cell of one or more reporters, and the exchange rates: built once, only read afterwards."""

    __slots__ = ("_held", "_names", "_printing", "rates")

    def __init__(self, held: Mapping[Key, tuple[Fact, ...]], rates: Mapping[tuple[str, str], float]) -> None:
        self._held = held
        self.rates = rates
        self._names = frozenset((key[0], key[1], key[2]) for key in held)
        self._printing = frozenset(key[0] for key, facts in held.items() if any(f.basis != "first seen" for f in facts))

    @classmethod
    def of(cls, rows: Iterable[Row], rates: Iterable[Row] = ()) -> "Cells":
        """Gather rows of the flows table (dicts), and of a table of rates (quote, period, rate per USD)."""
        held: dict[Key, list[Fact]] = {}
        for row in rows:
            if row.get("status", "observed") in ("observed", "derived", "constructed"):
                held.setdefault(_key(row), []).append(_fact(row))
        per_dollar = {
            (str(r["quote"]), str(r["period"])): float(str(r["rate"])) for r in rates if r.get("base", "USD") == "USD"
        }
        return cls({key: tuple(facts) for key, facts in held.items()}, per_dollar)

    def __len__(self) -> int:
        return len(self._held)

    def has(self, reporter: str, partner: str = "", product: str = "") -> bool:
        """Whether anything is held of a reporter, and of a partner and product with it."""
        if not partner:
            return any(name[0] == reporter for name in self._names)
        return (reporter, partner, product) in self._names

    def prints(self, reporter: str) -> bool:
        """Whether dated prints of a reporter are held, not only copies of its final figures."""
        return reporter in self._printing

    def at(self, reporter: str, partner: str, product: str, flow: str, period: str, span: str) -> tuple[Fact, ...]:
        """Rows of one cell in every currency, concept, source and vintage."""
        return self._held.get((reporter, partner, product, flow, period, span), ())

    def partners(self, reporter: str, product: str) -> list[str]:
        """Partners of whom a reporter holds figures of a product."""
        return sorted({name[1] for name in self._names if name[0] == reporter and name[2] == product})


def _key(row: Row) -> Key:
    names = ("reporter", "partner", "product", "flow", "period", "span")
    return tuple(str(row[name]) for name in names)  # type: ignore[return-value]


def _fact(row: Row) -> Fact:
    return Fact(
        row, str(row.get("concept") or ""), str(row.get("currency") or ""), _number(row.get("value")),
        _number(row.get("half_width")) or 0.0, _number(row.get("growth")), _number(row.get("growth_half_width")) or 0.0,
        _number(row.get("quantity")), str(row.get("unit") or ""), str(row["source"]), str(row["released"])[:10],
        str(row.get("released_basis") or ""),
        row.get("status") == "derived" or str(row["source"]).startswith(REVISED_COPIES),
    )  # fmt: skip


def _number(value: object) -> float | None:
    if value is None:
        return None
    number = value if isinstance(value, float) else float(str(value))
    return number if number is None or number == number else None


def _text(value: object) -> object:
    if isinstance(value, float) and value != value:
        return None
    return value if value is None or isinstance(value, str | int | float) else str(value)[:10]


# --- which rows may speak ---------------------------------------------------------------------------------------------


def _speaking(facts: Iterable[Fact], attribute: str, day: str, definition: str) -> Iterator[tuple[Fact, str]]:
    """Rows of a cell that hold a measurement, each `public`, `later copy` or `revision` on a day.

    Where no row of a currency is public by the day although the period is over, its earliest rows stand for the print
    that is not held: the bulletin of some days later, or a copy first seen years later.
    """
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


def _worst(*statuses: str) -> str:
    return max(statuses, key=("public", "later copy", "revision").index)


def parts(period: str, span: str) -> list[tuple[list[tuple[str, str]], list[tuple[str, str]]]]:
    """Ways to reach a period from held ones: cells to add and cells to take off.

    >>> parts("2025-01/2025-11", "ytd")
    [([('2025-11', 'ytd')], [])]
    """
    first, _, last = period.partition("/")
    last = last or first
    if len(last) == 4 and first != last:
        return []  # several years
    if len(last) == 4:
        return [([(last, "year")], []), ([(f"{last}-12", "ytd")], [])]
    if first == last:
        alone: list[tuple[list[tuple[str, str]], list[tuple[str, str]]]] = [([(last, "month")], [])]
        return alone + ([([(last, "ytd")], [])] if last[5:] == "01" else [])
    if first[5:] == "01" and first[:4] == last[:4]:
        whole: list[tuple[list[tuple[str, str]], list[tuple[str, str]]]] = [([(last, "ytd")], [])]
        return whole + ([([(last[:4], "year")], [])] if last[5:] == "12" else [])
    months = [(m, "month") for m in periods.each(f"{first}:{last}")] if first <= last else []
    ways: list[tuple[list[tuple[str, str]], list[tuple[str, str]]]] = [(months, [])]
    if first[:4] == last[:4]:
        ways.append(([(last, "ytd")], [(periods.later(first, -1), "ytd")]))
    return ways


# --- figures ----------------------------------------------------------------------------------------------------------


def levels(cells: Cells, claim: Claim, day: str, *, back: int = 0, attribute: str = "value") -> list[Figure]:
    """Levels (or quantities) of the claim's cell in every currency, `back` months before its period."""
    found: list[Figure] = []
    period = shifted(claim.period, back)
    for plus, minus in parts(period, claim.span):
        if len(plus) == 1 and not minus:
            found += _cell_levels(cells, claim, *plus[0], day, attribute)
        else:
            found += _sums(cells, claim, plus, minus, day, attribute)
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
        exports = _speaking(cells.at(*where, "X", period, span), "value", day, claim.definition)
        imports = list(_speaking(cells.at(*where, "M", period, span), "value", day, claim.definition))
        for (x, one), (m, other) in pairs(exports, imports):
            if (x.currency, x.released) == (m.currency, m.released):
                value = (x.value or 0.0) + sign * (m.value or 0.0)
                width = x.half_width + m.half_width
                found.append(Figure(value, width, x.currency, "derived", _worst(one, other), x.soft or m.soft, (x, m)))
    return found


def _sums(
    cells: Cells, claim: Claim, plus: list[tuple[str, str]], minus: list[tuple[str, str]], day: str, attribute: str
) -> list[Figure]:
    """Sums and differences of cells, of one currency; soft, since months are revised apart from their sums."""
    if not plus or len(plus) > 12:
        return []
    found: list[Figure] = []
    first = _cell_levels(cells, claim, *plus[0], day, attribute)
    for currency in sorted({f.currency for f in first}):
        chosen = [_best(_cell_levels(cells, claim, *cell, day, attribute), currency) for cell in (*plus, *minus)]
        if any(c is None for c in chosen):
            continue
        held = [c for c in chosen if c is not None]
        value = sum(f.value * (1 if i < len(plus) else -1) for i, f in enumerate(held))
        facts = tuple(fact for f in held for fact in f.facts)
        width = sum(f.half_width for f in held)
        found.append(Figure(value, width, currency, "derived", _worst(*(f.status for f in held)), True, facts))
    return found


def _best(figures: list[Figure], currency: str) -> Figure | None:
    held = [f for f in figures if f.currency == currency and f.status != "revision"]
    return max(held, key=lambda f: (f.status == "public", f.basis == "printed", f.released)) if held else None


def growths(cells: Cells, claim: Claim, day: str, *, months: int = 12) -> list[Figure]:
    """Growth rates [percent] of the claim's cell: printed ones (on a year earlier), and from levels of one vintage."""
    found: list[Figure] = []
    if months == 12:
        for plus, minus in parts(claim.period, claim.span):
            if len(plus) == 1 and not minus:
                facts = cells.at(claim.reporter, claim.partner, claim.product, claim.flow, *plus[0])
                for f, status in _speaking(facts, "growth", day, claim.definition):
                    width = f.growth_half_width * 100
                    found.append(Figure((f.growth or 0.0) * 100, width, f.currency, "printed", status, f.soft, (f,)))
    for one, base in _bases(cells, claim, day, months):
        if _one_vintage(one, base, months):
            found.append(_ratio(one, base))
    return found


def across(cells: Cells, claim: Claim, day: str, *, months: int = 12) -> list[Figure]:
    """Growth rates [percent] between levels of two releases; bases are revised, so these only tell what is far off."""
    pairs_held = _bases(cells, claim, day, months)
    return [replace(_ratio(a, b), soft=True) for a, b in pairs_held if "revision" not in (a.status, b.status)]


def _bases(cells: Cells, claim: Claim, day: str, months: int) -> list[tuple[Figure, Figure]]:
    """Levels of the claim's cell with those `months` before, in one currency and of one sign."""
    now, before = levels(cells, claim, day), levels(cells, claim, day, back=months)
    return [(a, b) for a, b in pairs(now, before) if a.currency == b.currency and a.value * b.value > 0]


def _ratio(one: Figure, base: Figure) -> Figure:
    ratio = one.value / base.value
    width = 100 * ratio * (one.half_width / abs(one.value) + base.half_width / abs(base.value))
    status, soft = _worst(one.status, base.status), one.soft or base.soft
    return Figure((ratio - 1) * 100, width, one.currency, "recomputed", status, soft, (*one.facts, *base.facts))


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
            found.append(
                Figure(figure.value * factor, factor, "", figure.basis, figure.status, figure.soft, figure.facts)
            )
    return found


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
