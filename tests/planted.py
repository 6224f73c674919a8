"""Planted worlds: monthly trade by product in which the relabelled part is known.

One origin (CHN), one hub (VNM), one destination (USA), untariffed destinations, other origins, placebo origins. Sizes
are lognormal (log-sd 2.2); every flow of a product walks at random, months are lumpy, products share demand. After a
duty step on some products come, as asked: relabelling (the planted part), deflection of supply to other markets,
diversion of demand to genuine producers, relocation of the last stages with their inputs, front-loading before the
step, and hub trends. Nothing here uses the estimator.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from entrepot import chance, rungs

FIRST, LAST = "2022-07", "2025-12"
MONTHS = [str(month) for month in pd.period_range(FIRST, LAST, freq="M")]
ASIDE = ("DEU", "JPN", "GBR")  # untariffed destinations
OTHERS = ("MEX", "IND", "DEU")  # other origins into the destination
PLACEBOS = ("KOR", "JPN", "TWN")
HUB = "VNM"


@dataclass(frozen=True)
class Recipe:
    """What happens in a world; amounts are fractions of the direct flow of dutied goods after the step."""

    products: int = 800
    relabelled: float = 0.0
    taking_part: float = 0.6  # fraction of dutied products whose goods are relabelled at all
    deflected: float = 0.10
    diverted: float = 0.10
    hub_pull: float = 1.0  # weight of the hub among markets and sources, relative to its size
    relocated: float = 0.05
    front_loading: float = 0.4
    common: float = 0.15  # sd of a year's shock to a product that all flows share
    own: float = 0.25  # sd of a year's shock to one flow of a product
    lumpy: float = 0.3  # sd of one month
    sector_trend: float = 0.05  # sd of a year's trend of a chapter in the hub
    hub_trend: float = 0.12  # a year's growth of everything that passes the hub
    booms: float = 0.02  # fraction of products whose demand doubles everywhere
    correlation: float = 0.3
    hub_size: float = 0.35  # origin's sales to the hub over its direct sales
    dutied: float = 0.5
    by_chapter: float = 0.0  # 1: whole chapters are dutied; 0: products at random
    since: str = "2025-02"
    margin: float = 0.10  # destination's value over the value at which goods left the origin
    fall: float = 0.35
    size_sd: float = 2.2  # log-sd of the size of products
    even: bool = False  # every dutied product is relabelled in the same proportion
    tails: float = 0.0  # degrees of freedom of Student's shocks in place of normal ones; 0 for normal
    zeros: float = 0.0  # probability that a product is not traded in a month
    season: float = 0.0  # sd of a product's own season in one flow
    pretrend: float = 0.0  # a year's growth of dutied goods in both of the hub's legs, before the step as after
    waves: int = 1  # steps, six weeks apart, into which the dutied goods fall
    lag: int = -1  # months of the voyage; -1: spread over 0 to 3
    missing: int = 0  # months that one of the legs lacks
    tilt: float = 0.0  # sd of how much of a product's deflection and diversion the hub draws, in logs
    tied: bool = False  # the hub draws both of the same products
    report: float = 0.0  # sd of a product's own ratio between the value in one flow and another
    steel: float = 0.0  # fraction of direct sales in the largest dutied product


@dataclass(frozen=True)
class World:
    """Flows by exporter and importer (products x months) [USD], duties, and what truly arrived relabelled."""

    flows: dict[tuple[str, str], np.ndarray]
    products: list[str]
    dutied: np.ndarray
    since: str
    arrived: np.ndarray  # relabelled goods at the destination's value (products x months)
    steps: tuple[str, ...] = ()  # month of each product's duty

    def truth(self, year: str = "2025") -> float:
        """Relabelled goods that arrived in a year, at the destination's value [USD]."""
        return float(self.arrived[:, [month[:4] == year for month in MONTHS]].sum())

    def duties(self) -> pd.DataFrame:
        """The duty step, as `reroute` takes it."""
        fact = {"destination": "USA", "origin": "CHN", "rate": 0.25}
        lines = zip(self.products, self.dutied, self.steps, strict=True)
        return pd.DataFrame([fact | {"product": code, "since": since} for code, hit, since in lines if hit])

    def table(self) -> pd.DataFrame:
        """Rows of the flows table: exporters' reports from CHN and VNM, importers' reports of VNM and USA."""
        parts = []
        for (exporter, importer), values in self.flows.items():
            mine = importer != "USA" and exporter == "CHN"
            reporter, partner, flow = (exporter, importer, "X") if mine else (importer, exporter, "M")
            product, month = np.nonzero(values > 0)
            parts.append(
                pd.DataFrame(
                    {
                        "reporter": reporter,
                        "partner": partner,
                        "flow": flow,
                        "product": np.array(self.products)[product],
                        "period": np.array(MONTHS)[month],
                        "valuation": "fob" if mine else "cif",
                        "value": values[product, month],
                    }
                )
            )
        fixed = {"classification": "HS2022", "span": "month", "concept": "standard", "currency": "USD"}
        fixed |= {"status": "observed", "source": "planted", "released": "2026-03-01", "released_basis": "stated"}
        return pd.concat(parts, ignore_index=True).assign(**fixed)


