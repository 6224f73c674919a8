"""Official sources: who publishes, what to ask, and the rows that an answer holds, one module per office.

Every office module has a `SOURCES` tuple and two functions. `ask(...)` says which addresses answer a question and
touches no network; `parse(content, *, seen, **facts)` turns the bytes of one answer into rows of the flows table and
touches no network either. Where an answer leads to further requests (pages of an index, halves of a question whose
answer was cut at the row cap), `more(content, request)` says which.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from types import ModuleType
from typing import Literal

from entrepot import codes
from entrepot.errors import UnknownCode, WrongUsage

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
        raise WrongUsage(f"{name!r} is no office; one of {', '.join(OFFICES)} is expected.{_meant(name)}") from None


def _meant(name: str) -> str:
    """What to run for what is a reporter, or a file, and no office."""
    if "." in name:
        return f" A table of your own comes in by a mapping: entrepot fetch {name} --mapping FILE.toml"
    try:
        code = codes.country(name)
    except UnknownCode:
        return ""
    return f" It is a reporter: {command(code, str(date.today().year - 1))}"


def further(module: ModuleType, content: bytes, request: Request) -> list[Request]:
    """Requests that an answer leads to, as its office says; none where nothing follows from its answers."""
    found: list[Request] = module.more(content, request) if hasattr(module, "more") else []
    return found


def registry() -> dict[str, Source]:
    """Every source by its key."""
    return {source.key: source for name in OFFICES for source in office(name).SOURCES}


OWN = {"CHN": "gacc", "USA": "census", "KOR": "korea"}
"""Reporters whose own office is asked; members of the European Union are in `comext`, all others in UN Comtrade."""
UNREPORTED = frozenset({"TWN"})
"""Reporters of which nothing is in UN Comtrade."""
BY_MONTH = ("census", "korea")
"""Offices that are asked by month only."""
NARROWED = ("census", "comtrade", "korea")
"""Offices of a reporter that are asked for one partner, or for goods by their code; the others send whole tables."""


def command(reporter: str, period: str, *, partner: str = "", product: str = "") -> str:
    """Return the command that fetches the trade of a reporter in a period, a year or a range (ISO3, `2025-11`).

    >>> command("CHN", "2026-12"), command("DEU", "2025-11"), command("VNM", "2024", partner="USA", product="850760")
    ('entrepot fetch gacc -p 2026-12', 'entrepot fetch comext -p 2025-11', \
'entrepot fetch comtrade VNM -p 2024 --partner USA --product 850760')
    >>> command("USA", "2025", partner="CHN"), command("CHN", "2025-11", product="850760")
    ('entrepot fetch census -p 2025-01:2025-12 --partner CHN', \
'entrepot fetch comtrade CHN -p 2025-11 --product 850760')
    """
    union = reporter == "EU27" or reporter in codes.members("EU27")
    name = OWN.get(reporter) or ("comext" if union else "comtrade")
    lines = product if product.isdigit() else ""
    if lines and name == "gacc":  # it prints named goods, not codes
        name = "comtrade"
    said = ["entrepot fetch", name] + [reporter] * (name == "comtrade")
    first, _, last = period.partition(":")
    if name in BY_MONTH and len(first) == 4:
        period = f"{first}-01:{last or first}-12"
    said.append(f"-p {period}")
    if name in NARROWED and partner not in ("", codes.WORLD) and codes.kind(partner) != "group":
        said.append(f"--partner {partner}")
    if name in NARROWED and lines:
        said.append(f"--product {lines}")
    return " ".join(said)
