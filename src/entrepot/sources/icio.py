"""OECD Inter-Country Input-Output tables: one yearly file as arrays, split economies put together again.

Labels are sorted by what they are, not by where they stand, for every edition names them its own way (`C01T05AGR`,
`01T03`, `A01`; `VALU`, `VA+TAXSUB`, `VA`; `HFCE_AUS`, `AUS_HFCE`). China and Mexico come in two parts each (CN1, CN2,
MX1, MX2: production for the home market and for export) beside a block of final demand; the parts are added into CHN
and MEX on rows and columns before anything else. Million US dollars in the files, dollars here; basic prices.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from entrepot import periods
from entrepot.errors import BadTable, WrongUsage
from entrepot.sources import Request, Source

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

ICIO = Source(
    "oecd-icio", "OECD", "Inter-Country Input-Output tables", "https://www.oecd.org/sti/ind/inter-country-input-output-tables.htm",
    "OECD terms, with attribution (CC BY 4.0 stated for 2025)", pause=5.0,
)  # fmt: skip
SOURCES = (ICIO,)
PARTS = {"CN1": "CHN", "CN2": "CHN", "CN3": "CHN", "CN4": "CHN", "MX1": "MEX", "MX2": "MEX", "MX3": "MEX"}
FINAL = {
    "HFCE",
    "NPISH",
    "NPS",
    "GGFC",
    "GFCF",
    "INVNT",
    "INV_PER",
    "INV",
    "P33",
    "DPABR",
    "DIRP",
    "DISC",
    "CONS_ABR",
    "CONS_NONRES",
}
VALUE_ADDED, OUTPUT = {"VA", "VALU", "VA+TAXSUB"}, {"OUT", "OUTPUT", "TOTAL"}
DISCREPANCY = "DISC"  # of the 2016 edition, without a country; `gap` shows it
MILLION = 1e6


@dataclass(frozen=True, eq=False)
class InputOutput:
    """One year of the world's uses of goods and services, at basic prices [USD].

    Attributes
    ----------
    countries, sectors : tuple of str
        Labels of the axes: N countries, S industries, as the edition names them.
    intermediate : (N, S, N, S) float64
        Sales of seller and its sector to buyer and its sector.
    final : (N, S, N) float64
        Sales to the final demand of each buyer; changes in inventories may make cells negative.
    value_added, taxes, output : (N, S) float64
        Value added, net taxes on products used by industries, gross output. In editions that print value added and
        taxes as one, taxes are zero and `value_added` holds both.
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    intermediate: "NDArray[np.float64]"
    final: "NDArray[np.float64]"
    value_added: "NDArray[np.float64]"
    taxes: "NDArray[np.float64]"
    output: "NDArray[np.float64]"

    def gap(self) -> float:
        """Largest amount by which sales or costs miss gross output, as a fraction of world output."""
        import numpy as np

        sales = self.intermediate.sum((2, 3)) + self.final.sum(2)
        costs = self.intermediate.sum((0, 1)) + self.value_added + self.taxes
        off = max(float(np.abs(sales - self.output).max()), float(np.abs(costs - self.output).max()))
        return off / float(self.output.sum())


def ask(year: str | int) -> list[Request]:
    """The file of a year, which has no stable address: a person saves its CSV (out of the archive) into the inbox.

    Raises
    ------
    WrongUsage
        If it is no year.
    """
    if not periods.is_year(one := periods.period(str(year))):
        raise WrongUsage(f"The tables are by year, not {year!r}. Ask for a year like 2022.")
    return [Request(ICIO, ICIO.url, facts=(("year", one),), role="by hand")]


def parse(content: bytes, *, seen: date, year: str = "") -> InputOutput:
    """Read one yearly file of any edition.

    Raises
    ------
    BadTable
        If a label is none that is known, or gross output is missing.
    """
    import io

    import pandas as pd

    try:
        frame = pd.read_csv(io.BytesIO(content), index_col=0).astype("float64")
    except ValueError as error:
        raise BadTable(f"The file is no table of numbers with labels: {error}") from None
    frame.index = pd.Index([str(label).strip() for label in frame.index])
    frame.columns = pd.Index([str(label).strip() for label in frame.columns])
    if frame.index.has_duplicates or frame.columns.has_duplicates:
        raise BadTable("A label stands twice in the table: it was changed after download.")
    return _arrays(frame * MILLION)


def industry(label: str) -> tuple[str, str]:
    """Country and industry of a label, split at its first underscore; parts of an economy are that economy.

    >>> industry("CN1_C26"), industry("AUS_A01_02")
    (('CHN', 'C26'), ('AUS', 'A01_02'))
    """
    country, _, sector = label.partition("_")
    return PARTS.get(country, country), sector


def demand(label: str) -> str | None:
    """Country whose final demand a column holds, whichever way round the edition writes it; None if it holds none.

    >>> demand("CHN_HFCE"), demand("HFCE_AUS"), demand("INV_PER_CHN"), demand("CHN_C26")
    ('CHN', 'AUS', 'CHN', None)
    """
    first, _, rest = label.partition("_")
    if rest in FINAL:
        return PARTS.get(first, first)
    head, _, last = label.rpartition("_")
    return PARTS.get(last, last) if head in FINAL else None


def _arrays(frame: "pd.DataFrame") -> InputOutput:
    import numpy as np

    rows = [
        label for label in frame.index if label not in VALUE_ADDED | OUTPUT | {"TLS"} and not label.endswith("_TAXSUB")
    ]
    buyers = {label: demand(label) for label in frame.columns if label not in OUTPUT | {DISCREPANCY}}
    uses = [label for label, country in buyers.items() if country is None]
    if not rows or set(uses) != set(rows):
        strange = sorted(set(uses) ^ set(rows))[:5]
        raise BadTable(
            f"Industries of rows and columns differ, for example {', '.join(strange)}: a label is not known."
        )
    pairs = [industry(label) for label in rows]
    countries = tuple(dict.fromkeys(country for country, _ in pairs))
    sectors = tuple(dict.fromkeys(sector for _, sector in pairs))
    n, s = len(countries), len(sectors)
    place = {label: countries.index(c) * s + sectors.index(k) for label, (c, k) in zip(rows, pairs, strict=True)}
    sellers = np.array([place[label] for label in rows])
    block = frame.loc[rows]
    inter, final = np.zeros((n * s, n * s)), np.zeros((n * s, n))
    held = np.zeros((n * s, len(uses)))
    np.add.at(held, sellers, block[uses].to_numpy())
    np.add.at(inter.T, np.array([place[label] for label in uses]), held.T)
    wanted = [label for label, country in buyers.items() if country is not None]
    sold = np.zeros((n * s, len(wanted)))
    np.add.at(sold, sellers, block[wanted].to_numpy())
    np.add.at(final.T, np.array([countries.index(str(buyers[label])) for label in wanted]), sold.T)
    sums = {name: np.zeros(n * s) for name in ("va", "tax", "out")}
    where = np.array([place[label] for label in uses])
    for label in frame.index:
        name = "va" if label in VALUE_ADDED else "out" if label in OUTPUT else "tax" if label not in place else ""
        if name:
            np.add.at(sums[name], where, frame.loc[label, uses].to_numpy())
    if not sums["out"].any():
        raise BadTable("The table has no row of gross output (OUT, OUTPUT).")
    shape = (n, s)
    return InputOutput(
        countries, sectors, inter.reshape(n, s, n, s), final.reshape(n, s, n),
        sums["va"].reshape(shape), sums["tax"].reshape(shape), sums["out"].reshape(shape),
    )  # fmt: skip
