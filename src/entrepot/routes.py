"""Where the goods really went: the rerouting ladder for one origin, one destination and the hubs between."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from entrepot import chance, codes, flows, legs, legtable, measures, rungs
from entrepot.answer import Answer
from entrepot.errors import MissingData, WrongUsage
from entrepot.legs import Ask, Panel

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

RUNGS = {
    "ceiling": "the most it could be: sum over products of the smaller leg",
    "increment": "extra since the base: the ceiling less the ceiling of the base",
    "placebo-adjusted": "extra beyond comparison goods: the increment, as a rate of the smaller leg's base value, less "
    "the mean rate of routes that carry no such rerouting",
    "tariff-identified": "extra on goods whose duty rose: between zero and the smaller excess of the two legs over "
    "undutied goods and over other markets and origins",
}
NONE, SEEN, UNSURE = "not distinguishable from none", "distinguishable", "cannot tell"
Row = dict[str, Any]


def reroute(
    trade: Any,
    *,
    origin: str,
    destination: str,
    hubs: str | Sequence[str],
    base: str,
    period: str,
    tariffs: Any = None,
    span: str | None = None,
    currency: str | None = None,
    vintage: str = "latest",
) -> Answer:
    """How much of an origin's goods may reach a destination under a hub's name: four rungs, from ceiling to bounds.

    Rerouting here is relabelling: the finished good, same product line, in through the hub and on to the destination.
    Relocation of the last stages, demand that turns to the hub's own producers and supply that stays in the hub are
    other things; each rung says which of them it still holds. No rung is evidence against any firm.

    Parameters
    ----------
    trade
        Anything `flows.read` takes, of several reporters: origin to hub and hub to destination by product and month
        (or year), either side's report; for the last two rungs also what the origin sells elsewhere, what others sell
        to the destination, and the placebo origins KOR, JPN, TWN.
    origin, destination : str
        Countries by code or name.
    hubs : str or sequence of str
        Countries by code or name; a text may list several with commas.
    base, period : str
        Both years, or both months.
    tariffs : table, optional
        Duties: destination, origin (ISO3), product (HS6, or a prefix), since (month), rate (added duty, fraction).
    span : {"month", "ytd", "year"}, optional
        What base and period cover; a year or a month if left out.
    currency, vintage : str
        As in `measure`; dollars where both legs hold them.

    Returns
    -------
    Answer
        Rows: hub, rung, value, lo, hi [currency, at the destination's value for the last rung], share [of the
        destination's imports from the hub], verdict, why. `lo` of the ceiling is zero, and `hi` the same sum with goods
        bought up to three months before and a fifth of value added: the published measure, `value`, sees neither. The
        increment has no ends. Those of the placebo-adjusted rung are a nominal 90 % prediction band, its upper one
        with a fifth of value added; of the last rung zero and the smaller excess at its upper 95 %: only bounds are
        identified (`value` is null where lines tell it from none and their sum does not). Where both sides report a
        leg, `hi` of the first and last rung is the highest of either. `about`
        carries what appears with no rerouting at all (`placebo`), the product level and the answer one level coarser
        (`coarser`: inside a heading goods may change their code), windows, lags, comparison countries and what was
        aligned; by hub also both sides' reports of each leg (`mirrors`), what rules of feasibility leave of the ceiling
        (`feasible`), and for the last rung the tests, the comparison's own pull, the trend before the duty and what the
        hub's trade with others shows (`own`). The last rung is `cannot tell` where there is more than chance, but no
        more than one of these could make.

    Raises
    ------
    WrongUsage
        If a hub is the origin or the destination, or periods do not match.
    BadTable
        If the legs stand in different currencies, or in classifications that are not both HS6 (HS editions are put into
        the destination's by weighted links, with a warning), or the duties are no table of duties.
    MissingData
        If nothing at all is held of either leg of any hub; where something is, the verdict is `cannot tell`.

    Notes
    -----
    Definitions follow Iyoha, Malesky, Wen, Wu and Feng (HBS 24-072, 2024) for the ceiling; the excess of both legs is
    a difference of log growth rates on both sides of the hub (`rungs.excess`), decided by permutation of which
    products are dutied, by what other markets and origins show, and by the trend before the duty (`chance.judge`).
    """
    ask = legs.asked(origin, destination, hubs, base, period, span, currency, vintage)
    duties = legs.duties(tariffs, ask)
    panel = legtable.panel(flows.read(trade), ask, duties)
    rows: list[Row] = []
    details: dict[str, Any] = {}
    for hub in ask.hubs:
        found, details[hub] = _ladder(panel, ask, hub)
        rows += found
    return Answer("reroute", _about(panel, ask, details), _frame(rows))


def _frame(rows: list[Row]) -> "pd.DataFrame":
    import pandas as pd

    table = pd.DataFrame(rows, columns=["hub", "rung", "value", "lo", "hi", "share", "verdict", "why"])
    return table.astype(dict.fromkeys(("value", "lo", "hi", "share"), float))


def _ladder(panel: Panel, ask: Ask, hub: str) -> tuple[list[Row], dict[str, Any]]:
    if hub not in panel.products:
        return _totals_only(panel, ask, hub)
    windows = panel.windows(ask, hub)
    first, second = windows.leg("one", 0), windows.leg("two", 0)
    imports = float(second.after.sum())
    placebo = _placebos(panel, ask, hub, windows)
    top = _ceiling(first, second, placebo, _alike(panel, ask, hub, windows))
    lines = [top, *(_short(line, windows) for line in (_increment(first, second, placebo),
                                                       _adjusted(first, second, placebo)))]  # fmt: skip
    bounds, last = _identified(panel, ask, hub, windows)
    coarser = _coarser(panel, ask, hub)
    lines.append(last)
    rows = [_row(hub, rung, line, imports) for rung, line in zip(RUNGS, lines, strict=True)]
    detail = {
        "exports to the hub": float(first.after.sum()),
        "imports from the hub": imports,
        "months": windows.months,
        "placebo": placebo,
        "coarser": coarser,
        "feasible": windows.feasible(),
        "mirrors": _both_reports(panel, hub, windows),
    }
    detail |= {"first leg": panel.said["one", hub], "second leg": panel.said["two", hub]}
    return rows, detail | ({"test": bounds} if bounds else {})


def _both_reports(panel: Panel, hub: str, windows: legs.Windows) -> dict[str, Any]:
    """What each side reports of both legs in the period, and the ceiling of every pairing of reports."""
    used = {name: windows.leg(name, 0).after for name in ("one", "two")}
    other = {name: windows.mirror(name) for name in used}
    out: dict[str, Any] = {}
    for name, words in (("one", "first leg"), ("two", "second leg")):
        theirs = other[name]
        out[words] = {
            "used": panel.said[name, hub], "value": float(used[name].sum()),
            "other": panel.said.get(("mirror", name, hub)),
            "other value": None if theirs is None else float(theirs.sum()),
        }  # fmt: skip
    found = {
        " and ".join(words): rungs.ceiling(first, second)
        for words, first, second in (
            (("used", "used"), used["one"], used["two"]),
            (("other", "used"), other["one"], used["two"]),
            (("used", "other"), used["one"], other["two"]),
            (("other", "other"), other["one"], other["two"]),
        )
        if first is not None and second is not None
    }
    return out | {"ceilings": found}


@dataclass(frozen=True)
class Line:
    """One rung before it is a row: value and its ends [currency], verdict and the reason in words."""

    value: float | None
    lo: float | None
    hi: float | None
    verdict: str
    why: str


def _row(hub: str, rung: str, line: Line, imports: float | None) -> Row:
    share = line.value / imports if line.value is not None and imports else None
    return {"hub": hub, "rung": rung, "value": line.value, "lo": line.lo, "hi": line.hi, "share": share,
            "verdict": line.verdict, "why": line.why}  # fmt: skip


def _alike(panel: Panel, ask: Ask, hub: str, windows: legs.Windows, *, after_step: bool = False) -> list[legs.Windows]:
    """The same windows by every pairing of reports that holds all of their months, the one used first."""
    views = [windows]
    for view in panel.views(hub)[1:]:
        with suppress(MissingData):  # no month of it at all
            views.append(view.windows(ask, hub, after_step=after_step))
    return [one for one in views if (one.before, one.after) == (windows.before, windows.after)]


def _ceiling(first: rungs.Leg, second: rungs.Leg, placebo: Mapping[str, Any], views: Sequence[legs.Windows]) -> Line:
    """The published measure, which sees one window and one price, and up to what it may be without those limits."""
    value = rungs.ceiling(first.after, second.after)
    most = max(rungs.ceiling(view.bought() * rungs.MARGIN[1], view.leg("two", 0).after) for view in views)
    said = _most(views[0])
    if len(first.after) < rungs.FEWEST:
        why = (
            f"{said} With {len(first.after)} product lines there is nothing to shuffle, so what would "
            "appear with no rerouting at all is not known."
        )
        return Line(value, 0.0, most, UNSURE, why)
    lo, hi = placebo["shuffled_lo"], placebo["shuffled_hi"]
    inside = value <= hi
    why = (
        f"{said} With the product lines of one leg shuffled, so that nothing is rerouted, between "
        f"{_percent(lo, second)} and {_percent(hi, second)} of the hub's sales would still appear."
    )
    return Line(value, 0.0, most, NONE if inside else UNSURE, why)


def _most(windows: legs.Windows) -> str:
    """What the upper end of the ceiling allows for, in words."""
    ahead = f"goods bought up to {max(legs.LAGS)} months before and " if windows.by_month else ""
    added = f"{100 * (rungs.MARGIN[1] - 1):.0f} % of value added"
    return f"No more than this within the period and at the value going in; the high end counts {ahead}{added}."


def _percent(value: float, leg: rungs.Leg) -> str:
    whole = float(leg.after.sum())
    return f"{100 * value / whole:.1f} %" if whole else "none"


def _increment(first: rungs.Leg, second: rungs.Leg, placebo: Mapping[str, Any]) -> Line:
    now, then = rungs.ceiling(first.after, second.after), rungs.ceiling(first.before, second.before)
    against = f"{100 * placebo['mean']:+.0f} % on comparison routes" if placebo["rates"] else "no comparison is held"
    grown = f"{100 * (now / then - 1):+.0f} %; {against}" if then > 0 else against
    why = f"{grown[0].upper()}{grown[1:]}. Growth of everything counts, and a loss of the hub's other trade hides some."
    return Line(now - then, None, None, UNSURE, why)


def _short(line: Line, windows: legs.Windows) -> Line:
    """The same line, with what a window as short as a voyage does not see."""
    if line.value is None or not windows.by_month or len(windows.after) > max(legs.LAGS):
        return line
    said = f"{line.why} Over so few months, what was bought before them and sold in them is not seen."
    return replace(line, why=said)


def _adjusted(first: rungs.Leg, second: rungs.Leg, placebo: Mapping[str, Any]) -> Line:
    base = rungs.exposure(first.before, second.before)
    if len(placebo["rates"]) < 3 or base <= 0:
        why = f"{len(placebo['rates'])} comparison routes are held by product; three are needed. " + legs.FETCH_PLACEBO
        return Line(None, None, None, UNSURE, why)
    rate = (rungs.ceiling(first.after, second.after) - base) / base
    mean, low, high = placebo["mean"], placebo["lo"], placebo["hi"]
    value, lo, hi = (base * (rate - one) for one in (mean, high, low))
    hi *= rungs.MARGIN[1] if hi > 0 else 1.0  # the smaller leg is mostly the first, and goods gain value on the way
    if rate <= high:
        why = f"{100 * rate:+.0f} % lies inside what comparison routes show ({100 * low:+.0f} to {100 * high:+.0f} %)."
        return Line(value, lo, hi, NONE, why)
    why = (
        f"{100 * rate:+.0f} % lies above what comparison routes show (to {100 * high:+.0f} %); relocation and demand "
        "for the hub's own goods can do that too."
    )
    return Line(value, lo, hi, UNSURE, why)


def _placebos(panel: Panel, ask: Ask, hub: str, windows: legs.Windows) -> dict[str, Any]:
    """Increment rates of routes without such rerouting, and what a ceiling shows when lines are shuffled."""
    import numpy as np

    rates: dict[str, float] = {}
    two, one = windows.leg("two", 0), windows.leg("one", 0)
    for name, (before, after, other_before, other_after) in windows.placebos().items():
        start = rungs.exposure(before, other_before)
        if start > 0:
            rates[name] = (rungs.ceiling(after, other_after) - start) / start
    quiet = ~panel.dutied(ask, windows) if panel.duties is not None else None
    if quiet is not None and rungs.exposure(one.before[quiet], two.before[quiet]) > 0 and not quiet.all():
        start = rungs.exposure(one.before[quiet], two.before[quiet])
        rates["undutied goods"] = (rungs.ceiling(one.after[quiet], two.after[quiet]) - start) / start
    rng = np.random.default_rng(0)
    shuffled = [rungs.ceiling(rng.permutation(one.after), two.after) for _ in range(199)]
    lo, middle, hi = (float(x) for x in np.quantile(shuffled, [0.05, 0.5, 0.95]))
    out = {"rates": rates, "shuffled": middle, "shuffled_lo": lo, "shuffled_hi": hi}
    if len(rates) >= 3:
        mean, low, high = rungs.prediction_band(list(rates.values()))
        return out | {"mean": mean, "lo": low, "hi": high}
    return out | {"mean": float(np.mean(list(rates.values()))) if rates else None, "lo": None, "hi": None}


def _identified(panel: Panel, ask: Ask, hub: str, windows: legs.Windows) -> tuple[dict[str, Any] | None, Line]:
    if panel.duties is None or not len(panel.duties):
        why = "No product's duty rose between base and period in the duties given. Pass tariffs= with the duty step."
        return None, Line(None, None, None, UNSURE, why)
    lacking = [name for name in ("aside", "others") if not windows.holds(name)]
    if lacking:
        return None, Line(None, None, None, UNSURE, legs.lacking(lacking, ask))
    try:
        stepped = panel.windows(ask, hub, after_step=True)
    except MissingData:
        why = "In no month after the duty step are both legs and what they are compared with held, and a base for it. "
        return None, Line(None, None, None, UNSURE, why + legs.lacking(["aside", "others"], ask))
    dutied, sectors = panel.dutied(ask, stepped), stepped.sectors()
    try:
        every = [
            rungs.bounds([view.leg("one", lag) for lag in view.lags], view.leg("two", 0), dutied, sectors)
            for view in _alike(panel, ask, hub, stepped, after_step=True)
        ]
    except MissingData as refusal:
        return None, Line(None, None, None, UNSURE, f"{refusal} {legs.lacking(['undutied'], ask)}")
    found, high = every[0], max(one.hi for one in every)
    firsts, second = [stepped.leg("one", lag) for lag in stepped.lags], stepped.leg("two", 0)
    beside = stepped.beside()
    judged = chance.judge(
        firsts, second, dutied, sectors, exposed=stepped.direct(), earlier=stepped.earlier(ask),
        years=int(ask.period[:4]) - int(ask.base[:4]), beside=beside,
    )  # fmt: skip
    verdict = SEEN if judged.seen else UNSURE if judged.unsure else NONE
    detail = {
        "p": judged.p, "tests": judged.tests, "excess": {"first leg": found.first.log, "second leg": found.second.log},
        "control": {"first leg": found.first.control, "second leg": found.second.control},
        "se": {"first leg": found.first.se, "second leg": found.second.se}, "fits": found.largest,
        "lower": judged.lower, "needed": judged.needed, "pull": judged.pull,
        "trend": judged.trend if judged.checked else None, "own": judged.own,
        "allowance": chance.ALLOWANCE, "most pull": chance.PULL,
        "window": stepped.months, "lags": list(stepped.lags), "products": int(dutied.sum()),
        "undutied products": int((~dutied).sum()), "margin": rungs.MARGIN,
    }  # fmt: skip
    unsized = judged.seen and found.value <= 0  # lines rise, the largest do not: a zero would deny what is told
    value = None if unsized else found.value
    said = " By value one leg shows no excess, so how much it is is not told, only the bounds." if unsized else ""
    if judged.seen and any(one is None for one in beside):
        said += " What the hub trades with others is not held, so its own demand and production are not ruled out."
    return detail, Line(value, 0.0, high, verdict, _reason(found, judged) + said)


def _reason(found: rungs.Bounds, judged: chance.Judgement) -> str:
    """Why dutied goods are, or are not, told from what chance, the hub's pull or an old trend could make."""
    met = (
        f"Dutied goods beat undutied ones by {100 * found.first.log:+.0f} log points into the hub and "
        f"{100 * found.second.log:+.0f} out of it, beyond other markets and origins. "
    )
    if judged.seen and judged.p <= chance.LEVEL:
        said = f"Chance and an allowance of {100 * chance.ALLOWANCE:.0f} points give as much in {_chance(judged.p)}"
        how = " (largest of three tests: each leg, and both in the same lines)."
        return met + said + how + _trend(judged)
    if judged.seen:
        tied = judged.tests["same lines beyond exposure"]
        return f"{met}Both legs rise in the same lines beyond what direct sales of each foretell: {_chance(tied)}." + (
            _trend(judged)
        )
    if judged.unsure:
        ends = [f"{100 * one:.0f}" for one in judged.needed]
        own = ", its own demand and production as its trade with others shows them" if max(judged.own) > 0 else ""
        return (
            f"{met}More than chance, but a hub that draws {chance.PULL:g} times what its comparison shows{own}, or a "
            f"trend of dutied goods older than the duty, could make as much ({' and '.join(ends)} points of growth)."
        )
    said = f"Chance and an allowance of {100 * chance.ALLOWANCE:.0f} points give as much in {_chance(judged.p)}"
    way = _one_way(judged)
    return f"{met}{said} (largest of three tests: each leg, and both in the same lines).{way}{_trend(judged)}"


def _one_way(judged: chance.Judgement) -> str:
    """What an excess of one leg alone may be; empty where both or none show one."""
    into, out = (judged.tests[name] <= chance.LEVEL for name in ("first leg", "second leg"))
    if into == out:
        return ""
    if into:
        return " Only the way in shows it: goods that stay in the hub, or leave it under another code."
    return " Only the way out shows it: goods of the hub's own, or that came in under another code or from elsewhere."


def _trend(judged: chance.Judgement) -> str:
    return "" if judged.checked else " No months before the duty are held, so an older trend is not ruled out."


def _chance(p: float) -> str:
    return f"{100 * p:.1f} % of permutations"


def _coarser(panel: Panel, ask: Ask, hub: str) -> dict[str, Any] | None:
    """Ceiling, increment and duty step one HS level up, where a line that changed its code on the way stays inside."""
    level = {6: 4, 4: 2}.get(panel.level)
    if level is None:
        return None
    wider = panel.at(level, ask)
    windows = wider.windows(ask, hub)
    first, second = windows.leg("one", 0), windows.leg("two", 0)
    top, then = rungs.ceiling(first.after, second.after), rungs.ceiling(first.before, second.before)
    whole = float(second.after.sum())
    _, last = _identified(wider, ask, hub, windows)
    found = {"value": last.value, "hi": last.hi, "verdict": last.verdict}
    return {"level": f"HS{level}", "ceiling": top, "increment": top - then, "share": top / whole if whole else None,
            "tariff-identified": found}  # fmt: skip


def _totals_only(panel: Panel, ask: Ask, hub: str) -> tuple[list[Row], dict[str, Any]]:
    """No rung has a value: the smaller of two totals, often all that the hub sells, would read as a finding."""
    totals = panel.totals.get(hub)
    why = legs.decide(panel.missing.get(hub, "both legs"))
    if totals is not None:
        why = f"Totals only, and the smaller of two totals bounds nothing of use. {why}"
    line = Line(None, None, None, UNSURE, why)
    rows = [_row(hub, rung, line, None) for rung in RUNGS]
    legs_held = None if totals is None else {"exports to the hub": totals[0], "imports from the hub": totals[1]}
    return rows, {"missing": panel.missing.get(hub, "both legs"), "totals": legs_held}


def _about(panel: Panel, ask: Ask, details: Mapping[str, Any]) -> dict[str, object]:
    offices = "; ".join(sorted({str(one.get("office", one["source"])) for one in measures.sources_of(panel.sources)}))
    route = f"{codes.name(ask.origin)} to {codes.name(ask.destination)} through {_names(ask.hubs)}"
    placebo = {hub: detail["placebo"] for hub, detail in details.items() if "placebo" in detail}
    return {
        "reporter": ask.origin, "origin": ask.origin, "destination": ask.destination, "hubs": list(ask.hubs),
        "base": ask.base, "period": ask.period, "span": ask.span, "currency": panel.currency,
        "vintage": ask.vintage, "level": f"HS{panel.level}" if panel.level else "as given",
        "classification": panel.classification, "placebo": placebo,
        "coarser": {hub: detail.get("coarser") for hub, detail in details.items()},
        "hub": {hub: {k: v for k, v in one.items() if k != "placebo"} for hub, one in details.items()},
        "comparison": {"markets": panel.aside, "origins": panel.others, "placebo origins": panel.placebo_origins},
        "definitions": RUNGS, "verdicts": "only the duty step can distinguish; the other rungs bound or compare",
        "assumption": "value of the last rung: the hub keeps no more deflected goods than untariffed markets do; its "
        "high end: the hub's own trade in dutied goods did not shrink against that of other markets and origins",
        "method": "min of both legs by product; excess of dutied over undutied goods in both legs; permuted duty lists",
        "warnings": list(panel.warnings), "sources": measures.sources_of(panel.sources),
        "citation": f"{offices}{': ' * bool(offices)}{route}, {ask.period} against {ask.base}, vintage {ask.vintage}.",
    }  # fmt: skip


def _names(hubs: Sequence[str]) -> str:
    return ", ".join(codes.name(hub) for hub in hubs)


def look_through(share: "np.ndarray", content: "np.ndarray") -> float:
    """Share of an origin seen through its suppliers, `s = sum_c w_c CH_c` (Hoang and Lewis 2024) [fraction].

    Parameters
    ----------
    share : (suppliers,) float
        Share of each supplier c in the destination's imports from others than the origin; sums to 1.
    content : (suppliers,) float
        Share of the origin in the imports of c.

    Raises
    ------
    WrongUsage
        If shares do not sum to 1 within 1e-6.
    """
    if abs(float(share.sum()) - 1) > 1e-6:
        raise WrongUsage(f"Shares of suppliers sum to 1, not {float(share.sum()):.6f}.")
    return float(share @ content)


def look_through_change(
    before: "tuple[np.ndarray, np.ndarray]", after: "tuple[np.ndarray, np.ndarray]"
) -> tuple[float, float]:
    """Change of `look_through`, exactly split into (within, between) suppliers with two-period means.

    `ds = sum wbar dCH + sum (CHbar - sbar) dw`; each argument is (share, content).
    """
    (w0, c0), (w1, c1) = before, after
    mean = (look_through(w0, c0) + look_through(w1, c1)) / 2
    within = float(((w0 + w1) / 2) @ (c1 - c0))
    between = float(((c0 + c1) / 2 - mean) @ (w1 - w0))
    return within, between
