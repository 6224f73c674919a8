"""Text to sentences and words, in one pass, with offsets that always cut the text they came from."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

LONGEST_SENTENCE = 1200
"""Characters after which a passage without a full stop is cut [characters]: work on one sentence stays bounded."""
MOST_IN_SENTENCE = 30
"""Numbers and dates of one sentence that are looked at together; one with more is cut."""
_FIGURE = re.compile(r"\d[\d.,]*")

_SIZED = r"(?=\s?(?:%|per ?cent\b|pct\b|million\b|billion\b|trillion\b|[mbt]n\b|points?\b|percentage\b))"
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Signs that a page prints nothing for: where a word may be broken, and where not."""
_FOREIGN = (
    r"(?<![0-9.,])[0-9]{1,3}(?:(?:['’\u00a0\u2009\u202f][0-9]{3}(?![0-9]))++(?:\.[0-9]++)?+"  # 1'234.5
    r"|(?:\.[0-9]{3}(?![0-9]))++,[0-9]{1,2}(?![0-9])|(?:\.[0-9]{3}(?![0-9])){2,}+)"  # 1.234,5
    r"|(?<![0-9.,])[0-9]{1,3}·[0-9]{1,2}(?![0-9])"  # 5·9
    r"|(?![0-9])\d++(?:[,，٬]\d{3}(?!\d))*+(?:[.．٫]\d++)?+"  # ５．９
)
_TOKEN = re.compile(
    r"(?P<i>[^\W\d_](?:\.[^\W\d_](?![^\W\d_]))++\.?)"  # U.S.
    r"|(?P<s>['’]s(?![^\W\d_]))"
    rf"|(?P<w>[^\W\d_]++(?:[\u0300-\u036f{_UNSEEN}]++[^\W\d_]*+)*+)"
    rf"|(?=\d)(?P<f>{_FOREIGN})"
    rf"|(?P<n>[0-9]{{1,4}},[0-9]{{1,2}}{_SIZED}"  # 330,3 billion
    r"|[0-9]++(?:(?:,[0-9]{2}(?=,))*,[0-9]{3}(?![0-9]))*+(?:\.[0-9]++)?+"
    rf"|(?<![\w.,)])\.[0-9]++{_SIZED})"  # .9 %
    rf"|(?P<p>[^\s{_UNSEEN}])"
)
_BREAK = re.compile(
    r"[.!?。！？]['\")\]’”»]{0,3}(?=\s|$)|[。！？]|\n"
    r"|(?<=[a-z0-9%)])\.['\"”’]?(?=[A-Z][a-z])"  # in August.China posted
)
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_])*)\.$")
_BULLET = re.compile(r"\s*(?:[-•*–·▪●o]|\(?\d{1,2}[.)])\s")


def one_of(words: str) -> frozenset[str]:
    """Set of the words in a text."""
    return frozenset(words.split())


_ABBREVIATIONS = one_of(
    "mr mrs ms dr st vs v no nos fig jan feb mar apr jun jul aug sep sept oct nov dec inc ltd co corp approx rs "
    "gen gov sen rep prof est jr sr dept prev exp cons"
)
_OPENERS = one_of(
    "the in it its exports imports trade shipments that this these those he she they however but and for while "
    "total china analysts economists on as among meanwhile overall last with by from year"
)
HYPHENS = "-‐‑–—−"


_SAME_AS = {
    **{"whilst": "while", "amidst": "amid", "amongst": "among"},
    **{"％": "%", "﹪": "%", "٪": "%", "＄": "$", "﹩": "$", "￥": "¥"},
}
"""Other forms of words and signs, read as the usual ones."""
_IN_ENGLISH = {**dict.fromkeys("'’\u00a0\u2009\u202f，٬", ","), **dict.fromkeys("·．٫", ".")}
_NOT_SEEN = re.compile(f"[{_UNSEEN}]")


class Token(NamedTuple):
    """One word, number or sign of a text."""

    text: str
    """As it stands there; a number as English prints it (`330,350.5` for `330.350,5`)."""
    low: str
    start: int
    end: int
    kind: str
    """`w` word, `n` number in digits, `p` any other sign."""
    gap: bool
    """Whether white space stands before it."""
    glue: bool
    """Whether a hyphen joins it to the token before."""


_token = partial(tuple.__new__, Token)
"""A token of its fields in order: in half the time of its constructor, which checks their names."""


class Sentence(NamedTuple):
    """One sentence: its offsets in the text, and whether it opens a paragraph or an item of a list."""

    start: int
    end: int
    opens: bool
    item: bool


