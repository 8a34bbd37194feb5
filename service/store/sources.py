"""Sources and their archived content."""

import asyncio
import gzip
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from service.core.citations import SourceDescription
from service.core.errors import Forbidden
from service.core.sources import Snapshot, Source
from service.core.states import ArchivedText, DerivationChange, SnapshotChange, SourceDerivation, SourceState
from service.postgres.database import Session, Transaction
from service.store.statements import sql


class NamedColumns(Protocol):
    """A row with named columns."""

    def __getitem__(self, name: str, /) -> Any:
        """The value of a column."""
        ...


# the columns of the SQL fragment `sources_asked`, in its order
SOURCE: Sequence[str] = (
    "key", "id", "title", "publisher", "author", "url", "published_at", "media_type", "redistribute", "note", "language",
    "position", "recorded_at", "archived", "archived_as", "extractor", "size", "derived", "derived_from",
)  # fmt: skip


async def load_sources(session: Session, ids: Iterable[str]) -> list[SourceState]:
    """Sources by id, without the content of their snapshots."""
    return [with_text(row) for row in await session.fetch(sql("sources_by_id"), sorted(set(ids)))]


async def load_sources_by_key(session: Session, keys: Iterable[int]) -> list[SourceState]:
    """Sources by internal key, without the content of their snapshots."""
    return [with_text(row) for row in await session.fetch(sql("sources_by_key"), sorted(set(keys)))]


def with_text(row: NamedColumns) -> SourceState:
    """The source of a row with the columns of the SQL fragment `sources_asked`."""
    state = state_of(row)
    if state.archived:
        state.text = ArchivedText(row["archived_as"], row["extractor"], row["size"], row["archived"])
    return state


async def load_ancestors(session: Session, ids: Iterable[str]) -> list[SourceState]:
    """The sources that these are derived from, directly or not."""
    return [with_text(row) for row in await session.fetch(sql("source_ancestors"), sorted(set(ids)))]


def state_of(row: NamedColumns) -> SourceState:
    """The source of a row with the columns of `source_list`."""
    return SourceState(
        key=row["key"],
        id=row["id"],
        description=SourceDescription(
            title=row["title"],
            publisher=row["publisher"],
            author=row["author"],
            url=row["url"],
            published_at=row["published_at"],
            media_type=row["media_type"],
            redistribute=row["redistribute"],
            note=row["note"],
            language=row["language"],
        ),
        position=row["position"],
        recorded_at=row["recorded_at"],
        archived=row["archived"] is not None,
        derivation=None if row["derived"] is None else SourceDerivation(row["derived"], row["derived_from"]),
    )


async def source_list(session: Session, after: int, words: str | None, limit: int) -> list[Source]:
    """Up to `limit` sources recorded after a position, in order; with `words`, only those with them in the title."""
    return [state_of(row).page() for row in await session.fetch(sql("source_list"), after, words, limit)]


async def snapshot_of(session: Session, source: int) -> Snapshot | None:
    """The archived content of a source, or None."""
    row = await session.fetchrow(sql("snapshot"), source)
    if row is None:
        return None
    if row["coding"] is None:
        return Snapshot(
            row["content"], row["media_type"], row["text"], row["extractor"], withheld=row["withheld"]
        )
    content = await asyncio.to_thread(gzip.decompress, row["content"])
    return Snapshot(content, row["media_type"], None, row["extractor"], row["content"])


class ReadableSource(NamedTuple):
    """A source, and its archived content if that was asked for, may be served and is no JSON."""

    source: Source
    archived: Snapshot | None

    @property
    def text(self) -> str | None:
        """The archived text."""
        return None if self.archived is None else self.archived.text


async def documents(
    session: Session, ids: Sequence[str], texts: Sequence[str]
) -> tuple[int, dict[str, ReadableSource]]:
    """The log's last position, and sources by id, those of `texts` with their text."""
    rows = await session.fetch(sql("documents"), ids, texts)
    found: dict[str, ReadableSource] = {}
    for row in rows:
        if row["id"] is not None:
            content = row["content"]
            snapshot = Snapshot(content or b"", row["archived_as"] or "", row["text"], row["extractor"])
            found[row["id"]] = ReadableSource(state_of(row).page(), None if content is None else snapshot)
    return rows[0]["head"], found


async def load_texts(session: Session, keys: Sequence[int]) -> dict[int, Snapshot]:
    """The snapshots of sources, by key, to be read as texts: without the content where the text is stored.

    Raises Forbidden for content that a mirror does not have.
    """
    found: dict[int, Snapshot] = {}
    for row in await session.fetch(sql("snapshot_texts"), keys) if keys else ():
        if row["withheld"] is not None:
            raise Forbidden(
                f"the content of sha256:{row['withheld'].hex()} was withheld from this mirror; ask its origin"
            )
        if row["text"] is not None:
            found[row["source"]] = Snapshot(b"", row["media_type"], row["text"], row["extractor"])
        else:
            content = await asyncio.to_thread(gzip.decompress, row["content"])
            found[row["source"]] = Snapshot(content, row["media_type"], None, row["extractor"])
    return found


async def extracted_sources(session: Session, after: int, limit: int) -> list[tuple[int, str]]:
    """(key, id) of up to `limit` sources after one whose text was extracted from their content (HTML, other encodings)."""
    rows = await session.fetch(sql("extracted_sources"), after, limit)
    return [(row["source"], row["id"]) for row in rows]


async def citing_versions(session: Session, source: int) -> list[tuple[UUID, int]]:
    """(fact id, version number) of the versions that cite the source."""
    rows = await session.fetch(sql("citing_versions"), source)
    return [(UUID(int=row["fact"].int), row["version"]) for row in rows]


async def new_source_keys(session: Session, count: int) -> list[int]:
    """`count` unused internal keys for new sources."""
    return [row["key"] for row in await session.fetch(sql("next_sources"), count)] if count else []


async def save_sources(session: Transaction, states: Iterable[SourceState], recorded_at: datetime) -> None:
    """Write new sources."""
    rows = [
        (
            s.key, s.id, s.description.title, s.description.publisher, s.description.author, s.description.url,
            s.description.published_at, s.description.media_type, s.description.redistribute, s.description.note,
            s.description.language, s.position,
        )
        for s in states
    ]  # fmt: skip
    if rows:
        await session.execute(sql("insert_sources"), *zip(*rows, strict=True), recorded_at)


async def save_derivations(
    session: Transaction, changes: Iterable[DerivationChange], recorded_at: datetime
) -> None:
    """Write what sources are derived from."""
    await session.executemany(
        sql("insert_derivation"),
        [(one.source, one.position, recorded_at, one.derived_from) for one in changes],
    )


async def save_snapshots(
    session: Transaction, changes: Iterable[SnapshotChange], recorded_at: datetime
) -> None:
    """Write snapshots."""
    await session.executemany(
        sql("insert_snapshot"),
        [
            (
                c.source, c.position, recorded_at, c.snapshot.media_type, c.snapshot.digest,
                c.snapshot.gzipped or c.snapshot.content, None if c.snapshot.gzipped else c.snapshot.text,
                c.snapshot.extractor, "gzip" if c.snapshot.gzipped else None,
            )
            for c in changes
        ],
    )  # fmt: skip
