"""Published numbers, each with its source, and two codes' own algorithms rerun on the same data."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from worlds import world

from entrepot.calibration import aggregate, from_input_output
from entrepot.economy import Economy, close
from entrepot.equilibrium import simulate
from entrepot.errors import BadTable
from entrepot.scenario import Scenario, Shock

DATA = Path(__file__).parents[1].parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared source files are not beside the repository")


# Caliendo and Parro (2015), Review of Economic Studies 82(1), Table 2: NAFTA tariffs 1993 to 2005

TABLE_2 = {  # country: terms of trade, volume of trade, their sum, real wage, exact real income [%]
    "Mexico": (-0.4118, 1.7239, 1.3121, 1.7153, 0.0073),
    "Canada": (-0.1081, 0.0443, -0.0638, 0.3228, -0.1101),
    "USA": (0.0435, 0.0412, 0.0848, 0.1124, 0.0741),
}
PRINTED = {"Mexico": (-0.41, 1.72, 1.31, 1.72), "Canada": (-0.11, 0.04, -0.06, 0.32), "USA": (0.04, 0.04, 0.08, 0.11)}
IMPORTS = {"Mexico": (118.28, -17.04), "Canada": (11.11, -6.98), "USA": (40.52, -0.74)}  # from partners, from others


@pytest.fixture(scope="module")
def arrays():
    with np.load(DATA / "caliendo_parro_2015" / "cp2015_arrays.npz", allow_pickle=False) as held:
        names = {
            "countries": "regions", "sectors": "sectors", "spending": "X_nj", "share": "pi_nij", "tariff": "tau_nij",
            "value_added_share": "gamma_nj", "input_share": "gamma_nkj", "final_share": "alpha_nj",
            "value_added": "wL_n", "deficit": "D_n", "theta": "theta_j",
        }  # fmt: skip
        return {ours: held[theirs] for ours, theirs in names.items()} | {"nafta": held["tau_nij_cfl"]}


@pytest.fixture(scope="module")
def nafta(arrays):
    economy, _ = close({name: value for name, value in arrays.items() if name != "nafta"})
    return simulate(economy, Scenario(name="nafta", deficits="zero first", tariff_new=arrays["nafta"]))


@needs_data
@pytest.mark.parametrize("country", TABLE_2)
def test_caliendo_parro_table_2_comes_out_through_split(nafta, country):
    n = nafta.economy.country(country)
    found = [*(part[n] for part in nafta.split()), nafta.real_wage_hat[n] - 1, nafta.welfare_hat[n] - 1]
    np.testing.assert_allclose(100 * np.array(found), TABLE_2[country], atol=5.1e-5)
    np.testing.assert_allclose(100 * np.array(found[:4]), PRINTED[country], atol=0.00501)


@needs_data
@pytest.mark.parametrize("country", IMPORTS)
def test_caliendo_parro_imports_from_partners_and_others(nafta, country):
    n, partners = nafta.economy.country(country), [nafta.economy.country(name) for name in IMPORTS]
    inside = np.isin(np.arange(31), partners) & (np.arange(31) != n)
    outside = ~np.isin(np.arange(31), partners)
    growth = [nafta.trade()[n, who].sum() / nafta.economy.flows()[n, who].sum() - 1 for who in (inside, outside)]
    np.testing.assert_allclose(100 * np.array(growth), IMPORTS[country], atol=0.006)


@needs_data
def test_in_one_step_the_same_rule_gives_another_real_wage(arrays):
    economy, _ = close({name: value for name, value in arrays.items() if name != "nafta"})
    result = simulate(economy, Scenario(name="nafta", deficits="zero", tariff_new=arrays["nafta"]))
    assert 100 * (result.real_wage_hat[economy.country("Mexico")] - 1) == pytest.approx(1.5055, abs=5.1e-5)


@needs_data
def test_the_authors_arrays_are_no_consistent_economy_until_closed(arrays):
    given = {name: value for name, value in arrays.items() if name != "nafta"}
    with pytest.raises(BadTable, match="off by 7.6e-03 of world value added"):
        Economy(**given)
    economy, moves = close(given)
    np.testing.assert_allclose(economy.share, given["share"], rtol=1e-14)
    np.testing.assert_array_equal(economy.value_added, given["value_added"])
    assert set(moves.rows().what) == {"spending", "deficit"}
    part = economy.deficit / economy.value_added  # near what the given flows imply
    for country, percent in {"Mexico": 2.2, "USA": 1.9, "Canada": -1.9, "China": -5.1, "Ireland": -22.6}.items():
        assert 100 * part[economy.country(country)] == pytest.approx(percent, abs=0.7)


# Costinot and Rodriguez-Clare (2014), Handbook of International Economics 4, on WIOD 2008


@pytest.fixture(scope="module")
def wiod_2008():
    folder = DATA / "wiod_2013_release"
    with np.load(folder / "wiot_2008.npz") as table:
        inter, final = table["inter"].astype(float) * 1e6, table["final"].astype(float) * 1e6
    countries = list(pd.read_csv(folder / "countries.csv").iso3)
    industries = pd.read_csv(folder / "industries.csv")
    theta = pd.read_csv(DATA / "elasticities" / "wiod_goods_theta_cr2014.csv").set_index("wiod_code").theta
    theta = theta.drop(["c5", "c8"])  # the table has no French leather, and Cyprus buys more crude than it sells fuel
    merged = {code: code if code in theta else "services" for code in industries.code} | {"c5": "c4", "c8": "c9"}
    table = from_input_output(
        inter, final.reshape(41, 35, 41, 5).sum(axis=3), countries=countries, sectors=list(industries.code),
        theta=[*theta, 5.0], merged=merged, year=2008,
    )  # fmt: skip
    return aggregate(
        table, countries={"LUX": "BEL", "LVA": "LTU", "EST": "LTU", "MLT": "ITA"}
    )  # some make nothing at home


@needs_data
def test_gains_from_trade_on_wiod_2008_are_the_multi_sector_formula(wiod_2008):
    closed = simulate(wiod_2008, Scenario(name="balanced", deficits="zero")).world()
    alone = simulate(closed, Scenario(name="autarky", deficits="zero", shocks=[Shock("export-control", times=0.0)]))
    for n, country in enumerate(closed.countries):
        leontief = np.linalg.inv(np.eye(15) - closed.input_share[n].T)
        with np.errstate(divide="ignore"):
            home = np.where(closed.spending[n] > 0, np.log(closed.share[n, n]), 0.0) / closed.theta
        loss = closed.final_share[n] @ leontief @ home
        assert np.log(alone.welfare_hat[n]) == pytest.approx(loss, rel=1e-6), country
    gains = dict(zip(closed.countries, 1 - alone.welfare_hat, strict=True))
    assert 0 < gains["USA"] < gains["DEU"] < gains["HUN"]  # the larger and more closed, the less it gains


# GEGravity (Baier, Yotov and Zylkin): one sector, no inputs, additive deficits, trade costs as partial effects


def ge_gravity(trade, partial, theta, *, rounds=20000):
    """The fixed point of their algorithm in its own words: a loop over wages and shares with deficits in levels."""
    output, spending = trade.sum(axis=1), trade.sum(axis=0)  # exporter rows, importer columns
    deficit, share = spending - output, trade / spending
    wage = np.ones(len(trade))
    for _ in range(rounds):
        weight = share * np.exp(partial) * wage[:, None] ** -theta
        new = weight / weight.sum(axis=0)
        income = wage * output
        income = income * output.sum() / income.sum()
        sold = new @ (income + deficit)
        step = (sold / income) ** (1 / (1 + theta))
        wage = wage * step
        wage = wage * output.sum() / (wage * output).sum()
        if abs(step - 1).max() < 1e-14:
            break
    price = (share * np.exp(partial) * wage[:, None] ** -theta).sum(axis=0) ** (-1 / theta)
    return (wage * output + deficit) / spending / price


@pytest.mark.parametrize("seed", range(5))
def test_one_sector_without_inputs_is_ge_gravity(seed):
    economy = world(seed, sectors=1, tariffs=False, inputs=False, theta=4.0, countries=8)
    draw = np.random.default_rng(seed)
    partial = np.where(draw.random((8, 8)) < 0.3, 0.224, 0.0)  # seller rows, as in their example
    np.fill_diagonal(partial, 0)
    theirs = ge_gravity(economy.flows()[:, :, 0].T, partial, 4.0)
    cost = np.exp(-partial.T / 4.0)[:, :, None]
    ours = simulate(economy, Scenario(name="agreement", cost_hat=cost), tolerance=1e-12)
    np.testing.assert_allclose(ours.welfare_hat, theirs, rtol=1e-9)
