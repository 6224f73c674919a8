"""The page of a checked story: everything escaped, every number marked once, nothing fetched."""

import io
from html.parser import HTMLParser
from pathlib import Path

import pytest

from entrepot import boards, stories, terminal, verdicts
from entrepot.claims import read, texts
from entrepot.errors import BadTable, MissingData

FACT = {
    **{"reporter": "CHN", "partner": "WLD", "flow": "X", "product": "TOTAL", "classification": "", "value": 330.3e9},
    **{"period": "2025-11", "span": "month", "concept": "standard", "valuation": "fob", "currency": "USD"},
    **{"status": "observed", "source": "gacc", "released": "2025-12-08", "released_basis": "stated", "half_width": 5e7},
    **{"growth": 0.059, "growth_half_width": 0.0005},
}
TEXT = (
    "China's exports rose 5.9% to $303.3 billion in November. <script>alert('x')</script> "
    "Analysts forecast 3.8% for exports."
)


def page():
    return stories.page(verdicts.check(TEXT, [FACT], date="2025-12-09"))


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.words = [], ""

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data


def test_the_story_stands_in_the_page_word_for_word_and_cannot_act():
    reader = Tags()
    reader.feed(page())
    assert TEXT in reader.words
    assert not [tag for tag, _ in reader.found if tag in ("script", "link", "img", "iframe")]


def test_every_number_is_marked_with_its_verdict():
    reader = Tags()
    reader.feed(page())
    assert [attrs["class"] for tag, attrs in reader.found if tag == "mark"] == ["holds", "fails", "none"]


def test_a_sentence_stands_once_with_its_numbers_marked():
    (sentence,) = stories.sentences(verdicts.check(TEXT, [FACT], date="2025-12-09"))
    assert sentence.text == "China's exports rose «5.9%» to «$303.3 billion» in November."
    assert [row["number"] for row in sentence.rows] == ["5.9%", "$303.3 billion"]
    assert [row["verdict"] for row in sentence.rows] == ["matches", "does not match"]
    assert [row["found"] for row in sentence.rows] == ["", "330.3 billion USD"]


@pytest.mark.parametrize("width", [60, 80, 140])
def test_on_a_terminal_each_sentence_is_said_once_and_fits(width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    out = io.StringIO()
    text = f"{TEXT} In November exports of [b]toys[/b] rose 7%."
    terminal.story(verdicts.check(text, [FACT], date="2025-12-09"), out, "story.txt")
    lines = out.getvalue().splitlines()
    said = " ".join(out.getvalue().split())
    assert all(len(line) <= width for line in lines[:-1])  # the last are notes, which the terminal wraps
    assert said.count("China's exports rose") == 1 and said.count("[b]toys[/b]") == 1
    assert "Should be 330.3 billion USD." in said
    assert any(line.split()[:2] == ["5.9%", "matches"] for line in lines)


def test_of_a_long_sentence_the_stretches_without_a_number_are_cut():
    text = f"China's exports, {'said again and again, ' * 40}rose 5.9% in November."
    _, ((sentence, _),), _ = boards.story(told(text), "story.txt")
    assert "«5.9%»" in sentence and " … " in sentence and len(sentence) < 300


def test_a_saved_page_and_a_document_give_the_same_text(tmp_path):
    import zipfile

    (tmp_path / "story.html").write_text(
        "<html><head><style>p{}</style></head><body><p>Exports rose 5.9%.</p></body></html>"
    )
    with zipfile.ZipFile(tmp_path / "story.docx", "w") as archive:
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>Exports rose </w:t></w:r>'
            "<w:r><w:t>5.9%.</w:t></w:r></w:p></w:body></w:document>",
        )
    (tmp_path / "story.txt").write_text("Exports rose 5.9%.")
    assert {texts.text_of(path).strip() for path in tmp_path.iterdir()} == {"Exports rose 5.9%."}


def test_what_is_no_story_is_refused(tmp_path):
    (tmp_path / "story.docx").write_bytes(b"PK not a zip")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\0\0\0")
    with pytest.raises(BadTable, match="docx"):
        texts.text_of(tmp_path / "story.docx")
    with pytest.raises(BadTable, match="no text"):
        texts.text_of(tmp_path / "picture.txt")
    with pytest.raises(MissingData, match="No story"):
        texts.text_of(tmp_path / "nothing.txt")


def told(text):
    return verdicts.check(text, [FACT], date="2025-12-09")


