"""What a writer may ask for, and what came of it."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple
from uuid import UUID

from service.core import history
from service.core.citations import Verdict
from service.core.companies import CompanyDescription, ConceptDescription
from service.core.facts import AnyAssert
from service.core.sources import NamedSource, Snapshot


class Feed:
    """How far an import has come in what was said before of each company and concept.

    A line that says what was said, after what the lines before it say, is what was recorded then and not a
    change back: so a log that is fed again adds nothing, and one that changed a name to and fro is kept whole.
    """

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], int] = {}

    def recorded(self, sort: str, name: str, said: Iterable[int]) -> int | None:
        """The first of the positions, oldest first, at which the same was said, that this line can stand for."""
        place = self._places.get((sort, name), 0)
        return next((position for position in said if position > place), None)

    def stands(self, sort: str, name: str, position: int) -> None:
        """The line stands for the entry at this position."""
        self._places[sort, name] = position


class DescribeCompany(NamedTuple):
    """Record a company, or a change of one."""

    description: CompanyDescription
    feed: Feed | None = None  # the import that says so


class DescribeConcept(NamedTuple):
    """Record a concept, or a change of one."""

    description: ConceptDescription
    feed: Feed | None = None


class AddSource(NamedTuple):
    """Record a source, with its content where there is any."""

    source: NamedSource
    snapshot: Snapshot | None


class AddSnapshot(NamedTuple):
    """Archive the content of a source that is recorded."""

    source: str
    snapshot: Snapshot


class AssertFact(NamedTuple):
    """Record an assertion, unless it already stands."""

    assertion: AnyAssert
    if_match: str | None = None  # entity tags, or *
    if_none_match: str | None = None
    mentioned: frozenset[int] | None = (
        None  # of retracted versions only these may be asserted anew; None: all
    )
    demand: Verdict | None = None  # refuse evidence of another verdict


class AssertRow(NamedTuple):
    """Record a row of an EDGAR document about a fact that is there, unless the fact says so already."""

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
    """Check a fact's citations again and record what changed."""

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
    """What came of a request: what it is about, as it now is, and whether the log grew."""

    type: Literal["company", "concept", "source", "snapshot", "fact", "retraction", "evidence"]
    name: str  # slug, id
    created: bool
    position: int  # of the entry, or of the one that already stood
    body: bytes | None = None  # JSON of what was written, or stood already; None where nobody is told
    etag: str | None = None  # of the fact
