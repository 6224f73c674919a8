"""China's customs pages: every layout reads alike, and each trap of the pages is met."""

import importlib.util
import re
from datetime import date
from pathlib import Path

import pytest

from entrepot import codes, flows
from entrepot.errors import BadTable, MissingData
from entrepot.sources import gacc, goods, markup, numbers

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "gacc"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SEEN = date(2026, 11, 22)
READ = [
    *("composed_bulletin_02_country_2025-11.html", "composed_bulletin_05_regime_2019-11.html"),
    *(f"recorded_bulletin_05_regime_{month}.txt" for month in ("2019-11", "2019-12", "2023-01", "2023-03")),
    *("recorded_bulletin_13_exports_2022-01_excerpt.html", "recorded_bulletin_13_exports_2026-07_excerpt.html"),
    *("recorded_bulletin_14_imports_2026-01_excerpt.html", "recorded_preliminary_s4_country_2025-01-02_cny.html"),
    *("recorded_preliminary_s4_country_2026-03_cny.html", "recorded_preliminary_s5_exports_2026-05_usd.html"),
]


def read(name):
    return gacc.parse((FOLDER / name).read_bytes(), seen=SEEN)


def one(rows, **cell):
    for name, value in cell.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1, rows
    return rows.iloc[0]


@pytest.mark.parametrize("name", READ)
def test_every_page_keeps_the_contract(name):
    rows = read(name)
    flows.read(rows)
    assert len(rows) and set(rows.reporter) == {"CHN"}


@pytest.mark.parametrize("name", [name for name in READ if "regime" in name])
def test_regimes_add_up_to_their_total(name):
    rows = read(name)
    for _, side in rows.groupby(["flow", "span"]):
        total = side[side.concept == "standard"].value.sum()
        assert side[side.concept != "standard"].value.sum() == pytest.approx(total, abs=2000)


@pytest.mark.parametrize("name", [name for name in READ if "country" in name])
def test_exports_and_imports_add_up_to_the_total(name):
    rows = read(name).pivot_table(index=["partner", "span"], columns="flow", values="value").dropna()
    assert ((rows["X"] + rows["M"] - rows["T"]).abs() <= 0.100001 * (1e8 if "cny" in name else 1e3)).all()


def test_partner_lines_overlap_and_their_partition_does_not():
    """Every row but the total adds to 202 % of exports; the disjoint top rows to 92.5 %."""
    rows = read("recorded_preliminary_s4_country_2026-03_cny.html")
    exports = rows[(rows.flow == "X") & (rows.span == "month")].set_index("partner").value
    whole = exports.pop("WLD")
    assert exports.sum() / whole == pytest.approx(2.02, abs=0.005)
    parts = flows.partition(exports.to_dict(), on="2026-03").parts
    assert not flows.overlapping(parts, on="2026-03")
    assert exports[list(parts)].sum() / whole == pytest.approx(0.925, abs=0.0006)


def test_of_which_holds_until_the_indent_falls_back():
    page = markup.read((FOLDER / "recorded_preliminary_s4_country_2026-03_cny.html").read_bytes())
    inside = gacc.parents(page.tables[0][4:])
    assert {child for child, group in inside.items() if group == "EU27"} == {"DEU", "NLD", "FRA", "ITA"}
    assert {child for child, group in inside.items() if group == "ASEAN"} == {"VNM", "MYS", "THA", "SGP", "IDN", "PHL"}
    assert inside["BRA"] == "LATAM" and inside["ZAF"] == "AFR" and "USA" not in inside and "RCEP" not in inside


def test_a_child_that_our_table_does_not_know_as_a_member_is_refused():
    text = (FOLDER / "recorded_preliminary_s4_country_2026-03_cny.html").read_text("utf-8")
    with pytest.raises(BadTable, match="members"):
        gacc.parse(text.replace("Netherlands", "Norway").encode(), seen=SEEN)


def test_a_new_spelling_of_a_partner_is_refused_not_dropped():
    text = (FOLDER / "recorded_preliminary_s4_country_2026-03_cny.html").read_text("utf-8")
    with pytest.raises(BadTable, match="new to us"):
        gacc.parse(text.replace("New Zealand", "Nova Zembla").encode(), seen=SEEN)


