"""Import and export of the log as NDJSON. Importing an export into an empty service gives equal ids and versions."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import suppress
from typing import Annotated, NamedTuple
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from service.core.citations import Verdict
from service.core.companies import CompanyDescription, ConceptDescription
from service.core.decoding import Reader, not_lines
from service.core.errors import CompanyFactsError, Malformed
from service.core.facts import AnyAssert, FactKey, Retraction, Text, VersionNumber, key_of
from service.core.history import Version
from service.core.keys import Key
from service.core.log import Entry
from service.core.requests import (
    AddSource,
    AssertFact,
    DescribeCompany,
    DescribeConcept,
    Feed,
    Outcome,
    Request,
    RetractFact,
)
from service.core.sources import PostSource, named, sent_again
from service.core.states import FactState, SourceState, cites_of
from service.evidence.asides import NotYet, Work
from service.evidence.examining import Examination, Unexamined
from service.operations.texts import snapshot
from service.postgres.database import Database, Session
from service.recording import writer as recording
from service.recording.writer import Where
from service.store import companies, facts, log, sources

LINE_LIMIT = 10_000
BATCH = 500


class RetractionLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A retraction as a line of an import."""

    fact: Annotated[UUID, Meta(description="The fact.", examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"])]
    version: VersionNumber
    reason: Annotated[Text, Meta(description="Why.", examples=["misread: the figure is for the group"])]


class ImportLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line of an import: exactly one of the five."""

    company: CompanyDescription | UnsetType = UNSET
    concept: ConceptDescription | UnsetType = UNSET
    source: PostSource | UnsetType = UNSET
    fact: AnyAssert | UnsetType = UNSET
    retraction: RetractionLine | UnsetType = UNSET


_lines = Reader[ImportLine](ImportLine)
_NAMES = ImportLine.__struct_fields__


class LineProblem(NamedTuple):
    """A line that was refused, and why."""

    line: int
    error: CompanyFactsError


class Report(Struct, kw_only=True):
    """The result of an import."""

    lines: int = 0  # without blank ones
    created: int = 0
    unchanged: int = 0
    refused: int = 0
    position: int = 0
    problems: list[LineProblem] = msgspec.field(default_factory=list[LineProblem])


class Mentions(Feed):
    """What an import has stated so far: descriptions of companies and concepts, and retractions.

    An import does not revive retracted versions: a line equal to a retracted version changes nothing. If an earlier line
    of the import retracted that version, the line is a new assertion.
    """

    def __init__(self) -> None:
        super().__init__()
        self._stated: dict[UUID, set[int]] = {}

    def state(self, fact: UUID, version: int) -> None:
        """Note that the import retracted this version."""
        self._stated.setdefault(fact, set()).add(version)

    def of(self, fact: UUID) -> frozenset[int]:
        """The versions of a fact that the import has retracted so far."""
        return frozenset(self._stated.get(fact, ()))


async def read_line(data: bytes, mentions: Mentions, demand: Verdict | None = None) -> Request:
    """The request of a line. Raises CompanyFactsError if it cannot be read."""
    line = _lines.read(data, "the line")
    given = [name for name in _NAMES if getattr(line, name) is not UNSET]
    if len(given) != 1:
        raise Malformed(f"a line holds exactly one of {', '.join(_NAMES)}", pointer="")
    if not isinstance(line.company, UnsetType):
        return DescribeCompany(line.company, mentions)
    if not isinstance(line.concept, UnsetType):
        return DescribeConcept(line.concept, mentions)
    if not isinstance(line.source, UnsetType):
        return await add_source(line.source)
    if not isinstance(line.fact, UnsetType):
        period = line.fact.period
        known = period is None or period.flaw() is None
        mentioned = mentions.of(key_of(line.fact).id) if known else frozenset[int]()
        return AssertFact(line.fact, mentioned=mentioned, demand=demand)
    if not isinstance(line.retraction, UnsetType):
        mentions.state(line.retraction.fact, line.retraction.version)
        return RetractFact(line.retraction.fact, line.retraction.version, line.retraction.reason)
    raise AssertionError(given)


async def add_source(post: PostSource) -> AddSource:
    """The request of posting a source. Raises Invalid if its id or its text cannot be determined."""
    source = named(post)
    if source.content is None:
        return AddSource(source, None)
    return AddSource(source, await snapshot(source.content, post.media_type, source.encoding))


async def import_lines(
    where: Where,
    lines: Iterable[bytes],
    *,
    author: Key | None,
    partial: bool,
    batch: int | None,
    demand: Verdict | None = None,
    mentions: Mentions | None = None,
) -> Report:
    """Record the lines in order; blank lines are skipped.

    With `batch`, each batch of so many lines is a transaction, so that other writers get their turn; without it, all
    lines are one. With `partial`, a refused line does not affect the others; without it, a refused line rolls back its
    transaction and ends the import. `mentions` is what earlier lines of the same import stated.

    Raises Malformed, with nothing recorded, if the first line shows that the input is not NDJSON.
    If `where` is a `Writer`, raises NotYet or Unexamined with the long texts, as far as known, that the lines need.
    """
    report, mentions = Report(), mentions or Mentions()
    pending: list[tuple[int, Request | CompanyFactsError]] = []
    needed: list[Work] = []
    unexamined: list[Examination] = []
    unread = False  # whether a line of the batch needs a long text that is not read yet

    async def flush() -> bool:
        nonlocal pending, unread
        batched, pending, unread, skipped = pending, [], False, unread
        if skipped:
            return True
        try:
            return await _flush(where, batched, report, author=author, partial=partial)
        except NotYet as more:
            needed.extend(more.works)
        except Unexamined as more:
            unexamined.extend(more.examinations)
        # the transaction will be rolled back; but later batches cite sources of this one, so record all but its facts
        rest = [one for one in batched if not isinstance(one[1], AssertFact)]
        with suppress(NotYet, Unexamined):
            await _flush(where, rest, report, author=author, partial=partial)
        return True

    for number, data in enumerate(lines, 1):
        if number % recording.TURN == 0:
            await asyncio.sleep(0)  # let other requests be answered
        if not data.strip():
            continue
        if not report.lines and (why := not_lines(data)) is not None:
            raise Malformed(why, line=number)
        report.lines += 1
        try:
            pending.append((number, await read_line(data, mentions, demand)))
        except CompanyFactsError as error:
            pending.append((number, error))
        except NotYet as more:
            needed.extend(more.works)
            unread = True
        if batch is not None and len(pending) >= batch and not await flush():
            break
    else:
        await flush()
    if needed:
        raise NotYet(needed)
    if unexamined:
        raise Unexamined(unexamined)
    return report


async def _flush(
    where: Where,
    pending: Sequence[tuple[int, Request | CompanyFactsError]],
    report: Report,
    *,
    author: Key | None,
    partial: bool,
) -> bool:
    unread = [LineProblem(number, one) for number, one in pending if isinstance(one, CompanyFactsError)]
    requests = [(number, one) for number, one in pending if not isinstance(one, CompanyFactsError)]
    if unread and not partial:
        # report unreadable lines together with lines that could not be recorded
        outcomes = await recording.rehearse(where, [one for _, one in requests], author=author)
        refused = True
    else:
        refused, outcomes = False, list[Outcome | CompanyFactsError]()
        try:
            recorded = await recording.record(
                where, [one for _, one in requests], author=author, partial=partial
            )
            outcomes, report.position = recorded.outcomes, recorded.position
        except recording.RefusedError as error:
            outcomes, refused = error.outcomes, True
    problems = unread + [
        LineProblem(number, outcome)
        for (number, _), outcome in zip(requests, outcomes, strict=True)
        if isinstance(outcome, CompanyFactsError)
    ]
    report.problems += sorted(problems, key=lambda problem: problem.line)
    report.refused += len(pending) if refused else len(problems)
    if not refused:
        kept = [outcome for outcome in outcomes if isinstance(outcome, Outcome)]
        report.created += sum(outcome.created for outcome in kept)
        report.unchanged += sum(not outcome.created for outcome in kept)
    return not refused


# -- export -----------------------------------------------------------------------------------------


async def export_lines(database: Database, *, batch: int = BATCH) -> AsyncGenerator[bytes, None]:
    """The log as import lines, in order, up to its last position at the start."""
    after = 0
    async with database.session() as session:
        end = await log.head_position(session)
    while after < end:
        async with database.snapshot() as session:
            entries = [e for e in await log.changes(session, after, batch) if e.position <= end]
            lines = await _lines_of(session, entries)
        for line in lines:
            yield msgspec.json.encode(line) + b"\n"
        after = entries[-1].position if entries else end


async def _lines_of(session: Session, entries: Sequence[Entry]) -> list[ImportLine]:
    by_position: dict[int, ImportLine] = {}
    described = await companies.described_at(session, [e.position for e in entries if e.type == "company"])
    for position, company in described.items():
        by_position[position] = ImportLine(company=company)
    for position, concept in (
        await companies.concepts_at(session, [e.position for e in entries if e.type == "concept"])
    ).items():
        by_position[position] = ImportLine(concept=concept)
    await _source_lines(session, entries, by_position)
    await _fact_lines(session, entries, by_position)
    return [by_position[e.position] for e in entries if e.position in by_position]


async def _source_lines(
    session: Session, entries: Sequence[Entry], by_position: dict[int, ImportLine]
) -> None:
    wanted = [e for e in entries if e.type in {"source", "snapshot"} and e.source is not None]
    states = {s.id: s for s in await sources.load_sources(session, [e.source for e in wanted if e.source])}
    for entry in wanted:
        state = states[entry.source or ""]
        if entry.type == "source":
            by_position[entry.position] = ImportLine(source=source_said(state, entry.position))
            continue
        archived = await sources.snapshot_of(session, state.key)
        if archived is not None and archived.withheld is None and state.id.startswith("sha256:"):
            post = msgspec.structs.replace(source_said(state, 0), sha256=None)
            by_position[entry.position] = ImportLine(
                source=msgspec.structs.replace(post, **sent_again(archived)._asdict())
            )


def source_said(state: SourceState, position: int) -> PostSource:
    """What the entry of a source at a position says, without content; derived sources are named where that was said then."""
    described = {field: getattr(state.description, field) for field in state.description.__struct_fields__}
    known = state.id.removeprefix("sha256:") if state.id.startswith("sha256:") else None
    said = state.derivation
    derived = said.derived_from if said is not None and said.position == position else []
    return PostSource(**described, sha256=known, derived_from=derived)


async def _fact_lines(session: Session, entries: Sequence[Entry], by_position: dict[int, ImportLine]) -> None:
    wanted = {e.position: e for e in entries if e.type == "version" and e.fact is not None}
    pairs = [facts.pair(e.fact) for e in wanted.values() if e.fact is not None]
    for state in await facts.load_histories(session, pairs):
        for version in state.versions:
            if version.position in wanted:
                by_position[version.position] = ImportLine(fact=_assertion(state, version))
        for retraction in state.retractions:
            if retraction.position in wanted:
                by_position[retraction.position] = ImportLine(retraction=_retraction(retraction))


def _assertion(state: FactState, version: Version) -> AnyAssert:
    said = asserted(state.key, version)
    return msgspec.convert({**said, "value": msgspec.json.decode(version.value)}, AnyAssert)


def asserted(key: FactKey, version: Version) -> dict[str, object]:
    """What a version asserts, in the form of `AnyAssert`; the value is JSON."""
    return {
        "kind": key.kind,
        "company": key.company,
        "subject": key.subject,
        "dimensions": key.dimensions,
        "basis": key.basis,
        "period": None if key.period is None else key.period.wire(),
        "known_at": version.known_at,
        "value": msgspec.Raw(version.value),
        "attributed_to": version.attribution.attributed_to,
        "inferred": list(version.attribution.inferred),
        "citations": msgspec.to_builtins(cites_of(version.checks[0].citations)),
    }


def _retraction(retraction: Retraction) -> RetractionLine:
    return RetractionLine(fact=retraction.id, version=retraction.retracts, reason=retraction.reason)
