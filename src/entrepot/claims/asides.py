"""Where a sentence stands aside to tell of something else, after which it goes on with what it spoke of before."""

from collections.abc import Iterator
from dataclasses import dataclass

from entrepot.claims.verbs import PACE, VERBS
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_RELATIVE = one_of("which whose where who whom")
_APPOSED = one_of("the its a an their now also once long still")
_MOVED_BY = one_of(
    "lifted boosted driven helped hurt hit dragged led supported buoyed weighed fuelled fueled spurred propelled "
    "pushed underpinned bolstered aided powered depressed dampened held thanks due reflecting despite"
)
_SAYS_MORE = _RELATIVE | _APPOSED | _MOVED_BY
_OPENS = {",": (",",), "(": (")",), "-": ("-",), "–": ("–",), "—": ("—",)}
"""Signs that open an aside, with those that close it."""
_GOES_ON = VERBS | PACE | one_of("also have both each jointly together likewise rallied dwarfed outpaced beat")
_REASONS = one_of("as despite although though because amid since")
_REASON_PAIRS = (["due", "to"], ["thanks", "to"], ["helped", "by"], ["driven", "by"], ["dragged", "down"],
                 ["weighed", "down"], ["owing", "to"], ["hit", "by"], ["hurt", "by"], ["boosted", "by"],
                 ["led", "by"], ["due", "largely"], ["due", "mainly"], ["because", "of"])  # fmt: skip
_BEGINS = frozenset(_OPENS) | _REASONS | {"by"} | {first for first, _ in _REASON_PAIRS}
"""Words and signs that an aside may begin with."""
_COUNTED = one_of("such as well much many same did do does were was are")
"""Words before or after `as` that make it no reason (`such as`, `as well as`)."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Tokens `first` to `last` of a sentence tell of something else; `ends` where this marks their end."""

    first: int
    last: int
    ends: bool = False


def asides(view: View) -> Iterator[Aside]:
    """Yield where asides of a sentence begin and end, in order of their beginning."""
    done = 1
    for i, low in enumerate(view.lows if view.subjects else ()):
        last = (_between_signs(view, i) or _reason(view, i) or _agent(view, i)) if low in _BEGINS and i >= done else 0
        if last:
            yield Aside(i, last)
            yield Aside(i, last, ends=True)
            done = last


def _between_signs(view: View, i: int) -> int:
    """Token that closes what says more of a flow (`trade with X, which overtook Y as a buyer of our exports, grew`)."""
    lows, closing = view.lows, _OPENS.get(view.lows[i])
    if closing is None or i + 2 >= len(lows) or not _follows_flow(view, i):
        return 0
    bracket = closing != (",",)
    numbered = any(q.first - i in (1, 2) for q in view.quantities)
    if bracket and (numbered or closing != (")",) and not (view.words[i].gap and view.words[i + 1].gap)):
        return 0
    owner = next((n.last for n in view.names if n.first == i + 1 and n.role == "place"), 0)
    owned = owner and lows[owner : owner + 1] == ["'s"]  # with the US, China's largest export market, widened
    told = lows[i + 1 : i + 3] == ["that", "is"]  # trade deficit, that is the gap between imports and exports, widened
    if not bracket and not owned and not told and lows[i + 1] not in _SAYS_MORE:
        return 0
    for at in range(i + 2, min(i + 40, len(lows) - 1)):
        if lows[at] in closing and (bracket or lows[at + 1] in _GOES_ON):
            return at if any(i < s.head < at for s in view.subjects) else 0
    return 0


def _agent(view: View, i: int) -> int:
    """Token after a flow that only moved another (`the deficit was pushed up by higher imports to $9.8 billion`)."""
    lows = view.lows
    if lows[i] != "by" or i < 2 or not (lows[i - 1] in ("up", "down", "out") or lows[i - 1] in _MOVED_BY):
        return 0
    near = next((s for s in view.subjects if i < s.head <= i + 3), None)
    if near is None or near.partners or not _follows_flow(view, i) or lows[near.last : near.last + 1] != ["to"]:
        return 0
    return near.last if any(near.last < q.first <= near.last + 3 for q in view.quantities) else 0


def _follows_flow(view: View, i: int) -> bool:
    """Whether a flow, with no number of its own yet, stands before a token."""
    before = [s for s in view.subjects if s.tail <= i]
    return bool(before) and not any(before[-1].tail <= q.first < i for q in view.quantities)


def _reason(view: View, i: int) -> int:
    """Token after a reason or a concession without a number (`exports grew even as shipments to Japan fell`)."""
    lows, segment = view.lows, view.segment
    alone = lows[i] in _REASONS and (lows[i] != "as" or not {*lows[i - 1 : i], *lows[i + 1 : i + 2]} & _COUNTED)
    if not alone and lows[i : i + 2] not in _REASON_PAIRS or lows[i] == "as" and segment[i] == segment[i - 1]:
        return 0
    main = [s for s in view.subjects if s.tail <= i]
    if not main:
        return 0
    numbers = [q.first for q in view.quantities if q.first > i]
    end = min(numbers, default=len(lows))
    if numbers:  # with ship exports surging 12 %, leaving a surplus
        end = next((at for at in range(end, i, -1) if lows[at] in (",", ";")), 0)
        if lows[end + 1] in _RELATIVE:  # despite a drop of exports to Japan, which fell 20 %
            return 0
    inside = [s for s in view.subjects if i < s.head < end]
    keeps = main[-1].flow == "B" and any(s.flow != "B" for s in inside)
    return end if inside and end and not keeps else 0
