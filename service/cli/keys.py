"""`key create`, `key list` and `key revoke`."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from service.cli.common import opened_by, reached, settings_of, with_database
from service.core.keys import SCOPES, Key, Scope
from service.core.periods import read_day
from service.core.text import is_slug


@click.group()
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
@with_database
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
        async with opened_by(dsn) as database:
            return await keys.create_key(
                database, scope, name=name, expires=lasting, companies=companies, known_by=day
            )

    with reached(settings_of(database_url, data_dir)) as dsn:
        click.echo(asyncio.run(make(dsn)))


@key.command("list")
@with_database
def list_(database_url: str | None, data_dir: Path | None) -> None:
    """Show all keys, oldest first, without their secrets."""
    from service.operations import keys

    async def read(dsn: str) -> list[Key]:
        async with opened_by(dsn) as database:
            return await keys.list_keys(database)

    with reached(settings_of(database_url, data_dir)) as dsn:
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
@with_database
def revoke(prefix: str, database_url: str | None, data_dir: Path | None) -> None:
    """End the key that begins with PREFIX, as `key list` shows it. Running services refuse it within 5 seconds."""
    from service.operations import keys

    async def end(dsn: str) -> str:
        async with opened_by(dsn) as database:
            return await keys.revoke_key(database, prefix)

    with reached(settings_of(database_url, data_dir)) as dsn:
        click.echo(f"revoked {asyncio.run(end(dsn))}", err=True)


def _read_day(text: str) -> date:
    try:
        return read_day(text)
    except ValueError as error:
        raise click.UsageError(f"--known-by: {error}") from error


def _minute(instant: datetime | None) -> str:
    return "never" if instant is None else f"{instant.astimezone(UTC):%Y-%m-%d %H:%MZ}"
