"""The first sentences of stories, in the manner of many outlets: flow and measure of their numbers. Texts are ours."""

import pytest
from marks import beside, unmarked

from entrepot.claims import read

MEASURES = {"L": "level", "G": "growth_yoy"}
OPENERS = [
    (
        "2019-01-14",
        "Business between Moscow and Beijing is booming: figures of China's customs show turnover leaping "
        "almost {30 percent|T G} last year to {$107.06 billion|T L}.",
    ),
    (
        "2024-09-10",
        "China ran a trade surplus of 649.34bn yuan in August. At {$91.02bn|B L}, the dollar-denominated "
        "balance topped expectations.",
    ),
    (
        "2025-05-09",
        "China's exports to the US tumbled in April. At {8.1 per cent|X G}, April's rise in total exports "
        "beat forecasts.",
    ),
    (
        "2019-07-07",
        "Trade between China and Africa edged up in the first five months. At {84.76 billion dollars|T L}, "
        "its volume was {3 percent|T G} more than a year before.",
    ),
    (
        "2013-07-10",
        "At {$174.3 billion|X L}, China's exports in June were {3.1 percent|X G} below last year's.",
    ),
    (
        "2023-02-10",
        "India and China traded goods worth {$135.98 billion|T L} in 2022, data from Chinese customs show.",
    ),
    (
        "2011-09-20",
        "Vietnam sold the US more than {9.63 billion USD|X L} of goods between January and July.",
    ),
    (
        "2024-01-12",
        "Last year China shipped {$500.3 billion|X L} worth of goods to America, {13.1 percent|X G} less than in 2022.",
    ),
    (
        "2014-01-10",
        "Chinese customs figures value the two-way flow with Japan at {$312.5 billion|T L}, a drop of {5.1 "
        "percent|T G}.",
    ),
    (
        "2022-06-09",
        "A jump of {16.9 percent|X G} in May took China's exports to {$308.3 billion|X L}.",
    ),
    (
        "2022-06-09",
        "Up {16.9 percent|X G} in May, China's exports beat forecasts.",
    ),
    (
        "2018-03-08",
        "It was a month of {44.5 percent|X G} export growth for China: February's shipments came to {$171.6 "
        "billion|X L}.",
    ),
    (
        "2018-03-08",
        "China's exporters had a good February, with {$171.6 billion|X L} of sales abroad, {44.5 percent|X "
        "G} more than a year ago.",
    ),
    (
        "2015-02-09",
        "Imports into China plunged in January, by {19.9 percent|M G}, and exports by {3.3 percent|X G}.",
    ),
    (
        "2019-12-09",
        "Shipments leaving China for the US sank {23 percent|X G} in November.",
    ),
    (
        "2023-11-07",
        "The value of what China sold abroad slipped {6.4 percent|X G} in October, that of what it bought "
        "rose {3 percent|M G}.",
    ),
]


@pytest.mark.parametrize(("day", "marked"), OPENERS)
def test_numbers_of_an_opening_have_the_flow_that_its_words_tell(day: str, marked: str) -> None:
    text, told = unmarked(marked)
    for stated, (flow, measure), claim in beside(read(text, date=day), told):
        assert claim is not None, stated
        assert (claim.kind, claim.flow, claim.measure) == ("actual", flow, MEASURES[measure]), stated
