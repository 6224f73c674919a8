"""The lake: what was fetched stands beside the bundle; what it only repeats enters once."""

import pandas as pd
import pytest
from conftest import frame

from entrepot import bundle, lake
from entrepot.errors import BadTable, MissingData, UnknownCode


def rows(table):
    return table.collect("pandas").to_native()


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    (tmp_path / "flows").mkdir()
    return tmp_path


def test_the_home_is_the_variable_or_a_folder_of_the_user(monkeypatch, tmp_path):
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    assert lake.home() == tmp_path
    monkeypatch.delenv("ENTREPOT_HOME")
    assert lake.home().name == ".entrepot"


def test_without_a_lake_the_bundle_answers():
    assert len(rows(lake.load())) == bundle.manifest()["flows.parquet"]
    assert set(rows(lake.load("china")).reporter) == {"CHN"}


def test_fetched_facts_stand_beside_the_shipped_ones(home):
    frame([{"reporter": "FRA", "value": 5e10, "currency": "EUR"}]).to_parquet(home / "flows" / "france.parquet")
    assert rows(lake.load("france")).value.tolist() == [5e10]
    assert len(rows(lake.load())) == bundle.manifest()["flows.parquet"] + 1
    assert "FRA" in lake.reporters(lake.load())


def test_a_fact_that_the_lake_repeats_enters_once(home):
    shipped = rows(bundle.flows())
    again = shipped[shipped.reporter == "VNM"].head(50).assign(source="fetched")
    again["released"] = again.released.max()
    frame(again.to_dict("records")).to_parquet(home / "flows" / "again.parquet")
    held = rows(lake.load("viet nam"))
    assert len(held) == (shipped.reporter == "VNM").sum()
    assert "fetched" not in set(held.source)


def test_a_revision_that_the_lake_brings_is_a_row_of_its_own(home):
    shipped = rows(bundle.flows())
    row = shipped[(shipped.reporter == "VNM") & shipped.value.notna()].iloc[0].to_dict()
    newer = row | {"value": row["value"] * 1.1, "source": "fetched", "released": "2026-12-01"}
    frame([newer]).to_parquet(home / "flows" / "newer.parquet")
    assert len(rows(lake.load("VNM"))) == (shipped.reporter == "VNM").sum() + 1


def test_sources_of_the_lake_stand_beside_those_of_the_bundle(home):
    shipped = pd.DataFrame(bundle.sources())
    shipped.head(1).assign(source="fetched", office="An office").to_csv(home / "sources.csv", index=False)
    assert set(lake.sources()) == {*shipped.source, "fetched"}
    assert lake.sources()["fetched"]["office"] == "An office"


def test_have_counts_every_row_once(china):
    answer = lake.have()
    assert answer.rows.rows.sum() == answer.about["rows"] == bundle.manifest()["flows.parquet"]
    assert answer.rows.grade.notna().all()
    assert set(lake.have("CHN").rows.reporter) == {"CHN"}


def test_refusals_name_what_is_held(home):
    with pytest.raises(UnknownCode, match="CHN"):
        lake.load("Chnia")
    with pytest.raises(MissingData, match=r"China \(CHN\).*entrepot fetch"):
        lake.load("Brazil")
    (home / "flows" / "torn.parquet").write_bytes(b"PAR1")
    with pytest.raises(BadTable, match="cannot be read as Parquet"):
        lake.load("china")


@pytest.mark.parametrize(("reporter", "period"), [("japan", "2019-06"), ("korea", "2019")])
def test_some_partners_are_never_shown_as_the_world(reporter, period):
    from entrepot.measures import measure

    held = lake.load(reporter)
    with pytest.raises(
        MissingData, match="No world total of .* 2019 is held, only trade with China. Run: .* --partner .china"
    ):
        measure(held, period=period)
    rows = measure(held, period=period, partner="china").rows
    assert set(rows.partner) == {"CHN"} and rows.share.isna().all()


def test_the_newest_total_held_is_named(home):
    assert lake.newest("viet nam") == "2025-11"
    frame([{"reporter": "FRA", "period": "2024", "span": "year"}]).to_parquet(home / "flows" / "france.parquet")
    assert lake.newest("france") == "2024"
    with pytest.raises(MissingData, match="No flows of Brazil"):
        lake.newest("brazil")
    frame([{"reporter": "BRA", "partner": "CHN"}]).to_parquet(home / "flows" / "brazil.parquet")
    with pytest.raises(MissingData, match="No total trade of Brazil"):
        lake.newest("brazil")


def test_a_damaged_table_of_one_s_own_is_named_by_the_check_that_the_refusal_names(tmp_path, monkeypatch):
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    own = tmp_path / "flows" / "own" / "own-ministry.parquet"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"junk")
    with pytest.raises(BadTable, match=r"damaged and .*run: entrepot have --verify$"):
        lake.load("CHN")
    found = lake.verify()
    assert found.about["tables"] == 1 and found.about["faults"] == 1
    assert str(own) in found.rows["fault"][0] and "--mapping FILE.toml" in found.rows["fault"][0]


def test_a_refusal_names_the_fetch_of_the_period_that_will_be_asked():
    with pytest.raises(MissingData, match=r"Run: entrepot fetch comtrade PER -p 2024-03:2024-05 "):
        lake.load("peru", period="mar 2024:may 2024")


def test_the_rows_of_one_reporter_in_a_table_of_several():
    both = lake.load()
    assert lake.reporters(lake.part(both, "Viet Nam", named="mine.csv")) == ["VNM"]
    with pytest.raises(MissingData, match=r"mine\.csv holds no rows of Peru \(PER\); it holds Viet Nam \(VNM\)\."):
        lake.part(lake.load("VNM"), "peru", named="mine.csv")
