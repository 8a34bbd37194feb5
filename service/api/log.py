"""Imports of lines into the log."""

from io import BytesIO
from typing import Annotated

from msgspec import Meta, Struct

from service.api.facts import demanded
from service.core.decoding import not_lines
from service.core.errors import CompanyFactsError, Flaw, Forbidden, Invalid, Malformed
from service.operations import exchange
from service.web.call import Call
from service.web.contract import LOG_POSITION, NDJSON, Answer, Operation
from service.web.parameters import ImportQuery
from service.web.problems import Problem, problem
from service.web.replies import Reply, json_reply

TAG = "log"


class LineRefused(Struct, frozen=True, kw_only=True):
    """A line that was not recorded."""

    line: Annotated[int, Meta(ge=1, le=2**31 - 1, description="Number of the line, from 1.", examples=[3])]
    problem: Annotated[Problem, Meta(description="Why.")]


class ImportReport(Struct, frozen=True, kw_only=True):
    """The result of an import."""

    lines: Annotated[int, Meta(ge=0, le=2**31 - 1, description="Lines that are not blank.", examples=[52])]
    created: Annotated[
        int, Meta(ge=0, le=2**31 - 1, description="Lines that added to the log.", examples=[50])
    ]
    unchanged: Annotated[
        int, Meta(ge=0, le=2**31 - 1, description="Lines whose content was recorded already.", examples=[2])
    ]
    refused: Annotated[
        int, Meta(ge=0, le=2**31 - 1, description="Lines that were not recorded.", examples=[0])
    ]
    problems: Annotated[
        list[LineRefused],
        Meta(max_length=1000, description="The first 1,000 refused lines, each with its reason."),
    ]


async def import_lines(call: Call) -> Reply:
    """POST /v1/imports."""
    query = call.query(ImportQuery)
    data = await call.raw_body(NDJSON, "application/ndjson", "application/jsonl")
    count = data.count(b"\n") + (not data.endswith(b"\n"))
    is_lines = not_lines(data[:1000].lstrip().partition(b"\n")[0]) is None  # else the import says what it is
    if count > exchange.LINE_LIMIT and not query.partial and is_lines:
        raise Malformed(
            f"all or nothing takes at most {exchange.LINE_LIMIT} lines; there are {count}",
            line=exchange.LINE_LIMIT + 1,
        )
    report = await exchange.import_lines(
        call.writes,
        BytesIO(data),
        author=call.author,
        partial=query.partial,
        batch=exchange.BATCH if query.partial else None,
        demand=demanded(call, query),
    )
    if report.problems and not query.partial:
        raise _refused(report)
    problems = [
        LineRefused(line=p.line, problem=problem(p.error, call.path, base=call.settings.base_url))
        for p in report.problems[:1000]
    ]
    answer = ImportReport(
        lines=report.lines,
        created=report.created,
        unchanged=report.unchanged,
        refused=report.refused,
        problems=problems,
    )
    return json_reply(answer, position=report.position)


def _refused(report: exchange.Report) -> CompanyFactsError:
    """The error for an import that was refused as a whole: every refused line with its reasons."""
    refused = [problem.error for problem in report.problems]
    sort = next(
        (sort for sort in (Forbidden, Malformed) if any(isinstance(one, sort) for one in refused)), Invalid
    )
    first = report.problems[0]
    return sort(
        f"{len(refused)} of {report.lines} lines are refused, so nothing was recorded; the first is line {first.line}: "
        f"{first.error.detail}",
        errors=[
            Flaw(detail=flaw.detail, pointer=flaw.pointer, line=one.line)
            for one in report.problems
            for flaw in (one.error.errors or (Flaw(detail=one.error.detail),))
        ],
    )


OPERATIONS = (
    Operation(
        method="POST", path="/v1/imports", id="importLines", tag=TAG, handler=import_lines, query=ImportQuery, scope="write",
        body_limit="max_import_bytes",
        summary="Import lines",
        description="NDJSON, each line one of `company`, `concept`, `source`, `fact` or `retraction`; `companyfacts export` "
        "writes them. All or nothing, of at most 10,000 lines; or with `partial` what can be, in batches, of any number.",
        body=bytes, body_media=NDJSON,
        body_example='{"company":{"slug":"shiseido","name":"Shiseido"}}\n',
        problems=(422,),
        answers={200: Answer(description="The result.", type=ImportReport, headers={"Log-Position": LOG_POSITION})},
    ),
)  # fmt: skip
