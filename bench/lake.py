"""Six release-day questions on a large lake, against hand-written DuckDB SQL with the same vintage filter, and pandas.

The lake is made up in the shape of BACI: exporter, importer, HS6 product and year, sorted as `fetch` sorts it. Every
question runs in a process of its own, so that the peak of its memory is known; times are the best of `--repeat` warm
runs, start-up apart; both answers must be equal to 1e-9. Only the ratios mean something.

Run: python bench/lake.py --rows 60000000
"""

import argparse
import math
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd

from entrepot import cells, flows
from entrepot.measures import ask

COUNTRIES, PRODUCTS, YEARS = 200, 5000, 10
LAST = 2024
CELLS = COUNTRIES * COUNTRIES * PRODUCTS * YEARS
STRIDE = 1_000_003  # prime to CELLS: i * STRIDE mod CELLS visits every cell once
REPORTER, HUB, DESTINATION = "C007", "C011", "C013"


def make(folder: Path, rows: int) -> None:
    """Write the made-up lake, one file a year, sorted by reporter, period, partner, product."""
    with duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(folder)}) as engine:
        engine.execute("set enable_progress_bar = false")
        for year in range(YEARS):
            target = folder / f"{LAST - year}.parquet"
            part = target.with_suffix(".part")
            engine.execute(f"copy ({_rows(rows, year)}) to '{part}' (format parquet, compression zstd)")
            part.rename(target)


def _rows(rows: int, year: int) -> str:
    offset = year * pow(STRIDE, -1, YEARS) % YEARS  # the draws with this remainder fall in this year
    return f"""
    with drawn as (select (({YEARS} * j + {offset}) * {STRIDE}) % {CELLS} // {YEARS} as x
        from range({rows // YEARS}) t(j)),
    split as (select (x % {COUNTRIES})::int r, (x // {COUNTRIES} % {COUNTRIES})::int p,
        x // {COUNTRIES * COUNTRIES} as k from drawn),
    coded as (select r, p, (k % 96)::int + 1 chapter, (k // 96)::int heading from split where r <> p),
    sorted as (select * from coded order by r, p, chapter, heading)
    select 'C' || lpad(r::varchar, 3, '0') as reporter, 'C' || lpad(p::varchar, 3, '0') as partner, 'X' as flow,
        lpad(chapter::varchar, 2, '0') || lpad(heading::varchar, 4, '0') as product, 'HS2022' as classification,
        '{LAST - year}' as period, 'year' as span, 'standard' as concept, 'fob' as valuation,
        'USD' as currency, 'derived' as status,
        1000.0 + hash(r, p, chapter, heading, {year}) % 1000000000 / 10.0 as value,
        500.0 as half_width, null::double as growth, null::double as growth_half_width,
        1.0 + hash(heading, p, r) % 1000000 as weight_kg, null::double as quantity, null::varchar as unit,
        'bench' as source, date '{LAST + 1}-12-31' as released, 'calendar' as released_basis, null::date as superseded
    from sorted
    """


def ours(table: flows.Flows) -> dict[str, Callable[[], object]]:
    """The six questions in entrepot's own terms: what its verbs run, or Narwhals expressions over one vintage."""
    col = nw.col
    one = table.filter(col("reporter") == REPORTER)
    latest = flows.vintage(table, "latest")
    year = latest.filter(col("period") == str(LAST))

    def narrowed(**words: str) -> Callable[[], object]:
        return lambda: cells.collect(one, ask(period=str(LAST), **words))

    def rca() -> object:
        by = year.group_by("reporter", "product").agg(col("value").sum())
        whole = by.with_columns(country=col("value").sum().over("reporter"), world=col("value").sum().over("product"))
        total = by.select(total=col("value").sum())
        done = whole.join(total, how="cross")
        return (
            done.select("reporter", "product", rca=col("value") / col("country") / (col("world") / col("total")))
            .select(col("rca").sum())
            .collect("pandas")
        )

    def hhi() -> object:
        by = latest.group_by("reporter", "period", "partner").agg(col("value").sum())
        share = by.with_columns(share=col("value") / col("value").sum().over("reporter", "period"))
        squared = share.with_columns(square=col("share") * col("share"))
        return squared.group_by("reporter", "period").agg(hhi=col("square").sum()).collect("pandas")

    def mirror() -> object:
        names = {"reporter": "partner", "partner": "reporter"}
        back = year.select("reporter", "partner", "product", other="value").rename(names)
        both = year.select("reporter", "partner", "product", "value").join(
            back, on=["reporter", "partner", "product"], how="full"
        )
        return (
            both.select(gap=(col("value").fill_null(0.0) - col("other").fill_null(0.0)).abs())
            .select(col("gap").sum())
            .collect("pandas")
        )

    def triangle() -> object:
        first = year.filter(col("reporter") == REPORTER, col("partner") == HUB).select("product", into="value")
        second = year.filter(col("reporter") == HUB, col("partner") == DESTINATION).select("product", out="value")
        return (
            first.join(second, on="product")
            .select(flow=nw.min_horizontal("into", "out"))
            .select(col("flow").sum())
            .collect("pandas")
        )

    return {
        "partners": narrowed(by="partner"), "contributions": narrowed(by="product"), "advantage": rca,
        "concentration": hhi, "mirror join": mirror, "triangle": triangle,
    }  # fmt: skip


