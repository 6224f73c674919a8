"""Faint signs of whose trade a story tells, where no sentence says it: whose goods, bodies and prices it names."""

from collections import defaultdict
from collections.abc import Sequence

from entrepot.claims.names import Name
from entrepot.claims.words import Token, one_of

_BODIES = one_of(
    "association federation council institute chamber union board bureau agency committee ministry society exporters "
    "customs authority commission department"
)
_RANKED = one_of("largest biggest top main leading second third major key important")
_MARKETS = one_of(
    "importer importers buyer buyers market markets destination destinations partner partners supplier suppliers "
    "customer customers consumer consumers"
)
_AMONG = one_of("to from with against than and , including especially like as in into")
_PLACED = one_of("came comes ranked ranks followed follows was is took placed")
_LONGEST_BODY = 7
"""Words of the name of a body after its country."""


class Hints:
    """What the sentences of a story say in passing of the country that it is about."""

    def __init__(self) -> None:
        self.of: defaultdict[str, float] = defaultdict(float)

    def sentence(self, words: Sequence[Token], names: Sequence[Name]) -> None:
        """Count one sentence: one point for each sign, one off for a place called a market or a supplier."""
        lows = [w.low for w in words]
        for name in (n for n in names if n.role == "place"):
            ahead = lows[name.last : name.last + 8]
            if not {"'s", ","} & set(ahead[:1]) and _RANKED & set(ahead) and _MARKETS & set(ahead):
                self.of[name.code] -= 1  # China remained the largest importer
            elif _is_body(words, name) or name.form == "adjective" and words[name.last : name.last + 1]:
                self.of[name.code] += 1  # the Vietnam Fruit and Vegetable Association; Vietnamese rice
            elif ahead[:1] == ["'s"] or not name.first and not _PLACED & set(ahead[:1]):
                self.of[name.code] += 1
            elif lows[name.first - 1] in _AMONG or lows[name.first - 1] == "the" and lows[name.first - 2] in _AMONG:
                continue
            else:
                self.of[name.code] += 0.25


def _is_body(words: Sequence[Token], name: Name) -> bool:
    """Whether a place begins the name of a body (`Vietnam Fruit and Vegetable Association`)."""
    for word in words[name.last : name.last + _LONGEST_BODY]:
        if word.low in _BODIES and word.text[:1].isupper():
            return True
        if not word.text[:1].isupper() and word.low not in ("and", "of", "&", "for"):
            return False
    return False
