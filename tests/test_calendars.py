"""Lunar New Year and working days: dates as published, shares that sum to one, what is known when."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import calendars, periods
from entrepot.errors import WrongUsage

OBSERVATORY = {  # Gregorian-Lunar Calendar Conversion Table of the Hong Kong Observatory
    **{2001: "2001-01-24", 2008: "2008-02-07", 2015: "2015-02-19", 2020: "2020-01-25", 2024: "2024-02-10"},
    **{2025: "2025-01-29", 2026: "2026-02-17", 2033: "2033-01-31", 2050: "2050-01-23"},
}
# State Council notices: Guobanfa Mingdian 2023 No. 7 for 2024 and 2024 No. 12 for 2025, weekdays less holidays plus
# the weekend days declared working days.
NOTICES = {"2024-02": 18, "2024-10": 19, "2025-01": 19, "2025-02": 19, "2025-05": 19, "2025-10": 18}
days = st.builds(
    lambda year, late: date(year, 1, 21) + timedelta(days=late), st.integers(1991, 2049), st.integers(0, 30)
)


@pytest.mark.parametrize("year", OBSERVATORY)
def test_new_year_is_the_day_the_observatory_prints(year):
    assert calendars.new_year(year).isoformat() == OBSERVATORY[year]


@pytest.mark.parametrize("year", range(1990, 2051))
def test_new_year_falls_between_21_january_and_21_february_and_near_new_moon(year):
    day = calendars.new_year(year)
    assert (1, 21) <= (day.month, day.day) <= (2, 21)
    new_moon, synodic = date(2000, 1, 6), 29.530588853  # mean lunation: 18:14 UT on 2000-01-06 (Meeus 1998, chapter 49)
    age = ((day - new_moon).days - 0.76) % synodic
    assert min(age, synodic - age) < 1.3


@pytest.mark.parametrize("month", NOTICES)
def test_working_days_of_china_are_those_of_the_notice(month):
    assert calendars.working_days("CHN", month) == NOTICES[month]


@settings(deadline=None, max_examples=40)
@given(days)
def test_shares_of_each_window_sum_to_one(day):
    shares = calendars.shares(day)
    for window in calendars.WINDOWS:
        assert sum(share for (name, _), share in shares.items() if name == window) == pytest.approx(1)


@settings(deadline=None, max_examples=40)
@given(days)
def test_a_day_later_moves_no_share_by_more_than_one_day_of_its_window(day):
    now, later = calendars.shares(day), calendars.shares(day + timedelta(1))
    for key in now.keys() | later.keys():
        length = calendars.WINDOWS[key[0]][1]
        assert abs(now.get(key, 0) - later.get(key, 0)) <= 1 / length + 1e-9


@pytest.mark.parametrize("country", ["CHN", "KOR", "USA", "MLT"])
def test_regressors_of_a_calendar_month_are_nil_in_the_long_run(country):
    last = 2030 if calendars.held(country) else 2027  # the years over which the mean is taken
    windows = len(calendars.effects(country, ["2000-01"])[0]) - 1
    for number in range(1, 13):
        moved = calendars.effects(country, [f"{year}-{number:02d}" for year in range(1990, 2051)])
        for place in range(windows):
            assert sum(row[place] for row in moved) == pytest.approx(0, abs=1e-9)
        worked = calendars.effects(country, [f"{year}-{number:02d}" for year in range(2000, last + 1)])
        assert sum(row[-1] for row in worked) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("country", ["CHN", "USA"])
def test_saturdays_are_counted_against_their_usual_number(country):
    rows = calendars.regressors(country, ["2025-03", "2025-11", "2028-02"], partner="DEU")
    counted = [row[-1] + calendars._usual_saturdays(month) for row, month in zip(rows, (3, 11, 2), strict=True)]
    assert counted == [5, 5, 4]  # of a wall calendar
    for number in range(1, 13):
        whole = calendars.regressors(country, [f"{year}-{number:02d}" for year in range(2000, 2028)])
        assert sum(row[-1] for row in whole) == pytest.approx(0, abs=1e-9)
    assert [row[:-1] for row in rows] == calendars.effects(country, ["2025-03", "2025-11", "2028-02"], partner="DEU")


@pytest.mark.parametrize(("reporter", "partner"), [("CHN", "WLD"), ("USA", "VNM"), ("USA", "MEX")])
def test_every_regressor_has_a_belief_that_holds_no_effect_and_a_whole_one(reporter, partner):
    believed = calendars.beliefs(reporter, partner)
    (row,) = calendars.regressors(reporter, ["2025-01"], partner=partner)
    assert len(believed) == len(row)
    whole = [*([-7 / 30] * (len(row) - 2)), 1 / 21, 0.0]  # a closed week of a month of 30 days; one of 21 days
    for (mean, spread), most in zip(believed, whole, strict=True):
        assert abs(0 - mean) <= 2 * spread and abs(most - mean) <= 2 * spread


def test_exchanged_days_are_not_known_before_the_december_before():
    year = periods.each("2025-01:2025-12")
    assert calendars.effects("CHN", year, known="2024-11") != calendars.effects("CHN", year)
    assert calendars.effects("CHN", year, known="2024-12") == calendars.effects("CHN", year)
    assert calendars.effects("USA", year, known="2023-01") == calendars.effects("USA", year)


def test_trade_of_two_strangers_to_the_new_year_has_working_days_alone():
    assert [len(row) for row in calendars.effects("USA", ["2025-01"])] == [1]
    assert [len(row) for row in calendars.effects("USA", ["2025-01"], partner="CHN")] == [4]


def test_a_country_without_calendar_counts_monday_to_friday():
    assert not calendars.held("MLT")
    assert calendars.working_days("MLT", "2025-02") == 20


def test_a_year_without_new_year_is_refused():
    with pytest.raises(WrongUsage, match="1990 to 2050, not for 2051"):
        calendars.new_year(2051)
