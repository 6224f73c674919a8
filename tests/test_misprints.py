"""Wrong numbers going round: those of this release alone, each once, with what should stand there."""

from datetime import date

import pytest

import entrepot as ep
from entrepot import misprints

DAY = "2025-12-09"
RIGHT = "China's exports rose 5.9 percent in November 2025 from a year earlier to $330.3 billion, customs data showed."
WRONG = "China's exports rose 9.5 percent in November 2025 from a year earlier to $330.3 billion, customs data showed."
OTHER = "China's exports rose 12 percent in October 2025 from a year earlier, customs data showed."


@pytest.fixture(scope="module")
def stories():
    told = {"right.txt": RIGHT, "one.txt": WRONG, "two.txt": WRONG + " Analysts were surprised.", "other.txt": OTHER}
    return {name: ep.check(text, date=DAY) for name, text in told.items()}


@pytest.fixture(scope="module")
def facts():
    return ep.brief(ep.load("CHN"), period="2025-11", built=date(2026, 11, 22)).facts


def test_a_wrong_number_stands_once_with_the_right_one_and_who_told_it(facts, stories):
    (table,) = misprints.section(facts, stories).tables
    (line,) = table.rows
    about, stated, right, cause, told = (cell.text for cell in line.cells)
    assert "exports" in about and "9.5" in stated
    assert right.startswith("5.9")
    assert told == "one.txt, two.txt"
    assert "4 stories" in table.caption


def test_right_numbers_and_those_of_other_releases_make_no_table(facts, stories):
    section = misprints.section(facts, {name: stories[name] for name in ("right.txt", "other.txt")})
    assert not section.tables
    assert section.lead == "No number about this release in 2 stories is contradicted."


def test_the_page_has_the_section_only_where_stories_were_given(stories):
    with_ = ep.brief(ep.load("CHN"), period="2025-11", stories=stories, built=date(2026, 11, 22)).html
    without = ep.brief(ep.load("CHN"), period="2025-11", built=date(2026, 11, 22)).html
    assert f"<h2>{misprints.TITLE}</h2>" in with_
    assert f"<h2>{misprints.TITLE}</h2>" not in without
