"""Numbers as offices print them: separators, dashes and triangles, and the rounding that the digits show."""

import re
from typing import NamedTuple
from unicodedata import normalize

from entrepot.errors import BadTable

MISSING = frozenset({"", "-", "--", "—", "–", "―", ".", "..", "...", "na", "n/a", "nan", "nd", "null", "none", ":"})
_TRIANGLES = str.maketrans({"△": "-", "▲": "-", "−": "-"})
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d+)?")


class Printed(NamedTuple):
    """A number and half a unit of its last printed digit, both in the unit it was printed in."""

    value: float
    half_width: float


def printed(text: str | None) -> Printed | None:
    """Read a printed number; None where the office prints that there is none.

    Thousands separators, non-breaking spaces, full-width digits and a triangle for minus are understood. A dash is
    missing, never zero.

    >>> printed("43,243.2\\xa0"), printed("—"), printed("△7.8")
    (Printed(value=43243.2, half_width=0.05), None, Printed(value=-7.8, half_width=0.05))

    Raises
    ------
    BadTable
        If the text is neither a number nor a sign for missing.
    """
    plain = clean(text or "").translate(_TRIANGLES).replace(" ", "")
    if plain.casefold() in MISSING:
        return None
    if not _NUMBER.fullmatch(plain) or not any(c.isdigit() for c in plain):
        raise BadTable(f"A number is expected, not {text!r}. Is the column the right one?")
    digits = plain.replace(",", "")
    decimals = len(digits.partition(".")[2]) if "e" not in digits.casefold() else 12
    return Printed(float(digits), 0.5 * 10.0**-decimals)


def clean(text: str) -> str:
    """One line of text: full-width letters made plain, white space of any kind a single space.

    >>> clean("Motor vehicles（including\\n chassis)")
    'Motor vehicles(including chassis)'
    """
    return " ".join(normalize("NFKC", text).split())
