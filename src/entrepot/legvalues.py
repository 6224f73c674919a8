"""Values of a rerouting question by role, product and time: one pass over the table, HS editions put into one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entrepot import chance, concordance, flows, legs, rungs
from entrepot.errors import MissingData
from entrepot.legreports import TRAITS, Report, is_
from entrepot.legs import Ask, Role

if TYPE_CHECKING:
    import pandas as pd

LEG = {"aside": "one", "others": "two"}
SUSPECTS = 16  # comparison countries on both sides of the route that are held by themselves until they are cleared
DRAWS = 199  # permutations by which such a country is judged


def values(
    scope: flows.Flows, told: Sequence[tuple[Role, Report]], level: int, yearly: bool, edition: str
) -> "tuple[pd.DataFrame, dict[tuple[Role, str], float]]":
    """Sum of values by role, product and time in one HS edition, and the share of a report that has no link to it.

    One pass over the table, in which shared traits are filtered once.
    """
    shared = {name: getattr(told[0][1], name) for name in TRAITS if len({getattr(one, name) for _, one in told}) == 1}
    apart = ["flow", *(name for name in TRAITS if name not in shared)]
    groups: dict[tuple[Any, ...], list[str]] = {}
    for role, one in told:
        groups.setdefault((role, one.reporter, *(getattr(one, name) for name in apart)), []).append(one.partner)
    roles = list(dict.fromkeys(role for role, _ in told))
    place: Any = nw.lit(-1)
    for key, partners in groups.items():
        condition = nw.col("partner").is_in(partners)
        for column, value in zip(("reporter", *apart), key[1:], strict=True):
            condition = condition & (nw.col(column) == value)
        place = nw.when(condition).then(nw.lit(roles.index(key[0]))).otherwise(place)
    held = scope.filter(*(nw.col(name) == value for name, value in shared.items()))
    time = nw.col("period").str.slice(0, 4) if yearly else nw.col("period")
    short = nw.col("product").str.slice(0, level) if any(one.digits > level for _, one in told) else nw.col("product")
    editions = [] if "classification" in shared else ["classification"]
    lines = held.select("value", *editions, role=place, product=short, time=time).filter(nw.col("role") >= 0)
    frame: pd.DataFrame = (
        lines.group_by("role", *editions, "product", "time").agg(nw.col("value").sum()).collect("pandas").to_native()
    )
    lost: dict[tuple[int, str], float] = {}
    if "classification" not in shared:
        single = [n for n, role in enumerate(roles) if role[0] in ("one", "two")]
        frame, lost = _in_edition(frame, edition, single)
    named = frame.assign(role=[roles[n] for n in frame["role"]])
    return named, {(roles[n], source): share for (n, source), share in lost.items()}


def _in_edition(
    frame: "pd.DataFrame", edition: str, single: list[int]
) -> "tuple[pd.DataFrame, dict[tuple[int, str], float]]":
    """Put lines of other HS editions into one by weighted links; what has no link is left out, and its share told.

    Where two editions of one leg (`single` roles) are held for the same time, the one asked for, else the newer, is
    kept.
    """
    import pandas as pd

    frame = frame.assign(other=frame["classification"] != edition)
    kept = frame.sort_values(["other", "classification"], ascending=[True, False])
    first = kept.groupby(["role", "time"])["classification"].transform("first")
    frame = kept[(kept["classification"] == first) | ~kept["role"].isin(single)]
    parts = [frame[~frame["other"]]]
    lost: dict[tuple[int, str], float] = {}
    for source, mine in frame[frame["other"]].groupby("classification"):
        links = concordance.weights(str(source), edition).rename(columns={"from": "product"})
        moved = mine.merge(links, on="product", how="left")
        alone = moved["weight"].isna()
        share = moved[alone].groupby("role")["value"].sum() / mine.groupby("role")["value"].sum()
        lost |= dict(
            zip([(int(n), str(source)) for n in share.index.to_numpy()], map(float, share.fillna(0.0)), strict=True)
        )
        moved = moved[~alone]
        parts.append(moved.assign(product=moved["to"], value=moved["value"] * moved["weight"]))
    whole = pd.concat([part[["role", "product", "time", "value"]] for part in parts], ignore_index=True)
    summed: pd.DataFrame = whole.groupby(["role", "product", "time"], as_index=False)[["value"]].sum()
    return summed, lost


def matrices(frame: "pd.DataFrame", times: Sequence[str]) -> "tuple[pd.Index[str], dict[Role, Any]]":
    """Products in order, and values by role: (products, times)."""
    import numpy as np
    import pandas as pd

    product, names = pd.factorize(frame["product"], sort=True)
    when, held = pd.factorize(frame["time"])
    column = pd.Index(times).get_indexer(held)[when]
    role, roles = pd.factorize(frame["role"])
    value = frame["value"].to_numpy(dtype=float)
    out = {}
    for n, name in enumerate(roles):
        mine = (role == n) & (column >= 0)
        out[name] = np.zeros((len(names), len(times)))
        out[name][product[mine], column[mine]] = value[mine]
    return pd.Index(names), out


def rests(named: "dict[Role, Any]") -> "dict[Role, Any]":
    """Turn a world line into what it leaves once direct sales and the hubs' legs are taken off."""
    import numpy as np

    out = {role: values for role, values in named.items() if role[0] != "world"}
    for role, values in named.items():
        if role[0] == "world":
            taken = [v for other, v in out.items() if other == ("direct",) or other[0] == LEG[role[1]]]
            out[(role[1],)] = np.maximum(values - sum(taken), 0.0)
    return out


