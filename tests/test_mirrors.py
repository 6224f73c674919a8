"""Both reports of a flow: laws of the components, published gaps, refusals."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from conftest import FACT
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from entrepot import boards_explain, fetching, lake, mirrors, sheets
from entrepot.drivers import explain
from entrepot.errors import BadTable, MissingData, WrongUsage

PATH = Path(__file__).parents[1].parent / "shared" / "data" / "us_china_mirror_totals" / "us_china_totals.csv"
positive = st.floats(1e3, 1e12)


def pair(sold, bought, **words):
    """One exporter's and one importer's report of 2023."""
    year = {"period": "2023", "span": "year", "released": "2024-03-01"}
    seller = FACT | year | {"partner": "USA", "value": sold}
    buyer = FACT | year | {"reporter": "USA", "partner": "CHN", "flow": "M", "valuation": "cif", "value": bought}
    return pd.DataFrame([seller, buyer | words])


def of(table, **words):
    return mirrors.mirror(table, exporter="china", importer="us", **({"period": "2023"} | words))


@settings(max_examples=6, deadline=None)
@given(sold=positive, ratio=st.floats(1.021, 1.099))
def test_freight_within_its_margin_is_consistent_in_any_unit(sold, ratio):
    row = of(pair(sold, sold * ratio)).rows.iloc[0]
    assert row.verdict == mirrors.CONSISTENT
    assert row.gap == pytest.approx(sold * (ratio - 1), rel=1e-6)


def test_the_valuation_decides():
    assert of(pair(100e9, 106e9)).rows.iloc[0].verdict == mirrors.CONSISTENT
    assert of(pair(100e9, 106e9, valuation="customs")).rows.iloc[0].verdict == mirrors.UNEXPLAINED


def test_an_entrepot_can_explain_what_freight_cannot():
    again = FACT | {"reporter": "HKG", "partner": "USA", "flow": "RX", "period": "2023", "span": "year"}
    again |= {"concept": "origin CHN", "value": 25e9, "released": "2024-03-01"}
    table = pd.concat([pair(100e9, 131e9), pd.DataFrame([again])])
    assert of(pair(100e9, 131e9)).rows.iloc[0].verdict == mirrors.UNEXPLAINED
    assert of(table).rows.iloc[0].verdict == mirrors.EXPLAINED


@pytest.mark.skipif(not PATH.is_file(), reason="shared data are not beside the repository")
def test_the_swing_between_china_and_the_united_states_is_the_published_one():
    held = pd.read_csv(PATH, dtype={"year": str})
    rows = []
    for one in held.to_dict("records"):
        fact = FACT | {"period": one["year"], "span": "year", "released": "2025-01-01", "released_basis": "first seen"}
        if (one["reporter"], one["flow"]) == ("CHN", "Export"):
            rows.append(fact | {"partner": "USA", "value": one["value_usd"]})
        elif (one["reporter"], one["flow"]) == ("USA", "Import"):
            fact |= {"reporter": "USA", "partner": "CHN", "flow": "M"}
            rows.append(fact | {"valuation": "cif", "value": one["cif_usd"]})
    census = pd.read_csv(PATH.parents[1] / "us_imports_monthly" / "us_trade_main_partners_2013_2024.csv")
    census = census[census["partner"] == "CHN"]
    fact = FACT | {"reporter": "USA", "partner": "CHN", "flow": "M", "valuation": "customs", "span": "year"}
    fact |= {"released": "2025-01-01", "released_basis": "first seen"}
    for year, value in census.groupby(census["period"].str[:4])["imports_usd"].sum().items():
        rows.append(fact | {"period": year, "value": value})
    found = mirrors.mirror(pd.DataFrame(rows), exporter="CHN", importer="USA", period="2013:2023").rows
    gap = found.pivot(index="period", columns="valuation", values="gap") / 1e9
    published = {"2013": 90.0, "2015": 94.0, "2017": 95.4, "2019": 53.1, "2020": 4.7, "2021": -26.6, "2023": -53.2}
    assert gap["cif"][list(published)].to_dict() == pytest.approx(published, abs=0.06)
    assert gap["cif"]["2017"] - gap["cif"]["2023"] == pytest.approx(150, abs=2)  # Goldman Sachs, January 2025
    assert gap["cif"]["2020"] > 0 > gap["customs"]["2020"]  # "reversed in 2020" is true on customs value only


def planted(seed, reporters=12, repeats=30):
    rng = np.random.default_rng(seed)
    names = [f"R{n:02d}" for n in range(reporters)]
    sold, bought = rng.uniform(0.01, 0.2, (2, reporters))
    x, m = (side.ravel() for side in np.meshgrid(np.arange(reporters), np.arange(reporters)))
    x, m = (np.repeat(side[x != m], repeats) for side in (x, m))
    gaps = rng.normal(0, np.sqrt(sold[x] + bought[m]))
    return names, sold, bought, mirrors.components(gaps, [names[i] for i in x], [names[i] for i in m])


def test_the_range_of_weights_covers_the_planted_ones_and_the_error_of_components_is_small():
    inside, errors = [], []
    for seed in range(20):
        names, sold, bought, found = planted(seed)
        for i, j in ((0, 1), (3, 7), (5, 2), (11, 4)):
            low, point, high = found.weight(names[i], names[j])
            assert 0 <= low <= point <= high <= 1
            inside.append(low - 0.08 <= sold[i] / (sold[i] + bought[j]) <= high + 0.08)  # 0.08: sampling error
        sums = [found.exporters[a] + found.importers[b] for a in names for b in names]
        errors.append(np.sqrt(np.mean((np.array(sums) - np.add.outer(sold, bought).ravel()) ** 2)))
    assert np.mean(inside) >= 0.9
    assert np.mean(errors) < 0.03  # of variances that sum to 0.2 on average


def test_roles_are_symmetric_and_components_never_negative():
    rng = np.random.default_rng(3)
    x, m = rng.integers(0, 6, 400), rng.integers(6, 12, 400)
    gaps = rng.normal(0, 0.3, 400)
    one = mirrors.components(gaps, [str(i) for i in x], [str(i) for i in m])
    two = mirrors.components(-gaps, [str(i) for i in m], [str(i) for i in x])
    assert one.exporters == pytest.approx(two.importers, abs=1e-9)
    assert min(*one.exporters.values(), *one.importers.values()) >= -1e-12


def test_exact_variances_are_recovered_up_to_the_named_constant():
    sold, bought = {"a": 0.1, "b": 0.3}, {"c": 0.1, "d": 0.2, "e": 0.4}
    cells = [(x, m) for x in sold for m in bought]
    gaps = np.sqrt([sold[x] + bought[m] for x, m in cells])
    found = mirrors.components(gaps, [x for x, _ in cells], [m for _, m in cells])
    assert found.exporters == pytest.approx(sold) and found.importers == pytest.approx(bought)
    assert found.shift == pytest.approx((-0.1, 0.1))


def test_parts_that_share_no_reporter_are_refused():
    with pytest.raises(MissingData, match="2 parts"):
        mirrors.components(np.ones(2), ["a", "b"], ["c", "d"])


@given(one=positive, two=positive, weight=st.floats(0, 1), scale=st.floats(1e-3, 1e3))
def test_a_reconciled_value_lies_between_both_reports_in_any_unit(one, two, weight, scale):
    found = mirrors.reconciled(one, two, weight)
    assert min(one, two) * (1 - 1e-12) <= found <= max(one, two) * (1 + 1e-12)
    assert mirrors.reconciled(one * scale, two * scale, weight) == pytest.approx(found * scale)
    assert mirrors.reconciled(two, one, 1 - weight) == pytest.approx(found)


def test_customs_against_balance_of_payments_of_2023():
    found = mirrors.customs_and_payments(823e9, 594e9)
    assert found["relative"] == pytest.approx(0.384, abs=0.003)  # published: 38.4 % of the BoP figure
    assert len(found["rivals"]) == 3


def test_several_partners_have_a_verdict_each_and_a_missing_report_is_said():
    found = explain(lake.load(), reporter="china", period="2024", method="mirror", partner="us,vietnam")
    pairs = dict(zip(found.rows["importer"], found.rows["verdict"], strict=False))
    assert pairs["VNM"] == "cannot tell" and pairs["USA"] in ("consistent", "explained", "unexplained")
    general = found.rows[(found.rows["importer"] == "USA") & (found.rows["concept"] == "general")].iloc[0]
    assert general.exporter_value / 1e9 == pytest.approx(523.7, rel=0.003)  # twelve months, converted from yuan
    assert general.importer_value / 1e9 == pytest.approx(438.7, abs=0.1)
    assert "imports of VNM for none" in found.rows[found.rows["importer"] == "VNM"]["why"].iloc[0]


def test_a_report_in_another_money_is_converted_at_the_exporters_own_rate():
    table = pair(100.0, 104.0)
    yuan = table.assign(currency=table["currency"].where(table["flow"] != "X", "CNY"))
    yuan.loc[yuan["flow"] == "X", "value"] *= 7
    whole = yuan[yuan["flow"] == "X"].assign(partner="WLD", value=1400.0)
    both = pd.concat([yuan, whole, whole.assign(currency="USD", value=200.0)])
    found = of(both)
    assert found.rows["exporter_value"].tolist() == pytest.approx(of(table).rows["exporter_value"].tolist())
    assert any("converted from CNY" in words for words in found.about["warnings"])


def test_imports_mirror_the_other_way_round():
    found = explain(lake.load(), reporter="us", flow="imports", period="2024", method="mirror", partner="china")
    assert set(zip(found.rows["exporter"], found.rows["importer"], strict=True)) == {("CHN", "USA")}


def test_customs_and_payments_stand_side_by_side():
    rows = [FACT | {"flow": "B", "valuation": "mixed", "span": "year", "period": "2023", **more} for more in (
        {"value": 823e9}, {"value": 594e9, "concept": "balance of payments", "source": "safe"})]  # fmt: skip
    found = explain(pd.DataFrame(rows), period="2023", method="payments")
    assert found.rows["gap"].iloc[0] == pytest.approx(229e9)  # published: 228.2 with one more digit of each
    assert found.rows["relative"].iloc[0] == pytest.approx(0.384, abs=0.002) and len(found.about["rivals"]) == 3


def test_the_report_that_lacks_is_the_one_to_be_fetched(china):
    said = {}
    for name, ends in {"importer": ("CHN", "VNM"), "both": ("VNM", "DEU"), "silent": ("CHN", "TWN")}.items():
        with pytest.raises(MissingData) as refusal:
            mirrors.mirror(
                china if name == "silent" else lake.load(), exporter=ends[0], importer=ends[1], period="2024"
            )
        said[name] = str(refusal.value).partition("imports of ")[2].partition(". ")[2]
    assert said["importer"] == "Run: entrepot fetch comtrade VNM -p 2024 --partner CHN"
    assert said["both"] == (
        "Run: entrepot fetch comtrade VNM -p 2024 --partner DEU; entrepot fetch comtrade DEU -p 2024 --partner VNM"
    )
    assert "fetch comtrade" not in said["silent"] and "--table FILE" in said["silent"]


def test_the_command_that_brings_a_balance_of_payments_brings_it(china, tmp_path, monkeypatch):
    with pytest.raises(MissingData, match=r"Run: entrepot fetch FILE.csv --mapping FILE.toml$"):
        explain(china, period="2024", method="payments")
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path / "lake"))
    own, mapping = tmp_path / "bop.csv", tmp_path / "bop.toml"
    own.write_text("reporter,flow,period,currency,value,concept\nCHN,B,2024,USD,768e9,balance of payments\n")
    columns = "\n".join(f'{name} = "{name}"' for name in own.read_text().splitlines()[0].split(","))
    mapping.write_text(f'[table]\nsource = "own-payments"\n[columns]\n{columns}\n')
    fetching.take(own, mapping)
    found = explain(lake.load("china"), period="2024", method="payments").rows.iloc[0]
    assert found.payments == 768e9 and found.gap == pytest.approx(found.customs - 768e9)


def test_two_counts_of_one_flow_are_told_apart_in_the_table():
    found = explain(lake.load(), reporter="china", period="2024", method="mirror", partner="us")
    for width in (80, 120):
        shown, _ = sheets.fitted(boards_explain.board(found)[0], Console(width=width))
        importers = list(shown.columns[[one.header for one in shown.columns].index("importer")].cells)
        assert importers == ["US, imports for consumption", "US, general imports"]


def test_refusals():
    with pytest.raises(WrongUsage, match="twice"):
        mirrors.mirror(pair(1.0, 1.0), exporter="us", importer="us", period="2023")
    with pytest.raises(WrongUsage, match="fractions"):
        of(pair(1.0, 1.0), margin=(0.1, 0.06, 0.02))
    with pytest.raises(MissingData, match="are needed for 2022"):
        of(pair(1.0, 1.0), period="2022")
    with pytest.raises(BadTable, match="share no currency"):
        of(pair(1.0, 1.0, currency="EUR"))
    with pytest.raises(WrongUsage, match="between 0 and 1"):
        mirrors.reconciled(1.0, 1.0, 2.0)
