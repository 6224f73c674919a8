"""A forecast if something happens: the model's response to a scenario laid over the statistical forecast.

The statistical forecast says what comes if things go on as they have; the model says by how much a scenario moves
exports and imports in the long run and in its first year. Laid over each other they are a conditional path, not a
forecast: it is marked so, never recorded and never scored. What the months held contain of the scenario already is
taken off, so that it is not counted twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log
from typing import TYPE_CHECKING, Any

from entrepot import bands, codes, equilibrium, flows, periods
from entrepot.answer import Answer
from entrepot.economy import Economy
from entrepot.errors import MissingData, WrongUsage
from entrepot.result import Result
from entrepot.scenario import Scenario

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

STATUS = "conditional"
ARRIVAL = 12
"""Months over which the first year's response arrives."""
SETTLED = 120
"""Months after which the long-run response is there in full: ten years (Boehm, Levchenko, Pandalai-Nayar 2023)."""
ADDED = ("statistical", "response", "response_least", "response_most")
_BOUNDS = ("median", "lo80", "hi80", "lo95", "hi95")


@dataclass(frozen=True)
class Response:
    """Change of a line of trade that a scenario brings, in logs.

    Attributes
    ----------
    first_year, long_run : float
        With the trade elasticity of the first year, and with that of seven to ten years.
    """

    first_year: float
    long_run: float

    def after(self, months: int, arrival: int) -> float:
        """Part that has arrived after so many months, in logs; 0 before the first.

        The first year's response in equal steps over `arrival` months; from there in equal steps to the long-run one
        after `SETTLED` months.
        """
        if months <= arrival:
            return self.first_year * max(months, 0) / arrival
        part = min(1.0, (months - arrival) / max(SETTLED - arrival, 1))
        return self.first_year + (self.long_run - self.first_year) * part

    def range(self, months: int, arrival: int) -> tuple[float, float]:
        """Slowest and fastest: the first year's response and no more, or the long-run one within `arrival` months."""
        part = min(max(months, 0) / arrival, 1.0)
        return self.first_year * part, self.long_run * part


def conditional(
    forecast: Answer,
    scenario: str | Scenario,
    *,
    begins: str | None = None,
    arrival: int = ARRIVAL,
    against: str | None = None,
    economy: str | Economy | None = None,
) -> Answer:
    """Lay a scenario's equilibrium response over a forecast.

    Parameters
    ----------
    forecast : Answer
        Of `outlook.forecast`, for a total or one partner, all products.
    scenario : str or Scenario
        Name of a shipped scenario, path of a TOML file, or a scenario.
    begins : str, optional
        Month in which it takes effect (`2026-11`). Left out: the scenario's own `begins`, or else the first month
        to come. Where it lies within the months held, what had arrived by the last of them is taken to be in the
        forecast already, and only the rest is laid on.
    arrival : int
        Months over which the first year's response arrives, in equal steps in logs, 1 to 120.
    against : str, optional
        Scenario to measure the change from in place of the scenario's own (`baseline` is the economy's year): the
        policy that the months held were made under, for example `truce-in-force`.
    economy : str or Economy, optional
        World in which the response is solved; the scenario's own if left out.

    Returns
    -------
    Answer
        The rows of the forecast, moved, with status `conditional`, and: statistical (the median without the scenario)
        [currency], response (conditional over statistical, less 1), response_least and response_most (if no more than
        the first year's response ever arrives; if the long-run response arrives within `arrival` months) [fractions].
        Intervals are those of the statistical forecast, moved with the median: they do not hold the uncertainty of
        the model, which `response_least` and `response_most` show in part (the speed, not the elasticity).

    Raises
    ------
    WrongUsage
        If the answer is no forecast of one line, a balance stands alone, or `begins` or `arrival` is none.
    MissingData
        If reporter or partner is not in the economy, or the line is a product.
    NotSolved
        If the scenario has no solution that passes its own check.

    Notes
    -----
    Each month's median m becomes m exp(r(k) - r(k0)), with k the months since the scenario began, k0 those of the last
    month held and r the response arrived (`Response.after`). Hats are nominal, in a unit in which world value added in
    dollars is what it would have been; the model's first-year elasticity is 0.38 of the long-run one
    (`equilibrium.simulate`). A balance is exports less imports; a year adds its months held and its months to come.
    """
    _refuse(forecast, arrival)
    asked = Scenario.load(scenario) if isinstance(scenario, str) else scenario
    asked = asked if against is None else asked.set("against", against)
    first, last = periods.ends(str(forecast.about["period"]))
    start = periods.period(begins) if begins else asked.begins or first
    if len(start) != 7 or not periods.later(first, -SETTLED) <= start <= last:
        raise WrongUsage(
            f"{start!r} is no month in which a scenario can take effect here; one from "
            f"{periods.later(first, -SETTLED)} to {last} is expected."
        )
    world = economy if isinstance(economy, Economy) else Economy.load(economy or asked.economy or "world-2023")
    reporter, partner = str(forecast.about["reporter"]), str(forecast.about["partner"])
    responses = solve(world, asked, reporter, partner)
    phase = _Phase(start, str(forecast.about["data_through"]), arrival)
    rows = _moved(forecast.records(), responses, phase)
    import pandas as pd

    table = pd.DataFrame(rows, columns=[*bands.COLUMNS, *ADDED])
    about = _about(forecast.about, asked, world, responses, phase, told=bool(begins or asked.begins))
    if start < (policy := asked.begins or asked.as_of[:7]) and begins:
        about |= {"predated": policy, "warnings": [_early(start, policy, asked), *_list(about["warnings"])]}
    return Answer("forecast", about, table)


