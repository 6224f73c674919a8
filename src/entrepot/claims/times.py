"""Which period a number is of."""

from collections.abc import Sequence

from entrepot.claims import bases, contrasts, views
from entrepot.claims.ends import month_at, rate_over
from entrepot.claims.following import Following
from entrepot.claims.quantity import Quantity
from entrepot.claims.spans import FROM_MONTH, Mention, Span, month_of
from entrepot.claims.verbs import VERBS
from entrepot.claims.words import one_of

_LIFTS = one_of(
    "took takes taking brought brings bringing lifted lifting lifts pushed pushing pushes raised raising raises"
)
_OF_IT = [["of"], ["last"], ["a"], ["from"], ["to"], ["previous"], ["year"]]
_BETTER = one_of("improvement recovering rebounding accelerating decelerating slowing quickening easing worsening")
_RELATIVE = one_of("which who whose citing")
_WHOSE = one_of("which who whose where")
_ASIDE = one_of("valued worth")
_MARKS = one_of(", - – — (")
_NEARLY = one_of("about nearly almost just only over around some a record")
_TODAY = one_of("now today currently presently")
_THAN = one_of("than from over on")
_RATES = one_of("rate basis growth increase rise decline drop fall gain pace terms decrease jump average target")
_ECONOMY = one_of("economic economy gdp")
_RELATIVE_RATES = one_of("on over yoy mom from than annually yearly monthly basis terms y m")
_YEARLY = (["a", "year"], ["per", "year"], ["each", "year"], ["every", "year"], ["annually", "on"])
_REASONS = one_of("because due thanks owing")
_TAKES_ON = _LIFTS | _REASONS
_CAUSES = _REASONS | one_of("as since ahead before despite amid when after driven")


