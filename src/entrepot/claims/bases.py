"""Numbers that others are compared with: `up from 1.0 % in October`, `against $90 billion`, a print after a poll's."""

from functools import lru_cache

from entrepot.claims.quantity import Quantity
from entrepot.claims.verbs import MOVES
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_EARLIER = ("year earlier", "year ago", "prior year", "previous year", "month earlier", "year before")
_BASE_INTRO = one_of(
    "having from after following versus vs against "
    "reversing reverses reversed to with v snapping offsetting ending than ahead"
)
_COMPARED = [[w] for w in ("softer", "slower", "faster", "weaker", "stronger", "milder", "steeper", "better", "worse")]
_BASE_FILL = one_of(
    "a an the about around nearly almost just only revised upwardly downwardly of 's previous prior preceding "
    "last month year earlier trade slight modest sharp steep unexpected surprise solid strong small mere tepid weak "
    "record its their over more than by downward upward initially reported robust bigger larger similar deeper "
    "steeper smaller faster slower slightly figure level reading value low high surplus deficit - shortfall gap "
    "balance usd cny rmb eur jpy krw inr $ rs r + € £ ¥ positive negative fiscal peak one been"
) | MOVES  # fmt: skip
_ABOUT = one_of("about around some nearly approximately or equivalent to roughly almost over just")
_PASSING = one_of("surpassing exceeding topping eclipsing")
_COMPARATIVES = one_of("more higher less lower")
_BOUNDED = (["from"], ["against"], ["with"], ["versus"])
_BOUNDS = one_of("above below under")
_TIMES = one_of("double twice triple treble quadruple times half")
_AT_FIRST = one_of("initially originally previously first earlier revised prior previous preliminary")
_LIKENED = one_of("compared relative contrast equal close")
_SOURCES = one_of(
    "originated originating originates arose arising resulted resulting result results stemmed stemming came comes "
    "earned derived"
)
_KEPT = one_of("stop stopped keep kept prevent prevented deter deterred")
_RATIOS = ("%", "pp", "x", "n", "")
_MARKS = (["mark"], ["threshold"], ["milestone"], ["barrier"], ["level"])
_MOVED = one_of("up down")
_FLOWS = one_of("exports imports shipments")
_LEADS_FLOW = one_of("with against versus than and from")
POLLED = one_of(
    "polled poll consensus economists analysts predicted predicts expected expects expect projected projects forecast"
)
"""Words of those who forecast."""


@lru_cache(maxsize=256)
def is_base(view: View, quantity: Quantity) -> bool:
    """Whether a number is what another is compared with (`up from 1.0 % in October`, `against $90 billion`)."""
    if any(n.role == "forecast" and n.last <= quantity.first for n in view.names) and past_print(view, quantity):
        return True
    if (first := converted(view, quantity) or restated(view, quantity)) is not None:
        return is_base(view, first)
    at, steps = quantity.first - 1, 0
    led = view.lows[max(0, at) : at + 1] == ["by"]
    moved = led and view.lows[max(0, at - 1)] in MOVES  # and compared to May 2024 fell by 4.4 %
    if led and any(m.last == at or moved and m.last == at - 1 for m in view.dates):
        return False  # rose from October by 8.2 %
    if led and any(q.last == at for q in view.quantities):
        return False  # rose from $30 billion by $4.9 billion
    if " ".join(view.lows[max(0, at - 1) : at + 1]) in _EARLIER:
        return True
    while at >= 0 and steps < 9:
        settled = _settled(view, quantity, at, steps)
        if settled is not None:
            return settled
        passed = _passed(view, at)
        if passed is None:
            return False
        at, steps = passed[0], steps + passed[1]
    return False


