"""Decides what a writer may add to the log. No I/O.

The writer loads a `Ledger` with the state that the requests touch, applies the requests one after the other, and saves
the resulting changes in one transaction. A refused request raises before it changes anything.
"""

from uuid import UUID

from service.core.citations import TextQuote
from service.core.errors import Forbidden, Invalid
from service.core.keys import Key
from service.core.requests import (
    AddSnapshot,
    AddSource,
    AssertFact,
    AssertRow,
    DescribeCompany,
    DescribeConcept,
    Outcome,
    RecheckFact,
    Request,
    RetractFact,
)
from service.core.states import Sought
from service.recording.deciding.checking import recheck_fact
from service.recording.deciding.companies import describe_company, describe_concept
from service.recording.deciding.facts import assert_fact, assert_row, cited_by, retract_fact
from service.recording.deciding.flaws import flaw_of_period, flaws_of, known_at_of
from service.recording.deciding.repeats import row_said
from service.recording.deciding.sources import add_snapshot, add_source
from service.recording.deciding.state import LedgerState


class Ledger(LedgerState):
    """Decides requests one after the other, each on the state that those before it have left.

    Before a request is applied, the versions have to be there that `sought` and `numbered` name for it.
    """

    def sought(self, request: Request) -> list[Sought]:
        """The versions that applying a request will compare with what it says.

        There are some only if the fact is loaded in part, and if the request is not refused for its sources.
        """
        match request:
            case AssertFact():
                assertion = request.assertion
                fact = None if flaw_of_period(assertion) else self.facts.get(request.key.id)
                if fact is None or not fact.unloaded or any(flaws_of(assertion)):
                    return []
                try:
                    known_at = known_at_of(assertion, cited_by(self, assertion.citations))
                except Invalid:
                    return []
                return [
                    Sought(
                        fact=fact.id,
                        content=request.content(known_at),
                        day=known_at,
                        retracted=0 if request.mentioned is None else len(request.mentioned) + 1,
                        value=assertion.value
                        if any(isinstance(c.selector, TextQuote) for c in request.cites)
                        else None,
                    )
                ]
            case AssertRow():
                fact = self.facts.get(request.fact)
                if fact is None or not fact.unloaded or all(v.imported is not None for v in fact.versions):
                    return []
                _, content = row_said(fact.key, request)
                return [Sought(fact=fact.id, content=content, day=request.known_at, retracted=1)]
            case _:
                return []

    def numbered(self, request: Request) -> list[tuple[UUID, int]]:
        """The versions that applying a request will look for by their number; see `sought`."""
        if isinstance(request, RetractFact):
            fact = self.facts.get(request.fact)
            if fact is not None and fact.unloaded:
                return [(request.fact, request.version)]
        return []

    def apply(self, request: Request, author: Key | None) -> Outcome:
        """Decide one request of an author and apply it to the state.

        Raises a CompanyFactsError if it is refused, Unexamined if long texts must be examined first.
        """
        if author is not None and author.companies is not None:
            self._permit(request, author.companies)
        before = self.position
        outcome = self._decide(request)
        if author is not None:
            self.changes.authors |= dict.fromkeys(range(before + 1, self.position + 1), author.number)
        return outcome

    def _decide(self, request: Request) -> Outcome:
        match request:
            case DescribeCompany():
                return describe_company(self, request.description, request.feed)
            case DescribeConcept():
                return describe_concept(self, request.description, request.feed)
            case AddSource():
                return add_source(self, request)
            case AddSnapshot():
                return add_snapshot(self, request)
            case AssertFact():
                return assert_fact(self, request)
            case AssertRow():
                return assert_row(self, request)
            case RetractFact():
                return retract_fact(self, request)
            case RecheckFact():
                return recheck_fact(self, request)

    def _permit(self, request: Request, allowed: frozenset[str]) -> None:
        """Raise Forbidden if a key restricted to some companies would change another company.

        Concepts and sources belong to no company: such a key may add them, but not change a recorded concept.
        """
        match request:
            case DescribeCompany():
                company = request.description.slug
            case AssertFact():
                company = request.assertion.company
            case AssertRow() | RetractFact() if request.fact in self.facts:
                company = self.facts[request.fact].key.company
            case DescribeConcept() if request.description.id in self.concepts:
                if not self.concepts[request.description.id].says(request.description):
                    raise Forbidden("the key is kept to some companies; it may not change a concept for all")
                return
            case _:
                return
        if company not in allowed:
            raise Forbidden(f"the key may not write to {company}, only to {', '.join(sorted(allowed))}")
