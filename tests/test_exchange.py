"""From one currency into the other: at the rates of the months, and only where those are held."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.claims import clauses, exchange
from entrepot.claims.evidence import Cells, Fact, Figure


def cells(now=7.1, before=7.2):
    months = [(f"2025-{m:02d}", now) for m in (10, 11)] + [(f"2024-{m:02d}", before) for m in (10, 11)]
    return Cells.of([], [{"base": "USD", "quote": "CNY", "period": m, "rate": r} for m, r in months])


def figure(value, currency, released="2025-12-08"):
    fact = Fact({}, "standard", currency, None, 0.0, None, 0.0, None, "", "gacc", released, "stated", False)
    return Figure(value, 0.05, currency, "printed", "public", False, (fact,))


def claim(text="China's exports rose 5.9% in November."):
    return clauses.read(text, date="2025-12-09")[0]


@given(st.floats(-40, 80), st.floats(6.0, 7.5), st.floats(6.0, 7.5))
def test_growth_over_and_back_is_the_same(growth, now, before):
    held = cells(now, before)
    dollars = replace(claim(), growth_currency="USD")
    (over,) = exchange.converted(dollars, held, [figure(growth, "CNY")])
    yuan = replace(claim(), growth_currency="CNY")
    (back,) = exchange.converted(yuan, held, [figure(over.value, "USD")])
    assert back.value == pytest.approx(growth, abs=1e-6)


@pytest.mark.parametrize(("value", "may"), [(5.9, True), (7.4, True), (9.5, False), (2.0, False)])
def test_a_rate_may_be_the_other_currencys_only_near_what_it_comes_to(value, may):
    asked = replace(claim(), value=value, growth_currency="USD")
    assert exchange.maybe_other(asked, cells(), [figure(5.0, "CNY")]) == may  # 1.05 x 7.2 / 7.1 = 1.065


def test_without_rates_nothing_is_converted_and_nothing_ruled_out():
    asked = replace(claim(), growth_currency="USD")
    assert exchange.converted(asked, Cells.of([]), [figure(5.0, "CNY")]) == []
    assert exchange.maybe_other(asked, Cells.of([]), [figure(5.0, "CNY")])


def test_of_two_rates_each_is_in_the_currency_told_after_it():
    text = (
        "India's imports in May were $33.05 billion, 7.48 per cent lower in dollar terms and 3.81 per cent lower in "
        "rupee terms than the $35.72 billion of May 2014."
    )
    told = {c.stated: c.growth_currency for c in clauses.read(text, date="2015-06-15") if c.unit == "%"}
    assert told == {"7.48 per cent": "USD", "3.81 per cent": "INR"}
