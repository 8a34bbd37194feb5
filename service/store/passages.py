"""The search index of sources: their titles and the passages of their texts."""

import asyncio
from collections.abc import Iterable, Sequence

from service.core.states import SnapshotChange, SourceState
from service.core.words import stretches, words_of
from service.postgres.database import Transaction
from service.store.statements import sql

_LONG = 20_000  # code points; longer texts are split into words in a thread


async def save_passages(
    session: Transaction,
    added: Iterable[SourceState],
    archived: Iterable[SnapshotChange],
    served: frozenset[int],
) -> None:
    """Index the titles of new sources, and the texts of archived ones whose key is in `served`."""
    rows: list[tuple[int, int, int | None, int | None, str]] = [
        (
            s.key,
            0,
            None,
            None,
            " ".join(filter(None, (s.description.title, s.description.publisher, s.description.author))),
        )
        for s in added
    ]
    for change in archived:
        snapshot = change.snapshot
        if change.source not in served or snapshot.gzipped or snapshot.media_type == "application/json":
            continue
        rows += [
            (change.source, number, stretch.start, stretch.end, snapshot.text[stretch.start : stretch.end])
            for number, stretch in enumerate(stretches(snapshot.text), 1)
        ]
    if not rows:
        return
    columns = [[row[n] for row in rows] for n in range(5)]
    await session.execute(sql("insert_passages"), *columns)
    told = [row[4] for row in rows]
    is_long = sum(map(len, told)) > _LONG
    spelled = await asyncio.to_thread(_spellings, told) if is_long else _spellings(told)
    await session.execute(sql("insert_passage_words"), spelled)


def _spellings(texts: Sequence[str]) -> list[str]:
    """The distinct words of 4 to 39 letters, which search offers for misspelt ones."""
    return sorted({word for text in texts for word in words_of(text) if 3 < len(word) < 40})
