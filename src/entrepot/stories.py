"""A checked story as one self-contained page: its numbers marked, and beside them what the figures say."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape

from entrepot import wording
from entrepot.answer import Answer
from entrepot.claims.claim import Claim
from entrepot.verdicts import CAUSES, READS, Story, Verdict, subject

COLOURS = {"holds": "#1b7837", "fails": "#b2182b", "cannot tell": "#6b6b6b"}
"""Colour of a verdict; the words beside it say the same, so that no one depends on colour."""
_SIGNS = {"holds": "✓", "fails": "✗", "cannot tell": "?"}
_STYLE = """
body{font:16px/1.55 Georgia,serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
main{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:2rem}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:.4rem 0}section{margin-bottom:1rem}li a{color:inherit}
.story{white-space:pre-wrap;overflow-wrap:anywhere}
mark{background:none;border-bottom:3px solid;padding:0 1px}mark a{color:inherit;text-decoration:none}
.holds{border-color:#1b7837}.fails{border-color:#b2182b;background:#fbe9e7}.cannot{border-color:#9a9a9a}
.none{border-bottom:1px dotted #9a9a9a}aside,li{font:14px/1.45 system-ui,sans-serif}
ol{padding-left:0;list-style:none}li{border-left:4px solid;padding:.3rem .6rem;margin:0 0 .7rem}
li small{color:#555}table{border-collapse:collapse;font-size:12px}td,th{padding:.1rem .5rem .1rem 0;text-align:left}
@media(max-width:60rem){main{grid-template-columns:1fr}}@media print{main{display:block}}
"""


ENGLISH = """the of in to and by for from with at its was were is are that this on year month rose fell exports imports
trade billion million percent surplus deficit than against first after last grew up down"""
PLAIN_WORDS = frozenset(ENGLISH.split())
FEW = 6  # words in small letters below which nothing is said of the language
SHARE = 0.12  # of plain English words; stories have a third, headlines a fifth, other languages next to none


def foreign(text: str) -> bool:
    """Whether a text does not read as English, the language in which numbers of trade are read.

    >>> foreign("Exports of China rose 5.9 % in November 2025, the customs office said on Monday.")
    False
    >>> foreign("As exportações da China subiram 5,9 % em novembro de 2025, para 330,3 bilhões de dólares.")
    True
    """
    words = re.findall(r"[^\W\d_]+", text)
    if sum(not word.isascii() and len(word) > 1 for word in words) > len(words) / 2:
        return True
    plain = [word for word in words if word.islower()]  # names are the same everywhere
    return len(plain) >= FEW and sum(word in PLAIN_WORDS for word in plain) < SHARE * len(plain)


def page(story: Story, *, title: str = "Checked story") -> str:
    """One HTML page without scripts or network: the story with every number marked, each with its evidence.

    The text of the story is escaped: nothing in it can act on the page.
    """
    about = story.about
    counts = wording.counted(Counter(verdict.label for verdict in story.verdicts))
    left = sum(c.kind != "actual" for c in story.claims)
    claims = {c.id: c for c in story.claims}
    apart = f" {wording.left_over(left, 'dotted ')}." if left else ""
    cut = f' <strong class="fails">{escape(story.cut)}</strong>' if story.cut else ""
    items = "\n".join(_item(claims[verdict.claim], verdict) for verdict in story.verdicts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(title)}</h1><p>Story of {escape(str(about.get('date')))}: {escape(counts)}.{apart}{cut}"
        f"</p>{_to_change(story)}"
        f'<main><div class="story">{"".join(_marked(story))}</div><aside><ol>\n{items}\n</ol></aside></main>'
        "</body></html>\n"
    )


def _to_change(story: Story) -> str:
    """What an editor has to change, before the story itself: each wrong number with what should stand there."""
    claims = {c.id: c for c in story.claims}
    lines = []
    for verdict in story.verdicts:
        if verdict.label != "fails":
            continue
        claim = claims[verdict.claim]
        right = "" if verdict.corrected is None else f" → <b>{escape(_written(verdict.corrected, claim))}</b>"
        cause = f" ({escape(CAUSES.get(verdict.cause, verdict.cause))})" if verdict.cause else ""
        lines.append(f'<li class="fails"><a href="#{claim.id}"><s>{escape(claim.stated)}</s></a>{right}{cause}</li>')
    return f"<section><h2>To change</h2><ol>{''.join(lines)}</ol></section>" if lines else ""


def _marked(story: Story) -> Iterator[str]:
    labels = {v.claim: v.label for v in story.verdicts}
    at = 0
    for claim in sorted(story.claims, key=lambda c: c.start):
        if claim.start < at:
            continue
        yield escape(story.text[at : claim.start])
        label = labels.get(claim.id)
        if label is None:
            yield f'<mark class="none" title="{escape(claim.kind)}">{escape(claim.stated)}</mark>'
        else:
            kind = label.split()[0]
            link = f'<a href="#{claim.id}" id="at-{claim.id}">{escape(claim.stated)}</a>'
            yield f'<mark class="{kind}" title="{READS[label]}">{link}</mark>'
        at = claim.end
    yield escape(story.text[at:])


def _item(claim: Claim, verdict: Verdict) -> str:
    cause = f" Likely cause: {escape(CAUSES.get(verdict.cause, verdict.cause))}." if verdict.cause else ""
    cause = "" if "likely slip" in verdict.why else cause
    return (
        f'<li id="{claim.id}" style="border-color:{COLOURS[verdict.label]}"><b>{_SIGNS[verdict.label]} '
        f'<a href="#at-{claim.id}">{escape(claim.stated)}</a></b> {READS[verdict.label]}<br>'
        f"{escape(verdict.why)}{cause}{_evidence(verdict)}</li>"
    )


def _evidence(verdict: Verdict) -> str:
    if not verdict.rows:
        return ""
    columns = ("period", "span", "currency", "value", "growth", "source", "released")
    head = "".join(f"<th>{name}</th>" for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_cell(row.get(name)))}</td>" for name in columns) + "</tr>"
        for row in verdict.rows
    )
    return f"<details><summary>evidence</summary><table><tr>{head}</tr>{body}</table></details>"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a story that holds checked numbers.

    Attributes
    ----------
    text : str
        The sentence on one line, each checked number in «».
    rows : tuple of mappings
        Of each checked number in order: `number` as stated, `verdict` in words, `found` (what should stand), `why`.
    """

    text: str
    rows: tuple[Mapping[str, str], ...]


def sentences(story: Story) -> list[Sentence]:
    """The story sentence by sentence, as a person reads it: those that hold checked numbers, each once, in order."""
    verdicts = {v.claim: v for v in story.verdicts}
    inside: dict[int, list[Claim]] = {}
    for claim in sorted(story.claims, key=lambda c: c.start):
        if claim.id in verdicts:
            inside.setdefault(story.text.find(claim.text, max(0, claim.start - len(claim.text))), []).append(claim)
    return [
        Sentence(_in_marks(claims, begin), tuple(_row(claim, verdicts[claim.id]) for claim in claims))
        for begin, claims in sorted(inside.items())
    ]


def _in_marks(claims: list[Claim], begin: int) -> str:
    """Return the sentence that begins at `begin` with its numbers in marks; two that overlap share one pair."""
    text, parts, at = claims[0].text, [], 0
    for claim in claims:
        first, last = claim.start - begin, claim.end - begin
        if first >= at:
            parts += [text[at:first], "«", text[first:last], "»"]
            at = last
    return " ".join("".join([*parts, text[at:]]).split())


def _row(claim: Claim, verdict: Verdict) -> dict[str, str]:
    found = "" if verdict.corrected is None else _written(verdict.corrected, claim)
    return {"number": claim.stated, "verdict": READS[verdict.label], "found": found, "why": verdict.why}


@dataclass(frozen=True, slots=True)
class Rumour:
    """A wrong number that stories tell of a release, and what should stand there.

    Attributes
    ----------
    stated : str
        The number as the first story prints it.
    about : str
        What it is said of, in words: `China's imports, January-November 2025`.
    corrected : str
        What should stand there, as a story would write it; empty where no number is at fault (a record that is none).
    cause : str
        The one slip that explains it; empty where none does.
    why : str
        One sentence.
    sentence : str
        The sentence of the first story.
    told : tuple of str
        Names of the stories that tell it, in order.
    """

    stated: str
    about: str
    corrected: str
    cause: str
    why: str
    sentence: str
    told: tuple[str, ...]


def going_round(checked: Mapping[str, Story], *, reporter: str, period: str) -> tuple[Rumour, ...]:
    """Wrong numbers of a release that checked stories tell: those told most often first.

    Parameters
    ----------
    checked : mapping of str to Story
        Checked stories by name.
    reporter : str
        ISO3 code of the office's country.
    period : str
        Month of the release (`2025-11`) or year (`2025`). A number belongs to it if its own period ends in it, so that
        the year to the month counts; so does one told of the release that the figures know from another period.

    Returns
    -------
    tuple of Rumour
        One for each number and what it is said of; a number that several stories tell comes once.
    """
    found: dict[tuple[str, ...], Rumour] = {}
    for name, story in checked.items():
        claims = {c.id: c for c in story.claims}
        for verdict in story.verdicts:
            claim = claims[verdict.claim]
            if verdict.label != "fails" or claim.reporter != reporter or not _ends_in(claim.period, period):
                continue
            slots = (claim.partner, claim.product, claim.flow, claim.period, claim.measure)
            key = (*slots, f"{claim.value:.6g}", claim.unit)
            before = found.get(key)
            if before is not None:
                told = before.told if name in before.told else (*before.told, name)
                found[key] = replace(before, told=told)
                continue
            right = "" if verdict.corrected is None else _written(verdict.corrected, claim)
            found[key] = Rumour(
                claim.stated,
                subject(claim),
                right,
                verdict.cause or "",
                verdict.why,
                " ".join(claim.text.split()),
                (name,),
            )
    return tuple(sorted(found.values(), key=lambda rumour: -len(rumour.told)))


def _ends_in(told: str, period: str) -> bool:
    last = told.rpartition("/")[2]
    return (
        last == period
        or len(period) == 7
        and period[5:] == "12"
        and last == period[:4]
        or last[: len(period)] == period
    )


def answer(story: Story) -> Answer:
    """Verdicts as an answer: one row a claim, with the sentence, what was found and why."""
    import pandas as pd

    claims = {c.id: c.plain() for c in story.claims}
    rows = [{**claims[str(v.claim)], **v.plain()} for v in story.verdicts]
    return Answer("check", dict(story.about), pd.DataFrame(rows))


def together(checked: Mapping[str, Story]) -> Answer:
    """Verdicts of several stories in one answer: the name of the story stands first in each row."""
    if len(checked) == 1:
        return answer(*checked.values())
    import pandas as pd

    parts = [answer(one).rows for one in checked.values()]
    for name, rows in zip(checked, parts, strict=True):
        rows.insert(0, "story", name)
    about = {"stories": {name: dict(one.about) for name, one in checked.items()}}
    return Answer("check", about, pd.concat([rows for rows in parts if len(rows)] or parts[:1], ignore_index=True))


def _written(corrected: float, claim: Claim) -> str:
    """A corrected number as the story would write it: 16.75 trillion CNY, 5.9 %.

    A fall or a deficit that the story tells in words keeps its words, and so no sign.
    """
    in_words = claim.value * corrected > 0 and not any(sign + claim.stated in claim.text for sign in _PLUS_MINUS)
    value, unit = abs(corrected) if in_words else corrected, claim.unit
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.6g} {word} {unit}"
    return f"{value:,.6g} {_UNIT_WORDS.get(unit, unit)}".strip()


_PLUS_MINUS = ("-", "+", "\N{MINUS SIGN}", "\N{EN DASH}")
_UNIT_WORDS = {"n": "", "x": "times", "rank": "in rank", "pp": "points"}
