"""What a clause speaks of: flow with its reporter, partners, products and definition, as one noun phrase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entrepot.claims.names import Name
from entrepot.claims.words import Token, one_of

WORLD, TOTAL = "WLD", "TOTAL"


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase with a flow in it: `Vietnam's exports of coffee to the EU and Japan`.

    Attributes
    ----------
    first, last : int
        Tokens it covers, the last one excluded.
    head, tail : int
        Tokens of the flow word itself.
    flow, form : str
        `X`, `M`, `T`, `B`; for a balance `surplus`, `deficit` or `balance`; `market` for `export market`.
    reporter : str
        Named by possessive, adjective or noun before it; empty otherwise.
    partners, products : tuple of str
        Named in it, in order.
    whole : bool
        Whether it says that it speaks of all partners and goods (`total exports`).
    linked : bool
        Whether it leans on what was said before (`its exports`, `bilateral trade`).
    definition : str
        Definition named in it, or empty.
    """

    first: int
    last: int
    head: int
    tail: int
    flow: str
    form: str
    reporter: str = ""
    partners: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    whole: bool = False
    linked: bool = False
    definition: str = ""


_WHOLE = one_of("total overall aggregate all combined headline merchandise")
_LINKED = one_of("bilateral mutual two-way those latter reciprocal")
_BEFORE = one_of(
    "first second third fourth half quarter full year january february march april may june july august "
    "september october november december the a an its their his this that record monthly annual quarterly total "
    "overall all goods merchandise commodity value of and & foreign external bilateral two way mutual country "
    "nation 's bloc annualised annualized massive huge combined outbound inbound growing strong robust weak "
    "sluggish soaring surging rising falling direct key main major largest biggest unadjusted adjusted "
    "seasonally real nominal average daily yawning widening sizable large larger small smaller hefty aggregate "
    "headline chinese-made overseas cumulative customs cleared trade products product items shipments"
)
_PRODUCT_BEFORE_STOP = one_of("its their total overall the a an record 's")
_INTO = one_of("to from with into for towards toward between among in by")
_SKIP_AFTER = one_of(
    "the a an of value volume turnover growth earnings revenue revenues total all other major key its their those both "
    "neighbouring neighboring mainland countries country nations nation goods merchandise products commodities items "
    "nation's bloc's trading partner partners market markets buyers consumers customers shores member members states "
    "region regions made chinese-made worth such as like ports dependent destinations including including alone "
    "economies economy made only just bound especially particularly neighbour neighbor neighbours bloc 's"
)
_NOUN_AFTER_PLACE = one_of(
    "tariff tariffs government officials economy president policy demand restrictions duties consumers "
    "sanctions dollar dollars levies trade war companies firms president's administration authorities customs "
    "data central curbs controls"
)


def subjects(words: Sequence[Token], names: Sequence[Name], home: str) -> list[Subject]:
    """Find every subject of a sentence, in order. `home` is the reporter the story is about."""
    lows = [w.low for w in words]
    at = {name.first: name for name in names}
    ending = {name.last: name for name in names}
    found: list[Subject] = []
    low = 0
    for name in names:
        if name.role == "flow" and name.first >= low:
            if found and found[-1].flow == "B" and name.code == "T" and _inside(lows[found[-1].last : name.first]):
                low = name.last
                continue
            found.append(_subject(lows, words, name, at, ending, home, low))
            low = found[-1].last
    return found


def _inside(gap: list[str]) -> bool:
    """`Surplus in goods trade`: the second flow only says of what the first is."""
    return (
        len(gap) <= 4
        and gap[:1] in (["in"], ["of"], ["on"])
        and all(w in _BEFORE or w in ("in", "of", "on") for w in gap)
    )


