"""Numbers as offices print them: separators, dashes and triangles, and the rounding that the digits show."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import normalize

from entrepot.errors import BadTable

MISSING = frozenset({"", "-", "--", "—", "–", "―", ".", "..", "...", "na", "n/a", "nan", "nd", "null", "none", ":"})
_TRIANGLES = str.maketrans({"△": "-", "▲": "-", "−": "-"})
_BLANKS = str.maketrans("", "", " \xa0\u202f\u2009")
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_GROUPED = r"[+-]?\d{{1,3}}({0}\d{{3}})+"
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


def style(texts: Iterable[str]) -> str:
    """How a column writes its numbers: `,` or `.` before its decimals, empty where no cell tells.

    >>> style(["1.234", "2.500.000"]), style(["1.234", "5"]), style(["12,345", "1,234,567"])
    (',', '', '.')

    Raises
    ------
    BadTable
        If cells tell both.
    """
    told: dict[str, str] = {}
    for text in texts:
        plain = text.translate(_BLANKS)
        comma, point = plain.count(","), plain.count(".")
        if point > 1 or (comma == 1 and plain.find(".") < plain.find(",") and _decimals(plain, ",", bool(point))):
            told.setdefault(",", text)
        elif comma > 1 or (point == 1 and plain.rfind(",") < plain.find(".") and _decimals(plain, ".", bool(comma))):
            told.setdefault(".", text)
    if len(told) > 1:
        raise BadTable(f"one column writes decimals with a comma ({told[',']}) and with a point ({told['.']})")
    return next(iter(told), "")


def _decimals(text: str, mark: str, both: bool) -> bool:
    """Whether what follows the mark must be decimals: another mark parts thousands, or it is not three digits."""
    return both or re.fullmatch(_GROUPED.format(re.escape(mark)), text) is None


def amount(text: str, decimal: str = "") -> float | None:
    """Read a number that a person or program wrote, whose column has a decimal mark (see `style`); None if missing.

    >>> amount("1.234,5"), amount("1.234", ","), amount("1'234'567"), amount("n/a")
    (1234.5, 1234.0, 1234567.0, None)

    Raises
    ------
    BadTable
        If it is no finite number, or a comma before three digits may be either.
    """
    plain = text.strip().translate(_BLANKS).translate(_TRIANGLES)
    if plain.casefold() in MISSING:
        return None
    for mark in ("'", "\u2019"):
        if re.fullmatch(_GROUPED.format(mark), plain.partition(".")[0]):
            plain = plain.replace(mark, "")
    decimal = decimal or style([plain])
    if not decimal and plain.count(","):
        raise BadTable("a comma before three digits may part thousands or be decimal; write 1234 or 1.234")
    if decimal == ",":
        whole, _, rest = plain.partition(",")
        plain = _ungrouped(whole, ".") + (f".{rest}" if rest else "")
    else:
        whole, mark, rest = plain.partition(".")
        plain = _ungrouped(whole, ",") + mark + rest
    if not _PLAIN.fullmatch(plain) or float(plain) in (float("inf"), -float("inf")):
        raise BadTable(f"{text!r} is no number")
    return float(plain)


def _ungrouped(text: str, mark: str) -> str:
    """Digits without the mark between thousands, left as they are where it stands elsewhere."""
    return text.replace(mark, "") if re.fullmatch(_GROUPED.format(re.escape(mark)), text) else text
