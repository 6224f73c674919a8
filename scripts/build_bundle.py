"""Build the tables that ship in the package from ../shared/data: flows, sources, exchange rates, consensus.

Only figures enter, in the project's own form, each with office, table, address, grade and the day it became public.
Run: make bundle. The same input gives the same bytes; tests/test_bundle.py rebuilds and compares.
"""

import argparse
import json
import sys
from pathlib import Path

import pandas as pd
from bundle_calendar import calendar
from bundle_cells import packed
from bundle_china import china
from bundle_facts import Facts, finish
from bundle_others import japan_korea, united_states, viet_nam
from bundle_partners import china_partners
from bundle_tables import consensus, gdp, rates

from entrepot import flows

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "src" / "entrepot" / "data" / "bundle"


def build(shared: Path, home: Path) -> dict[str, int]:
    """Write the bundle under `home` and return the number of rows of each table."""
    facts = Facts()
    for part in (china, china_partners, calendar, united_states, viet_nam, japan_korea):
        part(shared / "data", facts)
    table, sources = finish(facts)
    flows.read(table)  # the contract, before anything is written
    home.mkdir(parents=True, exist_ok=True)
    table.to_parquet(home / "flows.parquet", index=False, compression="zstd", compression_level=19)
    (home / "cells.bin").write_bytes(packed(table))
    sources.to_csv(home / "sources.csv", index=False, lineterminator="\n")
    rates(shared / "data").to_csv(home / "rates.csv", index=False, lineterminator="\n")
    consensus(shared / "data").to_csv(home / "consensus.csv", index=False, lineterminator="\n")
    gdp(shared / "data").to_csv(home / "gdp.csv", index=False, lineterminator="\n")
    counts = {path.name: len(pd.read_csv(path)) for path in sorted(home.glob("*.csv"))} | {"flows.parquet": len(table)}
    left_out = dict(sorted(facts.left_out.items()))
    text = json.dumps({"rows": counts, "left_out": left_out, "flows_columns": list(table)}, indent=1)
    (home / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return counts


def main() -> None:
    """Build from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder that holds data/")
    parser.add_argument("--home", type=Path, default=HOME, help="folder to write to")
    given = parser.parse_args()
    if not (given.shared / "data").is_dir():
        sys.exit(f"No data folder is at {given.shared / 'data'}. Pass --shared with the folder that holds data/.")
    for name, rows in build(given.shared, given.home).items():
        print(f"{name}: {rows} rows")


if __name__ == "__main__":
    main()
