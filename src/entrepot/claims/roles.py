"""Whether a period is what a figure measures, what it is compared with, or since when it counts."""

from entrepot.claims.line import Line
from entrepot.claims.spans import Mention, Span, from_to
from entrepot.claims.words import one_of

_FILL = one_of("end the of that those level levels a at least month months this")
_LEVEL_OF = one_of("the pre epidemic pandemic covid comparable same record high low")
_STOPS = one_of(", ; : ( ) % percent pct and while but")
_LEFT_OUT = one_of("excluding barring excepting except disregarding ignoring")
_THAN = one_of("than against versus vs v")
_OWNER_BASES = one_of("than over above below against on")
_BASES = one_of("from than versus vs v over against on surpassing exceeding topping beating eclipsing")
_ABOVE = one_of("below above under")
_COME_TO = one_of("come reached totalled totaled amounted added already exceeded passed")
_WAS_IN = one_of("was were in for during of at")
_BEATS = one_of("bettered beat beating exceeded exceeding topped topping surpassed surpassing matched matching missed")
_LIKE = one_of("times twice double triple as to with half")
_EDGES = one_of("end start beginning close turn middle")
_AT = one_of("at near towards toward around since from before")
_SEEN = one_of("recorded registered seen reported posted logged set booked observed witnessed notched achieved")
_OF_FIGURE = one_of("that those the pace rate level levels figure figures growth one what was")
_FIGURES = one_of("low lows high highs trough peak reading showing figure number print result performance")
_TOTALS = one_of("total tally sum amount quantity value volume")
_FIGURE_BASES = one_of("from than against versus below above under")
_COMPARED = one_of("compared relative comparison compare")
_OUT = one_of("released published issued unveiled printed")
_DATA = one_of("data figures report statistics numbers study survey analysis estimates estimate")
_NOT_BY = one_of("for on showed show shows showing said that exports imports trade shipments rose fell to")


def role(line: Line, i: int, after: int, span: Span, *, loose: bool = False) -> Mention:
    """The mention of a period in tokens `i` to `after`, with the part that the words before it give it."""
    at = i - 1
    if line.low(at) in ("its", "their") and line.low(after) in ("level", "levels", "figure", "figures", "total"):
        at -= 1  # 1.6 per cent above their July level
    while line.low(at) in _FILL:
        at -= 1
    if set(line.lows[max(0, i - 5) : i]) & _LEFT_OUT:
        return Mention(i, after, "skip", span)
    if (
        span.kind == "year"
        and i > 5
        and line.low(i - 1) == "of"
        and line.low(i - 2) in _EDGES
        and line.low(i - 4) in _AT
    ):
        return Mention(i, after, "skip", span)  # set records at the end of last year
    run = bool({"months", "month"} & set(line.lows[max(0, at - 2) : at]))  # for five straight months through May
    until = line.low(at) in ("through", "until", "till") or _counts_up_to(line, i)
    if until and _is_out(line, span) and span.last[5:] != "01" and not run:
        return Mention(i, after, "period", from_to(f"{span.last[:4]}-01", span.last))
    if span.first > line.calendar.this:
        return Mention(i, after, "skip", span)
    if _released(line, i):
        return Mention(i, after, "day")
    told, against = _told(line, i, after, span, at)
    return Mention(i, after, told, span, against, loose=loose and told == "period")


def _counts_up_to(line: Line, i: int) -> bool:
    """Whether a month ends what is counted from January (`as of August`, `by the end of May`, `up to mid-April`)."""
    at = i - 1
    if line.low(at) == "by" and {"had", "has"} & set(line.lows[i + 1 : i + 5]):
        return bool(_COME_TO & set(line.lows[i + 1 : i + 9]))  # by November it had already come to $46.8 billion
    if line.low(at) == "mid" or line.low(at) == "end":
        at -= 1
    elif line.low(at) == "of" and line.low(at - 1) in ("end", "middle"):
        at -= 2 + (line.low(at - 2) == "the")
    elif line.low(at) != "of":
        return False
    return line.low(at) == "by" or [line.low(at - 1), line.low(at)] in (["as", "of"], ["up", "to"])


def _is_out(line: Line, span: Span) -> bool:
    return span.kind == "month" and span.last <= line.calendar.latest


