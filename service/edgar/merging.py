"""Compares a document with the imported versions of its company: which rows are new, and which are withdrawn.

Two rows are the same if fact, filing, day filed and number are. A recorded row is not recorded again, even if it was
retracted: an import never revives. A newer document withdraws the recorded rows that it lacks; an older one only adds.
"""

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct, field

from service.core.quantities import normal
from service.edgar.documents import Document, FiledRow, ReadFact, ReadSeries


class Held(NamedTuple):
    """A recorded version that was imported."""

    low: int  # the 64 low bits of the fact's id
    version: int
    accession: str
    day: int  # filed, in days since 2000-01-01
    number: str
    retracted: bool


class Restated(NamedTuple):
    """A recorded fact for which the document has new rows."""

    series: ReadSeries
    fact: ReadFact
    entries: list[FiledRow]


class Merge(Struct):
    """What to do with the rows of a document."""

    fresh: list[ReadSeries] = field(default_factory=list[ReadSeries])  # with new facts alone
    restated: list[Restated] = field(default_factory=list[Restated])
    unchanged: int = 0  # rows that are recorded already
    withdrawn: list[Held] = field(default_factory=list[Held])
    taken_back: bool = False  # whether some of its rows are recorded and retracted


def merge(document: Document, facts: set[int], held: Iterable[Held], *, newest: bool) -> Merge:
    """Decide about a document.

    `facts` are the company's facts by the low half of their ids, `held` the imported versions of them; `newest` says that
    no later document of the company is recorded.
    """
    if not facts:
        return Merge(fresh=document.series)
    found = Merge()
    known: dict[tuple[int, str, int, str], list[Held]] = {}
    for one in held:
        known.setdefault((one.low, one.accession, one.day, normal(one.number)), []).append(one)
    for series in document.series:
        fresh: list[ReadFact] = []
        for fact in series.facts:
            if fact.low not in facts:
                fresh.append(fact)
                continue
            new: list[FiledRow] = []
            for entry in fact.entries:
                filing = entry.filing
                same = known.get((fact.low, filing.accession, filing.day, normal(entry.number)))
                if same:
                    found.taken_back |= same.pop().retracted
                    found.unchanged += 1
                else:
                    new.append(entry)
            if new:
                found.restated.append(Restated(series, fact, new))
        if fresh:
            found.fresh.append(ReadSeries(series.subject, series.unit, series.slot, fresh, series.exceptions))
    if newest:
        found.withdrawn = [one for left in known.values() for one in left if not one.retracted]
    return found
