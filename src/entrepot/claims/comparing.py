"""Which period a figure that another is compared with is of."""

from collections.abc import Sequence

from entrepot.claims import bases, slots, views
from entrepot.claims.markers import Markers
from entrepot.claims.numbers import Quantity
from entrepot.claims.spans import Mention, Span
from entrepot.claims.words import one_of

_INTRO = one_of("from than versus vs against after following compared")
_ADJECTIVES = one_of("on over yoy y annual annually yearly")
_BASE_CLAUSE = one_of(
    "having compared versus vs against after following reversing surpassing exceeding topping beating than outpacing "
    "matching equal trailing"
)


class Comparing(Markers):
    """The comparisons of a sentence."""

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

    def _bracketed_base(self, mention: Mention) -> bool:
        """Whether a period in brackets is of the number after it alone (`surplus 102 billion (July 98 billion)`)."""
        opens = mention.first > 0 and self.view.lows[mention.first - 1] == "("
        return opens and any(q.first - mention.last in (0, 1) for q in self.view.quantities)

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
