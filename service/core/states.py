"""The state of companies, sources and facts that a writer loads, and the changes that it saves."""

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
from service.core.history import NOW, PLAIN, Attribution, Times, Version
from service.core.knowing import known_by
from service.core.quantities import numeric
from service.core.sources import Snapshot
from service.core.text import is_slug


class ArchivedText(NamedTuple):
    """What is known of an archived text without loading it."""

    media_type: str
    extractor: str | None
    size: int  # about how many code points it has
    position: int = 0  # at which it was archived; 0: it is about to be

    def name(self, source: str) -> str:
        """A name for the text of a source, by its id; another text never has it."""
        return f"{source} {self.media_type} {self.extractor}"


class SourceDerivation(NamedTuple):
    """The sources, by id, that a source is derived from, and the position from which that counts."""

    position: int
    derived_from: list[str]


class SourceState(Struct, kw_only=True):
    """A source in the ledger."""

    key: int
    id: str
    description: sources.SourceDescription
    position: int
    recorded_at: datetime
    archived: bool = False
    derivation: SourceDerivation | None = None
    text: ArchivedText | None = None  # of its snapshot, if one is archived
    snapshot: Snapshot | None = None  # None: none is archived, or it is not loaded

    def __post_init__(self) -> None:
        if self.snapshot is not None and self.text is None:
            self.text = ArchivedText(self.snapshot.media_type, self.snapshot.extractor, self.snapshot.size)

    def archive(self, snapshot: Snapshot) -> None:
        """Give it a snapshot, which is about to be recorded."""
        self.snapshot, self.archived = snapshot, True
        self.__post_init__()

    def was_there(self, times: Times) -> bool:
        """Whether it was recorded by the position of a read, and published by its day."""
        return (times.at is None or self.position <= times.at) and known_by(
            self.description.published_at, times.known_at
        )

    def was_archived(self, at: int | None) -> bool:
        """Whether its content was archived at a position; None: now."""
        return self.archived and (at is None or self.text is None or self.text.position <= at)

    def page(self, times: Times = NOW) -> sources.Source:
        """The source as it is answered, at a position. By a day it is not said what it is derived from, which has no day."""
        derived = self.derivation if times.known_at is None else None
        if derived is not None and times.at is not None and derived.position > times.at:
            derived = None
        return sources.Source(
            **{name: getattr(self.description, name) for name in self.description.__struct_fields__},
            id=self.id,
            archived=self.was_archived(times.at),
            derived_from=[] if derived is None else derived.derived_from,
            recorded_at=self.recorded_at,
            position=self.position,
        )


class CompanyState(Struct, kw_only=True):
    """A company in the ledger."""

    key: int
    description: CompanyDescription
    position: int
    recorded_at: datetime

    @property
    def names(self) -> tuple[str, ...]:
        """The names that a text may use for it."""
        return self.description.name, *self.description.aliases


class FactState(Struct, kw_only=True, dict=True):
    """A fact with its history: the whole, or the part that decides what it answers without times.

    That part has, for each publisher, the greatest versions that stand and the greatest retracted one, as many as the
    retractions of a batch may need. `unloaded` counts the others.
    """

    key: FactKey
    id: UUID
    versions: list[Version] = field(default_factory=list[Version])
    retractions: list[Retraction] = field(default_factory=list[Retraction])
    settled: int = 0
    unloaded: int = 0  # versions and retractions that are recorded and not here
    since: tuple[int, date] | None = (
        None  # the first position and the first day of the unloaded versions, or earlier
    )

    @property
    def last(self) -> int:
        """The number of the newest version of either sort."""
        return self.unloaded + len(self.versions) + len(self.retractions)

    @property
    def first_position(self) -> int:
        """The first position of a version."""
        return min([one.position for one in self.versions] + [since[0] for since in (self.since,) if since])

    @property
    def first_known(self) -> date:
        """The first day on which a version was public."""
        return min([one.known_at for one in self.versions] + [since[1] for since in (self.since,) if since])

    def answer(self) -> history.Answering | None:
        """Its present answer; None before its first version."""
        return history.answering(self.versions)

    def answered(self) -> "Answered | None":
        """Its present answer, made once between two changes; None before its first version.

        A change gives `settled` another position.
        """
        state = (self.settled, len(self.versions), len(self.retractions))
        memory = vars(self)
        held: tuple[object, Answered | None] | None = memory.get("_answered")
        if held is None or held[0] != state:
            held = memory["_answered"] = state, self._answered_now()
        return held[1]

    def _answered_now(self) -> "Answered | None":
        answer = self.answer()
        if answer is None:
            return None
        publishers = answer.publishers()
        body = rendering.render_answer(self.key, self.id, answer, publishers=publishers)
        return Answered(answer, publishers, body)

    def etag(self) -> str | None:
        """The entity tag of its present answer; None before its first version."""
        answered = self.answered()
        return None if answered is None else rendering.etag(answered.body)


