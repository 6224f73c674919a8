"""The day of a story: the one on which its saved web page says it was published, else that of its head, else today."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date as Day
from html.parser import HTMLParser

from entrepot.claims.datelines import day_of as head_day
from entrepot.claims.texts import SILENT, Draft

KEYS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datePublished",
    "parsely-pub-date",
    "sailthru.date",
    "publication_date",
    "publishdate",
    "publish-date",
    "pubdate",
    "DC.date.issued",
    "dcterms.issued",
    "DC.date",
    "dcterms.date",
    "date",
    "time",
)
"""Where pages tell the day of their publication, the plainest first; `time` is the element, the others are names."""
_RANK = {key.casefold(): rank for rank, key in enumerate(KEYS)}
_DAY = re.compile(r"\s*(\d{4})(-?)(\d{2})\2(\d{2})(?!\d)")
_YEAR = re.compile(r"\b\d{4}\b")
_STORY = ("article", "report", "blogposting")  # endings of the types of linked data that are stories


def day_of(draft: Draft, today: Day) -> tuple[Day, str]:
    """The day of a story whose day nobody stated, and in words where it stands."""
    page = published(draft.markup, today)
    if page is not None:
        return page[0], f"the day that the page says it was published ({page[1]})"
    given = head_day(draft.text, today)
    return (given, "the day that the story gives") if given else (today, "today, for the story gives no day")


def published(markup: str, today: Day) -> tuple[Day, str] | None:
    """The day on which a web page says that it was published, no later than `today`, and the name it stands under.

    Of several names the first of `KEYS` is taken; days of changes are none, nor are those beside the story (`nav`,
    `aside`, `footer`). The day is the one written, in the zone of time of the page.

    >>> published('<meta property="article:published_time" content="2025-12-08T05:00Z">', Day(2026, 11, 22))
    (datetime.date(2025, 12, 8), 'article:published_time')
    """
    reader = _Days()
    reader.feed(markup)
    reader.close()
    for rank, words in sorted(reader.found, key=lambda one: one[0]):
        day = _day(words)
        if day is not None and day.year >= 1950 and day <= today:
            return day, KEYS[rank]
    return None


def _day(words: str) -> Day | None:
    at = _DAY.match(words)
    if at is None:
        return head_day(words, Day.max) if _YEAR.search(words) else None
    try:
        return Day(int(at[1]), int(at[3]), int(at[4]))
    except ValueError:
        return None


class _Days(HTMLParser):
    """What a page writes where the day of its publication is told: rank in `KEYS` and words, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._silent: list[str] = []
        self._linked: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            for name in ("property", "name", "itemprop"):
                self._note(given.get(name, ""), given.get("content", ""))
        elif tag == "script":
            self._linked = [] if given.get("type", "").casefold().startswith("application/ld+json") else None
        elif tag == "time" and not self._silent:
            self._note(given.get("itemprop", "") or "time", given.get("datetime", ""))
        elif tag in SILENT and tag != "head":
            self._silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._linked is not None:
            for day in _linked("".join(self._linked)):
                self._note("datePublished", day)
            self._linked = None
        elif tag in self._silent:
            while self._silent and self._silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._linked is not None:
            self._linked.append(data)

    def _note(self, name: str, words: str) -> None:
        rank = _RANK.get(name.strip().casefold())
        if rank is not None and words:
            self.found.append((rank, words))


def _linked(text: str) -> Iterable[str]:
    """Days of publication in linked data (JSON-LD): those of stories before those of pages and films."""
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return []
    objects = list(_objects(data))
    told = [one for one in objects if isinstance(one.get("datePublished"), str)]
    return [str(one["datePublished"]) for one in sorted(told, key=lambda one: not _of_story(one))]


def _objects(data: object) -> Iterator[dict[str, object]]:
    waiting = deque([data])
    while waiting:
        one = waiting.popleft()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _of_story(one: dict[str, object]) -> bool:
    kinds = one.get("@type")
    return any(str(kind).casefold().endswith(_STORY) for kind in (kinds if isinstance(kinds, list) else [kinds]))
