"""Why a number stands, fails or cannot be told, in one sentence for people; and the command that would decide it."""

from entrepot import codes, sources
from entrepot.claims import condemning, evidence, judging, recounts
from entrepot.claims.claim import Claim
from entrepot.claims.evidence import Cells, Figure
from entrepot.claims.judging import shown
from entrepot.claims.readings import outright
from entrepot.claims.runs import Finding
from entrepot.claims.scales import months
from entrepot.claims.sizes import Outsized
from entrepot.claims.wording import subject, when

CAUSES = {
    "scale": "off by a power of ten", "digit dropped": "a digit dropped", "transposed": "a digit slipped or swapped",
    "flow swapped": "exports taken for imports, or back", "month for ytd": "the month taken for the year to date",
    "wrong year": "a figure of another year", "wrong month": "a figure of another month",
    "whole for part": "the whole taken for a part", "currency": "the wrong currency", "sign": "a rise taken for a fall",
}  # fmt: skip
"""What people read for a cause."""


def outsized(claim: Claim, size: Outsized) -> str:
    """Why an amount cannot be, by the rough size of the trade it is said of."""
    count = months(claim)[1]
    usual = shown(float(f"{size.rough:.1g}"), claim.unit)
    told = "the larger of its flows comes to" if claim.flow == "B" else "that trade comes to"
    slip = f"; likely slip: {CAUSES[size.cause]}" if size.cause else ""
    return (
        f"{shown(claim.value, claim.unit)} cannot be {subject(claim)}: {told} about {usual} in "
        f"{f'{count} months' if count > 1 else 'a month'} (rough size, by World Bank WITS and CEPII BACI){slip}."
    )


def _what(claim: Claim) -> str:
    return _MEASURES.get(claim.measure, "")


_MEASURES = {
    "growth_yoy": "growth on a year earlier",
    "growth_mom": "growth on the month before",
    "growth_vs_2019": "growth on 2019",
    "growth_gap": "gap in growth",
    "change_amount": "change",
    "share": "share",
    "share_change": "change of the share on a year earlier",
    "contribution": "contribution to growth",
    "multiple": "against a year earlier",
    "rank": "place among partners",
}


def _says(claim: Claim, finding: Finding) -> str:
    figure = finding.figure
    if figure is None:
        return ""
    what = _what(finding.claim)
    currency = f" in {figure.currency}" if figure.currency and claim.unit == "%" else ""
    number = _figure(claim, figure.value, figure.currency)
    how = f", {figure.how}" if figure.how and figure.basis == "derived" else ""
    return f"{subject(finding.claim)}{': ' + what if what else ''}: {number}{currency}{how}"


def _figure(claim: Claim, value: float, currency: str) -> str:
    """A figure in words; of a run its months."""
    if claim.measure == "consecutive":
        return f"{value:.0f} {'year' if len(claim.period) == 4 else 'month'}{'s' if round(value) != 1 else ''}"
    return shown(value, claim.unit, claim.step, signed=claim.measure in judging.GROWTHS)


def right(claim: Claim, finding: Finding) -> str:
    if claim.measure == "first_or_record" and finding.scan is not None:
        return recounts.stands(subject(claim), finding, finding.scan)
    says = _says(claim, finding)
    figure = finding.figure
    day = f" ({figure.released})" if figure else ""
    if claim.measure == "consecutive" and finding.scan is not None:
        return recounts.lasted(f"{says}", finding.scan, finding.path, finding.figure)
    ends = {
        "official": f"{says}{day}.",
        "recomputed": f"{says}, {figure.how if figure and figure.how else ONE_RELEASE}{day}; no printed rate fits.",
        "spot conversion": f"{says} at the month's exchange rate, converted from yuan{day}"
        + (f"; the office's own dollar figure is {finding.note}." if finding.note else "."),
        "other currency": f"{says}{day}: right in that currency, not in the one the story names.",
        "truncated": f"{says}{day}: right if cut, not rounded.",
        "later copy": f"{says}, by a copy of {figure.released if figure else ''}; {_unheld(finding)}.",
    }
    meant = finding.claim
    placed = " The text gives no period here: it is right of this one." if meant.period != claim.period else ""
    if meant.partner != claim.partner and claim.partner != "EUROPE":
        placed += " The text names no partner here: it is right of this one."
    if meant.value * claim.value < 0:
        placed += " The text does not say which way: it is right of this one."
    return ends[finding.path] + placed


