"""How widely a flow is spread, through explain(): identities, then China's exports, then refusals."""

import pandas as pd
import pytest
from conftest import frame
from hypothesis import given, settings
from hypothesis import strategies as st
from test_splits import hs2

from entrepot.drivers import explain
from entrepot.errors import MissingData

PLACES = ("USA", "VNM", "DEU", "BRA", "ZAF", "JPN")
sizes = st.lists(st.floats(1, 1e6), min_size=6, max_size=6)


def year(period, values):
    rows = [{"partner": place, "period": period, "span": "year", "value": value}
            for place, value in zip(PLACES, values, strict=True)]  # fmt: skip
    return [*rows, {"period": period, "span": "year", "value": sum(values)}]


def measured(answer):
    return answer.rows.set_index("measure")


@settings(max_examples=5, deadline=None)
@given(v0=sizes, v1=sizes)
def test_theil_and_the_change_of_concentration_split_exactly(v0, v1):
    found = measured(explain(frame([*year("2023", v0), *year("2024", v1)]), period="2024", method="diversity"))
    for when in ("before", "after"):
        parts = found.loc[["Theil within groups", "Theil between groups"], when].sum()
        assert found.loc["Theil", when] == pytest.approx(parts, abs=1e-12)
        assert found.loc["effective number", when] == pytest.approx(1 / found.loc["HHI", when])
    split = found[found.index.str.startswith("change of HHI")]["change"].sum()
    assert split == pytest.approx(found.loc["HHI", "change"], abs=1e-12)


def test_equal_partners_are_as_many_as_they_are():
    found = measured(
        explain(frame([*year("2023", [5] * 6), *year("2024", [7] * 6)]), period="2024", method="diversity")
    )
    assert found.loc["effective number", ["before", "after"]].tolist() == pytest.approx([6, 6])
    assert found.loc["Theil", "after"] == pytest.approx(0, abs=1e-12)


def test_exports_of_china_in_2024_and_what_the_united_states_did(china):
    found = explain(china, period="2024", method="diversity", partner="us")
    rows = measured(found)
    assert rows.loc["share of United States", "after"] == pytest.approx(3.73 / 25.45, abs=0.002)  # trillion yuan
    assert 20 < rows.loc["effective number", "after"] < 25
    assert found.about["focus"] == "USA" and found.about["covered"] > 0.99


def test_margins_multiply_to_the_share(data):
    table = hs2(data)
    sold = table[table["partner"] == "CHN"].assign(reporter="CHN", partner="USA", flow="X", valuation="fob")
    both = pd.concat([table, sold])
    rows = measured(explain(both, reporter="china", period="2019", base="2017", by="product", partner="us",
                            method="diversity"))  # fmt: skip
    extensive, intensive = (rows.loc[f"{name} margin (Hummels-Klenow)", "after"] for name in ("extensive", "intensive"))
    assert extensive * intensive == pytest.approx(rows.loc["share of the market", "after"])
    assert extensive <= 1


def test_a_list_of_main_partners_says_nothing_of_spread(china):
    with pytest.raises(MissingData, match="make up"):
        explain(china, period="2025-11", method="diversity")
    with pytest.raises(MissingData, match="not among"):
        explain(china, period="2024", method="diversity", partner="asean")
