"""Sources made of EDGAR's documents: the documents themselves, and the filings that they name."""

from datetime import date
from typing import Final

from service.core import identity
from service.core.citations import SourceDescription
from service.core.imported import PUBLISHER
from service.core.sources import NamedSource

_DATA: Final = "https://data.sec.gov"
_ARCHIVES: Final = "https://www.sec.gov/Archives/edgar/data"


def slug_of(cik: int) -> str:
    """The slug of a company that an import creates."""
    return f"cik-{cik:010}"


def filing_source(cik: int, name: str | None, accession: str, form: str, filed: date) -> NamedSource:
    """A filing as a source; its id is that of the address of its index page."""
    url = f"{_ARCHIVES}/{cik}/{accession.replace('-', '')}/{accession}-index.htm"
    described = SourceDescription(
        title=f"{form} {accession}".lstrip(),
        publisher=PUBLISHER,
        author=name,
        url=url,
        published_at=filed,
        media_type="text/html",
    )
    return NamedSource(identity.address_id(url), described, None)


def document_source(path: str, digest: bytes, title: str) -> NamedSource:
    """The document that EDGAR serves at `path`, as a source; `digest`, the SHA-256 of its content, makes its id."""
    described = SourceDescription(
        title=title,
        publisher=PUBLISHER,
        url=f"{_DATA}{path}" if path.startswith(("/api/", "/submissions/")) else f"https://www.sec.gov{path}",
        media_type="application/json",
    )
    return NamedSource(f"sha256:{digest.hex()}", described, None)
