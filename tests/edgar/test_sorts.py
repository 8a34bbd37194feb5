"""Telling EDGAR's documents apart by the names that they have."""

import json
from typing import Any

import pytest

from service.core.errors import Invalid
from service.edgar.sorts import read_as, sort_of
from tests.edgar.test_api import LISTS, PAGE, SUBMISSIONS
from tests.edgar_documents import small

CONCEPT: dict[str, Any] = {
    "cik": 1,
    "taxonomy": "us-gaap",
    "tag": "Assets",
    "label": "Assets",
    "description": None,
    "entityName": "A",
    "units": {},
}
FRAME: dict[str, Any] = {
    "taxonomy": "us-gaap",
    "tag": "Assets",
    "ccp": "CY2019Q1I",
    "uom": "USD",
    "label": None,
    "description": None,
    "pts": 0,
    "data": [],
}


TOLD: list[tuple[Any, str | None]] = [
    (small(), "companyfacts"),
    (CONCEPT, "companyconcept"),
    (FRAME, "frames"),
    (SUBMISSIONS, "submissions"),
    (PAGE, "page"),
    (LISTS["company_tickers"], "tickers"),
    (LISTS["company_tickers_exchange"], "table"),
    (LISTS["company_tickers_mf"], "table"),
    ({}, None),
    ([], None),
    ({"a": 1}, None),
    (None, None),
]


@pytest.mark.parametrize(("document", "sort"), TOLD)
def test_a_document_is_of_the_sort_that_its_names_tell(document: Any, sort: str | None) -> None:
    assert sort_of(json.dumps(document).encode()) == sort


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000, b'{"a":' * 100_000])
def test_what_is_no_document_is_of_no_sort(content: bytes) -> None:
    assert sort_of(content) is None


def refusing(_: bytes) -> None:
    raise Invalid("a field is missing", pointer="/facts")


def test_a_document_of_the_wanted_sort_keeps_its_own_refusal() -> None:
    with pytest.raises(Invalid, match="a field is missing"):
        read_as("companyfacts", refusing, json.dumps(small()).encode())
    with pytest.raises(Invalid, match="a field is missing"):
        read_as("companyfacts", refusing, b"{}")


def test_a_document_of_another_sort_is_told_so_only_if_it_is_refused() -> None:
    with pytest.raises(Invalid, match="this is a companyconcept document"):
        read_as("companyfacts", refusing, json.dumps(CONCEPT).encode())
    assert read_as("companyfacts", len, json.dumps(CONCEPT).encode())
