"""Which goods a number is of, what is no statistic, and what is expected, in the words of many outlets.

A number in braces carries its flow, product (`*` any) and measure, or `F`, `O`, `P` where it is no statistic.
"""

import pytest
from marks import beside, unmarked

from entrepot.claims import read

HEADS = {
    "C": ("China's exports rose 5.9% in November, customs data showed on Monday. ", "2025-12-09"),
    "V": ("Vietnam's exports rose 5.9% in November, the statistics office said. ", "2025-12-09"),
    "K": ("South Korea's exports rose 5.9% in November. ", "2025-12-02"),
    "J": ("Japan's exports rose 5.9% in November. ", "2025-12-18"),
}
MEASURES = {
    **{"L": "level", "G": "growth_yoy", "MM": "growth_mom", "V": "volume", "VG": "volume_growth_yoy", "S": "share"},
}
MARKED = [
    (
        "K",
        "Display panels, hurt by slower sales of TVs and PCs, went down {1.2 per cent|X * G} to {$1.69 billion|X * L}.",
    ),
    ("K", "Steel exports, dragged down by weak demand for cars, fell {4 percent|X steel G}."),
    ("V", "Machinery, equipment and parts brought in {$12.1 billion|X 84 L}, up {29 percent|X 84 G}."),
    (
        "V",
        "Exports of machinery, equipment and spare parts ({$12.1 billion|X 84 L}, up {29 percent|X 84 G}) and "
        "footwear ({$11.8 billion|X footwear L}) grew.",
    ),
    (
        "V",
        "Sales abroad of farm, forestry and fishery products are estimated at nearly {$2.97 billion|X "
        "agricultural L} in November.",
    ),
    ("V", "Exports of agricultural, forestry and fishery products came to {$5 billion|X agricultural L}."),
    ("V", "Agro-forestry-fishery exports reached {$8.7 billion|X agricultural L}."),
    ("V", "Agro-forestry-aquatic product exports grew {8 percent|X agricultural G}."),
    (
        "C",
        "The country imported {3.62 million tons|M steel V} of steel products in November ({-3.3%|M steel VG} "
        "y/y). Of iron ore it imported {111.18 million tons|M iron-ore V} ({+6.2%|M iron-ore VG} y/y).",
    ),
    (
        "C",
        "Foreign steel is in less demand there: the country imported {3.62 million tons|M steel V} of steel "
        "products in November.",
    ),
    (
        "C",
        "The US – first among China's trading partners if blocs are left out – bought {11.8 per cent|X TOTAL MM} "
        "less than in October.",
    ),
    (
        "C",
        "Customs figures value the two-way flow with Japan at {$27.5 billion|T TOTAL L}, a drop of {5.1 "
        "percent|T TOTAL G}.",
    ),
    (
        "C",
        "Trade with the US picked up: turnover was {$49.77 bln|T TOTAL L}, having gained {25.6%|T TOTAL MM} on "
        "October.",
    ),
    ("C", "Economists had expected dollar exports to be down {three per cent|F} and imports {16 per cent|F}."),
    ("C", "That was a turnaround from October and from market forecasts, which were for a {4.8%|F} drop."),
    ("C", "Furnaces poured {2.7%|O} less steel over January-November than a year earlier."),
    ("V", "At $1,697 a tonne, coffee was {18.3%|O} cheaper."),
    ("J", "It was the third straight decline since Washington put {25 percent|P} on imported vehicles in April."),
    (
        "J",
        "Japan had to buy more crude oil and liquefied natural gas, imports of which were up {16 percent|M "
        "crude-oil G} and {50 percent|M natural-gas G} respectively.",
    ),
    (
        "C",
        "Purchases of crude climbed {8 percent|M crude-oil VG} to {45 million tonnes|M crude-oil V}, those of "
        "coal {3 percent|M coal VG}, while less gas ({-2 percent|M natural-gas VG}) was bought.",
    ),
    ("C", "Phone makers shipped {$12 billion|X mobile-phones L} worth of handsets."),
    (
        "C",
        "Among the goods sold, laptops stood out with {$7 billion|X computers L}; toys, in contrast, managed {$3 "
        "billion|X toys L} only.",
    ),
    ("C", "Rare earths went the other way, down {9.2 percent|X rare-earths VG} at {5,500 tonnes|X rare-earths V}."),
    (
        "K",
        "ICT exports came to {$26 billion|X * L}, memory chips making up {$9 billion|X integrated-circuits L} of it.",
    ),
    (
        "K",
        "Batteries fared worse, with {$700 million|X batteries L} in sales, {13 percent|X batteries G} less than "
        "a year ago.",
    ),
]


@pytest.mark.parametrize(("head", "marked"), MARKED)
def test_goods_flow_and_measure_are_those_of_the_words_beside_a_number(head: str, marked: str) -> None:
    start, day = HEADS[head]
    text, told = unmarked(marked, start)
    for stated, said, claim in beside(read(text, date=day), told):
        if len(said) == 1:
            assert claim is None or claim.kind != "actual", stated
            continue
        flow, product, measure = said
        assert claim is not None and claim.kind == "actual", stated
        assert (claim.flow, claim.measure) == (flow, MEASURES[measure]), stated
        assert product in ("*", claim.product), stated
