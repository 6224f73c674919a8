"""Score reading and checking on stories written by hand, every number labelled in its place.

Run: python bench/written.py [FILE ...]; without files all of tests/stories. `-v` shows what was missed, `-s` scores
slips made in right numbers.

A story opens with `@ name day reporter period`; its numbers stand in braces with what a careful reader takes from them:
`{15.1 per cent|X G CHN 2511}`. Flow `X M T B`; measure `L` level, `G` growth on a year, `MM` on a month, `G19`, `S`
share, `SC` its change, `C` change amount, `TH` threshold, `R` rank, `K` run, `FR` record, `MU` multiple, `GG` gap, `CB`
contribution, `V` volume, `VG` its growth, `RB` range; period `2511`, `y2511` January to it, `25`, `2504-2510`; `-` a
fall or a deficit; a partner in capitals; `p=` product (`p=*` any); `r=` another reporter; `F`, `P`, `O` forecast,
policy, other; `!` a wrong number, with its cause where one slip made it.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from entrepot.claims import names
from entrepot.claims.claim import Claim
from entrepot.claims.numbers import quantities
from entrepot.claims.words import tokens

HOME = Path(__file__).parents[1] / "tests" / "stories"
MEASURES = {
    **{
        "L": "level",
        "G": "growth_yoy",
        "MM": "growth_mom",
        "G19": "growth_vs_2019",
        "S": "share",
        "C": "change_amount",
    },
    **{"SC": "share_change", "TH": "threshold", "R": "rank", "K": "consecutive", "FR": "first_or_record"},
    **{"MU": "multiple", "GG": "growth_gap", "CB": "contribution", "V": "volume", "VG": "volume_growth_yoy"},
    **{"RB": "range_bound", "N": "count"},
}
KINDS = {"F": "forecast", "P": "policy", "O": "other"}
SLOTS = ("reporter", "partner", "product", "flow", "period", "measure", "value", "unit")
UNSIGNED = ("rank", "consecutive", "first_or_record", "multiple")


@dataclass(frozen=True)
class Label:
    """What a careful reader takes from one number; None where it is left open."""

    start: int
    end: int
    stated: str
    kind: str = "actual"
    reporter: str = ""
    partner: str = "WLD"
    product: str | None = "TOTAL"
    flow: str = ""
    period: str = ""
    measure: str = ""
    value: float | None = None
    unit: str | None = None
    wrong: bool = False
    cause: str = ""


@dataclass(frozen=True)
class Written:
    """A story with its day and labels."""

    name: str
    day: str
    text: str
    labels: tuple[Label, ...]


def stories(path: Path) -> Iterator[Written]:
    """Stories of one file, in order."""
    for block in re.split(r"^@ ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        head, _, body = block.partition("\n")
        name, day, reporter, period = head.split()
        yield _story(name, day, body.rstrip("\n"), reporter, period)


def _story(name: str, day: str, body: str, reporter: str, period: str) -> Written:
    text, labels, at = "", [], 0
    for mark in re.finditer(r"\{([^|}]*)\|([^}]*)\}", body):
        text += body[at : mark.start()]
        label = Label(len(text), len(text) + len(mark[1]), mark[1], reporter=reporter, period=_period(period))
        text += mark[1]
        labels.append(_said(label, mark[2].replace("p=* ", "p=*").strip()))
        at = mark.end()
    return Written(name, day, text + body[at:], tuple(labels))


def _said(label: Label, said: str) -> Label:
    said, bang, cause = said.partition("!")
    said, _, product = said.partition("p=")
    words = said.split()
    negative = "-" in words
    for word in words:
        if word in KINDS:
            label = replace(label, kind=KINDS[word])
        elif word in MEASURES:
            label = replace(label, measure=MEASURES[word])
        elif word in ("X", "M", "T", "B"):
            label = replace(label, flow=word)
        elif word.startswith("r="):
            label = replace(label, reporter=word[2:])
        elif re.fullmatch(r"y?\d[\d-]*", word):
            label = replace(label, period=_period(word))
        elif word != "-":
            label = replace(label, partner=word)
    if product := product.strip():
        rest = [w for w in product.split() if re.fullmatch(r"[A-Z0-9]{2,}|y?\d{2,}[\d-]*|-", w)]
        if rest:
            raise ValueError(f"{product!r}: the product stands last.")
        label = replace(label, product=None if product == "*" else product_code(product))
    value, unit = _number(label.stated)
    value = None if label.measure in UNSIGNED or value is None else -abs(value) if negative else abs(value)
    return replace(label, value=value, unit=unit, wrong=bool(bang), cause=cause.strip())


def product_code(words: str) -> str:
    """Code of goods as the grammar names them; unknown goods are their own words."""
    words = words.replace("-", " ")
    found = [n for n in names.names(tokens(words, 0, len(words))) if n.role == "product"]
    return found[0].code if len(found) == 1 else words.replace(" ", "-")


def _number(stated: str) -> tuple[float | None, str | None]:
    found = quantities(tokens(stated, 0, len(stated)))
    if len(found) != 1:
        return None, None
    unit = {"YEN": "JPY"}.get(found[0].unit, found[0].unit)
    return found[0].value, unit or None


def _period(code: str) -> str:
    if code[0] == "y":
        return f"20{code[1:3]}-01/20{code[1:3]}-{code[3:5]}" if code[3:5] != "12" else f"20{code[1:3]}"
    if "-" in code:
        return "/".join(_period(part) for part in code.split("-"))
    return f"20{code[:2]}-{code[2:]}" if len(code) == 4 else f"20{code}"


def differs(label: Label, claim: Claim) -> list[str]:
    """Slots in which a claim differs from its label."""
    if label.kind != claim.kind:
        return ["kind"]
    if label.kind != "actual":
        return []
    wanted = {name: getattr(label, name) for name in SLOTS}
    return [name for name in SLOTS if wanted[name] is not None and not _same(name, wanted[name], getattr(claim, name))]


def _same(name: str, one: object, other: object) -> bool:
    if name == "value":
        return abs(float(str(one)) - float(str(other))) <= 1e-6 * max(1.0, abs(float(str(one))))
    return one == other


def matched(story: Written, claims: Sequence[Claim]) -> Iterator[tuple[Label | None, Claim | None]]:
    """Labels and claims that share a character, one to one; what is left has None for the other."""
    free = list(claims)
    for label in story.labels:
        best = max(free, key=lambda c: min(label.end, c.end) - max(label.start, c.start), default=None)
        if best is None or min(label.end, best.end) <= max(label.start, best.start):
            yield label, None
            continue
        free.remove(best)
        yield label, best
    for claim in free:
        yield None, claim


def score(written: Sequence[Written], *, show: bool = False) -> dict[str, float]:
    """Accuracy of slots and verdicts over stories."""
    from entrepot import verdicts

    told: Counter[str] = Counter()
    for story in written:
        checked = verdicts.check(story.text, date=story.day)
        verdict = {v.claim: v for v in checked.verdicts}
        for label, claim in matched(story, checked.claims):
            _count(told, story, label, claim, verdict.get(claim.id) if claim else None, show)
    right, actual, said = told["right"], told["labels"], told["claims"]
    precision, recall = right / max(said, 1), right / max(actual, 1)
    core_p, core_r = told["core"] / max(said, 1), told["core"] / max(actual, 1)
    figures = {
        "stories": len(written), "labels": actual, "noise": told["noise"], "claims": said,
        "full-slot F1": 2 * precision * recall / max(precision + recall, 1e-9),
        "number+measure F1": 2 * core_p * core_r / max(core_p + core_r, 1e-9),
        "noise left out": told["noise right"] / max(told["noise"], 1),
        "right claims": told["true"], "false alarms": told["alarms"], "confirmed": told["confirmed"],
        "wrong claims": told["wrong"], "caught": told["caught"], "causes": told["causes"], "named": told["named"],
        "accepted wrong": told["accepted"],
    }  # fmt: skip
    return figures | {f"slot {name}": 1 - told[f"slot {name}"] / max(told["paired"], 1) for name in SLOTS}


def _count(told: Counter[str], story: Written, label: Label | None, claim: Claim | None, verdict, show: bool) -> None:
    if label is None:
        assert claim is not None
        if claim.kind == "actual" and claim.measure not in ("first_or_record",):
            told["claims"] += 1
            _show(show, story, f"EXTRA   {claim.stated!r} {_brief(claim)}")
        if verdict is not None and verdict.label == "fails":
            told["alarms"] += 1
            _show(show, story, f"ALARM   {claim.stated!r} {verdict.why}")
        return
    if label.kind != "actual":
        told["noise"] += 1
        good = claim is None or claim.kind != "actual"
        told["noise right"] += good
        if claim is not None and claim.kind == "actual":
            told["claims"] += 1
        if not good:
            _show(show, story, f"KIND    {label.stated!r} {label.kind} read as {_brief(claim) if claim else None}")
        return
    told["labels"] += 1
    told["wrong" if label.wrong else "true"] += 1
    if claim is None:
        _show(show, story, f"MISSED  {label.stated!r}")
        return
    off = differs(label, claim)
    if claim.kind == "actual":
        told["claims"] += 1
        told["paired"] += 1
        told["core"] += not set(off) & {"measure", "value", "kind"}
        for name in off:
            told[f"slot {name}"] += 1
    told["right"] += not off
    if off:
        wanted = ", ".join(f"{n} {getattr(label, n, '')}" for n in off)
        _show(show, story, f"SLOTS   {label.stated!r} wanted {wanted}: {_brief(claim)}")
    _judged(told, story, label, claim, verdict, show)


def _judged(told: Counter[str], story: Written, label: Label, claim: Claim, verdict, show: bool) -> None:
    if verdict is None:
        return
    if label.wrong:
        told["caught"] += verdict.label == "fails"
        told["accepted"] += verdict.label == "holds"
        if label.cause and verdict.label == "fails":
            told["causes"] += 1
            told["named"] += verdict.cause == label.cause
        if verdict.label != "fails" or verdict.cause != (label.cause or None):
            _show(show, story, f"WRONG   {label.stated!r} {label.cause}: {verdict.label} {verdict.cause} {verdict.why}")
    elif verdict.label == "fails":
        told["alarms"] += 1
        _show(show, story, f"ALARM   {label.stated!r} {_brief(claim)} {verdict.why}")
    else:
        told["confirmed"] += verdict.label == "holds"


def _brief(claim: Claim) -> str:
    return (
        f"{claim.kind} {claim.reporter} {claim.flow} {claim.partner} {claim.product} {claim.period} {claim.measure} "
        f"{claim.value:g} {claim.unit}"
    )


def _show(show: bool, story: Written, line: str) -> None:
    if show:
        print(f"{story.name:8} {line}")


# --- slips made in right numbers --------------------------------------------------------------------------------------


def slips(written: Sequence[Written], *, seed: int = 1) -> Iterator[tuple[Written, int, str]]:
    """Stories with one confirmed number replaced by a wrong one: the story, where it stands, and the cause."""
    from entrepot import verdicts
    from entrepot.claims import judging, repairs

    rng = random.Random(seed)
    for story in written:
        checked = verdicts.check(story.text, date=story.day)
        said = {c.id: c for c in checked.claims}
        cells = verdicts.held_cells(tuple(sorted({c.reporter for c in checked.claims})))
        for verdict in checked.verdicts:
            claim = said[verdict.claim]
            if verdict.label != "holds" or claim.measure not in ("level", "growth_yoy") or claim.digits < 2:
                continue
            by_cause: dict[str, list[float]] = {}
            for repair in repairs.candidates(claim):
                if repair.cause == "digit dropped":
                    continue
                if repair.number and repair.cause != "sign":
                    by_cause.setdefault(repair.cause, []).append(repair.claim.value)
                elif repair.cause not in ("sign", "currency"):
                    held = [
                        f for f in judging.figures(repair.claim, cells, story.day)
                        if not (named := judging.currency_of(claim)) or f.currency == named
                    ]  # fmt: skip
                    values = [f.value for f in held if f.basis == "printed" and f.status == "public"]
                    by_cause.setdefault(repair.cause, []).extend(v for v in values[:1] if v * claim.value > 0)
            by_cause["digit dropped"] = _dropped(claim)
            for cause, values in by_cause.items():
                value = rng.choice(values) if values else 0.0
                stated = _restated(claim, value)
                if stated is None or stated == claim.stated:
                    continue
                wrong = replace(claim, value=_value(stated, claim), also=())
                if any(
                    judging.fits(wrong, f) or judging.cut(wrong, f) or judging.touches(wrong, f)
                    for f in judging.figures(claim, cells, story.day)
                ):
                    continue
                text = story.text[: claim.start] + stated + story.text[claim.end :]
                yield replace(story, text=text), claim.start, cause


def _dropped(claim: Claim) -> list[float]:
    """Values of a number of three digits or more with one digit left out."""
    text = str(round(abs(claim.value) / claim.step))
    if len(text) < 3:
        return []
    shorter = {text[:i] + text[i + 1 :] for i in range(len(text))}
    return [float(t) * claim.step for t in sorted(shorter) if t[0] != "0"]


def _value(stated: str, claim: Claim) -> float:
    value = _number(stated)[0] or 0.0
    return -value if claim.value < 0 else value


def _restated(claim: Claim, value: float) -> str | None:
    """A number written as the claim's is, with as many decimals; None where it would not be printed so."""
    digits = re.search(r"[0-9][0-9,]*(?:\.([0-9]+))?", claim.stated)
    if digits is None or not value:
        return None
    told = float(digits[0].replace(",", ""))
    printed = abs(value) / (abs(claim.value) / told)
    decimals = len(digits[1] or "")
    if printed < 10.0**-decimals * 3 or printed >= 1e5:
        return None
    return claim.stated[: digits.start()] + f"{printed:,.{decimals}f}" + claim.stated[digits.end() :]


