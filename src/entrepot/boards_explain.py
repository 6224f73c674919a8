"""What a split of a change, its concentration and two reports of one flow look like in the terminal."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from entrepot import periods, sheets, wording
from entrepot.answer import Answer

if TYPE_CHECKING:
    from rich.table import Table

Row = Mapping[str, Any]
Board = tuple["Table", list[str]]
LINES = 12  # single lines shown below the sums
TITLES = {
    "entry-exit": "what entered and left",
    "price-volume": "prices and volumes",
    "market-share": "demand and market share",
    "currency": "dollars and the exchange rate",
    "surplus": "what moved the balance",
    "diversity": "how widely it is spread",
    "mirror": "both sides' reports",
    "payments": "customs against the balance of payments",
}


def board(answer: Answer) -> Board:
    """The table of an answer of explain that names its split, and the notes below it."""
    made: dict[str, Callable[[Answer], Board]] = {"diversity": _spread, "mirror": _mirror, "payments": _payments}
    return made.get(str(answer.about["split"]), _terms)(answer)


def title(answer: Answer) -> str:
    """Whose trade, what is split, and when."""
    about = answer.about
    first, _, last = str(about["period"]).partition(":")
    span = str(about["span"])
    when = periods.in_words(first, span) + (f" to {periods.in_words(last, span)}" if last else "")
    if about.get("base_period"):
        when += f" against {periods.in_words(str(about['base_period']), span)}"
    named = about.get("partner")
    with_ = f" to {wording.partner(named)}" if isinstance(named, str) and about["split"] != "diversity" else ""
    what = f"{_told(about) or wording.flow(str(about['flow'])).lower() + with_}, {TITLES[str(about['split'])]}"
    return f"{wording.partner(str(about['reporter']))}: {what}, {when}, {about['currency']}"


def _told(about: Mapping[str, object]) -> str:
    """What the markets say they bought, where their own reports are what is split: no exports of the reporter's."""
    given: Any = about.get("markets") or []
    names = [wording.with_article(str(one)) for one in given]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"what {', '.join(names[:3])}{more} bought from it" if names else ""


def _notes(answer: Answer) -> list[str]:
    given: Any = answer.about.get("warnings") or []
    return [f"Note: {note}" for note in given] + [f"Source: {answer.about['citation']}"]


def _terms(answer: Answer) -> Board:
    """Sums by term with what other orders give, then the lines that moved most."""
    about, by = answer.about, str(answer.about["by"])
    money = str(about["currency"])
    rows: list[Row] = list(answer.records())
    table = sheets.sheet(title(answer))
    heads = ["", "change", "points", "other orders"]
    kept = [0, 1, 2] + ([3] if any(wording.known(row["lo"]) for row in rows) else [])
    for n in kept:
        table.add_column(heads[n], justify="right" if n else "left")
    for row in rows:
        if not row[by]:
            cells = [
                str(row["term"]),
                _money(row["value"], money),
                wording.points(row["contribution"]),
                _ends(row, money),
            ]
            table.add_row(*(cells[n] for n in kept))
    table.add_section()
    whole = ["change", _money(about["change"], money), wording.points(about["growth"]), ""]
    table.add_row(*(whole[n] for n in kept))
    lines = _lines([row for row in rows if row[by]], by)
    for name, parts in lines[:LINES]:
        moved = ", ".join(f"{term} {_money(value, money)}" for term, value in parts)
        whole = [
            f"  {_line(name, by)}",
            _money(sum(value for _, value in parts), money),
            moved if len(parts) > 1 else "",
            "",
        ]
        table.add_row(*(whole[n] for n in kept))
    notes = (
        [f"Note: {len(lines) - LINES} smaller lines are left out here: -f csv has them."] if len(lines) > LINES else []
    )
    return table, [*_figures(about), *notes, *_notes(answer)]


def _money(value: object, money: str) -> str:
    return wording.amount(value, money, half_width=5e6, signed=True) if wording.known(value) else wording.DASH


def _ends(row: Row, money: str) -> str:
    return f"{_money(row['lo'], money)} to {_money(row['hi'], money)}" if wording.known(row["lo"]) else ""


def _line(name: str, by: str) -> str:
    return wording.partner(name) if by == "partner" else wording.product(name, "HS2022")


