"""The entry point of a worker process: loads the application, without importing the commands."""

import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from litestar.types import ASGIApp

STOPS: Final = (signal.SIGTERM, signal.SIGINT)


def load() -> "ASGIApp":
    """Load the application in a worker process."""
    _end_with_parent()
    # loaded modules live as long as the process, so collecting garbage among them is wasted work
    gc.disable()
    from service import app  # here, so that the parent can name this function without loading the application

    loaded = app.from_environment()
    # without a collection first: that would take as long as importing the driver, and free little
    gc.freeze()
    # requests leave few cycles, so the default threshold of 700 objects is too low
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
    # The server is about to install its handlers, which lose a signal until the event loop runs. The application lets held
    # signals through when it does.
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    return loaded


def _end_with_parent() -> None:
    """Exit this worker when its parent `serve` has ended in any way; an orphan would keep the port and go on answering."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    # a thread has the mask of the one that starts it, and a signal that one thread holds back goes to another that does not
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
