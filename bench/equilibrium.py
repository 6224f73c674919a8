"""How fast worlds are solved, beside a plain nested loop and, where an interpreter with it is named, gegravity.

Prints ratios and medians, CPU and wall. Run from the repository root:

    OMP_NUM_THREADS=1 python bench/equilibrium.py [SHARED_DATA_FOLDER]
    GEGRAVITY_PYTHON=/path/to/python  an interpreter that has gegravity 0.3, to run it beside
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np

from entrepot.batch import draws
from entrepot.calibration import from_trade
from entrepot.economy import Economy, close
from entrepot.equilibrium import simulate
from entrepot.outcomes import compare
from entrepot.scenario import Scenario, Shock

ROOT = Path(__file__).parents[1]
DATA = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
CP = DATA / "caliendo_parro_2015" / "cp2015_arrays.npz"
NAMES = {
    "countries": "regions", "sectors": "sectors", "spending": "X_nj", "share": "pi_nij", "tariff": "tau_nij",
    "value_added_share": "gamma_nj", "input_share": "gamma_nkj", "final_share": "alpha_nj", "value_added": "wL_n",
    "deficit": "D_n", "theta": "theta_j",
}  # fmt: skip
READ = f"""
import numpy as np
with np.load({str(CP)!r}) as z: held = {{k: z[v] for k, v in {NAMES!r}.items()}} | {{"new": z["tau_nij_cfl"]}}
"""
SOLVE = """
from entrepot.economy import close
from entrepot.equilibrium import simulate
from entrepot.scenario import Scenario
new = held.pop("new")
economy, _ = close(held)
for rule in ("zero", "share of world GDP"):
    simulate(economy, Scenario(name="nafta", deficits=rule, tariff_new=new))
"""


class Took(NamedTuple):
    """Median wall and CPU time and least CPU time [ms]; the last is what a busy machine disturbs least."""

    wall: float
    cpu: float
    least: float

    @staticmethod
    def of(wall, cpu):
        return Took(1e3 * median(wall), 1e3 * median(cpu), 1e3 * min(cpu))

    def __str__(self):
        digits = 1 if self.cpu < 100 else 0
        return " / ".join(f"{value:.{digits}f}" for value in self)


def timed(work, repeats=3):
    work()
    wall, cpu = [], []
    for _ in range(repeats):
        w, c = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - w)
        cpu.append(time.process_time() - c)
    return Took.of(wall, cpu)


def processes(*codes, repeats=7):
    """What whole processes take, run in turn; modules compiled, as where the package is installed."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    took = {code: ([], []) for code in codes}
    for round_ in range(repeats + 1):
        for code, (wall, cpu) in took.items():
            before, w = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, env=env)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if round_:  # the first one compiles
                wall.append(time.perf_counter() - w)
                cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return [Took.of(wall, cpu) for wall, cpu in took.values()]


def memory(n, s, tolerance):
    """Most memory that a process takes to solve a synthetic world beyond what it holds before, in share arrays."""
    code = f"""
import resource, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from equilibrium import Scenario, simulate, synthetic
import numpy as np
economy = synthetic({n}, {s})
new = np.zeros_like(economy.share)
new[0, 1:] = 0.2
scenario = Scenario(name="wall", tariff_new=new)
economy.sales, economy.home, economy.revenue
with open("/proc/self/clear_refs", "w") as refs:
    refs.write("5")  # forget the peak so far
def held(what):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(what)) * 1024
before = held("VmRSS:")
simulate(economy, scenario, tolerance={tolerance})
print((held("VmHWM:") - before) / economy.share.nbytes)
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    run = subprocess.run([sys.executable, "-c", code, str(DATA)], check=True, env=env, capture_output=True, text=True)
    return float(run.stdout)


def nested(economy, tariff, *, tolerance=1e-6):
    """The published scripts' way: prices to convergence inside, spending by one linear solve, damped wages outside."""
    n, s = economy.spending.shape
    kappa = (1 + tariff) / (1 + economy.tariff)
    wage, rounds = np.ones(n), 0
    while True:
        rounds += 1
        price = np.ones((n, s))
        while True:
            cost = wage[:, None] ** economy.value_added_share
            cost = cost * np.exp(np.einsum("nk,nkj->nj", np.log(price), economy.input_share))
            pull = economy.share * (kappa * cost[None]) ** -economy.theta
            image = pull.sum(axis=1) ** (-1 / economy.theta)
            gap, price = np.abs(image - price).max(), image
            if gap < tolerance / 10:
                break
        net = pull / pull.sum(axis=1, keepdims=True) / (1 + tariff)
        wedge = 1 - net.sum(axis=1)
        use = np.einsum("nkj,inj->nkij", economy.input_share, net).reshape(n * s, n * s)
        block = np.zeros((n, s, n, s))
        block[np.arange(n), :, np.arange(n), :] = economy.final_share[:, :, None] * wedge[:, None, :]
        income = wage * economy.value_added + economy.deficit
        right = (economy.final_share * income[:, None]).ravel()
        spending = np.linalg.solve(np.eye(n * s) - use - block.reshape(n * s, n * s), right).reshape(n, s)
        sold, bought = np.einsum("nis,ns->i", net, spending), np.einsum("nis,ns->n", net, spending)
        excess = (sold - bought + economy.deficit) / economy.value_added
        if np.abs(excess).max() < tolerance:
            return wage, rounds
        wage = wage * (1 + 0.2 * excess)
        wage = wage * economy.value_added.sum() / (wage * economy.value_added).sum()


