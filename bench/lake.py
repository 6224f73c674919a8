"""Six release-day questions on a large lake, against hand-written DuckDB SQL with the same vintage filter.

The lake is made up in the shape of BACI: exporter, importer, HS6 product and year, sorted as `fetch` sorts it. Times
are the best of `--repeat` warm runs; only the ratios mean something. Run: python bench/lake.py --rows 60000000
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import narwhals as nw

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
    """The six questions in entrepot's own terms: verbs' inner functions, or Narwhals expressions over one vintage."""
    col = nw.col
    one = table.filter(col("reporter") == REPORTER)
    latest = flows.vintage(table, "latest")
    year = latest.filter(col("period") == str(LAST))

    def narrowed(**words: str) -> Callable[[], object]:
        return lambda: cells.narrow(one, ask(period=str(LAST), **words)).collect("pandas")

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
        "triangle": f"""select sum(least(a.value, b.value)) from (select product, value from {held} where {now}
            and reporter = '{REPORTER}' and partner = '{HUB}') a join (select product, value from {held} where {now}
            and reporter = '{HUB}' and partner = '{DESTINATION}') b using (product)""",
    }


def best(run: Callable[[], object], repeat: int) -> float:
    """Least of several times [s], after one run that warms the files."""
    run()
    times = []
    for _ in range(repeat):
        begun = time.perf_counter()
        run()
        times.append(time.perf_counter() - begun)
    return min(times)


def main() -> None:
    """Make the lake, ask, print a line a question and the ratio of the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000, help="rows of the lake")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep the lake here, and use one that is here")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = told.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not list(folder.glob("*.parquet")):
            make(folder, told.rows)
        duckdb.execute(f"set memory_limit = '4GB'; set temp_directory = '{folder}'")
        path = str(folder / "*.parquet")
        table: flows.Flows = nw.from_native(duckdb.read_parquet(path))
        sums = [0.0, 0.0]
        print(f"{told.rows:,} rows{'':21} ours [s]  SQL [s]  ratio")
        for name, query in sql(path).items():
            mine = best(ours(table)[name], told.repeat)
            hand = best(lambda query=query: duckdb.sql(query).df(), told.repeat)  # type: ignore[misc]
            sums = [sums[0] + mine, sums[1] + hand]
            print(f"{name:32} {mine:8.3f} {hand:8.3f} {mine / hand:6.2f}", flush=True)
        print(f"{'sum':32} {sums[0]:8.3f} {sums[1]:8.3f} {sums[0] / sums[1]:6.2f}")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB")


if __name__ == "__main__":
    main()
