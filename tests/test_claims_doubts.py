"""When a number may be condemned: what a text leaves open is not decided against it, and what others tell is used."""

import pytest

from entrepot import verdicts
from entrepot.claims import identities, read

DAY = "2025-12-09"
BASE = {
    **{"reporter": "CHN", "partner": "WLD", "product": "TOTAL", "classification": "", "concept": "standard"},
    **{"valuation": "fob", "currency": "USD", "status": "observed", "source": "office", "released": "2025-12-08"},
    **{
        "released_basis": "stated",
        "superseded": None,
        "half_width": 5e7,
        "growth_half_width": 0.0005,
        "quantity": None,
    },
    **{"unit": None, "weight_kg": None},
}
FACTS = [
    {**BASE, "flow": flow, "period": "2025-11", "span": span, "value": value, "growth": growth}
    for flow, span, value, growth in (
        ("X", "month", 330.3e9, 0.059), ("M", "month", 218.7e9, 0.019), ("B", "month", 111.7e9, None),
        ("X", "ytd", 3414.7e9, 0.054), ("M", "ytd", 2339.0e9, -0.006), ("B", "ytd", 1075.9e9, None),
    )
] + [
    {**BASE, "partner": "USA", "flow": "X", "period": "2025-11", "span": "month", "value": 33.8e9, "growth": -0.286},
]  # fmt: skip


def labels(text, facts=FACTS):
    story = verdicts.check(text, facts, date=DAY)
    said = {c.id: c.stated for c in story.claims}
    return {said[v.claim]: (v.label, v.cause) for v in story.verdicts}


def test_a_number_without_a_cause_fails_where_its_clause_says_outright_what_it_is_of():
    assert labels("China's exports rose 7.7% in November.")["7.7%"] == ("fails", None)


@pytest.mark.parametrize(
    "text",
    [
        "China's sales to Chile jumped 12.3% in November. Exports had risen 7.7% in October.",
        "China's exports of garlic fell in November. Exports rose 17.7%, the farm bureau said.",
        "May shipments up 12.2%. China's exports of garlic are watched by all.",
    ],
)
def test_a_number_that_may_be_of_something_else_is_not_condemned(text):
    assert "fails" not in {label for label, _ in labels(text).values()}


def test_a_slip_that_leads_to_the_figure_is_named_even_where_the_period_is_carried():
    text = "China's customs released figures for November. Exports came to $303.3 billion."
    assert labels(text)["$303.3 billion"] == ("fails", "transposed")


def test_a_year_to_date_rate_beside_one_of_the_month_is_a_month_for_ytd():
    text = "China's trade in January-November grew. November brought news: exports rose 5.9% and imports fell 0.6%."
    assert labels(text) == {"5.9%": ("holds", None), "0.6%": ("fails", "month for ytd")}


def test_the_sum_of_numbers_that_stand_is_wrong_where_it_is_off():
    text = (
        "China exported goods worth $330.3 billion in November and imported $218.7 billion, a surplus of $117.6 billion"
    )
    assert labels(text) == {
        "$330.3 billion": ("holds", None), "$218.7 billion": ("holds", None), "$117.6 billion": ("fails", None),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "stated", "cause"),
    [
        ("Peru's exports were $49.28 billion in May and its imports $47.07 billion, a trade deficit of $2.21 billion.",
         "$2.21 billion", "sign"),
        ("Peru's exports were $49.28 billion in May and its imports $74.07 billion, a trade surplus of $2.21 billion.",
         "$74.07 billion", "transposed"),
        ("Peru exported $4.92 billion in May. In April its exports were $4.71 billion and in March $4.55 million.",
         "$4.55 million", "scale"),
    ],
)  # fmt: skip
def test_one_slip_breaks_a_tie_of_blame_with_no_data_at_all(text, stated, cause):
    story = verdicts.check(text, [], date="2025-07-01")
    said = {c.id: c.stated for c in story.claims}
    assert {said[v.claim]: v.cause for v in story.verdicts if v.label == "fails"} == {stated: cause}


def test_two_figures_of_one_cell_are_no_contradiction_unless_a_slip_parts_them():
    claims = read(
        "Peru's exports were $4.92 billion in May. Peru's exports were $3.11 billion in May.", date="2025-07-01"
    )
    assert [i.blame for i in identities.check(claims) if i.rule == "stated twice"] == [""]


def test_a_conversion_in_brackets_adds_up_to_nothing():
    text = (
        "India's exports were $34.5 billion (Rs 2.9 lakh crore) in July and imports $53.5 billion (Rs 4.1 lakh crore), "
        "a deficit of $19.0 billion (Rs 1.9 lakh crore)."
    )
    found = identities.check(read(text, date="2025-08-15"))
    assert all(i.closes for i in found)