ONE_RELEASE = "from the levels of one release"


def _unheld(finding: Finding) -> str:
    """Why a copy speaks: the print is not held, or the story told an estimate before there was one."""
    return "the story told an estimate of it" if finding.note == judging.EARLY else "the first print is not held"


def wrong(claim: Claim, finding: Finding) -> str:
    day = finding.figure.released if finding.figure else ""
    if claim.measure == "first_or_record" and finding.scan is not None:
        return recounts.beaten(subject(claim), finding, finding.scan)
    why = f"{_says(claim, finding)} ({day}), not {_figure(claim, claim.value, '')}"
    if claim.measure == "consecutive" and finding.scan is not None:
        return f"{why}{recounts.since(finding.scan)}{recounts.before(finding.scan)}."
    if finding.meant is not None:
        meant = finding.meant
        if (meant.flow, meant.partner, meant.product, meant.period, meant.unit) != (
            finding.claim.flow, finding.claim.partner, finding.claim.product, finding.claim.period, finding.claim.unit,
        ):  # fmt: skip
            currency = f" in {meant.unit}" if meant.unit != claim.unit else ""
            return f"{why}; the number is true of {subject(meant)}{currency}."
        return f"{why}; likely slip: {CAUSES[finding.cause]}."
    return f"{why}{'; ' + finding.note if finding.note else ''}."


def _undecided(claim: Claim, finding: Finding, about: str) -> str:
    """Why what is held of a claim does not decide it, with what that shows and how far revisions take it."""
    figure, note = finding.figure, finding.note
    if figure is None:
        return _UNDECIDED[note].format(about=about, near="")
    near = _figure(claim, figure.value, figure.currency)
    if note == "soft" or note == "open" and outright(claim) and figure.status != "revision" and loose(figure):
        copies = figure.status == "later copy"
        kind = "later copies" if copies else "figures made of a print"
        shows = f"{near}{', ' + figure.how if figure.how else ''}"
        signed = "%" not in claim.unit and claim.unit != "pp"
        reach = shown(condemning.room(finding.claim, figure), claim.unit) if signed else _points(finding)
        from_what = "revisions reach" if copies else "the print may differ by"
        decides = "within that" if not condemning.far_off(finding.claim, figure, 1.0) else "little beyond"
        return (
            f"Held of {about} are only {kind} ({shows}), from which {from_what} {reach}: "
            f"{_figure(claim, finding.claim.value, '')} is {decides}, which neither confirms nor denies it."
        )
    return _UNDECIDED[note].format(about=about, near=near)


def _points(finding: Finding) -> str:
    figure = finding.figure
    return f"{condemning.room(finding.claim, figure):.1f} points" if figure is not None else ""


def loose(figure: Figure) -> bool:
    """Whether a figure is no print: a copy, or made of others."""
    return figure.soft or figure.status == "later copy"


def unknown(claim: Claim, finding: Finding, cells: Cells) -> str:
    """Why a claim cannot be told."""
    about = subject(claim)
    if claim.measure == "rank":
        return f"Not enough partners of {codes.name(claim.reporter)} are held to rank them, {when(claim.period)}."
    if claim.measure == "multiple":
        return f"What {about} is a multiple of is not held, or not told."
    if claim.measure == "first_or_record" and finding.scan is not None:
        return recounts.undecided(about, finding, finding.scan)
    if claim.measure == "first_or_record":
        return recounts.unheld(claim, about) if claim.against else f"{NOT_SAID} {about}."
    if claim.measure == "consecutive":
        spans = "years" if len(claim.period) == 4 else "months"
        if finding.note in ("amiss", "loose") and finding.scan is not None:
            return recounts.misread(about, finding.scan)
        if finding.figure is not None and finding.figure.value == claim.value and finding.scan is not None:
            return recounts.unended(about, finding.scan)
        if finding.figure is not None and finding.figure.value > claim.value:
            went = recounts.since(finding.scan) + recounts.before(finding.scan) if finding.scan is not None else ""
            return f"The run held of {about} is longer than told{went}; from where the story counts is not known."
        return f"The {spans} held of {about} are too few, or too much revised since, to tell."
    if finding.note == "amiss" and finding.meant is not None:
        return (
            f"Read as {about}, it does not match; it is true of {subject(finding.meant)}, which the sentence names too."
        )
    if finding.note in _UNDECIDED and (finding.figure or finding.note in ("services", "adjusted")):
        return _undecided(claim, finding, about)
    if claim.measure in judging.LEVELS and _other_money(claim, cells):
        return f"Held of {about} is nothing in {claim.unit}."
    if finding.note == "revision":
        return f"What is held of {about} became public only after the story."
    return _not_held(claim, about, cells)


