"""The ways entrepot refuses, one class each, with the exit code of the command line.

Every message says three things: what was given, what was expected, and what to run or do next.
"""

from typing import ClassVar


class EntrepotError(Exception):
    """Base of every error this package raises on purpose."""

    exit_code: ClassVar[int] = 3


class WrongUsage(EntrepotError):
    """A question that cannot be asked in this form, whatever data are held."""

    exit_code = 2


class UnknownCode(WrongUsage):
    """A country, group, product, flow, period or currency that nothing is called."""


class MissingData(EntrepotError):
    """What is held lacks the cells that the question needs."""


class DoubleCount(EntrepotError):
    """Summing over a dimension that still holds its totals, or over groups that overlap."""


class BadTable(EntrepotError):
    """A table, array or file breaks the contract it was passed under."""


class NotSolved(EntrepotError):
    """An equilibrium or an estimate did not converge; no number is returned."""


class SourceFailed(EntrepotError):
    """An office's server did not give what was asked: the message names office, URL, status and next step."""


class CannotWrite(EntrepotError):
    """The output cannot be written where it was asked for; nothing half-written is left."""
