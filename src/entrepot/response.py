"""How wages, prices and sales answer together, seen from one world: the inverse that makes iterating short.

Each country is taken as one sector, so that the equations of `hats` linearise to (hats in logs, values of that world):

    c = beta w + (1 - beta) p               p = R_p + pi c                       R: what the map still misses
    Y y = Y R_y - t c + T' pi c + M' x      x = a w + b y                        T = sum_s theta M,  t = sum_n T[n, :]
    0 = R_w + d log(sold abroad and received) - d log(bought abroad and given)

with a the part of spending that value added pays for and b the part bought as inputs. Solved once an economy, this is
Newton's step for one sector and small shocks; elsewhere it only points well, and Anderson acceleration mends the rest.
The fixed point does not depend on it.
"""

from dataclasses import dataclass
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from entrepot.economy import Economy
from entrepot.hats import CLOSED, STRIDE, Hats

Array = NDArray[np.float64]
Single = NDArray[np.float32]
LOOSE = 1e-4  # keeps the inverse finite where a country does not trade
_known: "WeakKeyDictionary[Economy, dict[float, Response | None]]" = WeakKeyDictionary()


@dataclass(frozen=True, eq=False, repr=False)
class Response:
    """Steps of log wages, prices and sales, all (N,), that close the gaps (N,) the aggregated map leaves in them.

    `wage` (N, 3N) takes all three gaps, `price` (N, 2N) wage step and price gap, `sales` (N, 3N) wage step, price and
    sales gap, in single precision: they point the way and move no answer; `spent`, `sold` (S, N) are the weights that
    aggregate gaps over sectors; `weight` (N) is value added over the world's.
    """

    wage: Single
    price: Single
    sales: Single
    spent: Array
    sold: Array
    weight: Array

    def steps(self, pressure: Array, price: Array, sales: Array) -> tuple[Array, Array, Array]:
        """Steps of wages (N,), prices and sales (S, N) for gaps of the same shapes; any number of lanes may follow."""
        if len(price) == 1:
            price_gap, sales_gap = price[0], sales[0]
        else:
            lanes = (..., *[None] * (price.ndim - 2))
            price_gap, sales_gap = (self.spent[lanes] * price).sum(axis=0), (self.sold[lanes] * sales).sum(axis=0)
        n = len(pressure)
        closed = np.concatenate([pressure, price_gap, sales_gap], dtype=np.float32)
        step = self.wage @ closed
        closed[:n] = STRIDE * np.tanh((step - self.weight @ step) / STRIDE)
        wage: Array = closed[:n].astype(np.float64)
        price_step: Array = (self.price @ closed[: 2 * n]).astype(np.float64)
        sales_step: Array = (self.sales @ closed).astype(np.float64)
        if len(price) == 1:
            return wage, price_step[None], sales_step[None]
        return wage, price + (price_step - price_gap), sales + (sales_step - sales_gap)

    def step(self, hats: Hats, x: Array) -> tuple[Array, float]:
        """One step of the map of `hats` with this inverse in place of damping; the gap is the map's own."""
        image = hats.image(x)
        shape, size, n = hats.sales.shape, hats.sales.size, hats.sales.shape[1]
        moved = x.copy()
        inner, labour = moved[n : n + 2 * size].reshape(2, *shape), moved[n + 2 * size :]
        labour[:] = image.inner[2 * size :]
        wage, price, sales = self.steps(image.pressure[0], *(image.inner[: 2 * size].reshape(2, *shape) - inner))
        moved[:n] = hats.normal(x[:n] + wage, labour if len(labour) else 0.0).ravel()
        inner[0] += price
        inner[1] += sales
        return moved, image.gap


class _World(NamedTuple):
    """A world summed over sectors [USD]: trade `paid` with duty, `trade` before it, and the latter times theta, all
    (N, N), buyer first; sales, spending, value added, income and deficits (N,); and what `Response` sums sectors with.
    """

    paid: Array
    trade: Array
    steep: Array
    sales: Array
    spending: Array
    value_added: Array
    income: Array
    deficit: Array
    spent: Array
    sold: Array


def response(economy: Economy, part: float = 1.0) -> Response | None:
    """The economy's response, with its theta times `part`; kept as long as the economy. None where it is singular."""
    held = _known.setdefault(economy, {})
    if part not in held:
        held[part] = _inverted(_baseline(economy, part))
    return held[part]


def response_at(hats: Hats, x: Array) -> Response | None:
    """The response of a shocked world at a point of its map, where labour is one market a country."""
    return _inverted(_shocked(hats, x))


def passed_on(economy: Economy, world: Economy) -> Economy:
    """Return `world`, a shocked `economy`, with the response of the latter: near enough to point the way."""
    if economy in _known:
        _known[world] = _known[economy]
    return world


