"""Which goods a number is of: those its flow names, what it counts, what stands beside it, or what a story is about."""

from dataclasses import dataclass

from entrepot.claims import verbs
from entrepot.claims.meaning import Meaning
from entrepot.claims.names import Name
from entrepot.claims.quantity import Quantity
from entrepot.claims.replacing import replace
from entrepot.claims.subjects import TOTAL, WORLD, Subject
from entrepot.claims.themes import GENERIC, LAST, TRADES, deals, is_reason
from entrepot.claims.verbs import VERBS
from entrepot.claims.vocabulary import product_of
from entrepot.claims.words import one_of

_BESIDE = one_of(
    "with ( by up down - : , + at rose fell grew dropped increased declined surged jumped climbed plunged slid "
    "negative minus plus"
)
_STAND_INS = one_of(
    "commodity oilseed oilseeds cereal cereals ingredient sweetener delicacy fiber fibre crop staple bean beans nut"
)
"""Words for goods told before."""
_EARNINGS = one_of("earnings revenue revenues receipts income sales proceeds exports shipments turnover")
_WORTH = (["worth"], ["valued", "at"], ["worth", "about"], ["worth", "nearly"], ["worth", "over"])
_PART = one_of("accounting accounts account accounted make making made makes represents representing represented "
               "comprised comprising constituting constituted")  # fmt: skip
