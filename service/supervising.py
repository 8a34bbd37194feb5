"""The server that starts worker processes, restarts and stops them: Granian's, with three corrections."""

from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any, cast

from granian.server import MPServer
from granian.server.mp import WorkerProcess


class Server(MPServer):
    """Granian's server, many of whose methods have no types."""

    was_told: Callable[[], bool] | None = (
        None  # whether it was told to stop before it had handlers of signals
    )

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        """Start the workers. Granian installs its handlers in it; what was told before is heard now."""
        super().startup(spawn_target, target_loader)  # pyright: ignore[reportUnknownMemberType]
        if self.was_told and self.was_told():
            self.signal_handler_interrupt()  # pyright: ignore[reportUnknownMemberType]

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> WorkerProcess:
        """A worker that is alive until the system says otherwise.

        Two threads of Granian's wait for the end of a worker. If one was told of it and has not noted it yet, the other is
        told that there is no such process, takes that for alive, and says that a worker that has ended refuses to stop.
        """
        worker = super()._spawn_worker(idx, target, callback_loader)  # pyright: ignore[reportUnknownMemberType]
        process = cast("BaseProcess", worker.inner)  # pyright: ignore[reportUnknownMemberType]
        worker.is_alive = lambda: not wait([process.sentinel], 0)
        return worker

    def _respawn_workers(self, workers: Any, spawn_target: Any, target_loader: Any, delay: float = 0) -> None:
        """Start workers again, unless the server was told to stop: Granian forgets that if it comes as a worker ends."""
        if self.interrupt_signal:
            self.main_loop_interrupt.set()
        else:
            super()._respawn_workers(workers, spawn_target, target_loader, delay)  # pyright: ignore[reportUnknownMemberType]
