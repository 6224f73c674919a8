"""What is said of a record or a first: from when to when it holds, who beats it, or what is missing to tell."""

from entrepot.claims.claim import Claim
from entrepot.claims.evidence import Figure
from entrepot.claims.fitting import shown
from entrepot.claims.runs import Finding, Scan
from entrepot.claims.wording import when

_NTH = {1: "", 2: "second ", 3: "third ", 4: "fourth ", 5: "fifth "}


def stands(about: str, finding: Finding, scan: Scan) -> str:
    """Why a record holds: over which periods, and who comes next."""
    return f"{_held(about, scan)}: {_rank(finding.claim, scan)} {_over(finding.claim, scan)}{_next(scan)}."


def beaten(about: str, finding: Finding, scan: Scan) -> str:
    """Why a record is none: who beats it."""
    what = "no first" if _is_first(finding.claim) else "no such record"
    more = f", and {scan.beaten - 1} before it were beyond it too" if scan.beaten > 1 else ""
    return f"{_held(about, scan)}: {what}, for {_rival(scan)}{more}."


def undecided(about: str, finding: Finding, scan: Scan) -> str:
    """Why what is held does not decide a record."""
    claim, held = finding.claim, f"Held is {_held(about, scan)}"
    if finding.note == "adjusted":
        return f"{held}, unadjusted; stories usually give adjusted figures, whose order may differ."
    if scan.gap == scan.last:
        return f"{held}, which does not reach what is told."
    if finding.note == "amiss":
        return f"{held}, which is none of the sentence's numbers: it was read amiss."
    if finding.note == "loose":
        return f"{held}, and {_rival(scan)}; the sentence does not say outright what the record is of."
    if finding.note == "other":
        return f"{held}, and {_rival(scan)}; the story may mean another currency, or the weight."
    if scan.near and scan.rival is not None:
        return f"{held}, and {_rival(scan)}: a revision, the season or another way of counting may explain that."
    missing = f"; {when(scan.gap)} is not held" if scan.gap else "; what was before is not held"
    if not scan.held:
        return f"{held}{missing}."
    return f"{held}: {_rank(claim, scan)} {_over(claim, scan)}{_next(scan)}{missing}."


def lasted(says: str, scan: Scan, path: str, figure: Figure | None) -> str:
    """Why a run holds: how long it is, from when on, and what came before."""
    day = figure.released if figure is not None else ""
    copied = f", by copies up to {day}; the first prints are not held" if path == "later copy" else f" ({day})"
    return f"{says}{since(scan)}{copied}{before(scan)}."


def since(scan: Scan) -> str:
    """From when on a run goes."""
    return f", from {when(scan.first)} on"


def before(scan: Scan) -> str:
    """What came before a run, where that is held."""
    return f"; {_rival(scan)}" if scan.rival is not None else ""


def unended(about: str, scan: Scan) -> str:
    """Why a run as long as told is left open: what came before it is not held."""
    return f"The run held of {about} goes back to {when(scan.first)}; what came before that is not held."


def misread(about: str, scan: Scan) -> str:
    """Why a run that what is held denies is left open: its sentence may be of something else."""
    went = f"Read as {about}, the run is {scan.held} long{since(scan)}{before(scan)}"
    return f"{went}; the sentence may be of something else."


def unheld(claim: Claim, about: str) -> str:
    """Why a record of which not even its own figure is held cannot be told."""
    money = f" in {claim.growth_currency}" if claim.growth_currency else ""
    return f"Not held: {about}{money}, without which no record of it can be told."


def _is_first(claim: Claim) -> bool:
    return claim.against[:1] in ("<", ">")


def _held(about: str, scan: Scan) -> str:
    return f"{about}, with {_value(scan, scan.now)} ({_origin(scan.now)})"


def _rival(scan: Scan) -> str:
    assert scan.rival is not None, "one that beats it, or comes near"
    return f"{when(scan.then)} had {_value(scan, scan.rival)} ({_origin(scan.rival)})"


def _origin(figure: Figure) -> str:
    """Where a figure is from, and when it became public."""
    return f"{figure.facts[0].source}, {figure.released}"


def _value(scan: Scan, figure: Figure) -> str:
    if scan.series == "growth":
        money = f" in {scan.currency}" if scan.currency else ""
        return f"{shown(figure.value, '%', signed=True)}{money}"
    unit = figure.facts[0].unit if scan.series == "volume" else scan.currency
    if scan.series in ("surplus", "deficit") and figure.value < 0:
        other = "deficit" if scan.series == "surplus" else "surplus"
        return f"a {other} of {shown(-figure.value, unit)}"
    side = f"a {scan.series} of " if scan.series in ("surplus", "deficit") else ""
    return f"{side}{shown(figure.value, unit)}"


def _rank(claim: Claim, scan: Scan) -> str:
    """What a figure is among those held (`the highest`, `the second lowest`)."""
    if _is_first(claim):
        mark = float(claim.against.split(" ")[0][1:])
        passed = shown(mark, scan.currency) if mark else "zero"
        return f"the first {'above' if claim.against[0] == '>' else 'below'} {passed}"
    place = scan.beaten + 1
    nth = _NTH.get(place, f"{place}th ")
    return f"the {nth}{'highest' if claim.against.startswith('max') else 'lowest'}"


def _over(claim: Claim, scan: Scan) -> str:
    """Over which periods a record holds."""
    same = "+same" in claim.against
    unit = "year" if len(claim.period) == 4 or same or "/" in claim.period else "month"
    count = f"{scan.held + 1} {unit}s"
    return f"of the {count} held, {when(scan.first)} to {when(scan.last)}"


def _next(scan: Scan) -> str:
    """Who comes next, where one was compared."""
    return f"; next is {when(scan.then)} with {_value(scan, scan.rival)} ({_origin(scan.rival)})" if scan.rival else ""
