"""One claim against its figures: which path it stands on, or why it does not, and which single slip explains it."""

from collections.abc import Sequence
from datetime import date as Day
from math import log10

from entrepot.claims import evidence, exchange
from entrepot.claims.claim import Claim
from entrepot.claims.condemning import (
    COUNTED,
    FAR,
    LATER,
    UNTOLD,
    Values,
    condemned,
    far_off,
    maybe_with_services,
    whole_year,
)
from entrepot.claims.evidence import Cells, Figure
from entrepot.claims.extremes import record
from entrepot.claims.fitting import currency_of, cut, figures, fits, shown, touches, within
from entrepot.claims.readings import GROWTHS, LEVELS, cell, readings
from entrepot.claims.replacing import replace
from entrepot.claims.runs import Finding, passed_before, rank, run

SOON = 15
"""Days after a story within which the office's bulletin still repeats the print that the story tells."""
CLOSE = 1.0
"""Half width of a rate between two releases up to which it confirms a number [points]."""
EARLY = "an estimate before the period was over"
NEXT_RELEASE = 20
"""Days after a print from which a story may tell it as revised in the next release [days]."""
BASES = {"level": 0.03, "balance": 0.15, "growth": 1.0}
"""What the figure of a year or more ago may differ from its first print when it is told again as a base
[fraction, fraction, points]."""
AGO = 250
"""Days from the release of a figure after which a story tells it as a base [days]."""
SERVICES = ("USA", "GBR")
"""Reporters whose headline adds services to goods."""
ADJUSTED = ("USA", "DEU", "GBR", "CAN", "FRA")
"""Reporters whose stories give seasonally adjusted or balance-of-payments figures unless they say otherwise."""


def judge(
    claim: Claim,
    cells: Cells,
    day: str,
    *,
    paired: bool = False,
    told: Values = UNTOLD,
) -> Finding:
    """Hold one actual claim against the cells, as public on `day` (`2025-12-08`).

    `paired` says that the story gives the same level in yuan: only then, or where the office's dollar figure is not
    held, may a dollar level be a conversion of the day. `told` are the cells that other numbers of the story are said
    of, with their values: a number that is true of a cell its sentence names, and that no other number is said of, was
    read amiss.
    """
    if not cells.has(claim.reporter):
        return Finding("cannot tell", "", None, claim)
    if claim.measure == "consecutive":
        return run(claim, cells, day)
    if claim.measure == "first_or_record":
        return record(claim, cells, day, adjusted=_adjusted(claim))
    if claim.measure == "multiple" and not claim.stated.casefold().endswith("ed"):  # of what, is said too freely
        return Finding("cannot tell", "", None, claim)
    if claim.measure == "rank":
        return rank(claim, cells, day)
    if claim.measure == "threshold" and (earlier := passed_before(claim, cells, day)) is not None:
        return earlier if not claim.placed else replace(earlier, label="cannot tell", path="", note="open")
    findings = [_read(reading, cells, day, paired, recall=i == 0) for i, reading in enumerate(readings(claim))]
    for finding in findings:
        if finding.label == "holds":
            return finding
    failed = next((f for f in findings if f.label == "fails"), None)
    if failed is None:
        return findings[0]
    return condemned(claim, findings, failed, cells, day, told, paired=paired)


def _read(claim: Claim, cells: Cells, day: str, paired: bool, *, recall: bool) -> Finding:
    held = figures(claim, cells, day)
    if not held and claim.product in evidence.RELATED and claim.measure in ("volume", "growth_yoy"):
        return _related(claim, cells, day)
    named = currency_of(claim)
    public = [f for f in held if f.status == "public"]
    own = [f for f in public if not named or f.currency in (named, "")]
    printed = [f for f in own if f.basis != "recomputed"]
    copies = [f for f in held if f.status == "later copy" and (not named or f.currency in (named, ""))]
    for path, choice in (("official", printed), ("recomputed", [f for f in own if f.basis == "recomputed"])):
        for figure in choice:
            if fits(claim, figure):
                return Finding("holds", path, figure, claim)
    if (paired or not printed) and (spot := exchange.spot(claim, cells, day)):
        return Finding("holds", "spot conversion", spot, claim, _official_words(printed, claim))
    if claim.measure in GROWTHS:
        for figure in public:
            if figure not in own and not figure.how and fits(claim, figure):
                return Finding("holds", "other currency", figure, claim)
    for figure in printed:
        if cut(claim, figure):
            return Finding("holds", "truncated", figure, claim)
    for figure in copies:
        if fits(claim, figure):
            return Finding("holds", "later copy", figure, claim)
    for figure in printed:
        if claim.qualifier == "exact" and touches(claim, figure):
            return Finding("cannot tell", "", figure, claim, "touching")
    loose = _across(claim, cells, day)
    if recall and (recalled := _recalled(claim, held, loose, day)) is not None:
        return recalled
    return _misses(claim, cells, held, own, copies, loose, day)


