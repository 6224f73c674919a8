"""Sentences that go through goods or countries, as they say at their head. Texts and figures are of our making."""

import pytest

from entrepot.claims import read
from entrepot.claims.breakdowns import breakdown


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("by item , cars", ("goods", "item")),
        ("by main product group , cars", ("goods", "product")),
        ("among products , semiconductors", ("goods", "products")),
        ("in terms of commodities , coal", ("goods", "commodities")),
        ("by country , more", ("places", "country")),
        ("by contrast , imports", ("", "")),
        ("on the other hand , imports", ("", "")),
        ("by product safety law , imports", ("", "")),
        ("among them , coal", ("", "")),
    ],
)
def test_what_a_sentence_goes_through(head: str, wanted: tuple[str, str]) -> None:
    assert breakdown(head.split()) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("""Korea's exports rose 2% in August. Exports to the United States fell 4% and those to the EU 7%.

By item, there were gains for semiconductors (2.6%), ships (35.5%) and losses for passenger cars (36.7%).""",
         {"2.6%": ("X", "WLD"), "35.5%": ("X", "WLD"), "36.7%": ("X", "WLD")}),
        ("""Korean ICT exports rose 25.7 percent in August. Imports were $13.3 billion and the surplus $9.3 billion.

Among products, semiconductors were up 31.1 per cent at $14.51 billion.

Monitors gained 97.2 per cent to $1.62 billion.""",
         {"31.1 per cent": ("X", "WLD"), "$14.51 billion": ("X", "WLD"), "97.2 per cent": ("X", "WLD")}),
        ("""Japan's food exports grew 5% in the first half. Hong Kong took 6.6% less, at 22 billion yen.

By product, beef gained 15.9% and green tea 24.6%.""",
         {"6.6%": ("X", "HKG"), "15.9%": ("X", "WLD"), "24.6%": ("X", "WLD")}),
        ("""Korea's exports rose 2% in August. By country, more went to China (14.5%) and Singapore (16.7%) and less to
the United States (10.0%).""",
         {"14.5%": ("X", "CHN"), "16.7%": ("X", "SGP"), "10.0%": ("X", "USA")}),
    ],
)  # fmt: skip
def test_goods_are_of_all_partners_and_countries_of_all_goods(text: str, wanted: dict[str, tuple[str, str]]) -> None:
    told = {claim.stated: (claim.flow, claim.partner) for claim in read(text, date="2025-09-20")}
    assert {number: told.get(number) for number in wanted} == wanted
