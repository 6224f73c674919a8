"""Runs and ranks: how long growth has gone one way, which partner is largest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from entrepot import codes
from entrepot.claims import evidence
from entrepot.claims.claim import Claim
from entrepot.claims.evidence import Cells, Figure
from entrepot.claims.replacing import replace

CLEAR_LEVEL = 0.05
"""How far beyond an earlier year must be to deny that a mark was passed for the first time [fraction]."""
JOINED = ("CHN",)
"""Reporters whose office tells January and February together: neither alone denies a record or ends a run of months."""
LONGEST = 360
"""Months that are scanned back at most."""
STEP = {7: 1, 4: 12}
"""Months from one period of a run or record to the next, by the length of its text; of no other spans are any told."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a series told of a record or a run, from its period back to where the scan ended.

    Attributes
    ----------
    series, currency : str
        `level`, `growth`, `surplus`, `deficit` or `volume`; the currency it is held in.
    first, last : str
        Periods from which to which figures are held without a gap.
    now : Figure
        The figure of the record itself.
    held : int
        Earlier periods that were compared.
    rival, then : Figure or None, str
        The earlier figure that beats it, or comes nearest, and its period.
    lead : float
        How far that is beyond the record [currency, points].
    beaten : int
        Earlier figures that clearly beat it.
    place : int
        Place that the record was told to have.
    clear : bool
        Whether so many beat it that it is none.
    near : bool
        Whether one is so near, or so little beyond, that a revision may change their order.
    whole : bool
        Whether the scan reached the period since when the record was told.
    enough : int
        Periods after which `ever` counts as reached.
    gap : str
        The first period of which no figure is held; empty where the scan reached its end.
    """

    series: str
    currency: str
    first: str
    last: str
    now: Figure
    held: int = 0
    rival: Figure | None = None
    then: str = ""
    lead: float = 0.0
    beaten: int = 0
    place: int = 1
    clear: bool = False
    near: bool = False
    whole: bool = False
    enough: int = 0
    gap: str = ""


@dataclass(frozen=True)
class Finding:
    """What the figures say: label and path, the figure, and whether the claim was read as January to its month."""

    label: str
    path: str
    figure: Figure | None
    claim: Claim
    note: str = ""
    cause: str = ""
    meant: Claim | None = None
    scan: Scan | None = None


def run(claim: Claim, cells: Cells, day: str) -> Finding:
    """Length of a run, of months or of years, that ends in the claim's period.

    Of growth above or below a bound, or of balances of one sign where a surplus or a deficit is said to go on.
    """
    unknown = Finding("cannot tell", "", None, claim)
    step, balances = STEP.get(len(claim.period), 0), _of_balances(claim)
    if not step or not (claim.against or balances) or not _in_steps(claim, step):
        return unknown
    against = balances or claim.against
    bound, sign = float(against[1:]), 1 if against[0] == ">" else -1
    length, facts, known = 0, [], True
    broke: tuple[str, Figure] | None = None
    now: Figure | None = None
    while length <= (LONGEST if balances else claim.value) and known:
        before = evidence.shifted(claim.period, length * step)
        held = _balances(claim, cells, day, before) if balances else _rates(claim, cells, day, before)
        printed = [f for f in held if f.basis == "printed"] or held
        signs = {sign * (f.value - bound) > 0 for f in printed}
        if signs != {True}:
            known = signs == {False}
            broke = (before, printed[0]) if known else None
            break
        now = now or printed[0]
        facts += [f for figure in printed[:1] for f in figure.facts]
        length += 1
    if now is None or not known and length < claim.value:
        return unknown
    soft = any(f.basis == "first seen" for f in facts)
    figure = Figure(float(length), 0.0, "", "derived", "later copy" if soft else "public", soft, tuple(facts))
    scan = _of_run(claim, now, broke, "level" if balances else "growth", length, step)
    if length >= claim.value and not (balances and length > claim.value and _counted(claim, soft=soft)):
        exact = length == claim.value and known
        return Finding(
            "holds" if exact else "cannot tell",
            ("later copy" if soft else "official") if exact else "",
            figure,
            claim,
            scan=scan,
        )
    return Finding("cannot tell" if soft else "fails", "" if soft else "official", figure, claim, scan=scan)


def in_new_year(claim: Claim, period: str) -> bool:
    """Whether a month is one of the two that an office tells together, for the new year moves between them."""
    return claim.reporter in JOINED and len(claim.period) == 7 and period[5:] in ("01", "02")


def _in_steps(claim: Claim, step: int) -> bool:
    """Whether a run is told in months, or in years, as its period is; one told in neither is taken so."""
    told = {unit for unit in ("month", "year", "annual", "quarter") if unit in claim.stated.casefold()}
    return not told or bool(told & ({"month"} if step == 1 else {"year", "annual"}))


def _of_run(claim: Claim, now: Figure, broke: tuple[str, Figure] | None, series: str, length: int, step: int) -> Scan:
    """From when to when a run goes, and what came before it."""
    first = evidence.shifted(claim.period, (length - 1) * step)
    then, rival = broke or ("", None)
    currency = rival.currency if rival is not None else ""
    return Scan(series, currency, first, claim.period, now, held=length, rival=rival, then=then)


def _of_balances(claim: Claim) -> str:
    """Sign of the balances that a run is of (`>0` a surplus, `<0` a deficit); empty where it is of something else."""
    low = claim.text.lower()
    if claim.against.endswith(" level"):
        return claim.against.removesuffix(" level")
    if claim.against or claim.flow != "B" or ("surplus" in low) == ("deficit" in low):
        return ""
    return ">0" if "surplus" in low else "<0"


def _counted(claim: Claim, *, soft: bool) -> bool:
    """Whether a run of balances that is longer than told denies the number: all printed, and said outright of what."""
    total = (claim.partner, claim.product) == ("WLD", "TOTAL") and claim.qualifier == "exact"
    return total and not soft and not {"period", "flow", "reporter"} & set(claim.carried) and not claim.also


def _balances(claim: Claim, cells: Cells, day: str, period: str) -> list[Figure]:
    then = replace(claim, period=period, measure="level")
    return [f for f in evidence.levels(cells, then, day) if f.status != "revision"]


def _rates(claim: Claim, cells: Cells, day: str, period: str) -> list[Figure]:
    then = replace(claim, period=period, measure="growth_yoy", growth_currency="unstated")
    held = [f for f in evidence.growths(cells, then, day) if f.status != "revision"]
    if held or not in_new_year(claim, period):
        return held
    both = replace(then, period=f"{period[:4]}-01/{period[:4]}-02", span="ytd")
    return [f for f in evidence.growths(cells, both, day) if f.status != "revision"]


WHOLE = 0.9
"""Part of a total that the partners held must add up to before their order denies a rank [fraction]."""
CLEAR_RANK = 0.02
"""How far apart two partners must be for their order to deny a rank [fraction]."""


def rank(claim: Claim, cells: Cells, day: str) -> Finding:
    """Place of a partner among those held, by the levels of the claim's flow: blocs and countries apart, then together.

    A rank holds if it is right either way. It fails only where the partners held are nearly all of the total, and
    another partner is clearly larger either way.
    """
    unknown = Finding("cannot tell", "", None, claim)
    if claim.partner == "WLD" or claim.flow == "B":
        return unknown
    own, total = (_level(claim, cells, day, partner) for partner in (claim.partner, "WLD"))
    if own is None:
        return unknown
    others = [p for p in cells.partners(claim.reporter, claim.product) if p in BLOCS or codes.kind(p) == "country"]
    levels = {p: f for p in others if (f := _level(claim, cells, day, p))}
    country = codes.kind(claim.partner) == "country"
    alike = {p: f for p, f in levels.items() if (codes.kind(p) == "country" if country else p in BLOCS)}
    alike[claim.partner] = own
    mixed = {p: f for p, f in levels.items() if p in BLOCS or codes.kind(p) == "country" and not _in_bloc(p, levels)}
    mixed[claim.partner] = own
    places = [sum(f.value > own.value for f in group.values()) + 1 for group in (alike, mixed)]
    covered = sum(f.value for f in mixed.values()) >= WHOLE * total.value if total else False
    ahead = sorted((f for f in alike.values() if f.value > own.value), key=lambda f: -f.value)
    place = next((p for p in places if p == claim.value), places[0] if country else places[1])
    figure = replace(own, value=float(place), facts=(*own.facts, *(f.facts[0] for f in ahead[:4])), basis="derived")
    path = "official" if own.status == "public" else "later copy"
    if int(claim.value) in places and (covered or len(alike) >= MANY):
        return Finding("holds", path, figure, claim)
    larger = [sum(f.value > own.value * (1 + CLEAR_RANK) for f in group.values()) for group in (alike, mixed)]
    denied = all(place >= claim.value for place in larger)
    if denied and covered and own.status == "public":
        return Finding("fails", "official", figure, claim)
    return Finding("cannot tell", "", figure, claim)


BLOCS = ("ASEAN", "EU27")
MANY = 25
"""Partners of one kind of which the order confirms a rank although they do not add up to the total."""


def _in_bloc(partner: str, levels: Mapping[str, Figure]) -> bool:
    return any(bloc in levels and partner in codes.members(bloc) for bloc in BLOCS)


def _level(claim: Claim, cells: Cells, day: str, partner: str) -> Figure | None:
    """Best level of one partner, in dollars if held, else in the first currency held."""
    asked = replace(claim, partner=partner, measure="level", unit="USD")
    best = _best(evidence.levels(cells, asked, day, made=False))
    if best is not None and (best.currency, best.status, best.basis) == ("USD", "public", "printed"):
        return best  # no sum of months is better
    return _best(evidence.levels(cells, asked, day))


def _best(figures: Sequence[Figure]) -> Figure | None:
    held = [f for f in figures if f.status != "revision" and f.value > 0]
    return max(
        held, key=lambda f: (f.currency == "USD", f.status == "public", f.basis == "printed", f.released), default=None
    )


def passed_before(claim: Claim, cells: Cells, day: str) -> Finding | None:
    """A year in which a mark told as passed `for the first time` had been passed already; None where none is held."""
    if "first time" not in claim.text.casefold() or len(claim.period) == 7:
        return None
    for years in range(1, 12):
        before = replace(claim, period=evidence.shifted(claim.period, 12 * years), measure="level")
        held = [f for f in evidence.levels(cells, before, day) if f.currency == claim.unit and f.status == "public"]
        over = [f for f in held if abs(f.value) > abs(claim.value) * (1 + CLEAR_LEVEL) and f.value * claim.value > 0]
        if over:
            return Finding("fails", "official", over[0], claim, f"the mark was passed in {before.period[:4]} already")
    return None
