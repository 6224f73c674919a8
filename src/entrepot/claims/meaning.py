"""What a number measures, with which sign, and whether it speaks of trade at all."""

from entrepot.claims import bases, changing, heads, slots, verbs, views
from entrepot.claims.quantity import Quantity
from entrepot.claims.rates import Rates
from entrepot.claims.subjects import TOTAL, Subject
from entrepot.claims.themes import LAST
from entrepot.claims.verbs import VERBS
from entrepot.claims.words import one_of

GOES_ON = one_of(
    "figure figures reading increase rise drop decline fall total gain result pace expansion contraction jump "
    "surge slump slowdown rebound growth slide two latter former number compares volume value amount sum mark "
    "milestone tally shipment downturn upturn"
)
"""Nouns by which a sentence goes on about the figures of the one before: `the slump`, `the total`."""
_FIGURES = one_of("it figure figures they number earnings receipts proceeds")
_TIMES = one_of("been doubled tripled trebled quadrupled halved slipped slowed")
_HELPERS = one_of("have has had also only even already still")
_OF_GROWTH = one_of("faster slower outpacing outpaced growth rate pace grew growing rose increased")
_GOES_ON_ABOUT = one_of("that this it they these those which he she")
_AGAINST = one_of("compared set against versus")
_PRINTS = one_of("expected expectations forecast consensus estimate est prior prev previous previously")
_PASSES = one_of(
    "exceed exceeds exceeded exceeding surpass surpasses surpassed surpassing top tops topped topping cross crosses "
    "crossed crossing breach breached breaching beyond"
)
_FALLS = one_of("drop fall decline decrease contraction slump slide downturn")
_ITS = one_of("the this that a its their 's")
_MARKS = [["mark"], ["threshold"], ["milestone"], ["barrier"]]

_APART = one_of("; – — so while whereas but")
"""Words after which what follows is no whole of a share."""


