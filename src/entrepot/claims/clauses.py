"""From sentences to claims: clauses, what they carry from one to the next, and the slots of every number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day

from entrepot import codes
from entrepot.claims import dates, slots, subjects
from entrepot.claims import names as lexicon
from entrepot.claims.claim import Claim, half_width
from entrepot.claims.dates import Calendar, Mention, Span
from entrepot.claims.names import Name
from entrepot.claims.numbers import Quantity, quantities
from entrepot.claims.slots import View
from entrepot.claims.subjects import TOTAL, WORLD, Subject
from entrepot.claims.words import Sentence, Token, one_of, sentences, tokens

OPENING = 60_000
"""Characters from which a story's reporter and first period are read [characters]."""


MOST_REMEMBERED = 2000
"""Figures of a story that are recognised when they are said again."""


CARRYING = ("VNM",)
"""Reporters whose stories go on about the period last named from paragraph to paragraph; others return to their first."""
Seen = dict[tuple[int, int], tuple[list[Token], list[Name]]]
BLOC = "@bloc"
"""Code of `the bloc` until it is known which was spoken of."""
MOST_IN_A_MONTH = 12
"""A growth rate above which nobody means a month on the month before [percent]."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause carries to the next: the slots last named, and whether the passage is about trade."""

    home: str
    reporter: str
    calendar: Calendar
    span: Span
    flow: str = ""
    form: str = ""
    partner: str = WORLD
    product: str = TOTAL
    definition: str = ""
    named: bool = False
    bilateral: bool = False
    sign: int = 1
    currency: str = ""
    group: str = "EU27"
    headed: str = ""
    note: str = ""
    marker: str = ""
    opening: Span = Span("", "", "")
    opening_note: str = ""


def read(text: str, *, date: Day | str) -> list[Claim]:
    """Read every number of a story that is, or could be taken for, a trade statistic.

    Parameters
    ----------
    text : str
        The story.
    date : date or str
        Day of the story (`2025-12-08`); months without a year and words such as `last month` are read from it.

    Returns
    -------
    list of Claim
        In the order of the text. Years, days and bare counts are no claims.
    """
    return list(each(text, date=date))


def each(text: str, *, date: Day | str) -> Iterator[Claim]:
    """Yield the claims of `read` one by one, in memory that does not grow with the text."""
    today = date if isinstance(date, Day) else Day.fromisoformat(date)
    seen: Seen = {}
    context = opening(text[:OPENING], today, seen)
    count = 0
    known: dict[tuple[object, ...], Claim] = {}
    for sentence in sentences(text):
        claims, context = _sentence(text, sentence, context, seen)
        for claim in claims:
            count += 1
            yield replace(_stated_before(claim, known), id=f"c{count}")


def _stated_before(claim: Claim, known: dict[tuple[object, ...], Claim]) -> Claim:
    """A figure that is said again without its period has the period that it was first said of."""
    if claim.kind != "actual" or claim.measure not in ("level", "threshold", "growth_yoy"):
        return claim
    growth = claim.measure == "growth_yoy"
    where = (claim.reporter, claim.partner, claim.product, claim.flow)
    if claim.lent:
        said = next((k for k in known if k[:5] == (*where, growth) and k[6] == claim.value), None)
        claim = replace(claim, unit=str(said[5])) if said else claim
    key = (*where, growth, claim.unit, claim.value)
    before = known.get(key)
    if before is not None and claim.placed:
        return replace(claim, period=before.period, span=before.span)
    if len(known) < MOST_REMEMBERED:
        known.setdefault(key, claim)
    return claim


# --- the story as a whole ---------------------------------------------------------------------------------------------


def opening(text: str, today: Day, seen: Seen) -> Context:
    """What a story is about: its reporter, the period it opens with, and whether balances in it are deficits.

    The words and names of every sentence are left in `seen`, so that they are found once.
    """
    scores: dict[str, float] = {}
    deficits, found, weight = 0, [], 1.0
    for number, sentence in enumerate(sentences(text)):
        words = tokens(text, sentence.start, sentence.end)
        names = lexicon.names(words)
        seen[sentence.start, sentence.end] = (words, names)
        flows = [n for n in names if n.role == "flow"]
        for name in names:
            if name.role == "office":
                city = name.form == "city"
                dateline = name.first == 0 and words[0].text.isupper()
                weight_of = (2.0 if dateline else 0.2) if city else 3.0
                scores[name.code] = scores.get(name.code, 0) + weight_of
        for subject in subjects.subjects(words, names, "") if flows else ():
            deficits += {"deficit": 1, "surplus": -1}.get(subject.form, 0)
            if subject.reporter and subject.reporter != BLOC:
                scores[subject.reporter] = scores.get(subject.reporter, 0) + 2 * weight
        for word in words if flows else ():
            if word.low in _MONEY:
                scores[_MONEY[word.low]] = scores.get(_MONEY[word.low], 0) + 0.5
        for name in names:
            if name.role == "place" and number < 6 and codes.kind(name.code) == "country":
                scores[name.code] = scores.get(name.code, 0) + (0.7 if number == 0 else 0.15)
        if flows and len(found) < 8:
            found.append(words)
        weight = max(0.5, weight * 0.97)
    home = max(scores, key=lambda code: scores[code]) if scores else "CHN"
    calendar = Calendar(today, home)
    span, note = _first_span(found, calendar)
    return Context(
        home=home,
        reporter=home,
        calendar=calendar,
        span=span,
        note=note,
        opening=span,
        opening_note=note,
        sign=-1 if deficits > 0 else 1,
    )


_MONEY = {"yuan": "CHN", "rmb": "CHN", "renminbi": "CHN", "won": "KOR", "yen": "JPN", "rupees": "IND", "crore": "IND"}


def _first_span(found: Sequence[Sequence[Token]], calendar: Calendar) -> tuple[Span, str]:
    """The first period that the story names and that can be out by now, with its note; else the latest month."""
    this = f"{calendar.today.year:04d}-{calendar.today.month:02d}"
    newest = this if dates.LAG.get(calendar.reporter, 30) <= 0 else dates.periods.later(this, -1)
    for words in found:
        for mention in dates.mentions(words, calendar):
            if mention.role == "period" and mention.span and not mention.loose:
                if dates.periods.later(calendar.latest, -6) <= mention.span.last <= newest:
                    return mention.span, mention.note
    return Span(calendar.latest, calendar.latest, "month"), ""


# --- one sentence -----------------------------------------------------------------------------------------------------

