"""When a number that no figure fits is condemned: what it says outright, how far it is off, which slip explains it."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from entrepot.claims import evidence, exchange
from entrepot.claims.causes import MISPRINTS, WRITTEN, explained, supposed, true_of
from entrepot.claims.claim import Claim
from entrepot.claims.evidence import Cells, Figure
from entrepot.claims.fitting import figures, fits
from entrepot.claims.readings import (
    GROWTHS,
    LEVELS,
    Told,
    adrift,
    cell,
    compares,
    elsewhere,
    near,
    nearby,
    outright,
    with_span,
)
from entrepot.claims.repairs import candidates
from entrepot.claims.replacing import replace
from entrepot.claims.runs import Finding
from entrepot.claims.spans import LAG

Values = Mapping[Told, Collection[float]]
"""Cells that a story tells, each with the values told."""
UNTOLD: Values = MappingProxyType({})
REVISED = {"level": 0.06, "balance": 0.25, "growth": 4.0, "sides": 0.02}
"""What a figure that is no first print may differ from it without condemning a claim [fraction, fraction, points]; a
balance whose sides are held by this part of exports and imports together, for it is these that are revised."""
PART = {"print": 0.1, "copy": 0.8}
"""A level below this part of a total may be one of its parts that the story does not name [fraction]."""
BALANCES = 4.0
"""How many times as far growth of a balance may be off as growth of a flow: small revisions of both move it far."""
LATER = "only later figures are held, but it is off by a power of ten"
FAR = "no first print is held, but it is far off"
COUNTED = "counted by: "
WHOLE = (0.7, 1.45)
"""Times a total of the month between which an amount is of the whole, or of nothing [ratio]."""
SLOT_OF = {
    "flow swapped": "flow", "month for ytd": "period", "wrong year": "period", "wrong month": "period",
    "whole for part": "partner",
}  # fmt: skip
"""The slot of a claim that a slip changes, where it leaves the number as it is."""
UNADJUSTED = ("USA",)
"""Offices whose own figures of each partner are held unadjusted: of a calendar year stories tell these."""
MOST_SERVICES = 3.0
"""Times its goods that a year's trade with a partner comes to at most with services [ratio]."""
ALONE = {"level": 0.001, "growth": 1.5}
"""How near a number is to a print held by one copy in the press alone, that it may be right [fraction, points]."""
AGREES = {"level": 0.01, "growth": 0.4, "later": 1.0}
"""How near a number is to a later copy that a revision alone takes it from, and a rate to that of a later period of its
story [fraction, points]."""


def condemned(
    claim: Claim,
    findings: Sequence[Finding],
    failed: Finding,
    cells: Cells,
    day: str,
    told: Values,
    *,
    paired: bool,
) -> Finding:
    """A claim that fails in one reading: it fails where none of the others may be meant, and is certain or explained.

    A number that no single slip explains was more often read amiss than written wrong: it fails only where its clause
    says outright what it is of, against a first print.
    """
    first = findings[0]
    if (agreeing := next((f for f in findings if _agrees(f)), None)) is not None:
        return agreeing
    unknown = any(f.label == "cannot tell" and elsewhere(claim, f.claim) for f in findings)
    if first is not failed and (unknown or elsewhere(claim, failed.claim)):
        return first
    if paired and failed.figure is not None and exchange.maybe_spot(claim, cells, day, told.get(cell(claim), ())):
        return replace(failed, label="cannot tell", path="", note="spot")
    rest = [f for f in findings if f.label == "fails" and f is not failed]
    final = explained(claim, failed, cells, day, rest if first is failed else ())
    meant = _read_amiss(claim, cells, day, told)
    if meant is not None:
        return Finding("cannot tell", "", failed.figure, failed.claim, "amiss", meant=meant)
    if not final.cause and final.note == FAR and first is failed and not unknown:
        slip = supposed(final, cells, day, strict=True)
        if slip.meant is not None and _slip_certain(claim, slip):
            return slip
    if first is not failed and (
        first.note == "soft" or not final.cause or final.cause in MISPRINTS or claim.measure == "share"
    ):
        return first if first.figure is not None else replace(first, note=final.note)
    exact, left_open = _exact(claim, final), replace(final, label="cannot tell", path="", note="open")
    if claim.digits < 2 and claim.measure == "level" and not outright(claim):
        return left_open
    if final.cause and not exact and final.figure is not None and _may_be_part(claim, final.figure):
        return replace(left_open, cause="", meant=None)
    if not final.cause and first is failed and _of_the_whole(claim, final, cells, day):
        return supposed(final, cells, day)
    if not final.cause and _compared(claim):
        return left_open
    if not exact and unknown or not final.cause and _unsure(claim, final, findings, told):
        return left_open
    if final.figure is not None and _one_copy(claim, final.figure, misprint=final.cause):
        return replace(left_open, note="one copy")
    return replace(final, label="cannot tell", note="adrift") if adrift(final) else supposed(final, cells, day)


