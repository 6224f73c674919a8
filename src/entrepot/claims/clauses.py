"""From sentences to claims: where clauses begin, and what the passage brings to each sentence."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Day

from entrepot import codes, periods
from entrepot.claims import counterparts, dates, headings, magnitudes, portions, subjects, sums
from entrepot.claims import names as lexicon
from entrepot.claims.claim import Claim
from entrepot.claims.collisions import Figures, parted
from entrepot.claims.followers import followed
from entrepot.claims.names import Name
from entrepot.claims.numbers import quantities
from entrepot.claims.opening import (
    BLOC,
    CARRYING,
    CONTINENTS,
    MOST_CLAIMS,
    OPENING,
    Context,
    Seen,
    opening,
)
from entrepot.claims.passage import Passage
from entrepot.claims.quantity import Quantity
from entrepot.claims.recalls import Told, resolved
from entrepot.claims.replacing import replace
from entrepot.claims.spans import Mention, Span
from entrepot.claims.subjects import TOTAL, WORLD, Subject
from entrepot.claims.themes import LAST
from entrepot.claims.verbs import VERBS
from entrepot.claims.views import View, bounds
from entrepot.claims.walk import Walk
from entrepot.claims.words import MOST_IN_SENTENCE, Sentence, Token, one_of, sentences, tokens
from entrepot.errors import WrongUsage


def read(text: str, *, date: Day | str, sized: bool = True, most: int = MOST_CLAIMS) -> list[Claim]:
    """Read every number of a story that is, or could be taken for, a trade statistic.

    Parameters
    ----------
    text : str
        The story.
    date : date or str
        Day of the story (`2025-12-08`); months without a year and words such as `last month` are read from it.
    sized : bool
        Whether the rough size of countries' trade settles what the words leave open; not for made-up figures.
    most : int
        Numbers after which reading stops.

    Returns
    -------
    list of Claim
        In the order of the text. Years, days and bare counts are no claims.
    """
    return list(each(text, date=date, sized=sized, most=most))


def story_day(words: Day | str) -> Day:
    """Day of a story as people type it.

    Raises
    ------
    WrongUsage
        If `words` is no day between 1950 and 2090.
    """
    day = periods.day(words)
    if not 1950 <= day.year <= 2090:
        raise WrongUsage(f"No story is of {words}; a day between 1950 and 2090 is expected, like 2025-12-08.")
    return day


def each(text: str, *, date: Day | str, sized: bool = True, most: int = MOST_CLAIMS) -> Iterator[Claim]:
    """Yield the claims of `read` one by one, in memory that does not grow with the text.

    A story of ordinary length in which amounts are too large for the period carried to them is read again.
    """
    today = story_day(date)
    seen: Seen = {}
    head = [*sentences(text[:OPENING])]
    context = replace(opening(text, head, today, seen), sized=sized)
    if len(text) > OPENING:
        yield from _through(text, sentences(text), context, seen, most)
        return
    found = [*_through(text, head, context, seen, most)]
    if (again := magnitudes.reopened(found, context)) is not None:
        found = [*_through(text, head, again, seen, most)]
    if (again := portions.themed(found, again or context)) is not None:
        found = [*_through(text, head, again, seen, most)]
    yield from sums.based(sums.settled(found))


def _through(text: str, parts: Iterable[Sentence], context: Context, seen: Seen, most: int) -> Iterator[Claim]:
    """Claims of the sentences of a text, one after the other, up to `most`."""
    count = 0
    passage, figures = Passage(sized=context.sized), Figures()
    for sentence in parts:
        claims, context = _sentence(text, sentence, context, seen, figures)
        for claim in claims:
            count += 1
            if count > most:
                return
            yield replace(passage.placed(claim), id=f"c{count}")


_TOLD = one_of(
    "rise fall increase decrease decline drop gain jump surge improvement deterioration wider narrower widening "
    "narrowing slump slowdown acceleration rebound"
)
_TAKES = one_of("took bought received got purchased imported")
_BREAKS = one_of(
    "; : ( ) while whereas but although though after following versus vs v against beating exceeding topping "
    "missing defying compared reversing despite as with which who because surpassing up down accelerating "
    "where having slowing outpacing beat marking matching trailing equalling equaling rivalling rivaling"
)
_PARTING = _BREAKS | one_of(", — – • - and from than")
"""Words and signs that a clause may begin with."""
_BUREAUS = one_of("customs statistics statistical census gacc destatis eurostat insee istat")
"""Words of offices that tell of their own country's trade alone; departments of commerce are everywhere."""
_MAKING = {("making", what) for what in one_of("ingredient ingredients material materials raw commodity input inputs")}


