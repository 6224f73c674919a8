"""What the words beside a number make of it: its qualifier and sign, whether it is a share, a surplus or a change."""

from functools import lru_cache

from entrepot.claims import changing
from entrepot.claims.bases import is_base
from entrepot.claims.quantity import Quantity
from entrepot.claims.verbs import DOWN, MOVES, PACE, UP
from entrepot.claims.views import View, clause_start
from entrepot.claims.words import called, one_of

_QUALIFIERS = called(
    {
        "about": "about; around; roughly; approximately; some; circa; estimated; approx; or so",
        "nearly": "nearly; almost; close to; just under; just below; just shy of; nearing; approaching",
        "over": """
            over; more than; above; exceeding; exceeded; at least; surpassing; surpassed; past; passed; breached;
            surpasses; surpass; exceed; passes;
            topping; topped; tops; crossed;
            crossing; cross; crosses; beyond; broke above; breaks above; in excess of; upwards of;
            higher than; exceeds; just over;
            slightly more than; a little over; just above; well over; no less than
        """,
        "under": "less than; under; below; fewer than; lower than; not more than; no more than",
    }
)
_QUALIFIER_ENDS = frozenset(words.split()[-1] for words in _QUALIFIERS)
_SHARE_BEFORE = one_of(
    "accounted accounting account accounts made making represented representing share proportion comprised comprising "
    "constituted constituting represents makes comprises constitutes portion weight taking takes"
)
_SHARE_NOUN = one_of("share proportion weight portion ratio")
_LIFTS = one_of(
    "raised raising raises lifted lifting pushed pushing brought bringing boosted boosting lowered lowering took"
)
_RANKED_AS = one_of("largest biggest")
_PARTNERS = one_of("partner market destination supplier source")
_CHANGE_BY = one_of(
    "up down rose fell increased decreased widened narrowed grew dropped declined jumped shrank climbed surged gained "
    "climbing rising falling jumping dropping soaring surging increasing decreasing growing shrinking "
    "narrowing widening "
    "slid plunged slumped tumbled plummeted sank slipped soared expanded contracted swelled eased shed lost added "
    "dipped"
)
_MOST = one_of("highest largest biggest sharpest steepest strongest")
_MADE_UP = one_of(
    "make makes making snapped bought scooped made took racked chalked rang piled clocked notched ran built"
)
_SHORT_OF = one_of("fell fall falls falling dropped came")
_SHORTS = [[w] for w in ("short", "below", "within", "well", "far", "shy")]
_PASSED = one_of("exceeded exceeding outstripped outstripping outweighed surpassed topped")
_SOLD = one_of("sold exports exported sales")
_BOUGHT = one_of("purchased bought imports imported purchases")
_QUALIFIER_SKIP = one_of(
    "a an the record of only just by to at reach reaching hit still also have has as much very mark another"
)
_COMPARATIVES = one_of("smaller larger bigger lower higher faster slower stronger weaker milder softer")
_DEGREES = one_of("a an the comparatively relatively slightly much even still somewhat far marginally")
_ASIDES = one_of("( - – —")
_ENDS = one_of("in from of to for and on than with at")
_BOUNDS = one_of("above below")
_TURNED = one_of("above more higher growing growth improved")
_CHANGE_FILL = one_of("a an the about approximately roughly nearly almost only just around some negative minus - +")
_INTRO = one_of("from than versus against")
_TAKES_UP = tuple([verb, "up"] for verb in one_of("takes taking took take makes making made make"))
_MORE = one_of("more less fewer higher lower bigger larger smaller steeper sharper")
_CHANGES = one_of("increases decreases gains declines drops rises")
_CHANGE_AFTER = one_of("increase decrease drop decline rise jump fall")
_CHANGE_GAP = one_of("year month on over - sharp monthly annual annualized yearly overall net combined steep slight")
_CLAUSE_ENDS = one_of(", ; of and with while up down")
_THOUGHT = one_of("expected forecast anticipated predicted feared -")
_COMPARED_AFTER = one_of("more less fewer higher lower smaller larger bigger wider narrower")
_CHANGE_NOUNS = one_of("growth increase rise decrease drop fall decline")
_CHANGE_OF = one_of("increase decrease rise drop decline fall reduction increases decreases rises drops declines falls")


