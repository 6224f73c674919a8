"""What changes: shocks to tariffs, costs, productivity, transfers and export controls, and the rules they come with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from entrepot.economy import Economy, numbers
from entrepot.errors import BadTable, EntrepotError, MissingData, UnknownCode, WrongUsage
from entrepot.labels import Words, elsewhere, holders, near, options, positions

if TYPE_CHECKING:
    from entrepot.answer import Answer

Array = NDArray[np.float64]
Block = tuple[slice | NDArray[np.intp], ...]  # rows, columns ... of a part of an array, as `_block` gives them
SHIPPED = Path(__file__).parent / "data" / "scenarios"
KINDS = ("tariff", "cost", "productivity", "transfer", "export-control")
DEFICITS = ("share of world GDP", "fixed", "zero", "zero first", "share of own income")
REBATES = ("lump sum", "income tax", "none")
HORIZONS = ("long", "medium", "short")
HIGH = 5.0  # duty above which a rate is asked to be looked at again
NUMERAIRE = "world value added"
EVERYWHERE = np.ones((1, 1, 1), dtype=bool)
ARRAYS = ("tariff_new", "cost_hat", "productivity_hat", "deficit_new")


@dataclass(frozen=True)
class Shock:
    """One change, in words. Exactly one of `to`, `add`, `times` is given.

    Attributes
    ----------
    kind : str
        `tariff`: ad valorem duty [fraction]; `cost`: non-tariff cost of delivery, `times` a ratio or `add` a fraction
        of the price; `productivity` of the seller's sector, `times` or `add`; `transfer`: deficit of `buyer` [fraction
        of its GDP], paid or received by `seller` (`*`: every other country in proportion to GDP); `export-control`:
        `times` 0 forbids the trade.
    buyer, seller, sector : str or tuple of str
        Labels of the economy, codes, names, groups, or `*` for all. A tariff, cost or control never falls on home
        trade.
    note : str
        Where the number comes from.
    """

    kind: str
    buyer: Words = "*"
    seller: Words = "*"
    sector: Words = "*"
    to: float | None = None
    add: float | None = None
    times: float | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise WrongUsage(f"{self.kind!r} is no kind of shock; one of {', '.join(KINDS)} is expected.")
        given = {name: getattr(self, name) for name in ("to", "add", "times") if getattr(self, name) is not None}
        if len(given) != 1:
            raise WrongUsage(f"A shock needs exactly one of to, add, times; {sorted(given) or 'none'} given in {self}.")
        amount = next(iter(given.values()))
        if isinstance(amount, bool) or not isinstance(amount, int | float) or not np.isfinite(amount):
            raise WrongUsage(f"A shock needs a finite number; {given} was given.")
        for name in ("buyer", "seller", "sector"):
            words = getattr(self, name)
            if not (isinstance(words, str) or _texts(words)):
                raise WrongUsage(
                    f"The {name} of a shock is a label or a list of labels, in quotes; {words!r} was given."
                )
            object.__setattr__(self, name, words if isinstance(words, str) else tuple(words))
        if self.kind in ("cost", "productivity") and self.to is not None:
            raise WrongUsage(f"The level of {self.kind} is not known, only its change: give times or add, not to.")
        idle = {"productivity": "buyer", "transfer": "sector"}.get(self.kind)
        if idle and getattr(self, idle) != "*":
            raise WrongUsage(f"A shock to {self.kind} has no {idle}; leave it out. {getattr(self, idle)!r} was given.")
        if self.kind == "export-control" and not (self.times == 0 or self.to == 0):
            raise WrongUsage(
                "An export-control forbids the trade: give times = 0. Partial limits are a cost (times > 1)."
            )

    def __str__(self) -> str:
        names = {name: getattr(self, name) for name in ("buyer", "seller", "sector", "to", "add", "times")}
        given = [f"{name} {value}" for name, value in names.items() if value not in ("*", None)]
        return f"the shock to {self.kind} ({', '.join(given)})"

    def moved(self, before: Array) -> Array:
        """Return the values after the shock, of those before it."""
        if self.to is not None:
            return np.full_like(before, self.to)
        after: Array = before + self.add if self.add is not None else before * self.times  # type: ignore[operator]
        return after


@dataclass(frozen=True, eq=False, repr=False)
class Shocked:
    """A scenario as arrays for one economy: what is new where. None stands for no change.

    `tariff_new` (N, N, S) [fraction], `cost_hat` (N, N, S), `productivity_hat` (N, S), `deficit_new` (N) [USD, world
    value added as numeraire], `embargo` (N, N, S) bool: trade that is forbidden; `warnings`: what could not take
    effect.
    """

    tariff_new: Array | None = None
    cost_hat: Array | None = None
    productivity_hat: Array | None = None
    deficit_new: Array | None = None
    embargo: NDArray[np.bool_] | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Scenario:
    """A change and the rules under which it is answered; every one is printed with the result.

    Attributes
    ----------
    name, title, reference : str
        `reference` names documents with dates. `economy` is the baseline it is meant for, `as_of` the date of the
        policy.
    begins : str
        Month in which the change took effect (`2025-05`); empty where it has not.
    against : str or Scenario
        What it is compared with: `baseline`, or another scenario.
    uncovered : str
        What happens to pairs that the source does not cover.
    balance : str
        Concept of the deficits; empty takes the economy's. Another one than the economy's is refused.
    deficits : str
        `share of world GDP`, `fixed` (in the wage that `numeraire` names), `zero` (closed together with the shock),
        `zero first` (closed, re-based, then shocked), `share of own income` (rescaled to sum to zero).
    numeraire : str
        `world value added` or a country's label: the unit of `fixed` deficits and of printed nominal changes.
    rebate : str
        `lump sum`; `income tax` (revenue cuts it, and labour answers); `none` (the treasury buys the same basket, and
        it counts in nobody's welfare).
    labour_elasticity : float or None
        Response of labour to the after-tax real wage; None is 0.5 under `income tax` and 0 otherwise.
    horizon : str
        `long`; `medium` and `short` lower theta, and `short` also holds labour in its sector.
    tariff_base, margin : str, float
        `cif`: duties fall on the delivered price; `fob`: on the price before freight, `margin` [fraction of it].
    pass_through : float
        Part of a new duty (in logs) that reaches the buyer's price; the rest is taken from the seller's receipts.
    shocks : tuple of Shock
    tariff_new, cost_hat, productivity_hat, deficit_new : arrays or None
        Whole arrays in place of shocks, as in `Shocked`.
    variants : mapping
        Named changes of paths (`shocks.0.to`), loaded as `name:variant`.
    """

    name: str
    title: str = ""
    reference: str = ""
    economy: str = ""
    as_of: str = ""
    begins: str = ""
    against: "str | Scenario" = "baseline"
    uncovered: str = "unchanged"
    balance: str = ""
    deficits: str = "share of world GDP"
    numeraire: str = NUMERAIRE
    rebate: str = "lump sum"
    labour_elasticity: float | None = None
    horizon: str = "long"
    tariff_base: str = "cif"
    margin: float = 0.0
    pass_through: float = 1.0
    shocks: tuple[Shock, ...] = ()
    tariff_new: Array | None = None
    cost_hat: Array | None = None
    productivity_hat: Array | None = None
    deficit_new: Array | None = None
    variants: Mapping[str, Mapping[str, Any]] | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        allowed = {
            "deficits": DEFICITS, "rebate": REBATES, "horizon": HORIZONS, "tariff_base": ("cif", "fob")
        }  # fmt: skip
        for field, words in allowed.items():
            if getattr(self, field) not in words:
                given = getattr(self, field)
                raise WrongUsage(f"{given!r} is no choice of {field}; one of {', '.join(words)} is expected.")
        for field in ("margin", "pass_through", "labour_elasticity"):
            value = getattr(self, field)
            if value is None and field == "labour_elasticity":
                continue
            if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
                raise WrongUsage(f"{field} is a number; {value!r} was given.")
        _words_of(self)
        if not 0 < self.pass_through <= 1:
            raise WrongUsage(f"pass_through is a fraction above 0, at most 1; {self.pass_through:g} was given.")
        if self.margin < 0 or (self.labour_elasticity or 0) < 0:
            raise WrongUsage("margin and labour_elasticity must not be negative.")
        object.__setattr__(self, "shocks", tuple(self.shocks))
        object.__setattr__(self, "notes", tuple(self.notes))

    @property
    def labour_response(self) -> float:
        """Labour elasticity that applies: as given, else 0.5 under an income-tax rebate, else 0."""
        if self.labour_elasticity is not None:
            return self.labour_elasticity
        return 0.5 if self.rebate == "income tax" else 0.0

    @property
    def hash(self) -> str:
        """Eight letters that change with any number or rule of the scenario."""
        import hashlib

        digest = hashlib.sha256()
        for field in fields(self):
            value = getattr(self, field.name)
            text = value.hash if isinstance(value, Scenario) else repr(value)
            digest.update(value.tobytes() if isinstance(value, np.ndarray) else text.encode())
        return digest.hexdigest()[:8]

    @staticmethod
    def names() -> list[str]:
        """Names of the scenarios that ship with the package."""
        return sorted(path.stem for path in SHIPPED.glob("*.toml"))

    @staticmethod
    def load(name: str | Path) -> "Scenario":
        """Read a shipped scenario by name, or a TOML file by path; `name:variant` takes one of its variants.

        Raises
        ------
        UnknownCode
            If nothing is called so; the nearest names are suggested.
        WrongUsage
            If the file holds a key or a value that no scenario has.
        """
        stem, _, variant = str(name).partition(":")
        path = SHIPPED / f"{stem}.toml" if stem in Scenario.names() else Path(stem)
        if not path.is_file():
            close = near(stem, Scenario.names())
            hint = f"Did you mean {' or '.join(close)}?" if close else _not_a_country(stem)
            raise UnknownCode(f"No scenario is called {stem!r}; a name or a path to a TOML file is expected. {hint}")
        import tomllib

        try:
            table = tomllib.loads(path.read_text("utf-8"))
        except UnicodeDecodeError as error:
            raise WrongUsage(
                f"{path.name} is not in UTF-8 (byte {error.start + 1}). Save it as text in UTF-8."
            ) from error
        except tomllib.TOMLDecodeError as error:
            raise WrongUsage(f"{path.name} is not TOML: {error}. Correct the file.") from error
        if not table:
            raise WrongUsage(f"{path.name} is empty. A scenario names its [[shocks]]: see docs/simulation.md.")
        scenario = Scenario.read({"name": path.stem, **table})
        if table.keys().isdisjoint(("shocks", "deficits", "variants", *ARRAYS)):
            raise WrongUsage(
                f"{path.name} changes nothing: it names no [[shocks]] and no rule of deficits. See docs/simulation.md."
            )
        return scenario.variant(variant) if variant else scenario

    @staticmethod
    def read(table: Mapping[str, Any]) -> "Scenario":
        """Build a scenario from the nested tables of a TOML file."""
        table = {key: value.isoformat() if isinstance(value, date) else value for key, value in table.items()}
        _known(table, [f.name for f in fields(Scenario) if f.name not in ARRAYS], "scenario")
        entries, shocks = table.pop("shocks", []), []
        if not (isinstance(entries, list) and all(isinstance(entry, Mapping) for entry in entries)):
            raise WrongUsage(f"Shocks are tables, each under its own [[shocks]]; {entries!r} was given.")
        for entry in entries:
            _known(entry, [f.name for f in fields(Shock)], "shock")
            if "kind" not in entry:
                raise WrongUsage(f"A shock needs a kind, one of {', '.join(KINDS)}; {dict(entry)} has none.")
            shocks.append(Shock(**entry))
        against = str(table.pop("against", "baseline"))
        other = against if against == "baseline" else Scenario.load(against)
        return Scenario(**table, shocks=tuple(shocks), against=other)

    def variant(self, name: str) -> "Scenario":
        """Return one of the scenario's variants, renamed `name:variant`."""
        held = self.variants or {}
        if name not in held:
            close = near(name, held)
            hint = f" Did you mean {' or '.join(close)}?" if close else ""
            raise UnknownCode(
                f"The scenario {self.name} has no variant {name!r}; it has {', '.join(held) or 'none'}.{hint}"
            )
        scenario = self
        for path, value in held[name].items():
            scenario = scenario.set(path, value)
        return replace(scenario, name=f"{self.name}:{name}", variants=None)

    @property
    def ran(self) -> str:
        """Which variant this is, in words: `april`, `october, the default`; empty where it is none of them.

        A scenario that was asked for without a variant is the one that moves the same shocks by as much.
        """
        stem, _, named = self.name.partition(":")
        if named:
            alike = stem in Scenario.names() and Scenario.load(stem).shocks == self.shocks
            return f"{named}, the default" if alike else named
        same = [one for one in self.variants or {} if self.variant(one).shocks == self.shocks]
        return f"{same[0]}, the default; others: {self._others(same[0])}" if same else ""

    def _others(self, name: str) -> str:
        return ", ".join(one for one in self.variants or {} if one != name)

    def set(self, path: str, value: Any) -> "Scenario":
        """Return the scenario with one entry changed: `deficits`, `shocks.0.to`, ...

        Setting one of `to`, `add`, `times` of a shock unsets the others.
        """
        head, *rest = path.split(".")
        if head == "shocks" and len(rest) == 2 and rest[0].isdigit() and int(rest[0]) < len(self.shocks):
            position, (_, name) = int(rest[0]), rest
            _known({name: value}, [f.name for f in fields(Shock)], "shock")
            amounts = dict.fromkeys(("to", "add", "times")) if name in ("to", "add", "times") else {}
            if name in ("buyer", "seller", "sector") and isinstance(value, int) and not isinstance(value, bool):
                value = str(value)  # a code that is all digits is still a label
            shock = replace(self.shocks[position], **{**amounts, name: value})
            return replace(self, shocks=(*self.shocks[:position], shock, *self.shocks[position + 1 :]))
        settable = {f.name for f in fields(self)} - {"shocks", "variants"}
        if rest or head not in settable:
            close = near(path, settable)
            hint = f" Did you mean {' or '.join(close)}?" if close else ""
            raise WrongUsage(
                f"A scenario has no {path!r}; the name of one of its entries or shocks.NUMBER.NAME is expected, and "
                f"{self.name} has {len(self.shocks)} shock(s), counted from 0.{hint}"
            )
        if head == "against":
            value = value if value == "baseline" else Scenario.load(value)
        return replace(self, **{head: value})

    def arrays(self, economy: Economy) -> Shocked:
        """The scenario as arrays for an economy; refuses what cannot be meant.

        Raises
        ------
        WrongUsage
            If two shocks fall on one cell, or a transfer meets a deficit rule that overrides it.
        MissingData
            If a shock falls only on pairs without trade (hats cannot create trade), or sets the level of a tariff whose
            baseline is not known.
        BadTable
            If an array has the wrong shape, a cost or productivity hat is not positive, deficits do not sum to zero.
        """
        return _arrays(self, economy)


def _not_a_country(word: str) -> str:
    """What to run where no scenario is called so; a country stands behind the scenario, not in its place."""
    from entrepot import codes

    try:
        code = codes.country(word)
    except UnknownCode:
        return "Run: entrepot simulate --list"
    return f"{codes.name(code)} is a country, and stands behind a scenario: entrepot simulate us-tariffs-2025 {code}"


def changed(scenario: Scenario, words: str) -> Scenario:
    """Return the scenario after one `PATH=VALUE` as people type it: `shocks.0.to=0.5`, `deficits=zero`.

    The value is read as TOML (number, text in quotes, list), else as plain text.
    """
    import tomllib

    path, equals, text = words.partition("=")
    if not equals:
        raise WrongUsage(f"{words!r} sets nothing; PATH=VALUE is expected, for example shocks.0.to=0.5.")
    try:
        value = tomllib.loads(f"value = {text.strip()}")["value"]
    except tomllib.TOMLDecodeError:
        value = text.strip()
    return scenario.set(path.strip(), value)


def listing() -> "Answer":
    """Return the scenarios that ship: name, title, economy, as_of, against, variants, one row each."""
    import pandas as pd

    from entrepot.answer import Answer

    rows = []
    for name in Scenario.names():
        held = Scenario.load(name)
        against = held.against if isinstance(held.against, str) else held.against.name
        variants = ", ".join(f"{name}:{variant}" for variant in held.variants or {})
        rows.append((name, held.title, held.economy, held.as_of, against, variants))
    columns = ["name", "title", "economy", "as_of", "against", "variants"]
    return Answer("simulate", {"scenarios": len(rows)}, pd.DataFrame(rows, columns=columns))


def where(scenario: Scenario, code: str) -> str:
    """Say which economy that ships holds a country and takes a scenario, or else which scenarios can be asked there."""
    held = holders(code)
    if not held or (found := [options(*one) for one in held if _taken(scenario, *one)]):
        return f"One that ships holds it: {' or '.join(found)}." if held else elsewhere(code)
    name, balance = held[0]
    others = [other for other in Scenario.names() if _taken(Scenario.load(other), name, balance)]
    said = f"{name} holds it, but {scenario.name} cannot be asked there"
    if not others:
        return f"{said}."
    return f"{said}; {', '.join(others)} can. Run: entrepot simulate {others[0]} {code} {options(name, balance)}"


def _taken(scenario: Scenario, name: str, balance: str) -> bool:
    """Whether a scenario's shocks, and those of what it is compared with, mean something in an economy that ships."""
    economy = Economy.load(name)
    try:
        replace(scenario, balance=balance).arrays(economy)
        return isinstance(scenario.against, str) or _taken(scenario.against, name, balance)
    except EntrepotError:
        return False


def _texts(words: Any) -> bool:
    return isinstance(words, list | tuple) and bool(words) and all(isinstance(word, str) for word in words)


def _words_of(scenario: Scenario) -> None:
    """Refuse words that are none, and a date that is no day."""
    for field in ("name", "title", "reference", "economy", "as_of", "uncovered", "balance", "numeraire"):
        if not isinstance(value := getattr(scenario, field), str):
            raise WrongUsage(f"{field} is text, in quotes; {value!r} was given.")
    if not (
        scenario.against == "baseline" if isinstance(scenario.against, str) else isinstance(scenario.against, Scenario)
    ):
        loaded = f" Pass Scenario.load({scenario.against!r})." if isinstance(scenario.against, str) else ""
        raise WrongUsage(f"against is `baseline` or another scenario; {scenario.against!r} was given.{loaded}")
    if scenario.notes and not _texts(scenario.notes):
        raise WrongUsage(f"notes are a list of texts; {scenario.notes!r} was given.")
    variants = scenario.variants or {}
    if not (isinstance(variants, Mapping) and all(isinstance(held, Mapping) for held in variants.values())):
        raise WrongUsage(f"Variants are tables, [variants.NAME] with PATH = VALUE under it; {variants!r} was given.")
    try:
        date.fromisoformat(scenario.as_of or "2000-01-01")
    except ValueError:
        raise WrongUsage(f"as_of is a day such as 2025-12-08; {scenario.as_of!r} was given.") from None


def _known(table: Mapping[str, Any], names: Sequence[str], what: str) -> None:
    for key in table:
        if key not in names:
            close = near(key, names)
            hint = f"Did you mean {' or '.join(close)}?" if close else f"It may have {', '.join(names)}."
            raise WrongUsage(f"A {what} has no {key!r}. {hint}")


def _arrays(scenario: Scenario, economy: Economy) -> Shocked:
    shape = economy.share.shape
    expected = {"tariff_new": shape, "cost_hat": shape, "productivity_hat": shape[1:], "deficit_new": shape[:1]}
    held: dict[str, Any] = {}
    for name in ARRAYS:
        held[name] = None
        if (given := getattr(scenario, name)) is None:
            continue
        array = numbers(given, f"{name} is an array of numbers of shape {expected[name]}")
        if array.shape != expected[name]:
            raise BadTable(f"{name} has shape {array.shape}; {expected[name]} is expected for this economy.")
        held[name] = array.copy() if scenario.shocks else array  # shocks are written into it
    seen: dict[str, NDArray[np.bool_]] = {}
    warnings: list[str] = []
    for shock in scenario.shocks:
        if shock.kind == "transfer":
            _transfer(shock, scenario, economy, held, seen)
        elif shock.kind == "productivity":
            _productivity(shock, economy, held, seen)
        else:
            warnings += _pairs(shock, scenario, economy, held, seen)
    _sane(held, economy)
    return Shocked(**held, warnings=tuple(warnings))


def _pairs(
    shock: Shock, scenario: Scenario, economy: Economy, held: dict[str, Any], seen: dict[str, NDArray[np.bool_]]
) -> list[str]:
    """Put a tariff, cost or control into the arrays; return warnings."""
    buyers, sellers = (positions(w, economy.countries, "country") for w in (shock.buyer, shock.seller))
    sectors = positions(shock.sector, economy.sectors, "sector")
    block, cells = _block(buyers, sellers, sectors), _abroad(buyers, sellers)
    _once(shock, block, cells, economy.share.shape, seen)
    traded = economy.traded[block]
    if not (busy := int(np.count_nonzero(traded))):
        raise MissingData(f"No trade is held on any cell of {shock}; hats cannot create trade. Name pairs that trade.")
    if shock.kind == "export-control":
        held["embargo"] = np.zeros(economy.share.shape, dtype=bool) if held.get("embargo") is None else held["embargo"]
        held["embargo"][block] |= cells
        return []
    name = "tariff_new" if shock.kind == "tariff" else "cost_hat"
    if held[name] is None:
        held[name] = economy.tariff.copy(order="K") if shock.kind == "tariff" else np.ones_like(economy.share)
    before = held[name][block]
    if shock.kind == "tariff":
        _refuse_unknown(shock, traded, buyers, sellers, economy)
        after = _on_base(shock, scenario, before)
    else:
        after = np.full_like(before, 1 + shock.add if shock.add is not None else shock.times)
    after = after if cells.all() else np.where(cells, after, before)
    _possible(shock, after, -1.0 if shock.kind == "tariff" else 0.0)
    held[name][block] = after
    meant = np.count_nonzero(cells) * after.size // cells.size
    said = [f"{meant - busy} of {meant} cells of a {shock.kind} shock hold no trade"] if busy < meant else []
    if shock.kind == "tariff" and (most := after.max()) > HIGH:
        said.append(f"{shock} makes a duty of {most:.0%}: rates are fractions, 0.37 is 37 %")
    return said


def _abroad(buyers: list[int], sellers: list[int]) -> NDArray[np.bool_]:
    """Where a block's trade is not home trade, to be spread over its cells."""
    if set(buyers).isdisjoint(sellers):
        return EVERYWHERE
    abroad: NDArray[np.bool_] = np.array(buyers)[:, None] != np.array(sellers)
    return abroad[:, :, None]


def _possible(shock: Shock, after: Array, least: float) -> None:
    """Refuse a duty of -100 % or less, a cost or productivity of nothing or less."""
    if after.min() > least:
        return
    if shock.kind == "tariff":
        raise WrongUsage(
            f"A duty of {after.min():.0%} would follow from {shock}, and a duty is above -100 %. Rates are fractions: "
            "37 % is 0.37."
        )
    instead = "To forbid a trade, give an export-control shock." if shock.kind == "cost" else "Give times above 0."
    raise WrongUsage(f"{after.min():g} times what was would follow from {shock}, and that is above 0. {instead}")


def _on_base(shock: Shock, scenario: Scenario, before: Array) -> Array:
    if scenario.tariff_base == "cif":
        return shock.moved(before)
    scale = 1 + scenario.margin
    return shock.moved(before * scale) / scale


def _block(*places: list[int]) -> Block:
    """The part of an array where rows, columns ... cross: slices, which are quick, where all run on without a gap."""
    runs = tuple([slice(held[0], held[-1] + 1) for held in places if held[-1] - held[0] < len(held)])
    return runs if len(runs) == len(places) else np.ix_(*places)


def _refuse_unknown(
    shock: Shock, traded: NDArray[np.bool_], buyers: list[int], sellers: list[int], economy: Economy
) -> None:
    if shock.add is not None:
        return
    unknown = traded & ~economy.tariff_known[_block(buyers, sellers)][:, :, None]
    if unknown.any():
        buyer, seller, _ = np.argwhere(unknown)[0]
        raise MissingData(
            f"The baseline tariff of {economy.countries[buyers[buyer]]} on {economy.countries[sellers[seller]]} is not "
            "known, and what matters is (1 + new) / (1 + old), so the level cannot be set. Give `add`, the duty on "
            "top of what is levied."
        )


def _productivity(shock: Shock, economy: Economy, held: dict[str, Any], seen: dict[str, NDArray[np.bool_]]) -> None:
    sellers = positions(shock.seller, economy.countries, "country")
    block = _block(sellers, positions(shock.sector, economy.sectors, "sector"))
    _once(shock, block, np.True_, economy.spending.shape, seen)
    if held["productivity_hat"] is None:
        held["productivity_hat"] = np.ones_like(economy.spending)
    after = shock.moved(np.ones(1))
    _possible(shock, after, 0.0)
    held["productivity_hat"][block] = after


def _transfer(
    shock: Shock, scenario: Scenario, economy: Economy, held: dict[str, Any], seen: dict[str, NDArray[np.bool_]]
) -> None:
    if scenario.deficits not in ("share of world GDP", "fixed"):
        raise WrongUsage(
            f"A transfer sets deficits, and so does the rule {scenario.deficits!r}; use `share of world GDP` or "
            f"`fixed`."
        )
    movers = np.zeros(len(economy.countries), dtype=bool)
    movers[positions(shock.buyer, economy.countries, "country")] = True
    _once(shock, (np.flatnonzero(movers),), np.True_, movers.shape, seen)
    others = np.zeros_like(movers)
    others[positions(shock.seller, economy.countries, "country")] = True
    others &= ~movers
    if not others.any():
        raise WrongUsage("A transfer needs someone to pay or receive it: name a seller apart from the buyer.")
    if held["deficit_new"] is None:
        held["deficit_new"] = economy.deficit.copy()
    before = held["deficit_new"][movers]
    after = shock.moved(before / economy.value_added[movers]) * economy.value_added[movers]
    held["deficit_new"][movers] = after
    held["deficit_new"][others] -= (
        (after - before).sum() * economy.value_added[others] / economy.value_added[others].sum()
    )


def _once(shock: Shock, block: Block, cells: Any, shape: tuple[int, ...], seen: dict[str, NDArray[np.bool_]]) -> None:
    if shock.kind not in seen:
        seen[shock.kind] = np.zeros(shape, dtype=bool)
    before = seen[shock.kind][block]
    if (before & cells).any():
        raise WrongUsage(f"Two shocks of kind {shock.kind} fall on one cell; the second is {shock}. Keep one of them.")
    seen[shock.kind][block] = before | cells


def _sane(held: Mapping[str, Any], economy: Economy) -> None:
    for name, array in held.items():
        if name not in ARRAYS or array is None:
            continue
        ends = array.min(), array.max()  # one that is no number makes both so
        if odd := [end for end in ends if not np.isfinite(end)]:
            raise BadTable(
                f"{name} holds {odd[0]:g}; finite numbers are expected. To forbid a trade, use an export-control shock."
            )
    for name in ("cost_hat", "productivity_hat"):
        if held[name] is not None and not (held[name] > 0).all():
            raise BadTable(f"{name} must be positive everywhere. To forbid a trade, use an export-control shock.")
    if held["tariff_new"] is not None and not held["tariff_new"].min() > -1:
        raise BadTable(f"A tariff must stay above -1; the smallest would be {held['tariff_new'].min():g}.")
    if held["deficit_new"] is not None and abs(held["deficit_new"].sum()) > 1e-9 * economy.value_added.sum():
        total = held["deficit_new"].sum()
        raise BadTable(f"Deficits must sum to zero over the world; deficit_new sums to {total:.3g} USD.")
