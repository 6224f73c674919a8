"""Countries, groups, products, flows and currencies: what people call them, and what each office calls them.

The tables (but for names in other languages) are ours and lie as CSV beside this file, in `data/codes`; the first
look-up reads them. Every date in them is the first day on which a thing holds (`joined`, `valid_from`) or no longer
holds (`left`, `valid_to`).
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NoReturn, get_args

from entrepot.errors import UnknownCode

Style = Literal["name", "short", "chinese"]
Scheme = Literal["m49", "comtrade", "baci", "census", "iso2", "geonom", "imf", "wits"]
Row = Mapping[str, str]

WORLD, TOTAL = "WLD", "TOTAL"
SHORT = 4  # letters up to which a word may be a misspelled code
LONGEST = 60  # letters of what was typed that a refusal repeats
HS = "HS2022"
CAREFUL = frozenset(
    {
        *("canaries", "cayman", "chad", "china", "dominica", "emirates", "georgia", "grenada", "guernsey", "guinea"),
        *("japan", "jersey", "jordan", "mali", "niger", "polish", "reunion", "turkey", "us"),
    }
)
"""Phrases that are a country only with a capital (`US`: only in capitals); in small letters they are other words."""
STRANGERS = frozenset(
    {
        *("south china sea", "east china sea", "south china morning post", "china daily", "bank of china", "air china"),
        *("bank of america", "new mexico", "gulf of mexico", "new jersey", "indian ocean", "sea of japan"),
        *("taiwan strait", "panama canal", "korean peninsula", "bank of japan", "bank of korea", "state of georgia"),
        *(
            "east asia",
            "south asia",
            "west asia",
            "northeast asia",
            "southwest asia",
            "eastern europe",
            "western europe",
        ),
        *("northern europe", "southern europe", "west africa", "east africa", "southern africa", "north africa"),
        *("sub-saharan africa", "northern africa", "american depositary", "american chamber of commerce"),
    }
)
"""Phrases that hold the name of a partner and are not that partner, for readers of text; all are in small letters.
Names of currencies (`us dollar`) are of this kind too: `currency` knows them."""


_FOLDER = Path(__file__).parent / "data" / "codes"
_DIGITS = str.maketrans("", "", ". ")
_OTHER_SCHEME = re.compile(r"(naics|sitc|bec|isic|cpa)[ :-]?([0-9][0-9a-z.]*)", re.IGNORECASE)
_PLAIN = str.maketrans({**dict.fromkeys('“”".', ""), **dict.fromkeys("-_/,()", " "), "’": "'", "‘": "'", "&": " and "})


# --- what people say --------------------------------------------------------------------------------------------------


def country(word: str) -> str:
    """ISO3 code of the country called `word`: a code, a name or an alias, in any case, in English or Chinese.

    Besides, a two-letter code (ISO 3166) where nothing else is called so, and names in German, Spanish, French,
    Portuguese, Italian, Korean, Japanese and Vietnamese.

    >>> country("china"), country("中国"), country("Viet Nam"), country("UK"), country("Côte d’Ivoire")
    ('CHN', 'CHN', 'VNM', 'GBR', 'CIV')
    >>> country("VN"), country("대한민국"), country("Vereinigte Staaten"), country("Estados Unidos")
    ('VNM', 'KOR', 'USA', 'USA')

    Raises
    ------
    UnknownCode
        If no country is called so; the message names the nearest.
    """
    called = _called("countries")
    if code := called.get(_key(word)):
        return code
    other = _called("groups").get(_key(word)) or _elsewhere(word)
    if other and kind(other) == "country":
        return other
    if other:
        raise UnknownCode(f"{word!r} is no country but a partner ({other}); a code (CHN) or a name is expected.")
    _refuse("country", word, "a code (CHN) or a name", called)


def group(word: str) -> str:
    """Code of the bloc, continent or special group called `word`.

    >>> group("东盟"), group("eu"), group("belt and road")
    ('ASEAN', 'EU27', 'BRI')

    Raises
    ------
    UnknownCode
        If no group is called so; the message names the nearest.
    """
    called = {key: code for key, code in _called("groups").items() if kind(code) == "group"}
    if code := called.get(_key(word)):
        return code
    _refuse("group", word, "a code (ASEAN) or a name", called)


def partner(word: str) -> str:
    """Code of the country, group, residual or World called `word`.

    >>> partner("vietnam"), partner("EU"), partner("world"), partner("世界")
    ('VNM', 'EU27', 'WLD', 'WLD')

    Raises
    ------
    UnknownCode
        If nothing is called so; the message names the nearest.
    """
    called = _called("countries", "groups")
    if code := called.get(_key(word)) or _elsewhere(word):
        return code
    _refuse("partner", word, "a country (VNM), a group (ASEAN) or WLD", called)


def product(word: str) -> tuple[str, str]:
    """Code and classification of the product called `word`: an HS code, a chapter, a named aggregate or all goods.

    Digits are HS codes of the 2022 edition, with their zeros; of headings and subheadings only the chapter is checked.
    A code of another classification is given with its name and is not checked.

    >>> product("8542"), product("85.42.31"), product("vehicles"), product("chips"), product("all goods")
    (('8542', 'HS2022'), ('854231', 'HS2022'), ('87', 'HS2022'), ('integrated-circuits', 'aggregate'), ('TOTAL', ''))
    >>> product("NAICS 333"), product("sitc-781")
    (('333', 'NAICS'), ('781', 'SITC'))

    Raises
    ------
    UnknownCode
        If the digits are no HS code of 2, 4 or 6 digits, or nothing is called so; the message names the nearest.
    """
    if other := _OTHER_SCHEME.fullmatch(word.strip()):
        return other[2].upper(), other[1].upper()
    key = _key(word)
    digits = key.removeprefix("hs").translate(_DIGITS)
    if digits.isascii() and digits.isdigit():
        return _hs(word, digits), HS
    called = _called("chapters", "aggregates")
    if (code := called.get(key)) is None:
        _refuse("product", word, "an HS code (85, 8542), a named product (high-tech) or TOTAL", called)
    return code, ("" if code == TOTAL else HS if code.isdigit() else "aggregate")


def flow(word: str) -> str:
    """Code of the flow called `word`: `X`, `M`, `RX`, `RM`, `T` (total trade) or `B` (balance).

    >>> flow("exports"), flow("进口"), flow("trade surplus"), flow("x")
    ('X', 'M', 'B', 'X')

    Raises
    ------
    UnknownCode
        If no flow is called so; the message names the nearest.
    """
    called = _called("flows")
    if isinstance(word, str) and (code := called.get(_key(word))):
        return code
    _refuse("flow", word, "exports (X), imports (M), total (T) or balance (B)", called)


def currency(word: str) -> str:
    """ISO 4217 code of the currency called `word`.

    >>> currency("yuan"), currency("US$"), currency("人民币"), currency("eur")
    ('CNY', 'USD', 'CNY', 'EUR')

    Raises
    ------
    UnknownCode
        If no currency is called so; the message names the nearest.
    """
    called = _called("currencies")
    if code := called.get(_key(word)):
        return code
    _refuse("currency", word, "a code (USD) or a name (yuan)", called)


def phrases() -> Mapping[str, str]:
    """Every name, alias and adjective of countries, groups and the World, in small letters, with its code.

    Codes themselves (`and`, `are`, `can` ...) and residuals are left out. For the phrases in `CAREFUL` the reader has
    to look at the capital. Longer phrases come first, so that `south korean` is met before `korean`.

    >>> phrases()["chinese"], phrases()["latin american"], phrases()["美国"], "and" in phrases()
    ('CHN', 'LATAM', 'USA', False)
    """
    return _phrases()


# --- what codes mean --------------------------------------------------------------------------------------------------


def name(code: str, style: Style = "name", *, classification: str | None = None) -> str:
    """Return what people read for a code of a country, group, product, flow or currency.

    `short` fits a chart label (about 12 letters), `chinese` is the customs office's usage; where a table has none, the
    name stands. HS chapters are named unless `classification` says that the digits are not HS; longer HS codes are
    named `HS 8542` where it says that they are. A code that is in no table comes back unchanged.

    >>> name("KOR"), name("KOR", "short"), name("KOR", "chinese"), name("X"), name("87"), name("WLD"), name("Q9")
    ('South Korea', 'S. Korea', '韩国', 'Exports', 'Vehicles', 'World', 'Q9')
    """
    digits = code.isascii() and code.isdigit()
    hs = (classification or "").startswith("HS")
    if digits and classification is not None and not hs:
        return code
    row = _named().get(code)
    if row is None:
        return f"HS {code}" if digits and hs else code
    return row.get(style) or row["name"]


def symbol(code: str) -> str:
    """Sign of a currency before an amount, `US$` style where a bare sign would be ambiguous; the code if not held.

    >>> symbol("USD"), symbol("CNY"), symbol("XAU")
    ('$', 'CN¥', 'XAU')
    """
    return next((row["symbol"] for row in _rows("currencies") if row["code"] == code), code)


def own_currency(code: str) -> str | None:
    """Currency that a reporter uses today; None where our table does not say.

    >>> own_currency("CHN"), own_currency("DEU"), own_currency("AFG")
    ('CNY', 'EUR', None)
    """
    return next((row["code"] for row in _rows("currencies") if code in _list(row["users"])), None)


def hs_codes(code: str) -> tuple[str, ...]:
    """HS codes (2022 edition) that a named aggregate approximates; empty where no list of codes comes near.

    An HS code is its own list. The office's aggregate may be wider or narrower: use it to compare, not to replace.

    >>> hs_codes("integrated-circuits"), hs_codes("rare-earths"), hs_codes("high-tech"), hs_codes("85")
    (('8542',), ('280530', '2846'), (), ('85',))

    Raises
    ------
    UnknownCode
        If `code` is no HS code and no named aggregate.
    """
    if code.isdigit():
        return (_hs(code, code),)
    if (row := _index("aggregates").get(code)) is None:
        _refuse("product", code, "an HS code (85, 8542) or a named product (high-tech)", _called("aggregates"))
    return tuple(_list(row["hs"]))


def kind(code: str) -> Literal["country", "group", "world", "residual", "unknown"]:
    """Say what a partner's code is; `group` covers blocs, continents and special groups.

    >>> kind("CHN"), kind("ASEAN"), kind("WLD"), kind("OTH_ASIA"), kind("XYZ")
    ('country', 'group', 'world', 'residual', 'unknown')
    """
    if code in _index("countries"):
        return "country"
    if (row := _index("groups").get(code)) is None:
        return "unknown"
    if row["kind"] == "world":
        return "world"
    return "residual" if row["kind"] == "residual" else "group"


def groups() -> frozenset[str]:
    """Codes of all groups: blocs, continents and special lists."""
    return frozenset(code for code in _index("groups") if kind(code) == "group")


def definition(code: str) -> str:
    """Return what decides who belongs to a group: one line, with the date that the group or its list has.

    >>> definition("EU27")
    'the fixed list of 27, without the United Kingdom (since 2020-02-01)'

    Raises
    ------
    UnknownCode
        If `code` is no code of the groups table.
    """
    row = _index("groups").get(code) or _no_group(code)
    return f"{row['definition']} (since {row['since']})" if row["since"] else row["definition"]


def members(code: str, on: str | None = None) -> frozenset[str]:
    """Members of a group, on a day, at the end of a month or year, or (None) as the table has them now.

    A special group (`BRI`) has no agreed list: the set is empty, and `overlaps` says that it may overlap anything.
    A continent holds its residual (`OTH_ASIA`), so that its parts add to the office's figure.

    >>> len(members("ASEAN", on="2025-09")), len(members("ASEAN")), "GBR" in members("EUN", on="2019")
    (10, 11, True)

    Raises
    ------
    UnknownCode
        If `code` is not the code of a group.
    """
    if kind(code) != "group":
        _no_group(code)
    return _members(code, on)


def groups_of(iso3: str, on: str | None = None) -> frozenset[str]:
    """Groups that list a country or residual as a member, `on` a day, month or year, or now.

    >>> sorted(groups_of("VNM") & {"ASEAN", "ASIA", "APEC", "EU27"})
    ['APEC', 'ASEAN', 'ASIA']
    """
    return frozenset(code for code in _memberships() if iso3 in members(code, on))


def existed(iso3: str, on: str) -> bool:
    """Whether a country of the table existed on a day, or at the end of a month or year.

    >>> existed("SUN", "1990"), existed("SUN", "1992"), existed("SSD", "2011-06")
    (True, False, False)
    """
    return iso3 in _index("countries") and _holds(_index("countries")[iso3], on, "valid_from", "valid_to")


def overlaps(a: str, b: str, on: str | None = None) -> bool:
    """Whether two partners may share trade, so that their values must not be added.

    A group overlaps its members and every group that shares one; a former country overlaps its successors; the World
    overlaps all; a group without a list (`BRI`) may overlap anything. A code in no table overlaps itself and the World.

    >>> overlaps("ASEAN", "VNM"), overlaps("ASEAN", "RCEP"), overlaps("ASEAN", "EU27"), overlaps("SUN", "RUS")
    (True, True, False, True)
    """
    if a == b or WORLD in (a, b):
        return True
    first, second = _parts(a, on), _parts(b, on)
    return not first or not second or not first.isdisjoint(second)


# --- what offices write -----------------------------------------------------------------------------------------------


def office_code(iso3: str, scheme: Scheme, on: str | None = None) -> str:
    """Code of a country in an office's own scheme, as text, `on` a day the office was asked (None: now).

    Schemes: `m49` (three digits), `comtrade` and `baci` (numbers that differ from M49 for the United States, France,
    Italy and others), `census` (Schedule C), `iso2`, `geonom` (Eurostat Comext), `imf` (IMTS), `wits`.

    >>> office_code("USA", "comtrade"), office_code("USA", "m49"), office_code("ITA", "comtrade", on="2024")
    ('842', '840', '381')

    Raises
    ------
    UnknownCode
        If the office has no code for it, or several at a time (Gaza and the West Bank in the census scheme).
    """
    _known_scheme(scheme)
    own = [r["code"] for r in _office(scheme) if r["iso3"] == iso3 and _holds(r, on, "valid_from", "valid_to")]
    if len(own) > 1:
        raise UnknownCode(f"{name(iso3)} has several {scheme} codes, {' and '.join(own)}; ask for each and add them.")
    if own:
        return own[0]
    regular = _regular(iso3, scheme)
    if regular is None or any(r["code"] == regular for r in _office(scheme)):  # taken: Comtrade's 492 is not Monaco
        _no_office_code(iso3, scheme)
    return regular


def from_office(code: str | int, scheme: Scheme, on: str | None = None) -> str:
    """Our code of the partner to which an office gives `code`; with `on`, only if the office used it then.

    Numbers are read with or without leading zeros. Several codes may mean one country (380 and 381 are both Italy).

    >>> from_office(842, "comtrade"), from_office("5700", "census"), from_office("490", "baci"), from_office("4", "m49")
    ('USA', 'CHN', 'TWN', 'AFG')

    Raises
    ------
    UnknownCode
        If nothing in the table has that code in the scheme.
    """
    _known_scheme(scheme)
    text = _office_text(str(code), scheme)
    for row in _office(scheme):
        if row["code"] == text and (on is None or _holds(row, on, "valid_from", "valid_to")):
            return row["iso3"]
    if iso3 := _regular_back(scheme).get(text):
        return iso3
    near = [f"{c} ({name(i)})" for c, i in _regular_back(scheme).items() if c in get_close_matches(text, [c], 1, 0.6)][
        :3
    ]
    hint = f"Near it: {', '.join(near)}." if near else "The office's own list of partners names it."
    raise UnknownCode(f"The {scheme} code {str(code)!r} is in no table of ours. {hint}")


# --- inside -----------------------------------------------------------------------------------------------------------


@cache
def _rows(table: str) -> tuple[Row, ...]:
    with (_FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(MappingProxyType({**row, "code": row.get("code") or row["iso3"]}) for row in csv.DictReader(file))


@cache
def _index(table: str) -> dict[str, Row]:
    return {row["code"]: row for row in _rows(table)}


@cache
def _named() -> dict[str, Row]:
    tables = ("currencies", "flows", "chapters", "aggregates", "groups", "countries")
    return {code: row for table in tables for code, row in _index(table).items()}


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


@cache
def _key(word: str) -> str:
    """Bring what is said to one form: no case, accents, marks between words, `the`; `st` is `saint`."""
    parts = unicodedata.normalize("NFKD", str(word)).casefold().translate(_PLAIN)
    words = "".join(c for c in parts if not unicodedata.combining(c)).split()
    return " ".join("saint" if w == "st" else w for w in (words[1:] if words[:1] == ["the"] else words))


def _words(row: Row) -> Iterator[str]:
    """Code, names and aliases of a row."""
    yield from (row[field] for field in ("code", "name", "short", "chinese", "symbol") if row.get(field))
    yield from _list(row.get("aliases", ""))


@cache
def _called(*tables: str) -> dict[str, str]:
    return {_key(word): row["code"] for table in tables for row in _rows(table) for word in _words(row)}


def _elsewhere(word: str) -> str | None:
    """Code of what is called `word` in another language, or has it as its two-letter code; None if nothing is."""
    return _in_other_languages().get(_key(word)) or _two_letters().get(_key(word))


@cache
def _in_other_languages() -> dict[str, str]:
    return {_key(row["name"]): row["code"] for row in _rows("names")}


@cache
def _two_letters() -> dict[str, str]:
    return {_key(row["iso2"]): row["code"] for row in _rows("countries") if row["iso2"]}


@cache
def _phrases() -> Mapping[str, str]:
    found = {}
    for row in (*_rows("countries"), *(r for r in _rows("groups") if r["kind"] != "residual")):
        said = [row["name"], row["chinese"]]
        if row["code"] != WORLD:
            said += _list(row["aliases"]) + _list(row["demonyms"])
        for word in filter(None, said):
            plain = unicodedata.normalize("NFKD", word.casefold())
            found[word.casefold()] = row["code"]
            found["".join(c for c in plain if not unicodedata.combining(c))] = row["code"]
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))))


def _refuse(what: str, word: str, expected: str, called: Mapping[str, str]) -> NoReturn:
    """Refuse `word`, naming the nearest: what has the same letters, else what is spelled alike or has it as a word."""
    if not isinstance(word, str):
        raise UnknownCode(f"One {what} is expected as text: {expected}; not {word!r}.")
    if len(word) > LONGEST:
        word = f"{word[:LONGEST]}..."
    if several := [part for part in re.split(r"[,;|+]", word) if part.strip()][1:]:
        raise UnknownCode(
            f"One {what} is expected here, and {word!r} lists {len(several) + 1} (where several are taken, a comma "
            f"stands between them). Give one: {expected}."
        )
    key = _key(word)
    same = [code for said, code in called.items() if sorted(said) == sorted(key)]
    alike = 0.6 if len(key) <= SHORT else 0.8  # of two letters in three the one may be meant for the other
    close = same or [called[said] for said in get_close_matches(key, called, cutoff=alike)]
    if len(key) > SHORT:  # a whole word of a name says more than letters that look alike
        having = sorted((said for said in called if key in said.split()), key=len)
        close = [called[said] for said in having] or close
    near = list(dict.fromkeys(close))[:4]
    if what in ("country", "group", "partner"):
        near = [f"{code} ({name(code)})" if name(code) != code else code for code in near]
    hint = f"Did you mean {' or '.join(near)}?" if near else "`entrepot have` lists those held."
    raise UnknownCode(f"No {what} is called {word!r}; {expected} is expected. {hint}")


def _hs(word: str, digits: str) -> str:
    """Check the length and chapter of an HS code."""
    chapters = _index("chapters")
    given = f"No product is called {word!r}; an HS code has 2, 4 or 6 digits"
    if len(digits) > 6:
        raise UnknownCode(f"{given}, and longer codes are national lines. Did you mean {digits[:6]}?")
    if len(digits) % 2:
        near = [code for code in (digits[:-1], "0" + digits) if code[:2] in chapters]
        raise UnknownCode(f"{given}, with its zeros. Did you mean {' or '.join(near)}?")
    if digits[:2] not in chapters or digits[:2] == "77":
        near = [code for code in (f"{int(digits[:2]) + step:02d}" for step in (-1, 1)) if code in chapters]
        raise UnknownCode(f"{given} and there is no chapter {digits[:2]}. Did you mean {' or '.join(near)}?")
    return digits


def _no_group(code: str) -> NoReturn:
    groups = [row["code"] for row in _rows("groups") if kind(row["code"]) == "group"]
    raise UnknownCode(f"{code!r} is no group; one of {', '.join(groups)} is expected.")


@cache
def _memberships() -> dict[str, tuple[Row, ...]]:
    rows = _rows("members")
    return {code: tuple(r for r in rows if r["code"] == code) for code in dict.fromkeys(r["code"] for r in rows)}


@lru_cache(maxsize=4096)
def _members(code: str, on: str | None) -> frozenset[str]:
    return frozenset(row["member"] for row in _memberships().get(code, ()) if _holds(row, on, "joined", "left"))


def _holds(row: Row, on: str | None, first: str, after: str) -> bool:
    """Whether a dated row holds on a day, at the end of a month or year, or (None) after all its dates."""
    if on is None:
        return not row[after]
    day = on + "-12-31"[len(on) - 4 :] if len(on) in (4, 7) else on
    return row[first] <= day and (not row[after] or day < row[after])


@cache
def _parts(code: str, on: str | None) -> frozenset[str]:
    """Countries of a group, or a country with those it fell apart into; empty where the list is unknown."""
    held: Iterable[str] = members(code, on) if kind(code) == "group" else {code}
    former = _index("countries")
    return frozenset(part for one in held for part in (one, *_list(former[one]["successors"] if one in former else "")))


@cache
def _office(scheme: str) -> tuple[Row, ...]:
    return tuple(row for row in _rows("office_codes") if row["scheme"] == scheme)


def _known_scheme(scheme: str) -> None:
    if scheme not in get_args(Scheme):
        raise UnknownCode(f"{scheme!r} is no scheme of office codes; one of {', '.join(get_args(Scheme))} is expected.")


def _office_text(code: str, scheme: str) -> str:
    if scheme in ("comtrade", "baci") and code.isdigit():
        return str(int(code))
    return code.zfill({"m49": 3, "census": 4}.get(scheme, 0)) if code.isdigit() else code


def _regular(iso3: str, scheme: str) -> str | None:
    """Code that follows from the countries table; None where there is none."""
    row = _index("countries").get(iso3)
    if row is None or scheme == "census":
        return None
    if scheme in ("m49", "comtrade", "baci"):
        return _office_text(row["m49"], scheme) or None
    return (row["iso2"] if scheme in ("iso2", "geonom") else iso3) or None


@cache
def _regular_back(scheme: str) -> dict[str, str]:
    pairs = ((_regular(row["code"], scheme), row["code"]) for row in _rows("countries"))
    return {code: iso3 for code, iso3 in pairs if code}


def _no_office_code(iso3: str, scheme: str) -> NoReturn:
    known = "" if kind(iso3) != "unknown" else f" {iso3!r} is no code of ours: start from codes.country(name)."
    raise UnknownCode(f"{name(iso3)} has no {scheme} code in our table.{known}")
