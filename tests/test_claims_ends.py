"""What grew from one month to another: each end has its month, and a rate between them is no growth on a year."""

import pytest

from entrepot import claims

TOLD = {
    "Between May and September 2025, India's exports to the US plunged by 37.5 percent, from $8.8 billion to $5.5 "
    "billion.": (("other", ""), ("level", "2025-05"), ("level", "2025-09")),
    "India's textile exports fell 47 percent from $3.4 billion in May 2025 to $1.8 billion in September 2025.": (
        ("other", ""),
        ("level", "2025-05"),
        ("level", "2025-09"),
    ),
    "Korea's chip exports rose 4 percent from $14.6 billion in August 2025 to $15.2 billion in September 2025.": (
        ("growth_mom", "2025-09"),
        ("level", "2025-08"),
        ("level", "2025-09"),
    ),
    "Korea's car exports climbed 12 percent from $5.9 billion in September 2024 to $6.6 billion in September 2025.": (
        ("growth_yoy", "2025-09"),
        ("level", "2024-09"),
        ("level", "2025-09"),
    ),
    "China's rare-earth exports fell from 5,864 tonnes in April 2025 to 1,238 tonnes in May 2025.": (
        ("volume", "2025-04"),
        ("volume", "2025-05"),
    ),
    "US imports from China dropped by a third from $33 billion in March 2025 to $19 billion in May 2025.": (
        ("other", ""),
        ("level", "2025-03"),
        ("level", "2025-05"),
    ),
}


@pytest.mark.parametrize("text", TOLD)
def test_ends_of_growth(text):
    read = claims.read(text, date="2025-11-03")
    told = tuple(("other", "") if c.kind == "other" else (c.measure, c.period) for c in read)
    assert told == TOLD[text]
