"""What a percentage is: of a value or a weight, a share or growth, on which base, and with which sign."""

import pytest

from entrepot.claims import read

CHINA = "BEIJING - China's exports rose 7.2 percent in July from a year earlier, customs data showed. "
JAPAN = "TOKYO - Japan's exports fell 2.6 percent in July from a year earlier, the finance ministry said. "
GERMANY = "BERLIN - German exports rose 0.8 percent in June from May, the statistics office said. "


def taken(head, sentence, stated):
    """The claim of a sentence that states something."""
    return next(c for c in read(head + sentence, date="2025-08-20") if c.stated == stated and c.start >= len(head))


@pytest.mark.parametrize(
    ("head", "sentence", "stated"),
    [
        (CHINA, "Imports of soybeans dropped by 14.7 percent or 1.3 million tons.", "14.7 percent"),
        (CHINA, "Copper imports fell 9.6 percent. China bought 480,000 tonnes.", "9.6 percent"),
        (CHINA, "Iron ore imports climbed 1.8 percent, while coal imports shrank to 35.6 million tons.", "1.8 percent"),
        (CHINA, "Soybean imports jumped 18.5 percent, with 11.67 million tons shipped in.", "18.5 percent"),
        (CHINA, "The volume of crude oil imports rose 11.5 percent while their value fell 8 percent.", "11.5 percent"),
        (JAPAN, "By volume, beef imports increased 17 percent.", "17 percent"),
        (JAPAN, "On a volume basis, shipments to the United States increased 1.9 percent.", "1.9 percent"),
    ],
)
def test_growth_of_what_is_weighed_is_that_of_its_weight(head, sentence, stated):
    assert taken(head, sentence, stated).measure == "volume_growth_yoy"


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("Imports of crude oil fell 16.6 percent to 785 billion yen.", "16.6 percent"),
        ("Coal imports fell 3 percent. Japan paid 400 billion yen for 15 million tonnes of coal.", "3 percent"),
        ("The volume of coal imports rose 11.5 percent while their value fell 8 percent.", "8 percent"),
    ],
)
def test_growth_of_what_has_a_price_beside_it_is_that_of_its_value(sentence, stated):
    assert taken(JAPAN, sentence, stated).measure == "growth_yoy"


@pytest.mark.parametrize(
    ("sentence", "stated", "value"),
    [
        ("The growth in exports slid to 4.4 percent in August from 7.2 percent.", "4.4 percent", 4.4),
        ("In June, export growth had plunged to 2.9 percent.", "2.9 percent", 2.9),
        ("Import growth fell to a one-year low of 4.5 percent.", "4.5 percent", 4.5),
        ("The drop in imports deepened to 4.5 percent, but that in exports eased to 1 percent.", "1 percent", -1),
        ("Imports fell a more modest 1.1 percent.", "1.1 percent", -1.1),
        ("Exports to Chile fell to $2 billion, down a less dramatic 3 percent.", "3 percent", -3),
    ],
)
def test_a_sign_is_that_of_what_grew_or_shrank(sentence, stated, value):
    assert taken(CHINA, sentence, stated).value == value


@pytest.mark.parametrize(
    ("head", "sentence", "stated", "measure"),
    [
        (JAPAN, "Imports grew 1.9 percent, the second straight monthly gain.", "1.9 percent", "growth_yoy"),
        (JAPAN, "Exports to China slipped 3.5 percent, a fifth consecutive monthly fall.", "3.5 percent", "growth_yoy"),
        (GERMANY, "From January to June, exports were up 0.2 percent.", "0.2 percent", "growth_yoy"),
        (GERMANY, "For the first half, imports gained 4.4 percent.", "4.4 percent", "growth_yoy"),
        (GERMANY, "Imports, too, posted a monthly advance of 1.4 percent.", "1.4 percent", "growth_mom"),
        (GERMANY, "Exports to Italy showed an annual rise of 1.4 percent.", "1.4 percent", "growth_yoy"),
    ],
)
def test_a_run_of_months_and_a_long_period_say_nothing_of_the_month_before(head, sentence, stated, measure):
    assert taken(head, sentence, stated).measure == measure


