"""The front door: every public name is itself, however the package was entered, and entering is cheap."""

import subprocess
import sys

import pytest

ANY_ORDER = """
import importlib, pkgutil, random, types, entrepot as ep
modules = [m.name for m in pkgutil.iter_modules(ep.__path__, "entrepot.") if "__main__" not in m.name]
steps, seen = [*ep.__all__, *ep.__all__, *modules], {}
random.Random(SEED).shuffle(steps)
for step in steps:
    thing = importlib.import_module(step) if step in modules else getattr(ep, step)
    assert seen.setdefault(step, thing) is thing, step
    assert isinstance(thing, types.ModuleType) == (step in [*modules, "errors", *ep.MODULES]), step
"""
HELP = "import sys, entrepot.cli\ntry: entrepot.cli.app(['--help'])\nexcept SystemExit: print(*sys.modules)"


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("seed", range(4))
def test_every_public_name_twice_in_any_import_order(seed):
    run(ANY_ORDER.replace("SEED", str(seed)))


def test_help_loads_nothing_heavy():
    assert not {"pandas", "numpy", "duckdb", "narwhals", "statsmodels"} & set(run(HELP).split())


def test_a_module_that_a_refusal_names_is_there_after_importing_the_package():
    assert run("import entrepot; print(entrepot.tables.read.__name__, entrepot.flows.read.__name__)") == "read read\n"
