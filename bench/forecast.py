"""Scores of the declared forecast model on everything held: the poll's releases, the wide set, and other series.

Run: OMP_NUM_THREADS=1 python bench/forecast.py [china|others|partners|products|speed|origins|record ...]; about ten
minutes on two cores. Every row is printed, failures included.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from entrepot import backtest, flows, lake, ledger

PASS = {"2023-07": {"X": 0.92, "M": 0.65, "B": 0.80}, "2012-01": {"X": 1.00, "M": 0.82}}
"""Goals by first month: mean absolute error over the poll's."""
OTHERS = (
    *(("VNM", flow, "WLD", "2021-01", "2025-11") for flow in "XM"),
    *(("KOR", flow, "CHN", "2010-01", "2019-12") for flow in "XM"),
    *(("JPN", flow, "CHN", "2010-01", "2019-12") for flow in "XM"),
    *(("USA", "X", partner, "2019-01", "2024-12") for partner in ("WLD", "CHN", "MEX", "CAN", "EU27", "JPN", "VNM")),
    *(
        ("USA", "M", partner, "2019-01", "2024-12")
        for partner in ("WLD", "CHN", "MEX", "CAN", "EU27", "JPN", "VNM", "TWN")
    ),
)
SHOWN = ["flow", "horizon", "months", "n", "mae", "se", "poll", "ratio", "cov80", "band", "width80", "score80",
         "airline80", "cov95", "mase", "t", "p", "t_naive"]  # fmt: skip


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Scores as people read them: points and billions."""
    out = rows.copy()
    growth = out["flow"] != "B"
    size = growth.map({True: 100.0, False: 1e-9})
    out["mae"] = (out["mae_growth"].where(growth, out["mae_balance"]) * size).round(2)
    out["poll"] = (out["consensus_mae_growth"].where(growth, out["consensus_mae_balance"]) * size).round(2)
    for new, old in {
        "width80": "width80",
        "score80": "interval_score80",
        "airline80": "airline_interval_score80",
    }.items():
        out[new] = (out[old] * size).round(2)
    out["se"] = (out["se"] * size).round(2)
    out["band"] = [f"{a:.2f}-{b:.2f}" for a, b in zip(out["band_lo"], out["band_hi"], strict=True)]
    names = {"coverage80": "cov80", "coverage95": "cov95", "dm_t": "t", "dm_p": "p", "dm_t_naive": "t_naive"}
    return out.rename(columns=names)[SHOWN].round(3)


def china() -> None:
    """The complete run of 31 releases and the wide set, beside the poll."""
    trade = lake.load("china")
    for title, months in (
        ("31 releases, seen before: description", "2023-07:2026-07"),
        ("wide set", "2012-01:2026-07"),
    ):
        start = time.perf_counter()
        answer = backtest.backtest(trade, months=months, workers=2)
        print(f"\n## China, {title}: {months}, {time.perf_counter() - start:.0f} s on two processes\n")
        print(answer.about["vintages"])
        print("revised:", answer.about["revised"])
        print(shown(answer.rows).to_string(index=False))
        head = answer.rows[(answer.rows["horizon"] == 1) & (answer.rows["months"] == "March-December with a poll")]
        for row in head.to_dict("records"):
            said = "t beyond -2 on 60 months or more" if backtest.superior(row) else "no claim of superiority"
            goal = PASS[months[:7]].get(row["flow"], "none")
            print(f"{row['flow']}: ratio {row['ratio']:.3f} (goal {goal}), n {row['n']}, t {row['dm_t']:.2f}, {said}")


def others() -> None:
    """The same code, untouched, on other reporters and partners."""
    scored(OTHERS, lake.load)


def partners() -> None:
    """Every other line of the United States that is held for eight years, by partner: no choice was made among them."""
    trade = lake.load("USA")
    table = flows.read(trade).filter(nw.col("span") == "month", nw.col("product") == "TOTAL")
    held = table.select("flow", "partner", "period").unique().collect("pandas").to_native()
    counts = held.groupby(["flow", "partner"])["period"].nunique()
    names = [key for key in counts[counts >= 144].index if key[0] in ("X", "M")]
    known = {(flow, partner) for reporter, flow, partner, _, _ in OTHERS if reporter == "USA"}
    rest = [("USA", flow, partner, "2019-01", "2024-12") for flow, partner in names if (flow, partner) not in known]
    scored(rest, lambda _: trade)


def products() -> None:
    """Every group of goods that the United States import, held by month since 2013 (three digits of the NAICS)."""
    place = Path(__file__).parents[2] / "shared" / "data" / "us_imports_monthly"
    if not place.is_dir():
        print("products: ../shared is absent, and the bundle holds no long series by product")
        return
    held = pd.read_parquet(place / "us_imports_consumption_naics3_2013_2025.parquet")
    held = held[(held["partner"] == "WLD") & (held["naics"] != "00")]
    table = pd.DataFrame(
        {
            **{"reporter": "USA", "partner": "WLD", "flow": "M", "product": held["naics"], "classification": "NAICS"},
            **{"period": held["period"], "span": "month", "concept": "consumption", "valuation": "customs"},
            **{"currency": "USD", "status": "observed", "value": held["imports_usd"].astype(float)},
            **{"source": "census-naics", "released": date(2026, 11, 22), "released_basis": "first seen"},
        }
    )
    goods = pd.read_csv(place / "naics_names.csv", dtype=str).set_index("naics")["naics_name"]
    lines = [("USA", "M", code, "2019-01", "2025-11") for code in sorted(set(table["product"]))]
    scored(lines, lambda _: table, {code: f"{code} {goods[code]}" for *_, code, _, _ in lines})


def scored(
    lines: Sequence[tuple[str, str, str, str, str]], load: Callable[[str], Any], goods: Mapping[str, str] | None = None
) -> None:
    """Score lines one by one (of partners, or of the goods named), and the median of those that could be forecast."""
    found, ratios = [], []
    for reporter, flow, line, first, last in lines:
        name = goods[line] if goods else f"{reporter} {flow} {line}"
        part = {"product": f"NAICS {line}"} if goods else {"partner": None if line == "WLD" else line}
        try:
            rows = backtest.backtest(
                load(reporter), months=f"{first}:{last}", flow=flow, horizons=(1, 12), **part
            ).rows  # fmt: skip
        except Exception as refusal:  # a refusal is a result here, and is printed
            print(f"{name}: {type(refusal).__name__}: {refusal}")
            continue
        every = rows[rows["months"] == "all"].set_index("horizon")
        found.append(every.loc[1, "mase"])
        one, far = every.loc[1], every.loc[12]
        ratios.append(one["mae_growth"] / one["naive_mae_growth"])
        print(
            f"{name:14} {first}:{last} n {one['n']:3.0f} h=1: mae {100 * one['mae_growth']:5.2f} naive "
            f"{100 * one['naive_mae_growth']:5.2f} ratio {ratios[-1]:.2f} mase {one['mase']:.3f} t "
            f"{one['dm_t_naive']:6.2f} cov80 {one['coverage80']:.2f} | h=12: mase "
            f"{far['mase']:.3f} cov80 {far['coverage80']:.2f}",
            flush=True,
        )
    print(
        f"median MASE at one month over {len(found)} series: {statistics.median(found):.3f} (goal below 0.60); error "
        f"over that of last year's month on the same months: {statistics.median(ratios):.2f}"
    )


def origins() -> None:
    """175 months of exports and imports at four horizons, on two processes."""
    start = time.perf_counter()
    backtest.backtest(lake.load("china"), months="2012-01:2026-07", workers=2)
    used = os.times()
    print(
        f"175 months of exports and imports at four horizons: {time.perf_counter() - start:.1f} s on two processes, "
        f"{used.user + used.system + used.children_user + used.children_system:.1f} s of processor"
    )


def speed() -> None:
    """A cold fan of 24 months against importing statsmodels, and 10,000 entries of a ledger."""
    load = "import statsmodels.tsa.statespace.sarimax, statsmodels.tsa.statespace.structural"
    fan = f"{load}, time\nstart = time.perf_counter()\nfrom entrepot import lake, outlook\n"
    fan += "outlook.forecast(lake.load('china'), flow='X', months=24)\n"
    fan += "print(time.perf_counter() - start, time.process_time())"
    alone = os.environ | {"OMP_NUM_THREADS": "1"}  # matrices of 14 rows: threads only wait for each other
    runs = [subprocess.run([sys.executable, "-c", fan], capture_output=True, text=True, env=alone) for _ in range(3)]
    out = [float(run.stdout.split()[0]) for run in runs]
    print(
        f"24-month fan, cold, after importing statsmodels: {min(out):.2f} s (goal 3), of {[round(x, 2) for x in out]}; "
        f"processor with all imports {min(float(run.stdout.split()[1]) for run in runs):.2f} s"
    )


def record() -> None:
    """Ten thousand entries of the size of a twelve-month forecast, verified."""
    import json
    import tempfile

    with tempfile.TemporaryDirectory() as home:
        os.environ["ENTREPOT_HOME"] = home
        row = ["2026-11", "month", "X", "WLD", "TOTAL", "USD", 1, *[398604870123.4567] * (len(ledger.KEPT) - 7)]
        text = json.dumps(
            {"number": 1, "made_at": "2026-11-22", "about": {}, "rows": [row] * 42}, separators=(",", ":")
        )
        before, lines = ledger.START, []
        for _ in range(10_000):
            before = ledger.digest(before, text.encode())
            lines.append('{"hash":"' + before + '","entry":' + text + "}\n")
        place = Path(home) / "ledger"
        place.mkdir()
        (place / "entries.jsonl").write_text("".join(lines))
        (place / "head.json").write_text(json.dumps({"entries": 10_000, "hash": before}))
        start = time.perf_counter()
        count = len(ledger.verify())
        print(f"{count} entries of {len(text) // 1024} kB verified in {time.perf_counter() - start:.2f} s (goal 1)")


if __name__ == "__main__":
    verbs = (china, others, partners, products, speed, origins, record)
    for name in sys.argv[1:] or [verb.__name__ for verb in verbs]:
        {verb.__name__: verb for verb in verbs}[name]()
