"""The two sides of a number where no sentence names both: what the story, the passage and other countries tell.

Texts and figures are of our making.
"""

import pytest

from entrepot.claims import read

DAY = "2025-09-20"
Told = tuple[str, str, str]

REPORTERS: dict[str, tuple[str, dict[str, Told]]] = {
    "partners of flows are no reporters": (
        """Overseas sales fell 3.1% in August as shipments to the U.S. sank 10.2%. Imports from the U.S. rose 4.4%.
Japan's balance was in deficit by 242 billion yen.""",
        {
            "3.1%": ("JPN", "X", "WLD"),
            "10.2%": ("JPN", "X", "USA"),
            "4.4%": ("JPN", "M", "USA"),
            "242 billion yen": ("JPN", "B", "WLD"),
        },
    ),
    "who lists all large traders but one is that one": (
        """Exports edged up 0.7 percent in August. They rose to the EU (5.1 percent), Japan (6.3 percent) and the ASEAN
countries (22.4 percent), but fell to the US (33.2 percent). Purchases declined from Australia (4.9
percent).""",
        {
            "0.7 percent": ("CHN", "X", "WLD"),
            "5.1 percent": ("CHN", "X", "EU27"),
            "33.2 percent": ("CHN", "X", "USA"),
            "4.9 percent": ("CHN", "M", "AUS"),
        },
    ),
    "a ministry named often is still one ministry": (
        """Exports reached $58.5 billion in August, the Ministry of Finance said. The Finance Ministry sees more to
come, and the Ministry of Finance named three reasons. Taiwan's shipments to the US grew 65.2%. The Finance
Ministry put imports at $41.7 billion.""",
        {"$58.5 billion": ("TWN", "X", "WLD"), "65.2%": ("TWN", "X", "USA"), "$41.7 billion": ("TWN", "M", "WLD")},
    ),
    "customs after a country are its own": (
        """Two-way trade hit $22 billion in August, according to Turkish customs. Exports were up 3.2%.""",
        {"$22 billion": ("TUR", "T", "WLD"), "3.2%": ("TUR", "X", "WLD")},
    ),
    "countries with which one is compared report for themselves": (
        """India's exports fell 2.9% in August. The slide mirrors that of other large economies
such as Japan, South Korea and Germany, where exports shrank 0.1%, 1.3% and 0.6% respectively.""",
        {
            "2.9%": ("IND", "X", "WLD"),
            "0.1%": ("JPN", "X", "WLD"),
            "1.3%": ("KOR", "X", "WLD"),
            "0.6%": ("DEU", "X", "WLD"),
        },
    ),
    "another country's shipments to home": (
        """German exports fell 0.5% in August. While Chinese exports to the US sank 33.1%, shipments to Germany climbed
24.6%. Germany's own sales to China dropped 7.3%.""",
        {"0.5%": ("DEU", "X", "WLD"), "33.1%": ("CHN", "X", "USA"), "24.6%": ("CHN", "X", "DEU")},
    ),
    "its exports home are not home's": (
        """India's trade with China grew 11.2% in August. Data of China's customs showed that its exports to India came
to $12.9 billion.""",
        {"11.2%": ("IND", "T", "CHN"), "$12.9 billion": ("CHN", "X", "IND")},
    ),
}

