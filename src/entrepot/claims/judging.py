"""One claim against its figures: which path it stands on, or why it does not, and which single slip explains it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date as Day
from itertools import product
from math import log10

from entrepot import periods
from entrepot.claims import derived, evidence
from entrepot.claims.claim import Claim, interval
from entrepot.claims.evidence import Cells, Figure
from entrepot.claims.repairs import candidates
from entrepot.claims.runs import Finding, passed_before, rank, record, run

SPOT = 0.015
"""How far a dollar figure may be from the yuan figure at the month's rate to be its conversion [fraction]."""
SOON = 15
"""Days after a story within which the office's bulletin still repeats the print that the story tells."""
REVISED = {"level": 0.06, "balance": 0.25, "growth": 4.0}
"""What a figure that is no first print may differ from it without condemning a claim [fraction, fraction, points]."""
NEXT_RELEASE = 20
"""Days after a print from which a story may tell it as revised in the next release [days]."""
ADJUSTED = ("USA", "DEU", "GBR", "CAN", "FRA")
"""Reporters whose stories give seasonally adjusted or balance-of-payments figures unless they say otherwise."""
LEVELS = ("level", "threshold")
GROWTHS = ("growth_yoy", "growth_mom", "growth_vs_2019", "volume_growth_yoy")


Told = tuple[str, ...]
"""Cell that a number is said of: reporter, partner, product, flow, period, measure."""


