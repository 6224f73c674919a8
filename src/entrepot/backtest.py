"""How good the forecasts were: made again from every month of the past, scored against first prints, beside the poll.

Every forecast uses the months up to its own and nothing after; intervals at a month rest on errors known by then. Where
the figures themselves are later copies the test is pseudo real time, and says so. Scores carry their standard errors;
differences to the poll are tested as Diebold and Mariano (1995) do, with the small-sample correction of Harvey,
Leybourne and Newbold (1997, equation 9).
"""

import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from entrepot import accuracy, bands, bundle, flows, intervals, monthly, periods, series
from entrepot.answer import Answer, code_version
from entrepot.errors import MissingData, WrongUsage
from entrepot.series import Series

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

HORIZONS = (1, 3, 6, 12)
MISMATCH = 0.01
"""Growth printed and growth of the levels held differ by more than this where levels were revised [fraction]."""
Polls = Mapping[tuple[str, str, str], tuple[float, float]]  # flow, span, period: poll and first print
Z80 = 1.2815515655446004  # normal quantile of 0.9
COLUMNS = (
    *("flow", "horizon", "months", "n", "mae_growth", "se", "naive_mae_growth", "consensus_mae_growth", "ratio"),
    *("mae_balance", "consensus_mae_balance", "bias", "coverage80", "band_lo", "band_hi", "width80"),
    *("interval_score80", "airline_interval_score80", "coverage95", "mase", "dm_t", "dm_p", "dm_t_naive"),
)


def backtest(
    trade: Any,
    *,
    months: str,
    flow: str | None = None,
    horizons: Sequence[int] = HORIZONS,
    partner: str | None = None,
    product: str | None = None,
    currency: str | None = None,
    concept: str | None = None,
    model: str = monthly.DECLARED,
    vintages: str = "latest",
    consensus: Iterable[Mapping[str, Any]] | None = None,
    workers: int = 1,
) -> Answer:
    """Score forecasts of past months, beside the polls that were taken of them.

    Parameters
    ----------
    trade
        Anything `flows.read` takes, of one reporter.
    months : str
        Months to be forecast, `FIRST:LAST`; a year or years stand for all their months.
    flow : str, optional
        `X`, `M` or `B`; all three if left out.
    horizons : sequence of int
        Months ahead, 1 to 24.
    partner, product, currency, concept, model
        As in `forecast`.
    vintages : {"latest", "as-of"}
        Latest figures cut at each month (pseudo real time), or for each month what was known by the 20th of the next.
    consensus : rows, optional
        Polls in the form of `bundle.consensus`; those bundled if left out.
    workers : int
        Processes; with more than one, call it under `if __name__ == "__main__"`.

    Returns
    -------
    Answer
        A row per flow, horizon and set of months (`months`: all, March-December, with a poll, those of them whose
        levels are held as printed, January-February together, years): n, mae_growth with its standard error se,
        naive_mae_growth (last year's month), consensus_mae_growth and ratio on the same months, bias (outcome less
        forecast) [fractions], mae_balance, consensus_mae_balance [currency], coverage80 with its band_lo and band_hi
        (99 % block bootstrap around 80 %), coverage95 [fractions], width80 of growth, interval scores [fractions; of a
        balance, currency], mase, dm_t (negative: better than the poll) with its two-sided p, dm_t_naive (against last
        year's month). What does not apply is null.

    Raises
    ------
    WrongUsage
        If the months, horizons, flow or model are none.
    MissingData
        If too few months lie before the first one.
    """
    wanted = bands.wanted_flows(flow, max(horizons, default=0), model)
    if vintages not in ("latest", "as-of"):
        raise WrongUsage(f"{vintages!r} is no way to backtest; latest (pseudo real time) or as-of is expected.")
    table, (first, last) = flows.read(trade), periods.ends(months)
    if periods.is_year(first):
        first, last = f"{first}-01", f"{last}-12"
    line = series.line_of(partner=partner, product=product, currency=currency, concept=concept)
    sides = ("X", "M") if "B" in wanted else wanted
    held = series.gather(table, sides, line)
    polls = _polls(bundle.consensus() if consensus is None else consensus, next(iter(held.values())))
    again: dict[str, Any] = {"first": first, "last": last, "horizon": max(horizons), "model": model, "workers": workers}
    if vintages == "latest":
        rows = trials(held, polls=polls, **again)
    else:
        rows = as_of_trials(table, held, line, polls=polls, **again)
    return Answer("forecast", _about(held, rows, months, model, vintages), scores(rows, wanted, horizons))