def slip_scores(written: Sequence[Written]) -> dict[str, Counter[str]]:
    """By cause: how many slips were made, caught, named right, named as another, and let pass."""
    from entrepot import verdicts

    told: dict[str, Counter[str]] = {}
    for story, start, cause in slips(written):
        checked = verdicts.check(story.text, date=story.day)
        claim = next((c for c in checked.claims if c.start == start), None)
        verdict = next((v for v in checked.verdicts if claim is not None and v.claim == claim.id), None)
        counts = told.setdefault(cause, Counter())
        counts["made"] += 1
        label = verdict.label if verdict else "unread"
        counts[label] += 1
        if verdict is not None and verdict.label == "fails":
            counts["named" if verdict.cause == cause else "other cause" if verdict.cause else "no cause"] += 1
    return told


def main(arguments: Sequence[str]) -> None:
    """Print the scores of the files named, or of all."""
    show = "-v" in arguments
    files = [Path(a) for a in arguments if a[0] != "-"] or sorted(HOME.glob("*.txt"))
    written = [story for file in files for story in stories(file)]
    for name, value in score(written, show=show).items():
        print(f"{name:20} {value:.3f}" if isinstance(value, float) else f"{name:20} {value}")
    if "-s" in arguments:
        by_cause = slip_scores(written)
        for cause, counts in [*by_cause.items(), ("all", sum(by_cause.values(), Counter()))]:
            print(f"{cause:16} " + ", ".join(f"{name} {counts[name]}" for name in sorted(counts)))


if __name__ == "__main__":
    main(sys.argv[1:])
