"""explain(): contributions add up, whatever the flows and whichever the engine."""

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import codes, flows
from entrepot.drivers import explain
from entrepot.errors import MissingData, WrongUsage

AMOUNT = st.floats(min_value=1.0, max_value=1e12)
TRADE = st.dictionaries(st.sampled_from(["USA", "EU27", "VNM", "IDN", "JPN", "DEU"]), AMOUNT, min_size=1)


def rows(before, after):
    """Facts of two Novembers, with their world totals; groups with a member held stand beside it."""
    for period, parts in {"2024-11": before, "2025-11": after}.items():
        disjoint = {one: value for one, value in parts.items() if one != "DEU" or "EU27" not in parts}
        for partner, value in {**parts, "WLD": sum(disjoint.values())}.items():
            yield {"period": period, "partner": partner, "value": value}


@settings(deadline=None, max_examples=10)
@given(before=TRADE, after=TRADE)
def test_contributions_and_the_unexplained_line_sum_to_growth(engine, before, after):
    answer = explain(engine(rows(before, after)), period="2025-11")
    world = {row["period"]: row["value"] for row in rows(before, after) if row["partner"] == "WLD"}
    growth = world["2025-11"] / world["2024-11"] - 1
    assert answer.about["growth"] == pytest.approx(growth, rel=1e-9, abs=1e-9)
    added = answer.rows.contribution.astype(float).sum()
    assert added + answer.about["unexplained"] == pytest.approx(growth, rel=1e-9, abs=1e-9)
    parts = answer.rows[answer.rows.role == "part"].partner
    assert flows.overlapping(parts, on="2025-11") == []


SAME = st.dictionaries(st.sampled_from(["USA", "VNM", "IDN", "JPN", "BRA"]), st.tuples(AMOUNT, AMOUNT), min_size=1)


@settings(deadline=None, max_examples=10)
@given(pairs=SAME)
def test_over_a_whole_partition_nothing_is_unexplained(engine, pairs):
    before, after = ({one: pair[n] for one, pair in pairs.items()} for n in (0, 1))
    answer = explain(engine(rows(before, after)), period="2025-11")
    base = sum(before.values())
    assert answer.about["unexplained"] == pytest.approx(0, abs=1e-9 * max(1, answer.about["growth"]))
    got = dict(zip(answer.rows.partner, answer.rows.contribution, strict=True))
    assert got == {one: pytest.approx((new - old) / base, rel=1e-9, abs=1e-12) for one, (old, new) in pairs.items()}
    assert answer.rows.share_before.sum() == pytest.approx(1)
    assert answer.rows.share_after.sum() == pytest.approx(1)


def test_what_the_partners_leave_out_is_named(table):
    held = rows({"USA": 60.0, "VNM": 40.0}, {"USA": 50.0, "VNM": 60.0})
    answer = explain(table(*(row for row in held if row["partner"] != "VNM")), period="2025-11")
    assert answer.about["unexplained"] == pytest.approx(0.20)


def test_a_line_absent_a_year_earlier_is_new_only_where_the_lines_held_are_all(table):
    whole = explain(table(*rows({"USA": 60.0}, {"USA": 50.0, "VNM": 25.0})), period="2025-11").rows
    assert whole.set_index("partner").contribution.to_dict() == pytest.approx({"VNM": 25 / 60, "USA": -10 / 60})
    partial = [
        {"partner": "WLD", "period": "2024-11", "value": 100.0},
        {"partner": "USA", "period": "2024-11", "value": 60.0},
    ]
    now = [row for row in rows({}, {"USA": 50.0, "VNM": 25.0}) if row["period"] == "2025-11"]
    answer = explain(table(*partial, *now), period="2025-11")
    assert answer.rows.set_index("partner").contribution.to_dict()["USA"] == pytest.approx(-0.1)
    assert answer.rows[answer.rows.partner == "VNM"].contribution.isna().all()
    assert answer.about["unexplained"] == pytest.approx(-0.25 + 0.1)


def test_a_line_gone_since_takes_away_what_it_was(table):
    answer = explain(table(*rows({"USA": 60.0, "RUS": 40.0}, {"USA": 90.0})), period="2025-11")
    assert answer.rows.set_index("partner").contribution.to_dict() == pytest.approx({"USA": 0.3, "RUS": -0.4})


def test_growth_without_a_level_is_estimated_from_its_base_share_with_a_band(table):
    base = [{"period": "2024-11", "partner": one, "value": v} for one, v in {"WLD": 100.0, "USA": 40.0}.items()]
    now = [{"value": 110.0}, {"partner": "USA", "value": None, "growth": 0.25, "growth_half_width": 0.005}]
    (row,) = explain(table(*base, *now), period="2025-11").rows.to_dict("records")
    assert (row["basis"], row["contribution"]) == ("estimated", pytest.approx(0.10))
    assert (row["lo"], row["hi"]) == (pytest.approx(0.098), pytest.approx(0.102))