def trials(
    held: Mapping[str, Series], *, first: str, last: str, horizon: int, model: str = monthly.DECLARED,
    polls: Polls | None = None, workers: int = 1,
) -> "pd.DataFrame":  # fmt: skip
    """One row per flow, origin and month forecast, with outcome, interval and poll; see `scores`.

    Raises
    ------
    MissingData
        If fewer than five years of months lie before the first forecast.
    """
    import pandas as pd

    sides = dict(held)
    if len(sides) == 2:
        begin = max(one.months[0] for one in sides.values())
        end = min(one.months[-1] for one in sides.values())
        sides = {name: one.between(begin, end) for name, one in sides.items()}
    made = _projected(sides, first, last, horizon, workers)
    out = [
        row
        for name, one in sides.items()
        for row in _level_rows(one, made[name], first, last, horizon, model, polls or {})
    ]
    table = pd.DataFrame(out)
    if len(sides) == 2:
        table = pd.concat([table, _balance_rows(table, sides, made, model, polls or {})], ignore_index=True)
    return pd.concat([table, *_sum_rows(table, polls or {})], ignore_index=True)


Made = tuple[list[int], dict[str, Any]]


def _projected(sides: Mapping[str, Series], first: str, last: str, horizon: int, workers: int) -> dict[str, Made]:
    """Forecasts of every model from every origin that the scores, or the intervals behind them, need."""
    import numpy as np

    tasks = {name: _tasks(one, first, last, horizon) for name, one in sides.items()}
    every = [task for part in tasks.values() for task in part]
    found = iter(list(_run(every, workers, f"{' and '.join(tasks)} {first} to {last}")))
    out = {}
    for name, part in tasks.items():
        made = [next(found) for _ in part]
        origins = [origin for _, chunk in part for origin in chunk]
        out[name] = origins, {model: np.vstack([one[model] for one in made]) for model in made[0]}
    return out


def _tasks(one: Series, first: str, last: str, horizon: int) -> list[tuple[Series, range]]:
    """Origins of one series, in the chunks that share an estimate."""
    if not one.months[0] <= first <= one.months[-1]:
        raise MissingData(
            f"{first} is not among the months held, {one.months[0]} to {one.months[-1]}. Ask for: --backtest "
            f"{periods.later(one.months[0], 12 * series.YEARS)}:{one.months[-1]}"
        )
    place = one.months.index(first) - 1
    if place < monthly.SHORTEST - 1:
        raise MissingData(
            f"{place + 1} months lie before {first}; an estimate needs {monthly.SHORTEST}. Ask for: --backtest "
            f"{one.months[monthly.SHORTEST]}:{last}"
        )
    begin = max(monthly.SHORTEST - 1, place - horizon - bands.CALIBRATION)
    end = max(n for n, month in enumerate(one.months) if month <= last)
    groups = monthly.by_estimate(range(begin, end), int(one.months[0][5:])).values()
    return [(one, range(group[0][1], group[-1][1] + 1)) for group in groups]


def _run(tasks: Sequence[Any], workers: int, title: str) -> Iterator[Any]:
    """Work through tasks, in several processes where asked, with a bar on stderr."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if workers == 1:
        yield from track(map(_project, tasks), title, total=len(tasks), console=console, transient=True)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with _one_thread(), ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from track(pool.map(_project, tasks), title, total=len(tasks), console=console, transient=True)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Processes started within use one thread of linear algebra each, unless the user asked for another number.

    On matrices this small more threads only wait for each other.
    """
    name = "OMP_NUM_THREADS"
    if name in os.environ:
        yield
        return
    os.environ[name] = "1"
    try:
        yield
    finally:
        del os.environ[name]


def _project(task: tuple[Series, range]) -> "dict[str, Array]":
    return bands.projected(*task)


def _errors(one: Series, made: Made, model: str) -> "tuple[Array, list[list[str]]]":
    """Log errors (origins, horizon), NaN where the month is not held or was bridged, and the classes of the months."""
    import numpy as np

    origins, paths = made
    horizon = paths[model].shape[1]
    known = np.append(np.log(one.values), np.full(horizon, np.nan))
    known[[one.months.index(month) for month in one.bridged]] = np.nan
    met = np.array([known[o + 1 : o + 1 + horizon] for o in origins])
    months = [[periods.later(one.months[o], step) for step in range(1, horizon + 1)] for o in origins]
    return met - paths[model], [[intervals.month_class(m, lunar=one.lunar) for m in row] for row in months]


