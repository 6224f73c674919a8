"""What a clause speaks of: flow with its reporter, partners, products and definition, as one noun phrase."""

from collections.abc import Sequence
from dataclasses import dataclass

from entrepot.claims.complements import OTHERS, Complements, complements
from entrepot.claims.names import Name
from entrepot.claims.premodifiers import BEFORE, LINKED, WHOLE, Premodifiers, premodifiers
from entrepot.claims.replacing import replace
from entrepot.claims.verbs import VERBS
from entrepot.claims.words import Token, one_of

WORLD, TOTAL = "WLD", "TOTAL"
UNIONS = ("EA", "EU27", "EU28")
"""Unions of countries whose trade one office reports."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase with a flow in it: `Vietnam's exports of coffee to the EU and Japan`.

    Attributes
    ----------
    first, last : int
        Tokens it covers, the last one excluded.
    head, tail : int
        Tokens of the flow word itself.
    flow, form : str
        `X`, `M`, `T`, `B`; for a balance `surplus`, `deficit` or `balance`; `market` for `export market`.
    reporter : str
        Named by possessive, adjective or noun before it; empty otherwise.
    partners, products : tuple of str
        Named in it, in order.
    whole : bool
        Whether it says that it speaks of all partners and goods (`total exports`).
    linked : bool
        Whether it leans on what was said before (`its exports`, `bilateral trade`).
    definition : str
        Definition named in it, or empty.
    inside : bool
        Whether it is the trade of a union's members with one another (`intra-EU trade`).
    homeward : bool
        Whether it names no reporter and goes to or comes from the story's own country.
    """

    first: int
    last: int
    head: int
    tail: int
    flow: str
    form: str
    reporter: str = ""
    partners: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    whole: bool = False
    linked: bool = False
    definition: str = ""
    inside: bool = False
    homeward: bool = False


def subjects(words: Sequence[Token], names: Sequence[Name], home: str) -> list[Subject]:
    """Find every subject of a sentence, in order. `home` is the reporter the story is about."""
    lows = [w.low for w in words]
    at = {name.first: name for name in names}
    ending = {name.last: name for name in names}
    found: list[Subject] = []
    floor = 0
    for name in names:
        if name.role != "flow" or name.first < floor:
            continue
        if found and found[-1].flow == "B" and name.code == "T" and _inside(lows[found[-1].last : name.first]):
            after = complements(lows, words, name, at)
            floor = after.last
            found[-1] = _narrowed(found[-1], lows[name.first : name.last], after, home)
            continue
        if name.code == "T" and lows[max(0, name.first - 2) : name.first][-1:] == ["between"]:
            continue  # the deficit, or the gap between imports and exports
        if name.code == "T" and lows[max(0, name.first - 2) : name.first] in (["balance", "of"], ["difference", "of"]):
            continue
        before = premodifiers(lows, words, name, ending, floor)
        subject = _subject(name, lows[name.first], before, complements(lows, words, name, at), home)
        found.append(replace(subject, products=("services",)) if _of_services(lows, subject) else subject)
        floor = found[-1].last
    return found


def _goes_there(after: Complements) -> bool:
    """Whether a flow goes to what was spoken of: `exports to these countries`, `trade between the two sides`."""
    words = after.lows[after.flow.last : after.flow.last + 3]
    if after.partners or len(words) < 3:
        return False
    if after.lows[after.last : after.last + 1] in (["to"], ["from"], ["with"]) and _by_rank(after):
        return True
    if words[0] == "between" and {"two", "both", "pair", "them"} & set(words):
        return True
    if words[0] in ("to", "from", "with") and words[1] == "the" and words[2] in ("region", "continent"):
        return True
    if words[:2] == ["of", "the"] and words[2] == "two" and _TWO & set(after.lows[after.flow.last + 3 :][:1]):
        return True
    return words[0] in ("to", "from", "with") and words[1] in _THESE and words[2] in _REGIONS


def _by_rank(after: Complements) -> bool:
    """Whether a flow goes to a partner told only by its rank (`to the country's biggest market fell`)."""
    at = after.last + 1
    lows = after.lows[at : at + 8]
    ranked = next((i for i, low in enumerate(lows) if low in _RANKS), -1)
    called = next((i for i, low in enumerate(lows) if ranked >= 0 and i > ranked and low in _PARTNERS), -1)
    if called < 0 or called - ranked > 3:
        return False
    following = lows[called + 1 : called + 2]
    return bool(following) and following[0] in VERBS | {"also", "have", "has", "was", "were"}


