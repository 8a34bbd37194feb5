"""Numbers cited from the cells of tables of HTML."""

import pickle
from datetime import UTC, datetime

from service.core.citations import Cite, SourceDescription, TextQuote
from service.core.kinds.metric import MetricValue
from service.core.periods import parse_period
from service.core.quantities import Quantity
from service.core.sources import Snapshot, snapshot
from service.core.states import SourceState
from service.evidence.about import About
from service.evidence.examining import LONG, Examination, cost, examine
from tests.evidence.cell_table import CASES, page

ROWS = """
(in thousands)|2024|2023
Revenue|$ 193,186|$ 179,914
"""


def test_a_cell_supports_the_fact_of_its_row_and_column_alone() -> None:
    wrong = [
        (one.table, one.at, one.quantity, one.subject, one.period, found.numbers[0].reason)
        for one in CASES
        if (found := one.found()).verdict != one.verdict
    ]
    assert wrong == []


def source(archived: Snapshot) -> SourceState:
    """A source with this content."""
    return SourceState(
        key=1,
        id="sha256:1",
        description=SourceDescription(title="A report"),
        position=1,
        recorded_at=datetime(2025, 1, 1, tzinfo=UTC),
        snapshot=archived,
        archived=True,
    )


def asked(state: SourceState, year: str) -> Examination:
    """The examination of revenue of 193,186,000 in a year."""
    value = MetricValue(quantity=Quantity(unit="USD", value="193186000"))
    about = About(subject="revenue", period=parse_period(year).period)
    return Examination(value, [Cite(source=state.id, selector=TextQuote(exact="193,186"))], [state], about)


def test_the_archived_page_of_a_source_is_read_and_the_context_tells_the_period_of_the_column() -> None:
    archived = snapshot(page(ROWS).encode(), "text/html")
    (citation,), verdict = examine(*asked(source(archived), "2024"))
    assert (verdict, citation.evidence.context and citation.evidence.context.period) == ("verified", "stated")
    (citation,), verdict = examine(*asked(source(archived), "2023"))
    assert (verdict, citation.evidence.context and citation.evidence.context.period) == (
        "unsupported",
        "other",
    )
    sent = pickle.loads(pickle.dumps(archived))
    assert examine(*asked(source(sent), "2024"))[1] == "verified"


def test_long_html_is_not_parsed_in_the_process_that_answers_requests() -> None:
    state = source(snapshot(page(ROWS).replace("<p>", f"<p><!--{' ' * 5 * LONG}-->").encode(), "text/html"))
    assert state.text is not None
    assert state.text.size < 1000
    assert cost(Cite(source=state.id, selector=TextQuote(exact="193,186")), state) > LONG