class Times(Following):
    """The periods of a sentence."""

    def _meet_period(self, mention: Mention) -> None:
        vague = (
            mention.loose and self.period is not None or self._bracketed_base(mention) or self._of_something(mention)
        ) or self._related(mention)
        if not vague and self.found and self._pluperfect(mention.first):
            vague = any(q.last <= mention.first and not self._pluperfect(q.first) for q in self.view.quantities)
        vague = vague or mention.span is not None and mention.span.kind == "years" and mention.first > 2
        month = mention.first > 0 and mention.span is not None and mention.span.kind == "month"
        vague = vague or month and any(self._owns(mention, q) for q in self.view.quantities)
        vague = vague or mention in contrasts.other_times(self.view)
        vague = vague or any(contrasts.owns_after(self.view, mention, q) for q in self.view.quantities[1:])
        if mention.role == "period" and mention.span and not vague and not self._in_base(mention.first):
            self.period = mention

    def _related(self, mention: Mention) -> bool:
        """Whether a period stands in a relative clause amid its sentence (`, which fell in May, rose`)."""
        view = self.view
        start, end = views.clause_start(view, mention.first), views.clause_end(view, mention.first)
        back = [low for low in view.lows[max(0, start - 1) : start + 2] if low not in _MARKS]
        aside = view.lows[start] == "," and bool(_ASIDE & set(view.lows[start + 1 : start + 2]))
        return bool(aside or _WHOSE & set(back[:2])) and any(q.first >= end for q in view.quantities)

    def _of_something(self, mention: Mention) -> bool:
        """Whether a period only says of which time something else was, in a clause without a number.

        So after the period of the sentence itself (`In May trade kept the momentum of the first quarter`), and of the
        economy (`could subtract from economic growth in the third quarter`).
        """
        lows, segment = self.view.lows, self.view.segment
        if {"what", "where"} & set(lows[max(0, mention.first - 5) : mention.first]):
            return True  # twice what it was in 2001
        if any(segment[q.first] == segment[mention.first] for q in self.view.quantities):
            return False
        before = [low for low in lows[max(0, mention.first - 5) : mention.first] if low != "the"]
        if _ECONOMY & set(before):
            return True
        opened = self.period is not None and self.period.first <= 3
        return opened and before[-1:] == ["of"] and before[-2:-1] not in (["month"], ["months"], ["period"])

    def _marker(self, quantity: Quantity, base: bool) -> str:
        """What a rate is measured against; a month told first is that of the rate (`A month earlier it fell`)."""
        if quantity.unit == "%" and not base and self._opening_base(quantity) is not None:
            return self._default_marker(quantity.value)
        if contrasts.other_time(self.view, quantity) is not None or self._when(quantity) is not None:
            rated = next((c.measure for c in reversed(self.found) if c.measure.startswith("growth_")), "")
            return {"growth_yoy": "yoy", "growth_mom": "mom"}.get(rated) or self._default_marker(quantity.value)
        later = [m for m in self.view.dates if m.first >= quantity.last]
        if not base and self._had_before(quantity, later, self._current(), quantity.last):
            return self._default_marker(quantity.value)
        return super()._marker(quantity, base)

    def _span(self, quantity: Quantity, base: bool) -> tuple[Span, bool, str]:
        """Span of a number, whether it was only carried, and a note on it."""
        view = self.view
        if (month := month_at(view, quantity) or rate_over(view, quantity)[1]).last:
            return month, False, ""
        group = self._group(quantity)
        end = group[-1].last
        listed = self._listed_period(quantity, group)
        if listed is not None and listed.span:
            return listed.span, False, listed.note
        if len(group) > 1 and quantity is not group[-1] and self._dated_before(quantity):
            group, end = [quantity], quantity.last  # was 5 in October and 20 in January-October
        told_again = next((q for q in view.quantities if q.first == end + 1 and view.lows[end] == "("), None)
        if told_again and (bases.converted(view, told_again) or bases.restated(view, told_again)):
            end = told_again.last + 1  # 66.7 billion euros ($94.7 billion) a year earlier
        following = min((q.first for q in view.quantities if q.first >= end and q.unit != "x"), default=len(view.lows))
        after = [m for m in view.dates if end <= m.first < following]
        if (beside := self._beside_period(quantity, after, end)) is not None:
            other = contrasts.other_time(view, quantity) is not None and bool(self.found)
            return beside, other and self.found[-1].placed, ""
        if (edge := self._at_ends(quantity, base)) is not None:
            return edge, False, ""
        if base:
            return *self._base_span(quantity, after, end), ""
        led = self._led_amount(quantity)
        if led is not None and not self._dated_before(quantity):
            following = min((q.first for q in view.quantities if q.first >= led), default=len(view.lows))
            after, end = [m for m in view.dates if led <= m.first < following], led
        if (near := self._period_after(after, end)) is not None and near.span:
            return self._months_in(near.span, quantity), False, near.note
        if years := self._since_years(quantity):
            return years, False, ""
        if compared := self._month_before(quantity) or self._opening_base(quantity) or self._clause_base(quantity):
            return compared, False, ""
        return self._period_of_clause(quantity, end)

    def _since_years(self, quantity: Quantity) -> Span | None:
        """Years of a rate that is told for each of them (`since 2013 imports have grown by 7 percent a year`)."""
        view, start = self.view, views.clause_start(self.view, quantity.first)
        since = next((m.span for m in view.dates if m.role == "since" and m.span and m.first <= 2), None)
        if since is None or quantity.unit != "%":
            return None
        if not any(view.lows[q.last : q.last + 2] in _YEARLY for q in view.quantities if q.unit == "%"):
            return None
        if any(m.role == "period" and start <= m.first for m in view.dates):
            return None
        latest = self.now.calendar.latest
        last = int(latest[:4]) - (latest[5:] != "12")
        return Span(f"{since.first[:4]}-01", f"{last}-12", "years") if last - int(since.first[:4]) > 1 else None

    def _at_ends(self, quantity: Quantity, base: bool) -> Span | None:
        """Month of an amount at an end of a change over months (`between May and October it fell from 9 to 6`)."""
        now, note = (self.period.span, self.period.note) if self.period else (self.now.span, self.now.note)
        if note != FROM_MONTH or now is None or quantity.unit in ("%", "pp"):
            return None
        if any(m.span != now for m in self.view.dates if m.role in ("period", "base")):
            return None
        lead = [low for low in self.view.lows[max(0, quantity.first - 4) : quantity.first] if low not in _NEARLY]
        return month_of(now.first if base else now.last) if lead[-1:] == ["from" if base else "to"] else None

    def _led_amount(self, quantity: Quantity) -> int | None:
        """Token after the amount that a rate leads to (`rose 10 % to $52 billion in May`); None for none."""
        view = self.view
        following = next((q for q in view.quantities if q.first >= quantity.last), None)
        if following is None or following.unit in ("%", "pp"):
            return None
        gap = view.lows[quantity.last : following.first]
        if quantity.unit not in ("%", "pp", "x", "n", "") and gap in (["for"], ["worth"], ["valued", "at"]):
            return following.last  # 32,000 tonnes for $47 million in the first four months
        if quantity.unit != "%":
            return None
        return following.last if gap[:1] == ["to"] and len(gap) <= 3 else None

    def _dated_before(self, quantity: Quantity) -> bool:
        """Whether the clause of a number names its period before it."""
        start = views.clause_start(self.view, quantity.first)
        return any(m.role == "period" and m.span and start <= m.first < quantity.first for m in self.view.dates)

    def _beside_period(self, quantity: Quantity, after: Sequence[Mention], end: int) -> Span | None:
        """Period that stands at a number itself: `(July 98 billion)`, `June's $46 billion`, `in the same month (`."""
        lows, now = self.view.lows, self.main_span or self._spoken_of()
        if self._prior(quantity):
            return self._relative(now, "mom")
        if (other := contrasts.other_time(self.view, quantity)) is not None:
            return self._as_base(other, other.span, now) if other.span else self._relative(now, other.against)
        for mention in self.view.dates:
            gap = quantity.first - mention.last
            if mention.span and self._bracketed_base(mention) and 0 <= gap <= 1:
                return mention.span
            if mention.span and (
                self._counts_from(mention, quantity) or mention.span.kind == "month" and self._owns(mention, quantity)
            ):
                last = lows[mention.first - 1] == "last" and mention.span == now
                return now.earlier(12) if last else mention.span  # higher than last September's $32 billion
            which = self._which(mention, quantity)
            if which and mention.span and mention.role in ("base", "period") and mention.span != now:
                return mention.span
            opens = gap == 1 and lows[mention.last] in ("(", ":", "[")
            opens = opens and not _THAN & set(
                lows[max(0, mention.first - 3) : mention.first + 1]
            )  # 18 % less than a year ago: 6
            if (opens or which) and mention.role == "base" and quantity.unit != "%":
                return mention.span or self._relative(now, mention.against)
        same = self._same_after(quantity, after, now, end) or self._had_before(quantity, after, now, end)
        return self._when(quantity) or same or self._a_year_ago(quantity, after, now, end)

    def _had_before(self, quantity: Quantity, after: Sequence[Mention], now: Span, end: int) -> Span | None:
        """Period of what had been before (`they had fallen 4 percent the previous month`)."""
        first = after[0] if after else None
        if first is None or first.role != "base" or first.span or first.first > end + 1:
            return None
        told = not _RELATIVE_RATES & set(self.view.lows[first.first : first.last])
        past = quantity.unit == "%" and told and self._pluperfect(quantity.first)
        return self._relative(now, first.against) if past else None

    def _which(self, mention: Mention, quantity: Quantity) -> bool:
        """Whether a relative clause tells a number of a period (`April 2008, which had a surplus of 19 billion`)."""
        if "which" not in self.view.said:
            return False
        tells = self.view.lows[mention.last : mention.last + 4]
        if "than" in self.view.lows[mention.last : quantity.first]:
            return False  # which was higher than the gap of $10 billion
        if "which" not in tells or not 0 < quantity.first - mention.last <= 8:
            return False
        at = tells.index("which")
        return tells[at - 1] != "of" and tells[at + 1 :][:1] not in ([], ["is"])

    def _of_another(self, mention: Mention, quantity: Quantity) -> bool:
        """Whether a month stands for another number alone (`June's 7.3 percent drop`)."""
        owned = next((q for q in self.view.quantities if q.first >= mention.last), None)
        return owned is not None and owned is not quantity and mention.first > 0 and self._owns(mention, owned)

    def _owns(self, mention: Mention, quantity: Quantity) -> bool:
        """Whether a month owns a number right after it (`above March's $19.9 billion surplus`)."""
        lows = self.view.lows
        between = lows[mention.last : quantity.first]
        if not 0 < len(between) <= 6 or between[0] != "'s" or lows[mention.first : mention.first + 1] == ["last"]:
            return False
        if any(mention.last <= q.first < quantity.first for q in self.view.quantities):
            return False  # October's 11.6 % and 15.3 % in September
        if between[-1] == "of" and len(between) > 2:
            between = between[:-2]  # June's upwardly revised gain of 13.1 percent
        return not set(between) & (VERBS | {",", "exports", "imports"})

    def _period_after(self, after: Sequence[Mention], end: int) -> Mention | None:
        """The period told right after the numbers that end at token `end`."""
        for mention in after:
            if self.view.lows[mention.last : mention.last + 1] == [":"] or self._bracketed_base(mention):
                continue  # (January 2014: 14.7 billion)
            if not _TAKES_ON.isdisjoint(self.view.lows[end : mention.first]):
                continue  # a December surplus of $104.8 billion took the full-year one to $992 billion
            if mention in contrasts.other_times(self.view):
                continue
            if mention.role == "period" and mention.span and not self._leads(mention) and self._joined(end, mention):
                return mention
        return None

    def _period_of_clause(self, quantity: Quantity, end: int) -> tuple[Span, bool, str]:
        """Span told before a number in its clause, else in the sentence, else after it, else in the passage."""
        view = self.view
        start = views.clause_start(view, quantity.first)
        for mention in reversed(view.dates):
            told = mention.role == "period" and mention.span and start <= mention.first < quantity.first
            told = told and mention not in contrasts.other_times(view)
            if told and mention.span and not self._after_base(mention) and not self._of_another(mention, quantity):
                return mention.span, False, mention.note
        if self._makes(start):
            return self.start.span, True, self.start.note
        if (joined := self._after_and(start)) is not None:
            return joined, False, ""
        if self.now.opening.kind == "year" and self._annual(quantity):
            return self.now.opening, False, self.now.opening_note
        if self._in_the_period() and self.now.last.last:
            longer = self.now.last.kind == "month" and self.now.opening.kind not in ("month", "")
            longer = longer and "same" not in view.lows
            longer = longer or self.sentence.opens and self.now.last.last < self.now.span.last
            return self.now.opening if longer else self.now.last, True, ""
        past = self.period is None or self.period.span is None or self.period.span.last < self.now.opening.last
        if past and (view.lows[0] in _TODAY or _TODAY & set(view.lows[max(0, quantity.first - 4) : quantity.first])):
            return self.now.opening, True, self.now.opening_note
        if self.main_span is not None and self._says_more_of(quantity):
            return self.main_span, self.found[-1].placed, ""
        if self.period and self.period.span:
            return self.period.span, self._elsewhere(self.period, quantity), self.period.note
        for mention in view.dates:
            vague = mention.loose and self.now.named
            if mention.role != "period" or not mention.span or mention.first < end or vague:
                continue
            if self._pluperfect(mention.first) and not self._pluperfect(quantity.first):
                continue
            if self._parted(end, mention) or _LIFTS & set(view.lows[end : mention.first]):
                continue
            other = self._leads(mention) or self._bracketed_base(mention) or self._of_another(mention, quantity)
            other = other or mention in contrasts.other_times(self.view)
            if not other and not self._in_base(mention.first):
                return mention.span, not self._goes_on_to(end, mention), mention.note
        if self._had_then(quantity):
            return self.now.told, True, ""
        if self._said_of_before() and self.now.last.last:
            return self.now.last, True, ""
        return self.now.span, True, self.now.note

    def _annual(self, quantity: Quantity) -> bool:
        """Whether a number is of the whole year that the story is on (`annual car exports`, `for the annual value`)."""
        lows, segment = self.view.lows, self.view.segment
        for i, low in enumerate(lows[: quantity.last + 4]):
            near = segment[i] == segment[quantity.first] or quantity.last <= i
            if low == "annual" and near and not _RATES & set(lows[i + 1 : i + 3]) and i < len(lows) - 1:
                return True
        return False

    def _after_and(self, start: int) -> Span | None:
        """Period of the number before, where `and` goes on (`after imports rose 3 % in May and exports fell`)."""
        last = self.found[-1] if self.found else None
        if last is None or self.view.lows[start] != "and" or not start or self.main_span is None:
            return None
        here = self.view.segment[start - 1]
        before = next((q for q in self.view.quantities if q.start == last.start), None)
        if before is None or self.view.segment[before.first] != here or last.placed:
            return None
        return self.main_span if last.period == self.main_span.text else None

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
        if past and _BETTER & between and any(end <= q.first < mention.first for q in self.view.quantities):
            return True  # sank 6.6 %, an improvement over the 17.2 % contraction in January and February
        return bool(between & _RELATIVE) or (self.now.named or past) and bool(between & _CAUSES)

    def _in_the_period(self) -> bool:
        """Whether a sentence goes on about the period of the one before (`imports during the period`)."""
        lows = self.view.lows
        if "period" not in self.view.said:
            return False
        at = lows.index("period")
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
