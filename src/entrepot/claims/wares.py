"""Which goods a number is of: those its flow names, what it counts, what stands beside it, or what a story is about."""

from dataclasses import dataclass, replace

from entrepot.claims import verbs
from entrepot.claims.meaning import Meaning
from entrepot.claims.names import Name
from entrepot.claims.numbers import Quantity
from entrepot.claims.subjects import TOTAL, WORLD, Subject
from entrepot.claims.themes import LAST, TRADES
from entrepot.claims.verbs import VERBS
from entrepot.claims.vocabulary import product_of
from entrepot.claims.words import one_of

_BESIDE = one_of(
    "with ( by up down - : , + at rose fell grew dropped increased declined surged jumped climbed plunged slid"
)
_MARKETS = one_of(
    "market markets destination destinations buyer buyers importer importers customer customers consumer purchaser "
    "purchasers supplier suppliers exporter exporters seller source shipper"
)
_RANKED = one_of(
    "second third fourth fifth first led leads ranked ranks followed topped tops headed faced experienced enjoyed "
    "suffered supplied bought took"
)
"""What a place or goods at the head of a clause may do before their number comes."""
_MADE = one_of("the its their 's made produced chinese-made - ,")
_REASONS = one_of("on by to amid of from in with")
_BEFORE_REASON = one_of(
    "mainly largely partly chiefly mostly primarily due thanks driven led owing because helped hurt"
)
_CHANGES = one_of("decrease decline drop fall increase rise surge jump slump gain growth lower higher weaker stronger")


@dataclass(frozen=True, slots=True)
class Setting:
    """A name among its neighbours.

    Attributes
    ----------
    name : Name
        What is named.
    start, end : int
        Tokens that it covers with what describes it and with its people, the last one excluded.
    before, after : str
        Words beside those.
    opens : bool
        Whether a clause or an item begins with it.
    """

    name: Name
    start: int
    end: int
    before: str
    after: str
    opens: bool


