"""Numbers told beside those of another time: flow, period and sign of each. Texts are of our making."""

import pytest
from marks import beside, unmarked

from entrepot.claims import read

BESIDE = [
    (
        "2012-12-10",
        "China's exports rose 2.9 percent in November. The surplus shrank from {$27.67 billion|B 2012-09 +} "
        "in September and {$31.99 billion|B 2012-10 +} in October to {$19.63 billion|B 2012-11 +}.",
    ),
    (
        "2025-07-14",
        "China's exports rose 5.8 percent in June. Imports went from {$213 billion|M 2025-04 +} in April to "
        "{$217 billion|M 2025-06 +}.",
    ),
    (
        "2013-04-10",
        "China had a trade deficit of {$884 million|B 2013-03 -} for March, officials said, in abrupt "
        "contrast with the {$15.25 billion|B 2013-02 +} surplus a month earlier.",
    ),
    (
        "2013-04-10",
        "China's exports were {10 percent|X 2013-03 +} higher in March, well off the {21.8 percent|X 2013-02 "
        "+} clip of February.",
    ),
    (
        "2013-04-10",
        "Exports rose 10 percent in March, China's customs said. Imports gained {14.1 percent|M 2013-03 +}; "
        "in February they had been down by {15.2 percent|M 2013-02 -}.",
    ),
    (
        "2013-04-10",
        "China's exports rose 10 percent in January-March. The quarter's surplus was {$43.07 billion|B "
        "2013-01/2013-03 +}; that of the same quarter of 2012 had been a slim {$660 million|B "
        "2012-01/2012-03 +}.",
    ),
    (
        "2014-04-10",
        "China posted a {USD 7.7 billion|B 2014-03 +} trade surplus in March, swinging from a gap of {USD 23 "
        "billion|B 2014-02 -} in the prior month.",
    ),
    (
        "2023-11-08",
        "China's trade came to 34.32 trillion yuan in the first ten months. Of that, {19.55 trillion yuan|X "
        "2023-01/2023-10 +} came from exports.",
    ),
    (
        "2022-08-07",
        "China's surplus came to {$101.26 billion|B 2022-07 +} in July, up from {$97.94 billion|B 2022-06 +} "
        "in June and nearly twice the {$56.3 billion|B 2021-07 +} of July 2021.",
    ),
]


@pytest.mark.parametrize(("day", "marked"), BESIDE)
def test_a_number_beside_one_of_another_time_keeps_its_own(day: str, marked: str) -> None:
    text, told = unmarked(marked)
    for stated, (flow, period, sign), claim in beside(read(text, date=day), told):
        assert claim is not None, stated
        assert (claim.kind, claim.flow, claim.period) == ("actual", flow, period), stated
        assert (claim.value > 0) is (sign == "+"), stated
