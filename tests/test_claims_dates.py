"""Which reader of dates is asked at which word."""

from datetime import date as Day

from entrepot.claims import dates
from entrepot.claims.spans import Calendar
from entrepot.claims.words import tokens


def test_no_reader_of_dates_finds_one_at_a_word_at_which_it_is_not_asked():
    calendar = Calendar(Day(2025, 12, 9), "CHN")
    tails = ("same period of 2024", "first week of May", "the start of 2025", "January to November 2025", "2 months")
    for low in sorted(dates._NAMING) + ["2024", "5"]:
        for tail in tails:
            text = f"in the {low} {tail}"
            words = tokens(text, 0, len(text))
            line = dates.Line(words, [w.low for w in words], calendar)
            for reader in dates._BEGINS:
                if low not in dates._BEGINS[reader]:
                    assert reader(line, 2) is None, (low, tail, reader.__name__)
