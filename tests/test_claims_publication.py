"""The day that a saved web page says it was published on, in each form in which pages say so."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.claims.publication import published

TODAY = date(2026, 11, 22)
DAY = date(2025, 12, 8)
LINKED = '<script type="application/ld+json">{}</script>'
GIVEN = {
    '<meta property="article:published_time" content="2025-12-08T05:00:00Z">': "article:published_time",
    '<META CONTENT="2025-12-08T23:30:00+08:00" PROPERTY="article:published_time"/>': "article:published_time",
    '<meta name="pubdate" content="20251208">': "pubdate",
    '<meta name="DC.date" content="2025-12-08">': "DC.date",
    '<meta name="DC.date.issued" content="8 December 2025">': "DC.date.issued",
    '<meta name="date" content="Mon, 08 Dec 2025 05:00:00 GMT">': "date",
    '<meta itemprop="datePublished" content="2025-12-08">': "datePublished",
    '<p>Posted <time datetime="2025-12-08T10:00">yesterday</time>': "time",
    LINKED.format('{"@type": "NewsArticle", "datePublished": "2025-12-08T05:00:00Z"}'): "datePublished",
    LINKED.format(
        '{"@graph": [{"@type": "WebPage", "datePublished": "2019-01-01"}, '
        '{"@type": ["NewsArticle"], "datePublished": "2025-12-08"}]}'
    ): "datePublished",
}


@pytest.mark.parametrize("head", GIVEN)
def test_the_day_and_where_it_stands(head):
    page = f"<html><head>{head}</head><body><p>Sept. 1, 2020. Exports rose 5.9 %.</p></body></html>"
    assert published(page, TODAY) == (DAY, GIVEN[head])


NONE = [
    "",
    "BEIJING, Dec 8, 2025 - Exports rose.",
    '<meta property="article:modified_time" content="2025-12-08">',
    '<meta property="article:published_time" content="2027-12-08">',  # a day to come
    '<meta property="article:published_time" content="2025-13-08">',
    '<meta property="article:published_time" content="2025-12">',
    '<meta property="article:published_time">',
    '<meta name="date" content="Dec 8">',  # no year: the page's own day is written out
    '<time datetime="10:30">now</time>',
    '<time itemprop="dateModified" datetime="2025-12-08">',
    '<nav><time datetime="2025-12-08">today</time></nav>',
    '<aside><p><time datetime="2025-12-08">another story</time></p></aside>',
    LINKED.format('{"@type": "NewsArticle", "dateModified": "2025-12-08"}'),
    LINKED.format("not JSON: datePublished"),
    LINKED.format("[" * 100_000),
    LINKED.format('{"datePublished": 1765170000}'),
]


@pytest.mark.parametrize("page", NONE, ids=lambda page: page[:60])
def test_no_day_is_made_up(page):
    assert published(page, TODAY) is None


def test_of_several_the_one_that_says_most_is_taken():
    page = (
        '<meta name="date" content="2025-12-09"><time datetime="2025-12-10"></time>'
        '<meta property="article:published_time" content="2025-12-08T01:00">'
    )
    assert published(page, TODAY) == (DAY, "article:published_time")
    assert published(page.replace("2025-12-08", "soon"), TODAY) == (date(2025, 12, 9), "date")


@given(st.text(max_size=300))
def test_no_page_breaks_it(text):
    for page in (text, f'<meta name="date" content="{text}">', LINKED.format(text)):
        found = published(page, TODAY)
        assert found is None or found[0] <= TODAY
