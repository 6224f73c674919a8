"""Coverage, false alarms, power and width of the rerouting bounds over planted worlds (not a test: it prints)."""

import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

import planted as worlds  # noqa: E402

from entrepot import rungs  # noqa: E402
from entrepot.routes import reroute  # noqa: E402


def study(name: str, recipes: list[tuple[int, worlds.Recipe]]) -> None:
    """One line: fraction covered, fraction called distinguishable, median width and point over the truth."""
    found = [(world := worlds.draw(recipe, seed), worlds.bounds(world, seed)) for seed, recipe in recipes]
    truth = np.array([world.truth() for world, _ in found])
    hi = np.array([one.hi for _, one in found])
    point = np.array([one.value for _, one in found])
    alarm = np.mean([one.p <= rungs.LEVEL for _, one in found])
    line = f"{name:28s} n {len(found):4d}  covers {np.mean(hi >= truth):.3f}  distinguishable {alarm:.3f}"
    if truth.min() > 0:
        line += f"  median width/truth {np.median(hi / truth):.2f}  median point/truth {np.median(point / truth):.2f}"
    print(line, flush=True)


def main(count: int) -> None:
    """Worlds with nuisances drawn at random, each force alone, and hard cases; then the verb from table to answer."""
    for share in (0.0, 0.05, 0.1, 0.2, 0.3):
        study(f"varied, {share:.0%} planted", [(s, worlds.varied(s, relabelled=share)) for s in range(count)])
    for name, recipe in worlds.families().items():
        study(f"only {name}" if name != "all" else "all forces", [(s, recipe) for s in range(count // 2)])
    for name, recipe in worlds.hard().items():
        study(name, [(s, recipe) for s in range(count // 4)])
    world = worlds.draw(worlds.Recipe(products=5000, relabelled=0.2), 1)
    table = world.table()
    start = time.perf_counter()
    reroute(table, origin="CHN", destination="USA", hubs="VNM", base="2023", period="2025", tariffs=world.duties())
    print(f"table to answer: {len(table):,} rows in {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
