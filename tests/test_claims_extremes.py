"""Records and firsts against a series: a true one stands, a beaten one fails and says who beats it."""

import pytest
from conftest import FACT
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import periods, verdicts

NOW, DAY = "2025-11", "2025-12-09"


def series(values, flow="X", *, last=NOW, step=1, **slots):
    """Rows of a series of levels [billion USD] that ends in a period, each public nine days after its month."""
    rows = []
    for back, value in enumerate(reversed(values)):
        if value is None:
            continue
        period = periods.later(last, -back * step)
        released = f"{periods.later(period, 1)}-08"
        rows.append(FACT | {"flow": flow, "period": period, "value": value * 1e9, "released": released} | slots)
    return rows


def rates(*growths, last=NOW, **slots):
    """Rows of growth rates of months in a row [percent]."""
    held = series([1.0] * len(growths), last=last, value=None, reporter="KOR", **slots)
    return [row | {"growth": growth / 100} for row, growth in zip(reversed(held), growths, strict=True)]


def judged(text, rows, day=DAY, measure="first_or_record"):
    """Verdict on the record (or run) of a story."""
    story = verdicts.check(text, rows, date=day)
    (found,) = (v for c in story.claims if c.measure == measure for v in story.verdicts if v.claim == c.id)
    return found


PAST = st.lists(st.integers(50, 90), min_size=125, max_size=140)


@settings(max_examples=25)
@given(past=PAST)
def test_a_record_that_nothing_held_beats_stands_and_says_from_when_to_when(past):
    found = judged("Korea's exports in November reached a record high.", series([*past, 100], reporter="KOR"))
    assert (found.label, found.path, found.found) == ("holds", "official", 100e9)
    assert f"of the {len(past) + 1} months held" in found.why and "November 2025" in found.why


@settings(max_examples=25)
@given(past=PAST, back=st.integers(1, 120))
def test_a_record_that_is_beaten_fails_and_names_who_beats_it_with_its_value_and_source(past, back):
    past[-back] = 115
    found = judged("Korea's exports in November reached a record high.", series([*past, 100], reporter="KOR"))
    assert found.label == "fails" and found.found == 115e9
    then = periods.in_words(periods.later(NOW, -back), "month")
    assert f"{then} had 115 billion USD (gacc, " in found.why


@settings(max_examples=25)
@given(past=PAST, back=st.integers(1, 115))
def test_a_month_that_is_missing_leaves_a_record_open(past, back):
    past[-back] = None
    found = judged("Korea's exports in November reached a record high.", series([*past, 100], reporter="KOR"))
    assert found.label == "cannot tell"
    assert f"{periods.in_words(periods.later(NOW, -back), 'month')}" in found.why and "not held" in found.why


def test_a_record_that_nothing_is_compared_with_is_left_open():
    text = "Korea's exports in the first eleven months of 2025 came to $100 billion, the highest this year."
    assert judged(text, series([60, 100], step=12, reporter="KOR", span="ytd")).label == "cannot tell"


def test_a_short_history_is_no_ground_for_a_record_ever():
    found = judged("Korea's exports in November reached a record high.", series([60] * 30 + [100], reporter="KOR"))
    assert found.label == "cannot tell" and "of the 31 months held, May 2023 to November 2025" in found.why


@pytest.mark.parametrize("rival", [100.5, 101.0, 103.0])
def test_what_a_revision_may_turn_round_leaves_a_record_open(rival):
    rows = series([60] * 125 + [rival, 60, 100], reporter="KOR", half_width=5e8)
    assert judged("Korea's exports in November reached a record high.", rows).label == "cannot tell"


def test_later_copies_deny_a_record_only_from_farther_off():
    for rival, label in ((107, "cannot tell"), (120, "fails")):
        rows = series([60] * 125 + [rival, 60, 100], reporter="KOR")
        rows = [row | {"released": "2026-08-21", "released_basis": "first seen"} for row in rows]
        assert judged("Korea's exports in November reached a record high.", rows).label == label


SINCE = [
    ("the highest since June", [120, 80, 90, 70, 60, 100], "holds"),
    ("the highest since June", [120, 80, 115, 70, 60, 100], "fails"),
    ("the highest in five months", [120, 80, 90, 70, 60, 100], "holds"),
    ("the highest in five months", [120, 125, 90, 70, 60, 100], "cannot tell"),  # four or five, as one counts
    ("the highest in five months", [120, 80, 90, 70, 130, 100], "fails"),
    ("the lowest since June", [50, 80, 90, 70, 60, 55], "holds"),
    ("the lowest since June", [50, 80, 40, 70, 60, 55], "fails"),
    ("the highest since June", [120, 80, None, 70, 60, 100], "cannot tell"),
    ("the second highest since June", [120, 80, 130, 70, 60, 100], "holds"),
    ("the second highest since June", [120, 80, 130, 140, 60, 100], "fails"),
    ("a five-month high", [120, 80, 90, 70, 60, 100], "holds"),
    ("the highest so far this year", [90, 80, 90, 70, 60, 70, 80, 70, 60, 70, 100], "holds"),
]


