"""read(): every number of the five development stories with its slots, and laws that hold for any text."""

from pathlib import Path

import pytest

from entrepot import claims

SEEDS = Path(__file__).parents[1].parent / "shared" / "seeds"
DATES = {"000": "2025-12-09", "001": "2023-12-22", "002": "2025-12-09", "003": "2025-12-08", "004": "2025-12-08"}
NINE_MONTHS, ELEVEN_MONTHS = "2023-01/2023-09", "2025-01/2025-11"
READ = {  # story: stated number, flow, partner, product, period, measure, unit, value in that unit
    "000": [
        ("41.21 trillion yuan", "T", "WLD", "TOTAL", ELEVEN_MONTHS, "level", "CNY", 41.21e12),
        ("3.6%", "T", "WLD", "TOTAL", ELEVEN_MONTHS, "growth_yoy", "%", 3.6),
        ("1 trillion US dollars", "B", "WLD", "TOTAL", ELEVEN_MONTHS, "threshold", "USD", 1e12),
        ("24.46 trillion yuan", "X", "WLD", "TOTAL", ELEVEN_MONTHS, "level", "CNY", 24.46e12),
        ("6.2%", "X", "WLD", "TOTAL", ELEVEN_MONTHS, "growth_yoy", "%", 6.2),
        ("1.55 trillion yuan", "M", "WLD", "TOTAL", ELEVEN_MONTHS, "level", "CNY", 1.55e12),
        ("0.2%", "M", "WLD", "TOTAL", ELEVEN_MONTHS, "growth_yoy", "%", 0.2),
        ("4.1%", "T", "WLD", "TOTAL", "2025-11", "growth_yoy", "%", 4.1),
        ("29%", "X", "USA", "TOTAL", "2025-11", "growth_yoy", "%", -29.0),
        ("14.8%", "X", "EU27", "TOTAL", "2025-11", "growth_yoy", "%", 14.8),
        ("35.8%", "X", "AUS", "TOTAL", "2025-11", "growth_yoy", "%", 35.8),
        ("8.2%", "X", "ASEAN", "TOTAL", "2025-11", "growth_yoy", "%", 8.2),
    ],
    "001": [
        ("3.7 trillion yuan", "T", "WLD", "TOTAL", "2023-11", "level", "CNY", 3.7e12),
        ("$515 billion", "T", "WLD", "TOTAL", "2023-11", "level", "USD", 515e9),
        ("1.2%", "T", "WLD", "TOTAL", "2023-11", "growth_yoy", "%", 1.2),
        ("3.54 trillion yuan", "T", "WLD", "TOTAL", "2023-10", "level", "CNY", 3.54e12),
        ("$486 billion", "T", "WLD", "TOTAL", "2023-10", "level", "USD", 486e9),
        ("28.33 trillion yuan", "T", "WLD", "TOTAL", NINE_MONTHS, "level", "CNY", 28.33e12),
        ("$4.4 trillion", "T", "WLD", "TOTAL", NINE_MONTHS, "level", "USD", 4.4e12),
        ("22.7%", "T", "WLD", "TOTAL", NINE_MONTHS, "growth_yoy", "%", 22.7),
        ("23.4%", "T", "WLD", "TOTAL", NINE_MONTHS, "growth_vs_2019", "%", 23.4),
        ("24.5%", "X", "WLD", "TOTAL", NINE_MONTHS, "growth_vs_2019", "%", 24.5),
        ("22%", "M", "WLD", "TOTAL", NINE_MONTHS, "growth_vs_2019", "%", 22.0),
    ],
    "002": [
        ("$3.4 trillion", "X", "WLD", "TOTAL", ELEVEN_MONTHS, "level", "USD", 3.4e12),
        ("$2.3 trillion", "M", "WLD", "TOTAL", ELEVEN_MONTHS, "level", "USD", 2.3e12),
        ("$1 trillion", "B", "WLD", "TOTAL", ELEVEN_MONTHS, "level", "USD", 1e12),
        ("5.9%", "X", "WLD", "TOTAL", "2025-11", "growth_yoy", "%", 5.9),
        ("1.9%", "M", "WLD", "TOTAL", "2025-11", "growth_yoy", "%", 1.9),
        ("5.4%", "X", "WLD", "high-tech", "2025-11", "growth_gap", "%", 5.4),
        ("6.5 million units", "X", "WLD", "electric-cars", "2025-11", "volume", "n", 6.5e6),
        ("24.7%", "X", "WLD", "integrated-circuits", "2025-11", "growth_yoy", "%", 24.7),
        ("26.8%", "X", "WLD", "ships", "2025-11", "growth_yoy", "%", 26.8),
        ("15%", "X", "EU27", "TOTAL", "2025-11", "growth_yoy", "%", 15.0),
        ("8.2%", "X", "ASEAN", "TOTAL", "2025-11", "growth_yoy", "%", 8.2),
        ("$1 trillion", "X", "WLD", "electronics", "2024", "level", "USD", 1e12),
    ],
    "003": [
        ("5.9 percent", "X", "WLD", "TOTAL", "2025-11", "growth_yoy", "%", 5.9),
        ("three hundred thirty billion dollars", "X", "WLD", "TOTAL", "2025-11", "level", "USD", 330e9),
        ("twenty nine percent", "X", "USA", "TOTAL", "2025-11", "growth_yoy", "%", -29.0),
        ("eighth consecutive month", "X", "USA", "TOTAL", "2025-11", "consecutive", "n", 8.0),
        ("one point zero eight trillion dollars", "B", "WLD", "TOTAL", ELEVEN_MONTHS, "level", "USD", 1.08e12),
        ("one point nine percent", "M", "WLD", "TOTAL", "2025-11", "growth_yoy", "%", 1.9),
        ("one percent", "M", "WLD", "TOTAL", "2025-10", "growth_yoy", "%", 1.0),
    ],
    "004": [
        ("5.9 percent", "X", "WLD", "TOTAL", "2025-11", "growth_yoy", "%", 5.9),
        ("28.6 percent", "X", "USA", "TOTAL", "2025-11", "growth_yoy", "%", -28.6),
        ("$33.8 billion", "X", "USA", "TOTAL", "2025-11", "level", "USD", 33.8e9),
        ("1.9 percent", "M", "WLD", "TOTAL", "2025-11", "growth_yoy", "%", 1.9),
    ],
}
NO_STATISTICS = {"002": ["37%", "60", "70%", "90%", "17%", "35.3%", "10%", "16.5%", "5%"], "004": ["five percent"]}


def story(number: str) -> str:
    found = sorted(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("the development stories (../shared/seeds) are not here")
    return found[0].read_text("utf-8")


@pytest.mark.parametrize("number", READ)
def test_every_trade_number_of_the_stories_is_read_with_its_slots(number):
    found = [
        (c.stated, c.flow, c.partner, c.product, c.period, c.measure, c.unit, c.value)
        for c in claims.read(story(number), date=DATES[number])
        if c.kind == "actual" and c.reporter == "CHN"
    ]
    assert [wanted for wanted in READ[number] if wanted not in found] == []


@pytest.mark.parametrize("number", NO_STATISTICS)
def test_forecasts_duties_and_shares_of_output_are_no_trade_statistics(number):
    kinds = {c.stated: c.kind for c in claims.read(story(number), date=DATES[number])}
    assert [stated for stated in NO_STATISTICS[number] if kinds[stated] == "actual"] == []


@pytest.mark.parametrize("number", DATES)
def test_offsets_cut_the_stated_number(number):
    text = story(number)
    for claim in claims.read(text, date=DATES[number]):
        assert text[claim.start : claim.end] == claim.stated
        assert claim.stated in claim.text
