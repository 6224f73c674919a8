"""Headings and items of lists say what stands behind them is of."""

import pytest

from entrepot import claims

LISTS = {
    "U.S. imports of Mexican fresh vegetables in 2023 totaled $8.5 billion.\n"
    "By commodity, U.S. imports by value of Mexican fresh vegetables were:\n"
    "- Tomatoes — $2.7 billion, up 10%.\n- Cucumbers — $805 million, up 14%.\n"
    "- Cauliflower and broccoli — $438 million, up 8%.": (
        ("USA", "M", "MEX", "vegetables"),
        *(("USA", "M", "MEX", "tomatoes"),) * 2,
        *(("USA", "M", "MEX", "cucumbers"),) * 2,
        *(("USA", "M", "MEX", "cauliflower-and-broccoli"),) * 2,
    ),
    "Germany's imports from China fell 5% in 2023. The main goods were:\n- Computers: €20 billion\n"
    "- Umbrellas: €1.2 billion, up 9%\n- Lamp shades – €0.4 billion (up 2%)": (
        ("DEU", "M", "CHN", "TOTAL"),
        ("DEU", "M", "CHN", "computers"),
        *(("DEU", "M", "CHN", "umbrellas"),) * 2,
        *(("DEU", "M", "CHN", "lamp-shades"),) * 2,
    ),
    "South Korea's exports rose 5% in 2023. By product:\n* Ships: $2.5 billion (+76%)\n"
    "* Kitchen knives: $0.2 billion (-3%)\n* Garden chairs, $0.3 billion\nBy destination:\n* China: $10.7 billion": (
        ("KOR", "X", "WLD", "TOTAL"),
        *(("KOR", "X", "WLD", "ships"),) * 2,
        *(("KOR", "X", "WLD", "kitchen-knives"),) * 2,
        ("KOR", "X", "WLD", "garden-chairs"),
        ("KOR", "X", "CHN", "TOTAL"),
    ),
    "Turkey's exports to Egypt rose in 2023:\n- Machinery: $399 million\n- Glassware: $21 million\n"
    "- Total: $2.9 billion": (
        ("TUR", "X", "EGY", "84"),
        ("TUR", "X", "EGY", "glassware"),
        ("TUR", "X", "EGY", "TOTAL"),
    ),
}


@pytest.mark.parametrize("text", LISTS)
def test_an_item_names_the_goods_of_its_numbers(text):
    read = [c for c in claims.read(text, date="2024-02-08") if c.kind == "actual"]
    assert tuple((c.reporter, c.flow, c.partner, c.product) for c in read) == LISTS[text]
    assert {c.period for c in read} == {"2023"}


def test_a_sentence_after_a_list_is_of_all_goods_again():
    text = "Japan's exports rose 5% in 2023:\n- Kites: ¥20 billion\nImports were worth ¥110 trillion."
    assert [c.product for c in claims.read(text, date="2024-02-08")] == ["TOTAL", "kites", "TOTAL"]