COUPLES: dict[str, tuple[str, dict[str, Told]]] = {
    "countries joined by a hyphen": (
        """Sino-Indian trade reached $12.8 billion in August, China's customs said. Franco-German trade was $15.1
billion.""",
        {"$12.8 billion": ("CHN", "T", "IND"), "$15.1 billion": ("FRA", "T", "DEU")},
    ),
    "goods that two countries traded": (
        """Mexico and Canada traded goods worth $2.6 billion in July, Mexico's central bank said.""",
        {"$2.6 billion": ("MEX", "T", "CAN")},
    ),
    "trade between the two": (
        """Kenya and China opened a new rail link. Trade between the two countries reached $8.6 billion in 2024, Kenyan
customs said, and turnover between the two grew 5.4%.""",
        {"$8.6 billion": ("KEN", "T", "CHN"), "5.4%": ("KEN", "T", "CHN")},
    ),
    "the parts of a trade with one partner": (
        """Trade between Vietnam and the US hit $98 billion in the first eight months. Vietnam's exports grew 26.2% to
$85 billion, and imports rose 22.5% to $13 billion.""",
        {
            "$98 billion": ("VNM", "T", "USA"),
            "26.2%": ("VNM", "X", "USA"),
            "$85 billion": ("VNM", "X", "USA"),
            "22.5%": ("VNM", "M", "USA"),
            "$13 billion": ("VNM", "M", "USA"),
        },
    ),
    "the same flow measured another way": (
        """Germany's exports to the United States fell 20.1% in August. On a monthly basis, exports were down 2.5%.""",
        {"20.1%": ("DEU", "X", "USA"), "2.5%": ("DEU", "X", "USA")},
    ),
    "a balance told with who ran it": (
        """The US ran a $20 billion deficit with China in July, down from the $31 billion deficit that it ran with the
PRC a year earlier. It imported $27 billion from China. The result was a $20.4 billion deficit.""",
        {
            "$20 billion": ("USA", "B", "CHN"),
            "$31 billion": ("USA", "B", "CHN"),
            "$27 billion": ("USA", "M", "CHN"),
            "$20.4 billion": ("USA", "B", "CHN"),
        },
    ),
    "a place with what it is rich in": (
        """Japan's exports rose 1.2% in August. The deficit with the oil-rich Middle East shrank 9.4% to 701 billion
yen.""",
        {"1.2%": ("JPN", "X", "WLD"), "9.4%": ("JPN", "B", "MIDEAST"), "701 billion yen": ("JPN", "B", "MIDEAST")},
    ),
    "the rest of the world": (
        """The US deficit with China fell to $14 billion in August. The US deficit with the rest of the world shrank
6.1%. That left a gap of $71 billion. Exports climbed 0.3%.""",
        {
            "$14 billion": ("USA", "B", "CHN"),
            "6.1%": ("USA", "B", "WLD"),
            "$71 billion": ("USA", "B", "WLD"),
            "0.3%": ("USA", "X", "WLD"),
        },
    ),
    "globally": (
        """Japan's exports to the United States fell 13.8% in August. The surplus with the United States shrank 50.5%.
Exports to the United States had fallen 10.1% in July.

Globally, Japan's deficit shrank 66.2% to 242 billion yen.""",
        {"13.8%": ("JPN", "X", "USA"), "50.5%": ("JPN", "B", "USA"), "66.2%": ("JPN", "B", "WLD")},
    ),
    "a quarrel is no trade": (
        """China's exports fell 17.2% in the first two months of 2020, the most since the trade war with the United
States began, and imports dropped 4%.""",
        {"17.2%": ("CHN", "X", "WLD"), "4%": ("CHN", "M", "WLD")},
    ),
    "the three of the sentence before": (
        """China's largest partners in the first eight months were ASEAN, the European Union and the United States.
Growth of China's trade with the three partners was 9.7%, 4.3% and 1.5%, respectively.""",
        {"9.7%": ("CHN", "T", "ASEAN"), "4.3%": ("CHN", "T", "EU27"), "1.5%": ("CHN", "T", "USA")},
    ),
    "a rate and what it comes to": (
        """The EU was Turkey's top partner in August, followed by Russia, down 9.6% to $4.1 billion, and China, up 2.2%
to $4.4 billion. Turkey's exports were $21.8 billion.""",
        {"9.6%": ("TUR", "T", "RUS"), "$4.1 billion": ("TUR", "T", "RUS"), "$4.4 billion": ("TUR", "T", "CHN")},
    ),
}