def _subject(
    lows: list[str],
    words: Sequence[Token],
    name: Name,
    at: Mapping[int, Name],
    ending: Mapping[int, Name],
    home: str,
    low: int,
) -> Subject:
    first, reporter, near, made, flags = _before(lows, words, name, ending, low)
    last, partners, products, origin, definition = _after(lows, words, name, at)
    whole = bool(flags & _WHOLE) and not products and not made
    code, form = name.code, name.form
    if near and reporter and near != reporter:  # China's US exports
        partners = (near, *partners)
    elif near and not reporter:
        reporter, partners = _whose(near, partners, glued=bool(flags & {"bound"}))
    if origin and code in ("X", "B", "T") and not reporter and origin != home and code == "X":
        reporter = origin
    elif origin and code == "M":
        partners = (*partners, origin)
    elif origin and origin == home:
        reporter = reporter or home
    partners = tuple(dict.fromkeys(p for p in partners if p != (reporter or home)))
    linked = bool(flags & _LINKED) or lows[name.first] in ("bilateral", "mutual", "two")
    definition = definition or next((d for d in flags if d.startswith("=")), "")[1:]
    return Subject(
        first, last, name.first, name.last, code, form, reporter, partners, made or products, whole, linked, definition
    )  # fmt: skip


def _whose(near: str, partners: tuple[str, ...], *, glued: bool) -> tuple[str, tuple[str, ...]]:
    """Whether a place before the flow is who reports or the other side."""
    return ("", (near, *partners)) if glued else (near, partners)


def _before(
    lows: list[str], words: Sequence[Token], name: Name, ending: Mapping[int, Name], low: int
) -> tuple[int, str, str, tuple[str, ...], frozenset[str]]:
    """First token, possessive reporter, place just before, products before, and marking words of a flow's phrase."""
    i, reporter, near = name.first, "", ""
    products: list[str] = []
    flags: set[str] = set()
    possessive = False
    while i > low and name.first - i < 14:
        if known := ending.get(i):
            if known.role == "place" and name.form == "weak":
                break
            if known.role == "place":
                if possessive or near and not words[known.last].glue:
                    reporter = known.code
                elif near and words[known.last].glue:  # US-China trade
                    flags.add("both")
                    reporter, near = known.code, near
                else:
                    near = known.code
                i = known.first
                if reporter:
                    break
                possessive = False
                continue
            if known.role == "product" and not possessive:
                products.insert(0, known.code)
                i = known.first
                continue
            if known.role == "definition":
                flags.add("=" + known.code)
                i = known.first
                continue
            break
        word = lows[i - 1]
        if word == "bound" and words[i - 1].glue:
            flags.add("bound")
        elif word == "'s":
            possessive = True
        elif word in ("country", "nation", "bloc") and possessive:
            possessive = False
            flags.add("own")
        elif word in ("the", "a") and i > 1 and i - 1 in ending and ending[i - 1].role == "place":
            break  # with the EU the gap
        elif word in _BEFORE or word in _LINKED or word in _WHOLE:
            if word in ("of", "and", "&") and not (products and word != "of"):
                break
            if word in ("its", "their"):
                i -= 1
                flags.add(word)
                break
            flags.add(word)
        else:
            if i == name.first and _goods_word(lows, words, i - 1, name):
                products.insert(0, word)
                i -= 1
            break
        i -= 1
    while i < name.first and lows[i] in ("and", "&"):
        i += 1
    return i, reporter, near, tuple(products), frozenset(flags)


_NOT_GOODS = one_of(
    "although though however meanwhile additionally moreover overall despite yet besides instead elsewhere "
    "whereas here there a an any that which who said says see saw seen sent made make kept keep cut hit hurt "
    "lift push boost help drive drove more less fewer other some such these those many most no what when where "
    "if because so than then now still also even much both front high higher low lower new net gross full first "
    "second third fourth last next previous latest best worst good better bad us china while and but as or with "
    "for from to into on at by in of is are was were has have had will would could may might should be been not "
    "only just after before since until during through amid over under about around year month week quarter "
    "half day january february march april june july august september october november december european pct "
    "against versus compared following matching offsetting exceeding topping outpacing vs per "
    "percent domestic strong weak firm brisk robust record data figures growth trade foreign free raw bulk "
    "trump beijing tokyo non core direct overseas factory early late sharp steep rapid slow fast faster slower "
    "global local key main top bottom worth"
)
_NOT_GOODS_ENDS = (
    "ed",
    "ing",
    "ly",
    "al",
    "ive",
    "ous",
    "ful",
    "ish",
    "ese",
    "ian",
    "able",
    "ible",
    "ent",
    "ant",
    "er",
    "est",
    "wide",
)


