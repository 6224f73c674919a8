"""What every shipped scenario does to one country and its largest partners, side by side."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from entrepot.economy import Economy
from entrepot.equilibrium import simulate
from entrepot.errors import MissingData, WrongUsage
from entrepot.result import Result
from entrepot.scenario import Scenario

if TYPE_CHECKING:
    from entrepot.answer import Answer

COLUMNS = ["scenario", "title", "country", "welfare", "exports"]
SHOWN = 10


def compare(
    reporter: str, *, scenarios: Sequence[str] | None = None, partners: int = SHOWN, tolerance: float = 1e-10
) -> "Answer":
    """Solve scenarios and put what they do to a country and its largest partners under each other.

    Parameters
    ----------
    reporter : str
        Country, by code or name.
    scenarios : sequence of str, optional
        Names of shipped scenarios, `name:variant` or paths; all that ship, in their default variants, if not given.
    partners : int
        How many of the largest partners (baseline exports and imports together) are shown.
    tolerance : float
        As in `simulate`.

    Returns
    -------
    Answer
        Verb `simulate`. Rows, scenario by scenario, the reporter first: scenario, title, country (label of the
        economy), welfare [change of exact real income, fraction], exports [change of their value before duty with
        world value added as numeraire, fraction; null where there were none]. `about` names reporter, economies and
        sources, and holds for each scenario reference, date, and the certificate with what it is compared with.

    Raises
    ------
    UnknownCode
        If nothing is called so.
    MissingData
        If an economy does not hold the country.
    NotSolved
        If a scenario has no solution: no row is shown of a world that does not add up.
    """
    import pandas as pd

    from entrepot import codes
    from entrepot.answer import Answer

    code = codes.country(reporter)
    held: dict[str, Economy] = {}
    rows, about = [], {}
    for name in Scenario.names() if scenarios is None else scenarios:
        scenario = Scenario.load(name)
        if not scenario.economy:
            raise WrongUsage(f"The scenario {name!r} names no economy to be solved on. Add economy = ... to it.")
        economy = held.setdefault(scenario.economy, held.get(scenario.economy) or Economy.load(scenario.economy))
        if code not in economy.countries:
            raise MissingData(
                f"{code} is none of the {len(economy.countries)} countries of {scenario.economy}, so {name} says "
                "nothing of it. Ask for a country that the economy holds."
            )
        result = simulate(economy, scenario, tolerance=tolerance)
        rows += _rows(result, [code, *result.partners(code, partners)])
        about[scenario.name] = {
            "title": scenario.title, "reference": scenario.reference, "as_of": scenario.as_of,
            "certificate": asdict(result.certificate), "source": result.source,
        }  # fmt: skip
    words = {
        "reporter": code,
        "partners": partners,
        "economies": {name: economy.source for name, economy in held.items()},
        "method": "exact hat algebra; full employment; welfare is exact real income",
        "scenarios": about,
    }
    return Answer("simulate", words, pd.DataFrame(rows, columns=COLUMNS))


def _rows(result: Result, countries: Sequence[str]) -> list[tuple[str, str, str, float, float | None]]:
    at = [result.economy.country(label) for label in countries]
    change = _exports(result.trade()) / np.where((before := _exports(result.economy.flows())) > 0, before, np.nan) - 1
    found = zip(countries, result.welfare_hat[at] - 1, change[at], strict=True)
    name, title = result.scenario.name, result.scenario.title
    return [(name, title, label, float(w), None if np.isnan(x) else float(x)) for label, w, x in found]


def _exports(trade: NDArray[np.float64]) -> NDArray[np.float64]:
    total: NDArray[np.float64] = trade.sum(axis=(0, 2)) - np.einsum("nns->n", trade)
    return total
