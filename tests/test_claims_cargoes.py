"""Stories on goods that come to a country, or leave it, told by who sells and who takes them. Texts are of our making.

A number in braces carries flow, partner, product (`*` any) and measure.
"""

import pytest
from marks import beside, unmarked

from entrepot.claims import read
from entrepot.claims.cargoes import inbound
from entrepot.claims.names import names
from entrepot.claims.words import tokens

MEASURES = {"V": "volume", "VG": "volume_growth_yoy", "G": "growth_yoy", "L": "level"}
STORIES = [
    (
        "2015-06-09 CHN",
        "Crude oil cargoes reaching China in May were about {11 percent|M WLD crude-oil VG} smaller than a year ago, "
        "according to customs. Purchases totalled {23.24 million tons|M WLD crude-oil V}. That works out at "
        "{5.47 million barrels per day|M WLD crude-oil V}.",
    ),
    (
        "2019-10-25 CHN",
        "Soybeans from the United States poured into China in September, customs data showed. In August the United "
        "States had supplied {1.68 million tonnes|M USA soybeans V}. From Brazil, its top supplier, China took "
        "{4.79 million tonnes|M BRA soybeans V}, fewer than the {6.68 million tonnes|M BRA soybeans V} of August.",
    ),
    (
        "2024-01-22 CHN",
        "China brought in more coal last year than ever, customs data show. Indonesia kept its place as the largest "
        "supplier: it delivered {220.25 million tonnes|M IDN coal V}, {29%|M IDN coal VG} more than in 2022. Russian "
        "coal gained ground, up {50%|M RUS coal VG} at {102.13 million tonnes|M RUS coal V}.",
    ),
    (
        "2025-07-21 CHN",
        "Brazilian soybeans crowded Chinese ports last month. June arrivals from Brazil were {9.2 percent|M BRA "
        "soybeans VG} larger than a year before, customs figures show. Deliveries from the United States were up by "
        "{21 percent|M USA soybeans VG}. In all, {12.26 million tons|M WLD soybeans V} came in. Brazil sold China "
        "{7.5 percent|M BRA soybeans VG} less over the half-year.",
    ),
    (
        "2021-01-20 CHN",
        "China took in more natural gas in 2020. Deliveries to the country amounted to {67.13 million tonnes|M WLD "
        "natural-gas V}, customs figures show. Australia shipped {29 million tonnes|M AUS natural-gas V} of it, "
        "{4 percent|M AUS natural-gas VG} more than a year before.",
    ),
    (
        "2023-07-20 JPN",
        "Japan bought less liquefied natural gas in June. Australia provided {2.1 million tonnes|M AUS natural-gas V}, "
        "{5.5 percent|M AUS natural-gas VG} less than a year earlier. Cargoes from Russia were {12 percent|M RUS "
        "natural-gas VG} smaller.",
    ),
    (
        "2025-08-20 CHN",
        "Exports of rare earth magnets out of China kept recovering in July, customs said. Some {1,116 tons|X DEU "
        "rare-earth-magnets V} went to Germany. The United States received {619 tons|X USA rare-earth-magnets V}.",
    ),
]


@pytest.mark.parametrize(("head", "marked"), STORIES)
def test_what_partners_send_is_the_import_of_the_country_that_the_story_is_about(head: str, marked: str) -> None:
    (day, home), (text, told) = head.split(), unmarked(marked)
    for stated, (flow, partner, product, measure), claim in beside(read(text, date=day), told):
        assert claim is not None and claim.kind == "actual", stated
        found = (claim.reporter, claim.flow, claim.partner, claim.product, claim.measure)
        assert found == (home, flow, partner, product, MEASURES[measure]), stated


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Crude cargoes bound for India fell in May.", ("IND", "crude-oil")),
        ("Saudi Arabia was China's main source of crude for a tenth month.", ("CHN", "crude-oil")),
        ("Russia sold China more coal last year.", ("CHN", "coal")),
        ("Japan took in more coal in May.", ("JPN", "coal")),
        ("Chinese demand for coal rose.", None),
        ("China's steel mills cut output.", None),
        ("Japan and Korea took in more coal and gas.", None),
        ("Coal prices in China fell.", None),
    ],
)
def test_who_takes_in_which_goods_is_told_of_one_country_and_one_kind(sentence, wanted) -> None:
    words = tokens(sentence, 0, len(sentence))
    assert inbound(words, names(words)) == wanted


def test_goods_that_two_countries_send_are_the_imports_of_the_one_they_go_to() -> None:
    text = (
        "Brazilian farmers shipped 16 percent more soybeans to China last month than in August 2023, whereas American "
        "cargoes thinned by 9 percent. Argentina sent 1.91 million tonnes over the sea, 7.5 percent above the "
        "year-earlier figure -- trade which the ministry expects to grow."
    )
    claims = {c.stated: (c.reporter, c.flow, c.partner, c.product) for c in read(text, date="2024-09-20")}
    assert claims["16 percent"] == ("CHN", "M", "BRA", "soybeans")
    assert claims["9 percent"] == ("CHN", "M", "USA", "soybeans")
    assert claims["1.91 million tonnes"] == ("CHN", "M", "ARG", "soybeans")


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("China's shipments to Japan came to 6 million tonnes.", ("CHN", "X", "JPN", "coal")),
        ("Supplies to Japan came to 6 million tonnes.", ("CHN", "X", "JPN", "coal")),
        ("Australian iron ore shipments came to 6 million tonnes.", ("AUS", "X", "WLD", "iron-ore")),
    ],
)
def test_what_goes_elsewhere_and_other_goods_are_none_of_those_imports(sentence, wanted) -> None:
    story = "China took in more coal in 2024, customs data show. Indonesia delivered 220 million tonnes. "
    claim = read(story + sentence, date="2025-01-20")[-1]
    assert (claim.reporter, claim.flow, claim.partner, claim.product) == wanted
