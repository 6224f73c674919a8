"""Numbers that no office prints of a flow: told by another flow, a peak, another country, a year's pace."""

from entrepot.claims.quantity import Quantity
from entrepot.claims.views import View, clause_start
from entrepot.claims.words import one_of

_COVERS = one_of("cover covers covered covering coverage")
_FLOWS = {"X": one_of("export exports exported"), "M": one_of("import imports imported")}
_APART = one_of("above below under over beneath off from than shy short of up down higher lower")
_PEAKS = one_of("peak peaks peaked high highs record trough troughs")
_PEAK_FILL = _APART | one_of(
    "the its their a an of in than from all - time ever previous earlier old past last pre crisis pandemic covid 19 "
    "recession war post month year yearly monthly multi decade historic historical still at"
)
_PASSED = one_of(
    "ahead behind overtaking overtook surpassing surpassed outpacing outpaced beating beat trailing trailed"
)
_LEADS = one_of("lead ahead behind advantage")
_MORE = one_of("more less fewer higher lower larger smaller bigger greater")
_THOSE = one_of("the that those of in to from with for what its")
_PACE = (["annual", "rate"], ["annual", "pace"], ["annual", "run"], ["yearly", "rate"], ["yearly", "pace"])
_YEARLY = one_of("annualised annualized")
_REACHES = one_of(
    "breach breaching breached cross crossing crossed top topping topped reach reaching reached exceed exceeding "
    "exceeded "
    "post posting achieve achieving surpass surpassing surpassed hit hitting pass passing passed touch touching"
)
_STOPS = one_of(", ; : ( ) and but while")


def is_apart(view: View, quantity: Quantity) -> bool:
    """Whether a number is told by such a measure."""
    return any(not words.isdisjoint(view.said) and told(view, quantity) for told, words in _MEASURES)


def _covers(view: View, quantity: Quantity) -> bool:
    """Whether a rate is of exports by imports (`exports covered 84 % of imports`, `ratio of exports to imports`)."""
    lows = view.lows
    for i in range(quantity.first if quantity.unit == "%" else 0):
        if lows[i] in _COVERS or lows[i] == "ratio":
            near = set(lows[max(0, i - 7) : i + 8]) if lows[i] == "ratio" else set(lows[max(0, i - 4) : i + 9])
            if not (near & _FLOWS["X"] and near & _FLOWS["M"]):
                continue
            told = max(
                (k for k in range(i, min(i + 9, quantity.first)) if lows[k] in _FLOWS["X"] or lows[k] in _FLOWS["M"]),
                default=i,
            )
            if not any(told < s.head < quantity.first for s in view.subjects):
                return True
    return False


def _from_peak(view: View, quantity: Quantity) -> bool:
    """Whether a rate is how far a flow is from a peak of no month told (`5 % below their pre-pandemic peak`)."""
    lows, at = view.lows, quantity.last
    if quantity.unit != "%" or lows[at : at + 1] == [] or lows[at] not in _APART:
        return False
    while at < len(lows) and lows[at] not in _PEAKS:
        dated = at in view.dated
        if lows[at] not in _PEAK_FILL and not dated:
            return False
        at += 1
    near = next((m for m in view.dates if m.span and m.span.kind == "month" and m.last > quantity.last), None)
    if at >= len(lows) or near is None:
        return at < len(lows)
    return near.first > at + 9 or bool({"and", ",", ";"} & set(lows[at : near.first]))


def _against_place(view: View, quantity: Quantity) -> bool:
    """Whether a number is how far one country is from another (`9 million tonnes more than China`)."""
    lows = view.lows
    at = quantity.last
    if lows[at : at + 1] and lows[at] in _MORE and lows[at + 1 : at + 2] == ["than"]:
        return _place_at(view, at + 2)
    back = lows[max(0, quantity.first - 9) : quantity.first]
    if _LEADS & set(back[-4:]) and ({"of", "by"} & set(back[-3:])) and "the" not in back[-2:]:
        return True
    if back[-1:] == ["by"] or back[-2:-1] == ["by"]:
        led = max((i for i, low in enumerate(back) if low in _PASSED), default=-1)
        begin = quantity.first - len(back) + led
        return (
            led >= 0
            and any(n.role == "place" and begin < n.first <= begin + 3 for n in view.names)
            and not any(s.head > begin and s.head < quantity.first for s in view.subjects)
        )
    return quantity.unit == "x" and _times_place(view, quantity)


def _place_at(view: View, at: int) -> bool:
    """Whether a place stands at a token, `that of` and articles apart."""
    while at < len(view.lows) and view.lows[at] in _THOSE:
        at += 1
    roles = ("place", "product") if {"that", "those"} & set(view.lows[at - 3 : at]) else ("place",)
    named = next((n for n in view.names if n.role in roles and n.first == at), None)
    return named is not None and not any(
        m.first <= named.last + 1 and m.last > named.last for m in view.dates if m.span
    )


def _times_place(view: View, quantity: Quantity) -> bool:
    """Whether a multiple is that of what another country trades (`three times as much as Thailand sold`)."""
    lows, at = view.lows, quantity.last
    ahead = lows[at : at + 12]
    end = next((i for i, low in enumerate(ahead) if low in _STOPS), len(ahead))
    as_much = ahead[:1] == ["as"] and "as" in ahead[1:4]
    than = "than" in ahead[:3] or ahead[:1] in (["that"], ["those"], ["its"], ["the"], ["their"]) or as_much
    dated = any(at <= m.first < at + end and (m.span or m.against) for m in view.dates)
    places = [n for n in view.names if n.role == "place" and at <= n.first < at + end]
    counted = any(at <= q.first < at + end for q in view.quantities)  # nearly twice the $9.3 billion from Japan
    return bool(than and places and not dated and not counted)


def _not_reached(view: View, quantity: Quantity) -> bool:
    """Whether an amount is a mark that was not reached (`close to breaching the $100 billion mark`, `yet to cross`)."""
    if len(quantity.unit) != 3:
        return False
    back = view.lows[max(0, quantity.first - 8) : quantity.first]
    at = max((i for i, low in enumerate(back) if low in _REACHES or low == "short"), default=-1)
    if at < 0 or len(back) - at > 5:
        return False
    if back[at] == "short":
        return back[at + 1 : at + 2] == ["of"] and bool(
            {"fell", "falls", "fall", "falling", "stopped"} & set(back[:at])
        )
    led = back[max(0, at - 4) : at]
    return bool({"not", "never", "yet", "failed", "fails"} & set(led)) or "close" in led and back[at].endswith("ing")


def _at_yearly_pace(view: View, quantity: Quantity) -> bool:
    """Whether an amount is what a year would come to at its pace (`an annualised $715 billion`)."""
    lows, start = view.lows, clause_start(view, quantity.first)
    if start and lows[start - 1] == ",":
        start = clause_start(view, start - 1)
    if start and lows[start] == ",":
        start = clause_start(view, start - 1)
    back = lows[max(start, quantity.first - 16) : quantity.first]
    if _YEARLY & set(back[-4:]) or _YEARLY & set(lows[quantity.last : quantity.last + 2]):
        return True
    return quantity.unit != "%" and any(back[i : i + 2] in _PACE for i in range(len(back)))


_MEASURES = (
    (_covers, _COVERS | {"ratio"}),
    (_from_peak, _PEAKS),
    (_against_place, _LEADS | one_of("than by as that those its the their")),
    (_at_yearly_pace, _YEARLY | one_of("annual yearly")),
    (_not_reached, one_of("short not never yet failed fails close")),
)
"""Each such measure, with the words of which its sentence has one."""