def _known_then(errors: "Array", n: int) -> "tuple[Array, slice]":
    """Errors known at the n-th origin: of origins in the calibration window, months up to that origin."""
    import numpy as np

    window = slice(max(0, n - bands.CALIBRATION), n)
    past = errors[window].copy()
    for row, o in enumerate(range(window.start, n)):
        past[row, max(n - o, 0) :] = np.nan
    return past, window


def _level_rows(
    one: Series, made: Made, first: str, last: str, horizon: int, model: str, polls: Polls
) -> Iterator[dict[str, Any]]:  # fmt: skip
    import numpy as np

    origins, paths = made
    errors, classes = _errors(one, made, model)
    place = {month: n for n, month in enumerate(one.months)}
    season = np.abs(np.append(np.full(12, np.nan), one.values[12:] - one.values[:-12]))
    for n, o in enumerate(origins):
        if one.months[o] < periods.later(first, -horizon) or not any(
            first <= periods.later(one.months[o], h + 1) <= last for h in range(horizon)
        ):
            continue
        past, window = _known_then(errors, n)
        wide = {lv: intervals.half_widths(past, classes[window], classes[n], lv) for lv in intervals.LEVELS}
        then, scale = one.until(one.months[o]), float(np.nanmean(season[: o + 1]))
        for step in range(horizon):
            month = periods.later(one.months[o], step + 1)
            if not (first <= month <= last) or month not in place or month in one.bridged:
                continue
            yield _trial(one, then, month, step, float(paths[model][n, step]), {
                "w80": wide[0.80][step], "w95": wide[0.95][step], "scale": scale,
                "airline": paths["airline"][n, step], "airline_error": paths["airline error"][n, step],
                "naive": float(np.exp(paths["seasonal naive"][n, step])), "model": model,
            }, polls)  # fmt: skip


def _trial(
    one: Series, then: Series, month: str, step: int, log: float, more: dict[str, Any],
    polls: Polls,
) -> dict[str, Any]:  # fmt: skip
    """One forecast of one month, its outcome and its poll."""
    place = one.months.index(month)
    value, median, base = float(one.values[place]), math.exp(log), bands.official_base(then, month)
    poll, first = polls.get((one.flow, "month", month), (math.nan, math.nan))
    printed = first if not math.isnan(first) else float(one.growth[place])
    before = float(one.values[place - 12]) if place >= 12 else math.nan
    whole = {"flow": one.flow, "span": "month", "origin": then.months[-1], "month": month, "horizon": step + 1}
    whole |= {
        "kind": intervals.month_class(month, lunar=one.lunar),
        "value": value,
        "median": median,
        "lunar": one.lunar,
    }
    whole |= {"base": math.nan if base is None else base, "printed": printed, "poll": poll, "before": before}
    if base is None:  # beyond a year the base is a forecast too; growth is then of the level of a year earlier
        base = before
    actual = value / base - 1 if math.isnan(printed) else printed
    official = bands.official_base(one, month) or before
    mixed = not math.isnan(printed) and abs(value / official - 1 - printed) > MISMATCH
    low, high = math.exp(log - more["w80"]), math.exp(log + more["w80"])
    wide = more["airline_error"] * Z80
    return whole | {
        "growth": median / base - 1, "actual": actual, "mixed": mixed, "lo": low / base - 1, "hi": high / base - 1,
        "in80": _inside(value, low, high),
        "in95": _inside(value, math.exp(log - more["w95"]), math.exp(log + more["w95"])),
        "level_lo": low, "level_hi": high, "naive": more["naive"], "naive_growth": more["naive"] / base - 1,
        "scaled": abs(value - median) / more["scale"],
        "level_growth": value / base - 1,
        "airline_lo": math.exp(more["airline"] - wide) / base - 1,
        "airline_hi": math.exp(more["airline"] + wide) / base - 1,
    }  # fmt: skip


def _inside(value: float, low: float, high: float) -> float:
    return math.nan if math.isnan(low) else float(low <= value <= high)


