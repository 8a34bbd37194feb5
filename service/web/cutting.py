"""Resets a connection in the middle of an answer.

ASGI has no message for that. If an application stops in the middle of a body, Granian sends what it has buffered and
then closes the connection without the final chunk. That fails in two cases: if the client does not read, the close is
never reached; and an HTTP/1.0 client takes the close for the regular end of the body, so half an answer would pass for a
whole one. So this module finds the connection's socket among the open files of this process and resets it.
"""

import ctypes
import os
import socket
import struct
from contextlib import suppress
from pathlib import Path

_FILES = Path("/dev/fd")  # open files of this process; exists on Linux and macOS
_UNCONNECTED = struct.pack("=H14x", socket.AF_UNSPEC)
_libc = ctypes.CDLL(None, use_errno=True)


def cut(server: tuple[str, int | None] | None, client: tuple[str, int] | None) -> bool:
    """Reset this process's connection between these two addresses. Returns whether one was found."""
    if server is None or client is None:
        return False
    for file in _FILES.iterdir():
        with suppress(OSError):  # closed meanwhile, or not a connected socket
            # work on a duplicate: the number may be reused for another file meanwhile
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
    # Granian gives ports as strings
    return (host, str(number)) == (client[0], str(client[1])) and str(connection.getsockname()[1]) == str(
        port
    )


def _reset(connection: socket.socket) -> None:
    """Reset a connection, so that the client sees an error rather than a regular end."""
    if (
        _libc.connect(connection.fileno(), _UNCONNECTED, len(_UNCONNECTED)) != 0
    ):  # connecting to AF_UNSPEC sends a reset on Linux; elsewhere it may fail
        connection.shutdown(socket.SHUT_RDWR)
