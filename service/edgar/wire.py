"""Cuts answers in EDGAR's form out of an imported companyfacts document.

Without a day the answer is the document itself. With a day it has the rows filed by then, the frame labels that these
had then, and the company's name of that day.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType, field

from service.core.facts import FactKey
from service.core.history import Version
from service.core.kinds import Value, text_of
from service.core.periods import Period
from service.core.quantities import normal
from service.edgar import labels
from service.edgar.documents import Row
from service.edgar.labels import Claim

FACTS: Final = "/api/xbrl/companyfacts/"
SUBMISSIONS: Final = "/submissions/"
FILES: Final = "/files/"


def facts_path(cik: int) -> str:
    """Where EDGAR serves a company's facts."""
    return f"{FACTS}CIK{cik:010}.json"


def submissions_path(cik: int) -> str:
    """Where EDGAR serves a company's submissions."""
    return f"{SUBMISSIONS}CIK{cik:010}.json"


# raw JSON keeps the order of fields, unknown fields and the spelling of numbers
_Fields = dict[str, Raw]
_fields = msgspec.json.Decoder(_Fields)
_facts = msgspec.json.Decoder(dict[str, _Fields])
_rows = msgspec.json.Decoder(list[Row])
_listed = msgspec.json.Decoder(list[Raw])

RowKey = tuple[str | UnsetType, str]  # start and end of a period


class Gone(NamedTuple):
    """A retracted row, which answers leave out."""

    subject: str
    unit: str
    start: str | None
    end: str
    accession: str
    number: str  # normalised decimal


class _Shown(NamedTuple):
    """Which rows of a document are shown: those filed by a day, without the retracted ones."""

    last: str | None  # day; None: any
    gone: frozenset[Gone]

    def places(self, subject: str, unit: str, rows: Sequence[Row]) -> list[int]:
        """The indexes of the rows of a series that are shown."""
        return [
            place
            for place, row in enumerate(rows)
            if (self.last is None or row.filed <= self.last)
            and (not self.gone or _identity(subject, unit, row) not in self.gone)
        ]


def facts_at(
    content: bytes,
    day: date | None,
    gone: Collection[Gone] = (),
    name: str | None = None,
    *,
    labelled: bool = True,
) -> bytes | None:
    """A companyfacts document as of a day (None: all days), without the rows in `gone`; None if no rows are left.

    `name` replaces the document's `entityName`. Labels and descriptions of concepts, which have no days, are null if not
    `labelled`.
    """
    shown = _shown(day, gone)
    if shown is None:
        return content
    document = _fields.decode(content)
    facts = _facts.decode(document["facts"])
    for taxonomy, tags in list(facts.items()):
        for tag, raw in list(tags.items()):
            concept = _reduced(raw, f"{taxonomy}:{tag}", shown)
            if concept is None:
                del tags[tag]
            else:
                tags[tag] = concept if labelled else _unlabelled(concept)
        if not tags:
            del facts[taxonomy]
    document["facts"] = Raw(msgspec.json.encode(facts))
    if name is not None:
        document["entityName"] = _raw(name)
    return msgspec.json.encode(document) if facts else None


_UNLABELLED: Final = dict.fromkeys(("label", "description"), Raw(b"null"))


def _unlabelled(concept: Raw) -> Raw:
    """A concept of a document with label and description null, whether it has them or not."""
    fields = _fields.decode(concept)
    return _raw({**_UNLABELLED, "units": fields["units"]})


def concept_at(
    content: bytes,
    taxonomy: str,
    tag: str,
    day: date | None,
    gone: Collection[Gone] = (),
    name: str | None = None,
    *,
    labelled: bool = True,
) -> bytes | None:
    """One concept of a companyfacts document, in the form of EDGAR's companyconcept; None if it has no rows.

    `day`, `gone`, `name` and `labelled` are as in `facts_at`.
    """
    document = _fields.decode(content)
    raw = _facts.decode(document["facts"]).get(taxonomy, {}).get(tag)
    shown = _shown(day, gone)
    if raw is not None and shown is not None:
        raw = _reduced(raw, f"{taxonomy}:{tag}", shown)
    if raw is None:
        return None
    concept = _fields.decode(raw if labelled else _unlabelled(raw))
    named = document.get("entityName") if name is None else _raw(name)
    answer = {
        "cik": document["cik"], "taxonomy": _raw(taxonomy), "tag": _raw(tag), "label": concept.get("label"),
        "description": concept.get("description"), "entityName": named,
    }  # fmt: skip
    return msgspec.json.encode({key: value for key, value in answer.items() if value is not None} | concept)


