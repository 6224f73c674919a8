"""reroute(): from a table of several reporters to the ladder, and every way in which the table may be amiss."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import worlds
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import routes
from entrepot.errors import BadTable, MissingData, UnknownCode, WrongUsage
from entrepot.routes import reroute

ROUTE = {"origin": "china", "destination": "us", "hubs": "vietnam", "base": "2023", "period": "2025"}
SMALL = worlds.Recipe(products=160, relabelled=0.3)


@pytest.fixture(scope="module")
def world():
    return worlds.draw(SMALL, 4)


@pytest.fixture(scope="module")
def table(world):
    return world.table()


@pytest.fixture(scope="module")
def answer(world, table):
    return reroute(table, **ROUTE, tariffs=world.duties())


def rung(answer, name, hub="VNM"):
    return answer.rows[(answer.rows["rung"] == name) & (answer.rows["hub"] == hub)].iloc[0]


def test_rows_are_the_four_rungs_in_order_with_their_definitions(answer):
    assert answer.rows["rung"].tolist() == list(routes.RUNGS) == list(answer.about["definitions"])
    assert set(answer.rows["verdict"]) <= {routes.NONE, routes.SEEN, routes.UNSURE}
    assert answer.rows["why"].str.len().min() > 40
    assert answer.json()


def test_the_ceiling_is_the_sum_of_smaller_legs_of_the_year(answer, world):
    year = [month[:4] == "2025" for month in worlds.MONTHS]
    one, two = (world.flows[pair][:, year].sum(axis=1) for pair in (("CHN", "VNM"), ("VNM", "USA")))
    assert rung(answer, "ceiling").value == pytest.approx(np.minimum(one, two).sum())
    assert rung(answer, "ceiling").share == pytest.approx(np.minimum(one, two).sum() / two.sum())


def test_the_last_rung_agrees_with_the_arrays_it_came_from(answer, world):
    found = worlds.bounds(world, 0, draws=9)
    last = rung(answer, "tariff-identified")
    assert (last.lo, last.value, last.hi) == pytest.approx((0.0, found.value, found.hi))
    assert last.verdict == routes.SEEN
    assert world.truth() <= last.hi <= 2.5 * world.truth()


def test_nothing_planted_is_not_distinguishable_from_none():
    world = worlds.draw(replace(SMALL, relabelled=0.0), 4)
    found = reroute(world.table(), **ROUTE, tariffs=world.duties())
    assert rung(found, "tariff-identified").verdict == routes.NONE
    assert routes.SEEN not in set(found.rows["verdict"])


def test_the_answer_says_what_appears_with_no_rerouting_and_one_level_coarser(answer):
    placebo, coarser = answer.about["placebo"]["VNM"], answer.about["coarser"]["VNM"]
    assert {"KOR through VNM", "VNM to DEU", "undutied goods"} <= set(placebo["rates"])
    assert placebo["lo"] < placebo["mean"] < placebo["hi"]
    assert 0 < placebo["shuffled_lo"] < placebo["shuffled_hi"]
    assert coarser["level"] == "HS4" and coarser["ceiling"] >= rung(answer, "ceiling").value


@settings(max_examples=3, deadline=None)
@given(scale=st.floats(1e-3, 1e3))
def test_another_unit_of_money_scales_every_value(scale):
    world = worlds.draw(replace(SMALL, products=60), 2)
    table = world.table()
    kept = ["value", "lo", "hi"]
    plain = reroute(table, **ROUTE, tariffs=world.duties()).rows
    scaled = reroute(table.assign(value=table["value"] * scale), **ROUTE, tariffs=world.duties()).rows
    assert scaled[kept].to_numpy() == pytest.approx(scale * plain[kept].to_numpy(), nan_ok=True)
    assert scaled["share"].to_numpy() == pytest.approx(plain["share"].to_numpy(), nan_ok=True)


def test_without_duties_the_last_rung_cannot_tell(table):
    last = rung(reroute(table, **ROUTE), "tariff-identified")
    assert last.verdict == routes.UNSURE and np.isnan(last.value) and "tariffs=" in last.why


def test_duties_on_everything_leave_nothing_to_compare(world, table):
    everything = pd.DataFrame(
        [{"destination": "USA", "origin": "CHN", "product": "*", "since": "2025-02", "rate": 0.1}]
    )
    last = rung(reroute(table, **ROUTE, tariffs=everything), "tariff-identified")
    assert last.verdict == routes.UNSURE and "undutied" in last.why


def test_without_other_markets_the_fetch_is_named(world, table):
    kept = table[~table["partner"].isin(worlds.ASIDE)]
    last = rung(reroute(kept, **ROUTE, tariffs=world.duties()), "tariff-identified")
    assert last.verdict == routes.UNSURE and "Fetch exports of CHN" in last.why


def test_a_hub_with_one_leg_cannot_tell_and_names_the_fetch(world, table):
    found = reroute(table, **(ROUTE | {"hubs": ["VNM", "IDN"]}), tariffs=world.duties())
    lines = found.rows[found.rows["hub"] == "IDN"]
    assert set(lines["verdict"]) == {routes.UNSURE} and lines["value"].isna().all()
    assert lines["why"].str.contains("Fetch imports of IDN from CHN").all()
    assert rung(found, "ceiling").value > 0


def test_totals_only_bound_nothing(table):
    keys = [name for name in table.columns if name not in ("product", "value")]
    totals = table.groupby(keys, as_index=False)["value"].sum().assign(product="TOTAL", classification="")
    found = reroute(totals, **ROUTE)
    assert set(found.rows["verdict"]) == {routes.UNSURE}
    assert "Totals only" in rung(found, "ceiling").why


def test_no_leg_at_all_is_refused(table):
    with pytest.raises(MissingData, match="Fetch imports of KHM from CHN"):
        reroute(table, **(ROUTE | {"hubs": "KHM"}))


REFUSED = {
    "hub is the destination": ({"hubs": "us"}, WrongUsage, "neither"),
    "no hub": ({"hubs": ""}, WrongUsage, "nothing"),
    "unknown hub": ({"hubs": "vietnm"}, UnknownCode, "Did you mean VNM"),
    "base after period": ({"base": "2025", "period": "2023"}, WrongUsage, "base earlier"),
    "month against year": ({"base": "2023-11"}, WrongUsage, "both years or both months"),
    "other calendar month": ({"base": "2023-10", "period": "2025-11"}, WrongUsage, "same calendar months"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_questions_that_make_no_sense_are_refused(case, table):
    words, error, said = REFUSED[case]
    with pytest.raises(error, match=said):
        reroute(table, **(ROUTE | words))


def test_legs_in_two_editions_or_currencies_are_refused(table):
    second = (table["reporter"] == "USA") & (table["partner"] == "VNM")
    for column, other in (("classification", "HS2017"), ("currency", "EUR")):
        mixed = table.assign(**{column: np.where(second, other, table[column])})
        with pytest.raises(BadTable, match=f"one {column}"):
            reroute(mixed, **ROUTE)


def test_an_edition_or_valuation_that_changes_between_the_windows_is_refused(table):
    for column, other in (("classification", "HS2017"), ("valuation", "customs")):
        changed = table.assign(**{column: np.where(table["period"] < "2024-06", other, table[column])})
        with pytest.raises(BadTable, match=f"{column} is"):
            reroute(changed, **ROUTE)


def test_a_month_that_a_leg_lacks_leaves_both_windows_and_is_named(world, table):
    lost = (table["reporter"] == "USA") & (table["partner"] == "VNM") & (table["period"] == "2025-12")
    found = reroute(table[~lost], **ROUTE, tariffs=world.duties())
    assert any("2025-12 left out of both windows" in words for words in found.about["warnings"])
    year = [month[:4] == "2025" and month < "2025-12" for month in worlds.MONTHS]
    one, two = (world.flows[pair][:, year].sum(axis=1) for pair in (("CHN", "VNM"), ("VNM", "USA")))
    assert rung(found, "ceiling").value == pytest.approx(np.minimum(one, two).sum())


def test_national_lines_are_added_up_to_six_digits(world, table, answer):
    finer = table.assign(product=np.where(table["reporter"] == "CHN", table["product"] + "00", table["product"]))
    found = reroute(finer, **ROUTE, tariffs=world.duties())
    assert any("added up to 6 digits" in words for words in found.about["warnings"])
    assert rung(found, "ceiling").value == pytest.approx(rung(answer, "ceiling").value)


def test_one_annual_leg_makes_the_question_annual(world, table, answer):
    annual = (table["reporter"] == "USA") & (table["partner"] == "VNM")
    years = table[annual].assign(period=table["period"].str.slice(0, 4), span="year")
    years = years.groupby([name for name in years.columns if name != "value"], as_index=False)["value"].sum()
    found = reroute(pd.concat([table[~annual], years]), **ROUTE, tariffs=world.duties())
    assert any("whole years" in words for words in found.about["warnings"])
    assert rung(found, "ceiling").value == pytest.approx(rung(answer, "ceiling").value)


BAD_DUTIES = {
    "rate in percent": ({"rate": 25.0}, "fraction"),
    "no month": ({"since": "next year"}, "month"),
    "another route": ({"origin": "KOR"}, "No duty of USA on CHN"),
}


@pytest.mark.parametrize("case", BAD_DUTIES)
def test_bad_duties_are_refused(case, table):
    words, said = BAD_DUTIES[case]
    fact = {"destination": "USA", "origin": "CHN", "product": "01", "since": "2025-02", "rate": 0.1}
    with pytest.raises(BadTable, match=said):
        reroute(table, **ROUTE, tariffs=pd.DataFrame([fact | words]))
    with pytest.raises(BadTable, match="rate lack"):
        reroute(table, **ROUTE, tariffs=pd.DataFrame([fact]).drop(columns="rate"))


@given(
    weights=st.lists(st.floats(0.01, 1), min_size=4, max_size=4),
    later=st.lists(st.floats(0.01, 1), min_size=4, max_size=4),
    content=st.lists(st.floats(0, 1), min_size=8, max_size=8),
)
def test_look_through_splits_exactly(weights, later, content):
    w0, w1 = np.array(weights) / sum(weights), np.array(later) / sum(later)
    c0, c1 = np.array(content[:4]), np.array(content[4:])
    within, between = routes.look_through_change((w0, c0), (w1, c1))
    assert within + between == pytest.approx(routes.look_through(w1, c1) - routes.look_through(w0, c0), abs=1e-12)
