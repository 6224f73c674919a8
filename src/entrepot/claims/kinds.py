"""Of what kind a number is: a statistic, a forecast, a rate that policy sets, or something other than trade."""

from collections.abc import Sequence
from itertools import zip_longest

from entrepot.claims.forecasts import NEW_CLAUSE, is_forecast
from entrepot.claims.names import Name
from entrepot.claims.nontrade import is_other
from entrepot.claims.quantity import Quantity
from entrepot.claims.spans import Mention, Span
from entrepot.claims.subjects import Subject
from entrepot.claims.views import View, clause_end, clause_start
from entrepot.claims.words import one_of

_TARIFF = one_of("tariff tariffs duty duties levy levies surcharge surtax tax taxes")
_IMPOSED = one_of("impose imposes imposed imposing levied levies levy slapped slaps slapping")
_DUTIES = _TARIFF | _IMPOSED | one_of("put puts putting placed places placing")
_APART = ("policy", "forecast", "other")
"""Roles of names that may make a number one of no statistic of trade."""
_TAXED_STOPS = one_of(", ; while rose fell was were")
_FALLS_ON = one_of(
    "cover covers covered covering to hit hits hitting target targets targeted targeting affect affecting"
)
_TAXED = one_of("goods products imports exports shipments items")
_NOT_OF_DUTY = one_of(", . ; despite from and after as due")


def kind(view: View, quantity: Quantity, subject_near: bool) -> str:
    """`actual`, `forecast`, `policy` or `other`."""
    start, end = clause_start(view, quantity.first), clause_end(view, quantity.first)
    if start and view.lows[start] in (
        "from",
        "ranging",
        "(",
        ":",
        "exceeding",
        "than",
        "topping",
        "surpassing",
        "crossing",
    ):
        start = clause_start(view, start - 1)
    near = [n for n in view.names if start <= n.first < end and n.role in _APART]
    if _is_policy(view, quantity, near, subject_near):
        return "policy"
    if is_forecast(view, quantity, near, start):
        return "forecast"
    if is_other(view, quantity, near, subject_near):
        return "other"
    return "actual"


def _is_policy(view: View, quantity: Quantity, near: Sequence[Name], subject_near: bool) -> bool:
    if "policy" not in view.roles and view.said.isdisjoint(_DUTIES):
        return False
    if quantity.unit not in ("%", "pp", "bp"):
        return len(quantity.unit) == 3 and _taxed(view, quantity)
    if _rates_duty(view.lows[quantity.last : quantity.last + 10]):
        return True
    if view.lows[quantity.last : quantity.last + 1] == ["on"] and _IMPOSED & set(
        view.lows[max(0, quantity.first - 6) : quantity.first]
    ):
        return True  # imposes roughly 32 % on American imports
    if _put_on(view, quantity):
        return True
    if _duty_goes_on(view, quantity):
        return True
    policies = [n for n in near if n.role == "policy"]
    before_it = [n for n in policies if n.last <= quantity.first]
    if not before_it:
        return bool(policies) and not subject_near
    told = (s for s in view.subjects if s.tail <= quantity.first and not _dutiable(view, s))
    return before_it[-1].last > max((s.tail for s in told), default=-1) or not subject_near


def _put_on(view: View, quantity: Quantity) -> bool:
    """Whether a rate is one put on imports (`since Washington put 25 percent on imported vehicles`)."""
    ahead = view.lows[quantity.last : quantity.last + 7]
    put = ahead[:1] == ["on"] and _PUT & set(view.lows[max(0, quantity.first - 5) : quantity.first])
    return bool(put) and bool(_TAXED & set(ahead) or any(low.startswith("import") for low in ahead))


_PUT = one_of("put puts putting placed places placing")


def _duty_goes_on(view: View, quantity: Quantity) -> bool:
    """Whether a duty that a clause began with is told on (`tariffs, which were set at 24 %, are now 15 %`)."""
    lows = view.lows
    told = [n for n in view.names if n.role == "policy" and n.last <= quantity.first]
    if not told:
        return False
    first = next((n for n in told if lows[n.first] in _TARIFF), told[-1])
    at = first.first - 1
    while at >= 0 and (
        lows[at] in _BEFORE_DUTY or any(n.role == "place" and n.first <= at < n.last for n in view.names)
    ):
        at -= 1
    opens = at < 0 or lows[at] in _OPENS_DUTY
    opens = opens or bool(_RATE & set(lows[max(0, quantity.first - 4) : quantity.first]))  # at rates of 7.5 % to 25 %
    pronoun = lows[first.last : first.last + 2] in (["as", "it"], ["as", "they"]) or lows[
        first.last + 1 : first.last + 2
    ] == ["which"]
    if not opens and not pronoun and "which" not in lows[first.last : first.last + 7]:
        return False
    if any(first.last <= s.head < quantity.first and not _dutiable(view, s) for s in view.subjects):
        return False
    verbs = lows[quantity.first - 4 : quantity.first]
    return bool(_SETS & set(verbs))


