"""Records and firsts against the series that is held: who beats them, or from when to when nothing does.

The series is scanned back from the period told of, month by month (or year by year, where years, or months of one name,
are compared), to the one since when the story says it, or as far as figures are held without a gap. A record is denied
only by a period that is so clearly beyond it that no revision brings the two together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from entrepot.claims import evidence
from entrepot.claims.claim import Claim
from entrepot.claims.evidence import Cells, Figure
from entrepot.claims.replacing import replace
from entrepot.claims.runs import LONGEST, STEP, Finding, Scan, in_new_year

CLEAR = {
    "level": (0.05, 0.07, 0.10), "volume": (0.05, 0.07, 0.10), "surplus": (0.10, 0.15, 0.25),
    "deficit": (0.10, 0.15, 0.25), "growth": (1.0, 4.0, 5.0),
}  # fmt: skip
"""How far beyond a record an earlier figure must be to deny it: a print of its own year, one of a year that has been
revised since, and where one of the two is a later copy [fraction of the record; points of growth]."""
NEAR = {"level": 0.01, "volume": 0.01, "surplus": 0.03, "deficit": 0.03, "growth": 0.3}
"""How near to a record the next figure leaves its place open, where one is a later copy [fraction; points]."""
OTHER_MONEY = {"level": 0.25, "surplus": 0.4, "deficit": 0.4, "growth": 8.0, "volume": 0.0}
"""The same for a denial where the story's may be told in a currency of which nothing is held [fraction; points]."""
AGREES = {"growth": 1.0, "level": 0.1}
"""How near the figure scanned from must be to a number of the sentence [points; fraction]."""
LONG = {1: 120, 12: 10}
"""Periods that must be held without a gap for a record `ever` to stand, by the months from one to the next."""
SOON = 12
"""Periods over which the rate of exchange moves two growth rates apart by no more than `OTHER_MONEY_SOON`."""
OTHER_MONEY_SOON = {"level": 0.10, "surplus": 0.2, "deficit": 0.2, "growth": 3.0, "volume": 0.0}
"""`OTHER_MONEY` for figures that lie no more than a year apart [fraction; points]."""
TWO = ("CHN",)
"""Reporters whose office tells its trade in its own money and in dollars."""
WORDS = {"surplus": 1, "deficit": -1}


@dataclass(frozen=True, slots=True)
class Extreme:
    """What a record is of: its end, or the side of a bound (`sign`); its series, since when, which periods count."""

    sign: int
    bound: float | None
    series: str
    since: str
    near: bool
    step: int
    place: int


def record(claim: Claim, cells: Cells, day: str, *, adjusted: bool = False) -> Finding:
    """Whether a period is the highest or lowest, or the first of its sign, since the one that the claim names.

    Where the story names no currency, being right in one is enough, and it fails only if it does in all. Where stories
    of a reporter tell figures adjusted for the season (`adjusted`), of which none are held, what is held decides
    nothing.
    """
    unknown = Finding("cannot tell", "", None, claim)
    readings = [
        [_scan(claim, cells, day, told, currency) for currency in _currencies(claim, cells, day, told)]
        for told in _extremes(claim)
    ]
    readings = [scans for scans in readings if scans]
    if not readings:
        return unknown
    if adjusted:
        return replace(unknown, figure=readings[0][0].now, note="adjusted", scan=readings[0][0])
    found = [_over_money(claim, scans) for scans in readings]
    labels = [label for label, _ in found]
    of_what = claim.product == "TOTAL" or bool(claim.growth_currency) or " volume" in claim.against
    if "holds" in labels and (of_what or set(labels) == {"holds"}):
        return _holding(claim, found[labels.index("holds")][1])
    if set(labels) == {"fails"} and (of_what or len(found) > 1):
        return Finding("fails", "official", found[0][1].rival, claim, scan=found[0][1])
    scan = next((scan for label, scan in found if label == "cannot tell"), found[0][1])
    return replace(unknown, figure=scan.now, note="other" if _label(scan) != "cannot tell" else "", scan=scan)


def _over_money(claim: Claim, scans: Sequence[Scan]) -> tuple[str, Scan]:
    """What the scans of one series in every currency held say together: right in one is enough."""
    labels = [_label(scan) for scan in scans]
    if "holds" in labels:
        return "holds", scans[labels.index("holds")]
    if set(labels) == {"fails"}:
        return "fails" if _in_all(claim, scans) else "cannot tell", scans[0]
    return "cannot tell", next(s for s, label in zip(scans, labels, strict=True) if label != "fails")


def _holding(claim: Claim, scan: Scan) -> Finding:
    figures = [scan.now, *([scan.rival] if scan.rival else [])]
    path = "official" if all(f.status == "public" for f in figures) else "later copy"
    facts = tuple(fact for f in figures for fact in f.facts)
    return Finding("holds", path, replace(scan.now, facts=facts), claim, scan=scan)


