"""What a story is about: its reporter, the period it opens with, and what one clause carries to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day

from entrepot import codes, periods
from entrepot.claims import dates, subjects, traders
from entrepot.claims import names as lexicon
from entrepot.claims.cargoes import Inbound, inbound
from entrepot.claims.hints import Hints
from entrepot.claims.names import Name
from entrepot.claims.offices import MONEY
from entrepot.claims.spans import HALF_MONTH, LAG, Calendar, Span, year_of
from entrepot.claims.subjects import TOTAL, UNIONS, WORLD
from entrepot.claims.themes import LAST, Theme
from entrepot.claims.topic import Topic
from entrepot.claims.verbs import DOWN, UP
from entrepot.claims.words import Sentence, Token, one_of, tokens

OPENING = 60_000
"""Characters from which a story's reporter and first period are read [characters]."""
MOST_REMEMBERED = 2000
"""Figures of a story that are recognised when they are said again."""
CARRYING = ("VNM",)
"""Reporters whose stories go on about the period last named across paragraphs; others return to their first."""
_SOON = 3
"""Sentences of a story in which it says whose imports it is about."""
FAINT = 0.25
"""Points below which nothing tells whose trade a story is about: places named once, or as partners."""
MANY = 3
"""Partners that a story has to list before a country that it leaves out is taken for its own."""
CONTINENTS = ("AFR", "LATAM", "EUROPE", "ASIA", "BRI")
"""Groups that nobody calls `the bloc`."""
Seen = dict[tuple[int, int], tuple[list[Token], list[Name]]]
MOST_CLAIMS = 5000
"""Numbers of one text that are read: what states more is no story."""
BLOC = "@bloc"
"""Code of `the bloc` until it is known which was spoken of."""
MOST_IN_A_MONTH = 12
"""A growth rate above which nobody means a month on the month before [percent]."""


@dataclass(frozen=True)
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
    recent: tuple[Span, ...] = ()
    topic: tuple[str, str, str] = (WORLD, TOTAL, "")
    """Partner, product and flow of the first flow that the story speaks of: what later flows may still be of."""
    pair: str = ""
    """Partner that the whole story is about, if it is about one."""
    one_way: str = ""
    """The only flow that the story tells of that partner: others are of all partners."""
    spread: bool = False
    """Whether the numbers of the sentence before were of several partners."""
    met: tuple[str, ...] = ()
    """Partners that numbers were told of so far."""
    flows: str = ""
    """Flows that the sentence before told of its partner."""
    account: bool = False
    """Whether the passage is about the current account, not trade."""
    last: Span = Span("", "", "")
    """Period of the last number of the sentence before."""
    goods: str = TOTAL
    """What flows that name no goods are of: all, or the goods that the story is about."""
    ware: str = TOTAL
    """Goods that a number was told of last."""
    told: Span = Span("", "", "")
    """Period named last, whatever was said of it."""
    places: tuple[str, ...] = ()
    """Places that the sentence before listed: `these regions ... respectively` is of them."""
    abroad: str = ""
    """Place named last that is not the reporter: who `the two countries` are."""
    last_partner: str = WORLD
    """Partner of the last number of the sentence before."""
    union: str = ""
    """What `Europe` means: the Union whose trade the story is on; empty where it may be the continent."""
    led: str = ""
    """Other country that the sentence before began with: who `it` is where it buys."""
    section: str = ""
    """Partner that a heading of its own names, for what stands below it."""
    overall: bool = False
    """Whether the paragraph has come to the trade with all partners (`with the rest of the world`)."""
    single: tuple[str, str, int] = ("", "", 1)
    """Flow, form and sign of the balance or the trade that the sentence before told first: what `it` is."""
    introduced: bool = False
    """Whether the text has named the reporter by now."""
    aside: bool = False
    """Whether the period was told of `alone`: the next paragraph goes back."""
    monthly: bool = False
    """Whether the story has measured its growth on the month before."""
    shares: bool = False
    """Whether the sentence before told shares."""
    weighed: bool = False
    """Whether the sentence before told amounts of goods, and none of money."""
    by_weight: frozenset[str] = frozenset()
    """Goods of which the story tells weights and no money: their growth is that of tonnes."""
    beside: bool = False
    """Whether the sentence before told numbers of something else than trade, and none of trade."""
    local: bool = False
    """Whether the passage speaks of a part of a country or of a company, not of the reporter's trade."""
    local_story: bool = False
    """Whether the whole story does."""
    sized: bool = True
    """Whether the rough size of trade settles what the words leave open."""
    widens: bool = False
    """Whether amounts too large for the period carried to them are read of a longer one."""
    guessed: bool = False
    """Whether the story names no period that it opens with: the latest month that is out stands in."""


