"""The service's one log: which it is, and its entries."""

from typing import Annotated, Literal, NamedTuple
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from service.core.citations import SourceId
from service.core.differences import StepClass
from service.core.facts import Instant, Position, VersionNumber
from service.core.quantities import Quantity
from service.core.text import Slug, Subject


class Entry(Struct, frozen=True, kw_only=True):
    """What was recorded at a position: a company, a concept, a source, a snapshot, a version, or evidence."""

    position: Position
    recorded_at: Instant
    type: Annotated[
        Literal["company", "concept", "source", "snapshot", "version", "evidence"],
        Meta(description="What it is an entry about.", examples=["version"]),
    ]
    company: Annotated[Slug | None, Meta(description="The company, or that of the fact.")]
    concept: Annotated[Subject | None, Meta(description="The concept.")]
    source: Annotated[SourceId | None, Meta(description="The source, or that of the snapshot.")]
    fact: Annotated[
        UUID | None,
        Meta(
            description="The fact that the version or the check belongs to.",
            examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"],
        ),
    ]
    version: Annotated[VersionNumber | None, Meta(description="The version recorded or checked.")]
    change: Annotated[
        StepClass | UnsetType,
        Meta(description="Of an entry of a fact: what happened, as in the differences of its versions."),
    ] = msgspec.field(name="class", default=UNSET)
    before: Annotated[
        Quantity | UnsetType,
        Meta(description="The main quantity that the fact answered just before; absent if it had none."),
    ] = UNSET
    after: Annotated[
        Quantity | UnsetType,
        Meta(description="The main quantity that the fact answers from here on; absent if it has none."),
    ] = UNSET


class Origin(NamedTuple):
    """Which log it is, its last position, and the address that it is copied from if it is a mirror."""

    id: UUID
    position: int
    mirror_of: str | None
