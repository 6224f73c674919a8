"""Amounts too small for all goods, and too large for one kind. Texts are of our making."""

import pytest

from entrepot.claims import read

DAY = "2025-09-20"


def _told(text: str, *, sized: bool = True, day: str = DAY) -> dict[str, str]:
    return {c.stated: c.product for c in read(text, date=day, sized=sized)}


PHONES = (
    "South Korea's exports rose in 2024. Outbound shipments to China, where makers of phones need semiconductors, came "
    "to {} last year."
)


@pytest.mark.parametrize(("amount", "goods"), [("$36.1 billion", "integrated-circuits"), ("$133 billion", "TOTAL")])
def test_an_amount_too_small_for_all_trade_is_of_the_goods_named_beside_it(amount: str, goods: str) -> None:
    assert _told(PHONES.format(amount))[amount] == goods


def test_without_sizes_nothing_is_weighed() -> None:
    assert _told(PHONES.format("$36.1 billion"), sized=False)["$36.1 billion"] == "TOTAL"


def test_goods_that_are_only_counted_in_take_no_amount() -> None:
    text = "South Korea's exports to China fell. Foreign firms, chips included, sold $31.0 billion to China in 2024."
    assert _told(text)["$31.0 billion"] == "TOTAL"


FARM = """U.S. farm exports totaled $171.3 billion in 2024. The trade balance of the US was a deficit.

Soybeans lost 3 %. Corn, wheat and cotton gained.

Exports to Japan fell 6 %. Exports to China came to {}."""


@pytest.mark.parametrize(("amount", "goods"), [("$8.3 billion", "agricultural"), ("$131 billion", "TOTAL")])
def test_a_story_that_opens_with_goods_is_about_them_unless_an_amount_is_as_large_as_all(
    amount: str, goods: str
) -> None:
    told = _told(FARM.format(amount))
    assert (told["6 %"], told[amount]) == (goods, goods)


def test_an_amount_as_large_as_all_exports_is_of_no_goods_that_its_sentence_does_not_name() -> None:
    text = "Japan's car exports fell 3.0% in August. Shipments reached 8,425 billion yen in August, up 1.1%."
    assert _told(text) == {"3.0%": "automobiles", "8,425 billion yen": "TOTAL", "1.1%": "TOTAL"}
    assert _told(text, sized=False)["8,425 billion yen"] == "automobiles"


def test_an_amount_of_goods_that_its_sentence_names_may_be_large() -> None:
    text = "Taiwan's exports of electronic goods came to $58.5 billion in August 2025."
    assert _told(text)["$58.5 billion"] != "TOTAL"


@pytest.mark.parametrize("told", ["nearly 35 %", "about 35 %", "35 %"])
def test_a_figure_told_roughly_is_of_the_goods_beside_it_where_the_whole_has_another(told: str) -> None:
    text = f"Japan's imports fell 5.2 % in August. Imports grew in computers, adding {told} on the year."
    found = [c.product for c in read(text, date=DAY) if c.value == 35]
    assert found == ["computers"]


def test_a_story_on_goods_of_the_widest_names_alone_is_read():
    assert read("VEHICLES0ENERGY", date="2000-01-01") == []
    text = "Vehicles and energy. Exports of vehicles rose 5 percent and those of energy 3 percent in May, China said."
    assert [c.stated for c in read(text, date="2024-06-08")] == ["5 percent", "3 percent"]


@pytest.mark.parametrize(("amount", "goods"), [("$0.94 billion", "TOTAL"), ("$2.1 billion", "toys")])
def test_a_total_that_lost_a_digit_is_of_no_goods_beside_it(amount: str, goods: str) -> None:
    text = f"Viet Nam's trade grew in March 2012. Exports came to {amount} while sellers of toys complained."
    assert _told(text, day="2012-04-20")[amount] == goods