def borne_out(finding: Finding, beside: Sequence[Claim]) -> Finding:
    """A record, or a run, that the numbers of its sentence (`beside`) do not show to be read amiss.

    Where the sentence tells numbers of its flow in that series, one must be the figure that was scanned from; where it
    tells none, the record fails only if its clause says of which flow and period it is.
    """
    claim, scan = finding.claim, finding.scan
    if scan is None or finding.label == "cannot tell" or claim.measure == "consecutive" and finding.label == "holds":
        return finding
    rates = scan.series == "growth"
    alike = [c for c in beside if c.flow == claim.flow and (c.unit == "%" if rates else c.unit == scan.currency)]
    told = [c for c in alike if c.measure == ("growth_yoy" if rates else "level") and c.period == claim.period]
    room = AGREES["growth"] if rates else AGREES["level"] * abs(scan.now.value)
    if any(abs(abs(c.value) - abs(scan.now.value)) <= room for c in told):
        return finding
    if told or finding.label == "fails" and {"flow", "reporter", "period"} & set(claim.carried):
        figure = finding.figure if claim.measure == "consecutive" else scan.now
        return replace(finding, label="cannot tell", path="", figure=figure, note="amiss" if told else "loose")
    return finding


def _extremes(claim: Claim) -> Iterator[Extreme]:
    """What the words of a record mean: one reading, or two where they leave open whether the level or its growth."""
    words = claim.against.split(" ")
    last = claim.period.rpartition("/")[2]
    if len(words) != 3 or _is_start(claim):
        return
    which, series, since = words
    near, since = since.startswith("~"), since.removeprefix("~")
    kind, same = series.removesuffix("+same"), series.endswith("+same")
    step = 12 if same or len(claim.period) != 7 else STEP[7]
    if since != "ever" and since[: len(last)] >= last:
        return
    bound = float(which[1:]) if which[0] in "<>" else None
    sign = 1 if which[0] == ">" or which == "max" else -1
    goods = claim.product != "TOTAL" and not claim.growth_currency and kind == "level" and bound is None
    for one in ("level", "growth") if kind == "either" else ("level", "volume") if goods else (kind,):
        yield Extreme(sign, bound, one, since, near, step, int(claim.value))


def _is_start(claim: Claim) -> bool:
    """Whether a record is only what a change is told from (`declined from a record high in 2024`)."""
    before = claim.text.partition(claim.stated)[0].split()[-2:]
    return any(word.casefold() in ("from", "off", "below") for word in before)


def _currencies(claim: Claim, cells: Cells, day: str, told: Extreme) -> list[str]:
    """Currencies in which a record's own figure is held: the one that the story names, else all."""
    held = {f.currency for f in _figures(claim, cells, day, claim.period, told.series)}
    if claim.growth_currency and told.series != "volume":
        return [claim.growth_currency] if claim.growth_currency in held else []
    return sorted(held, key=lambda currency: (currency != "USD", currency))


def _figures(claim: Claim, cells: Cells, day: str, period: str, series: str) -> list[Figure]:
    """Figures of one period that may stand in a series, with the sign of the series."""
    then = replace(claim, period=period, measure="level", growth_currency="unstated")
    if series == "growth":
        held = evidence.growths(cells, then, day)
    elif series == "volume":
        held = evidence.levels(cells, then, day, attribute="quantity")
    else:
        held = evidence.levels(cells, then, day)
    sign = WORDS.get(series, 1)
    usable = [f for f in held if f.status != "revision"]
    return [replace(f, value=-f.value) for f in usable] if sign < 0 else usable


def _figure(claim: Claim, cells: Cells, day: str, period: str, series: str, currency: str) -> Figure | None:
    """The figure of one period in a series that stands best; None where none is held."""
    held = [f for f in _figures(claim, cells, day, period, series) if f.currency == currency]
    return max(held, key=lambda f: (f.status == "public", f.basis == "printed", not f.soft, f.released), default=None)


