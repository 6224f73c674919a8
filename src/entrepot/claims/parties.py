"""Who trades with whom in what: how subjects, places and goods set the slots of the numbers after them."""

from entrepot import codes
from entrepot.claims import origins
from entrepot.claims.complements import epithet, modifies
from entrepot.claims.mirrored import BOUGHT, TAKES
from entrepot.claims.names import Name
from entrepot.claims.opening import BLOC
from entrepot.claims.replacing import replace
from entrepot.claims.sides import SHARES, Sides
from entrepot.claims.subjects import TOTAL, UNIONS, WORLD, Subject
from entrepot.claims.verbs import VERBS
from entrepot.claims.wares import ASIDES, Setting
from entrepot.claims.words import one_of

_TRADES = one_of(
    "exported imported shipped sold bought posted recorded reported logged registered ran had saw purchased "
    "booked notched racked enjoyed runs posts records exports imports"
)
_PEOPLE = one_of(
    "economies nations countries neighbours neighbors buyers consumers customers importers shoppers retailers markets "
    "states firms companies bloc region market"
)
_OF_BLOC = (" members of the", " member states of the", " countries of the", " members of", " countries in")
_LIKE = one_of("fast - faraway nearby neighbouring neighboring poorer richer wealthy other")
WITH_SERVICES = ("USA", "GBR", "CAN", "FRA", "")
"""Reporters (and one not named) whose totals are of goods and services unless their stories say goods."""
_BOUND = one_of("directed channeled channelled destined headed bound sent going shipped sold coming made")
_BE = one_of("was is were are remained remains became becomes stayed represents represented")
_OPENERS = one_of("and yet while whereas , ; : but the - • * ▪ · –")
_FRONTING = one_of("to from with against for")
_FRONT_FILL = one_of("the whole of all entire wider rest trade , with single bloc group neighbouring neighboring")
_GENERIC = one_of("metal mineral grain fruit fuel bean crop vegetable commodity oilseed")
_THAT_OF = (["that", "of"], ["those", "of"])
_CALLED_AGAIN = one_of("bloc country nation market region latter partner")
_NOW = one_of("now alone currently still also")
_SELLERS = one_of("supplier source origin seller")
_CUSTOMERS = one_of("buyer destination importer customer market destinations")
_SIDES = _SELLERS | _CUSTOMERS | one_of("partner partners markets buyers importers suppliers sources customers")


