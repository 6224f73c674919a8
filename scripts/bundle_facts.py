"""Facts on their way into the bundle: sources by key, rounding read off the printed digits, vintages by date."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlparse

import pandas as pd

from entrepot import flows
from entrepot.periods import later

RANK = {"office": 1, "copy of a table": 2, "press": 4, "derived": 6}
COPIED = date(2026, 11, 22)  # the day the files under shared/data were compiled
ORDER = ["reporter", "span", "period", "partner", "product", "flow", "currency", "concept", "status", "released"]


@dataclass
class Facts:
    """Rows and sources collected so far; what was met and left out is counted by reason."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)

    def source(self, key: str, *, office: str, table: str, url: str, kind: str, grade: str, **more: str) -> str:
        """Register a source and return its key; the grade is A office itself, B two independent copies, C one copy."""
        rank = RANK[kind] + (grade == "C")
        facts = {"office": office, "table": table, "url": url, "licence": "official statistics; facts quoted"}
        facts |= {"retrieved": COPIED.isoformat(), "coverage": "all partners"} | more
        self.sources.setdefault(key, {"source": key, **facts, "kind": kind, "grade": grade, "rank": rank})
        return key

    def add(self, source: str, released: date, basis: str, **cell: Any) -> None:
        """Add one row of the flows table; what is not given is the plain case (total goods, standard, observed)."""
        flow = cell["flow"]
        plain = {"product": flows.ALL, "classification": "", "concept": "standard", "status": "observed"}
        plain |= {"valuation": {"X": "fob", "M": "cif"}.get(flow, "mixed")}
        origin = {"source": source, "released": released, "released_basis": basis, "superseded": None}
        self.rows.append(plain | cell | origin)

    def leave_out(self, why: str, rows: int = 1) -> None:
        """Count rows that do not enter, by reason."""
        self.left_out[why] = self.left_out.get(why, 0) + rows


def press_key(url: str, grade: str, kind: str) -> str:
    """Return a short key for a page: its site, a few digits of its hash, its grade."""
    site = urlparse(url).netloc.removeprefix("www.").split(":")[0] if "://" in url else ""
    site = site or ("customs-table" if "SQL" in url else "report")
    word = {"press": "press", "copy of a table": "copy"}[kind]
    return f"{word}-{site}-{hashlib.sha256(url.encode()).hexdigest()[:4]}-{grade}"


def rounding(text: str, note: str = "", unit: float | None = None) -> float:
    """Half a unit of the last printed digit of `text`, in units of the text; a note "rounded to 0.1 bn" goes before.

    Trailing zeros of a whole number are taken as not printed: 330300 (million) was printed as 330.3 bn.
    """
    stated = re.search(r"rounded to (?:[\d.]+ / )?([\d.]+) bn", note)
    if stated and unit is None and text and float(text) % (step := float(stated[1]) * 1000) < 1e-6:  # in million
        return step / 2
    if unit is not None:
        return unit / 2
    whole, _, digits = text.partition(".")
    if digits:
        return float(0.5 * 10 ** -len(digits))
    return float(0.5 * 10 ** (len(whole) - len(whole.rstrip("0"))))


def percent(text: str) -> dict[str, float]:
    """Growth printed in percent as a fraction with its half width."""
    digits = len(text.partition(".")[2])
    return {"growth": round(float(text) / 100, 10), "growth_half_width": 0.5 * 10 ** -(digits + 2)}


def billions(text: str) -> dict[str, float]:
    """A level printed in billions, in full units, with its half width."""
    digits = len(text.partition(".")[2])
    return {"value": round(float(text) * 1e9, 2), "half_width": 0.5 * 10 ** (9 - digits)}


def day(period: str, number: int) -> date:
    """Return a day of the month after a period; the releases of January come with February's, in March."""
    following = later(period, 2 if period.endswith("-01") else 1)
    return date(int(following[:4]), int(following[5:]), number)


