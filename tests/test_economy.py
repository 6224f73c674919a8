"""Economy: every identity is held to, close() makes them exact and says what it moved, elasticities keep their kind."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import world

from entrepot.economy import Economy, close, theta_from
from entrepot.errors import BadTable, UnknownCode, WrongUsage

seeds = st.integers(0, 10**6)
some = settings(deadline=None, max_examples=20)


def parts(economy):
    names = [
        *("countries", "sectors", "spending", "share", "tariff", "value_added_share", "input_share", "final_share"),
        *("value_added", "deficit", "theta", "year", "source"),
    ]
    return {name: getattr(economy, name) for name in names}


@some
@given(seeds)
def test_income_is_earned_collected_or_lent_and_goods_are_used(seed):
    economy = world(seed)
    flows = economy.flows()
    np.testing.assert_allclose(economy.sales, flows.sum(axis=0))
    np.testing.assert_allclose(economy.revenue, (flows * economy.tariff).sum(axis=(1, 2)), atol=1e-12)
    np.testing.assert_allclose(economy.deficit, flows.sum(axis=(1, 2)) - flows.sum(axis=(0, 2)), atol=1e-9)
    used = economy.final_share * economy.income[:, None]
    used = used + np.einsum("nkj,nj->nk", economy.input_share, economy.sales)
    np.testing.assert_allclose(economy.spending, used, rtol=1e-9)


@some
@given(seeds)
def test_closing_a_closed_world_moves_nothing(seed):
    economy = world(seed)
    closed, moves = economy.close()
    np.testing.assert_allclose(closed.spending, economy.spending, rtol=1e-8)
    assert abs(moves.rows().moved).max() < 1e-9


@some
@given(seeds, st.floats(0.001, 0.02))
def test_closing_finds_the_spending_that_shares_and_value_added_ask_for(seed, size):
    economy = world(seed)
    noise = np.exp(size * np.random.default_rng(seed).standard_normal(economy.spending.shape))
    wrong = parts(economy) | {"spending": economy.spending * noise, "deficit": np.zeros(len(noise))}
    with pytest.raises(BadTable, match="off by"):
        Economy(**wrong)
    closed, moves = close(wrong)
    np.testing.assert_allclose(closed.spending, economy.spending, rtol=1e-7)
    np.testing.assert_allclose(closed.deficit, economy.deficit, atol=1e-8 * economy.value_added.sum())
    rows = moves.rows()
    assert len(rows) >= noise.size
    assert (rows.after - rows.before).abs().max() == pytest.approx(rows.moved.abs().max() * economy.value_added.sum())
    np.testing.assert_array_equal(closed.share, economy.share / economy.share.sum(axis=1, keepdims=True))


def test_arrays_cannot_be_written_and_givers_keep_theirs():
    economy = world(1)
    for name in ("spending", "share", "theta", "deficit"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(economy, name)[...] = 0
    given = np.array(economy.deficit)
    replace(economy, deficit=given)
    given[0] = 0  # still theirs to write


@some
@given(seed=seeds)
def test_saved_and_loaded_is_the_same(seed, tmp_path_factory):
    economy = replace(world(seed), notes=("one", "two"))
    path = tmp_path_factory.mktemp("economy") / "saved.npz"
    economy.save(path)
    again = Economy.load(path)
    for name, value in parts(economy).items():
        np.testing.assert_array_equal(getattr(again, name), value)
    assert (again.notes, again.countries) == (economy.notes, economy.countries)


def test_labels_are_found_in_any_case_and_the_nearest_is_suggested():
    economy = replace(world(1, countries=3), countries=("China", "Mexico", "Viet Nam"))
    assert economy.country("mexico") == 1
    with pytest.raises(UnknownCode, match="Did you mean Mexico"):
        economy.country("Mexicoo")


# Elasticities


def test_a_duty_moves_trade_before_duty_by_minus_sigma_and_spending_by_minus_theta():
    """The definitions themselves, from a CES demand with substitution elasticity sigma."""
    sigma, price, step = 4.5, 1.3, 1e-6
    spend = [(price * (1 + t)) ** (1 - sigma) for t in (0, step)]
    before_duty = [spend[0], spend[1] / (1 + step)]
    duty_paid, customs = (np.log(x[1] / x[0]) / np.log1p(step) for x in (spend, before_duty))
    for value, kind in [(sigma, "sigma"), (customs, "tariff elasticity"), (duty_paid, "tariff elasticity, duty paid")]:
        np.testing.assert_allclose(theta_from(value, kind), sigma - 1, rtol=1e-6)
    np.testing.assert_allclose(theta_from(1 / (sigma - 1), "1/theta"), sigma - 1)


def test_an_elasticity_of_the_wrong_kind_is_refused():
    with pytest.raises(BadTable, match="must be positive"):
        theta_from([0.8], "sigma")
    with pytest.raises(WrongUsage, match="no kind of elasticity"):
        theta_from([4.0], "elasticity")


# What is refused

BAD = {
    "share sums to 1": lambda e: {"share": e.share * 1.01},
    "spending must not be negative": lambda e: {"spending": -e.spending},
    r"value added \(GDP\) above 0": lambda e: {"value_added": np.r_[0.0, e.value_added[1:]]},
    "theta must be positive": lambda e: {"theta": np.r_[-1.0, e.theta[1:]]},
    "deficit sums to 0": lambda e: {"deficit": e.deficit + 0.01 * e.value_added},
    "value_added_share and input_share": lambda e: {"value_added_share": e.value_added_share * 0.9},
    "final_share sums to 1": lambda e: {"final_share": e.final_share * 1.1},
    "has shape": lambda e: {"share": e.share[:, :, :0]},
    "not finite": lambda e: {"tariff": np.full_like(e.tariff, np.nan)},
    "told apart": lambda e: {"countries": ["same"] * len(e.countries)},
    "above -1": lambda e: {"tariff": e.tariff - 2},
    "array theta is of numbers": lambda e: {"theta": ["high"] * len(e.theta)},
    "array spending is of numbers": lambda e: {"spending": [[1.0], [1.0, 2.0]]},
    "array value_added is of numbers": lambda e: {"value_added": e.value_added * 1j},
    "at least one country": lambda e: {"countries": []},
}


@pytest.mark.parametrize("rule", BAD)
def test_an_inconsistent_world_is_refused_by_name(rule):
    economy = world(12)
    with pytest.raises(BadTable, match=rule):
        Economy(**parts(economy) | BAD[rule](economy))


def two(**changes):
    """Two alike countries that make two goods, each from the other, every account added up by hand."""
    half = np.full((2, 2), 0.5)
    arrays = {
        "countries": ["A", "B"], "sectors": ["g", "h"], "spending": half, "share": np.full((2, 2, 2), 0.5),
        "value_added_share": np.ones((2, 2)), "input_share": np.zeros((2, 2, 2)), "final_share": half,
        "value_added": np.ones(2), "deficit": np.zeros(2), "theta": [4.0, 4.0],
    }  # fmt: skip
    return Economy(**arrays | changes)


NEGATIVE = {  # sales are a half: inputs used are (0.5, 0.5) x input_share, final spending is what is left of one half
    "final_share must not be negative": {
        "value_added_share": np.full((2, 2), 0.3), "value_added": np.full(2, 0.3),
        "final_share": [[-0.1 / 0.3, 0.4 / 0.3]] * 2,
        "input_share": np.broadcast_to(np.array([[0.6, 0.6], [0.1, 0.1]]), (2, 2, 2)),
    },
    "input_share must not be negative": {
        "value_added_share": np.ones((2, 2)), "final_share": [[0.6, 0.4]] * 2,
        "input_share": np.broadcast_to(np.array([[-0.1, -0.1], [0.1, 0.1]]), (2, 2, 2)),
    },
    "value_added_share must not be negative": {
        "value_added_share": [[-0.5, 1.5]] * 2, "value_added": np.full(2, 0.5), "final_share": [[0.0, 1.0]] * 2,
        "input_share": np.broadcast_to(np.array([[1.0, 0.0], [0.5, -0.5]]), (2, 2, 2)),
    },
}  # fmt: skip


@pytest.mark.parametrize("rule", NEGATIVE)
def test_a_negative_share_is_refused_though_every_account_adds_up(rule):
    assert two().income.tolist() == [1.0, 1.0]
    with pytest.raises(BadTable, match=rule):
        two(**NEGATIVE[rule])


def test_value_added_that_no_spending_can_earn_is_refused():
    economy = world(12)
    with pytest.raises(BadTable, match="No spending closes these arrays"):
        close(parts(economy) | {"value_added": economy.value_added[::-1] ** 2})


def test_value_added_of_two_alike_that_differs_is_refused_without_sending_back_to_close():
    """Whatever is spent, both sell the same, so that one value added cannot be half the other."""
    alike = np.full((2, 2, 2), 0.5)
    arrays = parts(two()) | {"share": alike, "value_added": np.array([0.5, 1.5])}
    with pytest.raises(BadTable, match="No spending closes these arrays: .* Move value added or shares first"):
        close(arrays)


# What ships


@pytest.mark.parametrize("name", Economy.names())
def test_what_ships_is_a_consistent_world_with_its_source(name):
    economy = Economy.load(name)
    assert economy.source and economy.tariff_source and economy.year
    closed, moves = economy.close()
    assert abs(moves.rows().moved).max() < 1e-9
    home = np.einsum("nns->n", economy.flows()) / economy.flows().sum(axis=(1, 2))
    assert np.median(home) > 0.6


def test_the_shipped_worlds_are_of_their_size():
    assert Economy.names() == ["sectors-2011", "world-2023"]
    world_2023, sectors_2011 = (Economy.load(name) for name in ("world-2023", "sectors-2011"))
    assert world_2023.spending.shape == (194, 1)
    assert sectors_2011.spending.shape == (41, 20)
    usa, china = world_2023.country("USA"), world_2023.country("CHN")
    assert world_2023.tariff[usa, china, 0] == pytest.approx(0.1087, abs=5e-5)  # collected in 2024
    assert world_2023.tariff_known[usa, china] and not world_2023.tariff_known[china, usa]
    assert world_2023.flows().sum() - np.einsum("nns->", world_2023.flows()) == pytest.approx(21.75e12, rel=1e-3)
    assert sectors_2011.value_added.sum() == pytest.approx(69.3e12, rel=2e-2)


def test_an_unknown_economy_is_refused_with_those_that_ship():
    with pytest.raises(UnknownCode, match="sectors-2011, world-2023"):
        Economy.load("world-2024")


def test_a_file_that_is_no_economy_is_refused(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("buyer,seller,value\n", encoding="utf-8")
    with pytest.raises(BadTable, match="is no economy"):
        Economy.load(path)
    np.savez(tmp_path / "other.npz", a=np.ones(2))
    with pytest.raises(BadTable, match="world-2023 ship"):
        Economy.load(tmp_path / "other.npz")
