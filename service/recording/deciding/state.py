"""The state that requests are decided on."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from service.core.companies import CompanyDescription, Concept, ConceptDescription
from service.core.periods import FiscalYear
from service.core.states import CompanyState, FactState, NewEntries, SourceState
from service.evidence.examining import Examined


class LedgerState:
    """The state that the requests of one transaction touch, and the changes they make.

    A fact that is recorded may be loaded in part (`FactState`). `examined` has the results of examinations of long texts done so
    far; a request that needs another raises Unexamined.
    """

    def __init__(self, position: int, recorded_at: datetime) -> None:
        self.start = position
        self.position = position
        self.recorded_at = recorded_at
        self.companies: dict[str, CompanyState] = {}
        self.company_keys: dict[int, str] = {}
        self.owners: dict[tuple[str, str], str] = {}
        self.children: dict[
            str, set[str]
        ] = {}  # slugs of subsidiaries, for companies that are answered in full
        self.concepts: dict[str, Concept] = {}
        # recorded descriptions equal to those of an import, oldest first: (position, description)
        self.said_of_companies: dict[str, list[tuple[int, CompanyDescription]]] = {}
        self.said_of_concepts: dict[str, list[tuple[int, ConceptDescription]]] = {}
        self.sources: dict[str, SourceState] = {}
        self.source_keys: Iterator[int] = iter(())
        self.facts: dict[UUID, FactState] = {}
        self.fiscal_years: dict[str, FiscalYear] = {}  # by slug
        self.changes = NewEntries()
        self.examined: Examined = {}

    def next_position(self) -> int:
        """Take the next position of the log."""
        self.position += 1
        return self.position

    def touch(self, fact: FactState) -> None:
        """Note that a fact changed at this position, so that its answer is stored anew."""
        fact.settled = self.position
        self.facts[fact.id] = fact
        self.changes.facts[fact.id] = fact
