"""Goods as China's customs tables name them, and their quantities in one base unit each."""

import re
from collections.abc import Collection
from typing import Any, NamedTuple

from entrepot import codes
from entrepot.errors import BadTable, UnknownCode
from entrepot.sources.numbers import clean

SPELLINGS = {"diary products": "dairy products"}
"""The office's typing errors."""
_SCALES = {"": 1.0, "10000": 1e4, "100million": 1e8, "million": 1e6, "1000": 1e3, "万": 1e4, "亿": 1e8, "百万": 1e6}
_BASES = {
    **dict.fromkeys(("t", "ton", "tons", "吨"), "t"),
    **dict.fromkeys(("pcs", "pc", "piece", "pieces", "个", "块"), "piece"),
    **dict.fromkeys(("set", "sets", "台", "套"), "set"),
    **dict.fromkeys(("pair", "pairs", "双"), "pair"),
    **dict.fromkeys(("auto", "autos", "辆"), "vehicle"),
    **dict.fromkeys(("ship", "ships", "艘"), "ship"),
    **dict.fromkeys(("kg", "千克"), "kg"),
    **dict.fromkeys(("cum", "立方米"), "m3"),
    **dict.fromkeys(("m", "米"), "m"),
}
_UNIT = re.compile(r"(100million|million|10000|1000|万|亿|百万)?([a-z]+|[\u4e00-\u9fff]+)")
SANE = {"footwear": (0.5, 200.0)}
"""Unit values that a good can have [USD a unit]; outside it the printed scale is wrong."""


class Good(NamedTuple):
    """A line of a goods table: our code, its classification, and whether the office stars it as overlapping others."""

    code: str
    classification: str
    starred: bool


def good(label: str, *, before_break: bool = False, taken: Collection[str] = ()) -> Good:
    """Our code of a good that a table names; one in no table of ours keeps its own words as code.

    Names before January 2020 belong to another list (`before_break`) and are not chained with later ones. A code that
    an earlier line took (`taken`) is not given twice: "Edible aquatic products" is a part of "Aquatic products".

    >>> good("Hi-tech products*"), good("Meat of swine")
    (Good(code='high-tech', classification='aggregate', starred=True),
     Good(code='meat-of-swine', classification='GACC goods', starred=False))
    """
    plain = clean(label).strip("'’ ").replace(" *", "*")
    starred, words = plain.endswith("*"), plain.rstrip("* ")
    spelled = SPELLINGS.get(words.casefold(), words)
    slug = re.sub(r"[^a-z0-9\u4e00-\u9fff]+", "-", spelled.casefold()).strip("-")
    if before_break:
        return Good(slug, "GACC goods to 2019", starred)
    try:
        code, classification = codes.product(spelled)
    except UnknownCode:
        return Good(slug, "GACC goods", starred)
    known = classification == "aggregate" and code not in taken
    return Good(code, classification, starred) if known else Good(slug, "GACC goods", starred)


def quantity(what: Good, amount: float, unit: str, value: float | None, currency: str) -> tuple[dict[str, Any], str]:
    """Quantity in the base unit (pieces, sets, pairs, tonnes; weight in kg beside it), and what had to be mended.

    A scale that gives an impossible unit value is taken ten thousand times larger, as the office's Chinese table of
    the same good prints it (footwear: "10,000 Pairs" for 100 million pairs); the mend is named.

    Raises
    ------
    BadTable
        If the unit is new.
    """
    plain = clean(unit).casefold().replace(",", "").replace(" ", "")
    match = _UNIT.fullmatch(plain)
    if match is None or match[2] not in _BASES:
        raise BadTable(f"The quantity unit {unit!r} of {what.code} is new; quantities in it have no scale.")
    base, scale, mended = _BASES[match[2]], _SCALES[match[1] or ""], ""
    low, high = SANE.get(what.code, (0.0, float("inf")))
    each = value / (amount * scale) if value and amount else None
    if each is not None and currency == "USD" and not low <= each <= high and low <= each / 1e4 <= high:
        scale, mended = scale * 1e4, f"{what.code}: printed unit {unit!r} read ten thousand times larger"
    held: dict[str, Any] = {"quantity": round(amount * scale, 6), "unit": base}
    if base in ("t", "kg"):
        held["weight_kg"] = round(amount * scale * (1000 if base == "t" else 1), 3)
    return held, mended