NOT_SAID = "The words do not say plainly since when, or of what, this is a record or a first of"
"""Why a record that the words tell only loosely is not scanned."""
_UNDECIDED = {
    "currency": "Printed of {about} is held only in yuan ({near}); the story's may be the rate in dollars.",
    "step": "Held of {about} are only later copies ({near}): whether the story adjusts for the season is not known.",
    "early": "Held of {about} is {near}, known only later; the story tells an estimate made before the month was over.",
    "soft": "Held of {about} are only figures that are no first print ({near}).",
    "spot": "Held of {about} is {near}; the story converts a figure in yuan at a rate of its own month.",
    "adrift": "Read as {about}, it is far from {near}; its clause does not say all of that, and may mean another.",
    "revised": "Held of {about} is the first print ({near}); a small revision told later is not held.",
    "open": "Read as {about}, it does not match ({near}); the text leaves open what it is of.",
    "one copy": "Held of {about} is {near}, by a single copy in the press, which may be wrong: too near to condemn.",
    "rounded": "Held of {about} is {near}, which is the number only where its zeros are no digits.",
    "touching": "Held of {about} is {near}, itself rounded: one exact number may have been printed as both.",
    "services": "Held of {about} are only goods ({near}); stories of this office usually give goods and services.",
    "adjusted": "Held of {about} is only an unadjusted figure ({near}); stories usually give adjusted ones of it.",
}
"""Why what is held does not decide, by the note of a finding."""


def _not_held(claim: Claim, about: str, cells: Cells) -> str:
    """What is missing for a claim, and the command that fetches it."""
    if not claim.reporter:
        return "The text does not name whose trade it speaks of."
    if not cells.has(claim.reporter):
        return f"No figures of {codes.name(claim.reporter)} are held. Run: {remedy(claim)}"
    if claim.definition and claim.definition != "goods":
        return f"Not held: {about} by the definition {claim.definition!r}."
    if not cells.has(claim.reporter, claim.partner, claim.product):
        return f"Not held: {about.rpartition(',')[0]}, in any period. Run: {remedy(claim)}"
    if not judging.figures(claim, cells, "9999"):
        return f"Not held: {_what(claim) or 'a figure'} of {about}."
    return f"Nothing that was public is held of {about}."


def remedy(claim: Claim) -> str:
    """Return the command that fetches what would decide a claim.

    >>> from entrepot.claims import clauses
    >>> remedy(clauses.read("Vietnam's exports to Japan rose 5% in August.", date="2025-09-06")[0])
    'entrepot fetch comtrade VNM -p 2024-08:2025-08 --partner JPN'
    >>> remedy(clauses.read("South Korea's exports reached $58.4 billion in August.", date="2025-09-01")[0])
    'entrepot fetch korea -p 2025-08'
    """
    first, _, last = claim.period.partition("/")
    last = last or first
    if claim.measure not in (*judging.LEVELS, "volume", "share"):
        first = evidence.shifted(first, 12)
    asked = first if first == last else f"{first}:{last}"
    return sources.command(claim.reporter, asked, partner=claim.partner, product=claim.product)


def _other_money(claim: Claim, cells: Cells) -> bool:
    """Whether a level is told in a currency in which nothing of its cell is held, though something is."""
    held = {f.currency for f in judging.figures(claim, cells, "9999")}
    return bool(held) and claim.unit not in held | {"USD", "CNY"}
