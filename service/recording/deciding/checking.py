"""Checks citations, of new versions and again of recorded ones."""

from collections.abc import Iterator

import msgspec

from service.core import history, kinds
from service.core.citations import Citation, Verdict
from service.core.errors import CompanyFactsError, NotFound
from service.core.facts import FactKey, encoded
from service.core.history import Version
from service.core.requests import Outcome, RecheckFact
from service.core.sources import Snapshot
from service.core.states import (
    CompanyState,
    FactState,
    Recheck,
    SourceState,
    cites_of,
    companies_named,
    value_of,
)
from service.evidence.about import About
from service.evidence.examining import Examination, Unexamined, examine
from service.recording.deciding.state import LedgerState


def about_of(state: LedgerState, company: CompanyState, key: FactKey, value: kinds.Value) -> About:
    """What a fact is about, by the names that are recorded."""
    concept = state.concepts.get(key.subject)
    return About(
        names=company.names,
        subject=key.subject,
        label=concept.label or "" if concept is not None else "",
        period=key.period,
        fiscal=state.fiscal_years.get(key.company),
        members=[member for name, member in key.dimensions.items() if name != "geography"],
        places=[member for name, member in key.dimensions.items() if name == "geography"],
        things=[one.name for one in kinds.names(value) if one.sort not in {"company", "counterparty"}],
        others={
            slug: [slug, *state.companies[slug].names]
            for slug in companies_named(value)
            if slug in state.companies
        },
    )


def found(state: LedgerState, examination: Examination) -> tuple[list[Citation], Verdict]:
    """The result of `examine`, from `examined` if the texts are long. Raises its CompanyFactsError, or Unexamined."""
    if not examination.is_long:
        if not examination.is_loaded:
            raise ValueError("the ledger lacks an archived text")
        return examine(*examination)
    _need(state, examination)
    result = state.examined[examination.key]
    if isinstance(result, CompanyFactsError):
        raise result
    return result


def _need(state: LedgerState, *examinations: Examination) -> None:
    missing = [one for one in examinations if one.is_long and one.key not in state.examined]
    if missing:
        raise Unexamined(missing)


def recheck_fact(state: LedgerState, request: RecheckFact) -> Outcome:
    """Check the citations of all versions of a fact again. Raises NotFound or Unexamined."""
    fact = state.facts.get(request.fact)
    if fact is None:
        raise NotFound(f"there is no fact {request.fact}")
    _need(state, *(one for _, one in rechecks(state, fact)))
    created = check_again(state, fact)
    return Outcome("evidence", str(fact.id), created=created, position=state.position, etag=fact.etag())


def check_again(state: LedgerState, fact: FactState, archived: SourceState | None = None) -> bool:
    """Check the citations of versions again (see `rechecks`); each different result is an entry. True if any is.

    A version whose texts cannot be read in time keeps its last check.
    """
    before = state.position
    for version, examination in rechecks(state, fact, archived):
        try:
            citations, verdict = found(state, examination)
        except CompanyFactsError:
            continue
        content = encoded(citations)
        if content == version.check().citations:
            continue
        version.checks.append(history.Check(state.next_position(), verdict, content))
        state.changes.checks.append(Recheck(fact, version, state.position))
    if state.position != before:
        state.touch(fact)
    return state.position != before


def rechecks(
    state: LedgerState, fact: FactState, archived: SourceState | None = None
) -> Iterator[tuple[Version, Examination]]:
    """The examinations that check the versions of a fact again.

    With `archived`, a source with its new snapshot, only those of versions that cite it.
    """
    company = state.companies[fact.key.company]
    loaded = {source.key for source in state.sources.values()}
    for version in fact.versions:
        if archived is not None and archived.key not in version.sources:
            continue
        if not all(key in loaded for key in version.sources):
            raise ValueError("the ledger lacks a cited source")
        cites = cites_of(version.check().citations)
        cited = [
            archived if archived is not None and archived.id == cite.source else state.sources[cite.source]
            for cite in cites
        ]
        value = value_of(fact.key, version.value)
        yield (
            version,
            Examination(value, cites, cited, about_of(state, company, fact.key, value), refuse=False),
        )


def look_ahead(state: LedgerState, source: SourceState, snapshot: Snapshot) -> None:
    """Raise Unexamined, before anything is changed, if archiving requires examinations of long texts."""
    archived = msgspec.structs.replace(source)
    archived.archive(snapshot)
    _need(state, *(one for fact in citing(state, source) for _, one in rechecks(state, fact, archived)))


def citing(state: LedgerState, source: SourceState) -> list[FactState]:
    """The loaded facts of which some version cites a source."""
    return [
        fact
        for fact in state.facts.values()
        if any(source.key in version.sources for version in fact.versions)
    ]
