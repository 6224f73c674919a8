"""Flows told from the other side, and by other countries' offices. Texts and figures are of our making."""

import pytest

from entrepot.claims import read

DAY = "2025-09-20"
Told = tuple[str, str, str]

STORIES: list[tuple[str, dict[str, Told]]] = [
    # what buyers took and suppliers sent
    (
        "China's exports of magnets rose 10.2% in July. Germany was the largest buyer, with 1,116 tonnes. "
        "The United States was second, with the 619 tonnes it bought making up 11.1% of exports. Its "
        "imports were up 76.0% from June.",
        {"619 tonnes": ("CHN", "X", "USA"), "11.1%": ("CHN", "X", "USA"), "76.0%": ("CHN", "X", "USA")},
    ),
    (
        "China's exports of solar panels reached 120 gigawatts in the first half. India ranked second with "
        "imports of 8,324 megawatts.",
        {"8,324 megawatts": ("CHN", "X", "IND")},
    ),
    (
        "Shipments of electric cars from China rose 87.0% in August. Europe recorded the fastest growth, "
        "with imports surging 128.0%. Mexico led the region with 8,504 units.",
        {"128.0%": ("CHN", "X", "EUROPE"), "8,504 units": ("CHN", "X", "MEX")},
    ),
    (
        "China's imports of gas fell 5.5% in July. Australia was the largest supplier with 2.1 million "
        "tonnes. Malaysia followed with 0.6 million tonnes and Qatar with 1.4 million tonnes.",
        {"0.6 million tonnes": ("CHN", "M", "MYS"), "1.4 million tonnes": ("CHN", "M", "QAT")},
    ),
    (
        "Germany's exports rose 1.2% in 2024. The United States remained the biggest client, importing "
        "goods worth 161 billion euros. France was the second-largest destination for German goods with 116 "
        "billion euros. Britain came third, importing German goods worth 80.1 billion euros.",
        {
            "161 billion euros": ("DEU", "X", "USA"),
            "116 billion euros": ("DEU", "X", "FRA"),
            "80.1 billion euros": ("DEU", "X", "GBR"),
        },
    ),
    (
        "Vietnam's imports rose 17.0% in August. China was the largest supplier, selling $16.1 billion "
        "worth of goods to Vietnam. South Korea took second place by exporting $5.2 billion worth of goods "
        "to Vietnam, up 8.8%, followed by ASEAN with $4.4 billion.",
        {
            "$16.1 billion": ("VNM", "M", "CHN"),
            "$5.2 billion": ("VNM", "M", "KOR"),
            "8.8%": ("VNM", "M", "KOR"),
            "$4.4 billion": ("VNM", "M", "ASEAN"),
        },
    ),
    (
        "China's steel exports fell 3.3% in August. In the first eight months, a total of 801.6 million "
        "tonnes of iron ore was shipped to China, down 1.6%.",
        {"801.6 million tonnes": ("CHN", "M", "WLD"), "1.6%": ("CHN", "M", "WLD")},
    ),
    (
        "Brazil's soybean exports rose 9.1% in August. China bought 8.1 million tonnes of them and Spain "
        "0.3 million tonnes.",
        {"8.1 million tonnes": ("BRA", "X", "CHN"), "0.3 million tonnes": ("BRA", "X", "ESP")},
    ),
    (
        "Brazil's coffee exports fell 17.5% in August. Germany became the main destination for Brazilian "
        "beans, with 414,000 bags exported, or 13.1% of the total.",
        {"414,000 bags": ("BRA", "X", "DEU"), "13.1%": ("BRA", "X", "DEU")},
    ),
    (
        "Chile's exports rose 5.5% in August. China also took 41.7% of the pulp exported by Chile and 19.9% "
        "of its cherries.",
        {"41.7%": ("CHL", "X", "CHN"), "19.9%": ("CHL", "X", "CHN")},
    ),
    (
        "China's exports of solar panels reached 114 gigawatts in the first half of 2023, 34.1% more than a "
        "year before. South Africa saw the largest change, importing 3.4 gigawatts of panels from China, an "
        "increase of 438%. Saudi Arabia increased imports from China to 2.8 gigawatts, while the United "
        "Arab Emirates increased imports by 33.1% to 1.4 gigawatts.",
        {
            "3.4 gigawatts": ("CHN", "X", "ZAF"),
            "438%": ("CHN", "X", "ZAF"),
            "2.8 gigawatts": ("CHN", "X", "SAU"),
            "33.1%": ("CHN", "X", "ARE"),
            "1.4 gigawatts": ("CHN", "X", "ARE"),
        },
    ),
    (
        "Japan's food exports hit a record of 1.16 trillion yen in 2021. Hong Kong fell to second place, "
        "despite its food imports climbing 6.1% to 219 billion yen. The US took third at 168.3 billion yen, "
        "a 41.2% leap.",
        {
            "6.1%": ("JPN", "X", "HKG"),
            "219 billion yen": ("JPN", "X", "HKG"),
            "168.3 billion yen": ("JPN", "X", "USA"),
            "41.2%": ("JPN", "X", "USA"),
        },
    ),
    (
        "Indonesia's coal exports reached 26.1 million tonnes in January. China became the largest customer "
        "by buying 5.9 million tonnes of Indonesian coal. India ranks second with a total purchase of 5.5 "
        "million tonnes. South Korea took third place with exports of 3.1 million tonnes.",
        {
            "5.9 million tonnes": ("IDN", "X", "CHN"),
            "5.5 million tonnes": ("IDN", "X", "IND"),
            "3.1 million tonnes": ("IDN", "X", "KOR"),
        },
    ),
    (
        "Vietnam's seafood exports to China rose in January. Chinese imports of Vietnamese seafood came to "
        "$120.1 million.",
        {"$120.1 million": ("VNM", "X", "CHN")},
    ),
    (
        "China's exports of electric cars rose 20.1% in August. Imports to Ireland grew to $7.8 million.",
        {"$7.8 million": ("CHN", "X", "IRL")},
    ),
    # other countries' own figures
    (
        "China's exports to Taiwan rose 44.9% in March, even as Taipei this week reported a 1.2% decline in "
        "imports from China.",
        {"44.9%": ("CHN", "X", "TWN"), "1.2%": ("TWN", "M", "CHN")},
    ),
    (
        "China's exports to Hong Kong rose 92.9% in March, while Hong Kong said imports from China rose 13.8%.",
        {"92.9%": ("CHN", "X", "HKG"), "13.8%": ("HKG", "M", "CHN")},
    ),
    (
        "German exports fell 18.4% in 2009. Chinese authorities said last month their country's total "
        "exports were more than $1.2 trillion.",
        {"18.4%": ("DEU", "X", "WLD"), "$1.2 trillion": ("CHN", "X", "WLD")},
    ),
    (
        "China's trade with Tajikistan was $3.9 billion in 2024. Tajikistan's statistics agency reports "
        "bilateral trade of $1.96 billion.",
        {"$3.9 billion": ("CHN", "T", "TJK"), "$1.96 billion": ("TJK", "T", "CHN")},
    ),
    (
        "China's exports rose 4.4% in August. Vietnamese customs put imports from China at $15.5 billion.",
        {"$15.5 billion": ("VNM", "M", "CHN")},
    ),
    (
        "China's trade surplus was $102.3 billion in August. Japan, meanwhile, posted a trade deficit of "
        "242.5 billion yen.",
        {"242.5 billion yen": ("JPN", "B", "WLD")},
    ),
    # markets and suppliers
    (
        "Russia was once more the main source of India's oil imports, at 1.6 million tonnes.",
        {"1.6 million tonnes": ("IND", "M", "RUS")},
    ),
    (
        "Neighbouring France remained the second-most important partner of Germany with a combined trade "
        "volume of 167 billion euros.",
        {"167 billion euros": ("DEU", "T", "FRA")},
    ),
    ("About 14.1% of Chinese exports were shipped to the US in August.", {"14.1%": ("CHN", "X", "USA")}),
    (
        "Taiwan's trade with Japan was $67.2 billion in 2018. Taiwan was Japan's sixth-largest source of "
        "imports, accounting for 3.78% of Japan's total imports, and its fourth-largest export destination, "
        "accounting for 5.82% of Japan's total exports.",
        {"3.78%": ("JPN", "M", "TWN"), "5.82%": ("JPN", "X", "TWN")},
    ),
    (
        "The U.S. goods deficit with Ireland rose by $15.3 billion to $29.3 billion in March, surpassing "
        "the deficits with both China and Mexico.",
        {"$15.3 billion": ("USA", "B", "IRL"), "$29.3 billion": ("USA", "B", "IRL")},
    ),
    # stories on one partner, and who reports
    (
        "Korea posted an $18.2 billion deficit in trade with China last year. Its surplus in goods trade "
        "with the United States grew to $44.5 billion.",
        {"$18.2 billion": ("KOR", "B", "CHN"), "$44.5 billion": ("KOR", "B", "USA")},
    ),
    ("Turkey ran a deficit of $2.1 billion in its trade with India in July.", {"$2.1 billion": ("TUR", "B", "IND")}),
    (
        "India's exports to the US fell for a fourth month, down 37.5 per cent between May and September, a "
        "think tank said.\n\n"
        "Exports plunged from $8.8 billion in May to $5.5 billion in September.\n\n"
        "Smartphone exports crashed 58.1 per cent. Pharmaceutical exports slipped 15.7 per cent.",
        {
            "$8.8 billion": ("IND", "X", "USA"),
            "$5.5 billion": ("IND", "X", "USA"),
            "58.1 per cent": ("IND", "X", "USA"),
            "15.7 per cent": ("IND", "X", "USA"),
        },
    ),
    (
        "China's exports of rare earth magnets to the United States fell 29.5% to 420 tonnes in September. "
        "Exports to the United States had risen in August.\n\n"
        "China's total rare earth magnet exports rose 17.5% to 5,773 tonnes.",
        {"29.5%": ("CHN", "X", "USA"), "17.5%": ("CHN", "X", "WLD"), "5,773 tonnes": ("CHN", "X", "WLD")},
    ),
    (
        "Vietnam's farmers fear new Chinese rules. Exports to China were worth $7.9 billion in two months, "
        "down 2.1 percent. Exports of durian to China fell 80.1 percent.\n\n"
        "The value of Vietnam's fruit and vegetable exports was $350 million in February.",
        {"$7.9 billion": ("VNM", "X", "CHN"), "$350 million": ("VNM", "X", "WLD")},
    ),
    (
        "Mexico overtook China as the top source of goods bought by the U.S. last year. Imports from Mexico "
        "rose $20.8 billion to $475.6 billion, while Chinese imports fell $109.1 billion to $427.2 billion, "
        "the U.S. Census Bureau said. Overall exports rose to $3.05 trillion.",
        {
            "$20.8 billion": ("USA", "M", "MEX"),
            "$109.1 billion": ("USA", "M", "CHN"),
            "$427.2 billion": ("USA", "M", "CHN"),
            "$3.05 trillion": ("USA", "X", "WLD"),
        },
    ),
    (
        "U.S. imports of Mexican fresh vegetables came to $8.5 billion in 2023, up 7.1%.\n\n"
        "- Tomatoes: $2.7 billion, up 10.1%.",
        {"$8.5 billion": ("USA", "M", "MEX"), "7.1%": ("USA", "M", "MEX"), "10.1%": ("USA", "M", "MEX")},
    ),
    ("Japan's imports of Chilean frozen salmon rose 4.4% in July.", {"4.4%": ("JPN", "M", "CHL")}),
    (
        "Brazil is heading for a record trade surplus of over $50.1 billion with China this year.\n\n"
        "The trade balance totalled $46.8 billion by November, the ministry said, well beyond last year's "
        "total of $28.7 billion.",
        {"$46.8 billion": ("BRA", "B", "CHN"), "$28.7 billion": ("BRA", "B", "CHN")},
    ),
    (
        "U.S. goods trade gap widens. WASHINGTON - America's merchandise trade deficit with China widened "
        "in July.\n\n"
        "The gap stood at $20.2 billion after $19.1 billion a month earlier, the Commerce Department said.",
        {"$20.2 billion": ("USA", "B", "CHN"), "$19.1 billion": ("USA", "B", "CHN")},
    ),
    (
        "Thailand's bank sees exports shrinking later this year due to US tariffs. The export value in "
        "August stood at $27.7 billion, with growth slowing to 5.8% from 11.1%.",
        {"$27.7 billion": ("THA", "X", "WLD"), "5.8%": ("THA", "X", "WLD")},
    ),
    (
        "Trade surplus back at $1.1 billion as iron ore shipments to China surge. A new appetite for iron "
        "ore among Chinese mills drove Australia's trade surplus to $1.13 billion in August. Coal exports "
        "slipped 3.1 per cent.",
        {
            "$1.1 billion": ("AUS", "B", "WLD"),
            "$1.13 billion": ("AUS", "B", "WLD"),
            "3.1 per cent": ("AUS", "X", "WLD"),
        },
    ),
    (
        "During April-October the exports of basmati rice were $3.38 billion, against $2.96 billion a year "
        "before, the Commerce Ministry's year-end review says. Spice exports rose 10.1 per cent to $2.47 "
        "billion.",
        {"$3.38 billion": ("IND", "X", "WLD"), "10.1 per cent": ("IND", "X", "WLD")},
    ),
    (
        "Trade with Poland reached 90.1 billion euros in the first half, Destatis said. Exports rose 4.4% "
        "to 49.9 billion euros. Imports rose 8.1%. Germany posted a trade surplus of 100.2 billion euros in "
        "the half year.",
        {"4.4%": ("DEU", "X", "POL"), "8.1%": ("DEU", "M", "POL"), "100.2 billion euros": ("DEU", "B", "WLD")},
    ),
    # two sides
    (
        "India and China trade told by both. India's imports from China rose 10.1% to $11.1 billion in "
        "August. China's exports to India, by Chinese count, were $12.5 billion.",
        {"10.1%": ("IND", "M", "CHN"), "$12.5 billion": ("CHN", "X", "IND")},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), STORIES)
def test_flows_seen_from_home(text: str, wanted: dict[str, Told]) -> None:
    told = {claim.stated: (claim.reporter, claim.flow, claim.partner) for claim in read(text, date=DAY)}
    assert {number: told.get(number) for number in wanted} == wanted
