"""Amounts too small for all goods, and the goods that they are of.

Exports of 8 billion dollars to China are not all that the United States sell there. Where such an amount was read of
all goods, and not told to be, it is of those that its sentence names and no number has taken. A story that opens with
goods, and tells no amount as large as all trade, is about those.
"""

from collections.abc import Sequence

from entrepot.claims.claim import Claim
from entrepot.claims.opening import Context
from entrepot.claims.replacing import replace
from entrepot.claims.scales import size
from entrepot.claims.subjects import TOTAL, WORLD
from entrepot.claims.views import View
from entrepot.claims.words import one_of

SMALL = 0.28
"""Times the rough trade of its months below which an amount is of a part of the goods.

Of 840 totals of one partner in real stories 14 were below it, of 1,370 of all partners 45; of amounts of goods that had
been read of all, 21 of 23.
"""
WHOLE = (0.4, 1.8)
"""The same of amounts that show that a story speaks of all goods."""
ALL = (0.6, 1.5)
"""Times the rough trade with all partners that an amount of goods only carried to it does not come to."""
_ALONG = one_of("included including excluded excluding")
_DROPPED = (0.7, 1.4)
"""Ten times that, where a digit may have been dropped of a total."""


def themed(claims: Sequence[Claim], context: Context) -> Context | None:
    """Context to read a story from again, if it opens with goods and no amount can be of all; else None."""
    if not context.sized or context.goods != TOTAL or context.topic[1] == TOTAL:
        return None
    levels = [c for c in claims if c.kind == "actual" and c.measure == "level" and c.flow in ("X", "M", "T")]
    whole = [c for c in levels if c.product == TOTAL or "product" in c.carried]
    sizes = [found.times for c in whole if (found := size(c)) is not None and (found.own or c.partner == WORLD)]
    if not sizes or max(sizes) >= SMALL:
        return None
    return replace(context, goods=context.topic[1], product=context.topic[1])


def specified(claims: Sequence[Claim], view: View) -> list[Claim]:
    """Claims of a sentence: an amount that cannot be of all goods is of those beside it, one as large as all of all."""
    found = list(claims)
    for claim in claims:
        if _whole(claim, view):
            found = [replace(c, product=TOTAL) if _goes_with(c, claim) else c for c in found]
            continue
        goods = _beside(claim, claims, view) if _partial(claim) else ""
        if goods:
            found = [replace(c, product=goods) if _goes_with(c, claim) else c for c in found]
    return found


def _partial(claim: Claim) -> bool:
    """Whether an amount read of all goods, and not told to be, is too small for that."""
    if claim.kind != "actual" or claim.measure != "level" or claim.product != TOTAL or "product" not in claim.carried:
        return False
    found = size(claim) if claim.flow in ("X", "M", "T") else None
    if found is None or found.times >= SMALL:
        return False
    return found.own and not (claim.partner == WORLD and _DROPPED[0] < 10 * found.times < _DROPPED[1])


def _whole(claim: Claim, view: View) -> bool:
    """Whether an amount of goods that its sentence does not name is as large as all trade."""
    carried = claim.product != TOTAL and "product" in claim.carried and claim.partner == WORLD
    if claim.kind != "actual" or claim.measure != "level" or not carried or claim.flow not in ("X", "M", "T"):
        return False
    found = size(claim)
    named = any(n.code == claim.product for n in view.names) or not set(view.lows).isdisjoint(claim.product.split("-"))
    return found is not None and not named and ALL[0] <= found.times <= ALL[1]


def _beside(claim: Claim, claims: Sequence[Claim], view: View) -> str:
    """Goods that no number has taken: those nearest before an amount, else after it before the next; empty for none."""
    taken = {c.product for c in claims if c.measure != "rank"}
    goods = [n for n in view.names if n.role == "product" and n.code not in taken]
    goods = [
        n for n in goods if not _ALONG & {*view.lows[max(0, n.first - 1) : n.first], *view.lows[n.last : n.last + 1]}
    ]
    free = [(n.code, view.words[n.first].start) for n in goods]
    before = [code for code, at in free if at < claim.start]
    following = min((c.start for c in claims if c.start > claim.start), default=view.words[-1].end)
    after = [code for code, at in free if claim.end <= at < following]
    return before[-1] if before else after[0] if after else ""


def _goes_with(claim: Claim, moved: Claim) -> bool:
    """Whether a number of a sentence was carried the goods that the moved one was, in the same flow."""
    return "product" in claim.carried and (claim.partner, claim.reporter, claim.product, claim.flow, claim.period) == (
        moved.partner, moved.reporter, moved.product, moved.flow, moved.period
    )  # fmt: skip
