"""Reports brought to one panel: HS editions put into one by weighted links, both sides' reports of a leg."""

import numpy as np
import pandas as pd
import planted as worlds
import pytest

from entrepot import concordance
from entrepot.errors import BadTable
from entrepot.routes import reroute

ROUTE = {"origin": "china", "destination": "us", "hubs": "vietnam", "base": "2020", "period": "2023"}
OLD, NEW = "HS2017", "HS2022"
FIXED = {"span": "year", "concept": "standard", "currency": "USD", "status": "observed", "source": "made"}
FIXED |= {"released": "2026-03-01", "released_basis": "stated"}


@pytest.fixture(scope="module")
def lines():
    """Two hundred real codes of the older edition, with those that were split or merged among them."""
    links = concordance.weights(OLD, NEW)
    changed = sorted(set(links.loc[links["weight"] < 1, "from"]))[:60]
    alike = sorted(set(links.loc[links["from"] == links["to"], "from"]))[:140]
    return sorted({*changed, *alike})


def leg(side, edition, codes, years, seed):
    rng = np.random.default_rng(seed)
    exporter, importer = {"one": ("CHN", "VNM"), "two": ("VNM", "USA")}[side]
    rows = [
        {"reporter": importer, "partner": exporter, "flow": "M", "product": code, "period": year,
         "classification": edition, "valuation": "cif", "value": float(rng.lognormal(15, 2))}
        for year in years for code in codes
    ]  # fmt: skip
    return pd.DataFrame(rows).assign(**FIXED)


def moved(table, year):
    """A year of a leg in the newer edition, by the links alone."""
    mine = table[(table["period"] == year)].rename(columns={"product": "from"})
    joined = mine.merge(concordance.weights(OLD, NEW), on="from")
    return (joined["value"] * joined["weight"]).groupby(joined["to"]).sum()


def both(one, two):
    names = sorted({*one.index, *two.index})
    return np.minimum(one.reindex(names).fillna(0), two.reindex(names).fillna(0)).sum()


def test_legs_in_two_editions_are_put_into_the_destinations_and_said(lines):
    newer = sorted(concordance.codes(NEW))[:400]
    one, two = leg("one", OLD, lines, ("2020", "2023"), 1), leg("two", NEW, newer, ("2020", "2023"), 2)
    found = reroute(pd.concat([one, two]), **ROUTE)
    expected = both(moved(one, "2023"), two[two["period"] == "2023"].set_index("product")["value"])
    top = found.rows[found.rows["rung"] == "ceiling"].iloc[0]
    assert top.value == pytest.approx(expected, rel=1e-12) and top.value > 0
    assert found.about["classification"] == NEW
    assert any(f"{OLD} is put into {NEW} by weighted links" in words for words in found.about["warnings"])


def test_what_has_no_link_is_left_out_and_its_share_is_told(lines):
    gone = sorted(concordance.codes(OLD) - set(concordance.weights(OLD, NEW)["from"]))[:1] or ["999901"]
    one = leg("one", OLD, [*lines, *gone], ("2020", "2023"), 1)
    two = leg("two", NEW, lines, ("2020", "2023"), 2)
    found = reroute(pd.concat([one, two]), **ROUTE)
    share = one.loc[one["product"].isin(gone), "value"].sum() / one["value"].sum()
    assert any(f"{100 * share:.1f} % of the value has no link" in words for words in found.about["warnings"])
    inside = float(found.about["hub"]["VNM"]["exports to the hub"])
    lost = one.loc[(one["period"] == "2023") & one["product"].isin(gone), "value"].sum()
    assert inside == pytest.approx(one.loc[one["period"] == "2023", "value"].sum() - lost)


def test_an_edition_that_changes_between_base_and_period_is_bridged(lines):
    newer = sorted(concordance.codes(NEW))[:400]
    before, after = leg("one", OLD, lines, ("2020",), 1), leg("one", NEW, newer, ("2023",), 3)
    two = leg("two", NEW, newer, ("2020", "2023"), 2)
    found = reroute(pd.concat([before, after, two]), **ROUTE)
    sold = {year: two[two["period"] == year].set_index("product")["value"] for year in ("2020", "2023")}
    now = both(after.set_index("product")["value"], sold["2023"])
    then = both(moved(before, "2020"), sold["2020"])
    top, extra = (found.rows[found.rows["rung"] == name].iloc[0].value for name in ("ceiling", "increment"))
    assert (top, extra) == pytest.approx((now, now - then), rel=1e-9)
    assert any(f"{OLD} is put into {NEW}" in words for words in found.about["warnings"])


def test_editions_of_headings_cannot_be_bridged():
    one, two = leg("one", OLD, ["0101", "8541"], ("2020", "2023"), 1), leg("two", NEW, ["0101"], ("2020", "2023"), 2)
    with pytest.raises(BadTable, match="one classification"):
        reroute(pd.concat([one, two]), **ROUTE)


def test_both_sides_reports_of_a_leg_stand_side_by_side():
    codes = sorted(concordance.codes(NEW))[:50]
    one, two = leg("one", NEW, codes, ("2020", "2023"), 1), leg("two", NEW, codes, ("2020", "2023"), 2)
    other = one.assign(reporter="CHN", partner="VNM", flow="X", valuation="fob", value=0.5 * one["value"])
    found = reroute(pd.concat([one, two, other]), **ROUTE).about["hub"]["VNM"]["mirrors"]
    sums = {name: frame.loc[frame["period"] == "2023", "value"].sum() for name, frame in (("X", other), ("M", one))}
    assert found["first leg"]["value"] == pytest.approx(sums["X"])  # the origin's report is preferred
    assert found["first leg"]["other value"] == pytest.approx(sums["M"])
    assert found["second leg"]["other value"] is None
    assert found["ceilings"]["used and used"] <= found["ceilings"]["other and used"]
    assert set(found["ceilings"]) == {"used and used", "other and used"}


def test_months_before_the_duty_are_read_for_the_trend():
    world = worlds.draw(worlds.Recipe(products=120, relabelled=0.2), 4)
    words = {**ROUTE, "base": "2023", "period": "2025"}
    found = reroute(world.table(), **words, tariffs=world.duties())
    direct = worlds.judged(world, 0, draws=499)
    test = found.about["hub"]["VNM"]["test"]
    assert test["trend"] == pytest.approx(direct.trend) and test["lower"] == pytest.approx(direct.lower)
    kept = world.table()
    kept = kept[(kept["period"] >= "2025-01") | (kept["period"].str[:4] == "2023")]
    blind = reroute(kept, **words, tariffs=world.duties())
    assert blind.about["hub"]["VNM"]["test"]["trend"] is None
    assert "an older trend is not ruled out" in blind.rows.iloc[3].why or blind.rows.iloc[3].verdict == "cannot tell"
