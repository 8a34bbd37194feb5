"""Writes with an Idempotency-Key: done once, and answered alike however often they are sent."""

from collections.abc import Awaitable, Callable
from hashlib import sha256

from service.domain.errors import InFlight, RepeatedOtherwise
from service.domain.keys import Key
from service.sql import idempotency
from service.sql.database import Database
from service.sql.idempotency import Kept


async def once(
    database: Database,
    author: Key,
    name: str,
    fingerprint: bytes,
    write: Callable[[Database], Awaitable[bytes]],
) -> bytes:
    """The answer to a write, or the one that was given to the same write by this author within a day.

    `write` gets a database that is one transaction, in which its answer is kept too: so either both are there
    after a crash, or neither. Raises RepeatedOtherwise where the name was used for a request with another
    fingerprint, InFlight while the first is not answered; what `write` raises undoes everything.
    """
    number = int.from_bytes(sha256(f"{author.number} {name}".encode()).digest()[:8], signed=True)
    async with database.joined() as joined, joined.session() as session:
        if not await idempotency.begin_once(session, number):
            raise InFlight("the request with this Idempotency-Key has not been answered yet")
        kept = await idempotency.kept_answer(session, author.number, name)
        if kept is None:
            answer = await write(joined)
            await idempotency.keep_answer(session, author.number, name, Kept(fingerprint, answer))
            return answer
    if kept.fingerprint != fingerprint:
        raise RepeatedOtherwise("this Idempotency-Key was used for another request within the last day")
    return kept.answer
