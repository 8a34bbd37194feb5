"""`POST /v1/checks`: the evidence that an assertion would get. `POST /v1/readings`: the quantities of a text."""

from typing import TYPE_CHECKING, Annotated, Literal, Union

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from service.api.facts import NextCursor
from service.checks import reads
from service.checks.quantities import ReadQuantity
from service.checks.reads import Quoted
from service.core.citations import AnySelector, Citation, Cite, Offset, SourceId, Verdict
from service.core.decoding import Reader
from service.core.encodings import UTF_8
from service.core.errors import Invalid, Malformed
from service.core.kinds import KINDS
from service.core.kinds.base import Assert
from service.core.lists import ByNumber, fingerprint, next_cursor, read_cursor
from service.core.sources import language_of_page
from service.operations import registry
from service.operations.texts import snapshot
from service.web.call import Call
from service.web.contract import Answer, Capability, Operation
from service.web.parameters import MOST, Cursor, Limit, TimesQuery, given
from service.web.replies import Reply, json_reply

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
        Annotated[
            str,
            Meta(
                pattern=r"^[^\x00]+$",
                min_length=1,
                max_length=MOST_CHARACTERS,
                extra={"form": "text without NUL"},
            ),
        ]
        | UnsetType,
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
        times = call.times(call.bounded(TimesQuery()))
        text = "" if asked.text is UNSET else asked.text
        found = await reads.check(call.database, assertion, quoted, text, times)
    except Invalid as refused:
        raise refused.below("/fact") from None
    return json_reply(CheckResult(evidence=found.evidence, citations=found.citations))


class PostReading(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text to read: `text` itself, or the archived text of `source`, or a part of it."""

    text: Annotated[
        Annotated[str, Meta(pattern=r"^[^\x00]+$", min_length=1, max_length=MOST_CHARACTERS)] | UnsetType,
        Meta(description="The text.", examples=["Revenue rose 12% to $5.2 billion."]),
    ] = UNSET
    media_type: Annotated[
        Literal["text/plain", "text/html"],
        Meta(
            description="Of `text`. Of HTML the text is extracted, as of a source; offsets count in that.",
            examples=["text/plain"],
        ),
    ] = "text/plain"
    source: Annotated[SourceId | UnsetType, Meta(description="A source whose text is archived.")] = UNSET
    start: Annotated[
        Annotated[int, Meta(ge=0, le=100_000_000)] | UnsetType,
        Meta(description="First code point of the part to read.", examples=[0]),
    ] = UNSET
    end: Annotated[
        Annotated[int, Meta(ge=1, le=100_000_000)] | UnsetType,
        Meta(description="Code point just after the part.", examples=[2000]),
    ] = UNSET
    language: Annotated[
        Annotated[str, Meta(pattern=r"^[a-z]{2}$(?!\n)", max_length=2)] | UnsetType,
        Meta(
            description="ISO 639-1 code: of sentences that are too short to tell. Without it, that of the source or of the page.",
            examples=["en"],
        ),
    ] = UNSET
    limit: Limit = MOST
    cursor: Cursor | UnsetType = UNSET


class TextReading(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A quantity that the service reads in a text."""

    text: Annotated[
        str, Meta(max_length=MOST_CHARACTERS, description="The words.", examples=["$5.2 billion"])
    ]
    start: Annotated[Offset, Meta(description="First code point of the words.", examples=[20])]
    end: Annotated[Offset, Meta(description="Code point just after them.", examples=[32])]
    quantity: ReadQuantity
    language: Annotated[
        Annotated[str, Meta(max_length=2)] | None,
        Meta(description="ISO 639-1 code of the sentence's language, if it can be told.", examples=["en"]),
    ] = None
    modality: Annotated[
        Literal["stated", "expected"] | None,
        Meta(
            description="Whether the text states it or expects it: a forecast, a plan. A denied number is not read.",
            examples=["stated"],
        ),
    ] = None


class ReadingPage(Struct, frozen=True, kw_only=True):
    """A page of the quantities of a text, in order."""

    items: Annotated[list[TextReading], Meta(max_length=1000, description="The quantities.")]
    next: NextCursor


_texts = Reader[PostReading](PostReading)


async def post_reading(call: Call) -> Reply:
    """POST /v1/readings."""
    asked = await call.body(_texts)
    text, first, language = await _text(call, asked)
    language = language if asked.language is UNSET else asked.language
    belongs = fingerprint("readings", text, first, language)
    after = -1
    if (cursor := given(asked.cursor)) is not None:
        (after,), _ = read_cursor(cursor, belongs, ByNumber)
    found = [one for one in await reads.readings(text, language) if one.start > after]
    shown = found[: asked.limit]
    items = [
        TextReading(
            text=text[one.start : one.end],
            start=first + one.start,
            end=first + one.end,
            quantity=one.quantity,
            language=one.language,
            modality=None if one.modality == "denied" else one.modality,
        )
        for one in shown
    ]
    following = ByNumber(shown[-1].start) if len(found) > len(shown) else None
    return json_reply(ReadingPage(items=items, next=next_cursor(following, 0, belongs)))


async def _text(call: Call, asked: PostReading) -> tuple[str, int, str]:
    """The text to read, the place of its first code point, and its language ("" if not known).

    Raises Malformed, Invalid, NotFound, Forbidden.
    """
    if (asked.text is UNSET) == (asked.source is UNSET):
        raise Malformed("give either text or source", pointer="/text" if asked.text is UNSET else "/source")
    if asked.text is not UNSET:
        if asked.start is not UNSET or asked.end is not UNSET:
            raise Invalid("start and end are of a source", pointer="/start")
        if asked.media_type == "text/plain":
            return asked.text, 0, ""
        content = asked.text.encode()
        declared = language_of_page(asked.media_type, content) or ""
        return (await snapshot(content, asked.media_type, UTF_8)).text, 0, declared
    times = call.times(call.bounded(TimesQuery()))
    whole, tag = (await registry.archived_text(call.database, str(asked.source), times)).found
    first = 0 if asked.start is UNSET else asked.start
    last = len(whole) if asked.end is UNSET else asked.end
    if not first < last <= len(whole):
        raise Invalid(f"start and end are no part of the text, which ends at {len(whole)}", pointer="/end")
    if last - first > MOST_CHARACTERS:
        raise Invalid(f"a part has at most {MOST_CHARACTERS:,} code points", pointer="/end")
    return whole[first:last], first, tag


_OPERATIONS = (
    Operation(
        method="POST", path="/v1/checks", id="checkFact", tag=TAG, handler=post_check, heeds_day=True,
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
    Operation(
        method="POST", path="/v1/readings", id="readText", tag=TAG, handler=post_reading, heeds_day=True,
        summary="Read the quantities of a text",
        description="Every quantity that the service reads in a text, with its place, unit, bound, language and modality, in "
        "order. What could be read in two ways is left out. Nothing is recorded.",
        body=PostReading, body_example={"text": "Revenue rose 12% to $5.2 billion."},
        problems=(404, 422),
        answers={200: Answer(
            description="The quantities.", type=ReadingPage,
        )},
    ),
)  # fmt: skip

CAPABILITY = Capability(
    tag=TAG,
    about="What the service reads in a text, and would say of an assertion, before anything is recorded.",
    operations=_OPERATIONS,
    unions={"Check": (AnyCheck, "An assertion of a fact of any kind, to be checked.")},
)
