"""Answers to writes with an Idempotency-Key."""

from typing import NamedTuple

import msgspec

from service.postgres.database import Session, Transaction
from service.store.statements import sql


class Kept(NamedTuple):
    """An answer, and the fingerprint of the request that got it."""

    fingerprint: bytes
    answer: bytes


async def begin_once(session: Session, number: int) -> bool:
    """Whether this transaction is now the only one at work for a number of 64 bits."""
    return msgspec.convert(await session.fetchval(sql("begin_once"), number), bool)


async def kept_answer(session: Session, api_key: int, idempotency_key: str) -> Kept | None:
    """The answer that is kept."""
    row = await session.fetchrow(sql("kept_answer"), api_key, idempotency_key)
    return None if row is None else Kept(row["fingerprint"], row["answer"])


async def keep_answer(session: Transaction, api_key: int, idempotency_key: str, kept: Kept) -> None:
    """Keep an answer for a day."""
    await session.execute(sql("keep_answer"), api_key, idempotency_key, kept.fingerprint, kept.answer)
