"""Records as a sentence tells them: `a record high`, `the lowest since May`, `the most ever`, `a six-month low`.

What a record is of stands in `against`: its end (`max`, `min`), its series, and since when. The series is `level` or
`growth`, `either` where the words leave that open; `+same` says that only months of one name are compared. Since when
is a month, the last one of before the record, with `~` where the words count back to it; or `ever`.
"""

from collections.abc import Iterator

from entrepot.claims import verbs
from entrepot.claims.ranks import NTH, Told, noun_after, superlative
from entrepot.claims.replacing import replace
from entrepot.claims.timeframes import LENGTHS, Frame, ahead, counted, frame
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_HIGH = one_of("highest biggest largest best fastest strongest most greatest quickest widest longest busiest heaviest")
_LOW = one_of(
    "lowest smallest worst slowest weakest sharpest steepest least narrowest poorest thinnest lightest leanest mildest"
)
_OF_RATES = one_of("fastest quickest slowest sharpest steepest mildest")
_ENDS = {"high": "max", "peak": "max", "record": "max", "low": "min", "trough": "min", "highs": "max", "lows": "min"}
_TRIGGERS = _HIGH.union(_LOW, _ENDS, one_of("not never ever so unprecedented"))
_RATES = one_of("pace performance growth rate clip")
_LEVELS = one_of("level levels volume value amount total figure surplus deficit gap shortfall number sum turnover")
_ONE_OF = one_of("among one some")
_GAPS = one_of("deficit gap shortfall")
_TELLS = one_of("month volume number figure level value total on ever monthly reading amount")
_SPANS = one_of("month quarter year decade")
_NEW = one_of("new fresh historical historic lifetime")
_DETERMINED = one_of("a the new fresh previous monthly quarterly annual yearly another its their his last s earlier")
_NOUN = one_of("number level levels figure figures value amount volume total sum tally monthly")
"""Nouns that only say what is a record (`a record number of`), and `monthly` of `a record monthly high`."""
_AFTER_NOUN = one_of(
    "for in of on at and since set after last as by while with this from amid thanks despite but to ever during when "
    "according which that or until back here than because"
)
_SPOKEN = one_of("on off track world for")
_BROKE = one_of("surpassing surpassed beating beat breaking broke topping topped eclipsing eclipsed exceeding exceeded")
_MORE = one_of("larger higher bigger more greater stronger better wider")
_FEWER = one_of("smaller lower less fewer weaker narrower")
_AS_MUCH, _AS_LITTLE = one_of("much many large high strong big wide good"), one_of("little few small low weak narrow")
_HAS = one_of("has have had")
_BOUGHT = one_of("imported bought purchased")
_SOLD = one_of("exported shipped sold")
_NEGATIVE = one_of("not never hasn haven hadn only")


def records(view: View) -> Iterator[Told]:
    """Records that a sentence tells, in order."""
    if _TRIGGERS.isdisjoint(view.said):
        return
    taken = 0
    for i, low in enumerate(view.lows):
        if i < taken or low not in _TRIGGERS:
            continue
        if low in _HIGH or low in _LOW:
            found = _superlative(view, i, "max" if low in _HIGH else "min")
        elif low in _ENDS:
            found = _noun(view, i)
        else:
            found = _READERS[low](view, i)
        if found is not None and found.first >= taken:
            taken = found.last
            yield _of_goods(view, found)


def _of_goods(view: View, told: Told) -> Told:
    """A record with the flow and the goods that its own words tell (`the most iron ore it has ever imported`)."""
    said = set(view.lows[max(0, told.first - 3) : told.last])
    if told.flow or not (said & _BOUGHT or said & _SOLD) or said & _BOUGHT and said & _SOLD:
        return told
    goods = next((n.code for n in view.names if n.role == "product" and told.first <= n.first < told.last), "")
    return replace(told, flow="M" if said & _BOUGHT else "X", product=told.product or goods)


# --- superlatives -----------------------------------------------------------------------------------------------------


