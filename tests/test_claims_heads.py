"""What a number is of: beside trade, numbers of something else are told by the noun that governs them."""

import re

import pytest

from entrepot.claims import clauses

DAY = "2025-07-14"

# In braces what is no trade; every other amount or rate is a statistic of trade.
PASSAGES = """
China's exports rose 5.8 percent in June from a year earlier to $325 billion. Average prices of exported phones slid
{3.1 percent}, according to a trade body.

Viet Nam shipped coffee worth $5.4 billion abroad in the first half of 2025, up 66 percent. Domestic stocks dropped
to {410,000 tonnes} by the end of June.

Korea's car exports fell 1.4 percent in June. Vehicles built at home numbered {353,000}, while registrations climbed
{3.2 percent}.

Japan's exports to the United States dropped 11.1 percent in May. Profit margins at parts makers shrank by {a
fifth}, a survey showed.

Germany's exports came to 129.4 billion euros in May. Orders received by machine builders declined {6 percent} over
the same month.

India's merchandise exports stood at $38.7 billion in May. Employment in garment factories grew {4 percent}, the
ministry added.

Brazil exported soybeans worth $5.9 billion in June, 2.1 percent less than a year before. The crop was put at {169
million tonnes}.

China shipped 6,200 tonnes of magnets in June. Processing capacity elsewhere amounts to barely {8 percent} of the
global total.

Thailand's exports grew 15.5 percent in June to $28.6 billion. The country's GDP is {$526 billion}, of which tourism
makes up {12 percent}.

The US deficit with China narrowed to $15.3 billion in May. The Fed's rate is {4.25 percent}.

Chile's copper shipments brought in $4.3 billion in June, while the metal's price averaged {$4.46} a pound.

Chinese imports of chips reached $35.2 billion in June. Investment in domestic fabs exceeded {$38 billion} last
year.

Peru's blueberry exports rose to $310 million in June. Planted area expanded by {7 percent} to {22,000 hectares}.

Bangladesh's garment exports earned $39.3 billion in the fiscal year to June. The sector employs {four million}
people and makes up {11 percent} of GDP.

The port of Busan handled {2.1 million} containers in June. Korea's exports rose 4.3 percent in the month.

China's exports to Africa jumped 34.8 percent in June. Freight costs on the route have risen {18 percent} since May,
shippers say.

Exports of Malaysian palm oil fell 10.5 percent to 1.26 million tonnes in June; end-stocks rose {2.4 percent} to
{2.03 million tonnes}.

Module shipments from China fell 12 percent in June; module makers' losses widened to {$2.8 billion}.

Japan's exports of scallops came to 69 billion yen in 2024. The catch in Hokkaido was {300,000 tonnes}.

Smartphone exports from India hit $2.4 billion in May. Apple assembled {$22 billion} worth of iPhones in the country
in the last fiscal year.

Exports to China accounted for 19 percent of Korea's shipments in June; China's own output grew {5.2 percent}.

The deficit of the federal budget came to {$316 billion} in May, and the goods trade gap to $96.4 billion.

Egypt's orange exports reached 2 million tonnes this season, and it now supplies {a third} of the world's traded
oranges.

China's rare earth exports fell 48 percent in May. The country refines {nine-tenths} of the world's supply.

Viet Nam's rice exports fell 12.2 percent to $2.54 billion in the first half; the average price was {$517} a tonne,
down {18.4 percent}.

Korea's ship exports rose 63.4 percent in June. The order backlog of the three big yards stands at {$130 billion}.

India's steel imports rose 27 percent to 0.9 million tonnes in May, whereas consumption increased {8 percent}.

China's imports of LNG fell 11 percent in June. Electricity generation grew {1.7 percent} and inventories stood at
{9 million tonnes}.

Brazil's beef exports reached $1.3 billion in June, and slaughter went up {4.6 percent} in the quarter.

Japan's trade deficit was 637.6 billion yen in May. Wages adjusted for inflation declined {2.9 percent} in the
month.

Poland's exports grew 1.2 percent in May. Retail turnover climbed {4.4 percent}.

Australia's iron ore exports earned A$9.9 billion in May; royalties dropped {9 percent}.

The US imported $4.1 billion of pharmaceuticals from Ireland in May. Some {46 percent} of American patients take
such drugs.

Spain exported olive oil worth €3.1 billion in the first half. The group's revenue rose {15 percent} to {€812
million}.

Chinese exports to Russia fell 16 percent in June. Lending to exporters is up {9 percent} on the year.

Malaysia's exports of chips rose 22 percent in May; approved investments came to {89.8 billion ringgit}.

China's passenger car output rose {13 percent} in June, whereas its car exports rose 23.8 percent to 480,000 units.

Cargo through the canal was down {30 percent}. Egypt's imports rose 6 percent in May.

Nigeria's crude exports came to $3.4 billion in May; the refinery in Lagos runs at {85 percent} of capacity.

China's farm imports fell 8 percent in June. Pork prices are {11 percent} lower than a year ago, and the herd
numbers {424 million}.

More than {6,000} firms took part in the fair, where deals worth {$25.4 billion} were signed. China's exports rose
4.8 percent in May.

New Zealand's dairy exports rose 31 percent to NZ$2.2 billion in May, helped by an {8 percent} weaker currency.

Foreign direct investment in Viet Nam came to {$21.5 billion} in the first half. Its exports were $219.8 billion.

The industry group speaks for {70 percent} of exporters. Exports of toys fell 9 percent in June.

US imports from Viet Nam rose 35 percent in May; American shoppers spent {1.2 percent} more.
"""