class Parties(Sides):
    """The parties and goods of a sentence."""

    def _meet_subject(self, subject: Subject) -> None:
        """A flow with what is said of it: sets all slots but the period."""
        if self.subject is subject:
            return  # met before, for a rank or a number in front of it
        now, first = self.now, self.subject is None
        told = subject.products or subject.partners or self.product_named
        if subject.form == "weak" and not (now.flow == "X" and told):
            return
        self.about_trade = True
        same_flow = now.flow == subject.flow
        partner = self._partner_of(subject, first)
        reporter, partner, flow = self._seen_from_home(subject, subject.reporter or now.reporter, partner)
        if partner == reporter and not subject.inside:
            partner = WORLD
        if subject.linked and partner == WORLD:
            partner = now.partner if now.partner not in (WORLD, reporter) else self._with_the_other(subject)
            partner = self._that_one(subject) if partner == WORLD else partner
        partner = now.home if self._to_us(subject) else partner
        if theirs := self._theirs(subject):
            reporter, partner = theirs, now.home
        elif self._leaves(subject):
            reporter, partner = now.home, now.reporter
        group = partner if partner != WORLD and codes.kind(partner) == "group" else now.group
        self.now = replace(
            now, flow=flow, form=subject.form, reporter=reporter, partner=partner, group=group,
            product=self._product_of(subject, first), definition=self._definition_of(subject, reporter, first),
            sign=-1 if self._swung(subject) else {"deficit": -1, "surplus": 1}.get(subject.form, now.sign),
        )  # fmt: skip
        self.subject = subject
        if not same_flow or not self.partners or subject.partners:
            self.partners = subject.partners
        if subject.products or not same_flow:
            self.products = subject.products

    def _swung(self, subject: Subject) -> bool:
        """Whether a gap is what a surplus followed (`a surplus of 7.7 billion, swinging from a gap of 23 billion`)."""
        back = self.view.lows[max(0, subject.first - 5) : subject.first + 1]
        swung = bool({"swinging", "swung", "swing", "turnaround", "reversal"} & set(back)) and "from" in back
        return subject.form == "gap" and self.now.form == "surplus" and swung

    def _partner_of(self, subject: Subject, first: bool) -> str:
        """Partner that a subject names, or that the passage brings to it."""
        now = self.now
        if subject.partners:
            return subject.partners[0]
        if subject.form == "market" and now.partner != WORLD and not first:
            return now.partner
        if there := self._there(subject) or self._where(subject):
            return there
        if first and self._results(subject):
            return now.partner
        if self.partner_named and self._with_its(subject):
            return now.partner
        if self._is_shared(subject) and (sharer := self._sharer(subject)):
            return sharer
        if self._of_all(subject) or self._comes_to(subject):
            return WORLD
        if first and self.partner_named and subject.reporter in ("", now.reporter):
            return now.partner
        if gap := self._gap_again(subject):
            return gap
        if self._of_topic(subject):
            return now.topic[0]
        if first and self._compares_again(subject):
            return now.partner
        if self.fronted and not first and not subject.reporter and now.partner != WORLD and not subject.whole:
            return now.partner  # against China, it had its 51st month in the red, a deficit of
        if subject.linked or not first or now.bilateral or now.headed == "partner":
            return now.partner if self._keeps_partner(subject, first) else self._paired(subject)
        return now.partner if self.partner_named else self._paired(subject)

    def _with_its(self, subject: Subject) -> bool:
        """Whether a flow is that of the partner named before it (`Japan took third place with total exports of`)."""
        return self.view.lows[max(0, subject.first - 2) : subject.first][-1:] == ["with"] and not subject.reporter

    def _is_shared(self, subject: Subject) -> bool:
        """Whether it is a flow of which a partner's share is told (`ASEAN's share of China's total exports`)."""
        back = self.view.lows[max(0, subject.first - 2) : subject.first]
        return back[:1] != [] and back[0] in SHARES and back[-1] in ("of", "in")

    def _sharer(self, subject: Subject) -> str:
        """Whose share of a flow is told: the partner named, or spoken of before (`its share of total exports`)."""
        lows, now = self.view.lows, self.now
        if self.partner_named:
            return now.partner
        its = [low for low in lows[max(0, subject.first - 6) : subject.first - 2] if low != "the"]
        wide = {"world", "global", "worldwide", "world's"} & set(lows[subject.first : subject.tail])
        if wide or not its or its[-1] not in ("its", "their", "'s"):
            return ""
        owned = its[-1] != "'s" or its[-2:-1] and its[-2] in _CALLED_AGAIN
        return (now.partner if now.partner != WORLD else self.start.last_partner) if owned else ""

    def _paired(self, subject: Subject) -> str:
        """The partner that the whole story is about, where a flow names neither a partner nor whose it is.

        In such a story the other country's flow is with home.
        """
        if self.start.overall or self._opens_overall() or self._other_way(subject):
            return WORLD
        if subject.reporter and subject.reporter == self.now.pair and subject.flow in "XB":
            return self.now.home
        if (
            subject.reporter
            and not self.start.abroad
            and all(n.role != "place" or n.code != self.now.pair or n.first > subject.head for n in self.view.names)
        ):
            return WORLD
        other = self.now.section or self.now.pair
        return other if other and subject.reporter in ("", self.now.home) else WORLD

    def _of_topic(self, subject: Subject) -> bool:
        """Whether a balance or trade with its article is the one that the story began with (`the surplus was`)."""
        article = subject.first < subject.head and self.view.lows[subject.first] == "the"
        alone = article and subject.head - subject.first == 1 and not subject.reporter
        return alone and subject.flow in "TB" and subject.flow == self.now.topic[2]

    def _gap_again(self, subject: Subject) -> str:
        """Partner of the balance that a story opened with and `the gap` takes up right after; empty for another."""
        start = self.start
        alone = self.view.lows[subject.first : subject.tail] == ["the", "gap"]
        told = alone and start.flow == subject.flow == "B" and start.reporter == self.now.reporter
        return start.partner if told and not start.met and start.partner != start.home else ""

    def _keeps_partner(self, subject: Subject, first: bool) -> bool:
        """Whether a subject that names no partner is still with the one spoken of before."""
        now = self.now
        if first and subject.reporter and not subject.linked:
            parts = now.bilateral and now.flow == "T" and subject.flow in "XM" and subject.reporter == now.reporter
            return parts and not subject.products and not self._names_other_period()
        if subject.linked or now.headed == "partner":
            return True
        whole = subject.flow != "T" and not subject.products and not self._all_goods(subject)
        if now.bilateral and whole and not self._names_other_period():
            return True
        home = not subject.reporter or subject.reporter == now.reporter and now.flow == "T"
        return not first and home

    def _definition_of(self, subject: Subject, reporter: str, first: bool) -> str:
        lows = self.view.lows
        keeps = not first or self.definition_named or lows[0] in ("this", "these", "they", "it", "among", "of")
        definition = subject.definition or (self.now.definition if keeps else "")
        if subject.products and definition.startswith("non-") and definition != subject.definition:
            definition = ""  # non-oil goods earned $5 billion, while the oil balance was
        goods = {"goods", "merchandise"} & set(lows[max(0, subject.head - 3) : subject.tail])
        if reporter in WITH_SERVICES and goods:
            return definition or "goods"
        return "" if definition == "goods" else definition

    def _meet_name(self, name: Name) -> None:
        """A place, goods or a definition outside of subjects."""
        if name.role == "definition":
            self.now = replace(self.now, definition=name.code)
            self.definition_named = True
        elif name.role == "product":
            self._meet_goods(self._setting(name))
        elif name.code in self.asides:
            self.asides.discard(name.code)  # exceeding the 184.7 billion euros with the United States
        elif epithet(self.view.lows, name):
            self._meet_epithet(name)
        else:
            at = self._setting(name)
            home = name.code in (self.now.home, self.now.reporter)
            for step in self._AT_HOME if home else self._ABROAD:
                if step(self, at):
                    return

    def _setting(self, name: Name) -> Setting:
        lows, segment = self.view.lows, self.view.segment
        start, end = self._described(name), self._people(name)
        if lows[end : end + 4] == [",", "for", "example", ","]:
            end += 4
        before = lows[start - 1] if start else ""
        if before in ("the", "a") and start > 1:
            start, before = start - 1, lows[start - 2]
        opens = start == 0 or segment[start] != segment[start - 1] or before in _OPENERS or start == 1 and before == "o"
        opens = (
            opens
            or before == "side"
            and lows[:2] == ["on", "the"]
            or before in ("those", "that")
            or lows[max(0, start - 2) : start] in _THAT_OF
            or lows[max(0, start - 2) : start] == ["of", "which"]
        )
        return Setting(name, start, end, before, lows[end] if end < len(lows) else "", opens)

    def _meet_goods(self, at: Setting) -> None:
        """Goods outside of a flow's phrase; another word for those spoken of is no others (`the metal earned`)."""
        if at.before == "for" and at.start <= 1 and at.after == "," and self.now.flow:
            self.now = replace(self.now, product=at.name.code)  # for corn, imports rose
            self.product_named = True
            return
        if self._is_again(at):
            self.about_trade = self.product_named = True
            return
        if at.opens and self.start.spread and self.subject is None and not self.partner_named and not self.found:
            self.now = replace(self.now, partner=self.now.pair or WORLD)
        super()._meet_goods(at)

    def _is_again(self, at: Setting) -> bool:
        """Whether goods are only another word for those spoken of (`the metal earned`)."""
        lows, name = self.view.lows, at.name
        the = name.first > 0 and lows[name.first - 1] == "the" and lows[name.last - 1] in _GENERIC
        return the and at.opens and self.now.product != TOTAL and name.last - name.first == 1

    # --- steps of a place: each says whether the place has been taken in ---

    def _as_buyer(self, at: Setting) -> bool:
        """A foreign buyer at the head of a clause: `European buyers snapped up`."""
        if not at.opens or not self._buys(at.name, at.end):
            return False
        flow = self.now.flow if at.after in BOUGHT and not self._buys_from_us(at.end) else "X"
        self.now = replace(self.now, reporter=self.now.home, partner=at.name.code, product=self._unnamed(),
                           flow=flow, group=self._group_of(at.name))  # fmt: skip
        self.about_trade = self.partner_named = self.foreign_buyer = True
        self.buyer_acts = flow == "X"
        self.partners = ()
        return True

    def _as_follower(self, at: Setting) -> bool:
        """`Followed by Japan`."""
        lows, first = self.view.lows, at.name.first
        followed = at.before == "by" and "followed" in lows[max(0, first - 3) : first]
        came = at.before in ("came", "comes") and lows[max(0, at.start - 2)] in ("then", "next")
        if not (followed or came) or not self.now.flow:
            return False
        self.now = replace(self.now, partner=at.name.code)
        self.about_trade = True
        return True

    def _as_home(self, at: Setting) -> bool:
        """The reporter itself, or home: what it takes are imports."""
        name, home = at.name, at.name.code == self.now.home
        if name.form != "name":
            return True
        taken = " ".join(self.view.lows[at.end : at.end + 2]) in TAKES or at.after in BOUGHT
        if at.opens and home and taken:
            self.now = replace(self.now, reporter=name.code, partner=WORLD, product=self._unnamed(), flow="M")
            self.about_trade = True
        if at.after in _TRADES and not self.about_trade:
            self.now = replace(self.now, bilateral=False)
        if at.after in _TRADES and home:
            self.now = replace(self.now, reporter=name.code)
        return True

    def _as_outside(self, at: Setting) -> bool:
        """`Outside the EU`: all other partners."""
        if at.before not in ("outside", "beyond", "ex", "excluding") or not self.now.flow:
            return False
        self.now = replace(self.now, partner=WORLD, definition=f"outside {at.name.code}")
        return True

    def _as_holder(self, at: Setting) -> bool:
        """`The EU's share of`, `China's share fell`, `the share of the EU in`."""
        lows, owned = self.view.lows, at.end + 1 if at.after == "'s" else at.end
        tells = at.after == "'s" and lows[owned : owned + 1] == ["share"] and self._leads_verb(owned + 1)
        shared = lows[owned : owned + 2] in (["share", "of"], ["share", "in"])
        back = [low for low in lows[max(0, at.start - 4) : at.start] if low != "the"][-2:]
        of_it = back[:1] != [] and back[0] in SHARES and back[-1] == "of"
        of_it = of_it and (at.after in ("in", "within") or at.after in VERBS)
        if not shared and not of_it and not (tells and self.now.flow):
            return False
        self.about_trade = self.about_trade or tells
        self.now = replace(self.now, partner=at.name.code)
        self.partner_named = True
        return True

    def _as_origin(self, at: Setting) -> bool:
        """`Indonesian volumes came to`, `And Mongolia?`: the partner of what is told next."""
        if not self.now.flow:
            return False
        theirs = self.now.flow == "M" and origins.whose(self.view, at.name, self.now.product)
        theirs = theirs or self.now.flow == "X" and origins.takes(self.view, at.name)
        if not theirs and not origins.asked(self.view, at.name) and not origins.turned_to(self.view, at.name):
            return False
        self.now = replace(self.now, partner=at.name.code, group=self._group_of(at.name))
        if theirs:
            self.about_trade = self.partner_named = True
        return True

    def _as_description(self, at: Setting) -> bool:
        """`US tariffs`, `Japan's economy`: no party."""
        return modifies(self.view.lows, at.name) or at.after == "'s"

    def _as_reporter(self, at: Setting) -> bool:
        """Another country whose own trade the sentence tells: `Brazil shipped`."""
        leads = at.opens and at.name.form == "name" and (at.name.first < 3 or at.name.code in UNIONS)
        leads = leads and not self.about_trade and not self._has_share(at)
        if not leads or self._past_aside(at) not in _TRADES:
            return False
        self.now = replace(self.now, reporter=at.name.code, partner=WORLD, product=self._unnamed())
        return True

    def _past_aside(self, at: Setting) -> str:
        """The word after a place, or after an aside between commas (`South Korea, by contrast, saw`)."""
        lows, end = self.view.lows, at.end
        aside = next((a for a in ASIDES if lows[end : end + 2 + len(a)] == [",", *a, ","]), None)
        return "".join(lows[end + 2 + len(aside) : end + 3 + len(aside)]) if aside else at.after

    def _as_those(self, at: Setting) -> bool:
        """`Those to the EU` speak of trade; the place itself is still to be taken in."""
        if at.before in ("to", "from", "with") and self.now.flow:
            i = at.name.first - (2 if self.view.lows[at.name.first - 1] == at.before else 3)
            i -= i > 0 and self.view.lows[i] in _BOUND
            those = i >= 0 and self.view.lows[i] in ("those", "that")
            if those and not self.about_trade and self.sentence.opens and not self.product_named:
                self.now = replace(self.now, product=self._unnamed(abroad=True))
            self.about_trade = self.about_trade or those
        return False

    def _as_front(self, at: Setting) -> bool:
        """`With the EU the gap was`, `For the whole of Asia, the surplus`, `To Japan:` at the head of a sentence."""
        lows = self.view.lows
        opens = next((i for i, low in enumerate(lows[:3]) if low in _FRONTING), -1)
        opens = 3 if lows[:4] == ["in", "the", "case", "of"] else opens
        heads = opens >= 0 and at.name.first <= opens + 6 and set(lows[opens + 1 : at.start]) <= _FRONT_FILL
        turned = opens >= 0 and lows[opens] in ("for", "of") and at.after == "," and not self.view.subjects
        if heads and (flow := self._goes_out(at, lows[opens])):
            self.now = replace(self.now, partner=at.name.code, flow=flow)
            self.about_trade = self.partner_named = True
            return True
        fronts = heads and self._fronts(at.end)
        if not heads or not (fronts or turned) or not self.now.flow and (turned or lows[opens] in ("for", "of")):
            return False
        way = lows[opens]
        flow = {"to": "X", "from": "M"}.get(way, self.now.flow) if at.after == ":" else self.now.flow
        self.now = replace(self.now, partner=at.name.code, flow=flow)
        self.about_trade = self.about_trade or at.after == ":" or turned
        self.partner_named = True
        self.fronted = way in ("with", "against", "for")
        return True

    def _as_item(self, at: Setting) -> bool:
        """`To Japan:` in a list."""
        if at.before not in ("to", "from") or at.after != ":" or not self.about_trade:
            return False
        self.now = replace(self.now, partner=at.name.code, flow="X" if at.before == "to" else "M")
        self.partners = (at.name.code,)
        return True

    def _as_other_side(self, at: Setting) -> bool:
        """`To the EU`, at the end of a phrase."""
        ends = self._ends_phrase(at.after) or at.after in ("to", "by") and self._quantity_at(at.end + 1)
        if at.before not in ("to", "from", "with", "into") or not self.about_trade or not ends:
            return False
        if self._quarrels(at.name) or self._acts_beside(at):
            return True
        self.now = replace(self.now, partner=at.name.code)
        self.partners = (*self.partners, at.name.code) if at.before == "into" else (at.name.code,)
        return True

    def _as_topic(self, at: Setting) -> bool:
        """`The EU was`, `the EU (14.8 %)` at the head of a clause."""
        if not at.opens or not self.now.flow or not (self._tells(at) or self._quantity_at(at.name.last)):
            return False
        market = self._is_market(at.name)
        if market or self.about_trade or self.start.flow:
            self.now = replace(self.now, partner=at.name.code, group=self._group_of(at.name))
            if market and not self.product_named and at.after in _BE:
                self.now = replace(self.now, product=self._unnamed(), flow=self._market_flow(at.name))
            self.about_trade = self.partner_named = True
        self.foreign_buyer = market
        return True

    def _as_predicate(self, at: Setting) -> bool:
        """`The main destination for exports was Japan`."""
        lows = self.view.lows
        if at.before not in _BE or not self.about_trade and not self.now.flow:
            return False
        back = lows[max(0, at.start - 16) : at.start]
        if not set(back) & _SIDES or any(q.first < at.start for q in self.view.quantities):
            return False
        flow = "M" if set(back) & _SELLERS else "X" if set(back) & _CUSTOMERS else self.now.flow or "T"
        self.now = replace(self.now, partner=at.name.code, product=self._unnamed(), flow=flow,
                           group=self._group_of(at.name))  # fmt: skip
        self.about_trade = self.partner_named = True
        self.called = at.name.code
        return True

    def _as_part(self, at: Setting) -> bool:
        """`The EU accounted for`."""
        lows = self.view.lows
        told = lows[at.end + 1] if at.after in _NOW and at.end + 1 < len(lows) else at.after
        if not at.opens or told not in ("accounted", "accounts", "represented", "made") or self.about_trade:
            return False
        self.now = replace(self.now, partner=at.name.code)
        self.partner_named = True
        return True

    def _as_market(self, at: Setting) -> bool:
        """`The EU, the largest market`."""
        if not at.opens or not self._is_market(at.name):
            return False
        self.foreign_buyer = True
        flow = self.now.flow or "T"
        self.now = replace(self.now, partner=at.name.code, flow=flow, group=self._group_of(at.name))
        self.about_trade = self.partner_named = True
        return True

    _AT_HOME = (_as_follower, _as_home)
    _ABROAD = (
        _as_buyer, _as_follower, _as_outside, _as_holder, _as_origin, _as_description, _as_reporter, _as_those,
        Sides._as_figure, _as_front, _as_item, _as_other_side, _as_topic, _as_predicate, _as_part, _as_market,
    )  # fmt: skip

    def _there(self, subject: Subject) -> str:
        """The place that `exports there` go to: the one named last."""
        after = self.view.lows[subject.tail : subject.tail + 2]
        there = after[:1] == ["there"] or after in (["from", "there"], ["to", "there"])
        if not there and not self._with_it(subject) and not self._farther(subject):
            return ""
        places = [n for n in self.view.names if n.role == "place" and n.last <= subject.head]
        ours = (self.now.home, self.now.reporter, BLOC)
        abroad = [n.code for n in places if n.code not in ours and not epithet(self.view.lows, n)]
        if abroad or self.now.partner != WORLD:
            return abroad[-1] if abroad else self.now.partner
        return self.start.led or self.start.abroad or WORLD

    def _with_it(self, subject: Subject) -> bool:
        """Whether a flow goes to `it`: `trade with it`, `exported $4 billion to it`, `sold it $3 billion`."""
        lows = self.view.lows
        if "it" not in self.view.said and "them" not in self.view.said:
            return False
        if lows[subject.tail : subject.tail + 1] in (["it"], ["them"]):
            return lows[subject.tail - 1] == "sold"
        following = min((s.first for s in self.view.subjects if s.first >= subject.tail), default=len(lows))
        ahead = lows[subject.tail : min(following, subject.tail + 8)]
        pairs = [(a, b) for a, b in zip(ahead, ahead[1:], strict=False) if b in ("it", "them")]
        return bool(pairs) and pairs[0][0] in ("to", "from", "with") and not {",", "as"} & set(ahead)

    def _where(self, subject: Subject) -> str:
        """The place that a relative clause speaks of (`the US, where Chinese exports fell`)."""
        lows = self.view.lows
        which = lows[max(0, subject.first - 2) : subject.first] in (
            ["with", "which"],
            ["to", "which"],
            ["from", "which"],
        )
        if not which and lows[subject.first - 1 : subject.first] != ["where"] or subject.partners:
            return ""
        at = subject.first - 1 - which
        near = [n.code for n in self.view.names if n.role == "place" and 0 <= at - n.last <= 1]
        return near[-1] if near and near[-1] != self.now.home else ""

    def _people(self, name: Name) -> int:
        """Token after a place and the people in it (`Southeast Asian economies`, `European buyers`)."""
        lows, end = self.view.lows, name.last
        if name.role == "place" and name.form == "adjective" or codes.kind(name.code) == "group":
            while end < len(lows) and end - name.last < 2 and lows[end] in _PEOPLE:
                end += 1
        return end

    def _described(self, name: Name) -> int:
        """First token of a place with what describes it (`the fast-growing Southeast Asian economies`)."""
        lows, start = self.view.lows, name.first
        while (
            start and (lows[start - 1].endswith(("ing", "ed")) or lows[start - 1] in _LIKE) and name.first - start < 4
        ):
            start -= 1
        if start > 1 and lows[start - 1] in ("nation", "member", "country") and lows[start - 2].isdigit():
            start -= 2
        before = " " + " ".join(lows[max(0, start - 5) : start])
        of = next((words for words in _OF_BLOC if before.endswith(words)), "")
        return start - len(of.split())

    def _names_other_period(self) -> bool:
        """Whether a sentence names a period that is not the one spoken of before."""
        named = [m.span for m in self.view.dates if m.role == "period" and m.span]
        return any(span != self.start.span for span in named)

    def _all_goods(self, subject: Subject) -> bool:
        """Whether a subject says `of goods`: the whole, not the partner spoken of before."""
        return self.view.lows[subject.tail : subject.tail + 2] == ["of", "goods"]

    def _group_of(self, name: Name) -> str:
        """The group that `the bloc` means from here on."""
        return name.code if codes.kind(name.code) == "group" else self.now.group

    def _fronts(self, end: int) -> bool:
        """Whether a place at the head of a sentence goes with the flow after it (`With the EU the gap was`)."""
        lows = self.view.lows
        if lows[end : end + 1] == [":"]:
            return True
        stop = min(
            (q.first for q in self.view.quantities if q.first >= end and (q.scale > 1 or q.unit not in ("", "n"))),
            default=len(lows),
        )
        abroad = [n.first for n in self.view.names if n.role == "place" and n.code not in (self.now.home, BLOC)]
        stop = min([stop, *(first for first in abroad if first >= end)])
        return any(end <= s.first <= end + 8 and s.first < stop and not s.partners for s in self.view.subjects)

    def _quantity_at(self, i: int) -> bool:
        return any(q.first in (i, i + 1) for q in self.view.quantities)