def judge(
    claim: Claim, cells: Cells, day: str, *, paired: bool = False, told: Collection[Told] = frozenset()
) -> Finding:
    """Hold one actual claim against the cells, as public on `day` (`2025-12-08`).

    `paired` says that the story gives the same level in yuan: only then, or where the office's dollar figure is not
    held, may a dollar level be a conversion of the day. `told` are the cells that other numbers of the story are said
    of: a number that is true of a cell its sentence names, and that no other number is said of, was read amiss.
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
        return earlier
    findings = [_read(reading, cells, day, paired) for reading in readings(claim)]
    for finding in findings:
        if finding.label == "holds":
            return finding
    failed = next((f for f in findings if f.label == "fails"), None)
    if failed is None:
        return findings[0]
    if (meant := _read_amiss(claim, cells, day, told)) is not None:
        return Finding("cannot tell", "", failed.figure, failed.claim, "amiss", meant=meant)
    if findings[0].label != "fails" and not (explained := _explained(claim, failed, cells, day)).cause:
        return findings[0] if findings[0].figure is not None else replace(findings[0], note=explained.note)
    rest = [f for f in findings if f.label == "fails" and f is not failed]
    final = _explained(claim, failed, cells, day, rest)
    return replace(final, label="cannot tell", note="adrift") if _adrift(final) else final


def _adrift(finding: Finding) -> bool:
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


def cell(claim: Claim) -> Told:
    """The cell that a claim is said of."""
    return claim.reporter, claim.partner, claim.product, claim.flow, claim.period, claim.measure


def _read_amiss(claim: Claim, cells: Cells, day: str, told: Collection[Told]) -> Claim | None:
    """Cell that a failed number is true of to the digit, named in its sentence and told by no other number; or None."""
    if claim.measure not in (*LEVELS, "growth_yoy", "growth_mom"):
        return None
    if claim.digits < 2 and not (claim.unit == "%" and claim.step < 0.5):
        return None
    plain = replace(claim, also=(), near=())
    if claim.measure == "growth_mom":  # which month it is compared with was read amiss
        plain = replace(plain, measure="growth_yoy", growth_currency=claim.growth_currency or "unstated")
        if _true_of(plain, cells, day):
            return plain
    for other in _nearby(claim, plain, told):
        if cell(other) not in told and _true_of(other, cells, day):
            return other
    return None


def _nearby(claim: Claim, plain: Claim, told: Collection[Told]) -> Iterator[Claim]:
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
                options[slot] += [_with_span(v) if slot == "period" else v for v in said][:8]
    for period, partner, flow, goods in product(*options.values()):
        if flow and ("flow", flow) not in claim.near and not (period or partner or goods):
            continue  # exports taken for imports: a slip, where no other slot is in doubt
        other = _other_reading(plain, "period", period) if period else plain
        other = replace(
            other, partner=partner or other.partner, flow=flow or other.flow, product=goods or other.product
        )
        if other != plain:
            yield other


def _with_span(period: str) -> str:
    """A period with its kind of span."""
    first, _, last = period.partition("/")
    if not last:
        return f"{period} {'year' if len(first) == 4 else 'month'}"
    return f"{period} {'ytd' if first[5:] == '01' and first[:4] == last[:4] else 'range'}"


def readings(claim: Claim) -> list[Claim]:
    """The claim as it stands and, where the text only places its period, the others it can be of.

    Those are the month that the period ends with, the year to that month, and of a level or a threshold told in the
    first months of a year the year before.
    """
    if claim.partner == "EUROPE" and "europe" in claim.text.lower():  # European buyers: mostly those of the Union
        return [claim, *readings(replace(claim, partner="EU27"))]
    if claim.also:
        plain = replace(claim, also=())
        others = [_other_reading(plain, slot, value) for slot, value in claim.also]
        return [*readings(plain), *others, *(replace(o, partner="EU27") for o in others if o.partner == "EUROPE")]
    if not claim.placed or claim.span == "fiscal_ytd":
        return [claim]
    first, _, last = claim.period.partition("/")
    last = last or (first if len(first) == 7 else f"{first}-12")
    others = [replace(claim, period=last, span="month")]
    if last[5:] != "01":
        others.append(replace(claim, period=f"{last[:4]}-01/{last}", span="ytd"))
    if claim.measure in LEVELS and "01" <= last[5:] <= "03":
        others.append(replace(claim, period=str(int(last[:4]) - 1), span="year"))
    return [claim, *(other for other in others if other.period != claim.period)]


def _other_reading(claim: Claim, slot: str, value: str) -> Claim:
    if slot == "period":
        period, _, span = value.partition(" ")
        return replace(claim, period=period, span=span)
    return replace(claim, value=-claim.value) if slot == "sign" else replace(claim, partner=value)


def figures(claim: Claim, cells: Cells, day: str) -> list[Figure]:
    """Every figure that a claim may be held against, whatever its status."""
    if claim.measure in LEVELS or claim.measure == "range_bound":
        return evidence.levels(cells, claim, day)
    if claim.measure == "growth_yoy":
        return evidence.growths(cells, claim, day)
    if claim.measure == "growth_mom":
        return evidence.growths(cells, claim, day, months=3 if claim.against == "qoq" else 1)
    if claim.measure == "growth_vs_2019":
        years = int(claim.period[:4]) - 2019
        return evidence.growths(cells, claim, day, months=12 * years) if years > 0 else []
    if claim.measure == "volume":
        return evidence.quantities(cells, claim, day)
    if claim.measure == "share":
        return list(derived.shares(claim, cells, day))
    if claim.measure == "share_change":
        return list(derived.share_changes(claim, cells, day))
    if claim.measure == "contribution":
        return list(derived.contributions(claim, cells, day))
    if claim.measure == "multiple":
        return list(derived.multiples(claim, cells, day))
    if claim.measure == "growth_gap":
        return list(derived.gaps(claim, cells, day))
    if claim.measure == "change_amount":
        return list(derived.changes(claim, cells, day))
    return []


# --- does it fit ------------------------------------------------------------------------------------------------------


def fits(claim: Claim, figure: Figure) -> bool:
    """Whether the claim's rounding interval meets the figure's, beyond touching."""
    low, high = interval(claim)
    if claim.measure == "range_bound" and claim.against:
        other = float(claim.against)
        low, high = min(low, other - claim.rounding_half_width), max(high, other + claim.rounding_half_width)
    if claim.qualifier == "over" and claim.value > 0:
        high = max(high, claim.value * 1.15)
    if claim.qualifier == "over" and claim.value < 0:
        low = min(low, claim.value * 1.15)
    slack = 1e-9 * max(1.0, abs(low), abs(high), abs(figure.value))
    if low - slack <= figure.value <= high + slack:
        return True
    return figure.value - figure.half_width < high - slack and figure.value + figure.half_width > low + slack


def cut(claim: Claim, figure: Figure) -> bool:
    """Whether the claim is the figure cut off after its last digit, not rounded."""
    if claim.qualifier != "exact" or claim.digits < 2 or claim.value * figure.value < 0:
        return False
    return abs(claim.value) - 1e-9 * abs(claim.value) <= abs(figure.value) < abs(claim.value) + claim.step * (1 - 1e-9)


def currency_of(claim: Claim) -> str:
    """Currency in which a claim is to be right; empty for either."""
    if claim.measure in (*LEVELS, "change_amount", "range_bound"):
        return claim.unit
    return "" if claim.growth_currency in ("", "unstated") else claim.growth_currency


def _read(claim: Claim, cells: Cells, day: str, paired: bool) -> Finding:
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
    if (paired or not printed) and (spot := _spot(claim, cells, day)):
        return Finding("holds", "spot conversion", spot, claim, _official_words(printed, claim))
    if claim.measure in GROWTHS:
        for figure in public:
            if figure not in own and fits(claim, figure):
                return Finding("holds", "other currency", figure, claim)
    for figure in printed:
        if cut(claim, figure):
            return Finding("holds", "truncated", figure, claim)
    for figure in copies:
        if fits(claim, figure):
            return Finding("holds", "later copy", figure, claim)
    return _misses(claim, cells, held, own, copies, day)


def _official_words(printed: Sequence[Figure], claim: Claim) -> str:
    return shown(printed[0].value, claim.unit) if printed else ""


def _spot(claim: Claim, cells: Cells, day: str) -> Figure | None:
    """A yuan level whose conversion at the rate of its months, or of the story's, the dollar claim is."""
    if claim.measure not in LEVELS or claim.unit != "USD":
        return None
    for figure in evidence.levels(cells, claim, day):
        if figure.status != "public" or figure.currency in ("USD", ""):
            continue
        for rate in _rates(cells, figure.currency, claim, day):
            converted = figure.value / rate
            low, high = interval(claim)
            room = SPOT * abs(converted) + figure.half_width / rate * 0.0
            if (
                low - room <= converted <= high + room
                and abs(converted - claim.value) <= room + claim.rounding_half_width
            ):
                return replace(figure, value=converted, half_width=figure.half_width / rate, basis="derived")
    return None