_PART_FILL = one_of(
    ", which that for up about nearly almost over around more than a the some roughly as much just only"
)
_MORE = one_of(
    ", up down a an rise increase growth gain decrease decline drop fall jump hike of by rising falling increasing "
    "decreasing growing dropping representing marking year-on-year"
)
_SIGNS = one_of("+ - − – up down minus")
_THESE = one_of("products goods items commodities vehicles devices materials")
_TRAIL = one_of("products goods items accessories components parts")
_PERIOD_FILL = one_of("in during over for the of this that last same month year")
ASIDES = (
    *(["for", "example"], ["for", "instance"], ["in", "particular"], ["however"], ["meanwhile"], ["though"]),
    *(["by", "contrast"], ["in", "contrast"], ["for", "its", "part"], ["on", "the", "other", "hand"], ["too"]),
)
_DEALT = VERBS | one_of(
    "posted recorded saw had maintained achieved ran exported imported sold shipped enjoyed suffered reported logged"
)
_SELL = one_of("sold exported shipped selling exporting shipping")
_MARKETS = one_of(
    "market markets destination destinations buyer buyers importer importers customer customers consumer purchaser "
    "purchasers supplier suppliers exporter exporters seller source shipper"
)
_RANKED = one_of(
    "second third fourth fifth first led leads ranked ranks followed topped tops headed faced experienced enjoyed "
    "suffered supplied bought took stayed placed"
)
"""What a place or goods at the head of a clause may do before their number comes."""
_ALL_GOODS = (["goods", "exports"], ["goods", "imports"], ["goods", "trade"])
_SAYS_MORE = one_of("its the a mainly including chiefly especially notably mostly particularly largely such")
_TURNS = (["as", "for"], ["for"], ["with"], ["on"], ["regarding"], ["in", "the", "case", "of"], ["in", "terms", "of"])
_MADE = one_of("the its their 's made produced chinese-made - ,")


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

    goods_go_on = False
    """Whether flows to other places have gone on about the goods of the first."""
    main_goods = ""
    """Goods spoken of before a flow that was only named as a reason."""

    def _product_of(self, subject: Subject, first: bool) -> str:
        """Goods of a flow: those it names, those of the clause, or those of the story."""
        if subject.products:
            self.main_goods = self.now.product if self._is_reason(subject) else ""
            return self._specific(subject.products[0])
        if self.main_goods:
            product, self.main_goods = self.main_goods, ""
            return product
        if self.view.lows[subject.first] in ("these", "such") and subject.first < subject.head:
            return self.now.product
        if self._of_these(subject):
            return self.start.product if self.start.product != TOTAL else self.start.ware
        if self.view.lows[subject.head - 1 : subject.head + 1] in _ALL_GOODS and subject.head > subject.first:
            return TOTAL if self.now.goods == LAST else self.now.goods
        if self._parallel(subject):
            return self.now.product
        goes_on = not first and not subject.reporter and not subject.partners
        keeps = self.now.headed == "product" or self.product_named or goes_on
        if keeps and not subject.whole:
            return self.now.product
        own = self.now.goods == LAST and subject.reporter
        if not self.sentence.opens and self.now.goods not in (TOTAL, LAST) and not subject.whole:
            return self.start.product  # all trade, where the sentence before has gone back to it
        return (
            TOTAL
            if own or subject.flow in "TB" or self._all_of_country(subject)
            else self._unnamed(bool(subject.partners))
        )

    def _of_these(self, subject: Subject) -> bool:
        """Whether a flow is of goods told before (`exported $12 billion worth of these products`)."""
        ahead = self.view.lows[subject.tail : subject.tail + 16]
        pairs = zip(ahead, ahead[1:], strict=False)
        return any(these in ("these", "such", "those") and goods in _THESE for these, goods in pairs)

    def _parallel(self, subject: Subject) -> bool:
        """Whether a flow to another place goes on about the goods of the one before."""
        before = self.subject
        if before is None or before.flow != subject.flow or not subject.partners or subject.reporter or subject.whole:
            return False
        self.goods_go_on = (bool(before.products) and self.now.partner != WORLD) or self.goods_go_on
        return self.goods_go_on and self.now.product != TOTAL

    def _unnamed(self, abroad: bool = False) -> str:
        """Goods of a flow that names none: all, or those that the story is about.

        A story on several goods goes back to those it began with where a paragraph opens with a flow `abroad`.
        """
        if self.now.goods != LAST:
            return self.now.goods
        return self.now.topic[1] if abroad and self.sentence.opens and self.now.topic[1] != TOTAL else self.now.product

    def _specific(self, code: str) -> str:
        """Goods by their own name where they are called by a wider one (`the commodity`, `minerals` in their story)."""
        if code.rpartition("-")[2] in _STAND_INS:
            return self.now.product if self.now.product != TOTAL else self.now.ware
        if code in GENERIC and not self.sentence.opens and self.now.product not in (TOTAL, LAST, *GENERIC):
            return self.now.product  # steel went the other way: producers shipped 3 million tonnes of products
        return self.now.goods if code in GENERIC and self.now.goods not in (TOTAL, LAST) else code

    def _all_of_country(self, subject: Subject) -> bool:
        """Whether a subject is of all that a country trades (`the country's total exports`, `merchandise imports`)."""
        words = self.view.lows[subject.first : subject.tail]
        return "merchandise" in words or subject.whole and ("'s" in words or subject.reporter != "")

    def _is_reason(self, subject: Subject) -> bool:
        """Whether a flow is only why another changed (`imports fell, mainly on lower car imports, and`)."""
        view, lows, segment = self.view, self.view.lows, self.view.segment
        if not is_reason(lows, subject.first):
            return False
        return not any(q.first > subject.head and segment[q.first] == segment[subject.head] for q in view.quantities)

    def _meet_goods(self, at: Setting) -> None:
        """Goods outside of a flow's phrase, where they head a clause or say what a market is for."""
        lows, name = self.view.lows, at.name
        those = at.before == "of" and name.first > 1 and lows[name.first - 2] in ("those", "that")
        if those and self.now.flow:
            self.about_trade = True
        elif self._of_market(name) or self._after_period(name) or self._names_export(name) or self._turned_to(name):
            self.product_named = True
        elif at.opens and (self.about_trade or self.now.flow) and (self._tells(at) or self._in_turn(name)):
            self.about_trade = self.product_named = True
        elif self.now.flow and self._in_clause_of_its_own(name) or (at.opens or self._earns(at)) and self._deals(name):
            self.product_named = True
        else:
            return
        self.now = replace(self.now, product=self._specific(name.code))

    def _tells(self, setting: Setting) -> bool:
        """Whether the words after a name tell its number (`rose`, `ranked third at`, `, with`, `, however, fell`)."""
        lows, at = self.view.lows, setting.end
        ahead = lows[at : at + 2]
        leads = ahead in ([",", "with"], [",", "at"])
        leads = leads and any(q.first in (at + 2, at + 3) for q in self.view.quantities)
        aside = next((a for a in ASIDES if lows[at : at + 2 + len(a)] == [",", *a, ","]), None)
        after = "".join(lows[at + 2 + len(aside) : at + 3 + len(aside)]) if aside else setting.after
        return after in VERBS or after in ("(", ":", "followed") or after in _RANKED or leads or self._apposed(at)

    def _names_export(self, name: Name) -> bool:
        """Whether goods say what the export is that was told by its rank (`its biggest export, iron ore, gained`)."""
        lows, at = self.view.lows, name.first - 1
        told = (
            at > 1 and lows[at] in (",", "-", "–", "—") and lows[at - 1] in ("export", "import", "commodity", "product")
        )
        return told and bool({"export", "import"} & set(lows[max(0, at - 2) : at]))

    def _apposed(self, at: int) -> bool:
        """Whether only what goods are stands between them and their verb (`coal, its top export, fell`)."""
        lows = self.view.lows
        if lows[at : at + 1] not in ([","], ["-"], ["–"], ["—"]) or lows[at + 1 : at + 2] == []:
            return False
        if lows[at - 2 : at - 1] == [","] and lows[at + 1] in VERBS:
            return True  # one of the top sectors, textiles, fell
        if lows[at + 1] not in _SAYS_MORE:
            return False
        close = next((k for k in range(at + 2, min(at + 11, len(lows) - 1)) if lows[k] == lows[at]), 0)
        return close > 0 and lows[close + 1] in VERBS

    def _turned_to(self, name: Name) -> bool:
        """Whether a sentence opens with the goods that it is on (`As for ore, imports rose`)."""
        lows = self.view.lows
        opens = lows[: name.first] in _TURNS or lows[: name.first] in [[*turn, "the"] for turn in _TURNS]
        return opens and lows[name.last : name.last + 1] == [","]

    def _of_market(self, name: Name) -> bool:
        """Whether goods say of what a place is a market or a source (`the top destination for Indian steel`)."""
        lows, at = self.view.lows, self._word_before(name)
        return at > 0 and lows[at] in ("of", "for") and lows[at - 1] in _MARKETS

    def _word_before(self, name: Name) -> int:
        """Token before goods and the places that only say whose they are (`for the Indian steel`)."""
        at = name.first - 1
        adjectives = {i for n in self.view.names if n.role == "place" for i in range(n.first, n.last)}
        while at > 0 and name.first - at < 6 and (self.view.lows[at] in _MADE or at in adjectives):
            at -= 1
        return at

    def _after_period(self, name: Name) -> bool:
        """Whether goods come after the period of a flow without any (`export turnover in the first half for wood`)."""
        lows, subject, at = self.view.lows, self.subject, self._word_before(name)
        if subject is None or subject.products or lows[at] not in ("for", "of") or subject.flow not in "XM":
            return False
        dated = {i for m in self.view.dates for i in range(m.first, m.last)}
        between = [i for i in range(subject.last, at) if i not in dated]
        return bool(dated) and len(between) <= 4 and all(lows[i] in _PERIOD_FILL for i in between)

    def _in_clause_of_its_own(self, name: Name) -> bool:
        """Whether a relative clause goes on about goods (`demand for chips, which leapt`, `chips, whose sales`)."""
        lows, at = self.view.lows, name.last
        at += deals(lows, at)
        at += lows[at : at + 1] == [","]
        if lows[at : at + 1] == ["whose"]:
            return any(subject.first == at for subject in self.view.subjects)
        return lows[at : at + 1] == ["which"] and at + 1 < len(lows) and lows[at + 1] in VERBS

    def _deals(self, name: Name) -> bool:
        """Whether those who deal in goods, or their flow, go on (`the steel sector saw`, `chips led, their sales`)."""
        view, lows = self.view, self.view.lows
        theirs = any(lows[s.first] in ("their", "whose") and 0 < s.first - name.last <= 8 for s in view.subjects)
        if theirs or not deals(lows, name.last):
            return theirs
        told = any(n.role == "flow" for n in view.names)
        trade = next(i for i in range(name.last, len(lows)) if lows[i] in TRADES)
        on = lows[trade + 1 : trade + 2]
        told = told or self.start.product != TOTAL and self.start.flow in ("X", "M")
        return (self.about_trade or told) and (bool(_DEALT & set(on)) or told and bool(_SELL & set(lows[name.last :])))

    def _earns(self, at: Setting) -> bool:
        """Whether it is earnings from goods or their trade that are told (`earnings from the garment sector`)."""
        back = self.view.lows[max(0, at.start - 2) : at.start]
        return at.before in ("from", "of", "by") and bool(_EARNINGS & set(back))

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
        if weight and self.now.flow in ("X", "M"):
            product = self.now.ware if self.now.ware != TOTAL else self.now.topic[1]
            self.now = replace(self.now, product=product)
            return product
        if weight:
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
        listed = self._counted_in_turn(quantity) or self._listed(quantity, "product", self.products)
        listed = listed or self._product_beside(quantity)
        listed = listed or self._spelled_item(quantity)
        listed = listed or self._of_part(quantity)
        told = None if listed else self._says_more(quantity)
        return told.product if told else listed or self._of_head(quantity) or self.now.product

    def _counted_in_turn(self, quantity: Quantity) -> str:
        """Goods of an amount in a row (`5 tons of ore, 3 tons of oil`), or of a rate in the row after it."""
        told = [(q, goods) for q in self.view.quantities if (goods := self._of_goods(q))]
        if len(told) < 2:
            return ""
        if quantity.unit != "%":
            return next((goods for q, goods in told if q is quantity), "")
        group = self._group(quantity)
        before = [goods for q, goods in told if q.last <= group[0].first]
        return before[group.index(quantity)] if len(group) > 1 and len(before) == len(group) else ""

    def _of_goods(self, quantity: Quantity) -> str:
        """Goods that stand right after an amount and `of` (`47 million tonnes of crude oil`); empty for none."""
        if quantity.unit == "%" or self.view.lows[quantity.last : quantity.last + 1] != ["of"]:
            return ""
        near = range(quantity.last + 1, quantity.last + 3)
        return next((n.code for n in self.view.names if n.role == "product" and n.first in near), "")

    def _spelled_item(self, quantity: Quantity) -> str:
        """Goods that no table knows, in a list with brackets after others (`rice (10.8 %), seasonings (28.6 %)`)."""
        lows, at = self.view.lows, quantity.first - 1
        at -= at > 0 and lows[at] in _SIGNS
        before = [q for q in self.view.quantities if q.last < at]
        if lows[at] != "(" or not before or not self.found or lows[before[-1].last] != ")":
            return ""
        words = self.view.words[before[-1].last + 1 : at]
        item = [w.low for w in words if w.low not in (",", "and")]
        own = self.found[-1].product not in (TOTAL, self.now.product)
        plain = 0 < len(item) <= 4 and all(w.kind == "w" and w.text.islower() or w.low == "," for w in words)
        inside = [n for n in self.view.names if before[-1].last < n.first < at]
        named = any(n.role not in ("product", "none") or n.last == at for n in inside)
        return "-".join(item) if own and plain and not named else ""

    def _of_part(self, quantity: Quantity) -> str:
        """Goods whose share a number is (`machinery, accounting for 60 %`), or of its whole (`a third of food`)."""
        if quantity.unit != "%":
            return ""
        for name in (n for n in self.view.names if n.role == "product" and n.last < quantity.first):
            gap = self.view.lows[name.last : quantity.first]
            if _PART & set(gap) and all(low in _PART or low in _PART_FILL for low in gap):
                return name.code
        whole = self._whole_of(quantity)
        return whole.products[0] if whole and whole.products and self.now.product == TOTAL else ""

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
                while gap[:1] and gap[0] in _TRAIL:
                    gap = gap[1:]
                if gap in _WORTH and self.about_trade:
                    self.now = replace(self.now, product=name.code)
                    return name.code
                apart = gap[:1] == [","] and "".join(gap[1:2]) in verbs.UP | verbs.DOWN and gap[1] not in ("up", "down")
                if len(gap) <= 2 and all(low in _BESIDE for low in gap) and self.about_trade and not apart:
                    return name.code
        return ""

    def _leads_to_goods(self, quantity: Quantity, name: Name) -> bool:
        """Whether the words after a number lead to goods (`of soybeans`, `in fuel`, `12 % more American oil`)."""
        gap = self._past_bracket(quantity.last, name.first)
        words = self.view.words[name.first - len(gap) : name.first]
        if not 0 < len(gap) <= 4 or any(w.kind != "w" for w in words):
            return False
        if gap == ["in", "those", "of"]:
            return True
        if gap in (["were"], ["was"]):  # of which $5 billion were copper
            return self.view.lows[max(0, quantity.first - 2) : quantity.first] == ["of", "which"]
        places = {i for n in self.view.names if n.role == "place" for i in range(n.first, n.last)}
        if gap[0] in ("more", "less", "fewer") and all(i in places for i in range(quantity.last + 1, name.first)):
            return self.about_trade
        if quantity.unit == "%":
            return gap[0] == "of" and self._part_of(quantity, name, places)
        money = len(quantity.unit) == 3 and quantity.unit.isupper()
        moved = len(gap) == 2 and gap[0] in verbs.UP | verbs.DOWN and gap[1] == "in"
        return moved or gap[0] in ("of", "worth") or gap == ["in"] and money and self.about_trade

    def _part_of(self, quantity: Quantity, name: Name, places: set[int]) -> bool:
        """Whether a share is one of goods (`63 % of its iron ore`), not of what is made or used of them."""
        lows = self.view.lows
        between = range(quantity.last + 1, name.first)
        inside = any(s.first <= name.first < s.last and s.head > name.first for s in self.view.subjects)
        if inside or not all(i in places or lows[i] in ("the", "its", "their", "all", "total", "'s") for i in between):
            return False
        after = "".join(lows[name.last : name.last + 1])
        return self.about_trade and (after in ("", ",", ".", "and", ";", "from", "in") or after.endswith("ported"))
