"""The baseline world: who buys what from whom, made with which inputs, at which tariffs."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrepot.errors import BadTable, UnknownCode, WrongUsage
from entrepot.labels import SHIPPED as SHIPPED
from entrepot.labels import position

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
TOLERANCE = 1e-6  # of world value added: what an identity may miss
BELOW = 1e-3  # how far a share of output or final spending may lie below 0: in published tables some inputs do
ARRAYS = {  # name: axes
    "spending": "ns",
    "share": "nns",
    "tariff": "nns",
    "value_added_share": "ns",
    "input_share": "nss",
    "final_share": "ns",
    "value_added": "n",
    "deficit": "n",
    "theta": "s",
}


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Economy:
    """A world of N countries and S sectors that satisfies every accounting identity; arrays are read-only float64.

    Axes: buyer n, seller i, sector s. Construction changes no number and refuses identities off by more than 1e-6 of
    world value added; `close` makes a consistent world of arrays that miss them.

    Attributes
    ----------
    year : int
    countries, sectors : tuple of str
        Labels, free text.
    spending : array, shape (N, S)
        Spending on each sector, final and as inputs, tariff paid [USD].
    share : array, shape (N, N, S)
        What n spends on i's goods [fraction of n's spending on s, tariff paid; sums to 1 over i].
    tariff : array, shape (N, N, S)
        Ad valorem duty that n levies on i [fraction of the price before duty].
    value_added_share : array, shape (N, S)
        Value added in output [fraction].
    input_share : array, shape (N, S, S)
        Input of the middle axis in output of the last one [fraction; with value added sums to 1 over the middle].
    final_share : array, shape (N, S)
        Sector's part of final spending [fraction; sums to 1 over s].
    value_added : array, shape (N,)
        Gross domestic product at factor cost [USD].
    deficit : array, shape (N,)
        Imports minus exports before duty, in the concept `balance` [USD; sums to 0].
    theta : array, shape (S,)
        Trade elasticity [positive].
    source : str
        Office, table and year of the figures.
    balance : str
        What the deficits are a balance of: `goods`, `goods and services`, ...
    tariff_source : str
        Where the baseline tariffs come from and which pairs they cover.
    tariff_known : array of bool, shape (N, N)
        Whether the tariff of n on i is held. A cell that is not known is 0 in `tariff`, and no shock may set its level.
    notes : tuple of str
        What a reader must know: countries marked, cells moved, parts constructed.

    Raises
    ------
    BadTable
        If shapes, signs or identities do not hold; the message names the worst country and sector.
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    spending: Array
    share: Array
    value_added_share: Array
    input_share: Array
    final_share: Array
    value_added: Array
    deficit: Array
    theta: Array
    tariff: Array = None  # type: ignore[assignment]
    tariff_known: NDArray[np.bool_] = None  # type: ignore[assignment]
    year: int = 0
    source: str = ""
    balance: str = "goods and services"
    tariff_source: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        held = _shaped({f.name: getattr(self, f.name) for f in fields(self)})
        for name, value in held.items():
            object.__setattr__(self, name, value)
        check(self)

    def __repr__(self) -> str:
        """Return the size of the world, its year and its source; the arrays are attributes."""
        size = f"{len(self.countries)} countries, {len(self.sectors)} sector{'s' * (len(self.sectors) > 1)}"
        return f"Economy({size}, {self.year or 'no year'}; balance of {self.balance}; {self.source or 'no source'})"

    @cached_property
    def sales(self) -> Array:
        """Sales before duty of each seller's sector, Y [USD], shape (N, S)."""
        return self._both[0]

    @cached_property
    def purchases(self) -> Array:
        """What each buyer pays before duty, at home and abroad [USD], shape (N, S)."""
        return self._both[1]

    @cached_property
    def home(self) -> Array:
        """What each country buys of itself before duty [USD], shape (N, S)."""
        own = np.arange(len(self.countries))
        bought: Array = self.share[own, own] * self.spending / (1 + self.tariff[own, own])
        return bought

    @cached_property
    def revenue(self) -> Array:
        """Tariff revenue of each country [USD], shape (N,)."""
        total: Array = (self.spending * self.share.sum(axis=1) - self.purchases).sum(axis=1)
        return np.where((self.tariff == 0).all(axis=(1, 2)), 0.0, total)

    @cached_property
    def idle(self) -> NDArray[np.bool_]:
        """Where no shares are held, for nothing is bought, shape (S, N)."""
        idle: NDArray[np.bool_] = np.moveaxis(self.share, 2, 0).sum(axis=2) == 0
        return idle

    @cached_property
    def traded(self) -> NDArray[np.bool_]:
        """Where n buys anything of i, home left out, shape (N, N, S)."""
        traded = sector_first((self.share > 0) & (self.spending > 0)[:, None, :])
        traded[np.arange(len(traded)), np.arange(len(traded))] = False
        return _frozen(traded)

    @cached_property
    def blocs(self) -> NDArray[np.intp]:
        """Which countries trade with each other, directly or not: one number for each country, shape (N,)."""
        linked = np.eye(len(self.countries), dtype=bool)
        for s in range(len(self.sectors)):  # of most worlds the first sectors are enough
            linked |= (self.share[:, :, s] > 0) & (self.spending[:, s, None] > 0)
            if not (found := blocs(linked)).any():
                break
        return found

    @cached_property
    def off(self) -> Array:
        """What accounts miss at most, of goods, labour or trade [fraction of own value added], shape (N,)."""
        used = np.matmul(self.input_share, self.sales[:, :, None])[:, :, 0]
        goods = np.abs(self.spending - self.final_share * self.income[:, None] - used).sum(axis=1)
        made = np.abs(self.value_added - (self.value_added_share * self.sales).sum(axis=1))
        balance = np.abs((self.purchases - self.sales).sum(axis=1) - self.deficit)
        most: Array = np.max([goods, made, balance], axis=0) / self.value_added
        return most

    @cached_property
    def _both(self) -> tuple[Array, Array]:
        return sold_and_bought(self.share, self.tariff, self.spending)

    @cached_property
    def income(self) -> Array:
        """Final spending of each country: value added, tariff revenue and deficit [USD], shape (N,)."""
        total: Array = self.value_added + self.revenue + self.deficit
        return total

    def flows(self) -> Array:
        """Trade before duty M [USD], shape (N, N, S), buyer first; the diagonal is what is bought at home."""
        return self.share * self.spending[:, None, :] / (1 + self.tariff)

    def country(self, label: str) -> int:
        """Position of a country by its label, in any case."""
        return position(label, self.countries, "country")

    def sector(self, label: str) -> int:
        """Position of a sector by its label, in any case."""
        return position(label, self.sectors, "sector")

    def close(self) -> tuple["Economy", "Moves"]:
        """Make every identity exact; see `close`."""
        return close({f.name: getattr(self, f.name) for f in fields(self)})

    def save(self, path: str | Path) -> None:
        """Write the economy to one compressed npz file, arrays as float64 and words as JSON inside it."""
        import json

        words = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in (*ARRAYS, "tariff_known")}
        arrays = {name: getattr(self, name) for name in (*ARRAYS, "tariff_known")}
        np.savez_compressed(path, words=np.array(json.dumps(words)), **arrays)

    @staticmethod
    def load(name: str | Path) -> "Economy":
        """Read a shipped economy by name (`world-2023`, `sectors-2011`), or one that `save` wrote by its path."""
        if str(name) in Economy.names():
            return _shipped(str(name))
        if not Path(name).is_file():
            held = ", ".join(Economy.names())
            raise UnknownCode(f"No economy is called {str(name)!r}; a path to .npz or one of {held} is expected.")
        return _read(Path(name))

    @staticmethod
    def names() -> list[str]:
        """Names of the economies that ship with the package."""
        return sorted(path.stem for path in SHIPPED.glob("*.npz"))


