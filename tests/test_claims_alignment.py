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
