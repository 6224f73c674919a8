"""The chart of an answer: what a verb found, as one picture for a slide."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from entrepot import charts, lake, measures, periods, pictures_explain, wording
from entrepot.answer import Answer
from entrepot.errors import MissingData, WrongUsage

Row = Mapping[str, Any]
BARS = 16  # lines in one picture; the largest are drawn


def picture(answer: Answer) -> charts.Chart:
    """Draw an answer of measure, explain, simulate, forecast or reroute.

    Raises
    ------
    WrongUsage
        If the verb has no chart.
    MissingData
        If the answer holds nothing that can be drawn.
    """
    drawn = {
        "measure": _measure,
        "explain": _explain,
        "simulate": _simulate,
        "forecast": _forecast,
        "reroute": _reroute,
    }
    if answer.verb not in drawn:
        raise WrongUsage(f"{answer.verb} has no chart; write a table instead: -o FILE.xlsx or -o FILE.csv")
    return drawn[answer.verb](answer)


def _source(answer: Answer) -> str:
    return f"Source: {answer.about.get('citation') or answer.about.get('source') or 'the table given'}"


def _when(answer: Answer) -> str:
    first, _, last = str(answer.about["period"]).partition(":")
    when = periods.in_words(first, str(answer.about["span"]))
    return f"{when} to {periods.in_words(last, str(answer.about['span']))}" if last else when


def _bars(rows: Sequence[Row], unit: str, finding: str, source: str) -> charts.Chart:
    if not rows:
        raise MissingData("The answer holds no figure that can be drawn. Write it as a table: -o FILE.csv")
    return charts.changes(rows, finding=finding, source=source, unit=unit)


def _bar(name: str, value: float, text: str, kind: str = "") -> dict[str, Any]:
    return {"name": name, "change": value, "kind": kind or ("fall" if value < 0 else "rise"), "text": text}


def _measure(answer: Answer) -> charts.Chart:
    rows = answer.records()
    about = answer.about
    money, who = str(about["currency"]), wording.partner(str(about["reporter"]))
    flow = next((flow for flow in ("X", "M", "T", "B") if any(row["flow"] == flow for row in rows)), "X")
    mine = [row for row in rows if row["flow"] == flow]
    if ":" in str(about["period"]) and len({(row["partner"], row["product"]) for row in rows}) == 1:
        growth = {row["period"]: row["growth"] for row in mine if len(row["period"]) == 7}
        once = len(growth) == sum(len(row["period"]) == 7 for row in mine)  # and not a print and its revisions
        if once and sum(rate is not None for rate in growth.values()) >= 2:
            grown = [{"period": month, "growth": growth.get(month)} for month in _without_gaps(growth)]
            what = f"{wording.flow(flow).lower()}{_of_what(about)}"
            stated = not any(measures.UNSTATED in str(row["method"]) for row in mine)
            basis = f" in {money}" if stated else ", currency not stated"
            finding = f"{wording.possessive(who)} {what}, growth on a year earlier{basis}"
            return charts.growth_by_month(grown, finding=finding, source=_source(answer), run=None)
    if about["by"] is None:
        mine = [row for row in rows if row["flow"] in ("X", "M", "B")] or mine
    if ":" in str(about["period"]) and (over := _over_time(answer, mine)) is not None:
        return over
    kinds = {"whole": "total", "rest": "rest"}
    valued = [row for row in mine if row["value"] is not None]
    known = [row for row in valued if row["role"] != "memo"]
    overlap = bool(about["by"]) and not any(row["role"] == "part" for row in known)
    known = valued if overlap else known  # where no lines make up the whole, those that overlap are better than none
    held = _largest(known, about)
    names = _apart([_name(row, about) for row in held], held)
    drawn = [
        _bar(name, row["value"] / 1e9, _money(row), kinds.get(row["role"], ""))
        for name, row in zip(names, held, strict=True)
    ]
    what = f"{wording.flow(flow).lower() if about['by'] else 'goods trade'}{_of_what(about)}"
    finding = f"{wording.possessive(who)} {what}, {_when(answer)}"
    memo = "Lines may overlap. " if overlap and len(held) > 1 else ""
    return _bars(drawn, f"bn {money}", finding, f"{memo}{_cut(held, known)}{_source(answer)}")


def _without_gaps(held: Iterable[str]) -> list[str]:
    """Every period from the first to the last held, so that one not held leaves its place empty."""
    return periods.each(f"{min(held)}:{max(held)}")


def _cut(held: Sequence[Row], known: Sequence[Row]) -> str:
    """Say how many figures have no bar; nothing where one bar stands for all the others."""
    whole = any(row["role"] == "rest" for row in held)
    return "" if whole else _left_out(len(held), len(known), "figures")


def _left_out(shown: int, held: int, what: str) -> str:
    """Say that not all is drawn; nothing where it is."""
    return f"Drawn are {shown} of {held} {what}; {held - shown} are left out. " if shown < held else ""


def _over_time(answer: Answer, rows: Sequence[Row]) -> charts.Chart | None:
    """Draw a range of periods, a line for each partner or product; None where a period has several figures of a line.

    The lines drawn are the largest over all periods; of an answer by partner or product its parts, for the whole would
    press them flat. Where several flows of several lines are asked for, each flow has a panel.
    """
    about, kept = answer.about, [row for row in rows if row["role"] not in ("memo", "whole", "rest")]
    kept = kept if about["by"] else [row for row in rows if row["role"] != "memo"]
    known = [row for row in kept if row["value"] is not None]
    times = _without_gaps({row["period"] for row in kept}) if kept else []
    if len(times) < 2 or not known or len({(_key(row), row["flow"], row["period"]) for row in kept}) < len(kept):
        return None
    keys = list(dict.fromkeys(_key(row) for row in known))
    flows = [flow for flow in ("X", "M", "T", "B") if any(row["flow"] == flow for row in known)]
    alone = len(keys) == 1  # then its flows are the lines
    sizes = {key: sum(abs(row["value"]) for row in known if _key(row) == key) for key in keys}
    drawn = sorted(keys, key=lambda key: -sizes[key])[: len(charts.LINES)]
    names = dict(zip(drawn, _line_names(drawn), strict=True))
    held = {(_key(row), row["flow"], row["period"]): row for row in known}
    points: list[dict[str, Any]] = [
        {"name": wording.flow(flow) if alone else names[key],
         "panel": "" if alone or len(flows) == 1 else wording.flow(flow), "kind": "line", "at": n,
         "value": row["value"] / 1e9 if row else None, "text": _money(row) if row else ""}
        for flow in flows for key in drawn for n, period in enumerate(times) for row in [held.get((key, flow, period))]
    ]  # fmt: skip
    who, span = wording.possessive(wording.partner(str(about["reporter"]))), str(about["span"])
    what = wording.flow(flows[0]).lower() if len(flows) == 1 else "goods trade"
    by = f" by {about['by']}" if about["by"] else ""
    whole = "The total is not drawn. " if about["by"] and any(row["role"] == "whole" for row in rows) else ""
    return charts.lines_over_time(
        points, finding=f"{who} {what}{_of_what(about)}{by}, {_when(answer)}", unit=f"bn {about['currency']}",
        source=f"{_left_out(len(drawn), len(keys), 'lines')}{whole}{_source(answer)}",
        names=list(dict.fromkeys(point["name"] for point in points)) if alone else list(names.values()),
        times=[periods.in_words(period, span) for period in times],
    )  # fmt: skip


def _key(row: Row) -> tuple[str, str]:
    return str(row["partner"]), str(row["product"])


def _line_names(keys: Sequence[tuple[str, str]]) -> list[str]:
    """Partner where partners differ, product where products differ, both where both do."""
    partners, goods = ({key[n] for key in keys} for n in (0, 1))
    named = [
        [wording.partner(partner, "short") if partner != "WLD" else "World"] * (len(partners) > 1)
        + [wording.product(product)] * (len(goods) > 1)
        for partner, product in keys
    ]
    return [", ".join(words) for words in named]


def _of_what(about: Row) -> str:
    """Partners and products an answer is of, in brackets; nothing for the world and all goods."""
    partners = [wording.partner(str(one)) for one in about["partner"] if one != "WLD" and about["by"] != "partner"]
    goods = [wording.product(str(one)) for one in about["product"] if one != "TOTAL" and about["by"] != "product"]
    names = [*partners, *goods]
    return f" ({', '.join(names[:3])}{' ...' if len(names) > 3 else ''})" if names else ""


def _largest(rows: Sequence[Row], about: Row) -> list[Row]:
    """Lines of one period as they are drawn: the whole, the largest parts, and one bar for all that is left of it."""
    whole, parts, rest, memo = (
        [row for row in rows if row["role"] == role] for role in ("whole", "part", "rest", "memo")
    )
    if not about["by"] or len(whole) != 1:
        return list(rows)[: BARS + 2]
    parts = sorted([*parts, *memo], key=lambda row: -row["value"])
    if len(parts) > BARS and not memo:
        left = whole[0]["value"] - sum(row["value"] for row in parts[:BARS])
        rest = [{**whole[0], "role": "rest", about["by"]: measures.REST, "value": left}]
    return [*whole, *parts[:BARS], *rest]


def _apart(names: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Names under which no two bars would be stacked: with flow, period, day and source of the print, where needed."""
    apart: tuple[Callable[[Row], str], ...] = (
        lambda row: wording.flow(row["flow"]).lower(),
        lambda row: periods.in_words(row["period"], row["span"]),
        lambda row: str(row["released"]),
        lambda row: str(row["source"]),
    )
    for told in apart:
        if len(set(names)) < len(names):
            added = [told(row) for row in rows]
            several = len(set(added)) > 1
            names = [
                f"{name}, {more}" if several and more not in name.lower() else name
                for name, more in zip(names, added, strict=True)
            ]
    return [f"{name} ({names[:n].count(name) + 1})" if name in names[:n] else name for n, name in enumerate(names)]


