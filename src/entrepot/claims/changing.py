"""Amounts of change by what stands round them: `$7.6 billion above August's`, `off $1.2 billion`, `or 19.8 %`."""

from entrepot.claims.quantity import Quantity
from entrepot.claims.verbs import VERBS
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_OFF = one_of("off")
_STANDS = one_of("is was are were be being")
_MORE = one_of("more less higher lower smaller larger bigger wider narrower fewer")
_AGAINST = one_of("above below under over")
_LOST = one_of("lost gained shed added")
_FALLS = one_of("lost shed")
_NEARLY = one_of("about around some nearly almost roughly approximately just only over")
_BEYOND = one_of("better more higher larger bigger greater")
_SHORT = one_of("worse less lower smaller fewer")
_BEATS = one_of(
    "exceed surpass top beat beats beating topped topping exceeded exceeding exceeds surpassed surpassing surpasses"
)
_TRAILS = one_of("trail miss trailed trailing trails missed undershot undershooting undershoots")
_ALSO = one_of("also likewise too again")
_APART = one_of("to from at against versus than")
_REASONS = ("because of", "due to", "thanks to", "owing to")


def moved(view: View, quantity: Quantity) -> bool:
    """Whether an amount is how much something changed, by words that `slots.is_change` does not weigh."""
    return (
        _off(view, quantity)
        or _more_by_rate(view, quantity)
        or _above(view, quantity)
        or bool(_lost(view, quantity))
        or bool(past_by(view, quantity))
    )


def sign(view: View, quantity: Quantity) -> int:
    """-1 or +1 of such a change where its words say it; 0 where others do."""
    if _off(view, quantity):
        return -1
    if ahead := past_by(view, quantity):
        return ahead
    if (lost := _lost(view, quantity)) or _above(view, quantity):
        return lost or (-1 if view.lows[quantity.last] in ("below", "under") else 1)
    if _more_by_rate(view, quantity):
        return -1 if view.lows[_after_rate(view, quantity)] in ("less", "lower", "smaller", "narrower", "fewer") else 1
    return 0


def goes_on(view: View, quantity: Quantity) -> bool:
    """Whether an amount goes on a list of changes without a verb of its own (`, and capital goods $1.1 billion`)."""
    told = [q for q in view.quantities if q.last <= quantity.first]
    before = next((q for q in reversed(told) if q.unit != "%"), None)
    if before is None:
        return False
    since = told[-1].last  # $415 billion or 19.8 percent higher, imports $552 billion
    since += told[-1] is not before and view.lows[since] in _MORE
    gap = view.lows[since : quantity.first]
    words = " ".join(gap)
    for reason in _REASONS:
        words = words.replace(reason, "")
    left = words.replace("those of", "").split()
    if not left or len(left) > 12 or not {",", "and"} & set(left) or set(left) & (VERBS | _APART | {"of", "("}):
        return False
    named = any(n.role in ("product", "place", "flow") and since <= n.first < quantity.first for n in view.names)
    return named and before.unit == quantity.unit and (gap[-1] in _ALSO or view.lows[quantity.first - 1].isalpha())


def _off(view: View, quantity: Quantity) -> bool:
    """Whether something was off by an amount (`industrial supplies were off $1.25 billion`)."""
    back = view.lows[max(0, quantity.first - 4) : quantity.first]
    return back[-1:] == ["off"] and bool(_STANDS & set(back[:-1]))


def past_by(view: View, quantity: Quantity) -> int:
    """Sign of how far a number goes past one of another time (`beat last year's by 46 %`, `worse than May by`)."""
    lows, at = view.lows, quantity.first - 1
    while at > 0 and lows[at] in _NEARLY:
        at -= 1
    if at < 3 or lows[at] != "by":
        return 0
    dated = [m for m in view.dates if m.last in (at, at - 1) and (m.span or m.role == "base")]
    if not dated or dated[-1].last < at and lows[at - 1] != "'s":
        return 0
    before = [low for low in lows[max(0, dated[-1].first - 4) : dated[-1].first] if low not in ("the", "that", "of")]
    if before[-1:] == ["than"]:
        before = before[:-1]
        return 1 if before[-1:] and before[-1] in _BEYOND else -1 if before[-1:] and before[-1] in _SHORT else 0
    return 1 if before[-1:] and before[-1] in _BEATS else -1 if before[-1:] and before[-1] in _TRAILS else 0


def _above(view: View, quantity: Quantity) -> bool:
    """Whether an amount is how far another stands from one of another time (`That is $7.6 billion above August's`)."""
    lows, last = view.lows, quantity.last
    if lows[last : last + 1] == [] or lows[last] not in _AGAINST or not quantity.first:
        return False
    led = lows[quantity.first - 1] in _STANDS | {","} or lows[quantity.first - 2 : quantity.first] == [",", "or"]
    dated = any(0 < m.first - last <= 3 and (m.span or m.role == "base") for m in view.dates)
    return led and dated


def _after_rate(view: View, quantity: Quantity) -> int:
    """Token after `, or 19.9 percent,` or `(19.9 percent)` behind an amount; `quantity.last` where there is none."""
    lows, last = view.lows, quantity.last
    rate = next((q for q in view.quantities if 0 < q.first - last <= 3 and q.unit == "%"), None)
    if rate is None:
        return last
    gap = [low for low in lows[last : rate.first] if low not in ("about", "nearly", "almost")]
    closes = {"or": [], ", or": [","], "(": [")"]}.get(" ".join(gap))
    after = rate.last + len(closes or ())
    if closes is None or lows[rate.last : after] != closes:
        return last  # totals $69 billion, or 56 percent more than: what is more is the rate
    return after


def _more_by_rate(view: View, quantity: Quantity) -> bool:
    """Whether an amount and a rate say together how much more (`is $137 billion, or 19.9 percent, larger than`)."""
    after = _after_rate(view, quantity)
    return after > quantity.last and view.lows[after : after + 1] != [] and view.lows[after] in _MORE


def _lost(view: View, quantity: Quantity) -> int:
    """Sign of an amount that something lost or gained (`Of the $500 million that imports lost`); 0 for none."""
    lows, first, last = view.lows, quantity.first, quantity.last
    if lows[last : last + 1] != ["that"] or lows[max(0, first - 2) : first] != ["of", "the"]:
        return 0
    told = [low for low in lows[last + 1 : last + 6] if low in _LOST]
    return (-1 if told[0] in _FALLS else 1) if told else 0
