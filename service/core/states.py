"""What is recorded of companies, sources and facts as a writer finds it, and the changes that it makes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from msgspec import Struct, field

from service.core import history, identity, kinds, passages, rendering, sources
from service.core.citations import AnySelector, Citation, Cite, TextQuote
from service.core.companies import CompanyDescription, ConceptDescription
from service.core.facts import FactKey, Retraction
from service.core.history import Version
from service.core.quantities import numeric
from service.core.sources import Snapshot


class SourceState(Struct, kw_only=True):
    """A source as the ledger knows it."""

    key: int
    id: str
    description: sources.SourceDescription
    position: int
    recorded_at: datetime
    snapshot: Snapshot | None = None
    archived: bool = False  # a snapshot that was not needed is not loaded

    def page(self) -> sources.Source:
        """It as it is answered."""
        return sources.Source(
            **{name: getattr(self.description, name) for name in self.description.__struct_fields__},
            id=self.id,
            archived=self.archived,
            recorded_at=self.recorded_at,
            position=self.position,
        )


class CompanyState(Struct, kw_only=True):
    """A company as the ledger knows it."""

    key: int
    description: CompanyDescription
    position: int
    recorded_at: datetime

    @property
    def names(self) -> tuple[str, ...]:
        """What a text may call it."""
        return self.description.name, *self.description.aliases


class FactState(Struct, kw_only=True):
    """A fact with its whole history."""

    key: FactKey
    id: UUID
    versions: list[Version] = field(default_factory=list[Version])
    retractions: list[Retraction] = field(default_factory=list[Retraction])
    settled: int = 0

    @property
    def last(self) -> int:
        """The number of the newest version of either sort."""
        return len(self.versions) + len(self.retractions)

    def answer(self) -> history.Answer | None:
        """What it answers without times."""
        return history.answering(self.versions)

    def etag(self) -> str | None:
        """The entity tag of what it answers; None before its first version."""
        answer = self.answer()
        return None if answer is None else rendering.etag(rendering.render_answer(self.key, self.id, answer))


def value_of(key: FactKey, stored: bytes) -> kinds.Value:
    """A version's value, from the JSON it is kept in."""
    return kinds.decoded(key.kind, stored)


def content_of(value: kinds.Value, known_at: date, cited: Sequence[Cite]) -> bytes:
    """A hash of what "already stands" compares: value, `known_at` and citations, numbers by their value.

    A quotation counts by its words, so the offsets that the service adds do not make it another.
    """
    comparable = numeric(msgspec.to_builtins(value))
    cites = [[cite.source, _selected(cite.selector)] for cite in cited]
    return identity.digest([comparable, known_at.isoformat(), cites])


def cites_of(citations: bytes) -> list[Cite]:
    """Recorded citations, as they were given."""
    return [
        Cite(source=c.source.id, selector=c.selector)
        for c in msgspec.json.decode(citations, type=list[Citation])
    ]


def _selected(selector: AnySelector | None) -> object:
    if isinstance(selector, TextQuote):
        return ["text_quote", selector.exact, selector.prefix, selector.suffix]
    if isinstance(selector, passages.TextPosition):
        return ["text_position", selector.start, selector.end]
    return None if selector is None else ["json_pointer", selector.pointer]


# -- entries to be saved -------------------------------------------------------------------------


class CompanyChange(NamedTuple):
    """An entry about a company."""

    state: CompanyState
    new: bool
    opened: set[tuple[str, str]]  # identifiers that name it from now on
    closed: set[tuple[str, str]]  # that no longer do


class ConceptChange(NamedTuple):
    """An entry about a concept."""

    description: ConceptDescription
    position: int


class SnapshotChange(NamedTuple):
    """Content to be archived."""

    source: int
    snapshot: Snapshot
    position: int


class Recheck(NamedTuple):
    """A later check with another result."""

    fact: FactState
    version: Version
    position: int


class Changes(Struct):
    """The new entries, by the table they go to."""

    companies: list[CompanyChange] = field(default_factory=list[CompanyChange])
    concepts: list[ConceptChange] = field(default_factory=list[ConceptChange])
    sources: list[SourceState] = field(default_factory=list[SourceState])
    snapshots: list[SnapshotChange] = field(default_factory=list[SnapshotChange])
    assertions: list[tuple[FactState, Version]] = field(default_factory=list[tuple[FactState, Version]])
    retractions: list[tuple[FactState, Retraction]] = field(
        default_factory=list[tuple[FactState, Retraction]]
    )
    checks: list[Recheck] = field(default_factory=list[Recheck])
    facts: dict[UUID, FactState] = field(default_factory=dict[UUID, FactState])
    authors: dict[int, int] = field(default_factory=dict[int, int])  # number of the key, by position
