"""The lake's writing side: what is published follows from the documents, not from the order in which they came."""

import hashlib
import random
from datetime import date

import duckdb
import pytest
import site_of_customs as site

from entrepot import bundle, flows, lake, store
from entrepot.errors import BadTable, CannotWrite, MissingData
from entrepot.sources import Request, comext, gacc

FIRST, SECOND = date(2027, 2, 1), date(2027, 3, 10)


def hand_in(home, content, seen, name="a"):
    """Keep, read and note one page as if it had been fetched on a day."""
    request = Request(gacc.PRELIMINARY, f"http://english.customs.gov.cn/Statics/{name}.html")
    part = home / "part"
    home.mkdir(exist_ok=True)
    part.write_bytes(content)
    document = store.receive(home, request, "gacc", part, hashlib.sha256(content).hexdigest(), seen)
    store.parse(home, document)
    return store.note(home, document)


def published(home, **cell):
    rows = duckdb.read_parquet([str(path) for path in store.files(home)]).df()
    for name, value in cell.items():
        rows = rows[rows[name] == value]
    return rows.sort_values("released")


def state(home):
    rows = duckdb.read_parquet([str(path) for path in store.files(home)]).order("all").fetchall()
    return rows, sorted(map(repr, store.ended(home)))


EXPORTS = {"flow": "X", "span": "month", "currency": "USD"}


def test_a_release_and_its_revision_are_two_vintages(tmp_path):
    hand_in(tmp_path, site.page("2026-12", 3500, 2500, released="2027-01-14"), FIRST)
    hand_in(tmp_path, site.page("2026-12", 3512, 2500, released="2027-03-09"), SECOND, "b")
    store.publish(tmp_path)
    exports = published(tmp_path, **EXPORTS)
    assert exports.value.tolist() == [350e9, 351.2e9]
    assert exports.released.astype(str).tolist() == ["2027-01-14", "2027-03-09"]
    assert exports.superseded.iloc[0] == exports.released.iloc[1] and exports.superseded.isna().iloc[1]
    imports = published(tmp_path, **EXPORTS | {"flow": "M"})
    assert len(imports) == 1  # an equal figure adds no row
    table = flows.read(published(tmp_path, **EXPORTS))
    expected = {"first": [350e9], "latest": [351.2e9]}
    expected |= {"2027-01-13": [], "2027-02-01": [350e9], "2027-03-09": [351.2e9]}
    for which, values in expected.items():
        assert flows.vintage(table, which).collect("pandas").to_native().value.tolist() == values


def test_the_lake_does_not_depend_on_the_order_of_the_documents(tmp_path):
    pages = [
        (site.page("2026-11", 3300, 2200, released="2026-12-08"), FIRST, "nov"),
        (site.page("2026-12", 3500, 2500, released="2027-01-14"), FIRST, "dec"),
        (site.page("2026-12", 3512, 2500, released="2027-03-09"), SECOND, "dec-revised"),
        (site.page("2026-12", 3500, 2500, released="2027-04-09"), date(2027, 4, 10), "dec-again"),
        (site.page("2026-11", 3301, 2200, released="2026-12-08"), SECOND, "nov"),
    ]
    states = []
    for seed in range(4):
        home = tmp_path / str(seed)
        random.Random(seed).shuffle(pages)
        for page in pages:
            hand_in(home, *page)
            if seed % 2:
                store.publish(home)
        store.publish(home)
        states.append(state(home))
    assert all(one == states[0] for one in states)
    december = published(tmp_path / "0", period="2026-12", **EXPORTS)
    assert december.value.tolist() == [350e9, 351.2e9, 350e9]  # a figure that comes back is a revision too


def test_a_page_changed_after_its_day_is_public_from_the_day_we_saw_it(tmp_path):
    hand_in(tmp_path, site.page("2026-12", 3500, 2500, released="2027-01-14"), FIRST)
    hand_in(tmp_path, site.page("2026-12", 3510, 2500, released="2027-01-14"), SECOND)
    store.publish(tmp_path)
    exports = published(tmp_path, **EXPORTS)
    assert exports.value.tolist() == [350e9, 351e9]
    assert exports.released.astype(str).tolist() == ["2027-01-14", str(SECOND)]
    assert exports.released_basis.tolist() == ["stated", "first seen"]


def test_the_same_answer_is_noted_once_and_a_return_to_it_again(tmp_path):
    page, other = (site.page("2026-12", value, 2500) for value in (3500, 3510))
    assert hand_in(tmp_path, page, date(2027, 2, 1)) and not hand_in(tmp_path, page, date(2027, 2, 2))
    assert hand_in(tmp_path, other, date(2027, 2, 3)) and hand_in(tmp_path, page, date(2027, 2, 4))
    assert len(store.documents(tmp_path)) == 3 and len(list((tmp_path / "raw").glob("*/*"))) == 2