def _rates(cells: Cells, currency: str, claim: Claim, day: str) -> list[float]:
    """Average rate of the claim's months, of its last month and of the story's month [currency per dollar]."""
    first, _, last = claim.period.partition("/")
    last = last or first
    months = (
        periods.each(f"{first}:{last}")
        if len(first) == 7 and first <= last
        else [f"{first[:4]}-{m:02d}" for m in range(1, 13)]
    )
    found = [cells.rates[currency, m] for m in months if (currency, m) in cells.rates]
    rates = [sum(found) / len(found)] if len(found) == len(months) and found else []
    return rates + [cells.rates[currency, m] for m in (months[-1], day[:7]) if (currency, m) in cells.rates]


def _misses(
    claim: Claim, cells: Cells, held: Sequence[Figure], own: Sequence[Figure], copies: Sequence[Figure], day: str
) -> Finding:
    """No figure fits: does what is held condemn the claim, or can it not tell?"""
    later = next((f for f in held if f.status == "revision" and fits(claim, f)), None)
    note = f"it fits only a figure of {later.released}" if later else ""
    adjusted = claim.reporter in ADJUSTED and claim.definition != "unadjusted"
    if adjusted and _maybe_services(claim, held):
        return Finding("cannot tell", "", None, claim, "services")
    hard = [f for f in own if not f.soft and f.basis != "recomputed"]
    if hard and all(f.status != "revision" for f in held) and _maybe_revised(claim, hard, day):
        return Finding("cannot tell", "", _nearest(claim, hard), claim, "revised")
    if claim.measure == "change_amount" and (adjusted or not hard):
        return Finding("cannot tell", "", None, claim)
    if hard and not adjusted:
        return Finding("fails", "official", _nearest(claim, hard), claim, note)
    if close := [f for f in copies if _soon(f, day)]:
        own = [*own, *close]
        if claim.measure in LEVELS and all(_far(claim, f, 0.2) for f in own):
            return Finding("fails", "official", _nearest(claim, close), claim, note)
    loose = _across(claim, cells, day)
    wide = [*own, *copies, *_converted(claim, cells, [*held, *loose]), *(f for f in loose if _in_currency(claim, f))]
    if not wide:
        reason = "revision" if any(f.status == "revision" for f in held) else ""
        return Finding("cannot tell", "", None, claim, reason)
    if all(_far(claim, f, 4.0 if adjusted else 1.0) for f in wide):
        return Finding(
            "fails", "official", _nearest(claim, wide), claim, note or "no first print is held, but it is far off"
        )
    return Finding("cannot tell", "", _nearest(claim, wide), claim, "adjusted" if adjusted else "soft")


