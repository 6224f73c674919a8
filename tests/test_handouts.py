"""An answer as a page: what the terminal says, its figures whole, its chart in two widths, nothing fetched or run."""

import base64
import io
import re
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pandas as pd
import pytest

import entrepot as ep
from entrepot import handouts
from entrepot.answer import Answer
from entrepot.errors import WrongUsage

BUILT = date(2026, 11, 22)


class Page(HTMLParser):
    """Tags of a page, and the texts of its table cells."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.cells, self.inside = [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in ("td", "th"):
            self.cells.append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.cells[-1] += data


@pytest.fixture(scope="module")
def partners(china):
    return ep.measure(china, period="2025-11", span="ytd", by="partner", vintage="first")


def test_a_page_says_what_the_terminal_says_and_needs_nothing_else(partners):
    html = handouts.page(partners, built=BUILT)
    page = Page(html)
    assert {"World", "3,414.73 bn", "United States", "385.91 bn", "(Belt and Road)"} <= set(page.cells)
    assert not [tag for tag, _ in page.tags if tag in ("script", "link", "img", "iframe")]
    assert all(
        url.startswith("data:") for tag, at in page.tags if tag == "a" and "download" in at for url in [at["href"]]
    )
    assert sum(tag == "svg" for tag, _ in page.tags) == 2 and "22 November 2026" in html
    assert handouts.page(partners, built=BUILT) == html


def test_the_figures_to_take_away_are_those_of_the_answer(partners):
    (href,) = re.findall(
        r'download="measure.csv" href="data:text/csv;base64,([^"]*)"[^<]*>CSV', handouts.page(partners)
    )
    taken = pd.read_csv(io.BytesIO(base64.b64decode(href)))
    assert taken["value"].tolist() == partners.rows["value"].tolist()


def test_what_has_no_chart_is_its_table_and_texts_cannot_act():
    held = Answer("attribution", {}, pd.DataFrame({"hub": ["<script>alert(1)</script>"], "share": [0.25]}))
    html = handouts.page(held)
    assert "<svg" not in html and "<script" not in html and "alert(1)" in unescape(html)


def test_answers_save_themselves_as_pages_but_a_brief_has_its_own(partners, tmp_path):
    assert partners.save(tmp_path / "a.html").read_text("utf-8").startswith("<!doctype html>")
    for suffix in (".html", ".png"):
        with pytest.raises(WrongUsage, match="is no form that brief writes"):
            Answer("brief", partners.about, partners.rows).save(tmp_path / f"b{suffix}")
