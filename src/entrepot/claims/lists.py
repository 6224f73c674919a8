"""Numbers in lists, and what stands beside a number: which partner, product, flow and period belongs to which."""

from collections.abc import Sequence

from entrepot import codes
from entrepot.claims import alignment, verbs, views
from entrepot.claims.claim import Claim
from entrepot.claims.complements import epithet
from entrepot.claims.fronts import subject_after
from entrepot.claims.names import Name
from entrepot.claims.opening import Context
from entrepot.claims.quantity import Quantity
from entrepot.claims.replacing import replace
from entrepot.claims.spans import Mention, Span
from entrepot.claims.subjects import WORLD, Subject
from entrepot.claims.traders import Leads
from entrepot.claims.verbs import VERBS
from entrepot.claims.views import View
from entrepot.claims.words import Sentence, one_of

_AFTER_PLACE = one_of(
    "economies nations members member states market markets area region in and while by but as during over also "
    "alone from for at on or year between respectively last has have had were was is are climbing reached accounting "
    "continued came this when after that which where despite compared with buyers consumers countries worth "
    "valued totaled totalled stood amid they it than"
)
_LIST_GAP = one_of(", and & by nearly about up down or over almost around - − +")
_NAME_GAP = one_of(", and & the to or with from in as well")
_BESIDE = one_of(
    "with ( by up down - : , + at rose fell grew dropped increased declined surged jumped climbed plunged slid"
)
_LIST_ENDS = one_of("but while of ; : whereas exports imports shipments sales as with however")
_PARTS = one_of("and while but as ; with from after when")
"""Words between two numbers after which the second speaks of something else."""
_NEW = one_of("and while but whereas although ; . which")
"""Words between two numbers after which the second need not be of what the first is of."""
_NO_GOODS = one_of("tonnes tons mt barrels units percent months year")
_POINTS_BACK = one_of("these those them which")
_COUNTS = {2: "two", 3: "three", 4: "four", 5: "five"}
_COMPARED = one_of("after behind ahead overtaking surpassing unlike than")
"""Words before a place that a number's own place is only compared with."""
_RUNS = one_of("ran runs had has posted recorded registered reported logged saw booked")
_AGAINST = one_of("above below than against versus over behind exceeding surpassing topping from to with")
_FIGURES = one_of("figure share total number portion tally sum")
_STOOD = one_of("was is were stood at came to just under about nearly almost over only around in reached")
_MEMBERS = one_of("member members states economies countries nations bloc region market markets")
_WAYS = {"X": ("to", "into"), "M": ("from",)}
"""Prepositions that lead to the other side of a flow; of balances and totals `with` and `against` do."""
_NO_GOODS = verbs.UP | verbs.DOWN | one_of(
    ", ; : ( ) - – — to from with against by on as after while but due amid than compared and which that thanks for "
    "those"
)  # fmt: skip
"""Words that no goods between a number and its place hold (`$141 billion worth of goods and services to Africa`)."""
_LEADS_THERE = one_of(
    "recorded registered posted traded exchanged to from with against into neighbouring neighboring the member states "
    "of countries more less goods fewer its other nations markets market was were came went worth region"
)

_SHORT_NAMES = one_of("us u.s. uk u.k. eu")
"""Names of countries that stand before goods as adjectives do."""

Parts = tuple[Context, Subject | None, tuple[str, ...], tuple[str, ...], bool]
"""What a sentence speaks of: context, subject, its partners and goods, whether a foreign buyer acts."""


