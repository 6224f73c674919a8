"""Standard streams as they are met: closed, full, read by a program that has had enough, in another alphabet."""

import codecs
import errno
import io
import os
import sys
import unicodedata
from typing import Any

from entrepot.errors import CannotWrite

PLAIN = {
    "−": "-",
    "–": "-",
    "—": "-",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "’": "'",
    "…": "...",
    "×": "x",
    "→": "->",
}
"""What stands for a sign that the alphabet of the terminal lacks; a minus is never lost."""


class _Patient(io.FileIO):
    """Standard output into a pipe: what comes after its reader has left (`| head`) is dropped, without an error."""

    def write(self, data: Any) -> Any:
        try:
            return super().write(data)
        except BrokenPipeError:
            return memoryview(data).nbytes


class _Mute(io.FileIO):
    """Messages into a file or pipe: what cannot be said is dropped, and the exit code says how it ended."""

    def write(self, data: Any) -> Any:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


class _Closed(io.RawIOBase):
    """Standard output that was closed before we came: silent until something is to be said."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        raise OSError(errno.EBADF, "it is closed")


def prepare() -> None:
    """Make the three streams usable, each as far as it can be.

    A pipe whose reader leaves is no failure, and the exit code stays that of the answer; a sign that the alphabet of
    the terminal lacks is written in plain signs; a stream that is closed is empty (input) or silent (errors).
    """
    codecs.register_error("plain", _plain)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 (it stays open)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    elif sys.stderr is sys.__stderr__:
        sys.stderr = _over(sys.stderr, _Mute)
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_Closed()), encoding="utf-8")
    elif sys.stdout is sys.__stdout__:
        sys.stdout = _over(sys.stdout, _Patient)


def _over(stream: Any, manner: type[io.FileIO]) -> Any:
    """A stream of the system in our manner; a terminal keeps its own, which knows how to be one."""
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    if stream.isatty():
        stream.reconfigure(errors="plain")
        return stream
    raw = io.BufferedWriter(manner(stream.fileno(), "w", closefd=False))
    by_line = manner is _Mute
    return io.TextIOWrapper(raw, encoding=stream.encoding, errors="plain", line_buffering=by_line)


def refusal(error: OSError) -> CannotWrite:
    """What the system did not let us do, as one message; standard output is given up, lest it fails again."""
    why = error.strerror or str(error)
    if error.filename is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        return CannotWrite(
            f"Standard output cannot be written: {why}. Name a file in a folder with space: -o answer.csv"
        )
    return CannotWrite(f"{error.filename} cannot be read or written: {why}. Choose another place, or mend its rights.")


def holds(text: str) -> bool:
    """Whether the alphabet of standard output has every sign of a text."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _plain(error: UnicodeError) -> tuple[str, int]:
    """Signs that an alphabet lacks in plain ones: a minus as `-`, `é` as `e`, any other as `?`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    signs = (PLAIN.get(sign) or _without_marks(sign) for sign in text)
    return "".join(signs), error.end


def _without_marks(sign: str) -> str:
    bare = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return bare or "?"
