"""Requests to the writer of the log, and their outcomes."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Struct

from service.core import history
from service.core.citations import Cite, TextQuote, Verdict
from service.core.companies import CompanyDescription, ConceptDescription
from service.core.facts import AnyAssert, FactKey, key_of
from service.core.history import Attribution, attribution_of
from service.core.sources import NamedSource, Snapshot
from service.core.states import content_of


class Feed:
    """The state of an import: per company or concept, the last position that a line was matched with.

    A line whose content equals a recorded entry after that position is that entry, not a change back to an older
    description. So importing a log again adds nothing, and a log that changes a name and changes it back is kept whole.
    """

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], int] = {}

    def recorded(self, sort: str, name: str, said: Iterable[int]) -> int | None:
        """The first position in `said` (oldest first) that no earlier line of this import was matched with."""
        place = self._places.get((sort, name), 0)
        return next((position for position in said if position > place), None)

    def stands(self, sort: str, name: str, position: int) -> None:
        """Match a line with the entry at this position."""
        self._places[sort, name] = position


class DescribeCompany(NamedTuple):
    """Record a company, or a change of one."""

    description: CompanyDescription
    feed: Feed | None = None  # state of the import that the request is part of


class DescribeConcept(NamedTuple):
    """Record a concept, or a change of one."""

    description: ConceptDescription
    feed: Feed | None = None


class AddSource(NamedTuple):
    """Record a source, with its content if given."""

    source: NamedSource
    snapshot: Snapshot | None


class AddSnapshot(NamedTuple):
    """Archive the content of a source that is recorded."""

    source: str
    snapshot: Snapshot


class AssertFact(Struct, frozen=True, dict=True):
    """Record an assertion, unless it already stands."""

    assertion: AnyAssert
    if_match: str | None = None  # entity tags, or *
    if_none_match: str | None = None
    mentioned: frozenset[int] | None = None  # retracted versions that may be asserted again; None: all
    demand: Verdict | None = None  # refuse the assertion if its evidence has another verdict

    @cached_property
    def key(self) -> FactKey:
        """The key of the fact."""
        return key_of(self.assertion)

    @cached_property
    def cites(self) -> Sequence[Cite]:
        """Its citations, as they are compared with recorded ones: without `matched`, which is the service's to say."""
        cites = self.assertion.citations
        return cites if self.mentioned is not None else _without_matched(cites)

    @cached_property
    def attribution(self) -> Attribution:
        """Who says it, beside the publisher."""
        return attribution_of(self.assertion)

    @cached_property
    def dated(self) -> bytes | None:
        """Its content (`content_of`), if it gives its day itself; None: the day is that of a source."""
        day = self.assertion.known_at
        return None if day is None else content_of(self.assertion.value, day, self.cites, self.attribution)

    def content(self, known_at: date) -> bytes:
        """Its content by a day that is its own, if it has one."""
        return self.dated or content_of(self.assertion.value, known_at, self.cites, self.attribution)


class AssertRow(NamedTuple):
    """Record a row of an EDGAR document as a version of an existing fact, unless that fact has it already."""

    fact: UUID
    row: history.Imported
    known_at: date  # the day filed
    sources: tuple[int, int]  # the filing and the document, by key
    template: bytes  # of its citations


class RetractFact(NamedTuple):
    """Take an assertion back."""

    fact: UUID
    version: int
    reason: str
    if_match: str | None = None  # entity tags of the fact, or *


class RecheckFact(NamedTuple):
    """Check a fact's citations again and record verdicts that changed."""

    fact: UUID


Request = (
    DescribeCompany
    | DescribeConcept
    | AddSource
    | AddSnapshot
    | AssertFact
    | AssertRow
    | RetractFact
    | RecheckFact
)


class Outcome(NamedTuple):
    """The outcome of a request."""

    type: Literal["company", "concept", "source", "snapshot", "fact", "retraction", "evidence"]
    name: str  # slug or id
    created: bool  # whether an entry was added to the log
    position: int  # of the new entry, or of the existing one
    body: bytes | None = None  # JSON of the thing as it now is; None if not asked for
    etag: str | None = None  # of the fact


def _without_matched(cites: Sequence[Cite]) -> list[Cite]:
    return [
        msgspec.structs.replace(cite, selector=msgspec.structs.replace(cite.selector, matched=None))
        if isinstance(cite.selector, TextQuote)
        else cite
        for cite in cites
    ]
