"""Ranks told without a noun that ranks, and lists of places that go on."""

import pytest

from entrepot.claims import read

KOREA = "SEOUL - South Korea's exports rose 4.6 percent to $58.4 billion in July, the trade ministry said. "
UNION = "BRUSSELS - EU exports of goods to the rest of the world fell 2 percent in July, Eurostat said. "
AMERICA = "WASHINGTON - The U.S. trade deficit widened to $78.3 billion in July, the Commerce Department said. "
INDIA = "NEW DELHI - India's exports rose 7.3 per cent to $37.2 billion in July from a year ago, the ministry said. "


def places(head, sentence):
    """What is told, of whom, of which flow, and the place, of every rank of a sentence."""
    found = read(head + sentence, date="2025-08-20")
    return [(c.stated, c.partner, c.flow, c.value) for c in found if c.measure == "rank" and c.start >= len(head)]


@pytest.mark.parametrize(
    ("head", "sentence", "told"),
    [
        (KOREA, "Exports to Vietnam, the third largest, gained 9 percent.", [("third largest", "VNM", "X", 3)]),
        (AMERICA, "The deficit with Mexico was the second largest.", [("second largest", "MEX", "B", 2)]),
        (AMERICA, "The United States had the largest goods deficit with Viet Nam at $18 billion.",
         [("largest", "VNM", "B", 1)]),
        (AMERICA, "Ireland was the top contributor to the goods deficit.", [("top", "IRL", "B", 1)]),
        (INDIA, "The UAE was its third export market.", [("third", "ARE", "X", 3)]),
        (INDIA, "Iraq came in second with $9.9 billion, the United Arab Emirates third with $7.2 billion and Saudi "
         "Arabia fourth with $4.3 billion.",
         [("second", "IRQ", "X", 2), ("third", "ARE", "X", 3), ("fourth", "SAU", "X", 4)]),
        (UNION, "China was the bloc's top import source.", [("top", "CHN", "M", 1)]),
        (UNION, "Britain was the largest partner for EU exports of goods.", [("largest", "GBR", "X", 1)]),
        (INDIA, "Canada ranked 25th on the list of India's trading partners.", [("25th", "CAN", "T", 25)]),
    ],
)  # fmt: skip
def test_who_is_ranked_is_told_without_a_noun_that_ranks(head, sentence, told):
    assert places(head, sentence) == told


def test_goods_rise_from_one_place_to_another():
    found = read(INDIA + "Electronic goods moved from sixth to fourth place among exports.", date="2025-08-20")
    ranks = [(c.stated, c.value) for c in found if c.measure == "rank"]
    assert ranks == [("sixth", 6), ("fourth", 4)]
    assert len({c.product for c in found if c.measure == "rank"}) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The deficit with Mexico was the largest since records began.",
        "The rise in shipments to Canada was the largest in five years.",
        "The United States is the world's largest economy.",
        "The country posted the largest deficit on record.",
        "The minister met his second counterpart.",
    ],
)
def test_a_record_and_a_place_in_the_world_are_no_rank_of_a_partner(sentence):
    assert not places(AMERICA, sentence)


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("It was the third month in succession of growth.", 3),
        ("The country extended its run of surpluses to 70 months.", 70),
        ("Shipments to Canada, amid a 14-month streak of declines, lost 9 percent.", 14),
    ],
)
def test_runs_told_in_other_words(sentence, count):
    found = read(KOREA + sentence, date="2025-08-20")
    assert [c.value for c in found if c.measure == "consecutive"] == [count]


@pytest.mark.parametrize(
    ("head", "sentence", "told"),
    [
        (INDIA, "The number one partner, for a third straight year, was the United States.",
         [("number one", "USA", "T", 1)]),
        (INDIA, "France stayed second with $16 billion, and Italy followed in third place with $15 billion.",
         [("second", "FRA", "X", 2), ("third place", "ITA", "X", 3)]),
        (INDIA, "Germany remained third with $9 billion.", [("third", "DEU", "X", 3)]),
        (INDIA, "Third comes Chile, whose purchases expanded 23.1 percent.", [("Third", "CHL", "X", 3)]),
        (INDIA, "Egypt, which cut its orders by 54.9 percent, is in fourth place.", [("fourth place", "EGY", "X", 4)]),
        (INDIA, "The top spot went to the Netherlands.", [("top", "NLD", "X", 1)]),
        (INDIA, "First place was taken by the United States, with $8 billion.", [("First", "USA", "X", 1)]),
        (KOREA, "Trade with the largest partner, China, was up 5 percent; with the second-largest, the United States, "
         "it was up 10 percent.", [("largest", "CHN", "T", 1), ("second-largest", "USA", "T", 2)]),
        (INDIA, "Of all destinations the United States came top.", [("top", "USA", "X", 1)]),
        (INDIA, "Most imports came from China, at $11 billion.", [("Most", "CHN", "M", 1)]),
        (INDIA, "Pakistan remains its biggest taker.", [("biggest", "PAK", "X", 1)]),
        (INDIA, "In 2018 Britain had been its top source of ships.", [("top", "GBR", "M", 1)]),
        (KOREA, "ASEAN became the largest of Korea's trading partners.", [("largest", "ASEAN", "T", 1)]),
        (KOREA, "Among major destinations, Japan showed the fastest growth.", [("fastest", "JPN", "X", 1)]),
        (KOREA, "The steepest decrease was in goods from Taiwan.", [("steepest", "TWN", "M", 1)]),
    ],
)  # fmt: skip
def test_a_place_may_stand_apart_from_who_holds_it(head, sentence, told):
    assert places(head, sentence) == told


@pytest.mark.parametrize(
    "sentence",
    [
        "Most imports of steel fell from a year before.",
        "The top spot was vacant.",
        "First came a drop in sales to Canada.",
        "Third was a rise in freight rates to China.",
        "The steepest decrease since 2009 was in goods from Taiwan.",
        "The minister came first to Peru.",
    ],
)
def test_what_comes_first_is_not_always_a_rank(sentence):
    assert not places(AMERICA, sentence)
