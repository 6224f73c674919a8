"""When a number that no figure fits is condemned, and when it is left open although it fits none."""

from dataclasses import replace

import pytest

from entrepot.claims import judging, read, readings
from entrepot.claims.held import Cells
from entrepot.verdicts import check

CELL = {"partner": "WLD", "product": "TOTAL", "concept": "standard", "status": "observed", "source": "test"}
COPY = {"released": "2026-08-21", "released_basis": "first seen"}
RATES = [{"base": "USD", "quote": "CNY", "period": "2026-01", "rate": 6.97}]


def row(flow, period, value=None, growth=None, span="month", reporter="CHN", currency="USD", **more):
    widths = {"half_width": 5e7 if currency == "USD" else 5e9, "growth_half_width": 0.0005}
    facts = {"flow": flow, "period": period, "span": span, "value": value, "growth": growth, "currency": currency}
    return CELL | COPY | widths | facts | {"reporter": reporter} | more


def told(day):
    return {"released": day, "released_basis": "stated"}


def verdicts(text, held, date, rates=()):
    return [(v.label, v.cause) for v in check(text, held, date=date, rates=rates).verdicts]


SIDES = [row("X", "2013-09", 1.853e11), row("M", "2013-09", 1.706e11)]


def test_a_level_far_from_a_later_copy_that_is_the_other_flow_was_taken_from_there():
    text = "China's exports in September 2013 came to ${} billion."
    assert verdicts(text.format("170.44"), SIDES, "2013-10-12") == [("fails", "flow swapped")]
    assert verdicts(text.format("185.64"), SIDES, "2013-10-12") == [("cannot tell", None)]
    assert verdicts(text.format("176.91"), SIDES, "2013-10-12") == [("cannot tell", None)]


def test_the_month_taken_for_the_year_to_date_is_known_by_a_later_copy_of_both():
    held = [row("X", "2017-04", 1.8e11), row("X", "2017-04", 6.6e11, span="ytd")]
    text = "China's exports in the first four months of 2017 came to ${} billion."
    assert verdicts(text.format("180.2"), held, "2017-05-08") == [("fails", "month for ytd")]
    assert verdicts(text.format("658.1"), held, "2017-05-08") == [("cannot tell", None)]


@pytest.mark.parametrize(("went", "label"), [("rose", "holds"), ("fell", "fails")])
def test_a_rate_of_the_other_sign_than_later_copies_give_is_a_slip_of_sign(went, label):
    held = [row("M", "2012-06", 1.482e11), row("M", "2011-06", 1.394e11)]
    text = f"China's imports in June 2012 {went} 6.3 percent from a year earlier in dollar terms."
    assert verdicts(text, held, "2012-07-13") == [(label, "sign" if label == "fails" else None)]


def test_a_power_of_ten_is_named_though_the_copy_was_revised_since():
    held = [row("X", "2012-06", 9.547e11, span="ytd")]
    text = "China's exports in January-June 2012 came to ${} billion."
    assert verdicts(text.format("95.38"), held, "2012-07-13") == [("fails", "scale")]
    assert verdicts(text.format("953.8"), held, "2012-07-13") == [("cannot tell", None)]


def test_a_balance_may_be_off_by_what_its_sides_are_revised_by_and_no_more():
    held = [row("X", "2021-12", 3.4e11), row("M", "2021-12", 2.468e11)]
    text = "China's trade surplus in December 2021 was ${} billion."
    assert verdicts(text.format("88.46"), held, "2022-01-14") == [("cannot tell", None)]
    assert verdicts(text.format("49.46"), held, "2022-01-14") == [("fails", None)]


def test_a_misprint_is_known_by_a_copy_that_is_right_to_the_digit():
    held = [row("X", "2018-07", 1.3451e11, span="ytd", reporter="VNM")]
    text = "Vietnam's exports in the first seven months of 2018 came to ${} billion."
    assert verdicts(text.format("143.51"), held, "2018-08-15") == [("fails", "transposed")]
    assert verdicts(text.format("142.88"), held, "2018-08-15") == [("cannot tell", None)]


def test_a_dollar_level_at_the_rate_of_the_storys_month_is_no_slip_beside_its_yuan():
    held = [row("T", "2025", 2.281e11, span="year", partner="RUS", **told("2026-01-14"))]
    text = "China's trade with Russia in 2025 came to 1.63 trillion yuan (${} billion)."
    labels = [verdicts(text.format(n), held, "2026-01-14", RATES)[1][0] for n in ("234", "252")]
    assert labels == ["cannot tell", "fails"]