def _early(start: str, policy: str, scenario: Scenario) -> str:
    """Say that a scenario is begun before the policy that it describes was in force, or was known."""
    what = "was not in force before" if scenario.begins else "describes the policy of"
    return (
        f"{scenario.name} {what} {scenario.begins or scenario.as_of}: a path from {start} supposes what did not "
        f"happen, and takes its first months to be in the data. Ask for --begins {policy} or later."
    )


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def solve(world: Economy, scenario: Scenario, reporter: str, partner: str = flows.WORLD) -> dict[str, Response]:
    """Response of a reporter's exports (`X`) and imports (`M`) of goods, with the world or one partner.

    A scenario whose own horizon is not `long` answers at that horizon alone.

    Raises
    ------
    MissingData
        If reporter or partner is not in the economy, or they do not trade.
    NotSolved
        If a world does not pass its own check.
    """
    ways = ("short", "long") if scenario.horizon == "long" else (scenario.horizon, scenario.horizon)
    solved = {way: equilibrium.simulate(world, _at(scenario, way)) for way in dict.fromkeys(ways)}
    hats = [_hats(solved[way], reporter, partner) for way in ways]
    return {flow: Response(log(hats[0][flow]), log(hats[1][flow])) for flow in ("X", "M")}


def _at(scenario: Scenario, horizon: str) -> Scenario:
    """Same scenario at another horizon, and what it is compared with at the same."""
    against = scenario.against
    return replace(scenario, horizon=horizon, against=against if isinstance(against, str) else _at(against, horizon))


def _hats(result: Result, reporter: str, partner: str) -> dict[str, float]:
    """New over old exports and imports, in the scenario's numeraire."""
    import numpy as np

    labels = result.economy.countries
    here = _place(labels, [reporter], reporter)
    others = [n for n in range(len(labels)) if n not in here]
    there = others if partner == flows.WORLD else _place(labels, _members(partner), partner)
    before, after = result.economy.flows().sum(axis=2), result.trade().sum(axis=2) / result.numeraire_hat
    cells = {"X": np.ix_(there, here), "M": np.ix_(here, there)}  # buyer first
    sums = {flow: (float(before[cell].sum()), float(after[cell].sum())) for flow, cell in cells.items()}
    if any(min(pair) <= 0 for pair in sums.values()):
        raise MissingData(
            f"{codes.name(reporter)} and {codes.name(partner)} do not trade both ways in this world, so a response in "
            "percent does not exist. Ask for another partner, or the total: leave --partner out."
        )
    return {flow: after / before for flow, (before, after) in sums.items()}


def _members(partner: str) -> list[str]:
    return sorted(codes.members(partner)) if codes.kind(partner) == "group" else [partner]


def _place(labels: Sequence[str], members: Sequence[str], name: str) -> list[int]:
    found = [labels.index(one) for one in members if one in labels]
    if not found:
        raise MissingData(
            f"{codes.name(name)} is not in the economy of the scenario, so its response is not known. Ask for the "
            "total, or give an economy that holds it: --economy PATH"
        )
    return found