def test_january_and_february_together_are_one_fact():
    rows = read("recorded_preliminary_s4_country_2025-01-02_cny.html")
    assert set(rows.span) == {"ytd"} and set(rows.period) == {"2025-02"}
    total = one(rows, partner="WLD", flow="X")
    assert (total.value, total.half_width, total.growth) == (3_881_210_000_000, 5e6, 0.034)
    assert total.released == date(2025, 3, 11) or total.released.date() == date(2025, 3, 11)


def test_goods_carry_quantity_value_printed_growth_and_the_revised_base():
    rows = read("recorded_preliminary_s5_exports_2026-05_usd.html")
    chips = {"product": "integrated-circuits", "span": "ytd"}
    now, base = one(rows, **chips, period="2026-05"), one(rows, **chips, period="2025-05")
    assert (now.value, base.value, now.growth) == (139_076.8e6, 73_214.6e6, 0.9)
    assert now.value / base.value - 1 == pytest.approx(now.growth, abs=now.growth_half_width)
    assert base.released == now.released and (now.quantity, now.unit) == (1477.6e8, "piece")


def test_every_printed_growth_follows_from_the_base_that_stands_beside_it():
    rows = read("recorded_preliminary_s5_exports_2026-05_usd.html")
    ytd = rows[rows.span == "ytd"].pivot(index="product", columns="period", values="value")
    growth = rows[(rows.span == "ytd") & rows.growth.notna()].set_index("product").growth
    assert len(growth) == 31
    assert ((ytd["2026-05"] / ytd["2025-05"] - 1 - growth).abs() < 0.00051).all()


def test_a_unit_that_gives_an_impossible_price_is_mended_and_counted():
    rows = read("recorded_preliminary_s5_exports_2026-05_usd.html")
    shoes = one(rows, product="footwear", span="month")
    assert shoes.value / shoes.quantity == pytest.approx(4.64, abs=0.005)
    assert sum(rows.attrs["repairs"].values()) == 3


def test_quantities_are_in_base_units_so_that_a_changed_unit_does_not_break_the_series():
    chips = goods.good("Electronic integrated circuits")
    millions, hundreds = (
        goods.quantity(chips, *said, None, "USD")[0] for said in ((25_000, "Million PCS"), (250, "100 Million PCS"))
    )
    assert millions == hundreds == {"quantity": 2.5e10, "unit": "piece"}
    meat = goods.quantity(goods.good("Meat of swine"), 62, "10000T", None, "USD")[0]
    mutton = goods.quantity(goods.good("Meat of sheep or goats"), 31_281, "T", None, "USD")[0]
    assert meat["weight_kg"] == 62e7 and mutton["weight_kg"] == 31_281_000
    with pytest.raises(BadTable, match="furlongs"):
        goods.quantity(chips, 1, "furlongs", None, "USD")


def test_the_spacer_column_and_the_columns_of_january_do_not_shift():
    spaced = one(read("recorded_bulletin_13_exports_2022-01_excerpt.html"), product="agricultural", span="ytd")
    assert (spaced.value, spaced.growth) == (9_086_042_000, 0.292)
    short = read("recorded_bulletin_14_imports_2026-01_excerpt.html")
    assert set(short.span) == {"month"} and set(short.flow) == {"M"}
    assert one(short, product="agricultural").growth == 0.132  # the growth of the month, for there is no other column
    full = read("recorded_bulletin_13_exports_2026-07_excerpt.html")
    assert one(full, product="agricultural", span="ytd").growth == 0.093
    assert one(full, product="agricultural", span="month").isna().growth


def test_overlays_are_starred_and_a_part_does_not_take_the_name_of_its_whole():
    assert goods.good("Mechanical and electrical products \n*").starred and not goods.good("Toys").starred
    rows = read("recorded_bulletin_13_exports_2026-07_excerpt.html")
    assert {"aquatic", "edible-aquatic-products"} <= set(rows["product"])