def _view(text: str, sentence: Sentence, context: Context, seen: Seen) -> View | None:
    known = seen.pop((sentence.start, sentence.end), None)
    words = known[0] if known else tokens(text, sentence.start, sentence.end)
    if not words:
        return None
    lows = [w.low for w in words]
    if all(w.kind != "w" for w in words):
        return None
    before = Told(context.span, context.told, (*context.recent, context.last, context.told), context.opening,
                  context.calendar.latest)  # fmt: skip
    mentions = resolved(dates.mentions(words, context.calendar)[:MOST_IN_SENTENCE], before)
    taken = {i for m in mentions for i in range(m.first, m.last)}
    called = known[1] if known else lexicon.names(words)
    places = {i for n in called if n.role == "place" for i in range(n.first, n.last)}  # the 28 of EU28
    found = [q for q in quantities(words, taken) if q.last - 1 not in places][:MOST_IN_SENTENCE]
    covered = {i for q in found for i in range(q.first, q.last)}
    names = [n for n in called if not covered.intersection(range(n.first, n.last)) or n.role == "flow"]
    names = [n for n in names if n.role == "flow" or not taken.intersection(range(n.first, n.last))]
    if any(n.code == BLOC for n in names):
        names = _which_bloc(names, context.group)
    if context.union:
        names = [replace(n, code=context.union) if n.code == "EUROPE" else n for n in names]
    names = names[: 2 * MOST_IN_SENTENCE]
    names = _without_dateline(words, lows, _without_asides(words, lows, names, found))
    names = [n for n in _without_examples(lows, names, found) if not _only_describes(words, n)]
    names = [n for n in names if n.role != "product" or tuple(lows[n.last : n.last + 2]) not in _MAKING]
    about = subjects.subjects(words, names, context.home)
    listed = _in_lists(lows, names, found)
    segment = _segments(words, lows, about, names, found, mentions, listed)
    said, roles = frozenset(lows), frozenset(n.role for n in names)
    return View(words, lows, names, mentions, found, about, segment, *bounds(segment), said, roles, taken, covered)


_DESCRIBING = one_of("free hit led driven ridden exempt proof wary dependent heavy rich hungry weary induced bound")


def _only_describes(words: Sequence[Token], name: Name) -> bool:
    """Whether what is no trade only describes who or what trades (`debt-troubled Europe`, `tariff-free products`)."""
    if name.role not in ("other", "policy") or name.last >= len(words) or not words[name.last].glue:
        return False
    low = words[name.last].low
    return low in _DESCRIBING or low.endswith("ed") and len(low) > 3


def _which_bloc(names: Sequence[Name], group: str) -> list[Name]:
    """Give `the bloc` the code of the one last named, in the sentence or before it."""
    named: list[Name] = []
    for name in names:
        if name.code == BLOC:
            name = replace(name, code=group)
        elif name.role == "place" and codes.kind(name.code) == "group" and name.code not in CONTINENTS:
            group = name.code
        named.append(name)
    return named


def _without_asides(
    words: Sequence[Token], lows: Sequence[str], names: list[Name], found: Sequence[Quantity]
) -> list[Name]:
    """Leave out what stands between two dashes without a number: it says what a word means, not what was measured."""
    dashes = [i for i, low in enumerate(lows) if low in ("-", "–", "—") and words[i].gap and i > 2]
    if len(dashes) != 2 or any(dashes[0] < q.first < dashes[1] for q in found):
        return names
    return [n for n in names if not dashes[0] < n.first < dashes[1]]


