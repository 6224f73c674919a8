"""Which period, measure and sign a number has beside others: what it is held against, came after, or goes on from.

The texts stand in `comparing.txt`: a line with the day, then the text, its numbers in braces with what a careful reader
takes from them: period, measure (where it is not plain) and a minus.
"""

import re
from pathlib import Path

import pytest

from entrepot.claims import read

BLOCKS = re.split(r"^@ ", (Path(__file__).parent / "comparing.txt").read_text(encoding="utf-8"), flags=re.M)[1:]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block[11:60].split("\n")[0])
def test_a_number_beside_others(block):
    day, _, marked = block.partition("\n")
    text, told, at = "", {}, 0
    for mark in re.finditer(r"\{([^|}]*)\|([^}]*)\}", marked):
        text += marked[at : mark.start()]
        told[len(text), mark[1]] = mark[2].split()
        text, at = text + mark[1], mark.end()
    claims = {(c.start, c.stated): c for c in read(text + marked[at:].rstrip("\n"), date=day.strip())}
    assert {key: _said(claims.get(key), words) for key, words in told.items()} == told


def _said(claim, words):
    """What is said of a claim, in the words asked for."""
    if claim is None:
        return ["missing"]
    sign = "-" if claim.value < 0 else "+"
    said = {claim.period, claim.measure, sign}
    return [w if w in said else f"not {w}: {claim.period} {claim.measure} {sign}" for w in words]
