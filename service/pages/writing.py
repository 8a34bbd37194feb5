"""The pages that write: an assertion made from a passage of a source, and a retraction.

A form is sent to the API's own operation within this process, so that it is judged as any client's request is.
"""

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from service.core.citations import Citation, Offset, SourceId, Verdict
from service.core.errors import CompanyFactsError, Forbidden, Invalid, NotFound
from service.core.facts import AnyAssert, key_of
from service.core.kinds import NAMED, Kind
from service.core.rendering import etag
from service.operations import registry
from service.operations.registry import ReadableSource
from service.pages import citing, forms
from service.pages.asking import ask, ask_with, has
from service.pages.citing import Shown
from service.pages.forms import Form
from service.pages.keys import check_token, form_page, moved, read_form
from service.pages.passages import window
from service.web import problems
from service.web.call import Call
from service.web.negotiating import names_html
from service.web.parameters import FactPath, Nothing, given
from service.web.replies import Reply

_LONGEST_READ = 5000  # code points of a passage whose first quantity is filled in
_FACTS = 20  # of a source, whose companies are offered first


class AssertPageQuery(Struct, frozen=True, kw_only=True):
    """Parameters of the page at `/assert`."""

    source: Annotated[
        SourceId | UnsetType,
        Meta(description="Source that the fact is read from.", examples=["sha256:" + "0" * 64]),
    ] = UNSET
    start: Annotated[
        Offset | UnsetType, Meta(description="First code point of the passage.", examples=[3120])
    ] = UNSET
    end: Annotated[
        Offset | UnsetType, Meta(description="Code point just after the passage.", examples=[3136])
    ] = UNSET
    kind: Annotated[Kind | UnsetType, Meta(description="Kind of the fact.", examples=["metric"])] = UNSET
    fact: Annotated[
        UUID | UnsetType,
        Meta(
            description="Fact to state again: its fields are filled in.",
            examples=["ff15fa6d-9178-8e12-8a5b-5ba4de7a66c5"],
        ),
    ] = UNSET


class _Source(NamedTuple):
    """The cited source as the form shows it."""

    document: ReadableSource
    companies: list[str]  # that facts from it are about

    @property
    def id(self) -> str:
        """Its id."""
        return self.document.source.id

    @property
    def text(self) -> str | None:
        """Its archived text; None if there is none, or it may not be shown."""
        return self.document.text if self.document.source.redistribute else None


class _Quantity(Struct):
    quantity: dict[str, Any]


class _Readings(Struct):
    items: list[_Quantity]


class _Check(Struct):
    evidence: Verdict
    citations: list[Citation]


class _FactPage(Struct):
    items: list[dict[str, Any]]


_readings = msgspec.json.Decoder(_Readings)
_check = msgspec.json.Decoder(_Check)
_facts = msgspec.json.Decoder(_FactPage)
_fact = msgspec.json.Decoder(dict[str, Any])


class _Fault(NamedTuple):
    """What is wrong with a form, and in which field."""

    detail: str
    field: str | None


class _Checked(NamedTuple):
    """What the check found."""

    evidence: Verdict
    citations: list[Shown]


async def get_assert(call: Call) -> Reply:
    """GET /assert."""
    query = call.query(AssertPageQuery)
    form: dict[str, str] = {}
    kind: str = given(query.kind) or "metric"
    if (fact_id := given(query.fact)) is not None:
        answer = await ask(call, "getFact", {"id": str(fact_id)})
        fact = _fact.decode(answer.body)
        kind = fact["kind"]
        form = forms.filled(kind, fact) | {"fact": str(fact_id), "if_match": etag(answer.body)}
        form.pop("/known_at", None)
    source_id = given(query.source)
    source = None if source_id is None else await _source(call, source_id)
    start, end = given(query.start), given(query.end)
    if source is not None:
        form["source"] = source.id
        if start is not None and end is not None:
            if source.text is None or not start < end <= len(source.text):
                raise Invalid(f"there is no text from {start} to {end} of the source", parameter="end")
            form |= {"start": str(start), "end": str(end)}
            form |= await _read(call, kind, source.text[start:end])
        if len(source.companies) == 1:
            form.setdefault("/company", source.companies[0])
    return _page(call, kind, form, source)


