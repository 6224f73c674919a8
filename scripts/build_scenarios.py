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
ANSWER = "tradewar-tracker (github.com/mwaugh0328, MIT); US Census, exports to China of 2017 by chapter"
CUTS = ["2018-05-01", "2018-07-01", "2018-11-01"]  # dates of that source at which China cut duties on everyone
LAPSE = {"october": OCTOBER, "april": APRIL}
ANSWERED = "The truce lapses: the United States' duties on China return to those of {}, and China adds as many points"
STAY = "The United States' added duties of 2025 stay"
NOT_HELD = "what China itself levied on the United States in 2025 is not held"


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
        "not in the economy; no country's retaliation of 2025 is held"
    )


def answer_of_2019(data: Path) -> tuple[float, float]:
    """Points that China added on the United States in 2018 and 2019, and the part of US exports of 2017 they cover.

    The source gives the total duty by HS6 at each date of change; changes at the dates of general cuts are left out.
    Codes are averaged within a chapter, and chapters are weighted with what the United States sold China in 2017, the
    last year before the duties [percentage points, fraction].
    """
    table = pd.read_parquet(data / "tariffs" / "china_tariff_on_us_hs6_by_date.parquet")
    duty = table.pivot(index="hs6", columns="time_of_tariff", values="tariff").ffill(axis=1)
    steps = duty.diff(axis=1).drop(columns=CUTS).sum(axis=1)
    by_chapter = steps.groupby(steps.index.str[:2]).mean()
    sold = pd.read_csv(data / "us_monthly_hs2_2015_2018" / "us_monthly_hs2.csv", dtype={"hs2": str})
    sold = sold[(sold.flow == "export") & (sold.partner == "CHN") & sold.period.str.startswith("2017")]
    weight = sold.groupby("hs2").value_usd.sum()
    covered = weight[weight.index.isin(by_chapter.index)]
    points = float((by_chapter.reindex(covered.index) * covered).sum() / covered.sum())
    return points, float(covered.sum() / weight.sum())


def china_answers(points: Mapping[str, tuple[float, str, str]], place: int) -> tuple[str, str]:
    """China's answer as a shock that is 0 unless a variant sets it, and the variants [points, title, why]."""
    shock = "\n".join(
        [
            "[[shocks]]",
            'kind = "tariff"',
            'buyer = "CHN"',
            'seller = "USA"',
            "add = 0.0",
            f'note = "{NOT_HELD}; the variants suppose an answer"',
            "",
        ]
    )
    variants = [
        f'[variants.{name}]\ntitle = "{title}"\n"shocks.{place}.add" = {added / 100:.6f}\n'
        f'"shocks.{place}.note" = "{why}"\n'
        for name, (added, title, why) in points.items()
    ]
    return shock, "\n".join(variants)


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

    truce = float(latest[latest.partner == "CHN"].added_tariff_pct.iloc[0])
    points, part = answer_of_2019(data)
    again = (
        f"supposed: China adds again the {points:.1f} points of 2018 and 2019, mean of HS6 codes by chapter, chapters "
        f"weighted with US exports to China of 2017 ({part:.1%} of them covered); {ANSWER}"
    )
    answers = {
        "china-answers-as-in-2019": (points, f"{STAY}, and China adds what it added in 2018 and 2019", again),
        "china-answers-in-kind": (
            truce,
            f"{STAY}, and China adds as many points",
            f"supposed: China adds the {truce:.1f} points that the United States added",
        ),
    }
    said = (
        f"{NOT_HELD}; the variants suppose that it adds again what it added in 2018 and 2019 ({points:.1f} points at "
        "US exports of 2017), which the trade of 2023 already bears once, or as many points as the United States"
    )
    common = {"economy": "world-2023", "as_of": "2025-12-08", "uncovered": rest, "balance": "goods"}
    answer, variants = china_answers(answers, len(latest))
    write(
        "us-tariffs-2025",
        {
            "title": STAY,
            "reference": f"{SOURCE}, in force {LATEST}",
            "begins": BEGINS,
            **common,
        },
        [rates, said],
        shocks(latest) + "\n" + answer + "\n" + variants,
    )
    write(
        "truce-in-force",
        {
            "title": "The truce between the United States and China holds",
            "reference": f"{SOURCE}; duties in force since the truce of November 2025",
            "begins": BEGINS,
            **common,
        },
        [rates, f"{NOT_HELD}; its duties stay as they are"],
        shocks(latest),
    )
    back = {"october": rate(OCTOBER), "april": rate(APRIL)}
    lapses = [f'[variants.{name}]\n"shocks.{china}.add" = {level / 100:.6f}\n' for name, level in back.items()]
    kind = {
        f"{name}-answered": (
            level - truce,
            ANSWERED.format(LAPSE[name]),
            f"supposed: China adds the {level - truce:.1f} points that the lapse adds",
        )
        for name, level in back.items()
    }
    answer, answered = china_answers(kind, len(lapsed))
    for name, level in back.items():
        head = f"[variants.{name}-answered]\n"
        answered = answered.replace(head, f'{head}"shocks.{china}.add" = {level / 100:.6f}\n')
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
            f"{NOT_HELD}; the variants that end in answered suppose that China adds as many points as the lapse does",
        ],
        shocks(lapsed) + "\n" + answer + "\n" + "\n".join(lapses) + "\n" + answered,
    )


if __name__ == "__main__":
    main()
