"""Korea: result codes inside, a grand total that is no row, parts of a month that stay parts of a month."""

from datetime import date
from pathlib import Path

import pytest

from entrepot import flows
from entrepot.errors import BadTable, MissingData, SourceFailed, UnknownCode, WrongUsage
from entrepot.measures import measure
from entrepot.sources import korea

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "korea"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SEEN = date(2026, 11, 22)
LINES, RELEASE, KOSIS = (
    "composed_nitemtrade_202511.xml",
    "composed_20_day_release.txt",
    "composed_kosis_statisticsData.json",
)


def text(name):
    return (FOLDER / name).read_text("utf-8")


def read(content):
    return korea.parse(content.encode(), seen=SEEN)


def one(rows, **cell):
    for name, value in cell.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1, rows
    return rows.iloc[0]


@pytest.mark.parametrize("name", [LINES, RELEASE, KOSIS])
def test_every_answer_keeps_the_contract(name):
    rows = read(text(name))
    flows.read(rows)
    assert set(rows.reporter) == {"KOR"} and set(rows.currency) == {"USD"}


def test_the_grand_total_is_no_row():
    rows = read(text(LINES))
    assert set(rows.period) == {"2025-11"} and set(rows.partner) == {"CHN", "USA"} and "-" not in set(rows["product"])
    assert rows.attrs["repairs"] == {"grand total, left out": 1}


def test_lines_have_ten_digits_weights_in_kilograms_and_both_sides():
    rows = read(text(LINES))
    chips = one(rows, partner="CHN", flow="X")
    assert (chips["product"], chips.value, chips.weight_kg) == ("8542310000", 2.1e9, 61_234)
    fish = one(rows, partner="USA", flow="M")
    assert (fish["product"], fish.value, fish.weight_kg, fish.valuation) == ("0303899060", 980, 210, "cif")
    with pytest.raises(BadTable, match="zeros lost"):
        read(text(LINES).replace("0303899060", "303899060"))


def test_a_weight_of_zero_beside_a_value_is_missing():
    rows = read(text(LINES).replace("<impWgt>210<", "<impWgt>0<"))
    assert one(rows, partner="USA", flow="M").isna().weight_kg and sum(rows.attrs["repairs"].values()) == 2


def test_the_code_inside_the_answer_is_read_before_its_rows():
    with pytest.raises(SourceFailed, match="NOT_REGISTERED.*DATA_GO_KR_KEY"):
        read(text("composed_error_key.xml"))
    with pytest.raises(BadTable, match="answers 99"):
        read(text(LINES).replace("<resultCode>00<", "<resultCode>99<"))
    with pytest.raises(MissingData, match="30"):
        read(text("composed_kosis_error.json"))
    with pytest.raises(BadTable, match="refuses.*10"):
        read('{"err": "10", "errMsg": "key"}')
    with pytest.raises(MissingData, match="no rows"):
        read("<response><header><resultCode>00</resultCode></header><body><items/></body></response>")
    with pytest.raises(BadTable, match="web page"):
        read("<html><body>maintenance</body></html>")


def test_a_dash_of_kosis_is_missing_and_thousand_dollars_are_dollars():
    rows = read(text(KOSIS))
    exports = one(rows, flow="X")
    assert (exports.value, exports.half_width, exports.period) == (61.04e9, 500, "2025-11")
    assert str(exports.released)[:10] == "2025-12-15" and exports.released_basis == "first seen"
    assert "M" not in set(rows.flow) and rows.attrs["repairs"] == {"cells printed as missing": 1}
    for old, new in (("천달러", "천원"), ("수출액", "수출건수"), ("DT_1R11001_FRM101", "DT_OTHER")):
        with pytest.raises(BadTable, match="new|not read"):
            read(text(KOSIS).replace(old, new))


