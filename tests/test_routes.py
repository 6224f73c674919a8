"""reroute(): from a table of several reporters to the ladder, and every way in which the table may be amiss."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import planted as worlds
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import charts_routes, pictures, routes
from entrepot.errors import BadTable, MissingData, UnknownCode, WrongUsage
from entrepot.routes import reroute

ROUTE = {"origin": "china", "destination": "us", "hubs": "vietnam", "base": "2023", "period": "2025"}
SMALL = worlds.Recipe(products=200, relabelled=0.4)


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
    found = worlds.bounds(world)
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


def test_the_world_less_the_countries_asked_about_stands_in_for_other_partners(world, table):
    keys = [name for name in table.columns if name not in ("partner", "value")]
    sold = table[(table["reporter"] == "CHN") & (table["flow"] == "X")]
    direct = table[(table["reporter"] == "USA") & (table["partner"] == "CHN")]
    direct = direct.assign(reporter="CHN", partner="USA", flow="X", valuation="fob")
    whole = pd.concat([sold, direct]).groupby(keys, as_index=False)["value"].sum().assign(partner="WLD")
    kept = table[~((table["reporter"] == "CHN") & table["partner"].isin(worlds.ASIDE))]
    kept = kept[~((kept["reporter"] == "USA") & (kept["partner"] == "CHN"))]
    found = reroute(pd.concat([kept, direct, whole]), **ROUTE, tariffs=world.duties())
    assert any("world less the countries asked about" in words for words in found.about["warnings"])
    plain = rung(reroute(table, **ROUTE, tariffs=world.duties()), "tariff-identified")
    assert rung(found, "tariff-identified").hi == pytest.approx(plain.hi)


def test_a_hub_with_one_leg_cannot_tell_and_names_the_fetch(world, table):
    found = reroute(table, **(ROUTE | {"hubs": ["VNM", "IDN"]}), tariffs=world.duties())
    lines = found.rows[found.rows["hub"] == "IDN"]
    assert set(lines["verdict"]) == {routes.UNSURE} and lines["value"].isna().all()
    assert lines["why"].str.contains("CHN to IDN is not held|IDN to USA is not held").all()
    (fetch,) = [words for words in found.about["warnings"] if "fetch" in words]  # said once, not on every line
    assert "entrepot fetch comtrade" in fetch and "--product AG6" in fetch and "IDN" in fetch
    assert rung(found, "ceiling").value > 0


def test_totals_only_bound_nothing(table):
    keys = [name for name in table.columns if name not in ("product", "value")]
    totals = table.groupby(keys, as_index=False)["value"].sum().assign(product="TOTAL", classification="")
    found = reroute(totals, **ROUTE)
    assert set(found.rows["verdict"]) == {routes.UNSURE}
    assert "Totals only" in rung(found, "ceiling").why
    assert found.rows[["value", "lo", "hi", "share"]].isna().all(axis=None)  # no 100 % that reads as a finding
    held = found.about["hub"]["VNM"]["totals"]
    assert held["imports from the hub"] > 0 and held["exports to the hub"] > 0
    with pytest.raises(MissingData, match="No rung has a value"):
        pictures.picture(found)


def test_no_leg_at_all_is_refused(table):
    with pytest.raises(MissingData, match="entrepot fetch comtrade KHM -p 2023-01:2025-12 --partner CHN --product AG6"):
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


def test_legs_in_two_classifications_or_currencies_are_refused(table):
    second = (table["reporter"] == "USA") & (table["partner"] == "VNM")
    for column, other in (("classification", "NAICS"), ("currency", "EUR")):
        mixed = table.assign(**{column: np.where(second, other, table[column])})
        with pytest.raises(BadTable, match=f"one {column}"):
            reroute(mixed, **ROUTE)


def test_a_classification_or_valuation_that_changes_between_the_windows_is_refused(table):
    for column, other in (("classification", "NAICS"), ("valuation", "customs")):
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


def test_a_duty_on_the_hub_or_on_a_comparison_is_said(world, table):
    own = {"product": "01", "since": "2025-04", "rate": 0.2}
    more = pd.DataFrame([own | {"destination": "USA", "origin": one} for one in ("VNM", "MEX")])
    found = reroute(table, **ROUTE, tariffs=pd.concat([world.duties(), more]))
    said = " ".join(found.about["warnings"])
    assert "Goods of VNM got a duty" in said and "MEX" not in found.about["comparison"]["origins"]


def test_a_duty_list_may_name_headings_above_and_lines_below(world, table, answer):
    duties = world.duties()
    finer = duties.assign(product=duties["product"] + "10")
    last = rung(reroute(table, **ROUTE, tariffs=finer), "tariff-identified")
    assert last.hi == pytest.approx(rung(answer, "tariff-identified").hi)


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


SHARED = Path(__file__).parents[1].parent / "shared" / "data"


@pytest.mark.skipif(not SHARED.is_dir(), reason="shared data are not beside the repository")
def test_solar_panels_through_viet_nam_and_mexico():
    """One real triangle: China's exports by month (HS8) against imports of the United States by year (HS6)."""
    import solar_triangle

    table = solar_triangle.flows(SHARED)
    hubs = ",".join(solar_triangle.HUBS)
    found = reroute(table, **(ROUTE | {"hubs": hubs, "base": "2022", "period": "2024"}))
    for hub in ("MYS", "THA"):  # no report of the United States by HS6 is held
        assert set(found.rows[found.rows["hub"] == hub]["verdict"]) == {routes.UNSURE}
        assert f"{hub} to USA is not held" in rung(found, "ceiling", hub).why
        assert any(f"fetch comtrade USA -p 2022-01:2024-12 --partner {hub}" in one for one in found.about["warnings"])
    inputs = solar_triangle.inputs(SHARED) / 1e6  # wafers in, panels out: relocation
    assert inputs.loc[("wafers", "VNM")].loc[["2022", "2023", "2024"]].round().tolist() == [1329, 1225, 270]
    assert inputs.loc[("cells", "VNM")].loc[["2022", "2023", "2024"]].round().tolist() == [300, 93, 45]
    through = {hub: rung(found, "ceiling", hub) for hub in ("VNM", "MEX")}
    assert through["VNM"].value / 1e6 == pytest.approx(146, abs=0.5)
    assert through["VNM"].share == pytest.approx(0.026, abs=0.001)  # even the ceiling is 3 % of what is bought
    assert through["MEX"].share == pytest.approx(1.0)  # 238 in, 222 out: the hub's own use decides
    assert set(found.rows["verdict"]) <= {routes.UNSURE, routes.NONE}
    assert any("whole years" in words for words in found.about["warnings"])
    assert any("added up to 6 digits" in words for words in found.about["warnings"])


