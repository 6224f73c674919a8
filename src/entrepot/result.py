"""What an equilibrium says: real income, its first-order parts, prices, revenue, flows, and the proof that it holds."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from entrepot.economy import Economy
from entrepot.errors import WrongUsage
from entrepot.labels import position
from entrepot.scenario import Scenario, where

if TYPE_CHECKING:
    import pandas as pd

    from entrepot.answer import Answer

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Certificate:
    """The proof of a result: every market recounted from the finished arrays, and the choices it rests on.

    Attributes
    ----------
    residual : float
        Largest of: trade balance, labour, goods, income and price gap of any country [fraction of world value added].
    own_residual : float
        The same over the country's own value added; this is held to `tolerance`.
    worst : str
        Country with the largest gap.
    steps : int
        Evaluations of the joint map.
    tolerance : float
    solver : str
        `anderson`, `from balanced trade`, `nested newton`, or `continuation`.
    deficits, balance, rebate, numeraire, horizon, against : str
        Choices of the scenario.
    labour_elasticity, pass_through : float
    warnings : tuple of str
        Shocks that could not take effect on cells without trade; accounts of the baseline that miss.
    """

    residual: float
    own_residual: float
    worst: str
    steps: int
    tolerance: float
    solver: str
    deficits: str
    balance: str
    rebate: str
    numeraire: str
    horizon: str
    against: str
    labour_elasticity: float
    pass_through: float
    warnings: tuple[str, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """A solved world beside its baseline; values in USD with world value added as numeraire.

    Attributes
    ----------
    economy : Economy
        The world that the hats are relative to.
    scenario : Scenario
    wage_hat : array, shape (N,)
        Wage, or mean wage over sectors where labour cannot move.
    price_hat : array, shape (N, S)
        Price index of what n buys.
    unit_cost_hat : array, shape (N, S)
        Price before trade cost of what i sells.
    labour_hat : array, shape (N,)
        Employment.
    share_new : array, shape (N, N, S); spending_new : array, shape (N, S); tariff_new : array, shape (N, N, S)
        As in `Economy`.
    value_added_new, income_new, revenue_new, deficit_new : arrays, shape (N,)
        GDP, final spending, tariff revenue, imports minus exports before duty [USD].
    welfare_hat : array, shape (N,)
        Exact real income (I'/I)/P; see `equilibrium.simulate` for rebates and labour supply.
    certificate : Certificate
    """

    economy: Economy
    scenario: Scenario
    wage_hat: Array
    price_hat: Array
    unit_cost_hat: Array
    labour_hat: Array
    share_new: Array
    spending_new: Array
    tariff_new: Array
    value_added_new: Array
    income_new: Array
    revenue_new: Array
    deficit_new: Array
    welfare_hat: Array
    certificate: Certificate

    def __repr__(self) -> str:
        """Return the scenario, who gains and loses most real income, and the proof in one line each."""
        order = self.welfare_hat.argsort()
        ends = (f"{self.economy.countries[n]} {100 * (self.welfare_hat[n] - 1):+.2f} %" for n in (order[0], order[-1]))
        proof = self.certificate
        return (
            f"Result of {self.scenario.name!r} on {self.economy!r}\n"
            f"Real income from {' to '.join(ends)}; `answer()` has every country.\n"
            f"Solved: largest gap {proof.own_residual:.0e} of {proof.worst}'s value added, limit {proof.tolerance:.0e}."
        )

    @property
    def consumer_price_hat(self) -> Array:
        """Price of final spending, prod_s P^alpha, shape (N,)."""
        index: Array = np.exp((self.economy.final_share * np.log(self.price_hat)).sum(axis=1))
        return index

    @property
    def real_wage_hat(self) -> Array:
        """Wage over the price of final spending, shape (N,)."""
        return self.wage_hat / self.consumer_price_hat

    @property
    def numeraire_hat(self) -> float:
        """Change of the scenario's numeraire in units of world value added; divide nominal hats by it."""
        name = self.scenario.numeraire
        return 1.0 if name == "world value added" else float(self.wage_hat[self.economy.country(name)])

    def trade(self) -> Array:
        """New trade before duty [USD], shape (N, N, S), buyer first."""
        return self.share_new * self.spending_new[:, None, :] / (1 + self.tariff_new)

    def split(self) -> tuple[Array, Array, Array]:
        """Terms of trade, volume of trade and their sum [fractions], as papers print them; not exact real income.

        terms_n = (sum_is M[i,n,s] (c[n,s] - 1) - sum_is M[n,i,s] (c[i,s] - 1)) / I_n
        volume_n = sum_is t[n,i,s] M[n,i,s] (M_hat[n,i,s] - c[i,s]) / I_n
        with M baseline trade before duty, c unit cost hats, t baseline tariffs and I baseline final spending: the
        first-order change of real income. Caliendo and Parro (2015), Table 2, in changes of levels.
        """
        before, after = self.economy.flows(), self.trade()
        gain = self.unit_cost_hat - 1
        sold = np.einsum("nis,is->i", before, gain)
        bought = np.einsum("nis,is->n", before, gain)
        terms = (sold - bought) / self.economy.income
        duty = self.economy.tariff * (after - before * self.unit_cost_hat)
        volume = duty.sum(axis=(1, 2)) / self.economy.income
        return terms, volume, terms + volume

    def world(self) -> Economy:
        """The new world as an economy, ready for another shock."""
        from dataclasses import replace

        return replace(
            self.economy,
            spending=self.spending_new,
            share=self.share_new,
            tariff=self.tariff_new,
            value_added=self.value_added_new,
            deficit=self.deficit_new,
            notes=(*self.economy.notes, f"the world after {self.scenario.name}"),
        )

    @property
    def source(self) -> str:
        """Key of the flows table: `simulated:<scenario>:<hash>`."""
        return f"simulated:{self.scenario.name}:{self.scenario.hash}"

    def welfare(self) -> "pd.DataFrame":
        """One row a country: exact real income, first-order parts, real wage, trade, revenue [changes, fractions]."""
        import pandas as pd

        terms, volume, both = self.split()
        exports, imports = (_exports(self.trade()), _imports(self.trade()))
        exports_before, imports_before = (_exports(self.economy.flows()), _imports(self.economy.flows()))
        with np.errstate(divide="ignore", invalid="ignore"):
            exports_change, imports_change = exports / exports_before - 1, imports / imports_before - 1
        unit = self.numeraire_hat
        gdp = self.economy.value_added
        return pd.DataFrame(
            {
                "country": self.economy.countries,
                "welfare": self.welfare_hat - 1,
                "terms_of_trade": terms,
                "volume_of_trade": volume,
                "split_sum": both,
                "real_wage": self.real_wage_hat - 1,
                "prices": self.consumer_price_hat / unit - 1,
                "exports": (exports_change + 1) / unit - 1,
                "imports": (imports_change + 1) / unit - 1,
                "balance_change": (self.economy.deficit - self.deficit_new) / gdp,
                "tariff_revenue": self.revenue_new / self.value_added_new,
                "employment": self.labour_hat - 1,
            }
        )

    def partners(self, country: str, count: int = 10) -> list[str]:
        """Labels of the country's largest partners by baseline exports and imports together, largest first."""
        n = self.economy.country(country)
        flows = self.economy.flows().sum(axis=2)
        both = flows[n] + flows[:, n]
        both[n] = 0
        return [self.economy.countries[i] for i in np.argsort(-both)[:count] if both[i] > 0]

    def answer(self, of: str | None = None, *, partners: int = 10) -> "Answer":
        """The `simulate` answer: rows of `welfare`, largest economy (by value added) first, the certificate in `about`.

        With a country, the rows are that country and its largest `partners`, in that order.
        """
        from entrepot.answer import Answer

        rows = self.welfare().iloc[np.argsort(-self.economy.value_added, kind="stable")].reset_index(drop=True)
        if of is not None:
            own = position(of, self.economy.countries, "country", lambda code: where(self.scenario, code))
            shown = [self.economy.countries[own], *self.partners(of, partners)]
            rows = rows.set_index("country").loc[shown].reset_index()
        scenario, economy = self.scenario, self.economy
        against = scenario.against if isinstance(scenario.against, str) else scenario.against.name
        about = {
            "scenario": scenario.name,
            "title": scenario.title,
            "variant": scenario.ran,
            "reference": scenario.reference,
            "as_of": scenario.as_of,
            "against": against,
            "uncovered": scenario.uncovered,
            "economy": economy.source,
            "year": economy.year,
            "tariffs": economy.tariff_source,
            "source": self.source,
            "method": (
                "exact hat algebra (Dekle, Eaton and Kortum 2008; Caliendo and Parro 2015); full employment; "
                "welfare is "
                "exact real income, terms and volume of trade its first-order parts"
            ),
            "notes": [*_closing(scenario), *scenario.notes, *economy.notes],
            "warnings": list(self.certificate.warnings),
            "certificate": asdict(self.certificate),
        }
        return Answer("simulate", about, rows)

    def flows(self) -> "pd.DataFrame":
        """The new world as a flows table: every reporter's exports and imports before duty, by partner and sector.

        Annual, in USD with world value added as numeraire; status `simulated`; partners without trade have no row.
        Totals over sectors (`TOTAL`) and partners (`WLD`) are printed as rows of their own.

        Raises
        ------
        WrongUsage
            If the economy has no year.
        """
        if not self.economy.year:
            raise WrongUsage("A flows table has a period, and this economy has no year. Build it with year=2023.")
        return _flows_table(self)


def _closing(scenario: Scenario) -> list[str]:
    """Say that closed deficits are part of an answer, where the world compared with still has its own."""
    other = scenario.against
    if scenario.deficits != "zero" or (not isinstance(other, str) and other.deficits == "zero"):
        return []
    if not scenario.shocks:
        return ["every deficit and surplus closes; that alone is what is shown"]
    return [
        "every deficit and surplus closes together with the shock, and most of what is shown may be that; the shock "
        "alone, in a world without them: --set 'deficits=zero first'"
    ]


def _exports(trade: Array) -> Array:
    total: Array = trade.sum(axis=(0, 2)) - np.einsum("nns->n", trade)
    return total


def _imports(trade: Array) -> Array:
    total: Array = trade.sum(axis=(1, 2)) - np.einsum("nns->n", trade)
    return total


def _flows_table(result: Result) -> "pd.DataFrame":
    import pandas as pd

    economy = result.economy
    trade = result.trade().copy()
    trade[np.arange(len(trade)), np.arange(len(trade))] = 0
    one = len(economy.sectors) == 1
    products = ["TOTAL"] if one else [*economy.sectors, "TOTAL"]
    trade = trade if one else np.concatenate([trade, trade.sum(axis=2, keepdims=True)], axis=2)
    countries = np.array([*economy.countries, "WLD"], dtype=object)
    frames = []
    for flow, table in (("M", trade), ("X", trade.transpose(1, 0, 2))):
        table = np.concatenate([table, table.sum(axis=1, keepdims=True)], axis=1)
        reporter, partner, product = np.nonzero(table > 0)
        frames.append(
            pd.DataFrame(
                {
                    "reporter": countries[reporter],
                    "partner": countries[partner],
                    "flow": flow,
                    "product": np.array(products, dtype=object)[product],
                    "value": table[reporter, partner, product],
                }
            )
        )
    rows = pd.concat(frames, ignore_index=True)
    for name, value in _constants(result).items():
        rows[name] = value
    rows["classification"] = np.where(rows["product"] == "TOTAL", "", "aggregate")
    return rows


def _constants(result: Result) -> dict[str, Any]:
    import pandas as pd

    return {
        "period": str(result.economy.year),
        "span": "year",
        "concept": "standard",
        "valuation": "fob",
        "currency": "USD",
        "half_width": np.nan,
        "growth": np.nan,
        "growth_half_width": np.nan,
        "weight_kg": np.nan,
        "quantity": np.nan,
        "unit": None,
        "status": "simulated",
        "source": result.source,
        "released": pd.Timestamp(result.scenario.as_of or f"{result.economy.year}-12-31"),
        "released_basis": "stated",
        "superseded": pd.NaT,
    }
