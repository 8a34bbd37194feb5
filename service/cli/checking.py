"""`verify`, `sources check` and `concepts check`: what is recorded is looked at again."""

import asyncio
from pathlib import Path

import click

from service.cli.common import opened_by, reached, settings_of, with_database
from service.core.errors import Malformed, NotFound


@click.command()
@click.option("--company", help="Only facts of this company: its slug, or scheme:value.")
@click.option(
    "--recheck", is_flag=True, help="Also check citations again that this version has checked already."
)
@with_database
def verify(company: str | None, recheck: bool, database_url: str | None, data_dir: Path | None) -> None:
    """Check recorded citations again, for example after an upgrade, and record the verdicts that changed.

    First, every stored answer is compared with the versions that it was made from. Answers that were altered in the
    database are listed and left as they are; the exit status is then 1.
    """
    with reached(settings_of(database_url, data_dir)) as dsn:
        altered = asyncio.run(_verified(dsn, company, recheck=recheck))
    if altered:
        raise click.ClickException(f"{altered} facts answer otherwise than their versions say")


@click.group()
def sources() -> None:
    """Documents that facts are read from."""


@sources.command()
@with_database
def check(database_url: str | None, data_dir: Path | None) -> None:
    """List sources whose text would be extracted differently today, for example after an upgrade.

    Prints one line per source: its id, the extractor used then and now, and the first difference. Changes nothing:
    archived texts and their citations stay as they are.
    """
    from service.evidence import asides
    from service.operations import texts

    settings = settings_of(database_url, data_dir)
    asides.configure(settings.reading_seconds)

    async def compare(dsn: str) -> int:
        count = 0
        async with opened_by(dsn) as database:
            async for one in texts.changed(database):
                count += 1
                click.echo(f"{one.id}: {one.then} -> {one.now or 'nothing'}: {one.told}")
        return count

    with reached(settings) as dsn:
        count = asyncio.run(compare(dsn))
    click.echo(f"{count} sources would have another text", err=True)


@click.group()
def concepts() -> None:
    """Standard concepts, such as `revenue`."""


@concepts.command("check")
@click.option("--company", help="Only this company: its slug, or scheme:value.")
@with_database
def check_concepts(company: str | None, database_url: str | None, data_dir: Path | None) -> None:
    """Hold the values of standard concepts against identities, such as assets = liabilities + equity.

    Prints for each company how many fiscal years have a value of each concept, how many identities hold, and each
    that does not hold with what is left over. Changes nothing.
    """
    from service.words.checking import in_words, reports

    async def tell(dsn: str) -> None:
        async with opened_by(dsn) as database:
            async for report in reports(database, company):
                for line in in_words(report):
                    click.echo(line)

    with reached(settings_of(database_url, data_dir)) as dsn:
        try:
            asyncio.run(tell(dsn))
        except (NotFound, Malformed) as error:
            raise click.ClickException(str(error)) from error


async def _verified(dsn: str, company: str | None, *, recheck: bool) -> int:
    """Check answers and citations. Returns the number of altered answers."""
    from service.operations import verifying

    done, altered = verifying.Checked(0, 0), 0
    async with opened_by(dsn) as database:
        # first, because a changed verdict rewrites the stored answer
        async for facts in verifying.altered(database, company=company):
            altered += len(facts)
            for fact in facts:
                click.echo(f"{fact} answers otherwise than its versions say", err=True)
        async for done in verifying.verify(database, company=company, recheck=recheck):
            click.echo(f"{done.checked} facts checked, {done.changed} changed", err=True)
    click.echo(f"{done.checked} facts checked, {done.changed} came to another result")
    return altered