def test_the_goods_list_of_before_2020_is_another_series():
    before, after = goods.good("Toys", before_break=True), goods.good("Toys")
    assert before.classification != after.classification
    assert goods.good("Vegetables").code != goods.good("Vegetables and edible fungi").code
    assert goods.good("Diary products").code == goods.good("Dairy products").code


def test_stray_text_before_a_table_changes_nothing():
    name = "recorded_bulletin_14_imports_2026-01_excerpt.html"
    text = (FOLDER / name).read_text("utf-8")
    plain = re.sub(r"-?EndFragment--(&gt;|>)", "", text)
    assert plain != text
    layout = "<table><tr><td>home</td><td>1.5</td></tr></table>"  # a table of the page around it
    for other in (plain, text.replace("<body", f"{layout}<body", 1)):
        assert gacc.parse(other.encode(), seen=SEEN).drop(columns="source").equals(read(name).drop(columns="source"))


def test_labels_in_full_width_letters_are_the_same_labels():
    wide = goods.good("Motor vehicles（including chassis fitted with engines)")
    assert wide == goods.good("Motor vehicles(including chassis fitted with engines)")
    assert gacc.partner("Ｖｉｅｔ　Ｎａｍ") == gacc.partner("Viet Nam") == "VNM"


def test_growth_rows_without_a_label_belong_to_the_row_above():
    rows = read("recorded_bulletin_05_regime_2019-11.txt")
    total = one(rows, concept="standard", flow="M", span="ytd")
    assert (total.value, total.growth) == (1_881_977_078_000, -0.046)
    donated = rows[(rows.concept == "other donation") & (rows.flow == "X") & (rows.span == "month")].iloc[0]
    assert donated.value == 1_685_000 and donated.isna().growth  # the dash is missing, not zero


def test_year_to_date_differences_are_not_months():
    november, december = (read(f"recorded_bulletin_05_regime_2019-{month}.txt") for month in ("11", "12"))
    ytd = [one(rows, concept="standard", flow="M", span="ytd").value for rows in (november, december)]
    month = one(december, concept="standard", flow="M", span="month").value
    assert (ytd[1] - ytd[0]) / month - 1 == pytest.approx(0.021, abs=0.0005)


