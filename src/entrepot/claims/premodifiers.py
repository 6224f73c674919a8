"""What stands before a flow in its phrase: who reports, goods, a place, and words such as `total` and `bilateral`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from entrepot import codes
from entrepot.claims.goods import SECTORS
from entrepot.claims.names import Name
from entrepot.claims.vocabulary import product_of
from entrepot.claims.words import Token, one_of

WHOLE = one_of("total overall aggregate all combined headline merchandise global worldwide")
LINKED = one_of("bilateral mutual two-way those latter reciprocal these such")
BEFORE = one_of(
    "own first second third fourth half quarter full year january february march april may june july august "
    "september october november december the a an its their his this that record monthly annual quarterly total "
    "overall all goods merchandise commodity value of and & foreign external bilateral two way mutual country "
    "nation 's bloc annualised annualized massive huge combined outbound inbound growing strong robust weak "
    "sluggish soaring surging rising falling direct key main major largest biggest unadjusted adjusted "
    "top single seasonally real nominal average daily yawning widening sizable large larger small smaller hefty "
    "aggregate "
    "headline global worldwide chinese-made overseas cumulative customs cleared trade products product items shipments"
)
_NOT_GOODS = one_of(
    "although though however meanwhile additionally moreover overall despite yet besides instead elsewhere "
    "whereas here there a an any that which who said says see saw seen sent made make kept keep cut hit hurt "
    "lift push boost help drive drove more less fewer other some such these those many most no what when where "
    "if because so than then now still also even much both whose front high higher low lower new net gross full first "
    "second third fourth last next previous latest best worst good better bad us china while and but as or with "
    "for from to into on at by in of is are was were has have had will would could may might should be been not "
    "only just after before since until during through amid over under about around year month week quarter "
    "half day january february march april june july august september october november december european pct "
    "against versus compared following matching offsetting exceeding topping outpacing vs per "
    "therein percent show shows showed soft mark reveal "
    "domestic strong weak firm brisk robust record data figures growth trade foreign free raw bulk "
    "trump beijing tokyo non core direct overseas factory early late sharp steep rapid slow fast faster slower "
    "brought brings left leaves took takes pushed global local key main top "
    "yuan renminbi dollar dollars yen euro euros won rupee rupees press report reports bottom worth period same term "
    "terms bound bloc region side sides product products"
)
_NOT_GOODS_ENDS = tuple(
    [
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
    ]
)
_BEFORE_GOODS = one_of("the and while but of 's its , with as in ; : - for from ) meanwhile total their")
_HEADS = {
    "X": one_of("exports export shipments exportation"),
    "M": one_of("imports import shipments purchases"),
    "T": one_of("trade"),
}
"""Words for a flow before which goods may stand that no table knows."""
_DEALS = one_of("sold bought shipped supplied delivered exported imported sent dispatched purchased received")
_ADVERBS = one_of("nevertheless nonetheless also itself again still alone meanwhile though therefore thus only even")
_OF_BLOC = one_of("the of member members states countries nations")
"""Words between a preposition and the name of a bloc."""
LONGEST = 14
"""Tokens before a flow that are looked at."""


@dataclass(slots=True)
class Premodifiers:
    """What the words before a flow say of it, gathered leftward from its head.

    Attributes
    ----------
    first : int
        First token of the phrase so far.
    reporter, near : str
        Place with a possessive, or left of another place; place just before the flow.
    products : list of str
        Goods, in order.
    said : set of str
        Other words, and definitions after `=`.
    front : str
        Place told before a bare flow as whom it is with (`with Poland exports rose`).
    """

    words: Sequence[Token]
    lows: list[str]
    flow: Name
    ending: Mapping[int, Name]
    first: int
    reporter: str = ""
    near: str = ""
    products: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    possessive: bool = False
    front: str = ""

    def meet_name(self, name: Name) -> bool:
        """Take in a name that ends where the phrase begins; False where the phrase ends at it."""
        if name.role == "place" and self.flow.form != "weak":
            beside = name.last == self.first
            self.first = name.first
            if self._is_epithet(name):
                return False  # the Southeast Asian nation's shipments
            if self._fronted(name):
                self.first, self.front = self.flow.first, name.code
                return False  # with the Czech Republic exports were
            if self.near and not self.possessive and beside and self._led(name):
                self.front = name.code
                return False  # to the United States Germany sold
            if self.possessive or self.near:  # China's exports; China's US exports; US-China trade
                self.reporter = name.code
                return False
            self.near = name.code
        elif name.role == "product" and not self.possessive:
            self.products.insert(0, name.code)
        elif name.role == "definition":
            self.said.add("=" + name.code)
        else:
            return False
        self.first = name.first
        return True

    def _fronted(self, name: Name) -> bool:
        """Whether a place before a bare flow heads its clause with a preposition (`; with Poland exports rose`)."""
        bare = name.last == self.flow.first and name.form == "name"
        before = [low for low in self.lows[max(0, name.first - 3) : name.first] if low != "the"][-2:]
        way = {"X": ("with", "to"), "M": ("with", "from")}.get(self.flow.code, ("with",))
        return bare and before[-1:] != [] and before[-1] in way and (
            len(before) == 1 or before[0] in (";", ",", "and", "while")
        )  # fmt: skip

    def _led(self, name: Name) -> bool:
        """Whether a place before that of who trades heads its clause with a preposition (`to Japan Peru shipped`)."""
        at = name.first
        while at > 0 and name.first - at < 6 and self.lows[at - 1] in _OF_BLOC:
            at -= 1
        before = self.lows[max(0, at - 2) : at]
        opens = len(before) == 1 or before[-2:-1] and before[-2] in (",", ";", "and", "while", "but")
        return bool(opens) and before[-1:] != [] and before[-1] in ("to", "from", "with")

    def _is_epithet(self, name: Name) -> bool:
        """Whether a region only describes the country spoken of."""
        follows = self.lows[name.last : name.last + 1]
        return follows in (["nation"], ["country"]) and codes.kind(name.code) == "group"

    def meet_word(self) -> bool:
        """Take in the word before the phrase; False where the phrase ends there."""
        i = self.first - 1
        word, before = self.lows[i], self.ending.get(i)
        if word == ")" and (opens := _bracket(self.lows, i)):
            self.first = opens  # liquefied natural gas (LNG) imports
            return True
        if self.first == self.flow.first and self.lows[self.flow.first] in _DEALS:
            if word in _ADVERBS:
                self.first = i
                return True  # Brazil nevertheless sold
            if word == "," and (place := self._apposed(i)):
                said = [n for at in range(place.last, i + 1) if (n := self.ending.get(at)) and n.role == "product"]
                self.products += [n.code for n in said]
                self.first, self.near = place.first, place.code
                return False  # Russia, the number two, supplied
        if word == "'s" or word in ("'", "’") and before is not None and before.role == "place":
            self.possessive = True
        elif word in ("country", "nation", "bloc", "industry", "sector") and self.possessive:
            self.possessive = False
        elif word in ("the", "a") and before is not None and before.role == "place":
            return False  # with the EU the gap
        elif word in ("its", "their", "whose"):
            self.first = i
            return False
        elif word == "and" and self.near and not self.reporter and self._exchange():
            pass  # Brazil and China traded goods
        elif not self._joins(i) and not (word == "bound" and self.words[i].glue):
            if self.first == self.flow.first and (word in SECTORS or self._is_goods(i)):
                self.products.insert(0, SECTORS.get(word) or product_of(f"{word}s") or product_of(f"{word}es") or word)
                self.first = i
                return self.lows[i - 1 : i] == ["'s"]  # India's coir exports
            return self._is_owned(i)
        self.said.add(word)
        self.first = i
        return True

    def _apposed(self, i: int) -> Name | None:
        """The place that opens a clause before what two commas say of it, of which the second is token i."""
        opens = next((at for at in range(i - 1, max(i - 8, 0), -1) if self.lows[at] == ","), 0)
        place = self.ending.get(opens)
        if place is None or place.role != "place" or place.form != "name" or opens == i - 1:
            return None
        at = place.first - (self.lows[max(0, place.first - 1)] == "the")
        said = self.lows[opens + 1] in ("the", "its", "now", "still", "a")
        return place if said and (at <= 0 or self.lows[at - 1] in (";", "while", "but", "and")) else None

    def _is_owned(self, i: int) -> bool:
        """Whether only a word no table knows stands between a country and its flow (`India's oilmeal exports`)."""
        word, place = self.words[i], self.ending.get(i - 1)
        named = place is not None and place.role == "place" and self.lows[i - 1] == "'s"
        plain = word.kind == "w" and word.text.islower() and word.low not in _NOT_GOODS
        if not named or not plain or self.lows[self.flow.first] not in _HEADS.get(self.flow.code, ()):
            return False
        self.first = i
        return True

    def _exchange(self) -> bool:
        """Whether the flow is what two countries do with one another (`traded goods`)."""
        return self.flow.code == "T" and self.lows[self.flow.first] in ("traded", "exchanged")

    def _joins(self, i: int) -> bool:
        """Whether a word goes on with the phrase; `and` does between goods, `of` never."""
        word = self.lows[i]
        if word in ("of", "and", "&"):
            return bool(self.products) and word != "of"
        return word in BEFORE or word in LINKED or word in WHOLE

    def _is_goods(self, i: int) -> bool:
        """Whether the word before a flow is goods that no table knows (`garlic exports`)."""
        low, head = self.lows[i], self.flow.first
        if self.lows[head] not in _HEADS.get(self.flow.code, ()) or self.words[head].glue:
            return False
        if self.words[i].kind != "w" or len(low) < 4 or low in _NOT_GOODS or low.endswith(_NOT_GOODS_ENDS):
            return False
        first = i - 2 if i > 1 and self.words[i - 1].glue else i  # high-end equipment
        place = self.ending.get(first)
        return first == 0 or self.lows[first - 1] in _BEFORE_GOODS or place is not None and place.form == "adjective"


def _bracket(lows: list[str], i: int) -> int:
    """Token at which a bracket of one or two words opens that closes at token i; 0 for none."""
    return next((at for at in (i - 2, i - 3) if at > 0 and lows[at] == "("), 0)


def premodifiers(
    lows: list[str], words: Sequence[Token], flow: Name, ending: Mapping[int, Name], floor: int
) -> Premodifiers:
    """What stands before a flow, down to token `floor`; `ending` are the names of the sentence by where they end."""
    phrase = Premodifiers(words, lows, flow, ending, flow.first)
    goes_on = True
    while goes_on and phrase.first > floor and flow.first - phrase.first < LONGEST:
        name = ending.get(phrase.first)
        goes_on = phrase.meet_name(name) if name is not None else phrase.meet_word()
    while phrase.first < flow.first and lows[phrase.first] in ("and", "&"):
        phrase.first += 1
    return phrase
