"""The page: every figure recomputed from the bundle by another route, what is absent said, no network asked."""

import base64
import io
import re
from datetime import date
from html.parser import HTMLParser

import duckdb
import narwhals as nw
import pandas as pd
import pytest

import entrepot as ep
from entrepot import bundle, codes

BUILT = date(2026, 11, 22)
MINUS = "\N{MINUS SIGN}"


class Tables(HTMLParser):
    """Texts of every table, by its aria-label; the small print of a cell is left out."""

    def __init__(self, html):
        super().__init__()
        self.tables, self.name, self.small = {}, None, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if given.get("role") == "region":
            self.name = given["aria-label"]
            self.tables[self.name] = []
        elif self.name and tag == "tr":
            self.tables[self.name].append([])
        elif self.name and tag in ("td", "th"):
            self.tables[self.name][-1].append("")
        elif tag == "small":
            self.small += 1

    def handle_endtag(self, tag):
        if tag == "small":
            self.small -= 1
        elif tag == "table":
            self.name = None

    def handle_data(self, text):
        if self.name and not self.small and self.tables[self.name] and self.tables[self.name][-1]:
            self.tables[self.name][-1][-1] += text.strip()


@pytest.fixture(scope="module")
def page():
    return ep.brief(ep.load("CHN"), period="2025-11", built=BUILT)


@pytest.fixture(scope="module")
def tables(page):
    return Tables(page.html).tables


def cell(column, **where):
    """One figure straight from the Parquet file: the best-ranked current or first row, without entrepot's own code."""
    order = "released" if where.pop("first", True) else "released desc"
    plain = {"reporter": "CHN", "partner": "WLD", "product": "TOTAL", "concept": "standard", "currency": "USD"}
    asked = " and ".join(f"f.{name} = '{value}'" for name, value in (plain | where).items())
    flows, sources = (str(bundle.HOME / name) for name in ("flows.parquet", "sources.csv"))
    query = f"""select f.{column} from '{flows}' f join '{sources}' s using (source)
                where {asked} and f.{column} is not null order by f.{order}, s.rank limit 1"""
    found = duckdb.sql(query).fetchall()
    return found[0][0] if found else None


def number(text):
    """What a cell says, in full units or as a fraction."""
    match = re.fullmatch(rf"([+{MINUS}]?)([\d,.]+) ?(tn|bn|m|%)?", text)
    scale = {"tn": 1e12, "bn": 1e9, "m": 1e6, "%": 0.01, None: 1}[match[3]]
    return (-1 if match[1] == MINUS else 1) * float(match[2].replace(",", "")) * scale


def says(text, value, *, printed=2):
    """Whether a text is a value rounded as it stands."""
    digits = len(text.split(" ")[0].partition(".")[2])
    scale = {"tn": 1e12, "bn": 1e9, "m": 1e6, "%": 0.01}[text.split(" ")[1]]
    return abs(number(text) - value) <= (0.5 * 10**-digits) * scale * 1.0001


def test_the_headline_is_the_release(page):
    assert page.headline == (
        "China's exports rose 5.9 % in November 2025 to 330.3 bn USD; the surplus of January-November 2025 reached "
        "1,075.85 bn USD, the first above 1 tn within a calendar year."
    )


def test_every_key_figure_is_the_one_in_the_file(tables):
    head, *rows = tables["Key figures"]
    assert head == ["", "November 2025", "growth, USD", "growth, CNY", "poll", "revised", "January-November 2025"] + [
        "growth", "same, CNY", "growth",
    ]  # fmt: skip
    by_name = {row[0]: row[1:] for row in rows}
    for name, flow in (("Exports", "X"), ("Imports", "M")):
        month, usd, cny, poll, revised, year, year_usd, own, own_growth = by_name[name]
        at = {"flow": flow, "period": "2025-11"}
        assert says(month, cell("value", span="month", **at))
        assert says(usd, cell("growth", span="month", **at))
        assert says(cny, cell("growth", span="month", **at | {"currency": "CNY"}))
        assert says(revised, cell("value", span="month", first=False, **at))
        assert says(year, cell("value", span="ytd", **at))
        assert says(year_usd, cell("growth", span="ytd", **at))
        assert says(own, cell("value", span="ytd", **at | {"currency": "CNY"}))
        assert says(own_growth, cell("growth", span="ytd", **at | {"currency": "CNY"}))
        polls = pd.DataFrame(bundle.consensus())
        asked = polls[(polls.period == "2025-11") & (polls.flow == flow) & (polls.span == "month")]
        assert says(poll, asked.consensus.iloc[0])


