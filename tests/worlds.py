"""Random consistent worlds, random shocks, and a recount that shares no code with the solver."""

import numpy as np

from entrepot.economy import Economy
from entrepot.scenario import Scenario


def world(
    seed, *, countries=None, sectors=None, tariffs=True, balanced=False, inputs=True, theta=None, spread=2.0, zeros=0.1
):
    """A world that satisfies every identity: choose final spending and shares, and add up what follows."""
    draw = np.random.default_rng(seed)
    n, s = countries or draw.integers(2, 11), sectors or draw.integers(1, 7)
    size = np.exp(spread * draw.standard_normal(n))
    theta = (
        np.exp(draw.uniform(np.log(0.4), np.log(60), s)) if theta is None else np.broadcast_to(theta, s).astype(float)
    )
    value_added_share = draw.uniform(0.25, 0.75, (n, s)) if inputs else np.ones((n, s))
    input_share = draw.dirichlet(np.ones(s), (n, s)).transpose(0, 2, 1) * (1 - value_added_share)[:, None, :]
    final_share = draw.dirichlet(np.ones(s), n)
    home = np.arange(n)
    traded = draw.random((n, n, s)) > zeros
    traded[home, home - 1] = True  # everyone buys from a neighbour, so that no country falls out of the world
    reach = np.exp(draw.standard_normal((n, n, s))) * size[None, :, None] * traded
    reach[home, home] = size[:, None] + reach.sum(axis=1) * draw.uniform(0.3, 3, (n, s))
    share = reach / reach.sum(axis=1, keepdims=True)
    tariff = draw.exponential(0.08, (n, n, s)) * tariffs
    tariff[home, home] = 0
    income = balanced_income(share, tariff, value_added_share, input_share, final_share)
    if not balanced:  # deficits as large as those of real countries, and then some
        income = income * np.exp(0.1 * draw.standard_normal(n))
    spending, income = added_up(income, share, tariff, input_share, final_share)
    before_duty = share * spending[:, None, :] / (1 + tariff)
    sales, revenue = before_duty.sum(axis=0), (before_duty * tariff).sum(axis=(1, 2))
    value_added = (value_added_share * sales).sum(axis=1)
    return Economy(
        countries=[f"C{i}" for i in range(n)], sectors=[f"S{i}" for i in range(s)], year=2020, source="random",
        spending=spending, share=share, tariff=tariff, value_added_share=value_added_share, input_share=input_share,
        final_share=final_share, value_added=value_added, deficit=income - value_added - revenue, theta=theta,
    )  # fmt: skip


def added_up(income, share, tariff, input_share, final_share):
    """Spending that final spending and the inputs it needs add up to, by one dense solve."""
    n, s = final_share.shape
    to_sales = np.einsum("nis,st->isnt", share / (1 + tariff), np.eye(s)).reshape(n * s, n * s)
    use = np.einsum("nkj,nm->nkmj", input_share, np.eye(n)).reshape(n * s, n * s)
    final = (final_share * income[:, None]).ravel()
    spending = np.linalg.solve(np.eye(n * s) - use @ to_sales, final)
    return spending.reshape(n, s), income


def balanced_income(share, tariff, value_added_share, input_share, final_share):
    """Final spending at which every country's trade balances: the eigenvector of income earned from income spent."""
    n = len(final_share)
    earned = np.empty((n, n))
    for spender in range(n):
        spending, _ = added_up(np.eye(n)[spender], share, tariff, input_share, final_share)
        before_duty = share * spending[:, None, :] / (1 + tariff)
        earned[:, spender] = (value_added_share * before_duty.sum(axis=0)).sum(axis=1)
        earned[:, spender] += (before_duty * tariff).sum(axis=(1, 2))
    values, vectors = np.linalg.eig(earned)
    income = np.abs(np.real(vectors[:, np.argmin(np.abs(values - 1))]))
    return income / income.sum() * n


def shock(seed, economy, *, deficits=None):
    """Tariffs to 500 %, costs, productivity, and an embargo now and then."""
    draw = np.random.default_rng(seed + 10**6)
    n, s = economy.spending.shape
    home = np.arange(n)
    hit = draw.random((n, n, s)) < draw.uniform(0.05, 1)
    tariff = np.where(hit, draw.uniform(0, draw.choice([0.1, 1, 5]), (n, n, s)), economy.tariff)
    tariff[home, home] = 0
    cost = np.where(draw.random((n, n, s)) < 0.2, np.exp(0.3 * draw.standard_normal((n, n, s))), 1.0)
    cost[home, home] = 1
    rules = ["share of world GDP", "zero", "zero first", "share of own income", "fixed"]
    return Scenario(
        name=f"random {seed}",
        deficits=deficits or str(draw.choice(rules)),
        numeraire="C0" if deficits == "fixed" else "world value added",
        tariff_new=tariff,
        cost_hat=cost,
        productivity_hat=np.exp(0.2 * draw.standard_normal((n, s))),
    )


def recount(result):
    """Largest miss of any equation of the model, relative to the country's own GDP, in plain loops over countries."""
    old, scenario = result.economy, result.scenario
    n, s = old.spending.shape
    cost_hat = np.ones((n, n, s)) if scenario.cost_hat is None else scenario.cost_hat
    made_hat = np.ones((n, s)) if scenario.productivity_hat is None else scenario.productivity_hat
    gaps = []
    for i in range(n):
        unit = result.wage_hat[i] ** old.value_added_share[i]
        for j in range(s):
            unit[j] *= np.prod(result.price_hat[i] ** old.input_share[i, :, j])
        gaps.append(np.abs(np.log(result.unit_cost_hat[i] / (unit / made_hat[i]))).max())
    for b in range(n):
        for j in range(s):
            landed = result.unit_cost_hat[:, j] * cost_hat[b, :, j]
            landed = landed * (1 + result.tariff_new[b, :, j]) / (1 + old.tariff[b, :, j])
            pull = [
                old.share[b, i, j] * landed[i] ** -old.theta[j]
                if old.share[b, i, j] and result.share_new[b, i, j]
                else 0
                for i in range(n)
            ]
            gaps.append(abs(np.log(sum(pull) ** (-1 / old.theta[j]) / result.price_hat[b, j])))
            gaps.append(np.abs(np.array(pull) / sum(pull) - result.share_new[b, :, j]).max())
    before_duty = result.share_new * result.spending_new[:, None, :] / (1 + result.tariff_new)
    for i in range(n):
        sales = before_duty[:, i].sum(axis=0)
        wages = old.value_added_share[i] @ sales
        revenue = (before_duty[i] * result.tariff_new[i]).sum()
        income = wages + revenue + result.deficit_new[i]
        goods = old.final_share[i] * income + old.input_share[i] @ sales - result.spending_new[i]
        balance = before_duty[i].sum() - before_duty[:, i].sum() - result.deficit_new[i]
        paid = wages - result.wage_hat[i] * result.labour_hat[i] * old.value_added[i]
        gaps += [
            abs(gap) / result.value_added_new[i] for gap in [*goods, balance, paid, revenue - result.revenue_new[i]]
        ]
    gaps.append(abs(result.deficit_new.sum()) / old.value_added.sum())
    return max(gaps)