def _refuse(forecast: Answer, arrival: int) -> None:
    rows = forecast.rows
    if forecast.verb != "forecast" or "median" not in rows or "data_through" not in forecast.about:
        raise WrongUsage("A scenario is laid over the answer of a forecast: entrepot forecast china --scenario NAME")
    if "scenario" in forecast.about:
        raise WrongUsage("This path is conditional on a scenario already. Put both changes into one scenario file.")
    if forecast.about.get("by") is not None:
        raise WrongUsage("A scenario is laid over one line. Ask for a total or one --partner; leave --by out.")
    if forecast.about["product"] != flows.ALL:
        raise MissingData("The response of one product is not in this economy. Ask for all: leave --product out.")
    if set(rows["flow"]) == {"B"}:
        raise WrongUsage("The balance moves with exports and imports. Ask for all three: leave --flow out.")
    if isinstance(arrival, bool) or not isinstance(arrival, int) or not 1 <= arrival <= SETTLED:
        raise WrongUsage(
            f"A response arrives over 1 to {SETTLED} months, not {arrival!r}. Ask for: --arrival {ARRIVAL}"
        )


@dataclass(frozen=True)
class _Phase:
    """When a scenario begins, the last month held, and the months over which the first year's response arrives."""

    begins: str
    through: str
    arrival: int

    def since(self, month: str) -> int:
        """Months since it began, the first counted; 0 before."""
        years, months = (int(month[cut]) - int(self.begins[cut]) for cut in (slice(4), slice(5, 7)))
        return max(0, 12 * years + months + 1)

    def logs(self, response: Response, month: str) -> tuple[float, float, float]:
        """Log response of a month beyond what the last month held contains: as phased in, slowest, fastest."""
        now, held = self.since(month), self.since(self.through)
        arrived = response.after(now, self.arrival) - response.after(held, self.arrival)
        ends = zip(response.range(now, self.arrival), response.range(held, self.arrival), strict=True)
        return arrived, *(after - before for after, before in ends)  # type: ignore[return-value]


def _moved(rows: list[dict[str, Any]], responses: Mapping[str, Response], phase: _Phase) -> list[dict[str, Any]]:
    """Rows of a forecast after the response; months first, then what adds them up, then the balance."""
    months = {(row["flow"], row["period"]): row for row in rows if row["span"] == "month" and row["flow"] != "B"}
    scales = {key: tuple(exp(value) for value in phase.logs(responses[key[0]], key[1])) for key in months}
    after: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        if row["flow"] != "B":
            ways = _ways(row, months, scales)
            after[row["flow"], row["span"], row["period"]] = _shifted(row, ways, _base_ratio(row, months, scales))
    for row in rows:
        if row["flow"] == "B":
            key = (row["span"], row["period"])
            after["B", *key] = _balance(row, after["X", *key], after["M", *key])
    return [after[row["flow"], row["span"], row["period"]] for row in rows]


Months = Mapping[tuple[str, str], Mapping[str, Any]]
Scales = Mapping[tuple[str, str], tuple[float, ...]]


def _ways(row: Mapping[str, Any], months: Months, scales: Scales) -> tuple[float, ...]:
    """Ratio of the row's median after to before: as phased in, slowest, fastest; months held stand as they are."""
    parts = [(row["flow"], month) for month in periods.months(row["period"], row["span"])]
    moves = [sum(months[key]["median"] * (scales[key][way] - 1) for key in parts if key in months) for way in range(3)]
    return tuple(1 + move / row["median"] for move in moves)


def _base_ratio(row: Mapping[str, Any], months: Months, scales: Scales) -> float:
    """Ratio of the base of growth after to before: beyond a year the base is a month to come as well."""
    if row["base"] is None:
        return 1.0
    before = [(row["flow"], periods.year_earlier(month)) for month in periods.months(row["period"], row["span"])]
    moved = sum(float(months[key]["median"]) * (scales[key][0] - 1) for key in before if key in months)
    return 1 + moved / float(row["base"])


