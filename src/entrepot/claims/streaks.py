"""Runs: `the eighth straight month`, `for a third year`, `snapping five months of falls`."""

from collections.abc import Iterator, Sequence

from entrepot.claims import verbs
from entrepot.claims.numerals import ONES
from entrepot.claims.ranks import NTH, Told
from entrepot.claims.views import View
from entrepot.claims.words import Token, one_of, phrase

_PERIODS = one_of("month months monthly year years annual yearly quarter quarters quarterly")
_SPANS = one_of("month months quarter quarters year years time")
_CONSECUTIVE = one_of("consecutive straight successive")
_COUNT = {word: n for word, n in ONES.items() if n}
_SUFFIXES = one_of("st nd rd th")
_CHANGES = one_of(
    "rise fall increase decrease decline declines drop drops gain gains growth contraction expansion decreases "
    "increases rises falls slump slide shrinkage contractions expansions losses reduction reductions"
)
_GONE = _CHANGES | one_of("deficit deficits surplus surpluses losses")
_TREND = _CHANGES | one_of("trend streak run slide slump losing winning rally upward downward")
_SAID_OF_IT = one_of("annual monthly yearly quarterly on year month - trade overall over double single digit")
_COUNTED = _CONSECUTIVE | _SPANS | {"in"}
"""Words that a count may stand before."""
_IN_A_ROW = ("in a row", "in succession", "running", "on end", "on the trot", "straight", "consecutively")
_PAST = one_of("past last previous preceding")
_EXCEEDS = one_of("larger higher bigger greater more exceeded exceed outpaced outstripped surpassed topped outweighed")
_UNDERCUTS = one_of("lower smaller less below")
_ENDING = one_of("ended ending snapped snapping reversed reversing broke breaking halted halting capped")


def streaks(view: View) -> Iterator[Told]:
    """Runs that a sentence tells, in order."""
    if _COUNTED.isdisjoint(view.said):
        return
    taken = 0
    counted = {i for q in view.quantities if q.unit != "n" for i in range(q.first, q.last)}
    for i, low in enumerate(view.lows):
        found = _run(view, i) if low in _COUNTED and i not in counted else None
        if found is not None and found.first >= taken:
            taken = found.last
            yield found


def _run(view: View, i: int) -> Told | None:
    """A run of periods that its word at token i makes one: `straight`, `in a row`, `month of`, `-month trend`."""
    lows, words = view.lows, view.words
    half = lows[i] == "year" and lows[max(0, i - 1)] == "half"
    low, count = lows[i], _ordinal_before(lows, words, i - half)
    if count is None and low == "in":
        count = _ordinal_before(lows, words, _noun_of_run(lows, i))
    if count is None:
        return None
    first, number = count
    if low in _CONSECUTIVE:
        if lows[i + 1 : i + 3] == ["half", "year"]:
            return _of_run(view, first, i + 3, number, i)
        if set(lows[i + 1 : i + 2]) & _PERIODS:
            return _of_run(view, first, i + 2, number, i)
        return _of_run(view, first, i + 1, number, i) if set(lows[i + 1 : i + 4]) & _GONE else None
    if length := phrase(lows, i, ("in a row", "in succession")):  # the fourth in a row, the second rise in a row
        return (
            _of_run(view, first, i + length, number, i) if lows[first] in NTH or lows[first + 1] in _SUFFIXES else None
        )
    if low not in _SPANS or low == "time" and lows[i + 1 : i + 3] != ["in", "a"]:
        return None
    if length := phrase(lows, i + 1, _IN_A_ROW):
        return _of_run(view, first, i + 1 + length, number, i)
    return _of_run(view, first, i + 1, number, i) if _is_run(view, first, i) else None


def _noun_of_run(lows: Sequence[str], i: int) -> int:
    """Token where the noun that ends before token i begins, with its adjectives (`the second annual rise in a row`)."""
    at = i - 1
    if at < 0 or lows[at] not in _GONE:
        return i
    while at > 0 and lows[at - 1] in _SAID_OF_IT and i - at < 5:
        at -= 1
    return at