def _without_dateline(words: Sequence[Token], lows: Sequence[str], names: list[Name]) -> list[Name]:
    """Leave out the place that a story is from (`HONG KONG (AP) -`)."""
    dash = next((i for i, low in enumerate(lows[:10]) if low in ("-", "–", "—") and words[i].gap), -1)
    if dash <= 0 or not words[0].text.isupper() or len(words[0].text) < 3:
        return names
    return [n for n in names if n.last > dash or n.role != "place"]


def _without_examples(lows: Sequence[str], names: list[Name], found: Sequence[Quantity]) -> list[Name]:
    """Leave out places and goods that are only among those spoken of (`exports, including cars and steel, fell`)."""
    left = names
    for i, low in enumerate(lows if "including" in lows or "such" in lows else ()):
        opens = (
            i > 0
            and lows[i - 1] in (",", "(")
            and (low == "including" or low == "such" and lows[i + 1 : i + 2] == ["as"])
        )
        if not opens or "respectively" in lows:
            continue
        end = next(
            (j for j in range(i + 1, len(lows)) if lows[j] in VERBS or lows[j] in (")", ";", "-", "with")), len(lows)
        )
        if any(i < q.first < end for q in found):
            continue
        if next((n.role for n in names if n.first > i), "") == "flow":
            continue  # data such as exports to Russia rose 153 %
        left = [n for n in left if not (i < n.first < end and n.role in ("place", "product"))]
    return left


def _in_lists(lows: Sequence[str], names: Sequence[Name], found: Sequence[Quantity]) -> set[int]:
    """Commas and `and` that stand inside a list of names or of numbers."""
    inside: set[int] = set()
    spans: list[Sequence[Name | Quantity]] = [[n for n in names if n.role in ("place", "product")], found]
    for items in spans:
        for here, following in zip(items, items[1:], strict=False):
            gap = range(here.last, following.first)
            if (
                0 < len(gap) <= 4
                and all(lows[i] in (",", "and", "the", "&", "or", "by", "to", "nearly", "about") for i in gap)
                and any(lows[i] in (",", "and", "&", "or") for i in gap)
            ):
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
        if low in _PARTING and i and i not in protected and (
            low in _BREAKS
            and not (low in ("up", "down", "with", "as") and not _starts_clause(lows, i))
            or low in (",", "—", "–", "•", "than")
            and not words[i].glue
            or low == "-"
            and words[i].gap
            and not (i + 1 in numbers and not words[i + 1].gap)
            or low == "and"
            and _new_clause(lows, i + 1, about, names)
            or low == "from"
            and _to_number(lows, i + 1, numbers)
        ):  # fmt: skip
            number += 1
        segment.append(number)
    return segment


def _starts_clause(lows: Sequence[str], i: int) -> bool:
    if lows[i] == "with":
        return lows[i - 1] == "," or lows[i - 1] in ("compared", "compares")
    if lows[i] == "as":
        return lows[i + 1 : i + 2] not in (["much"], ["of"], ["well"]) and lows[i - 1] not in (
            "such",
            "as",
            "well",
            "same",
            "much",
            "many",
        )
    return lows[i - 1] == ","