@cache
def _shipped(name: str) -> Economy:
    """A shipped economy, read once: its arrays cannot be written."""
    return _read(SHIPPED / f"{name}.npz")


def _read(path: Path) -> Economy:
    import json

    try:
        with np.load(path, allow_pickle=False) as held:
            arrays = {key: held[key] for key in held.files if key != "words"}
            words = json.loads(str(held["words"]))
        return Economy(**words, **arrays)
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as error:
        raise BadTable(
            f"{path} is no economy: `Economy.save` writes one as .npz, and {', '.join(Economy.names())} ship. An own "
            "world is made in Python, as docs/simulation.md shows."
        ) from error


@dataclass(frozen=True, eq=False, repr=False)
class Moves:
    """What `close` moved, cell by cell, before and after [USD].

    `spending` (2, N, S) and `deficit` (2, N): first what was given, then what closes. Shares, tariffs, value added,
    cost and final shares are only rescaled where their sums missed 1; `rescaled` names by how much at most.
    """

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    spending: Array
    deficit: Array
    world: float
    rescaled: Mapping[str, float]

    def rows(self) -> "pd.DataFrame":
        """One row a moved cell: what, country, sector, before, after [USD], moved [fraction of world value added]."""
        import pandas as pd

        labels = [(c, s) for c in self.countries for s in self.sectors]
        table = [("spending", c, s, b, a) for (c, s), b, a in zip(labels, *self.spending.reshape(2, -1), strict=True)]
        table += [("deficit", c, "", b, a) for c, b, a in zip(self.countries, *self.deficit, strict=True)]
        frame = pd.DataFrame(table, columns=["what", "country", "sector", "before", "after"])
        frame["moved"] = (frame.after - frame.before) / self.world
        return frame[frame.moved != 0].sort_values("moved", key=abs, ascending=False, ignore_index=True)


