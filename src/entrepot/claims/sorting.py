"""Of what kind a number is in its passage: what the numbers and the sentences before it tell of that."""

from entrepot.claims import kinds, traders
from entrepot.claims.doubts import Doubts
from entrepot.claims.ends import month_at, rate_over
from entrepot.claims.quantity import Quantity
from entrepot.claims.ranks import Told
from entrepot.claims.spans import Span
from entrepot.claims.words import one_of

LEAST = 1e5
"""Amount of money below which a number is a price or a fee, no trade of a country [currency]."""
ACCOUNT = one_of("current capital")
OF_TRADE = one_of("trade merchandise goods exports imports")
_MONEY_MEASURES = ("level", "change_amount")
_RATES = ("growth_yoy", "growth_mom", "volume_growth_yoy")


class Sorting(Doubts):
    """The kinds of the numbers of a sentence."""

    def _kind(self, quantity: Quantity, near: bool, base: bool) -> str:
        kind = kinds.kind(self.view, quantity, near)
        last = self.found[-1].kind if self.found else ""
        if base and kind == "actual" and last in ("policy", "other") and month_at(self.view, quantity) is None:
            return last  # a 30 % tariff, against 145 % in April
        if kind == "actual" and self.now.account and self.now.flow == "B" and not OF_TRADE & set(self.view.lows):
            return "other"  # a deficit of the current account
        if kind == "actual" and last == "forecast" and self._part_of_last(quantity):
            return "forecast"  # a target of $40 billion, including $30 billion from cars
        if kind == "actual" and last == "forecast" and (self._adds_to_last(quantity) or self._revised(quantity, base)):
            return "forecast"  # a target of $40 billion, a 10.8 % increase
        near = near or base and last == "forecast" and bool(self.now.flow)  # had expected 5 %, after 3 % in June
        small = len(quantity.unit) == 3 and quantity.unit.isupper() and quantity.value < LEAST
        apart = kind == "actual" and traders.is_part(self.view, quantity, self._leading(), self.start.local)
        return "other" if kind == "actual" and (not near or small or apart) else kind

    def _sorted(self, kind: str, measure: str, product: str, quantity: Quantity, span: Span) -> str:
        """The kind of a number by what it measures: services, averages, growth over years are no statistics."""
        if kind != "actual":
            return kind
        told = kinds.goods_or_services(self.view, quantity) if measure in _MONEY_MEASURES else ""
        if told == "services" or not told and (product in ("services", "transit") or self._of_services()):
            return "other"
        if measure in _MONEY_MEASURES and (self._daily(quantity) or kinds.is_average(self.view, quantity)):
            return "other"
        if measure == "share" and kinds.is_of_several(self.view, quantity):
            return "other"
        if measure in _RATES and rate_over(self.view, quantity)[0] not in (0, 1, 12):
            return "other"  # fell 47 % from $3.4 billion in May to $1.8 billion in September
        return "other" if measure in _RATES and kinds.spans_years(self.view, quantity, span) else kind

    def _daily(self, quantity: Quantity) -> bool:
        """Whether an average of a day stands before a number, with no other goods and no other flow since."""
        view = self.view
        told = [n.last for n in view.names if n.code == "daily average" and n.last <= quantity.first]
        if not told:
            return False
        since = range(told[-1] + 3, quantity.first)
        return not any(n.first in since for n in view.names if n.role == "product") and not any(
            s.head in since for s in view.subjects
        )

    def _of_services(self) -> bool:
        """Whether a sentence opens with services (`On the services side, exports rose to $43.9 billion`)."""
        lows = self.view.lows[:6]
        return "services" in lows and not {"goods", "merchandise"} & set(lows) and bool({"side", "front"} & set(lows))

    def _kind_of(self, told: Told) -> str:
        """Kind of a run or a rank: expected, of a part of a country, or a statistic."""
        start, end = self.view.words[told.first].start, self.view.words[told.last - 1].end
        number = Quantity(told.first, told.last, start, end, told.value, 1.0, 1, "n", 1.0)
        if told.measure == "consecutive" and kinds.kind(self.view, number, True) == "forecast":
            return "forecast"
        apart = traders.is_part(self.view, number, self._leading(), self.start.local)
        return "other" if apart or self.now.product == "services" else "actual"

    def _leading(self) -> traders.Leads:
        """Tokens from which the sentence speaks of a part of a country or of a company."""
        if self.leading is None:
            self.leading = traders.leads(self.view.words, self.view.lows)
        return self.leading

    def _adds_to_last(self, quantity: Quantity) -> bool:
        """Whether a rate only says more of the number before it (`, a 10 % rise`, `, up 10 %`)."""
        before = [q for q in self.view.quantities if q.last <= quantity.first]
        gap = self.view.lows[before[-1].last : quantity.first] if before else []
        return quantity.unit == "%" and gap in ([",", "a"], [",", "an"], [",", "up"], [",", "down"], ["or"])

    def _part_of_last(self, quantity: Quantity) -> bool:
        """Whether an amount is part of the number before it."""
        before = [q for q in self.view.quantities if q.last <= quantity.first]
        gap = self.view.lows[before[-1].last : quantity.first] if before else []
        return gap in ([",", "including"], ["including"], [",", "of", "which"], ["-", "including"])

    def _revised(self, quantity: Quantity, base: bool) -> bool:
        """Whether a forecast is one that was revised (`to $344.9 billion from $341.9 billion`)."""
        before = [q for q in self.view.quantities if q.last <= quantity.first]
        gap = self.view.lows[before[-1].last : quantity.first] if before else []
        near = range(quantity.first - 3, quantity.last + 3)
        dated = any(m.span and m.first in near for m in self.view.dates)
        out = "reported" in self.view.lows[quantity.last : quantity.last + 3]
        return base and gap[:1] == ["from"] and len(gap) <= 3 and not dated and not out
