"""Forecasts of partners and products that add up to the total, which they leave as it is.

The total is forecast by itself and never moved: adding parts must not cost it accuracy. What the parts' own forecasts
miss of it is shared among them by the size of their errors, the reconciliation of least variance under a total that is
held fixed (Zhang, Kang, Panagiotelis and Li 2023, European Journal of Operational Research 308, section 2.3, for errors
that do not hang together).
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot import bands, cells, codes, flows, lake, measures, monthly, periods, series
from entrepot.answer import Answer
from entrepot.bands import Fan
from entrepot.errors import DoubleCount, EntrepotError, MissingData, WrongUsage
from entrepot.series import Line, Series

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

MOST = 12
"""Lines that are forecast by themselves at most, the largest; the others are one line, the rest."""
ORIGINS = 60
"""Past months from which a part's errors are learnt."""
NIL = 0.002
"""A rest of this share of the total or less is rounding [fraction]."""


def reconcile(total: "Array", parts: "Array", errors: "Array") -> "Array":
    """Move parts so that they add up to a total that stays.

    part_i + s_i^2 / sum(s^2) (total - sum of parts); where that would turn a part negative, all are scaled instead.

    Parameters
    ----------
    total : (H,)
        Forecast of the total [currency].
    parts : (N, H)
        Forecasts of the parts; positive.
    errors : (N, H)
        Standard error of each part's forecast [currency]; not negative, and not all zero in a month.

    Returns
    -------
    (N, H)
        Adds up to `total`; the parts themselves where they did already.

    Raises
    ------
    WrongUsage
        If a part is not positive or the errors of a month are all zero.
    """
    import numpy as np

    if not (parts > 0).all() or not (errors >= 0).all() or not (errors.sum(axis=0) > 0).all():
        raise WrongUsage("Parts must be positive and their errors positive in some line; pass levels, not logs.")
    weights = errors**2 / (errors**2).sum(axis=0)
    missed = total - parts.sum(axis=0)
    moved = parts + weights * missed
    scaled = parts * (total / parts.sum(axis=0))
    return np.asarray(np.where((moved > 0).all(axis=0), moved, scaled))


def forecast_parts(
    table: flows.Flows, line: Line, *, by: str, flow: Sequence[str], months: int, model: str = monthly.DECLARED
) -> Answer:
    """Forecast the lines of a dimension and their total; see `outlook.forecast` for the rows.

    The lines are the `MOST` largest of the finest disjoint cover that are held without long gaps; the rest (`ROW`, or
    `OTHER` products) is the total less these. A balance is not split.

    Raises
    ------
    WrongUsage
        If the balance alone is asked for.
    MissingData
        If no line is held long enough.
    DoubleCount
        If the lines add up to more than their total.
    """
    sides = [one for one in flow if one != "B"]
    if not sides:
        raise WrongUsage("A balance is not forecast by partner or product. Ask for: --flow exports, or --flow imports")
    facts, question = series.collect(table, line, by)
    book = cells.choose(facts, question, lake.sources())
    reporter = str(facts[0]["reporter"])
    fans: dict[str, Fan] = {}
    names, notes = [], []
    for side in sides:
        held = lines(book, question, reporter, side, line)
        made = fans_of_parts(held, months, model)
        fans |= {f"{side} {name}": one for name, one in made.items()}
        names += [f"{side} {name}" for name in made]
        notes.append(
            f"{codes.name(side, classification='flow')}: the total and {len(made) - 1} lines that add up to it."
        )
    import pandas as pd

    found = [row for name in names for row in bands.rows_of(fans, name, months)]
    first = {side: fans[next(name for name in names if name.startswith(side))] for side in sides}
    about = bands.about(first, sides, found, model=model, vintage=line.vintage)
    told = [
        (*one.series.warnings, *series.counted(one.series, table, question), *series.stale(one.series, line.vintage))
        for one in first.values()
    ]
    about |= {"by": by, "warnings": [*notes, *dict.fromkeys(note for each in told for note in each)]}
    about["reconciled"] = "parts are moved, by the size of their errors, to add up to the total's own forecast"
    return Answer("forecast", about, pd.DataFrame(found, columns=list(bands.COLUMNS)))


