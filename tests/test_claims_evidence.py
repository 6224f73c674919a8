"""What no row says as such: sums of months, growth of balance and total, copies of a month told before it was over."""

import pytest

from entrepot.claims import evidence, read
from entrepot.claims.held import Cells
from entrepot.verdicts import check

CELL = {"reporter": "CHN", "partner": "WLD", "product": "TOTAL", "concept": "standard", "currency": "USD"}


def row(flow, period, span="month", value=None, growth=None, released="2026-08-21", basis="first seen", reporter="CHN"):
    facts = {"flow": flow, "period": period, "span": span, "value": value, "growth": growth, "released": released}
    widths = {"half_width": 5e7, "growth_half_width": 0.0005, "released_basis": basis, "source": "test"}
    return CELL | facts | widths | {"status": "observed", "reporter": reporter}


def claim(text, date):
    return read(text, date=date)[0]


MONTHS = [row("X", f"{year}-{month:02d}", value=1e11 * (1.2 if year == 2012 else 1.0)) for year in (2011, 2012)
          for month in range(1, 13)]  # fmt: skip
YEAR = "China's exports in 2012 came to $1.44 trillion."


def test_a_year_that_no_office_printed_is_the_sum_of_its_months_with_the_sum_of_their_half_widths():
    (one,) = evidence.levels(Cells.of(MONTHS), claim(YEAR, "2013-01-20"), "2013-01-20")
    assert (one.value, one.half_width, one.status) == (pytest.approx(1.44e12), pytest.approx(6e8), "later copy")
    assert one.soft and one.how == "the sum of 12 months"


def test_no_sum_is_made_of_fewer_months_nor_where_the_office_told_the_year():
    assert evidence.levels(Cells.of(MONTHS[:-1]), claim(YEAR, "2013-01-20"), "2013-01-20") == []
    told = row("X", "2012-12", "ytd", value=1.5e12, released="2013-01-10", basis="stated")
    found = evidence.levels(Cells.of([*MONTHS, told]), claim(YEAR, "2013-01-20"), "2013-01-20")
    assert [one.value for one in found] == [1.5e12]


def test_growth_of_a_sum_is_formed_inside_one_vintage_only():
    said = claim("China's exports in 2012 rose 20 percent from a year earlier.", "2013-01-20")
    (rate,) = evidence.growths(Cells.of(MONTHS), said, "2013-01-20")
    assert rate.value == pytest.approx(20.0)
    mixed = [one | ({"released": "2026-11-22"} if one["period"] < "2012" else {}) for one in MONTHS]
    assert evidence.growths(Cells.of(mixed), said, "2013-01-20") == []


def test_growth_of_total_and_balance_follows_from_the_growth_of_both_sides():
    sides = [row("X", "2024-12", "ytd", 3e12, 0.2, "2025-01-13", "stated"),
             row("M", "2024-12", "ytd", 2e12, 0.0, "2025-01-13", "stated")]  # fmt: skip
    said = claim("China's total foreign trade rose 11.1 percent in 2024.", "2025-01-14")
    (rate,) = evidence.growths(Cells.of(sides), said, "2025-01-14")
    assert rate.value == pytest.approx(100 * (5 / 4.5 - 1)) and rate.how


def test_a_copy_of_a_month_not_yet_over_confirms_an_estimate_and_condemns_none():
    held = [row("X", "2024-05", value=3.281e10, reporter="VNM")]
    text = "Vietnam's exports reached ${} billion in May."
    labels = [check(text.format(told), held, date="2024-05-29").verdicts[0].label for told in ("32.81", "48.21")]
    assert labels == ["holds", "cannot tell"]
