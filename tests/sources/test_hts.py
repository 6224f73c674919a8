"""The US tariff schedule: duties as text and numbers, lines that inherit, actions that stand beside each other."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.errors import BadTable, MissingData, WrongUsage
from entrepot.sources import hts

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "hts_fr"
SEEN = date(2026, 11, 22)
CSV, JSON = "recorded_hts_2018_rev1_excerpt.csv", "composed_hts_export.json"
fixtures = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")


def read(name):
    return hts.parse((FOLDER / name).read_bytes(), seen=SEEN)


DUTIES = {
    "Free": (0.0, None, "", "free"),
    "6.8%": (0.068, None, "", "ad valorem"),
    "1¢/kg": (None, 0.01, "kg", "specific"),
    "68¢/head": (None, 0.68, "head", "specific"),
    "5.25¢/bbl": (None, 0.0525, "bbl", "specific"),
    "0.9¢ each": (None, 0.009, "piece", "specific"),
    "$1.509/kg": (None, 1.509, "kg", "specific"),
    "90¢/pr. + 37.5%": (0.375, 0.9, "pair", "compound"),
    "$1.58/pr. + 66%": (0.66, 1.58, "pair", "compound"),
    "The duty provided in the applicable subheading + 12.5%": (0.125, None, "", "additional"),
    "The duty provided in the applicable subheading": (0.0, None, "", "additional"),
    "": (None, None, "", "none"),
    "See 9903.01.25": (None, None, "", "text"),
    "4.4¢/kg less 2%": (None, None, "", "text"),
    "5/kg": (None, None, "", "text"),
}


@pytest.mark.parametrize("text", DUTIES)
def test_a_duty_is_a_share_an_amount_for_a_unit_or_both(text):
    said = hts.duty(text)
    assert (said.ad_valorem, said.specific, said.per, said.kind) == DUTIES[text]


@given(share=st.integers(1, 999), cents=st.integers(1, 9999), price=st.floats(0.01, 1e6))
def test_the_equivalent_of_a_compound_duty_is_the_sum_of_its_parts(share, cents, price):
    said = hts.duty(f"{cents}¢/kg + {share / 10}%")
    assert hts.equivalent(said, price=price, per="kg") == pytest.approx(share / 1000 + cents / 100 / price)


@pytest.mark.parametrize("text", [text for text, said in DUTIES.items() if said[1] is not None or said[3] == "text"])
def test_an_amount_for_a_unit_is_no_share_without_the_price_of_that_unit(text):
    with pytest.raises(MissingData):
        hts.equivalent(hts.duty(text))
    with pytest.raises(MissingData):
        hts.equivalent(hts.duty(text), price=10.0, per="furlong")


@fixtures
def test_rates_hold_for_the_longer_lines_below_them():
    rows = read(CSV).drop_duplicates("code").set_index("code")
    assert rows.loc["0101290010", "from_line"] == "01012900" and rows.loc["0101290010", "ad_valorem"] == 0.0
    assert rows.loc["2709002010", "specific"] == 0.105 and rows.loc["2709002010", "from_line"] == "27090020"
    assert rows.loc["0101", "kind"] == "none"  # a heading has no duty of its own


@fixtures
def test_codes_keep_their_zeros_and_no_rate_text_of_the_recorded_file_is_left_unread():
    rows = read(CSV)
    assert "01013000" in set(rows.code.str[:8]) and set(rows.code.str.len()) <= {0, 4, 6, 8, 10}
    assert "text" not in set(rows.kind) and rows.attrs["repairs"]  # lines that the excerpt holds twice
    assert hts.line(rows, "0101.30.00.00").general == "6.8%" and hts.line(rows, "0101210099").code == "01012100"
    with pytest.raises(MissingData, match="chapter 99"):
        hts.line(rows, "9903.88.15")


@fixtures
def test_both_exports_read_alike():
    body = [
        {"htsno": "0101.30.00.00", "indent": "1", "description": "Asses", "units": ["No."], "general": "6.8%",
         "special": "Free (A+,AU)", "other": "15%", "footnotes": None}
    ]  # fmt: skip
    (row,) = hts.parse(json.dumps(body).encode(), seen=SEEN).to_dict("records")
    same = hts.line(read(CSV), "0101300000")
    assert [row[name] for name in ("code", "general", "ad_valorem", "units")] == [
        same[name] for name in ("code", "general", "ad_valorem", "units")
    ]


@fixtures
def test_actions_of_chapter_99_stand_beside_each_other_and_none_is_the_smallest():
    rows = read(JSON)
    laptop = hts.provisions(rows, "8471.30.01.00", origin="china")
    assert laptop.added.tolist() == [0.125, 0.075] and laptop.scope.tolist() == ["by note", "cited"]
    assert hts.provisions(rows, "8471300100").code.tolist() == ["99038815"]  # only what the line itself cites
    cheese = hts.provisions(rows, "0406.10.84", origin="china")
    assert set(cheese.scope) == {"by note"} and len(cheese) == 2  # named by country, not by line: for a person to judge
    assert hts.provisions(rows, "0406.10.84").empty and hts.provisions(
        rows, "8471300100", origin="france"
    ).added.tolist() == [0.075]
    without = rows[rows.code != "99038815"]
    assert hts.provisions(without, "8471300100").added.isna().all()  # a provision that is not held has no rate


@fixtures
def test_the_misspelt_field_is_read_and_must_agree_with_the_words():
    text = (FOLDER / JSON).read_text("utf-8")
    with pytest.raises(BadTable, match="wrong"):
        hts.parse(text.replace('"addiitionalDuties": "12.5%"', '"addiitionalDuties": "25%"').encode(), seen=SEEN)


@fixtures
def test_what_is_no_schedule_is_refused():
    text = (FOLDER / CSV).read_text("utf-8")
    bad = {
        "no column for general": text.replace("General Rate of Duty", "Rate"),
        "cut off": text[: text.rfind('","')],
        "zeros lost": text.replace('"0101.30.00.00"', '"101.30.00.00"'),
        "twice with two duties": text + '"0101.30.00.00","1","Asses","","7%","",""\n',
        "web page": "<html></html>",
    }
    for said, content in bad.items():
        with pytest.raises(BadTable, match=said):
            hts.parse(content.encode(), seen=SEEN)
    with pytest.raises(BadTable, match="chapter 85"):
        hts.parse((FOLDER / JSON).read_bytes(), seen=SEEN, chapter="85")
    with pytest.raises(MissingData):
        hts.parse(b"[]", seen=SEEN)


def test_questions():
    assert len(hts.ask()) == 98
    (one,) = hts.ask("8542")
    assert dict(one.params)["from"] == "8500" and dict(one.params)["to"] == "8600" and one.facts == (("chapter", "85"),)
    with pytest.raises(WrongUsage):
        hts.ask("chips")
