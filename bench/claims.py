"""Score reading and checking on stories whose every number is known: frames filled from flows, injected errors.

Run: python bench/claims.py [STORIES]. The frames here share no sentence with the tests of the grammar.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from entrepot import codes, periods, verdicts
from entrepot.claims import evidence, judging
from entrepot.claims.claim import Claim
from entrepot.claims.evidence import Cells, Fact

Row = Mapping[str, Any]
CAUSES = (
    *("scale", "digit dropped", "transposed", "flow swapped", "month for ytd", "wrong year", "wrong month"),
    *("whole for part", "sign"),
)
WRONG = 1 / 3
"""Part of the stories that carry one injected error."""


@dataclass(frozen=True)
class Label:
    """A number of a generated story, what it says, and whether it is right."""

    start: int
    end: int
    kind: str
    slots: tuple[str, ...]
    value: float
    verdict: str = "holds"
    cause: str = ""


@dataclass(frozen=True)
class Story:
    """A generated story with its day and labels."""

    text: str
    day: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, eq=False)
class Said:
    """A fact that a sentence is to say."""

    fact: Fact
    period: str
    span: str

    @property
    def row(self) -> Row:
        return self.fact.row


# --- words ------------------------------------------------------------------------------------------------------------

NOUNS = {
    "X": ("exports", "outbound shipments", "sales abroad", "export value", "exports of goods"),
    "M": ("imports", "inbound shipments", "import value", "imports of goods"),
    "T": ("foreign trade", "total trade", "imports and exports", "trade turnover", "goods trade"),
    "B": ("trade surplus", "surplus in goods trade", "trade balance surplus"),
}
NOUNS_TO = {"X": "exports to {}", "M": "imports from {}", "T": "trade with {}", "B": "trade surplus with {}"}
PLACES = {"USA": ("the United States", "the U.S.", "the US"), "EU27": ("the European Union", "the EU"),
          "ASEAN": ("ASEAN", "Southeast Asia", "the ASEAN bloc")}  # fmt: skip
RISES = ("climbed", "gained", "advanced", "expanded", "went up", "picked up", "swelled")
FALLS = ("slipped", "contracted", "shrank", "slid", "went down", "retreated", "decreased")
ON_YEAR = ("on the year", "compared with a year before", "year over year", "from the same period a year earlier", "y/y")
LEVEL_GROWTH = (
    "{When}, {subject} came in at {level}, {updown} {growth} {onyear}.",
    "{Subject} {moved} by {growth} {onyear}, totalling {level} {when}.",
    "{Subject} amounted to {level} {when}, {updown} {growth} {onyear}.",
    "Customs put {subject} at {level} {when}, which is {growth} {morethan} than a year ago.",
    "At {level}, {subject} {when} were {growth} {higher} than a year ago.",
    "{When}, {reporter}'s {subject} reached {level}, representing {anoun} of {growth} {onyear}.",
)
GROWTH = (
    "{Subject} {moved} {growth} {onyear} {when}.",
    "{When}, {subject} {moved} {growth} {onyear}.",
    "{When} {subject} registered {anoun} of {growth} {onyear}.",
    "The customs office reported a {growth} {noun} in {subject} {when} {onyear}.",
)
LEVEL = (
    "{Subject} stood at {level} {when}.",
    "{When}, {reporter} recorded {subject} of {level}.",
    "That brought {subject} to {level} {when}.",
)
PAIR = (
    "{When}, exports and imports {moved2} {growth} and {growth2} {onyear}, respectively.",
    "{Exports} {moved} {growth} {onyear} {when}, while imports {movedm} {growth2}.",
)
PARTNERS = (
    "{When}, exports to {p1}, {p2} and {p3} {moved} {g1}, {g2} and {g3} {onyear}, respectively.",
    "Exports to {p1} {m1} {g1} {onyear} {when}, those to {p2} {m2} {g2} and those to {p3} {m3} {g3}.",
)
LEADS = (
    "{name}'s customs office released its trade figures this week.",
    "Fresh numbers on {name}'s foreign trade are out.",
    "{name} published its latest trade statistics.",
)
NOISE = {
    "forecast": (
        "A survey of economists had pointed to growth of {n} in exports.",
        "Analysts polled beforehand expected imports to rise {n}.",
        "Exports may grow {n} next year, according to a bank's projection.",
        "Exporters hope for a gain of {n} this quarter, well below the official target of {n2}.",
    ),
    "policy": (
        "Washington's average duty on Chinese goods stands at {n}.",
        "The new import tariff of {n} took effect on Monday, on top of a levy of {n2}.",
        "The central bank left its key interest rate at {n}.",
    ),
    "other": (
        "Consumer prices rose {n} over the same months.",
        "The economy grew {n} in the third quarter.",
        "Industrial output was up {n}, and retail sales {n2}.",
        "Shares of the carrier fell {n}.",
    ),
}


class Writer:
    """Fill frames with facts, and keep the place and the meaning of every number written."""

    def __init__(self, rng: random.Random, cells: Cells, day: str) -> None:
        self.rng, self.cells, self.day = rng, cells, day
        self.text = ""
        self.labels: list[Label] = []

    def sentence(self, frame: str, slots: Mapping[str, tuple[str, Label | None]]) -> None:
        """Write one frame; slots hold words, and a label where they are a number."""
        at = 0
        if self.text:
            self.text += " " if self.rng.random() < 0.7 else "\n\n"
        while (brace := frame.find("{", at)) >= 0:
            self.text += frame[at:brace]
            end = frame.index("}", brace)
            words, label = slots[frame[brace + 1 : end]]
            if label is not None:
                self.labels.append(replace(label, start=len(self.text), end=len(self.text) + len(words)))
            self.text += words
            at = end + 1
        self.text += frame[at:]

    def pick(self, words: Sequence[str]) -> str:
        return self.rng.choice(list(words))

    def when(self, period: str, span: str) -> str:
        """A period in words."""
        name, number, year = periods.MONTHS[int(period[5:]) - 1], int(period[5:]), period[:4]
        if span == "month":
            return self.pick((f"in {name}", f"in {name} {year}", f"for {name}", f"during {name}"))
        choices = (f"in the first {number} months of {year}", f"in the first {number} months of the year")
        return self.pick(
            (*choices, f"from January to {name}", f"in January-{name} {year}", f"between January and {name}")
        )

    def level(self, value: float, currency: str, digits: int) -> tuple[str, float, float]:
        """A level as printed, the value printed and one unit of its last digit."""
        size, word, short = (1e12, "trillion", "tn") if abs(value) >= 1e12 else (1e9, "billion", "bn")
        decimals = max(0, digits - len(str(int(abs(value) / size))))
        number = f"{abs(value) / size:,.{decimals}f}"
        if currency == "USD":
            signed = (f"${number} {word}", f"US${number} {word}", f"${number}{short}", f"USD {number} {word}")
            text = self.pick((*signed, f"{number} {word} U.S. dollars", f"{number} {word} dollars"))
        else:
            text = self.pick(
                (f"{number} {word} yuan", f"RMB {number} {word}", f"CNY {number} {word}", f"{number} {word} RMB")
            )
        return text, float(number.replace(",", "")) * size, size * 10.0**-decimals

    def percent(self, value: float, decimals: int) -> tuple[str, float]:
        """A rate as printed, without its sign, and the signed value printed."""
        number = f"{abs(value):.{decimals}f}"
        text = self.pick((f"{number}%", f"{number} percent", f"{number} per cent"))
        return text, (-1 if value < 0 else 1) * float(number)


# --- facts ------------------------------------------------------------------------------------------------------------


def releases(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows printed in the days of one release of the year-to-date or monthly totals, by day."""
    by_day: dict[str, list[Row]] = {}
    for row in rows:
        if (
            (
                row["released_basis"] in ("stated", "calendar")
                and row["status"] == "observed"
                and row["span"] in ("month", "ytd")
            )
            and row["product"] == "TOTAL"
            and row["concept"] == "standard"
        ):
            by_day.setdefault(str(row["released"])[:10], []).append(row)
    return {d: r for d, r in by_day.items() if sum(x["partner"] == "WLD" for x in r) >= 3 and len(r) >= 5}


