"""Look-ups: exactly one fact, or up to a thousand of them."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from service.api.facts import LINKS
from service.core.decoding import Reader
from service.core.errors import CompanyFactsError, Malformed
from service.core.facts import AnyFact, Basis
from service.core.history import Times
from service.core.kinds import Kind
from service.core.lookup import Lookup
from service.core.periods import Frequency, PeriodLiteral, PeriodText, parse_period
from service.core.quantities import Unit
from service.core.text import Dimensions, Subject
from service.operations import lookup
from service.web import parameters
from service.web.call import Call
from service.web.contract import ETAG, IF_NONE_MATCH, LOG_POSITION, Answer, Link, Operation
from service.web.parameters import LookupQuery, Reference, TimesQuery, given
from service.web.problems import Problem, problem, status_of
from service.web.replies import Reply

TAG = "facts"


class PostLookup(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One look-up of a batch."""

    company: Reference
    kind: Annotated[Kind, Meta(description="Kind of the fact.", examples=["market_share"])]
    subject: Subject
    period: PeriodText | None = None
    frequency: Annotated[
        Frequency | None,
        Meta(description="Without a period: the latest of this frequency.", examples=["annual"]),
    ] = None
    dimensions: Dimensions = {}
    basis: Annotated[Basis | None, Meta(description="Without it, reported wins.", examples=["reported"])] = (
        None
    )
    unit: Unit | None = None


class PostLookups(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A batch of look-ups."""

    items: Annotated[list[PostLookup], Meta(min_length=1, max_length=1000, description="The look-ups.")]


class LookupResult(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The result of one look-up."""

    status: Annotated[
        int,
        Meta(
            ge=200,
            le=599,
            description="The HTTP status that this look-up would get by itself.",
            examples=[200],
        ),
    ]
    fact: Annotated[AnyFact | UnsetType, Meta(description="The fact, where there is one.")] = UNSET
    problem: Annotated[Problem | UnsetType, Meta(description="Why there is none.")] = UNSET


class LookupResults(Struct, frozen=True, kw_only=True):
    """The results of a batch, in the order asked."""

    items: Annotated[list[LookupResult], Meta(max_length=1000, description="One for each look-up.")]


class Result(Struct, kw_only=True, omit_defaults=True):
    """A `LookupResult` with the JSON of its fact."""

    status: int
    fact: Raw | UnsetType = UNSET
    problem: Problem | UnsetType = UNSET


class Results(Struct, kw_only=True):
    """`LookupResults` with the JSON of facts."""

    items: list[Result]


_batches = Reader[PostLookups](PostLookups)


def asked_for(query: LookupQuery) -> Lookup:
    """The look-up that a query means. Raises Malformed."""
    return Lookup(
        company=query.company,
        kind=query.kind,
        subject=query.subject,
        dimensions=parameters.dimensions(query.dimension),
        basis=given(query.basis),
        unit=given(query.unit),
        frequency=given(query.frequency),
        period=parameters.period(query.period),
    )


async def look_up_fact(call: Call) -> Reply:
    """GET /v1/lookup."""
    query = call.query(LookupQuery)
    one = asked_for(query)
    found = await lookup.lookup(call.database, [one], call.times(query))
    answer = found.answers[0]
    if isinstance(answer, CompanyFactsError):
        raise answer
    return Reply(answer, position=found.position)


def _period(text: str | None, place: int) -> PeriodLiteral | None:
    try:
        return None if text is None else parse_period(text)
    except ValueError as error:
        raise Malformed(str(error), pointer=f"/items/{place}/period") from error


async def read_batch(call: Call) -> tuple[Times, list[Lookup]]:
    """The times and the look-ups of a batch. Raises Malformed."""
    asked = call.times(call.query(TimesQuery))
    batch = await call.body(_batches)
    queries = [
        Lookup(
            company=item.company,
            kind=item.kind,
            subject=item.subject,
            dimensions=item.dimensions,
            basis=item.basis,
            unit=item.unit,
            frequency=item.frequency,
            period=_period(item.period, place),
        )
        for place, item in enumerate(batch.items)
    ]
    return asked, queries


async def look_up_facts(call: Call) -> Reply:
    """POST /v1/lookup."""
    asked, queries = await read_batch(call)
    found = await lookup.lookup(call.database, queries, asked)
    results = [
        Result(status=status_of(one), problem=problem(one, call.path, base=call.settings.base_url))
        if isinstance(one, CompanyFactsError)
        else Result(status=200, fact=Raw(one))
        for one in found.answers
    ]
    return Reply(msgspec.json.encode(Results(items=results)), position=found.position)


OPERATIONS = (
    Operation(
        method="GET", path="/v1/lookup", id="lookUpFact", tag=TAG, handler=look_up_fact, query=LookupQuery,
        summary="Look up exactly one fact",
        description="The one fact that company, kind and subject name, narrowed by dimensions, basis, unit and period. "
        "Where more than one is left, 409 names the candidates; where a parent or subsidiary has the answer, 404 says so.",
        answers={200: Answer(
            description="The fact.", type=AnyFact, headers={"ETag": ETAG, "Log-Position": LOG_POSITION}, links=LINKS,
        )},
        problems=(404, 409, 422), headers={"If-None-Match": IF_NONE_MATCH},
    ),
    Operation(
        method="POST", path="/v1/lookup", id="lookUpFacts", tag=TAG, handler=look_up_facts, query=TimesQuery,
        summary="Look up many facts",
        description="Up to 1,000 look-ups, answered in order at one position of the log.",
        body=PostLookups,
        body_example={"items": [{"company": "alibaba-cloud", "kind": "market_share", "subject": "ai-cloud", "period": "2025"}]},
        answers={200: Answer(
            description="The results.", type=LookupResults, headers={"Log-Position": LOG_POSITION},
            links={"GetFact": Link(
                operation="getFact", parameters={"id": "$response.body#/items/0/fact/id"}, description="Read the first."
            )},
        )},
        problems=(422,),
    ),
)  # fmt: skip
