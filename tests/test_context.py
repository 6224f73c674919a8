"""How unusual a release is: laws of concentration, round sums, and the statements of November 2025 against the file."""

from math import log

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot import bundle, context, history, lake, measures, periods
from entrepot.errors import MissingData
from entrepot.history import Point, Series

markets = st.lists(st.floats(1e-3, 1e12), min_size=1, max_size=60)


@given(markets)
def test_concentration_lies_between_equal_lines_and_a_single_one(values):
    found, n = context.concentration(values), len(values)
    assert found.n == n
    assert 1 / n - 1e-12 <= found.herfindahl <= 1 + 1e-12
    assert found.equal_markets == pytest.approx(1 / found.herfindahl)
    assert -1e-9 <= found.theil <= log(n) + 1e-9


@given(markets, st.sampled_from([1e-6, 0.25, 7.0, 1e9]), st.integers(0, 30))
def test_concentration_knows_neither_the_unit_nor_lines_without_trade(values, unit, empty):
    one, other = context.concentration(values), context.concentration([v * unit for v in values] + [0.0] * empty)
    assert other.n == one.n
    assert other.herfindahl == pytest.approx(one.herfindahl, rel=1e-9)
    assert other.theil == pytest.approx(one.theil, rel=1e-9, abs=1e-9)


@given(st.integers(1, 300), st.floats(1e-3, 1e12))
def test_equal_lines_are_as_many_markets(n, size):
    found = context.concentration([size] * n)
    assert found.equal_markets == pytest.approx(n)
    assert found.theil == pytest.approx(0.0, abs=1e-9)


@given(markets, st.integers(2, 8))
def test_splitting_every_line_evenly_multiplies_the_equal_markets(values, parts):
    whole = context.concentration(values)
    split = context.concentration([value / parts for value in values for _ in range(parts)])
    assert split.equal_markets == pytest.approx(parts * whole.equal_markets, rel=1e-9)
    assert split.theil == pytest.approx(whole.theil, rel=1e-9, abs=1e-9)


def test_nothing_is_said_of_no_trade():
    with pytest.raises(MissingData, match="No line has trade"):
        context.concentration([0.0, 0.0])


def test_exports_of_november_2024_were_spread_as_over_21_point_7_equal_markets(china):
    rows = measures.measure(china, period="2024-11", by="partner", flow="X", currency="CNY").records()
    found = context.by_country(rows)
    assert round(found.equal_markets, 1) == 21.7
    where = "reporter = 'CHN' and flow = 'X' and period = '2024-11' and span = 'month' and currency = 'CNY'"
    best = f"""select arg_min(value, s.rank) v from '{FILE}' f join '{SOURCES}' s using (source) where {where}
               and product = 'TOTAL' and concept = 'standard' and superseded is null and length(partner) = 3
               and partner not in ('WLD', 'ROW', 'AFR', 'EU27') group by partner having v > 0"""
    total, squares, n = duckdb.sql(f"select sum(v), sum(v * v), count(*) from ({best})").fetchall()[0]
    assert found.n == n
    assert found.equal_markets == pytest.approx(total**2 / squares)


def test_a_list_that_leaves_much_out_has_no_concentration(china):
    rows = measures.measure(china, period="2024-11", by="partner", flow="X", currency="CNY").records()
    largest = next(row["partner"] for row in rows if row["role"] == "part")
    assert context.by_country([row for row in rows if row["partner"] != largest]) is None
    assert context.by_country([row for row in rows if row["role"] != "whole"]) is None


def sums(*values):
    points = (Point(p, v, None, None) for p, v in zip(periods.each("2024-01:2024-12"), values, strict=False))
    return Series("B", "ytd", "WLD", "USD", "latest", tuple(points))


@pytest.mark.parametrize(
    ("before", "now", "step"),
    [
        ([0.9e12], 1.1e12, 1e12),
        ([0.9e12], 2.5e12, 2e12),  # the largest round sum passed
        ([1.05e12], 1.1e12, None),
        ([0.9e12], 1e12, None),  # reached, not passed
        ([], 1.1e12, None),  # no history, no first time
        ([-3e9], -2e9, None),
    ],
)
def test_a_round_sum_makes_news_once(before, now, step):
    assert context.threshold(sums(*before, now), f"2024-{len(before) + 1:02d}", now) == step


@given(st.lists(st.floats(1e8, 1e14), min_size=2, max_size=12))
def test_a_threshold_stands_between_all_earlier_sums_and_this_one(values):
    step = context.threshold(sums(*values), f"2024-{len(values):02d}", values[-1])
    between = [s for s in context.STEPS if max(values[:-1]) <= s < values[-1]]
    assert step == max(between, default=None)


FILE, SOURCES = (str(bundle.HOME / name) for name in ("flows.parquet", "sources.csv"))


def first_prints(column, flow):
    """Month to figure, straight from the file: the earliest observed row that holds it, then the best source."""
    query = f"""select period, arg_min({column}, (released, rank)) from '{FILE}' join '{SOURCES}' using (source)
                where reporter = 'CHN' and partner = 'WLD' and product = 'TOTAL' and span = 'month' and flow = '{flow}'
                and currency = 'USD' and concept = 'standard' and status = 'observed' and {column} is not null
                group by period"""
    return dict(duckdb.sql(query).fetchall())


@pytest.fixture(scope="module")
def said(china):
    return {(one.name, one.flow): one for one in context.statements(china, period="2025-11")}


