"""Processes that tests start, kill and wait for, and a client of a service that may not be there."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import psutil

from tests.running import NO_TLS, PATIENCE, Api, pauses


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it comes to hold; for what takes a moment on an idle machine, and may take minutes on a busy one."""
    return any(holds() for _ in pauses())


def gone(process: psutil.Process) -> bool:
    """Whether it ended; one that its new parent has not yet taken note of counts as ended."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def postmaster(data_dir: Path) -> psutil.Process:
    """The Postgres of a data directory."""
    return psutil.Process(int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0]))


def postgres(data_dir: Path) -> list[psutil.Process]:
    """All processes of the Postgres of a data directory, the postmaster first; none while there is none."""
    try:
        found = postmaster(data_dir)
        if str(data_dir) not in " ".join(found.cmdline()):
            return []  # another process has its id by now
        return [found, *found.children()]
    except (OSError, IndexError, psutil.Error):
        return []


def killed(processes: list[psutil.Process]) -> None:
    """Kill processes, and wait until they are gone."""
    for one in processes:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    assert eventually(lambda: all(map(gone, processes)))


class Remote(Api):
    """A service at a port of this machine, whose every answer is held against the OpenAPI document."""

    def __init__(self, port: int) -> None:
        super().__init__(f"http://127.0.0.1:{port}", None)
        self.port = port

    def send(self, request: httpx.Request) -> httpx.Response:
        # a connection of its own: none is left open to a service that is stopped
        with httpx.Client(timeout=PATIENCE, trust_env=False, verify=NO_TLS) as client:
            return client.send(request)

    def status(self, path: str) -> int:
        """The status of the answer to a GET; 0 while there is none."""
        try:
            return self.get(path).status_code
        except httpx.TransportError:
            return 0