def _name(row: Row, about: Mapping[str, object]) -> str:
    if about["by"] == "product":
        return "Other goods" if row["role"] == "rest" else wording.product(row["product"])
    if about["by"] is None and row["partner"] == "WLD":
        return wording.flow(row["flow"])
    return "World" if row["partner"] == "WLD" else wording.partner(row["partner"], "short")


def _money(row: Row) -> str:
    return wording.amount(row["value"], row["currency"], half_width=max(row["half_width"] or 0.0, 5e7)).removesuffix(
        " bn"
    )


def _explain(answer: Answer) -> charts.Chart:
    if "split" in answer.about:
        return pictures_explain.picture(answer)
    about, by = answer.about, str(answer.about["by"])
    rows = [row for row in answer.records() if row["contribution"] is not None]
    if not rows:
        raise MissingData(f"No {by} has a contribution that can be drawn. Write what is held as a table: -o FILE.csv")
    largest = sorted(rows, key=lambda row: -abs(row["contribution"]))[:BARS]
    shown = [row for row in rows if row in largest]
    left = float(str(about["growth"])) - sum(row["contribution"] for row in shown)
    drawn = [
        _bar(wording.partner(row[by], "short") if by == "partner" else wording.product(row[by]),
             100 * row["contribution"], wording.points(row["contribution"]))
        for row in shown
    ]  # fmt: skip
    drawn.append(_bar("Everyone else", 100 * left, wording.points(left), "rest"))
    growth = float(str(about["growth"]))
    drawn.append(_bar("Growth", 100 * growth, wording.points(growth), "total"))
    who = wording.possessive(wording.partner(str(about["reporter"])))
    moved = wording.moved(about["growth"])
    finding = f"{who} {wording.flow(str(about['flow'])).lower()} {moved} in {_when(answer)}: what each {by} added"
    estimated = f" {about['estimated']} of {about['lines']} lines are estimated." if about["estimated"] else ""
    return _bars(drawn, "percentage points", finding, f"{_source(answer)}{estimated}")


