"""Files as people keep them: any usual encoding is read, guesses are said, and what is no text is refused by name."""

import io
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from entrepot import verdicts
from entrepot.claims import read, texts
from entrepot.errors import BadTable, MissingData

STORY = "China’s exports rose 9.5\xa0% in November – to $330.3 billion, café prices “up”."


def kept(tmp_path, content, name="story.txt"):
    (tmp_path / name).write_bytes(content)
    return texts.opened(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_text_and_true_offsets(tmp_path, encoding):
    draft = kept(tmp_path, STORY.encode(encoding))
    assert draft.text == STORY
    claims = verdicts.check(draft.text, [], date="2025-12-08").claims
    assert [STORY[claim.start : claim.end] for claim in claims] == ["9.5\xa0%", "$330.3 billion"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_mark_of_the_byte_order_is_no_letter_of_the_text(tmp_path, encoding):
    draft = kept(tmp_path, ("\ufeff" + STORY).encode(encoding))
    assert (draft.text, draft.notes) == (STORY, ("was read as UTF-16.",))


def test_what_was_not_read_as_utf_8_is_said(tmp_path):
    assert kept(tmp_path, STORY.encode()).notes == ()
    (note,) = kept(tmp_path, STORY.encode("cp1252")).notes
    assert "no valid UTF-8" in note and "Windows-1252" in note and "6 bytes" in note


def test_bytes_that_no_letter_has_are_marked_as_lost_and_a_damaged_letter_spoils_no_other(tmp_path):
    assert kept(tmp_path, b"Exports rose 5% \x81.").text == "Exports rose 5% \ufffd."
    assert kept(tmp_path, STORY.encode() + b"\x96").text == STORY + "–"


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1))
def test_a_letter_more_or_less_is_never_lost(text):
    """Whatever the bytes, as many letters come out as a Windows-1252 reader sees, or UTF-8 was meant."""
    assume(not text.startswith(("þÿ", "ÿþ")))  # the byte order marks of UTF-16
    content = text.encode("cp1252")
    try:
        meant = content.decode("utf-8")
    except UnicodeDecodeError:
        meant = None
    decoded, _ = texts.decoded(content)
    assert decoded == (text if meant is None else meant) or any(0xC2 <= byte <= 0xF4 for byte in content)


def test_a_saved_page_in_utf_16_is_unpacked(tmp_path):
    draft = kept(tmp_path, f"<html><body><p>{STORY}</p></body></html>".encode("utf-16"), "story.html")
    assert draft.text == STORY and draft.markup.startswith("<html>")


@pytest.mark.parametrize("name", ["story.pdf", "story.txt", "story.docx"])
@pytest.mark.parametrize("size", [200, 100_000])
def test_a_pdf_is_named_so_with_what_to_do(tmp_path, name, size):
    with pytest.raises(BadTable, match=r"is a PDF.*[Ss]ave.*\.docx") as refusal:
        kept(tmp_path, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"0 " * size, name)
    assert name in str(refusal.value)


def test_a_pdf_larger_than_any_story_is_still_named_a_pdf(tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "LARGEST", 100)
    with pytest.raises(BadTable, match="is a PDF"):
        kept(tmp_path, b"%PDF-1.7\n" + b"0 " * 100)
    with pytest.raises(BadTable, match="at most 100"):
        kept(tmp_path, b"Exports rose. " * 100)


def test_a_damaged_document_is_refused_by_its_name(tmp_path):
    with pytest.raises(BadTable, match=r"mine\.docx"):
        kept(tmp_path, b"PK not a zip", "mine.docx")


@pytest.mark.parametrize("content", [b"\x89PNG\0\0\0", b"\xff\xfe\0\0E\0\0\0", bytes(range(256)) * 20, b"\xff\xfeE"])
def test_what_is_no_text_is_refused(tmp_path, content):
    with pytest.raises(BadTable, match="is no text"):
        kept(tmp_path, content)


def test_standard_input_is_read_like_a_file(monkeypatch):
    def piped(content):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        return texts.text_of("-")

    assert piped(STORY.encode("cp1252")) == piped(STORY.encode("utf-16")) == STORY
    assert piped(f"<!doctype html><p>{STORY}</p>".encode()) == STORY
    with pytest.raises(BadTable, match="Standard input is a PDF"):
        piped(b"%PDF-1.7 ...")
    with pytest.raises(MissingData, match="Standard input holds no text"):
        piped(b"")
    monkeypatch.setattr(texts, "LARGEST", 100)
    with pytest.raises(BadTable, match="at most 100"):
        piped(b"Exports rose. " * 100)


def test_of_a_list_too_long_for_one_sentence_no_number_is_dropped():
    countries = (
        "China Japan Germany Mexico Canada Brazil India France Italy Spain Austria Australia Chile Peru Egypt Kenya"
    )
    parts = (f"{i + 2}.5 billion dollars ({i - 6:+.1f} percent) to {c}" for i, c in enumerate(countries.split() * 3))
    text = "South Korea's exports in August 2025 were " + ", ".join(parts) + "."
    claims = read(text, date="2025-09-20")
    assert len(claims) == 96
    assert {(c.reporter, c.flow) for c in claims} == {("KOR", "X")}
    assert sum(c.kind == "actual" for c in claims) >= 90  # the first of a piece may be left out
    assert [c.measure for c in claims] == ["level", "growth_yoy"] * 48


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\nExports rose 5.9%.", "PDF"),
        (b"\xef\xbb\xbf{\\rtf1\\ansi Exports rose 5.9%.\\par}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Exports rose 5.9%.", ".doc"),
        (b"\x89PNG\r\n\x1a\nExports rose 5.9%.", "picture"),
        (b"\xff\xd8\xff\xe0JFIF Exports rose 5.9%.", "picture"),
    ],
)
def test_what_holds_a_story_in_another_form_is_named_with_what_to_do(tmp_path, content, what):
    (tmp_path / "story").write_bytes(content)
    with pytest.raises(BadTable, match=f"{re.escape(what)}.*save the story as plain text"):
        texts.text_of(tmp_path / "story")


def test_figures_of_two_cells_of_a_saved_table_are_no_one_number(tmp_path):
    page = "<html><body><table><tr><td>United States</td><td>385.91 bn</td><td>−18.9 %</td></tr></table></body></html>"
    draft = kept(tmp_path, page.encode(), "story.html")
    assert draft.text.split("\t")[:3] == ["United States", "385.91 bn", "−18.9 %"]
