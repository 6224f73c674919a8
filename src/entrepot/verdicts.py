"""Check: is each number of a story right, on what does that rest, and what went wrong where it is not?"""

import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from pathlib import Path
from typing import Any

from entrepot import codes, periods, sources
from entrepot.claims import clauses, echoes, evidence, exchange, identities, judging, siblings
from entrepot.claims.claim import Claim, interval
from entrepot.claims.evidence import Cells
from entrepot.claims.identities import Identity
from entrepot.claims.judging import shown
from entrepot.claims.runs import Finding
from entrepot.errors import WrongUsage

READS = {"holds": "matches", "fails": "does not match", "cannot tell": "cannot check"}
"""What people read for a label."""
CAUSES = {
    "scale": "off by a power of ten", "digit dropped": "a digit dropped", "transposed": "a digit slipped or swapped",
    "flow swapped": "exports taken for imports, or back", "month for ytd": "the month taken for the year to date",
    "wrong year": "a figure of another year", "wrong month": "a figure of another month",
    "whole for part": "the whole taken for a part", "currency": "the wrong currency", "sign": "a rise taken for a fall",
}  # fmt: skip
"""What people read for a cause."""
FLOWS = {"X": "exports", "M": "imports", "T": "total trade", "B": "trade balance"}
MOST_ROWS = 6


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the figures say of one claim.

    Attributes
    ----------
    claim : str
        Its id.
    label : str
        `holds`, `fails` or `cannot tell`.
    path : str
        What it rests on: `official`, `recomputed`, `spot conversion`, `other currency`, `truncated`, `later copy`,
        `identity`; empty where it cannot tell.
    found : float or None
        The figure, in the claim's unit.
    released : str or None
        Day on which that became public.
    why : str
        One sentence.
    cause : str or None
        The one slip that explains a failed claim (see `claims.repairs`).
    corrected : float or None
        What should stand there, in the claim's unit, with as many digits as the claim.
    rows : tuple of dict
        The rows of the flows table it rests on.
    """

    claim: str
    label: str
    path: str
    found: float | None
    released: str | None
    why: str
    cause: str | None = None
    corrected: float | None = None
    rows: tuple[dict[str, object], ...] = ()

    def plain(self) -> dict[str, object]:
        """Return the verdict as a dict, ready for any serialiser."""
        return {
            "claim": self.claim, "label": self.label, "path": self.path or None, "found": self.found,
            "released": self.released, "why": self.why, "cause": self.cause, "corrected": self.corrected,
            "rows": list(self.rows),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """A checked story: its text, the claims in it, a verdict on each actual one, and the arithmetic between them."""

    text: str
    about: Mapping[str, object]
    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    identities: tuple[Identity, ...]

    def __repr__(self) -> str:
        """Return a line for each checked number: what stands there, what the figures say, and why."""
        said = {claim.id: self.text[claim.start : claim.end] for claim in self.claims}
        lines = [f"  {said[one.claim]}: {READS[one.label]}. {one.why}" for one in self.verdicts]
        return "\n".join([f"Story of {self.about.get('date')}, numbers checked: {len(self.verdicts)}", *lines])

    @property
    def fails(self) -> bool:
        """Whether a claim of the story does not match."""
        return any(v.label == "fails" for v in self.verdicts)

    def plain(self) -> dict[str, object]:
        """Return the story as nested dicts and lists, ready for any serialiser; the text itself is left out."""
        return {
            "answer": "check", "about": dict(self.about), "claims": [c.plain() for c in self.claims],
            "verdicts": [v.plain() for v in self.verdicts], "identities": [i.plain() for i in self.identities],
        }  # fmt: skip

    def json(self, indent: int | None = None) -> str:
        """Return the story as one JSON object; a bound that is infinite is null."""
        return json.dumps(_finite(self.plain()), ensure_ascii=False, indent=indent, allow_nan=False)


def check(text: str, trade: Any = None, *, date: Day | str, rates: Iterable[Mapping[str, object]] = ()) -> Story:
    """Check every trade number of a story against what was public on its date.

    Parameters
    ----------
    text : str
        The story.
    trade : Cells, list of dict, anything `flows.read` takes, or None
        The flows to hold it against; None reads the reporters from the text and loads what is held of them.
    date : date or str
        Day of the story (`2025-12-08`). A figure that became public later does not make a claim hold.
    rates : iterable of dict
        Exchange rates (base USD, quote, period, rate) where `trade` is a list of rows.

    Returns
    -------
    Story
        Claims of kind `actual` have a verdict each; forecasts and policy numbers have none.

    Raises
    ------
    WrongUsage
        If `date` is no day between 1950 and 2090, or `text` is no text.

    Notes
    -----
    A claim stands if a public figure lies within half a unit of its last stated digit. It fails only against a printed
    figure of the same definition, against figures so far off that no revision explains it, or against the story's own
    numbers. A gap in the data never makes a claim fail.
    """
    if not isinstance(text, str):
        raise WrongUsage(f"The text of a story is expected, not {type(text).__name__}. Of a file: entrepot check FILE")
    day = _day_of(date.isoformat() if isinstance(date, Day) else date)
    claims = clauses.read(text, date=day)
    actual = [c for c in claims if c.kind == "actual"]
    cells = trade if isinstance(trade, Cells) else _gather(trade, actual, rates)
    yuan = {_level_of(c) for c in actual if c.unit == "CNY"}
    told: dict[tuple[str, ...], set[float]] = {}
    for claim in actual:
        told.setdefault(judging.cell(claim), set()).add(claim.value)
    in_yuan = 2 * len(yuan) > len({_level_of(c) for c in actual if c.unit in ("CNY", "USD")})
    beside = {(c.text, *_level_of(c)) for c in actual if c.unit == "CNY"}
    sentences = {text for text, *_ in beside}

    def judge(claim: Claim) -> Finding:
        paired = (claim.text, *_level_of(claim)) in beside
        finding = judging.judge(claim, cells, day, paired=paired, told=told)
        if (
            finding.label == "fails" and (in_yuan or claim.text in sentences) and claim.growth_currency == "unstated"
        ):  # most likely in yuan too
            yuan_too = replace(claim, growth_currency="CNY")
            again = judging.judge(yuan_too, cells, day, paired=paired, told=told)
            dollars = finding.figure if finding.figure and finding.figure.currency == "USD" else None
            far = dollars is not None and not exchange.maybe_other(yuan_too, cells, [dollars])
            return finding if again.label == "fails" or far and again.label == "cannot tell" else again
        return finding

    findings = siblings.settled(actual, [judge(claim) for claim in actual], judge, cells, day)
    sound = siblings.sound(actual, findings)
    arithmetic = identities.check(claims, sound)
    verdicts = [_verdict(claim, finding, cells) for claim, finding in zip(actual, findings, strict=True)]
    final = _with_echoes(actual, _with_identities(actual, verdicts, arithmetic), sound)
    counted = {label: sum(v.label == label for v in final) for label in READS}
    about = {
        "date": day, "reporter": claims[0].reporter if claims else None, "numbers": len(claims),
        "checked": len(final), **counted, "cells": len(cells),
    }  # fmt: skip
    return Story(text, about, tuple(claims), tuple(final), tuple(arithmetic))


def _level_of(claim: Claim) -> tuple[str, ...]:
    return claim.reporter, claim.partner, claim.product, claim.flow, claim.period


def _gather(trade: Any, claims: Sequence[Claim], rates: Iterable[Mapping[str, object]]) -> Cells:
    if trade is None:
        return _wanted_cells(claims)
    if isinstance(trade, list):
        return Cells.of(trade, rates)
    from entrepot import flows

    return Cells.of(_rows(flows.read(trade)), [*rates] or _held_rates())


def _day_of(text: str) -> str:
    try:
        day = Day.fromisoformat(text)
    except ValueError:
        raise WrongUsage(f"{text!r} is no day; the day of the story is expected, like 2025-12-08.") from None
    if not 1950 <= day.year <= 2090:
        raise WrongUsage(f"No story is of {text}; a day between 1950 and 2090 is expected, like 2025-12-08.")
    return day.isoformat()


def _wanted_cells(claims: Sequence[Claim]) -> Cells:
    """Cells that some claims can be held against; after a few stories, all of their reporters, kept in memory."""
    reporters = _of_held({c.reporter for c in claims})
    _ASKED[reporters] = _ASKED.get(reporters, 0) + 1
    if _ASKED[reporters] > FEW:
        return held_cells(reporters)
    partners = {"WLD", "EU27", *(c.partner for c in claims)}
    products = {"TOTAL", *(c.product for c in claims), *(evidence.RELATED.get(c.product, "TOTAL") for c in claims)}
    wanted = {"reporter": set(reporters), "partner": partners, "product": products}
    if any(c.measure == "rank" for c in claims):
        del wanted["partner"]
    return Cells.of(_held_rows(wanted), _held_rates())


def _held_rows(wanted: Mapping[str, Collection[str]]) -> list[dict[str, object]]:
    """Rows of the lake and the bundle; of the bundle alone, and quicker, where nothing has been fetched."""
    from entrepot import bundle

    if not (_home() / "flows").is_dir():
        return bundle.rows(**wanted)
    import narwhals as nw

    from entrepot import lake

    return _rows(lake.load().filter(*(nw.col(name).is_in(sorted(codes_)) for name, codes_ in wanted.items())))


def _home() -> Path:
    return Path(os.environ.get("ENTREPOT_HOME") or "~/.entrepot").expanduser()


def held_cells(reporters: Sequence[str]) -> Cells:
    """Cells of everything held of some reporters, in the bundle or the lake; none where nothing is held of one."""
    reporters = _of_held(reporters)
    key = " ".join([str(_home()), *reporters])
    if key not in _LOADED:
        _LOADED[key] = Cells.of(_held_rows({"reporter": reporters}), _held_rates())
    return _LOADED[key]


def _of_held(reporters: Iterable[str]) -> tuple[str, ...]:
    """Reporters in order; without those of whom nothing can be held, where nothing has been fetched."""
    from entrepot import bundle

    return tuple(
        sorted({*reporters} if (_home() / "flows").is_dir() else {*reporters}.intersection(bundle.reporters()))
    )


_LOADED: dict[str, Cells] = {}
_ASKED: dict[tuple[str, ...], int] = {}
FEW = 3
"""Stories of one reporter for which only the cells that they need are read; from the next on, all are kept."""


def _rows(table: Any) -> list[dict[str, object]]:
    """Rows of a table over DuckDB, from the relation itself: a copy by Arrow leaks the types of DuckDB at exit."""
    relation = table.to_native()
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _held_rates() -> list[dict[str, object]]:
    import csv

    from entrepot import bundle

    with (bundle.HOME / "rates.csv").open(encoding="utf-8", newline="") as file:
        return [dict(r) for r in csv.DictReader(file) if r["kind"] == "average" and r["span"] == "month"]


# --- words ------------------------------------------------------------------------------------------------------------


def _verdict(claim: Claim, finding: Finding, cells: Cells) -> Verdict:
    figure = finding.figure
    rows = tuple(f.shown() for f in figure.facts[:MOST_ROWS]) if figure else ()
    found = figure.value if figure else None
    released = figure.released if figure else None
    if finding.label == "holds":
        return Verdict(claim.id, "holds", finding.path, found, released, _right(claim, finding), rows=rows)
    if finding.label == "fails" and figure is not None:
        corrected = None if claim.measure in ("first_or_record", "range_bound") else _rounded(figure.value, claim)
        why = _wrong(claim, finding)
        return Verdict(claim.id, "fails", "official", found, released, why, finding.cause or None, corrected, rows)
    return Verdict(claim.id, "cannot tell", "", found, released, _unknown(claim, finding, cells), rows=rows)


def subject(claim: Claim) -> str:
    """What a claim speaks of, in words: `China's exports to the EU, November 2025`."""
    whose = f"{codes.name(claim.reporter)}'s " if claim.reporter else ""
    what = "" if claim.product == "TOTAL" else f" of {codes.name(claim.product).lower()}"
    way = {"X": "to", "M": "from"}.get(claim.flow, "with")
    whom = "" if claim.partner == "WLD" else f" {way} {codes.name(claim.partner)}"
    return f"{whose}{FLOWS.get(claim.flow, 'trade')}{what}{whom}, {when(claim.period)}"


def when(period: str) -> str:
    """A claim's period in words.

    >>> when("2025-01/2025-11"), when("2025-11"), when("2024")
    ('January-November 2025', 'November 2025', '2024')
    """
    first, _, last = period.partition("/")
    if not last:
        return periods.in_words(first, "year" if len(first) == 4 else "month")
    if len(last) == 4:
        return f"{first} to {last}"
    if first[5:] == "01" and first[:4] == last[:4]:
        return periods.in_words(last, "ytd")
    return f"{periods.in_words(first, 'month')} to {periods.in_words(last, 'month')}"


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
    """A figure in words; of a record the month's own, of a run its months."""
    if claim.measure == "first_or_record":
        return shown(value, currency if " level " in claim.against else "%")
    return f"{value:.0f} months" if claim.measure == "consecutive" else shown(value, claim.unit)


