"""What policies would do, on the page: the figures of the verb, each world's proof, or the reason for none."""

from dataclasses import replace
from datetime import date

import pytest

import entrepot as ep
from entrepot import consequences, wording
from entrepot.errors import WrongUsage

BUILT = date(2026, 11, 22)


@pytest.fixture(scope="module")
def facts():
    return ep.brief(ep.load("CHN"), period="2025-11", built=BUILT).facts


@pytest.fixture(scope="module")
def section(facts):
    return consequences.section(facts)


def test_every_figure_is_the_one_of_simulate(section):
    world = ep.Economy.load("world-2023")
    (table,) = section.tables
    names = [head.text.replace(" ", "-") for head in table.heads[1:]]
    assert names == list(ep.Scenario.names())
    first = table.rows[0]
    assert first.cells[0].text == "China"
    assert len(table.rows) == 1 + consequences.SHOWN
    for name, cell in zip(names, first.cells[1:], strict=True):
        rows = ep.simulate(world, ep.Scenario.load(name)).answer("CHN").records()
        row = next(one for one in rows if one["country"] == "CHN")
        assert cell.text == f"{wording.points(row['welfare'])} %"
        assert cell.small == wording.percent(row["exports"])


def test_every_scenario_says_its_title_day_and_proof(section):
    assert len(section.points) == len(section.tables[0].heads) - 1
    assert all("of world GDP. Run: entrepot simulate " in point and ", as of " in point for point in section.points)
    assert "Simulated, not observed" in section.lead


def test_a_reporter_of_no_economy_is_told_why(facts):
    section = consequences.section(replace(facts, reporter="TWN"))
    assert not section.tables
    assert section.lead.startswith("No scenario is shown here. TWN is none of the")


def test_only_sections_that_exist_can_be_included():
    with pytest.raises(WrongUsage, match="forecast or scenarios"):
        ep.brief(ep.load("CHN"), period="2025-11", include=["weather"])


def test_the_page_has_what_was_asked_for():
    page = ep.brief(ep.load("CHN"), period="2025-11", include=["scenarios"], built=BUILT)
    assert f"<h2>{consequences.TITLE}</h2>" in page.html
    assert "<h2>The months to come</h2>" not in page.html