def test_totals_and_balances_are_printed_or_the_sum_of_their_sides(tables):
    by_name = {row[0]: row[1:] for row in tables["Key figures"][1:]}
    sides = [cell("value", span="month", flow=flow, period="2025-11") for flow in "XM"]
    latest = [cell("value", span="month", flow=flow, period="2025-11", first=False) for flow in "XM"]
    assert says(by_name["Total trade"][0], sum(sides))
    assert says(by_name["Balance"][0], cell("value", span="month", flow="B", period="2025-11"))
    assert says(by_name["Balance"][4], latest[0] - latest[1])
    before = cell("value", span="month", flow="B", period="2024-11")
    assert says(by_name["Balance"][1], cell("value", span="month", flow="B", period="2025-11") / before - 1)
    yuan = [cell("value", span="ytd", flow=flow, period="2025-11", currency="CNY") for flow in "XM"]
    assert says(by_name["Balance"][7], yuan[0] - yuan[1])
    assert says(by_name["Balance"][5], cell("value", span="ytd", flow="B", period="2025-11"))


def test_every_partner_figure_is_the_one_in_the_file(tables):
    rows = [row for name in ("Partners", "Weaker figures: a single copy each") for row in tables[name][1:]]
    assert {codes.partner(row[0]) for row in rows} >= {"USA", "EU27", "ASEAN", "HKG", "TWN", "KOR", "JPN", "RUS", "BRA"}
    whole = cell("value", span="ytd", flow="X", period="2025-11")
    for name, exports, growth, points, share, balance, before, month, grade in rows:
        at = {"partner": codes.partner(name), "period": "2025-11"}
        sides = [cell("value", span="ytd", flow=flow, **at) for flow in "XM"]
        past = [cell("value", span="ytd", flow=flow, **at | {"period": "2024-11"}) for flow in "XM"]
        printed = cell("growth", span="ytd", flow="X", **at)
        assert says(exports, sides[0])
        assert says(share, sides[0] / whole)
        assert says(balance, sides[0] - sides[1])
        assert grade in "ABC"
        if growth != "–":
            assert says(growth, printed if printed is not None else sides[0] / past[0] - 1)
        if points:
            assert number(points) / 100 == pytest.approx((sides[0] - past[0]) / 3238.5383e9, abs=6e-5)
        if before:
            own = cell("value", span="ytd", flow="B", **at | {"period": "2024-11"})
            assert says(before, own if own is not None else past[0] - past[1])
        if month:
            assert says(month, cell("growth", span="month", flow="X", **at))


def test_surpluses_with_the_eu_and_the_united_states(tables):
    """266.8 (223.0 a year before) above 257.2 (326.7) bn USD; the United States' of 2024 was printed as 326.8."""
    rows = {row[0]: row for row in tables["Partners"][1:]}
    assert number(rows["European Union"][5]) == pytest.approx(266.8e9, abs=0.06e9)
    assert number(rows["European Union"][6]) == pytest.approx(223.0e9, abs=0.5e9)
    assert number(rows["United States"][5]) == pytest.approx(257.2e9, abs=0.06e9)
    assert number(rows["United States"][6]) == pytest.approx(326.7e9, abs=0.15e9)


def test_every_product_figure_stands_with_its_period(tables):
    for name, flow, period, value, growth, *_ in tables["Products"][1:]:
        span = "ytd" if period.startswith("January-") else "month"
        at = {"flow": codes.flow(flow), "period": "2025-11", "span": span, "product": codes.product(name)[0]}
        if value != "–":
            assert says(value, cell("value", **at))
        if growth != "–":
            stated = [cell("growth", **at | {"currency": currency}) for currency in ("USD", "")]
            assert any(one is not None and abs(number(growth) - one) <= 0.00501 for one in stated)


def taken(html, name):
    """The data file that the page offers under a name."""
    href = re.search(rf'download="{name}" href="data:[^,]*,([^"]*)"', html)[1]
    return base64.b64decode(href)


def test_charts_carry_their_data(page):
    bars = pd.read_csv(io.BytesIO(taken(page.html, "change-by-partner.csv"))).set_index("name").change
    assert bars["Total"] == pytest.approx(bars.drop("Total").sum(), abs=0.01)
    assert bars["US"] == pytest.approx(-89.5, abs=0.06)
    sums = pd.read_csv(io.BytesIO(taken(page.html, "cumulative-balance.csv")), dtype={"year": str})
    november = sums[(sums.year == "2025") & (sums.month == 11)].value.iloc[0]
    sides = [cell("value", span="ytd", flow=flow, period="2025-11", first=False) for flow in "XM"]
    assert november == pytest.approx((sides[0] - sides[1]) / 1e9)
    months = pd.read_csv(io.BytesIO(taken(page.html, "focus.csv"))).set_index("period").growth
    for period in ("2025-04", "2025-05", "2025-11"):
        assert months[period] == cell("growth", span="month", flow="X", partner="USA", period=period)


