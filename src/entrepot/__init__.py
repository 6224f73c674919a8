"""Measure, explain, reroute, simulate, forecast and check merchandise trade.

Every public name loads its module when first used, so that `import entrepot` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from entrepot import errors as errors

if TYPE_CHECKING:  # for editors and type checkers
    from entrepot.answer import Answer as Answer
    from entrepot.drivers import explain as explain
    from entrepot.lake import have as have
    from entrepot.lake import load as load
    from entrepot.measures import measure as measure
    from entrepot.pages import brief as brief

HOME = {
    "Answer": "answer",
    "load": "lake",
    "have": "lake",
    "measure": "measures",
    "explain": "drivers",
    "brief": "pages",
}
__all__ = ["errors", *HOME]


def __getattr__(name: str) -> object:
    if name not in HOME:
        raise AttributeError(f"module 'entrepot' has no attribute {name!r}")
    return getattr(import_module(f"entrepot.{HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
