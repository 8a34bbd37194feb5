"""Sources made of EDGAR's documents: their ids, addresses and titles."""

from datetime import date
from hashlib import sha256

import pytest

from service.core import identity
from service.edgar.entries import document_source, filing_source, slug_of


def test_a_company_is_named_by_its_ten_digits() -> None:
    assert slug_of(320193) == "cik-0000320193"


def test_a_filing_is_known_by_the_address_of_its_index_page() -> None:
    named = filing_source(320193, "Apple Inc.", "0000320193-19-000119", "10-K", date(2019, 10, 31))
    url = "https://www.sec.gov/Archives/edgar/data/320193/000032019319000119/0000320193-19-000119-index.htm"
    assert (named.id, named.description.url) == (identity.address_id(url), url)
    assert named.description.title == "10-K 0000320193-19-000119"
    assert (named.description.author, named.description.published_at) == ("Apple Inc.", date(2019, 10, 31))


def test_a_filing_without_a_form_is_titled_by_its_number() -> None:
    named = filing_source(5, None, "0000000005-19-000001", "", date(2019, 10, 31))
    assert (named.description.title, named.description.author) == ("0000000005-19-000001", None)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        (
            "/api/xbrl/companyfacts/CIK0000000005.json",
            "https://data.sec.gov/api/xbrl/companyfacts/CIK0000000005.json",
        ),
        ("/submissions/CIK0000000005.json", "https://data.sec.gov/submissions/CIK0000000005.json"),
        ("/files/company_tickers.json", "https://www.sec.gov/files/company_tickers.json"),
    ],
)
def test_a_document_is_known_by_its_content_and_has_the_address_that_it_has_at_edgar(
    path: str, url: str
) -> None:
    digest = sha256(b"{}").digest()
    named = document_source(path, digest, "A document")
    assert (named.id, named.description.url) == (f"sha256:{digest.hex()}", url)
    assert named.description.media_type == "application/json"