_BREAKS = one_of(
    "; : ( ) while whereas but although though after following versus vs against beating exceeding topping missing defying "
    "compared reversing despite as with which who because surpassing up down accelerating slowing outpacing beat marking"
)
_SOFT = one_of("and , from than")
_VERBS = slots.UP | slots.DOWN | one_of(
    "was were is are reached totaled totalled hit stood came amounted posted recorded exceeded remained accounted saw had has "
    "showed registered logged valued worth accelerated slowed eased registering totalling totaling reaching hitting standing "
    "surpassed crossed topped made contributed represented picked remain remains remained"
)  # fmt: skip
_TRADES = one_of(
    "exported imported shipped sold bought posted recorded reported logged registered ran had saw purchased booked notched "
    "racked enjoyed runs posts records exports imports"
)


def _view(text: str, sentence: Sentence, context: Context, seen: Seen) -> View | None:
    known = seen.pop((sentence.start, sentence.end), None)
    words = known[0] if known else tokens(text, sentence.start, sentence.end)
    if not words:
        return None
    lows = [w.low for w in words]
    mentions = dates.mentions(words, context.calendar)
    taken = {i for m in mentions for i in range(m.first, m.last)}
    found = quantities(words, taken)
    covered = {i for q in found for i in range(q.first, q.last)}
    names = [n for n in (known[1] if known else lexicon.names(words)) if not covered.intersection(range(n.first, n.last)) or n.role == "flow"]
    names = [n for n in names if n.role == "flow" or not taken.intersection(range(n.first, n.last))]
    names = _without_asides(words, lows, names, found)
    about = subjects.subjects(words, names, context.home)
    listed = _in_lists(lows, names, found)
    return View(
        words, lows, names, mentions, found, about, _segments(words, lows, about, names, found, mentions, listed)
    )


def _without_asides(
    words: Sequence[Token], lows: Sequence[str], names: list[Name], found: Sequence[Quantity]
) -> list[Name]:
    """Leave out what stands between two dashes without a number: it says what a word means, not what was measured."""
    dashes = [i for i, low in enumerate(lows) if low in ("-", "–", "—") and words[i].gap and i > 2]
    if len(dashes) != 2 or any(dashes[0] < q.first < dashes[1] for q in found):
        return names
    return [n for n in names if not dashes[0] < n.first < dashes[1]]


def _in_lists(lows: Sequence[str], names: Sequence[Name], found: Sequence[Quantity]) -> set[int]:
    """Commas and `and` that stand inside a list of names or of numbers."""
    inside: set[int] = set()
    for items in ([n for n in names if n.role in ("place", "product")], list(found)):
        for here, following in zip(items, items[1:], strict=False):
            gap = range(here.last, following.first)
            if 0 < len(gap) <= 4 and all(
                lows[i] in (",", "and", "the", "&", "or", "by", "to", "nearly", "about") for i in gap
            ):
                if any(lows[i] in (",", "and", "&", "or") for i in gap):
                    inside.update(gap)
    return inside


def _segments(
    words: Sequence[Token], lows: Sequence[str], about: Sequence[Subject], names: Sequence[Name],
    found: Sequence[Quantity], mentions: Sequence[Mention], listed: set[int],
) -> list[int]:  # fmt: skip
    """Number the clauses of a sentence, token by token."""
    protected = listed | {i for m in mentions for i in range(m.first, m.last)}
    for subject in about:
        protected |= set(range(subject.first, subject.last))
    numbers = {q.first for q in found}
    segment, number = [], 0
    for i, low in enumerate(lows):
        if i and i not in protected:
            if low in _BREAKS and not (
                low in ("up", "down", "with", "as") and not _starts_clause(words, lows, i, numbers)
            ):
                number += 1
            elif low in (",", "—", "–", "•") and not words[i].glue or low == "-" and words[i].gap:
                number += 1
            elif low == "and" and _new_clause(lows, i + 1, about, names, numbers):
                number += 1
            elif low == "from" and _to_number(lows, i + 1, numbers):
                number += 1
            elif low == "than":
                number += 1
        segment.append(number)
    return segment


def _starts_clause(words: Sequence[Token], lows: Sequence[str], i: int, numbers: set[int]) -> bool:
    if lows[i] == "with":
        return lows[i - 1] == "," or lows[i - 1] == "compared"
    if lows[i] == "as":
        return lows[i + 1 : i + 2] != ["much"] and lows[i - 1] not in ("such", "as", "well", "same")
    return lows[i - 1] == ","


def _new_clause(
    lows: Sequence[str], i: int, about: Sequence[Subject], names: Sequence[Name], numbers: set[int]
) -> bool:
    """Whether `and` opens a new clause: a subject, a preposition with a period, or a verb follows."""
    window = lows[i : i + 4]
    if any(i <= s.first <= i + 3 for s in about):
        return True
    if window and (window[0] in ("in", "for", "during", "with", "by", "up", "down") or window[0] in _VERBS):
        return True
    return any(n.first in range(i, i + 3) and n.role in ("place", "product") for n in names) and any(
        low in _VERBS for low in window
    )


def _to_number(lows: Sequence[str], i: int, numbers: set[int]) -> bool:
    """Whether `from` leads to a number (`from $90 billion`), not to a place or a period."""
    for at in range(i, min(i + 5, len(lows))):
        if at in numbers:
            return True
        if lows[at] not in (
            "a",
            "an",
            "the",
            "about",
            "nearly",
            "revised",
            "just",
            "over",
            "record",
            "only",
            "around",
            "almost",
        ):
            return False
    return False


def _sentence(text: str, sentence: Sentence, context: Context, seen: Seen) -> tuple[list[Claim], Context]:
    """Claims of one sentence, and what it carries to the next."""
    if sentence.opens:
        if not sentence.item and _returns(text, sentence, context):
            context = replace(context, span=context.opening, named=False, note=context.opening_note)
        elif context.span.kind == context.opening.kind == "month" and context.span.last < context.opening.last:
            context = replace(context, span=context.opening, named=False, note=context.opening_note)
        headed = context.headed if sentence.item else ""
        bilateral = context.bilateral and sentence.item
        context = replace(context, reporter=context.home, marker="", bilateral=bilateral, headed=headed)
    view = _view(text, sentence, context, seen)
    if view is None:
        return [], context
    context = _heading(view, sentence, context)
    walk = _Walk(text, sentence, view, context)
    return walk.claims(), walk.carried()


def _returns(text: str, sentence: Sentence, context: Context) -> bool:
    """Whether a new paragraph goes back to the period the story opened with.

    Stories of most offices do; those of China's only where they open with January to a month and give yuan.
    """
    if not context.opening.last or context.home in CARRYING:
        return False
    if context.home == "CHN":
        return context.opening.kind == "ytd" and "yuan" in text[sentence.start : sentence.end]
    return True


