"""One polite GET: at an office's own pace, patient with its moods, and never content with half an answer.

With `ENTREPOT_OFFLINE=1` nothing is sent. Either way a file that was downloaded by hand is taken from the folder
`inbox` of the lake, under the name that the refusal prints, with or without a suffix.
"""

import glob
import hashlib
import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.errors import MissingData, SourceFailed
from entrepot.sources import Request

if TYPE_CHECKING:
    import httpx
    from tenacity import RetryCallState

TRIES = 6
LONGEST_WAIT = 120.0  # seconds between two tries, whatever the server says
SLOWEST = 500.0  # bytes a second, after the first GRACE seconds
GRACE = 30.0
AGENT = "entrepot (open-source trade statistics; one request at a time)"
KEY_PAGES = ("missing_key", "invalid_key")
FORGET = 60.0  # seconds for which a name that did not resolve is not asked for again
_last: dict[str, float] = {}
_lost: dict[str, float] = {}


@dataclass(frozen=True)
class Reply:
    """Bytes of an answer in a file, and what came with them; `status` 0 is a file from the inbox."""

    path: Path
    sha256: str
    size: int
    status: int
    kind: str


class ByHand(SourceFailed):
    """Nothing is sent for this request: a person may save `address` at `place`, and it is read from there."""

    def __init__(self, message: str, address: str, place: Path | None) -> None:
        super().__init__(message)
        self.address, self.place = address, place


class _TryAgain(Exception):
    """The office is busy or the line broke: worth another try after `wait` seconds."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class _NoSuchName(_TryAgain):
    """The name of the office's machine does not resolve: no network, as a rule, which more patience does not mend."""


def file_name(request: Request) -> str:
    """Name under which a file downloaded by hand is looked for.

    >>> from entrepot.sources import baci
    >>> file_name(baci.ask("HS22", "202601")[0])
    'baci--BACI_HS22_V202601.zip'
    """
    if request.role == "by hand":
        return "--".join([request.source.key, "-".join(value for _, value in request.facts)])
    query = "-".join(value for _, value in request.params)
    _, asked, question = request.url.partition("/reporter/")  # an office whose question is the path of its address
    last = question if asked else request.url.rstrip("/").rpartition("/")[2]
    tail = "-".join(part for part in (last, query) if part)
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", tail).strip("-")
    if len(plain) > 120:
        plain = f"{plain[:100]}-{hashlib.sha256(plain.encode()).hexdigest()[:12]}"
    return f"{request.source.key}--{plain}"


def get(
    request: Request,
    into: Path,
    *,
    inbox: Path | None = None,
    client: "httpx.Client | None" = None,
    sleep: Callable[[float], None] = time.sleep,
    progress: bool = True,
) -> Reply:
    """Read one address into a new file in the folder `into`.

    Raises
    ------
    SourceFailed
        If the office does not answer, refuses, or sends less than it announced after several tries; or offline, or its
        name does not resolve (asked twice). The message names office, address, status and the next step.
    MissingData
        If the office has nothing at this address (status 404 or 410): it is not out yet, or the question is wrong.
    """
    held = in_inbox(request, inbox)
    if held is not None:
        if progress:
            sys.stderr.write(f"entrepot: read from {held}, which was saved by hand; remove it to ask the office.\n")
        return _copied(held, into)
    if request.role == "by hand":
        what = f"{request.source.table} ({', '.join(said for _, said in request.facts)})"
        said = f"{request.source.office} gives this file to people, not to programs: {what}. "
        said += _hint(request, inbox, f"Save it from {request.address}")
        raise ByHand(said, request.address, _place(request, inbox))
    if os.environ.get("ENTREPOT_OFFLINE"):
        said = f"{request.source.office}: nothing is sent while ENTREPOT_OFFLINE is set."
        said = f"{said} {_hint(request, inbox, f'Save {request.address}')} Or unset ENTREPOT_OFFLINE."
        raise ByHand(said, request.address, _place(request, inbox))
    import httpx
    from tenacity import Retrying, retry_if_exception_type

    host = httpx.URL(request.url).host
    if time.monotonic() - _lost.get(host, -FORGET) < FORGET:
        raise _no_network(request, inbox, host)
    opened = client or httpx.Client(follow_redirects=True, timeout=httpx.Timeout(60.0, connect=20.0))
    retrying = Retrying(
        retry=retry_if_exception_type(_TryAgain), stop=_enough, wait=_wait, sleep=sleep,
        reraise=True, before_sleep=lambda state: _say_wait(request, state) if progress else None,
    )  # fmt: skip
    try:
        return retrying(_once, opened, request, into, inbox, sleep, progress)
    except _NoSuchName as error:
        _lost[host] = time.monotonic()
        raise _no_network(request, inbox, host) from error
    except _TryAgain as error:
        step = f"Try again later. {_hint(request, inbox, 'Or save it')}"
        raise _failed(request, f"{error}, {TRIES} times over", step) from error
    finally:
        if client is None:
            opened.close()