class Lists:
    """One sentence on its way from left to right, and the lists in it."""

    def __init__(self, text: str, sentence: Sentence, view: View, context: Context) -> None:
        self.text, self.sentence, self.view = text, sentence, view
        self._groups = self._grouped()
        self.start = self.now = context
        self.subject: Subject | None = None
        self.period: Mention | None = None
        self.partners: tuple[str, ...] = ()
        self.products: tuple[str, ...] = ()
        self.marker = ""
        self.growth_sign = 0
        self.about_trade = bool(context.headed and context.flow)
        self.found: list[Claim] = []
        self.main_span: Span | None = None
        self.this_span: Span | None = None
        self.last_measure = ""
        self.product_named = self.partner_named = self.definition_named = False
        self.foreign_buyer = self.fronted = False
        self._flow_before = context.flow
        self.asides: set[str] = set()
        self.compared_until = 0
        self.changes: set[int] = set()
        self.years: set[int] = set()
        self.side: tuple[str, str, str] | None = None
        self.leading: Leads | None = None
        self.before_aside: Parts = (context, None, (), (), False)
        self.ahead = {q.first: s for q in view.quantities if (s := subject_after(view, q)) is not None}
        for q in [q for q in view.quantities if q.first in self.ahead]:  # took $3, $2 and $1 billion of its exports
            self.ahead |= {other.first: self.ahead[q.first] for other in self._group(q)}
        self._order = {q.first: i for i, q in enumerate(view.quantities)}
        runs = {role: alignment.aligned(view, role, context.home) for role in ("place", "product")}
        self.aligned = {role: alignment.owners(found) for role, found in runs.items()}
        self._heads = alignment.heads(runs["place"])

    def _group(self, quantity: Quantity) -> list[Quantity]:
        """Numbers of the list that a number stands in, itself alone if in none."""
        return self._groups.get(quantity.first, [quantity])

    def _grouped(self) -> dict[int, list[Quantity]]:
        """The list that each number stands in, by the token that the number begins with."""
        groups: list[list[Quantity]] = []
        for q in self.view.quantities:
            last = groups[-1][-1] if groups else None
            if last is not None and last.unit == q.unit and self._list_gap(last, q):
                groups[-1].append(q)
            else:
                groups.append([q])
        return {q.first: group for group in groups for q in group}

    def _list_gap(self, one: Quantity, other: Quantity) -> bool:
        gap = self.view.lows[one.last : other.first]
        return (
            bool(gap) and len(gap) <= 4 and all(low in _LIST_GAP for low in gap) and bool(set(gap) & {",", "and", "&"})
        )

    def _same_list(self, one: Quantity, other: Quantity) -> bool:
        return self._group(one) is self._group(other)

    def _listed(self, quantity: Quantity, role: str, items: tuple[str, ...]) -> str:
        """The partner or product of a number by its place in a list, or in lists of equal length."""
        if owner := self.aligned[role].get(quantity.first):
            return owner
        if place := self._in_row(quantity):
            runs = [items, *(tuple(n.code for n in run) for run in self._runs(role, quantity.first))]
            return next((run[place[0]] for run in runs if len(run) == place[1]), "")
        group = self._group(quantity)
        if len(group) < 2:
            return ""
        if len(items) == len(group):
            return items[group.index(quantity)]
        for run in self._runs(role, group[-1].last):
            if len(run) == len(group):
                return run[group.index(quantity)].code
        if role == "place" and (again := self._told_in_turn(quantity, group)):
            return again
        named = self.partners or self._runs("place", group[-1].last)
        back = role == "place" and "respectively" in self.view.lows and self._lists_again(len(group))
        if back and not self._runs("product", group[-1].last) and len(self.start.places) == len(group):
            return self.start.places[group.index(quantity)]
        if role == "product" and "respectively" in self.view.lows and not named:
            items = self._spelled_list(group[0].first)
            if len(items) == len(group):
                return items[group.index(quantity)]
        return ""

    def _told_in_turn(self, quantity: Quantity, group: Sequence[Quantity]) -> str:
        """Partner of a number of a list that follows as many partners, each with its amount, `respectively`."""
        if len(group) < 3 or "respectively" not in self.view.lows[group[-1].last :]:
            return ""
        told = tuple(dict.fromkeys(c.partner for c in self.found if c.start < group[0].start and c.measure == "level"))
        return told[group.index(quantity)] if len(told) == len(group) else ""

    def _says_more(self, quantity: Quantity) -> Claim | None:
        """The number before that this one goes on about: no name, no flow and no other clause stands between."""
        view, at = self.view, self._order.get(quantity.first, 0) - 1
        told, before = (self.found[-1] if self.found else None), view.quantities[at]
        if at < 0 or told is None or told.start != before.start or len(self._group(before)) > 1:
            return None
        gap = range(before.last, quantity.first)
        words = view.lows[before.last : quantity.first]
        apart = any(n.first in gap for n in view.names if n.role in ("place", "product", "flow"))
        listed = before.unit == quantity.unit and self._list_gap(before, quantity)
        if not words or apart or _NEW & set(words) or listed or quantity.first in self.ahead:
            return None
        return None if {"respectively", "respective"} & set(view.lows) else told

    def _of_head(self, quantity: Quantity) -> str:
        """Goods of the first number of a list of places, for the others of it (`85 % of the ore, Japan 6 %`)."""
        head = self._heads.get(quantity.first)
        told = next((c for c in reversed(self.found) if head is not None and c.start == head.start), None)
        if head is None or told is None:
            return ""
        between = [n for n in self.view.names if n.role == "product" and head.last <= n.first < quantity.first]
        return told.product if all(n.code == told.product for n in between) else ""

    def _lists_again(self, count: int) -> bool:
        """Whether a sentence speaks of the places that the one before listed (`with the three partners`, `these`)."""
        lows = self.view.lows
        again = any(lows[i : i + 2] == ["the", _COUNTS.get(count, "")] for i in range(len(lows)))
        return again or not _POINTS_BACK.isdisjoint(lows)

    def _in_row(self, quantity: Quantity) -> tuple[int, int] | None:
        """Place and length in a list of rates with levels (`fell 5 % to $3 bn and 6 % to $4 bn, respectively`)."""
        if "respectively" not in self.view.lows:
            return None
        pairs: list[tuple[Quantity, Quantity]] = []
        for one, other in zip(self.view.quantities, self.view.quantities[1:], strict=False):
            gap = self.view.lows[one.last : other.first]
            if one.unit == "%" and other.unit != "%" and gap[:1] == ["to"] and len(gap) <= 3:
                if pairs and not self._list_gap(pairs[-1][1], one):
                    pairs = []
                pairs.append((one, other))
        here = [i for i, pair in enumerate(pairs) if quantity in pair]
        return (here[0], len(pairs)) if here and len(pairs) > 1 else None

    def _places(self) -> tuple[str, ...]:
        """The longest list of places in the sentence, each once; a short name in brackets is the same place."""
        best: list[Name] = []
        run: list[Name] = []
        for name in (n for n in self.view.names if n.role == "place"):
            gap = self.view.lows[run[-1].last : name.first] if run else []
            near = run and all(low in _NAME_GAP or low in "()" for low in gap)
            run = [*run, name] if near and name.code != run[-1].code else run[:-1] + [name] if near else [name]
            best = run if len(run) > len(best) else best
        if "followed" in self.view.lows and not self.view.quantities:
            abroad = [n for n in self.view.names if n.role == "place" and n.code != self.now.home]
            best = abroad if len({n.code for n in abroad}) == len(abroad) else best
        return tuple(name.code for name in best) if len(best) > 1 else ()

    def _spelled_list(self, end: int) -> tuple[str, ...]:
        """Goods in a list before a verb, by their own words where no table knows them."""
        lows, at = self.view.lows, end - 1
        while at > 0 and lows[at] not in verbs.UP | verbs.DOWN:
            at -= 1
        begin = at
        while begin > 0 and lows[begin - 1] not in _LIST_ENDS and self.view.words[begin - 1].kind in "wp":
            begin -= 1
        items: list[list[int]] = [[]]
        for i in range(begin, at):
            if lows[i] in (",", "and", "&"):
                items.append([])
            elif lows[i] not in ("also", "both", "the", "its", "experienced", "saw"):
                items[-1].append(i)
        listed = [i for item in items for i in item]
        if any(lows[i].endswith("ing") or lows[i] in _NO_GOODS or i in self.view.counted for i in listed):
            return ()
        known = {n.first: n.code for n in self.view.names if n.role == "product"}
        if any(lows[i] in _NO_GOODS | {"in", "an", "a", "this"} for item in items for i in item if i not in known):
            return ()
        return tuple(
            next((known[i] for i in item if i in known), "-".join(lows[i] for i in item)) for item in items if item
        )

    def _runs(self, role: str, end: int) -> list[list[Name]]:
        """Lists of names of one role, nearest before token `end` first."""
        runs: list[list[Name]] = []
        for name in (n for n in self.view.names if n.role == role and n.code != self.start.home):
            gap = self.view.lows[runs[-1][-1].last : name.first] if runs else []
            if runs and gap and len(gap) <= 4 and all(low in _NAME_GAP for low in gap):
                runs[-1].append(name)
            else:
                runs.append([name])
        return [run for run in reversed(runs) if len(run) > 1]

    def _listed_flow(self, quantity: Quantity) -> str:
        """The flow of a number in a pair after `exports and imports`."""
        group = self._group(quantity)
        lead = self.view.lows[max(0, group[0].first - 3) : group[0].first]
        if len(group) > 1 and "respectively" in (*lead, *self.view.lows[quantity.last :]):
            told = [s.flow for s in self.view.subjects if s.tail <= group[0].first][-len(group) :]
            if len(set(told)) == len(group) and (len(group) == 2 or self._flows_in_row(len(group), group[0].first)):
                return told[group.index(quantity)]
        if len(group) != 2 or self.subject is None or self.subject.flow != "T":
            return ""
        head = self.view.lows[self.subject.head : self.subject.tail]
        pair = [
            {"exports": "X", "imports": "M", "export": "X", "import": "M"}[w]
            for w in head
            if w in ("exports", "imports", "export", "import")
        ]
        return pair[group.index(quantity)] if len(pair) == 2 else ""

    def _flows_in_row(self, count: int, end: int) -> bool:
        """Whether the last flows before a token stand in one list (`trade, exports, imports and the surplus rose`)."""
        told = [s for s in self.view.subjects if s.tail <= end][-count:]
        gaps = [self.view.lows[one.tail : other.first] for one, other in zip(told, told[1:], strict=False)]
        return all(gap and set(gap) <= {",", "and", "the", "as", "well"} for gap in gaps)

    def _listed_period(self, quantity: Quantity, group: list[Quantity]) -> Mention | None:
        mentions = [m for m in self.view.dates if m.role == "period" and m.span]
        runs: list[list[Mention]] = []
        for mention in mentions:
            gap = self.view.lows[runs[-1][-1].last : mention.first] if runs else []
            if runs and 0 < len(gap) <= 3 and all(low in ("and", ",", "in", "the") for low in gap):
                runs[-1].append(mention)
            else:
                runs.append([mention])
        for run in runs:
            if len(run) == len(group) > 1:
                return run[group.index(quantity)]
        return None

    def _ends_phrase(self, after: str) -> bool:
        return not after or not after.isalpha() or after in VERBS or after in _AFTER_PLACE

    def _place_beside(self, quantity: Quantity) -> str:
        """A place right before or right after a number: `the EU (14.8 %)`, `15 % to the EU`."""
        view, lows = self.view, self.view.lows
        if not self.about_trade:
            return ""
        places = [n for n in view.names if n.role == "place" and n.code not in (self.now.reporter, self.now.home)]
        away = self.now.reporter not in ("", self.now.home)
        told = [n for n in view.names if n.role == "place" and n.code == self.now.home] if away else []
        for name in (*places, *told):  # the US imported $4 billion worth of goods from the European Union, its own says
            after = self._past_bracket(quantity.last, name.first)
            after = after[1:] if quantity.noun and after[:1] == [quantity.noun.rpartition(" ")[2]] else after
            if after[:1] == [","] and lows[quantity.first - 2 : quantity.first - 1] == [","]:
                after = after[1:]  # worth $3 billion, up 12 %, to Vietnam
            follow = lows[name.last] if name.last < len(lows) else ""
            if after in (["for"], ["for", "the"]) and self._set_against(quantity):
                return name.code  # 22 % of trade, against 19 % for Russia
            if self.now.flow == "M" and self._made_there(name, after):
                self.now = replace(self.now, partner=name.code)
                return name.code
            end = epithet(lows, name)
            again = self._called_again(name) if end else ""
            follow = "".join(lows[end : end + 1]) if again else follow
            if 0 < len(after) <= 12 and self._leads_there(after) and self._ends_phrase(follow):
                self.now = replace(self.now, partner=again or name.code)
                return again or name.code
        for name in places if lows[0] in ("with", "at") and quantity.first <= 6 else ():
            dated = {i for m in view.dates for i in range(m.first - 1, m.last)}
            gap = [lows[i] for i in range(quantity.last, name.first) if i not in dated]
            if gap in ([","], [",", "the"], ["share", ","]):
                self.now = replace(self.now, partner=name.code)
                return name.code  # with exports of three trillion yuan, the EU was the top market
        for name in places:
            if _COMPARED & set(lows[max(0, name.first - 2) : name.first]) and lows[name.last : name.last + 1] != ["("]:
                continue
            if lows[name.first - 1 : name.first] in (["ex"], ["excluding"], ["outside"]):
                continue
            between = lows[name.last : quantity.first] if name.last <= quantity.first else None
            while between and between[0] in _MEMBERS:
                between = between[1:]
            if between is not None and self._owns_number(name, between):
                return name.code  # well above China's 23.2 %, while China's figure was 60 billion
            beside = between is not None and len(between) <= 3 and all(low in _BESIDE for low in between)
            if beside and not any(name.last <= s.head < quantity.first for s in view.subjects):
                return name.code
        return ""

    def _called_again(self, name: Name) -> str:
        """Whom `the South American country` means: the partner spoken of before; empty for the home country."""
        start = self.start
        if codes.kind(name.code) != "group":
            return ""
        place = start.partner if start.partner != WORLD else start.abroad
        return "" if place == start.home or start.home in codes.members(name.code) else place

    def _reach_back(self, quantity: Quantity, place: str) -> None:
        """Give numbers that lead on to this one the place that stands after it (`fell 3 % to $4 billion to China`)."""
        view = self.view
        if view.lows[quantity.last : quantity.last + 2] == ["of", "it"]:
            return  # $1.85 billion of circuits, $598 million of it from China
        before = [q for q in view.quantities if q.last <= quantity.first]
        here = next((n for n in view.names if n.code == place and n.role == "place" and n.first >= quantity.last), None)
        for at in range(len(self.found) - 2, -1, -1):
            last = before.pop() if before else None
            if here is None or last is None or self.found[at].start != last.start:
                return
            gap = range(last.last, quantity.first)
            apart = any(n.first in gap for n in view.names if n.role in ("place", "flow"))
            start = views.clause_start(view, last.first)
            named = any(
                start <= n.first < last.first for n in view.names if n.role == "place" and n.code != self.now.reporter
            )
            if apart or named or len(gap) > 6 or _PARTS & set(view.lows[last.last : quantity.first]):
                return
            told = self.found[at]
            carried = tuple(slot for slot in told.carried if slot != "partner")
            self.found[at], quantity = replace(told, partner=place, carried=carried), last

    def _set_against(self, quantity: Quantity) -> bool:
        """Whether a number stands beside another's, to compare them (`less than the $31 billion for Mexico`)."""
        back = self.view.lows[max(0, quantity.first - 3) : quantity.first]
        return bool({"against", "versus", "with", "than"} & set(back))

    def _owns_number(self, name: Name, gap: Sequence[str]) -> bool:
        """Whether a number is said to be a place's own (`China's 23.2 %`, `China's share was 23.2 %`)."""
        if gap[:1] != ["'s"]:
            return False
        if len(gap) == 1:
            return bool(_AGAINST & set(self.view.lows[max(0, name.first - 2) : name.first]))
        return gap[1] in _FIGURES and len(gap) <= 6 and all(low in _STOOD for low in gap[2:])

    def _past_bracket(self, first: int, last: int) -> list[str]:
        """Words between a number and a place, but for a bracket that begins or ends there (`$54 billion (€47bn)`)."""
        gap = self.view.lows[first:last] if last >= first else []
        inside = self.view.lows[max(0, first - 5) : first]
        if gap[:1] == ["("] and ")" in gap[:12] or "(" in inside and ")" not in inside and ")" in gap[:7]:
            gap = gap[gap.index(")") + 1 :]
        return gap[1:] if gap[:1] == [")"] else gap

    def _made_there(self, name: Name, gap: Sequence[str]) -> bool:
        """Whether goods counted by a number were made in a place (`1.6 million barrels of Russian crude`)."""
        paid = gap in (["for"], ["on"]) and self.subject and self.view.lows[self.subject.head] in ("paid", "spent")
        if not paid and gap not in (["of"], ["worth", "of"], ["more"], ["less"], ["fewer"], ["in"]):
            return False
        made = self.view.lows[name.last : name.last + 1]
        goods = any(n.first == name.last and n.role == "product" for n in self.view.names)
        whose = name.form == "adjective" or name.last - name.first == 1 and self.view.lows[name.first] in _SHORT_NAMES
        return made == ["made"] or whose and (goods or made in (["goods"], ["products"]))

    def _leads_there(self, gap: Sequence[str]) -> bool:
        """`... billion euros to the Member States of the European Union`, `5.6 % more goods to the United States`."""
        ways = _WAYS.get(self.now.flow, ("with", "against"))
        at = max((i for i, low in enumerate(gap) if low in ways), default=-1)
        runs = gap[:1] in (["that"], ["which"]) or gap[1:2] in (["that"], ["which"])
        if runs and at > 1 and gap[at - 1] in _RUNS and all(low in _LEADS_THERE for low in gap[at:]):
            return self.now.flow == "B"  # $200 billion that the United States ran with China
        if at < 0 or not all(low in _LEADS_THERE for low in gap[at:]):
            return False
        counted = [low for i, low in enumerate(gap[:at]) if gap[i - 1 : i + 2] != ["goods", "and", "services"]]
        compared = gap[:1] in (["more"], ["less"], ["fewer"])  # 12 % more palm oil to India
        goods = (compared or gap[:1] in (["of"], ["worth"], ["in"])) and not _NO_GOODS & set(counted[compared:])
        return goods and len(gap) > 1 or len(gap) <= 9 and all(low in _LEADS_THERE for low in gap[:at])
