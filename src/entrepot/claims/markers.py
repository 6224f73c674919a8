"""What a growth rate is measured against: a year before, the month or quarter before, or 2019."""

from collections.abc import Sequence

from entrepot import periods
from entrepot.claims import bases, contrasts
from entrepot.claims.lists import Lists
from entrepot.claims.opening import MOST_IN_A_MONTH
from entrepot.claims.quantity import Quantity
from entrepot.claims.spans import Mention, Span
from entrepot.claims.subjects import WORLD
from entrepot.claims.verbs import MOVES
from entrepot.claims.words import one_of

_FLOWS = one_of("exports imports shipments")
_SHARED = MOVES | _FLOWS | one_of(", and while by of to")
_LONG = ("ytd", "year", "half", "fiscal_ytd")
ADJUSTED = ("USA", "DEU", "GBR", "CAN", "FRA", "AUS")
"""Offices that print seasonally adjusted months, told on the month before."""


class Markers(Lists):
    """The bases of the growth rates of a sentence."""

    def _marker(self, quantity: Quantity, base: bool) -> str:
        """`yoy`, `mom`, `qoq` or `2019`: what a growth rate is measured against."""
        later = [m for m in self.view.dates if m.role == "base" and m.first >= quantity.last]
        monthly = bool(later) and later[0].against == "mom" and later[0].first <= quantity.last + 1
        if base and not self.last_measure and monthly:
            return self._default_marker(quantity.value)  # down from 8.7 % the month before
        rated = next((c.measure for c in reversed(self.found) if c.measure.startswith("growth_")), "")
        if base and monthly and not rated and quantity.unit == "%" and self.last_measure == "level":
            return self._default_marker(quantity.value)  # contracted less than the 7.9 % of the month before
        told = rated if base and monthly else self.last_measure if base else ""
        if bases.restated(self.view, quantity) and rated:
            told = rated  # 4.7 % (previously 6.7 %)
        if told.startswith("growth"):
            return {"growth_mom": "mom", "growth_vs_2019": "2019"}.get(told, "yoy")
        if not base and self._growth_reached(quantity):
            return "yoy"
        if not base and self._grown_from_2019(quantity):
            return "2019"
        if (noun := self._base_of_noun(quantity)) is not None:
            return self._against(noun)
        if (mention := self._respective(quantity, later)) is not None:
            return mention.against
        mention = self._base_after(quantity, later) or (None if base else self._base_before(quantity))
        if mention is not None:
            return self._against(mention)
        if self.marker and not (self.marker == "mom" and (self._long_now() or self._turned_long())):
            return self.marker
        mention = None if base else self._base_far(quantity, later)
        if mention is not None:
            return self._against(mention)
        return self._default_marker(quantity.value if quantity.unit == "%" else 0.0)

    def _respective(self, quantity: Quantity, later: Sequence[Mention]) -> Mention | None:
        """The base of one of several rates in their order (`22.9 % and 2.1 % year on year and month on month`)."""
        group = self._group(quantity)
        near = [m for m in later if m.span is None and m.first >= group[-1].last][: len(group)]
        if len(group) < 2 or len(near) != len(group) or near[0].first - group[-1].last > 1:
            return None
        joined = all(two.first - one.last <= 2 for one, two in zip(near, near[1:], strict=False))
        place = next((i for i, q in enumerate(group) if q is quantity), 0)
        return near[place] if joined and len({m.against for m in near}) > 1 else None

    def _growth_reached(self, quantity: Quantity) -> bool:
        """Whether a rate is what growth came to (`export growth slowed from the previous month to 14.1 %`)."""
        lows = self.view.lows
        if quantity.unit != "%" or "growth" not in self.view.said:
            return False
        back = lows[max(0, quantity.first - 17) : quantity.first]
        if back[-1:] != ["to"] or "growth" not in back:
            return False
        stepped = any(q.unit == "pp" and 0 < quantity.first - q.last <= 5 for q in self.view.quantities)
        return "month" in back or stepped and not {"negative", "decline", "contraction"} & set(back)

    def _turned_long(self) -> bool:
        """Whether a number is of more than a quarter, and the passage before it was not."""
        span = self.this_span
        return span is not None and span.kind in _LONG and span != self.start.span

    def _long_now(self) -> bool:
        """Whether a number and the one before it are of more than a quarter: no month to hold against another."""
        spans = [s for s in (self.this_span, self.main_span) if s]
        return len(spans) == 2 and all(s.kind in _LONG for s in spans)

    def _base_of_noun(self, quantity: Quantity) -> Mention | None:
        """The base told with the noun of a number (`a month-on-month increase of 5.3 percent`)."""
        for mention in self.view.dates:
            gap = self.view.lows[mention.last : quantity.first]
            if mention.role == "base" and len(gap) == 2 and gap[1] == "of" and (gap[0] in MOVES or gap[0] == "change"):
                return mention
        return None

    def _base_after(self, quantity: Quantity, later: Sequence[Mention]) -> Mention | None:
        """The base told after a number, before the next rate that is not of its list."""
        view = self.view
        if (shared := self._shared_after(quantity)) is not None or not later:
            return shared
        stop = min((q.first for q in view.quantities if q.first >= quantity.last and not self._same_list(quantity, q)
                    and (q.unit in ("%", "pp") or bases.is_base(view, q))), default=len(view.lows))  # fmt: skip
        near = (m for m in later if m.first < stop)
        return next((m for m in near if self._reach(quantity, m) and not self._leads(m)), None)

    def _shared_after(self, quantity: Quantity) -> Mention | None:
        """What two rates are held against (`rose 7.6 % and imports 3.8 % on May 2022`, `on the month before`)."""
        view = self.view
        other = next((q for q in view.quantities if q.first >= quantity.last), None)
        if other is None or other.unit != "%" or quantity.unit != "%":
            return None
        gap = view.lows[quantity.last : other.first]
        if not 1 < len(gap) <= 6 or not set(gap) <= _SHARED or not _FLOWS & set(gap):
            return None
        far = periods.later(self._current().last, -12)
        for mention in view.dates:
            if mention.role != "base" or not 0 <= mention.first - other.last <= 4:
                continue
            if mention.span is None:
                return mention if mention.against in ("yoy", "mom") else None
            return mention if mention.span.last in (far, periods.later(far, 11)) else None
        return None

    def _base_before(self, quantity: Quantity) -> Mention | None:
        """The base told before a number, after the last rate, that is not itself that of a number."""
        view = self.view
        floor = max((q.last for q in view.quantities if q.last <= quantity.first and q.unit == "%"), default=0)
        told = [m for m in view.dates if m.role == "base" and floor <= m.first and m.last <= quantity.first]
        told = [m for m in told if m.against != "mom" or not self._long_now()]
        free = (m for m in reversed(told) if not self._leads(m) and not self._after_base(m, 4))
        return next(free, None)

    def _base_far(self, quantity: Quantity, later: Sequence[Mention]) -> Mention | None:
        """The base told after a number and after amounts that follow it."""
        rates = [q for q in self.view.quantities if q.unit in ("%", "pp") and q.first >= quantity.last]
        stop = min((q.first for q in rates if not self._same_list(quantity, q)), default=len(self.view.lows))
        free = (m for m in later if m.first <= stop and not self._leads(m) and not self._after_base(m, 6))
        return next((m for m in free if self._reach(quantity, m)), None)

    def _after_base(self, mention: Mention, gap: int = 6) -> bool:
        """Whether a base belongs to a number that is itself a base (`from $3 billion a year earlier`)."""
        view = self.view
        near = [q for q in view.quantities if q.last <= mention.first < q.last + gap]
        return any(bases.is_base(view, q) for q in near)

    def _grown_from_2019(self, quantity: Quantity) -> bool:
        """`An increase of 35 per cent over $26 billion in October 2019`, said years later."""
        view = self.view
        following = next((q for q in view.quantities if q.first >= quantity.last), None)
        if following is None or following.first - quantity.last > 3 or not bases.is_base(view, following):
            return False
        after = next((m for m in view.dates if m.first >= following.last and m.first - following.last < 3), None)
        return bool(after and after.span and after.span.last[:4] == "2019" and self._current().last > "2021")

    def _reach(self, quantity: Quantity, mention: Mention) -> bool:
        """Whether a base after a number belongs to it, not to a clause that begins in between."""
        between = self.view.lows[quantity.last : mention.first]
        if between == ["("]:
            return True  # rose 11.7 % (mom)
        return not set(between) & {";", "while", "whereas", "but", "("} and len(between) < 25

    def _leads(self, mention: Mention) -> bool:
        """Whether a base is that of a number after it (`than October's one percent rise`)."""
        lows = self.view.lows
        ahead = lows[mention.last : mention.last + 1]
        if mention in contrasts.other_times(self.view) or lows[mention.last : mention.last + 2] == [",", "when"]:
            return True
        if mention.span is None:
            near = range(mention.last, mention.last + 4)
            return ahead == ["'s"] and any(q.first in near for q in self.view.quantities)
        return ahead == ["'s"]

    def _against(self, mention: Mention) -> str:
        if mention.span is None or mention.against == "2019":
            marker = "yoy" if mention.against == "2019" and self._current().last[:4] == "2020" else mention.against
            marker = marker if marker in ("yoy", "mom", "qoq", "2019") else "yoy"
        else:
            now = self._current()
            distance = _months_between(mention.span.last, now.last)
            same_kind = mention.span.kind == now.kind
            marker = (
                "yoy"
                if distance == 12 or distance == 0
                else "mom"
                if distance in (1, 2) and (now.kind == "month" or now.kind in _LONG and mention.span.kind == "month")
                else "yoy"
            )
            if mention.span.kind == "quarter" and same_kind and distance == 3:
                marker = "qoq"
            if mention.span.kind == "year" and now.kind != "year":
                marker = "yoy"
        self.marker = marker
        return marker

    def _default_marker(self, size: float) -> str:
        span = self.this_span or self._current()
        if span.kind in ("ytd", "half", "fiscal_ytd"):
            return "yoy"  # over several months that are no quarter, in whatever the month was measured
        if self.last_measure == "growth_mom":
            return "mom"
        adjusted = self.now.reporter in ADJUSTED and self.now.home == self.now.reporter
        if span.kind == "month" and {"seasonally", "adjusted"} <= self.view.said and size < MOST_IN_A_MONTH:
            return "mom"  # in seasonally adjusted terms the gap narrowed from August, with exports up 0.9 %
        start, now = self.start, self.now
        same = (start.product, start.partner) == (now.product, now.partner)
        long = span.kind in (*_LONG, "quarter") and span != start.span and start.marker == "mom"
        if start.marker and not long and not self.sentence.opens and (adjusted or same or start.marker == "yoy"):
            return start.marker
        whole = now.flow == "B" or start.monthly and now.partner == WORLD
        most = 100 if whole else MOST_IN_A_MONTH
        return "mom" if adjusted and span.kind == "month" and size < most else "yoy"

    def _current(self) -> Span:
        if self.period and self.period.span:
            return self.period.span
        return self.main_span or self.now.span


def _months_between(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])
