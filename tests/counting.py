"""Counts what is asked of Postgres and the bytes that it sends: what a test says about the cost of a request, without a clock."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

SOCKET = ".s.PGSQL.5432"


class Counter:
    """A Postgres behind a socket that counts what comes from it."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.received = 0  # bytes
        self.asked = 0  # messages to it, each of which is a round trip if it is short

    def taken(self) -> int:
        """The bytes since the last call."""
        counted, self.received = self.received, 0
        return counted

    def trips(self) -> int:
        """The messages since the last call."""
        counted, self.asked = self.asked, 0
        return counted


@asynccontextmanager
async def counted(dsn: str) -> AsyncGenerator[Counter]:
    """The Postgres of a DSN whose host is a directory with a socket."""
    parts = urlsplit(dsn)
    directory = parse_qs(parts.query)["host"][0]
    with tempfile.TemporaryDirectory(prefix="cf-count-") as place:
        counter = Counter(urlunsplit(parts._replace(query=urlencode({"host": place, "port": "5432"}))))
        tasks: set[asyncio.Task[None]] = set()

        async def copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counts: bool) -> None:
            try:
                while data := await reader.read(1 << 16):
                    if counts:
                        counter.received += len(data)
                    else:
                        counter.asked += 1
                    writer.write(data)
                    await writer.drain()
            except OSError:
                pass
            finally:
                writer.close()

        async def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            there, back = await asyncio.open_unix_connection(str(Path(directory) / SOCKET))
            for way in (copied(reader, back, False), copied(there, writer, True)):
                task = asyncio.create_task(way)
                tasks.add(task)
                task.add_done_callback(tasks.discard)

        server = await asyncio.start_unix_server(met, str(Path(place) / SOCKET))
        try:
            yield counter
        finally:
            server.close()
            for task in list(tasks):
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
