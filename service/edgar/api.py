"""EDGAR's wire form, under EDGAR's own paths."""

from email.utils import format_datetime
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from service.core.errors import Malformed, NotFound
from service.core.periods import Day, parse_period
from service.core.quantities import UNIT_LIMIT, UNIT_PATTERN
from service.edgar import reads as edgar
from service.edgar import wire
from service.edgar.reads import Served
from service.edgar.shapes import (
    EdgarCompanyConcept,
    EdgarCompanyFacts,
    EdgarFrame,
    EdgarSubmissions,
    EdgarTickers,
)
from service.web.call import Call
from service.web.contract import IF_NONE_MATCH, READ_THEN, Answer, Capability, Header, Operation
from service.web.parameters import TimesQuery, given
from service.web.replies import Reply

TAG = "edgar"

_P = TypeVar("_P", bound=Struct)

_TAXONOMY = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9-]*$(?!\n)",
        max_length=100,
        description="The taxonomy that the concept is of.",
        examples=["us-gaap"],
    ),
]
_KNOWN_AT = Meta(
    description="Answer as EDGAR would have on that day: the rows filed by then, with the frame labels they had then, "
    "and the company's name of that day. An extension of ours.",
    examples=["2015-06-30"],
)


class CompanyFactsPath(Struct, frozen=True, kw_only=True):
    """A company's file."""

    file: Annotated[
        str,
        Meta(
            pattern=r"^CIK[0-9]{10}\.json$(?!\n)",
            max_length=100,
            description="`CIK`, the ten digits of the company's number with leading zeros, and `.json`.",
            examples=["CIK0000320193.json"],
        ),
    ]


class CompanyConceptPath(Struct, frozen=True, kw_only=True):
    """A concept of a company."""

    company: Annotated[
        str,
        Meta(
            pattern=r"^CIK[0-9]{10}$(?!\n)",
            max_length=100,
            description="`CIK` and the ten digits of the company's number with leading zeros.",
            examples=["CIK0000320193"],
        ),
    ]
    taxonomy: _TAXONOMY
    file: Annotated[
        str,
        Meta(
            pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*\.json$(?!\n)",
            max_length=300,
            description="The concept's tag and `.json`.",
            examples=["Assets.json"],
        ),
    ]


class FramePath(Struct, frozen=True, kw_only=True):
    """A concept in a calendar frame."""

    taxonomy: _TAXONOMY
    tag: Annotated[
        str,
        Meta(
            pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$(?!\n)",
            max_length=300,
            description="The concept's tag.",
            examples=["Assets"],
        ),
    ]
    unit: Annotated[
        str,
        Meta(
            pattern=UNIT_PATTERN,
            max_length=UNIT_LIMIT + 10,
            description="The unit, with `-per-` for a stroke: `USD-per-shares`.",
            examples=["USD"],
        ),
    ]
    file: Annotated[
        str,
        Meta(
            pattern=r"^CY(?!0000)[0-9]{4}(Q[1-4]I?)?\.json$(?!\n)",
            max_length=100,
            description="`CY`, a year, perhaps with a quarter and an `I` for instants, and `.json`.",
            examples=["CY2019Q1I.json"],
        ),
    ]


class SubmissionsPath(Struct, frozen=True, kw_only=True):
    """A company's submissions."""

    file: Annotated[
        str,
        Meta(
            pattern=r"^CIK[0-9]{10}(-submissions-[0-9]{3})?\.json$(?!\n)",
            max_length=100,
            description="`CIK` and ten digits, perhaps `-submissions-001` for older ones, and `.json`.",
            examples=["CIK0000320193.json"],
        ),
    ]


class TickersPath(Struct, frozen=True, kw_only=True):
    """A list of tickers."""

    file: Annotated[
        str,
        Meta(
            pattern=r"^company_tickers(_exchange|_mf)?\.json$(?!\n)",
            max_length=100,
            description="`company_tickers.json`, `company_tickers_exchange.json` or `company_tickers_mf.json`.",
            examples=["company_tickers.json"],
        ),
    ]


