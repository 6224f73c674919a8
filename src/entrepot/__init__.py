"""Measure, explain, reroute, simulate, forecast and check merchandise trade.

Every public name loads its module when first used, so that `import entrepot` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from entrepot import answer as _answer
from entrepot import errors as errors

if TYPE_CHECKING:  # for editors and type checkers
    from pathlib import Path

    from entrepot import flows as flows
    from entrepot import tables as tables
    from entrepot.answer import Answer as Answer
    from entrepot.drivers import explain as explain
    from entrepot.economy import Economy as Economy
    from entrepot.equilibrium import simulate as simulate
    from entrepot.fetching import fetch as fetch
    from entrepot.lake import have as have
    from entrepot.lake import load as load
    from entrepot.measures import measure as measure
    from entrepot.mirrors import mirror as mirror
    from entrepot.outcomes import compare as compare
    from entrepot.outlook import forecast as forecast
    from entrepot.pages import brief as brief
    from entrepot.paths import conditional as conditional
    from entrepot.result import Result as Result
    from entrepot.routes import reroute as reroute
    from entrepot.scenario import Scenario as Scenario
    from entrepot.scenario import Shock as Shock
    from entrepot.verdicts import Story as Story
    from entrepot.verdicts import check as check

HOME = {
    **{"Answer": "answer", "load": "lake", "have": "lake", "fetch": "fetching"},
    **{"measure": "measures", "explain": "drivers", "reroute": "routes", "mirror": "mirrors", "brief": "pages"},
    **{"Economy": "economy", "Scenario": "scenario", "Shock": "scenario"},
    **{
        "Result": "result",
        "simulate": "equilibrium",
        "forecast": "outlook",
        "conditional": "paths",
        "compare": "outcomes",
    },
    **{"check": "verdicts", "Story": "verdicts"},
}
MODULES = ("tables", "flows")
"""Modules that refusals and the README speak of by name: a table of one's own, and the table all verbs read."""
__all__ = ["errors", *HOME, *MODULES]


def _write(answer: "Answer", path: "Path") -> "Path":
    from entrepot import files

    return files.write(answer, path)


_answer.lend(_write)


def __getattr__(name: str) -> object:
    if name in MODULES:
        return import_module(f"entrepot.{name}")
    if name not in HOME:
        raise AttributeError(f"module 'entrepot' has no attribute {name!r}")
    return getattr(import_module(f"entrepot.{HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
