"""Measure, explain, reroute, simulate, forecast and check merchandise trade.

Every public name loads its module when first used, so that `import entrepot` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from entrepot import errors as errors

if TYPE_CHECKING:  # for editors and type checkers
    from entrepot.answer import Answer as Answer

HOME = {"Answer": "answer"}
__all__ = ["errors", *HOME]


def __getattr__(name: str) -> object:
    if name not in HOME:
        raise AttributeError(f"module 'entrepot' has no attribute {name!r}")
    return getattr(import_module(f"entrepot.{HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