@pytest.fixture
def shipped():
    """A month's exports in dollars that ships with the package, not replaced yet."""
    rows = bundle.flows().collect("pandas").to_native()
    rows = rows[(rows.reporter == "CHN") & (rows.partner == "WLD") & (rows["product"] == "TOTAL") & (rows.flow == "X")]
    rows = rows[
        (rows.span == "month") & (rows.currency == "USD") & (rows.concept == "standard") & rows.superseded.isna()
    ]
    offices = {row["source"]: row["office"] for row in bundle.sources()}
    rows = rows[rows.value.notna() & (rows.source.map(offices) == gacc.OFFICE)]
    return rows[rows.half_width <= 5e6].sort_values(["period", "released"]).iloc[-1]


def test_a_revision_ends_the_figure_that_ships_with_the_package(tmp_path, monkeypatch, shipped):
    level = shipped.value / 1e8
    hand_in(tmp_path, site.page(shipped.period, level * 1.01, 2000, released="2027-03-09"), SECOND)
    store.publish(tmp_path)
    (end,) = [
        e for e in store.ended(tmp_path) if e["flow"] == "X" and e["span"] == "month" and e["source"] == shipped.source
    ]
    assert end["superseded"] == "2027-03-09"
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    rows = lake.load("china").collect("pandas").to_native()
    cell = rows[(rows[list(flows.CELL)] == shipped[list(flows.CELL)]).all(axis=1)].sort_values("released")
    assert str(cell[cell.source == shipped.source].superseded.iloc[-1])[:10] == "2027-03-09"
    latest = cell[cell.superseded.isna() & cell.value.notna()]
    assert latest.value.tolist() == [pytest.approx(level * 1.01e8, rel=1e-4)]
    assert len(rows) == len(bundle.flows().collect("pandas").to_native().query("reporter == 'CHN'")) + len(
        published(tmp_path)
    )


def test_a_figure_that_only_repeats_the_package_adds_no_row(tmp_path, shipped):
    level = shipped.value / 1e8
    page = site.page(shipped.period, level, 2000, released="2027-03-09", growth="-")
    hand_in(tmp_path, page, SECOND)
    store.publish(tmp_path)
    assert published(tmp_path, **EXPORTS, period=shipped.period).empty  # coarser print of what is held
    assert len(published(tmp_path, **EXPORTS | {"flow": "M"})) == 1  # its imports are another figure


def test_a_reader_that_improved_reads_the_kept_bytes_again(tmp_path, monkeypatch):
    hand_in(tmp_path, site.page("2026-12", 3500, 2500), FIRST)
    store.publish(tmp_path)
    before = {path.name for path in (tmp_path / "parsed").iterdir()}
    monkeypatch.setattr(store, "reader", lambda office: "improved")
    assert store.publish(tmp_path) == 1
    assert {path.name for path in (tmp_path / "parsed").iterdir()} > before


def test_what_an_improved_reader_says_of_the_kept_bytes_is_published(tmp_path, monkeypatch):
    hand_in(tmp_path, site.page("2026-12", 3500, 2500), FIRST)
    store.publish(tmp_path)
    assert published(tmp_path, **EXPORTS).value.tolist() == [350e9]
    before = gacc.parse

    def improved(content, **facts):  # as if the unit had been misread until now
        rows = before(content, **facts)
        return rows.assign(value=rows.value / 10, half_width=rows.half_width / 10)

    monkeypatch.setattr(gacc, "parse", improved)
    monkeypatch.setattr(store, "reader", lambda office: "improved")
    store.publish(tmp_path)
    assert published(tmp_path, **EXPORTS).value.tolist() == [35e9]  # nothing was asked of the office
    assert store.verify(tmp_path) == []


def test_bytes_that_are_gone_when_their_reader_changed_are_named(tmp_path, monkeypatch):
    hand_in(tmp_path, site.page("2026-12", 3500, 2500), FIRST)
    store.publish(tmp_path)
    (kept,) = (tmp_path / "raw").glob("*/*")
    kept.unlink()
    assert store.publish(tmp_path) == 0  # what was read from them still stands
    monkeypatch.setattr(store, "reader", lambda office: "improved")
    with pytest.raises(BadTable, match="are gone.*entrepot fetch gacc"):
        store.publish(tmp_path)


def test_what_verify_finds_is_healed_as_it_says(tmp_path):
    page = site.page("2026-12", 3500, 2500)
    hand_in(tmp_path, page, FIRST)
    store.publish(tmp_path)
    before = state(tmp_path)
    (kept,), (file,) = (tmp_path / "raw").glob("*/*"), store.files(tmp_path)
    kept.write_bytes(b"damaged")
    file.unlink()
    assert all("fetch" in said for said in store.verify(tmp_path)) and len(store.verify(tmp_path)) == 2
    assert not hand_in(tmp_path, page, SECOND)  # asked again, the same came
    store.publish(tmp_path)
    assert store.verify(tmp_path) == [] and state(tmp_path) == before


