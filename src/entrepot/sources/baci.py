"""CEPII BACI: yearly trade by HS6 product, both partners' reports reconciled into one fob value.

One file a year, `t,i,j,k,v,q`: exporter, importer, product, thousand USD, tonnes. Each flow is kept as the exporter's
(flow `X`, fob). Only positive flows are listed: an absent row is zero only where the country reports at all. Releases
revise the past, so the release stands in the source (`baci-hs22-v202601`).
Gaulier, G. and Zignago, S. (2010), BACI: International Trade Database at the Product-Level, CEPII WP 2010-23.
"""

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot import codes
from entrepot.errors import BadTable, UnknownCode, WrongUsage
from entrepot.sources import Request, Source, bulk, sums
from entrepot.sources.markup import decode

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

URL = "https://www.cepii.fr/DATA_DOWNLOAD/baci/data"
BACI = Source(
    "baci", "CEPII", "BACI, reconciled bilateral trade", URL,
    "Etalab 2.0, with attribution to CEPII", kind="derived", grade="B", rank=4, pause=5.0,
)  # fmt: skip
SOURCES = (BACI,)
EDITIONS = {"HS92": 1995, "HS96": 1996, "HS02": 2002, "HS07": 2007, "HS12": 2012, "HS17": 2017, "HS22": 2022}
"""Editions of the Harmonized System and the first year of each."""
_NAME = re.compile(r"BACI_(HS\d\d)_Y(\d{4})_V(\d{6})", re.IGNORECASE)


def ask(edition: str, version: str) -> list[Request]:
    """Archive of an edition (`HS22`) in a release (`202601`).

    Raises
    ------
    WrongUsage
        If CEPII has no such edition, or the release is not six digits.
    """
    if edition not in EDITIONS:
        raise WrongUsage(f"{edition!r} is no edition of BACI; one of {', '.join(EDITIONS)} is expected.")
    if not re.fullmatch(r"20\d{4}", version):
        raise WrongUsage(f"{version!r} is no release of BACI; year and month (202601) are expected.")
    return [Request(BACI, f"{URL}/BACI_{edition}_V{version}.zip", facts=(("edition", edition), ("version", version)))]


def year_of(name: str) -> tuple[str, int, str]:
    """Edition, year and release in the name of a file.

    >>> year_of("BACI_HS22_Y2022_V202601.csv")
    ('HS22', 2022, '202601')

    Raises
    ------
    BadTable
        If the name is not one of BACI's.
    """
    if match := _NAME.search(name):
        return match[1].upper(), int(match[2]), match[3]
    raise BadTable(f"{name!r} is no file of BACI; a name like BACI_HS22_Y2022_V202601.csv is expected.")


def archive(path: Path, *, seen: date, years: tuple[int, ...] = ()) -> Iterator["pa.Table | duckdb.DuckDBPyRelation"]:
    """Rows of each year in an archive, one year at a time; a year is unpacked beside the archive while it is read.

    A year without any fault is given in the order in which it is published.
    """
    for name in bulk.members(path, ".csv"):
        if not _NAME.search(name) or (years and year_of(name)[1] not in years):
            continue
        edition, year, version = year_of(name)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            file = bulk.unpack(path, name, Path(folder))
            told: dict[str, Any] = {"seen": seen, "edition": edition, "version": version, "year": year}
            clean = cells(file, **told)
            yield relation(file, **told) if clean is None else clean


def tables(path: Path, *, seen: date, edition: str, version: str) -> "Iterator[pa.Table | duckdb.DuckDBPyRelation]":
    """Rows of an archive as it was received, year by year.

    Raises
    ------
    BadTable
        If it holds another edition or release than was asked for, or no year at all.
    """
    names = [name for name in bulk.members(path, ".csv") if _NAME.search(name)]
    wrong = [name for name in names if year_of(name)[0] != edition or year_of(name)[2] != version]
    if wrong or not names:
        held = wrong[0] if wrong else "no file of a year"
        raise BadTable(f"The archive holds {held} where {edition} in release {version} was asked for.")
    yield from archive(path, seen=seen)


def parse(
    content: bytes, *, seen: date, edition: str, version: str, year: int | None = None
) -> "duckdb.DuckDBPyRelation":
    """Rows of one year's file."""
    return relation(content, seen=seen, edition=edition, version=version, year=year)


