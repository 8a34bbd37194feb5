"""`serve` and `migrate`.

`serve` claims its port, starts the embedded Postgres unless a database URL is given, migrates it, loads the sample,
and then runs the worker processes. On exit it stops what it started, in reverse order.
"""

import asyncio
import contextlib
import errno
import math
import multiprocessing
import os
import resource
import shlex
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import get_args

import click

from service import logs, worker
from service.cli.common import leave, prepared, reached, settings_of, with_database
from service.postgres import embedded
from service.settings import CAPABILITIES, LogFormat, LogLevel, Settings, listed

# connections that a worker accepts at once, idle ones included (proxies keep thousands); more must wait
_MOST_CONNECTIONS = 20_000


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=int, help="TCP port to listen on.  [default: 8000]")
@with_database
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
    settings = settings_of(
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
    signal.signal(signal.SIGTERM, leave)
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(_claimed(settings.host, settings.port))
        if settings.database_url is None:
            if not (settings.data_dir / "postgres").exists():
                click.echo(f"first start: making a database in {settings.data_dir}")
            connections = settings.workers * settings.pool_max + 20
            dsn = stack.enter_context(embedded.serving(settings.data_dir, max_connections=connections))
            asyncio.run(prepared(dsn, with_sample=settings.sample))
        else:
            dsn = settings.database_url
        os.environ.update(settings.to_environment() | {"COMPANYFACTS_DATABASE_URL": dsn})
        if settings.workers > 1:
            # the workers' metrics are kept here, so that each worker can report the sum
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = stack.enter_context(tempfile.TemporaryDirectory())
        _answer(settings, address)


@click.command()
@with_database
@click.option("--revision", default="head", show_default=True, help="Where to go; `base` undoes everything.")
@click.option("--sample", is_flag=True, help="Then load the sample, if nothing is recorded yet.")
def migrate(database_url: str | None, data_dir: Path | None, revision: str, sample: bool) -> None:
    """Bring the database's schema to this version."""
    with reached(settings_of(database_url, data_dir), prepare=False) as dsn:
        asyncio.run(prepared(dsn, revision, with_sample=sample))


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
    server = Server(
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
    )
    server.was_told = lambda: leave.told
    server.serve(target_loader=worker.load, wrap_loader=False)


def _raise_file_limit() -> None:
    """Raise the limit of open files, usually 1,024, as far as allowed, so that workers can hold their connections."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = (
        _MOST_CONNECTIONS + 1_000 if most == resource.RLIM_INFINITY else min(most, _MOST_CONNECTIONS + 1_000)
    )
    with contextlib.suppress(ValueError, OSError):  # macOS reports infinity but refuses large values
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
