"""Which currency a number is of that names none: that of `in yuan terms`, or of a level beside it."""

from collections.abc import Sequence

from entrepot.claims.claim import Claim
from entrepot.claims.replacing import replace
from entrepot.claims.words import one_of

_NAMED = {
    **dict.fromkeys(("yuan", "renminbi", "rmb"), "CNY"),
    **dict.fromkeys(("dollar", "dollars", "usd"), "USD"),
    **{"rupee": "INR", "yen": "JPY", "won": "KRW", "euro": "EUR"},
}
_PAID = one_of(
    "settled settlement settlements invoiced paid payment payments conducted denominated priced done bonds made "
    "transactions billion million trillion loans deals"
)


def paired(claims: Sequence[Claim], lows: Sequence[str], text: str, start: int) -> list[Claim]:
    """Give the growth rates of a sentence, which starts at `start` in `text`, the currency that they are of."""
    named = terms(lows)
    told = []
    for claim in claims:
        if claim.growth_currency == "unstated":
            currency = _own(claim, claims, text) or named or _beside(claim, claims, text, start)
            claim = replace(claim, growth_currency=currency) if currency else claim
        elif claim.measure == "first_or_record":
            claim = _record(_of_mark(claim, claims), claims, named, text, start)
        told.append(claim)
    return told


def _of_mark(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """A first with the mark that was passed for the first time, where its sentence tells one of the same cell."""
    if claim.against or "first time" not in claim.stated.casefold():
        return claim
    marks = [c for c in claims if c.kind == claim.kind and _cell(c) == _cell(claim) and _is_mark(c)]
    if len(marks) != 1 or len(marks[0].unit) != 3 or marks[0].qualifier == "under":
        return claim
    series = "level" if claim.flow != "B" else "deficit" if marks[0].value < 0 else "surplus"
    return replace(claim, against=f">{abs(marks[0].value):g} {series} ever", growth_currency=marks[0].unit)


def _is_mark(claim: Claim) -> bool:
    """Whether a number is a mark that trade can pass: told as one, or a round amount."""
    return claim.measure == "threshold" or claim.measure == "level" and claim.digits <= 2


def _record(claim: Claim, claims: Sequence[Claim], named: str, text: str, start: int) -> Claim:
    """A record with the currency of the number beside it; by weight where that is one."""
    if not claim.against or claim.growth_currency:
        return claim
    alike = [c for c in claims if c is not claim and c.kind == claim.kind and _cell(c) == _cell(claim)]
    weighed = [c for c in alike if c.measure.startswith("volume")]
    money = named or _beside(claim, claims, text, start)
    if weighed and not money:
        return replace(claim, against=claim.against.replace(" level", " volume"))
    rates = {c.growth_currency for c in alike if c.growth_currency not in ("", "unstated")}
    money = money or (rates.pop() if len(rates) == 1 else "")
    return replace(claim, growth_currency=money) if money else claim


def _own(claim: Claim, claims: Sequence[Claim], text: str) -> str:
    """Currency told between a rate and the next one (`7 % lower in dollar terms and 3 % in rupee terms`)."""
    following = min((c.start for c in claims if c.start >= claim.end and c.unit == "%"), default=claim.end)
    return terms([word.strip(",.;:()") for word in text[claim.end : following].casefold().split()])


def terms(lows: Sequence[str]) -> str:
    """Currency of the last `in yuan terms` of a sentence; empty where it has none."""
    named = ""
    for i, low in enumerate(() if _NAMED.keys().isdisjoint(lows) else lows):
        if low in _NAMED and (_in_terms(_NAMED[low], lows[i + 1 : i + 3]) or _measured_in(lows, i)):
            named = _NAMED[low]
    return named


def _measured_in(lows: Sequence[str], i: int) -> bool:
    """Whether a currency is the one that trade is measured in (`trade in yuan fell`), not the one it is paid in."""
    return i > 1 and lows[i - 1] == "in" and lows[i - 2] not in _PAID and lows[i + 1 : i + 2] not in (["and"], ["or"])


def _in_terms(currency: str, ends: Sequence[str]) -> bool:
    if ends[:1] == ["terms"] or currency == "USD" and ends[:1] == ["denominated"]:
        return True
    return currency == "CNY" and ends == ["denominated", "terms"]


def _beside(claim: Claim, claims: Sequence[Claim], text: str, start: int) -> str:
    """Currency of the nearest level of the same cell, those in brackets last; empty where there is none."""
    levels = [
        c for c in claims
        if c.measure in ("level", "change_amount") and c.kind == claim.kind and len(c.unit) == 3
        and _cell(c) == _cell(claim)
    ]  # fmt: skip
    if not levels:
        return ""
    return min(levels, key=lambda c: (_bracketed(c, text, start), abs(c.start - claim.start))).unit


def _bracketed(claim: Claim, text: str, start: int) -> bool:
    """Whether a number is a second currency: in brackets, or after `or`."""
    before = text[max(start, claim.start - 16) : claim.start].split("(")
    return len(before) > 1 or before[0].rstrip().endswith((" or", "or about", "or some", "or around", "equivalent to"))


def _cell(claim: Claim) -> tuple[str, ...]:
    return claim.flow, claim.partner, claim.product, claim.period
