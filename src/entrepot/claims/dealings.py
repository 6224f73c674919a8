"""Who buys and who sells, told by verbs: what a customer buys or takes are the home country's exports."""

from entrepot import codes
from entrepot.claims.breakdowns import breakdown
from entrepot.claims.mirrored import BOUGHT, Mirrored
from entrepot.claims.names import Name
from entrepot.claims.quantity import Quantity
from entrepot.claims.replacing import replace
from entrepot.claims.subjects import TOTAL, UNIONS, WORLD, Subject
from entrepot.claims.verbs import VERBS
from entrepot.claims.wares import Setting
from entrepot.claims.words import one_of

_BUY = one_of("bought purchased took takes ordered paid spent unloaded brought received")
"""Verbs with which a country takes goods of the country that a story is about, unless another one sells them."""
_FIGURE = one_of("figure figures total number tally count")
_EVERYWHERE = one_of("worldwide abroad overseas total overall altogether globally world")
_SUPPLIERS = one_of("supplier source seller suppliers sources origin")
_WAYS = {"to": "X", "from": "M"}
_SIDES = {**dict.fromkeys(("supply", "import", "imports", "buying"), "M"), **dict.fromkeys(("export", "exports"), "X")}
_SAW = one_of("posted saw had recorded showed registered logged")
_CHANGED = one_of("increase rise growth gain jump surge decrease decline drop fall")
_ONE = one_of("market country nation destination bloc economy")
_EARNS = one_of("earned fetched brought netted grossed raked generated made took")
_BEFORE_MONEY = one_of("about around nearly almost over more than some just only roughly a an the us usd $ € £ record")
_PURCHASES = one_of("purchases imports orders buying")
_TAKE = one_of("took takes taking brought unloaded paid spent received")
_DEALS = one_of("bought sold imported exported purchased shipped took paid spent")
_SELL = one_of("sent sold shipped exported delivered supplied dispatched")
_CUSTOMERS = one_of("market markets buyers customers destinations importers purchasers buyer customer destination")
_ENDS = one_of("; : while whereas but although")
_NEAR, _FAR = 6, 18
"""Words from a verb to its number at most, and as far as who sells may be named."""
_WITH_US = ("X", "T", "B")
"""Flows of a passage in which a country that buys does so from the home country."""
_OWN = one_of("themselves itself stocks shares bonds debt treasuries dollars")
"""What is bought that is no goods."""