def _settled(view: View, quantity: Quantity, at: int, steps: int) -> bool | None:
    """What the word at `at`, some steps before a number, says of its being a base; None where it says nothing."""
    low, before = view.lows[at], view.lows[at - 1 : at]
    if low == "over" and any(q.unit == "%" and q.last in (at, at - 1) for q in view.quantities):
        return view.lows[at - 1] in _COMPARATIVES or any(q.last == at for q in view.quantities)
    if low == "on" and at and set(view.lows[max(0, at - 2) : at]) & _MOVED and view.lows[at + 1] in ("the", "a"):
        return True  # up slightly on the 7.2 percent growth of
    if low == "on" and any(q.unit == "%" and q.last == at for q in view.quantities):
        led = view.lows[at + 1 : at + 2] in (["the"], ["a"]) or at + 1 == quantity.first
        return led or any(m.first == at + 1 and view.lows[m.last] == "'s" for m in view.dates)  # up 5 % on May's 3
    if low in _TIMES and view.lows[at + 1 : at + 2] in (["the"], ["that"], ["its"]) and steps < 4:
        return True  # double the $14 billion of 2019
    if low == "and" and steps < 4:
        before_it = next((q for q in view.quantities if 0 <= at - q.last <= 2), None)
        return before_it is not None and is_base(view, before_it)
    if low in _BOUNDS and view.lows[at + 1 : at + 2] == ["the"] and steps < 6:
        near = range(at, quantity.last + 4)  # above the 11 million in October; below the previous month's 23 %
        return any(m.first in near and (m.span or m.against and m.role == "base") for m in view.dates)
    if low in ("after", "following", "having") and _of_now(view, quantity, at):
        return False
    if low == "having" and at and view.lows[at - 1].isalpha() and view.lows[at - 1] not in ("after", "despite"):
        return False  # its trade with China having surged 18 %
    if low == "from" and at and (view.lows[at - 1] in _SOURCES or _KEPT & set(view.lows[max(0, at - 9) : at])):
        return False  # a surplus that resulted from $5.6 billion in exports; did not stop exports from rising 5 %
    if low == "to":
        if before == ["equal"] and quantity.unit == "%" and view.lows[quantity.last : quantity.last + 1] == ["of"]:
            return False  # equal to 33.2 % of the total
        nearly = "close" in before and at + 1 == quantity.first  # which is close to $47 billion
        return bool(set(before) & _LIKENED) and not nearly
    if low == "with":
        return before in (["compared"], ["compares"], ["comparing"], ["compare"], ["contrast"], ["contrasts"])
    if low == "than" and before and before[0] in _COMPARATIVES | {"fewer"} and view.lows[at - 2 : at - 1] in _BOUNDED:
        return None  # grew from less than 100 billion
    if low == "having" and before == [","] and _told_yearly(view, quantity):
        return False  # having shrunk 20.1 % from the year-ago period
    if low == "having":
        return quantity.unit != "x"
    sold = [q for q in view.quantities if q.last == at and quantity.unit not in _RATIOS and q.unit not in _RATIOS]
    if low == "from" and at + 1 == quantity.first and sold and _money(sold[0]) != _money(quantity):
        return False  # brought $3.5 billion from 7 million tonnes
    if low in _BASE_INTRO:
        return low != "than" or at < quantity.first - 1 or before in _COMPARED
    if low == "followed":
        return view.lows[at + 1 : at + 2] in (["a"], ["an"], ["the"])  # which followed a 3 percent drop
    if low in _PASSING:
        mark = view.lows[quantity.last : quantity.last + 1]  # exceeding the $25 billion mark; the 2021 record of
        told = any(m.first == at + 1 and view.lows[m.last] == "'s" for m in view.dates)  # exceeding 2023's
        return mark not in _MARKS and (told or view.lows[at + 1 : at + 2] in (["the"], ["its"], ["last"]))
    return None


def _told_yearly(view: View, quantity: Quantity) -> bool:
    """Whether what a rate is measured against stands right after it (`having shrunk 20 % from the year before`)."""
    led = view.lows[quantity.last : quantity.last + 1] in (["from"], ["on"], ["over"], ["against"])
    near = range(quantity.last, quantity.last + 3)
    return led and quantity.unit == "%" and any(m.role == "base" and m.first in near for m in view.dates)


def _of_now(view: View, quantity: Quantity, at: int) -> bool:
    """Whether a rate after `after` is how an amount before it came about (`stood at $155 billion after a 5.5 % gain`).

    Told of another time it is what came before (`after a 5.5 % gain in May`), and so it is beside another rate.
    """
    before = [q for q in view.quantities if q.last <= at]
    if quantity.unit != "%" or not before or not _money(before[-1]) or at - before[-1].last > 8:
        return False
    start = max((i for i in range(before[-1].first) if view.lows[i] in ("and", "while", ";")), default=0)
    if any(q.unit in ("%", "pp") and q.first >= start for q in before):
        return False
    owned = any(at < m.first < quantity.first for m in view.dates)
    after = [m for m in view.dates if 0 <= m.first - quantity.last <= 5]
    return not owned and all(not m.span and m.against == "yoy" for m in after)


def _money(quantity: Quantity) -> bool:
    return len(quantity.unit) == 3 and quantity.unit.isupper()


