"""The day of a story is read from its head, never guessed from its numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.claims.datelines import day_of

TODAY = date(2026, 11, 22)
GIVEN = {
    "HANOI, Dec 6 2025 - Exports rose 5 percent in November.": date(2025, 12, 6),
    "BEIJING, December 8, 2025 (AFP) - Exports rose.": date(2025, 12, 8),
    "8 December 2025\nExports rose 5 percent in November.": date(2025, 12, 8),
    "Published: 2025-12-08 10:31\nExports rose 5 percent.": date(2025, 12, 8),
    "Tokyo, 18th June, 2025: Exports fell.": date(2025, 6, 18),
    "BEIJING, Dec. 8 (Reuters) - China's exports rose 5.9% in November.": date(2025, 12, 8),
    "SEOUL, Nov 21 - Exports rose in the first 20 days.": date(2026, 11, 21),
    "WASHINGTON, Feb 29 (AP) - Imports fell.": date(2024, 2, 29),
    "Beijing, 8 December: exports rose 5.9 percent.": date(2025, 12, 8),
    "Bern, 20.11.2025 - Exports rose 5 percent.": date(2025, 11, 20),
    "Posted 25/11/2025, 08:00. Imports fell.": date(2025, 11, 25),
    "Posted 11/25/2025, 8 a.m. Imports fell.": date(2025, 11, 25),
    "Posted 05/12/2025. Imports fell.": None,  # May or December
    "2025/12/05 10:00 Imports fell.": date(2025, 12, 5),
    "Release 1.2.2025.4 of the tables. Imports fell.": None,
    "China's exports rose 5.9% in November from a year earlier.": None,
    "Exports rose 4.2 percent in May 2025.": None,
    "BERLIN, Dec 8, 2027 - Exports rose.": None,  # no story is of a day to come
    "Exports rose 14 percent in the 12 months to June 30. Imports fell.": None,
    "OSLO, Feb 30 2025 - Imports fell.": None,
    "": None,
}


@pytest.mark.parametrize("text", GIVEN)
def test_the_day_that_a_story_gives(text):
    assert day_of(text, TODAY) == GIVEN[text]


@given(st.text(max_size=400))
def test_no_text_breaks_it_and_no_day_is_to_come(text):
    day = day_of(text, TODAY)
    assert day is None or day <= TODAY


@given(st.dates(date(1950, 1, 1), TODAY), st.sampled_from(["%B %d, %Y", "%b %d %Y", "%d %B %Y", "%Y-%m-%d"]))
def test_every_day_is_read_back(day, form):
    assert day_of(f"LIMA, {day.strftime(form)} - Exports rose 5 percent.", TODAY) == day
