"""The command line: one verb per question, each a thin call to the Python API."""

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

import entrepot as ep
from entrepot import streams

if TYPE_CHECKING:
    from entrepot.answer import Answer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich")

Reporter = Annotated[str, typer.Argument(help="Reporting country, by code or name: CHN, china, 中国.")]
Period = Annotated[
    str, typer.Option("--period", "-p", help="A month (2025-11, 2025m11, 'november 2025'), a year, or a range A:B.")
]
OnePeriod = Annotated[
    str, typer.Option("--period", "-p", help="A month (2025-11, 2025m11, 'november 2025') or a year.")
]


def typed_day(word: str | None) -> str | None:
    """A day as people type it (8 December 2025, 08.12.2025) as `2025-12-08`; a word without a number as it is."""
    if word is None or not any(letter.isdigit() for letter in word):
        return word
    from entrepot import periods

    return periods.day(word).isoformat()


Span = Annotated[str | None, typer.Option(help="month, ytd (January to the month) or year.")]
Flow = Annotated[str | None, typer.Option(help="exports, imports, total or balance; X, M, T, B.")]
By = Annotated[Literal["partner", "product"] | None, typer.Option(help="What to list.")]
SplitBy = Annotated[Literal["partner", "product"], typer.Option(help="What to split by.")]
Method = Annotated[
    Literal[
        "contribution", "entry-exit", "price-volume", "market-share", "currency", "surplus", "diversity", "mirror",
        "payments",
    ],
    typer.Option(help="How to split it; mirror holds both sides' reports side by side."),
]  # fmt: skip
Other = Annotated[
    str | None, typer.Option("--partner", help="The market, or the other side of a mirror: 'us,vietnam'.")
]
AsKnown = Annotated[
    str | None,
    typer.Option(
        "--vintage", help="first, latest, or a day; contributions are of the first print.", callback=typed_day
    ),
]
Partner = Annotated[str | None, typer.Option(help="Partners to keep, with commas between: 'us,vietnam,asean'.")]
Product = Annotated[str | None, typer.Option(help="Products to keep: 8542, 'integrated-circuits'.")]
Currency = Annotated[str | None, typer.Option(help="USD, CNY, yuan ...; dollars if held.")]
Vintage = Annotated[
    str,
    typer.Option(help="first, latest, all, or a day (2025-12-08): what was current then.", callback=typed_day),
]
OneVintage = Annotated[
    str,
    typer.Option("--vintage", help="first, latest, or a day (2025-12-08): what was current then.", callback=typed_day),
]
Table = Annotated[
    Path | None,
    typer.Option(help="Own table: .csv .xlsx .dta .parquet with reporter, flow, period, currency, value ..."),
]
Concept = Annotated[str | None, typer.Option(help="standard, general, consumption, 'ordinary trade' ...")]
Format = Annotated[Literal["table", "csv", "json"], typer.Option("--format", "-f", help="How to print it.")]


def placed(path: Path | None) -> Path | None:
    """The file to write, refused before any work where its folder is none."""
    if path is not None and not path.absolute().parent.is_dir():
        raise ep.errors.CannotWrite(
            f"{path} cannot be written: {path.parent} is no folder. Choose a folder that exists with -o."
        )
    return path


Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="Write a file instead: .xlsx .dta .csv .parquet .json, a page: .html, or its chart: .svg .png.",
        callback=placed,
    ),
]