def test_what_ships_cannot_tell_and_says_what_would():
    from entrepot import lake

    found = reroute(lake.load(), **(ROUTE | {"base": "2023", "period": "2024"}))
    assert set(found.rows["verdict"]) == {routes.UNSURE}
    assert any(
        "entrepot fetch comtrade VNM -p 2023-01:2024-12 --partner CHN --product AG6" in one
        for one in found.about["warnings"]
    )


@pytest.mark.parametrize("lag", [0, 1, 3])
@pytest.mark.parametrize(("base", "period"), [("2023", "2025"), ("2023-11", "2025-11")])
def test_the_high_end_of_the_ceiling_holds_what_a_voyage_and_value_added_hide_from_the_sum(lag, base, period):
    world = worlds.draw(
        worlds.Recipe(products=120, hub_size=0.01, relabelled=0.3, lag=lag, margin=0.15, lumpy=0.6, even=True), 1
    )
    top = rung(reroute(world.table(), **(ROUTE | {"base": base, "period": period})), "ceiling")
    arrived = world.arrived[:, [month.startswith(period) for month in worlds.MONTHS]].sum()
    assert top.lo == 0 and top.hi >= arrived
    assert (
        top.value
        <= top.hi
        <= world.flows["VNM", "USA"][:, [month.startswith(period) for month in worlds.MONTHS]].sum() * (1 + 1e-12)
    )
    if lag == 3 and len(period) == 7:
        assert top.value < arrived  # which the sum alone does not reach


