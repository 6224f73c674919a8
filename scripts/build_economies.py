"""Build the economies that ship with the package from the shared source files, with provenance beside each.

Run from the repository root: python scripts/build_economies.py [SHARED_DATA_FOLDER]
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from entrepot.calibration import from_input_output, from_trade
from entrepot.economy import SHIPPED, Economy

ROOT = Path(__file__).parents[1]
MERGED = {
    "Agriculture": "c1", "Mining": "c2", "Food": "c3", "Textiles and leather": "c4 c5", "Wood": "c6", "Paper": "c7",
    "Petroleum products": "c8", "Chemicals": "c9", "Rubber and plastics": "c10", "Mineral products": "c11",
    "Metals": "c12", "Machinery": "c13", "Electrical and optical": "c14", "Transport equipment": "c15",
    "Other manufacturing": "c16", "Utilities and construction": "c17 c18", "Trade and hotels": "c19 c20 c21 c22",
    "Transport and post": "c23 c24 c25 c26 c27", "Finance and business": "c28 c29 c30",
    "Public and personal services": "c31 c32 c33 c34 c35",
}  # fmt: skip
LICENCES = "WIOD: CC BY 4.0; BACI: Etalab 2.0; WDI, OECD ICIO: CC BY 4.0; US Census: public domain"
SERVICES_THETA = 5.0
LABELS = {"ROM": "ROU", "RoW": "ROW"}


def sectors_2011(data: Path, year: int = 2011) -> Economy:
    """Economy of the WIOD table of a year, 41 economies x 20 sectors."""
    folder = data / "wiod_2013_release"
    with np.load(folder / f"wiot_{year}.npz") as table:
        inter, final = table["inter"].astype(float) * 1e6, table["final"].astype(float) * 1e6
    countries = pd.read_csv(folder / "countries.csv").iso3.replace(LABELS)
    industries = pd.read_csv(folder / "industries.csv").code
    theta = pd.read_csv(data / "elasticities" / "wiod_goods_theta_cr2014.csv").set_index("wiod_code").theta
    into = {code: name for name, codes in MERGED.items() for code in codes.split()}
    n, k = len(countries), len(industries)
    by_sector = [
        theta[codes.split()].mean() if codes.split()[0] in theta else SERVICES_THETA for codes in MERGED.values()
    ]
    return from_input_output(
        inter,
        final.reshape(n, k, n, 5).sum(axis=3),
        countries=list(countries),
        sectors=list(industries),
        theta=by_sector,
        merged=into,
        year=year,
        source=f"WIOD, World Input-Output Table, 2013 release, {year}",
        balance="goods and services",
        tariff_source="none held",
        tariff_known=np.eye(n, dtype=bool),
        notes=(
            "theta of goods from Costinot and Rodriguez-Clare (2014), of services 5 by assumption",
            "ROW is the rest of the world as the table closes it",
        ),
    )


def world_2023(data: Path) -> Economy:
    """Economy of BACI trade and GDP of 2023, 194 countries, one sector with roundabout inputs."""
    folder = data / "liberation_day_2025"
    table = pd.read_csv(folder / "countries.csv").set_index("iso3")
    codes = list(table.index)
    trade = pd.read_parquet(folder / "trade_2023.parquet")
    flows = trade.pivot(index="importer", columns="exporter", values="value_kusd").reindex(index=codes, columns=codes)
    tariff, known = _us_collected(data, codes)
    return from_trade(
        flows.fillna(0).to_numpy() * 1e3,
        table.gdp_usd.to_numpy(),
        countries=codes,
        value_added_share=_value_added_shares(data, codes),
        theta=4.0,
        tariff=tariff,
        tariff_known=known,
        year=2023,
        source="CEPII BACI HS22 V202501, 2023 (Etalab 2.0); World Bank WDI, GDP 2023; OECD ICIO 2025 release, 2022",
        balance="goods",
        tariff_source=(
            "United States: duties collected over customs value of imports for consumption, 2024, all partners "
            "(US Census "
            "Bureau); no other country's tariffs are held"
        ),
        notes=(
            "goods trade fob as reconciled by BACI; one sector, whose output is GDP over a value-added share",
            "value-added shares from OECD ICIO 2022 for its 80 economies, their GDP-weighted mean for the others",
            "theta 4, Simonovska and Waugh (2014)",
        ),
    )


def _value_added_shares(data: Path, codes: list[str]) -> np.ndarray:
    """Output less inputs bought in the 80 economies, over output; the GDP-weighted mean where not held."""
    folder = data / "oecd_icio_2022"
    with np.load(folder / "icio2022_80x29.npz") as table:
        used, output = (
            table["intermediate_musd"].sum(axis=(0, 1, 3), dtype=float),
            table["gross_output_musd"].sum(axis=1),
        )
    held = pd.Series(1 - used / output, pd.read_csv(folder / "countries.csv").iso3)
    mean = float((held * output).sum() / output.sum())
    return held.reindex(codes).fillna(mean).to_numpy()


def _us_collected(data: Path, codes: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """United States' collected rates of 2024 by partner, and which cells they cover."""
    lines = pd.read_parquet(data / "us_imports_2024_hs6" / "us_imports_2024_hs2_all_partners.parquet")
    sums = lines.groupby("partner")[["imports_2024_usd", "duty_2024_usd"]].sum()
    rate = (sums.duty_2024_usd / sums.imports_2024_usd).reindex(codes)
    usa = codes.index("USA")
    tariff, known = np.zeros((len(codes), len(codes))), np.eye(len(codes), dtype=bool)
    tariff[usa], known[usa] = rate.fillna(0), rate.notna()
    tariff[usa, usa], known[usa, usa] = 0, True
    return tariff, known


def main() -> None:
    """Write every shipped economy and its provenance."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    SHIPPED.mkdir(parents=True, exist_ok=True)
    for name, economy in {"sectors-2011": sectors_2011(data), "world-2023": world_2023(data)}.items():
        economy.save(SHIPPED / f"{name}.npz")
        words = {
            "name": name, "year": economy.year, "source": economy.source, "balance": economy.balance,
            "tariffs": economy.tariff_source, "notes": economy.notes, "built_by": "scripts/build_economies.py",
            "countries": len(economy.countries), "sectors": economy.sectors, "theta": economy.theta.tolist(),
            "grade": "C", "licence": LICENCES,
        }  # fmt: skip
        (SHIPPED / f"{name}.json").write_text(json.dumps(words, indent=1, ensure_ascii=False) + "\n", "utf-8")
        size = (SHIPPED / f"{name}.npz").stat().st_size
        print(f"{name}: {len(economy.countries)} countries, {len(economy.sectors)} sectors, {size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
