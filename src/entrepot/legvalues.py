"""Values of a rerouting question by role, product and time: one pass over the table, HS editions put into one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entrepot import concordance, flows
from entrepot.legreports import TRAITS, Report, is_
from entrepot.legs import Role

if TYPE_CHECKING:
    import pandas as pd

LEG = {"aside": "one", "others": "two"}


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
