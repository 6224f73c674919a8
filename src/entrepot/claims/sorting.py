"""Of what kind a number is in its passage: what the numbers and the sentences before it tell of that."""

from entrepot.claims import kinds, traders
from entrepot.claims.doubts import Doubts
from entrepot.claims.ends import month_at, rate_over
from entrepot.claims.quantity import Quantity
from entrepot.claims.ranks import Told
from entrepot.claims.spans import Span
from entrepot.claims.subjects import TOTAL
from entrepot.claims.verbs import MOVES, VERBS
from entrepot.claims.views import clause_start
from entrepot.claims.words import one_of

LEAST = 1e5
"""Amount of money below which a number is a price or a fee, no trade of a country [currency]."""
ACCOUNT = one_of("current capital")
OF_TRADE = one_of("trade merchandise goods exports imports")
_MAYBE = one_of("will could may might")
_SERVED = one_of("in for on as among within of to")
_MONEY_MEASURES = ("level", "change_amount")
_RATES = ("growth_yoy", "growth_mom", "volume_growth_yoy")


class Sorting(Doubts):
    """The kinds of the numbers of a sentence."""

    def _kind(self, quantity: Quantity, near: bool, base: bool) -> str:
        kind = kinds.kind(self.view, quantity, near)
        last = self.found[-1].kind if self.found else ""
        alike = bool(self.found) and self.found[-1].unit == quantity.unit and month_at(self.view, quantity) is None
        if base and kind == "actual" and last in ("policy", "other") and alike:
            return last  # a 30 % tariff, against 145 % in April
        if kind == "actual" and self._of_account(quantity):
            return "other"  # a deficit of the current account
        if kind == "actual" and last == "forecast" and self._part_of_last(quantity):
            return "forecast"  # a target of $40 billion, including $30 billion from cars
        if kind == "actual" and last == "forecast" and (self._adds_to_last(quantity) or self._revised(quantity, base)):
            return "forecast"  # a target of $40 billion, a 10.8 % increase
        if kind == "actual" and last in ("other", "forecast") and self._listed_with_last(quantity):
            return last  # prices of ore (32 %) and steel (43 %); exports forecast to rise 3 % and imports to rise 1 %
        if kind == "actual" and self._goes_on_list(quantity):
            return "other"  # parts of a whole that is no flow: $1.2 billion (14 %), $1.1 billion (12 %)
        near = near or base and last == "forecast" and bool(self.now.flow)  # had expected 5 %, after 3 % in June
        small = len(quantity.unit) == 3 and quantity.unit.isupper() and quantity.value < LEAST
        apart = kind == "actual" and traders.is_part(self.view, quantity, self._leading(), self.start.local)
        return "other" if kind == "actual" and (not near or small or apart) else kind

    def _sorted(self, kind: str, measure: str, product: str, quantity: Quantity, span: Span) -> str:
        """The kind of a number by what it measures: services, averages, growth over years are no statistics."""
        if kind == "forecast" and measure not in ("rank", "share") and self._past_will(quantity, span):
            kind = "actual"
        if kind == "actual" and self._estimated_ahead(quantity, span):
            return "forecast"
        if kind != "actual":
            return kind
        told = kinds.goods_or_services(self.view, quantity) if measure in _MONEY_MEASURES else ""
        if told == "services" or not told and (product in ("services", "transit") or self._of_services(quantity)):
            return "other"
        if measure in _MONEY_MEASURES and (self._daily(quantity) or kinds.is_average(self.view, quantity)):
            return "other"
        if measure in _RATES and span.kind != "years" and kinds.is_yearly_average(self.view, quantity):
            return "other"
        if measure == "share" and (
            kinds.is_of_several(self.view, quantity) or kinds.is_of_balance(self.view, quantity)
        ):
            return "other"
        if measure in ("contribution", "growth_gap", "share_change") and kinds.adds_to_economy(self.view, quantity):
            return "other"
        if measure in _RATES and rate_over(self.view, quantity)[0] not in (0, 1, 12):
            return "other"  # fell 47 % from $3.4 billion in May to $1.8 billion in September
        if measure == "growth_mom" and product == TOTAL and self._in_constant_prices(quantity):
            return "other"
        return "other" if measure in _RATES and kinds.spans_years(self.view, quantity, span) else kind

    def _past_will(self, quantity: Quantity, span: Span) -> bool:
        """Whether `will` tells of a named period that is over on the day of the story."""
        view = self.view
        told = {view.lows[n.first] for n in view.names if n.role == "forecast"}
        running = str(self.now.calendar.today.year)  # in 2025, told in July, is not over: only what is out of it is
        named = any(
            m.span == span and m.role == "period" and not m.loose and view.lows[m.first : m.last] != [running]
            for m in view.dates
        )
        return told == {"will"} and (named or self._opened_by(span)) and span.last < self.now.calendar.this

    def _estimated_ahead(self, quantity: Quantity, span: Span) -> bool:
        """Whether an estimate is of the running year as a whole (`in 2025, exports are estimated to reach`)."""
        view, year = self.view, str(self.now.calendar.today.year)
        if "estimated" not in view.said:
            return False
        back = view.lows[max(0, quantity.first - 6) : quantity.first]
        if "estimated" not in back or back[back.index("estimated") + 1 :][:1] not in (["at"], ["to"]):
            return False
        told = [m for m in view.dates if m.span == span and view.lows[m.first : m.last] in ([year], ["this", "year"])]
        return bool(told) and span.kind == "ytd"

    def _in_constant_prices(self, quantity: Quantity) -> bool:
        """Whether a step from month to month is one of the volume of all goods (`export volumes rose 2.9 %`)."""
        start = max((q.last for q in self.view.quantities if q.last <= quantity.first), default=0)
        start = start or (0 if len(self.view.subjects) < 2 else clause_start(self.view, quantity.first))
        back = self.view.lows[min(start, clause_start(self.view, quantity.first)) : quantity.first]
        back = [*self.view.lows[:4], *back] if self.view.lows[0] in ("in", "at", "by") else back
        if any(
            len(q.unit) == 3 and q.unit.isupper() and abs(q.first - quantity.first) < 9 for q in self.view.quantities
        ):
            return False  # at a monthly volume of $11.5 billion, up 7 % over July
        real = any(back[i : i + 2] in (["real", "terms"], ["constant", "prices"]) for i in range(len(back)))
        return real or bool({"volume", "volumes"} & set(back))

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

    def _of_account(self, quantity: Quantity) -> bool:
        """Whether an amount is of the current account: that of the passage, or one told before it in the sentence."""
        lows = self.view.lows
        if self.now.flow == "B" and self.now.account and not OF_TRADE & set(lows):
            return True
        if "account" not in self.view.said or len(quantity.unit) != 3:
            return False
        at = max((i for i in range(1, quantity.first) if lows[i] == "account" and lows[i - 1] in ACCOUNT), default=-1)
        if at < 0:
            return False
        since = [s for s in self.view.subjects if at < s.head < quantity.first and s.flow != "B"]
        own = [
            s
            for s in self.view.subjects
            if at < s.first and s.tail <= quantity.first and "trade" in lows[s.first : s.tail]
        ]
        return (
            not since and not own or bool({"which", "takes", "comprises", "including"} & set(lows[at : quantity.first]))
        )

    def _of_services(self, quantity: Quantity) -> bool:
        """Whether services were named before a number as what follows is of (`In services, exports rose to`)."""
        lows = self.view.lows
        if "services" not in self.view.said:
            return False
        if (
            {"side", "front"} & set(lows[:6])
            and "services" in lows[:6]
            and not {"goods", "merchandise"} & set(lows[:6])
        ):
            return True
        for i in range(quantity.first - 1, -1, -1):
            if lows[i] in ("goods", "merchandise"):
                return False
            if lows[i] == "services":
                led = lows[i - 1] if lows[max(0, i - 1)] != "the" else lows[max(0, i - 2)]
                end = i + 1 + (lows[i + 1 : i + 2] in (["trade"], ["sector"], ["account"]))
                return led in _SERVED and lows[end : end + 1] == [","]
        return False

    def _kind_of(self, told: Told) -> str:
        """Kind of a run or a rank: expected, of a part of a country, or a statistic."""
        start, end = self.view.words[told.first].start, self.view.words[told.last - 1].end
        number = Quantity(told.first, told.last, start, end, told.value, 1.0, 1, "n", 1.0)
        if told.measure in ("consecutive", "rank") and kinds.kind(self.view, number, True) == "forecast":
            return "forecast"
        back = self.view.lows[max(0, told.first - 7) : told.first]
        if told.measure == "rank" and _MAYBE & set(back) and not {",", ";", "and"} & set(back):
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
        if quantity.unit == "x":
            return gap[-1:] in ([","], ["nearly"], ["almost"]) and len(gap) <= 9 and not set(gap) & VERBS
        return quantity.unit == "%" and gap in ([",", "a"], [",", "an"], [",", "up"], [",", "down"], ["or"])

    def _listed_with_last(self, quantity: Quantity) -> bool:
        """Whether a number goes on a list of the one before: both in brackets, or both led by `to` and a verb."""
        lows, before = self.view.lows, [q for q in self.view.quantities if q.last <= quantity.first]
        if not before or before[-1].unit != quantity.unit or self.found[-1].start != before[-1].start:
            return False
        gap = lows[before[-1].last : quantity.first]
        bracketed = lows[before[-1].first - 1] == lows[quantity.first - 1] == "(" and gap[:1] == [")"]
        if self.found[-1].kind == "other":
            return quantity.unit == "%" and bracketed and bool({"and", ","} & set(gap[:3])) and not set(gap) & VERBS
        at = max((i for i, low in enumerate(gap) if low == "to"), default=-1)
        return gap[:1] == ["and"] and at > 0 and len(gap) <= 8 and bool(set(gap[at + 1 : at + 3]) & MOVES)

    def _goes_on_list(self, quantity: Quantity) -> bool:
        """Whether a rate in brackets goes on shares of the sentence that are none of trade."""
        if quantity.unit != "%" or not self._beside_level(quantity):
            return False
        told = [c for c in self.found if c.unit == "%" and c.measure == "share"]
        return bool(told) and told[-1].kind == "other"

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
