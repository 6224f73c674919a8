"""Splits of a change through explain(): exact on random flows, then published numbers, then refusals."""

import pandas as pd
import pytest
from conftest import frame
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import lake
from entrepot.drivers import explain
from entrepot.errors import MissingData, WrongUsage

CODES = ("010121", "010129", "854143", "854142", "870380")
amounts = st.lists(st.floats(1, 1e9), min_size=len(CODES), max_size=len(CODES))
YEAR = {"span": "year", "classification": "HS2022", "unit": "t"}


def side(flow, year, values, quantities, currency="USD", rate=1.0):
    """One flow of one year by product, with its printed total; a value below two is a line not traded."""
    rows = [
        YEAR | {"flow": flow, "period": year, "product": code, "value": value * rate, "quantity": amount,
                "valuation": "fob", "currency": currency}
        for code, value, amount in zip(CODES, values, quantities, strict=True) if value >= 2
    ]  # fmt: skip
    whole = sum(row["value"] for row in rows)
    total = {"flow": flow, "period": year, "span": "year", "value": whole, "valuation": "fob", "currency": currency}
    return [*rows, total]


def sums(answer):
    by = answer.about["by"]
    return answer.rows[answer.rows[by] == ""].set_index("term")["value"]


@settings(max_examples=5, deadline=None)
@given(v0=amounts, v1=amounts, q0=amounts, q1=amounts)
def test_products_split_exactly_into_price_volume_entry_and_exit(v0, v1, q0, q1):
    table = frame(
        [*side("X", "2023", [100, *v0[1:]], [10, *q0[1:]]), *side("X", "2024", [200, *v1[1:]], [15, *q1[1:]])]
    )
    for method in ("price-volume", "entry-exit"):
        found = explain(table, period="2024", by="product", method=method)
        change = float(found.about["change"])
        scale = max(found.about["base"], found.about["value"])
        assert sums(found).sum() == pytest.approx(change, abs=1e-12 * scale)
        lines = found.rows[found.rows["product"] != ""]["value"].sum()
        assert lines == pytest.approx(change, abs=1e-11 * scale)
        assert abs(found.about["unexplained"]) <= 1e-12 * scale


@settings(max_examples=2, deadline=None)
@given(x0=amounts, x1=amounts, m0=amounts, m1=amounts, q=amounts, rate=st.floats(0.5, 2))
def test_a_surplus_splits_exactly_in_dollars_and_in_own_money(x0, x1, m0, m1, q, rate):
    each = (("X", "2023", x0), ("X", "2024", x1), ("M", "2023", m0), ("M", "2024", m1))
    both = [side(flow, year, [50, *values[1:]], q)
            for flow, year, values in each]  # fmt: skip
    own = [side(flow, year, [50, *values[1:]], q, "CNY", 7 * (rate if year == "2024" else 1))
           for flow, year, values in each]  # fmt: skip
    table = frame([row for part in (*both, *own) for row in part])
    for money in ("USD", "CNY"):
        found = explain(table, period="2024", method="surplus", currency=money, vintage="latest")
        scale = 8 * (sum(x0) + sum(x1) + sum(m0) + sum(m1))
        assert sums(found).sum() == pytest.approx(float(found.about["change"]), abs=1e-11 * scale)
        if money == "CNY":
            assert abs(sums(found)["other"]) <= 1e-10 * scale  # both flows are converted at one rate here


def test_a_rise_of_every_price_is_price_alone():
    values, quantities = [100.0, 200, 300, 400, 500], [10.0, 20, 30, 40, 50]
    dearer = [1.2 * one for one in values]
    table = frame([*side("X", "2023", values, quantities), *side("X", "2024", dearer, quantities)])
    found = explain(table, period="2024", method="price-volume")
    assert sums(found)["price"] == pytest.approx(300) and sums(found)["volume"] == pytest.approx(0, abs=1e-9)
    figures = found.about["figures"]
    assert figures["price index (Fisher)"] == pytest.approx(1.2)
    assert figures["levels"]["HS2"]["price"] == pytest.approx(300)


def test_quantities_in_two_units_stand_without_a_price():
    old, new = side("X", "2023", [100] * 5, [10] * 5), side("X", "2024", [150] * 5, [10] * 5)
    new[0] = new[0] | {"unit": "item"}
    found = explain(frame([*old, *new]), period="2024", method="price-volume")
    assert sums(found)["no price"] == pytest.approx(50)
    assert any("1 lines are counted in different units" in words for words in found.about["warnings"])


# Published and computed targets


