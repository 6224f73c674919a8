"""Which period a number is of."""

from collections.abc import Sequence

from entrepot.claims import bases, slots, views
from entrepot.claims.markers import Markers
from entrepot.claims.quantity import Quantity
from entrepot.claims.spans import Mention, Span
from entrepot.claims.verbs import VERBS
from entrepot.claims.words import one_of

_LIFTS = one_of("took takes taking brought brings bringing lifted lifting pushed pushing raised")
_OF_IT = [["of"], ["last"], ["a"], ["from"], ["to"], ["previous"], ["year"]]
_INTRO = one_of("from than versus vs against after following compared")
_RELATIVE = one_of("which who whose citing")
_ADJECTIVES = one_of("on over yoy y annual annually yearly")
_ECONOMY = one_of("economic economy gdp")
_CAUSES = one_of("as amid because since ahead before despite due when after driven thanks owing")
_BASE_CLAUSE = one_of(
    "having compared versus vs against after following reversing surpassing exceeding topping beating than outpacing "
    "matching equal trailing"
)


class Times(Markers):
    """The periods of a sentence."""

    def _meet_period(self, mention: Mention) -> None:
        vague = (
            mention.loose and self.period is not None or self._bracketed_base(mention) or self._of_something(mention)
        )
        if mention.role == "period" and mention.span and not vague and not self._in_base(mention.first):
            self.period = mention

    def _of_something(self, mention: Mention) -> bool:
        """Whether a period only says of which time something else was, in a clause without a number.

        So after the period of the sentence itself (`In May trade kept the momentum of the first quarter`), and of the
        economy (`could subtract from economic growth in the third quarter`).
        """
        lows, segment = self.view.lows, self.view.segment
        if "what" in lows[max(0, mention.first - 5) : mention.first]:
            return True  # twice what it was in 2001
        if any(segment[q.first] == segment[mention.first] for q in self.view.quantities):
            return False
        before = [low for low in lows[max(0, mention.first - 5) : mention.first] if low != "the"]
        if _ECONOMY & set(before):
            return True
        opened = self.period is not None and self.period.first <= 3
        return opened and before[-1:] == ["of"] and before[-2:-1] not in (["month"], ["months"], ["period"])

    def _bracketed_base(self, mention: Mention) -> bool:
        """Whether a period in brackets is of the number after it alone (`surplus 102 billion (July 98 billion)`)."""
        opens = mention.first > 0 and self.view.lows[mention.first - 1] == "("
        return opens and any(q.first - mention.last in (0, 1) for q in self.view.quantities)

    def _marker(self, quantity: Quantity, base: bool) -> str:
        """What a rate is measured against; a month told first is that of the rate (`A month earlier it fell`)."""
        if quantity.unit == "%" and not base and self._opening_base(quantity) is not None:
            return self._default_marker(quantity.value)
        return super()._marker(quantity, base)

    def _in_base(self, i: int) -> bool:
        """Whether token i stands in a clause that only says what is compared with."""
        start = views.clause_start(self.view, i)
        if start and self.view.lows[start] == ")":
            return self._in_base(start - 1) and self._in_base(views.clause_start(self.view, start - 1) - 1)
        return (
            any(
                bases.is_base(self.view, q)
                for q in self.view.quantities
                if start <= q.first and self.view.segment[q.first] == self.view.segment[i]
            )
            or self.view.lows[start] in _BASE_CLAUSE
        )

    def _span(self, quantity: Quantity, base: bool) -> tuple[Span, bool, str]:
        """Span of a number, whether it was only carried, and a note on it."""
        view = self.view
        group = self._group(quantity)
        end = group[-1].last
        listed = self._listed_period(quantity, group)
        if listed is not None and listed.span:
            return listed.span, False, listed.note
        told_again = next((q for q in view.quantities if q.first == end + 1 and view.lows[end] == "("), None)
        if told_again and bases.converted(view, told_again) is not None:
            end = told_again.last + 1  # 66.7 billion euros ($94.7 billion) a year earlier
        following = min((q.first for q in view.quantities if q.first >= end), default=len(view.lows))
        after = [m for m in view.dates if end <= m.first < following]
        if (beside := self._beside_period(quantity, after)) is not None:
            return beside, False, ""
        if base:
            return self._base_span(quantity, after), False, ""
        if (near := self._period_after(after, end)) is not None and near.span:
            return near.span, False, near.note
        if compared := self._month_before(quantity) or self._opening_base(quantity) or self._clause_base(quantity):
            return compared, False, ""
        return self._period_of_clause(quantity, end)

    def _beside_period(self, quantity: Quantity, after: Sequence[Mention]) -> Span | None:
        """Period that stands at a number itself: `(July 98 billion)`, `June's $46 billion`, `in the same month (`."""
        lows, now = self.view.lows, self.main_span or self._current()
        for mention in self.view.dates:
            gap = quantity.first - mention.last
            if mention.span and self._bracketed_base(mention) and 0 <= gap <= 1:
                return mention.span
            if mention.span and (
                self._counts_from(mention, quantity) or mention.span.kind == "month" and self._owns(mention, quantity)
            ):
                return mention.span
            which = self._which(mention, quantity)
            if which and mention.span and mention.role in ("base", "period") and mention.span != now:
                return mention.span
            opens = gap == 1 and lows[mention.last] == "("
            if (opens or which) and mention.role == "base" and quantity.unit != "%":
                return mention.span or self._relative(now, mention.against)
        return self._when(quantity) or self._same_after(quantity, after, now)

    def _counts_from(self, mention: Mention, quantity: Quantity) -> bool:
        """Whether a number is that of the time since when it is so (`highest since June at $5 billion`)."""
        if mention.role != "since":
            return False
        lows = self.view.lows
        if quantity.first - mention.last == 1 and lows[mention.last] in ("at", "with", "("):
            return True
        back = "since" in lows[max(0, quantity.first - 3) : quantity.first]
        return back and 0 < mention.first - quantity.last <= 5  # the first since a $2.26 billion deficit in April

    def _which(self, mention: Mention, quantity: Quantity) -> bool:
        """Whether a relative clause tells a number of a period (`April 2008, which had a surplus of 19 billion`)."""
        tells = self.view.lows[mention.last : mention.last + 4]
        if "which" not in tells or not 0 < quantity.first - mention.last <= 8:
            return False
        at = tells.index("which")
        return tells[at - 1] != "of" and tells[at + 1 :][:1] not in ([], ["is"])

    def _when(self, quantity: Quantity) -> Span | None:
        """Period that a clause with `when` tells of (`since September, when imports rose 7.4 %`)."""
        for mention in self.view.dates:
            tells = [low for low in self.view.lows[mention.last : mention.last + 2] if low != ","]
            if tells[:1] == ["when"] and mention.span and mention.last < quantity.first < mention.last + 9:
                return mention.span
        return None

    def _same_after(self, quantity: Quantity, after: Sequence[Mention], now: Span) -> Span | None:
        """Period of an amount told to be of a year before (`it was $38 billion in the same month last year`)."""
        first = after[0] if after else None
        lead = self.view.lows[quantity.last : first.first] if first else []
        if first is None or first.against != "yoy" or quantity.unit == "%" or lead[1:] != ["the"]:
            return None
        if lead[0] not in ("in", "during"):
            return None
        passage = "period" in self.view.lows[first.first : first.last] and not (self.main_span or self.period)
        return self._relative(self.now.last if passage and self.now.last.last else now, "yoy")

    def _owns(self, mention: Mention, quantity: Quantity) -> bool:
        """Whether a month owns a number right after it (`above March's $19.9 billion surplus`)."""
        lows = self.view.lows
        between = lows[mention.last : quantity.first]
        if any(mention.last <= q.first < quantity.first for q in self.view.quantities):
            return False  # October's 11.6 % and 15.3 % in September
        if not 0 < len(between) <= 4 or between[0] != "'s" or lows[mention.first : mention.first + 1] == ["last"]:
            return False
        return not set(between) & (VERBS | {",", "exports", "imports"})

    def _period_after(self, after: Sequence[Mention], end: int) -> Mention | None:
        """The period told right after the numbers that end at token `end`."""
        for mention in after:
            if self.view.lows[mention.last : mention.last + 1] == [":"] or self._bracketed_base(mention):
                continue  # (January 2014: 14.7 billion)
            if _LIFTS & set(self.view.lows[end : mention.first]):
                continue  # a December surplus of $104.8 billion took the full-year one to $992 billion
            if mention.role == "period" and mention.span and not self._leads(mention) and self._joined(end, mention):
                return mention
        return None

    def _opening_base(self, quantity: Quantity) -> Span | None:
        """Span of a sentence that opens with a relative period (`A year earlier, exports were`)."""
        lows = self.view.lows
        mention = self.view.dates[0] if self.view.dates else None
        if mention is None or mention.role != "base" or mention.span is not None or mention.first > 2:
            return None
        if {"basis", "sequentially", "terms", "on", "over"} & set(lows[mention.first : mention.last + 1]):
            return None  # on a monthly basis, in month-on-month terms
        if quantity.unit != "%" and slots.is_change(self.view, quantity) or lows[0] in _INTRO:
            return None  # compared with a year ago, the gap has widened by $7 billion
        fronted = mention.first == 0 or lows[0] in ("in", "during") or lows[mention.last : mention.last + 1] == [","]
        if fronted and (quantity.unit != "%" or mention.against in ("mom", "qoq")):
            return self._relative(self.now.span, mention.against)
        return None

    def _clause_base(self, quantity: Quantity) -> Span | None:
        """Span of an amount whose clause opens with a relative period (`while in the same month last year it was`)."""
        lows = self.view.lows
        floor = max((q.last for q in self.view.quantities if q.last <= quantity.first), default=0)
        for mention in reversed([m for m in self.view.dates if floor <= m.first and m.last <= quantity.first]):
            at = mention.first - (lows[mention.first - 1] == "the")
            opens = lows[at - 1] in ("in", "during") and lows[at - 2] in ("whereas", "while", ",", "but", "and")
            if mention.role != "base" or mention.span is not None or not opens or quantity.unit == "%":
                return None
            return self._relative(self.main_span or self._current(), mention.against)
        return None

    def _period_of_clause(self, quantity: Quantity, end: int) -> tuple[Span, bool, str]:
        """Span told before a number in its clause, else in the sentence, else after it, else in the passage."""
        view = self.view
        start = views.clause_start(view, quantity.first)
        for mention in reversed(view.dates):
            told = mention.role == "period" and mention.span and start <= mention.first < quantity.first
            if told and mention.span and not self._after_base(mention):
                return mention.span, False, mention.note
        if self._in_the_period() and self.now.last.last:
            longer = self.now.last.kind == "month" and self.now.opening.kind not in ("month", "")
            return self.now.opening if longer else self.now.last, True, ""
        if self.period and self.period.span:
            return self.period.span, self._elsewhere(self.period, quantity), self.period.note
        for mention in view.dates:
            vague = mention.loose and self.now.named
            if mention.role != "period" or not mention.span or mention.first < end or vague:
                continue
            if self._parted(end, mention):
                continue
            if not (self._in_base(mention.first) or self._leads(mention) or self._bracketed_base(mention)):
                return mention.span, not self._goes_on_to(end, mention), mention.note
        return self.now.span, True, self.now.note

    def _goes_on_to(self, end: int, mention: Mention) -> bool:
        """Whether a period after a number is of its clause or of one that goes on (`, totalling $5 billion in`)."""
        segment, here = self.view.segment, self.view.segment[end - 1]
        start = views.clause_start(self.view, mention.first)
        goes_on = [low for low in self.view.lows[start : start + 2] if low != ","]
        return segment[mention.first] == here or bool(goes_on) and goes_on[0].endswith("ing")

    def _parted(self, end: int, mention: Mention) -> bool:
        """Whether a period after a number stands in a clause that speaks of something else (`, with analysts citing`).

        So do relative clauses and, once the passage has a period, those that give a cause.
        """
        dated = {i for m in self.view.dates for i in range(m.first, m.last)}
        between = {self.view.lows[i] for i in range(end, mention.first) if i not in dated}
        past = mention.span is not None and mention.span.last < self.now.span.last
        return bool(between & _RELATIVE) or (self.now.named or past) and bool(between & _CAUSES)

    def _in_the_period(self) -> bool:
        """Whether a sentence goes on about the period of the one before (`imports during the period`)."""
        lows = self.view.lows
        at = next((i for i, low in enumerate(lows) if low == "period"), 0)
        for m in self.view.dates:
            if m.first in (at + 1, at + 2):
                return False  # during the period April-March
            named = m.role == "period" and m.span and m.first < at and not self._in_base(m.first)
            if named or m.against == "yoy" and "period" in lows[m.first : m.last]:
                return False
        told = at and {"during", "in", "over", "for"} & set(lows[max(0, at - 3) : at])
        return bool(told) and lows[at + 1 : at + 2] not in _OF_IT

    def _elsewhere(self, mention: Mention, quantity: Quantity) -> bool:
        """Whether a period stands in another clause than a number, and does not open the sentence for all of it."""
        segment = self.view.segment
        return mention.first > 3 and segment[mention.first] != segment[quantity.first]

    def _month_before(self, quantity: Quantity) -> Span | None:
        """The month before the one spoken of, for `last month's 12.4 % fall` beside a figure of last month itself."""
        lows, now = self.view.lows, self.main_span
        for mention in self.view.dates:
            leads = lows[mention.last : mention.last + 1] == ["'s"] and 0 < quantity.first - mention.last < 4
            if leads and lows[mention.first : mention.last] == ["last", "month"] and now and mention.span == now:
                compared = {"than", "versus", "against", "from", "after", "and", "to"} & set(
                    lows[max(0, mention.first - 2) : mention.first]
                )
                return now.earlier(1) if compared else None
        return None

    def _joined(self, end: int, mention: Mention) -> bool:
        """Whether a period after a number belongs to it."""
        gap = self.view.lows[end : mention.first]
        if self.view.segment[mention.first] == self.view.segment[max(end - 1, 0)]:
            return True
        return len(gap) <= 3 and not set(gap) & {
            "and",
            "while",
            "but",
            ";",
            "with",
            "as",
            "after",
            "following",
            "versus",
            "than",
        }

    def _base_span(self, quantity: Quantity, after: Sequence[Mention]) -> Span:
        now, lows = self.main_span or self._current(), self.view.lows
        before = [
            m for m in self.view.dates
            if 0 <= quantity.first - m.last <= 6 and not set(lows[m.last : quantity.first]) & _INTRO
        ]  # fmt: skip
        joined = [m for m in after if self._joined(quantity.last, m)]
        if quantity.unit == "%":
            joined = [m for m in joined if m.span is None or m.role != "base"]  # falling 11.8 % from July
            joined = [m for m in joined if not _ADJECTIVES & set(lows[m.first : m.last])]  # from 8.3 % year-on-year
        named = [m for m in joined if m.span and m.role in ("base", "period")]
        for mention in [*named[:1], *joined, *reversed(before)]:
            if mention.span and mention.role in ("base", "period"):
                return self._as_base(mention, mention.span, now)
            if mention.against:
                return self._relative(now, mention.against)
        if now.kind == "month":
            yearly = any(m.against == "yoy" for m in self.view.dates) and self.last_measure == "level"
            pair = self.found[-2:]
            if quantity.unit != "%" and [c.measure for c in pair] == ["growth_yoy", "level"]:
                yearly = yearly or pair[0].flow == pair[1].flow  # fell 6.2 % to $6.6 billion from $7 billion
            return now.earlier(12 if yearly else 1)
        if now.kind == "ytd" and quantity.unit == "%" and now.first < now.last:
            return now.earlier(1)  # year-to-date growth slowed to 18.1 % from 18.9 %
        return now.earlier(3 if now.kind == "quarter" else 12)

    def _as_base(self, mention: Mention, span: Span, now: Span) -> Span:
        """Span of a base: `last year` beside a month is that month a year before, `last month` the one before."""
        lows = self.view.lows
        if span == now and lows[max(0, mention.first - 1)] == "last" and span.kind == "month":
            return now.earlier(12)  # narrowed to $8 billion from $10 billion last September
        if lows[mention.first] not in ("last", "previous", "prior"):
            return span
        if span == now:
            return now.earlier(1 if now.kind == "month" else 12)
        if lows[mention.last : mention.last + 1] == ["'s"]:
            return span

        part = now.first[5:] == span.first[5:] and now.last < now.earlier(-12).first and span.last[5:] != now.last[5:]
        whole = span.kind in ("year", "fiscal_ytd")
        return now.earlier(12) if whole and (now.kind != span.kind or part) else span

    @staticmethod
    def _relative(now: Span, against: str) -> Span:
        if against == "2019":
            return now.earlier(12 * (int(now.last[:4]) - 2019))
        return now.earlier({"yoy": 12, "mom": 1, "qoq": 3}.get(against, 12))