def _said(row: Row, cells: Cells) -> Said | None:
    where = (row["reporter"], row["partner"], row["product"], row["flow"], row["period"], row["span"])
    for fact in cells.at(*where):
        if fact.row is row or (fact.source, fact.released, fact.currency) == (
            row["source"],
            str(row["released"])[:10],
            row["currency"],
        ):
            return Said(fact, str(row["period"]), str(row["span"]))
    return None


def _slots(said: Said, measure: str, unit: str) -> tuple[str, ...]:
    row = said.row
    whole = said.span == "ytd" and said.period[5:] == "12"
    period = (
        said.period if said.span == "month" else said.period[:4] if whole else f"{said.period[:4]}-01/{said.period}"
    )
    return (str(row["reporter"]), str(row["partner"]), str(row["product"]), str(row["flow"]), period, measure, unit)


def _label(said: Said, measure: str, unit: str, value: float) -> Label:
    return Label(0, 0, "actual", _slots(said, measure, unit), value)


def _subject(writer: Writer, said: Said) -> str:
    partner, flow = str(said.row["partner"]), str(said.row["flow"])
    if partner == "WLD":
        return writer.pick(NOUNS[flow])
    name = writer.pick(PLACES.get(partner, (codes.name(partner),)))
    return NOUNS_TO[flow].format(name)


