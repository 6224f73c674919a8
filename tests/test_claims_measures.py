"""What a number measures: ranks, runs, fractions and changes as papers tell them, and numbers that are no trade."""

import pytest
from conftest import FACT

from entrepot import verdicts
from entrepot.claims import read

DAY = "2025-12-08"


def taken(text, stated, day=DAY):
    """The claim that a text makes by what it states; None where it makes none."""
    return next((c for c in read(text, date=day) if c.stated == stated), None)


RANKS = [
    ("Germany's most important trading partner in 2024 was the United States.", "most important", "USA", 1),
    (
        "Germany traded most, and its largest trading partner was China; the Netherlands came in third.",
        "third",
        "NLD",
        3,
    ),
    (
        "Mexico's exports grew. Canada remained Mexico's second most important export destination.",
        "second most important",
        "CAN",
        2,
    ),
    ("Exports grew, while Japan ranked sixth among Mexico's export markets.", "sixth", "JPN", 6),
    ("Viet Nam imported goods worth $54.9 billion from China, the biggest exporter to Viet Nam.", "biggest", "CHN", 1),
]


@pytest.mark.parametrize(("text", "stated", "partner", "place"), RANKS)
def test_a_rank_is_told_in_many_words(text, stated, partner, place):
    claim = taken(text, stated)
    assert (claim.measure, claim.partner, claim.value) == ("rank", partner, place)


def test_what_is_largest_in_the_world_or_ranked_without_a_flow_is_no_rank_of_a_partner():
    assert taken("China, the world's largest exporter, sold 5% more in November.", "largest") is None
    assert taken("The city ranked third for its parks.", "third") is None


RUNS = [
    ("India's exports fell 3% in November. The slump marked a sixth consecutive monthly decline.", 6, "<0"),
    ("Brazil's exports to Argentina fell 12% in November, the fourth month of double-digit declines.", 4, "<-10"),
    ("Exports of Korea have now fallen year on year in each of the past five months.", 5, "<0"),
    ("Reversing a nine-month upward trend, India's exports fell 1.2% in October.", 9, ""),
    ("Japan logged a trade deficit for a second year.", 2, ""),
    ("Japan posted a trade deficit for the fourth half-year in a row.", 4, ""),
    ("India's exports fell for a third straight month in November, while imports rose 4%.", 3, "<0"),
]


@pytest.mark.parametrize(("text", "count", "of"), RUNS)
def test_a_run_is_counted_and_knows_what_it_is_of(text, count, of):
    run = next(c for c in read(text, date=DAY) if c.measure == "consecutive")
    assert run.value == count
    assert not of or run.against == of


def test_a_low_of_so_many_months_is_a_record_since_then():
    claim = taken("The deficit of India widened to a 13-month high of $32.15 billion in October.", "13-month high")
    assert (claim.measure, claim.against) == ("first_or_record", "max deficit ~2024-09")
    assert taken("The yen slid to a six-month low. Exports of Japan rose 3%.", "six-month low") is None


FRACTIONS = [
    ("Brazil's exports to China fell by a fifth in November.", "a fifth", -20.0),
    ("India's imports rose almost a third more than a year earlier in November.", "a third", 100 / 3),
    ("Japan's deficit expanded by nearly half in November.", "half", 50.0),
    ("Germany's exports tumbled by nearly one-fifth last year.", "one-fifth", -20.0),
]


@pytest.mark.parametrize(("text", "stated", "value"), FRACTIONS)
def test_a_fraction_is_by_how_much_something_changed(text, stated, value):
    claim = taken(text, stated)
    assert (claim.measure, claim.value) == ("growth_yoy", pytest.approx(value, abs=1e-3))


@pytest.mark.parametrize(
    "text",
    [
        "Korea's exports grew for a third straight month.",
        "In the third quarter India's exports rose.",
        "Chile's imports rose half a percentage point.",
    ],
)
def test_an_ordinal_is_no_fraction(text):
    assert not [c for c in read(text, date=DAY) if c.measure == "growth_yoy"]


WRITTEN = [
    ("Malaysia's imports grew 1.3. per cent y-o-y in October.", "1.3. per cent", 1.3, "%"),
    ("Imports of Chile slid 7.5% last month, up from a 10.6 drop the month before.", "10.6", -10.6, "%"),
    ("India imported 48 lakh tonnes of palm oil in October.", "48 lakh tonnes", 4.8e6, "t"),
    ("China's coal imports fell to 36.0 mmt in October.", "36.0 mmt", 3.6e7, "t"),
    ("Exports of Korea fell 12-point-seven percent in October.", "12-point-seven percent", -12.7, "%"),
    ("China's trade with Peru reached US 48.9 billion in 2024.", "US 48.9 billion", 4.89e10, "USD"),
    ("Malaysia's exports came to RM403.99 billion in October.", "RM403.99 billion", 4.0399e11, "MYR"),
]


@pytest.mark.parametrize(("text", "stated", "value", "unit"), WRITTEN)
def test_numbers_are_read_as_papers_write_them(text, stated, value, unit):
    claim = taken(text, stated)
    assert (claim.value, claim.unit) == (pytest.approx(value), unit)


