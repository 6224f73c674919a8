"""fetch() of every office: faults that pass leave no trace, others are refused with office, address and next step."""

import gzip
import io
import os
import random
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import disturbed
import duckdb
import pytest
import replay
import site_of_customs as site

from entrepot import fetching, lake, sources, store
from entrepot.errors import EntrepotError, MissingData, SourceFailed
from entrepot.sources import comtrade, copies, cpb, http, register, wits, wto

FOLDER = Path(__file__).parents[1].parent / "shared" / "fixtures"
TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")


class Case(NamedTuple):
    """A question to an office, the answer it gets, and the form that the answer has."""

    office: str
    reporter: str
    period: str
    more: dict
    file: str
    form: str


CASES = {
    "gacc": Case("gacc", "", "2025-11", {}, "", "html"),
    "copies": Case("copies", "", "2022", {}, "gacc/composed_eastmoney_RPT_ECONOMY_CUSTOMS.json", "json"),
    "comtrade": Case("comtrade", "india", "2022", {}, "comtrade/recorded_preview_A_india_usa_total.json", "json"),
    "baci": Case("baci", "", "202601", {}, "", "zip"),
    "census": Case("census", "", "2025-11", {}, "census/composed_imports_hs10_duty_china_2025-11.json", "json table"),
    "comext": Case("comext", "", "2025-11", {}, "eurostat/composed_full_v2_202511.7z", "7z"),
    "kosis": Case("korea", "", "2025-11", {}, "korea/composed_kosis_statisticsData.json", "json"),
    "korea": Case("korea", "", "2025-11", {"product": "8542"}, "korea/composed_nitemtrade_202511.xml", "xml"),
    "imts": Case("imts", "US", "2024:2025", {}, "imf_imts/recorded_values_sdmx_csv_2.1_exports_annual.csv", "csv"),
    "wto": Case("wto", "china", "2025-11", {}, "wto_cpb/composed_wto_timeseries_ITS_MTV_monthly.json", "json"),
    "rates": Case("rates", "china", "2025-10:2026-04", {}, "fx/recorded_ecb_exr_cny_eur_monthly.json", "sdmx"),
    "fed": Case("rates", "", "", {"quote": "yuan", "base": "USD"}, "fx/composed_fred_DEXCHUS.csv", "csv"),
    "cpb": Case("cpb", "", "2026-07", {}, "wto_cpb/composed_cpb_world_trade_monitor_2026-07.xlsx", "xlsx"),
    "wits": Case("wits", "US", "2017", {}, "wits/recorded_trn_tariff_usa_mfn_2017_excerpt.json", "sdmx"),
    "wits xml": Case("wits", "US", "2017", {"product": "010121"}, "wits/composed_trn_tariff.xml", "xml"),
    "hts": Case("hts", "", "", {"product": "01"}, "hts_fr/recorded_hts_2018_rev1_excerpt.csv", "csv"),
    "register": Case("register", "", "2025", {}, "hts_fr/composed_federal_register_documents.json", "json"),
}
ONLY_BY_HAND = {
    "icio": Case("icio", "", "2022", {}, "oecd_icio/composed_ICIO2025_extended_2022_small.csv", ""),
    "first days": Case("korea", "", "2025-10", {"days": "20"}, "korea/composed_20_day_release.txt", ""),
    "mofcom": Case("copies", "", "2026-05", {"copy": "mofcom"}, "gacc/recorded_mofcom_totalmonth_2026-05.json", ""),
}
PAGE = b'<html><a href="/x/CPB-world-trade-monitor-july-2026.xlsx">July 2026</a></html>'
FLOWS = set(CASES) - {"rates", "fed", "cpb", "wits", "wits xml", "hts", "register"}


