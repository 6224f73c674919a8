"""What is held of the reporters of a story, in memory: rows as facts, what is made of them, the cells of a reporter.

Built once from rows of the flows table; nothing here reads a file.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

Key = tuple[str, str, str, str, str, str]
Row = Mapping[str, object]

REVISED_COPIES = "copy-yuan-totals"
"""Sources of totals that were copied after a revision, though dated by the calendar: they condemn nothing alone."""
SHOWN = ("reporter", "partner", "flow", "product", "period", "span", "currency", "value", "growth", "quantity", "unit")
MOST_KEPT = 4000
"""Sets of figures that are kept of what was made of cells."""
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


@dataclass(frozen=True)
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
    how : str
        How it was reached where no row says it as such (`sum of 12 months`); empty otherwise.
    """

    value: float
    half_width: float
    currency: str
    basis: str
    status: str
    soft: bool
    facts: tuple[Fact, ...]
    how: str = ""

    @property
    def released(self) -> str:
        """Day the last of its rows became public."""
        return max(f.released for f in self.facts)


class Cells:
    """Every cell of one or more reporters, and the exchange rates: built once, only read afterwards.

    A row becomes a fact when its cell is first asked for: of tens of thousands held a story asks for a few hundred.
    """

    __slots__ = ("_facts", "_held", "_kept", "_names", "_printing", "_reporters", "rates")

    def __init__(self, held: Mapping[Key, Sequence[Row]], rates: Mapping[tuple[str, str], float]) -> None:
        self._held = held
        self._facts: dict[Key, tuple[Fact, ...]] = {}
        self._kept: dict[tuple[str, ...], tuple[Figure, ...]] = {}
        self.rates = rates
        self._names = frozenset((key[0], key[1], key[2]) for key in held)
        self._reporters = frozenset(name[0] for name in self._names)
        self._printing = frozenset(
            key[0] for key, rows in held.items() if any(row.get("released_basis") != "first seen" for row in rows)
        )

    @classmethod
    def of(cls, rows: Iterable[Row], rates: Iterable[Row] = ()) -> "Cells":
        """Gather rows of the flows table (dicts), and of a table of rates (quote, period, rate per USD)."""
        held: dict[Key, list[Row]] = {}
        for row in rows:
            if row.get("status", "observed") in ("observed", "derived", "constructed"):
                held.setdefault(_key(row), []).append(row)
        per_dollar = {
            (str(r["quote"]), str(r["period"])): float(str(r["rate"])) for r in rates if r.get("base", "USD") == "USD"
        }
        return cls(held, per_dollar)

    @classmethod
    def joined(cls, parts: "Sequence[Cells]") -> "Cells":
        """The cells of several reporters as one, with the rates of the first; their rows are shared, not copied."""
        held = {key: rows for part in parts for key, rows in part._held.items()}
        return cls(held, parts[0].rates if parts else {})

    def __len__(self) -> int:
        return len(self._held)

    def has(self, reporter: str, partner: str = "", product: str = "") -> bool:
        """Whether anything is held of a reporter, and of a partner and product with it."""
        if not partner:
            return reporter in self._reporters
        return (reporter, partner, product) in self._names

    def prints(self, reporter: str) -> bool:
        """Whether dated prints of a reporter are held, not only copies of its final figures."""
        return reporter in self._printing

    def at(self, reporter: str, partner: str, product: str, flow: str, period: str, span: str) -> tuple[Fact, ...]:
        """Rows of one cell in every currency, concept, source and vintage."""
        key = (reporter, partner, product, flow, period, span)
        found = self._facts.get(key)
        if found is None:
            found = self._facts[key] = tuple(_fact(row) for row in self._held.get(key, ()))
        return found

    def kept(self, asked: tuple[str, ...], make: Callable[[], tuple[Figure, ...]]) -> tuple[Figure, ...]:
        """Figures that are made of the cells once and then kept; all are made anew after `MOST_KEPT`."""
        found = self._kept.get(asked)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[asked] = make()
        return found

    def partners(self, reporter: str, product: str) -> list[str]:
        """Partners of whom a reporter holds figures of a product."""
        return sorted({name[1] for name in self._names if name[0] == reporter and name[2] == product})


_NAMES = itemgetter("reporter", "partner", "product", "flow", "period", "span")


def _key(row: Row) -> Key:
    return tuple(map(str, _NAMES(row)))  # type: ignore[return-value]


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