def draw(recipe: Recipe, seed: int) -> World:
    """One world after a recipe; the same seed gives the same world up to what the recipe changes."""
    rng = np.random.default_rng(seed)
    n, months = recipe.products, len(MONTHS)
    chapters = np.sort(rng.integers(1, 41, n))
    codes = [f"{chapter:02d}{place:04d}" for place, chapter in enumerate(chapters)]
    step = MONTHS.index(recipe.since)
    whole = rng.random(41)[chapters] < recipe.dutied
    single = rng.random(n) < recipe.dutied
    dutied = whole if rng.random() < recipe.by_chapter else single
    pairs = _sizes(recipe)
    more = np.random.default_rng([seed, 1])  # apart, so that what is not asked for changes nothing
    shared = rng.normal(size=n)
    demand = np.cumsum(rng.normal(0, recipe.common / np.sqrt(12), (n, months)), axis=1)
    boom = rng.random(n) < recipe.booms
    demand = demand + np.outer(boom, np.linspace(0, np.log(2.5), months))
    season = rng.normal(0, 0.1, 12)[[int(month[5:]) - 1 for month in MONTHS]]
    sector = rng.normal(0, recipe.sector_trend, 41)[chapters]
    flows: dict[tuple[str, str], np.ndarray] = {}
    for pair, size in pairs.items():
        log = recipe.size_sd * (
            np.sqrt(recipe.correlation) * shared + np.sqrt(1 - recipe.correlation) * rng.normal(size=n)
        )
        level = np.exp(log) * (rng.random(n) < (0.75 if "CHN" in pair else 0.6))
        level = level / level.sum() * size / 12
        walk = np.cumsum(rng.normal(0, recipe.own / np.sqrt(12), (n, months)), axis=1)
        noise = rng.normal(0, recipe.lumpy, (n, months))
        trend = (recipe.hub_trend + sector)[:, None] * np.arange(months) / 12 if HUB in pair else 0.02
        if HUB in pair and pair in (("CHN", HUB), (HUB, "USA")):
            trend = trend + recipe.pretrend * np.outer(dutied, np.arange(months) / 12)
        own = _own(recipe, n, months, more)
        flows[pair] = level[:, None] * np.exp(demand + season + walk + noise + trend + own)
        if recipe.zeros:
            flows[pair] *= more.random((n, months)) >= recipe.zeros
    if recipe.steel:
        big = int(np.argmax(np.where(dutied, flows["CHN", "USA"].sum(axis=1), 0)))
        flows["CHN", "USA"][big] *= recipe.steel * flows["CHN", "USA"].sum() / flows["CHN", "USA"][big].sum()
    world = _policy(recipe, flows, codes, dutied, step, rng, more)
    return _holes(recipe, world, more)


def _own(recipe: Recipe, n: int, months: int, more: np.random.Generator) -> np.ndarray:
    """What a flow has beside its walk: a season of its own by product, shocks with heavy tails, another value."""
    out = np.zeros((n, months))
    if recipe.season:
        phase, size = more.uniform(0, 2 * np.pi, (n, 1)), more.normal(0, recipe.season, (n, 1))
        out += size * np.cos(2 * np.pi * np.arange(months) / 12 + phase)
    if recipe.tails:
        out += recipe.lumpy * more.standard_t(recipe.tails, (n, months)).clip(-8, 8)
        jumps = more.standard_t(recipe.tails, (n, 1)).clip(-8, 8) * recipe.own
        out += jumps * (np.arange(months) >= more.integers(0, months, (n, 1)))
    if recipe.report:
        out += more.normal(0, recipe.report, (n, 1))
    return out


