"""Numerals and scale words: what digits and number words are worth, and where their last stated digit stands."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from entrepot.claims.words import Token, one_of

LONGEST_NUMBER = 18
"""Digits beyond which a run of digits is no statistic [characters]."""
SCALES = {
    **dict.fromkeys(("thousand", "thousands", "thsd"), 10**3),
    **dict.fromkeys(("million", "millions", "mln", "mn", "mio", "mil"), 10**6),
    **dict.fromkeys(("billion", "billions", "bln", "bn", "bil", "milliard", "bi"), 10**9),
    **dict.fromkeys(("trillion", "trillions", "trln", "tn", "trn", "trl"), 10**12),
    **dict.fromkeys(("lakh", "lakhs", "lac"), 10**5),
    **dict.fromkeys(("crore", "crores", "cr"), 10**7),
}
"""Factor of every scale word."""
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}")
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
_AMOUNTS = one_of("yen yuan dollars euros won rupees usd baht ringgit")
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


def numeral(words: Sequence[Token], i: int, *, spaced: bool = False) -> Numeral | None:
    """Numeral that begins at token i; None where none does. `spaced`: its thousands may be parted by spaces.

    >>> from entrepot.claims.words import tokens
    >>> [numeral(tokens(text, 0, len(text)), 0)[:3] for text in ("1,234.5", "12-point-75", "one hundred and five")]
    [(Decimal('1234.5'), 5, -1), (Decimal('12.75'), 4, -2), (Decimal('105'), 3, 0)]
    """
    if i >= len(words):
        return None
    if words[i].kind == "n":
        if spaced and (parted := _parted(words, i)) is not None:
            return parted
        return _and_half(words, _mixed_point(words, i) or _digits(words[i].text, i + 1))
    return _and_half(words, _spelled(words, i))


def compound(words: Sequence[Token], read: Numeral, factor: int, after: int) -> tuple[Numeral, int, int]:
    """A whole number of a scale with the smaller one that goes on from it (`14 billion 480 million`).

    Returns the number of the smaller scale, that scale and the token after it; what was given where none goes on.
    """
    while factor > 1000 and not read.exponent and after + 1 < len(words) and words[after].kind == "n":
        more = numeral(words, after)
        if more is None or more.exponent or not 0 < more.value < 1000:
            break
        smaller, end = scale(words, more.last, False)
        if not 1000 <= smaller < factor:
            break
        value = read.value * (factor // smaller) + more.value
        read, factor, after = Numeral(value, len(str(int(value))), 0, end), smaller, end
    return read, factor, after


def scale(words: Sequence[Token], i: int, currency: bool) -> tuple[int, int]:
    """Factor of the scale words at token i and the token after them; `currency`: whether a currency stands before."""
    factor = 1
    for _ in range(2):  # lakh crore, thousand billion
        if i >= len(words):
            break
        low = words[i].low
        if low in SCALES and not (low in ("cr", "bi") and not currency):
            factor, i = factor * SCALES[low], i + 1
        elif factor == 1 and low in _SHORT_SCALES and not words[i].gap and not words[i].glue:
            if not currency and (low == "t" or not words[i].text.isupper() and low != "m"):
                break
            factor, i = _SHORT_SCALES[low], i + 1
            break
        elif factor == 1 and words[i].text in ("B", "T", "M") and [w.low for w in words[i + 1 : i + 2]] == ["."]:
            if i + 2 >= len(words) or words[i + 2].low not in _AMOUNTS:
                break
            factor, i = _SHORT_SCALES[low], i + 2  # 117.6 B. Yen
            break
        else:
            break
    return factor, i


def _parted(words: Sequence[Token], i: int) -> Numeral | None:
    """1 519.02; 12 345 678."""
    text, at = words[i].text, i + 1
    if len(text) > 3 or not text.isdigit():
        return None
    while at < len(words) and words[at].kind == "n" and words[at].gap and "." not in text:
        whole, point, decimals = words[at].text.partition(".")
        if len(whole) != 3 or not whole.isdigit():
            break
        text, at = f"{text}{whole}{point}{decimals}", at + 1
    return _digits(text, at) if at > i + 1 else None


def _and_half(words: Sequence[Token], read: Numeral | None) -> Numeral | None:
    """Eighteen and a half; 18-and-a-half."""
    if read is None or read.exponent or [w.low for w in words[read.last : read.last + 3]] != ["and", "a", "half"]:
        return read
    return Numeral(read.value + Decimal("0.5"), read.digits + 1, -1, read.last + 3)


def _digits(text: str, after: int) -> Numeral | None:
    plain = text.replace(",", "." if _DECIMAL_COMMA.fullmatch(text) else "") if "," in text else text
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
