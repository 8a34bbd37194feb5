"""Decides what a writer may add to the log. No I/O.

The writer loads a `Ledger` with the state that the requests touch, applies the requests one after the other, and saves
the resulting changes in one transaction. A refused request raises before it changes anything.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from service.core import history, identity, imported, kinds, rendering
from service.core.citations import Citation, Cite, TextQuote, Verdict
from service.core.companies import (
    CompanyDescription,
    Concept,
    ConceptDescription,
    normal,
    recorded,
)
from service.core.errors import (
    CompanyFactsError,
    Conflict,
    Flaw,
    Forbidden,
    Invalid,
    NotFound,
    PreconditionFailed,
)
from service.core.facts import AnyAssert, FactKey, Retraction, encoded
from service.core.history import Version
from service.core.keys import Key
from service.core.kinds.metric import MetricValue
from service.core.periods import EARLIEST, LATEST, FiscalYear
from service.core.places import places_in
from service.core.quantities import Quantity, numeric
from service.core.requests import (
    AddSnapshot,
    AddSource,
    AssertFact,
    AssertRow,
    DescribeCompany,
    DescribeConcept,
    Feed,
    Outcome,
    RecheckFact,
    Request,
    RetractFact,
)
from service.core.sources import NamedSource, Snapshot, language_of_page
from service.core.states import (
    CompanyChange,
    CompanyState,
    ConceptChange,
    DerivationChange,
    FactState,
    NewEntries,
    Recheck,
    SnapshotChange,
    Sought,
    SourceDerivation,
    SourceState,
    cites_of,
    companies_named,
    content_of,
    placed_content_of,
    value_of,
)
from service.evidence.about import About
from service.evidence.examining import Examination, Examined, Unexamined, examine


class Ledger:
    """The state that the requests of one transaction touch, and the changes they make.

    A fact that is recorded may be loaded in part (`FactState`). Before a request is applied, the versions have to be there
    that `sought` and `numbered` name for it.

    `examined` has the results of examinations of long texts done so far; a request that needs another raises Unexamined.
    """

    def __init__(self, position: int, recorded_at: datetime) -> None:
        self.start = position
        self.position = position
        self.recorded_at = recorded_at
        self.companies: dict[str, CompanyState] = {}
        self.company_keys: dict[int, str] = {}
        self.owners: dict[tuple[str, str], str] = {}
        self.children: dict[
            str, set[str]
        ] = {}  # slugs of subsidiaries, for companies that are answered in full
        self.concepts: dict[str, Concept] = {}
        # recorded descriptions equal to those of an import, oldest first: (position, description)
        self.said_of_companies: dict[str, list[tuple[int, CompanyDescription]]] = {}
        self.said_of_concepts: dict[str, list[tuple[int, ConceptDescription]]] = {}
        self.sources: dict[str, SourceState] = {}
        self.source_keys: Iterator[int] = iter(())
        self.facts: dict[UUID, FactState] = {}
        self.fiscal_years: dict[str, FiscalYear] = {}  # by slug
        self.changes = NewEntries()
        self.examined: Examined = {}

    def sought(self, request: Request) -> list[Sought]:
        """The versions that applying a request will compare with what it says.

        There are some only if the fact is loaded in part, and if the request is not refused for its sources.
        """
        match request:
            case AssertFact():
                assertion = request.assertion
                fact = None if _flaw_of_period(assertion) else self.facts.get(request.key.id)
                if fact is None or not fact.unloaded or any(_flaws(assertion)):
                    return []
                try:
                    known_at = _known_at(assertion, self._cited(assertion.citations))
                except Invalid:
                    return []
                return [
                    Sought(
                        fact=fact.id,
                        content=request.content(known_at),
                        day=known_at,
                        retracted=0 if request.mentioned is None else len(request.mentioned) + 1,
                        value=assertion.value
                        if any(isinstance(c.selector, TextQuote) for c in request.cites)
                        else None,
                    )
                ]
            case AssertRow():
                fact = self.facts.get(request.fact)
                if fact is None or not fact.unloaded or all(v.imported is not None for v in fact.versions):
                    return []
                _, content = _row_said(fact.key, request)
                return [Sought(fact=fact.id, content=content, day=request.known_at, retracted=1)]
            case _:
                return []

    def numbered(self, request: Request) -> list[tuple[UUID, int]]:
        """The versions that applying a request will look for by their number; see `sought`."""
        if isinstance(request, RetractFact):
            fact = self.facts.get(request.fact)
            if fact is not None and fact.unloaded:
                return [(request.fact, request.version)]
        return []

    def apply(self, request: Request, author: Key | None) -> Outcome:
        """Decide one request of an author and apply it to the state.

        Raises a CompanyFactsError if it is refused, Unexamined if long texts must be examined first.
        """
        if author is not None and author.companies is not None:
            self._permit(request, author.companies)
        before = self.position
        outcome = self._decide(request)
        if author is not None:
            self.changes.authors |= dict.fromkeys(range(before + 1, self.position + 1), author.number)
        return outcome

    def _decide(self, request: Request) -> Outcome:
        match request:
            case DescribeCompany():
                return self._company(request.description, request.feed)
            case DescribeConcept():
                return self._concept(request.description, request.feed)
            case AddSource():
                return self._source(request)
            case AddSnapshot():
                return self._snapshot(request)
            case AssertFact():
                return self._assertion(request)
            case AssertRow():
                return self._row(request)
            case RetractFact():
                return self._retraction(request)
            case RecheckFact():
                return self._recheck(request)

    def _permit(self, request: Request, allowed: frozenset[str]) -> None:
        """Raise Forbidden if a key restricted to some companies would change another company.

        Concepts and sources belong to no company: such a key may add them, but not change a recorded concept.
        """
        match request:
            case DescribeCompany():
                company = request.description.slug
            case AssertFact():
                company = request.assertion.company
            case AssertRow() | RetractFact() if request.fact in self.facts:
                company = self.facts[request.fact].key.company
            case DescribeConcept() if request.description.id in self.concepts:
                if not self.concepts[request.description.id].says(request.description):
                    raise Forbidden("the key is kept to some companies; it may not change a concept for all")
                return
            case _:
                return
        if company not in allowed:
            raise Forbidden(f"the key may not write to {company}, only to {', '.join(sorted(allowed))}")

    def _next(self) -> int:
        self.position += 1
        return self.position

    # -- registries ------------------------------------------------------------------------------

    def _company(self, given: CompanyDescription, feed: Feed | None) -> Outcome:
        described, flaws = normal(given)
        if flaws:
            raise Invalid(flaws[0].detail, errors=flaws)
        key = identity.company_key(described.slug)
        if self.company_keys.get(key, described.slug) != described.slug:
            raise Conflict(
                f"the slug hashes to the key of {self.company_keys[key]}; choose another", pointer="/slug"
            )
        said = self.said_of_companies.setdefault(described.slug, [])
        if feed is not None:
            same = (position for position, other in said if other == described)
            if (position := feed.recorded("company", described.slug, same)) is not None:
                feed.stands("company", described.slug, position)
                return Outcome("company", described.slug, created=False, position=position)
        self._check_parent(described)
        for pair in sorted(described.known_by()):
            owner = self.owners.get(pair, described.slug)
            if owner != described.slug:
                raise Conflict(f"{pair[0]} {pair[1]} belongs to {owner}", pointer=f"/identifiers/{pair[0]}")
        held = self.companies.get(described.slug)
        if held is not None and held.description == described:
            body = self._told(held)
            return Outcome("company", described.slug, created=False, position=held.position, body=body)
        before = set[tuple[str, str]]() if held is None else held.description.known_by()
        state = CompanyState(
            key=key, description=described, position=self._next(), recorded_at=self.recorded_at
        )
        opened, closed = described.known_by() - before, before - described.known_by()
        for pair in closed:
            self.owners.pop(pair, None)
        self.owners |= dict.fromkeys(opened, described.slug)
        self.companies[described.slug] = state
        self.company_keys[key] = described.slug
        said.append((state.position, described))
        if feed is not None:
            feed.stands("company", described.slug, state.position)
        self.changes.companies.append(CompanyChange(state, held is None, opened, closed))
        if held is not None and held.description.parent in self.children:
            self.children[held.description.parent].discard(described.slug)
        if described.parent in self.children:
            self.children[described.parent].add(described.slug)
        body = self._told(state)
        return Outcome("company", described.slug, created=True, position=state.position, body=body)

    def _told(self, state: CompanyState) -> bytes | None:
        """The JSON of a company; None if its children are not loaded."""
        children = self.children.get(state.description.slug)
        if children is None:
            return None
        return msgspec.json.encode(recorded(state.description, children, state.recorded_at, state.position))

    def _check_parent(self, described: CompanyDescription) -> None:
        parent = described.parent
        seen = {described.slug}
        while parent is not None:
            if parent in seen:
                raise Invalid(f"{described.parent} belongs to {described.slug} itself", pointer="/parent")
            seen.add(parent)
            held = self.companies.get(parent)
            if held is None:
                raise Invalid(f"there is no company {parent}", pointer="/parent")
            parent = held.description.parent

    def _concept(self, described: ConceptDescription, feed: Feed | None) -> Outcome:
        said = self.said_of_concepts.setdefault(described.id, [])
        if feed is not None:
            same = (position for position, other in said if other == described)
            if (position := feed.recorded("concept", described.id, same)) is not None:
                feed.stands("concept", described.id, position)
                return Outcome("concept", described.id, created=False, position=position)
        held = self.concepts.get(described.id)
        if held is not None and held.says(described):
            body = msgspec.json.encode(held)
            return Outcome("concept", described.id, created=False, position=held.position, body=body)
        position = self._next()
        concept = self.concepts[described.id] = Concept(
            id=described.id, label=described.label, description=described.description,
            recorded_at=self.recorded_at, position=position,
        )  # fmt: skip
        said.append((position, described))
        if feed is not None:
            feed.stands("concept", described.id, position)
        self.changes.concepts.append(ConceptChange(described, position))
        body = msgspec.json.encode(concept)
        return Outcome("concept", described.id, created=True, position=position, body=body)

    def _source(self, request: AddSource) -> Outcome:
        named = request.source
        held = self.sources.get(named.id)
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
                errors=[
                    Flaw(pointer=f"/{name}", detail="differs from what is recorded") for name in differing
                ],
            )
        created = held is None
        derived_from = self._derived_from(named, held)
        if held is not None and request.snapshot is not None and not held.archived:
            self._look_ahead(held, request.snapshot)
        if held is None:
            held = SourceState(
                key=next(self.source_keys), id=named.id, description=named.description,
                position=self._next(), recorded_at=self.recorded_at,
            )  # fmt: skip
            self.sources[named.id] = held
            self.changes.sources.append(held)
            if derived_from:
                self._derive(held, derived_from, held.position)
        elif derived_from:
            self._derive(held, derived_from, self._next())
            created = True
        if request.snapshot is not None and not held.archived:
            self._archive(held, request.snapshot)
            created = True
        body = msgspec.json.encode(held.page())
        return Outcome("source", named.id, created=created, position=held.position, body=body)

    def _derived_from(self, named: NamedSource, held: SourceState | None) -> list[str]:
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
            if source not in self.sources:
                raise Invalid(f"there is no source {source}; post it first", pointer=f"/derived_from/{place}")
            if source == named.id or named.id in self._ancestors(source):
                raise Invalid(f"{source} is derived from {named.id} itself", pointer=f"/derived_from/{place}")
        return wanted

    def _ancestors(self, source: str) -> set[str]:
        """The sources that a source is derived from, directly or not."""
        found: set[str] = set()
        waiting = [source]
        while waiting:
            held = self.sources.get(waiting.pop())
            if held is not None and held.derivation is not None:
                new = set(held.derivation.derived_from) - found
                found |= new
                waiting += new
        return found

    def _derive(self, source: SourceState, derived_from: Sequence[str], position: int) -> None:
        source.derivation = SourceDerivation(position, list(derived_from))
        self.changes.derivations.append(
            DerivationChange(source.key, position, [self.sources[one].key for one in derived_from])
        )
        for fact in self._citing(source):
            for version in fact.versions:
                if source.key in version.sources:
                    version.derived[source.id] = position
            self.touch(fact)

    def _snapshot(self, request: AddSnapshot) -> Outcome:
        held = self.sources.get(request.source)
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
        self._look_ahead(held, request.snapshot)
        self._archive(held, request.snapshot)
        body = msgspec.json.encode(held.page())
        return Outcome("snapshot", held.id, created=True, position=self.position, body=body)

    def _archive(self, source: SourceState, snapshot: Snapshot) -> None:
        source.archive(snapshot)
        self.changes.snapshots.append(SnapshotChange(source.key, snapshot, self._next()))
        for fact in self._citing(source):
            self._check_again(fact, source)

    def _citing(self, source: SourceState) -> list[FactState]:
        return [
            fact
            for fact in self.facts.values()
            if any(source.key in version.sources for version in fact.versions)
        ]

    def _look_ahead(self, source: SourceState, snapshot: Snapshot) -> None:
        """Raise Unexamined, before anything is changed, if archiving requires examinations of long texts."""
        archived = msgspec.structs.replace(source)
        archived.archive(snapshot)
        self._need(*(one for fact in self._citing(source) for _, one in self._rechecks(fact, archived)))

    def _need(self, *examinations: Examination) -> None:
        missing = [one for one in examinations if one.is_long and one.key not in self.examined]
        if missing:
            raise Unexamined(missing)

    def _found(self, examination: Examination) -> tuple[list[Citation], Verdict]:
        """The result of `examine`, from `examined` if the texts are long. Raises its CompanyFactsError, or Unexamined."""
        if not examination.is_long:
            if not examination.is_loaded:
                raise ValueError("the ledger lacks an archived text")
            return examine(*examination)
        self._need(examination)
        found = self.examined[examination.key]
        if isinstance(found, CompanyFactsError):
            raise found
        return found

    # -- facts -----------------------------------------------------------------------------------

    def _assertion(self, request: AssertFact) -> Outcome:
        assertion = request.assertion
        if flaws := list(_flaws(assertion)):
            raise Invalid(flaws[0].detail, errors=flaws)
        company = self._company_of(assertion)
        cited = self._cited(assertion.citations)
        known_at = _known_at(assertion, cited)
        key = request.key
        fact = self.facts.get(key.id) or FactState(key=key, id=key.id)
        if fact.key != key:
            raise Conflict(f"the key of this fact hashes to the id of another, {fact.id}")
        self._check_preconditions(fact, request.if_match, request.if_none_match)
        cites, attribution, content = request.cites, request.attribution, request.content(known_at)
        for version in fact.versions:
            if _said(fact.key, version) == content and _keeps(version, request):
                return self._fact_outcome(fact, version, created=False)
        about = self._about(company, key, assertion.value)
        citations, verdict = self._found(Examination(assertion.value, cites, cited, about))
        resolved = [Cite(source=one.source.id, selector=one.selector) for one in citations]
        for version in _of_same_places(fact, assertion, known_at, resolved):
            if _keeps(version, request) and not _is_exported(version, cites, resolved, request):
                return self._fact_outcome(fact, version, created=False)
        if resolved != cites:
            content = content_of(assertion.value, known_at, resolved, attribution)  # by the archived words
        if request.demand is not None and verdict != request.demand:
            raise _unmet(request.demand, verdict, citations)
        publisher = cited[0].description.publisher
        version = Version(
            version=fact.last + 1,
            known_at=known_at,
            position=self._next(),
            recorded_at=self.recorded_at,
            publisher=cited[0].id if publisher is None else publisher.casefold(),
            quantity=kinds.main_quantity(assertion.value),
            value=encoded(assertion.value),
            checks=[history.Check(self.position, verdict, encoded(citations))],
            sources=list(dict.fromkeys(source.key for source in cited)),
            content=content,
            attribution=attribution,
            derived={
                source.id: source.derivation.position for source in cited if source.derivation is not None
            },
        )
        fact.versions.append(version)
        self.changes.assertions.append((fact, version))
        self.touch(fact)
        return self._fact_outcome(fact, version, created=True)

    def _row(self, request: AssertRow) -> Outcome:
        fact = self.facts.get(request.fact)
        if fact is None:
            raise NotFound(f"there is no fact {request.fact}")
        citations, said = _row_said(fact.key, request)
        for held in fact.versions:
            if (
                held.imported is None and held.content == said
            ):  # asserted by a client before; it stays as it is
                return Outcome("fact", str(fact.id), created=False, position=held.position)
        version = Version(
            version=fact.last + 1,
            known_at=request.known_at,
            position=self._next(),
            recorded_at=self.recorded_at,
            publisher=imported.VOICE,
            quantity=Quantity(unit=fact.key.unit or "", value=request.row.number),
            value=imported.value_of(fact.key.unit or "", request.row.number),
            checks=[history.Check(self.position, "verified", citations)],
            sources=list(request.sources),
            content=b"",
            imported=request.row,
        )
        fact.versions.append(version)
        self.changes.assertions.append((fact, version))
        self.touch(fact)
        return Outcome("fact", str(fact.id), created=True, position=version.position)

    def _about(self, company: CompanyState, key: FactKey, value: kinds.Value) -> About:
        """What a fact is about, by the names that are recorded."""
        concept = self.concepts.get(key.subject)
        return About(
            names=company.names,
            subject=key.subject,
            label=concept.label or "" if concept is not None else "",
            period=key.period,
            fiscal=self.fiscal_years.get(key.company),
            members=[member for name, member in key.dimensions.items() if name != "geography"],
            places=[member for name, member in key.dimensions.items() if name == "geography"],
            others={
                slug: [slug, *self.companies[slug].names]
                for slug in companies_named(value)
                if slug in self.companies
            },
        )

    def _company_of(self, assertion: AnyAssert) -> CompanyState:
        company = self.companies.get(assertion.company)
        if company is None:
            raise Invalid(f"there is no company {assertion.company}; post it first", pointer="/company")
        return company

    def _cited(self, cites: Sequence[Cite]) -> list[SourceState]:
        flaws = [
            Flaw(
                pointer=f"/citations/{place}/source",
                detail=f"there is no source {cite.source}; post it first",
            )
            for place, cite in enumerate(cites)
            if cite.source not in self.sources
        ]
        if flaws:
            raise Invalid(flaws[0].detail, errors=flaws)
        return [self.sources[cite.source] for cite in cites]

    @staticmethod
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

    def _fact_outcome(self, fact: FactState, version: Version, *, created: bool) -> Outcome:
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

    def _retraction(self, request: RetractFact) -> Outcome:
        fact = self.facts.get(request.fact)
        if fact is None:
            raise NotFound(f"there is no fact {request.fact}")
        self._check_preconditions(fact, request.if_match, None)
        held = next((r for r in fact.retractions if r.retracts == request.version), None)
        if held is not None:
            return self._retraction_outcome(fact, held, created=False)
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
            reason=request.reason, recorded_at=self.recorded_at, position=self._next(),
        )  # fmt: skip
        version.retracted = retraction.position
        fact.retractions.append(retraction)
        self.changes.retractions.append((fact, retraction))
        self.touch(fact)
        return self._retraction_outcome(fact, retraction, created=True)

    @staticmethod
    def _retraction_outcome(fact: FactState, retraction: Retraction, *, created: bool) -> Outcome:
        return Outcome(
            "retraction", str(fact.id), created=created, position=retraction.position,
            body=msgspec.json.encode(retraction), etag=fact.etag(),
        )  # fmt: skip

    def _recheck(self, request: RecheckFact) -> Outcome:
        fact = self.facts.get(request.fact)
        if fact is None:
            raise NotFound(f"there is no fact {request.fact}")
        self._need(*(one for _, one in self._rechecks(fact)))
        created = self._check_again(fact)
        return Outcome("evidence", str(fact.id), created=created, position=self.position, etag=fact.etag())

    def _rechecks(
        self, fact: FactState, archived: SourceState | None = None
    ) -> Iterator[tuple[Version, Examination]]:
        """The examinations that check the versions of a fact again.

        With `archived`, a source with its new snapshot, only those of versions that cite it.
        """
        company = self.companies[fact.key.company]
        loaded = {source.key for source in self.sources.values()}
        for version in fact.versions:
            if archived is not None and archived.key not in version.sources:
                continue
            if not all(key in loaded for key in version.sources):
                raise ValueError("the ledger lacks a cited source")
            cites = cites_of(version.check().citations)
            cited = [
                archived if archived is not None and archived.id == cite.source else self.sources[cite.source]
                for cite in cites
            ]
            value = value_of(fact.key, version.value)
            yield (
                version,
                Examination(value, cites, cited, self._about(company, fact.key, value), refuse=False),
            )

    def _check_again(self, fact: FactState, archived: SourceState | None = None) -> bool:
        """Check the citations of versions again (see `_rechecks`); each different result is an entry. True if any is.

        A version whose texts cannot be read in time keeps its last check.
        """
        before = self.position
        for version, examination in self._rechecks(fact, archived):
            try:
                citations, verdict = self._found(examination)
            except CompanyFactsError:
                continue
            content = encoded(citations)
            if content == version.check().citations:
                continue
            version.checks.append(history.Check(self._next(), verdict, content))
            self.changes.checks.append(Recheck(fact, version, self.position))
        if self.position != before:
            self.touch(fact)
        return self.position != before

    def touch(self, fact: FactState) -> None:
        """Note that a fact changed at this position, so that its answer is stored anew."""
        fact.settled = self.position
        self.facts[fact.id] = fact
        self.changes.facts[fact.id] = fact


def _of_same_places(
    fact: FactState, assertion: AnyAssert, known_at: date, resolved: Sequence[Cite]
) -> Iterator[Version]:
    """The versions that say the same and cite the same passages, perhaps by other words around them."""
    if not any(isinstance(cite.selector, TextQuote) for cite in resolved):
        return
    content: bytes | None = None
    value, attribution = assertion.value, history.attribution_of(assertion)
    main = _comparable(kinds.main_quantity(value))
    for version in fact.versions:
        if version.imported is not None or version.known_at != known_at or version.attribution != attribution:
            continue
        if _comparable(version.quantity) != main:
            continue
        content = content or placed_content_of(value, known_at, resolved)
        cites = cites_of(version.check().citations)
        if content == placed_content_of(value_of(fact.key, version.value), known_at, cites):
            yield version


def _comparable(quantity: Quantity | None) -> object:
    return numeric(msgspec.to_builtins(quantity))


def _is_exported(
    version: Version, given: Sequence[Cite], resolved: Sequence[Cite], request: AssertFact
) -> bool:
    """Whether an import restates a version of its own beside `version`, at the same places by other words around.

    Earlier releases recorded both. An export gives each quotation with its place; an empty service fed with it must come
    to the same versions.
    """
    return (
        request.mentioned is not None
        and list(given) == list(resolved)
        and cites_of(version.check().citations) != list(resolved)
    )


def _keeps(version: Version, request: AssertFact) -> bool:
    """Whether an equal assertion adds nothing beside this version."""
    return version.retracted is None or not _revivable(version, request)


def _revivable(version: Version, request: AssertFact) -> bool:
    return request.mentioned is None or version.version in request.mentioned


def _unmet(demand: Verdict, verdict: Verdict, citations: Sequence[Citation]) -> Invalid:
    flaws = [
        Flaw(pointer=f"/value/{number.field}", detail=f"citation {place}: {number.reason}")
        for place, citation in enumerate(citations)
        for number in citation.evidence.numbers
        if not number.agrees and number.reason is not None
    ]
    detail = f"the evidence comes to {verdict}, and {demand} is asked for"
    return Invalid(detail, errors=flaws or [Flaw(pointer="/citations", detail=detail)])


def _flaws(assertion: AnyAssert) -> Iterator[Flaw]:
    if assertion.period is not None:
        if flaw := assertion.period.flaw():
            yield Flaw(pointer="/period", detail=flaw)
        else:
            yield from _implausible("/period", assertion.period.first, assertion.period.last)
    if assertion.known_at is not None:
        yield from _implausible("/known_at", assertion.known_at)
    if ":" in assertion.subject and not isinstance(assertion.value, MetricValue):
        yield Flaw(pointer="/subject", detail="only a metric is about a concept; write a slug")
    for pointer, quantity in _quantities(assertion.value):
        if flaw := quantity.flaw():
            yield Flaw(pointer=f"/value/{pointer}", detail=flaw)
    if assertion.inferred:
        there = {"company", "subject", "basis", "known_at", *_given(assertion)}
        for place, name in enumerate(assertion.inferred):
            if name not in there:
                yield Flaw(
                    pointer=f"/inferred/{place}", detail=f"the fact has no {name} that could be inferred"
                )


def _given(assertion: AnyAssert) -> Iterator[str]:
    """The fields that an assertion gives beside those that all have: those of the value by their path in it."""
    if assertion.period is not None:
        yield "period"
    if assertion.dimensions:
        yield "dimensions"
    yield from (f"dimensions/{name}" for name in assertion.dimensions)
    yield from places_in(msgspec.to_builtins(assertion.value))


def _quantities(value: kinds.Value) -> Iterator[tuple[str, Quantity]]:
    for number in kinds.numbers(value):
        if isinstance(number.quantity, Quantity):
            yield number.field, number.quantity


def _implausible(pointer: str, *days: date) -> Iterator[Flaw]:
    if not all(EARLIEST <= day <= LATEST for day in days):
        yield Flaw(pointer=pointer, detail=f"a date lies outside {EARLIEST} to {LATEST}")


def _known_at(assertion: AnyAssert, cited: Sequence[SourceState]) -> date:
    published = [s.description.published_at for s in cited if s.description.published_at is not None]
    if assertion.known_at is not None:
        if published and assertion.known_at < min(published):
            raise Invalid(f"no source cited was public before {min(published)}", pointer="/known_at")
        return assertion.known_at
    if not published:
        raise Invalid("no source cited says when it was published; give known_at", pointer="/known_at")
    return min(published)


def _flaw_of_period(assertion: AnyAssert) -> str | None:
    return None if assertion.period is None else assertion.period.flaw()


def _row_said(key: FactKey, request: AssertRow) -> tuple[bytes, bytes]:
    """The citations of an imported row, and the hash of what it says."""
    value = imported.value_of(key.unit or "", request.row.number)
    citations = imported.citations_of(key, request.row, request.template)
    return citations, content_of(value_of(key, value), request.known_at, cites_of(citations))


def _said(key: FactKey, version: Version) -> bytes:
    """The hash `content_of` a version; imported versions do not store it."""
    if version.imported is None:
        return version.content
    return content_of(value_of(key, version.value), version.known_at, cites_of(version.checks[0].citations))


def _tags(header: str) -> set[str]:
    """The strong entity tags of an `If-Match` or `If-None-Match` header."""
    return {tag.strip() for tag in header.split(",")}