def _one_copy(claim: Claim, figure: Figure, *, misprint: str) -> bool:
    """Whether a print near a number is known from one copy in the press alone, as likely misprinted as the story.

    Where a slip explains the number, only a unit of its last digit is as likely the copy's.
    """
    if not all(fact.source.startswith("press-") and fact.source.endswith("-C") for fact in figure.facts):
        return False
    if claim.measure in GROWTHS:
        most = 1.5 * claim.step if misprint in MISPRINTS else 0.0 if misprint else ALONE["growth"]
        return claim.partner != "WLD" and abs(claim.value - figure.value) <= most
    return not misprint and claim.measure in LEVELS and abs(claim.value / (figure.value or 1e-9) - 1) <= ALONE["level"]


def _of_the_whole(claim: Claim, final: Finding, cells: Cells, day: str) -> bool:
    """Whether an amount is too large for a part of a country's trade, too far from the whole, and of no month near.

    Whatever its clause leaves open then makes no difference: no partner and no goods come near all exports.
    """
    figure = final.figure
    if figure is None or claim.measure != "level" or claim.flow not in ("X", "M") or claim.definition:
        return False
    if (claim.partner, claim.product) != ("WLD", "TOTAL") or {"flow", "reporter"} & set(claim.carried) or claim.lent:
        return False
    if claim.digits < 3 or claim.qualifier != "exact" or claim.unit != figure.currency or len(claim.period) != 7:
        return False
    if LAG.get(claim.reporter, 30) < 0:
        return False  # its office prints an estimate before the month is over
    if not WHOLE[0] < claim.value / (figure.value or 1e-9) < WHOLE[1] or not far_off(claim, figure, 1.4):
        return False
    months = (replace(claim, period=evidence.shifted(claim.period, back)) for back in (*range(-1, 4), 12))
    return not any(true_of(replace(c, flow=flow), cells, day, near=True) for c in months for flow in ("X", "M"))


def _exact(claim: Claim, final: Finding) -> bool:
    """Whether a slip explains a number of so many digits that it is no chance."""
    printed = final.figure is not None and final.figure.status == "public" and claim.qualifier == "exact"
    return bool(final.cause) and _telling(claim) >= (3 if final.cause != "scale" else 1 if printed else 2)


def _unsure(claim: Claim, final: Finding, findings: Sequence[Finding], told: Values) -> bool:
    """Whether a number that no slip explains may be of something else than it was read of."""
    if not _certain(final):
        return True
    doubted = any(f.label != "fails" for f in findings)
    return doubted and claim.lent or not outright(claim) and (doubted or _others(claim, told))


def _slip_certain(claim: Claim, slip: Finding) -> bool:
    """Whether a slip by later copies condemns: the clause itself tells the slot that it changes, or the number."""
    told = SLOT_OF.get(slip.cause)
    if {"flow", "reporter"} & set(claim.carried) or claim.lent or claim.qualifier != "exact" and slip.cause != "scale":
        return False
    if told is None:
        if slip.cause == "sign":
            return claim.measure == "growth_yoy" and "sign" not in {slot for slot, _ in claim.also}
        return _telling(claim) >= 3
    return told not in claim.carried and _telling(claim) >= 3 and outright(claim)


