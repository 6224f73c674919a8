"""The same ten questions on every engine: pandas, DuckDB, Spark, ClickHouse and PostgreSQL, to 1e-9."""

import math
import re
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import engine_room
import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, frame

from entrepot import concordance, drivers, flows, lake, measures, mirrors
from entrepot.errors import BadTable

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated"),
]
SRC = Path(flows.__file__).parent
TOLERANCE = 1e-9
SMALL = 15_000  # rows that an answer may take from an engine, of the 100,000 and more that it holds


def made_up() -> pd.DataFrame:
    """Two years of 40 partners by 60 HS6 products without any total, some lines told by two offices, one unvalued."""
    rng = np.random.default_rng(20251122)
    partners = [f"{a}{b}{c}" for a, b, c in zip("ABCDEFGHJK" * 4, "QRST" * 10, "UVWXYZUV" * 5, strict=True)]
    rows = [
        {
            "partner": partner, "product": f"{chapter:02d}0100", "classification": "HS2022", "period": str(year),
            "span": "year", "value": float(rng.lognormal(12, 3)), "half_width": 0.5, "source": "one",
            "weight_kg": float(rng.lognormal(8, 2)), "released": date(2025, 3, 1), "status": "derived",
        }
        for partner in sorted(set(partners))
        for chapter in range(1, 61)
        for year in (2023, 2024)
        if rng.random() < 0.9
    ]  # fmt: skip
    again = [
        row | {"source": "two", "value": row["value"] * 1.01} for row in rows if row["product"][:2] in ("07", "14")
    ]
    again[3] |= {"value": None, "quantity": 1.0, "unit": "t"}
    return frame([*rows, *again])


def both_sides() -> pd.DataFrame:
    """What two offices said of one flow, and an entrepot's re-exports of it, over three years."""
    rows = []
    for n, year in enumerate(("2021", "2022", "2023")):
        told = {"period": year, "span": "year", "released": date(int(year) + 1, 3, 1), "half_width": 5e7}
        rows.append(told | {"partner": "USA", "value": 5.0e11 + n * 1e10})
        rows.append(told | {"reporter": "USA", "partner": "CHN", "flow": "M", "valuation": "cif", "value": 5.4e11})
        again = {"reporter": "HKG", "partner": "USA", "flow": "RX", "concept": "origin CHN", "value": 2.5e10}
        rows.append(told | again)
    return frame(rows)


def held() -> dict[str, pd.DataFrame]:
    """The bundle of China with every vintage (many times over under other names), and the two tables made up here."""
    china = lake.load("china").collect("pandas").to_native()
    others = [china.assign(reporter=code) for code in ("AAA", "BBB", "CCC", "DDD")]
    return {"china": pd.concat([china, *others], ignore_index=True), "lines": made_up(), "sides": both_sides()}


def china(tables):
    return tables["china"].filter(nw.col("reporter") == "CHN")


QUESTIONS = {
    "partners, one month": lambda t: measures.measure(china(t), period="2025-11", by="partner"),
    "partners, year to date": lambda t: measures.measure(china(t), period="2025-11", span="ytd", by="partner"),
    "partners, year": lambda t: measures.measure(china(t), period="2024", by="partner"),
    "shares of a group, a range": lambda t: measures.measure(
        china(t), period="2025-06:2025-11", span="ytd", partner="asean,eu,us"
    ),
    "contributions": lambda t: drivers.explain(china(t), period="2025-11", span="ytd", by="partner"),
    "first print": lambda t: measures.measure(china(t), period="2024-01:2025-11", vintage="first"),
    "as of a day": lambda t: measures.measure(china(t), period="2025-11", by="partner", vintage="2025-12-10"),
    "every print": lambda t: measures.measure(china(t), period="2025-11", vintage="all"),
    "products, nothing printed whole": lambda t: measures.measure(t["lines"], period="2024", flow="X", by="product"),
    "both sides of a flow": lambda t: mirrors.mirror(t["sides"], exporter="CHN", importer="USA", period="2021:2023"),
}


@contextmanager
def lazy_duckdb():
    """Hand a function that makes a DuckDB relation of a pandas table."""
    yield lambda table, name: duckdb.from_df(table)


ENGINES = {
    "duckdb": lazy_duckdb, "spark": engine_room.spark, "clickhouse": engine_room.clickhouse,
    "postgres": engine_room.postgres,
}  # fmt: skip


@pytest.fixture(scope="module")
def frames():
    return held()


@pytest.fixture(scope="module")
def expected(frames):
    """Answers from pandas tables."""
    tables = {name: flows.read(table) for name, table in frames.items()}
    return {name: question(tables) for name, question in QUESTIONS.items()}


@pytest.fixture(scope="module", params=ENGINES)
def put(request):
    """A function that puts a pandas table into an engine under a name."""
    with ENGINES[request.param]() as engine:
        yield engine


