"""Of what kind a number is: a statistic, a forecast, a rate that policy sets, or something other than trade."""

from collections.abc import Sequence

from entrepot.claims.bases import POLLED, is_base, past_print
from entrepot.claims.names import Name
from entrepot.claims.quantity import Quantity
from entrepot.claims.spans import Span
from entrepot.claims.subjects import Subject
from entrepot.claims.views import View, clause_end, clause_start
from entrepot.claims.words import one_of

_TARIFF = one_of("tariff tariffs duty duties levy levies surcharge surtax tax taxes")
_IMPOSED = one_of("impose imposes imposed imposing levied levies levy slapped slaps slapping")
_LEAVING = one_of(
    "leaving shrinking widening narrowing bringing taking pushing lifting sending cutting swelling producing"
)
_TOLD = one_of(
    "rose grew fell dropped declined climbed jumped surged slid shrank slumped was were gained increased decreased "
    "contracted expanded stood came reached totaled totalled edged"
)
_NEW_CLAUSE = one_of("; : but while after although though whereas as ( ) because since despite when than")
_STRONG = one_of("; : but after although though whereas ( ) despite when while")
_NOT_TRADE_WHOLE = one_of(
    "gdp output production economy reserves companies firms respondents economists processing population mining "
    "refining supply supplies capacity demand consumption globally worldwide"
)
_WORLDWIDE = one_of("global world domestic")
_NOT_OF_DUTY = one_of(", . ; despite from and after as due")
_PRICES = one_of("price prices cost costs")
_AIMS = one_of("will would could target targets")
_NOUNS = one_of("projection forecast target estimate goal")
_BEATING = one_of("than beating exceeding above below missing topping surpassing beat defying")


def kind(view: View, quantity: Quantity, subject_near: bool) -> str:
    """`actual`, `forecast`, `policy` or `other`."""
    start, end = clause_start(view, quantity.first), clause_end(view, quantity.first)
    if start and view.lows[start] in ("from", "ranging", "(", "exceeding", "than", "topping", "surpassing", "crossing"):
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
        return len(quantity.unit) == 3 and _taxed(view, quantity)
    if _rates_duty(view.lows[quantity.last : quantity.last + 4]):
        return True
    if view.lows[quantity.last : quantity.last + 1] == ["on"] and _IMPOSED & set(
        view.lows[max(0, quantity.first - 6) : quantity.first]
    ):
        return True  # imposes roughly 32 % on American imports
    policies = [n for n in near if n.role == "policy"]
    before_it = [n for n in policies if n.last <= quantity.first]
    if not before_it:
        return bool(policies) and not subject_near
    told = (s for s in view.subjects if s.tail <= quantity.first and not _dutiable(view, s))
    return before_it[-1].last > max((s.tail for s in told), default=-1) or not subject_near


def _dutiable(view: View, subject: Subject) -> bool:
    """Whether a flow is only what a duty falls on (`tariffs on $200 billion of Chinese imports rise to 25 %`)."""
    before = [n for n in view.names if n.role == "policy" and n.last <= subject.head]
    gap = view.lows[before[-1].last : subject.head] if before else []
    return "on" in gap[:3] and len(gap) <= 12 and not set(gap) & _NEW_CLAUSE


def _taxed(view: View, quantity: Quantity) -> bool:
    """Whether an amount is of goods that a duty falls on (`tariffs on Chinese products worth $250 billion`)."""
    back = view.lows[max(0, quantity.first - 14) : quantity.first]
    at = max((i for i, low in enumerate(back) if low in _TARIFF), default=-1)
    if at < 0 or "on" not in back[at + 1 : at + 7]:
        return False
    return not set(back[at:]) & {",", ";", "while", "rose", "fell", "was", "were"}


def _rates_duty(follows: Sequence[str]) -> bool:
    """Whether the words after a percentage make it the rate of a duty (`a 10 percent blanket tariff`)."""
    at = next((i for i, low in enumerate(follows) if low in _TARIFF), -1)
    return at >= 0 and not set(follows[:at]) & _NOT_OF_DUTY


