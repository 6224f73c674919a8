"""Of what kind numbers are in their passages: what goes with the number before, what is of no period of trade."""

import re

import pytest

from entrepot.claims import clauses

DAY = "2025-11-20"

# In braces what is no statistic of trade; every other amount or rate is one.
PASSAGES = """
In the first half of November, Viet Nam's exports reached {$19.3 billion}, of which phones earned {$2.2 billion}.
Imports during the same period hit {$19.1 billion}. From the beginning of the year to mid-November, exports rose 16
percent.

Brazil's exports averaged {$1.3 billion} a day in October, up {5.1 percent} from October 2024 and down {0.8 percent}
from September. Exports for the month were $30 billion, a rise of 9.1 percent.

China's fuel exports were 4.9 million tonnes in October, above this year's average of {4.4 million tonnes/month}.

The trade deficit with China could reach {$27 billion} this year, an increase of about {14 percent}, or by {$3.3
billion}. From January to October it was $21 billion, up 12 percent.

The ministry cut its forecast for this year's deficit to {$3 billion}, from more than {$9 billion}. The deficit was
$1.2 billion in October.

Viet Nam's exports to the United States were $13 billion in October. Ca Mau province shipped shrimp worth {$40
million}. Sao Ta Foods earned {$18 million} from shrimp. Viet Nam's exports of phones were $5 billion.

Australia's exports to China fell 3 percent in October. Exports from Australia's Port Hedland to China rose {7.6
percent} to {38.6 million tonnes}.

China's exports to Africa rose 25 percent in October. Chinese banks lent {$182 billion} to African governments. Viet
Nam consumes {802 tonnes} of gold. Exports to Kenya rose 8 percent.

China's imports from Brazil rose 6 percent in October. Output grew {4.8 percent}. That was an improvement over the {4
percent} rate of September.

Korea's exports of chips to India rose 5 percent in the first half. Exports of parts to India grew {58.8 percent} from
$9.7 billion in 2020.

Over the past decade, EU imports from China surged {101.9 percent}, while exports rose {47 percent}. In 2024, exports
fell 3 percent.

China's trade with the debt-troubled European Union fell 3.7 percent in October. Tariff-free goods made up a third of
exports. Factories ran at {79 percent} of capacity.

US exports of soybeans, one of the targets of China's tariffs, declined to $2.6 billion in October. A tariff of {20
percent} would cut exports by {$10 billion}. The tariffs cover {$300 billion} of imports, at rates of {7.5 percent} to
{25 percent}.

China exported 4,300 tonnes of magnets in October. An electric car needs {two kilograms} of magnets.

China's imports of farm goods fell 9 percent in October. Beijing agreed to buy {12 million tonnes} of soybeans from
the United States.
"""


def _passages():
    return [" ".join(block.split()) for block in PASSAGES.strip().split("\n\n")]


@pytest.mark.parametrize("marked", _passages(), ids=range(len(_passages())))
def test_what_is_no_statistic_is_told_by_what_it_goes_with(marked):
    text, inside, at = "", set(), 0
    for mark in re.finditer(r"\{([^}]*)\}", marked):
        text += marked[at : mark.start()]
        inside.update(range(len(text), len(text) + len(mark[1])))
        text, at = text + mark[1], mark.end()
    text += marked[at:]
    found = clauses.read(text, date=DAY)
    kinds = {(c.stated, c.start in inside): c.kind for c in found if c.measure != "first_or_record"}
    assert all((kind != "actual") == apart for (_, apart), kind in kinds.items()), kinds
    assert any(kind == "actual" for kind in kinds.values())
    assert any(apart for _, apart in kinds)
