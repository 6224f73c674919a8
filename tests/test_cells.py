"""From rows to one figure a line: splitting, order and vintages change nothing they should not."""

import narwhals as nw
import pytest
from conftest import frame
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import cells, flows, lake
from entrepot.errors import BadTable, DoubleCount, MissingData
from entrepot.measures import ask

NOVEMBER = ("month", "2025-11", "X", "WLD", "TOTAL")


def chosen(table, **words):
    question = ask(**({"period": "2025-11"} | words))
    facts = cells.collect(flows.read(table), question)
    return cells.sum_months(cells.choose(facts, question, lake.sources()), question)


def test_narrow_executes_nothing(monkeypatch):
    held = flows.read(frame([{}]))
    monkeypatch.setattr(nw.LazyFrame, "collect", lambda *_: pytest.fail("narrow collected"))
    cells.narrow(held, ask(period="2025-11", span="ytd", by="partner"))


@pytest.mark.parametrize("vintage", ["latest", "first", "2025-12-10"])
@pytest.mark.parametrize("words", [{"by": "partner", "span": "ytd"}, {"by": "product"}, {"partner": "us,asean"}, {}])
def test_printed_wholes_are_read_as_they_are_and_nothing_printed_is_lost(china, words, vintage):
    question = ask(period="2025-11", vintage=vintage, **words)
    names = [*flows.COLUMNS, "asked"]

    def lines(facts):
        return {tuple(fact[name] for name in names) for fact in facts if cells.SUM not in fact.values()}

    collected, narrowed = cells.collect(china, question), flows.records(cells.narrow(china, question))
    printed = [one for one in narrowed if one["partner"] == "WLD" or question.lists_partners]
    printed = [one for one in printed if one["product"] == "TOTAL" or question.lists_products]
    assert len(collected) > 10 and lines(collected) == lines(printed)
    assert len(collected) == len(lines(collected))


PARTNERS = st.dictionaries(st.sampled_from(["USA", "VNM", "DEU", "JPN", "BRA"]), st.floats(1, 1e12), min_size=1)


@settings(deadline=None, max_examples=5)
@given(parts=PARTNERS, data=st.data())
def test_without_a_world_row_the_partners_are_summed_in_any_order_and_however_split(engine, parts, data):
    whole = [{"partner": one, "value": value, "half_width": 0.5} for one, value in parts.items()]
    split = [
        row | {"product": product, "classification": "HS2022", "value": row["value"] * share}
        for row in whole
        for product, share in (("84", 0.25), ("85", 0.75))
    ]
    for rows in (whole, split):
        order = data.draw(st.permutations(rows))
        figure = chosen(engine(order))[NOVEMBER]
        assert figure.value == pytest.approx(sum(parts.values()), rel=1e-9)
        assert figure.half_width == pytest.approx(0.5 * len(rows))
        assert (figure.status, figure.partner, figure.product) == ("derived", "WLD", "TOTAL")


def test_a_printed_world_is_never_replaced_by_a_sum(table):
    figure = chosen(table({"value": 100.0}, {"partner": "USA", "value": 30.0}, {"partner": "VNM", "value": 90.0}))
    assert figure[NOVEMBER].value == 100.0
    assert figure[NOVEMBER].method == ""
    imports = {"flow": "M", "valuation": "cif", "partner": "USA", "value": 7.0}
    held = chosen(table({"value": 100.0}, imports))
    assert ("month", "2025-11", "M", "WLD", "TOTAL") not in held  # one partner is not the world's imports


TWICE = {
    "groups": [{"partner": "ASEAN"}, {"partner": "VNM"}],
    "a group alone": [{"partner": "EU27"}, {"partner": "USA"}],
    "levels": [{"product": "85", "classification": "HS2022"}, {"product": "854231", "classification": "HS2022"}],
    "nomenclatures": [{"product": "85", "classification": "HS2022"}, {"product": "85", "classification": "HS2017"}],
    "aggregates": [
        {"product": "high-tech", "classification": "aggregate"},
        {"product": "hightechs", "classification": "aggregate"},
    ],
}