class Scores:
    """Which country a story is about: what its sentences say for each, and whether balances in it are deficits."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.of: dict[str, float] = {}
        self.hints = Hints()
        self.deficits = 0.0
        self.weight = 1.0
        self.topic: tuple[str, str, str] | None = None
        self.theme = Theme()
        self.all = Topic()
        self.union = ""
        self.ministries: set[str] = set()
        self.inbound: Inbound | None = None

    def home(self) -> str:
        """The country that the story is about; empty where nothing tells.

        A story that names no reporter and lists the large traders as partners, but never China, is China's: anyone
        else would list China.
        """
        known = {
            c: points for c, points in self.of.items() if points > FAINT or points > 0 and c not in self.all.abroad
        }
        if max(known.values(), default=0.0) <= FAINT:
            hinted = {c: known.get(c, 0) + points for c, points in self.hints.of.items() if points > 0 and _reports(c)}
            known = hinted or known
        home = max(sorted(known), key=lambda code: known[code]) if known else ""
        if not home and len(self.all.abroad) >= MANY and not self.all.places["CHN"]:
            return "CHN"
        if not home and set(self.all.places) <= self.all.abroad | {"USA"} and self._is_american():
            return "USA"
        if not home and len(self.all.places) == 1 and not self.all.abroad:
            home = next(iter(self.all.places))  # the only place that the story names
            return home if _reports(home) else ""
        return self.union if home in UNIONS and self.union else home

    def _is_american(self) -> bool:
        """Whether the story speaks of what only stories told in the United States name without the country."""
        low = self.text.casefold()
        return any(words in low for words in _AMERICAN)

    def add(self, code: str, points: float) -> None:
        """Points for a country."""
        self.of[code] = self.of.get(code, 0) + points

    def sentence(self, number: int, text: str, words: Sequence[Token], names: Sequence[Name]) -> None:
        """Count one sentence, the `number`th of the story; later ones weigh less."""
        if any(w.low == "economy" for w in words):
            low = text.casefold()
            for epithet, code in _EPITHETS.items():
                if epithet in low:
                    self.add(code, self.weight)
        if any(n.role == "definition" and n.code == "goods and services" for n in names):
            self.add("USA", 0.3)
        self._offices(words, names)
        self.all.name(names)
        self.union = self.union or next((n.code for n in names if n.code in UNIONS and n.role == "place"), "")
        flows = any(n.role == "flow" for n in names)
        early = number < _SOON and self.topic is None and self.inbound is None
        partners = self._subjects(number, words, names) if flows else set()
        if not flows:
            self.theme.sentence(words, names, ())
        for word in words if flows else ():
            if word.low in MONEY:
                self.add(MONEY[word.low], 0.5)
        if early and (found := inbound(words, names)) is not None:
            self._takes_in(found, flows=flows)
        self.hints.sentence(words, names)
        rates = flows or any(w.low in _RATES for w in words)
        listed = self.all.listed(words, names) if rates else set()
        for name in names if number < 6 else ():
            before = [w.low for w in words[max(0, name.first - 2) : name.first] if w.low != "the"]
            led = before[-1:] and before[-1] in _LEADS or name.first in listed
            if name.role == "place" and name.code not in partners and name.code not in UNIONS and _reports(name.code):
                owns = name.last < len(words) and words[name.last].low == "'s"
                if owns and _CALLED & {w.low for w in words[name.last + 1 : name.last + 6]}:
                    self.add(name.code, 0.7)  # China is New Zealand's biggest customer
                sold = before[-1:] in (["of"], ["for"]) and before[:1] != [] and before[0] in _CALLED | {"importer"}
                if sold and name.form == "adjective":
                    self.add(name.code, 1.0)  # the largest importer of Vietnamese rice
                if (
                    before[-1:]
                    and before[-1] in _EARNED
                    and any(w.kind == "n" for w in words[name.last : name.last + 4])
                ):
                    self.add(name.code, 1.0)  # coffee exports earned Vietnam $6 billion
                self.add(name.code, 0.3 if led and owns else 0.05 if led else 0.7 if number == 0 else 0.15)
        self.weight = max(0.5, self.weight * 0.97)

    def _takes_in(self, found: Inbound, *, flows: bool) -> None:
        """Count a country that goods come to, and take the goods for what the story is about."""
        self.inbound = found
        self.add(found.home, 2 * self.weight)
        if not flows:
            self.theme.opens_with(found.product)
        if not flows or self.topic is not None and self.topic[0] == found.home:
            self.topic = (WORLD, found.product, "M")  # miners shipped more coal to it

    def _offices(self, words: Sequence[Token], names: Sequence[Name]) -> None:
        """Offices and news agencies, and capitals: in a dateline they say where the story is from."""
        for name in names:
            owned = [w.low for w in words[name.last : name.last + 3] if w.low not in _OFFICIAL]
            if name.role == "place" and owned[:1] and owned[0] in _BUREAUS and _reports(name.code):
                self.add(name.code, 1.0)  # China's customs, Turkish statistics
            if name.role == "place" and owned[:1] in (["exporters"], ["importers"]) and _reports(name.code):
                self.add(name.code, 1.0)  # China's exporters feel it
            again = name.form == "ministry" and name.code in self.ministries
            if name.role == "office" and not again:
                city = 2.0 if _is_dateline(words, name) else 0.2
                self.add(name.code, {"city": city, "ministry": 0.6, "agency": 1.0}.get(name.form, 3.0))
                self.ministries |= {name.code} if name.form == "ministry" else set()

    def _subjects(self, number: int, words: Sequence[Token], names: Sequence[Name]) -> set[str]:
        """Who reports the flows of a sentence; a buyer told later may be a partner. Returns the partners."""
        partners: set[str] = set()
        told = subjects.subjects(words, names, "")
        self.theme.sentence(words, names, told)
        for subject in told:
            partners.update(subject.partners)
            self.all.add(subject, words, names)
            if self.topic is None and subject.form not in ("weak", "market"):
                abroad = subject.partners or self.all.told[-1].partners
                partner = abroad[0] if len(abroad) == 1 else WORLD
                product = subject.products[0] if len(subject.products) == 1 else TOTAL
                self.topic = (partner, product, subject.flow)
            self.deficits += {"deficit": 1.0, "surplus": -1.0, "gap": 0.4}.get(subject.form, 0.0)
            if not subject.reporter and subject.flow == "T" and len(subject.partners) == 2:
                self.add(subject.partners[0], self.weight)  # trade between Germany and China
            if not subject.reporter and subject.flow in "XM":
                anyone = _ANYONE & {w.low for w in words[max(0, subject.first - 4) : subject.first]}
                for code in subject.partners:  # imports from the U.S. are no U.S. figures
                    self.add(code, (0.5 if anyone else -1) * self.weight)  # no one bought more Vietnamese rice
            if subject.flow == "M" and words[subject.tail - 1].low == "arrivals" and subject.reporter:
                owner = words[subject.first].low if words[subject.first + 1].low == "'s" else ""
                if not owner:
                    partners.add(subject.reporter)  # Saudi oil arrivals
                    continue
            if _reports(subject.reporter):
                buyer = number > 0 and words[subject.tail - 1].low in _BUYS
                word = words[subject.tail - 1].low
                sends = self.inbound is not None and subject.reporter != self.inbound.home and word in _SENDS
                self.add(subject.reporter, (0.7 if buyer or sends else 2) * self.weight)
        return partners


def _reports(code: str) -> bool:
    """Whether trade figures of a place come from an office of its own."""
    return codes.kind(code) == "country" or code in UNIONS


def _is_dateline(words: Sequence[Token], name: Name) -> bool:
    """Whether a city at the head of a sentence says where the story is from (`HANOI, Aug 15 -`, `Berlin (dpa) -`)."""
    if name.first > 0:
        return False
    return words[0].text.isupper() or any(w.low in ("-", "–", "—", ":", "(", "•") for w in words[name.last :][:1])


_AMERICAN = (
    *("white house", "wall street", "federal reserve", "dow jones", "marketwatch", "(ap)", "associated press"),
    *("americans", "fed officials", "trump administration", "biden administration", "obama administration"),
)
"""What only stories told in the United States speak of without naming the country."""
_LEADS = one_of("to from with against than and especially including like particularly")
"""Words before a place that is more likely a partner than the country that a story is about."""
_CALLED = one_of(
    "partner partners customer customers market markets buyer buyers supplier suppliers destination destinations"
)
"""What another country is to the one that a story is about."""
_EARNED = one_of("earned brought netted fetched")
_ANYONE = one_of("one nobody country market buyer buyers customers")
"""Who buys, where it is nobody's name: the goods are those of the country that a story is about."""
_OFFICIAL = one_of("'s national federal official state general government")
_BUREAUS = one_of("customs statistics statistical census")
"""Words for offices that print trade figures, after the country they are of."""
_RATES = one_of("% percent pct cent")
_SENDS = one_of("sent shipped delivered supplied sold dispatched")
_BUYS = one_of("bought purchased imported purchases imports took")


