"""The answers that EDGAR would give, cut out of the document that was imported.

What is not asked for at a day is the document itself. At a day it is the rows that were filed by then, with the
frame labels that they would have had then.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType, field

from service.domain.edgar import labels
from service.domain.edgar.documents import Row
from service.domain.edgar.labels import Claim
from service.domain.facts import FactKey
from service.domain.history import Version
from service.domain.kinds import AnyValue
from service.domain.periods import Period
from service.domain.quantities import normal

FACTS: Final = "/api/xbrl/companyfacts/"
SUBMISSIONS: Final = "/submissions/"
FILES: Final = "/files/"


def facts_path(cik: int) -> str:
    """Where EDGAR serves a company's facts."""
    return f"{FACTS}CIK{cik:010}.json"


class Concept(Struct, kw_only=True):
    """What a company reported of a concept, by unit."""

    label: str | None
    description: str | None
    units: dict[str, list[Row]]


class CompanyFacts(Struct, kw_only=True):
    """All that a company reported, by taxonomy and tag."""

    cik: int | str
    entity_name: str = field(name="entityName")
    facts: dict[str, dict[str, Concept]]


class CompanyConcept(Struct, kw_only=True):
    """All that a company reported of one concept."""

    cik: int | str
    taxonomy: str
    tag: str
    label: str | None
    description: str | None
    entity_name: str = field(name="entityName")
    units: dict[str, list[Row]] | Raw


class _Whole(Struct, kw_only=True):
    """A concept whose rows are handed on as they are."""

    label: str | None
    description: str | None
    units: Raw


class _Cut(Struct, kw_only=True):
    """A document, of which one concept is wanted."""

    cik: int | str
    entity_name: str = field(name="entityName")
    facts: dict[str, dict[str, Raw]]


_facts = msgspec.json.Decoder(CompanyFacts)
_cut = msgspec.json.Decoder(_Cut)
_concept = msgspec.json.Decoder(Concept)
_whole = msgspec.json.Decoder(_Whole)

Key = tuple[str | UnsetType, str]  # start and end of a period


class Gone(NamedTuple):
    """A row that was retracted: it is left out of the wire."""

    subject: str
    unit: str
    start: str | None
    end: str
    accession: str
    number: str  # in its one spelling


Keep = Callable[[str, str, list[Row]], list[Row]]  # of a subject's rows in a unit, those that are shown


def facts_at(content: bytes, day: date | None, gone: Collection[Gone] = ()) -> bytes | None:
    """The company's facts as EDGAR would have answered on a day; None where it had none.

    Rows that are gone are left out, at whatever day.
    """
    keep = _keep(day, gone)
    if keep is None:
        return content
    document = _facts.decode(content)
    for taxonomy, tags in list(document.facts.items()):
        for tag, concept in list(tags.items()):
            _reduce(concept, f"{taxonomy}:{tag}", keep)
            if not concept.units:
                del tags[tag]
        if not tags:
            del document.facts[taxonomy]
    return msgspec.json.encode(document) if document.facts else None


def concept_at(
    content: bytes, taxonomy: str, tag: str, day: date | None, gone: Collection[Gone] = ()
) -> bytes | None:
    """One concept of the same; None where EDGAR had nothing of it."""
    document = _cut.decode(content)
    raw = document.facts.get(taxonomy, {}).get(tag)
    if raw is None:
        return None
    keep = _keep(day, gone)
    if keep is None:
        concept = _whole.decode(raw)
    else:
        concept = _concept.decode(raw)
        _reduce(concept, f"{taxonomy}:{tag}", keep)
        if not concept.units:
            return None
    return msgspec.json.encode(
        CompanyConcept(
            cik=document.cik,
            taxonomy=taxonomy,
            tag=tag,
            label=concept.label,
            description=concept.description,
            entity_name=document.entity_name,
            units=concept.units,
        )
    )


def _keep(day: date | None, gone: Collection[Gone]) -> Keep | None:
    """What of a series is shown; None: all of it."""
    if day is None and not gone:
        return None
    last = None if day is None else day.isoformat()
    left_out = frozenset(gone)

    def keep(subject: str, unit: str, rows: list[Row]) -> list[Row]:
        return [
            row
            for row in rows
            if (last is None or row.filed <= last)
            and (not left_out or _identity(subject, unit, row) not in left_out)
        ]

    return keep


def _identity(subject: str, unit: str, row: Row) -> Gone:
    start = row.start if isinstance(row.start, str) else None
    return Gone(subject, unit, start, row.end, row.accn, normal(repr(row.val)))


