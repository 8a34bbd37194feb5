"""Tells the sorts of EDGAR's documents apart, so that a document given to the wrong command is told the right one."""

from collections.abc import Callable
from typing import Final, Literal, NamedTuple, TypeVar

import msgspec
from msgspec import Raw

from service.core.errors import Invalid

T = TypeVar("T")

FileSort = Literal["companyfacts", "companyconcept", "frames", "submissions", "page", "tickers", "table"]


class _Sign(NamedTuple):
    """A sort of document: the names at its top that only it has, what it is, and what to do with it."""

    sort: FileSort
    names: frozenset[str]
    told: str


_SIGNS: Final = (
    _Sign(
        "companyconcept",
        frozenset({"cik", "taxonomy", "tag", "units"}),
        "a companyconcept document, one concept of a company: import the companyfacts document of the company instead, "
        "which has all of them",
    ),
    _Sign(
        "frames",
        frozenset({"taxonomy", "tag", "ccp", "uom", "data"}),
        "a frames document, one concept of many companies: import the companyfacts documents of these companies instead",
    ),
    _Sign(
        "companyfacts",
        frozenset({"cik", "facts"}),
        "a companyfacts document: import it with `companyfacts import edgar`",
    ),
    _Sign(
        "submissions",
        frozenset({"cik", "filings"}),
        "a submissions document: import it with `companyfacts import submissions`",
    ),
    _Sign(
        "page",
        frozenset({"accessionNumber", "filingDate"}),
        "an older page of a submissions document: import it with `companyfacts import submissions`, under the name that it "
        "has at EDGAR, CIK##########-submissions-###.json",
    ),
    _Sign(
        "table",
        frozenset({"fields", "data"}),
        "a table of tickers: import it with `companyfacts import tickers`, as company_tickers_exchange.json or "
        "company_tickers_mf.json",
    ),
)
_TICKERS: Final = _Sign(
    "tickers",
    frozenset({"cik_str", "ticker"}),
    "a list of tickers: import it with `companyfacts import tickers`, as company_tickers.json",
)

_object = msgspec.json.Decoder(dict[str, Raw])


def sort_of(content: bytes) -> FileSort | None:
    """The sort of a document, by the names that it has; None if it is no document of EDGAR's."""
    sign = _sign_of(content)
    return None if sign is None else sign.sort


def _sign_of(content: bytes) -> _Sign | None:
    try:
        document = _object.decode(content)
        for sign in _SIGNS:
            if sign.names <= document.keys():
                return sign
        first = next(iter(document.values()), None)
        if first is not None and _TICKERS.names <= _object.decode(first).keys():
            return _TICKERS
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    return None


def read_as(sort: FileSort, read: Callable[[bytes], T], content: bytes) -> T:
    """Read a document that should be of a sort. Raises Invalid; if it is of another sort, saying so."""
    try:
        return read(content)
    except Invalid as error:
        sign = _sign_of(content)
        if sign is None or sign.sort == sort:
            raise
        raise Invalid(f"this is {sign.told}") from error
