"""`import`, `sample`, `export` and `mirror`: what comes into a database as a whole, and what leaves it."""

import asyncio
import functools
import signal
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from service.cli.common import leave, opened_by, prepared, reached, settings_of, with_database
from service.core.errors import Malformed

if TYPE_CHECKING:
    from service.operations import exchange


@click.command("import")
@click.argument("format", type=click.Choice(["ndjson", "edgar", "submissions", "tickers"]), metavar="FORMAT")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, allow_dash=True, path_type=Path),
    metavar="FILE…",
)
@click.option("--partial", is_flag=True, help="Record the good lines even if others are refused (ndjson).")
@click.option(
    "--skip-bad-rows", is_flag=True, help="Record the good rows of a document, and list the bad ones (edgar)."
)
@with_database
def import_(
    format: str,  # noqa: A002 -- what the argument is called
    files: tuple[Path, ...],
    partial: bool,
    skip_bad_rows: bool,
    database_url: str | None,
    data_dir: Path | None,
) -> None:
    """Record what files hold.

    FORMAT ndjson: the lines that `export` writes; `-` is standard input. Formats edgar (company facts),
    submissions and tickers: documents of EDGAR's, in files, folders and zip archives, gzipped or not.

    Files are recorded in batches, so that others can write meanwhile. What is already recorded is not recorded
    again, so an interrupted import can simply be repeated. Each line or document that is refused is printed with
    its reason, and the exit status is then 1.
    """
    if skip_bad_rows and format != "edgar":
        raise click.UsageError("--skip-bad-rows is for the format edgar alone")
    with reached(settings_of(database_url, data_dir)) as dsn:
        refused = (
            _import_lines(dsn, files, partial=partial)
            if format == "ndjson"
            else _import_documents(dsn, format, files, skip_bad_rows=skip_bad_rows)
        )
    if refused:
        sys.exit(1)


@click.command()
@click.argument("name", type=click.Choice(["history"]), metavar="NAME")
@with_database
def sample(name: str, database_url: str | None, data_dir: Path | None) -> None:
    """Load a second sample: `history`, with filers' figures over the years, restatements and a dispute (docs/sample.md).

    This works while a server runs on the data directory, and a second time adds nothing.
    """
    from importlib.resources import as_file, files

    with (
        reached(settings_of(database_url, data_dir)) as dsn,
        as_file(files("service").joinpath("sample", name)) as folder,
    ):
        documents = tuple(sorted(folder.glob("CIK*.json")))
        refused = _import_documents(dsn, "edgar", documents, skip_bad_rows=False)
        refused = refused or _import_lines(dsn, (folder / f"{name}.ndjson",), partial=False)
    if refused:
        sys.exit(1)


@click.command()
@with_database
@click.option(
    "--output", type=click.File("wb"), default="-", help="File to write.  [default: standard output]"
)
def export(database_url: str | None, data_dir: Path | None, output: IO[bytes]) -> None:
    """Write everything recorded, as NDJSON in log order."""
    with reached(settings_of(database_url, data_dir)) as dsn:
        asyncio.run(_exported(dsn, output))


@click.command()
@click.argument("url", metavar="URL")
@click.option("--once", is_flag=True, help="Copy what there is, and end.")
@click.option(
    "--key", help="A key of the service at URL, if it asks for one; of the scope admin for what it withholds."
)
@with_database
def mirror(url: str, once: bool, key: str | None, database_url: str | None, data_dir: Path | None) -> None:
    """Copy the log of the service at URL into an empty database, and follow it.

    The copy answers every read as its origin does, and refuses writes. Stopped or killed at any moment, the command goes
    on where it was. Serve the copy by `companyfacts serve` with the same database.
    """
    from service.mirror import following
    from service.mirror.taking import Taken

    def told(taken: Taken) -> None:
        click.echo(f"position {taken.position}", err=True)

    async def follow(dsn: str) -> None:
        origin = following.FollowedService(url, key)
        try:
            async with opened_by(dsn) as database:
                await following.follow(database, origin, once=once, told=told)
        finally:
            await origin.close()

    signal.signal(signal.SIGTERM, leave)
    with reached(settings_of(database_url, data_dir)) as dsn:
        asyncio.run(prepared(dsn, with_sample=False))
        asyncio.run(follow(dsn))


