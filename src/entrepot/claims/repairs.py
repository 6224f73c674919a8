"""Slips that turn a right number into a wrong one: each gives what the claim would have been without it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from entrepot import periods
from entrepot.claims.claim import Claim
from entrepot.claims.replacing import replace

_AMOUNTS = ("level", "threshold", "change_amount")
SCALES = (10, 100, 1000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Repair:
    """One slip undone.

    Attributes
    ----------
    cause : str
        `scale`, `digit dropped`, `transposed`, `flow swapped`, `month for ytd`, `wrong year`, `wrong month`,
        `whole for part`, `currency` or `sign`.
    claim : Claim
        The claim as it would read without the slip: either its number or one of its slots differs.
    number : bool
        Whether the number differs (else a slot: the number is true of something else).
    """

    cause: str
    claim: Claim
    number: bool


def candidates(claim: Claim, near: Sequence[float] | None = None) -> Iterator[Repair]:
    """Yield every single slip that could have made a claim, cheapest first.

    Slips of the number change its value; slips of the slots leave it and change what it is said of. Where the figures
    that the number should have been are known (`near`), slips of the number that lead to none of them are left out.
    """
    yield from _numbers(claim, near)
    yield from _slots(claim)


def _leads(value: float, step: float, near: Sequence[float] | None) -> bool:
    return near is None or any(abs(value - other) <= 0.02 * abs(other) + 2 * step for other in near)


def _numbers(claim: Claim, near: Sequence[float] | None) -> Iterator[Repair]:
    if claim.measure not in ("rank", "consecutive", "multiple", "count", "first_or_record"):
        for factor in SCALES if claim.value else ():
            if _leads(claim.value * factor, claim.step * factor, near):
                yield _changed("scale", claim, claim.value * factor, claim.step * factor)
            if _leads(claim.value / factor, claim.step, near):
                yield _changed("scale", claim, claim.value / factor, claim.step / factor * _blank(claim, factor))
        if claim.flow == "B" or claim.measure.startswith(("growth", "change", "volume_growth")):
            yield Repair("sign", replace(claim, value=-claim.value), True)
        yield from _digits(claim, near)


def _blank(claim: Claim, factor: int) -> int:
    """How much coarser a number is than its digits where zeros were only put behind it: 1,100 % for 11 % is of ones."""
    told, power = round(abs(claim.value) / claim.step) if claim.step else 0, 1
    while told and told % (power * 10) == 0 and power < factor:
        power *= 10
    return power


def _changed(cause: str, claim: Claim, value: float, step: float) -> Repair:
    ratio = step / claim.step if claim.step else 1.0
    half = claim.rounding_half_width * ratio
    return Repair(cause, replace(claim, value=value, step=step, rounding_half_width=half), True)


def _digits(claim: Claim, near: Sequence[float] | None) -> Iterator[Repair]:
    """A digit dropped, before the decimal point or after it, two neighbours swapped, one digit off by one."""
    if claim.step <= 0:
        return
    text = str(int(round(abs(claim.value) / claim.step)))
    sign = -1 if claim.value < 0 else 1
    told = re.search(r"\d\.(\d+)", claim.stated) if claim.measure in _AMOUNTS else None
    seen = {(text, claim.step)}
    for cause, other, finer in _misprints(text, len(told[1]) if told else 0):
        step = claim.step / 10 if finer else claim.step
        if (other, step) in seen:
            continue
        seen.add((other, step))
        if not _leads(float(other) * step * sign, step, near):
            continue
        value = float(Decimal(other) * Decimal(repr(step))) * sign
        yield Repair(
            cause, replace(claim, value=value, step=step, rounding_half_width=step / 2, digits=len(other)), True
        )


def _misprints(text: str, decimals: int) -> Iterator[tuple[str, str, bool]]:
    """Digits that one slip made into `text`, and whether they have one more decimal: 1.076 became 1.76.

    Of digits behind the point only a zero is told from a number that was cut, or rounded another way.
    """
    if len(text) > 12:
        return
    for digit in "123456789":
        yield "digit dropped", digit + text, False
    for place in range(1, len(text)):
        for digit in "0123456789":
            yield "digit dropped", text[:place] + digit + text[place:], False
        if decimals and place >= len(text) - decimals:
            yield "digit dropped", f"{text[:place]}0{text[place:]}", True
    if len(text) > 1:
        for digit in "123456789":
            yield "digit dropped", text + digit, False
    for place in range(len(text) - 1):
        if text[place] != text[place + 1]:
            yield "transposed", text[:place] + text[place + 1] + text[place] + text[place + 2 :], False
    for place in range(len(text)):
        for step in (-1, 1):
            slipped = int(text[place]) + step
            if 0 <= slipped <= 9 and not (place == 0 and slipped == 0):
                yield "transposed", text[:place] + str(slipped) + text[place + 1 :], False


_OTHER_FLOWS = {"X": ("M", "T"), "M": ("X", "T"), "T": ("X", "M"), "B": ()}
_OTHER_CURRENCY = {
    "USD": ("CNY", "EUR"),
    "CNY": ("USD",),
    "EUR": ("USD",),
    "JPY": ("USD",),
    "INR": ("USD",),
    "KRW": ("USD",),
}


def _slots(claim: Claim) -> Iterator[Repair]:
    for flow in _OTHER_FLOWS.get(claim.flow, ()):
        yield Repair("flow swapped", replace(claim, flow=flow), False)
    yield from _periods(claim)
    if (claim.partner, claim.product) != ("WLD", "TOTAL"):
        if claim.measure == "growth_gap":
            whole = replace(claim, partner="WLD", product="TOTAL", measure="growth_yoy", growth_currency="unstated")
            yield Repair("whole for part", whole, False)
            return
        if claim.partner != "WLD":
            yield Repair("whole for part", replace(claim, partner="WLD"), False)
        if claim.product != "TOTAL":
            yield Repair("whole for part", replace(claim, product="TOTAL"), False)
    if claim.measure in _AMOUNTS:
        for unit in _OTHER_CURRENCY.get(claim.unit, ()):
            yield Repair("currency", replace(claim, unit=unit), False)


def _periods(claim: Claim) -> Iterator[Repair]:
    first, _, last = claim.period.partition("/")
    last = last or first
    if len(last) == 4 and first != last:
        return  # several years
    if len(last) == 7:
        if claim.span == "month":
            if last[5:] != "01":
                yield Repair("month for ytd", replace(claim, period=f"{last[:4]}-01/{last}", span="ytd"), False)
            for step in (-1, 1):
                yield Repair("wrong month", replace(claim, period=periods.later(last, step)), False)
        elif claim.span == "ytd":
            yield Repair("month for ytd", replace(claim, period=last, span="month"), False)
            yield from _other_end(claim, last)
    elif len(last) == 4:
        yield Repair("month for ytd", replace(claim, period=f"{last}-01/{last}-11", span="ytd"), False)
    for years in (1, -1, 2, -2):
        yield Repair("wrong year", replace(claim, period=_years_off(claim.period, years)), False)


def _other_end(claim: Claim, last: str) -> Iterator[Repair]:
    """Eleven months for twelve, and the like."""
    for step in (-1, 1):
        end = periods.later(last, step)
        if end[:4] != last[:4] or end[5:] == "01":
            continue
        if end[5:] == "12":
            yield Repair("month for ytd", replace(claim, period=end[:4], span="year"), False)
        else:
            yield Repair("wrong month", replace(claim, period=f"{end[:4]}-01/{end}"), False)


def _years_off(period: str, years: int) -> str:
    return "/".join(f"{int(part[:4]) - years}{part[4:]}" for part in period.split("/"))
