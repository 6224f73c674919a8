"""Places among partners, of flows and of balances, in many words."""

import re

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


AMONG = "China's total trade rose 5.9% in the first eleven months of 2025, customs data showed. "
MARKED_RANKS = [
    "ASEAN held on to the {No 1|T ASEAN 1} spot among trading partners, with trade of 6.8 trillion yuan.",
    "ASEAN remained China's {No. 1|T ASEAN 1} trading partner.",
    "ASEAN stayed the {number-one|T ASEAN 1} partner for a third year running.",
    "The European Union was {number two|T EU27 2} among trading partners, the United States {number three|T USA 3}.",
    "The {top|T ASEAN 1} trading partner was ASEAN, followed by the European Union.",
    "ASEAN came {first|T ASEAN 1} among trading partners, ahead of the European Union.",
    "Among trading partners the European Union ranked {second|T EU27 2} and the United States {third|T USA 3}.",
    "As a trading partner of China, the US comes {second|T USA 2}, behind the European Union.",
    "The US fell to {third|T USA 3} among China's trading partners.",
    "ASEAN, the EU and the US, in that order, were the largest partners.",
    "The {second-largest|T EU27 2} partner, the EU, traded goods for 5.3 trillion yuan.",
    "Its {biggest|X USA 1} export market remained the United States.",
    "The United States was the {leading|X USA 1} buyer of Chinese goods, taking $400 billion.",
    "The {largest|M TWN 1} source of imports was Taiwan with $200 billion, ahead of South Korea.",
    "Taiwan was once more the {number one|M TWN 1} supplier.",
    "South Korea placed {second|M KOR 2} among suppliers.",
    "The EU, the {second-biggest|T EU27 2} partner, followed with 5.3 trillion yuan.",
    "Russia, the {number two|M RUS 2} supplier, sent 18% less.",
    "The United States led the list of export destinations with $400 billion.",
    "The US moved to the top of the list of trading partners.",
    "Vietnam overtook Japan to become the {fifth-largest|T VNM 5} trading partner.",
    "Japan slipped to {fifth|T JPN 5} place among China's trading partners.",
    "With $200 billion, Japan was in {fourth|T JPN 4} place among trading partners.",
    "The {third-largest|T USA 3} trading partner was the US.",
    "ASEAN now ranks as China's {largest|T ASEAN 1} partner in trade.",
    "In the ranking of trading partners Japan is {fifth|T JPN 5}.",
]


@pytest.mark.parametrize("marked", MARKED_RANKS)
def test_who_holds_which_place_is_told_in_many_words(marked: str) -> None:
    text, wanted, at = AMONG, [], 0
    for mark in re.finditer(r"\{([^|}]*)\|(\w) (\w+) (\d+)\}", marked):
        text += marked[at : mark.start()]
        wanted.append((len(text), mark[2], mark[3], float(mark[4])))
        text, at = text + mark[1], mark.end()
    claims = read(text + marked[at:], date="2025-12-09")
    ranks = {(c.flow, c.partner, c.value): c for c in claims if c.measure == "rank"}
    assert set(ranks) == {place[1:] for place in wanted}
    for start, *place in wanted:
        assert ranks[tuple(place)].start <= start < ranks[tuple(place)].end


def test_a_place_among_those_who_sell_some_goods_is_of_these() -> None:
    text = AMONG + "Australia rose to third place among wine suppliers, behind France and Chile."
    (rank,) = [c for c in read(text, date="2025-12-09") if c.measure == "rank"]
    assert (rank.flow, rank.partner, rank.product, rank.value) == ("M", "AUS", "wine", 3.0)
