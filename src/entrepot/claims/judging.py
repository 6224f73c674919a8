"""One claim against its figures: which path it stands on, or why it does not, and which single slip explains it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date as Day
from math import log10
from types import MappingProxyType

from entrepot.claims import evidence, exchange
from entrepot.claims.causes import MISPRINTS, explained, supposed, true_of
from entrepot.claims.claim import Claim
from entrepot.claims.evidence import Cells, Figure
from entrepot.claims.fitting import currency_of, cut, figures, fits, shown, touches, within
from entrepot.claims.readings import GROWTHS, LEVELS, Told, adrift, cell, elsewhere, near, nearby, outright, readings
from entrepot.claims.runs import Finding, passed_before, rank, record, run

Values = Mapping[Told, Collection[float]]
"""Cells that a story tells, each with the values told."""
UNTOLD: Values = MappingProxyType({})
SOON = 15
"""Days after a story within which the office's bulletin still repeats the print that the story tells."""
REVISED = {"level": 0.06, "balance": 0.25, "growth": 4.0}
"""What a figure that is no first print may differ from it without condemning a claim [fraction, fraction, points]."""
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
PART = {"print": 0.1, "copy": 0.8}
"""A level below this part of a total may be one of its parts that the story does not name [fraction]."""
BALANCES = 4.0
"""How many times as far growth of a balance may be off as growth of a flow: small revisions of both move it far."""
LATER = "only later figures are held, but it is off by a power of ten"
FAR = "no first print is held, but it is far off"
COUNTED = "counted by: "
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
    if claim.measure == "consecutive":
        return run(claim, cells, day)
    if claim.measure == "first_or_record":
        return record(claim, cells, day)
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
    return _condemned(claim, findings, failed, cells, day, told)


def _condemned(
    claim: Claim,
    findings: Sequence[Finding],
    failed: Finding,
    cells: Cells,
    day: str,
    told: Values,
) -> Finding:
    """A claim that fails in one reading: it fails where none of the others may be meant, and is certain or explained.

    A number that no single slip explains was more often read amiss than written wrong: it fails only where its clause
    says outright what it is of, against a first print.
    """
    first = findings[0]
    unknown = any(f.label == "cannot tell" and elsewhere(claim, f.claim) for f in findings)
    if first is not failed and (unknown or elsewhere(claim, failed.claim)):
        return first
    rest = [f for f in findings if f.label == "fails" and f is not failed]
    final = explained(claim, failed, cells, day, rest if first is failed else ())
    meant = _read_amiss(claim, cells, day, told)
    if meant is not None:
        return Finding("cannot tell", "", failed.figure, failed.claim, "amiss", meant=meant)
    if (
        first is not failed
        and first.note == "soft"
        or first is not failed
        and (not final.cause or final.cause in MISPRINTS or claim.measure == "share")
    ):
        return first if first.figure is not None else replace(first, note=final.note)
    if claim.digits < 2 and claim.measure in LEVELS and claim.measure != "threshold" and not outright(claim):
        return replace(final, label="cannot tell", path="", note="open")
    printed = final.figure is not None and final.figure.status == "public" and claim.qualifier == "exact"
    exact = final.cause and _telling(claim) >= (3 if final.cause != "scale" else 1 if printed else 2)
    if final.cause and not exact and final.figure is not None and _may_be_part(claim, final.figure):
        return replace(final, label="cannot tell", path="", note="open", cause="", meant=None)
    if not exact and unknown or not final.cause and not _certain(final):
        return replace(final, label="cannot tell", path="", note="open")
    return replace(final, label="cannot tell", note="adrift") if adrift(final) else supposed(final, cells, day)


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
        return finding.figure is not None and outright(claim) and _far(claim, finding.figure, 2.0)
    if claim.measure in LEVELS and _round(claim):
        return False  # 50 billion says little of what it is of
    return outright(finding.claim) or near(finding)


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
    for other in nearby(claim, plain, told):
        values = told.get(cell(other))
        if (values is None or claim.value in values and _again(claim, other)) and true_of(other, cells, day):
            return other
    return None


def _again(claim: Claim, other: Claim) -> bool:
    """Whether a reading differs only in the period, which the clause of a claim does not name."""
    same = (claim.partner, claim.flow, claim.product) == (other.partner, other.flow, other.product)
    return same and "period" in claim.carried


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
    adjusted = claim.reporter in ADJUSTED and claim.definition != "unadjusted"
    hard = [f for f in own if not f.soft and f.basis != "recomputed"]
    if (doubt := _doubted(claim, cells, held, own, copies, hard, day, adjusted=adjusted)) is not None:
        return doubt
    if hard and not adjusted:
        return Finding("fails", "official", _nearest(claim, hard), claim, note)
    if close := [f for f in copies if _soon(f, day)]:
        own = [*own, *close]
        if claim.measure in LEVELS and all(_far(claim, f, 0.2) for f in own):
            return Finding("fails", "official", _nearest(claim, close), claim, note)
    converted = exchange.converted(claim, cells, [*held, *loose])
    wide = [*own, *copies, *converted, *(f for f in loose if _in_currency(claim, f))]
    wide = [f for f in wide if not (f.how and f.basis == "derived")] or wide
    if not wide:
        return _unprinted(claim, held, day)
    if all(_far(claim, f, 4.0 if adjusted else 1.0) for f in wide):
        return Finding("fails", "official", _nearest(claim, wide), claim, note or FAR)
    return Finding("cannot tell", "", _nearest(claim, wide), claim, "adjusted" if adjusted else "soft")


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
        return Finding("cannot tell", "", None, claim, "services")
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


def _may_be_part(claim: Claim, figure: Figure) -> bool:
    """Whether a level read of a total is so much smaller that it may be of a part which the text tells otherwise."""
    hard = figure.status == "public" and not figure.soft
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
    if (
        claim.definition == "goods"
        or (claim.partner, claim.product) != ("WLD", "TOTAL")
        or _of_goods(claim.text.lower())
    ):
        return False
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


def _far(claim: Claim, figure: Figure, times: float) -> bool:
    """Whether a figure that is no first print is too far for revision, conversion or adjustment to explain."""
    if fits(claim, figure):
        return False
    if claim.measure in GROWTHS or claim.unit in ("%", "pp"):
        room = REVISED["growth"] * (BALANCES if claim.flow == "B" else 1)
        return abs(figure.value - claim.value) > times * (room + 0.1 * abs(figure.value))
    room = REVISED["balance" if claim.flow == "B" or claim.measure == "change_amount" else "level"] * times
    return abs(figure.value - claim.value) > room * max(abs(figure.value), 1e-9) + claim.rounding_half_width


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
