"""The chart of a split, of concentration and of two reports of one flow, as one picture for a slide."""

from collections.abc import Mapping
from typing import Any

from entrepot import boards_explain, charts, periods, wording
from entrepot.answer import Answer
from entrepot.errors import MissingData

Row = Mapping[str, Any]
PAIRS, PERIODS = 5, 8  # drawn at most, each with two bars


def picture(answer: Answer) -> charts.Chart:
    """Draw an answer of explain that names its split.

    Raises
    ------
    MissingData
        If it holds nothing that can be drawn.
    """
    split = str(answer.about["split"])
    drawn = {"diversity": _spread, "mirror": _mirror, "payments": _payments}.get(split, _terms)
    rows, unit = drawn(answer)
    if not rows:
        raise MissingData("The answer holds no figure that can be drawn. Write it as a table: -o FILE.csv")
    finding = f"{boards_explain.title(answer)}"
    source = f"{_left_out(answer)}Source: {answer.about['citation']} {_more(answer)}".strip()
    return charts.changes(rows, finding=finding, source=source, unit=unit)


def _left_out(answer: Answer) -> str:
    """Say how many pairs of reports, or periods, have no bars; nothing where all have."""
    split = str(answer.about["split"])
    if split not in ("mirror", "payments"):
        return ""
    held = len(answer.records()) if split == "payments" else len(_pairs(answer))
    most, what = (PERIODS, "the last") if split == "payments" else (PAIRS, "the first")
    kind = "periods" if split == "payments" else "pairs"
    return f"Drawn are {what} {most} of {held} {kind}; {held - most} are left out. " if held > most else ""


def _pairs(answer: Answer) -> list[Row]:
    return [row for row in answer.records() if wording.known(row["exporter_value"])]


def _more(answer: Answer) -> str:
    return f"Level of detail: {answer.about['level']}." if answer.about.get("level") else ""


def _bar(name: str, value: float, text: str, kind: str = "") -> dict[str, Any]:
    return {"name": name, "change": value, "kind": kind or ("fall" if value < 0 else "rise"), "text": text}


def _terms(answer: Answer) -> tuple[list[dict[str, Any]], str]:
    """The terms and the change they add up to, in billions, or in points where only growth is printed."""
    about, by = answer.about, str(answer.about["by"])
    rows: list[Row] = [row for row in answer.records() if not row[by]]
    money = str(about["currency"])
    if about["change"] is None:
        bars = [_bar(row["term"], 100 * row["contribution"], wording.points(row["contribution"])) for row in rows]
        growth = float(str(about["growth"]))
        return [*bars, _bar("Growth", 100 * growth, wording.points(growth), "total")], "percentage points"
    bars = [
        _bar(row["term"], row["value"] / 1e9, wording.amount(row["value"], money, half_width=5e7, signed=True))
        for row in rows
    ]
    change = float(str(about["change"]))
    said = wording.amount(change, money, half_width=5e7, signed=True)
    return [*bars, _bar("Change", change / 1e9, said, "total")], f"bn {money}"


def _spread(answer: Answer) -> tuple[list[dict[str, Any]], str]:
    """Effective number of equal lines in both periods."""
    row = next(row for row in answer.records() if row["measure"] == "effective number")
    about = answer.about
    names = [periods.in_words(str(about[name]), str(about["span"])) for name in ("base_period", "period")]
    values = [row["before"], row["after"]]
    bars = [_bar(name, value, f"{value:.1f}", "rest" if n == 0 else "rise")
            for n, (name, value) in enumerate(zip(names, values, strict=True))]  # fmt: skip
    return bars, f"as many equal {about['by']}s"


def _mirror(answer: Answer) -> tuple[list[dict[str, Any]], str]:
    """What each side says, pair by pair."""
    money, bars = str(answer.about["currency"]), []
    for row in _pairs(answer)[:PAIRS]:
        seller, buyer = (wording.partner(row[name], "short") for name in ("exporter", "importer"))
        for side, name, kind in (("exports", seller, "rest"), ("imports", buyer, "rise")):
            value = row["exporter_value" if side == "exports" else "importer_value"]
            counted = wording.concept(row["concept"]) if side == "imports" and row["concept"] != "standard" else side
            text = wording.amount(value, money, half_width=5e7)
            bars.append(_bar(f"{row['period']} {name} {counted}", value / 1e9, text, kind))
    bars = list({bar["name"]: bar for bar in bars}.values())  # one report may stand in several pairs: one bar
    return bars, f"bn {money}"


def _payments(answer: Answer) -> tuple[list[dict[str, Any]], str]:
    money = str(answer.about["currency"])
    bars = [
        _bar(f"{row['period']} {words}", row[name] / 1e9, wording.amount(row[name], money, half_width=5e7), kind)
        for row in answer.records()[-PERIODS:]
        for name, words, kind in (("customs", "customs", "rest"), ("payments", "balance of payments", "rise"))
    ]
    return bars, f"bn {money}"
