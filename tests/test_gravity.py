"""PPML: an independent estimator, published effects of trade agreements, refusals."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import gravity
from entrepot.errors import BadTable, NotSolved, WrongUsage

PANEL = Path(__file__).parents[1].parent / "shared" / "data" / "agtpa_gravity_panel" / "agtpa_panel.parquet"
COUNTRY_TIME = [("exporter", "year"), ("importer", "year")]


def made(seed, n=12, years=4, theta=0.5):
    rng = np.random.default_rng(seed)
    e, i, t = (axis.ravel() for axis in np.meshgrid(np.arange(n), np.arange(n), np.arange(years), indexing="ij"))
    keep = e != i
    e, i, t = e[keep], i[keep], t[keep]
    out, into = rng.normal(0, 1, (2, n, years))
    x = rng.normal(0, 1, len(e))
    y = rng.poisson(5 * np.exp(theta * x + out[e, t] + into[i, t])).astype(float)
    pair = e * n + i
    return pd.DataFrame({"exporter": e, "importer": i, "year": t, "x": x, "trade": y, "pair": pair})


def fit(table, **words):
    fixed = {"outcome": "trade", "regressors": ["x"], "effects": COUNTRY_TIME, "cluster": ("pair",), "engine": "numpy"}
    return gravity.ppml(table, **(fixed | {"domestic": "left out"} | words))


def test_an_independent_estimator_agrees():
    table = made(1, n=6, years=2)
    found = fit(table)
    dummies = [pd.get_dummies(table[side].astype(str) + table["year"].astype(str)) for side in ("exporter", "importer")]
    design = np.column_stack([table["x"], *(one.to_numpy(float)[:, k > 0 :] for k, one in enumerate(dummies))])
    assert found.coefficient["x"] == pytest.approx(_newton(table, design), abs=1e-7)


def _newton(table, design):
    """Poisson likelihood with all dummies, by plain Newton steps with a pseudo-inverse."""
    y, beta = table["trade"].to_numpy(), np.zeros(design.shape[1])
    for _ in range(60):
        mu = np.exp(design @ beta)
        beta = beta + np.linalg.lstsq(design.T @ (mu[:, None] * design), design.T @ (y - mu), rcond=1e-12)[0]
    return beta[0]


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 99), scale=st.floats(1e-3, 1e6))
def test_the_unit_of_trade_changes_nothing(seed, scale):
    table = made(seed, n=6, years=2)
    one, two = fit(table), fit(table.assign(trade=table["trade"] * scale))
    assert one.coefficient["x"] == pytest.approx(two.coefficient["x"], abs=1e-7)
    assert one.error["x"] == pytest.approx(two.error["x"], rel=1e-5)


def test_a_planted_elasticity_lies_within_two_errors_in_most_worlds():
    hits = []
    for seed in range(30):
        found = fit(made(seed))
        hits.append(abs(found.coefficient["x"] - 0.5) <= 1.96 * found.error["x"])
    assert np.mean(hits) >= 0.8  # nominal 0.95, 30 draws


def test_levels_with_only_zeros_are_dropped_and_counted():
    table = made(2)
    table.loc[table["exporter"] == 3, "trade"] = 0.0
    found = fit(table)
    assert found.dropped == (table["exporter"] == 3).sum()
    assert found.observations + found.dropped == len(table)


@pytest.mark.skipif(not PANEL.is_file(), reason="shared data are not beside the repository")
def test_trade_agreements_as_the_guide_of_unctad_and_wto_prints_them():
    held = pd.read_parquet(PANEL)
    held = held[held["year"].isin(range(1986, 2007, 4))]
    pair = ["|".join(sorted(ends)) for ends in zip(held["exporter"], held["importer"], strict=True)]
    held = held.assign(pair=pair, ln_dist=np.log(held["dist"]))
    abroad = held[held["exporter"] != held["importer"]]
    geography = ["rta", "ln_dist", "cntg", "lang", "clny"]
    simple = fit(abroad, regressors=geography)
    assert simple.coefficient["rta"] == pytest.approx(0.191, abs=0.001)
    three = fit(held, regressors=["rta"], effects=[*COUNTRY_TIME, ("pair",)], domestic="pair effects, kept")
    assert three.coefficient["rta"] == pytest.approx(0.557, abs=0.001)
    assert three.error["rta"] == pytest.approx(0.102, rel=0.02)
    assert three.observations == 28_482 and "Weidner" in three.notes[0]


def test_the_part_of_a_duty_sums_with_the_rest_and_has_a_band():
    rng = np.random.default_rng(0)
    before, after = rng.lognormal(0, 1, (2, 50))
    low, high = np.zeros(50), rng.uniform(0, 0.5, 50)
    found = gravity.tariff_part(before, after, low, high, 2.5, 0.3)
    assert found["tariff"] + found["not explained"] == pytest.approx(after.sum() - before.sum())
    assert found["lo"] < found["tariff"] < found["hi"] < 0
    assert gravity.tariff_part(before, after, low, low, 2.5, 0.3)["tariff"] == pytest.approx(0.0)


def test_an_event_study_finds_what_was_planted_and_its_p_is_uniform_without():
    rng = np.random.default_rng(1)
    base, found = rng.lognormal(0, 1, (80, 1)), []
    for _ in range(60):
        values = base * np.exp(rng.normal(0, 0.2, (80, 30)))
        found.append(gravity.event_study(values, rng.random(80) < 0.5, step=18, draws=99).p)
    assert np.mean(np.array(found) <= 0.1) <= 0.1 + 3 * np.sqrt(0.09 / 60)
    listed = np.arange(80) < 40
    values = base * np.exp(rng.normal(0, 0.2, (80, 30)))
    values[:40, 18:] *= np.exp(-0.5)
    study = gravity.event_study(values, listed, step=18, draws=199)
    assert study.p <= 0.05 and study.effect[18:].mean() == pytest.approx(-0.5, abs=0.15)
    assert study.times[18] == 0


def test_refusals():
    table = made(0, n=5, years=2)
    with pytest.raises(WrongUsage, match="domestic"):
        fit(table, domestic=" ")
    with pytest.raises(WrongUsage, match="no engine"):
        fit(table, engine="stata")
    with pytest.raises(BadTable, match="lacks"):
        fit(table, regressors=["tariff"])
    with pytest.raises(BadTable, match="negative"):
        fit(table.assign(trade=-1.0))
    with pytest.raises(BadTable, match="missing"):
        fit(table.assign(x=np.nan))
    with pytest.raises(NotSolved, match="cannot be told"):
        fit(table.assign(x=table["exporter"] + 10.0 * table["year"]))
    with pytest.raises(BadTable, match="both kinds"):
        gravity.event_study(np.ones((4, 30)), np.ones(4, dtype=bool), step=18)
    with pytest.raises(WrongUsage, match="positive"):
        gravity.tariff_part(np.ones(1), np.ones(1), np.zeros(1), np.zeros(1), -2.0, 0.1)


def test_without_the_extra_the_message_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyfixest", None)  # an import of it then fails as if it were not installed
    with pytest.raises(WrongUsage, match=r"entrepot\[estimate\]"):
        fit(made(0, n=5, years=2), engine="pyfixest")
    assert fit(made(0, n=5, years=2), engine="auto").engine == "numpy"


@pytest.mark.filterwarnings("ignore")
def test_both_engines_agree():
    pytest.importorskip("pyfixest", reason="the extra `estimate` is not installed")
    table = made(4)
    one, two = fit(table), fit(table, engine="pyfixest")
    assert one.coefficient["x"] == pytest.approx(two.coefficient["x"], abs=1e-8)
    assert one.error["x"] == pytest.approx(two.error["x"], rel=0.05)  # small-sample conventions differ
