"""Clauses that set a number of another time beside those of now: `where August had seen 4.9 %`."""

from functools import lru_cache

from entrepot.claims import views
from entrepot.claims.quantity import Quantity
from entrepot.claims.spans import Mention
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_SETS = one_of("where when while whereas")
_TELLS = one_of("had was were been saw brought showed has")
_BEFORE_TIME = one_of("the in that those figure of for it they a an still even as back")
_SIGNS = one_of(": - + − was were")
_RECORDS = one_of("record peak high mark best")
_FIGURES = one_of("that those one")
_SET = one_of("set reached recorded posted hit marked logged registered achieved seen")
_OWNED = one_of("clip pace rate rise gain fall drop decline increase jump growth")
_BREAKS = one_of("; and while whereas but - – —")
_CHANGES = one_of(
    "rise fall gain drop decline increase decrease growth surge jump slump dip expansion contraction pace"
)
_DEGREES = one_of(
    "equally weak strong small sharp revised upwardly downwardly modest steep unexpected robust already very record "
    "big large huge slight massive smaller larger bigger"
)
MOST_BETWEEN = 7
"""Words between the owner of a number and the number, at most."""


@lru_cache(maxsize=256)
def other_time(view: View, quantity: Quantity) -> Mention | None:
    """The earlier time that the words before a number say it is of; None where it is of the time spoken of."""
    told = _owner(view, quantity) or _bracketed(view, quantity) or _set_beside(view, quantity)
    told = (
        told
        or _that_of(view, quantity)
        or _followed(view, quantity)
        or _whose(view, quantity)
        or _of_record(view, quantity)
    )
    return told or _dated_in_bracket(view, quantity) or _again_in_bracket(view, quantity)


@lru_cache(maxsize=64)
def other_times(view: View) -> tuple[Mention, ...]:
    """The mentions of a sentence that only date a number set beside those of now."""
    return tuple(m for q in view.quantities if (m := other_time(view, q)) is not None)


def _that_of(view: View, quantity: Quantity) -> Mention | None:
    """The time of a clause on another figure (`that of the same quarter of 2012 had been a slim $660 million`)."""
    if _FIGURES.isdisjoint(view.said):
        return None
    for mention in view.dates:
        between, at = view.lows[mention.last : quantity.first], mention.first - 1
        while at > 0 and view.lows[at] in ("the", "same", "a"):
            at -= 1
        led = at > 0 and view.lows[at] in ("of", "for", "in") and view.lows[at - 1] in _FIGURES
        close = 0 < len(between) <= 6 and bool(_TELLS & set(between[:2]))
        if led and close and mention.role in ("period", "base"):
            return mention
    return None


def _followed(view: View, quantity: Quantity) -> Mention | None:
    """The time of a number that another followed (`A 1.1 % fall in October was followed by a 5.9 % rise`)."""
    if "followed" not in view.said:
        return None
    for mention in view.dates:
        after = view.lows[mention.last : mention.last + 3]
        near = 0 <= mention.first - quantity.last <= 8 and mention.role == "period" and mention.span
        if near and after[1:] == ["followed", "by"] and after[0] in ("was", "were"):
            return mention
    return None


def _whose(view: View, quantity: Quantity) -> Mention | None:
    """The time whose number it is said to be (`a reversal from April, whose 8.5 % growth`)."""
    for mention in view.dates if "whose" in view.said else ():
        gap = view.lows[mention.last : quantity.first]
        if gap[:2] == [",", "whose"] and len(gap) <= 4 and mention.span:
            return mention
    return None


def _of_record(view: View, quantity: Quantity) -> Mention | None:
    """The time at which a record stood that a number tells (`the record of 14.67 trillion yen, set in fiscal 2007`)."""
    back = view.lows[max(0, quantity.first - 5) : quantity.first]
    if _RECORDS.isdisjoint(back):
        return None
    for mention in view.dates:
        gap = [low for low in view.lows[quantity.last : mention.first] if low not in (",", "(", "back")]
        if mention.first >= quantity.last and gap[:1] and gap[0] in _SET and gap[1:] in ([], ["in"]) and mention.span:
            return mention
    return None


def _dated_in_bracket(view: View, quantity: Quantity) -> Mention | None:
    """The time of an amount alone in brackets with it, after another (`10.15 tonnes (13.44 tonnes in May 2023)`)."""
    before = next((q for q in reversed(view.quantities) if q.last <= quantity.first), None)
    if before is None or view.lows[quantity.first - 1] != "(" or quantity.first - before.last > MOST_BETWEEN + 2:
        return None
    for mention in view.dates if quantity.unit == before.unit != "%" else ():
        gap = view.lows[quantity.last : mention.first]
        closed = view.lows[mention.last : mention.last + 1] == [")"]
        if closed and mention.first >= quantity.last and gap in (["in"], ["for"], ["during"], ["of"], []):
            return mention if mention.role in ("period", "base") else None
    return None