def opening(text: str, head: Sequence[Sentence], today: Day, seen: Seen) -> Context:
    """What a story is about: its reporter, the period it opens with, and whether balances in it are deficits.

    It is told by the sentences of its `head`; their words and names are left in `seen`, so that they are found once.
    """
    scores = Scores(text[:OPENING])
    found: list[list[Token]] = []
    others: list[list[Token]] = []
    parts: list[int] = []
    for number, sentence in enumerate(head):
        words = tokens(text, sentence.start, sentence.end)
        names = lexicon.names(words)
        seen[sentence.start, sentence.end] = (words, names)
        scores.sentence(number, text[sentence.start : sentence.end], words, names)
        if traders.leads(words, [w.low for w in words]):
            parts.append(number)
        tells = any(n.role == "flow" for n in names) or any(w.text in ("$", "€", "£", "¥") for w in words)
        if number < 2 and not tells and not found and any(w.low in _RATES for w in words):
            others.append(words)  # unemployment was 4.1 percent in October
        elif len(found) < 8 and (number < 2 or tells):
            found.append(words)
    home = scores.home()
    pair = scores.all.pair(home)
    calendar = Calendar(today, home)
    goods, (partner, first, flow) = scores.theme.goods(), scores.topic or (WORLD, TOTAL, "")
    if goods == LAST and first == TOTAL:
        first = scores.theme.first.replace(LAST, TOTAL)
    named = _first_span(found, calendar) or _first_span(others, calendar)
    span, note = named or (Span(calendar.latest, calendar.latest, "month"), "")
    if span.kind in ("month", "ytd") and not note:
        calendar.latest = max(calendar.latest, span.last)  # the story shows what is out
    taken = scores.inbound is not None and scores.inbound.home == home and goods == scores.inbound.product
    return Context(
        home=home, reporter=home, flow="M" if taken and flow == "M" else "", calendar=calendar, span=span, note=note,
        opening=span, opening_note=note,
        recent=(span,) if named else (span, calendar.to_date()), sign=-1 if scores.deficits > 0 else 1,
        topic=(partner, first, flow),
        goods=goods, product=TOTAL if goods == LAST else goods, pair=pair, one_way=scores.all.one_way(pair, home),
        union=home if home in UNIONS[1:] else "",
        by_weight=scores.theme.by_weight(), local_story=len(parts) >= 3 and parts[0] < 3, guessed=named is None,
    )  # fmt: skip


