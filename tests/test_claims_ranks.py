"""Places among partners, of flows and of balances, in many words."""

import pytest

from entrepot.claims import read

GERMANY = "BERLIN - German exports rose 0.8 percent in June from May, the statistics office said. "
AMERICA = "WASHINGTON - The U.S. trade deficit widened to $78.3 billion in July, the Commerce Department said. "
INDIA = "NEW DELHI - India's exports rose 7.3 per cent to $37.2 billion in July from a year ago, the ministry said. "


def places(head, sentence):
    """What is told, of whom, and the place, of every rank of a sentence."""
    found = read(head + sentence, date="2025-08-20")
    return [(c.stated, c.partner, c.value) for c in found if c.measure == "rank" and c.start >= len(head)]


@pytest.mark.parametrize(
    ("head", "sentence", "told"),
    [
        (GERMANY, "Germany's surplus with the United States remains its largest worldwide.", [("largest", "USA", 1)]),
        (GERMANY, "The surplus with France was its second largest.", [("second largest", "FRA", 2)]),
        (AMERICA, "The second largest trade deficit was a $55.7 billion deficit with Mexico.",
         [("second largest", "MEX", 2)]),
        (AMERICA, "The largest deficit was with China, at $14.7 billion. The third largest was a $4 billion deficit "
         "with Switzerland.", [("largest", "CHN", 1), ("third largest", "CHE", 3)]),
        (INDIA, "Supplies from third-ranked Saudi Arabia fell 3 per cent.", [("third-ranked", "SAU", 3)]),
        (INDIA, "Among buyers of Indian rice, Iran ranked first and Iraq second.",
         [("first", "IRN", 1), ("second", "IRQ", 2)]),
        (INDIA, "China was the No. 1 market for Indian iron ore.", [("No. 1", "CHN", 1)]),
        (INDIA, "The US stayed on top, taking goods worth $8 billion; Oman was second with $3 billion.",
         [("second", "OMN", 2)]),
        (GERMANY, "The largest share of imports came from China.", [("largest", "CHN", 1)]),
    ],
)  # fmt: skip
def test_places_are_told_of_balances_and_by_numbers(head, sentence, told):
    assert places(head, sentence) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "The largest deficits were with Mexico, Viet Nam and China.",
        "It was the largest deficit since March.",
        "China is the world's No. 1 market for cars.",
        "The second half was weaker than the first.",
        "Mexico, one of the No. 2 markets in the region, bought less.",
    ],
)
def test_what_names_no_partner_s_place_is_none(sentence):
    assert places(AMERICA, sentence) == []
