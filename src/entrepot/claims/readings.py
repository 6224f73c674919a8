"""What else a number may be said of: readings that the text leaves open, and how certain one of them is."""

from collections.abc import Collection, Iterator
from itertools import product
from math import log10

from entrepot.claims import evidence
from entrepot.claims.claim import Claim
from entrepot.claims.replacing import replace
from entrepot.claims.runs import Finding

LEVELS = ("level", "threshold")
GROWTHS = ("growth_yoy", "growth_mom", "growth_vs_2019", "volume_growth_yoy")

Told = tuple[str, ...]
"""Cell that a number is said of: reporter, partner, product, flow, period, measure."""


def cell(claim: Claim) -> Told:
    """The cell that a claim is said of."""
    return claim.reporter, claim.partner, claim.product, claim.flow, claim.period, claim.measure


def nearby(claim: Claim, plain: Claim, told: Collection[Told]) -> Iterator[Claim]:
    """What else a number may be said of.

    Its sentence names that for another number; or its clause leaves a slot to the passage, and the story speaks of
    another one elsewhere.
    """
    options: dict[str, list[str]] = {slot: [""] for slot in ("period", "partner", "flow", "product")}
    for slot, value in claim.near:
        options[slot].append(value)
    if claim.digits >= 2 or claim.unit == "%":
        for place, slot in ((4, "period"), (1, "partner"), (2, "product"), (3, "flow")):
            if slot in claim.carried:
                known = {v.partition(" ")[0] for v in options[slot]}
                said = sorted({t[place] for t in told if t[0] == claim.reporter} - known)
                said = [v for v in said if slot != "period" or v != evidence.shifted(claim.period, 12)]  # a wrong year
                options[slot] += [with_span(v) if slot == "period" else v for v in said][:8]
    own = (plain.period, plain.span, plain.partner, plain.flow, plain.product)
    for period, partner, flow, goods in product(*options.values()):
        if flow and ("flow", flow) not in claim.near and not (period or partner or goods):
            continue  # exports taken for imports: a slip, where no other slot is in doubt
        when, _, span = (period or f"{plain.period} {plain.span}").partition(" ")
        other = (when, span, partner or plain.partner, flow or plain.flow, goods or plain.product)
        if other != own:
            yield replace(plain, period=when, span=span, partner=other[2], flow=other[3], product=other[4])
    yield from _said_elsewhere(claim, plain, told)


COMPARING = frozenset(("than", "against", "compared", "versus", "after", "same", "ago", "below", "above", "where"))
"""Words of a sentence that sets one figure against another."""


def compares(claim: Claim) -> bool:
    """Whether the sentence of a number sets one figure against another: what it is of is more often read amiss."""
    return not COMPARING.isdisjoint({word.strip(",;:.()") for word in claim.text.lower().split()})


def _said_elsewhere(claim: Claim, plain: Claim, told: Collection[Told]) -> Iterator[Claim]:
    """The claim with one slot as the story tells it of other numbers: what an unusual sentence may leave unread."""
    if not compares(claim):
        return
    cells = [t for t in told if t[0] == claim.reporter]
    for period in sorted({t[4] for t in cells} - {claim.period, evidence.shifted(claim.period, 12)})[:8]:
        when, _, span = with_span(period).partition(" ")
        yield replace(plain, period=when, span=span)
    for partner in sorted({t[1] for t in cells} - {claim.partner})[:8]:
        yield replace(plain, partner=partner)
    for goods in sorted({t[2] for t in cells} - {claim.product})[:8]:
        yield replace(plain, product=goods)


def with_span(period: str) -> str:
    """A period with its kind of span."""
    first, _, last = period.partition("/")
    if not last:
        return f"{period} {'year' if len(first) == 4 else 'month'}"
    return f"{period} {'ytd' if first[5:] == '01' and first[:4] == last[:4] else 'range'}"


