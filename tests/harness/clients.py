"""The clients of a run: they write, read and follow, and go on when an answer does not come."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any, Literal

import httpx

from tests import bodies
from tests.harness.checking import Followed, Read, Write
from tests.harness.journal import Journal, Told, canonical, digest
from tests.running import NO_TLS, PATIENCE

COMPANIES = ("acme", "bolt", "crux")
SUBJECTS = ("revenue", "costs", "staff", "orders")
DAYS = ("2025-06-30", "2025-07-31", "2025-08-31")
TEXT = "Acme made $13 in all."
CITED = bodies.source_id(TEXT)
PAUSE = 0.05  # seconds between what a client does, so that a run has no longer log than it needs

Outcome = Literal["acknowledged", "refused", "unknown"]


class Client:
    """Asks the service; a connection that broke is opened again."""

    def __init__(self, base: str, journal: Journal, key: str | None = None) -> None:
        self.journal = journal
        self.rng = journal.rng
        headers = {} if key is None else {"authorization": f"Bearer {key}"}
        self.http = httpx.AsyncClient(base_url=base, headers=headers, timeout=PATIENCE, verify=NO_TLS)

    async def pause(self) -> None:
        """Before what is next."""
        await asyncio.sleep(PAUSE * self.rng.uniform(0.2, 1.8))


class Writer(Client):
    """Asserts, retracts and imports, each with an Idempotency-Key, by which it asks again until there is an answer."""

    async def prepare(self) -> None:
        """Record what all writes need."""
        for slug in COMPANIES:
            await self._until_made("/v1/companies", bodies.company(slug))
        await self._until_made("/v1/sources", bodies.source(TEXT))

    async def _until_made(self, path: str, body: dict[str, Any]) -> None:
        while True:
            with suppress(httpx.TransportError):
                answer = await self.http.post(path, json=body)
                if answer.status_code < 500:
                    assert answer.status_code in {200, 201}, answer.text
                    return
            await self.pause()

    async def run(self) -> None:
        """Write until the run stops."""
        acts = (
            self._assert,
            self._assert,
            self._assert,
            self._retract,
            self._retract,
            self._import,
            self._refused,
        )
        while not self.journal.stopping:
            await self.rng.choice(acts)()
            await self.pause()

    def _fact(self, mark: str, **fields: Any) -> dict[str, Any]:
        return bodies.metric(
            CITED, mark, company=self.rng.choice(COMPANIES), subject=self.rng.choice(SUBJECTS),
            known_at=self.rng.choice(DAYS), **fields,
        )  # fmt: skip

    async def _assert(self) -> None:
        mark = self.journal.mark()
        answer = await self._write("/v1/facts", (mark,), json=self._fact(mark))
        if answer is not None and answer.status_code == 201:
            made = answer.json()
            self.journal.facts[made["id"]] = Told(made["id"], made["company"])
            self.journal.standing.append((made["id"], made["version"]))

    async def _retract(self) -> None:
        if not self.journal.standing:
            return
        fact, version = self.journal.standing.pop(self.rng.randrange(len(self.journal.standing)))
        mark = self.journal.mark()
        await self._write(f"/v1/facts/{fact}/retractions", (mark,), json={"version": version, "reason": mark})

    async def _import(self) -> None:
        marks = tuple(self.journal.mark() for _ in range(self.rng.randint(2, 4)))
        content = bodies.ndjson(*({"fact": self._fact(mark)} for mark in marks))
        await self._write(
            "/v1/imports", marks, content=content, headers={"content-type": "application/x-ndjson"}
        )

    async def _refused(self) -> None:
        """An assertion whose passage is not there; or an import with one."""
        mark, other = self.journal.mark(), self.journal.mark()
        bad = self._fact(mark, citations=[bodies.quote(CITED, f"${mark}")])
        if self.rng.random() < 0.5:
            await self._write("/v1/facts", (mark,), json=bad)
        else:
            content = bodies.ndjson({"fact": self._fact(other)}, {"fact": bad})
            headers = {"content-type": "application/x-ndjson"}
            await self._write("/v1/imports", (other, mark), content=content, headers=headers)

    async def _write(
        self,
        path: str,
        marks: tuple[str, ...],
        *,
        json: Any = None,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response | None:
        """Send a write until it is answered; now and then give up, so that nobody knows what became of it."""
        sent, attempts = self.journal.tick(), 0
        headers = {**(headers or {}), "idempotency-key": f"write-{marks[0]}"}
        self.journal.waiting += 1
        try:
            while True:
                attempts += 1
                answer = None
                with suppress(httpx.TransportError):
                    answer = await self.http.post(path, json=json, content=content, headers=headers)
                if answer is not None and answer.status_code < 500 and not _in_flight(answer):
                    break
                self.journal.counts["storage full" if _is_full(answer) else "unanswered"] += 1
                if self.journal.stopping or self.rng.random() < 0.05:
                    self.journal.writes.append(Write(marks, "unknown", sent))
                    return None
                await self.pause()
        finally:
            self.journal.waiting -= 1
        if "idempotent-replayed" in answer.headers:
            self.journal.counts["answered once more"] += 1
        taken = answer.status_code in {200, 201}
        outcome: Outcome = "acknowledged" if taken else "refused"
        position = int(answer.headers["log-position"]) if taken else None
        self.journal.writes.append(Write(marks, outcome, sent, self.journal.tick(), position))
        self.journal.counts[outcome] += 1
        return answer


def _in_flight(answer: httpx.Response) -> bool:
    """Whether an earlier attempt is still at work."""
    return answer.status_code == 409 and answer.json()["type"].endswith("in-flight")


def _is_full(answer: httpx.Response | None) -> bool:
    return answer is not None and "storage-full" in answer.text


class Reader(Client):
    """Reads facts and lists at present, and again at the positions that they were answered at."""

    async def run(self) -> None:
        """Read until the run stops."""
        while not self.journal.stopping:
            if self.journal.facts:
                if self.rng.random() < 0.5 and self.journal.reads:
                    earlier = self.rng.choice(self.journal.reads)
                    await self.read(earlier.path, earlier.position)
                else:
                    await self.read(self._path())
            await self.pause()

    def _path(self) -> str:
        fact = self.rng.choice(list(self.journal.facts.values()))
        subject = self.rng.choice(SUBJECTS)
        return self.rng.choice(
            [
                *[f"/v1/facts/{fact.id}"] * 4,
                f"/v1/facts/{fact.id}/versions",
                f"/v1/companies/{fact.company}/facts?limit=50",
                f"/v1/series?company={fact.company}&subject={subject}",
            ]
        )

    async def read(self, path: str, at: int | None = None) -> bool:
        """Read and write down what was answered; False if nothing was."""
        sent = self.journal.tick()
        try:
            answer = await self.http.get(path, params=None if at is None else {**_query(path), "at": at})
        except httpx.TransportError:
            return False
        if answer.status_code != 200:
            assert answer.status_code == 404 or answer.status_code >= 500, (path, answer.text)
            return False
        self.journal.reads.append(read_of(path, answer, sent, pinned=at is not None))
        self.journal.counts["read"] += 1
        return True


def _query(path: str) -> dict[str, str]:
    return dict(httpx.URL(path).params)


def read_of(path: str, answer: httpx.Response, sent: int, *, pinned: bool) -> Read:
    """What an answer says."""
    fact, shown = None, None
    head, _, rest = path.removeprefix("/v1/facts/").partition("/")
    if path.startswith("/v1/facts/") and not rest:
        body = answer.json()
        fact, shown = head, body["version"] if body["status"] == "asserted" else None
    return Read(path, int(answer.headers["log-position"]), digest(answer.content), sent, pinned, fact, shown)


# -- following ---------------------------------------------------------------------------------------


class Follower(Client):
    """Follows the log in one of the forms that there are, and goes on where it was when a connection ends."""

    form: Literal["entry", "line"] = "entry"

    def __init__(self, name: str, base: str, journal: Journal) -> None:
        super().__init__(base, journal)
        self.name = name
        self.entries: list[tuple[int, str]] = []
        self.reached = 0

    async def run(self) -> None:
        """Follow until the task is cancelled."""
        while True:
            with suppress(httpx.TransportError, Ended):
                await self.follow()
            self.journal.counts["followed anew"] += 1
            await self.pause()

    async def follow(self) -> None:
        """One connection."""
        raise NotImplementedError

    def told(self, position: int, what: str) -> None:
        """Take note of an entry; now and then end the connection."""
        self.entries.append((position, what))
        self.reached = position
        if self.rng.random() < 0.002:
            raise Ended

    def followed(self) -> Followed:
        """All that it was told."""
        return Followed(self.name, 0, self.entries, self.form)

    async def lines(self, path: str, accept: str) -> AsyncIterator[bytes]:
        """The whole lines of an answer; one that was cut off is left out."""
        async with self.http.stream("GET", path, headers=self.headers(accept)) as answer:
            await self.accepted(answer)
            begun = b""
            async for chunk in answer.aiter_bytes():
                *ended, begun = (begun + chunk).split(b"\n")
                for line in ended:
                    yield line

    def headers(self, accept: str) -> dict[str, str]:
        """Of its requests."""
        return {"accept": accept}

    async def accepted(self, answer: httpx.Response) -> None:
        """End this connection unless the answer is good."""
        if answer.status_code != 200:
            await answer.aread()
            assert answer.status_code >= 500, answer.text
            raise Ended


class Ended(Exception):
    """A connection is over."""


class ByLines(Follower):
    """`application/x-ndjson`, which ends when nothing comes for a while."""

    async def follow(self) -> None:
        async for line in self.lines(f"/v1/changes?after={self.reached}&wait=5", "application/x-ndjson"):
            entry = json.loads(line)
            self.told(entry["position"], canonical(entry))


class ByEvents(Follower):
    """`text/event-stream`, as a browser reads it."""

    def headers(self, accept: str) -> dict[str, str]:
        return {"accept": accept, "last-event-id": str(self.reached)}

    async def follow(self) -> None:
        position = ""
        async for line in self.lines("/v1/changes", "text/event-stream"):
            name, _, value = line.decode().partition(": ")
            if name == "id":
                position = value
            elif name == "data":
                self.told(int(position), canonical(json.loads(value)))


class ByPages(Follower):
    """Pages that wait."""

    async def follow(self) -> None:
        while True:
            answer = await self.http.get(f"/v1/changes?after={self.reached}&limit=50&wait=5")
            await self.accepted(answer)
            for entry in answer.json()["items"]:
                self.told(entry["position"], canonical(entry))


class ByExports(Follower):
    """Parts of the export, each from the last whole line of the one before, and pages that wait between them."""

    form = "line"

    async def follow(self) -> None:
        while True:
            async for line in self.lines(f"/v1/export?after={self.reached}", "*/*"):
                read = json.loads(line)
                if "position" in read:  # else a document, which is no entry
                    self.told(read["position"], canonical(read))
            await self.accepted(await self.http.get(f"/v1/changes?after={self.reached}&limit=1&wait=5"))


FOLLOWERS: dict[str, Callable[[str, str, Journal], Follower]] = {
    "lines": ByLines,
    "events": ByEvents,
    "pages": ByPages,
    "exports": ByExports,
}
