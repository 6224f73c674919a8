"""One sentence from left to right: subjects, places and periods set the slots, numbers read them."""

from operator import itemgetter

from entrepot import periods
from entrepot.claims import bases, kinds, members, origins, slots, sums, traders, unlisted, views
from entrepot.claims.asides import Aside, asides
from entrepot.claims.claim import Claim, half_width
from entrepot.claims.complements import OTHERS
from entrepot.claims.currencies import paired, terms
from entrepot.claims.ends import rate_over
from entrepot.claims.firsts import firsts
from entrepot.claims.names import Name
from entrepot.claims.opening import BLOC, MOST_IN_A_MONTH, Context
from entrepot.claims.placing import Placing
from entrepot.claims.positions import positions
from entrepot.claims.quantity import Quantity
from entrepot.claims.ranks import Told, ranks
from entrepot.claims.rates import MANY, weighs
from entrepot.claims.ratios import settled
from entrepot.claims.records import records
from entrepot.claims.replacing import replace
from entrepot.claims.sorting import ACCOUNT, OF_TRADE, Reading
from entrepot.claims.spans import Mention, Span, from_to, month_of, year_of
from entrepot.claims.standings import standings
from entrepot.claims.streaks import streaks
from entrepot.claims.subjects import TOTAL, WORLD, Subject
from entrepot.claims.verbs import VERBS
from entrepot.claims.words import one_of

MOST_MET = 40
"""Partners that are remembered."""
_LONG = one_of("ytd year fiscal_ytd half")
_OVERALL = frozenset({("the", "total"), ("in", "total"), ("overall", "growth"), ("headline", "growth")})
_MARKERS = {"growth_yoy": "yoy", "growth_mom": "mom"}
_IN_ALL = (["in", "all"], ["all", "told"], ["all", "in", "all"], ["taken", "together"], ["from", "all", "origins"])
"""Openings after which a number is of all partners."""
_OTHER_WAY = {(which, way) for which in one_of("opposite other reverse") for way in one_of("direction way")}
_REACHED = one_of("to reach reaching reached hit hitting stands standing")
_BY_WEIGHT = [[what, mark] for what in ("tonnes", "tons", "weight") for mark in (",", ":")]
Event = Subject | Name | Mention | Quantity | Told | Aside


