"""Build the compact concordance of HS editions from the reference tables: codes of each edition, and changed links.

Only links that are not "the same code, alone on both sides" are kept; the rest follow from the lists of codes.
Weights are those of the reference (HS2012 and HS2017, from trade in both editions); equal parts where none is held.
"""

import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).parents[1]
EDITIONS = ("HS1992", "HS1996", "HS2002", "HS2007", "HS2012", "HS2017", "HS2022")
SHORT = {"H4": "HS2012", "H5": "HS2017"}


def main(data: Path = ROOT.parent / "shared" / "data" / "hs_reference") -> None:
    """Write `codes.parquet` and `links.parquet`."""
    target = ROOT / "src" / "entrepot" / "data" / "concordance"
    target.mkdir(parents=True, exist_ok=True)
    links = pd.read_parquet(data / "hs_edition_concordance.parquet")
    held = pd.read_parquet(data / "hs_conversion_weights.parquet").replace(SHORT)
    steps = [both(links, held, new, old) for old, new in zip(EDITIONS, EDITIONS[1:], strict=False)]
    table = pd.concat([part for step in steps for part in step], ignore_index=True)
    codes = pd.read_parquet(data / "hs_descriptions.parquet")
    listed = codes[codes.level == 6][["edition", "code"]]
    ends = [table[[f"{end}_edition", end]].set_axis(["edition", "code"], axis=1) for end in ("from", "to")]
    known = pd.concat([listed, *ends]).drop_duplicates()
    alone = (table["from"] == table["to"]) & (table.weight == 1)
    back = table.set_index(["to_edition", "to", "from_edition", "from"]).weight
    turned_keys = zip(table.from_edition, table["from"], table.to_edition, table["to"], strict=True)
    same = [back.get(key, 0.0) == 1 for key in turned_keys]
    kept = table[~(alone & pd.Series(same, index=table.index))]
    bits = known.assign(bit=known.edition.map({name: 1 << n for n, name in enumerate(EDITIONS)}))
    flags = bits.groupby("code").bit.sum().reset_index(name="editions").astype({"editions": "int16"})
    flags.to_parquet(target / "codes.parquet", compression="zstd", index=False)
    kept.sort_values([str(name) for name in kept]).to_parquet(target / "links.parquet", compression="zstd", index=False)
    print(f"{len(flags)} codes, {len(kept)} changed links")


def both(links: pd.DataFrame, held: pd.DataFrame, new: str, old: str) -> list[pd.DataFrame]:
    """Links of two neighbouring editions in both directions, each source's weights adding to one."""
    step = links[(links.from_edition == new) & (links.to_edition == old)].drop_duplicates()
    traded = held[(held.from_edition == new) & (held.to_edition == old) & (held.weight > 0)]
    if len(traded):  # links with weights know sources that the plain list leaves out
        other = held[(held.from_edition == old) & (held.to_edition == new) & (held.weight > 0)]
        alone = [one[~one.from_hs6.isin(known.from_hs6)] for one, known in ((step, traded), (turned(step), other))]
        return [weighted(pd.concat([t[list(step)], a]), held) for t, a in zip((traded, other), alone, strict=True)]
    return [weighted(one, held) for one in (step, turned(step))]


def turned(step: pd.DataFrame) -> pd.DataFrame:
    """Links the other way round."""
    return step.set_axis(["to_edition", "to_hs6", "from_edition", "from_hs6"], axis=1)[list(step)]


def weighted(step: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Give every link a weight: as held where all links of its source have one, else equal parts."""
    names = ["from_edition", "from_hs6", "to_edition", "to_hs6"]
    out = step.merge(held, on=names, how="left")
    source = out.groupby("from_hs6").weight
    known = source.transform("count") == source.transform("size")
    total = source.transform("sum")
    equal = 1 / source.transform("size")
    out["weight"] = (out.weight / total).where(known & (total > 0), equal)
    return out.set_axis(["from_edition", "from", "to_edition", "to", "weight"], axis=1)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