def _superlative(view: View, i: int, extreme: str) -> Told | None:
    """`The lowest since May`, `the third-largest on record`, `its worst deficit for the period`, `the best ever`."""
    lows = view.lows
    if (after := superlative(lows, i)) and noun_after(lows, after) >= 0 or lows[i - 1 : i] == ["at"]:
        return None
    if _ONE_OF & set(lows[max(0, i - 3) : i]):
        return None  # among the largest ever
    nth = NTH.get(lows[i - 1], 0) if i else 0
    first = i - 1 if nth > 1 else i
    found = ahead(view, i + 1)
    if found is not None and lows[i] in ("most", "least") and found[0] > i + 1 and lows[found[0]] != "ever":
        found = None  # most of its trade in two years
    if found is None and nth == 1:
        return None
    if found is None:
        told = nth > 1 and (set(lows[i + 1 : i + 2]) & _TELLS or not lows[i + 1 : i + 2])
        return Told(first, i + 1, float(nth), "first_or_record", "rank") if told else None
    at, when = found
    between = set(lows[i + 1 : at])
    if lows[i] in ("most", "least") and at == i + 1 and lows[at : at + 1] == ["of"]:
        return None  # most of 2024
    if lows[when.last : when.last + 2] in (["was", "with"], ["is", "with"]):
        return None  # the second largest so far this year was with Mexico: of partners
    against = _against(_end(lows[i], between, extreme), _series(view, i, between), when)
    if lows[i] == "longest":
        against = ""  # the longest run on record
    if lows[i] in ("most", "least") and set(lows[max(0, i - 3) : i]) & verbs.DOWN:  # fell the most in two years
        against = _against("min" if lows[i] == "most" else "max", "growth", when)
    elif lows[i] in ("most", "least") and set(lows[max(0, i - 3) : i]) & verbs.UP:
        against = _against(extreme, "growth", when)
    if "excluding" in lows[when.last : when.last + 3]:
        against = ""
    return Told(first, _until(view, i + 1, when.last), float(max(nth, 1)), "first_or_record", "rank", against)


def _until(view: View, after: int, last: int) -> int:
    """Where a record ends: with what says since when, unless an amount stands before that (`since $5 bn in May`)."""
    inside = any(after <= q.first < last and len(q.unit) == 3 for q in view.quantities)
    return after if inside else last


def _against(extreme: str, series: str, when: Frame) -> str:
    """What a record is of, in words; empty where since when is not told, or only vaguely."""
    if not when.since:
        return ""
    return f"{extreme} {series}{'+same' if when.same else ''} {when.since}"


def _series(view: View, i: int, between: set[str]) -> str:
    """Whether a record is one of growth or of the level, by its own word and noun and by the number before it."""
    lows = view.lows
    if lows[i] in _OF_RATES or between & (verbs.UP | verbs.DOWN | _RATES):
        return "growth"
    if between & _LEVELS:
        return "level"
    before = next((q for q in reversed(view.quantities) if q.last <= i), None)
    far = before is not None and i - before.last > 12
    if far and lows[i] in ("most", "least") and before is not None and before.unit == "%":
        return "either"
    if before is None or before.unit != "%" or far:
        return "growth" if set(lows[max(0, i - 5) : i]) & (verbs.PACE | _RATES) else "level"
    gap = lows[before.last : i]
    if any(before.last <= s.head < i for s in view.subjects) or {"and", "while", "but", ";"} & set(gap):
        return "level"
    if set(gap) <= {",", "a", "the", "-", "–", "—", "their", "its", "was", "is", "which"}:
        return "growth"
    return "either" if "," in gap or "–" in gap or "—" in gap or "-" in gap else "level"


def _end(low: str, between: set[str], extreme: str) -> str:
    """Which end of a series of growth rates an extreme is: the biggest drop is the lowest, the mildest the highest."""
    if low == "mildest" or low == "worst" and between & _GAPS:
        return "max"
    if between & verbs.DOWN:
        return "max" if low in ("smallest", "slowest", "least", "weakest", "lowest", "mildest", "lightest") else "min"
    if between & verbs.UP and low in ("sharpest", "steepest"):
        return "max"
    return "min" if low in ("sharpest", "steepest") else extreme


# --- nouns ------------------------------------------------------------------------------------------------------------


