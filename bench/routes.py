"""Coverage, false alarms, power and width of the rerouting bounds over planted worlds (not a test: it prints).

Run: python bench/routes.py [WORLDS] [varied|forces|hard|wide|speed ...]; every part if none is named. `wide` prints one
line a kind of unusual world, without relabelling and with a fifth of dutied direct sales relabelled.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

import planted as worlds  # noqa: E402

from entrepot.errors import MissingData  # noqa: E402
from entrepot.routes import reroute  # noqa: E402

PARTS = ("varied", "forces", "hard", "wide", "speed")


def study(name: str, recipes: list[tuple[int, worlds.Recipe]]) -> None:
    """One line: fraction covered, called distinguishable, left at `cannot tell`, median width and point over truth."""
    found = []
    for seed, recipe in recipes:
        world = worlds.draw(recipe, seed)
        try:
            bounds = worlds.bounds(world)
        except MissingData:  # too few products on one side: the answer is `cannot tell`
            continue
        judged = worlds.judged(world, seed)
        found.append((world.truth(), bounds.hi, bounds.value, judged.seen, judged.unsure))
    truth, hi, point, seen, unsure = np.array(found, dtype=float).T
    line = f"{name:42s} n {len(found):4d}  distinguishable {seen.mean():.3f}  cannot tell {unsure.mean():.3f}"
    if truth.min() > 0:
        line += f"  covers {np.mean(hi >= truth):.3f}  width {np.median(hi / truth):.2f}"
        line += f"  point {np.median(point / truth):.2f}"
    print(line, flush=True)


def speed() -> None:
    """From a table to the answer, once."""
    world = worlds.draw(worlds.Recipe(products=5000, relabelled=0.2), 1)
    table = world.table()
    start, used = time.perf_counter(), time.process_time()
    reroute(table, origin="CHN", destination="USA", hubs="VNM", base="2023", period="2025", tariffs=world.duties())
    wall, cpu = time.perf_counter() - start, time.process_time() - used
    print(f"table to answer: {len(table):,} rows in {wall:.1f} s, {cpu:.1f} CPU s")


def main(count: int, parts: list[str]) -> None:
    """Worlds with nuisances drawn at random, each force alone, hard and unusual ones; then the verb from a table."""
    if "varied" in parts:
        for share in (0.0, 0.05, 0.1, 0.2, 0.3):
            study(f"varied, {share:.0%} planted", [(s, worlds.varied(s, relabelled=share)) for s in range(count)])
    if "forces" in parts:
        for name, recipe in worlds.families().items():
            study(f"only {name}" if name != "all" else "all forces", [(s, recipe) for s in range(count // 2)])
    if "hard" in parts:
        for name, recipe in worlds.hard().items():
            study(name, [(s, recipe) for s in range(count // 4)])
    if "wide" in parts:
        for name, changes in worlds.wide().items():
            drawn = [(s, worlds.varied(s, **changes)) for s in range(400, 400 + count // 4)]
            study(f"none, {name}", drawn)
            study(f"20 %, {name}", [(s, replace(recipe, relabelled=0.2)) for s, recipe in drawn])
    if "speed" in parts:
        speed()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, sys.argv[2:] or list(PARTS))
