"""Two figures of one cell: the later is of what its sentence names and no number has taken.

A story gives the exports of a month to a country once. Where a second figure would be of the same cell, its partner or
goods were carried from the one before, and the place or goods named beside it are its own.
"""

from collections.abc import Iterator, Sequence

from entrepot.claims.claim import Claim
from entrepot.claims.complements import OTHERS
from entrepot.claims.names import Name
from entrepot.claims.opening import BLOC, MOST_REMEMBERED, Context
from entrepot.claims.replacing import replace
from entrepot.claims.subjects import TOTAL
from entrepot.claims.views import View

_MEASURES = ("level", "growth_yoy", "growth_mom", "share", "volume", "volume_growth_yoy")
APART = 0.03
"""How far two figures of one cell may be apart as a first and a revised print [fraction of the first]."""
APART_RATES = 0.15
"""The same of rates [points]."""
APART_ROUGHLY = 0.25
"""The same of figures told roughly (`nearly`, `more than`) [fraction of the first]."""
_WIDE = ("87", "automobiles")
"""Goods that are one another's: those who make them are named beside the others."""
Cell = tuple[str, ...]


class Figures:
    """Figures that a story has told so far, by cell."""

    def __init__(self) -> None:
        self._told: dict[Cell, float] = {}

    def add(self, claims: Sequence[Claim]) -> None:
        """Remember the figures of a sentence; the first of a cell stays."""
        for claim in claims:
            if _counts(claim) and len(self._told) < MOST_REMEMBERED:
                self._told.setdefault(_cell(claim), claim.value)

    def contradicts(self, claim: Claim) -> bool:
        """Whether the claim's cell has another figure already."""
        told = self._told.get(_cell(claim)) if _counts(claim, rough=True) else None
        if told is None:
            return False
        if claim.qualifier != "exact":
            return abs(told - claim.value) > max(APART_ROUGHLY * abs(told), 2.0 if claim.unit == "%" else 0.0)
        return abs(told - claim.value) > max(APART * abs(told), APART_RATES if claim.unit == "%" else 0.0)

    def balances(self, claim: Claim, beside: Sequence[Claim]) -> bool:
        """Whether a balance is what the exports and imports told of its cell, here or before, leave."""
        if claim.flow != "B" or claim.measure != "level":
            return False
        cells = [_cell(replace(claim, flow=flow)) for flow in "XM"]
        here = {_cell(c): c.value for c in beside if c.flow in ("X", "M")}
        sold, bought = (here.get(cell, self._told.get(cell)) for cell in cells)
        return sold is not None and bought is not None and abs(sold - bought - claim.value) <= APART * abs(claim.value)


def parted(claims: Sequence[Claim], context: Context, view: View, figures: Figures) -> tuple[list[Claim], Context]:
    """Claims and context of a sentence, each number that collides moved to the name that none has taken."""
    found: list[Claim] = []
    own = Figures()
    for claim in claims:
        if (named := _named_here(claim, claims, view)) is not None:
            context = _carries(context, claim, named) if claim is claims[-1] else context
            claim = named
        elif figures.contradicts(claim) or own.contradicts(claim):
            moved = next((m for m in _elsewhere(claim, claims, view) if not figures.contradicts(m)), None)
            if moved is not None and not own.contradicts(moved):
                context = _carries(context, claim, moved) if claim is claims[-1] else context
                claim = moved
        own.add([claim])
        found.append(claim)
    figures.add(found)
    return found, context


def _named_here(claim: Claim, claims: Sequence[Claim], view: View) -> Claim | None:
    """The claim with the goods named before it, where those it has were only carried into a sentence on others."""
    told = claim.measure in (*_MEASURES, "change_amount") and claim.unit != "n"
    if claim.product == TOTAL or "product" not in claim.carried or not told:
        return None
    spelled = claim.product.rpartition("-")[2] in view.lows
    if spelled or any(n.role == "product" and n.code == claim.product for n in view.names):
        return None
    free = [*_free("product", _goods(claims), claims, view)]
    floor = max((c.end for c in claims if c.end <= claim.start), default=0)
    before = [n for n in free if floor <= view.words[n.first].start < claim.start and n.code not in _WIDE]
    return replace(claim, product=before[-1].code) if before else None


def _counts(claim: Claim, rough: bool = False) -> bool:
    """Whether a number is a figure of its cell; `rough` ones (`nearly 25 %`) too, to be held against one."""
    plain = claim.qualifier == "exact" or rough
    return claim.kind == "actual" and claim.measure in _MEASURES and bool(claim.flow) and plain


def _cell(claim: Claim) -> Cell:
    return (claim.reporter, claim.partner, claim.product, claim.flow, claim.period, claim.measure, claim.unit,
            claim.growth_currency, claim.definition)  # fmt: skip


def _elsewhere(claim: Claim, claims: Sequence[Claim], view: View) -> Iterator[Claim]:
    """The claim with the partner, then with the goods, that stand free beside it; only with goods if told roughly."""
    exact = claim.qualifier == "exact"
    if exact and (place := _beside(claim, [*_free("place", {c.partner for c in claims}, claims, view)], claims, view)):
        yield replace(claim, partner=place.code)
    if goods := _beside(claim, [*_free("product", _goods(claims), claims, view)], claims, view):
        yield replace(claim, product=goods.code)


def _carries(context: Context, claim: Claim, moved: Claim) -> Context:
    """What the passage goes on about, where it went on about the slot that moved."""
    partner = moved.partner if context.partner == claim.partner else context.partner
    product = moved.product if context.product == claim.product else context.product
    return replace(context, partner=partner, product=product)


def _goods(claims: Sequence[Claim]) -> set[str]:
    """Goods that a number of a sentence has taken, a rank apart (`chips, the main export, fell`)."""
    return {c.product for c in claims if c.measure != "rank"}


def _free(role: str, taken: set[str], claims: Sequence[Claim], view: View) -> Iterator[Name]:
    """Names of a sentence that no number has taken."""
    ours = {c.reporter for c in claims} | {BLOC, OTHERS}
    return (n for n in view.names if n.role == role and n.code not in taken | ours)


def _beside(claim: Claim, names: Sequence[Name], claims: Sequence[Claim], view: View) -> Name | None:
    """The name that stands nearest before a number, else after it before the next one."""
    before = [n for n in names if view.words[n.first].start < claim.start]
    if before:
        return before[-1]
    following = min((c.start for c in claims if c.start > claim.start), default=len(view.words) and view.words[-1].end)
    after = [n for n in names if claim.end <= view.words[n.first].start < following]
    return after[0] if after else None
