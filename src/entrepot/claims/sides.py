"""The two sides of what is told of several countries: shares of another's trade, lists of reporters, `the two`."""

from entrepot.claims.dealings import Dealings
from entrepot.claims.names import Name
from entrepot.claims.opening import BLOC
from entrepot.claims.quantity import Quantity
from entrepot.claims.slots import ranked_share
from entrepot.claims.subjects import WORLD, Subject
from entrepot.claims.words import one_of

Sides3 = tuple[str, str, str]
"""Reporter, partner and flow."""
_TAKES = one_of(
    "accounted accounts account accounting made makes make making represented represents represent representing took "
    "takes take taking bought buys buy buying received receives absorbed absorbs acquired acquires purchased imported "
    "supplied supplies provided provides contributed contributes contributing"
)
_ON_ITS_WAY = one_of(
    "is are was were goes go went going gone flows flowed headed came come comes coming originated sent sold shipped "
    "happens happened done bound destined still now also mainly directly last year in that this oil trade"
)
_MADE = one_of("products goods exports shipments suppliers companies buyers firms imports")
_FILL = one_of(
    ", which that who now alone still also currently already together both has have had itself ( ) was is it the"
)
_QUARRELS = one_of(
    "war wars tension tensions dispute disputes spat row deal deals agreement agreements pact truce talks negotiations "
    "conflict conflicts standoff relations ties friction frictions rivalry competition clash"
)
_PEERS = one_of(
    "economies economy countries nations exporters peers competitors rivals neighbours neighbors powerhouses partners"
)
_LIKE = (["like"], ["including"], ["namely"])
_WHERE = one_of("where whose")
_ALL_TOLD = (["in", "total"], ["all", "told"], ["on", "aggregate"], ["in", "aggregate"], ["in", "all"])
_ALL_OVER = one_of("globally worldwide altogether")
_TO_ALL = one_of("across with to from for of")
_PARTNERS = one_of("partners markets countries destinations suppliers sources world buyers")
_WHOLE = one_of("total overall cleared")
"""Words before a flow that say that it is that with all partners; `cleared` in `customs-cleared`."""
SHARES = one_of("share proportion portion weight part")
_OVERALL = one_of("total overall all global aggregate worldwide combined")
_IT = one_of(
    "the this that it which figure amount total volume sum value number they these and has have had now market bloc "
    "country nation region"
)
_OPENING = one_of("the but however meanwhile , yet still and also then")
_TOGETHER = one_of("together altogether jointly combined collectively")
_POINTS = one_of("that this it which")
_AGAIN = one_of("on compared year month from in versus against over annually monthly meanwhile")

_REST = one_of("rest other third remaining")
"""Words that lead to all partners but those told."""