def test_the_increment_has_no_ends_for_a_loss_of_other_trade_hides_some(world, table, answer):
    assert rung(answer, "increment")[["lo", "hi"]].isna().all()
    shrunk = table.copy()
    before = (table["period"] < "2025-02") & table["reporter"].isin(["CHN", "USA"])
    through = (table["partner"] == "VNM") & before
    shrunk.loc[through, "value"] *= 8  # the hub's other trade was larger, and fell by as much as was relabelled
    extra = rung(reroute(shrunk, **ROUTE), "increment")
    assert extra.value < world.truth() and not extra.hi < world.truth()


def test_prints_of_one_figure_are_never_added_up(table, world, answer):
    older = table.assign(value=0.5 * table["value"], released="2026-01-20")
    both = pd.concat([older, table])  # a user's table need not say what was superseded
    newest = reroute(both, **ROUTE, tariffs=world.duties())
    kept = ["value", "lo", "hi"]
    assert newest.rows[kept].to_numpy() == pytest.approx(answer.rows[kept].to_numpy(), nan_ok=True)
    then = reroute(both, **ROUTE, vintage="2026-02-01")
    first = reroute(both, **ROUTE, vintage="first")
    for found in (then, first):
        assert rung(found, "ceiling").value == pytest.approx(0.5 * rung(answer, "ceiling").value)
    with pytest.raises(WrongUsage, match="one vintage"):
        reroute(both, **ROUTE, vintage="all")


def test_only_some_goods_printed_again_replace_only_themselves(table, answer):
    again = (table["reporter"] == "USA") & (table["partner"] == "VNM") & (table["product"] < "20")
    older = table[again].assign(value=2 * table.loc[again, "value"], released="2026-01-20")
    found = reroute(pd.concat([table, older]), **ROUTE)
    assert rung(found, "ceiling").value == pytest.approx(rung(answer, "ceiling").value)


def test_a_leg_held_for_one_window_only_is_said_so(table):
    found = reroute(table, **(ROUTE | {"period": "2026"}))
    said = " ".join(found.about["warnings"])
    assert "CHN to VNM is held by product for 2023, not for 2026." in said
    assert set(found.rows["verdict"]) == {routes.UNSURE}


def test_a_missing_month_says_how_much_of_the_period_the_values_cover(table):
    lost = (table["reporter"] == "CHN") & (table["partner"] == "VNM") & table["period"].isin(["2025-03", "2025-04"])
    said = " ".join(reroute(table[~lost], **ROUTE).about["warnings"])
    assert "Values cover 10 of 12 months." in said


def test_a_leg_told_in_part_is_said_so(table):
    part = (table["reporter"] == "CHN") & (table["partner"] == "VNM")
    found = reroute(table.assign(concept=np.where(part, "processing", "standard")), **ROUTE)
    assert any("CHN to VNM is held as processing only" in words for words in found.about["warnings"])


INCOMPLETE = {
    "no rate": ({"rate": float("nan")}, "1 row.s. of the table of duties lack a value, the first of them row 2"),
    "no product": ({"product": None}, "the first of them row 2"),
    "no month of that name": ({"since": "2025-13"}, "month"),
    "a rate in words": ({"rate": "a quarter"}, "a fraction .0.25."),
}


@pytest.mark.parametrize("case", INCOMPLETE)
def test_duties_that_lack_a_value_are_refused_with_the_row(case, table):
    words, said = INCOMPLETE[case]
    fact = {"destination": "USA", "origin": "CHN", "product": "01", "since": "2025-02", "rate": 0.1}
    with pytest.raises(BadTable, match=said):
        reroute(table, **ROUTE, tariffs=pd.DataFrame([fact, fact | words]))


def test_duties_are_a_table_not_its_name(table):
    with pytest.raises(BadTable, match="not str"):
        reroute(table, **ROUTE, tariffs="duties.csv")


def test_codes_of_duties_that_were_numbers_get_their_zero_back(world, table, answer):
    duties = world.duties()
    assert (duties["product"].str[0] == "0").any()
    found = reroute(table, **ROUTE, tariffs=duties.assign(product=duties["product"].astype(int)))
    assert rung(found, "tariff-identified").hi == pytest.approx(rung(answer, "tariff-identified").hi)
    assert found.about["hub"]["VNM"]["test"]["products"] == answer.about["hub"]["VNM"]["test"]["products"]