def _heading(view: View, sentence: Sentence, context: Context) -> Context:
    """A name and a colon before the sentence (`- Semiconductors: Exports jumped`) set what the item speaks of."""
    if ":" not in view.lows[:8]:
        return context
    colon = view.lows.index(":")
    head = [n for n in view.names if n.last <= colon and n.role in ("place", "product")]
    if any(q.first < colon for q in view.quantities) or len(head) != 1 or any(s.head < colon for s in view.subjects):
        return context
    if head[0].role == "product":
        return replace(context, product=head[0].code, headed="product")
    return replace(context, partner=head[0].code, headed="partner") if head[0].code != context.home else context


class _Walk:
    """Go through one sentence from left to right and fill the slots of its numbers."""

    def __init__(self, text: str, sentence: Sentence, view: View, context: Context) -> None:
        self.text, self.sentence, self.view = text, sentence, view
        self.start = self.now = context
        self.subject: Subject | None = None
        self.period: Mention | None = None
        self.partners: tuple[str, ...] = ()
        self.products: tuple[str, ...] = ()
        self.marker = ""
        self.growth_sign = 0
        self.about_trade = False
        self.found: list[Claim] = []
        self.main_span: Span | None = None
        self.last_measure = ""
        self.product_named = self.partner_named = self.definition_named = False
        self.foreign_buyer = False

    def carried(self) -> Context:
        """Context for the next sentence."""
        now = self.now
        if self.period and self.period.span and self.about_trade:
            now = replace(now, span=self.period.span, named=True, note=self.period.note)
        now = replace(now, marker=self.marker if self.marker in ("yoy", "mom") else now.marker)
        bilateral = now.partner != WORLD and (now.flow in "TB" or self.start.bilateral and self.subject is None)
        bilateral = bilateral or self.start.bilateral and now.partner == self.start.partner and now.partner != WORLD
        if self.view.lows[0] in ("this", "that", "these"):
            now = replace(now, span=self.start.span, named=self.start.named, note=self.start.note)
            return replace(now, bilateral=bilateral)
        if not self.about_trade and self.view.quantities and not self.view.subjects:
            return replace(self.start, bilateral=bilateral)
        return replace(now, bilateral=bilateral)

    def claims(self) -> list[Claim]:
        view = self.view
        events: list[tuple[int, int, object]] = [(s.head, 0, s) for s in view.subjects]
        inside = {i for s in view.subjects for i in range(s.first, s.last)}
        events += [(n.first, 1, n) for n in view.names if n.role in ("place", "product") and n.first not in inside]
        events += [(m.first, 2, m) for m in view.dates]
        events += [(q.first, 3, q) for q in view.quantities]
        events += [(n.first, 1, n) for n in view.names if n.role == "definition" and n.first not in inside]
        events += [(start, 4, (start, end, *rest)) for start, end, *rest in _ordinals(view)]
        bound = {id(s): q for q in view.quantities if (s := self._subject_after(q)) is not None}
        done: set[int] = set()
        for _, _, event in sorted(events, key=lambda e: e[:2]):
            if isinstance(event, Subject):
                if id(event) not in done:
                    self._meet_subject(event)
            elif isinstance(event, Name):
                self._meet_name(event)
            elif isinstance(event, Mention):
                self._meet_period(event)
            elif isinstance(event, Quantity):
                after = self._subject_after(event)
                if after is not None and id(after) in bound:
                    done.add(id(after))
                    self._meet_subject(after)
                self._meet_quantity(event)
            elif isinstance(event, tuple):
                self._meet_rank(*event)
        return self._paired(sorted(self.found, key=lambda c: c.start))

    # --- what sets slots ----------------------------------------------------------------------------------------------

    def _meet_subject(self, subject: Subject) -> None:
        now, first = self.now, self.subject is None
        if subject.form == "weak" and not (
            now.flow == "X" and (subject.products or subject.partners or self.product_named)
        ):
            return
        self.about_trade = True
        same_flow = now.flow == subject.flow
        reporter = subject.reporter or now.reporter
        partner, product = WORLD, TOTAL
        if subject.partners:
            partner = subject.partners[0]
        elif subject.whole:
            partner = WORLD
        elif subject.linked or not first or now.bilateral or now.headed == "partner":
            bilateral = now.bilateral and not self._names_other_period() and subject.flow != "T" and not subject.products and not self._all_goods(subject)
            home = not subject.reporter or subject.reporter == now.reporter and now.flow == "T"
            keeps = subject.linked or bilateral or now.headed == "partner" or not first and home
            partner = now.partner if keeps and not (first and subject.reporter and not subject.linked) else WORLD
        elif self.partner_named:
            partner = now.partner
        if subject.products:
            product = subject.products[0]
        elif not subject.whole and (
            now.headed == "product" or self.product_named or not first and not subject.reporter and not subject.partners
        ):
            product = now.product
        if subject.form == "market" and now.partner != WORLD and not subject.partners and not first:
            partner = now.partner
        if partner == BLOC:
            partner = now.group
        if partner == reporter:
            partner = WORLD
        keeps_definition = not first or self.definition_named or self.view.lows[0] in ("this", "these", "they", "it")
        definition = subject.definition or (now.definition if keeps_definition else "")
        if subject.linked and partner == WORLD and now.partner != WORLD:
            partner = now.partner
        sign = {"deficit": -1, "surplus": 1}.get(subject.form, now.sign)
        self.now = replace(
            now, flow=self._flow_of(subject), form=subject.form, reporter=reporter, partner=partner, product=product,
            definition=definition, sign=sign,
        )  # fmt: skip
        self.subject = subject
        if partner != WORLD and codes.kind(partner) == "group":
            self.now = replace(self.now, group=partner)
        if len(subject.partners) > 1 or not same_flow or not self.partners or subject.partners:
            self.partners = subject.partners
        if subject.products or not same_flow:
            self.products = subject.products

    def _meet_name(self, name: Name) -> None:
        view, lows = self.view, self.view.lows
        if name.role == "definition":
            self.now = replace(self.now, definition=name.code)
            self.definition_named = True
            return
        before = lows[name.first - 1] if name.first else ""
        after = lows[name.last] if name.last < len(lows) else ""
        if before in ("the", "a") and name.first > 1:
            before = lows[name.first - 2]
        opens = (
            name.first == 0
            or view.segment[name.first] != view.segment[name.first - 1]
            or before in ("and", "while", ",", "but", "the", "-", "•", "*")
        )
        opens = opens or before in ("those", "that")
        if name.role == "product":
            if before == "of" and name.first > 1 and lows[name.first - 2] in ("those", "that") and self.now.flow:
                self.now = replace(self.now, product=name.code)
                self.about_trade = True
            elif opens and (after in _VERBS or after in ("(", ":")) and (self.about_trade or self.now.flow):
                self.now = replace(self.now, product=name.code)
                self.about_trade = self.product_named = True
            return
        if subjects._alias(lows, name):
            return
        if before == "by" and "followed" in lows[max(0, name.first - 3) : name.first] and self.now.flow:
            self.now = replace(self.now, partner=name.code)
            self.about_trade = True
            return
        if name.code in (self.now.home, self.now.reporter):
            if name.code == self.now.home and after in _TRADES and name.form == "name":
                self.now = replace(self.now, reporter=name.code)
            return
        if subjects._modifies(lows, name) or after == "'s":
            return
        if opens and after in _TRADES and name.form == "name" and name.first < 3 and not self.about_trade:
            self.now = replace(self.now, reporter=name.code, partner=WORLD, product=TOTAL)
            return
        if before in ("to", "from", "with") and self.now.flow:
            at = name.first - (2 if lows[name.first - 1] == before else 3)
            self.about_trade = self.about_trade or at >= 0 and lows[at] in ("those", "that")
        relation = before in ("to", "from", "with", "into") and (self.about_trade or self.now.flow != "")
        if relation and self.about_trade and self._ends_phrase(after):
            self.now = replace(self.now, partner=name.code)
            self.partners = (
                (*self.partners, name.code) if self.partners and before not in ("to", "from", "with") else (name.code,)
            )
        elif opens and self.now.flow and (after in _VERBS or after in ("(", ":") or self._quantity_at(name.last)):
            if self._is_market(name) or self.about_trade or self.start.flow:
                self.now = replace(self.now, partner=name.code)
                self.about_trade = self.partner_named = True
            self.foreign_buyer = self._is_market(name)
        elif opens and self._is_market(name):
            self.foreign_buyer = True
            self.now = replace(self.now, partner=name.code, flow=self.now.flow or "T")
            self.about_trade = self.partner_named = True

    def _names_other_period(self) -> bool:
        """Whether a sentence names a period that is not the one spoken of before."""
        named = [m.span for m in self.view.dates if m.role == "period" and m.span]
        return any(span != self.start.span for span in named)

    def _all_goods(self, subject: Subject) -> bool:
        """Whether a subject says `of goods`: the whole, not the partner spoken of before."""
        return self.view.lows[subject.tail : subject.tail + 2] == ["of", "goods"]

    def _flow_of(self, subject: Subject) -> str:
        """Flow as the reporter sees it: what a foreign buyer imports are the reporter's exports."""
        word = self.view.lows[subject.tail - 1]
        if self.foreign_buyer and word in ("importing", "imported", "exporting", "exported", "buying", "bought"):
            return {"X": "M", "M": "X"}[subject.flow]
        return subject.flow

    def _is_market(self, name: Name) -> bool:
        ahead = set(self.view.lows[name.last : name.last + 14])
        return bool(
            ahead
            & {"partner", "market", "destination", "supplier", "source", "buyer", "importer", "markets", "partners"}
        )

    def _ends_phrase(self, after: str) -> bool:
        return not after or not after.isalpha() or after in _VERBS or after in _AFTER_PLACE

    def _quantity_at(self, i: int) -> bool:
        return any(q.first in (i, i + 1) for q in self.view.quantities)

    def _meet_period(self, mention: Mention) -> None:
        if mention.role == "period" and mention.span and not self._in_base(mention.first):
            if not (mention.loose and self.period is not None):
                self.period = mention

    def _in_base(self, i: int) -> bool:
        """Whether token i stands in a clause that only says what is compared with."""
        start = slots.clause_start(self.view, i)
        return (
            any(
                slots.is_base(self.view, q)
                for q in self.view.quantities
                if start <= q.first and self.view.segment[q.first] == self.view.segment[i]
            )
            or self.view.lows[start] in _BASE_CLAUSE
        )

    def _subject_after(self, quantity: Quantity) -> Subject | None:
        """The subject that a number belongs to although it comes first: `a $111.7 billion trade surplus`."""
        lows, view = self.view.lows, self.view
        following = min((q.first for q in view.quantities if q.first >= quantity.last), default=len(lows))
        for subject in view.subjects:
            if subject.head < quantity.last:
                continue
            if subject.head >= following:
                return None
            dated = {i for m in view.dates for i in range(m.first, m.last)}
            gap = [lows[i] for i in range(quantity.last, min(subject.first, subject.head)) if i not in dated]
            fronted = quantity.first <= 2 and lows[0] in ("at", "with") and gap[:1] == [","]
            if fronted and len(gap) <= 3:  # At $330 billion, exports were ...
                return subject
            if (
                lows[0] in ("goods", "products")
                and set(gap) <= {"were", "was"}
                and lows[subject.tail - 1].endswith("ed")
            ):
                return subject
            if len(gap) > 6 or any(low in _GAP_STOP for low in gap):
                return None
            if set(gap) & {"in", "of", "for", "worth", "on"} or len(gap) <= 2 and not set(gap) & {"to", "from", "by"}:
                if "of" in gap and quantity.unit == "%" and not set(gap) & (slots.UP | slots.DOWN):
                    return None
                return subject
            return None
        return None

    # --- what reads slots ---------------------------------------------------------------------------------------------

    def _meet_quantity(self, quantity: Quantity) -> None:
        view = self.view
        if not self._is_claim(quantity):
            return
        whole = self._whole_of(quantity)
        near = self.about_trade or whole is not None
        if whole is not None and self.subject is None:
            self.now = replace(self.now, flow=whole.flow, partner=self.now.partner if self.partner_named else WORLD,
                               product=self.now.product if self.product_named else TOTAL)  # fmt: skip
        kind = slots.kind(view, quantity, near)
        if kind == "actual" and not near and not self._leans():
            kind = "other"
        base = slots.is_base(view, quantity)
        unit = quantity.unit or (self.now.currency if quantity.scale >= 1e6 else "")
        unit = self._yen(unit)
        measure, against = self._measure(quantity, unit, base)
        span, placed, note = self._span(quantity, base)
        sign = self._sign(quantity, measure, base)
        flow = self._listed_flow(quantity)
        partner = self._listed(quantity, "place", self.partners) or self._place_beside(quantity) or self.now.partner
        counted = lexicon.product_of(quantity.noun) if quantity.noun and self.now.product == TOTAL else ""
        product = (
            counted
            or self._listed(quantity, "product", self.products)
            or self._product_beside(quantity)
            or self.now.product
        )
        flow = flow or self.now.flow
        level = measure in ("level", "threshold", "change_amount", "range_bound")
        if measure in ("level", "threshold") and flow == "B" and self.now.sign < 0:
            sign = -1
        value = sign * quantity.value
        start, end = quantity.start, quantity.end
        self.found.append(
            Claim(
                id="", start=start, end=end, text=self.text[self.sentence.start : self.sentence.end], kind=kind,
                reporter=self.now.reporter, partner=partner, product=product, flow=flow, period=span.text,
                span=span.kind, measure=measure, stated=self.text[start:end], value=value,
                rounding_half_width=half_width(value, quantity.step, quantity.digits, level=level), unit=unit,
                growth_currency="unstated" if measure.startswith("growth") and measure != "growth_gap" else "",
                qualifier=slots.qualifier(view, quantity), definition=note or self.now.definition, against=against,
                step=quantity.step, digits=quantity.digits, placed=placed,
                lent=not quantity.unit,
            )
        )  # fmt: skip
        if len(unit) == 3 and unit.isupper():
            self.now = replace(self.now, currency=unit)
        if not base:
            self.main_span = span
            self.last_measure = measure

    def _whole_of(self, quantity: Quantity) -> Subject | None:
        """The whole of a share that names its flow: `21.7 % of the country's total exports`."""
        if quantity.unit != "%" or self.view.lows[quantity.last : quantity.last + 1] != ["of"]:
            return None
        return next((s for s in self.view.subjects if 0 <= s.head - quantity.last <= 8), None)

    def _yen(self, unit: str) -> str:
        return ("CNY" if self.now.reporter == "CHN" else "JPY") if unit == "YEN" else unit

    def _is_claim(self, quantity: Quantity) -> bool:
        if quantity.unit in ("", "n") and quantity.scale < 1e6 and not (quantity.unit == "n" and self.about_trade):
            return False
        if quantity.unit == "" and not self.now.currency and not self.about_trade:
            return False
        after = self.view.lows[quantity.last : quantity.last + 1]
        return not (quantity.unit == "" and after and after[0] in ("people", "jobs", "workers", "visitors", "homes"))

    def _leans(self) -> bool:
        """Whether a sentence without a flow goes on about the one before (`That was 1.9 percent more`)."""
        if not self.start.flow:
            return False
        if (
            len(self.view.lows) <= 14
            and (self.view.words[0].kind == "n" or self.view.lows[0] in "+-−$€¥")
            and not self.view.subjects
        ):
            return True
        opener = self.view.lows[0]
        if self._it_reached():
            return True
        return (
            opener in ("that", "this", "it", "the", "they", "those")
            and len(self.view.lows) < 40
            and any(
                low in slots.UP | slots.DOWN
                or low in ("figure", "compares", "compared", "reading", "total", "marks", "crossed")
                for low in self.view.lows[:14]
            )
        )

    def _it_reached(self) -> bool:
        """`In the 11-month period, it hit ...`: the subject of the sentence before goes on."""
        lows = self.view.lows[:16]
        return any(a in ("it", "figure", "they") and b in _VERBS for a, b in zip(lows, lows[1:], strict=False))

    def _measure(self, quantity: Quantity, unit: str, base: bool) -> tuple[str, str]:
        """Measure of a number, and what it is compared with where that is not plain."""
        view, lows = self.view, self.view.lows
        if unit == "x":
            return "multiple", ""
        if unit == "n":
            return ("volume" if quantity.noun else "count"), ""
        if unit in ("pp", "bp"):
            return self._points(quantity), ""
        if unit == "%":
            ahead = lows[quantity.last : quantity.last + 2]
            if ahead[:1] in (["faster"], ["slower"]) or ahead == ["higher", "than"] and False:
                return "growth_gap", ""
            if slots.is_share(view, quantity):
                return "share", ""
            if base and self.last_measure == "share":
                return "share", ""
            marker = self._marker(quantity, base)
            window = set(lows[max(slots.clause_start(view, quantity.first), quantity.first - 14) : quantity.last + 6])
            if marker == "2019":
                return "growth_vs_2019", "2019"
            if marker == "qoq":
                return "growth_mom", "qoq"
            ahead3 = set(lows[quantity.last : quantity.last + 4])
            if "value" in ahead3 and "volume" not in ahead3:
                window = set()
            elif (
                self.last_measure == "volume"
                and marker == "yoy"
                and not any(len(q.unit) == 3 and q.unit.isupper() and q.last <= quantity.first for q in view.quantities)
            ):
                return "volume_growth_yoy", ""
            volume = window & {"volume", "volumes", "tonnage", "quantity"} and "trade" not in window
            if marker == "mom":
                return "growth_mom", ""
            return ("volume_growth_yoy" if volume else "growth_yoy"), ""
        if len(unit) == 3 and unit.isupper() or unit == "":
            if self._is_range(quantity):
                return "range_bound", ""
            if slots.is_change(view, quantity):
                return "change_amount", self._marker(quantity, base)
            if "first time" in " ".join(lows) and slots.qualifier(view, quantity) == "over":
                return "threshold", ""
            return "level", ""
        return "volume", ""

    def _points(self, quantity: Quantity) -> str:
        window = set(self.view.lows[max(0, quantity.first - 14) : quantity.last + 8])
        if window & {"contributed", "contributing", "contribution", "contribute", "pulled", "dragged", "shaved"}:
            return "contribution"
        if (
            window & {"faster", "slower", "outpacing", "outpaced"}
            or window & {"growth", "rate", "pace"}
            and not window & {"share", "proportion"}
        ):
            return "growth_gap"
        return "share_change"

    def _is_range(self, quantity: Quantity) -> bool:
        lows = self.view.lows
        for here, following in zip(self.view.quantities, self.view.quantities[1:], strict=False):
            between = lows[here.last : following.first]
            if slots.is_change(self.view, here) or set(lows[max(0, here.first - 8) : here.first]) & (
                slots.UP | slots.DOWN
            ):
                continue
            if quantity in (here, following) and here.unit == following.unit and (
                not between and self.view.words[following.first].glue
                or between == ["to"] and lows[here.first - 1 : here.first] != ["from"]
                or between == ["and"] and lows[here.first - 1 : here.first] == ["between"]
            ):  # fmt: skip
                return True
        return False

    def _marker(self, quantity: Quantity, base: bool) -> str:
        """`yoy`, `mom`, `qoq` or `2019`: what a growth rate is measured against."""
        view = self.view
        if base and self.last_measure.startswith("growth"):
            return {"growth_mom": "mom", "growth_vs_2019": "2019"}.get(self.last_measure, "yoy")
        later = [m for m in view.dates if m.role == "base" and m.first >= quantity.last]
        if not base and self._grown_from_2019(quantity):
            return "2019"
        stop = min((q.first for q in view.quantities if q.first >= quantity.last and not self._same_list(quantity, q)
                    and (q.unit in ("%", "pp") or slots.is_base(view, q))), default=len(view.lows))  # fmt: skip
        for mention in later:
            if mention.first < stop and self._reach(quantity, mention) and not self._leads(mention):
                return self._against(mention)
        earlier = [m for m in view.dates if m.role == "base" and m.last <= quantity.first]
        floor = max((q.last for q in view.quantities if q.last <= quantity.first and q.unit == "%"), default=0)
        for mention in reversed([] if base else earlier):
            if (
                not self._leads(mention)
                and mention.first >= floor
                and not any(
                    slots.is_base(view, q)
                    for q in view.quantities
                    if q.last <= mention.first and mention.first - q.last < 4
                )
            ):
                return self._against(mention)
        if self.marker:
            return self.marker
        for mention in later if not base else []:
            if self._reach(quantity, mention) and not self._leads(mention) and not self._after_base(mention):
                return self._against(mention)
        return self._default_marker(quantity.value if quantity.unit == "%" else 0.0)

    def _after_base(self, mention: Mention) -> bool:
        """Whether a base belongs to a number that is itself a base (`from $3 billion a year earlier`)."""
        view = self.view
        return any(
            q.last <= mention.first and mention.first - q.last < 6 and slots.is_base(view, q) for q in view.quantities
        )

    def _grown_from_2019(self, quantity: Quantity) -> bool:
        """`An increase of 35 per cent over $26 billion in October 2019`, said years later."""
        view = self.view
        following = next((q for q in view.quantities if q.first >= quantity.last), None)
        if following is None or following.first - quantity.last > 3 or not slots.is_base(view, following):
            return False
        after = next((m for m in view.dates if m.first >= following.last and m.first - following.last < 3), None)
        return bool(after and after.span and after.span.last[:4] == "2019" and self._current().last > "2021")

    def _reach(self, quantity: Quantity, mention: Mention) -> bool:
        """Whether a base after a number belongs to it, not to a clause that begins in between."""
        between = self.view.lows[quantity.last : mention.first]
        return not set(between) & {";", "while", "whereas", "but", "("} and len(between) < 25

    def _leads(self, mention: Mention) -> bool:
        """Whether a base is that of a number after it (`than October's one percent rise`)."""
        ahead = self.view.lows[mention.last : mention.last + 1]
        return mention.span is not None and ahead == ["'s"]

    def _same_list(self, one: Quantity, other: Quantity) -> bool:
        group = self._group(one)
        return other in group

    def _against(self, mention: Mention) -> str:
        if mention.span is None or mention.against == "2019":
            marker = mention.against
        else:
            now = self._current()
            distance = _months_between(mention.span.last, now.last)
            same_kind = mention.span.kind == now.kind
            marker = (
                "yoy"
                if distance == 12 or distance == 0
                else "mom"
                if distance in (1, 2) and now.kind == "month"
                else "yoy"
            )
            if mention.span.kind == "quarter" and same_kind and distance == 3:
                marker = "qoq"
            if mention.span.kind == "year" and now.kind != "year":
                marker = "yoy"
        self.marker = marker
        return marker

    def _default_marker(self, size: float) -> str:
        span = self.period.span if self.period and self.period.span else self.now.span
        if self.start.marker and not self.sentence.opens:
            return self.start.marker
        adjusted = self.now.reporter in ("USA", "DEU", "GBR", "CAN", "FRA") and self.now.home == self.now.reporter
        return "mom" if adjusted and span.kind == "month" and size < MOST_IN_A_MONTH else "yoy"

    def _current(self) -> Span:
        if self.period and self.period.span:
            return self.period.span
        return self.main_span or self.now.span

    def _sign(self, quantity: Quantity, measure: str, base: bool) -> int:
        found = slots.direction(self.view, quantity)
        if measure in ("level", "volume", "share", "rank", "count", "threshold", "multiple", "range_bound"):
            minus = (
                self.view.lows[quantity.first - 1 : quantity.first] == ["-"] and not self.view.words[quantity.first].gap
            )
            return -1 if minus and quantity.first else 1
        if (
            self.view.lows[max(0, quantity.first - 2) : quantity.first]
            and "or" in self.view.lows[max(0, quantity.first - 2) : quantity.first]
            and self.growth_sign
        ):
            return self.growth_sign
        if found is None:
            group = self._group(quantity)
            if len(group) > 1 and group[0] is not quantity and self.growth_sign:
                return self.growth_sign
            if not base and self.growth_sign and self._elliptic(quantity):
                return self.growth_sign
            return 1
        if not base:
            self.growth_sign = found
        return found

    def _elliptic(self, quantity: Quantity) -> bool:
        """Whether a clause has no verb of its own (`exports rose 5 %, imports 3 %`)."""
        start = slots.clause_start(self.view, quantity.first)
        return not any(low in _VERBS for low in self.view.lows[start : quantity.first])

    # --- periods ------------------------------------------------------------------------------------------------------

    def _span(self, quantity: Quantity, base: bool) -> tuple[Span, bool, str]:
        """Span of a number, whether it was only carried, and a note on it."""
        view = self.view
        group = self._group(quantity)
        end = group[-1].last if group else quantity.last
        listed = self._listed_period(quantity, group)
        if listed is not None and listed.span:
            return listed.span, False, listed.note
        following = min((q.first for q in view.quantities if q.first >= end), default=len(view.lows))
        after = [m for m in view.dates if end <= m.first < following]
        if base:
            return self._base_span(quantity, after), False, ""
        for mention in after:
            if mention.role == "period" and mention.span and self._joined(end, mention):
                return mention.span, False, mention.note
        start = slots.clause_start(view, quantity.first)
        for mention in view.dates[:1]:
            if (
                mention.role == "base"
                and mention.span is None
                and mention.first <= 2
                and view.lows[0] in ("in", "during")
            ):
                if quantity.unit != "%" or mention.against in ("mom", "qoq"):
                    return self._relative(self.now.span, mention.against), False, ""
        for mention in reversed(view.dates):
            if mention.role != "period" or self._after_base(mention):
                continue
            if mention.span and start <= mention.first < quantity.first:
                return mention.span, False, mention.note
        if self.period and self.period.span:
            return self.period.span, False, self.period.note
        for mention in view.dates:
            if mention.role == "period" and mention.span and mention.first >= end and not self._in_base(mention.first):
                if not mention.loose or not self.now.named:
                    return mention.span, False, mention.note
        return self.now.span, True, self.now.note

    def _joined(self, end: int, mention: Mention) -> bool:
        """Whether a period after a number belongs to it."""
        gap = self.view.lows[end : mention.first]
        if self.view.segment[mention.first] == self.view.segment[max(end - 1, 0)]:
            return True
        return len(gap) <= 3 and not set(gap) & {
            "and",
            "while",
            "but",
            ";",
            "with",
            "as",
            "after",
            "following",
            "versus",
        }

    def _base_span(self, quantity: Quantity, after: Sequence[Mention]) -> Span:
        now = self.main_span or self._current()
        before = [m for m in self.view.dates if m.last <= quantity.first and quantity.first - m.last <= 6]
        for mention in [*after, *reversed(before)]:
            if mention in after and not self._joined(quantity.last, mention):
                continue
            if mention.span and mention.role in ("base", "period"):
                return mention.span
            if mention.against:
                return self._relative(now, mention.against)
        if now.kind == "month":
            yearly = any(m.against == "yoy" for m in self.view.dates) and self.last_measure == "level"
            return now.earlier(12 if yearly else 1)
        return now.earlier(3 if now.kind == "quarter" else 12)

    @staticmethod
    def _relative(now: Span, against: str) -> Span:
        if against == "2019":
            return now.earlier(12 * (int(now.last[:4]) - 2019))
        return now.earlier({"yoy": 12, "mom": 1, "qoq": 3}.get(against, 12))

    # --- lists --------------------------------------------------------------------------------------------------------

    def _group(self, quantity: Quantity) -> list[Quantity]:
        """Numbers of the list that a number stands in, itself alone if in none."""
        group: list[Quantity] = []
        last: Quantity | None = None
        for q in self.view.quantities:
            if last is not None and (last.unit != q.unit or not self._list_gap(last, q)):
                if quantity in group:
                    return group
                group = []
            group.append(q)
            last = q
        return group if quantity in group else [quantity]

    def _list_gap(self, one: Quantity, other: Quantity) -> bool:
        gap = self.view.lows[one.last : other.first]
        return (
            bool(gap) and len(gap) <= 4 and all(low in _LIST_GAP for low in gap) and bool(set(gap) & {",", "and", "&"})
        )

    def _listed(self, quantity: Quantity, role: str, items: tuple[str, ...]) -> str:
        """The partner or product of a number by its place in lists of equal length."""
        group = self._group(quantity)
        if len(group) < 2:
            return ""
        if len(items) == len(group):
            return items[group.index(quantity)]
        for run in self._runs(role, group[-1].last):
            if len(run) == len(group):
                return run[group.index(quantity)].code
        named = self.partners or self._runs("place", group[-1].last)
        if role == "product" and "respectively" in self.view.lows and not named:
            items = self._spelled_list(group[0].first)
            if len(items) == len(group):
                return items[group.index(quantity)]
        return ""

    def _spelled_list(self, end: int) -> tuple[str, ...]:
        """Goods in a list before a verb, by their own words where no table knows them."""
        lows, at = self.view.lows, end - 1
        while at > 0 and lows[at] not in slots.UP | slots.DOWN:
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
        known = {n.first: n.code for n in self.view.names if n.role == "product"}
        return tuple(
            next((known[i] for i in item if i in known), "-".join(lows[i] for i in item)) for item in items if item
        )

    def _runs(self, role: str, end: int) -> list[list[Name]]:
        """Lists of names of one role, nearest before token `end` first."""
        runs: list[list[Name]] = []
        for name in (n for n in self.view.names if n.role == role):
            gap = self.view.lows[runs[-1][-1].last : name.first] if runs else []
            if runs and gap and len(gap) <= 4 and all(low in _NAME_GAP for low in gap):
                runs[-1].append(name)
            else:
                runs.append([name])
        return [run for run in reversed(runs) if len(run) > 1]

    def _listed_flow(self, quantity: Quantity) -> str:
        """The flow of a number in a pair after `exports and imports`."""
        group = self._group(quantity)
        if len(group) != 2 or self.subject is None or self.subject.flow != "T":
            return ""
        head = self.view.lows[self.subject.head : self.subject.tail]
        pair = [
            {"exports": "X", "imports": "M", "export": "X", "import": "M"}[w]
            for w in head
            if w in ("exports", "imports", "export", "import")
        ]
        return pair[group.index(quantity)] if len(pair) == 2 else ""

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

    def _place_beside(self, quantity: Quantity) -> str:
        """A place right before or right after a number: `the EU (14.8 %)`, `15 % to the EU`."""
        view, lows = self.view, self.view.lows
        if not self.about_trade:
            return ""
        for name in view.names:
            if name.role != "place" or name.code in (self.now.reporter, self.now.home):
                continue
            between = lows[name.last : quantity.first] if name.last <= quantity.first else None
            if between is not None and len(between) <= 3 and all(low in _BESIDE for low in between):
                if not any(s.head >= name.last and s.head < quantity.first for s in view.subjects):
                    return name.code
            after = lows[quantity.last : name.first] if name.first >= quantity.last else []
            follow = lows[name.last] if name.last < len(lows) else ""
            if 0 < len(after) <= 9 and self._leads_there(after) and self._ends_phrase(follow):
                self.now = replace(self.now, partner=name.code)
                return name.code
        return ""

    def _leads_there(self, gap: Sequence[str]) -> bool:
        """`... billion euros to the Member States of the European Union`, `5.6 % more goods to the United States`."""
        way = {"X": "to", "M": "from"}.get(self.now.flow, "with")
        return way in gap and all(low in _LEADS_THERE for low in gap)

    def _product_beside(self, quantity: Quantity) -> str:
        """Goods right before or after a number: `13.9 million tonnes of soybeans`, `chips (up 27 %)`."""
        view, lows = self.view, self.view.lows
        for name in view.names:
            if name.role != "product":
                continue
            if name.first >= quantity.last:
                gap = lows[quantity.last : name.first]
                words = view.words[quantity.last : name.first]
                if 0 < len(gap) <= 4 and gap[0] in ("of", "worth") and all(w.kind == "w" for w in words):
                    if quantity.unit != "%":
                        self.now = replace(self.now, product=name.code)
                        return name.code
                if not gap and quantity.unit not in ("%", "pp"):
                    return name.code
            elif name.last <= quantity.first:
                gap = lows[name.last : quantity.first]
                if len(gap) <= 2 and all(low in _BESIDE for low in gap) and self.about_trade:
                    return name.code
        return ""

    # --- ranks, runs, records -----------------------------------------------------------------------------------------

    def _meet_rank(self, start: int, end: int, value: float, measure: str, unit: str, against: str) -> None:
        if not self.about_trade:
            return
        first, last = self.view.words[start].start, self.view.words[end - 1].end
        span = self.main_span or self._current()
        market = next((s for s in self.view.subjects if s.form == "market" and 0 <= s.head - end < 3), None)
        self.found.append(
            Claim(
                id="", start=first, end=last, text=self.text[self.sentence.start : self.sentence.end], kind="actual",
                reporter=self.now.reporter, partner=self._ranked(start) if unit == "rank" else self.now.partner,
                product=self.now.product, flow=market.flow if market else self.now.flow, period=span.text, span=span.kind,
                measure=measure, stated=self.text[first:last], value=value, rounding_half_width=0.0, unit=unit,
                growth_currency="", qualifier="exact", definition=self.now.definition, against=against, step=1.0,
                placed=self.main_span is None,
            )
        )  # fmt: skip

    def _ranked(self, start: int) -> str:
        """Who is ranked: the last place before the rank that is not the reporter, else the first after it."""
        places = [n for n in self.view.names if n.role == "place" and n.code not in (self.now.home, self.now.reporter)]
        before = [n.code for n in places if n.last <= start]
        return before[-1] if before else places[0].code if places else self.now.partner

    def _paired(self, claims: list[Claim]) -> list[Claim]:
        """Give a growth rate the currency of a level beside it, or of `in yuan terms`."""
        lows = self.view.lows
        named = ""
        for i, low in enumerate(lows):
            ends = lows[i + 1 : i + 3]
            if low in ("yuan", "renminbi", "rmb") and (ends[:1] == ["terms"] or ends == ["denominated", "terms"]):
                named = "CNY"
            elif low in ("dollar", "dollars", "usd") and (
                ends[:1] == ["terms"] or ends[:1] == ["denominated"] or ends == ["denominated", "terms"]
            ):
                named = "USD"
            elif low in ("rupee", "yen", "won", "euro") and ends[:1] == ["terms"]:
                named = {"rupee": "INR", "yen": "JPY", "won": "KRW", "euro": "EUR"}[low]
        paired: list[Claim] = []
        for claim in claims:
            if claim.growth_currency != "unstated":
                paired.append(claim)
                continue
            unit = named or next(
                (
                    c.unit
                    for c in sorted(claims, key=lambda c: (self._bracketed(c), abs(c.start - claim.start)))
                    if c.measure in ("level", "change_amount") and c.kind == claim.kind and len(c.unit) == 3
                    and (c.flow, c.partner, c.product, c.period) == (claim.flow, claim.partner, claim.product, claim.period)
                ),
                "",
            )  # fmt: skip
            paired.append(replace(claim, growth_currency=unit or "unstated"))
        return paired

    def _bracketed(self, claim: Claim) -> bool:
        """Whether a number is a second currency: in brackets, or after `or`."""
        before = self.text[max(self.sentence.start, claim.start - 16) : claim.start].split("(")
        return len(before) > 1 or before[0].rstrip().endswith(
            (" or", "or about", "or some", "or around", "equivalent to")
        )