@pytest.mark.parametrize(("words", "values", "label"), SINCE)
def test_a_record_is_scanned_back_to_when_the_words_say(words, values, label):
    text = f"Korea's exports in November came to ${values[-1]} billion, {words}."
    assert judged(text, series(values, reporter="KOR")).label == label


BALANCES = [
    ("deficit", "largest", [-12, -8, -9, -7, -6, -10], "holds"),
    ("deficit", "largest", [-12, -8, -9, -14, -6, -10], "fails"),
    ("deficit", "smallest", [-2, -8, -9, -7, -6, -4], "holds"),
    ("deficit", "smallest", [-2, -8, -3, -7, -6, -4], "fails"),
    ("deficit", "smallest", [-2, -8, 3, -7, -6, -4], "holds"),  # a surplus is no deficit
    ("surplus", "largest", [12, 8, 9, 7, 6, 10], "holds"),
    ("surplus", "smallest", [2, 8, 9, 3, 6, 4], "fails"),
]


@pytest.mark.parametrize(("side", "end", "values", "label"), BALANCES)
def test_the_largest_deficit_is_the_lowest_balance(side, end, values, label):
    text = f"Korea's trade {side} in November came to ${abs(values[-1])} billion, the {end} since June."
    assert judged(text, series(values, "B", reporter="KOR")).label == label


def test_months_of_one_name_are_compared_with_one_another_only():
    november = [*range(60, 72)]
    rows = series([value for value in november for _ in range(12)][:-11], reporter="KOR")
    rows += []
    august = [row | {"value": 200e9} for row in rows if row["period"].endswith("-08")]
    rows = [row for row in rows if not row["period"].endswith("-08")] + august
    text = "Korea's exports in November came to $71 billion, {}."
    assert judged(text.format("the highest for any November"), rows).label == "holds"
    assert judged(text.format("the highest on record"), rows).label == "fails"


def test_years_and_years_to_date_are_compared_with_those_before():
    years = series([50, 55, 52, 60, 70, 65, 72, 80, 82, 85, 90], last="2024-12", step=12, reporter="KOR", span="year")
    years = [row | {"period": row["period"][:4]} for row in years]
    text = "Korea's exports in 2024 came to $90 billion, {}."
    assert judged(text.format("a record"), years, "2025-01-10").label == "holds"
    assert judged(text.format("the lowest since 2020"), years, "2025-01-10").label == "fails"
    so_far = series([50, 55, 52, 60, 70, 65, 72, 80, 82, 85, 90], step=12, reporter="KOR", span="ytd")
    text = "Korea's exports came to $90 billion in the first eleven months of 2025, {}."
    assert judged(text.format("a record for the period"), so_far).label == "holds"


MARKS = [
    ([50] * 124 + [70, 101], "holds"),
    ([50] * 124 + [99.8, 101], "holds"),  # not passed before, however near
    ([50] * 124 + [108, 101], "fails"),
    ([50] * 124 + [101, 101], "cannot tell"),  # passed by less than a revision may take away
    ([50] * 20 + [70, 101], "cannot tell"),  # too short a history
    ([50] * 124 + [70, 98], "cannot tell"),  # not passed now: the verdict on the amount says so
]


@pytest.mark.parametrize(("values", "label"), MARKS)
def test_a_mark_passed_for_the_first_time_is_one_that_nothing_before_passed(values, label):
    text = "Korea's exports topped $100 billion for the first time in November."
    assert judged(text, series(values, reporter="KOR")).label == label


def test_the_year_so_far_passes_a_mark_for_the_first_time_where_no_whole_year_had():
    years = series([50, 55, 52, 60, 70, 65, 72, 80, 82, 85, 90], last="2024-12", step=12, reporter="KOR", span="year")
    years = [row | {"period": row["period"][:4]} for row in years]
    so_far = series([80, 104], step=12, reporter="KOR", span="ytd")
    text = "In the first eleven months of 2025 Korea's exports topped $100 billion for the first time."
    assert judged(text, [*years, *so_far]).label == "holds"
    years[0] |= {"value": 112e9}
    assert judged(text, [*years, *so_far]).label == "fails"


