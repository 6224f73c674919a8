"""A table on a terminal of any width: numbers are whole, lines fit, and what was left out is named."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from entrepot import sheets, terminal
from entrepot.drivers import explain
from entrepot.measures import measure

HEADS = ["partner", "value", "growth", "share", "from", "also", "grade"]


def made(rows):
    table = sheets.sheet("China: goods trade, November 2025")
    for head in HEADS:
        table.add_column(head, justify="right" if head in ("value", "growth", "share", "from") else "left")
    for row in rows:
        table.add_row(*row)
    return table


def shown(table, width):
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    narrow, left = sheets.fitted(table, console)
    console.print(narrow)
    return out.getvalue(), left


NAMES = st.sampled_from(["Japan", "European Union", "Latin America", "United Arab Emirates"])
NUMBERS = st.integers(-(10**7), 10**7).map(lambda n: f"{n / 10:,.1f} bn")
ROWS = st.lists(st.tuples(NAMES, NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.just("first print 330.3 bn"), st.just("A")))


@settings(max_examples=60, deadline=None)
@given(ROWS.filter(len), st.integers(70, 160))
def test_lines_fit_and_numbers_are_whole(rows, width):
    text, left = shown(made(rows), width)
    assert "…" not in text
    assert all(len(line) <= width for line in text.splitlines())
    kept = [n for n, head in enumerate(HEADS[1:5], 1) if head not in left]
    for row in rows:
        assert all(row[n] in text for n in kept)
    assert {"value", "growth"}.isdisjoint(left)


@settings(max_examples=30, deadline=None)
@given(ROWS.filter(len))
def test_a_wider_terminal_shows_no_less(rows):
    left = [set(shown(made(rows), width)[1]) for width in (70, 90, 120, 200)]
    assert left == sorted(left, key=len, reverse=True) and not left[-1]
    assert all(later <= earlier for earlier, later in zip(left, left[1:], strict=False))


@pytest.mark.parametrize("width", [72, 80, 100])
@pytest.mark.parametrize(
    "asked",
    [
        lambda china: measure(china, period="2025-11", span="ytd", by="partner"),
        lambda china: measure(china, period="2025-11"),
        lambda china: explain(china, period="2025-11"),
    ],
)
def test_answers_on_narrow_terminals(china, asked, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    out = io.StringIO()
    terminal.show(asked(china), out)
    table, _, notes = out.getvalue().partition("Left out in")
    assert "…" not in table and all(len(line) <= width for line in table.splitlines())
    assert re.match(rf" {width} columns: [a-z 0-9,%]+\. A wider terminal", notes)


def test_brackets_in_titles_and_notes_are_text():
    out = io.StringIO()
    sheets.printed(sheets.sheet("story[/b].txt, as of [today]"), ["1 [USD] is 7.1 [/CNY]"], out)
    assert "story[/b].txt, as of [today]" in out.getvalue() and "1 [USD] is 7.1 [/CNY]" in out.getvalue()


def test_what_tells_lines_apart_is_never_left_out(china, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    out = io.StringIO()
    terminal.show(measure(china, period="2025-07:2025-09"), out)
    assert all(f"{month} 2025 " in out.getvalue() for month in ("July", "August", "September"))
    table = sheets.sheet("made")
    for head in ("period", "why"):
        table.add_column(head)
    for month in ("January 2024", "February 2024"):
        table.add_row(month, "x" * 30)
    assert not sheets.fitted(table, Console(file=io.StringIO(), width=30))[1]


@pytest.mark.parametrize("columns", ["0", "1", "20", "40", "55", "x"])
def test_a_number_is_whole_on_the_narrowest_terminal(columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    table, out = sheets.sheet("A title of some words"), io.StringIO()
    for head, side in (("partner", "left"), ("Exports", "right"), ("growth", "right"), ("Balance", "right")):
        table.add_column(head, justify=side)
    table.add_row("European Union", "3,414.73 bn", "−18.9 %", "1,075.85 bn")
    sheets.printed(table, [], out)
    assert "3,414.73 bn  −18.9 %  1,075.85 bn" in out.getvalue()


@pytest.mark.parametrize("columns", range(40, 130, 6))
def test_the_ends_of_a_band_come_together_or_not_at_all(columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    table, out = sheets.sheet("Bands"), io.StringIO()
    for head in ("partner", "value", "points", "from", "to", "share before", "after", "basis"):
        table.add_column(head, justify="left" if head in ("partner", "basis") else "right")
    table.add_row("European Union", "47.1 bn", "+1.95", "+1.93", "+1.98", "13.1 %", "14.2 %", "estimated")
    sheets.printed(table, [], out)
    heads = out.getvalue().split("European")[0].replace("share", "").split()
    assert ("from" in heads) == ("to" in heads) and ("before" in heads) == ("after" in heads)
