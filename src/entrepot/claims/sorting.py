"""Of what kind a number is in its passage: what the numbers and the sentences before it tell of that."""

from dataclasses import dataclass

from entrepot.claims import kinds, traders
from entrepot.claims.doubts import Doubts
from entrepot.claims.ends import month_at, rate_over
from entrepot.claims.names import Name
from entrepot.claims.quantity import Quantity
from entrepot.claims.ranks import Told
from entrepot.claims.spans import HALF_MONTH, Span
from entrepot.claims.subjects import TOTAL
from entrepot.claims.verbs import MOVES, VERBS
from entrepot.claims.views import clause_start
from entrepot.claims.words import one_of

LEAST = 1e5
"""Amount of money below which a number is a price or a fee, no trade of a country [currency]."""
LEAST_KG = 20.0
"""Weight below which a number is of one piece of goods [kg]."""
ACCOUNT = one_of("current capital")
OF_TRADE = one_of("trade merchandise goods exports imports")
_BEFORE_DENIED = one_of("by the a an to at about")
_ASKS = one_of("did do does has have is are was were can could")
_DENIES = one_of("did does do has have")
_FALSE = one_of("false untrue incorrect wrong myth")
_MAYBE = one_of("will could may might")
_PEAKS = one_of("peak high highs peaks record")
_PER_CENT = ("%", "pp")
_MORE_OF = one_of(
    ", ( or and a an up down by about nearly almost around roughly some over more of which is was increase rise growth "
    "gain jump surge decrease drop fall decline representing marking - higher lower on year"
)
"""Words that lead to a rate by which the number before it changed."""
_BASED = one_of("from than compared with against versus after")
_JOINS = one_of("to and or as high low a an about nearly another further on , - up much more than over between")
_ELSEWHERE = one_of("while whereas but ; : as after although to")
_SERVED = one_of("in for on as among within of to")
_MONEY_MEASURES = ("level", "change_amount")
_RATES = ("growth_yoy", "growth_mom", "volume_growth_yoy")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words around a number say of it: the slots that do not come from its parties."""

    kind: str
    unit: str
    span: Span
    note: str
    measure: str
    against: str
    placed: bool
    base: bool


_BARE_FLOWS = one_of("exports imports shipments purchases")


class Sorting(Doubts):
    """The kinds of the numbers of a sentence."""

    def _kind(self, quantity: Quantity, near: bool, base: bool) -> str:
        kind = kinds.kind(self.view, quantity, near)
        if kind == "actual" and self._unasserted(quantity):
            return "other"  # not 8.9 percent; had exports risen 8.9 percent; did they rise 8.9 percent?
        last = self.found[-1].kind if self.found else ""
        alike = bool(self.found) and self.found[-1].unit == quantity.unit and month_at(self.view, quantity) is None
        if base and kind == "actual" and last in ("policy", "other") and alike:
            return last  # a 30 % tariff, against 145 % in April
        if kind == "actual" and self._of_account(quantity):
            return "other"  # a deficit of the current account
        if kind == "actual" and last == "forecast" and self._part_of_last(quantity):
            return "forecast"  # a target of $40 billion, including $30 billion from cars
        if kind == "actual" and last == "other" and self._multiplies_last(quantity):
            return last  # $6.8 billion of plants, twice the figure of 2021
        if (
            kind == "actual"
            and last == "forecast"
            and (self._multiplies_last(quantity) or self._revised(quantity, base))
        ):
            return "forecast"  # a target of $40 billion, a 10.8 % increase
        if kind == "actual" and last in ("other", "forecast") and self._says_more_of_last(quantity):
            return last  # $2.8 billion a day, up 14 %
        if kind == "actual" and last not in ("", "actual") and self._ranges_from_last(quantity):
            return last  # between 2.5 % and 3.4 %; duties on $34 billion of goods and on another $16 billion
        if kind == "actual" and last == "other" and base and self.found[-1].start in self.changes:
            return last  # up 29.5 % from $1.3 billion a day
        if kind == "actual" and last in ("other", "forecast") and self._listed_with_last(quantity):
            return last  # prices of ore (32 %) and steel (43 %); exports forecast to rise 3 % and imports to rise 1 %
        if kind == "actual" and self._goes_on_list(quantity):
            return "other"  # parts of a whole that is no flow: $1.2 billion (14 %), $1.1 billion (12 %)
        near = near or base and last == "forecast" and bool(self.now.flow)  # had expected 5 %, after 3 % in June
        small = len(quantity.unit) == 3 and quantity.unit.isupper() and quantity.value < LEAST
        small = small or quantity.unit == "kg" and quantity.value < LEAST_KG
        apart = kind == "actual" and traders.is_part(self.view, quantity, self._leading(), self.start.local)
        return "other" if kind == "actual" and (not near or small or apart) else kind

    def _unasserted(self, quantity: Quantity) -> bool:
        """Whether a number is denied, asked or only supposed."""
        lows, at = self.view.lows, quantity.first - 1
        while at >= 0 and (lows[at] in _BEFORE_DENIED or self.view.words[at].kind == "p" and lows[at] not in ",;:()"):
            at -= 1
        if at >= 0 and (lows[at] == "not" or lows[max(0, at - 1) : at + 1] in (["instead", "of"], ["rather", "than"])):
            return True
        if lows[0] in _ASKS and lows[-1] == "?":
            return True
        if lows[0] == "had":
            return "," not in lows[: quantity.first]
        told = lows[clause_start(self.view, quantity.first) : quantity.first]
        if any(a in _DENIES and b == "not" and c in MOVES for a, b, c in zip(told, told[1:], told[2:], strict=False)):
            return True
        return _FALSE & set(lows[:6]) != set() and "that" in lows[:8]

    def _sorted(self, read: Reading, product: str, quantity: Quantity) -> str:
        """The kind of a number by what it measures: services, averages, growth over years are no statistics."""
        kind, measure, span = read.kind, read.measure, read.span
        if kind == "forecast" and measure not in ("rank", "share") and self._past_will(quantity, span):
            kind = "actual"
        if kind == "actual" and self._estimated_ahead(quantity, span):
            return "forecast"
        if kind != "actual":
            return kind
        if read.note == HALF_MONTH or self._in_half_month(read):
            return "other"
        told = kinds.goods_or_services(self.view, quantity) if measure in _MONEY_MEASURES else ""
        if told == "services" or not told and (product in ("services", "transit") or self._of_services(quantity)):
            return "other"
        weighed = measure == "volume" and not quantity.unit.endswith("/d")
        if (measure in _MONEY_MEASURES or weighed) and kinds.is_average(self.view, quantity):
            return "other"
        if measure in _MONEY_MEASURES and self._daily(quantity):
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
        if measure in _RATES and self.view.lows[0] == "from" and _PEAKS & set(self.view.lows[1:6]):
            return "other"  # from its January-July peak in 2018, it is down 27 %
        if measure == "growth_mom" and product == TOTAL and self._in_constant_prices(quantity):
            return "other"
        if measure in _RATES and (kinds.spans_years(self.view, quantity, span) or self._over_years_too(quantity)):
            self.years.add(quantity.start)
            return "other"
        return kind

    def _over_years_too(self, quantity: Quantity) -> bool:
        """Whether a rate goes on a sentence on growth over years (`over the decade X surged 9 %, while Y rose 4 %`)."""
        if not self.found or self.found[-1].start not in self.years:
            return False
        before = next((q for q in reversed(self.view.quantities) if q.last <= quantity.first), None)
        told = [m for m in self.view.dates if before is not None and m.first >= before.last]
        opened = any(m.span and before is not None and m.last <= before.first for m in self.view.dates)
        return before is not None and before.start == self.found[-1].start and opened and not told

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

    def _in_half_month(self, read: Reading) -> bool:
        """Whether a passage on a half of a month goes on (`during the same period`)."""
        recalled = any("period" in self.view.lows[m.first : m.last] for m in self.view.dates)
        return self.start.note == HALF_MONTH and read.span == self.start.span and recalled

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
        supposed = told.measure == "first_or_record" and self.view.lows[0] == "if"
        if supposed or kinds.kind(self.view, number, True) == "forecast":
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

    def _multiplies_last(self, quantity: Quantity) -> bool:
        """Whether a multiple only says more of the number before it (`$40 billion, nearly double`)."""
        before = [q for q in self.view.quantities if q.last <= quantity.first]
        gap = self.view.lows[before[-1].last : quantity.first] if before else []
        led = gap[-1:] in ([","], ["nearly"], ["almost"]) and len(gap) <= 9 and not set(gap) & VERBS
        return quantity.unit == "x" and led

    def _says_more_of_last(self, quantity: Quantity) -> bool:
        """Whether a number only tells how the amount before it changed (`, a 10 % rise`, `, up 10 % from May`)."""
        view, last = self.view, self.found[-1]
        before = next((q for q in reversed(view.quantities) if q.last <= quantity.first), None)
        if before is None or before.start != last.start or before.unit in _PER_CENT and last.start not in self.changes:
            return False
        if quantity.unit not in _PER_CENT and (before.unit not in _PER_CENT or view.lows[quantity.first - 1] != "by"):
            return False
        if len(self.found) > 1 and self.found[-2].kind == "actual" and view.lows[before.first - 1] in ("or", "("):
            return False  # 369 million tonnes or 9.9 million barrels a day, up 9.7 %
        gap = range(before.last, quantity.first)
        if any(s.head in gap for s in view.subjects) or any(n.first in gap and self._other_name(n) for n in view.names):
            return False
        dated = {i for m in view.dates for i in range(m.first, m.last)}
        left = [view.lows[i] for i in gap if i not in dated]
        at = max((i for i, low in enumerate(left) if low in ("(", ",", "or", "and")), default=0)
        based = last.kind == "forecast" and (_BASED & set(left) or self._own_base(quantity))
        more = not based and set(left[at:]) <= _MORE_OF | _BASED and not set(left[:at]) & _ELSEWHERE
        self.changes |= {quantity.start} if more else set()
        return more

    def _own_base(self, quantity: Quantity) -> bool:
        """Whether a month stands right behind a number."""
        return any(m.span and m.span.kind == "month" and 0 <= m.first - quantity.last <= 2 for m in self.view.dates)

    def _other_name(self, name: Name) -> bool:
        return name.role in ("place", "flow") or name.role == "product" and name.code != TOTAL

    def _listed_with_last(self, quantity: Quantity) -> bool:
        """Whether a number goes on a list of the one before: both in brackets, or both led by `to` and a verb."""
        lows, before = self.view.lows, [q for q in self.view.quantities if q.last <= quantity.first]
        if not before or before[-1].unit != quantity.unit or self.found[-1].start != before[-1].start:
            return False
        gap = lows[before[-1].last : quantity.first]
        bracketed = lows[before[-1].first - 1] == lows[quantity.first - 1] == "(" and gap[:1] == [")"]
        if self.found[-1].kind == "other":
            return quantity.unit == "%" and bracketed and bool({"and", ","} & set(gap[:3])) and not set(gap) & VERBS
        if gap[:1] == ["and"] and len(gap) == 2 and gap[1] in _BARE_FLOWS:
            return True  # had expected exports to fall 3 percent and imports 16 percent
        if gap[:1] == ["by"] and gap[2:] == ["and"] and lows[quantity.last : quantity.last + 1] == ["by"]:
            return self.found[-1].kind == "forecast"  # to reach 2 trillion yen by 2030 and 5 trillion yen by 2035
        again = gap[:1] == ["and"] and [c.kind for c in self.found[-2:]] == ["forecast", "forecast"]
        if "with" in gap[:4] or again:
            return lows[quantity.first - 1] == "at" and not set(gap) & VERBS  # sees $193.5 billion, with soybeans at
        at = max((i for i, low in enumerate(gap) if low == "to"), default=-1)
        return gap[:1] == ["and"] and at > 0 and len(gap) <= 8 and bool(set(gap[at + 1 : at + 3]) & MOVES)

    def _ranges_from_last(self, quantity: Quantity) -> bool:
        """Whether nothing stands between a number and the one before it but what joins two of one kind."""
        before = next((q for q in reversed(self.view.quantities) if q.last <= quantity.first), None)
        if before is None or before.unit != quantity.unit or self.found[-1].start != before.start:
            return False
        gap = self.view.lows[before.last : quantity.first]
        joined = set(gap) <= _JOINS and bool(set(gap) & {"to", "and", "or", "another"})
        return joined and "respectively" not in self.view.lows[quantity.last : quantity.last + 2]

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
        gap = gap[1:] if gap[:1] == [","] else gap
        return base and gap[:1] == ["from"] and len(gap) <= 4 and not dated and not out
