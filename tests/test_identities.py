"""Arithmetic between the numbers of one story: it closes by rounding, and blames one number."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot import claims
from entrepot.claims import identities, repairs
from entrepot.claims.claim import interval

amounts = st.integers(1_000, 9_999)


def levels(x, m, t):
    text = f"In November 2025, China's exports were {x} billion yuan, imports were {m} billion yuan"
    return claims.read(f"{text} and total trade was {t} billion yuan.", date="2025-12-09")


@given(amounts, amounts)
def test_numbers_that_add_up_close(x, m):
    (found,) = [i for i in identities.check(levels(x, m, x + m)) if "total" in i.rule]
    assert found.closes
    assert found.blame == ""


@given(amounts, amounts, st.integers(10, 500))
def test_numbers_that_do_not_add_up_do_not_close(x, m, off):
    assert not any(i.closes for i in identities.check(levels(x, m, x + m + off)) if "total" in i.rule)


def test_rounded_numbers_are_compared_as_intervals():
    text = (
        "China's exports totaled $3.4 trillion, imports $2.3 trillion, and the trade surplus was $1 trillion in 2024."
    )
    (found,) = identities.check(claims.read(text, date="2025-12-09"))
    assert found.closes  # 1.1 by subtraction, and 1 to one digit


def test_blame_falls_on_the_one_number_that_several_identities_point_to():
    text = (
        "In the first 11 months of 2025 China's foreign trade was 41.21 trillion yuan, up 3.6%. Exports reached 24.46 "
        "trillion yuan, up 6.2%, while imports were 1.55 trillion yuan, up 0.2%."
    )
    read = claims.read(text, date="2025-12-09")
    failed = [i for i in identities.check(read) if not i.closes]
    imports = next(c.id for c in read if c.stated == "1.55 trillion yuan")
    assert {i.blame for i in failed} == {imports}
    assert all(i.implied[0] <= 16.75e12 <= i.implied[1] for i in failed)


@given(st.floats(0.1, 9999, allow_nan=False), st.sampled_from(["exact", "about", "nearly", "over", "under"]))
def test_the_stated_value_lies_in_its_own_interval_whatever_the_sign(size, qualifier):
    (claim,) = claims.read("China's exports rose 5.9% in November 2025.", date="2025-12-09")
    for value in (size, -size):
        low, high = interval(replace(claim, value=value, qualifier=qualifier))
        assert low <= value <= high


def test_every_repair_differs_from_the_claim_in_one_thing():
    (claim,) = claims.read("China's exports to Japan were $14.13 billion in November 2025.", date="2025-12-09")
    for repair in repairs.candidates(claim):
        where = (repair.claim.flow, repair.claim.partner, repair.claim.product, repair.claim.period, repair.claim.unit)
        stays = where == (claim.flow, claim.partner, claim.product, claim.period, claim.unit)
        assert stays == repair.number
        assert repair.number == (repair.claim.value != claim.value)


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_zero_dropped_behind_the_point_is_undone(whole, part):
    (claim,) = claims.read(f"China's exports were ${whole}.{part} billion in November 2025.", date="2025-12-09")
    undone = [repair.claim.value for repair in repairs.candidates(claim) if repair.cause == "digit dropped"]
    assert any(abs(value / 1e9 - float(f"{whole}.0{part}")) < 1e-9 for value in undone)


@pytest.mark.parametrize(
    "text",
    [
        "In yuan terms, China's exports came to 24.46 trillion in the first eleven months.",
        "China's exports rose to $330.3 billion in November. Exports in renminbi terms totalled 24.46 trillion so far.",
    ],
)
def test_a_level_is_of_the_currency_that_its_sentence_names_once_for_all(text):
    assert claims.read(text, date="2025-12-08")[-1].unit == "CNY"


def failed(text, sound=(), date="2025-07-01"):
    """Numbers that a text's own arithmetic blames, with the slip, where figures confirm `sound`."""
    read = claims.read(text, date=date)
    said = {c.id: c.stated for c in read}
    ids = {c.id for c in read if c.stated in sound}
    return {said[i.blame]: i.cause for i in identities.check(read, ids) if i.blame}


def test_a_step_from_month_to_month_follows_from_two_levels():
    text = "Peru's exports rose {} from April to $4.83 billion in May, from $4.60 billion in April."
    assert failed(text.format("5 percent")) == {}
    assert failed(text.format("50 percent")) == {"50 percent": "scale"}


def test_what_figures_confirm_is_not_to_blame():
    text = "Peru's exports were $220.2 billion in May and its imports $168.4 billion, a surplus of $33.8 billion."
    assert failed(text) == {}  # 220.2 for 202.2, or 168.4 for 186.4
    assert failed(text, ["$168.4 billion"]) == {"$220.2 billion": "transposed"}
    assert failed(text, ["$220.2 billion"]) == {"$168.4 billion": "transposed"}


def test_flows_were_swapped_where_every_other_balance_of_the_story_goes_the_same_way():
    text = (
        "Peru's trade deficit narrowed to $39.5 billion in May. Exports were $225.8 billion and imports were "
        "$186.3 billion. The trade deficit of April was $44.7 billion."
    )
    assert failed(text) == {"$225.8 billion": "flow swapped", "$186.3 billion": "flow swapped"}
    right = text.replace("Exports were $225.8", "Imports were $225.8").replace("imports were", "exports were")
    assert failed(right) == {}


def test_the_sign_of_a_balance_with_one_partner_blames_nobody():
    text = (
        "Peru's exports to Chile were $61.6 billion in May and its imports from Chile $75.0 billion, a surplus of "
        "$13.4 billion."
    )
    assert failed(text) == {}


def test_one_digit_off_in_the_last_place_is_rounding():
    text = "Peru's exports were $4.61 billion in May and its imports $11.02 billion, a deficit of $6.42 billion."
    assert failed(text) == {}


def test_an_amount_between_two_others_leaves_open_which_base_is_whose():
    text = (
        "Peru's exports of tea fell to $102.6 million in May from $119.6 million, showing a decrease of 14.21 percent; "
        "exports of wool came down to $155.7 million from $168.7 million, a 7.75 percent fall."
    )
    assert failed(text) == {}


def test_of_two_that_a_power_of_ten_would_explain_the_one_unlike_the_rest_of_the_story_is_blamed():
    base = "Peru's exports were $33.05 {} in May 2025, 7.48 percent lower than the $35.72 billion of May 2024."
    more = " Its exports to Chile were $2.21 billion in May."
    assert failed(base.format("million")) == {}
    assert failed(base.format("million") + more) == {"$33.05 million": "scale"}
    assert failed(base.format("billion") + more) == {}
