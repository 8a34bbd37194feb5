"""What the commands have in common: settings from flags and environment, and the database that they name."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final, NoReturn
from urllib.parse import unquote, urlsplit

import click

from service.postgres import embedded, schema
from service.postgres.database import opened
from service.settings import Settings, SettingsError

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from service.postgres.database import Database

# the default of docker-compose.yml, for use on loopback alone
KNOWN_PASSWORD = "companyfacts-local"  # noqa: S105

_database_options = (
    click.option("--database-url", help="PostgreSQL 16 or newer to use, as postgresql://…"),
    click.option(
        "--data-dir", type=click.Path(path_type=Path), help="Directory of the service's own Postgres."
    ),
)


def with_database(command: Callable[..., None]) -> Callable[..., None]:
    """Add the flags --database-url and --data-dir to a command."""
    for option in reversed(_database_options):
        command = option(command)
    return command


def settings_of(
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
def reached(settings: Settings, *, prepare: bool = True) -> Generator[str]:
    """The DSN for a command. With `prepare`, an embedded database is migrated first: `serve` may never have run."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    with embedded.reaching(settings.data_dir) as dsn:
        if prepare:
            asyncio.run(prepared(dsn, with_sample=False))
        yield dsn


def opened_by(dsn: str) -> "AbstractAsyncContextManager[Database]":
    """The database of a command, whose statements may run as long as the operator has set."""
    settings = Settings.from_environment()
    return opened(dsn, statement_timeout=settings.command_statement_timeout)


async def prepared(dsn: str, revision: str = "head", *, with_sample: bool) -> None:
    """Migrate the schema if needed, and load the sample or renew it. Costs one statement if there is nothing to do."""
    found = await schema.state(dsn)
    is_old = revision != "head" or not found.is_current
    if is_old:
        from service.postgres.migration import migrate

        await migrate(dsn, revision)
    with_sample = with_sample and not found.is_mirror
    if with_sample and not found.position:
        from service.operations.sample import load_sample

        async with opened_by(dsn) as database:
            await load_sample(database)
    elif with_sample and is_old and revision == "head":
        from service.operations.sample import renew_sample

        async with opened_by(dsn) as database:
            await renew_sample(database)


class _Leave:
    """A handler of a signal that ends a command, so that its `with` blocks stop what they started.

    Python drops what a handler raises while an object is destroyed; so that it was told is remembered, too.
    """

    told = False

    def __call__(self, signum: int, _frame: FrameType | None) -> NoReturn:
        self.told = True
        sys.exit(128 + signum)


leave: Final = _Leave()