def _is_run(view: View, first: int, i: int) -> bool:
    """Whether an ordinal or a number and its months, which begin at token `first`, are a run without saying so."""
    lows = view.lows
    back = lows[max(0, first - 4) : first]
    if back[-1:] == ["to"] and {"streak", "run"} & set(lows[max(0, first - 7) : first]):
        return True  # extending its streak of surpluses to 18 months
    if lows[i].endswith("s"):
        if back[-1:] == ["for"] and _goes_on_for(view, first, i):
            return True
        past = back[-1:] and back[-1] in _PAST or back[-2:] in (["snapping", "the"], ["ending", "the"])
        each = past and ("each" in back or "for" in back and lows[i + 1 : i + 2] != [","])
        return bool(each) or lows[i + 1 : i + 2] == ["of"] and bool(set(lows[i + 2 : i + 5]) & _GONE)
    if view.words[i].glue:  # a 13-month upward trend
        return bool(set(lows[i + 1 : i + 4]) & _TREND) and lows[i + 1 : i + 2] != ["trend"]
    if lows[first] not in NTH and lows[first + 1] not in _SUFFIXES or NTH.get(lows[first]) == 1:
        return False
    if lows[i + 1 : i + 2] == ["of"]:  # the fifth month of double-digit declines
        return bool(set(lows[i + 2 : i + 6]) & _GONE)
    if lows[i] in ("month", "year") and (lows[i + 1 : i + 2] == ["that"] or lows[i + 1 : i + 3] == ["in", "which"]):
        return True  # the second month in which it rose
    return lows[i] in ("month", "year") and (back[-2:] in (["for", "a"], ["for", "the"]) or back[-1:] == ["for"])


_HAS = one_of("has have had")
_GROWN = one_of(
    "grown risen fallen declined shrunk increased dropped contracted expanded climbed gained slid decreased"
)
_STANDS = one_of("surplus deficit black red negative positive")


def _goes_on_for(view: View, first: int, i: int) -> bool:
    """Whether a state has gone on so long (`have grown for 36 months`, `has been in surplus for two years`)."""
    lows = view.lows
    back = lows[max(view.starts[first] if first else 0, first - 12) : first]
    if not _HAS & set(back) or lows[i + 1 : i + 2] in (["ago"], ["now"]) or "," in back[-4:]:
        return False
    if _GROWN & set(back[-4:]):
        return True
    if "been" not in back:
        return False
    return bool(_STANDS & set(back)) or back[-3:-1] == ["number", "one"] or back[-3:-1] == ["the", "largest"]


def _of_run(view: View, first: int, last: int, number: int, i: int) -> Told:
    over = _ENDING & set(view.lows[max(0, first - 3) : first])
    balance = _of_balance(view, first, last)
    against = balance or ("" if over else _run_of(view, last, i))  # what ended is no run to this month
    return Told(first, last, float(number), "consecutive", "n", against, "B" if balance else "")


def _of_balance(view: View, first: int, last: int) -> str:
    """Sign of the balances that a run is of (`in the red`, `of surplus`, `exports exceeded imports for 79 months`)."""
    lows = view.lows
    ahead = lows[last : last + 4]
    if ahead[:2] == ["in", "the"] and ahead[2:3] in (["black"], ["red"]):
        return ">0 level" if ahead[2] == "black" else "<0 level"
    if ahead[:1] == ["of"] and ahead[2:3] == ["ink"]:
        return ">0 level" if ahead[1] == "black" else "<0 level"
    if lows[max(0, first - 1) : first] != ["for"]:
        return ""
    back = lows[max(0, first - 14) : first]
    if not {"exports", "imports"} <= set(back) or not (_EXCEEDS | _UNDERCUTS) & set(back):
        return ""
    surplus = (back.index("exports") < back.index("imports")) == bool(_EXCEEDS & set(back))
    return ">0 level" if surplus else "<0 level"


def _run_of(view: View, last: int, i: int) -> str:
    """What a run is of: growth above or below a bound in percent (`>0`, `<-10`).

    The noun right after it tells (`a third straight decline`), then its clause before it, then what is nearest.
    """
    lows, here = view.lows, view.segment[i]
    noun = next((k for k in range(last, min(last + 4, len(lows))) if view.words[k].kind != "w"), last + 4)
    before = range(i - 1, max(-1, i - 17), -1)
    own = [k for k in before if view.segment[k] == here]
    for k in [*range(i, min(noun, len(lows))), *own, *range(last, min(i + 12, len(lows))), *before]:
        low = lows[k]
        if low in ("above", "below"):
            return ""  # a run of months beyond a mark, not of growth
        if low in verbs.DOWN or low in verbs.UP:
            double = "double" in lows[i : i + 12] or "double" in lows[max(0, i - 6) : i]
            return (
                f"{'<-' if double else '<'}{'10' if double else '0'}"
                if low in verbs.DOWN
                else f">{'10' if double else '0'}"
            )
    return ""


def _ordinal_before(lows: Sequence[str], words: Sequence[Token], i: int) -> tuple[int, int] | None:
    """Token and value of the ordinal or the number right before token i."""
    at = i - 1
    if at < 0:
        return None
    if lows[at] in _SUFFIXES and at:
        at -= 1
    if words[at].kind == "n" and words[at].text.isdigit() and len(words[at].text) <= 3:
        return at, int(words[at].text)
    number = NTH.get(lows[at]) or _COUNT.get(lows[at])
    return (at, number) if number else None
