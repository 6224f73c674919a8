"""Say why a question has no answer: what was asked, what is held in its place, and what to run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from entrepot import cells, codes, flows, lake, periods, sources
from entrepot.cells import Question

if TYPE_CHECKING:
    import pandas as pd


def missing(table: flows.Flows, question: Question, wanted: Sequence[str]) -> str:
    """Say what was asked, what is held instead, and what to run: the message of a refusal."""
    import narwhals as nw

    held = table.filter(nw.col("flow").is_in([*wanted, "X", "M"]))
    if question.partners:
        held = held.filter(nw.col("partner").is_in(list(question.partners)))
    if question.products:
        held = held.filter(nw.col("product").is_in(list(question.products)))
    elif question.by != "product":
        held = held.filter(nw.col("product") == flows.ALL)
    if question.concept is not None:
        counted = sorted(str(row["concept"]) for row in flows.records(held.select("concept").unique()))
        if question.concept not in counted:
            return f"Nothing is held by the concept {question.concept!r}; held are {', '.join(counted) or 'none'}."
        held = held.filter(nw.col("concept") == question.concept)
    if later := _not_yet(held, question, wanted):
        return later
    if question.by is not None and (alone := _only_whole(held, question)):
        return alone
    found = held.group_by("reporter", "span", "currency").agg(first=nw.col("period").min(), last=nw.col("period").max())
    rows = found.collect("pandas").to_native()
    if not question.partners and len(rows) and (listed := _only_partners(held, question)):
        names = ", ".join(codes.name(one) for one in listed[:6]) + (" ..." if len(listed) > 6 else "")
        who, first = (codes.name(str(one)) for one in (rows["reporter"].iloc[0], listed[0]))
        ask = f"entrepot measure '{who.lower()}' --partner '{first.lower()}' -p {question.periods[-1]}"
        when = periods.in_words(question.periods[-1], question.span)
        return f"No world total of {who} for {when} is held, only trade with {names}. Run: {ask}"
    if question.concept is None and (counted := _other_concepts(held, question)):
        what = ", ".join(codes.name(one) for one in (*question.partners, *question.products)) or "This trade"
        when = periods.in_words(question.periods[-1], question.span)
        return f"{what} for {when} is held only as counted by another concept. Ask for: --concept '{counted[0]}'"
    if not len(rows):
        return _missing_words(rows, question, wanted) + _bring(lake.reporters(table), question, "Run: ")
    return _missing_words(rows, question, wanted)


def unsplit(table: flows.Flows, question: Question, flow: str) -> str:
    """What to say where a flow is held as a whole but not line by line in both periods; empty where that is not it."""
    import narwhals as nw

    by, whole = question.by or "partner", flows.WORLD if question.by != "product" else flows.ALL
    other, all_of = ("product", flows.ALL) if by == "partner" else ("partner", flows.WORLD)
    kept = [nw.col("flow").is_in(["X", "M"]), nw.col(other) == all_of]
    kept += [nw.col("currency").is_in([question.currency, ""])] if question.currency is not None else []
    rows = flows.records(table.filter(*kept).select("reporter", "flow", "period", by).unique())
    held = {(row["flow"], row[by] == whole, row["period"]) for row in rows}
    last = question.periods[-1]
    both = [{one, *periods.months(one, question.span)} for one in (last, periods.year_earlier(last))]

    def there(one: str, as_whole: bool) -> bool:
        return all(any((one, as_whole, month) in held for month in months) for months in both)

    if not there(flow, True) or there(flow, False):
        return ""
    who = str(rows[0]["reporter"])
    what, when = codes.name(flow).lower(), periods.in_words(last, question.span)
    listed = sorted(month for one, as_whole, month in held if one == flow and not as_whole)
    others = [one for one in ("X", "M") if one != flow and there(one, False)]
    if not listed and not others:
        return ""
    reach = f"by {by} only from {listed[0]} to {listed[-1]}" if listed else f"by {by} for no period"
    said = f"Only the split by {by} of {what} is not held: {what} of {codes.name(who)} for {when} are held as a whole, "
    run = [_bring([who], question, "")]
    if others:
        named = codes.name(others[0]).lower()
        span = "" if question.span == periods.span_of(last) else f" --span {question.span}"
        more = "" if by == "partner" else f" --by {by}"
        reach += f"; {named} are held by {by} then"
        run.insert(0, f"entrepot explain {who} -p {last}{span} --flow {named}{more}")
    return f"{said}{reach}. Run: {', or '.join(run)}"


def _not_yet(held: flows.Flows, question: Question, wanted: Sequence[str]) -> str:
    """What to say where the day asked for lies before the figures became public; empty where that is not it."""
    import narwhals as nw

    if question.vintage in flows.VINTAGES:
        return ""
    day, last = flows.day_of(question.vintage), question.periods[-1]
    months = periods.months(last, question.span)
    if not question.lists_partners:
        held = held.filter(nw.col("partner") == flows.WORLD)
    rows = flows.records(
        held.filter(nw.col("flow").is_in(list(wanted))).group_by("reporter", "period", "span", "released_basis").agg(
            nw.col("released").min()
        )
    )  # fmt: skip
    days = {row["released"] for row in rows if (row["period"], row["span"]) == (last, question.span)}
    by_month = [[row["released"] for row in rows if (row["period"], row["span"]) == (one, "month")] for one in months]
    days |= {max(min(one) for one in by_month)} if all(by_month) else set()
    first = min(days, default=day)
    if first <= day or any(row["released"] == first and row["released_basis"] == "first seen" for row in rows):
        return ""  # when a later copy was seen says nothing of when the figure became public
    known = [row["period"] for row in rows if row["span"] == question.span and row["released"] <= day]
    before = f", or for the latest public by then: --period {max(known)}" if known else ""
    what = "trade" if len(wanted) > 1 else codes.name(wanted[0]).lower()
    who, when = codes.name(str(rows[0]["reporter"])), periods.in_words(last, question.span)
    said = f"No {what} of {who} for {when} was public on {day}: it became public on {first}."
    return f"{said} Ask for: --vintage {first}{before}"


def _bring(reporters: Sequence[str], question: Question, verb: str) -> str:
    """The command that fetches what a question lacks; that which says what is held where several report.

    What lies ahead no office has: there the command is that of a forecast.
    """
    if len(reporters) != 1:
        return f"{verb}entrepot have"
    first, last = question.periods[0], question.periods[-1]
    if periods.ahead(last):
        whole = not (question.partners or question.products)
        return f"{verb}entrepot {f'forecast {reporters[0]}' if whole else 'have'} (no office has what lies ahead)"
    asked = last if first == last else f"{first}:{last}"
    lines = {"partner": question.partners, "product": question.products}
    more = {name: held[0] for name, held in lines.items() if len(held) == 1}
    return f"{verb}{sources.command(reporters[0], asked, **more)}"


def _other_concepts(held: flows.Flows, question: Question) -> list[str]:
    """Concepts in which the period is held, none of them among those that a question takes by itself."""
    import narwhals as nw

    there = held.filter(nw.col("period").is_in(list(question.periods)), nw.col("span") == question.span)
    found = {str(row["concept"]) for row in flows.records(there.select("concept").unique())}
    return [] if found & set(cells.CONCEPTS) else sorted(found)


def _only_whole(held: flows.Flows, question: Question) -> str:
    """What to say where nothing is held by the dimension asked for but the whole; nothing if some of it is, or none."""
    import narwhals as nw

    by, whole = question.by or "", flows.WORLD if question.by == "partner" else flows.ALL
    found = flows.records(held.group_by("reporter", by).agg(rows=nw.len()))
    if not found or any(row[by] != whole for row in found):
        return ""
    named = ", ".join(sorted({codes.name(row["reporter"]) for row in found}))
    bring = _bring([row["reporter"] for row in found], question, "run: ")
    return f"Trade of {named} is held as a whole only, not by {by}. `measure` without --by tells it, or {bring}"


def _only_partners(held: flows.Flows, question: Question) -> list[str]:
    """Partners held for the time asked where no world total is; none if it is, or nothing."""
    import narwhals as nw

    first, last = question.periods[0], question.periods[-1]
    time = nw.col("period") >= first, nw.col("period") <= f"{last}-99"  # months of a year too
    found = held.filter(*time).select("partner").unique().collect("pandas").to_native()["partner"].tolist()
    return [] if flows.WORLD in found else sorted(found)


def _of_another_span(ends: dict[str, list[str]], question: Question) -> str:
    """Options that ask for what is held nearest to a question whose span is not: of a year that runs, its months."""
    last = question.periods[-1]
    for span in ("ytd", "month", "year"):
        if span in ends and span != question.span:
            first, reach = min(ends[span]), max(ends[span])
            december = f"{last[:4]}-12"
            one = december if not periods.is_year(reach) and first <= december <= reach else reach
            return f"--period {one} --span {span}"
    return "another reporter, as `entrepot have` lists them"


def _missing_words(rows: "pd.DataFrame", question: Question, wanted: Sequence[str]) -> str:
    whose = f"of {codes.name(str(rows['reporter'].iloc[0]))} " if len(rows) else ""
    what = "trade" if len(wanted) > 1 else codes.name(wanted[0]).lower()
    names = [codes.name(one) for one in (*question.partners, *question.products)]
    about = f" ({', '.join(names)})" if names else ""
    last = question.periods[-1]
    asked = (
        f"No {what} {whose}for {periods.in_words(last, question.span)}{about} in {question.currency or 'any currency'}"
    )
    if not len(rows):
        return f"{asked} is held, nor for any other period. "
    kinds = ", ".join(sorted(one for one in rows["currency"].unique() if one))
    if kinds and question.currency is not None and question.currency not in set(rows["currency"]):
        return f"{asked} is held; the currencies held are {kinds}. Ask for: --currency {kinds.split(', ')[0]}"
    near = rows[rows["span"] == question.span]
    if not len(near):
        ends: dict[str, list[str]] = {}
        for one, first, last in rows[["span", "first", "last"]].itertuples(index=False):
            ends.setdefault(str(one), []).extend((str(first), str(last)))
        spans = ", ".join(f"{one} ({min(ends[one])} to {max(ends[one])})" for one in periods.SPANS if one in ends)
        run = _of_another_span(ends, question)
        return f"{asked} is held, nor any other of that span. Spans held: {spans}. Ask for: {run}"
    latest, first = near["last"].max(), near["first"].min()
    hint = f"the latest is {latest}" if last > latest else f"from {first} to {latest}, with gaps"
    vintage = "" if question.vintage in ("latest", "all") else f" at vintage {question.vintage}"
    fetch = _bring(sorted(set(rows["reporter"])), question, "run: ")
    if latest == last:  # asked for and held, but not as it was asked for: to ask for it again would not help
        return f"{asked} is held{vintage} as asked; {hint}. {fetch[0].upper()}{fetch[1:]}"
    return f"{asked} is held{vintage}; {hint}. Ask for: --period {latest}, or {fetch}"