def test_goods_whose_code_changes_on_the_way_stay_inside_their_heading():
    world = worlds.draw(replace(SMALL, products=240, relabelled=0.0), 3)
    names = [f"{n // 8 + 1:02d}{n // 4:02d}{n % 4 + 1}0" for n in range(240)]
    code = dict(zip(world.products, names, strict=True))
    table = world.table().assign(product=lambda one: one["product"].map(code))
    heading = sorted({name[:4] for name in names})[::2]
    since = [month >= "2025-02" for month in worlds.MONTHS]
    moved = 0.2 * world.flows["CHN", "USA"] * since
    hit = np.array([name[:4] in heading for name in names])
    rows = []
    for n in np.flatnonzero(hit):
        neighbour = n + 1 if n % 4 < 3 else n - 3  # out as the next line of the same heading
        for month, value in zip(worlds.MONTHS, moved[n], strict=True):
            rows.append(("CHN", "VNM", "X", names[n], month, "fob", value))
            rows.append(("USA", "VNM", "M", names[neighbour], month, "cif", 1.1 * value))
    more = pd.DataFrame(rows, columns=["reporter", "partner", "flow", "product", "period", "valuation", "value"])
    keys = [name for name in table.columns if name != "value"]
    fixed = table.drop(columns=more.columns).iloc[0].to_dict()
    whole = pd.concat([table, more[more["value"] > 0].assign(**fixed)]).groupby(keys, as_index=False)["value"].sum()
    fact = {"destination": "USA", "origin": "CHN", "rate": 0.25, "since": "2025-02"}
    found = reroute(whole, **ROUTE, tariffs=pd.DataFrame([fact | {"product": one} for one in heading]))
    wider = found.about["coarser"]["VNM"]
    truth = 1.1 * moved[hit][:, [month[:4] == "2025" for month in worlds.MONTHS]].sum()
    assert wider["level"] == "HS4" and wider["tariff-identified"]["verdict"] == routes.SEEN
    assert rung(found, "ceiling").value < wider["ceiling"]
    assert wider["tariff-identified"]["hi"] >= truth > rung(found, "tariff-identified").hi


def test_headings_of_which_only_some_lines_are_dutied_are_left_out(world, table, answer):
    assert answer.about["coarser"]["VNM"]["tariff-identified"]["hi"] is None  # each holds both kinds here


def test_the_chart_is_in_the_money_of_the_answer_and_names_the_hub_of_which_nothing_is_told(table):
    found = reroute(table.assign(currency="EUR"), **(ROUTE | {"hubs": "vietnam,mexico"}))
    spec = str(pictures.picture(found).to_dict())
    assert "bn EUR" in spec and "USD" not in spec
    assert "Cannot tell of Mexico." in spec
    assert "Cannot tell" not in str(pictures.picture(reroute(table, **ROUTE)).to_dict())


def moved_through(world, hub, share):
    """The table of a world in which a share of dutied direct sales passes through a comparison country as well."""
    after = np.outer(world.dutied, [month >= world.since for month in worlds.MONTHS])
    through = share * world.flows["CHN", "USA"] * after
    held = {**world.flows, ("CHN", hub): world.flows["CHN", hub] + through}
    held[hub, "USA"] = world.flows[hub, "USA"] + 1.05 * through
    return replace(world, flows=held).table()


def test_a_hub_that_was_not_asked_about_leaves_the_comparison(world, table):
    told = reroute(moved_through(world, "DEU", 0.5), **ROUTE, tariffs=world.duties())
    assert any("as through a hub: DEU." in words for words in told.about["warnings"])
    assert "DEU" not in {*told.about["comparison"]["markets"], *told.about["comparison"]["origins"]}
    ends = {"CHN": ("DEU",), "USA": ("DEU",)}
    kept = table[~np.any([(table["reporter"] == who) & table["partner"].isin(of) for who, of in ends.items()], axis=0)]
    without = rung(reroute(kept, **ROUTE, tariffs=world.duties()), "tariff-identified")
    last = rung(told, "tariff-identified")
    assert (last.value, last.hi) == pytest.approx((without.value, without.hi))
    assert last.hi >= world.truth()


