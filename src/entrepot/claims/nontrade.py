"""Numbers that are of something else than trade: output, prices, a mark missed, a mark that several goods passed."""

from collections.abc import Sequence

from entrepot.claims.forecasts import NEW_CLAUSE
from entrepot.claims.heads import is_topic
from entrepot.claims.names import Name
from entrepot.claims.numerals import NUMBER_WORDS
from entrepot.claims.quantity import Quantity
from entrepot.claims.verbs import MOVES, UP
from entrepot.claims.views import View, clause_end, clause_start
from entrepot.claims.words import one_of
from entrepot.claims.yardsticks import is_apart

_NOT_TRADE_WHOLE = one_of(
    "gdp output production economy reserves companies firms respondents economists processing population mining "
    "refining supply supplies capacity demand consumption globally worldwide farmers growers families households jobs "
    "workers students vineyards mines plants people land factories acreage voters patients"
)
_WORLDWIDE = one_of("global world domestic")
_PRICES = one_of("price prices cost costs")


def is_other(view: View, quantity: Quantity, near: Sequence[Name], subject_near: bool) -> bool:
    """Whether a number is of something else than trade: of what its clause names last, or what stands beside it."""
    if _of_something_else(view, quantity) or is_topic(view, quantity):
        return True
    if view.lows[quantity.last : quantity.last + 1] == ["of"] and quantity.unit == "%":
        whole = _whole(view, quantity)
        if whole & _NOT_TRADE_WHOLE or "market" in whole and whole & _WORLDWIDE:
            return True
    others = [n for n in near if n.role == "other" and not _only_names(view, n)]
    if not view.subjects and any(
        n.role == "other" and n.last <= quantity.first and not _only_names(view, n) for n in view.names
    ):
        return True  # the rupee slid, losing 5 per cent
    if quantity.unit == "%" and _of_economy(view, quantity):
        return True
    if not others:
        return False
    before_it = [n for n in others if n.last <= quantity.first]
    subject = max((s.tail for s in view.subjects if s.tail <= quantity.first), default=-1)
    if before_it and (before_it[-1].last > subject or _price_of(view, before_it[-1])):
        return True
    return bool(not subject_near and (before_it or others[0].first - quantity.last <= 4))


def _of_something_else(view: View, quantity: Quantity) -> bool:
    """Whether the words right beside a number make it one of no trade, whatever its clause speaks of."""
    if is_apart(view, quantity) or quantity.unit == "x" and _of_pace(view, quantity):
        return True
    for rules in (_OF_ANY, _OF_UNIT.get(quantity.unit, _OF_AMOUNTS if len(quantity.unit) == 3 else ())):
        for holds, words in rules:
            if not words.isdisjoint(view.said) and holds(view, quantity):
                return True
    return False


def _is_supposed(view: View, quantity: Quantity) -> bool:
    """Whether a number only says what follows from another (`every 1 % fall translates into a 2 % drop in exports`)."""
    lows, first = view.lows, quantity.first
    if lows[first - 1 : first] in (["each"], ["every"]) and first:
        return True
    back = lows[max(0, first - 8) : first]
    every = any(lows[q.first - 1 : q.first] in (["each"], ["every"]) for q in view.quantities if 0 < q.first < first)
    return every and bool(_FOLLOWS_FROM & set(back))


_FOLLOWS_FROM = one_of("translates translate equates means cuts cut adds reduces lowers lifts raises costs")


def _at_home(view: View, quantity: Quantity) -> bool:
    """Whether a number is of what was made, or sold at home (`sales in the home market`, `output and sales`)."""
    told = [s for s in view.subjects if s.tail <= quantity.first]
    if not told or told[-1].flow != "X" or view.lows[told[-1].tail - 1] not in _SOLD:
        return False
    last = told[-1]
    around = view.lows[max(0, last.first - 2) : min(quantity.first, last.tail + 6)]
    if set(around) & _ABROAD or last.partners or last.definition:
        return False
    if set(around) & _HOME:
        return True
    made = max((i for i in range(last.first) if view.lows[i] in _MADE), default=-1)
    return made >= 0 and not any(made < s.head < last.head for s in view.subjects)


_SOLD = one_of("sales sold deliveries")
_HOME = one_of("domestic home local")
_ABROAD = one_of("overseas abroad foreign export exports external international")
_MADE = one_of("production output produced manufacturing assembled built")


def _of_world(view: View, quantity: Quantity) -> bool:
    """Whether a number is of the flows of all countries (`global shipments of phones rose 3 %`)."""
    told = [s for s in view.subjects if s.tail <= quantity.first]
    if not told:
        return False
    last = told[-1]
    if last.reporter or last.flow == "B" or not (last.products or last.flow == "T" or view.lows[last.head] == "trade"):
        return False
    near = range(max(0, last.first - 1), last.head)
    return any(view.lows[i] in _GLOBAL and not _owned(view.lows, i) for i in near)