def test_one_cell_has_one_figure_of_a_period():
    text = (
        "China's exports reached 17.67 trillion yuan in the first three quarters.\n"
        "In September alone, trade was 3.81 trillion yuan.\n"
        "The exports were valued at 2.19 trillion yuan."
    )
    told = {c.stated: c.period for c in read(text, date="2022-10-24")}
    assert told["17.67 trillion yuan"] == "2022-01/2022-09"
    assert told["2.19 trillion yuan"] == "2022-09"


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("China's exports logged their first fall in eight months in November, down 1.1%.", ("X", "WLD", "2025-11")),
        ("China's surplus was $5.1 billion, the largest since data became available in 1992. Exports rose 3.1%.",
         ("X", "WLD", "2025-11")),
        ("As of November 15, China's exports rose 3.1%.", ("X", "WLD", "2025-01/2025-11")),
        ("China's exports, including cars sold to Brazil, rose 3.1% in November.", ("X", "WLD", "2025-11")),
        ("China's trade grew in November. With Brazil, China ran a deficit. But exports rose 3.1%.",
         ("X", "BRA", "2025-11")),
        ("The main destination for China's exports in November was Brazil, up 3.1%.", ("X", "BRA", "2025-11")),
        ("HONG KONG (AP) - China's surplus rose 3.1% in November.", ("B", "WLD", "2025-11")),
        ("China's exports rose 3.1% in November, as talks resumed in December.", ("X", "WLD", "2025-11")),
    ],
)  # fmt: skip
def test_what_only_describes_sets_no_slot(text, slots):
    (claim,) = (c for c in read(text, date="2025-12-15") if c.unit == "%" and c.kind == "actual")
    assert (claim.flow, claim.partner, claim.period) == slots


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("China's exports in November brought $9 billion, which represents an 8% increase.", "growth_yoy", 8.0),
        ("China's coal exports fell 29.8% to 0.34 million tonnes in November.", "volume_growth_yoy", -29.8),
        ("China's exports declined more than 20% in November.", "growth_yoy", -20.0),
        ("China's exports in November saw a month-on-month increase of 5.3% and a year-on-year growth of 2.0%.",
         "growth_mom", 5.3),
        ("China's exports rose 5.4% in November from the pre-pandemic level in 2019.", "growth_vs_2019", 5.4),
    ],
)  # fmt: skip
def test_what_a_rate_measures(text, measure, value):
    claim = next(c for c in read(text, date=DAY) if c.unit == "%")
    assert (claim.measure, claim.value) == (measure, value)


def test_changes_listed_in_brackets_after_increases_in():
    text = "The rise in U.S. exports in May reflected increases in cars ($1.2 billion) and in food ($0.3 billion)."
    claims = [c for c in read(text, date="2025-07-04") if c.kind == "actual"]
    assert [(c.measure, c.value) for c in claims] == [("change_amount", 1.2e9), ("change_amount", 0.3e9)]


def test_a_place_nobody_knows_is_not_read_as_the_whole_world():
    text = "China's trade with Wonderland fell 40% in November, a foundation said."
    assert labels(text)["40%"][0] != "fails"


def test_the_rate_of_last_month_is_not_a_fall():
    text = "China's imports rose 1.9% in November, down sharply from last month's 36.9 percent rate."
    (claim,) = (c for c in read(text, date=DAY) if c.stated.startswith("36.9"))
    assert (claim.value, claim.period) == (36.9, "2025-10")


def test_these_partners_respectively_are_those_of_the_sentence_before():
    text = (
        "China's main partners in the first 11 months of 2024 were the Association of Southeast Asian Nations (ASEAN), "
        "the European Union (EU), the United States and South Korea. Trade with these partners rose 8.6%, 1.3%, 4.2% "
        "and 6.3% respectively."
    )
    partners = {claim.stated: claim.partner for claim in read(text, date="2024-12-11")}
    assert partners == {"8.6%": "ASEAN", "1.3%": "EU27", "4.2%": "USA", "6.3%": "KOR"}


def test_a_number_without_a_currency_is_shown_with_its_scale():
    from entrepot.claims.fitting import shown

    assert shown(330.3e9, "") == "330.3 billion" and shown(330.3e9, "USD") == "330.3 billion USD"
    assert shown(5494.0, "") == "5,494" and shown(0.059 * 100, "%") == "5.9 %"


@pytest.mark.parametrize(
    "told",
    ["cars, ships and chips rose 10%, 20% and 30%", "cars, ships and chips to these markets rose 10%, 20% and 30%"],
)
def test_places_of_the_sentence_before_are_not_laid_to_a_list_of_goods(told):
    text = (
        f"Leaders of Vietnam, Malaysia and Cambodia met in Beijing. China's exports of {told} in November respectively."
    )
    assert {"VNM", "MYS", "KHM"}.isdisjoint(claim.partner for claim in read(text, date=DAY))
