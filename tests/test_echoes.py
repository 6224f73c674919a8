"""One number told of two cells: which slip made the one of the other."""

import pytest

from entrepot import verdicts
from entrepot.claims import clauses, echoes

PRINT = {
    **{"reporter": "CHN", "partner": "WLD", "flow": "T", "product": "TOTAL", "classification": "", "value": 368.8e9},
    **{"period": "2014-11", "span": "month", "concept": "standard", "valuation": "fob", "currency": "USD"},
    **{"status": "observed", "source": "gacc", "released": "2014-12-08", "released_basis": "stated", "half_width": 5e7},
    **{"growth": -0.005, "growth_half_width": 0.0005, "superseded": None},
}


@pytest.mark.parametrize(
    ("second", "cause"),
    [
        ("From January to November its total trade reached $368.8 billion.", "month for ytd"),
        ("In November its total trade with Japan reached $368.8 billion.", "whole for part"),
        ("In November 2013 its total trade was $368.8 billion.", "wrong year"),
        ("In October its total trade was $368.8 billion.", "wrong month"),
        ("From January to November its total trade with Japan reached $368.8 billion.", ""),
        ("In the first half its total trade was $368.8 billion.", ""),
    ],
)
def test_a_number_told_again_of_a_cell_that_differs_in_one_thing_was_taken_from_there(second, cause):
    told = clauses.read(f"China's total trade was $368.8 billion in November. {second}", date="2014-12-09")
    assert [slip for slip, _ in echoes.echoed(told[-1], told)] == ([cause] if cause else [])


def test_a_number_of_two_digits_is_no_echo():
    told = clauses.read("China's exports rose 12% in November. Its exports to Japan rose 12%.", date="2014-12-09")
    assert not list(echoes.echoed(told[1], told))


@pytest.mark.parametrize(
    ("second", "cause"),
    [
        ("From January to November the country's total trade reached $368.8 billion.", "month for ytd"),
        ("In November the country's total trade with Japan was $368.8 billion.", "whole for part"),
    ],
)
def test_what_the_part_cannot_have_is_condemned_where_figures_bear_out_the_whole(second, cause):
    text = f"China's total trade was $368.8 billion in November. {second}"
    first, other = verdicts.check(text, [PRINT], date="2014-12-09").verdicts
    assert first.label == "holds"
    assert (other.label, other.path, other.cause, other.corrected) == ("fails", "identity", cause, None)


def test_it_is_not_condemned_where_nothing_bears_out_the_whole():
    text = "Peru's exports were $14.75 billion in November. In November its exports to Chile were $14.75 billion."
    assert {v.label for v in verdicts.check(text, [], date="2014-12-09").verdicts} == {"cannot tell"}
