"""measure(): laws on random flows, the published figures, the refusals."""

import random
from datetime import date, timedelta

import narwhals as nw
import pandas as pd
import pytest
from conftest import frame
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from entrepot import codes, flows, lake, periods
from entrepot.drivers import explain
from entrepot.errors import DoubleCount, EntrepotError, MissingData, UnknownCode, WrongUsage
from entrepot.measures import measure

AMOUNT = st.floats(1, 1e12)
CODES = ["USA", "VNM", "IDN", "DEU", "FRA", "JPN", "BRA", "ASEAN", "EU27", "AFR", "LATAM"]
DAYS = st.integers(0, 90).map(lambda n: date(2025, 12, 1) + timedelta(n))


def line(answer, flow="X", **where):
    rows = answer.rows[answer.rows.flow == flow]
    for name, value in where.items():
        rows = rows[rows[name] == value]
    (row,) = rows.to_dict("records")
    return row


def outcome(trade, **words):
    """What an answer says, or how it is refused."""
    try:
        answer = measure(trade, **words)
    except EntrepotError as refusal:
        return type(refusal).__name__
    return [{k: v for k, v in row.items() if k != "also"} | {"also": str(row["also"])} for row in answer.records()]


# --- laws -------------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=8)
@given(parts=st.dictionaries(st.sampled_from(CODES), AMOUNT, min_size=1), left=st.just(0.0) | AMOUNT)
def test_parts_and_the_rest_add_to_the_world_and_shares_to_one(engine, parts, left):
    disjoint = [one for one in parts if codes.kind(one) == "country"]
    world = sum(parts.values()) + left
    rows = [{"partner": one, "value": value} for one, value in {**parts, "WLD": world}.items()]
    rows += [row | {"flow": "M", "valuation": "cif", "value": row["value"] / 2} for row in rows]
    answer = measure(engine(rows), period="2025-11", by="partner")
    for flow, whole in (("X", world), ("M", world / 2), ("T", 1.5 * world), ("B", world / 2)):
        mine = answer.rows[answer.rows.flow == flow]
        added = mine[mine.role.isin(["part", "rest"])]
        assert mine[mine.role == "whole"].value.tolist() == pytest.approx([whole])
        assert added.value.sum() == pytest.approx(whole, rel=1e-9)
        if flow != "B":
            assert added.share.sum() == pytest.approx(1, rel=1e-9)
    listed = answer.rows[answer.rows.role == "part"].partner.unique()
    assert flows.overlapping(listed, on="2025-11") == []
    assert set(answer.rows[answer.rows.role == "memo"].partner) == set(parts) - set(listed)
    if len(disjoint) == len(parts):
        assert set(listed) == set(parts)


@st.composite
def facts(draw):
    """Rows of two Novembers in several prints and sources, some growth without a level; keys are unique."""
    rows = {}
    for _ in range(draw(st.integers(1, 10))):
        level, growth = draw(st.booleans()), draw(st.booleans())
        row = {
            "period": draw(st.sampled_from(["2025-11", "2025-11", "2024-11"])),
            "partner": draw(st.sampled_from(["WLD", "WLD", "USA", "ASEAN", "VNM"])),
            "flow": draw(st.sampled_from(["X", "M"])),
            "source": draw(st.sampled_from(["gacc-bulletin-ddec", "copy-2026-08", "mine"])),
            "released": draw(DAYS),
            "value": draw(AMOUNT) if level or not growth else None,
            "half_width": 0.5,
            "growth": draw(st.floats(-0.9, 2)) if growth else None,
            "growth_half_width": 0.0005,
        }
        row["superseded"] = draw(st.none() | st.integers(0, 40).map(lambda n, d=row["released"]: d + timedelta(n)))
        rows[tuple(str(row[name]) for name in ("period", "partner", "flow", "source", "released"))] = row
    return list(rows.values())