def _sentence(writer: Writer, said: Said, wrong: "Wrong | None") -> None:
    """One sentence on one fact: level with growth, growth or level."""
    fact, row = said.fact, said.row
    subject = _subject(writer, said)
    slots: dict[str, tuple[str, Label | None]] = {}
    growth = fact.growth if row["flow"] != "B" else None
    level = fact.value if row["currency"] else None
    rate = 0.0
    if level is not None:
        digits = writer.rng.choice((3, 4)) if fact.half_width < level * 0.002 else 3
        digits = min(digits, 2) if fact.half_width > level * 0.004 else digits
        value = level if wrong is None or wrong.measure != "level" else wrong.value
        text, printed, _ = writer.level(value, str(row["currency"]), wrong.digits if wrong and wrong.digits else digits)
        label = _label(said, "level", str(row["currency"]), printed)
        slots["level"] = (text, wrong.mark(label) if wrong and wrong.measure == "level" else label)
    if growth is not None:
        rate = growth * 100 if wrong is None or wrong.measure != "growth_yoy" else wrong.value
        text, printed = writer.percent(rate, 1)
        label = _label(said, "growth_yoy", "%", printed)
        slots["growth"] = (text, wrong.mark(label) if wrong and wrong.measure == "growth_yoy" else label)
    when = writer.when(said.period, said.span)
    up = rate >= 0
    slots |= {
        "when": (when, None), "When": (when[0].upper() + when[1:], None), "subject": (subject, None),
        "Subject": (subject[0].upper() + subject[1:], None), "reporter": (codes.name(str(row["reporter"])), None),
        "moved": (writer.pick(RISES if up else FALLS), None), "updown": ("up" if up else "down", None),
        "onyear": (writer.pick(ON_YEAR), None), "morethan": ("more" if up else "less", None),
        "higher": ("higher" if up else "lower", None), "anoun": ("a gain" if up else "a drop", None),
        "noun": ("rise" if up else "fall", None),
    }  # fmt: skip
    frames = LEVEL_GROWTH if "level" in slots and "growth" in slots else GROWTH if "growth" in slots else LEVEL
    writer.sentence(writer.pick(frames), slots)


def _noise(writer: Writer) -> None:
    kind = writer.pick(list(NOISE))
    slots = {
        name: (text, Label(0, 0, kind, (), value))
        for name in ("n", "n2")
        for text, value in [writer.percent(writer.rng.uniform(0.3, 30), 1)]
    }
    writer.sentence(writer.pick(NOISE[kind]), slots)


# --- errors -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wrong:
    """A number to print instead of the right one, and the slip that made it."""

    cause: str
    measure: str
    value: float
    digits: int = 0

    def mark(self, label: Label) -> Label:
        return replace(label, verdict="fails", cause=self.cause)


