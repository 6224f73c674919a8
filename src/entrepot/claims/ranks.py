"""Runs and ranks: `the eighth straight month`, `the second-largest market`."""

from collections.abc import Iterator, Sequence

from entrepot.claims import verbs
from entrepot.claims.numbers import ONES
from entrepot.claims.views import View
from entrepot.claims.words import Token, one_of

_PERIODS = one_of("month months monthly year years annual yearly quarter quarters quarterly")
_CONSECUTIVE = one_of("consecutive straight successive")
_NTH = {
    w: n
    for n, w in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        1,
    )
}
_COUNT = {word: n for word, n in ONES.items() if n}
_RANKED = one_of("partner market destination supplier source buyer importer markets")
_CHANGES = one_of("rise fall increase decrease decline declines drop drops gain gains growth contraction")
_TOP = one_of("largest biggest top leading main")


def ordinals(view: View) -> Iterator[tuple[int, int, float, str, str, str]]:
    """Runs (`the eighth straight month`) and ranks (`second-largest market`): tokens, value, measure, unit, base."""
    lows, words = view.lows, view.words
    yield from _records(view)
    for i, low in enumerate(lows):
        if low in _CONSECUTIVE and i:
            count = _ordinal_before(lows, words, i)
            if count and i + 1 < len(lows) and lows[i + 1] in _PERIODS:
                yield count[0], i + 2, float(count[1]), "consecutive", "n", _run_of(lows, i)
            elif count and set(lows[i + 1 : i + 4]) & _CHANGES:  # the sixth straight decline
                yield count[0], i + 1, float(count[1]), "consecutive", "n", _run_of(lows, i)
        elif low == "month" and lows[i - 3 : i - 1] in (["for", "a"], ["for", "the"]) and lows[i - 1] in _NTH:
            yield i - 1, i + 1, float(_NTH[lows[i - 1]]), "consecutive", "n", _run_of(lows, i)  # fell for a third month
        elif low in ("month", "months") and lows[i + 1 : i + 4] == ["in", "a", "row"]:
            count = _ordinal_before(lows, words, i)
            if count:
                yield count[0], i + 4, float(count[1]), "consecutive", "n", _run_of(lows, i)
        elif low in ("largest", "biggest", "top", "leading") and set(lows[i + 1 : i + 5]) & _RANKED:
            if "world" in lows[max(0, i - 3) : i]:
                continue
            ranked = lows[i - 1] if i else ""
            rank = _NTH.get(ranked, 1)
            yield (i - 1 if ranked in _NTH else i), i + 1, float(rank), "rank", "rank", ""


_HIGH = one_of("highest biggest largest best fastest strongest most greatest quickest")
_LOW = one_of("lowest smallest worst slowest weakest sharpest steepest least")


def _records(view: View) -> Iterator[tuple[int, int, float, str, str, str]]:
    """`The lowest since February 2024`, `a record high`: tokens, value, measure, unit, of what it is the extreme."""
    lows = view.lows
    for i, low in enumerate(lows):
        extreme = "max" if low in _HIGH else "min" if low in _LOW else ""
        if extreme:
            since = next((m for m in view.dates if m.role == "since" and m.span and 0 < m.first - i < 8), None)
            change = set(lows[i + 1 : i + 5]) & (verbs.UP | verbs.DOWN | {"pace", "performance", "growth"})
            series = "growth" if change else "level"
            if since and since.span:
                against = f"{_end(low, set(lows[i + 1 : i + 5]), extreme)} {series} {since.span.last}"
                yield i, since.last, 1.0, "first_or_record", "rank", against
            elif lows[i + 1 : i + 3] == ["on", "record"]:
                yield i, i + 3, 1.0, "first_or_record", "rank", f"{extreme} level ever"
        elif low == "record" and lows[i + 1 : i + 2] in (["high"], ["low"]):
            yield i, i + 2, 1.0, "first_or_record", "rank", f"{'max' if lows[i + 1] == 'high' else 'min'} level ever"


def _end(low: str, ahead: set[str], extreme: str) -> str:
    """Which end of a series of growth rates an extreme is: the biggest drop is the lowest, the mildest the highest."""
    if ahead & verbs.DOWN:
        return "max" if low in ("smallest", "slowest", "least", "weakest", "lowest") else "min"
    if ahead & verbs.UP and low in ("sharpest", "steepest"):
        return "max"
    return "min" if low in ("sharpest", "steepest") else extreme


def _run_of(lows: Sequence[str], i: int) -> str:
    """What a run is of: growth above or below a bound in percent (`>0`, `<-10`)."""
    ahead, back = lows[i : i + 12], lows[max(0, i - 16) : i][::-1]
    for low in [*ahead, *back]:
        if low in verbs.DOWN or low in verbs.UP:
            bound = "10" if "double" in ahead or "double" in back[:6] else "0"
            return (f"<-{bound}" if bound != "0" else "<0") if low in verbs.DOWN else f">{bound}"
    return ""


def _ordinal_before(lows: Sequence[str], words: Sequence[Token], i: int) -> tuple[int, int] | None:
    at = i - 1
    if lows[at] in ("th", "st", "nd", "rd") and at:
        at -= 1
    if words[at].kind == "n" and words[at].text.isdigit() and len(words[at].text) <= 3:
        return at, int(words[at].text)
    number = _NTH.get(lows[at]) or _COUNT.get(lows[at])
    return (at, number) if number else None
