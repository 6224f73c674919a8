"""Official sources: who publishes, what to ask, and the rows that an answer holds, one module per office.

Every office module has a `SOURCES` tuple and three functions. `ask(...)` says which addresses answer a question and
touches no network; `parse(content, *, seen, **facts)` turns the bytes of one answer into rows of the flows table and
touches no network either; `more(content, request)` says which further requests an answer leads to (pages of an index,
halves of a question whose answer was cut at the row cap).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Literal

from entrepot.errors import WrongUsage

Kind = Literal["office", "copy of a table", "press", "derived"]

OFFICES = (
    *("gacc", "copies", "comtrade", "baci", "census", "comext", "korea", "imts", "wto", "rates"),
    *("cpb", "icio", "wits", "hts", "register"),
)
"""Names of the office modules, in the order in which they are shown."""
MODULES: Mapping[str, str] = {name: f"entrepot.sources.{name}" for name in OFFICES}


@dataclass(frozen=True)
class Source:
    """One table of one office: where its figures come from, how good they are, and how the office wants to be asked.

    Attributes
    ----------
    key : str
        Name in the `source` column; a release that is quoted by its edition adds it (`baci-hs22-v202601`).
    office, table, url, licence : str
        Who publishes what, where, and under which terms.
    kind : str
        `office`, `copy of a table`, `press` or `derived`.
    grade : str
        A the office itself, B two independent copies, C a single copy.
    rank : int
        Order in which sources answer for one cell; the lowest answers.
    pause : float
        Least time between two requests [seconds].
    cap : int or None
        Most rows that the office puts in one answer; an answer of exactly as many is taken as cut off.
    key_variable, key_parameter : str
        Environment variable that holds the user's key and the name under which the office wants it; empty if none.
    """

    key: str
    office: str
    table: str
    url: str
    licence: str
    kind: Kind = "office"
    grade: Literal["A", "B", "C"] = "A"
    rank: int = 1
    pause: float = 1.0
    cap: int | None = None
    key_variable: str = ""
    key_parameter: str = ""

    def record(self, retrieved: str) -> dict[str, object]:
        """Row of the sources table, with the day on which we looked (`2026-11-22`)."""
        shown = {name: getattr(self, name) for name in ("office", "table", "url", "licence")}
        return {"source": self.key, **shown, "retrieved": retrieved, "kind": self.kind, "grade": self.grade} | {
            "rank": self.rank
        }


@dataclass(frozen=True)
class Request:
    """One address to read, and what its parser must be told. A key never stands in it; `http` adds it when sending.

    Attributes
    ----------
    source : Source
        Table that the answer belongs to.
    url : str
        Address without its query.
    params, headers : tuple of pairs
        Query and headers, in order.
    facts : tuple of pairs
        Keyword arguments for `parse`, as text (period, flow, edition ...).
    role : str
        `table` holds rows, `index` only leads to further requests; `by hand` is a file that no program may or can ask
        for: a person saves it into the inbox.
    """

    source: Source
    url: str
    params: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    role: Literal["table", "index", "by hand"] = "table"

    @property
    def address(self) -> str:
        """The address with its query, as a person would open it; it holds no key."""
        query = "&".join(f"{name}={value}" for name, value in self.params)
        return f"{self.url}?{query}" if query else self.url


def office(name: str) -> ModuleType:
    """Module of an office by its short name.

    Raises
    ------
    WrongUsage
        If no module has that name; those there are are listed.
    """
    try:
        return import_module(MODULES[name.casefold()])
    except KeyError:
        raise WrongUsage(f"{name!r} is no office; one of {', '.join(OFFICES)} is expected.") from None


def registry() -> dict[str, Source]:
    """Every source by its key."""
    return {source.key: source for name in OFFICES for source in office(name).SOURCES}