async def _source(call: Call, source_id: str) -> _Source:
    """Raises NotFound."""
    document = await registry.document(call.database, source_id)
    found = await ask(call, "listSourceFacts", {"id": source_id}, [("limit", str(_FACTS))])
    companies = list(dict.fromkeys(fact["company"] for fact in _facts.decode(found.body).items))
    return _Source(document, companies)


async def _read(call: Call, kind: str, passage: str) -> dict[str, str]:
    """The fields that the first quantity of a passage fills."""
    if not has(call, "readText") or len(passage) > _LONGEST_READ:
        return {}
    answer = await ask_with(call, "readText", {"text": passage, "limit": 1})
    items = _readings.decode(answer.body).items
    return forms.quantity_fields(kind, items[0].quantity) if items else {}


def _page(
    call: Call,
    kind: str,
    form: Form,
    source: _Source | None,
    *,
    faults: list[_Fault] | None = None,
    checked: _Checked | None = None,
    status: int = 200,
) -> Reply:
    passage = None
    start, end = form.get("start", ""), form.get("end", "")
    if source is not None and source.text is not None and start.isdecimal() and end.isdecimal():
        first, last = window(source.text, int(start), int(end))
        passage = (
            source.text[first : int(start)],
            source.text[int(start) : int(end)],
            source.text[int(end) : last],
        )
    # a source without a day of publication leaves open since when the fact is known
    needed = (
        {"/known_at"} if source is not None and source.document.source.published_at is None else set[str]()
    )
    known = [one._replace(required=one.required or one.pointer in needed) for one in forms.entries(kind)]
    return form_page(
        call,
        "assert.html",
        "Assert a fact",
        "State a fact, with the passage that it was read from.",
        status,
        kind=kind,
        entries=known,
        form=form,
        source=source,
        passage=passage,
        faults=faults or [],
        wrong={fault.field for fault in faults or []},
        checked=checked,
        checks=has(call, "checkFact"),
        query=call.query_string.decode("ascii", "replace"),
    )


def _cited(form: Form) -> dict[str, Any]:
    """The citation of a form. Raises Invalid."""
    source, quote = form.get("source", "").strip(), form.get("quote", "").strip()
    if not source:
        raise Invalid("name the source that it was read from", pointer="/citations/0/source")
    start, end = form.get("start", "").strip(), form.get("end", "").strip()
    if start.isdecimal() and end.isdecimal() and len(start + end) < 30:
        return {"source": source, "selector": {"type": "text_position", "start": int(start), "end": int(end)}}
    return {"source": source, **({"selector": {"type": "text_quote", "exact": quote}} if quote else {})}


class _Sent(NamedTuple):
    """A form that was sent."""

    kind: str
    form: Form

    def assertion(self) -> dict[str, Any]:
        """The assertion. Raises Invalid."""
        return forms.document(self.kind, self.form) | {"citations": [_cited(self.form)]}

    def faults(self, error: CompanyFactsError) -> list[_Fault]:
        """What an error says, with the fields that it is about."""
        known = forms.entries(self.kind)
        found: list[_Fault] = []
        for one in error.errors:
            pointer = (one.pointer or "").removeprefix("/fact")
            field = forms.place_of(pointer, known)
            if field is None and pointer.startswith("/citations"):
                field = "source" if pointer.endswith("/source") else "quote"
            found.append(_Fault(one.detail, field))
        return found or [_Fault(error.detail, None)]


def _sent(form: Form) -> _Sent:
    """Raises Invalid for an unknown kind."""
    kind = form.get("kind", "metric")
    if kind not in NAMED:
        raise Invalid(f"there is no kind {kind[:100]!r}; there are {', '.join(NAMED)}", pointer="/kind")
    return _Sent(kind, form)