def _new_clause(lows: Sequence[str], i: int, about: Sequence[Subject], names: Sequence[Name]) -> bool:
    """Whether `and` opens a new clause: a subject, a preposition with a period, or a verb follows."""
    window = lows[i : i + 4]
    if any(i <= s.first <= i + 3 for s in about):
        return True
    if window and (window[0] in ("in", "for", "during", "with", "by", "up", "down") or window[0] in VERBS):
        return True
    return any(n.first in range(i, i + 3) and n.role in ("place", "product") for n in names) and any(
        low in VERBS for low in window
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


def _sentence(
    text: str, sentence: Sentence, context: Context, seen: Seen, figures: Figures
) -> tuple[list[Claim], Context]:
    """Claims of one sentence, and what it carries to the next."""
    if sentence.opens:
        context = _opened(text, sentence, context, seen)
    view = _view(text, sentence, context, seen)
    if view is None:
        return [], context
    context = headings.headed(view, sentence, context)
    if not context.introduced and any(n.code == context.home and n.role in ("place", "office") for n in view.names):
        context = replace(context, introduced=True)
    walk = Walk(text, sentence, view, _told_abroad(view, context))
    found, after = walk.claims(), walk.carried()
    first = found
    if context.widens:
        found, after = magnitudes.widened(found, after)
    if context.sized:
        found, after = counterparts.partnered(found, context, after, view, figures)
        found = portions.specified(found, view)
    found = counterparts.shared(found, context, view)
    found, after = parted(found, after, view, figures)
    return followed(first, found), after


def _told_abroad(view: View, context: Context) -> Context:
    """Another country's trade, where its office is cited and no country named (`the Korea Customs Service said`)."""
    offices = [n for n in view.names if n.role == "office" and _BUREAUS & set(view.lows[n.first : n.last])]
    cited = {n.code for n in offices}
    named = any(n.role == "place" for n in view.names)
    if len(cited) != 1 or named or context.home in cited or context.partner in cited:
        return context
    return replace(context, reporter=cited.pop(), partner=WORLD)


def _opened(text: str, sentence: Sentence, context: Context, seen: Seen) -> Context:
    """What a new paragraph, or an item of a list, takes from the one before."""
    span, named, note, aside = context.span, context.named, context.note, context.aside
    if (
        not sentence.item
        and not _pairs(sentence, context, seen)
        and (_returns(text, sentence, context) or aside or note == "the year to the month")
        or _passed(span, context.opening)
    ):
        span, named, note, aside = context.opening, False, context.opening_note, False
    if context.last.last and _lists_on(sentence, context, seen):
        span, named, note = context.last, True, ""
    return replace(
        context, span=span, named=named, note=note, aside=aside, reporter=context.home, marker="",
        bilateral=context.bilateral and sentence.item, headed=context.headed if sentence.item else "",
        product=context.product if context.goods in (TOTAL, LAST) else context.goods,
        local=context.local_story, overall=False,
    )  # fmt: skip


def _pairs(sentence: Sentence, context: Context, seen: Seen) -> bool:
    """Whether a paragraph goes on: with the other flow (`Imports` after exports), or what was told (`The rise`)."""
    words, names = seen.get((sentence.start, sentence.end), ((), ()))
    if context.named and [w.low for w in words[:1]] == ["the"] and _TOLD & {w.low for w in words[1:4]}:
        return True
    first = next((n for n in names if n.role in ("flow", "place", "product")), None)
    return first is not None and first.role == "flow" and {first.code, context.flow} == {"X", "M"} and context.named


def _lists_on(sentence: Sentence, context: Context, seen: Seen) -> bool:
    """Whether a paragraph goes on a list of partners (`Bangladesh took 125,440 tonnes and Taiwan 40,369 tonnes`)."""
    words, names = seen.get((sentence.start, sentence.end), ((), ()))
    first = names[0] if names else None
    if not context.spread or first is None or first.first or first.role != "place" or first.last >= len(words):
        return False
    return words[first.last].low in _TAKES and not any(n.role == "flow" and n.code in "BT" for n in names)


def _passed(span: Span, opening: Span) -> bool:
    """Whether a period that a passage carries was looked back to: a month or a year before that of the story."""
    return span.last < opening.last and (span.kind == "month" or span.last[:4] < opening.last[:4])


def _returns(text: str, sentence: Sentence, context: Context) -> bool:
    """Whether a new paragraph goes back to the period the story opened with.

    Stories of most offices do; those of China's only where they open with a year, or with January to a month and give
    yuan.
    """
    if not context.opening.last or context.home in CARRYING:
        return False
    if context.home == "CHN" and context.opening.kind != "year":
        return context.opening.kind == "ytd" and "yuan" in text[sentence.start : sentence.end]
    return True