_EPITHETS = {
    **dict.fromkeys(("asia's fourth-largest economy", "asia's fourth largest economy", "asia's no. 4 economy"), "KOR"),
    **dict.fromkeys(("europe's largest economy", "europe's biggest economy", "europe's top economy"), "DEU"),
    **dict.fromkeys(("latin america's largest economy", "latin america's biggest economy"), "BRA"),
    **dict.fromkeys(("asia's third-largest economy", "asia's third largest economy"), "IND"),
    **dict.fromkeys(("world's largest economy", "world's biggest economy"), "USA"),
    **dict.fromkeys(("world's second-largest economy", "world's second largest economy"), "CHN"),
    **dict.fromkeys(("world's fourth-largest economy", "world's fourth largest economy"), "JPN"),
}
"""What reporters call an economy where they do not name it."""


def _looks_back(words: Sequence[Token], i: int) -> bool:
    """Whether token i only names the time of what is compared with (`from $90 billion in`, `after a fall in`)."""
    back = [w.low for w in words[max(0, i - 10) : i]]
    if back[-1:] == ["after"] and [w.low for w in words[i + 1 : i + 2]] == ["'s"]:
        return True  # a poll had pointed to $3.25 billion, after March's $4.53 billion
    clause = next((k + 1 for k in range(len(back) - 1, -1, -1) if back[k] in (",", ";", ":", "while", "but")), 0)
    return _from_figure(words, i) or bool(_BACK & set(back[clause:]) and _MOVES & set(back[clause:]))


