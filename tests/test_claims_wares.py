"""Which goods a number is of, in stories on goods and in stories on all trade. Texts and figures are of our making."""

import pytest

from entrepot.claims import read

DAY = "2025-09-20"

STORIES: dict[str, tuple[str, dict[str, str]]] = {
    "a story about one kind of goods": (
        """Vietnam's coffee exports fell 4.1% in August from July, the customs office said.

Exports to Germany dropped 7.2% to 11,300 tonnes, while shipments to Italy rose 3.4%. Spain took 9.1% of total exports.

In the first eight months, shipments reached 1.2 million tonnes, worth $6.4 billion, up 8.5%. The United States was the
biggest buyer of Vietnamese coffee.""",
        dict.fromkeys(("4.1%", "7.2%", "11,300 tonnes", "3.4%", "9.1%", "1.2 million tonnes"), "coffee"),
    ),
    "goods by a headline, then by their unit": (
        """Australian lithium shipments recover

Lithium exports rose 12% in August. Lithium exports to Korea doubled.

Exports came to 331,000 tonnes, compared with 296,000 tonnes in July. Total exports for the eight months rose
5.5%.""",
        {"12%": "lithium", "331,000 tonnes": "lithium", "296,000 tonnes": "lithium", "5.5%": "lithium"},
    ),
    "a story on all trade that begins with goods": (
        """Chip exports lift South Korea's trade to a record

Korea's chip exports surged 27.1% in August to $15.1 billion. Exports rose 1.3% to $58.4 billion and imports fell 4.0%,
leaving a trade surplus of $6.5 billion. Exports to China fell 2.9%.""",
        {"27.1%": "integrated-circuits", "$15.1 billion": "integrated-circuits", "1.3%": "TOTAL",
         "$58.4 billion": "TOTAL", "4.0%": "TOTAL", "$6.5 billion": "TOTAL", "2.9%": "TOTAL"},
    ),
    "several goods, one after the other": (
        """Brazil's soybean exports reached 9.3 million tonnes in August. Beef exports hit 268,000 tonnes, and value
climbed 41% to $1.5 billion. Sugar exports slid to 3.7 million tonnes; export revenue fell 6% to $1.6 billion.

Brazil's exports rose 3.9% overall.""",
        {"268,000 tonnes": "beef", "41%": "beef", "$1.5 billion": "beef", "6%": "sugar", "$1.6 billion": "sugar",
         "3.9%": "TOTAL"},
    ),
    "a verb of trade with its goods after the number": (
        """The United States exported 13.5 million tons of LNG through August, up 50%.

Exports in August reached a record 3.1 million tons. U.S. LNG went mostly to Europe, which took 60% of exports.

LNG exports to Asia fell 4%.""",
        dict.fromkeys(("13.5 million tons", "50%", "3.1 million tons", "60%", "4%"), "natural-gas"),
    ),
    "goods first, all trade later": (
        """India's drug exports rose 9% in August. Exports to Africa were up 3.2%.

India's overall exports rose 6.7% to $35.1 billion. Exports in the five months increased 2.5%.

Drugs worth $900 million went to the United States.""",
        {"9%": "pharmaceuticals", "3.2%": "pharmaceuticals", "6.7%": "TOTAL", "2.5%": "TOTAL"},
    ),
    "a story that begins with why": (
        """Riding on garment exports, Bangladesh earned 9% more from exports in August, or $4.1 billion. Garments
brought in $3.3 billion. Exports to the EU grew 5%.""",
        {"$4.1 billion": "TOTAL", "$3.3 billion": "apparel", "5%": "TOTAL"},
    ),
    "several goods, then regions": (
        """Korea's exports of information and communications technology (ICT) goods rose 17.4% in August, with ICT
imports up 9.1%, for a surplus of $7.4 billion in ICT trade. Chip exports soared 56%. Phone shipments fell 6.7%.

Exports to Vietnam fell 11.7%. Phones grew 26%, while chips and displays fell 16.6% to $730 million and 19.9% to
$840 million, respectively.""",
        {"17.4%": "ict-products", "56%": "integrated-circuits", "6.7%": "mobile-phones", "11.7%": "ict-products",
         "16.6%": "integrated-circuits", "$730 million": "integrated-circuits", "$840 million": "displays"},
    ),
    "weights in a story on all trade": (
        """India's exports rose 6.7% to $35.1 billion in August and imports fell 10.1%, for a trade deficit of $26.5
billion. Crude oil imports stood at 19.6 million tonnes. In the year so far, imports came to 81.2 million tonnes.""",
        {"6.7%": "TOTAL", "10.1%": "TOTAL", "19.6 million tonnes": "crude-oil", "81.2 million tonnes": "crude-oil"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_goods_of_a_story(name: str) -> None:
    text, goods = STORIES[name]
    told = {claim.stated: claim.product for claim in read(text, date=DAY)}
    assert {number: told.get(number) for number in goods} == goods


SENTENCES = [
    ("Thailand's exports rose 4%, led by sugar (+17.5%), food seasonings (+28.6%) and rice (+10.8%).", "28.6%",
     "food-seasonings"),
    ("Thailand's exports fell 1%, hit by rubber (-24.7%) and cassava products (-13.1%).", "13.1%", "cassava"),
    ("Indonesia's exports of animal and vegetable oils soared 63%.", "63%", "vegetable-oils"),
    ("Brazil's purchases of organic and inorganic fertilisers rose 44.7%.", "44.7%", "fertilisers"),
    ("China's exports rose 5%. Exports of chips reached 1.3 trillion yuan; cars 897 billion yuan, up 17.6%.", "17.6%",
     "automobiles"),
    ("Export turnover in the first half of this year for Vietnamese wood products was $7.6 billion.", "$7.6 billion",
     "wood-products"),
    ("The exports of locally made furniture reached $2.5 billion in Malaysia.", "$2.5 billion", "furniture"),
    ("Peru's exports rose 6%, though shipments of the red metal fell 13.2%.", "13.2%", "copper"),
    ("Peru's exports were worth $7 billion in August, of which $2.1 billion were copper.", "$2.1 billion", "copper"),
    ("Peru's mining exports reached $4.3 billion.", "$4.3 billion", "mining-products"),
    ("China's imports of bauxite, a raw material for aluminium, rose 11% in August.", "11%", "bauxite"),
    ("Japan's exports rose 2%, with machinery, accounting for nearly 20% of the total, leading.", "20%", "84"),
    ("China takes most of Brazil's exports: 40% of its soybeans.", "40%", "soybeans"),
    ("Vietnam's staples in exports were garment products worth $2.6 billion and rice.", "$2.6 billion", "apparel"),
    ("Vietnam's exports slowed. Pepper, for example, faced a 37% drop in export value.", "37%", "pepper"),
    ("Taiwan's exports rose 2%. Chips, up 11.7% to $9.4 billion, led.", "$9.4 billion", "integrated-circuits"),
    ("Chile's exports of goods rose 4.1%, riding on copper exports.", "4.1%", "TOTAL"),
    ("Japan's exports fell 2.1%. Demand for chips, which leapt 38.6%, was firm.", "38.6%", "integrated-circuits"),
    ("Korea's exports rose 1.3%. Ships led the way, their exports surging 22%.", "22%", "ships"),
    ("Korea's exports rose 1.3%; cars followed with 16.8%.", "16.8%", "automobiles"),
    ("China exported 199,836 electric vehicles in August.", "199,836 electric vehicles", "electric-cars"),
    ("China exported 1.3 million new energy vehicles.", "1.3 million new energy vehicles", "vehicles-new-energy"),
    ("China imported 56% more soybeans in August.", "56%", "soybeans"),
    ("China bought 88% more American crude oil in August.", "88%", "crude-oil"),
    ("Germany's exports rose 2%. It imported €700 million in fuel from Norway.", "€700 million", "fuel"),
    ("Up to 524,000 tonnes of rice were shipped abroad by Vietnam for US$261 million.", "US$261 million", "rice"),
    ("Exports fell 3.5%, mainly on a decrease of car exports, and imports were down 4.2%.", "4.2%", "TOTAL"),
    ("A rise in exports in the reporting month of 2.5% was reported by Germany.", "2.5%", "TOTAL"),
    ("Exports fell: textiles, $17.4 billion (down 7.8%) and shoes, $3.1 billion (down 4.6%).", "7.8%", "textiles"),
    ("India's exports rose 6%. The US is the top destination for Indian engineering goods with $1.4 billion.",
     "$1.4 billion", "engineering-goods"),
    ("China shipped 52,158 MW of solar modules to Europe.", "52,158 MW", "solar-panels"),
    ("Exports of display panels rose 2% and display exports 7.6%.", "7.6%", "displays"),
    ("The oil and gas sector posted a deficit of $680 million in Indonesia's trade.", "$680 million", "oil-and-gas"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "goods"), SENTENCES)
def test_goods_beside_a_number(text: str, number: str, goods: str) -> None:
    told = {claim.stated: claim.product for claim in read(text, date=DAY)}
    assert told.get(number) == goods, told


@pytest.mark.parametrize(
    ("stated", "value", "unit"),
    [
        ("4.7 billion cubic feet per day", 4.7e9, "ft3/d"),
        ("10.6 Bcf/d", 1.06e10, "ft3/d"),
        ("9.8 bcm", 9.8e9, "m3"),
        ("353 bln cubic meters", 3.53e11, "m3"),
        ("2.4 million b/d", 2.4e6, "bbl/d"),
        ("528.6 KMT", 528600.0, "t"),
        ("682 thsd tonnes", 682000.0, "t"),
        ("30.4 million 60-kilo bags", 3.04e7, "n"),
        ("1.2 million TEUs", 1.2e6, "teu"),
        ("2.1 million short tons", 2.1e6, "short-t"),
        ("8.1 million hectolitres", 8.1e6, "hl"),
        ("13.2 GW", 13.2, "GW"),
    ],
)
def test_units_of_goods(stated: str, value: float, unit: str) -> None:
    (claim,) = read(f"Norway's gas exports reached {stated} in August.", date=DAY)
    assert (claim.stated, claim.unit, claim.measure) == (stated, unit, "volume")
    assert claim.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("words", "goods"),
    [
        ("iron ore and concentrate", "iron-ore"),
        ("agriculture goods", "agricultural"),
        ("palm oil and palm oil-based products", "palm-oil"),
        ("electrical & electronic products", "electrical-and-electronic-products"),
        ("cell phones and accessories", "mobile-phones"),
        ("unwrought aluminium and products", "aluminium"),
    ],
)
def test_goods_with_what_is_made_of_them_are_one_kind(words, goods):
    text = f"KUALA LUMPUR - Malaysia's exports rose 2% in July. Exports of {words} grew 8.9% to $2.2 billion."
    assert [c.product for c in read(text, date="2025-08-20") if c.stated == "$2.2 billion"] == [goods]


@pytest.mark.parametrize(
    "text",
    [
        "China imported 310 billion yuan ($44 billion) of soybeans in May 2022.",
        "China imported 310 billion yuan (about $44 billion) worth of soybeans in May 2022.",
    ],
)
def test_goods_told_after_the_bracket_of_a_second_currency_are_those_of_both_numbers(text):
    assert [(c.product, c.unit) for c in read(text, date="2022-06-09")] == [("soybeans", "CNY"), ("soybeans", "USD")]
