"""A checked story as one self-contained page: its numbers marked, and beside them what the figures say."""

from collections.abc import Iterator
from html import escape

from entrepot.answer import Answer
from entrepot.verdicts import READS, Story, Verdict

COLOURS = {"holds": "#1b7837", "fails": "#b2182b", "cannot tell": "#6b6b6b"}
"""Colour of a verdict; the words beside it say the same, so that no one depends on colour."""
_SIGNS = {"holds": "✓", "fails": "✗", "cannot tell": "?"}
_STYLE = """
body{font:16px/1.55 Georgia,serif;max-width:76rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
main{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:2rem}
h1{font-size:1.4rem}.story{white-space:pre-wrap;overflow-wrap:anywhere}
mark{background:none;border-bottom:3px solid;padding:0 1px}mark a{color:inherit;text-decoration:none}
.holds{border-color:#1b7837}.fails{border-color:#b2182b;background:#fbe9e7}.cannot{border-color:#9a9a9a}
.none{border-bottom:1px dotted #9a9a9a}aside,li{font:14px/1.45 system-ui,sans-serif}
ol{padding-left:0;list-style:none}li{border-left:4px solid;padding:.3rem .6rem;margin:0 0 .7rem}
li small{color:#555}table{border-collapse:collapse;font-size:12px}td,th{padding:.1rem .5rem .1rem 0;text-align:left}
@media(max-width:60rem){main{grid-template-columns:1fr}}@media print{main{display:block}}
"""


def page(story: Story, *, title: str = "Checked story") -> str:
    """One HTML page without scripts or network: the story with every number marked, each with its evidence.

    The text of the story is escaped: nothing in it can act on the page.
    """
    about = story.about
    counts = ", ".join(f"{about.get(label, 0)} {READS[label]}" for label in READS)
    items = "\n".join(_item(story, verdict) for verdict in story.verdicts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(title)}</h1><p>Story of {escape(str(about.get('date')))}: {escape(counts)}.</p>"
        f'<main><div class="story">{"".join(_marked(story))}</div><aside><ol>\n{items}\n</ol></aside></main>'
        "</body></html>\n"
    )


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
            yield f'<mark class="{kind}" title="{READS[label]}"><a href="#{claim.id}">{escape(claim.stated)}</a></mark>'
        at = claim.end
    yield escape(story.text[at:])


def _item(story: Story, verdict: Verdict) -> str:
    claim = next(c for c in story.claims if c.id == verdict.claim)
    cause = f" Likely cause: {escape(verdict.cause)}." if verdict.cause else ""
    return (
        f'<li id="{claim.id}" style="border-color:{COLOURS[verdict.label]}"><b>{_SIGNS[verdict.label]} '
        f"{escape(claim.stated)}</b> {READS[verdict.label]}<br>{escape(verdict.why)}{cause}{_evidence(verdict)}</li>"
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


def table(story: Story) -> list[dict[str, str]]:
    """Rows a person reads: the sentence with its number marked, the verdict in words, what should stand, and why."""
    claims = {c.id: c for c in story.claims}
    rows = []
    for verdict in story.verdicts:
        claim = claims[verdict.claim]
        sentence = claim.text.replace(claim.stated, f"«{claim.stated}»", 1)
        corrected = "" if verdict.corrected is None else _amount(verdict.corrected, claim.unit)
        rows.append({"sentence": sentence, "verdict": READS[verdict.label], "found": corrected, "why": verdict.why})
    return rows


def answer(story: Story) -> Answer:
    """Verdicts as an answer: one row a claim, with the sentence, what was found and why."""
    import pandas as pd

    claims = {c.id: c.plain() for c in story.claims}
    rows = [{**claims[str(v.claim)], **v.plain()} for v in story.verdicts]
    return Answer("check", dict(story.about), pd.DataFrame(rows))


def _amount(value: float, unit: str) -> str:
    """A corrected number as the story would write it: 16.75 trillion CNY, 5.9 %."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.6g} {word} {unit}"
    return f"{value:,.6g} {unit}"