def _holes(recipe: Recipe, world: "World", more: np.random.Generator) -> "World":
    """Months that one of the legs lacks."""
    for _ in range(recipe.missing):
        pair = (("CHN", HUB), (HUB, "USA"))[more.integers(2)]
        world.flows[pair][:, more.integers(18, len(MONTHS))] = 0.0
    return world


def _sizes(recipe: Recipe) -> dict[tuple[str, str], float]:
    direct = 100e9
    sizes = {("CHN", "USA"): direct, ("CHN", HUB): direct * recipe.hub_size, (HUB, "USA"): direct * recipe.hub_size}
    sizes |= {("CHN", aside): direct * 0.3 for aside in ASIDE}
    sizes |= {(other, "USA"): direct * 0.5 for other in OTHERS}
    sizes |= {(placebo, HUB): direct * 0.05 for placebo in PLACEBOS}
    return sizes | {(HUB, aside): direct * 0.06 for aside in ("DEU", "JPN")}


def _policy(
    recipe: Recipe,
    flows: dict[tuple[str, str], np.ndarray],
    codes: list[str],
    dutied: np.ndarray,
    step: int,
    rng: np.random.Generator,
    more: np.random.Generator,
) -> World:
    n, months = len(codes), len(MONTHS)
    wave = more.integers(0, recipe.waves, (n, 1)) * 2
    after = (np.arange(months) >= step + wave) & dutied[:, None]
    direct = flows["CHN", "USA"].copy()
    exposed = np.where(after, direct, 0.0)
    part = (rng.random(n) < recipe.taking_part) * rng.gamma(2.0, 0.5, n)
    part = np.ones(n) if recipe.even else part
    weight = exposed.sum(axis=1)
    scale = recipe.relabelled / max((part * weight).sum() / weight.sum(), 1e-12)
    left = exposed * np.minimum(part * scale, 0.8)[:, None]  # value at which relabelled goods left the origin
    lags = rng.dirichlet(np.ones(4))
    lags = lags if recipe.lag < 0 else np.eye(4)[recipe.lag]
    arrived = left * (1 + recipe.margin)
    flows["CHN", HUB] += sum(share * _earlier(left, lag) for lag, share in enumerate(lags))
    flows[HUB, "USA"] += arrived
    flows["CHN", "USA"] -= exposed * recipe.fall
    pulls = [recipe.hub_pull * np.exp(more.normal(0, recipe.tilt, n)) for _ in range(2)]
    pulls = [pulls[0], pulls[0]] if recipe.tied else pulls
    _spread(flows, [("CHN", one) for one in (HUB, *ASIDE)], exposed * recipe.deflected, pulls[0])
    _spread(flows, [(one, "USA") for one in (HUB, *OTHERS)], exposed * recipe.diverted, pulls[1])
    _relocate(recipe, flows, exposed, dutied, rng)
    flows["CHN", "USA"][dutied, step - 3 : step] *= 1 + recipe.front_loading
    flows["CHN", "USA"][dutied, step : step + 3] *= 1 - recipe.front_loading / 2
    months_of = [MONTHS[min(step + int(k), months - 1)] for k in wave[:, 0]]
    return World(flows, codes, dutied, recipe.since, arrived, tuple(months_of))


def _earlier(values: np.ndarray, lag: int) -> np.ndarray:
    """The same goods `lag` months before; what would have left before the first month held leaves in it."""
    return values if lag == 0 else np.concatenate([values[:, lag:], values[:, -1:].repeat(lag, axis=1)], axis=1)


def _spread(
    flows: dict[tuple[str, str], np.ndarray], pairs: list[tuple[str, str]], amount: np.ndarray, pull: np.ndarray
) -> None:
    """Add an amount to flows in proportion to their size in each product, the hub weighing `pull` times its size."""
    weights = {pair: flows[pair].mean(axis=1) * (pull if HUB in pair else 1.0) for pair in pairs}
    whole = sum(weights.values())
    for pair in pairs:
        share = np.divide(weights[pair], whole, out=np.zeros(len(whole)), where=whole > 0)
        flows[pair] = flows[pair] + amount * share[:, None]


def _relocate(
    recipe: Recipe,
    flows: dict[tuple[str, str], np.ndarray],
    exposed: np.ndarray,
    dutied: np.ndarray,
    rng: np.random.Generator,
) -> None:
    """Last stages move: finished goods from the hub, their parts (other lines, dutied or not) into it."""
    finals = np.flatnonzero(dutied & (rng.random(len(dutied)) < 0.15))
    parts = rng.permutation(len(dutied))[: len(finals)]
    moved = exposed[finals]
    moved = moved * recipe.relocated * exposed.sum() / max(moved.sum(), 1e-12)
    flows[HUB, "USA"][finals] += moved
    flows["CHN", HUB][parts] += 0.6 * moved


