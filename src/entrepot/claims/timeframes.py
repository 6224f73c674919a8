"""Since when something is a record or a first: `since May`, `in two years`, `on record`, `for any August`, `so far`."""

from dataclasses import dataclass

from entrepot import periods
from entrepot.claims.numerals import NUMBER_WORDS
from entrepot.claims.ranks import NTH
from entrepot.claims.views import View
from entrepot.claims.words import listed, one_of, phrase

LENGTHS = {
    **dict.fromkeys(("month", "months"), 1),
    **dict.fromkeys(("quarter", "quarters"), 3),
    **dict.fromkeys(("year", "years"), 12),
    **dict.fromkeys(("decade", "decades"), 120),
}
"""Months of a unit of time."""
_CALLED = listed("january; february; march; april; may; june; july; august; september; october; november; december")
_EVER = listed(
    "on record; on file; in history; in its history; in the history of; in recorded history; of all time; to date; "
    "yet; so far; in living memory; in the series; known; ever recorded; ever; recorded; of any month; for any month; "
    "in any month; in any single month; for any single month; for a single month; in a single month; "
    "in any one month; for any one month; for any year; in any year; for a single year; in a single year"
)
_IN_YEAR = listed("of the year; this year; so far this year; in the year so far; of this year; so far of this year")
_SAME = listed(
    "for the period; for the same period; for this period; for these months; for those months; for that period; "
    "for the month; for this month; for this time of the year; for this time of year; for the time of year; "
    "for the half; for a first half; for the first half; for any first half; for a second half; "
    "for a first quarter; for any quarter"
)
_VAGUE = one_of(
    "more over nearly almost about around roughly at least some well just under than close to the past last"
)
_LED = one_of("in for over within")
_STOPS = one_of(", ; . : ( ) — but while whereas was were is are which that and to")
_TIMES = one_of("month year quarter half period week day")
_PREPOSED = one_of("in of for during since last from by until to and")
_REGISTERED = one_of("data records record series figures statistics register registers record-keeping recordkeeping")
_LONGEST = 12
"""Tokens between `since` and the period or the event that it is followed by."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Time over which a record holds.

    Attributes
    ----------
    last : int
        Token after its words.
    since : str
        Last month before it (`2024-02`), months back (`-13`), `year` for January of the
        year, `ever`; empty where its words name an event or no number.
    same : bool
        Whether only months (or spans) of one name are compared.
    """

    last: int
    since: str
    same: bool = False


def ahead(view: View, i: int, *, most: int = 7) -> tuple[int, Frame] | None:
    """The first time frame of the words from token i on, with where it begins; None where none comes."""
    lows = view.lows
    for at in range(i, min(i + most, len(lows))):
        if (found := frame(view, at)) is not None:
            return at, found
        if lows[at] in _STOPS or at in view.counted:
            return None
    return None


def frame(view: View, i: int) -> Frame | None:
    """The time frame that begins at token i; None where none does."""
    found = _frame(view, i)
    if found is not None and found.since == "ever" and (more := _frame(view, found.last)) is not None:
        own = view.lows[found.last] in ("since", *_LED) or more.since == "year"
        since = more.since if own else found.since
        return Frame(more.last, since, found.same or more.same)  # in any month since May; ever for the month of June
    return found


def _frame(view: View, i: int) -> Frame | None:
    lows = view.lows
    if i >= len(lows):
        return None
    low = lows[i]
    if low == "since":
        return _since(view, i)
    if length := phrase(lows, i, _IN_YEAR):
        return Frame(i + length, "year")
    if lows[i : i + 3] == ["so", "far", "in"] and lows[i + 3 : i + 4] and lows[i + 3].isdigit():
        return Frame(i + 4, "year")
    if low in ("for", "in") and (end := _of_name(view, i)):
        return Frame(end, "ever", same=True)
    if length := phrase(lows, i, _SAME):
        return Frame(i + length, "ever", same=True)
    if length := phrase(lows, i, _EVER):
        return Frame(i + length, "ever")
    if low in ("for", "in", "of") and lows[i + 1 : i + 2] == ["any"]:  # for any calendar year, in any single quarter
        end = next((k + 1 for k in range(i + 2, min(i + 5, len(lows))) if lows[k] in _TIMES), 0)
        if end:
            return Frame(end, "ever")
    if low in _CALLED and view.words[i].text[:1].isupper() and lows[i - 1 : i] and lows[i - 1] not in _PREPOSED:
        return Frame(i + 1, "ever", same=True)  # the third-best May
    if low == "in" and (end := _going_back(view, i)):
        return Frame(end, "ever")
    if low == "of" and (year := next((m for m in view.dates if m.first == i + 1 and m.span), None)) is not None:
        if year.span is None or year.span.kind not in ("year", "ytd", "fiscal_ytd"):
            return None
        return Frame(year.last, periods.later(year.span.first, -1))
    return _in_so_long(view, i) if low in _LED else None


