"""What no file of the tree may hold: marks of a merge that nobody finished."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MARKS = ("<" * 7, ">" * 7, "=" * 7 + "\n")
WRITTEN = (".py", ".md", ".toml", ".txt", ".csv", ".yml", ".html")
FILES = sorted(p for top in ("src", "tests", "docs", "scripts", "bench", "examples") for p in (ROOT / top).rglob("*")
               if p.suffix in WRITTEN)  # fmt: skip


def marked(text: str) -> list[str]:
    """Lines of a text that begin with a mark of a merge."""
    return [line for line in text.splitlines(keepends=True) if line.startswith(MARKS)]


@pytest.mark.parametrize("mark", ["<<<<<<" + "< HEAD\n", ">>>>>>" + "> main\n", "======" + "=\n"])
def test_a_mark_of_a_merge_is_seen_where_it_begins_a_line(mark):
    assert marked(f"words\n{mark}more\n") == [mark]
    assert not marked(f"words {mark}========== a rule of another length\n")


def test_no_file_holds_a_mark_of_an_unfinished_merge():
    assert len(FILES) > 300
    assert {p.name: found for p in FILES if (found := marked(p.read_text("utf-8", errors="replace")))} == {}
