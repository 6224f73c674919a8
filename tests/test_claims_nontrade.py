"""Numbers of something else than the trade of a country, and the trade beside them."""

import pytest

from entrepot.claims import read

CHINA = "BEIJING - China's exports rose 7.2 percent in July from a year earlier, customs data showed. "
VIETNAM = "HANOI - Viet Nam's exports reached $262.4 billion in the first seven months of 2025, up 14.8 percent. "


def kinds(head, sentence):
    """Kind of every number of a sentence by what it states."""
    return {c.stated: c.kind for c in read(head + sentence, date="2025-08-20") if c.start >= len(head)}


@pytest.mark.parametrize(
    ("head", "sentence", "stated"),
    [
        (CHINA, "Exports of steel rose on a 12 percent slump in prices.", "12 percent"),
        (CHINA, "Imports fell after an 8 percent drop in domestic demand.", "8 percent"),
        (CHINA, "Exports missed the plan and were 7.5 percent below target.", "7.5 percent"),
        (CHINA, "The rise was 2.1 percentage points more than the median estimate.", "2.1 percentage points"),
        (CHINA, "The June surplus was revised up by $2 billion.", "$2 billion"),
        (CHINA, "Export growth more than doubled from June's pace.", "doubled"),
        (CHINA, "Growth in imports was twice as fast as forecast.", "twice"),
        (CHINA, "The car industry makes two thirds of its sales abroad.", "two thirds"),
        (CHINA, "China's $19 trillion economy depends less on exports.", "$19 trillion"),
        (CHINA, "Exports in the third week were up 2.4 percent from the week before.", "2.4 percent"),
        (CHINA, "Exports to Europe were up 9.6 percent on the previous three months.", "9.6 percent"),
        (VIETNAM, "Thirty items had an export turnover of over $1 billion.", "$1 billion"),
        (VIETNAM, "There were 28 goods with export value above $2 billion.", "$2 billion"),
        (VIETNAM, "Seven products brought in more than $10 billion apiece.", "$10 billion"),
        (VIETNAM, "The northern province of Bac Giang led with exports of $21 billion.", "$21 billion"),
        (VIETNAM, "Binh Duong province led with $21 billion, followed by Dong Nai with $15 billion.", "$15 billion"),
    ],
)  # fmt: skip
def test_what_is_no_trade_of_the_country_is_put_aside(head, sentence, stated):
    assert kinds(head, sentence).get(stated, "other") == "other"


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("This was up from June's 5.8 percent gain and higher than the median forecast.", "5.8 percent"),
        ("Imports were 3.8 percent lower in yuan terms.", "3.8 percent"),
        ("The surplus was three times as large as a year ago.", "three times"),
        ("A 12 percent slump in imports of steel helped.", "12 percent"),
        ("Chinese products with a value of over $10 billion went to Chile.", "$10 billion"),
        ("Exports were 3.8 percent above June's record of $310 billion.", "3.8 percent"),
        ("Its global sales of cars rose 9 percent.", "9 percent"),
        ("The country's worldwide trade surplus rose 9 percent.", "9 percent"),
        ("Imports from the EU came to $17 billion, twice the $8.5 billion from Japan.", "twice"),
        ("Exports to Japan rose 4 percent, more than those to Korea.", "4 percent"),
        ("The rate at which imports rose translates into a surplus of $98.2 billion.", "$98.2 billion"),
    ],
)
def test_trade_beside_such_words_stays_trade(sentence, stated):
    assert kinds(CHINA, sentence)[stated] == "actual"


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("The deal lowered the rate on Japanese cars from 27.5 percent to 15 percent.", "15 percent"),
        ("The EU accepted a baseline of 15 percent on its goods.", "15 percent"),
        ("The tariffs cover $34 billion worth of Chinese imports.", "$34 billion"),
        ("Washington extended the duties to $200 billion of Chinese goods.", "$200 billion"),
    ],
)
def test_rates_of_duties_and_what_they_fall_on_are_policy(sentence, stated):
    assert kinds(CHINA, sentence)[stated] == "policy"


def test_growth_in_spite_of_a_duty_is_growth():
    told = kinds(
        CHINA, "The 10 percent duty in place since April did not stop exports to Brazil from rising 4.8 percent."
    )
    assert told == {"10 percent": "policy", "4.8 percent": "actual"}


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("China's exports make up 14.2 percent of the world total.", "14.2 percent"),
        ("The two economies account for a third of global trade.", "a third"),
        ("Exports to the United States have risen by 31 percent since January 2018.", "31 percent"),
    ],
)
def test_parts_of_the_world_and_growth_since_years_ago_are_put_aside(sentence, stated):
    assert kinds(CHINA, sentence)[stated] == "other"


def test_parts_of_a_forecast_are_forecasts():
    told = kinds(CHINA, "Officials set a target of $46 billion, including $24.1 billion from clothes.")
    assert set(told.values()) == {"forecast"}