@pytest.mark.parametrize(
    ("sentence", "stated", "measure"),
    [
        ("China took 19.4 percent of exports and India 7 percent.", "7 percent", "share"),
        ("Thailand had a 4.2 percent share of exports, well above India's 3.1 percent.", "3.1 percent", "share"),
        ("China's share of exports has fallen to less than 6 percent.", "6 percent", "share"),
        ("Thailand, with sales of $2 billion, accounts for 4 percent or $2.1 billion.", "$2.1 billion", "level"),
        ("Cars made up 58 percent of the total, 2.1 percentage points more than a year earlier.",
         "2.1 percentage points", "share_change"),
        ("Exports to Chile grew 13.5 percent, 6.3 percentage points faster than the total.",
         "6.3 percentage points", "growth_gap"),
    ],
)  # fmt: skip
def test_shares_go_on_until_a_verb_tells_growth(sentence, stated, measure):
    assert taken(JAPAN, sentence, stated).measure == measure


@pytest.mark.parametrize(
    ("sentence", "stated", "value"),
    [
        ("The surplus came to $9 billion, more than double the $4 billion of a year earlier.", "double", 2),
        ("The surplus was nearly triple last year's $2.4 billion.", "triple", 3),
        ("The surplus was half the $14.2 billion recorded a year ago.", "half", 0.5),
        ("Exports to Chile were double what they were a year ago.", "double", 2),
    ],
)
def test_a_level_against_another_is_a_multiple(sentence, stated, value):
    claim = taken(CHINA, sentence, stated)
    assert (claim.measure, claim.kind, claim.value) == ("multiple", "actual", value)


def test_a_rate_against_another_and_double_digits_are_no_multiples():
    for sentence in (
        "Exports rose 7.2 percent, almost double the 3.9 percent expected.",
        "Growth was in double digits.",
    ):
        assert not [
            c for c in read(CHINA + sentence, date="2025-08-20") if c.measure == "multiple" and c.kind == "actual"
        ]


@pytest.mark.parametrize(
    ("sentence", "stated", "measure"),
    [
        ("Exports of phones have already crossed $10 billion this year.", "$10 billion", "threshold"),
        ("Exports exceeded 2 trillion yuan for the fifth month in a row.", "2 trillion yuan", "threshold"),
        ("Exports exceeded 2.13 trillion yuan.", "2.13 trillion yuan", "level"),
        ("The change came from a reduction in the surplus with Chile by $1.1 billion to $9.5 billion.", "$1.1 billion",
         "change_amount"),
    ],
)  # fmt: skip
def test_marks_passed_and_changes_are_told_from_levels(sentence, stated, measure):
    assert taken(CHINA, sentence, stated).measure == measure


def test_a_change_with_its_rate_in_brackets_is_measured_as_the_rate_is():
    claim = taken(CHINA, "Exports rose by $17.4 billion (5.7%) compared with June.", "$17.4 billion")
    assert (claim.measure, claim.against) == ("change_amount", "mom")


@pytest.mark.parametrize(
    ("sentence", "stated", "value"),
    [
        (
            "Growth came from higher exports to Thailand (+$1.1 billion) and Chile (+$0.4 billion).",
            "$0.4 billion",
            0.4e9,
        ),
        ("A decline was recorded for cars (-$1.3 billion).", "$1.3 billion", -1.3e9),
        ("Cars saw the largest increase in exports ($3.5 billion).", "$3.5 billion", 3.5e9),
        ("Exports to Chile fell by 14 billion yuan ($2 billion) from June.", "$2 billion", -2e9),
    ],
)
def test_amounts_with_their_sign_in_brackets_are_changes(sentence, stated, value):
    claim = taken(CHINA, sentence, stated)
    assert (claim.measure, claim.value) == ("change_amount", value)


def test_a_volume_of_money_grows_in_value():
    assert (
        taken(CHINA, "The import volume was 2.08 trillion yuan, down 2.4 percent.", "2.4 percent").measure
        == "growth_yoy"
    )
