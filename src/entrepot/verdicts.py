"""Check: is each number of a story right, on what does that rest, and what went wrong where it is not?"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Day
from typing import Any

from entrepot.claims import clauses, echoes, exchange, extremes, identities, judging, loading, reasons, siblings, sizes
from entrepot.claims.claim import Claim, interval
from entrepot.claims.evidence import Cells
from entrepot.claims.identities import Identity
from entrepot.claims.judging import shown
from entrepot.claims.loading import held_cells
from entrepot.claims.opening import CONTINENTS, MOST_CLAIMS
from entrepot.claims.reasons import CAUSES
from entrepot.claims.replacing import replace
from entrepot.claims.runs import Finding
from entrepot.claims.wording import subject, when
from entrepot.errors import WrongUsage

READS = {"holds": "matches", "fails": "does not match", "cannot tell": "cannot check"}
"""What people read for a label."""
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
        `identity`, `size` (an amount many times what the trade it is said of comes to); empty where it cannot tell.
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
    """A checked story: its text, the claims in it, a verdict on each actual one, and the arithmetic between them.

    `about["unread"]` is the offset of the first number that was not read (see `cut`), None where all were.
    """

    text: str
    about: Mapping[str, object]
    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    identities: tuple[Identity, ...]

    def __repr__(self) -> str:
        """Return a line for each checked number: what stands there, what the figures say, and why."""
        said = {claim.id: self.text[claim.start : claim.end] for claim in self.claims}
        lines = [f"  {said[one.claim]}: {READS[one.label]}. {one.why}" for one in self.verdicts]
        cut = [f"  {self.cut}"] if self.cut else []
        return "\n".join([f"Story of {self.about.get('date')}, numbers checked: {len(self.verdicts)}", *lines, *cut])

    @property
    def fails(self) -> bool:
        """Whether a claim of the story does not match."""
        return any(v.label == "fails" for v in self.verdicts)

    @property
    def cut(self) -> str:
        """What is unread of a story that states more numbers than are read, and what to do; empty where all are."""
        unread = self.about.get("unread")
        if unread is None:
            return ""
        numbers = "1 number" if len(self.claims) == 1 else f"{len(self.claims):,} numbers"
        return (
            f"Reading stopped after {numbers}: from character {unread:,} on the text is unread ({len(self.text):,} in "
            "all). Check the rest as a text of its own."
        )

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
        The flows to hold it against; None reads the reporters from the text and loads what is held of them. The rough
        size of countries' trade is used beside figures held here, not beside an own table.
    date : date or str
        Day of the story (`2025-12-08`, `8 December 2025`). A figure that became public later makes no claim hold.
    rates : iterable of dict
        Exchange rates (base USD, quote, period, rate) where `trade` is a list of rows.

    Returns
    -------
    Story
        Claims of kind `actual` have a verdict each; forecasts and policy numbers have none. Of a text with more than
        `claims.opening.MOST_CLAIMS` numbers (5,000) the rest is unread, which its `cut` says.

    Raises
    ------
    WrongUsage
        If `date` is no day between 1950 and 2090, or `text` is no text.

    Notes
    -----
    A claim stands if a public figure lies within half a unit of its last stated digit. It fails only against a printed
    figure of the same definition, against figures so far off that no revision explains it, against the story's own
    numbers, or where no trade of that kind is so large or so small. A gap in the data never makes a claim fail.
    """
    if not isinstance(text, str):
        raise WrongUsage(f"The text of a story is expected, not {type(text).__name__}. Of a file: entrepot check FILE")
    day = clauses.story_day(date).isoformat()
    sized = trade is None or isinstance(trade, Cells)  # an own table may be in units of its own
    stated = clauses.read(text, date=day, sized=sized, most=MOST_CLAIMS + 1)  # one more tells whether there are more
    claims, beyond = stated[:MOST_CLAIMS], stated[MOST_CLAIMS:]
    actual = [c for c in claims if c.kind == "actual"]
    cells = trade if isinstance(trade, Cells) else loading.gather(trade, actual, rates)
    findings = _findings(actual, cells, day)
    sound = siblings.sound(actual, findings)
    arithmetic = identities.check(claims, sound)
    verdicts = [_verdict(claim, finding, cells) for claim, finding in zip(actual, findings, strict=True)]
    verdicts = _with_sizes(actual, verdicts, findings) if sized else verdicts
    final = _with_echoes(actual, _with_identities(actual, verdicts, arithmetic), sound)
    counted = {label: sum(v.label == label for v in final) for label in READS}
    about = {
        "date": day, "reporter": claims[0].reporter if claims else None, "numbers": len(claims),
        "checked": len(final), **counted, "cells": len(cells), "unread": beyond[0].start if beyond else None,
    }  # fmt: skip
    read = {f.claim.id: f.claim for f in findings if f.label == "holds"}
    return Story(text, about, tuple(_as_read(c, read.get(c.id)) for c in claims), tuple(final), tuple(arithmetic))


