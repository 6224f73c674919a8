"""Shocked worlds before they are solved: weights by the formula, and trade that no wages can balance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from worlds import shock, world

from entrepot.economy import Economy
from entrepot.equilibrium import simulate
from entrepot.errors import MissingData
from entrepot.problems import can_trade, problem
from entrepot.scenario import Scenario, Shock

seeds = st.integers(0, 10**6)


@settings(deadline=None, max_examples=25)
@given(seeds, st.floats(0.3, 1))
def test_weights_are_shares_times_landed_costs_to_minus_theta(seed, through):
    economy = world(seed)
    asked = shock(seed, economy, deficits="zero")
    scenario = Scenario(
        name="x", deficits="zero", tariff_new=asked.tariff_new, cost_hat=asked.cost_hat, pass_through=through
    )
    hats = problem(economy, scenario, scenario.arrays(economy)).hats
    kappa = ((1 + asked.tariff_new) / (1 + economy.tariff)) ** through * asked.cost_hat
    expected = np.moveaxis(economy.share * kappa**-economy.theta, 2, 0)
    home = np.einsum("snn->sn", expected).copy()
    np.testing.assert_allclose(hats.own, home, rtol=1e-12)
    np.einsum("snn->sn", expected)[:] = 0
    np.testing.assert_allclose(hats.weight, expected, rtol=1e-12)
    duty = np.moveaxis(asked.tariff_new, 2, 0)
    whole = np.zeros_like(expected)
    whole[:, hats.levying] = hats.levied
    np.testing.assert_allclose(whole, expected * duty / (1 + duty), rtol=1e-12)
    assert (economy.share == world(seed).share).all()


def chain(n, links):
    """A world of n equal countries in one sector; buyer n buys a tenth from each seller it is linked to."""
    share = np.eye(n)
    for buyer, seller in links:
        share[buyer, seller] += 0.1
        share[buyer, buyer] -= 0.1
    values, vectors = np.linalg.eig(share.T)
    income = np.abs(np.real(vectors[:, np.argmin(np.abs(values - 1))]))
    ones = np.ones((n, 1))
    return Economy(
        countries=[f"C{i}" for i in range(n)], sectors=["all"], spending=income[:, None], share=share[:, :, None],
        value_added_share=ones, input_share=np.zeros((n, 1, 1)), final_share=ones, value_added=income,
        deficit=np.zeros(n), theta=[4.0],
    )  # fmt: skip


ROUND = [(0, 1), (1, 0), (2, 3), (3, 2), (0, 2), (3, 1)]


def test_a_group_that_sells_and_buys_nothing_needs_a_surplus():
    economy = chain(4, ROUND)
    ban = [Shock("export-control", "C0", "C2", times=0.0)]
    with pytest.raises(MissingData, match="leaves C0, C1 no seller among the other.* deficit of 0 USD together"):
        simulate(economy, Scenario(name="x", shocks=ban))
    gift = np.array([-0.01, 0, 0.01, 0]) * economy.value_added.min()
    paid = simulate(economy, Scenario(name="x", shocks=ban, deficit_new=gift))
    np.testing.assert_allclose(paid.deficit_new, gift, rtol=1e-9)
    both = simulate(economy, Scenario(name="x", shocks=[*ban, Shock("export-control", "C3", "C1", times=0.0)]))
    assert both.share_new[3, 1, 0] == both.share_new[0, 2, 0] == 0


def test_groups_apart_cannot_owe_each_other():
    economy = chain(4, ROUND)
    apart = [Shock("export-control", "C0", "C2", times=0.0), Shock("export-control", "C3", "C1", times=0.0)]
    gift = np.array([-0.01, 0, 0.01, 0]) * economy.value_added.min()
    with pytest.raises(MissingData, match="cannot be settled in goods"):
        simulate(economy, Scenario(name="x", shocks=apart, deficit_new=gift))


@settings(deadline=None, max_examples=40)
@given(seeds, st.integers(2, 7))
def test_what_passes_is_what_can_carry_balanced_trade(seed, n):
    """Balanced trade on a graph is possible on every link if and only if each link lies on a circle of links."""
    sold = np.random.default_rng(seed).random((n, n)) < 0.4
    sold[np.arange(n), np.arange(n)] = True
    economy = chain(n, [(i, (i + 1) % n) for i in range(n)])
    on_a_circle = all(reaches(sold, seller, buyer) for buyer, seller in np.argwhere(sold))
    try:
        can_trade(economy, sold, np.zeros(n))
        passed = True
    except MissingData:
        passed = False
    assert passed == on_a_circle


def reaches(sold, start, goal):
    """Whether purchases lead from one country to another, by walking them."""
    seen, ahead = {start}, [start]
    while ahead:
        for other in np.flatnonzero(sold[ahead.pop()]):
            if other not in seen:
                seen.add(other)
                ahead.append(other)
    return goal in seen


def test_a_country_whose_goods_nobody_may_buy_is_refused():
    sold = np.array([[True, True], [True, False]])
    sold[0, 1] = False
    with pytest.raises(MissingData, match="leaves C1 nobody who buys what it makes"):
        can_trade(chain(2, [(0, 1), (1, 0)]), sold, np.zeros(2))


def test_who_may_only_sell_cannot_spend_more_of_its_income_than_who_may_only_buy():
    """C0 and C1 may only sell to C2 and C3: they must save, and the rule lets them spend more than the others."""
    economy = chain(4, ROUND)
    sold = economy.share[:, :, 0] > 0
    sold[0, 2] = False
    for ratio in ([1.1, 1.2, 0.9, 1.0], [1.0, 1.0, 1.0, 1.0]):
        with pytest.raises(MissingData, match="leaves C0, C1 no seller among the other countries and C2, C3 no buyer"):
            can_trade(economy, sold, np.array(ratio) - 1, own_income=True)
    for ratio in ([0.9, 1.2, 1.1, 0.7], [0.9, 0.9, 1.0, 1.0]):
        can_trade(economy, sold, np.array(ratio) - 1, own_income=True)
    sold[3, 1] = False  # now neither trades with the other, and each spends what it earns
    can_trade(economy, sold, np.zeros(4), own_income=True)
    with pytest.raises(MissingData, match="spend at least 1.2 times"):
        can_trade(economy, sold, np.array([1.2, 1.2, 1.1, 1.1]) - 1, own_income=True)


@settings(deadline=None, max_examples=20)
@given(seeds)
def test_ratios_that_are_refused_fit_no_trade_on_the_links(seed):
    """Whatever k, no flows above zero on every link leave each country the surplus its ratio asks for."""
    draw = np.random.default_rng(seed)
    n = int(draw.integers(3, 6))
    sold = (draw.random((n, n)) < 0.35) | np.eye(n, dtype=bool)
    ratio = np.exp(0.3 * draw.standard_normal(n))
    economy = chain(n, [(i, (i + 1) % n) for i in range(n)])
    try:
        can_trade(economy, sold, ratio - 1, own_income=True)
        passed = True
    except MissingData:
        passed = False
    assert passed or not any(carries(sold, ratio * k) for k in np.geomspace(0.3, 3, 61))


def carries(sold, ratio):
    """Whether some incomes and trade, at least 1 each, satisfy own x (ratio - 1) = imports - exports everywhere."""
    links = [(buyer, seller) for buyer, seller in np.argwhere(sold) if buyer != seller]
    n = len(ratio)
    balance = np.zeros((n, len(links) + n))
    for at, (buyer, seller) in enumerate(links):
        balance[buyer, at] += 1
        balance[seller, at] -= 1
    balance[:, len(links) :] = -np.diag(ratio - 1)
    return linprog(np.zeros(len(links) + n), A_eq=balance, b_eq=np.zeros(n), bounds=(1, None)).status == 0
