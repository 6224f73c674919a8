"""Currencies of amounts: signs, codes and names that stand before a number (`$`, `Rs`) or after it (`yuan`)."""

from collections.abc import Sequence

from entrepot.claims.numerals import SCALES
from entrepot.claims.words import Token, one_of

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "YEN", "₹": "INR", "₩": "KRW", "₫": "VND", "₽": "RUB"}
_SIGNS |= {"₱": "PHP", "₺": "TRY", "₦": "NGN", "฿": "THB", "₴": "UAH", "₪": "ILS", "₨": "INR"}
_DOLLARS = {"us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "hk": "HKD", "nt": "TWD", "s": "SGD"}
_DOLLARS |= {"r": "BRL", "nz": "NZD", "sg": "SGD"}
_CODES = {
    word: word.upper()
    for word in one_of(
        "usd cny eur jpy krw inr brl vnd gbp cad aud twd sgd hkd mxn chf rub thb idr myr php try aed sar zar pln "
        "czk huf dkk sek nok ils ngn bdt pkr lkr egp kzt uah clp nzd"
    )
} | {"rmb": "CNY", "cnh": "CNY", "rs": "INR", "re": "INR", "rm": "MYR", "rp": "IDR", "tk": "BDT"}
_CURRENCIES = {
    **dict.fromkeys(("yuan", "renminbi"), "CNY"),
    **dict.fromkeys(("dollar", "dollars"), "USD"),
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **{"yen": "JPY", "won": "KRW", "dong": "VND", "baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "reais": "BRL"},
    **dict.fromkeys(("rupee", "rupees"), "INR"),
    **dict.fromkeys(("rouble", "roubles", "ruble", "rubles"), "RUB"),
    **{
        "pounds": "GBP",
        "pound": "GBP",
        "sterling": "GBP",
        "francs": "CHF",
        "pesos": "MXN",
        "lira": "TRY",
        "rand": "ZAR",
        "taka": "BDT",
        "zloty": "PLN",
        "shekels": "ILS",
        "dirhams": "AED",
        "riyals": "SAR",
    },
}
_NATIONAL_DOLLARS = {"canadian": "CAD", "australian": "AUD", "singapore": "SGD", "taiwan": "TWD", "hong": "HKD"}
_LETTERS = {"Y": "JPY", "R": "ZAR"}
OPENERS = frozenset(("us", "y", *_SIGNS, *_DOLLARS, *_CODES))
"""Words and signs that an amount may begin with."""


def before(words: Sequence[Token], i: int) -> tuple[str, int]:
    """Currency code that stands before a number at i, and the token after it."""
    here, low = words[i], words[i].low
    if here.kind == "n" or i + 1 >= len(words):
        return "", i
    following = words[i + 1]
    if low == "$" and following.low in _DOLLARS and not following.gap and words[min(i + 2, len(words) - 1)].kind == "n":
        return _DOLLARS[following.low], i + 2  # $US41 billion
    if low in _SIGNS:
        return _SIGNS[low], i + 1
    if low == "r" and here.text == "R" and following.low == "$" and i + 2 < len(words):
        return "BRL", i + 2
    if (
        here.text == "R"
        and following.kind == "n"
        and not following.gap
        and words[min(i + 2, len(words) - 1)].low in SCALES
    ):
        return "ZAR", i + 1
    if low in _DOLLARS and following.low == "$" and not following.gap and i + 2 < len(words):
        return _DOLLARS[low], i + 2
    if low in ("us", "usd") and following.low == "$" and i + 2 < len(words):
        return "USD", i + 2
    if here.text == "US" and following.kind == "n" and i + 2 < len(words) and words[i + 2].low in SCALES:
        return "USD", i + 1  # US 489 billion
    if here.text in _LETTERS and following.kind == "n" and not following.gap and not following.glue:
        return _LETTERS[here.text], i + 1  # Y548.5 billion
    if low in _CODES and (here.text.isupper() or low in ("rs", "re", "rmb", "rp", "tk")) and here.kind == "w":
        at = i + 2 if following.low in (".", "$") and i + 2 < len(words) else i + 1
        if words[at].kind == "n":
            return _CODES[low], at
    return "", i


def after(words: Sequence[Token], i: int) -> tuple[str, int]:
    """Currency code that stands after a number that ends before i, and the token after it."""
    if i >= len(words):
        return "", i
    low = words[i].low
    if low in ("of", "worth") and i + 2 < len(words):  # billions of dollars
        code, then = after(words, i + 1)
        return (code, then) if low == "of" and code and then == i + 2 else ("", i)
    if low in _CURRENCIES:
        return _CURRENCIES[low], i + 1
    if low in _CODES and (words[i].text.isupper() or low in ("rs", "rmb")):
        return _CODES[low], i + 1
    if low in _SIGNS and (i + 1 >= len(words) or words[i + 1].kind != "n"):
        return _SIGNS[low], i + 1
    if i + 1 < len(words) and words[i + 1].low in ("dollar", "dollars", "$"):
        if low in ("us", "american", "u.s"):
            return "USD", i + 2
        if low in _NATIONAL_DOLLARS:
            return _NATIONAL_DOLLARS[low], i + 2
    if low == "chinese" and i + 1 < len(words) and words[i + 1].low == "yuan":
        return "CNY", i + 2
    if low == "kong" and i + 1 < len(words) and words[i + 1].low == "dollars":
        return "HKD", i + 2
    return "", i
