"""Goods that no table knows, told by the words a sentence begins with: `Brake pads fell 23 % to $500 million`."""

from entrepot.claims.quantity import Quantity
from entrepot.claims.verbs import MOVES, VERBS
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_MOST = 4
"""Words that goods are called by at most."""
_NO_GOODS = one_of(
    "stocks shares wages orders revenues profits sales loans deposits yields bonds costs reserves factories services "
    "retail industrial consumer property housing home homes investments jobs visitors arrivals analysts economists "
    "officials totals figures numbers companies exporters importers shipments others they it he she we this that these "
    "those there firms households markets currencies months years days rates terms prices expectations sanctions "
    "tariffs "
    "duties earnings volumes values flows gains losses declines rises falls increases decreases purchases deliveries "
    "supplies both all most some many few several each results estimates forecasts data respondents workers farmers "
    "tourists passengers container bookings inventories stockpiles holdings units capital manufacturing output "
    "who which "
    "surpluses deficits balances partners countries regions provinces economies destinations buyers suppliers shoppers "
    "in on at by for from with as of to but and while when after before since total overall"
)


def goods(view: View, quantity: Quantity) -> str:
    """Goods that a sentence begins with and tells a number of right after them, as a code of their own; or empty.

    Only words in small letters but for the first one count: what has a name of its own is a firm or a place.
    """
    words, lows = view.words, view.lows
    if view.subjects or any(n.role != "product" and n.first < quantity.first for n in view.names):
        return ""
    end = next((i for i, low in enumerate(lows[: _MOST + 2]) if low in VERBS or low == "("), -1)
    if not 0 < end <= _MOST or lows[end - 1] in ("the", "a", "and") or not _follows(view, quantity, end):
        return ""
    head = words[:end]
    if any(w.kind != "w" or w.low in _NO_GOODS or i and w.text[:1].isupper() for i, w in enumerate(head)):
        return ""
    return "-".join(w.low for w in head) if head[-1].low.endswith("s") and words[0].text[:1].isupper() else ""


def _follows(view: View, quantity: Quantity, end: int) -> bool:
    """Whether a number follows its verb of change or its bracket, with no other clause between."""
    lows = view.lows
    if lows[end] != "(" and not (set(lows[end : end + 2]) & MOVES):
        return False
    first = next((q for q in view.quantities if q.first > end), quantity)
    return first.first - end <= 4