def _simulate(answer: Answer) -> charts.Chart:
    if "certificate" not in answer.about:
        raise WrongUsage("A list of scenarios has no chart; write a table instead: -o FILE.xlsx or -o FILE.csv")
    rows = [row for row in answer.records() if row.get("welfare") is not None]  # largest economy first
    drawn = [
        _bar(wording.partner(row["country"], "short"), 100 * row["welfare"], wording.points(row["welfare"]))
        for row in sorted(rows[:BARS], key=lambda row: -row["welfare"])
    ]
    about = answer.about
    which = f" The {BARS} largest of {len(rows)} economies." if len(rows) > BARS else ""
    source = f"Simulated, not observed: change of real income against {about['against']}.{which} {about['economy']}."
    return _bars(drawn, "change of real income, %", str(about["title"]), source)


def _forecast(answer: Answer) -> charts.Chart:
    from entrepot import charts_forecast, outlook

    rows = answer.records()
    about = answer.about
    flow = next((row["flow"] for row in rows if row.get("median") is not None), None)
    if flow is None or "hash" in answer.rows:
        raise MissingData("Scores have no chart. Write them as a table: -o FILE.csv")
    who = wording.possessive(wording.partner(str(about["reporter"])))
    line = f"{who} {wording.flow(flow).lower()}{_with(about, flow)}"
    first = next(row for row in rows if row["flow"] == flow and row["span"] == "month")
    by = f" by {about['by']}" if about.get("by") else ""
    finding = f"{line}{by}, {_first_month(first)}"
    if by:
        drawn: charts.Chart = charts_forecast.forecast_lines(
            _to_come(
                [row for row in rows if (row["flow"], row["period"]) == (flow, first["period"])], str(about["by"])
            ),
            finding=finding,
            source=f"Points are medians, bands held 80 % of past errors; lines add up to the total. {_source(answer)}",
        )
        return drawn
    table = outlook.picture(answer, lake.load(str(about["reporter"])), flow=flow)
    levels = "Bands held 80 % and 95 %" if table["lo95"].notna().any() else "Band held 80 %"
    both = "; January and February: their average" if (table["month"].str[5:] != "01").all() and len(table) > 12 else ""
    source = f"{levels} of past errors{both}. {_source(answer)}"
    if about.get("conditional"):
        begins = periods.in_words(str(about["begins"]), "month")
        finding = f"{line}, conditional: {about['title']}, from {begins}"
        source = f"Not a forecast but an if; dashed: the forecast without it. {source}"
    return charts_forecast.forecast_fan(table, finding=finding, source=source, axis=f"bn {about['currency']}")


