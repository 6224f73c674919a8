"""gradient(): the derivative is what differences say it is, for every cell and functional."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import shock, world

from entrepot.adjoint import gradient
from entrepot.equilibrium import simulate
from entrepot.errors import WrongUsage
from entrepot.scenario import Scenario

seeds = st.integers(0, 10**6)


def differenced(economy, scenario, functional, cell, step=1e-4):
    """Fourth-order central difference with respect to one new tariff."""
    values = []
    for k in (-2, -1, 1, 2):
        tariff = scenario.tariff_new.copy()
        tariff[cell] += k * step
        values.append(functional(simulate(economy, replace(scenario, tariff_new=tariff), tolerance=1e-12)))
    return (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * step)


@settings(deadline=None, max_examples=8)
@given(seeds, st.sampled_from(["share of world GDP", "fixed", "zero"]))
def test_the_derivative_is_what_differences_say(seed, rule):
    draw = np.random.default_rng(seed)
    economy = world(seed, countries=4, sectors=3, theta=draw.uniform(1, 8, 3))
    scenario = replace(shock(seed, economy, deficits=rule), pass_through=0.8)
    scenario = replace(scenario, tariff_new=scenario.tariff_new * 0.2)
    result = simulate(economy, scenario, tolerance=1e-12)
    weights = {
        "welfare": draw.standard_normal(4),
        "wage": draw.standard_normal(4),
        "price": draw.standard_normal((4, 3)),
    }
    found = gradient(result, **weights)

    def functional(r):
        logs = {"welfare": np.log(r.welfare_hat), "wage": np.log(r.wage_hat), "price": np.log(r.price_hat)}
        return sum((weights[name] * logs[name]).sum() for name in weights)

    scale = abs(found).max()
    for cell in [(0, 1, 0), (1, 0, 2), (3, 2, 1)]:
        assert found[cell] == pytest.approx(
            differenced(economy, scenario, functional, cell), rel=1e-6, abs=1e-6 * scale
        )


def test_a_label_is_that_countrys_welfare_alone():
    economy = world(3, countries=3, theta=4.0)
    result = simulate(economy, Scenario(name="nothing"))
    np.testing.assert_array_equal(gradient(result, "C1"), gradient(result, np.array([0.0, 1.0, 0.0])))


def test_rules_without_a_derivative_are_refused():
    economy = world(3, countries=3, theta=4.0)
    for rule in (
        {"deficits": "share of own income"},
        {"rebate": "none"},
        {"labour_elasticity": 0.5},
        {"horizon": "short"},
    ):
        with pytest.raises(WrongUsage, match="take differences"):
            gradient(simulate(economy, Scenario(name="nothing", **rule)), "C1")
