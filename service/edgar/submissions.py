"""A filer's submissions as EDGAR would have answered on a day: the filings made by then, and the name of then.

Fields without a date (tickers, addresses, industry) stay as they are in the document.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec import Raw, Struct, field

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


def submissions_at(content: bytes, day: date, pages: Mapping[str, bytes], slug: str) -> bytes | None:
    """A submissions document, or an older page, as of a day; None if there were no filings by then.

    `pages` has the content of those pages of `pages_across` that were imported. `slug` stands for the name on a day for
    which no name is known.
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
    return msgspec.json.encode(document)


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


class NameSpan(NamedTuple):
    """A former name with its first and last day, both included; None where the day is not known."""

    name: str
    first: date | None
    last: date | None


NO_NAMES: Final[Sequence[NameSpan]] = ()  # for a company without imported submissions


class Names(NamedTuple):
    """The name on a day, and the names used before, as indexes into a list of spans."""

    # "present": the present name, which has no dates; None: no name is known for that day
    bearing: int | Literal["present"] | None
    former: Sequence[int]


def names_on(day: date, spans: Sequence[NameSpan]) -> Names:
    """The name of a filer on a day. Of a date after that day, how long after makes no difference.

    Rules, in this order:
    - Of the spans that have begun and not ended, the one that began first gives the name; of several that began on
      one day, the last in the list, since EDGAR lists the newest first.
    - If all spans have ended, the present name stands, which has no dates.
    - Between two spans, the name that ended last stands until the next begins.
    - Before the first span no name is known.

    A span without a first day has begun. One without a last day ends when another begins after it. One without both
    is ignored.
    """
    dated = [(place, span) for place, span in enumerate(spans) if span.first or span.last]
    begun = [(place, span) for place, span in dated if (span.first or date.min) <= day]
    newest = max(((span.first or date.min) for _, span in begun), default=date.min)

    def ended(span: NameSpan) -> bool:
        return span.last < day if span.last is not None else (span.first or date.min) < newest

    borne = [(span.first or date.min, -place) for place, span in begun if not ended(span)]
    bearing: int | Literal["present"] | None
    if borne:
        bearing = -min(borne)[1]
    elif len(begun) == len(dated):
        bearing = "present"
    elif begun:
        _, _, place = max(
            (_end(span, newest), -(span.first or date.min).toordinal(), place) for place, span in begun
        )
        bearing = place
    else:
        bearing = None
    former = [place for place, span in begun if place != bearing and (ended(span) or span.last == day)]
    return Names(bearing, former)


def _end(span: NameSpan, newest: date) -> date:
    """The day on which a span that has ended did so."""
    return newest if span.last is None else span.last


def name_on(day: date, spans: Sequence[NameSpan], slug: str) -> str | None:
    """The former name of a filer that stood on a day, its slug if no name is known; None: its present name stood."""
    bearing = names_on(day, spans).bearing
    if bearing == "present":
        return None
    return slug if bearing is None else spans[bearing].name


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
