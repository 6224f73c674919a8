"""Which way goods go, told in other words than exports and imports. Texts and figures are of our making."""

import pytest

from entrepot.claims import read

DAY = "2024-05-10"

STORIES = [
    (
        "China sold $36.0 billion worth of goods to the United States in April and purchased $13.3 billion from it.",
        {"$36.0 billion": ("X", "USA"), "$13.3 billion": ("M", "USA")},
    ),
    (
        "China bought $13.3 billion of American goods in April, while it sold $36.0 billion there.",
        {"$13.3 billion": ("M", "USA"), "$36.0 billion": ("X", "USA")},
    ),
    (
        "Germany delivered goods worth 8.2 billion euros to China in March and received goods worth 12.1 billion "
        "euros.",
        {"8.2 billion euros": ("X", "CHN"), "12.1 billion euros": ("M", "CHN")},
    ),
    (
        "Shipments from China to the EU totaled $42.9 billion in April and those in the opposite direction $22.1 "
        "billion, according to China's customs.",
        {"$42.9 billion": ("X", "EU27"), "$22.1 billion": ("M", "EU27")},
    ),
    (
        "China's procurement of US soybeans fell 45.3% to 2.02 million tons in April.",
        {"45.3%": ("M", "USA"), "2.02 million tons": ("M", "USA")},
    ),
    (
        "Incoming shipments dropped 1.9% in March, while outgoing ones lost 7.5%, China's customs office said.",
        {"1.9%": ("M", "WLD"), "7.5%": ("X", "WLD")},
    ),
    (
        "China's trade fell 3 percent in April. Its biggest customers were the US with $34.1 billion and Japan with "
        "$12.8 billion. Its main suppliers were Korea ($14.1 billion) and Taiwan ($16.3 billion).",
        {
            "$34.1 billion": ("X", "USA"),
            "$12.8 billion": ("X", "JPN"),
            "$14.1 billion": ("M", "KOR"),
            "$16.3 billion": ("M", "TWN"),
        },
    ),
    (
        "China accounted for 19 percent of Japan's exports and 22 percent of its imports in 2023.",
        {"19 percent": ("X", "CHN"), "22 percent": ("M", "CHN")},
    ),
    (
        "China's exports to Vietnam, at $12.9 billion, exceeded its imports of $7.7 billion by $5.2 billion in April.",
        {"$12.9 billion": ("X", "VNM"), "$7.7 billion": ("M", "VNM"), "$5.2 billion": ("B", "VNM")},
    ),
    (
        "China exported $5.2 billion more to Vietnam than it imported in April.",
        {"$5.2 billion": ("B", "VNM")},
    ),
    (
        "China's exports ($292.5 billion) outweighed imports ($220.1 billion) by $72.4 billion in April.",
        {"$292.5 billion": ("X", "WLD"), "$220.1 billion": ("M", "WLD"), "$72.4 billion": ("B", "WLD")},
    ),
]


def test_it_is_the_balance_that_the_sentence_before_told_first():
    text = (
        "The US goods trade deficit with China fell 6.0% to $24.8 billion in December, with imports shrinking 7.7% and "
        "exports falling 12.2%. It tumbled 17.6% to $345.6 billion in 2019."
    )
    assert [(c.flow, c.value < 0) for c in read(text, date="2020-02-05")][-1] == ("B", True)


def test_release_lines():
    text = "China trade data, April: exports 1.5% (est. 1.3%, prev. -7.5%); imports 8.4% (est. 4.7%, prev. -1.9%)."
    told = [(c.flow, c.period, c.value) for c in read(text, date=DAY) if c.kind == "actual"]
    assert told == [("X", "2024-04", 1.5), ("X", "2024-03", -7.5), ("M", "2024-04", 8.4), ("M", "2024-03", -1.9)]


def test_a_balance_in_a_list_is_a_flow():
    text = "China's trade in April:\n- Exports: $292.45 billion\n- Imports: $220.1 billion\n- Balance: $72.35 billion"
    assert [c.flow for c in read(text, date=DAY)] == ["X", "M", "B"]


def test_what_makes_up_for_others_is_no_share():
    text = "Exports to ASEAN (+8.1%) made up for the US (-2.8%) and the EU (-3.6%) in China's April trade."
    assert {c.measure for c in read(text, date=DAY)} == {"growth_yoy"}


def test_whilst_is_while():
    text = "In July Brazilian exports to China totalled $22.9 billion whilst imports from China totalled $17.5 billion."
    assert [c.flow for c in read(text, date="2013-08-05")] == ["X", "M"]


@pytest.mark.parametrize(("text", "told"), STORIES, ids=lambda v: v[:40] if isinstance(v, str) else "")
def test_which_way_goods_go(text, told):
    found = {c.stated: (c.flow, c.partner) for c in read(text, date=DAY) if c.stated in told}
    assert found == told


def test_customers_that_a_flow_goes_to_are_no_flow():
    text = (
        "China's exports rose 5 percent in April. Shipments to its biggest customers, the US and Japan, fell 3 percent."
    )
    assert [c.flow for c in read(text, date=DAY)] == ["X", "X"]


def test_rates_told_in_turn_after_the_partners_and_their_amounts():
    text = (
        "In FY25, Indian exports went up. The United Arab Emirates was the second largest destination for Indian "
        "exports, at $36.6 billion, followed by the Netherlands with $22.7 billion and the UK with $14.5 billion, "
        "registering 2.84 percent, 1.75 percent, and 12 percent growth, respectively."
    )
    rates = [c.partner for c in read(text, date="2025-04-16") if c.measure == "growth_yoy"]
    assert rates == ["ARE", "NLD", "GBR"]


def test_who_takes_a_share_is_listed_with_bare_rates():
    text = (
        "China took the largest share in India's import basket in April, followed by Russia (9.7%) and the US (5.9%)."
    )
    assert [(c.measure, c.partner) for c in read(text, date="2024-06-19")][-2:] == [("share", "RUS"), ("share", "USA")]


def test_a_rate_behind_a_record_amount_is_its_growth():
    text = (
        "Korea's semiconductor exports, the largest export item, recorded an all-time high of $12.5 billion (30.8%) in "
        "November. Computer exports rose by triple digits (122.3%) to $1.4 billion."
    )
    told = [(c.stated, c.kind, c.measure) for c in read(text, date="2024-12-01") if c.unit == "%"]
    assert told == [("30.8%", "actual", "growth_yoy"), ("122.3%", "actual", "growth_yoy")]


def test_a_flow_fronted_by_a_bloc():
    text = (
        "Japan's exports to the United States increased 11.5 percent in January. To the single bloc European Union, "
        "Japanese exports jumped 16.1 percent."
    )
    assert [c.partner for c in read(text, date="2022-02-17")] == ["USA", "EU27"]
