"""Whether a number is one that somebody expects, hopes for or promises, and not one that was measured."""

from collections.abc import Sequence

from entrepot.claims.bases import POLLED, is_base, past_print
from entrepot.claims.names import Name
from entrepot.claims.quantity import Quantity
from entrepot.claims.verbs import DOWN, UP
from entrepot.claims.views import View, clause_start
from entrepot.claims.words import one_of

_LEAVING = one_of(
    "leaving shrinking widening narrowing bringing taking pushing lifting sending cutting swelling producing"
)
_TOLD = one_of(
    "rose grew fell dropped declined climbed jumped surged slid shrank slumped was were gained increased decreased "
    "contracted expanded stood came reached totaled totalled edged"
)
_STRONG = one_of("; : but after although though whereas ( ) despite when while")
_AIMS = one_of("will would could target targets")
_NOUNS = one_of("projection forecast target estimate goal")
_BEATING = one_of("than beating exceeding above below missing topping surpassing beat defying")
_WAS = one_of("was at of : + - − figure reading month revised a an upwardly downwardly = stood came")
_BESIDE_IT = one_of("and below above from beating exceeding after than topping over under trailing against vs versus")
_BUT_FOR = one_of("without excluding")
_SIZED = one_of(
    "for of at : a an the about around nearly almost only just some modest smaller larger bigger steeper sharper more "
    "less was were slight small sharp to by + - − 0 annual yearly monthly flat reading figure roughly trade"
)
_THOUGHTS = one_of(
    "expectations expectation forecasts forecast estimates estimate consensus predictions prediction projections "
    "projection poll survey median bets"
)
_OURS = one_of("ours expectations forecast forecasts estimate estimates consensus")
_HOUSES = one_of(
    "bloomberg reuters consensus poll survey median forecast forecasts expected expectation expectations est estimate "
    "estimates exp nomura factset refinitiv lseg barclays ubs hsbc citi analysts economists markets ours projected"
)
"""Who, or what, a bracket gives the expectation of."""
_EXPECTERS = one_of("economists analysts forecasters markets traders pundits strategists economist analyst poll survey")
_FORESAW = one_of("predicted expected forecast forecasted projected anticipated foreseen penciled pencilled estimated")
_EXPECTING = _NOUNS | _THOUGHTS | _OURS | _HOUSES | _EXPECTERS | {"if"}
"""Words of which a sentence with a forecast has one, where it has no name of one."""
NEW_CLAUSE = one_of("; : but while after although though whereas as ( ) because since despite when than")


def is_forecast(view: View, quantity: Quantity, near: Sequence[Name], start: int) -> bool:
    """Forecast words in the clause, or an opening that governs it (`Economists had expected ...`)."""
    if "forecast" not in view.roles and view.said.isdisjoint(_EXPECTING):
        return False
    if _of_aim(view, quantity) or _supposed(view, quantity) or _they_expected(view, quantity):
        return True
    if _printed(view, quantity):
        return False
    if _expected_of(view, quantity) or _polled_in_bracket(view, quantity):
        return True
    near = [n for n in near if not _is_aimed_at(view, n)]
    if any(n.role == "forecast" and not _likely_was(view, n) and _governs(view, n, quantity) for n in near):
        return True
    for name in view.names:
        if name.first >= start:
            break
        bound = view.lows[name.first] in POLLED
        if (
            name.role != "forecast"
            or _is_aimed_at(view, name)
            or not (bound or view.lows[name.first] in _AIMS)
            or _told_since(view, name, quantity)
        ):
            continue
        if _tells_on(view.lows[name.last : quantity.first]):
            continue
        between = set(view.lows[name.last : quantity.first])
        counted = any(q.first >= name.last and q.last <= quantity.first for q in view.quantities)
        if not between & NEW_CLAUSE and not counted or bound and not between & _STRONG and _opens(view, name):
            return not is_base(view, quantity)
    return False


def _tells_on(between: Sequence[str]) -> bool:
    """Whether a colon behind a word of forecasts leads to what was measured (`if less than hoped: they were`)."""
    return ":" in between and not _TOLD.isdisjoint(between[between.index(":") :])


def _supposed(view: View, quantity: Quantity) -> bool:
    """Whether a number stands in a condition that may yet come true (`if exports in December reach $60 billion`)."""
    lows, at = view.lows, quantity.first - 1
    while at >= 0 and quantity.first - at < 16 and lows[at] not in (",", ";", ":", "–", "—", ")", "if"):
        at -= 1
    if at < 0 or lows[at] != "if" or lows[at - 1 : at] in (["as"], ["even"], ["only"]):
        return False
    between = lows[at + 1 : quantity.first]
    return not set(between) & _PAST and not any(low.endswith("ed") for low in between)


