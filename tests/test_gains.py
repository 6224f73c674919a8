"""Change by partner: parts and the rest add to the total; China's January to November 2025."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import gains, lake
from entrepot.errors import MissingData

trade = st.dictionaries(st.sampled_from(["USA", "VNM", "IDN", "JPN", "DEU", "BRA"]), st.floats(1.0, 1e12), min_size=2)


def rows(before, after, other):
    for period, parts in {"2024-11": before, "2025-11": after}.items():
        for partner, value in {**parts, "WLD": sum(parts.values()) + other}.items():
            yield {"period": period, "partner": partner, "value": value, "released": "2025-12-08"}


@settings(deadline=None, max_examples=8)
@given(before=trade, after=trade, other=st.floats(0.0, 1e12))
def test_lines_and_the_rest_add_to_the_total(table, before, after, other):
    if not set(before) & set(after):
        return
    found = gains.gains(table(*rows(before, after, other)), period="2025-11")
    *lines, rest, total = found
    assert (rest.partner, total.partner) == ("ROW", "WLD")
    assert {one.partner for one in lines} == set(before) & set(after)
    assert sum(one.change for one in (*lines, rest)) == pytest.approx(total.change, rel=1e-9, abs=1e-3)
    assert [one.change for one in lines] == sorted((one.change for one in lines), reverse=True)


# bn USD: levels of January-November 2025 less those of 2024, china_partners_monthly/levels_2025_against_2024.csv
PUBLISHED = {
    **{"ASEAN": 72.8, "EU27": 38.7, "HKG": 36.5, "TWN": 7.7, "JPN": 4.8, "BRA": -1.0, "KOR": -1.8, "RUS": -12.4},
    **{"USA": -89.5, "ROW": 120.6, "WLD": 176.2},
}


def test_who_made_up_for_the_united_states():
    found = gains.gains(lake.load("CHN"), period="2025-11", span="ytd")
    assert {one.partner: one.change / 1e9 for one in found} == pytest.approx(PUBLISHED, abs=0.06)
    assert gains.offsets(found, "USA")["ASEAN"] == pytest.approx(72.8 / 89.5, abs=0.005)


def test_offsets_need_a_loss():
    found = gains.gains(lake.load("CHN"), period="2025-11", span="ytd")
    with pytest.raises(MissingData, match="ASEAN lost nothing"):
        gains.offsets(found, "ASEAN")


def test_levels_of_both_years_are_needed():
    with pytest.raises(MissingData):
        gains.gains(lake.load("CHN"), period="2025-10", span="ytd")  # no partner's year to date is held