@pytest.mark.parametrize(
    ("flow", "printed", "poll", "above"),
    [("X", 0.059, 0.038, True), ("M", 0.019, 0.028, False), ("B", 111.68e9, 105.0e9, True)],
)
def test_november_2025_against_the_poll(said, flow, printed, poll, above):
    """Customs release of 8 December 2025: exports +5.9 %, imports +1.9 %, surplus 111.68 bn USD."""
    one = said["poll", flow]
    assert (one.value, one.against, one.holds) == (pytest.approx(printed), pytest.approx(poll), above)


def test_the_surplus_of_november_2025_is_no_record_of_a_month_but_of_twelve(said):
    month, year = said["record", "B"], said["rolling year", "B"]
    assert (month.holds, month.against_period) == (False, "2025-06")
    assert month.against == pytest.approx(114.7e9, abs=0.1e9)
    assert year.holds and year.value > 1e12


def test_twelve_months_were_above_a_trillion_by_february_2025_as_revised(china):
    balance = history.series(china, flow="B", until="2025-11", currency="USD", vintage="latest")
    assert history.first_above(history.rolling(balance), 1e12) <= "2025-02"


def test_the_surplus_of_2023_was_4_6_per_cent_of_gdp(china):
    """823 bn dollars in customs statistics of 2023, on a GDP of 17,795 bn (World Bank)."""
    found = {one.name: one for one in context.statements(china, period="2023-12", vintage="latest")}["share of GDP"]
    assert found.value == pytest.approx(823e9 / 17_795e9, abs=0.0005)
    assert (found.against_period, found.holds) == ("2023", True)


def test_a_gdp_of_an_earlier_year_is_named_and_an_old_one_not_used(said, monkeypatch):
    balance, share = said["rolling year", "B"], said["share of GDP", "B"]
    assert (share.against_period, share.holds) == ("2023", False)
    (held,) = [row["gdp"] for row in bundle.gdp() if (row["reporter"], row["year"]) == ("CHN", 2023)]
    assert share.value == pytest.approx(balance.value / held)
    line = Series(
        "B", "month", "WLD", "USD", "latest", tuple(Point(f"2025-{n:02d}", 1e9, None, None) for n in range(1, 13))
    )
    old = ({"reporter": "CHN", "year": 2019, "gdp": 1e13, "half_width": 0.0, "source": "wdi-wits"},)
    monkeypatch.setattr(bundle, "gdp", lambda: old)
    assert "share of GDP" not in {one.name for one in context.of_series({"B": line}, "CHN", "2025-12", "USD")}


def test_two_year_growth_is_that_of_the_levels_in_the_file(said):
    for flow in ("X", "M"):
        held = first_prints("value", flow)
        average = (held["2025-11"] / held["2023-11"]) ** 0.5 - 1
        assert said["two-year growth", flow].value == pytest.approx(average)


def test_the_run_of_import_growth_is_the_one_in_the_file(said):
    growths = first_prints("growth", "M")
    last = max(period for period, growth in growths.items() if period <= "2025-11" and growth <= 0)
    run = said["run", "M"]
    assert (run.since, run.holds) == (periods.later(last, 1), True)
    assert run.value == len(periods.each(f"{run.since}:2025-11"))
    assert ("run", "X") not in said  # October fell, so one month of growth is no run


def test_the_month_on_month_effect_is_that_of_the_levels_in_the_file(said):
    held = first_prints("value", "X")
    one = said["base effect", "X"]
    assert one.value == pytest.approx(log(held["2025-11"] / held["2025-10"]))
    assert one.against == pytest.approx(log(held["2024-11"] / held["2024-10"]))


def test_months_released_together_are_no_record_alone(china):
    line = history.series(china, flow="X", until="2025-11", currency="USD", vintage="latest")
    kept = context.released_months(line, "CHN")
    assert {point.period[5:] for point in kept.points} == {f"{n:02d}" for n in range(3, 13)}
    assert context.released_months(line, "USA") is line


def test_statements_need_the_month(china):
    with pytest.raises(MissingData):
        context.statements(china, period="1980-01")


def test_context_is_added_and_nothing_taken_away(china, said):
    answer = measures.measure(china, period="2025-11")
    richer = context.with_context(answer, list(said.values()))
    assert len(richer.about["context"]) == len(said)
    assert {name: value for name, value in richer.about.items() if name != "context"} == answer.about
    assert "context" not in answer.about


@given(st.lists(st.floats(-1e12, 1e12), min_size=25, max_size=40))
def test_a_deficit_is_compared_with_deficits_and_a_surplus_with_all(values):
    first = "2020-01"
    line = Series("B", "month", "WLD", "USD", "latest", tuple(
        Point(periods.later(first, n), value, None, None) for n, value in enumerate(values)))  # fmt: skip
    now, before = values[-1], values[:-1]
    (one,) = (x for x in context.of_series({"B": line}, "USA", line.points[-1].period, "EUR") if x.name == "record")
    assert one.value == now and one.since == first
    if now >= 0:
        assert one.against == max(before) and one.holds == (now > max(before))
        return
    deficits = [value for value in before if value < 0]
    assert one.against == min(deficits, default=None)
    assert one.holds == (now < min(deficits, default=0.0))


def test_the_largest_american_deficit_is_no_smallest_one():
    trade = lake.load("us")
    held = measures.measure(trade, period="2013-01:2025-11", flow="B").rows.set_index("period")["value"]
    found = {(one.name, one.flow): one for one in context.statements(trade, period="2025-11")}
    one = found["record", "B"]
    assert (one.against, one.against_period) == (held.iloc[:-1].min(), held.iloc[:-1].idxmin())
    rolled = found["rolling year", "B"]
    assert rolled.value == pytest.approx(held.iloc[-12:].sum())
    assert rolled.holds == (rolled.value < held.rolling(12).sum().iloc[:-1].min())