def relation(
    content: bytes | Path, *, seen: date, edition: str, version: str, year: int | None = None
) -> "duckdb.DuckDBPyRelation":
    """Lazy rows of the flows table of one year's file [USD, kg].

    Raises
    ------
    BadTable
        If columns are missing, a country is unknown, a code is no HS6, a value is not positive, a flow stands twice, or
        the year is not the one named.
    """
    raw = bulk.rows(content)
    bulk.columns(raw, "tijkvq", "BACI")
    table = raw.project("trim(t) t, trim(i) i, trim(j) j, trim(k) k, try_cast(v as double) v, trim(q) q")
    bulk.refuse(table, _faults(year, edition, seen))
    twice = table.aggregate("t, i, j, k, count(*) n", "t, i, j, k").filter("n > 1").limit(1).fetchall()
    if twice:
        raise BadTable(f"The flow {twice[0][:4]} stands {twice[0][4]} times in the file; BACI lists each once.")
    known = {code: _country(code) for code in bulk.distinct(table, "i", "j")}
    table = bulk.joined(table, {"i>exporter": known, "j>importer": known})
    held = {
        "reporter": "exporter",
        "partner": "importer",
        "flow": "'X'",
        "product": "k",
        "period": "t",
        "span": "'year'",
    }
    held |= {"classification": f"'{edition_name(edition)}'", "concept": "'reconciled'", "valuation": "'fob'"}
    held |= {"currency": "'USD'", "status": "'derived'", "value": "round(v * 1000, 3)", "half_width": "0.5"}
    held |= {"weight_kg": "nullif(try_cast(q as double), 0) * 1000"}
    return bulk.finished(table, held, source=_source(edition, version), released=seen)


def cells(content: bytes | Path, *, seen: date, edition: str, version: str, year: int) -> "pa.Table | None":
    """Rows of one year's file as `relation` gives them, in their published order, at a fraction of the cost.

    None unless every line is without fault and blanks: `relation` then says what is wrong, or mends it.
    """
    import numpy as np

    try:
        lines = sums.typed(content, "tijk", "vq", missing=("", "NA"))
    except (BadTable, KeyError):
        return None
    value, tons = lines["v"].to_numpy(), lines["q"].to_numpy()
    if not len(lines) or sums.codes(lines["t"]) != [str(year)] or not EDITIONS[edition] <= year <= seen.year:
        return None
    if not all(re.fullmatch("[0-9]{6}", code) for code in sums.codes(lines["k"])):
        return None
    if not ((value > 0) & np.isfinite(value)).all() or (tons < 0).any():
        return None
    heads = [sums.ranked(lines[name], _country) for name in "ij"] + [sums.ranked(lines["k"], str)]
    sizes = [len(meanings) for _, meanings in heads]
    key = sums.pack([ranks for ranks, _ in heads], sizes)
    order = np.argsort(key, kind="stable")
    if len(sums.starts(key[order])) < len(key):
        return None
    exporter, importer, product = ((ranks[order], meanings) for ranks, meanings in heads)
    tons = tons[order]
    held: dict[str, Any] = {"reporter": exporter, "partner": importer, "product": product, "period": str(year)}
    held |= {"classification": edition_name(edition), "concept": "reconciled", "valuation": "fob", "flow": "X"}
    held |= {"span": "year", "currency": "USD", "status": "derived", "value": np.round(value[order] * 1000, 3)}
    held |= {"half_width": np.full(len(key), 0.5), "weight_kg": np.where(tons == 0, np.nan, tons) * 1000}
    held |= {"source": _source(edition, version), "released": seen, "released_basis": "first seen"}
    return sums.table(len(key), held)


def _source(edition: str, version: str) -> str:
    return f"baci-{edition.casefold()}-v{version}"


def edition_name(edition: str) -> str:
    """Our name of an edition: `HS22` is `HS2022`."""
    return f"HS{EDITIONS[edition] if edition != 'HS92' else 1992}"


def _faults(year: int | None, edition: str, seen: date) -> dict[str, str]:
    faults = {
        "have a product that is no code of six digits (zeros lost?)": "not regexp_full_match(k, '[0-9]{6}')",
        "have a value that is not a positive number": "v is null or not v > 0 or not isfinite(v)",
        "have a quantity that is neither a number nor missing": (
            "q is not null and q not in ('', 'NA') and try_cast(q as double) is null or try_cast(q as double) < 0"
        ),
        "have a year outside the edition": (
            f"not coalesce(try_cast(t as int) between {EDITIONS.get(edition, 1995)} and {seen.year}, false)"
        ),
    }
    return faults | ({f"are of another year than {year}": f"t <> '{year}'"} if year else {})


def _country(code: str) -> str:
    try:
        return codes.from_office(code, "baci")
    except UnknownCode as error:
        raise BadTable(f"The file names an economy that is new to us. {error}") from error


def countries(content: bytes) -> dict[str, str]:
    """Country numbers of a release and what it calls them, of any edition of the file; `NA` of Namibia is text.

    Raises
    ------
    BadTable
        If the columns are none of those known.
    """
    rows = csv.DictReader(io.StringIO(decode(content)))
    names = rows.fieldnames or []
    iso = next((name for name in ("country_iso3", "iso_3digit_alpha") if name in names), None)
    if iso is None or "country_code" not in names:
        raise BadTable(
            f"The country file of BACI has the columns {', '.join(names)}; country_code and an ISO3 one are read."
        )
    return {row["country_code"]: row[iso] for row in rows}
