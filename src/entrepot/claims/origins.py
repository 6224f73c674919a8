"""Places told by whose goods they are, in a passage on imports: `Indonesian volumes`, `the Russian tonnage`."""

from entrepot.claims.names import Name
from entrepot.claims.quantity import Quantity
from entrepot.claims.verbs import VERBS
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_AMOUNTS = one_of(
    "volumes volume tonnage tonnages barrels barrel cargoes cargo tonnes tons molecules one ones supply supplies "
    "product material deliveries figure shipments"
)
"""What is told of whose it is, and no flow of its own."""
_HAD = one_of("has have had was were is are came stood made saw thinned swelled dwindled lost beat slipped amounted")
_TAKEN = one_of("intake offtake uptake")
_LEADS = one_of("and while whereas but though although , ; : the meanwhile - – —")


def whose(view: View, name: Name, goods: str) -> int:
    """Token after `Indonesian volumes` or, of goods spoken of, `Russian coal` at the head of a clause; 0 for none."""
    lows, end = view.lows, name.last
    if name.form != "adjective" and lows[end : end + 1] != ["'s"]:
        return 0
    end += lows[end : end + 1] == ["'s"]
    ware = next((n for n in view.names if n.role == "product" and n.first == end), None)
    if ware is not None and ware.code == goods:
        end = ware.last
    if end < len(lows) and lows[end] in _AMOUNTS:
        end += 1
    elif ware is None or ware.code != goods:
        return 0
    opens = name.first == 0 or lows[name.first - 1] in _LEADS
    goes_on = end < len(lows) and (lows[end] in VERBS or lows[end] in _HAD or lows[end] in (",", ":", "("))
    return end if opens and goes_on else 0


def takes(view: View, name: Name) -> bool:
    """Whether it is how much a customer takes that is told (`Hong Kong's intake was`, `the Dutch offtake`)."""
    lows, end = view.lows, name.last
    end += lows[end : end + 1] == ["'s"]
    return lows[end : end + 1] != [] and lows[end] in _TAKEN and (end > name.last or name.form == "adjective")


def asked(view: View, name: Name) -> bool:
    """Whether a place is what a sentence without a number only asks about (`And Mongolia?`, `What of Japan?`)."""
    lows = view.lows
    short = len(lows) <= name.last - name.first + _SHORT and lows[-1] == "?"
    return short and not view.quantities and not view.subjects


_SHORT = 5
"""Words of a question beside its place, at most."""


def turned_to(view: View, name: Name) -> bool:
    """Whether a sentence without a number or a flow opens with a place it turns to (`With the EU it was gloomier`)."""
    lows = view.lows
    lead = lows[: name.first]
    led = lead[:1] in (["with"], ["for"]) and lead[1:] in ([], ["the"])
    after = lows[name.last : name.last + 2]
    told = bool(after) and (after[0] in ("the", "it", "things", ",") or after[0] in _HAD)
    alone = not any(n.role == "place" and n.first > name.first for n in view.names)
    return led and told and alone and not view.quantities and not view.subjects


_SOLD = one_of("sales exports shipments")
_BOUGHT = one_of("purchases imports")
_PARTED = one_of("owed due attributed attributable ascribed belonged fell went")
_COMING = one_of("coming going flowing moving travelling traveling heading headed went came")


def told_behind(view: View, quantity: Quantity, flow: str) -> str:
    """Flow that the words right after a number give it; empty for none.

    So do `on the import side`, `in purchases` beside one in sales, `to imports` where parts are owed to flows, and
    `of goods coming the other way` after a number of the other flow.
    """
    lows, last = view.lows, quantity.last
    ahead = lows[last : last + _FAR]
    if ahead[:2] == ["on", "the"] and ahead[3:4] == ["side"]:
        return {"import": "M", "export": "X", "buying": "M", "selling": "X"}.get(ahead[2], "")
    if ahead[:1] == ["in"] and _SOLD & view.said and _BOUGHT & view.said:
        return "X" if ahead[1:2] and ahead[1] in _SOLD else "M" if ahead[1:2] and ahead[1] in _BOUGHT else ""
    if ahead[:1] == ["to"] and _PARTED & set(lows[:last]):
        return {"imports": "M", "exports": "X"}.get("".join(ahead[1:2]), "")
    following = next((q.first for q in view.quantities if q.first >= last), len(lows))
    ahead = lows[last : min(last + _FAR, following)]
    way = next((i for i, low in enumerate(ahead) if low in _COMING), -1)
    if way < 0 or ahead[way + 1 : way + 2] != ["the"] and ahead[way + 1 : way + 3] != ["in", "the"]:
        return ""
    turned = {"other", "opposite"} & set(ahead[way + 1 : way + 4]) and {"way", "direction"} & set(
        ahead[way + 1 : way + 5]
    )
    return {"X": "M", "M": "X"}.get(flow, "") if turned and not {",", ";"} & set(ahead[:way]) else ""


_FAR = 9
"""Words after a number in which its flow is looked for."""
