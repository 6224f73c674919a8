"""What a percentage is: a share, a gap between rates, growth on a year or a month, of a value or of a weight."""

from collections.abc import Sequence

from entrepot.claims import bases, slots, views
from entrepot.claims.parts import is_part
from entrepot.claims.quantity import Quantity
from entrepot.claims.spans import Span
from entrepot.claims.subjects import TOTAL
from entrepot.claims.themes import BULK
from entrepot.claims.times import Times
from entrepot.claims.verbs import MOVES, VERBS
from entrepot.claims.words import one_of

_VOLUMES = one_of("volume volumes tonnage quantity")
_WEIGHTS = one_of("tonnes tons weight barrels units")
_MOVED = one_of("exported imported shipped bought sold purchased sent abroad overseas")
MANY = one_of("volume volumes quantity number")
"""Words for how many or how much of goods, not for how much money."""
_LEADS_TO = one_of("to reaching at totalling totaling hitting or with")
_NO_SHARE = (VERBS | one_of("with by as ( + -")) - one_of("above below went took accounted represented")
_HAD = one_of("had took has takes with at accounted for made held")
_PAID = one_of("paid spend spent bill outlay outlays")
_PARTS = one_of("while but and , ; ( whereas")
_AGAINST_LEVEL = one_of("from over compared than above below under on against")
_MORE = one_of("more less higher lower larger smaller up down")
_FRONTED = one_of("compared against from after following")
_SAYS_MORE = one_of("- – — , ( in a an of gain rise increase growth drop fall decline decrease jump")

_TURNS = one_of("while although though despite but whereas as")
_RECEIPTS = one_of("revenue revenues earnings receipts value values income turnover proceeds")
_DEALT = one_of("bought imported purchased ordered exported sold shipped buy import buying importing took")
_NOUNS_OF_CHANGE = one_of("increase decrease rise drop decline fall gain growth")

MOST_OF_A_WHOLE = 100
"""More than this is no part of a whole [percent]."""


