"""Records, runs, thresholds, rolling sums: laws on any history, and what the bundle says of China's 2025."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import history, periods
from entrepot.errors import MissingData
from entrepot.history import Point, Series

MONTHS = periods.each("2023-01:2025-12")
values = st.lists(st.none() | st.integers(1, 10**12).map(float), min_size=36, max_size=36)


def line(levels, growths=None):
    growths = growths or [None] * len(levels)
    points = (Point(m, v, g, "printed") for m, v, g in zip(MONTHS, levels, growths, strict=True))
    return Series("X", "month", "WLD", "USD", "latest", tuple(p for p in points if (p.value, p.growth) != (None, None)))


@settings(deadline=None, max_examples=60)
@given(values, st.sampled_from([0.125, 0.5, 4.0, 1024.0]))
def test_records_thresholds_and_two_years_do_not_depend_on_the_unit(levels, unit):
    one, other = line(levels), line([v and v * unit for v in levels])
    for point in one.points:
        a, b = history.record(one, point.period), history.record(other, point.period)
        assert (a.holds, a.before) == (b.holds, b.before)
        growth, again = history.two_year_growth(one, point.period), history.two_year_growth(other, point.period)
        assert growth is again or growth == pytest.approx(again, rel=1e-9, abs=1e-12)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.none() | st.floats(-0.9, 2.0), min_size=36, max_size=36), st.floats(-0.5, 0.5))
def test_a_run_is_unbroken_and_as_long_as_it_can_be(growths, limit):
    one = line([None] * 36, growths)
    held = dict(zip(MONTHS, growths, strict=True))
    for month in MONTHS:
        found = history.run(one, month, lambda growth: growth <= limit)
        holds = [held[m] is not None and held[m] <= limit for m in MONTHS[: MONTHS.index(month) + 1]]
        length = next((n for n, true in enumerate(reversed(holds)) if not true), len(holds))
        assert (found.length if found else 0) == length
        if found:
            inside = [held[m] for m in periods.each(f"{found.first}:{found.last}")]
            assert (min(inside), max(inside)) == (found.low, found.high)
            before = held.get(periods.later(found.first, -1))
            assert found.open == (before is None)


def test_a_missing_month_ends_a_run_and_opens_it():
    growths = [-0.2] * 36
    growths[30] = None
    assert history.run(line([None] * 36, growths), MONTHS[-1], lambda g: g < 0) == history.Run(
        5, MONTHS[31], MONTHS[-1], -0.2, -0.2, True
    )


@settings(deadline=None, max_examples=40)
@given(values)
def test_a_rolling_sum_is_the_sum_of_twelve_months_held(levels):
    one = line(levels)
    held = dict(zip(MONTHS, levels, strict=True))
    windows = {
        m: [held.get(periods.later(m, -n)) for n in range(12)] for m in MONTHS if periods.later(m, -11) >= MONTHS[0]
    }
    full = {m: sum(w) for m, w in windows.items() if None not in w}
    if not one.points:
        return
    if not full:
        with pytest.raises(MissingData, match="12 months in a row"):
            history.rolling(one)
    else:
        rolled = {p.period: p.value for p in history.rolling(one).points}
        assert rolled == pytest.approx(full)


def test_the_base_effect_adds_up_to_the_change_of_growth_in_logs():
    from math import log

    levels = [100.0 + 3 * n + (n % 5) for n in range(36)]
    one = line(levels)
    now, ago = history.base_effect(one, MONTHS[30])
    growth = [log(levels[n] / levels[n - 12]) for n in (30, 29)]
    assert now - ago == pytest.approx(growth[0] - growth[1])


def test_what_is_not_held_is_no_record():
    with pytest.raises(MissingData, match="No value is held for 2025-12"):
        history.record(line([1.0] * 35 + [None]), "2025-12")


@pytest.fixture(scope="module")
def china():
    from entrepot import lake

    return lake.load("CHN")


def test_eight_double_digit_falls_of_exports_to_the_united_states(china):
    """The customs office's monthly rates, April to November 2025: -21 % and -34.5 % at the ends of the first two."""
    one = history.series(china, flow="X", partner="USA", since="2024-06", until="2025-11", vintage="first")
    found = history.run(one, "2025-11", lambda growth: growth <= -0.1)
    assert (found.length, found.first, found.low) == (8, "2025-04", -0.345)
    assert one.at("2025-04").growth == -0.21


def test_the_surplus_of_2025_is_the_first_above_a_trillion_within_a_year(china):
    """Press of 8 December 2025: first above one trillion dollars; a rolling year passed it by February 2025."""
    year = history.series(china, flow="B", until="2025-11", span="ytd")
    assert history.first_above(year, 1e12) == "2025-11"
    months = history.series(china, flow="B", until="2025-11")
    assert history.first_above(history.rolling(months), 1e12) <= "2025-02"


def test_surprises_are_the_polls_of_the_release():
    """Poll 3.8, 2.8 and 105.0 against 5.9, 1.9 and 111.68 for November 2025 (forecasting/consensus.csv)."""
    found = {one.flow: (one.consensus, one.printed) for one in history.surprises("CHN", "2025-11")}
    assert found == {"X": (0.038, 0.059), "M": (0.028, 0.019), "B": (105.0e9, 111.68e9)}
    assert history.surprises("CHN", "1999-01") == []