def _told(line: Line, i: int, after: int, span: Span, at: int) -> tuple[str, str]:
    """Role of a period that has begun by the word at token `at`, and `2019` where it is that year, told since."""
    if line.low(at) in ("in", "of") and line.low(at - 1) in ("level", "levels"):  # from the pre-pandemic level in 2019
        at -= 2
        while line.low(at) in _LEVEL_OF:
            at -= 1
    if {"that", "those"} & set(line.lows[at + 1 : i]) and line.low(at) in _LIKE:
        return "base", ""  # 17 times that of the first 11 months of last year
    back = line.lows[max(0, i - 6) : i]
    if "what" in back and {"was", "were"} & set(back[back.index("what") :]) and line.low(i - 1) in _WAS_IN:
        return "base", ""  # 2.5 times what it was last year
    at = _of_figure(line, _recorded(line, at))
    at -= line.low(at) == "." and line.low(at - 1) in ("vs", "v")
    before, single = line.low(at), span.kind in ("month", "year")
    if before == "in" and _compares(line, at) or before in _ABOVE and (single or _is_past(line, span)):
        before = "than"
    if before == "with" and line.low(at - 1) in ("keeping", "line") and line.low(at - 2) == "in":
        return "skip", ""  # in keeping with March, when the gain had been
    if _counts_since(line, i) or before == "since" or before == "after" and span.kind == "year":
        return "since", ""
    figure = line.low(after + 1) in ("figure", "figures") and line.low(at) in _BEATS
    if line.low(after) == "'s" and (before in _OWNER_BASES or figure or line.low(after + 1) in ("level", "levels")):
        return "base", ""
    if before not in _BASES and not (before in ("to", "with") and line.low(at - 1) in _COMPARED):
        return "period", ""
    earlier = _is_past(line, span)
    if before == "from" and line.low(i) in ("from", "between") or before in ("over", "on") and not (single or earlier):
        return "period", ""
    pandemic = span.kind == "year" and span.last[:4] == "2019" and line.calendar.today.year > 2020
    return "base", "2019" if pandemic else ""


def _is_past(line: Line, span: Span) -> bool:
    """Whether a span ended before the year of the latest figures."""
    return span.last < line.calendar.latest and span.last[:4] < line.calendar.latest[:4]


def _recorded(line: Line, at: int) -> int:
    """Token of the word before `the pace recorded in`, where token `at` is its `in`; else `at`."""
    if line.low(at) not in ("in", "for", "during") or line.low(at - 1) not in _SEEN:
        return at
    back = at - 2
    if line.low(back) == "than":
        return back  # less than recorded in August
    while line.low(back) in _OF_FIGURE:
        back -= 1
    return back if back < at - 2 and line.low(back) in _THAN | {"from", "over", "above", "below"} else at


def _of_figure(line: Line, at: int) -> int:
    """Token of `from` before `a four-year low in`, where token `at` is its `in`; else `at`."""
    summed = line.low(at) in _TOTALS and line.low(at + 1) == "of"  # above the total of October last year
    if not summed and (line.low(at) not in ("in", "for") or line.low(at - 1) not in _FIGURES | _TOTALS):
        return at
    for back in range(at - 2, max(at - 9, -1), -1):
        if line.low(back) in _FIGURE_BASES:
            return back
        if line.low(back) in _STOPS or line.low(back) in _NOT_BY:
            return at
    return at


def _released(line: Line, i: int) -> bool:
    """Whether a period says when figures came out (`according to the data released by the office in March`)."""
    if line.low(i - 1) != "in" or _OUT.isdisjoint(line.lows):
        return False
    for at in range(i - 2, max(i - 12, -1), -1):
        if line.low(at) in _OUT:
            return bool(_DATA & set(line.lows[max(0, at - 4) : at]))
        if line.low(at) in _STOPS or line.low(at) in _NOT_BY or line.word(at).kind == "n":
            return False
    return False


def _counts_since(line: Line, i: int) -> bool:
    """Whether `since` opens what ends with a period (`since comparable data became available in 1992`)."""
    apart = [line.low(i - 2), line.low(i - 1)] == [",", "in"]
    if "since" not in line.lows:
        return False
    for at in range(i - 1, max(i - (12 if apart else 9), -1), -1):
        if line.low(at) == "since":
            return True
        if line.low(at) in _STOPS and not (apart and at == i - 2):
            return False  # since the series began, in 1989
    return False


def _compares(line: Line, at: int) -> bool:
    """Whether `in` at a token goes on a comparison (`than in`, `compared with in`)."""
    before = line.low(at - 1)
    return before in _THAN or before in ("with", "to") and line.low(at - 2) == "compared"
