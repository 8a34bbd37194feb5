"""The command line. Each command reads the settings, connects to the database, and calls one use case.

`serve` claims its port, starts the embedded Postgres unless a database URL is given, migrates it, loads the sample,
and then runs the worker processes. On exit it stops what it started, in reverse order.

The server, the migrations and the use cases are imported inside the functions that need them, because importing any
of them takes longer than an ordinary start of `serve`.
"""

import asyncio
import contextlib
import errno
import functools
import math
import multiprocessing
import os
import resource
import shlex
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING, Any, get_args
from urllib.parse import unquote, urlsplit

import click

from service import logs, worker
from service.core.errors import CompanyFactsError, Malformed, NotFound
from service.core.keys import SCOPES, Key, Scope
from service.core.periods import read_day
from service.core.text import is_slug
from service.postgres import embedded, schema
from service.postgres.database import opened
from service.settings import CAPABILITIES, LogFormat, LogLevel, Settings, SettingsError, listed

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from service.operations import exchange
    from service.postgres.database import Database

# connections that a worker accepts at once, idle ones included (proxies keep thousands); more must wait
_MOST_CONNECTIONS = 20_000

# the default of docker-compose.yml, for use on loopback alone
KNOWN_PASSWORD = "companyfacts-local"  # noqa: S105

_database_options = (
    click.option("--database-url", help="PostgreSQL 16 or newer to use, as postgresql://…"),
    click.option(
        "--data-dir", type=click.Path(path_type=Path), help="Directory of the service's own Postgres."
    ),
)


def _with_database(command: Callable[..., None]) -> Callable[..., None]:
    """Add the flags --database-url and --data-dir to a command."""
    for option in reversed(_database_options):
        command = option(command)
    return command


class _Commands(click.Group):
    """Prints errors that a user can act on as one line instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (SettingsError, embedded.EmbeddedError) as error:
            raise click.ClickException(str(error)) from error
        except CompanyFactsError as error:
            raise click.ClickException(_told(error)) from error


def _told(error: CompanyFactsError) -> str:
    """What an error says, and its cause unless it has said that."""
    why = "" if error.__cause__ is None else f"{error.__cause__}"
    return f"{error}" if why in f"{error}" else f"{error} ({why})"


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(package_name="companyfacts", prog_name="companyfacts")
def main() -> None:
    """Versioned, cited company facts over HTTP.

    Every setting is an environment variable COMPANYFACTS_…; a flag wins over its variable.
    """


@main.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=int, help="TCP port to listen on.  [default: 8000]")
@_with_database
@click.option("--workers", type=int, help="Processes that answer requests.  [default: 1]")
@click.option(
    "--no-sample", "sample", flag_value=False, type=bool, default=None, help="Start without the sample."
)
@click.option("--base-url", help="URL that clients reach the service at, such as https://facts.example.org.")
@click.option(
    "--trusted-hops",
    type=int,
    help="Proxies in front of the service, whose entries of X-Forwarded-For are believed.  [default: 0]",
)
@click.option(
    "--listen-url",
    help="PostgreSQL's primary without a pooler before it, to hear of new entries at once.  [default: poll]",
)
@click.option("--read-only", flag_value=True, type=bool, default=None, help="Refuse every write.")
@click.option(
    "--known-by", metavar="DATE", help="Answer as of this day, show nothing later, and refuse every write."
)
@click.option(
    "--log-format",
    type=click.Choice(get_args(LogFormat)),
    help="For people, or JSON for machines.  [default: auto, by whether standard error is a terminal]",
)
@click.option(
    "--log-level", type=click.Choice(get_args(LogLevel)), help="Least severe record to log.  [default: info]"
)
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(CAPABILITIES),
    help="A capability to leave out: neither loaded nor in the contract; may be repeated.",
)
@click.option(
    "--no-pages", "pages", flag_value=False, type=bool, default=None, help="Serve no pages for people."
)
def serve(
    host: str | None,
    port: int | None,
    database_url: str | None,
    data_dir: Path | None,
    workers: int | None,
    sample: bool | None,
    base_url: str | None,
    trusted_hops: int | None,
    listen_url: str | None,
    read_only: bool | None,
    known_by: str | None,
    log_format: LogFormat | None,
    log_level: LogLevel | None,
    without: tuple[str, ...],
    pages: bool | None,
) -> None:
    """Answer requests until told to stop.

    Without a database URL, runs a Postgres 18 of its own in the data directory, migrates it, and loads the
    sample.
    """
    settings = _settings(
        database_url,
        data_dir,
        host=host,
        port=port,
        workers=workers,
        sample=sample,
        base_url=base_url,
        trusted_hops=trusted_hops,
        listen_url=listen_url,
        read_only=read_only,
        known_by=known_by,
        log_format=log_format,
        log_level=log_level,
        without=",".join(without) or None,
        pages=pages,
    )
    logs.configure(settings)
    # until Granian installs its own handlers, SIGTERM must unwind the `with` blocks
    signal.signal(signal.SIGTERM, _leave)
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(_claimed(settings.host, settings.port))
        if settings.database_url is None:
            if not (settings.data_dir / "postgres").exists():
                click.echo(f"first start: making a database in {settings.data_dir}")
            connections = settings.workers * settings.pool_max + 20
            dsn = stack.enter_context(embedded.serving(settings.data_dir, max_connections=connections))
            asyncio.run(_prepared(dsn, with_sample=settings.sample))
        else:
            dsn = settings.database_url
        os.environ.update(settings.to_environment() | {"COMPANYFACTS_DATABASE_URL": dsn})
        if settings.workers > 1:
            # the workers' metrics are kept here, so that each worker can report the sum
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = stack.enter_context(tempfile.TemporaryDirectory())
        _answer(settings, address)


@main.command()
@_with_database
@click.option("--revision", default="head", show_default=True, help="Where to go; `base` undoes everything.")
@click.option("--sample", is_flag=True, help="Then load the sample, if nothing is recorded yet.")
def migrate(database_url: str | None, data_dir: Path | None, revision: str, sample: bool) -> None:
    """Bring the database's schema to this version."""
    with _database(_settings(database_url, data_dir), prepare=False) as dsn:
        asyncio.run(_prepared(dsn, revision, with_sample=sample))