def _import_lines(dsn: str, files: tuple[Path, ...], *, partial: bool) -> int:
    """Import NDJSON files. Returns the number of refused lines."""
    from service.operations import exchange

    refused, mentions = 0, exchange.Mentions()  # shared: the files are one feed
    for path in files:
        try:
            with click.open_file(str(path), "rb") as file:
                report = asyncio.run(_imported(dsn, file, mentions, partial=partial))
        except Malformed as error:
            raise click.ClickException(f"{path}: {error}") from error
        refused += report.refused
        for problem in report.problems:
            click.echo(f"{path}:{problem.line}: {problem.error}", err=True)
        counts = f"{report.created} recorded, {report.unchanged} already there, {report.refused} refused"
        click.echo(f"{path}: {report.lines} lines, {counts}", err=True)
        if refused and not partial:
            break
    return refused


def _import_documents(
    dsn: str,
    format: str,  # noqa: A002 -- as above
    files: tuple[Path, ...],
    *,
    skip_bad_rows: bool,
) -> int:
    """Import EDGAR documents. Returns the number of refused ones."""
    from service.edgar import filers_importer as edgar_filers
    from service.edgar import importer as edgar_import
    from service.edgar.archives import size_of

    imports = {
        "edgar": (
            functools.partial(edgar_import.import_facts, skip_bad_rows=skip_bad_rows),
            edgar_import.WANTED,
        ),
        "submissions": (edgar_filers.import_submissions, edgar_filers.SUBMISSIONS),
        "tickers": (edgar_filers.import_tickers, edgar_filers.TICKERS),
    }
    run, wanted = imports[format]
    started = time.monotonic()

    async def imported() -> edgar_import.FactsReport | edgar_filers.FilersReport:
        async with opened_by(dsn) as database:
            with click.progressbar(
                length=size_of(files, wanted), label=format, file=sys.stderr, show_pos=False
            ) as bar:
                return await run(database, files, advance=bar.update)

    report = asyncio.run(imported())
    for verb, left_out, more in (
        ("skipped", report.skipped, report.skipped_untold),
        ("refused", report.refused, report.untold),
    ):
        for one in left_out:
            where = "".join(f" at {flaw.pointer}" for flaw in one.error.errors[:1] if flaw.pointer)
            click.echo(f"{one.name}: {verb}{where}: {one.error}", err=True)
        if more:
            click.echo(f"and {more} more {verb}", err=True)
    in_rows = any(
        (flaw.pointer or "").startswith("/facts/") for one in report.refused for flaw in one.error.errors
    )
    if format == "edgar" and in_rows and not skip_bad_rows:
        click.echo("the good rows of such documents are imported with --skip-bad-rows", err=True)
    refused = len(report.refused) + report.untold
    seconds = time.monotonic() - started
    counts = [f"{report.documents} new documents", f"{report.known} imported before"]
    if isinstance(report, edgar_import.FactsReport):
        counts += [
            f"{report.rows} rows",
            f"{report.created} new versions",
            f"{report.unchanged} unchanged",
            f"{report.withdrawn} withdrawn",
            *([f"{len(report.skipped) + report.skipped_untold} skipped"] if skip_bad_rows else []),
        ]
    else:
        counts += [f"{report.created} companies described", f"{report.unchanged} unchanged"]
    click.echo(f"{', '.join(counts)}, {refused} refused, in {seconds:.1f} s", err=True)
    return refused


async def _imported(
    dsn: str, lines: IO[bytes], mentions: "exchange.Mentions", *, partial: bool
) -> "exchange.Report":
    from service.operations import exchange

    async with opened_by(dsn) as database:
        return await exchange.import_lines(
            database, lines, author=None, partial=partial, batch=exchange.BATCH, mentions=mentions
        )


async def _exported(dsn: str, output: IO[bytes]) -> None:
    from service.operations import exchange

    async with opened_by(dsn) as database:
        async for line in exchange.export_lines(database):
            output.write(line)