def _agrees(finding: Finding) -> bool:
    """Whether a number is nearly the later copy of a reading of it: but for a revision it is right."""
    claim, figure = finding.claim, finding.figure
    if finding.note != "soft" or figure is None:
        return False
    if claim.measure in LEVELS:
        return claim.flow != "B" and abs(claim.value / (figure.value or 1e-9) - 1) <= AGREES["level"]
    return abs(claim.value - figure.value) <= AGREES["growth"]


def _others(claim: Claim, told: Values) -> bool:
    """Whether the story tells the trade of several reporters: a clause that names none may speak of another one."""
    return any(cell[0] not in ("", claim.reporter) for cell in told)


def _certain(finding: Finding) -> bool:
    """Whether a number that no slip explains is condemned all the same."""
    if finding.note.startswith(COUNTED):  # of all partners: not 110,061 vehicles shipped to the region
        return " to the " not in finding.claim.text.partition(finding.claim.stated)[2][:40]
    if finding.note == LATER:
        return False
    claim = finding.claim
    if claim.partner != "WLD" and "partner" in claim.carried and any(slot == "partner" for slot, _ in claim.near):
        return False
    abroad = "partner" not in claim.carried and any(slot == "partner" for slot, _ in claim.near)
    goods = claim.product == "TOTAL" and any(slot == "product" for slot, _ in claim.near)
    if finding.figure is not None and _may_be_part(claim, finding.figure):
        return False
    if claim.measure == "threshold" or finding.note == FAR and ("sign", "") in claim.also:
        return near(finding)
    if (
        claim.partner == "WLD"
        and abroad
        or goods
        or not claim.unit
        or claim.measure in ("share_change", "contribution")
    ):
        return False  # its clause names a place or goods that it was not read of; no currency is told
    if finding.note == FAR:
        figure = finding.figure
        steady = figure is not None and (whole_year(claim) or _brought_over(figure))
        return figure is not None and outright(claim) and far_off(claim, figure, 1.0 if steady else 2.0)
    if claim.measure in LEVELS and _round(claim):
        return False  # 50 billion says little of what it is of
    return outright(finding.claim) or near(finding)


def _brought_over(figure: Figure) -> bool:
    """Whether a figure is a print of that day, only brought into another currency at the rate of its month."""
    made = all(f.source.startswith("converted") or f.currency != figure.currency for f in figure.facts)
    return made and figure.status == "public" and not figure.how


def _read_amiss(claim: Claim, cells: Cells, day: str, told: Values) -> Claim | None:
    """Cell that a failed number is true of to the digit, named in its sentence and told by no other number; or None."""
    if claim.measure not in (*LEVELS, "growth_yoy", "growth_mom"):
        return None
    if claim.digits < 2 and not (claim.unit == "%" and claim.step < 0.5):
        return None
    plain = replace(claim, also=(), near=())
    if claim.measure == "growth_mom":  # which month it is compared with was read amiss
        plain = replace(plain, measure="growth_yoy", growth_currency=claim.growth_currency or "unstated")
        if true_of(plain, cells, day):
            return plain
    if (other := _of_later(claim, plain, cells, day, told)) is not None:
        return other
    for other in nearby(claim, plain, told):
        values = told.get(cell(other))
        if (values is None or claim.value in values and _again(claim, other)) and true_of(other, cells, day):
            return other
    return None


def _of_later(claim: Claim, plain: Claim, cells: Cells, day: str, told: Values) -> Claim | None:
    """Cell of a later period of the story that a rate is about true of: it was read of the one it compares with."""
    if claim.measure != "growth_yoy" or "period" not in claim.carried:
        return None
    end = claim.period.rpartition("/")[2]
    periods = {cell[4] for cell in told if cell[0] == claim.reporter}
    periods |= {value.partition(" ")[0] for slot, value in claim.near if slot == "period"}
    for period in sorted(p for p in periods if p.rpartition("/")[2] > end):
        when, _, span = with_span(period).partition(" ")
        other = replace(plain, period=when, span=span)
        if any(abs(f.value - claim.value) <= AGREES["later"] for f in figures(other, cells, day)):
            return other
    return None


def _compared(claim: Claim) -> bool:
    """Whether the sentence of a number compares it with a later period: what looks back is more often read amiss."""
    end = claim.period.rpartition("/")[2]
    return compares(claim) and any(
        slot == "period" and value.partition(" ")[0].rpartition("/")[2] > end for slot, value in claim.near
    )