class Wares(Meaning):
    """The goods of a sentence."""

    main_goods = ""
    """Goods spoken of before a flow that was only named as a reason."""

    def _product_of(self, subject: Subject, first: bool) -> str:
        """Goods of a flow: those it names, those of the clause, or those of the story."""
        if subject.products:
            self.main_goods = self.now.product if self._is_reason(subject) else ""
            return subject.products[0]
        if self.main_goods:
            product, self.main_goods = self.main_goods, ""
            return product
        if self.view.lows[subject.first] in ("these", "such") and subject.first < subject.head:
            return self.now.product
        goes_on = not first and not subject.reporter and not subject.partners
        keeps = self.now.headed == "product" or self.product_named or goes_on
        if keeps and not subject.whole:
            return self.now.product
        own = self.now.goods == LAST and subject.reporter
        return TOTAL if own or subject.flow in "TB" or self._all_of_country(subject) else self._unnamed()

    def _unnamed(self) -> str:
        """Goods of a flow that names none: all, or those that the story is about."""
        return self.now.product if self.now.goods == LAST else self.now.goods

    def _all_of_country(self, subject: Subject) -> bool:
        """Whether a subject is of all that a country trades (`the country's total exports`, `merchandise imports`)."""
        words = self.view.lows[subject.first : subject.tail]
        return "merchandise" in words or subject.whole and "'s" in words

    def _is_reason(self, subject: Subject) -> bool:
        """Whether a flow is only why another changed (`imports fell, mainly on lower car imports, and`)."""
        view, lows, segment = self.view, self.view.lows, self.view.segment
        back = lows[max(0, subject.first - 6) : subject.first]
        if not set(back) & _BEFORE_REASON and not (set(back[-4:]) & _CHANGES and set(back[:-1]) & _REASONS):
            return False
        return not any(q.first > subject.head and segment[q.first] == segment[subject.head] for q in view.quantities)

    def _meet_goods(self, at: Setting) -> None:
        """Goods outside of a flow's phrase, where they head a clause or say what a market is for."""
        lows, name = self.view.lows, at.name
        those = at.before == "of" and name.first > 1 and lows[name.first - 2] in ("those", "that")
        if those and self.now.flow:
            self.about_trade = True
        elif self._of_market(name):
            self.product_named = True
        elif at.opens and (self.about_trade or self.now.flow) and (self._tells(at) or self._in_turn(name)):
            self.about_trade = self.product_named = True
        elif self.now.flow and self._in_clause_of_its_own(name) or at.opens and self._deals(name):
            self.product_named = True
        else:
            return
        self.now = replace(self.now, product=name.code)

    def _tells(self, at: Setting) -> bool:
        """Whether the words after a name tell its number (`rose`, `ranked third at`, `, with`)."""
        ahead = self.view.lows[at.end : at.end + 2]
        leads = ahead in ([",", "with"], [",", "at"]) and any(
            q.first in (at.end + 2, at.end + 3) for q in self.view.quantities
        )
        return at.after in VERBS or at.after in ("(", ":") or at.after in _RANKED or leads

    def _of_market(self, name: Name) -> bool:
        """Whether goods say of what a place is a market or a source (`the top destination for Indian steel`)."""
        lows, at = self.view.lows, name.first - 1
        adjectives = {i for n in self.view.names if n.role == "place" for i in range(n.first, n.last)}
        while at > 0 and name.first - at < 6 and (lows[at] in _MADE or at in adjectives):
            at -= 1
        return at > 0 and lows[at] in ("of", "for") and lows[at - 1] in _MARKETS

    def _in_clause_of_its_own(self, name: Name) -> bool:
        """Whether a relative clause goes on about goods (`demand for chips, which leapt 38.6 %`)."""
        lows, at = self.view.lows, name.last
        at += lows[at : at + 1] != [] and lows[at] in TRADES
        at += lows[at : at + 1] == [","]
        return lows[at : at + 1] == ["which"] and at + 1 < len(lows) and lows[at + 1] in VERBS

    def _deals(self, name: Name) -> bool:
        """Whether those who deal in goods, or their flow, go on (`the steel sector saw`, `chips led, their sales`)."""
        view, lows = self.view, self.view.lows
        theirs = any(lows[s.first] == "their" and 0 < s.first - name.last <= 8 for s in view.subjects)
        dealt = lows[name.last : name.last + 1] != [] and lows[name.last] in TRADES
        return theirs or dealt and (self.about_trade or any(n.role == "flow" for n in view.names))

    def _in_turn(self, name: Name) -> bool:
        """Whether goods follow `and` and their level follows them, after other goods' (`and cars $605 million`)."""
        level = next((q for q in self.view.quantities if q.first in (name.last, name.last + 1)), None)
        return (
            self.product_named and self.view.lows[name.first - 1] == "and" and level is not None and level.unit != "%"
        )

    def _market_goods(self, end: int) -> str:
        """Goods of a rank: those that the market ranked is for, right after token `end`; else those spoken of."""
        names = [n for n in self.view.names if n.role == "product" and end <= n.first < end + 9]
        return next((n.code for n in names if self._of_market(n)), self.now.product)

    def _weighed(self, product: str, measure: str, unit: str) -> str:
        """Goods of a weight, and of a share whose part is not told: those spoken of last, or told of first."""
        weight = measure.startswith("volume") and unit not in ("n", "")
        if product != TOTAL or not (weight or measure == "share" and self.now.partner == WORLD):
            return product
        if weight:
            product = self.now.ware if self.now.ware != TOTAL else self.now.topic[1]
            self.now = replace(self.now, product=product)
            return product
        named = [n for n in self.view.names if n.role == "product"]
        return named[0].code if named and named[0].first < 3 and not self.now.definition else product

    def _goods_of(self, quantity: Quantity) -> str:
        """Product of a number: what it counts, its place in a list, what stands beside it, or the one spoken of."""
        counted = product_of(quantity.noun) if quantity.noun else ""
        named = counted != product_of(quantity.noun.rpartition(" ")[2])  # electric vehicles, not only vehicles
        if counted and (self.now.product == TOTAL or named):
            self.now = replace(self.now, product=counted)
            return counted
        listed = self._listed(quantity, "product", self.products) or self._product_beside(quantity)
        return listed or self._in_bracket_after(quantity) or self.now.product

    def _in_bracket_after(self, quantity: Quantity) -> str:
        """Goods of the number that a bracket stands after (`textiles $1.1 billion (up 4 %), shoes`)."""
        before = [q for q in self.view.quantities if q.last <= quantity.first]
        gap = self.view.lows[before[-1].last : quantity.first] if before else []
        told = self.found[-1] if self.found else None
        if told is None or gap[:1] != ["("] or not all(low in _BESIDE for low in gap) or told.start != before[-1].start:
            return ""
        return told.product

    def _product_beside(self, quantity: Quantity) -> str:
        """Goods right before or after a number: `13.9 million tonnes of soybeans`, `chips (up 27 %)`."""
        for name in self.view.names:
            if name.role != "product":
                continue
            if name.first >= quantity.last:
                if self._leads_to_goods(quantity, name):
                    self.product_named = True
                    self.now = replace(self.now, product=name.code)
                    return name.code
                if name.first == quantity.last and quantity.unit not in ("%", "pp"):
                    return name.code
            elif name.last <= quantity.first:
                gap = self.view.lows[name.last : quantity.first]
                if len(gap) <= 2 and all(low in _BESIDE for low in gap) and self.about_trade:
                    return name.code
        return ""

    def _leads_to_goods(self, quantity: Quantity, name: Name) -> bool:
        """Whether the words after a number lead to goods (`of soybeans`, `in fuel`, `12 % more American oil`)."""
        gap, words = self.view.lows[quantity.last : name.first], self.view.words[quantity.last : name.first]
        if not 0 < len(gap) <= 4 or any(w.kind != "w" for w in words):
            return False
        if gap == ["in", "those", "of"]:
            return True
        places = {i for n in self.view.names if n.role == "place" for i in range(n.first, n.last)}
        if gap[0] in ("more", "less", "fewer") and all(i in places for i in range(quantity.last + 1, name.first)):
            return self.about_trade
        if quantity.unit == "%":
            return False
        money = len(quantity.unit) == 3 and quantity.unit.isupper()
        moved = len(gap) == 2 and gap[0] in verbs.UP | verbs.DOWN and gap[1] == "in"
        return moved or gap[0] in ("of", "worth") or gap == ["in"] and money and self.about_trade