def families() -> dict[str, Recipe]:
    """Worlds without relabelling, one force or all of them: each must read as none."""
    still = Recipe(deflected=0, diverted=0, relocated=0, front_loading=0, sector_trend=0, booms=0)
    return {
        "noise": still,
        "common demand": replace(still, booms=0.06, common=0.25),
        "front-loading": replace(still, front_loading=0.8),
        "relocation": replace(still, relocated=0.15),
        "deflection": replace(still, deflected=0.2),
        "diversion": replace(still, diverted=0.2),
        "trends": replace(still, sector_trend=0.1, hub_trend=0.2),
        "all": Recipe(),
    }


def varied(seed: int, **fixed: float) -> Recipe:
    """A recipe whose nuisances are drawn at random, so that no single world is what the method was fitted to."""
    rng = np.random.default_rng(10_000 + seed)
    drawn = {
        "products": int(rng.integers(300, 1500)),
        "taking_part": rng.uniform(0.3, 1.0),
        "deflected": rng.uniform(0, 0.15),
        "diverted": rng.uniform(0, 0.15),
        "hub_pull": rng.uniform(0.6, 1.4),
        "relocated": rng.uniform(0, 0.10),
        "front_loading": rng.uniform(0, 0.6),
        "common": rng.uniform(0.05, 0.25),
        "own": rng.uniform(0.15, 0.35),
        "lumpy": rng.uniform(0.2, 0.5),
        "sector_trend": rng.uniform(0, 0.08),
        "hub_trend": rng.uniform(0, 0.25),
        "booms": rng.uniform(0, 0.03),
        "correlation": rng.uniform(0, 0.6),
        "hub_size": rng.uniform(0.2, 0.6),
        "dutied": rng.uniform(0.3, 0.7),
        "by_chapter": rng.uniform(0, 0.4),
        "since": str(rng.choice(["2024-08", "2025-01", "2025-02", "2025-04"])),
        "margin": rng.uniform(0.03, 0.15),
    }
    return replace(Recipe(), **(drawn | fixed))


def hard() -> dict[str, Recipe]:
    """Worlds that strain the assumptions: named by what is planted and what is unusual."""
    return {
        "none, hub pulls 2x": Recipe(hub_pull=2.0),
        "none, hub pulls 4x": Recipe(hub_pull=4.0),
        "none, hub pulls 20x": Recipe(hub_pull=20.0),
        "none, duties by chapter": Recipe(by_chapter=1.0, sector_trend=0.1),
        "none, legs alike": Recipe(correlation=0.9),
        "20%, hub pulls nothing": Recipe(hub_pull=0.0, relabelled=0.2),
        "20%, duties by chapter": Recipe(by_chapter=1.0, relabelled=0.2),
        "20%, 150 products": Recipe(products=150, relabelled=0.2),
        "20%, few products take part": Recipe(taking_part=0.15, relabelled=0.2),
        "20%, hub as large as direct": Recipe(hub_size=1.0, relabelled=0.2),
        "20%, noisy": Recipe(own=0.4, lumpy=0.6, relabelled=0.2),
    }