def qualifier(view: View, quantity: Quantity) -> str:
    """`exact`, `about`, `nearly`, `over` or `under`, from the words just before a number.

    `over` after a verb of change (`up over 5 %`) is read the same; `up above` and other places are not looked at.
    """
    at = quantity.first
    if is_base(view, quantity) and view.lows[at - 1 : at] == ["over"]:
        return "exact"
    for _ in range(5):
        for size in (3, 2, 1) if at and view.lows[at - 1] in _QUALIFIER_ENDS else ():
            words = " ".join(view.lows[at - size : at]) if at >= size else ""
            if words in _QUALIFIERS:
                return _QUALIFIERS[words] if words != "past" or view.lows[at - 2 : at - 1] != ["the"] else "exact"
        if at > 0 and view.lows[at - 1] in _QUALIFIER_SKIP:
            at -= 1
        else:
            break
    after = " ".join(view.lows[quantity.last : quantity.last + 2])
    return "about" if after == "or so" else "over" if after in ("or more", "plus") else "exact"


@lru_cache(maxsize=64)
def direction(view: View, quantity: Quantity) -> int | None:
    """+1 or -1 from the word of change that governs a number; None where there is none in its clause."""
    return (
        _own_sign(view, quantity)
        or changing.sign(view, quantity)
        or _sign_after(view, quantity)
        or _sign_before(view, quantity)
        or None
    )


def _own_sign(view: View, quantity: Quantity) -> int:
    """Sign printed at a number: a minus, `negative`, `short of`; 0 for none."""
    first, last = quantity.first, quantity.last
    before = view.lows[first - 1] if first else ""
    alone = first < 2 or view.words[first - 1].gap or view.lows[first - 2] == "("
    if before in ("-", "−", "–") and alone and not view.words[first].gap:
        return -1
    if before in ("minus", "negative") or view.lows[last : last + 2] == ["short", "of"]:
        return -1
    return 1 if before == "+" else 0


def _sign_after(view: View, quantity: Quantity) -> int:
    """Sign by a word of change just after a number (`a 5 % rise`); 0 for none."""
    last = _after_restated(view, quantity)
    dated = next((m.last - last for m in view.dates if m.first == last and m.role == "base" and not m.span), 0)
    for at in range(last, min(last + 4 + dated, len(view.lows))):
        low = view.lows[at]
        if last <= at < last + dated:
            continue  # a 2.2 per cent year-on-year contraction
        if view.segment[at] != view.segment[max(last - 1, 0)] or low in _ENDS or _falls_short(view, at):
            return 0
        if low in UP or low in DOWN or low == "slower":
            return 1 if low in UP else -1
        if (
            low in ("under", "behind")
            and at == last
            and view.lows[at + 1 : at + 2] in (["the"], ["that"], ["those"])
            and _held(view, at, low)
        ):
            return -1  # 16.7 per cent under the $286 billion of
    return 0


def _held(view: View, at: int, low: str) -> bool:
    """Whether what a number is `behind` is a time (`5.2 % behind the first five months of 2024`)."""
    return low == "under" or any(m.first - at in (1, 2) for m in view.dates)


def falls_after(view: View, quantity: Quantity) -> bool:
    """Whether a word of change stands just after a number, which then has its sign."""
    return _sign_after(view, quantity) != 0


def _after_restated(view: View, quantity: Quantity) -> int:
    """Token after a number and the bracket that says it in another way (`a $394 million (2 %) fall`)."""
    lows, last = view.lows, quantity.last
    if lows[last : last + 1] == [")"]:
        before = next((q for q in view.quantities if 0 < quantity.first - q.last <= 3), None)
        inside = before is not None and lows[before.last] == "("
        return last + 1 if inside else last
    if lows[last : last + 1] != ["("]:
        return last
    inner = next((q for q in view.quantities if 0 < q.first - last <= 3), None)
    return inner.last + 1 if inner is not None and lows[inner.last : inner.last + 1] == [")"] else last