_BEFORE_DUTY = one_of(
    "the a an its their this that new current import average effective reciprocal blanket punitive of rate"
)
_OPENS_DUTY = one_of(", ; : as when while where and but because although")
_RATE = one_of("rate rates")
_SETS = one_of("to at was were is are been now from by")


def _dutiable(view: View, subject: Subject) -> bool:
    """Whether a flow is only what a duty falls on (`tariffs on $200 billion of Chinese imports rise to 25 %`)."""
    before = [n for n in view.names if n.role == "policy" and n.last <= subject.head]
    gap = view.lows[before[-1].last : subject.head] if before else []
    falls = "on" in gap[:3] or bool(_FALLS_ON & set(gap[:3]))
    return falls and len(gap) <= 12 and not set(gap) & NEW_CLAUSE


def _taxed(view: View, quantity: Quantity) -> bool:
    """Whether an amount is of goods that a duty falls on (`tariffs that cover Chinese products worth $250 billion`)."""
    back = view.lows[max(0, quantity.first - 14) : quantity.first]
    at = max((i for i, low in enumerate(back) if low in _TARIFF), default=-1)
    if at < 0 or set(back[at:]) & _TAXED_STOPS:
        return False
    if "on" in back[at + 1 : at + 7]:
        return True
    ahead = view.lows[quantity.last : quantity.last + 6]
    return (
        bool(_FALLS_ON & set(back[at + 1 :])) and ahead[:1] in (["of"], ["worth"], ["in"]) and bool(_TAXED & set(ahead))
    )


def _rates_duty(follows: Sequence[str]) -> bool:
    """Whether the words after a percentage make it the rate of a duty (`a 10 percent blanket tariff`)."""
    follows = [low for low in follows if low not in "-()"][:5]
    at = next((i for i, low in enumerate(follows) if low in _TARIFF), -1)
    return at >= 0 and not set(follows[:at]) & _NOT_OF_DUTY


# --- what a number measures, where that is no statistic of goods trade ---

_AVERAGE = (
    "on average",
    "average daily",
    "average monthly",
    "daily average",
    "average annual",
    "monthly average",
    "moving average",
)
_PER = (["each", "month"], ["each", "year"], ["each", "day"], ["annually"], ["daily"], ["a", "day"], ["per", "day"],
        ["a", "month"], ["per", "month"], ["per", "year"], ["every", "year"], ["/", "month"], ["/", "day"])  # fmt: skip
_BACK = one_of("ago earlier before prior previously")
_SEVERAL = one_of("two three four five six seven eight nine ten dozen")
_LEADING = one_of("top largest biggest main major leading")
_YEARS_BACK = (["over", "the", "past"], ["over", "the", "last"], ["in", "the", "past"], ["in", "the", "last"],
               ["within", "the", "last"], ["during", "the", "past"], ["for", "the", "past"])  # fmt: skip


def is_average(view: View, quantity: Quantity) -> bool:
    """Whether an amount is an average, or one for each month or year (`some $17 billion each month`)."""
    start = clause_start(view, quantity.first)
    if view.lows[start : start + 1] == ["("] and start:
        start = clause_start(view, start - 1)
    clause = " ".join(view.lows[max(0, start - 3) : quantity.first]) if "average" in view.said else ""
    if any(words in clause for words in _AVERAGE):
        return True
    if {"averaged", "averaging"} & set(view.lows[max(0, quantity.first - 3) : quantity.first]):
        return True
    ahead = view.lows[quantity.last : quantity.last + 3]
    return any(ahead[: len(words)] == words for words in _PER) and not set(ahead) & _BACK


