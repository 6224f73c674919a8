"""Amounts that add up: what they are of where their clause leaves it open. Texts and figures are of our making."""

from entrepot.claims import read


def told(text: str, day: str) -> dict[str, tuple[str, str, str]]:
    return {c.stated: (c.flow, c.partner, c.period) for c in read(text, date=day)}


def test_a_balance_is_of_the_partner_whose_flows_give_it() -> None:
    text = (
        "The United States exported goods worth $147.8 billion to China in 2023 and imported $426.9 billion from it. "
        "The overall picture was mixed. The deficit was $279.1 billion."
    )
    assert told(text, "2024-02-08")["$279.1 billion"] == ("B", "CHN", "2023")


def test_a_sum_by_accident_of_few_digits_moves_nothing() -> None:
    text = (
        "Japan's exports to Korea were 3 trillion yen and its imports from there 2 trillion yen in 2023. "
        "The overall balance was a surplus of 1 trillion yen."
    )
    assert told(text, "2024-02-08")["1 trillion yen"][1] == "WLD"


def test_an_amount_that_the_rate_leads_from_is_of_the_year_before() -> None:
    text = "India's exports of tea: $842.6 million in 2024 from $764.6 million, a rise of 10.2 percent in 2024."
    read_so = told(text, "2025-03-01")
    assert read_so["$842.6 million"][2] == "2024"
    assert read_so["$764.6 million"][2] == "2023"


def test_an_amount_of_nothing_is_led_to_by_no_rate() -> None:
    assert [c.value for c in read("exports 5%- Rs 0.0 100bn", date="2000-01-01") if c.value == 0] == [0.0]


def test_a_rate_dates_an_amount_that_no_word_dates() -> None:
    text = (
        "India's exports of tea fetched $842.6 million in 2024, 10.2 percent more. Exports of tea were worth {} before "
        "the good harvest."
    )
    assert told(text.format("$764.6 million"), "2025-03-01")["$764.6 million"][2] == "2023"
    assert told(text.format("$791.3 million"), "2025-03-01")["$791.3 million"][2] == "2024"


def test_amounts_of_two_digits_agree_by_accident() -> None:
    text = (
        "Japan's exports to Korea were $31 billion and its imports from there $19 billion in 2023. The overall picture "
        "was mixed. The surplus was $12 billion."
    )
    assert told(text, "2024-02-08")["$12 billion"][1] == "WLD"


def test_neighbouring_months_are_not_exchanged_for_a_sum() -> None:
    text = (
        "The U.S. deficit with Vietnam was $12.65 billion in June, from $12.59 billion the month before, as exports "
        "slipped to $1.2 billion and imports to $13.83 billion."
    )
    assert told(text, "2025-08-05")["$12.59 billion"][2] == "2025-05"
