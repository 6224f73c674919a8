"""Who gained and who lost: the change of trade by partner in currency, and what made up for a loss."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from entrepot import flows, measures, periods
from entrepot.errors import MissingData


@dataclass(frozen=True)
class Gain:
    """Value, base and change of one line [currency]; `ROW` is everyone not listed, `WLD` the total."""

    partner: str
    value: float
    base: float
    status: str
    grade: str | None
    source: str

    @property
    def change(self) -> float:
        """Value less base."""
        return self.value - self.base


def gains(
    trade: Any,
    *,
    period: str,
    flow: str = "X",
    span: str | None = None,
    currency: str | None = None,
    vintage: str = "first",
) -> list[Gain]:
    """Change on a year earlier by partner, largest gain first, then everyone else and the total.

    The lines are those of the finest disjoint cover whose level is held in both years. The base of the total is taken
    from the source of most lines' bases where it has one, so that lines and total rest on one table.

    Raises
    ------
    MissingData
        If the total, or every line, lacks a level in one of the years.
    """
    table = flows.read(trade)

    def listed(when: str, money: str | None) -> list[Any]:
        asked = measures.measure(
            table, period=when, currency=money, by="partner", flow=flow, span=span, vintage=vintage
        )  # fmt: skip
        return list(asked.records())

    now = listed(period, currency)
    then = listed(periods.year_earlier(period), now[0]["currency"])
    whole = (nw.col("partner") == flows.WORLD) & (nw.col("period") == periods.year_earlier(periods.period(period)))
    return from_rows(flows.records(table.filter(whole)), now, then)


def from_rows(
    facts: Iterable[Mapping[str, Any]], now: Sequence[Mapping[str, Any]], then: Sequence[Mapping[str, Any]]
) -> list[Gain]:
    """Return the same from rows of `measure` by partner, of one flow in two years, as `gains` asks for them.

    `facts` are rows of the table, among them the totals of a year earlier.
    """
    bases = {row["partner"]: row for row in then if row["value"] is not None}
    lines = [row for row in now if row["value"] is not None and row["partner"] in bases]
    parts = [row for row in lines if row["role"] == "part"]
    if not parts or not any(row["role"] == "whole" for row in lines):
        raise MissingData("No level by partner is held in both years. Run: entrepot explain, for shares and growth")
    bases |= _same_table(facts, [bases[row["partner"]] for row in parts], bases[flows.WORLD])
    found = [_gain(row, bases[row["partner"]]) for row in parts]
    whole = next(_gain(row, bases[row["partner"]]) for row in lines if row["role"] == "whole")
    value, base = (whole.value - sum(one.value for one in found), whole.base - sum(one.base for one in found))
    rest = Gain("ROW", value, base, "derived", whole.grade, whole.source)
    return [*sorted(found, key=lambda one: -one.change), rest, whole]


def _gain(row: Mapping[str, Any], base: Mapping[str, Any]) -> Gain:
    status = "derived" if "derived" in (row["status"], base["status"]) else row["status"]
    return Gain(row["partner"], row["value"], base["value"], status, row["grade"], row["source"])


def _same_table(
    facts: Iterable[Mapping[str, Any]], bases: Sequence[Mapping[str, Any]], whole: Mapping[str, Any]
) -> dict[str, Mapping[str, Any]]:
    """Total of the table that most bases come from, if it has one: lines and total then rest on the same figures."""
    sources = [base["source"] for base in bases]
    most = max(sorted(set(sources)), key=sources.count)
    if most == whole["source"]:
        return {}
    own = {name: whole[name] for name in ("period", "span", "flow", "partner", "product", "currency")} | {
        "source": most
    }
    held = [row for row in facts if row["value"] is not None and all(row[name] == own[name] for name in own)]
    return {flows.WORLD: {**whole, **{name: held[-1][name] for name in ("value", "status", "source")}}} if held else {}


def offsets(lines: list[Gain], loss: str) -> dict[str, float]:
    """Gain of each other line as a fraction of what `loss` lost; positive where it made up for it.

    Raises
    ------
    MissingData
        If `loss` is not among the lines, or did not lose.
    """
    lost = next((one.change for one in lines if one.partner == loss), 0.0)
    if lost >= 0:
        raise MissingData(f"{loss} lost nothing among these lines; name a partner whose trade fell.")
    return {one.partner: one.change / -lost for one in lines if one.partner not in (loss, flows.WORLD)}