def slip(rng: random.Random, said: Said, cells: Cells, day: str, cause: str) -> Wrong | None:
    """A wrong number for a fact by one cause; None where the cause does not apply or the number is right as well."""
    fact = said.fact
    measure = "level" if fact.value is not None and (fact.growth is None or rng.random() < 0.6) else "growth_yoy"
    right = fact.value if measure == "level" else (fact.growth or 0.0) * 100
    if right is None or said.row["flow"] == "B" and measure != "level":
        return None
    value = _slipped(rng, said, cells, day, cause, measure, right)
    if value is None or abs(value) < 1e-9 or measure == "growth_yoy" and not 0.05 < abs(value) < 400:
        return None
    claim = _as_claim(said, measure, float(f"{value:.3g}") if measure == "level" else round(value, 1))
    held = judging.figures(claim, cells, day)
    if any(judging.fits(claim, f) or judging.cut(claim, f) or judging.touches(claim, f) for f in held):
        return None
    return Wrong(cause, measure, value, 0)


def _as_claim(said: Said, measure: str, value: float) -> Claim:
    row = said.row
    slots = _slots(said, measure, str(row["currency"]) if measure == "level" else "%")
    step = 10.0 ** (len(str(int(abs(value)))) - 3) if measure == "level" else 0.1
    return Claim(
        "c0", 0, 0, "", "actual", *slots[:5], said.span, measure, "", value, step / 2, slots[6],
        str(row["currency"]) or "unstated" if measure != "level" else "", "exact", step=step, digits=3,
    )  # fmt: skip


def _slipped(
    rng: random.Random, said: Said, cells: Cells, day: str, cause: str, measure: str, right: float
) -> float | None:
    if cause == "scale":
        return right * rng.choice((10, 0.1, 1000)) if measure == "level" else right * rng.choice((10, 0.1))
    if cause == "sign":
        return -right if measure == "growth_yoy" else None
    if cause in ("digit dropped", "transposed"):
        digits = f"{abs(right):.3e}" if measure == "level" else f"{abs(right):.1f}"
        return _misprinted(rng, digits, cause, right)
    row = said.row
    other = {
        "flow swapped": {"flow": {"X": "M", "M": "X"}.get(str(row["flow"]), "")},
        "month for ytd": {"span": "ytd" if said.span == "month" else "month"},
        "wrong year": {"period": periods.year_earlier(said.period)},
        "wrong month": {"period": periods.later(said.period, -1)},
        "whole for part": {"partner": "WLD" if row["partner"] != "WLD" else ""},
    }[cause]
    names = ("reporter", "partner", "product", "flow", "period", "span")
    where = tuple(str({**row, **other}[n]) for n in names)
    for fact in cells.at(*where):
        same = fact.currency == row["currency"] and fact.released <= day
        number = fact.value if measure == "level" else fact.growth
        if same and number is not None:
            return number if measure == "level" else number * 100
    return None


def _misprinted(rng: random.Random, text: str, cause: str, right: float) -> float | None:
    mantissa, _, power = text.partition("e")
    digits = [i for i, c in enumerate(mantissa) if c.isdigit()]
    if cause == "digit dropped":
        if len(digits) < 3:
            return None
        at = rng.choice(digits[:1] if digits[0] == 0 and mantissa[1:2] != "." else digits[1:-1] or digits)
        mantissa = mantissa[:at] + mantissa[at + 1 :]
    else:
        pairs = [(a, b) for a, b in zip(digits, digits[1:], strict=False) if mantissa[a] != mantissa[b]]
        if not pairs:
            return None
        a, b = rng.choice(pairs)
        chars = list(mantissa)
        chars[a], chars[b] = chars[b], chars[a]
        mantissa = "".join(chars)
    value = float(mantissa + ("e" + power if power else ""))
    return value if right > 0 else -value


# --- stories ----------------------------------------------------------------------------------------------------------


def stories(rows: Sequence[Row], cells: Cells, *, count: int, seed: int = 1) -> Iterator[Story]:
    """Generate stories, each on one release day, a third of them with one wrong number."""
    rng = random.Random(seed)
    days = sorted(releases(rows).items())
    while count > 0:
        released, held = rng.choice(days)
        day = (date.fromisoformat(released) + timedelta(days=rng.choice((0, 0, 1, 2)))).isoformat()
        story = _story(rng, held, cells, day)
        if story is not None:
            count -= 1
            yield story