def sentences(text: str) -> Iterator[Sentence]:
    """Cut a text into sentences, in order; every one lies inside the text and they do not overlap.

    >>> [s[:2] for s in sentences("Exports rose 5.9 percent. U.S. imports fell.")]
    [(0, 25), (26, 44)]
    """
    wrapped, begin, opens = _hard_wrapped(text), 0, True
    for stop in _stops(text, wrapped):
        for first, last in _pieces(text, begin, stop):
            yield Sentence(first, last, opens, bool(_BULLET.match(text, first, min(last, first + 12))))
            opens = False
        begin = stop
        opens = opens or "\n" in text[max(stop - 1, 0) : stop + 1]


def _pieces(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    while begin < stop and text[begin].isspace():
        begin += 1
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    while (cut := _cut(text, begin, stop)) < stop:
        yield begin, cut
        begin = cut
        while begin < stop and text[begin].isspace():
            begin += 1
    if begin < stop:
        yield begin, stop


def _cut(text: str, begin: int, stop: int) -> int:
    """Where a sentence ends, or a table run together, or a list, is cut: at a mark before it has too many numbers."""
    end = min(stop, begin + LONGEST_SENTENCE)
    figures = [m.span() for m in islice(_FIGURE.finditer(text, begin, end), MOST_IN_SENTENCE + 1)]
    if len(figures) > MOST_IN_SENTENCE:
        early, late = figures[MOST_IN_SENTENCE // 2][1], figures[-1][0]
        cuts = (text.rfind(mark, early, late) + 1 for mark in (";", ", ", " "))
        return next((cut for cut in cuts if cut), late)
    if end == stop:
        return stop
    cut = text.rfind(" ", begin + LONGEST_SENTENCE // 2, end)
    return cut if cut > 0 else end


def _stops(text: str, wrapped: bool) -> Iterator[int]:
    for mark in _BREAK.finditer(text):
        at = mark.end()
        if text[mark.start()] == "\n":
            after = text[at : at + 40]
            if (
                not (wrapped or _goes_on(text, mark.start(), after))
                or not after.strip(" \t\r")
                or after.lstrip(" \t\r").startswith("\n")
                or _BULLET.match(after)
            ):
                yield at
        elif _is_stop(text, mark.start(), at):
            yield at
    yield len(text)


def _is_stop(text: str, dot: int, at: int) -> bool:
    follows = text[at : at + 24].lstrip()
    if text[dot] != "." or not follows:
        return True
    before = _LAST_WORD.search(text, max(0, dot - 16), dot + 1)
    if before is None:
        return not follows[0].islower()
    word = before[1].casefold()
    counted = before.start() > 0 and text[before.start() - 1].isdigit()  # $46B. The next
    if (
        "." in word or len(word) == 1 and before[1].isupper() and not counted
    ):  # an acronym or an initial: a stop only before a word that opens sentences
        return _first_word(follows) in _OPENERS and follows[0].isupper()
    if word in _ABBREVIATIONS:
        return word in ("co", "inc", "ltd", "corp", "no") and _first_word(follows) in _OPENERS and follows[0].isupper()
    return not follows[0].islower()


def _first_word(text: str) -> str:
    match = re.match(r"[^\W\d_]+", text)
    return match[0].casefold() if match else ""


def _hard_wrapped(text: str) -> bool:
    """Whether single line ends stand inside sentences, as in mail and plain press releases."""
    lines = text[:20000].split("\n")
    if max(map(len, lines)) > 110:
        return False
    open_ends = sum(1 for line in lines if len(line) > 45 and line.rstrip()[-1:] not in '.:!?"”;')
    return open_ends >= 4 and open_ends * 3 > sum(1 for line in lines if line.strip())


def _goes_on(text: str, end: int, after: str) -> bool:
    """Whether a line that ends at `end` goes on in the next: a long one without a stop, before a word in the middle."""
    line = text[text.rfind("\n", 0, end) + 1 : end].rstrip()
    if not 45 < len(line) < 140 or line[-1] in '.:!?"”;':
        return False
    last = line.split()[-1].casefold()
    return after[:1].islower() or after[:1].isdigit() or after[:1] in ("$", "€", "£") or last in _OPEN_ENDED


_OPEN_ENDED = one_of("the a an of in to from with and by for at on or but while was were is as than its customs")


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Words, numbers and signs of one sentence. A hyphen between two words becomes `glue` of the second.

    >>> [(t.low, t.glue) for t in tokens("U.S.-bound", 0, 10)]
    [('us', False), ('bound', True)]
    """
    found: list[Token] = []
    glue = False
    last = start
    for match in _TOKEN.finditer(text, start, end):
        word, kind, (begin, stop) = match[0], match.lastgroup or "p", match.span()
        gap = begin > last
        last = stop
        low = word.casefold()
        if kind == "w":
            if not word.isascii():
                low = unicodedata.normalize("NFC", _NOT_SEEN.sub("", low))
            odd = len(word) > 9 or low in _BOTH_LINKS or word != low and word[0] == low[0]
            if odd and len(word) == len(low) and (cut := _run_together(word, low)):
                found.append(_token((word[:cut], low[:cut], begin, begin + cut, kind, gap, glue)))
                word, low, begin, gap, glue = word[cut:], low[cut:], begin + cut, True, False
        elif kind == "p":
            joins = stop < end and (text[stop].isalnum() or text[stop] in "$€£¥₹" and _of_number(found))
            if word in HYPHENS and not gap and found and joins:
                glue = found[-1].kind != "p" or found[-1].low in "%)"
                if glue:
                    continue
        elif kind == "i":
            kind, low = "w", low.replace(".", "")
        elif kind == "s":
            kind, low = "p", "'s"
        elif kind == "f":
            kind, word = "n", _in_english(word)
            low = word
        found.append(_token((word, _SAME_AS.get(low, low), begin, stop, kind, gap, glue)))
        glue = False
    return found


def _of_number(found: Sequence[Token]) -> bool:
    """Whether the last token is a number or the scale of one (`$320bn-$340bn`)."""
    return any(token.kind == "n" for token in found[-1:]) or [t.kind for t in found[-2:]] == ["n", "w"]


def _in_english(number: str) -> str:
    """A number with a comma between thousands, a point before decimals and European digits."""
    if "," in number and "." in number and number.index(".") < number.index(",") or number.count(".") > 1:
        number = number.translate({ord("."): ",", ord(","): "."})
    return "".join(_IN_ENGLISH.get(sign) or sign if not sign.isdecimal() else str(int(sign)) for sign in number)


def _run_together(word: str, low: str) -> int:
    """Where two words meet that a copy of a page ran together (`inJuly`, `decreasecompared`); 0 for one word."""
    if word[0].islower() and not word.islower():
        cut = next(i for i, sign in enumerate(word) if not sign.islower())
        return cut if low[:cut] in _LINKS and word[cut:].istitle() else 0
    if low in _BOTH_LINKS:
        return len(low) - 3
    tail = next((t for t in _TAILS if low.endswith(t)), "") if len(low) > 9 else ""
    return len(low) - len(tail) if tail and low[: -len(tail)] not in ("re", "non") else 0


_LINKS = one_of("in of to from since and until till by on with for the between during at")
_BOTH_LINKS = one_of("ofthe inthe tothe fromthe withthe forthe bythe onthe andthe")
_TAILS = ("compared", "exports", "imports")


def listed(text: str) -> tuple[str, ...]:
    """Phrases parted by semicolons."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(";"))


def called(table: Mapping[str, str]) -> dict[str, str]:
    """Code of every phrase, from a table of phrases parted by semicolons for each code."""
    return {phrase: code for code, text in table.items() for phrase in listed(text)}


T = TypeVar("T")


class Phrases(Generic[T]):
    """Words of one or more tokens, each with its meaning; the longest phrase at a place wins."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self._meanings: dict[tuple[str, ...], T] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, meaning in meanings.items():
            plain = phrase.islower() and phrase.replace(" ", "").isalpha()
            words = tuple(phrase.split() if plain else (t.low for t in tokens(phrase, 0, len(phrase))))
            if words:
                self._meanings.setdefault(words, meaning)
                lengths.setdefault(words[0], set()).add(len(words))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        self._starts = frozenset(lengths)

    def starts(self) -> frozenset[str]:
        """First words of all phrases."""
        return self._starts

    def at(self, lows: Sequence[str], i: int) -> tuple[int, T] | None:
        """Number of tokens and meaning of the longest phrase that begins at token i, or None."""
        for length in self._lengths.get(lows[i], ()):
            words = tuple(lows[i : i + length]) if length > 1 else (lows[i],)
            if (meaning := self._meanings.get(words)) is not None:
                return len(words), meaning
        return None


def phrase(lows: Sequence[str], i: int, options: Iterable[str]) -> int:
    """Number of tokens of the first option (words parted by spaces) that stands at token i; 0 for none."""
    for option in options:
        words = option.split()
        if list(lows[i : i + len(words)]) == words:
            return len(words)
    return 0
