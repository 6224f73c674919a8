"""Growth told by its two ends: `fell 47 % from $3.4 billion in May to $1.8 billion in September`."""

from functools import lru_cache

from entrepot.claims.quantity import Quantity
from entrepot.claims.spans import Span, month_of
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_FILL = one_of("a the about nearly almost just some around roughly only over record low high of usd us $ € £ ¥ rs")
_RATE_FILL = _FILL | one_of(", - – —")
Ends = tuple[Quantity, Quantity, Span, Span]
"""First and last amount, and the months that they are of."""


@lru_cache(maxsize=64)
def ends(view: View) -> tuple[Ends, ...]:
    """Amounts of a sentence that something grew from and to, where both their months are told."""
    found: list[Ends] = []
    for one, other in zip(view.quantities, view.quantities[1:], strict=False):
        back = [low for low in view.lows[max(0, one.first - 4) : one.first] if low not in _FILL]
        if one.unit != other.unit or one.unit in ("%", "pp") or back[-1:] != ["from"]:
            continue
        gap = range(one.last, other.first)
        if "to" not in [view.lows[i] for i in gap]:
            continue
        months = [m.span for m in view.dates if m.span and m.span.kind == "month" and m.first in gap]
        after = [m for m in view.dates if m.span and 0 <= m.first - other.last <= 2]
        if len(months) == 1 and months[0] and after and after[0].span and after[0].span.kind == "month":
            found.append((one, other, months[0], after[0].span))
        elif not months and len(gap) <= 4 and (over := _between(view, one)) is not None:
            found.append((one, other, month_of(over.first), month_of(over.last)))
    return tuple(found)


def _between(view: View, quantity: Quantity) -> Span | None:
    """Months that a sentence says it is between, before a number; None for none."""
    for mention in view.dates:
        between = "between" in view.lows[max(0, mention.first - 1) : mention.last]
        span = mention.span
        months = span is not None and span.kind not in ("years", "year") and span.first < span.last
        if between and span and months and mention.last <= quantity.first:
            return span
    return None


def month_at(view: View, quantity: Quantity) -> Span | None:
    """The month of an amount that something grew from or to; None where it is neither."""
    for one, other, first, last in ends(view):
        if quantity in (one, other):
            return first if quantity is one else last
    return None


def rate_over(view: View, quantity: Quantity) -> tuple[int, Span]:
    """Months over which a rate told before its two ends grew, and the last of them; 0 where it has none."""
    for one, _, first, last in ends(view):
        gap = view.lows[quantity.last : one.first]
        if quantity.unit == "%" and quantity.last <= one.first and len(gap) <= 6 and set(gap) <= _RATE_FILL | {"from"}:
            return 12 * (int(last.last[:4]) - int(first.last[:4])) + int(last.last[5:]) - int(first.last[5:]), last
    return 0, Span("", "", "")