def theta_from(values: ArrayLike, kind: str) -> Array:
    """Trade elasticities theta of the model from elasticities as a source reports them.

    Parameters
    ----------
    values : array
        As reported, with the source's sign.
    kind : str
        `theta`; `sigma`, elasticity of substitution (theta = sigma - 1); `tariff elasticity`, response of trade before
        duty to 1 + t, negative (theta = -e - 1); `tariff elasticity, duty paid`, the same of spending (theta = -e);
        `1/theta`, dispersion.

    Raises
    ------
    WrongUsage
        If the kind is none of these.
    BadTable
        If a theta so found is not positive.
    """
    given = np.asarray(values, dtype=float)
    kinds = {
        "theta": lambda v: v,
        "sigma": lambda v: v - 1,
        "tariff elasticity": lambda v: -v - 1,
        "tariff elasticity, duty paid": lambda v: -v,
        "1/theta": lambda v: 1 / v,
    }
    if kind not in kinds:
        raise WrongUsage(f"{kind!r} is no kind of elasticity; one of {', '.join(kinds)} is expected.")
    theta: Array = kinds[kind](given)
    if not (theta > 0).all():
        raise BadTable(f"A {kind} of {given[~(theta > 0)].flat[0]:g} makes theta {theta.min():g}; it must be positive.")
    return theta


def close(arrays: Mapping[str, Any]) -> tuple[Economy, Moves]:
    """Make a consistent world of the arrays of an `Economy` that miss its identities, and report every move.

    Shares, tariffs, value added, cost and final shares and theta are kept (only rescaled to sum to 1, as text files
    round); spending and deficits are solved for: with Y the sales of all, I final spending and M the map from spending
    to sales, Y = M(alpha I + gamma Y) and beta Y = VA give one I; deficits are I - VA - R and sum to 0 by themselves.

    Raises
    ------
    BadTable
        If no spending closes them with every income positive: value added and shares contradict each other.
    """
    held = _shaped(dict(arrays))
    given = held["spending"], held["deficit"]
    rescaled = _rescale(held)
    sales, income = _closing_point(held)
    spending = held["final_share"] * income[:, None] + np.matmul(held["input_share"], sales[:, :, None])[:, :, 0]
    if not (np.isfinite(income).all() and (income > 0).all()):
        worst = held["countries"][int(np.nanargmin(income))]
        raise BadTable(
            f"No spending closes these arrays: {worst} would need final spending of {np.nanmin(income):.3g}. Its value "
            "added does not fit what the shares say it sells. Move value added or shares first."
        )
    short = np.abs((held["value_added_share"] * sales).sum(axis=1) - held["value_added"])
    if short.max() > TOLERANCE * held["value_added"].sum():
        raise BadTable(
            f"No spending closes these arrays: {held['countries'][int(short.argmax())]} cannot sell what its value "
            "added asks for, whatever is spent. Move value added or shares first."
        )
    bought = sold_and_bought(held["share"], held["tariff"], spending)[1]
    revenue = (spending * held["share"].sum(axis=1) - bought).sum(axis=1)
    held["spending"] = spending
    held["deficit"] = income - held["value_added"] - revenue
    world = float(held["value_added"].sum())
    moves = Moves(
        held["countries"],
        held["sectors"],
        np.stack([given[0], spending]),
        np.stack([given[1], held["deficit"]]),
        world,
        rescaled,
    )
    return Economy(**held), moves


