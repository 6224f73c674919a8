"""Worlds rougher than those of `worlds`, under every rule at once, and a recount that reads the rules anew."""

from dataclasses import replace

import numpy as np
from worlds import added_up, balanced_income

from entrepot.economy import Economy
from entrepot.scenario import DEFICITS, HORIZONS, REBATES, Scenario, Shock

REACHED = {"long": 1.0, "medium": 0.69, "short": 0.38}  # part of theta, as simulate() documents it
SIZES = [(2, 1), (3, 2), (5, 1), (6, 4), (12, 3), (25, 1), (30, 6), (60, 1), (8, 20), (4, 133)]


def world(seed):
    """Tiny and huge countries, missing flows, goods nobody makes at home, thin value added, wide deficits."""
    draw = np.random.default_rng([seed, 1])
    n, s = SIZES[draw.choice(len(SIZES), p=[0.14, 0.15, 0.15, 0.15, 0.12, 0.1, 0.06, 0.05, 0.05, 0.03])]
    home = np.arange(n)
    size = draw.pareto(draw.choice([0.4, 1, 3]), n) + 1e-3
    made = draw.beta(2, draw.choice([1, 3, 8]), (n, s)) * 0.9 + 0.1
    if draw.random() < 0.2:
        made[:] = 1
    used = draw.dirichlet(np.full(s, draw.choice([0.1, 1])), (n, s)).transpose(0, 2, 1) * (1 - made)[:, None, :]
    final = draw.dirichlet(np.full(s, draw.choice([0.3, 2])), n)
    open_to = draw.random((n, n, s)) > draw.choice([0, 0.3, 0.7])
    reach = draw.weibull(draw.choice([0.5, 2]), (n, n, s)) * size[None, :, None] * open_to
    reach[home, home - 1] += 1e-3 * size[home - 1, None]
    reach[home, home] = reach.sum(axis=1) * np.exp(draw.normal(draw.choice([-1, 1, 4]), 1, (n, s)))
    if n > 2:  # a good that a country buys only abroad
        reach[draw.integers(n), :, 0] *= 1 - np.eye(n)[draw.integers(n)]
    reach[home, home] += 1e-12 * (reach.sum(axis=1) == 0)
    share = reach / reach.sum(axis=1, keepdims=True)
    tariff = draw.gamma(0.5, draw.choice([0, 0.1, 1.5]) + 1e-300, (n, n, s)) * (draw.random((n, n, s)) < 0.5)
    tariff[home, home] = 0
    income = balanced_income(share, tariff, made, used, final)
    income = income * np.exp(draw.choice([0, 0.1, 0.5]) * draw.standard_normal(n))
    spending, income = added_up(income, share, tariff, used, final)
    before_duty = share * spending[:, None, :] / (1 + tariff)
    sales, revenue = before_duty.sum(axis=0), (before_duty * tariff).sum(axis=(1, 2))
    value_added = (made * sales).sum(axis=1)
    theta = draw.choice([np.exp(draw.uniform(np.log(0.4), np.log(60))), 0]) + np.zeros(s)
    theta = np.where(theta > 0, theta, np.exp(draw.uniform(np.log(0.4), np.log(60), s)))
    return Economy(
        countries=[f"C{i}" for i in range(n)], sectors=[f"S{i}" for i in range(s)], year=2020, source="random",
        spending=spending, share=share, tariff=tariff, value_added_share=made, input_share=used, final_share=final,
        value_added=value_added, deficit=income - value_added - revenue, theta=theta,
    )  # fmt: skip


def scenario(seed, economy):
    """Duties to 500 %, costs, productivity and embargoes, under any deficit rule, rebate, numeraire and horizon."""
    draw = np.random.default_rng([seed, 2])
    n, s = economy.spending.shape
    home = np.arange(n)
    hit = draw.random((n, n, s)) < draw.choice([0.02, 0.3, 1])
    tariff = np.where(hit, draw.choice([0.1, 0.5, 5.0]) * draw.beta(1, 1, (n, n, s)), economy.tariff)
    tariff[home, home] = 0
    cost = np.where(
        draw.random((n, n, s)) < 0.1, np.exp(draw.choice([0.1, 0.5]) * draw.standard_normal((n, n, s))), 1.0
    )
    cost[home, home] = 1
    rules = {
        "deficits": str(draw.choice(DEFICITS)),
        "rebate": str(draw.choice(REBATES)),
        "horizon": str(draw.choice(HORIZONS, p=[0.6, 0.2, 0.2])),
        "numeraire": str(draw.choice(["world value added", "C0", f"C{n - 1}"])),
        "pass_through": float(draw.choice([1.0, 0.5])),
        "labour_elasticity": [None, 0.0, 0.5, 1.0][draw.integers(4)],
    }
    if rules["horizon"] == "short":
        rules["labour_elasticity"] = 0.0
    asked = Scenario(
        name=f"rough {seed}", tariff_new=tariff, cost_hat=cost, **rules,
        productivity_hat=np.exp(draw.choice([0, 0.05, 0.2]) * draw.standard_normal((n, s))),
    )  # fmt: skip
    traded = np.argwhere((economy.share > 0) & ~np.eye(n, dtype=bool)[:, :, None])
    if n > 2 and draw.random() < 0.3:  # between two alone, trade one way has nothing to be paid with
        b, i, j = traded[draw.integers(len(traded))]
        if economy.spending[b, j] > 0 and (economy.share[b, :, j] > 0).sum() > 1:
            ban = Shock("export-control", f"C{b}", f"C{i}", f"S{j}", times=0.0)
            asked = replace(asked, shocks=(ban,))
    if draw.random() < 0.1 and rules["deficits"] in ("share of world GDP", "fixed"):  # may well be more than they earn
        gift = Shock("transfer", f"C{draw.integers(n)}", add=-float(draw.choice([0.1, 0.8, 3.0])))
        asked = replace(asked, shocks=(*asked.shocks, gift))
    return asked


