"""Which percentages are parts, which are of weights, and which amounts are changes. Texts are of our making."""

import pytest

from entrepot.claims import read

DAY = "2025-06-20"
LIFTED = (
    "Viet Nam's exports rose 5% in May. The growth raised the proportion of Chinese goods in total imports from 24.9% "
)
BOTH = "China's exports of garments to Japan came to $2.2 billion, a 6% year-on-year rise in export value."
PARTS = [
    ("China's imports fell. The ratio of copper products in total exports was 62 percent in May.", "62 percent"),
    (f"{LIFTED}to 32.7%.", "24.9%"),
    (f"{LIFTED}to 32.7%.", "32.7%"),
    ("Australia's ore exports to China were $111 billion, or 72% in value of all exports to China.", "72%"),
    ("India's engineering exports had a 25.3% contribution in total merchandise exports in May.", "25.3%"),
    ("Some 18 percent of Brazil's exports went to Argentina in May and 12 percent to Chile.", "12 percent"),
]
WEIGHTS = [
    ("China bought 56 percent more soybeans from Brazil in 2020.", "56 percent"),
    (
        "Brazil's ore exports rose 4.7% in July on the year, even as revenues from them fell 8.8% to $2.6 billion.",
        "4.7%",
    ),
    ("China's fuel oil imports dropped 49.5% year on year and fell 10.9% from April to 874,000 mt in May.", "49.5%"),
]
VALUES = [
    ("Japan's exports rose 4 percent in May. Germany bought 12 percent more cars.", "12 percent"),
    (BOTH, "6%"),
    ("Japan's exports of cars rose 4.7% in May, while imports of cars fell 2.1%.", "4.7%"),
    ("Japan's exports rose 4.7% in May, while the annual increase of imports was 2.1%.", "2.1%"),
    ("Turkey's trade grew. Exports in total trade of the country rose 12 percent in May.", "12 percent"),
]


def _measure(text: str, stated: str) -> str:
    return next(c.measure for c in read(text, date=DAY) if c.stated == stated)


@pytest.mark.parametrize(("text", "stated"), PARTS)
def test_a_percentage_that_nothing_moves_is_a_part(text: str, stated: str) -> None:
    assert _measure(text, stated) == "share"


@pytest.mark.parametrize(("text", "stated"), WEIGHTS)
def test_growth_of_what_is_weighed_bought_or_set_against_its_value_is_of_volume(text: str, stated: str) -> None:
    assert _measure(text, stated) == "volume_growth_yoy"


@pytest.mark.parametrize(("text", "stated"), VALUES)
def test_other_growth_stays_growth_of_value(text: str, stated: str) -> None:
    assert _measure(text, stated) == "growth_yoy"


def test_a_ratio_of_exports_to_imports_is_no_part_of_trade() -> None:
    text = "Turkey's exports rose in May. The ratio of exports in imports was 82 percent, in all trade of the country."
    assert "share" not in {c.measure for c in read(text, date=DAY) if c.kind == "actual"}


@pytest.mark.parametrize("verb", ["climbing", "rising", "widening", "jumping"])
def test_an_amount_that_another_is_reached_by_is_a_change(verb: str) -> None:
    text = f"The US deficit with China was the largest in 2022, {verb} $29.4 billion to $382.9 billion."
    assert _measure(text, "$29.4 billion") == "change_amount"
    assert _measure(text, "$382.9 billion") == "level"
