"""Cutting a connection in the middle of an answer.

ASGI has no word for it: a server is to cut the connection where the application raises in the middle of a body. Granian
ends the body in due form instead, and the client would take the half for the whole. So the connection's socket, which is
this process's own, is looked for among its open files and reset.
"""

import ctypes
import os
import socket
import struct
from contextlib import suppress
from pathlib import Path

_FILES = Path("/dev/fd")  # of this process; Linux and macOS have it
_UNCONNECTED = struct.pack("=H14x", socket.AF_UNSPEC)
_libc = ctypes.CDLL(None, use_errno=True)


def cut(server: tuple[str, int | None] | None, client: tuple[str, int] | None) -> bool:
    """Reset the connection between these two addresses; whether there was one in this process."""
    if server is None or client is None:
        return False
    for file in _FILES.iterdir():
        with suppress(OSError):  # it was closed meanwhile, or is no connection
            # a copy: the number may come to be another file's while it is looked at
            copy = os.dup(int(file.name))
            try:
                connection = socket.socket(fileno=copy)
            except OSError:
                os.close(copy)
                continue
            with connection:
                if _is_between(connection, server[1], client):
                    _reset(connection)
                    return True
    return False


def _is_between(connection: socket.socket, port: int | None, client: tuple[str, int]) -> bool:
    if connection.family not in {socket.AF_INET, socket.AF_INET6}:
        return False
    return connection.getpeername()[:2] == tuple(client) and connection.getsockname()[1] == port


def _reset(connection: socket.socket) -> None:
    """End a connection so that its other end sees an error, and not the end of what is sent.

    Of HTTP/1.0 the end of a body without a length is that of the connection, so that to shut it down is not enough.
    """
    if (
        _libc.connect(connection.fileno(), _UNCONNECTED, len(_UNCONNECTED)) != 0
    ):  # Linux resets; others may not
        connection.shutdown(socket.SHUT_RDWR)