def _maybe_revised(claim: Claim, hard: Sequence[Figure], day: str) -> bool:
    """Whether a figure of an earlier release may have been told again after a small revision that is not held."""
    newest = max(f.released for f in hard)
    if (Day.fromisoformat(day) - Day.fromisoformat(newest)).days < NEXT_RELEASE:
        return False
    nearest = _nearest(claim, hard)
    share = 0.03 if claim.flow == "B" else 0.01
    room = share * abs(nearest.value) if claim.measure in LEVELS else 0.25
    return abs(claim.value - nearest.value) <= room + claim.rounding_half_width


def _maybe_services(claim: Claim, held: Sequence[Figure]) -> bool:
    """Whether a total of an office that tells goods and services may include services, which no figure held does."""
    if (
        claim.definition == "goods"
        or (claim.partner, claim.product) != ("WLD", "TOTAL")
        or {"goods", "merchandise"} & set(claim.text.lower().split())
    ):
        return False
    levels = claim.measure in LEVELS and claim.flow != "B"
    return not (levels and held and all(not 1 / 3 < claim.value / f.value < 3 for f in held if f.value))


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
        return abs(figure.value - claim.value) > times * (REVISED["growth"] + 0.1 * abs(figure.value))
    room = REVISED["balance" if claim.flow == "B" or claim.measure == "change_amount" else "level"] * times
    return abs(figure.value - claim.value) > room * max(abs(figure.value), 1e-9) + claim.rounding_half_width


def _converted(claim: Claim, cells: Cells, held: Sequence[Figure]) -> list[Figure]:
    """Figures of the other currency brought into the claim's by the rates of its months; soft."""
    named = currency_of(claim)
    first, _, last = claim.period.partition("/")
    last = last or first
    found = []
    for figure in held:
        if figure.status == "revision" or not figure.currency:
            continue
        if claim.measure in LEVELS and {figure.currency, claim.unit} == {"USD", "CNY"}:
            rates = _rates(cells, "CNY", claim, last)
            if rates:
                factor = rates[0] if claim.unit == "CNY" else 1 / rates[0]
                found.append(replace(figure, value=figure.value * factor, currency=claim.unit, soft=True))
        elif (
            claim.measure in ("growth_yoy", "growth_vs_2019")
            and figure.currency != named
            and figure.currency in ("USD", "CNY")
        ):
            years = 1 if claim.measure == "growth_yoy" else int(claim.period[:4]) - 2019
            now = _rates(cells, "CNY", claim, last)
            before = _rates(cells, "CNY", replace(claim, period=evidence.shifted(claim.period, 12 * years)), last)
            if now and before:
                factor = now[0] / before[0] if figure.currency == "USD" else before[0] / now[0]
                grown = ((1 + figure.value / 100) * factor - 1) * 100
                found.append(
                    replace(figure, value=grown, currency="CNY" if figure.currency == "USD" else "USD", soft=True)
                )
    return found


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
                return Finding("fails", "official", figure, claim, f"counted by: {concept}")
    return Finding("cannot tell", "", None, claim)