@cache
def body(name):
    """The answer of a case, as bytes."""
    if name == "gacc":
        return site.answers(months=[11])["/Statics/2025-11-USD.html"]
    if name == "baci":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as held:
            file = FOLDER / "baci/recorded_BACI_HS22_Y2022_V202601_two_rows.csv"
            held.writestr("BACI_HS22_Y2022_V202601.csv", file.read_bytes())
        return out.getvalue()
    content = (FOLDER / (CASES | ONLY_BY_HAND)[name].file).read_bytes()
    if name == "hts":  # the lines of chapter 01
        lines = content.decode().splitlines(keepends=True)
        return "".join([lines[0], *(line for line in lines[1:61] if line.startswith(('"01', '""')))]).encode()
    return content


def ask(name):
    case = (CASES | ONLY_BY_HAND)[name]
    return fetching.ask(case.office, case.reporter, case.period, **case.more)


def told(name, fault=None, change=None, **more):
    """What the local server knows of a case; `change` is made to the answer that holds the rows."""
    content = change(body(name)) if change else body(name)
    if name == "gacc":
        answers = site.answers(months=[11]) | {"/Statics/2025-11-USD.html": content}
    elif name == "cpb":
        answers = {"/en/world-trade-monitor": PAGE, "/x/CPB-world-trade-monitor-july-2026.xlsx": content}
    elif name == "wto":
        imports = content.replace(b"ITS_MTV_MX", b"ITS_MTV_MM")
        answers = {urlsplit(ask(name)[0].url).path: lambda at: content if "ITS_MTV_MX" in at else imports}
    else:
        answers = {urlsplit(ask(name)[0].url).path: content}
    if name == "comtrade":  # without a key the preview answers
        answers["/public/v1/preview/C/A/HS"] = content
    return replay.Recorded(answers, fault, **more)


def run(name, home, server):
    case = (CASES | ONLY_BY_HAND)[name]
    with replay.server(server) as address, replay.client(address) as client:
        return fetching.fetch(
            case.office, case.reporter, case.period, today=TODAY, home=home, client=client, sleep=lambda _: None,
            **case.more,
        )  # fmt: skip


@pytest.fixture(autouse=True)
def keys(monkeypatch):
    """Keys for the offices that want one, and no pause between requests."""
    for name in KEYS:
        monkeypatch.setenv(name, "k")
    monkeypatch.setattr(http, "_pace", lambda *_: None)
    pytest.importorskip("py7zr")


def state(home):
    """Published rows, rows of other tables, and of every document its question and content."""
    return *rows(home), sorted((one.request, one.sha256) for one in store.documents(home))


def rows(home):
    """Published rows, and rows of tables that hold no flows."""
    files = [str(path) for path in store.files(home)]
    others = []
    for document in store.documents(home):
        for path in sorted(store.parse(home, document).glob("*.parquet")):
            held = duckdb.read_parquet(str(path))
            others += [] if "released" in held.columns else held.order("all").fetchall()
    return (repr(duckdb.read_parquet(files).order("all").fetchall()) if files else ""), repr(others)


KEYS = ("COMTRADE_KEY", "CENSUS_KEY", "WTO_KEY", "KOSIS_KEY", "DATA_GO_KR_KEY")


@cache
def calm(name, home):
    with pytest.MonkeyPatch.context() as patch:  # whatever the test that asks first has set
        patch.delenv("ENTREPOT_OFFLINE", raising=False)
        for variable in KEYS:
            patch.setenv(variable, "k")
        run(name, home, told(name))
        return state(home)


@pytest.fixture(scope="module")
def fault_free(tmp_path_factory):
    """The state of the lake after a fetch without faults, by case."""
    folder = tmp_path_factory.mktemp("calm")
    return lambda name: calm(name, folder / name)


def refused(name, home, server, step="later|look|again|Set|Check|Ask"):
    """Run a fetch that must be refused: office, address and next step are named, and nothing is kept of the answer."""
    with pytest.raises(SourceFailed) as refusal:
        run(name, home, server)
    said = str(refusal.value)
    office = ask(name)[0].source.office
    assert office in said and "Asked: http" in said, said
    assert any(word in said for word in step.split("|")), said
    assert state(home)[:2] == ("", "[]")
    return said


