"""Whose trade a number is, with whom, and which way it flows. Texts and figures are of our making."""

import pytest

from entrepot.claims import read

DAY = "2025-09-20"
Told = tuple[str, str, str]

STORIES: dict[str, tuple[str, dict[str, Told]]] = {
    "a dateline and a customs office": (
        """JAKARTA, Sept 1 - Exports rose 9.9% in July to $24.75 billion, Statistics Indonesia said on Monday. Imports
fell 5.9%, which left a surplus of $4.2 billion. Sales to China were up 12.6%.""",
        {"9.9%": ("IDN", "X", "WLD"), "5.9%": ("IDN", "M", "WLD"), "$4.2 billion": ("IDN", "B", "WLD"),
         "12.6%": ("IDN", "X", "CHN")},
    ),
    "a trade body and an own currency": (
        """Ready-made garment shipments jumped 24.7% in July to 3.96 billion dollars, the Export Promotion Bureau
said. In taka they grew 29.1%.""",
        {"24.7%": ("BGD", "X", "WLD"), "3.96 billion dollars": ("BGD", "X", "WLD")},
    ),
    "the euro area and the Union": (
        """Euro area exports rose 0.4% to 251.5 billion euros in July, Eurostat said. Intra-euro area trade was up 2.0%.

European Union

The EU recorded a surplus of 11.0 billion euros. Intra-EU trade rose 2.6%, and extra-EU imports 1.1%.""",
        {"0.4%": ("EA", "X", "WLD"), "2.0%": ("EA", "T", "EA"), "11.0 billion euros": ("EU27", "B", "WLD"),
         "2.6%": ("EU27", "T", "EU27"), "1.1%": ("EU27", "M", "WLD")},
    ),
    "one partner through a whole story": (
        """India's trade deficit with China widened in August. India's imports from China rose 10.1% to $11.1 billion
and exports to China 2.4% to $1.2 billion.

The deficit had been $9.6 billion a year before. Imports over five months came to $51.2 billion, exports to $7.1
billion. India's overall deficit was $26.5 billion.""",
        {"10.1%": ("IND", "M", "CHN"), "$9.6 billion": ("IND", "B", "CHN"), "$51.2 billion": ("IND", "M", "CHN"),
         "$26.5 billion": ("IND", "B", "WLD")},
    ),
    "another country's office, and no country named": (
        """German exports fell 1.1% in August, Destatis said. Buyers in Asia held back.

Exports surged 20.4%, the Korea Customs Service said.""",
        {"1.1%": ("DEU", "X", "WLD"), "20.4%": ("KOR", "X", "WLD")},
    ),
    "a partner's sales are home's imports": (
        """China's imports from Brazil rose 4.1% in August and those from the United States fell 12.5%. Brazil's
shipments to China had been worth $9.9 billion in July. Supplies from second-ranked Argentina reached $1.2 billion.""",
        {"4.1%": ("CHN", "M", "BRA"), "12.5%": ("CHN", "M", "USA"), "$9.9 billion": ("CHN", "M", "BRA"),
         "$1.2 billion": ("CHN", "M", "ARG")},
    ),
    "a partner's trade with home is home's": (
        """China's trade with Central Asia grew 8.1% in the first half. Kazakhstan's trade with China came to $22
billion and Uzbek-Chinese trade to $7.1 billion, China's customs said.""",
        {"8.1%": ("CHN", "T", "CASIA5"), "$7.1 billion": ("CHN", "T", "UZB")},
    ),
    "another country's own figures stay its own": (
        """China's exports rose 4.4% in August. Germany's exports to China have shrunk 13.2% this year.""",
        {"4.4%": ("CHN", "X", "WLD"), "13.2%": ("DEU", "X", "CHN")},
    ),
    "goods after a sentence on several partners are not of the last": (
        """Thai exports rose 5.8% in August. Exports to the US surged 12.8% and those to China fell 1.5%. Computers
gained 44.3% and rubber lost 3.1%.""",
        {"12.8%": ("THA", "X", "USA"), "1.5%": ("THA", "X", "CHN"), "44.3%": ("THA", "X", "WLD"),
         "3.1%": ("THA", "X", "WLD")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_parties_of_a_story(name: str) -> None:
    text, wanted = STORIES[name]
    told = {claim.stated: (claim.reporter, claim.flow, claim.partner) for claim in read(text, date=DAY)}
    assert {number: told.get(number) for number in wanted} == wanted


SENTENCES: list[tuple[str, str, Told]] = [
    # the partner in apposition, after its number, or told apart from the others
    ("Poland's exports to its biggest market, Germany, fell 2.2% in July.", "2.2%", ("POL", "X", "DEU")),
    ("Italy's trade with its second-largest partner, France, rose 3.1% in July.", "3.1%", ("ITA", "T", "FRA")),
    ("Japan ran a surplus of 585 billion yen against the United States in July.",
     "585 billion yen", ("JPN", "B", "USA")),
    ("In July Kenya exported $71 million worth of goods and services to Uganda.", "$71 million", ("KEN", "X", "UGA")),
    ("Spain imported 310 million euros (365 million dollars) worth of gas from Algeria in July.",
     "310 million euros", ("ESP", "M", "DZA")),
    ("India's crude imports: it bought 1.6 million tonnes of Russian crude in August.",
     "1.6 million tonnes", ("IND", "M", "RUS")),
    ("Canada's exports rose 1.1% in July, and exports to countries other than the United States fell 9.3%.",
     "9.3%", ("CAN", "X", "WLD")),
    ("Germany's exports to the EU fell 2.5% in July, while those to third countries rose 1.4%.",
     "1.4%", ("DEU", "X", "WLD")),
    ("Korea's shipments to China -- its largest partner -- and the United States fell 2.9% and 12.0%, respectively.",
     "2.9%", ("KOR", "X", "CHN")),
    # places in turn
    ("Turkey's imports in July: China came first with $4.4bn, Russia second with $3.8bn.",
     "$3.8bn", ("TUR", "M", "RUS")),
    ("With exports of 2.1 billion euros in July, Germany was Austria's top export market.",
     "2.1 billion euros", ("AUT", "X", "DEU")),
    ("Trade between Germany and China was 20.1 billion euros in July, more than the 19.8 billion euros with the US.",
     "19.8 billion euros", ("DEU", "T", "USA")),
    # seen from the other side
    ("Vietnam's coffee exports rose in July. The EU took 38% of Vietnam's coffee exports.",
     "38%", ("VNM", "X", "EU27")),
    ("The US deficit grew in July. Mexico exported $45.1 billion worth of goods to the US.",
     "$45.1 billion", ("USA", "M", "MEX")),
    ("Japan's exports fell in July. In that month the US imported $12.4 billion worth of Japanese goods.",
     "$12.4 billion", ("JPN", "X", "USA")),
    # which way
    ("Imports, exports of Malta up 8.7% in July", "8.7%", ("MLT", "T", "WLD")),
    ("In July, 101.6 billion euros of goods were imported by Germany.", "101.6 billion euros", ("DEU", "M", "WLD")),
    ("Peru's exports and imports rose by 2.0% and 4.1%, respectively, in July.", "4.1%", ("PER", "M", "WLD")),
    ("Italy's trade surplus (exports minus imports) came to 7.9 billion euros in July.",
     "7.9 billion euros", ("ITA", "B", "WLD")),
    ("China's arrivals of copper totalled 425,000 tonnes in August.", "425,000 tonnes", ("CHN", "M", "WLD")),
    ("France's trade with all countries grew 2.4% in July.", "2.4%", ("FRA", "T", "WLD")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "wanted"), SENTENCES)
def test_parties_of_a_sentence(text: str, number: str, wanted: Told) -> None:
    told = {claim.stated: (claim.reporter, claim.flow, claim.partner) for claim in read(text, date=DAY)}
    assert told.get(number) == wanted


def test_a_city_in_the_text_is_no_dateline() -> None:
    story = "Exports of Ghana rose 3.0% in July. London traders bought more cocoa; exports to Berlin's shops grew."
    assert {claim.reporter for claim in read(story, date=DAY)} == {"GHA"}


def test_the_order_of_paragraphs_on_other_partners_changes_no_partner() -> None:
    parts = [
        "Exports to Japan rose 3.1% to $2.4 billion.",
        "Imports from Germany fell 4.2% to $1.7 billion.",
        "The surplus with Kenya was $0.3 billion.",
    ]
    head = "Egypt's exports rose 2.0% in July."
    one = {c.stated: c.partner for c in read("\n\n".join([head, *parts]), date=DAY)}
    other = {c.stated: c.partner for c in read("\n\n".join([head, *reversed(parts)]), date=DAY)}
    assert one == other
