"""Which period a figure that another is compared with is of."""

from collections.abc import Sequence

from entrepot.claims import bases, slots, views
from entrepot.claims.markers import ADJUSTED, Markers
from entrepot.claims.quantity import Quantity
from entrepot.claims.spans import Mention, Span, month_of, year_of
from entrepot.claims.subjects import TOTAL, WORLD
from entrepot.claims.verbs import DOWN, UP, VERBS
from entrepot.claims.words import one_of

_INTRO = one_of("from than versus vs against after following compared")
_ADJECTIVES = one_of("on over yoy y annual annually yearly")
_BASE_CLAUSE = one_of(
    "having compared versus vs against after following reversing surpassing exceeding topping beating than outpacing "
    "matching equal trailing"
)
_FIGURE = one_of("figure figures number amount value total level result one tally reading")
_LIKE = one_of("corresponding comparable equivalent same similar")
_AT_FIRST = one_of("initially first originally previously earlier")
_TOLD = one_of("reported estimated announced published released stated given recorded")
_FRONTS = one_of("in during over for at")
_REVISED = one_of(", revised upward upwards downward downwards up down slightly")
_WAS = one_of("was were been is being")
_A = one_of("a one the two three twelve 12 2 3 year month")
_AGO = one_of("earlier ago before previously prior back")
_RANKED = one_of("largest biggest second third fourth second-largest second-biggest")
_MARKS = one_of(", ; - – —")
_PAST = one_of("been") | {word for word in UP | DOWN if word.endswith(("ed", "en", "own", "unk"))} | one_of("shrunk")
_STRETCHES = ("ytd", "half", "quarter", "fiscal_ytd", "range")
_LEADS = one_of("in for during of from over throughout to between the")
_WHOLE = one_of("all whole full entire total throughout")
_ON_YEAR = ("IND", "PAK", "BGD", "LKA", "NPL", "TUR", "EGY", "KEN")
"""Offices that hold a month only against the same one a year before."""