def _noun(view: View, i: int) -> Told | None:
    """`A record high`, `an all-time high`, `a six-month low`, `a record`; not `a record $5 billion`."""
    lows = view.lows
    if lows[i] == "record":
        return _record(view, i)
    if i and lows[i - 1] in _SPANS and view.words[i].gap:
        return _of_so_long(view, i)
    first = _newest(view, i)
    if first < 0:
        return None
    when = _frame_after(view, i + 1)
    extreme = _ENDS[lows[i]]
    return Told(first, when.last, 1.0, "first_or_record", "rank", _against(extreme, "level", when))


def _newest(view: View, i: int) -> int:
    """Token from which `all-time`, `historical` or `new` leads to the noun at token i; -1 where none does."""
    lows = view.lows
    at = i - (lows[i - 1 : i] in (["monthly"], ["quarterly"], ["annual"]))
    if lows[max(0, at - 2) : at] == ["all", "time"]:
        return at - 2
    if i > 1 and lows[i - 1] in ("monthly", "quarterly", "annual") and lows[i - 2] in ("a", "an", "the"):
        return i - 1
    return i - 1 if i and lows[i - 1] in _NEW else -1


def _frame_after(view: View, i: int) -> Frame:
    """Since when a record is one, where that follows right after its noun; else ever, as the noun alone says."""
    when = frame(view, i)
    if when is None or when.since == "ever" and not when.same:
        return Frame(i, "ever")
    return when


def _of_so_long(view: View, i: int) -> Told | None:
    """`A six-month low`, `a 13-month high`, `a near two-year peak`, `a decade high`."""
    lows, at = view.lows, i - 1
    if view.words[at].glue:
        half = lows[max(0, at - 3) : at] == ["and", "a", "half"]
        count = counted(view, at - 3 if half else at)
        if count is not None:
            first, number = count
            series = _series(view, first, set())
            series = "level" if series == "growth" and _leads_to_level(view, i + 1) else series
            since = f"-{number * LENGTHS[lows[at]] + half * LENGTHS[lows[at]] // 2}"
            return Told(first, i + 1, 1.0, "first_or_record", "rank", f"{_ENDS[lows[i]]} {series} {since}")
        return Told(at - 1, i + 1, 1.0, "first_or_record", "rank") if lows[at - 1 : at] == ["multi"] else None
    return None


def _leads_to_level(view: View, i: int) -> bool:
    """Whether an amount follows that is the record (`a 23-month high of $308 billion`)."""
    return any(0 <= q.first - i <= 3 and len(q.unit) == 3 for q in view.quantities)


def _record(view: View, i: int) -> Told | None:
    """A record by that noun: `a record`, `a new record for August`, `a record high`, `a record number of`."""
    lows, words = view.lows, view.words
    following = lows[i + 1 : i + 2]
    if lows[max(0, i - 1) : i] and (
        lows[i - 1] in _SPOKEN or lows[max(0, i - 2) : i] in (["on", "the"], ["off", "the"])
    ):
        return None
    first = max(_newest(view, i), 0) if _newest(view, i) >= 0 else i
    end = i + 1
    while lows[end : end + 1] and lows[end] in ("monthly", "quarterly", "annual", "yearly"):
        end += 1
    if lows[end : end + 1] and lows[end] in _ENDS and lows[end] != "record":  # a record high
        when = _frame_after(view, end + 1)
        return Told(first, when.last, 1.0, "first_or_record", "rank", _against(_ENDS[lows[end]], "level", when))
    if following and following[0] in _NOUN and first == i:
        when = _frame_after(view, i + 2)
        last = i + 1 if following[0] == "monthly" else i + 2
        return Told(first, last, 1.0, "first_or_record", "rank", _against("max", "level", when))
    ends = not following or words[i + 1].kind == "p" and following[0] not in ("$", "€", "£", "¥", "-") or (
        following[0] in _AFTER_NOUN
    )  # fmt: skip
    if not ends or not i or lows[i - 1] not in _DETERMINED | {"time"} | _NEW and not lows[i - 1].endswith("'s"):
        return None
    told_of = lows[i + 1 : i + 2] in (["of"], ["at"]) or lows[i - 1] in ("previous", "last", "earlier", "'s", "the")
    if told_of and not _BROKE & set(lows[max(0, i - 4) : i]):
        passing = lows[i - 1] in ("a", "new", "fresh") or first < i
        return Told(first, i + 1, 1.0, "first_or_record", "rank", "max level ever" if passing else "")
    first = i - 1 if lows[i - 1] == "previous" else first
    when = _frame_after(view, i + 1)
    return Told(first, when.last, 1.0, "first_or_record", "rank", _against("max", "level", when))


