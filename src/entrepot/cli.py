"""The command line: one verb per question, each a thin call to the Python API."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import entrepot as ep

if TYPE_CHECKING:
    from entrepot.answer import Answer

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich")

Reporter = Annotated[str, typer.Argument(help="Reporting country, by code or name: CHN, china, 中国.")]
Period = Annotated[
    str, typer.Option("--period", "-p", help="A month (2025-11, 2025m11, 'november 2025'), a year, or a range A:B.")
]
Span = Annotated[str | None, typer.Option(help="month, ytd (January to the month) or year.")]
Flow = Annotated[str | None, typer.Option(help="exports, imports, total or balance; X, M, T, B.")]
By = Annotated[Literal["partner", "product"] | None, typer.Option(help="What to list.")]
SplitBy = Annotated[Literal["partner", "product"], typer.Option(help="What to split by.")]
Partner = Annotated[str | None, typer.Option(help="Partners to keep, with commas between: 'us,vietnam,asean'.")]
Product = Annotated[str | None, typer.Option(help="Products to keep: 8542, 'integrated-circuits'.")]
Currency = Annotated[str | None, typer.Option(help="USD, CNY, yuan ...; dollars if held.")]
Vintage = Annotated[str, typer.Option(help="first, latest, all, or a day (2025-12-08): what was current then.")]
Concept = Annotated[str | None, typer.Option(help="standard, general, consumption, 'ordinary trade' ...")]
Format = Annotated[Literal["table", "csv", "json"], typer.Option("--format", "-f", help="How to print it.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write a file instead: .xlsx .dta .csv .parquet .json (brief: .html)."),
]


@app.callback(invoke_without_command=True)
def entrepot(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    """Measure, explain, reroute, simulate, forecast and check merchandise trade."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("entrepot"))
        raise typer.Exit()


@app.command()
def have(
    reporter: Annotated[str | None, typer.Argument(help="Reporting country; all if left out.")] = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Say what is held: sources, periods, vintages, grades."""
    show(ep.have(reporter), format, output)


@app.command()
def measure(
    reporter: Reporter,
    period: Period,
    span: Span = None,
    flow: Flow = None,
    by: By = None,
    partner: Partner = None,
    product: Product = None,
    currency: Currency = None,
    vintage: Vintage = "latest",
    concept: Concept = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Value, growth, share and balance of a period."""
    answer = ep.measure(
        ep.load(reporter), period=period, span=span, flow=flow, by=by, partner=partner, product=product,
        currency=currency, vintage=vintage, concept=concept,
    )  # fmt: skip
    show(answer, format, output)


@app.command()
def explain(
    reporter: Reporter,
    period: Period,
    flow: Flow = "exports",
    by: SplitBy = "partner",
    span: Span = None,
    currency: Currency = None,
    vintage: Vintage = "first",
    concept: Concept = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """What drove the change on a year earlier, by partner or product."""
    answer = ep.explain(
        ep.load(reporter), period=period, flow=flow or "exports", by=by, span=span, currency=currency,
        vintage=vintage, concept=concept,
    )  # fmt: skip
    show(answer, format, output)


@app.command()
def brief(
    reporter: Reporter,
    period: Period,
    currency: Currency = None,
    vintage: Vintage = "first",
    format: Format = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Page to write: brief.html.")] = None,
) -> None:
    """The page of a release: sentence, tables, charts, sources."""
    page = ep.brief(ep.load(reporter), period=period, currency=currency, vintage=vintage)
    if output is not None and output.suffix.lower() not in (".html", ".htm"):
        show(page.answer, format, output)
        return
    if output is not None:
        typer.echo(f"Wrote {page.save(output)}", err=True)
    if format == "table":
        typer.echo(page.headline)
    else:
        show(page.answer, format, None)


def show(answer: "Answer", format: str, output: Path | None) -> None:
    """Print an answer to stdout, or write it where `-o` says; everything else in this package goes to stderr."""
    if output is not None:
        from entrepot import files

        typer.echo(f"Wrote {files.write(answer, output)}", err=True)
    elif format == "json":
        typer.echo(answer.json())
    elif format == "csv":
        from entrepot import files

        typer.echo(files.csv(answer), nl=False)
    else:
        from entrepot import terminal

        terminal.show(answer, sys.stdout)


def main() -> None:
    """Run the command line; a refusal is a message on stderr and its exit code."""
    try:
        app()
    except ep.errors.EntrepotError as refusal:
        typer.secho(f"entrepot: {refusal}", err=True, fg="red")
        raise SystemExit(refusal.exit_code) from None