class Meaning(Rates):
    """The measures of a sentence."""

    def _measure(self, quantity: Quantity, unit: str, base: bool) -> tuple[str, str]:
        """Measure of a number, and what it is compared with where that is not plain."""
        if unit == "%":
            return self._rate(quantity, base)
        if unit == "" or len(unit) == 3 and unit.isupper():
            return self._amount(quantity, base)
        if unit in ("pp", "bp"):
            return self._points(quantity), ""
        if self.view.lows[quantity.last : quantity.last + 1] in _MARKS:
            return "threshold", ""
        if quantity.unit not in ("x", "n", "") and not base and slots.is_change(self.view, quantity):
            return "change_amount", self._marker_of_change(quantity, base)
        return "multiple" if unit == "x" else "count" if unit == "n" and not quantity.noun else "volume", ""

    def _amount(self, quantity: Quantity, base: bool) -> tuple[str, str]:
        """An amount of money: a level, a bound of a range, a change, or a mark passed for the first time."""
        view = self.view
        if (other := self._is_range(quantity)) is not None:
            return "range_bound", repr(other.value)
        if bases.converted(view, quantity) is not None and self.last_measure == "change_amount" and not base:
            return "change_amount", self.found[-1].against if self.found else ""
        if slots.is_surplus(view, quantity) or self._or_of_share(quantity):
            return "level", ""
        if slots.is_change(view, quantity) or self._next_change(quantity) or self._signed_change(quantity):
            return "change_amount", self._marker_of_change(quantity, base)
        passed = slots.qualifier(view, quantity) == "over" and self._passes_mark(quantity)
        return "threshold" if passed or view.lows[quantity.last : quantity.last + 1] in _MARKS else "level", ""

    def _signed_change(self, quantity: Quantity) -> bool:
        """Whether an amount of exports or imports with a sign of its own stands beside a rate (`, -$1.5 billion`)."""
        lows, first = self.view.lows, quantity.first
        beside = any(q.unit == "%" and q.last == first - 2 for q in self.view.quantities)
        return self.now.flow != "B" and beside and lows[first - 2 : first] in ([",", "-"], [",", "+"], [",", "−"])

    def _marker_of_change(self, quantity: Quantity, base: bool) -> str:
        """What a change is measured against: what the rate in brackets behind it is (`by $17 billion (10.0 %)`)."""
        lows = self.view.lows
        rate = next((q for q in self.view.quantities if 0 < q.first - quantity.last <= 2 and q.unit == "%"), None)
        if rate is None or lows[quantity.last] != "(":
            return self._marker(quantity, base)
        measure, against = self._rate(rate, base)
        return (against or "mom") if measure == "growth_mom" else "yoy"

    def _or_of_share(self, quantity: Quantity) -> bool:
        """Whether an amount says a share again (`accounting for 16 % or $4.8 billion`)."""
        gap = self.view.lows[quantity.first - 1 : quantity.first]
        return self.last_measure == "share" and gap == ["or"] and bool(self.found) and self.found[-1].unit == "%"

    def _passes_mark(self, quantity: Quantity) -> bool:
        """Whether an amount was passed for the first time, or month after month, or by now (`has crossed it`)."""
        lows = self.view.lows
        if {"first", "time"} <= self.view.said and "first time" in " ".join(lows):
            if "time" in lows[: quantity.first] and any(q.last <= quantity.first for q in self.view.quantities):
                return False  # crossed the 20,000 crore mark for the first time, at over 20,300 crore
            return not bases.is_base(self.view, quantity)
        if len(str(round(quantity.value / quantity.step)).rstrip("0")) > 2:
            return False  # no round mark
        if _PASSES & set(lows[max(0, quantity.first - 3) : quantity.first]) and self._is_round(quantity):
            return True
        back, ahead = lows[max(0, quantity.first - 3) : quantity.first], lows[quantity.last : quantity.last + 8]
        if ahead[:1] == ["for"] and {"straight", "consecutive", "row", "successive"} & set(ahead):
            return True
        return (
            "crossed" in back or "already" in back and bool({"topped", "exceeded", "passed", "surpassed"} & set(back))
        )

    def _is_round(self, quantity: Quantity) -> bool:
        """Whether an amount is a round number that a flow can pass: few digits, none after a point, not compared."""
        if "." in "".join(self.view.lows[quantity.first : quantity.last]) or bases.is_base(self.view, quantity):
            return False
        before = [q for q in self.view.quantities if q.last <= quantity.first and q.unit == quantity.unit]
        return not before or quantity.first - before[-1].last > 3

    def _next_change(self, quantity: Quantity) -> bool:
        """Whether an amount goes on a list of changes: `in cars ($1 billion), in food ($2 billion)`."""
        money = [c for c in self.found if c.unit not in ("%", "pp")]
        if money and money[-1].measure == "change_amount" and changing.goes_on(self.view, quantity):
            return True
        lows = self.view.lows
        before = [q for q in self.view.quantities if q.last <= quantity.first]
        if self.last_measure != "change_amount" or not before:
            return False
        if lows[before[-1].last : quantity.first] == [",", "of", "which"]:
            return True
        if self._opens_bracket(quantity):
            return self._opens_bracket(before[-1])
        gap = lows[before[-1].last : quantity.first]
        listed = gap[:1] in ([","], ["and"], ["in"]) and {",", "and"} & set(gap) and len(gap) <= 7
        return bool(listed) and before[-1].unit == quantity.unit and not set(gap) & (VERBS | {"to", "from", "at", "of"})

    def _opens_bracket(self, quantity: Quantity) -> bool:
        """Whether a bracket opens with a number, its sign apart (`(negative $23 billion)`)."""
        at = quantity.first - 1
        while at > 0 and self.view.lows[at] in ("negative", "minus", "-", "+", "−"):
            at -= 1
        return at >= 0 and self.view.lows[at] == "("

    def _points(self, quantity: Quantity) -> str:
        window = set(self.view.lows[max(0, quantity.first - 14) : quantity.last + 8])
        if window & {"contributed", "contributing", "contribution", "contribute", "pulled", "dragged", "shaved"}:
            return "contribution"
        if self.view.lows[quantity.last : quantity.last + 1] == ["off"]:
            return "contribution"  # cut 11.2 percentage points off imports
        if self.found and self.found[-1].measure == "share":
            last = max((q.last for q in self.view.quantities if q.last <= quantity.first), default=0)
            if not set(self.view.lows[last : quantity.last + 4]) & _OF_GROWTH:
                return "share_change"  # made up 58.3 % of the total, 2 points more than a year before
        if (
            window & {"faster", "slower", "outpacing", "outpaced"}
            or (window & {"growth", "rate", "pace"} or any(c.measure.startswith("growth") for c in self.found))
            and not window & {"share", "proportion", "accounted", "accounting"}
        ):
            return "growth_gap"
        return "share_change"

    def _rate_range(self, quantity: Quantity) -> Quantity | None:
        """The other bound of a range of rates (`between 5 and 6 percent`, `5-6 percent`); None for none."""
        bounds = self._bounds(quantity)
        return bounds[quantity is bounds[0]] if bounds and quantity.unit == "%" else None

    def _is_range(self, quantity: Quantity) -> Quantity | None:
        """The other bound of a range that a number is one bound of; None where it is none."""
        bounds = self._bounds(quantity)
        if bounds is None or slots.is_change(self.view, bounds[0]):
            return None
        moved = not verbs.MOVES.isdisjoint(self.view.lows[max(0, bounds[0].first - 8) : bounds[0].first])
        return None if moved else bounds[quantity is bounds[0]]

    def _bounds(self, quantity: Quantity) -> tuple[Quantity, Quantity] | None:
        """Both bounds of the range that a number is one of, as written (`5-6 percent`, `between 5 and 6 percent`)."""
        lows = self.view.lows
        for here, following in zip(self.view.quantities, self.view.quantities[1:], strict=False):
            if quantity not in (here, following) or here.unit != following.unit:
                continue
            between, before = lows[here.last : following.first], lows[here.first - 1 : here.first]
            glued = not between and self.view.words[following.first].glue
            if glued or between == ["and"] and before == ["between"] or between == ["to"] and before != ["from"]:
                return here, following
        return None

    def _sign(self, quantity: Quantity, measure: str, base: bool) -> int:
        if measure in ("level", "volume", "share", "rank", "count", "threshold", "multiple", "range_bound"):
            minus = (
                self.view.lows[quantity.first - 1 : quantity.first] == ["-"] and not self.view.words[quantity.first].gap
            )
            return -1 if minus and quantity.first else 1
        found = slots.direction(self.view, quantity)
        if measure in ("growth_yoy", "growth_mom") and self._growth_reached(quantity):
            found = 1
        if found is None and (again := self._or_by(quantity)):
            return again
        if (
            self.view.lows[max(0, quantity.first - 2) : quantity.first]
            and "or" in self.view.lows[max(0, quantity.first - 2) : quantity.first]
            and self.growth_sign
        ):
            return self.growth_sign
        if base and quantity.unit == "%" and self._than_a_fall(quantity):
            return -1
        if found is None and (lent := self._lent_sign(quantity)):
            self.growth_sign = lent
            return lent
        if found is None and (following := self._direction_of_next(quantity)):
            self.growth_sign = following
            return following
        if found is None and (told := self._bracket_sign(quantity)):
            return told
        if found is None:
            if self.growth_sign and self._rate_range(quantity) is not None:
                return self.growth_sign
            if base and self.growth_sign and self._from(quantity):
                return self.growth_sign  # the fall deepened to 1.7 % from 0.3 %
            if base and self.found and self._listed_base(quantity):
                return -1 if self.found[-1].value < 0 else 1
            group = self._group(quantity)
            if len(group) > 1 and group[0] is not quantity and self.growth_sign:
                return self.growth_sign
            if not base and self.growth_sign and self._elliptic(quantity):
                return self.growth_sign
            return 1
        if not base and not self._signed(quantity):
            self.growth_sign = found
        return found

    def _signed(self, quantity: Quantity) -> bool:
        """Whether a number has a minus or plus of its own, which says nothing of the next."""
        at = quantity.first - 1
        return at >= 0 and self.view.lows[at] in "+-−–" and not self.view.words[quantity.first].gap

    def _or_by(self, quantity: Quantity) -> int:
        """Sign of a rate by which an amount is told again to have moved (`shrank to $9.8 billion, or by 65 %`)."""
        lows, first = self.view.lows, quantity.first
        at = first - 1
        while at > 0 and lows[at] in ("about", "nearly", "almost", "some"):
            at -= 1
        before = next((q for q in reversed(self.view.quantities) if q.last < at), None)
        if lows[at] != "by" or lows[at - 1] not in ("or", ",") or before is None:
            return 0
        told = [low for low in lows[views.clause_start(self.view, before.first) : at] if low in verbs.UP | verbs.DOWN]
        return (1 if told[-1] in verbs.UP else -1) if told else 0

    def _lent_sign(self, quantity: Quantity) -> int:
        """Sign that a clause without a verb takes from the one before (`trade fell; exports by 3 %`); 0 for none."""
        lows, start = self.view.lows, views.clause_start(self.view, quantity.first)
        if lows[quantity.first - 1 : quantity.first] != ["by"] or ";" not in lows[max(0, start - 1) : start + 1]:
            return 0
        if set(lows[start : quantity.first]) & VERBS or any(0 < q.first < start for q in self.view.quantities):
            return 0
        told = [low for low in lows[:start] if low in verbs.UP | verbs.DOWN]
        return (1 if told[-1] in verbs.UP else -1) if told else 0

    def _bracket_sign(self, quantity: Quantity) -> int:
        """Sign of a rate in brackets after what a level moved from (`fell to 59 from 77 (23 %)`); 0 for none."""
        lows, first = self.view.lows, quantity.first
        alone = lows[first - 1 : first] == ["("] and lows[quantity.last : quantity.last + 1] == [")"]
        before = [q for q in self.view.quantities if q.last <= first - 1]
        if not alone or quantity.unit != "%" or not before or not bases.is_base(self.view, before[-1]):
            return 0
        start = views.clause_start(self.view, before[-1].first)
        start = views.clause_start(self.view, start - 1) if start else start
        told = [low for low in lows[start:first] if low in verbs.UP | verbs.DOWN]
        return (1 if told[-1] in verbs.UP else -1) if told else 0

    def _than_a_fall(self, quantity: Quantity) -> bool:
        """Whether a fall is held against a rate, then one too (`The drop was bigger than the 6.2 % seen in`)."""
        lows, at = self.view.lows, quantity.first - 1
        while at > 0 and lows[at] in ("the", "a", "last", "month", "'s", "about"):
            at -= 1
        if lows[at] != "than" or slots.falls_after(self.view, quantity):
            return False
        if (
            lows[at - 1] in ("less", "more")
            and lows[at - 2] in verbs.DOWN
            and lows[at - 2].endswith(("ed", "ll", "nk"))
        ):
            return True  # imports contracted less than the 7.9 % of the month before
        before = [q.last for q in self.view.quantities if q.last <= at and not bases.is_base(self.view, q)]
        told = lows[max(before, default=0) : at]
        noun = next((i for i, low in enumerate(told) if low in _FALLS), -1)
        return noun >= 0 and bool({"was", "were", "is"} & set(told[noun + 1 : noun + 6])) and told[noun - 1] in _ITS

    def _listed_base(self, quantity: Quantity) -> bool:
        """Whether a rate goes on a list of those before (`after falling 11.9 % in July and 4.1 % in June`)."""
        before = next((q for q in reversed(self.view.quantities) if q.last <= quantity.first), None)
        if before is None or before.unit != quantity.unit or before.start != self.found[-1].start:
            return False
        gap = self.view.lows[before.last : quantity.first]
        return "and" in gap and len(gap) <= 5 and not any(low in VERBS for low in gap)

    def _from(self, quantity: Quantity) -> bool:
        """Whether a rate is what another one came from."""
        back = self.view.lows[max(0, quantity.first - 3) : quantity.first]
        return "from" in back

    def _direction_of_next(self, quantity: Quantity) -> int:
        """Sign that a number shares with the next (`exports were 0.6 % and imports 2.3 % lower`); 0 for none."""
        lows = self.view.lows
        following = next((q for q in self.view.quantities if q.first >= quantity.last), None)
        if following is None or following.unit != quantity.unit or following.first - quantity.last > 4:
            return 0
        if lows[quantity.last : quantity.last + 1] != ["and"] or following.last >= len(lows):
            return 0
        low = lows[following.last]
        return -1 if low in ("lower", "down", "less", "below") else 1 if low in ("higher", "up", "more", "above") else 0

    def _elliptic(self, quantity: Quantity) -> bool:
        """Whether a clause has no verb of its own (`exports rose 5 %, imports 3 %`)."""
        start = views.clause_start(self.view, quantity.first)
        start = max([start, *(q.last for q in self.view.quantities if q.last <= quantity.first)])
        return not any(low in VERBS for low in self.view.lows[start : quantity.first])

    def _it_reached(self) -> bool:
        """`In the 11-month period, it hit ...`: the subject of the sentence before goes on."""
        lows = [low for low in self.view.lows[:18] if low not in _HELPERS]
        goes_on = any(a in _FIGURES and b in VERBS | _TIMES for a, b in zip(lows, lows[1:], strict=False))
        noun = zip(lows, lows[1:], lows[2:], strict=False)  # in the third quarter alone the drop was 4 percent
        dated = (
            bool(self.view.dates) and self.view.dates[0].first <= 3 and self.view.dates[0].role in ("period", "base")
        )
        return (
            goes_on or dated and any(a == "the" and b in GOES_ON and c in ("was", "were", "came") for a, b, c in noun)
        )

    def _leans(self, quantity: Quantity) -> bool:
        """Whether a sentence without a flow goes on about the one before (`That was 1.9 percent more`).

        So it does where goods, a place or a group of firms stand before the number: what else numbers may be of
        (prices, output, jobs) has been told apart before.
        """
        if not self.start.flow:
            return False
        if self.start.beside and not self.sentence.opens and self.view.lows[0] in _GOES_ON_ABOUT:
            return False  # output rose 4.8 %. That was an improvement over the 4 % before
        if (
            len(self.view.lows) <= 14
            and (self.view.words[0].kind == "n" or self.view.lows[0] in "+-−$€¥")
            and not self.view.subjects
        ):
            return True
        if self.view.lows[0] == "at" and quantity.first == 1 and not {"other", "policy"} & self.view.roles:
            return True  # at 84.76 billion dollars, its volume was 3 percent more
        if heads.leans(self.view, quantity) or self._weighs_ware(quantity):
            return True
        if self.view.lows[0] in _AGAINST and quantity is self.view.quantities[0] and quantity.unit not in ("%", "pp"):
            return True  # compared with the 509,954 tonnes of September, imports were lower
        opener = self.view.lows[0]
        if _PRINTS & set(self.view.lows[:2]) and len(self.view.lows) <= 14:
            return True  # - expected 6.5 %, prior 11.6 %
        if opener in ("the", "that", "this") and "second only to" in " ".join(self.view.lows[: quantity.first]):
            return True  # the volume is second only to June's
        moved = self.view.lows[quantity.last : quantity.last + 2]
        if (
            opener in ("the", "that", "this")
            and quantity.first <= 3
            and not (verbs.MOVES.isdisjoint(moved) and GOES_ON.isdisjoint(moved))
        ):
            return True  # the 16.9 percent tumble was the worst in years
        if "terms" in self.view.lows[:4] and GOES_ON & set(self.view.lows[3:8]):
            return True  # in dollar terms, the growth was 18.5 %
        if self._it_reached() or opener == "compared" and {"growth", "increase", "rise", "drop"} & set(self.view.lows):
            return True
        if any(n.role in ("product", "place", "definition") and n.last <= quantity.first for n in self.view.names):
            return True
        if opener == "the" and not set(self.view.lows[1:4]) & GOES_ON:
            return False
        return (
            opener in ("that", "this", "it", "the", "they", "those")
            and len(self.view.lows) < 60
            and any(
                low in verbs.UP | verbs.DOWN
                or low in ("figure", "compares", "compared", "reading", "total", "marks", "crossed", "valued")
                for low in self.view.lows[:14]
            )
        )

    def _weighs_ware(self, quantity: Quantity) -> bool:
        """Whether a weight is of the goods that the story is about (`In all, 12.26 million tons came in`)."""
        weight = quantity.unit.endswith("/d") or quantity.unit in ("t", "kg", "bbl")
        if not weight or self.start.goods in (TOTAL, LAST) or heads.is_topic(self.view, quantity):
            return False
        goods = {n.code for n in self.view.names if n.role == "product"}
        return goods <= {self.start.goods} and not any(n.role in ("other", "policy") for n in self.view.names)

    def _whole_of(self, quantity: Quantity) -> Subject | None:
        """The whole of a share that names its flow: `21.7 % of the country's total exports`."""
        if quantity.unit != "%" or self.view.lows[quantity.last : quantity.last + 1] != ["of"]:
            return None
        whole = next((s for s in self.view.subjects if 0 <= s.head - quantity.last <= 8), None)
        apart = whole is not None and _APART & set(self.view.lows[quantity.last : whole.first])
        return None if apart else whole  # the 20 % of May – so that the surplus

    def _is_claim(self, quantity: Quantity) -> bool:
        if quantity.unit in ("", "n") and quantity.scale < 1e6 and not (quantity.unit == "n" and self.about_trade):
            return False
        if quantity.unit == "" and not self.now.currency and not self.about_trade:
            return False
        after = self.view.lows[quantity.last : quantity.last + 1]
        half = self.view.lows[quantity.first : quantity.last] == ["half"] and quantity.unit == "%"
        if half and after == ["of"] and any(m.span and 0 <= m.first - quantity.last <= 2 for m in self.view.dates):
            return False  # 17.6 %, barely half of August's pace
        return not (quantity.unit == "" and after and after[0] in ("people", "jobs", "workers", "visitors", "homes"))

    def _yen(self, unit: str) -> str:
        return ("CNY" if self.now.reporter == "CHN" else "JPY") if unit == "YEN" else unit