async def _source_of(call: Call, form: Form) -> _Source | None:
    """The source of a form that is shown again; None if there is no such source, which the API tells."""
    try:
        return await _source(call, msgspec.convert(form.get("source", "").strip(), SourceId))
    except (NotFound, msgspec.ValidationError):
        return None


async def post_check(call: Call) -> Reply:
    """POST /forms/check: the form again, with the evidence that the assertion would get."""
    call.query(Nothing)
    sent = _sent(await read_form(call))
    try:
        answer = _check.decode((await ask_with(call, "checkFact", {"fact": sent.assertion()})).body)
    except CompanyFactsError as error:
        return await _refused(call, sent, error)
    source = await _source_of(call, sent.form)
    documents = {} if source is None else {source.id: source.document}
    checked = _Checked(answer.evidence, citing.shown(answer.citations, documents, "c"))
    return _page(call, sent.kind, sent.form, source, checked=checked)


async def _refused(call: Call, sent: _Sent, error: CompanyFactsError) -> Reply:
    """The form again with what is wrong, for a browser; raises the error for others."""
    if not names_html(call.header(b"accept")) or isinstance(error, Forbidden):
        raise error
    source, status = await _source_of(call, sent.form), problems.status_of(error)
    return _page(call, sent.kind, sent.form, source, faults=sent.faults(error), status=status)


async def post_assert(call: Call) -> Reply:
    """POST /forms/assert: record the assertion, and go on to the page of its fact."""
    call.query(Nothing)
    form = await read_form(call)
    check_token(call, form)
    sent = _sent(form)
    try:
        assertion = sent.assertion()
        answer = await ask_with(call, "assertFact", assertion, headers=_conditions(call, form, assertion))
    except CompanyFactsError as error:
        return await _refused(call, sent, error)
    return moved(f"/facts/{_fact.decode(answer.body)['id']}")


def _unchanged(form: Form) -> list[tuple[bytes, bytes]]:
    """The condition that the fact is still as the form was filled from it; none if it was not."""
    tag = form.get("if_match", "")
    return [(b"if-match", tag.encode("ascii", "replace"))] if tag else []


def _conditions(call: Call, form: Form, assertion: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    """The state of the fact that the form was filled from, if the assertion still addresses that fact."""
    try:
        addressed = str(key_of(msgspec.convert(assertion, AnyAssert)).id)
    except (msgspec.ValidationError, ValueError):
        return []  # the API says what is wrong with it
    if form.get("fact") == addressed and (unchanged := _unchanged(form)):
        return unchanged
    return [(b"if-none-match", b"*")] if call.settings.require_if_match else []


async def get_retract(call: Call) -> Reply:
    """GET /facts/{id}/retract."""
    call.query(Nothing)
    return await _retract_page(call, call.parameters(FactPath).id, {})


async def _retract_page(
    call: Call, fact_id: UUID, form: Form, error: CompanyFactsError | None = None
) -> Reply:
    answer = await ask(call, "getFact", {"id": str(fact_id)})
    fact: Mapping[str, Any] = _fact.decode(answer.body)
    return form_page(
        call,
        "retract.html",
        "Take back an assertion",
        "Record that an assertion of a fact is taken back.",
        200 if error is None else problems.status_of(error),
        fact=fact,
        form={"if_match": etag(answer.body), "version": str(fact["version"]), **form},
        error=error,
    )


async def post_retract(call: Call) -> Reply:
    """POST /forms/facts/{id}/retract: record the retraction, and go on to the page of the fact."""
    call.query(Nothing)
    fact_id = call.parameters(FactPath).id
    form = await read_form(call)
    check_token(call, form)
    version = form.get("version", "")
    body = {
        "version": int(version) if version.isdecimal() and len(version) < 12 else version,
        "reason": form.get("reason", ""),
    }
    headers = _unchanged(form)
    try:
        await ask_with(call, "retractFact", body, parameters={"id": str(fact_id)}, headers=headers)
    except CompanyFactsError as error:
        if not names_html(call.header(b"accept")) or isinstance(error, Forbidden | NotFound):
            raise
        return await _retract_page(call, fact_id, form, error)
    return moved(f"/facts/{fact_id}")
