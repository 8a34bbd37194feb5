"""Cost of a start on an existing data directory: `uv run python -m benchmarks.starting`.

`serve` is started with its own Postgres, on a directory that has the schema and the sample, until `/readyz` answers 200.
The result is the median of the processor seconds of the parent and its worker. Those of Postgres do not depend on what the
service imports and are shown separately. A last start counts the modules that both import.
`--directory` measures another checkout with this environment's packages; 0.1.0 needs one more, `uv run --with structlog`.
"""

import os
import re
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import click
import psutil

from tests.running import ENVIRONMENT, free_port

_IMPORT = re.compile(rb"^import time: +\d+ ", re.MULTILINE)
_PATIENCE = 600


@contextmanager
def started(directory: Path, data_dir: str, log: Path, **environment: str) -> Generator[psutil.Process]:
    """Start `serve` and wait until it answers."""
    port = free_port()
    command = [sys.executable, "-m", "service", "serve", "--data-dir", data_dir, "--port", str(port)]
    with log.open("wb") as output:
        process = psutil.Popen(
            command, cwd=directory, env=ENVIRONMENT | environment, stdout=output, stderr=output
        )
    deadline = time.monotonic() + _PATIENCE
    while True:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz"):
            break
        if process.poll() is not None or time.monotonic() > deadline:
            raise click.ClickException(f"it does not start:\n{log.read_text()}")
        time.sleep(0.05)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def spent(serve: psutil.Process) -> Mapping[str, float]:
    """Processor seconds so far, by process."""
    seconds: dict[str, float] = dict.fromkeys(
        ("parent, user", "worker, user", "both, user", "both, user and system", "Postgres"), 0.0
    )
    for process in (serve, *serve.children(recursive=True)):
        times = process.cpu_times()
        if process.name().startswith("postgres"):
            seconds["Postgres"] += times.user + times.system
            continue
        seconds["parent, user" if process.pid == serve.pid else "worker, user"] += times.user
        seconds["both, user"] += times.user
        seconds["both, user and system"] += times.user + times.system
    return seconds


@click.command()
@click.option("--rounds", default=5, show_default=True)
@click.option("--directory", type=click.Path(exists=True, path_type=Path), default=Path.cwd())
@click.option("--compiled/--from-source", default=True, show_default=True, help="Whether bytecode is kept.")
def main(rounds: int, directory: Path, compiled: bool) -> None:
    """Measure several starts."""
    with tempfile.TemporaryDirectory(prefix="cf-") as place:
        data_dir, log = f"{place}/data", Path(place) / "log"
        # an empty variable counts as unset
        environment = {"PYTHONDONTWRITEBYTECODE": "" if compiled else "1"}
        if compiled:
            environment["PYTHONPYCACHEPREFIX"] = f"{place}/bytecode"
        with started(directory, data_dir, log, **environment):
            pass  # creates the cluster, the schema, the sample and the bytecode
        measured: list[Mapping[str, float]] = []
        for _ in range(rounds):
            with started(directory, data_dir, log, **environment) as serve:
                measured.append(spent(serve))
        with started(directory, data_dir, log, **environment, PYTHONPROFILEIMPORTTIME="1"):
            modules = len(_IMPORT.findall(log.read_bytes()))
    for name in measured[0]:
        values = sorted(one[name] for one in measured)
        click.echo(f"{name:22} {statistics.median(values):5.2f} s   ({values[0]:.2f} to {values[-1]:.2f})")
    click.echo(f"{'modules imported':22} {modules}   (load average {os.getloadavg()[0]:.1f})")


if __name__ == "__main__":
    main()