def _balance_rows(
    table: "pd.DataFrame", sides: Mapping[str, Series], made: Mapping[str, Made], model: str,
    polls: Polls,
) -> "pd.DataFrame":  # fmt: skip
    """Balances: exports less imports of the same origin, with intervals learnt from balances."""
    import numpy as np
    import pandas as pd

    keys = ["span", "origin", "month", "horizon", "kind", "lunar"]
    both = table[table["flow"] == "X"].merge(table[table["flow"] == "M"], on=keys, suffixes=("_x", "_m"))
    errors = {name: _errors(sides[name], made[name], model) for name in ("X", "M")}
    size = np.exp(made["X"][1][model]) + np.exp(made["M"][1][model])
    met = [np.exp(made[name][1][model] + errors[name][0]) - np.exp(made[name][1][model]) for name in ("X", "M")]
    missed, classes = (met[0] - met[1]) / size, errors["X"][1]
    place = {sides["X"].months[o]: n for n, o in enumerate(made["X"][0])}
    widths = {}
    for origin in both["origin"].unique():
        past, window = _known_then(missed, place[origin])
        widths[origin] = intervals.half_widths(past, classes[window], classes[place[origin]], 0.80)
    half = [
        widths[o][h - 1] * size[place[o], h - 1] for o, h in zip(both["origin"], both["horizon"], strict=True)
    ]  # fmt: skip
    found = [polls.get(("B", "month", month), (math.nan, math.nan)) for month in both["month"]]
    first = np.array([pair[1] for pair in found])
    value = (both["value_x"] - both["value_m"]).to_numpy()
    median = (both["median_x"] - both["median_m"]).to_numpy()
    out = both[keys].assign(
        flow="B", value=value, median=median, printed=first, poll=[pair[0] for pair in found],
        actual=np.where(np.isnan(first), value, first), mixed=both["mixed_x"] | both["mixed_m"],
        growth=median, lo=median - half, hi=median + half,
        naive_growth=(both["naive_x"] - both["naive_m"]).to_numpy(), level_growth=value,
    )  # fmt: skip
    inside = np.where(out["lo"].isna(), np.nan, (value >= out["lo"]) & (value <= out["hi"]))
    return pd.DataFrame(out.assign(in80=inside.astype(float)))


def _sum_rows(
    table: "pd.DataFrame", polls: Polls
) -> "list[pd.DataFrame]":  # fmt: skip
    """January and February together, and whole years, as forecast from the December before."""
    import numpy as np

    months = table[(table["span"] == "month") & table["flow"].isin(["X", "M"]) & (table["origin"].str[5:] == "12")]
    out = []
    for span, count in (("ytd", 2), ("year", 12)):
        part = months[(months["horizon"] <= count) & (months["lunar"] | (span == "year"))]
        sums = part.groupby(["flow", "origin"]).agg(
            value=("value", "sum"), median=("median", "sum"), base=("base", "sum"), naive=("naive", "sum"),
            before=("before", "sum"), n=("month", "count"), month=("month", "max"),
        ).reset_index()  # fmt: skip
        sums = sums[sums["n"] == count]
        found = [
            polls.get((flow, span, month), (math.nan,) * 2)
            for flow, month in zip(sums["flow"], sums["month"], strict=True)
        ]
        printed = np.array([pair[1] for pair in found])
        again = (sums["value"] / sums["base"] - 1).to_numpy()
        out.append(
            sums.assign(
                span=span, horizon=count, kind=span, printed=printed, poll=[pair[0] for pair in found], mixed=False,
                growth=sums["median"] / sums["base"] - 1, naive_growth=sums["naive"] / sums["base"] - 1,
                actual=np.where(np.isnan(printed), again, printed), level_growth=again,
            ).drop(columns="n")
        )  # fmt: skip
    return [one for one in out if len(one)]


def as_of_trials(
    table: flows.Flows, held: Mapping[str, Series], line: series.Line, *, first: str, last: str, horizon: int,
    model: str, polls: Polls, workers: int,
) -> "pd.DataFrame":  # fmt: skip
    """As `trials`, each forecast from what was known by the 20th of the month after its origin.

    Outcomes are those of the latest vintage, or the first print where it is held; the share of months that were only
    seen later stands in `about`.
    """
    import pandas as pd

    one = next(iter(held.values()))
    origins = [m for m in one.months if periods.later(first, -horizon) <= m < last]
    out = []
    for origin in origins:
        day = f"{periods.later(origin, 1)}-20"
        then = {
            name: _completed(past.until(origin), held[name])
            for name, past in series.gather(table, tuple(held), replace(line, vintage=day)).items()
        }
        end = min(last, periods.later(origin, horizon))
        begin = max(first, periods.later(origin, 1))
        rows = trials(then, first=begin, last=end, horizon=horizon, model=model, polls=polls, workers=workers)
        out.append(rows[rows["origin"] == origin])
    return pd.concat(out, ignore_index=True)


