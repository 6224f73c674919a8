"""What a story is about: its reporter, the period it opens with, and what one clause carries to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day

from entrepot import codes, periods
from entrepot.claims import dates, subjects
from entrepot.claims import names as lexicon
from entrepot.claims.names import Name
from entrepot.claims.spans import LAG, Calendar, Span
from entrepot.claims.subjects import TOTAL, WORLD
from entrepot.claims.words import Token, sentences, tokens

OPENING = 60_000
"""Characters from which a story's reporter and first period are read [characters]."""
MOST_REMEMBERED = 2000
"""Figures of a story that are recognised when they are said again."""
CARRYING = ("VNM",)
"""Reporters whose stories go on about the period last named across paragraphs; others return to their first."""
CONTINENTS = ("AFR", "LATAM", "EUROPE", "ASIA", "BRI")
"""Groups that nobody calls `the bloc`."""
Seen = dict[tuple[int, int], tuple[list[Token], list[Name]]]
MOST_CLAIMS = 5000
"""Numbers of one text that are read: what states more is no story."""
MOST_IN_SENTENCE = 30
"""Numbers and dates of one sentence that are looked at: no sentence of a story has as many."""
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
    recent: tuple[Span, ...] = ()


def opening(text: str, today: Day, seen: Seen) -> Context:
    """What a story is about: its reporter, the period it opens with, and whether balances in it are deficits.

    The words and names of every sentence are left in `seen`, so that they are found once.
    """
    scores: dict[str, float] = {}
    found: list[list[Token]] = []
    deficits, weight = 0.0, 1.0
    for number, sentence in enumerate(sentences(text)):
        words = tokens(text, sentence.start, sentence.end)
        names = lexicon.names(words)
        seen[sentence.start, sentence.end] = (words, names)
        flows = [n for n in names if n.role == "flow"]
        low = text[sentence.start : sentence.end].casefold()
        for epithet, code in _EPITHETS.items() if "economy" in low else ():
            if epithet in low:
                scores[code] = scores.get(code, 0) + weight
        if any(n.role == "definition" and n.code == "goods and services" for n in names):
            scores["USA"] = scores.get("USA", 0) + 0.3
        for name in names:
            if name.role == "office":
                city = name.form == "city"
                dateline = name.first == 0 and words[0].text.isupper()
                weight_of = (2.0 if dateline else 0.2) if city else 3.0
                scores[name.code] = scores.get(name.code, 0) + weight_of
        partners: set[str] = set()
        for subject in subjects.subjects(words, names, "") if flows else ():
            partners.update(subject.partners)
            deficits += {"deficit": 1.0, "surplus": -1.0, "gap": 0.4}.get(subject.form, 0.0)
            if codes.kind(subject.reporter) == "country" or subject.reporter == "EU27":
                buyer = words[subject.tail - 1].low in (
                    "bought",
                    "purchased",
                    "imported",
                    "purchases",
                    "imports",
                    "took",
                )
                scores[subject.reporter] = scores.get(subject.reporter, 0) + (0.7 if buyer and number else 2) * weight
        for word in words if flows else ():
            if word.low in _MONEY:
                scores[_MONEY[word.low]] = scores.get(_MONEY[word.low], 0) + 0.5
        for name in names:
            told = name.role == "place" and number < 6 and name.code not in partners
            if told and codes.kind(name.code) == "country":
                scores[name.code] = scores.get(name.code, 0) + (0.7 if number == 0 else 0.15)
        if (flows or number < 2) and len(found) < 8:
            found.append(words)
        weight = max(0.5, weight * 0.97)
    home = max(scores, key=lambda code: scores[code]) if scores else ""
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
        recent=(span,),
        sign=-1 if deficits > 0 else 1,
    )


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
_MONEY = {
    "yuan": "CHN",
    "cny": "CHN",
    "krw": "KOR",
    "jpy": "JPN",
    "inr": "IND",
    "rmb": "CHN",
    "renminbi": "CHN",
    "won": "KOR",
    "yen": "JPN",
    "rupees": "IND",
    "crore": "IND",
}


def _first_span(found: Sequence[Sequence[Token]], calendar: Calendar) -> tuple[Span, str]:
    """The first period that the story names and that can be out by now, with its note; else the latest month."""
    this = f"{calendar.today.year:04d}-{calendar.today.month:02d}"
    newest = this if LAG.get(calendar.reporter, 30) <= 0 else periods.later(this, -1)
    for words in found:
        for mention in dates.mentions(words, calendar):
            if words[mention.first - 1].low == "(" and mention.first:
                continue  # surplus 102.3 billion (July 98.2 billion)
            span = mention.span if mention.role == "period" and not mention.loose else None
            if "from" in [w.low for w in words[max(0, mention.first - 6) : mention.first]]:
                continue  # from $90 billion in October
            if (
                span
                and not mention.note.startswith("the year to")
                and periods.later(calendar.latest, -6) <= span.last <= newest
            ):
                return span, mention.note
    return Span(calendar.latest, calendar.latest, "month"), ""
