"""What a number goes on about: the one before it, the one it is held against, or the time told last."""

from entrepot.claims import contrasts, views
from entrepot.claims.comparing import Comparing
from entrepot.claims.quantity import Quantity
from entrepot.claims.spans import Mention, Span
from entrepot.claims.words import one_of

_COMPARED = [[word] for word in (
    "compared", "measured", "set", "seen", "compare", "put", "counted", "expressed", "calculated", "denominated",
    "looking", "looked", "adjusted", "taken",
)]  # fmt: skip
_SUMS_UP = one_of("makes made means meant gives gave is was represents")
_IT = one_of("it they that this")
_APPOSED = one_of(
    ", ( or after adding shedding gaining rising falling growing dropping climbing surging jumping increasing "
    "decreasing declining shrinking up down more less higher lower a an of by the yearly annual year on monthly sharp "
    "slight strong about nearly just gain rise increase growth drop fall decline decrease jump surge reduction slump"
)
"""Words between a number and a rate that says more of it."""
_OF_THESE = one_of("this these that those which it them")
_LIKEWISE = one_of("likewise similarly")
_MARKING = one_of("marks marked represents represented is was compares means equals constitutes follows reflects came")
_OWNED = one_of(
    ", 's figure figures reading level performance result results data numbers showing tally total print pace"
)
_TOLD_BY = one_of("was : = at + - − . usd cny")


class Following(Comparing):
    """What the numbers of a sentence go on about."""

    def _of_before(self, quantity: Quantity) -> bool:
        """Whether a number is told of a time before, aside from those of now, which go on."""
        if contrasts.other_time(self.view, quantity) is not None or self._when(quantity) is not None:
            return True
        if any(m.span and contrasts.owns_after(self.view, m, quantity) for m in self.view.dates):
            return True
        relative = [m for m in self.view.dates if m.role == "base" and m.span is None]
        if quantity.unit != "%" and any(0 <= m.first - quantity.last <= 1 for m in relative):
            return True  # having stood at $7.4 billion a year before
        return any(
            m.span and (self._counts_from(m, quantity) or self._bracketed_base(m) and quantity.first - m.last in (0, 1))
            for m in self.view.dates
        )

    def _spoken_of(self) -> Span:
        """Period of what `it` is at the head of a sentence: of the number told last; else the one that stands."""
        goes_on = self.view.lows[0] in _IT and self.period is None
        goes_on = goes_on and (not self.sentence.opens or self.view.lows[0] in ("it", "they"))
        return self.now.last if goes_on and self.now.last.last else self._current()

    def _prior(self, quantity: Quantity) -> bool:
        """Whether a number is the print before, told beside what was expected (`expected 6.5 %, prior was 11.6 %`)."""
        lows, at = self.view.lows, quantity.first - 1
        while at > 0 and lows[at] in _TOLD_BY:
            at -= 1
        dated = at in self.view.dated
        return lows[at] in ("prior", "prev") and at < quantity.first and not dated

    def _counts_from(self, mention: Mention, quantity: Quantity) -> bool:
        """Whether a number is that of the time since when it is so (`highest since June at $5 billion`)."""
        if mention.role != "since":
            return False
        lows = self.view.lows
        told = any(q.unit == quantity.unit and q.last <= mention.first for q in self.view.quantities)
        follows = (lows[mention.last : mention.last + 1] or [""])[0] if quantity.first - mention.last == 1 else ""
        signed = lows[mention.last : quantity.first] in (["(", "-"], ["(", "+"], ["(", "−"])
        if follows in ("with", "(") or signed or told and follows == "at":
            return True  # the highest since June at $5 billion: of June only beside another amount
        back = "since" in lows[max(0, quantity.first - 3) : quantity.first]
        return back and 0 < mention.first - quantity.last <= 5  # the first since a $2.26 billion deficit in April

    def _when(self, quantity: Quantity) -> Span | None:
        """Period that a clause with `when` tells of (`since September, when imports rose 7.4 %`)."""
        for mention in self.view.dates if {"when", "where"} & self.view.said else ():
            tells = [low for low in self.view.lows[mention.last : mention.last + 6] if low not in _OWNED][:2]
            near = mention.last < quantity.first < mention.last + 9 or self._goes_on_from(mention, quantity)
            asked = tells[:1] == ["when"] or tells[:1] == ["where"] and mention.role == "since"
            if not asked or tells[1:] in _COMPARED or not near:
                continue
            if mention.span:
                return mention.span
            if mention.role == "base":
                return self._relative(self.main_span or self._current(), mention.against)
        return None

    def _goes_on_from(self, mention: Mention, quantity: Quantity) -> bool:
        """Whether a number is the second of a clause on a period (`when exports fell 1 % and imports dropped 7 %`)."""
        view = self.view
        first = next((q for q in view.quantities if q.first >= mention.last), None)
        if first is None or not 0 < quantity.first - first.last <= 7 or first.first - mention.last > 8:
            return False
        return "and" in view.lows[first.last : quantity.first] and not any(
            first.last <= m.first < quantity.last + 4 for m in view.dates
        )

    def _says_more_of(self, quantity: Quantity) -> bool:
        """Whether a rate only says more of the number right before it (`to $10 billion, a yearly gain of 11 %`)."""
        view = self.view
        first = self._group(quantity)[0]
        before = next((q for q in reversed(view.quantities) if q.last <= first.first), None)
        if before is None or quantity.unit != "%" or not any(c.start == before.start for c in self.found[-3:]):
            return False
        dated = [m for m in view.dates if before.last <= m.first < first.first]
        inside = {i for m in dated for i in range(m.first - (view.lows[m.first - 1] in ("in", "for")), m.last)}
        gap = [view.lows[i] for i in range(before.last, first.first) if i not in inside]
        if gap[:1] not in ([","], ["("], ["or"]) or not set(gap) <= _APPOSED or len(gap) > 9:
            return False
        return all(m.span is None or m.role == "period" and m.span == self.main_span for m in dated)

    def _makes(self, start: int) -> bool:
        """Whether a clause sums up numbers of times before for now (`, which makes a rise of`)."""
        lows = self.view.lows[start : start + 4]
        words = [low for low in lows if low not in (",", "-", "–", "—")]
        if words[:1] == ["so"] and {"is", "are"} & set(words[1:4]):
            words = ["meaning"]  # a year earlier it had been $200 billion, so it is down 18 %
        told = words[:1] == ["which"] and words[1:2] and words[1] in _SUMS_UP or words[:1] == ["meaning"]
        dated = [m.span.last for m in self.view.dates if m.span and m.first < start]
        return bool(told) and bool(dated) and max(dated) < self.start.span.last

    def _had_then(self, quantity: Quantity) -> bool:
        """Whether a sentence goes on about the time before named last (`Weak demand had sent exports lower`)."""
        told, start = self.now.told, views.clause_start(self.view, quantity.first)
        start = max([start, *(q.last for q in self.view.quantities if q.last <= quantity.first)])
        had = "had" in self.view.lows[start : quantity.first] and not self.sentence.opens
        return had and bool(told.last) and told.last < self.now.span.last

    def _said_of_before(self) -> bool:
        """Whether a sentence goes on about the number before it (`This marks an increase of 6 %`, `Likewise`)."""
        lows = self.view.lows
        if lows[0] == "of" and (lows[1:2] and lows[1] in _OF_THESE or lows[1:2] == ["the"] and lows[2:3] == ["total"]):
            return True  # of this, farm goods made up $4.98 billion
        return lows[0] in _LIKEWISE or lows[0] in ("this", "that", "which") and bool(_MARKING & set(lows[1:3]))
