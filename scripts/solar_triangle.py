"""One real triangle: solar panels of China by way of hubs to the United States, from the compiled figures.

China's exports by month (HS8, customs, with kilograms) against imports of the United States by HS6 and year (Comtrade,
cif; Viet Nam, Mexico and China held, other hubs not). Panels are 854143 from 2022 on; before, they share 854140 with
light-emitting diodes, so base and period lie within 2022-2024. Wafers and cells, the inputs of panels, are printed
beside: what goes in as wafers and comes out as panels is relocation, not relabelling.

Run: python scripts/solar_triangle.py [--flows solar.parquet], then
entrepot reroute china us --via vietnam,mexico,malaysia,thailand --base 2022 -p 2024 --table solar.parquet
"""

import argparse
import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
PANELS = ("85414300", "854143")
HUBS = ("VNM", "MEX", "MYS", "THA")
INPUTS = {"Cells": "cells", "Wafers": "wafers"}
FIXED = {"classification": "HS2022", "concept": "standard", "currency": "USD", "status": "observed"}
FIXED |= {"released": "2026-11-22", "released_basis": "first seen"}


def flows(data: Path) -> pd.DataFrame:
    """Both legs, direct sales and China's exports elsewhere, as a flows table."""
    sold = _sold(data)
    sold = sold[(sold["hs8"] == PANELS[0]) & (sold["partner"].str.len() == 3) & (sold["period"] >= "2022")]
    sold = sold[~sold["partner"].isin(_groups())]
    sold = sold.drop(columns="product").rename(columns={"hs8": "product", "value_usd": "value", "kg": "weight_kg"})
    sold = sold.assign(reporter="CHN", flow="X", span="month", valuation="fob", source="copy-ember-solar")
    bought = pd.read_parquet(data / "us_imports_monthly" / "us_trade_hs6_annual_2015_2025.parquet")
    bought = bought[(bought["hs6"] == PANELS[1]) & (bought["flow"] == "import") & (bought["year"] >= 2022)]
    bought = bought.rename(columns={"hs6": "product", "primary_usd": "value"})
    bought = bought.assign(reporter="USA", flow="M", span="year", valuation="cif", period=bought["year"].astype(str))
    bought = bought.assign(weight_kg=float("nan"), source="copy-comtrade-us-hs6")
    columns = ["reporter", "partner", "flow", "product", "period", "span", "valuation", "value", "weight_kg", "source"]
    rows = pd.concat([sold[columns], bought[columns]], ignore_index=True).assign(**FIXED)
    return rows[rows["value"] > 0].astype({"value": float, "weight_kg": float})


def inputs(data: Path) -> pd.DataFrame:
    """China's exports of wafers and cells to the hubs by year [USD]."""
    sold = _sold(data)
    mine = sold[sold["partner"].isin(HUBS) & sold["product"].isin(INPUTS)]
    years = mine.groupby([mine["product"].map(INPUTS), "partner", mine["period"].str[:4]])["value_usd"].sum()
    return years.unstack()


def _sold(data: Path) -> pd.DataFrame:
    return pd.read_csv(data / "china_products_monthly" / "solar_exports_by_partner_2017_2025.csv", dtype={"hs8": str})


def _groups() -> set[str]:
    from entrepot import codes

    return set(codes.groups()) | {"WLD"}


def main() -> None:
    """Print the ladder with its caveats, and the trade in inputs; keep the table if asked."""
    from entrepot import terminal
    from entrepot.routes import reroute

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder that holds data/")
    parser.add_argument("--flows", type=Path, help="where to keep the flows table, as Parquet")
    given = parser.parse_args()
    if not (given.shared / "data").is_dir():
        sys.exit(f"No data folder is at {given.shared / 'data'}. Pass --shared with the folder that holds data/.")
    table = flows(given.shared / "data")
    if given.flows:
        table.to_parquet(given.flows, index=False)
        print(f"Wrote {given.flows}", file=sys.stderr)
    answer = reroute(table, origin="CHN", destination="USA", hubs=HUBS, base="2022", period="2024")
    terminal.show(answer, sys.stdout)
    print("Inputs sold by China, million USD (wafers in, panels out is relocation):")
    print((inputs(given.shared / "data") / 1e6).round(0).to_string())
    print("2025 is left out: China is held to September only, the United States by whole years.")


if __name__ == "__main__":
    main()
