"""Writes with an Idempotency-Key: recorded once, and answered equally each time they are sent."""

from collections.abc import Awaitable, Callable
from hashlib import sha256

from service.core.errors import InFlight, RepeatedOtherwise
from service.core.keys import Key
from service.postgres.database import Database, Transaction
from service.recording import writer as recording
from service.recording.writer import Alone, Writer
from service.store import idempotency
from service.store.idempotency import Keeping, KeptAnswer

_CLEANING = 50  # of so many writes one deletes expired answers


class Repeats:
    """Runs the writes of this process that have an Idempotency-Key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._at_work: set[int] = set()
        self._begun = 0

    async def once(
        self, author: Key, name: str, fingerprint: bytes, write: Callable[[Writer], Awaitable[bytes]]
    ) -> bytes:
        """The answer to a write: of `write`, or the stored one if this author sent the same key within a day.

        `write` runs in the transaction that stores its answer, so that a crash keeps both or neither. It may be called
        again after long texts were read, or if another writer came first (see `recording.written`). If it raises, nothing is
        stored.

        Raises RepeatedOtherwise if the key was used for a request with another fingerprint, InFlight if the first request
        is not answered yet.
        """
        number = int.from_bytes(sha256(f"{author.number} {name}".encode()).digest()[:8], signed=True)
        if (
            number in self._at_work
        ):  # it may not have a connection yet, and then the database's lock does not show it
            raise _in_flight()
        self._at_work.add(number)
        try:
            kept = await self._kept(author, name, number, fingerprint, write)
        finally:
            self._at_work.discard(number)
        if kept.fingerprint != fingerprint:
            raise RepeatedOtherwise("this Idempotency-Key was used for another request within the last day")
        return kept.answer

    async def _kept(
        self,
        author: Key,
        name: str,
        number: int,
        fingerprint: bytes,
        write: Callable[[Writer], Awaitable[bytes]],
    ) -> KeptAnswer:
        async def before(session: Transaction) -> KeptAnswer | None:
            if not await idempotency.begin_once(session, number):
                raise _in_flight()
            return await idempotency.kept_answer(session, author.number, name)

        async def first(writer: Writer) -> KeptAnswer:
            kept = KeptAnswer(fingerprint, await write(writer))
            await idempotency.keep_answer(writer.session, author.number, name, kept)
            return kept

        async def alone(writer: Alone) -> KeptAnswer | None:
            kept = KeptAnswer(fingerprint, await write(writer))
            if not writer.is_changed():
                return None
            saved = await writer.complete(Keeping(number, author.number, name, kept))
            return kept if saved else None

        self._begun += 1
        # `keep_answer` cleans; of several writers at once all but one would only find that another has moved the head
        is_tried = len(self._at_work) == 1 and self._begun % _CLEANING != 0
        return await recording.written(
            self._database, first, before=before, alone=alone if is_tried else None
        )


def _in_flight() -> InFlight:
    return InFlight("the request with this Idempotency-Key has not been answered yet")
