"""The page of a release: one self-contained HTML file with sentence, tables, charts and the source of each figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot import codes, files, periods, rendering
from entrepot.answer import Answer
from entrepot.errors import WrongUsage

if TYPE_CHECKING:
    from entrepot.briefing import Facts
    from entrepot.layout import Section
    from entrepot.verdicts import Story

INCLUDE = ("forecast", "scenarios")
FRAME = 'style="width:100%;height:40rem;border:1px solid #dfe3e8" sandbox="allow-downloads allow-popups"'


@dataclass(frozen=True, eq=False, repr=False)
class Brief:
    """A finished page: the headline, the HTML, and the facts it was made from."""

    headline: str
    html: str
    facts: "Facts"

    def __repr__(self) -> str:
        """Return what a session shows: the headline, and what to do with the page."""
        who, when = codes.name(self.facts.reporter), periods.in_words(self.facts.period, self.facts.span)
        return f"Brief of {who}, {when}: {self.headline}\nIts page: .save('brief.html'). Its figures: .answer"

    def _repr_html_(self) -> str:
        """Return the page in a frame of its own, for a notebook."""
        return f'<iframe title="{escape(self.headline)}" srcdoc="{escape(self.html)}" {FRAME}></iframe>'

    @property
    def answer(self) -> Answer:
        """Key figures of the page as an answer."""
        from entrepot import headlines

        return headlines.answer(self.facts, self.headline)

    def save(self, path: str | Path) -> Path:
        """Write the page to `path`; it is written beside and renamed, so that nothing half-written is left.

        Raises
        ------
        WrongUsage
            If the suffix is not that of a page; the key figures are `Brief.answer`, whose `save` writes tables.
        CannotWrite
            If the folder is missing or not writable.
        """
        if Path(path).suffix.lower() not in (".html", ".htm"):
            raise WrongUsage(
                f"{Path(path).name} is no page; .html is expected. Its key figures: Brief.answer.save(...)"
            )
        return files.replace(Path(path), lambda beside: beside.write_text(self.html, encoding="utf-8"))


def brief(
    trade: Any,
    *,
    period: str,
    currency: str | None = None,
    vintage: str = "first",
    include: Sequence[str] = (),
    stories: "Mapping[str, Story] | None" = None,
    built: date | None = None,
) -> Brief:
    """Write the page about one reporter and one month (or year).

    Parameters
    ----------
    trade
        Anything `flows.read` takes, of one reporter.
    period : str
        A month or a year.
    currency : str, optional
        Dollars if held, else the reporter's own.
    vintage : str
        `first` unless asked otherwise: the release as it was; the revision stands beside it. Under a day the page is
        what could have been made that day, whatever has become public since.
    include : sequence of {"forecast", "scenarios"}
        More sections: the months to come, made from data through the release; what each shipped scenario would do to
        the reporter and its largest partners.
    stories : mapping of str to Story, optional
        Checked stories by name; the wrong numbers that they tell of this release are listed.
    built : date, optional
        Day printed as the day the page was made; today if left out.

    Raises
    ------
    WrongUsage
        If a section to include is none.
    MissingData
        If nothing is held of the period. What else is not held is left out, and the page says so.
    """
    if strange := set(include) - set(INCLUDE):
        raise WrongUsage(f"{min(strange)!r} is no section to include; {' or '.join(INCLUDE)} is expected.")
    with rendering.beside():
        from entrepot import briefing, headlines

        facts = briefing.gather(trade, period=period, currency=currency, vintage=vintage)
        headline = headlines.headline(facts)
        html = _render(facts, headline, _more(facts, include, stories or {}), built or date.today())
    return Brief(headline, html, facts)


def _more(facts: "Facts", include: Sequence[str], stories: "Mapping[str, Story]") -> "Iterator[Section | None]":
    """Sections beside those that every page has, each made when it is its turn."""
    from entrepot import sections_routes, whereabouts

    gone = whereabouts.gather(
        facts.gains, reporter=facts.reporter, period=facts.period, span=facts.long_span, currency=facts.currency,
        as_of=facts.as_of,
    )  # fmt: skip
    yield sections_routes.where(gone)
    if "forecast" in include and facts.span == "month":
        from entrepot import prospects

        yield prospects.section(facts)
    if "scenarios" in include:
        from entrepot import consequences

        yield consequences.section(facts)
    if stories:
        from entrepot import misprints

        yield misprints.section(facts, stories)


def _render(facts: "Facts", headline: str, more: "Iterator[Section | None]", built: date) -> str:
    from entrepot import headlines, layout, sections

    return layout.rendered(
        title=headlines.title(facts), headline=headline, deck=headlines.deck(facts), strip=headlines.strip(facts),
        sections=sections.all_of(facts, more), citation=headlines.citation(facts), bibtex=headlines.bibtex(facts),
        built=built,
    )  # fmt: skip
