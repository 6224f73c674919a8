"""Batches: every draw is what simulate() says of it, and none is lost."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import shock, world

from entrepot import batch
from entrepot.batch import draws, sweep
from entrepot.equilibrium import simulate
from entrepot.errors import BadTable, NotSolved, WrongUsage
from entrepot.scenario import Scenario, Shock

seeds = st.integers(0, 10**6)
some = settings(deadline=None, max_examples=8)


@some
@given(seeds, st.sampled_from(["share of world GDP", "zero"]))
def test_a_draw_is_what_simulate_says_of_it(seed, rule):
    draw = np.random.default_rng(seed)
    economy = world(seed, countries=5, sectors=3, theta=5.0)
    scenario = shock(seed, economy, deficits=rule)
    theta = draw.uniform(1, 10, (50, 3))
    batch = draws(economy, scenario, theta, tolerance=1e-10)
    assert not batch.failed.any() and (batch.gap <= 1e-10).all()
    for k in (0, 17, 49):
        alone = simulate(replace(economy, theta=theta[k]), scenario)
        np.testing.assert_allclose(batch.welfare_hat[k], alone.welfare_hat, rtol=1e-8)
        np.testing.assert_allclose(batch.real_wage_hat[k], alone.real_wage_hat, rtol=1e-8)
        np.testing.assert_allclose(batch.revenue_new[k], alone.revenue_new, rtol=1e-7, atol=1e-9)


@some
@given(seeds)
def test_a_sweep_is_its_scenarios_one_by_one(seed):
    economy = world(seed, countries=5, sectors=2, theta=5.0, zeros=0.0)
    one = Scenario(name="x", shocks=[Shock("tariff", "C0", "C1", add=0.1)])
    scenarios = [one.set("shocks.0.add", rate) for rate in np.linspace(0, 0.5, 7)]
    scenarios += [Scenario(name="siege", shocks=[Shock("export-control", "C1", "C2", times=0.0)])]
    scenarios += [Scenario(name="gift", shocks=[Shock("transfer", "C0", add=-0.01)])]
    batch = sweep(economy, scenarios, tolerance=1e-10)
    for k, scenario in enumerate(scenarios):
        np.testing.assert_allclose(batch.welfare_hat[k], simulate(economy, scenario).welfare_hat, rtol=1e-8)


def test_a_sweep_under_zero_first_closes_deficits_once():
    economy = world(6, countries=4, sectors=2, theta=5.0, zeros=0.0)
    one = Scenario(name="x", deficits="zero first", shocks=[Shock("tariff", "C0", "C1", add=0.1)])
    scenarios = [one.set("shocks.0.add", rate) for rate in (0.1, 0.4)]
    batch = sweep(economy, scenarios, tolerance=1e-10)
    for k, scenario in enumerate(scenarios):
        np.testing.assert_allclose(batch.welfare_hat[k], simulate(economy, scenario).welfare_hat, rtol=1e-8)
    with pytest.raises(WrongUsage, match="A batch does not take deficits 'zero first'"):
        sweep(economy, [one, replace(one, deficits="zero")])


def test_threads_and_progress_change_no_number():
    economy = world(3, countries=4, sectors=2, theta=5.0)
    theta = np.random.default_rng(0).uniform(2, 8, (80, 2))
    seen = []
    scenario = shock(3, economy, deficits="zero")
    one = draws(economy, scenario, theta, progress=lambda done, of: seen.append((done, of)))
    two = draws(economy, scenario, theta, workers=2)
    np.testing.assert_allclose(one.welfare_hat, two.welfare_hat, rtol=1e-7)
    assert seen[-1] == (80, 80) and len(seen) == 80


def test_draws_that_cannot_be_solved_are_counted_and_hold_no_number():
    economy = world(33, countries=2, sectors=1, theta=4.0, balanced=True, tariffs=False)
    beyond = np.array([-1.01, 1.01]) * economy.value_added[0]
    ruin = Scenario(name="ruin", deficit_new=beyond)
    with pytest.raises(NotSolved):
        simulate(economy, ruin)
    batch = sweep(economy, [Scenario(name="nothing"), ruin])
    assert batch.failed.tolist() == [False, True] and batch.alone == 1
    assert np.isnan(batch.welfare_hat[1]).all() and batch.gap[1] == np.inf
    assert (batch.quantiles().failed == 1).all()


def test_quantiles_are_of_the_draws():
    economy = world(3, countries=4, sectors=2, theta=5.0)
    theta = np.random.default_rng(0).uniform(2, 8, (101, 2))
    batch = draws(economy, shock(3, economy, deficits="zero"), theta)
    table = batch.quantiles().set_index("country")
    change = batch.welfare_hat[:, 1] - 1
    assert table.loc["C1", "welfare_p50"] == pytest.approx(np.sort(change)[50])
    assert table.loc["C1", "welfare_mean"] == pytest.approx(change.mean())


def test_what_draws_cannot_share_is_refused():
    economy = world(3, countries=4, sectors=2, theta=5.0)
    theta = np.full((2, 2), 4.0)
    for rules in ({"deficits": "zero first"}, {"horizon": "short"}, {"labour_elasticity": 0.5}, {"rebate": "none"}):
        with pytest.raises(WrongUsage, match=r"A batch does not take .*: .* Solve one by one: simulate\("):
            draws(economy, Scenario(name="x", **rules), theta)
    with pytest.raises(BadTable, match="theta must be positive"):
        draws(economy, Scenario(name="x"), -theta)
    with pytest.raises(BadTable, match="is expected"):
        draws(economy, Scenario(name="x"), theta[0])


def test_what_the_first_draws_teach_the_others_saves_steps_and_moves_no_answer(monkeypatch):
    economy = world(5, countries=5, sectors=3, theta=4.0)
    scenario = shock(5, economy, deficits="share of world GDP")
    theta = economy.theta * np.exp(0.1 * np.random.default_rng(5).standard_normal((200, 3)))
    steps = [0]

    def counted(lanes, step=batch._Lanes._step):
        steps[0] += int((lanes.job >= 0).sum())
        return step(lanes)

    monkeypatch.setattr(batch._Lanes, "_step", counted)
    taught, used = draws(economy, scenario, theta, tolerance=1e-10), steps[0]
    monkeypatch.setattr(batch, "_one_scenario", lambda jobs: False)
    alone = draws(economy, scenario, theta, tolerance=1e-10)
    assert not taught.failed.any() and (taught.gap <= 1e-10).all()
    assert used < 0.9 * (steps[0] - used)
    np.testing.assert_allclose(taught.welfare_hat, alone.welfare_hat, rtol=1e-9)
