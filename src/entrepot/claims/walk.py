"""One sentence from left to right: subjects, places and periods set the slots, numbers read them."""

from dataclasses import replace

from entrepot import codes, periods
from entrepot.claims import slots
from entrepot.claims.claim import Claim, half_width
from entrepot.claims.complements import epithet, modifies
from entrepot.claims.meaning import Meaning
from entrepot.claims.names import Name
from entrepot.claims.numbers import Quantity
from entrepot.claims.opening import BLOC, Context
from entrepot.claims.ranks import ordinals
from entrepot.claims.slots import VERBS
from entrepot.claims.spans import Mention, Span
from entrepot.claims.subjects import TOTAL, WORLD, Subject
from entrepot.claims.vocabulary import product_of
from entrepot.claims.words import one_of

LEAST = 1e5
"""Amount of money below which a number is a price or a fee, no trade of a country [currency]."""
_MARKERS = {"growth_yoy": "yoy", "growth_mom": "mom"}
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
_TAKES = ("took in", "snapped up", "scooped up", "bought up", "takes in", "took delivery", "soaked up", "took up")
_BE = one_of("was is were are remained remains became becomes stayed")
_OF = [["of"], ["of", "about"], ["of", "nearly"], ["of", "almost"], ["of", "over"], ["worth"]]
_EARNED = one_of("earned made generated brought fetched grossed netted raked took received got")
_GAP_STOP = one_of(
    "back due amid thanks driven helped boosted led despite because owing fuelled fueled , ; : ( ) and while "
    "but as after with compared from than when which that was were is are rose fell grew to dropped increased "
    "declined whereas although though yet even meanwhile versus against following vs if since until year by"
)