def fans_of_parts(held: dict[str, Series], months: int, model: str = monthly.DECLARED) -> dict[str, Fan]:
    """Fans of a total (the first line) and its parts; the parts' medians add up to the total's."""
    import numpy as np

    whole, *parts = held
    made = {line: bands.fan(held[line], months, model, origins=ORIGINS) for line in parts}
    total = bands.fan(held[whole], months, model)
    sizes = np.array([one.median * _spread(one) for one in made.values()])
    moved = reconcile(total.median, np.array([one.median for one in made.values()]), sizes)
    out = {whole: total}
    return out | {line: replace(made[line], logs=np.log(moved[n])) for n, line in enumerate(parts)}


def _spread(one: Fan) -> "Array":
    """Root mean square of past log errors by horizon; of all horizons where fewer than ten are known."""
    import numpy as np

    out = np.empty(one.errors.shape[1])
    for step in range(len(out)):
        known = one.errors[~np.isnan(one.errors[:, step]), step]
        known = known if len(known) >= 10 else one.errors[~np.isnan(one.errors)]
        out[step] = math.sqrt(float(np.mean(known**2)))
    return out


def lines(book: cells.Book, question: cells.Question, reporter: str, side: str, line: Line) -> dict[str, Series]:
    """The total and the lines below it on their common months, the total first, the rest last."""
    by, place = (question.by or "partner"), (3 if question.by != "product" else 4)
    total = series.pick(book, question, reporter, side, line)
    whole = flows.WORLD if by == "partner" else flows.ALL
    keys = [key for key, one in book.items() if key[2] == side and one.value is not None and key[place] != whole]
    fixed = 7 - place  # the other dimension
    keys = [key for key in keys if key[fixed] == (line.product if by == "partner" else line.partner)]
    if not keys:
        raise MissingData(
            f"No lines by {by} are held of {codes.name(side, classification='flow').lower()}. Run: entrepot have"
        )
    last = _last(keys)
    here = {key: one for key, one in book.items() if key[1] == last and key[2] == side}
    cover = measures.parts_of(here, replace(question, periods=(last,)), last, {key[place] for key in keys})
    held: dict[str, Series] = {}
    for part in sorted(cover, key=lambda name: -_size(here, place, name)):
        one = replace(line, partner=part) if by == "partner" else replace(line, product=part)
        try:
            found = series.pick(book, question, reporter, side, one)
        except EntrepotError:
            continue  # too short, gaps or a month of nil: it stays in the rest
        if found.months[-1] >= last and len(held) < MOST:
            held[part] = found
    if not held:
        raise MissingData(
            f"No line by {by} is held for {12 * series.YEARS} months in a row. Ask for the total: leave --by out."
        )
    return _with_rest(total, held, by, last)


def _last(keys: Sequence[cells.Key]) -> str:
    """Month in which most lines are held, the latest of them."""
    count: dict[str, int] = {}
    for key in keys:
        count[key[1]] = count.get(key[1], 0) + 1
    most = max(count.values())
    return max(month for month, lines in count.items() if lines >= 0.8 * most)


def _size(here: cells.Book, place: int, name: str) -> float:
    return sum(one.value or 0.0 for key, one in here.items() if key[place] == name)


def _with_rest(total: Series, held: dict[str, Series], by: str, last: str) -> dict[str, Series]:
    import numpy as np

    first = max(one.months[0] for one in (total, *held.values()))
    last = min(last, total.months[-1])
    if len(periods.each(f"{first}:{last}")) < 12 * series.YEARS:
        raise MissingData(
            f"Total and lines are held together from {first} to {last}; a forecast needs {series.YEARS} years."
        )
    whole = total.between(first, last)
    if last < total.months[-1]:
        note = f"The lines by {by} are held to {last}, the total to {total.months[-1]}: leave --by out for its months."
        whole = replace(whole, warnings=(*whole.warnings, note))
    cut = {name: one.between(first, last) for name, one in held.items()}
    rest = whole.values - sum(one.values for one in cut.values())
    out = {flows.WORLD if by == "partner" else flows.ALL: whole} | cut
    if np.abs(rest).max() <= NIL * whole.values.mean():
        return out
    if (rest <= 0).any():
        month = whole.months[int(np.argmin(rest))]
        raise DoubleCount(
            f"The lines by {by} add up to more than their total in {month}: they overlap, or are measured in another "
            "way. Keep one classification and one concept."
        )
    name = measures.REST if by == "partner" else "OTHER"
    blank = np.full(len(rest), np.nan)
    left = replace(whole, values=rest, growth=blank, first=rest)
    left = replace(left, partner=name) if by == "partner" else replace(left, product=name)
    return out | {name: left}