@main.command("import")
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
@_with_database
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
    with _database(_settings(database_url, data_dir)) as dsn:
        refused = (
            _import_lines(dsn, files, partial=partial)
            if format == "ndjson"
            else _import_documents(dsn, format, files, skip_bad_rows=skip_bad_rows)
        )
    if refused:
        sys.exit(1)


@main.command()
@click.argument("name", type=click.Choice(["history"]), metavar="NAME")
@_with_database
def sample(name: str, database_url: str | None, data_dir: Path | None) -> None:
    """Load a second sample: `history`, with filers' figures over the years, restatements and a dispute (docs/sample.md).

    This works while a server runs on the data directory, and a second time adds nothing.
    """
    from importlib.resources import as_file, files

    with (
        _database(_settings(database_url, data_dir)) as dsn,
        as_file(files("service").joinpath("sample", name)) as folder,
    ):
        documents = tuple(sorted(folder.glob("CIK*.json")))
        refused = _import_documents(dsn, "edgar", documents, skip_bad_rows=False)
        refused = refused or _import_lines(dsn, (folder / f"{name}.ndjson",), partial=False)
    if refused:
        sys.exit(1)


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
        async with _opened(dsn) as database:
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


@main.command()
@_with_database
@click.option(
    "--output", type=click.File("wb"), default="-", help="File to write.  [default: standard output]"
)
def export(database_url: str | None, data_dir: Path | None, output: IO[bytes]) -> None:
    """Write everything recorded, as NDJSON in log order."""
    with _database(_settings(database_url, data_dir)) as dsn:
        asyncio.run(_exported(dsn, output))


@main.command()
@click.argument("url", metavar="URL")
@click.option("--once", is_flag=True, help="Copy what there is, and end.")
@click.option(
    "--key", help="A key of the service at URL, if it asks for one; of the scope admin for what it withholds."
)
@_with_database
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
            async with _opened(dsn) as database:
                await following.follow(database, origin, once=once, told=told)
        finally:
            await origin.close()

    signal.signal(signal.SIGTERM, _leave)
    with _database(_settings(database_url, data_dir)) as dsn:
        asyncio.run(_prepared(dsn, with_sample=False))
        asyncio.run(follow(dsn))


@main.command()
@click.option("--company", help="Only facts of this company: its slug, or scheme:value.")
@click.option(
    "--recheck", is_flag=True, help="Also check citations again that this version has checked already."
)
@_with_database
def verify(company: str | None, recheck: bool, database_url: str | None, data_dir: Path | None) -> None:
    """Check recorded citations again, for example after an upgrade, and record the verdicts that changed.

    First, every stored answer is compared with the versions that it was made from. Answers that were altered in the
    database are listed and left as they are; the exit status is then 1.
    """
    with _database(_settings(database_url, data_dir)) as dsn:
        altered = asyncio.run(_verified(dsn, company, recheck=recheck))
    if altered:
        raise click.ClickException(f"{altered} facts answer otherwise than their versions say")


