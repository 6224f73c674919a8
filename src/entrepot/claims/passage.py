"""What a story has said before: a figure said again keeps its period, and one cell has one figure."""

from entrepot.claims import magnitudes
from entrepot.claims.claim import Claim
from entrepot.claims.opening import MOST_REMEMBERED
from entrepot.claims.replacing import replace

_TOLD = ("level", "threshold", "growth_yoy")

Cell = tuple[str, ...]


class Passage:
    """Figures that a story has stated so far, by what they are said of."""

    def __init__(self, *, sized: bool = True) -> None:
        self._sized = sized
        self._said: dict[tuple[Cell, float], Claim] = {}
        self._figures: dict[tuple[Cell, str], float] = {}

    def placed(self, claim: Claim) -> Claim:
        """Return a claim with the unit and period that what was said before gives it, and remember it."""
        if claim.kind != "actual" or claim.measure not in _TOLD:
            return claim
        if claim.lent:
            claim = self._unit(claim)
        cell = _cell(claim)
        before = self._said.get((cell, claim.value))
        if before is not None and claim.placed and "passage" in claim.carried:
            return replace(claim, period=before.period, span=before.span)
        if claim.placed and "passage" in claim.carried and self._taken(cell, claim.period, claim.value):
            claim = self._elsewhere(claim, cell)
        if len(self._said) < MOST_REMEMBERED:
            self._said.setdefault((cell, claim.value), claim)
            if claim.qualifier == "exact":
                self._figures.setdefault((cell, claim.period), claim.value)
        return claim

    def _unit(self, claim: Claim) -> Claim:
        """A number whose unit was lent has that of the same figure said before."""
        where = _cell(claim)[:-1]
        said = next((c for (cell, value), c in self._said.items() if cell[:-1] == where and value == claim.value), None)
        return replace(claim, unit=said.unit) if said else claim

    def _taken(self, cell: Cell, period: str, value: float) -> bool:
        """Whether a cell already has a figure of a period that a value cannot be."""
        held = self._figures.get((cell, period))
        return held is not None and abs(held - value) > 0.02 * abs(held)

    def _elsewhere(self, claim: Claim, cell: Cell) -> Claim:
        """A claim whose period was only carried, and has another figure, moved to the one spoken of that has none."""
        for slot, other in reversed(claim.also):
            period, _, span = other.partition(" ")
            if slot != "period" or (span == "month") == (claim.span == "month"):
                continue
            moved = replace(claim, period=period, span=span)
            if not self._taken(cell, period, claim.value) and (not self._sized or magnitudes.usual(moved)):
                return moved
        return claim


def _cell(claim: Claim) -> Cell:
    growth = claim.growth_currency if claim.measure == "growth_yoy" else ""
    kind = "growth" if claim.measure == "growth_yoy" else "level"
    return claim.reporter, claim.partner, claim.product, claim.flow, claim.definition, kind, growth, claim.unit
