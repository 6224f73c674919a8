"""One polite GET: paced, patient, and never content with half an answer."""

import hashlib
import socket
from dataclasses import replace

import httpx
import pytest
import replay

from entrepot.errors import SourceFailed
from entrepot.sources import Request, Source, comtrade, http

SOURCE = Source("test", "Office of Tests", "table", "http://office.example/data", "free", pause=0.0)
REQUEST = Request(SOURCE, "http://office.example/data", (("period", "2025"),))
BODY = b"t,i,j\n" * 5000


@pytest.fixture
def waited():
    return []


def get(told, tmp_path, waited, request=REQUEST, **more):
    with replay.server(told) as address, replay.client(address) as client:
        return http.get(request, tmp_path / "new", client=client, sleep=waited.append, progress=False, **more)


@pytest.mark.parametrize("fault", replay.FAULTS)
def test_what_passes_is_waited_for(fault, tmp_path, waited):
    told = replay.Recorded({"/data": BODY}, fault, times=2)
    reply = get(told, tmp_path, waited)
    assert reply.path.read_bytes() == BODY and reply.sha256 == hashlib.sha256(BODY).hexdigest()
    assert sum(told.asked.values()) == 3
    assert [path.name for path in reply.path.parent.iterdir()] == [reply.path.name]  # no part is left behind


def test_the_office_says_how_long_to_wait(tmp_path, waited):
    get(replay.Recorded({"/data": BODY}, "429 with Retry-After", times=2), tmp_path, waited)
    assert waited == [7.0, 7.0]
    waited.clear()
    get(replay.Recorded({"/data": BODY}, "429", times=3), tmp_path, waited)
    assert waited == [1.0, 2.0, 4.0]


def test_a_date_after_which_to_come_back_is_understood():
    assert http._after("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0
    assert http._after("soon") is None and http._after(None) is None


def test_patience_ends_with_office_address_and_next_step(tmp_path, waited):
    with pytest.raises(SourceFailed, match=r"Office of Tests.*500.*office\.example/data\?period=2025.*later"):
        get(replay.Recorded({"/data": BODY}, "500", times=99), tmp_path, waited)
    assert len(waited) == http.TRIES - 1


def test_a_slow_drip_is_cut(tmp_path, waited, monkeypatch):
    monkeypatch.setattr(http, "GRACE", 0.2)
    monkeypatch.setattr(http, "TRIES", 2)
    with pytest.raises(SourceFailed, match="drips"):
        get(replay.Recorded({"/data": BODY}, "slow drip", times=99), tmp_path, waited)


def test_a_refusal_is_not_asked_again(tmp_path, waited):
    told = replay.Recorded({"/data": (403, {}, b"Out of call volume quota.")})
    with pytest.raises(SourceFailed, match=r"answered 403.*quota"):
        get(told, tmp_path, waited)
    assert sum(told.asked.values()) == 1


def test_a_redirect_to_the_key_page_is_not_asked_again(tmp_path, waited):
    told = replay.Recorded({"/data": BODY}, "redirect to a key page", times=99)
    with pytest.raises(SourceFailed, match="key page"):
        get(told, tmp_path, waited)
    assert sum(told.asked.values()) == 2


def test_keys_come_from_the_environment_and_stay_out_of_messages(tmp_path, waited, monkeypatch):
    keyed = replace(REQUEST, source=replace(SOURCE, key_variable="TEST_KEY", key_parameter="key"))
    told = replay.Recorded({"/data": (400, {}, b"bad")})
    with pytest.raises(SourceFailed, match="set TEST_KEY"):
        get(told, tmp_path, waited, keyed)
    monkeypatch.setenv("TEST_KEY", "s3cret")
    with pytest.raises(SourceFailed) as refusal:
        get(told, tmp_path, waited, keyed)
    assert "s3cret" not in str(refusal.value) and list(told.asked) == ["/data?period=2025&key=s3cret"]


def test_two_requests_to_an_office_keep_its_pause(tmp_path, waited, monkeypatch):
    slow = replace(REQUEST, source=replace(SOURCE, office="Slow Office", pause=5.0))
    told = replay.Recorded({"/data": BODY})
    get(told, tmp_path, waited, slow)
    get(told, tmp_path, waited, slow)
    assert len(waited) == 1 and 4.0 < waited[0] <= 5.0


def test_offline_says_where_to_put_the_file_and_then_takes_it(tmp_path, waited, monkeypatch):
    monkeypatch.setenv("ENTREPOT_OFFLINE", "1")
    inbox = tmp_path / "inbox"
    told = replay.Recorded({})
    with pytest.raises(SourceFailed, match=r"inbox.test--data-2025"):
        get(told, tmp_path, waited, inbox=inbox)
    inbox.mkdir()
    (inbox / "test--data-2025").write_bytes(BODY)
    assert get(told, tmp_path, waited, inbox=inbox).path.read_bytes() == BODY
    assert not told.asked


def test_a_name_that_does_not_resolve_is_refused_after_one_short_retry_and_not_asked_again(tmp_path, monkeypatch):
    monkeypatch.setattr(http, "_lost", {})
    looked, slept = [], []

    def nowhere(request):
        looked.append(request.url.host)
        error = httpx.ConnectError("[Errno -2] Name or service not known")
        raise error from socket.gaierror(-2, "Name or service not known")

    with httpx.Client(transport=httpx.MockTransport(nowhere)) as client:
        for period in ("2024", "2025"):
            (request,) = comtrade.ask("vietnam", period, key=False)
            with pytest.raises(SourceFailed, match="does not resolve.*put it at .*run the same command") as refusal:
                http.get(request, tmp_path / "tmp", inbox=tmp_path / "inbox", client=client, sleep=slept.append)
            for part in ("United Nations", request.address, str(tmp_path / "inbox" / http.file_name(request))):
                assert part in str(refusal.value)
    assert len(looked) == 2 and sum(slept) < 5  # the second request is refused at once
    monkeypatch.setattr(http, "FORGET", 0.0)  # later the name is looked for anew
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, content=b"{}"))) as client:
        assert http.get(request, tmp_path / "tmp", client=client, sleep=slept.append).status == 200


def test_a_connection_that_breaks_for_another_cause_is_tried_on(tmp_path):
    tried = []

    def broken(request):
        tried.append(request)
        raise httpx.ConnectError("refused") from ConnectionRefusedError(111, "refused")

    (request,) = comtrade.ask("vietnam", "2024", key=False)
    with httpx.Client(transport=httpx.MockTransport(broken)) as client, pytest.raises(SourceFailed, match="times over"):
        http.get(request, tmp_path, client=client, sleep=lambda _: None)
    assert len(tried) == http.TRIES
