"""Checks an assertion by the code that decides about assertions, and reads texts; records nothing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

import msgspec

from service.checks.quantities import FoundQuantity, quantities, quantities_apart
from service.core.citations import AnySelector, Citation, Cite, SourceDescription, Verdict
from service.core.errors import CompanyFactsError, Invalid, NotFound
from service.core.facts import AnyAssert
from service.core.history import Times
from service.core.identity import content_id
from service.core.periods import LATEST
from service.core.sources import Snapshot
from service.core.states import SourceState
from service.evidence.asides import aside
from service.evidence.examining import LONG
from service.operations import Database
from service.operations.registry import known_source, must_be_known
from service.recording import writer as recording

_TITLE = "text of the request"
_NO_KEY = -1  # the text is no recorded source, so it has no key in the database


class CheckedAssertion(NamedTuple):
    """The evidence of an assertion: the verdict, and its citations with their passages."""

    evidence: Verdict
    citations: list[Citation]


class Quoted(NamedTuple):
    """A citation; without a source it is of the text of the request."""

    source: str | None
    selector: AnySelector | None


_citations = msgspec.json.Decoder(list[Citation])


async def check(
    database: Database, assertion: AnyAssert, quoted: Sequence[Quoted], text: str, times: Times
) -> CheckedAssertion:
    """The evidence that `assertion` would get if its citations were `quoted`.

    By a day, names of companies, which have none, are not looked for.

    Raises what an assertion raises: Invalid for an unknown company or source, or a selector that does not fit.
    """
    if times.known_at is not None:
        await _must_be_public(database, assertion.company, quoted, times)
    source = _source(text)
    cites = [Cite(source=one.source or source.id, selector=one.selector) for one in quoted]
    # the day does not alter the evidence; it is only missing, since the text has no day of publication
    known_at: date = assertion.known_at or LATEST
    wanted = msgspec.structs.replace(assertion, citations=cites, known_at=known_at)
    ours = [source] if any(one.source is None for one in quoted) else []
    found = await recording.considered(database, wanted, ours)
    citations = _citations.decode(found.citations)
    told = [_told(one, source.id if ours else None) for one in citations]
    if times.known_at is not None:
        told = [_unnamed(one) for one in told]
    return CheckedAssertion(found.verdict, told)


async def _must_be_public(database: Database, company: str, quoted: Sequence[Quoted], times: Times) -> None:
    """Raise Invalid for a company or source that was not public by the day of the read, as for an unknown one."""
    try:
        await must_be_known(database, company, times)
    except NotFound as error:
        raise Invalid(f"there is no company {company}; post it first", pointer="/company") from error
    async with database.session() as session:
        for place, one in enumerate(quoted):
            if one.source is None:
                continue
            try:
                await known_source(session, one.source, times)
            except NotFound as error:
                detail = f"there is no source {one.source}; post it first"
                raise Invalid(detail, pointer=f"/citations/{place}/source") from error


def _unnamed(citation: Citation) -> Citation:
    # of the context, names are looked for by all names that the record has by now
    evidence = msgspec.structs.replace(citation.evidence, names_company=None, context=None)
    return msgspec.structs.replace(citation, evidence=evidence)


def _source(text: str) -> SourceState:
    content = text.encode()
    return SourceState(
        key=_NO_KEY,
        id=content_id(content),
        description=SourceDescription(title=_TITLE),
        position=0,
        recorded_at=datetime.min.replace(tzinfo=UTC),
        snapshot=Snapshot(content, "text/plain", None, None),
        archived=True,
    )


def _told(citation: Citation, ours: str | None) -> Citation:
    """The citation as it is answered: the text of the request is not archived."""
    if citation.source.id != ours:
        return citation
    source = msgspec.structs.replace(citation.source, archived=False)
    return msgspec.structs.replace(citation, source=source)


async def readings(text: str, language: str) -> list[FoundQuantity]:
    """All quantities of a text; a long one is read in a helper process. Raises Invalid if that takes too much."""
    if len(text) <= LONG:
        return quantities(text, language)
    (found,) = await aside(quantities_apart, None, [(text, language)], pointer="/text")
    if isinstance(found, CompanyFactsError):
        raise found
    return found
