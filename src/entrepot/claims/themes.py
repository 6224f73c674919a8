"""Which goods a story is about, where it is not about trade as a whole: what flows that name no goods are then of."""

from collections import Counter
from collections.abc import Sequence

from entrepot.claims.names import Name
from entrepot.claims.subjects import TOTAL, Subject
from entrepot.claims.words import Token, one_of

LAST = "*"
"""Code of `the goods spoken of last`, for stories that go through several and never speak of all."""
_MOVES = one_of("exported imported shipped bought sold purchased")
_REASONS = one_of("on by to amid of from in with")
_BECAUSE = one_of(
    "mainly largely partly chiefly mostly primarily due thanks driven led owing because hurt riding boosted amid "
    "buoyed lifted fuelled fueled supported underpinned despite"
)
_CHANGES = one_of("decrease decline drop fall increase rise surge jump slump gain growth lower higher weaker stronger")
_COMMODITIES = one_of("commodity commodities")
_LEAST = 3
"""Times that goods must be named to be what a story is about."""
_MOST = 0.66
"""Their least part of all goods named in the story [fraction]."""
_HALF = 0.5
"""The same of goods that the story opens with as coming in [fraction]."""
BULK = one_of(
    "soybeans crude-oil iron-ore coal copper natural-gas rare-earths steel lng copper-ore refined-products rice corn "
    "wheat"
)
"""Goods that the press gives by weight: their growth is that of tonnes unless money stands beside it."""
_WEIGHTS = one_of("tonne tonnes ton tons mt mmt barrels bpd kilograms kilogrammes bushels lmt")
_MONEY = one_of("$ € £ ¥ ₹ ₩ yuan dollar dollars usd eur euro euros yen won rupee rupees rs rmb crore baht dong value")
GENERIC = one_of("metals minerals fuel grains ore raw-materials energy parts 87")
"""Goods by a name that may stand for others told before (`the metal`, `the fuel`)."""
TRADES = one_of("industry sector industries sectors exporters producers growers makers manufacturers farmers shippers")
"""Who deals in the goods named before."""


def deals(lows: Sequence[str], at: int) -> bool:
    """Whether a token names who deals in the goods before it (`the gas (LNG) exporters`, `the car-making industry`)."""
    if lows[at : at + 1] == ["("] and lows[at + 2 : at + 3] == [")"]:
        at += 3
    at += lows[at : at + 1] in (["manufacturing"], ["processing"], ["export"], ["goods"])
    return at < len(lows) and lows[at] in TRADES


def _moved(lows: Sequence[str], goods: Sequence[Name], subject: Subject) -> str:
    """Goods that a verb of trade leads to across their number (`exported 13.5 million tons of gas`); empty for none."""
    after = [n for n in goods if subject.last <= n.first <= subject.last + 9]
    return after[0].code if after and lows[subject.tail - 1] in _MOVES else ""


def is_reason(lows: Sequence[str], first: int) -> bool:
    """Whether a flow that begins at a token is named as why another changed (`on the back of strong car exports`)."""
    back = lows[max(0, first - 6) : first]
    changed = not _CHANGES.isdisjoint(back[-4:]) and not _REASONS.isdisjoint(back[:-1])
    return changed or not _BECAUSE.isdisjoint(back)


class Theme:
    """What the sentences of a story tell of goods and of trade as a whole."""

    def __init__(self) -> None:
        self.named: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.bare = 0
        self.whole = False
        self.first = ""
        self.opened = False
        self.dealt = ""
        self.taken = ""
        self.weighed = False
        self.priced: set[str] = set()

    def sentence(self, words: Sequence[Token], names: Sequence[Name], subjects: Sequence[Subject]) -> None:
        """Count what one sentence names."""
        goods = [n for n in names if n.role == "product"]
        lows = [w.low for w in words]
        numbered = any(w.kind == "n" for w in words)
        self.dealt = self.dealt or next((n.code for n in goods if deals(lows, n.last)), "")
        self.named.update(n.code for n in goods)
        if numbered:
            self.weighed = self.weighed or not _WEIGHTS.isdisjoint(lows)
            if goods and not _MONEY.isdisjoint(lows):
                self.priced.update(n.code for n in goods)
        for subject in subjects:
            if subject.form in ("weak", "market") or not self.opened and is_reason(lows, subject.first):
                continue
            if subject.products:
                self.told.update(subject.products)
            elif subject.flow in "TB":
                self.whole = self.whole or numbered and not any(s.products for s in subjects)
            else:
                self.bare += 1
            if not self.opened:
                several = LAST if _COMMODITIES & set(lows[: subject.last]) else ""
                named = subject.products[0] if subject.products else _moved(lows, goods, subject)
                self.opened, self.first = True, named or self.dealt or several

    def opens_with(self, product: str) -> None:
        """Take goods that a story opens with, in other words than those of trade, for told of a flow."""
        self.told[product] += 2
        self.taken = product
        if not self.opened:
            self.opened, self.first = True, product

    def by_weight(self) -> frozenset[str]:
        """Goods that the story gives by weight, where it tells tonnes at all: those it sets no money beside."""
        return BULK - self.priced if self.weighed else frozenset()

    def goods(self) -> str:
        """Code of the goods that the story is about, `LAST` where it goes through several, else `TOTAL`.

        A story that tells a balance or the whole of trade is about no goods; nor is one that begins with a flow of all
        goods, unless it names one kind over and over.
        """
        all_of_them = self.named + self.told
        if self.whole or not all_of_them:
            return TOTAL
        if len(all_of_them) > 1:
            specific = Counter({code: n for code, n in all_of_them.items() if code not in GENERIC})
            all_of_them = specific or all_of_them
        code, times = all_of_them.most_common(1)[0]
        often = self.named[code] > _LEAST and self.told[code] > 1
        most = _HALF if code == self.taken else _MOST
        if times >= most * all_of_them.total() and (self.first == code or often):
            return code
        several = sum(self.told.values())
        return LAST if self.first and several >= _LEAST and 2 * several >= self.bare else TOTAL