class Answered(NamedTuple):
    """A fact's present answer, how many publishers verify it on their own, and its JSON."""

    answer: history.Answering
    publishers: int | None
    body: bytes


class Sought(NamedTuple):
    """What an assertion is compared with: versions of its fact that say the same."""

    fact: UUID
    content: bytes  # hash of the assertion, as versions have it
    day: date  # known_at of the assertion
    retracted: (
        int  # how many retracted versions with that content are compared at most; one that stands always is
    )
    value: kinds.Value | None = (
        None  # of an assertion that is also compared with quotations of the same places
    )


def value_of(key: FactKey, stored: bytes) -> kinds.Value:
    """The value of a version, from its stored JSON."""
    return kinds.decoded(key.kind, stored)


def companies_named(value: kinds.Value) -> list[str]:
    """The names in a value that may be slugs of companies."""
    return [
        one.name
        for one in kinds.names(value)
        if one.sort in {"company", "counterparty"} and is_slug(one.name)
    ]


def content_of(
    value: kinds.Value, known_at: date, cited: Sequence[Cite], attribution: Attribution = PLAIN
) -> bytes:
    """The hash of value, `known_at`, citations and attribution by which an assertion already stands; equal numbers hash equally.

    A quotation is hashed by its words only, without the offsets that the service adds.
    """
    comparable = numeric(msgspec.to_builtins(value))
    cites = [[cite.source, _selected(cite.selector)] for cite in cited]
    return identity.digest([comparable, known_at.isoformat(), cites, *_said_by(attribution)])


def placed_content_of(
    value: kinds.Value, known_at: date, cited: Sequence[Cite], attribution: Attribution = PLAIN
) -> bytes:
    """`content_of` with each quotation by its place in its source, if it has been found there.

    Its words are hashed, too, since `start` and `end` of a quotation from a source without text are the client's own.
    """
    comparable = numeric(msgspec.to_builtins(value))
    cites = [
        [cite.source, ["at", selector.start, selector.end, selector.exact]]
        if isinstance(selector := cite.selector, TextQuote) and None not in {selector.start, selector.end}
        else [cite.source, _selected(selector)]
        for cite in cited
    ]
    return identity.digest([comparable, known_at.isoformat(), cites, *_said_by(attribution)])


def _said_by(attribution: Attribution) -> list[object]:
    """What an attribution adds to a hash: nothing where there is none, as in 0.1.0."""
    return [] if attribution == PLAIN else [[attribution.attributed_to, list(attribution.inferred)]]


def cites_of(citations: bytes) -> list[Cite]:
    """The citations as clients give them, from recorded citations."""
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
    opened: set[tuple[str, str]]  # identifiers (scheme, value) that it gains
    closed: set[tuple[str, str]]  # identifiers that it loses


class ConceptChange(NamedTuple):
    """An entry about a concept."""

    description: ConceptDescription
    position: int


class DerivationChange(NamedTuple):
    """The sources (keys) that a source is derived from."""

    source: int
    position: int
    derived_from: list[int]


class SnapshotChange(NamedTuple):
    """A new snapshot of a source (key)."""

    source: int
    snapshot: Snapshot
    position: int


class Recheck(NamedTuple):
    """A later check of a version with another result."""

    fact: FactState
    version: Version
    position: int


class NewEntries(Struct):
    """The new entries, by table."""

    companies: list[CompanyChange] = field(default_factory=list[CompanyChange])
    concepts: list[ConceptChange] = field(default_factory=list[ConceptChange])
    sources: list[SourceState] = field(default_factory=list[SourceState])
    derivations: list[DerivationChange] = field(default_factory=list[DerivationChange])
    snapshots: list[SnapshotChange] = field(default_factory=list[SnapshotChange])
    assertions: list[tuple[FactState, Version]] = field(default_factory=list[tuple[FactState, Version]])
    retractions: list[tuple[FactState, Retraction]] = field(
        default_factory=list[tuple[FactState, Retraction]]
    )
    checks: list[Recheck] = field(default_factory=list[Recheck])
    facts: dict[UUID, FactState] = field(default_factory=dict[UUID, FactState])
    authors: dict[int, int] = field(
        default_factory=dict[int, int]
    )  # number of the API key that wrote it, by position