def _sign_before(view: View, quantity: Quantity) -> int:
    """Sign by the nearest word of change before a number in its clause; 0 for none."""
    first = quantity.first
    stop = clause_start(view, first)
    while stop and (view.lows[stop] in _ASIDES or _bounds(view, stop, first) or _expected(view, stop, first)):
        if view.lows[stop] != "(" and view.lows[stop + 1] not in ("by", "than") and view.lows[stop] != "than":
            break
        stop = clause_start(view, stop - 1)  # declined more than 20 %; fell in May - by 3 %
    floor = max((q.last for q in view.quantities if q.last <= first), default=0)
    while (
        stop > floor and view.lows[stop] == "," and not any(s.first >= stop and s.tail <= first for s in view.subjects)
    ):
        stop = clause_start(view, stop - 1)  # imports grew unexpectedly, by 3 %
    if is_base(view, quantity):  # down sharply from last month's 36.9 %: what went down is not the 36.9
        intro = [i for i in range(max(stop, first - 9), first) if view.lows[i] in _INTRO]
        stop = max([stop, *intro])
    for at in range(first - 1, max(stop, floor) - 1, -1):
        low, near = view.lows[at], at == first - 1
        if _falls_short(view, at) or low in _MORE and view.lows[at + 1 : at + 2] == ["than"]:
            continue
        if low in ("more", "less") and not near and view.lows[at + 1] not in ("by", "than"):
            continue  # fell a more modest 1.1 %
        if low == "back" and at > stop and view.lows[at - 1] in ("pulled", "pulling", "scaled", "scaling"):
            return -1
        if low == "off" and view.lows[at + 1] == "the":
            continue  # well off the 21.8 percent clip of February
        if low == "off" and at >= first - 2 or low in ("eased", "easing", "ease", "cooled") and near:
            return -1
        if low in PACE:
            return (1 if low in _QUICKER else -1) if quantity.unit == "pp" else _noun_of_pace(view, at)
        if low in _COMPARATIVES and view.lows[at + 1 : at + 2] == ["margin"]:
            continue
        if low in _COMPARATIVES and near and view.lows[at - 1 : at] and view.lows[at - 1] in _DEGREES:
            continue  # grew by a comparatively smaller 10 %
        if low in MOVES and not near and (told := _of_change_told(view, at, first)):
            return told
        if low in _BOUNDS:
            continue  # below the previous month's 23 %
        if low in DOWN and not (low == "less" and near):
            return -1
        turned = low in _TURNED and at > stop and view.lows[at - 1] == "negative"  # negative growth of 3 %
        if low in UP and not turned:
            return 1
    return 0


def _bounds(view: View, i: int, first: int) -> bool:
    """Whether `than` at a token only makes a bound of the number after it (`declined more than 20 %`)."""
    if view.lows[i] != "than" or first != i + 1 or i < 2 or view.lows[i - 1] not in _MORE:
        return False
    return view.lows[i - 2] in MOVES or view.lows[i - 2] == "by"


def _expected(view: View, i: int, first: int) -> bool:
    """Whether `than` at a token only says that more was thought (`shrank by a bigger than expected 21 %`)."""
    return view.lows[i] == "than" and 0 < first - i <= 3 and set(view.lows[i + 1 : first]) <= _THOUGHT


def _falls_short(view: View, at: int) -> bool:
    """Whether a fall is only one short of something (`fell short`, `came below`)."""
    return view.lows[at] in _SHORT_OF and view.lows[at + 1 : at + 2] in _SHORTS


def _of_change_told(view: View, at: int, first: int) -> int:
    """Sign of what grew or shrank to a rate where that is itself a change (`export growth fell to 2 %`); 0 for none."""
    lows = view.lows
    if not {"to", "at"} & set(lows[at + 1 : first]):
        return 0
    floor = max((q.last for q in view.quantities if q.last <= at), default=0)
    start = max(clause_start(view, at), floor)
    for i in range(at - 1, start - 1, -1):
        if lows[i] in ("that", "those") and lows[i + 1] in ("in", "of"):  # the drop in exports deepened, that in ...
            start = 0
        elif i < start:
            break
    for i in range(at - 1, start - 1, -1):
        noun = (
            lows[i] == "growth"
            or lows[i] in _CHANGE_NOUNS
            and (lows[i + 1] in ("in", "of") or i > 0 and lows[i - 1] in ("the", "'s", "its", "their"))
        )
        if noun:
            return 1 if lows[i] in UP else -1
    return 0


def _noun_of_pace(view: View, at: int) -> int:
    """Sign of a rate that slowed or quickened: that of the noun before it (`the decline slowed to`)."""
    told = _of_change_told(view, at, at + 3)
    return told or (-1 if set(view.lows[max(at - 5, 0) : at]) & DOWN else 1)


