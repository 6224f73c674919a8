"""One sentence on one day: where it prints a month, a day, a year or a count."""

from collections.abc import Sequence
from dataclasses import dataclass

from entrepot import periods
from entrepot.claims.spans import Calendar
from entrepot.claims.words import Token, one_of

MONTHS = {name.casefold(): i for i, name in enumerate(periods.MONTHS, 1)}
SHORT = {name[:3].casefold(): i for i, name in enumerate(periods.MONTHS, 1)} | {"sept": 9}
_SPELLED = "one two three four five six seven eight nine ten eleven twelve"
COUNTS = {word: n for n, word in enumerate(_SPELLED.split(), 1)}
HYPHENS = one_of("- – —")
_ONLY_MONTHS = one_of("january february november december")
"""Months that are read in lower case too: nothing else is called so."""
_BEFORE_MONTH = one_of(
    "in of since from to through for until by during last this and between after before the on - – than against versus "
    "vs with over where above below under following throughout early late mid"
)
_AFTER_MONTH = one_of("'s exports imports trade data to figures")
_NOT_YEAR = one_of(
    "% percent pct billion bn million tonnes tons yuan dollars units trillion euros yen vehicles companies firms"
)
_NTH = one_of("st nd rd th")
_NOTHING = Token("", "", 0, 0, "", True, False)


@dataclass(frozen=True, slots=True)
class Line:
    """Words of a sentence, and the calendar of its story. Beyond its ends stand empty words."""

    words: Sequence[Token]
    lows: list[str]
    calendar: Calendar

    def word(self, i: int) -> Token:
        """Token i."""
        return self.words[i] if 0 <= i < len(self.words) else _NOTHING

    def low(self, i: int) -> str:
        """Token i in lower case."""
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def glued_number(self, i: int) -> bool:
        """Whether token i is a number that a hyphen joins to the token before."""
        word = self.word(i)
        return word.glue and word.kind == "n"

    def month(self, i: int) -> int:
        """Number of the month named at token i; 0 for none. `may` and `march` count only as names."""
        word = self.word(i)
        if word.low in MONTHS:
            if word.low in ("may", "march"):
                return MONTHS[word.low] if word.text[0].isupper() and self._dated(i) else 0
            return MONTHS[word.low] if not word.text.islower() or word.low in _ONLY_MONTHS else 0
        if word.low in SHORT and word.text[0].isupper():
            return SHORT[word.low] if word.low != "mar" or self._dated(i) else 0
        return 0

    def _dated(self, i: int) -> bool:
        """Whether what stands beside `May` or `March` makes it a month."""
        before, after = self.low(i - 1), self.word(i + 1)
        if before in _BEFORE_MONTH or self.words[i].glue or before in MONTHS or before in SHORT or before.isdigit():
            return True
        if after is _NOTHING:
            return bool(before)
        return after.kind == "n" or after.glue or after.low in _AFTER_MONTH

    def dotted(self, i: int) -> bool:
        """Whether a full stop of its own follows the short name of a month at token i (`Nov.`)."""
        return self.low(i + 1) == "." and not self.words[i + 1].gap and self.lows[i] in SHORT

    def is_day(self, i: int) -> bool:
        """Whether token i is the number of a day of a month."""
        word = self.word(i)
        if word.kind != "n" or not word.text.isdigit() or len(word.text) > 2 or not 1 <= int(word.text) <= 31:
            return False
        return self.low(i + 1) not in _NOT_YEAR

    def day_before(self, i: int) -> int | None:
        """Token of the day number before a month (8 December, 8th of December); None for none."""
        for at in range(i - 1, max(i - 4, -1), -1):
            if self.words[at].kind == "n":
                return at if self.is_day(at) and not self.words[i].glue else None
            if self.lows[at] not in _NTH and self.lows[at] != "of":
                return None
        return None

    def after_day(self, i: int) -> int:
        """Token after the number of a day at token i and the ending of its ordinal."""
        return i + 2 if self.low(i + 1) in _NTH else i + 1

    def year(self, i: int) -> int:
        """Year printed at token i; 0 for none."""
        word = self.word(i)
        if word.kind == "n" and len(word.text) == 4 and word.text.isdigit():
            year, after = int(word.text), self.word(i + 1)
            decade = after.low == "s" and not after.gap
            return year if 1980 <= year <= 2060 and not decade else 0
        return 0

    def year_after(self, i: int) -> tuple[int | None, int]:
        """Year named at or just after token i, and the token after it."""
        at = i
        while self.low(at) in ("of", "in", ",", "the") and at < i + 2:
            at += 1
        if (year := self.year(at)) and not (at > i and self.lows[i] == "," and self.counts(at)):
            return year, at + 1
        low, comma = self.low(at), at > i and self.lows[i] == ","
        if low in ("last", "this", "previous") and self.low(at + 1) == "year" and not comma:
            return self.calendar.today.year - (low != "this"), at + 2
        if at > i and low == "year" and self.lows[at - 1] == "the" and self.lows[i] in ("of", "in"):
            return None, at + 1
        return None, i

    def counts(self, i: int) -> bool:
        """Whether a number that looks like a year counts something (`$2025`, `2000 tonnes`)."""
        return self.low(i + 1) in _NOT_YEAR or self.low(i - 1) in ("$", "€", "£", "¥")

    def count(self, i: int) -> int | None:
        """Small number at token i, in digits or words."""
        word = self.word(i)
        if word.kind == "n" and word.text.isdigit() and len(word.text) <= 2:
            return int(word.text)
        return COUNTS.get(word.low)

    def fiscal_pair(self, i: int) -> int:
        """Year in which a fiscal year printed as two years at token i ends (`2024-25`, `2024/25`); 0 for none."""
        slash = self.low(i + 1) == "/" and not self.word(i + 1).gap
        year, text = self.year(i), self.word(i + 1 + slash).text
        two = (slash or self.glued_number(i + 1)) and len(text) in (2, 4) and text.isdecimal()
        return year + 1 if year and two and (year + 1) % 100 == int(text) % 100 else 0
