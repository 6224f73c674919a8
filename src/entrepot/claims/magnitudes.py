"""Amounts too large for the months they were read of, and the longer period that a careful reader takes instead."""

from collections import Counter
from collections.abc import Iterator, Sequence

from entrepot import periods
from entrepot.claims.claim import Claim
from entrepot.claims.opening import Context
from entrepot.claims.replacing import replace
from entrepot.claims.scales import months, size
from entrepot.claims.spans import Span, from_to, year_of
from entrepot.claims.subjects import TOTAL, WORLD

_LONGER = ("ytd", "year", "fiscal_ytd", "half", "quarter", "range")
_AMOUNTS = ("level", "threshold", "change_amount")
TOO_LARGE = {(True, True): 2.2, (True, False): 1.6, (False, True): 3.5, (False, False): 3.0}
"""Times the rough trade of its months that no amount reaches, by whether it is of all partners and of all goods.

Of 1,160 totals of real stories none was above 1.9 times, of 448 of goods none above 1.3; of 831 of one partner 95 in
100 were below 1.6.
"""
CLOSE = (0.5, 1.7)
"""Times the rough trade with a partner between which an amount is taken for it."""
FITS = (0.4, 1.8)
"""Times the rough trade of its months that a total usually comes to."""


def reopened(claims: Sequence[Claim], context: Context) -> Context | None:
    """Context to read a story from again, where its amounts show that it carried a period too short; else None.

    Two amounts show it, or one if the story names no period: it is then about the one that most of them fit. A single
    amount beside a period that the story names is as likely a slip.
    """
    spans = {c.value: span for c in claims if _gives_way(c) and (span := longer(c, context))}
    if not context.sized or len(spans) <= (not context.guessed):
        return None
    context = replace(context, widens=True)
    if not context.guessed:
        return context
    wider, _ = Counter(spans.values()).most_common(1)[0]
    return replace(context, span=wider, opening=wider, recent=(wider, *context.recent))


def widened(claims: Sequence[Claim], context: Context) -> tuple[list[Claim], Context]:
    """Claims and context of a sentence, with a longer period where an amount is too large for the one carried to it.

    Only a period that the passage brought gives way, never one that the sentence names for the number. The other
    numbers of the sentence that stood with it, and the passage that goes on, go with it.
    """
    for claim in claims:
        if not _gives_way(claim):
            continue
        wider = longer(claim, context)
        if wider is not None:
            return [_moved(c, claim, wider) for c in claims], _goes_on(context, claim, wider)
    return list(claims), context


def _gives_way(claim: Claim) -> bool:
    """Whether an amount is too large for a period that its sentence does not name for it."""
    return claim.placed and claim.measure in _AMOUNTS and claim.kind == "actual" and _too_large(claim)


def _moved(claim: Claim, large: Claim, wider: Span) -> Claim:
    """A claim of the sentence in the longer period, if it was placed in the one that gives way."""
    if not claim.placed or claim.period != large.period or claim.measure == "growth_mom":
        return claim
    return replace(claim, period=wider.text, span=wider.kind)


def longer(claim: Claim, context: Context) -> Span | None:
    """The longer period that an amount is taken to be of; None where none fits."""
    return next((span for span in _options(claim, context) if _fits(claim, span)), None)


def _goes_on(context: Context, claim: Claim, wider: Span) -> Context:
    """What the passage carries on: the longer period."""
    if context.span.text != claim.period:
        return context
    return replace(context, span=wider, last=wider, named=True, recent=(*context.recent[-4:], wider))


def _options(claim: Claim, context: Context) -> Iterator[Span]:
    """Longer periods that a number may be of: those the story speaks of, then those that end with its month."""
    now = months(claim)
    for span in (context.last, context.told, *reversed(context.recent), context.opening):
        if span.last and span.kind in _LONGER and span.text != claim.period and _outlasts(span, now):
            yield span
    if context.home == "IND" and now[0][5:] != "03":
        begins = context.calendar.fiscal_begins(now[0])
        yield Span(f"{begins:04d}-04", now[0], "fiscal_ytd")
    if now[0][5:] != "01":
        yield from_to(f"{now[0][:4]}-01", now[0])
    if now[0][5:] <= "03":
        yield year_of(f"{int(now[0][:4]) - 1}-12")


def _outlasts(span: Span, now: tuple[str, int]) -> bool:
    """Whether a span has more months than the one a claim was read of, and is not of long before."""
    return len(periods.each(f"{span.first}:{span.last}")) > now[1] and span.last >= periods.later(now[0], -12)


def _too_large(claim: Claim) -> bool:
    """Whether an amount is larger than trade of its kind can be in its months."""
    found = size(claim)
    if found is None:
        return False
    everyone = claim.partner == WORLD or not found.own
    return found.times > TOO_LARGE[everyone, claim.product == TOTAL and (claim.partner == WORLD or found.own)]


def _fits(claim: Claim, span: Span) -> bool:
    """Whether an amount may be of another span."""
    moved = replace(claim, period=span.text, span=span.kind)
    return size(moved) is not None and usual(moved)


def usual(claim: Claim) -> bool:
    """Whether an amount may be of its months: a total as large as it usually is, another not too large; else true."""
    found = size(claim) if claim.measure in _AMOUNTS else None
    if found is None:
        return True
    whole = claim.product == TOTAL and claim.partner == WORLD and claim.measure == "level" and claim.flow in "XMT"
    return not _too_large(claim) and (not whole or FITS[0] <= found.times <= FITS[1])
