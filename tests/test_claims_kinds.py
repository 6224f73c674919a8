"""What kind of number a number is: places and runs in many words, what is no goods trade, and what it measures."""

import pytest

from entrepot.claims import read

DAY = "2025-08-20"


def told(text: str, measure: str) -> list[tuple[str, str, str, float]]:
    """Text, partner, flow and value of the claims of one measure."""
    return [(c.stated, c.partner, c.flow, c.value) for c in read(text, date=DAY) if c.measure == measure]


@pytest.mark.parametrize(
    ("sentence", "stated", "partner", "flow", "place"),
    [
        ("China was Japan's most important trading partner, with exports of 1.4 trillion yen.", "most important",
         "CHN", "T", 1),
        ("Japan's exports rose 2 percent in July. China ranked third among its markets.", "third", "CHN", "X", 3),
        ("Japan's imports fell 3 percent in July. Australia came in second with 700 billion yen.", "second", "AUS",
         "M", 2),
        ("Japan's exports rose 2 percent in July, and India slid to 11th place.", "11th place", "IND", "X", 11),
        ("Japan's exports rose 2 percent in July, which made Thailand No. 4 with 300 billion yen.", "No. 4", "THA",
         "X", 4),
        ("Japan's imports rose in July; Viet Nam was its third-largest supplier of footwear.", "third-largest",
         "VNM", "M", 3),
        ("In July China overtook the United States as Japan's biggest export market, customs said.", "biggest", "CHN",
         "X", 1),
    ],
)  # fmt: skip
def test_a_place_among_partners_is_read_in_many_words(sentence, stated, partner, flow, place):
    text = f"TOKYO - Japan reported its trade for July on Wednesday. {sentence}"
    assert told(text, "rank") == [(stated, partner, flow, place)]


def test_places_told_together_belong_to_the_places_in_their_order():
    text = "Japan's exports rose 2 percent in July. Korea and Thailand followed second and third. "
    text += "Trade with Brazil and Chile, its eighth and ninth largest partners, rose."
    found = [(partner, place) for _, partner, _, place in told(text, "rank")]
    assert found == [("KOR", 2), ("THA", 3), ("BRA", 8), ("CHL", 9)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The top 10 buyers took half of Japan's exports.",
        "Japan's exports to one of its largest markets, Thailand, rose.",
        "Japan, the world's third-largest exporter of cars, sold 2 percent more abroad.",
        "Exports of Toyota, the leading maker of hybrids, rose.",
        "China was dethroned as Japan's top source of imports.",
        "Egypt is Japan's largest trading partner in North Africa, and exports to it rose.",
        "Exports rose in the second week and in the third quarter.",
    ],
)
def test_what_only_sounds_like_a_place_is_none(sentence):
    assert told(f"TOKYO - Japan's exports rose 2 percent in July. {sentence}", "rank") == []


@pytest.mark.parametrize(
    ("sentence", "stated", "count"),
    [
        ("Exports fell for a third month.", "third month", 3),
        ("It was the fifth month of declines.", "fifth month", 5),
        ("They have risen in each of the past four months.", "four months", 4),
        ("Imports grew for a second month running.", "second month running", 2),
        ("The surplus was the seventh in a row.", "seventh in a row", 7),
        ("Exports to China fell, snapping a nine-month rise.", "nine-month", 9),
        ("Imports shrank for 12 straight months.", "12 straight months", 12),
    ],
)
def test_a_run_is_read_in_many_words(sentence, stated, count):
    text = f"TOKYO - Japan's exports rose 2 percent in July. {sentence}"
    assert [(s, n) for s, _, _, n in told(text, "consecutive")] == [(stated, count)]


def test_a_run_that_ended_is_no_run_to_this_month():
    text = "China's exports rose 7.2 percent in July, ending four consecutive months of decline."
    assert [c.against for c in read(text, date="2025-08-08") if c.measure == "consecutive"] == [""]


SORTED = [
    ("Guangdong's trade rose 4 percent to 4.5 trillion yuan.", ["other", "other"]),
    ("Tesla shipped 37,000 cars.", ["other"]),
    ("Exports of services rose 2 percent to $34 billion.", ["other", "other"]),
    ("On average, exports reached $300 billion each month.", ["other"]),
    ("Exports to Brazil have risen by 80 percent in the past six years.", ["other"]),
    ("Exports to Chile were up 90 percent from 2016.", ["other"]),
    ("The top 10 markets accounted for 60 percent of exports.", ["other"]),
    ("Exports to the world's largest economy shrank 21 percent.", ["actual"]),
    ("The surplus was $98 billion, up from $93 billion a month earlier.", ["actual", "actual"]),
]