def _inverted(world: _World) -> Response | None:
    try:
        wage, price, sales = _solved(world)
    except np.linalg.LinAlgError:
        return None
    if not all(np.isfinite(part).all() for part in (wage, price, sales)):
        return None
    return Response(wage, price, sales, world.spent, world.sold, world.value_added / world.value_added.sum())


def _solved(world: _World) -> tuple[Single, Single, Single]:
    """The three matrices of `Response`: prices at given wages, then sales, then the wages that balance trade."""
    own, spending, identity = world.value_added, world.spending, np.eye(len(world.sales))
    made, earned, bought = own / world.sales, own / spending, 1 - world.income / spending
    share, sold = world.paid / spending[:, None], world.trade.T / world.sales[:, None]
    price_of_price = np.linalg.inv(identity - share * (1 - made))
    price_of_wage = price_of_price @ (share * made)
    sales_of_sales = np.linalg.inv(identity - sold * bought)
    by_wage, pull_of_wage = _from_cost(world, share, np.diag(made) + (1 - made)[:, None] * price_of_wage)
    by_price, pull_of_price = _from_cost(world, share, (1 - made)[:, None] * price_of_price)
    sales_of_wage, sales_of_price = sales_of_sales @ (by_wage + sold * earned), sales_of_sales @ by_price
    abroad, exports, imports = _abroad(world)
    from_spending = abroad.T / exports[:, None] - np.diag(abroad.sum(axis=1) / imports)
    inputs = from_spending * bought
    slope = pull_of_wage + from_spending * earned + inputs @ sales_of_wage
    wage = -np.linalg.inv(slope - own / own.sum() - LOOSE * identity)
    by_gap = wage @ (pull_of_price + inputs @ sales_of_price), wage @ inputs @ sales_of_sales
    return (
        np.concatenate([wage, *by_gap], axis=1, dtype=np.float32),
        np.concatenate([price_of_wage, price_of_price], axis=1, dtype=np.float32),
        np.concatenate([sales_of_wage, sales_of_price, sales_of_sales], axis=1, dtype=np.float32),
    )


def _from_cost(world: _World, share: Array, cost: Array) -> tuple[Array, Array]:
    """Sales and pressure on wages that follow from costs, spending given."""
    _, exports, imports = _abroad(world)
    home = np.diag(world.steep)
    abroad = world.steep - np.diag(home)
    price = share @ cost
    drawn = world.steep.T @ price
    answered = (drawn - world.steep.sum(axis=0)[:, None] * cost) / world.sales[:, None]
    into = drawn - home[:, None] * price - abroad.sum(axis=0)[:, None] * cost
    out = abroad.sum(axis=1)[:, None] * price - abroad @ cost
    return answered, into / exports[:, None] - out / imports[:, None]


def _abroad(world: _World) -> tuple[Array, Array, Array]:
    """Trade without the diagonal, and exports with gifts received and imports with gifts made."""
    abroad = world.trade - np.diag(np.diag(world.trade))
    closed = CLOSED * world.value_added
    exports = abroad.sum(axis=0) + np.maximum(world.deficit, 0) + closed
    return abroad, exports, abroad.sum(axis=1) + np.maximum(-world.deficit, 0) + closed


def _baseline(economy: Economy, part: float) -> _World:
    n = len(economy.countries)
    paid, trade, steep = (np.zeros((n, n)) for _ in range(3))
    for s, theta in enumerate(economy.theta * part):
        cells = economy.share[:, :, s] * economy.spending[:, s, None]
        paid += cells
        if economy.tariff[:, :, s].any():
            cells = cells / (1 + economy.tariff[:, :, s])
        trade += cells
        steep += theta * cells
    spending, sales = economy.spending.sum(axis=1), economy.sales.sum(axis=1)
    return _World(
        paid, trade, steep, sales, spending, economy.value_added, economy.income, economy.deficit,
        spent=np.ascontiguousarray((economy.spending / spending[:, None]).T),
        sold=np.ascontiguousarray((economy.sales / sales[:, None]).T),
    )  # fmt: skip


def _shocked(hats: Hats, x: Array) -> _World:
    state, sales = hats.evaluate(x), hats.unpack(x)[2] * hats.sales
    n, pull = len(state.wages), state.spending / state.sums
    paid, trade, steep = (np.zeros((n, n)) for _ in range(3))
    for s, theta in enumerate(hats.theta[:, 0]):
        cells = pull[s][:, None] * hats.weight[s] * state.seller[s] + np.diag(pull[s] * hats.own[s] * state.seller[s])
        paid += cells
        cells[hats.levying] -= pull[s][hats.levying, None] * hats.levied[s] * state.seller[s]
        cells -= np.diag(pull[s] * (hats.own - hats.home)[s] * state.seller[s])
        trade += cells
        steep += theta * cells
    spent, sold = state.spending.sum(axis=0), sales.sum(axis=0)
    return _World(
        paid, trade, steep, sold, spent, state.wages, state.income, state.deficit,
        spent=state.spending / spent, sold=sales / sold,
    )  # fmt: skip
