"""read(): every number of the five development stories with its slots, and laws that hold for any text."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


# --- language ---------------------------------------------------------------------------------------------------------

SAID = {  # a sentence of a story: (stated, reporter, partner, product, flow, period, measure, value)
    "Exports to the EU, ASEAN and Japan rose 14.8 percent, 8.2 percent and 4.3 percent, respectively.": [
        ("14.8 percent", "CHN", "EU27", "TOTAL", "X", "2025-11", "growth_yoy", 14.8),
        ("8.2 percent", "CHN", "ASEAN", "TOTAL", "X", "2025-11", "growth_yoy", 8.2),
        ("4.3 percent", "CHN", "JPN", "TOTAL", "X", "2025-11", "growth_yoy", 4.3),
    ],
    "Imports and exports were 1.9 trillion yuan and 2.4 trillion yuan, up 1.7 and 5.7 percent respectively.": [
        ("1.9 trillion yuan", "CHN", "WLD", "TOTAL", "M", "2025-11", "level", 1.9e12),
        ("2.4 trillion yuan", "CHN", "WLD", "TOTAL", "X", "2025-11", "level", 2.4e12),
        ("1.7", "CHN", "WLD", "TOTAL", "M", "2025-11", "growth_yoy", 1.7),
        ("5.7 percent", "CHN", "WLD", "TOTAL", "X", "2025-11", "growth_yoy", 5.7),
    ],
    "The trade surplus widened to $111.7 billion from $90.1 billion in October.": [
        ("$111.7 billion", "CHN", "WLD", "TOTAL", "B", "2025-11", "level", 111.7e9),
        ("$90.1 billion", "CHN", "WLD", "TOTAL", "B", "2025-10", "level", 90.1e9),
    ],
    "Exports rose 3% from October and 5.9% from a year earlier.": [
        ("3%", "CHN", "WLD", "TOTAL", "X", "2025-11", "growth_mom", 3.0),
        ("5.9%", "CHN", "WLD", "TOTAL", "X", "2025-11", "growth_yoy", 5.9),
    ],
    "Exports to the US fell 28.6% while those to Africa jumped 27.6%.": [
        ("28.6%", "CHN", "USA", "TOTAL", "X", "2025-11", "growth_yoy", -28.6),
        ("27.6%", "CHN", "AFR", "TOTAL", "X", "2025-11", "growth_yoy", 27.6),
    ],
    "Rare earth exports reached 5,494 tonnes, up 26.5% month on month.": [
        ("5,494 tonnes", "CHN", "WLD", "rare-earths", "X", "2025-11", "volume", 5494.0),
        ("26.5%", "CHN", "WLD", "rare-earths", "X", "2025-11", "growth_mom", 26.5),
    ],
    "ASEAN accounted for 16.6% of the country's total trade, up 0.8 percentage points.": [
        ("16.6%", "CHN", "ASEAN", "TOTAL", "T", "2025-11", "share", 16.6),
        ("0.8 percentage points", "CHN", "ASEAN", "TOTAL", "T", "2025-11", "share_change", 0.8),
    ],
}
OTHER_OFFICES = {  # (sentence, day): the same
    (
        "The U.S. goods and services deficit was $52.8 billion in September, down $6.4 billion from August.",
        "2025-12-11",
    ): [
        ("$52.8 billion", "USA", "WLD", "TOTAL", "B", "2025-09", "level", -52.8e9),
        ("$6.4 billion", "USA", "WLD", "TOTAL", "B", "2025-09", "change_amount", -6.4e9),
    ],
    ("India's exports in April-October this fiscal rose 0.63 per cent to USD 254.25 billion.", "2025-11-17"): [
        ("0.63 per cent", "IND", "WLD", "TOTAL", "X", "2025-04/2025-10", "growth_yoy", 0.63),
        ("USD 254.25 billion", "IND", "WLD", "TOTAL", "X", "2025-04/2025-10", "level", 254.25e9),
    ],
    ("Japan logged a trade deficit of 231.8 billion yen ($1.5 billion) last month.", "2025-11-21"): [
        ("231.8 billion yen", "JPN", "WLD", "TOTAL", "B", "2025-10", "level", -231.8e9),
        ("$1.5 billion", "JPN", "WLD", "TOTAL", "B", "2025-10", "level", -1.5e9),
    ],
    (
        "German exports rose 0.1% in October on the previous month and 4.2% on the same month a year earlier.",
        "2025-12-09",
    ): [
        ("0.1%", "DEU", "WLD", "TOTAL", "X", "2025-10", "growth_mom", 0.1),
        ("4.2%", "DEU", "WLD", "TOTAL", "X", "2025-10", "growth_yoy", 4.2),
    ],
    ("Vietnam's 11-month exports rose 16.1% to $430.14 billion and imports 18.4% to $409.61 billion.", "2025-12-06"): [
        ("16.1%", "VNM", "WLD", "TOTAL", "X", "2025-01/2025-11", "growth_yoy", 16.1),
        ("$430.14 billion", "VNM", "WLD", "TOTAL", "X", "2025-01/2025-11", "level", 430.14e9),
        ("18.4%", "VNM", "WLD", "TOTAL", "M", "2025-01/2025-11", "growth_yoy", 18.4),
        ("$409.61 billion", "VNM", "WLD", "TOTAL", "M", "2025-01/2025-11", "level", 409.61e9),
    ],
    ("South Korea's exports of chips rose 38.6 percent on-year to $17.26 billion in November.", "2025-12-01"): [
        ("38.6 percent", "KOR", "WLD", "integrated-circuits", "X", "2025-11", "growth_yoy", 38.6),
        ("$17.26 billion", "KOR", "WLD", "integrated-circuits", "X", "2025-11", "level", 17.26e9),
    ],
    ("Brazil's exports to China jumped 41% to $8.3 billion in November over the same month in 2024.", "2025-12-04"): [
        ("41%", "BRA", "CHN", "TOTAL", "X", "2025-11", "growth_yoy", 41.0),
        ("$8.3 billion", "BRA", "CHN", "TOTAL", "X", "2025-11", "level", 8.3e9),
    ],
}
OPENS = "China's trade data for November are out. "


def said(text, day="2025-12-09"):
    return [
        (c.stated, c.reporter, c.partner, c.product, c.flow, c.period, c.measure, pytest.approx(c.value))
        for c in claims.read(text, date=day)
        if c.kind == "actual"
    ]


@pytest.mark.parametrize("sentence", SAID)
def test_turns_of_phrase(sentence):
    assert said(OPENS + sentence) == SAID[sentence]


@pytest.mark.parametrize("story_and_day", OTHER_OFFICES, ids=lambda pair: pair[0][:40])
def test_stories_of_other_offices(story_and_day):
    assert said(*story_and_day) == OTHER_OFFICES[story_and_day]


# --- laws -------------------------------------------------------------------------------------------------------------

PRINTED = {
    "%": ("{}%", "{} percent", "{} per cent", "{} pct"),
    "USD": ("${} billion", "US${} billion", "{} billion U.S. dollars", "USD {} billion", "${}bn"),
    "CNY": ("{} billion yuan", "RMB {} billion", "CNY {} billion"),
    "EUR": ("€{} billion", "EUR {} billion", "{} billion euros"),
}


@settings(deadline=None, max_examples=60)
@given(
    value=st.decimals(min_value="1.1", max_value="999.9", places=1),
    unit=st.sampled_from(list(PRINTED)),
    forms=st.tuples(st.integers(0, 4), st.integers(0, 4)),
)
def test_a_claim_printed_in_another_form_is_the_same_claim(value, unit, forms):
    texts = [PRINTED[unit][form % len(PRINTED[unit])].format(value) for form in forms]
    read = [claims.read(f"China's exports rose by {text} in November 2025.", date="2025-12-09") for text in texts]
    one, other = ([(c.value, c.rounding_half_width, c.unit, c.flow, c.period, c.measure) for c in r] for r in read)
    assert one == other
    assert len(one) == 1


PARTS = (
    *(
        "exports",
        "imports",
        "trade surplus",
        "rose",
        "fell",
        "to",
        "from",
        "in",
        "the",
        "of",
        "and",
        ",",
        ".",
        ";",
        "(",
    ),
    *(
        ")",
        "%",
        "$",
        "5.9",
        "330",
        "billion",
        "yuan",
        "percent",
        "November",
        "2025",
        "China",
        "US",
        "EU",
        "respectively",
    ),
    *(
        "up",
        "down",
        "a year earlier",
        "January",
        "-",
        "11",
        "months",
        "first",
        "after",
        "record",
        "中国",
        "٣",
        "\n",
        "€",
    ),
)
WORDS = st.sampled_from(PARTS)


@settings(deadline=None, max_examples=150)
@given(text=st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=200))
def test_any_text_is_read_and_offsets_cut_it(text):
    for claim in claims.read(text, date="2025-12-09"):
        assert text[claim.start : claim.end] == claim.stated
        assert claim.rounding_half_width >= 0


HOSTILE = {
    "digits": "9" * 60_000,
    "lists": "5.9%, " * 10_000,
    "brackets": "(" * 30_000 + ")" * 30_000,
    "no spaces": "exportsrose5.9%" * 4_000,
    "ranges": "from 5% to 6% " * 4_000,
    "acronyms": "U.S." * 15_000,
    "months": "January-" * 8_000,
    "scripts": "出口rose٣٤٥Экспорт5.9％ " * 3_000,
    "spelled": "one point two hundred and " * 2_500,
    "lines": "- \n" * 20_000,
    "plain words": "the market of the people was told of a large number of trucks on the road " * 800,
    "raised digits": "No. ² of FY²² in #³ place, Exports rose ² %. " * 800,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_in_proportion_to_its_length(name):
    text = HOSTILE[name]
    half = text[: len(text) // 2]
    claims.read(half[:500], date="2025-12-09")

    def cost(some):
        begin = time.process_time()
        claims.read(some, date="2025-12-09")
        return time.process_time() - begin

    shorter = min(cost(half) for _ in range(2))
    assert cost(text) < 4 * shorter + 0.3


def test_reading_needs_only_the_standard_library():
    code = "import sys, entrepot.claims as c; c.read('Exports rose 5.9%.', date='2025-12-09'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pandas", "numpy", "duckdb", "narwhals", "pyarrow"} & set(loaded)
