"""Currencies: rates that customs totals imply, conversion month by month, growth from one currency to another.

An exchange rate here is the number of units of the quoted currency for one unit of the base (7.16 CNY per USD) and
always carries its kind: `customs` (yuan total over dollar total of one release), `average` (market average of the
period) or `end`. Customs offices convert at rates of their own, fixed ahead: the rate implied by China's totals runs
0.3 to 1.7 % below the market average in 2023 to 2025.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from entrepot.errors import MissingData, WrongUsage

KINDS = ("customs", "average", "end")


@dataclass(frozen=True)
class Rate:
    """An exchange rate: units of the quoted currency per unit of the base, half of its uncertainty, and its kind."""

    value: float
    half_width: float
    kind: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise WrongUsage(f"{self.kind!r} is no kind of exchange rate; one of {', '.join(KINDS)} is expected.")
        if not (0 < self.value < float("inf") and 0 <= self.half_width < self.value):
            raise WrongUsage(f"An exchange rate is positive and wider than its error, not {self.value:g}.")


def implied(quoted: float, base: float, *, quoted_half_width: float = 0.0, base_half_width: float = 0.0) -> Rate:
    """Rate at which an office converted: the same total in the quoted currency over that in the base.

    The half width is the first-order sum of both rounding errors.

    >>> implied(24.46e12, 3414.7328e9, quoted_half_width=0.005e12)
    Rate(value=7.16..., half_width=0.001..., kind='customs')
    """
    if not (quoted > 0 and base > 0):
        raise WrongUsage(f"Both totals must be positive to imply a rate, not {quoted:g} and {base:g}.")
    rate = quoted / base
    return Rate(rate, rate * (quoted_half_width / quoted + base_half_width / base), "customs")


def convert(value: float, rate: Rate, *, half_width: float = 0.0) -> tuple[float, float]:
    """Turn a value in the quoted currency into the base: (value, half width), rounding and rate error added up.

    >>> convert(7.163e12, Rate(7.163, 0.0, "customs"))
    (1000000000000.0, 0.0)
    """
    amount = value / rate.value
    return amount, half_width / rate.value + abs(amount) * rate.half_width / rate.value


def convert_months(values: Mapping[str, float], rates: Mapping[str, Rate]) -> tuple[float, float]:
    """Convert each month at its own rate, then sum: (value, half width) in the base currency.

    A sum converted at one average rate would weigh the months wrongly; it is not offered.

    Raises
    ------
    MissingData
        If a month has no rate; the months are named.
    """
    if lacking := sorted(set(values) - set(rates)):
        raise MissingData(f"No exchange rate is held for {', '.join(lacking)}. Leave these months out or add a rate.")
    parts = [convert(value, rates[month]) for month, value in values.items()]
    return sum(value for value, _ in parts), sum(width for _, width in parts)


def growth_in_quoted(growth: float, before: Rate, after: Rate) -> float:
    """Growth in the quoted currency from growth in the base: 1 + g_q = (1 + g_b) after / before [fractions].

    >>> round(growth_in_quoted(-0.006, Rate(7.10, 0, "customs"), Rate(7.163, 0, "customs")), 4)
    0.0028
    """
    return (1 + growth) * after.value / before.value - 1