def _to_come(rows: Sequence[Row], by: str) -> list[dict[str, Any]]:
    """The lines of one month to come whose growth is known: the total first, then by size."""
    known = [row for row in rows if row["span"] == "month" and wording.known(row["growth_median"])]
    if not known:
        raise MissingData("No line of the forecast has a growth rate to draw. Write it as a table: -o FILE.csv")
    whole = "WLD" if by == "partner" else "TOTAL"
    order = sorted(known, key=lambda row: (row[by] != whole, row[by] in (measures.REST, "OTHER"), -row["median"]))
    called = wording.partner if by == "partner" else wording.product
    names = {whole: "Total", "OTHER": "Everything else"}
    return [
        {
            "name": names.get(row[by]) or called(row[by]),
            "growth": row["growth_median"], "lo80": row["growth_lo80"], "hi80": row["growth_hi80"],
            "kind": "total" if row[by] == whole else "line",
            "text": wording.tenths(row["median"], str(row["currency"])),
        }
        for row in order
    ]  # fmt: skip


def _with(about: Row, flow: str) -> str:
    """Partner and product of a line, in words; nothing for the total."""
    partner, product = str(about["partner"]), str(about["product"])
    named = f" of {wording.product(product)}" if product != "TOTAL" else ""
    if partner == "WLD":
        return named
    return f"{named} {({'X': 'to', 'M': 'from'}).get(flow, 'with')} {wording.partner(partner)}"


def _first_month(row: Row) -> str:
    """First month to come: value and, where there is one, growth, with its 80 % interval."""
    month, money = periods.in_words(row["period"], "month"), str(row["currency"])
    value, low, high = (wording.tenths(row[name], money) for name in ("median", "lo80", "hi80"))
    if wording.known(row["growth_median"]):
        value += f" {money}, {wording.percent(row['growth_median'])} on a year earlier"
        low, high = (wording.percent(row[f"growth_{end}80"]) for end in ("lo", "hi"))
    else:
        value += f" {money}"
    return f"{month}: {value}" + (f" ({low} to {high} at 80 %)" if wording.known(row["lo80"]) else "")


def _reroute(answer: Answer) -> charts.Chart:
    from entrepot import charts_routes

    if answer.rows["value"].isna().all():
        raise MissingData("No rung has a value, so nothing can be drawn; the table says what to fetch.")
    origin, end = (wording.partner(str(answer.about[name])) for name in ("origin", "destination"))
    finding = f"Goods of {origin} by way of hubs to {end}: from the most it could be to what dutied goods show"
    hubs = [str(hub) for hub in answer.rows["hub"].unique()]
    untold = [wording.partner(hub) for hub in hubs if answer.rows.loc[answer.rows["hub"] == hub, "value"].isna().all()]
    source = _source(answer) + f" Cannot tell of {', '.join(untold)}." * bool(untold)
    money = str(answer.about["currency"])
    drawn: charts.Chart = charts_routes.rung_multiples(answer.rows, finding=finding, source=source, currency=money)
    return drawn
