"""Rates and conversion: what is lost in rounding is carried along, and months are converted before they are summed."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot import bundle
from entrepot.errors import MissingData, WrongUsage
from entrepot.money import Rate, convert, convert_months, growth_in_quoted, implied

AMOUNT, RATE = st.floats(1, 1e13), st.floats(0.01, 1000)


@given(base=AMOUNT, rate=RATE)
def test_converting_at_the_implied_rate_gives_the_base_again(base, rate):
    quoted = base * rate
    assert convert(quoted, implied(quoted, base))[0] == pytest.approx(base)


@given(base=AMOUNT, rate=RATE, room=st.floats(0, 0.01), off=st.floats(-1, 1))
def test_the_band_of_an_implied_rate_holds_the_true_one(base, rate, room, off):
    width = room * base * rate
    found = implied(base * rate + off * width, base, quoted_half_width=width)
    assert abs(found.value - rate) <= found.half_width * (1 + 1e-9) + 1e-9 * rate


@given(values=st.lists(AMOUNT, min_size=1, max_size=12), rate=RATE)
def test_months_at_one_rate_convert_like_their_sum(values, rate):
    months = {f"2025-{n:02d}": value for n, value in enumerate(values, 1)}
    flat = Rate(rate, 0.0, "customs")
    total, width = convert_months(months, dict.fromkeys(months, flat))
    assert (total, width) == (pytest.approx(sum(values) / rate), 0.0)


@given(growth=st.floats(-0.9, 3), before=RATE, after=RATE, base=AMOUNT)
def test_growth_in_the_quoted_currency_is_that_of_the_converted_levels(growth, before, after, base):
    quoted = (base * (1 + growth) * after) / (base * before) - 1
    got = growth_in_quoted(growth, Rate(before, 0.0, "average"), Rate(after, 0.0, "average"))
    assert got == pytest.approx(quoted, rel=1e-9, abs=1e-9)


@given(growth=st.floats(-0.9, 3), rate=RATE)
def test_an_unchanged_rate_changes_no_growth_and_never_its_sign(growth, rate):
    same = Rate(rate, 0.0, "end")
    assert growth_in_quoted(growth, same, same) == pytest.approx(growth, abs=1e-12)


def test_the_customs_rate_of_january_to_november_2025():
    """Release of 8 December 2025: 24.46 tn yuan, 3,414.73 bn dollars; the market average was 7.201."""
    rate = implied(24.46e12, 3414.73e9, quoted_half_width=0.005e12, base_half_width=0.005e9)
    assert rate.value == pytest.approx(7.163, abs=0.0005)
    rates = pd.DataFrame(bundle.rates())
    held = rates[(rates.kind == "customs") & (rates.span == "ytd") & (rates.period == "2025-11")].rate.item()
    assert abs(held - rate.value) <= 0.0015
    market = rates[(rates.kind == "average") & rates.period.between("2025-01", "2025-11")].rate.mean()
    assert 0.003 < market / held - 1 < 0.017


@pytest.mark.parametrize("bad", [{"value": 0.0}, {"value": float("inf")}, {"half_width": 8.0}, {"kind": "spot"}])
def test_what_is_no_rate_is_refused(bad):
    with pytest.raises(WrongUsage):
        Rate(**({"value": 7.1, "half_width": 0.0, "kind": "customs"} | bad))


def test_a_month_without_a_rate_is_named_and_no_rate_comes_of_nothing():
    with pytest.raises(MissingData, match="2025-02"):
        convert_months({"2025-01": 1.0, "2025-02": 1.0}, {"2025-01": Rate(7.1, 0.0, "average")})
    with pytest.raises(WrongUsage, match="positive"):
        implied(0.0, 1.0)
