"""Who sells to whom where a list is of another country's suppliers, or of a union's members."""

import pytest

from entrepot import claims

LISTS = {
    "Germany exported $8.9 billion of electric cars in 2023. The U.S.'s top sources are Germany ($6.2 billion), South "
    "Korea ($4.4 billion) and Mexico ($3.8 billion).": (
        ("DEU", "X", "WLD"),
        ("USA", "M", "DEU"),
        ("USA", "M", "KOR"),
        ("USA", "M", "MEX"),
    ),
    "EU exports to China were worth 223 billion euros in 2023. The top three EU importers of Chinese goods were the "
    "Netherlands (€109 billion), Germany (€96 billion), and Italy (€50 billion). Germany (€90 billion) and France (€24 "
    "billion) were the largest EU exporters to China.": (
        ("EU27", "X", "CHN"),
        ("NLD", "M", "CHN"),
        ("DEU", "M", "CHN"),
        ("ITA", "M", "CHN"),
        ("DEU", "X", "CHN"),
        ("FRA", "X", "CHN"),
    ),
    "Japan's imports rose 3% in 2023. Japan's top suppliers were China ($100 billion) and the US ($80 billion).": (
        ("JPN", "M", "WLD"),
        ("JPN", "M", "CHN"),
        ("JPN", "M", "USA"),
    ),
    "Brazil's exports rose 3% in 2023. China's biggest suppliers were Australia ($155 billion) and Brazil ($122 "
    "billion).": (("BRA", "X", "WLD"), ("CHN", "M", "AUS"), ("CHN", "M", "BRA")),
}


@pytest.mark.parametrize("text", LISTS)
def test_whose_sellers_and_buyers_are_listed(text):
    read = [c for c in claims.read(text, date="2024-06-12") if c.measure != "rank"]
    assert tuple((c.reporter, c.flow, c.partner) for c in read) == LISTS[text]


BRACKETS = {
    "China imported 1.81 trillion yuan ($259.9 billion) of integrated circuits in the first eight months of 2023.": (
        ("CHN", "M", "WLD", "integrated-circuits"),
    )
    * 2,
    "Germany exported goods worth €72.8 billion (a drop of 0.8% over July) to the member states of the European Union "
    "in August 2023.": (("DEU", "X", "EU27", "TOTAL"),) * 2,
    "China exported an incredible 730,000 vehicles to Russia between January and October 2023.": (
        ("CHN", "X", "RUS", "87"),
    ),
}


@pytest.mark.parametrize("text", BRACKETS)
def test_goods_and_places_behind_a_bracket_or_what_is_counted(text):
    read = claims.read(text, date="2024-01-12")
    assert tuple((c.reporter, c.flow, c.partner, c.product) for c in read) == BRACKETS[text]