def _story(rng: random.Random, held: Sequence[Row], cells: Cells, day: str) -> Story | None:
    latest = max(str(r["period"]) for r in held)
    facts = [
        s
        for r in held
        if r["period"] == latest and (s := _said(r, cells)) and (s.fact.value is not None or s.fact.growth is not None)
    ]
    facts = [
        s
        for s in facts
        if s.row["currency"]
        and (s.fact.value is None or s.fact.value >= 1e9)
        and s.row["partner"] != s.row["reporter"]
        and codes.kind(str(s.row["partner"])) in ("country", "group", "world")
        and (s.row["flow"] != "B" or s.fact.value is not None and s.fact.value > 0)
    ]
    if len(facts) < 3:
        return None
    totals = [s for s in facts if s.row["partner"] == "WLD"]
    chosen = rng.sample(totals, min(len(totals), 4)) + rng.sample(facts, min(3, len(facts)))
    chosen = list(dict.fromkeys(chosen))
    writer = Writer(rng, cells, day)
    victim, wrong = _victim(rng, chosen, cells, day) if rng.random() < WRONG else (None, None)
    name = codes.name(str(held[0]["reporter"]))
    writer.sentence(writer.pick(LEADS), {"name": (name, None)})
    for said in chosen:
        _sentence(writer, said, wrong if said is victim else None)
        if rng.random() < 0.3:
            _noise(writer)
    return Story(writer.text, day, tuple(writer.labels))


def _victim(rng: random.Random, chosen: Sequence[Said], cells: Cells, day: str) -> tuple[Said | None, Wrong | None]:
    for _ in range(30):
        said, cause = rng.choice(list(chosen)), rng.choice(CAUSES)
        if wrong := slip(rng, said, cells, day, cause):
            return said, wrong
    return None, None


# --- scores -----------------------------------------------------------------------------------------------------------

NAMES = ("reporter", "partner", "product", "flow", "period", "measure", "unit")


def score(made: Sequence[Story], cells: Cells, *, misses: int = 0) -> dict[str, float]:
    """Accuracy of slots, full-slot F1, verdict precision and recall, false alarms, causes named, milliseconds."""
    n: Counter[str] = Counter()
    spent = 0.0
    for story in made:
        begin = time.process_time()
        checked = verdicts.check(story.text, cells, date=story.day)
        spent += time.process_time() - begin
        verdict = {v.claim: v for v in checked.verdicts}
        left = list(checked.claims)
        for label in story.labels:
            claim = next((c for c in left if c.start < label.end and label.start < c.end), None)
            if label.kind != "actual":
                n["noise"] += 1
                n["noise left out"] += claim is None or claim.kind != "actual"
                left = [c for c in left if c is not claim]
                continue
            n["labels"] += 1
            said = verdict.get(claim.id) if claim else None
            n["right" if label.verdict == "holds" else "wrong"] += 1
            n["alarms"] += bool(said and said.label == "fails" and label.verdict == "holds")
            n["confirmed"] += bool(said and said.label == "holds" and label.verdict == "holds")
            n["caught"] += bool(said and said.label == "fails" and label.verdict == "fails")
            n["named"] += bool(
                said and said.label == "fails" and label.verdict == "fails" and said.cause == label.cause
            )
            n["accepted wrong"] += bool(said and said.label == "holds" and label.verdict == "fails")
            if claim is None or claim.kind != "actual":
                if misses > 0:
                    misses -= 1
                    print(f"  UNREAD {story.text[max(0, label.start - 90) : label.end + 60]!r} {claim and claim.kind}")
                continue
            left = [c for c in left if c is not claim]
            got = (claim.reporter, claim.partner, claim.product, claim.flow, claim.period, claim.measure, claim.unit)
            close = abs(claim.value - label.value) <= max(claim.rounding_half_width, 1e-9 * abs(label.value))
            for name, a, b in zip(NAMES, got, label.slots, strict=True):
                n[name] += a == b
            n["value"] += close
            n["full"] += got == label.slots and close
            if (got != label.slots or not close) and misses > 0:
                misses -= 1
                print(f"  {claim.stated!r} in {claim.text!r}\n    read {got} {claim.value}\n    told {label.slots}")
            if said and said.label == "fails" and label.verdict == "holds" and misses > 0:
                misses -= 1
                print(f"  ALARM {claim.stated!r} in {claim.text!r}: {said.why}")
        n["extra"] += sum(c.kind == "actual" for c in left)
    read = n["labels"]
    found = n["full"]
    precision, recall = found / max(1, n["value"] + n["extra"]), found / max(1, read)
    rate = {
        "full-slot F1": (2 * precision * recall, precision + recall),
        "noise left out": (n["noise left out"], n["noise"]),
        "confirmed of right": (n["confirmed"], n["right"]),
        "caught": (n["caught"], n["wrong"]),
        "precision of fails": (n["caught"], n["caught"] + n["alarms"]),
        "cause named": (n["named"], n["caught"]),
        "false alarms per 100 right": (100 * n["alarms"], n["right"]),
        "accepted wrong": (n["accepted wrong"], n["wrong"]),
    }
    return {
        **{"stories": len(made), "numbers": n["labels"], "wrong": n["wrong"], "extra claims": n["extra"]},
        **{f"slot {name}": n[name] / max(1, read) for name in (*NAMES, "value")},
        **{name: part / whole if whole else 0.0 for name, (part, whole) in rate.items()},
        "ms a story": 1000 * spent / max(1, len(made)),
    }


