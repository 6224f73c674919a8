"""The lines of one flow in two periods: values and quantities by partner or product, chosen as `measure` chooses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entrepot import codes, flows, measures, periods, sources
from entrepot.errors import MissingData, WrongUsage

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

KEPT = ("part", "rest")


@dataclass(frozen=True)
class Asked:
    """What is compared: a flow of one reporter in a period and a base, by partner or product (of one partner)."""

    reporter: str
    period: str
    base: str
    span: str
    flow: str = "X"
    by: str = "partner"
    partner: str | None = None
    currency: str | None = None
    vintage: str = "latest"
    concept: str | None = None


@dataclass(frozen=True)
class Lines:
    """Lines of a flow in two periods; arrays run over `names`, NaN where a quantity is not held.

    `before`, `after` [currency] are zero only for a line that the list of that period leaves out though it adds up to
    its whole; `whole` holds the printed (or summed) wholes; `units` names the quantity that both periods share.
    """

    names: tuple[str, ...]
    before: "Values"
    after: "Values"
    quantity_before: "Values"
    quantity_after: "Values"
    units: tuple[str, ...]
    whole: tuple[float, float]
    currency: str
    concept: str
    sources: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def change(self) -> float:
        """Change of the whole [currency]."""
        return self.whole[1] - self.whole[0]

    @property
    def level(self) -> str:
        """How fine the lines are: `HS6`, `partners`, `as given`."""
        digits = {len(name) for name in self.names if name.isdigit()}
        return f"HS{digits.pop()}" if len(digits) == 1 else "as given"


def reporter_of(table: flows.Flows, named: str | None) -> str:
    """The reporter that is asked about: as named, else the table's only one.

    Raises
    ------
    WrongUsage
        If the table holds several and none is named.
    """
    if named is not None:
        return codes.country(named)
    held: list[str] = table.select("reporter").unique().collect("pandas").to_native()["reporter"].tolist()
    if len(held) != 1:
        raise WrongUsage(f"Whose trade? The table holds {', '.join(sorted(held)[:8]) or 'no one'}. Pass reporter=.")
    return held[0]


def whole(table: flows.Flows, asked: Asked, flow: str) -> "pd.DataFrame":
    """Rows of `measure` for the whole of a flow in the period and the base (period, value, growth, source ...)."""
    import pandas as pd

    found = []
    for period in (asked.base, asked.period):
        answer = _measured(table, asked, period, by=None)
        found.append(answer[answer["flow"] == flow])
    out: pd.DataFrame = pd.concat(found, ignore_index=True)
    return out


def collect(table: flows.Flows, asked: Asked) -> Lines:
    """Read the lines of a flow in both periods, in the currency in which most are held, dollars first.

    Raises
    ------
    MissingData
        If either period lacks its lines; the message names the fetch.
    """
    choices = [asked.currency] if asked.currency else _currencies(table, asked)
    found = [lines for money in choices if (lines := _in(table, asked, money)) is not None]
    if not found:
        raise MissingData(lacking(asked, measures_missing(table, asked)))
    return max(found, key=lambda lines: len(lines.names))


def lacking(asked: Asked, why: str = "", *also: Asked) -> str:
    """What cannot be split for lack of lines, and the fetches that bring them and those of `also`."""
    with_ = f" with {asked.partner}" if asked.partner else ""
    what = f"{codes.name(asked.flow).lower()} of {asked.reporter}{with_} by {asked.by}"
    needed = f"{what[0].upper()}{what[1:]} in {asked.base} and {asked.period} are needed."
    return " ".join(filter(None, (needed, why, fetches(asked, *also))))


def fetches(*asked: Asked) -> str:
    """The commands that bring the lines of both periods: every partner, or all six-digit goods of the one asked for.

    >>> fetches(Asked("CHN", "2024", "2023", "year", by="product"))
    'Run: entrepot fetch comtrade CHN -p 2023:2024 --partner WLD --product AG6 \
(with your key in COMTRADE_KEY: without one an answer holds 500 rows)'
    >>> fetches(Asked("VNM", "2025-11", "2024-11", "month"))
    'Run: entrepot fetch comtrade VNM -p 2024-11; entrepot fetch comtrade VNM -p 2025-11'
    """
    told: list[str] = []
    for one in asked:
        if one.reporter in sources.UNREPORTED:
            told.append(f"{codes.name(one.reporter)} is not in UN Comtrade: give a table that holds it, --table FILE")
            continue
        lines = f" --partner {one.partner or flows.WORLD} --product AG6" if one.by == "product" else ""
        told += [f"entrepot fetch comtrade {one.reporter} -p {when}{lines}" for when in _when(one)]
    keyed = " (with your key in COMTRADE_KEY: without one an answer holds 500 rows)" if "--product" in told[0] else ""
    return f"Run: {'; '.join(dict.fromkeys(told))}{keyed}"


def _when(asked: Asked) -> list[str]:
    """Base and period as `fetch` takes them: one range of two years in a row, else each by itself."""
    if periods.is_year(asked.base) and asked.base == periods.year_earlier(asked.period):
        return [f"{asked.base}:{asked.period}"]
    start = {"ytd": "{0}-01:{1}"}.get(asked.span, "{1}")
    return [start.format(one[:4], one).replace(f"{one}:{one}", one) for one in (asked.base, asked.period)]


def measures_missing(table: flows.Flows, asked: Asked) -> str:
    """What `measure` says is lacking."""
    for period in (asked.period, asked.base):
        try:
            rows = _measured(table, asked, period, by=asked.by)
        except MissingData as refusal:
            return str(refusal)
        if not (rows["role"] == "part").any():
            return f"No lines by {asked.by} are held for {period}."
    return ""


def _measured(
    table: flows.Flows, asked: Asked, period: str, *, by: str | None, money: str | None = None
) -> "pd.DataFrame":
    return measures.measure(
        table, period=period, span=asked.span, flow=None if asked.flow == "B" else asked.flow, by=by,
        partner=asked.partner if by != "partner" else None, currency=money or asked.currency, vintage=asked.vintage,
        concept=asked.concept,
    ).rows  # fmt: skip


def _currencies(table: flows.Flows, asked: Asked) -> list[str]:
    held = table.filter(nw.col("flow") == asked.flow, nw.col("currency") != "").select("currency").unique()
    found = set(held.collect("pandas").to_native()["currency"])
    return sorted(found, key=lambda one: (one != "USD", one))


def _in(table: flows.Flows, asked: Asked, money: str) -> Lines | None:
    import numpy as np

    by, warnings = asked.by, list[str]()
    try:
        now = _measured(table, asked, asked.period, by=by, money=money)
    except MissingData:
        return None
    now = now[now["flow"] == asked.flow]
    then = _then(table, asked, money, now)
    if then is None:
        then = _implied(now, asked)
        warnings.append("The base is what the growth printed with each level implies; its own print is not held.")
    sides = [then, now]
    wholes = [side.loc[side["role"] == "whole", "value"].sum(min_count=1) for side in sides]
    parts = [side[side["role"].isin(KEPT) & side["value"].notna()].set_index(by) for side in sides]
    if any(not (part["role"] == "part").any() for part in parts):
        return None
    wholes = [float(one if one == one else part["value"].sum()) for one, part in zip(wholes, parts, strict=True)]
    every = [side[(side["role"] != "whole") & side["value"].notna()].set_index(by) for side in sides]
    parts, said = _alike(parts, every, wholes, by)
    warnings += said
    names = sorted({*parts[0].index, *parts[1].index})
    held = [part.reindex(names) for part in parts]
    values = [side["value"].fillna(0.0).to_numpy(dtype=float) for side in held]
    quantities, units, mixed = _quantities(held)
    if mixed:
        warnings.append(f"{mixed} lines are counted in different units in the two periods and stand without a price.")
    concept = ", ".join(sorted({str(one) for part in parts for one in part.get("valuation", [])}))
    sources = tuple(sorted({str(one) for part in parts for one in part["source"] if one}))
    return Lines(
        tuple(map(str, names)), values[0], values[1], np.asarray(quantities[0]), np.asarray(quantities[1]), units,
        (wholes[0], wholes[1]), money, concept, sources, tuple(warnings),
    )  # fmt: skip


def _then(table: flows.Flows, asked: Asked, money: str, now: "pd.DataFrame") -> "pd.DataFrame | None":
    """Lines of the base as held; None where too few are, and the growth printed in the period implies more."""
    try:
        then = _measured(table, asked, asked.base, by=asked.by, money=money)
    except MissingData:
        then = now.iloc[:0]
    then = then[then["flow"] == asked.flow]
    held = int(((then["role"] == "part") & then["value"].notna()).sum())
    if asked.base != periods.year_earlier(asked.period) or "growth" not in now:
        return then
    known = int(((now["role"] == "part") & now["growth"].notna() & now["value"].notna()).sum())
    return None if known > held else then


def _implied(now: "pd.DataFrame", asked: Asked) -> "pd.DataFrame":
    """Levels a year earlier that the printed growth implies, `value / (1 + growth)`."""
    known = now[now["growth"].notna() & now["value"].notna() & (now["growth"] > -1) & (now["role"] != "rest")]
    numbers: dict[str, Any] = {
        "value": known["value"] / (1 + known["growth"]),
        "growth": float("nan"),
        "weight_kg": float("nan"),
    }
    return known.assign(**numbers, quantity=float("nan"), period=asked.base)


def _alike(
    parts: "Sequence[pd.DataFrame]", every: "Sequence[pd.DataFrame]", wholes: Sequence[float], by: str
) -> "tuple[list[pd.DataFrame], list[str]]":
    """Lines of both periods that can be compared, the rest of each whole in one line.

    Where both lists add up to their wholes, in single lines, a line that one leaves out was zero there. Else only lines
    of the later list that the base also holds (be it as a memo line) stand alone, and a warning counts the others.
    """
    import pandas as pd

    full = [abs(part["value"].sum() - whole) <= 1e-4 * abs(whole) and "ROW" not in part.index
            for part, whole in zip(parts, wholes, strict=True)]  # fmt: skip
    single = not any(codes.kind(str(name)) == "group" for name in parts[0].index.symmetric_difference(parts[1].index))
    if all(full) and single:
        return list(parts), []
    shared = parts[1].index.intersection(every[0].index).drop("ROW", errors="ignore")
    out = []
    for lines, total in zip((every[0], parts[1]), wholes, strict=True):
        kept = lines.loc[shared]
        blank = dict.fromkeys(lines.columns) | {
            "value": total - float(kept["value"].sum()),
            "role": "rest",
            "source": "",
        }
        one = pd.DataFrame([blank], index=["ROW"]).astype({"value": float})
        out.append(pd.concat([kept, one]) if len(kept) else one)
    lost = len(parts[1].index.drop("ROW", errors="ignore")) - len(shared)
    said = [f"{lost} {by}s of the period are not held in the base, and count with everyone else."] if lost else []
    return out, said


def _quantities(held: "Sequence[pd.DataFrame]") -> "tuple[list[Values], tuple[str, ...], int]":
    """Quantities in one unit a line: the supplementary one where both periods count it alike, else net weight."""
    import numpy as np

    given = [[side[name].to_numpy(dtype=float) for name in ("quantity", "weight_kg")] for side in held]
    units = [side["unit"].fillna("").astype(str).to_numpy() for side in held]
    counted = [(amount > 0) & (unit != "") for (amount, _), unit in zip(given, units, strict=True)]
    same = counted[0] & counted[1] & (units[0] == units[1])
    weighed = (given[0][1] > 0) & (given[1][1] > 0) & ~same
    out = [np.where(same, amount, np.where(weighed, weight, np.nan)) for amount, weight in given]
    named = np.where(same, units[0], np.where(weighed, "kg", ""))
    mixed = counted[0] & counted[1] & (units[0] != units[1]) & ~weighed
    return out, tuple(map(str, named)), int(mixed.sum())


def windows(asked: Asked) -> str:
    """Both periods in words."""
    return f"{periods.in_words(asked.base, asked.span)} to {periods.in_words(asked.period, asked.span)}"
