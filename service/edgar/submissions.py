"""A filer's submissions as EDGAR would have answered on a day: the filings made by then, and the name of then.

Fields without a date (tickers, addresses, industry) stay as they are in the document.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import msgspec
from msgspec import Raw, Struct, field

from service.core.names import NameSpan, names_on

_Fields = dict[str, Raw]  # members of an object in their order, values as raw JSON


class FormerName(Struct, kw_only=True):
    """A former name with its first and last day, as the document writes them."""

    name: str | None = None
    first: str | None = field(name="from", default=None)
    last: str | None = field(name="to", default=None)


class OlderPage(Struct, kw_only=True, rename="camel"):
    """An older page of filings, as a submissions document lists it."""

    name: str | None = None
    filing_from: str | None = None
    filing_to: str | None = None


_fields = msgspec.json.Decoder(_Fields)
_columns = msgspec.json.Decoder(dict[str, list[Raw]])
_strings = msgspec.json.Decoder(list[str])
_listed = msgspec.json.Decoder(list[Raw] | None)
_former = msgspec.json.Decoder(FormerName)
_page = msgspec.json.Decoder(OlderPage)


def pages_across(content: bytes, day: date) -> list[str]:
    """The names of the listed older pages that begin by a day and end after it."""
    document = _fields.decode(content)
    if "filings" not in document:
        return []
    last = day.isoformat()
    pages = (_page.decode(page) for page in _pages(_fields.decode(document["filings"])))
    return [page.name for page in pages if page.name and _began(page, last) and _goes_on(page, last)]


def submissions_at(
    content: bytes, day: date, pages: Mapping[str, bytes], slug: str, *, dated_alone: bool = False
) -> bytes | None:
    """A submissions document, or an older page, as of a day; None if there were no filings by then.

    `pages` has the content of those pages of `pages_across` that were imported. `slug` stands for the name on a day for
    which no name is known. With `dated_alone`, what has no day is empty: tickers, addresses, industry.
    """
    document = _fields.decode(content)
    last = day.isoformat()
    if "filings" not in document:
        return _filed(content, last)
    filings = _fields.decode(document["filings"])
    recent = _filed(filings["recent"], last)
    listed = [_listed_at(page, last, pages) for page in _pages(filings) if _began(_page.decode(page), last)]
    if recent is None and not listed:
        return None
    filings["recent"] = Raw(recent or _none_of(filings["recent"]))
    if _pages(filings):
        filings["files"] = Raw(msgspec.json.encode(listed))
    document["filings"] = Raw(msgspec.json.encode(filings))
    if "formerNames" in document and (raws := _listed_or_none(document["formerNames"])):
        spans = dated([_former.decode(raw) for raw in raws])
        names = names_on(day, spans)
        if names.bearing != "present":
            document["name"] = _raw(slug if names.bearing is None else spans[names.bearing].name)
        document["formerNames"] = _raw([raws[place] for place in names.former])
    return msgspec.json.encode(_emptied(document) if dated_alone else document)


_DATED: Final = frozenset({"cik", "name", "formerNames", "filings"})
_NO_ADDRESS: Final = dict.fromkeys(
    ("street1", "street2", "city", "stateOrCountry", "zipCode", "stateOrCountryDescription")
)
_EMPTY: Final[Mapping[str, object]] = {
    "tickers": [], "exchanges": [], "addresses": {"mailing": _NO_ADDRESS, "business": _NO_ADDRESS},
}  # fmt: skip


def _emptied(document: _Fields) -> _Fields:
    """A submissions document whose fields without a day are empty, whatever they were; clients expect them to be there."""
    return {name: value if name in _DATED else _raw(_EMPTY.get(name)) for name, value in document.items()}


def _raw(value: object) -> Raw:
    return Raw(msgspec.json.encode(value))


def _listed_or_none(raw: Raw | None) -> list[Raw]:
    """The members of a list; none if it is absent or null."""
    return [] if raw is None else _listed.decode(raw) or []


def _filed(columns: bytes | Raw, last: str) -> bytes | None:
    """The columns of filings, with those made by a day alone; None if there are none."""
    found = _columns.decode(columns)
    kept = [place for place, filed in enumerate(_days(found)) if filed <= last]
    if not kept:
        return None
    return msgspec.json.encode({name: [cells[place] for place in kept] for name, cells in found.items()})


def _days(columns: Mapping[str, list[Raw]]) -> list[str]:
    """The column of the days filed."""
    return _strings.decode(msgspec.json.encode(columns["filingDate"]))


def _none_of(columns: Raw) -> bytes:
    return msgspec.json.encode(dict.fromkeys(_columns.decode(columns), ()))


def _pages(filings: _Fields) -> list[Raw]:
    return _listed_or_none(filings.get("files"))


def _began(page: OlderPage, last: str) -> bool:
    return page.filing_from is None or page.filing_from <= last


def _goes_on(page: OlderPage, last: str) -> bool:
    return page.filing_to is None or page.filing_to > last


def _listed_at(raw: Raw, last: str, pages: Mapping[str, bytes]) -> Raw:
    """The entry of an older page as of a day: `filingCount` and `filingTo` count the filings by then.

    Both fields are left out if the page ends after the day and was not imported.
    """
    page = _page.decode(raw)
    if not _goes_on(page, last):
        return raw
    fields = _fields.decode(raw)
    content = pages.get(page.name or "")
    days = [] if content is None else [one for one in _days(_columns.decode(content)) if one <= last]
    for name, value in (("filingCount", len(days)), ("filingTo", max(days, default=""))):
        if name in fields and days:
            fields[name] = _raw(value)
        else:
            fields.pop(name, None)
    return _raw(fields)


# -- names ---------------------------------------------------------------------------------------


def dated(former: Sequence[FormerName]) -> list[NameSpan]:
    """Former names with parsed days."""
    return [
        NameSpan(one.name, _day(one.first), _day(one.last)) if one.name else NameSpan("", None, None)
        for one in former
    ]


def _day(instant: str | None) -> date | None:
    """The day of an instant as EDGAR writes it; None if it is absent or no date."""
    try:
        return None if instant is None else date.fromisoformat(instant[:10])
    except ValueError:
        return None
