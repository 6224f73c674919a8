"""Fans: forecasts of one series with the errors that earlier ones made, and the rows and notes they are shown as."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from entrepot import calendars, codes, intervals, measures, monthly, periods
from entrepot.answer import Answer, code_version
from entrepot.errors import WrongUsage
from entrepot.series import Series

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

LONGEST = 24
CALIBRATION = 120
"""Months before the last from which forecasts are made again to learn their errors, at most."""
FLOWS = ("X", "M", "B")
COLUMNS = (
    *("period", "span", "flow", "partner", "product", "median", "lo80", "hi80", "lo95", "hi95"),
    *("growth_median", "growth_lo80", "growth_hi80", "growth_lo95", "growth_hi95", "base", "currency", "status"),
    "horizon",
)


@dataclass(frozen=True, eq=False)
class Fan:
    """Forecasts of one series from its last month, `LONGEST` months ahead, and the errors that earlier ones made.

    All horizons are there whatever was asked for, so that no interval depends on how far ahead one looks.

    Attributes
    ----------
    series : Series
        What is known.
    months : tuple of str
        The months to come (H,).
    logs : (H,)
        Median forecast, natural log.
    past : (O, H)
        Log forecasts made from earlier months, in time order.
    errors : (O, H)
        Log outcome less log forecast; NaN where the month is not known, or was bridged.
    targets : tuple of tuples (O, H)
        The months those forecasts were of.
    asked : int
        Months that are shown.
    """

    series: Series
    months: tuple[str, ...]
    logs: "Array"
    past: "Array"
    errors: "Array"
    targets: tuple[tuple[str, ...], ...]
    asked: int

    @cached_property
    def median(self) -> "Array":
        """Median forecast (H,) [currency]."""
        import numpy as np

        return np.asarray(np.exp(self.logs))

    @cached_property
    def classes(self) -> list[list[str]]:
        """Class of each month of `targets`."""
        return [[self.kind(month) for month in row] for row in self.targets]

    @cached_property
    def ahead(self) -> list[str]:
        """Class of each month to come."""
        return [self.kind(month) for month in self.months]

    def kind(self, month: str) -> str:
        """Class of a month of this series."""
        return intervals.month_class(month, lunar=self.series.lunar)

    def widths(self, level: float) -> "Array":
        """Half widths in logs (H,)."""
        return intervals.half_widths(self.errors, self.classes, self.ahead, level)


def answer(fans: dict[str, Fan], wanted: Sequence[str], *, months: int, model: str, vintage: str) -> Answer:
    """Rows and notes of fans that are made."""
    import pandas as pd

    lines = [row for name in wanted for row in rows_of(fans, name, months)]
    table = pd.DataFrame(lines, columns=list(COLUMNS))
    return Answer("forecast", about(fans, wanted, lines, model=model, vintage=vintage), table)


def wanted_flows(flow: str | None, months: int, model: str, by: str | None = None) -> tuple[str, ...]:
    """Read which flows are asked for; `WrongUsage` if flow, months, model or dimension is none."""
    if not isinstance(months, int) or not 1 <= months <= LONGEST:
        raise WrongUsage(f"A forecast looks 1 to {LONGEST} months ahead, not {months!r}. Ask for: --months 12")
    if model not in (*monthly.MODELS, monthly.DECLARED):
        named = ", ".join((monthly.DECLARED, *monthly.MODELS))
        raise WrongUsage(f"{model!r} is no model; one of {named} is expected ({monthly.DECLARED} is the declared one).")
    if by not in (None, "partner", "product"):
        raise WrongUsage(f"{by!r} cannot be forecast by; partner or product is expected.")
    code = None if flow is None else codes.flow(flow)
    if code is not None and code not in FLOWS:
        raise WrongUsage(f"{flow!r} is not forecast by itself; exports, imports or balance is expected.")
    return FLOWS if code is None else (code,)


def fans_of(held: dict[str, Series], months: int, model: str = monthly.DECLARED) -> dict[str, Fan]:
    """Fans of several series, all cut to their common months where a balance is formed of them."""
    if len(held) > 1:
        first = max(one.months[0] for one in held.values())
        last = min(one.months[-1] for one in held.values())
        held = {name: one.between(first, last) for name, one in held.items()}
    return {name: fan(one, months, model) for name, one in held.items()}


def fan(held: Series, months: int, model: str = monthly.DECLARED, *, origins: int = CALIBRATION) -> Fan:
    """Forecast a series from its last month, and again from each of the `origins` months before it."""
    import numpy as np

    last = len(held.values) - 1
    starts = range(max(last - origins, monthly.SHORTEST - 1), last + 1)
    targets = [[periods.later(held.months[o], step) for step in range(1, LONGEST + 1)] for o in starts]
    made = projected(held, starts)[model]
    logs = np.log(held.values)
    known = np.append(logs, np.full(LONGEST, np.nan))
    known[[held.months.index(month) for month in held.bridged]] = np.nan
    errors = np.array([known[o + 1 : o + 1 + LONGEST] for o in starts]) - made
    return Fan(
        series=held, months=tuple(targets[-1]), logs=made[-1], past=made[:-1], errors=errors[:-1],
        targets=tuple(tuple(row) for row in targets[:-1]), asked=months,
    )  # fmt: skip


def projected(held: Series, starts: range) -> "dict[str, Array]":
    """Log forecasts (origins, `LONGEST`) of every model from some months of a series, as `monthly.project` names them.

    The last sixteen are kept, so that the same figures are not fitted twice; the arrays cannot be written to.
    """
    absent = tuple(held.months.index(month) for month in held.bridged)
    return _made(held.reporter, held.partner, held.months, held.values.tobytes(), absent, starts)


@lru_cache(maxsize=16)
def _made(
    reporter: str, partner: str, months: tuple[str, ...], content: bytes, absent: tuple[int, ...], starts: range
) -> "dict[str, Array]":  # fmt: skip
    import numpy as np

    def ahead(origin: int) -> "Array":
        come = [periods.later(months[origin], step) for step in range(1, LONGEST + 1)]
        return np.array(calendars.regressors(reporter, come, partner=partner, known=months[origin]))

    logs = np.log(np.frombuffer(content))
    regressors = np.array(calendars.regressors(reporter, months, partner=partner))
    how: dict[str, Any] = {"start": int(months[0][5:]), "beliefs": np.array(calendars.beliefs(reporter, partner))}
    how["absent"] = absent
    how["apart"] = (1, 2) if calendars.keeps_new_year(reporter, partner) else ()
    made = monthly.project(logs, regressors, ahead, list(starts), LONGEST, **how)
    for paths in made.values():
        paths.setflags(write=False)
    return made


def official_base(held: Series, month: str) -> float | None:
    """Value of a year earlier on which the office will form growth of a month [currency]; None where none is held.

    The level held of a year earlier, times the median over the last three months of the same calendar year of
    (value / (1 + growth)) / level held, all as printed: offices revise last year's months together. Without such a
    print the level stands as it is.
    """
    import numpy as np

    before = periods.year_earlier(month)
    if before not in held.months:
        return None
    level = float(held.values[held.months.index(before)])
    factors = [
        held.first[n] / (1 + held.growth[n]) / held.values[n - 12]
        for n, one in enumerate(held.months)
        if one[:4] == month[:4] and n >= 12 and not np.isnan(held.growth[n]) and one not in held.bridged
    ]
    return level * float(np.median(factors[-3:])) if factors else level


def rows_of(fans: dict[str, Fan], name: str, months: int) -> list[dict[str, Any]]:
    """Rows of one flow: the months, January and February together, and the years."""
    if name == "B":
        return [*_balance_months(fans, months), *_balance_sums(fans, months)]
    one = fans[name]
    return [*_months(one), *_sums(one)]


def _row(one: Series, name: str, **known: Any) -> dict[str, Any]:
    blank = dict.fromkeys(COLUMNS)
    fixed = {"flow": name, "partner": one.partner, "product": one.product, "currency": one.currency}
    return blank | fixed | {"status": "forecast"} | known


def _months(one: Fan) -> list[dict[str, Any]]:
    import numpy as np

    widths = {level: one.widths(level) for level in intervals.LEVELS}
    growing = growth_errors(one)
    growths = {level: intervals.half_widths(growing, one.classes, one.ahead, level) for level in intervals.LEVELS}
    for level in intervals.LEVELS:  # within a year the base is known, and growth is as sure as the level
        growths[level][:12] = widths[level][:12]
    rows = []
    for step, month in enumerate(one.months[: one.asked]):
        middle, base = one.median[step], _base(one, month)
        row = _row(one.series, one.series.flow, period=month, span="month", median=middle, horizon=step + 1, base=base)
        for level, name in ((0.80, "80"), (0.95, "95")):
            row |= {
                f"lo{name}": middle * np.exp(-widths[level][step]),
                f"hi{name}": middle * np.exp(widths[level][step]),
            }
        rows.append(row | _grown(middle, base, growths[0.80][step], growths[0.95][step]))
    return rows


def _grown(middle: float, base: float | None, width: float, wide: float = float("nan")) -> dict[str, float | None]:
    import numpy as np

    if base is None:
        return {}
    ratio = middle / base
    return {
        "growth_median": ratio - 1,
        "growth_lo80": ratio * np.exp(-width) - 1,
        "growth_hi80": ratio * np.exp(width) - 1,
        "growth_lo95": ratio * np.exp(-wide) - 1,
        "growth_hi95": ratio * np.exp(wide) - 1,
    }


def _base(one: Fan, month: str) -> float | None:
    held = official_base(one.series, month)
    if held is None and (before := periods.year_earlier(month)) in one.months:
        return float(one.median[one.months.index(before)])
    return held


def growth_errors(one: Fan) -> "Array":
    """Errors of log growth on a year earlier (O, H): beyond twelve months the base is a forecast as well."""
    out = one.errors.copy()
    out[:, 12:] -= one.errors[:, : max(out.shape[1] - 12, 0)]
    return out


def _spans(one: Fan) -> list[tuple[str, str, list[str]]]:
    """Sums that end within the months to come: (period, span, months), years and January with February."""
    out, months = [], one.months[: one.asked]
    for year in sorted({month[:4] for month in months}):
        for period, span in ((f"{year}-02", "ytd"), (year, "year")):
            parts = periods.months(period, span)
            held = all(month in months or month in one.series.months for month in parts)
            if held and parts[-1] in months and (span == "year" or one.series.lunar):
                out.append((period, span, parts))
    return out


def _known(one: Fan, month: str) -> float:
    if month in one.months:
        return float(one.median[one.months.index(month)])
    return float(one.series.values[one.series.months.index(month)])


def _sums(one: Fan) -> list[dict[str, Any]]:
    import numpy as np

    rows = []
    for period, span, parts in _spans(one):
        middle = sum(_known(one, month) for month in parts)
        bases = [_base(one, month) for month in parts]
        base = None if None in bases else sum(value for value in bases if value is not None)
        errors = np.log(_path_sums(one, parts) / middle)
        width = intervals.half_width(_combined(one, parts) if span == "ytd" else errors, 0.80)
        later = one.months.index(parts[-1]) + 1
        row = _row(one.series, one.series.flow, period=period, span=span, median=middle, horizon=later, base=base,
                   lo80=middle * np.exp(-width), hi80=middle * np.exp(width))  # fmt: skip
        rows.append(row | _grown(middle, base, width))
    return rows


def _path_sums(one: Fan, parts: Sequence[str]) -> "Array":
    """Sum over months in each path of past errors (paths,) [currency]; months held stand as they are."""
    import numpy as np

    steps = [one.months.index(month) for month in parts if month in one.months]
    reach = steps[-1] + 1
    classes = [row[:reach] for row in one.classes]
    paths = intervals.scaled_paths(one.errors[:, :reach], classes, one.ahead[:reach])
    fixed = sum(_known(one, month) for month in parts if month not in one.months)
    return np.asarray(fixed + (one.median[steps] * np.exp(paths[:, steps])).sum(axis=1))


def _combined(one: Fan, parts: Sequence[str]) -> "Array":
    """Errors of log January-February sums at this horizon and a month either side, in time order."""
    import numpy as np

    last = one.months.index(parts[-1])
    out = []
    for past, errors, row in zip(one.past, one.errors, one.targets, strict=True):
        for step in (last - 1, last, last + 1):
            if 1 <= step < len(row) and row[step].endswith("-02"):
                pair = past[step - 1 : step + 1]
                out.append(np.log(np.exp(pair + errors[step - 1 : step + 1]).sum() / np.exp(pair).sum()))
    return np.array(out, dtype=float)


def balance_errors(fans: dict[str, Fan]) -> "Array":
    """Errors of the balance over the total trade forecast (O, H) [fraction]."""
    import numpy as np

    made = {name: np.exp(fans[name].past) for name in ("X", "M")}
    met = {name: np.exp(fans[name].past + fans[name].errors) for name in ("X", "M")}
    return np.asarray((met["X"] - met["M"] - made["X"] + made["M"]) / (made["X"] + made["M"]))


def _balance_months(fans: dict[str, Fan], months: int) -> list[dict[str, Any]]:
    out, sells, buys = [], fans["X"], fans["M"]
    errors, size = balance_errors(fans), sells.median + buys.median
    widths = {
        level: intervals.half_widths(errors, sells.classes, sells.ahead, level) * size for level in intervals.LEVELS
    }
    for step, month in enumerate(sells.months[:months]):
        middle = sells.median[step] - buys.median[step]
        row = _row(sells.series, "B", period=month, span="month", median=middle, horizon=step + 1)
        row |= {f"lo{level:.0%}"[:-1]: middle - widths[level][step] for level in intervals.LEVELS}
        out.append(row | {f"hi{level:.0%}"[:-1]: middle + widths[level][step] for level in intervals.LEVELS})
    return out


def _balance_sums(fans: dict[str, Fan], months: int) -> list[dict[str, Any]]:
    rows, sells, buys = [], fans["X"], fans["M"]
    for period, span, parts in _spans(sells):
        middle = sum(_known(sells, month) - _known(buys, month) for month in parts)
        out, into = _path_sums(sells, parts), _path_sums(buys, parts)
        width = intervals.half_width(out - into - middle, 0.80) if len(out) == len(into) else float("nan")
        rows.append(_row(sells.series, "B", period=period, span=span, median=middle, lo80=middle - width,
                         hi80=middle + width, horizon=sells.months.index(parts[-1]) + 1))  # fmt: skip
    return rows


def about(
    fans: dict[str, Fan], wanted: Sequence[str], lines: list[dict[str, Any]], *, model: str, vintage: str
) -> dict[str, object]:
    """What a reader must know of a forecast: data, model, calendar, base, warnings, sources."""
    one = next(iter(fans.values()))
    held, through = one.series, one.series.months[-1]
    sources = sorted({key for each in fans.values() for key in each.series.sources})
    factors = {name: _factor(each.series, each.months[0]) for name, each in fans.items()}
    made = vintage if vintage[:1].isdigit() else date.today().isoformat()
    return {
        "reporter": held.reporter,
        "flow": list(wanted),
        "partner": held.partner,
        "product": held.product,
        "period": f"{one.months[0]}:{one.months[one.asked - 1]}",
        "span": sorted({str(line["span"]) for line in lines}),
        "currency": held.currency,
        "concept": {name: each.series.concept for name, each in fans.items()},
        "vintage": vintage,
        "data_through": through,
        "data_released": max(each.series.released for each in fans.values() if each.series.released is not None),
        "made_on": made,
        "code": code_version(),
        "model": model,
        "declared": model == monthly.DECLARED,
        "method": f"{_MODEL_WORDS[model]}; calendar: {calendar_words(held)}; intervals: split conformal by month "
        f"class and horizon on at most {intervals.LAST} errors of forecasts made in the {CALIBRATION} months before",
        "base": f"growth on last year's value times {', '.join(f'{n} {f:.4f}' for n, f in factors.items())}: the base "
        "that the growth last printed implies",
        "warnings": [*told(fans), *_without_interval(lines)],
        "sources": measures.sources_of(sources),
        "citation": f"Forecast of {_whose(held.reporter)} goods trade from data through {through}, vintage "
        f"{vintage}, entrepot {code_version()}, model {model}.",
    }


def _without_interval(lines: list[dict[str, Any]]) -> list[str]:
    """Say which months stand without an interval, and why."""
    bare = sorted({str(line["period"]) for line in lines if line["span"] == "month" and not _given(line["lo80"])})
    if not bare:
        return []
    months = ", ".join(periods.in_words(one, "month") for one in bare)
    return [f"No interval for {months}: too few errors of forecasts of such months are held to say how far they miss."]


def _given(value: object) -> bool:
    return isinstance(value, float) and not math.isnan(value)


def told(fans: dict[str, Fan]) -> list[str]:
    """Warnings of all series and their possible breaks, each once."""
    return list(dict.fromkeys(note for one in fans.values() for note in (*one.series.warnings, *breaks(one))))


def _whose(reporter: str) -> str:
    name = codes.name(reporter)
    return f"{name}'" if name.endswith("s") else f"{name}'s"


_MODEL_WORDS = {
    "mean": "mean of airline, structural, ETS and Theta models in logs, the declared model",
    "airline": "airline model with calendar regressors and a damped trend, in logs",
    "structural": "local linear trend, damped, and stochastic season on the calendar-adjusted log",
    "ets": "ETS(A, Ad, A) on the calendar-adjusted log",
    "theta": "Theta on the calendar-adjusted log",
}


def calendar_words(held: Series) -> str:
    """What the calendar regressors of a series are, in words."""
    days = f"working days of {codes.name(held.reporter)}" if calendars.held(held.reporter) else "weekdays"
    days += ", Saturdays"
    return f"Lunar New Year before, during and after, {days}" if held.lunar else days


def _factor(held: Series, month: str) -> float:
    base, before = official_base(held, month), periods.year_earlier(month)
    return base / float(held.values[held.months.index(before)]) if base is not None else 1.0


def breaks(one: Fan) -> list[str]:
    """Say which of the last sixty months missed by more than five times the usual error of their class."""
    import numpy as np

    odd = []
    for kind in sorted({row[0] for row in one.classes}):
        here = [n for n, row in enumerate(one.classes) if row[0] == kind and not np.isnan(one.errors[n, 0])]
        usual = float(np.median(np.abs(one.errors[here, 0]))) if here else np.nan
        odd += [one.targets[n][0] for n in here[-60:] if abs(one.errors[n, 0]) > 5 * usual]
    if not odd:
        return []
    name = codes.name(one.series.flow, classification="flow").lower()
    return [
        f"Possible break in {name}: {', '.join(sorted(odd))} missed the forecast of the month before by more than five "
        "times the usual error; intervals may be too narrow while the series settles."
    ]