class Sides(Dealings):
    """Who reports and who is the partner where the words around a number name both."""

    def _whose_share(self, quantity: Quantity) -> Sides3 | None:
        """Sides of a share whose whole names its country: `China took 60 % of Chile's exports`."""
        if ranked_share(self.view, quantity) and self.now.partner == WORLD:
            ours = (self.now.reporter, self.now.home)
            places = [n.code for n in self.view.names if n.role == "place" and n.last < quantity.first]
            abroad = [code for code in places if code not in ours]
            return (self.now.reporter, abroad[-1], self.now.flow) if abroad else None
        whole = self._whole_of(quantity)
        if whole is None or whole.flow == "B":
            return None
        reporter = whole.reporter or self.now.reporter
        if whole.partners:  # 52 % of India's exports to the US face a tariff
            told = any(n.role == "place" and n.last <= quantity.first for n in self.view.names)
            return None if told or len(whole.partners) > 1 else (reporter, whole.partners[0], whole.flow)
        if _TOGETHER & set(self.view.lows[max(0, quantity.first - 6) : quantity.first]):
            return reporter, WORLD, whole.flow
        partner = self._whole_goes_to(whole) or self._taker(quantity, reporter) or self._taker_before(quantity)
        if not partner or partner == reporter:
            return None
        return reporter, partner, whole.flow

    def _side_again(self, quantity: Quantity, base: bool) -> Sides3 | None:
        """Sides of the share before, where a number only compares with it (`7 % of China's imports, after 8 %`)."""
        last = next((q for q in reversed(self.view.quantities) if q.last <= quantity.first), None)
        if self.side is None or last is None or quantity.unit not in ("%", "pp"):
            return None
        also = self.view.lows[quantity.last : quantity.last + 1] == ["of"]
        if also and self.view.lows[quantity.first - 1] in ("and", ",") and self._whole_of(quantity) is None:
            return self.side  # 42 % of the pulp exported by Chile and 20 % of its cherries
        if not (base or quantity.unit == "pp"):
            return None
        between = range(last.last, quantity.first)
        whole = self._whole_of(last)
        heads = (s.head for s in self.view.subjects if whole is None or s.head != whole.head)
        return None if any(head in between for head in heads) else self.side

    def _taker_before(self, quantity: Quantity) -> str:
        """The place that took the share before in a row (`took 9 % of Japan's exports and 16 % of its imports`)."""
        last = next((q for q in reversed(self.view.quantities) if q.last <= quantity.first), None)
        if self.side is None or last is None or self.view.lows[quantity.first - 1] not in ("and", ","):
            return ""
        whole = self._whole_of(last)
        return self.side[1] if whole is not None and quantity.first - whole.tail <= 3 else ""

    def _whole_goes_to(self, whole: Subject) -> str:
        """The place that a whole is said to go to or come from (`of Mongolia's trade is with China`)."""
        lows = self.view.lows
        for name in (n for n in self.view.names if n.role == "place" and whole.tail < n.first <= whole.tail + 9):
            dated = {i for m in self.view.dates for i in range(m.first, m.last)}
            gap = [lows[i] for i in range(whole.last, name.first) if lows[i] not in ("the", "those") and i not in dated]
            leads = lows[0] == "with" and gap[-1:] == [","] and set(gap[:-1]) <= {"abroad", "in", "overseas", "during"}
            if leads and lows[name.last : name.last + 1] in (["was"], ["is"], ["were"], ["remained"], ["stayed"]):
                return name.code  # with 43 % of the rice sold abroad, the Philippines was
            if len(gap) > 1 and gap[-1] in ("with", "to", "from") and set(gap[:-1]) <= _ON_ITS_WAY:
                return name.code
        return ""

    def _taker(self, quantity: Quantity, reporter: str) -> str:
        """The place that takes or makes up a share, before it in its sentence."""
        lows = self.view.lows
        at = next((i for i in range(quantity.first - 1, max(quantity.first - 9, -1), -1) if lows[i] in _TAKES), -1)
        if at < 0:
            return ""
        before = [n for n in self.view.names if n.role == "place" and n.last <= at and n.code != reporter]
        near = [n for n in before if set(lows[n.last + (lows[n.last] in _MADE) : at]) <= _FILL]
        if near:
            return near[-1].code
        if not before and set(lows[:at]) <= _IT:
            return self.start.last_partner  # the figure accounted for
        opens = before and set(lows[: before[0].first]) <= _OPENING
        heads = lows[at].endswith("ing") and opens and self.now.partner in (WORLD, before[0].code)
        return before[0].code if heads else ""

    def _hosts(self, quantity: Quantity) -> str:
        """The reporter of a number in a list of countries (`economies such as Japan, where exports fell 2 %`)."""
        lows, subject = self.view.lows, self.subject
        if subject is None or subject.reporter:
            return ""
        if own := self._own_growth(quantity, subject):
            return own
        if subject.partners or lows[subject.first - 1] not in _WHERE:
            return ""
        places = [n for n in self.view.names if n.role == "place" and n.last < subject.first]
        listed: list[Name] = []
        for name in reversed(places):
            until = listed[0].first if listed else subject.first - 1
            if not set(lows[name.last : until]) <= {",", "and", "the", "or"}:
                break
            listed.insert(0, name)
        if not listed:
            return ""
        back = [low for low in lows[max(0, listed[0].first - 8) : listed[0].first] if low != "the"]
        peers = (back[-2:] == ["such", "as"] or back[-1:] in _LIKE) and _PEERS & set(back)
        group = self._group(quantity)
        if not peers or len(listed) not in (1, len(group)):
            return ""
        return listed[group.index(quantity) if len(listed) > 1 else 0].code

    def _own_growth(self, quantity: Quantity, subject: Subject) -> str:
        """The country whose own growth a number is (`export growth fell for the US (10.3 %), the EU (7.6 %) and`)."""
        lows = self.view.lows
        if "growth" not in lows[subject.tail : subject.tail + 1] or lows[quantity.first - 1] != "(":
            return ""
        places = [n for n in self.view.names if n.role == "place" and n.first >= subject.tail]
        first = places[0].first - (lows[places[0].first - 1] == "the") if len(places) > 1 else 0
        own = next((n for n in places if n.last == quantity.first - 1), None)
        return own.code if own is not None and first and lows[first - 1] == "for" else ""

    def _quarrels(self, name: Name) -> bool:
        """Whether it is a war or a deal that is with a place (`the trade war with the United States`)."""
        back = [low for low in self.view.lows[max(0, name.first - 3) : name.first] if low not in ("the", "an", "a")]
        return back[-1:] in (["with"], ["against"]) and bool(back[-2:-1]) and back[-2] in _QUARRELS

    def _compares_again(self, subject: Subject) -> bool:
        """Whether a sentence only measures the flow of the one before another way (`On a yearly basis, exports`)."""
        now, lows = self.now, self.view.lows
        if self.sentence.opens or now.partner == WORLD or subject.flow != now.flow or subject.whole:
            return False
        if subject.reporter or subject.products or lows[0] not in _AGAIN:
            return False
        return any(m.against or m.role == "base" for m in self.view.dates if m.last <= subject.first and m.first <= 3)

    def _led(self) -> str:
        """Another country that the sentence begins with, or the one before where this begins with `it`."""
        lows = self.view.lows
        if lows[0] in ("it", "they"):
            return self.start.led
        first = next((n for n in self.view.names if n.role == "place" and n.first <= 1), None)
        if first is None and self.called:
            return self.called  # the largest customer was China: it bought
        if (
            first is None
            or first.form != "name"
            or first.code == self.now.home
            or lows[first.last : first.last + 1] == ["'s"]
        ):
            return ""
        return first.code

    def _goes_overall(self) -> bool:
        """Whether the paragraph speaks of all partners after this sentence."""
        if any(c.partner != WORLD for c in self.found):
            return False
        if self._opens_overall():
            return True
        if self.subject is None or not self._of_all(self.subject) and not self._other_way(self.subject):
            return self.start.overall and self.now.partner == WORLD
        return not self.subject.partners and self.now.partner == WORLD

    def _other_way(self, subject: Subject) -> bool:
        """Whether a flow is another than the one that the story tells of its partner (`the deficit`, of exports)."""
        return bool(self.now.one_way) and subject.flow not in (self.now.one_way, "T") and not subject.partners

    def _opens_overall(self) -> bool:
        """Whether a sentence says at its head that it is of all partners (`Globally, it ran`, `Across all markets`)."""
        lows = [low for low in self.view.lows[:8] if low not in ("but", "and", "meanwhile", ",", "however", "the")]
        if any(n.code == self.now.pair for n in self.view.names if n.role == "place"):
            return False
        if lows[:1] == ["overall"]:
            return all(n.role != "place" or n.code == self.now.home for n in self.view.names)
        if lows[:1] and lows[0] in _ALL_OVER or lows[:2] in _ALL_TOLD:
            return True
        all_of_them = lows[1:2] in (["all"], ["world"], ["whole"]) and bool(_PARTNERS & set(lows[1:5]))
        return lows[:1] != [] and lows[0] in _TO_ALL and all_of_them

    def _of_all(self, subject: Subject) -> bool:
        """Whether a flow is that with all partners (`China's total magnet exports`), not `with total trade of`."""
        lows = self.view.lows
        whole = any(lows[i : i + 3] == ["as", "a", "whole"] for i in (subject.tail, subject.last, subject.last + 1))
        total = whole or subject.whole or bool(_WHOLE & set(lows[subject.first : subject.head]))
        if not total or subject.linked:
            return False
        return not (self.partner_named and lows[subject.first - 1 : subject.first] in (["with"], ["a"]))

    def _with_others(self, quantity: Quantity) -> bool:
        """Whether a number is of all partners but those told before (`those to the rest of the world fell 5 %`)."""
        lows, last = self.view.lows, 0
        if self.now.partner == WORLD or _REST.isdisjoint(self.view.said):
            return False
        for ends in (*(n.last for n in self.view.names if n.role == "place"), *(s.tail for s in self.view.subjects),
                     *(q.last for q in self.view.quantities)):  # fmt: skip
            last = max(last, ends) if ends <= quantity.first else last
        told = lows[last : quantity.first]
        for i in range(len(told) - 2):
            if told[i] not in ("to", "with", "from", "outside"):
                continue
            ahead = [low for low in told[i + 1 : i + 5] if low != "the"]
            if (
                ahead[:2] == ["rest", "of"]
                or ahead[:1] in (["other"], ["third"], ["remaining"])
                and _PARTNERS & set(ahead)
            ):
                return True
        return False

    def _comes_to(self, subject: Subject) -> bool:
        """Whether a balance is what exports and imports of all partners, told before it, come to."""
        told = {c.flow for c in self.found if c.reporter == self.now.reporter and c.partner == WORLD}
        return subject.flow == "B" and self.now.partner == WORLD and {"X", "M"} <= told and not subject.reporter

    def _results(self, subject: Subject) -> bool:
        """Whether a balance is what the flows of the sentence before come to (`The result was a deficit of`)."""
        lows = self.view.lows
        if subject.flow != "B" or subject.reporter or self.sentence.opens:
            return False
        if _OVERALL & set(lows[subject.first : subject.tail]):
            return False
        return lows[0] in _POINTS or lows[0] == "the" and lows[1:2] in (["result"], ["difference"], ["outcome"])

    def _theirs(self, subject: Subject) -> str:
        """The country whose flow goes home by its own account (`China's customs said its exports to India rose`)."""
        lows, now = self.view.lows, self.now
        if not subject.homeward or lows[subject.first] not in ("its", "their") or subject.flow != "X":
            return ""
        before = [n.code for n in self.view.names if n.role == "place" and n.last <= subject.first]
        abroad = [code for code in before if code not in (now.home, BLOC)]
        return abroad[-1] if abroad else now.abroad

    def _leaves(self, subject: Subject) -> bool:
        """Whether a balance is home's although the flows before it are another country's, by which was larger."""
        told = {c.flow: c.value for c in self.found if c.reporter == self.now.reporter and c.measure == "level"}
        if subject.flow != "B" or subject.reporter or self.now.partner != self.now.home or not {"X", "M"} <= set(told):
            return False
        return subject.form == ("deficit" if told["X"] > told["M"] else "surplus")

    def _with_the_other(self, subject: Subject) -> str:
        """The partner of `trade between the two countries` where no clause before has named one."""
        mutual = subject.linked and subject.flow in ("T", "B")
        if mutual:
            return self.now.pair or self._near_place(subject) or self.now.abroad or WORLD
        again = {"region", "bloc"} & set(self.view.lows[subject.tail : subject.tail + 3])
        return self.now.group if again and subject.linked and self.now.group else WORLD

    def _near_place(self, subject: Subject) -> str:
        """The one place abroad named before the trade with it (`roared across Africa, lifting two-way trade`)."""
        ours = (self.now.home, self.now.reporter)
        near = {n.code for n in self.view.names if n.role == "place" and n.last <= subject.first and n.code not in ours}
        return near.pop() if len(near) == 1 and not self.found else ""

    def _to_us(self, subject: Subject) -> bool:
        """Whether another country's flow goes to the home country (`Chinese shipments to Germany rose`)."""
        now = self.now
        theirs = now.reporter not in ("", now.home) and not subject.reporter and subject.flow in ("X", "M")
        return bool(theirs and subject.homeward and not subject.partners)
