"""Rough sizes of trade: what they are built of, and laws they keep. Figures in texts are of our making."""

import csv
import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.claims import read, scales

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="module")
def level():
    (claim,) = [c for c in read("China's exports reached $300 billion in May.", date="2024-06-09") if c.unit == "USD"]
    return claim


@pytest.mark.skipif(not (SHARED / "wits_trade_summary").exists(), reason="needs ../shared/data/wits_trade_summary")
def test_table_is_what_its_script_builds() -> None:
    spec = importlib.util.spec_from_file_location("build_scales", ROOT / "scripts" / "build_scales.py")
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    with script.TARGET.open(encoding="utf-8", newline="") as file:
        held = list(csv.reader(file))[1:]
    assert held == script.rows(SHARED)


@pytest.mark.parametrize(
    ("reporter", "flow", "year", "billions"),
    [  # WTO, World Trade Statistical Review 2018 and 2020, appendix tables: merchandise trade by economy
        ("CHN", "X", 2017, 2263),
        ("USA", "M", 2017, 2408),
        ("DEU", "X", 2019, 1489),
        ("JPN", "M", 2019, 721),
        ("IND", "X", 2017, 299),
        ("VNM", "X", 2019, 264),
    ],
)
def test_totals_are_of_the_size_that_the_wto_prints(reporter: str, flow: str, year: int, billions: float) -> None:
    rough = scales.yearly(reporter, "WLD", flow, year)
    assert rough == pytest.approx(billions * 1e9, rel=0.08)


def test_total_trade_is_both_flows_and_a_balance_within_the_larger() -> None:
    exports, imports = (scales.yearly("KOR", "WLD", flow, 2018) for flow in "XM")
    assert exports and imports
    assert scales.yearly("KOR", "WLD", "T", 2018) == exports + imports
    assert scales.yearly("KOR", "WLD", "B", 2018) == max(exports, imports)


def test_partners_are_parts_of_the_whole() -> None:
    whole = scales.yearly("USA", "WLD", "M", 2020)
    assert whole
    for partner in ("CHN", "MEX", "CAN", "EU27", "JPN"):
        part = scales.yearly("USA", partner, "M", 2020)
        assert part and part < whole
    assert scales.yearly("USA", "XYZ", "M", 2020) is None
    assert scales.yearly("XYZ", "WLD", "M", 2020) is None


@given(st.floats(0.01, 100))
def test_size_goes_with_the_amount_and_not_with_its_sign(level, factor: float) -> None:
    one, other = scales.size(level), scales.size(replace(level, value=-factor * level.value))
    assert one and other
    assert other.times == pytest.approx(factor * one.times)


def test_size_is_of_the_months_of_a_period(level) -> None:
    month, year = scales.size(level), scales.size(replace(level, period="2024", span="year"))
    assert month and year
    assert month.times == pytest.approx(12 * year.times)
    assert scales.size(replace(level, period="2020/2024", span="years")) is None
    assert scales.size(replace(level, unit="t")) is None


@pytest.mark.parametrize(
    ("reporter", "partner", "flow", "billions"),
    [  # US Census Bureau, FT-900 supplement, goods by country 2023; Destatis, trade by partner 2023, euros at 1.081
        ("USA", "CHN", "M", 426.9),
        ("USA", "CHN", "X", 147.8),
        ("USA", "MEX", "M", 475.2),
        ("DEU", "USA", "X", 171.0),
        ("DEU", "USA", "M", 102.0),
    ],
)
def test_partners_parts_are_of_the_flow_they_stand_for(reporter, partner, flow, billions) -> None:
    rough = scales.yearly(reporter, partner, flow, 2023)
    assert rough == pytest.approx(billions * 1e9, rel=0.25)


def test_rough_rates_are_near_those_held() -> None:
    with (ROOT / "src" / "entrepot" / "data" / "bundle" / "rates.csv").open(encoding="utf-8", newline="") as file:
        held = [float(row["rate"]) for row in csv.DictReader(file) if row["quote"] == "CNY"]
    assert all(0.6 < rate / scales.PER_DOLLAR["CNY"] < 1.4 for rate in held)
