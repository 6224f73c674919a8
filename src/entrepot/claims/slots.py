"""What surrounds one number: clause, direction, qualifier, kind and measure, read from the words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from entrepot.claims.names import Name
from entrepot.claims.numbers import Quantity
from entrepot.claims.spans import Mention
from entrepot.claims.subjects import Subject
from entrepot.claims.words import Token, one_of


@dataclass(frozen=True, slots=True)
class View:
    """One sentence with everything found in it; `segment[i]` numbers the clause of token i."""

    words: Sequence[Token]
    lows: list[str]
    names: Sequence[Name]
    dates: Sequence[Mention]
    quantities: Sequence[Quantity]
    subjects: Sequence[Subject]
    segment: Sequence[int]


UP = one_of(
    "rose rise rises risen rising increase increased increases increasing up grew grow grows grown growing "
    "growth gain gained gains gaining climb climbed climbing climbs jump jumped jumps jumping surge surged "
    "surges surging soar soared soars soaring expand expanded expands expanding expansion widen widened "
    "widening widens advance advanced higher more leapt leap leaped spiked spike rebounded rebound rebounding "
    "accelerated uptick edged-up improved improvement rally rallied swelled ballooned skyrocketed upturn ticked "
    "recovered leaped bounced mushroomed multiplied strengthened increments bigger larger above faster added swell "
    "swelling"
)
DOWN = one_of(
    "fell fall falls fallen falling drop dropped drops dropping decline declined declines declining decrease "
    "decreased decreases decreasing down shrank shrink shrunk shrinking contract contracted contraction "
    "contracting slump slumped slumps slumping plunge plunged plunges plunging plummet plummeted plummeting "
    "tumble tumbled tumbling slid slide slides sliding dip dipped dips dipping narrowed narrow narrowing "
    "narrows reduced reduction lower less sank sink sinking retreat retreated weakened lost crashed dive dived "
    "sagged tanked withered swooned shrunken lessened nosedived collapsed collapse "
    "collapsing downturn cratered negative smaller below shed crash minus slipped "
    "slip slips slipping softened softening receded dwindled skidded diminished waned ebbed cut"
)
_PACE = one_of(
    "slowed slowing slow eased easing cooled cooling moderated moderating quickened accelerated accelerating "
    "decelerated"
)
VERBS = UP | DOWN | one_of(
    "was were is are reached totaled totalled hit stood came amounted posted recorded exceeded remained "
    "inched edged ticked crept nudged moved went brought fetched earned touched generated grossed netted "
    "raked contributed spent took "
    "accounted saw had has showed registered logged valued worth accelerated slowed eased registering totalling "
    "totaling reaching hitting standing surpassed crossed topped made contributed represented picked remain "
    "remains"
)  # fmt: skip
_TO = one_of("to at of")
QUALIFIERS = {
    **dict.fromkeys(
        ("about", "around", "roughly", "approximately", "some", "circa", "estimated", "approx", "or so"), "about"
    ),
    **dict.fromkeys(
        ("nearly", "almost", "close to", "just under", "just below", "just shy of", "nearing", "approaching"), "nearly"
    ),
    **dict.fromkeys(
        ("over", "more than", "above", "exceeding", "exceeded", "at least", "surpassing", "surpassed", "past"), "over"
    ),
    **dict.fromkeys(
        (
            "passed",
            "breached",
            "topping",
            "topped",
            "crossed",
            "crossing",
            "in excess of",
            "upwards of",
            "higher than",
            "exceeds",
        ),
        "over",
    ),
    **dict.fromkeys(
        ("just over", "slightly more than", "a little over", "just above", "well over", "no less than"), "over"
    ),
    **dict.fromkeys(
        ("less than", "under", "below", "fewer than", "lower than", "not more than", "no more than"), "under"
    ),
}
_QUALIFIER_SKIP = one_of(
    "a an the record of only just by to at reach reaching hit still also have has as much very mark another"
)
_SHARE_BEFORE = one_of(
    "accounted accounting account accounts made making represented representing share proportion comprised comprising "
    "constituted constituting represents makes comprises constitutes making portion weight"
)
_SHARE_NOUN = one_of("share proportion weight portion ratio")
_CHANGE_BY = one_of(
    "by up down rose fell increased decreased widened narrowed grew dropped declined jumped or shrank climbed "
    "surged gained"
)
_FORECAST_BOUND = one_of(
    "polled poll consensus economists analysts predicted predicts expected expects expect projected projects forecast"
)
_TARIFF = one_of("tariff tariffs duty duties levy levies surcharge surtax")


def before(view: View, i: int, stop: int = 0) -> Sequence[str]:
    """Words before token i, nearest first, down to token `stop`."""
    return view.lows[i - 1 :: -1][: i - stop] if i > stop else []


def clause_start(view: View, i: int) -> int:
    """First token of the clause that token i stands in."""
    number = view.segment[i]
    while i > 0 and view.segment[i - 1] == number:
        i -= 1
    return i


def clause_end(view: View, i: int) -> int:
    """Token after the clause that token i stands in."""
    number = view.segment[i]
    while i < len(view.lows) and view.segment[i] == number:
        i += 1
    return i


def qualifier(view: View, quantity: Quantity) -> str:
    """`exact`, `about`, `nearly`, `over` or `under`, from the words just before a number.

    `over` after a verb of change (`up over 5 %`) is read the same; `up above` and other places are not looked at.
    """
    at = quantity.first
    if is_base(view, quantity) and view.lows[at - 1 : at] == ["over"]:
        return "exact"
    for _ in range(5):
        for size in (3, 2, 1):
            words = " ".join(view.lows[at - size : at]) if at >= size else ""
            if words in QUALIFIERS:
                return QUALIFIERS[words] if words != "past" or view.lows[at - 2 : at - 1] != ["the"] else "exact"
        if at > 0 and view.lows[at - 1] in _QUALIFIER_SKIP:
            at -= 1
        else:
            break
    after = " ".join(view.lows[quantity.last : quantity.last + 2])
    return "about" if after == "or so" else "over" if after in ("or more", "plus") else "exact"


def direction(view: View, quantity: Quantity) -> int | None:
    """+1 or -1 from the word of change that governs a number; None where there is none in its clause."""
    first, last = quantity.first, quantity.last
    if (
        first
        and view.lows[first - 1] in ("-", "−", "–")
        and (first < 2 or view.words[first - 1].gap or view.lows[first - 2] == "(")
    ) and not view.words[first].gap:
        return -1
    if view.lows[last : last + 2] == ["short", "of"]:
        return -1
    if first and view.lows[first - 1] in ("minus", "negative"):
        return -1
    if first and view.lows[first - 1] == "+":
        return 1
    for at in range(last, min(last + 4, len(view.lows))):
        if view.segment[at] != view.segment[max(last - 1, 0)]:
            break
        low = view.lows[at]
        if low in ("in", "from", "of", "to", "for", "and", "on", "than", "with", "at"):
            break
        if low in _SHORT_OF and view.lows[at + 1 : at + 2] in _SHORTS:
            break
        if low in UP or low in DOWN:
            return 1 if low in UP else -1
    stop = clause_start(view, first)
    while stop and view.lows[stop] == "(":
        stop = clause_start(view, stop - 1)
    floor = max((q.last for q in view.quantities if q.last <= first), default=0)
    while (
        stop > floor and view.lows[stop] == "," and not any(s.first >= stop and s.tail <= first for s in view.subjects)
    ):
        stop = clause_start(view, stop - 1)  # imports grew unexpectedly, by 3 %
    for at in range(first - 1, max(stop, floor) - 1, -1):
        low = view.lows[at]
        if low in _SHORT_OF and view.lows[at + 1 : at + 2] in _SHORTS:
            continue
        if low == "off" and at >= first - 2:
            return -1
        if low in ("eased", "easing", "ease", "cooled") and at == first - 1:
            return -1
        if low in _PACE:
            return _noun_of_pace(view, at)
        if low in DOWN and not (low in ("below", "less") and at == first - 1):
            return -1
        if low in UP and not (low in ("above", "more", "higher", "growing", "growth") and _turned(view, at, stop)):
            if low in ("growth", "improved") and _turned(view, at, stop):
                continue
            return 1
    return None


_SHORT_OF = one_of("fell fall falls falling dropped came")
_SHORTS = [[w] for w in ("short", "below", "within", "well", "far", "shy")]


def _turned(view: View, at: int, stop: int) -> bool:
    """Whether a word of growth is itself said to be negative (`negative growth of 3 %`)."""
    return view.lows[at - 1 : at] == ["negative"] if at > stop else False


def _noun_of_pace(view: View, at: int) -> int:
    """Sign of a rate that slowed or quickened: that of the noun before it (`the decline slowed to`)."""
    for low in before(view, at, max(at - 5, 0)):
        if low in DOWN:
            return -1
    return 1


def is_base(view: View, quantity: Quantity) -> bool:
    """Whether a number is what another is compared with (`up from 1.0 % in October`, `against $90 billion`)."""
    if any(n.role == "forecast" and n.last <= quantity.first for n in view.names) and _past_print(view, quantity):
        return True
    at = quantity.first - 1
    steps = 0
    if " ".join(view.lows[max(0, at - 1) : at + 1]) in _EARLIER:
        return True
    while at >= 0 and steps < 9:
        low = view.lows[at]
        if low == "over" and any(q.last == at and q.unit == "%" for q in view.quantities):
            return True
        if low == "and" and steps < 4:
            before_it = next((q for q in view.quantities if 0 <= at - q.last <= 2), None)
            return before_it is not None and is_base(view, before_it)
        if low in _BASE_INTRO:
            if low == "to":
                return bool(set(view.lows[max(0, at - 1) : at]) & {"compared", "relative", "contrast"})
            if low == "with":
                return view.lows[at - 1 : at] in (["compared"], ["compares"], ["comparing"])
            return low != "than" or at < quantity.first - 1 or view.lows[at - 1 : at] in _COMPARED
        if low == "." and view.lows[at - 1 : at] in (["vs"], ["v"]):
            at -= 1
            continue
        if low not in _BASE_FILL and not any(m.first <= at < m.last for m in view.dates):
            return False
        at, steps = at - 1, steps + 1
    return False


_EARLIER = ("year earlier", "year ago", "prior year", "previous year", "month earlier", "year before")
_BASE_INTRO = one_of(
    "from after following versus vs against reversing reverses reversed to with v snapping offsetting ending than ahead"
)
_COMPARED = [[w] for w in ("softer", "slower", "faster", "weaker", "stronger", "milder", "steeper", "better", "worse")]
_BASE_FILL = one_of(
    "a an the about around nearly almost just only revised upwardly downwardly of 's previous prior preceding "
    "last month year earlier slight modest sharp steep unexpected surprise solid strong small mere tepid weak "
    "record its their over more than by downward upward initially reported robust bigger larger similar deeper "
    "steeper smaller faster slower slightly figure level reading value low high surplus deficit -"
) | (UP | DOWN)  # fmt: skip


def kind(view: View, quantity: Quantity, subject_near: bool) -> str:
    """`actual`, `forecast`, `policy` or `other`."""
    start, end = clause_start(view, quantity.first), clause_end(view, quantity.first)
    if start and view.lows[start] in ("from", "ranging", "("):
        start = clause_start(view, start - 1)
    near = [n for n in view.names if start <= n.first < end]
    if _is_policy(view, quantity, near, subject_near):
        return "policy"
    if _is_forecast(view, quantity, near, start):
        return "forecast"
    if _is_other(view, quantity, near, subject_near):
        return "other"
    return "actual"


def _is_policy(view: View, quantity: Quantity, near: Sequence[Name], subject_near: bool) -> bool:
    if quantity.unit not in ("%", "pp", "bp"):
        return False
    follows = view.lows[quantity.last : quantity.last + 4]
    for offset, low in enumerate(follows):
        if low in _TARIFF and not set(follows[:offset]) & {
            ",",
            ".",
            ";",
            "despite",
            "from",
            "and",
            "after",
            "as",
            "due",
        }:
            return True
        if low in (
            "import",
            "punitive",
            "additional",
            "average",
            "blanket",
            "reciprocal",
            "baseline",
            "us",
            "standard",
        ):
            continue
    policies = [n for n in near if n.role == "policy"]
    if not policies:
        return False
    before_it = [n for n in policies if n.last <= quantity.first]
    if not before_it:
        return not subject_near
    nearest = before_it[-1]
    subject = max((s.tail for s in view.subjects if s.tail <= quantity.first), default=-1)
    return nearest.last > subject or not subject_near


def _is_forecast(view: View, quantity: Quantity, near: Sequence[Name], start: int) -> bool:
    """Forecast words in the clause, or an opening that governs it (`Economists had expected ...`)."""
    back = view.lows[max(0, quantity.first - 4) : quantity.first]
    if set(back) & {"previous", "prior"} and not set(back) & {",", "beating", "expected"}:
        return False
    if _past_print(view, quantity):
        return False
    if any(n.role == "forecast" and not _likely_was(view, n) and _governs(view, n, quantity) for n in near):
        return True
    for name in view.names:
        if name.first >= start:
            break
        if name.role != "forecast" or view.lows[name.first] not in _FORECAST_BOUND | {
            "will",
            "would",
            "could",
            "target",
            "targets",
        }:
            continue
        between = view.lows[name.last : quantity.first]
        if _told_since(view, name, quantity):
            continue
        if not set(between) & _NEW_CLAUSE and not any(
            q.first >= name.last and q.last <= quantity.first for q in view.quantities
        ):
            return not is_base(view, quantity)
        if view.lows[name.first] in _FORECAST_BOUND and not set(between) & _STRONG and _opens(view, name):
            return not is_base(view, quantity)
    return False


def _likely_was(view: View, name: Name) -> bool:
    """Whether `likely` only marks an estimate of what already happened (`exports likely rose`)."""
    after = view.lows[name.last] if name.last < len(view.lows) else ""
    return view.lows[name.first] == "likely" and (after.endswith("ed") or after in _TOLD or after in ("grew", "hit"))


def _past_print(view: View, quantity: Quantity) -> bool:
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
            told = not set(gap) & (_FORECAST_BOUND | {",", "and"})
            return told and ("reported" in gap or "recorded" in gap or not named or mention.span.last < max(named))
    return False


def _told_since(view: View, name: Name, quantity: Quantity) -> bool:
    """Whether a clause that tells begins after a forecast (`8 % forecast by analysts, and imports grew 1 %`)."""
    closed = any(0 <= name.first - q.last <= 2 for q in view.quantities)  # against a 0.3 % rise forecast, with ...
    for subject in view.subjects:
        if name.last < subject.first and subject.tail <= quantity.first:
            before_it = view.lows[subject.first - 1]
            if closed and before_it in ("with", "and", "while", ";"):
                return True
            if before_it in _LEAVING:
                return True
            opens = before_it in (",", "and", "while", ";")
            told = view.lows[subject.tail : subject.tail + 3]
            if opens and told and "to" not in told and set(told) & _TOLD:
                return True
            if opens and before_it != "," and subject.last == quantity.first:
                return True
    return False


_LEAVING = one_of(
    "leaving shrinking widening narrowing bringing taking pushing lifting sending cutting swelling producing"
)
_TOLD = one_of(
    "rose grew fell dropped declined climbed jumped surged slid shrank slumped was were gained increased decreased "
    "contracted expanded stood came reached totaled totalled edged"
)
_NEW_CLAUSE = one_of("; : but while after although though whereas as ( ) because since despite when than")
_STRONG = one_of("; : but after although though whereas ( ) despite when while")


def _opens(view: View, name: Name) -> bool:
    return not any(q.first < name.first for q in view.quantities)


def _governs(view: View, name: Name, quantity: Quantity) -> bool:
    others = [q for q in view.quantities if q is not quantity]
    if name.first >= quantity.last and any(quantity.last <= q.first < name.first for q in others):
        return False
    if name.last <= quantity.first and any(q.first == name.last or q.last == name.first for q in others):
        return False  # a forecast 2.8 % and ...; the $85 billion forecast and ...
    low = view.lows[name.first]
    if name.first >= quantity.last:
        gap = view.lows[quantity.last : name.first]
        if "and" in gap and any(q.first >= name.last for q in others):
            return False  # $84.8 billion in April and forecasts of $95 billion
        if low in ("will", "would", "could", "may", "might", "likely", "should"):
            return False
        if set(gap) & {
            "than",
            "beating",
            "exceeding",
            "above",
            "below",
            "missing",
            "topping",
            "surpassing",
            "beat",
            "defying",
        }:
            return False
        return len(gap) <= 6
    if low in ("could", "may", "might", "should") and name.first > 0 and view.lows[name.first - 1] in ("that", "which"):
        return True
    return not (low in ("estimates", "survey", "poll", "potential", "outlook") and quantity.first - name.last > 12)


def _is_other(view: View, quantity: Quantity, near: Sequence[Name], subject_near: bool) -> bool:
    follows = view.lows[quantity.last : quantity.last + 3]
    if quantity.unit in ("%", "pp") and "gdp" in view.lows[quantity.last : quantity.last + 7]:
        return True
    if quantity.unit == "pp" and "net" in view.lows[max(0, quantity.first - 8) : quantity.first]:
        return True  # net exports added 1.2 points to growth
    if (
        follows[:1] == ["of"]
        and quantity.unit == "%"
        and set(view.lows[quantity.last : quantity.last + 6]) & _NOT_TRADE_WHOLE
    ):
        return True
    others = [n for n in near if n.role == "other" and not _buyers(view, n)]
    if not view.subjects and any(
        n.role == "other" and n.last <= quantity.first and not _buyers(view, n) for n in view.names
    ):
        return True  # the rupee slid, losing 5 per cent
    if not others:
        return False
    before_it = [n for n in others if n.last <= quantity.first]
    subject = max((s.tail for s in view.subjects if s.tail <= quantity.first), default=-1)
    if before_it and before_it[-1].last > subject:
        return True
    return bool(not subject_near and (before_it or others[0].first - quantity.last <= 4))


def _buyers(view: View, name: Name) -> bool:
    """Whether people are those of a place (`American consumers`), who buy."""
    people = view.lows[name.first] in ("consumers", "firms", "companies", "households", "factories")
    return people and any(n.last == name.first and n.role == "place" for n in view.names)


_NOT_TRADE_WHOLE = one_of(
    "gdp output production economy reserves companies firms respondents economists processing population"
)


def is_share(view: View, quantity: Quantity) -> bool:
    """Whether a percentage is a part of a whole."""
    start = clause_start(view, quantity.first)
    floor = max((q.last for q in view.quantities if q.last <= quantity.first), default=0)
    back = view.lows[max(start, floor, quantity.first - 12) : quantity.first]
    ahead = view.lows[quantity.last : quantity.last + 4]
    if ahead[:1] == ["of"]:
        if any(m.first - quantity.last in (1, 2) for m in view.dates):
            return False  # less than the 32.3 % of April
        return not set(back[-3:]) & {"growth", "rate"}
    if ahead[:1] == ["share"]:
        return True
    if set(back) & _SHARE_BEFORE and not (set(back[-3:]) & (UP | DOWN) and not set(back) & _SHARE_NOUN):
        words = set(back)
        if words & _SHARE_NOUN:
            return True
        return bool(words & {"for", "up", "of", "accounting", "accounted"} or words & _SHARE_BEFORE)
    return False


def is_surplus(view: View, quantity: Quantity) -> int:
    """+1 where a number is how much more was sold than bought (`exported $4 billion more than it imported`)."""
    ahead = view.lows[quantity.last : quantity.last + 7]
    if passed := _passed_by(view, quantity):
        return passed
    if "than" not in ahead[1:4] or not set(ahead[:2]) & {"more", "less"}:
        return 0
    bought = set(ahead) & {"imported", "bought", "imports", "purchased"}
    sold = set(ahead) & {"exported", "sold", "exports"}
    if bool(bought) == bool(sold):
        return 0
    before_it = set(view.lows[max(0, quantity.first - 6) : quantity.first])
    if not before_it & ({"exported", "sold", "shipped", "exports"} if bought else {"imported", "bought", "imports"}):
        return 0
    return (1 if bought else -1) * (1 if "more" in ahead[:2] else -1)


def _passed_by(view: View, quantity: Quantity) -> int:
    """+1 where what was sold exceeded what was bought by a number, -1 the other way round, 0 for neither."""
    back = view.lows[max(0, quantity.first - 40) : quantity.first]
    at = max((i for i, low in enumerate(back) if low in _PASSED), default=-1)
    if at < 0 or not back or back[-1] not in ("by", "about", "nearly", "almost", "over") or "by" not in back[-3:]:
        return 0
    ahead, behind = set(back[at:]), set(back[:at])
    if ahead & _BOUGHT and behind & _SOLD:
        return 1
    return -1 if ahead & _SOLD and behind & _BOUGHT else 0


_PASSED = one_of("exceeded exceeding outstripped outstripping outweighed surpassed topped")
_SOLD = one_of("sold exports exported sales")
_BOUGHT = one_of("purchased bought imports imported purchases")


def is_change(view: View, quantity: Quantity) -> bool:
    """Whether an amount is how much a level changed (`up $8.4 billion`), not what it reached."""
    at = quantity.first - 1
    while at >= 0 and (
        view.lows[at] in ("a", "an", "the", "about", "nearly", "almost", "only", "just", "around", "some")
    ):
        at -= 1
    if at < 0:
        return False
    low = view.lows[at]
    if low == "up" and view.lows[at - 1 : at] in (["snapped"], ["bought"], ["scooped"], ["made"], ["took"]):
        return False
    if view.lows[quantity.last : quantity.last + 1] and view.lows[quantity.last] in ("more", "less", "higher", "lower"):
        return view.lows[quantity.last + 1 : quantity.last + 2] == ["than"] or low in ("was", "were", ",")
    if view.lows[quantity.last : quantity.last + 1] and view.lows[quantity.last] in (
        "increase",
        "decrease",
        "drop",
        "decline",
        "rise",
        "jump",
        "fall",
    ):
        return True
    if low == "or":
        return any(
            q.unit in ("%", "pp") and 0 <= quantity.first - q.last <= 4 and not is_share(view, q)
            for q in view.quantities
        )
    if low == "by":
        return bool(set(view.lows[max(0, at - 4) : at]) & (UP | DOWN))
    if low == "of":
        back = view.lows[max(0, at - 9) : at]
        changes = {"increase", "decrease", "rise", "drop", "decline", "fall", "reduction"}
        return bool(set(back[-1:]) & changes or set(back) & changes and "in" in back)
    return low in _CHANGE_BY and low not in ("by", "or")
