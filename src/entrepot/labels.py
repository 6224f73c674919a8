"""Countries and sectors of an economy by the words people use for them, and what is said of those it does not hold."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from entrepot.errors import UnknownCode

Words = str | tuple[str, ...]
Hint = Callable[[str], str]  # what to say of a country, by its code, that an economy does not hold
SHIPPED = Path(__file__).parent / "data" / "economies"


def positions(words: Words, labels: Sequence[str], what: str, hint: Hint | None = None) -> list[int]:
    """Positions of the labels that words mean: `*` for all, a label in any case, a country or group by code or name.

    A group means those of its members that the economy holds.

    Raises
    ------
    UnknownCode
        If a word means nothing, or nothing that the economy holds; the nearest labels are suggested, or the economies
        that hold it, or what `hint` says of the code.
    """
    if words == "*":
        return list(range(len(labels)))
    folded = _folded(tuple(labels))
    if isinstance(words, str) and (place := folded.get(words.casefold())) is not None:
        return [place]
    found: set[int] = set()
    for word in [words] if isinstance(words, str) else words:
        if word.casefold() in folded:
            found.add(folded[word.casefold()])
            continue
        held = _members(word, tuple(labels)) if what == "country" else ()
        if not held:
            raise UnknownCode(unheld(word, labels, what, hint))
        found.update(held)
    return sorted(found)


def position(word: str, labels: Sequence[str], what: str, hint: Hint | None = None) -> int:
    """Position of one label, in any case; refused as in `positions`."""
    place = _folded(tuple(labels)).get(word.casefold())
    if place is None:
        raise UnknownCode(unheld(word, labels, what, hint))
    return place


def unheld(word: str, labels: Sequence[str], what: str, hint: Hint | None = None) -> str:
    """What to say of a word that is no label: who holds the country it names, or which labels are near it."""
    if what == "country" and (code := _code(word)):
        from entrepot import codes

        held = (hint or elsewhere)(code)
        return f"{codes.name(code)} ({code}) is none of the {len(labels)} countries of this economy. {held}"
    folded = _folded(tuple(labels))
    close = [labels[folded[name]] for name in near(word.casefold(), folded)]
    meant = f"Did you mean {' or '.join(close)}?" if close else _spelled(word) if what == "country" else ""
    more = f" and {len(labels) - 6} more" if len(labels) > 6 else ""
    return f"The economy has no {what} called {word!r}; it has {', '.join(labels[:6])}{more}. {meant}".rstrip()


def near(word: str, names: Iterable[str]) -> list[str]:
    """Names spelled nearly like a word, nearest first."""
    from difflib import get_close_matches  # only a refusal needs it

    return get_close_matches(word, list(names))


def elsewhere(code: str) -> str:
    """Say which of the economies that ship hold a country."""
    if not (found := holders(code)):
        return "None that ships holds it; entrepot.calibration.from_trade builds one that does from trade and GDP."
    return f"One that ships holds it: {' or '.join(options(*one) for one in found)}."


def options(name: str, balance: str) -> str:
    """Words of the command line that ask for an economy that ships."""
    return f"--economy {name} --set 'balance={balance}'"


def holders(code: str) -> list[tuple[str, str]]:
    """Name and balance of the economies that ship and hold a country."""
    return [(name, balance) for name, countries, balance in _shipped() if code in countries]


@cache
def _shipped() -> list[tuple[str, tuple[str, ...], str]]:
    """Name, countries and balance of the economies that ship."""
    import json

    found = []
    for path in sorted(SHIPPED.glob("*.npz")):
        with np.load(path, allow_pickle=False) as held:
            words = json.loads(str(held["words"]))
        found.append((path.stem, tuple(words["countries"]), words["balance"]))
    return found


@cache
def _folded(labels: tuple[str, ...]) -> dict[str, int]:
    return {label.casefold(): place for place, label in enumerate(labels)}


def _code(word: str) -> str:
    """Code of the country or group that a word names; empty where it names none."""
    from entrepot import codes

    try:
        return codes.partner(word)
    except UnknownCode:
        return ""


def _spelled(word: str) -> str:
    """What the code tables suggest for a word that no label is near to."""
    from entrepot import codes

    try:
        codes.partner(word)
    except UnknownCode as refusal:
        _, found, hint = str(refusal).partition("Did you mean")
        return found + hint
    return ""


@cache
def _members(word: str, labels: tuple[str, ...]) -> tuple[int, ...]:
    """Positions of the country or of the group's members that `word` names, where the economy labels them so."""
    from entrepot import codes

    if not (code := _code(word)):
        return ()
    parts = codes.members(code) if codes.kind(code) == "group" else {code}
    return tuple([place for place, label in enumerate(labels) if label in parts])