def counted(view: View, i: int) -> tuple[int, int] | None:
    """Token and value of the number or ordinal right before token i (`the 13th`, `two`, `a`)."""
    lows, at = view.lows, i - 1
    if at >= 1 and lows[at] in ("st", "nd", "rd", "th"):
        at -= 1
    if at < 0:
        return None
    word = view.words[at]
    if word.kind == "n" and word.text.isdigit() and len(word.text) <= 3:
        return at, int(word.text)
    tens = NUMBER_WORDS.get(lows[at - 1], 0) if at and word.glue else 0
    if number := NUMBER_WORDS.get(lows[at]) or NTH.get(lows[at]):
        return (at - 1, tens + number) if tens in range(20, 100, 10) and number < 10 else (at, number)
    return None


def _since(view: View, i: int) -> Frame:
    """`Since May`, `since records began in 1992`, `since the pandemic`."""
    lows = view.lows
    named = next((m for m in view.dates if m.role == "since" and i <= m.first <= i + _LONGEST), None)
    said = lows[i + 1 : named.first if named else i + 5]
    if {",", ";"} & set(said):
        named, said = None, said[: next(k for k, low in enumerate(said) if low in ",;")]
    if _REGISTERED & set(said) or said[-1:] == ["least"]:
        end = named.last if named else i + 1 + len(said)
        return Frame(end, "ever")
    if named is None or named.span is None:
        end = i + 1 + next((k for k, low in enumerate(said) if low in _STOPS), min(len(said), 3))
        return Frame(end, "")
    led = [low for low in said if low not in ("the", "early", "late", "mid", "-", "in", "last", "of")]
    amount = any(i < q.first < named.first for q in view.quantities)
    end = named.last - (lows[named.last - 1] == ".")
    return Frame(end, named.span.last if not led or amount else "")


def _of_name(view: View, i: int) -> int:
    """Token after `for any August`, `for the month of June`, `in a June`, `for a January-July period`; 0 for none."""
    lows, at = view.lows, i + 1
    if lows[at : at + 3] == ["the", "month", "of"]:
        at += 3
    elif lows[at : at + 1] in (["a"], ["any"]) or lows[i] == "for" and lows[at : at + 1] in (["an"], ["the"]):
        at += 1
    elif lows[i] == "in":
        return at + 3 if lows[at : at + 3] == ["the", "month", "of"] else _of_range(view, at)
    if lows[at : at + 1] and lows[at] in _CALLED and view.words[at].text[:1].isupper():
        return _of_range(view, at) or at + 1
    return 0


def _of_range(view: View, at: int) -> int:
    """Token after `January-July period`, with or without `the` before it; 0 for none."""
    lows = view.lows
    at += lows[at : at + 1] == ["the"]
    if not (lows[at : at + 1] and lows[at] in _CALLED):
        return 0
    end = at + 1
    while end < len(lows) and end - at < 4 and (lows[end] in _CALLED or lows[end] in ("-", "–", "to")):
        end += 1
    return end + 1 if lows[end : end + 1] == ["period"] else 0


def _going_back(view: View, i: int) -> int:
    """Token after `in data going back to 1979`, `in figures stretching back to 1993`; 0 for none."""
    lows = view.lows
    if not (_REGISTERED & set(lows[i + 1 : i + 3])) or "back" not in lows[i + 2 : i + 6]:
        return 0
    at = lows.index("back", i + 2)
    return at + 3 if lows[at + 1 : at + 2] == ["to"] else at + 1


def _in_so_long(view: View, i: int) -> Frame | None:
    """`In two years`, `in nearly a decade`, `for a decade`, `in more than 20 months`, `in years`."""
    lows, at = view.lows, i + 1
    while at < len(lows) and at - i <= 4 and lows[at] in _VAGUE:
        at += 1
    half = lows[at + 1 : at + 4] == ["and", "a", "half"]
    unit = at + (4 if half else 1)
    article = lows[at : at + 1] in (["a"], ["one"])
    if lows[at : at + 1] and lows[at] in LENGTHS and lows[at].endswith("s"):
        return Frame(at + 1, "") if at == i + 1 else None  # in years
    if lows[at : at + 2] in (["several", "years"], ["many", "years"], ["many", "months"], ["several", "months"]):
        return Frame(at + 2, "")
    if unit + 1 < len(lows) and lows[unit] in ("-", "–"):
        return None
    tens = NUMBER_WORDS.get(lows[at], 0) if lows[at : at + 1] else 0
    if tens in range(20, 100, 10) and at + 1 < len(lows) and view.words[at + 1].glue and not half:
        unit += 1
    if (unit >= len(lows) or lows[unit] in _STOPS) and lows[i - 1 : i] and lows[i - 1] in LENGTHS:
        few = counted(view, unit)  # the best month in nine
        return Frame(unit, f"-{few[1] * LENGTHS[lows[i - 1]]}") if few is not None else None
    if unit >= len(lows) or lows[unit] not in LENGTHS:
        return None
    count = (unit - 1, 1) if article else counted(view, unit if not half else at + 1)
    if count is None or lows[unit + 1 : unit + 2] == ["ago"]:
        return None
    months = count[1] * LENGTHS[lows[unit]] + (LENGTHS[lows[unit]] // 2 if half else 0)
    if lows[unit + 1 : unit + 4] == ["and", "a", "half"]:  # in almost a year and a half
        return Frame(unit + 4, f"-{months + LENGTHS[lows[unit]] // 2}")
    return Frame(unit + 1, f"-{months}")
