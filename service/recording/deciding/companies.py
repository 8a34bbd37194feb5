"""Decides descriptions of companies and concepts."""

import msgspec

from service.core import identity
from service.core.companies import CompanyDescription, Concept, ConceptDescription, normal, recorded
from service.core.errors import Conflict, Invalid
from service.core.requests import Feed, Outcome
from service.core.states import CompanyChange, CompanyState, ConceptChange
from service.recording.deciding.state import LedgerState


def describe_company(state: LedgerState, given: CompanyDescription, feed: Feed | None) -> Outcome:
    """Record or change a company, unless it is recorded so. Raises Invalid or Conflict."""
    described, flaws = normal(given)
    if flaws:
        raise Invalid(flaws[0].detail, errors=flaws)
    key = identity.company_key(described.slug)
    if state.company_keys.get(key, described.slug) != described.slug:
        raise Conflict(
            f"the slug hashes to the key of {state.company_keys[key]}; choose another", pointer="/slug"
        )
    said = state.said_of_companies.setdefault(described.slug, [])
    if feed is not None:
        same = (position for position, other in said if other == described)
        if (position := feed.recorded("company", described.slug, same)) is not None:
            feed.stands("company", described.slug, position)
            return Outcome("company", described.slug, created=False, position=position)
    _check_parent(state, described)
    for pair in sorted(described.known_by()):
        owner = state.owners.get(pair, described.slug)
        if owner != described.slug:
            raise Conflict(f"{pair[0]} {pair[1]} belongs to {owner}", pointer=f"/identifiers/{pair[0]}")
    held = state.companies.get(described.slug)
    if held is not None and held.description == described:
        body = _told(state, held)
        return Outcome("company", described.slug, created=False, position=held.position, body=body)
    before = set[tuple[str, str]]() if held is None else held.description.known_by()
    company = CompanyState(
        key=key, description=described, position=state.next_position(), recorded_at=state.recorded_at
    )
    opened, closed = described.known_by() - before, before - described.known_by()
    for pair in closed:
        state.owners.pop(pair, None)
    state.owners |= dict.fromkeys(opened, described.slug)
    state.companies[described.slug] = company
    state.company_keys[key] = described.slug
    said.append((company.position, described))
    if feed is not None:
        feed.stands("company", described.slug, company.position)
    state.changes.companies.append(CompanyChange(company, held is None, opened, closed))
    if held is not None and held.description.parent in state.children:
        state.children[held.description.parent].discard(described.slug)
    if described.parent in state.children:
        state.children[described.parent].add(described.slug)
    body = _told(state, company)
    return Outcome("company", described.slug, created=True, position=company.position, body=body)


def _told(state: LedgerState, company: CompanyState) -> bytes | None:
    """The JSON of a company; None if its children are not loaded."""
    children = state.children.get(company.description.slug)
    if children is None:
        return None
    return msgspec.json.encode(recorded(company.description, children, company.recorded_at, company.position))


def _check_parent(state: LedgerState, described: CompanyDescription) -> None:
    parent = described.parent
    seen = {described.slug}
    while parent is not None:
        if parent in seen:
            raise Invalid(f"{described.parent} belongs to {described.slug} itself", pointer="/parent")
        seen.add(parent)
        held = state.companies.get(parent)
        if held is None:
            raise Invalid(f"there is no company {parent}", pointer="/parent")
        parent = held.description.parent


def describe_concept(state: LedgerState, described: ConceptDescription, feed: Feed | None) -> Outcome:
    """Record or change a concept, unless it is recorded so."""
    said = state.said_of_concepts.setdefault(described.id, [])
    if feed is not None:
        same = (position for position, other in said if other == described)
        if (position := feed.recorded("concept", described.id, same)) is not None:
            feed.stands("concept", described.id, position)
            return Outcome("concept", described.id, created=False, position=position)
    held = state.concepts.get(described.id)
    if held is not None and held.says(described):
        body = msgspec.json.encode(held)
        return Outcome("concept", described.id, created=False, position=held.position, body=body)
    position = state.next_position()
    concept = state.concepts[described.id] = Concept(
        id=described.id, label=described.label, description=described.description,
        recorded_at=state.recorded_at, position=position,
    )  # fmt: skip
    said.append((position, described))
    if feed is not None:
        feed.stands("concept", described.id, position)
    state.changes.concepts.append(ConceptChange(described, position))
    body = msgspec.json.encode(concept)
    return Outcome("concept", described.id, created=True, position=position, body=body)
