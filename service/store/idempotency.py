"""Stored answers to writes with an Idempotency-Key."""

from typing import NamedTuple

import msgspec

from service.postgres.database import Session, Transaction
from service.store.statements import sql


class KeptAnswer(NamedTuple):
    """An answer, and the fingerprint of the request that got it."""

    fingerprint: bytes
    answer: bytes


class Keeping(NamedTuple):
    """An answer that is kept together with what it tells of."""

    number: int  # of the advisory lock, see `begin_once`
    api_key: int
    idempotency_key: str
    kept: KeptAnswer


async def begin_once(session: Session, number: int) -> bool:
    """Try to take the advisory lock of a 64-bit number until the transaction ends; False if another has it."""
    return msgspec.convert(await session.fetchval(sql("begin_once"), number), bool)


async def kept_answer(session: Session, api_key: int, idempotency_key: str) -> KeptAnswer | None:
    """The stored answer to this Idempotency-Key, not older than a day; None if there is none."""
    row = await session.fetchrow(sql("kept_answer"), api_key, idempotency_key)
    return None if row is None else KeptAnswer(row["fingerprint"], row["answer"])


async def keep_answer(session: Transaction, api_key: int, idempotency_key: str, kept: KeptAnswer) -> None:
    """Store an answer; it is valid for a day."""
    await session.execute(sql("keep_answer"), api_key, idempotency_key, kept.fingerprint, kept.answer)