@main.group()
def sources() -> None:
    """Documents that facts are read from."""


@sources.command()
@_with_database
def check(database_url: str | None, data_dir: Path | None) -> None:
    """List sources whose text would be extracted differently today, for example after an upgrade.

    Prints one line per source: its id, the extractor used then and now, and the first difference. Changes nothing:
    archived texts and their citations stay as they are.
    """
    from service.evidence import asides
    from service.operations import texts

    settings = _settings(database_url, data_dir)
    asides.configure(settings.reading_seconds)

    async def compare(dsn: str) -> int:
        count = 0
        async with _opened(dsn) as database:
            async for one in texts.changed(database):
                count += 1
                click.echo(f"{one.id}: {one.then} -> {one.now or 'nothing'}: {one.told}")
        return count

    with _database(settings) as dsn:
        count = asyncio.run(compare(dsn))
    click.echo(f"{count} sources would have another text", err=True)


@main.group()
def concepts() -> None:
    """Standard concepts, such as `revenue`."""


@concepts.command("check")
@click.option("--company", help="Only this company: its slug, or scheme:value.")
@_with_database
def check_concepts(company: str | None, database_url: str | None, data_dir: Path | None) -> None:
    """Hold the values of standard concepts against identities, such as assets = liabilities + equity.

    Prints for each company how many fiscal years have a value of each concept, how many identities hold, and each
    that does not hold with what is left over. Changes nothing.
    """
    from service.words.checking import in_words, reports

    async def tell(dsn: str) -> None:
        async with _opened(dsn) as database:
            async for report in reports(database, company):
                for line in in_words(report):
                    click.echo(line)

    with _database(_settings(database_url, data_dir)) as dsn:
        try:
            asyncio.run(tell(dsn))
        except (NotFound, Malformed) as error:
            raise click.ClickException(str(error)) from error


@main.group()
def key() -> None:
    """Keys that requests carry."""


@key.command()
@click.option("--scope", type=click.Choice(SCOPES), required=True, help="What the key may do.")
@click.option("--name", help="What it is for, as `key list` shows it.")
@click.option(
    "--expires", type=click.IntRange(1, 36_500), metavar="DAYS", help="Days until it ends.  [default: never]"
)
@click.option(
    "--company", "companies", multiple=True, metavar="SLUG",
    help="Company that a writer is kept to; may be repeated.  [default: all]",
)  # fmt: skip
@click.option(
    "--known-by", metavar="DATE", help="Last day that a reader can see anything of.  [default: no limit]"
)
@_with_database
def create(
    scope: Scope,
    name: str | None,
    expires: int | None,
    companies: tuple[str, ...],
    known_by: str | None,
    database_url: str | None,
    data_dir: Path | None,
) -> None:
    """Print a new key, and nothing else. It is shown this once: only its hash is kept."""
    if companies and scope != "write":
        raise click.UsageError("--company keeps a writer to companies; it goes with --scope write")
    for slug in companies:
        if not is_slug(slug):
            raise click.UsageError(f"--company {slug}: a slug is lower-case words joined by hyphens")
    if known_by is not None and scope != "read":
        raise click.UsageError("--known-by keeps a reader to a day; it goes with --scope read")
    day = None if known_by is None else _read_day(known_by)
    lasting = None if expires is None else timedelta(days=expires)

    from service.operations import keys

    async def make(dsn: str) -> str:
        async with _opened(dsn) as database:
            return await keys.create_key(
                database, scope, name=name, expires=lasting, companies=companies, known_by=day
            )

    with _database(_settings(database_url, data_dir)) as dsn:
        click.echo(asyncio.run(make(dsn)))


@key.command("list")
@_with_database
def list_(database_url: str | None, data_dir: Path | None) -> None:
    """Show all keys, oldest first, without their secrets."""
    from service.operations import keys

    async def read(dsn: str) -> list[Key]:
        async with _opened(dsn) as database:
            return await keys.list_keys(database)

    with _database(_settings(database_url, data_dir)) as dsn:
        found = asyncio.run(read(dsn))
    now = datetime.now(UTC)
    rows = [
        (
            one.prefix,
            one.scope,
            one.state(now),
            *(_minute(instant) for instant in (one.created_at, one.expires_at, one.last_used_at)),
            "all" if one.companies is None else ",".join(sorted(one.companies)),
            "" if one.known_by is None else f"{one.known_by}",
            one.name or "",
        )
        for one in found
    ]
    head = ("PREFIX", "SCOPE", "STATE", "CREATED", "EXPIRES", "LAST USED", "COMPANIES", "KNOWN BY", "NAME")
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        click.echo("  ".join(map(str.ljust, row, widths)).rstrip())


