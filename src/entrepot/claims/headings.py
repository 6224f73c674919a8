"""What headings and items of a list set for what stands below or behind them: a month, a partner, goods."""

from entrepot.claims.opening import Context
from entrepot.claims.replacing import replace
from entrepot.claims.spans import Span
from entrepot.claims.subjects import TOTAL, UNIONS, WORLD
from entrepot.claims.verbs import VERBS
from entrepot.claims.views import View
from entrepot.claims.words import Sentence, one_of

_DASHES = one_of("- – — (")
_WHOLE = one_of("total totals overall all goods in")
_NO_GOODS = one_of("others other value volume share change growth source note rank up down year month")
_MONEY = one_of("$ € £ ¥ us usd eur rs rmb cny + - −")
_LONGEST_ITEM = 6
"""Words before the number of an item."""


def headed(view: View, sentence: Sentence, context: Context) -> Context:
    """The context with what a heading or the head of an item sets (`October 2020`, `- Semiconductors: Exports`)."""
    if len(view.words) <= 3 and len(view.names) == 1 and view.names[0].code in UNIONS and context.home in UNIONS:
        return replace(context, home=view.names[0].code, reporter=view.names[0].code)
    if (month := _month_heading(view)) is not None:
        return replace(context, span=month, opening=month, named=True, note="", opening_note="")
    if (section := _section(view, context)) is not None and (section or sentence.opens):
        return replace(context, section=section)
    return _before_colon(view, sentence, context) or _item(view, sentence, context)


def _before_colon(view: View, sentence: Sentence, context: Context) -> Context | None:
    """The context with the name that stands before a colon; None where none does."""
    if ":" not in view.lows[:8]:
        return None
    colon = view.lows.index(":")
    head = [n for n in view.names if n.last <= colon and n.role in ("place", "product")]
    if any(q.first < colon for q in view.quantities) or len(head) != 1 or any(s.head < colon for s in view.subjects):
        return None
    if head[0].role == "product":
        partner = context.partner if sentence.item else WORLD
        return replace(context, product=head[0].code, headed="product", partner=partner)
    return replace(context, partner=head[0].code, headed="partner") if head[0].code != context.home else context


def _item(view: View, sentence: Sentence, context: Context) -> Context:
    """The context with the goods that an item of a list names before its number (`- Cucumbers — $805 million`)."""
    if not sentence.item or not context.flow or not view.quantities or view.subjects:
        return context
    first = next((i for i, w in enumerate(view.words) if w.kind == "w" and w.low != "o"), 0)
    end = next((i for i in range(first, len(view.lows)) if _parts(view, i)), 0)
    words, number = view.words[first:end], view.quantities[0].first
    leads = set(view.lows[end + 1 : number]) <= _MONEY and end < number <= end + 3
    plain = all(w.kind == "w" or w.low in (",", "&") for w in words) and view.words[first].text[:1].isupper()
    if not (0 < len(words) <= _LONGEST_ITEM and leads and plain) or VERBS & {w.low for w in words}:
        return context
    if {w.low for w in words} <= _WHOLE:
        return replace(context, product=TOTAL, headed="product")
    inside = [n for n in view.names if n.last <= end]
    if any(n.role != "product" for n in inside) or len(words) == 1 and words[0].low in _NO_GOODS:
        return context
    told = "-".join(w.low for w in words if w.kind == "w")
    return replace(context, product=inside[0].code if len(inside) == 1 else told, headed="product")


def _parts(view: View, i: int) -> bool:
    """Whether a token parts what an item is of from its number."""
    return view.lows[i] in (":", ",") or view.lows[i] in _DASHES and view.words[i].gap


def _month_heading(view: View) -> Span | None:
    """The month that a line of its own names (`October 2020`): what stands below is of it."""
    told = [m for m in view.dates if m.span and m.span.kind == "month" and m.role == "period" and not m.note]
    if len(view.words) > 4 or len(told) != 1 or len(view.dates) != 1 or view.quantities:
        return None
    rest = [w for i, w in enumerate(view.words) if not told[0].first <= i < told[0].last and w.kind != "p"]
    dated = told[0].last - told[0].first > 1
    return told[0].span if dated and not any(w.low.isalnum() for w in rest) else None


def _section(view: View, context: Context) -> str | None:
    """Partner that a heading names alone (`1. United States`); empty for another heading, None for a sentence."""
    words = [w for w in view.words if w.kind == "w"]
    if (
        any(q.unit for q in view.quantities)
        or len(words) > 5
        or view.subjects
        or view.lows[-1] in (".", ":", "?", "!")
        or view.dates
    ):
        return None
    if not words or not words[0].text[:1].isupper() or any(w.low in VERBS for w in words):
        return None
    places = [n for n in view.names if n.role == "place" and n.code != context.home]
    covered = sum(n.last - n.first for n in places)
    alone = len(places) == 1 and covered >= sum(w.low != "the" for w in words)
    return places[0].code if alone else ""