def test_of_many_partners_those_that_moved_most_have_bars_and_the_bars_add_up():
    american = ep.brief(ep.load("us"), period="2024-06", built=BUILT)
    bars = pd.read_csv(io.BytesIO(taken(american.html, "change-by-partner.csv"))).set_index("name").change
    assert bars["Total"] == pytest.approx(bars.drop("Total").sum(), abs=0.01)
    changes = {one.partner: one.change / 1e9 for one in american.facts.gains if one.partner not in ("ROW", "WLD")}
    least = bars.drop(["Total", "Everyone else"]).abs().min()
    assert sum(abs(change) > least + 1e-3 for change in changes.values()) < len(bars) - 2
    assert bars["China"] == pytest.approx(changes["CHN"], abs=1e-3) and bars["China"] < 0


def test_tables_are_taken_away_as_numbers(page):
    book = pd.read_excel(io.BytesIO(taken(page.html, "key-figures.xlsx")))
    assert pd.api.types.is_numeric_dtype(book["value"])
    plain = pd.read_csv(io.BytesIO(taken(page.html, "key-figures.csv")))
    assert plain.value.sum() == pytest.approx(book.value.sum())


def test_the_page_asks_nothing_of_the_network(page):
    assert len(page.html.encode()) < 2e6
    assert "<script" not in page.html
    assert not re.findall(r'(?:src|srcset|action)="(?!data:)', page.html)
    assert not re.findall(r"url\((?!#)|@import", page.html)
    assert "<link" not in page.html


def test_every_figure_leads_to_a_source(page):
    anchors = set(re.findall(r'<li id="(s\d+)"', page.html))
    led = re.findall(r'<td[^>]*><a href="#([^"]+)" title="([^"]+)">', page.html)
    assert len(led) > 60
    assert {anchor for anchor, _ in led} <= anchors | {"sources"}
    assert all("grade" in note for _, note in led)


