"""Build the orders of magnitude of yearly trade by which a reader tells a month's figure from a year's.

Run from the repository root: python scripts/build_scales.py [SHARED_DATA_FOLDER]. Totals are those of the World Bank's
WITS summaries to 2021 and of BACI for 2023, the partners' parts those of BACI, all to two significant digits: they say
how large a country's trade roughly is, and no figure is judged by them.
"""

import csv
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from entrepot import codes
from entrepot.economy import Economy

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "entrepot" / "data" / "codes" / "scales.csv"
YEARS = range(1995, 2022)
NAMES = {"EUN": "EU27", "OAS": "TWN", "SER": "SRB", "ROM": "ROU", "MNT": "MNE", "ZAR": "COD", "SUD": "SDN"}
LEAST = 0.004
"""Part of a reporter's trade below which a partner is left out [fraction]."""
GROUPS = ("EU27", "EA20", "ASEAN", "AFR", "LATAM", "ASIA", "EUROPE", "OCEANIA", "GCC", "MERCOSUR", "RCEP")


def imports_of_2023() -> pd.DataFrame:
    """Imports in dollars of 2023, importers in columns and exporters in rows, countries and groups."""
    economy = Economy.load("world-2023")
    share = economy.share[:, :, 0] if _buys_in_rows(economy) else economy.share[:, :, 0].T
    spent = share * economy.spending[:, 0][:, None]
    np.fill_diagonal(spent, 0.0)
    table = pd.DataFrame(spent.T, index=list(economy.countries), columns=list(economy.countries))
    for group in GROUPS:
        members = [c for c in codes.members(group) if c in table.index and c in economy.countries]
        if members:
            table[group] = table[members].sum(axis=1)
            table.loc[group] = table.loc[members].sum()
    return table


def _buys_in_rows(economy: Economy) -> bool:
    return bool(np.allclose(economy.share[:, :, 0].sum(axis=1), 1.0, atol=1e-6))


def totals(data: Path) -> pd.DataFrame:
    """Exports and imports of the World Bank's summaries in millions of dollars by reporter and year."""
    table = pd.read_parquet(data / "wits_trade_summary" / "wits_summary.parquet")
    table = table[(table.partner == "World") & (table["product"] == "All Products")]
    flows = {"Exports (in US$ Mil)": "X", "Imports (in US$ Mil)": "M"}
    table = table[table.indicator.isin(flows)].assign(flow=table.indicator.map(flows))
    table["reporter"] = table.reporter_code.replace(NAMES)
    return table.pivot_table(index=["reporter", "flow"], columns="year", values="value").reindex(columns=list(YEARS))


def short(value: float) -> str:
    """Two significant digits of an amount in millions; empty for a missing one."""
    return "" if not value > 0 else f"{float(f'{value:.2g}'):g}".replace("e+0", "e")


def rows(data: Path) -> list[list[str]]:
    """Lines of the table: reporter, flow, its yearly totals, its partners' parts in thousandths."""
    bought, before = imports_of_2023() / 1e6, totals(data)
    written: list[list[str]] = []
    for reporter in bought.columns:
        inside = codes.members(reporter) if reporter in GROUPS else ()
        mixed = [g for g in GROUPS if inside and set(codes.members(g)) & set(inside)]
        for flow, line in (("X", bought.loc[reporter]), ("M", bought[reporter])):
            line = line.drop([reporter, *inside, *mixed], errors="ignore")
            total = line.drop([g for g in GROUPS if g in line.index]).sum()
            if not total > 0:
                continue
            years = before.loc[reporter, flow] if (reporter, flow) in before.index else pd.Series(index=list(YEARS))
            parts = line[line > LEAST * total].sort_values(ascending=False)
            told = " ".join(f"{partner}:{value / total * 1000:.0f}" for partner, value in parts.items())
            written.append([reporter, flow, " ".join(short(v) or "-" for v in years), short(total), told])
    return written


def main() -> None:
    """Write the table."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    with TARGET.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["reporter", "flow", f"{YEARS[0]}-{YEARS[-1]}", "2023", "partners"])
        writer.writerows(rows(data))


if __name__ == "__main__":
    main()
