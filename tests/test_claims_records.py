"""Records, firsts and runs as papers tell them: what is a record, of what, and since when."""

import pytest

from entrepot.claims import read

DAY = "2025-12-08"
CHILE = "SANTIAGO - Chile's exports rose 7.1 percent to $9.1 billion in November, the central bank said. "
INDIA = "NEW DELHI - India's trade deficit came to $24.5 billion in November, the commerce ministry said. "
KOREA = "SEOUL - South Korea's exports rose 8.4 percent to $61 billion in November, the ministry said. "


def told(head, sentence, measure="first_or_record"):
    """What is told, of which flow, and of what, of every record (or run) of a sentence."""
    found = read(head + sentence, date=DAY)
    return [(c.stated, c.flow, c.against) for c in found if c.measure == measure and c.start >= len(head)]


RECORDS = [
    (CHILE, "Imports were the highest ever.", ("highest ever", "M", "max level ever")),
    (CHILE, "Copper exports climbed to $5 billion, a record.", ("record", "X", "max level ever")),
    (CHILE, "At $9.1 billion, exports set a new record for November.",
     ("new record for November", "X", "max level+same ever")),
    (CHILE, "Exports hit an all-time high.", ("all-time high", "X", "max level ever")),
    (CHILE, "Imports slid to their lowest level in more than three years.",
     ("lowest level in more than three years", "M", "min level ~2022-11")),
    (CHILE, "The surplus was the largest for any November.",
     ("largest for any November", "B", "max surplus+same ever")),
    (CHILE, "Imports were the weakest since records began in 1990.",
     ("weakest since records began in 1990", "M", "min level ever")),
    (CHILE, "Imports rose 12 percent, the fastest pace since March 2022.",
     ("fastest pace since March 2022", "M", "max growth 2022-03")),
    (CHILE, "Exports of wine fell the most in two years.", ("most in two years", "X", "min growth ~2023-11")),
    (CHILE, "Fruit exports were the third highest on record.",
     ("third highest on record", "X", "max level ever")),
    (CHILE, "Salmon exports of $620 million beat the previous record.", ("previous record", "X", "max level ever")),
    (CHILE, "It was the thinnest month for imports since March 2022.",
     ("thinnest month for imports since March 2022", "M", "min level 2022-03")),
    (CHILE, "It was the busiest month for exports since May 2014.",
     ("busiest month for exports since May 2014", "X", "max level 2014-05")),
    (CHILE, "Imports dropped 1.2 percent, the mildest decline in eleven months.",
     ("mildest decline in eleven months", "M", "max growth ~2024-12")),
    (CHILE, "Never before has the country had a larger surplus.", ("Never before", "B", "")),
    (CHILE, "It has never posted a larger surplus.", ("never posted a larger", "B", "max surplus ever")),
    (CHILE, "Exports have not been so low since June.", ("so low", "X", "min level 2025-06")),
    (CHILE, "Exports to China were higher than ever.", ("than ever", "X", "max level ever")),
    (CHILE, "Imports hit a 14-month high of $7.6 billion.", ("14-month high", "M", "max level ~2024-09")),
    (INDIA, "It was the country's worst deficit on record.", ("worst deficit on record", "B", "max deficit ever")),
    (INDIA, "The deficit was the narrowest in five months.", ("narrowest in five months", "B", "min deficit ~2025-06")),
    (INDIA, "Gold imports soared to their highest so far this year.",
     ("highest so far this year", "M", "max level 2024-12")),
    (INDIA, "Exports to America were the lowest since at least 2012.",
     ("lowest since at least 2012", "X", "min level ever")),
    (INDIA, "Oil imports had their best month since the pandemic.", ("best month since the pandemic", "M", "")),
]  # fmt: skip


@pytest.mark.parametrize(("head", "sentence", "expected"), RECORDS)
def test_a_record_knows_its_end_its_series_and_since_when(head, sentence, expected):
    assert told(head, sentence) == [expected]


FIRSTS = [
    (KOREA, "Imports grew for the first time in four months.",
     ("first time in four months", "M", ">0 growth ~2025-07")),
    (KOREA, "Shipments to Japan fell 2 percent, their first decline since May.",
     ("first decline since May", "X", "<0 growth 2025-05")),
    (KOREA, "Car exports rose 3 percent, the first gain after six months of falls.",
     ("first gain", "X", ">0 growth ~2025-04")),
    (KOREA, "Steel exports were up 4 percent, the first rise in 20 months.",
     ("first rise in 20 months", "X", ">0 growth ~2024-03")),
    (KOREA, "The trade balance was in the red for the first time in two years.",
     ("first time in two years", "B", "<0 level ~2023-11")),
    (KOREA, "It was the country's first trade deficit since January 2024.",
     ("first trade deficit since January 2024", "B", "<0 level 2024-01")),
    (KOREA, "Imports posted their first monthly fall since March.", ("first monthly fall since March", "M", "")),
    (KOREA, "Exports passed $60 billion for the first time.", ("first time", "X", ">6e+10 level ever")),
    (KOREA, "Imports fell by 4 percent for the first time.", ("first time", "M", "")),
]  # fmt: skip


