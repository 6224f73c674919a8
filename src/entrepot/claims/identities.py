"""Arithmetic between the numbers of one story, which needs no data: does it close, and which number is to blame?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from entrepot.claims import arithmetic
from entrepot.claims.arithmetic import BALANCE, BASE, GROWING, SUMS, TWICE, Rule
from entrepot.claims.claim import Claim, interval
from entrepot.claims.ranges import Interval, flipped, meets, middle
from entrepot.claims.repairs import Repair, candidates
from entrepot.claims.replacing import replace

MOST = 400
"""Identities tried in one story at most: a story that repeats itself without end is not worth more."""
NARROW = 0.02
"""How wide an implied interval may be for one slip to be told from another [fraction of its middle]."""
WIDE = 0.5
"""The same for a slip by a power of ten, which no other can be taken for [fraction of its middle]."""
FAR = 100
"""How many times as large or as small as any other level of its story a level is odd."""
PASSAGE = 400
"""Characters within which numbers are told of one thing, however they differ."""
CHANCE = 0.05
"""How often one of the misprints tried may hit an implied interval by chance for one that does to be believed."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One arithmetic check between claims.

    Attributes
    ----------
    rule : str
        `exports - imports = balance`, `exports + imports = total`, `part / whole = share`, `part <= whole`,
        `level / base = growth`, `change = level - base`, `parts grow to the total`, `total grows between its parts`,
        `exchange rate`, `stated twice`, `one magnitude`.
    members : tuple of str
        Claims that take part; the first is the one that `interval` is implied for.
    interval : tuple of float
        What the others imply for the first member [its unit].
    closes : bool
        Whether the first member's rounding interval meets it.
    blame : str
        The one claim whose replacement closes the most identities of the story; empty where it cannot be told.
    implied : tuple of float or None
        What the identity implies for the claim to blame [its unit].
    cause : str
        The one slip of a number that leads from what it implies to what is stated; empty for none.
    """

    rule: str
    members: tuple[str, ...]
    interval: Interval
    closes: bool
    blame: str = ""
    implied: Interval | None = None
    cause: str = ""

    def plain(self) -> dict[str, object]:
        """Return the identity as a dict, ready for any serialiser."""
        return {
            "rule": self.rule, "members": list(self.members), "interval": list(self.interval), "closes": self.closes,
            "blame": self.blame or None, "implied": list(self.implied) if self.implied else None,
        }  # fmt: skip


def check(claims: Sequence[Claim], sound: Collection[str] = ()) -> list[Identity]:
    """Check every arithmetic identity that the actual claims of a story form, in interval arithmetic.

    Where one fails, blame falls on at most one claim: the one whose replacement closes the most identities; of several
    that close as many, the one that a single slip leads to. A figure told twice may also be two figures, one of them
    read amiss: there only a slip is blamed.

    Parameters
    ----------
    claims : list of Claim
        All that was read of a story.
    sound : collection of str
        Ids of claims that figures confirm: they are never to blame.
    """
    actual = [c for c in claims if c.kind == "actual"]
    rules = list(islice(arithmetic.rules(actual), MOST))
    held = {c.id: interval(c) for rule in rules for c in rule.members}
    closed = [_closes(rule, held) for rule in rules]
    story = _Story(actual, rules, closed, held, frozenset(sound))
    found: list[Identity] = []
    for rule, closes in zip(rules, closed, strict=True):
        implied = rule.implied([held[c.id] for c in rule.members], 0)
        identity = Identity(rule.rule, tuple(c.id for c in rule.members), implied, closes)
        spare = closes or _closed_by_another(rule, story)
        found += [identity] if spare else _blamed(identity, rule, story)
    return [*found, *islice(_jumps(actual, frozenset(sound)), MOST)]


@dataclass(frozen=True, slots=True)
class _Story:
    """The identities of a story: its actual claims, the rules they form, which close, the ranges, what is confirmed."""

    claims: Sequence[Claim]
    rules: Sequence[Rule]
    closed: Sequence[bool]
    held: Mapping[str, Interval]
    sound: frozenset[str]


def _closed_by_another(rule: Rule, story: _Story) -> bool:
    """Whether the same sum closes with other numbers said of its cells: the odd one was read amiss."""
    ids, key = {c.id for c in rule.members}, arithmetic.cell(rule.members[0])
    return any(
        was
        and other.rule == rule.rule
        and (len(ids & {c.id for c in other.members}) == len(ids) - 1
             or len(ids) > 2 and arithmetic.cell(other.members[0]) == key)
        for other, was in zip(story.rules, story.closed, strict=True)
    )  # fmt: skip


def _closes(rule: Rule, held: Mapping[str, Interval]) -> bool:
    ranges = [held[c.id] for c in rule.members]
    return meets(rule.implied(ranges, 0), ranges[0])


def _blamed(identity: Identity, rule: Rule, story: _Story) -> list[Identity]:
    """A failed identity with the claim whose replacement closes most; once for each flow where both were swapped."""
    if not rule.solvable or rule.rule == BASE and _crowded(rule, story.claims):
        return [identity]
    ranges = [story.held[c.id] for c in rule.members]
    if rule.rule == BALANCE and meets(flipped(rule.implied(ranges, 0)), ranges[0]):
        return _signed(identity, rule, story)
    answers = [rule.implied(ranges, place) for place in range(len(rule.members))]
    scores = {place: _gain(rule.members[place], answers[place], story) for place in range(len(answers))}
    free = {place: score for place, score in scores.items() if rule.members[place].id not in story.sound}
    if not free:
        return [identity]
    best = max(free.values())
    causes = {place: slip(rule.members[place], answers[place]) for place, score in free.items() if score == best}
    slipped = [place for place, cause in causes.items() if cause]
    if rule.rule == TWICE and len({c.digits for c in rule.members}) > 1:
        return [identity]  # told with fewer digits, it was not copied
    places = slipped if len(causes) > 1 or rule.rule == TWICE else list(causes)
    if len(places) > 1 and {causes[place] for place in places} == {"scale"}:
        places = [place for place in places if _odd(rule.members[place], rule, story)]
    if len(places) != 1:
        return [identity]
    place = places[0]
    proven = len(free) == 1 and rule.rule in SUMS
    if not causes[place] and not _sure(rule, rule.members[place], answers[place], best, proven=proven):
        return [identity]
    return [replace(identity, blame=rule.members[place].id, implied=answers[place], cause=causes[place])]


def _odd(claim: Claim, rule: Rule, story: _Story) -> bool:
    """Whether a level is far from the size of all others that the story tells of its reporter in its money."""
    ids = {c.id for c in rule.members}
    sizes = [
        abs(c.value) for c in story.claims
        if c.measure == "level" and (c.reporter, c.unit) == (claim.reporter, claim.unit) and c.id not in ids and c.value
    ]  # fmt: skip
    return bool(sizes) and all(not 1 / FAR < abs(claim.value) / size < FAR for size in sizes)


def _gain(claim: Claim, implied: Interval, story: _Story) -> int:
    """How many identities more a story would close with what is implied for a claim, losses twice as heavy."""
    trial = {**story.held, claim.id: implied}
    gain = 0
    for other, was in zip(story.rules, story.closed, strict=True):
        if any(c.id == claim.id for c in other.members):
            now = _closes(other, trial)
            gain += (now and not was) - 2 * (was and not now)
    return gain


def _signed(identity: Identity, rule: Rule, story: _Story) -> list[Identity]:
    """A balance that closes only the other way: its own sign slipped, or exports and imports were taken for each other.

    Where other balances of the story go the same way, the flows were; where none is told, and one passage tells all
    three, the balance's. With one partner the sign may be the partner's: nobody is blamed.
    """
    whole, x, m = rule.members
    told = [c for c in story.claims if c.flow == "B" and c.measure in ("level", "threshold") and c.id != whole.id]
    signs = {c.value > 0 for c in told if arithmetic.where(c) == arithmetic.where(whole)}
    if whole.partner != "WLD" or story.sound & {c.id for c in rule.members}:
        return [identity]
    if not signs and _in_passage(rule):
        return [replace(identity, blame=whole.id, implied=identity.interval, cause="sign")]
    if signs != {whole.value > 0} or any("flow" in c.carried for c in (x, m)):
        return [identity]
    return [
        replace(identity, blame=claim.id, implied=story.held[other.id], cause="flow swapped")
        for claim, other in ((x, m), (m, x))
    ]


def _sure(rule: Rule, blamed: Claim, implied: Interval, gain: int, *, proven: bool) -> bool:
    """Whether a claim that no slip explains is blamed all the same: by a sum of one sentence, or by several sums.

    `proven` says that figures confirm all other numbers of the sum.
    """
    if blamed.digits < 2 or blamed.qualifier != "exact" or {"partner", "product"} & {slot for slot, _ in blamed.also}:
        return False
    if blamed.partner == "WLD" and any(slot == "partner" for slot, _ in blamed.near):
        return False
    if not _near(blamed, implied):
        return rule.rule in (*SUMS, GROWING) and gain > 1 and _in_passage(rule)
    apart = len({c.text for c in rule.members}) > 1 if rule.rule in SUMS else not _together(rule)
    return proven or gain > 1 or not apart


def _crowded(rule: Rule, claims: Sequence[Claim]) -> bool:
    """Whether another amount in the same money stands between the numbers of an identity: which base is whose?"""
    ids = {c.id for c in rule.members}
    first, last = min(c.start for c in rule.members), max(c.start for c in rule.members)
    units = {c.unit for c in rule.members}
    return any(
        first < c.start < last and c.id not in ids and c.unit in units and c.measure in ("level", "threshold")
        for c in claims
    )


def _in_passage(rule: Rule) -> bool:
    """Whether the numbers of an identity stand in a few sentences on one another."""
    return max(c.start for c in rule.members) - min(c.start for c in rule.members) < PASSAGE


def _together(rule: Rule) -> bool:
    """Whether the numbers of an identity stand in one sentence."""
    return len({c.text for c in rule.members}) == 1


def _near(claim: Claim, implied: Interval) -> bool:
    """Whether a number is of the size of what is implied: one far off was more often read amiss than written wrong."""
    centre = middle(implied)
    return claim.value * centre > 0 and 0.5 < abs(claim.value / centre) < 2


def slip(claim: Claim, implied: Interval) -> str:
    """The one slip of a number that leads from what is implied to what a claim states; empty for none or several."""
    centre = middle(implied)
    width = implied[1] - implied[0]
    if claim.digits < 2 or not 0 <= width <= WIDE * abs(centre):
        return ""
    tried = [r for r in candidates(claim) if r.number]
    leading = [r for r in tried if meets(interval(r.claim), implied)]
    causes = {r.cause for r in leading}
    if "scale" in causes:
        causes -= {"digit dropped", "transposed"}
    if len(causes) != 1 or width > NARROW * abs(centre) and causes != {"scale"}:
        return ""
    (cause,) = causes
    if cause not in ("transposed", "digit dropped"):
        return cause
    if claim.digits < 3:
        return ""
    if cause == "transposed" and not any(_exchanged(claim, r) for r in leading):  # off by one: rounded as often
        return cause if width <= 4 * claim.step and abs(claim.value - centre) > 2 * claim.step else ""
    hits = sum(r.cause == cause for r in tried) * (width + claim.step) / abs(centre)
    return cause if hits <= CHANCE else ""


def _exchanged(claim: Claim, repair: Repair) -> bool:
    """Whether a repair only changes the order of the digits."""
    told, meant = (sorted(f"{abs(c.value) / claim.step:.0f}") for c in (claim, repair.claim))
    return told == meant


def _jumps(claims: Sequence[Claim], sound: frozenset[str]) -> Iterator[Identity]:
    """Levels of one series that are all of one size but for one, which is a thousand times too large or too small.

    One that figures bear out is not the odd one: the others are, or are told of something else.
    """
    series: dict[object, list[Claim]] = {}
    for claim in claims:
        if claim.measure == "level" and len(claim.unit) == 3 and claim.value and not claim.lent:
            series.setdefault((arithmetic.where(claim), claim.unit, claim.flow, claim.span), []).append(claim)
    for told in series.values():
        for odd in (c for c in told if not c.also and c.id not in sound) if 2 < len(told) < 12 else []:
            sizes = [abs(c.value) for c in told if c is not odd]
            for factor in (1000.0, 0.001):
                if max(sizes) < 5 * min(sizes) and min(sizes) / 3 < abs(odd.value) * factor < max(sizes) * 3:
                    low, high = (end * factor for end in interval(odd))
                    members = (odd.id, *(c.id for c in told if c is not odd))
                    yield Identity("one magnitude", members, (low, high), False, odd.id, (low, high), "scale")
