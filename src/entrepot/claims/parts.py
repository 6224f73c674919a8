"""Percentages that nothing says to have moved: parts of a whole, by who takes them or what they are a part of."""

from entrepot.claims.quantity import Quantity
from entrepot.claims.verbs import MOVES
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_NOUNS = one_of("share proportion weight portion ratio contribution slice")
_SLICES = one_of("share proportion portion contribution slice part stake")
_GOES = one_of(
    "went go goes going came come comes coming flowed flows headed destined bound shipped sold sent exported"
)
_WAYS = one_of("to for from into")
_ALL = one_of("total all overall whole entire country nation exports imports trade shipments")
_STOPS = one_of(", ; : ( ) and while whereas but as")
_IS = one_of("was were is are went came stood")
_BY = (["in", "value"], ["by", "value"], ["in", "volume"], ["by", "volume"], ["in", "terms"], ["by", "weight"])
_FAR = 16
"""Tokens before a percentage in which what it is a part of is looked for."""


def is_part(view: View, quantity: Quantity) -> bool:
    """Whether a percentage that does not move is a part (`18 percent went to Chile`, `the ratio of food in all`)."""
    lows, first, last = view.lows, quantity.first, quantity.last
    told = any(m.against and 0 <= m.first - last <= 1 for m in view.dates)
    if told or lows[first - 1 : first] in (["("], ["+"], ["-"], ["by"]):
        return False
    floor = max((q.last for q in view.quantities if q.last <= first), default=0)
    back = lows[max(floor, first - _FAR) : first]
    ahead = lows[last : last + 8]
    ahead = ahead[: next((i for i, low in enumerate(ahead) if low in _STOPS), len(ahead))]
    if MOVES & set(ahead[:3]) or "growth" in ahead:
        return False
    if ahead[:2] in _BY:
        return "of" in ahead[2:5] and bool(_ALL & set(ahead[3:]))
    if ahead[:1] and ahead[0] in _SLICES:
        return ahead[1:2] in (["of"], ["in"])
    if MOVES & set(back):
        return False
    if any(a in _GOES and b in _WAYS for a, b in zip(ahead[:3], ahead[1:4], strict=False)):
        return True
    return _of_noun(back)


def _of_noun(back: list[str]) -> bool:
    """Whether a noun of part is told by its number (`the ratio of food in total exports was 62 %`)."""
    at = max((i for i, low in enumerate(back) if low in _NOUNS), default=-1)
    behind = back[at + 1 :]
    both = any(low.startswith("export") for low in behind) and any(low.startswith("import") for low in behind)
    return (
        at >= 0
        and behind[:1] in (["of"], ["in"])
        and behind[-1] in _IS | {"at"}
        and bool(_ALL & set(behind))
        and not both
    )