def readings(claim: Claim) -> list[Claim]:
    """The claim as it stands and, where the text only places its period, the others it can be of.

    Those are the month that the period ends with, the year to that month, and of a level or a threshold told in the
    first months of a year the year before. A currency that another number lent may be any.
    """
    if (
        claim.lent and claim.unit and claim.measure in LEVELS
    ):  # 58.44bn after yuan were told: of yuan, if not of dollars
        return [*readings(replace(claim, lent=False)), replace(claim, lent=False, unit="", also=())]
    if claim.partner == "EUROPE" and "europe" in claim.text.lower():  # European buyers: mostly those of the Union
        return [claim, *readings(replace(claim, partner="EU27"))]
    if claim.also:
        plain = replace(claim, also=())
        others = [_other(plain, slot, value) for slot, value in claim.also]
        return [*readings(plain), *others, *(replace(o, partner="EU27") for o in others if o.partner == "EUROPE")]
    if not untimed(claim) or claim.span == "fiscal_ytd":
        return [claim]
    first, _, last = claim.period.partition("/")
    last = last or (first if len(first) == 7 else f"{first}-12")
    others = [replace(claim, period=last, span="month")]
    if last[5:] != "01":
        others.append(replace(claim, period=f"{last[:4]}-01/{last}", span="ytd"))
    if claim.measure in LEVELS and "01" <= last[5:] <= "03":
        others.append(replace(claim, period=str(int(last[:4]) - 1), span="year"))
    return [claim, *(other for other in others if other.period != claim.period)]


def _other(claim: Claim, slot: str, value: str) -> Claim:
    if slot == "period":
        period, _, span = value.partition(" ")
        return replace(claim, period=period, span=span)
    if slot == "product":
        return replace(claim, product=value)
    return replace(claim, value=-claim.value) if slot == "sign" else replace(claim, partner=value)


def untimed(claim: Claim) -> bool:
    """Whether neither its clause nor its sentence alone tells the period of a number."""
    return claim.placed and (claim.measure == "threshold" or "period" in claim.carried)


def outright(claim: Claim) -> bool:
    """Whether a text says outright what a number is of: its clause names flow and period, and no slot is left open."""
    return (
        not untimed(claim) and not {"flow", "reporter"} & set(claim.carried) and {s for s, _ in claim.also} <= {"sign"}
    )


def near(finding: Finding) -> bool:
    """Whether a number of which only the period is carried is off by more than a revision, less than a misreading."""
    claim, figure = finding.claim, finding.figure
    if (
        figure is None
        or {"flow", "reporter"} & set(claim.carried)
        or not {s for s, _ in claim.also} <= {"sign", "period"}
    ):
        return False
    if claim.measure in LEVELS:
        return 0.04 < abs(claim.value / (figure.value or 1e-9) - 1) < 0.25
    return claim.measure == "growth_yoy" and 0.5 < abs(claim.value - figure.value) < 3


def elsewhere(claim: Claim, reading: Claim) -> bool:
    """Whether a reading is of another partner or other goods than the claim."""
    return (claim.partner, claim.product) != (reading.partner, reading.product)


def adrift(finding: Finding) -> bool:
    """Whether a number that no slip explains is so far off that its clause, which leaves slots open, was read amiss."""
    claim, figure = finding.claim, finding.figure
    if finding.label != "fails" or finding.cause or figure is None:
        return False
    open_slots = {"flow", "period"} & set(claim.carried)
    if claim.measure in LEVELS:
        ratio = abs(claim.value / figure.value) if figure.value and claim.value else 1.0
        if abs(log10(ratio) - round(log10(ratio))) < 0.02:  # ten times, a hundredth: a slip of scale all the same
            return False
        return bool(open_slots) and not 0.5 < claim.value / (figure.value or 1.0) < 2
    return claim.measure in GROWTHS and len(open_slots) == 2 and abs(claim.value - figure.value) > 5
