"""Figures and statements as people read them: what is written can be read back, and says what was found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot import wording
from entrepot.context import Statement

SCALE = {"tn": 1e12, "bn": 1e9, "m": 1e6, "": 1.0}


@given(st.floats(-9e13, 9e13), st.sampled_from(["USD", "CNY", "JPY"]))
def test_an_amount_can_be_read_back_to_half_a_unit_of_its_last_digit(value, currency):
    sign, digits, unit = re.fullmatch(r"(\N{MINUS SIGN}?)([\d,.]+) ?(\w*)", wording.amount(value, currency)).groups()
    back = float(digits.replace(",", "")) * SCALE[unit] * (-1 if sign else 1)
    assert back == pytest.approx(value, abs=0.00501 * SCALE[unit])


@given(st.floats(-5, 5))
def test_a_move_never_contradicts_its_growth(growth):
    said = wording.moved(growth)
    assert said.startswith("rose") <= (growth > 0)
    assert said.startswith("fell") <= (growth < 0)
    assert (said == "were unchanged") == (abs(growth) * 100 < 0.05 or round(abs(growth) * 100, 1) == 0)


@pytest.mark.parametrize("unknown", [None, float("nan"), float("inf"), "5"])
def test_what_is_not_known_is_a_dash_and_never_a_number(unknown):
    assert wording.amount(unknown) == wording.percent(unknown) == wording.points(unknown) == wording.DASH
    assert wording.moved(unknown) == ""


def said(*words, currency="USD", **more):
    one = Statement(*words, **more)
    return wording.statement(vars(one), currency)


SENTENCES = [
    (
        said("record", "B", "2025-11", "month", 111.68e9, "currency", 114.7e9, "2025-06", False, "2001-03"),
        "The balance of the month is no record: June 2025 had 114.7 bn USD, the largest of the months held since "
        "March 2001.",
    ),
    (
        said("record", "B", "2025-11", "month", -76e9, "currency", -156.2e9, "2025-01", False, "2013-01"),
        "The deficit of the month is no record: January 2025 had 156.2 bn USD, the largest of the months held since "
        "January 2013.",
    ),
    (
        said("record", "B", "2020-02", "month", -62e9, "currency", None, None, True, "2001-03"),
        "The deficit of the month is the first of the months held since March 2001.",
    ),
    (
        said("record", "X", "2025-12", "month", 357e9, "currency", 339.7e9, "2021-12", True, "2001-03"),
        "The exports of the month are the largest of the months held since March 2001; before it 339.7 bn in "
        "December 2021.",
    ),
    (
        said("run", "M", "2025-11", "month", 6, "months", 0.01, None, True, "2025-06", "may be longer"),
        "Imports have risen for 6 months in a row, since June 2025; it may be longer.",
    ),
    (
        said("poll", "X", "2025-11", "month", 0.059, "fraction", 0.038, None, True, "", "a poll"),
        "Exports: +5.9 % against a poll of +3.8 %, 2.1 points above it (a poll).",
    ),
    (
        said("poll", "B", "2025-11", "month", 111.68e9, "currency", 105e9, None, True, "", "a poll"),
        "Balance: 111.68 bn USD against a poll of 105.00 bn (a poll).",
    ),
    (
        said("rolling year", "B", "2025-11", "twelve months", -1.2e12, "currency", 1.0, "2025-09", False, "2001-12"),
        "The deficit of the last twelve months is 1,200.0 bn USD; a calendar year is another sum.",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_statement_is_a_sentence(sentence, expected):
    assert sentence == expected