@pytest.mark.parametrize("name", CASES)
def test_faults_that_pass_leave_no_trace(name, tmp_path, fault_free):
    """Each address is busy (with a time and without), fails, is cut off, drops the line, then answers mislabelled."""
    assert (fault_free(name)[0] != "") == (name in FLOWS) and fault_free(name)[2]
    server = told(name, replay.FAULTS, kind="text/html")
    run(name, tmp_path, server)
    assert state(tmp_path) == fault_free(name)
    assert min(server.asked.values()) == len(replay.FAULTS) + 1 == http.TRIES


@pytest.mark.parametrize("name", CASES)
def test_faults_that_stay_are_refused(name, tmp_path, monkeypatch):
    said = refused(name, tmp_path / "500", told(name, "500", times=99), "later")
    assert "answers 500" in said and "put it at" in said
    monkeypatch.setattr(http, "TRIES", 2)
    monkeypatch.setattr(http, "GRACE", 0.1)
    assert "drips" in refused(name, tmp_path / "drip", told(name, "slow drip", times=99), "later")
    said = refused(name, tmp_path / "key", told(name, "redirect to a key page", times=99), "Set")
    assert "key page" in said


@pytest.mark.parametrize("name", CASES)
def test_a_web_page_with_status_200_is_no_data(name, tmp_path):
    server = told(name, "web page with status 200", times=99)
    if name == "comext":  # this is how Eurostat says that a month is not out
        with pytest.raises(MissingData, match=r"Eurostat.*not out.*Asked: https.*--wait"):
            run(name, tmp_path, server)
        assert state(tmp_path)[:2] == ("", "[]")
        return
    refused(name, tmp_path, server)


@pytest.mark.parametrize("name", CASES)
def test_another_kind_of_file_under_the_right_label_is_refused(name, tmp_path):
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
    refused(name, tmp_path / "picture", told(name, change=lambda _: picture))


@pytest.mark.parametrize("name", CASES)
def test_columns_in_another_order_and_a_new_one_change_nothing(name, tmp_path, fault_free):
    form = CASES[name].form
    run(name, tmp_path, told(name, change=lambda held: disturbed.widened(disturbed.moved(held, form), form)))
    assert rows(tmp_path) == fault_free(name)[:2]


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name].form != "sdmx"])
def test_rows_that_stand_twice_count_once_or_are_refused(name, tmp_path, fault_free):
    """In SDMX-JSON a series is a member of an object, which stands once by its form."""
    server = told(name, change=lambda content: disturbed.doubled(content, CASES[name].form))
    try:
        run(name, tmp_path, server)
    except SourceFailed as refusal:
        assert "Asked: http" in str(refusal) and state(tmp_path)[:2] == ("", "[]")
    else:
        assert rows(tmp_path) == fault_free(name)[:2]


@pytest.mark.parametrize("name", CASES)
def test_an_answer_torn_on_the_way_and_announced_as_whole_is_refused(name, tmp_path):
    refused(name, tmp_path, told(name, change=lambda content: disturbed.torn(content, CASES[name].form)))


def test_one_page_under_two_addresses_counts_once(tmp_path):
    server = told("gacc")
    server.answers["/Statics/2025-11-CNY.html"] = server.answers["/Statics/2025-11-USD.html"]
    run("gacc", tmp_path, server)
    held = duckdb.read_parquet([str(path) for path in store.files(tmp_path)]).df()
    assert set(held.currency) == {"USD"} and not held.duplicated(["flow", "period", "span", "currency"]).any()