@key.command()
@click.argument("prefix")
@_with_database
def revoke(prefix: str, database_url: str | None, data_dir: Path | None) -> None:
    """End the key that begins with PREFIX, as `key list` shows it. Running services refuse it within 5 seconds."""
    from service.operations import keys

    async def end(dsn: str) -> str:
        async with _opened(dsn) as database:
            return await keys.revoke_key(database, prefix)

    with _database(_settings(database_url, data_dir)) as dsn:
        click.echo(f"revoked {asyncio.run(end(dsn))}", err=True)


@main.command()
def openapi() -> None:
    """Print the OpenAPI document of the service."""
    from service import app

    click.echo(app.openapi_document(), nl=False)


def _settings(
    database_url: str | None, data_dir: Path | None, **flags: str | float | Path | None
) -> Settings:
    """The settings from environment and flags. --data-dir also wins over COMPANYFACTS_DATABASE_URL."""
    if database_url is not None and data_dir is not None:
        raise click.UsageError("--database-url and --data-dir name two databases; give one")
    environment = dict(os.environ)
    if data_dir is not None:
        environment.pop("COMPANYFACTS_DATABASE_URL", None)
    settings = Settings.from_environment(environment, database_url=database_url, data_dir=data_dir, **flags)
    if not settings.on_loopback and KNOWN_PASSWORD in _passwords(settings.database_url, environment):
        raise SettingsError(
            f"the service would be reached at {settings.published_address or settings.host}, and its database has the "
            "password that docker-compose.yml has by default, which everybody knows. Set POSTGRES_PASSWORD in .env "
            "(docs/operations.md says how to change it in a volume that exists), or publish on 127.0.0.1"
        )
    return settings


def _passwords(database_url: str | None, environment: Mapping[str, str]) -> set[str | None]:
    """The passwords that a connection may be made with; none for the embedded database."""
    if database_url is None:
        return set()
    in_url = urlsplit(database_url).password
    return {environment.get("PGPASSWORD"), None if in_url is None else unquote(in_url)}


