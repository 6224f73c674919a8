"""The flows that a rerouting question needs, brought to one grain: which report of each leg, which months, which level.

A `Panel` holds values by role (leg one into the hub, leg two out of it, direct sales, comparison flows); `Windows` cut
two windows of the same calendar months out of it. Nothing here reads a table; `legtable` does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from entrepot import codes, feasibility, periods, sources
from entrepot.errors import BadTable, MissingData, WrongUsage
from entrepot.rungs import FEWEST, Leg

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

PLACEBO_ORIGINS = ("KOR", "JPN", "TWN")
LAGS = (0, 1, 2, 3)  # months between the hub's purchase and the destination's
AHEAD = 3  # months before a duty in which buyers hurry, left out of the trend before it
FEWEST_MONTHS = 3  # pairs of months a year apart, below which no trend is read
FETCH_PLACEBO = "Fetch the hub's imports from KOR, JPN and TWN by HS6, and its exports to other markets."
CONCEPTS = ("standard", "general", "consumption")
DUTY = ("destination", "origin", "product", "since", "rate")
Role = tuple[str, ...]


@dataclass(frozen=True)
class Ask:
    """The question: countries as ISO3, base and period with the months that both cover."""

    origin: str
    destination: str
    hubs: tuple[str, ...]
    base: str
    period: str
    span: str
    currency: str | None
    vintage: str

    @property
    def ends(self) -> tuple[str, str, str, str]:
        """First and last month of the base and of the period."""
        before, after = periods.months(self.base, self.span), periods.months(self.period, self.span)
        return before[0], before[-1], after[0], after[-1]


def asked(
    origin: str,
    destination: str,
    hubs: str | Sequence[str],
    base: str,
    period: str,
    span: str | None,
    currency: str | None,
    vintage: str,
) -> Ask:
    """Read the words of a question; refuse a hub that is an end of the route, or periods that do not match."""
    ends = codes.country(origin), codes.country(destination)
    listed = [word.strip() for word in hubs.split(",")] if isinstance(hubs, str) else list(hubs)
    named = tuple(dict.fromkeys(codes.country(word) for word in listed if word))
    if not named or ends[0] == ends[1] or set(named) & set(ends):
        given = f"{ends[0]} to {ends[1]} through {', '.join(named) or 'nothing'}"
        raise WrongUsage(f"A route has an origin, a destination and hubs that are neither; given: {given}.")
    if spread := [word for word in (base, period) if ":" in word]:
        raise WrongUsage(
            f"Base and period are one month or one year each, not {spread[0]}. For the months from January on, give "
            "the last one and --span ytd."
        )
    first, last = periods.period(base), periods.period(period)
    if len(first) != len(last) or first >= last:
        raise WrongUsage(f"Base and period are both years or both months, the base earlier; given: {first}, {last}.")
    if vintage == "all":
        raise WrongUsage("A route is read in one vintage: latest, first or a day (2025-12-08). `all` adds prints up.")
    kept = periods.span_of(last, span)
    if first[4:] != last[4:]:
        raise WrongUsage(f"Base and period cover the same calendar months; {first} and {last} do not.")
    money = None if currency is None else codes.currency(currency)
    return Ask(*ends, named, first, last, kept, money, vintage)


def duties(table: Any, ask: Ask) -> "pd.DataFrame | None":
    """Duties as a frame with text and numbers checked; None if none were given.

    Raises
    ------
    BadTable
        If a column lacks, a rate is no fraction, or no row is about origin and destination.
    """
    if table is None:
        return None
    try:
        frame = table if hasattr(table, "groupby") else nw.from_native(table, eager_only=True).to_pandas()
    except TypeError:
        raise BadTable(f"Duties are a DataFrame or an Arrow table, not {type(table).__name__}.") from None
    if lacking := [name for name in DUTY if name not in frame.columns]:
        raise BadTable(f"A table of duties has the columns {', '.join(DUTY)}; {', '.join(lacking)} lack.")
    frame = frame[list(DUTY)].copy()
    if (lost := frame.isna().any(axis=1)).any():
        first = int(lost.to_numpy().argmax()) + 1
        raise BadTable(
            f"{int(lost.sum())} row(s) of the table of duties lack a value, the first of them row {first}. Give each "
            f"of {', '.join(DUTY)}, or leave the row out."
        )
    for side in ("destination", "origin"):
        known = {word: codes.country(str(word)) for word in frame[side].unique()}
        frame[side] = frame[side].map(known)
    frame["product"] = _goods(frame["product"])
    frame["since"] = frame["since"].astype(str).str.slice(0, 7)
    try:
        frame["rate"] = frame["rate"].astype(float)
    except ValueError as error:
        raise BadTable(f"`rate` is an added duty as a fraction (0.25): {error}.") from error
    if bad := sorted(set(frame["since"][~frame["since"].str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])")])):
        raise BadTable(f"`since` is a month (2025-02); {', '.join(bad[:3])} is not.")
    if (frame["rate"].abs() > 5).any():
        raise BadTable(f"`rate` is an added duty as a fraction (0.25), not {frame['rate'].abs().max():g}.")
    mine = (frame["destination"] == ask.destination) & (frame["origin"] == ask.origin)
    if not mine.any():
        raise BadTable(f"No duty of {ask.destination} on {ask.origin} is in the table of duties.")
    kept: pd.DataFrame = frame[frame["rate"] > 0]
    return kept


def _goods(column: "pd.Series[Any]") -> "pd.Series[str]":
    """Product codes as text without dots."""
    from pandas.api.types import is_float_dtype

    text = column.astype("int64").astype(str) if is_float_dtype(column) else column.astype(str)
    return text.str.strip().str.replace(r"(?<=\d)[. ](?=\d)", "", regex=True)


def zeros_back(table: "pd.DataFrame", classification: str) -> "pd.DataFrame":
    """Duties whose HS codes have the zero again that a chapter below ten loses as a number: their digits are even."""
    odd = table["product"].str.isdigit() & (table["product"].str.len() % 2 == 1)
    if not classification.startswith("HS") or not odd.any():
        return table
    return table.assign(product=table["product"].mask(odd, "0" + table["product"]))


@dataclass(frozen=True)
class Panel:
    """Values by role: (products, times) each, and what was chosen or aligned to get them."""

    times: tuple[str, ...]
    codes: tuple[str, ...]
    values: "Mapping[Role, np.ndarray]"
    level: int
    currency: str
    classification: str
    products: frozenset[str]
    duties: "pd.DataFrame | None"
    unclear: frozenset[str]
    totals: Mapping[str, tuple[float, float]]
    missing: Mapping[str, str]
    said: Mapping[Role, str]
    aside: tuple[str, ...]
    others: tuple[str, ...]
    placebo_origins: tuple[str, ...]
    sources: tuple[str, ...]
    unit_values: "Mapping[Role, np.ndarray]" = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def windows(self, ask: Ask, hub: str, *, after_step: bool = False) -> "Windows":
        """Base and period of one hub, cut to the months that both legs hold, or to those after the duty step."""
        return _windows(self, ask, hub, after_step)

    def dutied(self, ask: Ask, windows: "Windows") -> "np.ndarray":
        """Which of the products in `windows` had their duty raised between base and period."""
        return listed(windows.codes, frozenset() if self.duties is None else stepped(self.duties, ask))

    def views(self, hub: str) -> "list[Panel]":
        """The panel itself, then with the other side's report in place of one leg or both, where it is held."""
        other = {role[1:]: values for role, values in self.values.items() if role[0] == "mirror" and role[2] == hub}
        pairings = [{}, *({role: values} for role, values in other.items()), other]
        return [replace(self, values={**self.values, **one}, warnings=self.warnings if not one else [])
                for one in pairings[: len(other) + 1 + (len(other) == 2)]]  # fmt: skip

    def at(self, level: int, ask: Ask) -> "Panel":
        """The same panel with products added up to fewer digits.

        A heading is dutied if every line of it is; one of which only some are is neither, and so left out.
        """
        import numpy as np

        short = sorted({code[:level] for code in self.codes})
        place = {code: n for n, code in enumerate(short)}
        rows = np.array([place[code[:level]] for code in self.codes], dtype=int)
        summed = {}
        for role, values in self.values.items():
            out = np.zeros((len(short), values.shape[1]))
            np.add.at(out, rows, values)
            summed[role] = out
        duties, mixed = self.duties, frozenset[str]()
        if duties is not None:
            hit = listed(self.codes, stepped(duties, ask))
            other = ~hit | listed(self.codes, self.unclear)
            dutied, rest = ({code[:level] for code, is_so in zip(self.codes, side, strict=True) if is_so}
                            for side in (hit, other))  # fmt: skip
            fact = {
                "destination": ask.destination,
                "origin": ask.origin,
                "rate": 1.0,
                "since": _first_step(duties, ask),
            }
            duties = type(duties)([fact | {"product": code} for code in sorted(dutied - rest)], columns=list(DUTY))
            mixed = frozenset(dutied & rest) | frozenset({code[:level] for code in self.unclear})
        return replace(self, codes=tuple(short), values=summed, level=level, duties=duties, unclear=mixed)