CAPS = {  # module, its table with a cap, and the number of rows of the sample
    "comtrade": (comtrade, "FINAL", 1),
    "copies": (copies, "EASTMONEY", 2),
    "register": (register, "REGISTER", 2),
    "wits": (wits, "TARIFFS", 80),
    "wto": (wto, "WTO", 2),
}


@pytest.mark.parametrize("name", CAPS)
def test_an_answer_at_the_row_cap_is_refused_when_it_cannot_be_split(name, tmp_path, monkeypatch):
    module, table, count = CAPS[name]
    monkeypatch.setattr(module, table, replace(getattr(module, table), cap=count))
    monkeypatch.setattr(comtrade, "CAPS", (count,))
    refused(name, tmp_path, told(name), "shorter|fewer|later|again")


def test_every_office_that_has_a_cap_is_held_to_it():
    capped = {one.office for one in sources.registry().values() if one.cap}
    assert capped == {getattr(module, table).office for module, table, _ in CAPS.values()}


def test_a_redirect_to_the_key_page_names_the_variable(tmp_path):
    with pytest.raises(SourceFailed, match=r"key page.*api\.census\.gov.*CENSUS_KEY"):
        run("census", tmp_path, told("census", "redirect to a key page", times=99))


def test_a_missing_key_says_where_to_get_one_and_what_to_do_without(tmp_path, monkeypatch):
    keyed = [name for name in CASES if ask(name)[0].source.key_variable]
    assert {ask(name)[0].source.key_variable for name in keyed} == {
        "COMTRADE_KEY", "CENSUS_KEY", "WTO_KEY", "KOSIS_KEY", "DATA_GO_KR_KEY",
    }  # fmt: skip
    for name in keyed:
        variable = ask(name)[0].source.key_variable
        if name == "comtrade":  # its preview needs none
            continue
        monkeypatch.delenv(variable)
        with pytest.raises(SourceFailed, match=f"set {variable}.*put it at"):
            run(name, tmp_path / name, told(name))
        monkeypatch.setenv(variable, "k")


def test_without_a_key_comtrade_is_asked_for_its_preview(tmp_path, monkeypatch, fault_free):
    monkeypatch.delenv("COMTRADE_KEY")
    server = told("comtrade")
    run("comtrade", tmp_path, server)
    assert [path.partition("?")[0] for path in server.asked] == ["/public/v1/preview/C/A/HS"]
    assert rows(tmp_path) == fault_free("comtrade")[:2]


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("name", ["baci", "wits", "hts"])
def test_nothing_at_the_address_is_missing_data(name, status, tmp_path):
    server = told(name)
    server.answers = {path: (status, {}, b"gone") for path in server.answers}
    with pytest.raises(MissingData, match=f"answered {status}.*Check period and product.*--wait"):
        run(name, tmp_path, server)


def test_an_empty_answer_is_missing_data(tmp_path):
    empty = told("census")
    empty.answers = {path: (204, {}, b"") for path in empty.answers}
    with pytest.raises(MissingData, match="nothing"):
        run("census", tmp_path, empty)


HELD = '[{"reporterCode": 699, "period": 2022, "totalRecords": 7, "lastReleased": "2023-05-01T00:00:00"}]'


@pytest.mark.parametrize(("held", "said"), [(HELD, "none of them is of this product"), ("[]", "has not sent 2022")])
def test_an_empty_answer_of_comtrade_is_told_from_a_wrong_question(held, said, tmp_path):
    server = told("comtrade", change=lambda _: b'{"elapsedTime": "0", "count": 0, "data": [], "error": ""}')
    server.answers["/public/v1/getDA/C/A/HS"] = held.encode()
    with pytest.raises(MissingData, match=said):
        run("comtrade", tmp_path, server)
    assert server.asked["/public/v1/getDA/C/A/HS?reporterCode=699&period=2022"] == 1


