"""The bundle: what ships is what the script builds, holds the contract, and is refused when damaged."""

import json
import shutil

import narwhals as nw
import pandas as pd
import pytest

from entrepot import bundle, flows
from entrepot.errors import BadTable

TABLES = ("sources", "rates", "consensus", "gdp")


@pytest.fixture(scope="module")
def shipped():
    return bundle.flows().collect("pandas").to_native()


def test_built_again_from_the_compiled_figures_it_is_the_same(data, tmp_path):
    import build_bundle

    counts = build_bundle.build(data.parent, tmp_path)
    for name in TABLES:
        pd.testing.assert_frame_equal(pd.read_csv(tmp_path / f"{name}.csv"), pd.read_csv(bundle.HOME / f"{name}.csv"))
    for name in ("flows",):
        ours, theirs = (pd.read_parquet(home / f"{name}.parquet") for home in (tmp_path, bundle.HOME))
        pd.testing.assert_frame_equal(ours, theirs)
    assert (tmp_path / "cells.bin").read_bytes() == (bundle.HOME / "cells.bin").read_bytes(), "run: make bundle"
    assert counts == json.loads((bundle.HOME / "manifest.json").read_text())["rows"]


def test_what_ships_holds_the_contract(shipped):
    assert len(flows.read(shipped).collect("pandas").to_native()) == len(shipped)
    assert list(shipped.columns) == list(flows.COLUMNS)


def test_nothing_of_un_comtrade_is_in_it(shipped):
    sources = pd.DataFrame(bundle.sources())
    texts = sources.fillna("").astype(str).agg(" ".join, axis=1).str.lower()
    assert not texts.str.contains("comtrade").any()
    assert not shipped.source.str.contains("comtrade", case=False).any()


def test_every_source_used_is_described_and_every_one_described_is_used(shipped):
    sources = pd.DataFrame(bundle.sources())
    assert set(sources.source) == set(shipped.source)
    assert sources.source.is_unique
    assert sources[["office", "table", "licence", "retrieved", "kind", "grade", "rank"]].notna().all().all()
    assert set(sources.grade) <= set("ABC")
    assert set(sources.kind) <= {"office", "copy of a table", "press", "derived"}
    assert (sources[sources.kind == "office"].grade == "A").all()
    assert sources[sources.grade == "A"]["rank"].max() < sources[sources.kind == "press"]["rank"].min()


def test_copies_that_mix_vintages_hold_levels_only(shipped):
    copies = shipped[shipped.source.str.match(r"copy-20\d\d-\d\d")]
    assert len(copies) > 500
    assert copies.growth.isna().all()
    assert (copies.released_basis == "first seen").all()


def test_an_equal_figure_seen_again_adds_no_row_and_a_different_one_ends_the_one_before(shipped):
    total = (shipped.partner == "WLD") & (shipped["product"] == "TOTAL") & (shipped.concept == "standard")
    dollars = (shipped.reporter == "CHN") & (shipped.flow == "X") & (shipped.currency == "USD") & shipped.value.notna()
    exports = shipped[total & dollars].sort_values("released")
    several = 0
    for _, cell in exports.groupby(["period", "span", "status"]):
        rows = cell.to_dict("records")
        for old, new in zip(rows, rows[1:], strict=False):
            if old["released"] == new["released"] or old["source"] == new["source"]:
                continue
            several += 1
            apart = abs(old["value"] - new["value"]) > old["half_width"] + new["half_width"] + 1
            finer = new["half_width"] < old["half_width"]
            assert apart or finer or pd.notna(new["growth"]), rows
            assert not apart or pd.notna(old["superseded"]), rows
    assert several > 20


def test_totals_are_those_of_the_compiled_bulletins(shipped, data):
    held = pd.read_csv(data / "gacc" / "monthly_totals.csv", dtype={"period": str})
    bulletin = held[(held.vintage == "bulletin") & held.flow.isin(["export", "import"]) & held.value_musd.notna()]
    mine = shipped[shipped.source.str.startswith("gacc-bulletin") & (shipped.currency == "USD")]
    got = mine.set_index(["period", "span", "flow"]).value
    flow = {"export": "X", "import": "M"}
    checked = 0
    for row in bulletin.itertuples():
        key = (row.period, row.basis, flow[row.flow])
        if key in got.index:
            assert got[key] == pytest.approx(row.value_musd * 1e6, abs=1)
            checked += 1
    assert checked > 0.9 * len(bulletin)


