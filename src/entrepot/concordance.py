"""Editions of the Harmonized System, 1992 to 2022: weighted links that conserve totals, and what they cannot map.

A code of one edition may go into several of another and several into one. Every link has a weight, the part of the
source that goes to the target; the weights of a source add to one, so no trade is lost or made. Between HS2012 and
HS2017 the weights come from trade in both editions (Harvard Growth Lab); elsewhere a source is split in equal parts,
since no weights are held. Editions further apart are linked through those between them. The list of links gives every
newer code its older one; up to 301 of 5,223 codes a step (2002 to 2007) that were dissolved have no link forward, and
are named, not guessed.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals as nw

from entrepot import flows
from entrepot.errors import WrongUsage

if TYPE_CHECKING:
    import pandas as pd

EDITIONS = ("HS1992", "HS1996", "HS2002", "HS2007", "HS2012", "HS2017", "HS2022")
FOLDER = Path(__file__).parent / "data" / "concordance"
ADDED = ("value", "half_width", "weight_kg", "quantity")


class Converted(NamedTuple):
    """Rows in the edition that was asked for, and the rows that could not be mapped, untouched."""

    table: flows.Flows
    unmapped: flows.Flows


def codes(edition: str) -> frozenset[str]:
    """Codes of six digits of an edition.

    >>> len(codes("HS2022")) > 5600, "852491" in codes("HS2022")
    (True, True)

    Raises
    ------
    WrongUsage
        If there is no such edition.
    """
    listed = _codes()
    return frozenset(listed.code[(listed.editions & (1 << _place(edition))) > 0])


def weights(source: str, target: str) -> "pd.DataFrame":
    """Links from one edition to another: columns `from`, `to`, `weight`; the weights of each source add to one.

    >>> links = weights("HS2012", "HS2017").set_index(["from", "to"]).weight
    >>> f"{links['871190', '871160']:.3f}", f"{links['010121', '010121']:.3f}"
    ('0.739', '1.000')

    Raises
    ------
    WrongUsage
        If there is no such edition.
    """
    return _weights(source, target).copy()


@cache
def _weights(source: str, target: str) -> "pd.DataFrame":
    begin, end = _place(source), _place(target)
    step = 1 if end > begin else -1
    out = _identity(codes(source))
    for place in range(begin, end, step):
        following = _step(EDITIONS[place], EDITIONS[place + step])
        joined = out.merge(following, left_on="to", right_on="from", suffixes=("", "_next"))
        joined["weight"] *= joined.weight_next
        sums = joined.groupby(["from", "to_next"])["weight"].sum().reset_index()
        out = sums.rename(columns={"to_next": "to"})
    whole = out.groupby("from").weight.transform("sum")
    out["weight"] /= whole  # a branch that ends in no code of a later edition gives its part to its sisters
    return out.sort_values(["from", "to"], ignore_index=True)


def convert(table: flows.Flows, edition: str) -> Converted:
    """Put HS6 rows of any edition into one edition; totals are conserved over both parts of the answer together.

    Lazy to lazy. Value, half width, weight and quantity are split by the weights and added up in their new cells; rows
    that were split or added are `derived` and carry no growth rate. Rows that are not HS6 (totals, chapters, headings,
    named aggregates) pass as they are. Codes without a link are in `unmapped`.

    Raises
    ------
    WrongUsage
        If there is no such edition.
    """
    _place(edition)
    col = nw.col
    hs6 = col("classification").is_in(list(EDITIONS)) & (col("product").str.len_chars() == 6)
    move = hs6 & (col("classification") != edition)
    links = _links_to(table, edition)
    key = ["classification", "product"]  # no outer join: ClickHouse fills what it lacks with blanks, not nulls
    unmapped = table.filter(move).join(links, on=key, how="anti").select(*flows.COLUMNS)
    shared = [(col(name) * col("_weight")).alias(name) for name in ADDED]
    moved = (
        table.filter(move)
        .join(links, on=key, how="inner")
        .with_columns(
            *shared,
            product=col("_to"),
            classification=nw.lit(edition),
            status=nw.when((col("_weight") < 1) & (col("status") == "observed"))
            .then(nw.lit("derived"))
            .otherwise(col("status")),
        )
    )
    return Converted(_added(nw.concat([moved.select(*flows.COLUMNS), table.filter(~move)], how="vertical")), unmapped)


def _added(table: flows.Flows) -> flows.Flows:
    """Add up rows that fell into one cell of one source, vintage and day; a row alone passes as it is."""
    keys = [name for name in flows.KEY if name != "status"]
    counted = [nw.col(name).count().alias(f"n_{name}") for name in ADDED]
    others = [name for name in flows.COLUMNS if name not in {*keys, *ADDED, "status"}]
    grouped = table.group_by(keys).agg(
        nw.col(*ADDED).sum(), *counted, *(nw.col(name).min() for name in others), nw.col("status").min(), rows=nw.len()
    )
    several = nw.col("rows") > 1
    whole = [
        nw.when(nw.col(f"n_{name}") == nw.col("rows")).then(nw.col(name)).otherwise(None).alias(name) for name in ADDED
    ]
    alone = [
        nw.when(~several & (nw.col("status") != "derived")).then(nw.col(name)).otherwise(None).alias(name)
        for name in ("growth", "growth_half_width")
    ]
    status = nw.when(several & (nw.col("status") == "observed")).then(nw.lit("derived")).otherwise(nw.col("status"))
    return grouped.with_columns(*whole, *alone, status=status).select(*flows.COLUMNS)


def _links_to(table: flows.Flows, edition: str) -> flows.Flows:
    """Links from every other edition, as a small table of the same engine."""
    return _beside(table, _links(edition))


@cache
def _links(edition: str) -> "pd.DataFrame":
    import pandas as pd

    parts = [_weights(one, edition).assign(classification=one) for one in EDITIONS if one != edition]
    small = pd.concat(parts, ignore_index=True)
    return small.rename(columns={"from": "product", "to": "_to", "weight": "_weight"})


def _beside(table: flows.Flows, small: "pd.DataFrame") -> flows.Flows:
    """A small table in the engine of a large one, so that they can be joined there."""
    native: Any = table.to_native()
    if table.implementation.is_pyspark():
        spark: flows.Flows = nw.from_native(native.sparkSession.createDataFrame(small))
        return spark
    if table.implementation.is_ibis():
        from ibis import memtable  # type: ignore[import-not-found,unused-ignore]

        other: flows.Flows = nw.from_native(memtable(small))
        return other
    import duckdb

    own: flows.Flows = nw.from_native(duckdb.from_df(small))
    return own


def _place(edition: str) -> int:
    if edition not in EDITIONS:
        raise WrongUsage(
            f"{edition!r} is no edition of the Harmonized System; one of {', '.join(EDITIONS)} is expected."
        )
    return EDITIONS.index(edition)


@cache
def _codes() -> "pd.DataFrame":
    import pandas as pd

    return pd.read_parquet(FOLDER / "codes.parquet")


@cache
def _changed() -> "pd.DataFrame":
    import pandas as pd

    return pd.read_parquet(FOLDER / "links.parquet")


def _identity(listed: frozenset[str]) -> "pd.DataFrame":
    import pandas as pd

    same = sorted(listed)
    return pd.DataFrame({"from": same, "to": same, "weight": 1.0})


def _step(source: str, target: str) -> "pd.DataFrame":
    """Links between neighbouring editions: the changed ones as held, the rest the same code in both."""
    import pandas as pd

    table = _changed()
    here = table[(table.from_edition == source) & (table.to_edition == target)]
    touched = set(here["from"]) | set(here["to"])
    plain = codes(source) & codes(target) - touched
    return pd.concat([here[["from", "to", "weight"]], _identity(frozenset(plain))], ignore_index=True)