def _shifted(row: dict[str, Any], ways: tuple[float, ...], base: float) -> dict[str, Any]:
    ratio = ways[0]
    out = row | {"status": STATUS, "statistical": row["median"], "response": ratio - 1}
    ends = sorted((way - 1 for way in ways), key=abs)
    out |= {"response_least": ends[0], "response_most": ends[-1]}
    out |= {name: row[name] * ratio for name in _BOUNDS if row[name] is not None}
    out |= {
        f"growth_{name}": (1 + row[f"growth_{name}"]) * ratio / base - 1
        for name in _BOUNDS
        if row[f"growth_{name}"] is not None
    }
    return out | {"base": None if row["base"] is None else row["base"] * base}


def _balance(row: dict[str, Any], sells: Mapping[str, Any], buys: Mapping[str, Any]) -> dict[str, Any]:
    """Exports less imports; the interval keeps its share of total trade. A ratio of balances means nothing: null."""
    middle = sells["median"] - buys["median"]
    size = (sells["median"] + buys["median"]) / (sells["statistical"] + buys["statistical"])
    out = row | {"status": STATUS, "statistical": row["median"], "median": middle}
    out |= {
        name: middle + (row[name] - row["median"]) * size for name in _BOUNDS[1:] if row[name] is not None
    }  # fmt: skip
    return out | dict.fromkeys(ADDED[1:])


def _about(
    before: Mapping[str, object], scenario: Scenario, world: Economy, responses: Mapping[str, Response], phase: _Phase,
    *, told: bool,
) -> dict[str, object]:  # fmt: skip
    against = scenario.against if isinstance(scenario.against, str) else scenario.against.name
    words = [
        f"Conditional on the scenario {scenario.name} ({scenario.title or 'untitled'}), against {against}: not a "
        "forecast, not recorded, never scored.",
        _size_words(responses),
        f"Phased in: the first year's response in equal steps over {phase.arrival} months from {phase.begins}; from "
        f"there to the long-run response after {SETTLED} months. This is an assumption; change it with --arrival.",
        _held_words(responses, phase, told=told, world=world, against=against),
        "Intervals are the statistical forecast's own, moved with it; they do not hold the uncertainty of the model.",
    ]
    if before["currency"] != "USD":
        words.append(
            f"The response is of values in dollars; the dollar price of {before['currency']} is taken as unmoved."
        )
    already = (*before["warnings"],) if isinstance(before["warnings"], list) else ()
    return {
        **before,
        "scenario": scenario.name,
        "title": scenario.title or scenario.name,
        "scenario_source": f"simulated:{scenario.name}:{scenario.hash}",
        "conditional": True,
        "against": against,
        "begins": phase.begins,
        "arrival": phase.arrival,
        "settled": SETTLED,
        "held": {
            flow: exp(one.after(phase.since(phase.through), phase.arrival)) - 1 for flow, one in responses.items()
        },
        "responses": {
            flow: {"first_year": exp(one.first_year) - 1, "long_run": exp(one.long_run) - 1}
            for flow, one in responses.items()
        },
        "economy": world.source,
        "declared": False,
        "warnings": [*words, *already],
        "citation": f"{str(before['citation']).removesuffix('.')}; conditional on scenario {scenario.name} "
        f"({scenario.hash}), entrepot.",
    }


def _size_words(responses: Mapping[str, Response]) -> str:
    said = [
        f"{codes.name(flow, classification='flow').lower()} {exp(one.first_year) - 1:+.1%} in the first year and "
        f"{exp(one.long_run) - 1:+.1%} in the long run"
        for flow, one in responses.items()
    ]
    return f"The model moves {' and '.join(said)} (values, world value added in dollars unmoved)."


def _held_words(responses: Mapping[str, Response], phase: _Phase, *, told: bool, world: Economy, against: str) -> str:
    count = phase.since(phase.through)
    if count:
        arrived = ", ".join(
            f"{codes.name(flow, classification='flow').lower()} {exp(one.after(count, phase.arrival)) - 1:+.1%}"
            for flow, one in responses.items()
        )
        return (
            f"The months held run {count} months into the scenario (since {phase.begins}); the part arrived by then "
            f"({arrived}) is taken to be in the forecast already and is not laid on again."
        )
    begun = "" if told else " by assumption (--begins MONTH says otherwise)"
    since = (
        f" The response is relative to the world of {world.year} with its duties: what changed since then is in the "
        "months held as well. --against NAME measures from the policy in force, for example truce-in-force."
    )
    return (
        f"It begins in {phase.begins}{begun}, after the months held; nothing of it is taken to be in them."
        f"{since if against == 'baseline' else ''}"
    )
