"""Which name of a list belongs to which number: read off the order of names and numbers and what stands between them.

In a list names and numbers take turns, and one of the two gaps parts the items while the other ties a name to its
number: `to Japan by 3 %, to Korea by 5 % and to India by 7 %` parts after the number, `3 % to Japan, 5 % to Korea and
7 % to India` after the name. Where all gaps of a run agree the run is read so, whatever its words are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from entrepot.claims.names import Name
from entrepot.claims.quantity import Quantity
from entrepot.claims.replacing import replace
from entrepot.claims.verbs import VERBS
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_PARTS = one_of(", ; and & while but whereas followed then")
_WAYS = one_of("for to from in with of on into by against among within")
_ASIDE = one_of("up down with at rising falling")
_FILLERS = one_of(
    "the a an its their his this that these those which who than as or nearly about almost over around some just only "
    "more less year years month months quarter half period same earlier ago total all other others both each worth "
    "respectively value alone also however instead not no if when after before during since until due amid per well "
    "percent cent pct points basis record share growth rate annual"
)
_NO_GOODS = _PARTS | _WAYS | _ASIDE | VERBS | _FILLERS
"""Words that no goods begin with or hold."""
_NO_NOUN = ("ly", "ing", "ed")
_TRAIL = one_of("products product goods items accessories components parts exports imports sales shipments")
_LONGEST_TIE, _LONGEST_PART, _LONGEST_NAME = 6, 8, 3
_FARTHEST = 30
_FEWEST = 2
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Item:
    """A name of a list and the numbers that are its own.

    Attributes
    ----------
    name : Name
        What the numbers are of.
    quantities : tuple of Quantity
        Its numbers, in order.
    leads : bool
        Whether the name stands before its numbers.
    """

    name: Name
    quantities: tuple[Quantity, ...]
    leads: bool


Turn = Name | tuple[Quantity, ...]
"""What takes its turn in a list: a name, or the numbers between two names."""
Run = Sequence[Item]
"""A list: its items in order."""


def aligned(view: View, role: str, home: str) -> list[Run]:
    """Lists of a sentence whose names have a role (`place`, `product`).

    A run counts where every gap in it parts or ties as the others do, no name comes twice, the numbers that stand
    first beside their names are of one unit, and two names at least are known.
    """
    if len(view.quantities) < _FEWEST or sum(n.role == role for n in view.names) < _FEWEST:
        return []
    line = _Line.of(view, role, home)
    turns = line.turns()
    found: list[Run] = []
    for leads in (True, False):
        for run in map(_evened, line.runs(turns, leads)):
            known = sum(item.name.form != _UNKNOWN for item in run)
            if known >= _FEWEST and len({item.name.code for item in run}) == len(run):
                found.append(run)
    return found


def owners(runs: Sequence[Run]) -> Mapping[int, str]:
    """Code of the name of each number of some lists, by the token that the number begins with."""
    return {q.first: item.name.code for run in runs for item in run for q in item.quantities}


def heads(runs: Sequence[Run]) -> Mapping[int, Quantity]:
    """First number of the list of each number that is not of the first item, by the token that it begins with."""
    return {q.first: run[0].quantities[0] for run in runs for item in run[1:] for q in item.quantities}


def _evened(run: list[Item]) -> list[Item]:
    """A run whose outer item keeps only as many numbers as the others have: the rest are of other clauses.

    Empty where it is no run, or its numbers are not alike.
    """
    if len(run) < _FEWEST or len({item.quantities[0].unit for item in run}) > 1:
        return []
    leads = run[0].leads
    outer = run[-1] if leads else run[0]
    most = max(len(item.quantities) for item in run if item is not outer)
    own = replace(outer, quantities=outer.quantities[:most] if leads else outer.quantities[-most:])
    return [own if item is outer else item for item in run]


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence in which the lists of one role are looked for.

    `heads` are the tokens of its flows, `dated` those of its periods, `named` those of any name, and `others` those of
    names of another role.
    """

    view: View
    role: str
    home: str
    heads: frozenset[int]
    dated: frozenset[int]
    named: frozenset[int]
    others: frozenset[int]

    @classmethod
    def of(cls, view: View, role: str, home: str) -> "_Line":
        """The sentence of a view."""
        names = [n for n in view.names if n.role != "none"]
        return cls(
            view, role, home,
            heads=frozenset(s.head for s in view.subjects),
            dated=frozenset(i for m in view.dates for i in range(m.first, m.last) if view.lows[i] != ","),
            named=frozenset(i for n in names for i in range(n.first, n.last)),
            others=frozenset(i for n in names if n.role != role for i in range(n.first, n.last)),
        )  # fmt: skip

    def turns(self) -> list[Turn]:
        """Names of the role and the numbers between them, in the order of the sentence."""
        taken: list[Turn] = []
        parts: list[Name | Quantity] = sorted((*self.view.names, *self.view.quantities), key=lambda p: p.first)
        for part in parts:
            if isinstance(part, Quantity):
                self._add(taken, part)
            elif part.role == self.role and part.code != self.home and part.form == "name":
                taken.append(part if self.role == "place" else self._spelled(part))
        if taken and isinstance(end := taken[-1], tuple) and (name := self._unknown(end[-1].last, len(self.view.lows))):
            taken.append(name)
        return taken

    def _add(self, taken: list[Turn], quantity: Quantity) -> None:
        """Add a number to the turns: to the numbers before it, unless a name or a flow stands between."""
        last = taken[-1] if taken else None
        if isinstance(last, tuple) and (name := self._unknown(last[-1].last, quantity.first)):
            taken.append(name)
        elif isinstance(last, tuple) and self.heads.isdisjoint(range(last[-1].last, quantity.first)):
            taken[-1] = (*last, quantity)
            return
        taken.append((quantity,))

    def runs(self, turns: Sequence[Turn], leads: bool) -> Iterator[list[Item]]:
        """Runs of items, each with its name before its numbers (`leads`) or after them."""
        run: list[Item] = []
        for at, (one, other) in enumerate(zip(turns, turns[1:], strict=False)):
            name, numbers = (one, other) if leads else (other, one)
            if not isinstance(name, Name) or not isinstance(numbers, tuple) or not self._tied(one, other):
                continue
            follows = bool(run) and run[-1].name is turns[at - 2 if leads else at - 1]
            if not follows or not self._parted(turns[at - 1], one):
                yield run
                run = []
            run.append(Item(name, numbers, leads))
        yield run

    def _gap(self, one: Turn, other: Turn) -> list[str] | None:
        """Words between two turns but for dates and names of another role; None where a flow stands there."""
        first = one.last if isinstance(one, Name) else self._past_whole(one[-1].last)
        last = other.first if isinstance(other, Name) else other[0].first
        if last - first > _FARTHEST or not self.heads.isdisjoint(range(first, last)):
            return None
        gap = [self.view.lows[i] for i in range(first, last) if i not in self.dated and i not in self.others]
        return gap[1:] if gap[:1] == [")"] else gap

    def _past_whole(self, at: int) -> int:
        """Token after the whole that a number at the head of a list is a part of (`$9 billion of Turkish exports`)."""
        if self.view.lows[at : at + 1] != ["of"]:
            return at
        return next((s.last for s in self.view.subjects if s.first - at in (1, 2) and not s.partners), at)

    def _tied(self, one: Turn, other: Turn) -> bool:
        """Whether what stands between a name and a number ties them."""
        gap = self._gap(one, other)
        if gap is None or len(gap) > _LONGEST_TIE:
            return False
        if not isinstance(one, Name):
            return bool(_WAYS & set(gap)) and not _PARTS & set(gap)
        aside = gap[:1] == [","] and bool(_ASIDE & set(gap[1:2]))
        return gap[:1] != ["'s"] and not _PARTS & set(gap[aside:])

    def _parted(self, one: Turn, other: Turn) -> bool:
        """Whether what stands between two items parts them."""
        gap = self._gap(one, other)
        return gap is not None and len(gap) <= _LONGEST_PART and bool(_PARTS & set(gap))

    def _plain(self, i: int) -> bool:
        """Whether a token may be part of the name of goods that no table knows."""
        word = self.view.words[i]
        free = word.kind == "w" and i not in self.named and i not in self.dated
        return free and word.text.islower() and word.low not in _NO_GOODS and not word.low.endswith(_NO_NOUN)

    def _spelled(self, name: Name) -> Name:
        """Goods with the words after them that make them others (`food seasonings`)."""
        lows, end = self.view.lows, name.last
        while end < len(lows) and end - name.last < _LONGEST_NAME and self._plain(end):
            end += 1
        if end == name.last or lows[name.last] in _TRAIL:
            return name
        return replace(name, last=end, code="-".join(lows[name.first : end]))

    def _unknown(self, first: int, last: int) -> Name | None:
        """Goods that no table knows, if they are all that stands between two numbers beside what parts and ties."""
        between = range(first, last)
        if self.role != "product" or len(between) > _LONGEST_PART or not self.named.isdisjoint(between):
            return None
        plain = [i for i in between if self._plain(i)]
        whole = bool(plain) and plain[-1] - plain[0] + 1 == len(plain) <= _LONGEST_NAME
        lows = self.view.lows
        if not whole or VERBS & set(lows[first : plain[0]]):
            return None
        end = plain[-1] + 1
        end -= len(plain) > 1 and lows[end - 1] in _TRAIL
        return Name(plain[0], end, "product", "-".join(lows[plain[0] : end]), _UNKNOWN)
