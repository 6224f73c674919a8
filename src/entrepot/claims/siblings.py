"""What other numbers of a story tell about one: a passage of the wrong year, a sentence of one period."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from entrepot.claims.claim import Claim
from entrepot.claims.runs import Finding

_TOLD = ("level", "growth_yoy")
Judge = Callable[[Claim], Finding]


def settled(claims: Sequence[Claim], findings: Sequence[Finding], judge: Judge) -> list[Finding]:
    """Findings with what the others of the story add.

    A number that matches nothing fails where another of its period is of the wrong year. A number that is right only of
    a period that the text does not name fails where others of its sentence are right of the one it names.
    """
    final = list(findings)
    astray = {(c.reporter, c.period) for c, f in zip(claims, findings, strict=True) if f.cause == "wrong year"}
    sound = [c for c, f in zip(claims, findings, strict=True) if _as_read(c, f)]
    for i, (claim, finding) in enumerate(zip(claims, findings, strict=True)):
        if finding.note == "open" and finding.figure is not None and (claim.reporter, claim.period) in astray:
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


def _beside(claim: Claim, sound: Sequence[Claim]) -> bool:
    """Whether a sentence gives other cells of a claim's period, and nothing else of its own."""
    near = [c for c in sound if c.text == claim.text and c.period == claim.period]
    same = [c for c in near if (c.flow, c.partner, c.measure) == (claim.flow, claim.partner, claim.measure)]
    return bool(near) and not same


def _moved(claim: Claim, finding: Finding) -> bool:
    """Whether a number is right only of another period than the one it was read of."""
    elsewhere = finding.label == "holds" and finding.claim.period != claim.period
    return elsewhere and claim.placed and claim.measure in _TOLD and claim.product == "TOTAL"