_BASE_CLAUSE = one_of(
    "compared versus vs against after following reversing surpassing exceeding topping beating than outpacing"
)
_AFTER_PLACE = one_of(
    "economies nations members member states market markets area region "
    "in and while by but as during over also alone from for at on or year respectively last has have had were was is are "
    "climbing reached accounting continued came this when after that which where despite compared with "
    "market buyers consumers countries worth valued totaled totalled stood amid"
)
_GAP_STOP = one_of(
    "back due amid thanks driven helped boosted led despite because owing fuelled fueled "
    ", ; : ( ) and while but as after with compared from than when which that despite was were is are rose fell grew to "
    "dropped increased declined versus against following vs if since until because year by"
)
_LEADS_THERE = one_of(
    "to from with the member states of countries more less goods fewer its other nations markets market"
)
_LIST_GAP = one_of(", and & by nearly about up down or over almost around")
_NAME_GAP = one_of(", and & the to or with from in as well")
_BESIDE = one_of("( by up down - : , + at rose fell grew dropped increased declined surged jumped climbed plunged slid")
_LIST_ENDS = one_of("but while of ; : whereas exports imports shipments sales as with however")
_CONSECUTIVE = one_of("consecutive straight successive")
_NTH = {
    w: n
    for n, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
_COUNT = {
    w: n
    for n, w in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(), 1
    )
}
_RANKED = one_of("partner market destination supplier source buyer importer markets")
_TOP = one_of("largest biggest top leading main")


