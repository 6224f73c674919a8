"""A flow seen from its other side: what a partner buys are the home country's exports, what it sends its imports."""

from entrepot import codes
from entrepot.claims.names import Name
from entrepot.claims.quantity import Quantity
from entrepot.claims.replacing import replace
from entrepot.claims.subjects import TOTAL, UNIONS, WORLD, Subject
from entrepot.claims.themes import LAST
from entrepot.claims.verbs import VERBS
from entrepot.claims.wares import Wares
from entrepot.claims.words import one_of

TAKES = ("took in", "snapped up", "scooped up", "bought up", "takes in", "took delivery", "soaked up", "took up")
"""Verbs with which a buyer takes goods."""
BOUGHT = one_of("bought purchased imported")
"""Verbs of buying."""
_GETS = one_of("bought took takes purchased acquired imported buys")
_SUPPLIES = one_of("supplier source seller exporter")
_CUSTOMERS = one_of("buyer importer market customer purchaser")
_TELLS = one_of("said says reported reports put puts")
_TELLERS = one_of(
    "'s customs statistics statistical agency authorities officials office government ministry bureau trade finance "
    "data figures national this last week month earlier also on monday tuesday wednesday thursday friday saturday "
    "sunday"
)
_NOT_TOLD = one_of(", ; while as highest largest biggest strongest fastest sharpest")
_HANDED = one_of("shipped exported sent delivered sold")
_PASSIVE = one_of("was were been being is are")
_TAKEN = one_of("imports imported importing purchases bought import")
_DELIVERED = one_of(
    "delivered supplied shipped sold sent dispatched provided delivering supplying shipping selling sending shipments "
    "deliveries supplies sales cargoes arrivals shipment delivery supply"
)
"""Words for goods on their way, which do not say whose exports they are."""
_SENT = one_of("shipments deliveries supplies sales cargoes arrivals shipment")


