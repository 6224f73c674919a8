"""Ask the same questions of a table that lives in Spark or on a server, and see that the answers do not change.

Run: python examples/beyond_one_machine.py spark
     python examples/beyond_one_machine.py clickhouse HOST
     python examples/beyond_one_machine.py postgres HOST
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

import entrepot as ep
from entrepot import flows, lake


def spark() -> Any:
    """The flows of China as a Spark DataFrame; on a cluster this is spark.table("trade.flows")."""
    from pyspark.sql import SparkSession

    path = Path(tempfile.mkdtemp()) / "flows.parquet"
    lake.load("china").sink_parquet(path)
    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    return session.read.parquet(str(path))


def clickhouse(host: str) -> Any:
    """A table `flows` that a ClickHouse server holds."""
    import ibis

    return ibis.clickhouse.connect(host=host).table("flows")


def postgres(host: str) -> Any:
    """A table `flows` that a PostgreSQL server holds."""
    import ibis

    return ibis.postgres.connect(host=host, user="postgres", database="postgres").table("flows")


def main(engine: str, *where: str) -> None:
    """Ask both tables for exports by partner, and for what drove their growth."""
    theirs = flows.read({"spark": spark, "clickhouse": clickhouse, "postgres": postgres}[engine](*where))
    ours = ep.load("china")
    asked = {"period": "2025-11", "span": "ytd", "flow": "X", "by": "partner"}
    for verb in (ep.measure, ep.explain):
        there, here = verb(theirs, **asked).rows, verb(ours, **asked).rows
        names = ["value", "growth", "share"] if "share" in there else ["value", "contribution"]
        gap = (there[names].astype(float) / here[names].astype(float) - 1).abs().max().max()
        print(there[["partner", *names]].head(5).to_string(index=False))
        print(f"{verb.__name__}: {len(there)} rows, largest relative difference from DuckDB {gap:.1e}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
