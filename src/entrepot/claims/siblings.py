"""What other numbers of a story tell about one: a passage of the wrong year, a sentence of one period."""

from collections import Counter
from collections.abc import Callable, Sequence

from entrepot.claims.causes import true_of
from entrepot.claims.claim import Claim
from entrepot.claims.evidence import Cells
from entrepot.claims.fitting import fits
from entrepot.claims.readings import LEVELS, cell, untimed
from entrepot.claims.repairs import candidates
from entrepot.claims.replacing import replace
from entrepot.claims.runs import Finding

_TOLD = ("level", "growth_yoy")
REACH = 250  # characters back to the number that a period is taken from: about two sentences
Judge = Callable[[Claim], Finding]


def settled(
    claims: Sequence[Claim], findings: Sequence[Finding], judge: Judge, cells: Cells, day: str
) -> list[Finding]:
    """Findings with what the others of the story add.

    A number that matches nothing fails where another of its period is of the wrong year, or where one just before,
    of another flow, is right of the period it takes from there. A number that is right only of a period that the
    text does not name fails where others of its sentence are right of the one it names. Exports and imports that
    are each right of the other were swapped. A rate beside a level of something else was read amiss. Where a later
    copy bears out other numbers of a period to the digit, it also condemns one that a misprint leads to.
    """
    final = [_misprint(c, f, claims, findings) for c, f in zip(claims, findings, strict=True)]
    final = [_of_part(c, f, claims, findings) for c, f in zip(claims, final, strict=True)]
    _swap(claims, final, cells, day)
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


AGREES = {"soft": 0.005, "adjusted": 0.01, "balance": 0.04}
"""How far a level may be from a later copy, or one not adjusted, that confirms it for sums [fraction]."""


def sound(claims: Sequence[Claim], findings: Sequence[Finding]) -> set[str]:
    """Ids of the claims that figures bear out of the very cell they were read of: not to blame where a sum fails."""
    return {c.id for c, f in zip(claims, findings, strict=True) if cell(f.claim) == cell(c) and _borne_out(c, f)}


def _borne_out(claim: Claim, finding: Finding) -> bool:
    if finding.label == "holds":
        return claim.value == finding.claim.value
    near = finding.figure
    if near is None or finding.note not in AGREES or claim.measure != "level":
        return False
    room = AGREES["balance" if claim.flow == "B" else finding.note]
    return near.status == "later copy" and abs(claim.value / (near.value or 1e-9) - 1) < room


FLOWS = {"X": "M", "M": "X"}
APART = 25
"""Characters that must lie between two numbers for a swap: nearer ones may be a list read in the wrong order, unless
each stands behind the noun of its own flow."""
_NOUNS = {"X": "export", "M": "import"}


def _telling(claim: Claim) -> bool:
    """Whether a number says enough to be known again: two digits, or tenths of a percent."""
    return claim.digits > 1 or claim.unit == "%" and claim.step < 0.5


def _swap(claims: Sequence[Claim], final: list[Finding], cells: Cells, day: str) -> None:
    """Condemn exports and imports of one period that are each true of the other, in place."""
    told: dict[tuple[str, ...], list[int]] = {}
    for i, (claim, finding) in enumerate(zip(claims, final, strict=True)):
        if claim.measure in _TOLD and claim.flow in FLOWS and _telling(claim) and finding.label != "holds":
            key = (claim.reporter, claim.partner, claim.product, claim.period, claim.measure, claim.unit)
            told.setdefault(key, []).append(i)
    for pair in told.values():
        if len(pair) != 2 or claims[pair[0]].flow == claims[pair[1]].flow or "respectively" in claims[pair[1]].text:
            continue
        meant = [replace(claims[i], flow=FLOWS[claims[i].flow], also=(), near=()) for i in pair]
        first, second = sorted((claims[i] for i in pair), key=lambda c: c.start)
        apart = second.start - first.end > APART or _alternate(first, second)
        if apart and all(
            final[i].figure is not None and true_of(m, cells, day) for i, m in zip(pair, meant, strict=True)
        ):
            for i, other in zip(pair, meant, strict=True):
                final[i] = replace(
                    final[i],
                    label="fails",
                    path="official",
                    note="",
                    cause="flow swapped",
                    meant=other,
                    claim=claims[i],
                )


