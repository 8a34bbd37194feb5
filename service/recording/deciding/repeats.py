"""Tells whether an assertion repeats a recorded version."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from service.core import history, imported, kinds
from service.core.citations import Cite, TextQuote
from service.core.facts import AnyAssert, FactKey
from service.core.history import Version
from service.core.quantities import Quantity, numeric
from service.core.requests import AssertFact, AssertRow
from service.core.states import FactState, cites_of, content_of, placed_content_of, value_of


def said(key: FactKey, version: Version) -> bytes:
    """The hash `content_of` a version; imported versions do not store it."""
    if version.imported is None:
        return version.content
    return content_of(value_of(key, version.value), version.known_at, cites_of(version.checks[0].citations))


def row_said(key: FactKey, request: AssertRow) -> tuple[bytes, bytes]:
    """The citations of an imported row, and the hash of what it says."""
    value = imported.value_of(key.unit or "", request.row.number)
    citations = imported.citations_of(key, request.row, request.template)
    return citations, content_of(value_of(key, value), request.known_at, cites_of(citations))


def keeps(version: Version, request: AssertFact) -> bool:
    """Whether an equal assertion adds nothing beside this version."""
    return version.retracted is None or not _revivable(version, request)


def _revivable(version: Version, request: AssertFact) -> bool:
    return request.mentioned is None or version.version in request.mentioned


def of_same_places(
    fact: FactState, assertion: AnyAssert, known_at: date, resolved: Sequence[Cite]
) -> Iterator[Version]:
    """The versions that say the same and cite the same passages, perhaps by other words around them."""
    if not any(isinstance(cite.selector, TextQuote) for cite in resolved):
        return
    content: bytes | None = None
    value, attribution = assertion.value, history.attribution_of(assertion)
    main = _comparable(kinds.main_quantity(value))
    for version in fact.versions:
        if version.imported is not None or version.known_at != known_at or version.attribution != attribution:
            continue
        if _comparable(version.quantity) != main:
            continue
        content = content or placed_content_of(value, known_at, resolved)
        cites = cites_of(version.check().citations)
        if content == placed_content_of(value_of(fact.key, version.value), known_at, cites):
            yield version


def _comparable(quantity: Quantity | None) -> object:
    return numeric(msgspec.to_builtins(quantity))


def is_exported(
    version: Version, given: Sequence[Cite], resolved: Sequence[Cite], request: AssertFact
) -> bool:
    """Whether an import restates a version of its own beside `version`, at the same places by other words around.

    Earlier releases recorded both. An export gives each quotation with its place; an empty service fed with it must come
    to the same versions.
    """
    return (
        request.mentioned is not None
        and list(given) == list(resolved)
        and cites_of(version.check().citations) != list(resolved)
    )