class KnownAt(TimesQuery, frozen=True, kw_only=True):
    """The times of EDGAR's paths."""

    known_at: Annotated[Day | UnsetType, _KNOWN_AT] = UNSET


class CompanyFactsQuery(KnownAt, frozen=True, kw_only=True):
    """The query of a company's facts."""

    taxonomy: Annotated[
        Literal["companyfacts"] | UnsetType,
        Meta(
            description="Add a taxonomy of this name. It has the facts whose subject is in no taxonomy. An extension of ours.",
            examples=["companyfacts"],
        ),
    ] = UNSET


class SubmissionsQuery(TimesQuery, frozen=True, kw_only=True):
    """The query of a company's submissions."""

    known_at: Annotated[
        Day | UnsetType,
        Meta(
            description="Answer as EDGAR would have on that day: the filings made by then, and the company's name of then. "
            "Fields without a date, as tickers and addresses, stay as they are; where the request is bound to a day, they are "
            "empty. An extension of ours.",
            examples=["2015-06-30"],
        ),
    ] = UNSET


class TickersQuery(TimesQuery, frozen=True, kw_only=True):
    """The query of a list of tickers."""

    known_at: Annotated[
        Day | UnsetType,
        Meta(
            description="Answer with the newest list that had been imported by the end of that day in UTC: lists of tickers "
            "have no dates of their own. An extension of ours.",
            examples=["2026-11-24"],
        ),
    ] = UNSET


LAST_MODIFIED = Header(
    description="When the document was imported. A read with `If-Modified-Since` that instant is answered 304.",
    schema={"type": "string", "maxLength": 40, "examples": ["Tue, 24 Nov 2026 07:28:00 GMT"]},
    required=False,
)
IF_MODIFIED_SINCE = Header(
    description="Answer 304 if the document is not newer. Ignored where `If-None-Match` is sent.",
    schema={
        "type": "string",
        "minLength": 1,
        "maxLength": 100,
        "pattern": r"^[ -~]+$",
        "examples": ["Tue, 24 Nov 2026 07:28:00 GMT"],
    },
    required=False,
)


def _path(call: Call, wanted: type[_P]) -> _P:
    """The parameters in the path. Raises NotFound, as EDGAR answers, for a path that it could not have."""
    try:
        return call.parameters(wanted)
    except Malformed as error:
        raise NotFound(f"there is nothing at {call.path}") from error


def _reply(served: Served) -> Reply:
    modified = {} if served.modified is None else {
        "last-modified": format_datetime(served.modified.replace(microsecond=0), usegmt=True)
    }  # fmt: skip
    if served.gzipped:
        return Reply(b"", headers=modified, position=served.position, etag=served.etag, gzipped=served.body)
    return Reply(served.body, headers=modified, position=served.position, etag=served.etag)


async def get_company_facts(call: Call) -> Reply:
    """GET /api/xbrl/companyfacts/{file}."""
    query, path = call.query(CompanyFactsQuery), _path(call, CompanyFactsPath)
    return _reply(
        await edgar.company_facts(
            call.database,
            int(path.file[3:13]),
            call.times(query),
            ours=given(query.taxonomy) is not None,
            gzipped=call.takes_gzip(),
        )
    )


async def get_company_concept(call: Call) -> Reply:
    """GET /api/xbrl/companyconcept/{company}/{taxonomy}/{file}."""
    query, path = call.query(KnownAt), _path(call, CompanyConceptPath)
    return _reply(
        await edgar.company_concept(
            call.database,
            int(path.company[3:]),
            path.taxonomy,
            path.file.removesuffix(".json"),
            call.times(query),
            gzipped=call.takes_gzip(),
        )
    )


async def get_frame(call: Call) -> Reply:
    """GET /api/xbrl/frames/{taxonomy}/{tag}/{unit}/{file}."""
    query, path = call.query(KnownAt), _path(call, FramePath)
    label = path.file.removeprefix("CY").removesuffix(".json")
    found, position = await edgar.frame(
        call.database,
        path.taxonomy,
        path.tag,
        path.unit,
        parse_period(label.removesuffix("I")),
        label,
        call.times(query),
    )
    return Reply(msgspec.json.encode(found), position=position)


