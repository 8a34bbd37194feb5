"""Logging: one line per record on standard error, as JSON or, at a terminal, as plain text.

The service, the server, the database driver, the migrations and the embedded Postgres all log through the standard
library's loggers. At a terminal only warnings are shown, unless the level is `debug`. `service.web.access` writes the
access log.
"""

import logging
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime

import msgspec

from service.settings import Settings

# id of the current request; it is added to every record
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def configure(settings: Settings) -> None:
    """Set up logging in this process: called by `serve` and by each worker."""
    people = for_people(settings)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain() if people else _Json())
    # set on the handler, because libraries set levels on their own loggers
    handler.setLevel("WARNING" if people and settings.log_level == "info" else settings.log_level.upper())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(handler.level)
    # asyncio logs every connection at debug
    logging.getLogger("asyncio").setLevel(logging.WARNING)


def for_people(settings: Settings) -> bool:
    """Whether to log plain text for people, rather than JSON."""
    return settings.log_format == "console" or (settings.log_format == "auto" and sys.stderr.isatty())


def printable(text: str) -> str:
    """Escape text from outside that contains control characters, so that it cannot steer the terminal."""
    return text if text.isprintable() else ascii(text)[1:-1]


def _given(record: logging.LogRecord) -> Mapping[str, object]:
    """The extra fields of a record: its `extra`, and the request id."""
    given = {name: value for name, value in vars(record).items() if name not in _STANDARD}
    identifier = request_id.get()
    return given if identifier is None else given | {"request_id": identifier}


class _Json(logging.Formatter):
    """Formats a record as a JSON object. Tracebacks have no values of variables, because those can be keys."""

    _encoder = msgspec.json.Encoder(enc_hook=str)

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, object] = {
            "event": record.getMessage(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC),
            **_given(record),
        }
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        return self._encoder.encode(fields).decode()


class _Plain(logging.Formatter):
    """Formats a record as a line of plain text, followed by the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        given = "".join(f" {name}={printable(str(value))}" for name, value in _given(record).items())
        at = datetime.fromtimestamp(record.created).astimezone()
        line = f"{at:%H:%M:%S} {record.levelname.lower()}: {record.getMessage()}{given}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line
