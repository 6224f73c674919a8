"""Whose trade an amount is, where its words leave the partner open: that of the partner whose trade is as large.

Amounts of real stories lie close to the rough size of what they are of (`claims.scales`): of 633 totals nine in ten
between 0.6 and 1.5 times, of 393 of one partner nine in ten between 0.5 and 1.5 times; and of 151 balances with a
partner with which trade goes mostly one way none had the other sign. So the partners that a sentence and the passage
name are weighed against the one read, by how likely each makes the amount.
"""

from collections.abc import Iterator, Sequence
from math import exp, log, pi, sqrt

from entrepot.claims.claim import Claim
from entrepot.claims.collisions import Figures
from entrepot.claims.complements import OTHERS
from entrepot.claims.magnitudes import longer
from entrepot.claims.opening import BLOC, Context
from entrepot.claims.replacing import replace
from entrepot.claims.scales import PER_DOLLAR, months, size, yearly
from entrepot.claims.spans import Span, month_of
from entrepot.claims.subjects import TOTAL, WORLD
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_SERVED = ("USA", "GBR", "CAN", "FRA")
"""Reporters whose balances are of goods and services unless their stories say goods."""

WIDTH = {True: 0.22, False: 0.32}
"""Spread of an amount around its rough size [log], by whether it is of all partners."""
WIDTH_BALANCE = 0.5
"""Spread of a balance around the rough one with a partner with which trade goes mostly one way [log]."""
DRIFT = {False: 0.12, True: 0.2}
"""How far balances drift from the rough one in a year [share of the larger flow], by whether services may be in it."""
ONE_WAY = 0.15
"""Share of the larger flow above which a rough balance has a sign."""
FLOOR = 0.004
"""Likelihood of an amount of any size: slips, trade that the table does not know."""
ODDS = {True: 8.0, False: 20.0}
"""How much likelier another partner must make an amount, by whether the one read is only carried."""
NEVER = 50.0
"""How much likelier all partners must make a balance than one told, with which it never goes that way."""
DROPPED = (0.7, 1.4)
"""Tenfold times its size of an amount that lost a digit."""

_PLAIN = ("", "goods", "seasonally adjusted")
"""Definitions of which the table of sizes is: none of days, of services, of all but some."""

_PARTS = one_of(
    "private enterprises firms companies businesses sector sectors mode modes ordinary processing items commodities "
    "province provinces ports port bonded zones state-owned foreign-invested fdi invested trademarks cities members "
    "households small regime general air sea road rail e-commerce electronic"
)
"""Words of parts of trade other than partners and goods."""
_TOGETHER = one_of("they these together combined altogether three four five both jointly collectively")
"""Words of several partners whose share is told in one."""


def shared(claims: Sequence[Claim], before: Context, view: View) -> list[Claim]:
    """Claims of a sentence, each share that was read of all goods and all partners given the partner it is of.

    Nothing is a share of itself: it is of the one place that its sentence names, else of what the passage spoke of.
    """
    if _PARTS & set(view.lows):
        return list(claims)
    return [_of_a_part(claim, before, view) for claim in claims]


def _of_a_part(claim: Claim, before: Context, view: View) -> Claim:
    whole = (claim.partner, claim.product, claim.definition) == (WORLD, TOTAL, "") and claim.kind == "actual"
    if not whole or claim.measure not in ("share", "share_change"):
        return claim
    ours = (claim.reporter, before.home, BLOC)
    here = dict.fromkeys(n.code for n in view.names if n.role == "place" and n.code not in ours)
    together = not here and (before.spread or bool(_TOGETHER & set(view.lows)))
    if len(here) > 1 or together:
        return claim
    partner = next(iter(here), before.partner)
    product = before.product if partner in (WORLD, claim.reporter) else TOTAL
    if product == TOTAL and partner in (WORLD, claim.reporter):
        return claim
    doubt = dict.fromkeys((*claim.carried, "partner", "product"))
    return replace(claim, partner=partner, product=product, carried=tuple(doubt))


def partnered(
    claims: Sequence[Claim], before: Context, context: Context, view: View, figures: Figures
) -> tuple[list[Claim], Context]:
    """Claims and context of a sentence, with the partner that an amount fits where it cannot be of the one read."""
    found = list(claims)
    for at in range(len(found)):
        claim = found[at]
        partner = "" if figures.balances(claim, found) else _other(claim, before, context, view)
        if not partner:
            continue
        found = [replace(c, partner=partner) if c is claim or _goes_with(c, claim) else c for c in found]
        same = context.partner == claim.partner and context.reporter == claim.reporter
        context = replace(context, partner=partner) if same else context
    return found, context