async def get_submissions(call: Call) -> Reply:
    """GET /submissions/{file}."""
    query = call.query(SubmissionsQuery)
    file = _path(call, SubmissionsPath).file
    times = call.times(query)
    return _reply(
        await edgar.submissions(call.database, f"{wire.SUBMISSIONS}{file}", times, gzipped=call.takes_gzip())
    )


async def get_tickers(call: Call) -> Reply:
    """GET /files/{file}."""
    query = call.query(TickersQuery)
    file = _path(call, TickersPath).file
    times = call.times(query)
    return _reply(await edgar.tickers(call.database, f"{wire.FILES}{file}", times, gzipped=call.takes_gzip()))


_SENT = {**READ_THEN, "Last-Modified": LAST_MODIFIED}
_ASKED = {"If-None-Match": IF_NONE_MATCH, "If-Modified-Since": IF_MODIFIED_SINCE}
_AS_IMPORTED = "The newest document that was imported, unchanged: keys, rows and numbers in their order."

_OPERATIONS = (
    Operation(
        method="GET", path="/api/xbrl/companyfacts/{file}", id="getEdgarCompanyFacts", tag=TAG,
        handler=get_company_facts, parameters=CompanyFactsPath, query=CompanyFactsQuery, headers=_ASKED, problems=(404, 422),
        summary="Get a company's facts in EDGAR's form",
        description=f"{_AS_IMPORTED} With `known_at`, what EDGAR would have answered on that day.",
        answers={
            200: Answer(
                description="Everything that the company reported.", type=EdgarCompanyFacts, headers=_SENT,
            ),
        },
    ),
    Operation(
        method="GET", path="/api/xbrl/companyconcept/{company}/{taxonomy}/{file}", id="getEdgarCompanyConcept", tag=TAG,
        handler=get_company_concept, parameters=CompanyConceptPath, query=KnownAt, headers=_ASKED, problems=(404, 422),
        summary="Get a concept of a company in EDGAR's form",
        description="One concept, cut out of the company's facts.",
        answers={
            200: Answer(
                description="Everything that the company reported for the concept.", type=EdgarCompanyConcept, headers=_SENT,
            ),
        },
    ),
    Operation(
        method="GET", path="/api/xbrl/frames/{taxonomy}/{tag}/{unit}/{file}", id="getEdgarFrame", tag=TAG,
        handler=get_frame, parameters=FramePath, query=KnownAt, headers={"If-None-Match": IF_NONE_MATCH}, problems=(404, 422),
        summary="Get a concept over companies in EDGAR's form",
        description="For each company the row that has the frame's label; with `known_at`, the row that had it on that day.",
        answers={
            200: Answer(
                description="What companies reported for the frame.", type=EdgarFrame, headers=READ_THEN,
            ),
        },
    ),
    Operation(
        method="GET", path="/submissions/{file}", id="getEdgarSubmissions", tag=TAG, handler=get_submissions,
        parameters=SubmissionsPath, query=SubmissionsQuery, headers=_ASKED, problems=(404, 422),
        summary="Get a company's submissions in EDGAR's form",
        description=_AS_IMPORTED,
        answers={
            200: Answer(
                description="The filer and its filings.", type=EdgarSubmissions, headers=_SENT,
            ),
        },
    ),
    Operation(
        method="GET", path="/files/{file}", id="getEdgarTickers", tag=TAG, handler=get_tickers, parameters=TickersPath,
        query=TickersQuery, headers=_ASKED, problems=(404, 422), summary="Get EDGAR's list of tickers", description=_AS_IMPORTED,
        answers={
            200: Answer(
                description="The list.", type=EdgarTickers, headers=_SENT,
            ),
        },
    ),
)  # fmt: skip

CAPABILITY = Capability(
    tag=TAG,
    about="What was imported from EDGAR, under EDGAR's own paths and in EDGAR's form.",
    operations=_OPERATIONS,
)
