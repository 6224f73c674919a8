"""Ranks, runs and records as claims: who is ranked, of which period, and whether the passage is about trade."""

from entrepot import codes, periods
from entrepot.claims import contrasts
from entrepot.claims.claim import Claim
from entrepot.claims.meaning import GOES_ON
from entrepot.claims.names import Name
from entrepot.claims.quantity import Quantity
from entrepot.claims.ranks import Told
from entrepot.claims.replacing import replace
from entrepot.claims.sorting import Sorting
from entrepot.claims.spans import Mention, Span, month_of
from entrepot.claims.verbs import VERBS
from entrepot.claims.words import one_of

_ENDING = one_of(
    "snapping snapped snaps ending ended ends halting halted breaking broke following follows after reversing reversed "
    "interrupting interrupted"
)
"""What ended a run: it is of the time before."""

_STREAK = one_of("streak run string spell stretch series")
_DOWN_FROM = one_of("from off below after")
_CALLED = one_of("supplier source seller exporter buyer importer market customer partner destination")

_ELSEWHERE = one_of(", ; . while but")
_HELD_FOR = 14
"""Words between a rank and for how long it has been held, at most."""
_FIGURES = one_of("figure figures total volume value amount reading tally")
_BESIDE = 5
"""Words between a number and what says more of it, at most."""
_SAYS_MORE = one_of(", a an the - – — ( and also its their which was is that for up down to of marking representing")
_ARTICLES = one_of("the a an its their")
_ELSE = one_of("; . while but and as after (")
_APPOSED = 12
"""Words between a number and what is set behind a comma to say more of it (`in its trade with Peru, the highest`)."""
_BESIDE_RANK = 3
"""Words between a partner and its rank, at most, where the sentence goes on about it."""