def is_share(view: View, quantity: Quantity) -> bool:
    """Whether a percentage is a part of a whole."""
    start = clause_start(view, quantity.first)
    if start and view.lows[start] in ("than", "("):
        start = clause_start(view, start - 1)  # its share fell to less than 6 %
    floor = max((q.last for q in view.quantities if q.last <= quantity.first), default=0)
    back = view.lows[max(start, floor, quantity.first - 12) : quantity.first]
    ahead = view.lows[quantity.last : quantity.last + 4]
    if ahead[:2] == [")", "of"] and back[-1:] == ["("] and set(view.lows[max(0, start - 8) : start]) & _SHARE_BEFORE:
        return True  # accounting for £93.0 billion (7.3 %) of the total
    if ahead[:1] == ["of"]:
        if of_change(view, quantity):
            return True
        if any(m.first - quantity.last in (1, 2) for m in view.dates) and ahead[1:2] != ["total"]:
            return False  # less than the 32.3 % of April
        return not set(back[-3:]) & {"growth", "rate"}
    if ahead[:1] == ["share"] or ahead[:2] == ["market", "share"] or back[-2:] in _TAKES_UP:
        return True
    rest = [low for low in back[-5:] if low not in ("the", "other", "remaining", "rest", "another")]
    if rest[-2:] in (["making", "up"], ["makes", "up"], ["make", "up"]) or rest[-2:] == ["made", "up"]:
        return True
    if ["made", "up", "for"] in (back[i : i + 3] for i in range(len(back))):
        return False
    if back == [","] and view.lows[quantity.last : quantity.last + 1] == [","] and start > 0:
        before = view.lows[clause_start(view, start - 1) : start]
        if set(before) & _SHARE_NOUN and not set(before) & MOVES:
            return True  # their share of its total, 32.9 %, is up
    if _share_moved(view, quantity) or ranked_share(view, quantity):
        return True
    change = next((i for i, low in enumerate(view.lows[quantity.last : quantity.last + 6]) if low in _CHANGE_AFTER), -1)
    if change >= 0 and not set(view.lows[quantity.last : quantity.last + change]) & _CLAUSE_ENDS:
        return bool(set(back) & _SHARE_NOUN)  # which represents an 8 % increase
    if set(back) & _SHARE_BEFORE and not (set(back[-3:]) & MOVES and not set(back) & _SHARE_NOUN):
        words = set(back)
        if words & _SHARE_NOUN:
            return True
        return bool(words & {"for", "up", "of", "accounting", "accounted"} or words & _SHARE_BEFORE)
    return False


def of_change(view: View, quantity: Quantity) -> bool:
    """Whether the whole of a part is itself a change (`three-quarters of the increase`, `60 % of the decline`)."""
    dated = {i for m in view.dates for i in range(m.first, m.last)}
    after = range(quantity.last, min(quantity.last + 8, len(view.lows)))
    ahead = [low for i in after if i not in dated and (low := view.lows[i]) not in _OF_WHOLE]
    return ahead[:1] == ["of"] and bool(set(ahead[1:3]) & _CHANGE_NOUNS) and "rate" not in ahead[:4]


def contributes(view: View, quantity: Quantity) -> bool:
    """Whether a rate is what a part added to growth (`contributed 2.4 % to growth`, `pulled up imports by`)."""
    lows = view.lows
    if lows[quantity.last : quantity.last + 2] == ["contribution", "to"]:
        return "growth" in lows[quantity.last : quantity.last + 8]
    if _ADDS.isdisjoint(view.said) and _PULLS.isdisjoint(view.said):
        return False
    back = lows[max(clause_start(view, quantity.first), quantity.first - 9) : quantity.first]
    if set(back) & _ADDS and "to" in lows[quantity.last : quantity.last + 3]:
        return "growth" in lows[quantity.last : quantity.last + 8]
    led = any(a in _PULLS and b in ("up", "down") for a, b in zip(back, back[1:], strict=False))
    return led and back[-1] == "by"


_OF_WHOLE = one_of("the total overall its 's year")
_ADDS = one_of("contributed contributing contribute contributes added adding")
_QUICKER = one_of("quickened accelerated accelerating")
_PULLS = one_of("pulled pulling dragged dragging")