def in_inbox(request: Request, inbox: Path | None) -> Path | None:
    """File that a person put into the inbox for a request, under its name or that with a suffix (`.csv`, `.html`)."""
    if (place := _place(request, inbox)) is None:
        return None
    if place.is_file():
        return place
    beside = sorted(place.parent.glob(f"{glob.escape(place.name)}.*"))
    return next((one for one in beside if one.is_file() and one.suffix not in (".part", ".crdownload")), None)


def _place(request: Request, inbox: Path | None) -> Path | None:
    return None if inbox is None else inbox / file_name(request)


def _hint(request: Request, inbox: Path | None, verb: str) -> str:
    """What to do by hand; keys of the user's own go into the address by hand too."""
    place = _place(request, inbox)
    if place is None:
        return f"{verb} by hand."
    key = f" (with your key as {request.source.key_parameter}=...)" if request.source.key_variable else ""
    return f"{verb}{key} by hand, put it at {place} and run the same command again."


def _no_network(request: Request, inbox: Path | None, host: str) -> ByHand:
    said = f"{request.source.office}: the name {host} does not resolve; there is no network, or the address has moved. "
    by_hand = _hint(request, inbox, f"Save {request.address} on a machine with a network,")
    return ByHand(f"{said}{by_hand}", request.address, _place(request, inbox))


def _enough(state: "RetryCallState") -> bool:
    """Whether to stop trying: after two tries where the name does not resolve, else after TRIES."""
    error = state.outcome.exception() if state.outcome else None
    return state.attempt_number >= (2 if isinstance(error, _NoSuchName) else TRIES)


def _resolves(error: BaseException | None) -> bool:
    """Whether an error of the connection has another cause than a name that does not resolve."""
    import socket

    while error is not None:
        if isinstance(error, socket.gaierror):
            return False
        error = error.__cause__ or error.__context__
    return True


def _say_wait(request: Request, state: "RetryCallState") -> None:
    error = state.outcome.exception() if state.outcome else None
    seconds = state.next_action.sleep if state.next_action else 0.0
    sys.stderr.write(f"entrepot: {request.source.office}: {error}; next try in {seconds:.0f} s.\n")


def _wait(state: "RetryCallState") -> float:
    """Seconds to the next try: what the server asked for, else 1, 2, 4 ... seconds."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, _TryAgain) else None
    return min(LONGEST_WAIT, asked if asked is not None else 2.0 ** (state.attempt_number - 1))


def _once(
    client: "httpx.Client",
    request: Request,
    into: Path,
    inbox: Path | None,
    sleep: Callable[[float], None],
    progress: bool,
) -> Reply:
    import httpx

    params: list[tuple[str, str | int | float | bool | None]] = [*request.params, *_key(request, inbox)]
    _pace(request, sleep)
    headers = {"User-Agent": AGENT, **dict(request.headers)}
    try:
        with client.stream("GET", request.url, params=params or None, headers=headers) as answer:
            _judge(request, answer)
            return _stream(request, answer, into, progress)
    except httpx.InvalidURL as error:
        raise _failed(request, f"the address is not valid ({error})", "Report it") from error
    except httpx.HTTPError as error:
        kind = _TryAgain if _resolves(error) else _NoSuchName
        raise kind(f"the connection failed ({type(error).__name__}: {error})") from error


def _pace(request: Request, sleep: Callable[[float], None]) -> None:
    """Wait until the office's pause since our last request to it is over."""
    due = _last.get(request.source.office, 0.0) + request.source.pause - time.monotonic()
    if due > 0:
        sleep(due)
    _last[request.source.office] = time.monotonic()


