"""Which reader of dates is asked at which word."""

from datetime import date as Day

from entrepot.claims import dates
from entrepot.claims.spans import Calendar
from entrepot.claims.words import tokens

TAILS = (
    *("same period of 2024", "first week of May", "the start of 2025", "January to November 2025", "2 months"),
    *("fiscal year", "quarter of 2025", "half", "1 2026", "month period", "year later", "years to 2023", "months ago"),
    *("year", "month", "to May", "after fell", "/25 fiscal year", "months of 2025", "straight months", "11 months"),
)


def asked(low: str) -> tuple[object, ...]:
    if low.isdigit():
        return dates._OF_COUNTS if len(low) < 3 else dates._OF_YEARS if len(low) == 4 else ()
    return dates._OF_WORDS[low]


def test_no_reader_of_dates_finds_one_at_a_word_at_which_it_is_not_asked():
    calendar = Calendar(Day(2025, 12, 9), "CHN")
    for low in sorted(dates._STARTS - {"/"}) + ["2024", "1", "5", "12", "250", "20251"]:
        for tail in TAILS:
            for text in (f"in the {low} {tail}", f"rose in {low} {tail}"):
                words = tokens(text, 0, len(text))
                line = dates.Line(words, [w.low for w in words], calendar)
                for reader in dates._READERS:
                    if reader not in asked(words[2].low):
                        assert reader(line, 2) is None, (text, reader.__name__)