@pytest.mark.parametrize("kind", TWICE)
def test_a_sum_that_would_count_twice_is_refused(table, kind):
    with pytest.raises(DoubleCount, match="twice"):
        chosen(table(*TWICE[kind]))


@pytest.mark.parametrize("kind", TWICE)
def test_the_same_lines_under_their_total_are_no_double_count(table, kind):
    assert chosen(table({"value": 500.0}, *TWICE[kind]))[NOVEMBER].value == 500.0


PARTIAL = {
    "two sources": [{"partner": "USA", "source": "a"}, {"partner": "VNM", "source": "b"}],
    "two statuses": [{"partner": "USA"}, {"partner": "VNM", "status": "derived"}],
    "one without a level": [{"partner": "USA"}, {"partner": "VNM", "value": None, "growth": 0.1}],
    "one twice": [{"partner": "USA"}, {"partner": "USA", "released": "2025-12-18"}, {"partner": "VNM"}],
}


@pytest.mark.parametrize("kind", PARTIAL)
def test_a_sum_that_no_one_source_holds_whole_is_refused_not_understated(engine, kind):
    with pytest.raises(MissingData, match="all 2 lines to add up"):
        chosen(engine(PARTIAL[kind]))


def test_of_two_sources_the_one_that_holds_every_line_is_summed(table):
    one = [{"partner": partner, "source": "a", "value": 10.0} for partner in ("USA", "VNM", "DEU")]
    two = [{"partner": partner, "source": "b", "value": 11.0} for partner in ("USA", "VNM")]
    assert chosen(table(*one, *two))[NOVEMBER].value == 30.0


def test_a_base_that_cannot_be_summed_leaves_the_period_asked_for(table):
    now = [{"partner": one, "value": 10.0} for one in ("USA", "VNM")]
    base = [
        {"partner": "USA", "source": "a", "period": "2024-11"},
        {"partner": "VNM", "source": "b", "period": "2024-11"},
    ]
    held = chosen(table(*now, *base))
    assert held[NOVEMBER].value == 20.0
    assert ("month", "2024-11", "X", "WLD", "TOTAL") not in held


MONTHS = st.lists(st.floats(1, 1e12), min_size=11, max_size=11)


@settings(deadline=None, max_examples=3)
@given(values=MONTHS)
def test_a_span_not_printed_is_the_sum_of_its_months_and_a_printed_one_is_not(engine, values):
    rows = [
        {"period": f"2025-{n:02d}", "value": value, "half_width": 0.5, "released": "2025-12-08"}
        for n, value in enumerate(values, 1)
    ]
    ytd = ("ytd", "2025-11", "X", "WLD", "TOTAL")
    added = chosen(engine(rows), span="ytd")[ytd]
    assert added.value == pytest.approx(sum(values), rel=1e-12)
    assert (added.half_width, added.status, added.method) == (5.5, "derived", "sum of 11 months")
    printed = chosen(engine([*rows, {"span": "ytd", "value": 1.0}]), span="ytd")[ytd]
    assert (printed.value, printed.method) == (1.0, "")


def test_a_span_that_lacks_a_month_is_not_summed(table):
    rows = [{"period": f"2025-{n:02d}"} for n in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11)]
    assert ("ytd", "2025-11", "X", "WLD", "TOTAL") not in chosen(table(*rows), span="ytd")


def test_a_year_to_date_not_yet_public_does_not_hide_the_sum_of_months(table):
    months = [{"period": f"2025-{n:02d}", "released": "2025-12-08"} for n in range(1, 12)]
    later = {"span": "ytd", "value": 999.0, "released": "2026-01-20"}
    held = chosen(table(*months, later), span="ytd", vintage="2025-12-31")
    assert held["ytd", "2025-11", "X", "WLD", "TOTAL"].value == 1100.0