class Placing(Sorting):
    """The ranks, runs and records of a sentence."""

    def _meet_rank(self, told: Told) -> None:
        """A rank, a run or a record: a claim where the passage is about trade."""
        inside = next((s for s in self.view.subjects if told.first < s.head < told.last), None)
        if inside is not None and told.measure == "first_or_record":  # its worst deficit for the period
            self._meet_subject(inside)
        bare = self.subject is None and not self.found
        fronts = next((s for s in self.view.subjects if s.head >= told.last), None) if bare else None
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
        if told.measure == "consecutive" and (place := self._with_after(told) or self._facing(told)):
            partner = place
        if told.measure == "first_or_record" and (place := self._place_before(told)):
            partner = place
        if told.measure == "rank" and (owner := self._owner(told)):
            reporter, partner = owner, self._ranked(told.first, owner)
        if told.measure == "rank" and self._stands_before(told, partner):
            self.now = replace(self.now, partner=partner)
        flow, product = told.flow or self.now.flow, told.product or self._market_goods(told.last)
        if told.measure == "consecutive" and (ranked := self._rank_before(told)) is not None:
            reporter, partner, product, flow = ranked.reporter, ranked.partner, ranked.product, ranked.flow
        elif told.measure != "rank" and not told.flow and (beside := self._number_beside(told)) is not None:
            reporter, partner, product, flow = beside.reporter, beside.partner, beside.product, beside.flow
        against = told.against if told.measure != "first_or_record" else self._of_what(told.against, span, flow)
        self.found.append(
            Claim(
                id="", start=first, end=last, text=self.text[self.sentence.start : self.sentence.end],
                kind=self._kind_of(told), reporter=reporter, partner=partner, product=product, flow=flow,
                period=span.text, span=span.kind, measure=told.measure, stated=self.text[first:last], value=told.value,
                rounding_half_width=0.0, unit=told.unit, growth_currency="", qualifier="exact",
                definition=self.now.definition, against=against, step=1.0, placed=self.main_span is None,
                carried=self._unsaid(told, span, partner, flow),
            )
        )  # fmt: skip

    def _unsaid(self, told: Told, span: Span, partner: str, flow: str) -> tuple[str, ...]:
        """Slots of a record or a run that its clause does not name; of a rank none are kept."""
        if told.measure == "rank":
            return ()
        start, end = self.view.words[told.first].start, self.view.words[told.last - 1].end
        return self._carried(
            Quantity(told.first, told.last, start, end, told.value, 1.0, 1, "n", 1.0), span, partner, flow
        )

    def _number_beside(self, told: Told) -> Claim | None:
        """The number that a run or a record says more of (`$5 billion, a record`, `4 %, their third straight rise`)."""
        before = next((q for q in reversed(self.view.quantities) if q.last <= told.first), None)
        if before is None or not self.found or self.found[-1].start != before.start or self.found[-1].kind != "actual":
            return None
        gap = self.view.lows[before.last : told.first]
        beside = len(gap) <= _BESIDE and set(gap) <= _SAYS_MORE
        apart = gap[-2:-1] in ([","], ["–"], ["—"]) and gap[-1] in _ARTICLES and len(gap) <= _APPOSED
        return self.found[-1] if beside or apart and not set(gap) & (_ELSE | VERBS) else None

    def _rank_before(self, told: Told) -> Claim | None:
        """The rank that has been held for a run of months or years (`its largest partner for the third year`)."""
        if not self.found or self.found[-1].measure != "rank":
            return None
        lows = self.view.lows
        led = "for" in lows[max(0, told.first - 3) : told.first] and not _ELSEWHERE & set(
            lows[told.first - 3 : told.first]
        )
        rank = self.view.lows[max(0, told.first - _HELD_FOR) : told.first]
        return self.found[-1] if led and not {";", "while"} & set(rank) else None

    def _facing(self, told: Told) -> str:
        """The partner that a sentence on a balance begins with (`Against China it had its 51st month in the red`)."""
        lows = self.view.lows
        if told.flow != "B" or lows[0] not in ("against", "with"):
            return ""
        return next((n.code for n in self.view.names if n.role == "place" and 0 < n.first <= 2), "")

    def _place_before(self, told: Told) -> str:
        """The partner that a list tells a record of (`Taiwan the third largest amount on record`)."""
        at = told.first - 1
        if at < 1 or self.view.lows[at] not in ("the", "its", "their"):
            return ""
        name = next((n for n in self.view.names if n.role == "place" and n.last == at and n.form == "name"), None)
        return name.code if name is not None and name.code not in (self.now.home, self.now.reporter) else ""

    def _of_what(self, against: str, span: Span, flow: str) -> str:
        """What a record is of, with the month since when, and a balance by its sign."""
        if not against:
            return ""
        kept, _, since = against.rpartition(" ")
        months = since.removeprefix("~")
        if months.startswith("-"):  # a six-month low
            since = f"~{periods.later(span.last, int(months))}"
        elif since == "year":
            since = f"{int(span.last[:4]) - 1}-12"
        if flow == "B" and (" growth" in kept or " either" in kept):
            return ""  # a change on the month before, or of what sign
        if flow == "B" and kept[0] == "m":
            kept = kept.replace(" level", " deficit" if self.now.sign < 0 else " surplus")
        if kept[0] in "<>" and " growth" in kept and (self.now.monthly or self.start.marker == "mom"):
            return ""
        return f"{kept} {since}"

    def _stands_before(self, told: Told, partner: str) -> bool:
        """Whether a partner stands right before its rank, and so goes on (`while Mexico, ranking third, grew by`)."""
        follows = self.view.lows[told.last : told.last + 1] == [","] and told.partner  # with the second, Peru, it rose
        if follows and any(n.code == partner and n.first - told.last in (1, 2) for n in self.view.names):
            return bool(self.now.flow)
        near = [n for n in self.view.names if n.role == "place" and 0 < told.first - n.last <= _BESIDE_RANK]
        return bool(near) and near[-1].code == partner and near[-1].form == "name" and bool(self.now.flow)

    def _goes_on(self, told: Told) -> bool:
        """Whether a sentence without a flow of its own goes on about the one before."""
        lows = self.view.lows
        if self.view.subjects or told.measure == "rank" or lows[0] in _OPENERS:
            return True
        if told.measure == "consecutive" and any(n.role in ("place", "product") for n in self.view.names):
            return True  # the US, amid a 14-month streak of declines
        back = lows[max(0, told.first - 3) : told.first]
        if (
            told.measure == "first_or_record"
            and back[-2:-1] in (["was"], ["is"])
            and {"this", "it", "that"} & set(back)
        ):
            return True  # although below last year's, this was the third-best May
        if told.measure == "first_or_record" and {"is", "was", "were"} & set(back) and self._money_before(told):
            return True  # the $43 billion is a new high
        if told.measure == "consecutive" and (lows[0] == "growth" or lows[0] == "the" and _STREAK & set(lows[1:4])):
            return True  # the streak of 14 monthly gains came to an end
        if told.measure == "first_or_record" and _FIGURES & set(lows[max(0, told.first - 6) : told.first]):
            return True  # in August, the monthly figure had been the highest in seven months
        return lows[0] == "the" and bool(GOES_ON & set(lows[1:3]))

    def _money_before(self, told: Told) -> bool:
        """Whether an amount of money, which the passage is about, stands right before a record."""
        return any(0 < told.first - q.last <= 4 and len(q.unit) == 3 and q.unit.isupper() for q in self.view.quantities)

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
        dated = [m for m in dated if m not in contrasts.other_times(self.view)]
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
        if rank.measure == "first_or_record" and (own := self._span_of_record(rank, after)) is not None:
            return own
        if rank.measure == "consecutive" and "year" in words and after and after.span and after.span.kind == "year":
            return after.span  # shrank for a third consecutive year in 2025
        if rank.measure == "consecutive" and self._has_ended(rank):
            return _before_end(span, words)
        if rank.measure != "consecutive" or not {"month", "months", "monthly"} & set(words):
            return span
        if self.start.note.startswith(("first", "days")) and span == self.start.span:
            return span.earlier(1)  # of whole months, in a story on the first days of one
        return span if told == span or span.kind == "month" else month_of(span.last)

    def _has_ended(self, run: Told) -> bool:
        """Whether a run is told to be over (`snapping four months of falls`, `ended a losing streak of 19 months`)."""
        lows = self.view.lows
        named = bool(_STREAK & set(lows[max(0, run.first - 3) : run.first]))
        if "end" in lows[run.last : run.last + 6] and {"an", "its"} & set(lows[run.last : run.last + 6]):
            return True  # came to an end
        return bool(_ENDING & set(lows[max(0, run.first - (8 if named else 4)) : run.first]))

    def _span_of_record(self, record: Told, after: Mention | None) -> Span | None:
        """Period that stands right before a record (`April's, the third highest`) or, where no other is told, after."""
        lows = self.view.lows
        before = next((m for m in reversed(self.view.dates) if m.last <= record.first and m.span), None)
        gap = lows[before.last : record.first] if before is not None else []
        if before is not None and gap[:1] == ["'s"] and len(gap) <= 3 and set(gap[1:]) <= {"the", ",", "own"}:
            return before.span
        told = self.main_span or any(m.last <= record.first and m.role == "period" for m in self.view.dates)
        if told or after is None or after.role != "period" or not after.span or after.first == record.last:
            return None
        return after.span if lows[record.last] in ("in", "last", "during", "for") else None

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


_OPENERS = frozenset(("it", "this", "that", "they", "these", "those", "for", "not", "never"))


def _before_end(span: Span, words: list[str]) -> Span:
    """Period that a run which has now ended was last of: the month, or the year, before."""
    if any(word.startswith("month") for word in words):
        return month_of(periods.later(span.last, -1))
    return span.earlier(12) if span.kind in ("year", "fiscal_ytd") else span
