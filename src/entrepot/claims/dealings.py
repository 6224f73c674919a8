"""Who buys and who sells, told by verbs: what a customer buys or takes are the home country's exports."""

from entrepot.claims.mirrored import BOUGHT, Mirrored
from entrepot.claims.names import Name
from entrepot.claims.subjects import Subject
from entrepot.claims.words import one_of

_BUY = one_of("bought purchased took ordered")
"""Verbs with which a country takes goods of the country that a story is about, unless another one sells them."""
_SELL = one_of("sent sold shipped exported delivered supplied")
_CUSTOMERS = one_of("market markets buyers customers destinations importers purchasers buyer customer destination")
_ENDS = one_of("; : while whereas but although")
_NEAR, _FAR = 6, 18
"""Words from a verb to its number at most, and as far as who sells may be named."""
_WITH_US = ("X", "T", "B")
"""Flows of a passage in which a country that buys does so from the home country."""
_OWN = one_of("themselves itself stocks shares bonds debt treasuries dollars")
"""What is bought that is no goods."""


class Dealings(Mirrored):
    """Buyers and sellers of a sentence."""

    buyer_acts = False
    """Whether a buyer of home goods is who acts in the sentence (`China took $2 billion and sent`)."""

    def _buys_from_us(self, verb: int) -> bool:
        """Whether what a country buys, by the verb at a token, comes from the home country: nobody else sells it."""
        view, lows = self.view, self.view.lows
        if not self.now.home or lows[verb : verb + 1] == [] or lows[verb] not in _BUY:
            return False
        if not any(verb < q.first <= verb + _NEAR for q in view.quantities):
            return False
        end = next((i for i in range(verb, min(verb + _FAR, len(lows))) if lows[i] in _ENDS), verb + _FAR)
        if _OWN & set(lows[verb:end]):
            return False
        sold = [n for n in view.names if n.role == "place" and verb < n.first < end and self._sells(n)]
        if any(n.code != self.now.home for n in sold):
            return False  # India bought 1.9 million tonnes of Russian crude; from Brazil
        told = self.start.flow in _WITH_US or self.start.topic[2] == "X"
        return told or bool(sold)

    def _sells(self, name: Name) -> bool:
        """Whether a place is where goods come from (`from Brazil`, `Russian crude`)."""
        before = [low for low in self.view.lows[max(0, name.first - 2) : name.first] if low != "the"]
        return before[-1:] == ["from"] or name.form == "adjective" or self.view.lows[name.last : name.last + 1] == ["'s"]

    def _buys(self, name: Name, end: int) -> bool:
        """Whether a foreign buyer takes goods from the home country (`Brazil took $410 million`)."""
        end += self.view.lows[end : end + 1] in (["has"], ["have"], ["also"], ["alone"], ["together"])
        return super()._buys(name, end) or self._buys_from_us(end)

    def _buys_ours(self, subject: Subject) -> bool:
        """Whether another country buys goods of the home country (`the EU bought 3.9 per cent less`)."""
        if super()._buys_ours(subject):
            return True
        theirs = subject.reporter not in ("", self.now.home) and not subject.partners
        return theirs and self._buys_from_us(subject.tail - 1)

    def _flow_of(self, subject: Subject) -> str:
        """Flow as the home country sees it: what its markets buy it exports, what a buyer of its goods sends it imports."""
        word, lows = self.view.lows[subject.tail - 1], self.view.lows
        if word in BOUGHT and not subject.reporter and self.start.flow != "M" and self._by_customers(subject):
            return "X"
        if self.buyer_acts and subject.flow == "X" and word in _SELL and lows[subject.first - 1] in ("and", "while"):
            return "M"
        return super()._flow_of(subject)

    def _by_customers(self, subject: Subject) -> bool:
        """Whether markets or buyers without a name are who buys (`main markets as a whole bought 2 % more`)."""
        back = self.view.lows[max(0, subject.first - 7) : subject.first]
        return bool(_CUSTOMERS & set(back)) and not {",", "of", "to", "in"} & set(back)
