"""What condemns and what is said where nothing does: years with a partner, swaps by copies, money, and the reasons."""

import pytest

from entrepot import verdicts
from entrepot.claims.fitting import shown

CENSUS = "2025-02-06"


def told(text, day):
    """Label, cause, corrected and why of each number of a text, by the figures that ship with the package."""
    found = verdicts.check(text, date=day).verdicts
    return [(v.label, v.cause, v.corrected, v.why) for v in found]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("The US trade deficit with Viet Nam was {} billion dollars in 2024.", ("132.46", "123.46")),
        ("US exports to Brazil were {} billion dollars in 2024.", ("42.35", "49.14")),
        ("US imports from Viet Nam reached {} billion dollars in 2024.", ("163.5", "136.5")),
        ("US imports from Germany rose {} percent in 2024.", ("7.0", "0.7")),
    ],
)
def test_a_year_of_united_states_trade_with_one_partner_is_not_left_open_for_the_season(wrong, right):
    """US Census Bureau, country tables: Viet Nam 2024 deficit 123.46, imports 136.5; Brazil 2024 exports 49.14."""
    assert told(wrong.format(right[0]), CENSUS)[0][0] == "fails"
    assert told(wrong.format(right[1]), CENSUS)[0][0] == "holds"


@pytest.mark.parametrize(
    "text",
    [
        "The US trade deficit with Canada was 35.7 billion dollars in 2024.",  # goods 63.3, with services about this
        "US exports of goods and services to Brazil were 78.4 billion dollars in 2024.",
        "US imports from the United Kingdom were 157 billion dollars in 2024.",
    ],
)
def test_a_year_with_a_partner_may_include_services_where_these_move_it_that_way(text):
    """BEA's country tables count services, which stories tell without the word: they lift flows, and lower deficits."""
    assert told(text, CENSUS)[0][0] == "cannot tell"


def test_a_month_with_a_partner_stays_open_for_the_season_and_shows_what_is_held():
    ((label, _, _, why),) = told("US exports to Brazil were 4.35 billion dollars in October 2024.", "2024-12-06")
    assert label == "cannot tell"
    assert "unadjusted figure (" in why
    assert "billion USD)" in why


VIETNAM = (
    "Viet Nam's exports reached {} billion USD and imports {} billion USD in the first 11 months of 2025, "
    "a trade surplus of 20.56 billion USD."
)


def test_exports_and_imports_exchanged_fail_by_later_copies_too():
    """Viet Nam Customs, January to November 2025: exports 430.17, imports 409.61 billion dollars."""
    swapped = told(VIETNAM.format("409.61", "430.17"), "2025-12-08")
    assert [v[:2] for v in swapped] == [("fails", "flow swapped")] * 2 + [("holds", None)]
    assert [v[2] for v in swapped[:2]] == [430.17e9, 409.61e9]
    assert {v[0] for v in told(VIETNAM.format("430.17", "409.61"), "2025-12-08")} == {"holds"}


def test_a_list_in_the_other_order_is_no_swap():
    text = "Viet Nam's imports and exports in the first 11 months of 2025 were 430.17 and 409.61 billion USD."
    assert "fails" not in {v[0] for v in told(text, "2025-12-08")}


def test_the_correction_of_a_rate_without_a_currency_is_the_dollars_unless_the_story_tells_yuan():
    """China Customs, October 2025: exports -1.1 % in dollars, -0.8 % in yuan; imports 1.0 and 1.4 %."""
    text = "China's exports rose 2.7 percent in October 2025 while imports rose 1.9 percent."
    found = told(text, "2025-11-10")
    assert [v[0] for v in found] == ["fails"] * 2
    assert [v[2] for v in found] == pytest.approx([-1.1, 1.0])
    assert "-1.1 % in USD" in found[0][3]
    assert "in CNY it is -0.8 %" in found[0][3]
    yuan = "China's exports were 2.17 trillion yuan in October 2025. Its exports rose 2.7 percent in October 2025."
    assert told(yuan, "2025-11-10")[-1][2] == pytest.approx(-0.8)


def test_a_dollar_level_far_from_the_print_in_yuan_fails_and_a_near_one_says_why_not():
    """China Customs, October 2024, exports to Germany: 63.63 billion yuan, 8.98 billion dollars at the month's rate."""
    text = "In October 2024 China exported ${} billion to Germany."
    assert told(text.format("9.88"), "2025-01-22")[0][0] == "fails"
    assert told(text.format("8.98"), "2025-01-22")[0][0] == "holds"
    label, _, _, why = told(text.format("9.2"), "2025-01-22")[0]
    assert label == "cannot tell"
    assert "leaves open" not in why
    assert "billion USD" in why.partition("(")[2]


def test_a_number_that_a_copy_does_not_decide_is_told_how_far_revisions_reach():
    text = "Viet Nam's exports reached 418.2 billion USD in the first 11 months of 2025."
    ((label, _, _, why),) = told(text, "2025-12-08")
    assert label == "cannot tell"
    assert "later copies" in why
    assert "430.2 billion USD" in why
    assert "revisions reach 25.81 billion USD" in why  # 6 % of 430.17


@pytest.mark.parametrize(("months", "expected"), [(17, "fails"), (18, "holds"), (24, "fails")])
def test_a_run_of_surpluses_is_counted_by_the_sign_of_the_balance(months, expected):
    """Korea Customs: surpluses from February 2025 to July 2026, after a deficit of 1.9 billion dollars in January."""
    text = f"South Korea has posted a trade surplus for {months} straight months as of July 2026."
    assert told(text, "2026-08-05")[0][0] == expected


def test_stated_and_held_numbers_show_as_many_digits_and_growth_its_sign():
    assert shown(111.68e9, "USD", 1e7) == "111.68 billion USD"
    assert shown(111.68e9, "USD") == "111.7 billion USD"
    assert shown(16.75e12, "CNY", 1e12) == "16.75 trillion CNY"
    ((_, _, _, why),) = told("China's trade surplus in November 2025 was 111.86 billion dollars.", "2025-12-08")
    assert "111.68 billion USD" in why
    assert "111.86 billion USD" in why
    ((_, _, _, why),) = told("China's exports in dollars rose 9.5 percent in November 2025.", "2025-12-08")
    assert "+5.9 % in USD" in why
    assert "not +9.5 %" in why


def test_what_should_stand_for_a_rate_told_without_decimals_is_no_string_of_digits():
    """US Census Bureau: imports from Germany grew 0.75 % in 2024; the story's own digit would make it 1 or 0."""
    assert told("US imports from Germany rose 7 percent in 2024.", CENSUS)[0][2] == 0.75


def test_a_first_print_that_was_revised_a_little_is_told_as_that():
    """US Census Bureau, February 2025: exports to China 143.5 billion dollars in 2024; held is a later 143.2."""
    ((label, _, _, why),) = told("US exports to China were 143.5 billion dollars in 2024.", CENSUS)
    assert label == "cannot tell"
    assert "revisions reach" in why