def concepts_of(content: bytes) -> list[str]:
    """The concepts of a companyfacts document, as `taxonomy:tag`."""
    return [
        f"{taxonomy}:{tag}"
        for taxonomy, tags in _facts.decode(_fields.decode(content)["facts"]).items()
        for tag in tags
    ]


def without(content: bytes, parts: Iterable[Sequence[str | int]]) -> bytes:
    """A companyfacts document without some rows, units and concepts.

    Each is given by the steps to it: taxonomy and tag, then perhaps the unit, then perhaps the index of the row.
    """
    bad: dict[tuple[str | int, ...], set[str | int]] = {}
    for steps in parts:
        bad.setdefault(tuple(steps[:-1]), set()).add(steps[-1])
    document = _fields.decode(content)
    facts = _facts.decode(document["facts"])
    for taxonomy, tag in {(str(steps[0]), str(steps[1])) for steps in bad if len(steps) > 1}:
        concept = _fields.decode(facts[taxonomy][tag])
        units = _fields.decode(concept["units"])
        for unit in bad.get((taxonomy, tag), ()):
            units.pop(str(unit))
        for unit, listed in units.items():
            places = bad.get((taxonomy, tag, unit))
            if places:
                rows = [raw for place, raw in enumerate(_listed.decode(listed)) if place not in places]
                units[unit] = _raw(rows)
        concept["units"] = _raw({unit: listed for unit, listed in units.items() if bytes(listed) != b"[]"})
        facts[taxonomy][tag] = _raw(concept)
    for taxonomy, tags in facts.items():
        for tag in bad.get((taxonomy,), ()):
            tags.pop(str(tag))
    document["facts"] = _raw(facts)
    return msgspec.json.encode(document)


def _shown(day: date | None, gone: Collection[Gone]) -> _Shown | None:
    """Which rows are shown; None: all of them."""
    if day is None and not gone:
        return None
    return _Shown(None if day is None else day.isoformat(), frozenset(gone))


def _raw(value: object) -> Raw:
    return Raw(msgspec.json.encode(value))


def _identity(subject: str, unit: str, row: Row) -> Gone:
    start = row.start if isinstance(row.start, str) else None
    return Gone(subject, unit, start, row.end, row.accn, normal(repr(row.val)))


def _reduced(raw: Raw, subject: str, shown: _Shown) -> Raw | None:
    """A concept with the rows that are shown; None if there are none."""
    concept = _fields.decode(raw)
    units = _fields.decode(concept["units"])
    before = len(units)
    changed = False
    for unit, listed in list(units.items()):
        rows = _rows.decode(listed)
        places = shown.places(subject, unit, rows)
        if len(places) == len(rows) and (places or shown.last is None):
            continue
        changed = True
        if places:
            units[unit] = _raw(relabelled(_listed.decode(listed), rows, places))
        else:
            del units[unit]
    if not units and (before or shown.last is not None):
        return None
    if not changed:
        return raw
    concept["units"] = _raw(units)
    return _raw(concept)


def relabelled(raw: Sequence[Raw], rows: Sequence[Row], places: Sequence[int]) -> list[Raw]:
    """Those rows of a series at `places`, with the frame labels that they would have without the other rows.

    Exceptions to the rule of labels in the whole series hold for the part, too.
    """
    claims: dict[RowKey, Claim | None] = {}
    stated: dict[RowKey, str] = {}
    for row in rows:
        key = (row.start, row.end)
        if key not in claims:
            claims[key] = labels.claim(_period(row))
        if isinstance(row.frame, str):
            stated[key] = row.frame[2:]
    exceptions = labels.exceptions(claims.items(), stated, claims)
    last: dict[RowKey, int] = {}
    for place in places:
        row = rows[place]
        key = (row.start, row.end)
        held = last.get(key)
        if held is None or (row.filed, row.accn) >= (rows[held].filed, rows[held].accn):
            last[key] = place
    found = labels.labelled(((key, claims[key]) for key in last), exceptions)
    carried = {last[key]: f"CY{frame}" for key, frame in found.items()}
    return [_labelled(raw[place], rows[place].frame, carried.get(place, UNSET)) for place in places]