class Walk(Placing):
    """Go through one sentence from left to right and fill the slots of its numbers."""

    def claims(self) -> list[Claim]:
        """Claims of the sentence, in order."""
        view = self.view
        self._break_down()
        self._take_up_it()
        done: set[int] = set()
        for event in self._events():
            if isinstance(event, Subject):
                if event.head not in done and event.head >= self.compared_until and not self._is_whole(event):
                    self._meet_subject(event)
            elif isinstance(event, Name):
                self._meet_name(event)
            elif isinstance(event, Mention):
                self._meet_period(event)
            elif isinstance(event, Quantity):
                if event.first in self.ahead:
                    done.add(self.ahead[event.first].head)
                    self._meet_subject(self.ahead[event.first])
                self._meet_quantity(event)
            elif isinstance(event, Aside):
                self._meet_aside(event)
            else:
                self._meet_rank(event)
        found = sorted(self.found, key=lambda c: c.start)
        yearly = any(m.against == "yoy" for m in view.dates)
        return paired(found if yearly else settled(found), view.lows, self.text, self.sentence.start)

    def _take_up_it(self) -> None:
        """Go back to the balance or the trade of the sentence before (`It fell`, after `with imports down`)."""
        flow, form, sign = self.start.single
        lows = self.view.lows
        at = 0 if lows[0] == "it" else lows.index("it") if "it" in lows[:12] and not self.view.subjects else -1
        opens = at == 0 or at > 0 and lows[at - 1] == ","
        verb = lows[at + 1 : at + 2]
        told = opens and verb and (verb[0] in VERBS or verb[0] in ("is", "has", "had"))
        if flow and told and self.now.flow in ("X", "M"):
            self.now = replace(self.now, flow=flow, form=form, sign=sign)

    def _single(self) -> tuple[str, str, int]:
        """The balance or trade that the sentence tells first, as flow, form and sign."""
        first = self.found[0] if self.found else None
        if first is None or first.flow not in ("B", "T"):
            return "", "", 1
        subject = next((s for s in self.view.subjects if s.flow == first.flow), None)
        return first.flow, subject.form if subject else self.now.form, -1 if first.value < 0 else 1

    def _events(self) -> list[Event]:
        """What the sentence holds, in the order in which it is met."""
        view = self.view
        inside = {i for s in view.subjects for i in range(s.first, s.last)}
        names = [n for n in view.names if n.role in ("place", "product", "definition") and n.first not in inside]
        told = [*records(view), *firsts(view), *streaks(view), *ranks(view, self.now.home)]
        places = {i for t in told if t.measure == "rank" for i in range(t.first, t.last)}
        told += [t for t in standings(view, self.now.home) if not places & {*range(t.first, t.last)}]
        places = {i for t in told for i in range(t.first, t.last)}
        told += [t for t in positions(view, self.now.home) if not places & {*range(t.first, t.last)}]
        found: list[tuple[int, int, Event]] = [(s.head, 0, s) for s in view.subjects]
        found += [(n.first, 1, n) for n in names]
        found += [(m.first, 2, m) for m in view.dates]
        found += [(q.first, 3, q) for q in view.quantities]
        found += [(t.first, 4, t) for t in told]
        found += [(aside.last if aside.ends else aside.first, -1, aside) for aside in asides(view)]
        return [event for _, _, event in sorted(found, key=itemgetter(0, 1))]

    def _meet_aside(self, aside: Aside) -> None:
        """After an aside the sentence goes on with the parties and goods spoken of before it."""
        if not aside.ends:
            self.before_aside = (self.now, self.subject, self.partners, self.products, self.foreign_buyer)
            return
        then, self.subject, self.partners, self.products, self.foreign_buyer = self.before_aside
        self.now = replace(
            self.now, reporter=then.reporter, partner=then.partner, product=then.product, flow=then.flow,
            form=then.form, definition=then.definition, sign=then.sign,
        )  # fmt: skip

    def _is_whole(self, subject: Subject) -> bool:
        """Whether a subject is only the whole of a share told before it (`34.7 percent of total exports`)."""
        lows = self.view.lows
        share = any(
            q.unit == "%" and 0 < subject.head - q.last <= 7 and lows[q.last : q.last + 1] == ["of"]
            for q in self.view.quantities
        )
        return share and self.about_trade and not subject.partners and subject.flow == self.now.flow

    def _meet_quantity(self, quantity: Quantity) -> None:
        """A number: a claim, with the slots as they stand and what its own words say."""
        if not self._is_claim(quantity):
            return
        near = self._takes_up(quantity)
        partner_before = self.now.partner
        if self._speaks_of_total(quantity):
            all_told = self.view.lows[quantity.first - 2 : quantity.first] == ["'s", "total"]
            partner = WORLD if all_told else self.now.pair or WORLD
            self.now = replace(self.now, partner=partner, product=self._unnamed())
            self.partners = self.products = ()
        if self._with_world(quantity):
            self.now, self.partners = replace(self.now, partner=WORLD), ()
        if self._with_others(quantity):
            self.now, self.partners = replace(self.now, partner=OTHERS), ()
        self._turn_home(quantity)
        beside = self._place_beside(quantity)
        base = bases.is_base(self.view, quantity)
        compared = base and self._other_place(quantity, beside, partner_before)
        base = base and not compared
        read = self._reading(quantity, self._kind(quantity, near, base), base)
        claim = self._claim(quantity, read, beside)
        self.found.append(claim)
        if beside and not compared and beside == claim.partner:
            self._reach_back(quantity, beside)
        before_it = self.view.lows[max(0, quantity.first - 3) : quantity.first]
        if beside and (compared or {"than", "against", "exceeding", "versus"} & set(before_it)):
            self.asides.add(beside)
            self.now = replace(self.now, partner=partner_before)
        if len(claim.unit) == 3 and claim.unit.isupper() and claim.unit != self.now.currency:
            self.now = replace(self.now, currency=claim.unit)
        now = self.main_span or self.now.span
        if not base and not (read.span.last < now.last and self._of_before(quantity)):
            self.main_span = read.span
            self.last_measure = read.measure

    def _takes_up(self, quantity: Quantity) -> bool:
        """Whether a number is of trade; what tells so beside it is taken up."""
        view = self.view
        if surplus := slots.is_surplus(view, quantity):
            self.now = replace(self.now, flow="B", form="surplus", sign=surplus)
            self.about_trade = True
            self.compared_until = max(quantity.last + 7, slots.compared_until(view, quantity))
            self.now = replace(self.now, partner=self._more_to(quantity) or self.now.partner)
        if self._earns_by(quantity):
            self.about_trade, self.now = True, replace(self.now, flow="X")
        if self.start.flow in ("X", "M") and not self.start.spread and sums.of_both(view, quantity):
            self.about_trade, self.now = True, replace(self.now, flow="T", form="", sign=1)
        whole = self._whole_of(quantity)
        passing = self.start.flow in ("X", "M") and not self.sentence.opens and not self.about_trade
        if passing and (named := unlisted.goods(view, quantity)):
            self.about_trade, self.product_named = True, True
            self.now = replace(self.now, product=named)
        if not self.about_trade and self._leans(quantity):
            self.about_trade = kinds.kind(view, quantity, False) == "actual"
        if whole is not None and self.subject is None:
            self.now = replace(self.now, flow=whole.flow, partner=self.now.partner if self.partner_named else WORLD,
                               product=self.now.product if self.product_named else self._unnamed())  # fmt: skip
        return self.about_trade or whole is not None

    def _reading(self, quantity: Quantity, kind: str, base: bool) -> Reading:
        unit = quantity.unit or (self._lent(quantity) if quantity.scale >= 1e6 else "")
        unit = self._yen(unit)
        before = self.this_span if bases.converted(self.view, quantity) is not None else None
        span, placed, note = self._span(quantity, base)
        span = before or span
        self.this_span = span
        measure, against = self._measure(quantity, unit, base)
        if measure == "growth_yoy" and rate_over(self.view, quantity)[0] == 1:
            measure = "growth_mom"
        if span.kind == "years" and not base and measure in ("level", "volume", "share", "threshold", "multiple"):
            span = self.main_span if measure == "multiple" and self.main_span else span
            led = any(q.first < quantity.first and bases.is_base(self.view, q) for q in self.view.quantities)
            led = led or measure == "multiple" or not placed and self._reached(quantity)
            years = span.kind == "years" and led
            span = year_of(span.last) if years else span  # from 2000 to 2023 it grew from 100 billion to two trillion
        span = self._year_to(span) if measure in ("level", "threshold") else span
        span = self._month_on_year(span) if measure == "growth_yoy" and placed else span
        span = self._quickened(quantity, span) if measure == "growth_yoy" and placed else span
        span = self._beside_monthly(quantity, span) if measure == "growth_yoy" and placed else span
        span = self._told_by_base(quantity, span) if placed and not base else span
        rolled = any(m.span == span and m.note == "12 months" for m in self.view.dates)
        if measure == "growth_yoy" and rolled and self.now.opening.kind == "month":
            span, note = month_of(span.last), ""  # a fall of 24 % in the 12 months to February, beside one in March
        if (
            measure == "growth_mom"
            and against != "qoq"
            and (placed or self._told_monthly(quantity))
            and not base
            and span.kind in _LONG
            and (quantity.value < MOST_IN_A_MONTH or self.now.flow == "B" or self._monthly_after(quantity))
        ):
            span = month_of(span.last)  # on a month-on-month basis, in a passage on January to that month
        placed = placed and not self._of_the_month(quantity, span.kind)
        placed = placed or measure == "threshold" and not self._dated(quantity)
        return Reading(kind, unit, span, note, measure, against, placed, base)

    def _quickened(self, quantity: Quantity, span: Span) -> Span:
        """The month of a rate that is held against the month before's (`growth doubled from the previous month to`)."""
        start = views.clause_start(self.view, quantity.first)
        led = any(m.against == "mom" and start <= m.first < quantity.first for m in self.view.dates)
        to = self.view.lows[quantity.first - 1] == "to"
        return month_of(span.last) if led and to and span.kind in _LONG else span

    def _told_monthly(self, quantity: Quantity) -> bool:
        """Whether a rate is told to be on the month, in a clause that names no period before it."""
        start = views.clause_start(self.view, quantity.first)
        before = [m for m in self.view.dates if m.role == "period" and start <= m.first < quantity.first]
        return not before and self._monthly_after(quantity)

    def _monthly_after(self, quantity: Quantity) -> bool:
        """Whether a rate is told to be on the month (`fell 22 % month on month`)."""
        told = [m for m in self.view.dates if 0 <= m.first - quantity.last <= 1]
        return any(m.against == "mom" or m.role == "base" and m.span and m.span.kind == "month" for m in told)

    def _beside_monthly(self, quantity: Quantity, span: Span) -> Span:
        """The month of a rate on a year that stands beside one on the month (`fell 22 % mom and 27 % yoy`)."""
        before = next((q for q in reversed(self.view.quantities) if q.last <= quantity.first), None)
        if before is None or not self.found or self.found[-1].measure != "growth_mom" or span.kind not in _LONG:
            return span
        near = quantity.first - before.last <= 6 and self.found[-1].start == before.start
        return month_of(span.last) if near else span

    def _reached(self, quantity: Quantity) -> bool:
        """Whether an amount is what a change over years came to (`grew by 64 percent, reaching $104 billion`)."""
        return bool(_REACHED & set(self.view.lows[max(0, quantity.first - 3) : quantity.first]))

    def _month_on_year(self, span: Span) -> Span:
        """The month of a rate that is told on that month a year before (`down 29 % from November 2024`)."""
        named = [m.span for m in self.view.dates if m.role == "base" and m.span and m.span.kind == "month"]
        same = any(m.against == "yoy" and "month" in self.view.lows[m.first : m.last] for m in self.view.dates)
        if span.kind in _LONG and same or any(base.last == periods.later(span.last, -12) for base in named):
            return month_of(span.last)
        return span

    def _year_to(self, span: Span) -> Span:
        """Of an amount, `the year to November` is January to November; of a rate, November on a year before."""
        if span.kind == "fiscal_ytd":
            return span
        if any(m.span == span and self.view.lows[m.first : m.first + 2] == ["year", "to"] for m in self.view.dates):
            return from_to(f"{span.last[:4]}-01", span.last)
        return span

    def _claim(self, quantity: Quantity, read: Reading, beside: str) -> Claim:
        """The claim of a number, by its reading and the parties spoken of."""
        span, measure = read.span, read.measure
        sign = self._sign(quantity, measure, read.base)
        flow = self._listed_flow(quantity)
        reporter, partner = self.now.reporter, self._listed(quantity, "place", self.partners) or beside
        partner = partner or self.now.partner
        if not beside and not self._with_world(quantity) and (told := self._says_more(quantity)):
            partner = OTHERS if told.definition == "other countries" else told.partner
        if side := self._whose_share(quantity) or self._side_again(quantity, read.base):
            reporter, partner, flow = self.side = side
        if host := self._hosts(quantity):
            reporter, partner = host, WORLD
        if listed := members.side(self.view, quantity, self.now.home):
            reporter, partner, flow = listed
        others = "other countries" if partner == OTHERS else ""
        partner = WORLD if others else partner
        product = self._weighed(self._goods_of(quantity), read.measure, read.unit)
        flow = (
            flow
            or origins.told_behind(self.view, quantity, self.now.flow)
            or self._former_or_latter(quantity)
            or self._the_other_way(quantity)
            or self.now.flow
        )
        if measure in ("level", "threshold") and flow == "B" and self._balance_sign(quantity) < 0:
            sign = -1
        value, start, end = sign * quantity.value, quantity.start, quantity.end
        level = measure in ("level", "threshold", "change_amount", "range_bound")
        doubtful = read.placed and (measure == "threshold" or not self._only_period(span))
        return Claim(
            id="", start=start, end=end, text=self.text[self.sentence.start : self.sentence.end],
            kind=self._sorted(read, product, quantity), reporter=reporter,
            partner=partner, product=product, flow=flow, period=span.text, span=span.kind, measure=measure,
            stated=self.text[start:end], value=value,
            rounding_half_width=half_width(value, quantity.step, quantity.digits, level=level), unit=read.unit,
            growth_currency="unstated" if measure.startswith("growth") and measure != "growth_gap" else "",
            qualifier=slots.qualifier(self.view, quantity), definition=read.note or others or self.now.definition,
            against=read.against or self._ranged(quantity, measure),
            step=quantity.step, digits=quantity.digits, placed=read.placed,
            lent=not quantity.unit and not terms(self.view.lows),
            also=self._also(quantity, span, doubtful, partner, measure),
            near=self._near(quantity, span, partner, flow),
            carried=self._carried(quantity, span, partner, flow),
        )  # fmt: skip

    def _ranged(self, quantity: Quantity, measure: str) -> str:
        """What says that a rate is one bound of a range: the other, which has its sign."""
        other = self._rate_range(quantity) if measure.startswith("growth_") else None
        return f"range {other.value!r}" if other is not None else ""

    def _balance_sign(self, quantity: Quantity) -> int:
        """Which way a balance goes: by its own word, else as the story's do."""
        if self.now.form == "balance":
            before = set(self.view.lows[max(0, quantity.first - 10) : quantity.first])
            if before & {"favorable", "favourable", "positive"}:
                return 1
            if before & {"unfavorable", "unfavourable", "negative", "adverse"}:
                return -1
        return self.now.sign

    def _speaks_of_total(self, quantity: Quantity) -> bool:
        """Whether a clause goes back from a part to the whole (`while the total rose 4.8 %`)."""
        lows = self.view.lows
        if lows[:2] in _IN_ALL or lows[:3] in _IN_ALL:
            return not any(n.role == "place" and n.last <= quantity.first for n in self.view.names)
        if self.view.said.isdisjoint(("total", "overall", "headline")):
            return False
        start = views.clause_start(self.view, quantity.first)
        words = self.view.lows[start : quantity.first]
        told = not _OVERALL.isdisjoint(zip(words, words[1:], strict=False))
        if words[-2:] == ["'s", "total"]:
            return True  # just shy of China's total $140 billion
        return told and not any(start <= s.head < quantity.first for s in self.view.subjects)

    def _lent(self, quantity: Quantity) -> str:
        """Currency of a large number that names none: `in yuan terms`, that of a number before it, or the story's."""
        if self.view.lows[0] in ("in", "by") and self.view.lows[1:3] in _BY_WEIGHT:
            return "t"  # in tonnes, exports came to 1.93 million
        counted = self.now.flow in ("X", "M") and MANY & set(
            self.view.lows[max(0, quantity.first - 4) : quantity.first]
        )
        return terms(self.view.lows) or self._unit_before(quantity) or ("n" if counted else self.now.currency)

    def _unit_before(self, quantity: Quantity) -> str:
        """Physical unit of the number before in the sentence (`98.13 million tonnes, coal 36.04 million`)."""
        before = [q for q in self.view.quantities if q.last <= quantity.first and q.unit not in ("%", "pp")]
        unit = before[-1].unit if before else ""
        return unit if unit and not (len(unit) == 3 and unit.isupper()) and unit not in ("x", "n") else ""

    def _other_place(self, quantity: Quantity, beside: str, partner: str) -> bool:
        """Whether a number is compared with another partner's (`compared with 9 % growth with ASEAN`), not a past."""
        after = any(quantity.last <= m.first < quantity.last + 8 for m in self.view.dates if m.span or m.against)
        return bool(beside) and beside != partner and not after

    def _more_to(self, quantity: Quantity) -> str:
        """Partner between a surplus and what it is more than (`exported $5 billion more to Japan than it imported`)."""
        lows = self.view.lows
        than = next((i for i in range(quantity.last, min(quantity.last + 7, len(lows))) if lows[i] == "than"), 0)
        return next((n.code for n in self.view.names if n.role == "place" and quantity.last < n.first < than), "")

    def _the_other_way(self, quantity: Quantity) -> str:
        """Flow of what goes the other way than the one spoken of (`those in the opposite direction $2 billion`)."""
        start = max((q.last for q in self.view.quantities if q.last <= quantity.first), default=0)
        words = self.view.lows[start : quantity.first]
        told = any(two in _OTHER_WAY for two in zip(words, words[1:], strict=False))
        before = next((q for q in reversed(self.view.quantities) if q.last == start), None)
        if words[:3] in (["and", "amounted", "to"], ["and", "came", "to"], ["and", "reached"], ["to"]) and before:
            return self._the_other_way(before)  # supplies in the opposite direction rose 12 % and amounted to
        told = told and not any(
            start <= s.head < quantity.first and s.flow != self.start.flow for s in self.view.subjects
        )
        if "went" in words and any(n.role == "product" and start <= n.first < quantity.first for n in self.view.names):
            return ""  # soybeans went the other way, down 9 percent
        return {"X": "M", "M": "X"}.get(self.now.flow, "") if told else ""

    def _former_or_latter(self, quantity: Quantity) -> str:
        """Flow of `the former` and `the latter` after exports and imports were named together."""
        words = self.view.lows[max(0, quantity.first - 5) : quantity.first]
        if not {"former", "latter"} & set(words) or not (pair := self._pair()):
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

    def carried(self) -> Context:
        """Context for the next sentence."""
        now, lows = self._dated_context(), self.view.lows
        recent = now.recent if now.span in now.recent else (*now.recent[-4:], now.span)
        marker = next((m for c in self.found if (m := _MARKERS.get(c.measure))), self.marker)
        marker = marker if marker in ("yoy", "mom") else now.marker
        two = (
            now.flow in "TB"
            or self.fronted
            or self.start.bilateral
            and (self.subject is None or now.partner == self.start.partner)
        )
        alone = any(lows[n.last : n.last + 1] == ["alone"] for n in self.view.names if n.role == "place")
        bilateral = now.partner != WORLD and two and not alone
        if lows[0] in ("this", "that", "these"):
            now = replace(now, span=self.start.span, named=self.start.named, note=self.start.note)
        elif not self.about_trade and self.view.quantities and not self.view.subjects:
            now, recent, marker = self.start, self.start.recent, self.start.marker
        beside = bool(self.found) and not self.view.subjects and all(c.kind == "other" for c in self.found)
        ware = next((c.product for c in reversed(self.found) if c.product != TOTAL), now.ware)
        places = [n.code for n in self.view.names if n.role == "place" and n.code not in (now.home, now.reporter, BLOC)]
        flows = "".join({c.flow for c in self.found if c.partner == now.partner != WORLD})
        account = now.account and not OF_TRADE & set(lows) or bool(ACCOUNT & set(lows)) and "account" in lows
        named = [m.span for m in self.view.dates if m.span and m.role == "period"]
        based = [m.span for m in self.view.dates if m.span and m.role == "base"]
        told = (named or based or [now.told])[-1]
        last = self.main_span or (named[-1] if named and not self.view.quantities else now.last)
        local = traders.speaks_on(self.view, self._leading(), self.start.local)
        shares = any(c.measure == "share" for c in self.found[-2:])
        monthly = now.monthly or any(c.measure == "growth_mom" and c.partner == WORLD for c in self.found)
        weighed = weighs(self.view.quantities)
        return replace(now, recent=recent, beside=beside, marker=marker, monthly=monthly, shares=shares,
                       weighed=weighed, local=local, bilateral=bilateral, flows=flows, account=account, ware=ware,
                       overall=self._goes_overall(), abroad=places[-1] if places else now.abroad,
                       led=self._led(), last_partner=self.found[-1].partner if self.found else WORLD,
                       single=self._single(), last=last, places=self._places(), met=self._met(), told=told,
                       spread=len({c.partner for c in self.found} - {WORLD}) > 1)  # fmt: skip

    def _met(self) -> tuple[str, ...]:
        """Partners that the home country's numbers have been told of so far."""
        told = [c.partner for c in self.found if c.reporter == self.now.home and c.partner != WORLD]
        return tuple(dict.fromkeys((*self.start.met, *told)))[-MOST_MET:]

    def _dated_context(self) -> Context:
        """The slots as they stand, with the period of the sentence unless that was only an aside."""
        now, period, lows = self.now, self.period, self.view.lows
        if not period or not period.span or not (self.about_trade or "trade" in self.view.lows):
            return now
        alone = self.view.lows[period.last : period.last + 1] == ["alone"]
        if alone and now.opening.kind == "year":
            return replace(now, span=now.opening, note=now.opening_note)
        if self._not_out(period) or self._milestone() or self._fiscal_aside(period) or self._looks_back(period):
            return now
        since = "since" in lows[max(0, period.first - 12) : period.first]
        if since and period.span.last < self.start.opening.first:
            return now  # for the first time since the 2.5 % drop in the second half of 2020
        aside = period.span.last < self.start.opening.first and not any(
            c.period == period.span.text for c in self.found
        )
        if aside and (self.main_span or not self.found):
            return now  # twice what it was in 2001: no number is of that year
        if period.span.last < self.start.opening.first and self.found and self.found[0].period > period.span.text:
            return now  # it fell 6 %, an improvement over the 17 % fall in January and February
        if self.found and self.found[0].placed and period.first > 3 and period.span == self.start.span.earlier(12):
            return now  # gems, now at 3.59, had been at 3.80 in September 2018
        if self._goes_back_to_first() or period.loose and not self.found or period.against == "again":
            return now
        if (main := self._conceded(period)) is not None:
            return replace(now, span=main, named=True)
        latest = self._latest(period)
        span = latest.span or now.span
        if self.main_span and self.found and not self.found[-1].placed and self._behind(latest):
            span = self.main_span
        return replace(now, span=span, named=True, note=latest.note, aside=alone)

    def _conceded(self, period: Mention) -> Span | None:
        """Period of the first number where the last one stands in a concession (`despite a fall in August`)."""
        start = views.clause_start(self.view, period.first)
        if not start or self.view.lows[start] not in ("despite", "although", "though") or not self.found:
            return None
        first = self.found[0].period
        return next((m.span for m in self.view.dates if m.span and m.span.text == first and m.last <= start), None)

    def _not_out(self, period: Mention) -> bool:
        """Whether a period's figures cannot be out yet, and no number of the sentence is of it."""
        later = period.span is not None and period.span.last > self.now.calendar.latest
        return later and not period.note and all(c.period != period.span.text for c in self.found if period.span)

    def _behind(self, period: Mention) -> bool:
        """Whether a period stands after all numbers, in a clause without one (`..., as exports picked up in May`)."""
        segment = self.view.segment
        numbered = {segment[q.first] for q in self.view.quantities}
        last = max((q.last for q in self.view.quantities), default=0)
        return period.first > last and segment[period.first] not in numbered

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

    def _goes_back_to_first(self) -> bool:
        """Whether a sentence began with the period spoken of before, and named another only for a later number."""
        first = self.found[0] if self.found else None
        return bool(first and first.placed and self.start.named and self.period and self.period.loose)

    def _milestone(self) -> bool:
        """Whether a sentence only tells a mark that was passed: an aside, whose period does not go on."""
        told = {c.measure for c in self.found}
        return bool(told) and told <= {"threshold", "first_or_record"} and self.now.span.kind == "month"