@dataclass(frozen=True)
class Windows:
    """Two windows over one panel: places of the base and of the period in time, and the products kept."""

    panel: Panel
    hub: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    lags: tuple[int, ...]
    kept: "np.ndarray"

    @property
    def codes(self) -> list[str]:
        """Products kept."""
        return [code for code, keep in zip(self.panel.codes, self.kept, strict=True) if keep]

    @property
    def months(self) -> str:
        """The period window in words."""
        times = [self.panel.times[n] for n in self.after]
        return times[0] if len(times) == 1 else f"{times[0]}:{times[-1]}"

    def holds(self, name: str) -> bool:
        """Whether the pooled comparison flow of that name is held."""
        return (name,) in self.panel.values or (name, self.hub) in self.panel.values

    def leg(self, name: str, lag: int) -> Leg:
        """Leg `one` (into the hub, `lag` months earlier) or `two` (out of it), beside its control (zero if none)."""
        import numpy as np

        main = self.panel.values[name, self.hub]
        control = self.panel.values.get(("aside",) if name == "one" else ("others",), np.zeros_like(main))
        return Leg(*(self._sum(values, places, lag) for values in (main, control) for places in self._both))

    @property
    def by_month(self) -> bool:
        """Whether months are held, not only years."""
        return len(self.panel.times[0]) > 4

    def bought(self) -> "np.ndarray":
        """What the hub buys in the period and in the months before it, as far back as a voyage takes (products,).

        Months that are not held are left out; of years only the period itself is known.
        """
        role = ("one", self.hub)
        place = {time: n for n, time in enumerate(self.panel.times)}
        times = {self.panel.times[n] for n in self.after}
        if self.by_month:
            times = {periods.later(time, -lag) for time in times for lag in LAGS}
        held = _held(self.panel, [role])
        places = tuple(sorted(place[time] for time in times if time in place and held[place[time]]))
        return self._sum(self.panel.values[role], places, 0)

    @property
    def _both(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return self.before, self.after

    def _sum(self, values: "np.ndarray", places: tuple[int, ...], lag: int) -> "np.ndarray":
        return values[:, [n - lag for n in places]].sum(axis=1)[self.kept]  # type: ignore[no-any-return]

    def earlier(self, ask: Ask) -> "tuple[Leg, Leg, np.ndarray | None] | None":
        """Both legs and direct sales in months before the duty and a year before those; None if too few are held."""
        import numpy as np

        place = {time: n for n, time in enumerate(self.panel.times)}
        held = _held(self.panel, [role for role in self._roles if role in self.panel.values])
        pairs = [(place[a], place[b]) for a, b in earlier_months(ask, self.panel.duties) if a in place and b in place]
        pairs = [(a, b) for a, b in pairs if held[a] and held[b]]
        if len(pairs) < FEWEST_MONTHS:
            return None
        windows = [[pair[n] for pair in pairs] for n in (0, 1)]

        def of(role: Role) -> "list[np.ndarray]":
            values = self.panel.values.get(role)
            return [np.zeros(int(self.kept.sum())) if values is None else values[:, months].sum(axis=1)[self.kept]
                    for months in windows]  # fmt: skip

        one = Leg(*of(("one", self.hub)), *of(("aside",)))
        two = Leg(*of(("two", self.hub)), *of(("others",)))
        return one, two, of(("direct",))[0] if ("direct",) in self.panel.values else None

    @property
    def _roles(self) -> list[Role]:
        return [("one", self.hub), ("two", self.hub), ("aside",), ("others",)]

    def beside(self) -> "list[tuple[np.ndarray, np.ndarray] | None]":
        """What the hub buys from placebo origins, and sells to other markets, before and after; None if not held."""
        import numpy as np

        found: list[tuple[np.ndarray, np.ndarray] | None] = []
        for name in ("placebo", "out"):
            roles = [role for role in self.panel.values if role[:2] == (name, self.hub)]
            held = [role for role in roles if _held(self.panel, [role])[[*self.before, *self.after]].all()]
            whole = np.sum([self.panel.values[role] for role in held], axis=0)
            found.append((self._sum(whole, self.before, 0), self._sum(whole, self.after, 0)) if held else None)
        return found

    def direct(self) -> "np.ndarray | None":
        """Direct sales of the origin to the destination in the base window; None if not held."""
        values = self.panel.values.get(("direct",))
        return None if values is None else self._sum(values, self.before, 0)

    def feasible(self) -> list[dict[str, Any]]:
        """What each rule of feasibility leaves of the ceiling, as rows."""
        one, two, direct = self.leg("one", 0), self.leg("two", 0), self.panel.values.get(("direct",))
        sides = [self.panel.unit_values.get((name, self.hub)) for name in ("one", "two")]
        both = None if direct is None else (self._sum(direct, self.before, 0), self._sum(direct, self.after, 0))
        market = None
        if ("others",) in self.panel.values and both is not None and len(two.after) >= FEWEST:
            market = two.before + two.control_before + both[0]
        found = feasibility.cuts(
            one.after, two.after, second_before=two.before, months=self._months(), direct=both, market_before=market,
            unit_values=None if sides[0] is None or sides[1] is None else (sides[0][self.kept], sides[1][self.kept]),
        )  # fmt: skip
        return feasibility.report(found, one.after, two.after)

    def _months(self) -> "tuple[np.ndarray, np.ndarray] | None":
        """Purchases from three months before the window on, and sales, by month; None if months between lack."""
        first, last, reach = self.after[0], self.after[-1], feasibility.LAGS
        times = self.panel.times
        if len(times[0]) == 4 or first < reach or len(self.after) != last - first + 1:
            return None
        if _apart(times[first - reach], times[last]) != last - first + reach:
            return None
        bought, sold = (self.panel.values[name, self.hub][self.kept] for name in ("one", "two"))
        if not _held(self.panel, [("one", self.hub)])[first - reach : first].all():
            return None
        return bought[:, first - reach : last + 1], sold[:, first : last + 1]

    def mirror(self, name: str) -> "np.ndarray | None":
        """The other side's report of a leg in the period, by product; None where it lacks any of its months."""
        role = ("mirror", name, self.hub)
        values = self.panel.values.get(role)
        if values is None or not _held(self.panel, [role])[list(self.after)].all():
            return None
        return self._sum(values, self.after, 0)

    def sectors(self) -> "np.ndarray":
        """Chapter (first two characters) of each product kept, as a number."""
        import numpy as np

        return np.unique([code[:2] for code in self.codes], return_inverse=True)[1]

    def placebos(self) -> "dict[str, tuple[np.ndarray, ...]]":
        """Routes without such rerouting: (leg one before, after, leg two before, after) by name."""
        out = {}
        one, two = self.leg("one", 0), self.leg("two", 0)
        for role, values in self.panel.values.items():
            sums = [self._sum(values, places, 0) for places in self._both]
            if role[0] == "placebo" and role[1] == self.hub:
                out[f"{role[2]} through {self.hub}"] = (*sums, two.before, two.after)
            elif role[0] == "out" and role[1] == self.hub:
                out[f"{self.hub} to {role[2]}"] = (one.before, one.after, *sums)
        return out


def stepped(table: "pd.DataFrame", ask: Ask) -> frozenset[str]:
    """Codes whose duty in the destination on the origin rose after the base and by the end of the period."""
    _, base_end, _, last = ask.ends
    mine = table[(table["destination"] == ask.destination) & (table["origin"] == ask.origin)]
    return frozenset(mine["product"][(mine["since"] > base_end) & (mine["since"] <= last)])


def unclear(table: "pd.DataFrame", ask: Ask) -> frozenset[str]:
    """Codes that are neither: their duty rose inside the base, or within three months after the period."""
    start, base_end, _, last = ask.ends
    mine = table[(table["destination"] == ask.destination) & (table["origin"] == ask.origin)]
    since, soon = mine["since"], periods.later(last, 3)
    return frozenset(mine["product"][((since > start) & (since <= base_end)) | ((since > last) & (since <= soon))])


def dutied_pairs(table: "pd.DataFrame | None", ask: Ask) -> frozenset[tuple[str, str]]:
    """Pairs (seller, buyer) with a duty raised after the base and by the end of the period."""
    if table is None:
        return frozenset()
    _, base_end, _, last = ask.ends
    mine = table[(table["since"] > base_end) & (table["since"] <= last)]
    return frozenset(zip(mine["origin"], mine["destination"], strict=True))


def listed(names: Sequence[str], duties: frozenset[str]) -> "np.ndarray":
    """Which products a duty list names: themselves, a heading above, everything, or a line below."""
    import numpy as np

    if {"TOTAL", "*"} & duties:
        return np.ones(len(names), dtype=bool)
    below = {one[:n] for one in duties for n in range(1, len(one)) if one.isdigit()}
    above = [any(code[:n] in duties for n in range(1, len(code) + 1)) for code in names]
    return np.array([hit or code in below for code, hit in zip(names, above, strict=True)], dtype=bool)


def _windows(panel: Panel, ask: Ask, hub: str, after_step: bool) -> Windows:
    import numpy as np

    pairs = pairs_of(panel.times, ask)
    held = _held(panel, [("one", hub), ("two", hub)])
    kept = np.ones(len(panel.codes), dtype=bool)
    if after_step and panel.duties is not None:
        held &= _held(panel, [role for role in (("aside",), ("others",)) if role in panel.values])
        pairs = pairs_of(panel.times, ask, panel.duties)
        hit = stepped(panel.duties, ask)
        kept = listed(panel.codes, hit) | ~listed(panel.codes, panel.unclear)
    whole = [(a, b) for a, b in pairs if held[a] and held[b]]
    if not whole:
        raise MissingData(f"No month of {ask.base} and {ask.period} is held in both legs through {hub}.")
    if len(whole) < len(pairs):
        lost = ", ".join(panel.times[b] for a, b in pairs if not (held[a] and held[b]))
        _warn(panel, f"{hub}: {lost} left out of both windows, for a leg lacks it or the same month of the base. "
                     f"Values cover {len(whole)} of {len(pairs)} months.")  # fmt: skip
    lags = _lags(panel, hub, whole) if after_step and len(panel.times[0]) > 4 else (0,)
    before, after = zip(*whole, strict=True)
    return Windows(panel, hub, before, after, lags, kept)


def pairs_of(times: Sequence[str], ask: Ask, table: "pd.DataFrame | None" = None) -> list[tuple[int, int]]:
    """Places of each month of the base and the same month of the period (or of the two years); with duties, those
    from the first step on."""
    if tuple(times) == (ask.base, ask.period) and periods.is_year(ask.base):
        return [(0, 1)]
    place = {time: n for n, time in enumerate(times)}
    months = periods.months(ask.base, ask.span), periods.months(ask.period, ask.span)
    first = "" if table is None else _first_step(table, ask)
    return [(place[a], place[b]) for a, b in zip(*months, strict=True) if b >= first]


def _first_step(table: "pd.DataFrame", ask: Ask) -> str:
    """First month in which a duty rose after the base; it may lie long before the period."""
    _, base_end, start, last = ask.ends
    mine = table[(table["destination"] == ask.destination) & (table["origin"] == ask.origin)]
    inside = mine["since"][(mine["since"] > base_end) & (mine["since"] <= last)]
    return str(inside.min()) if len(inside) else start


def _held(panel: Panel, roles: Sequence[Role]) -> "np.ndarray":
    import numpy as np

    out = np.ones(len(panel.times), dtype=bool)
    for role in roles:
        out &= panel.values[role].sum(axis=0) > 0
    return out


def _lags(panel: Panel, hub: str, pairs: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Lags whose shifted windows are held month by month in the first leg and its control."""
    held = _held(panel, [role for role in (("one", hub), ("aside",)) if role in panel.values])
    found = []
    for lag in LAGS:
        places = [n - lag for pair in pairs for n in pair]
        near = all(n >= 0 and held[n] and _apart(panel.times[n], panel.times[n + lag]) == lag for n in places)
        if near:
            found.append(lag)
    if len(found) < len(LAGS):
        _warn(panel, f"{hub}: lags of {', '.join(str(one) for one in LAGS if one not in found)} months are not held.")
    return tuple(found) or (0,)


def _apart(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])


def _warn(panel: Panel, words: str) -> None:
    if words not in panel.warnings:
        panel.warnings.append(words)


def lacking(names: Sequence[str], ask: Ask) -> str:
    """What the duty step cannot be read without, and the fetch that brings it."""
    words = {
        "aside": f"Fetch exports of {ask.origin} by HS6 and month to markets that raised no duty.",
        "others": f"Fetch imports of {ask.destination} by HS6 and month from other origins.",
        "undutied": "Goods without a new duty are needed beside those with one.",
    }
    return " ".join(words[name] for name in names)


def decide(missing: str) -> str:
    """The sentence of an answer that cannot be given: what lacks. `fetches` says once how to bring it."""
    first, _, second = (missing or "either leg").partition(" and ")
    return f"By product, {first} is not held{', nor ' * bool(second)}{second}."


def fetches(ask: Ask, missing: Mapping[str, str]) -> str:
    """The commands that bring what lacks of the legs of some hubs; empty if nothing does.

    `missing` tells of each hub which legs lack (`CHN to VNM and VNM to USA`). A leg is asked of its buyer, by HS6 and
    month; of its seller where the buyer reports nothing to UN Comtrade.
    """
    pairs = sorted({tuple(leg.split(" to ")) for told in missing.values() for leg in told.split(" and ")})
    told = [(seller, buyer) if buyer in sources.UNREPORTED else (buyer, seller) for seller, buyer in pairs]
    span = f"{ask.ends[0]}:{ask.ends[-1]}"
    said = [f"entrepot fetch comtrade {who} -p {span} --partner {other} --product AG6" for who, other in told]
    return f"To tell, fetch both legs by HS6 and month: {'; '.join(said)}" if said else ""


def needed(ask: Ask, table: "pd.DataFrame | None" = None) -> list[str]:
    """Every month or year that the windows, the first leg's lags and the check of earlier trends may use."""
    months = [month for start, end in earlier_months(ask, table) for month in (start, end)]
    for start, end in (ask.ends[:2], ask.ends[2:]):
        months += periods.each(f"{periods.later(start, -max(LAGS))}:{end}")
    years = [ask.base, ask.period] if periods.is_year(ask.base) else []
    return sorted({*months, *years})


def earlier_months(ask: Ask, table: "pd.DataFrame | None") -> list[tuple[str, str]]:
    """Twelve pairs of months a year apart, the last of them `AHEAD` months before the first duty; none without one."""
    if table is None or not stepped(table, ask):
        return []
    last = periods.later(_first_step(table, ask), -AHEAD - 1)
    return [(periods.later(last, -n - 12), periods.later(last, -n)) for n in range(12)]
