"""The response points the way and moves no answer."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import shock, world

from entrepot.equilibrium import simulate
from entrepot.fixed_points import anderson
from entrepot.problems import problem
from entrepot.response import passed_on, response, response_at
from entrepot.scenario import Scenario

seeds = st.integers(0, 10**6)


def levied(economy, rate):
    new = economy.tariff.copy()
    new[0, 1:] += rate
    return Scenario(name="duty", tariff_new=new)


@settings(deadline=None, max_examples=15)
@given(seeds)
def test_in_one_sector_it_is_newtons_step(seed):
    """Halving the shock divides what one step leaves by four: the error is of second order."""
    economy = world(seed, sectors=1, theta=4.0, tariffs=False)
    left = []
    for rate in (2e-3, 1e-3):
        scenario = levied(economy, rate)
        hats = problem(economy, scenario, scenario.arrays(economy)).hats
        moved, before = response(economy).step(hats, hats.start())
        after = hats.image(moved).gap
        assert after < before / 10
        left.append(after)
    assert left[1] < left[0] / 3 or left[1] < 1e-9


@settings(deadline=None, max_examples=10)
@given(seeds)
def test_with_and_without_it_the_answer_is_one(seed):
    economy = world(seed, theta=np.random.default_rng(seed).uniform(1, 8), countries=5, sectors=3)
    scenario = shock(seed, economy, deficits="zero")
    hats = problem(economy, scenario, scenario.arrays(economy)).hats
    found = [
        anderson(step, hats.start(), tolerance=1e-12, steps=1000).x
        for step in (hats.step, partial(response(economy).step, hats))
    ]
    np.testing.assert_allclose(found[0], found[1], atol=1e-9)


@settings(deadline=None, max_examples=10)
@given(seeds)
def test_seen_from_an_unshocked_map_it_is_that_of_the_economy(seed):
    economy = world(seed, theta=np.random.default_rng(seed).uniform(1, 8))
    scenario = Scenario(name="nothing")
    hats = problem(economy, scenario, scenario.arrays(economy)).hats
    here, there = response(economy), response_at(hats, hats.start())
    for name in ("wage", "price", "sales", "spent", "sold", "weight"):
        np.testing.assert_allclose(getattr(there, name), getattr(here, name), rtol=1e-4, atol=1e-5, err_msg=name)


def test_seen_from_a_shocked_map_it_is_that_of_the_world_solved_there():
    economy = world(7, countries=6, sectors=3, theta=4.0)
    scenario = levied(economy, 0.4)
    whole = problem(economy, scenario, scenario.arrays(economy))
    found = anderson(whole.hats.step, whole.hats.start(), tolerance=1e-11, steps=500)
    here = response_at(whole.hats, found.x)
    there = response(simulate(economy, scenario).world())
    np.testing.assert_allclose(here.wage, there.wage, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(here.sales, there.sales, rtol=1e-4, atol=1e-5)


def test_a_country_that_hardly_trades_leaves_it_finite():
    economy = world(5, countries=4, sectors=2, theta=4.0)
    scenario = levied(economy, 1e6)
    closed = simulate(economy, scenario).world()
    found = response(closed)
    assert all(np.isfinite(part).all() for part in (found.wage, found.price, found.sales))


def test_it_is_kept_with_its_economy_and_passed_on():
    economy, other = world(5, theta=4.0), world(5, theta=4.0)
    first = response(economy)
    assert response(economy) is first
    assert passed_on(economy, other) is other and response(other) is first
    assert response(economy, 0.5) is not first


@pytest.mark.parametrize("rate", [0.1, 0.6])
def test_a_duty_takes_few_steps(rate):
    economy = world(7, countries=30, sectors=1, theta=4.0)
    assert simulate(economy, levied(economy, rate)).certificate.steps <= 15
