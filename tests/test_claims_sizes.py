"""Amounts of a size that no such trade can have: they fail, whoever reports. Texts and figures are of our making."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot import verdicts
from entrepot.claims import read, scales, sizes

DAY = "2019-09-16"
IMPOSSIBLE = [
    ("India's exports to the United States came to $83.1 billion in August 2019.", ""),
    ("India's imports came to $39.5 million in August 2019.", "scale"),
    ("Germany's imports from Austria came to 4.1 trillion euros in 2018.", "scale"),
    ("Brazil's exports came to 2.1 trillion dollars in 2018.", "scale"),
]


@pytest.mark.parametrize(("text", "cause"), IMPOSSIBLE)
def test_an_impossible_amount_fails_with_its_size_told(text: str, cause: str) -> None:
    story = verdicts.check(text, date=DAY)
    (verdict,) = story.verdicts
    assert (verdict.label, verdict.path, verdict.cause) == ("fails", "size", cause or None)
    assert "rough size" in verdict.why and verdict.corrected is None


@pytest.mark.parametrize(
    "text",
    [
        "India's exports to the United States came to $4.8 billion in August 2019.",
        "India's exports of rice came to $39.5 million in August 2019.",  # goods have no size
        "Russia's trade with the Netherlands came to $30.7 billion in January-August 2015.",  # its partners changed
        "Exports were up. They came to $831 billion.",  # not said outright of what
        "India's trade deficit came to $2.1 million in August 2019.",  # a balance may be small
    ],
)
def test_what_may_be_is_left_open(text: str) -> None:
    assert all(v.path != "size" for v in verdicts.check(text, date=DAY).verdicts)


@given(st.sampled_from(["CHN", "USA", "DEU", "IND", "JPN", "BRA", "KOR", "MEX"]), st.floats(0.3, 2.0))
def test_no_amount_near_the_rough_size_fails(reporter: str, times: float) -> None:
    from entrepot import codes

    rough = scales.yearly(reporter, "WLD", "X", 2018)
    assert rough
    text = f"{codes.name(reporter)}'s exports came to ${times * rough / 12e9:.1f} billion in May 2018."
    assert all(sizes.outsized(claim) is None for claim in read(text, date="2018-06-30"))


def test_a_figure_that_is_held_decides_before_the_size() -> None:
    story = verdicts.check("China's exports came to $3.3 trillion in November 2025.", date="2025-12-08")
    (verdict,) = story.verdicts
    assert (verdict.label, verdict.path) == ("fails", "official")


def test_an_amount_that_another_period_of_the_story_holds_was_read_amiss() -> None:
    text = (
        "Brazil's exports came to $339 billion in 2023. Duties were announced in April. Brazil's imports in April 2023 "
        "came to $252 billion."
    )
    assert all(v.path != "size" for v in verdicts.check(text, date="2024-01-10").verdicts)