def test_another_period_than_was_asked_for_is_refused(tmp_path):
    refused_with = pytest.raises(SourceFailed, match="2025-12 was asked for")
    with replay.server(told("comext")) as address, replay.client(address) as client, refused_with:
        fetching.fetch("comext", period="2025-12", home=tmp_path, client=client, today=TODAY, sleep=lambda _: None)


@pytest.mark.parametrize("name", [*CASES, *ONLY_BY_HAND])
def test_offline_the_refusal_says_where_to_put_each_file_and_then_they_are_read(
    name, tmp_path, monkeypatch, fault_free
):
    monkeypatch.setenv("ENTREPOT_OFFLINE", "1")
    for variable in KEYS:
        monkeypatch.delenv(variable)  # files by hand need no key
    server = told(name) if name in CASES else replay.Recorded({})
    for _ in range(3):
        try:
            answer = run(name, tmp_path, server)
            break
        except SourceFailed as refusal:
            for address, place in wanted(str(refusal)):
                content = body(name) if name in ONLY_BY_HAND else find(server, address)
                place.parent.mkdir(exist_ok=True)
                place.with_name(f"{place.name}.saved").write_bytes(content)  # a browser adds a suffix
    assert not server.asked and (answer.rows.came == "new").all()
    if name in CASES:
        assert rows(tmp_path) == fault_free(name)[:2]
    elif name != "icio":
        assert len(answer.rows) and answer.rows["rows"].sum() > 5


def find(server, address):
    split = urlsplit(address)
    held = server.find(f"{split.path}?{split.query}")
    return held(address) if callable(held) else held


def wanted(said):
    """Addresses and places that a refusal names."""
    listed = [line.strip() for line in said.splitlines() if line.startswith("  ")]
    if listed:
        return [(one, Path(other.removeprefix("-> "))) for one, other in zip(listed[::2], listed[1::2], strict=True)]
    address = next(word for word in said.split() if word.startswith("http")).rstrip(".")
    return [(address, Path(said.partition("put it at ")[2].partition(" and run")[0]))]


def test_a_file_by_hand_that_cannot_be_used_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("ENTREPOT_OFFLINE", "1")
    (tmp_path / "inbox").mkdir()
    bad = tmp_path / "inbox" / f"{http.file_name(ask('imts')[0])}.csv"
    bad.write_bytes(b"<html>log in</html>")
    with pytest.raises(SourceFailed, match="replace that file or remove it") as refusal:
        run("imts", tmp_path, replay.Recorded({}))
    assert str(bad) in str(refusal.value)


def test_what_holds_no_flows_is_read_back(tmp_path, monkeypatch):
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path))
    answer = run("cpb", tmp_path, told("cpb"))
    assert answer.rows["rows"].tolist() == [1672] and "entrepot.lake.kept('cpb')" in answer.about["tables"]
    held = lake.kept("cpb")
    assert len(held) == 1672 and set(held.base) == {"2021"} and set(held.seen) == {TODAY.isoformat()}
    with pytest.raises(MissingData, match="fetched"):
        lake.kept("ecb")
    run("baci", tmp_path, told("baci"))
    with pytest.raises(MissingData, match="holds flows"):
        lake.kept("baci")


def test_a_wrong_or_a_bare_question_is_refused_before_anything_is_sent():
    for office, more, said in (
        ("hts", {"partner": "china"}, "not asked by partner.*product"),
        ("cpb", {"product": "85"}, "nothing more"),
        ("wto", {"period": "2024"}, "Name a reporter"),
        ("census", {}, "Which period"),
    ):
        with pytest.raises(EntrepotError, match=said):
            fetching.ask(office, **more)


def test_the_list_shows_every_office_with_its_key_and_what_it_needs():
    shown = fetching.listing().rows
    assert set(shown.fetch) == set(sources.OFFICES) and len(shown) == len(sources.registry())
    keyed = shown[shown.key != ""].set_index("fetch").key.to_dict()
    assert keyed == {"comtrade": "COMTRADE_KEY", "census": "CENSUS_KEY", "wto": "WTO_KEY", "korea": "KOSIS_KEY"}
    needs = shown.drop_duplicates("fetch").set_index("fetch").needs
    assert (needs["wto"], needs["census"], needs["cpb"]) == ("a reporter and a period", "a period", "nothing")


