"""Splits close to rounding error on whatever flows, and say what the literature says on real ones."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot import decompositions as split
from entrepot.errors import BadTable, WrongUsage

DATA = Path(__file__).parents[1].parent / "shared" / "data" / "us_imports_monthly"
SIZE = 6
value = st.one_of(st.just(0.0), st.floats(1.0, 1e9))
values = st.lists(value, min_size=SIZE, max_size=SIZE).map(np.array)
positive = st.lists(st.floats(0.01, 1e6), min_size=SIZE, max_size=SIZE).map(np.array)


def close(got, want, *sizes):
    """Equal to 1e-12 of the largest amounts that were added up."""
    assert abs(got - want) <= 1e-12 * (1.0 + sum(float(np.abs(one).sum()) for one in sizes))


@given(v0=values, v1=values, q0=values, q1=values)
def test_price_volume_entry_exit_and_unpriced_sum_to_the_change(v0, v1, q0, q1):
    found = split.price_volume(v0, v1, q0, q1)
    close(found.change, v1.sum() - v0.sum(), v0, v1)
    assert found.entry.sum() == pytest.approx(v1[v0 == 0].sum()) and (found.exit <= 0).all()


@given(v=positive, q0=positive, q1=positive)
def test_terms_swap_sign_when_time_is_reversed(v, q0, q1):
    forth, back = split.price_volume(v, 1.3 * v, q0, q1), split.price_volume(1.3 * v, v, q1, q0)
    close(forth.price.sum(), -back.price.sum(), v)
    close(forth.volume.sum(), -back.volume.sum(), v)


@given(v=positive, q=positive)
def test_a_pure_price_rise_has_no_volume(v, q):
    found = split.price_volume(v, 1.25 * v, q, q)
    close(found.volume.sum(), 0.0, v)
    assert found.index == pytest.approx(1.25) and found.fisher == pytest.approx(1.25)


@given(p0=positive, q0=positive, p1=positive, q1=positive)
def test_fisher_passes_factor_and_time_reversal(p0, q0, p1, q1):
    price, volume = split.fisher(p0, q0, p1, q1)
    assert price * volume == pytest.approx((p1 @ q1) / (p0 @ q0))
    assert split.fisher(p1, q1, p0, q0)[0] * price == pytest.approx(1.0)


@given(seed=st.integers(0, 10_000), which=st.integers(0, 299), times=st.sampled_from([1e3, 1e-3]))
def test_a_quantity_keyed_in_wrongly_by_a_thousand_moves_the_index_by_less_than_its_bound(seed, which, times):
    rng = np.random.default_rng(seed)
    v0, q0 = rng.lognormal(0, 1.5, (2, 300))
    price, volume = np.exp(rng.normal(0, 0.1, 300)), np.exp(rng.normal(0, 0.2, 300))
    v1, q1 = v0 * price * volume, q0 * volume
    right = split.price_volume(v0, v1, q0, q1)
    wrong = split.price_volume(v0, v1, q0, q1 * np.where(np.arange(300) == which, times, 1.0))
    assert wrong.unpriced[which] == pytest.approx(v1[which] - v0[which])
    assert abs(np.log(wrong.index / right.index)) <= wrong.bound
    assert wrong.dropped > 0


factors = st.lists(positive, min_size=3, max_size=3)


@given(before=factors, after=factors)
def test_shapley_is_exact_symmetric_and_gives_nothing_to_what_does_not_change(before, after):
    names = ["a", "b", "c"]
    x0, x1 = np.prod(before, axis=0), np.prod(after, axis=0)
    parts = split.shapley(dict(zip(names, before, strict=True)), dict(zip(names, after, strict=True)))
    close(sum(part.sum() for part in parts.values()), x1.sum() - x0.sum(), *(abs(p) for p in parts.values()), x0, x1)
    turned = split.shapley(dict(zip(names, before[::-1], strict=True)), dict(zip(names, after[::-1], strict=True)))
    assert turned["a"] == pytest.approx(parts["c"], rel=1e-9, abs=1e-9 * (x0 + x1).max())
    still = split.shapley({"a": before[0], "b": before[1]}, {"a": after[0], "b": before[1]})
    assert still["b"] == pytest.approx(np.zeros(SIZE), abs=1e-9)


@given(before=st.tuples(values, positive), after=st.tuples(values, positive))
def test_lmdi_is_exact_with_zeros_as_their_own_terms(before, after):
    parts = split.lmdi(*({"size": side[0], "share": side[1]} for side in (before, after)))
    x0, x1 = np.prod(before, axis=0), np.prod(after, axis=0)
    added = sum(parts.values())
    assert added == pytest.approx(x1 - x0, rel=1e-12, abs=1e-12 * max(1.0, (x0 + x1).max()))
    assert parts["entry"].sum() == pytest.approx(x1[x0 == 0].sum())
    assert parts["exit"].sum() == pytest.approx(-x0[x1 == 0].sum())


@given(own=values, rest=positive, later=values, rest_later=positive)
def test_market_factors_multiply_to_own_trade(own, rest, later, rest_later):
    f0, f1 = split.market_factors(own, own + rest), split.market_factors(later, later + rest_later)
    assert f0["demand"] * f0["structure"] * f0["share"] == pytest.approx(own, rel=1e-9, abs=1e-6)
    whole = sum(part.sum() for part in split.shapley(f0, f1).values())
    close(whole, later.sum() - own.sum(), own, later, rest, rest_later)


@given(b=st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)), e=st.tuples(st.floats(0.1, 10), st.floats(0.1, 10)))
def test_a_currency_split_is_exact_and_symmetric(b, e):
    trade, money = split.currency_split(*b, *e)
    close(trade + money, b[1] * e[1] - b[0] * e[0], abs(b[0] * 20), abs(b[1] * 20))
    back = split.currency_split(*b[::-1], *e[::-1])
    assert back == pytest.approx((-trade, -money))


@given(x0=values, x1=values, m0=values, m1=values, q=st.lists(positive, min_size=4, max_size=4))
def test_a_surplus_splits_into_its_terms(x0, x1, m0, m1, q):
    sold, bought = split.price_volume(x0, x1, q[0], q[1]), split.price_volume(m0, m1, q[2], q[3])
    change = (x1.sum() - m1.sum()) - (x0.sum() - m0.sum())
    close(sum(split.surplus(sold, bought).values()), change, x0, x1, m0, m1)


@pytest.mark.skipif(not DATA.is_dir(), reason="shared data are not beside the repository")
def test_the_united_states_imports_from_china_2017_to_2019():
    table = pd.read_parquet(DATA / "us_imports_consumption_hs2_2013_2021m05.parquet")
    years = table.assign(year=table["period"].str[:4]).groupby(["year", "partner", "hs2"])["imports_usd"].sum()
    own = [years[year]["CHN"].astype(float) for year in ("2017", "2019")]
    market = [years[year]["WLD"].astype(float) for year in ("2017", "2019")]
    chapters = market[0].index.union(market[1].index)
    own, market = ([one.reindex(chapters).fillna(0).to_numpy() for one in side] for side in (own, market))
    factors = [split.market_factors(x, m) for x, m in zip(own, market, strict=True)]
    billions = {name: part.sum() / 1e9 for name, part in split.shapley(*factors).items()}
    assert billions == pytest.approx({"demand": 34.79, "structure": -11.44, "share": -71.64}, abs=0.005)
    logs = {name: part.sum() / 1e9 for name, part in split.lmdi(*factors).items() if name in billions}
    assert logs == pytest.approx({"demand": 34.64, "structure": -11.44, "share": -71.50}, abs=0.005)
    classic = split.constant_share(own, market)
    change = own[1].sum() - own[0].sum()
    assert classic["residual"] / change == pytest.approx(0.091, abs=0.0005)
    assert abs(sum(billions.values()) - change / 1e9) < 1e-9
    low, high = split.orders(*factors)["share"]
    assert (low / 1e9, high / 1e9) == pytest.approx((-75.1, -68.3), abs=0.06)
    coarse = [split.market_factors(np.array([x.sum()]), np.array([m.sum()])) for x, m in zip(own, market, strict=True)]
    assert split.shapley(*coarse)["share"].sum() / 1e9 == pytest.approx(-83.11, abs=0.02)


def test_refusals():
    with pytest.raises(BadTable, match="one shape"):
        split.price_volume(np.ones(2), np.ones(3), np.ones(2), np.ones(2))
    with pytest.raises(BadTable, match="not negative"):
        split.price_volume(-np.ones(2), np.ones(2), np.ones(2), np.ones(2))
    with pytest.raises(BadTable, match="at most the market"):
        split.market_factors(np.ones(2), np.zeros(2))
    with pytest.raises(WrongUsage, match="same at both times"):
        split.shapley({"a": np.ones(1)}, {"b": np.ones(1)})
