"""Cutting a connection in the middle of an answer.

ASGI has no word for it. Where an application stops in the middle of a body, Granian closes the connection without the
mark that ends a body, once all is sent that is on its way. That is too little in two cases: to a client that does not
read, it never comes to it; and of HTTP/1.0 the end of the connection is the mark, so that a half would pass for the whole.
So the connection's socket, which is this process's own, is looked for among its open files and reset.
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
    host, number = connection.getpeername()[:2]
    # Granian gives ports as text
    return (host, str(number)) == (client[0], str(client[1])) and str(connection.getsockname()[1]) == str(
        port
    )


def _reset(connection: socket.socket) -> None:
    """End a connection so that its other end sees an error, rather than the end of what is sent."""
    if (
        _libc.connect(connection.fileno(), _UNCONNECTED, len(_UNCONNECTED)) != 0
    ):  # Linux resets; others may not
        connection.shutdown(socket.SHUT_RDWR)
