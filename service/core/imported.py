"""Composes the value and citations of versions imported from EDGAR.

An imported version cites its filing and the entry of the document that it was read from. For all entries of a document
about one filing, the citations differ only in the entry's pointer and number. So they are stored once for each filing as
a *template* with two gaps, and filled in for each version.
"""

from typing import Final, NamedTuple

import msgspec

from service.core.citations import (
    READER,
    Citation,
    CitedSource,
    Evidence,
    JsonPointer,
    NumberEvidence,
    SourceDescription,
)
from service.core.facts import FactKey, encoded
from service.core.history import Imported
from service.core.kinds.metric import MetricValue
from service.core.passages import link
from service.core.places import escaped
from service.core.quantities import Quantity

PUBLISHER: Final = "U.S. Securities and Exchange Commission"
VOICE: Final = PUBLISHER.casefold()  # all filings have one publisher, so a later one is a restatement

# placeholders: texts of sources contain no control characters
_POINTER, _NUMBER = "\x01", "\x02"


class Cited(NamedTuple):
    """A recorded source, as citations need it."""

    id: str
    description: SourceDescription
    archived: bool


def template(filing: Cited, document: Cited) -> bytes:
    """The JSON of the citations of an entry of `document` about `filing`: three parts joined by NUL."""
    checked = Evidence(
        verdict="verified",
        checker=READER,
        numbers=[NumberEvidence(field="quantity", agrees=True, text=_NUMBER)],
        names_company=False,
    )
    whole = encoded(
        [
            _citation(filing, None, Evidence(verdict="unarchived")),
            _citation(document, JsonPointer(pointer=_POINTER), checked),
        ]
    )
    before, rest = whole.split(_in_json(_POINTER))
    between, after = rest.split(_in_json(_NUMBER))
    return b"\0".join((before, between, after))


def template_of(citations: bytes, key: FactKey, row: Imported) -> bytes:
    """The template that these citations of an imported version were composed from: see `template`."""
    before, _, rest = citations.partition(b'"%b"' % _pointer(key, row).encode())
    between, _, after = rest.partition(b'"text":"%b"' % row.number.encode())
    return b"\0".join((before + b'"', b'"' + between + b'"text":"', b'"' + after))


def _in_json(mark: str) -> bytes:
    return msgspec.json.encode(mark).strip(b'"')


def _citation(cited: Cited, selector: JsonPointer | None, checked: Evidence) -> Citation:
    described = cited.description
    return Citation(
        source=CitedSource(
            id=cited.id,
            title=described.title,
            publisher=described.publisher,
            author=described.author,
            url=described.url,
            published_at=described.published_at,
            archived=cited.archived,
        ),
        selector=selector,
        evidence=checked,
        link=link(described.url, selector),
    )


def series_pointer(subject: str, unit: str) -> str:
    """The JSON pointer to the rows of a series in a companyfacts document."""
    taxonomy, tag = subject.split(":", 1)
    return f"/facts/{taxonomy}/{tag}/units/{escaped(unit)}"


def value_of(unit: str, number: str) -> bytes:
    """The JSON of the value of an imported version."""
    return encoded(MetricValue(quantity=Quantity(unit=unit, value=number)))


def _pointer(key: FactKey, row: Imported) -> str:
    return f"{series_pointer(key.subject, key.unit or '')}/{row.entry}"


def citations_of(key: FactKey, imported: Imported, made: bytes) -> bytes:
    """The JSON of the citations of an imported version; `made` is its template."""
    before, between, after = made.split(b"\0")
    return b"".join((before, _pointer(key, imported).encode(), between, imported.number.encode(), after))