def _is_forecast(view: View, quantity: Quantity, near: Sequence[Name], start: int) -> bool:
    """Forecast words in the clause, or an opening that governs it (`Economists had expected ...`)."""
    back = set(view.lows[max(0, quantity.first - 4) : quantity.first])
    if any(n.role == "forecast" and n.first == quantity.last for n in near) and view.lows[quantity.last] in _NOUNS:
        return True  # from the previous $84.7 billion projection
    if back & {"previous", "prior"} and not back & {",", "beating", "expected"} or past_print(view, quantity):
        return False
    if is_base(view, quantity) and _dated(view, quantity):
        return False
    if any(n.role == "forecast" and not _likely_was(view, n) and _governs(view, n, quantity) for n in near):
        return True
    for name in view.names:
        if name.first >= start:
            break
        bound = view.lows[name.first] in POLLED
        if (
            name.role != "forecast"
            or not (bound or view.lows[name.first] in _AIMS)
            or _told_since(view, name, quantity)
        ):
            continue
        between = set(view.lows[name.last : quantity.first])
        counted = any(q.first >= name.last and q.last <= quantity.first for q in view.quantities)
        if not between & _NEW_CLAUSE and not counted or bound and not between & _STRONG and _opens(view, name):
            return not is_base(view, quantity)
    return False


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


def _likely_was(view: View, name: Name) -> bool:
    """Whether `likely` only marks an estimate of what already happened (`exports likely rose`)."""
    after = view.lows[name.last] if name.last < len(view.lows) else ""
    return view.lows[name.first] == "likely" and (after.endswith("ed") or after in _TOLD or after in ("grew", "hit"))


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
        if set(gap) & _BEATING:
            return False
        return len(gap) <= 6
    if low in ("could", "may", "might", "should") and name.first > 0 and view.lows[name.first - 1] in ("that", "which"):
        return True
    return not (low in ("estimates", "survey", "poll", "potential", "outlook") and quantity.first - name.last > 12)


def _is_other(view: View, quantity: Quantity, near: Sequence[Name], subject_near: bool) -> bool:
    follows = view.lows[quantity.last : quantity.last + 3]
    if quantity.unit in ("%", "pp") and _of_output(view.lows[quantity.last : quantity.last + 8]):
        return True
    if len(quantity.unit) == 3 and _each_of(view, quantity):
        return True
    if quantity.unit == "pp" and "net" in view.lows[max(0, quantity.first - 8) : quantity.first]:
        return True  # net exports added 1.2 points to growth
    if follows[:1] == ["of"] and quantity.unit == "%":
        whole = _whole(view, quantity)
        if whole & _NOT_TRADE_WHOLE or "market" in whole and whole & _WORLDWIDE:
            return True
    others = [n for n in near if n.role == "other" and not _buyers(view, n) and not _ships_from(view, n)]
    if not view.subjects and any(
        n.role == "other" and n.last <= quantity.first and not _buyers(view, n) for n in view.names
    ):
        return True  # the rupee slid, losing 5 per cent
    if quantity.unit == "%" and _of_economy(view, quantity):
        return True
    if not others:
        return False
    before_it = [n for n in others if n.last <= quantity.first]
    subject = max((s.tail for s in view.subjects if s.tail <= quantity.first), default=-1)
    if before_it and (before_it[-1].last > subject or _price_of(view, before_it[-1])):
        return True
    return bool(not subject_near and (before_it or others[0].first - quantity.last <= 4))


def _whole(view: View, quantity: Quantity) -> set[str]:
    """Words of the whole of a share, as far as its clause goes; none where it is a flow."""
    ahead = view.lows[quantity.last : quantity.last + 8]
    end = next((i for i, low in enumerate(ahead) if low in (",", ";", ".", "(", "and")), len(ahead))
    return set() if any(0 <= s.head - quantity.last < end for s in view.subjects) else set(ahead[:end])


def _of_output(ahead: Sequence[str]) -> bool:
    """Whether a rate or points are of the whole economy (`4.7 points from gross domestic product`)."""
    words = " ".join(ahead)
    return "gdp" in ahead or "gross domestic product" in words or "economic growth" in words


def _of_economy(view: View, quantity: Quantity) -> bool:
    """Whether a rate is that of an economy spoken of before it (`the economy will recover after shrinking 0.2 %`)."""
    told = max((s.tail for s in view.subjects if s.tail <= quantity.first), default=0)
    before = view.lows[told : quantity.first]
    if "economy" not in before or told and before[0] in ("from", "of", "to", "by", "with", "in"):
        return False
    since = before[before.index("economy") + 1 :]
    return bool(set(since) & _GROWS) and not ({"exports", "imports", "trade"} & set(before))


_GROWS = one_of(
    "grew grow grown growing shrank shrink shrinking contracted contracting expanded expanding contract expand"
)


