"""Lists of who sells to another country, or of a union's members: `the top EU exporters to China: Germany ($90 bn)`."""

from entrepot import codes
from entrepot.claims.names import Name
from entrepot.claims.quantity import Quantity
from entrepot.claims.subjects import UNIONS, WORLD
from entrepot.claims.views import View
from entrepot.claims.words import one_of

Side = tuple[str, str, str]
"""Reporter, partner and flow."""
_CALLED = {
    **dict.fromkeys(("exporters", "exporter"), "X"),
    **dict.fromkeys(("importers", "importer"), "M"),
    **dict.fromkeys(("suppliers", "sources", "origins"), "M"),
    **dict.fromkeys(("buyers", "customers", "destinations"), "X"),
}
_OWN = one_of("exporters exporter importers importer")
_GAP = one_of("'s top biggest largest main leading key major two three four five ten most important of import export")
_TO = one_of("to from of")
_BEFORE_NUMBER = (["("], ["at"], ["with"], [",", "at"], [",", "with"])


def side(view: View, quantity: Quantity, home: str) -> Side | None:
    """Reporter, partner and flow of a number beside a place in such a list; None where it stands in none."""
    place = _beside(view, quantity)
    if place is None:
        return None
    for i, low in enumerate(view.lows):
        flow = _CALLED.get(low, "")
        owner = _owner(view, i) if flow else None
        if owner is None or owner.code == place.code:
            continue
        if low in _OWN and owner.code in UNIONS and owner.code == home and place.code in codes.members(home):
            return place.code, _other_side(view, i), flow
        if low not in _OWN and owner.code != home and view.lows[owner.last] == "'s" and i < place.first:
            return owner.code, place.code, flow
    return None


def _beside(view: View, quantity: Quantity) -> Name | None:
    """The place whose number it is, right before it."""
    for name in view.names:
        if name.role == "place" and view.lows[name.last : quantity.first] in _BEFORE_NUMBER:
            return name
    return None


def _owner(view: View, i: int) -> Name | None:
    """The country or union whose sellers or buyers are named at a token (`the EU's top three importers`)."""
    for name in view.names:
        if name.role == "place" and name.last <= i <= name.last + 6 and set(view.lows[name.last : i]) <= _GAP:
            return name
    return None


def _other_side(view: View, i: int) -> str:
    """Where those named at a token sell to or buy from (`importers of Chinese goods`, `exporters to China`)."""
    lows = view.lows
    for name in view.names:
        leads = [low for low in lows[i + 1 : name.first] if low != "the"]
        if name.role == "place" and len(leads) == 1 and leads[0] in _TO:
            return name.code
    return WORLD