def check(economy: Economy) -> None:
    """Hold an economy to signs and identities; raises BadTable with the worst cell."""
    world = economy.value_added.sum()
    _signs(economy)
    output, spending = economy.sales, economy.spending
    shares = economy.value_added_share + economy.input_share.sum(axis=1)
    goods = economy.final_share * economy.income[:, None] + np.matmul(economy.input_share, output[:, :, None])[:, :, 0]
    made = (economy.value_added_share * output).sum(axis=1)
    misses = {
        "share sums to 1 over sellers": (economy.share.sum(axis=1) - 1) * spending,
        "value_added_share and input_share sum to 1": (shares - 1) * output,
        "final_share sums to 1 over sectors": (economy.final_share.sum(axis=1) - 1) * economy.income,
        "deficit sums to 0": economy.deficit.sum(keepdims=True),
        "spending = final spending + inputs": spending - goods,
        "value_added = value_added_share * sales": economy.value_added - made,
    }
    for rule, miss in misses.items():
        where = np.unravel_index(int(np.abs(miss).argmax()), miss.shape)
        if not abs(miss[where]) <= TOLERANCE * world:
            at = economy.countries[where[0]] if len(miss) > 1 else "the world"
            at += f", {economy.sectors[where[1]]}" if len(where) > 1 else ""
            raise BadTable(
                f"An economy needs {rule}; at {at} it is off by {abs(miss[where]) / world:.1e} of world value added "
                f"(limit {TOLERANCE:g}). To let spending and deficits move, call entrepot.economy.close(...)."
            )


def _signs(economy: Economy) -> None:
    rules = {
        "theta must be positive": economy.theta <= 0,
        "spending must not be negative": economy.spending < 0,
        "share must not be negative": (economy.share < 0).any(axis=1),
        "a tariff must be above -1": (economy.tariff <= -1).any(axis=1),
        "a country needs value added (GDP) above 0": economy.value_added <= 0,
        "value_added_share must not be negative": economy.value_added_share < -BELOW,
        "input_share must not be negative": (economy.input_share < -BELOW).any(axis=1),
        "final_share must not be negative": economy.final_share < -BELOW,
    }
    for rule, broken in rules.items():
        if broken.any():
            where = np.argwhere(broken)[0]
            labels = economy.sectors if rule.startswith("theta") else economy.countries
            raise BadTable(f"In an economy {rule}; it is not for {labels[where[0]]}. Correct the input arrays.")
    for name in ARRAYS:
        if not np.isfinite(getattr(economy, name)).all():
            raise BadTable(f"The array {name} of an economy holds a number that is not finite. A gap is not a number.")
    if (economy.income <= 0).any():
        worst = economy.countries[int(economy.income.argmin())]
        raise BadTable(f"Final spending must be positive; the deficit of {worst} leaves it {economy.income.min():.3g}.")


def _shaped(held: dict[str, Any]) -> dict[str, Any]:
    """Cast and lay out the fields of an economy; three-dimensional trade arrays lie sector first in memory."""
    held = {"tariff": None, "tariff_known": None, **held}
    held["countries"], held["sectors"] = tuple(map(str, held["countries"])), tuple(map(str, held["sectors"]))
    size = {"n": len(held["countries"]), "s": len(held["sectors"])}
    for what, labels in (("countries", held["countries"]), ("sectors", held["sectors"])):
        if len(set(labels)) < len(labels):
            raise BadTable(f"The {what} of an economy must be told apart; two are called the same.")
    if not (size["n"] and size["s"]):
        raise BadTable(f"An economy needs at least one country and one sector; {size['n']} and {size['s']} were given.")
    if held["tariff"] is None:
        held["tariff"] = np.zeros((size["n"], size["n"], size["s"]))
    for name, axes in ARRAYS.items():
        array = numbers(held[name], f"The array {name} is of numbers")
        if array.shape != (shape := tuple(size[axis] for axis in axes)):
            raise BadTable(f"The array {name} has shape {array.shape}; {shape} is expected.")
        held[name] = _frozen(sector_first(array) if axes == "nns" else np.ascontiguousarray(array))
    known = held["tariff_known"]
    known = np.ones((size["n"],) * 2, dtype=bool) if known is None else np.asarray(known, dtype=bool)
    if known.shape != (size["n"],) * 2:
        raise BadTable(f"The array tariff_known has shape {known.shape}; {(size['n'],) * 2} is expected.")
    held["tariff_known"] = _frozen(known)
    held["notes"] = tuple(held.get("notes", ()))
    return held


def numbers(given: Any, what: str) -> Array:
    """Return `given` as float64; raises BadTable, beginning with `what`, if it is not an array of real numbers."""
    try:
        array = np.asarray(given)
        if not np.iscomplexobj(array):
            return array.astype(np.float64, copy=False)
        said = "complex numbers"
    except (ValueError, TypeError) as error:
        said = str(error)
    raise BadTable(f"{what}, with rows of one length; {type(given).__name__} was given ({said}).")


