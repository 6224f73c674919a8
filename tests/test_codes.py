"""Codes: what people say finds its code, what offices write finds it too, and groups know their members on a day."""

import csv
import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot import codes
from entrepot.errors import UnknownCode

SHARED = Path(__file__).parents[1].parent / "shared"
shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the compiled data beside the repository (../shared) are absent"
)

TABLES = {  # what looks a word up: the tables whose words it knows
    codes.country: ("countries",),
    codes.partner: ("countries", "groups"),
    codes.flow: ("flows",),
    codes.currency: ("currencies",),
    lambda word: codes.product(word)[0]: ("chapters", "aggregates"),
}
WORDS = [
    (look, word, row["code"])
    for look, tables in TABLES.items()
    for table in tables
    for row in codes._rows(table)
    for word in codes._words(row)
    if row["code"] != "77"
]
COUNTRIES = [row["code"] for row in codes._rows("countries")]
GROUPS = [row["code"] for row in codes._rows("groups") if codes.kind(row["code"]) == "group"]
PARTNERS = COUNTRIES + [row["code"] for row in codes._rows("groups")]


def rows(path):
    """Rows of a CSV file of the compiled data, as text."""
    with (SHARED / path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- words ------------------------------------------------------------------------------------------------------------


def test_every_word_finds_its_own_code():
    """Also says that no word is claimed twice: the second claim would find the first code."""
    wrong = {(word, code): look(word) for look, word, code in WORDS if look(word) != code}
    assert not wrong
    assert len(WORDS) > 2000


@given(word=st.sampled_from(WORDS), how=st.sampled_from([str.upper, str.lower, str.title]))
def test_case_and_blanks_change_nothing(word, how):
    look, said, code = word
    assert look(f"  {how(said)} ") == code


def test_every_phrase_of_a_text_means_one_partner():
    """An adjective never means another partner than a name does, and codes that are English words stay out."""
    said = codes.phrases()
    called = codes._called("countries", "groups")
    clash = {p: (code, called[codes._key(p)]) for p, code in said.items() if called.get(codes._key(p), code) != code}
    assert not clash
    claims = [
        (word.casefold(), code) for code in PARTNERS for word in codes._list(codes._named()[code].get("demonyms", ""))
    ]
    assert len({word for word, _ in claims}) == len(claims)
    assert not {"and", "are", "can", "per", "all", "total", "other countries"} & said.keys()
    assert not codes.CAREFUL - said.keys()


def test_strangers_hold_a_phrase_and_are_none():
    said = codes.phrases()
    assert not codes.STRANGERS & said.keys()
    assert all(any(f" {phrase} " in f" {words} " for phrase in said) for words in codes.STRANGERS)


def test_longer_phrases_come_first():
    lengths = [len(phrase) for phrase in codes.phrases()]
    assert lengths == sorted(lengths, reverse=True)


SAID = {  # words of trade news: code
    **{"mainland China": "CHN", "Holland": "NLD", "the Netherlands": "NLD", "U.S.": "USA", "America": "USA"},
    **{"Britain": "GBR", "Czech Republic": "CZE", "Turkey": "TUR", "Korea": "KOR", "Ivory Coast": "CIV"},
    **{
        "越南": "VNM",
        "韩国": "KOR",
        "中国台湾": "TWN",
        "台湾": "TWN",
        "东盟": "ASEAN",
        "欧盟": "EU27",
        "一带一路": "BRI",
    },
    **{"eurozone": "EA", "NAFTA": "USMCA", "Belt and Road": "BRI", "Latin America": "LATAM", "all": "WLD"},
}


@pytest.mark.parametrize("word", SAID)
def test_news_words(word):
    assert codes.partner(word) == SAID[word]


def test_labels_fit_a_chart():
    long = {row["code"]: row["short"] for t in ("countries", "groups", "aggregates") for row in codes._rows(t)}
    assert not {code: short for code, short in long.items() if not 0 < len(short) <= 12}


def test_every_country_and_listed_group_has_a_chinese_name():
    no_chinese = {code for code in COUNTRIES + GROUPS if codes.name(code, "chinese").isascii()}
    assert not no_chinese


# --- refusals ---------------------------------------------------------------------------------------------------------

REFUSED = {  # look-up, word: what the message says
    (
        codes.country,
        "VMN",
    ): r"^No country is called 'VMN'; a code \(CHN\) or a name is expected. Did you mean VNM \(Viet Nam\)\?$",
    (codes.country, "CNH"): r"Did you mean CHN \(China\)\?",
    (codes.country, "Vietnm"): r"Did you mean VNM \(Viet Nam\)\?",
    (codes.country, "congo"): r"Did you mean COD \(DR Congo\) or COG \(Congo Republic\)\?",
    (codes.country, "ASEAN"): r"no country but a partner \(ASEAN\)",
    (codes.country, "XX"): r"No country is called 'XX'",
    (codes.country, "qqqqqqq"): r"entrepot have",
    (codes.country, "narnia"): r"expected. `entrepot have` lists those held.$",  # three letters of six from Armenia
    (codes.country, "wakanda"): r"expected. `entrepot have` lists those held.$",
    (codes.country, "brasilia"): r"Did you mean BRA \(Brazil\)\?",
    (codes.group, "ASAEN"): r"Did you mean ASEAN\?",
    (codes.group, "world"): r"No group is called",
    (codes.partner, "Lation America"): r"Did you mean LATAM",
    (codes.product, "854"): r"2, 4 or 6 digits, with its zeros. Did you mean 85 or 0854\?",
    (codes.product, "77"): r"there is no chapter 77. Did you mean 76 or 78\?",
    (codes.product, "00"): r"there is no chapter 00. Did you mean 01\?",
    (codes.product, "85423190"): r"national lines. Did you mean 854231\?",
    (codes.product, "semiconducters"): r"Did you mean integrated-circuits",
    (codes.flow, "exprots"): r"Did you mean X\?",
    (codes.currency, "yaun"): r"Did you mean CNY\?",
    (codes.members, "CHN"): r"'CHN' is no group; one of ASEAN",
    (codes.definition, "CHN"): r"'CHN' is no group",
    (codes.hs_codes, "hightech"): r"Did you mean high-tech",
}


@pytest.mark.parametrize(("look", "word"), REFUSED)
def test_refusals_name_the_nearest(look, word):
    with pytest.raises(UnknownCode, match=REFUSED[look, word]):
        look(word)


@pytest.mark.parametrize("word", ["", " ", "the"])
def test_nothing_is_called_nothing(word):
    for look in (codes.country, codes.group, codes.partner, codes.product, codes.flow, codes.currency):
        with pytest.raises(UnknownCode):
            look(word)


# --- countries against the standard -----------------------------------------------------------------------------------


@pytest.mark.parametrize("country", list(pycountry.countries), ids=lambda country: country.alpha_3)
def test_iso_3166(country):
    assert codes.kind(country.alpha_3) == "country"
    assert codes.office_code(country.alpha_3, "iso2") == country.alpha_2
    assert codes.office_code(country.alpha_3, "m49") == country.numeric
    if country.name != "Congo":  # refused: it may be either of two
        assert codes.country(country.name) == country.alpha_3


def test_the_currencies_are_iso_4217():
    assert not [row["code"] for row in codes._rows("currencies") if not pycountry.currencies.get(alpha_3=row["code"])]


# --- groups -----------------------------------------------------------------------------------------------------------

COUNTS = {  # group, day: members then
    **{
        ("EU27", None): 27,
        ("EU28", None): 28,
        ("EUN", "2013-06"): 27,
        ("EUN", "2013-07"): 28,
        ("EUN", "2020-01-31"): 28,
    },
    **{("EUN", "2020-02-01"): 27, ("EUN", "1995"): 15, ("EUN", "2004-04-30"): 15, ("EUN", "2004-05"): 25},
    **{("ASEAN", "2025-10-25"): 10, ("ASEAN", "2025-10-26"): 11, ("ASEAN", None): 11, ("ASEAN", "1966"): 0},
    **{("EA", "1999-01-01"): 11, ("EA", "2015"): 19, ("EA", "2023"): 20, ("EA", "2026-01"): 21, ("EA20", None): 20},
    **{
        ("APEC", None): 21,
        ("RCEP", None): 15,
        ("G7", None): 7,
        ("GCC", None): 6,
        ("OECD", None): 38,
        ("USMCA", None): 3,
    },
    **{("BRICS", "2023"): 5, ("BRICS", None): 10, ("CPTPP", None): 12, ("MERCOSUR", "2016"): 4, ("BRI", None): 0},
}


@pytest.mark.parametrize(("group", "on"), COUNTS)
def test_members_on_a_day(group, on):
    assert len(codes.members(group, on)) == COUNTS[group, on]


def test_the_union_of_the_day_is_the_fixed_list_of_its_time():
    assert codes.members("EUN") == codes.members("EU27")
    assert codes.members("EUN", "2019-12") == codes.members("EU28") == codes.members("EU27") | {"GBR"}
    assert codes.members("EA", "2024") == codes.members("EA20")


def test_every_member_is_a_partner_of_the_tables_once():
    for group in GROUPS:
        listed = [row["member"] for row in codes._memberships().get(group, ())]
        assert len(set(listed)) == len(listed), group
        assert {codes.kind(member) for member in listed} <= {"country", "residual"}, group


@given(iso3=st.sampled_from(COUNTRIES), on=st.sampled_from([None, "1990", "2004-05", "2019-12-31", "2025-11"]))
def test_groups_of_is_the_inverse_of_members(iso3, on):
    assert codes.groups_of(iso3, on) == {group for group in GROUPS if iso3 in codes.members(group, on)}


def test_continents_are_disjoint_and_hold_every_country_but_antarctica():
    continents = [row["code"] for row in codes._rows("groups") if row["kind"] == "continent"]
    held = [member for code in continents for member in codes.members(code)]
    assert len(held) == len(set(held))
    now = {code for code in COUNTRIES if codes.existed(code, "2025-11")}
    assert now - set(held) == {"ATA"}


@given(a=st.sampled_from(PARTNERS), b=st.sampled_from(PARTNERS))
def test_overlap_is_symmetric_and_holds_for_oneself_and_the_world(a, b):
    assert codes.overlaps(a, b) == codes.overlaps(b, a)
    assert codes.overlaps(a, a) and codes.overlaps(a, "WLD")


OVERLAPS = {
    **{("ASEAN", "VNM"): True, ("ASEAN", "RCEP"): True, ("ASEAN", "EU27"): False, ("EU27", "GBR"): False},
    **{("EU28", "GBR"): True, ("BRI", "USA"): True, ("BRI", "EU27"): True, ("SUN", "RUS"): True, ("ANT", "CUW"): True},
    **{("SUN", "EAEU"): True, ("ASIA", "OTH_ASIA"): True, ("ASEAN", "OTH_ASIA"): False, ("CHN", "HKG"): False},
    **{("LATAM", "MEX"): True, ("NAMERICA", "MEX"): False, ("Q9", "CHN"): False, ("Q9", "Q9"): True},
}


@pytest.mark.parametrize(("a", "b"), OVERLAPS)
def test_overlaps(a, b):
    assert codes.overlaps(a, b) is OVERLAPS[a, b]


def test_overlap_depends_on_the_day():
    assert codes.overlaps("ASEAN", "TLS", on="2025-11") and not codes.overlaps("ASEAN", "TLS", on="2025-09")


# --- offices ----------------------------------------------------------------------------------------------------------

# UN Comtrade, list of reporters of June 2025: numbers that are neither ISO nor M49, or were another before (Italy).
COMTRADE = {"USA": "842", "FRA": "251", "ITA": "380", "CHE": "757", "NOR": "579", "IND": "699", "TWN": "490"}


@pytest.mark.parametrize("scheme", ["comtrade", "baci"])
@pytest.mark.parametrize("iso3", COMTRADE)
def test_comtrade_numbers_that_others_get_wrong(iso3, scheme):
    assert codes.office_code(iso3, scheme) == COMTRADE[iso3]
    assert codes.from_office(int(COMTRADE[iso3]), scheme) == iso3


def test_italy_moved():
    assert codes.office_code("ITA", "baci", on="2024-12") == "381"
    assert {codes.from_office(number, "baci") for number in ("380", "381")} == {"ITA"}
    with pytest.raises(UnknownCode, match="'381'"):
        codes.from_office("381", "comtrade", on="2025-06")


@pytest.mark.parametrize("scheme", codes.Scheme.__args__)
def test_office_codes_round_trip(scheme):
    found = {}
    for code in PARTNERS:
        try:
            found[code] = codes.office_code(code, scheme)
        except UnknownCode:
            continue
    assert {code: codes.from_office(theirs, scheme) for code, theirs in found.items()} == {code: code for code in found}
    assert len(found) > 200


def test_what_an_office_does_not_have_is_refused():
    for look, said in [
        (lambda: codes.office_code("MCO", "comtrade"), "Monaco has no comtrade code"),
        (lambda: codes.office_code("XIC", "iso2"), "Canary Islands has no iso2 code"),
        (lambda: codes.office_code("PSE", "census"), "several census codes, 5082 and 5083"),
        (lambda: codes.office_code("Vietnam", "imf"), "start from codes.country"),
        (lambda: codes.office_code("VNM", "dots"), "'dots' is no scheme"),
        (lambda: codes.from_office("9999", "census"), "census code '9999' is in no table"),
        (lambda: codes.from_office("999", "comtrade"), r"Near it: 499 \(Montenegro\)"),
    ]:
        with pytest.raises(UnknownCode, match=said):
            look()


@shared
def test_comtrade_lists():
    iso = {country.alpha_3 for country in pycountry.countries}
    for file, key in {"Reporters": "reporter", "partnerAreas": "Partner"}.items():
        path = SHARED / f"fixtures/comtrade/recorded_values_{file}.json"
        for row in json.loads(path.read_text("utf-8-sig"))["results"]:
            theirs, number = row[f"{key}CodeIsoAlpha3"], row[f"{key}Code"]
            if theirs in iso and "entryExpiredDate" not in row and number != 492:  # "Europe EU, nes" under Monaco's ISO
                assert codes.from_office(number, "comtrade") == theirs
                assert key == "Partner" or codes.office_code(theirs, "comtrade") == str(number)


@shared
def test_baci_list():
    ours = {"58": "BLX", "490": "TWN", "711": "ZA1", "697": "NES_EFTA", "849": "NES_USPACIFIC"}
    for row in rows("fixtures/baci/recorded_country_codes_V202201.csv"):
        number = row["country_code"]
        assert codes.from_office(number, "baci") == ours.get(number, row["iso_3digit_alpha"])


@shared
def test_census_schedule_c():
    iso3 = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {
        "KV": "XKX",
        "GZ": "PSE",
        "WE": "PSE",
    }
    for row in rows("fixtures/census/recorded_values_schedule_c_country_codes.csv"):
        assert codes.from_office(row["Code"], "census") == iso3[row["ISO"]]


@shared
def test_all_partners_of_the_customs_table_are_known():
    listed = rows("data/china_partners_monthly/partners.csv")
    kinds = {"bloc": "group", "continent": "group", "total": "world", "customs_territory_without_iso": "country"}
    assert len(listed) == 268
    for row in listed:
        expected = {"ATA": "country", "UNKNOWN": "residual"}.get(row["partner"], kinds.get(row["kind"], row["kind"]))
        assert codes.kind(codes.partner(row["partner"])) == expected, row


@shared
def test_names_that_other_tables_print_are_known():
    for row in rows("data/liberation_day_2025/countries.csv"):
        assert codes.country(row["name"]) == row["iso3"]
    for row in rows("fixtures/census/recorded_values_schedule_c_country_codes.csv"):
        if row["Code"] not in {"5082", "5083"}:  # Gaza and the West Bank are one partner here
            assert codes.country(row["Country"]) == codes.from_office(row["Code"], "census")


def labels(path):
    """Labels of the first column of the customs office's tables, without stars, indents and headings."""
    cells = re.findall(r"<tr.*?<td[^>]*>(.*?)</td>", (SHARED / path).read_text("utf-8"), flags=re.DOTALL)
    texts = [re.sub(r"<br ?/?>", " ", cell) for cell in cells]
    found = [" ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split()).strip("* ") for text in texts]
    headings = r"$|\(\d\)|Unit:|Note:|Commodity|Quantity|Export Destination|Import Source|1-|\d"
    return [text.removeprefix("of which:").strip() for text in found if not re.match(headings, text)]


@shared
def test_labels_of_the_offices_country_table_are_known():
    found = {
        label: codes.partner(label)
        for label in labels("fixtures/gacc/recorded_preliminary_s4_country_2026-03_cny.html")
    }
    assert {"WLD", "EU27", "ASEAN", "LATAM", "AFR", "USA", "KOR", "TWN", "HKG", "BRI", "RCEP"} <= set(found.values())


@shared
def test_chinese_labels_of_the_offices_country_table_are_known():
    table = rows("fixtures/gacc/recorded_cn_express_s4_country_2026-06_cny_values.csv")
    found = [codes.partner(row["label_zh"].removeprefix("其中：")) for row in table]
    assert len(set(found)) == len(found) > 20
    assert {codes.kind(code) for code in found} == {"world", "group", "country"}


@shared
def test_labels_of_the_offices_export_goods_are_known():
    found = [codes.product(label) for label in labels("fixtures/gacc/recorded_preliminary_s5_exports_2026-05_usd.html")]
    assert len(set(found)) == len(found) > 25
    assert {classification for _, classification in found} == {"aggregate"}


@shared
@pytest.mark.parametrize("group", ["ASEAN", "EU27", "AFR", "ASIA", "EUROPE", "LATAM", "NAMERICA", "OCEANIA"])
@pytest.mark.parametrize("flow", ["export", "import"])
def test_members_add_to_the_groups_that_customs_printed(group, flow):
    """China customs, January-December 2024, 100 million yuan; a few tiny territories are absent from the copy."""
    table = rows("data/china_partners_monthly/china_trade_by_partner_2024.csv")
    held = {
        codes.partner(row["partner"]): float(row["value_yi_cny"])
        for row in table
        if (row["period"], row["basis"], row["flow"]) == ("2024-12", "ytd", flow) and row["value_yi_cny"]
    }
    parts = sum(held[member] for member in codes.members(group, on="2024-12") if member in held)
    assert parts == pytest.approx(held[group], abs=0.1)


# --- products ---------------------------------------------------------------------------------------------------------


def test_chapters_are_those_of_the_harmonized_system():
    known = [row["code"] for row in codes._rows("chapters")]
    assert known == [f"{number:02d}" for number in range(1, 100)]
    assert len({codes.name(code) for code in known}) == 99


@shared
def test_named_products_are_those_of_the_customs_data():
    named = {row["source_name"]: row["code"] for row in codes._rows("aggregates") if row["source_name"]}
    printed = {row["product"] for row in rows("data/gacc/products.csv")}
    assert printed == named.keys()
    assert {word: codes.product(word) for word in printed} == {word: (named[word], "aggregate") for word in printed}


@shared
def test_hs_codes_of_named_products_exist():
    import pandas as pd

    table = pd.read_parquet(SHARED / "data/hs_reference/hs_descriptions.parquet")
    held = set(table.loc[table.edition == "HS2022", "code"])
    listed = {code for row in codes._rows("aggregates") for code in codes.hs_codes(row["code"])}
    assert listed
    assert not listed - held


@given(code=st.integers(1, 99).filter(lambda n: n != 77), rest=st.sampled_from(["", "01", "0190"]))
def test_hs_codes_are_text_with_their_zeros(code, rest):
    text = f"{code:02d}{rest}"
    assert codes.product(text) == codes.product(f"HS {text}") == (text, "HS2022")


def test_names_of_products_say_what_the_digits_are():
    assert codes.name("8542") == "8542"
    assert codes.name("8542", classification="HS2022") == "HS 8542"
    assert codes.name("85", classification="NAICS") == "85"
    assert codes.name("high-tech", "chinese") == "高新技术产品"


@pytest.mark.parametrize("code", [row["code"] for row in codes._rows("aggregates")])
def test_a_named_product_reads_as_words_in_both_languages(code):
    assert codes.name(code) != code
    assert not codes.name(code, "chinese").isascii()


def test_currencies_of_reporters():
    held = {code: codes.own_currency(code) for code in ("CHN", "USA", "EU27", "JPN", "VNM")}
    assert held == {"CHN": "CNY", "USA": "USD", "EU27": "EUR", "JPN": "JPY", "VNM": "VND"}
    assert {codes.own_currency(code) for code in codes.members("EA")} == {"EUR"}
    assert codes.symbol("USD") == "$"


# --- cost -------------------------------------------------------------------------------------------------------------

LAZY = """
import sys
from entrepot import codes
assert all(f.cache_info().currsize == 0 for f in vars(codes).values() if hasattr(f, "cache_info"))
print(*sorted(m for m in sys.modules if m.partition(".")[0] in {"pandas", "numpy", "duckdb", "narwhals"}))
"""


def test_importing_reads_no_table_and_nothing_heavy():
    run = subprocess.run([sys.executable, "-c", LAZY], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_a_code_of_another_classification_is_given_with_its_name_and_not_checked():
    assert codes.product("NAICS 333") == ("333", "NAICS")
    assert codes.product("sitc-781") == codes.product("SITC:781") == ("781", "SITC")
    with pytest.raises(UnknownCode, match="333"):
        codes.product("333")


IN_OTHER_LANGUAGES = {
    "CHN": ["중국", "Chine", "Cina", "Trung Quốc", "中國"],
    "USA": ["Vereinigte Staaten", "Estados Unidos", "미국", "États-Unis", "Hoa Kỳ", "アメリカ合衆国", "EE. UU."],
    "KOR": ["Südkorea", "Corea del Sur", "대한민국", "한국", "Coreia do Sul"],
    "DEU": ["Deutschland", "Alemania", "독일"],
    "VNM": ["베트남", "Vietnã", "Việt Nam"], "GBR": ["Vereinigtes Königreich", "Reino Unido", "영국"],
    "TUR": ["Türkei", "Turquía", "튀르키예", "터키"], "JPN": ["Japon", "일본"], "HKG": ["Hongkong", "홍콩"],
}  # fmt: skip


@pytest.mark.parametrize("code", IN_OTHER_LANGUAGES)
def test_a_country_is_known_by_its_name_in_other_languages(code):
    for word in IN_OTHER_LANGUAGES[code]:
        assert codes.country(word) == codes.partner(word.upper()) == code


def test_two_letter_codes_are_read_where_nothing_else_is_called_so():
    for row in codes._rows("countries"):
        if row["iso2"]:
            called = codes._called("countries", "groups").get(row["iso2"].casefold(), row["code"])
            assert codes.partner(row["iso2"]) == called
    assert codes.country("vn") == "VNM" and codes.partner("EA") == "EA"


def test_names_in_other_languages_mean_one_partner_and_shadow_no_name_of_ours():
    listed = [(codes._key(row["name"]), row["code"]) for row in codes._rows("names")]
    ours = codes._called("countries", "groups")
    assert len(listed) > 1000 and len({key for key, _ in listed}) == len(listed)
    assert not {key for key, _ in listed} & ours.keys()
    assert {code for _, code in listed} <= set(PARTNERS)
    with pytest.raises(UnknownCode):
        codes.country("Congo")
    with pytest.raises(UnknownCode, match="no country but a partner"):
        codes.country("Europäische Union")


def test_several_where_one_is_expected_are_told_so():
    with pytest.raises(UnknownCode, match=r"One country is expected here, and 'brazil,argentina' lists 2"):
        codes.country("brazil,argentina")


def test_a_long_word_is_not_repeated_whole():
    with pytest.raises(UnknownCode) as refusal:
        codes.country("a" * 5000)
    assert len(str(refusal.value)) < 250


def test_a_word_of_a_name_brings_the_names_that_have_it_shortest_first():
    with pytest.raises(UnknownCode, match=r"Did you mean USA \(United States\) or GBR \(United Kingdom\)"):
        codes.country("united")


@pytest.mark.parametrize("word", [["X", "M"], None, 5])
def test_a_flow_that_is_no_text_is_refused(word):
    with pytest.raises(UnknownCode, match="One flow is expected as text"):
        codes.flow(word)