REFUSED = {
    "recorded_preliminary_s4_country_2018-01_cny_image_only.html": "picture",
    "recorded_cn_express_article_no_table_2026-07.html": "picture or in a frame",
    "recorded_bulletin_18_imports_by_regime_2019-12_collapsed.txt": "flattened",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_holds_no_table_is_refused(name):
    with pytest.raises(BadTable, match=REFUSED[name]):
        read(name)


def test_a_title_and_a_unit_that_disagree_are_refused():
    text = (FOLDER / "recorded_preliminary_s4_country_2026-03_cny.html").read_text("utf-8")
    with pytest.raises(BadTable, match="CNY"):
        gacc.parse(text.replace("Unit: CNY 100 Million", "Unit: USD1 Million").encode(), seen=SEEN)
    with pytest.raises(BadTable, match="no scale"):
        gacc.parse(text.replace("Unit: CNY 100 Million", "Unit: bushels").encode(), seen=SEEN)


SUMMARY = """<html><div class="atcl-ttl">(1) China's Total Export &amp; Import Values, Dec 2025 (in USD)</div>
<div class="atcl-date">2026/01/14</div><table><caption>Unit: USD 100 Million</caption>
<tr><th>Item</th><th>12</th><th>1-to-12</th>
<th>Month-on-Month ±%</th><th>Year-on-Year ±%</th><th>Year-on-Year ±%</th></tr>
<tr><td>Total Export &amp; Import</td><td>6,000.2</td><td>63,500.7</td><td>9.6</td><td>6.2</td><td>3.2</td></tr>
<tr><td>Total Export</td><td>3,500.1</td><td>37,700.3</td><td>8.4</td><td>6.6</td><td>5.5</td></tr>
<tr><td>Total Import</td><td>2,500.1</td><td>25,800.4</td><td>11.5</td><td>5.7</td><td>0.0</td></tr>
<tr><td>Export-Import Balance</td><td>1,000.0</td><td>11,899.9</td><td>-</td><td>-</td><td>-</td></tr></table></html>"""


def test_the_summary_gives_total_sides_and_balance_with_the_right_growth():
    rows = gacc.parse(SUMMARY.encode(), seen=SEEN)
    flows.read(rows)
    assert len(rows) == 8 and set(rows.flow) == {"T", "X", "M", "B"}
    month, ytd = (one(rows, flow="X", span=span) for span in ("month", "ytd"))
    assert (month.value, month.growth, ytd.value, ytd.growth) == (350.01e9, 0.066, 3770.03e9, 0.055)
    assert one(rows, flow="B", span="month").value == 100e9 and one(rows, flow="M", span="ytd").growth == 0.0


TITLES = {
    "1-7.2026": "2026-07",
    "1.2026": "2026-01",
    "1-1.2022": "2022-01",
    "11.2019": "2019-11",
    "12. 2019": "2019-12",
}
TITLES |= {"Regime3.2023": "2023-03", "Mar 2026 (in CNY)": "2026-03", "2026年1至7月": "2026-07", "Jan. 2018": "2018-01"}


@pytest.mark.parametrize("title", TITLES)
def test_the_month_of_a_title(title):
    assert gacc.period(f"(13)Major Export Commodities,{title}") == TITLES[title]


def test_a_title_without_a_month_and_a_day_of_neither_form_are_refused():
    with pytest.raises(BadTable):
        gacc.period("(13)Major Export Commodities")
    with pytest.raises(BadTable):
        gacc.day("23/08/2019")  # never day first
    assert gacc.day("03/08/2018") == date(2018, 3, 8)


@pytest.mark.parametrize("name", ["recorded_preliminary_index_2026.html", "recorded_monthly_index_2026.html"])
def test_an_index_leads_to_the_tables_that_are_out(name):
    request = gacc.ask(2026)[0 if "preliminary" in name else 1]
    found = gacc.more((FOLDER / name).read_bytes(), request)
    assert found and all(r.url.startswith("http://english.customs.gov.cn/Statics/") for r in found)
    months = {month for _, month, _ in gacc.index((FOLDER / name).read_bytes())}
    assert months == ({"02", "03"} if "preliminary" in name else {f"{n:02d}" for n in range(1, 8)})


def test_addresses_with_backslashes_and_chinese_words_are_mended():
    href = "http://english.customs.gov.cn\\Excel\\1_10-en-美元-2026-05-USD45.xls"
    assert gacc.web_address(href, gacc.HOST).isascii() and "\\" not in gacc.web_address(href, gacc.HOST)


def test_numbers_are_strict():
    assert [numbers.printed(text) for text in ("-", "—", "", "ND", ".")] == [None] * 5
    assert numbers.printed("１，２３４．５\xa0") == (1234.5, 0.05)
    assert numbers.printed("▲7.8").value == -7.8
    for text in ("12a", "1,23", "1 2.3.4"):
        with pytest.raises(BadTable):
            numbers.printed(text)


XLS = importlib.util.find_spec("xlrd") is not None
SHEETS = ["composed_cn_express_s4_country_2026-06_cny.xls", "composed_cn_bulletin_13_exports_2026-05_cny.xls"]


@pytest.mark.skipif(XLS, reason="xlrd is installed")
def test_a_sheet_without_the_extra_says_what_to_install():
    with pytest.raises(MissingData, match=r"entrepot\[excel97\]"):
        read(SHEETS[0])


@pytest.mark.skipif(not XLS, reason="the extra excel97 (xlrd) is not installed")
def test_chinese_sheets_read_as_the_english_pages_do():
    country, good = read(SHEETS[0]), read(SHEETS[1])
    total = one(country, partner="WLD", flow="X", span="ytd")
    assert total.value == pytest.approx(14_731_443_286_081, abs=1) and total.growth == 0.134
    assert set(country.partner) - {"WLD"} <= {code for code in country.partner if codes.kind(code) != "unknown"}
    cars = one(good, product="automobiles", span="month")
    assert (cars.value, cars.growth, cars.quantity) == (114.7e9, 0.42, 990_000)
