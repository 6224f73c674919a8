"""fetch() of every office: faults that pass leave no trace, others are refused with the address."""

import io
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest
import replay

from entrepot import fetching, sources, store
from entrepot.errors import MissingData, SourceFailed

FOLDER = Path(__file__).parents[1].parent / "shared" / "fixtures"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")


@cache
def archive():
    """A BACI archive of one year, made of the recorded rows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as held:
        held.writestr(
            "BACI_HS22_Y2022_V202601.csv", (FOLDER / "baci/recorded_BACI_HS22_Y2022_V202601_two_rows.csv").read_bytes()
        )
    return out.getvalue()


def fixture(name):
    return lambda: (FOLDER / name).read_bytes()


ASKED = {  # office: question, answer
    "comtrade": (("comtrade", "india", "2022"), fixture("comtrade/recorded_preview_A_india_usa_total.json")),
    "baci": (("baci", "", "202601"), archive),
    "census": (("census", "", "2025-11"), fixture("census/composed_imports_hs10_duty_china_2025-11.json")),
    "comext": (("comext", "", "2025-11"), fixture("eurostat/composed_full_v2_202511.7z")),
    "imts": (("imts", "US", "2024:2025"), fixture("imf_imts/recorded_values_sdmx_csv_2.1_exports_annual.csv")),
    "rates": (("rates", "china", "2025-10:2026-04"), fixture("fx/recorded_ecb_exr_cny_eur_monthly.json")),
    "wits": (("wits", "US", "2017"), fixture("wits/recorded_trn_tariff_usa_mfn_2017_excerpt.json")),
}


@pytest.fixture(autouse=True)
def keys(monkeypatch):
    """Keys for the offices that want one, and no pause between requests."""
    for name in ("COMTRADE_KEY", "CENSUS_KEY"):
        monkeypatch.setenv(name, "k")
    monkeypatch.setattr("entrepot.sources.http._pace", lambda *_: None)
    pytest.importorskip("py7zr")


def run(office, home, told):
    question = ASKED[office][0]
    with replay.server(told) as address, replay.client(address) as client:
        return fetching.fetch(*question, today=date(2026, 11, 22), home=home, client=client, sleep=lambda _: None)


def told(office, fault=None, **more):
    (request,) = fetching.ask(*ASKED[office][0])
    return replay.Recorded({urlsplit(request.url).path: ASKED[office][1]()}, fault, **more)


def state(home):
    """Published rows, and of every document its question and content."""
    files = [str(path) for path in store.files(home)]
    rows = duckdb.read_parquet(files).order("all").fetchall() if files else []
    return rows, [(one.request, one.sha256) for one in store.documents(home)]


@pytest.mark.parametrize("office", ASKED)
def test_faults_that_pass_leave_no_trace(office, tmp_path):
    run(office, tmp_path / "calm", told(office))
    calm = state(tmp_path / "calm")
    assert calm[1] and bool(calm[0]) == (office not in ("rates", "wits"))
    for fault in ("429 with Retry-After", "500", "cut-off body"):
        run(office, tmp_path / fault, told(office, fault))
        assert state(tmp_path / fault) == calm, fault


@pytest.mark.parametrize("office", ASKED)
def test_a_web_page_with_status_200_is_refused_and_nothing_is_kept(office, tmp_path):
    with pytest.raises(SourceFailed, match=r"(?s)Asked: https?://.*again"):
        run(office, tmp_path, told(office, "web page with status 200", times=99))
    assert state(tmp_path) == ([], [])


def test_a_redirect_to_the_key_page_names_the_variable(tmp_path):
    with pytest.raises(SourceFailed, match=r"key page.*api\.census\.gov.*CENSUS_KEY"):
        run("census", tmp_path, told("census", "redirect to a key page", times=99))


def test_an_empty_answer_is_missing_data(tmp_path):
    empty = told("census")
    empty.answers = {path: (204, {}, b"") for path in empty.answers}
    with pytest.raises(MissingData, match="nothing"):
        run("census", tmp_path, empty)


def test_another_period_than_was_asked_for_is_refused(tmp_path):
    question = ("comext", "", "2025-12")
    (request,) = fetching.ask(*question)
    other = replay.Recorded({urlsplit(request.url).path: ASKED["comext"][1]()})
    refused = pytest.raises(SourceFailed, match="2025-12 was asked for")
    with replay.server(other) as address, replay.client(address) as client, refused:
        fetching.fetch(*question, home=tmp_path, client=client, today=date(2026, 11, 22), sleep=lambda _: None)


def test_a_new_column_and_another_order_change_nothing(tmp_path):
    run("imts", tmp_path / "plain", told("imts"))
    text = ASKED["imts"][1]().decode().splitlines()
    moved = [
        ",".join([line.split(",")[-1], *line.split(",")[:-1], "new" if n == 0 else "x"]) for n, line in enumerate(text)
    ]
    other = told("imts")
    other.answers = {path: "\n".join(moved).encode() for path in other.answers}
    run("imts", tmp_path / "moved", other)
    assert state(tmp_path / "plain")[0] == state(tmp_path / "moved")[0]


def test_an_answer_at_the_row_cap_is_asked_again_in_parts(tmp_path, monkeypatch):
    from entrepot.sources import comtrade

    monkeypatch.setattr(comtrade, "CAPS", (1,))  # every answer of one row counts as cut
    with pytest.raises(SourceFailed, match="cut"):
        run("comtrade", tmp_path, told("comtrade"))
    assert state(tmp_path) == ([], [])


def test_every_office_is_asked_here_or_says_why_not():
    others = {"gacc": "test_fetching", "icio": "its files have no stable address"}
    assert set(sources.OFFICES) == {*ASKED, *others}
    assert sources.office("icio").ask("2022")[0].role == "index"