def wide() -> dict[str, dict[str, float]]:
    """What is unusual in a world, over nuisances drawn at random: changes to `varied`."""
    return {
        "as declared": {},
        "100 products": {"products": 100},
        "150 products": {"products": 150},
        "300 products": {"products": 300},
        "very unequal goods": {"size_sd": 3.0},
        "one good a fifth of direct sales": {"steel": 0.2},
        "heavy-tailed shocks": {"tails": 3.0},
        "own seasons": {"season": 0.4},
        "zeros in half of the months": {"zeros": 0.5},
        "goods valued differently": {"report": 0.4},
        "duties on a tenth": {"dutied": 0.1},
        "duties on nine tenths": {"dutied": 0.9},
        "duties by chapter": {"by_chapter": 1.0},
        "duties in three waves": {"waves": 3},
        "no voyage": {"lag": 0},
        "a voyage of three months": {"lag": 3},
        "three months missing": {"missing": 3},
        "all goods alike relabelled": {"even": True},
        "few goods relabelled": {"taking_part": 0.15},
        "hub small": {"hub_size": 0.1},
        "hub as large as direct": {"hub_size": 1.0},
        "dutied goods grow 10 % a year in the hub": {"pretrend": 0.10},
        "dutied goods grow 25 % a year in the hub": {"pretrend": 0.25},
        "hub pulls 4x": {"hub_pull": 4.0},
        "hub pulls as goods differ": {"tilt": 1.0},
        "hub pulls both of the same goods": {"tilt": 1.0, "tied": True},
        "deflection and diversion 20 %": {"deflected": 0.2, "diverted": 0.2},
        "deflection and diversion 35 %": {"deflected": 0.35, "diverted": 0.35},
        "the same, hub pulls 2x": {"deflected": 0.35, "diverted": 0.35, "hub_pull": 2.0},
        "the same, hub pulls 4x": {"deflected": 0.35, "diverted": 0.35, "hub_pull": 4.0},
        "the same, of the same goods": {"deflected": 0.35, "diverted": 0.35, "tilt": 1.0, "tied": True},
        "relocation of 20 %": {"relocated": 0.2},
        "booms in a tenth of goods": {"booms": 0.1},
        "front-loading doubles": {"front_loading": 1.0},
    }


def legs(world: World, base: str = "2023", year: str = "2025") -> tuple[list[rungs.Leg], rungs.Leg, np.ndarray]:
    """First leg at lags 0 to 3, second leg, and direct sales in the base, over the months after the step."""
    start = max(world.since, f"{year}-01")
    held = world.flows

    gone = [held[pair].sum(axis=0) <= 0 for pair in (("CHN", HUB), (HUB, "USA"))]
    ends = [(MONTHS.index(f"{when}{start[4:]}"), MONTHS.index(f"{when}-12") + 1) for when in (base, year)]
    lost = [any(leg[begin + n] for leg in gone for begin, _ in ends) for n in range(ends[0][1] - ends[0][0])]

    def window(values: np.ndarray, when: str, lag: int) -> np.ndarray:
        begin, end = ends[when == year]
        kept = [month - lag for month in range(begin, end) if not lost[month - begin]]
        return values[:, kept].sum(axis=1)

    def leg(main: tuple[str, str], control: list[tuple[str, str]], lag: int) -> rungs.Leg:
        pool = sum(held[pair] for pair in control)
        return rungs.Leg(*(window(values, when, lag) for values in (held[main], pool) for when in (base, year)))

    firsts = [leg(("CHN", HUB), [("CHN", one) for one in ASIDE], lag) for lag in range(4)]
    second = leg((HUB, "USA"), [(one, "USA") for one in OTHERS], 0)
    return firsts, second, window(held["CHN", "USA"], base, 0)


def before(world: World) -> tuple[rungs.Leg, rungs.Leg, np.ndarray]:
    """Both legs and direct sales in two windows a year apart, the later one ending three months before the duty."""
    end, held = MONTHS.index(world.since) - 3, world.flows
    later = [
        n for n in range(end - 12, end) if n >= 12 and all(held[p][:, [n, n - 12]].sum(axis=0).all() for p in MAIN)
    ]
    windows = [[n - 12 for n in later], later]

    def leg(main: tuple[str, str], control: list[tuple[str, str]]) -> rungs.Leg:
        pool = sum(held[pair] for pair in control)
        return rungs.Leg(*(values[:, places].sum(axis=1) for values in (held[main], pool) for places in windows))

    one, two = (leg(pair, others) for pair, others in zip(MAIN, CONTROLS, strict=True))
    return one, two, held["CHN", "USA"][:, windows[0]].sum(axis=1)


MAIN = (("CHN", HUB), (HUB, "USA"))
CONTROLS = ([("CHN", one) for one in ASIDE], [(one, "USA") for one in OTHERS])


def chapters(world: World) -> np.ndarray:
    """Sector of each product."""
    return np.array([int(code[:2]) for code in world.products])


def bounds(world: World) -> rungs.Bounds:
    """The bounds of a world, as `reroute` forms them from its table."""
    firsts, second, _ = legs(world)
    return rungs.bounds(firsts, second, world.dutied, chapters(world))


def judged(world: World, seed: int, draws: int = 199) -> chance.Judgement:
    """Whether anything is told from none, as `reroute` decides it from the table of a world."""
    firsts, second, direct = legs(world)
    return chance.judge(
        firsts, second, world.dutied, chapters(world), exposed=direct, earlier=before(world), years=2.0, draws=draws,
        seed=seed,
    )  # fmt: skip