DELETED = {
    "products": (nw.col("product") == "TOTAL", "Not held for this release: products", "Products"),
    "yuan": (nw.col("currency") != "CNY", "the year to date in Chinese yuan", None),
    "levels by partner": (
        (nw.col("partner") == "WLD") | nw.col("value").is_null() | (nw.col("period") >= "2025"),
        "the change by partner in currency", "Who bought more, who less",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", DELETED)
def test_what_is_not_held_is_left_out_and_said(what):
    kept, said, heading = DELETED[what]
    page = ep.brief(ep.load("CHN").filter(kept), period="2025-11", built=BUILT)
    assert said in page.html
    assert heading is None or f"<h2>{heading}</h2>" not in page.html
    assert (
        "nan" not in re.sub(r'base64,[^"]*|<svg.*?</svg>|href="[^"]*"', "", page.html, flags=re.DOTALL).lower().split()
    )


@pytest.mark.parametrize(
    ("reporter", "period", "said"),
    [
        ("CHN", "2024-12", "exports rose 10.7 % in December 2024"),
        ("CHN", "2025-10", "exports fell 1.1 % in October 2025 to 305.3 bn USD"),
        ("CHN", "2026-02", "exports rose 21.8 % in January-February 2026"),
        ("CHN", "2023-11", "exports rose 0.5 % in November 2023"),
        ("USA", "2024-06", "the deficit of January-June 2024"),
        ("VNM", "2024-10", "Viet Nam&#39;s exports rose"),
    ],
)
def test_any_reporter_and_period_held_makes_a_page(reporter, period, said):
    page = ep.brief(ep.load(reporter), period=period, built=BUILT)
    assert said in page.html
    assert "<h2>Sources</h2>" in page.html


def test_the_page_is_written_whole_or_not_at_all(page, tmp_path):
    target = tmp_path / "brief.html"
    page.save(target)
    assert target.read_text("utf-8") == page.html
    with pytest.raises(ep.errors.CannotWrite, match="cannot be written"):
        page.save(tmp_path / "none" / "brief.html")
    assert [path.name for path in tmp_path.iterdir()] == ["brief.html"]


def test_the_same_day_makes_the_same_page(page):
    assert ep.brief(ep.load("CHN"), period="2025-11", built=BUILT).html == page.html


def test_an_earlier_page_is_made_again_byte_for_byte(china):
    """A revision that comes later changes today's page and leaves the one of an earlier day as it was."""
    rows = china.collect("pandas").to_native()
    key = (rows.partner == "WLD") & (rows["product"] == "TOTAL") & (rows.flow == "X") & (rows.span == "month")
    key &= (rows.period == "2025-11") & (rows.currency == "USD") & (rows.concept == "standard")
    first = key & (rows.released == pd.Timestamp("2025-12-08")) & rows.value.notna()
    newer = rows[first].assign(value=rows.value * 1.01, released=pd.Timestamp("2026-09-30"), superseded=pd.NaT)
    newer = newer.assign(source="fetched later")
    after = pd.concat([rows, newer], ignore_index=True)
    after.loc[key & (after.superseded.isna()) & (after.source != "fetched later"), "superseded"] = newer.released.iloc[
        0
    ]
    day = {"period": "2025-11", "vintage": "2026-09-01", "built": BUILT}
    then, again = (ep.brief(table, **day).html for table in (rows, after))
    assert then == again
    assert "as known on 1 September 2026" in then
    assert ep.brief(after, period="2025-11", built=BUILT).html != ep.brief(rows, period="2025-11", built=BUILT).html


def advised(page):
    """Commands under "Ask further", in order."""
    text = page.html[page.html.index("<h2>Ask further") :]
    return re.findall(r"entrepot (?:measure|explain|forecast)[^<\n]*", text[: text.index("<h2>Sources")])


ADVISED = {
    ("USA", "2025-11"): ["measure", "explain USA -p 2025-11 --flow imports", "forecast", "measure"],
    ("USA", "2024-06"): ["measure", "explain USA -p 2024-06", "forecast", "measure"],
    ("KOR", "2025-11"): ["measure KOR -p 2025-11 --vintage all"],
    ("VNM", "2025-10"): ["forecast", "measure"],
    ("CHN", "2026-02"): ["measure", "forecast", "measure china -p 2026-02 --vintage all"],
}


@pytest.mark.parametrize(("reporter", "period"), ADVISED)
def test_the_page_advises_only_what_answers(reporter, period):
    from typer.testing import CliRunner

    from entrepot import cli

    found = advised(ep.brief(ep.load(reporter), period=period, built=BUILT))
    for command in found:
        ran = CliRunner().invoke(cli.app, command.split()[1:])
        assert ran.exit_code == 0 and ran.stdout, (command, ran.exception)
    assert [one.split()[1] for one in found] == [one.split()[0] for one in ADVISED[reporter, period]]
    assert all(one in [command.removeprefix("entrepot ") for command in found]
               for one in ADVISED[reporter, period] if " " in one)  # fmt: skip


def test_american_figures_are_told_as_they_are_valued_and_counted():
    made = ep.brief(ep.load("us"), period="2025-11", built=BUILT)
    page = made.html
    assert made.answer.about["warnings"][0].startswith("Imports are imports for consumption")
    assert "exports fob, imports by customs value (imports for consumption)" in page
    assert "general imports are held to 2024-12" in page and "imports cif" not in page
    assert "The deficit of the month is no record: January 2025 had" in page
    earlier = ep.brief(ep.load("us"), period="2024-06", built=BUILT).html
    assert "imports by customs value (general imports)" in earlier and "for consumption" not in earlier


def test_chinese_figures_are_told_as_they_are_valued(page):
    assert "exports fob, imports cif." in page.html and "leaves freight out of imports" in page.html


def test_a_session_shows_the_headline_and_a_notebook_the_page():
    page = ep.brief(ep.load("vietnam"), period="2025-11")
    assert len(repr(page)) < 500 and page.headline in repr(page) and ".save('brief.html')" in repr(page)
    frame = HTMLParser()
    given = {}
    frame.handle_starttag = lambda tag, attrs: given.update(dict(attrs))
    frame.feed(page._repr_html_())
    assert given["srcdoc"] == page.html and "allow-scripts" not in given["sandbox"]


@pytest.mark.parametrize("name", ["brief.doc", "brief", "brief.xlsx", "brief.pdf"])
def test_a_page_is_saved_as_a_page_only(tmp_path, name):
    page = ep.brief(ep.load("VNM"), period="2025-10")
    with pytest.raises(ep.errors.WrongUsage, match=r"\.html is expected"):
        page.save(tmp_path / name)
    assert not list(tmp_path.iterdir())
    assert page.save(tmp_path / "brief.html").read_text("utf-8") == page.html
