"""`POST /v1/checks`: the evidence that an assertion would get."""

from typing import TYPE_CHECKING, Annotated, Union

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from service.checks import reads
from service.checks.reads import Quoted
from service.core.citations import AnySelector, Citation, Cite, SourceId, Verdict
from service.core.decoding import Reader
from service.core.errors import Invalid
from service.core.kinds import KINDS
from service.core.kinds.base import Assert
from service.web.contract import Answer, Capability, Operation
from service.web.exchange import Call, Reply, json_reply

TAG = "checks"
MOST_CHARACTERS = 200_000


class CheckCite(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What an assertion that is checked cites: a recorded source, or the text of the request."""

    source: Annotated[SourceId | UnsetType, Meta(description="A recorded source; absent: `text`.")] = UNSET
    selector: Annotated[AnySelector | None, Meta(description="The passage; absent, the whole document.")] = (
        None
    )


_CITATIONS = Annotated[list[CheckCite], Meta(min_length=1, max_length=20, description="Where it was read.")]
# an assertion of each kind, whose citations may leave out their source
_CHECKED = {
    msgspec.defstruct(
        one.assertion.__name__.replace("Assert", "Check", 1),
        [("citations", _CITATIONS)],
        bases=(one.assertion,),
        namespace={"__doc__": f"An assertion to check: {one.fact.__doc__}"},
        frozen=True,
        kw_only=True,
        tag_field="kind",
        tag=one.name,
    ): one.assertion
    for one in KINDS
}
if TYPE_CHECKING:
    AnyCheck = Assert
else:
    AnyCheck = Union[tuple(_CHECKED)]  # noqa: UP007 - of a list


class PostCheck(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An assertion to check, and the text that it was read from, if that is no recorded source."""

    fact: AnyCheck
    text: Annotated[
        Annotated[str, Meta(pattern=r"^[^\x00]+$", min_length=1, max_length=MOST_CHARACTERS)] | UnsetType,
        Meta(
            description="The text of the citations that name no source.",
            examples=["Revenue rose 12% to $5.2 billion."],
        ),
    ] = UNSET


class CheckResult(Struct, frozen=True, kw_only=True):
    """The evidence that an assertion would get."""

    evidence: Annotated[
        Verdict,
        Meta(description="What the service found in the passages, taken together.", examples=["verified"]),
    ]
    citations: Annotated[
        list[Citation], Meta(max_length=20, description="Each citation with its passage and its evidence.")
    ]


_posts = Reader[PostCheck](PostCheck)


async def post_check(call: Call) -> Reply:
    """POST /v1/checks."""
    asked = await call.body(_posts)
    quoted: list[Quoted] = []
    # the checked structs differ from assertions in their citations alone
    cites: list[CheckCite] = msgspec.structs.asdict(asked.fact)["citations"]
    for place, cite in enumerate(cites):
        if cite.source is UNSET and asked.text is UNSET:
            pointer = f"/fact/citations/{place}/source"
            raise Invalid("name a recorded source, or send the text", pointer=pointer)
        quoted.append(Quoted(None if cite.source is UNSET else cite.source, cite.selector))
    fields = {name: getattr(asked.fact, name) for name in asked.fact.__struct_fields__ if name != "citations"}
    empty: list[Cite] = []
    assertion = _CHECKED[type(asked.fact)](**fields, citations=empty)
    try:
        found = await reads.check(call.database, assertion, quoted, "" if asked.text is UNSET else asked.text)
    except Invalid as refused:
        raise refused.below("/fact") from None
    return json_reply(CheckResult(evidence=found.evidence, citations=found.citations))


_SOURCE = "sha256:3b8bbca0aab1b6a2f0b7f2ae8d3ba8b3ac0d2a9ab94ea16d1a8d2e8e4cb6c8ab"
_OPERATIONS = (
    Operation(
        method="POST", path="/v1/checks", id="checkFact", tag=TAG, handler=post_check,
        summary="Check an assertion",
        description="The evidence that an assertion would get, by the same code. Nothing is recorded. Citations that name no "
        "source are of `text`, whose id is its hash and which is not archived.",
        body=PostCheck,
        body_example={
            "fact": {
                "kind": "metric", "company": "alibaba-group", "subject": "revenue",
                "period": {"start": "2025-07-01", "end": "2025-09-30"},
                "value": {"quantity": {"value": "247.8", "unit": "CNY"}},
                "citations": [{"selector": {"type": "text_quote", "exact": "revenue of 247.8 yuan"}}],
            },
            "text": "It had revenue of 247.8 yuan.",
        },
        problems=(422,),
        answers={200: Answer(description="The evidence.", type=CheckResult)},
    ),
)  # fmt: skip

CAPABILITY = Capability(
    tag=TAG,
    about="What the service would say of an assertion, before it is recorded.",
    operations=_OPERATIONS,
    unions={"Check": (AnyCheck, "An assertion of a fact of any kind, to be checked.")},
)