def is_yearly_average(view: View, quantity: Quantity) -> bool:
    """Whether a rate is one of several years, each (`grew 7 % a year on average`, `compound growth of 9 %`)."""
    if _AVERAGED.isdisjoint(view.said):
        return False
    lows, start = view.lows, max(0, quantity.first - 9)
    floor = max((q.last for q in view.quantities if q.last <= quantity.first), default=0)
    back, ahead = lows[max(start, floor) : quantity.first], lows[quantity.last : quantity.last + 6]
    ahead = ahead[: next((i for i, low in enumerate(ahead) if low in _ENDS), len(ahead))]
    if not _COMPOUNDED.isdisjoint(back + ahead):
        return True
    yearly = "annual" in back + ahead[:3] or "yearly" in back + ahead[:3] or _a_year(ahead) or "annually" in ahead[:3]
    return yearly and "average" in back + ahead or _a_year(ahead) and "rate" in back


_COMPOUNDED = one_of("compound compounded cagr")
_AVERAGED = _COMPOUNDED | {"average", "rate"}
_ENDS = one_of(", ; . ( ) and but while")


def _a_year(ahead: Sequence[str]) -> bool:
    return ahead[:2] in (["a", "year"], ["per", "year"], ["per", "annum"], ["each", "year"], ["every", "year"])


def is_of_balance(view: View, quantity: Quantity) -> bool:
    """Whether a share is that of a balance in a flow, which is no part of it (`a deficit of 2.5 % of exports`)."""
    whole = next((s for s in view.subjects if 0 < s.head - quantity.last <= 8), None)
    told = [s for s in view.subjects if s.tail <= quantity.first]
    if view.lows[quantity.last : quantity.last + 1] != ["of"] or whole is None or whole.flow == "B" or not told:
        return False
    return told[-1].flow == "B" and view.lows[quantity.first - 1 : quantity.first] != ["for"]


def adds_to_economy(view: View, quantity: Quantity) -> bool:
    """Whether points are what trade adds to the growth of a country (`exports added 0.6 points to its growth`)."""
    lows = view.lows
    back, ahead = lows[max(0, quantity.first - 8) : quantity.first], lows[quantity.last : quantity.last + 7]
    if quantity.unit != "pp" or not _ADDS & set(back) or not {"growth", "expansion"} & set(ahead):
        return False
    at = next(i for i, low in enumerate(ahead) if low in ("growth", "expansion"))
    near = range(quantity.last, quantity.last + at + 5)
    grown = any(s.head in near for s in view.subjects) or any(n.role == "flow" and n.first in near for n in view.names)
    return not grown and not any(s.products for s in view.subjects if s.tail <= quantity.first)


_ADDS = one_of(
    "added adding adds add contributed contributing contributes subtracted subtracting shaved took taking cut dragged"
)


def is_of_several(view: View, quantity: Quantity) -> bool:
    """Whether a share is that of several partners counted together (`the top 10 countries accounted for 48 %`)."""
    start = clause_start(view, quantity.first)
    clause = view.lows[start : quantity.first]
    if quantity.unit == "%" and view.lows[quantity.last : quantity.last + 1] == ["of"]:
        clause = view.lows[start : quantity.last + 9]
    for i, low in enumerate(clause):
        near = clause[max(0, i - 1) : i] + clause[i + 1 : i + 2]
        if low in _LEADING and any(word in _SEVERAL or word.isdigit() for word in near):
            return True
    return False


def spans_years(view: View, quantity: Quantity, span: Span) -> bool:
    """Whether a rate is growth over several years (`up 24 % in the past three years`, `a 90 % rise from 2001`)."""
    start, end = clause_start(view, quantity.first), clause_end(view, quantity.first)
    words = view.lows[start:end]
    if start < 3 or not any(q.first < start for q in view.quantities):
        words = view.lows[:end]
    for i in range(len(words)) if "years" in words or "decade" in words else ():
        long = words[i + 3 : i + 5] if words[i : i + 3] in _YEARS_BACK else []
        if long[:1] == ["decade"] or long[1:] == ["years"] and long[0] not in ("one", "two"):
            return True
        if words[i : i + 2] == ["years", "ago"] and i and words[i - 1] not in ("two", "of"):
            return True
    if any(_long_since(m, quantity, span) for m in view.dates) or _between(view, quantity, span):
        return True
    if (year := _year_of_base(view, quantity)) and span.last and int(span.last[:4]) - year >= 2:
        return year != 2019
    base = next((m for m in view.dates if m.role == "base" and m.span and 0 <= m.first - quantity.last <= 6), None)
    if base is not None and any(quantity.last <= q.first < base.first for q in view.quantities):
        return False
    opens = [m for m in view.dates if m.span and m.last <= quantity.first and _opens_with(view, m)]
    base = base or (opens[0] if opens else None)
    if base is None or base.span is None or not span.last:
        return False
    years = int(span.last[:4]) - int(base.span.last[:4])
    if span.kind == base.span.kind == "month":
        return years * 12 + int(span.last[5:]) - int(base.span.last[5:]) > 13 and base.span.last[:4] != "2019"
    return years >= 2 and base.span.last[:4] != "2019"