@settings(deadline=None, max_examples=12)
@given(rows=facts(), day=DAYS, by=st.sampled_from([None, "partner"]))
def test_an_answer_as_of_a_day_is_that_of_a_table_that_never_saw_what_came_later(engine, rows, day, by):
    then = [
        row | {"superseded": row["superseded"] if row["superseded"] and row["superseded"] <= day else None}
        for row in rows
        if row["released"] <= day
    ]
    assume(then)
    words = {"period": "2025-11", "vintage": day.isoformat(), "by": by}
    assert outcome(engine(rows), **words) == outcome(engine(then), **words)


@settings(deadline=None, max_examples=8)
@given(rows=facts(), seed=st.integers(), which=st.sampled_from(["latest", "first", "all"]))
def test_the_order_of_rows_changes_nothing(engine, rows, seed, which):
    shuffled = random.Random(seed).sample(rows, len(rows))
    words = {"period": "2025-11", "vintage": which, "by": "partner"}
    assert outcome(engine(rows), **words) == outcome(engine(shuffled), **words)


@settings(deadline=None, max_examples=12)
@given(rows=facts(), which=st.sampled_from(["latest", "first"]) | DAYS.map(date.isoformat))
def test_printed_growth_is_of_the_row_it_was_printed_with_and_recomputed_of_one_vintage(engine, rows, which):
    try:
        answer = measure(engine(rows), period="2025-11", by="partner", vintage=which)
    except EntrepotError:
        return
    held = frame(rows)
    held = held[held.released <= pd.Timestamp(which)] if "-" in which else held
    for row in answer.records():
        mine = held[(held.partner == row["partner"]) & (held.flow == row["flow"])]
        now, before = mine[mine.period == "2025-11"], mine[mine.period == "2024-11"]
        if row["growth_basis"] == "printed":
            assert row["growth"] in set(now.growth)
        elif row["growth_basis"] == "recomputed" and row["role"] != "rest" and row["flow"] in ("X", "M"):
            assert row["growth"] in [pytest.approx(row["value"] / base - 1) for base in before.value.dropna()]


HELD = st.dictionaries(st.tuples(st.sampled_from(["X", "M"]), st.sampled_from(["2024-11", "2025-11"])), AMOUNT)


@settings(deadline=None, max_examples=5)
@given(held=HELD, growth=st.floats(-0.9, 2), currency=st.sampled_from(["USD", "CNY"]))
def test_every_row_of_a_currency_carries_the_growth_printed_in_it(engine, held, growth, currency):
    value = {"value": 1e9, "growth": growth, "growth_half_width": 0.0005, "currency": currency}
    other = {"value": 7e9, "growth": -growth / 2, "growth_half_width": 0.0005}
    other |= {"currency": {"USD": "CNY", "CNY": "USD"}[currency]}
    rows = [{"flow": flow, "period": period, "value": one} for (flow, period), one in held.items() if flow == "M"]
    rows = [row | {"valuation": "cif", "released": "2025-12-08"} for row in rows]
    got = line(measure(engine([value, other, *rows]), period="2025-11", currency=currency, flow="exports"))
    assert (got["growth"], got["growth_basis"], got["currency"]) == (growth, "printed", currency)


def test_split_products_give_the_whole_again(table):
    goods = [
        {"product": code, "classification": "HS2022", "value": value} for code, value in (("84", 30.0), ("85", 70.0))
    ]
    plain = line(measure(table({"value": 100.0}), period="2025-11"))
    split = line(measure(table(*goods), period="2025-11"))
    assert (split["value"], split["method"], split["status"]) == (plain["value"], "sum of 2 lines", "derived")
    listed = measure(table({"value": 100.0}, *goods), period="2025-11", by="product").rows
    assert listed[listed.role == "part"].share.sum() == pytest.approx(1)


def test_products_of_several_levels_are_listed_with_the_finest_as_parts(table):
    goods = [
        {"product": code, "classification": "HS2022", "value": value}
        for code, value in (("85", 70.0), ("854231", 30.0), ("854232", 40.0))
    ]
    rows = measure(table({"value": 70.0}, *goods), period="2025-11", by="product").rows
    assert dict(zip(rows["product"], rows.role, strict=True)) == {
        **{"TOTAL": "whole", "854231": "part", "854232": "part", "85": "memo"}
    }


