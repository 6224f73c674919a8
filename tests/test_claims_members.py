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


SHARES = {
    "The share of ASEAN in China's exports rose from 12.8 percent in 2018 to 15.5 percent in 2023.": (
        ("X", "ASEAN", "share", "2018"),
        ("X", "ASEAN", "share", "2023"),
    ),
    "China was the largest partner for EU imports of goods (20.8 %) in 2023.": (("M", "CHN", "share", "2023"),),
    "In 2023 the United States was the largest market for EU exports of cars (19.7 %).": (
        ("X", "USA", "share", "2023"),
    ),
    "China's exports to ASEAN rose 5 percent in 2023. Vietnam's share grew to 4.1 percent, while exports to Laos "
    "rose 2 percent.": (
        ("X", "ASEAN", "growth_yoy", "2023"),
        ("X", "VNM", "share", "2023"),
        ("X", "LAO", "growth_yoy", "2023"),
    ),
}


@pytest.mark.parametrize("text", SHARES)
def test_what_a_share_moved_to_and_one_in_brackets(text):
    read = [c for c in claims.read(text, date="2024-06-12") if c.measure != "rank"]
    assert tuple((c.flow, c.partner, c.measure, c.period) for c in read) == SHARES[text]


def test_these_products_are_those_told_before():
    text = (
        "Vietnam imported $20 billion worth of computers in the first five months of 2023.\n\nIt exported $12.6 "
        "billion worth of these products in the period. The country ran a deficit of $7.5 billion for these products."
    )
    assert {c.product for c in claims.read(text, date="2023-06-20")} == {"computers"}


def test_what_makes_goods_is_not_those_goods():
    text = (
        "China's iron ore imports fell 1.9% in September 2023. It imported 95 million tonnes of the steel-making "
        "ingredient last month."
    )
    assert {c.product for c in claims.read(text, date="2023-10-13")} == {"iron-ore"}


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        (
            "Thailand's rice exports rose 5% in 2023. Iraq ranked first with its purchases rising 12% to $0.4 billion.",
            "X",
        ),
        ("Thailand's rice exports rose 5% in 2023. Its imports climbed 12% to $0.4 billion.", "M"),
    ],
)
def test_what_a_partner_buys_is_what_the_country_sells(text, flow):
    assert claims.read(text, date="2024-02-20")[-1].flow == flow