@app.callback(invoke_without_command=True)
def entrepot(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    """Measure, explain, reroute, simulate, forecast and check merchandise trade."""
    if version:
        from entrepot.answer import code_version

        typer.echo(code_version())
        raise typer.Exit()


@app.command()
def fetch(
    office: Annotated[
        str | None, typer.Argument(help="gacc, comtrade ... (--list shows all); with --mapping a file of your own.")
    ] = None,
    reporter: Annotated[str, typer.Argument(help="Reporting country, where the office has several.")] = "",
    period: Annotated[str, typer.Option("--period", "-p", help="A month, a year or a range.")] = "",
    product: Annotated[str, typer.Option(help="HS code, where the office is asked by it: 8542.")] = "",
    partner: Annotated[str, typer.Option(help="Partner, where the office is asked by it.")] = "",
    days: Annotated[str, typer.Option(help="korea: 10 or 20, the first days of a month.")] = "",
    mapping: Annotated[Path | None, typer.Option(help="TOML that says which column of your file is which.")] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Look again, politely, until the release is out.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the offices, what each needs, and its key.")] = False,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Fetch what an office says into the lake; stopped at any instant and run again, it goes on."""
    from entrepot import fetching

    if list_ or office is None:
        show(fetching.listing(), format, output)
    elif mapping is not None:
        show(fetching.take(office, mapping), format, output)
    else:
        answer = fetching.fetch(office, reporter, period, wait=wait, product=product, partner=partner, days=days)
        show(answer, format, output)


@app.command()
def have(
    reporter: Annotated[str | None, typer.Argument(help="Reporting country; all if left out.")] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Hold every file of the lake to its hash.")] = False,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Say what is held: sources, periods, vintages, grades."""
    if verify:
        from entrepot import lake

        answer = lake.verify()
        if format != "table" or output is not None or answer.about["faults"]:
            show(answer, format, output)
        if not answer.about["faults"]:
            kept, own = answer.about["documents"], answer.about["tables"]
            held = f"{kept} answers of offices, each kept as received" if kept else "nothing was fetched yet"
            held += f"; tables of your own: {own}" if own else ""
            typer.echo(f"Nothing is wrong in {answer.about['lake']}: {held}.", err=True)
        raise SystemExit(3 if answer.about["faults"] else 0)
    show(ep.have(reporter), format, output)


@app.command()
def measure(
    reporter: Reporter,
    period: Period = "",
    span: Span = None,
    flow: Flow = None,
    by: By = None,
    partner: Partner = None,
    product: Product = None,
    currency: Currency = None,
    vintage: Vintage = "latest",
    concept: Concept = None,
    context: Annotated[bool, typer.Option("--context", help="Say how unusual it is: records, runs, polls ...")] = False,
    table: Table = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Value, growth, share and balance of a period."""
    if context and (partner or product):
        raise ep.errors.WrongUsage(
            "--context says how unusual the total of a month is: leave out --partner and --product, or --context."
        )
    trade, period = asked_of("measure", reporter, period, table)
    answer = ep.measure(
        trade, period=period, span=span, flow=flow, by=by, partner=partner, product=product,
        currency=currency, vintage=vintage, concept=concept,
    )  # fmt: skip
    if context:
        from entrepot import context as setting

        said = setting.statements(trade, period=period, currency=currency, vintage=vintage)
        answer = setting.with_context(answer, said)
    show(answer, format, output)


@app.command()
def explain(
    reporter: Reporter,
    period: Period = "",
    flow: Flow = "exports",
    by: SplitBy = "partner",
    method: Method = "contribution",
    partner: Other = None,
    base: Annotated[str | None, typer.Option(help="Period to compare with; a year earlier if left out.")] = None,
    span: Span = None,
    currency: Currency = None,
    vintage: AsKnown = None,
    concept: Concept = None,
    table: Table = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """What drove the change: partners, products, prices, demand, the currency; how spread it is; what mirrors say."""
    both = method in ("market-share", "mirror") or (method == "diversity" and by == "product" and bool(partner))
    trade, period = asked_of("explain", reporter, period, table, others=both)
    answer = ep.explain(
        trade, reporter=reporter, period=period, flow=flow or "exports", by=by, method=method, partner=partner,
        base=base, span=span, currency=currency, vintage=vintage, concept=concept,
    )  # fmt: skip
    show(answer, format, output)


@app.command()
def brief(
    reporter: Reporter,
    period: OnePeriod = "",
    currency: Currency = None,
    vintage: OneVintage = "first",
    format: Format = "table",
    include: Annotated[
        list[str] | None, typer.Option("--with", help="More sections: forecast, scenarios; may be repeated.")
    ] = None,
    story: Annotated[
        list[Path] | None, typer.Option(help="News story to check against this release; may be repeated.")
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(help="Day of the stories (2025-12-08); else the one they give, or today.", callback=typed_day),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Page to write: brief.html; or its key figures: .csv .json .parquet .xlsx .dta.",
            callback=placed,
        ),
    ] = None,
    table: Table = None,
) -> None:
    """The page of a release: sentence, tables, charts, sources."""
    trade, period = asked_of("brief", reporter, period, table)
    told, refused = checked_stories(story or [], date)
    if refused:
        raise type(refused[0])(" ".join(str(refusal) for refusal in refused))
    sections = [one.strip() for words in include or () for one in words.split(",")]
    page = ep.brief(trade, period=period, currency=currency, vintage=vintage, include=sections, stories=told)
    if output is not None and output.suffix.lower() not in (".html", ".htm"):
        show(page.answer, format, output)
        return
    if output is not None:
        typer.echo(f"Wrote {page.save(output)}", err=True)
    if format == "table":
        typer.echo(page.headline)
    else:
        show(page.answer, format, None)


@app.command()
def reroute(
    origin: Annotated[str, typer.Argument(help="Where the goods are made, by code or name: china.")],
    destination: Annotated[str, typer.Argument(help="Where they end: us.")],
    via: Annotated[str, typer.Option(help="Hubs, with commas between: 'vietnam,mexico'.")],
    period: Period,
    base: Annotated[str, typer.Option(help="Month or year to compare with, before the duty: 2023.")],
    tariffs: Annotated[
        Path | None, typer.Option(help="CSV or Parquet of duties: destination, origin, product, since, rate.")
    ] = None,
    table: Table = None,
    span: Span = None,
    currency: Currency = None,
    vintage: OneVintage = "latest",
    format: Format = "table",
    output: Output = None,
) -> None:
    """Where the goods really went: from the most it could be to what only dutied goods show, by hub."""
    from entrepot import files

    duties = None if tariffs is None else files.read(tariffs, ["destination", "origin", "product", "since", "rate"])
    trade = ep.load() if table is None else own_table(table)
    answer = ep.reroute(
        trade, origin=origin, destination=destination, hubs=via, base=base, period=period, tariffs=duties, span=span,
        currency=currency, vintage=vintage,
    )  # fmt: skip
    show(answer, format, output)


@app.command()
def simulate(
    name: Annotated[str | None, typer.Argument(help="Scenario or TOML file; NAME:VARIANT takes a variant.")] = None,
    reporter: Annotated[str | None, typer.Argument(help="Country to show with its ten largest partners.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the scenarios that ship.")] = False,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="PATH=VALUE: shocks.0.to=0.5, 'deficits=zero first'.")
    ] = None,
    economy: Annotated[str | None, typer.Option(help="Baseline: world-2023, sectors-2011 or a path.")] = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """What a tariff, a truce that lapses, an export control or a demand shock does, to everyone."""
    from entrepot import codes, scenario

    if list_ or name is None:
        show(scenario.listing(), format, output)
        return
    asked = ep.Scenario.load(name)
    for words in set_ or []:
        asked = scenario.changed(asked, words)
    result = ep.simulate(ep.Economy.load(economy or asked.economy or "world-2023"), asked)
    labels = {label.casefold(): label for label in result.economy.countries}  # of an own economy, of any words
    of = labels.get(reporter.casefold()) or codes.country(reporter) if reporter else None
    show(result.answer(of), format, output)


@app.command()
def forecast(
    reporter: Annotated[str | None, typer.Argument(help="Reporting country; may be left out with --score.")] = None,
    flow: Flow = None,
    months: Annotated[int, typer.Option(help="How far ahead, 1 to 24 months.")] = 12,
    by: By = None,
    partner: Annotated[str | None, typer.Option(help="One partner: us; with --by partner all that are held.")] = None,
    product: Annotated[str | None, typer.Option(help="One product: 'integrated-circuits'.")] = None,
    currency: Currency = None,
    vintage: OneVintage = "latest",
    concept: Concept = None,
    model: Annotated[str, typer.Option(help="mean (the declared one), airline, structural, ets, theta.")] = "mean",
    backtest: Annotated[str | None, typer.Option(help="FIRST:LAST months to forecast again and score.")] = None,
    record: Annotated[bool, typer.Option("--record", help="Append the forecast to the ledger.")] = False,
    score: Annotated[bool, typer.Option("--score", help="Score what the ledger holds against first prints.")] = False,
    scenario: Annotated[str | None, typer.Option(help="Lay a scenario's response over it: truce-lapses.")] = None,
    begins: Annotated[str | None, typer.Option(help="Month in which the scenario takes effect.")] = None,
    arrival: Annotated[
        int | None, typer.Option(help="Months over which its first-year response arrives; 12 if left out.")
    ] = None,
    against: Annotated[str | None, typer.Option(help="Scenario to measure from: truce-in-force, baseline.")] = None,
    through: Annotated[str | None, typer.Option(help="Last month to be known; later figures are left out.")] = None,
    predictors: Annotated[
        Path | None, typer.Option(help="CSV or Parquet of early figures: predictor, period, value, released.")
    ] = None,
    known: Annotated[
        str | None, typer.Option(help="Day up to which predictors are known; today.", callback=typed_day)
    ] = None,
    table: Table = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """What comes next month and after, with intervals that hold, beside what others predicted."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy loads: idle threads of small models only spin
    if score:
        from entrepot import ledger

        show(ledger.score(ep.load()), format, output)
        return
    if reporter is None:
        raise ep.errors.WrongUsage("A forecast needs a reporter. Run: entrepot forecast china")
    line: dict[str, Any] = {"partner": partner, "product": product, "currency": currency, "concept": concept}
    line["model"] = model
    idle = {"--begins": begins, "--arrival": arrival, "--against": against} if scenario is None else {}
    idle |= {"--known": known} if predictors is None else {}
    if given := [name for name, said in idle.items() if said is not None]:
        wants = "--predictors FILE" if given[0] == "--known" else "--scenario truce-lapses"
        raise ep.errors.WrongUsage(
            f"{given[0]} says something only of {wants.split()[0]}. Add {wants}, or leave it out."
        )
    if scenario is not None:
        ep.Scenario.load(scenario)  # refused before a table is opened or a forecast made
    if scenario is not None and (backtest is not None or record):
        raise ep.errors.WrongUsage(
            "A path conditional on a scenario is never recorded or scored; leave --scenario out."
        )
    trade = ep.load(reporter) if table is None else own_part(table, reporter)
    if backtest is not None:
        from entrepot import backtest as scoring

        show(scoring.backtest(trade, months=backtest, flow=flow, workers=2, **line), format, output)
        return
    if predictors is not None:
        from entrepot import files

        line |= {"predictors": files.read(predictors, ["predictor", "period", "value", "released"]), "known": known}
    answer = ep.forecast(trade, flow=flow, months=months, by=by, vintage=vintage, through=through, **line)
    if scenario is not None:
        answer = ep.conditional(
            answer, scenario, begins=begins, arrival=12 if arrival is None else arrival, against=against
        )
    if record:
        from entrepot import ledger

        entry = ledger.record(answer)
        typer.echo(f"forecast {entry.number} recorded {entry.made_at}, hash {entry.hash}", err=True)
    show(answer, format, output)


@app.command()
def check(
    story: Annotated[
        list[Path], typer.Argument(help="Text, .docx or saved HTML; several files; - for standard input.")
    ],
    date: Annotated[
        str | None,
        typer.Option(
            help="Day of the story: 2025-12-08, '8 December 2025'; else the one it gives, or today.",
            callback=typed_day,
        ),
    ] = None,
    format: Format = "table",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The story with its numbers marked: .html; or a table: .csv .xlsx ...",
            callback=placed,
        ),
    ] = None,
) -> None:
    """Is the number in this news story right, and if not, what went wrong with it."""
    from entrepot import files, stories, terminal

    suffix = output.suffix.lower() if output is not None else ""
    if len(story) > 1 and suffix in (".html", ".json"):
        raise ep.errors.WrongUsage(f"{output} takes one story. Several go into one table: .csv .xlsx .dta .parquet.")
    checked, refused = checked_stories(story, date)
    for refusal in refused:
        typer.secho(f"entrepot: {refusal}", err=True, fg="red")
    if not checked:
        raise SystemExit(refused[0].exit_code)
    if output is not None:
        (name, first), *_ = checked.items()
        if suffix == ".html":
            files.write_text(stories.page(first, title=name), output)
        elif suffix == ".json":
            files.write_text(first.json(indent=1) + "\n", output)
        else:
            files.write(stories.together(checked), output)
        labels = [verdict.label for one in checked.values() for verdict in one.verdicts]
        wrong = labels.count("fails")
        typer.echo(f"Wrote {output}: numbers checked {len(labels)}, of them not matching {wrong}", err=True)
    elif format == "csv":
        typer.echo(files.csv(stories.together(checked)), nl=False)
    else:
        for name, one in checked.items():
            if format == "json":
                typer.echo(_json(one.json()))
            else:
                terminal.story(one, sys.stdout, name)
    if refused or any(one.cut for one in checked.values()):  # an answer, but not the whole of what was asked
        raise SystemExit(refused[0].exit_code if refused else ep.errors.EntrepotError.exit_code)
    raise SystemExit(1 if any(one.fails for one in checked.values()) else 0)


def checked_stories(paths: list[Path], date: str | None) -> tuple[dict[str, "ep.Story"], list[ep.errors.EntrepotError]]:
    """Check stories, each under the name of its file, and say which could not be read.

    A name that comes twice is kept apart by its folder. What was guessed, and what is unread, is said.
    """
    from datetime import date as day

    names = ["standard input" if str(path) == "-" else path.name for path in paths]
    from_ = {name if names.count(name) == 1 else str(path): path for name, path in zip(names, paths, strict=True)}
    told: dict[str, ep.Story] = {}
    refused: list[ep.errors.EntrepotError] = []
    if not from_:
        return told, refused
    from entrepot import stories
    from entrepot.claims import publication, texts

    for name, path in from_.items():
        try:
            draft = texts.opened(path)
        except ep.errors.EntrepotError as refusal:
            refused.append(refusal)
            continue
        notes, when = [f"{name} {note}" for note in draft.notes], date
        if when is None:
            given, why = publication.day_of(draft, day.today())
            when = given.isoformat()
            notes.append(f"{name}: read as of {when}, {why}; --date sets another.")
        if stories.foreign(draft.text):
            notes.append(f"{name} does not read as English, the language that check reads: its numbers may go unread.")
        told[name] = ep.check(draft.text, date=when)
        for note in [*notes, *([f"{name}: {told[name].cut}"] if told[name].cut else [])]:
            typer.echo(note, err=True)
    return told, refused


def own_table(path: Path) -> Any:
    """Flows of a table of the user's own; what had to be mended is said."""
    from entrepot import tables

    own = tables.opened(path)
    if own is None:
        return path
    left = {"rows without a figure, left out": own.blank} if own.blank else {}
    for what, count in {**own.repairs, **left}.items():
        typer.echo(f"{path.name}: {count:,} {what}.", err=True)
    return own.flows


def own_part(path: Path, reporter: str) -> Any:
    """Flows of one reporter in a table of the user's own."""
    from entrepot import flows, lake

    return lake.part(flows.read(own_table(path)), reporter, named=str(path))


def asked_of(verb: str, reporter: str, period: str, table: Path | None, *, others: bool = False) -> tuple[Any, str]:
    """The flows that a question is asked of (with those of `others`, where it needs both sides), and its period."""
    if table is None:
        period = stated(verb, reporter, period)
        return (ep.load() if others else ep.load(reporter, period=period)), period
    trade = own_part(table, reporter)
    period = stated(verb, reporter, period, trade, f" --table {table}")
    return (own_table(table) if others else trade), period


def stated(verb: str, reporter: str, period: str, trade: Any = None, more: str = "") -> str:
    """Return the period that was asked for; without one (or under `latest`) refuse with the newest that is held."""
    if period.strip().casefold() not in ("", "latest", "last", "last month", "newest"):
        return period
    from entrepot import codes, lake

    newest, name = lake.newest(reporter, trade), codes.name(codes.country(reporter))
    asked = f"{period!r} is no period" if period else "Which period"
    raise ep.errors.WrongUsage(
        f"{asked}{'.' if period else '?'} Of {name} figures through {newest} are held. "
        f"Run: entrepot {verb} {reporter if ' ' not in reporter else codes.country(reporter)} -p {newest}{more}"
    )


def show(answer: "Answer", format: str, output: Path | None) -> None:
    """Print an answer to stdout, or write it where `-o` says; everything else in this package goes to stderr."""
    if output is not None:
        from entrepot import files

        typer.echo(f"Wrote {files.write(answer, output)}", err=True)
    elif format == "json":
        typer.echo(_json(answer.json()))
    elif format == "csv":
        from entrepot import files

        typer.echo(files.csv(answer), nl=False)
    else:
        from entrepot import terminal

        terminal.show(answer, sys.stdout)


def _json(text: str) -> str:
    """Return JSON as standard output can hold it: signs that its alphabet lacks are escaped, and nothing is lost."""
    if streams.holds(text):
        return text
    import json

    return json.dumps(json.loads(text))


def main() -> None:
    """Run the command line; a refusal is a message on stderr and its exit code."""
    gc.set_threshold(20_000, 50, 50)  # a command makes many objects in seconds, and next to no cycles
    streams.prepare()
    try:
        code = _ended()
        sys.stdout.flush()  # a disk that is full says so here at the latest
    except (ep.errors.EntrepotError, OSError) as error:
        refusal = streams.refusal(error) if isinstance(error, OSError) else error
        typer.secho(f"entrepot: {refusal}", err=True, fg="red")
        code = refusal.exit_code
    raise SystemExit(code)  # here the refusal is gone, and with it the tables it held open


def _ended() -> Any:
    """Run the command that was typed, and return the exit code with which it ended."""
    try:
        app()
    except SystemExit as end:
        return end.code
    return 0