@contextlib.contextmanager
def _database(settings: Settings, *, prepare: bool = True) -> Generator[str]:
    """The DSN for a command. With `prepare`, an embedded database is migrated first: `serve` may never have run."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    with embedded.reaching(settings.data_dir) as dsn:
        if prepare:
            asyncio.run(_prepared(dsn, with_sample=False))
        yield dsn


def _read_day(text: str) -> date:
    try:
        return read_day(text)
    except ValueError as error:
        raise click.UsageError(f"--known-by: {error}") from error


def _leave(signum: int, _frame: FrameType | None) -> None:
    sys.exit(128 + signum)


def _opened(dsn: str) -> "AbstractAsyncContextManager[Database]":
    """The database of a command, whose statements may run as long as the operator has set."""
    settings = Settings.from_environment()
    return opened(dsn, statement_timeout=settings.command_statement_timeout)


async def _imported(
    dsn: str, lines: IO[bytes], mentions: "exchange.Mentions", *, partial: bool
) -> "exchange.Report":
    from service.operations import exchange

    async with _opened(dsn) as database:
        return await exchange.import_lines(
            database, lines, author=None, partial=partial, batch=exchange.BATCH, mentions=mentions
        )


async def _exported(dsn: str, output: IO[bytes]) -> None:
    from service.operations import exchange

    async with _opened(dsn) as database:
        async for line in exchange.export_lines(database):
            output.write(line)


async def _verified(dsn: str, company: str | None, *, recheck: bool) -> int:
    """Check answers and citations. Returns the number of altered answers."""
    from service.operations import verifying

    done, altered = verifying.Checked(0, 0), 0
    async with _opened(dsn) as database:
        # first, because a changed verdict rewrites the stored answer
        async for facts in verifying.altered(database, company=company):
            altered += len(facts)
            for fact in facts:
                click.echo(f"{fact} answers otherwise than its versions say", err=True)
        async for done in verifying.verify(database, company=company, recheck=recheck):
            click.echo(f"{done.checked} facts checked, {done.changed} changed", err=True)
    click.echo(f"{done.checked} facts checked, {done.changed} came to another result")
    return altered


def _minute(instant: datetime | None) -> str:
    return "never" if instant is None else f"{instant.astimezone(UTC):%Y-%m-%d %H:%MZ}"


async def _prepared(dsn: str, revision: str = "head", *, with_sample: bool) -> None:
    """Migrate the schema if needed, and load the sample or renew it. Costs one statement if there is nothing to do."""
    found = await schema.state(dsn)
    is_old = revision != "head" or not found.is_current
    if is_old:
        from service.postgres.migration import migrate

        await migrate(dsn, revision)
    with_sample = with_sample and not found.is_mirror
    if with_sample and not found.position:
        from service.operations.sample import load_sample

        async with _opened(dsn) as database:
            await load_sample(database)
    elif with_sample and is_old and revision == "head":
        from service.operations.sample import renew_sample

        async with _opened(dsn) as database:
            await renew_sample(database)


def _greet_when_ready(settings: Settings, address: str) -> None:
    """Print the address of the service as soon as a worker accepts connections; waits in a thread."""

    def watch() -> None:
        while True:
            with contextlib.suppress(OSError), socket.create_connection((address, settings.port), timeout=5):
                break
            time.sleep(0.05)
        _greet(settings)

    threading.Thread(target=watch, name="greeting", daemon=True).start()


def _greet(settings: Settings) -> None:
    from importlib.metadata import version  # imported here: it delays nothing while the worker starts

    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    base = f"http://{host}:{settings.port}"
    lines = [f"companyfacts {version('companyfacts')} is ready at {base}"]
    if settings.pages and "pages" not in listed(settings.without):
        lines.append(f"  home page       {base}/")
    lines.append(f"  documentation   {base}/docs")
    if settings.database_url is None:
        is_default = settings.data_dir == Settings().data_dir
        where = "" if is_default else f" --data-dir {shlex.quote(str(settings.data_dir))}"
        lines.append(f"  a write key     companyfacts key create --scope write{where}")
        lines.append(f"  data            {settings.data_dir}")
    click.echo("\n".join(lines))


@contextlib.contextmanager
def _claimed(host: str, port: int) -> Generator[str]:
    """Claim a port for the duration of the block. Yields the numeric address to listen on.

    Workers share the port by SO_REUSEPORT, with which a second service could bind it too and take half of the
    requests. So the port is first bound without that option. If it is in use, this waits up to 3 seconds for the
    workers of a service that was just killed.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}: {error.strerror}") from error
    deadline = time.monotonic() + 3
    while True:
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
            break
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise click.ClickException(
                    f"cannot listen on {host} port {port}: {error.strerror}"
                ) from error
            if time.monotonic() > deadline:
                message = (
                    f"port {port} of {host} is in use; stop what listens there, or choose another with --port"
                )
                raise click.ClickException(message) from error
            time.sleep(0.1)
    with socket.socket(family) as claim:
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        claim.bind(address)
        yield str(address[0])


def _answer(settings: Settings, address: str) -> None:
    """Run the workers until a signal ends them; requests in flight are finished first."""
    from granian.constants import HTTPModes, Interfaces, Loops
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    from service.supervising import Server

    _raise_file_limit()
    if settings.database_url is None or logs.for_people(settings):
        _greet_when_ready(settings, address)
    # spawn: this process has threads, and a forked child would inherit their locks
    multiprocessing.set_start_method("spawn", force=True)
    Server(
        "companyfacts",
        address=address,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        websockets=False,
        workers=settings.workers,
        backpressure=_MOST_CONNECTIONS,
        # HTTP/2 is off: a client could leave hundreds of answers unread and send 16 MiB of headers, without a deadline
        http=HTTPModes.http1,
        # deadline for a request's headers, and between requests; bodies have their own (service.web.bodies)
        http1_settings=HTTP1Settings(header_read_timeout=math.ceil(settings.receive_timeout * 1000)),
        respawn_failed_workers=True,
        workers_kill_timeout=settings.shutdown_timeout,
        log_level=LogLevels(settings.log_level),
        log_dictconfig={"formatters": {}, "handlers": {}, "loggers": {"_granian": {"propagate": True}}},
    ).serve(target_loader=worker.load, wrap_loader=False)


def _raise_file_limit() -> None:
    """Raise the limit of open files, usually 1,024, as far as allowed, so that workers can hold their connections."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = (
        _MOST_CONNECTIONS + 1_000 if most == resource.RLIM_INFINITY else min(most, _MOST_CONNECTIONS + 1_000)
    )
    with contextlib.suppress(ValueError, OSError):  # macOS reports infinity but refuses large values
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
