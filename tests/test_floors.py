"""A module imports only from its own floor or the floors below, never in a circle, in whatever form."""

import ast
from graphlib import TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest

import entrepot

FLOORS = [
    set(words.split())
    for words in (
        "errors codes periods calendars answer",
        "flows cells money sources concordance tables",
        "lake bundle store vintages fetching",
        "absence measures drivers history gains context mirrors gravity routes rungs legs feasibility legreports "
        "legvalues legtable chance decompositions diversity lines splits breadth series seasonal outliers monthly "
        "intervals accuracy bands predictors hierarchy outlook backtest ledger",
        "economy calibration labels scenario fixed_points hats response problems solvers equilibrium batch adjoint "
        "optimum result outcomes",
        "briefing whereabouts paths attribution claims verdicts",
        "wording headlines stories rendering charts charts_forecast charts_routes layout sections sections_routes "
        "prospects consequences misprints pictures files sheets boards boards_explain pictures_explain terminal "
        "handouts pages",
        "cli web streams __main__ __init__",
    )
]
FLOOR = {name: height for height, names in enumerate(FLOORS) for name in names}
ROOT = Path(entrepot.__file__).parent
PATHS = {".".join(["entrepot", *path.relative_to(ROOT).with_suffix("").parts]): path for path in ROOT.rglob("*.py")}
MODULES = {name.removesuffix(".__init__"): path for name, path in PATHS.items()}


def own_imports(text: str, package: str) -> set[str]:
    """Modules of entrepot that source `text`, of a module in `package`, imports anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            origin = resolve_name("." * node.level + (node.module or ""), package)
            inner = {f"{origin}.{alias.name}" for alias in node.names}
            found |= (inner & MODULES.keys()) | ({origin} if inner - MODULES.keys() else set())
    return {name for name in found if name.split(".")[0] == "entrepot"}


def floor(module: str) -> int:
    return FLOOR[(module.split(".") + ["__init__"])[1]]


HOME = {name: name if path.stem == "__init__" else name.rpartition(".")[0] for name, path in MODULES.items()}
GRAPH = {name: own_imports(path.read_text("utf-8"), HOME[name]) for name, path in MODULES.items()}


FORMS = ["import entrepot.flows as x", "from entrepot import flows", "from entrepot.flows import read"]
FORMS += ["from . import flows", "from .flows import read", "def late():\n    from . import flows"]


@pytest.mark.parametrize("line", FORMS)
def test_every_import_form_is_read(line):
    assert own_imports(line, "entrepot") == {"entrepot.flows"}


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_never_climb(name):
    for other in GRAPH[name]:
        assert floor(other) <= floor(name), f"{name} imports {other}, which stands above it"


def test_imports_hold_no_cycle():
    TopologicalSorter(GRAPH).prepare()  # raises CycleError, which names the circle