def test_the_base_is_implied_within_one_release_where_growth_is_printed_with_the_level(table):
    base = [{"period": "2024-11", "partner": one, "value": v} for one, v in {"WLD": 90.0, "USA": 30.0}.items()]
    now = [{"value": 110.0, "growth": 0.10}, {"partner": "USA", "value": 44.0, "growth": 0.10}]
    answer = explain(table(*base, *now), period="2025-11")
    assert (answer.about["base"], answer.about["growth_basis"]) == (pytest.approx(100.0), "printed")
    assert answer.rows.contribution.tolist() == pytest.approx([0.04])


def test_products_are_split_like_partners(table):
    held = [
        {"period": period, "product": product, "classification": "HS2022" if product != "TOTAL" else "", "value": value}
        for period, goods in {"2024-11": (60.0, 40.0), "2025-11": (50.0, 60.0)}.items()
        for product, value in {"84": goods[0], "85": goods[1], "TOTAL": sum(goods)}.items()
    ]
    answer = explain(table(*held), period="2025-11", by="product")
    assert answer.rows.set_index("product").contribution.to_dict() == pytest.approx({"85": 0.2, "84": -0.1})


def test_the_verb_executes_once(table, monkeypatch):
    held = flows.read(table(*rows({"USA": 60.0}, {"USA": 50.0})))
    runs, collect, records = [], nw.LazyFrame.collect, flows.records
    monkeypatch.setattr(nw.LazyFrame, "collect", lambda self, *how: runs.append(how) or collect(self, *how))
    monkeypatch.setattr(flows, "records", lambda asked: runs.append(asked) or records(asked))
    explain(held, period="2025-11")
    assert len(runs) == 1


# Contributions to the growth of China's exports in November 2025, percentage points, from the printed growth rates and
# the shares of November 2024 in the customs country table.
NOVEMBER = {"USA": -4.33, "EU27": 1.95, "AFR": 1.48, "ASEAN": 1.41, "LATAM": 1.03, "AUS": 0.73, "JPN": 0.19}


def test_contributions_of_november_2025(china):
    answer = explain(china, period="2025-11")
    got = (100 * answer.rows.set_index("partner").contribution.astype(float)).to_dict()
    assert got == pytest.approx(NOVEMBER, abs=0.1)
    assert 100 * answer.about["unexplained"] == pytest.approx(3.44, abs=0.1)
    assert answer.about["growth"] == 0.059
    assert set(answer.rows[answer.rows.partner != "USA"].basis) == {"estimated"}
    assert answer.rows.grade.isin(["A", "B", "C"]).all()


def test_the_year_2024_over_every_partner_is_explained_within_its_rounding(china, data):
    import pandas as pd

    answer = explain(china, period="2024-12", span="ytd")
    assert abs(answer.about["unexplained"]) <= answer.about["unexplained_half_width"]
    # another route: level and growth printed in the country table itself
    held = pd.read_csv(data / "china_partners_monthly" / "china_trade_by_partner_2024.csv", dtype={"period": str})
    held = held[(held.period == "2024-12") & (held.basis == "ytd") & (held.flow == "export")]
    listed = {codes.partner(one) for one in held.partner} - {"WLD"}
    assert set(answer.rows.partner) == listed
    base = (held.value_yi_cny / (1 + held.yoy_ytd_pct / 100)).fillna(
        0.0
    )  # no rate is printed of what began from nothing
    change = dict(
        zip(
            held.partner.map(codes.partner), (held.value_yi_cny - base) / base[held.partner == "WLD"].sum(), strict=True
        )
    )
    got = answer.rows[answer.rows.role == "part"].set_index("partner").contribution.astype(float)
    assert answer.about["currency"] == "CNY"
    assert got.to_dict() == pytest.approx({one: change[one] for one in got.index}, rel=1e-3, abs=1e-7)
    assert got.sum() + answer.about["unexplained"] == pytest.approx(answer.about["growth"])


REFUSED = {
    "balance": ({"period": "2025-11", "flow": "balance"}, WrongUsage, "exports, imports or total"),
    "split": ({"period": "2025-11", "by": "port"}, WrongUsage, "partner or product"),
    "range": ({"period": "2025-10:2025-11"}, WrongUsage, "One period"),
    "all": ({"period": "2025-11", "vintage": "all"}, WrongUsage, "One period of one vintage"),
    "later": ({"period": "2027-01"}, MissingData, "2026-01 and 2027-01 are needed.*the latest is"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_each_refusal_says_what_to_do(china, why):
    words, kind, message = REFUSED[why]
    with pytest.raises(kind, match=message):
        explain(china, **words)
