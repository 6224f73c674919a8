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


def test_a_time_since_when_does_not_carry_on():
    text = (
        "Japan's exports to the US fell 10.2 percent in the year 2024. They fell for the first time since the 2.5 "
        "percent drop in the second half of 2020. Car exports plunged 22.7 percent."
    )
    assert [c.period for c in read(text, date="2025-02-20") if c.measure == "growth_yoy"][-1] == "2024"


def test_the_annual_figure_of_a_story_on_a_year():
    text = (
        "China's annual foreign trade reached 41.8 trillion yuan in 2023. Imports and exports in December scored 3.8 "
        "trillion yuan. Annual car shipments were worth 0.7 trillion yuan. Trade with the EU rebounded in the fourth "
        "quarter, and hit 5.5 trillion yuan for the annual value."
    )
    assert [c.period for c in read(text, date="2024-01-12")] == ["2023", "2023-12", "2023", "2023"]


def test_a_record_fallen_from_is_of_its_own_time():
    told = read("China's trade with Russia declined in 2025 from a record high in 2024.", date="2026-01-14")
    assert [(c.measure, c.period) for c in told] == [("first_or_record", "2024")]


def test_what_trade_is_measured_in_is_its_currency():
    told = read("China's trade in yuan fell by 6.5% in 2025. Trade settled in yuan rose 9.1%.", date="2026-01-14")
    assert [c.growth_currency for c in told] == ["CNY", "unstated"]
