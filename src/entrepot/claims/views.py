"""One sentence with everything found in it, and its clauses."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

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
    starts: Sequence[int]
    """First token of the clause of each token."""
    ends: Sequence[int]
    """Token after the clause of each token."""
    said: frozenset[str]
    """Words of the sentence: what a rule needs and none of them is, it need not look for."""
    roles: frozenset[str]
    """Roles of its names."""
    dated: Collection[int]
    """Tokens of its dates."""
    counted: Collection[int]
    """Tokens of its numbers."""


def bounds(segment: Sequence[int]) -> tuple[list[int], list[int]]:
    """First token of each token's clause, and the token after it.

    >>> bounds([0, 0, 1])
    ([0, 0, 2], [2, 2, 3])
    """
    starts: list[int] = []
    ends: list[int] = []
    for _, clause in groupby(segment):
        start, length = len(starts), len([*clause])
        starts += [start] * length
        ends += [start + length] * length
    return starts, ends


def clause_start(view: View, i: int) -> int:
    """First token of the clause that token i stands in."""
    return view.starts[i] if i > 0 else i


def clause_end(view: View, i: int) -> int:
    """Token after the clause that token i stands in."""
    return view.ends[i]
