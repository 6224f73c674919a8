"""Texts made to wear the reader out: CPU seconds and memory of `check` on 1, 2, 4 and 10 MB of each kind.

Run: python bench/hostile.py [KIND ...] [MB ...]. Every text is checked in a process of its own. What is linear takes
ten times as long at 10 MB as at 1 MB. Budget: 120 CPU seconds and 1.5 GB at 10 MB.
"""

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

DAY = "2025-12-09"
SIZES = (1, 2, 4, 10)
"""Sizes of the texts [MB]."""
MOST_SECONDS = 600
"""Seconds after which a text counts as one that does not end."""


def _sentences(rng: random.Random) -> Iterator[str]:
    """Trade sentences without end, in paragraphs, with other numbers, places, months and flows each time."""
    places = ("the United States", "the EU", "ASEAN", "Japan", "South Korea", "Brazil", "Viet Nam", "Germany", "India")
    months = ("January", "March", "May", "July", "September", "November")
    while True:
        flow, place, month = rng.choice(("Exports", "Imports")), rng.choice(places), rng.choice(months)
        value, rate = rng.uniform(1, 900), rng.uniform(0.1, 40)
        turn, link = rng.choice(("rose", "fell", "climbed", "slipped")), "to" if flow == "Exports" else "from"
        yield rng.choice((
            f"{flow} {link} {place} {turn} {rate:.1f} percent in {month} from a year earlier to ${value:.1f} billion.",
            f"In {month}, China's {flow.lower()} {link} {place} {turn} {rate:.1f}% to {value:.1f} billion yuan.",
            f"The trade surplus with {place} was ${value:.2f} billion in the first {rng.randint(2, 11)} months.",
            f"Analysts had expected {flow.lower()} to gain {rate:.1f} percent, and the yuan was little changed.",
            f"Shipments of cars, steel and toys {link} {place} came to ${value:.1f} billion, a share of {rate:.1f}%.",
        )) + ("\n\n" if rng.random() < 0.25 else " ")  # fmt: skip


def _plain(size: int) -> str:
    rng, parts, length = random.Random(1), [], 0
    for sentence in _sentences(rng):
        parts.append(sentence)
        length += len(sentence)
        if length >= size:
            return "".join(parts)[:size]
    raise AssertionError


def _again(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit.encode()) + 1))[: size * len(unit) // len(unit.encode())]


KINDS: dict[str, Callable[[int], str]] = {
    "trade sentences": _plain,
    "plain words": _again("the market of the people was told of a large number of trucks on the road "),
    "no spaces": _again("exportsrose5.9%"),
    "one word": _again("exports"),
    "digits": _again("9"),
    "numbers": _again("5.9%, "),
    "brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "mixed scripts": _again("出口rose٣٤٥Экспорт5.9％ "),
    "months": _again("January-"),
    "acronyms": _again("U.S."),
    "names": _again("China, Japan and the EU, Viet Nam, "),
    "flows": _again("exports imports trade surplus "),
    "lines": _again("- \n"),
}
"""How each kind of text is made, for a number of bytes."""


def cost(kind: str, megabytes: float) -> tuple[float, float, int]:
    """CPU seconds of checking, memory of the process at most [MB], and numbers read."""
    from entrepot import verdicts

    text = KINDS[kind](int(megabytes * 1e6))
    begin = time.process_time()
    found = len(verdicts.check(text, date=DAY).claims)
    spent = time.process_time() - begin
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, found


def main(words: list[str]) -> None:
    """Print a line for each kind: CPU seconds, memory and numbers read at each size."""
    sizes = [float(w) for w in words if w.replace(".", "").isdigit()] or SIZES
    if words[:1] == ["--one"]:
        print(*cost(words[1], float(words[2])))
        return
    print(f"{'kind':16s}" + "".join(f"{f'{size:g} MB':>26s}" for size in sizes))
    for kind in [w for w in words if w in KINDS] or KINDS:
        cells = []
        for size in sizes:
            limit = ["--one", kind, str(size)]
            try:
                run = subprocess.run([sys.executable, __file__, *limit], capture_output=True, text=True, env=os.environ,
                                     timeout=MOST_SECONDS, check=True)  # fmt: skip
            except subprocess.TimeoutExpired:
                cells.append(f"over {MOST_SECONDS} s")
                break
            spent, memory, found = map(float, run.stdout.split())
            cells.append(f"{spent:.1f} s {memory:.0f} MB {found:.0f} read")
        print(f"{kind:16s}" + "".join(f"{cell:>26s}" for cell in cells), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
