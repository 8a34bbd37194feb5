"""The settings of the operator, read once at start into a frozen struct.

Each field is an environment variable, `COMPANYFACTS_` + its name in capitals. `serve` has flags for some of them; a
flag wins over its variable. An invalid value, or an unknown variable with the prefix, stops the program at start, with
one line per mistake. `docs/operations.md` describes each setting.
"""

import difflib
import ipaddress
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

PREFIX = "COMPANYFACTS_"

# Each is a folder of `service/` whose `api` module has a `CAPABILITY`; `service.app` loads those that a server is
# not told to leave out. The list stands here because `serve` reads settings long before it loads the application.
CAPABILITIES = ("timeline", "feed", "mirror", "series", "search", "checks", "edgar", "words", "pages")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["auto", "console", "json"]
Seconds = Annotated[float, Meta(gt=0, le=86_400)]


class SettingsError(Exception):
    """Some settings are invalid; the message has one line for each."""


def listed(text: str) -> tuple[str, ...]:
    """The items of a comma-separated setting."""
    return tuple(one.strip() for one in text.split(",") if one.strip())


def networks(text: str) -> tuple[Network, ...]:
    """The networks of a comma-separated setting. Raises ValueError."""
    return tuple(ipaddress.ip_network(one) for one in listed(text))


def default_data_dir() -> Path:
    """The default directory of the embedded Postgres: one per user.

    For root it is a system directory, because Postgres must run as an unprivileged user, who cannot enter root's home.
    """
    if os.geteuid() == 0:
        return Path("/var/lib/companyfacts")
    data_home = os.environ.get("XDG_DATA_HOME", "")
    return (
        Path(data_home) if data_home.startswith("/") else Path("~/.local/share").expanduser()
    ) / "companyfacts"


