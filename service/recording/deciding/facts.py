"""Decides assertions and retractions."""

from collections.abc import Sequence

import msgspec

from service.core import history, imported, kinds, rendering
from service.core.citations import Citation, Cite, Verdict
from service.core.errors import Conflict, Flaw, Invalid, NotFound, PreconditionFailed
from service.core.facts import AnyAssert, Retraction, encoded
from service.core.history import Version
from service.core.quantities import Quantity
from service.core.requests import AssertFact, AssertRow, Outcome, RetractFact
from service.core.states import CompanyState, FactState, SourceState, content_of
from service.evidence.examining import Examination
from service.recording.deciding.checking import about_of, found
from service.recording.deciding.flaws import flaws_of, known_at_of
from service.recording.deciding.repeats import is_exported, keeps, of_same_places, row_said, said
from service.recording.deciding.state import LedgerState


def assert_fact(state: LedgerState, request: AssertFact) -> Outcome:
    """Add a version to a fact, unless one says the same. Raises Invalid, Conflict, PreconditionFailed or Unexamined."""
    assertion = request.assertion
    if flaws := list(flaws_of(assertion)):
        raise Invalid(flaws[0].detail, errors=flaws)
    company = _company_of(state, assertion)
    cited = cited_by(state, assertion.citations)
    known_at = known_at_of(assertion, cited)
    key = request.key
    fact = state.facts.get(key.id) or FactState(key=key, id=key.id)
    if fact.key != key:
        raise Conflict(f"the key of this fact hashes to the id of another, {fact.id}")
    _check_preconditions(fact, request.if_match, request.if_none_match)
    cites, attribution, content = request.cites, request.attribution, request.content(known_at)
    for version in fact.versions:
        if said(fact.key, version) == content and keeps(version, request):
            return _outcome(fact, version, created=False)
    about = about_of(state, company, key, assertion.value)
    citations, verdict = found(state, Examination(assertion.value, cites, cited, about))
    resolved = [Cite(source=one.source.id, selector=one.selector) for one in citations]
    for version in of_same_places(fact, assertion, known_at, resolved):
        if keeps(version, request) and not is_exported(version, cites, resolved, request):
            return _outcome(fact, version, created=False)
    if resolved != cites:
        content = content_of(assertion.value, known_at, resolved, attribution)  # by the archived words
    if request.demand is not None and verdict != request.demand:
        raise _unmet(request.demand, verdict, citations)
    publisher = cited[0].description.publisher
    version = Version(
        version=fact.last + 1,
        known_at=known_at,
        position=state.next_position(),
        recorded_at=state.recorded_at,
        publisher=cited[0].id if publisher is None else publisher.casefold(),
        quantity=kinds.main_quantity(assertion.value),
        value=encoded(assertion.value),
        checks=[history.Check(state.position, verdict, encoded(citations))],
        sources=list(dict.fromkeys(source.key for source in cited)),
        content=content,
        attribution=attribution,
        derived={source.id: source.derivation.position for source in cited if source.derivation is not None},
    )
    fact.versions.append(version)
    state.changes.assertions.append((fact, version))
    state.touch(fact)
    return _outcome(fact, version, created=True)


def assert_row(state: LedgerState, request: AssertRow) -> Outcome:
    """Add an imported version to a recorded fact, unless one says the same. Raises NotFound."""
    fact = state.facts.get(request.fact)
    if fact is None:
        raise NotFound(f"there is no fact {request.fact}")
    citations, content = row_said(fact.key, request)
    for held in fact.versions:
        if (
            held.imported is None and held.content == content
        ):  # asserted by a client before; it stays as it is
            return Outcome("fact", str(fact.id), created=False, position=held.position)
    version = Version(
        version=fact.last + 1,
        known_at=request.known_at,
        position=state.next_position(),
        recorded_at=state.recorded_at,
        publisher=imported.VOICE,
        quantity=Quantity(unit=fact.key.unit or "", value=request.row.number),
        value=imported.value_of(fact.key.unit or "", request.row.number),
        checks=[history.Check(state.position, "verified", citations)],
        sources=list(request.sources),
        content=b"",
        imported=request.row,
    )
    fact.versions.append(version)
    state.changes.assertions.append((fact, version))
    state.touch(fact)
    return Outcome("fact", str(fact.id), created=True, position=version.position)


