"""The ladder's numbers: laws for every input, then planted worlds."""

from dataclasses import replace

import numpy as np
import planted as worlds
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import rungs
from entrepot.errors import BadTable, MissingData

sizes = st.lists(st.floats(0, 1e9), min_size=8, max_size=8).map(np.array)


@given(one=sizes, two=sizes)
def test_a_ceiling_is_no_more_than_either_leg_and_grows_when_lines_are_added_up(one, two):
    fine = rungs.ceiling(one, two)
    assert 0 <= fine <= min(one.sum(), two.sum()) * (1 + 1e-12)
    coarse = rungs.ceiling(one.reshape(4, 2).sum(axis=1), two.reshape(4, 2).sum(axis=1))
    assert fine <= coarse * (1 + 1e-12) <= rungs.ceiling(one.sum(), two.sum()) * (1 + 1e-9)


@given(one=sizes, two=sizes, scale=st.floats(1e-3, 1e3))
def test_a_ceiling_is_homogeneous_symmetric_and_zero_without_a_leg(one, two, scale):
    assert rungs.ceiling(scale * one, scale * two) == pytest.approx(scale * rungs.ceiling(one, two))
    assert rungs.ceiling(one, two) == rungs.ceiling(two, one)
    assert rungs.ceiling(one, 0 * two) == 0


def leg_of(rng, n=60, growth=1.0):
    before = rng.lognormal(0, 1, n)
    return rungs.Leg(before, before * growth, *(rng.lognormal(0, 1, (2, n))))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 999), scale=st.floats(1e-2, 1e2))
def test_excess_is_of_degree_one_and_blind_to_growth_that_all_goods_of_a_flow_share(seed, scale):
    rng = np.random.default_rng(seed)
    leg, dutied, sectors = leg_of(rng), rng.random(60) < 0.5, np.arange(60) % 7
    dutied[:2] = True, False
    found = rungs.excess(leg, dutied, sectors)
    scaled = rungs.Leg(*(scale * getattr(leg, name) for name in rungs.PARTS))
    assert rungs.excess(scaled, dutied, sectors).log == pytest.approx(found.log)
    assert rungs.excess(scaled, dutied, sectors).upper == pytest.approx(scale * found.upper)
    grown = replace(leg, after=1.7 * leg.after)
    assert rungs.excess(grown, dutied, sectors).log == pytest.approx(found.log)


def test_excess_is_what_was_added_to_dutied_goods():
    before = np.ones(40)
    dutied = np.arange(40) < 20
    after = before * 1.1 + np.where(dutied, 0.5, 0.0)
    leg = rungs.Leg(before, after, before, before)
    assert rungs.excess(leg, dutied, np.arange(40)).value == pytest.approx(20 * 0.5)


def test_a_prediction_band_is_students():
    mean, low, high = rungs.prediction_band([0.0, 0.1, 0.2])
    room = 2.919986 * 0.1 * np.sqrt(4 / 3)  # t of 2 degrees of freedom at 95 %, printed tables
    assert (mean, low, high) == pytest.approx((0.1, 0.1 - room, 0.1 + room), rel=1e-5)
    with pytest.raises(MissingData, match="three are needed"):
        rungs.prediction_band([0.1, 0.2])


def test_few_products_and_unequal_shapes_are_refused():
    small = rungs.Leg(*np.ones((4, 12)))
    with pytest.raises(MissingData, match="Fewer than 10"):
        rungs.bounds([small], small, np.arange(12) < 3, np.zeros(12, int))
    with pytest.raises(BadTable, match="one shape"):
        rungs.Leg(np.ones(3), np.ones(3), np.ones(3), np.ones(4))


def test_bounds_cover_what_was_planted_and_are_narrow():
    drawn = [worlds.draw(worlds.varied(seed, relabelled=0.2), seed) for seed in range(32)]
    found = [(world.truth(), worlds.bounds(world)) for world in drawn]
    assert np.mean([one.hi >= truth for truth, one in found]) >= 0.85
    assert np.median([one.hi / truth for truth, one in found]) <= 2.0