def sector_first(array: NDArray[Any]) -> NDArray[Any]:
    """View of (N, N, S) whose memory runs sector by sector; copies only where it does not already."""
    return np.ascontiguousarray(array.transpose(2, 0, 1)).transpose(1, 2, 0)


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    if array.flags.writeable:
        array = array.view()
        array.flags.writeable = False
    return array


def sold_and_bought(share: Array, tariff: Array, spending: Array) -> tuple[Array, Array]:
    """Sales of sellers and purchases of buyers before duty [USD], both (N, S); a few buyers' duties at a time."""
    first, spent = share.transpose(2, 0, 1), spending.T.copy()
    bought = first.sum(axis=2) * spent
    untaxed, rows = spent.copy(), levying(tariff)
    untaxed[:, rows] = 0
    sold = np.matmul(untaxed[:, None, :], first)[:, 0]
    few = max(len(share) // 8, 16)
    for k in range(0, len(rows), few):
        some = rows[k : k + few]
        before = first[:, some]
        before /= 1 + tariff[some].transpose(2, 0, 1)
        bought[:, some] = before.sum(axis=2) * spent[:, some]
        sold += np.matmul(spent[:, None, some], before)[:, 0]
    return np.ascontiguousarray(sold.T), np.ascontiguousarray(bought.T)


def blocs(linked: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Number the groups of countries that links connect, whoever is the buyer; `linked` (N, N), one number each."""
    either, found = linked | linked.T, np.full(len(linked), -1)
    count = 0
    while (found < 0).any():
        seen = np.arange(len(linked)) == int((found < 0).argmax())
        while (more := either[seen].any(axis=0) | seen).sum() > seen.sum():
            seen = more
        found[seen] = count
        count += 1
    return found


def levying(tariff: Array) -> NDArray[np.intp]:
    """Positions of the buyers that levy any duty."""
    any_: NDArray[np.uint8] = (tariff.transpose(2, 0, 1) != 0).view(np.uint8).max(axis=2, initial=0)
    return np.flatnonzero(any_.max(axis=0, initial=0))


def _rescale(held: dict[str, Any]) -> dict[str, float]:
    """Make shares sum to 1 in place of the dict; return the largest miss of each."""
    bought = held["share"].sum(axis=1, keepdims=True)
    cost = held["value_added_share"] + held["input_share"].sum(axis=1)
    final = held["final_share"].sum(axis=1, keepdims=True)
    used = (bought > 0) & (held["spending"][:, None, :] > 0)
    moved = {
        "share": float(np.abs(bought - 1)[used].max()),
        "value_added_share and input_share": float(np.abs(cost - 1).max()),
        "final_share": float(np.abs(final - 1).max()),
    }
    if max(moved.values()) > 1e-3:
        what = max(moved, key=lambda name: moved[name])
        raise BadTable(f"{what} misses 1 by {moved[what]:.1e}; up to 1e-3 is taken for rounding. Correct the arrays.")
    held["share"] = sector_first(held["share"] / np.where(bought > 0, bought, 1.0))
    held["value_added_share"] = held["value_added_share"] / cost
    held["input_share"] = held["input_share"] / cost[:, None, :]
    held["final_share"] = held["final_share"] / final
    return moved


def _closing_point(held: dict[str, Any]) -> tuple[Array, Array]:
    """Sales (N, S) and final spending (N,) that close the world at unchanged wages, by GMRES with refinement."""
    from entrepot.fixed_points import gmres

    beta, gamma, alpha = held["value_added_share"], held["input_share"], held["final_share"]
    net = np.ascontiguousarray(np.moveaxis(held["share"] / (1 + held["tariff"]), 2, 0))
    value_added = held["value_added"]
    n, s = beta.shape

    def product(z: Array) -> Array:
        sales, income = z[: n * s].reshape(n, s), z[n * s :]
        spent = alpha * income[:, None] + np.matmul(gamma, sales[:, :, None])[:, :, 0]
        left = sales - np.matmul(spent.T[:, None, :], net)[:, 0, :].T
        return np.concatenate([(left / value_added[:, None]).ravel(), (beta * sales).sum(axis=1) / value_added])

    scale = np.concatenate([np.repeat(value_added, s), value_added])
    target = np.concatenate([np.zeros(n * s), np.ones(n)])
    z, left = np.zeros(n * s + n), target
    for _ in range(40):
        step, _ = gmres(lambda v: product(v * scale), left, tolerance=1e-8, steps=200)
        z = z + step
        left = target - product(z * scale)
        if np.abs(left).max() < 1e-14:
            break
    z = z * scale
    return z[: n * s].reshape(n, s), z[n * s :]