def _from_figure(words: Sequence[Token], i: int) -> bool:
    """Whether `from` before token i leads to a figure or a time, not to a place (`from Germany fell in`)."""
    at = next((k for k in range(i - 1, max(i - 7, -1), -1) if words[k].low == "from"), -1)
    between = words[at + 1 : i]
    placed = bool(between) and (between[0].text[:1].isupper() or between[0].low in _AWAY)
    return at >= 0 and not (placed and not any(w.kind == "n" for w in between))


_BACK = one_of("after following having compared versus improvement recovering rebounding accelerating slowing easing")
_MOVES = UP | DOWN | one_of("deficit surplus gap")
_AWAY = one_of("abroad overseas")


def _first_span(found: Sequence[Sequence[Token]], calendar: Calendar) -> tuple[Span, str] | None:
    """The first period that the story names and that can be out by now, with its note; None for none."""
    this = f"{calendar.today.year:04d}-{calendar.today.month:02d}"
    newest = this if LAG.get(calendar.reporter, 30) <= 0 else periods.later(this, -1)
    headline: tuple[Span, str] | None = None
    older: Span | None = None
    for number, words in enumerate(found):
        bare = not any(w.kind == "n" and not w.text.startswith(("19", "20")) for w in words)
        counts = number < 2 or any(w.kind == "n" and not w.text.startswith(("19", "20")) for w in words)
        for mention in dates.mentions(words, calendar):
            if words[mention.first - 1].low == "(" and mention.first:
                continue  # surplus 102.3 billion (July 98.2 billion)
            span = mention.span if mention.role == "period" and not mention.loose else None
            if span and span.kind in ("half", "quarter") and not counts:
                continue  # demand was strong through the first half
            between = span is not None and span.kind == "years"  # change from 2017 to 2018
            if mention.note not in ("days", HALF_MONTH) and not between and _looks_back(words, mention.first):
                continue  # from $90 billion in October; following a drop in September
            if older is None and span and span.kind in ("year", "years") and span.last < calendar.latest:
                older = year_of(span.last)
            if (
                span
                and not mention.note.startswith("the year to")
                and periods.later(calendar.latest, -6) <= span.last <= newest
            ):
                if bare and span.kind == "year" and number < 3:
                    headline = headline or (span, mention.note)  # exports plunged in 2025; over its first 11 months
                    break
                part = headline is None or span.kind == "ytd" and span.last[:4] == headline[0].last[:4]
                return (span, mention.note) if headline is None or part else headline
    if headline is None and older is not None and older.last >= periods.later(calendar.latest, -24):
        return older, ""  # a fact sheet of October on the year before
    return headline
