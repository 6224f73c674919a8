"""One monthly series: what is bridged, what is refused, and that nothing later than its vintage enters it."""

import numpy as np
import pytest
from conftest import frame
from hypothesis import given, settings
from hypothesis import strategies as st
from months import levels, rows

from entrepot import flows, lake, series
from entrepot.errors import BadTable, MissingData, UnknownCode, WrongUsage

VALUES = levels("2010-01", "2018-12")


def read(facts):
    return flows.read(frame(facts))


def gather(facts, **line):
    return series.gather(read(facts), ("X",), series.Line(**line))["X"]


def without(*months):
    return {month: value for month, value in VALUES.items() if month not in months}


def test_a_whole_series_is_read_as_it_is():
    held = gather(rows(VALUES))
    assert held.months == tuple(VALUES)
    np.testing.assert_array_equal(held.values, list(VALUES.values()))
    assert (held.bridged, held.warnings, held.lunar) == ((), (), True)


def test_a_gap_is_carried_forward_from_the_past_and_named():
    held = gather(rows(without("2015-06")))
    assert held.bridged == ("2015-06",)
    assert "1 month is not held and carried forward: 2015-06." in held.warnings[0]
    place = held.months.index("2015-06")
    growth = np.mean(np.log(held.values[place - 3 : place] / held.values[place - 15 : place - 12]))
    assert held.values[place] == pytest.approx(held.values[place - 12] * np.exp(growth))


def test_nothing_after_a_gap_fills_it():
    later = {month: value * (5 if month > "2015-06" else 1) for month, value in without("2015-06").items()}
    held, moved = gather(rows(without("2015-06"))), gather(rows(later))
    place = held.months.index("2015-06")
    np.testing.assert_array_equal(moved.values[: place + 1], held.values[: place + 1])


def test_a_long_gap_begins_the_series_after_it():
    held = gather(rows(levels("2007-01", "2018-12").items() and {
        month: value for month, value in levels("2007-01", "2018-12").items() if not "2008-03" <= month <= "2008-07"
    }))  # fmt: skip
    assert held.months[0] == "2008-08"
    assert held.warnings == ("The series is read from 2008-08: 5 months before it are not held.",)


def test_a_short_series_says_how_many_months_more():
    with pytest.raises(MissingData, match=r"95 months\. A forecast needs 96, 1 more"):
        gather(rows(dict(list(VALUES.items())[:95])))


def test_many_gaps_are_refused():
    holes = [month for n, month in enumerate(VALUES) if n > 14 and n % 7 == 0]
    with pytest.raises(MissingData, match=r"months are not held \(.*at most 10% can be bridged"):
        gather(rows(without(*holes)))


def test_a_single_zero_month_is_refused_and_named():
    with pytest.raises(BadTable, match=r"not positive: 2015-06 \(0\).*left out of the table, not written as zero"):
        gather(rows(VALUES | {"2015-06": 0.0}))


def test_negative_and_doubled_months_do_not_cross_the_border():
    with pytest.raises(BadTable, match="negative"):
        gather(rows(VALUES | {"2015-06": -1.0}))
    with pytest.raises(BadTable, match="alone with its key"):
        gather([*rows(VALUES), *rows({"2015-06": 1.0})])


def test_as_of_a_day_nothing_later_enters():
    first = rows(VALUES)
    revised = [
        row | {"superseded": "2018-03-09"} if row["period"] == "2017-05" else row for row in first
    ]  # fmt: skip
    revised += rows({"2017-05": VALUES["2017-05"] * 1.5}, released="2018-03-09")
    for day, same in (("2018-03-08", True), ("2018-03-09", False)):
        held, moved = gather(first, vintage=day), gather(revised, vintage=day)
        assert held.months == moved.months and held.months[-1] == ("2018-01" if same else "2018-02")
        assert bool((held.values == moved.values).all()) == same


def test_forecast_rows_never_enter():
    more = rows(levels("2019-01", "2019-12"), status="forecast", source="forecast")
    assert gather([*rows(VALUES), *more]).months == tuple(VALUES)


def test_growth_is_that_of_the_first_print_in_its_currency():
    facts = [row | {"growth": 0.061} if row["period"] == "2018-05" else row for row in rows(VALUES)]
    held = gather(facts)
    assert held.growth[held.months.index("2018-05")] == 0.061
    assert np.isnan(held.growth[held.months.index("2018-06")])