def _of_two(lows: Sequence[str], first: int) -> bool:
    """Whether what stands before a flow says that it is that of two countries with one another."""
    back = [low for low in lows[max(0, first - 4) : first] if low not in ("'", "’", "'s")]
    return back[-2:-1] == ["two"] and back[-1] in _TWO


def _with_all(after: Complements) -> bool:
    """Whether a flow says that it goes to all or comes from all (`trade with all countries`)."""
    words = [*after.lows[after.flow.last : after.last + 4], ""]
    for i in range(0 if _OF_ALL.isdisjoint(words) else len(words) - 3):
        if words[i] in ("to", "from", "with") and words[i + 1 : i + 3] in _ALL and words[i + 3] != "'s":
            return True
    return False


_OF_ALL = one_of("all world rest")
_ALL = (["all", "countries"], ["the", "world"], ["the", "rest"])
_THESE = one_of("these those the both that this")
_RANKS = one_of("largest biggest top main leading important")
_PARTNERS = one_of("partner market buyer supplier customer destination source")
_TWO = one_of("countries nations sides economies neighbours neighbors")
_REGIONS = one_of("countries nations region country economies market markets destinations bloc")


def _narrowed(balance: Subject, words: list[str], after: Complements, home: str) -> Subject:
    """A balance with what it is of: `in the trade of goods`, `in trade in services`, `in trade with China`."""
    if not balance.partners and (partners := [p for p in after.partners if p != (balance.reporter or home)]):
        balance = replace(balance, partners=tuple(dict.fromkeys(partners)), last=after.last, whole=False)
    if "services" in words:
        return balance if "goods" in words else replace(balance, products=("services",))
    return replace(balance, definition=balance.definition or "goods") if "goods" in words else balance


def _of_services(lows: Sequence[str], subject: Subject) -> bool:
    """Whether a flow is one of services alone: `the surplus for services`, `trade in services`."""
    if lows[subject.last : subject.last + 2] in (["for", "services"], ["on", "services"], ["in", "services"]):
        return lows[subject.last + 2 : subject.last + 4] != ["and", "goods"]
    named = lows[subject.head : subject.tail]
    return "services" in named and not {"goods", "merchandise"} & set(named)


_COMES = one_of("came comes coming stemmed stems resulted derived arose mainly mostly largely primarily chiefly")
"""Words that lead from a balance to the trade that it came from (`the surplus came mostly from trade with Peru`)."""
_LONGEST_SOURCE = 4


def _inside(gap: list[str]) -> bool:
    """`Surplus in goods trade`: the second flow only says of what the first is."""
    if gap[-1:] == ["from"] and len(gap) <= _LONGEST_SOURCE:
        return gap[0] in _COMES and not {",", "and", "as"} & set(gap)
    leads = len(gap) <= 4 and gap[:1] in (["in"], ["of"], ["on"])
    return leads and all(w in BEFORE or w in ("in", "of", "on", "the") for w in gap)


def _subject(flow: Name, word: str, before: Premodifiers, after: Complements, home: str) -> Subject:
    """Put together what stands before and after a flow."""
    reporter, near, partners = before.reporter, before.near, tuple(after.partners)
    partners = partners or ((before.front,) if before.front else ())
    if near and (reporter and near != reporter or not reporter and "bound" in before.said):
        partners = (near, *partners)  # China's US exports; US-bound exports
    elif near == OTHERS:
        partners = (near, *partners)  # non-EU exports
    elif near and not reporter:
        reporter = near
    if after.origin and flow.code == "M":
        partners = (*partners, after.origin)
    elif after.origin and not reporter and (after.origin == home or flow.code == "X"):
        reporter = after.origin
    elif after.buyer and not reporter:
        reporter = after.buyer
    if after.whose == home and not reporter:
        reporter, partners = home, tuple(p for p in partners if p != home)
    said = before.said
    inside = near in UNIONS and after.lows[before.first - 1 : before.first] == ["intra"]
    if inside:
        reporter, partners = near, (near,)
    return Subject(
        before.first, after.last, flow.first, flow.last, flow.code, flow.form,
        reporter=reporter,
        partners=tuple(dict.fromkeys(p for p in partners if inside or p != (reporter or home))),
        products=tuple(before.products) or tuple(after.products),
        whole=bool(said & WHOLE or _with_all(after) or flow.code == "B" and word in WHOLE)
        and not (after.products or before.products),
        linked=bool(said & LINKED)
        or _goes_there(after)
        or _of_two(after.lows, before.first)
        or word in ("bilateral", "mutual", "two", "exchanged"),
        definition=after.definition or next((d for d in said if d.startswith("=")), "")[1:],
        inside=inside,
        homeward=not reporter and home in partners,
    )  # fmt: skip
