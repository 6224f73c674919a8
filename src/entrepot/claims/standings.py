"""Ranks told without a noun that ranks: `South Korea, the second largest`, `the largest share`, `in fourth place`."""

from collections.abc import Iterator, Sequence

from entrepot.claims.names import Name
from entrepot.claims.ranks import NTH, Told, noun_after, ordinal, superlative
from entrepot.claims.subjects import WORLD
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_ENDS = one_of(", ; . ) — – after behind with at")
_IS = one_of("was is were remained became")
_HAS = one_of("has had have ran runs posted posts recorded records registered reported maintains for represented")
_OF_TRADE = one_of("merchandise goods trade bilateral overall commercial single individual")
_BALANCES = one_of("deficit surplus imbalance gap shortfall")
_GIVERS = one_of("contributor provider generator driver")
_PARTS = one_of("share proportion part portion slice chunk percentage")
_TAKES = one_of(
    "generate generated make made up for held hold represented constituted constitute took comprised had has"
)
_SPOTS = one_of("place spot slot position rank")
_SINCE = one_of("since ever record recorded history years months")
_POSSESSIVES = one_of("'s our its their his")
_KINDS = one_of("trading trade export import commercial key main bilateral")


def standings(view: View, home: str) -> Iterator[Told]:
    """Places among partners or goods that a sentence tells without saying what is ranked. `home` is the reporter."""
    lows = view.lows
    for i, low in enumerate(lows):
        if low in NTH or view.words[i].kind == "n":
            yield from _in_place(view, i)
            yield from _partner(view, i, home)
        after = _largest(lows, i)
        if not after or noun_after(lows, after) >= 0:
            continue
        first = i - 1 if i and lows[i - 1] in NTH else i
        value = float(NTH[lows[first]] if first < i else 1)
        for found in (
            _alone(view, first, after, home),
            _balance(view, first, after, home),
            _giver(view, first, after, home),
            _part(view, first, after, home),
        ):
            if found is not None:
                flow, partner, product = found
                yield Told(first, after, value, "rank", "rank", "", flow, partner, product)
                break


Found = tuple[str, str, str]
"""Flow, partner and goods of a rank; each empty for those spoken of."""


def _largest(lows: Sequence[str], i: int) -> int:
    """Token after a word that says who is largest, `highest` among them; 0 for none."""
    return superlative(lows, i) or (i + 1 if lows[i] == "highest" else 0)


def _alone(view: View, first: int, after: int, home: str) -> Found | None:
    """`South Korea, the second largest, saw`; `the deficit with China was the largest`."""
    lows = view.lows
    if lows[first - 1 : first] != ["the"] or first < 3 or after < len(lows) and lows[after] not in _ENDS:
        return None
    if (
        lows[first - 2] != ","
        and lows[first - 2] not in _IS
        or after < len(lows)
        and _SINCE & set(lows[after : after + 6])
    ):
        return None
    place = _place_before(view, first - 2, home)
    return ("", place.code, "") if place is not None and place.last == first - 2 else None


def _balance(view: View, first: int, after: int, home: str) -> Found | None:
    """`Had the largest goods deficit with the Union at $219 billion`; `Britain accounted for the biggest surplus`."""
    lows, at = view.lows, after
    while at < len(lows) and lows[at] in _OF_TRADE:
        at += 1
    if lows[at : at + 1] == [] or lows[at] not in _BALANCES or _SINCE & set(lows[at : at + 9]):
        return None
    led = lows[first - 1 : first] == ["the"] and first > 1 and lows[first - 2] in _HAS
    if not led:
        return None
    if lows[at + 1 : at + 2] == ["with"]:
        place = next((n for n in view.names if n.role == "place" and at < n.first <= at + 3), None)
        if place is None:
            return None
        if place.code == home:  # Viet Nam has the third-largest surplus with the United States, told there
            place = _place_before(view, first, home)
        return ("B", place.code, "") if place is not None else None
    place = _place_before(view, first, home)
    return ("B", place.code, "") if place is not None and lows[first - 2] == "for" else None


def _giver(view: View, first: int, after: int, home: str) -> Found | None:
    """`The Union was the top contributor to the deficit`, `the largest trade surplus provider`."""
    lows = view.lows
    at = next((k for k in range(after, min(after + 4, len(lows))) if lows[k] in _GIVERS), -1)
    place = _place_before(view, first, home)
    if at < 0 or place is None:
        return None
    near = {*lows[after:at], *lows[at + 1 : at + 7]}
    flow = "B" if near & _BALANCES else "X" if "exports" in near else "M" if "imports" in near else ""
    return (flow, place.code, "") if flow else None


def _part(view: View, first: int, after: int, home: str) -> Found | None:
    """`Phones made up the largest proportion`: of exports or of imports, as the words behind it say."""
    lows = view.lows
    if lows[after : after + 1] == [] or lows[after] not in _PARTS or not _TAKES & set(lows[max(0, first - 3) : first]):
        return None
    goods = [n for n in view.names if n.role == "product" and n.last < first]
    if not goods or _place_before(view, first, home) is not None:
        return None
    ahead = set(lows[after + 1 : after + 6])
    flow = "M" if ahead & {"imports", "imported", "import"} else "X" if ahead & {"exports", "exported"} else ""
    return flow, WORLD, goods[0].code


def _in_place(view: View, i: int) -> Iterator[Told]:
    """`Electronic goods jumped from sixth to fourth place`, `which is in the third slot`: goods among goods."""
    value, after = ordinal(view, i)
    lows = view.lows
    if not value or lows[after : after + 1] == [] or lows[after] not in _SPOTS:
        return
    goods = [n for n in view.names if n.role == "product" and n.last <= i]
    between = any(n.role == "place" and goods and goods[-1].last <= n.first < i for n in view.names)
    if not goods or between or "from" in lows[max(0, i - 2) : i]:
        return
    if i > 1 and lows[i - 1] == "to" and (before := NTH.get(lows[i - 2])):  # from sixth to fourth place
        yield Told(i - 2, i - 1, float(before), "rank", "rank", "", "", WORLD, goods[-1].code)
    yield Told(i, after, float(value), "rank", "rank", "", "", WORLD, goods[-1].code)


def _partner(view: View, i: int, home: str) -> Iterator[Told]:
    """`Our second trading partner`, `its third export market`."""
    value, after = ordinal(view, i)
    lows = view.lows
    if not value or not i or lows[i - 1] not in _POSSESSIVES or value == 1:
        return
    noun = noun_after(lows, after)
    if noun <= after or set(lows[after:noun]) - _KINDS:
        return
    between, word = set(lows[after:noun]), lows[noun]
    buys = word in ("market", "destination", "buyer", "customer") or "export" in between
    sells = word in ("supplier", "source", "seller") or "import" in between
    yield Told(i, after, float(value), "rank", "rank", "", "M" if sells else "X" if buys else "T")


def _place_before(view: View, at: int, home: str) -> Name | None:
    """The last place before a token that is not the reporter; None for none."""
    return next((n for n in reversed(view.names) if n.role == "place" and n.last <= at and n.code != home), None)