def _passed(view: View, at: int) -> tuple[int, int] | None:
    """Where to look on after the word at `at`, and the steps that took; None where the search ends there."""
    low = view.lows[at]
    if "respectively" in view.lows[at - 1 : at + 2] and low in (",", "respectively"):
        return at - 1, 0  # from, respectively, $7 billion and $1 billion
    if low == "at" and (month := _month_of_flow(view, at)) is not None:
        return month, 0
    if low == "." and view.lows[at - 1 : at] in (["vs"], ["v"]):
        return at - 1, 0
    dated = any(m.last == at for m in view.dates) or view.lows[at - 1] in _LEADS_FLOW
    if low in _FLOWS and view.lows[at - 1] == "against" and _other_way(view, at):
        return None  # goods worth 73 billion were exported, against imports of 64 billion
    if low in _FLOWS and dated and view.lows[at + 1 : at + 2] == ["of"]:
        return at - 1, 0  # than November exports of $194.8 billion; compared with exports of 6 and imports of 7
    if low in _BASE_FILL or at in view.dated:
        return at - 1, 1
    owner = max((m.last for m in view.dates if m.last <= at and view.lows[m.last] == "'s"), default=-9)
    if at - owner > 2 or not low.isalpha() or low in _FLOWS:
        return None
    return owner - 1, 1  # from 2021's explosive 29.9 %


def _other_way(view: View, at: int) -> bool:
    """Whether only the other flow than that at a token was told before it."""
    said = set(view.lows[:at])
    sold, bought = bool(said & {"exports", "exported"}), bool(said & {"imports", "imported"})
    return sold != bought and (view.lows[at] == "imports") == sold


def _month_of_flow(view: View, at: int) -> int | None:
    """Token before the month whose flow a number is of (`up from May imports from Brazil at 8.9 million tonnes`)."""
    for mention in view.dates:
        words = view.lows[mention.last : at]
        if mention.role == "base" and mention.span and 0 < len(words) <= 4 and words[0] in _FLOWS:
            return mention.first - 1
    return None


@lru_cache(maxsize=64)
def converted(view: View, quantity: Quantity) -> Quantity | None:
    """The amount right before a number in brackets that gives it in another currency; None for none."""
    before = next((q for q in reversed(view.quantities) if q.last <= quantity.first), None)
    if before is None or len(quantity.unit) != 3 or before.unit == quantity.unit:
        return None
    if len(before.unit) != 3 and not (before.unit == "" and before.scale >= 1e6):
        return None  # 41 billion ($3.9 billion), in kroner as before
    gap = view.lows[before.last : quantity.first]
    return before if gap[:1] == ["("] and set(gap[1:]) <= _ABOUT else None


def restated(view: View, quantity: Quantity) -> Quantity | None:
    """The number that one in brackets was at first (`4.7 % (previously 6.7 %)`); None for none."""
    before = next((q for q in reversed(view.quantities) if q.last <= quantity.first), None)
    if before is None or before.unit != quantity.unit:
        return None
    gap = view.lows[before.last : quantity.first]
    opens = next((i for i, low in enumerate(gap[:7]) if low in ("(", "[")), -1)
    dated = any(m.last == before.last + opens for m in view.dates)  # in May (initially 4.7 %)
    told = opens == 0 or opens > 0 and dated
    return before if told and set(gap[opens + 1 : opens + 3]) & _AT_FIRST and len(gap) - opens <= 5 else None


def past_print(view: View, quantity: Quantity) -> bool:
    """Whether a number after a forecast is the print of an earlier month (`and a 0.9 % drop in October`)."""
    lows = view.lows
    if not set(lows[max(0, quantity.first - 3) : quantity.first]) & {"and", "or"}:
        return False
    named = [m.span.last for m in view.dates if m.span and m.first < quantity.first and m.role == "period"]
    if any(m.span and m.last == quantity.first - 1 and lows[m.last] == "'s" for m in view.dates):
        return True  # a 5.4 % forecast and June's 5.8 %
    if any(m.against in ("mom", "yoy") and 0 <= m.first - quantity.last <= 1 for m in view.dates):
        return True  # 7.5 % in a poll and 6.7 % a month earlier
    for mention in view.dates:
        gap = lows[quantity.last : mention.first] if mention.first >= quantity.last else None
        if gap is not None and len(gap) <= 6 and mention.span:
            told = not set(gap) & (POLLED | {",", "and"})
            return told and ("reported" in gap or "recorded" in gap or not named or mention.span.last < max(named))
    return False