def test_a_comparison_country_that_is_no_hub_stays(answer):
    assert not any("as through a hub" in words for words in answer.about["warnings"])
    assert {*answer.about["comparison"]["markets"], *answer.about["comparison"]["origins"]} == {
        *worlds.ASIDE, *worlds.OTHERS
    }  # fmt: skip


def test_high_ends_are_those_of_the_higher_report(world, table, answer):
    mine = (table["reporter"] == "CHN") & (table["partner"] == "VNM")
    theirs = table[mine].assign(reporter="VNM", partner="CHN", flow="M", valuation="cif")
    short = table.assign(value=np.where(mine & (table["period"] >= "2025-02"), 0.4, 1.0) * table["value"])
    alone = reroute(short, **ROUTE, tariffs=world.duties())
    beside = reroute(pd.concat([short, theirs]), **ROUTE, tariffs=world.duties())
    for name in ("ceiling", "tariff-identified"):
        assert rung(beside, name).hi == pytest.approx(rung(answer, name).hi)
        assert rung(beside, name).hi > rung(alone, name).hi
        assert rung(beside, name).value == pytest.approx(rung(alone, name).value)  # the report preferred
    assert rung(beside, "tariff-identified").hi >= world.truth()


def test_a_step_after_which_a_month_lacks_leaves_the_other_rungs(world, table):
    late = world.duties().assign(since="2025-12")
    gone = table["period"] == "2025-12"
    for lost in (
        gone & (table["reporter"] == "USA") & (table["partner"] == "VNM"),
        gone & (table["reporter"] == "CHN") & table["partner"].isin(worlds.ASIDE),
    ):
        found = reroute(table[~lost], **ROUTE, tariffs=late)
        assert rung(found, "ceiling").value > 0
        last = rung(found, "tariff-identified")
        assert last.verdict == routes.UNSURE and "In no month after the duty step" in last.why


def test_the_other_sides_report_of_other_months_is_no_reason_to_refuse(table, answer):
    mine = (table["reporter"] == "CHN") & (table["partner"] == "VNM")
    theirs = table[mine].assign(reporter="VNM", partner="CHN", flow="M", valuation="cif")
    apart = theirs[theirs["period"].isin(["2023-01", "2025-07"])]  # no month of both years
    found = reroute(pd.concat([table, apart]), **ROUTE)
    assert rung(found, "ceiling").hi == pytest.approx(rung(answer, "ceiling").hi)


def test_a_range_of_months_is_refused_with_what_to_write(table):
    with pytest.raises(WrongUsage, match="--span ytd"):
        reroute(table, **(ROUTE | {"base": "2023-01:2023-06", "period": "2025-01:2025-06"}))


def test_a_currency_in_which_nothing_is_held_is_named(table):
    with pytest.raises(MissingData, match="either leg in CNY"):
        reroute(table, **ROUTE, currency="yuan")


def test_codes_of_duties_may_have_dots(world, table, answer):
    duties = world.duties()
    dotted = duties.assign(product=duties["product"].str[:4] + "." + duties["product"].str[4:])
    found = reroute(table, **ROUTE, tariffs=dotted)
    assert rung(found, "tariff-identified").hi == pytest.approx(rung(answer, "tariff-identified").hi)


def test_what_is_told_from_none_never_has_the_value_zero():
    world = worlds.draw(worlds.Recipe(products=200, relabelled=0.2, taking_part=0.5), 25)
    assert worlds.judged(world, 0).seen and worlds.bounds(world).value == 0  # lines rise, the largest do not
    found = reroute(world.table(), **ROUTE, tariffs=world.duties())
    last = rung(found, "tariff-identified")
    assert last.verdict == routes.SEEN and np.isnan(last.value) and np.isnan(last.share)
    assert last.lo == 0 and last.hi >= world.truth() and "only the bounds" in last.why
    drawn = pictures.picture(found).to_dict()
    (rows,) = (one for one in drawn["datasets"].values() if "verdict" in one[0])
    (line,) = (one for one in rows if one["verdict"] == routes.SEEN)
    assert line["high"] == pytest.approx(last.hi / 1e9) and line["billions"] is None


