"""Write the shipped scenarios whose tariff cells come from the shared source files.

Run from the repository root: python scripts/build_scenarios.py [SHARED_DATA_FOLDER]
"""

import sys
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from entrepot.economy import Economy
from entrepot.scenario import SHIPPED

ROOT = Path(__file__).parents[1]
SOURCE = "trade-war-redux-2025 (github.com/tradewartracker, MIT), US Census imports of 2024"
LATEST, OCTOBER, APRIL = "2025-12-04", "2025-10-14", "2025-04-09"
COLLECTED = "2025-11"
BEGINS = "2025-05"  # first month in which more than half of the added duties was collected (us_customs_duties_monthly)


def in_force(added: pd.DataFrame, dates: Mapping[str, str]) -> pd.DataFrame:
    """Rows of the partners that the economy holds, largest first: as of LATEST, or of the date that `dates` names."""
    wanted = pd.Series([dates.get(partner, LATEST) for partner in added.partner], added.index)
    rows = added[(added.date == wanted) & added.partner.isin([*Economy.load("world-2023").countries, "EU27"])]
    rows = rows[(rows.partner != "SVK") & (rows.added_tariff_pct > 0)]  # Slovakia is in EU27 too
    return rows.sort_values("imports_2024_usd", ascending=False, ignore_index=True)


def shocks(rows: pd.DataFrame) -> str:
    """Tariff shocks of the United States on each partner [fraction], in TOML."""
    lines = []
    columns = [rows[name] for name in ("partner", "date", "added_tariff_pct", "tariff_2024_pct")]
    for partner, date, added, collected in zip(*columns, strict=True):
        lines += [
            "[[shocks]]",
            'kind = "tariff"',
            'buyer = "USA"',
            f'seller = "{partner}"',
            f"add = {added / 100:.6f}",
            f'note = "collected in 2024: {collected:.1f} %; added duties in force {date}, 2024 weights"',
            "",
        ]
    return "\n".join(lines)


def covered(added: pd.DataFrame, data: Path) -> str:
    """What happens to the pairs that the source does not cover, in words."""
    lines = pd.read_parquet(data / "us_imports_2024_hs6" / "us_imports_2024_hs2_all_partners.parquet")
    total = lines[lines.partner != "EU27"].imports_2024_usd.sum()
    latest = added[(added.date == LATEST) & (added.partner != "SVK")]
    absent = latest[~latest.partner.isin([*Economy.load("world-2023").countries, "EU27"])]
    return (
        f"unchanged: partners outside the source sold the United States "
        f"{1 - latest.imports_2024_usd.sum() / total:.1%} of "
        f"its imports of 2024; {', '.join(absent.partner)} ({absent.imports_2024_usd.sum() / total:.1%}) is in "
        f"the source but "
        "not in the economy; no other country's retaliation is held"
    )


def both_rates(added: pd.DataFrame, data: Path) -> str:
    """China's fixed-weight rate and what was collected, in words."""
    china = added[(added.partner == "CHN") & (added.date == LATEST)].iloc[0]
    months = pd.read_csv(data / "us_imports_monthly" / "us_imports_and_duty_totals_2013_2025.csv")
    paid = months[(months.partner == "CHN") & (months.period <= COLLECTED)].tail(4)
    shown = ", ".join(f"{row.effective_tariff_pct:.1f} % ({row.period})" for row in paid.itertuples())
    level = china.tariff_2024_pct + china.added_tariff_pct
    return (
        f"United States on China: {level:.1f} % at 2024 weights since 2025-11-14 ({china.tariff_2024_pct:.1f} "
        f"collected in "
        f"2024 + {china.added_tariff_pct:.1f} added); collected on what was still imported: {shown}"
    )


def write(name: str, words: dict[str, str], notes: list[str], body: str) -> None:
    """Write one scenario file."""
    lines = [f'{key} = "{value}"' for key, value in words.items()]
    lines += ["notes = [", *(f'  "{note}",' for note in notes), "]", "", body.rstrip(), ""]
    (SHIPPED / f"{name}.toml").write_text("\n".join(lines), "utf-8")
    print(f"{name}: {len(body.splitlines())} lines")


def main() -> None:
    """Write the scenarios that carry the United States' duties of 2025."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    SHIPPED.mkdir(parents=True, exist_ok=True)
    added = pd.read_csv(data / "us_imports_2024_hs6" / "us_added_tariff_by_country_by_action.csv")
    rates, rest = both_rates(added, data), covered(added, data)
    latest, lapsed = in_force(added, {}), in_force(added, {"CHN": OCTOBER})
    china = list(lapsed.partner).index("CHN")

    def rate(date: str) -> float:
        return float(added[(added.partner == "CHN") & (added.date == date)].added_tariff_pct.iloc[0])

    common = {"economy": "world-2023", "as_of": "2025-12-08", "uncovered": rest, "balance": "goods"}
    write(
        "us-tariffs-2025",
        {
            "title": "The United States' added duties of 2025 stay",
            "reference": f"{SOURCE}, in force {LATEST}",
            "begins": BEGINS,
            **common,
        },
        [rates],
        shocks(latest),
    )
    write(
        "truce-in-force",
        {
            "title": "The truce between the United States and China holds",
            "reference": f"{SOURCE}; duties in force since the truce of November 2025",
            "begins": BEGINS,
            **common,
        },
        [rates, "China's own duties on the United States are not held and stay as they are"],
        shocks(latest),
    )
    variants = (
        f'\n[variants.october]\n"shocks.{china}.add" = {rate(OCTOBER) / 100:.6f}\n'
        f'\n[variants.april]\n"shocks.{china}.add" = {rate(APRIL) / 100:.6f}\n'
    )
    write(
        "truce-lapses",
        {
            "title": "The truce lapses: the United States' duties on China return to those before it",
            "reference": f"{SOURCE}; China's rates of {OCTOBER} (variant october, default) or {APRIL} (variant april)",
            "against": "truce-in-force",
            **common,
        },
        [
            rates,
            f"without the truce: {rate(OCTOBER):.1f} points added as on {OCTOBER}, or {rate(APRIL):.1f} as on {APRIL}",
            "China's own duties on the United States are not held and stay as they are",
        ],
        shocks(lapsed) + variants,
    )


if __name__ == "__main__":
    main()