def _goods_word(lows: list[str], words: Sequence[Token], i: int, name: Name) -> bool:
    """Whether the word before a flow is goods that no table knows (`garlic exports`)."""
    low, head = lows[i], lows[name.first]
    if name.code not in ("X", "M") or head not in ("exports", "imports", "shipments") or words[i].kind != "w":
        return False
    if len(low) < 4 or low in _NOT_GOODS or low.endswith(_NOT_GOODS_ENDS) or words[name.first].glue:
        return False
    before = lows[i - 1] if i else ""
    return i == 0 or before in (
        "the",
        "and",
        "while",
        "but",
        "of",
        "'s",
        "its",
        ",",
        "with",
        "as",
        "in",
        ";",
        ":",
        "-",
        "for",
        "from",
    )


def _after(
    lows: list[str], words: Sequence[Token], name: Name, at: Mapping[int, Name]
) -> tuple[int, tuple[str, ...], tuple[str, ...], str, str]:
    """Token after a flow's phrase, partners, products, place of origin (`from`), and definition named after it."""
    i, last = name.last, name.last
    partners: list[str] = []
    products: list[str] = []
    origin = definition = way = ""
    seen_of = lows[name.last - 1] in _VERBS
    while i < len(lows) and i - name.last < 40:
        known = at.get(i)
        if known is not None:
            if known.role == "place" and _alias(lows, known):
                i = last = _alias(lows, known)
                continue
            if known.role == "place" and way and not _modifies(lows, known):
                if way == "from" and name.code != "M":
                    origin = known.code
                elif way in ("to", "into") and name.code == "M":
                    origin = ""
                else:
                    partners.append(known.code)
            elif known.role == "place" and (way or seen_of) and known.form == "adjective" and known.last in at:
                if at[known.last].role != "product":
                    break
                partners.append(known.code)  # imports of American soybeans
            elif (known.role == "place" and seen_of and not way and name.code in ("M", "B", "T")
                  and lows[known.last : known.last + 1] in (["goods"], ["products"], ["merchandise"])):  # fmt: skip
                partners.append(known.code)  # purchases of US goods
            elif known.role == "product" and (seen_of or partners and products):
                products.append(known.code)
            elif known.role == "definition":
                definition = known.code
            else:
                break
            i = last = known.last
            continue
        word = lows[i]
        if word == "of" and way == "" or word in ("of", "in") and i == name.last:
            seen_of = True
        elif word in ("to", "from", "with", "into", "for", "between", "towards", "toward") and words[i].kind == "w":
            if not _leads_to_place(lows, at, i + 1):
                break
            way = word
        elif word in (",", "and", "&", "or", "as", "well") and (partners or products or origin):
            if not _leads_to_more(lows, at, i + 1, bool(partners), bool(products)):
                break
        elif word == "'s" or word in _SKIP_AFTER or _size_of_bloc(lows, i):
            pass
        elif (
            seen_of
            and lows[name.last - 1] not in _VERBS
            and not products
            and name.code in ("X", "M")
            and words[i].kind == "w"
            and words[i].text.islower()
        ):
            return _unknown_product(lows, words, i, at, partners, origin, definition)
        else:
            break
        i += 1
    return last, tuple(partners), tuple(products), origin, definition


_NOT_PRODUCT = one_of(
    "a an the about around nearly almost over more less at up down some roughly approximately just goods "
    "merchandise all its their this that last which what january february march april may june july august "
    "september october november december both only other such several many most general total these those high "
    "value first second third fourth one two three five six seven eight nine ten eleven twelve hundred trillion "
    "billion million record close well dollar dollars yuan renminbi rmb us terms usd cny rupee euro local"
)


