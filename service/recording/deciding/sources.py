"""Decides sources, what they are derived from, and their archived content."""

from collections.abc import Sequence

import msgspec

from service.core.errors import Conflict, Flaw, Invalid, NotFound
from service.core.requests import AddSnapshot, AddSource, Outcome
from service.core.sources import NamedSource, Snapshot, language_of_page
from service.core.states import DerivationChange, SnapshotChange, SourceDerivation, SourceState
from service.recording.deciding.checking import check_again, citing, look_ahead
from service.recording.deciding.state import LedgerState


def add_source(state: LedgerState, request: AddSource) -> Outcome:
    """Record what is new of a source, what it is derived from and its content. Raises Conflict, Invalid or Unexamined."""
    named = request.source
    held = state.sources.get(named.id)
    if named.description.language is None:
        # of a page that says it itself, or as it is recorded
        language = (
            held.description.language
            if held is not None
            else language_of_page(named.description.media_type, named.content)
        )
        named = named._replace(description=msgspec.structs.replace(named.description, language=language))
    if held is not None and held.description != named.description:
        differing = [
            f for f in named.description.__struct_fields__
            if getattr(held.description, f) != getattr(named.description, f)
        ]  # fmt: skip
        detail = f"{named.id} is recorded with another {', '.join(differing)}; a source's description never changes"
        raise Conflict(
            detail,
            errors=[Flaw(pointer=f"/{name}", detail="differs from what is recorded") for name in differing],
        )
    created = held is None
    derived_from = _derived_from(state, named, held)
    if held is not None and request.snapshot is not None and not held.archived:
        look_ahead(state, held, request.snapshot)
    if held is None:
        held = SourceState(
            key=next(state.source_keys), id=named.id, description=named.description,
            position=state.next_position(), recorded_at=state.recorded_at,
        )  # fmt: skip
        state.sources[named.id] = held
        state.changes.sources.append(held)
        if derived_from:
            _derive(state, held, derived_from, held.position)
    elif derived_from:
        _derive(state, held, derived_from, state.next_position())
        created = True
    if request.snapshot is not None and not held.archived:
        _archive(state, held, request.snapshot)
        created = True
    body = msgspec.json.encode(held.page())
    return Outcome("source", named.id, created=created, position=held.position, body=body)


def _derived_from(state: LedgerState, named: NamedSource, held: SourceState | None) -> list[str]:
    """The sources that a source is said to be derived from, if that is new. Raises Invalid or Conflict."""
    wanted = list(dict.fromkeys(named.derived_from))
    if not wanted:
        return []
    if held is not None and held.derivation is not None:
        if sorted(held.derivation.derived_from) == sorted(wanted):
            return []
        detail = f"{named.id} is recorded as derived from other sources; that is said once"
        raise Conflict(detail, pointer="/derived_from")
    for place, source in enumerate(wanted):
        if source not in state.sources:
            raise Invalid(f"there is no source {source}; post it first", pointer=f"/derived_from/{place}")
        if source == named.id or named.id in _ancestors(state, source):
            raise Invalid(f"{source} is derived from {named.id} itself", pointer=f"/derived_from/{place}")
    return wanted


def _ancestors(state: LedgerState, source: str) -> set[str]:
    """The sources that a source is derived from, directly or not."""
    found: set[str] = set()
    waiting = [source]
    while waiting:
        held = state.sources.get(waiting.pop())
        if held is not None and held.derivation is not None:
            new = set(held.derivation.derived_from) - found
            found |= new
            waiting += new
    return found


def _derive(state: LedgerState, source: SourceState, derived_from: Sequence[str], position: int) -> None:
    source.derivation = SourceDerivation(position, list(derived_from))
    state.changes.derivations.append(
        DerivationChange(source.key, position, [state.sources[one].key for one in derived_from])
    )
    for fact in citing(state, source):
        for version in fact.versions:
            if source.key in version.sources:
                version.derived[source.id] = position
        state.touch(fact)


def add_snapshot(state: LedgerState, request: AddSnapshot) -> Outcome:
    """Archive the content of a recorded source, unless it is archived. Raises NotFound, Invalid or Unexamined."""
    held = state.sources.get(request.source)
    if held is None:
        raise NotFound(f"there is no source {request.source}")
    if not held.id.startswith("sha256:"):
        raise Invalid(
            "this source is known by its address alone; there is no hash that content could match",
            parameter="id",
        )
    digest = request.snapshot.digest.hex()
    if held.id != f"sha256:{digest}":
        raise Invalid(f"the content has the hash {digest}; the source is {held.id}", parameter="id")
    if held.archived:
        body = msgspec.json.encode(held.page())
        return Outcome("snapshot", held.id, created=False, position=held.position, body=body)
    look_ahead(state, held, request.snapshot)
    _archive(state, held, request.snapshot)
    body = msgspec.json.encode(held.page())
    return Outcome("snapshot", held.id, created=True, position=state.position, body=body)


def _archive(state: LedgerState, source: SourceState, snapshot: Snapshot) -> None:
    source.archive(snapshot)
    state.changes.snapshots.append(SnapshotChange(source.key, snapshot, state.next_position()))
    for fact in citing(state, source):
        check_again(state, fact, source)
