"""Standard streams in whatever state they are met: the exit code stays the answer's, and no sign is lost silently."""

import errno
import json
import os
import subprocess
import sys

import pytest

from entrepot import streams

WRONG = "Exports of China rose 9.5 % in November 2025 to $330.3 billion.\n"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="a POSIX shell ties the streams")


def shell(line, **environment):
    """Run a line of the shell in which `entrepot` is the command line under test: exit code, stdout and stderr."""
    command = f'entrepot() {{ "{sys.executable}" -m entrepot "$@"; }}; {line}'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, encoding="utf-8",
        env=os.environ | environment, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("line", ["measure china -p 2025-11", "have -f csv", "simulate china-37 -f json", "--help"])
def test_a_reader_that_has_had_enough_is_no_failure(line):
    assert shell(f"entrepot {line} | true") == (0, "", "")


def test_the_exit_code_is_the_verdict_s_when_nobody_reads_it(tmp_path):
    (tmp_path / "story.txt").write_text(WRONG, "utf-8")
    assert shell(f"entrepot check {tmp_path}/story.txt --date 2025-12-08 | true") == (1, "", "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize("line", ["measure china -p 2025-11", "have -f csv", "simulate china-37 -f json", "--help"])
def test_a_disk_that_is_full_is_said_in_one_line(line):
    code, _, said = shell(f"entrepot {line} > /dev/full")
    assert code == 3 and said.count("\n") == 1 and os.strerror(errno.ENOSPC) in said and "-o answer.csv" in said


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
@pytest.mark.parametrize("end", ["2>/dev/full", "2>&-"])
def test_a_message_that_cannot_be_said_leaves_the_exit_code(end):
    assert shell(f"entrepot measure chnia -p 2025-11 {end}")[0] == 2


def test_a_closed_output_is_said_and_none_is_needed_where_a_file_is_named(tmp_path):
    code, _, said = shell("entrepot measure china -p 2025-11 >&-")
    assert code == 3 and said.count("\n") == 1 and "closed" in said
    assert shell(f"entrepot measure china -p 2025-11 -o {tmp_path}/a.csv >&-")[0] == 0
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("period,")


def test_a_closed_input_holds_no_story():
    code, _, said = shell("entrepot check - --date 2025-12-08 <&-")
    assert code == 3 and "Standard input holds no text" in said


ALPHABETS = [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]


@pytest.mark.parametrize("environment", ALPHABETS)
def test_an_alphabet_without_our_signs_keeps_the_minus_and_the_quotes(tmp_path, environment):
    (tmp_path / "story.txt").write_text(WRONG, "utf-8")
    code, out, err = shell(f"entrepot check {tmp_path}/story.txt --date 2025-12-08", **environment)
    assert (code, err) == (1, "") and 'rose "9.5 %" in' in out
    code, out, err = shell("entrepot explain china -p 2025-11", **environment)
    assert (code, err) == (0, "") and "-28.6 %" in out and "?28.6" not in out
    assert shell("entrepot measure --help", **environment)[0] == 0


def test_json_is_whole_in_an_alphabet_that_lacks_its_letters(tmp_path):
    words = "Côte d'Ivoire: exports of China rose 9.5 % in November 2025."
    (tmp_path / "story.txt").write_text(words, "utf-8")
    _, out, _ = shell(f"entrepot check {tmp_path}/story.txt --date 2025-12-08 -f json", PYTHONIOENCODING="ascii")
    assert json.loads(out)["claims"][0]["text"] == words


@pytest.mark.parametrize(("sign", "plain"), [("−", "-"), ("«", '"'), ("é", "e"), ("中", "?"), ("…", "...")])
def test_a_sign_in_plain_ones(sign, plain):
    streams.prepare()
    assert f"a{sign}b".encode("ascii", "plain") == f"a{plain}b".encode()


def test_what_the_system_refuses_names_the_file():
    said = streams.refusal(FileNotFoundError(errno.ENOENT, "No such file or directory", "mine.csv"))
    assert str(said).startswith("mine.csv cannot be read or written: No such file") and said.exit_code == 3