def _completed(then: Series, now: Series) -> Series:
    """A series as known then, followed by what came later: forecasts see the first part, outcomes the second."""
    import numpy as np

    rest = [n for n, month in enumerate(now.months) if month > then.months[-1]]
    return replace(
        then,
        months=(*then.months, *(now.months[n] for n in rest)),
        values=np.append(then.values, now.values[rest]),
        growth=np.append(then.growth, now.growth[rest]),
        first=np.append(then.first, now.first[rest]),
    )


def scores(rows: "pd.DataFrame", wanted: Sequence[str], horizons: Sequence[int]) -> "pd.DataFrame":
    """Scores of trials by flow, horizon and set of months; see `backtest` for the columns."""
    import pandas as pd

    months = rows[rows["span"] == "month"]
    quiet = (months["kind"] == "other").astype(bool)
    sets: list[tuple[str, pd.DataFrame]] = [("all", months)]
    if months["lunar"].any():
        sets += [("March-December", months[quiet]), ("January, February", months[~quiet])]
        polled = months[quiet & months["poll"].notna()]
        kept = polled[~polled["mixed"].astype(bool)]
        sets += [("March-December with a poll", polled), ("March-December with a poll, unrevised", kept)]
    out = []
    for flow in wanted:
        for horizon in horizons:
            for name, part in sets:
                chosen = part[(part["flow"] == flow) & (part["horizon"] == horizon)].sort_values("month")
                if len(chosen):
                    out.append(_score(chosen, flow, horizon, name))
        for span, name in (("ytd", "January-February together"), ("year", "years")):
            chosen = rows[(rows["span"] == span) & (rows["flow"] == flow)].sort_values("month")
            for part, suffix in ((chosen, ""), (chosen[chosen["poll"].notna()], " with a poll")):
                if len(part):
                    out.append(_score(part, flow, int(part["horizon"].iloc[0]), name + suffix))
    return pd.DataFrame(out, columns=list(COLUMNS))


def _score(part: "pd.DataFrame", flow: str, horizon: int, name: str) -> dict[str, Any]:
    import numpy as np

    column = {key: part[key].to_numpy(dtype=float) if key in part else np.full(len(part), np.nan) for key in NEEDED}
    missed, naive = column["actual"] - column["growth"], column["actual"] - column["naive_growth"]
    polled = column["actual"] - column["poll"]
    both = ~np.isnan(polled)
    mae, poll_mae = float(np.abs(missed).mean()), float(np.abs(polled[both]).mean()) if both.all() else math.nan
    t, p = accuracy.diebold_mariano(missed[both], polled[both], horizon) if both.all() else (math.nan, math.nan)
    band = accuracy.coverage_band(column["in80"], horizon)
    scored = [column[key] for key in ("level_growth", "lo", "hi", "airline_lo", "airline_hi")]
    level = "balance" if flow == "B" else "growth"
    return {
        "flow": flow, "horizon": horizon, "months": name, "n": len(part), f"mae_{level}": mae,
        "se": accuracy.standard_error(np.abs(missed), horizon), "naive_mae_growth": float(np.abs(naive).mean()),
        f"consensus_mae_{level}": poll_mae, "ratio": mae / poll_mae, "bias": float(missed.mean()),
        "coverage80": _mean(column["in80"]), "band_lo": band[0], "band_hi": band[1],
        "coverage95": _mean(column["in95"]),
        "width80": _mean(column["hi"] - column["lo"]), "mase": _mean(column["scaled"]),
        "interval_score80": _mean(accuracy.interval_score(scored[0], scored[1], scored[2])),
        "airline_interval_score80": _mean(accuracy.interval_score(scored[0], scored[3], scored[4])),
        "dm_t": t, "dm_p": p, "dm_t_naive": accuracy.diebold_mariano(missed, naive, horizon)[0],
    }  # fmt: skip


NEEDED = (
    *("actual", "growth", "naive_growth", "poll", "in80", "in95", "lo", "hi", "scaled", "level_growth"),
    *("airline_lo", "airline_hi"),
)


def _mean(values: "Array") -> float:
    import numpy as np

    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else math.nan


