"""What comes next: monthly trade, its growth and its balance, with intervals learnt from past errors.

The declared model is the mean of four calendar models (`monthly`); it was declared before it was scored. Intervals are
split conformal by month class and horizon (`intervals`). Growth is formed on the official base: offices revise last
year's levels without republishing them, and the base they used shows in the growth they print.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import exp
from typing import TYPE_CHECKING, Any

from entrepot import bands, codes, flows, hierarchy, monthly, periods, series
from entrepot import predictors as early
from entrepot.answer import Answer
from entrepot.errors import MissingData, WrongUsage
from entrepot.series import Series

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def forecast(
    trade: Any,
    *,
    flow: str | None = None,
    months: int = 12,
    by: str | None = None,
    partner: str | None = None,
    product: str | None = None,
    currency: str | None = None,
    vintage: str = "latest",
    concept: str | None = None,
    model: str = monthly.DECLARED,
    predictors: Any = None,
    known: str | None = None,
    through: str | None = None,
) -> Answer:
    """Forecast monthly trade, its growth and its balance.

    Parameters
    ----------
    trade
        Anything `flows.read` takes, of one reporter; `ep.load("CHN")` for what is held.
    flow : str, optional
        `X` exports, `M` imports, `B` balance; all three if left out.
    months : int
        Months ahead, 1 to 24; years that end within them are added up.
    by : {"partner", "product"}, optional
        Forecast the lines of the finest disjoint cover; they add up to the total's own forecast.
    partner, product : str, optional
        One line to forecast; the total if left out.
    currency : str, optional
        ISO 4217 or a name; dollars if held, else the reporter's own.
    vintage : str
        `latest`, `first`, or a day: what was known then, and nothing later.
    concept : str, optional
        As in `measure`.
    model : {"mean", "airline", "structural", "ets", "theta"}
        The declared model is the mean of the four.
    predictors : table, optional
        Early figures of others with their days of release, as `predictors.read` takes them; they move the first month
        to come (`predictors.bridged`). Such a forecast is not the declared one. None ships with the package.
    known : str, optional
        Day up to which predictors are known; the day of `vintage` or today if left out.
    through : str, optional
        Last month to be known (`2025-11`), of the figures of the vintage: what the forecast was then, in pseudo real
        time. The last month held if left out.

    Returns
    -------
    Answer
        Rows: period, span (`month`; `ytd` for January and February together, where Lunar New Year moves them; `year`),
        flow, partner, product, median, lo80, hi80, lo95, hi95 [currency], growth_median and its four
        bounds [fraction], base (the value of a year earlier on which growth is formed), currency, status (`forecast`),
        horizon [months]. A balance is exports minus imports in every row and has no growth. An interval that too few
        errors support is null: the 95 % ones of January, February, the two together, and years.

    Raises
    ------
    WrongUsage
        If flow, model, months or by is none.
    MissingData
        If fewer than eight years of months are held; the message says how many more are needed.
    BadTable
        If a month is zero or negative.
    NotSolved
        If an estimate does not converge.
    """
    wanted = bands.wanted_flows(flow, months, model, by)
    table = flows.read(trade)
    line = series.line_of(
        partner=partner, product=product, currency=currency, concept=concept, vintage=vintage
    )  # fmt: skip
    if by is not None and through is not None:
        raise WrongUsage("Lines that add up are forecast from all months held; leave --through out, or --by.")
    if by is not None:
        early.checked(by if predictors is not None else None)
        return hierarchy.forecast_parts(table, line, by=by, flow=wanted, months=months, model=model)
    sides = ("X", "M") if "B" in wanted else wanted
    held = cut(series.gather(table, sides, line), through)
    if through is None:
        held = {flow: replace(one, warnings=(*one.warnings, *series.stale(one, vintage))) for flow, one in held.items()}
    fans = bands.fans_of(held, months, model)
    if predictors is None:
        return bands.answer(fans, wanted, months=months, model=model, vintage=vintage)
    return _bridged(fans, predictors, known, wanted, {"months": months, "model": model, "vintage": vintage})


def cut(held: Mapping[str, Series], through: str | None) -> dict[str, Series]:
    """Return the series as they end in a month; all of them if none is given.

    Raises
    ------
    MissingData
        If the month is not held, or fewer than eight years end in it.
    """
    if through is None:
        return dict(held)
    through, out = periods.period(through), {}
    for flow, one in held.items():
        if through not in one.months[12 * series.YEARS - 1 :]:
            raise MissingData(
                f"{through} is no month with {series.YEARS} years of {codes.name(flow, classification='flow').lower()} "
                f"before it; they are held from {one.months[0]} to {one.months[-1]}."
            )
        now = one.until(through)
        notes = f"Forecast from data through {through}: later figures are held, and were not used."
        out[flow] = replace(now, warnings=(*now.warnings, notes)) if through < one.months[-1] else now
    return out


def _bridged(
    fans: dict[str, bands.Fan], table: Any, known: str | None, wanted: tuple[str, ...], how: dict[str, Any]
) -> Answer:
    from datetime import date

    day = known or (how["vintage"] if how["vintage"][:1].isdigit() else date.today().isoformat())
    given = early.read(table)
    both = {flow: early.bridged(one, given, day) for flow, one in fans.items()}
    made = {flow: bridge for flow, (_, bridge) in both.items()}
    answer = bands.answer({flow: moved for flow, (moved, _) in both.items()}, wanted, **how)
    notes = [
        f"{codes.name(flow, classification='flow')} of {one.months[0]} moved by {exp(made[flow].move) - 1:+.1%} on "
        f"{', '.join(made[flow].names)}, known by {day}, fitted on {made[flow].months} months."
        for flow, one in fans.items()
    ]
    about = {**answer.about, "declared": False, "model": f"{how['model']} with predictors", "known": day}
    about["predictors"] = sorted({name for one in made.values() for name in one.names})
    about["warnings"] = [*notes, *bands.told(fans)]
    return Answer("forecast", about, answer.rows)


def picture(
    answer: Answer,
    trade: Any,
    *,
    flow: str = "X",
    what: str = "value",
    past: int = 36,
    size: float = 1e9,
    held: Mapping[str, Series] | None = None,
) -> "pd.DataFrame":
    """Table behind the chart of a forecast: months held (none carried forward), the months to come, their bands.

    Where Lunar New Year moves trade, January and February are one point, in February: growth of the two together, and
    of levels their average, for the days of the holiday fall now into the one and now into the other.

    Parameters
    ----------
    answer : Answer
        Of `forecast`, with the flow in it.
    trade
        The table that was forecast.
    flow : str
        `X` or `M`; `B` with what="value".
    what : {"value", "growth"}
        Levels in `size` currency units, or growth as a fraction.
    past : int
        Months held to show.
    size : float
        Currency units in the unit of the axis.
    held : mapping, optional
        Series by flow, where they were gathered already; `trade` is not read then.

    Returns
    -------
    DataFrame
        month, kind (`held`, `forecast`), value, lo80, hi80, lo95, hi95, middle (the median line: the last month held
        and the months to come), without (the forecast itself, where the answer is conditional on a scenario, else
        null), text (of the first month to come and the last).
    """
    import pandas as pd

    about = answer.about
    line = series.Line(
        str(about["partner"]), str(about["product"]), str(about["currency"]), vintage=str(about["vintage"])
    )
    sides = ("X", "M") if flow == "B" else (flow,)
    held = series.gather(flows.read(trade), sides, line) if held is None else held
    mine = (answer.rows["flow"] == flow) & (answer.rows["partner"] == line.partner)
    kept = answer.rows[mine & (answer.rows["product"] == line.product)]
    names = dict(zip(("value", "lo80", "hi80", "lo95", "hi95"), _PICTURED[what], strict=True))
    unit = size if what == "value" else 1.0
    lunar = next(iter(held.values())).lunar
    ahead = kept[(kept["span"] == "month") & ~(kept["period"].str[5:].isin(["01", "02"]) & lunar)]
    if lunar:
        ahead = pd.concat([ahead, kept[kept["span"] == "ytd"]]).sort_values("period")
    parts = ahead["span"].map({"month": 1.0, "ytd": 2.0}) * unit if what == "value" else 1.0
    bands = {new: ahead[old].astype(float) / parts if old in ahead else float("nan") for new, old in names.items()}
    come = pd.DataFrame({"month": ahead["period"], "kind": "forecast", **bands, "middle": True})
    if "statistical" in ahead and what == "value":
        come["without"] = ahead["statistical"].astype(float) / parts
    before = _held_table(held, flow, what, str(about["data_through"]), lunar=lunar).tail(past)
    before["value"] /= unit
    before.loc[before.index[-1], "middle"] = True
    for name in ("lo80", "hi80", "lo95", "hi95"):
        before.loc[before.index[-1], name] = before["value"].iloc[-1]
    out = pd.concat([before.assign(without=float("nan")), come], ignore_index=True)
    if "without" in come:  # the dashed line leaves from the last month held
        out.loc[len(before) - 1, "without"] = out["value"].iloc[len(before) - 1]
    form = "{:+.1%}" if what == "growth" else "{:,.0f}" if out["value"].abs().min() >= 100 else "{:,.1f}"
    told = {len(before), len(out) - 1} if len(come) > 3 else {len(out) - 1}  # else one stands in the other
    out["text"] = [form.format(value) if n in told else "" for n, value in enumerate(out["value"])]
    return out


_PICTURED = {
    "value": ("median", "lo80", "hi80", "lo95", "hi95"),
    "growth": ("growth_median", "growth_lo80", "growth_hi80", "growth_lo95", "growth_hi95"),
}


def _held_table(held: Mapping[str, Series], flow: str, what: str, last: str, *, lunar: bool) -> "pd.DataFrame":
    import numpy as np
    import pandas as pd

    one = next(iter(held.values()))
    table = pd.DataFrame({name: pd.Series(each.values, index=each.months) for name, each in held.items()}).loc[:last]
    absent = {month for name, each in held.items() if flow in ("B", name) for month in each.bridged}
    values = (table["X"] - table["M"] if flow == "B" else table[flow]).where(~table.index.isin(absent))
    months = values.index.str[5:]
    if lunar:
        pair = values.where(months.isin(["01", "02"])).rolling(2, min_periods=2).mean()
        values = values.where(months != "02", pair).where(months != "01")
    if what == "growth":
        values = values / values.shift(12) - 1
        printed = pd.Series(one.growth, index=one.months).reindex(values.index)
        values = printed.where(printed.notna() & ~months.isin(["01", "02"]), values)
    values = values.dropna()
    blank = dict.fromkeys(("lo80", "hi80", "lo95", "hi95"), np.nan)
    return pd.DataFrame({"month": values.index, "kind": "held", "value": values.to_numpy(), **blank, "middle": False})
