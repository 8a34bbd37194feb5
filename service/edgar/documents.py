"""Reads a companyfacts document, or refuses it with the JSON pointer of what is wrong.

A row is the value of one period in one filing. Rows are grouped by series (concept and unit) and period; series keep
the order of the document, the rows of a period the order in which they were filed.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from hashlib import sha256
from typing import Final, NamedTuple, TypedDict

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType, field

from service.core import identity
from service.core.errors import Invalid
from service.core.periods import EARLIEST, LATEST, Period
from service.core.places import escaped
from service.core.quantities import DECIMAL_PATTERN, UNIT_LIMIT, UNIT_PATTERN
from service.core.text import SUBJECT_PATTERN
from service.edgar import labels
from service.edgar.decoding import check_text, decoded, read_cik, read_day, refuse, refuse_twins
from service.edgar.labels import Claim

DOCUMENT_LIMIT: Final = 100_000_000  # bytes of one document
FILINGS_LIMIT: Final = 10_000  # filings in one document; the largest real documents have about 200

SKIPPED_LIMIT: Final = 10_000  # bad rows, units and concepts that may be skipped in one document

_EPOCH: Final = date(2000, 1, 1).toordinal()  # day 0 of Postgres
FIRST_FILED, LAST_FILED = date(1993, 1, 1), date(2100, 1, 1)  # EDGAR began in 1993
_MOST: Final = 10**30
_ACCESSION = re.compile(r"[0-9]{10}-[0-9]{2}-[0-9]{6}")
_FRAME = re.compile(r"CY[0-9]{4}(?:Q[1-4]I?)?")
_LINE = re.compile(r"[^\x00-\x1f\x7f]{0,50}")
_SUBJECT, _UNIT, _DECIMAL = re.compile(SUBJECT_PATTERN), re.compile(UNIT_PATTERN), re.compile(DECIMAL_PATTERN)


class Row(Struct, gc=False, kw_only=True):
    """The fields of a row that are read. Unknown fields are ignored, since EDGAR may add some."""

    start: str | UnsetType = UNSET  # left out of instants
    end: str
    val: int | float
    accn: str  # of the filing
    fy: int | UnsetType | None = UNSET  # fiscal year of the filing, not of the period; so is `fp`
    fp: str | UnsetType | None = UNSET
    form: str | UnsetType | None = UNSET
    filed: str
    frame: str | UnsetType = UNSET


class _Concept(Struct, kw_only=True):
    label: str | UnsetType | None = UNSET
    description: str | UnsetType | None = UNSET
    units: dict[str, Raw]


class _Document(Struct, kw_only=True):
    cik: int | str
    entity_name: str | UnsetType | None = field(name="entityName", default=UNSET)
    facts: dict[str, dict[str, Raw]]


_NAMES_OF_ROW: Final = len(Row.__struct_fields__) - 1  # without `frame`, which few rows have


class _Taxonomies(Struct, kw_only=True):
    facts: dict[str, Raw]


_documents = msgspec.json.Decoder(_Document)
_taxonomies = msgspec.json.Decoder(_Taxonomies)
_tags = msgspec.json.Decoder(dict[str, Raw])
_concepts = msgspec.json.Decoder(_Concept)
_rows = msgspec.json.Decoder(list[Row])
_row = msgspec.json.Decoder(Row)
_parts = msgspec.json.Decoder(list[Raw])


class Span(Struct, gc=False, eq=False):
    """A period in all the forms that are needed of it. There is one object for each period."""

    period: Period
    canonical: bytes  # RFC 8785 JSON, hashed into the fact's id
    wire: str  # JSON of answers
    first: int  # days since 2000-01-01
    last: int
    frequency: str | None
    claim: Claim | None


class Filing(Struct, gc=False, eq=False):
    """A filing, as the rows of a document describe it."""

    accession: str
    form: str
    filed: str
    fiscal_year: int | None
    fiscal_period: str | None
    day: int  # filed, in days since 2000-01-01
    absent: int  # how many of `fy`, `fp` and `form` its rows do not have
    rank: int = 0  # index in the document's filings, ordered by day filed


_Filings = dict[tuple[object, ...], Filing]  # by what rows say of a filing


class FiledRow(Struct, gc=False):
    """A row of a series. It becomes a version of a fact."""

    filing: Filing
    place: int  # index in the series' list
    number: str  # exact decimal


class ReadFact(Struct, gc=False):
    """The rows of one period, in the order filed."""

    span: Span
    low: int  # low 64 bits of the fact's id; the high ones come from the company
    entries: list[FiledRow]
    before: int = 0  # its versions take the positions after this one; set when they are written


class ReadSeries(Struct):
    """The rows of one concept in one unit."""

    subject: str
    unit: str
    slot: int
    facts: list[ReadFact]
    exceptions: dict[
        Span, str | None
    ]  # periods whose frame label differs from the rule's, with the file's label


class _Read(NamedTuple):
    """A series, the number of its rows, and the number of JSON names in them."""

    series: ReadSeries
    rows: int
    names: int


class ConceptRead(Struct):
    """A concept, as a document describes it."""

    id: str
    label: str | None
    description: str | None


class Skipped(NamedTuple):
    """A bad row, or a unit or concept that is bad as a whole; it was left out."""

    steps: tuple[
        str | int, ...
    ]  # from `/facts` on: taxonomy and tag, then perhaps the unit, then perhaps the row
    pointer: str  # of what is wrong in it
    detail: str


class Document(Struct):
    """A companyfacts document that was read."""

    cik: int
    name: str
    digest: bytes  # SHA-256 of the content
    concepts: list[ConceptRead]
    series: list[ReadSeries]
    filings: list[Filing]  # ordered by day filed, then accession number
    rows: int
    skipped: list[Skipped]

    @property
    def filed(self) -> str | None:
        """The day of its newest filing; None without filings."""
        return self.filings[-1].filed if self.filings else None


def _opened(content: bytes) -> _Document:
    try:
        return decoded(_documents, content)
    except Invalid as error:
        # msgspec writes "..." for a member of an object: decode part by part to learn its name
        if not (error.errors[0].pointer or "").endswith("/..."):
            raise
    for taxonomy, raw in decoded(_taxonomies, content).facts.items():
        decoded(_tags, raw, f"/facts/{escaped(taxonomy)}")
    raise AssertionError("every part of a refused document was decoded")


def _concept(subject: str, tag: str, raw: Raw, pointer: str) -> _Concept:
    if len(subject) > 300 or ":" in tag or not _SUBJECT.match(subject):
        refuse(pointer, f"{subject!r:.100} cannot be the name of a concept")
    return decoded(_concepts, raw, pointer)


class _Skips:
    """The parts of a document that are left out; if none may be, adding one raises its error."""

    def __init__(self, *, allowed: bool) -> None:
        self.found: list[Skipped] = []
        self._allowed = allowed

    def add(self, error: Invalid, *steps: str | int) -> None:
        """Leave out a concept, unit or row."""
        if not self._allowed:
            raise error
        (flaw,) = error.errors
        if len(self.found) == SKIPPED_LIMIT:
            refuse(flaw.pointer or "", f"more than {SKIPPED_LIMIT} rows, units and concepts are bad")
        self.found.append(Skipped(steps, flaw.pointer or "", flaw.detail))

    def add_row(self, taxonomy: str, tag: str, unit: str, error: Invalid, place: int) -> None:
        """Leave out a row."""
        self.add(error, taxonomy, tag, unit, place)


_Skip = Callable[[Invalid, int], None]  # notes that the row at this index is bad, or raises the error


def _rows_of(raw: Raw, pointer: str, skip: _Skip) -> Iterable[tuple[int, Row]]:
    """The rows of a series, with their indexes.

    A long series is decoded row by row, since decoded rows take five times the memory of their JSON; so is one with a
    bad row.
    """
    if len(memoryview(raw)) <= _LONG_SERIES:
        try:
            return enumerate(decoded(_rows, raw, pointer))
        except Invalid:
            pass
    return _one_by_one(decoded(_parts, raw, pointer), pointer, skip)


def _one_by_one(parts: list[Raw], pointer: str, skip: _Skip) -> Iterator[tuple[int, Row]]:
    for place, part in enumerate(parts):
        try:
            row = decoded(_row, part, f"{pointer}/{place}")
        except Invalid as error:
            skip(error, place)
        else:
            yield place, row


def _concepts_of(document: _Document) -> Iterator[tuple[str, str, Raw]]:
    for taxonomy, tags in document.facts.items():
        for tag, raw in tags.items():
            yield taxonomy, tag, raw


class DocumentReader:
    """Reads documents; periods and frames that recur in them are checked and rendered once."""

    def __init__(self) -> None:
        self._spans: dict[tuple[str | UnsetType, str], Span] = {}
        self._frames: set[str] = set()

    def read(self, content: bytes, *, skip_bad_rows: bool = False) -> Document:
        """Read a document. Raises Invalid with the pointer of the first thing that is wrong.

        With `skip_bad_rows`, rows, units and concepts that are wrong are left out and listed in `skipped`, up to
        SKIPPED_LIMIT.
        """
        if len(self._spans) > _SPANS_KEPT:
            self._spans.clear()
            self._frames.clear()
        document = _opened(content)
        check_text(content)
        filings: _Filings = {}
        concepts: list[ConceptRead] = []
        series: list[ReadSeries] = []
        skips = _Skips(allowed=skip_bad_rows)
        rows, names = 0, 2 + (document.entity_name is not UNSET) + len(document.facts)
        names += sum(map(len, document.facts.values()))
        for taxonomy, tag, raw in _concepts_of(document):
            pointer = f"/facts/{escaped(taxonomy)}/{escaped(tag)}"
            try:
                concept = _concept(f"{taxonomy}:{tag}", tag, raw, pointer)
            except Invalid as error:
                skips.add(error, taxonomy, tag)
                continue
            concepts.append(
                ConceptRead(f"{taxonomy}:{tag}", concept.label or None, concept.description or None)
            )
            names += (
                1 + (concept.label is not UNSET) + (concept.description is not UNSET) + len(concept.units)
            )
            for one in self._units(concept, taxonomy, tag, pointer, filings, skips):
                rows += one.rows
                names += one.names
                if one.series.facts:
                    series.append(one.series)
        skipped = skips.found
        refuse_twins(content, -1 if skipped else names)
        ordered = sorted(filings.values(), key=lambda filing: (filing.filed, filing.accession))
        for rank, filing in enumerate(ordered):
            filing.rank = rank
        for one in series:
            for fact in one.facts:
                if len(fact.entries) > 1:
                    fact.entries.sort(key=_rank)
        return Document(
            cik=read_cik(document.cik),
            name=document.entity_name or "",
            skipped=skipped,
            digest=sha256(content).digest(),
            concepts=concepts,
            series=series,
            filings=ordered,
            rows=rows,
        )

    def _units(
        self, concept: _Concept, taxonomy: str, tag: str, pointer: str, filings: _Filings, skips: "_Skips"
    ) -> Iterator[_Read]:
        for unit, raw in concept.units.items():
            at = f"{pointer}/units/{escaped(unit)}"
            skip = partial(skips.add_row, taxonomy, tag, unit)
            try:
                if len(unit) > UNIT_LIMIT or not _UNIT.match(unit):
                    refuse(at, f"{unit!r:.100} cannot be a unit: a name of XML, without colon")
                rows = _rows_of(raw, at, skip)
            except Invalid as error:
                skips.add(error, taxonomy, tag, unit)
                continue
            yield self._series(f"{taxonomy}:{tag}", unit, rows, at, filings, skip)

    def _series(
        self,
        subject: str,
        unit: str,
        rows: Iterable[tuple[int, Row]],
        pointer: str,
        filings: _Filings,
        skip: _Skip,
    ) -> _Read:
        found: dict[Span, list[FiledRow]] = {}
        stated: dict[Span, str] = {}
        spans = self._spans
        read = labelled = absent = 0
        for place, row in rows:
            said = (row.accn, row.form, row.filed, row.fy, row.fp)
            between = (row.start, row.end)
            value = row.val
            plain = type(value) is int and -_MOST < value < _MOST
            filing, span = filings.get(said), spans.get(between)
            try:
                found_filing = _filing(row, f"{pointer}/{place}") if filing is None else filing
                if span is None:
                    span = spans[between] = _span(row, f"{pointer}/{place}")
                number = str(value) if plain else _number(value, f"{pointer}/{place}/val")
                if row.frame is not UNSET and row.frame not in self._frames:
                    self._frames.add(_frame(row.frame, f"{pointer}/{place}/frame"))
            except Invalid as error:
                skip(error, place)
                continue
            if filing is None:
                if len(filings) >= FILINGS_LIMIT:
                    refuse(f"{pointer}/{place}/accn", f"more than {FILINGS_LIMIT} filings are named")
                filing = filings[said] = found_filing
            read += 1
            absent += filing.absent
            if row.frame is not UNSET:
                labelled += 1
                stated[span] = row.frame[2:]
            entries = found.get(span)
            if entries is None:
                found[span] = [FiledRow(filing, place, number)]
            else:
                entries.append(FiledRow(filing, place, number))
        ids = identity.SeriesIds(subject=subject, unit=unit, **_KEY)
        instants = sum(len(entries) for span, entries in found.items() if span.period.instant is not None)
        series = ReadSeries(
            subject=subject,
            unit=unit,
            slot=identity.slot_key(subject=subject, unit=unit, **_KEY),
            facts=[ReadFact(span, ids.half(span.canonical), entries) for span, entries in found.items()],
            exceptions=labels.exceptions([(span, span.claim) for span in found], stated, found),
        )
        return _Read(series, read, _NAMES_OF_ROW * read - instants + labelled - absent)


_SPANS_KEPT: Final = 100_000
_LONG_SERIES: Final = 4_000_000  # bytes


class _Key(TypedDict):
    kind: str
    dimensions: dict[str, str]
    basis: str
    comparison: str | None


# the part of a fact's key that all imported facts share
_KEY: Final[_Key] = {"kind": "metric", "dimensions": {}, "basis": "reported", "comparison": None}


def _rank(entry: FiledRow) -> int:
    return entry.filing.rank


def _span(row: Row, pointer: str) -> Span:
    last = read_day(row.end, f"{pointer}/end", EARLIEST, LATEST)
    if isinstance(row.start, str):
        period = Period(start=read_day(row.start, f"{pointer}/start", EARLIEST, LATEST), end=last)
    else:
        period = Period(instant=last)
    if flaw := period.flaw():
        refuse(f"{pointer}/start", flaw)
    return Span(
        period=period,
        canonical=identity.canonical_period(period),
        wire=msgspec.json.encode(period).decode(),
        first=period.first.toordinal() - _EPOCH,
        last=last.toordinal() - _EPOCH,
        frequency=period.frequency,
        claim=labels.claim(period),
    )


def _filing(row: Row, pointer: str) -> Filing:
    if not _ACCESSION.fullmatch(row.accn):
        refuse(f"{pointer}/accn", f"{row.accn!r:.40} is not an accession number")
    form, period, year = row.form or "", row.fp or None, None if row.fy is UNSET else row.fy
    if not _LINE.fullmatch(form):
        refuse(f"{pointer}/form", "a form is at most 50 characters on one line")
    if period is not None and not _LINE.fullmatch(period):
        refuse(f"{pointer}/fp", "a fiscal period is at most 50 characters on one line")
    if year is not None and not 0 <= year <= 9999:
        refuse(f"{pointer}/fy", f"{year} is no year")
    filed = read_day(row.filed, f"{pointer}/filed", FIRST_FILED, LAST_FILED)
    absent = (row.fy, row.fp, row.form).count(UNSET)
    return Filing(row.accn, form, row.filed, year, period, filed.toordinal() - _EPOCH, absent)


def _number(value: float, pointer: str) -> str:
    """The exact decimal of a JSON number; of a double the shortest decimal that is read as that double."""
    text = repr(value) if value else repr(abs(value))
    if "e" in text:
        text = f"{Decimal(text):f}"
    if not _DECIMAL.match(text):
        refuse(pointer, f"{text:.60} has more than 30 digits before or after the point")
    return text


def _frame(frame: str, pointer: str) -> str:
    if not _FRAME.fullmatch(frame):
        refuse(pointer, f"{frame!r:.30} is no frame: CY2019, CY2019Q1 or CY2019Q1I")
    return frame
