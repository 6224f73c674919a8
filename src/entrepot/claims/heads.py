"""What a number is of: the noun that governs it, before its verb, after `of`, or right behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from entrepot.claims.quantity import Quantity
from entrepot.claims.verbs import VERBS
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_FILL = one_of(
    "a an the about around nearly almost just only some roughly approximately to by at over more than less under above "
    "below as much high low record another further still - + – $ usd us € £ ¥ c hk s nz eur cny rmb yuan rs inr up "
    "down off close even well also too whopping staggering mere modest solid robust estimated combined total barely"
)
"""Words between a verb and its number."""
_HELPERS = one_of(
    "has have had was were is are been be will would also only still both each now then not could may might can did do "
    "does being likely reportedly since already currently who which that"
)
_BOUNDS = one_of(
    ", ; : ( ) and but while whereas as that when after which who where since because if or although though "
    "before until than despite amid – — • ' \" “ ” / + = . ’"
)
_PREPOSITIONS = one_of(
    "of in from to for with by at on between under per into against through across outside within during over among"
)
_VERBAL = VERBS | _HELPERS
_PHRASE_ENDS = _BOUNDS | _PREPOSITIONS
_NO_OBJECT = _BOUNDS | _HELPERS
_CHANGES = one_of(
    "increase rise gain jump surge growth climb spike decrease drop fall decline slump plunge slide dip contraction "
    "reduction hike upturn downturn collapse rebound expansion pullback uptick leap tumble plummet swing"
)
_AGAIN = (
    one_of(
        "value values volume volumes amount amounts number numbers share shares total figure figures rate pace portion "
        "proportion quantity sum part half third quarter rest majority bulk gap difference level levels average "
        "balance remainder equivalent count tally mark milestone threshold high low record peak result reading "
        "readings print prints category categories group segment item items it they this these those that he she "
        "one ones former latter all others rank ranking spot place position contribution earnings proceeds "
        "receipts revenue revenues turnover billion million trillion month months year years quarters week period "
        "time times days terms"
    )
    | _CHANGES
)
"""Nouns that take their meaning from another one: what follows `of`, or what was spoken of before."""
_TOPICS = one_of(
    "profit profits income incomes margins loss losses wage wages salary salaries pay bonus dividend dividends "
    "royalties valuation capitalisation capitalization debt debts loan loans credit lending deposits savings spending "
    "expenditure expenditures budget stimulus fund funds aid subsidy subsidies grant grants investment investments "
    "inflow inflows outflow outflows remittances financing contract contracts deal deals order orders backlog project "
    "projects plan package programme program output production harvest harvests crop crops yield yields catch "
    "slaughter herd herds acreage area hectares plantings capacity capacities throughput utilisation utilization "
    "inventory inventories stocks stockpile stockpiles reserves storage demand consumption usage use uses needs "
    "generation population employment unemployment jobs job workers workforce employees people farmers households "
    "visitors tourists passengers students respondents participants exhibitors patients voters residents inhabitants "
    "price prices cost costs inflation index gauge fare fares premium premiums fee fees toll tolls registrations "
    "bookings transactions penetration freight traffic sailings trains voyages flights transits gdp economy activity "
    "stake stakes turnout bond bonds issuance benchmark settlement workload staff headcount backlogs fleet fleets "
    "shipyards refineries mills smelters mines plants factories warehouses vineyards farms orchards terminals users "
    "subscribers downloads patents applications licences licenses permits certificates startups manufacturers "
    "producers growers retailers shops stores outlets restaurants hotels shoppers consumers savers drivers currency "
    "rainfall temperature emissions royalty pensions rents rent mortgages housing homes poverty debtors "
    "approvals starts steps completions sentiment confidence dealerships manufacturing assembly payments"
)
"""Nouns of what is no trade, where they govern a number."""
_ENDINGS = ("tion", "tions", "sion", "ment", "ments", "ity", "ities", "ness", "ance", "ence", "ship", "ism", "lending")
"""Endings of nouns that name no goods."""
_NO_TOPIC = one_of(
    "equipment equipments shipment shipments commodity commodities ammunition munitions consignment consignments "
    "importation exportation contraction reduction expansion portion proportion section sections nation nations "
    "destination destinations region transaction station stations acceleration deceleration improvement movement "
    "instrument instruments ornament ornaments garment garments cement pigment pigments supplement supplements "
    "quantity quantities performance association administration union federation commission department government "
    "parliament city cities community communities entity entities majority condition conditions momentum mission "
    "statement announcement document element elements implement implements television televisions version division "
    "comparison publication presentation information attention combination exception situation position fraction "
    "addition question location calculation calculations estimation correlation relation relations ratio adjustment "
    "relationship partnership membership difference evidence science reference appliance appliances substance "
    "substances insurance circumstance balance imbalance distance instance importance alliance france fence influence "
    "audience conference preference citation occasion sanction tension decision conclusion discussion depression "
    "recession mention appreciation depreciation quality identity authority priority opportunity security activity "
    "facility"
)


_MADE = one_of("produced made mined grown built assembled manufactured harvested refined smelted caught")
"""What was done to goods that a number is of, where that is not their trade."""
_EARNED = one_of("earnings proceeds receipts revenue revenues turnover")
_FIRM = one_of(
    "group company firm maker carmaker automaker producer retailer bank brand manufacturer operator store airline "
    "miner chipmaker supermarket market tax advertising software studio club hotel retail industry"
)
"""Whose earnings are no trade of a country."""


@dataclass(frozen=True, slots=True)
class Head:
    """The noun that governs a number.

    Attributes
    ----------
    at : int
        Its token; -1 for none.
    sort : str
        `trade`, `goods`, `place`, `again` (it leans on what was said), `topic` (something else than trade), `unknown`,
        or empty where no noun is found.
    """

    at: int
    sort: str


NONE = Head(-1, "")


@lru_cache(maxsize=512)
def head(view: View, quantity: Quantity) -> Head:
    """The noun that governs a number: behind it, in a phrase with `of` before it, or before its verb."""
    for find in (_deed, _behind, _of_before, _subject, _apposed):
        found = find(view, quantity)
        if found is not None:
            return found
    return _goes_on(view, quantity)


def _goes_on(view: View, quantity: Quantity) -> Head:
    """Head of the number before, where nothing is named since (`the price was $517, down 18 %`)."""
    before = next((q for q in reversed(view.quantities) if q.last <= quantity.first), None)
    if before is None or quantity.first - before.last > 6:
        return NONE
    gap = range(before.last, quantity.first)
    if any(n.first in gap and n.role in ("flow", "product", "place", "definition") for n in view.names):
        return NONE
    if not all(view.lows[i] in _GOING_ON or i in view.dated for i in gap):
        return NONE
    return head(view, before)


def is_topic(view: View, quantity: Quantity) -> bool:
    """Whether the noun that governs a number is none of trade (`orders fell 6 %`, `a $3 billion loan`)."""
    return head(view, quantity).sort == "topic"


_GOING_ON = (
    _FILL
    | VERBS
    | one_of(
        ", ( ) or which that and then a per tonne ton barrel kilo kilogram kg pound percent it on year month from over"
    )
)


def leans(view: View, quantity: Quantity) -> bool:
    """Whether a number goes on about figures told before: `the category fell 14 %`, `despite the 4 % decline`.

    So it is where its noun has no meaning of its own, or is one of goods, and in an item of a list (`- Rubber: 3 %`).
    """
    found, lows = head(view, quantity), view.lows
    if found.sort == "again":
        if 0 <= found.at - quantity.last <= 2 and lows[found.at] in _CHANGES:
            return True
        if lows[found.at - 1] == "'s" and found.at:  # the Fed's rate; October's readings
            dated = any(m.span and m.last in (found.at - 1, found.at) for m in view.dates)
            return dated or any(n.role == "place" and n.last == found.at - 1 for n in view.names)
        return bool(_DEFINITE & set(lows[max(0, found.at - 4) : found.at + 1]))
    if found.sort == "goods":
        return True
    if found.sort or any(n.role in ("other", "policy") for n in view.names):
        return False
    if lows[quantity.last : quantity.last + 1] and lows[quantity.last] in _CHANGES:
        return lows[quantity.first - 1 : quantity.first] in (["the"], ["this"], ["that"])
    return False


_DEFINITE = one_of("the this that these those it they its their 's which")


def _behind(view: View, quantity: Quantity) -> Head | None:
    """Head of `a 5 % rise in orders`, `a $3 billion contract`, `40 % of output`; None for none."""
    lows, at = view.lows, quantity.last
    if at >= len(lows) or quantity.unit != "%" and _moves(view, quantity):
        return None
    if lows[at] == "worth" and lows[at + 1 : at + 2] == ["of"]:
        return _phrase(view, at + 2, _phrase_end(view, at + 2))
    if lows[at] == "of":
        if lows[at + 1 : at + 3] in (["its", "value"], ["their", "value"]):
            return Head(at + 2, "topic")  # the lira lost 40 % of its value
        return _phrase(view, at + 1, _phrase_end(view, at + 1), behind=True)
    end = at
    while end < len(lows) and end - at < 4 and not _ends_noun(view, end, at):
        end += 1
    if end == at or not (_has_article(view, quantity) or lows[end - 1] in _CHANGES):
        return None
    if lows[end - 1] in _CHANGES and lows[end : end + 1] in (["in"], ["of"]):
        return _phrase(view, end + 1, _phrase_end(view, end + 1))
    return _phrase(view, at, end) if lows[at] not in _VERBAL else None


def _ends_noun(view: View, i: int, first: int) -> bool:
    """Whether a word ends the noun that begins right behind a number: a verb, a preposition, a date."""
    low = view.lows[i]
    if low in _PHRASE_ENDS or i in view.dated:
        return True
    return i > first and low in _VERBAL and low not in _CHANGES


def _moves(view: View, quantity: Quantity) -> bool:
    """Whether a flow stands right before a number (`exported almost 720,000 MW of`)."""
    return any(n.role == "flow" and 0 <= quantity.first - n.last <= 3 for n in view.names)


_BETWEEN = one_of("nearly about almost roughly around than more further record")
"""Words that may stand between an article and a number."""


def _has_article(view: View, quantity: Quantity) -> bool:
    """Whether an article stands before a number, so that a noun follows it."""
    lows, at = view.lows, quantity.first - 1
    while at > 0 and lows[at] in _BETWEEN:
        at -= 1
    return at >= 0 and lows[at] in ("a", "an", "the", "its", "their", "this", "'s", "another")


def _of_before(view: View, quantity: Quantity) -> Head | None:
    """Head of `orders of $3 billion`, `at a capacity of 5 million tonnes`; None for none."""
    lows, at = view.lows, quantity.first - 1
    while at >= 0 and lows[at] in _FILL:
        at -= 1
    if at < 1 or lows[at] not in ("of", "worth"):
        return None
    first = _phrase_start(view, at)
    if lows[at] == "of":
        first = next((i + 1 for i in range(at - 1, first - 1, -1) if lows[i] in _PREPOSITIONS), first)
    return _phrase(view, first, at)


_DEEDS = one_of(
    "lent lend lends loaned owe owes owed borrowed borrows invest invests invested investing consume consumes consumed "
    "consuming assembled assembles assembling employ employs employed employing hire hires hired pledged pledges "
    "allocated allocates earmarked approved disbursed disburses granted donated pays paid saved saves saving raised "
    "raises burned burns processed processes refined refines refining mined mines mining harvested harvests planted "
    "produced produces producing manufactured manufactures built builds installed installs operates operated operating "
    "handled handles handling carried carries hosts hosted attracted attracts stored stores owns owned "
    "separates separated needs needed laid fired recruited covers covered farms cultivates extended issued issues "
    "fined fetches fetch charges charged delivered delivers licensed registered drew drawn drawing poured smelted "
    "churned "
    "turned turn turning pumped"
)
"""What is done to money, goods and people that is no trade."""
_OUT = one_of("turned turn turning churned pumped")
"""Verbs by which something is made, with `out`."""
_TRADED = one_of("export exports exported import imports imported abroad overseas trade shipments")


def _deed(view: View, quantity: Quantity) -> Head | None:
    """The verb whose object a number is, where that is no trade (`lent $4.7 billion`, `consumes 802 tonnes`)."""
    lows, at = view.lows, quantity.first - 1
    while at >= 0 and quantity.first - at < 8 and (lows[at] in _FILL or at in view.dated):
        at -= 1
    at -= lows[at] == "out" and lows[at - 1] in _OUT
    if at > 0 and lows[at] == "back" and lows[at - 1] in ("bring", "brought", "bringing"):
        at -= 1  # agreed to bring back another 2 million barrels a day
        return None if _TRADED & set(lows[max(0, at - 12) : quantity.last + 9]) else Head(at, "topic")
    able = at > 0 and lows[at - 1] in ("can", "could") and view.words[at].kind == "w"
    if (
        at < 0
        or lows[at] not in _DEEDS
        and not able
        or any(n.role == "flow" and n.first <= at < n.last for n in view.names)
    ):
        return None
    near = lows[max(0, at - 12) : quantity.last + 9]
    return None if _TRADED & set(near) else Head(at, "topic")


def _subject(view: View, quantity: Quantity) -> Head | None:
    """Head of what stands before the verb of a number; None where no verb leads to it."""
    lows, at = view.lows, quantity.first - 1
    while (
        at >= 0
        and quantity.first - at < 10
        and (lows[at] in _FILL and at not in view.counted or lows[at].endswith("ly") or at in view.dated)
    ):
        at -= 1
    if at < 0 or not _is_verb(view, at):
        return None
    if any(n.role == "flow" and at <= n.first < quantity.first for n in view.names):
        return Head(at, "trade")
    end = at
    while end > 0 and (lows[end - 1] in _HELPERS or lows[end - 1].endswith("ly") or end - 1 in view.dated):
        end -= 1
    first = _phrase_start(view, end)
    led = first < end and lows[first] in _PREPOSITIONS and first + 1 not in view.dated
    if lows[end - 2 : end] == ["the", "two"] or lows[end - 1 : end] == ["both"]:
        return Head(end - 1, "goods")  # in the third quarter the two grew 11 and 3 percent
    if first < end and all(i in view.dated or lows[i] in _BY_ITSELF for i in range(first, end)):
        return Head(end - 1, "goods")  # November alone yielded $111 billion
    return None if led else _phrase(view, first, end)


_BY_ITSELF = one_of("on its own alone by itself in isolation only")
_WENT = one_of("come left arrived departed landed been put")


def _apposed(view: View, quantity: Quantity) -> Head | None:
    """Head of a noun that a number stands behind between commas (`the difference, $95 billion, was up`)."""
    lows, at = view.lows, quantity.first - 1
    if lows[quantity.last : quantity.last + 1] != [","] or at < 1 or lows[at] != ",":
        return None
    return _phrase(view, _phrase_start(view, at), at)


def _is_verb(view: View, at: int) -> bool:
    low = view.lows[at]
    if low in VERBS or low in _WENT:
        return True
    past = low.endswith("ed") and len(low) > 4 and not low.endswith("eed")
    return past and not any(n.first <= at < n.last for n in view.names if n.role != "forecast")


def _phrase_start(view: View, end: int) -> int:
    """First token of the noun phrase that ends before a token."""
    at = end
    while at > 0 and end - at < 24 and view.lows[at - 1] not in _BOUNDS and at - 1 not in view.counted:
        if _is_verb(view, at - 1) and view.lows[at - 1] not in _CHANGES and not _modifies(view, at - 1, end):
            break
        at -= 1
    return at


def _modifies(view: View, at: int, end: int) -> bool:
    """Whether a participle only says more of the noun before it (`orders received by builders`)."""
    lows = view.lows
    if not lows[at].endswith("ed") or at + 1 >= end or lows[at + 1] not in _PREPOSITIONS or at == 0:
        return False
    return view.words[at - 1].kind == "w" and lows[at - 1] not in _NO_OBJECT and at - 1 not in view.dated


def _phrase_end(view: View, first: int) -> int:
    """Token after the noun phrase that begins at a token."""
    at = first
    while at < len(view.lows) and at - first < 16 and view.lows[at] not in _BOUNDS:
        if at in view.counted or _is_verb(view, at) and view.lows[at] not in _CHANGES:
            break
        at += 1
    return at


def _phrase(view: View, first: int, end: int, *, behind: bool = False) -> Head | None:
    """Head of a noun phrase: its last word before a preposition; past nouns such as `value`, that of what follows."""
    lows = view.lows
    while first < end:
        while first < end and (
            lows[first] in _PREPOSITIONS or first in view.dated or lows[first] in ("the", "a", "an")
        ):
            first += 1
        stop = next((i for i in range(first + 1, end) if lows[i] in _PREPOSITIONS or _modifies(view, i, end)), end)
        if (at := _last_noun(view, first, stop)) < 0:
            return None
        if any(first <= s.head < stop for s in view.subjects):
            return Head(at, "trade")
        if any(n.role == "flow" and first <= n.first < stop for n in view.names):
            return Head(at, "trade")
        if lows[at] in _AGAIN and stop < end and lows[stop] in ("of", "in", "for", "from", "on"):
            first = stop + 1
            continue
        made = lows[stop : stop + 1] and lows[stop] in _MADE and (behind or stop < end)
        return Head(at, "topic" if made else _sort(view, at, lows[first:stop]))
    return None


def _last_noun(view: View, first: int, stop: int) -> int:
    at = stop - 1
    while at >= first and (at in view.dated or view.lows[at] in _NO_NOUN or view.lows[at].endswith("ly")):
        at -= 1
    return at if at >= first and view.words[at].kind == "w" else -1


_NO_NOUN = one_of("'s ’s ' alone also abroad overseas there here combined the a an had has have")


def _sort(view: View, at: int, phrase: Sequence[str]) -> str:
    """What kind of noun stands at a token."""
    low = view.lows[at]
    named = next((n.role for n in view.names if n.first <= at < n.last), "")
    if named == "product":
        return "goods"
    if named == "other" or low in _TOPICS:
        return "topic"
    if low in _AGAIN:
        return "topic" if low in _EARNED and _FIRM & set(phrase[:-1]) else "again"
    if named in ("place", "definition", "office"):
        return "place" if named == "office" else named
    if named:
        return "unknown"
    return "topic" if low.endswith(_ENDINGS) and low not in _NO_TOPIC and low.islower() else "unknown"