def _right(claim: Claim, finding: Finding) -> str:
    says = _says(claim, finding)
    figure = finding.figure
    day = f" ({figure.released})" if figure else ""
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


def _wrong(claim: Claim, finding: Finding) -> str:
    day = finding.figure.released if finding.figure else ""
    if claim.measure == "first_or_record" and finding.figure:
        month = when(str(finding.figure.facts[0].row["period"]))
        went = _figure(claim, finding.figure.value, finding.figure.currency)
        return f"{subject(finding.claim)} is no such record: {month} had {went} ({day})."
    why = f"{_says(claim, finding)} ({day}), not {_figure(claim, claim.value, '')}"
    if finding.meant is not None:
        meant = finding.meant
        if (meant.flow, meant.partner, meant.product, meant.period, meant.unit) != (
            finding.claim.flow, finding.claim.partner, finding.claim.product, finding.claim.period, finding.claim.unit,
        ):  # fmt: skip
            currency = f" in {meant.unit}" if meant.unit != claim.unit else ""
            return f"{why}; the number is true of {subject(meant)}{currency}."
        return f"{why}; likely slip: {CAUSES[finding.cause]}."
    return f"{why}{'; ' + finding.note if finding.note else ''}."


def _unknown(claim: Claim, finding: Finding, cells: Cells) -> str:
    """Why a claim cannot be told."""
    about = subject(claim)
    if claim.measure == "rank":
        return f"Not enough partners of {codes.name(claim.reporter)} are held to rank them, {when(claim.period)}."
    if claim.measure == "multiple":
        return f"What {about} is a multiple of is not held, or not told."
    if claim.measure in ("first_or_record", "consecutive"):
        return f"The months held of {about} are too few, or too much revised since, to tell."
    if finding.note == "amiss" and finding.meant is not None:
        return (
            f"Read as {about}, it does not match; it is true of {subject(finding.meant)}, which the sentence names too."
        )
    if finding.note in _UNDECIDED and (finding.figure or finding.note in ("services", "adjusted")):
        near = shown(finding.figure.value, claim.unit) if finding.figure else ""
        return _UNDECIDED[finding.note].format(about=about, near=near)
    if claim.measure in judging.LEVELS and _other_money(claim, cells):
        return f"Held of {about} is nothing in {claim.unit}."
    if finding.note == "revision":
        return f"What is held of {about} became public only after the story."
    return _not_held(claim, about, cells)