def retract_fact(state: LedgerState, request: RetractFact) -> Outcome:
    """Retract a version, unless it is retracted. Raises NotFound, Invalid or PreconditionFailed."""
    fact = state.facts.get(request.fact)
    if fact is None:
        raise NotFound(f"there is no fact {request.fact}")
    _check_preconditions(fact, request.if_match, None)
    held = next((r for r in fact.retractions if r.retracts == request.version), None)
    if held is not None:
        return _retraction_outcome(fact, held, created=False)
    version = next((v for v in fact.versions if v.version == request.version), None)
    if version is None:
        is_retraction = any(r.version == request.version for r in fact.retractions)
        detail = (
            f"version {request.version} is a retraction; assert the fact anew instead"
            if is_retraction
            else f"the fact has {fact.last} versions; there is no version {request.version}"
        )
        raise Invalid(detail, pointer="/version")
    retraction = Retraction(
        id=fact.id, company=fact.key.company, version=fact.last + 1, retracts=version.version,
        reason=request.reason, recorded_at=state.recorded_at, position=state.next_position(),
    )  # fmt: skip
    version.retracted = retraction.position
    fact.retractions.append(retraction)
    state.changes.retractions.append((fact, retraction))
    state.touch(fact)
    return _retraction_outcome(fact, retraction, created=True)


def _company_of(state: LedgerState, assertion: AnyAssert) -> CompanyState:
    company = state.companies.get(assertion.company)
    if company is None:
        raise Invalid(f"there is no company {assertion.company}; post it first", pointer="/company")
    return company


def cited_by(state: LedgerState, cites: Sequence[Cite]) -> list[SourceState]:
    """The sources that citations name. Raises Invalid if there is no such source."""
    flaws = [
        Flaw(
            pointer=f"/citations/{place}/source",
            detail=f"there is no source {cite.source}; post it first",
        )
        for place, cite in enumerate(cites)
        if cite.source not in state.sources
    ]
    if flaws:
        raise Invalid(flaws[0].detail, errors=flaws)
    return [state.sources[cite.source] for cite in cites]


def _check_preconditions(fact: FactState, if_match: str | None, if_none_match: str | None) -> None:
    if if_match is not None:
        tag = fact.etag()
        if tag is None or (if_match.strip() != "*" and tag not in _tags(if_match)):
            now = "does not exist yet" if tag is None else f"has the ETag {tag}"
            raise PreconditionFailed(f"the fact {fact.id} {now}")
    if if_none_match is not None:
        tag = fact.etag()
        if tag is not None and (if_none_match.strip() == "*" or tag in _tags(if_none_match)):
            raise PreconditionFailed(f"the fact {fact.id} exists, with the ETag {tag}")


def _outcome(fact: FactState, version: Version, *, created: bool) -> Outcome:
    answered = fact.answered()
    if answered is not None and answered.answer.version is version and answered.answer.asserted:
        return Outcome(
            "fact",
            str(fact.id),
            created=created,
            position=version.position,
            body=answered.body,
            etag=fact.etag(),
        )
    alive = history.standing(fact.versions)
    rivals = [] if answered is None or not answered.answer.asserted else answered.answer.rivals
    publishers = history.independent([*alive, version], version) if version.retracted is None else 0
    body = rendering.render(
        fact.key,
        fact.id,
        version,
        asserted=version.retracted is None,
        rivals=rivals,
        publishers=publishers,
    )
    return Outcome(
        "fact", str(fact.id), created=created, position=version.position, body=body, etag=fact.etag()
    )


def _retraction_outcome(fact: FactState, retraction: Retraction, *, created: bool) -> Outcome:
    return Outcome(
        "retraction", str(fact.id), created=created, position=retraction.position,
        body=msgspec.json.encode(retraction), etag=fact.etag(),
    )  # fmt: skip


def _unmet(demand: Verdict, verdict: Verdict, citations: Sequence[Citation]) -> Invalid:
    flaws = [
        Flaw(pointer=f"/value/{number.field}", detail=f"citation {place}: {number.reason}")
        for place, citation in enumerate(citations)
        for number in citation.evidence.numbers
        if not number.agrees and number.reason is not None
    ]
    detail = f"the evidence comes to {verdict}, and {demand} is asked for"
    return Invalid(detail, errors=flaws or [Flaw(pointer="/citations", detail=detail)])


def _tags(header: str) -> set[str]:
    """The strong entity tags of an `If-Match` or `If-None-Match` header."""
    return {tag.strip() for tag in header.split(",")}