def _polls(rows: Iterable[Mapping[str, Any]], one: Series) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Poll and first print by flow, span and month; only of totals in the currency of the series."""
    if (one.partner, one.product) != (flows.WORLD, flows.ALL):
        return {}
    return {
        (row["flow"], row["span"], row["period"]): (row["consensus"], row["first_print"])
        for row in rows
        if (row["reporter"], row["currency"]) == (one.reporter, one.currency)
        and row["measure"] == ("value" if row["flow"] == "B" else "growth")
    }


def _about(
    held: Mapping[str, Series], rows: "pd.DataFrame", months: str, model: str, vintages: str
) -> dict[str, object]:
    one = next(iter(held.values()))
    left = rows[(rows["span"] == "month") & (rows["horizon"] == 1) & rows["mixed"].astype(bool)]
    words = {
        "latest": "pseudo real time: latest figures, cut at the month before each forecast; no vintages of levels",
        "as-of": "as-of: what was known by the 20th of the month after; a month held only as a later copy counts as "
        "known",
    }
    return {
        "reporter": one.reporter,
        "partner": one.partner,
        "product": one.product,
        "period": months,
        "currency": one.currency,
        "model": model,
        "declared": model == monthly.DECLARED,
        "vintages": words[vintages],
        "calendar": bands.calendar_words(one),
        "outcome": "growth and balance as first printed where held, else of the levels held",
        "revised": {
            flow: sorted(part["month"]) for flow, part in left.groupby("flow") if flow in ("X", "M")
        },  # fmt: skip
        "revised_means": f"printed growth and growth of the levels held differ by more than {MISMATCH:.0%}",
        "code": code_version(),
        "method": "se and dm_t allow for overlap of h - 1 months; dm_t is Harvey-corrected, negative where the "
        "model is better; superiority may be claimed at |t| above 2 and n of 60 or more",
        "warnings": [note for each in held.values() for note in each.warnings],
    }


@dataclass(frozen=True)
class Track:
    """What forecasts of a flow's growth a month ahead missed on average, and polls on the same months [fractions].

    `poll` is None where no poll is held; `naive` is what no change at all would have missed.
    """

    flow: str
    first: str
    last: str
    n: int
    missed: float
    poll: float | None
    naive: float


COMPLETE = "2023-07"
"""Month from which the poll of every release of China is held; before, stories kept the surprising ones."""
RECENT = 36


def track(fans: Mapping[str, bands.Fan], consensus: Iterable[Mapping[str, Any]] | None = None) -> list[Track]:
    """Record of the forecasts behind a fan, a month ahead, March to December where Lunar New Year moves trade.

    They are the past forecasts that its intervals rest on, so the record costs nothing; pseudo real time. Months with
    a poll since `COMPLETE`, or where fewer than twelve have one, the last `RECENT` months.
    """
    polls = _polls(bundle.consensus() if consensus is None else consensus, next(iter(fans.values())).series)
    out = []
    for flow, one in fans.items():
        rows = list(_recent(one))
        polled = [(*row, *polls[flow, "month", row[0]]) for row in rows if (flow, "month", row[0]) in polls]
        polled = [row for row in polled if row[0] >= COMPLETE]
        if len(polled) >= 12:
            missed = [(abs(first - growth), abs(first - poll), abs(first)) for _, growth, _, poll, first in polled]
        else:
            rows = rows[-RECENT:]
            missed = [(abs(met - growth), math.nan, abs(met)) for _, growth, met in rows]
        if missed:
            ends = polled if len(polled) >= 12 else rows
            ours, poll, naive = (sum(each) / len(missed) for each in zip(*missed, strict=True))
            held = None if math.isnan(poll) else poll
            out.append(Track(flow, ends[0][0], ends[-1][0], len(missed), ours, held, naive))
    return out


def _recent(one: bands.Fan) -> Iterator[tuple[str, float, float]]:
    """Month, growth forecast a month ahead and growth of the level held, of the past months behind a fan."""
    place = {month: n for n, month in enumerate(one.series.months)}
    for past, error, row in zip(one.past[:, 0], one.errors[:, 0], one.targets, strict=True):
        month = row[0]
        if math.isnan(error) or one.kind(month) != "other":
            continue
        then = one.series.until(periods.later(month, -1))
        base = bands.official_base(then, month)
        if base is not None and month in place:
            yield month, math.exp(past) / base - 1, math.exp(past + error) / base - 1


def superior(row: Mapping[str, Any]) -> bool:
    """Whether a score supports the claim of beating the poll: t below -2 on at least 60 months."""
    return bool(row["dm_t"] < -2 and row["n"] >= 60)