def finish(facts: Facts) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sort, drop figures that only repeat an earlier one, and date what each newer figure replaced."""
    table = pd.DataFrame(facts.rows, columns=list(flows.COLUMNS))
    table["rank"] = table.source.map({key: facts["rank"] for key, facts in facts.sources.items()})
    table = table.sort_values([*ORDER, "rank", "source"], kind="stable").drop_duplicates(flows.KEY)
    alone = ~table.duplicated(list(flows.CELL), keep=False)
    several = table[~alone].groupby(list(flows.CELL), sort=False)
    kept = pd.DataFrame([row for _, group in several for row in _history(group)])
    out = pd.concat([table[alone].astype(object), kept.astype(object)], ignore_index=True)[list(flows.COLUMNS)]
    facts.leave_out("a later copy that equals the figure held", len(table) - len(out))
    out = _supersede_sums(out)
    for name, (dtype, _) in flows.COLUMNS.items():
        if dtype == flows.NUMBER:
            out[name] = out[name].astype("float64")
    for name in ("released", "superseded"):
        out[name] = pd.to_datetime(out[name]).dt.date.astype(object).where(out[name].notna(), None)
    out = out.sort_values([*ORDER, "source"], kind="stable").reset_index(drop=True)
    used = set(out.source)
    sources = pd.DataFrame([facts.sources[key] for key in sorted(used)])
    return out, sources


def _history(group: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of one cell in time order: an equal figure adds no row, a different one dates the end of those before."""
    kept: list[dict[str, Any]] = []
    for named in group.to_dict("records"):
        row: dict[str, Any] = {str(name): cell for name, cell in named.items()}
        if kept and _repeats(row, kept):
            continue
        for old in kept:
            newer = old["released"] < row["released"]
            if newer and old["superseded"] is None and _replaces(row, old):
                old["superseded"] = row["released"]
        kept.append(row)
    return kept


def _repeats(row: dict[str, Any], before: list[dict[str, Any]]) -> bool:
    """Whether every figure of a row is held already, with at least as many digits."""
    for name, width in (("value", "half_width"), ("growth", "growth_half_width")):
        if pd.isna(row[name]):
            continue
        held = [old for old in before if not pd.isna(old[name]) and old["superseded"] is None]
        same = [old for old in held if _covers(old, row, name, width)]
        if not same:
            return False
    return bool(pd.isna(row["quantity"]) and pd.isna(row["weight_kg"]))


def _covers(old: dict[str, Any], row: dict[str, Any], name: str, width: str) -> bool:
    """Whether an older figure says what a newer one says: the same digits, or more of them within the rounding."""
    if old[width] < row[width] * (1 - 1e-9):
        return not _differs(row, old, name, width)
    as_many = old[width] <= row[width] * (1 + 1e-9)
    return bool(as_many and abs(old[name] - row[name]) <= 1e-9 * abs(row[name]))


def _replaces(row: dict[str, Any], old: dict[str, Any]) -> bool:
    """Whether a newer level differs beyond the rounding, or a newer rate where no level is told is another."""
    if pd.isna(row["value"]) and pd.isna(old["value"]):
        return not _covers(old, row, "growth", "growth_half_width")
    return _differs(row, old, "value", "half_width")


def _differs(row: dict[str, Any], old: dict[str, Any], name: str, width: str) -> bool:
    if pd.isna(row[name]) or pd.isna(old[name]):
        return False
    return bool(abs(row[name] - old[name]) > (row[width] + old[width]) * (1 + 1e-9))


def _supersede_sums(table: pd.DataFrame) -> pd.DataFrame:
    """End a printed balance or total on the day its newest sides no longer add to it."""
    cell = [name for name in flows.CELL if name not in ("flow", "valuation")]
    current = table[table.superseded.isna() & table.value.notna()].sort_values("released", kind="stable")
    sides = {flow: rows.drop_duplicates(cell, keep="last") for flow, rows in current.groupby("flow")}
    both = sides["X"].merge(sides["M"], on=cell, suffixes=("_x", "_m"))
    both["day"] = both[["released_x", "released_m"]].max(axis=1)
    out = table.merge(both[[*cell, "value_x", "value_m", "half_width_x", "half_width_m", "day"]], on=cell, how="left")
    sign = out.flow.map({"B": -1.0, "T": 1.0})
    room = out.half_width + out.half_width_x + out.half_width_m
    off = (out.value_x + sign * out.value_m - out.value).abs() > room * (1 + 1e-9)
    hit = off & out.superseded.isna() & (out.day > out.released)
    out.loc[hit, "superseded"] = out.day[hit]
    return out[list(table)]
