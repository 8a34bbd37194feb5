"""A service that is told to stop stops, at whatever moment that comes."""

import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from service.supervising import Server
from tests.running import ENVIRONMENT

# A worker as Granian runs it, but for its sockets; says how often the server was told to stop. The signal comes at argv[1].
WORKER = """
import asyncio, os, signal, sys
import uvloop
from granian import _signals
from granian.asgi import LifespanProtocol
from service import worker

told = []

class Stop:
    def set(self):
        told.append("stop")

_signals.WorkerSignal = Stop

def signalled(moment):
    if moment == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGTERM)

async def answering():
    signalled("once it answers")
    for _ in range(1000):
        await asyncio.sleep(0)

loop = uvloop.new_event_loop()
asyncio.set_event_loop(loop)
application = LifespanProtocol(worker.load())
_signals.set_loop_signals(loop)
signalled("before the application starts")
loop.run_until_complete(application.startup())
signalled("before it answers")
loop.run_until_complete(answering())
loop.run_until_complete(application.shutdown())
print(*told)
"""


@pytest.mark.parametrize("moment", ["before the application starts", "before it answers", "once it answers"])
def test_a_worker_that_is_told_to_stop_at_any_moment_hears_it(moment: str) -> None:
    nowhere = {"COMPANYFACTS_DATABASE_URL": "postgresql://nobody@/nothing?host=/nowhere"}
    ended = subprocess.run(
        [sys.executable, "-c", WORKER, moment],
        env=ENVIRONMENT | nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "stop\n"), ended.stderr


def server() -> Any:
    made: Any = Server("companyfacts")
    made._sso = None  # as where workers open the port themselves
    return made


def pauses(*_: object) -> None:
    """What a worker does that has to be killed."""
    signal.pause()


def test_a_worker_that_ended_is_not_alive_though_another_thread_was_told_so() -> None:
    worker = server()._spawn_worker(0, pauses, None)
    worker.inner.start()
    assert worker.is_alive()
    os.kill(worker.inner.pid, signal.SIGKILL)
    os.waitpid(worker.inner.pid, 0)  # the thread that restarts workers has been told, and has not noted it
    assert not worker.is_alive()


def test_a_stop_that_comes_as_a_worker_ends_is_not_forgotten() -> None:
    told = server()
    told.respawn_failed_workers = True
    told.interrupt_children.append(0)
    told.main_loop_interrupt.set()
    clear = told.main_loop_interrupt.clear

    def cleared() -> None:  # before Granian starts the worker again
        told.signal_handler_interrupt()
        clear()

    told.main_loop_interrupt.clear = cleared
    told._serve_loop(pauses, None)  # returns once it is told to stop
    assert told.interrupt_signal