def _again(claim: Claim, other: Claim) -> bool:
    """Whether a reading differs only in the period, which the clause of a claim does not name."""
    same = (claim.partner, claim.flow, claim.product) == (other.partner, other.flow, other.product)
    return same and "period" in claim.carried


def _may_be_part(claim: Claim, figure: Figure) -> bool:
    """Whether a level read of a total is so much smaller that it may be of a part which the text tells otherwise."""
    hard = figure.status == "public" and not figure.soft
    if claim.flow == "B" and outright(claim) and "B" not in {v for s, v in claim.near if s == "flow"}:
        return False  # a balance with one partner names it
    total = claim.product == "TOTAL" and (claim.partner == "WLD" or not hard)
    return (
        total and claim.measure in LEVELS and abs(claim.value) < PART["print" if hard else "copy"] * abs(figure.value)
    )


def _telling(claim: Claim) -> int:
    """Digits of a number that tell something: of a level without those zeros that only hold its place."""
    if claim.measure not in LEVELS or "." in claim.stated.strip(".") or not claim.step:
        return claim.digits
    return len(str(round(abs(claim.value) / claim.step)).rstrip("0"))


def _round(claim: Claim) -> bool:
    """Whether a level shows one digit and zeros behind it."""
    told = round(abs(claim.value) / claim.step) if claim.step else 0
    return "." not in claim.stated.strip(".") and len(str(told).rstrip("0")) < 2 <= len(str(told))


def far_off(claim: Claim, figure: Figure, times: float) -> bool:
    """Whether a figure that is no first print is too far for revision, conversion or adjustment to explain."""
    if fits(claim, figure):
        return False
    digits = 0.0 if claim.measure in GROWTHS or claim.unit in ("%", "pp") else claim.rounding_half_width
    return abs(figure.value - claim.value) > times * room(claim, figure) + digits


def room(claim: Claim, figure: Figure) -> float:
    """How far a figure that is no first print may be from it [currency of a level, points of a rate]."""
    if claim.measure in GROWTHS or claim.unit in ("%", "pp"):
        return REVISED["growth"] * (BALANCES if claim.flow == "B" else 1) + 0.1 * abs(figure.value)
    usual = REVISED["balance" if claim.flow == "B" or claim.measure == "change_amount" else "level"]
    most = REVISED["sides"] * _sides(figure) if claim.flow == "B" else 0.0
    return most or usual * abs(figure.value)


def whole_year(claim: Claim) -> bool:
    """Whether a claim is of a calendar year with one partner, which no adjustment for the season moves.

    Totals stay in doubt: they are told with services, and on the balance-of-payments basis.
    """
    return claim.reporter in UNADJUSTED and claim.span == "year" and claim.partner not in ("WLD", "EUROPE")


def maybe_with_services(claim: Claim, figure: Figure) -> bool:
    """Whether a year's trade with a partner may be told with services, which only goods are held of.

    They make exports and imports larger, and move a balance either way, mostly up; a sentence that names them tells it.
    A number that is a figure but for one misprint of it was copied from there.
    """
    if "services" in claim.text.lower():
        return True
    if claim.measure not in LEVELS or _miswritten(claim, figure):
        return False
    if claim.flow == "B":
        return claim.value > figure.value
    return 1 < claim.value / (figure.value or 1e-9) < MOST_SERVICES


def _miswritten(claim: Claim, figure: Figure) -> bool:
    """Whether one misprint of a number of four digits and more leads from a figure to it, to the digit."""
    tried = (r.claim for r in candidates(claim, [figure.value]) if r.number and r.cause != "scale")
    return claim.digits >= WRITTEN and any(fits(other, figure) for other in tried)


def _sides(figure: Figure) -> float:
    """Exports and imports together of a balance made of them, in its own currency; nothing of a printed one."""
    sides = [(1 if f.row.get("flow") == "X" else -1, f.value or 0.0) for f in figure.facts if f.row.get("flow") != "B"]
    balance = sum(sign * value for sign, value in sides)
    return sum(abs(value) for _, value in sides) * abs(figure.value / balance) if balance else 0.0