_GLOBAL = one_of("global world worldwide")


def _owned(lows: Sequence[str], i: int) -> bool:
    """Whether someone's flows to the world are meant (`its global exports`, `China's worldwide sales`)."""
    return lows[i - 1 : i] in (["'s"], ["its"], ["their"], ["our"], ["total"], ["'"])


def _is_made(view: View, quantity: Quantity) -> bool:
    """Whether a part is one of what is made or mined (`mines 70 % of the ore`, `produces about half of all chips`)."""
    back = view.lows[max(0, quantity.first - 3) : quantity.first]
    return view.lows[quantity.last : quantity.last + 1] == ["of"] and bool(_MAKES & set(back))


_MAKES = one_of("produces produced produce mines mined refines refined grows makes manufactures manufactured")


def _used(view: View, quantity: Quantity) -> bool:
    """Whether what goods are told of is their use, not their trade (`electricity use rose 4.5 %`)."""
    goods = [n for n in view.names if n.role == "product" and n.last < quantity.first]
    if not goods or view.lows[goods[-1].last] not in _USES:
        return False
    return not any(s.head >= goods[-1].first and s.tail <= quantity.first for s in view.subjects)


_USES = one_of("use usage consumption demand capacity inventories stocks stockpiles crop crops yields reserves")


def _of_currency(view: View, quantity: Quantity) -> bool:
    """Whether a rate is how far a currency moved (`as yuan weakened by 8 %`, `3 % against the dollar`)."""
    lows, first = view.lows, quantity.first
    ahead = [low for low in lows[quantity.last : quantity.last + 5] if low not in ("the", "us", "u", "s", ".")]
    if ahead[:1] in (["against"], ["versus"]) and ahead[1:2] in (
        ["dollar"],
        ["greenback"],
        ["euro"],
        ["yen"],
        ["yuan"],
    ):
        return True
    back = lows[max(0, first - 7) : first]
    return any(a in _CURRENCIES and {b, c} & _VALUED for a, b, c in zip(back, back[1:], [*back[2:], ""], strict=False))


_CURRENCIES = one_of(
    "yuan renminbi won yen rupee rupiah dong baht ringgit peso real lira euro dollar sterling pound rouble ruble franc "
    "krona krone currency greenback"
)
_VALUED = one_of(
    "weakened weakening strengthened strengthening depreciated depreciating appreciated appreciating devalued "
    "depreciation appreciation"
)


def _whole(view: View, quantity: Quantity) -> set[str]:
    """Words of the whole of a share, as far as its clause goes; none where it is a flow."""
    ahead = view.lows[quantity.last : quantity.last + 8]
    end = next((i for i, low in enumerate(ahead) if low in (",", ";", ".", "(", "and")), len(ahead))
    return set() if any(0 <= s.head - quantity.last < end for s in view.subjects) else set(ahead[:end])


def _of_output(view: View, quantity: Quantity) -> bool:
    """Whether a rate or points are of the whole economy (`4.7 points from gross domestic product`)."""
    ahead = view.lows[quantity.last : quantity.last + 8]
    words = " ".join(ahead)
    return "gdp" in ahead or "gross domestic product" in words or "economic growth" in words


def _of_economy(view: View, quantity: Quantity) -> bool:
    """Whether a rate is that of an economy spoken of before it (`the economy will recover after shrinking 0.2 %`)."""
    told = max((s.tail for s in view.subjects if s.tail <= quantity.first), default=0)
    before = view.lows[told : quantity.first]
    if "economy" not in before or told and before[0] in ("from", "of", "to", "by", "with", "in"):
        return False
    since = before[before.index("economy") + 1 :]
    return bool(set(since) & _GROWS) and not ({"exports", "imports", "trade"} & set(before))


_GROWS = one_of(
    "grew grow grown growing shrank shrink shrinking contracted contracting expanded expanding contract expand"
)


def _each_of(view: View, quantity: Quantity) -> bool:
    """Whether an amount is a mark that several goods or firms passed (`30 items earned over $1 billion each`)."""
    ahead = view.lows[quantity.last : quantity.last + 7]
    passed = _PASSED & set(view.lows[max(0, quantity.first - 2) : quantity.first])
    if passed and _several(view, quantity) or {"apiece"} & set(ahead[:2]):
        return True  # 30 items recorded a turnover of over $1 billion
    if "each" not in ahead or set(ahead[: ahead.index("each")]) & {",", ";", "and", "of"}:
        return False
    return bool(_PASSED & set(view.lows[max(0, quantity.first - 4) : quantity.first]))


_ITEMS = one_of(
    "items commodities categories goods groups products lines markets localities provinces cities enterprises firms "
    "countries destinations partners sectors"
)
_PASSED = one_of("over above exceeding least than beyond topping surpassing")


