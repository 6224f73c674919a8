"""Whether an excess is told from none: laws of the permutations, then planted worlds of every kind."""

from dataclasses import replace

import numpy as np
import planted as worlds
import pytest

from entrepot import chance, rungs


def test_labels_keep_their_number_within_sectors_that_hold_both_kinds():
    rng = np.random.default_rng(0)
    sectors, dutied = rng.integers(0, 5, 200), rng.random(200) < 0.4
    labels = chance.shuffles(dutied, sectors, np.ones(200), draws=20, seed=1)
    for sector in range(5):
        assert set(labels[:, sectors == sector].sum(axis=1)) == {dutied[sectors == sector].sum()}


def test_whole_sectors_change_places_where_duties_follow_sectors():
    sectors = np.repeat(np.arange(20), 10)
    labels = chance.shuffles(sectors < 10, sectors, np.ones(200), draws=30, seed=1)
    by_sector = labels.reshape(31, 20, 10)
    assert (by_sector.min(axis=2) == by_sector.max(axis=2)).all()
    assert (labels.sum(axis=1) == 100).all()


def test_permuted_p_values_are_uniform_when_nothing_happens(monkeypatch):
    monkeypatch.setattr(chance, "ALLOWANCE", 0.0)
    rng = np.random.default_rng(5)
    found = []
    for seed in range(150):
        legs = [rungs.Leg(*rng.lognormal(0, 1, (4, 120))) for _ in range(2)]
        exposed = rng.lognormal(0, 1, 120)
        args = ([legs[0]], legs[1], rng.random(120) < 0.5, rng.integers(0, 6, 120))
        found.append(list(chance.judge(*args, exposed=exposed, draws=99, seed=seed).tests.values()))
    rejected = (np.array(found) <= 0.05).mean(axis=0)
    assert (rejected <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 150)).all()


def scaled(leg, amount):
    return rungs.Leg(*(amount * getattr(leg, name) for name in rungs.PARTS))


def test_a_judgement_has_no_unit():
    world = worlds.draw(worlds.varied(7, relabelled=0.1), 7)
    firsts, second, direct = worlds.legs(world)
    one, two, before = worlds.before(world)
    fixed = {"years": 2.0, "draws": 49}
    plain = chance.judge(firsts, second, world.dutied, worlds.chapters(world), exposed=direct,
                         earlier=(one, two, before), **fixed)  # fmt: skip
    other = chance.judge(
        [scaled(leg, 1e-3) for leg in firsts], scaled(second, 1e-3), world.dutied, worlds.chapters(world),
        exposed=1e-3 * direct, earlier=(scaled(one, 1e-3), scaled(two, 1e-3), 1e-3 * before), **fixed,
    )  # fmt: skip
    assert other.lower == pytest.approx(plain.lower) and other.trend == pytest.approx(plain.trend, abs=1e-12)
    assert other.tests == plain.tests and other.seen == plain.seen


COUNT = 32


def seen(recipes):
    return [worlds.judged(worlds.draw(recipe, seed), seed, draws=99).seen for seed, recipe in recipes]


def test_a_fifth_relabelled_is_told_in_most_worlds():
    assert np.mean(seen([(seed, worlds.varied(seed, relabelled=0.2)) for seed in range(COUNT)])) >= 0.80


def test_worlds_without_relabelling_are_rarely_called():
    assert np.mean(seen([(seed, worlds.varied(seed)) for seed in range(COUNT)])) <= 0.09


@pytest.mark.parametrize("force", worlds.families())
def test_each_force_alone_reads_as_none(force):
    alarms = seen([(seed, worlds.families()[force]) for seed in range(100, 112)])
    assert np.mean(alarms) <= 0.09  # at most one of twelve


ADVERSE = (
    *("dutied goods grow 25 % a year in the hub", "hub pulls 4x", "the same, hub pulls 4x"),
    *("the same, of the same goods", "deflection and diversion 35 %", "zeros in half of the months"),
)


@pytest.mark.parametrize("name", ADVERSE)
def test_adverse_worlds_without_relabelling_are_rarely_called(name):
    alarms = seen([(seed, worlds.varied(seed, **worlds.wide()[name])) for seed in range(200, 212)])
    assert np.mean(alarms) <= 0.09


def test_a_trend_that_is_older_than_the_duty_is_taken_off():
    world = worlds.draw(replace(worlds.Recipe(), pretrend=0.25), 3)
    found = worlds.judged(world, 3)
    assert min(found.trend) > 0.3  # a quarter a year, two years, less a standard error
    assert found.checked and not found.seen
    firsts, second, direct = worlds.legs(world)
    blind = chance.judge(firsts, second, world.dutied, worlds.chapters(world), exposed=direct, draws=99)
    assert blind.trend == (0.0, 0.0) and not blind.checked


def test_without_direct_sales_a_fifth_is_still_told():
    found = []
    for seed in range(12):
        for share in (0.0, 0.2):
            world = worlds.draw(worlds.varied(seed, relabelled=share), seed)
            firsts, second, _ = worlds.legs(world)
            judged = chance.judge(firsts, second, world.dutied, worlds.chapters(world), draws=99, seed=seed)
            found.append((share > 0, judged.seen))
    assert np.mean([seen for planted, seen in found if not planted]) <= 0.09
    assert np.mean([seen for planted, seen in found if planted]) >= 0.70