def test_growth_is_not_formed_across_vintages(table):
    first = {"value": 110.0, "released": "2025-12-08", "superseded": "2026-08-21", "source": "press"}
    copies = [
        {"period": period, "value": value, "released": "2026-08-21", "released_basis": "first seen", "source": "copy"}
        for period, value in (("2024-11", 100.0), ("2025-11", 121.0))
    ]
    rows = table(first, *copies)
    assert line(measure(rows, period="2025-11", vintage="first"))["growth"] is None
    assert line(measure(rows, period="2025-11"))["growth"] == pytest.approx(0.21)


def test_a_printed_balance_is_a_fact_and_only_a_missing_one_is_derived(table):
    sides = [{"value": 100.0}, {"flow": "M", "valuation": "cif", "value": 60.0}]
    printed = {"flow": "B", "valuation": "mixed", "value": 41.0}
    got = line(measure(table(*sides, printed), period="2025-11"), "B")
    assert (got["value"], got["method"], got["status"]) == (41.0, "", "observed")
    derived = line(measure(table(*sides), period="2025-11"), "B")
    assert (derived["value"], derived["method"], derived["status"]) == (40.0, "exports minus imports", "derived")


def test_missing_is_never_zero(table):
    rows = measure(table({"value": None, "growth": 0.1}), period="2025-11").rows
    assert rows.flow.tolist() == ["X"]
    assert rows.value.isna().all()


@pytest.mark.parametrize("words", [{}, {"by": "partner"}, {"span": "ytd"}, {"vintage": "first", "by": "partner"}])
def test_the_verb_executes_once(monkeypatch, words, china):
    runs, collect, records = [], nw.LazyFrame.collect, flows.records
    monkeypatch.setattr(nw.LazyFrame, "collect", lambda self, *how: runs.append(how) or collect(self, *how))
    monkeypatch.setattr(flows, "records", lambda asked: runs.append(asked) or records(asked))
    measure(china, period="2025-11", **words)
    assert len(runs) == 1


# --- what was published ----------------------------------------------------------------------------------------------
# Customs release of 8 December 2025 and its later revision, as quoted in the compiled tables of the same names.


def test_november_2025_as_first_printed(china):
    answer = measure(china, period="2025-11", vintage="first")
    exports, imports, balance = (line(answer, flow) for flow in "XMB")
    assert (exports["value"], imports["value"]) == (330.3e9, 218.7e9)
    assert (exports["growth"], imports["growth"]) == (0.059, 0.019)
    assert exports["growth_basis"] == imports["growth_basis"] == "printed"
    assert balance["value"] == pytest.approx(111.68e9, abs=0.005e9)
    assert str(exports["released"]) == "2025-12-08"


def test_november_2025_as_revised(china):
    answer = measure(china, period="2025-11", vintage="latest")
    exports, imports = line(answer, "X"), line(answer, "M")
    assert (exports["value"], imports["value"]) == (330.0e9, 220.1e9)
    (first,) = (other for other in imports["also"] if other["role"] == "first print")
    assert (first["value"], first["growth"]) == (218.7e9, 0.019)
    assert {imports["growth_basis"]: imports["growth"]} == {"recomputed": pytest.approx(0.026, abs=0.0005)}
    assert imports["growth_other"] == 0.019
    assert any("revisions" in warning for warning in answer.about["warnings"])


def test_january_to_november_2025(china):
    first = measure(china, period="2025-11", span="ytd", vintage="first")
    found = {flow: line(first, flow)["value"] / 1e9 for flow in "XMB"}
    assert found == pytest.approx({"X": 3414.73, "M": 2338.88, "B": 1075.85}, abs=0.005)
    assert line(first, "M")["growth"] == -0.006
    latest = measure(china, period="2025-11", span="ytd")
    assert line(latest, "B")["value"] == pytest.approx(1068.2e9, abs=0.05e9)


