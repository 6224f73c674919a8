"""Figures and codes as people read them: billions, percent, "exports", "January-November".

Percent, billions and rounding exist only here and in what calls it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from math import floor, isfinite, log10
from typing import Any

from entrepot import codes, periods

MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
UNITS = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
STEP = {"USD": 1e9, "EUR": 1e9, "GBP": 1e9}  # the largest unit a currency is written in; others take any that fits
ARTICLE = frozenset({"USA", "EU27", "GBR", "NLD", "PHL", "ARE"})  # names that take "the"
VALUED = {"fob": "fob", "cif": "cif", "customs": "by customs value", "mixed": "valued in several ways"}


def known(value: object) -> bool:
    """Whether a cell holds a number."""
    return isinstance(value, int | float) and isfinite(value)


def amount(value: object, currency: str = "", *, half_width: object = None, signed: bool = False) -> str:
    """Write a value with its unit, to the digits it was printed with, at most two decimals.

    >>> amount(330.3e9, "USD", half_width=0.05e9), amount(24.46e12, "CNY", half_width=5e9), amount(None)
    ('330.3 bn', '24.46 tn', '–')
    >>> amount(1075848.1e6, "USD", half_width=5e4), amount(-12.4e9, "USD", half_width=5e7, signed=True)
    ('1,075.85 bn', '−12.4 bn')
    """
    if not known(value):
        return DASH
    number = float(value)  # type: ignore[arg-type]
    unit, name = _unit(abs(number), currency)
    width = float(half_width) if known(half_width) else 0.0  # type: ignore[arg-type]
    digits = 2 if width <= 0 else min(2, max(0, -floor(log10(2 * width / unit) + 1e-9)))
    text = f"{abs(number) / unit:,.{digits}f}"
    sign = MINUS if number < 0 and float(text.replace(",", "")) else "+" if signed and number > 0 else ""
    return f"{sign}{text} {name}".strip()


def tenths(value: object, currency: str = "") -> str:
    """Write a value that was computed, with its unit: billions to a tenth, what is smaller to two decimals.

    >>> tenths(33.84e9, "USD"), tenths(0.114e9, "USD"), tenths(55e6, "USD")
    ('33.8 bn', '0.11 bn', '55.00 m')
    """
    large = known(value) and abs(float(value)) >= 1e9  # type: ignore[arg-type]
    return amount(value, currency, half_width=5e7 if large else None)


def value(row: Mapping[str, Any]) -> str:
    """Write the value of a row with its unit, to the digits it was printed with.

    >>> value({"value": 330.3e9, "currency": "USD", "half_width": 0.05e9})
    '330.3 bn'
    """
    return amount(row["value"], row["currency"], half_width=row["half_width"])


def _unit(size: float, currency: str) -> tuple[float, str]:
    largest = STEP.get(currency, 1e12)
    for unit, name in UNITS:
        if unit <= largest and size >= (0.1 if unit == 1e9 else 1) * unit:
            return unit, name
    return (1e6, "m") if size >= 1e4 else (1.0, "")


def percent(fraction: object, *, half_width: object = None, signed: bool = True) -> str:
    """Write a fraction in percent, with its sign; one decimal, or none where it was printed without.

    >>> percent(0.059), percent(-0.19, half_width=0.005), percent(0.1024, signed=False), percent(None)
    ('+5.9 %', '−19 %', '10.2 %', '–')
    """
    return _points(fraction, "%", half_width, signed)


def moved(growth: object, half_width: object = None) -> str:
    """Say in which direction something moved, and by how much; empty where no growth is held.

    >>> moved(0.059), moved(-0.19, 0.005), moved(0.0), moved(None)
    ('rose 5.9 %', 'fell 19 %', 'were unchanged', '')
    """
    if not known(growth):
        return ""
    text = percent(growth, half_width=half_width)
    number = text.lstrip("+" + MINUS)
    if text[0] == "+":
        return f"rose {number}"
    return f"fell {number}" if text[0] == MINUS else "were unchanged"


def points(fraction: object, *, half_width: object = None) -> str:
    """Write a contribution or a difference of shares in percentage points.

    >>> points(-0.0433), points(0.0195)
    ('−4.33', '+1.95')
    """
    if not known(fraction):
        return DASH
    number = 100 * float(fraction)  # type: ignore[arg-type]
    digits = 0 if known(half_width) and float(half_width) >= 0.005 else 2  # type: ignore[arg-type]
    return _signed(number, digits)


def _points(fraction: object, unit: str, half_width: object, signed: bool) -> str:
    if not known(fraction):
        return DASH
    whole = known(half_width) and float(half_width) >= 0.004  # type: ignore[arg-type]
    text = _signed(100 * float(fraction), 0 if whole else 1)  # type: ignore[arg-type]
    return f"{text if signed else text.lstrip('+')} {unit}"


def _signed(number: float, digits: int) -> str:
    text = f"{abs(number):,.{digits}f}"
    zero = not float(text.replace(",", ""))
    return text if zero else f"{MINUS if number < 0 else '+'}{text}"


def flow(code: str) -> str:
    """Return the word for a flow, capitalised: Exports, Imports, Total trade, Balance.

    >>> flow("X"), flow("T"), flow("B")
    ('Exports', 'Total trade', 'Balance')
    """
    return {"X": "Exports", "M": "Imports", "T": "Total trade", "B": "Balance"}.get(code, codes.name(code))


def partner(code: str, style: codes.Style = "name") -> str:
    """Return a partner's name; the line that gathers the rest is "Everyone else".

    >>> partner("USA"), partner("ROW"), partner("WLD")
    ('United States', 'Everyone else', 'World')
    """
    return "Everyone else" if code == "ROW" else codes.name(code, style)


def with_article(code: str) -> str:
    """Return a partner's name as it stands inside a sentence.

    >>> with_article("USA"), with_article("CHN")
    ('the United States', 'China')
    """
    return f"the {partner(code)}" if code in ARTICLE else partner(code)


def possessive(name: str) -> str:
    """Return the possessive of a name.

    >>> possessive("China"), possessive("United States")
    ("China's", "United States'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def product(code: str, classification: str = "aggregate") -> str:
    """Return a product's name, with the code where it is a number.

    >>> product("integrated-circuits"), product("TOTAL")
    ('Integrated circuits', 'All goods')
    """
    if code.isdigit():
        name = codes.name(code, classification=classification)
        return code if name == code else f"{code} {name}"
    return codes.name(code)


def day(value: object) -> str:
    """Write a day as people do.

    >>> day(date(2025, 12, 8)), day(None)
    ('8 December 2025', '–')
    """
    if not isinstance(value, date):
        return str(value) if value else DASH
    return f"{value.day} {value:%B %Y}"


def counted(labels: Mapping[str, int]) -> str:
    """Say how many numbers of a story match, do not, and could not be checked.

    >>> counted({"holds": 3, "fails": 1})
    '3 match, 1 does not match, 0 cannot be checked'
    """
    words = {
        "holds": ("matches", "match"), "fails": ("does not match", "do not match"),
        "cannot tell": ("cannot be checked", "cannot be checked"),
    }  # fmt: skip
    numbers = {label: labels.get(label, 0) for label in words}
    return ", ".join(f"{number} {words[label][number != 1]}" for label, number in numbers.items())


def concept(code: str) -> str:
    """Say by which concept trade is counted.

    >>> concept("consumption"), concept("general"), concept("ordinary trade")
    ('imports for consumption', 'general imports', 'ordinary trade')
    """
    return {"consumption": "imports for consumption", "general": "general imports"}.get(code, code)


def left_over(count: int, kind: str = "") -> str:
    """Say how many numbers of a story get no verdict, and why.

    >>> left_over(1), left_over(2, "dotted ")[:18]
    ('1 number is a forecast, policy or no trade figure and gets no verdict', '2 dotted numbers a')
    """
    if count == 1:
        return f"1 {kind}number is a forecast, policy or no trade figure and gets no verdict"
    return f"{count} {kind}numbers are forecasts, policy or no trade figures and get no verdict"


def vintage(which: str) -> str:
    """Say which figures are shown.

    >>> vintage("first"), vintage("2025-12-08")
    ('as first printed (oldest held)', 'as known on 8 December 2025')
    """
    named = {"first": "as first printed (oldest held)", "latest": "latest held", "all": "every print held"}
    return named.get(which) or f"as known on {day(date.fromisoformat(which))}"


def others(also: Any, currency: str) -> str:
    """What other sources and the first print say, in a few words.

    >>> others([{"role": "first print", "value": 330.3e9, "growth": 0.059, "released": date(2025, 12, 8)}], "USD")
    'first print 330.3 bn, +5.9 %'
    """
    words = []
    for other in also if isinstance(also, list | tuple) else []:
        words.append(f"{_role(other)} {_said(other, currency)}".strip())
    return "; ".join(dict.fromkeys(words))


def _role(other: Mapping[str, Any]) -> str:
    return "also" if other["role"] == "other source" else str(other["role"])


def _said(other: Mapping[str, Any], currency: str) -> str:
    said = []
    if known(other.get("value")):
        width = 5e7 if STEP.get(currency) else None
        said.append(amount(other["value"], currency, half_width=width))
    if known(other.get("growth")):
        said.append(percent(other["growth"]))
    return ", ".join(said)


def statement(one: Mapping[str, Any], currency: str) -> str:
    """Put a statement of `context` into a sentence.

    >>> statement({"name": "run", "flow": "X", "period": "2025-11", "value": 8, "holds": False, "since": "2025-04",
    ...            "note": "", "against": -0.3, "unit": "months"}, "USD")
    'Exports have fallen for 8 months in a row, since April 2025.'
    """
    return SENTENCES[str(one["name"])](one, currency)


def _month(period: object) -> str:
    return periods.in_words(str(period), "month") if period else "the history held"


def _record(one: Mapping[str, Any], currency: str) -> str:
    deficit = one["flow"] == "B" and one["value"] < 0
    what = "deficit" if deficit else "balance" if one["flow"] == "B" else flow(one["flow"]).lower()
    what += " of the month"
    best = amount(
        abs(one["against"]) if deficit and known(one["against"]) else one["against"], currency, half_width=5e7
    )
    reach = f"of the months held since {_month(one['since'])}" + (f" ({one['note']})" if one["note"] else "")
    verb = "is" if one["flow"] == "B" else "are"
    if one["holds"] and one["against"] is None:
        return f"The {what} {verb} the first {reach}."
    if one["holds"]:
        return f"The {what} {verb} the largest {reach}; before it {best} in {_month(one['against_period'])}."
    return f"The {what} {verb} no record: {_month(one['against_period'])} had {best} {currency}, the largest {reach}."


def _run(one: Mapping[str, Any], currency: str) -> str:
    moved = "risen" if one["holds"] else "fallen"
    note = f"; it {one['note']}" if one["note"] else ""
    name = flow(one["flow"])
    return f"{name} have {moved} for {one['value']:.0f} months in a row, since {_month(one['since'])}{note}."


def _rolling(one: Mapping[str, Any], currency: str) -> str:
    word = "surplus" if one["value"] >= 0 else "deficit"
    size = amount(abs(one["value"]), currency, half_width=5e7)
    record = f", the largest of those held since {_month(one['since'])}" if one["holds"] else ""
    return f"The {word} of the last twelve months is {size} {currency}{record}; a calendar year is another sum."


def _share_of_gdp(one: Mapping[str, Any], currency: str) -> str:
    word = "surplus" if one["value"] >= 0 else "deficit"
    size = percent(abs(one["value"]), signed=False)
    what = f"the GDP of {one['against_period']}" + ("" if one["holds"] else ", the latest held")
    return (
        f"The {word} of the last twelve months is {size} of {what} (World Bank, current {currency}; customs balance)."
    )


def _poll(one: Mapping[str, Any], currency: str) -> str:
    if one["unit"] == "currency":
        printed, poll = (amount(one[name], currency, half_width=5e6) for name in ("value", "against"))
        return f"{flow(one['flow'])}: {printed} {currency} against a poll of {poll} ({one['note']})."
    growth = f"{percent(one['value'])} against a poll of {percent(one['against'])}"
    gap = f"{100 * abs(one['value'] - one['against']):.1f} points {'above' if one['holds'] else 'below'} it"
    return f"{flow(one['flow'])}: {growth}, {gap} ({one['note']})."


def _two_year(one: Mapping[str, Any], currency: str) -> str:
    return f"{flow(one['flow'])} against two years before: {percent(one['value'])} a year on average (levels as held)."


def _base(one: Mapping[str, Any], currency: str) -> str:
    now, ago = 100 * one["value"], 100 * one["against"]
    size = f"{_signed(now - ago, 1)} points on last month's rate, in logs"
    why = f"{_signed(now, 1)} from this month's move on the last, {_signed(-ago, 1)} from the same move a year ago"
    return f"{flow(one['flow'])}: growth moved {size}: {why}."


def _adjusted(one: Mapping[str, Any], currency: str) -> str:
    how = one["note"] or "adjusted for season, New Year and working days by us, not by the office"
    three = f"the last three months on the three before {percent(one['against'])}"
    return f"{flow(one['flow'])} on the month before: {percent(one['value'])}; {three} ({how})."


SENTENCES: dict[str, Callable[[Mapping[str, Any], str], str]] = {
    "record": _record,
    "run": _run,
    "rolling year": _rolling,
    "share of GDP": _share_of_gdp,
    "poll": _poll,
    "month on month": _adjusted,
    "two-year growth": _two_year,
    "base effect": _base,
}
