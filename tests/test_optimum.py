"""Optimal tariffs: the closed form of two countries, and wars from which none gains by deviating."""

from dataclasses import replace

import numpy as np
import pytest
from worlds import world

from entrepot.economy import Economy
from entrepot.equilibrium import simulate
from entrepot.errors import NotSolved, WrongUsage
from entrepot.optimum import nash, optimal_tariff
from entrepot.scenario import Scenario

ZERO = Scenario(name="balanced", deficits="zero")


def two(size, theta=4.0, cost=1.0):
    """Home, with `size` of the world, and foreign, frictions `cost` between them, balanced."""
    weight = np.array([size, 1 - size])[None, :] * np.array([[1, cost], [cost, 1]]) ** -theta
    share = weight / weight.sum(axis=1, keepdims=True)
    earned = np.linalg.eig(share.T)
    income = np.abs(np.real(earned[1][:, np.argmin(abs(earned[0] - 1))]))[:, None]
    ones = np.ones((2, 1))
    return Economy(
        countries=["H", "F"], sectors=["all"], spending=income, share=share[:, :, None], value_added_share=ones,
        input_share=np.zeros((2, 1, 1)), final_share=ones, value_added=income[:, 0], deficit=np.zeros(2), theta=[theta],
    )  # fmt: skip


@pytest.mark.parametrize("size, theta", [(0.5, 4.0), (0.001, 4.0), (0.2, 2.5), (0.7, 8.0)])
def test_the_optimal_tariff_is_one_over_theta_times_the_foreign_own_share(size, theta):
    """Gros (1987), and its limit 1/theta for a small country."""
    found = optimal_tariff(two(size, theta), "H", rules=ZERO)
    rate = found.tariff[0, 1, 0]
    assert rate == pytest.approx(1 / (theta * found.result.share_new[1, 1, 0]), rel=1e-5)
    assert found.gain > 0 and found.slope < 1e-7
    if size < 0.01:
        assert rate == pytest.approx(1 / theta, rel=2e-3)


def test_a_symmetric_war_is_the_fixed_point_of_the_closed_form():
    war = nash(two(0.5, cost=1.5), ["H", "F"], rules=ZERO)
    rates = war.tariff[[0, 1], [1, 0], 0]
    trade = war.result.trade()[:, :, 0]  # with a tariff abroad the own share that counts is that before duty
    own = np.diagonal(trade) / trade.sum(axis=1)
    np.testing.assert_allclose(rates, 1 / (4 * own), rtol=1e-5)
    assert rates[0] == pytest.approx(rates[1], rel=1e-6)
    assert (war.result.welfare_hat < 1).all()


def test_nobody_gains_by_leaving_a_war():
    economy = world(2, countries=3, sectors=2, theta=[3.0, 6.0], spread=0.5, balanced=True, tariffs=False)
    war = nash(economy, ["C0", "C1", "C2"], by="sector", rules=ZERO)
    draw = np.random.default_rng(0)
    for n in range(3):
        for _ in range(2):
            tariff = war.tariff.copy()
            tariff[n] *= np.exp(0.1 * draw.standard_normal(2))
            other = simulate(economy, replace(ZERO, tariff_new=tariff), tolerance=1e-12)
            assert other.welfare_hat[n] / war.result.welfare_hat[n] - 1 < 1e-8


def test_freer_choice_never_gains_less():
    economy = world(5, countries=3, sectors=2, theta=[3.0, 6.0], spread=0.5, balanced=True, tariffs=False)
    gains = [optimal_tariff(economy, "C0", by=by, rules=ZERO).gain for by in ("uniform", "sector", "cell")]
    assert 0 < gains[0] <= gains[1] + 1e-12 <= gains[2] + 2e-12


def test_what_is_no_choice_is_refused():
    economy = world(5, countries=3, theta=4.0)
    with pytest.raises(WrongUsage, match="no way to tell tariffs apart"):
        optimal_tariff(economy, "C0", by="colour")
    with pytest.raises(WrongUsage, match="re-base first"):
        optimal_tariff(economy, "C0", rules=Scenario(name="x", deficits="zero first"))
    with pytest.raises(NotSolved, match="did not settle in 1 rounds"):
        nash(economy, ["C0", "C1"], rounds=1)