def test_verify_names_what_is_wrong(tmp_path):
    hand_in(tmp_path, site.page("2026-12", 3500, 2500), FIRST)
    store.publish(tmp_path)
    assert store.verify(tmp_path) == []
    (kept,) = (tmp_path / "raw").glob("*/*")
    content = kept.read_bytes()
    kept.write_bytes(content[:-1])
    (file,) = store.files(tmp_path)
    file.write_bytes(file.read_bytes() + b"x")
    assert [("not those received" in said, "was changed" in said) for said in store.verify(tmp_path)] == [
        (True, False),
        (False, True),
    ]
    kept.unlink()
    file.unlink()
    assert len(store.verify(tmp_path)) == 2
    with pytest.raises(MissingData, match="--verify"):
        store.files(tmp_path)


def test_damaged_notes_are_refused(tmp_path):
    hand_in(tmp_path, site.page("2026-12", 3500, 2500), FIRST)
    (note,) = (tmp_path / "documents").iterdir()
    note.write_text("{")
    with pytest.raises(BadTable, match="damaged"):
        store.documents(tmp_path)
    (tmp_path / "manifest.json").write_text("[")
    with pytest.raises(BadTable, match="damaged"):
        store.manifest(tmp_path)


def test_a_place_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="ENTREPOT_HOME"):
        store.put(tmp_path / "file" / "note.json", b"{}")


def test_parquet_that_others_put_into_the_folder_is_checked_and_joined(tmp_path, monkeypatch):
    hand_in(tmp_path, site.page("2026-12", 3500, 2500), FIRST)
    store.publish(tmp_path)
    own = published(tmp_path).assign(reporter="VNM", source="mine")
    own.to_parquet(tmp_path / "flows" / "mine.parquet")
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    assert "mine" in set(lake.load("vietnam").collect("pandas").to_native().source)
    own.assign(flow="Q").to_parquet(tmp_path / "flows" / "mine.parquet")
    with pytest.raises(BadTable, match="flow"):
        lake.load("vietnam")


def test_nothing_of_a_reporter_names_those_held(tmp_path, monkeypatch):
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path / "none"))
    with pytest.raises(MissingData, match=r"CHN.*entrepot fetch"):
        lake.load("bhutan")


def month(home, period, *, seen=date(2026, 1, 20), value=5):
    """A month of Eurostat's as it is received: one cell of two procedures."""
    py7zr = pytest.importorskip("py7zr")
    head = "REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,FLOW,STAT_PROCEDURE,SUPPL_UNIT,PERIOD,VALUE_EUR,QUANTITY_KG,"
    lines = [f"DE,CN,E,01012100,1,{n},NO_SU,{period.replace('-', '')},{value},1,0" for n in (1, 2)]
    text, part = home / "full.dat", home / f"{period}.part"
    home.mkdir(exist_ok=True)
    text.write_text("\n".join([f"{head}QUANTITY_SUPPL_UNIT", *lines]))
    with py7zr.SevenZipFile(part, "w") as archive:
        archive.write(text, text.name)
    (request,) = comext.ask(period)
    document = store.receive(home, request, "comext", part, hashlib.sha256(part.read_bytes()).hexdigest(), seen)
    store.parse(home, document)
    store.note(home, document)


def test_large_months_are_published_apart_as_they_were_read_and_equal_what_is_published_together(tmp_path, monkeypatch):
    rows = {}
    for large in (1, 10**9):
        monkeypatch.setattr(store, "LARGE", large)
        home = tmp_path / str(large)
        for period in ("2025-10", "2025-11"):
            month(home, period)
            assert store.publish(home) == 1  # the other month is left as it is
        names = [name.partition("/")[2] for name in store.manifest(home)["files"]]
        assert names == (["2025-10", "2025-11"] if large == 1 else ["2025"])
        rows[large] = sorted(map(str, published(home).to_dict("records")))
        assert store.verify(home) == []
    assert rows[1] == rows[10**9] and len(rows[1]) == 4


def test_a_large_month_that_was_revised_is_dated_and_leaves_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "LARGE", 1)
    for period in ("2025-10", "2025-11"):
        month(tmp_path, period)
    assert store.publish(tmp_path) == 2
    month(tmp_path, "2025-11", seen=date(2026, 2, 20), value=7)
    assert store.publish(tmp_path) == 1
    held = published(tmp_path, concept="standard", period="2025-11")
    assert held.value.tolist() == [10, 14]
    assert [str(day)[:10] for day in held.superseded] == ["2026-02-20", "NaT"]
    assert store.verify(tmp_path) == []