def test_levels_are_in_full_units_and_growth_in_fractions(shipped):
    exports = shipped[(shipped.reporter == "CHN") & (shipped.partner == "WLD") & (shipped.flow == "X")]
    month = exports[(exports["product"] == "TOTAL") & (exports.span == "month") & (exports.concept == "standard")]
    dollars = month[(month.currency == "USD") & (month.period >= "2015") & month.value.notna()]
    assert dollars.value.between(5e10, 5e11).all()
    assert month.growth.dropna().abs().max() < 2


def kept_on_the_day(data, currency):
    """Lines of the stored calendar about trade: the day, what they are of, the number."""
    lines = pd.read_csv(data / "forecasting" / "calendar_snapshots.csv", dtype=str)
    lines = lines[(lines.cur == currency) & lines.actual.notna() & lines.event.str.contains("port|Trade Bal")]
    lines = lines[~lines.event.str.contains("Price")]
    lines["name"] = lines.event.str[:-6]
    lines["number"] = lines.actual.str.replace(r"[%,BM]", "", regex=True).astype(float)
    return lines


def test_koreas_first_prints_and_what_the_customs_service_made_of_them_are_those_of_the_calendar(shipped, data):
    lines = kept_on_the_day(data, "KRW").groupby(["snapshot", "name"]).number.first()
    korea = shipped[(shipped.reporter == "KOR") & (shipped.partner == "WLD") & (shipped.period >= "2023-07")]
    assert korea.groupby("flow").period.nunique().tolist() == [37, 37, 37]
    for row in korea.itertuples():
        name = {"X": "Exports (YoY)", "M": "Imports (YoY)", "B": "Trade Balance"}[row.flow]
        told = lines[f"{row.released:%Y-%m-%d}", name]
        assert (row.value / 1e9 if row.flow == "B" else row.growth * 100) == pytest.approx(told, abs=1e-9)
        assert ("advance" in row.source) == (row.released.day <= 5)
    march = korea[(korea.period == "2026-03") & (korea.flow == "X")].sort_values("released")
    assert march.growth.tolist() == [0.483, 0.492]  # the ministry on 1 April, the customs service on the 15th
    assert [f"{day:%Y-%m-%d}" for day in march.superseded.dropna()] == ["2026-04-15"]


def test_a_line_of_the_calendar_under_a_month_that_had_not_ended_is_not_taken_for_it(shipped):
    balance = shipped[(shipped.reporter == "KOR") & (shipped.flow == "B") & (shipped.period == "2025-11")]
    assert balance.value.tolist() == [9.74e9]  # 6.00 bn stood under November on 17 November: October's


def test_yuan_figures_named_february_are_those_of_both_months_or_left_out(shipped):
    yuan = shipped[(shipped.source == "press-calendar-china-C")]
    assert set(yuan[yuan.period.str.endswith("-02")].span) == {"ytd"}
    assert yuan[(yuan.period == "2025-02") & (yuan.flow == "B")].value.tolist() == [1.22606e12]
    assert yuan[yuan.period == "2026-02"].empty  # told of one month beside dollars of two
    levels = shipped[(shipped.reporter == "CHN") & (shipped.partner == "WLD") & (shipped.currency == "CNY")]
    levels = levels[(levels["product"] == "TOTAL") & (levels.concept == "standard") & levels.value.notna()]
    by_flow = levels[levels.flow != "B"].groupby(["period", "span", "flow"]).value.last().unstack()
    by_flow["told"] = yuan[yuan.flow == "B"].set_index(["period", "span"]).value
    together = by_flow.dropna(subset=["X", "M", "told"])
    assert len(together) > 15
    assert ((together.X - together.M - together.told).abs() < 0.01 * together.X).all()  # the levels are revised ones