def sql(path: str) -> dict[str, str]:
    """The same six questions by hand."""
    held = f"read_parquet('{path}')"
    now = f"superseded is null and period = '{LAST}'"
    pair = f"superseded is null and period in ('{LAST}', '{LAST - 1}') and reporter = '{REPORTER}'"
    sums = "sum(value), sum(half_width), sum(weight_kg)"
    return {
        "partners": f"select partner, period, {sums} from {held} where {pair} group by all",
        "contributions": f"select product, period, {sums} from {held} where {pair} group by all",
        "advantage": f"""with b as (select reporter, product, sum(value) v from {held} where {now} group by all)
            select sum(v / c / (w / t)) from (select v, sum(v) over (partition by reporter) c,
            sum(v) over (partition by product) w, (select sum(v) from b) t from b)""",
        "concentration": f"""with b as (select reporter, period, partner, sum(value) v from {held}
            where superseded is null group by all) select reporter, period, sum(s * s) from (select reporter, period,
            v / sum(v) over (partition by reporter, period) s from b) group by all""",
        "mirror join": f"""select sum(abs(coalesce(a.value, 0) - coalesce(b.value, 0))) from
            (select * from {held} where {now}) a full join (select * from {held} where {now}) b
            on a.reporter = b.partner and a.partner = b.reporter and a.product = b.product""",
        "triangle": f"""select coalesce(sum(least(a.value, b.value)), 0) from (select product, value from {held}
            where {now} and reporter = '{REPORTER}' and partner = '{HUB}') a join (select product, value from {held}
            where {now} and reporter = '{HUB}' and partner = '{DESTINATION}') b using (product)""",
    }


def by_pandas(path: str) -> dict[str, Callable[[], object]]:
    """The same six questions as an analyst writes them in pandas, reading no more columns and rows than it must."""

    def read(columns: str, *where: tuple[str, str, object]) -> pd.DataFrame:
        files = sorted(Path(path).parent.glob("*.parquet"))
        held = pd.read_parquet(files, columns=[*columns.split(), "superseded"], filters=list(where) or None)
        return held[held["superseded"].isna()].drop(columns="superseded")

    now, mine = ("period", "==", str(LAST)), ("reporter", "==", REPORTER)
    pair = ("period", "in", [str(LAST), str(LAST - 1)])
    sums = "value half_width weight_kg"

    def advantage() -> object:
        by = read("reporter product value", now).groupby(["reporter", "product"], as_index=False)["value"].sum()
        country = by.groupby("reporter")["value"].transform("sum")
        world = by.groupby("product")["value"].transform("sum")
        return (by["value"] / country / (world / by["value"].sum())).sum()

    def concentration() -> object:
        by = read("reporter period partner value").groupby(["reporter", "period", "partner"])["value"].sum()
        share = by / by.groupby(["reporter", "period"]).transform("sum")
        return (share * share).groupby(["reporter", "period"]).sum()

    def mirror() -> object:
        held = read("reporter partner product value", now)
        back = held.rename(columns={"reporter": "partner", "partner": "reporter", "value": "other"})
        both = held.merge(back, on=["reporter", "partner", "product"], how="outer")
        return (both["value"].fillna(0) - both["other"].fillna(0)).abs().sum()

    def triangle() -> object:
        into = read("product value", now, mine, ("partner", "==", HUB))
        out = read("product value", now, ("reporter", "==", HUB), ("partner", "==", DESTINATION))
        return into.merge(out, on="product")[["value_x", "value_y"]].min(axis=1).sum()

    return {
        "partners": lambda: read(f"partner period {sums}", pair, mine).groupby(["partner", "period"]).sum(),
        "contributions": lambda: read(f"product period {sums}", pair, mine).groupby(["product", "period"]).sum(),
        "advantage": advantage, "concentration": concentration, "mirror join": mirror, "triangle": triangle,
    }  # fmt: skip