@pytest.fixture(scope="module")
def tables(put, frames):
    """The tables of the questions in an engine, across the border."""
    return {name: flows.read(put(table, name)) for name, table in frames.items()}


@pytest.fixture
def taken(monkeypatch):
    """Rows of each result that left an engine."""
    rows, plain, facts = [], nw.LazyFrame.collect, flows.records

    def records(table):
        out = facts(table)
        rows.append(len(out))
        return out

    def collect(self, *args, **words):
        out = plain(self, *args, **words)
        rows.append(len(out))
        return out

    monkeypatch.setattr(nw.LazyFrame, "collect", collect)
    monkeypatch.setattr(flows, "records", records)
    return rows


def same(one, other) -> bool:
    """Whether two answers say the same: words alike, numbers to the tolerance, missing where missing."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return (one != one and other != other) or math.isclose(one, other, rel_tol=TOLERANCE)
    return one == other


def differences(one, other) -> list[str]:
    rows, others = one.rows.to_dict("records"), other.rows.to_dict("records")
    told = [f"{a}\n{b}" for a, b in zip(rows, others, strict=False) if not same(a, b)]
    told += [f"{len(rows)} rows against {len(others)}"] if len(rows) != len(others) else []
    about, others = dict(one.about), dict(other.about)
    return told[:3] + [f"{name}: {about[name]} {others[name]}" for name in about if not same(about[name], others[name])]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_engine_answers_alike_and_hands_over_few_rows(tables, expected, taken, question):
    answer = QUESTIONS[question](tables)
    assert len(expected[question].rows) > 0
    assert differences(expected[question], answer) == []
    assert taken and max(taken) <= SMALL


def test_the_answers_are_those_of_plain_pandas(frames, expected):
    """Counted once more without an engine or an expression: the sums of lines, and contributions from printed rows."""
    lines = frames["lines"]
    one = lines[lines["source"] == "one"]
    total = one.groupby(["product", "period"])["value"].sum().unstack()
    rows = expected["products, nothing printed whole"].rows.set_index("product")
    whole = rows[rows["role"] == "part"]
    ours, theirs = whole["value"], total["2024"]
    assert len(ours) > 40
    np.testing.assert_allclose(ours, theirs.reindex(ours.index), rtol=TOLERANCE)
    grown = whole[whole["growth"].notna()]
    ratio = (total["2024"] / total["2023"] - 1).reindex(grown.index)
    np.testing.assert_allclose(grown["growth"].astype(float), ratio, rtol=1e-7)


FAULTS = {
    "is not negative unless a balance": {"value": -1.0},
    "holds at least one measurement": {"value": float("nan")},
    "has a period like 2025-11 or 2025": {"period": "2025-13"},
    "is superseded no earlier than it is released": {"superseded": date(2025, 1, 1)},
}


def test_every_engine_refuses_rows_that_break_the_contract(put):
    for n, (rule, fault) in enumerate(FAULTS.items()):
        table = frame([{"partner": "USA"}, {"partner": "VNM"} | fault])
        with pytest.raises(BadTable, match=re.escape(rule)):
            flows.read(put(table, f"fault{n}"))
    with pytest.raises(BadTable, match="is alone with its key"):
        flows.read(put(frame([{"value": 1.0}, {"value": 2.0}]), "twice"))


def test_codes_are_carried_over_alike_and_what_has_no_link_is_said(put, frames):
    """The links travel as a small table into the engine; ClickHouse would fill an outer join with blanks."""
    old = frames["lines"].assign(classification="HS1996")
    old = pd.concat([old, old.head(1).assign(product="990909")], ignore_index=True)
    told = []
    for table in (old, put(old, "older")):
        moved = concordance.convert(flows.read(table), "HS2022")
        sums = moved.table.group_by("product").agg(nw.col("value").sum()).collect("pandas").to_native()
        none = moved.unmapped.select("product").unique().collect("pandas").to_native()
        told.append((dict(sums.sort_values("product").to_numpy()), set(none["product"])))
    (plain, lost), (other, lost_there) = told
    assert "990909" in lost and lost == lost_there
    assert same(plain, other)


def test_nothing_is_joined_outward_on_the_engine_of_a_user():
    """ClickHouse fills what an outer join lacks with zeros; only the lake, which is DuckDB's, joins so."""
    outward = re.compile(r"""\.join\([^\n]*how=["'](left|right|full|outer)["']""")
    joins = {path.name for path in SRC.rglob("*.py") if outward.search(path.read_text("utf-8"))}
    assert joins <= {"lake.py"}


def test_the_example_of_the_documentation_runs(capsys, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "examples")
    with engine_room.spark():
        import beyond_one_machine

        beyond_one_machine.main("spark")
    told = re.findall(r"largest relative difference from DuckDB ([-+.e0-9]+)", capsys.readouterr().out)
    assert len(told) == 2 and all(float(gap) <= TOLERANCE for gap in told)