def _ordinals(view: View) -> Iterator[tuple[int, int, float, str, str, str]]:
    """Runs (`the eighth straight month`) and ranks (`second-largest market`): tokens, value, measure, unit, base."""
    lows, words = view.lows, view.words
    for i, low in enumerate(lows):
        if low in _CONSECUTIVE and i:
            count = _ordinal_before(lows, words, i)
            if (
                count
                and i + 1 < len(lows)
                and lows[i + 1] in ("month", "months", "year", "years", "quarter", "quarters")
            ):
                yield count[0], i + 2, float(count[1]), "consecutive", "n", _run_of(lows, i)
        elif low in ("month", "months") and lows[i + 1 : i + 4] == ["in", "a", "row"]:
            count = _ordinal_before(lows, words, i)
            if count:
                yield count[0], i + 4, float(count[1]), "consecutive", "n", _run_of(lows, i)
        elif low in ("largest", "biggest", "top", "leading") and set(lows[i + 1 : i + 5]) & _RANKED:
            if "world" in lows[max(0, i - 3) : i] or low == "leading" and False:
                continue
            ranked = lows[i - 1] if i else ""
            rank = _NTH.get(ranked, 1)
            yield (i - 1 if ranked in _NTH else i), i + 1, float(rank), "rank", "rank", ""


def _run_of(lows: Sequence[str], i: int) -> str:
    """What a run is of: growth above or below a bound in percent (`>0`, `<-10`)."""
    ahead, back = lows[i : i + 12], lows[max(0, i - 16) : i][::-1]
    for low in [*ahead, *back]:
        if low in slots.DOWN or low in slots.UP:
            bound = "10" if "double" in ahead or "double" in back[:6] else "0"
            return (f"<-{bound}" if bound != "0" else "<0") if low in slots.DOWN else f">{bound}"
    return ""


def _ordinal_before(lows: Sequence[str], words: Sequence[Token], i: int) -> tuple[int, int] | None:
    at = i - 1
    if lows[at] in ("th", "st", "nd", "rd") and at:
        at -= 1
    if words[at].kind == "n" and words[at].text.isdigit() and len(words[at].text) <= 3:
        return at, int(words[at].text)
    number = _NTH.get(lows[at]) or _COUNT.get(lows[at])
    return (at, number) if number else None


def _months_between(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])
