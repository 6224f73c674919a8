"""What a text leaves open at a number: slots it only carries, other readings of them, what is named beside it."""

from entrepot import periods
from entrepot.claims import slots, views
from entrepot.claims.opening import BLOC
from entrepot.claims.parties import Parties
from entrepot.claims.quantity import Quantity
from entrepot.claims.spans import Span
from entrepot.claims.subjects import TOTAL, WORLD
from entrepot.claims.words import one_of

_RELATIVES = one_of("which who that")


class Doubts(Parties):
    """The doubts about the numbers of a sentence."""

    def _also(
        self, quantity: Quantity, span: Span, placed: bool, partner: str, measure: str
    ) -> tuple[tuple[str, str], ...]:
        """Other readings of the slots that the text does not tell at a number: carried ones, signs without a verb."""
        found: list[tuple[str, str]] = []
        if placed:
            spans: tuple[Span, ...] = (*self.now.recent, self.now.opening)
            spans = tuple(s for i, s in enumerate(spans) if s.last and s not in spans[:i])
            found += [("period", f"{other.text} {other.kind}") for other in spans if other != span]
        start, end = views.clause_start(self.view, quantity.first), views.clause_end(self.view, quantity.first)
        here = [n.code for n in self.view.names if n.role == "place" and start <= n.first < end]
        told = self._told_partner(quantity, partner)
        if partner != WORLD and partner not in here and not told:
            others = [code for code in here if code not in (self.now.home, self.now.reporter, BLOC)]
            found += [("partner", code) for code in dict.fromkeys((*others, WORLD))]
        found += self._topics(partner)
        if self.now.goods != TOTAL and not any(n.code == self.now.product for n in self.view.names):
            found.append(("product", TOTAL))
        if measure in ("growth_yoy", "growth_mom") and slots.direction(self.view, quantity) is None:
            found.append(("sign", ""))
        return tuple(found[:8])

    def _told_partner(self, quantity: Quantity, partner: str) -> bool:
        """Whether a sentence tells the partner of a number before its clause, with no other flow or place since."""
        if len(group := self._group(quantity)) > 1 and any(
            len(run) == len(group) for run in self._runs("place", group[-1].last)
        ):
            return True
        before = [n for n in self.view.names if n.role == "place" and n.first < quantity.first]
        abroad = [n for n in before if n.code not in (self.now.home, self.now.reporter)]
        if not abroad or abroad[-1].code != partner:
            return False
        since = [s for s in self.view.subjects if abroad[-1].last <= s.head < quantity.first]
        return all(s.linked or partner in s.partners for s in since)

    def _topics(self, partner: str) -> list[tuple[str, str]]:
        """Partner and product that the story began with, or the sentence before, where a number names neither."""
        subject, now = self.subject, self.now
        goods = [("product", code) for code in dict.fromkeys((self.start.product, now.topic[1])) if code != TOTAL]
        if partner != WORLD and now.product == TOTAL and not (subject is not None and subject.whole):
            return goods
        if partner != WORLD or now.product != TOTAL or subject is not None and (subject.whole or subject.reporter):
            return []
        before = self.start.partner if now.flow in self.start.flows + "TB" else WORLD
        found = [("partner", code) for code in (before, now.topic[0]) if code != WORLD]
        return [*dict.fromkeys(found), *goods]

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
        if self.start.span.kind != "month" and ("month" in view.said or "monthly" in view.said):
            past.append(Span(self.start.span.last, self.start.span.last, "month"))
        passage = () if self._opened_by(span) else (self.start.span,)
        if self.start.span.kind == "month" and "quarter" in view.said:
            past.append(Span(periods.later(self.start.span.last, -2), self.start.span.last, "quarter"))
        found += [("period", f"{s.text} {s.kind}") for s in (*past, *passage) if s != span]
        places = [n.code for n in view.names if n.role == "place" and n.code not in (self.now.home, BLOC, partner)]
        found += [("partner", code) for code in places]
        found += [("flow", s.flow) for s in view.subjects if s.flow != flow]
        goods = [n.code for n in view.names if n.role == "product" and n.last <= quantity.first]
        found += [("product", code) for code in goods if self.now.product == TOTAL]
        return tuple(dict.fromkeys(found))[:8]

    def _carried(self, quantity: Quantity, span: Span, partner: str, flow: str) -> tuple[str, ...]:
        """Slots that neither the clause of a number names, nor its sentence alone before it."""
        view = self.view
        start, end = views.clause_start(view, quantity.first), views.clause_end(view, quantity.first)
        here = [n for n in view.names if start <= n.first < end]
        dated = any(m.span and m.role == "period" and start <= m.first < end for m in view.dates)
        told = [m.span for m in view.dates if m.span and m.role == "period"]
        abroad = {n.code for n in view.names if n.role == "place"} - {self.now.reporter}
        flows = {s.flow for s in view.subjects}
        named = {
            "passage": span in told,
            "reporter": self.now.introduced,
            "period": dated or self._opened_by(span) or self._only_period(span),
            "partner": abroad == {partner} or any(n.role == "place" and partner in (n.code, WORLD) for n in here),
            "product": any(n.role == "product" for n in here),
            "flow": any(start <= s.head < end for s in view.subjects)
            or any(n.role == "flow" for n in here)
            or flows == {flow},
        }
        return tuple(slot for slot, said in named.items() if not said)

    def _only_period(self, span: Span) -> bool:
        """Whether a sentence names one period and no other, and not only in a relative clause."""
        view = self.view
        told = [m for m in view.dates if m.span and m.role == "period"]
        if {m.span for m in told} != {span}:
            return False
        if view.said.isdisjoint(_RELATIVES):
            return True
        relative = {view.segment[i] for i, low in enumerate(view.lows) if low in _RELATIVES}
        return any(view.segment[m.first] not in relative for m in told)

    def _opened_by(self, span: Span) -> bool:
        """Whether a sentence opens with the period of a number (`In September, exports rose`)."""
        return any(m.span == span and m.role == "period" and m.first <= 3 for m in self.view.dates)

    def _of_the_month(self, quantity: Quantity, kind: str) -> bool:
        """Whether a clause says that it speaks of a month (`for the month`, `the monthly surplus`)."""
        if kind != "month":
            return False
        start, end = views.clause_start(self.view, quantity.first), views.clause_end(self.view, quantity.first)
        words = " ".join(self.view.lows[start:end])
        return any(w in words for w in ("for the month", "in the month", "monthly ", "that month"))

    def _dated(self, quantity: Quantity) -> bool:
        """Whether the clause of a number names a period."""
        clause = self.view.segment[quantity.first]
        return any(m.span and m.role == "period" and self.view.segment[m.first] == clause for m in self.view.dates)