def test_january_to_november_2025_in_yuan(china):
    answer = measure(china, period="2025-11", span="ytd", currency="yuan", vintage="first")
    assert [(line(answer, f)["value"], line(answer, f)["growth"]) for f in "XM"] == [
        (24.46e12, 0.062),
        (16.75e12, 0.002),
    ]
    assert answer.about["currency"] == "CNY"


PARTNERS = {"USA": (-0.286, None), "EU27": (0.148, 0.143), "ASEAN": (0.082, 0.084), "AUS": (0.358, None)}


@pytest.mark.parametrize("partner", PARTNERS)
def test_partners_of_november_2025(china, partner):
    row = line(measure(china, period="2025-11", by="partner"), partner=partner)
    growth, also = PARTNERS[partner]
    assert (row["growth"], row["growth_basis"]) == (growth, "printed")
    others = {other.get("growth") for other in row["also"]}
    assert also is None or also in others
    assert row["grade"] in ("A", "B", "C")
    assert partner != "USA" or row["value"] == 33.8e9


def test_march_2023_first_and_later(china):
    first = line(measure(china, period="2023-03", flow="exports", vintage="first"))
    assert first["value"] == pytest.approx(315.59e9, abs=0.005e9)
    assert (first["growth"], first["growth_basis"]) == (0.148, "printed")
    later = line(measure(china, period="2023-03", flow="exports"))
    assert (later["value"], later["released_basis"], later["growth_other"]) == (302.4e9, "first seen", 0.148)
    history = measure(china, period="2023-03", flow="exports", vintage="all").rows
    assert history.released.is_monotonic_increasing
    assert {round(value / 1e9, 2) for value in history.value.dropna()} == {315.59, 302.4}


AS_OF = {"2023-04-17": None, "2023-04-18": 315.59, "2026-08-20": 315.59, "2026-08-21": 302.4}


@pytest.mark.parametrize("day", AS_OF)
def test_march_2023_as_of_a_day(china, day):
    value = line(measure(china, period="2023-03", flow="exports", vintage=day))["value"]
    assert pd.isna(value) if AS_OF[day] is None else value == pytest.approx(AS_OF[day] * 1e9, abs=0.005e9)


def test_a_figure_whose_first_print_is_not_held_is_called_the_oldest_held(china):
    answer = measure(china, period="2016-05", flow="exports", vintage="first")
    assert line(answer)["released_basis"] == "first seen"
    assert any("oldest held" in warning for warning in answer.about["warnings"])
    as_of = measure(china, period="2016-05", flow="exports", vintage="2016-07-01")
    assert any("later copy" in warning for warning in as_of.about["warnings"])


def test_2024_by_partner_every_month(china, data):
    held = pd.read_csv(data / "china_partners_monthly" / "china_trade_by_partner_2024.csv", dtype={"period": str})
    held = held[(held.basis == "month") & held.value_yi_cny.notna() & (held.value_yi_cny >= 0)]
    answer = measure(china, period="2024-01:2024-12", by="partner", currency="CNY")
    rows = answer.rows[answer.rows.flow.isin(["X", "M"]) & (answer.rows.role != "rest")]
    for period, group in rows.groupby("period"):
        table = held[held.period == period]
        coded = {(codes.partner(r.partner), {"export": "X", "import": "M"}[r.flow]): r for r in table.itertuples()}
        assert set(group.partner) == {partner for partner, _ in coded}
        derived = period in ("2024-03", "2024-09")
        for row in group[group.partner != "WLD"].itertuples():
            source = coded[row.partner, row.flow]
            assert row.value == pytest.approx(source.value_yi_cny * 1e8, abs=1)
            assert (row.status == "derived") == derived == (source.method != "published")
    assert sorted(set(rows.period)) == [f"2024-{n:02d}" for n in range(1, 13)]
    assert rows.partner.nunique() == 268  # codes over the year; one without trade in a month has no row of it