def _scan(claim: Claim, cells: Cells, day: str, told: Extreme, currency: str) -> Scan:
    """Go back from a record until its time ends, a figure is missing, or one clearly beats it."""
    now = _figure(claim, cells, day, claim.period, told.series, currency)
    assert now is not None, "the currency is one of those held"
    scan = Scan(told.series, currency, claim.period, claim.period, now, place=told.place)
    if told.bound is not None and told.sign * (now.value - told.bound) <= (now.half_width if not told.bound else 0.0):
        return replace(scan, gap=claim.period)  # it does not go the way that is told: another claim's matter
    slack, of = _slack(claim, told), _of_whole_years(claim, told)
    beaten, rival, then, open_ = 0, None, "", False
    for back in range(told.step, LONGEST + 1, told.step):
        period = evidence.shifted(of.period, back)
        last = period.rpartition("/")[2]
        if told.since != "ever" and last <= told.since[: len(last)]:
            scan = replace(scan, whole=True)
            break
        figure = _figure(of, cells, day, period, told.series, currency)
        if figure is None and told.series == "growth" and in_new_year(claim, period):
            period = f"{period[:4]}-01/{period[:4]}-02"
            figure = _figure(replace(claim, span="ytd"), cells, day, period, told.series, currency)
        if figure is None:
            scan = replace(scan, gap=period)
            break
        scan = replace(scan, first=period, held=scan.held + 1)
        if told.bound is None and told.series in WORDS and figure.value < 0:
            continue  # a surplus is no small deficit
        lead = _lead(told, now, figure)
        clear, near = _room(told, now, figure)
        if lead > clear and last > slack and not in_new_year(claim, last):
            beaten += 1
            if beaten >= told.place:
                return replace(scan, rival=figure, then=period, beaten=beaten, clear=True, lead=lead)
        elif lead > -near:
            open_ = True
        if rival is None or _lead(told, now, figure) > _lead(told, now, rival):
            rival, then = figure, period
    else:
        scan = replace(scan, whole=True)
    lead = _lead(told, now, rival) if rival else 0.0
    return replace(scan, rival=rival, then=then, beaten=beaten, near=open_, lead=lead, enough=LONG[told.step])


def _lead(told: Extreme, now: Figure, figure: Figure) -> float:
    """How far an earlier figure is beyond a record, or beyond the bound that it passed for the first time."""
    return told.sign * (figure.value - (now.value if told.bound is None else told.bound))


def _slack(claim: Claim, told: Extreme) -> str:
    """Month up to which, from since when on, a story may count otherwise (`in two years`, `since March`)."""
    if told.since == "ever" or not told.near and told.step > 1:
        return ""
    if not told.near:
        return evidence.shifted(told.since, -1)
    last = claim.period.rpartition("/")[2]
    since = told.since if len(told.since) == 7 else f"{told.since}-12"
    last = last if len(last) == 7 else f"{last}-12"
    months = (int(last[:4]) - int(since[:4])) * 12 + int(last[5:]) - int(since[5:])
    return evidence.shifted(since, -max(1, min(12, months // 6)))


def _room(told: Extreme, now: Figure, figure: Figure) -> tuple[float, float]:
    """How far beyond a record a figure must be to beat it, and how near below it leaves that open."""
    series, printed = told.series, all(f.status == "public" and not f.soft for f in (now, figure))
    age = 2 if not printed else int(_older(now, figure))
    size = 1.0 if series == "growth" else abs(told.bound or now.value)
    width = now.half_width + figure.half_width
    if told.bound == 0 and series != "growth" and not printed:
        return inf, 0.25 * size  # revisions of both flows may turn a balance
    near = NEAR["level" if told.bound else series] * size
    return CLEAR[series][age] * size + width, width if printed else near + width


def _of_whole_years(claim: Claim, told: Extreme) -> Claim:
    """A claim on the year so far, of a mark passed for the first time: the years before count as a whole."""
    so_far = claim.period.partition("/")[0][5:] == "01" and "/" in claim.period
    return replace(claim, period=claim.period[:4], span="year") if told.bound and so_far else claim


def _older(now: Figure, figure: Figure) -> bool:
    """Whether a figure is of an earlier year than the record, whose figures the office has revised as a whole since."""
    return str(figure.facts[0].row["period"])[:4] < str(now.facts[0].row["period"])[:4]


def _label(scan: Scan) -> str:
    """What a scan says: `fails` where one period clearly beats the record, `holds` where none comes near."""
    if scan.clear:
        return "fails"
    if scan.gap == scan.last or not scan.held:
        return "cannot tell"  # its own figure does not go the way that is told, or nothing was compared
    complete = scan.whole or scan.held >= scan.enough
    return "holds" if complete and not scan.near and scan.beaten == scan.place - 1 else "cannot tell"


def _in_all(claim: Claim, scans: Sequence[Scan]) -> bool:
    """Whether a record that fails in all currencies held fails in the one that the story means."""
    if claim.growth_currency or claim.reporter not in TWO or len({s.currency for s in scans}) > 1:
        return True
    if scans[0].series == "volume":
        return True
    scan = scans[0]
    size = 1.0 if scan.series == "growth" else abs(scan.now.value)
    soon = scan.held <= SOON and len(claim.period) == 7
    return scan.lead > (OTHER_MONEY_SOON if soon else OTHER_MONEY)[scan.series] * size
