"""Amounts too large or too small for what the passage carries to them. Texts and figures are of our making."""

import pytest

from entrepot.claims import read

LONGER = [
    # no period at all: amounts of the first half, told two weeks after it
    (
        "Viet Nam's foreign-invested firms shipped goods worth $138 billion and domestic ones $52 billion. Exports "
        "to the United States came to $54 billion, up 22.1 percent.",
        "2024-07-03",
        {"$138 billion": "2024-01/2024-06", "$54 billion": "2024-01/2024-06", "22.1 percent": "2024-01/2024-06"},
    ),
    # a year told with its last month
    (
        "The U.S. trade deficit narrowed in December. The gap with Mexico grew to $150 billion, imports from China "
        "fell to $430 billion and total imports to $3.1 trillion.",
        "2024-02-07",
        {"$150 billion": "2023", "$430 billion": "2023", "$3.1 trillion": "2023"},
    ),
    # a fiscal year so far
    (
        "India's exports fell 1 percent to $33.1 billion in August. Total exports came to $172 billion and total "
        "imports to $278 billion.",
        "2023-09-15",
        {"$33.1 billion": "2023-08", "$172 billion": "2023-04/2023-08", "$278 billion": "2023-04/2023-08"},
    ),
]


@pytest.mark.parametrize(("text", "day", "wanted"), LONGER)
def test_amounts_too_large_for_a_month_are_of_a_longer_period(text: str, day: str, wanted: dict[str, str]) -> None:
    told = {c.stated: c.period for c in read(text, date=day)}
    assert {stated: told.get(stated) for stated in wanted} == wanted


def test_one_amount_beside_a_named_month_is_left_to_the_judge() -> None:
    text = "South Korea's exports rose 2 percent in May. Imports came to $265 billion. The surplus was $5.1 billion."
    told = {c.stated: c.period for c in read(text, date="2024-06-01")}
    assert told["$265 billion"] == told["$5.1 billion"] == "2024-05"


def test_a_period_named_for_an_amount_stays() -> None:
    text = "In May 2024 Japan's exports were 82.9 trillion yen and in May 2024 its imports were 94.8 trillion yen."
    assert {c.period for c in read(text, date="2024-06-19")} == {"2024-05"}


PARTNERS = [
    (
        "Japan ran a trade surplus with China in 2023. Exports to the country rose 3 percent. Sales to all markets "
        "were little changed. Exports came to 100.9 trillion yen.",
        "2024-02-21",
        {"100.9 trillion yen": "WLD"},
    ),
    (
        "India's trade with the United States is under strain. Trade deficit widened from $20.6 billion in December "
        "2024 to $25.0 billion in December 2025.",
        "2026-01-15",
        {"$20.6 billion": "WLD", "$25.0 billion": "WLD"},
    ),
    (
        "Germany and Austria are close. German exports to Austria rose 1.0 percent in 2023. Machines led. Exports had "
        "come to 80.0 billion euros in 2023.",
        "2024-03-01",
        {"80.0 billion euros": "AUT"},
    ),
]


@pytest.mark.parametrize(("text", "day", "wanted"), PARTNERS)
def test_an_amount_is_of_the_partner_whose_trade_is_as_large(text: str, day: str, wanted: dict[str, str]) -> None:
    told = {c.stated: c.partner for c in read(text, date=day)}
    assert {stated: told.get(stated) for stated in wanted} == wanted


def test_a_tenth_of_a_total_is_a_dropped_digit_not_a_partner() -> None:
    text = "China's exports rose in May. The United States was not discussed. Exports were $31 billion,."
    assert {c.partner for c in read(text, date="2024-06-09")} == {"WLD"}


@pytest.mark.parametrize("word", ["thousand", "million", "trillion"])
def test_without_sizes_the_scale_of_amounts_moves_nothing(word: str) -> None:
    def slots(scale: str) -> list[tuple[str, ...]]:
        text = (
            f"China's imports from January to May came to $1003.3 {scale}. Exports in May were $302.3 {scale}. The "
            f"weather was fine. Exports reached $1390.3 {scale}."
        )
        claims = read(text, date="2024-06-09", sized=False)
        return [(c.reporter, c.partner, c.product, c.flow, c.period, c.measure) for c in claims]

    assert slots(word) == slots("billion")
    assert slots("billion")[-1][4] == "2024-01/2024-05"
