"""United States tariff schedule (HTS): duties by line, as text and as numbers, and the provisions of chapter 99.

A duty is a fraction of the value, an amount for a unit, or both (`90¢/pr. + 37.5%`). An amount for a unit becomes a
fraction only with a price of that unit. Rates stand on the line of eight digits and hold for its longer lines; lines
without a number carry the order of things. Additional duties of chapter 99 are several actions beside each other, each
with its own scope: they are listed for a line, never summed, and never is the smallest taken for all.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot import codes
from entrepot.errors import BadTable, MissingData, WrongUsage
from entrepot.sources import Request, Source
from entrepot.sources.markup import decode, from_json
from entrepot.sources.numbers import clean

if TYPE_CHECKING:
    import pandas as pd

HTS = Source(
    "us-hts", "US International Trade Commission", "Harmonized Tariff Schedule",
    "https://hts.usitc.gov/reststop/exportList", "public domain",
)  # fmt: skip
SOURCES = (HTS,)
COLUMNS = (
    *("code", "indent", "description", "units", "general", "special", "other"),
    *("ad_valorem", "specific", "per", "kind", "from_line", "cites"),
)
NAMES = {
    "code": ("htsno", "HTS Number"),
    "indent": ("indent", "Indent"),
    "description": ("description", "Description"),
    "units": ("units", "Unit of Quantity"),
    "general": ("general", "General Rate of Duty"),
    "special": ("special", "Special Rate of Duty"),
    "other": ("other", "Column 2 Rate of Duty"),
}
"""Names of the columns that are read, in the JSON and in the CSV export."""
_ADDED = ("additionalDuties", "addiitionalDuties")  # the service writes both
_PERCENT = re.compile(r"([\d.]+)\s*%")
_AMOUNT = re.compile(r"(\$)?\s*([\d.]+)\s*(¢)?\s*(?:/|per\s+|\s*(?=each))\s*([A-Za-z][\w. ]*)")
_APPLICABLE = re.compile(r"applicable subheading\s*(?:\+\s*([\d.]+)\s*%)?", re.I)
_PROVISION = re.compile(r"99\d\d\.\d\d\.\d\d")
_PLAIN = {"pr": "pair", "prs": "pair", "no": "piece", "each": "piece", "doz": "dozen"}


@dataclass(frozen=True)
class Duty:
    """A duty as its text says it.

    Attributes
    ----------
    text : str
        As printed.
    ad_valorem : float or None
        Part that is a share of the customs value [fraction]; None if the text holds none.
    specific : float or None
        Part that is an amount for a unit [USD per `per`].
    per : str
        Unit of the specific part; empty without one.
    kind : str
        `free`, `ad valorem`, `specific`, `compound`, `additional` (chapter 99: on top of the line's own duty), `none`
        (the line says nothing; its duty stands on a shorter line) or `text` (words that are no rate, never guessed).
    """

    text: str
    ad_valorem: float | None
    specific: float | None
    per: str
    kind: str


def duty(text: str) -> Duty:
    """Read a duty.

    >>> duty("Free").ad_valorem, duty("6.8%").ad_valorem, duty("1¢/kg").specific, duty("68¢/head").per
    (0.0, 0.068, 0.01, 'head')
    >>> compound = duty("90¢/pr. + 37.5%")
    >>> compound.specific, compound.per, compound.ad_valorem, compound.kind
    (0.9, 'pair', 0.375, 'compound')
    """
    said = clean(text)
    if not said:
        return Duty("", None, None, "", "none")
    if match := _APPLICABLE.search(said):
        return Duty(said, round(float(match[1]) / 100, 10) if match[1] else 0.0, None, "", "additional")
    plain = said.removesuffix(" 1/").strip()
    if plain.casefold() == "free":
        return Duty(said, 0.0, None, "", "free")
    parts = [part.strip() for part in plain.split("+")]
    shares = [match for part in parts if (match := _PERCENT.fullmatch(part))]
    amounts = [match for part in parts if (match := _AMOUNT.fullmatch(part)) and bool(match[1]) != bool(match[3])]
    if len(shares) + len(amounts) != len(parts) or len(shares) > 1 or len(amounts) > 1:
        return Duty(said, None, None, "", "text")
    share = round(float(shares[0][1]) / 100, 10) if shares else None
    if not amounts:
        return Duty(said, share, None, "", "ad valorem")
    amount = round(float(amounts[0][2]) / (100 if amounts[0][3] else 1), 10)
    unit = amounts[0][4].strip().rstrip(".").casefold()
    return Duty(said, share, amount, _PLAIN.get(unit, unit), "compound" if shares else "specific")


def equivalent(said: Duty, *, price: float | None = None, per: str = "") -> float:
    """Duty as a share of the value [fraction]; a specific part needs the price of its unit [USD per `per`].

    tau = ad_valorem + specific / price.

    Raises
    ------
    MissingData
        If the duty is no rate, or has a specific part and no price of that unit is given: it is not zero.
    """
    if said.kind in ("none", "text", "additional"):
        raise MissingData(f"{said.text!r} is no rate of its own. Read the line it stands under, or the provision.")
    if said.specific is None:
        return said.ad_valorem or 0.0
    if not price or price <= 0 or per != said.per:
        given = f"of {per!r}" if per else "of nothing"
        raise MissingData(
            f"{said.text!r} is an amount for a unit ({said.per}): its share of the value needs the price of that unit, "
            f"and the price {given} is given. Pass price= and per={said.per!r}."
        )
    return (said.ad_valorem or 0.0) + said.specific / price


def ask(product: str = "") -> list[Request]:
    """Requests for chapters of the schedule: one (`85`), the chapter of a code (`8542`), or all 99 of them.

    Raises
    ------
    WrongUsage
        If the product is no HS code; chapter 99 (additional duties) may be asked for by `99`.
    """
    if product and not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{8}|\d{10}", product):
        raise WrongUsage(f"The tariff schedule is asked by HS code, not {product!r}; 85 or 8542 is expected.")
    chapters = [int(product[:2])] if product else [n for n in range(1, 100) if n != 77]
    return [
        Request(
            HTS,
            HTS.url,
            (("from", f"{n:02d}00"), ("to", _after(n)), ("format", "JSON"), ("styles", "false")),
            facts=(("chapter", f"{n:02d}"),),
        )
        for n in chapters
    ]


def _after(chapter: int) -> str:
    return f"{chapter + 1:02d}00" if chapter < 99 else "9999"


def parse(content: bytes, *, seen: date, chapter: str = "") -> "pd.DataFrame":
    """Lines of the schedule from its JSON or CSV export, with the general duty as numbers.

    `ad_valorem` [fraction] and `specific` [USD per `per`] are those of the line, or of the shorter line whose duty
    holds for it (`from_line`). `cites` names the provisions of chapter 99 that the line's footnotes point at.

    Raises
    ------
    MissingData
        If there is no line.
    BadTable
        If the layout is another one, a code is none of 4 to 10 digits, lines of other chapters came, or one line stands
        twice with two duties.
    """
    import pandas as pd

    rows = _json(content) if content.lstrip(b"\xef\xbb\xbf \r\n")[:1] in (b"[", b"{") else _csv(content)
    if not rows:
        raise MissingData("The tariff schedule has no lines for this question.")
    if chapter and (strange := next((row["code"] for row in rows if row["code"][:2] not in ("", chapter)), None)):
        raise BadTable(f"The answer holds {strange} where chapter {chapter} was asked for.")
    out = pd.DataFrame(list(_with_duties(rows)), columns=list(COLUMNS))
    above = out.code.where(out.code != "").ffill().fillna("")  # a line without a number is known by where it stands
    again = out.assign(above=above).duplicated(
        ["above", "code", "indent", "description", "general", "special", "other"]
    )
    once = out[~again].reset_index(drop=True)
    numbered = once[once.code != ""]
    if numbered.code.duplicated().any():
        code = numbered.code[numbered.code.duplicated()].iloc[0]
        raise BadTable(f"The line {code} stands twice with two duties: two editions were mixed.")
    once.attrs["repairs"] = {"lines that stand twice, once left out": int(again.sum())} if again.any() else {}
    return once


def _json(content: bytes) -> list[dict[str, Any]]:
    body = from_json(decode(content), "the tariff schedule")
    if not isinstance(body, list) or not all(isinstance(one, dict) for one in body):
        raise BadTable(f"The tariff schedule refuses: {str(body)[:200]}")
    return [_row(one) for one in body]


def _csv(content: bytes) -> list[dict[str, Any]]:
    text = decode(content)
    if text.lstrip()[:1] == "<":
        raise BadTable("The tariff schedule sent a web page instead of data.")
    lines = csv.reader(io.StringIO(text))
    header = [clean(name) for name in next(lines, [])]
    out = []
    for number, line in enumerate(lines, 2):
        if len(line) != len(header):
            raise BadTable(f"Line {number} has {len(line)} fields where the header has {len(header)}: cut off.")
        out.append(_row(dict(zip(header, line, strict=True))))
    return out


def _row(said: Mapping[str, Any]) -> dict[str, Any]:
    """One line under our names; cited provisions and additional duties beside."""
    held: dict[str, Any] = {}
    for ours, names in NAMES.items():
        name = next((one for one in names if one in said), None)
        if name is None:
            raise BadTable(f"The tariff schedule has no column for {ours}; it has {', '.join(map(str, said))[:200]}.")
        held[ours] = said[name] if said[name] is not None else ""
    units = held["units"]
    held["units"] = ", ".join(json.loads(units) if isinstance(units, str) and units.startswith("[") else units or [])
    held["code"] = _code(str(held["code"]))
    notes = [str(one.get("value", "")) for one in said.get("footnotes") or []]
    held["cites"] = ", ".join(dict.fromkeys(_PROVISION.findall(" ".join(notes))))
    held["added"] = next((str(said[name]) for name in _ADDED if said.get(name)), "")
    return held


def _code(text: str) -> str:
    digits = text.replace(".", "").strip()
    if digits and not re.fullmatch(r"\d{4}|\d{6}|\d{8}|\d{10}", digits):
        raise BadTable(f"{text!r} is no line of 4 to 10 digits (zeros lost?).")
    return digits


def _with_duties(rows: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """Lines with their duty, or that of the shorter line above them."""
    above: dict[str, Duty] = {}
    for row in rows:
        own, line = duty(str(row["general"])), row["code"]
        if own.kind == "additional" and row["added"]:
            _agree(row, own)
        if own.kind == "none" and line:
            line = next((line[:n] for n in (8, 6, 4) if n < len(line) and line[:n] in above), "")
            own = above.get(line, own)
        elif line:
            above[line] = own
        values = [row[name] if name == "code" else clean(str(row[name])) for name in COLUMNS[:7]]
        from_line = line if own.kind != "none" else ""
        yield *values, own.ad_valorem, own.specific, own.per, own.kind, from_line, row["cites"]


def _agree(row: Mapping[str, Any], own: Duty) -> None:
    match = _PERCENT.search(row["added"])
    if match and own.ad_valorem and abs(float(match[1]) / 100 - own.ad_valorem) > 1e-9:
        raise BadTable(
            f"{row['code']} adds {own.text!r} in words and {row['added']} in its field: one of them is wrong."
        )


def line(schedule: "pd.DataFrame", code: str) -> "pd.Series[Any]":
    """The line of a code (with or without dots), or the longest shorter line that holds it.

    Raises
    ------
    MissingData
        If the schedule has no line of its heading.
    """
    digits = _code(code)
    for n in range(len(digits), 3, -2):
        found = schedule[schedule.code == digits[:n]]
        if len(found):
            return found.iloc[0]
    raise MissingData(f"No line of {code} is in these chapters. Ask for chapter {digits[:2]}.")


def provisions(schedule: "pd.DataFrame", code: str, *, origin: str = "") -> "pd.DataFrame":
    """Provisions of chapter 99 that may add a duty on a line: code, added [fraction], scope, text.

    `scope` is `cited` where the line's own footnotes (or those of the lines above it) name the provision, and `by note`
    where only its words name the origin: whether the line is on that action's list stands in the notes of chapter 99,
    which are no table. Each is given by itself. They are not summed and no smallest one is chosen: two actions may hold
    at a time, and which exclude each other is said in those notes.

    Parameters
    ----------
    origin : str
        Country whose name the words of a provision must hold to be listed `by note`; none are if left out.
    """
    import pandas as pd

    digits = _code(code)
    above = schedule[[bool(one) and digits.startswith(one) for one in schedule.code]]
    cited = {one.replace(".", "") for said in above.cites for one in str(said).split(", ") if one}
    chapter = schedule[(schedule.kind == "additional") & schedule.code.str.startswith("99")]
    name = codes.name(codes.country(origin)).casefold() if origin else ""
    named = chapter.description.str.casefold().str.contains(name, regex=False) if name else chapter.code.isin(cited)
    kept = chapter[chapter.code.isin(cited) | named]
    scope = ["cited" if one in cited else "by note" for one in kept.code]
    lost = sorted(cited - set(chapter.code))
    rows = list(zip(kept.code, kept.ad_valorem, scope, kept.description, strict=True))
    rows += [(one, None, "cited", "not in these chapters: ask for chapter 99") for one in lost]
    out = pd.DataFrame(rows, columns=["code", "added", "scope", "text"]).astype({"added": "float64"})
    return out.sort_values("code", ignore_index=True)
