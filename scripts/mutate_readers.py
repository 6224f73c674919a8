"""Take the handling of a trap out of a reader, one at a time, and see that a test falls.

Run from the repository: `python scripts/mutate_readers.py`. It needs the fixtures beside the repository. Each change is
made to a copy of the package in a temporary folder; nothing of the repository is touched. It ends with 1 if a change
went unnoticed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Change(NamedTuple):
    """A handling taken out: trap, file of the package, its text, what stands there instead, and where to look."""

    trap: int
    file: str
    old: str
    new: str
    tests: str


CHANGES = (
    Change(1, "sources/comtrade.py", "if not only_parts and not _is_total(row):", "if False:", "test_comtrade.py"),
    Change(
        3, "sources/comtrade.py", 'if modes and "weight_kg" not in fact else fact', "if False else fact",
        "test_comtrade.py",
    ),
    Change(
        16, "sources/comext.py", "lines[name].to_numpy()[order]",
        '(lines[name].to_numpy() * np.array(["X" not in one for one in told[3][1]])[told[3][0]])[order]',
        "test_comext.py",
    ),
    Change(
        22, "sources/korea.py", 'if not re.fullmatch(r"20\\d\\d\\.\\d\\d", item.get("year", "")):', "if False:",
        "test_korea.py",
    ),
    Change(
        29, "sources/copies.py", 'if not body["success"]:', "if False:", "test_copies.py",
    ),
    Change(33, "sources/comtrade.py", 'len(row) == len(names) + 1 and row[-1] == ""', "False", "test_comtrade.py"),
    Change(41, "sources/cpb.py", "sheet.reset_dimensions()", "pass", "test_cpb.py"),
    Change(
        44, "sources/imts.py", 'value = float(row["OBS_VALUE"] or "nan")',
        'value = float(row["OBS_VALUE"] or "nan") * 10 ** int(row.get("SCALE") or 0)', "test_imts.py",
    ),
    Change(
        51, "sources/hts.py", "return (said.ad_valorem or 0.0) + said.specific / price",
        "return said.ad_valorem or 0.0", "test_hts.py",
    ),
    Change(52, "sources/wits.py", "known = specific == 0", "known = True", "test_wits.py"),
    Change(61, "sources/baci.py", "'[0-9]{6}'", "'[0-9]{5,6}'", "test_baci.py"),
    Change(63, "sources/numbers.py", '"△": "-", "▲": "-"', '"△": "", "▲": ""', "test_korea.py"),
    Change(64, "sources/comtrade.py", "weight is not None and weight > 0", "weight is not None", "test_comtrade.py"),
    Change(69, "sources/sdmx.py", "sorted({*values, *flags})", "range(math.prod(sizes))", "test_comext.py"),
    Change(76, "sources/copies.py", "value, 500.0)", 'value, 500.0) | {"growth": -0.099}', "test_copies.py"),
    Change(77, "sources/korea.py", 'concept = f"first {last} days"', 'concept = "standard"', "test_korea.py"),
    Change(78, "sources/cpb.py", "base = next((match[1] for", 'base = "2021" or next((match[1] for', "test_cpb.py"),
    Change(
        84, "sources/hts.py", "kept = chapter[chapter.code.isin(cited) | named]",
        'kept = chapter[chapter.code.isin(cited) | named].nsmallest(1, "ad_valorem")', "test_hts.py",
    ),
)  # fmt: skip


def noticed(change: Change) -> str:
    """Name of a test that falls when a handling is taken out; empty if none does."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "src" / "entrepot"
        shutil.copytree(ROOT / "src" / "entrepot", package, ignore=shutil.ignore_patterns("__pycache__"))
        file = package / change.file
        text = file.read_text("utf-8")
        if text.count(change.old) != 1:
            raise SystemExit(f"The text of trap {change.trap} stands {text.count(change.old)} times in {change.file}.")
        file.write_text(text.replace(change.old, change.new), "utf-8")
        where = {**os.environ, "PYTHONPATH": str(package.parent), "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
        command += ["-o", f"pythonpath={package.parent}", f"tests/sources/{change.tests}"]
        done = subprocess.run(command, cwd=ROOT, env=where, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stdout + done.stderr)
    fallen = [line.split(" ")[1] for line in done.stdout.splitlines() if line.startswith("FAILED")]
    return fallen[0].rpartition("::")[2] if fallen else ""


def main() -> None:
    """Take each handling out and print which test noticed."""
    missed = 0
    for change in CHANGES:
        test = noticed(change)
        missed += not test
        print(f"trap {change.trap:2d}  {change.file:22s} {test or 'NOT NOTICED'}", flush=True)
    print(f"{len(CHANGES) - missed} of {len(CHANGES)} noticed")
    raise SystemExit(1 if missed else 0)


if __name__ == "__main__":
    main()
