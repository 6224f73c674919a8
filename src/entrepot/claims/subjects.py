"""What a clause speaks of: flow with its reporter, partners, products and definition, as one noun phrase."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from entrepot.claims.complements import Complements, complements
from entrepot.claims.names import Name
from entrepot.claims.premodifiers import BEFORE, LINKED, WHOLE, Premodifiers, premodifiers
from entrepot.claims.words import Token

WORLD, TOTAL = "WLD", "TOTAL"


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
            floor = name.last
            found[-1] = _narrowed(found[-1], lows[name.first : name.last])
            continue
        if name.code == "T" and name.first and lows[name.first - 1] == "between":
            continue  # the deficit, or the gap between imports and exports
        before = premodifiers(lows, words, name, ending, floor)
        found.append(_subject(name, lows[name.first], before, complements(lows, words, name, at), home))
        floor = found[-1].last
    return found


def _narrowed(balance: Subject, words: list[str]) -> Subject:
    """A balance with what it is of: `in the trade of goods`, `in trade in services`."""
    if "services" in words:
        return balance if "goods" in words else replace(balance, products=("services",))
    return replace(balance, definition=balance.definition or "goods") if "goods" in words else balance


def _inside(gap: list[str]) -> bool:
    """`Surplus in goods trade`: the second flow only says of what the first is."""
    leads = len(gap) <= 4 and gap[:1] in (["in"], ["of"], ["on"])
    return leads and all(w in BEFORE or w in ("in", "of", "on") for w in gap)


def _subject(flow: Name, word: str, before: Premodifiers, after: Complements, home: str) -> Subject:
    """Put together what stands before and after a flow."""
    reporter, near, partners = before.reporter, before.near, tuple(after.partners)
    if near and (reporter and near != reporter or not reporter and "bound" in before.said):
        partners = (near, *partners)  # China's US exports; US-bound exports
    elif near and not reporter:
        reporter = near
    if after.origin and flow.code == "M":
        partners = (*partners, after.origin)
    elif after.origin and not reporter and (after.origin == home or flow.code == "X"):
        reporter = after.origin
    said = before.said
    return Subject(
        before.first, after.last, flow.first, flow.last, flow.code, flow.form,
        reporter=reporter,
        partners=tuple(dict.fromkeys(p for p in partners if p != (reporter or home))),
        products=tuple(before.products) or tuple(after.products),
        whole=bool(said & WHOLE or flow.code == "B" and word in WHOLE) and not after.products and not before.products,
        linked=bool(said & LINKED) or word in ("bilateral", "mutual", "two"),
        definition=after.definition or next((d for d in said if d.startswith("=")), "")[1:],
    )  # fmt: skip