def _several(view: View, quantity: Quantity) -> bool:
    """Whether goods or places that passed a mark are counted before it (`five products with over $10 billion`)."""
    start = max(
        0, quantity.first - 14, max((q.last for q in view.quantities if q.unit and q.last <= quantity.first), default=0)
    )
    back = view.lows[start : quantity.first]
    for i, low in enumerate(back):
        counts = view.words[start + max(0, i - 3) : start + i]
        if low in _ITEMS and any(w.kind == "n" and w.text.isdigit() or w.low in NUMBER_WORDS for w in counts):
            return True
    return False


def _missed(view: View, quantity: Quantity) -> bool:
    """Whether a number is how far a print was from what was aimed at (`2.1 points more than the median estimate`)."""
    ahead = view.lows[quantity.last : quantity.last + 9]
    stop = next(
        (i for i, low in enumerate(ahead) if low in (",", ";", ".", "from", "to", "but", "(", "and")), len(ahead)
    )
    ahead = ahead[:stop]
    if not ahead:
        return False
    apart = ahead[0] in ("below", "above") or "than" in ahead[1:4] or ahead[:2] in (["short", "of"], ["shy", "of"])
    return apart and bool(_AIMED & set(ahead))


_CHANGES = one_of(
    "increase rise gain jump surge growth climb spike decrease drop fall decline slump plunge slide dip contraction "
    "reduction hike upturn downturn collapse rebound expansion"
)
_AIMED = one_of("target targets goal estimate estimates expectations forecast forecasts consensus projection plan")


def _of_change_in(view: View, quantity: Quantity) -> bool:
    """Whether a rate is the change of something else named right after it (`a 37 % slump in iron ore prices`)."""
    lows, at = view.lows, quantity.last
    if at >= len(lows):
        return False
    at += lows[at] in ("annual", "monthly", "sharp", "steep", "further", "average")
    if lows[at : at + 1] == [] or lows[at] not in _CHANGES or lows[at + 1 : at + 2] not in (["in"], ["of"]):
        return False
    end = clause_end(view, at)
    named = [n.first for n in view.names if n.role == "other"]
    told = next((i for i in range(at + 2, min(end, at + 7)) if i in named or lows[i] in _NOT_TRADE_WHOLE), -1)
    return told > 0 and not any(at < s.head < told for s in view.subjects)


def _revised_by(view: View, quantity: Quantity) -> bool:
    """Whether an amount is by how much an earlier print was revised (`was revised up by $2 billion`)."""
    back = view.lows[max(0, quantity.first - 5) : quantity.first]
    if "revised" not in back or not {
        "up",
        "down",
        "upward",
        "downward",
        "upwards",
        "downwards",
        "higher",
        "lower",
    } & set(back):
        return False
    return "by" in back[back.index("revised") :] and "to" not in back[back.index("revised") :]


def _of_pace(view: View, quantity: Quantity) -> bool:
    """Whether a multiple is one of a rate, or a bare count (`export growth doubled`, `cross the border four times`)."""
    start = clause_start(view, quantity.first)
    if view.lows[start] == "than" and start:
        start = clause_start(view, start - 1)  # growth more than doubled
    after = next((q for q in view.quantities if q.unit == "%" and 0 < q.first - quantity.last <= 4), None)
    if after is not None and "by" not in view.lows[quantity.last : after.first]:
        return True  # almost double the 1.9 % decrease
    if {"cost", "costs", "costing", "priced"} & set(view.lows[max(0, quantity.first - 3) : quantity.first]):
        return True
    if _PACES & set(view.lows[start : quantity.first]) or _FASTER & set(view.lows[quantity.last : quantity.last + 2]):
        return True  # rose twice as fast as imports
    if view.lows[quantity.last - 1] != "times" or not view.subjects:
        return False
    back = view.lows[max(0, quantity.first - 5) : quantity.first]
    ahead = view.lows[quantity.last : quantity.last + 2]
    return not (set(back) & _MULTIPLIES or set(back) & UP or set(ahead) & _MULTIPLIED or set(ahead) & MOVES)


_FASTER = one_of("fast faster quicker quickly slower")
_PACES = one_of("growth pace")
_MULTIPLIES = one_of("by was were is are ( about nearly almost to reaching at")
_MULTIPLIED = one_of("as that what those the its over compared ) last larger greater a of from")


def _on_week(view: View, quantity: Quantity) -> bool:
    """Whether a rate is told against weeks, or against three months that are no quarter."""
    ahead = view.lows[quantity.last : quantity.last + 14]
    stop = next((i for i, low in enumerate(ahead) if low in (";", "and", "while")), len(ahead))
    ahead = ahead[:stop]
    words = " ".join(ahead)
    if any(f"{before} three months" in words for before in ("previous", "preceding", "prior")):
        return True
    against = {"from", "over", "than", "on", "to"} & set(ahead[:4]) or "comparison" in ahead[:3]
    return bool(against) and ("week" in ahead or "week-on-week" in words)