PASSAGES: dict[str, tuple[str, dict[str, Told]]] = {
    "a heading of its own": (
        """Kenya's main markets from January to August

1. Uganda
Exports to Uganda came to $610 million. Exports of cement reached $84 million.
2. Pakistan
Kenya's exports to Pakistan were $400 million. Tea exports fell 3.1% there.""",
        {"$610 million": ("KEN", "X", "UGA"), "$84 million": ("KEN", "X", "UGA"), "$400 million": ("KEN", "X", "PAK")},
    ),
    "flows in one list": (
        """Thailand's trade, exports, imports and trade surplus grew 9.1%, 8.2%, 7.3% and 12.4%, respectively, in
August.""",
        {
            "9.1%": ("THA", "T", "WLD"),
            "8.2%": ("THA", "X", "WLD"),
            "7.3%": ("THA", "M", "WLD"),
            "12.4%": ("THA", "B", "WLD"),
        },
    ),
    "the first flow of a story is of all": (
        """China's exports rose 4.4% in August. China's exports to the United States fell 33.1%. Shipments to the United
States fell 15.5% in eight months. Imports from the United States sank 16.2%.""",
        {"4.4%": ("CHN", "X", "WLD"), "33.1%": ("CHN", "X", "USA"), "16.2%": ("CHN", "M", "USA")},
    ),
    "home's office tells home's side": (
        """Germany's exports to China fell 5.4% in August, Destatis said. China imported 6.3 billion euros of goods from
Germany, according to Destatis.""",
        {"5.4%": ("DEU", "X", "CHN"), "6.3 billion euros": ("DEU", "X", "CHN")},
    ),
    "called a supplier": (
        """China's imports rose 1.3% in August. Imports of wheat from Canada fell 5.4%, while
second-largest supplier Australia shipped $310 million.""",
        {"5.4%": ("CHN", "M", "CAN"), "$310 million": ("CHN", "M", "AUS")},
    ),
    "it buys on": (
        """Brazil's farm exports rose 3.4% in August. China, the largest buyer of Brazilian soybeans, was the top
market. It bought $3.1 billion worth of them.""",
        {"3.4%": ("BRA", "X", "WLD"), "$3.1 billion": ("BRA", "X", "CHN")},
    ),
    "a source of imports": (
        """Philippine exports rose 17.3% in August. The United States was the top destination with 16.2%. China was the
largest source of imports at 29.1%.""",
        {"17.3%": ("PHL", "X", "WLD"), "16.2%": ("PHL", "X", "USA"), "29.1%": ("PHL", "M", "CHN")},
    ),
    "one share against another's": (
        """Kazakhstan's trade came to $98 billion in eight months. China accounted for 22.1% of Kazakhstan's trade,
against 19.4% for Russia.""",
        {"22.1%": ("KAZ", "T", "CHN"), "19.4%": ("KAZ", "T", "RUS")},
    ),
    "alone is an aside": (
        """Spain's deficit widened to 5.1 billion euros in August. The deficit with China alone was 3.2 billion euros.
Exports rose 2.2%.""",
        {
            "5.1 billion euros": ("ESP", "B", "WLD"),
            "3.2 billion euros": ("ESP", "B", "CHN"),
            "2.2%": ("ESP", "X", "WLD"),
        },
    ),
    "a place's own number": (
        """India's exports to the US made up 18.3% of its exports in August, well above China's 4.2%.""",
        {"4.2%": ("IND", "X", "CHN")},
    ),
    "a partner told by its rank": (
        """Japan's exports to China fell 0.5% in August. Shipments of cars to the country's largest trading partner slid
9.4%.""",
        {"0.5%": ("JPN", "X", "CHN"), "9.4%": ("JPN", "X", "CHN")},
    ),
    "the two countries' trade": (
        """Turkey and Iraq signed an accord. The two countries' trade in goods reached $19.9 billion in 2024, said
Turkish customs.""",
        {"$19.9 billion": ("TUR", "T", "IRQ")},
    ),
    "a destination of trade is no trade": (
        """South Korea's exports to the US rose 8.8% in August, while shipments to China, South Korea's largest trade
destination, fell 2.9%.""",
        {"8.8%": ("KOR", "X", "USA"), "2.9%": ("KOR", "X", "CHN")},
    ),
    "Europe is the Union in its own story": (
        """EU exports to the US fell 22.2% in August, Eurostat said. European imports from China rose 3.4%.""",
        {"22.2%": ("EU27", "X", "USA"), "3.4%": ("EU27", "M", "CHN")},
    ),
    "a share and what it was before": (
        """China's imports from South Korea fell 19.9% last year. South Korea accounted for 6.3% of China's total
imports, compared with 7.4% in 2022.""",
        {"6.3%": ("CHN", "M", "KOR"), "7.4%": ("CHN", "M", "KOR")},
    ),
    "all but one": (
        """China's exports to Hong Kong jumped 10.8% in December 2015, while exports ex-Hong Kong fell 4.2%.""",
        {"10.8%": ("CHN", "X", "HKG"), "4.2%": ("CHN", "X", "WLD")},
    ),
}