def _recalled(claim: Claim, held: Sequence[Figure], loose: Sequence[Figure], day: str) -> Finding | None:
    """What confirms a number but never condemns it.

    A copy of a month that was not over when the story told an estimate of it; where no office prints the rate, a rate
    between the levels of two releases that lies inside the number's own digits.
    """
    mine = [f for f in held if _in_currency(claim, f)]
    for figure in mine:
        if figure.status == "revision" and evidence.running(figure, day) and fits(claim, figure):
            return Finding("holds", "later copy", figure, claim, EARLY)
    if any(f.basis == "printed" and f.status != "revision" for f in mine):
        return None
    pairs = [f for f in loose if _in_currency(claim, f)]
    for currency in sorted({f.currency for f in pairs}):  # the levels that were the latest on that day
        best = max((f for f in pairs if f.currency == currency), key=_latest)
        if best.half_width <= CLOSE and within(claim, best):
            return Finding("holds", "recomputed", best, claim)
    return None


def _latest(figure: Figure) -> tuple[bool, str, str, float]:
    return figure.status == "public", min(f.released for f in figure.facts), figure.released, -figure.half_width


def _official_words(printed: Sequence[Figure], claim: Claim) -> str:
    return shown(printed[0].value, claim.unit) if printed else ""


def _misses(
    claim: Claim,
    cells: Cells,
    held: Sequence[Figure],
    own: Sequence[Figure],
    copies: Sequence[Figure],
    loose: Sequence[Figure],
    day: str,
) -> Finding:
    """No figure fits: does what is held condemn the claim, or can it not tell?"""
    told_later = next((f for f in held if f.status == "revision" and fits(claim, f)), None)
    note = f"it fits only a figure of {told_later.released}" if told_later else ""
    adjusted = _adjusted(claim)
    hard = [f for f in own if not f.soft and f.basis != "recomputed"]
    if (doubt := _doubted(claim, cells, held, own, copies, hard, day, adjusted=adjusted)) is not None:
        return doubt
    if hard and not adjusted:
        return Finding("fails", "official", _nearest(claim, hard), claim, note)
    if close := [f for f in copies if _soon(f, day)]:
        own = [*own, *close]
        if claim.measure in LEVELS and all(far_off(claim, f, 0.2) for f in own):
            return Finding("fails", "official", _nearest(claim, close), claim, note)
    converted = exchange.converted(claim, cells, [*held, *loose])
    wide = [*own, *copies, *converted, *(f for f in loose if _in_currency(claim, f))]
    wide = [f for f in wide if not (f.how and f.basis == "derived")] or wide
    if not wide:
        return _unprinted(claim, held, day)
    if all(far_off(claim, f, 4.0 if adjusted else 1.0) for f in wide):
        return Finding("fails", "official", _nearest(claim, wide), claim, note or FAR)
    return Finding("cannot tell", "", _nearest(claim, wide), claim, "adjusted" if adjusted else "soft")


def _adjusted(claim: Claim) -> bool:
    """Whether a story gives figures adjusted for the season of what a claim is said of."""
    return claim.reporter in ADJUSTED and claim.definition != "unadjusted" and not whole_year(claim)


def _doubted(
    claim: Claim,
    cells: Cells,
    held: Sequence[Figure],
    own: Sequence[Figure],
    copies: Sequence[Figure],
    hard: Sequence[Figure],
    day: str,
    *,
    adjusted: bool,
) -> Finding | None:
    """Why even a first print (`hard`) may not condemn a claim that it does not fit; None where it may."""
    if held and claim.reporter in SERVICES and claim.definition != "unadjusted" and _maybe_services(claim, held):
        return Finding("cannot tell", "", _nearest(claim, held), claim, "services")
    if hard and _maybe_rounded(claim, _nearest(claim, hard)):
        return Finding("cannot tell", "", _nearest(claim, hard), claim, "rounded")
    if hard and all(f.status != "revision" for f in held) and _maybe_revised(claim, hard, day):
        return Finding("cannot tell", "", _nearest(claim, hard), claim, "revised")
    if claim.measure == "change_amount" and (adjusted or not hard):
        return Finding("cannot tell", "", None, claim)
    if claim.measure == "growth_mom" and not own:  # a month's step may be adjusted for the season, copies be revised
        return Finding("cannot tell", "", _nearest(claim, copies) if copies else None, claim, "step" if copies else "")
    if hard and claim.measure in GROWTHS and _in_dollars(claim, cells, hard):
        return Finding("cannot tell", "", _nearest(claim, hard), claim, "currency")
    return None


def _unprinted(claim: Claim, held: Sequence[Figure], day: str) -> Finding:
    """A claim of which nothing was printed by its day, and no copy of it is held."""
    later = [f for f in held if f.status == "revision" and _in_currency(claim, f)]
    if later and claim.measure in LEVELS and all(_power(claim, f) for f in later):
        return Finding("fails", "official", _nearest(claim, later), claim, LATER)
    if early := [f for f in held if evidence.running(f, day) and _in_currency(claim, f)]:
        return Finding("cannot tell", "", _nearest(claim, early), claim, "early")
    reason = "revision" if any(f.status == "revision" for f in held) else ""
    return Finding("cannot tell", "", None, claim, reason)


