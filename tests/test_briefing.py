"""The facts of a release: answers from rows held in memory are those of the verbs, and what is absent is named."""

import math

import narwhals as nw
import pandas as pd
import pytest

from entrepot import briefing, bundle, cells, flows, gains, history, lake, measures, periods
from entrepot.errors import MissingData, WrongUsage

ASKED = [
    ("CHN", "2025-11", "first", "USD"),
    ("CHN", "2025-11", "2025-12-10", "CNY"),
    ("CHN", "2024-12", "latest", None),
    ("CHN", "2026-02", "first", None),
    ("CHN", "2024", "latest", "USD"),
    ("USA", "2024-06", "first", None),
    ("VNM", "2024-10", "latest", None),
]
GROWTH = {"growth", "growth_half_width", "growth_basis", "growth_other", "method"}  # how a base was reached among them


def same(one, other):
    """Equal, but for the last bits of sums that the engine may take in another order."""
    if isinstance(one, float) and isinstance(other, float):
        return one == other or math.isnan(one) and math.isnan(other) or math.isclose(one, other, rel_tol=1e-9)
    if other is None or one is None:
        return all(value is None or value != value for value in (one, other))
    return one == other


def answered(table, **words):
    try:
        return measures.measure(table, **words).records()
    except MissingData:
        return []


@pytest.mark.parametrize(("reporter", "period", "vintage", "currency"), ASKED)
@pytest.mark.parametrize("by", [None, "partner", "product"])
def test_answers_from_memory_are_those_of_measure(reporter, period, vintage, currency, by):
    table = flows.read(lake.load(reporter))
    spans = ["year"] if periods.is_year(period) else ["month", "ytd"]
    held = cells.hold(table, briefing._scope(table, period, spans), {vintage, "latest"})
    rows = 0
    for span in spans:
        for when in (period, periods.year_earlier(period)):
            words = {"period": when, "span": span, "vintage": vintage, "by": by, "currency": currency}
            question = measures.ask(**words)
            facts, question = measures.settled(cells.within(held, question), question)
            memory, verb = measures.lines_of(facts, question) if facts else [], answered(table, **words)
            kept = set() if when == period else GROWTH  # of the year before, the page uses levels only
            assert [(row["flow"], row["partner"], row["product"]) for row in memory] == [
                (row["flow"], row["partner"], row["product"]) for row in verb
            ]
            for one, other in zip(memory, verb, strict=True):
                assert {name for name in other.keys() - kept if not same(one[name], other[name])} == set(), other
            rows += len(verb)
    assert rows or by == "product"


@pytest.fixture(scope="module")
def facts(china):
    return briefing.gather(china, period="2025-11")


def test_histories_from_memory_are_those_of_history(china, facts):
    line = history.series(
        china, flow="B", span="ytd", until="2025-11", since=f"{2025 - briefing.SINCE}-01", currency="USD"
    )
    assert [point.period for point in facts.balances.points] == [point.period for point in line.points]
    for one, other in zip(facts.balances.points, line.points, strict=True):
        assert same(one.value, other.value), one


def test_changes_from_memory_are_those_of_gains(china, facts):
    asked = gains.gains(china, period="2025-11", span="ytd", currency="USD", vintage="first")
    assert [one.partner for one in facts.gains] == [one.partner for one in asked]
    assert [one.change for one in facts.gains] == pytest.approx([one.change for one in asked])


def test_the_page_of_november_2025_has_what_is_held(facts):
    assert (facts.reporter, facts.currency, facts.own, facts.span, facts.long_span) == (
        "CHN", "USD", "CNY", "month", "ytd",
    )  # fmt: skip
    assert facts.focus == "USA"
    assert facts.focus_run.length == 8
    assert len(facts.polls) == 3
    assert {row["source"] for row in facts.key.values()} <= {source["source"] for source in facts.sources}
    assert facts.row("month", "X") is facts.key["month", "USD", "first", "X"]
    assert facts.row("month", "X", vintage="all") is None


ROWS = {
    "products": nw.col("product") == flows.ALL,
    "the month in Chinese yuan": (nw.col("currency") != "CNY") | (nw.col("span") != "month"),
    "the year to date in Chinese yuan": nw.col("currency") != "CNY",
}


@pytest.mark.parametrize("name", ["products", "the month in Chinese yuan", "the year to date in Chinese yuan"])
def test_what_is_absent_is_named_and_only_that(china, facts, name):
    assert name not in facts.absent
    less = briefing.gather(china.filter(ROWS[name]), period="2025-11")
    assert name in less.absent
    assert len(less.absent) == len(set(less.absent))


def test_without_levels_by_partner_there_are_no_changes(china):
    kept = (nw.col("partner") == flows.WORLD) | nw.col("value").is_null()
    less = briefing.gather(china.filter(kept), period="2025-11")
    assert less.gains == []
    assert "the change by partner in currency" in less.absent


def test_a_release_that_is_not_held_is_refused(china):
    with pytest.raises(MissingData):
        briefing.gather(china, period="1980-01")


def test_polls_of_dollars_are_not_set_beside_yuan(china):
    yuan = briefing.gather(china, period="2025-11", currency="CNY")
    assert (yuan.currency, yuan.own, yuan.polls) == ("CNY", None, [])
    dollars = briefing.gather(china, period="2025-11", currency="USD")
    polls = pd.DataFrame(bundle.consensus())
    assert len(dollars.polls) == len(polls[(polls.period == "2025-11") & (polls.span == "month")])


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ((100.0, 0.5), (101.0, 0.5), False),  # the edges touch
        ((100.0, 0.5), (101.1, 0.5), True),
        ((None, 0.5), (101.1, 0.5), False),
        ((float("nan"), 0.5), (101.1, 0.5), False),
    ],
)
def test_two_prints_differ_beyond_both_half_widths(one, other, found):
    rows = [{"value": value, "half_width": width} for value, width in (one, other)]
    assert briefing.differs(*rows) is found
    assert briefing.differs(*reversed(rows)) is found


@pytest.mark.parametrize("period", ["2024:2025", "2025-01:2025-11"])
def test_a_page_is_of_one_month_or_year(china, period):
    with pytest.raises(
        WrongUsage, match=rf"one month or one year.*is a range\. Ask for: --period {period[-4:]}|2025-11"
    ):
        briefing.gather(china, period=period)