def synthetic(n, s, seed=1):
    """A random consistent world of any size, added up by repeated substitution."""
    draw = np.random.default_rng(seed)
    size = np.exp(draw.standard_normal(n))
    made = draw.uniform(0.3, 0.6, (n, s))
    used = draw.dirichlet(np.ones(s), (n, s)).transpose(0, 2, 1) * (1 - made)[:, None, :]
    final = draw.dirichlet(np.ones(s), n)
    share = np.exp(draw.standard_normal((n, n, s))) * size[None, :, None]
    share[np.arange(n), np.arange(n)] = 2 * share.sum(axis=1)
    share /= share.sum(axis=1, keepdims=True)
    sector_first = np.ascontiguousarray(np.moveaxis(share, 2, 0))
    sales = np.zeros((n, s))
    for _ in range(400):
        spending = final * size[:, None] + np.matmul(used, sales[:, :, None])[:, :, 0]
        image = np.matmul(spending.T[:, None, :], sector_first)[:, 0, :].T
        change, sales = np.abs(image - sales).max(), image
        if change < 1e-15 * size.sum():
            break
    value_added = (made * sales).sum(axis=1)
    return Economy(
        countries=[f"C{i}" for i in range(n)], sectors=[f"S{i}" for i in range(s)], spending=spending, share=share,
        value_added_share=made, input_share=used, final_share=final, value_added=value_added,
        deficit=size - value_added, theta=draw.uniform(2, 10, s),
    )  # fmt: skip


PEER = """
import sys, time, warnings
warnings.filterwarnings("ignore")
import pandas as pd, gegravity as ge
table = pd.read_csv(sys.argv[1], dtype={"year": str})
base = ge.BaselineData(table, trade_var_name="trade", expend_var_name="E", output_var_name="Y")
cost = pd.DataFrame({"var": ["distance", "border", "pact"], "coeff": [-1.0, -2.0, 0.5], "stderr": [0.1, 0.1, 0.1]})
begin, cpu = time.perf_counter(), time.process_time()
model = ge.OneSectorGE(base, year="2020", reference_importer="C00", expend_var_name="E", output_var_name="Y", sigma=5,
                       cost_variables=list(cost["var"]),
                       cost_coeff_values=ge.CostCoeffs(cost, identifier_col="var", coeff_col="coeff",
                                                       stderr_col="stderr"),
                       quiet=True)
model.build_baseline(omr_rescale=float(sys.argv[2]))
new = model.baseline_data.copy()
pair = (new.importer.isin(["C01", "C02"])) & (new.exporter.isin(["C01", "C02"])) & (new.importer != new.exporter)
new.loc[pair, "pact"] = 1
model.define_experiment(new)
model.simulate()
print(time.perf_counter() - begin, time.process_time() - cpu)
"""


