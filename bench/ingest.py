"""One month of Eurostat Comext from its text to Parquet, against DuckDB's own CSV to Parquet in the same run.

The month is made up in the layout of the bulk file. Ours casts, checks, decodes countries, adds up statistical
procedures beside it and sorts; DuckDB's only copies. Best of `--repeat` runs. With `--whole` the month is also fetched
into an empty lake as an archive that a person saved: unpacked, hashed, read, written and published.
Run: python bench/ingest.py --rows 5000000 --whole
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from entrepot import fetching, store
from entrepot.sources import comext, http

SEEN = date(2026, 1, 20)
REPORTERS = ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU")
PARTNERS = ("CN", "US", "GB", "CH", "JP", "IN", "BR", "MX", "VN", "TR", "NO", "KR", "ZA", "CA", "AU", "TW", "TH", "ID")


def make(path: Path, rows: int) -> None:
    """Write a month in the layout of the bulk file; of each cell there are two statistical procedures."""
    cells = len(REPORTERS) * len(PARTNERS) * 4
    duckdb.execute(f"""
    copy (
        with drawn as (select i, i % {cells} as cell, i // {cells} as k from range({rows}) t(i)),
        split as (select i, k, {list(REPORTERS)}[1 + cell % {len(REPORTERS)}] as reporter,
            {list(PARTNERS)}[1 + cell // {len(REPORTERS)} % {len(PARTNERS)}] as partner,
            cell // {len(REPORTERS) * len(PARTNERS)} as way from drawn)
        select reporter as REPORTER, partner as PARTNER, 'E' as TRADE_TYPE,
            lpad((1010000 + k * 7919 % 88000000)::varchar, 8, '0') as PRODUCT_NC, '00000' as PRODUCT_SITC,
            '0000' as PRODUCT_CPA21, '0000' as PRODUCT_CPA22, '111' as PRODUCT_BEC, '111100' as PRODUCT_BEC5,
            '01' as PRODUCT_SECTION, 1 + way % 2 as FLOW, 1 + way // 2 as STAT_PROCEDURE, 'NO_SU' as SUPPL_UNIT,
            '202511' as PERIOD, hash(i) % 100000000 as VALUE_EUR, hash(i) % 100000000 as VALUE_NAC,
            hash(i, 1) % 10000000 as QUANTITY_KG, 0 as QUANTITY_SUPPL_UNIT
        from split order by i
    ) to '{path}' (format csv, header)""")


def best(run: Callable[[], object], repeat: int) -> tuple[float, float]:
    """Wall and CPU seconds of the best of some runs."""
    times = []
    for _ in range(repeat):
        begun, busy = time.perf_counter(), time.process_time()
        run()
        times.append((time.perf_counter() - begun, time.process_time() - busy))
    return min(times)


def packed(text: Path) -> Path:
    """The month in an archive that takes no time to compress."""
    import py7zr

    out = text.with_suffix(".7z")
    with py7zr.SevenZipFile(out, "w", filters=[{"id": py7zr.FILTER_COPY}]) as archive:
        archive.write(text, text.name)
    return out


def fetched(archive: Path, home: Path) -> None:
    """Fetch an archive from the inbox into an empty lake."""
    shutil.rmtree(home, ignore_errors=True)
    (home / "inbox").mkdir(parents=True)
    (request,) = comext.ask("2025-11")
    os.link(archive, home / "inbox" / http.file_name(request))
    fetching.fetch("comext", period="2025-11", home=home, today=SEEN)


def main() -> None:
    """Make the month, read it both ways, print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--whole", action="store_true")
    told = parser.parse_args()
    duckdb.execute("set enable_progress_bar = false; set memory_limit = '4GB'")
    with tempfile.TemporaryDirectory() as folder:
        text, target = Path(folder, "full_v2_202511.dat"), Path(folder, "rows.parquet")
        make(text, told.rows)

        def ours() -> None:
            store.write(comext.cells(text, seen=SEEN), target)

        def plain() -> None:
            duckdb.execute(f"copy (from read_csv('{text}')) to '{target}' (format parquet, compression zstd)")

        hand, mine = best(plain, told.repeat), best(ours, told.repeat)
        written = duckdb.read_parquet(str(target)).filter("concept = 'standard'").count("*").fetchall()[0][0]
        print(f"{told.rows:,} lines, {text.stat().st_size / 2**20:,.0f} MB of text; {written:,} standard rows")
        print(f"ours {mine[0]:.2f} s (CPU {mine[1]:.1f}), DuckDB's CSV to Parquet {hand[0]:.2f} s (CPU {hand[1]:.1f})")
        print(f"ratio {mine[0] / hand[0]:.2f} (CPU {mine[1] / hand[1]:.2f})")
        if told.whole:
            archive = packed(text)
            all_ = best(lambda: fetched(archive, Path(folder, "lake")), told.repeat)
            print(f"fetched into a lake {all_[0]:.2f} s (CPU {all_[1]:.1f})")
            print(f"ratio {all_[0] / hand[0]:.2f} (CPU {all_[1] / hand[1]:.2f})")


if __name__ == "__main__":
    main()