def recount(result):
    """Largest miss of any equation or rule, relative to the country's own GDP, in plain loops from numbers as returned.

    Where labour cannot move, wages are what each sector's sales pay; costs then follow, and count by the sector's size.
    """
    old, asked = result.economy, result.scenario
    n, s = old.spending.shape
    theta = old.theta * REACHED[asked.horizon]
    banned = asked.arrays(old).embargo
    sold_new = (result.share_new * result.spending_new[:, None, :] / (1 + result.tariff_new)).sum(axis=0)
    sold_old = (old.share * old.spending[:, None, :] / (1 + old.tariff)).sum(axis=0)
    gaps = []
    for i in range(n):
        wage = np.full(s, result.wage_hat[i])
        if asked.horizon == "short":
            wage = np.where(sold_old[i] > 0, sold_new[i] / np.where(sold_old[i] > 0, sold_old[i], 1), 1.0)
        for j in np.flatnonzero(sold_old[i] > 0):
            unit = np.log(wage[j]) * old.value_added_share[i, j] - np.log(asked.productivity_hat[i, j])
            unit += old.input_share[i, :, j] @ np.log(result.price_hat[i])
            part = old.value_added_share[i, j] * sold_new[i, j] / result.value_added_new[i]
            gaps.append(abs(np.log(result.unit_cost_hat[i, j]) - unit) * (part if asked.horizon == "short" else 1))
    for b in range(n):
        for j in np.flatnonzero(old.spending[b] > 0):
            duty = ((1 + result.tariff_new[b, :, j]) / (1 + old.tariff[b, :, j])) ** asked.pass_through
            landed = np.log(result.unit_cost_hat[:, j] * asked.cost_hat[b, :, j] * duty)
            logs = np.where(old.share[b, :, j] > 0, -theta[j] * landed, -np.inf)
            if banned is not None:
                logs[banned[b, :, j]] = -np.inf
            pull = old.share[b, :, j] * np.exp(logs - logs.max())
            gaps.append(abs(-(np.log(pull.sum()) + logs.max()) / theta[j] - np.log(result.price_hat[b, j])))
            gaps.append(np.abs(pull / pull.sum() - result.share_new[b, :, j]).max())
    return max([*gaps, *accounts(result, sold_new), *rules(result)])


def accounts(result, sold):
    """Misses of markets and budgets."""
    old = result.economy
    before_duty = result.share_new * result.spending_new[:, None, :] / (1 + result.tariff_new)
    for i in range(len(sold)):
        wages = old.value_added_share[i] @ sold[i]
        revenue = (before_duty[i] * result.tariff_new[i]).sum()
        goods = old.final_share[i] * result.income_new[i] + old.input_share[i] @ sold[i] - result.spending_new[i]
        misses = [
            *goods, wages + revenue + result.deficit_new[i] - result.income_new[i], revenue - result.revenue_new[i],
            before_duty[i].sum() - before_duty[:, i].sum() - result.deficit_new[i],
            wages - result.wage_hat[i] * result.labour_hat[i] * old.value_added[i],
        ]  # fmt: skip
        yield from (abs(miss) / wages for miss in misses)


def rules(result):
    """Misses of the deficit rule, of labour supply, of welfare and of the numeraire."""
    old, asked = result.economy, result.scenario
    own = result.value_added_new + result.revenue_new
    before, after = old.income, result.income_new
    if asked.rebate == "none":
        before, after = before - old.revenue, after - result.revenue_new
    price = np.prod(result.price_hat**old.final_share, axis=1)
    kept = np.ones(len(own))
    if asked.rebate == "income tax":
        kept = (1 - result.revenue_new / result.value_added_new) / (1 - old.revenue / old.value_added)
    k = asked.labour_elasticity if asked.labour_elasticity is not None else 0.5 * (asked.rebate == "income tax")
    worth = [after - k / (1 + k) * result.value_added_new, before - k / (1 + k) * kept * old.value_added]
    yield np.abs((result.welfare_hat * price * worth[1] - worth[0]) / own).max()
    if k:
        yield np.abs(np.log(result.labour_hat) - k * np.log(result.wage_hat / price / kept)).max()
    yield np.abs(np.log(result.labour_hat)).max() if not k else 0.0
    yield abs(result.value_added_new.sum() / old.value_added.sum() - 1)
    yield abs(result.deficit_new.sum()) / old.value_added.sum()
    if asked.deficits in ("zero", "zero first"):
        yield np.abs(result.deficit_new / own).max()
    elif asked.deficits == "share of own income":
        ratio = (result.income_new / own) / (old.income / (old.value_added + old.revenue))
        yield ratio.max() / ratio.min() - 1
    else:
        given = asked.arrays(old).deficit_new
        unit = 1.0
        if asked.deficits == "fixed" and asked.numeraire != "world value added":
            unit = result.wage_hat[old.country(asked.numeraire)]
        asked_for = (old.deficit if given is None else given) * unit
        yield np.abs((asked_for - result.deficit_new) / np.maximum(own, old.value_added)).max()