def beside_gegravity(python):
    """One 30-country pact: gegravity's three solves (no income feedback) against one full equilibrium of ours."""
    import pandas as pd

    draw, n = np.random.default_rng(0), 30
    size, place = np.exp(0.7 * draw.standard_normal(n)), draw.random((n, 2))
    distance = np.log(0.2 + np.linalg.norm(place[:, None] - place[None], axis=2))
    border = 1 - np.eye(n)
    trade = np.exp(-distance - 2 * border) * size[:, None] * size[None]  # importer, exporter
    labels = [f"C{i:02d}" for i in range(n)]
    rows = [
        (labels[b], labels[i], "2020", trade[b, i], trade[b].sum(), trade[:, i].sum(), distance[b, i], border[b, i], 0)
        for b in range(n)
        for i in range(n)
    ]
    names = ["importer", "exporter", "year", "trade", "E", "Y", "distance", "border", "pact"]
    economy = from_trade(trade, trade.sum(axis=0), countries=labels, value_added_share=1.0, theta=4.0)
    cost = float(np.exp(-0.5 / 4))
    pact = Scenario(
        name="pact", shocks=[Shock("cost", "C01", "C02", times=cost), Shock("cost", "C02", "C01", times=cost)]
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        pd.DataFrame(rows, columns=names).to_csv(path, index=False)
        for rescale in ("1", "10", "0.1", "100"):
            run = subprocess.run([python, "-c", PEER, str(path), rescale], capture_output=True, text=True)
            if run.returncode == 0:
                break
        else:
            print(f"gegravity did not solve it: {run.stderr.strip().splitlines()[-1]}")
            return
    took = timed(lambda: simulate(economy, pact), repeats=50)
    wall, cpu = (1e3 * float(word) for word in run.stdout.split()[-2:])
    print(
        f"30 countries, one pact, in process: {took}; gegravity, without income feedback, wall / CPU {wall:.0f} / "
        f"{cpu:.0f}: {cpu / took.cpu:.0f}x CPU"
    )


def main():
    print(
        f"BLAS threads: OMP_NUM_THREADS={os.environ.get('OMP_NUM_THREADS', 'unset')}; median wall / CPU / least CPU ms"
    )
    if CP.is_file():
        read, solved = processes(READ, READ + SOLVE)
        print(
            f"NAFTA 31x40, two scenarios, whole process: {solved}; numpy and data alone {read}: "
            f"{solved.cpu / read.cpu:.2f}x median CPU, {solved.least / read.least:.2f}x least"
        )
        with np.load(CP) as held:
            economy, _ = close({ours: held[theirs] for ours, theirs in NAMES.items()})
            new = held["tau_nij_cfl"]
        scenario = Scenario(name="nafta", tariff_new=new)
        ours = timed(lambda: simulate(economy, scenario), repeats=9)
        theirs = timed(lambda: nested(economy, new), repeats=1)
        wage, rounds = nested(economy, new, tolerance=1e-8)
        off = np.abs(wage / simulate(economy, scenario).wage_hat - 1).max()
        print(
            f"NAFTA 31x40 in process at 1e-10: {ours}; nested loop at 1e-6: {theirs}: {theirs.cpu / ours.cpu:.0f}x CPU "
            f"(wages agree to {off:.0e}, {rounds} rounds)"
        )
        theta = economy.theta * np.exp(np.random.default_rng(0).normal(0, 0.2, (10_000, 40)))
        begin, cpu = time.perf_counter(), time.process_time()
        many = draws(economy, scenario, theta, tolerance=1e-6, workers=2)
        wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
        print(
            f"10,000 theta draws at 31x40, 1e-6, two threads: {wall:.1f} s wall, {cpu:.1f} s CPU, {many.failed.sum()} "
            f"failed, {many.alone} solved alone; largest gap {many.gap.max():.0e}"
        )
    world = Economy.load("world-2023")
    for name in ("china-37", "us-tariffs-2025"):
        scenario = Scenario.load(name)
        begin = time.perf_counter()
        simulate(replace(world), scenario)  # a copy: nothing is known of it yet
        first = 1e3 * (time.perf_counter() - begin)
        took = timed(lambda scenario=scenario: simulate(world, scenario), repeats=50)
        steps = simulate(world, scenario).certificate.steps
        print(f"194 countries, {name}, 1e-10: {took}, {steps} steps; first time {first:.1f}")
    took = timed(lambda: compare("CHN"))
    print(f"all {len(Scenario.names())} shipped scenarios for one country's page, again: {took}")
    for n, s, tolerance in ((81, 50, 1e-10), (196, 133, 1e-8)):
        economy = synthetic(n, s)
        new = np.zeros_like(economy.share)
        new[0, 1:] = 0.2
        scenario = Scenario(name="wall", tariff_new=new)
        took = timed(lambda e=economy, w=scenario, t=tolerance: simulate(e, w, tolerance=t), repeats=11)
        steps = simulate(economy, scenario, tolerance=tolerance).certificate.steps
        print(f"{n} x {s} synthetic, {tolerance:g}: {took}, {steps} steps")
    if Path("/proc/self/clear_refs").exists():
        print(f"most memory taken by that solve beyond the economy: {memory(n, s, tolerance):.1f} share arrays")
    if python := os.environ.get("GEGRAVITY_PYTHON"):
        beside_gegravity(python)


if __name__ == "__main__":
    main()