def _each_of(view: View, quantity: Quantity) -> bool:
    """Whether an amount is a mark that several goods or firms passed (`30 items earned over $1 billion each`)."""
    ahead = view.lows[quantity.last : quantity.last + 7]
    back = set(view.lows[max(0, quantity.first - 11) : quantity.first])
    if (
        _ITEMS & back
        and _PASSED & set(view.lows[max(0, quantity.first - 2) : quantity.first])
        and not view.subjects[1:]
    ):
        return True  # 30 items recorded a turnover of over $1 billion
    if "each" not in ahead or set(ahead[: ahead.index("each")]) & {",", ";", "and", "of"}:
        return False
    return bool(_PASSED & set(view.lows[max(0, quantity.first - 4) : quantity.first]))


_ITEMS = one_of("items commodities categories")
_PASSED = one_of("over above exceeding least than beyond topping")


def _ships_from(view: View, name: Name) -> bool:
    """Whether an economy only says whose goods were sold (`shipments from the second-largest economy fell 1 %`)."""
    if view.lows[name.first] != "economy":
        return False
    before = [s for s in view.subjects if s.tail <= name.first]
    gap = view.lows[before[-1].tail : name.first] if before else []
    return gap[:1] in (["from"], ["of"], ["by"], ["in"], ["to"]) and len(gap) <= 9 and not set(gap) & _NEW_CLAUSE


def _price_of(view: View, name: Name) -> bool:
    """Whether what follows is only what something is the price of (`the average price of goods exported`)."""
    return view.lows[name.last - 1] in _PRICES and view.lows[name.last : name.last + 1] == ["of"]


def _buyers(view: View, name: Name) -> bool:
    """Whether people are those of a place (`American consumers`), who buy."""
    people = view.lows[name.first] in ("consumers", "firms", "companies", "households", "factories")
    return people and any(n.last == name.first and n.role == "place" for n in view.names)


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
        ["a", "month"], ["per", "month"], ["per", "year"], ["every", "year"])  # fmt: skip
_BACK = one_of("ago earlier before")
_SEVERAL = one_of("two three four five six seven eight nine ten dozen")
_LEADING = one_of("top largest biggest main major leading")
_YEARS_BACK = (["over", "the", "past"], ["over", "the", "last"], ["in", "the", "past"], ["in", "the", "last"],
               ["within", "the", "last"], ["during", "the", "past"], ["for", "the", "past"])  # fmt: skip


def is_average(view: View, quantity: Quantity) -> bool:
    """Whether an amount is an average, or one for each month or year (`some $17 billion each month`)."""
    start = clause_start(view, quantity.first)
    if view.lows[start : start + 1] == ["("] and start:
        start = clause_start(view, start - 1)
    clause = " ".join(view.lows[max(0, start - 3) : quantity.first])
    if any(words in clause for words in _AVERAGE):
        return True
    ahead = view.lows[quantity.last : quantity.last + 3]
    return any(ahead[: len(words)] == words for words in _PER) and not set(ahead) & _BACK


def is_of_several(view: View, quantity: Quantity) -> bool:
    """Whether a share is that of several partners counted together (`the top 10 countries accounted for 48 %`)."""
    start = clause_start(view, quantity.first)
    clause = view.lows[start : quantity.first]
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
    for i in range(len(words)):
        long = words[i + 3 : i + 5] if words[i : i + 3] in _YEARS_BACK else []
        if long[:1] == ["decade"] or long[1:] == ["years"] and long[0] not in ("one", "two"):
            return True
        if words[i : i + 2] == ["years", "ago"] and i and words[i - 1] not in ("two", "of"):
            return True
    base = next((m for m in view.dates if m.role == "base" and m.span and 0 <= m.first - quantity.last <= 6), None)
    if base is None or base.span is None or not span.last:
        return False
    if any(quantity.last <= q.first < base.first for q in view.quantities):
        return False
    years = int(span.last[:4]) - int(base.span.last[:4])
    if span.kind == base.span.kind == "month":
        return years * 12 + int(span.last[5:]) - int(base.span.last[5:]) > 13 and base.span.last[:4] != "2019"
    return years >= 2 and base.span.last[:4] != "2019"


def goods_or_services(view: View, quantity: Quantity) -> str:
    """What a balance is told to be of after its amount (`a $22 billion surplus in the trade of services`)."""
    ahead = view.lows[quantity.last : quantity.last + 7]
    told = [i for i, low in enumerate(ahead) if low in ("services", "goods", "merchandise")]
    if len(told) != 1 or not {"in", "for", "on"} & set(ahead[: told[0]]) or set(ahead[: told[0]]) & _NEW_CLAUSE:
        return ""
    if set(ahead[: told[0]]) - _TRADE_OF or ahead[told[0] + 1 : told[0] + 2] == ["and"]:
        return ""
    return "services" if ahead[told[0]] == "services" else "goods"


_TRADE_OF = one_of("a the in for on trade of surplus deficit balance its")
