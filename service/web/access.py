"""The access log: one line per answer on standard error, as JSON or, at a terminal, as plain text.

A logging framework took a third of the time of a point read. Here each line is encoded at once, and lines are
written in batches, at most 0.1 seconds later.
"""

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from service.logs import printable
from service.web.sending import Ended

_WAIT = 0.1


class _Line(Struct):
    event: str
    level: str
    method: str
    path: str
    operation: str
    status: int
    milliseconds: float  # to the last byte
    bytes: int  # of the body
    ended: Ended
    request_id: str
    timestamp: datetime


def _plain(line: _Line) -> bytes:
    path = printable(line.path)
    at = line.timestamp.astimezone()
    return f"{at:%H:%M:%S} {line.method} {path} {line.status} {line.milliseconds:.1f} ms {line.request_id}".encode()


class _Log:
    """A buffer of lines that are not written yet."""

    def __init__(self) -> None:
        self.enabled = True
        self._encode: Callable[[_Line], bytes] = msgspec.json.Encoder().encode
        self._waiting: list[bytes] = []

    def configure(self, *, enabled: bool, for_people: bool) -> None:
        """Turn the log on or off; choose plain text (for people) or JSON."""
        self.enabled = enabled
        self._encode = _plain if for_people else msgspec.json.Encoder().encode

    def add(self, line: _Line) -> None:
        """Buffer a line, and schedule the next flush."""
        if not self._waiting:
            asyncio.get_running_loop().call_later(_WAIT, self.flush)
        self._waiting.append(self._encode(line))

    def flush(self) -> None:
        """Write all buffered lines."""
        if self._waiting:
            lines, self._waiting = self._waiting, []
            sys.stderr.write(b"\n".join([*lines, b""]).decode())
            sys.stderr.flush()


_log = _Log()


def configure(*, enabled: bool, for_people: bool) -> None:
    """Turn this process's access log on or off; choose plain text (for people) or JSON."""
    _log.configure(enabled=enabled, for_people=for_people)


def log(
    method: str,
    path: str,
    operation: str,
    status: int,
    seconds: float,
    request_id: bytes,
    size: int,
    ended: Ended,
) -> None:
    """Log one answer."""
    if _log.enabled:
        _log.add(
            _Line(
                "request",
                "info",
                method,
                path,
                operation,
                status,
                round(seconds * 1000, 3),
                size,
                ended,
                request_id.decode("latin-1"),
                datetime.now(UTC),
            )
        )


def flush() -> None:
    """Write all buffered lines, before the process ends."""
    _log.flush()