def _lines(rows: Sequence[Row], by: str) -> list[tuple[str, list[tuple[str, float]]]]:
    out: dict[str, list[tuple[str, float]]] = {}
    for row in rows:
        out.setdefault(str(row[by]), []).append((str(row["term"]), float(row["value"])))
    return sorted(out.items(), key=lambda one: -abs(sum(value for _, value in one[1])))


def _figures(about: Mapping[str, object]) -> list[str]:
    """Indices, shares and the answer at other levels of detail, one line each."""
    given: Any = about.get("figures") or {}
    money = str(about["currency"])
    out = []
    for name, value in given.items():
        if name in ("levels", "in dollars"):
            continue
        out.append(f"{name[0].upper()}{name[1:]}: {_said(name, value, money)}")
    for level, parts in (given.get("levels") or {}).items():
        out.append(f"At the level of {level}: {_said(level, parts, money)}")
    detail = f"Level of detail: {about['level']}. " if about.get("level") else ""
    return [*out, f"{detail}Method: {about['method']}."]


def _said(name: str, value: Any, money: str) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {_said(k, v, money)}" for k, v in value.items())
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, float):
        return str(value)
    if "share" in name and abs(value) <= 1 or "growth" in name or "without a price" in name:
        return wording.percent(value, signed="growth" in name)
    if name.startswith(("market", "in dollars")):
        return wording.amount(value, money, half_width=5e6)
    return f"{value:.4g}" if abs(value) < 1e4 else _money(value, money)


def _spread(answer: Answer) -> Board:
    table = sheets.sheet(title(answer))
    for head in ("measure", "before", "after", "change"):
        table.add_column(head, justify="left" if head == "measure" else "right")
    for row in answer.records():
        table.add_row(row["measure"], *(_index(row[name], row["unit"], name) for name in ("before", "after", "change")))
    about = answer.about
    covered = wording.percent(about["covered"], signed=False)
    notes = [
        f"Single {about['by']}s hold {covered} of the whole; groups: {about['groups']}. Method: {about['method']}."
    ]
    return table, [*notes, *_notes(answer)]


def _index(value: object, unit: str, name: str) -> str:
    if not wording.known(value):
        return ""
    number = float(str(value))
    if unit == "share":
        return wording.points(number) + " pp" if name == "change" else wording.percent(number, signed=False)
    return f"{number:+.4f}" if name == "change" and unit == "index" else f"{number:+.1f}" if name == "change" else (
        f"{number:.4f}" if unit == "index" else f"{number:.1f}"
    )  # fmt: skip


def _mirror(answer: Answer) -> Board:
    money = str(answer.about["currency"])
    table = sheets.sheet(title(answer))
    heads = (
        "exporter",
        "importer",
        "period",
        "exporter says",
        "importer says",
        "basis",
        "gap",
        "ratio",
        "verdict",
        "why",
    )
    for head in heads:
        table.add_column(head, justify="right" if head in heads[3:5] + heads[6:8] else "left")
    for row in answer.records():
        basis = str(row["valuation"]) if row["valuation"] else ""
        figures = [wording.tenths(row[name], money) for name in ("exporter_value", "importer_value")]
        ratio = f"{row['ratio']:.2f}" if wording.known(row["ratio"]) else ""
        names = [wording.partner(row[name], "short") for name in ("exporter", "importer")]
        names[1] += f", {wording.concept(row['concept'])}" if _counted(row) else ""
        table.add_row(
            *names, row["period"], *figures, basis, _money(row["gap"], money), ratio, row["verdict"], row["why"]
        )
    return table, [f"Partner concept: {answer.about['partner concept']}.", *_notes(answer)]


def _counted(row: Row) -> bool:
    """Whether the importer counts by a concept of its own: two reports of one flow may differ in it alone."""
    return wording.known(row["exporter_value"]) and row["concept"] not in ("", "standard")


def _payments(answer: Answer) -> Board:
    money = str(answer.about["currency"])
    table = sheets.sheet(title(answer))
    for head in ("period", "customs", "balance of payments", "gap", "of the latter"):
        table.add_column(head, justify="left" if head == "period" else "right")
    for row in answer.records():
        cells = [wording.tenths(row[name], money) for name in ("customs", "payments")]
        table.add_row(row["period"], *cells, _money(row["gap"], money), wording.percent(row["relative"]))
    rivals: Any = answer.about["rivals"]
    return table, ["Rival explanations, none given a share: " + "; ".join(rivals) + ".", *_notes(answer)]
