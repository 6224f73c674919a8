"""A rate beside two amounts is on the time that lies between them, where it fits them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.claims import read
from entrepot.claims.ratios import settled


def claims(rate, level, before, base):
    text = f"India's exports rose {rate:.1f}% to ${level:.2f} billion in May 2025 from ${before:.2f} billion in {base}."
    return read(text, date="2025-06-16")


@given(
    before=st.floats(20, 40),
    rate=st.floats(1, 11),
    base=st.sampled_from([("April 2025", "growth_mom"), ("May 2024", "growth_yoy")]),
)
def test_a_rate_takes_the_measure_of_the_amounts_it_fits(before, rate, base):
    found = claims(rate, before * (1 + rate / 100), before, base[0])
    assert [c.measure for c in found] == [base[1], "level", "level"]


def test_a_rate_that_fits_no_amounts_is_left_alone():
    found = claims(9.0, 30.0, 29.0, "April 2025")
    assert settled(found) == found


@pytest.mark.parametrize("said", ["year-on-year", "from a year earlier"])
def test_what_is_said_outright_stands(said):
    text = f"India's exports rose 5.0% {said} to $31.50 billion in May 2025, against $30.00 billion in April 2025."
    assert read(text, date="2025-06-16")[0].measure == "growth_yoy"


def test_nothing_is_changed_in_what_is_given():
    found = claims(5.0, 31.5, 30.0, "April 2025")
    before = list(found)
    settled(found)
    assert found == before
