"""A number of a sentence with its unit: what every other reader of numbers speaks about."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from entrepot.claims.words import Token


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """A number of a sentence, with its unit. Equal only to itself.

    Attributes
    ----------
    first, last : int
        Tokens it covers, the last one excluded; currency signs and units are inside.
    start, end : int
        Characters of the text it covers.
    value : float
        Full units: 3.3e11 for 330 billion; 5.9 for 5.9 %.
    step : float
        One unit of its last stated digit, in the same units.
    digits : int
        Significant digits stated.
    unit : str
        ISO 4217 code, `%`, `pp`, `x`, a physical unit (`t`, `bbl`, `n` ...), or empty where none is stated.
    scale : float
        Factor of its scale words (million, crore); 1 for none.
    noun : str
        What is counted, for unit `n`.
    """

    first: int
    last: int
    start: int
    end: int
    value: float
    step: float
    digits: int
    unit: str
    scale: float
    noun: str = ""


def stated(
    words: Sequence[Token], first: int, last: int, value: Decimal, unit: str, step: Decimal = Decimal(1),
    digits: int = 1, scale: float = 1, noun: str = "",
) -> Quantity:  # fmt: skip
    """Return the quantity that tokens first to last (excluded) of a sentence state; fields as in `Quantity`."""
    start, end = words[first].start, words[last - 1].end
    return Quantity(first, last, start, end, float(value), float(step), digits, unit, float(scale), noun)
