"""Arithmetic on ranges of numbers: the least and the most that a figure, told in so many digits, may be."""

from collections.abc import Callable, Sequence

Interval = tuple[float, float]
"""The least and the most that a number may be, in its unit."""
Implied = Callable[[Sequence[Interval], int], Interval]
"""What the members of an identity imply for the one at a place, given the ranges of all."""
BASE_REVISION = 0.005
"""How far the base of a growth rate may differ from the figure first printed for it [fraction]."""


def meets(a: Interval, b: Interval) -> bool:
    """Whether two ranges share a number.

    >>> meets((1.0, 2.0), (2.0, 3.0)), meets((1.0, 2.0), (2.5, 3.0))
    (True, False)
    """
    slack = 1e-9 * max(abs(a[0]), abs(a[1]), abs(b[0]), abs(b[1]))
    return a[0] <= b[1] + slack and b[0] <= a[1] + slack


def middle(a: Interval) -> float:
    """The middle of a range."""
    return (a[0] + a[1]) / 2


def flipped(a: Interval) -> Interval:
    """The range of the opposite numbers.

    >>> flipped((1.0, 2.0))
    (-2.0, -1.0)
    """
    return -a[1], -a[0]


def add(a: Interval, b: Interval) -> Interval:
    """Sum of two ranges."""
    return a[0] + b[0], a[1] + b[1]


def sub(a: Interval, b: Interval) -> Interval:
    """Difference of two ranges."""
    return a[0] - b[1], a[1] - b[0]


def mul(a: Interval, b: Interval) -> Interval:
    """Product of two ranges."""
    ends = [x * y for x in a for y in b]
    return min(ends), max(ends)


def div(a: Interval, b: Interval) -> Interval:
    """Quotient of two ranges; everything where the divisor may be zero."""
    if b[0] <= 0 <= b[1]:
        return float("-inf"), float("inf")
    ends = [x / y for x in a for y in b]
    return min(ends), max(ends)


def ratio(percent: Interval) -> Interval:
    """Level over base, from growth in percent.

    >>> ratio((50.0, 100.0))
    (1.5, 2.0)
    """
    return 1 + percent[0] / 100, 1 + percent[1] / 100


def percent(quotient: Interval) -> Interval:
    """Growth in percent, from level over base."""
    return (quotient[0] - 1) * 100, (quotient[1] - 1) * 100


def loose(a: Interval, scale: Interval | None = None) -> Interval:
    """A range widened by what bases are revised, relative to itself or to `scale`."""
    ends = [abs(x) for x in (scale or a) if abs(x) < float("inf")]
    room = BASE_REVISION * max(ends, default=0.0)
    return a[0] - room, a[1] + room