def chance(rows: Sequence[Row], cells: Cells, *, count: int = 2000, seed: int = 2) -> dict[str, float]:
    """Share of random wrong values, drawn around the true ones on their own digits, that come back `holds`, by path."""
    rng = random.Random(seed)
    paths: Counter[str] = Counter()
    days = sorted(releases(rows).items())
    tried = 0
    while tried < count:
        day, held = rng.choice(days)
        said = _said(rng.choice(held), cells)
        if said is None or said.fact.value is None and said.fact.growth is None:
            continue
        measure = (
            "level" if said.fact.value is not None and rng.random() < 0.5 or said.fact.growth is None else "growth_yoy"
        )
        right = said.fact.value if measure == "level" else (said.fact.growth or 0) * 100
        spread = abs(right or 0) * 0.25 if measure == "level" else 8.0
        claim = _as_claim(said, measure, round((right or 0) + rng.uniform(-spread, spread), 1))
        if (
            measure == "growth_yoy"
            and abs(claim.value - (right or 0)) < 0.1
            or measure == "level"
            and abs(claim.value - (right or 0)) < claim.step
        ):
            continue
        tried += 1
        finding = judging.judge(claim, cells, day)
        paths[finding.path if finding.label == "holds" else finding.label] += 1
    return {name: number / tried for name, number in sorted(paths.items())}


def held(reporter: str = "CHN") -> tuple[list[dict[str, Any]], Cells]:
    """Rows of a reporter in the bundle, and its cells."""
    import csv

    import pyarrow.parquet as pq

    from entrepot import bundle

    table = pq.read_table(bundle.HOME / "flows.parquet", filters=[("reporter", "=", reporter)])
    rows = table.to_pylist()
    with (bundle.HOME / "rates.csv").open(encoding="utf-8", newline="") as file:
        rates = [r for r in csv.DictReader(file) if r["kind"] == "average" and r["span"] == "month"]
    return rows, Cells.of(rows, rates)


def main() -> None:
    rows, cells = held()
    made = list(stories(rows, cells, count=int(sys.argv[1]) if len(sys.argv) > 1 else 300))
    for name, value in score(made, cells, misses=int(sys.argv[2]) if len(sys.argv) > 2 else 0).items():
        print(f"{name:>28}  {value:.4g}")
    print("random wrong values that come back as:")
    for name, value in chance(rows, cells, count=500).items():
        print(f"{name:>28}  {value:.4g}")


__all__ = ["chance", "evidence", "held", "score", "stories"]

if __name__ == "__main__":
    main()
