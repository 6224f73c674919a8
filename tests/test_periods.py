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
    *("11.2025", "Noviembre de 2025", "novembro 2025", "November 2025 ", "2025년 11월", "tháng 11 năm 2025"),
    *("november 2025", "Nov 2025", "nov. 2025", "NOVEMBER, 2025", "2025 November", "2025年11月", "2025 nov"),
]


@pytest.mark.parametrize("words", TYPED)
def test_a_month_is_read_in_every_form(words):
    assert periods.period(words) == "2025-11"


@pytest.mark.parametrize(
    "words", ["", "2025-13", "2025-00", "13/2025", "25-11", "brumaire 2025", "latest", "last month", "1850"]
)
def test_what_is_no_period_is_refused_with_the_forms_that_are(words):
    with pytest.raises(WrongUsage, match=r"a month \(2025-11"):
        periods.period(words)


@pytest.mark.parametrize("words", ["2025-Q3", "2025q3", "Q3 2025", "q3-2025"])
def test_a_quarter_is_told_by_its_months(words):
    with pytest.raises(WrongUsage, match="2025-07:2025-09"):
        periods.period(words)


@pytest.mark.parametrize("words", ["2025-H2", "H2 2025", "2h2025", "second half of 2025", "second half 2025"])
def test_a_half_is_told_by_its_months(words):
    with pytest.raises(WrongUsage, match="half a year.*2025-07:2025-12"):
        periods.period(words)


@pytest.mark.parametrize(("words", "month"), [("1Q 2025", "2025-03"), ("first half of 2025", "2025-06")])
def test_a_part_that_begins_the_year_is_told_by_its_sum_too(words, month):
    with pytest.raises(WrongUsage, match=f"2025-01:{month}, or for their sum: --period {month} --span ytd"):
        periods.period(words)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_a_day_is_read_in_every_form(day):
    month = periods.MONTHS[day.month - 1]
    written = [day.isoformat(), f"{day:%Y%m%d}", f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}"]
    written += [f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{month[:3]}. {day.day} {day.year}"]
    written += [f"{day:%A}, {day.day} {month} {day.year}", f"{day.day}-{month[:3]}-{day.year}", f"{day:%Y/%m/%d}"]
    written += [f"{day.year}年{day.month}月{day.day}日", f"{day.year}년 {day.month}월 {day.day}일"]
    names = periods.ELSEWHERE[day.month - 1].split()
    written += [f"{day.day}. {names[0]} {day.year}", f"{day.day} de {names[-1]} de {day.year}"]
    assert [periods.day(words) for words in [day, *written]] == [day] * (len(written) + 1)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_a_day_with_slashes_is_never_read_as_another(day):
    for words in (f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}", f"{day:%d-%m-%Y}"):
        try:
            assert periods.day(words) == day
        except WrongUsage as refusal:
            assert day.isoformat() in str(refusal) and "may be" in str(refusal) and day.day <= 12


@pytest.mark.parametrize("words", ["", "yesterday", "31.02.2025", "8.12.25", "2025", "2025-11", "December 2025"])
def test_what_is_no_day_is_refused_with_what_to_write(words):
    with pytest.raises(WrongUsage, match="a day like 2025-12-08"):
        periods.day(words)


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


INSTEAD = {
    "2025-11-08": "its month: 2025-11.", "2025-1-1": "its month: 2025-01.", "8 December 2025": "its month: 2025-12.",
    "2024-2025": "Ask for: 2024:2025.", "2024-01-2024-05": "Ask for: 2024-01:2024-05.",
    "2024..2025": "Ask for: 2024:2025.",
    "jan 2024 to mar 2024": "Ask for: 2024-01:2024-03.", "2024–2025": "Ask for: 2024:2025.",
    "jan-nov 2025": "Ask for: 2025-01:2025-11, or for their sum: --period 2025-11 --span ytd.",
    "March to May 2024": "Ask for: 2024-03:2024-05.", "2024:2025": "one year is expected here. Ask for: 2025.",
}  # fmt: skip


@pytest.mark.parametrize("words", INSTEAD)
def test_what_is_nearly_a_period_is_refused_with_the_one_to_ask_for(words):
    with pytest.raises(WrongUsage) as refusal:
        periods.period(words)
    assert INSTEAD[words] in str(refusal.value)


@pytest.mark.parametrize("words", ["2024-01:", ":2024-01", ": "])
def test_a_range_with_one_end_is_refused_as_such(words):
    with pytest.raises(WrongUsage, match="has one end"):
        periods.ends(words)


@pytest.mark.parametrize(
    ("words", "months"), [("2024:2025-06", "2024-01:2025-06"), ("2024-03:2025", "2024-03:2025-12")]
)
def test_a_range_of_a_year_and_a_month_is_refused_with_its_months(words, months):
    with pytest.raises(WrongUsage, match=f"Ask for both in months: {months}"):
        periods.ends(words)


@pytest.mark.parametrize("words", ["1850", "2100", "9999-12", "0001"])
def test_a_year_far_off_is_refused_with_the_years_that_are_read(words):
    with pytest.raises(WrongUsage, match="outside 1900 to 2099"):
        periods.period(words)