def _unknown_product(
    lows: list[str],
    words: Sequence[Token],
    i: int,
    at: Mapping[int, Name],
    partners: list[str],
    origin: str,
    definition: str,
) -> tuple[int, tuple[str, ...], tuple[str, ...], str, str]:
    """Goods in no table: `exports of frozen shrimp`. The words themselves are the product."""
    if lows[i] in _NOT_PRODUCT or lows[i] in _SKIP_AFTER:
        return i, tuple(partners), (), origin, definition
    first = i
    while i < len(lows) and i - first < 4 and words[i].kind == "w" and lows[i] not in _STOP and i not in at:
        if lows[i].endswith("ed") and lows[i] not in (
            "refined",
            "processed",
            "finished",
            "manufactured",
            "dried",
            "canned",
        ):
            break
        i += 1
    noun = "-".join(lows[first:i])
    known = at.get(i)
    if known is not None and known.role == "product":
        return known.last, tuple(partners), (known.code,), origin, definition
    if not noun or noun.endswith(("ing", "ed")):
        return first, tuple(partners), (), origin, definition
    return i, tuple(partners), (noun,), origin, definition


_STOP = one_of(
    "went saw shed lost beat sold sank slumped eased came bring brought remain remains stay stayed keep kept "
    "grow rise fall to from with in by and or rose fell grew dropped declined increased decreased jumped surged "
    "climbed slid slipped were was are is has had have reached totaled totalled hit stood amounted soared "
    "plunged tumbled for on at during that which while as but up down would could will may edged shrank "
    "expanded gained worth over into remained accounted make made also"
)


_VERBS = one_of("imported exported importing exporting shipped bought sold")


def _alias(lows: list[str], place: Name) -> int:
    """Token after an epithet (`the Southeast Asian country`, `Asia's fourth-largest economy`); 0 if it is none."""
    ahead = lows[place.last : place.last + 5]
    if ahead[:1] and ahead[0] in ("country", "nation", "giant", "economy", "powerhouse"):
        return place.last + 1
    if ahead[:1] == ["'s"] and "economy" in ahead:
        return place.last + ahead.index("economy") + 1
    return 0


def _modifies(lows: list[str], place: Name) -> bool:
    """Whether a place only describes the word after it: `to US tariffs`."""
    after = lows[place.last] if place.last < len(lows) else ""
    return after in _NOUN_AFTER_PLACE


def _size_of_bloc(lows: list[str], i: int) -> bool:
    """Whether a token is part of what says how large a bloc is (`the 10-member`, `27-nation`)."""
    if lows[i] in _MEMBERS:
        return i > 0 and (lows[i - 1].isdigit() or lows[i - 1] in ("ten", "eleven"))
    return (lows[i].isdigit() or lows[i] in ("ten", "eleven")) and " ".join(lows[i + 1 : i + 2]) in _MEMBERS


_MEMBERS = ("member", "nation", "country", "strong", "state")


def _leads_to_place(lows: list[str], at: Mapping[int, Name], i: int) -> bool:
    steps = 0
    while i < len(lows) and steps < 6:
        known = at.get(i)
        if known is not None:
            return known.role == "place" and not _modifies(lows, known)
        if (
            lows[i] not in _SKIP_AFTER
            and not _size_of_bloc(lows, i)
            and lows[i] not in ("both", "each", "southeast", "-", "china")
        ):
            return False
        i, steps = i + 1, steps + 1
    return False


def _leads_to_more(lows: list[str], at: Mapping[int, Name], i: int, places: bool, goods: bool) -> bool:
    """Whether a list of places or goods goes on after a comma or `and`."""
    steps = 0
    while i < len(lows) and steps < 5:
        known = at.get(i)
        if known is not None:
            if known.role == "place" and places:
                after = lows[known.last] if known.last < len(lows) else ""
                return after != "'s" and not _modifies(lows, known) and not (
                    known.last in at and at[known.last].role in ("flow", "product")
                )  # fmt: skip
            if known.role == "product" and goods:
                return not (known.last in at and at[known.last].role == "flow")
            return False
        if lows[i] not in ("and", "the", ",", "to", "with", "from", "other", "&", "as", "well", "or"):
            return False
        i, steps = i + 1, steps + 1
    return False
