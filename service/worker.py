"""What a worker process runs: the application, and nothing of the commands that started it."""

import gc
import multiprocessing
import multiprocessing.connection
import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from litestar.types import ASGIApp


def load() -> "ASGIApp":
    """The application, in a worker."""
    _end_with_parent()
    # what is loaded stays: looking for cycles in it, while it grows and later, is for nothing
    gc.disable()
    from service import app  # here, so that the parent can name this function without loading the application

    loaded = app.from_environment()
    # a collection first would take as long as importing the driver, and find a thousand small objects
    gc.freeze()
    # a request leaves no cycles behind worth looking for every 700 objects
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
    return loaded


def _end_with_parent() -> None:
    """Ends this worker when `serve` is gone, however it went: an orphan would hold the port and go on answering."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
