"""What is known before trade is: other offices' early figures, each with the day on which it became public.

A bridge moves the first month to come by what predictors said of it and the model did not: past one-month errors of
the model are regressed on the predictors of the month missed, as they stood the same number of days after it ended. A
figure that came out later, or was revised later, never enters. Later months stay as the model has them.

No predictor ships with the package: of Korea's exports and the purchasing managers' indices first prints are held from
2023-07 on only, and a bridge fitted on the months that it is scored on would say nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from entrepot import flows, periods
from entrepot.bands import Fan
from entrepot.errors import BadTable, MissingData, WrongUsage

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

COLUMNS = ("predictor", "period", "value", "released")
FEWEST = 36
"""Months that a bridge is fitted on at least."""
PENALTY = 0.1
"""Ridge penalty, as a share of the months fitted on: a lone predictor's coefficient is shrunk by a tenth."""


@dataclass(frozen=True)
class Bridge:
    """What a bridge did: names of the predictors, months it was fitted on, and the move of the forecast in logs."""

    names: tuple[str, ...]
    months: int
    move: float


def read(table: Any) -> "pd.DataFrame":
    """Check a table of predictors: predictor, period (`2026-08`), value, released (the day it became public).

    Revisions are further rows with a later day.

    Raises
    ------
    BadTable
        If a column is missing, a period is no month, a day no day, a value no number, or a row is there twice.
    """
    import pandas as pd

    frame = pd.DataFrame(table)
    lacking = [name for name in COLUMNS if name not in frame]
    if lacking:
        raise BadTable(
            f"A table of predictors has the columns {', '.join(COLUMNS)}; {', '.join(lacking)} missing. Without the "
            "day of release nobody can say what was known when."
        )
    out = frame[list(COLUMNS)].copy()
    out["released"] = pd.to_datetime(out["released"], errors="coerce").dt.date
    out["value"] = pd.to_numeric(out["value"], errors="coerce")
    months = out["period"].astype(str).str.fullmatch(r"\d{4}-(0[1-9]|1[0-2])")
    bad = out[~months | out["released"].isna() | out["value"].isna()]
    if len(bad):
        raise BadTable(
            f"{len(bad)} rows of the predictors hold no month (2026-08), number or day (2026-09-01); the first: "
            f"{dict(zip(COLUMNS, bad.iloc[0].astype(str), strict=True))}."
        )
    double = out.duplicated(["predictor", "period", "released"])
    if double.any():
        raise BadTable(f"A predictor was printed twice on one day: {out[double].iloc[0].astype(str).to_dict()}.")
    return out.sort_values("released", kind="stable")


def known_by(table: "pd.DataFrame", month: str, day: date) -> dict[str, float]:
    """Values of a month by predictor as they stood on a day: the last released by then."""
    kept = table[(table["period"] == month) & (table["released"] <= day)]
    return {str(name): float(value) for name, value in zip(kept["predictor"], kept["value"], strict=True)}


def bridged(one: Fan, table: "pd.DataFrame", known: str) -> tuple[Fan, Bridge]:
    """Move the first month of a fan by what predictors known on a day say of it.

    e_t = z_t b + u_t over past months t, with e the log error of the model a month ahead and z the predictors of month
    t, standardised, as known as many days after t ended as `known` lies after the end of the month to come; ridge
    regression, penalty `PENALTY` times the months. The errors behind the interval are those of bridges fitted on
    earlier months alone.

    Raises
    ------
    WrongUsage
        If the day is none.
    MissingData
        If no predictor of the month to come is public by that day, or fewer than `FEWEST` past months have them all.
    """
    import numpy as np

    day, month = flows.day_of(known), one.months[0]
    now = known_by(table, month, day)
    if not now:
        raise MissingData(f"No predictor of {month} is public by {day}. Give a later day, or leave the predictors out.")
    names, since = tuple(sorted(now)), day - _end(month)
    targets = [row[0] for row in one.targets]
    held = _held(table, targets, names, since)
    usable = ~(np.isnan(held).any(axis=1) | np.isnan(one.errors[:, 0]))
    if usable.sum() < FEWEST:
        raise MissingData(
            f"{int(usable.sum())} past months have {', '.join(names)} {since.days} days after their end; "
            f"{FEWEST} are needed."
        )
    errors = np.full(len(targets), np.nan)
    for n in np.flatnonzero(usable):
        before = np.flatnonzero(usable[:n])
        if len(before) >= FEWEST:
            errors[n] = one.errors[n, 0] - _said(held[before], one.errors[before, 0], held[n])
    move = _said(held[usable], one.errors[usable, 0], np.array([now[name] for name in names]))
    logs, missed = one.logs.copy(), one.errors.copy()
    logs[0] += move
    missed[:, 0] = errors
    past = one.past.copy()
    past[:, 0] += one.errors[:, 0] - errors
    return replace(one, logs=logs, errors=missed, past=past), Bridge(names, int(usable.sum()), move)


def _end(month: str) -> date:
    following = periods.later(month, 1)
    return date(int(following[:4]), int(following[5:]), 1) - timedelta(1)


def _held(table: "pd.DataFrame", targets: Sequence[str], names: Sequence[str], since: timedelta) -> "Array":
    """Predictors (months, names) as they stood so long after each month ended; NaN where not public yet."""
    import numpy as np

    rows: list[Mapping[str, float]] = [known_by(table, month, _end(month) + since) for month in targets]
    return np.array([[row.get(name, np.nan) for name in names] for row in rows]).reshape(len(targets), len(names))


def _said(held: "Array", errors: "Array", now: "Array") -> float:
    """What a ridge regression of errors on predictors says of a month; constant predictors say nothing."""
    import numpy as np

    middle, size = held.mean(axis=0), held.std(axis=0)
    moves = size > 1e-12 * (1 + np.abs(middle))
    if not moves.any():
        return 0.0
    z = (held[:, moves] - middle[moves]) / size[moves]
    slope = np.linalg.solve(z.T @ z + PENALTY * len(z) * np.eye(z.shape[1]), z.T @ (errors - errors.mean()))
    return float(errors.mean() + ((now[moves] - middle[moves]) / size[moves]) @ slope)


def checked(by: str | None) -> None:
    """Refuse a bridge of parts."""
    if by is not None:
        raise WrongUsage("Predictors move one line, not lines that add up. Ask for a total; leave --by out.")
