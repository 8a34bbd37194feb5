"""All commands. Each reads the settings, connects to the database, and calls one use case.

The server, the migrations and the use cases are imported inside the functions that need them, because importing any
of them takes longer than an ordinary start of `serve`.
"""

from typing import Any

import click

from service.cli import checking, keys, moving, serving
from service.core.errors import CompanyFactsError
from service.postgres import embedded
from service.settings import SettingsError


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
def openapi() -> None:
    """Print the OpenAPI document of the service."""
    from service import app

    click.echo(app.openapi_document(), nl=False)


for command in (
    serving.serve, serving.migrate,
    moving.import_, moving.sample, moving.export, moving.mirror,
    checking.verify, checking.sources, checking.concepts,
    keys.key,
):  # fmt: skip
    main.add_command(command)