# --- what went wrong --------------------------------------------------------------------------------------------------


def _explained(claim: Claim, finding: Finding, cells: Cells, day: str, others: Sequence[Finding] = ()) -> Finding:
    """Name the one slip that explains a failed claim; none where two causes would, or none does.

    `others` are the failed findings of the claim's other readings: a slip may be one in any of them.
    """
    if finding.figure is None:
        return finding
    found: dict[str, Claim] = {}
    for failed in (finding, *others):
        right = _right_of(failed.claim, cells, day)
        for repair in candidates(failed.claim, [f.value for f in right]):
            if repair.cause in found:
                continue
            if any(fits(repair.claim, f) for f in right) if repair.number else _true_of(repair.claim, cells, day):
                found[repair.cause] = repair.claim
        if found:
            break
    found = _likelier(found)
    if len(found) == 1:
        cause, meant = next(iter(found.items()))
        return replace(finding, cause=cause, meant=meant)
    return finding


def _right_of(claim: Claim, cells: Cells, day: str) -> list[Figure]:
    """Printed figures that a claim's number should have been, public by then, in its currency."""
    named = currency_of(claim)
    return [
        f for f in figures(claim, cells, day)
        if not f.soft and f.basis != "recomputed" and f.status != "revision"
        and (not named or f.currency in (named, ""))
    ]  # fmt: skip


MISPRINTS = ("scale", "digit dropped", "transposed", "sign")
"""Causes that change the digits or the size of a number; the others take a figure from another place."""


def _likelier(found: dict[str, Claim]) -> dict[str, Claim]:
    """Of slips of one kind the coarser explains the finer: ten times as much is no dropped zero.

    A number of three digits and more that is, to the digit, another figure of the office was taken from there: that a
    misprint hits one by chance is far less likely.
    """
    if "scale" in found and "digit dropped" in found:
        found = {cause: claim for cause, claim in found.items() if cause != "digit dropped"}
    taken = {cause: claim for cause, claim in found.items() if cause not in MISPRINTS}
    return taken if len(taken) == 1 and min(c.digits for c in taken.values()) >= 3 else found


def _true_of(claim: Claim, cells: Cells, day: str) -> bool:
    """Whether a number is right, to the digit, of another cell that was public."""
    named = currency_of(claim)
    held = figures(claim, cells, day)
    return any(
        f.basis != "recomputed"
        and f.status != "revision"
        and (not named or f.currency in (named, ""))
        and fits(claim, f)
        for f in held
    )


def shown(value: float, unit: str) -> str:
    """A number as people read it: 330.30 billion USD, 5.9 %."""
    if len(unit) == 3 and unit.isupper():
        for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
            if abs(value) >= size:
                return (
                    f"{value / size:,.4g} {word} {unit}"
                    if abs(value) < 1000 * size
                    else f"{value / size:,.0f} {word} {unit}"
                )
        return f"{value:,.0f} {unit}"
    if unit in ("%", "pp"):
        return f"{value:.1f} %" if unit == "%" else f"{value:.1f} points"
    if unit in ("x", "rank"):
        return f"{value:.2f} times" if unit == "x" else f"place {value:.0f}"
    return f"{value:,.0f} {unit}".replace(" n", "")
