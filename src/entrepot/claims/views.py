"""One sentence with everything found in it, and its clauses."""

from collections.abc import Sequence
from dataclasses import dataclass

from entrepot.claims.names import Name
from entrepot.claims.quantity import Quantity
from entrepot.claims.spans import Mention
from entrepot.claims.subjects import Subject
from entrepot.claims.words import Token


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One sentence with everything found in it; `segment[i]` numbers the clause of token i. Equal only to itself."""

    words: Sequence[Token]
    lows: list[str]
    names: Sequence[Name]
    dates: Sequence[Mention]
    quantities: Sequence[Quantity]
    subjects: Sequence[Subject]
    segment: Sequence[int]


def clause_start(view: View, i: int) -> int:
    """First token of the clause that token i stands in."""
    number = view.segment[i]
    while i > 0 and view.segment[i - 1] == number:
        i -= 1
    return i


def clause_end(view: View, i: int) -> int:
    """Token after the clause that token i stands in."""
    number = view.segment[i]
    while i < len(view.lows) and view.segment[i] == number:
        i += 1
    return i
