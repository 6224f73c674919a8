"""Build the orders of magnitude of yearly trade by which a reader tells a month's figure from a year's.

Run from the repository root: python scripts/build_scales.py [SHARED_DATA_FOLDER]. Totals are those of the World Bank's
WITS summaries to 2021 and of BACI for 2023, the partners' parts those of BACI, all to two significant digits: they say
how large a country's trade roughly is and what it cannot be, and confirm or correct no figure.
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


def imports_of_2023() -> tuple[list[str], np.ndarray]:
    """Countries and groups, and their imports of 2023 [million dollars]: importers in rows, exporters in columns."""
    economy = Economy.load("world-2023")
    spent = economy.share[:, :, 0] * economy.spending[:, :1] / 1e6
    np.fill_diagonal(spent, 0.0)
    places = list(economy.countries)
    for group in GROUPS:
        inside = np.array([place in codes.members(group) for place in economy.countries])
        spent = np.vstack([spent, spent[: len(inside)][inside].sum(axis=0)])
        spent = np.column_stack([spent, spent[:, : len(inside)][:, inside].sum(axis=1)])
        places.append(group)
    return places, spent


def totals(data: Path) -> dict[tuple[str, str], dict[int, float]]:
    """Exports and imports of the World Bank's summaries in millions of dollars, by reporter and flow, then year."""
    table = pd.read_parquet(data / "wits_trade_summary" / "wits_summary.parquet")
    table = table[(table.partner == "World") & (table["product"] == "All Products")]
    flows = {"Exports (in US$ Mil)": "X", "Imports (in US$ Mil)": "M"}
    found: dict[tuple[str, str], dict[int, float]] = {}
    for row in table[table.indicator.isin(flows)].itertuples():
        reporter = NAMES.get(str(row.reporter_code), str(row.reporter_code))
        found.setdefault((reporter, flows[str(row.indicator)]), {})[int(str(row.year))] = float(str(row.value))
    return found


def short(value: float) -> str:
    """Two significant digits of an amount in millions."""
    return f"{float(f'{value:.2g}'):g}".replace("e+0", "e")


def rows(data: Path) -> list[list[str]]:
    """Lines of the table: reporter, flow, its yearly totals, that of 2023, its partners' parts in thousandths."""
    places, bought = imports_of_2023()
    before, written = totals(data), list[list[str]]()
    for at, reporter in enumerate(places):
        inside = set(codes.members(reporter)) if reporter in GROUPS else set()
        for flow, line in (("X", bought[:, at]), ("M", bought[at])):
            traded = {p: v for p, v in zip(places, line, strict=True) if p != reporter and not inside & _members(p)}
            total = sum(v for p, v in traded.items() if p not in GROUPS)
            if not total > 0:
                continue
            parts = sorted(((v, p) for p, v in traded.items() if v > LEAST * total), reverse=True)
            held = before.get((reporter, flow), {})
            years = " ".join(short(held[year]) if held.get(year, 0) > 0 else "-" for year in YEARS)
            told = " ".join(f"{partner}:{value / total * 1000:.0f}" for value, partner in parts)
            written.append([reporter, flow, years, short(total), told])
    return written


def _members(place: str) -> set[str]:
    return set(codes.members(place)) if place in GROUPS else {place}


def main() -> None:
    """Write the table."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    with TARGET.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["reporter", "flow", f"{YEARS[0]}-{YEARS[-1]}", "2023", "partners"])
        writer.writerows(rows(data))


if __name__ == "__main__":
    main()