def _other(claim: Claim, before: Context, context: Context, view: View) -> str:
    """The partner that makes an amount so much likelier that it is of that one; empty for none."""
    carried = _is_open(claim, view)
    if _in_bracket(claim, view):
        return ""
    if claim.kind != "actual" or claim.measure != "level" or claim.product != TOTAL or not claim.flow:
        return ""
    now = likelihood(claim) if claim.definition in _PLAIN else None
    if not carried and claim.partner != WORLD:
        whole = likelihood(replace(claim, partner=WORLD)) if now == FLOOR and claim.flow == "B" else None
        return WORLD if whole is not None and whole > NEVER * FLOOR else ""
    if now is None or _lost_digit(claim):
        return ""
    spans = _spans(claim, context) if claim.placed else ()
    now = max([now, *(likelihood(replace(claim, period=s.text, span=s.kind)) or 0.0 for s in spans)])
    options = {p: likelihood(replace(claim, partner=p)) for p in _partners(claim, before, view)}
    best = max((p for p, told in options.items() if told), key=lambda p: options[p] or 0.0, default="")
    return best if best and (options[best] or 0.0) > ODDS[carried] * now else ""


def _in_bracket(claim: Claim, view: View) -> bool:
    """Whether a number stands in a bracket right after its partner (`Brazil ($1.2 billion), and Belgium`)."""
    own = [n for n in view.names if n.role == "place" and n.code == claim.partner]
    told = [n for n in own if view.lows[n.last : n.last + 1] == ["("]]
    return any(0 <= claim.start - view.words[n.last].end <= 1 for n in told)


def _spans(claim: Claim, context: Context) -> Iterator[Span]:
    """Periods that a number may be of whose sentence names none for it: those spoken of, the month they end with."""
    spoken = [s for s in (context.span, context.last, context.told, *context.recent, context.opening) if s.last]
    yield from spoken
    yield from (month_of(s.last) for s in spoken)
    wider = longer(claim, context)
    if wider is not None:
        yield wider


def likelihood(claim: Claim) -> float | None:
    """How likely an amount is among those of its partner, flow and months [density of its log]; None where unknown."""
    if claim.flow == "B":
        return _of_balance(claim)
    found = size(claim)
    if found is None or not found.own and claim.partner != WORLD or not found.times:
        return None
    return _normal(log(found.times), WIDTH[claim.partner == WORLD]) + FLOOR


def _of_balance(claim: Claim) -> float | None:
    rate, (last, count) = PER_DOLLAR.get(claim.unit), months(claim)
    if rate is None or count > 12 or not claim.value:
        return None
    sold, bought = (yearly(claim.reporter, claim.partner, flow, int(last[:4])) for flow in ("X", "M"))
    if sold is None or bought is None:
        return None
    value, rough, larger = claim.value / rate * 12 / count, sold - bought, max(sold, bought)
    if claim.partner != WORLD and abs(rough) > ONE_WAY * larger:
        return FLOOR + (_normal(log(value / rough), WIDTH_BALANCE) if value * rough > 0 else 0.0)
    drift = DRIFT[claim.partner == WORLD and claim.reporter in _SERVED and claim.definition != "goods"]
    return FLOOR + _normal((value - rough) / larger, drift) * abs(value) / larger


def _normal(x: float, width: float) -> float:
    return exp(-((x / width) ** 2) / 2) / (width * sqrt(2 * pi))


def _lost_digit(claim: Claim) -> bool:
    """Whether a total is a tenth of what it should be, as if a digit was dropped."""
    found = size(claim) if claim.partner == WORLD and claim.flow != "B" else None
    return found is not None and DROPPED[0] < 10 * found.times < DROPPED[1]


def _is_open(claim: Claim, view: View) -> bool:
    """Whether a number has its partner from the passage: its sentence names none but the country that reports."""
    abroad = any(n.role == "place" and n.code not in (claim.reporter, BLOC) for n in view.names)
    return "partner" in claim.carried or claim.partner == WORLD and not abroad


def _partners(claim: Claim, before: Context, view: View) -> Iterator[str]:
    """Partners that a number may be of: those its sentence names, then those spoken of before; else all."""
    yield from (n.code for n in view.names if n.role == "place" and n.code not in (claim.reporter, BLOC, OTHERS))
    if not _is_open(claim, view):
        return
    yield from (
        p for p in (before.partner, before.pair, before.last_partner, before.abroad, before.topic[0])
        if p and p != claim.reporter
    )  # fmt: skip
    yield WORLD


def _goes_with(claim: Claim, large: Claim) -> bool:
    """Whether a number of a sentence has its partner from where the number that gives way had it."""
    return "partner" in claim.carried and (claim.partner, claim.reporter, claim.product, claim.flow) == (
        large.partner, large.reporter, large.product, large.flow
    )  # fmt: skip
