"""A filer's submissions as EDGAR would have answered on a day: the filings made by then, and the name it had then.

What a document does not date (tickers, addresses, industry) stays as the document has it.
"""

from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec import Raw, Struct, field

_Fields = dict[str, Raw]  # in their order, each as it is


class FormerName(Struct, kw_only=True):
    """A name and the days it was borne from and to, both included."""

    name: str
    first: str | None = field(name="from", default=None)
    last: str | None = field(name="to", default=None)


class Page(Struct, kw_only=True, rename="camel"):
    """An older page of filings."""

    filing_from: str | None = None


_fields = msgspec.json.Decoder(_Fields)
_columns = msgspec.json.Decoder(dict[str, list[Raw]])
_strings = msgspec.json.Decoder(list[str])
_listed = msgspec.json.Decoder(list[Raw])
_former = msgspec.json.Decoder(FormerName)
_page = msgspec.json.Decoder(Page)


def submissions_at(content: bytes, day: date) -> bytes | None:
    """A filer's document, or an older page of it, as of a day; None where it had filed nothing by then."""
    document = _fields.decode(content)
    last = day.isoformat()
    if "filings" not in document:
        return _filed(content, last)
    filings = _fields.decode(document["filings"])
    recent = _filed(filings["recent"], last)
    pages = [page for page in _listed.decode(filings.get("files", Raw(b"[]"))) if _began(page, last)]
    if recent is None and not pages:
        return None
    filings["recent"] = Raw(recent or _none_of(filings["recent"]))
    if "files" in filings:
        filings["files"] = Raw(msgspec.json.encode(pages))
    document["filings"] = Raw(msgspec.json.encode(filings))
    if "formerNames" in document:
        name, former = _names(_listed.decode(document["formerNames"]), last)
        if name is not None:
            document["name"] = Raw(msgspec.json.encode(name))
        document["formerNames"] = Raw(msgspec.json.encode(former))
    return msgspec.json.encode(document)


def _filed(columns: bytes | Raw, last: str) -> bytes | None:
    """Of filings, column by column, those made by a day; None where there are none."""
    found = _columns.decode(columns)
    days = _strings.decode(msgspec.json.encode(found["filingDate"]))
    kept = [place for place, filed in enumerate(days) if filed <= last]
    if not kept:
        return None
    return msgspec.json.encode({name: [cells[place] for place in kept] for name, cells in found.items()})


def _none_of(columns: Raw) -> bytes:
    return msgspec.json.encode(dict.fromkeys(_columns.decode(columns), ()))


def _began(page: Raw, last: str) -> bool:
    began = _page.decode(page).filing_from
    return began is None or began <= last


def _names(former: Sequence[Raw], last: str) -> tuple[str | None, list[Raw]]:
    """The name that was borne on a day, None for the present one; and the names that were borne before it.

    EDGAR has the present name among the former ones too, and leaves days between two names out: the earlier one
    stands until the next begins.
    """
    begun = [(one, raw) for raw in former if ((one := _former.decode(raw)).first or "")[:10] <= last]
    borne = [one for one, _ in begun if (one.last or last)[:10] >= last]
    if borne:
        bearing = max(borne, key=lambda one: one.first or "")
    elif begun and len(begun) < len(former):
        bearing = max((one for one, _ in begun), key=lambda one: one.last or "")
    else:
        return None, [raw for _, raw in begun]
    return bearing.name, [raw for one, raw in begun if one is not bearing]
