"""One plain fact, and the engines on which every law is held."""

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

FACT = {
    **{"reporter": "CHN", "partner": "WLD", "flow": "X", "product": "TOTAL", "classification": "", "value": 100.0},
    **{"period": "2025-11", "span": "month", "concept": "standard", "valuation": "fob", "currency": "USD"},
    **{"status": "observed", "source": "gacc", "released": "2025-12-08", "released_basis": "stated"},
}
ENGINES = {"pandas": pd.DataFrame, "duckdb": duckdb.from_df, "polars": pl.from_pandas, "arrow": pa.Table.from_pandas}


@pytest.fixture(scope="session", params=ENGINES)
def table(request):
    return lambda *rows: ENGINES[request.param](pd.DataFrame([FACT | row for row in rows]))