def test_a_year_and_january_to_december_are_one_fact(table):
    year = {"period": "2024", "span": "year", "value": 7.0, "released": "2025-01-13"}
    ytd = {"period": "2024-12", "span": "ytd", "value": 7.0, "released": "2025-01-13"}
    assert chosen(table(ytd), period="2024")["year", "2024", "X", "WLD", "TOTAL"].value == 7.0
    assert chosen(table(year), period="2024-12", span="ytd")["ytd", "2024-12", "X", "WLD", "TOTAL"].value == 7.0


def test_the_best_source_answers_and_the_others_are_listed_only_where_they_differ(table):
    best = {"source": "gacc-bulletin-ddec", "value": 100.0, "half_width": 0.5}
    near = {"source": "my own", "value": 100.9, "half_width": 0.5}
    far = {"source": "another", "value": 102.0, "half_width": 0.5}
    figure = chosen(table(near, best, far))[NOVEMBER]
    assert (figure.value, figure.source, figure.grade) == (100.0, "gacc-bulletin-ddec", "A")
    assert [(other["source"], other["value"]) for other in figure.also] == [("another", 102.0)]


def test_a_concept_is_never_mixed_with_another(table):
    standard = [{"period": f"2025-{n:02d}", "value": 1.0, "released": "2025-12-08"} for n in range(1, 12)]
    ordinary = {"span": "ytd", "concept": "ordinary trade", "value": 6.0}
    assert chosen(table(*standard, ordinary), span="ytd")["ytd", "2025-11", "X", "WLD", "TOTAL"].value == 11.0
    asked = chosen(table(*standard, ordinary), span="ytd", concept="ordinary trade")
    assert asked["ytd", "2025-11", "X", "WLD", "TOTAL"].value == 6.0


def test_a_printed_year_to_date_outweighs_months_of_another_concept(table):
    printed = {"span": "ytd", "value": 50.0}
    months = [{"period": f"2025-{n:02d}", "value": 1.0, "released": "2025-12-08"} for n in range(1, 12)]
    other = [row | {"concept": "consumption"} for row in months]
    figure = chosen(table(printed, *months, *other), span="ytd")["ytd", "2025-11", "X", "WLD", "TOTAL"]
    assert (figure.value, figure.concept) == (50.0, "standard")


def test_one_reporter_at_a_time(table):
    with pytest.raises(BadTable, match="CHN, VNM"):
        chosen(table({}, {"reporter": "VNM"}))


def test_missing_is_none_in_records_and_days_are_days():
    (record,) = flows.records(flows.read(frame([{"value": None, "growth": 0.1}])))
    assert record["value"] is None and record["superseded"] is None and record["unit"] is None
    assert record["released"].isoformat() == "2025-12-08"


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["USA", "VNM"]), st.sampled_from(["84", "85", "8501"]), st.sampled_from(["month", "ytd"]),
        st.sampled_from(["2025-10", "2025-11", "2024-11"]), st.sampled_from(["a", "b"]), st.integers(0, 2),
    ),
    unique=True, max_size=12,
)  # fmt: skip


@settings(max_examples=25)
@given(drawn=ROWS, by=st.sampled_from(["partner", "product", None]), span=st.sampled_from(["month", "ytd"]))
def test_what_is_taken_for_granted_of_rows_changes_no_sum(drawn, by, span):
    rows = [
        {"partner": partner, "product": product, "classification": "HS2022", "span": kind, "period": period}
        | {"source": source, "value": None if size == 2 else 10.0 + size, "growth": 0.1}
        for partner, product, kind, period, source, size in drawn
    ]
    keys = [tuple(row[name] for name in ("partner", "product", "span", "period", "source")) for row in rows]
    rows = [row for n, row in enumerate(rows) if keys[n] not in keys[:n]]
    held, question = flows.read(frame(rows or [{}])), ask(period="2025-11", span=span, by=by)
    granted = flows.records(cells.narrow(held, question, **cells._plain(held, question)))
    assert sorted(map(str, granted)) == sorted(map(str, flows.records(cells.narrow(held, question))))
