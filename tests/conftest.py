"""One plain fact, the engines on which every law is held, and what is held of China."""

import os
import sys
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, settings

from entrepot import lake

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("here", deadline=None)  # how long an example takes says how busy the machine is
settings.load_profile("ci" if os.environ.get("CI") else "here")  # the same examples in every run of CI

FACT = {
    **{"reporter": "CHN", "partner": "WLD", "flow": "X", "product": "TOTAL", "classification": "", "value": 100.0},
    **{"period": "2025-11", "span": "month", "concept": "standard", "valuation": "fob", "currency": "USD"},
    **{"status": "observed", "source": "gacc", "released": "2025-12-08", "released_basis": "stated"},
}
ENGINES = {"pandas": pd.DataFrame, "duckdb": duckdb.from_df, "polars": pl.from_pandas, "arrow": pa.Table.from_pandas}
EAGER = {name: ENGINES[name] for name in ("pandas", "duckdb")}  # random tables: in memory, and a lazy relation

os.environ.pop("COLUMNS", None)  # tables are tested at their own width, whatever runs the tests
sys.path.insert(0, str(ROOT / "scripts"))  # the scripts of the bundle are no package


@pytest.fixture(scope="session", params=ENGINES)
def table(request):
    return lambda *rows: ENGINES[request.param](pd.DataFrame([FACT | row for row in rows]))


@pytest.fixture(scope="session", params=EAGER)
def engine(request):
    """A table of facts in memory or as a DuckDB relation, with every column typed, for laws on random flows."""
    return lambda rows: EAGER[request.param](frame(rows))


def frame(rows):
    """A pandas table of facts; a fact names what differs from the plain one."""
    numbers = ("value", "half_width", "growth", "growth_half_width", "weight_kg", "quantity")
    plain = dict.fromkeys([*numbers, "unit", "superseded"]) | FACT
    out = pd.DataFrame([plain | row for row in rows], columns=list(plain))
    days = {name: pd.to_datetime(out[name]) for name in ("released", "superseded")}
    return out.astype(dict.fromkeys(numbers, "float64")).assign(**days)


@pytest.fixture(scope="session", autouse=True)
def _only_the_bundle(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENTREPOT_HOME", str(tmp_path_factory.mktemp("no lake")))
        yield


@pytest.fixture(scope="session")
def china():
    return lake.load("china")


@pytest.fixture(scope="session")
def data():
    """The folder of compiled figures from which the bundle is built; tests that read it skip where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip("needs ../shared/data, the compiled figures beside the repository")
    return SHARED / "data"
