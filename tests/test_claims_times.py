"""Which period a number is of, and what a rate is measured over, where times are compared, counted or told again.

The texts stand in `times.txt`: a line with the day, then the text, its numbers in braces with the period (or the
measure) that a careful reader takes from them.
"""

import re
from pathlib import Path

import pytest

from entrepot.claims import read

BLOCKS = re.split(r"^@ ", (Path(__file__).parent / "times.txt").read_text(encoding="utf-8"), flags=re.M)[1:]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block[11:60].split("\n")[0])
def test_a_number_is_of_the_time_that_its_words_give_it(block):
    day, _, marked = block.partition("\n")
    text, told, at = "", {}, 0
    for mark in re.finditer(r"\{([^|}]*)\|([^}]*)\}", marked):
        text += marked[at : mark.start()]
        told[len(text), mark[1]] = mark[2]
        text, at = text + mark[1], mark.end()
    claims = {(c.start, c.stated): c for c in read(text + marked[at:].rstrip("\n"), date=day.strip())}
    found = {
        key: claims[key].measure if said.startswith("growth") else claims[key].period
        for key, said in told.items()
        if key in claims
    }
    assert found == told
