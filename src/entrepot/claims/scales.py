"""How large a country's trade roughly is: what tells a month's figure from a year's where the text does not.

The table holds yearly totals to two significant digits and the partners' parts of 2023. It settles what a text leaves
open, and shows what cannot be (`claims.sizes`); no number is confirmed or corrected by it.
"""

from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from entrepot import periods
from entrepot.claims.claim import Claim

FIRST = 1995
"""First year of the table's totals."""
BASE = 2023
"""Year of the partners' parts."""
GROWTH = 1.04
"""Growth of trade in dollars supposed from the nearest year held [ratio a year]; the table's exports grew by 1.03 from
2010 to 2023."""
PER_DOLLAR = {"USD": 1.0, "CNY": 6.9, "EUR": 0.88, "JPY": 115.0, "KRW": 1200.0, "INR": 70.0, "GBP": 0.74,
              "VND": 23000.0, "BRL": 4.0, "TWD": 31.0, "AUD": 1.35, "CAD": 1.28, "CHF": 0.95, "HKD": 7.8, "MXN": 18.0,
              "THB": 33.0, "MYR": 4.1, "SGD": 1.35, "IDR": 14000.0, "PHP": 51.0}  # fmt: skip
"""Rough rates of all years [currency per dollar]: from 2010 to 2025 within two fifths of each year's, of the Brazilian
real's within three fifths. Other currencies have no size."""


@cache
def _table() -> dict[tuple[str, str], str]:
    text = (files("entrepot") / "data" / "codes" / "scales.csv").read_text(encoding="utf-8")
    lines = (line.split(",", 2) for line in text.splitlines()[1:])
    return {(reporter, flow): rest for reporter, flow, rest in lines}


@cache
def _line(reporter: str, flow: str) -> tuple[dict[int, float], dict[str, float]] | None:
    rest = _table().get((reporter, flow))
    if rest is None:
        return None
    years, base, parts = rest.split(",")
    held = {FIRST + i: float(v) * 1e6 for i, v in enumerate(years.split(" ")) if v != "-"} | {BASE: float(base) * 1e6}
    told = (part.split(":") for part in parts.split(" "))
    return held, {partner: int(part) / 1000 for partner, part in told}


@lru_cache(maxsize=4096)
def yearly(reporter: str, partner: str, flow: str, year: int) -> float | None:
    """Rough exports, imports or total trade of a year with a partner [US dollars]; None where it is not held.

    Of a balance it is the larger of both flows, which a balance does not exceed.
    """
    if flow in ("T", "B"):
        both = [yearly(reporter, partner, one, year) for one in ("X", "M")]
        sides = [side for side in both if side is not None]
        return None if not sides else sum(sides) if flow == "T" else max(sides)
    line = _line(reporter, flow)
    if line is None:
        return None
    held, parts = line
    nearest = min(held, key=lambda y: (abs(y - year), y))
    total = held[nearest] * GROWTH ** (year - nearest)
    return total if partner == "WLD" else total * parts[partner] if partner in parts else None


def months(claim: Claim) -> tuple[str, int]:
    """Last month of a claim's period, and how many months that has."""
    return _months(claim.period)


@lru_cache(maxsize=4096)
def _months(period: str) -> tuple[str, int]:
    first, _, last = period.partition("/")
    if len(first) == 4:
        return f"{last or first}-12", 12 * (int(last or first) - int(first) + 1)
    return last or first, len(periods.each(f"{first}:{last or first}"))


class Size(NamedTuple):
    """How large an amount is.

    Attributes
    ----------
    times : float
        The amount over the rough trade of its months.
    own : bool
        Whether that is the trade with its partner; where none is held it is the trade with all.
    """

    times: float
    own: bool


def size(claim: Claim) -> Size | None:
    """How large an amount is beside the rough trade of its months; None where none is held, or of years together."""
    rate, (last, count) = PER_DOLLAR.get(claim.unit), months(claim)
    if rate is None or count > 12 or not claim.flow:
        return None
    year = int(last[:4])
    pair = yearly(claim.reporter, claim.partner, claim.flow, year)
    rough = pair or yearly(claim.reporter, "WLD", claim.flow, year)
    return Size(abs(claim.value) / rate / (rough * count / 12), pair is not None) if rough else None