def test_an_excess_of_one_leg_alone_is_said_to_be_one(world):
    still = worlds.draw(worlds.Recipe(products=200, relabelled=0.0), 4)
    after = np.outer(still.dutied, [month >= still.since for month in worlds.MONTHS])
    for pair, said in ((("CHN", "VNM"), "Only the way in"), (("VNM", "USA"), "Only the way out")):
        more = replace(still, flows={**still.flows, pair: still.flows[pair] * np.where(after, 2.5, 1.0)})
        last = rung(reroute(more.table(), **ROUTE, tariffs=still.duties()), "tariff-identified")
        assert last.verdict == routes.NONE and said in last.why


def test_numbers_that_are_codes_of_another_classification_stay_as_they_are(world, table):
    names = {code: str(n + 101) for n, code in enumerate(world.products)}  # three digits, which no HS code has
    own = table.assign(product=table["product"].map(names), classification="national")
    duties = world.duties().assign(product=lambda one: one["product"].map(names).astype(int))
    found = reroute(own, **ROUTE, tariffs=duties)
    assert found.about["hub"]["VNM"]["test"]["products"] == int(world.dutied.sum())


def test_panels_stand_in_the_order_in_which_the_hubs_were_asked(table):
    lines = reroute(table, **ROUTE).rows
    both = pd.concat([lines, lines.assign(hub="MEX")])
    spec = charts_routes.rung_multiples(both, finding="f", source="s").to_dict()
    assert "'sort': ['Viet Nam', 'Mexico']" in str(spec)


def test_the_hubs_own_demand_and_production_show_in_its_trade_with_others():
    """Both double on dutied goods with everyone: nothing passes through, and nothing may be told from none."""
    still = worlds.draw(worlds.Recipe(products=300, relabelled=0.0), 4)
    factor = np.where(np.outer(still.dutied, [month >= still.since for month in worlds.MONTHS]), 2.0, 1.0)
    with_hub = {pair: values * (factor if "VNM" in pair else 1.0) for pair, values in still.flows.items()}
    only_route = {
        pair: values * (factor if pair in (("CHN", "VNM"), ("VNM", "USA")) else 1.0)
        for pair, values in still.flows.items()
    }
    last = rung(reroute(replace(still, flows=with_hub).table(), **ROUTE, tariffs=still.duties()), "tariff-identified")
    assert last.verdict == routes.UNSURE and "own demand and production" in last.why
    alone = reroute(replace(still, flows=only_route).table(), **ROUTE, tariffs=still.duties())
    assert rung(alone, "tariff-identified").verdict == routes.SEEN  # on this route alone, none of both explains it
    assert max(alone.about["hub"]["VNM"]["test"]["own"]) < 0.2


def test_where_trade_with_others_is_not_held_it_is_said(world, table):
    kept = table[~((table["partner"] == "VNM") & table["reporter"].isin(["DEU", "JPN"]))]  # the hub's other markets
    last = rung(reroute(kept, **ROUTE, tariffs=world.duties()), "tariff-identified")
    assert last.verdict == routes.SEEN and "not ruled out" in last.why


def test_the_trend_before_the_duty_is_read_before_the_duty_not_before_the_period():
    world = worlds.draw(worlds.Recipe(products=200, relabelled=0.3, since="2024-08"), 4)
    found = reroute(world.table(), **ROUTE, tariffs=world.duties())
    direct = worlds.judged(world, 0, draws=499)  # over a year that ends three months before the step
    assert found.about["hub"]["VNM"]["test"]["trend"] == pytest.approx(direct.trend)
    assert direct.seen and rung(found, "tariff-identified").verdict == routes.SEEN


def test_a_window_as_short_as_a_voyage_says_what_it_does_not_see(table, answer):
    month = reroute(table, **(ROUTE | {"base": "2023-11", "period": "2025-11"}))
    for name in ("increment", "placebo-adjusted"):
        assert "bought before them" in rung(month, name).why and "bought before them" not in rung(answer, name).why