CASES = [passage.replace("\n", " ") for passage in PASSAGES.strip().split("\n\n")]


@pytest.mark.parametrize("passage", CASES)
def test_what_governs_a_number_sets_it_apart(passage):
    apart = {mark.start() - 2 * i for i, mark in enumerate(re.finditer(r"\{", passage))}
    read = clauses.read(passage.replace("{", "").replace("}", ""), date=DAY)
    assert [c.stated for c in read if c.kind == "actual" and c.start in apart] == []
    assert any(c.kind == "actual" for c in read)


ORDERS = {
    "Imports of machines rose 4 percent; orders received by builders fell 6 percent in May.": ["actual", "other"],
    "Imports of machines rose 4 percent; those received by builders fell 6 percent in May.": ["actual", "actual"],
    "Coffee exports earned $5 billion in May; the average price was $517 a tonne, down 18 percent.": [
        "actual",
        "other",
    ],
    "Coffee exports earned $5 billion in May; the category dropped 18 percent.": ["actual", "actual"],
    "Car exports reached $5 billion in May. A $3 billion contract was signed.": ["actual", "other"],
    "Car exports reached $5 billion in May. The $3 billion rise was the largest in years.": ["actual", "actual"],
}


@pytest.mark.parametrize("text", ORDERS)
def test_the_same_sentence_with_another_noun(text):
    kinds = [c.kind for c in clauses.read(text, date=DAY) if c.unit in ("%", "USD") and c.value > 1000 or c.unit == "%"]
    assert kinds == ORDERS[text]


MEASURED = {
    "Chile's exports to Asia were: Japan $1.2 billion (24%).": "share",
    "Chile's exports rose in May, with those to Japan at $1.2 billion (24%).": "growth_yoy",
    "Chile's exports of rubber soared, making up a rise of 150 percent.": "growth_yoy",
    "Chile's trade surplus was €3.4 billion in May, €700 million smaller than a year before.": "change_amount",
}


@pytest.mark.parametrize("text", MEASURED)
def test_measures_by_the_shape_of_the_sentence(text):
    assert clauses.read(text, date=DAY)[-1].measure == MEASURED[text]


EXPECTED = {
    "Korea's exports rose 4 percent. If exports reach $60 billion in December, 2025 breaks a record.": "forecast",
    "Korea's exports rose 4 percent. If the pace lasts, shipments will come to $450 billion in 2025.": "forecast",
    "In 2025, India's exports to China are estimated to reach $17 billion.": "forecast",
    "In June, India's exports to China were estimated at $1.7 billion.": "actual",
    "Viet Nam's deficit of $3.8 billion was 2.5 percent of its exports.": "other",
    "Exports added 0.6 percentage points to Germany's growth in the first quarter.": "other",
    "Morocco's car exports grew at an average annual rate of 12 percent.": "other",
}


@pytest.mark.parametrize("text", EXPECTED)
def test_what_is_supposed_or_only_reckoned(text):
    assert clauses.read(text, date=DAY)[-1].kind == EXPECTED[text]