@pytest.mark.parametrize(("sentence", "wanted"), SORTED)
def test_what_is_no_statistic_of_a_countrys_goods_trade_is_kept_apart(sentence, wanted):
    text = f"BEIJING - China's exports rose 7.2 percent in July, customs data showed. {sentence}"
    assert [c.kind for c in read(text, date="2025-08-08")][1:] == wanted


def test_a_story_about_a_province_is_none_about_its_country():
    text = (
        "Jiangsu's exports rose 6 percent in July. Jiangsu's imports fell 2 percent. Imports of chips grew 9 percent."
    )
    assert {c.kind for c in read(f"BEIJING - {text} Jiangsu's surplus was $30 billion.", date="2025-08-08")} == {
        "other"
    }


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Exports to Chile were $489 million, down 6.7 percent from $524 million in June.", "growth_mom"),
        ("Exports to Chile were $489 million, down 6.7 percent from $524 million in July 2024.", "growth_yoy"),
        ("Exports of ships rose 39 percent on year to 25,792 vessels.", "volume_growth_yoy"),
        ("Soybean imports were 11.7 million tonnes, up 2.1 percent month on month and 19 percent on year.",
         "volume_growth_yoy"),
        ("Exports of toys were down 5 percent in value and 3 percent in volume.", "volume_growth_yoy"),
        ("Brazil accounted for 16 percent of imports and Chile for 15 percent.", "share"),
    ],
)  # fmt: skip
def test_what_a_rate_is_measured_against_and_what_it_is_of(sentence, wanted):
    text = f"BEIJING - China's exports rose 7.2 percent in July, customs data showed. {sentence}"
    assert [c.measure for c in read(text, date="2025-08-08") if c.unit == "%"][-1] == wanted


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Exports shrank by a sharper than expected 4.4 percent.", -4.4),
        ("Trade with Chile also fell; exports by 6.5 percent and imports 2.5 percent.", -2.5),
        ("The pace of exports was 1.2 percentage points slower than in the first half.", -1.2),
        ("Exports to Peru slipped 18-and-a-half percent.", -18.5),
        ("Exports to Peru rose two and a half percent.", 2.5),
    ],
)
def test_the_sign_of_a_change_told_far_from_its_number(sentence, wanted):
    text = f"BEIJING - China's exports rose 7.2 percent in July, customs data showed. {sentence}"
    assert read(text, date="2025-08-08")[-1].value == wanted


def test_amounts_in_brackets_go_on_a_list_of_changes():
    text = "The U.S. trade deficit was $61.6 billion in June. The largest declines in imports were seen in cars "
    text += "(negative $3.3 billion), toys (negative $2.2 billion) and furniture (negative $1.1 billion)."
    found = [(c.measure, c.value) for c in read(text, date="2025-08-05")][1:]
    assert found == [("change_amount", -3.3e9), ("change_amount", -2.2e9), ("change_amount", -1.1e9)]


def test_a_balance_of_services_is_told_from_one_of_goods_after_its_amount():
    text = "In June the U.S. posted a surplus of $25.7 billion in the trade of services, which was offset by a "
    text += "$85.9 billion deficit in the trade of goods."
    assert [c.kind for c in read(text, date="2025-08-05")] == ["other", "actual"]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The growth of trade with Chile was approximately $5 billion.", ("change_amount", "actual")),
        ("Some 30 items recorded a turnover of over $1 billion.", ("level", "other")),
        ("Imports of iron ore exceeded the billion-tonne mark.", ("threshold", "actual")),
        ("Exports to Chile were 6 percent lower than in May 2023.", ("growth_yoy", "other")),
        ("Brazil accounts for around half of its soybean imports, and economists see no change.", ("share", "actual")),
    ],
)
def test_what_an_amount_or_a_share_is_of(sentence, wanted):
    text = f"BEIJING - China's exports rose 7.2 percent in July, customs data showed. {sentence}"
    claim = read(text, date="2025-08-08")[-1]
    assert (claim.measure, claim.kind) == wanted
