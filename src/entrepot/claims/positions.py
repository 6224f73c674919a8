"""Ranks whose place stands apart from who holds it: `third comes Chile`, `the top spot went to Peru`."""

from collections.abc import Iterator, Sequence

from entrepot.claims.names import Name
from entrepot.claims.ranks import Told, noun_after, ordinal, superlative
from entrepot.claims.subjects import WORLD
from entrepot.claims.verbs import DOWN, UP
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_SPOTS = one_of("place spot slot position rank")
_TO = one_of("to by")
_TAKEN = one_of(
    "went goes going belonged belongs fell falls passed taken held occupied claimed filled had has is was been"
)
_COMES = one_of("comes came was is are stands stood ranks ranked were")
_TOPS = (["came", "top"], ["came", "first"], ["came", "out", "on", "top"], ["topped", "the", "list"],
         ["tops", "the", "list"], ["topping", "the", "list"], ["comes", "top"], ["comes", "first"],
         ["headed", "the", "list"], ["heads", "the", "list"], ["top", "the", "list"])  # fmt: skip
_KINDS = (
    ("X", one_of("destinations markets buyers customers destination clients")),
    ("M", one_of("suppliers origins sources sellers supplier")),
    ("T", one_of("partners")),
)
_SHOWS = one_of("showed shows saw recorded records posted posts registered had reported recording posting showing")
_OF_RATES = one_of("fastest steepest sharpest strongest largest biggest highest greatest")
_CHANGES = (UP | DOWN) & one_of(
    "growth rise increase gain jump surge drop fall decline decrease slump plunge"
) | one_of("growth increase decrease decline rise fall drop gain jump surge slump plunge")
_SINCE = one_of("since ever record recorded history years months decade month year")
_AT_START = one_of(", ; : . and while then")


def positions(view: View, home: str) -> Iterator[Told]:
    """Places among partners, told apart from who holds them, in order. `home` is the reporter, whom nobody ranks."""
    places = [n for n in view.names if n.role == "place" and n.code != home and n.code != WORLD]
    if not places:
        return
    lows, ranked = view.lows, -1
    if (most := _most(view, places)) is not None:
        yield most
    for i, low in enumerate(lows):
        value, after = ordinal(view, i)
        top = superlative(lows, i)
        if top and not value:
            value, after = (2 if i and lows[i - 1] == "second" else 1), top
        if value:
            for found in (_spot(view, i, value, after, places), _comes(view, i, value, after, places)):
                if found is not None:
                    yield found
                    break
        if top and ranked >= 0 and (found := _again(view, i, top, ranked, places)) is not None:
            yield found
        if top and noun_after(lows, top) >= 0:
            ranked = noun_after(lows, top)
        if low in _OF_RATES and (found := _of_growth(view, i, places)) is not None:
            yield found
        if found := _first_of_all(view, i, places):
            yield found


def _spot(view: View, i: int, value: int, after: int, places: Sequence[Name]) -> Told | None:
    """`The top spot went to Peru`, `second place was taken by Chile`."""
    lows = view.lows
    if lows[after : after + 1] == [] or lows[after] not in _SPOTS:
        return None
    at = after + 1
    while at < len(lows) and at - after < 5 and lows[at] in _TAKEN:
        at += 1
    if at == after + 1 or at >= len(lows) or lows[at] not in _TO:
        return None
    place = next((n for n in places if 0 < n.first - at <= 2), None)
    return Told(i, after, float(value), "rank", "rank", "", _flow(lows[:i]), place.code) if place is not None else None


def _comes(view: View, i: int, value: int, after: int, places: Sequence[Name]) -> Told | None:
    """`Third comes Chile, whose purchases`, `second was Brazil`: only where a clause begins so."""
    lows = view.lows
    at = i - 1 if i and lows[i - 1] == "in" else i
    if at and lows[at - 1] not in _AT_START or lows[after : after + 1] == [] or superlative(lows, i):
        return None
    end = after + (lows[after] in _SPOTS)
    if lows[end : end + 1] == [] or lows[end] not in _COMES:
        return None
    place = next((n for n in places if n.first - end in (1, 2)), None)
    if place is None or place.first - end == 2 and lows[end + 1] != "the" or place.form == "adjective":
        return None
    return Told(i, after, float(value), "rank", "rank", "", "", place.code)