class Walk(Meaning):
    """Go through one sentence from left to right and fill the slots of its numbers."""

    def carried(self) -> Context:
        """Context for the next sentence."""
        now = self.now
        if self.period and self.period.span and (self.about_trade or "trade" in self.view.lows):
            alone = self.view.lows[self.period.last : self.period.last + 1] == ["alone"]
            aside = (
                self._milestone()
                or alone
                and now.opening.kind == "year"
                or self._fiscal_aside(self.period)
                or self._looks_back(self.period)
                or self._goes_back_to_first()
            )
            latest = self._latest(self.period)
            now = now if aside else replace(now, span=latest.span or now.span, named=True, note=latest.note)
        if now.span not in now.recent:
            now = replace(now, recent=(*now.recent[-4:], now.span))
        marker = next((m for c in self.found if (m := _MARKERS.get(c.measure))), self.marker)
        now = replace(now, marker=marker if marker in ("yoy", "mom") else now.marker)
        bilateral = now.partner != WORLD and (now.flow in "TB" or self.start.bilateral and self.subject is None)
        bilateral = bilateral or self.start.bilateral and now.partner == self.start.partner and now.partner != WORLD
        if self.view.lows[0] in ("this", "that", "these"):
            now = replace(now, span=self.start.span, named=self.start.named, note=self.start.note)
            return replace(now, bilateral=bilateral)
        if not self.about_trade and self.view.quantities and not self.view.subjects:
            return replace(self.start, bilateral=bilateral)
        return replace(now, bilateral=bilateral)

    def _fiscal_aside(self, mention: Mention) -> bool:
        """Whether a sentence on the fiscal year so far stands in a story on a month, which goes on about the month."""
        fiscal = mention.span is not None and mention.span.kind == "fiscal_ytd"
        return fiscal and self.now.opening.kind == "month" and self.now.home == "IND"

    def _latest(self, mention: Mention) -> Mention:
        """Of several months of a sentence the last in time: the others are looked back to."""
        months = [m for m in self.view.dates if m.role == "period" and m.span and m.span.kind == "month"]
        if mention not in months:
            return mention
        return max(months, key=lambda m: m.span.last if m.span else "")

    def _looks_back(self, mention: Mention) -> bool:
        """Whether a period only says whose figure is told again (`June's deficit was revised to`)."""
        possessive = self.view.lows[mention.last : mention.last + 1] == ["'s"]
        return possessive and mention.span is not None and mention.span.last < self.start.span.last

    def _goes_back_to_first(self) -> bool:
        """Whether a sentence began with the period spoken of before, and named another only for a later number."""
        first = self.found[0] if self.found else None
        return bool(first and first.placed and self.start.named and self.period and self.period.loose)

    def _milestone(self) -> bool:
        """Whether a sentence only tells a mark that was passed: an aside, whose period does not go on."""
        told = {c.measure for c in self.found}
        return bool(told) and told <= {"threshold", "first_or_record"} and self.now.span.kind == "month"

    def claims(self) -> list[Claim]:
        view = self.view
        events: list[tuple[int, int, object]] = [(s.head, 0, s) for s in view.subjects]
        inside = {i for s in view.subjects for i in range(s.first, s.last)}
        events += [(n.first, 1, n) for n in view.names if n.role in ("place", "product") and n.first not in inside]
        events += [(m.first, 2, m) for m in view.dates]
        events += [(q.first, 3, q) for q in view.quantities]
        events += [(n.first, 1, n) for n in view.names if n.role == "definition" and n.first not in inside]
        events += [(start, 4, (start, end, *rest)) for start, end, *rest in ordinals(view)]
        if (
            view.lows[:1] == ["by"]
            and view.lows[1:2]
            and view.lows[1] in ("country", "destination", "region", "market")
        ):
            flow = {"destination": "X", "market": "X"}.get(view.lows[1], self.now.flow)
            self.now = replace(self.now, product=TOTAL, flow=flow)
        bound = {id(s): q for q in view.quantities if (s := self._subject_after(q)) is not None}
        done: set[int] = set()
        for _, _, event in sorted(events, key=lambda e: e[:2]):
            if isinstance(event, Subject):
                if id(event) not in done and event.head >= self.compared_until and not self._is_whole(event):
                    self._meet_subject(event)
            elif isinstance(event, Name):
                self._meet_name(event)
            elif isinstance(event, Mention):
                self._meet_period(event)
            elif isinstance(event, Quantity):
                after = self._subject_after(event)
                if after is not None and id(after) in bound:
                    done.add(id(after))
                    self._meet_subject(after)
                self._meet_quantity(event)
            elif isinstance(event, tuple):
                self._meet_rank(*event)
        return self._paired(sorted(self.found, key=lambda c: c.start))

    def _is_whole(self, subject: Subject) -> bool:
        """Whether a subject is only the whole of a share told before it (`34.7 percent of total exports`)."""
        lows = self.view.lows
        share = any(
            q.unit == "%" and 0 < subject.head - q.last <= 7 and lows[q.last : q.last + 1] == ["of"]
            for q in self.view.quantities
        )
        return share and self.about_trade and not subject.partners and subject.flow == self.now.flow

    def _meet_subject(self, subject: Subject) -> None:
        now, first = self.now, self.subject is None
        if subject.form == "weak" and not (
            now.flow == "X" and (subject.products or subject.partners or self.product_named)
        ):
            return
        self.about_trade = True
        same_flow = now.flow == subject.flow
        reporter = subject.reporter or now.reporter
        partner, product = WORLD, TOTAL
        there = self._there(subject) or self._where(subject)
        if subject.partners:
            partner = subject.partners[0]
        elif there:
            partner = there
        elif subject.whole:
            partner = WORLD
        elif first and self.partner_named and subject.reporter in ("", now.reporter):
            partner = now.partner
        elif subject.linked or not first or now.bilateral or now.headed == "partner":
            bilateral = (
                now.bilateral
                and not self._names_other_period()
                and subject.flow != "T"
                and not subject.products
                and not self._all_goods(subject)
            )
            home = not subject.reporter or subject.reporter == now.reporter and now.flow == "T"
            keeps = subject.linked or bilateral or now.headed == "partner" or not first and home
            partner = now.partner if keeps and not (first and subject.reporter and not subject.linked) else WORLD
        elif self.partner_named:
            partner = now.partner
        if subject.products:
            product = subject.products[0]
        elif not subject.whole and (
            now.headed == "product" or self.product_named or not first and not subject.reporter and not subject.partners
        ):
            product = now.product
        if subject.form == "market" and now.partner != WORLD and not subject.partners and not first:
            partner = now.partner
        reporter, partner, flow = self._seen_from_home(subject, reporter, partner)
        if partner == reporter:
            partner = WORLD
        keeps_definition = not first or self.definition_named or self.view.lows[0] in ("this", "these", "they", "it")
        definition = subject.definition or (now.definition if keeps_definition else "")
        if reporter in WITH_SERVICES and {"goods", "merchandise"} & set(
            self.view.lows[max(0, subject.head - 3) : subject.tail]
        ):
            definition = definition or "goods"
        elif definition == "goods":
            definition = ""
        if subject.linked and partner == WORLD and now.partner != WORLD:
            partner = now.partner
        sign = {"deficit": -1, "surplus": 1}.get(subject.form, now.sign)
        self.now = replace(
            now, flow=flow, form=subject.form, reporter=reporter, partner=partner, product=product,
            definition=definition, sign=sign,
        )  # fmt: skip
        self.subject = subject
        if partner != WORLD and codes.kind(partner) == "group":
            self.now = replace(self.now, group=partner)
        if len(subject.partners) > 1 or not same_flow or not self.partners or subject.partners:
            self.partners = subject.partners
        if subject.products or not same_flow:
            self.products = subject.products

    def _meet_name(self, name: Name) -> None:
        view, lows = self.view, self.view.lows
        if name.role == "definition":
            self.now = replace(self.now, definition=name.code)
            self.definition_named = True
            return
        before = lows[name.first - 1] if name.first else ""
        end = self._people(name)
        after = lows[end] if end < len(lows) else ""
        start = self._described(name)
        before = lows[start - 1] if start else ""
        if before in ("the", "a") and start > 1:
            start, before = start - 1, lows[start - 2]
        opens = (
            start == 0
            or view.segment[start] != view.segment[start - 1]
            or before in ("and", "while", "whereas", ",", ";", ":", "but", "the", "-", "•", "*", "▪", "·", "–")
            or start == 1
            and before == "o"
        )
        opens = opens or before in ("those", "that") or lows[max(0, start - 2) : start] == ["of", "which"]
        if name.role == "product":
            if before == "of" and name.first > 1 and lows[name.first - 2] in ("those", "that") and self.now.flow:
                self.now = replace(self.now, product=name.code)
                self.about_trade = True
            elif (
                opens
                and (after in VERBS or after in ("(", ":") or self._in_turn(name))
                and (self.about_trade or self.now.flow)
            ):
                self.now = replace(self.now, product=name.code)
                self.about_trade = self.product_named = True
            return
        if epithet(lows, name):
            return
        if opens and name.code not in (self.now.home, self.now.reporter) and self._buys(name, end):
            flow = self.now.flow if after in ("bought", "imported", "purchased") else "X"
            group, home = self._group_of(name), self.now.home
            self.now = replace(self.now, reporter=home, partner=name.code, product=TOTAL, flow=flow, group=group)
            self.about_trade = self.partner_named = self.foreign_buyer = True
            self.partners = ()
            return
        if before == "by" and "followed" in lows[max(0, name.first - 3) : name.first] and self.now.flow:
            self.now = replace(self.now, partner=name.code)
            self.about_trade = True
            return
        if name.code in (self.now.home, self.now.reporter):
            taken = " ".join(lows[end : end + 2]) in _TAKES or after in ("bought", "purchased", "imported")
            if opens and name.code == self.now.home and name.form == "name" and taken:
                self.now = replace(self.now, reporter=name.code, partner=WORLD, product=TOTAL, flow="M")
                self.about_trade = True
            if after in _TRADES and name.form == "name" and not self.about_trade:
                self.now = replace(self.now, bilateral=False)
            if name.code == self.now.home and after in _TRADES and name.form == "name":
                self.now = replace(self.now, reporter=name.code)
            return
        if before in ("outside", "beyond") and self.now.flow:
            self.now = replace(self.now, partner=WORLD, definition=f"outside {name.code}")
            return
        owned = end + 1 if after == "'s" else end
        if lows[owned : owned + 2] in (["share", "of"], ["share", "in"]) and name.code != self.now.home:
            self.now = replace(self.now, partner=name.code)
            self.partner_named = True
            return
        if modifies(lows, name) or after == "'s":
            return
        if opens and after in _TRADES and name.form == "name" and name.first < 3 and not self.about_trade:
            self.now = replace(self.now, reporter=name.code, partner=WORLD, product=TOTAL)
            return
        if before in ("to", "from", "with") and self.now.flow:
            at = name.first - (2 if lows[name.first - 1] == before else 3)
            self.about_trade = self.about_trade or at >= 0 and lows[at] in ("those", "that")
        if name.first <= 2 and lows[0] in ("to", "from", "with") and start <= 2 and self.now.flow and self._fronts(end):
            way = {"to": "X", "from": "M"}.get(lows[0], self.now.flow)
            self.now = replace(self.now, partner=name.code, flow=way if after == ":" else self.now.flow)
            self.about_trade = self.about_trade or after == ":"
            self.partner_named = True
            return
        if before in ("to", "from") and after == ":" and self.about_trade:
            self.now = replace(self.now, partner=name.code, flow="X" if before == "to" else "M")
            self.partners = (name.code,)
            return
        relation = before in ("to", "from", "with", "into") and (self.about_trade or self.now.flow != "")
        if relation and self.about_trade and self._ends_phrase(after):
            self.now = replace(self.now, partner=name.code)
            self.partners = (
                (*self.partners, name.code) if self.partners and before not in ("to", "from", "with") else (name.code,)
            )
        elif opens and self.now.flow and (after in VERBS or after in ("(", ":") or self._quantity_at(name.last)):
            if self._is_market(name) or self.about_trade or self.start.flow:
                self.now = replace(self.now, partner=name.code, group=self._group_of(name))
                if self._is_market(name) and not self.product_named and after in _BE:
                    self.now = replace(self.now, product=TOTAL, flow=self._market_flow(name))
                self.about_trade = self.partner_named = True
            self.foreign_buyer = self._is_market(name)
        elif opens and after in ("accounted", "accounts", "represented", "made") and not self.about_trade:
            self.now = replace(self.now, partner=name.code)
            self.partner_named = True
        elif opens and self._is_market(name):
            self.foreign_buyer = True
            self.now = replace(self.now, partner=name.code, flow=self.now.flow or "T", group=self._group_of(name))
            self.about_trade = self.partner_named = True

    def _in_turn(self, name: Name) -> bool:
        """Whether goods follow `and` and their level follows them, after other goods' (`and cars $605 million`)."""
        level = next((q for q in self.view.quantities if q.first in (name.last, name.last + 1)), None)
        return (
            self.product_named and self.view.lows[name.first - 1] == "and" and level is not None and level.unit != "%"
        )

    def _there(self, subject: Subject) -> str:
        """The place that `exports there` go to: the one named last."""
        if self.view.lows[subject.tail : subject.tail + 1] != ["there"]:
            return ""
        places = [n for n in self.view.names if n.role == "place" and n.last <= subject.head]
        abroad = [n.code for n in places if n.code not in (self.now.home, self.now.reporter, BLOC)]
        return abroad[-1] if abroad else self.now.partner

    def _where(self, subject: Subject) -> str:
        """The place that a relative clause speaks of (`the US, where Chinese exports fell`)."""
        lows = self.view.lows
        if lows[subject.first - 1 : subject.first] != ["where"] or subject.partners:
            return ""
        near = [n.code for n in self.view.names if n.role == "place" and 0 <= subject.first - 1 - n.last <= 1]
        return near[-1] if near and near[-1] != self.now.home else ""

    def _seen_from_home(self, subject: Subject, reporter: str, partner: str) -> tuple[str, str, str]:
        """Reporter, partner and flow of a subject: a customer's purchases of home goods are the home country's exports.

        `Exports to Japan` after a sentence on Japan are the home country's again.
        """
        now, flow = self.now, self._flow_of(subject)
        if not subject.reporter and reporter != now.home and partner == reporter:
            return now.home, partner, flow
        word = self.view.lows[subject.tail - 1]
        ours = any(n.code == now.home and subject.tail <= n.first <= subject.tail + 2 for n in self.view.names)
        if ours and subject.reporter not in ("", now.home) and word in ("purchases", "bought") and flow == "M":
            return now.home, subject.reporter, "X"
        return reporter, partner, flow

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
        for words in _OF_BLOC:
            if " ".join(lows[:start]).endswith(words):
                return start - len(words.split())
        return start

    def _buys(self, name: Name, end: int) -> bool:
        """Whether a foreign buyer takes goods from the reporter: `took in`, `snapped up`, `European buyers bought`."""
        lows = self.view.lows
        if not (self.now.flow or self.about_trade):
            return False
        if " ".join(lows[end : end + 2]) in _TAKES or lows[end : end + 1] in (["absorbed"], ["received"]):
            return True
        return end > name.last and lows[end : end + 1] in (["bought"], ["imported"], ["purchased"], ["ordered"])

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

    def _flow_of(self, subject: Subject) -> str:
        """Flow as the reporter sees it: what a foreign buyer imports are the reporter's exports."""
        word = self.view.lows[subject.tail - 1]
        if self.foreign_buyer and word in ("importing", "imported", "exporting", "exported", "buying", "bought"):
            return {"X": "M", "M": "X"}[subject.flow]
        return subject.flow

    def _is_market(self, name: Name) -> bool:
        ahead = set(self.view.lows[name.last : name.last + 14])
        return bool(
            ahead
            & {"partner", "market", "destination", "supplier", "source", "buyer", "importer", "markets", "partners"}
        )

    def _market_flow(self, name: Name) -> str:
        """Flow with a place by what it is called: a supplier sells to the reporter, a buyer takes its exports."""
        ahead = self.view.lows[name.last : name.last + 9]
        for low in ahead:
            if low in ("supplier", "source", "origin", "seller"):
                return "M"
            if low in ("buyer", "destination", "importer", "customer", "market"):
                return "X"
        return self.now.flow or "T"

    def _fronts(self, end: int) -> bool:
        """Whether a place at the head of a sentence goes with the flow after it (`With the EU the gap was`)."""
        lows = self.view.lows
        if lows[end : end + 1] == [":"]:
            return True
        return any(end <= s.first <= end + 2 and not s.partners for s in self.view.subjects)

    def _quantity_at(self, i: int) -> bool:
        return any(q.first in (i, i + 1) for q in self.view.quantities)

    def _subject_after(self, quantity: Quantity) -> Subject | None:
        """The subject that a number belongs to although it comes first: `a $111.7 billion trade surplus`."""
        lows, view = self.view.lows, self.view
        following = min((q.first for q in view.quantities if q.first >= quantity.last), default=len(lows))
        if any(s.last < quantity.first and lows[s.last : quantity.first] in _OF for s in view.subjects):
            return None  # exports of 38.2 billion dwarfed imports
        start = slots.clause_start(view, quantity.first)
        if lows[start] in ("after", "following", "despite") and slots.is_base(view, quantity):
            ends = lows.index(";", quantity.last) if ";" in lows[quantity.last :] else len(lows)
            return next((s for s in view.subjects if 0 <= s.head - quantity.last < 14 and s.head < ends), None)
        for subject in view.subjects:
            if subject.head < quantity.last:
                continue
            if subject.head >= following:
                return None
            dated = {i for m in view.dates for i in range(m.first, m.last)}
            gap = [lows[i] for i in range(quantity.last, min(subject.first, subject.head)) if i not in dated]
            if (
                gap == ["from"]
                and subject.flow == "X"
                and set(lows[max(0, quantity.first - 4) : quantity.first]) & _EARNED
            ):
                return subject
            fronted = quantity.first <= 2 and lows[0] in ("at", "with") and gap[:1] == [","]
            if fronted and len(gap) <= 3:  # At $330 billion, exports were ...
                return subject
            counted = {"goods", "products", "merchandise"} & set(lows[max(0, quantity.first - 5) : quantity.first])
            if (
                (counted or lows[0] in ("goods", "products"))
                and set(gap) <= {"were", "was"}
                and lows[subject.tail - 1].endswith("ed")
            ):
                return subject
            of_which = lows[max(0, quantity.first - 4) : quantity.first]
            if gap in (["was"], ["were"], ["came", "from"]) and "which" in of_which:
                return subject  # of which $43 billion were exports
            if len(gap) > 6 or any(low in _GAP_STOP for low in gap):
                return None
            if set(gap) & {"in", "of", "for", "worth", "on"} or len(gap) <= 2 and not set(gap) & {"to", "from", "by"}:
                if "of" in gap and quantity.unit == "%" and not set(gap) & (slots.UP | slots.DOWN):
                    return None
                return subject
            return None
        return None

    def _meet_quantity(self, quantity: Quantity) -> None:
        view = self.view
        if not self._is_claim(quantity):
            return
        if surplus := slots.is_surplus(view, quantity):
            self.now = replace(self.now, flow="B", form="surplus", sign=surplus)
            self.about_trade, self.compared_until = True, quantity.last + 7
        whole = self._whole_of(quantity)
        if not self.about_trade and self._leans(quantity):
            self.about_trade = slots.kind(view, quantity, False) == "actual"
        near = self.about_trade or whole is not None
        if whole is not None and self.subject is None:
            self.now = replace(self.now, flow=whole.flow, partner=self.now.partner if self.partner_named else WORLD,
                               product=self.now.product if self.product_named else TOTAL)  # fmt: skip
        partner_before = self.now.partner
        if self._speaks_of_total(quantity):
            self.now = replace(self.now, partner=WORLD, product=TOTAL)
            self.partners = self.products = ()
        beside = self._place_beside(quantity)
        kind = slots.kind(view, quantity, near)
        base = slots.is_base(view, quantity) and not self._other_place(quantity, beside, partner_before)
        if base and kind == "actual" and self.found and self.found[-1].kind in ("policy", "other"):
            kind = self.found[-1].kind  # a 30 % tariff, against 145 % in April
        small = len(quantity.unit) == 3 and quantity.unit.isupper() and quantity.value < LEAST
        if kind == "actual" and (not near or small):
            kind = "other"
        unit = quantity.unit or (self._unit_before(quantity) or self.now.currency if quantity.scale >= 1e6 else "")
        unit = self._yen(unit)
        span, placed, note = self._span(quantity, base)
        self.this_span = span
        measure, against = self._measure(quantity, unit, base)
        placed = (
            placed
            and not self._of_the_month(quantity, span.kind)
            or measure == "threshold"
            and not self._dated(quantity)
        )
        sign = self._sign(quantity, measure, base)
        flow = self._listed_flow(quantity)
        partner = self._listed(quantity, "place", self.partners) or beside or self.now.partner
        counted = product_of(quantity.noun) if quantity.noun and self.now.product == TOTAL else ""
        if counted:
            self.now = replace(self.now, product=counted)
        product = (
            counted
            or self._listed(quantity, "product", self.products)
            or self._product_beside(quantity)
            or self.now.product
        )
        flow = flow or self._former_or_latter(quantity) or self.now.flow
        level = measure in ("level", "threshold", "change_amount", "range_bound")
        if measure in ("level", "threshold") and flow == "B" and self.now.sign < 0:
            sign = -1
        value = sign * quantity.value
        start, end = quantity.start, quantity.end
        self.found.append(
            Claim(
                id="", start=start, end=end, text=self.text[self.sentence.start : self.sentence.end], kind=kind,
                reporter=self.now.reporter, partner=partner, product=product, flow=flow, period=span.text,
                span=span.kind, measure=measure, stated=self.text[start:end], value=value,
                rounding_half_width=half_width(value, quantity.step, quantity.digits, level=level), unit=unit,
                growth_currency="unstated" if measure.startswith("growth") and measure != "growth_gap" else "",
                qualifier=slots.qualifier(view, quantity), definition=note or self.now.definition, against=against,
                step=quantity.step, digits=quantity.digits, placed=placed,
                lent=not quantity.unit,
                also=self._also(quantity, span, placed, partner, measure),
                near=self._near(quantity, span, partner, flow),
                carried=self._carried(quantity, span),
            )
        )  # fmt: skip
        if len(unit) == 3 and unit.isupper():
            self.now = replace(self.now, currency=unit)
        if not base:
            self.main_span = span
            self.last_measure = measure

    def _also(
        self, quantity: Quantity, span: Span, placed: bool, partner: str, measure: str
    ) -> tuple[tuple[str, str], ...]:
        """Other readings of the slots that the text does not tell at a number: carried ones, signs without a verb."""
        found: list[tuple[str, str]] = []
        if placed:
            found += [("period", f"{other.text} {other.kind}") for other in self.now.recent if other != span]
        start, end = slots.clause_start(self.view, quantity.first), slots.clause_end(self.view, quantity.first)
        here = [n.code for n in self.view.names if n.role == "place" and start <= n.first < end]
        told = self.subject is not None and partner in self.subject.partners and not any(
            self.subject.last <= n.first < quantity.first and n.code not in (partner, self.now.home)
            for n in self.view.names if n.role == "place"
        )  # fmt: skip
        if partner != WORLD and partner not in here and not told:
            others = [code for code in here if code not in (self.now.home, self.now.reporter, BLOC)]
            found += [("partner", code) for code in dict.fromkeys((*others, WORLD))]
        if measure in ("growth_yoy", "growth_mom") and slots.direction(self.view, quantity) is None:
            found.append(("sign", ""))
        return tuple(found[:8])

    def _near(self, quantity: Quantity, span: Span, partner: str, flow: str) -> tuple[tuple[str, str], ...]:
        """Periods, partners and flows that the sentence names beside those of a number."""
        view = self.view
        found = [
            ("period", f"{m.span.text} {m.span.kind}")
            for m in view.dates if m.span and m.role in ("period", "base", "since") and m.span != span
        ]  # fmt: skip
        past = [
            self._relative(self.start.span, m.against)
            for m in view.dates
            if m.role == "base"
            and m.against
            and (m.against == "mom" or 0 <= quantity.first - m.last <= 3 or view.lows[m.first] in ("twelve", "12"))
        ]
        if self.start.span.kind != "month" and {"month", "monthly"} & set(view.lows):
            past.append(Span(self.start.span.last, self.start.span.last, "month"))
        passage = () if self._opened_by(span) else (self.start.span,)
        if "quarter" in view.lows and self.start.span.kind == "month":
            past.append(Span(periods.later(self.start.span.last, -2), self.start.span.last, "quarter"))
        found += [("period", f"{s.text} {s.kind}") for s in (*past, *passage) if s != span]
        places = [n.code for n in view.names if n.role == "place" and n.code not in (self.now.home, BLOC, partner)]
        found += [("partner", code) for code in places]
        found += [("flow", s.flow) for s in view.subjects if s.flow != flow]
        return tuple(dict.fromkeys(found))[:8]

    def _carried(self, quantity: Quantity, span: Span) -> tuple[str, ...]:
        """Slots that the clause of a number does not name."""
        view = self.view
        start, end = slots.clause_start(view, quantity.first), slots.clause_end(view, quantity.first)
        here = [n for n in view.names if start <= n.first < end]
        dated = any(m.span and m.role == "period" and start <= m.first < end for m in view.dates)
        named = {
            "period": dated or self._opened_by(span),
            "partner": any(n.role == "place" for n in here),
            "product": any(n.role == "product" for n in here),
            "flow": any(start <= s.head < end for s in view.subjects) or any(n.role == "flow" for n in here),
        }
        return tuple(slot for slot, said in named.items() if not said)

    def _opened_by(self, span: Span) -> bool:
        """Whether a sentence opens with the period of a number (`In September, exports rose`)."""
        return any(m.span == span and m.role == "period" and m.first <= 3 for m in self.view.dates)

    def _speaks_of_total(self, quantity: Quantity) -> bool:
        """Whether a clause goes back from a part to the whole (`while the total rose 4.8 %`)."""
        start = slots.clause_start(self.view, quantity.first)
        words = self.view.lows[start : quantity.first]
        told = any(words[i : i + 2] in (["the", "total"], ["in", "total"]) for i in range(len(words)))
        return told and not any(start <= s.head < quantity.first for s in self.view.subjects)

    def _unit_before(self, quantity: Quantity) -> str:
        """Physical unit of the number before in the sentence (`98.13 million tonnes, coal 36.04 million`)."""
        before = [q for q in self.view.quantities if q.last <= quantity.first and q.unit not in ("%", "pp")]
        unit = before[-1].unit if before else ""
        return unit if unit and not (len(unit) == 3 and unit.isupper()) and unit not in ("x", "n") else ""

    def _other_place(self, quantity: Quantity, beside: str, partner: str) -> bool:
        """Whether a number is compared with another partner's (`compared with 9 % growth with ASEAN`), not a past."""
        after = any(quantity.last <= m.first < quantity.last + 8 for m in self.view.dates if m.span or m.against)
        return bool(beside) and quantity.unit == "%" and beside != partner and not after

    def _of_the_month(self, quantity: Quantity, kind: str) -> bool:
        """Whether a clause says that it speaks of a month (`for the month`, `the monthly surplus`)."""
        start, end = slots.clause_start(self.view, quantity.first), slots.clause_end(self.view, quantity.first)
        words = " ".join(self.view.lows[start:end])
        return kind == "month" and any(w in words for w in ("for the month", "in the month", "monthly ", "that month"))

    def _former_or_latter(self, quantity: Quantity) -> str:
        """Flow of `the former` and `the latter` after exports and imports were named together."""
        words = self.view.lows[max(0, quantity.first - 5) : quantity.first]
        pair = self._pair()
        if not pair or not {"former", "latter"} & set(words):
            return ""
        last = [w for w in words if w in ("former", "latter")][-1]
        return pair[0] if last == "former" else pair[1]

    def _pair(self) -> str:
        """`XM` or `MX`, as a sentence names exports and imports first together."""
        for name in self.view.names:
            words = self.view.lows[name.first : name.last]
            if name.role == "flow" and name.code == "T" and "and" in words:
                return "XM" if words[0].startswith("export") else "MX"
        order = "".join(n.code for n in self.view.names if n.role == "flow" and n.code in "XM")
        return order[:2] if order[:2] in ("XM", "MX") else ""

    def _dated(self, quantity: Quantity) -> bool:
        """Whether the clause of a number names a period."""
        clause = self.view.segment[quantity.first]
        return any(m.span and m.role == "period" and self.view.segment[m.first] == clause for m in self.view.dates)

    def _meet_rank(self, start: int, end: int, value: float, measure: str, unit: str, against: str) -> None:
        leans = self.start.flow and (self.view.subjects or self.view.lows[0] in ("it", "this", "that"))
        if not self.about_trade and not leans:
            return
        first, last = self.view.words[start].start, self.view.words[end - 1].end
        named = next((m.span for m in self.view.dates if m.role == "period" and m.span), None)
        span = self.main_span or (self.period.span if self.period else None) or named or self._current()
        trading = {"trading", "trade"} & set(self.view.lows[end : end + 2]) and unit == "rank"
        market = next((s for s in self.view.subjects if s.form == "market" and 0 <= s.head - end < 3), None)
        flow = "T" if trading else (market or self.now).flow
        self.found.append(
            Claim(
                id="", start=first, end=last, text=self.text[self.sentence.start : self.sentence.end], kind="actual",
                reporter=self.now.reporter, partner=self._ranked(start) if unit == "rank" else self.now.partner,
                product=self.now.product, flow=flow, period=span.text, span=span.kind,
                measure=measure, stated=self.text[first:last], value=value, rounding_half_width=0.0, unit=unit,
                growth_currency="", qualifier="exact", definition=self.now.definition, against=against, step=1.0,
                placed=self.main_span is None,
            )
        )  # fmt: skip

    def _ranked(self, start: int) -> str:
        """Who is ranked: the last place before the rank that is not the reporter, else the first after it."""
        places = [n for n in self.view.names if n.role == "place" and n.code not in (self.now.home, self.now.reporter)]
        before = [n.code for n in places if n.last <= start]
        return before[-1] if before else places[0].code if places else self.now.partner

    def _paired(self, claims: list[Claim]) -> list[Claim]:
        """Give a growth rate the currency of a level beside it, or of `in yuan terms`."""
        lows = self.view.lows
        named = ""
        for i, low in enumerate(lows):
            ends = lows[i + 1 : i + 3]
            if low in ("yuan", "renminbi", "rmb") and (ends[:1] == ["terms"] or ends == ["denominated", "terms"]):
                named = "CNY"
            elif low in ("dollar", "dollars", "usd") and (
                ends[:1] == ["terms"] or ends[:1] == ["denominated"] or ends == ["denominated", "terms"]
            ):
                named = "USD"
            elif low in ("rupee", "yen", "won", "euro") and ends[:1] == ["terms"]:
                named = {"rupee": "INR", "yen": "JPY", "won": "KRW", "euro": "EUR"}[low]
        paired: list[Claim] = []
        for claim in claims:
            if claim.growth_currency != "unstated":
                paired.append(claim)
                continue
            unit = named or next(
                (
                    c.unit
                    for c in sorted(claims, key=lambda c: (self._bracketed(c), abs(c.start - claim.start)))
                    if c.measure in ("level", "change_amount") and c.kind == claim.kind and len(c.unit) == 3
                    and _cell(c) == _cell(claim)
                ),
                "",
            )  # fmt: skip
            paired.append(replace(claim, growth_currency=unit or "unstated"))
        return paired

    def _bracketed(self, claim: Claim) -> bool:
        """Whether a number is a second currency: in brackets, or after `or`."""
        before = self.text[max(self.sentence.start, claim.start - 16) : claim.start].split("(")
        return len(before) > 1 or before[0].rstrip().endswith(
            (" or", "or about", "or some", "or around", "equivalent to")
        )


def _cell(claim: Claim) -> tuple[str, ...]:
    return claim.flow, claim.partner, claim.product, claim.period
