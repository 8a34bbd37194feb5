"""Operations: liveness, readiness, metrics, and the contract itself."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct
from prometheus_client import CONTENT_TYPE_LATEST

from service.core.errors import CompanyFactsError, StorageFull, Unavailable
from service.operations import registry
from service.web import metrics
from service.web.call import Call
from service.web.contract import Answer, Contract, Operation
from service.web.document import openapi
from service.web.parameters import Nothing
from service.web.replies import Reply, json_reply

TAG = "service"


_METRICS = 'companyfacts_requests_total{operation="lookUpFact",status="200"} 12.0\n'


class Health(Struct, frozen=True, kw_only=True):
    """The process answers."""

    status: Annotated[Literal["ok"], Meta(description="Always `ok`.", examples=["ok"])] = "ok"


class Readiness(Struct, frozen=True, kw_only=True):
    """The database answers, too."""

    status: Annotated[Literal["ready"], Meta(description="Always `ready`.", examples=["ready"])] = "ready"
    position: Annotated[
        int, Meta(ge=0, le=2**53 - 1, description="Last position of the log.", examples=[812])
    ]
    writes: Annotated[
        Literal["possible", "storage-full", "read-only"],
        Meta(
            description="`storage-full`: the database's disk is full, so nothing can be recorded, and reads go on. `read-only`: "
            "this is a mirror, or a service that refuses every write.",
            examples=["possible"],
        ),
    ] = "possible"


class ReadinessQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Parameters of `/readyz`."""

    use: Annotated[
        Literal["reads", "writes"],
        Meta(
            description="What the service has to be ready for: `writes` is answered 503 while nothing can be recorded.",
            examples=["writes"],
        ),
    ] = msgspec.field(name="for", default="reads")


OpenApi = Annotated[
    dict[str, msgspec.Raw],
    Meta(
        description="An OpenAPI 3.1 document.",
        extra_json_schema={"type": "object", "additionalProperties": True, "maxProperties": 100},
        examples=[{"openapi": "3.1.0"}],
    ),
]


async def get_health(call: Call) -> Reply:
    """GET /healthz."""
    call.query(Nothing)
    return json_reply(Health())


async def get_readiness(call: Call) -> Reply:
    """GET /readyz."""
    asked = call.query(ReadinessQuery)
    log, has_room = await registry.origin(call.database), await registry.has_room(call.database)
    writes: Literal["possible", "storage-full", "read-only"]
    why: CompanyFactsError | None
    if call.settings.read_only or call.known_by is not None:
        writes, why = "read-only", Unavailable("the service is read-only")
    elif log.mirror_of is not None:
        writes, why = "read-only", Unavailable(f"this is a mirror of {log.mirror_of}; write to that")
    elif not has_room:
        writes, why = "storage-full", StorageFull("the database has no room left on its disk; reads go on")
    else:
        writes, why = "possible", None
    if asked.use == "writes" and why is not None:
        raise why
    return json_reply(Readiness(position=log.position, writes=writes))


async def get_metrics(call: Call) -> Reply:
    """GET /metrics."""
    call.query(Nothing)
    return Reply(metrics.exposition(), media=CONTENT_TYPE_LATEST)


def document_operation(contract: "list[Contract]") -> Operation:
    """GET /openapi.json. `contract` is an empty list at first; it must hold the contract before the first request."""
    made: list[bytes] = []

    async def get_openapi(call: Call) -> Reply:
        call.query(Nothing)
        if not made:
            made.append(msgspec.json.encode(openapi(contract[0], call.settings.base_url)))
        return Reply(made[0])

    return Operation(
        method="GET", path="/openapi.json", id="getContract", tag=TAG, handler=get_openapi, open=True,
        summary="Get this document", description="The OpenAPI 3.1 document of the service.",
        answers={200: Answer(description="The document.", type=OpenApi, example={"openapi": "3.1.0"})},
    )  # fmt: skip


OPERATIONS = (
    Operation(
        method="GET", path="/healthz", id="getHealth", tag=TAG, handler=get_health, open=True,
        summary="Is the process alive", description="Answers without asking the database.",
        answers={200: Answer(description="It is.", type=Health)},
    ),
    Operation(
        method="GET", path="/readyz", id="getReadiness", tag=TAG, handler=get_readiness, open=True,
        summary="Is the service ready", description="Asks the database; 503 while it is away or not migrated. "
        "With `for=writes`, also while its disk is full, and of a mirror or a service that is read-only.",
        query=ReadinessQuery,
        answers={200: Answer(description="It is.", type=Readiness)}, problems=(503,),
    ),
    Operation(
        method="GET", path="/metrics", id="getMetrics", tag=TAG, handler=get_metrics, open=True,
        summary="Get metrics", description="Counts and durations in the Prometheus text format.",
        answers={200: Answer(description="The metrics.", media=CONTENT_TYPE_LATEST, example=_METRICS)},
    ),
)  # fmt: skip
