"""The readers of a walk stand on each other: none takes the place of another's part unawares."""

import inspect

import pytest

from entrepot import claims
from entrepot.claims.walk import Walk


def test_a_part_of_the_walk_is_said_again_only_where_it_calls_the_other():
    owners = {}
    for reader in Walk.__mro__[:-1]:
        for name, part in vars(reader).items():
            if inspect.isfunction(part) and not name.startswith("__"):
                owners.setdefault(name, []).append(part)
    for name, parts in owners.items():
        assert all(f"super().{name}(" in inspect.getsource(part) for part in parts[:-1]), name


SAID = {
    "South Korea's exports rose 8.2 percent in May 2025, led by semiconductors, whose shipments jumped 26.5 percent.": (
        ("KOR", "X", "WLD", "TOTAL", "growth_yoy"),
        ("KOR", "X", "WLD", "integrated-circuits", "growth_yoy"),
    ),
    "Japan's imports of cars, whose prices fell, dropped 9 percent in May 2025.": (
        ("JPN", "M", "WLD", "automobiles", "growth_yoy"),
    ),
    "Mexico sent $44.6 billion worth of goods to the United States in October 2025.": (
        ("MEX", "X", "USA", "TOTAL", "level"),
    ),
    "Japan sent 12 envoys to discuss the sale of goods.": (),
    "China's trade with Russia fell 8.7% in May 2025. In June 2025 bilateral turnover reached $19.3 billion.": (
        ("CHN", "T", "RUS", "TOTAL", "growth_yoy"),
        ("CHN", "T", "RUS", "TOTAL", "level"),
    ),
    "The share of the United States in China's exports shrank to 10.2% in May 2025.": (
        ("CHN", "X", "USA", "TOTAL", "share"),
    ),
    "Overseas sales of Ukrainian grain rose 9 percent to $1.2 billion in May 2025.": (
        ("UKR", "X", "WLD", "grains", "growth_yoy"),
        ("UKR", "X", "WLD", "grains", "level"),
    ),
    "Imports into India from China came to $11.5 billion in May 2025.": (("IND", "M", "CHN", "TOTAL", "level"),),
    "China's auto exports rose 53% in May 2025 and chip exports 34.2%.": (
        ("CHN", "X", "WLD", "automobiles", "growth_yoy"),
        ("CHN", "X", "WLD", "integrated-circuits", "growth_yoy"),
    ),
    "India's exports jumped 7% in May 2025. Thailand, by contrast, saw its exports leap 9.4% in May 2025.": (
        ("IND", "X", "WLD", "TOTAL", "growth_yoy"),
        ("THA", "X", "WLD", "TOTAL", "growth_yoy"),
    ),
    "Japan's imports from China were $14 billion in May 2025. Next was Australia, with $4.5 billion of goods shipped "
    "to Japan.": (("JPN", "M", "CHN", "TOTAL", "level"), ("JPN", "M", "AUS", "TOTAL", "level")),
    "ASEAN's share of Australia's total exports climbed to 17.6% in May 2025.": (
        ("AUS", "X", "ASEAN", "TOTAL", "share"),
    ),
}


@pytest.mark.parametrize("text", SAID)
def test_who_sells_what_to_whom(text):
    read = [claim for claim in claims.read(text, date="2025-07-10") if claim.kind == "actual"]
    assert tuple((c.reporter, c.flow, c.partner, c.product, c.measure) for c in read) == SAID[text]