def _share_moved(view: View, quantity: Quantity) -> bool:
    """Whether a rate is what a share moved from or to (`its share rose from 12.8 % in 2018 to 15.5 % in 2023`)."""
    lead = [low for low in view.lows[max(0, quantity.first - 3) : quantity.first] if low not in _CHANGE_FILL]
    if lead[-1:] not in (["from"], ["to"]):
        return False
    back = view.lows[max(0, quantity.first - 24) : quantity.first]
    stop = max((i + 1 for i, low in enumerate(back) if low in (";", "while", "whereas", "but", ".")), default=0)
    at = max((i for i, low in enumerate(back) if low in _SHARE_NOUN and i >= stop), default=-1)
    part = [i for i in range(stop, len(back)) if back[i] in ("part", "slice") and back[i + 1 : i + 3] == ["of", "the"]]
    at = max([at, *part])
    if at < 0:
        return False
    other = {"exports", "imports", "trade", "sales", "shipments"} & set(back[at + 1 :])
    moves = MOVES & set(back[at:]) or _LIFTS & set(back[max(0, at - 3) : at])
    return bool(moves) and (not other or back[at + 1 : at + 2] in (["of"], ["in"]))


def ranked_share(view: View, quantity: Quantity) -> bool:
    """Whether a rate stands alone in brackets after a partner told by rank (`the largest market for cars (9 %)`)."""
    if view.lows[quantity.first - 1 : quantity.first] != ["("] or view.lows[quantity.last : quantity.last + 1] != [")"]:
        return False
    if any(q.last == quantity.first - 1 for q in view.quantities):
        return False  # the largest export item came to $12.5 billion (30.8 %)
    back = view.lows[max(0, quantity.first - 14) : quantity.first]
    return bool(_RANKED_AS & set(back)) and bool(_PARTNERS & set(back)) and not MOVES & set(back)


def is_surplus(view: View, quantity: Quantity) -> int:
    """+1 where a number is how much more was sold than bought (`exported $4 billion more than it imported`)."""
    if passed := _passed_by(view, quantity):
        return passed
    if view.lows[max(0, quantity.first - 2) : quantity.first] == ["difference", "of"]:
        after = view.lows[quantity.last : quantity.last + 6]
        ours = after[:2] in (["was", "in"], ["is", "in"]) and bool({"favor", "favour"} & set(after))
        return 1 if ours else 0  # the difference of $12.8 billion was in Peru's favor
    ahead = view.lows[quantity.last : compared_until(view, quantity)]
    if not ahead or not set(ahead[:2]) & {"more", "less"}:
        return 0
    more = 1 if "more" in ahead[:2] else -1
    if ahead[1:] in _OF_BOTH:
        return more  # 5 billion more in exports than imports
    bought, sold = set(ahead) & _BUYS, set(ahead) & _SELLS
    if bool(bought) == bool(sold):
        return 0
    before_it = set(view.lows[max(0, quantity.first - 6) : quantity.first])
    if not before_it & (_SELLS | {"shipped"} if bought else _BUYS):
        return 0
    return (1 if bought else -1) * more


def compared_until(view: View, quantity: Quantity) -> int:
    """Token after what a number is said to be more than (`$4 billion more in May than it imported`); 0 for none."""
    lows, last = view.lows, quantity.last
    than = next((i for i in range(last + 1, min(last + 14, len(lows))) if lows[i] == "than"), 0)
    if not than or {",", ";", "while"} & set(lows[last:than]):
        return 0
    return next((i + 1 for i in range(than + 1, min(than + 5, len(lows))) if lows[i] in _BUYS | _SELLS), 0)


_BUYS = one_of("imported bought imports purchased")
_SELLS = one_of("exported sold exports")
_OF_BOTH = [["in", "exports", "than", *way, "imports"] for way in ([], ["in"])]


def _bracketed_change(view: View, quantity: Quantity, at: int, back: list[str]) -> bool:
    """Whether an amount in brackets is a change: `increases in cars ($4.1 billion)`, `down 7.5 % ($2 billion)`."""
    if any(m.span and m.role == "period" and 0 <= m.first - quantity.last <= 1 for m in view.dates):
        return False  # dropped 9.8 % ($1,972 million in April 2022)
    rate = next((q for q in view.quantities if q.last == at and q.unit == "%"), None)
    if rate is not None:
        return not is_share(view, rate) and direction(view, rate) is not None
    if back and back[-1] in ("imports", "exports", "trade") and back[-2:-1] == ["in"] and set(back) & _CHANGE_OF:
        return bool(set(back) & _MOST)  # the highest increase in imports ($3.5 billion)
    if _moved_with(view, quantity, at):
        return True
    changed = [i for i, word in enumerate(back) if word in _CHANGES or word in _MORE]
    told = back[changed[-1] + 1 :] if changed else []
    more = bool(changed) and back[changed[-1]] in _MORE
    return (
        told[:1] == ["in"]
        or told[1:3] in (["seen", "in"], ["observed", "in"], ["recorded", "in"])
        or more
        and "of" in told
    )