class Dealings(Mirrored):
    """Buyers and sellers of a sentence."""

    buyer_acts = False
    """Whether a buyer of home goods is who acts in the sentence (`China took $2 billion and sent`)."""

    called = ""
    """Place that the sentence calls a customer or a supplier: who `it` is after it."""

    def _buys_from_us(self, verb: int) -> bool:
        """Whether what a country buys, by the verb at a token, comes from the home country: nobody else sells it."""
        view, lows = self.view, self.view.lows
        if not self.now.home or lows[verb : verb + 1] == [] or lows[verb] not in _BUY:
            return False
        if not any(verb < q.first <= verb + _NEAR for q in view.quantities):
            return False
        end = next((i for i in range(verb, min(verb + _FAR, len(lows))) if lows[i] in _ENDS), verb + _FAR)
        if _OWN & set(lows[verb:end]):
            return False
        sold = [n for n in view.names if n.role == "place" and verb < n.first < end and self._sells(n)]
        if any(n.code != self.now.home for n in sold):
            return False  # India bought 1.9 million tonnes of Russian crude; from Brazil
        told = self.start.flow in _WITH_US or self.start.topic[2] == "X"
        return told or bool(sold)

    def _sells(self, name: Name) -> bool:
        """Whether a place is where goods come from (`from Brazil`, `Russian crude`)."""
        before = [low for low in self.view.lows[max(0, name.first - 2) : name.first] if low != "the"]
        return (
            before[-1:] == ["from"] or name.form == "adjective" or self.view.lows[name.last : name.last + 1] == ["'s"]
        )

    def _buys(self, name: Name, end: int) -> bool:
        """Whether a foreign buyer takes goods from the home country (`Brazil took $410 million`)."""
        end += self.view.lows[end : end + 1] in (["has"], ["have"], ["also"], ["alone"], ["together"])
        return super()._buys(name, end) or self._buys_from_us(end)

    def _seen_from_home(self, subject: Subject, reporter: str, partner: str) -> tuple[str, str, str]:
        """Reporter, partner and flow of a subject, as the home country sees it."""
        home = self.now.home
        if (buyer := self._bought_by(subject)) and buyer != home:
            return home, buyer, "X"
        if self._sold_to_us(subject):
            return home, subject.reporter, "M"
        if subject.flow == "T" and subject.homeward and (other := self._its_trade(subject)):
            return home, other, "T"
        one = self.view.lows[max(0, subject.first - 2) : subject.first] in (["the", "market"], ["that", "market"])
        again = self.start.last_partner
        if subject.flow == "M" and one and not subject.reporter and again != WORLD and self.start.flow != "M":
            return home, again, "X"  # in that period the market bought 470,000 tonnes
        named = subject.reporter and "'s" not in self.view.lows[subject.first : subject.head]
        if subject.flow == "T" and named and home and not subject.partners and not subject.inside:
            group = codes.kind(subject.reporter) == "group" and subject.reporter not in UNIONS
            if group and home not in codes.members(subject.reporter):
                return home, subject.reporter, "T"  # ASEAN trade gained 13 %
        return super()._seen_from_home(subject, reporter, partner)

    def _bought_by(self, subject: Subject) -> str:
        """Who bought, told after `by` (`purchases by the second-largest customer, the United States, soared`)."""
        lows = self.view.lows
        if subject.flow != "M" or subject.reporter or subject.partners or not self.now.home or self.start.flow == "M":
            return ""
        if lows[subject.tail - 1] in _PURCHASES and lows[subject.first] == "whose":
            near = [
                n.code for n in self.view.names if n.role == "place" and n.last in (subject.first, subject.first - 1)
            ]
            return near[-1] if near else ""  # Malaysia, whose purchases rose by 30 per cent
        if lows[subject.tail - 1] not in _PURCHASES or lows[subject.tail : subject.tail + 1] != ["by"]:
            return ""
        first = subject.tail + 1
        stop = next((i for i in range(first, len(lows)) if lows[i] in VERBS or i in self.view.counted), len(lows))
        return next((n.code for n in self.view.names if n.role == "place" and first <= n.first < stop), "")

    def _sold_to_us(self, subject: Subject) -> bool:
        """Whether a country sells the goods whose import the story is on (`Brazil shipped 267,553 tonnes`)."""
        now, start, lows = self.now, self.start, self.view.lows
        theirs = subject.reporter not in ("", now.home) and set(subject.partners) <= {now.home}
        if not theirs or not now.home or subject.flow != "X" or lows[subject.tail - 1] not in _SELL:
            return False
        told = start.flow == "M" or start.flow != "X" and start.topic[2] == "M"
        goods = {start.product, start.topic[1], start.ware, now.goods} - {TOTAL, "*"}
        weighed = start.weighed or any(q.unit in ("t", "kg") for q in self.view.quantities)
        if (
            not told
            or not (goods or weighed)
            or not any(subject.tail <= q.first <= subject.tail + _NEAR for q in self.view.quantities)
        ):
            return False
        end = next((i for i in range(subject.tail, len(lows)) if lows[i] in _ENDS), len(lows))
        ahead = [n for n in self.view.names if n.role == "place" and subject.tail <= n.first < end]
        away = any("to" in lows[n.first - 2 : n.first] and n.code != now.home for n in ahead)
        return not away and not _EVERYWHERE & set(lows[subject.first : end])

    def _its_trade(self, subject: Subject) -> str:
        """Whose trade with the home country it is (`Peru, its trade with China having surged`, `it did`)."""
        lows, home = self.view.lows, self.now.home
        before = [n.code for n in self.view.names if n.role == "place" and n.last <= subject.first and n.code != home]
        does = lows[subject.first - 1] in ("did", "does", "conducted", "had") and len(dict.fromkeys(before)) == 1
        if before and (does or lows[subject.first] in ("its", "their")):
            return before[-1]
        return self.start.led if lows[0] == "it" and not before and self.start.led != home else ""

    def _buys_ours(self, subject: Subject) -> bool:
        """Whether another country buys goods of the home country (`the EU bought 3.9 per cent less`)."""
        if super()._buys_ours(subject):
            return True
        theirs = subject.reporter not in ("", self.now.home) and not subject.partners
        if theirs and self._buys_from_us(subject.head):
            self.buyer_acts = True
            return True
        return False

    def _flow_of(self, subject: Subject) -> str:
        """Flow as the home country sees it: what its markets buy it exports, what a buyer sends it imports."""
        word, lows = self.view.lows[subject.tail - 1], self.view.lows
        if word in BOUGHT and not subject.reporter and self.start.flow != "M" and self._by_customers(subject):
            return "X"
        if self.now.home and subject.reporter == self.now.home and lows[subject.head] in _DEALS:
            return subject.flow  # American buyers took 9 % more, while China imported $4 billion of American goods
        goes_on = not subject.reporter and lows[subject.first - 1] in ("and", ",")
        if self.buyer_acts and goes_on and subject.flow in "XM" and (word in _SELL or lows[subject.head] in _BUY):
            return "M" if subject.flow == "X" else "X"
        if self.foreign_buyer and self.now.flow == "X" and lows[subject.head] in _TAKE:
            return "X"
        if word in _SELL and not subject.partners and self._supplies(subject):
            return "M"  # Indonesia was the largest supplier: it delivered 20 million tonnes
        return super()._flow_of(subject)

    def _supplies(self, subject: Subject) -> bool:
        """Whether who sells is the partner that the sentence calls a supplier."""
        lows, first = self.view.lows, subject.first
        theirs = not subject.reporter and lows[first - 1] in ("it", "they", "which") and first > 1
        return theirs and self.now.partner != WORLD and bool(_SUPPLIERS & set(lows[:first]))

    def _by_customers(self, subject: Subject) -> bool:
        """Whether markets or buyers without a name are who buys (`main markets as a whole bought 2 % more`)."""
        back = self.view.lows[max(0, subject.first - 7) : subject.first]
        if back[:1] == ["of"] and _CUSTOMERS & set(back) and back[-2:-1] == [","]:
            return True  # of the ten biggest destinations, eight bought less
        at = max((i for i, low in enumerate(back) if low in _CUSTOMERS), default=-1)
        return at >= 0 and not {",", "of", "to", "in"} & set(back[at:])

    def _farther(self, subject: Subject) -> bool:
        """Whether a flow goes there across its goods or its number (`imported 2 % less from there`, `steel there`)."""
        lows = self.view.lows
        if "there" not in self.view.said or subject.partners:
            return False
        following = min((s.first for s in self.view.subjects if s.first >= subject.tail), default=len(lows))
        at = next((i for i in range(subject.tail, min(following, subject.tail + 12)) if lows[i] == "there"), 0)
        names = any(n.role == "place" and subject.tail <= n.first < at for n in self.view.names)
        parted = {",", ";", "while", "but"} & set(lows[subject.tail : at])
        said = lows[at + 1 : at + 2] in (["was"], ["were"], ["is"], ["are"], ["has"], ["had"])
        return bool(at) and not names and not parted and not (said and lows[at - 1] in ("and", "that", ","))

    def _that_one(self, subject: Subject) -> str:
        """The place that `to that market` means where no number has been told of it: the one named before."""
        ahead = self.view.lows[subject.tail : subject.tail + 6]
        at = next((i for i, low in enumerate(ahead) if low in ("to", "from", "with")), -1)
        one = at >= 0 and ahead[at + 1 : at + 2] in (["that"], ["this"]) and ahead[at + 2 : at + 3] != []
        if not one or ahead[at + 2] not in _ONE:
            return WORLD
        place = self.start.led or self.start.abroad
        return place if place and place != self.now.home else WORLD

    def _break_down(self) -> None:
        """Take up what a sentence goes through (`By item,`): goods are of all partners, countries of all goods."""
        by, word = breakdown(self.view.lows)
        if self.view.lows[:2] == ["on", "the"] and self.view.lows[3:4] == ["side"] and self.view.lows[2] in _SIDES:
            flow = _SIDES[self.view.lows[2]]  # on the supply side China was first
            self.now, self.about_trade = replace(self.now, flow=flow, partner=self.now.pair or WORLD), True
        if by == "places":
            flow = {"destination": "X", "market": "X"}.get(word, self.now.flow)
            self.now = replace(self.now, product=self._unnamed(), flow=flow)
        elif by == "goods" and self.now.flow:
            main = self.now.topic[2] if self.now.topic[2] in ("X", "M") else "X"
            flow = self.now.flow if self.now.flow in ("X", "M") else main
            apart = self.sentence.opens or self.start.spread
            partner = (self.now.pair or WORLD) if apart else self.now.partner
            self.now = replace(self.now, flow=flow, partner=partner)
            self.about_trade = True

    def _earns_by(self, quantity: Quantity) -> bool:
        """Whether money is what goods earned, so that it is of exports (`diamonds brought in $2 billion`)."""
        lows, at = self.view.lows, quantity.first - 1
        if not (self.now.flow or self.start.topic[2]) or len(quantity.unit) != 3 or not quantity.unit.isupper():
            return False
        while at > 0 and lows[at] in _BEFORE_MONEY:
            at -= 1
        at -= at > 0 and lows[at] == "in" and lows[at - 1] in ("brought", "raked", "took", "pulled")
        if at < 1 or lows[at] not in _EARNS:
            return False
        end = at - (lows[at - 1] in ("also", "alone", "again", "still", "together", "have", "has"))
        return any(n.role == "product" and n.last == end for n in self.view.names)

    def _has_share(self, at: Setting) -> bool:
        """Whether a place has a share of what is told, not trade of its own (`Japan had 12.6 % and China 10.4 %`)."""
        near = next((q for q in self.view.quantities if 0 < q.first - at.end <= 9), None)
        ahead = set(self.view.lows[at.end + 1 : near.first]) if near is not None else set()
        if at.after in _SAW and ahead & _CHANGED and self.start.flow in ("X", "M") and not self.view.subjects:
            return True  # Ivory Coast posted the strongest increase, over 71 %
        alone = (
            near is not None
            and near.first - at.end <= 3
            and near.unit == "%"
            and self.view.lows[near.last : near.last + 1] != ["of"]
        )
        return alone and at.after in ("had", "has", "held", "holds") and not self.view.subjects

    def _acts_beside(self, at: Setting) -> bool:
        """Whether a place only does something beside what is told (`exports fell, with China buying less`)."""
        lows, first = self.view.lows, at.name.first
        comma = at.before == "with" and "," in lows[max(0, first - 3) : first]
        places = {i for n in self.view.names if n.role == "place" for i in range(n.first, n.last)}
        i = at.end
        while (
            comma and i < len(lows) and (i in places or lows[i] in ("and", ",", "the", "both", "each", "all", "also"))
        ):
            i += 1
        acts = comma and i < len(lows) and lows[i].endswith("ing") and lows[i] not in VERBS
        return acts and not any(i < q.first <= i + 6 for q in self.view.quantities)

    def _with_world(self, quantity: Quantity) -> bool:
        """Whether a number is said to be of all partners right behind it (`$140 billion earned with the world`)."""
        ahead = self.view.lows[quantity.last : quantity.last + 9]
        way = next((i for i, low in enumerate(ahead) if low in ("with", "to", "from")), -1)
        if way < 0 or {",", ";", "and", ":"} & set(ahead[:way]):
            return False
        place = [low for low in ahead[way + 1 :] if low not in ("the", "entire", "whole")]
        return place[:1] == ["world"] and place[1:2] != ["'s"] or place[:2] == ["all", "countries"]

    def _as_figure(self, at: Setting) -> bool:
        """`The comparable figure for the US is`: the figure told before, of another place."""
        lows, first = self.view.lows, at.name.first
        way = first - 1 - (lows[first - 1] == "the")
        if way < 1 or lows[way] != "for" or lows[way - 1] not in _FIGURE or not self.now.flow:
            return False
        self.now = replace(self.now, partner=at.name.code)
        self.about_trade = self.partner_named = True
        return True

    def _meet_epithet(self, name: Name) -> None:
        """The partner told before, called by where it lies (`10 million tonnes from the South American country`)."""
        lows, first = self.view.lows, name.first
        way = lows[first - 2 : first - 1] if lows[first - 1] == "the" else lows[first - 1 : first]
        led = way in (["from"], ["to"], ["with"]) and self.about_trade and self.now.partner == WORLD
        if led and (place := self._called_again(name)):
            self.now = replace(self.now, partner=place)
            self.partners = (place,)

    def _goes_out(self, at: Setting, way: str) -> str:
        """Flow of what went to a place or came from one at the head of a sentence (`To Japan went goods worth`)."""
        lows, end = self.view.lows, at.end
        if lows[end : end + 1] == [","]:
            end = next((i + 1 for i in range(end + 1, min(end + 6, len(lows))) if lows[i] == ","), end)
        verb = lows[end : end + 1]
        passive = any(lows[s.head - 1] in ("was", "were") and s.first > end for s in self.view.subjects)
        if lows[at.end : at.end + 1] == [","] and passive and "goods" in self.view.said and way in _WAYS:
            return _WAYS[way]  # to France, goods valued at 7 billion euros were exported
        if way == "to" and verb in (["went"], ["go"], ["flowed"], ["headed"]):
            return "X"
        return "M" if way == "from" and verb in (["came"], ["come"], ["flowed"], ["arrived"]) else ""