class Rates(Times):
    """The percentages of a sentence."""

    def _rate(self, quantity: Quantity, base: bool) -> tuple[str, str]:
        """A percentage: a share, a gap between rates, or growth of a value or a volume."""
        lows, last = self.view.lows, self.last_measure
        if lows[quantity.last : quantity.last + 1] in (["faster"], ["slower"]):
            return "growth_gap", ""
        if lows[quantity.last : quantity.last + 2] == ["contribution", "to"] and slots.contributes(self.view, quantity):
            return "contribution", ""
        if quantity.value <= MOST_OF_A_WHOLE and (
            self._of_whole(quantity, base)
            or slots.is_share(self.view, quantity)
            or self._beside_level(quantity)
            or is_part(self.view, quantity)
        ):
            return ("contribution" if slots.of_change(self.view, quantity) else "share"), ""
        if slots.contributes(self.view, quantity):
            return "contribution", ""
        marker = self._on_month_before(quantity) or self._marker(quantity, base)
        if (order := self._by_order(quantity)) and marker not in ("mom", "qoq", "2019"):
            return ("volume_growth_yoy" if order == "volume" else "growth_yoy"), ""
        if marker == "2019":
            return "growth_vs_2019", "2019"
        if marker in ("qoq", "mom"):
            return "growth_mom", "qoq" if marker == "qoq" else ""
        if marker == "yoy" and last == "volume" and not self._of_value(quantity) and not self._money_nearer(quantity):
            return "volume_growth_yoy", ""
        return ("volume_growth_yoy" if self._of_volume(quantity) else "growth_yoy"), ""

    def _of_whole(self, quantity: Quantity, base: bool) -> bool:
        """Whether a rate goes on a list or a passage of shares."""
        lows, last = self.view.lows, self.last_measure
        after_change = lows[quantity.first - 1 : quantity.first] in (["to"], ["was"], ["at"])
        if last == "share_change" and (after_change or base) or base and last == "share":
            return True
        if "followed" in lows[: quantity.first] and (last == "share" or self._takes_share(quantity)):
            return True
        if self._goes_on_shares(quantity) or self._or_share(quantity) or self._that_of_share(quantity):
            return True
        if slots.direction(self.view, quantity) is not None or self._told_against(quantity):
            return False
        if self.start.shares and self._holds_share(quantity):
            return True
        if last == "share":  # accounted for 16 % and Canada for 15 %; it was 16.3 % for 2022
            back = lows[max(0, quantity.first - 3) : quantity.first]
            return bool({"for", "was", "with", ",", "or", "("} & set(back))
        bracketed = lows[quantity.first - 1 : quantity.first] == ["("] and not set(lows[: quantity.first]) & MOVES
        return bracketed and self.start.shares and lows[quantity.last : quantity.last + 1] == [")"]

    def _holds_share(self, quantity: Quantity) -> bool:
        """Whether a sentence after one of shares lists who has how much (`Japan had 12.6 % and China 10.4 %`)."""
        lows, first = self.view.lows, quantity.first
        if not MOVES.isdisjoint(self.view.said) or any(q.unit != "%" for q in self.view.quantities):
            return False
        near = any(n.role in ("place", "product") and 0 <= first - n.last <= 3 for n in self.view.names)
        return near and (lows[first - 1] in _HAD or any(n.last == first for n in self.view.names))

    def _takes_share(self, quantity: Quantity) -> bool:
        """Whether bare rates in brackets list who takes a share (`the largest share, followed by Russia (9.7 %)`)."""
        lows, first, last = self.view.lows, quantity.first, quantity.last
        at = lows.index("followed")
        alone = lows[first - 1] == "(" and lows[last : last + 1] == [")"]
        return alone and at < first and "share" in lows[:at] and not set(lows[:at]) & MOVES

    def _beside_level(self, quantity: Quantity) -> bool:
        """Whether a rate stands in brackets after an amount that nothing says to have moved (`$23 billion (24 %)`)."""
        lows, first = self.view.lows, quantity.first
        if lows[first - 1 : first] != ["("] or lows[quantity.last : quantity.last + 1] != [")"]:
            return False
        level = next((q for q in self.view.quantities if q.last == first - 1), None)
        if level is None or level.unit in ("%", "pp", "x", "n"):
            return False
        record = "record" in lows[:first] or ("time", "high") in zip(lows[:first], lows[1:first], strict=False)
        return not record and not MOVES & {*lows[:first], *lows[quantity.last + 1 : quantity.last + 4]}

    def _goes_on_shares(self, quantity: Quantity) -> bool:
        """Whether a rate follows a share without a verb of its own (`China took 19 % and India 7 %`)."""
        before = [q for q in self.view.quantities if q.last <= quantity.first and q.unit == "%"]
        told = next((c for c in reversed(self.found) if before and c.start == before[-1].start), None)
        if told is None or told.measure != "share":
            return False
        if self.view.lows[quantity.last : quantity.last + 1] in (["more"], ["less"], ["higher"], ["lower"]):
            return False  # 36.9 % of the total and 15.1 % more than last year
        gap = self.view.lows[before[-1].last : quantity.first]
        joined = {"and", ",", ";"} & set(gap) or {"above", "below", "behind"} & set(gap) and "'s" in gap
        return bool(joined) and len(gap) <= 16 and not set(gap) & _NO_SHARE

    def _or_share(self, quantity: Quantity) -> bool:
        """Whether a rate says a level again as a share, in a passage of shares (`at $66 billion or 12 %`)."""
        before = [q for q in self.view.quantities if q.last <= quantity.first]
        level = bool(self.found) and self.found[-1].measure == "level" and bool(before)
        if not level or self.found[-1].start != before[-1].start:
            return False
        told = self.start.shares or any(c.measure == "share" for c in self.found)
        return told and self.view.lows[before[-1].last : quantity.first] in (["or"], [",", "or"])

    def _that_of_share(self, quantity: Quantity) -> bool:
        """Whether a rate is that of another after a share (`while that of the United States fell to 10 %`)."""
        last = next((c.measure for c in reversed(self.found)), "share" if self.start.shares else "")
        if last not in ("share", "share_change"):
            return False
        floor = max((q.last for q in self.view.quantities if q.last <= quantity.first), default=0)
        back = self.view.lows[floor : quantity.first]
        at = max((i for i, low in enumerate(back) if low in ("that", "those")), default=-1)
        led = back[at + 1 : at + 2] in (["of"], ["for"], ["in"], ["with"], ["to"])
        return at >= 0 and led and back[-1] in ("to", "at", "was", "(", "of", "from") and "growth" not in back

    def _told_against(self, quantity: Quantity) -> bool:
        """Whether what a rate is measured against stands right after it."""
        return any(m.role == "base" and 0 <= m.first - quantity.last <= 2 for m in self.view.dates)

    def _on_month_before(self, quantity: Quantity) -> str:
        """`mom` or `yoy` where the level that a rate is told against has its month (`from $489 million in June`)."""
        view, now = self.view, self.this_span or self._current()
        if now.kind == "month" and (level := self._level_before(quantity)) is not None:
            span = self._month_of_level(level)
            return {1: "mom", 12: "yoy"}.get(_months(now) - _months(span), "") if span else ""
        following = next((q for q in view.quantities if q.first >= quantity.last), None)
        if following is None or following.unit in ("%", "pp") or now.kind != "month":
            return ""
        gap = view.lows[quantity.last : following.first]
        gap = gap[1:] if gap[:1] and gap[0] in _MORE else gap
        if not gap or gap[0] not in _AGAINST_LEVEL or len(gap) > 5 or not bases.is_base(view, following):
            return ""
        span = self._month_of_level(following)
        if span is None:
            return ""
        return {1: "mom", 12: "yoy"}.get(_months(now) - _months(span), "")

    def _level_before(self, quantity: Quantity) -> Quantity | None:
        """The amount before a rate that it is held against: fronted, or what the rate says more of; None for none.

        So in `Compared with the 510,000 tonnes of September, imports fell 20 %`, `to 102 million in November - a gain
        of 10 % -`.
        """
        view = self.view
        before = [q for q in view.quantities if q.last <= quantity.first]
        if not before or before[-1].unit in ("%", "pp", "x", "n", "") or not bases.is_base(view, before[-1]):
            return None
        if len(before) == 1 and view.lows[0] in _FRONTED and before[-1].first <= 5:
            return before[-1]
        dated = {i for m in view.dates for i in range(m.first, m.last)}
        gap = [view.lows[i] for i in range(before[-1].last, quantity.first) if i not in dated]
        return before[-1] if len(gap) >= 3 and set(gap) <= _SAYS_MORE and {"a", "an"} & set(gap) else None

    def _month_of_level(self, level: Quantity) -> Span | None:
        """The month that stands beside a level (`$489 million in June`, `June's $489 million`)."""
        for mention in self.view.dates:
            near = 0 <= mention.first - level.last <= 3 or 0 <= level.first - mention.last <= 1
            if near and mention.span is not None and mention.span.kind == "month":
                return mention.span
        return None

    def _weighs(self, quantity: Quantity) -> bool:
        """Whether the amount nearest to a rate is one of goods: before it, or the one that it leads to."""
        view = self.view
        following = next((q for q in view.quantities if q.first >= quantity.last and q.unit not in ("%", "pp")), None)
        if following is not None:
            gap = view.lows[quantity.last : following.first]
            if _LEADS_TO & set(gap) and len(gap) <= 8 and not set(gap) & {"and", "while", ";"}:
                return _physical(following)
            if self._shared_amount(quantity, following):
                return True
        before = [q for q in view.quantities if q.last <= quantity.first and q.unit not in ("%", "pp", "x", "n", "")]
        return bool(before) and _physical(before[-1])

    def _shared_amount(self, quantity: Quantity, following: Quantity) -> bool:
        """Whether two rates lead to one weight (`dropped 49 % on the year and fell 11 % from August to 874,000 mt`)."""
        view = self.view
        between = [q for q in view.quantities if quantity.last <= q.first < following.first]
        if len(between) != 1 or between[0].unit != "%" or not _physical(following):
            return False
        gap = view.lows[quantity.last : between[0].first]
        alone = not any(quantity.last <= s.head < following.first for s in view.subjects)
        return "and" in gap and alone and "to" in view.lows[between[0].last : following.first]

    def _beside_value(self, quantity: Quantity) -> bool:
        """Whether a later clause sets a rate of money against one of goods (`rose 5 %, even as revenue from them`)."""
        view = self.view
        following = next((q for q in view.quantities if q.first >= quantity.last), None)
        if following is None or following.unit != "%" or self.now.product == TOTAL:
            return False
        gap = view.lows[quantity.last : following.first]
        turned = next((i for i, low in enumerate(gap) if low in _TURNS), -1)
        named = turned >= 0 and bool(_RECEIPTS & set(gap[turned:]))
        before = [q for q in view.quantities if q.last <= quantity.first]
        return named and not any(_money(q) for q in before)

    def _more_of(self, quantity: Quantity) -> bool:
        """Whether so much more was bought or sold of goods told by weight (`imported 56 percent more soybeans`)."""
        lows = self.view.lows
        if lows[quantity.last : quantity.last + 1] not in (["more"], ["less"], ["fewer"]):
            return False
        near = any(n.code in BULK and 0 < n.first - quantity.last <= 3 for n in self.view.names)
        return near and bool(_DEALT & set(lows[max(0, quantity.first - 4) : quantity.first]))

    def _goes_on_volume(self, quantity: Quantity) -> bool:
        """Whether a rate goes on one of volume by a noun of change (`, while the annual increase was 47 %`)."""
        if not self.found or not self.found[-1].measure.startswith("volume"):
            return False
        lows, start = self.view.lows, views.clause_start(self.view, quantity.first)
        words = [low for low in lows[start : quantity.first] if low not in _PARTS]
        told = words[:1] == ["the"] and bool(_NOUNS_OF_CHANGE & set(words[1:4])) and words[-1] in ("was", "were", "at")
        return told and len(words) <= 7

    def _of_value(self, quantity: Quantity) -> bool:
        """Whether a rate is said to be one of value."""
        view = self.view
        if not _PAID.isdisjoint(view.lows[max(0, quantity.first - 5) : quantity.first]):
            return True  # the increase in the amount paid is 64 %
        if "value" not in view.said:
            return False
        ahead = view.lows[quantity.last : quantity.last + 9]
        ahead = ahead[: next((i for i, low in enumerate(ahead) if low in _PARTS), len(ahead))]
        if {"value", "volume"} & set(ahead):
            return "value" in ahead and "volume" not in ahead
        floor = max((q.last for q in view.quantities if q.last <= quantity.first), default=0)
        clause = view.lows[max(floor, views.clause_start(view, quantity.first)) : quantity.first]
        return "value" in clause and not _VOLUMES & set(clause)

    def _of_volume(self, quantity: Quantity) -> bool:
        """Whether a rate is said to be one of volume, stands beside a weight, or is of goods told by weight."""
        if self._of_value(quantity):
            return False
        if self._volume_named(quantity) or self._weighs(quantity):
            return True
        if self.view.lows[0] in ("in", "by", "on") and not _VOLUMES.isdisjoint(self.view.lows[1:5]):
            return True
        if self.view.lows[0] in ("in", "by") and self.view.lows[1] in _WEIGHTS and self.view.lows[2] == ",":
            return True
        if self.view.lows[0] in ("this", "that") and self.start.weighed and not any(map(_money, self.view.quantities)):
            return True
        if self._of_number(quantity) or self._beside_value(quantity) or self._more_of(quantity):
            return True
        if self._goes_on_volume(quantity):
            return True
        if {"number", "quantity", "weight", "units"} & set(self.view.lows[quantity.last + 1 : quantity.last + 2]):
            return self.view.lows[quantity.last] in ("by", "in")
        about = self.now.product in (self.now.goods, self.start.product) and self.start.weighed
        alone = about or self.now.product == self.now.goods or self.now.product in self.now.by_weight
        return self.now.product in BULK and alone and not any(_money(q) for q in self.view.quantities)

    def _volume_named(self, quantity: Quantity) -> bool:
        """Whether volume stands near a rate, and neither an amount that the rate is of, nor what has no volume."""
        if _VOLUMES.isdisjoint(self.view.said) or self.now.flow == "T":
            return False
        if self.view.lows[quantity.first - 1] == "," and self.view.lows[quantity.first - 2] in _VOLUMES:
            return True  # owed mostly to volumes, 12.3 % smaller
        start = max(views.clause_start(self.view, quantity.first), quantity.first - 14)
        window = set(self.view.lows[start : quantity.last + 6])
        apart = {"trade", "average"} & (window - set(self.view.lows[quantity.last : quantity.last + 2]))
        return bool(window & _VOLUMES) and not apart and not self._of_amount(quantity)

    def _of_number(self, quantity: Quantity) -> bool:
        """Whether a rate is of how many moved (`the number of cars exported rose`, `the amount shipped`)."""
        lows, start = self.view.lows, views.clause_start(self.view, quantity.first)
        for i in range(start, quantity.first) if {"number", "amount"} & self.view.said else ():
            if lows[i] == "number" and lows[i + 1] == "of" and any(low in _MOVED for low in lows[i : i + 7]):
                return not any(_money(q) for q in self.view.quantities)
            if lows[i] == "amount" and lows[i + 1] in _MOVED:
                return True
        return False

    def _by_order(self, quantity: Quantity) -> str:
        """`volume` or `value` of two rates in the order of two amounts or words (`volume and value fell 3 % and`)."""
        group = self._group(quantity)
        if len(group) != 2 or any(q.unit != "%" for q in group):
            return ""
        place, lows = group.index(quantity), self.view.lows
        before = [q for q in self.view.quantities if q.last <= group[0].first and q.unit != "%"][-2:]
        told = ["volume" if _physical(q) else "value" for q in before if _physical(q) or _money(q)]
        words = lows[max(0, group[0].first - 7) : group[0].first]
        named = [
            "volume" if low in _VOLUMES else "value" for low in words if low in _VOLUMES or low in ("value", "values")
        ]
        for order in (named, told):
            if len(order) == 2 and order[0] != order[1]:
                return order[place]
        return ""

    def _of_amount(self, quantity: Quantity) -> bool:
        """Whether a rate is that of the money right before it (`export volume was $2.04 billion, down 15.9 %`)."""
        before = [q for q in self.view.quantities if q.last <= quantity.first]
        gap = self.view.lows[before[-1].last : quantity.first] if before else []
        if _VOLUMES & set(self.view.lows[quantity.last : quantity.last + 3]):
            return False
        told_so = gap[:1] in ([","], ["("], ["or"]) and len(gap) <= (5 if gap[:1] == ["or"] else 3)
        return bool(before) and _money(before[-1]) and told_so

    def _money_nearer(self, quantity: Quantity) -> bool:
        """Whether the level nearest before a rate is one of money."""
        before = [q for q in self.view.quantities if q.last <= quantity.first and q.unit not in ("%", "pp", "x")]
        return bool(before) and len(before[-1].unit) == 3 and before[-1].unit.isupper()


def weighs(quantities: Sequence[Quantity]) -> bool:
    """Whether a sentence tells amounts of goods, and none of money."""
    return any(_physical(q) for q in quantities) and not any(_money(q) for q in quantities)


def _months(span: Span) -> int:
    """Months of the era until a span ends."""
    return int(span.last[:4]) * 12 + int(span.last[5:7] or 12)


def _money(quantity: Quantity) -> bool:
    return len(quantity.unit) == 3 and quantity.unit.isupper()


def _physical(quantity: Quantity) -> bool:
    """Whether an amount is of goods: a weight, or a number of vehicles."""
    return bool(quantity.noun) or quantity.unit not in ("", "%", "pp", "x", "n") and not _money(quantity)