def _of_own(view: View, quantity: Quantity) -> bool:
    """Whether a part is one of what a firm sells or makes (`40 % of its revenue`)."""
    return view.lows[quantity.last : quantity.last + 1] == ["of"] and (
        view.lows[quantity.last + 1 : quantity.last + 3] in _OWN_SALES
    )


def _of_all_trade(view: View, quantity: Quantity) -> bool:
    """Whether a part is one of all countries' trade (`12.8 % of the world total`, `a third of global trade`)."""
    ahead = view.lows[quantity.last : quantity.last + 4]
    return ahead[:1] == ["of"] and ("world" in ahead or "global" in ahead)


def _of_net(view: View, quantity: Quantity) -> bool:
    """Whether points are what net exports added to growth."""
    return "net" in view.lows[max(0, quantity.first - 8) : quantity.first]


def _names_size(view: View, quantity: Quantity) -> bool:
    """Whether an amount only says how large an economy is (`the $30 trillion economy`)."""
    return view.lows[quantity.last : quantity.last + 1] in (["economy"], ["club"])


_OWN_SALES = (["its", "sales"], ["their", "sales"], ["its", "revenue"], ["its", "revenues"], ["its", "turnover"],
              ["their", "revenue"], ["its", "business"], ["its", "output"], ["their", "output"])  # fmt: skip


_OF_ANY = (
    (_at_home, _SOLD),
    (_of_world, _GLOBAL),
    (_used, _USES),
    (_revised_by, one_of("revised")),
)


def _cheaper(view: View, quantity: Quantity) -> bool:
    """Whether a rate is how much goods cost less or more (`coffee was 18.3 % cheaper`)."""
    return view.lows[quantity.last : quantity.last + 1] in (["cheaper"], ["dearer"], ["costlier"], ["pricier"])


_OF_RATES = ((_of_output, one_of("gdp gross economic")), (_missed, _AIMED))
_OF_AMOUNTS = ((_each_of, one_of("each apiece") | _ITEMS), (_names_size, one_of("economy club")))
_OF_UNIT = {
    "%": (
        *_OF_RATES,
        (_is_supposed, one_of("each every")),
        (_cheaper, one_of("cheaper dearer costlier pricier")),
        (_is_made, _MAKES),
        (_of_currency, _VALUED | one_of("against versus")),
        (_of_change_in, _CHANGES),
        (_of_all_trade, one_of("world global")),
        (_on_week, one_of("months week")),
        (_of_own, one_of("its their")),
    ),
    "pp": (*_OF_RATES, (_of_net, one_of("net"))),
    "x": ((_missed, _AIMED),),
}
"""What makes a number one of no trade, of any unit and of some, with the words of which its sentence has one."""


def _only_names(view: View, name: Name) -> bool:
    """Whether what else a name could be only says who buys, who sells, or that goods cost money."""
    return _buyers(view, name) or _ships_from(view, name) or _costs(view, name)


def _costs(view: View, name: Name) -> bool:
    """Whether a cost is the value of what was bought (`the cost of supplies grew`, `the cost of imports`)."""
    at = name.last
    if view.lows[max(0, name.first - 1) : at] in (["total", "cost"], ["total", "costs"]):
        return True
    if view.lows[at - 1] != "cost" or view.lows[at : at + 1] != ["of"]:
        return False
    return any(view.lows[i] in _BOUGHT for i in range(at + 1, min(at + 5, len(view.lows))))


_BOUGHT = one_of("supplies deliveries imports purchases exports shipments")


def _ships_from(view: View, name: Name) -> bool:
    """Whether an economy only says whose goods were sold (`shipments from the second-largest economy fell 1 %`)."""
    if view.lows[name.first] != "economy":
        return False
    before = [s for s in view.subjects if s.tail <= name.first]
    gap = view.lows[before[-1].tail : name.first] if before else []
    return gap[:1] in (["from"], ["of"], ["by"], ["in"], ["to"]) and len(gap) <= 9 and not set(gap) & NEW_CLAUSE


def _price_of(view: View, name: Name) -> bool:
    """Whether what follows is only what something is the price of (`the average price of goods exported`)."""
    return view.lows[name.last - 1] in _PRICES and view.lows[name.last : name.last + 1] == ["of"]


def _buyers(view: View, name: Name) -> bool:
    """Whether people are those of a place (`American consumers`), who buy."""
    people = view.lows[name.first] in ("consumers", "firms", "companies", "households", "factories")
    return people and any(n.last == name.first and n.role == "place" for n in view.names)