def _labelled(raw: Raw, stated: str | UnsetType, frame: str | UnsetType) -> Raw:
    if stated == frame:
        return raw
    row = _fields.decode(raw)
    row.pop("frame", None)
    if frame is not UNSET:
        row["frame"] = _raw(frame)
    return _raw(row)


def _period(row: Row) -> Period:
    last = date.fromisoformat(row.end)
    if isinstance(row.start, str):
        return Period(start=date.fromisoformat(row.start), end=last)
    return Period(instant=last)


# -- the taxonomy of facts that are not EDGAR's --------------------------------------------------

OURS: Final = "companyfacts"  # name of the taxonomy


class OurFact(NamedTuple):
    """A fact, and the version that answers."""

    key: FactKey
    id: UUID
    version: Version
    value: Value


class Ours(NamedTuple):
    """A company's facts whose subject belongs to no taxonomy."""

    cik: int
    name: str
    facts: Sequence[OurFact]


class OurRow(Struct, kw_only=True, omit_defaults=True):
    """A fact as a row: `val` is its main quantity, the lower end of a span, or else text."""

    start: str | None = None
    end: str  # without a period, the day it became public
    val: Raw | str
    accn: str  # id of the fact, `/`, number of the version
    fy: None
    fp: None
    form: str
    filed: str
    dimensions: dict[str, str] = {}


class _OurConcept(Struct, kw_only=True):
    label: str
    description: str | None
    units: dict[str, list[OurRow]]


def with_ours(content: bytes, ours: Ours) -> bytes:
    """A companyfacts document with the taxonomy `companyfacts` added at the end; `content` may be empty."""
    nothing = {"cik": _raw(ours.cik), "entityName": _raw(ours.name), "facts": Raw(b"{}")}
    document = _fields.decode(content) if content else nothing
    facts = _fields.decode(document["facts"])
    concepts: dict[str, _OurConcept] = {}
    for fact in ours.facts:
        tag = f"{fact.key.kind}:{fact.key.subject}"
        concept = concepts.get(tag)
        if concept is None:
            label = fact.key.subject.replace("-", " ")
            concept = concepts[tag] = _OurConcept(label=label, description=None, units={})
        quantity = fact.version.quantity
        unit = "text" if quantity is None else quantity.unit
        concept.units.setdefault(unit, []).append(_our_row(fact))
    if concepts:
        facts[OURS] = _raw(concepts)
    document["facts"] = _raw(facts)
    return msgspec.json.encode(document)


def _our_row(fact: OurFact) -> OurRow:
    period, version = fact.key.period, fact.version
    quantity = version.quantity
    number = None if quantity is None else quantity.value or quantity.low
    known = version.known_at.isoformat()
    return OurRow(
        start=None if period is None or period.start is None else period.start.isoformat(),
        end=known if period is None else period.last.isoformat(),
        val=text_of(fact.value) if number is None else Raw(number.encode()),
        accn=f"{fact.id}/{version.version}",
        fy=None,
        fp=None,
        form=fact.key.kind,
        filed=known,
        dimensions=fact.key.dimensions,
    )


# -- one concept over companies ------------------------------------------------------------------


class FramePoint(Struct, kw_only=True, omit_defaults=True):
    """The value of one company in a frame."""

    accn: str
    cik: int
    entity_name: str = field(name="entityName")
    loc: str | None = None
    start: str | None = None
    end: str
    val: Raw


class WireFrame(Struct, kw_only=True):
    """The values that companies reported for a concept in a calendar frame."""

    taxonomy: str
    tag: str
    ccp: str
    uom: str
    label: str | None
    description: str | None
    pts: int
    data: list[FramePoint]