def test_a_rate_beside_a_level_of_something_else_was_read_amiss():
    held = [row("M", "2019-08", 1.8e11, -0.056, **told("2019-09-08"))]
    whole = "China's imports fell 22.3 percent in August 2019 to $180 billion."
    part = "China's imports fell 22.3 percent in August 2019 to $10.35 billion."
    assert verdicts(whole, held, "2019-09-08")[0][0] == "fails"
    assert verdicts(part, held, "2019-09-08")[0][0] == "cannot tell"


def test_a_number_that_one_of_its_readings_all_but_bears_out_is_left_open():
    held = [row("X", "2020-11", 2.524e10, reporter="VNM"), row("X", "2020-11", 2.5497e11, reporter="VNM", span="ytd")]
    text = "Vietnam's exports to November. Exports grew to $254.6 billion."
    assert {label for label, _ in verdicts(text, held, "2020-12-01")} <= {"cannot tell"}


def test_ten_times_a_month_is_no_slip_where_the_year_may_be_meant():
    held = [row("X", "2023-12", 3.043e11), row("X", "2023", 3.379e12, span="year")]
    text = "China's trade in 2023. Overall exports rose to $3.05 trillion."
    assert all(cause != "scale" for _, cause in verdicts(text, held, "2024-02-08"))


def test_the_odd_size_is_not_the_one_that_figures_bear_out():
    held = [row("X", "2024-05", 4.632e10, reporter="USA", partner="CHN", concept="standard")]
    earlier = "after $44.2 million in April 2024 and $43.9 million in March 2024."
    text = f"US exports to China were $46.1 billion in May 2024, {earlier}"
    assert verdicts(text, held, "2024-07-16")[0][0] != "fails"


WENT = ((2022, 1.2, 0.1), (2023, 1.0, -0.1), (2024, 1.1, 0.1), (2025, 1.3, 0.18))
YEARS = [row("X", str(year), 1e12 * level, rate, "year", **told(f"{year + 1}-01-14")) for year, level, rate in WENT]


@pytest.mark.parametrize(("run", "label"), [("second", "holds"), ("third", "fails"), ("fifth", "fails")])
def test_a_run_of_years_is_counted_by_the_growth_of_years(run, label):
    text = f"China's exports in 2025 rose for the {run} straight year."
    assert verdicts(text, YEARS, "2026-01-20") == [(label, None)]


@pytest.mark.parametrize(("told_of", "label"), [("highest since 2023", "holds"), ("highest since 2021", "holds"),
                                                ("lowest since 2023", "fails")])  # fmt: skip
def test_the_highest_year_since_another_is_told_from_the_levels_between(told_of, label):
    text = f"China's exports in 2025 came to $1.3 trillion, the {told_of}."
    assert verdicts(text, YEARS, "2026-01-20")[1][0] == label


def test_a_record_that_a_change_is_told_from_is_no_record_of_the_change():
    text = "China's exports declined in 2023 from a record high in 2022, the first drop in years."
    assert "fails" not in {label for label, _ in verdicts(text, YEARS, "2024-01-20")}
    denied = check("China's exports in 2023 reached a record high of $1 trillion.", YEARS, date="2024-01-20")
    assert any("2022 had" in v.why for v in denied.verdicts)


def test_a_quantity_held_as_rounded_bears_out_the_finer_number_it_was_made_of():
    held = [row("M", "2025-12", product="soybeans", span="ytd", quantity=1.118e8, unit="t", **told("2026-01-14"))]
    text = "China's imports of soybeans in 2025 came to {} million tonnes."
    assert verdicts(text.format("111.83"), held, "2026-01-20")[0][0] == "holds"
    assert verdicts(text.format("112.83"), held, "2026-01-20")[0][0] != "holds"


def test_the_month_of_a_total_made_of_its_sides_is_known_within_their_revision_and_no_farther():
    held = [
        *(row(flow, "2017-04", value) for flow, value in (("X", 2.3e11), ("M", 1.8e11))),
        *(row(flow, "2017-04", value, span="ytd") for flow, value in (("X", 6.6e11), ("M", 5.6e11))),
    ]
    text = "China's total trade in the first four months of 2017 came to ${} billion."
    assert verdicts(text.format("413.5"), held, "2017-05-08") == [("fails", "month for ytd")]
    assert verdicts(text.format("418.5"), held, "2017-05-08") == [("cannot tell", None)]


