"""The sentences of a page: title, headline, the line below it, the strip above, and how to cite it."""

from datetime import date

from entrepot import briefing, codes, context, periods, wording
from entrepot.answer import Answer
from entrepot.briefing import Facts

ZONES = {"CHN": "Beijing", "USA": "Washington", "VNM": "Hanoi", "JPN": "Tokyo", "KOR": "Seoul"}


def title(facts: Facts) -> str:
    """Title of the document."""
    return f"{wording.partner(facts.reporter)}: goods trade, {periods.in_words(facts.period, facts.span)}"


def headline(facts: Facts) -> str:
    """One sentence with the finding: exports of the month, the balance of the year, and what is new about it."""
    together = facts.reporter in context.COMBINED and facts.period[5:] in ("01", "02") and facts.row("ytd", "X")
    span = facts.span if facts.row(facts.span, "X") and not together else facts.long_span
    exports, when = facts.row(span, "X"), periods.in_words(facts.period, span)
    whose = wording.possessive(wording.partner(facts.reporter))
    parts = []
    if exports is not None:
        level = f"{wording.value(exports)} {facts.currency}" if wording.known(exports["value"]) else ""
        moved = wording.moved(exports["growth"], exports["growth_half_width"])
        size = f" {'to' if moved else 'were'} {level}" if level else ""
        parts.append(f"{whose} exports {moved + ' ' if moved else ''}in {when}{size}".replace("  ", " "))
    balance = facts.row(facts.long_span, "B")
    if balance is not None and wording.known(balance["value"]):
        word = "surplus" if balance["value"] >= 0 else "deficit"
        reach = periods.in_words(facts.period, facts.long_span)
        size = wording.amount(abs(balance["value"]), facts.currency, half_width=balance["half_width"])
        parts.append(f"the {word} of {reach} reached {size} {facts.currency}{_threshold(facts)}")
    return "; ".join(parts) + "."


def _threshold(facts: Facts) -> str:
    """Say what round sum the balance of the year passed for the first time in the history held."""
    line = facts.balances
    now = facts.row(facts.long_span, "B")
    if line is None or now is None or not wording.known(now["value"]):
        return ""
    step = context.threshold(line, facts.period, now["value"])
    if step is None:
        return ""
    return f", the first above {wording.amount(step, '', half_width=step / 2)} within a calendar year"


def deck(facts: Facts) -> str:
    """Return the line under the headline: growth in the other currency, and what has been revised since."""
    parts = []
    own = facts.row("month", "X", currency=facts.own) if facts.own else None
    if own is not None and wording.known(own["growth"]):
        parts.append(f"In {codes.name(str(facts.own)).split()[-1].lower()} exports {wording.moved(own['growth'])}.")
    revised = []
    for span, flow in (("month", "X"), ("month", "M"), (facts.long_span, "B")):
        now, first = facts.row(span, flow, vintage="latest"), facts.row(span, flow)
        if now and first and briefing.differs(now, first):
            word = wording.flow(flow).lower() + (" of the year" if flow == "B" else "")
            revised.append((f"{word} {wording.value(now)}", now["released"]))
    if revised and facts.vintage != "latest":
        since = wording.day(max(day for _, day in revised))
        parts.append(f"Revised since: {', '.join(text for text, _ in revised)} {facts.currency} (held since {since}).")
    return " ".join(parts)


def strip(facts: Facts) -> str:
    """Return the strip on top: when the figures became public and where, which vintage, how far the data run."""
    main = facts.main
    basis = {"stated": "Released", "calendar": "Released by", "first seen": "First seen"}[main["released_basis"]]
    zone = f" ({ZONES[facts.reporter]} time)" if facts.reporter in ZONES else ""
    until = periods.in_words(facts.until, facts.span)
    then = f", {wording.vintage(facts.as_of)}" if facts.as_of else ""
    shown = f"Shown {wording.vintage(facts.vintage)}{then}; the revision stands beside it."
    public = f"{basis} {wording.day(main['released'])}{zone}"
    return f"{public} · {'; '.join(facts.offices)} · {shown} Data held until {until}."


def citation(facts: Facts) -> str:
    """One line to quote the page with: office, subject, vintage."""
    when = periods.in_words(facts.period, facts.span)
    subject = f"goods trade of {codes.name(facts.reporter)}, {when}"
    return f"{'; '.join(facts.offices)}, {subject}, vintage {facts.asked}, by entrepot."


def bibtex(facts: Facts) -> str:
    """Return the same as BibTeX."""
    row = next(iter(facts.key.values()))
    released = row["released"] if isinstance(row["released"], date) else None
    lines = [
        f"@misc{{{facts.reporter.lower()}_trade_{facts.period.replace('-', '_')}_{facts.asked.replace('-', '')},",
        f"  author = {{{{{' and '.join(facts.offices)}}}}},",
        f"  title = {{Goods trade of {codes.name(facts.reporter)}, {periods.in_words(facts.period, facts.span)}}},",
        f"  year = {{{released.year if released else facts.period[:4]}}},",
        f"  note = {{Vintage: {facts.asked}. Figures as published on {wording.day(released)}; compiled with entrepot}}",
        "}",
    ]
    return "\n".join(lines)


def answer(facts: Facts, said: str) -> Answer:
    """Return the key figures of the page as an answer, for JSON."""
    import pandas as pd

    rows = [dict(row) | {"asked_vintage": key[2]} for key, row in facts.key.items()]
    about = {
        "reporter": facts.reporter,
        "period": facts.period,
        "vintage": facts.asked,
        "currency": facts.currency,
        "headline": said,
        "deck": deck(facts),
        "absent": facts.absent,
        "warnings": list(facts.counted),
        "sources": facts.sources,
        "citation": citation(facts),
    }
    return Answer("brief", about, pd.DataFrame(rows))
