"""Months, years and spans, in every form that people type."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot import periods
from entrepot.errors import WrongUsage

MONTH = st.builds(lambda year, month: f"{year}-{month:02d}", st.integers(1980, 2049), st.integers(1, 12))
STEPS = st.integers(-300, 300)

TYPED = [
    *("2025-11", "2025m11", "2025M11", "2025/11", "2025.11", "202511", "11/2025", "11-2025", " 2025-11 "),
    *("november 2025", "Nov 2025", "nov. 2025", "NOVEMBER, 2025", "2025 November", "2025年11月", "2025 nov"),
]


@pytest.mark.parametrize("words", TYPED)
def test_a_month_is_read_in_every_form(words):
    assert periods.period(words) == "2025-11"


@pytest.mark.parametrize(
    "words", ["", "2025-13", "2025-00", "13/2025", "novembre 2025", "25-11", "2025-1-1", "last month", "1850"]
)
def test_what_is_no_period_is_refused_with_the_forms_that_are(words):
    with pytest.raises(WrongUsage, match=r"a month \(2025-11"):
        periods.period(words)


@pytest.mark.parametrize("words", ["2025-Q3", "2025q3", "Q3 2025", "q3-2025"])
def test_a_quarter_is_told_by_its_months(words):
    with pytest.raises(WrongUsage, match="2025-07:2025-09"):
        periods.period(words)


@given(st.dates(date(1980, 1, 1), date(2049, 12, 31)))
def test_a_date_is_its_month(day):
    assert periods.period(day) == day.isoformat()[:7]
    assert periods.ends(day) == (day.isoformat()[:7],) * 2


@given(month=MONTH)
def test_written_in_words_a_month_is_read_again(month):
    assert periods.period(periods.in_words(month, "month")) == month


@given(month=MONTH, steps=STEPS)
def test_steps_are_undone_and_keep_order(month, steps):
    moved = periods.later(month, steps)
    assert periods.later(moved, -steps) == month
    assert (moved > month) == (steps > 0)


@given(month=MONTH, years=st.integers(0, 20))
def test_a_year_earlier_is_twelve_months_back(month, years):
    assert periods.year_earlier(month, years) == periods.later(month, -12 * years)


@given(month=MONTH, length=st.integers(0, 40))
def test_a_range_holds_every_month_once_in_order(month, length):
    found = periods.each(f"{month}:{periods.later(month, length)}")
    assert found == [periods.later(month, n) for n in range(length + 1)]
    assert found == sorted(set(found))


@given(month=MONTH)
def test_the_months_of_a_span(month):
    ytd = periods.months(month, "ytd")
    assert (ytd[0], ytd[-1], len(ytd)) == (f"{month[:4]}-01", month, int(month[5:]))
    assert periods.months(month[:4], "year") == periods.months(f"{month[:4]}-12", "ytd")
    assert periods.months(month, "month") == [month]


def test_years_range_and_step_as_years():
    assert periods.each("2023:2025") == ["2023", "2024", "2025"]
    assert periods.ends("2024年:2025") == ("2024", "2025")
    assert periods.later("2024", 3) == "2027"


@pytest.mark.parametrize(
    ("words", "said"), {"2025-11:2024-01": "2024-01:2025-11", "2024:2025-11": "mixes a month and a year"}.items()
)
def test_ranges_that_cannot_be_are_refused(words, said):
    with pytest.raises(WrongUsage, match=said):
        periods.each(words)


SPANS = {("2025-11", None): "month", ("2025", None): "year", ("2025-11", "ytd"): "ytd", ("2025", "year"): "year"}


@pytest.mark.parametrize("given_words", SPANS, ids=str)
def test_a_span_that_goes_with_its_period(given_words):
    assert periods.span_of(*given_words) == SPANS[given_words]


@pytest.mark.parametrize(
    ("period", "span", "said"),
    [
        ("2025-11", "year", "2025 --span year"),
        ("2025", "ytd", "2025-12 --span ytd"),
        ("2025", "week", "month, ytd, year"),
    ],
)
def test_a_span_that_does_not_is_refused_with_one_that_does(period, span, said):
    with pytest.raises(WrongUsage, match=said):
        periods.span_of(period, span)


def test_january_alone_is_no_range_in_words():
    assert periods.in_words("2025-01", "ytd") == "January 2025"
    assert periods.in_words("2025-02", "ytd") == "January-February 2025"