class Settings(Struct, frozen=True, kw_only=True):
    """The settings of one run of the service."""

    # address to listen on; loopback by default, because reads need no key
    host: Annotated[str, Meta(min_length=1)] = "127.0.0.1"
    # TCP port to listen on
    port: Annotated[int, Meta(ge=1, le=65_535)] = 8000
    # URL of a PostgreSQL 16 or newer; without it the service starts an embedded one
    database_url: str | None = None
    # directory of the embedded Postgres; unused with a database_url
    data_dir: Path = msgspec.field(default_factory=default_data_dir)
    # processes that answer requests
    workers: Annotated[int, Meta(ge=1, le=64)] = 1
    # load the sample into an embedded database that is still empty
    sample: bool = True
    # URL of the primary without a pooler before it, which tells when the log grows; None: followers poll
    listen_url: str | None = None
    # refuse every write with 403
    read_only: bool = False
    # answer every request as of this day, and refuse every write: nothing later can be seen
    known_by: date | None = None
    # refuse assertions whose evidence is not `verified`, as if each had `?evidence=verified`
    require_verified: bool = False
    # ask for a key on reads too
    require_key_for_reads: bool = False
    # refuse an assertion or a retraction without If-Match or If-None-Match with 428
    require_if_match: bool = False
    # requests per minute for each key, 0: no limit; None: service.operations.limits decides
    rate_limit_key: Annotated[int, Meta(ge=0, le=10_000_000)] | None = None
    # requests per minute for each address that sends no key, 0: no limit; None: service.operations.limits decides
    rate_limit_address: Annotated[int, Meta(ge=0, le=10_000_000)] | None = None
    # comma-separated capabilities that this server leaves out: they are not loaded, and not in its contract
    without: str = ""
    # serve pages for people; false is the same as leaving out the capability `pages`
    pages: bool = True
    # URL that clients reach the service at, such as https://facts.example.org; makes problem types absolute
    base_url: Annotated[str, Meta(max_length=150)] = ""
    # address that the port is published on, if not `host`: in a container `host` must be 0.0.0.0
    published_address: str = ""
    # proxies in front of the service: so many entries of X-Forwarded-For are believed, counted from the right. None: 1 if
    # `trusted_proxies` is set, else 0
    trusted_hops: Annotated[int, Meta(ge=0, le=16)] | None = None
    # comma-separated networks of those proxies; entries written by other addresses are not believed. Empty: any address
    trusted_proxies: str = ""
    # comma-separated origins whose pages may read answers; *: all
    cors_origins: str = ""
    # lowest level to log
    log_level: LogLevel = "info"
    # auto: for people on a terminal, JSON lines elsewhere
    log_format: LogFormat = "auto"
    # largest body of a single request, in bytes; a source's text is the largest there is
    max_body_bytes: Annotated[int, Meta(ge=1_024, le=2**30)] = 8 * 2**20
    # largest NDJSON body of an import over HTTP, in bytes
    max_import_bytes: Annotated[int, Meta(ge=1_024, le=2**30)] = 64 * 2**20
    # bytes of request bodies that each worker may hold at once; None: twice the larger of the two limits above
    max_bytes_in_flight: Annotated[int, Meta(ge=4_096, le=2**34)] | None = None
    # seconds without progress after which an incoming request is answered 408, or an idle connection closed
    receive_timeout: Seconds = 20.0
    # connections that each worker may open
    pool_max: Annotated[int, Meta(ge=1, le=1_000)] = 10
    # seconds that a request waits for a connection before it is answered 503
    pool_timeout: Seconds = 5.0
    # seconds that one statement of a request may run before it is answered 503
    statement_timeout: Seconds = 15.0
    # seconds that one statement of a command (`import`, `export`, `verify`, …) may run
    command_statement_timeout: Seconds = 600.0
    # seconds of processor time for reading one long text
    reading_seconds: Annotated[int, Meta(ge=1, le=3_600)] = 30
    # seconds without reading after which the connection of a client that receives a stream is reset
    stall_timeout: Seconds = 60.0
    # seconds for requests in flight to finish when the service is stopped
    shutdown_timeout: Annotated[int, Meta(ge=1, le=3_600)] = 30

    def __post_init__(self) -> None:
        if self.database_url is not None and urlsplit(self.database_url).scheme not in {
            "postgresql",
            "postgres",
        }:
            # the value is not shown: it may contain a password
            message = f"{PREFIX}DATABASE_URL is not of the form postgresql://user:password@host:port/database"
            raise ValueError(message)
        largest = max(self.max_body_bytes, self.max_import_bytes)
        if self.max_bytes_in_flight is not None and self.max_bytes_in_flight * 3 < largest * 4:
            # large bodies may draw on three quarters of it (service.web.bodies)
            message = (
                f"{PREFIX}MAX_BYTES_IN_FLIGHT: has to be a third more than the largest body, {largest} bytes"
            )
            raise ValueError(message)
        for name in listed(self.without):
            if name not in CAPABILITIES:
                message = (
                    f"{PREFIX}WITHOUT: there is no capability {name}; there are {', '.join(CAPABILITIES)}"
                )
                raise ValueError(message)
        try:
            networks(self.trusted_proxies)
        except ValueError as error:
            raise ValueError(f"{PREFIX}TRUSTED_PROXIES: {error}") from error
        base = urlsplit(self.base_url)
        if self.base_url and (
            base.scheme not in {"http", "https"}
            or not base.netloc
            or base.query
            or base.fragment
            or base.path.endswith("/")
        ):
            message = f"{PREFIX}BASE_URL: {self.base_url} is not of the form https://facts.example.org"
            raise ValueError(message)
        for origin in listed(self.cors_origins):
            parts = urlsplit(origin)
            if origin not in {"*", f"{parts.scheme}://{parts.netloc}"}:
                message = f"{PREFIX}CORS_ORIGINS: {origin} is no origin, such as https://app.example.org"
                raise ValueError(message)

    @property
    def usual_bytes_in_flight(self) -> int:
        """The default of `max_bytes_in_flight`."""
        return 2 * max(self.max_body_bytes, self.max_import_bytes)

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        address = self.published_address or self.host
        try:
            return ipaddress.ip_address(address.strip("[]")).is_loopback
        except ValueError:
            return address == "localhost"

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ, /, **flags: str | float | Path | None
    ) -> "Settings":
        """Read the settings from an environment; flags that are not None win over it.

        An empty variable counts as absent. Raises SettingsError.
        """
        fields = {field.name: field for field in msgspec.structs.fields(cls)}
        given: dict[str, Any] = {}
        problems: list[str] = []
        for variable, text in environment.items():
            name = variable.removeprefix(PREFIX).lower()
            if not variable.startswith(PREFIX) or not text:
                continue
            if name in fields:
                given[name] = text
            else:
                problems.append(_unknown(variable, fields))
        given |= {name: value for name, value in flags.items() if value is not None}
        values: dict[str, Any] = {}
        for name, value in given.items():
            try:
                values[name] = msgspec.convert(value, fields[name].type, strict=False, dec_hook=_decode)
            except msgspec.ValidationError as error:
                shown = "" if name == "database_url" else f" ({value})"
                problems.append(f"{PREFIX}{name.upper()}{shown}: {error}")
        if not problems:
            try:
                return cls(**values)
            except ValueError as error:
                problems.append(str(error))
        raise SettingsError("\n".join(problems))

    def to_environment(self) -> dict[str, str]:
        """Environment variables from which `from_environment` makes equal settings, for example in a worker process."""
        values = {name: getattr(self, name) for name in self.__struct_fields__}
        return {
            PREFIX + name.upper(): str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in values.items()
            if value is not None
        }


def _decode(kind: type, value: object) -> object:
    """Convert paths for msgspec; made absolute, because workers may have another working directory."""
    if kind is not Path:
        raise NotImplementedError
    path = Path(str(value)).expanduser()
    return path if path.is_absolute() else Path.cwd() / path


def _unknown(variable: str, fields: Mapping[str, object]) -> str:
    names = [PREFIX + name.upper() for name in fields]
    near = difflib.get_close_matches(variable, names, n=1)
    return f"{variable} is no setting" + (f"; did you mean {near[0]}?" if near else "")