def _as_read(claim: Claim, reading: Claim | None) -> Claim:
    """A claim with the slots of the reading in which it holds, where its clause left them to the passage."""
    if reading is None or claim.measure not in ("level", "growth_yoy", "share"):
        return claim
    left = set(claim.carried) - ({"partner"} if claim.partner in CONTINENTS else set())
    period = reading if "period" in left else claim
    return replace(
        claim,
        partner=(reading if "partner" in left else claim).partner,
        product=(reading if "product" in left else claim).product,
        flow=(reading if "flow" in left else claim).flow,
        period=period.period,
        span=period.span,
        value=reading.value,
    )


def _findings(actual: Sequence[Claim], cells: Cells, day: str) -> list[Finding]:
    """What the figures say of each actual claim, with what the others of the story add.

    A rate without a currency may be the yuan's where the story, or its sentence, tells levels in yuan: it fails only if
    it does in both.
    """
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

    settled = siblings.settled(actual, [judge(claim) for claim in actual], judge, cells, day)
    settled = [extremes.borne_out(f, _beside(c, actual)) for c, f in zip(actual, settled, strict=True)]
    return [exchange.in_money(f, cells, day, "CNY" if in_yuan or f.claim.text in sentences else "USD") for f in settled]


def _beside(claim: Claim, actual: Sequence[Claim]) -> list[Claim]:
    """The numbers of the sentence of a record or a run; none of another number's."""
    return [c for c in actual if c.text == claim.text] if claim.measure in ("first_or_record", "consecutive") else []


def _level_of(claim: Claim) -> tuple[str, ...]:
    return claim.reporter, claim.partner, claim.product, claim.flow, claim.period


def _verdict(claim: Claim, finding: Finding, cells: Cells) -> Verdict:
    figure = finding.figure
    rows = tuple(f.shown() for f in figure.facts[:MOST_ROWS]) if figure else ()
    found = figure.value if figure else None
    released = figure.released if figure else None
    if finding.label == "holds":
        return Verdict(claim.id, "holds", finding.path, found, released, reasons.right(claim, finding), rows=rows)
    if finding.label == "fails" and figure is not None:
        corrected = None if claim.measure in ("first_or_record", "range_bound") else _rounded(figure.value, claim)
        why = reasons.wrong(claim, finding)
        return Verdict(claim.id, "fails", "official", found, released, why, finding.cause or None, corrected, rows)
    return Verdict(claim.id, "cannot tell", "", found, released, reasons.unknown(claim, finding, cells), rows=rows)


def _rounded(value: float, claim: Claim) -> float:
    """A figure with as many decimals as the claim shows, or two digits where the claim's are too coarse."""
    step = claim.step if claim.step > 0 else 1.0
    if abs(value) < step:
        return float(f"{value:.2g}")
    rounded = round(value / step) * step
    return float(f"{rounded:.12g}")


# --- sizes ------------------------------------------------------------------------------------------------------------


def _with_sizes(claims: Sequence[Claim], verdicts: Sequence[Verdict], findings: Sequence[Finding]) -> list[Verdict]:
    """Let an amount fail that is far from the size of the trade it is said of, where no figure of that is held."""
    found, told = [], {claim.period for claim in claims}
    for claim, verdict, finding in zip(claims, verdicts, findings, strict=True):
        unheld = finding.figure is None or finding.note == "services"
        size = sizes.outsized(claim, told) if verdict.label == "cannot tell" and unheld else None
        if size is not None:
            why = reasons.outsized(claim, size)
            verdict = replace(verdict, label="fails", path="size", why=why, cause=size.cause or None)
        found.append(verdict)
    return found


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
    same: dict[tuple[float, str], list[Claim]] = {}
    for claim in claims:
        same.setdefault((claim.value, claim.unit), []).append(claim)
    final = []
    for claim, verdict in zip(claims, verdicts, strict=True):
        alike = same[claim.value, claim.unit]
        if verdict.label == "fails" and not verdict.cause:
            causes = {cause for cause, other in echoes.echoed(claim, alike) if other.id not in failed}
            verdict = replace(verdict, cause=causes.pop()) if len(causes) == 1 else verdict
        elif verdict.label == "cannot tell" and (cause := echoes.taken(claim, alike, sound)):
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


__all__ = ["CAUSES", "READS", "Cells", "Story", "Verdict", "check", "held_cells", "interval", "subject", "when"]
