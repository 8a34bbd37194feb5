"""Standard concepts wherever a subject is asked for: operations in place of those that know tags alone.

Each replacement passes a question for any other subject on to the operation that it replaces.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from service.api import companies, facts
from service.api import lookup as plain
from service.core.companies import Concept
from service.core.errors import CompanyFactsError, NotFound
from service.core.history import NOW, Times
from service.core.lists import ByName, fingerprint, next_cursor
from service.core.lookup import Lookup
from service.core.text import Slug, Subject
from service.operations import lookup
from service.web import parameters, tables
from service.web.call import Call
from service.web.contract import Capability, Operation, Over
from service.web.cursors import continued
from service.web.parameters import ConceptPath, FilterQuery, LookupQuery, Paging, given
from service.web.problems import problem, status_of
from service.web.replies import Reply, json_reply, page
from service.web.tables import Handler
from service.words.answers import Resolved
from service.words.concepts import CONCEPTS, STANDARD, StandardConcept, concept_of
from service.words.lists import concept_in, meant
from service.words.reads import Found, explained, look_up, resolved_json, resolved_list
from service.words.replacing import asked_for, replaced, tabular

# -- look-ups ------------------------------------------------------------------------------------


def _looking_up(own: Handler) -> Handler:
    async def look_up_fact(call: Call) -> Reply:
        """GET /v1/lookup."""
        if asked_for(call) is None:
            try:
                return await own(call)
            except NotFound as error:
                query = call.query(LookupQuery)
                raise await _hinted(error, query.kind, query.subject) from error
        query = call.query(LookupQuery)
        concept = concept_of(query.kind, query.subject)
        if concept is None:
            return await own(call)
        one = plain.asked_for(query)
        found = await look_up(call.database, [(concept, one)], call.times(query))
        answer = found.answers[0]
        if isinstance(answer, CompanyFactsError):
            raise answer
        return Reply(resolved_json(answer) if isinstance(answer, Found) else answer, position=found.position)

    return look_up_fact


async def _hinted(error: NotFound, kind: str, subject: str) -> NotFound:
    """The 404 of a look-up with the concepts that may be meant, if its subject is a word and no tag."""
    return await explained(error, subject) if kind == "metric" and ":" not in subject else error


async def look_up_facts(call: Call) -> Reply:
    """POST /v1/lookup."""
    asked, queries = await plain.read_batch(call)
    found, position = await _each(call, queries, asked)
    results = [
        plain.Result(status=status_of(one), problem=problem(one, call.path, base=call.settings.base_url))
        if isinstance(one, CompanyFactsError)
        else plain.Result(status=200, fact=Raw(resolved_json(one) if isinstance(one, Found) else one))
        for one in found
    ]
    return Reply(msgspec.json.encode(plain.Results(items=results)), position=position)


async def _each(
    call: Call, queries: Sequence[Lookup], times: Times
) -> tuple[list[Found | bytes | CompanyFactsError], int]:
    """What each look-up found, and the one position of all."""
    concepts = [concept_of(one.kind, one.subject) for one in queries]
    others = [one for one, concept in zip(queries, concepts, strict=True) if concept is None]
    standard = [(concept, one) for one, concept in zip(queries, concepts, strict=True) if concept is not None]
    position = None
    literal: list[bytes | CompanyFactsError] = []
    if others:
        read = await lookup.lookup(call.database, others, times)
        literal, position = read.answers, read.position
        times = times._replace(at=position, recorded_at=None)
    meant: list[Found | bytes | CompanyFactsError] = []
    if standard:
        found = await look_up(call.database, standard, times)
        meant, position = found.answers, found.position
    if position is None:
        raise LookupError("a batch has at least one look-up")
    of_others, of_standard = iter(literal), iter(meant)
    return [next(of_others) if one is None else next(of_standard) for one in concepts], position


# -- lists ---------------------------------------------------------------------------------------

_FACTS = (*tables.FACTS, *tables.RESOLUTION)


def _listing_facts(scope: Callable[[Call], facts.ListScope]) -> Callable[[Handler], Handler]:
    """Replaces a list of facts by one whose filter `subject` takes standard concepts."""

    def over(own: Handler) -> Handler:
        async def list_facts(call: Call) -> Reply:
            """GET of a list of facts."""
            if asked_for(call) is None:
                return await own(call)
            concept = concept_in(parameters.kept(call.query(FilterQuery)))
            if concept is None:
                return await own(call)

            async def beside(items: Sequence[bytes], times: Times) -> list[bytes]:
                return await resolved_list(call.database, concept, items, times)

            return await facts.listed(
                call, scope(call), lambda kept: facts.ListMeaning(meant(kept, concept), beside)
            )

        return list_facts

    return over


# -- the concepts themselves -----------------------------------------------------------------------

_SINCE = datetime(
    2026, 11, 27, tzinfo=UTC
)  # the day the concepts came with the service, as they are in no log
_WITH_SERVICE = "they come with the service and have position 0"


class StandardPaging(Paging, frozen=True, kw_only=True):
    """Search words and page of the concepts."""

    standard: Annotated[
        bool,
        Meta(
            description="The standard concepts instead of those recorded. They are words for one thing that filers have "
            f"several tags for; {_WITH_SERVICE}.",
            examples=[True],
        ),
    ] = False


class Standard(Struct, frozen=True, kw_only=True):
    """The members that a concept has if it is a standard concept."""

    standard: Annotated[
        bool | UnsetType, Meta(description="Whether it is a standard concept.", examples=[True])
    ] = UNSET
    groups: Annotated[
        Annotated[
            list[Annotated[list[Subject], Meta(max_length=50)]],
            Meta(max_length=9),
        ]
        | UnsetType,
        Meta(
            description="Of a standard concept: the tags that filers use for it, the true synonyms together. A later group "
            "means something a little different and answers only where the earlier ones are empty.",
            examples=[[["us-gaap:Revenues", "us-gaap:SalesRevenueNet"]]],
        ),
    ] = UNSET
    unit: Annotated[
        Literal["money", "money per share", "shares", "people"] | UnsetType,
        Meta(description="Of a standard concept: what it is counted in.", examples=["money"]),
    ] = UNSET
    holds: Annotated[
        Literal["flow", "stock"] | UnsetType,
        Meta(description="Of a standard concept: over a duration, or at an instant.", examples=["flow"]),
    ] = UNSET
    synonyms: Annotated[
        Annotated[list[Slug], Meta(max_length=50)] | UnsetType,
        Meta(description="Of a standard concept: other words for it.", examples=[["sales", "turnover"]]),
    ] = UNSET
    is_not: Annotated[
        Annotated[str, Meta(max_length=1000)] | UnsetType,
        Meta(
            description="Of a standard concept: what it is taken for by mistake.",
            examples=["Billings, and revenue less cost."],
        ),
    ] = UNSET
    limits: Annotated[
        Annotated[str, Meta(max_length=1000)] | UnsetType,
        Meta(
            description="Of a standard concept: what is known not to work.",
            examples=["Banks report revenue net of interest, which is group 3."],
        ),
    ] = UNSET


class _Told(Concept, frozen=True, kw_only=True):
    """A standard concept as it is answered."""

    standard: bool
    groups: tuple[tuple[str, ...], ...]
    unit: str
    holds: str
    synonyms: tuple[str, ...]
    is_not: str
    limits: str


_concept = msgspec.json.Decoder(Concept)


def _told(one: StandardConcept, recorded: Concept | None = None) -> _Told:
    """A standard concept; with the label and the description that were recorded for its slug, if any were."""
    return _Told(
        id=one.slug,
        label=one.label if recorded is None else recorded.label,
        description=one.meaning if recorded is None else recorded.description,
        recorded_at=_SINCE if recorded is None else recorded.recorded_at,
        position=0 if recorded is None else recorded.position,
        standard=True,
        groups=((*one.groups[0], one.slug), *one.groups[1:]),
        unit=one.measure,
        holds=one.holds,
        synonyms=one.also,
        is_not=one.is_not,
        limits=one.limits,
    )


def _getting_concept(own: Handler) -> Handler:
    async def get_concept(call: Call) -> Reply:
        """GET /v1/concepts/{id}."""
        try:
            return _with_standard(await own(call))
        except NotFound:
            concept = CONCEPTS.get(call.parameters(ConceptPath).id)
            if concept is None:
                raise
            return json_reply(_told(concept))

    return get_concept


def _posting_concept(own: Handler) -> Handler:
    async def post_concept(call: Call) -> Reply:
        """POST /v1/concepts."""
        return _with_standard(await own(call))

    return post_concept


def _with_standard(reply: Reply) -> Reply:
    """The answer with a recorded concept; if its id is that of a standard concept, with that one's members."""
    if not isinstance(reply.body, bytes):
        return reply
    recorded = _concept.decode(reply.body)
    concept = CONCEPTS.get(recorded.id)
    if concept is None:
        return reply
    return reply._replace(body=msgspec.json.encode(_told(concept, recorded)), etag=None)


