"""What the page of a release says of policies: each shipped scenario, solved, for the reporter and its partners."""

from collections.abc import Mapping, Sequence
from typing import Any

from entrepot import layout, outcomes, wording
from entrepot.answer import Answer
from entrepot.briefing import Facts
from entrepot.errors import EntrepotError
from entrepot.layout import Cell, Line, Section, Table

TITLE = "What policies would do"
SHOWN = 10
"""Partners of the table."""


def section(facts: Facts) -> Section:
    """Change of real income and of exports by scenario, for the reporter and its ten largest partners.

    Each world is solved while the page is made; where one is not, or the reporter is in no economy that ships, the
    section says why and shows no figure.
    """
    try:
        answer = outcomes.compare(facts.reporter, partners=SHOWN)
    except EntrepotError as refusal:
        return Section("scenarios", TITLE, lead=f"No scenario is shown here. {refusal}")
    return Section("scenarios", TITLE, lead=_lead(answer), tables=(_table(answer),), points=_points(answer))


def _lead(answer: Answer) -> str:
    return (
        "Simulated, not observed: change of real income and, below it, of exports, in a general-equilibrium model of "
        "goods trade at full employment, against the world that each scenario names. Long run; no forecast."
    )


def _table(answer: Answer) -> Table:
    rows = answer.records()
    names = list(dict.fromkeys(str(row["scenario"]) for row in rows))
    countries = list(dict.fromkeys(str(row["country"]) for row in rows))
    found = {(row["country"], row["scenario"]): row for row in rows}
    lines = tuple(
        Line((Cell(wording.partner(country)), *(_cell(found.get((country, name))) for name in names)))
        for country in countries
    )
    heads = layout.heads("", *(name.replace("-", " ") for name in names), spare=range(4, len(names) + 1))
    lines = tuple(Line(tuple(_spare(cell, n > 3) for n, cell in enumerate(line.cells))) for line in lines)
    caption = (
        "Change of exact real income; below it the change of exports, with world value added as the unit of value."
    )
    return Table("Scenarios", caption, heads, lines, layout.links("scenarios", rows))


def _cell(row: Mapping[str, Any] | None) -> Cell:
    if row is None:
        return Cell(wording.DASH)
    exports = wording.percent(row["exports"]) if wording.known(row["exports"]) else ""
    return Cell(f"{wording.points(row['welfare'])} %", "fall" if row["welfare"] < 0 else "", small=exports, lang="en")


def _spare(cell: Cell, spare: bool) -> Cell:
    return Cell(cell.text, f"{cell.kind} spare".strip(), small=cell.small, lang=cell.lang) if spare else cell


def _points(answer: Answer) -> tuple[str, ...]:
    said: Any = answer.about["scenarios"]
    out: Sequence[str] = [
        f"{name.replace('-', ' ')}: {one['title']}, as of {wording.day(one['as_of'])}, against "
        f"{one['certificate']['against']}; {one['reference']}; solved to {one['certificate']['residual']:.0e} of world "
        f"GDP. Run: entrepot simulate {name}"
        for name, one in said.items()
    ]
    return tuple(out)
