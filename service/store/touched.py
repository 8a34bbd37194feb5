"""The state that requests touch, loaded in one statement together with the head of the log."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from service.core.companies import Concept
from service.core.states import CompanyState, FactState, SourceState
from service.postgres.database import Session
from service.store.companies import CompanyRow
from service.store.facts import asked_in_part, in_part
from service.store.log import Head
from service.store.sources import SOURCE, with_text
from service.store.statements import sql


class Touched(NamedTuple):
    """The head of the log, and the present state of what was asked for; what is unknown is left out."""

    head: Head
    companies: list[CompanyState]
    concepts: list[Concept]
    sources: list[SourceState]  # without the content of their snapshots
    facts: list[FactState]  # in part, see `load_to_write`


async def touched(
    session: Session,
    *,
    slugs: Iterable[str] = (),
    keys: Iterable[int] = (),
    concepts: Iterable[str] = (),
    sources: Iterable[str] = (),
    facts: Mapping[UUID, int] = {},
    contents: Mapping[UUID, bytes] = {},
) -> Touched:
    """Companies by slug or key, concepts, sources, and facts for so many retractions of each.

    Of a fact in `contents` the version is there too that stands with this content, if there is one.
    """
    named = [sorted(set(one)) for one in (slugs, keys, concepts, sources)]
    in_facts = asked_in_part(facts, contents)
    alone = len(facts) == 1 and all(len(one) < 2 for one in named)
    asked: list[Sequence[object]] = [*named, *(in_facts[1:] if alone else in_facts)]
    if alone:  # as of most writes; single values are sent and found faster than lists of one
        row = await session.fetchrow(sql("touched_with_one"), *(one[0] if one else None for one in asked))
    else:
        row = await session.fetchrow(sql("touched"), *asked)
    if row is None:
        raise LookupError("the log has no head")
    return Touched(
        Head(row["position"], row["recorded_at"], row["mirror_of"]),
        [CompanyRow(*one).state() for one in row["companies"]],
        [Concept(**dict(zip(Concept.__struct_fields__, one, strict=True))) for one in row["concepts"]],
        [with_text(dict(zip(SOURCE, one, strict=True))) for one in row["sources"]],
        in_part(row["facts"]),
    )