def measured(who: str, name: str, path: str, memory: str, repeat: int) -> tuple[float, float, float, float]:
    """Wall and CPU seconds of the best of some warm runs, peak memory [GB], and what the answer adds up to."""
    duckdb.execute(f"set memory_limit = '{memory}'; set temp_directory = '{Path(path).parent}/spill'")
    duckdb.execute("set enable_progress_bar = false")
    if who == "ours":
        table: flows.Flows = nw.from_native(duckdb.read_parquet(path))
        run = ours(table)[name]
    elif who == "SQL":
        run = lambda: duckdb.sql(sql(path)[name]).df()  # noqa: E731
    else:
        resource.setrlimit(resource.RLIMIT_DATA, (LARGEST, LARGEST))
        run = by_pandas(path)[name]
    total = added(run())
    times = []
    for _ in range(repeat):
        begun, busy = time.perf_counter(), time.process_time()
        run()
        times.append((time.perf_counter() - begun, time.process_time() - busy))
    return *min(times), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, total


LARGEST = 6 * 2**30  # bytes that pandas may ask for


def added(answer: Any) -> float:
    """One number that two answers to a question share: the sum of its values."""
    if isinstance(answer, list):  # facts, whose values stand beside counts
        return math.fsum(fact["value"] for fact in answer)
    rows = answer.to_native() if hasattr(answer, "to_native") else answer
    if isinstance(rows, pd.DataFrame):
        column = "value" if "value" in rows else rows.select_dtypes("number").columns[0]
        return math.fsum(rows[column])
    return math.fsum(rows) if isinstance(rows, pd.Series) else float(rows)


def apart(*words: Any) -> tuple[float, float, float, float] | str:
    """Measure in a new process; in words why not, where it did not finish."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(measured, *words).result()
        except MemoryError:
            return "out of memory"
        except BrokenProcessPool:
            return "killed"
        except Exception as error:  # what pandas meets is reported, not hidden
            return "out of memory" if "alloc" in str(error) else type(error).__name__


def main() -> None:
    """Make the lake, ask, print a line a question and the ratio of the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000, help="rows of the lake")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the lake here, and use one that is here")
    parser.add_argument("--memory", default="4GB", help="limit of DuckDB, for both")
    parser.add_argument("--without", default="", help="leave out: pandas, SQL")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = told.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not list(folder.glob("*.parquet")):
            make(folder, told.rows)
        path = str(folder / "*.parquet")
        rows = duckdb.read_parquet(path).count("*").fetchall()[0][0]
        compare(path, rows, told.memory, told.repeat, [one for one in ("SQL", "pandas") if one not in told.without])


def compare(path: str, rows: int, memory: str, repeat: int, others: list[str]) -> None:
    """Print wall, CPU and peak memory of each question, and the ratio of ours to the others."""
    print(f"{rows:,} rows, DuckDB limited to {memory}; wall [s] (CPU [s], peak [GB])")
    print(f"{'':15}" + "".join(f"{who:>26}" for who in ("ours", *others)))
    sums: dict[str, tuple[float, float]] = {}
    for name in sql(path):
        mine = apart("ours", name, path, memory, repeat)
        if isinstance(mine, str):
            raise SystemExit(f"{name}: {mine}")
        line = f"{name:15}{_cell(mine):>26}"
        for who in others:
            hand = apart(who, name, path, memory, repeat)
            if isinstance(hand, str):
                line += f"{hand:>26}"
                continue
            if not math.isclose(hand[3], mine[3], rel_tol=1e-9):
                raise SystemExit(f"{name}: ours adds up to {mine[3]!r}, {who} to {hand[3]!r}")
            ours_, theirs = sums.get(who, (0.0, 0.0))
            sums[who] = (ours_ + mine[0], theirs + hand[0])
            line += f"{_cell(hand) + f' {mine[0] / hand[0]:6.2f}x':>26}"
        print(line, flush=True)
    for who, (one, two) in sums.items():
        print(f"sum against {who}: {one:.3f} / {two:.3f} = {one / two:.2f}x, of the questions it finished")


def _cell(one: tuple[float, float, float, float]) -> str:
    return f"{one[0]:.3f} ({one[1]:.1f}, {one[2]:.2f})"


if __name__ == "__main__":
    main()