RANKS: dict[str, tuple[str, dict[str, Told]]] = {
    "another's partner": (
        """China's trade with Africa rose 15.4% in August. China has been Africa's largest trading
partner for years.""",
        {"15.4%": ("CHN", "T", "AFR"), "largest": ("AFR", "T", "CHN")},
    ),
    "another's supplier": (
        """South Korea's exports to China fell 2.9% in August. South Korea was the third biggest exporter to China.""",
        {"2.9%": ("KOR", "X", "CHN"), "third biggest": ("CHN", "M", "KOR")},
    ),
    "home's own": (
        """Vietnam's exports rose 14.5% in August. The US is Vietnam's largest export market.""",
        {"14.5%": ("VNM", "X", "WLD"), "largest": ("VNM", "X", "USA")},
    ),
}

SHARES: dict[str, tuple[str, dict[str, Told]]] = {
    "who takes a share of another's exports": (
        """China bought 60.4% of Chile's copper exports last year.""",
        {"60.4%": ("CHL", "X", "CHN")},
    ),
    "where half of them went": (
        """Nearly half of Russia's oil exports went to China last year, while 38.5% went to India.""",
        {"half": ("RUS", "X", "CHN")},
    ),
    "with whom most trade is": (
        """China's trade with Mongolia rose 5.1% in August. Some 71.3% of Mongolia's trade is with China.""",
        {"5.1%": ("CHN", "T", "MNG"), "71.3%": ("MNG", "T", "CHN")},
    ),
    "goods of a place as a share": (
        """Viet Nam's imports grew 17.9% in August. Chinese products accounted for 39.4% of Viet Nam's imports.""",
        {"17.9%": ("VNM", "M", "WLD"), "39.4%": ("VNM", "M", "CHN")},
    ),
    "a market as the whole sentence's subject": (
        """Asia was the largest market for Kenya in 2024, contributing to 41.2% of the country's total exports.""",
        {"41.2%": ("KEN", "X", "ASIA")},
    ),
}


@pytest.mark.parametrize(
    ("text", "told"), [*REPORTERS.values(), *COUPLES.values(), *PASSAGES.values(), *RANKS.values(), *SHARES.values()]
)
def test_the_two_sides_of_a_number(text, told):
    claims = {" ".join(c.stated.split()): (c.reporter, c.flow, c.partner) for c in read(text, date=DAY)}
    assert {stated: claims.get(stated) for stated in told} == told


def test_a_story_that_names_no_country_has_no_reporter():
    claims = read("Exports rose 5.2 percent in August and imports fell 1.1 percent.", date=DAY)
    assert {c.reporter for c in claims} == {""}


@pytest.mark.parametrize("word", ["Indo-Pacific", "Indo-Pacific region"])
def test_a_prefix_before_no_country_is_no_place(word):
    claims = read(f"Japan's exports to the {word} rose 5.2 percent in August.", date=DAY)
    assert {(c.reporter, c.flow) for c in claims} == {("JPN", "X")}
    assert "IND" not in {c.partner for c in claims}