def _key(request: Request, inbox: Path | None) -> list[tuple[str, str]]:
    """The user's key for an office, from the environment; it is never logged or kept."""
    source = request.source
    if not source.key_variable:
        return []
    key = os.environ.get(source.key_variable)
    if not key:
        step = f"Ask the office for one and set {source.key_variable}. {_hint(request, inbox, 'Or save it')}"
        raise _failed(request, "the office wants a key", step)
    return [(source.key_parameter, key)]


def _judge(request: Request, answer: "httpx.Response") -> None:
    """Take the answer, ask again, or refuse, by its status and where it came from."""
    if any(page in str(answer.url) for page in KEY_PAGES):
        variable = request.source.key_variable or "the key"
        raise _failed(
            request, "the office sent its key page: the key is missing or not valid", f"Set {variable}", answer
        )
    if answer.status_code == 429 or answer.status_code in (500, 502, 503, 504):
        raise _TryAgain(f"the office answers {answer.status_code}", _after(answer.headers.get("Retry-After")))
    if answer.status_code >= 400:
        if answer.status_code in (404, 410):
            raise MissingData(
                f"{request.source.office} answered {answer.status_code}: nothing is at {request.address} (yet). "
                "Check period and product, or try again when it is out."
            )
        said = answer.read()[:300].decode("utf-8", "replace").strip()
        step = {401: "Check the key", 403: "The quota may be used up: try tomorrow"}
        raise _failed(request, f"it says {said!r}", step.get(answer.status_code, "Check the question"), answer)


def _after(text: str | None) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a date."""
    if text is None:
        return None
    if text.strip().isdigit():
        return float(text)
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _stream(request: Request, answer: "httpx.Response", into: Path, progress: bool) -> Reply:
    into.mkdir(parents=True, exist_ok=True)
    path = into / f"{os.getpid()}-{time.monotonic_ns()}.part"
    digest, size, began, shown = hashlib.sha256(), 0, time.monotonic(), 0.0
    try:
        with path.open("wb") as out:
            for block in answer.iter_bytes():
                out.write(block)
                digest.update(block)
                size += len(block)
                spent = time.monotonic() - began
                if spent > GRACE and size / spent < SLOWEST:
                    raise _TryAgain(f"the answer drips at {size / spent:.0f} bytes a second")
                if progress and spent - shown > 1.0:
                    shown = spent
                    sys.stderr.write(f"\r{request.source.office}: {size / 2**20:,.1f} MB")
            if shown:
                sys.stderr.write("\n")
        announced = answer.headers.get("Content-Length")
        if announced and not answer.headers.get("Content-Encoding") and int(announced) != size:
            raise _TryAgain(f"{size} of {announced} bytes arrived")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    return Reply(path, digest.hexdigest(), size, answer.status_code, kind)


def _copied(held: Path, into: Path) -> Reply:
    import shutil

    if not held.stat().st_size:
        raise SourceFailed(f"{held} is empty: what a person saved there did not arrive. Save it again or remove it.")
    into.mkdir(parents=True, exist_ok=True)
    path = into / f"{os.getpid()}-{time.monotonic_ns()}.part"
    shutil.copyfile(held, path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Reply(path, digest, path.stat().st_size, 0, "")


def _failed(request: Request, why: str, step: str, answer: Any = None) -> SourceFailed:
    status = f" answered {answer.status_code}" if answer is not None else ""
    return SourceFailed(f"{request.source.office}{status}: {why}. Asked: {request.address} . {step.rstrip('.')}.")