def _moved_with(view: View, quantity: Quantity, at: int) -> bool:
    """Whether a bracket after a place says by how much trade with it moved (`rose with Korea ($2.9 billion) and`)."""
    lows = view.lows
    place = next((n for n in view.names if n.role == "place" and n.last == at), None)
    begin = place.first - 1 if place else -1
    begin -= begin > 0 and lows[begin] == "the"
    if begin <= 0 or lows[begin] not in ("with", "to", "from"):
        return False
    return lows[begin - 1] in _CHANGE_BY and not any(q.unit == "%" for q in view.quantities)


def _leads_change(view: View, quantity: Quantity) -> bool:
    """Whether an amount stands before its change (`a $2 billion rise`, `the $179 million month-on-month growth in`)."""
    at = start = _after_restated(view, quantity)
    while at < len(view.lows) and view.lows[at] in _CHANGE_GAP:
        at += 1
    told = at > start and view.lows[at : at + 1] == ["growth"]
    return at < len(view.lows) and at - start <= 5 and (view.lows[at] in _CHANGE_AFTER or told)


def _passed_by(view: View, quantity: Quantity) -> int:
    """+1 where what was sold exceeded what was bought by a number, -1 the other way round, 0 for neither."""
    back = view.lows[max(0, quantity.first - 40) : quantity.first]
    if not back or back[-1] not in ("by", "about", "nearly", "almost", "over") or "by" not in back[-3:]:
        return 0
    at = max((i for i, low in enumerate(back) if low in _PASSED), default=-1)
    if at < 0:
        return 0
    begins = quantity.first - len(back) + at
    between = [q for q in view.quantities if begins < q.first < quantity.first]
    if any(view.lows[q.first - 1] not in ("of", "(") for q in between):
        return 0  # exports surpassed $112 billion, imports grew by 66 %
    ahead, behind = set(back[at:]), set(back[:at])
    if ahead & _BOUGHT and behind & _SOLD:
        return 1
    return -1 if ahead & _SOLD and behind & _BOUGHT else 0


@lru_cache(maxsize=64)
def is_change(view: View, quantity: Quantity) -> bool:
    """Whether an amount is how much a level changed (`up $8.4 billion`), not what it reached."""
    if changing.moved(view, quantity):
        return True
    at = quantity.first - 1
    while at >= 0 and (view.lows[at] in _CHANGE_FILL or view.lows[at - 1 : at + 1] == ["more", "than"]):
        at -= 2 if view.lows[at] == "than" else 1
    if at < 0:
        return _leads_change(view, quantity)
    low, back = view.lows[at], view.lows[max(0, at - 9) : at]
    after = view.lows[quantity.last] if quantity.last < len(view.lows) else ""
    if low == "up" and back and back[-1] in _MADE_UP:
        return False
    if after in _COMPARED_AFTER:
        return view.lows[quantity.last + 1 : quantity.last + 2] == ["than"] or low in ("was", "were", ",", "(")
    if _leads_change(view, quantity):
        return True
    if low == "by" and "in" in back and set(back) & _CHANGE_OF:
        return True  # a reduction in the deficit with China by $1 billion
    if low == "or":
        near = [q for q in view.quantities if q.unit in ("%", "pp") and 0 <= quantity.first - q.last <= 4]
        if near and view.lows[near[-1].last] in _MORE and view.lows[near[-1].last + 1].isalpha():
            return False  # did 7 percent more trade, or CNY10.2 trillion
        return any(not is_share(view, q) for q in near)
    if low == "by":
        return bool(set(back[-4:]) & MOVES)
    if low in ("is", "was"):  # the growth of trade with Chile was $5 billion
        start = clause_start(view, quantity.first)
        return view.lows[start] == "the" and view.lows[start + 1] in _CHANGE_NOUNS
    if low == "(":
        if view.lows[quantity.first - 1] in "+-−–" and not any(s.flow == "B" and s.tail <= at for s in view.subjects):
            return True  # to Thailand (+$1.1 billion)
        return _bracketed_change(view, quantity, at, back)
    if low == "of":
        return bool(set(back[-1:]) & _CHANGE_OF or set(back) & _CHANGE_OF and "in" in back)
    return low in _CHANGE_BY