class Mirrored(Wares):
    """Flows of a sentence brought to the side of the country that the story is about."""

    def _seen_from_home(self, subject: Subject, reporter: str, partner: str) -> tuple[str, str, str]:
        """Reporter, partner and flow of a subject: a customer's purchases of home goods are the home country's exports.

        `Exports to Japan` after a sentence on Japan are the home country's again.
        """
        now, flow = self.now, self._flow_of(subject)
        if not subject.reporter and (source := self._told_by(subject)):
            home = subject.homeward or subject.linked
            return source, now.home if home else subject.partners[0] if subject.partners else WORLD, subject.flow
        if not subject.reporter and reporter != now.home and partner == reporter:
            return now.home, partner, flow
        theirs = subject.reporter or reporter
        with_us = now.home in subject.partners or any(
            n.code == now.home and subject.tail <= n.first < subject.last + 2 for n in self.view.names
        )
        with_us = with_us or subject.linked and partner == now.home and not subject.reporter
        if flow == "T" and theirs != now.home and with_us and not [p for p in subject.partners if p != now.home]:
            return now.home, theirs, "T"  # Turkmenistan's trade with China
        if flow in "XM" and theirs != now.home and subject.partners == (now.home,) and self._by_our_office():
            return now.home, theirs, "M" if flow == "X" else "X"
        if flow == "X" and self._comes_in(subject):
            seller = theirs if theirs != now.home else self._seller(subject, partner)
            return now.home, seller, "M"  # in a story on China's coal imports: Indonesia delivered 220 million tonnes
        if flow == "M" and theirs != now.home and self._of_our_goods(subject):
            return now.home, theirs, "X"  # Chinese panels: South Africa imported 3 gigawatts from China
        if (
            flow == "M"
            and subject.partners == (now.home,)
            and {"to", "from"} <= set(self.view.lows[subject.tail : subject.last])
        ):
            return now.home, theirs, "X"  # imports from the U.S. to Mexico
        if (
            not subject.reporter
            and not subject.partners
            and reporter == now.home
            and (turned := self._turned(subject, flow))
        ):
            return turned
        if theirs != now.home and not subject.partners and self._called(subject, flow):
            return now.home, theirs, "M" if flow == "X" else "X"
        told = self._comes_home(subject) and self.view.lows[subject.first] not in ("its", "their")
        if flow == "X" and told and reporter == now.home and now.partner not in (WORLD, now.home):
            places = [n.code for n in self.view.names if n.role == "place" and n.last <= subject.first]
            return (
                now.home,
                next((p for p in reversed(places) if p != now.home), now.partner),
                "M",
            )  # Mexico was first, with goods of $4 billion shipped to the United States
        if flow == "M" and self.start.led and self._it_buys(subject):
            return now.home, self.start.led, "X"
        if self._buys_ours(subject) and flow == "M":
            return now.home, subject.reporter or reporter, "X"
        if subject.reporter and self._is_mirror(subject, flow):
            return now.home, subject.reporter, "M"
        return reporter, partner, flow

    def _of_our_goods(self, subject: Subject) -> bool:
        """Whether another's imports are of the goods whose export is what the story is about."""
        now = self.now
        if now.topic[2] != "X" or not set(subject.partners) <= {now.home}:
            return False
        goods = {code for code in (now.topic[1], now.goods) if code not in ("TOTAL", "@last")}
        abroad = {"foreign", "abroad", "overseas", "worldwide"} & self.view.said
        return bool(goods) and not abroad and (not subject.products or bool(goods & set(subject.products)))

    def _comes_in(self, subject: Subject) -> bool:
        """Whether what is delivered are the goods whose import the story is about."""
        now, word = self.now, self.view.lows[subject.tail - 1]
        if now.topic[2] != "M" or now.goods in (TOTAL, LAST) or word not in _DELIVERED:
            return False
        if subject.reporter == now.home or not set(subject.partners) <= {now.home}:
            return False
        return not subject.products or now.goods in subject.products

    def _seller(self, subject: Subject, partner: str) -> str:
        """Who delivers, where the flow does not say it: the place named last before it in its sentence."""
        names = [n for n in self.view.names if n.role == "place" and n.last <= subject.first]
        abroad = [n.code for n in names if n.code != self.now.home]
        return abroad[-1] if abroad else partner if partner != self.now.home else WORLD

    def _told_by(self, subject: Subject) -> str:
        """Another country that tells of its own trade before a flow (`Taipei reported`, `Vietnamese customs put`)."""
        lows = self.view.lows
        for name in (n for n in self.view.names if n.role in ("place", "office") and n.last <= subject.first):
            if name.code == self.now.home or name.role == "office" and name.form != "city":
                continue
            verb = next((i for i in range(name.last, min(name.last + 7, subject.first)) if lows[i] in _TELLS), -1)
            between = lows[name.last : verb] if verb >= 0 else [","]
            ahead = set(lows[verb : subject.first])
            if not set(between) <= _TELLERS or lows[verb] in ("put", "puts") and not between or ahead & _NOT_TOLD:
                continue
            if subject.first - verb <= 9 and not {name.code, self.now.home} <= set(UNIONS):
                return name.code
        return ""

    def _turned(self, subject: Subject, flow: str) -> tuple[str, str, str] | None:
        """A flow without a reporter that is home's the other way round: what came home, or what a buyer took."""
        now, lows = self.now, self.view.lows
        places = [
            n.code for n in self.view.names if n.role == "place" and n.last <= subject.first and n.code != now.home
        ]
        at = next(
            (n for n in self.view.names if n.role == "place" and n.last <= subject.first and n.form == "adjective"),
            None,
        )
        handed = lows[subject.tail - 1] in _HANDED and set(lows[max(0, subject.tail - 4) : subject.tail]) & _PASSIVE
        theirs = flow == "X" and subject.homeward and handed and at is not None and places == [at.code]
        if theirs and at is not None and lows[at.last : at.last + 1] in (["goods"], ["products"], ["merchandise"]):
            return now.home, at.code, "M"  # $3 billion in American goods were sold to China
        buyer = places[-1] if places else now.partner if now.partner != WORLD else self.start.last_partner
        passive = lows[subject.tail - 1] in _HANDED and set(lows[max(0, subject.tail - 4) : subject.tail]) & _PASSIVE
        if flow == "X" and subject.homeward and passive and not places:
            return now.home, WORLD, "M"  # 800 million tonnes were shipped to China
        if flow == "M" and subject.homeward and buyer != WORLD:
            return now.home, buyer, "X"  # the latter imported 20 billion euros of goods from Germany
        bought = flow == "M" and lows[subject.tail - 1] in _TAKEN and buyer != WORLD and not subject.homeward
        theirs = lows[subject.first] in ("its", "their") or bool(places)
        if bought and theirs and self._of_our_goods(subject) and "from" not in lows[subject.tail : subject.tail + 2]:
            return now.home, buyer, "X"  # India was second with imports of 8 gigawatts
        return None

    def _comes_home(self, subject: Subject) -> bool:
        """Whether a flow goes to the home country, across its number (`exporting $3 billion worth of goods to it`)."""
        if subject.homeward or subject.partners:
            return subject.homeward
        lows = self.view.lows
        home = next((n for n in self.view.names if n.code == self.now.home and n.first >= subject.tail), None)
        if home is None or home.first - subject.tail > 14:
            return False
        gap = [low for low in lows[subject.tail : home.first] if low != "the"]
        return gap[-1:] in (["to"], ["into"]) and not {",", "and", "while", "from", "as"} & set(gap)

    def _buys_ours(self, subject: Subject) -> bool:
        """Whether another country buys goods of the home country (`the EU imported Chinese goods`)."""
        if subject.reporter in ("", self.now.home):
            return False
        ours = [n.first for n in self.view.names if n.code == self.now.home and n.first >= subject.tail]
        word, start = self.view.lows[subject.tail - 1], self.start
        if word in BOUGHT and start.flow == "X" and start.partner != WORLD and start.reporter == start.home:
            return not subject.partners and "from" not in self.view.lows[subject.tail :]
        counted = sum(q.last - q.first for q in self.view.quantities if ours and subject.tail <= q.first < ours[0])
        worth = counted and self.view.lows[ours[0] - 1] == "of"
        near = bool(ours) and ours[0] - counted <= subject.tail + (6 if worth else 2)
        return near and (word in ("purchases", "bought") or bool(worth) and word in BOUGHT)

    def _turn_home(self, quantity: Quantity) -> None:
        """Bring home what another country sold to it or bought from it (`Mexico exported $475 billion to the US`)."""
        now, subject = self.now, self.subject
        if subject is None or subject.flow not in ("X", "M") or not now.home or now.reporter == now.home:
            return
        if subject.flow == "M" and now.reporter not in now.met and not self._by_our_office():
            return  # what another country bought from home is told by its own office more often
        verb = self.view.lows[subject.tail - 1].endswith("ed") or self.view.lows[subject.tail - 1] in ("sold", "bought")
        ours = [n.first for n in self.view.names if n.code == now.home and n.first >= quantity.last]
        if verb and now.partner == WORLD and ours and self._leads_there(self._past_bracket(quantity.last, ours[0])):
            self.now = replace(now, reporter=now.home, partner=now.reporter, flow="M" if now.flow == "X" else "X")

    def _it_buys(self, subject: Subject) -> bool:
        """Whether the buyer that the sentence before began with goes on buying (`It bought`, `Purchases included`)."""
        lows = self.view.lows
        sold = any(
            n.role == "place" and n.first >= subject.tail and "from" in lows[max(subject.tail, n.first - 2) : n.first]
            for n in self.view.names
        )
        if subject.reporter or subject.partners or sold or self.start.flow == "M":
            return False
        return lows[0] in ("it", "they") and subject.head <= 3 or lows[0] == "purchases" and subject.head == 0

    def _called(self, subject: Subject, flow: str) -> bool:
        """Whether who sells or buys is called the home country's supplier or buyer (`top supplier Brazil shipped`)."""
        at = next((n.first for n in self.view.names if n.first == subject.first and n.role == "place"), 0)
        word = self.view.lows[at - 1] if at else ""
        verb = self.view.lows[subject.tail - 1].endswith("ed") or self.view.lows[subject.tail - 1] in ("sold", "bought")
        return verb and word in (_SUPPLIES if flow == "X" else _CUSTOMERS if flow == "M" else ())

    def _by_our_office(self) -> bool:
        """Whether the sentence cites an office of the home country."""
        return any(n.role == "office" and n.code == self.now.home for n in self.view.names)

    def _is_mirror(self, subject: Subject, flow: str) -> bool:
        """Whether a partner's flow is only the other name of the home country's imports from it.

        So are `Brazil's shipments to China` and `shipments from Brazil` in a story on China's imports, `Chinese
        imports` in one on Germany's trade with China.
        """
        now, code, lows = self.now, subject.reporter, self.view.lows
        word, after = lows[subject.tail - 1], lows[subject.tail : subject.last]
        if code == now.home or not now.home or codes.kind(code) == "unknown":
            return False
        if flow == "M" and word == "arrivals" and not subject.partners:
            return True  # Saudi oil arrivals
        to_home = now.home in subject.partners
        abroad = [p for p in subject.partners if p != now.home]
        if flow == "X" and word in _SENT and "from" in after and not subject.partners:
            return True
        with_others = flow == "M" and any(c.flow == "M" and c.partner != WORLD for c in self.found)
        if code != now.pair and code not in now.met and all(c.partner != code for c in self.found) and not with_others:
            return False  # imports from Mexico rose, while Chinese imports fell
        if flow == "X":
            supplied = now.flow == "M" and now.reporter == now.home and word in _SENT and not subject.partners
            return not abroad and (to_home or supplied)
        if flow != "M" or abroad or word != "imports" or subject.products or "'s" in lows[subject.first : subject.head]:
            return False
        return "to" in after if to_home else not subject.partners

    def _buys(self, name: Name, end: int) -> bool:
        """Whether a foreign buyer takes goods from the reporter: `took in`, `snapped up`, `European buyers bought`."""
        lows = self.view.lows
        if lows[end : end + 1] and lows[end] in _GETS and self._share_of_exports(end):
            return True
        if not (self.now.flow or self.about_trade):
            return False
        if " ".join(lows[end : end + 2]) in TAKES or lows[end : end + 1] in (["absorbed"], ["received"]):
            return True
        if lows[end : end + 1] not in (["bought"], ["imported"], ["purchased"], ["ordered"], ["took"]):
            return False
        theirs = self.start.flow == "X" and self.start.partner != WORLD and "from" not in lows[end:]
        return end > name.last or theirs and self.start.reporter == self.start.home

    def _share_of_exports(self, verb: int) -> bool:
        """Whether what is taken is a share of the home country's exports (`China took 38 % of Brazil's exports`)."""
        near = [q for q in self.view.quantities if 0 <= q.first - verb <= 4 and q.unit == "%"]
        of = bool(near) and self.view.lows[near[0].last : near[0].last + 1] == ["of"]
        return of and any(s.flow == "X" and 0 <= s.head - near[0].last <= 9 for s in self.view.subjects)

    def _leads_verb(self, i: int) -> bool:
        """Whether a verb of change or statement stands at a token or after `has`."""
        ahead = self.view.lows[i : i + 2]
        return bool(ahead) and (ahead[0] in VERBS or ahead[-1] in VERBS)

    def _flow_of(self, subject: Subject) -> str:
        """Flow as the reporter sees it: what a foreign buyer imports are the reporter's exports."""
        word = self.view.lows[subject.tail - 1]
        if subject.flow == "X" and "inbound" in self.view.lows[max(0, subject.first - 2) : subject.head]:
            return "M"  # inbound gold shipments
        if word == "shipments" and subject.whole and self.view.lows[subject.first - 1] == "with":
            before = set(self.view.lows[: subject.first])
            if {"partner", "partners"} & before and {"trade", "trading"} & before:
                return "T"  # the largest trading partner, with total shipments of 4 trillion yuan
        buys = word in ("importing", "imported", "buying", "bought")
        sells = word in ("exporting", "exported")
        if self.foreign_buyer and (buys and self.now.flow != "M" or sells and self.now.flow != "X"):
            return {"X": "M", "M": "X"}[subject.flow]
        of_source = self.view.lows[max(0, subject.first - 2) : subject.first] in (["source", "of"], ["supplier", "of"])
        theirs = (
            (self.foreign_buyer or self._its_own(subject))
            and not of_source
            and word in ("imports", "purchases")
            and self._flow_before == "X"
        )
        if theirs and not (subject.reporter or subject.partners):
            return "X"  # the US, the largest market, saw imports fall
        return subject.flow

    def _its_own(self, subject: Subject) -> bool:
        """Whether a flow is that of the partner that its sentence began with (`Iraq came first, its imports rose`)."""
        first = next((n for n in self.view.names if n.role == "place"), None)
        again = self.subject is not None and self.subject.head != subject.head
        if again or first is None or first.first > 2 or first.code == self.now.home:
            return False
        theirs = self.view.lows[subject.first] in ("its", "their") and self.partner_named
        return theirs and self.now.partner == first.code and self.now.reporter == self.now.home

    def _is_market(self, name: Name) -> bool:
        ahead = set(self.view.lows[name.last : name.last + 14])
        return bool(
            ahead
            & {
                "partner",
                "market",
                "destination",
                "supplier",
                "source",
                "buyer",
                "importer",
                "markets",
                "partners",
                "customer",
                "customers",
                "client",
                "purchaser",
            }
        )

    def _market_flow(self, name: Name) -> str:
        """Flow with a place by what it is called: a supplier sells to the reporter, a buyer takes its exports."""
        ahead = self.view.lows[name.last : name.last + 9]
        for low, following in zip(ahead, [*ahead[1:], ""], strict=False):
            if low in ("trade", "trading") and following in ("partner", "partners"):
                return "T"
            if low in ("supplier", "source", "origin", "seller"):
                return "M"
            if low in ("buyer", "destination", "importer", "customer", "market"):
                return "X"
        return self.now.flow or "T"
