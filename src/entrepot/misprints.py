"""What the page of a release says of stories about it: the wrong numbers that go round, and what should stand there."""

from collections.abc import Mapping

from entrepot import layout
from entrepot.briefing import Facts
from entrepot.layout import Cell, Line, Section, Table
from entrepot.stories import Rumour, going_round
from entrepot.verdicts import CAUSES, Story

TITLE = "Wrong numbers going round"


def section(facts: Facts, stories: Mapping[str, Story]) -> Section:
    """Wrong numbers that checked stories tell of this release, and how many stories were checked."""
    found = going_round(stories, reporter=facts.reporter, period=facts.period)
    number = f"{len(stories)} {'story' if len(stories) == 1 else 'stories'}"
    if not found:
        return Section("misprints", TITLE, lead=f"No number about this release in {number} is contradicted.")
    rows = [{"stated": one.stated, "of": one.about, "right": one.corrected, "cause": one.cause, "why": one.why,
             "sentence": one.sentence, "told": ", ".join(one.told)} for one in found]  # fmt: skip
    caption = f"Checked: {number}. A number stands here only where the figures, or the story itself, contradict it."
    heads = layout.heads("", "stated", "should be", "likely slip", "told by", spare=(3,))
    table = Table("Wrong numbers", caption, heads, tuple(_line(one) for one in found), layout.links("misprints", rows))
    return Section("misprints", TITLE, tables=(table,))


def _line(one: Rumour) -> Line:
    cause = CAUSES.get(one.cause, one.cause)
    return Line((
        Cell(one.about), Cell(one.stated, "fall"), Cell(one.corrected or "no such figure", small=one.why, lang="en"),
        Cell(cause, "spare"), Cell(", ".join(one.told)),
    ))  # fmt: skip