NO_TRADE = [
    ("The eurozone's services surplus was down 2.3 percent in September.", "2.3 percent", "other"),
    ("America's exports of goods fell in October, and services rose 0.5 percent.", "0.5 percent", "other"),
    ("On the services side, India's exports rose to $43.9 billion.", "$43.9 billion", "other"),
    ("Viet Nam's exports rose. Some 30 items earned over $1 billion in export turnover each.", "$1 billion", "other"),
    ("Trade subtracted 0.7 percentage points from gross domestic product.", "0.7 percentage points", "other"),
    ("The export-import coverage ratio of Turkey fell to 63.2% in January.", "63.2%", "other"),
    ("Korea's average daily exports came to $1.56 billion in October.", "$1.56 billion", "other"),
    ("U.S. tariffs on $200 billion worth of Chinese imports are to rise to 25 percent.", "25 percent", "policy"),
    ("China imposes some 32 percent on American imports.", "32 percent", "policy"),
    ("He vowed to impose tariffs exceeding 60% on Chinese imports.", "60%", "policy"),
    ("He imposed a 15% tax this month on $112 billion of Chinese imports.", "$112 billion", "policy"),
]


@pytest.mark.parametrize(("text", "stated", "kind"), NO_TRADE)
def test_what_is_no_statistic_of_goods_has_its_own_kind(text, stated, kind):
    assert taken(text, stated).kind == kind


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Outbound shipments from Asia's fourth-largest economy shrank 1.1 per cent last month.", "1.1 per cent"),
        ("As a result, the euro area recorded a surplus of 18.7 billion euros in September.", "18.7 billion euros"),
        ("About 65.1 million tonnes of natural gas were imported by China in August.", "65.1 million tonnes"),
        ("In September, 5.6 percent more goods were exported by Germany to Japan than in August.", "5.6 percent"),
    ],
)
def test_trade_told_in_the_passive_or_of_an_economy_is_trade(text, stated):
    assert taken(text, stated).kind == "actual"


CHANGES = [
    ("America's exports of chips were down $1.8 billion, cars down $1.4 billion, and steel $0.9 billion.", -0.9e9),
    ("The office put it down to the $179.5 million month-over-month growth in Peru's exports.", 179.5e6),
    ("Korea's exports slid 7.0 billion dollars or 0.4 percent in the year to September.", -7e9),
    ("Korea's exports were $25 billion in June, down 7.5% ($2.0 billion) from a year earlier.", -2e9),
    ("America's imports fell; declines were observed in consumer goods (negative $33 billion).", -33e9),
]


@pytest.mark.parametrize(("text", "value"), CHANGES)
def test_an_amount_of_change_is_no_level(text, value):
    amounts = [c for c in read(text, date=DAY) if c.measure == "change_amount"]
    assert value in [pytest.approx(c.value) for c in amounts]


def test_a_surplus_that_was_racked_up_is_a_level():
    assert taken("China racked up a $60 billion surplus with Africa this year.", "$60 billion").measure == "level"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("German exports fell a more-than-expected 1.2% in August.", -1.2),
        ("Exports of the EU to China grew by a comparatively smaller 10% in 2024.", 10.0),
        ("America's trade deficit plummets 56 percent in April.", -56.0),
        ("The steepest reductions were seen in Mexico's exports of cars (15.2%) in October.", -15.2),
    ],
)
def test_a_fall_is_a_fall_however_it_is_told(text, value):
    assert next(c.value for c in read(text, date=DAY) if c.unit == "%") == value


def test_exports_and_imports_told_of_each_other_were_swapped():
    rows = [FACT | r for r in ({"growth": 0.059, "value": None}, {"flow": "M", "growth": 0.019, "value": None})]
    text = (
        "China's exports rose 1.9% in November from a year earlier. Imports meanwhile grew by 5.9% in the same month."
    )
    found = verdicts.check(text, rows, date="2025-12-09").verdicts
    assert [(v.label, v.cause) for v in found] == [("fails", "flow swapped")] * 2


def test_a_slip_of_scale_is_seen_beside_a_figure_revised_since():
    late = FACT | {"value": 3.25e11, "released": "2026-02-01", "released_basis": "stated"}
    (found,) = verdicts.check("China's exports were $330.3 million in November.", [late], date="2025-12-09").verdicts
    assert (found.label, found.cause) == ("fails", "scale")
    near = FACT | {"value": 3.25e11, "released": "2026-02-01", "released_basis": "stated"}
    (found,) = verdicts.check("China's exports were $330.3 billion in November.", [near], date="2025-12-09").verdicts
    assert found.label == "cannot tell"


def test_zeros_behind_a_number_may_be_none_of_its_digits():
    row = FACT | {"value": 9.922e11, "period": "2024", "span": "year", "released": "2025-01-13"}
    text = "In 2024 China's exports were worth ${} billion."
    labels = [
        verdicts.check(text.format(n), [row], date="2025-01-14").verdicts[0].label
        for n in ("990", "992.2", "996", "990.0")
    ]
    assert labels == ["cannot tell", "holds", "fails", "fails"]


def test_the_money_that_a_flow_is_told_in_is_no_goods():
    for money in ("yuan", "dollars", "yen"):
        text = f"China's trade grew in November 2025. In {money} exports rose 5.7 %."
        assert [c.product for c in read(text, date="2025-12-09")] == ["TOTAL"]
