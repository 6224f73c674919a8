"""Lists: which name belongs to which number follows from the order of both, whatever words stand between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.claims import read
from entrepot.claims.claim import Claim

DAY = "2025-09-20"
PLACES = {"Japan": "JPN", "Italy": "ITA", "Mexico": "MEX", "Turkey": "TUR", "Chile": "CHL", "Egypt": "EGY"}
GOODS = {"cars": "automobiles", "steel": "steel", "coffee": "coffee", "copper": "copper", "toys": "toys"}
BEFORE = ["{} by {}", "{} - by {}", "{} ({})", "{}: {}", "{}, up {}", "{} (up {})", "{} with {}", "{} {}"]
AFTER = ["{1} to {0}", "{1} for {0}", "{1} in shipments to {0}"]


def told(text: str) -> list[Claim]:
    """Rates of a text, in order."""
    return [claim for claim in read(text, date=DAY) if claim.unit == "%"]


@given(
    st.permutations(sorted(PLACES)), st.integers(3, 6), st.sampled_from(BEFORE), st.sampled_from([", ", "; "]),
    st.lists(st.integers(11, 989), min_size=6, max_size=6, unique=True),
)  # fmt: skip
def test_each_place_before_its_number(places, count, form, gap, numbers):
    items = [form.format(place, f"{n / 10}%") for place, n in zip(places[:count], numbers, strict=False)]
    claims = told("Vietnam's exports in August 2025 changed as follows: " + gap.join(items) + ".")
    assert [c.partner for c in claims] == [PLACES[p] for p in places[:count]]
    assert [c.stated for c in claims] == [f"{n / 10}%" for n in numbers[:count]]


@given(st.permutations(sorted(PLACES)), st.integers(2, 6), st.sampled_from(AFTER))
def test_each_place_after_its_number(places, count, form):
    items = [form.format(place, f"{3.1 + i}%") for i, place in enumerate(places[:count])]
    text = f"Vietnam's exports in August 2025 rose {', '.join(items[:-1])} and {items[-1]}."
    assert [c.partner for c in told(text)] == [PLACES[p] for p in places[:count]]


@given(st.permutations(sorted(GOODS)), st.integers(2, 5))
def test_each_goods_after_its_number(goods, count):
    items = [f"{3.1 + i} percent for {g}" for i, g in enumerate(goods[:count])]
    text = f"Vietnam's exports in August 2025 decreased {', '.join(items[:-1])} and {items[-1]}."
    assert [c.product for c in told(text)] == [GOODS[g] for g in goods[:count]]


STORIES = {
    "a name, a dash, a rate": (
        "Georgia's exports to China increased by 6% in July, Italy - by 11%, Turkey - by 3%.",
        {"6%": "CHN", "11%": "ITA", "3%": "TUR"},
    ),
    "a rate and a level each": (
        "The largest gains in Chilean exports were in Peru (by 12% up to $15 million), Egypt (by 9% to $75 million) "
        "and Italy (by 7% to $59 million).",
        {"12%": "PER", "$15 million": "PER", "$75 million": "EGY", "7%": "ITA", "$59 million": "ITA"},
    ),
    "goods before, places after": (
        "Korea's exports grew in August: phones (62%) in China, oil products (10%) in the US and cars (23%) in Mexico.",
        {"62%": "CHN", "10%": "USA", "23%": "MEX"},
    ),
    "one list, then all": (
        "Vietnam's exports to Japan rose 3% and to Italy 4% in August, while total exports grew 5%.",
        {"3%": "JPN", "4%": "ITA", "5%": "WLD"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_places_of_a_list(name):
    text, partners = STORIES[name]
    found = {claim.stated: claim.partner for claim in read(text, date=DAY)}
    assert {number: found.get(number) for number in partners} == partners


def test_goods_that_no_table_knows_are_items_of_a_list_too():
    text = "Ethiopia's exports in August: coffee $130 million, gold $110 million, khat $18 million, steel $9 million."
    assert [c.product for c in read(text, date=DAY)] == ["coffee", "gold", "khat", "steel"]


MORE = [
    ("Vietnam's exports grew. Those to Japan fell to $600 million, down from a peak of $850 million in May.",
     "$850 million", "JPN"),
    ("Vietnam's exports of tin to Japan rose 7% to 1,288 tons, while Mexico, in third place, grew by 18% to 456 tons.",
     "456 tons", "MEX"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "partner"), MORE)
def test_a_number_that_says_more_of_the_one_before_has_its_partner(text, number, partner):
    assert {c.stated: c.partner for c in read(text, date=DAY)}[number] == partner


HEADS = {
    "the whole is told of the first number": (
        "China took 85% of Australia's iron ore exports in August, Japan 6% and Italy 5%.",
        {"85%": ("CHN", "iron-ore"), "6%": ("JPN", "iron-ore"), "5%": ("ITA", "iron-ore")},
    ),
    "the flow stands after the last number": (
        "Japan, Italy and Chile were Vietnam's top markets for toys in August, taking $30 million, $20 million and $10 "
        "million of its exports.",
        {"$30 million": ("JPN", "toys"), "$20 million": ("ITA", "toys"), "$10 million": ("CHL", "toys")},
    ),
    "with a country, then its flows": (
        "Vietnam's trade in August changed. With Japan, exports rose 3%; with Italy exports rose 2% and imports 4%.",
        {"3%": ("JPN", "TOTAL"), "2%": ("ITA", "TOTAL"), "4%": ("ITA", "TOTAL")},
    ),
    "goods of the sentence before give way": (
        "Vietnam's exports of coffee fell by $12 million in August. Copper also eased, down $2 million.",
        {"$12 million": ("WLD", "coffee"), "$2 million": ("WLD", "copper")},
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_what_a_list_does_not_name_comes_from_its_head(name):
    text, slots = HEADS[name]
    found = {claim.stated: (claim.partner, claim.product) for claim in read(text, date=DAY)}
    assert {number: found.get(number) for number in slots} == slots


def test_a_balance_that_comes_from_trade_with_some_is_theirs():
    text = "Vietnam's surplus came mostly from trade with the US ($17 billion) and Japan ($2 billion) in August."
    assert [(c.flow, c.partner) for c in read(text, date=DAY)] == [("B", "USA"), ("B", "JPN")]


def test_a_sum_gives_its_partner_to_an_amount_that_names_none():
    text = """China's exports to Chile came to $37.3 million in August and imports from Chile to $10.35 million.
Overall, China had a trade surplus of $26.95 million."""
    assert [c.partner for c in read(text, date=DAY)] == ["CHL", "CHL", "CHL"]
