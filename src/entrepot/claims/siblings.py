"""What other numbers of a story tell about one: a passage of the wrong year, a sentence of one period."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from entrepot.claims.claim import Claim
from entrepot.claims.readings import cell
from entrepot.claims.runs import Finding

_TOLD = ("level", "growth_yoy")
REACH = 250  # characters back to the number that a period is taken from: about two sentences
Judge = Callable[[Claim], Finding]


def settled(claims: Sequence[Claim], findings: Sequence[Finding], judge: Judge) -> list[Finding]:
    """Findings with what the others of the story add.

    A number that matches nothing fails where another of its period is of the wrong year, or where one just before, of
    another flow, is right of the period it takes from there. A number that is right only of a period that the text does
    not name fails where others of its sentence are right of the one it names.
    """
    final = list(findings)
    astray = {(c.reporter, c.period) for c, f in zip(claims, findings, strict=True) if f.cause == "wrong year"}
    sound = [c for c, f in zip(claims, findings, strict=True) if _as_read(c, f)]
    told = Counter(told for told, _ in {(cell(claim), claim.value) for claim in claims})
    for i, (claim, finding) in enumerate(zip(claims, findings, strict=True)):
        if finding.note == "open" and finding.figure is not None:
            alone = told[cell(claim)] == 1 and _open_only_by_period(claim) and _next_to(claim, sound)
            if (claim.reporter, claim.period) in astray or alone and finding.claim is claim:
                final[i] = replace(finding, label="fails", path="official", note="")
        elif _moved(claim, finding) and _beside(claim, sound):
            outright = judge(replace(claim, placed=False, also=tuple(a for a in claim.also if a[0] != "period")))
            if outright.label == "fails" and outright.cause in ("month for ytd", "wrong month"):
                final[i] = outright
    return final


def _as_read(claim: Claim, finding: Finding) -> bool:
    """Whether a number is right of the very cell it was read of."""
    same = finding.claim.period == claim.period and finding.claim.partner == claim.partner
    return finding.label == "holds" and same and claim.measure in _TOLD


def _open_only_by_period(claim: Claim) -> bool:
    """Whether a clause says what a total is of, but for its period."""
    said = not {"flow", "reporter"} & set(claim.carried) and {slot for slot, _ in claim.also} <= {"sign"}
    return said and claim.measure in _TOLD and (claim.partner, claim.product) == ("WLD", "TOTAL")


def _next_to(claim: Claim, sound: Sequence[Claim]) -> bool:
    """Whether a number shortly before, of another flow, is right of the period that a claim has from it."""
    before = {cell(c) for c in sound if claim.start - REACH < c.start < claim.start}
    return any(cell(replace(claim, flow=flow)) in before for flow in "XMTB" if flow != claim.flow)


def _beside(claim: Claim, sound: Sequence[Claim]) -> bool:
    """Whether a sentence gives other cells of a claim's period, and nothing else of its own."""
    near = [c for c in sound if c.text == claim.text and c.period == claim.period]
    same = [c for c in near if (c.flow, c.partner, c.measure) == (claim.flow, claim.partner, claim.measure)]
    return bool(near) and not same


def _moved(claim: Claim, finding: Finding) -> bool:
    """Whether a number is right only of another period than the one it was read of."""
    elsewhere = finding.label == "holds" and finding.claim.period != claim.period
    return elsewhere and claim.placed and claim.measure in _TOLD and claim.product == "TOTAL"