class Comparing(Markers):
    """The comparisons of a sentence."""

    def _in_base(self, i: int) -> bool:
        """Whether token i stands in a clause that only says what is compared with."""
        start = views.clause_start(self.view, i)
        if start and self.view.lows[start] == ")":
            return self._in_base(start - 1) and self._in_base(views.clause_start(self.view, start - 1) - 1)
        here = [
            q for q in self.view.quantities if start <= q.first and self.view.segment[q.first] == self.view.segment[i]
        ]
        if any(bases.is_base(self.view, q) for q in here):
            return True
        bound = self.view.lows[start - 1 : start + 1] in (["more", "than"], ["less", "than"], ["fewer", "than"])
        if bound and any(q.first <= start + 2 and q.unit != "x" for q in here):
            return self._in_base(start - 1)  # rose more than 34 %
        while start < i and self.view.lows[start] in _MARKS:
            start += 1
        return self.view.lows[start] in _BASE_CLAUSE

    def _pluperfect(self, i: int) -> bool:
        """Whether the clause of token i tells of a time before (`; in June they had risen 3 %`)."""
        if "had" not in self.view.said:
            return False
        start, end = views.clause_start(self.view, i), views.clause_end(self.view, i)
        had = next((at for at in range(start, end) if self.view.lows[at] == "had"), end)
        return bool(_PAST & set(self.view.lows[had + 1 : min(had + 3, end)]))

    def _bracketed_base(self, mention: Mention) -> bool:
        """Whether a period in brackets is of the number after it alone (`surplus 102 billion (July 98 billion)`)."""
        opens = mention.first > 0 and self.view.lows[mention.first - 1] in ("(", "[")
        return opens and any(q.first - mention.last in (0, 1) for q in self.view.quantities)

    def _opening_base(self, quantity: Quantity) -> Span | None:
        """Span of a sentence that opens with a relative period (`A year earlier, exports were`)."""
        lows = self.view.lows
        mention = self.view.dates[0] if self.view.dates else None
        if mention is None or mention.role != "base" or mention.span is not None or mention.first > 2:
            return None
        if {"basis", "sequentially", "terms", "on", "over"} & set(lows[mention.first : mention.last + 1]):
            return None  # on a monthly basis, in month-on-month terms
        led = [m for m in self.view.dates if m.role == "period" and lows[m.first - 1] in ("in", "during", "for")]
        if any(mention.last <= m.first < quantity.first for m in led):
            return None  # in the previous month they rose 3 %, and in March 4 %
        if quantity.unit != "%" and slots.is_change(self.view, quantity) or lows[0] in _INTRO:
            return None  # compared with a year ago, the gap has widened by $7 billion
        fronted = mention.first == 0 or lows[0] in _FRONTS or lows[mention.last : mention.last + 1] == [","]
        words = lows[mention.first : mention.last]
        same = lows[0] in _FRONTS and words[0] in _LIKE or "had" in lows[mention.last : quantity.first]
        if fronted and (quantity.unit != "%" or mention.against in ("mom", "qoq") or same):
            return self._relative(self.now.span, mention.against)
        return None

    def _clause_base(self, quantity: Quantity) -> Span | None:
        """Span of an amount whose clause is of a time compared with.

        It opens with a relative period (`while in the same month last year it was`), or speaks of the figure of one
        (`the corresponding figure for the previous year was`, `whereas the amount a year before had been`).
        """
        lows, now = self.view.lows, self.main_span or self._current()
        floor = max((q.last for q in self.view.quantities if q.last <= quantity.first), default=0)
        for mention in reversed([m for m in self.view.dates if floor <= m.first and m.last <= quantity.first]):
            at = mention.first - (lows[mention.first - 1] == "the")
            before = lows[max(floor, at - 5) : at]
            whole = mention.span is not None and mention.span.kind in ("year", "fiscal_ytd")
            like = bool(_LIKE & set(before)) and (whole or mention.role == "base")
            told = mention.role == "base" and mention.span is None
            of_it = lows[at - 1] in _FIGURE or lows[at - 1] in ("of", "for", "in", "from") and lows[at - 2] in _FIGURE
            if quantity.unit == "%" or not (like or told and (self._opens(at) or of_it)):
                return None
            if mention.span is None:
                return self._relative(now, mention.against)
            years = int(now.last[:4]) - int(mention.span.last[:4])
            return now.earlier(12 * max(1, years))
        return None

    def _opens(self, at: int) -> bool:
        """Whether `in` or `during` before token `at` opens a clause."""
        lows = self.view.lows
        return lows[at - 1] in ("in", "during") and lows[at - 2] in ("whereas", "while", ",", "but", "and")

    def _same_after(self, quantity: Quantity, after: Sequence[Mention], now: Span, end: int) -> Span | None:
        """Period of an amount told to be of a year before (`it was $38 billion in the same month last year`)."""
        first = after[0] if after else None
        lead = self.view.lows[end : first.first] if first else []
        if first is None or first.against != "yoy" or quantity.unit == "%":
            return None
        if lead not in (["in", "the"], ["during", "the"], ["at", "the"], ["the"]):
            return None
        passage = "period" in self.view.lows[first.first : first.last] and not (self.main_span or self.period)
        return self._relative(self.now.last if passage and self.now.last.last else now, "yoy")

    def _a_year_ago(self, quantity: Quantity, after: Sequence[Mention], now: Span, end: int) -> Span | None:
        """Period of an amount with `a year earlier` right after it, beside one of now."""
        first = after[0] if after else None
        told = first is not None and first.role == "base" and not first.span
        if first is None or not told or first.first not in (quantity.last, end):
            return None
        words = self.view.lows[first.first : first.last]
        if quantity.unit in ("%", "pp") or words[0] not in _A or words[-1] not in _AGO:
            return None
        if slots.is_change(self.view, quantity):
            return None
        return self._relative(now, first.against)

    def _month_before(self, quantity: Quantity) -> Span | None:
        """The month before the one spoken of, for `last month's 12.4 % fall` beside a figure of last month itself."""
        lows, now = self.view.lows, self.main_span
        for mention in self.view.dates if {"last", "month"} <= self.view.said else ():
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
        if gap[:2] == [",", "revised"]:
            gap = [low for low in gap if low not in _REVISED]  # one of $28.5 billion, revised, in March
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

    def _base_span(self, quantity: Quantity, after: Sequence[Mention], end: int) -> tuple[Span, bool]:
        """Span of a number that another is compared with, and whether no word tells it."""
        now, lows = self.main_span or self._current(), self.view.lows
        if self._before_revision(quantity):
            return now, False
        if self.this_span is not None and self._in_bracket_at_first(quantity):
            return self.this_span, False
        before = [
            m for m in self.view.dates
            if 0 <= quantity.first - m.last <= 6 and not set(lows[m.last : quantity.first]) & _INTRO
        ]  # fmt: skip
        joined = [m for m in after if self._joined(end, m)]
        if quantity.unit == "%":
            joined = [m for m in joined if m.span is None or m.role != "base"]  # falling 11.8 % from July
            joined = [m for m in joined if not _ADJECTIVES & set(lows[m.first : m.last])]  # from 8.3 % year-on-year
        dated = any(m.span and m.role in ("base", "period") for m in joined)
        if joined and not dated and joined[0].role == "skip" and "same" in lows[joined[0].first : joined[0].last]:
            return now, False  # more than the 6 % fall of imports in the same period
        named = [m for m in joined if m.span and m.role in ("base", "period")]
        for mention in [*named[:1], *joined, *reversed(before), *self._paired_after(end)]:
            if mention.span and mention.role in ("base", "period"):
                return self._as_base(mention, self._months_in(mention.span, quantity), now), False
            if mention.against:
                return self._relative(now, mention.against), False
        return self._untold_base(quantity, now)

    def _paired_after(self, end: int) -> list[Mention]:
        """The time told after the second of two amounts that are compared with (`exports of 6 and imports of 7`)."""
        view, told = self.view, [m for m in self.view.dates if m.first >= end and m.role in ("base", "period")]
        other = next((q for q in view.quantities if q.first >= end), None)
        if other is None or not told or told[0].first < other.last or not bases.is_base(view, other):
            return []
        between = view.lows[end : other.first]
        pair = "and" in between and len(between) <= 5 and not any(low in VERBS for low in between)
        near = pair and view.segment[told[0].first] == view.segment[other.last - 1]
        return told[:1] if near else []

    def _untold_base(self, quantity: Quantity, now: Span) -> tuple[Span, bool]:
        """Span of a number compared with whose time is not told (`rose to $6.6 billion from $6.2 billion`)."""
        years = next((m.span for m in self.view.dates if m.span and m.span.kind == "years"), None)
        since = next(
            (m.span for m in self.view.dates if m.role == "since" and m.span and m.last <= quantity.first), None
        )
        if since is not None and now.kind in ("year", "month"):
            return year_of(since.last), True  # since it joined in 2001, the gap has widened from 39 billion
        if self._beside_other(quantity) or self._ranked_after(quantity):
            return now, False
        if years is not None:
            return year_of(years.first), False  # from 2000 to 2023 it grew from 100 billion
        if (pair := self._as_pair_before(now)) is not None:
            return pair, False
        yearly = self._yearly(quantity, now)
        if now.kind == "month":
            if yearly is None:
                return now.earlier(12 if self._of_years() else 1), True
            return now.earlier(12 if yearly else 1), False
        if now.kind == "ytd" and quantity.unit == "%" and now.first < now.last and self.last_measure != "share":
            return now.earlier(1), False  # year-to-date growth slowed to 18.1 % from 18.9 %
        return now.earlier(3 if now.kind == "quarter" else 12), False

    def _as_pair_before(self, now: Span) -> Span | None:
        """Time of the first of two amounts like that of the two before (`from 3 in 2019 to 5 in 2023, from 1 to 2`)."""
        if len(self.found) < 2 or self.found[-1].period != now.text or self.found[-1].measure != "level":
            return None
        dated = {m.span.text: m.span for m in self.view.dates if m.span}
        before = self.found[-2]
        told = before.measure == "level" and before.period < now.text and not before.placed
        return dated.get(before.period) if told else None

    def _beside_other(self, quantity: Quantity) -> bool:
        """Whether a number is another thing's of the same time (`compared with $9 billion for corn`)."""
        after = self.view.lows[quantity.last : quantity.last + 1]
        if after not in (["for"], ["of"], ["in"], ["with"], ["to"], ["from"]):
            return False
        near = range(quantity.last + 1, quantity.last + 3)
        return any(n.first in near and n.role in ("product", "flow", "place") for n in self.view.names)

    def _ranked_after(self, quantity: Quantity) -> bool:
        """Whether a number is of what ranks before another (`the second largest gap, after the $163 billion with`)."""
        back = self.view.lows[max(0, quantity.first - 24) : quantity.first]
        return bool({"after", "behind"} & set(back[-3:])) and bool(_RANKED & set(back))

    def _yearly(self, quantity: Quantity, now: Span) -> bool | None:
        """Whether a sentence measures a level on the one a year before; None where it does not say."""
        if quantity.unit == "%":
            return False
        pair = self.found[-2:]
        if [c.measure for c in pair] == ["growth_yoy", "level"] and pair[0].flow == pair[1].flow:
            return True  # fell 6.2 % to $6.6 billion from $7 billion
        bases_told = [m for m in self.view.dates if m.role == "base"]
        monthly = any(m.against == "mom" or m.span == now.earlier(1) for m in self.view.dates)
        told = any(m.against == "yoy" or m.span == now.earlier(12) for m in bases_told)
        if self.last_measure in ("level", "growth_yoy") and told:
            return True
        if monthly:
            return False
        return False if [c.measure for c in pair] == ["growth_mom", "level"] else None

    def _of_years(self) -> bool:
        """Whether what the passage speaks of is held against a year before: by rate, goods or office."""
        now = self.now
        if now.monthly or self.start.marker == "mom" or now.home in ADJUSTED:
            return False
        part = now.product != TOTAL or now.partner != WORLD
        return part or now.home in _ON_YEAR or self.start.marker == "yoy" and now.flow != "B"

    def _before_revision(self, quantity: Quantity) -> bool:
        """Whether a number is what another was before it was revised (`was revised up to 13.7 from 12.7 billion`)."""
        lows = self.view.lows
        after = lows[quantity.last : quantity.last + 2]
        if after[:1] and after[0] in _AT_FIRST and after[1:2] and after[1] in _TOLD:
            return True
        back = lows[max(0, quantity.first - 22) : quantity.first]
        return any(low == "revised" and set(back[max(0, i - 2) : i]) & _WAS for i, low in enumerate(back))

    def _in_bracket_at_first(self, quantity: Quantity) -> bool:
        """Whether a bracket says what the number before it was at first (`in May (revised down from $670 million)`)."""
        back = self.view.lows[max(0, quantity.first - 6) : quantity.first]
        opens = max((i for i, low in enumerate(back) if low in ("(", "[")), default=len(back))
        return ")" not in back[opens:] and bool((_AT_FIRST | {"revised"}) & set(back[opens:]))

    def _told_by_base(self, quantity: Quantity, span: Span) -> Span:
        """The span of a number that only its passage dates, by the time that it is compared with.

        In a passage on January to July, what is held against June, or July a year before, is of July; what a passage
        on July holds against last year's January to July is of this year's.
        """
        view = self.view
        if (stepped := self._stepped(quantity, span)) is not None:
            return stepped
        for other in (q for q in view.quantities if q.first >= quantity.last):
            if not bases.is_base(view, other):
                if other.unit == quantity.unit or view.lows[quantity.last : other.first][:1] != ["to"]:
                    return span
                continue
            dated = (m.span for m in view.dates if m.span and -3 <= m.first - other.last <= 3)
            base = next((s for s in dated if s.last != span.last or s.kind != span.kind), None)
            if base is None:
                return span
            if base.kind == "month" and span.kind in _STRETCHES:
                near = base.last in (span.earlier(1).last, span.earlier(12).last)
                return month_of(span.last) if near else span
            same = base.kind in _STRETCHES and span.kind == "month" and base.last == span.earlier(12).last
            return base.earlier(-12) if same else span
        return span

    def _stepped(self, quantity: Quantity, span: Span) -> Span | None:
        """The month after that of a number before (`swung from 5.4 % in November to -4.4 %`), in a longer passage."""
        before = next((q for q in reversed(self.view.quantities) if q.last <= quantity.first), None)
        if before is None or span.kind not in (*_STRETCHES, "year") or not bases.is_base(self.view, before):
            return None
        near = (m.span for m in self.view.dates if m.span and m.role == "period" and 0 <= m.first - before.last <= 2)
        month = next((s for s in near if s.kind == "month"), None)
        step = month is not None and month.earlier(-1).last == span.last and before.unit == quantity.unit
        return month_of(span.last) if step else None

    def _months_in(self, span: Span, quantity: Quantity) -> Span:
        """The months of a year that stand before a number as its adjective (`the January-July gap of 5 in 2018`)."""
        if span.kind != "year":
            return span
        for mention in self.view.dates:
            told, leads = mention.span, self.view.lows[mention.first - 1] if mention.first else ""
            if told is None or not 0 < quantity.first - mention.last <= 5 or leads in _LEADS or told.kind == "year":
                continue
            return told.earlier(12 * (int(told.last[:4]) - int(span.last[:4])))
        return span

    def _as_base(self, mention: Mention, span: Span, now: Span) -> Span:
        """Span of a base: `last year` beside a month is that month a year before, `last month` the one before."""
        lows = self.view.lows
        if span == now and lows[max(0, mention.first - 1)] == "last" and span.kind == "month":
            return now.earlier(12)  # narrowed to $8 billion from $10 billion last September
        if span == now and mention.loose and now.kind == "ytd":
            return now.earlier(1)  # year-to-date growth of 15.1 %, up from 14.8 % in the year to date
        whole = bool(_WHOLE & set(lows[max(0, mention.first - 3) : mention.first]))
        if whole or lows[mention.first] not in ("last", "previous", "prior"):
            return self._same_part(mention, span, now)
        if span == now:
            return now.earlier(1 if now.kind == "month" else 12)
        if lows[mention.last : mention.last + 1] == ["'s"]:
            return span

        part = now.first[5:] == span.first[5:] and now.last < now.earlier(-12).first and span.last[5:] != now.last[5:]
        whole = span.kind in ("year", "fiscal_ytd")
        return now.earlier(12) if whole and (now.kind != span.kind or part) else span

    def _same_part(self, mention: Mention, span: Span, now: Span) -> Span:
        """The same months of a year that `from` or `compared with` sets beside part of another."""
        years = int(now.last[:4]) - int(span.last[:4])
        back = self.view.lows[max(0, mention.first - 14) : mention.first]
        told = {*back[-5:], *self.view.lows[mention.first : mention.last]}
        if span.kind != "year" or now.kind != "ytd" or years < 1 or _WHOLE & told or not self.main_span:
            return span
        return now.earlier(12 * years) if {"from", "against", "compared"} & set(back) else span

    @staticmethod
    def _relative(now: Span, against: str) -> Span:
        if against.isdecimal():
            return now.earlier(12 * (int(now.last[:4]) - int(against)))
        if against.startswith("-"):
            return now.earlier(int(against[1:]))
        return now.earlier({"yoy": 12, "mom": 1, "qoq": 3}.get(against, 12))