def _again_in_bracket(view: View, quantity: Quantity) -> Mention | None:
    """The time of a bracket before, where one without a time repeats it (`of maize 1.38 tonnes (1.81 tonnes)`)."""
    before = next((q for q in reversed(view.quantities) if q.last <= quantity.first), None)
    if before is None or quantity.unit != before.unit or quantity.unit == "%":
        return None
    alone = view.lows[quantity.first - 1] == "(" and view.lows[quantity.last : quantity.last + 1] == [")"]
    told = [m for q in view.quantities if q.last <= before.first and (m := _dated_in_bracket(view, q)) is not None]
    return told[-1] if alone and told else None


def _bracketed(view: View, quantity: Quantity) -> Mention | None:
    """The time before that opens the bracket of a number (`8.2 % (the month before: -7.5 %)`)."""
    for mention in view.dates if "(" in view.said else ():
        at = mention.first - 1 - (view.lows[mention.first - 1] in ("the", "a"))
        gap = view.lows[mention.last : quantity.first]
        if (
            mention.role == "base"
            and not mention.span
            and view.lows[at] == "("
            and len(gap) <= 2
            and set(gap) <= _SIGNS
        ):
            return mention if mention.last <= quantity.first else None
    return None


def _set_beside(view: View, quantity: Quantity) -> Mention | None:
    """The time of a number in a clause on another time (`where March had still brought growth of 15.7 %`)."""
    if _SETS.isdisjoint(view.said) and {"before", "earlier", "after"}.isdisjoint(view.said):
        return None
    start = views.clause_start(view, quantity.first)
    if (after := _time_after(view, start, quantity)) is not None:
        return after
    at = start + (view.lows[start] == ",")
    if view.lows[at] not in _SETS:
        return _fronted(view, quantity)
    for mention in view.dates:
        if not at < mention.first or mention.last > quantity.first or mention.role not in ("base", "period"):
            continue
        led = set(view.lows[at + 1 : mention.first]) <= _BEFORE_TIME
        between = view.lows[mention.last : quantity.first]
        pluperfect = "had" in between or _TELLS & set(between[:2]) and view.lows[at] == "where"
        if led and pluperfect and (mention.span or mention.against):
            return mention
    return None


def _time_after(view: View, start: int, quantity: Quantity) -> Mention | None:
    """The time before in a clause that comes so long after it (`up 6.3 %, a month after they had grown 12.7 %`)."""
    lows = view.lows
    if lows[start] != "after" or start < 2 or lows[start - 2] not in ("a", "one"):
        return None
    against = {"month": "mom", "year": "yoy", "quarter": "qoq"}.get(lows[start - 1], "")
    return Mention(start - 2, start + 1, "base", None, against) if against else None


def _fronted(view: View, quantity: Quantity) -> Mention | None:
    """The time before that opens what follows a semicolon or `and` (`; the year before, its purchases were $24 bn`)."""
    for mention in reversed([m for m in view.dates if m.last <= quantity.first]):
        if mention.role != "base" or mention.span is not None or view.lows[mention.last] != ",":
            return None
        at = mention.first - 1
        while at > 0 and view.lows[at] in ("the", "a", "in", "during"):
            at -= 1
        opens = at > 0 and view.lows[at] in _BREAKS
        return mention if opens and ";" not in view.lows[mention.last : quantity.first] else None
    return None


def _owner(view: View, quantity: Quantity) -> Mention | None:
    """The earlier time that owns a number (`exceeded the previous month's drop of 6.2 %`)."""
    for mention in view.dates:
        between = view.lows[mention.last : quantity.first]
        if mention.role != "base" or mention.span or between[:1] != ["'s"] or len(between) > MOST_BETWEEN:
            continue
        words = [low for low in between[1:] if low not in _DEGREES and low not in _CHANGES]
        if set(words) <= {"of", "below", "above", "about", "just", "only", "under", "over", "$", "a"}:
            return mention
    return None


def owns_after(view: View, mention: Mention, quantity: Quantity) -> bool:
    """Whether a time is that of the number before it alone (`not as bad as the 20.4 per cent of September`)."""
    lows = view.lows
    of = quantity.last + bool(_OWNED & set(lows[quantity.last : quantity.last + 1]))
    return mention.first == of + 1 and lows[of : of + 1] == ["of"] and lows[quantity.first - 1] == "the"