def _reduce(concept: Concept, subject: str, keep: Keep) -> None:
    """Leave of a concept what is shown."""
    for unit, rows in list(concept.units.items()):
        shown = keep(subject, unit, rows)
        if not shown:
            del concept.units[unit]
        elif len(shown) < len(rows):
            concept.units[unit] = relabelled(rows, shown)


def relabelled(rows: Sequence[Row], shown: list[Row]) -> list[Row]:
    """Some rows of a series with the labels that they would have if they were all of it.

    Where the whole series has a label that is not the rule's, so has the part.
    """
    claims: dict[Key, Claim | None] = {}
    stated: dict[Key, str] = {}
    for row in rows:
        key = (row.start, row.end)
        if key not in claims:
            claims[key] = labels.claim(_period(row))
        if isinstance(row.frame, str):
            stated[key] = row.frame[2:]
    exceptions = labels.exceptions(claims.items(), stated, claims)
    last: dict[Key, Row] = {}
    for row in shown:
        key = (row.start, row.end)
        held = last.get(key)
        if held is None or (row.filed, row.accn) >= (held.filed, held.accn):
            last[key] = row
        row.frame = UNSET
    found = labels.labelled(((key, claims[key]) for key in last), exceptions)
    for key, frame in found.items():
        last[key].frame = f"CY{frame}"
    return shown


def _period(row: Row) -> Period:
    last = date.fromisoformat(row.end)
    if isinstance(row.start, str):
        return Period(start=date.fromisoformat(row.start), end=last)
    return Period(instant=last)


# -- facts that are not EDGAR's ------------------------------------------------------------------

OURS: Final = "companyfacts"  # the taxonomy of what is recorded here and no taxonomy has


class OurFact(NamedTuple):
    """A fact, and the version of it that answers."""

    key: FactKey
    id: UUID
    version: Version
    value: AnyValue


class Ours(NamedTuple):
    """What is recorded of a company beside its filings."""

    cik: int
    name: str
    facts: Sequence[OurFact]


class OurRow(Struct, kw_only=True, omit_defaults=True):
    """A fact in the form of a row: `val` is the main quantity, the lower end of a span, or else words."""

    start: str | None = None
    end: str  # of what has no period the day it became public
    val: Raw | str
    accn: str  # the fact and its version
    fy: None
    fp: None
    form: str
    filed: str
    dimensions: dict[str, str] = {}


class _OurConcept(Struct, kw_only=True):
    label: str
    description: str | None
    units: dict[str, list[OurRow]]


class _Open(Struct, kw_only=True):
    cik: int | str
    entity_name: str = field(name="entityName")
    facts: dict[str, Raw]


_open = msgspec.json.Decoder(_Open)


def with_ours(content: bytes, ours: Ours) -> bytes:
    """A company's facts with a taxonomy of our own behind the others; `content` may be empty."""
    document = _open.decode(content) if content else _Open(cik=ours.cik, entity_name=ours.name, facts={})
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
        document.facts[OURS] = Raw(msgspec.json.encode(concepts))
    return msgspec.json.encode(document)


def _our_row(fact: OurFact) -> OurRow:
    period, version = fact.key.period, fact.version
    quantity = version.quantity
    number = None if quantity is None else quantity.value or quantity.low
    known = version.known_at.isoformat()
    return OurRow(
        start=None if period is None or period.start is None else period.start.isoformat(),
        end=known if period is None else period.last.isoformat(),
        val=_words(fact.value) if number is None else Raw(number.encode()),
        accn=f"{fact.id}/{version.version}",
        fy=None,
        fp=None,
        form=fact.key.kind,
        filed=known,
        dimensions=fact.key.dimensions,
    )


def _words(value: AnyValue) -> str:
    """What a fact without a quantity says, in short."""
    for name in ("text", "name", "counterparty", "what"):
        words = getattr(value, name, None)
        if isinstance(words, str):
            return words
    return ""


# -- one concept over companies ------------------------------------------------------------------


class FramePoint(Struct, kw_only=True, omit_defaults=True):
    """What one company reported for a frame."""

    accn: str
    cik: int
    entity_name: str = field(name="entityName")
    loc: str | None = None
    start: str | None = None
    end: str
    val: Raw


class Frame(Struct, kw_only=True):
    """What companies reported of a concept for a calendar frame."""

    taxonomy: str
    tag: str
    ccp: str
    uom: str
    label: str | None
    description: str | None
    pts: int
    data: list[FramePoint]