def hs2(data):
    """Imports of the United States from China and the world by chapter, 2017 and 2019, as a flows table."""
    table = pd.read_parquet(data / "us_imports_monthly" / "us_imports_consumption_hs2_2013_2021m05.parquet")
    table = table[table["partner"].isin(["CHN", "WLD"]) & table["period"].str[:4].isin(["2017", "2019"])]
    table = table.assign(period=table["period"].str[:4], product=table["hs2"].astype(str).str.zfill(2))
    table = table.groupby(["partner", "product", "period"], as_index=False)["imports_usd"].sum()
    fixed = {"reporter": "USA", "flow": "M", "classification": "HS2022", "span": "year", "concept": "consumption"}
    fixed |= {"valuation": "customs", "currency": "USD", "status": "observed", "source": "census"}
    fixed |= {"released": "2021-07-01", "released_basis": "first seen"}
    return table.rename(columns={"imports_usd": "value"}).astype({"value": float}).assign(**fixed)


def test_chinas_share_of_the_market_of_the_united_states_2017_to_2019(data):
    asked = {"reporter": "china", "period": "2019", "base": "2017", "by": "product", "partner": "us"}
    found = explain(hs2(data), method="market-share", **asked)
    billions = sums(found) / 1e9
    assert billions.to_dict() == pytest.approx({"demand": 34.79, "structure": -11.44, "share": -71.64}, abs=0.005)
    classic = found.about["figures"]["classic form"]
    assert classic["residual"] / found.about["change"] == pytest.approx(0.091, abs=0.0005)
    assert found.about["figures"]["levels"]["one line"]["share"] / 1e9 == pytest.approx(-83.11, abs=0.02)
    low, high = found.rows[(found.rows["product"] == "") & (found.rows["term"] == "share")][["lo", "hi"]].iloc[0] / 1e9
    assert (low, high) == pytest.approx((-75.1, -68.3), abs=0.06)
    assert abs(found.about["unexplained"]) < 1e-3


@pytest.mark.parametrize(("year", "share"), [("2017", 0.216), ("2024", 0.134)])  # Alfaro and Chor 2023; Clark 2025
def test_chinas_share_of_imports_of_the_united_states_as_published(year, share):
    words = {"period": "2024", "base": "2017"} if year == "2024" else {"period": "2017", "base": "2016"}
    found = explain(lake.load(), reporter="china", method="market-share", partner="us", **words)
    assert found.about["figures"]["share after"] == pytest.approx(share, abs=0.0006)
    assert sums(found).sum() == pytest.approx(found.about["change"], rel=1e-12)


def test_the_yuan_and_dollars_of_november_2025(china):
    found = explain(china, period="2025-11", method="currency")
    points = found.rows.set_index("term")["contribution"]
    assert points.sum() == pytest.approx(0.057, abs=1e-12)  # printed growth in yuan
    rate = 1.057 / 1.059  # over the printed growth in dollars
    assert points["exchange rate"] == pytest.approx((1 + 1.059) / 2 * (rate - 1), abs=1e-9)


def test_the_customs_surplus_of_2023_and_2024(china):
    found = explain(china, period="2024", method="surplus", currency="yuan")
    before, after = found.about["figures"]["in dollars"]
    assert before / 1e9 == pytest.approx(823, abs=1)  # of which the balance of payments shows 594
    assert after / 1e9 == pytest.approx(992, abs=4)  # printed on 13 January 2025
    assert any("entrepot fetch comtrade CHN -p 2023:2024" in words for words in found.about["warnings"])


OFFSETS = {"ASEAN": 72.8, "EU27": 38.7, "HKG": 36.5, "TWN": 7.7, "JPN": 4.8, "BRA": -1.0, "KOR": -1.8, "RUS": -12.4}


def test_offsets_of_january_to_november_2025(china):
    found = explain(china, period="2025-11", span="ytd", method="entry-exit")
    lines = found.rows[found.rows["partner"] != ""].set_index("partner")["value"] / 1e9
    assert lines[[*OFFSETS, "USA"]].to_dict() == pytest.approx(OFFSETS | {"USA": -89.5}, abs=0.06)
    assert lines.sum() == pytest.approx(found.about["change"] / 1e9, abs=1e-6)  # with everyone else, who is the largest
    assert lines.idxmax() == "ROW"


def test_minerals_have_prices_and_volumes(data):
    table = pd.read_csv(data / "china_critical_minerals_monthly" / "exports_by_partner_hs6.csv", dtype={"hs6": str})
    table = table.assign(period=table["period_dt"].str[:4])
    table = (
        table[table["period"].isin(["2022", "2023"])].groupby(["hs6", "period"], as_index=False)[["val", "qty"]].sum()
    )
    rows = [YEAR | {"unit": None, "classification": "HS2017", "product": row["hs6"], "period": row["period"],
                    "value": row["val"], "weight_kg": row["qty"]} for row in table.to_dict("records")]  # fmt: skip
    wholes = table.groupby("period")["val"].sum()
    rows += [{"span": "year", "period": period, "value": value} for period, value in wholes.items()]
    found = explain(frame(rows), period="2023", method="price-volume")
    assert sums(found).sum() == pytest.approx(wholes["2023"] - wholes["2022"], rel=1e-9)
    graphite = found.rows[found.rows["product"] == "250410"].set_index("term")["value"]
    one = table[table["hs6"] == "250410"].set_index("period")
    price = one["val"] / one["qty"]
    assert graphite["price"] == pytest.approx(one["qty"].mean() * (price["2023"] - price["2022"]))  # Bennet, by hand


