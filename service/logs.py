"""Logs: one record a line on standard error, whoever wrote it, in the form that its reader wants.

The service's own records, and those of the server, the driver, the migrations and the embedded Postgres, all go
through the standard library's loggers. Machines get JSON. A person at a terminal gets the warnings; with the level
`debug`, everything. The lines about requests are written apart, by `service.web.access`.
"""

import logging
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime

import msgspec

from service.settings import Settings

# of the request that is being answered: it is in every line logged meanwhile
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def configure(settings: Settings) -> None:
    """Sets up logging in this process; once in `serve`, once in each of its workers."""
    people = for_people(settings)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Plain() if people else _Json())
    # at the handler, since a library may set its own loggers' level
    handler.setLevel("WARNING" if people and settings.log_level == "info" else settings.log_level.upper())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(handler.level)
    # its every connection is a record at debug
    logging.getLogger("asyncio").setLevel(logging.WARNING)


def for_people(settings: Settings) -> bool:
    """Whether a person reads the log, rather than a program."""
    return settings.log_format == "console" or (settings.log_format == "auto" and sys.stderr.isatty())


def printable(text: str) -> str:
    """Text from outside as a terminal may be given it: what would steer the terminal is escaped."""
    return text if text.isprintable() else ascii(text)[1:-1]


def _given(record: logging.LogRecord) -> Mapping[str, object]:
    """What a record carries beside its message: its `extra`, and the request's id."""
    given = {name: value for name, value in vars(record).items() if name not in _STANDARD}
    identifier = request_id.get()
    return given if identifier is None else given | {"request_id": identifier}


class _Json(logging.Formatter):
    """A JSON object. A traceback is without the values of variables: among them are keys."""

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
    """A line for people, with the traceback below it."""

    def format(self, record: logging.LogRecord) -> str:
        given = "".join(f" {name}={printable(str(value))}" for name, value in _given(record).items())
        at = datetime.fromtimestamp(record.created).astimezone()
        line = f"{at:%H:%M:%S} {record.levelname.lower()}: {record.getMessage()}{given}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line