@pytest.mark.parametrize("group", ["ASEAN", "EU27"])
def test_members_add_to_their_group_in_every_printed_month_of_2024(china, group):
    printed = [f"2024-{n:02d}" for n in range(1, 13) if n not in (3, 9)]
    rows = measure(china, period="2024-01:2024-12", by="partner", currency="CNY").rows
    members = codes.members(group, "2024-12")
    for flow in ("X", "M"):
        for period in printed:
            month = rows[(rows.period == period) & (rows.flow == flow)].set_index("partner").value
            assert month[month.index.isin(members)].sum() == pytest.approx(month[group], abs=5e4)  # 3 units of 1e4 yuan


# --- refusals ---------------------------------------------------------------------------------------------------------

REFUSED = {
    "no period": ({"period": "noon"}, WrongUsage, "is no period"),
    "period not held": ({"period": "2027-03"}, MissingData, "the latest is 2026"),
    "what brings it": ({"period": "2027-03"}, MissingData, "run: entrepot fetch gacc -p 2027-03$"),
    "what brings a range": ({"period": "2027-01:2027-03"}, MissingData, "fetch gacc -p 2027-01:2027-03$"),
    "what brings a product": (
        {"period": "2025-11", "partner": "peru", "product": "850760"},
        MissingData,
        "nor for any other period. Run: entrepot fetch comtrade CHN -p 2025-11 --partner PER --product 850760$",
    ),
    "span of a year": ({"period": "2025-11", "span": "year"}, WrongUsage, "does not go with"),
    "no span": ({"period": "2025-11", "span": "quarter"}, WrongUsage, "is no span"),
    "concept not held": (
        {"period": "2026-02", "concept": "processing"},
        MissingData,
        "held are ordinary trade, processing assembling",
    ),
    "held, but not by that concept then": (
        {"period": "2026-07", "concept": "ordinary trade"},
        MissingData,
        "the latest is 2026-02. Ask for: --period 2026-02",
    ),
    "currency not held": ({"period": "2025-11", "currency": "JPY"}, MissingData, "the currencies held are CNY, USD"),
    "no currency": ({"period": "2025-11", "currency": "shells"}, UnknownCode, "shells"),
    "no flow": ({"period": "2025-11", "flow": "sideways"}, UnknownCode, "sideways"),
    "re-exports": ({"period": "2025-11", "flow": "RX"}, WrongUsage, "exports, imports, total or balance"),
    "no split": ({"period": "2025-11", "by": "port"}, WrongUsage, "partner or product"),
    "no vintage": ({"period": "2025-11", "vintage": "newest"}, WrongUsage, "is no vintage"),
    "no partner": ({"period": "2025-11", "partner": "Atlantis"}, UnknownCode, "Atlantis"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_each_refusal_says_what_to_do(china, why, monkeypatch):
    monkeypatch.setattr(periods, "ahead", lambda period: period > "2027-12")  # on whatever day the tests are run
    words, kind, message = REFUSED[why]
    with pytest.raises(kind, match=message):
        measure(china, **words)


def test_a_span_that_is_not_published_is_refused_with_those_that_are(table):
    with pytest.raises(MissingData, match=r"nor any other of that span. Spans held: month \(2025-11 to 2025-11\)"):
        measure(table({}), period="2025-11", span="ytd")


def test_spans_held_are_named_once_each_with_all_that_is_held_of_them(table):
    yuan = {"currency": "CNY", "period": "2017-11"}
    with pytest.raises(MissingData, match=r"Spans held: month \(2017-11 to 2025-11\), ytd \(2025-10 to 2025-10\)\."):
        measure(table({}, yuan, {"span": "ytd", "period": "2025-10"}), period="1999")


@pytest.mark.parametrize("words", [{}, {"span": "ytd"}, {"flow": "X"}, {"by": "partner"}])
def test_a_month_not_public_on_the_day_asked_for_is_refused_with_the_day_on_which_it_was(china, words):
    said = "was public on 2025-11-01: it became public on 2025-12-08. Ask for: --vintage 2025-12-08"
    with pytest.raises(MissingData, match=said) as refusal:
        measure(china, period="2025-11", vintage="2025-11-01", **words)
    assert "2026-07" not in str(refusal.value)
    assert len(measure(china, period="2025-11", vintage="2025-12-08", **words).rows)


def test_a_sum_of_months_is_public_with_the_last_of_them(table):
    months = [{"period": f"2025-{n:02d}", "released": f"2025-{n + 1:02d}-08"} for n in (1, 2, 3)]
    with pytest.raises(
        MissingData, match="January-March 2025 was public on 2025-03-20: it became public on 2025-04-08"
    ):
        measure(table(*months), period="2025-03", span="ytd", vintage="2025-03-20")
    assert len(measure(table(*months), period="2025-03", span="ytd", vintage="2025-04-08", flow="X").rows) == 1


def test_only_the_split_is_said_to_lack_where_the_whole_is_held(table):
    months = ("2024-11", "2025-11")
    wholes = [{"flow": flow, "period": month} for flow in "XM" for month in months]
    bought = [{"flow": "M", "partner": "VNM", "period": month} for month in months]
    sold = {"partner": "VNM", "period": "2024-10"}
    with pytest.raises(MissingData) as refusal:
        explain(table(*wholes, *bought, sold), period="2025-11")
    for said in ("Only the split by partner of exports is not held", "by partner only from 2024-10 to 2024-10",
                 "Run: entrepot explain CHN -p 2025-11 --flow imports, or entrepot fetch gacc"):  # fmt: skip
        assert said in str(refusal.value)
    assert "No exports" not in str(refusal.value)
    assert explain(table(*wholes, *bought, sold), period="2025-11", flow="M").rows["partner"].tolist() == ["VNM"]


def test_american_exports_of_2025_lack_partners_alone():
    with pytest.raises(MissingData, match="Only the split by partner of exports .*explain USA -p 2025-11 --flow imp"):
        explain(lake.load("us"), period="2025-11")


def test_what_is_held_as_a_whole_only_is_not_offered_again_by_partner(table):
    with pytest.raises(MissingData, match=r"held as a whole only, not by partner\..*run: entrepot fetch"):
        explain(table({}, {"period": "2024-11"}), period="2025-11")


def test_a_country_of_which_nothing_is_held_is_refused_with_those_held():
    with pytest.raises(MissingData, match=r"No flows of France .*China \(CHN\).* run: entrepot fetch comext -p 20"):
        lake.load("france")


def test_summing_over_totals_is_refused(table):
    with pytest.raises(DoubleCount):
        measure(table({"partner": "ASEAN"}, {"partner": "VNM"}), period="2025-11")


@pytest.mark.parametrize("partners", [("USA",), ("USA", "VNM")])
def test_a_world_that_only_adds_up_what_is_held_says_so(table, partners):
    rows = [{"partner": one, "source": "own", "value": 100.0} for one in partners]
    answer = measure(table(*rows), period="2025-11", flow="X")
    (world,) = answer.rows.to_dict("records")
    assert world["value"] == 100.0 * len(partners)
    assert (world["status"], world["method"]) == ("derived", f"sum of {len(partners)} line{'s' * (len(partners) > 1)}")
    assert any("No total is printed in the table" in note for note in answer.about["warnings"])


def test_a_printed_world_has_no_such_note(table):
    answer = measure(table({"value": 200.0}, {"partner": "USA", "value": 100.0}), period="2025-11", flow="X")
    assert not any("No total is printed" in note for note in answer.about["warnings"])


CLEARED = {"flow": "M", "valuation": "customs", "concept": "consumption"}


@pytest.mark.parametrize(
    ("flow", "said"),
    [(None, "Imports are imports for"), ("M", "Imports are"), ("B", "in the balance are"), ("T", "in the total are")],
)
def test_imports_for_consumption_are_named_and_so_is_how_far_general_ones_are_held(table, flow, said):
    general = {"flow": "M", "valuation": "customs", "concept": "general", "period": "2024-12", "value": 80.0}
    answer = measure(table({}, CLEARED | {"value": 70.0}, general), period="2025-11", flow=flow)
    (note,) = answer.about["warnings"]
    assert said in note and "imports for consumption" in note and note.endswith("general imports are held to 2024-12.")
    assert {"consumption"} == {row["concept"] for row in answer.records() if row["flow"] != "X"}
    assert answer.about["concept"].get("B", ["consumption"]) == ["consumption"]
    assert measure(table({}, general | CLEARED), period="2025-11", flow="X").about["warnings"] == []


@pytest.mark.parametrize("concept", ["standard", "general"])
def test_imports_of_the_usual_concepts_need_no_note(table, concept):
    bought = CLEARED | {"concept": concept, "value": 70.0}
    answer = measure(table({}, bought), period="2025-11")
    assert answer.about["warnings"] == [] and answer.about["concept"]["B"] == [concept]


def test_where_no_general_imports_are_held_the_note_says_so_and_a_day_knows_no_later_ones(table):
    late = CLEARED | {"concept": "general", "period": "2024-12", "released": "2025-12-20"}
    for trade, words in (((), {}), ((late,), {"vintage": "2025-12-10"})):
        answer = measure(table({}, CLEARED, *trade), period="2025-11", **words)
        assert answer.about["warnings"][0].endswith("no general imports are held.")


def test_american_imports_are_for_consumption_once_a_month_of_2025_is_asked_for():
    trade = lake.load("us")
    note = "Imports are imports for consumption"
    later, before = (measure(trade, period=one).about for one in ("2023:2025", "2023:2024"))
    assert later["warnings"][0].startswith(note) and later["warnings"][0].endswith("held to 2024-12.")
    assert later["concept"] == {"X": ["standard"], "M": ["consumption"], "T": ["consumption"], "B": ["consumption"]}
    assert before["concept"]["M"] == ["general"] and not any(note in one for one in before["warnings"])


def test_a_quantity_without_a_value_answers(table):
    rows = measure(table({"value": None, "currency": "", "quantity": 5494.0, "unit": "t"}), period="2025-11").rows
    assert rows[["quantity", "unit"]].to_numpy().tolist() == [[5494.0, "t"]] and rows["value"].isna().all()


def test_what_is_held_by_another_concept_alone_names_it(table):
    counted = {"product": "vehicles-new-energy", "value": None, "currency": "", "quantity": 3e5, "unit": "units"}
    trade = table({}, counted | {"concept": "industry count"})
    with pytest.raises(MissingData, match="--concept 'industry count'"):
        measure(trade, period="2025-11", product="vehicles-new-energy")
    rows = measure(trade, period="2025-11", product="vehicles-new-energy", concept="industry count").rows
    assert rows["quantity"].tolist() == [3e5]


@pytest.mark.parametrize("flow", ["X", "M"])
def test_partners_stand_in_the_order_of_the_flow_that_was_asked_for(flow):
    rows = measure(lake.load("us"), period="2024", by="partner", flow=flow).rows
    values = rows[rows["role"] == "part"]["value"].dropna().tolist()
    assert len(values) > 20 and values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("reporter", "period", "advice"),
    [("VNM", "2025", "--period 2025-11 --span ytd"), ("KOR", "2024", "--period 2024-12 --span month")],
)
def test_a_year_that_is_not_whole_is_refused_with_its_months_and_they_answer(reporter, period, advice):
    trade = lake.load(reporter)
    with pytest.raises(MissingData) as refusal:
        measure(trade, period=period)
    assert str(refusal.value).endswith(f"Ask for: {advice}")
    _, month, _, span = advice.split()
    assert len(measure(trade, period=month, span=span).rows)


def test_what_lies_ahead_is_not_to_be_fetched():
    with pytest.raises(MissingData) as refusal:
        measure(lake.load("CHN"), period="2098-01")
    assert "entrepot forecast CHN" in str(refusal.value) and "fetch" not in str(refusal.value)
