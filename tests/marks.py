"""Texts whose numbers stand in braces with what a careful reader takes from them: `{5.9%|X TOTAL G}`."""

import re
from collections.abc import Iterable, Iterator

from entrepot.claims.claim import Claim

MARK = re.compile(r"\{([^|}]*)\|([^}]*)\}")


def unmarked(marked: str, head: str = "") -> tuple[str, "Told"]:
    """The text without its marks, behind `head`; and of each mark where it starts, what it states and its words."""
    text, told, at = head, [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        told.append((len(text), mark[1], mark[2].split()))
        text, at = text + mark[1], mark.end()
    return text + marked[at:], told


Told = list[tuple[int, str, list[str]]]


def beside(claims: Iterable[Claim], told: Told) -> Iterator[tuple[str, list[str], Claim | None]]:
    """What each mark states and says, with the claim that was read there; None where none was."""
    held = list(claims)
    for start, stated, said in told:
        yield stated, said, next((c for c in held if c.start < start + len(stated) and c.end > start), None)
