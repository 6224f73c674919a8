"""Ranks, runs and records as claims: who is ranked, of which period, and whether the passage is about trade."""

from entrepot import codes, periods
from entrepot.claims.claim import Claim
from entrepot.claims.meaning import GOES_ON
from entrepot.claims.names import Name
from entrepot.claims.ranks import Told
from entrepot.claims.replacing import replace
from entrepot.claims.sorting import Sorting
from entrepot.claims.spans import Mention, Span, month_of
from entrepot.claims.words import one_of

_ENDING = one_of(
    "snapping snapped snaps ending ended ends halting halted breaking broke following follows after reversing reversed "
    "interrupting interrupted"
)
"""What ended a run: it is of the time before."""

_DOWN_FROM = one_of("from off below after")
_CALLED = one_of("supplier source seller exporter buyer importer market customer partner destination")

_BESIDE_RANK = 3
"""Words between a partner and its rank, at most, where the sentence goes on about it."""


class Placing(Sorting):
    """The ranks, runs and records of a sentence."""

    def _meet_rank(self, told: Told) -> None:
        """A rank, a run or a record: a claim where the passage is about trade."""
        fronts = next((s for s in self.view.subjects if s.head >= told.last), None) if not self.subject else None
        leans = bool(self.start.flow) and self._goes_on(told)
        if not (self.about_trade or told.flow or fronts or leans) or self._of_other(told):
            return
        if fronts is not None:  # reversing a six-month decline, exports rose
            self._meet_subject(fronts)
        elif told.flow and not self.now.flow:
            self.about_trade, self.now = True, replace(self.now, flow=told.flow)
        view, span = self.view, self._span_of_rank(told)
        first, last = view.words[told.first].start, view.words[told.last - 1].end
        partner = told.partner or (self._ranked(told.first) if told.measure == "rank" else self.now.partner)
        reporter = self.now.reporter
        if told.measure == "consecutive" and (place := self._with_after(told)):
            partner = place
        if told.measure == "rank" and (owner := self._owner(told)):
            reporter, partner = owner, self._ranked(told.first, owner)
        if told.measure == "rank" and self._stands_before(told, partner):
            self.now = replace(self.now, partner=partner)
        against = told.against
        if told.measure == "first_or_record" and " -" in against:  # a six-month low
            kept, _, months = against.rpartition(" ")
            against = f"{kept} {periods.later(span.last, int(months))}"
        self.found.append(
            Claim(
                id="", start=first, end=last, text=self.text[self.sentence.start : self.sentence.end],
                kind=self._kind_of(told), reporter=reporter, partner=partner,
                product=told.product or self._market_goods(told.last), flow=told.flow or self.now.flow,
                period=span.text, span=span.kind, measure=told.measure, stated=self.text[first:last], value=told.value,
                rounding_half_width=0.0, unit=told.unit, growth_currency="", qualifier="exact",
                definition=self.now.definition, against=against, step=1.0, placed=self.main_span is None,
            )
        )  # fmt: skip

    def _stands_before(self, told: Told, partner: str) -> bool:
        """Whether a partner stands right before its rank, and so goes on (`while Mexico, ranking third, grew by`)."""
        near = [n for n in self.view.names if n.role == "place" and 0 < told.first - n.last <= _BESIDE_RANK]
        return bool(near) and near[-1].code == partner and near[-1].form == "name" and bool(self.now.flow)

    def _goes_on(self, told: Told) -> bool:
        """Whether a sentence without a flow of its own goes on about the one before."""
        lows = self.view.lows
        if self.view.subjects or told.measure == "rank" or lows[0] in _OPENERS:
            return True
        if told.measure == "consecutive" and any(n.role in ("place", "product") for n in self.view.names):
            return True  # the US, amid a 14-month streak of declines
        return lows[0] == "the" and bool(GOES_ON & set(lows[1:3]))

    def _of_other(self, told: Told) -> bool:
        """Whether a record is of a price, a currency or what else stands before it after the last flow."""
        if told.measure == "rank" and told.flow:
            return False
        start = told.first
        last = max((s.tail for s in self.view.subjects if s.tail <= start), default=-1)
        return any(n.role == "other" and last < n.first < start for n in self.view.names)

    def _span_of_rank(self, rank: Told) -> Span:
        """Period of a rank, a record or a run; a run of months in a passage on more than a month ends with its last."""
        dated = [m for m in self.view.dates if m.role == "period" and m.span and (m.first < rank.first or rank.flow)]
        dated = [m for m in dated if m.span and m.span.kind != "years" or m.last <= rank.first]
        named = next((m.span for m in dated if not self._looks_back(m) and not self._in_base(m.first)), None)
        told = self.period.span if self.period else None
        span = self.main_span or told or named or self._current()
        if told and self.period and span.last < self.start.span.first and self._of_record(self.period):
            span = self.start.span  # broke the record set in May 2013, advanced for seven months
        words = self.view.lows[rank.first : rank.last]
        after = next((m for m in self.view.dates if 0 <= m.first - rank.last <= 2 and m.span), None)
        before = set(self.view.lows[max(0, rank.first - 3) : rank.first])
        if rank.measure == "first_or_record" and after and after.span and before & _DOWN_FROM:
            return after.span  # fell in 2025 from a record high in 2024
        if rank.measure == "consecutive" and "year" in words and after and after.span and after.span.kind == "year":
            return after.span  # shrank for a third consecutive year in 2025
        if rank.measure == "consecutive" and _ENDING & set(self.view.lows[max(0, rank.first - 4) : rank.first]):
            return _before_end(span, words)
        if rank.measure != "consecutive" or not {"month", "months", "monthly"} & set(words):
            return span
        if self.start.note.startswith(("first", "days")) and span == self.start.span:
            return span.earlier(1)  # of whole months, in a story on the first days of one
        return span if told == span or span.kind == "month" else month_of(span.last)

    def _looks_back(self, mention: Mention) -> bool:
        """Whether a period only says whose figure is told again (`June's deficit was revised to`)."""
        possessive = self.view.lows[mention.last : mention.last + 1] == ["'s"]
        return possessive and mention.span is not None and mention.span.last < self.start.span.last

    def _of_record(self, mention: Mention) -> bool:
        """Whether a period says when a record was set (`broke the record of $15 billion, set in May 2013`)."""
        return bool({"record", "set", "peak"} & set(self.view.lows[max(0, mention.first - 9) : mention.first]))

    def _ranked(self, start: int, owner: str = "") -> str:
        """Who is ranked: the last place before the rank that is not the reporter, else the first after it."""
        ours = (owner, "") if owner else (self.now.home, self.now.reporter)
        places = [n for n in self.view.names if n.role == "place" and n.code not in ours]
        before = [n.code for n in places if n.last <= start]
        called = [n.code for n in places if self._named_by_rank(start, n)]
        if called and not owner:
            return called[0]
        if owner and not before:
            return self.now.home or self.now.partner
        return before[-1] if before else places[0].code if places else self.now.partner

    def _with_after(self, told: Told) -> str:
        """The partner told after a run and its balance (`its 12th straight deficit of $4 billion with Italy`)."""
        subject = next((s for s in self.view.subjects if 0 <= s.head - told.last <= 3), None)
        if subject is None or subject.partners:
            return subject.partners[0] if subject else ""
        for name in (n for n in self.view.names if n.role == "place" and subject.tail < n.first <= subject.tail + 9):
            gap = [low for low in self.view.lows[subject.tail : name.first] if low != "the"]
            if gap[-1:] in (["with"], ["to"], ["from"]) and not {",", "and", "while", "as"} & set(gap):
                return name.code
        return ""

    def _named_by_rank(self, start: int, name: Name) -> bool:
        """Whether a place stands right after what it is called by its rank (`second-largest supplier Ukraine`)."""
        between = self.view.lows[start : name.first]
        return 1 < len(between) <= 5 and between[-1] in _CALLED and not {",", "of", "to", "for", "from"} & set(between)

    def _owner(self, told: Told) -> str:
        """Another country whose partners are ranked: `Africa's largest partner`, `the top exporter to China`."""
        lows, home = self.view.lows, self.now.home
        for name in (n for n in self.view.names if n.role == "place" and n.code != home and codes.kind(n.code)):
            if lows[name.last : told.first] == ["'s"]:
                return name.code
            if name.first >= told.last and lows[told.last : name.first] in (
                ["exporter", "to"],
                ["exporter", "to", "the"],
            ):
                return name.code
        return ""


_OPENERS = frozenset(("it", "this", "that", "they", "these", "those", "for"))


def _before_end(span: Span, words: list[str]) -> Span:
    """Period that a run which has now ended was last of: the month, or the year, before."""
    if any(word.startswith("month") for word in words):
        return month_of(periods.later(span.last, -1))
    return span.earlier(12) if span.kind in ("year", "fiscal_ytd") else span