_UNDECIDED = {
    "currency": "Printed of {about} is held only in yuan ({near}); the story's may be the rate in dollars.",
    "step": "Held of {about} are only later copies ({near}): whether the story adjusts for the season is not known.",
    "early": "Held of {about} is {near}, known only later; the story tells an estimate made before the month was over.",
    "soft": "Held of {about} are only figures that are no first print ({near}): near, which decides nothing.",
    "adrift": "Read as {about}, it is far from {near}; its clause does not say all of that, and may mean another.",
    "revised": "Held of {about} is the first print ({near}); a small revision told later is not held.",
    "open": "Read as {about}, it does not match ({near}); the text leaves open what it is of.",
    "rounded": "Held of {about} is {near}, which is the number only where its zeros are no digits.",
    "touching": "Held of {about} is {near}, itself rounded: one exact number may have been printed as both.",
    "services": "Held of {about} are only goods; stories of this office usually give goods and services.",
    "adjusted": "Held of {about} is only an unadjusted figure; stories of this office usually give adjusted ones.",
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


def _rounded(value: float, claim: Claim) -> float:
    """A figure with as many decimals as the claim shows, or its own where the claim's are too coarse."""
    step = claim.step if claim.step > 0 else 1.0
    if abs(value) < step:
        return value
    rounded = round(value / step) * step
    return float(f"{rounded:.12g}")


# --- identities -------------------------------------------------------------------------------------------------------


def _with_identities(claims: Sequence[Claim], verdicts: Sequence[Verdict], found: Sequence[Identity]) -> list[Verdict]:
    """Let an identity that fails condemn the claim to blame, where the figures cannot tell."""
    labels = {v.claim: v.label for v in verdicts}
    held = {c.id: c for c in claims}
    blamed: dict[str, Identity] = {}
    for identity in found:
        if not identity.closes and identity.blame and labels.get(identity.blame) == "cannot tell":
            blamed.setdefault(identity.blame, identity)
    return [
        _contradicted(held[v.claim], v, blamed[v.claim]) if v.claim in blamed else v for v in verdicts
    ]  # fmt: skip


def _contradicted(claim: Claim, verdict: Verdict, identity: Identity) -> Verdict:
    """The verdict on a claim that an identity of its story contradicts."""
    if identity.implied is None or not abs(middle := sum(identity.implied) / 2) < float("inf"):
        return verdict
    implied, told = shown(middle, claim.unit), shown(claim.value, claim.unit)
    why = f"The story's own numbers give {implied} ({identity.rule}), not {told}."
    cause, corrected = identity.cause or None, _rounded(middle, claim)
    return replace(verdict, label="fails", path="identity", found=middle, why=why, cause=cause, corrected=corrected)


def _with_echoes(claims: Sequence[Claim], verdicts: Sequence[Verdict], sound: Collection[str]) -> list[Verdict]:
    """Name the slip of numbers that fail and stand in the story for another cell too; condemn what was taken so."""
    failed = {v.claim for v in verdicts if v.label == "fails"}
    final = []
    for claim, verdict in zip(claims, verdicts, strict=True):
        if verdict.label == "fails" and not verdict.cause:
            causes = {cause for cause, other in echoes.echoed(claim, claims) if other.id not in failed}
            verdict = replace(verdict, cause=causes.pop()) if len(causes) == 1 else verdict
        elif verdict.label == "cannot tell" and (cause := echoes.taken(claim, claims, sound)):
            why = f"The story tells the same number of another cell, of which it is right: {CAUSES[cause]}."
            verdict = replace(verdict, label="fails", path="identity", why=why, cause=cause, found=None, released=None)
        final.append(verdict)
    return final


def _finite(value: object) -> object:
    if isinstance(value, float) and not abs(value) < float("inf"):
        return None
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    return [_finite(v) for v in value] if isinstance(value, list | tuple) else value


__all__ = ["READS", "Cells", "Story", "Verdict", "check", "evidence", "held_cells", "interval", "subject", "when"]