def _alternate(first: Claim, second: Claim) -> bool:
    """Whether each of two numbers stands behind the noun of its own flow: exports of one, and imports of another."""
    text, at = first.text, first.text.find(first.stated)
    then = text.find(second.stated, at + len(first.stated)) if second.text == text and at >= 0 else -1
    if then < 0 or "flow" in (*first.carried, *second.carried):
        return False
    before, between = text[:at].lower(), text[at + len(first.stated) : then].lower()
    mine, other = _NOUNS[first.flow], _NOUNS[second.flow]
    return mine in before and other not in before and other in between and mine not in between


SIZE = 2.0
"""How many times as large or small a level must be for it to be of something else than it was read of."""


def _of_part(claim: Claim, finding: Finding, claims: Sequence[Claim], findings: Sequence[Finding]) -> Finding:
    """A rate that no slip explains, told beside a level that is of something else: it too was read amiss."""
    if finding.label != "fails" or finding.cause or claim.measure != "growth_yoy":
        return finding
    for other, found in zip(claims, findings, strict=True):
        beside = other.text == claim.text and other.measure in LEVELS and cell(other)[:4] == cell(claim)[:4]
        held = found.figure.value if beside and found.figure is not None and found.note in ("open", "adrift") else 0.0
        if held and not 1 / SIZE < other.value / held < SIZE:
            return replace(finding, label="cannot tell", path="", note="open")
    return finding


BORNE_OUT = 2
"""Numbers of one period that a later copy must bear out to the digit before it condemns another."""
MOVED = {"level": 0.01, "balance": 0.12, "growth": 1.5}
"""What a revision does not do to a figure of which the neighbours were not revised [fraction, fraction, points]."""


def _misprint(claim: Claim, finding: Finding, claims: Sequence[Claim], findings: Sequence[Finding]) -> Finding:
    """A number that differs from a later copy by one misprint, where the copy bears out others of its period."""
    figure = finding.figure
    if finding.note != "soft" or figure is None or figure.status != "later copy" or claim.measure not in _TOLD:
        return finding
    if figure.how:  # no copy of a print: its months may have been revised since
        return finding
    if finding.claim.period != claim.period or claim.also or claim.digits < 2 or not _moved_far(claim, figure.value):
        return finding
    borne = [
        f for c, f in zip(claims, findings, strict=True)
        if c.period == claim.period and c.reporter == claim.reporter and f.label == "holds" and c.digits > 1
        and f.path == "later copy" and f.claim.period == c.period and c.measure in _TOLD
    ]  # fmt: skip
    causes = {r.cause: r.claim for r in candidates(claim, [figure.value]) if r.number and fits(r.claim, figure)}
    if len(borne) < BORNE_OUT or len(causes) != 1:
        return finding
    cause, meant = next(iter(causes.items()))
    return replace(finding, label="fails", path="official", note="", cause=cause, meant=meant)


def _moved_far(claim: Claim, value: float) -> bool:
    """Whether a number is farther from a figure than a revision would take it, where its neighbours stand."""
    if claim.measure in LEVELS:
        return abs(claim.value / (value or 1e-9) - 1) > MOVED["balance" if claim.flow == "B" else "level"]
    return claim.flow != "B" and abs(claim.value - value) > MOVED["growth"]


def _as_read(claim: Claim, finding: Finding) -> bool:
    """Whether a number is right, by a figure held as such, of the very cell it was read of."""
    same = finding.claim.period == claim.period and finding.claim.partner == claim.partner
    held = finding.figure is not None and not finding.figure.how
    return finding.label == "holds" and held and same and claim.measure in _TOLD


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
    return elsewhere and untimed(claim) and claim.measure in _TOLD and claim.product == "TOTAL"