def test_collected_duty_on_china_as_computed_from_the_census(data):
    chapters = pd.read_parquet(data / "us_imports_monthly" / "us_imports_consumption_hs2_2013_2021m05.parquet")
    totals = pd.read_csv(data / "us_imports_monthly" / "us_imports_and_duty_totals_2013_2025.csv")
    for table, when, printed in (
        (chapters, "2017", 2.68), (chapters, "2019", 9.73), (totals, "2024", 10.87), (totals, "2025-09", 37.3),
    ):  # fmt: skip
        mine = table[(table["partner"] == "CHN") & table["period"].str.startswith(when)]
        assert 100 * mine["duty_usd"].sum() / mine["imports_usd"].sum() == pytest.approx(printed, abs=0.05)


REFUSED = {
    "no method": ({"method": "guess"}, WrongUsage, "price-volume"),
    "no products": ({"method": "price-volume"}, MissingData, "entrepot fetch comtrade CHN -p 2023:2024"),
    "no market": ({"method": "market-share", "partner": "brazil"}, MissingData, "as BRA reports them"),
    "a market by product unnamed": ({"method": "market-share", "by": "product"}, WrongUsage, "--partner us"),
    "two partners": ({"method": "diversity", "partner": "us,vietnam"}, WrongUsage, "one partner"),
    "base after": ({"method": "entry-exit", "base": "2025"}, WrongUsage, "base earlier"),
    "base without a method": ({"base": "2022"}, WrongUsage, "--method entry-exit"),
    "no other side": ({"method": "mirror"}, WrongUsage, "--partner us"),
    "no balance of payments": ({"method": "payments"}, MissingData, "balance of payments"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusals_name_what_would_do(case, china):
    words, error, said = REFUSED[case]
    with pytest.raises(error, match=said):
        explain(china, **({"period": "2024"} | words))


def test_what_no_line_explains_is_a_row_of_its_own_and_the_split_adds_up(china):
    answer = explain(china, period="2024", method="entry-exit")
    terms = answer.rows[answer.rows["partner"] == ""].set_index("term")
    assert terms["value"].sum() == pytest.approx(answer.about["change"], rel=1e-12)
    assert terms["contribution"].sum() == pytest.approx(answer.about["growth"], rel=1e-9)
    assert terms.loc["unexplained", "value"] == answer.about["unexplained"] != 0


def test_a_split_that_adds_up_has_no_row_for_what_is_unexplained():
    table = frame([*side("X", "2023", [100.0] * 5, [10.0] * 5), *side("X", "2024", [140.0] * 5, [11.0] * 5)])
    for method in ("price-volume", "entry-exit"):
        assert "unexplained" not in set(explain(table, period="2024", by="product", method=method).rows["term"])


GOODS = "entrepot fetch comtrade {} --partner {} --product AG6"


def test_each_fetch_asks_for_what_a_split_lacks(china):
    with pytest.raises(MissingData) as refusal:
        explain(china, period="2024", method="price-volume")
    assert GOODS.format("CHN -p 2023:2024", "WLD") in str(refusal.value)
    with pytest.raises(MissingData) as refusal:  # the months themselves, not the years that they lie in
        explain(china, period="2025-10", method="price-volume")
    assert all(GOODS.format(f"CHN -p {month}", "WLD") in str(refusal.value) for month in ("2024-10", "2025-10"))
    (note,) = (one for one in explain(china, period="2024", method="surplus").about["warnings"] if "Quantities" in one)
    assert GOODS.format("CHN -p 2023:2024", "WLD") in note
    with pytest.raises(MissingData) as refusal:  # what the market buys of the seller, and of everyone
        explain(lake.load(), reporter="china", period="2024", by="product", partner="us", method="market-share")
    assert all(GOODS.format("USA -p 2023:2024", one) in str(refusal.value) for one in ("CHN", "WLD"))
    assert str(refusal.value).count("Run: ") == 1


def test_the_rate_is_not_parted_from_trade_that_is_held_in_one_money():
    with pytest.raises(MissingData, match="USD and in VND are both needed, and VND is not held; USD is"):
        explain(lake.load("VNM"), period="2025-10", method="currency")
