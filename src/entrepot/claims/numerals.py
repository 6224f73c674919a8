"""Numerals and scale words: what digits and number words are worth, and where their last stated digit stands."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from entrepot.claims.words import Token, one_of

LONGEST_NUMBER = 18
"""Digits beyond which a run of digits is no statistic [characters]."""
SCALES = {
    **dict.fromkeys(("thousand", "thousands", "thsd"), 10**3),
    **dict.fromkeys(("million", "millions", "mln", "mn", "mio", "mil"), 10**6),
    **dict.fromkeys(("billion", "billions", "bln", "bn", "bil", "milliard"), 10**9),
    **dict.fromkeys(("trillion", "trillions", "trln", "tn", "trn", "trl"), 10**12),
    **dict.fromkeys(("lakh", "lakhs", "lac"), 10**5),
    **dict.fromkeys(("crore", "crores", "cr"), 10**7),
}
"""Factor of every scale word."""
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
ONES = {
    word: n
    for n, word in enumerate((
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ))
}  # fmt: skip
"""Value of the words from zero to nineteen."""
_TENS = {
    word: 10 * n
    for n, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
NUMBER_WORDS = {**ONES, **_TENS, "hundred": 100}
"""Value of every word that a spelled number is made of."""
_MEASURED = one_of("dollar yuan euro yen won rupee tonne ton barrel")


class Numeral(NamedTuple):
    """A number in digits or words, without scale or unit."""

    value: Decimal
    digits: int
    """Significant digits stated."""
    exponent: int
    """Power of ten of the last stated digit."""
    last: int
    """Token after it."""


def numeral(words: Sequence[Token], i: int) -> Numeral | None:
    """Numeral that begins at token i; None where none does.

    >>> from entrepot.claims.words import tokens
    >>> [numeral(tokens(text, 0, len(text)), 0)[:3] for text in ("1,234.5", "12-point-75", "one hundred and five")]
    [(Decimal('1234.5'), 5, -1), (Decimal('12.75'), 4, -2), (Decimal('105'), 3, 0)]
    """
    if i >= len(words):
        return None
    if words[i].kind == "n":
        return _and_half(words, _mixed_point(words, i) or _digits(words[i].text, i + 1))
    return _and_half(words, _spelled(words, i))


def scale(words: Sequence[Token], i: int, currency: bool) -> tuple[int, int]:
    """Factor of the scale words at token i and the token after them; `currency`: whether a currency stands before."""
    factor = 1
    for _ in range(2):  # lakh crore, thousand billion
        if i >= len(words):
            break
        low = words[i].low
        if low in SCALES and not (low == "cr" and not currency):
            factor, i = factor * SCALES[low], i + 1
        elif factor == 1 and low in _SHORT_SCALES and not words[i].gap and not words[i].glue:
            if not currency and (low == "t" or not words[i].text.isupper() and low != "m"):
                break
            factor, i = _SHORT_SCALES[low], i + 1
            break
        else:
            break
    return factor, i


def _and_half(words: Sequence[Token], read: Numeral | None) -> Numeral | None:
    """Eighteen and a half; 18-and-a-half."""
    if read is None or read.exponent or [w.low for w in words[read.last : read.last + 3]] != ["and", "a", "half"]:
        return read
    return Numeral(read.value + Decimal("0.5"), read.digits + 1, -1, read.last + 3)


def _digits(text: str, after: int) -> Numeral | None:
    plain = text.replace(",", "")
    if len(plain) > LONGEST_NUMBER or not plain.isascii():
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    exponent = -len(plain.partition(".")[2])
    return Numeral(value, len(plain.replace(".", "").lstrip("0")) or 1, exponent, after)


def _mixed_point(words: Sequence[Token], i: int) -> Numeral | None:
    """12-point-75, 12-point-seven."""
    if i + 2 >= len(words) or words[i + 1].low != "point" or "." in words[i].text:
        return None
    if words[i + 2].kind == "n":
        return _digits(f"{words[i].text}.{words[i + 2].text}", i + 3)
    decimals = _decimals(words, i + 2)
    return _digits(f"{words[i].text}.{decimals}", i + 2 + len(decimals)) if decimals else None


def _spelled(words: Sequence[Token], i: int) -> Numeral | None:
    low = words[i].low
    if low in ("a", "an") and i + 1 < len(words):
        following = words[i + 1].low
        if following in SCALES and following not in ("mt",):
            return Numeral(Decimal(1), 1, 0, i + 1)
        return Numeral(Decimal(100), 1, 2, i + 2) if following == "hundred" else None
    if low not in NUMBER_WORDS or low == "hundred":
        if low in SCALES and len(low) > 4 and i + 1 < len(words) and _is_adjective(words, i):
            return Numeral(Decimal(1), 1, 0, i)  # trillion-dollar
        return None
    total, at = _whole(words, i)
    if at < len(words) and words[at].low == "point":
        decimals = _decimals(words, at + 1)
        if decimals:
            text = f"{total}.{decimals}"
            digits = len(text.replace(".", "").lstrip("0")) or 1
            return Numeral(Decimal(text), digits, -len(decimals), at + 1 + len(decimals))
    return Numeral(Decimal(total), len(str(total)), 0, at)


def _is_adjective(words: Sequence[Token], i: int) -> bool:
    following = words[i + 1]
    return following.low == "mark" or following.glue and following.low in _MEASURED


def _whole(words: Sequence[Token], i: int) -> tuple[int, int]:
    total, at, last = 0, i, 10_000
    while at < len(words):
        low = words[at].low
        if low == "and" and at + 1 < len(words) and total >= 100 and words[at + 1].low in NUMBER_WORDS:
            at += 1
        elif low == "hundred" and 0 < total < 10:
            total, last, at = total * 100, 100, at + 1
        elif low in _TENS and last > 90:
            total, last, at = total + _TENS[low], 10, at + 1
        elif low in ONES and (last > 20 or last == 10 and 0 < ONES[low] < 10):
            total, last, at = total + ONES[low], 1, at + 1
        else:
            break
    return total, at


def _decimals(words: Sequence[Token], i: int) -> str:
    digits = ""
    while i < len(words) and words[i].low in ONES and ONES[words[i].low] < 10 and len(digits) < 6:
        digits += str(ONES[words[i].low])
        i += 1
    return digits
