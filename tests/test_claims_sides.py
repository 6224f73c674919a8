"""Whose number it is where the partner comes late, goes on, or is over. Texts and figures are of our making."""

import pytest

from entrepot.claims import read

DAY = "2025-09-20"
Told = tuple[str, str, str]

STORIES: list[tuple[str, dict[str, Told]]] = [
    # back from one partner to all
    (
        "China's exports to the U.S. fell 33.1% in August. Imports from the U.S. dropped 16.0%. The surplus "
        "with the U.S. was $15.8 billion.\n\n"
        "Trade with the U.S. has shrunk all year.\n\n"
        "Worldwide, China's exports grew 4.4% and imports 1.3%.",
        {"4.4%": ("CHN", "X", "WLD"), "1.3%": ("CHN", "M", "WLD")},
    ),
    (
        "China's exports to the U.S. fell 33.1% in August. Imports from the U.S. dropped 16.0%. The surplus "
        "with the U.S. was $15.8 billion.\n\n"
        "Globally, the country's trade held up. China's export growth rate slowed to 4.4% from 7.2%, and "
        "import growth to 1.3%.",
        {"4.4%": ("CHN", "X", "WLD"), "7.2%": ("CHN", "X", "WLD"), "1.3%": ("CHN", "M", "WLD")},
    ),
    (
        "China's trade surplus with the U.S. narrowed to $15.8 billion in August from $23.7 billion in "
        "July. From January to August it was $190.1 billion.\n\n"
        "China's exports rose 4.4% in August while imports rose 1.3%, to bring the trade surplus to $102.3 "
        "billion from $98.2 billion.",
        {"4.4%": ("CHN", "X", "WLD"), "$102.3 billion": ("CHN", "B", "WLD"), "$98.2 billion": ("CHN", "B", "WLD")},
    ),
    (
        "India's trade deficit with China widened to $9.6 billion in August. Imports from China rose 10.1%.\n\n"
        "Overall exports rose 6.7% and imports fell 10.1 percent, leaving a deficit of $26.5 billion.",
        {"6.7%": ("IND", "X", "WLD"), "10.1 percent": ("IND", "M", "WLD"), "$26.5 billion": ("IND", "B", "WLD")},
    ),
    (
        "Canada's exports to the United States rose 5.0% in July. Imports from the United States fell 2.2%. "
        "The surplus with the U.S. widened to C$6.7 billion.\n\n"
        "Across all trading partners, Canada's exports were up 0.9% and imports down 0.7%, which left a "
        "deficit of C$4.9 billion.",
        {"0.9%": ("CAN", "X", "WLD"), "0.7%": ("CAN", "M", "WLD"), "C$4.9 billion": ("CAN", "B", "WLD")},
    ),
    (
        "China's export growth quickened in August even as shipments to the United States and Japan fell. "
        "The 4.4% increase was led by chips.",
        {"4.4%": ("CHN", "X", "WLD")},
    ),
    (
        "Japan's exports fell in August as shipments to the United States and China shrank, the finance "
        "ministry said. The 2.6% drop was the fourth in a row.",
        {"2.6%": ("JPN", "X", "WLD")},
    ),
    (
        "Exports from Korea rose 5.8% in August, as weaker sales to the United States were made up for by "
        "Southeast Asia, with ship exports surging 11.8%.",
        {"11.8%": ("KOR", "X", "WLD")},
    ),
    (
        "Thailand's exports grew 5.8% in August to $27.7 billion, helped by demand for computers in the "
        "United States. They rose 3.3% in volume.",
        {"3.3%": ("THA", "X", "WLD")},
    ),
    (
        "Official data show that growth of 28.1 percent in exports to China, its main partner, helped give "
        "Brazil a trade surplus of $61.4 billion last year.",
        {"28.1 percent": ("BRA", "X", "CHN")},
    ),
    # a balance goes on, or its partner comes after the number
    (
        "South Korea posted its first trade surplus with Japan since 1999, with the balance at $1.1 billion "
        "in August. Exports rose 5.5% to $3.0 billion, while imports fell 3.1% to $1.9 billion.",
        {"$1.1 billion": ("KOR", "B", "JPN"), "5.5%": ("KOR", "X", "JPN"), "$1.9 billion": ("KOR", "M", "JPN")},
    ),
    (
        "Turkey's exports rose 2.1% in July. It ran a trade deficit with Russia again, with the gap "
        "reaching $2.5 billion.",
        {"$2.5 billion": ("TUR", "B", "RUS")},
    ),
    (
        "Japan's trade surplus grew 5.7 percent to 700 billion yen with the United States in August.",
        {"5.7 percent": ("JPN", "B", "USA"), "700 billion yen": ("JPN", "B", "USA")},
    ),
    (
        "In July Canadian exports fell 3.2% to C$4.1 billion to China.",
        {"3.2%": ("CAN", "X", "CHN"), "C$4.1 billion": ("CAN", "X", "CHN")},
    ),
    (
        "Italy's imports rose 4.4 percent to 2.2 billion euros from Spain in July.",
        {"4.4 percent": ("ITA", "M", "ESP"), "2.2 billion euros": ("ITA", "M", "ESP")},
    ),
    (
        "Brazil imported $4.1 billion (€3.5bn) worth of goods from the European Union in July, down 10.2%.",
        {"$4.1 billion": ("BRA", "M", "EU27"), "€3.5bn": ("BRA", "M", "EU27"), "10.2%": ("BRA", "M", "EU27")},
    ),
    (
        "In August South Korea exported $2.7 billion worth of chips, up 12.2%, to Vietnam.",
        {"$2.7 billion": ("KOR", "X", "VNM"), "12.2%": ("KOR", "X", "VNM")},
    ),
    (
        "The trade deficit widened 12.0% to $9.1 billion with Mexico and narrowed 4.0% to $2.2 billion with "
        "Canada, the Commerce Department said.",
        {
            "12.0%": ("USA", "B", "MEX"),
            "$9.1 billion": ("USA", "B", "MEX"),
            "4.0%": ("USA", "B", "CAN"),
            "$2.2 billion": ("USA", "B", "CAN"),
        },
    ),
    (
        "India recorded its highest-ever deficit with China in the year to March 2025, the gap standing at "
        "$99.2 billion.",
        {"$99.2 billion": ("IND", "B", "CHN")},
    ),
    (
        "Indonesia booked a trade surplus with India of more than a billion dollars in July; exports were "
        "worth $1.9 billion and imports $0.4 billion.",
        {"$1.9 billion": ("IDN", "X", "IND"), "$0.4 billion": ("IDN", "M", "IND")},
    ),
    # whose share is told
    (
        "Australia's exports to China fell 3.0% to A$7.9 billion in June, with its share of total exports "
        "slipping to 35.1%.",
        {"35.1%": ("AUS", "X", "CHN")},
    ),
    (
        "Germany's imports from Russia dropped 40.2%, taking its share of total imports to 1.1%.",
        {"1.1%": ("DEU", "M", "RUS")},
    ),
    (
        "Japan's exports to China rose 2.0% in July. Its share of overall exports was 18.9%.",
        {"18.9%": ("JPN", "X", "CHN")},
    ),
    (
        "China's trade with ASEAN rose 9.7% in the first eight months, with the bloc's share of China's "
        "total trade climbing to 16.7%.",
        {"16.7%": ("CHN", "T", "ASEAN")},
    ),
    (
        "China's trade with Brazil came to $16.0 billion in August, or 3.0% of its total trade.",
        {"3.0%": ("CHN", "T", "BRA")},
    ),
    (
        "ASEAN is China's largest trading partner, with trade up 9.7% in eight months. Last year, trade "
        "with it accounted for 15.9% of China's total, and the number was 16.7% in the eight months.",
        {"15.9%": ("CHN", "T", "ASEAN"), "16.7%": ("CHN", "T", "ASEAN")},
    ),
    (
        "Turkey's exports to the EU rose 5.0% in July. The proportion of the EU countries was 43.1%, while "
        "it was 41.2% in July 2024.",
        {"43.1%": ("TUR", "X", "EU27"), "41.2%": ("TUR", "X", "EU27")},
    ),
    (
        "China's share of South Korea's exports was 19.5% in August, while that of the United States fell to 15.1%.",
        {"19.5%": ("KOR", "X", "CHN"), "15.1%": ("KOR", "X", "USA")},
    ),
    (
        "The share of China in Japanese imports rose to 22.5% last year; that of the EU slipped to 10.2%.",
        {"22.5%": ("JPN", "M", "CHN"), "10.2%": ("JPN", "M", "EU27")},
    ),
    (
        "Vietnam's exports to the US grew 26.1% in eight months. The market made up 31.9% of total exports.",
        {"31.9%": ("VNM", "X", "USA")},
    ),
    (
        "Chile's copper exports to China were worth $2.1 billion in July, representing 54.2% of total "
        "shipments of the metal.",
        {"54.2%": ("CHL", "X", "CHN")},
    ),
    # the buyer is it
    (
        "Vietnam bought $20.1 billion of goods from Japan last year and sold it $28.9 billion.",
        {"$20.1 billion": ("VNM", "M", "JPN"), "$28.9 billion": ("VNM", "X", "JPN")},
    ),
    (
        "Last year Kenya sold Uganda goods worth $0.9 billion and bought from it $0.4 billion.",
        {"$0.9 billion": ("KEN", "X", "UGA"), "$0.4 billion": ("KEN", "M", "UGA")},
    ),
    (
        "China is Australia's largest customer. Australia exported A$190.1 billion to it last year and "
        "imported A$110.2 billion from it.",
        {"A$190.1 billion": ("AUS", "X", "CHN"), "A$110.2 billion": ("AUS", "M", "CHN")},
    ),
    # other markets
    (
        "Mexico's car exports rose 5.1% in July: sales to the United States rose 2.7% and those directed to "
        "other markets 14.3%.",
        {"2.7%": ("MEX", "X", "USA"), "14.3%": ("MEX", "X", "WLD")},
    ),
    (
        "Poland's exports to the EU grew 3.1% in July; those to the rest of the world fell 5.2%.",
        {"3.1%": ("POL", "X", "EU27"), "5.2%": ("POL", "X", "WLD")},
    ),
    (
        "Vietnam's shipments to the US rose 26.1%, while exports to all other countries gained 6.6%.",
        {"26.1%": ("VNM", "X", "USA"), "6.6%": ("VNM", "X", "WLD")},
    ),
    # all partners after one
    (
        "China's trade surplus with the United States was $31.1 billion in August. It held steady with the "
        "rest of the world at $27.9 billion. Global exports rose 9.8 percent while its imports rose 20.1 "
        "percent.\n\n"
        "The figures were below July's, when exports had jumped 12.2 percent and imports 27.3 percent.",
        {
            "$31.1 billion": ("CHN", "B", "USA"),
            "$27.9 billion": ("CHN", "B", "WLD"),
            "9.8 percent": ("CHN", "X", "WLD"),
            "12.2 percent": ("CHN", "X", "WLD"),
            "27.3 percent": ("CHN", "M", "WLD"),
        },
    ),
    (
        "The trade surplus with the US, China's largest export market, widened to $34.1 billion in "
        "September from $31.1 billion in August, China's customs said.",
        {"$34.1 billion": ("CHN", "B", "USA"), "$31.1 billion": ("CHN", "B", "USA")},
    ),
    # the country named last
    (
        "Japan's exports to China fell 4.6% in August. Carmakers blamed China's slow economy. Meanwhile, "
        "imports from the country rose 14.6% to 2.1 trillion yen.",
        {"14.6%": ("JPN", "M", "CHN"), "2.1 trillion yen": ("JPN", "M", "CHN")},
    ),
    (
        "Indonesia's palm oil exports to Pakistan rose 4.4% in July. Shipments to that country were worth "
        "$240 million.",
        {"$240 million": ("IDN", "X", "PAK")},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), STORIES)
def test_parties_of_a_passage(text: str, wanted: dict[str, Told]) -> None:
    told = {claim.stated: (claim.reporter, claim.flow, claim.partner) for claim in read(text, date=DAY)}
    assert {number: told.get(number) for number in wanted} == wanted
