"""Whole commands against the imports they cannot do without, measured in one run: medians of wall and CPU seconds.

Budgets: help 3x of importing typer; measure 3.5x of importing duckdb and pandas; brief 4.5x of importing altair, duckdb
and vl_convert.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
PAGE = str(Path(tempfile.gettempdir(), "entrepot-bench-brief.html"))
PAIRS = {
    "entrepot --help": (["-m", "entrepot", "--help"], "import typer", 3.0),
    "entrepot measure": (["-m", "entrepot", "measure", "china", "-p", "2025-11"], "import duckdb, pandas", 3.5),
    "entrepot brief": (
        ["-m", "entrepot", "brief", "china", "-p", "2025-11", "-o", PAGE],
        "import altair, duckdb, vl_convert",
        4.5,
    ),
}


def seconds(words: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of one Python process."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=os.environ)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - begin
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print one line a command: seconds, those of the imports, ratio, budget."""
    imports_cpu = f"{'imports wall':>13s} {'CPU':>6s}"
    print(f"{'command':20s} {'wall s':>7s} {'CPU s':>7s} {imports_cpu} {'ratio':>6s} {'CPU':>6s} {'budget':>7s}")
    for name, (words, imports, budget) in PAIRS.items():
        seconds(words), seconds(["-c", imports])  # warm the disk cache
        ours, peer = [], []
        for _ in range(ROUNDS):  # turn about, so that a busy moment hits both
            ours.append(seconds(words))
            peer.append(seconds(["-c", imports]))
        (wall, cpu), (wall_peer, cpu_peer) = (
            [statistics.median(column) for column in zip(*runs, strict=True)] for runs in (ours, peer)
        )
        ratios = f"{wall / wall_peer:6.2f} {cpu / cpu_peer:6.2f}"
        print(f"{name:20s} {wall:7.2f} {cpu:7.2f} {wall_peer:13.2f} {cpu_peer:6.2f} {ratios} {budget:7.1f}")
    Path(PAGE).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