def suspects(told: Sequence[tuple[Role, Report]]) -> list[str]:
    """Comparison countries that buy from the origin and sell to the destination: hubs that were not asked about."""
    sides = [{one.pair[place]: one.rows for (name, *_), one in told if name == role}
             for role, place in (("aside", 1), ("others", 0))]  # fmt: skip
    both = sorted(sides[0].keys() & sides[1].keys(), key=lambda one: (-sides[1][one], one))
    return both[:SUSPECTS]


def pooled(
    named: "dict[Role, Any]", names: Sequence[str], times: Sequence[str], ask: Ask, duties: "pd.DataFrame | None",
    unclear: frozenset[str],
) -> "tuple[dict[Role, Any], list[str]]":  # fmt: skip
    """Add comparison countries up to two pools, less those that would themselves be told a hub; and name these.

    A hub that was not asked about turns the comparison on dutied goods into what it is compared with. Each country
    that stands on both sides is judged as a hub is, against the rest of both pools; the clearest leaves, and the rest
    are judged again. What is judged is the months after the duty step; without duties nothing is.
    """
    apart = sorted({role[1] for role in named if role[0] in LEG and len(role) == 2})
    out = {role: values for role, values in named.items() if not (role[0] in LEG and len(role) == 2)}
    pools = {side: sum((named[side, one] for one in apart), start=out.get((side,), 0)) for side in LEG} if apart else {}
    left: list[str] = []
    while duties is not None and len(left) < len(apart):
        seen = {}
        for one in apart:
            flows_of = [(named[side, one], pools[side] - named[side, one]) for side in LEG]
            if (
                one not in left
                and (lower := _like_a_hub(flows_of, out, names, times, ask, duties, unclear)) is not None
            ):
                seen[one] = lower
        if not seen:
            break
        left.append(max(seen, key=lambda one: seen[one]))
        pools = {side: pool - named[side, left[-1]] for side, pool in pools.items()}
    return out | {(side,): pool for side, pool in pools.items()}, left


def _like_a_hub(
    flows_of: "Sequence[tuple[Any, Any]]", named: "dict[Role, Any]", names: Sequence[str], times: Sequence[str],
    ask: Ask, duties: "pd.DataFrame", unclear: frozenset[str],
) -> float | None:  # fmt: skip
    """How far both legs of a country exceed what chance makes, where it would be told a hub; else None."""
    import numpy as np

    pairs = legs.pairs_of(times, ask, duties)
    pairs = [(a, b) for a, b in pairs if all(v[:, n].any() for both in flows_of for v in both for n in (a, b))]
    dutied = legs.listed(names, legs.stepped(duties, ask))
    kept = dutied | ~legs.listed(names, unclear)
    if not pairs:
        return None

    def windows(values: "Any") -> "list[Any]":
        return [values[:, [pair[n] for pair in pairs]].sum(axis=1)[kept] for n in (0, 1)]

    one, two = (rungs.Leg(*windows(own), *windows(rest)) for own, rest in flows_of)
    sectors = np.unique([code[:2] for code, keep in zip(names, kept, strict=True) if keep], return_inverse=True)[1]
    try:
        found = rungs.bounds([one], two, dutied[kept], sectors)
    except MissingData:
        return None
    if min(found.first.log, found.second.log) <= 0:
        return None
    exposed = windows(named["direct",])[0] if ("direct",) in named else None
    judged = chance.judge([one], two, dutied[kept], sectors, exposed=exposed, draws=DRAWS)
    return min(judged.lower) if judged.seen else None


def unit_values(
    scope: flows.Flows, report: Report, level: int, names: Sequence[str], periods: Sequence[str]
) -> "Any | None":
    """Value a kilogram of each product over some periods [currency/kg], NaN where none; None if no weight is held."""
    import numpy as np
    import pandas as pd

    mine = scope.filter(is_(report), nw.col("period").is_in(list(periods)), nw.col("weight_kg") > 0)
    short = mine.select("value", "weight_kg", product=nw.col("product").str.slice(0, level))
    sums: pd.DataFrame = short.group_by("product").agg(nw.col("value", "weight_kg").sum()).collect("pandas").to_native()
    if sums.empty:
        return None
    ratio = (sums["value"] / sums["weight_kg"]).to_numpy(dtype=float)
    place = pd.Index(names).get_indexer(pd.Index(sums["product"]))
    out = np.full(len(names), np.nan)
    out[place[place >= 0]] = ratio[place >= 0]
    return out