def test_no_month_of_viet_nam_contradicts_its_years_to_date(shipped):
    levels = shipped[(shipped.reporter == "VNM") & shipped.value.notna()]
    levels = levels.set_index(["flow", "span", "period"]).value
    checked = 0
    for (flow, span, period), month in levels.items():
        before = f"{period[:5]}{int(period[5:]) - 1:02d}"
        now = (flow, "ytd", period)
        if span == "month" and now in levels.index and (flow, "ytd", before) in levels.index:
            assert abs(levels[now] - levels[flow, "ytd", before] - month) < 0.1 * month, (flow, period)
            assert month != levels.get((flow, span, f"{int(period[:4]) - 1}{period[4:]}")), (flow, period)
            checked += 1
    assert checked > 150


@pytest.fixture
def copied(tmp_path, monkeypatch):
    home = tmp_path / "bundle"
    shutil.copytree(bundle.HOME, home)
    monkeypatch.setattr(bundle, "HOME", home)
    bundle.manifest.cache_clear()
    yield home
    bundle.manifest.cache_clear()


def test_a_truncated_or_missing_flows_file_is_refused_with_what_to_run(copied):
    path = copied / "flows.parquet"
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(BadTable, match="pip install --force-reinstall"):
        bundle.flows()
    path.unlink()
    with pytest.raises(BadTable, match="cannot be read"):
        bundle.flows()


def test_a_flows_file_of_fewer_rows_than_were_built_is_refused(copied, shipped):
    shipped.head(100).to_parquet(copied / "flows.parquet")
    with pytest.raises(BadTable, match="hold 100 rows, not"):
        bundle.flows()


@pytest.mark.parametrize("name", TABLES)
def test_a_truncated_or_missing_small_table_is_refused(copied, name):
    path = copied / f"{name}.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-3]))
    with pytest.raises(BadTable, match="rows, not"):
        getattr(bundle, name)()
    path.unlink()
    with pytest.raises(BadTable, match="cannot be read"):
        getattr(bundle, name)()


def test_a_manifest_that_is_torn_is_refused(copied):
    (copied / "manifest.json").write_text('{"rows": {"flows.parq')
    with pytest.raises(BadTable, match="manifest"):
        bundle.flows()


def as_rows(table):
    """Rows of a flows table as `bundle.rows` gives them: days as text, None for what is missing."""
    columns = {
        name: [None if pd.isna(v) else str(v)[:10] if name in ("released", "superseded") else v for v in table[name]]
        for name in table
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def test_the_packed_cells_are_the_rows_of_the_flows(shipped):
    whole = sorted(as_rows(shipped), key=lambda row: (row["reporter"], row["partner"]))
    assert bundle.rows() == whole
    assert set(bundle.reporters()) == set(shipped["reporter"])


def test_a_few_cells_are_read_straight_from_the_bundle():
    rows = bundle.rows(reporter=["VNM", "CHN"], partner=["WLD", "USA"], product=["TOTAL"])
    one_of = {"reporter": ["VNM", "CHN"], "partner": ["WLD", "USA"], "product": ["TOTAL"]}
    held = bundle.flows().filter(*(nw.col(name).is_in(codes) for name, codes in one_of.items())).collect("pandas")
    assert {row["reporter"] for row in rows} == {"VNM", "CHN"}
    assert rows == sorted(as_rows(held.to_native()), key=lambda row: (row["reporter"], row["partner"]))
    assert bundle.rows(reporter=["ATL"]) == []


@pytest.mark.parametrize("kept", [0, 5, 400, -1000])
def test_a_torn_or_missing_file_of_cells_is_refused_with_what_to_run(copied, kept):
    path = copied / "cells.bin"
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(BadTable, match="pip install --force-reinstall"):
        bundle.rows()
    path.unlink()
    for reads in (bundle.rows, bundle.reporters):
        with pytest.raises(BadTable, match="cells cannot be read"):
            reads()


def test_a_pack_of_one_row_holds_one_row(shipped):
    import bundle_cells

    alone = shipped.head(1)
    assert list(bundle._unpacked(list(alone), bundle_cells._json([None] * len(alone.columns)))) == [
        dict.fromkeys(alone.columns)
    ]
