"""Goods that come to a country, told without a word of trade: `Crude cargoes reaching China`, `poured into China`.

A story that opens so is about that country's imports of those goods, whoever sells them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from entrepot import codes
from entrepot.claims.names import Name
from entrepot.claims.words import Token, one_of

_REACH = one_of(
    "reach reached reaches reaching enter entered entering crowd crowded crowding flood flooded flooding fill filled"
)
"""Verbs that goods do to a country."""
_COME = one_of(
    "poured pour pouring flowed flow flowing streamed streaming came come coming arrived arrive arriving landed "
    "landing "
    "went going headed heading bound shipped delivered entering imported surged "
    "flooded flooding rushed rushing gushed gushing returned returning trickled trickling"
)
_TO = one_of("into in to at for")
_TAKE = one_of("took brought hauled shipped unloaded landed received purchased bought drew sourced")
_SELL = one_of("sold supplied delivered shipped sent provided sells supplies sends")
_FILL = one_of("has have had also still again now the last year month its in more less much many fewer record up")
_SOURCES = one_of("source supplier seller provider sources suppliers sellers providers")
_PORTS = one_of("ports port shores shore harbours harbors refiners refineries crushers buyers mills customs")
_FARTHEST = 7
"""Words between a country and its goods, at most."""


class Inbound(NamedTuple):
    """Imports of one kind of goods that a sentence tells of."""

    home: str
    product: str


def inbound(words: Sequence[Token], names: Sequence[Name]) -> Inbound | None:
    """Who takes in which goods, where a sentence tells it of one country and one kind of goods; None for none."""
    goods = sorted({n.code for n in names if n.role == "product"})
    places = [n for n in names if n.role == "place" and codes.kind(n.code) == "country"]
    if len(goods) != 1 or not places:
        return None
    lows = [w.low for w in words]
    ware = [n for n in names if n.role == "product"]
    homes = {p.code for p in places if _comes_to(lows, p, ware) or _takes(lows, p, ware) or _is_sold(lows, p, ware)}
    homes |= {p.code for p in places if _has_source(lows, p, ware) or _several_sell(lows, p, ware, places)}
    return Inbound(homes.pop(), goods[0]) if len(homes) == 1 else None


def _comes_to(lows: Sequence[str], place: Name, goods: Sequence[Name]) -> bool:
    """Whether goods before it come to a country (`soybeans poured into China`, `crowding Chinese ports`)."""
    at = place.first - 1
    while at > 0 and lows[at] in ("the", "and"):
        at -= 1
    if not any(g.last <= at + 1 and at - g.last < 2 * _FARTHEST for g in goods):
        return False
    if lows[at] in _REACH:
        return True
    verb = at - 1 - (lows[at - 1] == "back")
    led = lows[at] in _TO and verb >= 0 and lows[verb] in _COME
    return led and (place.form != "adjective" or bool(_PORTS & set(lows[place.last : place.last + 1])))


def _takes(lows: Sequence[str], place: Name, goods: Sequence[Name]) -> bool:
    """Whether a country takes in goods after it (`China took in more natural gas`)."""
    at = place.last
    while at < len(lows) and lows[at] in _FILL:
        at += 1
    if place.form == "adjective" or at >= len(lows) or lows[at] not in _TAKE:
        return False
    return any(0 < g.first - at <= _FARTHEST for g in goods)


def _is_sold(lows: Sequence[str], place: Name, goods: Sequence[Name]) -> bool:
    """Whether somebody sells a country goods (`Russia sold China more coal`)."""
    return (
        place.form != "adjective"
        and place.first > 0
        and lows[place.first - 1] in _SELL
        and any(0 <= g.first - place.last <= _FARTHEST for g in goods)
    )


def _several_sell(lows: Sequence[str], place: Name, goods: Sequence[Name], places: Sequence[Name]) -> bool:
    """Whether two others are told to send it goods (`Indonesian miners shipped more coal to China`)."""
    if place.form == "adjective" or lows[max(0, place.first - 1)] not in ("to", "into"):
        return False
    handed = any(
        0 <= place.first - 1 - g.last <= _FARTHEST and _SELL & set(lows[max(0, g.first - _FARTHEST) : g.first])
        for g in goods
    )
    return handed and len({p.code for p in places} - {place.code}) > 1


def _has_source(lows: Sequence[str], place: Name, goods: Sequence[Name]) -> bool:
    """Whether a country's source of goods is named (`was China's main source of crude`)."""
    if lows[place.last : place.last + 1] != ["'s"] and place.form != "adjective":
        return False
    near = range(place.last, min(place.last + _FARTHEST, len(lows)))
    source = next((i for i in near if lows[i] in _SOURCES), -1)
    return source > 0 and lows[source + 1 : source + 2] == ["of"] and any(0 < g.first - source <= 4 for g in goods)