def _in_dollars(claim: Claim, cells: Cells, hard: Sequence[Figure]) -> bool:
    """Whether a rate without a currency may be the one in dollars, of which only the yuan's is printed here."""
    if currency_of(claim) or {figure.currency for figure in hard} != {"CNY"}:
        return False
    return exchange.maybe_other(claim, cells, hard)


def _power(claim: Claim, figure: Figure) -> bool:
    """Whether a level is a power of ten away from a figure, give or take a revision."""
    ratio = log10(abs(claim.value / figure.value)) if claim.value * figure.value > 0 else 0.0
    return abs(round(ratio)) >= 1 and abs(ratio - round(ratio)) < 0.04


def _maybe_revised(claim: Claim, hard: Sequence[Figure], day: str) -> bool:
    """Whether a figure of an earlier release may have been told again after a small revision that is not held."""
    newest = max(f.released for f in hard)
    since = (Day.fromisoformat(day) - Day.fromisoformat(newest)).days
    if since < NEXT_RELEASE:
        return False
    nearest = _nearest(claim, hard)
    share = 0.03 if claim.flow == "B" else 0.01
    rate = 0.25
    if since > AGO:
        share, rate = BASES["balance" if claim.flow == "B" else "level"], BASES["growth"]
    room = share * abs(nearest.value) if claim.measure in LEVELS else rate
    return abs(claim.value - nearest.value) <= room + claim.rounding_half_width


def _maybe_rounded(claim: Claim, figure: Figure) -> bool:
    """Whether a level that ends in zeros is a figure rounded to fewer digits than it shows (990 for 992.2)."""
    told = round(abs(claim.value) / claim.step) if claim.step else 0
    zeros = len(str(told)) - len(str(told).rstrip("0"))
    coarse = claim.step * 10 ** min(zeros, max(claim.digits - 2, 0))
    if "." in claim.stated.strip("."):
        return False  # zeros after the point are digits
    return claim.measure in LEVELS and coarse > claim.step and abs(claim.value - figure.value) <= coarse / 2


def _maybe_services(claim: Claim, held: Sequence[Figure]) -> bool:
    """Whether a total of an office that tells goods and services may include services, which no figure held does."""
    if claim.definition == "goods" or claim.product != "TOTAL" or _of_goods(claim.text.lower()):
        return False
    if claim.partner != "WLD":
        goods = _nearest(claim, held)
        return whole_year(claim) and far_off(claim, goods, 1.0) and maybe_with_services(claim, goods)
    levels = claim.measure in LEVELS and claim.flow != "B"
    return not (levels and held and all(not 1 / 3 < claim.value / f.value < 3 for f in held if f.value))


def _of_goods(text: str) -> bool:
    """Whether a sentence speaks of goods, not of goods and services."""
    return "merchandise" in text or "goods" in text.replace("goods and services", "").split()


def _soon(figure: Figure, day: str) -> bool:
    """Whether a copy is the office's own bulletin of a few days after a day, which repeats what was told on it."""
    dated = all(
        f.basis == "calendar" and not f.source.startswith(("copy", "converted", "derived")) for f in figure.facts
    )
    return dated and (Day.fromisoformat(figure.released) - Day.fromisoformat(day)).days <= SOON and not figure.soft


def _across(claim: Claim, cells: Cells, day: str) -> list[Figure]:
    if claim.measure == "growth_yoy":
        return evidence.across(cells, claim, day)
    if claim.measure == "growth_vs_2019" and claim.period[:4] > "2019":
        return evidence.across(cells, claim, day, months=12 * (int(claim.period[:4]) - 2019))
    return []


def _in_currency(claim: Claim, figure: Figure) -> bool:
    return currency_of(claim) in ("", figure.currency)


def _nearest(claim: Claim, choice: Sequence[Figure]) -> Figure:
    best = [f for f in choice if f.basis == "printed"] or list(choice)
    return min(best, key=lambda f: (f.status != "public", abs(f.value - claim.value)))


def _related(claim: Claim, cells: Cells, day: str) -> Finding:
    """A product whose line is only kept by an industry association: it confirms, and condemns only what is far off."""
    other = evidence.RELATED[claim.product]
    concepts = {
        f.concept
        for plus, _ in evidence.parts(claim.period, claim.span)
        for cell in plus
        for f in cells.at(claim.reporter, claim.partner, other, claim.flow, *cell)
    }
    for concept in sorted(concepts):
        asked = replace(claim, product=other, definition=concept)
        for figure in figures(asked, cells, day):
            if figure.status == "public" and fits(asked, figure):
                return Finding("holds", "official", figure, claim, concept)
            if (
                figure.status == "public"
                and claim.measure == "volume"
                and not 0.5 < claim.value / max(figure.value, 1e-9) < 2
            ):
                return Finding("fails", "official", figure, claim, f"{COUNTED}{concept}")
    return Finding("cannot tell", "", None, claim)


__all__ = ["GROWTHS", "LEVELS", "cell", "currency_of", "cut", "figures", "fits", "judge", "readings", "shown"]