def test_in_a_story_of_two_reporters_a_clause_that_names_none_condemns_nothing_without_a_slip():
    spans = [("2023", "year", 3.379e12), ("2023-12", "ytd", 3.379e12), ("2023-12", "month", 3.037e11)]
    held = Cells.of([row("X", period, value, span=span, **told("2024-01-12")) for period, span, value in spans])
    said = read("China's trade in 2023 went on. Overall exports rose to $3.05 trillion.", date="2024-01-20")[-1]
    other = {("USA", "WLD", "TOTAL", "B", "2023", "level"): {1.0}}
    labels = [judging.judge(said, held, "2024-01-20", told=cells).label for cells in ({}, other)]
    assert labels == ["fails", "cannot tell"]


@pytest.mark.parametrize(
    ("text", "label"),
    [  # exports of July 2023 were 281.8 billion dollars as first printed, a later copy gives 280.8
        ("China's trade slowed in July. Exports came to $312.6 billion, customs said.", "fails"),
        ("China's trade slowed in July. Exports came to $285.1 billion, customs said.", "cannot tell"),  # June's
        ("China's trade slowed in July. Exports came to $150.3 billion, customs said.", "cannot tell"),  # may be a part
        ("China's trade slowed in July. Exports came to about $312 billion, customs said.", "cannot tell"),
    ],
)
def test_an_amount_as_large_as_the_whole_is_of_no_part(text: str, label: str) -> None:
    (verdict,) = check(text, date="2023-08-10").verdicts
    assert verdict.label == label


def test_an_estimate_made_before_the_month_was_over_is_not_held_to_the_whole() -> None:
    (verdict,) = check(
        "Viet Nam's trade slowed in April. Exports came to $19.7 billion, officials said.", date="2020-05-30"
    ).verdicts
    assert verdict.label == "cannot tell"


def test_a_rate_that_a_later_month_of_the_story_bears_out_is_not_condemned_for_the_month_it_was_read_of():
    held = [
        row("M", "2014-06", 154.9e9, 0.055),
        row("M", "2014-05", 159.7e9, -0.016),
        row("X", "2014-06", 186.8e9, 0.072),
    ]
    text = "China's exports rose 7.2% in June. Imports amounted to $154.9bn after a {} gain."
    assert verdicts(text.format("5.5%"), held, "2014-07-10")[-1][0] != "fails"
    assert verdicts(text.format("55.5%"), held, "2014-07-10")[-1][0] == "fails"


def test_a_print_known_by_one_copy_in_the_press_does_not_condemn_a_number_near_it():
    held = row("X", "2025-06", growth=-0.161, partner="USA", **told("2025-07-14"))
    text = "China's exports to the United States fell {} percent in June."
    for source, near in (("press-one-C", "cannot tell"), ("gacc-1", "fails")):
        labels = [
            verdicts(text.format(rate), [held | {"source": source}], "2025-07-15")[0][0]
            for rate in ("16.1", "17.3", "29.4")
        ]
        assert labels == ["holds", near, "fails"], source


def test_of_one_copy_a_unit_of_its_last_digit_is_as_likely_the_copys_slip():
    rate = row("X", "2025-06", growth=-0.112, partner="USA", **told("2025-07-14"))
    level = row("B", "2024-07", 601.90e9, currency="CNY", **told("2024-08-07")) | {"half_width": 5e6}
    fell, surplus = "China's exports to the United States fell {} percent in June 2025.", (
        "China ran a trade surplus of {}bn yuan in July 2024."
    )  # fmt: skip
    for source, near in (("press-one-C", "cannot tell"), ("gacc-1", "fails")):
        rates = [verdicts(fell.format(r), [rate | {"source": source}], "2025-07-15")[0][0] for r in ("11.1", "12.1")]
        assert rates == [near, "fails"], source
        levels = [
            verdicts(surplus.format(v), [level | {"source": source}], "2024-08-08")[0][0] for v in ("601.98", "621.90")
        ]
        assert levels == [near, "fails"], source


def test_a_sentence_that_compares_may_speak_of_any_period_partner_or_goods_of_its_story():
    story = {
        ("CHN", "WLD", "TOTAL", "X", "2013-11", "level"): (202.2e9,),
        ("CHN", "JPN", "toys", "X", "2013-10", "level"): (2.2e9,),
    }
    for ending, open_to in ((", more than in September", True), ("", False)):
        (claim,) = read(f"China's imports from all countries were $168.4 billion in October 2013{ending}.",
                        date="2013-12-09")  # fmt: skip
        told = replace(claim, carried=())
        others = list(readings.nearby(told, told, story))
        assert ("2013-11" in {other.period for other in others}) is open_to
        assert ("JPN" in {other.partner for other in others}) is open_to
        assert ("toys" in {other.product for other in others}) is open_to