# --- told by what never was -------------------------------------------------------------------------------------------


def _never(view: View, i: int) -> Told | None:
    """`Has never had a larger surplus`, `had never before`, `never has it bought as many`."""
    lows = view.lows
    for at in range(i + 1, min(i + 8, len(lows))):
        if lows[at] in (",", ";", "."):
            break
        if lows[at] in _MORE or lows[at] in _FEWER:
            extreme = "max" if lows[at] in _MORE else "min"
            return Told(i, at + 1, 1.0, "first_or_record", "rank", f"{extreme} level ever")
        if lows[at] in ("as", "so") and lows[at + 1 : at + 2] and lows[at + 1] in _AS_MUCH | _AS_LITTLE:
            extreme = "max" if lows[at + 1] in _AS_MUCH else "min"
            same = "+same" if (when := ahead(view, at + 2)) is not None and when[1].same else ""
            return Told(i, at + 2, 1.0, "first_or_record", "rank", f"{extreme} level{same} ever")
        if lows[at] == "before":
            return Told(i, at + 1, 1.0, "first_or_record", "rank")
    return None


def _not(view: View, i: int) -> Told | None:
    """`Not since 2009 has it fallen`, `which had not happened in seven years`: since when, and not what."""
    lows = view.lows
    if lows[i + 1 : i + 2] == ["happened"]:
        when = frame(view, i + 2)
        return Told(i, when.last, 1.0, "first_or_record", "rank") if when is not None else None
    when = frame(view, i + 1) if lows[i + 1 : i + 2] in (["since"], ["for"], ["in"]) else None
    if when is None or not _HAS & set(lows[when.last : when.last + 12]) or "so" in lows[when.last :]:
        return None
    return Told(i, when.last, 1.0, "first_or_record", "rank")


def _unheard_of(view: View, i: int) -> Told | None:
    """`An unprecedented volume`."""
    told = set(view.lows[i + 1 : i + 3]) & (_LEVELS | _ENDS.keys())
    return Told(i, i + 1, 1.0, "first_or_record", "rank", "max level ever") if told else None


def _ever(view: View, i: int) -> Told | None:
    """`More than ever`, `higher than ever before`."""
    lows = view.lows
    if "no" in lows[max(0, i - 9) : i] and (more := _MORE & set(lows[i + 1 : i + 4])):  # no month has ever seen more
        end = next(k + 1 for k in range(i + 1, i + 4) if lows[k] in more)
        return Told(i, end, 1.0, "first_or_record", "rank", "max level ever")
    if lows[max(0, i - 1) : i] != ["than"]:
        return None
    for at in range(i - 2, max(-1, i - 9), -1):
        if lows[at] in _MORE or lows[at] in _FEWER:
            extreme = "max" if lows[at] in _MORE else "min"
            end = i + 1 + (lows[i + 1 : i + 2] == ["before"])
            return Told(i - 1, end, 1.0, "first_or_record", "rank", f"{extreme} level ever")
        if lows[at] in (",", ";", "."):
            break
    return None


def _so(view: View, i: int) -> Told | None:
    """`It has not been so small since December`, `not since March 2011 has it been so low`."""
    lows = view.lows
    if lows[i] != "so" or not lows[i + 1 : i + 2] or lows[i + 1] not in _AS_MUCH | _AS_LITTLE:
        return None
    since = next((m for m in view.dates if m.role == "since" and m.span), None)
    if since is None or since.span is None or not _NEGATIVE & set(lows[:i]):
        return None
    extreme = "max" if lows[i + 1] in _AS_MUCH else "min"
    return Told(i, i + 2, 1.0, "first_or_record", "rank", f"{extreme} level {since.span.last}")


_READERS = {"not": _not, "never": _never, "ever": _ever, "so": _so, "unprecedented": _unheard_of}
