"""By what a sentence breaks trade down, told at its head: by goods (`By item,`, `Among products`) or by countries."""

from collections.abc import Sequence

from entrepot.claims.words import one_of

_GOODS = one_of(
    "item items product products commodity commodities goods category categories sector sectors industry industries "
    "segment segments"
)
_PLACES = one_of("country destination region market countries destinations regions markets")
_LEADS = one_of("by among across within")
_FILL = one_of(
    "the main major key top leading individual export import product type of its other these largest biggest"
)
_TURNS = (["in", "terms", "of"], ["looking", "at"], ["broken", "down", "by"], ["breaking", "down", "by"], ["when", "it",
          "comes", "to"], ["as", "for"], ["as", "to"], ["turning", "to"], ["on", "a"], ["on", "the"])  # fmt: skip
_ENDS = one_of(", group groups basis side front category categories")
_LONGEST = 4


def breakdown(lows: Sequence[str]) -> tuple[str, str]:
    """`goods` or `places`, as a sentence says at its head that it goes through them, and its word; empty for neither.

    >>> breakdown(["by", "main", "item", ",", "cars", "gained"])
    ('goods', 'item')
    """
    turn = next((t for t in _TURNS if list(lows[: len(t)]) == t), None)
    if turn is None and not (lows and lows[0] in _LEADS):
        return "", ""
    at = len(turn) if turn else 1
    while at < min(_LONGEST + 1, len(lows) - 1) and lows[at] in _FILL and lows[at + 1] not in _ENDS:
        at += 1
    word, after = (*lows[at : at + 2], "", "")[:2]
    ends = after in _ENDS or lows[0] == "among" or lows[0] == "by" and word != "product"
    if turn and turn[0] == "on" and after not in ("basis", "side", "front"):
        return "", ""
    if ends and word in _GOODS:
        return "goods", word
    return ("places", word) if lows[0] == "by" and word in _PLACES and at == 1 else ("", "")
