"""Solvers in turn: each finds the one equilibrium, and where none does the cause is named."""

import numpy as np
import pytest
import rough
from worlds import shock, world

from entrepot import fixed_points, solvers
from entrepot.economy import Economy
from entrepot.equilibrium import simulate
from entrepot.errors import NotSolved
from entrepot.problems import problem
from entrepot.response import response
from entrepot.scenario import Scenario, Shock

AIM = 1e-11


def hard(count):
    """Shocked worlds that steps shaped by the baseline's response do not solve in the first evaluations."""
    found = []
    for seed in range(5000, 5400):
        economy = world(seed)
        scenario = shock(seed, economy, deficits="zero")
        whole = problem(economy, scenario, scenario.arrays(economy))
        with np.errstate(all="ignore"):
            shape = response(economy)
            first = fixed_points.anderson(
                lambda x, shape=shape, hats=whole.hats: shape.step(hats, x),
                whole.hats.start(),
                tolerance=AIM,
                steps=solvers.SHAPED,
            )
        if AIM < first.gap < np.inf:
            found.append((economy, scenario, whole))
        if len(found) == count:
            break
    return found


def test_following_the_response_of_the_best_point_takes_fewer_steps_than_starting_over():
    ours, plain = 0, 0
    for economy, scenario, whole in hard(12):
        with np.errstate(all="ignore"):
            found, _, _ = solvers.solve(whole, scenario.arrays(economy), AIM, 400)
            again = fixed_points.anderson(whole.hats.step, whole.hats.start(), tolerance=AIM, steps=400)
        assert found.gap <= AIM
        ours, plain = ours + found.steps, plain + solvers.SHAPED + again.steps
    assert ours < plain


def pair(surplus, *, made, theta):
    """Two countries alike but for what the first lends the second [fraction of income]: one sector, its own input."""
    share, income = np.array([[0.7, 0.3], [0.3, 0.7]]), np.array([1 - surplus, 1 + surplus])
    spending = np.linalg.solve(np.eye(2) - (1 - made) * share.T, income)
    value_added, used = made * share.T @ spending, np.full((2, 1), 1 - made)
    return Economy(
        countries=["A", "B"], sectors=["g"], spending=spending[:, None], share=share[:, :, None],
        value_added_share=1 - used, input_share=used[:, :, None], final_share=np.ones((2, 1)), value_added=value_added,
        deficit=income - value_added, theta=[theta],
    )  # fmt: skip


@pytest.mark.parametrize("rate", [1e4, 1e6])
@pytest.mark.parametrize("made", [1.0, 0.5, 0.1])
@pytest.mark.parametrize("theta", [2.0, 4.0, 8.0])
def test_closed_deficits_are_closed_before_a_wall_is_raised(rate, made, theta):
    """Behind half a wall half a deficit may be more than a country earns; with none, every wall has its wages.

    Shares of what is bought abroad vanish, so that real income is that of autarky in closed form.
    """
    economy = pair(0.05, made=made, theta=theta)
    wall = Shock("tariff", "B", "A", to=rate)
    result = simulate(economy, Scenario(name="wall", deficits="zero", shocks=[wall]))
    home, before = np.einsum("nns->n", result.share_new), economy.income / economy.value_added
    expected = (home / 0.7) ** (-1 / (theta * made)) * (result.income_new / result.value_added_new) / before
    np.testing.assert_allclose(result.welfare_hat, expected, rtol=1e-8)


def test_subsidies_that_take_all_that_is_earned_are_named_and_not_called_a_surplus():
    """Subsidies draw the sales of the other up until they cost more than there is; no rule of deficits helps."""
    economy = pair(0.05, made=0.1, theta=8.0)
    for rule in ("zero", "share of world GDP"):
        with pytest.raises(NotSolved, match=r"of its GDP to spend, and its subsidies take the rest") as refused:
            simulate(economy, Scenario(name="gift", deficits=rule, shocks=[Shock("tariff", "A", "B", to=-0.9)]))
        assert ("deficit rule" in str(refused.value)) == (rule != "zero")


@pytest.mark.parametrize("name", solvers.SOLVERS)
def test_every_solver_that_arrives_finds_the_same_world(name):
    held = 0
    for economy, scenario, whole in hard(4):
        expected = simulate(economy, scenario)
        with np.errstate(all="ignore"):
            found, _ = solvers.SOLVERS[name](whole, scenario.arrays(economy), AIM, 400)
        if found.gap <= AIM:
            held += 1
            np.testing.assert_allclose(whole.hats.evaluate(found.x).price.T, expected.price_hat, rtol=1e-7)
    assert held > 0 or name == "from balanced trade"  # deficits are zero: there is nothing to raise them to


def test_gifts_that_leave_no_tax_to_cut_are_named():
    economy = rough.world(2477)
    with pytest.raises(NotSolved, match=r"can be held; there the duties of C\d+ bring 1\d\d%"):
        simulate(economy, rough.scenario(2477, economy))


def test_an_embargo_with_almost_no_wages_left_is_still_held_to_them():
    """Gaps count against the wages that are left: here one country keeps less than a thousandth of its own."""
    economy = rough.world(2856)
    result = simulate(economy, rough.scenario(2856, economy))
    assert (result.value_added_new / economy.value_added).min() < 1e-3
    assert rough.recount(result) < 3e-10
