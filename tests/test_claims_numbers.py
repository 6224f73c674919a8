"""Numbers of news: numerals, denominations, units and fractions, alone and together, and which number is a base."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.claims import denominations, fractions, numerals, read, units
from entrepot.claims.numbers import quantities
from entrepot.claims.words import Token, tokens

TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip


def cut(text: str) -> list[Token]:
    return tokens(text, 0, len(text))


def spelled(number: int, joint: str) -> str:
    """Spell a number below 1,000; `joint` stands between tens and ones."""
    if number >= 100:
        rest = f" and {spelled(number % 100, joint)}" if number % 100 else ""
        return f"{ONES[number // 100]} hundred{rest}"
    return ONES[number] if number < 20 else TENS[number // 10] + (joint + ONES[number % 10] if number % 10 else "")


@given(st.integers(0, 999), st.sampled_from([" ", "-"]))
def test_a_spelled_number_is_worth_what_it_spells(number, joint):
    words = cut(spelled(number, joint))
    read_back = numerals.numeral(words, 0)
    assert (read_back.value, read_back.exponent, read_back.last) == (number, 0, len(words))


@given(st.integers(0, 99), st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_decimals_in_words_are_the_decimals_in_digits(whole, decimals):
    in_words = f"{spelled(whole, ' ')} point {' '.join(ONES[d] for d in decimals)}"
    in_digits = f"{whole}.{''.join(map(str, decimals))}"
    told, printed = (numerals.numeral(cut(text), 0) for text in (in_words, in_digits))
    assert told[:3] == printed[:3] == (Decimal(in_digits), printed.digits, -len(decimals))


@given(st.integers(0, 10**12 - 1), st.integers(0, 4))
def test_thousands_may_be_parted_by_commas(number, decimals):
    plain = f"{number}.{'7' * decimals}" if decimals else str(number)
    parted = f"{number:,}{plain[len(str(number)) :]}"
    assert numerals.numeral(cut(parted), 0)[:3] == numerals.numeral(cut(plain), 0)[:3]


def test_more_digits_than_a_statistic_has_are_no_numeral():
    assert numerals.numeral(cut("9" * numerals.LONGEST_NUMBER), 0).value == 10**numerals.LONGEST_NUMBER - 1
    assert numerals.numeral(cut("9" * (numerals.LONGEST_NUMBER + 1)), 0) is None


@pytest.mark.parametrize(("text", "factor"), [("crore", 1e7), ("lakh crore", 1e12), ("bn", 1e9), ("of goods", 1)])
def test_scale_words_multiply(text, factor):
    assert numerals.scale(cut(text), 0, True) == (factor, len(text.split()) if factor > 1 else 0)


BEFORE = [("$5", "USD"), ("US$5", "USD"), ("HK$5", "HKD"), ("R$5", "BRL"), ("Rs 5", "INR"), ("Rs. 5", "INR")]
BEFORE += [("RMB5", "CNY"), ("€5", "EUR"), ("NT$5", "TWD"), ("A$5", "AUD"), ("$US5", "USD"), ("PLN 5", "PLN")]


@pytest.mark.parametrize(("text", "code"), BEFORE)
def test_a_currency_may_stand_before_its_amount(text, code):
    words = cut(text)
    found, at = denominations.before(words, 0)
    assert (found, words[at].text) == (code, "5")


AFTER = [("yuan", "CNY"), ("US dollars", "USD"), ("Canadian dollars", "CAD"), ("euro", "EUR")]
AFTER += [("of dollars", "USD"), ("rupees", "INR"), ("CHF", "CHF"), ("zloty", "PLN"), ("of goods", ""), ("try", "")]


@pytest.mark.parametrize(("text", "code"), AFTER)
def test_a_currency_may_stand_after_its_amount(text, code):
    assert denominations.after(cut(text + "."), 0) == (code, len(text.split()) if code else 0)


UNITS = [("%", "%"), ("per cent", "%"), ("percentage points", "pp"), ("basis points", "bp"), ("pct points", "pp")]
UNITS += [("metric tons", "t"), ("short tons", "short-t"), ("barrels a day", "bbl/d"), ("b/d", "bbl/d"), ("times", "x")]
UNITS += [("cubic feet per day", "ft3/d"), ("square metres", "m2"), ("smartphones", "n"), ("new energy vehicles", "n")]


@pytest.mark.parametrize(("text", "code"), UNITS)
def test_a_unit_is_read_to_its_last_word(text, code):
    words = cut(text)
    assert units.unit(words, 0, False)[:2] == (code, len(words))


@pytest.mark.parametrize("text", ["points", "goods", "", "of phones"])
def test_what_is_no_unit_is_none(text):
    assert units.unit(cut(text), 0, False) is None


def test_a_unit_may_hold_its_scale():
    assert units.metric(cut("bcm per day"), 0) == ("m3/d", 10**9, 3)
    assert units.metric(cut("tonnes"), 0) is None


FRACTIONS = [("two-thirds of exports", 0, 200 / 3), ("a third of exports", 0, 100 / 3), ("half of exports", 0, 50.0)]
FRACTIONS += [("rose by a fifth", 2, 20.0), ("a quarter more", 0, 25.0), ("one tenth less", 0, 10.0)]


@pytest.mark.parametrize(("text", "at", "percent"), FRACTIONS)
def test_a_fraction_is_a_rate(text, at, percent):
    found = fractions.fraction(cut(text), at)
    assert (found.value, found.unit) == (pytest.approx(percent, abs=1e-3), "%")


@pytest.mark.parametrize("text", ["a third straight month", "a quarter of a century", "the first half of the year"])
def test_an_ordinal_or_a_span_is_no_fraction(text):
    assert not quantities(cut(text))


@given(st.floats(0.1, 999.9), st.sampled_from(["million", "bn", "trillion"]), st.sampled_from(["yuan", "euros", "won"]))
def test_value_and_step_are_in_full_units(number, scale, currency):
    stated = f"{number:.1f}"
    [found] = quantities(cut(f"{stated} {scale} {currency}"))
    factor = {"million": 1e6, "bn": 1e9, "trillion": 1e12}[scale]
    assert found.value == pytest.approx(float(stated) * factor)
    assert found.step == pytest.approx(0.1 * factor)


SHARED = [
    ("6.2 and 0.2 percent", [(6.2, "%"), (0.2, "%")]),
    ("$1.5-2 billion", [(1.5e9, "USD"), (2e9, "USD")]),
    ("3.57 trillion and 3.14 trillion yuan", [(3.57e12, "CNY"), (3.14e12, "CNY")]),
    ("2024 and 6.2 percent", [(2024.0, ""), (6.2, "%")]),
]


@pytest.mark.parametrize(("text", "expected"), SHARED)
def test_numbers_of_one_list_or_range_share_their_unit(text, expected):
    assert [(q.value, q.unit) for q in quantities(cut(text))] == [(pytest.approx(v), unit) for v, unit in expected]


BASES = [
    ("Peru's exports rose 4.1% in October, up from 3.3% in September.", "3.3%"),
    ("Poland's imports came to 27.1 billion euros in October, against 25.9 billion euros a year earlier.", "25.9"),
    ("Thailand's exports grew 9.3% in October compared with 5.2% in September.", "5.2%"),
    ("Turkey's deficit widened to $7.6 billion in October from September's $6.9 billion.", "$6.9 billion"),
]


@pytest.mark.parametrize(("text", "base"), BASES)
def test_what_a_number_is_compared_with_is_of_the_earlier_period(text, base):
    claims = read(text, date="2025-11-28")
    [compared] = [c for c in claims if base in c.stated]
    assert [c for c in claims if c.id != compared.id and c.period == "2025-10"]
    assert compared.period != "2025-10"


NO_BASES = [
    ("Chile posted a surplus that resulted from $9.1 billion in exports in October.", "$9.1 billion"),
    ("Chile's exports rose to $9.1 billion in October.", "$9.1 billion"),
]


@pytest.mark.parametrize(("text", "stated"), NO_BASES)
def test_a_number_that_nothing_is_compared_with_is_no_base(text, stated):
    assert next(c.period for c in read(text, date="2025-11-28") if c.stated == stated) == "2025-10"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a deficit of 117.6 B. Yen", [("117.6 B. Yen", 117.6e9, "JPY")]),
        ("a deficit of Y548.5 billion", [("Y548.5 billion", 548.5e9, "JPY")]),
        ("exports of R17.37 billion", [("R17.37 billion", 17.37e9, "ZAR")]),
        ("exports of R1 519.02 billion", [("R1 519.02 billion", 1519.02e9, "ZAR")]),
        ("exports of US$ 32.3 bi", [("US$ 32.3 bi", 32.3e9, "USD")]),
        (
            "fuels (-33.3%), cars (-24.4) and dairy (-20.7%)",
            [("33.3%", 33.3, "%"), ("24.4", 24.4, "%"), ("20.7%", 20.7, "%")],
        ),
        ("fell by a tenth and imports by almost a quarter", [("a tenth", 10, "%"), ("a quarter", 25, "%")]),
        ("it dropped nearly a third year on year", [("a third", 33.3333, "%")]),
        ("a third year of growth", []),
    ],
)
def test_amounts_as_agencies_of_many_countries_print_them(text, told):
    found = quantities(tokens(text, 0, len(text)))
    assert [(text[q.start : q.end], q.value, q.unit) for q in found if q.unit] == told


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("14 billion 480 million dollars", 14.48e9, 1e6),
        ("2 trillion 15 billion yen", 2.015e12, 1e9),
        ("$1 billion 5 million", 1.005e9, 1e6),
        ("3 million 20 thousand tonnes", 3.02e6, 1e3),
        ("1.5 billion", 1.5e9, 1e8),
    ],
)
def test_a_number_may_be_told_in_two_scales(text, value, step):
    (quantity,) = quantities(tokens(text, 0, len(text)))
    assert (quantity.value, quantity.step) == (pytest.approx(value), pytest.approx(step))
    assert text[quantity.start : quantity.end] == text


def test_two_numbers_beside_each_other_are_not_one():
    for text in (
        "exports of 14 billion, 480 million of them cars",
        "14.5 billion 480 million",
        "480 million 14 billion",
    ):
        assert len(quantities(tokens(text, 0, len(text)))) == 2


@pytest.mark.parametrize(("said", "value", "digits"), [
    ("$330,3 billion", 330.3e9, 4), ("5,9%", 5.9, 2), (".9 percent", 0.9, 1), ("$1,076 billion", 1.076e12, 4),
    ("1,2bn dollars", 1.2e9, 2),
])  # fmt: skip
def test_a_comma_before_one_or_two_digits_and_a_leading_point_are_decimals(said, value, digits):
    (one,) = read(f"Japan's exports rose by {said} in May.", date="2025-06-20")
    assert (one.value, one.digits) == (pytest.approx(value), digits)


@pytest.mark.parametrize(("said", "value", "step"), [
    ("$330'350 million", 330350e6, 1e6), ("$330’350.5 million", 330350.5e6, 1e5),
    ("330.350,5 million dollars", 330350.5e6, 1e5),
    ("330.350.500 dollars", 330350500, 1), ("330\u00a0350 million dollars", 330350e6, 1e6),
    ("330\u2009350\u2009500 dollars", 330350500, 1), ("330\u202f350.5 million dollars", 330350.5e6, 1e5),
    ("＄330.3 billion", 330.3e9, 1e8), ("330.3bn$", 330.3e9, 1e8), ("330.3 billion ¥", 330.3e9, 1e8),
])  # fmt: skip
def test_thousands_and_decimals_are_parted_as_other_languages_part_them(said, value, step):
    text = f"China's exports came to {said} in November."
    (one,) = quantities(tokens(text, 0, len(text)))
    assert (one.value, one.step, text[one.start : one.end]) == (pytest.approx(value), pytest.approx(step), said)


@pytest.mark.parametrize(
    "said", ["5.9\u200b%", "5·9 percent", "５.９％", "５．９％", "٥٫٩٪", "5.9﹪", "5.9pc", "5.9\u00ad%"]
)
def test_a_rate_is_read_in_the_signs_of_other_keyboards(said):
    (one,) = read(f"China's exports rose by {said} in November.", date="2025-12-08")
    assert (one.value, one.unit, one.stated) == (5.9, "%", said)


@pytest.mark.parametrize(
    "said", ["$320-$340 billion", "$320 billion-$340 billion", "$320bn–$340bn", "€320-€340 billion"]
)
def test_a_hyphen_between_two_amounts_is_no_minus(said):
    found = read(f"China's exports came to {said} in November.", date="2025-12-08")
    assert [claim.value for claim in found] == [320e9, 340e9]


@pytest.mark.parametrize("said", ["5..9%", "5.9.1%", "12.1.330%"])
def test_a_piece_of_a_number_is_no_number(said):
    assert read(f"China's exports rose {said} in May.", date="2025-06-20") == []


@pytest.mark.parametrize("name", ["Tu\u0308rkiye", "Tür\u00adkiye", "Tür\u200bkiye"])
def test_a_word_is_read_however_its_letters_are_coded(name):
    (one,) = read(f"{name}'s ex\u00adports rose 5.9% in May.", date="2025-06-20")
    assert (one.reporter, one.flow) == ("TUR", "X")
