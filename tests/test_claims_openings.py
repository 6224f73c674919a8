"""Whose trade a story tells, and of when, where its first sentences do not say so outright."""

import pytest

from entrepot import claims

HOMES = {
    "VNM": (
        "Durian exports contributed $3 billion in the first 10 months, said the head of the Vietnam Fruit and "
        "Vegetable Association. Demand was high in the Philippines. Pepper exports jumped 48% to $1.1 billion.",
        "Rice exports fell 18.4 per cent to $1.3 billion in the first seven months. China remained the largest "
        "importer of Vietnamese rice. Indonesia came second. Coffee exports earned $2 billion.",
    ),
    "IND": (
        "During April-October 2024, spice exports rose 10 per cent to $2.5 billion. Basmati rice exports were $3.4 "
        "billion. India has also done well in medicines, whose exports rose 8 per cent.",
    ),
    "CHN": ("Export growth rebounded to 31% in 2023. Chinas trade surplus will shrink. Imports grew 39%.",),
    "CHL": ("Cherry exports rose 12% to $3.6 billion in 2023. The Chilean Fruit Exporters Committee was pleased.",),
}


@pytest.mark.parametrize(("home", "text"), [(home, text) for home, texts in HOMES.items() for text in texts])
def test_a_country_named_in_passing_is_whose_story_it_is(home, text):
    assert {c.reporter for c in claims.read(text, date="2024-11-20")} == {home}


SHEETS = {
    "Changes in 2019 from 2018:\n- U.S. exports to Vietnam increased by $1.2 billion (12.5 percent) to $10.9 billion.\n"
    "- U.S. imports from Vietnam increased by 35.6 percent.": "2019",
    "Change from 2018 to 2019:\n- Canada's exports rose 5 percent to $450 billion.": "2019",
    "Canada was the top market for Germany's beer in 2019. Top goods of Germany's exports to Canada: cars ($8 "
    "billion), machinery ($3 billion).": "2019",
}


@pytest.mark.parametrize("text", SHEETS)
def test_a_fact_sheet_is_of_the_year_that_it_names(text):
    read = [c for c in claims.read(text, date="2020-10-15") if c.measure != "rank"]
    day = {c.period for c in read if c.kind == "actual"}
    assert read and day == {SHEETS[text]}


def test_a_flow_other_than_the_one_told_of_a_partner_is_of_all():
    text = (
        "Japan's exports to the United States fell 10.2 percent in September 2025. Exports to the US dropped for a "
        "sixth month, and U.S.-bound car exports plunged 22.7 percent. Japan logged a trade deficit of 234 billion "
        "yen. Exports rose 0.2 percent and imports fell 3.2 percent."
    )
    read = [c for c in claims.read(text, date="2025-10-22") if c.measure != "consecutive"]
    assert [(c.flow, c.partner) for c in read] == [
        ("X", "USA"), ("X", "USA"), ("B", "WLD"), ("X", "WLD"), ("M", "WLD"),
    ]  # fmt: skip


@pytest.mark.parametrize("first", [
    "Unemployment was 4.1 percent in October.", "Retail sales rose 1.3% in September.",
    "GDP grew 4.8 per cent in the third quarter.",
])  # fmt: skip
def test_a_rate_of_something_else_told_first_does_not_set_the_period(first):
    story = "German exports fell 2 percent in November, to 120 billion euros.\n\nImports came to 110 billion euros."
    told = [(c.stated, c.period) for c in claims.read(story, date="2026-01-09")]
    assert [(c.stated, c.period) for c in claims.read(f"{first}\n\n{story}", date="2026-01-09")][1:] == told