def _year_of_base(view: View, quantity: Quantity) -> int:
    """Year of the amount that a rate leads from (`58.8 % from $9.7 billion in 2020`); 0 for none."""
    base = next((q for q in view.quantities if 0 < q.first - quantity.last <= 3), None)
    if base is None or view.lows[quantity.last] not in ("from", "over") or base.unit in ("%", "pp"):
        return 0
    after = next((m.span for m in view.dates if m.span and 0 <= m.first - base.last <= 2), None)
    return int(after.last[:4]) if after is not None and after.kind in ("year", "month") else 0


def _between(view: View, quantity: Quantity, span: Span) -> bool:
    """Whether a rate is the change from one period to another one (`fell 28 % between May and October`)."""
    if span.kind == "range" and _months(span.last) - _months(span.first) > 12:
        return True
    yearly = any(m.against == "yoy" or m.role == "base" for m in view.dates)
    if span.kind == "range" and _months(span.last) - _months(span.first) > 2 and not _usual(span) and not yearly:
        return True
    start, end = clause_start(view, quantity.first), clause_end(view, quantity.first)
    same = "period" in view.said and "same period" in " ".join(view.lows[start:end])
    told = [m for m in view.dates if m.span]
    for here, after in zip_longest(told, told[1:]):
        led = view.lows[here.first - 1] if here.first else view.lows[0]
        begins = here.first if led in ("between", "from") else here.first + 1
        near = 0 < begins - quantity.last <= 3 or here.first <= 2 and here.last < quantity.first or same
        if not near or not here.span:
            continue
        step = led == "between" or view.lows[here.first] == "between"
        if step and here.span.first != here.span.last and here.span.kind == "range" and not _usual(here.span):
            return True
        if after is None or not after.span or view.lows[here.last : after.first] not in (["and"], ["to"]):
            continue
        if led in ("between", "from") and int(after.span.last[:4]) - int(here.span.last[:4]) > 1:
            return True
    return False


def _months(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7] or 12)


def _usual(span: Span) -> bool:
    """Whether months are a quarter, a half, or those of a year so far, calendar or fiscal."""
    begins, length = int(span.first[5:7]), _months(span.last) - _months(span.first) + 1
    return begins in (1, 4, 7) or length == 3 and begins == 10


def _opens_with(view: View, base: Mention) -> bool:
    """Whether a sentence, or a clause after `however`, opens with what its rates are told against (`Compared with`)."""
    start = clause_start(view, base.first)
    start -= start > 0 and view.lows[start] in ("with", "to")
    return base.role in ("base", "period") and start <= 3 and view.lows[start] in ("compared", "relative", "against")


def _long_since(mention: Mention, quantity: Quantity, span: Span) -> bool:
    """Whether a rate is told since more than two years before (`have risen by 31 % since January 2018`)."""
    if mention.role != "since" or mention.span is None or not 0 <= mention.first - quantity.last <= 1 or not span.last:
        return False
    return int(span.last[:4]) - int(mention.span.last[:4]) > 1


def goods_or_services(view: View, quantity: Quantity) -> str:
    """What a balance is told to be of after its amount (`a $22 billion surplus in the trade of services`)."""
    ahead = view.lows[quantity.last : quantity.last + 7]
    told = [i for i, low in enumerate(ahead) if low in ("services", "goods", "merchandise")]
    if len(told) != 1 or not {"in", "for", "on"} & set(ahead[: told[0]]) or set(ahead[: told[0]]) & NEW_CLAUSE:
        return ""
    if set(ahead[: told[0]]) - _TRADE_OF or ahead[told[0] + 1 : told[0] + 2] == ["and"]:
        return ""
    return "services" if ahead[told[0]] == "services" else "goods"


_TRADE_OF = one_of("a the in for on trade of surplus deficit balance its")