GROWTH = [
    ("grew 2% in November, the first rise in four months", (5, -1, -2, -3, 2), "holds"),
    ("grew 2% in November, the first rise since July", (5, -1, -2, -3, 2), "holds"),
    ("grew 2% in November, the first rise since July", (5, -1, 9, -3, 2), "fails"),
    ("grew 2% in November, the first rise since July", (5, -1, 0.3, -3, 2), "cannot tell"),
    ("fell 2% in November for the first time in four months", (-5, 1, 2, 3, -2), "holds"),
    ("fell 2% in November for the first time in four months", (-5, 1, 2, 3, 2), "cannot tell"),  # it rose
    ("grew 9% in November, the fastest pace since July", (12, 1, 2, 3, 9), "holds"),
    ("grew 9% in November, the fastest pace since July", (12, 1, 14, 3, 9), "fails"),
    ("fell 9% in November, the steepest drop since July", (-12, 1, -2, 3, -9), "holds"),
    ("fell 9% in November, the most since July", (-12, 1, -14, 3, -9), "fails"),
]


@pytest.mark.parametrize(("words", "growths", "label"), GROWTH)
def test_growth_is_a_record_or_a_first_among_printed_rates(words, growths, label):
    assert judged(f"Korea's exports {words}.", rates(*growths)).label == label


def test_a_record_may_be_one_in_the_money_that_the_story_names_alone():
    dollars = series([60] * 124 + [120, 100])
    weak = [6 if row["value"] == 120e9 else 7.5 for row in dollars]  # yuan a dollar
    yuan = [row | {"currency": "CNY", "value": row["value"] * rate} for row, rate in zip(dollars, weak, strict=True)]
    told = "China's exports in November came to {}, a record."
    assert judged(told.format("$100 billion"), [*dollars, *yuan]).label == "fails"
    assert judged(told.format("750 billion yuan"), [*dollars, *yuan]).label == "holds"
    assert judged("China's exports in November were a record.", [*dollars, *yuan]).label == "holds"
    assert judged(told.format("750 billion yuan"), dollars).label == "cannot tell"


def test_figures_that_are_not_adjusted_decide_no_record_where_stories_tell_adjusted_ones():
    rows = series([60] * 124 + [120, 100], reporter="USA", released="2026-08-21", released_basis="first seen")
    found = judged("U.S. goods exports in November came to $100 billion, a record.", rows)
    assert found.label == "cannot tell" and "unadjusted" in found.why


def test_a_record_that_no_number_of_its_sentence_bears_out_was_read_amiss():
    rows = series([60] * 124 + [120, 100], reporter="KOR")
    assert judged("Korea's exports in November came to $30 billion, a record.", rows).label == "cannot tell"


@pytest.mark.parametrize(
    "words",
    [
        "a record since the crisis of the region",
        "among the largest ever",
        "the highest since June 2026",
        "the highest in years",
    ],
)
def test_words_that_name_no_time_are_not_judged(words):
    text = f"Korea's exports in November came to $100 billion, {words}."
    story = verdicts.check(text, series([60] * 124 + [120, 100], reporter="KOR"), date=DAY)
    assert [v.label for v in story.verdicts][1:] in ([], ["cannot tell"])


def test_a_run_that_is_shorter_says_what_broke_it():
    text = "Korea's exports grew 2% in November, the fourth straight month of growth."
    found = judged(text, rates(4, 3, -2, 5, 2), measure="consecutive")
    assert found.label == "fails" and "September 2025 had -2.0 %" in found.why
    found = judged(text, rates(-4, 3, 2, 5, 2), measure="consecutive")
    assert found.label == "holds" and "from August 2025 on" in found.why and "July 2025 had -4.0 %" in found.why


CHINA = [
    ("2025-01-14", "China's trade surplus came to $104.8 billion in December, the largest ever.", "holds", "July 2022"),
    ("2014-09-08", "China's trade surplus in August reached $49.8 billion, a new record.", "holds", "July 2014"),
    ("2025-12-08", "China's exports came to $330.4 billion in November, the highest for any November.", "holds",
     "November 2021"),
    ("2025-11-07", "China's exports fell 1.1% in October, the first decline since February.", "holds", "March 2025"),
    ("2025-12-08", "China's exports rose 5.9% in November, the fastest pace since January 2024.", "fails",
     "September 2025 had +8.3 %"),
    ("2025-01-14", "China's exports came to $335.6 billion in December, the highest ever.", "cannot tell",
     "December 2021"),
]  # fmt: skip
AMERICA = [
    ("2025-02-06", "The U.S. goods deficit with Viet Nam came to $123.5 billion in 2024, a record.", "holds", "2022"),
    ("2025-02-06", "The U.S. goods deficit with China came to $295.4 billion in 2024, a record.", "fails",
     "2022 had a deficit of 382.3 billion USD"),
    ("2024-02-07", "U.S. imports from China fell to $427 billion in 2023, the lowest since 2014.", "holds", "2020"),
    ("2022-12-06", "The U.S. trade deficit widened to $78.2 billion in October, a four-month high.", "cannot tell",
     "unadjusted"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "label", "says"), [*CHINA, *AMERICA])
def test_records_of_china_and_the_united_states_against_what_is_held(day, text, label, says):
    found = judged(text, None, day)
    assert found.label == label and says in found.why, found.why
