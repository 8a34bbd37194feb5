"""What an imported version cites: the filing, and the entry of the file that it was read from.

Both citations are the same for all entries that one file has of one filing, but for the entry's pointer and
its number. So they are made once, as a *template* with room for the two, and every version's citations are
composed of it: in bulk when a document is imported, singly when an earlier version is asked for.
"""

from datetime import date
from typing import Final, NamedTuple

import msgspec

from service.domain import identity
from service.domain.citations import (
    Citation,
    CitedSource,
    Evidence,
    JsonPointer,
    NumberEvidence,
    SourceDescription,
)
from service.domain.edgar.places import escaped
from service.domain.facts import FactKey, encoded
from service.domain.history import Imported
from service.domain.kinds.metric import MetricValue
from service.domain.passages import link
from service.domain.quantities import Quantity
from service.domain.reading import READER
from service.domain.sources import NamedSource

PUBLISHER: Final = "U.S. Securities and Exchange Commission"
VOICE: Final = PUBLISHER.casefold()  # all filings are of one publisher, so a later one restates
_DATA: Final = "https://data.sec.gov"
_ARCHIVES: Final = "https://www.sec.gov/Archives/edgar/data"

# no text of a source holds control characters, so these stand for nothing else
_POINTER, _NUMBER = "\x01", "\x02"


def slug_of(cik: int) -> str:
    """The slug of a company first met in EDGAR."""
    return f"cik-{cik:010}"


def filing_source(cik: int, name: str | None, accession: str, form: str, filed: date) -> NamedSource:
    """A filing as a source: known by the address of its index page."""
    url = f"{_ARCHIVES}/{cik}/{accession.replace('-', '')}/{accession}-index.htm"
    described = SourceDescription(
        title=f"{form} {accession}",
        publisher=PUBLISHER,
        author=name,
        url=url,
        published_at=filed,
        media_type="text/html",
    )
    return NamedSource(identity.address_id(url), described, None)


def document_source(path: str, digest: bytes, title: str) -> NamedSource:
    """A document that EDGAR serves at `path`, as a source: known by its content."""
    described = SourceDescription(
        title=title,
        publisher=PUBLISHER,
        url=f"{_DATA}{path}" if path.startswith(("/api/", "/submissions/")) else f"https://www.sec.gov{path}",
        media_type="application/json",
    )
    return NamedSource(f"sha256:{digest.hex()}", described, None)


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