def test_wrong_numbers_going_round_come_once_each_with_what_should_stand_there():
    checked = {
        "one": told("China's exports were $303.3 billion in November. Exports rose 5.9%."),
        "two": told("China's exports rose 9.5% in November to $303.3 billion."),
        "right": told("China's exports rose 5.9% in November."),
    }
    first, second = stories.going_round(checked, reporter="CHN", period="2025-11")
    assert (first.stated, first.corrected, first.cause, first.told) == (
        "$303.3 billion", "330.3 billion USD", "transposed", ("one", "two"),
    )  # fmt: skip
    assert (second.stated, second.corrected, second.told) == ("9.5%", "5.9 %", ("two",))
    assert stories.going_round(checked, reporter="CHN", period="2025-10") == ()
    assert stories.going_round(checked, reporter="VNM", period="2025-11") == ()


def test_a_number_that_a_sentence_gives_twice_is_marked_where_it_stands():
    text = "China's exports rose 5.9%, and exports of toys rose 5.9%, in November."
    (sentence,) = stories.sentences(told(text))
    assert sentence.text == text.replace("5.9%", "«5.9%»")


def test_what_to_change_stands_before_the_story():
    html = page()
    assert html.index("To change") < html.index("<main>")
    assert "330.3 billion USD" in html[: html.index("<main>")]
    assert "To change" not in stories.page(told("China's exports rose 5.9% in November."))


def test_a_story_that_was_not_read_to_its_end_says_so_on_the_page_and_in_the_table(monkeypatch):
    whole = told(TEXT)
    monkeypatch.setattr("entrepot.verdicts.MOST_CLAIMS", 1)
    said = f"Reading stopped after 1 number: from character {TEXT.index('$'):,} on the text is unread"
    assert said in stories.page(told(TEXT)) and said in " ".join(boards.story(told(TEXT), "story.txt")[2])
    assert "unread" not in stories.page(whole) and "unread" not in " ".join(boards.story(whole, "story.txt")[2])


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_codings_that_editors_write(coding, tmp_path):
    story = "China’s exports rose 5.9% – to £5bn – in November."
    file = tmp_path / "story.txt"
    file.write_bytes(story.encode(coding))
    assert texts.text_of(file) == story


@pytest.mark.parametrize(
    ("stated", "corrected", "shown"),
    [
        ("deficit was $132.46 billion", -123.46e9, "123.46 billion USD"),
        ("balance was -$132.46 billion", -123.46e9, "-123.46 billion USD"),
        ("surplus was $132.46 billion", -123.46e9, "-123.46 billion USD"),
        ("exports fell 5.9%", -9.5, "9.5 %"),
        ("exports rose 5.9%", -9.5, "-9.5 %"),
    ],
)
def test_a_correction_has_a_sign_only_where_the_words_tell_the_other_or_the_number_has_one(stated, corrected, shown):
    (claim,) = read(f"China's {stated} in November 2025.", date="2025-12-09")
    assert stories._written(corrected, claim) == shown


OTHER = {
    "pt": "As exportações da China subiram 5,9% em novembro de 2025, para US$ 330,3 bilhões.",
    "vi": "Kim ngạch xuất khẩu tháng 11/2025 đạt 39,07 tỷ USD, tăng 15,1% so với cùng kỳ năm trước.",
    "zh": "中国11月出口同比增长5.9%，贸易顺差1116.8亿美元。",
    "es": "Las exportaciones de China crecieron un 5,9 % en noviembre, hasta los 330.300 millones de dólares.",
    "de": "Die Ausfuhren Chinas stiegen im November um 5,9 Prozent gegenüber dem Vorjahr auf 330,3 Milliarden Dollar.",
}
ENGLISH = {
    "story": "Exports of China rose 5.9 % in November 2025 to $330.3 billion, customs data showed on Monday.",
    "list of goods": "- Cucumbers: $805 million\n- Tomatoes: $1.2 billion\n- Avocados: $3 billion",
    "list of names": "Mexico 505, Canada 411, China 438, Germany 160, Japan 148, Viet Nam 136, Ireland 103",
    "headline": "China trade: shipments beat forecasts, surplus tops $1 trillion for first time",
    "accents": "Côte d'Ivoire, Türkiye and São Tomé traded more with Réunion and Curaçao in the year.",
    "empty": "",
}


@pytest.mark.parametrize("language", OTHER)
def test_a_story_in_another_language_is_known(language):
    assert stories.foreign(OTHER[language])


@pytest.mark.parametrize("kind", ENGLISH)
def test_a_story_in_english_is_not_taken_for_foreign(kind):
    assert not stories.foreign(ENGLISH[kind])


HELD = sorted(Path(__file__).parent.glob("stories/*.txt"))


@pytest.mark.parametrize("path", HELD, ids=lambda path: path.name)
def test_no_story_that_is_held_is_taken_for_foreign(path):
    assert not stories.foreign(path.read_text("utf-8"))