@pytest.mark.parametrize(("head", "sentence", "expected"), FIRSTS)
def test_a_first_knows_which_way_and_since_when(head, sentence, expected):
    assert told(head, sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "Exports of copper came to a record $5 billion.",
        "Record exports of fruit helped.",
        "The minister said on the record that exports would recover.",
        "Exports in the first half were stronger.",
        "Most exports went to China.",
        "Chile is the world's largest exporter of copper.",
        "The peso slid to a record low.",
    ],
)
def test_what_only_describes_an_amount_or_is_no_trade_is_no_record(sentence):
    assert told(CHILE, sentence) == []


def test_what_would_be_a_record_is_a_forecast():
    text = CHILE + "Exports are expected to reach a record high in December."
    assert {c.kind for c in read(text, date=DAY) if c.measure == "first_or_record"} <= {"forecast"}


RUNS = [
    ("It was the 15th straight month in the black.", ("15th straight month", "B", ">0 level", 15)),
    ("Exports have now exceeded imports for 79 straight months.", ("79 straight months", "B", ">0 level", 79)),
    ("Exports have been smaller than imports for two consecutive years.",
     ("two consecutive years", "B", "<0 level", 2)),
    ("It was the third month in which imports fell.", ("third month", "M", "<0", 3)),
    ("Exports have grown for 36 months.", ("36 months", "X", ">0", 36)),
    ("Imports fell 2 percent, the second annual drop in succession.",
     ("second annual drop in succession", "M", "<0", 2)),
    ("Against Germany, Korea had its 12th consecutive month in the red.",
     ("12th consecutive month", "B", "<0 level", 12)),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), RUNS)
def test_a_run_knows_what_it_is_of(sentence, expected):
    found = [c for c in read(KOREA + sentence, date=DAY) if c.measure == "consecutive"]
    assert [(c.stated, c.flow, c.against, c.value) for c in found] == [expected]


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("That ended a losing streak of 19 straight months.", 19),
        ("Exports to China rose, snapping four months of falls.", 4),
        ("The streak of 14 consecutive monthly falls came to an end.", 14),
    ],
)
def test_a_run_that_ended_is_of_the_month_before(sentence, count):
    (run,) = (c for c in read(KOREA + sentence, date=DAY) if c.measure == "consecutive")
    assert (run.value, run.period) == (count, "2025-10")


def test_a_rank_that_has_been_held_for_years_is_a_run_of_who_holds_it():
    text = "China's trade rose 3.6 percent in 2024. ASEAN remained its largest partner for the fifth year in a row."
    (run,) = (c for c in read(text, date="2025-01-14") if c.measure == "consecutive")
    assert (run.partner, run.flow, run.value, run.period) == ("ASEAN", "T", 5, "2024")


def test_a_list_tells_records_of_its_partners():
    text = "U.S. beef exports fell 4 percent in June. Japan took more, Taiwan the third largest amount on record."
    (record,) = (c for c in read(text, date="2024-08-08") if c.measure == "first_or_record")
    assert (record.partner, record.value) == ("TWN", 3)


MORE = [
    (CHILE, "Not since June have exports fallen like that.", ("Not since June", "X", "")),
    (CHILE, "No November has ever seen more exports.", ("ever seen more", "X", "max level ever")),
    (CHILE, "Imports were the second highest for any calendar year.",
     ("second highest for any calendar year", "M", "max level ever")),
    (CHILE, "It imported the most wheat ever in November.", ("most wheat ever", "M", "max level ever")),
    (INDIA, "India had a surplus of $2 billion in its trade with Oman, the highest ever.",
     ("highest ever", "B", "max surplus ever")),
    (INDIA, "Imports reached $62.7 billion, a monthly high.", ("monthly high", "M", "max level ever")),
    (INDIA, "Exports rose the most in almost a year and a half.",
     ("most in almost a year and a half", "X", "max growth ~2024-05")),
    (INDIA, "Imports fell to a three-and-a-half-year low.",
     ("three-and-a-half-year low", "M", "min level ~2022-05")),
    (INDIA, "Exports surged past $39 billion, an all-time monthly high.",
     ("all-time monthly high", "X", "max level ever")),
    (INDIA, "Gold imports of $5 billion were the largest of any month this year.",
     ("largest of any month this year", "M", "max level 2024-12")),
    (INDIA, "The $24.5 billion is a new high.", ("new high", "B", "max deficit ever")),
]  # fmt: skip


@pytest.mark.parametrize(("head", "sentence", "expected"), MORE)
def test_records_told_in_rarer_words(head, sentence, expected):
    assert told(head, sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The deficit with Iraq was among the largest ever recorded.",
        "The second largest deficit so far this year was with Iraq.",
    ],
)
def test_one_of_several_and_a_place_among_partners_are_no_records(sentence):
    assert told(INDIA, sentence) == []


def test_a_run_is_of_the_goods_of_the_number_beside_it_read_again():
    text = (
        "TAIPEI - Taiwan's exports rose 18.8 percent in April. Electronic components earned $17.2 billion, 27.5 "
        "percent more than last year. Their exports have grown for 36 months and made up 41.5 percent of the total."
    )
    run = next(c for c in read(text, date="2022-05-09") if c.measure == "consecutive")
    assert (run.product, run.flow, run.value) == ("electronic-components", "X", 36)


def test_the_highest_so_far_this_year_is_of_a_month():
    (level, record) = (c for c in read(f"{KOREA}Imports came to $51 billion, the highest so far this year.", date=DAY)
                       if c.flow == "M")  # fmt: skip
    assert (level.period, record.period) == ("2025-11", "2025-11")