def _they_expected(view: View, quantity: Quantity) -> bool:
    """Whether who expected a number stands right behind it (`the $97 billion that 14 economists had predicted`)."""
    lows = view.lows
    ahead = lows[quantity.last : quantity.last + 13]
    stop = next((i for i, low in enumerate(ahead) if low in (",", ";", "(", ")", "and", "but", "while")), len(ahead))
    ahead = ahead[:stop]
    if ahead[:2] == ["having", "been"]:
        return bool(_FORESAW & set(ahead[2:4]))
    who = next((i for i, low in enumerate(ahead) if low in _EXPECTERS), -1)
    if ahead[:1] in (["that"], ["which"]):
        return who > 0 and bool(_FORESAW & set(ahead[who:]))
    back = lows[max(0, quantity.first - 4) : quantity.first]
    seen = any(a == "seen" and b.endswith("ing") for a, b in zip(back, back[1:], strict=False))
    return seen and ahead[:1] == ["by"] and 0 < who < 4  # seen tumbling 5.9 % by economists


_PAST = one_of("was were had did rose fell grew would could looked we you one been")


def _of_aim(view: View, quantity: Quantity) -> bool:
    """Whether what a number tells is an aim (`the $85 billion projection`, `its 7 % non-oil export target`)."""
    lows, at = view.lows, quantity.last
    while at < len(lows) and at - quantity.last < 6 and (lows[at] in _AIMED_AT or lows[at].startswith("non")):
        at += 1
    return at < len(lows) and lows[at] in _NOUNS and lows[at + 1 : at + 2] != ["to"]


_AIMED_AT = one_of(
    "export exports import imports trade growth increase rise annual yearly official government oil gas - and full year"
)


def _printed(view: View, quantity: Quantity) -> bool:
    """Whether a number beside a forecast is one that was out: of an earlier month, as first reported, without goods."""
    lows, at = view.lows, quantity.first - 1
    while at > 0 and (lows[at] in _WAS or lows[at] in ".-−+" or at in view.dated):
        at -= 1
    if at >= 0 and lows[at] in ("prior", "previous", "previously", "prev"):
        return True
    if past_print(view, quantity) or is_base(view, quantity) and _dated(view, quantity) or _had_been(view, quantity):
        return True
    if {"followed", "follows", "following"} & set(lows[max(0, quantity.first - 3) : quantity.first]):
        return True
    if "already" in lows[max(0, quantity.first - 3) : quantity.first]:
        return True  # have already topped $500 billion
    if "reported" in lows[quantity.last : quantity.last + 3] or "reported" in lows[quantity.first - 2 : quantity.first]:
        return True  # from the $63.2 billion originally reported
    if any(lows[m.last : m.last + 1] == ["'s"] and 0 < quantity.first - m.last <= 2 for m in view.dates if m.span):
        return set(lows[max(0, quantity.first - 6) : quantity.first]) & _BESIDE_IT != set()
    gap = lows[quantity.last : quantity.last + 6]
    if "had" in gap and "been" in gap and lows[quantity.first - 1 : quantity.first] == ["the"]:
        return not set(gap[: gap.index("had")]) & {"that", "which", "economists", "analysts", ","}
    start = clause_start(view, quantity.first)
    return (
        "would" in lows[start : quantity.first]
        and "have" in lows[start : quantity.first]
        and bool(_BUT_FOR & set(lows) or lows[quantity.last : quantity.last + 2] == ["but", "for"])
    )


def _had_been(view: View, quantity: Quantity) -> bool:
    """Whether a relative clause in a forecast tells what was before (`which had lost 10 percent in September`)."""
    lows, at = view.lows, quantity.first - 1
    while at >= 0 and quantity.first - at < 8 and lows[at] not in ("which", "that", "where"):
        at -= 1
    between = lows[at + 1 : quantity.first]
    if at < 0 or "had" not in between or {",", ";"} & set(between):
        return False
    return not any(n.role == "forecast" and at < n.first < quantity.last + 4 for n in view.names)


def _expected_of(view: View, quantity: Quantity) -> bool:
    """Whether what was expected is told by its size (`beat hopes for a 5 % rise`, `a consensus of $90 billion`)."""
    lows, at = view.lows, quantity.first - 1
    while at > 0 and quantity.first - at < 9 and (lows[at] in _SIZED or lows[at] in UP or lows[at] in DOWN):
        at -= 1
    if at > 1 and lows[at - 1 : at + 1] == [",", "which"] and lows[at - 2] in _THOUGHTS:
        return True  # and from market forecasts, which were for a 4.8 % drop
    if at > 2 and lows[at - 2 : at] == [",", "which"] and lows[at] in ("stood", "came") and lows[at - 3] in _THOUGHTS:
        return True  # beating expectations, which stood at 6.3 percent
    if at < 0 or lows[at] not in _THOUGHTS or at + 1 == quantity.first:
        return False
    if lows[at + 1] == "at" and lows[at - 1] == "than":
        return True  # higher than forecasts at $49 billion
    return lows[at + 1] in ("for", "of", ":") and not any(at < q.first < quantity.first for q in view.quantities)