def _listing_concepts(own: Handler) -> Handler:
    async def list_concepts(call: Call) -> Reply:
        """GET /v1/concepts."""
        query = call.query(StandardPaging)
        return await _standard_page(call, query) if query.standard else await own(call)

    return list_concepts


async def _standard_page(call: Call, query: StandardPaging) -> Reply:
    words = given(query.q)
    belongs, after = fingerprint("standard concepts", words), ""
    if (text := given(query.cursor)) is not None:
        (after,), _ = await continued(call.database, text, belongs, ByName, NOW)
    wanted = sorted(
        (one for one in STANDARD if one.slug > after and (words is None or _fits(one, words.casefold()))),
        key=lambda one: one.slug,
    )
    shown = wanted[: query.limit]
    cursor = next_cursor((shown[-1].slug,) if len(wanted) > query.limit else None, 0, belongs)
    items = [msgspec.json.encode(_told(one)) for one in shown]
    return Reply(page(items, cursor), headers=call.link_next(cursor))


def _fits(one: StandardConcept, words: str) -> bool:
    return any(words in name.casefold() for name in (one.slug, one.label, *one.also, *one.tags))


# -- what is put in place ------------------------------------------------------------------------


def _over(own: Mapping[str, Operation]) -> Over:
    """The operations that take standard concepts, of those that the server has."""
    operations = {
        "lookUpFact": replaced(own["lookUpFact"], _looking_up(own["lookUpFact"].handler)),
        "lookUpFacts": replaced(own["lookUpFacts"], look_up_facts),
        "getConcept": replaced(own["getConcept"], _getting_concept(own["getConcept"].handler)),
        **tabular(own, "listFacts", _listing_facts(facts.scope_of_all), _FACTS),
        **tabular(own, "listCompanyFacts", _listing_facts(facts.scope_of_company), _FACTS),
        **tabular(own, "listSourceFacts", _listing_facts(facts.scope_of_source), _FACTS),
        "postConcept": replaced(own["postConcept"], _posting_concept(own["postConcept"].handler)),
        **tabular(own, "listConcepts", _listing_concepts, tables.CONCEPTS, query=StandardPaging),
    }
    members: dict[str, type[Struct]] = {"Metric": Resolved, "Concept": Standard}
    if "getSeries" in own:
        from service.words.figures_api import over_series  # a server without series does not load them

        of_series = over_series(own)
        operations |= of_series.operations
        members |= of_series.members
    if "searchEverything" in own:
        from service.words.finding_api import over_search  # nor those of search

        operations |= over_search(own)
    return Over(operations=operations, members=members)


CAPABILITY = Capability(tag=companies.CONCEPTS, about="What metrics measure.", over=_over)