def test_imports_of_another_concept_say_which_and_exports_do_not():
    goods = {month: value for month, value in VALUES.items() if month >= "2010-01"}
    both = [*rows(goods), *(one | {"concept": "consumption"} for one in rows(goods, flow="M", valuation="customs"))]
    held = series.gather(read(both), ("X", "M"), series.Line())
    assert held["X"].warnings == () and held["M"].warnings[0].startswith("Imports are imports for consumption")
    usual = [*rows(goods), *rows(goods, flow="M", valuation="cif")]
    assert series.gather(read(usual), ("M",), series.Line())["M"].warnings == ()


def test_words_of_a_line_are_read_or_refused():
    known = {"partner": "vietnam", "product": None, "currency": "yuan", "concept": None}
    assert series.line_of(**known) == series.Line(partner="VNM", currency="CNY")
    with pytest.raises(UnknownCode):
        series.line_of(**known | {"partner": "atlantis"})
    with pytest.raises(WrongUsage, match="no vintage"):
        series.line_of(**known, vintage="soon")


def test_a_line_that_is_not_held_is_refused():
    with pytest.raises(MissingData, match="Viet Nam"):
        gather(rows(VALUES), partner="VNM")
    with pytest.raises(MissingData, match=r"imports of China with the world are held at vintage.*entrepot have"):
        series.gather(read(rows(VALUES)), ("M",), series.Line())
    bought = [row | {"partner": "VNM", "flow": "M"} for row in rows(VALUES)]
    with pytest.raises(MissingData, match=r"with Viet Nam are held; with the world they are.* CHN --flow exports$"):
        gather([*rows(VALUES), *bought], partner="VNM")


def test_no_gap_that_begins_in_the_first_year_is_filled_from_the_end():
    """Gaps of two months in the twelfth month have no year before them, and no other month stands in for it."""
    whole = levels("2009-01", "2018-12")
    holes = {month: value for month, value in whole.items() if month not in ("2009-12", "2010-01")}
    held = gather(rows(holes))
    assert held.months[0] == "2010-02" and held.bridged == ()
    kept = {month: value for month, value in whole.items() if month not in ("2010-01", "2010-02")}
    held = gather(rows(kept))
    assert held.months[0] == "2009-01" and held.bridged == ("2010-01", "2010-02")
    with pytest.raises(MissingData, match="Month 12 of a series is not held"):
        series.bridge(np.array([1.0] * 11 + [np.nan] + [9.0] * 60))


@settings(deadline=None, max_examples=50)
@given(first=st.integers(12, 80), length=st.integers(1, 2), seed=st.integers(0, 999), factor=st.floats(0.01, 100))
def test_whatever_comes_after_a_gap_does_not_fill_it(first, length, seed, factor):
    values = np.exp(np.random.default_rng(seed).normal(size=96))
    values[first : first + length] = np.nan
    later = values.copy()
    later[first + length :] *= factor
    end = first + length
    np.testing.assert_array_equal(series.bridge(later)[:end], series.bridge(values)[:end])
    np.testing.assert_array_equal(series.bridge(values)[~np.isnan(values)], values[~np.isnan(values)])


@pytest.mark.parametrize(
    ("day", "ago"),
    [("2019-06-30", None), ("2019-07-01", "7 months"), ("2019-12-31", "a year"), ("2021-02-01", "2 years")],
)
def test_data_that_end_long_before_the_day_are_named(day, ago):
    told = series.stale(gather(rows(VALUES)), day)
    assert len(told) == (ago is not None)
    assert all(f"Data end in 2018-12, {ago} ago" in one and "entrepot fetch gacc -p 2019-01:" in one for one in told)


def test_the_series_of_china_are_whole_and_no_month_of_the_first_year_of_viet_nams_is_bridged():
    whole = series.gather(flows.read(lake.load("CHN")), ("X", "M"), series.Line())
    assert [one.bridged for one in whole.values()] == [(), ()]
    for one in series.gather(flows.read(lake.load("VNM")), ("X", "M"), series.Line()).values():
        near = [one.months.index(month) for month in one.bridged]
        assert near and min(near) >= 12
        for n in near:  # half as much again at most as the months before it, which no month of ten years later is
            assert 0.5 < one.values[n] / np.mean(one.values[n - 3 : n]) < 1.5