def test_the_first_days_are_part_of_a_month_and_never_the_month():
    rows = read(text(RELEASE))
    assert set(rows.concept) == {"first 20 days", "first 20 days, a working day"}
    exports = one(rows, flow="X", span="month", partner="WLD", product="TOTAL", concept="first 20 days")
    assert (exports.value, exports.half_width) == (30.1e9, 0.5e6)
    answer = measure(flows.read(rows), period="2025-10", flow="X")
    assert answer.about["concept"] == {"X": ["first 20 days"]}  # a reader is told that it is no whole month


def test_a_triangle_is_a_minus():
    rows = read(text(RELEASE))
    exports = one(rows, flow="X", span="month", partner="WLD", product="TOTAL", concept="first 20 days")
    assert (exports.growth, exports.growth_half_width) == (-0.078, 0.0005)
    assert one(rows, flow="B", span="month").value == -2.8e9 and one(rows, partner="USA").growth == -0.247
    upside_down = text(RELEASE).replace("30,100\t△7.8", "30,100\t7.8")
    with pytest.raises(BadTable, match="sign"):  # the legend and the working days say that it fell
        read(upside_down)


def test_the_growth_of_a_working_day_stands_beside():
    day = one(read(text(RELEASE)), concept="first 20 days, a working day")
    assert (day.value, day.growth) == (2.87e9, 0.097)
    with pytest.raises(BadTable, match="working days"):
        read(text(RELEASE).replace("28.7억달러", "38.7억달러"))


def press():
    """Figures of seven releases as the press printed them: growth, growth a working day, working days."""
    for line in text("recorded_facts_10_20_day_releases.csv").splitlines()[1:]:
        cells = line.split(",", 8)  # the last column holds a comma that is not quoted
        if cells[6]:
            yield cells[0], float(cells[5]) / 100, float(cells[6]) / 100, float(cells[7])


@pytest.mark.parametrize("printed", list(press()) if FOLDER.is_dir() else [], ids=lambda said: said[0])
def test_growth_a_working_day_as_the_press_printed_it_fits_half_days(printed):
    """(1 + g) d0 / d1 - 1 gives the printed rate for one number of days before, in half days, and only for one."""
    _, growth, daily, days = printed
    fits = [
        before / 2
        for before in range(8, 44)
        if korea.a_working_day(growth - 0.0005, days, before / 2) - 0.0005
        <= daily
        <= korea.a_working_day(growth + 0.0005, days, before / 2) + 0.0005
    ]
    assert len(fits) == 1


def test_september_2025_had_more_days_and_less_trade_a_day():
    assert korea.a_working_day(0.135, 16.5, 13.0) == pytest.approx(-0.106, abs=0.0005)


def test_a_release_of_another_window_and_other_texts_are_refused():
    with pytest.raises(BadTable, match="2025-10-10 was asked"):
        korea.parse(text(RELEASE).encode(), seen=SEEN, window="2025-10-10")
    for bad in ("a letter", text(RELEASE).replace("백만달러", "억달러 단위")):
        with pytest.raises(BadTable):
            read(bad)
    with pytest.raises(BadTable, match="new to us"):
        read(text(RELEASE).replace("중국", "아틀란티스"))


def test_questions():
    months = korea.ask("2024-01:2025-02", product="8542", partner="china")
    asked = [dict(one.params) for one in months]
    assert [(one["strtYymm"], one["endYymm"]) for one in asked] == [("202401", "202412"), ("202501", "202502")]
    assert asked[0]["cntyCd"] == "CN" and "serviceKey" not in asked[0]
    (summary,) = korea.ask("2025")
    assert dict(summary.params)["startPrdDe"] == "202501" and dict(summary.params)["endPrdDe"] == "202512"
    (release,) = korea.ask("2025-10", days="20")
    assert release.role == "by hand"
    for bad in ({"partner": "china"}, {"product": "854"}, {"days": "15"}):
        with pytest.raises(WrongUsage):
            korea.ask("2025-10", **bad)
    with pytest.raises(UnknownCode):
        korea.ask("2025-10", product="8542", partner="Atlantis")
