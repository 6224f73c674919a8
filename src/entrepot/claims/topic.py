"""Whether a whole story is about trade with one partner."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from entrepot.claims.names import Name
from entrepot.claims.subjects import Subject
from entrepot.claims.words import Token, one_of

_TO = one_of("to from with against into")
_FAR = 9
"""Tokens after a flow in which the partner of its number is looked for (`a deficit of $99 billion with China`)."""
LEAST = 3
"""Flows that a story has to tell of one partner before it counts as a story about that partner."""
_LIST = one_of(", ; and & the as well")
_VOID = one_of(", . ; : ( ) and but while as due owing thanks amid despite because after since")


@dataclass(frozen=True, slots=True)
class Told:
    """One flow of a story: who may be its partners, its goods, and whether it speaks of all of them."""

    reporter: str
    partners: tuple[str, ...]
    products: tuple[str, ...]
    flow: str
    whole: bool
    all: bool = False
    """Whether it is told of all partners, not as the whole of a share."""


class Topic:
    """The flows that a story tells, in order, and what most of them have in common."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.places: Counter[str] = Counter()
        self.abroad: set[str] = set()
        self.first: frozenset[str] = frozenset()
        self.opens = False
        self.mutual = 0

    def name(self, names: Sequence[Name]) -> None:
        """Count the places that a sentence names; those of the first sentence with a flow are kept apart."""
        places = [n.code for n in names if n.role == "place"]
        self.places.update(places)
        self.opens = not self.told and any(n.role == "flow" for n in names)
        if self.opens:
            self.first = frozenset(places)

    def listed(self, words: Sequence[Token], names: Sequence[Name]) -> set[int]:
        """First tokens of the places that flows go to or come from, lists with brackets included."""
        found: set[int] = set()
        last: Name | None = None
        for name in (n for n in names if n.role == "place"):
            before = next((w.low for w in reversed(words[: name.first]) if w.low != "the"), "")
            gap = [w for w in words[last.last : name.first] if w.low not in _LIST] if last is not None else words[:1]
            if before in _TO or not gap or gap[0].low == "(" and gap[-1].low == ")":
                found.add(name.first)
                self.abroad.add(name.code)
                last = name
            else:
                last = None
        return found

    def add(self, subject: Subject, words: Sequence[Token], names: Sequence[Name]) -> None:
        """Take up one flow of a sentence."""
        self.mutual += subject.linked and subject.flow in "TB"
        if subject.form in ("weak", "market"):
            return
        partners = subject.partners or _after(subject, words, names)
        if self.opens and self.told:  # a deficit, weighed down by lower exports to China
            self.first -= set(partners)
        whole = subject.whole and not partners and words[subject.first - 1].low != "of"  # no share of the whole
        self.told.append(Told(subject.reporter, partners, subject.products, subject.flow, subject.whole, whole))

    def pair(self, home: str) -> str:
        """The partner that a story is about from its first flows on; empty where it is about several or all."""
        sides = [_side(told, home) for told in self.told]
        votes = Counter(side for side in sides if side)
        best, count = max(votes.items(), key=lambda item: item[1], default=("", 0))
        enough = count >= LEAST and count >= 0.6 * sum(votes.values())
        first = sides[:1] == [best] and count >= 0.25 * len(sides) or sides[1:2] == [best] and count >= 0.5 * len(sides)
        wholes = sum(told.all for told in self.told)
        first = first and (not wholes or count >= 0.31 * len(sides))
        if self.mutual and self._alone(best, home) and count == sum(votes.values()) >= 2:
            return best
        one_flow = len({told.flow for told in self.told} - {"T"}) == 1
        if sides[:1] == [best] and len(votes) == 1 and one_flow and not wholes and self._alone(best, home):
            return best  # India's exports to the US slid; shipments fell, textile exports dropped
        return best if enough and first else self._named(home, votes, sides)

    def one_way(self, pair: str, home: str) -> str:
        """The flow that alone is told with the partner that a story is about; empty where several are."""
        flows = {told.flow for told in self.told if pair and _side(told, home) == pair}
        return min(flows) if len(flows) == 1 and flows <= {"X", "M"} else ""

    def _alone(self, best: str, home: str) -> bool:
        """Whether a story names hardly any country but its own and one other, both from its first flow on."""
        ours = self.places[best] + self.places[home]
        return {best, home} <= self.first and ours >= 0.85 * self.places.total()

    def _named(self, home: str, votes: Counter[str], sides: Sequence[str]) -> str:
        """The place that a story names over and over from its first flow on, which is of no country's whole trade."""
        abroad = Counter({code: n for code, n in self.places.items() if code != home})
        if not abroad or not self.told or self.told[0].reporter or any(told.whole for told in self.told[:3]):
            return ""
        if sum(told.all for told in self.told) > 1:
            return ""
        code, times = abroad.most_common(1)[0]
        share = times / abroad.total()
        often = times >= 4 and votes[code] >= max(2, 0.22 * len(sides))
        early = code in self.first and share >= 0.65 or code in sides[:3] and share >= 0.75
        return code if often and early else ""


def _side(told: Told, home: str) -> str:
    """The foreign side of a flow; empty where it is with all, or with several."""
    abroad = [code for code in told.partners if code != home]
    if len(abroad) == 1:
        return abroad[0]
    there = not abroad and told.reporter not in ("", home)
    return told.reporter if there and (home in told.partners or not told.whole) else ""


def _after(subject: Subject, words: Sequence[Token], names: Sequence[Name]) -> tuple[str, ...]:
    """The place that a flow leads to across its number."""
    for name in names:
        if name.role == "flow" and name.first >= subject.last:
            break
        if name.role == "place" and subject.last < name.first <= subject.last + _FAR:
            gap = {w.low for w in words[subject.last : name.first]}
            leads = words[name.first - 1].low in _TO or words[name.first - 2].low in _TO
            return (name.code,) if leads and not gap & _VOID else ()
    return ()