def test_every_office_is_asked_here():
    assert set(sources.OFFICES) == {case.office for case in (CASES | ONLY_BY_HAND).values()}
    assert os.environ.get("ENTREPOT_OFFLINE") is None


def packed(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


HOSTILE = {
    "page": lambda _: b"<!DOCTYPE html><html><body>Not found</body></html>",
    "empty": lambda _: b"", "blank": lambda _: b"\n\n", "zero bytes": lambda _: b"\0" * 200, "number": lambda _: b"3",
    "list": lambda _: b"[]", "null": lambda _: b"null", "text": lambda _: b'"x"',
    "object": lambda _: b'{"error": "limit"}',
    "other table": lambda _: b"a,b,c\n1,2,3\n", "other xml": lambda _: b'<?xml version="1.0"?><e>limit</e>',
    "bytes": lambda _: bytes(range(256)) * 4, "pdf": lambda _: b"%PDF-1.4", "words": lambda _: b"Service unavailable",
    "half": lambda good: good[: len(good) // 2], "without its end": lambda good: good[:-20],
    "utf-16": lambda good: good.decode("utf-8", "replace").encode("utf-16"), "gzip": gzip.compress,
    "zip in zip": lambda good: packed("a.zip", packed("a.csv", good)), "twice": lambda good: good + good,
    "decimal commas": lambda good: good.replace(b".", b","), "shifted": lambda good: good.replace(b",", b",,", 40),
    "nested": lambda _: b"[" * 500 + b"]" * 500, "rows of numbers": lambda _: b"[1, 2]",
}  # fmt: skip


@pytest.mark.parametrize("name", [*CASES, *ONLY_BY_HAND])
def test_no_hostile_answer_ends_in_anything_but_a_refusal(name, tmp_path):
    case, good = (CASES | ONLY_BY_HAND)[name], body(name)
    module = sources.office(case.office)
    refused = 0
    for spoilt in HOSTILE.values():
        content = spoilt(good)
        (tmp_path / "file").write_bytes(content)
        for request in fetching.ask(case.office, case.reporter, case.period, **case.more):
            facts = dict(request.facts)
            try:
                if hasattr(module, "tables"):
                    for number, part in enumerate(module.tables(tmp_path / "file", seen=TODAY, **facts)):
                        store.write(part, tmp_path / f"{number}.parquet")
                else:
                    sources.further(module, content, request)
                    if request.role != "index":
                        module.parse(content, seen=TODAY, **facts)
            except (EntrepotError, duckdb.InvalidInputException):  # the second is turned into the first by the lake
                refused += 1
    assert refused >= len(HOSTILE) // 2


@pytest.mark.parametrize("name", ["comext", "baci", "cpb"])
def test_archives_that_were_altered_are_refused_or_read_as_they_were(name, tmp_path):
    case, good = CASES[name], body(name)
    module, place = sources.office(case.office), tmp_path / "file"
    draw = random.Random(name)

    def read(content):
        place.write_bytes(content)
        if name == "cpb":
            return cpb.parse(content, seen=TODAY)
        facts = dict(fetching.ask(case.office, case.reporter, case.period)[0].facts)
        return list(module.tables(place, seen=TODAY, **facts))

    read(good)
    refused = 0
    for number in range(40):
        spoilt = bytearray(good)
        for _ in range(1 + number % 3):
            spoilt[draw.randrange(len(good))] ^= 1 + draw.randrange(255)
        try:
            read(bytes(spoilt[: draw.randrange(len(good))] if number % 4 == 3 else spoilt))
        except EntrepotError:
            refused += 1
    assert refused > 20
