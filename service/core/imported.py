"""What an imported version cites: the filing, and the entry of the file that it was read from.

Both citations are the same for all entries that one file has of one filing, but for the entry's pointer and
its number. So they are made once, as a *template* with room for the two, and every version's citations are
composed of it: in bulk when a document is imported, singly when an earlier version is asked for.
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
VOICE: Final = PUBLISHER.casefold()  # all filings are of one publisher, so a later one restates

# no text of a source holds control characters, so these stand for nothing else
_POINTER, _NUMBER = "\x01", "\x02"


class Cited(NamedTuple):
    """A source as it is recorded: what an import found there is not described anew."""

    id: str
    description: SourceDescription
    archived: bool


def template(filing: Cited, document: Cited) -> bytes:
    """The citations of an entry of `document` about `filing`, in three parts joined by NUL."""
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
    """Where the rows of a series stand in a companyfacts document."""
    taxonomy, tag = subject.split(":", 1)
    return f"/facts/{taxonomy}/{tag}/units/{escaped(unit)}"


def value_of(unit: str, number: str) -> bytes:
    """The value of an imported version, in JSON."""
    return encoded(MetricValue(quantity=Quantity(unit=unit, value=number)))


def citations_of(key: FactKey, imported: Imported, made: bytes) -> bytes:
    """The citations of an imported version, in JSON; `made` is the template."""
    before, between, after = made.split(b"\0")
    pointer = f"{series_pointer(key.subject, key.unit or '')}/{imported.entry}"
    return b"".join((before, pointer.encode(), between, imported.number.encode(), after))
