"""A changed copy of a fact is the one that `dataclasses.replace` makes."""

import dataclasses
from datetime import date as Day

import pytest

from entrepot.claims import clauses
from entrepot.claims.names import Name
from entrepot.claims.replacing import replace

CLAIM = clauses.read("Exports of Brazil rose 5.9 percent in November from a year earlier.", date=Day(2025, 12, 9))[0]


@pytest.mark.parametrize("changes", [{}, {"partner": "VNM"}, {"value": -1.0, "also": (("sign", ""),)}])
def test_a_copy_is_that_of_the_standard_library_and_leaves_the_fact_as_it_was(changes):
    before = dataclasses.asdict(CLAIM)
    copy = replace(CLAIM, **changes)
    assert copy == dataclasses.replace(CLAIM, **changes) and hash(copy) == hash(dataclasses.replace(CLAIM, **changes))
    assert dataclasses.asdict(CLAIM) == before
    with pytest.raises(dataclasses.FrozenInstanceError):
        copy.partner = "CHN"


def test_facts_with_slots_are_copied_too():
    name = Name(0, 1, "place", "CHN")
    assert replace(name, code="VNM") == Name(0, 1, "place", "VNM")


def test_an_unknown_field_is_refused():
    with pytest.raises(TypeError, match="colour"):
        replace(CLAIM, colour="red")