def _polled_in_bracket(view: View, quantity: Quantity) -> bool:
    """Whether a bracket after a print gives what was expected (`14.1 % (consensus 21.3 %, Reuters: 20 %)`)."""
    lows, begin = view.lows, quantity.first - 1
    while begin >= 0 and quantity.first - begin < 14 and lows[begin] not in "()":
        begin -= 1
    if begin < 0 or lows[begin] != "(":
        return False
    inside = lows[begin + 1 : quantity.first]
    told = any(q.last <= begin and q.unit == quantity.unit for q in view.quantities)
    if not inside:  # below expectations (15.1 %) but closer to ours (6 %)
        return told and lows[begin - 1] in _OURS
    houses = [i for i, low in enumerate(inside) if low in _HOUSES]
    return told and bool(houses) and (houses[0] == 0 or houses[0] == 1) and not {"prior", "previous"} & set(inside)


def _dated(view: View, quantity: Quantity) -> bool:
    """Whether a number says of which month that is over it is (`from June's $46 billion`, `after 1.3 % in June`)."""
    for mention in view.dates:
        if mention.span is None or mention.role not in ("period", "base"):
            continue
        if view.lows[mention.last : mention.last + 1] == ["'s"] and 0 < quantity.first - mention.last <= 4:
            return True
        gap = view.lows[quantity.last : mention.first] if mention.first >= quantity.last else [","]
        if len(gap) <= 3 and not set(gap) & POLLED and not set(gap) & {",", "for"}:
            return True
    return False


def _is_aimed_at(view: View, name: Name) -> bool:
    """Whether goods are only what somebody aims at (`soybeans, one of the targets of Chinese tariffs`)."""
    lows = view.lows
    if lows[name.first] not in ("target", "targets") or lows[name.last : name.last + 1] != ["of"]:
        return False
    return not any(0 < q.first - name.last <= 4 for q in view.quantities)


def _likely_was(view: View, name: Name) -> bool:
    """Whether `likely` only marks an estimate of what happened (`exports likely rose`), or figures point to it."""
    if view.lows[name.first] == "pointed" and {"data", "figures", "statistics"} & set(
        view.lows[max(0, name.first - 3) : name.first]
    ):
        return True
    after = view.lows[name.last] if name.last < len(view.lows) else ""
    if {"poll", "median", "economists", "polled"} & set(view.lows):
        return False
    return view.lows[name.first] == "likely" and (after.endswith("ed") or after in _TOLD or after in ("grew", "hit"))


def _told_since(view: View, name: Name, quantity: Quantity) -> bool:
    """Whether a clause that tells begins after a forecast (`8 % forecast by analysts, and imports grew 1 %`)."""
    closed = any(0 <= name.first - q.last <= 2 for q in view.quantities)  # against a 0.3 % rise forecast, with ...
    for subject in view.subjects:
        if name.last < subject.first and subject.tail <= quantity.first:
            before_it = view.lows[subject.first - 1]
            if closed and before_it in ("with", "and", "while", ";"):
                return True
            if (
                before_it in _LEAVING
                or before_it in ("a", "the")
                and _LEAVING & set(view.lows[subject.first - 4 : subject.first])
            ):
                return not (view.lows[name.last : name.last + 1] == ["to"] and _opens(view, name))
            opens = before_it in (",", "and", "while", ";")
            told = view.lows[subject.tail : subject.tail + 3]
            if opens and told and "to" not in told and set(told) & _TOLD:
                return True
            if opens and before_it != "," and subject.last == quantity.first:
                return True
    return False


def _opens(view: View, name: Name) -> bool:
    return not any(q.first < name.first for q in view.quantities)


_MODAL = one_of("will would could may might should")


def _governs(view: View, name: Name, quantity: Quantity) -> bool:
    others = [q for q in view.quantities if q is not quantity]
    if name.first >= quantity.last and any(quantity.last <= q.first < name.first for q in others):
        return False
    modal = view.lows[name.first] in _MODAL
    if not modal and name.last <= quantity.first and any(q.first == name.last or q.last == name.first for q in others):
        return False  # a forecast 2.8 % and ...; the $85 billion forecast and ...
    low = view.lows[name.first]
    between = view.lows[name.last : quantity.first]
    if _tells_on(between):
        return False  # growing, if less than hoped: they were 4.4 % higher
    if any(a == "by" and b.endswith("ing") for a, b in zip(between, between[1:], strict=False)):
        return False  # missed the target by rising only 6 %
    if name.first >= quantity.last:
        gap = view.lows[quantity.last : name.first]
        if "and" in gap and any(q.first >= name.last for q in others):
            return False  # $84.8 billion in April and forecasts of $95 billion
        if low in ("will", "would", "could", "may", "might", "likely", "should"):
            return False
        if set(gap) & _BEATING:
            return False
        return len(gap) <= 6
    if low in ("could", "may", "might", "should") and name.first > 0 and view.lows[name.first - 1] in ("that", "which"):
        return True
    return not (low in ("estimates", "survey", "poll", "potential", "outlook") and quantity.first - name.last > 12)
