"""What stands after a flow in its phrase: `of coffee to the EU and Japan`, `from Brazil`, `between the two`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from entrepot.claims.line import MONTHS, SHORT
from entrepot.claims.names import Name
from entrepot.claims.words import Token, one_of

_SKIP_AFTER = one_of(
    "the a an of value volume turnover growth earnings revenue revenues total all other major key its their those both "
    "neighbouring neighboring mainland countries country nations nation goods merchandise products commodities items "
    "nation's bloc's trading partner partners market markets buyers consumers customers shores member members states "
    "region regions made chinese-made worth such as like ports dependent destinations including alone "
    "economies economy only just bound especially particularly neighbour neighbor neighbours bloc 's "
    "participating involved joined joining along under part taking jointly joint construction building "
    "no any more fewer less these largest biggest second third fourth fifth top main single most important primary "
    "leading second-largest closest "
    "trade destination supplier source buyer customer rival ally ranked placed"
)
_DASHES = one_of("- – —")
_APPOSED = one_of(
    "partner partners market markets destination destinations supplier source buyer customer neighbour neighbor"
)
"""Words after which a comma, a dash or a bracket leads to who is meant (`its largest trading partner, China`)."""
_NOUN_AFTER_PLACE = one_of(
    "tariff tariffs government officials economy president policy demand restrictions duties consumers "
    "sanctions dollar dollars levies trade war companies firms president's administration authorities customs "
    "data central curbs controls"
)
_NOT_PRODUCT = one_of(
    "a an the about around nearly almost over more less at up down some roughly approximately just goods "
    "merchandise all its their this that last which what january february march april may june july august "
    "september october november december both only other such several many most general total these those high "
    "month months quarter quarters year years half week weeks period aforementioned question "
    "value first second third fourth one two three five six seven eight nine ten eleven twelve hundred trillion "
    "group ahead behind billion million record close well dollar dollars yuan renminbi rmb us terms usd cny rupee "
    "euro local upwards"
)
_STOP = one_of(
    "leapt went saw shed lost beat sold sank slumped eased came bring brought remain remains stay stayed keep kept "
    "grow rise fall to from with in by and or rose fell grew dropped declined increased decreased jumped surged "
    "climbed slid slipped were was are is has had have reached totaled totalled hit stood amounted soared "
    "plunged tumbled for on at during that which while as but up down would could will may edged shrank "
    "expanded gained worth over into remained accounted make made also"
)
_VERBS = one_of("imported exported importing exporting shipped bought sold")
_TAKES = one_of("took takes taking brought unloaded")
"""First words of phrases such as `took in`."""
_WAYS = one_of("to from with into for between towards toward within inside")
_LISTS = one_of(", and & or as well")
_RUNS = one_of("ran runs run had has have posted posts recorded records registered reported logged saw booked")
_LIST_GAP = one_of("and the , to with from other & as well or")
_NO_PLACES = one_of("usd cny rmb eur jpy krw inr us rs hk nt fy q h yuan first the a an its what about nearly")
_FILLED = one_of("both each southeast - china in")
_JOINED = one_of("participating involved joined joining engaged part along")
_THERE = one_of("partners partner members neighbours neighbors countries states nations markets")
"""Words after which `in` leads to what countries belong to."""
_LEADS_IN = _JOINED | _THERE
_MADE = one_of("refined processed finished manufactured dried canned")
"""Words in -ed that goods begin with."""
_ADJECTIVAL = ("al", "ic", "ive", "ous", "ary", "ar", "medium")
_EPITHETS = one_of("country nation giant economy powerhouse")
_MEMBERS = one_of("member nation country strong state")
_GOODS = one_of("goods products merchandise")
_SIZES = one_of("value volume weight quantity")
OTHERS = "@others"
"""Code of `third countries`, `countries outside the bloc`: all partners but those spoken of."""
LONGEST = 40
"""Tokens after a flow that are looked at."""


@dataclass(slots=True)
class Complements:
    """What the words after a flow say of it, gathered rightward from its tail.

    Attributes
    ----------
    at, last : int
        Token looked at; token after the phrase so far.
    partners, products : list of str
        Places it goes to or comes from, and goods, in order.
    origin, buyer, definition : str
        Place it comes `from`, or whose goods they are, where that is who sells; place they go `into`; definition named.
    whose : str
        Place that a balance is said to be `for`.
    way : str
        Preposition met last.
    seen_of : bool
        Whether goods may follow: after `of` or `in`, or after a verb.
    goods_of : bool
        Whether goods that no table knows may follow: after `of`.
    """

    words: Sequence[Token]
    lows: list[str]
    flow: Name
    names: Mapping[int, Name]
    at: int
    last: int
    partners: list[str] = field(default_factory=list)
    products: list[str] = field(default_factory=list)
    origin: str = ""
    buyer: str = ""
    definition: str = ""
    whose: str = ""
    way: str = ""
    seen_of: bool = False
    goods_of: bool = False

    @property
    def verbal(self) -> bool:
        """Whether the flow is a verb (`imported`)."""
        return self.lows[self.flow.last - 1] in _VERBS or self.lows[self.flow.first] in _TAKES

    def meet_name(self, name: Name) -> bool:
        """Take in a name; False where the phrase ends before it."""
        if self.way and name.form == "market":
            self.at = name.last
            return True
        if name.role == "place" and (end := epithet(self.lows, name)):
            self.at = self.last = end
            return True
        if name.role == "place" and self._owns_goods(name):
            self.at = name.last + 1  # the export value of China's new green trio
            return True
        if name.role == "place":
            if not self._meet_place(name):
                return False
        elif name.role == "product" and (self.seen_of or self.partners and self.products):
            self.products.append(name.code)
        elif name.role == "definition":
            self.definition = name.code
        else:
            return False
        self.at = self.last = name.last
        return True

    def _owns_goods(self, name: Name) -> bool:
        """Whether a place only says whose goods follow."""
        goods = name.last + 1 < len(self.words) and self.words[name.last + 1].text.islower()
        alone = self.seen_of and not self.way and not self.verbal and self.flow.code in ("X", "M")
        return alone and self._low(name.last) == "'s" and goods and name.last + 1 not in self.names

    def _meet_place(self, name: Name) -> bool:
        if self.way and not modifies(self.lows, name):
            if self.way == "for" and self.flow.code == "B":
                self.whose = name.code  # the trade deficit for the United States
            if self.way == "from" and self.flow.code != "M":
                self.origin = name.code
            elif self.way in ("to", "into") and self.flow.code == "M":
                self.buyer = name.code  # imports into India
            else:
                self.partners.append(name.code)
            return True
        sold = (
            self.flow.last - 1 if self.at == self.flow.last else self.at - 2 if self.lows[self.at - 1] == "the" else -1
        )
        if sold == self.flow.last - 1 and self.lows[sold] in ("sold", "sent") and name.form == "name":
            self.partners.append(name.code)  # sold Uganda goods worth $1 billion
            return True
        following = self.names.get(name.last)
        described = name.form == "adjective" or self.seen_of and not self.way
        if (self.way or self.seen_of) and described and following is not None:
            goods = following.role == "product"  # imports of American soybeans, of US soybeans
        elif self.seen_of and not self.way and name.form == "adjective" and self._leads_to_goods(name.last):
            goods = True  # imports of Mexican fresh vegetables
        else:  # purchases of US goods
            bought = self.seen_of and not self.way and self.flow.code in ("M", "B", "T")
            goods = bought and self._low(name.last) in _GOODS
        if goods and self.flow.code == "X" and not self.way:
            self.origin = name.code  # overseas sales of Chinese cars
        elif goods:
            self.partners.append(name.code)
        return goods

    def _leads_to_goods(self, i: int) -> bool:
        """Whether goods follow a word or two that describe them."""
        ahead = next((at for at in range(i, min(i + 4, len(self.lows))) if at in self.names), i)
        plain = all(w.text.islower() and (w.low not in _STOP or w.low == "and") for w in self.words[i:ahead])
        return ahead > i and plain and self.names[ahead].role == "product"

    def _low(self, i: int) -> str:
        return self.lows[i] if i < len(self.lows) else ""

    def meet_word(self) -> bool:
        """Take in a word; False where the phrase ends before it."""
        i, word = self.at, self.lows[self.at]
        if word == "out" and self._low(i + 1) == "of" and self._leads_to_place(i + 2):
            self.way, self.at = "from", i + 1  # exports out of China
        elif word == "of" and self.way == "" or word in ("of", "in") and i == self.flow.last:
            self.seen_of, self.goods_of = True, word == "of"
        elif word == "in" and self.way and self.lows[i - 1] in _LEADS_IN:
            pass  # countries participating in the Belt and Road, partners in the EU
        elif word == "by" and i == self.flow.last and self._low(i + 1) in _SIZES:
            self.at += 1  # imports by value of Mexican tomatoes
        elif word == "out" and self._low(i + 1) == "of" and self._leads_to_place(i + 2):
            self.way = "from"
            self.at += 1  # exports of magnets out of China
        elif word in _WAYS and self.words[i].kind == "w":
            if not self._leads_to_place(i + 1):
                if self._leads_astray(i + 1):
                    self.definition = self.definition or f"{word} {self.words[i + 1].text}"
                return False
            self.way = word
        elif self.way and not self.partners and _apposes(self.lows, i):
            pass
        elif word == "," and i == self.flow.last and self._low(i + 1) == "between":
            pass  # the trade deficit, between India and China
        elif word in ("that", "which") and not self.partners and (way := self._ran_with(i)):
            self.at = way
            return True
        elif word in _DASHES and self.partners and (end := self._dashed(i)):
            self.at = end
            return True
        elif word == "other" and self.way and (end := self._all_but(i)):
            self.partners.append(OTHERS)
            self.at = self.last = end
            return True
        elif word in _LISTS and (self.partners or self.products or self.origin):
            if not self._leads_to_more(i + 1):
                return False
        elif word.endswith("ly") and self.words[i].text.islower() and self.seen_of:
            pass  # of locally made furniture
        elif word != "'s" and word not in _SKIP_AFTER and not _size_of_bloc(self.lows, i):
            if self._may_be_goods(i):
                self._meet_unknown(i)
            return False
        self.at += 1
        return True

    def _ran_with(self, i: int) -> int:
        """Token of `with` in a clause that tells who runs a balance (`deficit that the US ran with China`); else 0."""
        if self.flow.code != "B":
            return 0
        ahead = self.lows[i : i + 9]
        ran = next((at for at, low in enumerate(ahead) if low in _RUNS), 0)
        way = next((at for at, low in enumerate(ahead) if ran < at <= ran + 2 and low in ("with", "against")), 0)
        return i + way if ran and way and self._leads_to_place(i + way + 1) else 0

    def epithets(self, i: int) -> int:
        """Token of a place after a hyphenated word that describes it (`the oil-rich Middle East`); 0 for none."""
        end = i + 1
        while end < len(self.words) and self.words[end].glue and self.words[end].kind == "w":
            end += 1
        place = self.names.get(end)
        plain = end - i in (2, 3) and self.words[i].text.islower()
        return end if plain and place is not None and place.role == "place" else 0

    def _may_be_goods(self, i: int) -> bool:
        """Whether goods that no table knows may begin at a token."""
        word = self.words[i]
        wanted = self.goods_of and not self.verbal and not self.products and self.flow.code in ("X", "M")
        return wanted and word.kind == "w" and word.text.islower()

    def _meet_unknown(self, first: int) -> None:
        """Goods in no table: `exports of frozen shrimp`. The words themselves are the product."""
        self.last = first
        if self.lows[first] in _NOT_PRODUCT or self.lows[first] in _SKIP_AFTER:
            return
        end = self._end_of_goods(first)
        noun, known = "-".join(self.lows[first:end]), self.names.get(end)
        if known is not None and known.role == "product":
            self.last, noun = known.last, known.code
        elif noun.endswith(_ADJECTIVAL) and (joined := self._joined_goods(end)) is not None:
            self.last, noun = joined.last, joined.code  # of organic and inorganic fertilisers
        elif not noun or noun.endswith(("ing", "ed")):
            return
        else:
            self.last = end
        self.products.append(noun)

    def _joined_goods(self, end: int) -> Name | None:
        """Known goods that an adjective before `and` shares with the one after it; None for none."""
        if self._low(end) not in ("and", "or"):
            return None
        return next((n for at in range(end + 1, end + 4) if (n := self.names.get(at)) and n.role == "product"), None)

    def _end_of_goods(self, first: int) -> int:
        end = first
        while end < len(self.lows) and end - first < 4 and end not in self.names:
            low = self.lows[end]
            if self.words[end].kind != "w" or low in _STOP or low.endswith("ed") and low not in _MADE:
                break
            end += 1
        return end

    def _leads_to_place(self, i: int) -> bool:
        """Whether a place follows a preposition, in a few tokens."""
        for at in range(i, min(i + 10, len(self.lows))):
            known = self.names.get(at)
            if self.epithets(at):
                return True
            if known is not None and known.form != "market":
                return known.role == "place" and not modifies(self.lows, known)
            low = self.lows[at]
            if known is not None or _apposes(self.lows, at):
                continue
            if low == "in" and self.lows[at - 1] not in _LEADS_IN:
                return False
            if low == "other" and self._all_but(at):
                return True
            if low not in _SKIP_AFTER and low not in _FILLED and not _size_of_bloc(self.lows, at):
                return False
        return False

    def _dashed(self, i: int) -> int:
        """Token after what two dashes say of a partner (`China -- its largest partner -- and the EU`); 0 for none."""
        first = i + 2 if self._low(i + 1) in _DASHES else i + 1
        for at in range(first + 1, min(first + 9, len(self.lows))):
            if self.lows[at] in _DASHES:
                end = at + 2 if self._low(at + 1) in _DASHES else at + 1
                return end if self._low(end) in ("and", ",") and self._leads_to_more(end + 1) else 0
        return 0

    def _all_but(self, i: int) -> int:
        """Token after `other than` and a place (`countries other than the United States`); 0 for none."""
        if self.lows[i : i + 2] != ["other", "than"]:
            return 0
        return next((n.last for at in (i + 2, i + 3) if (n := self.names.get(at)) and n.role == "place"), 0)

    def _leads_astray(self, i: int) -> bool:
        """Whether a place or group follows a preposition that no table knows: it is not all partners."""
        if self.flow.code == "B" or i >= len(self.words) or i in self.names:
            return False
        word = self.words[i]
        named = word.kind == "w" and word.text[0].isupper() and word.low not in _NO_PLACES
        return named and word.low not in MONTHS and word.low not in SHORT

    def _leads_to_more(self, i: int) -> bool:
        """Whether a list of places or goods goes on after a comma or `and`."""
        for at in range(i, min(i + 5, len(self.lows))):
            if (known := self.names.get(at)) is not None:
                following = self.names.get(known.last)
                role = following.role if following is not None else ""
                if known.role == "place" and self.partners:
                    owns = self._low(known.last) == "'s"
                    return not owns and not modifies(self.lows, known) and role not in ("flow", "product")
                return known.role == "product" and bool(self.products) and role != "flow"
            if self.lows[at] not in _LIST_GAP:
                return False
        return False


def complements(lows: list[str], words: Sequence[Token], flow: Name, names: Mapping[int, Name]) -> Complements:
    """What stands after a flow; `names` are those of the sentence by where they begin."""
    phrase = Complements(words, lows, flow, names, flow.last, flow.last)
    phrase.seen_of = phrase.verbal
    phrase.way = lows[flow.last - 1] if lows[flow.last - 1] in ("to", "from") and flow.code == "T" else ""
    goes_on = True
    while goes_on and phrase.at < len(lows) and phrase.at - flow.last < LONGEST:
        if phrase.way and (end := phrase.epithets(phrase.at)):
            phrase.at = end
        name = names.get(phrase.at)
        goes_on = phrase.meet_name(name) if name is not None else phrase.meet_word()
    return phrase


def epithet(lows: list[str], place: Name) -> int:
    """Token after an epithet (`the Southeast Asian country`, `Asia's fourth-largest economy`); 0 if it is none."""
    ahead = lows[place.last : place.last + 5]
    if ahead[:1] and ahead[0] in _EPITHETS:
        return place.last + 1
    if ahead[:1] == ["'s"] and "economy" in ahead:
        return place.last + ahead.index("economy") + 1
    return 0


def modifies(lows: list[str], place: Name) -> bool:
    """Whether a place only describes the word after it: `to US tariffs`."""
    return place.last < len(lows) and lows[place.last] in _NOUN_AFTER_PLACE


def _apposes(lows: list[str], i: int) -> bool:
    """Whether a sign leads from what a partner is called to its name (`its largest market, the UAE`)."""
    return lows[i] in (",", "-", "–", "—", "(") and i > 0 and lows[i - 1] in _APPOSED


def _size_of_bloc(lows: list[str], i: int) -> bool:
    """Whether a token is part of what says how large a bloc is (`the 10-member`, `27-nation`)."""
    if lows[i] in _MEMBERS:
        return i > 0 and _is_count(lows[i - 1])
    return _is_count(lows[i]) and i + 1 < len(lows) and lows[i + 1] in _MEMBERS


def _is_count(low: str) -> bool:
    return low.isdigit() or low in ("ten", "eleven")
