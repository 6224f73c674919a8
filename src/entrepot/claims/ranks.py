"""Ranks: `the second-largest market`, `came in third`, `in 22nd place`, `No. 1 in trade with the U.S.`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from entrepot.claims.names import Name
from entrepot.claims.numerals import NUMBER_WORDS
from entrepot.claims.subjects import UNIONS, WORLD
from entrepot.claims.views import View
from entrepot.claims.words import listed, one_of

_ORDINALS = listed(
    "first; second; third; fourth; fifth; sixth; seventh; eighth; ninth; tenth; eleventh; twelfth; thirteenth; "
    "fourteenth; fifteenth; sixteenth; seventeenth; eighteenth; nineteenth; twentieth"
)
NTH = {word: n for n, word in enumerate(_ORDINALS, 1)}
"""Value of an ordinal in words."""
_ENDINGS = one_of("st nd rd th")
SUPERLATIVES = one_of("largest biggest top leading foremost")
_PARTNERS = one_of("partner")
_BUYERS = one_of("market destination buyer importer customer purchaser client recipient outlet taker")
_SELLERS = one_of("supplier source seller origin")
_RANKED = _PARTNERS | _BUYERS | _SELLERS
_STOPS = one_of(", . ; : ( ) and or was is were are of in to for from by as than among")
_COUNTS = one_of("two three four five six seven eight nine ten dozen")
_PARTS = one_of("region continent bloc province state city area")
_OVERTAKES = one_of(
    "overtook overtaking overtake overtaken surpassed surpassing unseated unseating replaced replacing displaced "
    "displacing dethroned dethroning eclipsed eclipsing outpaced ousted toppled"
)
_PASSIVE = one_of("was were been being is be")
_LOSES = one_of("ending ended lost losing loses end knocked off from")
_RANKING = one_of("ranked ranks ranking rank placed came comes followed finished occupying occupied")
_PLACES = one_of("place position positions places spot slot")
_LIST = 40
"""Words over which a list of places goes on (`came in second with $96 billion, Korea third with $70 billion`)."""
_ENDS = one_of(", . ; ) with at in by among globally overall worldwide for after behind on from - – —")


_LARGEST = SUPERLATIVES | {"most", "primary"}
"""Words that say who is largest."""
_NUMBERED = ("no", "#", "number")
_OPENERS = _LARGEST.union(NTH, _NUMBERED)
"""Words, besides digits, that a place may begin with."""
_TELLING = _OPENERS | _ENDINGS
"""Words of which a sentence with a rank has one."""


@dataclass(frozen=True, slots=True)
class Told:
    """A rank, a run or a record that a sentence tells.

    Attributes
    ----------
    first, last : int
        Tokens it covers, the last one excluded.
    value : float
        Place or count.
    measure, unit : str
        `rank`, `consecutive` or `first_or_record`; `rank` or `n`.
    against : str
        What a run or a record is of.
    flow : str
        Flow that the noun tells (a supplier: `M`); empty for the one spoken of.
    partner : str
        Who is ranked, where the words tell it; empty elsewhere.
    product : str
        Goods told with the noun (`the largest buyer of Chinese steel`); empty for those spoken of.
    """

    first: int
    last: int
    value: float
    measure: str
    unit: str
    against: str = ""
    flow: str = ""
    partner: str = ""
    product: str = ""


def ranks(view: View, home: str) -> Iterator[Told]:
    """Places among partners that a sentence tells, in order. `home` is the reporter, whom nobody ranks."""
    taken = 0
    for i, word in enumerate(() if _TELLING.isdisjoint(view.said) else view.words):
        if i < taken or word.kind != "n" and word.low not in _OPENERS:
            continue
        largest = chain(_superlative(view, i, home), _of_balance(view, i, home), _of_goods(view, i))
        for told in largest if word.low in _LARGEST else _ordinal(view, i, home):
            yield told
            taken = max(taken, told.last)


def ordinal(view: View, i: int) -> tuple[int, int]:
    """Value of the ordinal at token i (`third`, `22nd`) and the token after it; 0 for none."""
    lows, word = view.lows, view.words[i] if i < len(view.words) else None
    if word is None:
        return 0, i
    if word.kind == "n" and word.text.isdigit() and len(word.text) <= 3 and lows[i + 1 : i + 2] and (
        lows[i + 1] in _ENDINGS and not view.words[i + 1].gap
    ):  # fmt: skip
        return int(word.text), i + 2
    return NTH.get(word.low, 0), i + 1


def superlative(lows: Sequence[str], i: int) -> int:
    """Token after the word at i that says who is largest; 0 for none."""
    if lows[i] in SUPERLATIVES:
        return i + 1
    return i + 2 if lows[i : i + 2] == ["most", "important"] else i + 1 if lows[i] == "primary" else 0


def noun_after(lows: Sequence[str], i: int) -> int:
    """Token of what a superlative that ends before i ranks (`import partner`, `single market`); -1 for none."""
    if lows[i : i + 1] and (lows[i] in _COUNTS or lows[i].isdigit()):
        return -1
    several = i >= 4 and lows[i - 3] == "and" and lows[i - 2] in NTH and lows[i - 4] in NTH
    if lows[i : i + 1] == ["of"]:  # became the largest of China's trading partners
        at = next((k for k in range(i + 1, min(i + 7, len(lows))) if lows[k].removesuffix("s") in _RANKED), -1)
        return at if at > 0 and not _STOPS & set(lows[i + 1 : at]) else -1
    for at in range(i, min(i + 5, len(lows))):
        if lows[at] in _RANKED or several and lows[at].removesuffix("s") in _RANKED:
            return at
        if (
            lows[at] == "country"
            and lows[at + 1 : at + 2] == ["for"]
            and {"imports", "exports"} & set(lows[at + 2 : at + 5])
        ):
            return at
        if lows[at] == "exporter" and "to" in lows[at + 1 : at + 4]:
            return at
        if lows[at] in _STOPS:
            break
    return -1


def _superlative(view: View, i: int, home: str) -> Iterator[Told]:
    """`The (second-) largest market`, `the largest share of exports`, `the surplus was the largest among`."""
    lows = view.lows
    if not (after := superlative(lows, i)) or _only_part(lows, i) and not _of_union(lows, i, home):
        return
    noun = noun_after(lows, after)
    if lows[i] == "primary" and (noun < 0 or lows[noun] not in _PARTNERS):
        return
    if noun < 0 and not _largest_of(lows, i, after) or noun >= 0 and _in_part(view, noun) or _is_lost(view, i):
        return
    ahead = next((n for n in view.names if n.role == "place" and n.first >= after and n.code != home), None)
    led = ahead is not None and view.lows[ahead.first - 1] in ("from", "to", "with") and ahead.first - after < 9
    if noun < 0 and not any(n.role == "place" and n.last <= i and n.code != home for n in view.names) and not led:
        return
    if noun >= 0 and "world" in lows[max(0, i - 3) : i] and not _of_home(view, noun):
        return
    first = i - 1 if i and lows[i - 1] in NTH else i
    value = float(NTH[lows[first]] if first < i else 1)
    flow, product = (_flow(lows, after, noun), _goods(view, i, noun)) if noun >= 0 else ("", "")
    partner = _overtaker(view, i, home)
    if first >= 2 and lows[first - 1] == "and" and lows[first - 2] in NTH and first < i:  # the second and third largest
        pair = _pair_before(view, first - 2, home)
        value_before = float(NTH[lows[first - 2]])
        yield Told(first - 2, first - 1, value_before, "rank", "rank", "", flow, pair[0], product)
        partner = pair[1]
    yield Told(first, after, value, "rank", "rank", "", flow, partner, product)


def _of_balance(view: View, i: int, home: str) -> Iterator[Told]:
    """`The (second) largest deficit was one of $2 billion with Mexico`, `its largest worldwide` of a surplus told."""
    lows = view.lows
    if not (after := superlative(lows, i)) or noun_after(lows, after) >= 0 or _largest_of(lows, i, after):
        return
    first = i - 1 if i and lows[i - 1] in NTH else i
    value = float(NTH[lows[first]] if first < i else 1)
    at = after
    while at < len(lows) and lows[at] in _OF_TRADE:
        at += 1
    named = lows[at : at + 1] in (["deficit"], ["surplus"])
    said = lows[after : after + 1] in (["was"], ["is"]) and {"deficit", "surplus"} & set(lows[after : after + 9])
    if named or said:
        way = next((k for k in range(at, min(at + 12, len(lows))) if lows[k] == "with"), -1)
        linked = way == at + 2 or said or lows[at + 1 : at + 2] in (["was"], ["is"], ["came"], ["remained"])
        partner = (
            next((n.code for n in view.names if n.role == "place" and 0 < n.first - way <= 2), "") if way > 0 else ""
        )
        if linked and partner and partner != home:
            yield Told(first, after, value, "rank", "rank", "", "B", partner)
    elif lows[first - 1 : first] == ["its"] and (not lows[after:] or lows[after] in _ENDS or lows[after] == "."):
        told = [s for s in view.subjects if s.flow == "B" and s.tail <= first and s.partners]
        if told:
            yield Told(first, after, value, "rank", "rank", "", "B", told[-1].partners[0])


_OF_TRADE = one_of("merchandise goods trade bilateral overall")


_ITEM = one_of("commodity product item good earner category goods")
_GOES_ON = one_of("- – — , was is rose fell grew dropped and ( remained")


def _of_goods(view: View, i: int) -> Iterator[Told]:
    """`Its second-biggest export, coal`, `palm oil was the largest export product`: goods among all goods."""
    lows = view.lows
    if not (after := superlative(lows, i)) or lows[after : after + 1] not in (["export"], ["import"]):
        return
    end = after + 1 + bool({low.removesuffix("s") for low in lows[after + 1 : after + 2]} & _ITEM)
    if end == after + 1 and lows[end : end + 1] and lows[end] not in _GOES_ON | {"."} or _only_part(lows, i):
        return
    if lows[max(0, i - 2) : i] == ["among", "the"]:
        return
    first = i - 1 if i and lows[i - 1] in NTH else i
    goods = [n for n in view.names if n.role == "product"]
    ahead = next((n.code for n in goods if end <= n.first <= end + 2 and lows[end] in _GOES_ON), "")
    before = next((n.code for n in reversed(goods) if n.last <= first and first - n.last <= 6), "")
    listed = [n.code for n in goods if end <= n.first <= end + 14]
    if (
        first > 1 and lows[first - 1] == "and" and lows[first - 2] in NTH and len(listed) > 1
    ):  # second and third biggest
        yield Told(first - 2, first - 1, float(NTH[lows[first - 2]]), "rank", "rank", "", "X", WORLD, listed[0])
        ahead = listed[1]
    if product := ahead or before:
        value = float(NTH[lows[first]] if first < i else 1)
        flow = "X" if lows[after] == "export" else "M"
        yield Told(first, after, value, "rank", "rank", "", flow, WORLD, product)


def _only_part(lows: Sequence[str], i: int) -> bool:
    """Whether one among several is spoken of (`one of the largest`), or the largest of a region."""
    back = lows[max(0, i - 5) : i]
    if any(back[k : k + 2] == ["one", "of"] for k in range(len(back))):
        return True
    owner = set(back[-3:])
    return bool(owner & _PARTS and "'s" in owner)


def _of_union(lows: Sequence[str], i: int, home: str) -> bool:
    """Whether the largest of a union is one of the reporter (`the bloc's top source`)."""
    return home in UNIONS and lows[max(0, i - 2) : i] == ["bloc", "'s"]


def _of_home(view: View, noun: int) -> bool:
    """Whether the largest of the world is one of some country's goods (`the world's largest importer of Thai rice`)."""
    of = view.lows[noun + 1 : noun + 2] == ["of"]
    return of and any(n.role == "place" and n.form == "adjective" and n.first == noun + 2 for n in view.names)


def _largest_of(lows: Sequence[str], i: int, after: int) -> bool:
    """`Accounted for the largest share of exports`, `the largest trade deficit was with`, `the largest among`."""
    if (
        lows[after : after + 2] == ["share", "of"]
        or lows[after : after + 1] == ["among"]
        and lows[i - 2 : i - 1] == ["was"]
    ):
        return True
    at = after + (lows[after : after + 1] == ["trade"])
    return lows[at : at + 1] in (["deficit"], ["surplus"]) and lows[at + 2 : at + 3] == ["with"]


def _in_part(view: View, noun: int) -> bool:
    """Whether the rank is one within a region (`the largest partner in the Middle East`)."""
    at = noun + 1
    if view.lows[at : at + 1] not in (["in"], ["within"], ["among"]):
        return False
    at += 1 + (view.lows[at + 1 : at + 2] == ["the"])
    dated = at in view.dated
    named = at < len(view.words) and view.words[at].text[:1].isupper() and not dated
    return view.lows[noun + 1] == "within" or named


def _is_lost(view: View, i: int) -> bool:
    """Whether a rank is told of who held it no more (`was dethroned as the top source`)."""
    back = list(view.lows[max(0, i - 12) : i])
    if "had" in back[-4:] and "been" in back[-4:]:
        return not any(m.span and m.span.kind == "year" and m.last <= i for m in view.dates)  # in 2019 it had been
    for k, low in enumerate(back):
        if low in _OVERTAKES and (back[k + 1 : k + 2] == ["as"] or k and back[k - 1] in _PASSIVE):
            return True
        if low in _LOSES and low != "from" and "as" in back[k:]:
            return True
    return False


def _overtaker(view: View, i: int, home: str) -> str:
    """Who took a place (`China overtook the United States as the top market`); empty where nobody did."""
    verb = next((k for k in range(i - 1, max(i - 14, -1), -1) if view.lows[k] in _OVERTAKES), -1)
    if verb < 0:
        return ""
    before = [n.code for n in view.names if n.role == "place" and n.last <= verb and n.code != home]
    return before[-1] if before else ""


def _pair_before(view: View, i: int, home: str) -> tuple[str, str]:
    """The two places that stand together before token i; empty codes where there are none."""
    places = [n for n in view.names if n.role == "place" and n.last <= i and n.code != home]
    if len(places) < 2 or places[-1].first - places[-2].last > 2:
        return "", ""
    return places[-2].code, places[-1].code


def _flow(lows: Sequence[str], after: int, noun: int) -> str:
    """Flow by what is ranked: a supplier, an import partner `M`; a market, an export partner `X`; a partner `T`."""
    between, word = set(lows[after:noun]), lows[noun].removesuffix("s")
    if word == "partner" and lows[noun + 1 : noun + 2] == ["for"] and not between & {"import", "export"}:
        between = set(lows[noun + 1 : noun + 5]) & {"imports", "exports"}  # the largest partner for EU imports
        if len(between) == 1:
            return "M" if "imports" in between else "X"
    if word in ("exporter", "country"):
        return "X" if "exports" in lows[noun : noun + 5] else "M"
    if between & {"import", "importing"} or word in _SELLERS:
        return "M"
    if between & {"export", "exporting"} or word in _BUYERS:
        return "X"
    return "T"


def _goods(view: View, i: int, noun: int) -> str:
    """Goods told with a rank: `the largest soybean buyer`, `the top market for Indian engineering goods`."""
    named = [
        n
        for n in view.names
        if n.role == "product" and i < n.first <= noun + 6 and view.segment[n.first] == view.segment[noun]
    ]
    leads = view.lows[noun + 1 : noun + 2] in (["of"], ["for"], ["from"])
    return named[0].code if named and (named[0].first < noun or leads) else ""


def _ordinal(view: View, i: int, home: str) -> Iterator[Told]:
    """`Ranked third`, `came in second`, `followed second and third`, `in second place`, `No. 2`."""
    value, after = _place_number(view, i)
    if not value or not i:
        return
    lows = view.lows
    if lows[after : after + 1] == ["ranked"] and view.words[after].glue:  # second-ranked Iraq
        named = next((n.code for n in view.names if n.role == "place" and n.first == after + 1), "")
        if named and named != home:
            yield Told(i, after + 1, float(value), "rank", "rank", "", "", named)
        return
    led = (
        _leads(lows, i)
        or _led_by_place(view, i)
        and (lows[i - 1] in _STAYS or lows[i - 2 : i] == [",", "in"] or _ranks_before(lows, i))
    )
    if lows[i] in _NUMBERED and (noun := noun_after(lows, after)) >= 0:
        if not _in_part(view, noun) and not _only_part(lows, i):
            yield from _numbered(view, i, after, noun, home)
        return
    placed = after < len(lows) and lows[after] in _PLACES
    if not (led and _closes(lows, after) or placed):
        return
    places = [n for n in view.names if n.role == "place" and n.last <= i and n.code != home]
    world = {"world", "globally", "worldwide"} & set(lows[after : after + 8])
    if placed and not places:  # securing the third position, Bangladesh ...
        places = [n for n in view.names if n.role == "place" and 0 <= n.first - after <= 3 and n.code != home]
    claimed = placed and any(low.endswith("ing") for low in lows[max(0, i - 3) : i]) and len(places) == 1
    far = places and i - places[-1].last > 9 and not _after_aside(view, i, places[0])
    if not places and not world or far and not claimed:
        return
    if lows[after : after + 1] == ["and"] and (other := ordinal(view, after + 1))[0]:
        pair = _pair_before(view, i, home)
        yield Told(i, after, float(value), "rank", "rank", "", "", pair[0])
        yield Told(after + 1, other[1], float(other[0]), "rank", "rank", "", "", pair[1])
        return
    end = after + 1 if placed else after
    goods = next((n.code for n in view.names if n.role == "product" and end <= n.first <= end + 4), "")
    goods = goods if "among" in lows[end : end + 2] else ""
    places = places[:1] if places and i - places[-1].last > 9 and not claimed else places
    among = {low.removesuffix("s") for low in lows[after : after + 9]}
    flow = "T" if "partner" in among else "M" if among & _SELLERS else "X" if among & _BUYERS - {"market"} else ""
    yield Told(i, end, float(value), "rank", "rank", "", flow, places[-1].code if places else "", goods)


def _after_aside(view: View, i: int, place: Name) -> bool:
    """Whether an aside stands between a place and the verb of its rank (`Egypt, which bought less, is in fourth`)."""
    lows = view.lows
    return lows[place.last : place.last + 1] == [","] and "," in lows[max(place.last + 1, i - 5) : i]


def _numbered(view: View, i: int, after: int, noun: int, home: str) -> Iterator[Told]:
    """`Was the No. 1 market for ores`: who stands before it."""
    places = [n for n in view.names if n.role == "place" and n.last <= i and n.code != home]
    opens = bool(places) and places[0].first == 0 and view.lows[max(0, i - 2) : i] in (["was", "the"], ["is", "the"])
    if opens and "world" not in view.lows[max(0, i - 3) : i]:
        places = places[:1]  # China, the largest importer of food, was the No. 1 market
    if places and (opens or i - places[-1].last <= 9) and "world" not in view.lows[max(0, i - 3) : i]:
        flow, goods = _flow(view.lows, after, noun), _goods(view, i, noun)
        yield Told(i, after, float(_place_number(view, i)[0]), "rank", "rank", "", flow, places[-1].code, goods)
    elif not places and "world" not in view.lows[max(0, i - 3) : i]:  # the number one partner was Peru
        named = next((n for n in view.names if n.role == "place" and n.first > noun and n.code != home), None)
        if named is not None and named.first - noun < 12 and _IS & set(view.lows[named.first - 2 : named.first]):
            flow, goods = _flow(view.lows, after, noun), _goods(view, i, noun)
            yield Told(i, after, float(_place_number(view, i)[0]), "rank", "rank", "", flow, named.code, goods)


_IS = one_of("was is remained still")
_STAYS = one_of("was is stayed remained stays remains")


def _led_by_place(view: View, i: int) -> bool:
    """Whether a place stands right before an ordinal, or before `was` (`the UAE was second`, `and Iraq second`)."""
    at = i - 1 if view.lows[i - 1] in _STAYS else i - 2 if view.lows[i - 2 : i] == [",", "in"] else i
    return any(n.role == "place" and n.last == at for n in view.names)


def _ranks_before(lows: Sequence[str], i: int) -> bool:
    """Whether places were told before token i (`Iran ranked first and Iraq second`)."""
    told = _RANKING | {"was", "is"}
    nth = {k for k in range(max(0, i - _LIST), i) if lows[k] in NTH or lows[k] in _ENDINGS and lows[k - 1].isdigit()}
    return any(lows[k] in told and {k + 1, k + 2} & nth for k in range(max(0, i - _LIST), i - 2))


def _place_number(view: View, i: int) -> tuple[int, int]:
    """A place told as an ordinal or as `No. 2`, `#1`: its number and the token after it; 0 for none."""
    lows = view.lows
    at = i + 2 if lows[i : i + 2] == ["no", "."] else i + 1 if lows[i] in _NUMBERED else 0
    if not at:
        return ordinal(view, i)
    digits = view.words[at].text if at < len(lows) else ""
    if digits.lower() in NUMBER_WORDS and lows[i] == "number":
        value = NUMBER_WORDS[digits.lower()]
        return (int(value), at + 1) if 0 < value <= 20 else (0, i)  # number one, number-two
    return (int(digits), at + 1) if digits.isdecimal() and len(digits) <= 2 else (0, i)


def _leads(lows: Sequence[str], i: int) -> bool:
    """Whether a verb of ranking leads to token i, or the number is a place by itself (`No. 2`)."""
    if lows[i] in _NUMBERED:
        return True
    at = i - 1
    while at > 0 and lows[at] in ("the", "a", "in", "at", "distant", "close"):
        at -= 1
    return lows[at] in (
        "ranked",
        "ranks",
        "ranking",
        "rank",
        "placed",
        "came",
        "comes",
        "followed",
        "finished",
        "occupying",
        "occupied",
        "to",
    ) and (lows[at] != "to" or lows[at - 1] in _MOVED)


_MOVED = one_of("fell slipped dropped slid rose climbed moved jumped advanced back up down sank")


def _closes(lows: Sequence[str], after: int) -> bool:
    """Whether nothing that an ordinal could count stands after it."""
    return after >= len(lows) or lows[after] in _ENDS or lows[after] == "and"
