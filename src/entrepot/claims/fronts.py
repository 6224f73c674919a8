"""Subjects that a number belongs to although it comes first: `a $111.7 billion trade surplus`."""

from entrepot.claims import bases, verbs, views
from entrepot.claims.quantity import Quantity
from entrepot.claims.subjects import Subject
from entrepot.claims.views import View
from entrepot.claims.words import one_of

_OF = [["of"], ["of", "about"], ["of", "nearly"], ["of", "almost"], ["of", "over"], ["worth"]]
_PARTED = one_of(", ; as while but and whereas")
_EARNED = one_of("earned made generated brought fetched grossed netted raked took received got")
_GAP_STOP = one_of(
    "back due amid thanks driven helped boosted led despite because owing fuelled fueled , ; : ( ) and while "
    "but as after with compared from than when which that was were is are rose fell grew to dropped increased "
    "declined whereas although though yet even meanwhile versus against following vs if since until year by"
)
_OPENING = one_of("at with up down")
"""Words that a sentence begins with before the number of the subject that follows."""
_THROUGH = one_of("entered left came arrived")
_GOODS = one_of("goods products merchandise")


def subject_after(view: View, quantity: Quantity) -> Subject | None:
    """The subject after a number that it belongs to; None where it is of what stands before it."""
    lows = view.lows
    if any(s.last < quantity.first and lows[s.last : quantity.first] in _OF for s in view.subjects):
        return None  # exports of 38.2 billion dwarfed imports
    start = views.clause_start(view, quantity.first)
    if lows[start] in ("after", "following", "despite", "having") and bases.is_base(view, quantity):
        near = (s for s in view.subjects if 0 <= s.head - quantity.last < 14)
        opens = start == 0 or lows[start - 1] == ":"  # after falling 6.8 % in the first two months, exports ...
        parted = _PARTED - {","} if opens else _PARTED
        return next((s for s in near if not parted & set(lows[quantity.last : s.head])), None)
    subject = next((s for s in view.subjects if s.head >= quantity.last), None)
    last = _after_bracket(view, quantity)  # goods worth 45 billion euros (+9.2 %) were exported
    if subject is None or any(last <= q.first <= subject.head for q in view.quantities):
        return None
    dated = {i for m in view.dates for i in range(m.first, m.last)}
    if any(i in dated and lows[i + 1] == "and" for i in range(last, subject.head)):
        return None  # car exports rose 53 % in November and chip exports 34 %
    gap = [lows[i] for i in range(last, min(subject.first, subject.head)) if i not in dated]
    spends = bool(set(lows[max(0, quantity.first - 6) : quantity.first]) & {"spent", "spending", "spend", "spends"})
    return subject if _fronts(view, quantity, subject, gap) or _modifies(quantity, gap, spends) else None


def _after_bracket(view: View, quantity: Quantity) -> int:
    """Token after a number, and after the bracket that a rate stands in right behind it."""
    lows, last = view.lows, quantity.last
    if quantity.unit == "%" or lows[last : last + 1] != ["("]:
        return last
    return next((i + 1 for i in range(last + 1, min(last + 8, len(lows))) if lows[i] == ")"), last)


def _fronts(view: View, quantity: Quantity, subject: Subject, gap: list[str]) -> bool:
    """Whether a turn of phrase puts a number before its subject across a verb or a comma."""
    lows, back = view.lows, view.lows[max(0, quantity.first - 5) : quantity.first]
    if gap == ["from"] and subject.flow == "X" and set(back[-4:]) & _EARNED:
        return True
    opens = quantity.first <= 2 or lows[quantity.first - 2] in (":", ";", "–", "—")
    if opens and lows[quantity.first - 1] in _OPENING and "," in gap and len(gap) <= 8:
        told = gap[gap.index(",") + 1 :]  # At $330 billion, exports; With $5 billion in the month, Chinese exports
        led = set(gap[: gap.index(",")]) <= {"in", "for", "during", "over"}
        return led and set(told).isdisjoint(_GAP_STOP | verbs.VERBS - verbs.MOVES)
    passive = gap[-1:] in (["were"], ["was"]) and _passive(lows[subject.tail - 1])
    if passive and (gap[0] == "of" or gap[0] in ("more", "less", "fewer") and _GOODS & set(gap)) and len(gap) <= 7:
        return True  # 65 million tonnes of gas were imported; 5.6 % more goods were exported
    if lows[subject.head] in _THROUGH and gap[:1] == ["of"] and len(gap) <= 5:
        return True  # 575,000 tons of steel entered the country
    counted = bool(set(back) & _GOODS) or lows[0] in ("goods", "products")
    if counted and not gap and lows[subject.head] in _THROUGH:
        return True  # goods worth $295 billion left China
    if counted and set(gap) <= {"were", "was"} and _passive(lows[subject.tail - 1]):
        return True
    if gap in (["less", "was"], ["more", "was"], ["less", "were"], ["more", "were"]) and _passive(
        lows[subject.tail - 1]
    ):
        return True  # from which 16.5 % less was imported
    passive = gap[-1:] in (["were"], ["was"]) and gap[:1] in (["of"], ["worth"])
    if passive and _GOODS & set(gap[1:-1]) and _passive(lows[subject.tail - 1]):
        return True  # 101.6 billion euros of goods were imported
    of_this = gap[:2] in (["of", "this"], ["of", "that"], ["of", "it"], ["of", "these"])
    if of_this and len(gap) <= 6 and {"was", "were", "came", "went"} & set(gap[2:]):
        return True  # 19.55 trillion yuan of this was owed to exports
    of_it = "which" in back[-4:] or lows[0] == "of" and quantity.first <= 5
    return (
        gap in (["was"], ["were"], ["came", "from"], ["was", "from"], ["were", "from"]) and of_it
    )  # of which $43 billion were exports


def _passive(low: str) -> bool:
    return low.endswith("ed") or low in ("sold", "sent", "bought")


def _modifies(quantity: Quantity, gap: list[str], spends: bool) -> bool:
    """Whether a number stands right before its subject, or leads to it by `in`, `of`, `for`, `worth` or `on`."""
    between = set(gap)
    if len(gap) > 6 or between & _GAP_STOP or "on" in between and not spends:
        return False
    if not between & {"in", "of", "for", "worth", "on"} and (len(gap) > 2 or between & {"to", "from", "by"}):
        return False
    return "of" not in between or quantity.unit != "%" or bool(between & (verbs.UP | verbs.DOWN))
