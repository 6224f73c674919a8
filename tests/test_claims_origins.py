"""Partners told by whose goods they are, and flows told behind their number. Texts and figures are of our making."""

import pytest

from entrepot.claims import read

Told = tuple[str, str, str, str]

STORIES: list[tuple[str, str, dict[str, Told]]] = [
    ("2024-09-20", """China's coal imports rose 3% in August to 45.8 million tonnes. Indonesian volumes came to 18.2
million tonnes, 4% more than in July. And Mongolia? Roughly 6.1 million tonnes. Russian coal, at 7.9 million tonnes,
fell by 2%.""",
     {"18.2\nmillion tonnes": ("CHN", "M", "IDN", "coal"), "4%": ("CHN", "M", "IDN", "coal"),
      "6.1 million tonnes": ("CHN", "M", "MNG", "coal"), "7.9 million tonnes": ("CHN", "M", "RUS", "coal"),
      "2%": ("CHN", "M", "RUS", "coal")}),
    ("2023-06-20", """India's crude oil imports reached 19.9 million tonnes in May. The Russian tonnage, 8.1 million
tonnes, was a record, while Iraqi barrels slipped by 9 percent.""",
     {"8.1 million\ntonnes": ("IND", "M", "RUS", "crude-oil"), "9 percent": ("IND", "M", "IRQ", "crude-oil")}),
    ("2023-05-20", """Coal flooded into Japan in April. Australia accounted for 8.1 million tonnes and Indonesia for
1.9 million tonnes.""",
     {"8.1 million tonnes": ("JPN", "M", "AUS", "coal"), "1.9 million tonnes": ("JPN", "M", "IDN", "coal")}),
    ("2019-09-12", """China's exports to the United States were $42.6 billion in August, down 6 percent. With the EU the
picture was brighter. Exports there gained 3.1 percent to $37.9 billion.""",
     {"3.1 percent": ("CHN", "X", "EU27", "TOTAL"), "$37.9 billion": ("CHN", "X", "EU27", "TOTAL")}),
    ("2012-02-20", """China made its way across Africa last year, lifting two-way trade 31 percent to $160 billion.
China's sales to the region stood at $70 billion, up 24 percent, and its purchases at $90 billion.""",
     {"31 percent": ("CHN", "T", "AFR", "TOTAL"), "$160 billion": ("CHN", "T", "AFR", "TOTAL"),
      "24 percent": ("CHN", "X", "AFR", "TOTAL"), "$90 billion": ("CHN", "M", "AFR", "TOTAL")}),
    ("2024-08-08", """China did business worth 1.2 trillion yuan with Vietnam from January to July, 9.5% more than a
year earlier.""",
     {"1.2 trillion yuan": ("CHN", "T", "VNM", "TOTAL"), "9.5%": ("CHN", "T", "VNM", "TOTAL")}),
    ("2019-11-28", """Chinese toy exporters earned $23 billion abroad in the first three quarters of 2019, 2.8% more
than in the same period of 2018. Hong Kong's intake was 6% lower.""",
     {"$23 billion": ("CHN", "X", "WLD", "toys"), "2.8%": ("CHN", "X", "WLD", "toys"),
      "6%": ("CHN", "X", "HKG", "toys")}),
    ("2015-12-09", """Figures show exports of upwards of 1.2 trillion yuan from China in November, down 2.2 percent.""",
     {"1.2 trillion yuan": ("CHN", "X", "WLD", "TOTAL"), "2.2 percent": ("CHN", "X", "WLD", "TOTAL")}),
    ("2014-05-27", """Chinese customs figures for April put Brazilian soy arrivals at 3.9 million tonnes, 12% more than
a year ago.""",
     {"3.9 million tonnes": ("CHN", "M", "BRA", "soybeans"), "12%": ("CHN", "M", "BRA", "soybeans")}),
    ("2025-06-09", """China's coal exports came to 0.6 million tonnes in May. Coal for Japan fell. Steel
went further up. Producers shipped 10.5 million tonnes of products out of the country, 9% above May of last year.""",
     {"10.5 million tonnes": ("CHN", "X", "WLD", "steel"), "9%": ("CHN", "X", "WLD", "steel")}),
    ("2012-01-20", """China's trade with Peru was worth $12.5 billion in 2011. Of that, $4.7 billion consisted of
Chinese goods bound for Peru and $7.8 billion of merchandise coming the other way.""",
     {"$7.8 billion": ("CHN", "M", "PER", "TOTAL")}),
    ("2023-11-08", """China's trade fell 0.9 percent in October to 3.5 trillion yuan. Of this, 2 trillion yuan was owed
to exports and 1.5 trillion yuan to imports.""",
     {"1.5 trillion yuan": ("CHN", "M", "WLD", "TOTAL")}),
    ("2017-09-10", """China's exports rose 5 percent in August, against 13 percent on the import side.""",
     {"5 percent": ("CHN", "X", "WLD", "TOTAL"), "13 percent": ("CHN", "M", "WLD", "TOTAL")}),
    ("2023-10-13", """China's deliveries to Peru soared by 26.9 percent in September, reaching $1.4 billion; supplies
flowing in the opposite direction added 12.7% and amounted to $2.9 billion.""",
     {"12.7%": ("CHN", "M", "PER", "TOTAL"), "$2.9 billion": ("CHN", "M", "PER", "TOTAL")}),
    ("2009-12-11", """China's sales to the United States, at $20 billion, fell in November; purchases from there came to
$7.2 billion, and the difference of $12.8 billion was in China's favor.""",
     {"$12.8 billion": ("CHN", "B", "USA", "TOTAL")}),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "told"), STORIES)
def test_whose_goods_they_are_and_which_way_they_go(day: str, text: str, told: dict[str, Told]) -> None:
    claims = {c.stated: c for c in read(text, date=day)}
    for stated, wanted in told.items():
        claim = claims[stated]
        assert (claim.reporter, claim.flow, claim.partner, claim.product) == wanted, stated
        assert claim.kind == "actual", stated


KEPT: list[tuple[str, str, dict[str, Told]]] = [
    # whose goods they are says nothing of the partner in a passage on exports
    ("2024-09-20", """Vietnam's rice exports rose 3% in August to 850,000 tonnes. Thai volumes are not yet known.
Vietnam's shipments to Peru fell 4%.""",
     {"4%": ("VNM", "X", "PER", "rice")}),
    # a place turned to does not stay where the next sentence names another
    ("2019-09-12", """Japan's exports fell 8.2 percent in August. With the EU the talks went on. Exports to Korea sank
9.4 percent.""",
     {"9.4 percent": ("JPN", "X", "KOR", "TOTAL")}),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "told"), KEPT)
def test_other_places_are_left_alone(day: str, text: str, told: dict[str, Told]) -> None:
    test_whose_goods_they_are_and_which_way_they_go(day, text, told)
