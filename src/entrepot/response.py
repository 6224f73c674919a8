"""How wages, prices and sales answer together, seen from the baseline: the inverse that makes iterating short.

Each country is taken as one sector, so that the equations of `hats` linearise to (hats in logs, baseline values):

    c = beta w + (1 - beta) p               p = R_p + pi c                       R: what the map still misses
    Y y = Y R_y - t c + T' pi c + M' x      x = a w + b y                        T = sum_s theta M,  t = sum_n T[n, :]
    0 = R_w + d log(sold abroad and received) - d log(bought abroad and given)

with a the part of spending that value added pays for and b the part bought as inputs. Solved once an economy, this is
Newton's step for one sector and small shocks; elsewhere it only points well, and Anderson acceleration mends the rest.
The fixed point does not depend on it.
"""

from dataclasses import dataclass
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
        gaps = np.concatenate([pressure, price_gap, sales_gap], dtype=np.float32)
        wage = self.wage @ gaps
        gaps[:n] = STRIDE * np.tanh((wage - self.weight @ wage) / STRIDE)
        price_step, sales_step = self.price @ gaps[: 2 * n], self.sales @ gaps
        if len(price) == 1:
            return gaps[:n], price_step[None], sales_step[None]
        return gaps[:n], price + (price_step - price_gap), sales + (sales_step - sales_gap)

    def step(self, hats: Hats, x: Array) -> tuple[Array, float]:
        """One step of the map of `hats` with this inverse in place of damping; the gap is the map's own."""
        image = hats.image(x)
        shape, size, n = hats.sales.shape, hats.sales.size, hats.sales.shape[1]
        moved = x.copy()
        inner = moved[n : n + 2 * size].reshape(2, *shape)
        labour = moved[n + 2 * size :]
        labour[:] = image.inner[2 * size :]
        wage, price, sales = self.steps(image.pressure[0], *(image.inner[: 2 * size].reshape(2, *shape) - inner))
        moved[:n] = hats.normal(x[:n] + wage, labour if len(labour) else 0.0).ravel()
        inner[0] += price
        inner[1] += sales
        return moved, image.gap


def response(economy: Economy, part: float = 1.0) -> Response | None:
    """The economy's response, with its theta times `part`; kept as long as the economy. None where it is singular."""
    held = _known.setdefault(economy, {})
    if part not in held:
        try:
            held[part] = _inverted(economy, part)
        except np.linalg.LinAlgError:
            held[part] = None
    return held[part]


def passed_on(economy: Economy, world: Economy) -> Economy:
    """Return `world`, a shocked `economy`, with the response of the latter: near enough to point the way."""
    if economy in _known:
        _known[world] = _known[economy]
    return world


def _inverted(economy: Economy, part: float) -> Response | None:
    n = len(economy.countries)
    paid, trade, steep = _summed(economy, part)
    sales, spending, own = economy.sales.sum(axis=1), economy.spending.sum(axis=1), economy.value_added
    home, steep_home = np.diag(trade).copy(), np.diag(steep).copy()
    abroad, steep_abroad = trade - np.diag(home), steep - np.diag(steep_home)
    exports = abroad.sum(axis=0) + np.maximum(economy.deficit, 0) + CLOSED * own
    imports = abroad.sum(axis=1) + np.maximum(-economy.deficit, 0) + CLOSED * own
    share = paid / spending[:, None]
    made, bought = own / sales, 1 - economy.income / spending
    sold = trade.T / sales[:, None]
    identity = np.eye(n)

    def from_cost(cost: Array) -> tuple[Array, Array]:
        """Sales and pressure on wages that follow from costs, spending given."""
        price = share @ cost
        drawn = steep.T @ price
        answered = (drawn - steep.sum(axis=0)[:, None] * cost) / sales[:, None]
        into = drawn - steep_home[:, None] * price - steep_abroad.sum(axis=0)[:, None] * cost
        out = steep_abroad.sum(axis=1)[:, None] * price - steep_abroad @ cost
        return answered, into / exports[:, None] - out / imports[:, None]

    price_of_price = np.linalg.inv(identity - share * (1 - made))
    price_of_wage = price_of_price @ (share * made)
    sales_of_sales = np.linalg.inv(identity - sold * bought)
    from_spending = abroad.T / exports[:, None] - np.diag(abroad.sum(axis=1) / imports)
    earned = own / spending
    by_wage, pull_of_wage = from_cost(np.diag(made) + (1 - made)[:, None] * price_of_wage)
    by_price, pull_of_price = from_cost((1 - made)[:, None] * price_of_price)
    sales_of_wage, sales_of_price = sales_of_sales @ (by_wage + sold * earned), sales_of_sales @ by_price
    inputs = from_spending * bought
    weight = own / own.sum()
    slope = pull_of_wage + from_spending * earned + inputs @ sales_of_wage
    wage = -np.linalg.inv(slope - weight[None, :] - LOOSE * identity)
    by_gap = wage @ (pull_of_price + inputs @ sales_of_price), wage @ inputs @ sales_of_sales
    found = Response(
        wage=np.concatenate([wage, *by_gap], 1, dtype=np.float32),
        price=np.concatenate([price_of_wage, price_of_price], 1, dtype=np.float32),
        sales=np.concatenate([sales_of_wage, sales_of_price, sales_of_sales], 1, dtype=np.float32),
        spent=np.ascontiguousarray((economy.spending / spending[:, None]).T),
        sold=np.ascontiguousarray((economy.sales / sales[:, None]).T),
        weight=weight,
    )
    return found if all(np.isfinite(a).all() for a in (found.wage, found.price, found.sales)) else None


def _summed(economy: Economy, part: float) -> tuple[Array, Array, Array]:
    """Trade with duty, before duty, and the latter times theta, summed over sectors [USD], each (N, N)."""
    n = len(economy.countries)
    paid, trade, steep = (np.zeros((n, n)) for _ in range(3))
    for s, theta in enumerate(economy.theta * part):
        cells = economy.share[:, :, s] * economy.spending[:, s, None]
        paid += cells
        if economy.tariff[:, :, s].any():
            cells = cells / (1 + economy.tariff[:, :, s])
        trade += cells
        steep += theta * cells
    return paid, trade, steep