def _again(view: View, i: int, after: int, ranked: int, places: Sequence[Name]) -> Told | None:
    """`With the second-largest, the United States, it was 10 %`, of what was ranked before in the sentence."""
    lows = view.lows
    if noun_after(lows, after) >= 0 or lows[after : after + 1] != [","] or i < 2:
        return None
    value, first = 1, i
    if (nth := ordinal(view, i - 1))[0] > 1 and nth[1] == i:
        value, first = nth[0], i - 1
    place = next((n for n in places if n.first - after in (1, 2)), None)
    if (
        value == 1
        or place is None
        or lows[place.last : place.last + 1] not in ([","], [")"])
        or lows[first - 1] != "the"
    ):
        return None
    return Told(first, after, float(value), "rank", "rank", "", _flow([lows[ranked] + "s"]), place.code)


def _of_growth(view: View, i: int, places: Sequence[Name]) -> Told | None:
    """`Japan showed the fastest growth`, `the steepest decrease was in goods from Peru`: among partners."""
    lows = view.lows
    if lows[i + 1 : i + 2] == [] or lows[i + 1] not in _CHANGES or lows[i - 1 : i] != ["the"]:
        return None
    ahead = lows[i + 2 : i + 9]
    if _SINCE & set(ahead):
        return None
    if lows[i + 2 : i + 4] in (
        ["was", "in"],
        ["came", "in"],
        ["was", "to"],
        ["was", "for"],
        ["was", "with"],
        ["came", "from"],
    ):
        place = next((n for n in places if 0 < n.first - i - 3 <= 5), None)
        goods = place is not None and {"goods", "shipments", "sales", "exports", "imports"} & set(
            lows[i + 4 : place.first]
        )
        bare = place is not None and place.first - i - 3 <= 2
        flow = "M" if place is not None and lows[place.first - 1] == "from" else ""
        return (
            Told(i, i + 1, 1.0, "rank", "rank", "", flow, place.code) if place is not None and (goods or bare) else None
        )
    among = "among" in lows[:i] or "of" in lows[:1]
    if i < 3 or lows[i - 2] not in _SHOWS or not among:
        return None
    place = next((n for n in reversed(places) if n.last == i - 2), None)
    flow = _flow(lows[:i])
    return Told(i, i + 1, 1.0, "rank", "rank", "", flow, place.code) if place is not None else None


def _most(view: View, places: Sequence[Name]) -> Told | None:
    """`Most imports came from China`, `most exports in May went to the United States`."""
    lows = view.lows
    at = 1 if lows[0] in ("the", "by") else 0
    if (
        lows[at : at + 1] != ["most"]
        or not lows[at + 1 : at + 2]
        or lows[at + 1] not in ("goods", "imports", "exports")
    ):
        return None
    verb = next((k for k in range(at + 2, min(at + 12, len(lows))) if lows[k] in _MOVES), -1)
    place = next((n for n in places if verb > 0 and 0 < n.first - verb <= 3), None)
    if place is None or lows[verb + 1] not in ("from", "to", "in") or _PARTS & set(lows[at + 1 : verb]):
        return None
    flow = "M" if lows[at + 1] == "imports" or lows[verb + 1] in ("from", "in") else "X"
    return Told(at, at + 1, 1.0, "rank", "rank", "", flow, place.code)


_MOVES = one_of("came went sourced come go originated shipped bound headed")
_PARTS = one_of("of growth rise increase fall drop")


def _first_of_all(view: View, i: int, places: Sequence[Name]) -> Told | None:
    """`Of all destinations China came top`, `Vietnam topped the list of suppliers`."""
    lows = view.lows
    form = next((words for words in _TOPS if lows[i : i + len(words)] == words), None)
    if form is None:
        return None
    place = next((n for n in reversed(places) if n.last <= i and i - n.last <= 1), None)
    flow = _flow([*lows[:i], *lows[i + len(form) : i + len(form) + 6]])
    if place is None or not flow and "list" not in form:
        return None
    at = i + len(form) - 1 if form[-1] in ("top", "first") else i
    return Told(at, i + len(form), 1.0, "rank", "rank", "", flow, place.code)


def _flow(words: Sequence[str]) -> str:
    """Flow of what is ranked, by its noun: destinations `X`, suppliers `M`, partners `T`; empty for none."""
    said = {low if low.endswith("s") else low + "s" for low in words}
    return next((flow for flow, nouns in _KINDS if nouns & said), "")
