"""Predictors: nothing that came out later enters, a planted one is found, and noise moves little."""

from datetime import date

import numpy as np
import pytest
from conftest import frame
from months import levels, rows

from entrepot import bands, flows, ledger, outlook, periods, predictors, series
from entrepot.errors import BadTable, MissingData, WrongUsage

MONTHS = periods.each("2008-01:2020-09")
RNG = np.random.default_rng(8)
HINT = dict(zip(MONTHS, RNG.standard_normal(len(MONTHS)), strict=True))
PLANTED = {
    month: value * np.exp(0.04 * HINT[month])
    for month, value in levels("2008-01", "2020-08", seed=1, spread=0.01).items()
}
KNOWN = "2020-10-01"


def hints(values=None, *, after=1, **more):
    """Rows of a predictor that is public on the first day of the month after, or `after` months later."""
    return [
        {"predictor": "hint", "period": month, "value": value, "released": f"{periods.later(month, after)}-01"} | more
        for month, value in (values or HINT).items()
    ]


@pytest.fixture(scope="module")
def fan():
    held = series.gather(flows.read(frame(rows(PLANTED))), ("X",), series.Line())["X"]
    return bands.fan(held, 3)


def bridged(fan, table, known=KNOWN):
    return predictors.bridged(fan, predictors.read(table), known)


def test_a_planted_predictor_is_found_and_narrows_the_interval(fan):
    moved, bridge = bridged(fan, hints())
    assert bridge.names == ("hint",) and bridge.months >= predictors.FEWEST
    assert bridge.move == pytest.approx(0.04 * HINT["2020-09"], abs=0.015)
    assert moved.logs[0] == pytest.approx(fan.logs[0] + bridge.move)
    np.testing.assert_array_equal(moved.logs[1:], fan.logs[1:])
    assert moved.widths(0.80)[0] < 0.8 * fan.widths(0.80)[0]


def test_what_says_nothing_moves_little(fan):
    noise = dict(zip(MONTHS, np.random.default_rng(99).standard_normal(len(MONTHS)), strict=True))
    assert abs(bridged(fan, hints(noise))[1].move) < 0.01
    assert bridged(fan, hints(dict.fromkeys(MONTHS, 50.0)))[1].move == 0


def test_what_came_out_later_changes_nothing(fan):
    """A figure printed after the day, a later revision of every month, and months after the one forecast."""
    first = bridged(fan, hints())
    later = hints({month: 99.0 for month in MONTHS}, after=2)
    beyond = [{"predictor": "hint", "period": "2020-10", "value": 99.0, "released": "2020-09-20"}]
    late = [
        {"predictor": "other", "period": month, "value": 1.0, "released": f"{periods.later(month, 1)}-02"}
        for month in MONTHS
    ]
    for more in (later, beyond, late):
        again = bridged(fan, [*hints(), *more])
        assert again[1] == first[1]
        np.testing.assert_array_equal(again[0].errors, first[0].errors)


def test_the_errors_behind_the_interval_rest_on_earlier_months(fan):
    targets = [row[0] for row in fan.targets]
    cut = targets[-10]
    poisoned = {month: (50.0 if month >= cut else value) for month, value in HINT.items()}
    one, other = bridged(fan, hints())[0].errors[:, 0], bridged(fan, hints(poisoned))[0].errors[:, 0]
    np.testing.assert_array_equal(one[:-10], other[:-10])
    assert not np.allclose(one[-9:], other[-9:])


def test_the_last_print_by_the_day_counts():
    table = predictors.read([*hints({"2020-08": 1.0}), *hints({"2020-08": 2.0}, after=2)])
    assert predictors.known_by(table, "2020-08", date(2020, 8, 31)) == {}
    assert predictors.known_by(table, "2020-08", date(2020, 9, 1)) == {"hint": 1.0}
    assert predictors.known_by(table, "2020-08", date(2020, 10, 1)) == {"hint": 2.0}


def test_the_answer_says_what_moved_it_and_is_not_the_declared_model(tmp_path, monkeypatch):
    asked = {"flow": "X", "months": 2}
    plain = outlook.forecast(frame(rows(PLANTED)), **asked)
    moved = outlook.forecast(frame(rows(PLANTED)), predictors=hints(), known=KNOWN, **asked)
    assert plain.about["declared"] and not moved.about["declared"]
    assert moved.about["predictors"] == ["hint"] and moved.about["known"] == KNOWN
    assert "moved by" in moved.about["warnings"][0] and "fitted on" in moved.about["warnings"][0]
    assert moved.rows["median"][1] == plain.rows["median"][1] != moved.rows["median"][0]
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    assert ledger.record(moved).about["model"] == "mean with predictors"


BAD = {
    "no day": ([{"predictor": "a", "period": "2020-01", "value": 1.0}], "released missing"),
    "no month": ([
        {"predictor": "a", "period": "2020", "value": 1.0, "released": "2020-02-01"}], "hold no month"),
    "no number": (hints({"2020-01": "many"}), "hold no month"),
    "twice": (hints({"2020-01": 1.0}) * 2, "twice on one day"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_bad_tables_are_refused(what):
    table, said = BAD[what]
    with pytest.raises(BadTable, match=said):
        predictors.read(table)


def test_too_early_too_few_and_parts_are_refused(fan):
    with pytest.raises(MissingData, match="public by 2020-09-30"):
        bridged(fan, hints(), "2020-09-30")
    with pytest.raises(MissingData, match="20 past months have hint .* 36 are needed"):
        bridged(fan, hints({month: HINT[month] for month in MONTHS[-21:]}))
    with pytest.raises(WrongUsage, match="leave --by out"):
        outlook.forecast(frame(rows(PLANTED)), predictors=hints(), by="partner")
